//! `kaikaku measure`

mod ask;

use anyhow::Result;
use clap::Args;
use rust_decimal::Decimal;

use super::confirm::ConfirmArgs;
use super::record::{self, Answer, Place, missing, period};
use super::{Context, Exit};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::ledger::block::Block;
use crate::ledger::measure::{self, Measure, Value};
use crate::ledger::record::Head;
use crate::plan::Subject;
use crate::plan::amount::amount_in;
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::value::{Absence, parse_number};
use crate::say;

/// A value of an indicator.
#[derive(Debug, Clone, Args)]
pub struct MeasureArgs {
    /// 指標の id か名前 || Id or name of the indicator
    #[arg(value_name = "INDICATOR")]
    indicator: Option<String>,
    /// 値（1,200 や 12.5％、段階の名前。なければ 未調査・未公表・対象外） || Value (1,200 or 12.5% or a step; or not-surveyed, not-published, not-applicable if there is none)
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    value: Option<String>,
    /// いつの値か（R6 など） || The period it is of (such as R6)
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// 速報値として記録する || Record it as provisional
    #[arg(long)]
    provisional: bool,
    /// 調査の回答数 || How many answered the survey
    #[arg(long, value_name = "N")]
    sample: Option<u32>,
    /// 標本誤差（指標の単位で） || Sampling error, in the unit
    #[arg(long, value_name = "ERROR")]
    margin: Option<String>,
    /// 記録者（所管課など） || Who says so
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// 資料（sources.toml の id） || Document (an id of sources.toml)
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    /// 注記 || A footnote
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// 訂正する記録の名前（R6/2025-10-03 など。log に出る）。指定しなかった内容は引き継ぐ || The record to correct (such as R6/2025-10-03, see log); what is not given is taken over
    #[arg(long, value_name = "NAME")]
    corrects: Option<String>,
    /// 訂正ではなく取り下げる（別の指標に記録したときなど） || Withdraw it instead (recorded for the wrong indicator, say)
    #[arg(long, requires = "corrects", conflicts_with_all = ["period", "value", "provisional", "sample", "margin", "source"])]
    withdraw: bool,
    /// 記録日（省略時は今日） || The day it is recorded (default: today)
    #[arg(long, value_name = "DAY")]
    recorded: Option<String>,
    #[command(flatten)]
    consent: ConfirmArgs,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl MeasureArgs {
    fn is_complete(&self) -> bool {
        let whole = self.value.is_some() && self.period.is_some();
        self.indicator.is_some() && (whole || self.corrects.is_some() && self.corrects_something())
    }

    fn corrects_something(&self) -> bool {
        let texts = [&self.value, &self.period, &self.margin, &self.by, &self.source, &self.note];
        let given = texts.iter().any(|text| text.is_some());
        given || self.withdraw || self.provisional || self.sample.is_some()
    }
}

/// Runs it.
///
/// # Errors
/// When something is missing and nobody can be asked, when `check` would refuse the record, or it cannot be written.
pub fn run(context: &Context, mut args: MeasureArgs) -> Result<Exit> {
    if !args.is_complete() {
        if !context.world.terminal.asks || args.corrects.is_some() {
            return Err(incomplete(&args).into());
        }
        args = asked(context, &args)?;
    }
    let id = args.indicator.as_deref().unwrap_or_default();
    record::add(context, id, args.dry_run, &args.consent, &|at, reason| block(context, &args, at, reason))
}

/// Asks for what is missing until the person agrees to what would be recorded.
fn asked(context: &Context, given: &MeasureArgs) -> Result<MeasureArgs> {
    let mut earlier = given.clone();
    loop {
        let mut args = given.clone();
        ask::ask(context, &mut args, &earlier)?;
        let id = args.indicator.as_deref().unwrap_or_default();
        match record::review(context, id, &args.consent, &|at, reason| block(context, &args, at, reason))? {
            Answer::Record => return Ok(args),
            Answer::Again => earlier = args,
        }
    }
}

fn block(context: &Context, args: &MeasureArgs, at: &Place<'_>, confirmed: Option<&str>) -> Result<Block> {
    let Subject::Indicator(place) = at.subject else { return Err(not_an_indicator(args).into()) };
    let indicator = &at.plan().indicators[place];
    let (corrects, kept) = args.corrects.as_deref().map(|name| at.corrected(name)).transpose()?.unzip();
    let about = args.period.as_deref().map(|text| period(text, context.world.today)).transpose()?;
    let about = about.or(corrects.map(|name| name.period));
    let head = Head {
        period: about,
        recorded: Place::day(args.recorded.as_deref(), context.world.today)?,
        corrects,
        kept: kept.unwrap_or_default(),
    };
    let (note, by) = (args.note.as_deref(), args.by.as_deref());
    if args.withdraw {
        return Ok(head.withdrawal(&measure::KIND, note, by));
    }
    let measure = Measure {
        value: args.value.as_deref().map(|text| value(text, indicator)),
        provisional: args.provisional,
        sample: args.sample,
        margin: args.margin.as_deref().map(margin).transpose()?,
        source: args.source.as_deref(),
        note,
        confirmed,
        by,
    };
    Ok(measure.block(head))
}

fn incomplete(args: &MeasureArgs) -> Failure {
    Failure::new(
        missing(&[
            (args.indicator.is_none(), say!("指標", "the indicator")),
            (args.value.is_none(), say!("値", "the value")),
            (args.period.is_none() && args.corrects.is_none(), say!("期間（--period）", "the period (--period)")),
        ]),
        say!(
            "kaikaku measure 指標 値 --period R6 のように指定してください（端末では順に尋ねます）",
            "run `kaikaku measure INDICATOR VALUE --period R6` (in a terminal you are asked)"
        ),
    )
}

fn not_an_indicator(args: &MeasureArgs) -> Failure {
    let text = args.indicator.as_deref().unwrap_or_default();
    Failure::new(
        say!("「{text}」は検証指標ではなく項目です", "`{text}` is an entry, not an indicator"),
        say!("項目の進捗は kaikaku update で記録します", "record the progress of an entry with `kaikaku update`"),
    )
}

/// A value as typed. What the indicator does not allow is left for `check` to refuse.
fn value(typed: &str, indicator: &Indicator) -> Value {
    let is_number = !matches!(indicator.kind, Kind::Milestone { .. });
    // 39億2,254万7千円 is brought to the unit of the plan.
    let number = |text: &str| parse_number(text).or_else(|| amount_in(text, &indicator.unit));
    Value::parse(reason(typed).unwrap_or(typed.trim()), |text| {
        number(text).filter(|_| is_number).map(|number| number.to_string())
    })
}

/// Why there is no value, in the word of the file, where it is typed in English.
fn reason(typed: &str) -> Option<&'static str> {
    let typed = typed.trim();
    let is_meant = |absence: &&Absence| {
        typed.eq_ignore_ascii_case(absence.key()) || typed.eq_ignore_ascii_case(absence.name(Lang::En))
    };
    let all = [Absence::NotSurveyed, Absence::NotPublished, Absence::NotApplicable];
    all.iter().find(is_meant).map(|absence| absence.name(Lang::Ja))
}

fn margin(text: &str) -> Result<Decimal, Failure> {
    parse_number(text).filter(|n| n.is_sign_positive()).ok_or_else(|| {
        let message = say!("「{text}」は標本誤差として読めません", "`{text}` is not a sampling error");
        Failure::new(message, say!("0 以上の数を書いてください", "write a number of at least 0"))
    })
}
