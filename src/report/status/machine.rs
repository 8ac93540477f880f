//! The status for machines, as JSON.

use serde::Serialize;

use crate::plan::Denominator;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::plan::scale::ScaleVersion;
use crate::plan::value::Certainty;
use crate::query::status::{Flow, Node, Standing, Status, Tally};
use crate::report::json::{AsOfJson, ByKey, Exact, PlanJson, Version, owners};
use crate::report::kpi::verifying::{self, VerifiedByJson};
use crate::report::opinion::machine::{OpinionJson, opinion};

use super::groups::GroupJson;
use super::levels::{BesideJson, LevelJson};
use super::printed::{self, TableJson};
use super::{StatusReport, groups, levels, needs_attention};

/// 進捗状況 || Where everything stands
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatusJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 前回比の相手となる期間 || The period before, which flows and `before` compare with
    previous: Option<Period>,
    /// 尺度が変わり、比べない前回の期間 || The period before, where its scale was another one and nothing is compared
    rescaled: Option<Period>,
    /// 評価尺度の id || The scale, by its id
    scale: &'p Id,
    /// 評価者の id || Who rates, by id
    evaluator: &'p Id,
    /// 割合の分母：due 評価済と未報告。評価済だけなら省く || What percentages are of: due, rated and unreported; left out where it is what was rated
    #[serde(skip_serializing_if = "Option::is_none")]
    denominator: Option<&'static str>,
    /// 全体の件数 || The counts over everything asked
    total: TotalJson<'p>,
    /// 公表された集計の表。項目が分かる計画では、その時点のもの || The tables that papers printed; of a plan whose entries are known, those of that very moment
    published: Vec<TableJson<'p>>,
    /// 項目ごとの状況 || Entry by entry
    nodes: Vec<NodeJson<'p>>,
    /// 前回から進捗区分が変わった項目 || Entries that moved since the period before
    flows: Vec<FlowJson<'p>>,
    /// その指標でこの計画を検証する、ほかの計画 || The plans whose indicators verify this one
    verified_by: Vec<VerifiedByJson<'p>>,
    /// ほかの数える階層の件数。なければ省く || The counts of the other levels that are counted; left out where there are none
    #[serde(skip_serializing_if = "Vec::is_empty")]
    levels: Vec<LevelJson<'p>>,
    /// 並べて示す尺度や評価者の件数。なければ省く || The same on other scales or by other evaluators; left out where none was asked for
    #[serde(skip_serializing_if = "Vec::is_empty")]
    beside: Vec<BesideJson<'p>>,
    /// 構成のほかの見方による件数。なければ省く || The counts by something else than the outline; left out where none was asked for
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<GroupJson<'p>>,
    /// 対応を要する意見。求めたときだけで、なければ省く || Opinions that need attention, where that is asked; left out where there are none
    #[serde(skip_serializing_if = "Vec::is_empty")]
    opinions: Vec<OpinionJson<'p>>,
}

/// 件数の内訳 || How many entries have which grade
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TallyJson {
    /// 件数 || How many there are
    entries: u64,
    /// 評価済の件数（割合の分母） || How many have been rated: the denominator
    rated: u64,
    /// 未報告の件数 || How many nobody has rated
    unreported: u64,
    /// 評価対象外の件数 || How many have a grade that does not count
    excluded: u64,
    /// 今期対象外の件数。なければ省く || How many are not rated in the period; left out where there are none
    #[serde(skip_serializing_if = "is_zero")]
    not_rated: u64,
    /// 開始前の件数。なければ省く || How many are not yet due; left out where there are none
    #[serde(skip_serializing_if = "is_zero")]
    not_begun: u64,
    /// この期間、その一部、又はそれを含む期間の記録がある件数 || How many have a record about this period, a part of it, or one that it is part of
    reported_this_period: u64,
    /// 進捗区分の id ごとの件数 || How many have each grade, by its id
    counts: ByKey<u64>,
    /// 区分の合計（A+B など）の id ごとの件数 || The sums of grades that the scale names, by id
    composites: ByKey<u64>,
}

/// 全体の件数：記録から数えたもの、公表値、又は分からないもの || The counts over everything: counted, as a paper printed them, or not known
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum TotalJson<'p> {
    /// Of the records.
    Counted(CountedJson),
    /// As printed.
    Published(PublishedJson<'p>),
    /// Of a plan whose entries are not known, before anything was published of it.
    Unknown(UnknownJson),
}

/// 項目が分からない計画で、まだ何も公表されていないとき || Of a plan whose entries are not known, before anything was published of it
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnknownJson {
    /// 件数は分からない（null） || How many there are is not known: null
    entries: Option<u64>,
    /// 公表された期間はまだない（null） || No period was published yet: null
    published: Option<Period>,
}

/// 記録から数えた件数 || Counts of the records
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CountedJson {
    #[serde(flatten)]
    tally: TallyJson,
    /// 前回の件数。比べる期間がなければ null || The counts of the period before; null where there is none to compare with
    before: Option<TallyJson>,
}

/// 公表された件数（項目が分からない計画） || Counts as printed, of a plan whose entries are not known
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PublishedJson<'p> {
    /// 公表された合計 || The total as printed
    entries: u64,
    /// 評価済の件数（割合の分母）。件数のない区分があれば null || How many have been rated: the denominator; null where a grade has no count
    rated: Option<u64>,
    /// 未報告の件数。資料になければ null || How many nobody has rated; null where the paper does not say
    unreported: Option<u64>,
    /// 評価対象外の件数。件数のない区分があれば null || How many have a grade that does not count; null where a grade has no count
    excluded: Option<u64>,
    /// 進捗区分の id ごとの件数。資料になければ null || How many have each grade, by its id; null where the paper has none
    counts: ByKey<Option<u64>>,
    /// 区分の合計（A+B など）の id ごとの件数。件数のない区分があれば null || The sums of grades that the scale names, by id; null where a grade has no count
    composites: ByKey<Option<u64>>,
    /// いつの公表値か || As of the end of which period
    published: Period,
    /// 公表された合計から内訳の合計を引いた差 || The printed total less what the counts add up to
    difference: Exact,
    /// 公表値の注 || Notes on what was published
    notes: &'p [Box<str>],
}

/// 項目の状況 || How an entry stands
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NodeJson<'p> {
    /// 番号 || Its id
    id: &'p Id,
    /// 上位の項目の番号 || The entry above it
    parent: Option<&'p Id>,
    /// 上から何番目の階層か || Its level, from 1
    level: usize,
    /// 階層の名前 || The name of its level
    level_name: &'p str,
    /// 名称 || Its name
    name: &'p str,
    /// 所管課の名称 || Its owners, by name
    owners: Vec<&'p str>,
    #[serde(flatten)]
    tally: TallyJson,
    /// 進捗区分の id || Its grade, by id
    rating: Option<&'p str>,
    /// 対応が要るか || Whether it needs attention
    attention: bool,
    /// 進捗区分を報告した期間 || The period of the record that rates it
    period: Option<Period>,
    /// その記録の確かさ || How sure that record is
    certainty: Option<Certainty>,
    /// 進捗率（％） || How far it is, in percent
    progress: Option<u8>,
    /// 区分がない理由：not_rated 今期対象外、not_begun 開始前。ほかは省く || Why it has no grade: not_rated, not_begun; left out otherwise
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<&'static str>,
    /// ほかの評価者の評価を採るとき、その評価者の id || Whose rating is taken, by id, where the evaluator takes those of others
    #[serde(skip_serializing_if = "Option::is_none")]
    evaluator: Option<&'p Id>,
    /// 構成のほかの属し方。なければ省く || What else it belongs to; left out where it names nothing
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<BelongsJson<'p>>,
}

/// 構成のほかの属し方 || What else an entry belongs to
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BelongsJson<'p> {
    /// 見方 || By what entries are grouped
    by: &'p str,
    /// 値 || What it belongs to
    group: &'p str,
}

/// 前回からの動き || A move since the period before
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlowJson<'p> {
    /// 項目の番号 || The entry
    id: &'p Id,
    /// 前回の進捗区分の id（unreported 未報告、not_rated 今期対象外、not_begun 開始前、not-in-plan 計画にない） || The grade it had, by id (or: unreported, not_rated, not_begun, not-in-plan)
    from: &'p str,
    /// 今回の進捗区分の id || The grade it has
    to: &'p str,
}

/// For programs: stable keys, exact numbers, `null` for absent.
pub fn json<'r>(report: &'r StatusReport<'_>) -> StatusJson<'r> {
    let status = &report.status;
    let plan = status.plan;
    StatusJson {
        schema: Version,
        plan: plan.into(),
        as_of: status.question.as_of.into(),
        previous: status.previous,
        rescaled: status.rescaled,
        scale: &plan.scales[status.question.scale].id,
        evaluator: &plan.evaluators[status.question.evaluator].id,
        denominator: (plan.head.denominator == Denominator::Due).then_some("due"),
        total: total(status),
        published: status.totals.iter().map(|totals| printed::json(plan, totals)).collect(),
        nodes: report.shown().map(|node| json_node(status, node)).collect(),
        flows: status.flows.iter().map(|flow| json_flow(status, flow)).collect(),
        verified_by: verifying::json(&report.verified_by),
        levels: report.levels.iter().map(levels::level).collect(),
        beside: report.beside.iter().map(levels::beside).collect(),
        groups: groups::json(report),
        opinions: report.opinions().map_or_else(Vec::new, |said| {
            said.threads.iter().map(|thread| opinion(plan, said.as_of, thread, false)).collect()
        }),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

fn counts(version: &ScaleVersion, counts: &[u64]) -> ByKey<u64> {
    version.grades.iter().zip(counts).map(|(grade, n)| (&grade.id, *n)).collect()
}

/// The counts of a tally, by the ids of its grades.
pub fn json_tally(version: &ScaleVersion, tally: &Tally) -> TallyJson {
    let sums = version.composites.iter().map(|c| (&c.id, tally.sum(c)));
    TallyJson {
        entries: tally.entries,
        rated: tally.rated(),
        unreported: tally.unreported,
        excluded: tally.excluded,
        not_rated: tally.resting,
        not_begun: tally.ahead,
        reported_this_period: tally.fresh,
        counts: counts(version, &tally.counts),
        composites: sums.collect(),
    }
}

/// The counts over everything that a status is of.
pub fn total<'p>(status: &Status<'p>) -> TotalJson<'p> {
    let Some(totals) = status.published() else {
        if status.is_unknown() {
            return TotalJson::Unknown(UnknownJson { entries: None, published: None });
        }
        let tally = json_tally(status.version, &status.total);
        let before = status.previous.or(status.rescaled).map(|_| json_tally(status.version_before, &status.before));
        return TotalJson::Counted(CountedJson { tally, before });
    };
    let (version, published) = (totals.version, &totals.published.whole);
    let grades = version.grades.iter().zip(&published.counts);
    TotalJson::Published(PublishedJson {
        entries: published.total,
        rated: published.rated(version),
        unreported: published.unreported(),
        excluded: published.excluded(version),
        counts: grades.map(|(grade, n)| (&grade.id, *n)).collect(),
        composites: version
            .composites
            .iter()
            .enumerate()
            .map(|(at, c)| (&c.id, published.sum_of(version, at)))
            .collect(),
        published: totals.published.period,
        difference: published.difference().into(),
        notes: &totals.published.notes,
    })
}

/// An entry of a status.
pub fn json_node<'r>(status: &'r Status<'_>, node: &'r Node<'_>) -> NodeJson<'r> {
    let (plan, entry) = (status.plan, node.entry);
    let takes = !plan.evaluators[status.question.evaluator].first_of.is_empty();
    NodeJson {
        id: &entry.id,
        parent: entry.parent.map(|p| &plan.entries[p].id),
        level: entry.level + 1,
        level_name: plan.level_name(entry.level),
        name: &entry.name,
        owners: owners(plan, &entry.owners),
        tally: json_tally(status.version, &node.tally),
        rating: grade_id(node.standing, status.version),
        attention: needs_attention(status, node),
        period: node.rated_by.map(|u| u.period),
        certainty: node.rated_by.map(|u| u.certainty()),
        progress: node.progress,
        standing: match node.standing {
            Standing::Resting => Some("not_rated"),
            Standing::Ahead => Some("not_begun"),
            _ => None,
        },
        evaluator: node.rated_by.filter(|_| takes).map(|update| &plan.evaluators[update.evaluator].id),
        groups: entry.groups.iter().map(|(by, group)| BelongsJson { by, group }).collect(),
    }
}

fn grade_id(standing: Standing, version: &ScaleVersion) -> Option<&str> {
    match standing {
        Standing::Graded(grade) => Some(version.grades[grade].id.as_str()),
        _ => None,
    }
}

/// A move of a status.
pub fn json_flow<'r>(status: &'r Status<'_>, flow: &Flow) -> FlowJson<'r> {
    let side = |standing: Standing, version| match standing {
        Standing::Outside => "not-in-plan",
        Standing::Unreported => "unreported",
        Standing::Resting => "not_rated",
        Standing::Ahead => "not_begun",
        Standing::Graded(_) => grade_id(standing, version).unwrap_or_default(),
    };
    FlowJson {
        id: &status.plan.entries[flow.place].id,
        from: side(flow.from, status.version_before),
        to: side(flow.to, status.version),
    }
}
