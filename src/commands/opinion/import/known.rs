//! What a table says, held against what is recorded.

use chrono::NaiveDate;

use super::meaning::answered_later;
use super::{ImportedRow, split};
use crate::commands::find_owner;
use crate::failure::Failure;
use crate::inquiry::is_same_in_cells;
use crate::inquiry::minutes::{MinutesColumn as C, MinutesRow, words};
use crate::lang::Say;
use crate::plan::id::Id;
use crate::plan::opinion::{Response, ResponseState};
use crate::say;

impl super::Import<'_> {
    /// Notes what the table says of a recorded opinion otherwise than the record does: it is not taken.
    pub(super) fn compare(&self, row: &MinutesRow, number: &Id, found: &mut ImportedRow) {
        let Some(known) = self.at.known.and_then(|meeting| meeting.opinion(number)) else { return };
        let is_text = |listed: &str, recorded: &Option<Box<str>>| {
            recorded.as_deref().is_some_and(|recorded| is_same_in_cells(listed, recorded))
        };
        let is_kind = |listed: &str| words::kind(listed) == Some(known.kind);
        let is_recorded = |column: C, listed: &str| match column {
            C::Who => is_text(listed, &known.who),
            C::Person => is_text(listed, &known.person),
            C::Kind => is_kind(listed),
            _ => self.is_to(row, &known.owners),
        };
        let columns = [
            (C::Who, say!("発言者", "speaker")),
            (C::Person, say!("氏名", "person")),
            (C::Kind, say!("種類", "kind")),
            (C::Owner, say!("所管課", "owner")),
        ];
        for (column, Say { ja, en }) in columns {
            if let Some(listed) = row.get(column).filter(|listed| !is_recorded(column, listed)) {
                found.notes.push(say!(
                    "{ja}が記録と違います（表「{listed}」）。取り込みません",
                    "its {en} differs from the record (`{listed}` in the table) and is not taken"
                ));
            }
        }
    }

    /// Whether an opinion to these owners may be that of a row: where both name any, the row names no other.
    pub(super) fn is_to(&self, row: &MinutesRow, owners: &[usize]) -> bool {
        let mut listed = split(row.get(C::Owner)).map(|one| find_owner(self.plan, one).ok());
        owners.is_empty() || listed.all(|one| one.is_some_and(|one| owners.contains(&one)))
    }

    /// The owner that a row names of those that an opinion goes to: it answers for itself.
    pub(super) fn one_of_several(&self, row: &MinutesRow, number: &Id) -> Option<usize> {
        let opinion = self.at.known?.opinion(number)?;
        let mut listed = split(row.get(C::Owner)).filter_map(|one| find_owner(self.plan, one).ok());
        let first = listed.next().filter(|owner| opinion.owners.len() > 1 && opinion.owners.contains(owner))?;
        listed.next().is_none().then_some(first)
    }

    /// Whether that is what was answered last, or on this very day already.
    ///
    /// # Errors
    /// When something else was answered later: what is older would be recorded and not hold.
    pub(super) fn is_answered(
        &self,
        number: &Id,
        owner: Option<usize>,
        answer: (ResponseState, &str),
        day: NaiveDate,
    ) -> Result<bool, Failure> {
        let of = |one: &&Response| {
            one.to == *number && one.trace.stands() && owner.is_none_or(|owner| one.owner == Some(owner))
        };
        let answers = || self.at.known.into_iter().flat_map(|meeting| &meeting.responses).filter(of);
        let is_same = |one: &Response| (one.state, &*one.text) == answer;
        let Some(last) = answers().max_by_key(|one| one.trace.place) else { return Ok(false) };
        if is_same(last) || answers().any(|one| is_same(one) && one.trace.stamp.day == day) {
            return Ok(true);
        }
        if last.trace.stamp.day > day { Err(answered_later(last.trace.stamp.day, day)) } else { Ok(false) }
    }
}
