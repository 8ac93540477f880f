//! Asking at the terminal, step by step.

use std::fmt;

use anyhow::Result;
use inquire::{Confirm, InquireError, MultiSelect, Select};

use crate::console::{self, Asked};
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::say;
use crate::text::fold::fold;
use crate::wording::indicator_name;

/// How many answers of a short list are shown at once.
const ON_A_PAGE: usize = 20;

/// Asks in one language.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    lang: Lang,
}

/// What can be chosen from a list.
#[derive(Debug, Clone, Copy)]
enum Choice<'o> {
    /// One of the options, by its place and as it is shown.
    Option(usize, &'o str),
    /// None of them: it stands last, alone where no option is like the letters typed, so that Enter always does something.
    None(&'o str),
}

impl fmt::Display for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Option(_, text) | Self::None(text)) = self;
        f.write_str(text)
    }
}

impl Form {
    /// Asks in `lang`.
    pub fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// One of several, by its place. The list begins at the place `start`.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn choose(self, question: Say, options: &[String], start: usize) -> Result<usize> {
        let help = self
            .lang
            .pick("↑↓で選び Enter。文字を打つと絞り込み、Esc で中止", "↑↓ and Enter; type to filter; Esc cancels");
        let none = self.lang.pick("（この中にない。一覧のはじめに戻る）", "(none of these; back to the whole list)");
        let score = |typed: &str, choice: &Choice<'_>, _: &str, _: usize| match choice {
            Choice::Option(_, text) => likeness(typed, text),
            Choice::None(_) => Some(-1),
        };
        loop {
            let choices = options.iter().enumerate().map(|(place, text)| Choice::Option(place, text));
            let choices = choices.chain([Choice::None(none)]).collect();
            let list = Select::new(question.text(self.lang), choices).with_scorer(&score);
            let list = list.with_starting_cursor(start.min(options.len().saturating_sub(1))).with_help_message(help);
            if let Choice::Option(place, _) = list.prompt().map_err(ended)? {
                return Ok(place);
            }
        }
    }

    /// One of a few, by its place, without typing.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn decide(self, question: Say, answers: &[&str]) -> Result<usize> {
        let help = self.lang.pick("↑↓で選び Enter。Esc で中止", "↑↓ and Enter; Esc cancels");
        let list = Select::new(question.text(self.lang), answers.to_vec()).without_filtering().with_help_message(help);
        let list = list.with_page_size(answers.len().clamp(1, ON_A_PAGE));
        Ok(list.raw_prompt().map_err(ended)?.index)
    }

    /// Any number of several, by their places.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn several(self, question: Say, options: &[String]) -> Result<Vec<usize>> {
        let help = self.lang.pick(
            "↑↓で動き、スペースで選び（もう一度で外す）、Enter で決める。文字を打つと絞り込み、Esc で中止",
            "↑↓ to move, space to choose, Enter when done; type to filter; Esc cancels",
        );
        let score = |typed: &str, _: &String, text: &str, _: usize| likeness(typed, text);
        let list = MultiSelect::new(question.text(self.lang), options.to_vec()).with_scorer(&score);
        let chosen = list.with_help_message(help).with_page_size(ON_A_PAGE).raw_prompt().map_err(ended)?;
        Ok(chosen.into_iter().map(|option| option.index).collect())
    }

    /// A text that `check` accepts; Enter alone takes the default, whatever is typed stands in its place.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn checked(
        self,
        question: Say,
        default: Option<&str>,
        check: impl Fn(&str) -> Result<(), Failure>,
    ) -> Result<String> {
        let lang = self.lang;
        let reason = |failure: Failure| {
            let hint = failure.hint.as_ref().map(|h| h.text(lang)).unwrap_or_default();
            format!("{} {hint}", failure.message.text(lang))
        };
        let default = default.filter(|text| !text.is_empty());
        let asked = Asked { question: question.text(lang), default, before: "" };
        Ok(console::line(&asked, |text| check(text).map_err(&reason))?.ok_or_else(given_up)?)
    }

    /// Yes or no.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn agree(self, question: Say) -> Result<bool> {
        let help = self.lang.pick("y（はい）か n（いいえ）を入力してください", "y or n");
        Confirm::new(question.text(self.lang)).with_default(false).with_help_message(help).prompt().map_err(ended)
    }

    /// A text that may stay blank, unless it was given already. What was answered before stands there to be changed.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn text(self, into: &mut Option<String>, question: Say, before: Option<&str>) -> Result<()> {
        if into.is_none() {
            let asked = Asked { question: question.text(self.lang), default: None, before: before.unwrap_or_default() };
            let typed = console::line(&asked, |_| Ok(()))?.ok_or_else(given_up)?;
            *into = Some(typed).filter(|text| !text.trim().is_empty());
        }
        Ok(())
    }
}

/// How well an option answers to the letters typed, in whatever width and case; `None` where it does not. What begins
/// with them, such as the number of an entry, comes first.
fn likeness(typed: &str, option: &str) -> Option<i64> {
    let plain = |text: &str| fold(text).trim().to_lowercase();
    let (typed, option) = (plain(typed), plain(option));
    let words = option.split_whitespace();
    match () {
        () if typed.is_empty() => Some(0),
        () if words.clone().any(|word| word == typed) => Some(3),
        () if option.starts_with(&typed) => Some(2),
        () => typed.split_whitespace().all(|part| option.contains(part)).then_some(1),
    }
}

/// The person gave up.
pub fn given_up() -> Failure {
    Failure::plain(say!("中止しました。何も書き込んでいません", "cancelled; nothing was written"))
}

/// Whether that is why it ended.
pub fn is_given_up(error: &anyhow::Error) -> bool {
    error.downcast_ref() == Some(&given_up())
}

fn ended(error: InquireError) -> anyhow::Error {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => given_up().into(),
        other => other.into(),
    }
}

/// Every entry and indicator that a list offers: its id, and how it is called there.
pub fn named_subjects(plan: &Plan) -> (Vec<&Id>, Vec<String>) {
    let entries = plan.entries.iter().map(|entry| (&entry.id, format!("{} {}", entry.id, entry.name)));
    let indicators = plan.indicators.iter().map(|one| (&one.id, indicator_name(one)));
    entries.chain(indicators).unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_found_in_any_width() {
        let options = ["1-1 人材確保", "1-1-1 戦略的リクルート", "1-1-2 採用選考試験の見直し", "11-1 アプリ"];
        let found = |typed: &str| {
            let mut found: Vec<_> =
                options.iter().filter_map(|o| likeness(typed, o).map(|score| (score, *o))).collect();
            found.sort_by_key(|(score, _)| -score);
            found.into_iter().map(|(_, option)| option).collect::<Vec<_>>()
        };
        assert_eq!(found("１－１－２"), ["1-1-2 採用選考試験の見直し"]);
        assert_eq!(found("1-1")[0], "1-1 人材確保");
        assert_eq!(found("採用　見直し"), ["1-1-2 採用選考試験の見直し"]);
        assert_eq!(found("アプリ"), ["11-1 アプリ"]);
        assert!(found("9-9").is_empty());
        assert_eq!(found("").len(), 4);
    }
}
