//! The folder: what is ours and what is not, what is written again, what an interruption leaves.

use std::fs;

use super::{published, site};
use crate::support::Desk;

const ARGS: &str = "publish -o site --plan example --period R8Q2";

#[test]
fn only_pages_that_changed_are_written_and_others_files_stay() {
    let desk = Desk::copied();
    let first = published(&desk, "--plan example --period R8Q2");
    assert!(desk.run(ARGS).err.contains("書いたもの 0、"), "nothing changed");
    desk.write("site/logo.png", b"the office's own");
    desk.write("site/example/memo.txt", b"the office's own");
    let ran = desk.run("update 1-1-1 --plan example --period R8Q2 --done 新しい実績 --yes");
    let ran =
        if ran.code == 0 { ran } else { desk.run("update 1-1-1 --plan example --period R8Q2 --done 新しい実績") };
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = desk.run(ARGS);
    assert_eq!(ran.code, 0, "{ran:?}");
    let second = site(&desk.path("site"));
    assert_eq!(second["logo.png"], b"the office's own");
    assert_eq!(second["example/memo.txt"], b"the office's own");
    let changed: Vec<&String> = first.keys().filter(|path| first[*path] != second[*path]).collect();
    assert!(changed.contains(&&"example/entries/1-1-1.html".to_owned()), "{changed:?}");
    assert!(!changed.contains(&&"example/entries/2-1-1.html".to_owned()), "{changed:?}");
    // The list of what is ours changes with it, and is not counted.
    assert!(ran.err.contains(&format!("書いたもの {}、", changed.len() - 1)), "{} {changed:?}", ran.err);
}

#[test]
fn a_page_that_is_no_more_goes_and_what_is_not_ours_does_not() {
    let desk = Desk::copied();
    let first = published(&desk, "--plan example --plan 2027 --period R8Q2");
    assert!(first.contains_key("2027/entries/1-1-1.html"));
    desk.write("site/2027/own.html", b"the office's own");
    assert_eq!(desk.run(ARGS).code, 0);
    let second = site(&desk.path("site"));
    assert!(!second.contains_key("2027/entries/1-1-1.html") && second.contains_key("2027/own.html"));
    assert!(!desk.path("site/2027/entries").exists(), "an empty folder goes, too");
}

#[test]
fn a_folder_of_others_is_refused() {
    let desk = Desk::copied();
    desk.write("site/index.html", b"the office's own");
    let said = desk.run(ARGS).failed();
    assert!(said.contains("site は空でなく、publish が書いたフォルダーでもありません"), "{said}");
    assert_eq!(site(&desk.path("site")).len(), 1);
    desk.write("file", b"");
    assert!(desk.run("publish -o file --plan example --period R8Q2").failed().contains("file"));
    for manifest in ["", "{}", "{\"schema\":1,\"about\":\"\",\"files\":{\"../plan/kaikaku.toml\":\"\"},\"texts\":[]}"] {
        fs::remove_dir_all(desk.path("site")).unwrap();
        desk.write("site/kaikaku-site.json", manifest.as_bytes());
        let said = desk.run(ARGS).failed();
        assert!(said.contains("site/kaikaku-site.json を読み取れない"), "{said}");
        assert_eq!(site(&desk.path("site")).len(), 1);
    }
}

#[test]
fn an_own_file_where_a_page_goes_is_never_written_over() {
    let desk = Desk::copied();
    published(&desk, "--plan example --period R8Q2");
    desk.write("site/2027/index.html", b"the office's own");
    let said = desk.run("publish -o site --plan example --plan 2027 --period R8Q2 --force").failed();
    assert!(said.contains("publish が書いたものでないファイルが、ページの場所にあります（2027/index.html）"), "{said}");
    assert_eq!(desk.read("site/2027/index.html"), b"the office's own");
}

#[test]
fn a_page_that_a_person_edited_is_not_lost_in_silence() {
    let desk = Desk::copied();
    published(&desk, "--plan example --period R8Q2");
    let edited = desk.text("site/example/index.html") + "<!-- edited -->";
    desk.write("site/example/index.html", &edited);
    let said = desk.run(ARGS).failed();
    assert!(said.contains("手で直されています（example/index.html）"), "{said}");
    assert_eq!(desk.text("site/example/index.html"), edited);
    assert_eq!(desk.run(&format!("{ARGS} --force")).code, 0);
    assert!(!desk.text("site/example/index.html").contains("edited"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let desk = Desk::copied();
    published(&desk, "--plan example --period R8Q2");
    fs::create_dir(desk.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(desk.path("elsewhere"), desk.path("site/2027")).unwrap();
    desk.run("publish -o site --plan example --plan 2027 --period R8Q2").failed();
    assert_eq!(fs::read_dir(desk.path("elsewhere")).unwrap().count(), 0);
}

/// What a cloned folder says is ours is not believed where a link leads out of it.
#[cfg(unix)]
#[test]
fn nothing_is_taken_away_through_a_link() {
    for to in ["elsewhere", "elsewhere/inner/.."] {
        let desk = Desk::copied();
        published(&desk, "--plan example --period R8Q2");
        desk.write("elsewhere/inner/secret.txt", b"the office's own");
        desk.write("elsewhere/secret.txt", b"the office's own");
        std::os::unix::fs::symlink(desk.path(to), desk.path("site/old")).unwrap();
        let list = desk.text("site/kaikaku-site.json");
        let ours = "\"files\": {";
        assert!(list.contains(ours), "{list}");
        let named = format!("{ours}\"old/secret.txt\": \"\", \"old/inner/secret.txt\": \"\",");
        desk.write("site/kaikaku-site.json", list.replacen(ours, &named, 1));
        let before = site(&desk.path("site"));
        let said = desk.run(&format!("{ARGS} --force")).failed();
        assert!(said.contains("site/old はふつうのフォルダーでもファイルでもありません"), "{said}");
        assert_eq!(desk.read("elsewhere/secret.txt"), b"the office's own");
        assert_eq!(desk.read("elsewhere/inner/secret.txt"), b"the office's own");
        assert!(site(&desk.path("site")) == before, "nothing was written");
    }
}

#[cfg(debug_assertions)]
#[test]
fn what_was_interrupted_is_finished_by_the_next_run() {
    let whole = published(&Desk::copied(), "--plan example --period R8Q2");
    for fault in ["rename:2:kill", "rename:5:fail", "write:30:kill", "create:40:fail", "rename:70:fail"] {
        let desk = Desk::copied();
        let args: Vec<&str> = ARGS.split(' ').collect();
        let mark = desk.path("mark");
        let ran = desk.with_env(&[("KAIKAKU_FAULT", &format!("{fault}:{}", mark.display()))], &args);
        assert!(mark.exists(), "{fault} happened");
        assert_ne!(ran.code, 0, "{fault}: {ran:?}");
        let ran = desk.run(ARGS);
        assert_eq!(ran.code, 0, "{fault}: {ran:?}");
        assert!(site(&desk.path("site")) == whole, "{fault}");
    }
}

/// What it wrote itself before it was interrupted is not taken for the work of a hand.
#[cfg(debug_assertions)]
#[test]
fn a_second_run_that_was_interrupted_is_finished_by_the_next() {
    let update = "update 1-1-1 --plan example --period R8Q2 --done 新しい実績 --by 人事課";
    let desk = Desk::copied();
    published(&desk, "--plan example --period R8Q2");
    assert_eq!(desk.run(update).code, 0);
    let args: Vec<&str> = ARGS.split(' ').collect();
    let mark = desk.path("mark");
    let ran = desk.with_env(&[("KAIKAKU_FAULT", &format!("rename:4:fail:{}", mark.display()))], &args);
    assert!(mark.exists() && ran.code == 2, "{ran:?}");
    let ran = desk.run(ARGS);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(desk.text("site/example/entries/1-1-1.html").contains("新しい実績"));
}
