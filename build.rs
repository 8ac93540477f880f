//! Gives the program for Windows its manifest: paths may be longer than 260 letters, and it never asks for admin rights.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return;
    }
    // Long paths, no admin rights and the code page of the PC are what this asks for; the rest is for windows of a desktop.
    let manifest = embed_manifest::empty_manifest()
        .name("kaikaku")
        .requested_execution_level(embed_manifest::manifest::ExecutionLevel::AsInvoker)
        .supported_os(embed_manifest::manifest::SupportedOS::Windows7..)
        .long_path_aware(embed_manifest::manifest::Setting::Enabled);
    if let Err(error) = embed_manifest::embed_manifest(manifest) {
        println!("cargo::error=the manifest cannot be embedded: {error}");
    }
}
