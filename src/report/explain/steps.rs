//! A step in one line: the formula, the numbers put in, the exact result, the result as it is shown.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::lang::Lang;
use crate::plan::Rounding;
use crate::plan::judging::{Band, Meaning};
use crate::query::explain::{Amount, Apart, Calls, ExplainedPart, Expr, Formula, Name, Outcome, ShownAs, Step};
use crate::query::gap::Verdict;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::ExplainReport;
use super::amounts::{amount, moved, number, rounded};

/// Digits behind the point of a number that need not end.
const DIGITS: u32 = 3;

/// What belongs together on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepGroup {
    Calculated,
    Rules,
    Ahead,
    Counts,
    Since,
    Verdicts,
    VerdictsSince,
    Effects,
    Figures,
}

/// In the order of the page.
pub const GROUPS: [StepGroup; 9] = [
    StepGroup::Calculated,
    StepGroup::Rules,
    StepGroup::Ahead,
    StepGroup::Counts,
    StepGroup::Since,
    StepGroup::Verdicts,
    StepGroup::VerdictsSince,
    StepGroup::Effects,
    StepGroup::Figures,
];

impl StepGroup {
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Calculated => lang.pick("計算", "Calculated"),
            Self::Rules => lang.pick("判定（上から順に、最初に当てはまるもの）", "Verdict (the first rule that holds)"),
            Self::Ahead => terms::OUTLOOK.title(lang),
            Self::Counts => lang.pick("件数と割合", "Counts and shares"),
            Self::Since => lang.pick("前回比", "Change"),
            Self::VerdictsSince => lang.pick("指標の判定の前回比", "Change of indicators by verdict"),
            Self::Verdicts => lang.pick("指標の判定の件数", "Indicators by verdict"),
            Self::Effects => lang.pick("額の合計と比", "Totals and ratios"),
            Self::Figures => lang.pick("参考となる数値", "Figures"),
        }
    }
}

/// Where a step belongs.
pub fn group(name: Name<'_>) -> StepGroup {
    match name {
        Name::Band(_) | Name::Rule(_) | Name::WithoutRate(_) | Name::Verdict | Name::ByHand => StepGroup::Rules,
        Name::Left
        | Name::Years
        | Name::Months
        | Name::TrendMonths
        | Name::MonthsAhead
        | Name::Needed
        | Name::Points
        | Name::Yearly
        | Name::Forecast => StepGroup::Ahead,
        Name::Amounts
        | Name::Scores
        | Name::ScoreSum
        | Name::ScoreWeights
        | Name::ScoreMean
        | Name::ScoreBest
        | Name::ScoreFull
        | Name::ScoreShare
        | Name::Total(..)
        | Name::DifferenceOfSums(..)
        | Name::RatioOfSums(..)
        | Name::MeanOfRatios(..)
        | Name::PublishedSum(..) => StepGroup::Effects,
        Name::Indicators
        | Name::Verdicts(_)
        | Name::Undetermined
        | Name::Judged
        | Name::JudgedBy(_)
        | Name::BandCount(_)
        | Name::BandShare(_)
        | Name::WordShare(_)
        | Name::BandSumCount(_)
        | Name::BandSumShare(_)
        | Name::VerdictsOf(_) => StepGroup::Verdicts,
        Name::VerdictsBefore(_) | Name::VerdictsSince(_) => StepGroup::VerdictsSince,
        Name::Figure(_) => StepGroup::Figures,
        Name::Moved | Name::Before(_) | Name::Since(_) | Name::NotCompared => StepGroup::Since,
        Name::Entries
        | Name::Count(..)
        | Name::Unreported
        | Name::Excluded
        | Name::Resting
        | Name::Ahead
        | Name::Rated(_)
        | Name::Base
        | Name::Fresh
        | Name::Level(_)
        | Name::Progress
        | Name::CompositeCount(_)
        | Name::CompositeAdded(_)
        | Name::Recorded(_)
        | Name::PrintedSum
        | Name::PrintedRow(_)
        | Name::PrintedRows
        | Name::Share(_)
        | Name::CompositeShare(_)
        | Name::Printed => StepGroup::Counts,
        _ => StepGroup::Calculated,
    }
}

/// The step in one line.
pub fn line(report: &ExplainReport<'_>, part: &ExplainedPart<'_>, step: &Step<'_>, lang: Lang) -> String {
    line_with(report, part, step, (lang, &Calls::SIGNS), &symbolic)
}

/// The least and the greatest of several for whoever knows no functions.
const IN_JAPANESE: Calls =
    Calls {
        least: ("（", " のうち小さいもの）"), greatest: ("（", " のうち大きいもの）"), between: "、"
    };
const IN_ENGLISH: Calls = Calls { least: ("the least of (", ")"), greatest: ("the greatest of (", ")"), between: ", " };

/// The same for whoever knows none of the letters: the formula says what its numbers are.
pub fn line_in_words(report: &ExplainReport<'_>, part: &ExplainedPart<'_>, step: &Step<'_>, lang: Lang) -> String {
    let calls = lang.pick(&IN_JAPANESE, &IN_ENGLISH);
    line_with(report, part, step, (lang, calls), &|atom| match atom {
        Expr::Symbol(symbol) => super::symbols::meaning(symbol, lang).to_owned(),
        other => symbolic(other),
    })
}

fn line_with(
    report: &ExplainReport<'_>,
    part: &ExplainedPart<'_>,
    step: &Step<'_>,
    (lang, calls): (Lang, &Calls),
    atom: &impl Fn(&Expr) -> String,
) -> String {
    let shown = shown(report, part, step, lang);
    let equals = lang.pick(" ＝ ", " = ");
    let mut parts = Vec::new();
    match &step.formula {
        Some(Formula::Value(formula)) => {
            parts.push(formula.write_called(calls, atom));
            parts.push(formula.write_called(calls, &|e| put_in(e, step, lang)));
        }
        Some(Formula::All(_)) => {
            let numbers = with_numbers(step, lang).unwrap_or_default();
            let colon = lang.pick("：", ": ");
            let rule = symbols(step, lang).map(|symbols| format!("{symbols}{colon}{numbers}"));
            let rule = rule.unwrap_or_else(|| lang.pick("上のどれでもない", "none of the above").into());
            return format!("{rule} → {shown}");
        }
        None => {
            let moved: Vec<String> = step.numbers.iter().filter_map(|n| moved(report, n, lang)).collect();
            if !moved.is_empty() {
                return tr!(lang, "{shown}：{}", "{shown}: {}", moved.join(lang.pick("、", ", ")));
            }
        }
    }
    if let Outcome::Number(value, shown_as) = step.outcome
        && let Some(to) = rounded(report, part, value, shown_as)
        && (is_percent(shown_as) || to != value)
    {
        parts.push(truncated(value, lang));
        let how = rounded_how(Rounding { digits: to.scale(), ..report.plan.head.rounding }, lang);
        return tr!(lang, "{} → {shown}（{how}）", "{} → {shown} ({how})", parts.join(equals));
    }
    parts.push(shown);
    parts.join(equals)
}

/// The result as people read it.
pub fn shown(report: &ExplainReport<'_>, part: &ExplainedPart<'_>, step: &Step<'_>, lang: Lang) -> String {
    match step.outcome {
        Outcome::Number(value, shown_as) => number(report, part, value, shown_as, lang),
        Outcome::Listed => {
            let values = step.numbers.iter().map(|number| match &number.amount {
                Amount::Figure(figure) => {
                    amount(report, part, number, lang) + &words::mark(figure.origin.certainty, lang)
                }
                _ => format!("{} {}", number.symbol, amount(report, part, number, lang)),
            });
            values.collect::<Vec<_>>().join(lang.pick("、", ", "))
        }
        Outcome::Holds(true) => lang.pick("当てはまる", "holds").into(),
        Outcome::Holds(false) => match missing(step) {
            Some(symbol) => {
                let what = super::symbols::meaning(symbol, lang);
                tr!(lang, "当てはまらない（{what}がない）", "does not hold (no {what})")
            }
            None => lang.pick("当てはまらない", "does not hold").into(),
        },
        Outcome::NotAsked => lang.pick("（上で決まった）", "(decided above)").into(),
        Outcome::Compared(is) => words::against(is, lang).into(),
        Outcome::Uncomputed => {
            lang.pick("計算できない（元になる値がない）", "cannot be computed: a value is missing").into()
        }
        Outcome::Apart(apart) => tr!(lang, "{}（{}）", "{} ({})", words::none(lang), why_apart(apart, lang)),
        Outcome::Nothing(why) => tr!(lang, "{}（{}）", "{} ({})", words::none(lang), words::why(why, lang)),
        Outcome::ByHand(by) => {
            let verdict = words::given_by_hand(by, report.plan, lang);
            let reason = by.reason.as_deref().map(|reason| tr!(lang, "（理由：{reason}）", " (reason: {reason})"));
            format!("{verdict}{}", reason.unwrap_or_default())
        }
        Outcome::Given(verdict, band) => {
            let (verdict, none) = (words::verdict(verdict, lang), lang.pick("区分なし", "no band"));
            format!("{verdict} → {}", band.map_or(none, |band| band.name.text(lang)))
        }
        Outcome::Verdict(verdict, band) => {
            let held = part.gap.as_ref().filter(|_| step.beside.is_none()).and_then(|gap| words::held(gap, lang));
            let held = held.map(|held| tr!(lang, "（{held}に対し）", " (against the {held})")).unwrap_or_default();
            judged(verdict, band, lang) + &held
        }
    }
}

/// Why two periods are not compared.
fn why_apart(apart: Apart, lang: Lang) -> String {
    match apart {
        Apart::Scale(period) => words::rescaled(period, lang),
        Apart::Bands(period) => words::other_bands(period, lang),
        Apart::Break(period) => words::breaks(period, lang),
    }
}

/// The verdict, and the band that it comes from.
fn judged(verdict: Verdict, band: Option<&Band>, lang: Lang) -> String {
    let word = words::verdict(verdict, lang);
    match (verdict, band) {
        (Verdict::Met, Some(band)) if band.meaning != Some(Meaning::Met) => {
            let name = band.name.text(lang);
            tr!(
                lang,
                "{word}（区分「{name}」。目標値に達しているため）",
                "{word} (band: {name}; the target is reached)"
            )
        }
        (Verdict::Undetermined(why), None) => tr!(lang, "{word}：{}", "{word}: {}", words::why(why, lang)),
        (Verdict::Undetermined(why), Some(band)) => {
            let (name, why) = (band.name.text(lang), words::why(why, lang));
            tr!(lang, "{word}：{why}（区分「{name}」）", "{word}: {why} (band: {name})")
        }
        (_, Some(band)) if band.name.text(lang) != word => {
            tr!(lang, "{word}（区分「{}」）", "{word} (band: {})", band.name.text(lang))
        }
        _ => word.to_owned(),
    }
}

fn is_percent(shown_as: ShownAs) -> bool {
    matches!(shown_as, ShownAs::Percent | ShownAs::Rate(_) | ShownAs::Beside(_))
}

/// A name in the rule of which there is no number.
fn missing<'s>(step: &'s Step<'_>) -> Option<&'s str> {
    let Some(Formula::All(all)) = &step.formula else { return None };
    let mut symbols =
        all.iter().flat_map(|relation| relation.left.symbols().into_iter().chain(relation.right.symbols()));
    symbols.find(|symbol| step.numbers.iter().all(|number| number.symbol != **symbol)).map(|symbol| &**symbol)
}

/// The formula with symbols.
pub fn symbols(step: &Step<'_>, lang: Lang) -> Option<String> {
    written(step, lang, &symbolic)
}

/// The formula with the numbers put in.
pub fn with_numbers(step: &Step<'_>, lang: Lang) -> Option<String> {
    written(step, lang, &|e| put_in(e, step, lang))
}

fn written(step: &Step<'_>, lang: Lang, atom: &impl Fn(&Expr) -> String) -> Option<String> {
    match step.formula.as_ref()? {
        Formula::Value(formula) => Some(formula.write(atom)),
        Formula::All(all) if all.is_empty() => None,
        Formula::All(all) => {
            let all: Vec<String> = all.iter().map(|relation| relation.write(atom)).collect();
            Some(all.join(lang.pick(" かつ ", " and ")))
        }
    }
}

fn symbolic(atom: &Expr) -> String {
    match atom {
        Expr::Symbol(symbol) => symbol.to_string(),
        Expr::Constant(value) => value.to_string(),
        _ => String::new(),
    }
}

fn put_in(atom: &Expr, step: &Step<'_>, lang: Lang) -> String {
    let Expr::Symbol(symbol) = atom else { return symbolic(atom) };
    match step.numbers.iter().find(|number| number.symbol == *symbol).map(|number| &number.amount) {
        Some(Amount::Exact(value)) => signed(*value, is_year(symbol), lang),
        Some(Amount::Step(place, name)) => tr!(lang, "{place}（{name}）", "{place} ({name})"),
        _ => symbol.to_string(),
    }
}

/// A negative number in a formula of which the minus is a minus stands in parentheses.
fn signed(value: Decimal, year: bool, lang: Lang) -> String {
    let text = if year { value.to_string() } else { truncated(value, lang) };
    if lang == Lang::En && value.is_sign_negative() && !value.is_zero() { format!("({text})") } else { text }
}

/// Whether a symbol is that of a year, which has no comma.
pub fn is_year(symbol: &str) -> bool {
    symbol.starts_with('y')
}

/// Writes as many digits as fit on a line; an ellipsis stands for the others.
fn truncated(value: Decimal, lang: Lang) -> String {
    let value = value.normalize();
    if value.scale() <= 2 * DIGITS {
        return words::number(value, lang);
    }
    format!("{}…", words::number(value.trunc_with_scale(DIGITS), lang))
}

fn rounded_how(rounding: Rounding, lang: Lang) -> String {
    let digits = words::digits(rounding.digits, lang);
    if rounding.strategy == RoundingStrategy::ToZero {
        return tr!(lang, "{digits}まで、以下切捨て", "{digits}, truncated");
    }
    tr!(lang, "{digits}まで、四捨五入", "{digits}, half up")
}
