//! What a terminal of 80 or 120 columns shows of `status` and `kpi`.

use kaikaku::text::width::Ambiguous;

use crate::person::Person;
use crate::support::Desk;

const PLANS: [&str; 4] = ["2027", "example", "stage3", "growth-policy"];

/// What a command shows on a terminal of so many columns, line by line.
fn shown(desk: &Desk, columns: usize, args: &str) -> Option<Vec<String>> {
    let person = Person::starts_on(desk, columns, &format!("{args} --color never"))?;
    // The screen is read by a thread of its own, which ends with the program.
    let screen = person.ended();
    let lines: Vec<String> = screen.replace('\r', "").lines().map(str::to_owned).collect();
    assert!(lines.iter().all(|line| Ambiguous::Narrow.width(line) <= columns), "{args}: {screen}");
    Some(lines)
}

#[test]
fn status_is_one_screen_and_breaks_no_name() {
    let desk = Desk::shipped();
    for plan in PLANS {
        let Some(lines) = shown(&desk, 80, &format!("status --plan {plan} --as-of R8Q2")) else { return };
        assert!(lines.len() <= 60, "{plan}: {}\n{}", lines.len(), lines.join("\n"));
    }
    let Some(lines) = shown(&desk, 80, "status --plan 2027") else { return };
    // What the first command of the README is to show: 3 policies, and targets, actuals and gaps of the plans that verify it.
    for name in ["1 組織・人づくり改革", "2 行政サービスの最適化", "3 協働・連携の推進"] {
        assert!(lines.iter().any(|line| line.starts_with(name)), "{name}\n{}", lines.join("\n"));
    }
    let at = lines.iter().position(|line| line == "1 市役所のサービスに満足している市民の割合").unwrap();
    let words: Vec<&str> = lines[at + 1].split_whitespace().collect();
    assert_eq!(words, ["44.1％（R4）", "65％以上（R5）［推定］", "不足", "20.9ポイント", "後退"]);
}

#[test]
fn all_of_it_is_shown_where_it_is_asked_for() {
    let desk = Desk::shipped();
    let brief = desk.run("status --plan example --as-of R8Q2").done();
    assert!(!brief.out().contains("1-1-2"), "{}", brief.out());
    for args in ["status --all", "list", "status --format md", "status --level 取組項目"] {
        let all = desk.run(&format!("{args} --plan example --as-of R8Q2")).done();
        assert!(all.out().contains("1-1-2"), "{args}: {}", all.out());
    }
}

#[test]
fn kpi_is_one_table_with_the_verdict_in_it() {
    let desk = Desk::shipped();
    let names = ["時間外", "市民の声に対する回答を公表した割合", "地域まちづくり協議会の活動に参加した延べ人数"];
    for columns in [80, 120] {
        let Some(lines) = shown(&desk, columns, "kpi --plan example --as-of R8Q2") else { return };
        let headed = lines.iter().filter(|line| line.contains("実績値") && line.contains("目標との差")).count();
        let head = lines.iter().find(|line| line.contains("実績値")).unwrap();
        assert!(headed == 1 && head.ends_with("判定"), "{columns}: {head}");
        assert!(lines.iter().any(|line| line.starts_with("この幅に収まらない列：")), "{columns}");
        for name in &names[1..] {
            assert!(lines.iter().any(|line| line.starts_with(name)), "{columns}: {name}\n{}", lines.join("\n"));
        }
    }
    let Some(lines) = shown(&desk, 120, "kpi --plan example --as-of R8Q2 --wide") else { return };
    assert!(lines.iter().filter(|line| line.starts_with("指標  ")).count() > 2, "{}", lines.join("\n"));
}

#[test]
fn columns_are_named_as_they_are_shown() {
    let desk = Desk::shipped();
    let ran = desk.run("kpi --plan stage3 --columns 判定,実績値,to-target").done();
    let head = ran.out().lines().find(|line| line.starts_with("指標")).unwrap();
    assert_eq!(head.split_whitespace().collect::<Vec<_>>(), ["指標", "判定", "実績値", "対目標比"]);
    let err = desk.run("kpi --plan stage3 --columns 実積値").failed();
    assert!(err.contains("「実積値」という列はありません") && err.contains("「実績値」ではありませんか"), "{err}");
}
