//! What a shell is answered when somebody presses Tab: words of the plan itself, also of one that cannot be read otherwise.

use crate::support::Desk;

/// The words that may stand last in this command line.
fn offered(desk: &Desk, line: &[&str]) -> Vec<String> {
    let last = line.len().to_string();
    let env = [("KAIKAKU_COMPLETE", "bash"), ("_CLAP_COMPLETE_INDEX", &*last), ("_CLAP_IFS", "\n")];
    let words: Vec<&str> = ["--", "kaikaku"].iter().chain(line).copied().collect();
    desk.with_env(&env, &words).done().out().lines().map(str::to_owned).collect()
}

#[test]
fn ids_names_grades_periods_and_plans_are_those_of_the_plan() {
    let desk = Desk::copied();
    let of = |line: &str| offered(&desk, &line.split(' ').collect::<Vec<_>>());
    assert_eq!(of("--plan example show 1-1"), ["1-1", "1-1-1", "1-1-2"]);
    assert_eq!(of("--plan example show 採用広"), ["採用広報の強化と応募者層の拡大"]);
    assert_eq!(
        of("--plan example status --rating "),
        ["ahead", "on-track", "delayed", "stalled", "out", "done", "running", "preparing", "not-started"]
    );
    assert_eq!(of("--plan example status --rating 計画"), ["計画以上", "計画どおり"]);
    assert_eq!(of("--plan example update 1-1-1 --period R8"), ["R8Q1", "R8Q2", "R8Q3", "R8Q4", "R8"]);
    assert_eq!(of("--plan example --as-of R9"), ["R9Q1", "R9Q2", "R9Q3", "R9Q4", "R9"]);
    assert_eq!(of("--plan example due --owner person"), ["personnel"]);
    assert_eq!(of("--plan example measure exam"), ["exam-competition"]);
    assert_eq!(of("--plan example status --level 取"), ["取組項目"]);
    assert_eq!(of("--plan example status --scale s"), ["start"]);
    assert_eq!(of("--plan example status --evaluator c"), ["committee"]);
    assert_eq!(of("status --plan "), ["2027", "example", "growth-policy", "stage3"]);
    assert_eq!(of("pl"), ["plans"]);
    assert_eq!(of("status --attent"), ["--attention"]);
    // The plan may be named behind what is completed.
    assert_eq!(of("-C plan/example show 3-1-"), ["3-1-1", "3-1-2"]);
    // What cannot be known of a plan is left alone.
    assert!(of("--plan example update 1-1-1 --done ").is_empty());
}

#[test]
fn opinions_meetings_and_their_words_are_those_of_the_plan() {
    let desk = Desk::copied();
    desk.write(
        "plan/example/opinions/2026-02-10.toml",
        "schema = 1\nname = \"第3回委員会\"\nbody = \"committee\"\ndate = 2026-02-10\n\n[[opinion]]\nnumber = \"1\"\n\
         recorded = 2026-02-12\nopinion = \"窓口を\\n広げてほしい\"\n\n[[opinion]]\nnumber = \"2-1\"\nrecorded = 2026-02-12\nopinion = \"a\"\n",
    );
    let of = |line: &str| offered(&desk, &line.split(' ').collect::<Vec<_>>());
    assert_eq!(of("--plan example opinion answer 2"), ["2026-02-10/1", "2026-02-10/2-1"]);
    assert_eq!(of("--plan example opinion show 2026-02-10/2"), ["2026-02-10/2-1"]);
    assert_eq!(of("--plan example opinion list --meeting "), ["2026-02-10"]);
    assert_eq!(of("--plan example opinion list --meeting 第"), ["第3回委員会"]);
    assert_eq!(of("--plan example opinion add 第"), ["第3回委員会"]);
    assert_eq!(of("--plan example opinion answer 2026-02-10/1 --state "), ["done", "doing", "considering", "declined"]);
    assert_eq!(of("--plan example opinion answer 2026-02-10/1 --state 対応"), ["対応済", "対応中", "対応しない"]);
    assert_eq!(of("--plan example opinion add 2026-02-10 --kind "), ["opinion", "question", "request", "point"]);
    assert_eq!(of("--plan example opinion add R9.2.1 --body 議"), ["議会"]);
    // The kind of an indicator is another word.
    assert!(of("--plan example add indicator --kind ").is_empty());
}

#[test]
fn a_plan_with_errors_has_names_and_none_has_none() {
    let desk = Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R6\" }\ncycle = \"半期\"\nlevels = \"\"\n",
        ),
        ("outline/1.toml", "[1]\nname = \"人\"\n[1-1]\nname = \"二 語\"\n[1-2\nname = 3\n[1-3]\nnope = 1\n"),
    ]);
    assert_eq!(offered(&desk, &["show", "1-"])[0], "1-1");
    assert_eq!(offered(&desk, &["show", "人"]), ["人"]);
    // A name of two words would be two arguments.
    assert!(offered(&desk, &["show", "二"]).is_empty());
    assert_eq!(offered(&desk, &["update", "1-1", "--period", ""]), ["R6H1", "R6H2", "R6"]);
    let nothing = Desk::empty();
    assert!(offered(&nothing, &["show", ""]).iter().all(|word| word.starts_with('-')));
    assert_eq!(offered(&nothing, &["git-"]), ["git-setup"]);
    let refused = nothing.with_env(&[("KAIKAKU_COMPLETE", "ksh")], &["--", "kaikaku", "s"]).failed();
    assert!(refused.contains("ksh"), "{refused}");
}

#[test]
fn every_shell_gets_its_script() {
    let desk = Desk::empty();
    for (shell, holds) in [
        ("bash", "complete -o nospace"),
        ("zsh", "#compdef kaikaku"),
        ("fish", "complete --keep-order"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName kaikaku"),
    ] {
        let script = desk.run(&format!("completions {shell}")).done();
        assert!(script.out().contains(holds) && script.out().contains("KAIKAKU_COMPLETE"), "{}", script.out());
    }
    desk.run("completions csh").failed();
}

/// As bash does it: the script is read, and its function asked.
#[cfg(unix)]
#[test]
fn bash_completes_by_the_script() {
    let desk = Desk::copied();
    std::fs::write(desk.path("c.bash"), desk.run("completions bash").done().bytes).unwrap();
    let script = "source c.bash; COMP_WORDS=(kaikaku --plan example show 1-2-) COMP_CWORD=4 COMP_TYPE=9
        _clap_complete_kaikaku kaikaku 1-2- show; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let said = std::process::Command::new("bash").args(["-c", script]).current_dir(desk.path("")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&said.stdout), "1-2-1\n1-2-2\n1-2-3\n", "{said:?}");
}

#[test]
fn the_manual_has_a_page_for_each_command_in_both_languages() {
    let desk = Desk::empty();
    desk.run("man manual").done();
    let page = |path: &str| desk.text(&format!("manual/{path}"));
    assert!(page("man1/kaikaku.1").contains("Progress tracker"));
    assert!(page("man1/kaikaku-inquiry-send.1").contains(".SH NAME"));
    let japanese = page("ja/man1/kaikaku-status.1");
    assert!(japanese.contains(".SH 名前") && japanese.contains("進捗状況を表にする"), "{japanese}");
    assert!(!desk.path("manual/man1/kaikaku-textconv.1").exists(), "git calls it, and nobody else");
}
