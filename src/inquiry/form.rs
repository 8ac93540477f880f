//! The form of an owner: its items of a period, with what is recorded and what was answered before.

use rust_decimal::Decimal;

use super::{Answer, Expect, Field, Form, Item, Key, Question, answer, opinion, road};
use crate::lang::{Lang, Say};
use crate::plan::entry::{Entry, Update};
use crate::plan::indicator::{Actual, Indicator, Kind, Reading};
use crate::plan::period::Period;
use crate::plan::value::Value;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::gap::expected::is_part;
use crate::query::status::updates_by;
use crate::text::terms;
use crate::wording as words;
use crate::{say, tr};

/// Who rates when a department answers: the first evaluator.
pub const EVALUATOR: usize = 0;

/// The forms of every owner that is asked something, in the plan's order.
pub fn forms(plan: &Plan, period: Period, lang: Lang) -> Vec<Form> {
    let all = (0..plan.owners.len()).map(|owner| form(plan, owner, period, lang));
    all.filter(|form| !form.items.is_empty()).collect()
}

/// The form of one owner; of what several own, the first is asked.
pub fn form(plan: &Plan, owner: usize, period: Period, lang: Lang) -> Form {
    form_as_of(plan, owner, AsOf::end_of(period), lang)
}

/// The form of one owner about the period of `as_of`, with the records that are known then.
pub fn form_as_of(plan: &Plan, owner: usize, as_of: AsOf, lang: Lang) -> Form {
    let period = as_of.period;
    let entries = asked_entries(plan, period).filter(|(_, entry)| entry.owners.first() == Some(&owner));
    let indicators = asked_indicators(plan).filter(|indicator| indicator.owners.first() == Some(&owner));
    let entries = entries.map(|(place, _)| entry_item(plan, place, as_of, lang));
    let items = entries.chain(indicators.map(|indicator| indicator_item(indicator, as_of, lang)));
    Form { owner, period, items: items.chain(opinion::items(plan, owner, as_of, lang)).collect() }
}

/// Whom nobody can be asked about: entries and indicators without an owner, by id and name.
pub fn without_owner(plan: &Plan, period: Period) -> Vec<(String, String)> {
    let entries = asked_entries(plan, period).map(|(_, entry)| entry).filter(|entry| entry.owners.is_empty());
    let indicators = asked_indicators(plan).filter(|indicator| indicator.owners.is_empty());
    let entries = entries.map(|entry| (entry.id.to_string(), entry.name.to_string()));
    entries.chain(indicators.map(|i| (i.id.to_string(), words::indicator_name(i)))).collect()
}

/// What is asked about one entry or indicator.
pub fn item(plan: &Plan, subject: Subject, period: Period, lang: Lang) -> Item {
    let as_of = AsOf::end_of(period);
    match subject {
        Subject::Entry(place) => entry_item(plan, place, as_of, lang),
        Subject::Indicator(place) => indicator_item(&plan.indicators[place], as_of, lang),
    }
}

fn asked_entries(plan: &Plan, period: Period) -> impl Iterator<Item = (usize, &Entry)> {
    plan.entries.iter().enumerate().filter(move |(_, entry)| plan.is_owed(entry, period))
}

fn asked_indicators(plan: &Plan) -> impl Iterator<Item = &Indicator> {
    plan.indicators.iter().filter(|indicator| indicator.kind != Kind::Heading)
}

fn entry_item(plan: &Plan, place: usize, as_of: AsOf, lang: Lang) -> Item {
    let (entry, period) = (&plan.entries[place], as_of.period);
    let own = entry.updates.iter().filter(|update| update.evaluator == EVALUATOR && as_of.holds(*update));
    let now: Vec<&Update> = own.clone().filter(|update| update.period == period).collect();
    let before = own.filter(|update| update.period < period && update.period.last_day() < period.last_day());
    let last = before.clone().map(|update| update.period).max();
    let then: Vec<&Update> = before.filter(|update| Some(update.period) == last).collect();
    // What a report on a longer or shorter period answers for may be told once more, but nobody has to.
    let mut reports = updates_by(plan, entry, as_of, EVALUATOR);
    let is_owed = !reports.any(|update| update.period != period && update.period.answers_for(period));
    let mut asked: Vec<(Field, Say, String, Expect, bool)> = Vec::new();
    for scale in &plan.scales {
        let (_, version) = scale.version_near(period);
        let grades = version.grades.iter().map(|grade| (grade.id.clone(), grade.name.clone())).collect();
        let hint = lang.pick("一覧から選ぶ", "choose from the list").to_owned();
        let name = &version.name;
        asked.push((Field::Rating(scale.id.clone()), say!("{name}", "{name}"), hint, Expect::Grade(grades), true));
    }
    let percent = lang.pick("0～100の整数（％）", "a whole number from 0 to 100 (%)").to_owned();
    asked.push((Field::Progress, terms::PROGRESS.say_title(), percent, Expect::Percent, true));
    for (field, ja, en, how, how_en, required) in [
        (
            Field::Done,
            "実績",
            "Done",
            "この期間に行ったことを数値も入れて",
            "what was done in this period, with figures",
            true,
        ),
        (
            Field::Issue,
            "課題",
            "Issue",
            "支障になっていること。なければ空欄",
            "what is in the way; blank if nothing",
            false,
        ),
        (
            Field::Next,
            "今後の対応",
            "Next",
            "次に行うことと時期。なければ空欄",
            "what comes next and when; blank if nothing",
            false,
        ),
    ] {
        asked.push((field, say!("{ja}", "{en}"), lang.pick(how, how_en).to_owned(), Expect::Text, required));
    }
    asked.extend(road::questions(plan, place, as_of, lang));
    let questions = asked.into_iter().map(|(field, label, hint, expect, required)| Question {
        last: then.iter().rev().find_map(|update| recorded_answer(plan, entry, update, &field)),
        recorded: now.iter().rev().find_map(|update| recorded_answer(plan, entry, update, &field)),
        key: Key { id: entry.id.clone(), field, period },
        label,
        hint,
        expect,
        required: required && is_owed,
    });
    let above = entry.parent.map(|place| &plan.entries[place]);
    Item {
        id: entry.id.clone(),
        name: entry.name.to_string(),
        context: above.map(|above| format!("{} {}", above.id, above.name)).unwrap_or_default(),
        period,
        last,
        questions: questions.collect(),
    }
}

/// Returns the answer that an update of an entry gives to a field.
pub fn recorded_answer(plan: &Plan, entry: &Entry, update: &Update, field: &Field) -> Option<Answer> {
    let text = |text: &Option<Box<str>>| text.as_deref().and_then(answer::words);
    match field {
        Field::Rating(scale) => {
            let place = plan.scales.iter().position(|s| s.id == *scale)?;
            let rating = update.rating_on(place)?;
            let version = plan.scales[place].versions.get(usize::from(rating.version))?;
            version.grades.get(usize::from(rating.grade)).map(|grade| Answer(grade.id.to_string()))
        }
        Field::Progress => update.progress.map(|progress| Answer(progress.to_string())),
        Field::Done => text(&update.done),
        Field::Issue => text(&update.issue),
        Field::Next => text(&update.next),
        Field::Step(_) | Field::Reached(_) => road::recorded(plan, entry, update, field),
        Field::Value | Field::Note | Field::Opinion(..) => None,
    }
}

fn indicator_item(indicator: &Indicator, as_of: AsOf, lang: Lang) -> Item {
    let period = value_period(indicator, as_of.period);
    let standing = indicator.measures.iter().filter(|measure| as_of.holds(*measure));
    let now: Vec<&Actual> = standing.clone().filter(|m| m.reading.period == period).collect();
    let before = standing.filter(|m| m.reading.period < period);
    let last = before.clone().map(|m| m.reading.period).max();
    let then: Vec<&Actual> = before.filter(|m| Some(m.reading.period) == last).collect();
    let value = |measures: &[&Actual]| measures.last().and_then(|m| value(&m.reading, &indicator.kind));
    let note = |measures: &[&Actual]| measures.last().and_then(|m| answer::words(&m.reading.notes().join("\n")));
    let known = [&indicator.baseline].into_iter().flatten().chain(&indicator.targets);
    let alike = known.chain(indicator.measures.iter().map(|m| &m.reading)).filter_map(number).collect();
    let (expect, hint) = match &indicator.kind {
        Kind::Milestone { steps } => {
            (Expect::Step(steps.clone()), lang.pick("一覧から選ぶ", "choose from the list").to_owned())
        }
        _ => {
            let unit = &indicator.unit.0;
            let hint = tr!(
                lang,
                "数値（{unit}）。なければ 未調査・未公表・対象外",
                "a number ({unit}); 未調査, 未公表 or 対象外 if there is none"
            );
            let range = indicator.kind == Kind::Range;
            (Expect::Number { unit: indicator.unit.clone(), range, alike }, hint)
        }
    };
    let (ja, en) = (period.long(Lang::Ja), period.long(Lang::En));
    let value_question = Question {
        key: Key { id: indicator.id.clone(), field: Field::Value, period },
        label: Say { ja: format!("{ja}の実績値"), en: format!("Actual of {en}") },
        hint,
        expect,
        last: value(&then),
        recorded: value(&now),
        required: true,
    };
    let note_question = Question {
        key: Key { id: indicator.id.clone(), field: Field::Note, period },
        label: terms::NOTE.say_title(),
        hint: lang
            .pick("増減の理由や数え方の注意。なければ空欄", "why it changed, how it is counted; blank if nothing")
            .to_owned(),
        expect: Expect::Text,
        last: note(&then),
        recorded: note(&now),
        required: false,
    };
    Item {
        id: indicator.id.clone(),
        name: words::indicator_name(indicator),
        context: context(indicator, lang),
        period,
        last,
        questions: vec![value_question, note_question],
    }
}

fn context(indicator: &Indicator, lang: Lang) -> String {
    let baseline = indicator.baseline.as_ref().map(|baseline| words::dated(baseline, indicator, lang));
    let target = indicator.targets.last().map(|target| words::target(target, indicator, lang));
    let parts = [
        baseline.map(|baseline| tr!(lang, "基準値 {baseline}", "baseline {baseline}")),
        target.map(|target| tr!(lang, "目標値 {target}", "target {target}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(lang.pick("　", ", "))
}

/// The period of the value that can be asked for: of the length that the indicator's values have, the last that ends
/// with the period of the inquiry, unless a part of the year with a target of its own has ended since. A yearly value is
/// asked for once its year is over.
fn value_period(indicator: &Indicator, asked: Period) -> Period {
    let measured = indicator.measures.iter().map(|m| &m.reading);
    let known = measured.chain(&indicator.baseline).chain(&indicator.targets).next();
    let Some(cycle) = known.and_then(|reading| reading.period.cycle()) else { return asked };
    let around = AsOf::on(asked.last_day(), cycle).period;
    let usual = if around.last_day() <= asked.last_day() { around } else { around.prev().unwrap_or(around) };
    let is_ended = |of: &Period| of.fiscal_year() == asked.fiscal_year() && of.last_day() <= asked.last_day();
    let parts = indicator.targets.iter().map(|target| target.period).filter(|of| is_part(*of) && is_ended(of));
    parts.max().filter(|part| !usual.answers_for(*part)).unwrap_or(usual)
}

fn number(reading: &Reading) -> Option<Decimal> {
    match reading.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// A value as an answer; `None` for what no answer can be.
fn value(reading: &Reading, kind: &Kind) -> Option<Answer> {
    match (&reading.value, kind) {
        (Value::Number(number), _) => Some(Answer(number.normalize().to_string())),
        (Value::Step(place), Kind::Milestone { steps }) => steps.get(*place).map(|step| Answer(step.to_string())),
        (Value::Range(within), _) => Some(Answer(format!("{}〜{}", within.min.normalize(), within.max.normalize()))),
        (Value::Absent(absence), _) => Some(Answer(absence.name(Lang::Ja).to_owned())),
        _ => None,
    }
}
