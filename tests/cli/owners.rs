//! Owners of one name, and one owner in many spellings.

use crate::support::Desk;

/// A desk where two departments are called 総務課: `civic` of 市民局 and `finance` of 財務局.
fn namesakes() -> Desk {
    let desk = Desk::copied();
    let owners = desk.text("plan/example/owners.toml");
    let owners = owners.replace("\"広報協働課\"", "\"総務課\"").replace("\"財政課\"", "\"総務課\"");
    desk.write("plan/example/owners.toml", owners.into_bytes());
    for (path, bytes) in desk.files() {
        let text =
            String::from_utf8_lossy(&bytes).replace("\"広報協働課\"", "\"civic\"").replace("\"財政課\"", "\"finance\"");
        if path.starts_with(desk.path("plan/example")) && text.as_bytes() != bytes {
            let path = path.strip_prefix(desk.path("")).unwrap().to_str().unwrap().to_owned();
            desk.write(&path, text.into_bytes());
        }
    }
    desk
}

#[test]
fn each_of_two_departments_of_one_name_gets_its_own_form() {
    let desk = namesakes();
    let ran = desk.run("inquiry send --plan example --period R8Q3 -o out").done();
    let mut files: Vec<String> = std::fs::read_dir(desk.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files.len(), ran.out().matches(".xlsx").count(), "{}", ran.out());
    for name in ["照会_R8Q3_市民局総務課.xlsx", "照会_R8Q3_財務局総務課.xlsx"] {
        assert!(files.iter().any(|file| file == name), "{files:?}");
    }
}

#[test]
fn names_that_a_file_system_takes_for_one_get_the_id_of_their_owner() {
    let desk = Desk::copied();
    let owners = desk.text("plan/example/owners.toml");
    let owners = owners.replace("\"財政課\"", "\"企画/IT課\"").replace("\"人事課\"", "\"企画:it課\"");
    desk.write("plan/example/owners.toml", owners.into_bytes());
    for path in [
        "plan/example/outline/1.toml",
        "plan/example/outline/2.toml",
        "plan/example/outline/3.toml",
        "plan/example/indicators.toml",
    ] {
        let text = desk.text(path).replace("\"財政課\"", "\"finance\"").replace("\"人事課\"", "\"personnel\"");
        desk.write(path, text.into_bytes());
    }
    let ran = desk.run("inquiry send --plan example --period R8Q3 -o out").done();
    for name in ["照会_R8Q3_企画_IT課_finance.xlsx", "照会_R8Q3_企画_it課_personnel.xlsx"] {
        assert!(ran.out().contains(name), "{}", ran.out());
        assert!(desk.path(&format!("out/{name}")).is_file());
    }
}

#[test]
fn an_owner_whose_name_means_two_is_asked_for() {
    let desk = namesakes();
    for command in ["due --as-of R9.1.10", "status", "inquiry send --period R8Q3 -o out"] {
        let ran = desk.run(&format!("{command} --plan example --owner 総務課 --lang en"));
        assert_eq!(ran.code, 2, "{command}: {ran:?}");
        assert!(ran.err.contains("more than one owner is called `総務課` (財務局総務課, 市民局総務課)"), "{}", ran.err);
        assert!(ran.err.contains("give one of `finance`, `civic`"), "{}", ran.err);
    }
    assert!(!desk.path("out").exists());
    for name in ["finance", "財務局総務課", "財務局　総務課"] {
        let ran = desk.call(&["status", "--plan", "example", "--lang", "en", "--owner", name]).done();
        assert!(ran.out().contains("財務局総務課") && !ran.out().contains("市民局総務課"), "{name}: {}", ran.out());
    }
}

#[test]
fn an_owner_that_a_file_calls_by_the_name_of_two_is_an_error_with_both() {
    let desk = namesakes();
    let path = "plan/example/outline/1.toml";
    desk.write(path, desk.text(path).replacen("\"personnel\"", "\"総務課\"", 1).into_bytes());
    let ran = desk.run("check --plan example --lang en");
    assert_eq!(ran.code, 1);
    assert!(ran.out().contains("error[unknown-owner]: more than one owner is called `総務課`"), "{}", ran.out());
    assert!(ran.out().contains("write the id (finance, civic …)"), "{}", ran.out());
}

#[test]
fn every_spelling_of_a_name_is_the_name() {
    let desk = Desk::copied();
    for owner in ["デジタル推進課", "テ\u{3099}シ\u{3099}タル推進課", "ﾃﾞｼﾞﾀﾙ推進課"] {
        let ran = desk.run(&format!("status --plan example --format json --owner {owner}")).done();
        assert!(ran.out().contains("デジタル推進課"), "{owner}");
    }
    // 「計画どおり」 as a Mac writes it: the sound mark is a character of its own.
    let rating = "計画と\u{3099}おり";
    assert_eq!(desk.run(&format!("update 1-1-1 --plan example --period R8Q2 --rating {rating}")).code, 0);
    let written = desk.text("plan/example/records/1-1-1.toml");
    assert!(written.ends_with("rating   = { progress = \"on-track\" }\n"), "{written}");
}

/// Whoever asks by a name that is the id of another would get the other.
#[test]
fn no_name_is_the_id_of_another() {
    const HEAD: &str = "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\n";
    let grades =
        |grades: &str| format!("levels = [\"項目\"]\n[[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{grades}]\n");
    const GRADE: &str = "{ id = \"a\", name = \"良\" }";
    let scale = |id: &str, name: &str| format!("[[scale]]\nid = \"{id}\"\nname = \"{name}\"\ngrades = [{GRADE}]\n");
    let one = "[1]\nname = \"一\"\n";
    for (plan, outline, owners) in [
        (grades("{ id = \"1\", name = \"5\" }, { id = \"5\", name = \"良\" }"), one, ""),
        (grades("{ id = \"a\", name = \"計画どおり\" }, { id = \"b\", name = \"計画と\u{3099}おり\" }"), one, ""),
        ("levels = [\"施策\", \"施策\"]\n".to_owned(), one, ""),
        ("levels = [\"項目\"]\n[roadmap]\nsteps = [\"検討\", \"検討 \"]\n".to_owned(), one, ""),
        (
            "levels = [\"項目\"]\n[[evaluator]]\nid = \"a\"\nname = \"b\"\n[[evaluator]]\nid = \"b\"\nname = \"委員会\"\n".to_owned(),
            one,
            "",
        ),
        (grades("{ id = \"1\", name = \"良\" }, { id = \"2\", name = \"１\" }"), one, ""),
        (grades("{ id = \"unreported\", name = \"良\" }"), one, ""),
        (grades("{ id = \"a\", name = \"良\" }]\ncomposites = [{ id = \"c\", name = \"良\", grades = [\"a\"] }"), one, ""),
        // A paper, a form or a typist does not tell these apart.
        (grades("{ id = \"x\", name = \"A\" }, { id = \"y\", name = \"a\" }"), one, ""),
        (grades("{ id = \"x\", name = \"A\" }, { id = \"y\", name = \"Ａ\" }"), one, ""),
        (grades("{ id = \"x\", name = \"on track\" }, { id = \"y\", name = \"ontrack\" }"), one, ""),
        (grades("{ id = \"x\", name = \"良\" }, { id = \"X\", name = \"可\" }"), one, ""),
        (grades("{ id = \"x\", name = \"良\" }, { id = \"y\", name = \"X\" }"), one, ""),
        ("levels = [\"第１層\", \"第1層\"]\n".to_owned(), one, ""),
        (format!("{}{}", grades(GRADE), scale("t", "状況")), one, ""),
        (format!("{}{}", grades(GRADE), scale("t", "s")), one, ""),
        ("levels = [\"2\", \"項目\"]\n".to_owned(), one, ""),
        (
            "levels = [\"項目\"]\n".to_owned(),
            "[1]\nname = \"一\"\n[[1.initiative]]\nname = \"甲\"\nsteps = { R7 = \"検討\" }\n[[1.initiative]]\nname = \"甲\"\n",
            "",
        ),
        ("levels = [\"項目\"]\n".to_owned(), "[1]\nname = \"一\"\naliases = [\"2\"]\n[2]\nname = \"二\"\n", ""),
        (
            "levels = [\"項目\"]\n".to_owned(),
            "[1]\nname = \"一\"\nowner = [\"a\", \"b\"]\n",
            "[a]\nname = \"総務課\"\naliases = [\"b\"]\n[b]\nname = \"財政課\"\n",
        ),
    ] {
        let mut files = vec![("plan.toml", format!("{HEAD}{plan}")), ("outline/1.toml", outline.to_owned())];
        files.extend((!owners.is_empty()).then(|| ("owners.toml", owners.to_owned())));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let ran = Desk::plan(&files).run("check --lang en");
        assert!(ran.code == 1 && ran.out().contains("error[duplicate-id]"), "{plan}{outline}{owners}: {ran:?}");
        assert_eq!(ran.out().matches("error[").count(), 1, "{plan}{outline}{owners}: {}", ran.out());
    }
    // Its own id may be its name.
    let files =
        [("plan.toml", format!("{HEAD}{}", grades("{ id = \"A\", name = \"A\" }, { id = \"B\", name = \"B\" }")))];
    assert_eq!(Desk::plan(&[("plan.toml", &files[0].1), ("outline/1.toml", one)]).run("check --strict").code, 0);
    // Versions of one scale have one name, and what has no steps is never asked for by its name.
    let versions = "levels = [\"項目\"]\n[[scale]]\nid = \"s\"\nname = \"状況\"\nto = \"R7\"\ngrades = [{ id = \"a\", name = \"良\" }]\n\
                    [[scale]]\nid = \"s\"\nname = \"状況\"\nfrom = \"R8\"\ngrades = [{ id = \"a\", name = \"良\" }]\n";
    let two = "[1]\nname = \"一\"\n[[1.initiative]]\nname = \"甲\"\n[[1.initiative]]\nname = \"甲\"\n";
    let desk = Desk::plan(&[("plan.toml", &format!("{HEAD}{versions}")), ("outline/1.toml", two)]);
    assert_eq!(desk.run("check --strict").code, 0);
}

/// Where a name is ambiguous, nothing is written.
#[test]
fn no_writer_writes_by_an_ambiguous_name() {
    let plan = "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n\
                [[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"1\", name = \"5\" }, { id = \"5\", name = \"良\" }]\n";
    let files = [
        ("plan.toml", plan),
        ("outline/1.toml", "[1]\nname = \"一\"\nowner = \"a\"\n"),
        ("owners.toml", "[a]\nname = \"課\"\n"),
        ("indicators.toml", "[m]\nname = \"満足\"\nunit = \"％\"\nkind = \"up\"\n"),
        ("records/1.toml", "[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\ndone = \"開始\"\n"),
        ("records/m.toml", "[[measure]]\nperiod = \"R6\"\nrecorded = 2025-07-03\nvalue = 3\n"),
    ];
    for args in [
        "update 1 --period R7Q2 --rating 1",
        "update 1 --corrects R7Q1/2025-07-03 --rating 5",
        "update 1 --corrects R7Q1/2025-07-03 --withdraw",
        "measure m 4 --period R7",
        "mv 1 2",
        "close R7Q1",
        "inquiry send --period R7Q2 --deadline 2025-10-31 --out forms",
    ] {
        let desk = Desk::plan(&files);
        let ran = desk.run(args);
        assert_ne!(ran.code, 0, "{args}: {ran:?}");
        for (path, written) in files {
            assert_eq!(desk.text(&format!("plan/{path}")), written, "{args}");
        }
    }
}
