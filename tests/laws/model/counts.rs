//! Counts of ratings (`figures.md`, "Ratings"; `files.md`, scales and records).

use chrono::NaiveDate;
use kaikaku::formats;
use kaikaku::lang::Lang;
use kaikaku::query::AsOf;
use kaikaku::query::status::{Question, status};
use kaikaku::render::csv::Encoding;
use kaikaku::report::Report;
use kaikaku::report::status::{StatusReport, View};
use kaikaku::source;
use proptest::prelude::*;
use serde_json::Value as Json;

use super::chance::Chance;
use super::fraction::Fraction;
use super::records::{Asked, Head, Stretch, counted, written};
use super::{plans, shown};
use crate::generate::snapshot;

const EVALUATORS: [&str; 2] = ["dept", "committee"];

/// A grade: its id, and whether it counts.
type Grade = (&'static str, bool);

/// A version of the scale: its grades, and what it sums.
struct Version {
    grades: &'static [Grade],
    sums: &'static [(&'static str, &'static [&'static str])],
}

/// The old one and the new one: of one grade only the new one does not know, of one only the old one.
const VERSIONS: [Version; 2] = [
    Version {
        grades: &[("a", true), ("b", true), ("c", true), ("x", false)],
        sums: &[("ab", &["a", "b"]), ("ax", &["a", "x"])],
    },
    Version { grades: &[("a", true), ("d", true), ("c", true), ("x", false)], sums: &[("cd", &["c", "d"])] },
];

struct Update {
    head: Head,
    grade: Option<&'static str>,
}

struct Entry {
    id: String,
    /// The first quarter in which it is in the plan, and the first one in which it no longer is.
    added: Option<u32>,
    dropped: Option<u32>,
    updates: Vec<Update>,
}

struct City {
    digits: u32,
    is_cut_off: bool,
    /// Whether the scale changed with R8.
    is_rescaled: bool,
    entries: Vec<Entry>,
}

impl City {
    fn any(chance: &mut Chance) -> Self {
        let (digits, is_cut_off, is_rescaled) =
            (u32::try_from(chance.below(4)).unwrap(), chance.percent(50), chance.percent(60));
        let mut city = Self { digits, is_cut_off, is_rescaled, entries: Vec::new() };
        for at in 0..1 + chance.below(12) {
            let id = format!("{}-{}", 1 + at % 3, 1 + at / 3);
            let added = chance.percent(20).then(|| u32::try_from(chance.below(16)).unwrap());
            let dropped = chance.percent(20).then(|| u32::try_from(chance.below(16)).unwrap());
            let dropped = dropped.filter(|dropped| added.is_none_or(|added| added < *dropped));
            let mut entry = Entry { id, added, dropped, updates: Vec::new() };
            for _ in 0..chance.below(9) {
                let update = city.update(chance, &entry);
                entry.updates.push(update);
            }
            city.entries.push(entry);
        }
        city
    }

    /// Of a quarter; or of a year, made when it is over, whose last quarter then has no report of its own.
    fn update(&self, chance: &mut Chance, entry: &Entry) -> Update {
        let years = |updates: &[Update]| -> Vec<u32> {
            updates.iter().filter(|u| u.head.about.months == 12).map(|u| u.head.about.from / 12).collect()
        };
        let is_free = |year: u32| entry.updates.iter().all(|u| u.head.about != Stretch::quarter(year * 4 + 3));
        let (quarter, year) = (u32::try_from(chance.below(16)).unwrap(), u32::try_from(chance.below(4)).unwrap());
        let (about, earliest) = match chance.percent(20) && is_free(year) {
            true => (Stretch::year(year), Stretch::year(year).last()),
            false if years(&entry.updates).contains(&(quarter / 4)) && quarter % 4 == 3 => {
                (Stretch::quarter(quarter - 1), Stretch::quarter(quarter - 1).first())
            }
            false => (Stretch::quarter(quarter), Stretch::quarter(quarter).first()),
        };
        let before: Vec<Head> = entry.updates.iter().map(|update| update.head.clone()).collect();
        let by = usize::from(chance.percent(30));
        let head = Head::any(chance, about, earliest, by, &before);
        let grade = chance.percent(80).then(|| chance.pick(self.version(about).grades).0);
        Update { head, grade }
    }

    /// The version in force in a period.
    fn version(&self, about: Stretch) -> &'static Version {
        &VERSIONS[usize::from(self.is_rescaled && about.from >= 24)]
    }

    fn files(&self) -> Vec<(String, String)> {
        let table = |version: &Version, more: &str| {
            let grade = |(id, counts): &Grade| format!("{{ id = \"{id}\", name = \"区分{id}\", counts = {counts} }}");
            let grades: Vec<String> = version.grades.iter().map(grade).collect();
            let sum = |(id, of): &(&str, &[&str])| format!("{{ id = \"{id}\", name = \"計{id}\", grades = {of:?} }}");
            let sums: Vec<String> = version.sums.iter().map(sum).collect();
            let (grades, sums) = (grades.join(", "), sums.join(", "));
            format!("[[scale]]\nid = \"p\"\nname = \"進捗\"\n{more}grades = [{grades}]\ncomposites = [{sums}]\n")
        };
        let scales = match self.is_rescaled {
            true => table(&VERSIONS[0], "to = \"R7\"\n") + &table(&VERSIONS[1], "from = \"R8\"\n"),
            false => table(&VERSIONS[0], ""),
        };
        let mode = if self.is_cut_off { "truncate" } else { "half-up" };
        let evaluators: String =
            EVALUATORS.iter().map(|id| format!("[[evaluator]]\nid = \"{id}\"\nname = \"評価者{id}\"\n")).collect();
        let head = format!(
            "schema = 1\nid = \"model\"\nname = \"計画\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\ncycle = \"quarter\"\n\
             levels = [\"柱\", \"取組\"]\n[rounding]\ndigits = {}\nmode = \"{mode}\"\n{scales}{evaluators}",
            self.digits
        );
        let entry = |entry: &Entry| {
            let key = |key: &str, at: Option<u32>| {
                at.map(|at| format!("{key} = \"{}\"\n", Stretch::quarter(at).name())).unwrap_or_default()
            };
            let (added, dropped) = (key("added", entry.added), key("dropped", entry.dropped));
            format!("[{}]\nname = \"取組{}\"\n{added}{dropped}", entry.id, entry.id)
        };
        let tops: String = (1..=3).map(|id| format!("[{id}]\nname = \"柱{id}\"\n")).collect();
        let outline = tops + &self.entries.iter().map(entry).collect::<String>();
        let mut files = vec![("plan.toml".to_owned(), head), ("outline/1.toml".to_owned(), outline)];
        for entry in &self.entries {
            let heads: Vec<Head> = entry.updates.iter().map(|update| update.head.clone()).collect();
            let says = |at: usize| match entry.updates[at].grade {
                Some(grade) => format!("rating = {{ p = \"{grade}\" }}\ndone = \"その{at}\"\n"),
                None => format!("done = \"その{at}\"\n"),
            };
            files.push((format!("records/{}.toml", entry.id), written(&heads, "update", &EVALUATORS, says)));
        }
        files
    }

    /// What the model counts, in the words of the JSON.
    fn tally(&self, asked: Asked, by: usize) -> Json {
        let version = self.version(asked.period);
        let mut counts: Vec<u64> = vec![0; version.grades.len()];
        let (mut entries, mut unreported, mut fresh) = (0, 0, 0);
        for entry in self.entries.iter().filter(|entry| entry.is_in(asked.period)) {
            entries += 1;
            let heads: Vec<Head> = entry.updates.iter().map(|update| update.head.clone()).collect();
            let known: Vec<usize> = counted(&heads, asked).into_iter().filter(|at| heads[*at].by == by).collect();
            fresh += u64::from(known.iter().any(|at| heads[*at].about.touches(asked.period)));
            let rated = known.iter().rev().find_map(|at| entry.updates[*at].grade);
            match rated.and_then(|grade| version.grades.iter().position(|(id, _)| *id == grade)) {
                Some(grade) => counts[grade] += 1,
                None => unreported += 1,
            }
        }
        let of = |counting: bool| -> u64 {
            version.grades.iter().zip(&counts).filter(|((_, counts), _)| *counts == counting).map(|(_, n)| n).sum()
        };
        let count = |id: &str| version.grades.iter().position(|(grade, _)| *grade == id).map_or(0, |at| counts[at]);
        let by_grade = version.grades.iter().zip(&counts).map(|((id, _), n)| ((*id).to_owned(), Json::from(*n)));
        let sums =
            version.sums.iter().map(|(id, of)| ((*id).to_owned(), of.iter().map(|id| count(id)).sum::<u64>().into()));
        serde_json::json!({
            "entries": entries,
            "rated": of(true),
            "unreported": unreported,
            "excluded": of(false),
            "reported_this_period": fresh,
            "counts": by_grade.collect::<serde_json::Map<_, _>>(),
            "composites": sums.collect::<serde_json::Map<_, _>>(),
        })
    }

    /// The shares of the grades and sums, as they are printed; a share of what does not count there is none.
    fn shares(&self, asked: Asked, tally: &Json) -> Vec<String> {
        let version = self.version(asked.period);
        let rated = i128::from(tally["rated"].as_u64().unwrap());
        let counts = |id: &str| version.grades.iter().any(|(grade, counts)| *grade == id && *counts);
        let share = |n: u64| Fraction::new(n.into(), rated).percent(self.digits, self.is_cut_off);
        let grades = version.grades.iter().filter(|(_, counts)| *counts).map(|(id, _)| &tally["counts"][id]);
        let sums = version.sums.iter().filter(|(_, of)| of.iter().all(|id| counts(id)));
        let sums = sums.map(|(id, _)| &tally["composites"][id]);
        if rated == 0 { Vec::new() } else { grades.chain(sums).map(|n| share(n.as_u64().unwrap())).collect() }
    }
}

impl Entry {
    /// In the plan at the period's end.
    fn is_in(&self, period: Stretch) -> bool {
        let begin = |at: u32| Stretch::quarter(at).first();
        self.added.is_none_or(|added| begin(added) <= period.last())
            && self.dropped.is_none_or(|dropped| period.last() < begin(dropped))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: plans(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_counted_is_what_the_model_counts(seed in any::<u64>()) {
        let mut chance = Chance::new(seed);
        let city = City::any(&mut chance);
        let files = city.files();
        let loaded = source::load(&snapshot(&files), "plan");
        let told: Vec<&str> = loaded.findings.iter().map(|finding| finding.message.text(Lang::En)).collect();
        let Some(plan) = loaded.plan.as_ref() else { panic!("{told:?}\n{}", shown(&files)) };
        for _ in 0..4 {
            let is_of_years = chance.percent(25);
            let (asked, by) = (Asked::any(&mut chance, is_of_years), chance.below(2));
            let as_of = AsOf::parse(&asked.words(), plan.head.cycle).unwrap();
            // A day means the quarter around it, the plan's cycle.
            let asked = match asked.heard {
                Some(day) => Asked::on(quarter_around(day), day),
                None => asked,
            };
            let status = status(plan, Question::new(as_of, 0, by));
            let report = StatusReport::new(status, View::default());
            let (json, tally) = (report.json(), city.tally(asked, by));
            let place = || format!("{} by {}\n{}", asked.words(), EVALUATORS[by], shown(&files));
            for (key, expected) in tally.as_object().unwrap() {
                prop_assert_eq!(&json["total"][key], expected, "{} of {}", key, place());
            }
            // Across a change of scale nothing is compared; counts of then may still be listed.
            let before = asked.period.before();
            let is_compared = before.is_some_and(|before| std::ptr::eq(city.version(before), city.version(asked.period)));
            let previous = before.filter(|_| is_compared).map(|before| before.name());
            prop_assert_eq!(json["previous"].as_str(), previous.as_deref(), "previous of {}", place());
            if let Some(period) = before.filter(|_| is_compared) {
                let then = city.tally(Asked { period, day: period.last(), ..asked }, by);
                for (key, expected) in then.as_object().unwrap() {
                    prop_assert_eq!(&json["total"]["before"][key], expected, "{} before {}", key, place());
                }
            }
            let printed = percentages(&report);
            prop_assert_eq!(printed, city.shares(asked, &tally), "{}", place());
        }
    }
}

fn quarter_around(day: NaiveDate) -> Stretch {
    (0..16).map(Stretch::quarter).find(|quarter| day <= quarter.last()).unwrap()
}

/// The percentages of the whole plan in their order, as they are printed.
fn percentages(report: &StatusReport<'_>) -> Vec<String> {
    let text = formats::TEXT.write(report, Lang::En, Encoding::Utf8).unwrap();
    let text = String::from_utf8(text).unwrap();
    let row = text.lines().find(|line| line.trim_start().starts_with("Whole plan")).unwrap_or_default();
    let share = |word: &str| Some(word.strip_prefix('(')?.strip_suffix("%)")?.to_owned());
    row.split(' ').filter_map(share).collect()
}
