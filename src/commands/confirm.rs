//! `--confirmed`: what is unlikely is recorded once somebody says why it is right; what is impossible never is.

use anyhow::Result;
use clap::Args;

use super::Context;
use super::form::Form;
use crate::console;
use crate::failure::Failure;
use crate::lang::Say;
use crate::plan::plausible::Doubt;
use crate::say;

/// Consent to what is unlikely.
#[derive(Debug, Clone, Default, Args)]
pub struct ConfirmArgs {
    /// 桁違いの値、下がった進捗、過ぎた期限など、通常ない内容も、確かめた理由を添えて記録する（理由は注に残る） || Record what is unlikely (a value of another order, progress that falls, a term that has passed), too: why it is right, which is kept as a note
    #[arg(long, value_name = "REASON")]
    confirmed: Option<String>,
}

impl ConfirmArgs {
    /// The reason, where one is given.
    pub fn reason(&self) -> Option<&str> {
        self.confirmed.as_deref().map(str::trim).filter(|reason| !reason.is_empty())
    }
}

/// Refuses what cannot be so.
///
/// # Errors
/// When any of the doubts is about something impossible.
pub fn refuse_impossible(doubts: &[Doubt]) -> Result<(), Failure> {
    let impossible: Vec<&Doubt> = doubts.iter().filter(|doubt| doubt.rule.is_impossible()).collect();
    if impossible.is_empty() { Ok(()) } else { Err(refusal(&impossible)) }
}

/// Refuses what is out of order on a day of the program's own.
///
/// # Errors
/// When there is any doubt.
pub fn refuse(doubts: &[Doubt]) -> Result<(), Failure> {
    let all: Vec<&Doubt> = doubts.iter().collect();
    if all.is_empty() { Ok(()) } else { Err(refusal(&all)) }
}

fn refusal(doubts: &[&Doubt]) -> Failure {
    let Say { ja, en } = joined(doubts, |doubt| &doubt.message);
    let message = say!("{ja}。何も書き込んでいません", "{en}; nothing was written");
    Failure::new(message, joined(doubts, |doubt| &doubt.help))
}

/// Refuses what is unlikely and was not confirmed.
pub fn refuse_unlikely(doubts: &[Doubt]) -> Failure {
    let Failure { message, hint } = refusal(&doubts.iter().collect::<Vec<_>>());
    let Say { ja, en } = hint.unwrap_or_default();
    Failure::new(
        message,
        say!(
            "{ja}。正しければ、--confirmed \"理由\" を付けてください（理由は注に残ります）",
            "{en}; if it is right, add --confirmed \"REASON\" (the reason is kept as a note)"
        ),
    )
}

/// Why what is unlikely is right: what was said beforehand, else what is answered at the terminal; `None` where there is no
/// doubt.
///
/// # Errors
/// When something is impossible, or nobody confirms what is unlikely.
pub fn agreed(context: &Context, consent: &ConfirmArgs, doubts: &[Doubt]) -> Result<Option<String>> {
    refuse_impossible(doubts)?;
    match consent.reason() {
        _ if doubts.is_empty() => Ok(None),
        Some(reason) => Ok(Some(reason.to_owned())),
        None if context.world.terminal.asks => ask(context, doubts).map(Some),
        None => Err(refuse_unlikely(doubts).into()),
    }
}

/// A note with a reason behind it.
pub fn noted(note: Option<&str>, reason: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = note.into_iter().chain(reason).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// Asks at the terminal why what is unlikely is right.
///
/// # Errors
/// When the person gives up or the terminal fails.
pub fn ask(context: &Context, doubts: &[Doubt]) -> Result<String> {
    let lang = context.lang();
    for doubt in doubts {
        let (message, help) = (doubt.message.text(lang), doubt.help.text(lang));
        console::say(&format!("{}{message}\n{help}", lang.pick("確認: ", "to be confirmed: ")));
    }
    let blank = || {
        let message = say!("理由が空です", "the reason is blank");
        Failure::new(message, say!("記録しないなら Esc で中止してください", "press Esc to record nothing"))
    };
    let question =
        say!("正しければ、その理由（注に残ります。Esc で中止）", "If it is right, why (kept as a note; Esc cancels)");
    Form::new(lang).checked(question, None, move |text| if text.trim().is_empty() { Err(blank()) } else { Ok(()) })
}

fn joined<'d>(doubts: &[&'d Doubt], part: impl Fn(&'d Doubt) -> &'d Say) -> Say {
    let mut parts: Vec<&Say> = Vec::new();
    for doubt in doubts {
        let part = part(doubt);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let ja: Vec<&str> = parts.iter().map(|part| &*part.ja).collect();
    let en: Vec<&str> = parts.iter().map(|part| &*part.en).collect();
    Say { ja: ja.join("。"), en: en.join("; ") }
}
