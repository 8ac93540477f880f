//! 想定質問: a sheet for each entry and indicator that a council member may ask about.

use crate::text::terms;
use crate::wording as words;
use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::judging::BandSet;
use crate::plan::period::Period;
use crate::plan::{Plan, Subject};
use crate::query::gap::{Gap, Verdict};
use crate::query::opinion::Thread;
use crate::query::questions::{Doubt, Query};
use crate::query::summary::{Course, Summary};
use crate::tr;

use super::Report;
use super::council::{State, head, meta, named};
use super::explain::calculation;
use super::json::{AsOfJson, PlanJson, Version, called, owners, tree};
use super::kpi::{self, GapJson};
use crate::document::{Block, Cell, Document, Line, Section, Table, Type, column, fact, fingerprint};

/// What may be asked, with what there is to answer.
#[derive(Debug)]
pub struct QuestionsReport<'p> {
    /// The period.
    pub summary: Summary<'p>,
    /// From which state of the record.
    pub state: State<'p>,
    /// In the order of the plan.
    pub queries: Vec<Query<'p>>,
}

/// What `verify` knows this paper by.
pub const REGISTER: &str = "questions";

/// What is prepared to be answered.
const DRAFT: (&str, &str) = ("答弁案", "Draft answer");

impl<'p> Report for QuestionsReport<'p> {
    fn document(&self, lang: Lang) -> Document {
        let plan = self.summary.plan();
        let (name, period) = (&plan.head.name, self.summary.period().long(lang));
        let title = tr!(lang, "{name}　想定質問（{period}）", "{name}: questions to expect ({period})");
        let mut lead = head(&self.summary, &self.state, lang);
        let n = self.queries.len();
        lead.push(fact("all", "questions", &tr!(lang, "問は{n}件である。", "Questions: {n}.")).into());
        let sections = self.queries.iter().enumerate().map(|(at, query)| self.sheet(at + 1, query, lang)).collect();
        let meta = meta(&self.summary, REGISTER, &self.state, lang);
        let mut document = Document { title, lead, sections, meta, ..Document::default() };
        document.name_facts(REGISTER, &self.summary.period().short());
        document
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.summary.plan())
    }

    /// One row a doubt.
    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("id", ("id", "ID"), Type::Id, |(report, query, _): &Doubted<'_>, _| Cell::text(report.id(query))),
            column("name", terms::NAME.titles(), Type::Name, |(report, query, _), _| Cell::text(report.name(query))),
            column("doubt", terms::REASON.titles(), Type::Text, |(.., doubt), _| Cell::text(doubt.key())),
            column("question", ("問", "Question"), Type::Text, |(report, query, doubt), at| {
                Cell::text(report.question(query, doubt, at.lang))
            }),
            column("owner", terms::OWNER.titles(), Type::Text, |(report, query, _), at| {
                Cell::text(words::owners(query.owners, &report.summary.plan().owners, at.lang))
            }),
            column("answer", ("前回の答弁", "Answered last"), Type::Text, |(_, query, _), _| {
                Cell::text(query.answer.map_or("", |answer| &answer.answer))
            }),
            column("draft", DRAFT, Type::Text, |(_, query, _), _| {
                Cell::text(query.draft.map_or("", |draft| &draft.answer))
            }),
        ];
        let doubted = |query| move |doubt| (self, query, doubt);
        let queries = self.queries.iter();
        Table::build(&columns, queries.flat_map(|query| query.doubts.iter().map(doubted(query))), lang)
    }

    fn json(&self) -> Json {
        let plan = self.summary.plan();
        let query = |query: &Query<'p>| QueryJson {
            id: called(plan, query.subject).0,
            name: self.name(query),
            doubts: query.doubts.iter().map(Doubt::key).collect(),
            owners: owners(plan, query.owners),
            answer: query.answer.map(|answer| AnswerJson { period: answer.period, answer: &answer.answer }),
            opinions: query.opinions.iter().map(|thread| thread.name().to_string()).collect(),
            draft: query.draft.map(|draft| &*draft.answer),
            indicator: query.gap.as_ref().map(|gap| kpi::json_gap(plan, gap)),
        };
        tree(&QuestionsJson {
            schema: Version,
            plan: plan.into(),
            as_of: self.summary.as_of().into(),
            questions: self.queries.iter().map(query).collect(),
        })
    }
}

/// A doubt about an entry or indicator.
type Doubted<'r> = (&'r QuestionsReport<'r>, &'r Query<'r>, &'r Doubt<'r>);

/// 想定質問 || Questions to expect
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionsJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 問 || The questions
    questions: Vec<QueryJson<'p>>,
}

/// 項目又は指標についての問 || What may be asked about an entry or indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct QueryJson<'p> {
    /// 項目の番号又は指標の id || The entry or indicator
    id: &'p Id,
    /// 名称 || Its name
    name: String,
    /// 問われる理由：worsened、missed、late、by-hand、changed、lowered、method、unconfirmed、asked || Why it may be asked about: worsened, missed, late, by-hand, changed, lowered, method, unconfirmed, asked
    doubts: Vec<&'static str>,
    /// 所管課の名称 || The owners, by name
    owners: Vec<&'p str>,
    /// 前回の答弁 || What was answered last
    answer: Option<AnswerJson<'p>>,
    /// これまでの意見の名前（会議/番号） || What was said of it before: meeting/number
    opinions: Vec<String>,
    /// この期間の答弁案 || What is prepared for this period
    draft: Option<&'p str>,
    /// 指標なら、目標との差 || Of an indicator: how it stands against its target
    indicator: Option<GapJson<'p>>,
}

/// 答弁 || An answer
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AnswerJson<'p> {
    /// いつの答弁か || The period of the answer
    period: Period,
    /// 答弁 || The answer
    answer: &'p str,
}

impl QuestionsReport<'_> {
    fn id(&self, query: &Query<'_>) -> &str {
        match query.subject {
            Subject::Entry(place) => self.summary.plan().entries[place].id.as_str(),
            Subject::Indicator(place) => self.summary.plan().indicators[place].id.as_str(),
        }
    }

    fn name(&self, query: &Query<'_>) -> String {
        match query.subject {
            Subject::Entry(place) => self.summary.plan().entries[place].name.to_string(),
            Subject::Indicator(place) => words::indicator_name(&self.summary.plan().indicators[place]),
        }
    }

    /// Everything about one question.
    fn sheet(&self, number: usize, query: &Query<'_>, lang: Lang) -> Section {
        let name = self.name(query);
        let heading = match query.subject {
            Subject::Entry(_) => tr!(lang, "問{number}　{} {name}", "{number}. {} {name}", self.id(query)),
            Subject::Indicator(_) => tr!(lang, "問{number}　指標「{name}」", "{number}. Indicator: {name}"),
        };
        let id = self.id(query);
        let asked =
            query.doubts.iter().map(|doubt| Line::from(fact(id, doubt.key(), &self.question(query, doubt, lang))));
        let mut fields: Vec<(String, Line)> = Vec::new();
        let mut add = |key: &str, label: (&str, &str), text: Option<String>| {
            let text = text.filter(|text| !text.is_empty()).map(|text| Line::from(fact(id, key, &text)));
            fields.extend(text.map(|line| (lang.pick(label.0, label.1).to_owned(), line)));
        };
        self.figures(query, lang, &mut add);
        let update = query.node.as_ref().and_then(|node| self.summary.last_words(node.entry));
        let text_of = |text: Option<&str>| text.map(str::to_owned);
        add("done", terms::DONE.titles(), text_of(update.and_then(|u| u.done.as_deref())));
        add(
            "reason",
            terms::REASON.titles(),
            self.reason(query, lang).or_else(|| text_of(update.and_then(|u| u.issue.as_deref()))),
        );
        add("next", terms::NEXT.titles(), text_of(update.and_then(|u| u.next.as_deref())));
        add("owner", terms::OWNER.titles(), Some(words::owners(query.owners, &self.summary.plan().owners, lang)));
        add("answer", ("前回の答弁", "Answered last"), Some(answer(query, lang)));
        let before = query.opinions.iter().map(|thread| self.asked_before(thread, lang)).collect::<Vec<_>>();
        add("opinions", ("これまでの意見と対応", "Asked before"), Some(before.join("\n")));
        let draft = query.draft.map(|draft| draft.answer.to_string());
        add("draft", DRAFT, draft);
        if query.draft.is_none() {
            let blank = lang.pick("（記入欄）", "(to be written)");
            fields.push((lang.pick(DRAFT.0, DRAFT.1).to_owned(), Line::from(blank)));
        }
        Section {
            subject: Some(id.into()),
            ..Section::new(heading, vec![Block::List(asked.collect()), Block::Fields(fields)])
        }
    }

    /// The values of an indicator, and how the rates came about.
    fn figures(&self, query: &Query<'_>, lang: Lang, add: &mut impl FnMut(&str, (&str, &str), Option<String>)) {
        if let Some(node) = &query.node {
            let rating = words::standing(node.standing, self.summary.status.version, lang);
            let progress = node.progress.map(|p| words::percent(p, lang));
            let progress = progress.map(|p| tr!(lang, "（進捗率{p}）", " (progress {p})")).unwrap_or_default();
            add("rating", terms::RATING.titles(), Some(format!("{rating}{progress}")));
        }
        let (Some(gap), Subject::Indicator(place)) = (&query.gap, query.subject) else { return };
        let dated = |reading| words::dated(reading, gap.indicator, lang);
        let aimed = |reading| words::target(reading, gap.indicator, lang);
        add("baseline", terms::BASELINE.titles(), gap.baseline.map(dated));
        add("actual", terms::ACTUAL.titles(), gap.actual.map(|m| words::measured(m, gap.indicator, lang)));
        add("period_target", terms::PERIOD_TARGET.titles(), gap.apart().map(aimed));
        let last = if gap.apart().is_some() { terms::FINAL_TARGET } else { terms::TARGET };
        add("target", last.titles(), gap.target.map(aimed));
        add("verdict", terms::VERDICT.titles(), Some(words::judged(gap, lang)));
        let compared = query.doubts.iter().find_map(|doubt| match doubt {
            Doubt::DependsOnMethod(verdicts) => Some(by_verdict(verdicts, lang)),
            _ => None,
        });
        add("by_method", ("方法ごとの判定", "By method"), compared);
        for (name, line) in calculation(self.summary.plan(), place, self.summary.as_of(), lang) {
            add(&format!("step-{}", fingerprint(&name)), (&name, &name), Some(line));
        }
    }

    /// What was said at a meeting, and what was answered.
    fn asked_before(&self, thread: &Thread<'_>, lang: Lang) -> String {
        let plan = self.summary.plan();
        let (meeting, said, state) =
            (&thread.meeting.name, thread.opinion.in_short(), words::opinion::states(plan, thread, lang));
        let state = state.replace('\n', lang.pick("、", ", "));
        let answers = words::opinion::answers(plan, thread, lang);
        let answers = if answers.is_empty() { String::new() } else { tr!(lang, "\n→ {answers}", "\n→ {answers}") };
        tr!(lang, "{meeting}：{said}（{state}）{answers}", "{meeting}: {said} ({state}){answers}")
    }

    /// Why, as far as the plan says: of a revised target, of a verdict by hand, in the notes of the value.
    fn reason(&self, query: &Query<'_>, lang: Lang) -> Option<String> {
        let lowered = query.doubts.iter().filter_map(|doubt| match doubt {
            Doubt::Lowered(retarget) => retarget.reason.map(str::to_owned),
            _ => None,
        });
        let measure = query.gap.as_ref().and_then(|gap| gap.actual);
        let notes = measure.into_iter().flat_map(|m| m.reading.notes().iter().map(|note| note.to_string()));
        let linked = query.gap.iter().flat_map(|gap| &gap.indicator.entries).filter_map(|place| {
            let entry = &self.summary.plan().entries[*place];
            let issue = self.summary.last_words(entry)?.issue.as_deref()?;
            Some(tr!(lang, "{issue}（{}）", "{issue} ({})", entry.id))
        });
        let lines: Vec<String> = lowered.chain(notes).chain(linked).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// The doubt as a question.
    fn question(&self, query: &Query<'_>, doubt: &Doubt<'_>, lang: Lang) -> String {
        let status = &self.summary.status;
        match doubt {
            Doubt::Worsened => {
                lang.pick("基準値より後退しているのはなぜか。", "Why is it worse than at the outset?").into()
            }
            Doubt::Missed => {
                lang.pick("期限までに目標値に達しなかったのはなぜか。", "Why was the target not met in time?").into()
            }
            Doubt::Late => {
                let word = match &query.node {
                    Some(node) => words::standing(node.standing, status.version, lang).to_owned(),
                    None => query.gap.as_ref().map(|gap| counted(gap, lang)).unwrap_or_default(),
                };
                tr!(lang, "「{word}」となっているのはなぜか。", "Why is it {word}?")
            }
            Doubt::Moved(flow) => {
                let from = words::standing(flow.from, status.version_before, lang);
                let to = words::standing(flow.to, status.version, lang);
                let course = self.summary.moved.iter().find(|moved| moved.flow == *flow).map(|moved| moved.course);
                match course {
                    Some(Course::Better) => tr!(
                        lang,
                        "前回の「{from}」から「{to}」に改善した要因は何か。",
                        "What brought it from {from} to {to}?"
                    ),
                    _ => tr!(
                        lang,
                        "前回の「{from}」から「{to}」に変わったのはなぜか。",
                        "Why did it move from {from} to {to}?"
                    ),
                }
            }
            Doubt::Turned(turn) => {
                let (from, to) = (words::verdict(turn.from, lang), words::verdict(turn.to, lang));
                match turn.course {
                    Course::Better => tr!(
                        lang,
                        "判定が前回の「{from}」から「{to}」に改善した要因は何か。",
                        "What turned the verdict from {from} to {to}?"
                    ),
                    _ => tr!(
                        lang,
                        "判定が前回の「{from}」から「{to}」に変わったのはなぜか。",
                        "Why did the verdict turn from {from} to {to}?"
                    ),
                }
            }
            Doubt::Lowered(retarget) => {
                let value = |r: Option<_>| r.map(|r| words::target(r, retarget.indicator, lang)).unwrap_or_default();
                let (from, to) = (value(retarget.from), value(retarget.to));
                tr!(
                    lang,
                    "目標値を{from}から{to}に引き下げたのはなぜか。",
                    "Why was the target lowered from {from} to {to}?"
                )
            }
            Doubt::ByHand => {
                let both = query.gap.as_ref().map(|gap| (words::verdict(gap.verdict, lang), counted(gap, lang)));
                let (computed, by_hand) = both.unwrap_or_default();
                tr!(
                    lang,
                    "計算による判定は「{computed}」であるのに、「{by_hand}」と判断したのはなぜか。",
                    "Why was it judged {by_hand} by hand, while it is computed as {computed}?"
                )
            }
            Doubt::DependsOnMethod(verdicts) => {
                let n = verdicts.len();
                tr!(
                    lang,
                    "判定の方法によって結果が変わるのではないか（{n}通りの方法で比べた結果は下のとおり）。",
                    "Does the verdict not depend on the method (compared by {n}, below)?"
                )
            }
            Doubt::Asked(thread) => {
                let (meeting, said) = (&thread.meeting.name, words::opinion::shortened(thread.opinion.in_short()));
                tr!(
                    lang,
                    "{meeting}の意見「{said}」への対応はどうなったか。",
                    "What came of the opinion \"{said}\" ({meeting})?"
                )
            }
            Doubt::Unconfirmed(unsure) => {
                let named = named(self.summary.plan(), unsure, lang);
                tr!(lang, "{named}は、いつ確かめられるのか。", "When will this be confirmed: {named}?")
            }
        }
    }
}

/// The verdict that counts: that of a person where one was given, else the computed one with what it is against.
fn counted(gap: &Gap<'_>, lang: Lang) -> String {
    match gap.by_hand() {
        Some(_) => words::verdict(gap.counted(), lang).to_owned(),
        None => words::judged(gap, lang),
    }
}

/// 「順調：標準、年次按分／遅れ：…」.
fn by_verdict(verdicts: &[(&BandSet, Verdict)], lang: Lang) -> String {
    let mut grouped: Vec<(&str, Vec<&str>)> = Vec::new();
    for (set, verdict) in verdicts {
        let (word, name) = (words::verdict(*verdict, lang), set.name.text(lang));
        match grouped.iter_mut().find(|(known, _)| *known == word) {
            Some((_, names)) => names.push(name),
            None => grouped.push((word, vec![name])),
        }
    }
    let lines = grouped.into_iter().map(|(word, names)| {
        let names = names.join(lang.pick("、", ", "));
        tr!(lang, "{word}：{names}", "{word}: {names}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn answer(query: &Query<'_>, lang: Lang) -> String {
    let Some(answer) = query.answer else { return lang.pick("記録なし", "none recorded").to_owned() };
    let (text, period) = (&answer.answer, answer.period.brief(lang));
    let by = answer.by.as_ref().map(|by| tr!(lang, "、{by}", ", {by}")).unwrap_or_default();
    let asked = answer.question.as_ref().map(|q| tr!(lang, "問：{q}\n答：", "Asked: {q}\nAnswered: "));
    let asked = asked.unwrap_or_default();
    tr!(lang, "{asked}{text}（{period}{by}）", "{asked}{text} ({period}{by})")
}
