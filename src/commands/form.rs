//! Asking at the terminal, step by step.

use anyhow::Result;
use inquire::validator::Validation;
use inquire::{Confirm, InquireError, Select, Text};

use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::say;

/// Asks in one language.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    lang: Lang,
}

impl Form {
    /// Asks in `lang`.
    pub fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// One of several.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn choose(self, question: Say, options: Vec<String>) -> Result<String> {
        let help = self
            .lang
            .pick("↑↓で選び Enter。文字を打つと絞り込み、Esc で中止", "↑↓ and Enter; type to filter; Esc cancels");
        Select::new(question.text(self.lang), options).with_help_message(help).prompt().map_err(given_up)
    }

    /// A text that `check` accepts, with something to start from.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn checked(
        self,
        question: Say,
        initial: &str,
        check: impl Fn(&str) -> Result<(), Failure> + Clone + 'static,
    ) -> Result<String> {
        let lang = self.lang;
        let validator = move |text: &str| {
            Ok(match check(text) {
                Ok(()) => Validation::Valid,
                Err(failure) => {
                    let hint = failure.hint.as_ref().map(|h| h.text(lang)).unwrap_or_default();
                    Validation::Invalid(format!("{} {hint}", failure.message.text(lang)).into())
                }
            })
        };
        let prompt = Text::new(question.text(lang)).with_initial_value(initial).with_validator(validator);
        prompt.prompt().map_err(given_up)
    }

    /// Yes or no.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn agree(self, question: Say) -> Result<bool> {
        let help = self.lang.pick("y（はい）か n（いいえ）で答えてください", "y or n");
        Confirm::new(question.text(self.lang)).with_default(false).with_help_message(help).prompt().map_err(given_up)
    }

    /// A text that may stay blank, unless it was given already.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn text(self, into: &mut Option<String>, question: Say) -> Result<()> {
        if into.is_none() {
            let asked = Text::new(question.text(self.lang)).prompt().map_err(given_up)?;
            *into = Some(asked).filter(|text| !text.trim().is_empty());
        }
        Ok(())
    }
}

fn given_up(error: InquireError) -> anyhow::Error {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Failure::plain(say!("中止しました。何も書き込んでいません", "cancelled; nothing was written")).into()
        }
        other => other.into(),
    }
}
