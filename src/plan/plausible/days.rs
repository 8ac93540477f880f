//! Days and periods: what has not begun, what lies far back, what is out of order.

use chrono::{Months, NaiveDate};

use super::{Doubt, Rule};
use crate::lang::Say;
use crate::plan::Head;
use crate::plan::closing::Closing;
use crate::plan::entry::{Entry, Update};
use crate::plan::indicator::Indicator;
use crate::plan::inquiry::Inquiry;
use crate::plan::opinion::Meeting;
use crate::plan::paper::Answer;
use crate::plan::period::Period;
use crate::plan::record::Recorded;
use crate::plan::source::Origin;
use crate::say;

/// How many months before the plan something may lie that a record reports.
const MONTHS_BEFORE: Months = Months::new(120);

/// The doubts about when a record was made, and about which period.
pub(super) fn timed(record: &impl Recorded, today: NaiveDate) -> Vec<Doubt> {
    let day = record.recorded();
    let doubts = [day.and_then(|day| future("recorded", day, today)), not_begun(record.period(), day.unwrap_or(today))];
    doubts.into_iter().flatten().collect()
}

/// A day that has not begun.
pub fn future(key: &'static str, day: NaiveDate, today: NaiveDate) -> Option<Doubt> {
    (today < day).then(|| Doubt {
        rule: Rule::FutureDay,
        key,
        message: say!("{day} はまだ来ていません（今日は {today}）", "{day} has not come yet (today is {today})"),
        help: say!("日付を確かめ、正しい日に直してください", "check the day, and write the right one"),
    })
}

/// A correction of a day before that of what it corrects; that day may itself not have come, which is why it is corrected.
pub fn before_corrected(record: &impl Recorded, today: NaiveDate) -> Option<Doubt> {
    let (day, of) = (record.recorded()?, record.trace().corrects()?);
    let before = of.recorded.filter(|before| day < *before && *before <= today)?;
    Some(Doubt {
        rule: Rule::DaysOutOfOrder,
        key: "recorded",
        message: say!(
            "訂正の日（{day}）が、訂正する記録「{of}」の日（{before}）より前です",
            "the day of the correction ({day}) lies before that of the record it corrects, `{of}` ({before})"
        ),
        help: say!("記録日（recorded）を確かめてください", "check the day (`recorded`)"),
    })
}

/// A period that had not begun on the day of which it is reported.
pub fn not_begun(period: Period, day: NaiveDate) -> Option<Doubt> {
    let first = period.first_day();
    let meant = period.cycle().map_or(Period::Day(day), |cycle| cycle.period_containing(day));
    (day < first).then(|| Doubt {
        rule: Rule::NotBegun,
        key: "period",
        message: say!(
            "{period} は {first} に始まるため、{day} に報告できません",
            "{period} begins on {first}, so that nothing can be reported of it on {day}"
        ),
        help: say!(
            "{day} の期間は {meant} です（年度は4月から翌年3月まで）",
            "{day} lies in {meant} (a fiscal year is from April to March)"
        ),
    })
}

/// The doubts about the milestones that an update reports.
pub(super) fn reached(head: &Head, entry: &Entry, update: &Update, today: NaiveDate) -> Vec<Doubt> {
    let day = update.recorded.unwrap_or(today);
    let milestones = update.reached.iter().flat_map(|reached| &reached.milestones);
    let doubts = milestones.filter_map(|(lane, place, when)| {
        let name = &entry.milestones_of(*lane)[*place].name;
        if day < when.first_day() {
            return Some(Doubt {
                rule: Rule::ReachedTooSoon,
                key: "reached",
                message: say!(
                    "「{name}」に到達した日（{when}）が、記録した日（{day}）より後です",
                    "`{name}` was reached on {when}, after the day of the record ({day})"
                ),
                help: say!(
                    "到達した日を確かめてください。予定の日は outline の milestone に書きます",
                    "check when it was reached; when it is planned belongs to `milestone` in the outline"
                ),
            });
        }
        is_long_before(head, *when).then(|| long_ago("reached", head, *when))
    });
    doubts.collect()
}

fn is_long_before(head: &Head, period: Period) -> bool {
    head.from.first_day().checked_sub_months(MONTHS_BEFORE).is_some_and(|first| period.last_day() < first)
}

/// A period long before the plan and before everything that the plan says of the indicator.
pub(super) fn long_before(head: &Head, indicator: &Indicator, period: Period) -> Option<Doubt> {
    let known = indicator.baseline.iter().any(|baseline| baseline.period.last_day() <= period.last_day());
    (is_long_before(head, period) && !known).then(|| long_ago("period", head, period))
}

fn long_ago(key: &'static str, head: &Head, period: Period) -> Doubt {
    let from = head.from;
    Doubt {
        rule: Rule::LongAgo,
        key,
        message: say!(
            "{period} は、計画の始まり（{from}）より10年以上前です",
            "{period} lies more than ten years before the plan, which begins in {from}"
        ),
        help: say!("元号や年の書き間違いがないか確かめてください", "check the era and the year for a typing error"),
    }
}

/// The doubts about a new record among those that it stands with: made while a later day is known already, or without
/// effect, because a record of the same period has a later day.
pub fn overtaken<'r, R: Recorded + 'r>(
    new: &R,
    others: impl Iterator<Item = &'r R>,
    today: NaiveDate,
) -> Option<Doubt> {
    let recorded = new.recorded()?;
    let later = others.filter(|other| other.stands() && other.place().0.is_some_and(|day| recorded < day));
    let (mut hides, mut ahead) = (None, None);
    for other in later {
        let slot = if other.period() == new.period() { &mut hides } else { &mut ahead };
        *slot = Some(other.name()).max(slot.take());
    }
    let hidden = hides.map(|name| Doubt {
        rule: Rule::Overtaken,
        key: "recorded",
        message: say!(
            "同じ期間に、より後の日の記録「{name}」があり、この記録（{recorded}）は数えられません",
            "`{name}` of the same period has a later day, so that this record ({recorded}) will not count"
        ),
        help: say!(
            "端末の時計と --recorded を確かめてください。「{name}」の日が誤りなら、先に --corrects {name} で訂正するか、--withdraw を付けて取り下げてください",
            "check the clock of this machine and --recorded; if the day of `{name}` is wrong, first correct it with --corrects {name}, or withdraw it by adding --withdraw"
        ),
    });
    hidden.or_else(|| {
        let name = ahead.filter(|name| recorded == today && name.recorded.is_some_and(|day| today < day))?;
        Some(Doubt {
            rule: Rule::Overtaken,
            key: "recorded",
            message: say!(
                "今日（{today}）より後の日の記録「{name}」があります",
                "there is a record of a later day than today ({today}): `{name}`"
            ),
            help: say!(
                "端末の時計を確かめてください。時計が正しければ「{name}」の日が誤りです。先に --corrects {name} で訂正するか、--withdraw を付けて取り下げてください",
                "check the clock of this machine; if it is right, the day of `{name}` is wrong: first correct it with --corrects {name}, or withdraw it by adding --withdraw"
            ),
        })
    })
}

/// A day before another one that it follows: each with what it is, in both languages.
fn out_of_order(key: &'static str, (what, day): (Say, NaiveDate), (first, before): (Say, NaiveDate)) -> Option<Doubt> {
    (day < before).then(|| Doubt {
        rule: Rule::DaysOutOfOrder,
        key,
        message: Say {
            ja: format!("{}（{day}）が、{}（{before}）より前です", what.ja, first.ja),
            en: format!("{} ({day}) lies before {} ({before})", what.en, first.en),
        },
        help: say!("年と日を確かめてください", "check the year and the day"),
    })
}

/// A deadline before the day on which its form is sent.
pub fn deadline(deadline: NaiveDate, sent: NaiveDate) -> Option<Doubt> {
    let (what, first) = (say!("回答期限", "the deadline"), say!("照会した日", "the day of sending"));
    out_of_order("deadline", (what, deadline), (first, sent))
}

/// A term that has passed on the day on which it is set; `what` says whose term it is.
pub fn passed(key: &'static str, what: Say, term: NaiveDate, recorded: NaiveDate) -> Option<Doubt> {
    out_of_order(key, (what, term), (say!("記録した日", "the day of the record"), recorded))
}

/// A reply of a day before its form was sent.
pub fn before_sent(key: &'static str, day: NaiveDate, sent: NaiveDate) -> Option<Doubt> {
    let (what, first) = (say!("回答の日", "the day of the reply"), say!("照会した日", "the day of sending"));
    out_of_order(key, (what, day), (first, sent))
}

/// The doubts about the days of what was sent and received, each with where it is written.
pub fn of_inquiry(inquiry: &Inquiry, today: NaiveDate) -> Vec<(Origin, Doubt)> {
    let mut found = Vec::new();
    for sent in &inquiry.sent {
        let late = sent.deadline.and_then(|day| deadline(day, sent.sent));
        let doubts = [future("sent", sent.sent, today), late];
        found.extend(doubts.into_iter().flatten().map(|doubt| (sent.origin, doubt)));
    }
    for reply in &inquiry.replies {
        let first = inquiry.first_sent(reply.owner);
        let early = first.and_then(|sent| before_sent("received", reply.received, sent));
        let doubts = [future("received", reply.received, today), early];
        found.extend(doubts.into_iter().flatten().map(|doubt| (reply.origin, doubt)));
    }
    found
}

/// A meeting that has not begun, or one that ends more than a year from now: nobody has said anything there.
pub fn meeting(date: NaiveDate, from: Option<NaiveDate>, today: NaiveDate) -> Option<Doubt> {
    const LONGEST: Months = Months::new(12);
    let begun = from.and_then(|from| future("from", from, today));
    let end = if from.is_some() { today.checked_add_months(LONGEST).unwrap_or(today) } else { today };
    begun.or_else(|| if date <= end { None } else { future("date", date, today) })
}

/// The doubts about an answer in the council: when it was given, and about which period.
pub fn of_answer(answer: &Answer, today: NaiveDate) -> Vec<(Origin, Doubt)> {
    let day = answer.recorded;
    let doubts = [day.and_then(|day| future("recorded", day, today)), not_begun(answer.period, day.unwrap_or(today))];
    doubts.into_iter().flatten().map(|doubt| (answer.origin, doubt)).collect()
}

/// The doubts about the day of a meeting, and about those on which opinions and responses were recorded, each with where it
/// is written.
pub fn of_meeting(meeting: &Meeting, today: NaiveDate) -> Vec<(Origin, Doubt)> {
    let of_itself = self::meeting(meeting.date, meeting.from, today).map(|doubt| (meeting.origin, doubt));
    let opinions = meeting.opinions.iter().map(|opinion| (opinion.origin, opinion.trace.stamp.day));
    let responses = meeting.responses.iter().map(|response| (response.origin, response.trace.stamp.day));
    let doubted = |(origin, day): (Origin, NaiveDate)| Some((origin, future("recorded", day, today)?));
    of_itself.into_iter().chain(opinions.chain(responses).filter_map(doubted)).collect()
}

/// The doubts about the days of a closed period and of its corrections, each with where it is written.
pub fn of_closing(closing: &Closing, today: NaiveDate) -> Vec<(Origin, Doubt)> {
    let end = || say!("期間の末日", "the last day of its period");
    let order = out_of_order(
        "closed",
        (say!("確定した日", "the day of closing"), closing.closed),
        (end(), closing.period.last_day()),
    );
    let doubts = [future("closed", closing.closed, today), order];
    let mut found: Vec<(Origin, Doubt)> = doubts.into_iter().flatten().map(|doubt| (closing.origin, doubt)).collect();
    for correction in &closing.corrections {
        let doubts = [future("date", correction.date, today), before_closing(correction.date, closing)];
        found.extend(doubts.into_iter().flatten().map(|doubt| (correction.origin, doubt)));
    }
    found
}

/// A correction of a day before its period was closed.
pub fn before_closing(day: NaiveDate, closing: &Closing) -> Option<Doubt> {
    let (what, first) = (say!("訂正の日", "the day of the correction"), say!("確定した日", "the day of closing"));
    out_of_order("date", (what, day), (first, closing.closed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::period::Parsed;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn today_has_come_and_tomorrow_has_not() {
        let today = day("2026-11-21");
        assert_eq!(future("recorded", today, today), None);
        let doubt = future("recorded", day("2026-11-22"), today).unwrap();
        assert_eq!((doubt.rule, doubt.rule.is_impossible()), (Rule::FutureDay, true));
        assert!(doubt.message.ja.contains("2026-11-22") && doubt.message.ja.contains("2026-11-21"));
    }

    #[test]
    fn a_meeting_has_begun_and_ends_within_a_year() {
        let today = day("2026-11-21");
        for (date, from, key) in [
            ("2026-11-21", None, None),
            ("2026-11-22", None, Some("date")),
            ("2099-01-01", None, Some("date")),
            ("2026-12-20", Some("2026-11-20"), None),
            ("2026-12-20", Some("2026-11-22"), Some("from")),
            ("2099-12-20", Some("2026-11-20"), Some("date")),
        ] {
            let doubt = meeting(day(date), from.map(day), today);
            assert_eq!(doubt.map(|doubt| doubt.key), key, "{date} {from:?}");
        }
    }

    /// By hand: the fiscal year R9 begins in April of 2027 and its fourth quarter in January of 2028.
    #[test]
    fn a_period_begins_on_its_first_day_and_the_one_that_is_meant_is_named() {
        for (period, timed, meant) in [
            ("R9Q4", "2027-02-10", Some("R8Q4")),
            ("R9Q4", "2027-12-31", Some("R9Q3")),
            ("R9Q4", "2028-01-01", None),
            ("R8Q4", "2027-02-10", None),
            ("R9", "2027-03-31", Some("R8")),
            ("R9", "2027-04-01", None),
            ("R9H2", "2027-09-30", Some("R9H1")),
            ("R9.2", "2027-01-31", Some("R9.1")),
            ("R9.2.11", "2027-02-10", Some("R9.2.10")),
            ("R9.2.11", "2027-02-11", None),
        ] {
            let Parsed { period, .. } = Period::parse(period).unwrap();
            let help = not_begun(period, day(timed)).map(|doubt| doubt.help.en);
            assert_eq!(help.is_some(), meant.is_some(), "{period} {timed}");
            let expected = meant.map(|meant| format!("{timed} lies in {meant} "));
            assert!(help.zip(expected).is_none_or(|(help, expected)| help.starts_with(&expected)), "{period} {timed}");
        }
    }
}
