//! What the rest of the plan refers to: scales, evaluators, sets of bands, departments, documents.

use super::head::pace;
use super::{refs, word};
use crate::diff::datum::Datum;
use crate::diff::fact::{Collector, Fact, SubjectPart};
use crate::diff::field::Field;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::judging::{Against, Band, BandSet, BandSum, Meaning, Measured, Rule, TargetRule};
use crate::plan::owner::Owner;
use crate::plan::period::Period;
use crate::plan::scale::{Composite, Evaluator, Grade, Scale, ScaleVersion};
use crate::plan::source::{Origin, Source};

pub fn owner(owner: &Owner) -> Vec<Fact<'_>> {
    let Owner { id: _, name, bureau, aliases, contact, qualified: _ } = owner;
    let mut c = Collector::new(Origin::default());
    c.put(Field::Name, Datum::Text(name));
    c.text(Field::Bureau, bureau);
    c.texts(Field::Aliases, aliases);
    c.text(Field::Contact, contact);
    c.done()
}

pub fn source(source: &Source) -> Vec<Fact<'_>> {
    let Source { id: _, title, date, publisher, notes, origin: _ } = source;
    let mut c = Collector::new(Origin::default());
    c.put(Field::Title, Datum::Text(title));
    c.text(Field::Date, date);
    c.text(Field::Publisher, publisher);
    c.texts(Field::Note, notes);
    c.done()
}

pub fn evaluator<'p>(plan: &'p Plan, evaluator: &'p Evaluator) -> Vec<Fact<'p>> {
    let Evaluator { id: _, name, first_of } = evaluator;
    let mut c = Collector::new(Origin::default());
    c.put(Field::Name, Datum::Text(name));
    c.put(Field::FirstOf, refs(first_of.iter().map(|of| (&plan.evaluators[*of].id, &*plan.evaluators[*of].name))));
    c.done()
}

pub fn scale(scale: &Scale) -> Vec<Fact<'_>> {
    let Scale { id: _, versions } = scale;
    let mut c = Collector::new(Origin::default());
    for version in versions {
        c.within(SubjectPart::Version(version.from), Origin::default(), |c| self::version(c, version));
    }
    c.done()
}

fn version<'p>(c: &mut Collector<'p>, version: &'p ScaleVersion) {
    let ScaleVersion { name, from: _, to, ordered, grades, composites } = version;
    c.put(Field::Name, Datum::Text(name));
    c.put(Field::To, to.map(|year| Datum::Period(Period::Year(year))));
    c.put(Field::Ordered, (!ordered).then_some(Datum::Flag(false)));
    // Their order: from best to worst.
    c.put(Field::Grades, refs(grades.iter().map(|g| (&g.id, &*g.name))));
    for grade in grades {
        let Grade { id, name, counts, attention, origin: _ } = grade;
        c.within(SubjectPart::Known(Field::Grades, id), Origin::default(), |c| {
            c.put(Field::Name, Datum::Text(name));
            c.put(Field::Counts, (!counts).then_some(Datum::Flag(false)));
            c.flag(Field::Attention, *attention);
        });
    }
    for composite in composites {
        let Composite { id, name, grades: parts } = composite;
        c.within(SubjectPart::Known(Field::Composites, id), Origin::default(), |c| {
            c.put(Field::Name, Datum::Text(name));
            c.put(Field::Grades, refs(parts.iter().map(|place| (&grades[*place].id, &*grades[*place].name))));
        });
    }
}

/// A set of bands, each version of it apart where it changes in mid-plan.
pub fn bands<'p>(versions: &[&'p BandSet]) -> Vec<Fact<'p>> {
    let mut c = Collector::new(Origin::default());
    for set in versions {
        match versions.len() {
            1 => band_set(&mut c, set),
            _ => c.within(SubjectPart::Version(set.from), Origin::default(), |c| band_set(c, set)),
        }
    }
    c.done()
}

fn band_set<'p>(c: &mut Collector<'p>, set: &'p BandSet) {
    let BandSet { id: _, name, source, from, to, by, pace: expected, tolerance, bands, sums } = set;
    c.put(Field::From, from.map(|year| Datum::Period(Period::Year(year))));
    c.put(Field::To, to.map(|year| Datum::Period(Period::Year(year))));
    c.put(Field::Name, Datum::Text(&name.ja));
    c.put(Field::Source, (!source.ja.is_empty()).then_some(Datum::Text(&source.ja)));
    c.put(Field::Rate, measured(*by));
    c.put(Field::Pace, pace(*expected));
    c.put(Field::Tolerance, (!tolerance.is_zero()).then_some(Datum::Number(*tolerance)));
    // Their order: the first that holds is the verdict.
    c.put(Field::Bands, refs(bands.iter().map(|b| (&b.id, &*b.name.ja))));
    for (at, band) in bands.iter().enumerate() {
        let nth = bands[..at].iter().filter(|other| other.id == band.id).count();
        c.within(SubjectPart::Named(Field::Bands, band.id.as_str(), nth), Origin::default(), |c| self::band(c, band));
    }
    for sum in sums {
        let BandSum { id, name, bands: parts, within } = sum;
        c.within(SubjectPart::Known(Field::Composites, id), Origin::default(), |c| {
            c.put(Field::Name, Datum::Text(&name.ja));
            c.put(Field::Bands, refs(parts.iter().map(|place| (&bands[*place].id, &*bands[*place].name.ja))));
            c.put(Field::Of, within.and_then(|at| refs(std::iter::once((&sums[at].id, &*sums[at].name.ja)))));
        });
    }
}

fn band<'p>(c: &mut Collector<'p>, band: &'p Band) {
    let Band { id: _, name, meaning, counts, rule, without_rate } = band;
    let Rule { target, expected, baseline, last_year, at_least } = *rule;
    c.put(Field::Name, Datum::Text(&name.ja));
    c.put(Field::Rule, self::verdict(*meaning));
    c.put(Field::Counts, (*counts != meaning.is_some()).then_some(Datum::Flag(*counts)));
    let words = Meaning::ALL.iter().filter(|(_, verdict)| without_rate.contains(verdict)).map(|(word, _)| *word);
    c.put(Field::WithoutRate, (!without_rate.is_empty()).then(|| Datum::Texts(words.collect())));
    c.put(
        Field::Target,
        target.map(|rule| match rule {
            TargetRule::Exceeded => word("exceeded", "目標値を上回る", "exceeded"),
            TargetRule::Reached => word("reached", "目標値に達した", "reached"),
            TargetRule::Missed => word("missed", "目標値に達していない", "missed"),
        }),
    );
    c.put(Field::Progress, expected.map(Datum::Flag));
    c.put(Field::Baseline, baseline.map(against));
    c.put(Field::Period, last_year.map(against));
    c.put(Field::Value, at_least.map(Datum::Number));
}

/// A verdict in the words that all plans share, 判定不能 among them.
pub fn verdict(verdict: Option<Meaning>) -> Datum<'static> {
    verdict.map_or(word("undetermined", "判定不能", "undetermined"), meaning)
}

/// A verdict in the words that all plans share.
fn meaning(meaning: Meaning) -> Datum<'static> {
    match meaning {
        Meaning::Met => word("met", "達成", "met"),
        Meaning::OnPace => word("on-pace", "順調", "on pace"),
        Meaning::Behind => word("behind", "遅れ", "behind"),
        Meaning::Worsened => word("worsened", "後退", "worsened"),
    }
}

fn against(against: Against) -> Datum<'static> {
    match against {
        Against::Better => word("better", "改善", "better"),
        Against::Same => word("same", "横ばい", "flat"),
        Against::NotWorse => word("not-worse", "悪化していない", "not worse"),
        Against::Worse => word("worse", "悪化", "worse"),
    }
}

fn measured(by: Measured) -> Datum<'static> {
    let key = match by {
        Measured::Ratio => "ratio",
        Measured::Improvement => "improvement",
        Measured::Pace => "pace",
    };
    word(key, by.name(Lang::Ja), by.name(Lang::En))
}
