//! `close`: what was published of a period is kept as it was.

use crate::closed::desk;
use crate::support::Desk;

/// Worked out by hand: 59 of 80, 9 of the 30 from 50 to 80, and ahead of the 57.5 that the straight line asks of R6. The
/// fingerprints are those that `sha256sum` gives.
const MANIFEST: &str = r#"schema      = 1
period      = "R7Q2"
as_of       = 2025-09-30
closed      = 2026-11-21
by          = "改革推進課"
note        = "決裁 第12号"
program     = "0.1.0"
fingerprint = "FINGERPRINT"

[total]
s.dept.counts.good = 1
s.dept.counts.late = 1
s.dept.entries = 3
s.dept.excluded = 0
s.dept.rated = 2
s.dept.unreported = 1

[entry.1] # 柱
counts.s.dept = ["good 1", "late 1", "unreported 1"]

[entry.1-1] # 甲
progress.dept = ["60", "R7Q2"]
rating.s.dept = ["good", "R7Q2"]
texts.dept = ["TEXTS", "R7Q2"]

[entry.1-2] # 乙
rating.s.dept = ["late", "R7Q1"]

[entry.1-3] # 丙
rating.s.dept = "unreported"

[indicator.rate] # 率
actual = ["59", "R6", "provisional"]
baseline = ["50", "R5"]
improvement = "9/30"
ratio_to_target = "59/80"
target = ["80", "R9"]
verdict = "on-pace"
"#;

const FIGURES: &str = "c0a9cbe23afae053cbe79fea1c2572f29220ec85abea4838fdcf349f9c1697d1";

fn manifest() -> String {
    MANIFEST.replace("FINGERPRINT", FIGURES).replace("TEXTS", "d6cb6c547f6c")
}

#[test]
fn the_file_tells_every_figure_on_a_line_of_its_own() {
    let desk = desk();
    let args = ["close", "R7Q2", "--by", "改革推進課", "--note", "決裁 第12号"];
    let trial = desk.call(&[&args[..], &["--dry-run"]].concat());
    assert_eq!((trial.code, trial.out()), (0, manifest().as_str()));
    assert!(!desk.path("plan/closed").exists());
    let ran = desk.call(&args);
    let head = manifest().split_inclusive('\n').take(8).collect::<String>();
    assert_eq!((ran.code, ran.out()), (0, head.as_str()));
    assert_eq!(
        ran.err,
        "注意: 未報告の項目 1 件、前の期間の報告によって数えた項目 1 件、速報値 1 件を、そのまま確定します\n\
         令和7年度第2四半期を確定し、plan/closed/R7Q2.toml に控えました（照合番号 c0a9cbe23afa）。\n"
    );
    assert_eq!(String::from_utf8(desk.read("plan/closed/R7Q2.toml")).unwrap(), manifest());
    desk.run("check").done();
    assert!(desk.run("errata R7Q2").done().out().contains("公表した数字から変わったものはありません。"));
}

#[test]
fn what_cannot_be_closed_is_refused() {
    let desk = desk();
    assert_eq!(desk.run("close R7Q2").code, 0);
    let before = desk.files();
    for (args, shown) in [
        ("close R7Q2", "kaikaku errata R7Q2"),
        ("close 令和7年度第2四半期", "R7Q2 は既に確定しています"),
        ("close R8Q3", "R8Q3 はまだ終わっていません（2026-12-31 まで）"),
        ("close R5", "計画期間（R6～R9）の外"),
        ("close R7.9.31", "対処"),
        ("errata R7Q1", "確定した期間：R7Q2"),
        ("errata R7Q2 --record", "--reason"),
        ("errata R7Q2 --reason x", "--record"),
    ] {
        let err = desk.run(args).failed();
        assert!(err.contains(shown), "{args}: {err}");
    }
    desk.write("plan/records/1-3.toml", "[[update]]\nperiod = \"R7Q2\"\nrating = { s = \"worst\" }\n");
    assert!(desk.run("close R7Q1").failed().contains("計画に 1 件のエラー"));
    std::fs::remove_file(desk.path("plan/records/1-3.toml")).unwrap();
    assert_eq!(desk.files(), before);
}

fn git(desk: &Desk, args: &[&str]) -> String {
    let mut command = std::process::Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.jp"]).args(args);
    command.current_dir(desk.path("")).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args:?} {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Whoever writes about what was published is reported, and nobody else.
#[test]
fn a_record_about_a_closed_period_is_marked_so() {
    let desk = desk();
    assert_eq!(desk.run("close R7Q2").code, 0);
    assert_eq!(desk.run("close R7Q3").code, 0);
    let shown = |args: &str| {
        let ran = desk.run(args);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.err.lines().filter(|line| line.contains("確定済み")).collect::<String>()
    };
    let note = |periods: &str| {
        format!(
            "注意: {periods} は確定済みです。公表した数字が変わるときは、訂正の記録が必要です（kaikaku errata R7Q3 で確かめ、--record で記録）"
        )
    };
    assert_eq!(shown("update 1-3 --period R7Q2 --rating good --dry-run"), note("R7Q2、R7Q3"));
    assert_eq!(shown("update 1-3 --period R7Q2 --rating good"), note("R7Q2、R7Q3"));
    assert_eq!(shown("update 1-3 --period R7Q3 --rating good"), note("R7Q3"));
    assert_eq!(shown("measure rate 61 --period R6"), note("R7Q2、R7Q3"));
    assert_eq!(shown("update 1-3 --period R7Q4 --rating good"), "");
    assert_eq!(shown("update 1-3 --corrects R7Q2/2026-11-21 --period R7Q4"), note("R7Q2、R7Q3"));
    let english = desk.run("update 1-1 --period R7Q3 --rating good --lang en").err;
    assert!(english.contains("note: R7Q3 is closed; if a published figure changes"), "{english}");
}

#[test]
fn a_checkout_tells_its_commit() {
    let desk = desk();
    git(&desk, &["init", "-q"]);
    git(&desk, &["add", "."]);
    git(&desk, &["commit", "-q", "-m", "R7Q2"]);
    let revision = git(&desk, &["rev-parse", "HEAD"]);
    let ran = desk.run("close R7Q1");
    assert!(ran.out().contains(&format!("revision    = \"{}\"\n", revision.trim())), "{ran:?}");
    assert!(!ran.err.contains("コミットしていない"), "{ran:?}");
    let ran = desk.run("close R7Q2");
    assert!(ran.err.contains("コミットしていない変更があります"), "{ran:?}");
}

#[test]
fn a_tagged_period_reads_the_same_for_ever() {
    let desk = desk();
    git(&desk, &["init", "-q"]);
    assert_eq!(desk.run("close R7Q2").code, 0);
    git(&desk, &["add", "."]);
    git(&desk, &["commit", "-q", "-m", "R7Q2"]);
    git(&desk, &["tag", "R7Q2"]);
    let asked = ["status --as-of R7Q2", "kpi --as-of R7Q2", "show 1-1 --as-of R7Q2", "errata R7Q2", "check"];
    let read = || asked.map(|args| desk.run(&format!("{args} --rev R7Q2")).done().bytes);
    let then = read();
    for args in [
        "update 1-1 --period R7Q3 --rating late --progress 70",
        "update 1-3 --period R7Q2 --rating good",
        "measure rate 61 --period R6",
        "mv 1-1 1-4",
        "mv rate share",
        "errata R7Q2 --record --reason 訂正",
    ] {
        assert_eq!(desk.run(args).code, 0, "{args}");
    }
    assert_eq!(read(), then);
    git(&desk, &["add", "."]);
    git(&desk, &["commit", "-q", "-m", "R7Q3"]);
    assert_eq!(read(), then);
    for args in ["close R7Q1 --rev R7Q2", "mv 1-1 1-4 --rev R7Q2", "errata R7Q2 --record --reason 訂正 --rev R7Q2"] {
        assert!(desk.run(args).failed().contains("過去の版には書き込めません"), "{args}");
    }
}

#[test]
fn an_edited_manifest_is_found_out() {
    let desk = desk();
    assert_eq!(desk.run("close R7Q2").code, 0);
    let text = String::from_utf8(desk.read("plan/closed/R7Q2.toml")).unwrap();
    for (from, to, found) in [
        ("counts.good = 1", "counts.good = 2", true),
        ("[\"late\", \"R7Q1\"]", "[\"good\", \"R7Q1\"]", true),
        ("as_of       = 2025-09-30", "as_of       = 2025-09-29", true),
        ("period      = \"R7Q2\"", "period      = \"R7Q1\"", true),
        ("baseline = [\"50\", \"R5\"]\n", "", true),
        ("# 甲", "# 別の注", false),
    ] {
        desk.write("plan/closed/R7Q2.toml", text.replace(from, to));
        let findings = desk.json("check")["findings"].clone();
        let codes: Vec<&str> = findings.as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
        assert_eq!(codes.contains(&"manifest-altered"), found, "{to} {codes:?}");
    }
    desk.write("plan/closed/R7Q2.toml", text.replace("counts.good = 1", "counts.good = 2"));
    assert!(desk.run("errata R7Q2").out().contains("手で書き換えられています"));
    assert!(desk.call(&["errata", "R7Q2", "--record", "--reason", "x"]).failed().contains("書き換えられています"));
}

#[test]
fn what_only_reads_figures_does_not_read_what_was_published() {
    let desk = desk();
    let before = desk.run("status --as-of R7Q2").done().bytes;
    desk.write("plan/closed/R7Q2.toml", "period = [");
    assert_eq!(desk.run("status --as-of R7Q2").done().bytes, before);
    assert_eq!(desk.run("check").code, 1);
}

#[test]
fn any_period_of_a_shipped_plan_can_be_closed() {
    let desk = Desk::copied();
    for period in ["R6", "R7H1", "R8Q2", "R8.10"] {
        assert_eq!(desk.run(&format!("close {period} --plan example")).code, 0, "{period}");
        assert!(desk.run(&format!("errata {period} --plan example")).done().out().contains("ありません"));
    }
    assert_eq!(desk.run("close R6 --plan growth-policy").code, 0);
    assert!(desk.run("check --plan example --strict").out().contains("警告 0"));
}

/// A plan in a repository whose git cannot be started: closing says that it does not keep the version, and undoing what may be
/// committed is refused.
#[test]
fn where_git_cannot_be_started_it_is_said() {
    let desk = Desk::copied();
    desk.commit("2026-11-01T09:00:00+0900", "計画");
    let without = |args: &[&str]| desk.with_env(&[("PATH", "/nonexistent")], args);
    let ran = without(&["close", "R8Q1", "--plan", "example", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.err
            .contains("note: git does not answer, so the version that it was published from (`revision`) is not kept"),
        "{ran:?}"
    );
    assert!(!String::from_utf8(desk.read("plan/example/closed/R8Q1.toml")).unwrap().contains("revision"));
    let undo = without(&["undo", "--plan", "example", "--lang", "en"]);
    assert!(undo.code == 2 && undo.err.contains("cannot start git"), "{undo:?}");
    // Without a repository there is nothing to be said.
    let alone = Desk::copied().with_env(&[("PATH", "/nonexistent")], &["close", "R8Q1", "--plan", "example"]);
    assert!(alone.code == 0 && !alone.err.contains("revision"), "{alone:?}");
}
