//! 正誤表: the figures of a closed period as they were published, and as they hold now.

mod reason;

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::lang::Lang;
use crate::plan::closing::{About, Closing, SHORT, Words};
use crate::plan::indicator::Indicator;
use crate::plan::period::{Parsed, Period, date_text};
use crate::plan::value::Certainty;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::gap::{Rate, Verdict, Why};
use crate::query::published::Difference;
use crate::query::published::because::because;
use crate::source::Snapshot;
use crate::tr;

use super::document::{Block, Cell, Column, Document, Row, Section, Table, Tone};
use super::{Report, heading, json as numbers, words};

/// What differs of one closed period.
#[derive(Debug)]
pub struct ErrataReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Its files, which tell the line of each figure.
    pub snapshot: &'p Snapshot,
    /// What was published.
    pub closing: &'p Closing,
    /// What differs, in order.
    pub differences: Vec<Difference<'p>>,
}

impl Report for ErrataReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let as_of = AsOf::end_of(self.closing.period);
        let mut document = heading::document(self.plan, lang.pick("正誤表", "errata"), Some(as_of), lang);
        document.lead.push(self.closed(lang));
        if self.closing.altered().is_some() {
            document.lead.push(
                lang.pick(
                    "※ 公表した数字が指紋と合いません。手で書き換えられています。",
                    "* The published figures do not match their fingerprint: they were edited by hand.",
                )
                .into(),
            );
        }
        let block = if self.differences.is_empty() {
            let nothing =
                lang.pick("公表した数字から変わったものはありません。", "Nothing differs from what was published.");
            Block::Text(nothing.into())
        } else {
            Block::Table(self.for_people(lang))
        };
        document.sections.push(Section { blocks: vec![block], ..Section::default() });
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let titles = [
            ("id", "ID"),
            ("名称", "Name"),
            ("箇所", "Figure"),
            ("誤（公表）", "As published"),
            ("正（現在）", "As it holds now"),
            ("訂正の記録", "Recorded"),
            ("理由", "Reason"),
            ("ファイル", "File"),
            ("行", "Line"),
        ];
        let row = |d: &Difference<'_>| {
            let (file, line) = self.place(d).unzip();
            let recorded = if d.is_recorded() { lang.pick("済", "yes") } else { lang.pick("未", "no") };
            let texts = [
                d.about.id().map(ToString::to_string).unwrap_or_default(),
                name(self.plan, &d.about).unwrap_or_default().to_owned(),
                self.what(d, lang),
                self.side(d, d.published.map(|line| &line.words), lang),
                self.side(d, d.now.as_ref().map(|line| &line.words), lang),
                recorded.to_owned(),
                self.reason(d, lang),
                file.unwrap_or_default(),
            ];
            let mut cells: Vec<Cell> = texts.map(Cell::text).into();
            cells.push(line.map_or_else(Cell::default, |line| Cell::number(Decimal::from(line), line.to_string())));
            Row::new(cells)
        };
        let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        Table { columns, rows: self.differences.iter().map(row).collect(), ..Table::default() }
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let closing = self.closing;
        json!({
            "schema": 1,
            "plan": numbers::plan(self.plan),
            "as_of": numbers::as_of(AsOf::end_of(closing.period)),
            "closed": closing.closed.to_string(),
            "by": closing.by,
            "note": closing.note,
            "revision": closing.revision,
            "program": closing.program,
            "fingerprint": closing.fingerprint,
            "altered": closing.altered().is_some(),
            "differences": self.differences.iter().map(|d| self.difference(d)).collect::<Vec<_>>(),
        })
    }
}

impl ErrataReport<'_> {
    fn closed(&self, lang: Lang) -> String {
        let closing = self.closing;
        let (date, short) = (date_text(closing.closed, lang), closing.fingerprint.get(..SHORT).unwrap_or_default());
        let said = [&closing.by, &closing.note].into_iter().flatten().map(|text| &**text).collect::<Vec<_>>();
        let said = said.iter().map(|text| format!("{}{text}", lang.pick("　", "  "))).collect::<String>();
        tr!(lang, "{date} 確定{said}　指紋 {short}", "closed {date}{said}  fingerprint {short}")
    }

    fn for_people(&self, lang: Lang) -> Table {
        let titles = [
            ("項目・指標", "Entry, indicator"),
            ("箇所", "Figure"),
            ("誤（公表）", "As published"),
            ("正（現在）", "As it holds now"),
            ("理由・記録", "Reason"),
            ("場所", "Where"),
        ];
        let row = |d: &Difference<'_>| {
            let place = self.place(d).map(|(file, line)| format!("{file}:{line}")).unwrap_or_default();
            let reason = Cell::text(self.reason(d, lang));
            Row::new(vec![
                Cell::text(self.of_what(d, lang)),
                Cell::text(self.what(d, lang)),
                Cell::text(self.side(d, d.published.map(|line| &line.words), lang)),
                Cell::text(self.side(d, d.now.as_ref().map(|line| &line.words), lang)),
                if d.is_recorded() { reason } else { reason.toned(Tone::Warn) },
                Cell::text(place),
            ])
        };
        let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        let rows = self.differences.iter().map(row).collect();
        Table { columns, rows, begins: vec![1, 4], ..Table::default() }
    }

    /// File and line of what holds now, or of what was published where there is nothing now. Totals stand nowhere.
    fn place(&self, difference: &Difference<'_>) -> Option<(String, u64)> {
        let origin = difference.origin().filter(|_| difference.about != About::Total)?;
        let file = origin.file as usize;
        let (line, _) = self.snapshot.line_column(file, origin.offset as usize);
        Some((self.snapshot.shown_path(file), line as u64))
    }

    fn of_what(&self, difference: &Difference<'_>, lang: Lang) -> String {
        let Some(id) = difference.about.id() else { return lang.pick("合計", "Total").into() };
        let name = name(self.plan, &difference.about).unwrap_or_default();
        let then = difference.key.about.id().filter(|then| *then != id);
        let then = then.map(|then| tr!(lang, "（公表時 {then}）", " (published as {then})")).unwrap_or_default();
        format!("{id} {name}{then}")
    }

    /// Which figure, by the words of the plan.
    fn what(&self, difference: &Difference<'_>, lang: Lang) -> String {
        let mut keys = difference.key.what.split('.');
        let first = keys.next().unwrap_or_default();
        let (second, third) = (keys.next().unwrap_or_default(), keys.next().unwrap_or_default());
        if difference.about == About::Total {
            let what = keys.next().unwrap_or(third);
            return self.named([&self.scale(first), &self.total(first, what, lang)], second, lang);
        }
        match first {
            "rating" => self.named([&self.scale(second)], third, lang),
            "counts" => self.named([&self.scale(second), lang.pick("件数", "counts")], third, lang),
            "progress" => self.named([lang.pick("進捗率", "Progress")], second, lang),
            "texts" => self.named([lang.pick("実績・課題・今後の対応", "Done, issue, next")], second, lang),
            "baseline" => lang.pick("基準値", "Baseline").into(),
            "target" => lang.pick("目標値", "Target").into(),
            "actual" => lang.pick("実績値", "Actual").into(),
            "missing" => lang.pick("値がない理由", "Why no value").into(),
            "ratio_to_target" => lang.pick("対目標比", "To target").into(),
            "improvement" => lang.pick("改善率", "Improvement").into(),
            "verdict" => lang.pick("判定", "Verdict").into(),
            other => other.into(),
        }
    }

    /// Names, and the evaluator where there are several.
    fn named<const N: usize>(&self, names: [&str; N], evaluator: &str, lang: Lang) -> String {
        let known = self.plan.evaluators.iter().find(|e| e.id.as_str() == evaluator);
        let several = known.filter(|_| self.plan.evaluators.len() > 1);
        let who = several.map(|e| tr!(lang, "（{}）", " ({})", e.name)).unwrap_or_default();
        format!("{}{who}", names.join(lang.pick("　", ": ")))
    }

    fn scale(&self, id: &str) -> String {
        let scale = self.plan.scales.iter().find(|scale| scale.id.as_str() == id);
        scale.map_or_else(|| id.to_owned(), |scale| scale.version_near(self.closing.period).1.name.to_string())
    }

    fn total(&self, scale: &str, what: &str, lang: Lang) -> String {
        match what {
            "entries" => lang.pick("件数", "entries").into(),
            "rated" => lang.pick("評価済", "rated").into(),
            "unreported" => lang.pick("未報告", "unreported").into(),
            "excluded" => lang.pick("評価対象外", "excluded").into(),
            grade => self.grade(scale, grade, lang),
        }
    }

    fn grade(&self, scale: &str, id: &str, lang: Lang) -> String {
        if id == "unreported" {
            return lang.pick("未報告", "unreported").into();
        }
        let scale = self.plan.scales.iter().find(|s| s.id.as_str() == scale);
        let grade = scale.and_then(|s| s.version_near(self.closing.period).1.grade(id));
        grade.map_or_else(|| id.to_owned(), |(_, grade)| grade.name.to_string())
    }

    /// One side in the reader's words.
    fn side(&self, difference: &Difference<'_>, words: Option<&Words>, lang: Lang) -> String {
        let Some((first, rest)) = words.and_then(|words| words.split_first()) else { return words::none(lang).into() };
        let mut keys = difference.key.what.split('.');
        if keys.clone().next() == Some("counts") {
            let scale = keys.nth(1).unwrap_or_default();
            return self.counts(scale, words.into_iter().flatten(), lang);
        }
        let value = match (&difference.about, keys.next().unwrap_or_default()) {
            (About::Total, _) => tr!(lang, "{first}件", "{first}"),
            (_, "rating") => self.grade(keys.next().unwrap_or_default(), first, lang),
            (_, "progress") => tr!(lang, "{first}％", "{first}%"),
            (_, "texts") => tr!(lang, "文の指紋 {first}", "texts {first}"),
            (_, "ratio_to_target" | "improvement") => self.percent(first, lang),
            (_, "verdict") => verdict(first, lang).into(),
            (About::Indicator(id), _) => self.value(id.as_str(), first, lang),
            _ => first.to_string(),
        };
        let rest: Vec<String> = rest.iter().map(|word| word_of(word, lang)).collect();
        if rest.is_empty() {
            return value;
        }
        let rest = rest.join(lang.pick("、", ", "));
        tr!(lang, "{value}（{rest}）", "{value} ({rest})")
    }

    /// `順調 2件、未報告 1件` of `good 2`, `unreported 1`.
    fn counts<'w>(&self, scale: &str, words: impl Iterator<Item = &'w Box<str>>, lang: Lang) -> String {
        let count = |word: &str| {
            let (grade, count) = word.rsplit_once(' ')?;
            let grade = self.grade(scale, grade, lang);
            Some(tr!(lang, "{grade} {count}件", "{grade} {count}"))
        };
        words.filter_map(|word| count(word)).collect::<Vec<_>>().join(lang.pick("、", ", "))
    }

    fn percent(&self, fraction: &str, lang: Lang) -> String {
        let parse = |text: &str| Decimal::from_str_exact(text).ok();
        let rate = fraction.split_once('/').and_then(|(n, d)| Rate::of(parse(n)?, parse(d)?));
        rate.map_or_else(|| fraction.to_owned(), |rate| words::rate(Some(rate), self.plan.head.rounding, lang))
    }

    /// A value in its indicator's unit.
    fn value(&self, id: &str, word: &str, lang: Lang) -> String {
        let indicator: Option<&Indicator> = match self.plan.find(id) {
            Some(Subject::Indicator(place)) => self.plan.indicators.get(place),
            _ => None,
        };
        let in_unit = |text: &str| {
            let number = Decimal::from_str_exact(text).ok()?;
            Some(words::quantity(number, &indicator?.unit, lang))
        };
        let range = || {
            let (min, max) = word.split_once("..")?;
            Some(format!("{}{}{}", in_unit(min)?, lang.pick("～", "–"), in_unit(max)?))
        };
        let absence = || {
            use crate::plan::value::Absence;
            let all = [Absence::NotSurveyed, Absence::NotPublished, Absence::NotApplicable, Absence::NotSet];
            all.iter().find(|absence| absence.key() == word).map(|absence| absence.name(lang).to_owned())
        };
        in_unit(word).or_else(range).or_else(absence).unwrap_or_else(|| word.replace('|', lang.pick("・", ", ")))
    }

    fn difference(&self, d: &Difference<'_>) -> Json {
        let (file, line) = self.place(d).unzip();
        let corrections = d.corrections.iter().map(|correction| {
            let change = correction.changes.iter().find(|change| change.key == d.key);
            json!({
                "date": correction.date.to_string(),
                "reason": correction.reason,
                "by": correction.by,
                "before": change.and_then(|change| change.before.clone()),
                "after": change.and_then(|change| change.after.clone()),
            })
        });
        json!({
            "figure": d.key.to_string(),
            "id": d.about.id(),
            "name": name(self.plan, &d.about),
            "published": d.published.map(|line| &line.words),
            "now": d.now.as_ref().map(|line| &line.words),
            "recorded": d.is_recorded(),
            "because": because(self.plan, d).map(|because| json!({
                "record": because.record.shared().name().to_string(),
                "corrects": because.corrects.map(|of| of.to_string()),
                "withdrawn": because.record.shared().trace().withdrawn,
                "notes": because.notes,
            })),
            "corrections": corrections.collect::<Vec<_>>(),
            "file": file,
            "line": line,
        })
    }
}

fn name<'p>(plan: &'p Plan, about: &About) -> Option<&'p str> {
    match plan.index.get(about.id()?)? {
        Subject::Entry(place) => Some(&plan.entries[*place].name),
        Subject::Indicator(place) => Some(&plan.indicators[*place].name),
    }
}

fn verdict(key: &str, lang: Lang) -> &str {
    let all = [Verdict::Met, Verdict::OnPace, Verdict::Behind, Verdict::Worsened, Verdict::Undetermined(Why::NoActual)];
    all.into_iter().find(|verdict| verdict.key() == key).map_or(key, |verdict| words::verdict(verdict, lang))
}

/// A period, or a mark.
fn word_of(word: &str, lang: Lang) -> String {
    match word {
        "provisional" => lang.pick("速報", "provisional").into(),
        "inferred" => Certainty::Inferred.mark(lang).into(),
        "unconfirmed" => Certainty::Unconfirmed.mark(lang).into(),
        _ => Period::parse(word).map_or_else(|_| word.to_owned(), |Parsed { period, .. }| period.tag(lang)),
    }
}
