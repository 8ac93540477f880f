//! The indicators of the plans that verify this one: under their own plan's name, beside its own and never among them.

use serde::Serialize;

use crate::document::{Block, Line, Section, Tone};
use crate::lang::Lang;
use crate::query::gap::{Gap, Verdict};
use crate::query::verifying::Verifying;
use crate::report::json::{AsOfJson, PlanJson};
use crate::tr;

use super::machine::{GapJson, json_gap};
use super::tables::full_table;
use super::{Shown, brief_table, denominators, notes, short_table};

/// How much of them is shown.
#[derive(Debug, Clone, Copy)]
pub enum Detail<'r> {
    /// Target, actual, gap and verdict of those that can be judged.
    Brief,
    /// Target, actual, gap and verdict.
    Short,
    /// Every rate as well, and how the figures came about.
    Full(&'r Shown),
    /// Target, actual, gap and verdict, for readers who have no commands.
    Public,
}

/// One section a plan.
pub fn sections(all: &[Verifying<'_>], detail: &Detail<'_>, lang: Lang) -> Vec<Section> {
    all.iter().map(|one| section(one, detail, lang)).collect()
}

fn section(one: &Verifying<'_>, detail: &Detail<'_>, lang: Lang) -> Section {
    let (plan, as_of, gaps) = match one {
        Verifying::Known { plan, as_of, gaps } => (plan, as_of, gaps),
        Verifying::Unknown { folder } => return unknown(folder, lang),
    };
    let name = &plan.head.name;
    let heading = tr!(lang, "検証指標（{name}）", "Indicators of {name}");
    let period = as_of.period.long(lang);
    let brief =
        || tr!(lang, "この計画自身の指標には数えない（{period}現在）。", "Not counted as this plan's own ({period}).");
    let whole = || {
        tr!(
            lang,
            "この計画の検証に用いる、「{name}」の指標である（{period}現在）。この計画の指標の件数には含めない。",
            "They verify this plan and belong to {name} ({period}): none of them is counted as this plan's own."
        )
    };
    let whose = match detail {
        Detail::Brief => brief(),
        Detail::Short | Detail::Full(_) | Detail::Public => whole(),
    };
    let mut blocks = vec![Block::Text(whose.into())];
    match detail {
        _ if gaps.is_empty() => {
            let none = lang.pick("該当する検証指標はありません。", "No indicator matches.");
            blocks.push(Block::Text(none.into()));
        }
        Detail::Brief => {
            let is_judged = |gap: &Gap<'_>| !matches!(gap.counted(), Verdict::Undetermined(_));
            blocks.push(Block::Table(brief_table(plan, gaps, is_judged, lang)));
        }
        Detail::Short | Detail::Public => blocks.push(Block::Table(short_table(plan, gaps, lang))),
        Detail::Full(shown) => {
            let lines = notes::notes(plan, gaps, lang);
            blocks.push(Block::Text(denominators(gaps, lang).into()));
            blocks.push(Block::Table(full_table(plan, gaps, shown, lang)));
            blocks.push(Block::List(lines));
        }
    }
    Section { topic: Some("verifying".into()), ..Section::new(heading, blocks) }
}

/// A plan that cannot be read says so: an empty place would look as if it had no indicators.
fn unknown(folder: &str, lang: Lang) -> Section {
    let line = tr!(
        lang,
        "「{folder}」の指標は、その計画が読み取れないため示せません。kaikaku check --plan {folder} で確かめてください。",
        "The indicators of `{folder}` cannot be shown: that plan cannot be read. See kaikaku check --plan {folder}."
    );
    let heading = tr!(lang, "検証指標（{folder}）", "Indicators of {folder}");
    Section::new(heading, vec![Block::List(vec![Line::toned(line, Tone::Warn)])])
}

/// その指標でこの計画を検証する、ほかの計画 || A plan whose indicators verify this one
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum VerifiedByJson<'p> {
    /// 読み取れた計画 || One that was read
    Known(Box<KnownJson<'p>>),
    /// 読み取れなかった計画 || One that could not be read
    Unknown {
        /// フォルダーの名前 || The name of its folder
        unreadable: &'p str,
    },
}

/// 計画とその指標 || A plan and its indicators
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KnownJson<'p> {
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 指標 || The indicators
    indicators: Vec<GapJson<'p>>,
}

/// The same for programs, a plan each.
pub fn json<'p>(all: &[Verifying<'p>]) -> Vec<VerifiedByJson<'p>> {
    let one = |one: &Verifying<'p>| match one {
        Verifying::Unknown { folder } => VerifiedByJson::Unknown { unreadable: folder },
        Verifying::Known { plan, as_of, gaps } => VerifiedByJson::Known(Box::new(KnownJson {
            plan: (*plan).into(),
            as_of: (*as_of).into(),
            indicators: gaps.iter().map(|gap| json_gap(plan, gap)).collect(),
        })),
    };
    all.iter().map(one).collect()
}
