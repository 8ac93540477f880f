//! `[[response]]`: what was answered to an opinion, and what was promised.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use toml::Table;

use super::files::OPINIONS;
use super::history::duplicate;
use super::kind::{Claim, Kind, Merging};
use super::opinion::Known;
use super::stamp::{self, Read, Stamped, Traced, claims, says_nothing, settle, trace};
use super::written::Written;
use crate::fields::Fields;
use crate::fields::advice::brief;
use crate::fields::registers::unknown;
use crate::finding::{Code, Finding};
use crate::keys;
use crate::plan::id::Id;
use crate::plan::opinion::{self, OpinionTrace, ResponseState};
use crate::plan::period::Period;
use crate::say;

/// The kind.
pub static KIND: Kind = Kind {
    header: "response",
    form: &keys::RESPONSE,
    files: OPINIONS,
    identity: &["to", "recorded", "owner"],
    references: stamp::REFERENCES,
    merging: Merging::Blocks { claims: claimed },
    sample,
};

/// What a response says. Whatever is `None` holds on from the response that it corrects.
#[derive(Debug, Default)]
pub struct Response<'a> {
    /// Whose answer it is, by id.
    pub owner: Option<&'a str>,
    /// What comes of the opinion.
    pub state: Option<ResponseState>,
    /// What was answered.
    pub text: Option<&'a str>,
    /// Why nothing is done.
    pub reason: Option<&'a str>,
    /// What was promised.
    pub promise: Option<&'a str>,
    /// Until when.
    pub until: Option<Period>,
    /// The commit that reflects it.
    pub revision: Option<&'a str>,
    /// The day of the `[[change]]` that reflects it.
    pub change: Option<NaiveDate>,
    /// 注.
    pub note: Option<&'a str>,
    /// Who answered.
    pub by: Option<&'a str>,
}

impl Response<'_> {
    /// Writes the block.
    pub fn block(&self, mut head: Stamped<'_>) -> String {
        // What was promised does not outlive what was done about it, nor a reason what it was for.
        let forgets = |state: ResponseState| match state {
            ResponseState::Done => &["promise", "until", "reason"][..],
            ResponseState::Declined => &["promise", "until"],
            _ => &["reason"],
        };
        self.state.into_iter().flat_map(forgets).for_each(|key| drop(head.kept.take(key)));
        let mut block = head.block(KIND.header, "to");
        block.text("owner", self.owner);
        block.text("state", self.state.map(ResponseState::key));
        block.text("answer", self.text);
        block.text("reason", self.reason);
        block.text("promise", self.promise);
        block.text("until", self.until.map(|until| until.short()).as_deref());
        block.text("revision", self.revision);
        block.raw("change", self.change.map(|day| day.to_string()).as_deref());
        block.text("note", self.note);
        block.text("by", self.by);
        block.finish()
    }
}

/// The block that takes a response back.
pub fn withdrawal(head: Stamped<'_>, note: Option<&str>, by: Option<&str>) -> String {
    head.block(KIND.header, "to").withdrawal(note, by).finish()
}

/// What comes of an opinion, and all that is answered to it on one day. Two branches that answer otherwise are for a person
/// to settle.
fn claimed(table: &Table) -> Vec<Claim> {
    let value = |key: &str| table.get(key).map_or_else(String::new, ToString::to_string);
    let whose = format!("to {} {}", value("to"), value("owner"));
    let of_day = Claim { of: format!("{whose} {}", value("recorded")), says: table.to_string() };
    let state = table.get("state").map(|state| Claim { of: whose, says: state.to_string() });
    claims(table, [of_day]).into_iter().chain(state).collect()
}

/// Reads the responses of a meeting that began on a day and has opinions of these numbers.
pub fn read(
    fields: &Fields<'_>,
    numbers: &BTreeSet<Id>,
    began: Option<NaiveDate>,
    known: Known<'_>,
) -> Vec<opinion::Response> {
    let tables = fields.tables(KIND.header);
    let read_one = |(place, table)| read_one(table, place, (numbers, began), known);
    let mut read: Vec<Read<opinion::Response>> = tables.iter().enumerate().filter_map(read_one).collect();
    settle(fields, &mut read);
    report_disagreeing(fields, &read);
    read.into_iter().map(|read| read.what).collect()
}

fn read_one(
    fields: &Fields<'_>,
    place: usize,
    (numbers, began): (&BTreeSet<Id>, Option<NaiveDate>),
    known: Known<'_>,
) -> Option<Read<opinion::Response>> {
    let trace = trace(fields, place);
    let withdrawn = trace.as_ref().is_some_and(|(trace, _)| trace.withdrawn);
    let to = opinion_of(fields, numbers);
    if let Some(((trace, _), began)) = trace.as_ref().zip(began) {
        not_before(fields, trace.stamp.day, began);
    }
    let owner = fields.text("owner").and_then(|text| known.registers.owner_of(fields.findings(), &text));
    if withdrawn {
        says_nothing(fields, &["state", "answer", "reason", "promise", "until", "revision", "change"]);
    }
    let (state, text) = match withdrawn {
        true => (Some(ResponseState::Considering), Some("".into())),
        false => (
            fields.need("state").and(fields.choice("state", &ResponseState::ALL)),
            fields.need_text("answer").map(|text| text.text.into()),
        ),
    };
    let (reason, promise, until) = promised(fields, state);
    let (revision, change) = (revision(fields), change(fields, known));
    let (notes, by) = (fields.boxed_all("note"), fields.boxed("by"));
    let (to, (trace, corrects)) = (to?, trace?);
    let what = opinion::Response {
        to: to.clone(),
        owner,
        state: state?,
        text: text?,
        reason,
        promise,
        until,
        revision,
        change,
        notes,
        by,
        trace,
        origin: fields.origin(),
    };
    Some(Read { what, number: to, span: fields.span.clone(), corrects })
}

/// The number of the opinion that it answers.
fn opinion_of(fields: &Fields<'_>, numbers: &BTreeSet<Id>) -> Option<Id> {
    let text = fields.need_text("to")?;
    let number = fields.as_id(&text)?;
    if numbers.contains(&number) {
        return Some(number);
    }
    let nothing = say!("先に [[opinion]] を書いてください", "write the [[opinion]] first");
    let known = numbers.iter().map(Id::as_str);
    unknown(fields.findings(), Code::UnknownOpinion, &text, ("番号の意見", "opinion of number"), known, nothing);
    None
}

/// Nobody answers what was not said yet.
fn not_before(fields: &Fields<'_>, day: NaiveDate, began: NaiveDate) {
    if day < began {
        fields.findings().add(
            Code::AnsweredTooSoon,
            fields.key_span("recorded"),
            say!("意見の出た日（{began}）より前の対応です", "this answers before anything was said ({began})"),
            say!(
                "回答した日（recorded）か、会議の日（date）を確かめてください",
                "check the day of the answer, `recorded`, or that of the meeting, `date`"
            ),
        );
    }
}

/// Why nothing is done; what was promised, and until when.
#[allow(clippy::type_complexity, reason = "it is taken apart at once")]
fn promised(fields: &Fields<'_>, state: Option<ResponseState>) -> (Option<Box<str>>, Option<Box<str>>, Option<Period>) {
    let (reason, promise) = (fields.boxed("reason"), fields.boxed("promise"));
    let until = if promise.is_some() { fields.need_period("until") } else { fields.period("until") };
    if until.is_some() && promise.is_none() {
        fields.need("promise");
    }
    let is_blank = |text: &Option<Box<str>>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    if state == Some(ResponseState::Declined) && is_blank(&reason) {
        fields.findings().add(
            Code::UnexplainedState,
            fields.key_span("state"),
            say!("対応しない理由がありません", "it is not said why nothing is done"),
            say!(
                "理由を reason に書くか、コマンドでは --reason を付けてください",
                "give the reason with `reason`, or --reason in a command"
            ),
        );
    }
    if let Some(state) = state.filter(|state| state.is_settled() && promise.is_some()) {
        let (ja, en) = (state.say().ja, state.key());
        fields.findings().add(
            Code::WrongType,
            fields.key_span("promise"),
            say!("「{ja}」の対応に、約束は書けません", "a response that is `{en}` promises nothing"),
            say!(
                "約束が残るなら state を doing か considering に、済んだのなら promise と until を消してください",
                "if something is still to come, write doing or considering; otherwise delete `promise` and `until`"
            ),
        );
    }
    (reason, promise, until)
}

/// The commit; whether git has it is for `check` to ask.
fn revision(fields: &Fields<'_>) -> Option<Box<str>> {
    let text = fields.text("revision")?;
    let is_name = !text.text.is_empty()
        && !text.text.starts_with('-')
        && !text.text.contains(|c: char| c.is_whitespace() || c.is_control());
    if !is_name {
        let shown = brief(text.text);
        fields.findings().add(
            Code::UnknownRevision,
            text.span,
            say!("「{shown}」は git の版の名前になりません", "`{shown}` cannot be a revision of git"),
            say!("コミットの番号かタグを書いてください", "write the id of a commit, or a tag"),
        );
    }
    is_name.then(|| text.text.into())
}

/// The day of a `[[change]]`, which the plan must have.
fn change(fields: &Fields<'_>, known: Known<'_>) -> Option<NaiveDate> {
    let day = fields.date("change")?;
    if !known.changes.contains(&day) {
        let days: Vec<String> = known.changes.iter().map(ToString::to_string).collect();
        let list = days.join(", ");
        let help = match days.is_empty() {
            true => say!("変更した項目に [[change]] を書いてください", "write a [[change]] where the plan was changed"),
            false => say!("計画の [[change]] の日：{list}", "days of the plan's [[change]]: {list}"),
        };
        fields.findings().add(
            Code::UnknownRevision,
            fields.key_span("change"),
            say!("{day} の [[change]] は、計画にありません", "the plan has no [[change]] of {day}"),
            help,
        );
    }
    Some(day)
}

/// Two answers of one day that say different things: nothing says which holds.
fn report_disagreeing(fields: &Fields<'_>, read: &[Read<opinion::Response>]) {
    let mut known: HashMap<(&Id, Option<usize>, NaiveDate), &Read<opinion::Response>> = HashMap::new();
    for one in read.iter().filter(|read| read.what.trace.stands()) {
        let first = *known.entry((&one.number, one.what.owner, one.what.trace.place.0)).or_insert(one);
        if std::ptr::eq(first, one) {
            continue;
        }
        if first.what.trace.stamp == one.what.trace.stamp {
            duplicate(fields.findings(), first.span.clone(), one.span.clone());
            continue;
        }
        let (file, number) = (fields.findings().file, &one.number);
        let finding = Finding::new(
            Code::AnswersDisagree,
            file,
            one.span.clone(),
            say!(
                "番号 {number} の意見に、同じ日の、違う対応が二つあります",
                "there are two different answers of one day to opinion {number}"
            ),
            say!(
                "一方を消すか、後の方に corrects を書いて、どちらが正しいかを決めてください",
                "delete one of them, or let the later one correct the other by `corrects`"
            ),
        );
        fields.findings().push(finding.related(file, first.span.clone(), say!("一つ目", "the first one")));
    }
}

impl Traced for opinion::Response {
    fn trace(&self) -> &OpinionTrace {
        &self.trace
    }

    fn trace_mut(&mut self) -> &mut OpinionTrace {
        &mut self.trace
    }
}

fn sample() -> String {
    let number = Id::parse("3").ok();
    let response = Response {
        owner: Some("hr"),
        state: Some(ResponseState::Doing),
        text: Some("予約の枠を\"倍\"にする"),
        reason: Some("窓口が混むため"),
        promise: Some("全区役所に広げる"),
        until: Period::parse("R8.3").ok().map(|parsed| parsed.period),
        revision: Some("3f2a91c0de"),
        change: None,
        note: Some("課長に確認"),
        by: Some("人事課長"),
    };
    let recorded = NaiveDate::from_ymd_opt(2025, 11, 20).unwrap_or_default();
    let block = |number: &Id| response.block(Stamped { number, recorded, corrects: None, kept: Written::default() });
    number.as_ref().map(block).unwrap_or_default()
}
