//! What opinions and responses say first: their number, when they were recorded, which of them they correct.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;
use toml::Table;

use super::block::Block;
use super::history::silent;
use super::kind::{Claim, Reference, Target};
use super::mark::mark;
use super::written::Written;
use crate::fields::Fields;
use crate::fields::advice::brief;
use crate::finding::{Code, Finding};
use crate::plan::id::Id;
use crate::plan::opinion::{OpinionTrace, Stamp};
use crate::say;

/// The head of an opinion or a response, with what the block that it corrects says.
#[derive(Debug)]
pub struct Stamped<'a> {
    /// The number of the opinion.
    pub number: &'a Id,
    /// The day of the record.
    pub recorded: NaiveDate,
    /// The block in whose place it stands.
    pub corrects: Option<Stamp>,
    /// The keys of that block, which hold on where the new one gives none.
    pub kept: Written,
}

impl Stamped<'_> {
    /// Begins a block; `key` is what the number is called in it.
    pub(super) fn block(self, header: &str, key: &str) -> Block {
        let mut block = Block::new(header, self.kept);
        block.text(key, Some(self.number.as_str()));
        block.date("recorded", self.recorded);
        block.text("corrects", self.corrects.map(|stamp| stamp.to_string()).as_deref());
        block
    }
}

/// What a block names.
pub(super) const REFERENCES: &[Reference] = &[Reference { key: "corrects", to: Target::Record }];

/// What a block claims: that it is the one that corrects another; else whatever `otherwise` says.
pub(super) fn claims(table: &Table, otherwise: impl IntoIterator<Item = Claim>) -> Vec<Claim> {
    let corrects = table.get("corrects").map(|name| Claim { of: format!("corrects {name}"), says: table.to_string() });
    corrects.map_or_else(|| otherwise.into_iter().collect(), |claim| vec![claim])
}

/// A block that was read.
pub(super) struct Read<T> {
    /// What it says.
    pub what: T,
    /// Whose: only a block of the same corrects it.
    pub number: Id,
    /// The block.
    pub span: Range<usize>,
    /// Where it says what it corrects.
    pub corrects: Option<Range<usize>>,
}

/// What has a trace.
pub(super) trait Traced {
    fn trace(&self) -> &OpinionTrace;
    fn trace_mut(&mut self) -> &mut OpinionTrace;
}

/// The trace of a block, the `place`th of its file, as far as it says it itself; and where it says what it corrects.
pub(super) fn trace(fields: &Fields<'_>, place: usize) -> Option<(OpinionTrace, Option<Range<usize>>)> {
    let recorded = fields.need("recorded").and_then(|node| fields.as_date(node));
    let withdrawn = fields.flag("withdrawn").unwrap_or(false);
    let text = if withdrawn { fields.need_text("corrects") } else { fields.text("corrects") };
    let corrects = text.as_ref().and_then(|text| Stamp::parse(text.text));
    if let Some(text) = text.as_ref().filter(|_| corrects.is_none()) {
        let shown = brief(text.text);
        fields.findings().add(
            Code::UnknownCorrected,
            text.span.clone(),
            say!("「{shown}」は記録の名前ではありません", "`{shown}` is not the name of a record"),
            say!(
                "2026-03-02 か 2026-03-02#3fa9c1 のように書いてください（kaikaku opinion show に出ます）",
                "write it as 2026-03-02 or 2026-03-02#3fa9c1; `kaikaku opinion show` shows the names"
            ),
        );
    }
    let day = recorded?;
    let stamp = Stamp { day, mark: Some(mark(fields.raw())) };
    let place = (day, u32::try_from(place).unwrap_or(u32::MAX));
    let span = text.map(|text| text.span).filter(|_| corrects.is_some());
    Some((OpinionTrace { stamp, corrects, corrected: None, withdrawn, place }, span))
}

/// A withdrawal takes something back and says nothing else.
pub(super) fn says_nothing(fields: &Fields<'_>, keys: &[&'static str]) {
    silent(fields, keys);
}

/// Finds what each correction corrects, which then no longer stands, and puts it in that place of the order of time.
pub(super) fn settle<T: Traced>(fields: &Fields<'_>, read: &mut [Read<T>]) {
    let mut earlier: HashMap<(Id, NaiveDate), Vec<usize>> = HashMap::new();
    for at in 0..read.len() {
        let of = |day: NaiveDate| (read[at].number.clone(), day);
        let wanted = read[at].what.trace().corrects.zip(read[at].corrects.clone());
        let before = wanted.as_ref().and_then(|(wanted, _)| earlier.get(&of(wanted.day))).cloned().unwrap_or_default();
        earlier.entry(of(read[at].what.trace().stamp.day)).or_default().push(at);
        let Some((wanted, span)) = wanted else { continue };
        let meant = |other: &usize| read[*other].what.trace().stamp.is_meant_by(wanted);
        let found: Vec<usize> = before.into_iter().filter(meant).collect();
        // Of blocks that say the same, the one that still stands.
        let standing = found.iter().copied().find(|other| read[*other].what.trace().corrected.is_none());
        let is_clear = wanted.mark.is_some() || found.len() < 2;
        match (standing.or(found.first().copied()), is_clear) {
            (Some(found), true) if read[found].what.trace().corrected.is_some() => {
                twice(fields, read, found, wanted, span);
            }
            (Some(found), true) => {
                let (own, first) = (read[at].what.trace().stamp, read[found].what.trace().place);
                read[found].what.trace_mut().corrected = Some(own);
                let of = read[found].what.trace().stamp;
                let trace = read[at].what.trace_mut();
                (trace.corrects, trace.place) = (Some(of), first);
            }
            (found, _) => unknown(fields, read, at, (wanted, span), found.is_some()),
        }
    }
}

/// No block is called so, or several are.
fn unknown<T: Traced>(
    fields: &Fields<'_>,
    read: &[Read<T>],
    at: usize,
    (wanted, span): (Stamp, Range<usize>),
    is_several: bool,
) {
    let number = &read[at].number;
    let names = read[..at].iter().filter(|other| other.number == *number && other.what.trace().corrected.is_none());
    const LISTED: usize = 20;
    let names: Vec<String> = names.take(LISTED).map(|other| other.what.trace().stamp.to_string()).collect();
    let (ja, en) = (names.join("、"), names.join(", "));
    let message = match is_several {
        true => say!("「{wanted}」という記録は一つではありません", "`{wanted}` is more than one record"),
        false => say!(
            "「{wanted}」という、番号 {number} の記録は、これより前にありません",
            "there is no earlier record `{wanted}` of number {number}"
        ),
    };
    let help = match names.is_empty() {
        true => say!("corrects を消すか、番号を確かめてください", "delete `corrects`, or check the number"),
        false => say!("corrects に次のどれかを書いてください：{ja}", "write one of these into `corrects`: {en}"),
    };
    fields.findings().add(Code::UnknownCorrected, span, message, help);
}

/// Nothing says which of two corrections counts.
fn twice<T: Traced>(fields: &Fields<'_>, read: &[Read<T>], found: usize, wanted: Stamp, span: Range<usize>) {
    let Some(other) = read[found].what.trace().corrected else { return };
    let first = read.iter().find(|read| read.what.trace().stamp == other).and_then(|read| read.corrects.clone());
    let file = fields.findings().file;
    let finding = Finding::new(
        Code::CorrectedTwice,
        file,
        span,
        say!("「{wanted}」は、もう訂正されています", "`{wanted}` has been corrected already"),
        say!("訂正した記録「{other}」のほうを訂正してください", "correct the record that did so: `{other}`"),
    );
    fields.findings().push(match first {
        Some(place) => finding.related(file, place, say!("一つ目の訂正", "the first correction")),
        None => finding,
    });
}
