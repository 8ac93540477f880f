//! Whether an entry was reported on for a period: the roll-up, the reminders, the working and the forms say the same.

use kaikaku::inquiry::form;
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::plan::id::Id;
use kaikaku::query::due::{What, due};
use kaikaku::query::explain::{Name, explain};
use kaikaku::query::status::{Question, status};
use kaikaku::query::{AsOf, Scope};
use kaikaku::source;
use proptest::prelude::*;

use crate::generate::snapshot;

/// A period of the plan's first two years by its first and last month, counted from April of R6.
#[derive(Debug, Clone, Copy)]
struct Months(usize, usize);

impl Months {
    fn name(self) -> String {
        let (year, month) = (6 + self.0 / 12, self.0 % 12);
        match self.1 - self.0 + 1 {
            12 => format!("R{year}"),
            6 => format!("R{year}H{}", 1 + month / 6),
            3 => format!("R{year}Q{}", 1 + month / 3),
            // January is in the western year after the one in which the fiscal year begins.
            _ => format!("{}-{:02}", 2018 + year + (month + 3) / 12, (month + 3) % 12 + 1),
        }
    }

    fn covers(self, other: Self) -> bool {
        self.0 <= other.0 && other.1 <= self.1
    }
}

#[derive(Debug, Clone)]
struct Report {
    entry: usize,
    about: Months,
    /// Days after the first day of its period.
    days: u64,
    by_committee: bool,
}

fn months() -> impl Strategy<Value = Months> {
    prop_oneof![Just(12usize), Just(6), Just(3), Just(1)]
        .prop_flat_map(|length| (0..24 / length).prop_map(move |at| Months(at * length, (at + 1) * length - 1)))
}

fn first_day(about: Months) -> chrono::NaiveDate {
    let months = u32::try_from(about.0).unwrap();
    chrono::NaiveDate::from_ymd_opt(2024, 4, 1).unwrap() + chrono::Months::new(months)
}

impl Report {
    fn recorded(&self) -> chrono::NaiveDate {
        first_day(self.about) + chrono::Days::new(self.days)
    }

    /// Whether it is known at the end of a quarter and says enough for it.
    fn answers(&self, quarter: Months) -> bool {
        let end = first_day(Months(quarter.1 + 1, quarter.1 + 1)).pred_opt().unwrap();
        let is_known = self.about.1 <= quarter.1 || self.about.0 <= quarter.1 && self.recorded() <= end;
        !self.by_committee && is_known && (self.about.covers(quarter) || quarter.covers(self.about))
    }
}

const ENTRIES: usize = 3;

fn plan(reports: &[Report]) -> Plan {
    let head = "schema = 1\nid = \"g\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R7\" }\ncycle = \"quarter\"\n\
                levels = [\"項目\"]\n[[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"a\", name = \"良\" }]\n\
                [[evaluator]]\nid = \"dept\"\nname = \"所管\"\n[[evaluator]]\nid = \"committee\"\nname = \"委員会\"\n";
    let outline: String = (1..=ENTRIES).map(|id| format!("[{id}]\nname = \"項目{id}\"\nowner = \"o\"\n")).collect();
    let mut files = vec![
        ("plan.toml".to_owned(), head.to_owned()),
        ("owners.toml".to_owned(), "[o]\nname = \"課\"\n".to_owned()),
        ("outline/1.toml".to_owned(), outline),
    ];
    for entry in 0..ENTRIES {
        let mine = reports.iter().enumerate().filter(|(_, report)| report.entry == entry);
        let block = |(at, report): (usize, &Report)| {
            let by = if report.by_committee { "evaluator = \"committee\"\n" } else { "" };
            let (about, day) = (report.about.name(), report.recorded());
            format!("[[update]]\nperiod = \"{about}\"\nrecorded = {day}\n{by}done = \"その{at}\"\n")
        };
        files.push((format!("records/{}.toml", entry + 1), mine.map(block).collect()));
    }
    let loaded = source::load(&snapshot(&files), "plan");
    loaded.plan.unwrap_or_else(|| panic!("{:?}", loaded.findings))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_output_says_the_same_of_what_was_reported(
        reports in prop::collection::vec(
            (0..ENTRIES, months(), 0u64..400, prop::bool::weighted(0.2))
                .prop_map(|(entry, about, days, by_committee)| Report { entry, about, days, by_committee }),
            0..8,
        ),
        quarter in 0usize..7,
    ) {
        let plan = plan(&reports);
        let asked = Months(quarter * 3, quarter * 3 + 2);
        let as_of = AsOf::parse(&asked.name(), plan.head.cycle).unwrap();
        let told = |entry: usize| reports.iter().any(|report| report.entry == entry && report.answers(asked));
        let expected: Vec<bool> = (0..ENTRIES).map(told).collect();

        let status = status(&plan, Question::new(as_of, 0, 0));
        let fresh: Vec<bool> = status.nodes.iter().map(|node| node.tally.fresh == 1).collect();
        prop_assert_eq!(&fresh, &expected, "the roll-up, {}\n{:?}", asked.name(), reports);
        prop_assert_eq!(status.total.fresh, expected.iter().filter(|told| **told).count() as u64);

        let explained = explain(&plan, None, as_of, 0, 0);
        let mut steps = explained.parts.iter().flat_map(|part| &part.steps);
        let working = steps.find(|step| matches!(step.name, Name::Fresh)).unwrap();
        let counted: Vec<String> = working.numbers.iter().map(|number| number.symbol.to_string()).collect();
        let ids = |wanted: bool| (0..ENTRIES).filter(|at| expected[*at] == wanted).map(|at| (at + 1).to_string()).collect::<Vec<_>>();
        prop_assert_eq!(counted, ids(true), "the working");

        let dues = due(&plan, as_of, Scope::default());
        let owed = dues.all().filter(|due| matches!(due.what, What::Update { .. }));
        let owed: Vec<String> = owed.filter_map(|due| due.subject?.entry()).map(|at| plan.entries[at].id.to_string()).collect();
        prop_assert_eq!(owed, ids(false), "the reminders");

        // What is recorded for the very period may lack an answer, which the form still asks for.
        let form = form::form(&plan, 0, as_of.period, Lang::Ja);
        for at in 0..ENTRIES {
            let id = Id::parse(&(at + 1).to_string()).unwrap();
            let item = form.items.iter().find(|item| item.id == id).unwrap();
            let asks = item.questions.iter().any(|question| question.required && question.recorded.is_none());
            let another = |r: &Report| r.entry == at && r.answers(asked) && r.about.name() != asked.name();
            prop_assert_eq!(asks, !reports.iter().any(another), "the form of {}", id);
        }
    }
}
