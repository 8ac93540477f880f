//! Papers that the programs of offices saved again, where those are installed: they state the same facts.

use std::path::Path;
use std::process::Command;

use kaikaku::formats::{DOCX, Format, HTML, XLSX};
use kaikaku::lang::Lang;

use super::papers::{City, KINDS};
use super::{Bench, FORMATS};

/// Whether a program is installed and did it.
fn ran(folder: &Path, program: &str, args: &[&str]) -> bool {
    let output = Command::new(program).args(args).current_dir(folder).output();
    output.is_ok_and(|output| output.status.success())
}

/// Saves every file of a format again, into another folder.
fn save(folder: &Path, format: &Format) -> Vec<&'static str> {
    let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
    let files: Vec<String> = KINDS.iter().map(|kind| format!("{kind}.{}", format.name)).collect();
    let mut args = vec!["--headless", &home, "--convert-to", format.name, "--outdir", "LibreOffice"];
    args.extend(files.iter().map(|file| &**file));
    let mut by = Vec::new();
    by.extend(ran(folder, "soffice", &args).then_some("LibreOffice"));
    if format.name == XLSX.name {
        let script = "import openpyxl,sys\nfor f in sys.argv[1:]: openpyxl.load_workbook(f).save('openpyxl/' + f)";
        let args: Vec<&str> = ["-c", script].into_iter().chain(files.iter().map(|file| &**file)).collect();
        by.extend(ran(folder, "python3", &args).then_some("openpyxl"));
    }
    by
}

#[test]
fn a_paper_of_any_kind_that_another_program_saved_again_agrees() {
    let city = City::new();
    let folder = tempfile::tempdir().unwrap();
    for program in ["LibreOffice", "openpyxl"] {
        std::fs::create_dir(folder.path().join(program)).unwrap();
    }
    for format in FORMATS.into_iter().filter(|format| [&DOCX, &XLSX, &HTML].iter().any(|one| one.name == format.name)) {
        let benches = KINDS.map(|kind| (kind, Bench::new(&city, kind, Lang::Ja, format)));
        for (kind, bench) in &benches {
            std::fs::write(folder.path().join(format!("{kind}.{}", format.name)), &bench.bytes).unwrap();
        }
        for program in save(folder.path(), format) {
            for (kind, bench) in &benches {
                let file = folder.path().join(program).join(format!("{kind}.{}", format.name));
                let verified = bench.verify(&std::fs::read(file).unwrap());
                assert!(verified.agrees(), "{kind}.{} by {program}: {verified:?}", format.name);
            }
        }
    }
}
