//! What the words of a table mean, and what is said of those that mean nothing.

use chrono::NaiveDate;

use super::ImportedRow;
use crate::commands::opinion::answer::state;
use crate::commands::opinion::find::choice;
use crate::failure::Failure;
use crate::inquiry::minutes::words;
use crate::lang::Say;
use crate::plan::opinion::OpinionKind;
use crate::plan::period::Period;
use crate::say;

/// What an opinion is, as a table says it.
///
/// # Errors
/// When the word names no kind.
pub fn kind(text: &str, found: &mut ImportedRow) -> Result<OpinionKind, Failure> {
    let Some(kind) = words::kind(text) else {
        return choice(text, &OpinionKind::ALL, OpinionKind::say, ("意見の種類", "kind of opinion"));
    };
    let is_own = |text: &str| choice(text, &OpinionKind::ALL, OpinionKind::say, ("", "")).is_ok();
    found.notes.extend(read_as(text, kind.say(), is_own));
    Ok(kind)
}

/// Whether a text is a state by its own name.
pub fn state_named(text: &str) -> bool {
    state(text).is_ok()
}

/// That a word of the table was read as one of the plan, unless it is that one.
pub fn read_as(text: &str, meant: Say, is_own: impl Fn(&str) -> bool) -> Option<Say> {
    let text = text.trim().trim_matches(['【', '】', '［', '］', '[', ']', '（', '）', '(', ')']);
    let Say { ja, en } = meant;
    (!is_own(text)).then(|| say!("「{text}」を「{ja}」と読みました", "read `{text}` as `{en}`"))
}

/// Refuses an answer of a day before the last one that is recorded.
pub fn answered_later(last: NaiveDate, day: NaiveDate) -> Failure {
    let [last, day] = [last, day].map(|day| Period::Day(day).short());
    Failure::new(
        say!(
            "この対応は {day} のもので、{last} の対応がもう記録されています。記録しても、現在の対応になりません",
            "the answer is of {day}, and one of {last} is recorded: it would not be the one that holds"
        ),
        say!(
            "新しい対応なら、表の日を直すか空にしてください。記録した対応が誤りなら kaikaku opinion answer --corrects で訂正してください",
            "if it is newer, correct or empty its day in the table; if the recorded one is wrong, correct that by `kaikaku opinion answer \
             --corrects`"
        ),
    )
}

/// Refuses an answer of a day on which nothing was said yet.
pub fn answered_too_soon(day: NaiveDate, began: NaiveDate) -> Failure {
    let [day, began] = [day, began].map(|day| Period::Day(day).short());
    Failure::new(
        say!(
            "対応の日（{day}）が、意見の出た日（{began}）より前です",
            "its day, {day}, is before anything was said ({began})"
        ),
        say!(
            "表の日か、--meeting と --from の日を確かめてください",
            "check the day in the table, or those of --meeting and --from"
        ),
    )
}

/// Refuses what is no number of an opinion.
pub fn no_number(text: &str) -> Failure {
    Failure::plain(say!("「{text}」は意見の番号になりません", "`{text}` cannot be the number of an opinion"))
}

/// Refuses what is no count.
pub fn no_count(text: &str) -> Failure {
    Failure::plain(say!(
        "件数の「{text}」が読めません。1 以上の整数を書いてください",
        "the count `{text}` cannot be read; write a whole number from 1 on"
    ))
}

/// Refuses a state without an answer.
pub fn no_answer() -> Failure {
    Failure::plain(say!("対応状況だけで、対応の内容がありません", "there is a state, and no answer"))
}

/// Refuses that nothing is done where nobody says why.
pub fn no_reason() -> Failure {
    Failure::plain(say!("対応しない理由がありません", "it is not said why nothing is done"))
}

/// Refuses a promise without a term.
pub fn no_until() -> Failure {
    Failure::plain(say!("約束の期限がありません", "it is not said until when that is promised"))
}

/// Refuses an answer without a state.
pub fn no_state() -> Failure {
    Failure::new(
        say!("対応状況がありません", "the answer has no state"),
        say!(
            "対応状況の列を作るか、--state でまとめて指定してください",
            "give the table a column of states, or name the one of all by --state"
        ),
    )
}
