//! `[[opinion]]`: what was said of the plan in a meeting; and the file of the meeting, which holds the responses as well.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use toml::Table;

use super::block::quoted;
use super::files::OPINIONS;
use super::history::duplicate;
use super::kind::{Claim, Kind, Merging};
use super::response;
use super::stamp::{self, Read, Stamped, Traced, claims, says_nothing, settle, trace};
use super::written::Written;
use crate::fields::advice::suggest;
use crate::fields::registers::{Registers, unknown};
use crate::fields::{Fields, Text};
use crate::finding::{Code, Finding};
use crate::keys;
use crate::plan::Subject;
use crate::plan::id::Id;
use crate::plan::opinion::{self, Body, Meeting, OpinionKind, OpinionTrace};
use crate::say;

/// The kind.
pub static KIND: Kind = Kind {
    header: "opinion",
    form: &keys::OPINION,
    files: OPINIONS,
    identity: &["number", "recorded"],
    references: stamp::REFERENCES,
    merging: Merging::Blocks { claims: claimed },
    sample,
};

/// What the plan knows that opinions and responses name.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// Owners.
    pub registers: &'k Registers,
    /// Entries and indicators, by present and former ids.
    pub index: &'k HashMap<Id, Subject>,
    /// The days on which the plan says that it was changed.
    pub changes: &'k BTreeSet<NaiveDate>,
}

/// What an opinion says. Whatever is `None` or without members holds on from the opinion that it corrects.
#[derive(Debug, Default)]
pub struct Opinion<'a> {
    /// Who said it.
    pub who: Option<&'a str>,
    /// The person's name.
    pub person: Option<&'a str>,
    /// About what, by id.
    pub about: Vec<&'a str>,
    /// What it is.
    pub kind: Option<OpinionKind>,
    /// What was said.
    pub text: Option<&'a str>,
    /// What papers print of it.
    pub summary: Option<&'a str>,
    /// How many said so.
    pub count: Option<u32>,
    /// With which it is grouped.
    pub like: Option<&'a str>,
    /// Whom it goes to, by id.
    pub owners: Vec<&'a str>,
    /// By when to answer.
    pub due: Option<NaiveDate>,
    /// 注.
    pub note: Option<&'a str>,
    /// 記録者.
    pub by: Option<&'a str>,
}

impl Opinion<'_> {
    /// Writes the block.
    pub fn block(&self, head: Stamped<'_>) -> String {
        let mut block = head.block(KIND.header, "number");
        block.text("who", self.who);
        block.text("person", self.person);
        block.raw("about", listed(&self.about).as_deref());
        block.text("kind", self.kind.map(OpinionKind::key));
        block.text("opinion", self.text);
        block.text("summary", self.summary);
        block.raw("count", self.count.map(|count| count.to_string()).as_deref());
        block.text("like", self.like);
        block.raw("owner", listed(&self.owners).as_deref());
        block.raw("due", self.due.map(|day| day.to_string()).as_deref());
        block.text("note", self.note);
        block.text("by", self.by);
        block.finish()
    }
}

/// The block that takes an opinion back.
pub fn withdrawal(head: Stamped<'_>, note: Option<&str>, by: Option<&str>) -> String {
    head.block(KIND.header, "number").withdrawal(note, by).finish()
}

/// What a meeting's file says of the meeting itself.
pub fn head(name: &str, body: Body, date: NaiveDate, from: Option<NaiveDate>) -> String {
    let mut text = format!("schema = {}\nname   = {}\nbody   = {}\n", super::SCHEMA, quoted(name), quoted(body.key()));
    text.extend(from.map(|from| format!("from   = {from}\n")));
    text + &format!("date   = {date}\n")
}

/// One text as such, several as a list.
fn listed(texts: &[&str]) -> Option<String> {
    match texts {
        [] => None,
        [one] => Some(quoted(one)),
        several => Some(format!("[{}]", several.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))),
    }
}

/// A number belongs to one opinion.
fn claimed(table: &Table) -> Vec<Claim> {
    let number = table.get("number").map_or_else(String::new, ToString::to_string);
    claims(table, [Claim { of: format!("number {number}"), says: table.to_string() }])
}

/// Reads the file of a meeting, which is named after it.
pub fn read(fields: &Fields<'_>, path: &str, known: Known<'_>) -> Option<Meeting> {
    fields.get("schema");
    let stem = OPINIONS.stem(path).unwrap_or_default();
    let id = fields.as_id(&Text { text: stem, span: 0..0 });
    let (name, body) = (fields.need_text("name"), fields.need("body").and(fields.choice("body", &Body::ALL)));
    let date = fields.need("date").and_then(|node| fields.as_date(node));
    let from = fields.date("from");
    let opinions = read_opinions(fields, known);
    let numbers: BTreeSet<Id> = opinions.iter().map(|opinion| opinion.number.clone()).collect();
    let responses = response::read(fields, &numbers, from.or(date), known);
    Some(Meeting {
        id: id?,
        name: name?.text.into(),
        body: body?,
        date: date?,
        from,
        opinions,
        responses,
        origin: fields.origin(),
    })
}

fn read_opinions(fields: &Fields<'_>, known: Known<'_>) -> Vec<opinion::Opinion> {
    let tables = fields.tables(KIND.header);
    let read_one = |(place, table)| read_one(table, place, known);
    let mut read: Vec<Read<opinion::Opinion>> = tables.iter().enumerate().filter_map(read_one).collect();
    settle(fields, &mut read);
    take_over(&mut read);
    report_same_numbers(fields, &read);
    report_unlike(fields, &tables, &read);
    read.into_iter().map(|read| read.what).collect()
}

fn read_one(fields: &Fields<'_>, place: usize, known: Known<'_>) -> Option<Read<opinion::Opinion>> {
    let trace = trace(fields, place);
    let withdrawn = trace.as_ref().is_some_and(|(trace, _)| trace.withdrawn);
    let number = fields.id("number");
    if withdrawn {
        let keys = ["who", "person", "about", "kind", "opinion", "summary", "count", "like", "owner", "due"].as_slice();
        says_nothing(fields, keys);
    }
    let about = about(fields, known);
    let kind = fields.choice("kind", &OpinionKind::ALL).unwrap_or(OpinionKind::Opinion);
    let text = if withdrawn { Some("".into()) } else { fields.need_text("opinion").map(|text| text.text.into()) };
    let count = fields.whole("count", 1..1 << 32).and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
    let like = fields.text("like").and_then(|text| fields.as_id(&text));
    let (who, person, summary) = (fields.boxed("who"), fields.boxed("person"), fields.boxed("summary"));
    let (owners, due) = (known.registers.owners(fields), fields.date("due"));
    let (notes, by) = (fields.boxed_all("note"), fields.boxed("by"));
    let ((number, _), (trace, corrects)) = (number?, trace?);
    let what = opinion::Opinion {
        number: number.clone(),
        who,
        person,
        about: about?,
        kind,
        text: text?,
        summary,
        count,
        like,
        owners,
        due,
        notes,
        by,
        trace,
        origin: fields.origin(),
    };
    Some(Read { what, number, span: fields.span.clone(), corrects })
}

/// The entries and indicators that `about` names; `None` where one of them is none.
fn about(fields: &Fields<'_>, known: Known<'_>) -> Option<Box<[Subject]>> {
    let find = |text: Text<'_>| {
        let id = fields.as_id(&text)?;
        let found = known.index.get(&id).copied();
        if found.is_none() {
            let mut ids: Vec<&str> = known.index.keys().map(Id::as_str).collect();
            ids.sort_unstable();
            let nothing = say!("この計画には項目も指標もありません", "this plan has none");
            let what = ("項目や指標", "entry or indicator");
            unknown(fields.findings(), Code::UnknownEntry, &text, what, ids.into_iter(), nothing);
        }
        found
    };
    let found: Vec<Option<Subject>> = fields.texts("about").into_iter().map(find).collect();
    found.into_iter().collect()
}

/// A withdrawal says nothing itself: what it takes back is kept with it, so that it can be shown.
fn take_over(read: &mut [Read<opinion::Opinion>]) {
    for at in 0..read.len() {
        let OpinionTrace { withdrawn, corrects: Some(of), .. } = read[at].what.trace else { continue };
        let Some(before) = read[..at].iter().find(|other| other.what.trace.stamp == of).filter(|_| withdrawn) else {
            continue;
        };
        let kept = before.what.clone();
        let own = &mut read[at].what;
        (own.text, own.summary, own.kind, own.about) = (kept.text, kept.summary, kept.kind, kept.about);
    }
}

/// Two opinions of one number: nothing says which of them an answer is about.
fn report_same_numbers(fields: &Fields<'_>, read: &[Read<opinion::Opinion>]) {
    let standing: Vec<_> = read.iter().filter(|read| read.what.trace.stands()).collect();
    let mut first: HashMap<&Id, &Read<opinion::Opinion>> = HashMap::new();
    for one in standing {
        let Some(other) = first.get(&one.number) else {
            first.insert(&one.number, one);
            continue;
        };
        if one.what.trace.stamp == other.what.trace.stamp {
            duplicate(fields.findings(), other.span.clone(), one.span.clone());
            continue;
        }
        let (file, number) = (fields.findings().file, &one.number);
        let finding = Finding::new(
            Code::DuplicateId,
            file,
            one.span.clone(),
            say!("番号 {number} の意見が二つあります", "there are two opinions of number {number}"),
            say!(
                "別の意見なら番号を変え、訂正なら corrects を書いてください",
                "give one of them another number, or write `corrects` if it corrects the other"
            ),
        );
        fields.findings().push(finding.related(file, other.span.clone(), say!("一つ目", "the first one")));
    }
}

/// An opinion is grouped with one of its meeting that stands for itself.
fn report_unlike(fields: &Fields<'_>, tables: &[Fields<'_>], read: &[Read<opinion::Opinion>]) {
    let standing = || read.iter().filter(|read| read.what.trace.stands());
    let heads: BTreeSet<&str> = standing().filter(|r| r.what.like.is_none()).map(|r| r.number.as_str()).collect();
    let known = || heads.iter().copied();
    for one in standing() {
        let Some(like) = one.what.like.as_ref().filter(|like| !heads.contains(like.as_str())) else { continue };
        let table = tables.iter().find(|table| table.span == one.span);
        let Some(text) = table.and_then(|table| table.text("like")) else { continue };
        let nothing = say!("like を消してください", "delete `like`");
        fields.findings().add(
            Code::UnknownOpinion,
            text.span,
            say!("番号 {like} の意見にはまとめられません", "no opinion is grouped with number {like}"),
            suggest(like.as_str(), known(), nothing),
        );
    }
}

impl Traced for opinion::Opinion {
    fn trace(&self) -> &OpinionTrace {
        &self.trace
    }

    fn trace_mut(&mut self) -> &mut OpinionTrace {
        &mut self.trace
    }
}

fn sample() -> String {
    let number = Id::parse("3").ok();
    let opinion = Opinion {
        who: Some("委員"),
        person: Some("熊本 花子"),
        about: vec!["1-1", "satisfaction"],
        kind: Some(OpinionKind::Request),
        text: Some("一行目\n\"予約\"を広げてほしい"),
        summary: Some("予約の拡大"),
        count: Some(2),
        like: None,
        owners: vec!["hr"],
        due: NaiveDate::from_ymd_opt(2025, 11, 30),
        note: Some("議事録から"),
        by: Some("改革推進課"),
    };
    let recorded = NaiveDate::from_ymd_opt(2025, 11, 5).unwrap_or_default();
    let block = |number: &Id| opinion.block(Stamped { number, recorded, corrects: None, kept: Written::default() });
    number.as_ref().map(block).unwrap_or_default()
}
