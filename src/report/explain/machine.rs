//! The steps for machines: one number a row, and JSON.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Cell, ColumnOf, Table, Type, column};
use crate::git::blame::LastSet;
use crate::lang::Lang;
use crate::plan::Subject;
use crate::plan::id::Id;
use crate::plan::judging::{Against, Meaning};
use crate::plan::period::Period;
use crate::plan::value::Certainty;
use crate::query::explain::{Amount, Apart, ExplainedPart, Number, Outcome, Step};
use crate::query::gap::Why;
use crate::query::status::Standing;
use crate::report::json::{self, AmountJson, AsOfJson, Day, Exact, PlanJson, Version, called, candidates, tree};
use crate::text::terms;
use crate::wording as words;

use super::{ExplainReport, amounts, exact, last_set, steps, wording};

/// One row a number of a step; a step without any has one row.
pub fn flat(report: &ExplainReport<'_>, lang: Lang) -> Table {
    let steps = report.explanation.parts.iter().flat_map(|part| part.steps.iter().map(move |step| (part, step)));
    let mut rows = Vec::new();
    for (part, step) in steps {
        let numbers = step.numbers.iter().map(Some).chain(step.numbers.is_empty().then_some(None));
        rows.extend(numbers.map(|number| Worked { report, part, step, number }));
    }
    Table::build(&columns(), rows, lang)
}

/// A step, and one of its numbers where it has any.
struct Worked<'r> {
    report: &'r ExplainReport<'r>,
    part: &'r ExplainedPart<'r>,
    step: &'r Step<'r>,
    number: Option<&'r Number<'r>>,
}

fn columns<'r>() -> [ColumnOf<Worked<'r>>; 10] {
    [
        column("of", ("対象", "Of"), Type::Id, |of, _| Cell::text(of.part.indicator.map_or("", |i| i.id.as_str()))),
        column("step", ("計算", "Step"), Type::Text, |of, at| {
            Cell::text(wording::title(of.step, of.report.plan, at.lang))
        }),
        column("formula", ("式", "Formula"), Type::Text, |of, at| {
            Cell::text(steps::symbols(of.step, at.lang).unwrap_or_default())
        }),
        column("result", ("結果", "Result"), Type::Decimal, |of, at| {
            let shown = Cell::text(steps::shown(of.report, of.part, of.step, at.lang));
            match of.step.outcome {
                Outcome::Number(value, _) => shown.numbered(Some(value.normalize())),
                _ => shown,
            }
        }),
        column("symbol", ("記号", "Symbol"), Type::Id, |of, _| of.text(|number| number.symbol.to_string())),
        column("value", terms::VALUE.titles(), Type::Decimal, |of, at| {
            let amount = |number| amounts::amount(of.report, of.part, number, at.lang);
            of.number.map_or_else(Cell::default, |number| Cell::text(amount(number)).numbered(exact(number)))
        }),
        column("period", terms::REPORT_PERIOD.titles(), Type::Period, |of, _| {
            of.text(|number| number.period.map(|period| period.short()).unwrap_or_default())
        }),
        column("written_in", ("記載場所", "Written in"), Type::Text, |of, _| {
            of.text(|number| of.report.place(number).map_or_else(String::new, |place| place.written_in.clone()))
        }),
        column("source", terms::SOURCE.titles(), Type::Text, |of, at| {
            of.text(|number| of.report.source(number, at.lang))
        }),
        column("last_set", ("最後に書いた記録", "Last set"), Type::Text, |of, at| {
            let place = of.number.and_then(|number| of.report.place(number)).filter(|place| place.set.is_some());
            place.map_or_else(Cell::default, |place| Cell::text(last_set(Some(place), at.lang)))
        }),
    ]
}

impl Worked<'_> {
    /// Makes the cell of a text about the number; it is empty where there is no number.
    fn text(&self, words: impl Fn(&Number<'_>) -> String) -> Cell {
        self.number.map_or_else(Cell::default, |number| Cell::text(words(number)))
    }
}

/// 数値の計算のしかた || How figures were worked out
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExplainJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 何の数値か。計画全体なら null || Whose figures; null for the plan as a whole
    figure: Option<SubjectJson<'p>>,
    /// git の履歴から、最後に書いた人が分かるか || Whether git knows who last wrote a number
    git: bool,
    /// 計算の段階 || The steps
    steps: Vec<StepJson<'p>>,
}

/// 項目又は指標 || An entry or indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SubjectJson<'p> {
    /// 種類：entry 項目、indicator 指標 || What it is: entry, indicator
    kind: &'static str,
    /// 番号又は id || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
}

/// 計算の段階 || A step of the calculation
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StepJson<'p> {
    /// 指標の id || The indicator
    of: Option<&'p Id>,
    /// 単位 || The unit
    unit: Option<&'p str>,
    /// ほかの数える階層のものなら、その名前 || Of another level that is counted: its name; left out otherwise
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'p str>,
    /// 何を計算するか || What is worked out
    name: String,
    /// 公表された表の計算なら、その期間。ほかは省く || Of a printed table: its period; left out otherwise
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<Period>,
    /// 公表された表の行。全体なら省く || The row of a printed table; left out for the whole
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'p str>,
    /// 並べて判定する組なら、その id。ほかは省く || A set of bands that judges besides, by id; left out otherwise
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<&'p Id>,
    /// その名前（`--lang` の言語で） || Its name, in the language of `--lang`
    title: String,
    /// 式 || The formula
    formula: Option<String>,
    /// 数値を入れた式 || The formula with its numbers
    with_numbers: Option<String>,
    /// 式の数値 || The numbers of the formula
    numbers: Vec<NumberJson<'p>>,
    /// 結果 || The result
    result: Option<ResultJson>,
    /// 結果がない理由、又は所管課の判断の理由 || Why there is no result, or why it was judged by hand
    why: Option<&'p str>,
    /// 表示する結果（`--lang` の言語で） || The result as it is shown, in the language of `--lang`
    shown: String,
}

/// 結果：数値、条件に合うか、判定などの言葉 || A result: a number, whether a condition holds, a word
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum ResultJson {
    Number(Exact),
    Holds(bool),
    Compared(Against),
    Word(Cow<'static, str>),
    ByHand(Meaning),
}

/// 式の数値 || A number of a formula
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NumberJson<'p> {
    /// 式の記号 || Its symbol in the formula
    symbol: String,
    /// だれの値か（いくつか並ぶとき） || Whose it is, where those of several stand together
    of: Option<&'p str>,
    /// 値 || The value
    value: Option<AmountJson<'p>>,
    /// 要確認の候補 || The values of which the documents leave open which it is
    candidates: Option<Vec<Exact>>,
    /// 表示する値（`--lang` の言語で） || The value as it is shown, in the language of `--lang`
    words: String,
    /// いつの値か || The period of the value
    period: Option<Period>,
    /// 記載場所（ファイルと行） || File and line
    written_in: Option<&'p str>,
    /// 資料 || The document
    source: Option<String>,
    /// 確かさ || How sure it is
    certainty: Option<Certainty>,
    /// 最後に書いたコミットの id || The commit that last wrote it
    commit: Option<&'p str>,
    /// そのコミットの日付 || The day of that commit
    date: Option<Day>,
    /// そのコミットの作者 || Who made it
    author: Option<&'p str>,
    /// まだコミットしていないか || Whether it is not committed yet
    uncommitted: Option<bool>,
    /// 最後に書いた人が分からない理由：not-kept git にない、cut-off 手元に古い履歴がない、no-answer git が答えない || Why nobody knows who wrote it: not-kept, cut-off, no-answer
    unknown: Option<&'static str>,
}

/// For programs: stable keys, exact numbers, `null` for absent.
pub fn json(report: &ExplainReport<'_>) -> Json {
    let figure = |subject: Subject| {
        let (id, name) = called(report.plan, subject);
        let kind = match subject {
            Subject::Entry(_) => "entry",
            Subject::Indicator(_) => "indicator",
        };
        SubjectJson { kind, id, name }
    };
    let parts = report.explanation.parts.iter();
    let steps = parts.flat_map(|part| part.steps.iter().map(move |step| json_step(report, part, step)));
    tree(&ExplainJson {
        schema: Version,
        plan: report.plan.into(),
        as_of: report.as_of.into(),
        figure: report.subject.map(figure),
        git: report.without_git.is_none(),
        steps: steps.collect(),
    })
}

fn json_step<'r>(report: &'r ExplainReport<'_>, part: &'r ExplainedPart<'_>, step: &'r Step<'_>) -> StepJson<'r> {
    let lang = report.lang;
    let (result, why) = match step.outcome {
        Outcome::Number(value, _) => (Some(ResultJson::Number(value.normalize().into())), None),
        Outcome::Holds(holds) => (Some(ResultJson::Holds(holds)), None),
        Outcome::NotAsked | Outcome::Listed => (None, None),
        Outcome::Uncomputed => (None, Some("cannot be computed: a value is missing")),
        Outcome::Apart(apart) => {
            let why = match apart {
                Apart::Scale(_) => "not compared: the scale was another one",
                Apart::Bands(_) => "not compared: other bands judged",
                Apart::Break(_) => "not compared: the series breaks",
            };
            (None, Some(why))
        }
        Outcome::Compared(is) => (Some(ResultJson::Compared(is)), None),
        Outcome::Given(_, Some(band)) => (Some(ResultJson::Word(band.id.to_string().into())), None),
        Outcome::Given(_, None) => (None, Some(words::why(Why::NoBand, Lang::En))),
        Outcome::Verdict(verdict, _) => (Some(ResultJson::Word(verdict.key().into())), None),
        Outcome::ByHand(by) => {
            let verdict = by.meaning.map_or(ResultJson::Word("undetermined".into()), ResultJson::ByHand);
            (Some(verdict), by.reason.as_deref())
        }
        Outcome::Nothing(why) => (None, Some(words::why(why, Lang::En))),
    };
    StepJson {
        of: part.indicator.map(|i| &i.id),
        level: part.level.zip(report.explanation.status.as_ref()).map(|(level, of)| of.plan.level_name(level)),
        unit: part.unit.map(|unit| &*unit.0),
        name: wording::key(step),
        table: part.table.as_ref().map(|table| table.published.period),
        row: step.row,
        beside: step.beside.map(|set| &set.id),
        title: wording::title(step, report.plan, lang),
        formula: steps::symbols(step, Lang::En),
        with_numbers: steps::with_numbers(step, lang),
        numbers: step.numbers.iter().map(|number| json_number(report, part, number)).collect(),
        result,
        why,
        shown: steps::shown(report, part, step, lang),
    }
}

fn json_number<'r>(
    report: &'r ExplainReport<'_>,
    part: &'r ExplainedPart<'_>,
    number: &'r Number<'_>,
) -> NumberJson<'r> {
    let place = report.place(number);
    let set = place.and_then(|place| place.set.as_ref());
    let (commit, date, author) = match set {
        Some(LastSet::Commit { id, date, author }) => (Some(&**id), Some((*date).into()), Some(&**author)),
        _ => (None, None, None),
    };
    NumberJson {
        symbol: number.symbol.to_string(),
        of: number.of,
        value: value(report, part, number),
        candidates: match (&number.amount, part.indicator) {
            (Amount::Reading(reading), Some(_)) => candidates(reading),
            _ => None,
        },
        words: amounts::amount(report, part, number, report.lang),
        period: number.period,
        written_in: place.map(|place| &*place.written_in),
        source: number.origin.and_then(|origin| words::source(report.plan, origin.source)),
        certainty: number.origin.map(|origin| origin.certainty),
        commit,
        date,
        author,
        uncommitted: set.and_then(LastSet::is_uncommitted),
        unknown: set.and_then(LastSet::unknown),
    }
}

fn value<'r>(
    report: &'r ExplainReport<'_>,
    part: &'r ExplainedPart<'_>,
    number: &'r Number<'_>,
) -> Option<AmountJson<'r>> {
    let grade = |standing: Standing| match (standing, &report.explanation.status) {
        (Standing::Graded(grade), Some(status)) => Some(AmountJson::Word(status.version.grades[grade].id.as_str())),
        (Standing::Unreported, _) => Some(AmountJson::Word("unreported")),
        (Standing::Resting, _) => Some(AmountJson::Word("not_rated")),
        (Standing::Ahead, _) => Some(AmountJson::Word("not_begun")),
        _ => None,
    };
    match &number.amount {
        Amount::Exact(value) => Some(AmountJson::Number((*value).into())),
        Amount::Step(place, _) => Some(AmountJson::Number(Decimal::from(*place).into())),
        Amount::Reading(reading) => part.indicator.and_then(|i| json::value(&reading.value, i)),
        Amount::Standing(_, standing) => grade(*standing),
        Amount::Moved(_, flow) => grade(flow.to),
        Amount::Verdict(_, verdict) => Some(AmountJson::Word(wording::verdict_key(*verdict))),
        Amount::ByHand(by) => {
            let verdict = by.meaning.map_or("undetermined", |meaning| wording::verdict_key(meaning.into()));
            Some(AmountJson::Word(verdict))
        }
        Amount::Figure(figure) => json::number(&figure.value),
    }
}
