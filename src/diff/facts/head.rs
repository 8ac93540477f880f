//! The plan as a whole.

use rust_decimal::RoundingStrategy;

use super::{amendments, figures, held_against, milestones, refs, sourced, word};
use crate::diff::datum::Datum;
use crate::diff::fact::{Collector, Fact, SubjectPart, nth};
use crate::diff::field::Field;
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::judging::{BandSet, Pace, presets};
use crate::plan::period::{Cycle, Period};
use crate::plan::road::usual_steps;
use crate::plan::scale::ScaleVersion;
use crate::plan::source::Origin;
use crate::plan::sum::{DeclaredSum, PublishedSum, SumBy};
use crate::plan::totals::{Place, PrintedCounts, Published};
use crate::plan::{Denominator, Head, Plan, Rounding, Stage};

/// What `plan.toml` says of the plan as a whole.
pub fn head<'p>(plan: &'p Plan, head: &'p Head) -> Vec<Fact<'p>> {
    let Head {
        id,
        name,
        aliases,
        city,
        city_code,
        office,
        contact,
        sender,
        lang,
        fictional,
        from,
        to,
        cycle,
        levels,
        counted: _,
        also_counted: _,
        rated,
        denominator,
        groupings,
        expect,
        rounding,
        judged_by: _,
        also_judged_by,
        against: _,
        actual_by_target: _,
        mission,
        vision,
        values,
        parent,
        predecessor,
        related,
        verified_by,
        schedule,
        stages,
        published: totals,
        sums: declared,
        figures: numbers,
        notes,
        amendments: reasons,
        origin,
    } = head;
    let mut c = Collector::new(*origin);
    c.put(Field::PlanId, Datum::Text(id.as_str()));
    c.put(Field::Name, Datum::Text(name));
    c.texts(Field::Aliases, aliases);
    c.text(Field::City, city);
    c.put(Field::CityCode, city_code.as_ref().map(|code| Datum::Text(code.as_str())));
    c.text(Field::Office, office);
    c.text(Field::Contact, contact);
    c.text(Field::Sender, sender);
    c.put(
        Field::Lang,
        match lang {
            Lang::Ja => word("ja", "日本語", "Japanese"),
            Lang::En => word("en", "英語", "English"),
        },
    );
    c.flag(Field::Fictional, *fictional);
    c.put(Field::From, Datum::Period(Period::Year(*from)));
    c.put(Field::To, Datum::Period(Period::Year(*to)));
    c.put(Field::Cycle, every(*cycle));
    steps(&mut c, plan);
    c.texts(Field::Levels, levels);
    counted(&mut c, head);
    c.put(Field::Rated, (!rated.is_empty()).then(|| Datum::Periods(rated.to_vec())));
    let due = (*denominator == Denominator::Due).then(|| word("due", "評価済と未報告", "rated and unreported"));
    c.put(Field::Denominator, due);
    for grouping in groupings {
        c.within(SubjectPart::Known(Field::Group, &grouping.id), *origin, |c| {
            c.put(Field::Name, Datum::Text(&grouping.name));
        });
    }
    c.put(Field::Expect, (!expect.is_empty()).then(|| Datum::Counts(expect.clone())));
    rounded(&mut c, *rounding);
    judged(&mut c, plan);
    let also = also_judged_by.iter().map(|place| &plan.band_sets[*place]);
    c.put(Field::AlsoJudge, refs(also.map(|set| (&set.id, &*set.name.ja))));
    c.texts(Field::Mission, mission);
    c.texts(Field::Vision, vision);
    c.texts(Field::Values, values);
    c.put(Field::Above, parent.as_ref().map(|(name, _)| Datum::Text(name)));
    c.put(Field::Item, parent.as_ref().and_then(|(_, item)| item.as_deref()).map(Datum::Text));
    c.text(Field::Predecessor, predecessor);
    c.texts(Field::Related, related);
    c.texts(Field::VerifiedBy, verified_by);
    milestones(&mut c, plan, Field::Schedule, schedule, &Origin::default());
    self::stages(&mut c, plan, stages);
    published(&mut c, plan, totals);
    sums(&mut c, plan, declared);
    figures(&mut c, plan, numbers, &Origin::default());
    c.texts(Field::Note, notes);
    amendments(&mut c, reasons);
    sourced(&mut c, plan, origin, &Origin::default());
    c.done()
}

/// The level that is counted, or the levels.
fn counted<'p>(c: &mut Collector<'p>, head: &'p Head) {
    let names: Vec<&str> = head.counted_levels().filter_map(|level| Some(&**head.levels.get(level)?)).collect();
    c.put(
        Field::Count,
        match names[..] {
            [] => None,
            [one] => Some(Datum::Text(one)),
            _ => Some(Datum::Texts(names)),
        },
    );
}

/// The steps of yearly planning, where the plan names its own.
fn steps<'p>(c: &mut Collector<'p>, plan: &'p Plan) {
    let own = plan.steps != usual_steps();
    c.put(Field::Road, own.then(|| Datum::Texts(plan.steps.iter().map(|step| step.ja.as_str()).collect())));
}

fn every(cycle: Cycle) -> Datum<'static> {
    match cycle {
        Cycle::Month => word("month", "月", "month"),
        Cycle::Quarter => word("quarter", "四半期", "quarter"),
        Cycle::Half => word("half", "半期", "half-year"),
        Cycle::Year => word("year", "年度", "fiscal year"),
    }
}

fn rounded(c: &mut Collector<'_>, rounding: Rounding) {
    let Rounding { digits, strategy } = rounding;
    c.put(Field::Digits, Datum::Count(digits.into()));
    c.put(
        Field::Mode,
        match strategy {
            RoundingStrategy::ToZero => word("truncate", "切捨て", "truncate"),
            _ => word("half-up", "四捨五入", "half up"),
        },
    );
}

/// The bands that judge. A pace of the plan's own makes a variant of a set: it is shown as that set and that pace.
fn judged<'p>(c: &mut Collector<'p>, plan: &'p Plan) {
    let set = &plan.band_sets[plan.head.judged_by];
    let base = variant_of(plan, set);
    c.put(Field::Judge, refs(std::iter::once(base.unwrap_or(set)).map(|set| (&set.id, &*set.name.ja))));
    c.put(Field::Pace, base.map(|_| pace(set.pace)));
    c.put(Field::Against, plan.head.against.map(held_against));
    c.put(Field::ActualByTarget, plan.head.actual_by_target.then_some(Datum::Flag(true)));
}

/// The set that a set is only another pace of.
fn variant_of<'p>(plan: &'p Plan, set: &BandSet) -> Option<&'p BandSet> {
    let mut others = plan.band_sets.iter().filter(|other| other.pace != set.pace && other.bands == set.bands);
    others.find(|other| set.id.as_str() == format!("{}-{}", other.id, set.pace.key()))
}

/// The sets of bands that the plan itself defines, each with its versions.
pub fn own_sets(plan: &Plan) -> Vec<Vec<&BandSet>> {
    let mut all: Vec<Vec<&BandSet>> = Vec::new();
    for set in plan.band_sets.iter().skip(presets().len()).filter(|set| variant_of(plan, set).is_none()) {
        match all.iter_mut().find(|versions| versions[0].id == set.id) {
            Some(versions) => versions.push(set),
            None => all.push(vec![set]),
        }
    }
    all
}

/// What is expected by now, as a word.
pub fn pace(pace: Pace) -> Datum<'static> {
    word(pace.key(), pace.name(Lang::Ja), pace.name(Lang::En))
}

fn stages<'p>(c: &mut Collector<'p>, plan: &'p Plan, stages: &'p [Stage]) {
    for (stage, nth) in stages.iter().zip(nth(stages.iter().map(|s| &*s.name))) {
        let Stage { name, from, to, origin } = stage;
        c.within(SubjectPart::Named(Field::Stage, name, nth), *origin, |c| {
            c.put(Field::From, Datum::Period(Period::Year(*from)));
            c.put(Field::To, Datum::Period(Period::Year(*to)));
            sourced(c, plan, origin, &Origin::default());
        });
    }
}

fn published<'p>(c: &mut Collector<'p>, plan: &'p Plan, totals: &'p [Published]) {
    for (at, printed) in totals.iter().enumerate() {
        let Published { place, period, whole, rows, notes } = printed;
        let Place { scale: of, evaluator, level, group } = place;
        let (scale, origin) = (&plan.scales[*of], whole.origin);
        let of_scale = totals[..at].iter().filter(|p| p.period == *period && p.place.scale == *of).count();
        let version = scale.version_near(*period).1;
        c.within(SubjectPart::Record(Field::Published, *period, None, Some(&scale.id), of_scale), origin, |c| {
            c.put(Field::Count, (*level != plan.head.counted).then(|| Datum::Text(plan.level_name(*level))));
            c.put(Field::Evaluator, (*evaluator > 0).then(|| Datum::Text(&plan.evaluators[*evaluator].name)));
            c.put(Field::Group, group.as_deref().map(Datum::Text));
            printed_counts(c, version, whole);
            let names = nth(rows.iter().map(|row| row.title(plan)));
            for (row, nth) in rows.iter().zip(names) {
                let part = SubjectPart::Named(Field::Rows, row.title(plan), nth);
                c.within(part, row.counted.origin, |c| {
                    c.put(Field::Under, row.under.as_ref().map(|id| Datum::Text(id.as_str())));
                    printed_counts(c, version, &row.counted);
                });
            }
            c.texts(Field::Note, notes);
            sourced(c, plan, &origin, &Origin::default());
        });
    }
}

/// A line as printed: its total, and the count and percentage of each grade.
fn printed_counts<'p>(c: &mut Collector<'p>, version: &'p ScaleVersion, line: &'p PrintedCounts) {
    let ScaleVersion { grades, composites, .. } = version;
    c.put(Field::Total, Datum::Count(line.total));
    for (grade, (count, share)) in grades.iter().zip(line.counts.iter().zip(&line.shares)) {
        c.within(SubjectPart::Known(Field::Grades, &grade.id), line.origin, |c| {
            c.put(Field::Total, count.map(Datum::Count));
            c.put(Field::PrintedShare, share.map(Datum::Number));
        });
    }
    c.put(Field::PrintedUnreported, line.unreported.map(Datum::Count));
    for (sum, (count, share)) in composites.iter().zip(line.sums.iter().zip(&line.sum_shares)) {
        c.within(SubjectPart::Known(Field::Composites, &sum.id), line.origin, |c| {
            c.put(Field::Total, count.map(Datum::Count));
            c.put(Field::PrintedShare, share.map(Datum::Number));
        });
    }
}

fn sums<'p>(c: &mut Collector<'p>, plan: &'p Plan, sums: &'p [DeclaredSum]) {
    for sum in sums {
        let DeclaredSum { id, name, of, by, weights, published, notes, origin } = sum;
        c.within(SubjectPart::Known(Field::Sum, id), *origin, |c| {
            c.put(Field::Name, Datum::Text(name));
            c.put(Field::SumOf, (!of.is_empty()).then(|| Datum::Texts(of.iter().map(Id::as_str).collect())));
            let (ja, en) = match by {
                SumBy::Amounts => ("額", "amounts"),
                SumBy::Rates => ("対目標比", "to target"),
                SumBy::Grades(..) | SumBy::Bands(_) => ("点数", "points"),
            };
            c.put(Field::SummedBy, word(by.key(), ja, en));
            let scale = if let SumBy::Grades(scale, _) = by { Some(plan.scales[*scale].id.as_str()) } else { None };
            c.put(Field::Scale, scale.map(Datum::Text));
            for ((key, points), nth) in by.points().iter().zip(nth(by.points().iter().map(|(key, _)| &**key))) {
                c.within(SubjectPart::Named(Field::Points, key, nth), *origin, |c| {
                    c.put(Field::Points, Datum::Number(*points));
                });
            }
            for (id, weight) in weights {
                c.within(SubjectPart::Known(Field::Weights, id), *origin, |c| {
                    c.put(Field::Weights, Datum::Number(*weight));
                });
            }
            printed_sums(c, plan, published, origin);
            c.texts(Field::Note, notes);
            sourced(c, plan, origin, &Origin::default());
        });
    }
}

/// What papers printed of a sum.
fn printed_sums<'p>(c: &mut Collector<'p>, plan: &'p Plan, all: &'p [PublishedSum], around: &Origin) {
    for (at, printed) in all.iter().enumerate() {
        let PublishedSum { period, so_far, figures, origin } = printed;
        let nth = all[..at].iter().filter(|other| other.period == *period).count();
        c.within(SubjectPart::Record(Field::Published, *period, None, None, nth), *origin, |c| {
            c.put(Field::Over, so_far.then(|| word("so-far", "累計", "cumulative")));
            for (of, number) in figures {
                c.within(SubjectPart::Named(Field::Published, of.key(), 0), *origin, |c| {
                    c.put(Field::Value, Datum::Number(*number));
                });
            }
            sourced(c, plan, origin, around);
        });
    }
}
