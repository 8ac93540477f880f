//! How owners are asked and their replies collected, step by step; first what has passed.

use chrono::Days;

use super::steps::{Both, by, later, same, step, worded};
use super::typed;
use crate::lang::Lang;
use crate::plan::period::{Period, date_text};
use crate::query::calendar::{Duty, Work};
use crate::query::due::{Share, What};
use crate::report::handover::{HandoverReport, part};

/// How many days owners are given to answer, in the example of a command where none were given a year before.
const USUAL_DAYS: u64 = 21;
/// How many days those who are late are given, in the example of a command.
const LAST_DAYS: u64 = 14;

/// What an owner does that was asked.
pub fn reply() -> Vec<Both> {
    vec![
        step(
            "計画の担当から届いた調査票（.xlsx）を開き、黄色の欄に記入する。濃い黄色は必ず記入する。",
            "Open the workbook that came from the office in charge and fill in its yellow cells; dark yellow ones must be.",
        ),
        step(
            "数値がないときは、未調査・未公表・対象外のどれかを書く。空欄にしない。",
            "Where there is no number, write 未調査, 未公表 or 対象外; leave no blank.",
        ),
        step(
            "期日を過ぎた節目と工程には、到達した日、又は遅れの理由と見込みの時期を書く。",
            "For milestones and steps whose date has passed, write when they were reached, or why they are late and when they will be.",
        ),
        step(
            "表紙に担当者・内線と回答日を書き、課長の確認を受け、.xlsx のまま期限までに返送する。",
            "Write your name and extension and the day on the cover, have it approved, and send it back as .xlsx by the deadline.",
        ),
    ]
}

/// What the office does.
pub fn ask(report: &HandoverReport<'_>, running: Period, lang: Lang) -> Vec<Both> {
    match late(report) {
        Some(late) => remind(report, late, running, lang),
        None => inquiry(report, running, lang),
    }
}

/// The last period that has ended, where reports on it are overdue.
fn late(report: &HandoverReport<'_>) -> Option<Period> {
    let dues = &report.handover.dues;
    dues.period.filter(|_| dues.all().any(|due| matches!(due.what, What::Update { .. })))
}

/// What has passed comes first, then what comes round.
fn remind(report: &HandoverReport<'_>, late: Period, running: Period, lang: Lang) -> Vec<Both> {
    let owes = |share: &&Share<'_>| share.dues.iter().any(|due| matches!(due.what, What::Update { .. }));
    let (count, contacts) = (report.handover.dues.shares.iter().filter(owes).count(), part("people"));
    let words = (
        format!(
            "{}の報告が期限を過ぎている（{count}課）。まず督促の文を作り、{contacts}の連絡先に送る。",
            late.long(Lang::Ja)
        ),
        format!(
            "Reports about {} are overdue (owners: {count}): first write the letters, and send them (contacts: part {contacts}).",
            late.long(Lang::En)
        ),
    );
    let mut steps = vec![((words.0.into(), words.1.into()), Some(letters(report, lang)))];
    let is_letter = |step: &Both| step.1.as_ref().is_some_and(|(ja, _)| ja.starts_with("kaikaku due --letter"));
    steps.extend(inquiry(report, late, lang).into_iter().filter(|step| !is_letter(step)));
    steps.extend(later(late, running));
    steps
}

/// The command that writes letters to those who are late, with a day by which they answer.
fn letters(report: &HandoverReport<'_>, lang: Lang) -> (String, String) {
    let today = report.handover.as_of.date;
    let by = date_text(today.checked_add_days(Days::new(LAST_DAYS)).unwrap_or(today), lang);
    (format!("kaikaku due --letter -o 督促.docx --by {by}"), format!("kaikaku due --letter -o letters.docx --by {by}"))
}

fn inquiry(report: &HandoverReport<'_>, period: Period, lang: Lang) -> Vec<Both> {
    let is_deadline = |duty: &&Duty<'_>| matches!(duty.work, Work::Collect(of) if of == period);
    let expected = report.handover.calendar.duties.iter().find(is_deadline).map(|duty| duty.when.last_day());
    let today = report.handover.as_of.date;
    let usual = || period.last_day().max(today) + Days::new(USUAL_DAYS);
    let deadline = expected.filter(|day| today <= *day).unwrap_or_else(usual);
    let who = report.plan().owners.first().map_or("ID", typed);
    let (period, deadline, contacts) = (period.short(), date_text(deadline, lang), part("people"));
    vec![
        by(
            (
                "期間が終わったら、所管課ごとの調査票を作る（作った期間は省く）。",
                "When the period has ended, make a workbook for each owner, unless it was made.",
            ),
            format!("kaikaku inquiry send --period {period} --out 照会_{period} --deadline {deadline}"),
            format!("kaikaku inquiry send --period {period} --out inquiry_{period} --deadline {deadline}"),
        ),
        worded(
            format!("できたファイルを、件名と期限を添えて所管課に送る。送り先は、{contacts}の連絡先による。"),
            format!("Send each file to its owner with the deadline; part {contacts} has the contacts."),
        ),
        same(
            ("だれが未回答かを見る。", "See who has not answered."),
            format!("kaikaku inquiry status --period {period}"),
        ),
        by(
            (
                "届いた回答を一つのフォルダーに集め、何が新しいかを確かめる（まだ記録しない）。",
                "Put the replies into one folder and review what is new; nothing is recorded yet.",
            ),
            format!("kaikaku inquiry collect 回答_{period}"),
            format!("kaikaku inquiry collect replies_{period}"),
        ),
        by(
            ("確かめた回答を記録する。", "Record them."),
            format!("kaikaku inquiry collect 回答_{period} --apply"),
            format!("kaikaku inquiry collect replies_{period} --apply"),
        ),
        by(
            ("期限を過ぎた課への督促の文を作る。", "Write letters to those who are late."),
            letters(report, lang).0,
            letters(report, lang).1,
        ),
        by(
            (
                "電話などで聞いた報告は、直接記録する（質問に順に答える）。",
                "What was told by telephone is recorded directly.",
            ),
            "kaikaku update",
            "kaikaku update",
        ),
        by(
            (
                "一つの課の調査票だけを作り直す（期限も、もう一度指定する）。",
                "Make the workbook of one owner again; the deadline has to be given again, too.",
            ),
            format!(
                "kaikaku inquiry send --period {period} --out 照会_{period} --owner {who} --deadline {deadline} --force"
            ),
            format!(
                "kaikaku inquiry send --period {period} --out inquiry_{period} --owner {who} --deadline {deadline} --force"
            ),
        ),
    ]
}
