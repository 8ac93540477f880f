//! What `kaikaku measure` asks at a terminal.

use anyhow::Result;

use super::{MeasureArgs, not_an_indicator};
use crate::commands::Context;
use crate::commands::form::Form;
use crate::commands::record::{self, period};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::plan::Subject;
use crate::plan::indicator::{Actual, Indicator, Kind};
use crate::plan::record::Recorded;
use crate::plan::value::Value;
use crate::query::AsOf;
use crate::text::terms;
use crate::wording as words;
use crate::{say, source};

/// Asks for what was not given, step by step. Where something was asked before, its answers are offered again.
pub fn ask(context: &Context, args: &mut MeasureArgs, earlier: &MeasureArgs) -> Result<()> {
    let form = Form::new(context.lang());
    if args.indicator.is_none() {
        args.indicator = Some(indicator(context, form, earlier.indicator.as_deref())?);
    }
    let (opened, subject) = record::open(context, args.indicator.as_deref().unwrap_or_default())?;
    let plan = &opened.plan;
    let Subject::Indicator(place) = subject else { return Err(not_an_indicator(args).into()) };
    let indicator = &plan.indicators[place];
    let today = context.world.today;
    if args.period.is_none() {
        let year = AsOf::on(today, plan.head.cycle).year().prev().map(|year| year.short()).unwrap_or_default();
        let default = earlier.period.clone().unwrap_or(year);
        let question = say!("いつの値ですか", "Which period is it of?");
        args.period = Some(form.checked(question, Some(&default), move |text| period(text, today).map(|_| ()))?);
    }
    if args.value.is_none() {
        args.value = Some(value(form, indicator, earlier.value.as_deref())?);
    }
    if args.by.is_none() {
        let owner = indicator.owners.first().map(|owner| plan.owners[*owner].label());
        let own = context.settings().by;
        let default = earlier.by.as_deref().or(own.as_deref()).or(owner);
        let asked = form.checked(terms::RECORDED_BY.say_title(), default, |_| Ok(()))?;
        args.by = Some(asked).filter(|text| !text.trim().is_empty());
    }
    Ok(())
}

/// The id of one of the indicators.
fn indicator(context: &Context, form: Form, earlier: Option<&str>) -> Result<String> {
    let opened = context.open_with(&|path| !source::is_record(path) && !source::is_closed(path))?;
    let judged: Vec<&Indicator> = opened.plan.indicators.iter().filter(|i| i.kind != Kind::Heading).collect();
    if judged.is_empty() {
        let message = say!("この計画に検証指標はありません", "this plan holds no indicators");
        let help = say!("indicators.toml に書き足してください", "add them to indicators.toml");
        return Err(Failure::new(message, help).into());
    }
    let names: Vec<String> = judged.iter().map(|i| format!("{} {}", i.id, words::indicator_name(i))).collect();
    let start = judged.iter().position(|indicator| Some(indicator.id.as_str()) == earlier).unwrap_or(0);
    let chosen = form.choose(say!("どの指標ですか", "Which indicator?"), &names, start)?;
    Ok(judged[chosen].id.to_string())
}

/// The value; the last one stands in the question, and a list of steps begins at it.
fn value(form: Form, indicator: &Indicator, earlier: Option<&str>) -> Result<String> {
    let last: Option<&Actual> = indicator.known(Recorded::stands).last();
    let Kind::Milestone { steps } = &indicator.kind else {
        let unit = &indicator.unit.0;
        let question = match last {
            Some(last) => {
                let [ja, en] = [Lang::Ja, Lang::En].map(|lang| words::dated(&last.reading, indicator, lang));
                say!("値（単位：{unit}。前回 {ja}）", "Value (in {unit}; last {en})")
            }
            None => say!("値（{unit}）", "Value ({unit})"),
        };
        return form.checked(question, earlier, |_| Ok(()));
    };
    let names: Vec<String> = steps.iter().map(ToString::to_string).collect();
    let before = last.and_then(|measure| match measure.reading.value {
        Value::Step(step) => Some(step),
        _ => None,
    });
    let answered = names.iter().position(|name| Some(name.as_str()) == earlier);
    let chosen = form.choose(say!("どの段階ですか", "Which step?"), &names, answered.or(before).unwrap_or(0))?;
    Ok(names[chosen].clone())
}
