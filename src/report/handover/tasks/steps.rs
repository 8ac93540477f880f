//! What is done in each task, step by step, and by which commands.

use std::borrow::Cow;

use chrono::Days;

use super::{TaskKey, typed};
use crate::lang::Lang;
use crate::plan::indicator::Kind;
use crate::plan::period::{FiscalYear, Period, date_text};
use crate::query::calendar::{Duty, Work};
use crate::query::due::{Share, What};
use crate::report::handover::{HandoverReport, part};

/// How many days owners are given to answer, in the example of a command where none were given a year before.
const USUAL_DAYS: u64 = 21;

/// A step: what is done, and the command in both languages.
pub type Both = ((Cow<'static, str>, Cow<'static, str>), Option<(String, String)>);

fn step(ja: &'static str, en: &'static str) -> Both {
    ((ja.into(), en.into()), None)
}

fn worded(ja: String, en: String) -> Both {
    ((ja.into(), en.into()), None)
}

fn by(words: (&'static str, &'static str), ja: impl Into<String>, en: impl Into<String>) -> Both {
    ((words.0.into(), words.1.into()), Some((ja.into(), en.into())))
}

fn same(words: (&'static str, &'static str), command: impl Into<String>) -> Both {
    let command = command.into();
    by(words, command.clone(), command)
}

/// The steps of a task, in their order.
pub fn steps(report: &HandoverReport<'_>, key: TaskKey, lang: Lang) -> Vec<Both> {
    let handover = &report.handover;
    let cycle = report.plan().head.cycle;
    let running = cycle.period_containing(handover.as_of.date.min(report.plan().head.to.last_day()));
    // Nothing is told of a period before it has ended.
    let period = handover.unclosed.last().copied().unwrap_or(running).short();
    match key {
        TaskKey::Inquiry if report.is_of_owner() => reply(),
        TaskKey::Inquiry => match late(report) {
            Some(late) => remind(report, late, running, lang),
            None => inquiry(report, running, lang),
        },
        TaskKey::Values => values(report),
        TaskKey::Paper => paper(&period),
        TaskKey::Close => close(&period),
        TaskKey::Roadmap => roadmap(report),
        TaskKey::Opinions => opinions(),
        TaskKey::Definition => definition(report),
        TaskKey::Year => year(handover.as_of.year()),
        TaskKey::Look if report.is_of_owner() => look_of_owner(report),
        TaskKey::Look => look(),
    }
}

fn reply() -> Vec<Both> {
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
    let command = ("kaikaku due --letter -o 督促.docx".to_owned(), "kaikaku due --letter -o letters.docx".to_owned());
    let mut steps = vec![((words.0.into(), words.1.into()), Some(command))];
    let is_letter = |step: &Both| step.1.as_ref().is_some_and(|(ja, _)| ja.starts_with("kaikaku due --letter"));
    steps.extend(inquiry(report, late, lang).into_iter().filter(|step| !is_letter(step)));
    if running != late {
        let (ja, en, period) = (running.long(Lang::Ja), running.long(Lang::En), running.short());
        steps.push(worded(
            format!("{ja}は、期間が終わってから、同じことを --period {period} で行う。"),
            format!("For {en}, do the same with --period {period} once it has ended."),
        ));
    }
    steps
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
            "kaikaku due --letter -o 督促.docx",
            "kaikaku due --letter -o letters.docx",
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
            ("一つの課の調査票だけを作り直す。", "Make the workbook of one owner again."),
            format!("kaikaku inquiry send --period {period} --out 照会_{period} --owner {who} --force"),
            format!("kaikaku inquiry send --period {period} --out inquiry_{period} --owner {who} --force"),
        ),
    ]
}

fn values(report: &HandoverReport<'_>) -> Vec<Both> {
    let year = report.handover.as_of.year();
    let year = year.prev().unwrap_or(year).short();
    let id = report.plan().indicators.iter().find(|one| one.kind != Kind::Heading).map_or("ID", |one| one.id.as_str());
    vec![
        by(
            (
                "値のない指標を見る。所管課が照会で答えた値は、手順1の取込みで記録される。",
                "See which indicators lack a value; those that owners answered are recorded by task 1.",
            ),
            "kaikaku due",
            "kaikaku due",
        ),
        by(
            ("値を直接記録する（質問に順に答える）。", "Record a value directly."),
            "kaikaku measure",
            "kaikaku measure",
        ),
        by(
            ("値がないときは、その理由を記録する。", "Where there is no value, record why."),
            format!("kaikaku measure {id} 未公表 --period {year}"),
            format!("kaikaku measure {id} not-published --period {year}"),
        ),
        by(
            ("目標との差と判定を確かめる。", "See the gap to the target and the verdict."),
            "kaikaku kpi -o 検証指標.xlsx",
            "kaikaku kpi -o indicators.xlsx",
        ),
        same(("数値の根拠を示す。", "Show where a figure comes from."), format!("kaikaku explain {id}")),
    ]
}

fn paper(period: &str) -> Vec<Both> {
    let council = |ja: &str, en: &str| {
        (
            format!("kaikaku report council --period {period} --for {ja} -o {ja}.docx"),
            format!("kaikaku report council --period {period} --for {en} -o {en}.docx"),
        )
    };
    let (headquarters, committee, assembly) =
        (council("本部", "headquarters"), council("委員会", "committee"), council("議会", "assembly"));
    vec![
        by(("推進本部に出す報告書を作る。", "Write the paper for the headquarters."), headquarters.0, headquarters.1),
        by(("委員会に出す報告書を作る。", "Write the paper for the committee."), committee.0, committee.1),
        by(("議会に出す報告書を作る。", "Write the paper for the assembly."), assembly.0, assembly.1),
        by(
            ("想定問答を作る。", "Write the questions to expect."),
            format!("kaikaku report questions --period {period} -o 想定問答.docx"),
            format!("kaikaku report questions --period {period} -o questions.docx"),
        ),
        by(
            (
                "手直しした報告書の数値が、記録と合うかを確かめる（報告書を出す前に必ず行う）。",
                "Hold the numbers of a paper that was edited against the record, always before it goes out.",
            ),
            "kaikaku verify 委員会.docx",
            "kaikaku verify committee.docx",
        ),
    ]
}

fn close(period: &str) -> Vec<Both> {
    vec![
        same(
            (
                "決裁を経て公表したら、確定する内容を確かめる。",
                "Once it is approved and published, see what would be kept.",
            ),
            format!("kaikaku close {period} --dry-run"),
        ),
        by(
            ("決裁番号を添えて確定する。", "Close it, with the number of the decision."),
            format!("kaikaku close {period} --note 決裁番号"),
            format!("kaikaku close {period} --note decision"),
        ),
        by(
            (
                "公表後に誤りが分かったら、記録を直し、正誤表を作る。",
                "Where an error is found later, correct the record and write the errata.",
            ),
            format!("kaikaku errata {period} -o 正誤表.docx"),
            format!("kaikaku errata {period} -o errata.docx"),
        ),
        by(
            ("訂正を理由とともに記録する。", "Record the correction with its reason."),
            format!("kaikaku errata {period} --record --reason 集計の誤り"),
            format!("kaikaku errata {period} --record --reason miscounted"),
        ),
    ]
}

fn roadmap(report: &HandoverReport<'_>) -> Vec<Both> {
    let entry = report.plan().entries.iter().find(|entry| report.plan().head.counts(entry.level));
    let id = entry.map_or("1-1-1", |entry| entry.id.as_str());
    vec![
        step(
            "期日が来た節目について、到達したか、遅れるなら理由と見込みの時期を、所管課に尋ねる。",
            "Ask the owner whether a milestone was reached, or why it is late and when it will be.",
        ),
        same(
            ("到達した日を記録する（質問に順に答える）。", "Record when it was reached."),
            format!("kaikaku update {id}"),
        ),
        by(
            ("工程表（計画と実績）を作る。", "Draw the roadmap, planned and actual."),
            "kaikaku roadmap -o 工程表.xlsx",
            "kaikaku roadmap -o roadmap.xlsx",
        ),
    ]
}

fn opinions() -> Vec<Both> {
    vec![
        by(
            (
                "会議で出た意見、質問、要望及び指摘を、会議ごとに記録する。一覧（.xlsx など）があれば kaikaku opinion import で取り込める。",
                "Record the opinions, questions, requests and points of each meeting; a list (.xlsx) is brought in by `kaikaku opinion import`.",
            ),
            "kaikaku opinion add R8.11.10 --name 第3回委員会 --kind 要望 --about 1-1-1 --opinion 意見の内容",
            "kaikaku opinion add 2026-11-10 --name 3rd-meeting --kind request --about 1-1-1 --opinion text",
        ),
        by(
            (
                "担当の課に尋ね、回答と対応、約束したことと期限を記録する。",
                "Ask the department in charge, and record its answer, what comes of it, and what was promised by when.",
            ),
            "kaikaku opinion answer 2026-11-10/1 --state 対応中 --answer 回答 --promise 約束 --until R9.1",
            "kaikaku opinion answer 2026-11-10/1 --state doing --answer text --promise text --until R9.1",
        ),
        same(
            ("意見への対応と、約束の期限を確かめる。", "See what came of the opinions, and which promises are due."),
            "kaikaku opinion list",
        ),
        by(
            ("次の会議に、前の会議の意見と対応を出す。", "Hand out what came of the opinions of the last meeting."),
            "kaikaku report opinions --for previous -o 意見と対応.docx",
            "kaikaku report opinions --for previous -o opinions.docx",
        ),
        by(
            ("議会などでの答弁と、答弁案を残す。", "Keep the answers given in the council, and drafts of them."),
            "kaikaku answer 1-1-1 答弁 --draft",
            "kaikaku answer 1-1-1 answer --draft",
        ),
    ]
}

fn definition(report: &HandoverReport<'_>) -> Vec<Both> {
    let entry = report.plan().entries.iter().find(|entry| report.plan().head.counts(entry.level));
    let id = entry.map_or("1-1-1", |entry| entry.id.as_str());
    let owner = report.plan().owners.first().map_or("人事課", typed);
    vec![
        by(
            ("決裁を経た変更を、理由とともに書く。", "Write a change that was approved, with its reason."),
            format!("kaikaku edit {id} 所管課 {owner} --reason 組織改正"),
            format!("kaikaku edit {id} owner {owner} --reason reorganised"),
        ),
        by(
            ("項目、指標、所管課などを加える（質問に順に答える）。", "Add an entry, an indicator or an owner."),
            "kaikaku add entry",
            "kaikaku add entry",
        ),
        by(
            ("前の版との違いを新旧対照表にする。", "Compare with the revision before."),
            "kaikaku diff -o 新旧対照表.docx",
            "kaikaku diff -o changes.docx",
        ),
    ]
}

fn year(running: FiscalYear) -> Vec<Both> {
    let next = running.next().unwrap_or(running).short();
    vec![
        same(
            (
                "年度の始まりに、残っていること、始まること、目標を確かめる。",
                "See what is still open, what begins, and the targets.",
            ),
            format!("kaikaku rollover {next}"),
        ),
        same(("その年度の予定を出す。", "List the duties of the year."), format!("kaikaku calendar {next}")),
        by(
            ("人事異動の前に、次の引継書を作る。", "Before people change posts, write the next paper like this one."),
            "kaikaku handover -o 引継書.docx",
            "kaikaku handover -o handover.docx",
        ),
    ]
}

fn look_of_owner(report: &HandoverReport<'_>) -> Vec<Both> {
    let who = report.handover.owner.map_or("ID", |place| typed(&report.plan().owners[place]));
    vec![
        same(
            ("項目と指標の状況を見る。", "See how entries and indicators stand."),
            format!("kaikaku status --owner {who}"),
        ),
        same(("期限を過ぎたものを見る。", "See what is overdue."), format!("kaikaku due --owner {who}")),
        same(("一年の予定を見る。", "See the duties of the year."), format!("kaikaku calendar --owner {who}")),
    ]
}

fn look() -> Vec<Both> {
    vec![
        same(("全体の状況を見る。", "See how everything stands."), "kaikaku status"),
        same(("近い期限と、期限を過ぎたものを見る。", "See what is due and overdue."), "kaikaku due"),
        same(("コマンドの使い方を調べる。", "See how a command is used."), "kaikaku help inquiry"),
        same(("最後の書き込みを取り消す。", "Take back the last write."), "kaikaku undo"),
        same(
            (
                "記録したら点検する。誤りがあれば、ファイルと行が示される。",
                "Check after recording: errors are shown with file and line.",
            ),
            "kaikaku check",
        ),
        step(
            "区切りごとに、計画のフォルダーを git に保存する（git add の後 git commit）。保存した時点が、後で比べられる版になる。",
            "Keep the plan's folder in git after each piece of work (git add, then git commit): what is kept is a revision to compare with.",
        ),
    ]
}
