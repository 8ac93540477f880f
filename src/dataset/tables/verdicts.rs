//! How every indicator stood against its target at each moment, as `kpi` works it out: all rates, and the verdict by each
//! method.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{About, Moment, Site, Sourced, computed, period_columns};
use crate::dataset::words;
use crate::plan::indicator::{Indicator, Kind as Way, Reading};
use crate::plan::judging::{Band, BandSet};
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::query::answering;
use crate::query::gap::{Gap, Rate, Verdict, gap, gap_by};

pub struct Row<'p> {
    moment: Moment,
    /// The same figures of every method; of those that judge besides only band and verdict are their own.
    gap: Gap<'p>,
    set: &'p BandSet,
    band: Option<&'p Band>,
    verdict: Verdict,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Own,
    Beside,
    Compared,
}

impl Role {
    fn key(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Beside => "beside",
            Self::Compared => "compared",
        }
    }
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.gap.actual.map_or(self.gap.indicator.origin, |actual| actual.reading.origin)
    }
}

impl About for Row<'_> {
    fn period(&self) -> Period {
        self.moment.as_of.period
    }
}

impl Row<'_> {
    fn counted(&self) -> Verdict {
        if self.role == Role::Own { self.gap.counted() } else { self.verdict }
    }

    fn because(&self) -> Option<&'static str> {
        match self.verdict {
            Verdict::Undetermined(why) => Some(words::why(why)),
            _ => None,
        }
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    let mut columns = vec![
        required("indicator_id", Kind::Text, ("指標の id", "The indicator"), |row: &Row<'_>, _| {
            Datum::text(row.gap.indicator.id.as_str())
        }),
        optional(
            "owner_id",
            Kind::Text,
            ("主たる所管課の id", "The owner that answers for it, by id"),
            |row, site| site.owner(answering(site.plan, row.gap.indicator)).map(|(id, _)| id).into(),
        ),
        required("kind", Kind::Code, ("向き", "Kind"), |row, _| row.gap.indicator.kind.key().into()),
    ];
    columns.extend(period_columns());
    columns.extend(judged());
    columns.extend(figures());
    Spec {
        name: "verdicts",
        about: (
            "指標の判定と率（時点と判定の方法ごとに計算したもの）",
            "How an indicator stood against its target at a moment, worked out by each method",
        ),
        key: &["indicator_id", "period_to", "period", "is_latest", "judged_by"],
        rows,
        columns,
    }
}

/// The method, and what it comes to.
fn judged<'p>() -> [super::ColumnOf<'p, Row<'p>>; 10] {
    [
        required(
            "is_latest",
            Kind::Boolean,
            (
                "データセットの時点のものか（ほかはその期間の末）",
                "Whether it is as of the moment of the dataset; else as of the end of its period",
            ),
            |row: &Row<'_>, _| row.moment.is_latest.into(),
        ),
        required(
            "judged_by",
            Kind::Text,
            ("判定の方法（判定区分の組の id）", "The method: the set of bands that judges, by id"),
            |row, _| Datum::text(row.set.id.as_str()),
        ),
        required(
            "role",
            Kind::Code,
            ("その方法の役割。計画の判定は own", "What the method is to the plan; own is the plan's verdict"),
            |row, _| row.role.key().into(),
        ),
        required("verdict", Kind::Code, ("計算した判定", "The verdict as it was worked out"), |row, _| {
            row.verdict.key().into()
        }),
        required(
            "counted_verdict",
            Kind::Code,
            (
                "数える判定（所管課の判断があればそれ）",
                "The verdict that is counted: that of a person where one was given",
            ),
            |row, _| row.counted().key().into(),
        ),
        optional(
            "undetermined_because",
            Kind::Code,
            ("判定できない理由", "Why there is no verdict"),
            |row, _| row.because().into(),
        ),
        optional(
            "band_id",
            Kind::Text,
            ("当てはまった判定区分の id", "The band that holds, by id"),
            |row, _| row.band.map(|band| band.id.as_str()).into(),
        ),
        optional("band", Kind::Text, ("当てはまった判定区分", "Band"), |row, _| {
            row.band.map(|band| &*band.name.ja).into()
        }),
        optional("by_hand", Kind::Code, ("所管課の判断", "The verdict of a person"), |row, _| {
            row.gap.by_hand().filter(|_| row.role == Role::Own).map(|by| words::meaning(by.meaning)).into()
        }),
        required(
            "is_unconfirmed",
            Kind::Boolean,
            ("要確認の値によるか", "Whether it rests on an unconfirmed value"),
            |row, _| row.gap.is_unsure().into(),
        ),
    ]
}

/// The values and rates that it rests on.
fn figures<'p>() -> [super::ColumnOf<'p, Row<'p>>; 22] {
    [
        optional("baseline", Kind::Decimal, ("基準値", "The baseline"), |row: &Row<'_>, _| number(row.gap.baseline)),
        optional("actual_period", Kind::Text, ("実績値の期間", "The period of the actual"), |row, _| {
            row.gap.actual.map(|actual| actual.reading.period.short()).into()
        }),
        optional("actual", Kind::Decimal, ("実績値", "The actual"), |row, _| {
            number(row.gap.actual.map(|actual| &actual.reading))
        }),
        required(
            "is_provisional",
            Kind::Boolean,
            ("実績値が速報値か", "Whether the actual is provisional"),
            |row, _| row.gap.actual.is_some_and(|actual| actual.provisional).into(),
        ),
        optional("target_period", Kind::Text, ("最終目標の期間", "The period of the final target"), |row, _| {
            row.gap.target.map(|target| target.period.short()).into()
        }),
        optional("target", Kind::Decimal, ("最終目標", "The final target"), |row, _| number(row.gap.target)),
        optional("period_target", Kind::Decimal, ("当年度目標", "Target of the period"), |row, _| {
            number(row.gap.own)
        }),
        optional("judged_against", Kind::Code, ("判定に用いた目標", "Which of them judges"), |row, _| {
            row.gap.held_to().map(|_| words::target_of(row.gap.held)).into()
        }),
        optional(
            "expected",
            Kind::Decimal,
            ("見込まれる値（小数点以下10桁まで）", "What is expected by now, to ten digits"),
            |row, _| computed(row.gap.expected),
        ),
        optional(
            "gap",
            Kind::Decimal,
            ("目標との差（実績－目標）", "Actual less the target that judges"),
            |row, _| row.gap.gap.into(),
        ),
        optional("room", Kind::Decimal, ("余裕", "Room"), |row, _| row.gap.room.into()),
        optional(
            "ratio_to_target",
            Kind::Decimal,
            ("対目標比（％）", "The ratio to the target that judges, in percent"),
            |row, _| rate(row.gap.ratio_to_target),
        ),
        optional(
            "ratio_to_period_target",
            Kind::Decimal,
            ("対当年度目標比（％）", "The ratio to the target of the period, in percent"),
            |row, _| rate(row.gap.ratio_to_period),
        ),
        optional(
            "ratio_to_final_target",
            Kind::Decimal,
            ("対最終目標比（％）", "The ratio to the final target, in percent"),
            |row, _| rate(row.gap.ratio_to_final),
        ),
        optional(
            "actual_by_target",
            Kind::Decimal,
            ("実績÷目標（％）", "Actual by target whatever is better, in percent"),
            |row, _| rate(row.gap.actual_by_target),
        ),
        optional("improvement", Kind::Decimal, ("改善率（％）", "The improvement, in percent"), |row, _| {
            rate(row.gap.improvement)
        }),
        optional(
            "pace",
            Kind::Decimal,
            ("ペース比（％）", "The ratio to what is expected by now, in percent"),
            |row, _| rate(row.gap.pace),
        ),
        optional(
            "change_since",
            Kind::Text,
            ("前年との比較で比べた期間", "The earlier period that it is compared with"),
            |row, _| row.gap.change.map(|change| change.since.period.short()).into(),
        ),
        optional("change", Kind::Decimal, ("前年からの増減", "Actual less the earlier value"), |row, _| {
            row.gap.change.map(|change| change.by).into()
        }),
        optional("change_is", Kind::Code, ("改善・横ばい・悪化", "Better, the same or worse"), |row, _| {
            row.gap.change.map(|change| words::against(change.is)).into()
        }),
        optional(
            "absent",
            Kind::Code,
            ("最後の記録が値なしであれば、その理由", "Where the last record says that there is no value: why"),
            |row, _| row.gap.missing.and_then(|missing| super::indicators::absent(&missing.reading)).into(),
        ),
        required(
            "stops_short",
            Kind::Boolean,
            ("「未満」「超」の数ちょうどで届いていないか", "Whether the actual is just the number of a strict target"),
            |row, _| row.gap.stops_short().into(),
        ),
    ]
}

fn number<'r>(reading: Option<&Reading>) -> Datum<'r> {
    reading.and_then(Reading::number).into()
}

fn rate<'r>(rate: Option<Rate>) -> Datum<'r> {
    computed(rate.and_then(Rate::percent))
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let mut moments = site.years();
    moments.sort_by_key(Moment::sort_key);
    let indicators = site.indicators_by_id().into_iter().map(|place| &site.plan.indicators[place]);
    let judged: Vec<&Indicator> = indicators.filter(|one| one.kind != Way::Heading).collect();
    let mut rows = Vec::new();
    for indicator in judged {
        for moment in &moments {
            let from = rows.len();
            by_each_method(site, indicator, *moment, &mut rows);
            rows[from..].sort_by_key(|row| row.set.id.as_str());
        }
    }
    rows
}

/// The verdict of the plan, those of the sets that judge besides and, at the moment of the dataset, those of every other
/// method.
fn by_each_method<'p>(site: &'p Site<'p>, indicator: &'p Indicator, moment: Moment, rows: &mut Vec<Row<'p>>) {
    let own = gap(site.plan, indicator, moment.as_of);
    let from = rows.len();
    let row = |gap: Gap<'p>, role| Row { moment, set: gap.set, band: gap.band, verdict: gap.verdict, gap, role };
    let beside = own.also.iter().map(|also| Row {
        set: also.set,
        band: also.band,
        verdict: also.verdict,
        ..row(own.clone(), Role::Beside)
    });
    rows.extend(beside);
    let has_methods = matches!(indicator.kind, Way::Up | Way::Down) && moment.is_latest;
    if has_methods {
        let known: Vec<&str> =
            rows[from..].iter().map(|row| row.set.id.as_str()).chain([own.set.id.as_str()]).collect();
        let sets = site.plan.band_sets.iter().filter(|set| set.is_in_force(moment.as_of.period));
        let others = sets.filter(|set| !known.contains(&set.id.as_str()));
        let compared: Vec<Row<'p>> =
            others.map(|set| row(gap_by(site.plan, indicator, moment.as_of, set), Role::Compared)).collect();
        rows.extend(compared);
    }
    rows.push(row(own, Role::Own));
}
