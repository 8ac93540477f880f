//! Which figure of a closed period it is, and what it says, in the words of the plan.

use rust_decimal::Decimal;

use crate::lang::Lang;
use crate::plan::closing::{About, Words};
use crate::plan::indicator::Indicator;
use crate::plan::period::{Parsed, Period};
use crate::plan::value::{Absence, Certainty};
use crate::plan::{Plan, Subject};
use crate::query::gap::{Rate, Verdict, Why};
use crate::query::published::Difference;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// The words of a plan for what was published of a period.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The closed period.
    pub period: Period,
}

impl Wording<'_> {
    /// What the figure is of.
    pub fn of_what(&self, difference: &Difference<'_>, lang: Lang) -> String {
        let Some(id) = difference.about.id() else { return lang.pick("合計", "Total").into() };
        let name = name(self.plan, &difference.about).unwrap_or_default();
        let then = difference.key.about.id().filter(|then| *then != id);
        let then = then.map(|then| tr!(lang, "（公表時 {then}）", " (published as {then})")).unwrap_or_default();
        format!("{id} {name}{then}")
    }

    /// Which figure, by the words of the plan.
    pub fn what(&self, difference: &Difference<'_>, lang: Lang) -> String {
        let mut keys = difference.key.what.split('.');
        let first = keys.next().unwrap_or_default();
        let (second, third) = (keys.next().unwrap_or_default(), keys.next().unwrap_or_default());
        if difference.about == About::Total {
            let level = third.strip_prefix("level-").and_then(|n| n.parse::<usize>().ok()?.checked_sub(1));
            let level = level.map(|level| self.plan.level_name(level));
            let what = keys.next_back().unwrap_or(third);
            let total = self.total(first, what, lang);
            return match level {
                Some(level) => self.named([&self.scale(first), level, &total], second, lang),
                None => self.named([&self.scale(first), &total], second, lang),
            };
        }
        match first {
            "rating" => self.named([&self.scale(second)], third, lang),
            "counts" => self.named([&self.scale(second), lang.pick("件数", "counts")], third, lang),
            "progress" => self.named([terms::PROGRESS.title(lang)], second, lang),
            "texts" => self.named([lang.pick("実績・課題・今後の対応", "Done, issue, next")], second, lang),
            "baseline" => terms::BASELINE.title(lang).into(),
            "target" => terms::TARGET.title(lang).into(),
            "actual" => terms::ACTUAL.title(lang).into(),
            "missing" => lang.pick("値がない理由", "Reason for no value").into(),
            "ratio_to_target" => terms::TO_TARGET.title(lang).into(),
            "improvement" => terms::IMPROVEMENT.title(lang).into(),
            "verdict" => terms::VERDICT.title(lang).into(),
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
        scale.map_or_else(|| id.to_owned(), |scale| scale.version_near(self.period).1.name.to_string())
    }

    fn total(&self, scale: &str, what: &str, lang: Lang) -> String {
        match what {
            "entries" => terms::COUNT.word(lang).into(),
            "rated" => terms::RATED.word(lang).into(),
            "unreported" => terms::UNREPORTED.word(lang).into(),
            "excluded" => lang.pick("評価対象外", "not counted").into(),
            grade => self.grade(scale, grade, lang),
        }
    }

    fn grade(&self, scale: &str, id: &str, lang: Lang) -> String {
        let without = [("unreported", terms::UNREPORTED), ("not_rated", terms::RESTING), ("not_begun", terms::AHEAD)];
        if let Some((_, term)) = without.into_iter().find(|(word, _)| *word == id) {
            return term.word(lang).into();
        }
        let scale = self.plan.scales.iter().find(|s| s.id.as_str() == scale);
        let grade = scale.and_then(|s| s.version_near(self.period).1.grade(id));
        grade.map_or_else(|| id.to_owned(), |(_, grade)| grade.name.to_string())
    }

    /// One side in the reader's words.
    pub fn side(&self, difference: &Difference<'_>, words: Option<&Words>, lang: Lang) -> String {
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
            (_, "texts") => tr!(lang, "文章の照合番号 {first}", "texts {first}"),
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
        let rate = fraction.split_once('/').and_then(|(n, d)| Rate::new(parse(n)?, parse(d)?));
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
            let all = [Absence::NotSurveyed, Absence::NotPublished, Absence::NotApplicable, Absence::NotSet];
            all.iter().find(|absence| absence.key() == word).map(|absence| absence.name(lang).to_owned())
        };
        in_unit(word).or_else(range).or_else(absence).unwrap_or_else(|| word.replace('|', lang.pick("・", ", ")))
    }
}

/// What a figure is of, by name.
pub fn name<'p>(plan: &'p Plan, about: &About) -> Option<&'p str> {
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
        "provisional" => terms::PROVISIONAL.word(lang).into(),
        "inferred" => Certainty::Inferred.mark(lang).into(),
        "unconfirmed" => Certainty::Unconfirmed.mark(lang).into(),
        _ => Period::parse(word).map_or_else(|_| word.to_owned(), |Parsed { period, .. }| period.tag(lang)),
    }
}
