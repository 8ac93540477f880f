//! An indicator.

use super::{amendments, entries, held_against, owners, reading, record, refs, sourced, unit, word};
use crate::diff::datum::Datum;
use crate::diff::fact::{Collector, Fact, SubjectPart};
use crate::diff::field::Field;
use crate::plan::Plan;
use crate::plan::indicator::{Effect, Indicator, Kind, PublishedRates, Revision, Series};
use crate::plan::printed::PublishedOf;
use crate::plan::source::Origin;
use crate::text::terms;

pub fn indicator<'p>(plan: &'p Plan, indicator: &'p Indicator) -> Vec<Fact<'p>> {
    let Indicator {
        id: _,
        name,
        label,
        unit: of,
        kind: way,
        series: covers,
        parent,
        entries: verified,
        owners: by,
        baseline,
        targets,
        revised,
        judged_by,
        against,
        forecasts,
        effect,
        published: rates,
        notes,
        amendments: reasons,
        origin,
        measures,
        formerly,
    } = indicator;
    let mut c = Collector::new(*origin);
    c.put(Field::Name, Datum::Text(name));
    c.text(Field::Label, label);
    c.put(Field::Formerly, refs(formerly.iter().map(|id| (id, id.as_str()))));
    c.put(Field::Unit, unit(of));
    kind(&mut c, way);
    c.put(Field::Series, series(*covers));
    let above = parent.map(|place| &plan.indicators[place]);
    c.put(Field::Parent, refs(above.into_iter().map(|i| (&i.id, &*i.name))));
    c.put(Field::Entries, entries(plan, verified.iter().copied()));
    c.put(Field::Owner, owners(plan, by));
    for (field, readings) in
        [(Field::Baseline, baseline.as_slice()), (Field::Target, targets), (Field::Forecast, forecasts)]
    {
        readings.iter().for_each(|r| reading(&mut c, plan, indicator, field, r));
    }
    revised.iter().for_each(|r| revision(&mut c, plan, indicator, r));
    c.put(
        Field::Judge,
        judged_by.map(|set| &plan.band_sets[set]).and_then(|set| refs(std::iter::once((&set.id, &*set.name.ja)))),
    );
    c.put(Field::Against, against.map(held_against));
    c.put(Field::Effect, effect.map(lasting));
    published(&mut c, plan, rates, origin);
    c.texts(Field::Note, notes);
    amendments(&mut c, reasons);
    sourced(&mut c, plan, origin, &Origin::default());
    record::measures(&mut c, plan, indicator, measures);
    c.done()
}

fn kind<'p>(c: &mut Collector<'p>, kind: &'p Kind) {
    let (ja, en) = match kind {
        Kind::Heading => terms::HEADING.words(),
        Kind::Up => ("増やす", "up"),
        Kind::Down => ("減らす", "down"),
        Kind::AtLeast => ("下限（以上）", "at least"),
        Kind::AtMost => ("上限（以下）", "at most"),
        Kind::Maintain { tolerance } => {
            c.put(Field::Tolerance, Datum::Number(*tolerance));
            ("維持", "maintain")
        }
        Kind::Range => ("範囲内", "within a range"),
        Kind::Milestone { steps } => {
            c.texts(Field::Steps, steps);
            ("段階", "milestone")
        }
    };
    c.put(Field::Kind, word(kind.key(), ja, en));
}

fn series(series: Series) -> Option<Datum<'static>> {
    Some(match series {
        Series::Unstated => return None,
        Series::Snapshot => word("snapshot", "時点の値", "on a day"),
        Series::Yearly => word("yearly", "単年度の値", "within a year"),
        Series::Cumulative => word("cumulative", "累計", "cumulative"),
        Series::Unconfirmed => word("unconfirmed", "単年度か累計か要確認", "yearly or cumulative: unconfirmed"),
    })
}

fn lasting(effect: Effect) -> Datum<'static> {
    match effect {
        Effect::OneYear => word("one-year", "単年度効果", "one-year"),
        Effect::Continuing => word("continuing", "継続効果", "continuing"),
    }
}

fn revision<'p>(c: &mut Collector<'p>, plan: &'p Plan, of: &'p Indicator, revision: &'p Revision) {
    // What held with them and was not listed stands among the targets of today.
    let Revision { until, targets, in_force: _, reason } = revision;
    // It has no place of its own: it stands where its first target does.
    let origin = targets.first().map_or(of.origin, |target| target.origin);
    c.within(SubjectPart::Until(*until), origin, |c| {
        c.text(Field::Reason, reason);
        targets.iter().for_each(|r| reading(c, plan, of, Field::Target, r));
    });
}

fn published<'p>(c: &mut Collector<'p>, plan: &'p Plan, rates: &'p [PublishedRates], around: &Origin) {
    for (at, printed) in rates.iter().enumerate() {
        let PublishedRates { period, figures, origin } = printed;
        let nth = rates[..at].iter().filter(|other| other.period == *period).count();
        c.within(SubjectPart::Record(Field::Published, *period, None, None, nth), *origin, |c| {
            for (of, number) in figures {
                match of {
                    PublishedOf::Ratio => c.put(Field::RatioToTarget, Datum::Number(*number)),
                    PublishedOf::Improvement => c.put(Field::Improvement, Datum::Number(*number)),
                    PublishedOf::BandCount(part) | PublishedOf::BandShare(part) => {
                        let (id, nth) = (part.named(&plan.band_sets).0, usize::from(of.is_percent()));
                        c.within(SubjectPart::Named(Field::Published, id.as_str(), nth), *origin, |c| {
                            c.put(Field::Value, Datum::Number(*number));
                        });
                    }
                    of => c.within(SubjectPart::Named(Field::Published, of.key(), 0), *origin, |c| {
                        c.put(Field::Value, Datum::Number(*number));
                    }),
                }
            }
            sourced(c, plan, origin, around);
        });
    }
}
