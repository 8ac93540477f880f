//! `kaikaku handover`: what whoever takes over reads, on the plan of `calendar` in git, and on the made-up city.

use kaikaku::commands::cli;
use kaikaku::lang::Lang;
use serde_json::Value as Json;

use crate::calendar;
use crate::support::Desk;

/// Late since R8Q1; 住民課 says why and what it will do.
const LATE: &str = "\n[[update]]\nperiod   = \"R8Q1\"\nrecorded = 2026-07-08\nrating   = { progress = \"late\" }\nissue    = \"朝の窓口が足りない。\"\nnext     = \"9月に窓口を一つ増やす。\"\n";

/// The plan in git: its first version, then R7Q4 closed, another target and a late report.
fn desk() -> Desk {
    let desk = calendar::desk();
    desk.commit("2026-04-15T09:00:00+0900", "計画を保存する");
    calendar::close(&desk);
    let changed = calendar::INDICATORS.replace("target   = { R9 = 10 }", "target   = { R9 = 12 }")
        + "\n[[wait.change]]\ndate   = 2026-06-15\nreason = \"窓口を減らしたため\"\nkeys   = [\"target\"]\n";
    desk.write("plan/indicators.toml", changed);
    let records = desk.text("plan/records/1-1.toml") + LATE;
    desk.write("plan/records/1-1.toml", records);
    desk.commit("2026-07-10T09:00:00+0900", "待ち時間の目標を改める");
    desk
}

fn text<'j>(json: &'j Json, pointer: &str) -> &'j str {
    json.pointer(pointer).and_then(Json::as_str).unwrap_or_else(|| panic!("{pointer}: {json:#}"))
}

#[test]
fn a_reader_learns_what_is_to_be_done_by_whom_and_how() {
    let paper = desk().run("handover --as-of R8.8.1 --to 後任 --by 前任 --format md").done();
    let paper = paper.out();
    let row = |words: &[&str]| {
        let holds = |line: &&str| line.starts_with('|') && words.iter().all(|word| line.contains(word));
        assert!(paper.lines().any(|line| holds(&line)), "no row of {words:?} in\n{paper}");
    };
    assert!(paper.contains("**前任者**：前任") && paper.contains("**後任者**：後任"), "{paper}");
    // Until the end of the quarter after the running one, R8Q3: the opening, and the inquiry about R8Q2.
    assert!(paper.contains("令和8年12月31日までにすること　4件"), "{paper}");
    row(&["R8年10月中", "住民課", "1-1 窓口", "「開設」に到達する", "手順6（節目）"]);
    row(&["R8年10月中", "企画課", "令和8年度第2四半期の照会を所管課に送る", "手順1（照会）"]);
    row(&["R8年10月中", "企画課", "会議：改革推進委員会 第1回"]);
    row(&[
        "R8年10月中",
        "企画課",
        "令和8年度第2四半期の報告書を作り",
        "手順3（報告書）<br>手順4（公表）<br>手順5（確定）",
    ]);
    // How: what has passed first. R8Q1 ended in June, and 総務課 has not reported.
    row(&[
        "1．令和8年度第1四半期の報告が期限を過ぎている（1課）。まず督促の文を作り",
        "kaikaku due --letter -o 督促.docx",
    ]);
    // By hand: three weeks after 2026-08-01.
    row(&["所管課ごとの調査票を作る", "kaikaku inquiry send --period R8Q1 --out 照会\\_R8Q1 --deadline R8.8.22"]);
    row(&["令和8年度第2四半期は、期間が終わってから、コマンドの R8Q1 を R8Q2 に替えて、同じことを行う"]);
    row(&["委員会に出す報告書を作る", "kaikaku report council --period R8Q1 --for 委員会"]);
    row(&["質問に順に答える", "kaikaku measure"]);
    // By whom, and how to reach them.
    row(&["住民課", "内線 310", "1-1 窓口"]);
    row(&["総務課", "記載なし", "1-2 手続"]);
    assert!(paper.contains("**連絡先**：内線 200"), "{paper}");
}

#[test]
fn what_is_overdue_open_and_at_risk_is_told_with_its_story() {
    let desk = desk();
    let paper = desk.run("handover --as-of R8.8.1 --format md").done();
    let paper = paper.out();
    assert!(paper.contains("令和7年度第4四半期の照会（期限R8.4.16）に回答のない課　1課：住民課（手順1）"), "{paper}");
    assert!(paper.contains("R8.6.1までに回答"), "{paper}");
    assert!(paper.contains("見直しの案を示す（R9.3.31まで）"), "{paper}");
    // R7Q1 to Q3 lie before the time told of; R7Q4 is closed.
    assert!(paper.contains("報告と確定の済んでいないもの　1件（手順3、手順4及び手順5）"), "{paper}");
    // By hand: R8Q1 ended in June; R7Q1 was never closed, so it was to be in the month after. By whom, what and when.
    let unclosed = "| 企画課 | 令和8年度第1四半期の報告書を作り、決裁の後に確定する | R8年7月中 |";
    assert!(paper.contains(unclosed), "{paper}");
    assert!(paper.contains("### 1-1 窓口, 相談; 案内（住民課）　遅れ"), "{paper}");
    assert!(paper.contains("**経過**：R7第4四半期 順調 → R8第1四半期 遅れ"), "{paper}");
    assert!(paper.contains("**課題**：朝の窓口が足りない。（R8第1四半期の報告）"), "{paper}");
    assert!(paper.contains("**今後の対応**：9月に窓口を一つ増やす。（R8第1四半期の報告）"), "{paper}");
    let json = desk.json("handover --as-of R8.8.1");
    assert_eq!(json["unclosed"], serde_json::json!(["R8Q1"]));
    assert_eq!(text(&json, "/risks/0/id"), "1-1");
}

#[test]
fn what_changed_is_told_with_its_reason_from_the_plan_and_from_git() {
    let desk = desk();
    let paper = desk.run("handover --as-of R8.8.1 --format md").done();
    let paper = paper.out();
    assert!(paper.contains("**経過を記した期間**：令和8年4月15日から令和8年8月1日まで"), "{paper}");
    // Fewer minutes are better: 12 in place of 10 is an easier target.
    assert!(paper.contains("| 待ち時間 | 下方修正<br>目標値（R9） | 10分 | 12分 | 窓口を減らしたため |"), "{paper}");
    assert!(paper.contains("| R8.6.15 | 待ち時間 | 窓口を減らしたため |"), "{paper}");
    // What changed is told by what differs and why; the words that a commit is named by are for who keeps the files.
    assert!(!paper.contains("待ち時間の目標を改める") && !paper.contains("計画を保存する"), "{paper}");
    assert!(paper.contains("計画のファイルを変更した日と人（1件）") && paper.contains("| R8.7.10 |"), "{paper}");
    assert!(paper.contains("| R7第4四半期 | R8.4.20 | 佐藤 |"), "{paper}");
    // Since a day, a tag, or a day of before the first version.
    desk.git("2026-07-11T09:00:00+0900", &["tag", "着任"]);
    let since = desk.run("handover --as-of R8.8.1 --since 着任 --format md");
    assert!(since.out().contains("計画の変更（R8.7.10の版から、0件）"), "{}", since.out());
    let early = desk.run("handover --as-of R8.8.1 --since R8.4.1 --format md");
    assert!(early.err.contains("その日より前の版は git にない"), "{}", early.err);
    assert!(
        early.out().contains("令和8年4月1日から令和8年8月1日まで") && early.out().contains("下方修正"),
        "{}",
        early.out()
    );
    assert_eq!(desk.run("handover --since 無い版").code, 2);
}

#[test]
fn without_git_the_plan_tells_what_it_knows() {
    let desk = calendar::desk();
    let paper = desk.run("handover --as-of R8.8.1 --format md").done();
    assert!(paper.out().contains("前の版が git にないため"), "{}", paper.out());
    assert!(paper.out().contains("**経過を記した期間**：令和7年4月1日から令和8年8月1日まで"), "{}", paper.out());
    assert!(paper.out().contains("git に保存していない"), "{}", paper.out());
}

#[test]
fn a_department_has_a_paper_of_its_own() {
    let paper = desk().run("handover --as-of R8.8.1 --owner 総務課 --format md").done();
    let paper = paper.out();
    assert!(paper.contains("総務課が担当する仕事を引き継ぐ") && paper.contains("照会に回答する"), "{paper}");
    assert!(paper.contains("見直しの案を示す"), "{paper}");
    for others in ["住民課", "開設", "kaikaku inquiry send", "確定した期間"] {
        assert!(!paper.contains(others), "{others} in\n{paper}");
    }
}

/// Who takes over the plan of the made-up city on the day of the tests.
#[test]
fn the_paper_of_the_made_up_city_answers_what_by_whom_and_how() {
    let desk = Desk::copied();
    let paper = desk.run("handover --plan example --format md --lang ja").done();
    let paper = paper.out();
    // R8Q2 has ended: seven owners owe reports about it, and it is to be closed.
    assert!(
        paper.contains("1．令和8年度第2四半期の報告が期限を過ぎている（6課）。まず督促の文を作り、7の連絡先に送る"),
        "{paper}"
    );
    assert!(
        paper.contains("報告と確定の済んでいないもの") && paper.contains("令和8年度第2四半期の報告書を作り"),
        "{paper}"
    );
    assert!(paper.contains("| 総務局 | 人事課 | 内線 2120<br>000-000-2120<br>jinji@city.kakuu.example |"), "{paper}");
    assert!(paper.contains("**連絡先**：内線 2110、000-000-2110、gyokaku@city.kakuu.example"), "{paper}");
    // One count: the entries that are in the plan; the one that left it is told apart.
    assert!(paper.contains("取組項目 20件。"), "{paper}");
    let level = "第3階層、20件（ほかに、計画から外れたもの又は後で加わるもの1件）";
    assert!(paper.contains(level) && !paper.contains("21件"), "{paper}");
    for term in ["判定不能", "速報", "確定", "未報告", "余裕", "要確認"] {
        let told = format!("- **{term}**：");
        let is_used = paper.split(&told).next().unwrap().contains(term);
        assert_eq!(paper.contains(&told), is_used, "{term} in\n{paper}");
    }
}

/// No contact of a department goes out.
#[test]
fn contacts_are_for_the_office() {
    let desk = Desk::copied();
    assert_eq!(desk.run("publish --plan example --period R8Q2 -o out/site").code, 0);
    assert_eq!(desk.run("opendata --plan example --licence cc-by-4.0 --format csv -o out/data").code, 0);
    for (path, bytes) in
        desk.files().into_iter().filter(|(path, _)| path.components().any(|part| part.as_os_str() == "out"))
    {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("内線 2120") && !text.contains("jinji@"), "{}", path.display());
    }
}

#[test]
fn every_command_of_the_paper_is_one() {
    let desk = Desk::copied();
    for args in ["", " --owner 人事課"] {
        let json = desk.json(&format!("handover --plan example{args}"));
        let commands = json["tasks"].as_array().unwrap().iter().flat_map(|task| task["commands"].as_array().unwrap());
        let english: Vec<String> = commands.map(|command| command.as_str().unwrap().to_owned()).collect();
        let paper = desk.run(&format!("handover --plan example{args} --format csv --lang ja"));
        paper.code_is(0);
        let html = desk.run(&format!("handover --plan example{args} --format html --lang ja"));
        let cells = html.out().split(">kaikaku ").skip(1).filter_map(|rest| rest.split('<').next());
        let japanese: Vec<String> = cells.map(|rest| format!("kaikaku {rest}")).collect();
        assert!(english.len() > 2 && japanese.len() >= english.len(), "{english:?} {japanese:?}");
        for command in english.iter().chain(&japanese).filter(|command| !command.contains("により作成")) {
            let understood = cli::command(Lang::Ja).try_get_matches_from(command.split_whitespace());
            assert!(understood.is_ok(), "{command}: {understood:?}");
        }
        // Those that only read or write a paper do what they say.
        let reads = ["status", "due", "kpi", "roadmap", "report", "rollover", "calendar", "explain", "check", "help"];
        // Nobody has said anything of the plan that could be reported.
        let is_run = |command: &&String| {
            reads.contains(&command.split(' ').nth(1).unwrap()) && !command.starts_with("kaikaku report opinions")
        };
        for command in english.iter().filter(is_run) {
            let words: Vec<&str> = command.split(' ').skip(1).collect();
            let ran = desk.call(&words);
            assert!(ran.code < 2, "{command}: {ran:?}");
        }
    }
}

#[test]
fn it_writes_nothing_and_comes_as_word_html_and_markdown() {
    let desk = desk();
    let before = desk.files();
    for format in ["text", "md", "csv", "json", "html"] {
        desk.run(&format!("handover --format {format}")).code_is(0);
    }
    assert_eq!(desk.files(), before);
    let ran = desk.run("handover --as-of R8.8.1 -o h.docx -o h.xlsx -o h.html -o h.md");
    ran.code_is(0);
    let ran = desk.run("verify h.docx h.xlsx h.html h.md");
    assert_eq!(ran.code, 0, "{}", ran.out());
    // A figure that somebody changed by hand is found.
    desk.write("h.md", desk.text("h.md").replace("→ R8第1四半期 遅れ", "→ R8第1四半期 順調"));
    desk.run("verify h.md").code_is(1);
}

/// The commands of the paper, in their order, as they are printed in it.
fn printed(desk: &Desk, lang: &str) -> Vec<String> {
    let paper = desk.run(&format!("handover --plan example --format html --lang {lang}")).done();
    let cells = paper.out().split(">kaikaku ").skip(1).filter_map(|rest| rest.split('<').next());
    cells.map(|rest| format!("kaikaku {rest}")).filter(|command| command.contains("--plan example")).collect()
}

/// Whoever takes over types every command as it is printed, one after another, and puts the replies where the step says.
#[test]
fn every_command_runs_as_printed_in_a_world_made_by_following_the_paper() {
    for lang in ["ja", "en"] {
        let desk = Desk::copied();
        desk.commit("2026-11-20T09:00:00+0900", "One");
        let commands = printed(&desk, lang);
        assert!(commands.len() > 40, "{commands:?}");
        for command in &commands {
            let words: Vec<&str> = command.split(' ').skip(1).collect();
            if let ["inquiry", "collect", replies, ..] = words[..] {
                for workbook in ["行政経営課", "人事課"].map(|owner| format!("照会_R8Q2_{owner}.xlsx")) {
                    let sent =
                        desk.read(&format!("{}/{workbook}", if lang == "ja" { "照会_R8Q2" } else { "inquiry_R8Q2" }));
                    desk.write(&format!("{replies}/{workbook}"), sent);
                }
            }
            let ran = desk.with_env(&[("KAIKAKU_LANG", lang)], &words);
            // What asks step by step says without a terminal what it would ask.
            let is_asked =
                matches!(words[..], ["update" | "measure", "--plan", _] | ["update", _, "--plan", _] | ["add", ..]);
            let expected = if is_asked { 2..3 } else { 0..1 + i32::from(words[0] == "due") };
            assert!(expected.contains(&ran.code), "{command}: {ran:?}");
            assert!(!is_asked || ran.err.contains("指定されていません") || ran.err.contains("not given"), "{ran:?}");
            // Nothing that stood there is replaced, and no workbook goes out without its deadline.
            assert!(words[0] != "measure" || !ran.err.contains('→'), "{command}: {}", ran.err);
            if let Some(at) = words.iter().position(|word| *word == "--deadline") {
                assert!(ran.out().contains(words[at + 1]), "{command}: {}", ran.out());
            }
        }
        let sent = commands.iter().filter(|command| command.starts_with("kaikaku inquiry send"));
        assert_eq!(sent.filter(|command| command.contains("--deadline")).count(), 2);
    }
}

/// The running period R8Q3 ends in December: papers, pages and closing are done about it from January on.
#[test]
fn what_is_done_about_the_running_period_is_said_in_each_task() {
    let desk = Desk::copied();
    let paper = desk.run("handover --plan example --format md --lang ja").done();
    let later = "令和8年度第3四半期は、期間が終わってから、コマンドの R8Q2 を R8Q3 に替えて、同じことを行う。";
    let tasks: Vec<&str> = paper.out().split("### 手順").skip(1).collect();
    let is_told = |task: &&str| task.contains(later);
    assert_eq!(
        tasks.iter().enumerate().filter(|(_, task)| is_told(task)).map(|(at, _)| at + 1).collect::<Vec<_>>(),
        [1, 3, 4, 5]
    );
    let publish = tasks[3];
    for command in ["kaikaku publish --period R8Q2 -o 公表サイト --preview", "kaikaku opendata --period R8Q2"] {
        assert!(publish.contains(command), "{publish}");
    }
    let files = paper.out().split("ファイルのある場所").nth(1).unwrap();
    assert!(files.contains("| publish.toml |") && !files.contains("| その他 |"), "{files}");
    // 将来負担比率 of R7 is to be recorded once it is published.
    let waits = "| 財政課 | ② 将来負担比率 | R7の値が未公表のまま（9月の決算の審査の後に公表する。） | なし | 手順2（指標の値） |";
    assert!(paper.out().contains(waits), "{}", paper.out());
}
