//! LibreOffice opens what we write. Where it is not installed these are skipped; `.ci/papers` installs it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::sample::papers;

/// Converts files to PDF; `None` where there is no LibreOffice.
fn to_pdf(folder: &Path, files: &[String]) -> Option<()> {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut office = Command::new("soffice");
    office.args([&profile, "--headless", "--convert-to", "pdf", "--outdir", "."]).args(files);
    let ran = office.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    assert!(ran.success());
    Some(())
}

#[test]
fn every_file_opens_and_prints() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for paper in papers() {
        for (extension, bytes) in [("docx", paper.docx()), ("xlsx", paper.xlsx())] {
            let name = format!("{}-{extension}.{extension}", paper.name);
            fs::write(folder.path().join(&name), bytes).unwrap();
            files.push(name);
        }
    }
    if to_pdf(folder.path(), &files).is_none() {
        eprintln!("skipped: soffice is not installed");
        return;
    }
    for file in files {
        let pdf = folder.path().join(&file).with_extension("pdf");
        assert!(fs::read(&pdf).is_ok_and(|bytes| bytes.starts_with(b"%PDF") && bytes.len() > 5_000), "{file}");
    }
}
