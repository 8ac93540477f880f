//! Plans of many cities, written the same way every time: `FOLDER/431001/plan/…`. No two of them are alike: cycles, scales,
//! evaluators, denominators, kinds of indicators, late and lacking reports, corrections, targets that were revised.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How large each city's plan is.
#[derive(Debug, Clone, Copy)]
pub struct CitySize {
    /// Entries that are counted; each has a records file.
    pub entries: usize,
    /// Quarters that were reported on, four a year.
    pub quarters: usize,
    /// Indicators; each has a value a quarter.
    pub indicators: usize,
}

/// As the ministry would have them: 1,741 of these.
pub const NATION: CitySize = CitySize { entries: 200, quarters: 16, indicators: 40 };

/// R4: the first fiscal year of every plan.
const FIRST: usize = 4;
const OWNERS: usize = 12;
const GRADES: [&str; 4] = ["ahead", "on-track", "delayed", "out"];
const KINDS: [&str; 7] = ["up", "down", "at-least", "at-most", "range", "maintain", "milestone"];
const DONE: [&str; 4] = [
    "予約枠を広げ、担当者研修を2回行った。",
    "対象の事務を洗い出し、手順書を改めた。",
    "3地区で説明会を開き、延べ120人が参加した。",
    "新しい仕組みを一部の窓口で試した。",
];
const THEMES: [(&str, &str); 5] = [
    ("counter", "窓口の改善"),
    ("people", "職員の育成"),
    ("money", "財源の確保"),
    ("sites", "施設の見直し"),
    ("work", "事務の効率化"),
];
const ISSUE: &str = "予約のない来庁が多い。";
const NEXT: &str = "案内の掲示を見直す。";

/// The code of the n-th city: 47 prefectures by turns, with the check digit.
pub fn code(n: usize) -> String {
    let digits = format!("{:02}{:03}", n % 47 + 1, n / 47 + 100);
    let sum: u32 = (2..=6).rev().zip(digits.bytes()).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    format!("{digits}{}", (11 - sum % 11) % 10)
}

/// Writes the plan of the n-th city below a folder.
pub fn write(folder: &Path, n: usize, size: CitySize) {
    let plan = folder.join(code(n)).join("plan");
    for folder in ["outline", "records"] {
        fs::create_dir_all(plan.join(folder)).unwrap();
    }
    let put = |path: String, text: String| fs::write(plan.join(path), text).unwrap();
    let city = City { n, size };
    put("plan.toml".into(), city.head());
    put(
        "owners.toml".into(),
        (0..OWNERS).map(|owner| format!("[owner-{owner}]\nname = \"第{owner}課\"\n\n")).collect(),
    );
    put("sources.toml".into(), "[K01]\ntitle = \"計画書\"\n".into());
    put("indicators.toml".into(), city.indicators());
    put("themes.toml".into(), city.themes());
    for top in 1..=TOPS {
        put(format!("outline/{top}.toml"), city.outline(top));
    }
    for entry in 0..size.entries {
        put(format!("records/{}.toml", id(entry)), city.updates(entry));
    }
    for indicator in 0..size.indicators {
        put(format!("records/indicator-{indicator}.toml"), city.measures(indicator));
    }
}

/// Policies at the top, each with as many measures.
const TOPS: usize = 5;

fn id(entry: usize) -> String {
    format!("{}-{}-{}", entry % TOPS + 1, entry / TOPS % TOPS + 1, entry / TOPS / TOPS + 1)
}

struct City {
    n: usize,
    size: CitySize,
}

impl City {
    /// A number below `most` that looks like chance and is always the same.
    fn chance(&self, salt: usize, at: usize, most: usize) -> usize {
        let mut x = (self.n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (salt as u64) << 40 ^ at as u64;
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ x >> 31) % most as u64) as usize
    }

    fn last(&self) -> usize {
        FIRST + self.size.quarters.div_ceil(4).max(1) - 1
    }

    fn has_committee(&self) -> bool {
        self.n % 3 == 1
    }

    fn head(&self) -> String {
        let (code, last, n) = (code(self.n), self.last(), self.n);
        let denominator = ["rated", "due"][n % 2];
        let committee = if self.has_committee() {
            "[[evaluator]]\nid = \"dept\"\nname = \"所管評価\"\n\n[[evaluator]]\nid = \"committee\"\nname = \"委員会評価\"\n"
        } else {
            ""
        };
        format!(
            "schema = 1\nid = \"reform-{n}\"\nname = \"第{n}市行政改革プラン\"\ncity = \"第{n}市\"\ncity-code = \"{code}\"\n\
             fictional = true\nperiod = {{ from = \"R{FIRST}\", to = \"R{last}\" }}\ncycle = \"quarter\"\n\
             levels = [\"基本方針\", \"施策\", \"取組項目\"]\ndenominator = \"{denominator}\"\nsource = \"K01\"\n\n\
             [[scale]]\nid = \"progress\"\nname = \"進捗状況\"\ngrades = [\n  {{ id = \"ahead\", name = \"計画以上\" }},\n  \
             {{ id = \"on-track\", name = \"計画どおり\" }},\n  {{ id = \"delayed\", name = \"遅れ\", attention = true }},\n  \
             {{ id = \"out\", name = \"評価対象外\", counts = false }},\n]\n\n{committee}"
        )
    }

    fn outline(&self, top: usize) -> String {
        let mut text = format!("[{top}]\nname = \"基本方針{top}\"\n");
        for measure in 1..=TOPS {
            let _ = write!(text, "\n[{top}-{measure}]\nname = \"施策{top}-{measure}\"\n");
        }
        for entry in (0..self.size.entries).filter(|entry| entry % TOPS + 1 == top) {
            let (id, owner) = (id(entry), self.chance(1, entry, OWNERS));
            let theme = THEMES[self.theme(entry)].1;
            let _ = write!(text, "\n[{id}]\nname = \"{theme}（{id}）\"\nowner = \"owner-{owner}\"\nsource = \"K01\"\n");
            match self.chance(2, entry, 20) {
                0 => text.push_str(&format!("dropped = \"R{}\"\n", self.last())),
                1 => text.push_str(&format!("added = \"R{}\"\n", FIRST + 1)),
                2 => text.push_str(&format!("start = \"R{}Q3\"\n", FIRST)),
                _ => {}
            }
        }
        text
    }

    fn theme(&self, entry: usize) -> usize {
        self.chance(14, entry, THEMES.len())
    }

    fn themes(&self) -> String {
        let theme = |(at, (key, name)): (usize, &(&str, &str))| {
            let entries = (0..self.size.entries).filter(|entry| self.theme(*entry) == at);
            let ids: Vec<String> = entries.map(|entry| format!("\"{}\"", id(entry))).collect();
            format!("[{key}]\nframework = \"全国の枠組み\"\nname = \"{name}\"\nof = [{}]\n\n", ids.join(", "))
        };
        THEMES.iter().enumerate().map(theme).collect()
    }

    fn updates(&self, entry: usize) -> String {
        let mut text = String::new();
        for quarter in 0..self.size.quarters {
            // Some reports never come.
            if self.chance(3, entry * 64 + quarter, 40) == 0 {
                continue;
            }
            let (year, part) = (FIRST + quarter / 4, quarter % 4 + 1);
            let (recorded, grade) = (day_after(year, part), GRADES[self.grade(entry, quarter)]);
            let progress = quarter * 100 / self.size.quarters;
            let evaluator = if self.has_committee() && part == 4 && entry.is_multiple_of(2) {
                "evaluator = \"committee\"\n"
            } else {
                ""
            };
            let _ = write!(
                text,
                "[[update]]\nperiod   = \"R{year}Q{part}\"\nrecorded = {recorded}\nrating   = {{ progress = \"{grade}\" }}\n\
                 {evaluator}progress = {progress}\ndone     = \"{}\"\n",
                DONE[self.chance(4, entry * 64 + quarter, DONE.len())]
            );
            if grade == "delayed" {
                let _ = write!(text, "issue    = \"{ISSUE}\"\nnext     = \"{NEXT}\"\n");
            }
            text.push('\n');
        }
        if self.size.quarters > 1 && self.chance(5, entry, 25) == 0 && text.contains(&format!("\"R{FIRST}Q1\"")) {
            let first = day_after(FIRST, 1);
            let _ = write!(
                text,
                "[[update]]\nperiod   = \"R{FIRST}Q1\"\nrecorded = {first}\nrating   = {{ progress = \"delayed\" }}\n\
                 corrects = \"R{FIRST}Q1/{first}\"\n\n"
            );
        }
        text
    }

    fn grade(&self, entry: usize, quarter: usize) -> usize {
        match self.chance(6, entry * 64 + quarter / 2, 20) {
            0..=3 => 0,
            4..=15 => 1,
            16..=18 => 2,
            _ => 3,
        }
    }

    fn kind(&self, indicator: usize) -> &'static str {
        // Most of them rise or fall.
        KINDS[match self.chance(7, indicator, 10) {
            0..=3 => 0,
            4..=5 => 1,
            other => other - 4,
        }]
    }

    fn indicators(&self) -> String {
        let last = self.last();
        let mut text = String::new();
        for indicator in 0..self.size.indicators {
            let (kind, entry) = (self.kind(indicator), id(self.chance(8, indicator, self.size.entries)));
            let value = 40 + self.chance(9, indicator, 30);
            let _ = write!(
                text,
                "[indicator-{indicator}]\nname = \"指標{indicator}\"\nkind = \"{kind}\"\nentry = \"{entry}\"\nseries = \"snapshot\"\n"
            );
            let wanted = match kind {
                "down" | "at-most" => format!("{}", value - 15),
                "range" => format!("\"{value}〜{}\"", value + 10),
                "milestone" => "\"実施\"".to_owned(),
                _ => format!("{}", value + 15),
            };
            match kind {
                "milestone" => text.push_str("steps = [\"検討\", \"準備\", \"実施\", \"完了\"]\n"),
                "maintain" => text.push_str("unit = \"％\"\ntolerance = 5\n"),
                _ => text.push_str("unit = \"％\"\n"),
            }
            if !matches!(kind, "range" | "milestone") {
                let _ = writeln!(text, "baseline = {{ R{} = {value}.5 }}", FIRST - 1);
            }
            let _ = writeln!(text, "target = {{ R{last} = {wanted} }}");
            if kind == "up" && self.chance(10, indicator, 5) == 0 {
                let (until, harder) = (format!("{}-03-31", 2019 + FIRST), value + 25);
                let _ = writeln!(
                    text,
                    "revised = [{{ until = {until}, target = {{ R{last} = {harder} }}, reason = \"見通しが変わった。\" }}]"
                );
            }
            text.push('\n');
        }
        text
    }

    fn measures(&self, indicator: usize) -> String {
        let (kind, mut text) = (self.kind(indicator), String::new());
        let begin = 40 + self.chance(9, indicator, 30);
        // Of some nothing was ever measured.
        let lacks = self.chance(11, indicator, 12) == 0;
        for quarter in (0..self.size.quarters).filter(|_| !lacks) {
            let (year, part) = (FIRST + quarter / 4, quarter % 4 + 1);
            let recorded = day_after(year, part);
            let moved = self.chance(12, indicator * 64 + quarter, 20);
            let value = match kind {
                _ if self.chance(13, indicator * 64 + quarter, 30) == 0 => "\"未公表\"".to_owned(),
                "milestone" => format!(
                    "\"{}\"",
                    ["検討", "準備", "実施", "完了"][(quarter * 3 / self.size.quarters + moved / 18).min(3)]
                ),
                "down" | "at-most" => format!("{}.{}", begin + 5 - moved, moved % 10),
                _ => format!("{}.{}", begin + moved, moved % 10),
            };
            let _ =
                write!(text, "[[measure]]\nperiod = \"R{year}Q{part}\"\nrecorded = {recorded}\nvalue = {value}\n\n");
        }
        text
    }
}

/// A day soon after a quarter of a Reiwa year: R7Q2 → 2025-10-03.
fn day_after(year: usize, quarter: usize) -> String {
    let western = 2018 + year + quarter / 3;
    let month = [7, 10, 1, 4][quarter - 1];
    let western = if quarter == 3 { 2018 + year + 1 } else { western };
    format!("{western}-{month:02}-03")
}
