//! What is done in each task, step by step, and by which commands.

use std::borrow::Cow;

use super::examples::{entry_due, first_entry, in_three_months, unrecorded};
use super::{TaskKey, inquiry, typed};
use crate::lang::Lang;
use crate::plan::period::{Period, date_text};
use crate::report::handover::HandoverReport;
use crate::tr;

/// A step: what is done, and the command in both languages.
pub type Both = ((Cow<'static, str>, Cow<'static, str>), Option<(String, String)>);

/// A step without a command.
pub fn step(ja: &'static str, en: &'static str) -> Both {
    ((ja.into(), en.into()), None)
}

/// The same, of words that were made.
pub fn worded(ja: String, en: String) -> Both {
    ((ja.into(), en.into()), None)
}

/// A step, and the command that does it.
pub fn by(words: (&'static str, &'static str), ja: impl Into<String>, en: impl Into<String>) -> Both {
    ((words.0.into(), words.1.into()), Some((ja.into(), en.into())))
}

/// The same, of a command that is one in both languages.
pub fn same(words: (&'static str, &'static str), command: impl Into<String>) -> Both {
    let command = command.into();
    by(words, command.clone(), command)
}

/// That the same is done about the running period, once it has ended.
pub fn later(told: Period, running: Period) -> Option<Both> {
    let [ja, en] = [Lang::Ja, Lang::En].map(|lang| running.long(lang));
    let (old, new) = (told.short(), running.short());
    (told != running).then(|| {
        worded(
            format!("{ja}は、期間が終わってから、コマンドの {old} を {new} に替えて、同じことを行う。"),
            format!("For {en}, do the same once it has ended, with {new} instead of {old} in the commands."),
        )
    })
}

/// That nothing is done before a period has ended.
fn ended(period: Period, lang: Lang) -> String {
    tr!(lang, "{}が終わってから行う。", "Wait until {} has ended.", period.long(lang))
}

/// The steps of a task, in their order.
pub fn steps(report: &HandoverReport<'_>, key: TaskKey, lang: Lang) -> Vec<Both> {
    let handover = &report.handover;
    let cycle = report.plan().head.cycle;
    let running = cycle.period_containing(handover.as_of.date.min(report.plan().head.to.last_day()));
    // Nothing is told of a period before it has ended.
    let told = handover.unclosed.last().copied().unwrap_or(running);
    let is_running = told == running && handover.as_of.date < running.last_day();
    let after = || is_running.then(|| worded(ended(told, Lang::Ja), ended(told, Lang::En)));
    let of_period = |steps: fn(&HandoverReport<'_>, &str) -> Vec<Both>| {
        after().into_iter().chain(steps(report, &told.short())).chain(later(told, running)).collect()
    };
    match key {
        TaskKey::Inquiry if report.is_of_owner() => inquiry::reply(),
        TaskKey::Inquiry => inquiry::ask(report, running, lang),
        TaskKey::Values => values(report),
        TaskKey::Paper => of_period(paper),
        TaskKey::Publish => of_period(publish),
        TaskKey::Close => of_period(close),
        TaskKey::Roadmap => roadmap(report),
        TaskKey::Opinions => opinions(report),
        TaskKey::Definition => definition(report),
        TaskKey::Year => year(report),
        TaskKey::Look if report.is_of_owner() => look_of_owner(report),
        TaskKey::Look => look(),
    }
}

fn values(report: &HandoverReport<'_>) -> Vec<Both> {
    let (id, year) = unrecorded(report);
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
            (
                "値を直接記録する（質問に順に答える）。既にある値を置き換えるときは、前の値が示され、理由を尋ねられる。",
                "Record a value directly. Where it replaces one, that is shown, and you are asked why.",
            ),
            "kaikaku measure",
            "kaikaku measure",
        ),
        by(
            (
                "まだ値のない指標に、値がない理由（未調査、未公表又は対象外）を記録する。",
                "Record why there is no value yet (not-surveyed, not-published or not-applicable).",
            ),
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

fn paper(_: &HandoverReport<'_>, period: &str) -> Vec<Both> {
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

fn publish(report: &HandoverReport<'_>, period: &str) -> Vec<Both> {
    let publication = report.plan().publication.as_ref();
    let licence = match publication.and_then(|of| of.licence.as_ref()) {
        Some(_) => "",
        None => " --licence cc-by-4.0",
    };
    let first = match publication {
        Some(_) => step(
            "決裁を経たら、公表する文章の種類を、計画のフォルダーの publish.toml で確かめる（会議などの意見を公表するときは、opinion が要る）。",
            "Once the papers are approved, see in publish.toml which texts are published; for opinions it has to name `opinion`.",
        ),
        None => step(
            "決裁を経たら、公表する文章の種類、問合せ先及び利用条件を、計画のフォルダーの publish.toml に書く。このファイルがない間は、公表できない。",
            "Once the papers are approved, write into publish.toml which texts are published, whom to ask, and the licence: without that file nothing is.",
        ),
    };
    vec![
        first,
        by(
            (
                "初めて公表することになる文章を確かめる（まだ何も書かれない）。公表した文章は取り戻せない。",
                "See which texts would be published for the first time; nothing is written yet, and what is published stays so.",
            ),
            format!("kaikaku publish --period {period} -o 公表サイト --preview"),
            format!("kaikaku publish --period {period} -o site --preview"),
        ),
        by(
            (
                "市のウェブサイトに置くページを作る。次の期間も、同じフォルダーに作る。",
                "Write the pages for the city's website; of the next period, too, into the same folder.",
            ),
            format!("kaikaku publish --period {period} -o 公表サイト"),
            format!("kaikaku publish --period {period} -o site"),
        ),
        by(
            ("オープンデータを作る。", "Write the open data."),
            format!("kaikaku opendata --period {period}{licence} -o オープンデータ_{period}"),
            format!("kaikaku opendata --period {period}{licence} -o opendata_{period}"),
        ),
        step("できた二つのフォルダーを、ウェブサイトの担当に渡す。", "Hand both folders to whoever keeps the website."),
    ]
}

fn close(_: &HandoverReport<'_>, period: &str) -> Vec<Both> {
    vec![
        same(
            (
                "決裁を経て公表したら、確定する内容を確かめる（まだ記録しない）。",
                "Once it is approved and published, see what would be kept; nothing is recorded yet.",
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
    let id = entry_due(report);
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

fn opinions(report: &HandoverReport<'_>) -> Vec<Both> {
    let (id, day, until) = (first_entry(report), report.handover.as_of.date, in_three_months(report));
    let said = [Lang::Ja, Lang::En].map(|lang| date_text(day, lang));
    vec![
        by(
            (
                "会議で出た意見、質問、要望及び指摘を、会議ごとに記録する。一覧（.xlsx など）があれば kaikaku opinion import で取り込める。",
                "Record the opinions, questions, requests and points of each meeting; a list (.xlsx) is brought in by `kaikaku opinion import`.",
            ),
            format!("kaikaku opinion add {} --name 第3回委員会 --kind 要望 --about {id} --opinion 意見の内容", said[0]),
            format!("kaikaku opinion add {} --name 3rd-meeting --kind request --about {id} --opinion text", said[1]),
        ),
        by(
            (
                "担当の課に尋ね、回答と対応、約束したことと期限を記録する。",
                "Ask the department in charge, and record its answer, what comes of it, and what was promised by when.",
            ),
            format!("kaikaku opinion answer {day}/1 --state 対応中 --answer 回答 --promise 約束 --until {until}"),
            format!("kaikaku opinion answer {day}/1 --state doing --answer text --promise text --until {until}"),
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
            format!("kaikaku answer {id} 答弁 --draft"),
            format!("kaikaku answer {id} answer --draft"),
        ),
    ]
}

fn definition(report: &HandoverReport<'_>) -> Vec<Both> {
    let id = first_entry(report);
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

fn year(report: &HandoverReport<'_>) -> Vec<Both> {
    let running = report.handover.as_of.year();
    // Behind its last year the plan has no more.
    let next = running.next().unwrap_or(running).min(report.plan().head.to).max(report.plan().head.from).short();
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
