//! What is written on the desks of a Windows office, and holds on every system: folders and patterns as arguments, UTF-16,
//! line ends, names, no git.

use crate::support::Desk;

const EXAMPLE: [(&str, &str); 1] = [("KAIKAKU_PLAN", "example")];

/// As PowerShell 5 writes it: UTF-16 with its mark, lines ended by CRLF.
fn utf16(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(text.to_vec()).unwrap().replace('\n', "\r\n");
    [0xfe_ff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn papers() -> Desk {
    let desk = Desk::copied();
    let words = ["report", "council", "--period", "R8Q2", "-o", "out/a.md", "-o", "out/b.html", "-o", "out/c.docx"];
    assert_eq!(desk.with_env(&EXAMPLE, &words).code, 0);
    desk
}

#[test]
fn papers_of_a_folder_or_pattern_are_verified_and_one_that_differs_decides() {
    let desk = papers();
    desk.write("out/~$c.docx", "");
    for (given, count) in [("out", 3), ("out/*", 3), ("out/?.md", 1), ("out/*.HTML", 1)] {
        let ran = desk.with_env(&EXAMPLE, &["verify", given]);
        assert_eq!((ran.code, ran.out().matches("すべて記録と合っています").count()), (0, count), "{given}: {ran:?}");
        assert_eq!(ran.err.contains("~$c.docx は、"), count == 3, "{given}: {}", ran.err);
    }
    let paper = String::from_utf8(desk.read("out/a.md")).unwrap();
    desk.write("out/a.md", paper.replacen("21", "22", 1));
    let ran = desk.with_env(&EXAMPLE, &["verify", "out"]);
    assert_eq!((ran.code, ran.out().matches("すべて記録と合っています").count()), (1, 2), "{ran:?}");
    desk.write("out/a.md", "これは報告書ではない");
    let unread = desk.with_env(&EXAMPLE, &["verify", "out"]);
    assert_eq!((unread.code, unread.out().matches("すべて記録と合っています").count()), (2, 2), "{unread:?}");
    assert!(unread.err.contains("3 件のうち 1 件"), "{}", unread.err);
    let refused = desk.with_env(&EXAMPLE, &["verify", "out", "--format", "json"]).failed();
    assert!(refused.contains("一つだけ"), "{refused}");
    for (given, told) in [
        ("none/*.md", "当てはまるファイルがありません"),
        ("plan/2027", "読めるファイルがありません"),
        ("out/~$c.docx", "読むファイルがありません"),
    ] {
        let refused = desk.with_env(&EXAMPLE, &["verify", given]).failed();
        assert!(refused.contains(told), "{given}: {refused}");
    }
}

#[test]
fn papers_in_utf16_are_read() {
    let desk = papers();
    for file in ["a.md", "b.html"] {
        desk.write(&format!("out/{file}"), utf16(&desk.read(&format!("out/{file}"))));
        let ran = desk.with_env(&EXAMPLE, &["verify", &format!("out/{file}")]);
        assert_eq!(ran.code, 0, "{file}: {ran:?}");
    }
}

#[test]
fn replies_of_a_folder_are_collected_without_the_marks_of_excel() {
    let desk = Desk::copied();
    desk.with_env(&EXAMPLE, &["inquiry", "send", "--period", "R8Q3", "-o", "forms"]).done();
    desk.write("forms/~$照会_R8Q3_人事課.xlsx", "\u{4}花子");
    let named = "forms/照会_R8Q3_人事課.xlsx";
    let whole = desk.with_env(&EXAMPLE, &["inquiry", "collect", "forms"]);
    let pattern = desk.with_env(&EXAMPLE, &["inquiry", "collect", "forms/*.xlsx", named]);
    assert_eq!((whole.code, &whole.bytes, &whole.err), (pattern.code, &pattern.bytes, &pattern.err));
    assert!(whole.err.contains("~$照会_R8Q3_人事課.xlsx は、"), "{}", whole.err);
    let several = desk.with_env(&EXAMPLE, &["import", "forms/*.xlsx"]).failed();
    assert!(several.contains("件のファイルがあります"), "{several}");
}

#[test]
fn line_ends_that_git_put_in_are_no_change() {
    let desk = Desk::city("springfield");
    desk.commit("2026-11-01T09:00:00+0900", "plan");
    let files: Vec<_> =
        desk.files().into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "toml")).collect();
    for (path, bytes) in files {
        std::fs::write(path, String::from_utf8(bytes).unwrap().replace('\n', "\r\n")).unwrap();
    }
    let same = desk.run("diff HEAD --format json");
    assert_eq!(same.code, 0, "{same:?}");
    let plan = String::from_utf8(desk.read("plan/plan.toml")).unwrap();
    desk.write("plan/plan.toml", format!("{plan}# 注\r\n"));
    let changed = desk.run("diff HEAD");
    assert!(changed.out().contains("# 注") && changed.out().matches("plan.toml").count() >= 1, "{changed:?}");
    assert!(!changed.out().contains("outline"), "{}", changed.out());
}

#[test]
fn names_that_no_pc_can_have_are_refused_before_anything_is_written() {
    let desk = papers();
    let report = |files: [&str; 2]| {
        let words = ["report", "council", "--period", "R8Q2", "-o", files[0], "-o", files[1]];
        desk.with_env(&EXAMPLE, &words).failed()
    };
    let before = desk.files();
    for files in [
        ["new.md", "CON.docx"],
        ["new.md", "x/aux.md"],
        ["new.md", "NEW.md"],
        ["new.md", "a?.md"],
        ["new.md", "nul/x.md"],
        ["new.md", "x./y/z.md"],
    ] {
        let refused = report(files);
        assert!(refused.contains("Windows では"), "{files:?}: {refused}");
    }
    let refused = desk.call(&["init", "aux", "--name", "計画", "--from", "R8", "--to", "R11"]).failed();
    assert!(refused.contains("Windows が使う名前"), "{refused}");
    assert_eq!(desk.files(), before);
}

/// 企画/財政課 and 企画\\財政課 are two sections, ABC課 and abc課 too: each has a form of its own that any PC can hold.
#[test]
fn forms_of_owners_with_odd_names_have_names_that_every_pc_can_have() {
    let names = ["企画/財政課", "企画\\\\財政課", "企画:財政課?", "CON", "aux .x", "課.", "ABC課", "abc課"];
    let owners = names.iter().enumerate().map(|(at, name)| format!("[o{at}]\nname = \"{name}\"\n"));
    let entries = (0..names.len()).map(|at| format!("[{}]\nname = \"項目{at}\"\nowner = \"o{at}\"\n", at + 1));
    let (owners, entries): (String, String) = (owners.collect(), entries.collect());
    let head =
        "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R8\", to = \"R11\" }\nlevels = [\"項目\"]\n";
    let desk = Desk::plan(&[("plan.toml", head), ("owners.toml", &owners), ("outline/1.toml", &entries)]);
    desk.run("inquiry send --period R8Q3 -o forms").done();
    let forms: Vec<String> = std::fs::read_dir(desk.path("forms"))
        .unwrap()
        .map(|form| form.unwrap().file_name().into_string().unwrap().to_lowercase())
        .collect();
    let distinct: std::collections::BTreeSet<&String> = forms.iter().collect();
    assert_eq!((forms.len(), distinct.len()), (names.len(), names.len()), "{forms:?}");
    let odd =
        |form: &&String| form.contains(['/', '\\', ':', '?']) || form.ends_with(['.', ' ']) || form.starts_with("con.");
    assert_eq!(forms.iter().find(odd), None);
}

#[test]
fn without_git_the_rest_works_and_what_needs_it_says_whom_to_ask() {
    let desk = Desk::copied();
    let without = [("KAIKAKU_PLAN", "example"), ("PATH", "/nowhere")];
    for words in ["status", "kpi", "check", "due", "log", "report council --period R8Q2"] {
        let ran = desk.with_env(&without, &words.split(' ').collect::<Vec<_>>());
        assert!(ran.code < 2, "{words}: {ran:?}");
    }
    for words in ["diff HEAD", "status --rev HEAD", "history 1-1-1", "git-setup --dry-run"] {
        let refused = desk.with_env(&without, &words.split(' ').collect::<Vec<_>>()).failed();
        assert!(refused.contains("情報システム課に「Git for Windows"), "{words}: {refused}");
    }
}
