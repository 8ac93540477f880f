//! `kaikaku report opinions`

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::commands::cli::OutputArgs;
use crate::commands::paper::Answer;
use crate::commands::{Context, Exit, opinion};
use crate::failure::Failure;
use crate::plan::Plan;
use crate::plan::opinion::{Body, Meeting};
use crate::query::AsOf;
use crate::query::opinion::{Thread, threads};
use crate::report::opinion::{OpinionsReport, Register};
use crate::say;

/// Opinions and responses.
#[derive(Debug, Args)]
pub struct OpinionsArgs {
    /// 様式：前回の会議の意見と対応 previous、意見の台帳 ledger、パブリックコメントの結果 public || Which paper: the last meeting's opinions and what was done (previous), all of them (ledger), the results of a public consultation (public)
    #[arg(long = "for", value_name = "REGISTER", default_value = "previous", value_parser = register())]
    register: Register,
    /// どの会議のものか（省略時は previous と public では最も新しいもの、ledger ではすべて） || Of which meeting (default: of previous and public the latest, of ledger all)
    #[arg(long, value_name = "MEETING")]
    meeting: Option<String>,
    /// 発言した人の氏名も載せる || Print the names of those who spoke
    #[arg(long)]
    names: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Reads which paper it is, by a word of either language.
fn register() -> impl TypedValueParser<Value = Register> {
    let word = |(ja, key): (&'static str, &'static str)| PossibleValue::new(key).alias(ja);
    let words = Register::PAPERS.map(|paper| word(paper.words()));
    PossibleValuesParser::new(words).try_map(|word| Register::parse(&word).ok_or(word))
}

/// Runs it.
///
/// # Errors
/// As [`answer`], or when it cannot be written.
pub fn run(context: &Context, args: &OpinionsArgs) -> Result<Exit> {
    answer(context, args)?.write(context, &args.output)
}

/// The paper.
///
/// # Errors
/// When the plan has errors, or there is no meeting.
pub fn answer(context: &Context, args: &OpinionsArgs) -> Result<Answer> {
    let opened = context.open()?;
    let plan = &opened.plan;
    let as_of = context.as_of(plan)?;
    let register = args.register;
    let named = args.meeting.as_deref().map(|text| opinion::meeting(plan, text, context.world.today)).transpose()?;
    let meeting = match (named, register) {
        (Some(meeting), _) => Some(meeting),
        (None, Register::Ledger | Register::List) => None,
        (None, register) => Some(latest(plan, register, as_of)?),
    };
    let is_asked = |thread: &Thread<'_>| meeting.is_none_or(|meeting| meeting.id == thread.meeting.id);
    let threads = threads(plan, as_of).into_iter().filter(is_asked).collect();
    // A reader of papers is shown no key.
    let (ja, en) = register.words();
    let mut asked = vec![("for", Some(context.lang().pick(ja, en).to_owned()))];
    asked.extend(meeting.map(|meeting| ("meeting", Some(meeting.id.to_string()))));
    asked.extend(args.names.then_some(("names", None)));
    let report = Box::new(OpinionsReport { plan, as_of, threads, register, with_names: args.names });
    Ok(Answer { report, opened, key: "opinions", period: as_of.period, as_of: Some(as_of), asked, exit: Exit::Done })
}

/// The latest meeting that a paper is about: of a public consultation, or of anything else.
fn latest(plan: &Plan, register: Register, as_of: AsOf) -> Result<&Meeting, Failure> {
    let is_wanted = |meeting: &&Meeting| {
        meeting.date <= as_of.date && (meeting.body == Body::Public) == (register == Register::Public)
    };
    plan.meetings.iter().rfind(is_wanted).ok_or_else(|| match register {
        Register::Public => Failure::new(
            say!("パブリックコメントの意見は記録されていません", "no public consultation is recorded"),
            say!(
                "kaikaku opinion add か import で、--body パブリックコメント として記録してください",
                "record it by `kaikaku opinion add` or `import` with --body public"
            ),
        ),
        _ => Failure::new(
            say!("意見は記録されていません", "no opinions are recorded"),
            say!(
                "kaikaku opinion add か import で記録してください",
                "record them by `kaikaku opinion add` or `import`"
            ),
        ),
    })
}
