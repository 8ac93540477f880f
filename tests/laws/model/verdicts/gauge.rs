//! A plan with one indicator, any of those that the reference describes.

use chrono::{Days, NaiveDate};

use super::super::chance::Chance;
use super::super::records::{Head, Stretch, written};

pub const STEPS: [&str; 4] = ["検討", "設計", "試行", "運用開始"];

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Up,
    Down,
    AtLeast,
    AtMost,
    Maintain,
    Range,
    Milestone,
}

/// A target; numbers in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Number(i128),
    /// The number itself does not reach it.
    Strict(i128),
    Range(i128, i128),
    Step(usize),
    /// More, or less, than the baseline.
    Moved,
    /// No number.
    Words,
}

/// A value by the year of the plan, from 0 (the baseline has one before).
pub type Targets = Vec<(u32, Target)>;

/// What a record says of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Number(i128),
    Step(usize),
    Absent(&'static str),
}

#[derive(Debug, Clone)]
pub struct Measure {
    pub head: Head,
    pub said: Said,
    pub is_provisional: bool,
}

/// What is expected by a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    Line,
    Step,
    Targets,
    ProRata,
}

/// The sets of bands: those that come with the program, and one of the plan's own.
pub const SETS: [&str; 6] = ["standard", "pro-rata-3", "s-a-b-c", "tenths-7", "expected-95-85", "own"];

pub struct Gauge {
    pub digits: u32,
    pub is_cut_off: bool,
    pub kind: Kind,
    pub is_flow: bool,
    /// Hundredths by which a value may lie away.
    pub tolerance: i128,
    /// In R5.
    pub baseline: Option<Said>,
    pub targets: Targets,
    /// What held until a day.
    pub revised: Option<(NaiveDate, Targets)>,
    pub measures: Vec<Measure>,
    /// Of the indicator, of the plan.
    pub against: [Option<&'static str>; 2],
    pub set: &'static str,
    pub pace: Option<Pace>,
}

impl Gauge {
    pub fn any(chance: &mut Chance) -> Self {
        use Kind::{AtLeast, AtMost, Down, Maintain, Milestone, Range, Up};
        let kind = chance.pick(&[Up, Up, Down, Down, AtLeast, AtMost, Maintain, Range, Milestone]);
        let against = [(); 2].map(|()| chance.percent(25).then(|| chance.pick(&["period", "final"])));
        let has_baseline = chance.percent(85);
        let mut gauge = Self {
            digits: u32::try_from(chance.below(4)).unwrap(),
            is_cut_off: chance.percent(50),
            kind,
            is_flow: chance.percent(35),
            tolerance: 50 * i128::try_from(chance.below(5)).unwrap(),
            baseline: None,
            targets: Vec::new(),
            revised: None,
            measures: Vec::new(),
            against,
            set: if chance.percent(40) { "standard" } else { chance.pick(&SETS) },
            pace: chance.percent(30).then(|| chance.pick(&[Pace::Line, Pace::Step, Pace::Targets, Pace::ProRata])),
        };
        gauge.baseline = has_baseline.then(|| gauge.said(chance));
        gauge.targets = gauge.any_targets(chance);
        if !gauge.targets.is_empty() && chance.percent(15) {
            let until = Stretch::year(0).first() + Days::new(u64::try_from(chance.below(1400)).unwrap());
            // Of some of the years, among them the last: none was moved to another year.
            let last = gauge.targets.len() - 1;
            let kept: Targets =
                gauge.targets.iter().enumerate().filter(|(at, _)| *at == last).map(|(_, of)| *of).collect();
            let former = kept.into_iter().map(|(year, target)| (year, gauge.another(chance, target))).collect();
            gauge.revised = Some((until, former));
        }
        gauge.measure(chance);
        gauge
    }

    /// A number of up to 200, now and then below 0.
    fn number(chance: &mut Chance) -> i128 {
        let number = i128::try_from(chance.below(80)).unwrap() * 250;
        if chance.percent(4) { -number } else { number + 25 }
    }

    fn said(&self, chance: &mut Chance) -> Said {
        match self.kind {
            Kind::Milestone => Said::Step(chance.below(STEPS.len())),
            _ => Said::Number(Self::number(chance)),
        }
    }

    fn target(&self, chance: &mut Chance) -> Target {
        let number = Self::number(chance);
        match self.kind {
            Kind::Milestone => Target::Step(chance.below(STEPS.len())),
            Kind::Range => Target::Range(number, number + 250 * i128::try_from(1 + chance.below(20)).unwrap()),
            Kind::Maintain => Target::Number(number),
            _ => Target::Number(number),
        }
    }

    fn another(&self, chance: &mut Chance, target: Target) -> Target {
        match target {
            Target::Moved | Target::Words => target,
            _ => self.target(chance),
        }
    }

    fn any_targets(&self, chance: &mut Chance) -> Targets {
        if chance.percent(5) {
            return Vec::new();
        }
        let is_directed = matches!(self.kind, Kind::Up | Kind::Down);
        if is_directed && self.baseline.is_some() && chance.percent(8) {
            return vec![(3, Target::Moved)];
        }
        if self.kind != Kind::Milestone && chance.percent(4) {
            return vec![(3, Target::Words)];
        }
        let mut targets: Targets = Vec::new();
        for year in 0..3 {
            if chance.percent(35) {
                targets.push((year, self.target(chance)));
            }
        }
        targets.push((3, self.target(chance)));
        if let (Some((_, last @ Target::Number(number))), true) =
            (targets.last().copied(), is_directed && chance.percent(10))
        {
            let _ = last;
            targets.pop();
            targets.push((3, Target::Strict(number)));
        }
        targets
    }

    /// Each year has values, first provisional ones perhaps, or a record that there is none.
    fn measure(&mut self, chance: &mut Chance) {
        let absent: Vec<Option<&'static str>> =
            (0..4).map(|_| chance.percent(12).then(|| chance.pick(&["未調査", "未公表", "対象外"]))).collect();
        for _ in 0..chance.below(8) {
            let year = chance.below(4);
            let about = Stretch::year(u32::try_from(year).unwrap());
            let earliest = about.first() + Days::new(chance.pick(&[60, 200, 366]));
            let before: Vec<Head> = self.measures.iter().map(|measure| measure.head.clone()).collect();
            let head = Head::any(chance, about, earliest, 0, &before);
            let said = absent[year].map_or_else(|| self.near(chance), Said::Absent);
            let is_provisional = absent[year].is_none() && chance.percent(35);
            self.measures.push(Measure { head, said, is_provisional });
        }
    }

    /// A value; often the very one of a target or of the baseline.
    fn near(&self, chance: &mut Chance) -> Said {
        let mut known: Vec<Said> = self.baseline.into_iter().collect();
        known.extend(self.targets.iter().filter_map(|(_, target)| match target {
            Target::Number(number) | Target::Strict(number) => Some(Said::Number(*number)),
            Target::Range(_, most) => Some(Said::Number(*most)),
            Target::Step(step) => Some(Said::Step(*step)),
            Target::Moved | Target::Words => None,
        }));
        if !known.is_empty() && chance.percent(25) { chance.pick(&known) } else { self.said(chance) }
    }

    pub fn files(&self) -> Vec<(String, String)> {
        let mode = if self.is_cut_off { "truncate" } else { "half-up" };
        let pace = self.pace.map(|pace| format!("pace = \"{}\"\n", pace.key())).unwrap_or_default();
        let against = |of: Option<&str>| of.map(|of| format!("against = \"{of}\"\n")).unwrap_or_default();
        let own = "[[bands]]\nid = \"own\"\nname = \"独自\"\nsource = \"手引き\"\nby = \"ratio\"\ntolerance = 0.5\nbands = [\n\
                   { id = \"a\", name = \"A\", verdict = \"met\", at-least = 100 },\n\
                   { id = \"b\", name = \"B\", verdict = \"on-pace\", at-least = 80 },\n\
                   { id = \"c\", name = \"C\", verdict = \"behind\", at-least = 40, baseline = \"not-worse\" },\n\
                   { id = \"d\", name = \"D\", verdict = \"worsened\" },\n]\n";
        let head = format!(
            "schema = 1\nid = \"model\"\nname = \"計画\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\nlevels = [\"取組\"]\n\
             [rounding]\ndigits = {}\nmode = \"{mode}\"\n[judge]\nbands = \"{}\"\nactual-by-target = true\n{pace}{}{own}",
            self.digits,
            self.set,
            against(self.against[1])
        );
        let list = |targets: &Targets| {
            let target = |(year, target): &(u32, Target)| format!("R{} = {}", 6 + year, target.written(self.kind));
            targets.iter().map(target).collect::<Vec<_>>().join(", ")
        };
        let unit =
            if self.kind == Kind::Milestone { format!("steps = {STEPS:?}\n") } else { "unit = \"件\"\n".to_owned() };
        let series = if self.is_flow { "series = \"yearly\"\n" } else { "" };
        let tolerance = (self.kind == Kind::Maintain).then(|| format!("tolerance = {}\n", decimal(self.tolerance)));
        let baseline = self.baseline.map(|said| format!("baseline = {{ R5 = {} }}\n", said.written()));
        let targets = (!self.targets.is_empty()).then(|| format!("target = {{ {} }}\n", list(&self.targets)));
        let revised = self.revised.as_ref().map(|(until, former)| {
            format!("revised = [{{ until = {until}, target = {{ {} }}, reason = \"見直し\" }}]\n", list(former))
        });
        let parts = [tolerance, baseline, targets, revised].map(Option::unwrap_or_default).concat();
        let indicator = format!(
            "[x]\nname = \"指標\"\nkind = \"{}\"\n{unit}{series}{}{parts}",
            self.kind.key(),
            against(self.against[0])
        );
        let heads: Vec<Head> = self.measures.iter().map(|measure| measure.head.clone()).collect();
        let says = |at: usize| {
            let Measure { said, is_provisional, .. } = &self.measures[at];
            let provisional = if *is_provisional { "provisional = true\n" } else { "" };
            let key = if matches!(said, Said::Absent(_)) { "absent" } else { "value" };
            format!("{key} = {}\nnote = \"その{at}\"\n{provisional}", said.written())
        };
        vec![
            ("plan.toml".to_owned(), head),
            ("outline/1.toml".to_owned(), "[1]\nname = \"取組\"\n".to_owned()),
            ("indicators.toml".to_owned(), indicator),
            ("records/x.toml".to_owned(), written(&heads, "measure", &[], says)),
        ]
    }
}

/// Hundredths as a decimal.
fn decimal(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Maintain => "maintain",
            Self::Range => "range",
            Self::Milestone => "milestone",
        }
    }
}

impl Pace {
    fn key(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Step => "step",
            Self::Targets => "targets",
            Self::ProRata => "pro-rata",
        }
    }
}

impl Said {
    fn written(self) -> String {
        match self {
            Self::Number(number) => decimal(number),
            Self::Step(step) => format!("\"{}\"", STEPS[step]),
            Self::Absent(why) => format!("\"{why}\""),
        }
    }
}

impl Target {
    fn written(self, kind: Kind) -> String {
        match self {
            Self::Number(number) => decimal(number),
            Self::Strict(number) => format!("{{ value = {}, strict = true }}", decimal(number)),
            Self::Range(least, most) => format!("{{ min = {}, max = {} }}", decimal(least), decimal(most)),
            Self::Step(step) => format!("\"{}\"", STEPS[step]),
            Self::Moved => format!("\"{}\"", if kind == Kind::Up { "増加" } else { "減少" }),
            Self::Words => "\"検討中\"".to_owned(),
        }
    }
}
