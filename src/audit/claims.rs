//! Numbers that the texts of records state about an indicator, where no value of the indicator is that number.
//!
//! It is better to miss one than to cry wolf: a text is asked only where it names the indicator, in the same clause as a
//! number in the indicator's unit, and where nothing says that the number is of something else.

use rayon::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::finding::{Code, Finding};
use crate::plan::entry::Update;
use crate::plan::indicator::{Indicator, Kind, Reading};
use crate::plan::record::Recorded;
use crate::plan::value::Value;
use crate::plan::{Plan, Rounding};
use crate::say;
use crate::source::Snapshot;
use crate::text::tokens::{Token, tokens};

/// A number in a text that the indicator does not bear out.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'p> {
    /// The entry whose record it is, by place.
    pub entry: usize,
    /// The record.
    pub update: &'p Update,
    /// The clause that states it.
    pub clause: &'p str,
    /// What it states.
    pub stated: Decimal,
    /// Of which indicator.
    pub indicator: &'p Indicator,
}

impl Claim<'_> {
    /// The finding, at the words that state the number.
    pub fn finding(&self, snapshot: &Snapshot) -> Finding {
        let Claim { clause, stated, indicator, .. } = self;
        let origin = self.update.origin;
        let (file, block) = (origin.file as usize, origin.offset as usize);
        let found = snapshot.text(file).get(block..).and_then(|rest| rest.find(clause));
        let span = found.map_or(block..block + 1, |at| block + at..block + at + clause.len());
        let (name, id) = (&indicator.name, &indicator.id);
        Finding::new(
            Code::ContradictingText,
            file,
            span,
            say!(
                "文章の {stated} は、指標「{name}」のどの値とも違います",
                "the text says {stated}, which is not a value of the indicator `{id}`"
            ),
            say!(
                "文章か、records/{id}.toml の値を確かめてください",
                "check the text, or the values in records/{id}.toml"
            ),
        )
    }
}

/// So many letters of an indicator's name must stand in the clause together.
const TOGETHER: usize = 2;
/// So many of them name it even where the entry's own name has them.
const UNMISTAKABLE: usize = 6;
/// Words that many indicators share and that name none.
const COMMON: [&str; 16] = [
    "割合",
    "件数",
    "人数",
    "職員",
    "市民",
    "利用",
    "平均",
    "年度",
    "時間",
    "回数",
    "市役所",
    "区役所",
    "対応",
    "全体",
    "実施",
    "活動",
];
/// Words by which a number is one of another time, another place, a change, or an aim.
const OTHERWISE: [&str; 24] = [
    "月", "週", "前年", "昨年", "同期", "全国", "県", "他市", "うち", "増", "減", "差", "下が", "上が", "超", "以上",
    "以下", "未満", "目標", "見込", "予定", "試算", "地区", "約",
];

/// Every such number of a plan, in the order of its records.
pub fn claims(plan: &Plan) -> Vec<Claim<'_>> {
    let mut named: Vec<Vec<usize>> = vec![Vec::new(); plan.entries.len()];
    for (place, indicator) in plan.indicators.iter().enumerate() {
        if is_stated(indicator) {
            indicator.entries.iter().for_each(|entry| named[*entry].push(place));
        }
    }
    let reported = plan.entries.par_iter().enumerate().filter(|(_, entry)| !entry.updates.is_empty());
    reported.flat_map_iter(|(place, _)| of_entry(plan, place, &verifying(plan, place, &named))).collect()
}

/// The indicators that verify an entry or one above it, in the order of the plan.
fn verifying<'p>(plan: &'p Plan, place: usize, named: &[Vec<usize>]) -> Vec<&'p Indicator> {
    let above = std::iter::successors(Some(place), |at| plan.entries[*at].parent);
    let mut places: Vec<usize> = above.flat_map(|at| named[at].iter().copied()).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|place| &plan.indicators[place]).collect()
}

/// Every such number in the records of one entry.
pub fn claims_of(plan: &Plan, entry: usize) -> Vec<Claim<'_>> {
    let above: Vec<usize> = std::iter::successors(Some(entry), |at| plan.entries[*at].parent).collect();
    let verify = |indicator: &&Indicator| indicator.entries.iter().any(|of| above.contains(of));
    let indicators = plan.indicators.iter().filter(|indicator| is_stated(indicator)).filter(verify);
    of_entry(plan, entry, &indicators.collect::<Vec<_>>())
}

/// As [`char::is_numeric`], which looks every letter up; of kana and kanji none is numeric, and they are most of a text.
fn is_numeric(c: char) -> bool {
    !matches!(c, 'ぁ'..='ヿ' | '一'..='鿿') && c.is_numeric()
}

/// Whether texts can state a value of the indicator.
fn is_stated(indicator: &Indicator) -> bool {
    indicator.kind != Kind::Heading && !indicator.unit.0.is_empty()
}

fn of_entry<'p>(plan: &'p Plan, place: usize, indicators: &[&'p Indicator]) -> Vec<Claim<'p>> {
    let mut found = Vec::new();
    if indicators.is_empty() {
        return found;
    }
    let stands = |update: &&'p Update| !update.trace().withdrawn && update.trace().corrected().is_none();
    for update in plan.entries[place].updates.iter().filter(stands) {
        let texts = [&update.done, &update.issue, &update.next];
        let clauses = texts.into_iter().flatten().flat_map(|text| text.split(['。', '、', '\n', '，']));
        for clause in clauses.filter(|clause| clause.contains(is_numeric)) {
            if OTHERWISE.iter().any(|word| clause.contains(word)) {
                continue;
            }
            let tokens = tokens(clause);
            let stated = indicators.iter().filter_map(|indicator| {
                let stated = stated(update, &tokens, indicator)?;
                names(plan, place, clause, indicator).then_some((*indicator, stated))
            });
            found.extend(stated.map(|(indicator, stated)| Claim { entry: place, update, clause, stated, indicator }));
        }
    }
    found
}

/// The first number of a clause that is in the unit of the indicator and none of its values, nor one that the record
/// itself gives as a figure.
fn stated(update: &Update, tokens: &[Token], indicator: &Indicator) -> Option<Decimal> {
    let mut of_unit = tokens.iter().filter(|token| is_in(token, indicator)).filter_map(|token| token.number);
    let figures = || {
        update.figures.iter().filter_map(|figure| match figure.value {
            Value::Number(value) => Some(value),
            _ => None,
        })
    };
    of_unit.find(|number| !values(indicator).chain(figures()).any(|value| rounds_to(value, *number)))
}

fn is_in(token: &Token, indicator: &Indicator) -> bool {
    let unit = if indicator.unit.is_percent() { "％" } else { &indicator.unit.0 };
    let behind = token.behind.replace('%', "％");
    behind.starts_with(unit) && !behind.starts_with("％ポ")
}

/// Whether the clause speaks of the indicator.
fn names(plan: &Plan, place: usize, clause: &str, indicator: &Indicator) -> bool {
    if clause.contains(&*indicator.name) {
        return true;
    }
    let above = std::iter::successors(Some(place), |at| plan.entries[*at].parent);
    let own: Vec<&str> = above.map(|at| &*plan.entries[at].name).collect();
    let words = words(&indicator.name);
    words.iter().any(|word| {
        parts(word).into_iter().any(|part| {
            let length = part.chars().count();
            clause.contains(part)
                && (length >= UNMISTAKABLE || !COMMON.contains(&part) && !own.iter().any(|name| name.contains(part)))
        })
    })
}

/// The runs of kanji, katakana and letters of a name.
fn words(name: &str) -> Vec<&str> {
    let is_of_word = |c: char| matches!(c, '一'..='鿿' | '々' | 'ァ'..='ヺ' | 'ー') || c.is_ascii_alphabetic();
    name.split(|c| !is_of_word(c)).filter(|word| word.chars().count() >= TOGETHER).collect()
}

/// The parts of a word that could stand alone: of at least so many letters, the longest first.
fn parts(word: &str) -> Vec<&str> {
    let at: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let letters = at.len() - 1;
    let lengths = (TOGETHER..=letters).rev();
    let spans = lengths.flat_map(|length| (0..=letters - length).map(move |from| (from, from + length)));
    spans.map(|(from, to)| &word[at[from]..at[to]]).collect()
}

/// Every number that the plan gives the indicator.
fn values(indicator: &Indicator) -> impl Iterator<Item = Decimal> {
    let targets = indicator.targets.iter().chain(indicator.revised.iter().flat_map(|revision| &revision.targets));
    let readings = indicator.baseline.iter().chain(targets).chain(&indicator.forecasts);
    readings.chain(indicator.measures.iter().map(|measure| &measure.reading)).filter_map(Reading::number)
}

/// Whether a value, printed with as many digits as the number, is the number.
fn rounds_to(value: Decimal, number: Decimal) -> bool {
    let digits = number.scale();
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::ToZero]
        .into_iter()
        .any(|strategy| Rounding { digits, strategy }.apply(value) == number)
}
