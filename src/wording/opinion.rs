//! Opinions and responses in the reader's words.

use chrono::NaiveDate;

use crate::lang::{Lang, plural};
use crate::plan::opinion::{Meeting, Opinion, Response, ResponseState};
use crate::plan::period::{Period, date_text};
use crate::plan::{Plan, Subject};
use crate::query::opinion::{Thread, ThreadPart};
use crate::text::terms;
use crate::tr;

use super::{indicator_name, owners};

/// What comes of an opinion; also that nobody has answered.
pub fn state(state: Option<ResponseState>, lang: Lang) -> String {
    state.map_or_else(|| lang.pick("未回答", "unanswered").to_owned(), |state| state.say().text(lang).to_owned())
}

/// How many groups there are of opinions, where some are grouped: then what is counted by state is the groups.
pub fn groups(threads: &[Thread<'_>]) -> Option<usize> {
    threads.iter().any(|thread| thread.count() != 1).then_some(threads.len())
}

/// How many opinions there are, those that are grouped each counted, and in how many groups.
pub fn total(threads: &[Thread<'_>], lang: Lang) -> String {
    let said: u64 = threads.iter().map(Thread::count).sum();
    match groups(threads) {
        None => tr!(lang, "{said}件", "{said}"),
        Some(n) => {
            let groups = plural(n, "group", "groups");
            tr!(lang, "{said}件（まとめて{n}項目）", "{said}, in {groups}")
        }
    }
}

/// What comes of an opinion: of several departments that differ each by itself.
pub fn states(plan: &Plan, thread: &Thread<'_>, lang: Lang) -> String {
    let first = thread.parts.first().and_then(ThreadPart::state);
    if thread.parts.iter().all(|part| part.state() == first) {
        return state(first, lang);
    }
    let one = |part: &ThreadPart<'_>| format!("{}{}", whose(plan, part.owner, lang), state(part.state(), lang));
    thread.parts.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// 人事課：, for the front of a line.
fn whose(plan: &Plan, owner: Option<usize>, lang: Lang) -> String {
    owner.map(|place| tr!(lang, "{}：", "{}: ", plan.owners[place].label())).unwrap_or_default()
}

/// What an opinion is about, as a person names it; the whole plan where it names nothing.
pub fn about(plan: &Plan, opinion: &Opinion, lang: Lang) -> String {
    let name = |subject: &Subject| match subject {
        Subject::Entry(place) => format!("{} {}", plan.entries[*place].id, plan.entries[*place].name),
        Subject::Indicator(place) => indicator_name(&plan.indicators[*place]),
    };
    match opinion.about.is_empty() {
        true => terms::WHOLE_PLAN.word(lang).to_owned(),
        false => opinion.about.iter().map(name).collect::<Vec<_>>().join("\n"),
    }
}

/// Whom an opinion goes to.
pub fn answering(plan: &Plan, thread: &Thread<'_>, lang: Lang) -> String {
    let places: Vec<usize> = thread.parts.iter().filter_map(|part| part.owner).collect();
    owners(&places, &plan.owners, lang)
}

/// The answers that hold, each department's behind its name where there are several; with the reason of what is not done and
/// the change of the plan that reflects it.
pub fn answers(plan: &Plan, thread: &Thread<'_>, lang: Lang) -> String {
    let latest = thread.latest();
    let several = thread.parts.len() > 1;
    let one = |response: &&Response| {
        let whose = if several { whose(plan, response.owner, lang) } else { String::new() };
        format!("{whose}{}", answer(response, lang))
    };
    latest.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// That the plan reflects an opinion.
pub fn reflected(lang: Lang) -> &'static str {
    lang.pick("計画に反映", "Reflected in the plan")
}

/// One answer, with its reason and what reflects it.
pub fn answer(response: &Response, lang: Lang) -> String {
    let text = &response.text;
    let reason = response.reason.as_ref().map(|reason| tr!(lang, "\n理由：{reason}", "\nReason: {reason}"));
    let reflected = match (response.change, &response.revision) {
        (Some(day), _) => {
            let day = date_text(day, lang);
            let reflected = reflected(lang);
            Some(tr!(lang, "\n{reflected}（{day}）", "\n{reflected} ({day})"))
        }
        (None, Some(_)) => Some(format!("\n{}", reflected(lang))),
        (None, None) => None,
    };
    format!("{text}{}{}", reason.unwrap_or_default(), reflected.unwrap_or_default())
}

/// What was promised and is still to come, until when.
pub fn promises(plan: &Plan, thread: &Thread<'_>, lang: Lang) -> String {
    let several = thread.parts.len() > 1;
    let one = |part: &ThreadPart<'_>| {
        let promise = part.promise()?;
        let whose = if several { whose(plan, part.owner, lang) } else { String::new() };
        Some(format!("{whose}{}", promised(promise.text, promise.response.until, lang)))
    };
    let mut lines: Vec<String> = thread.parts.iter().filter_map(one).collect();
    lines.dedup();
    lines.join("\n")
}

/// A promise and its term.
pub fn promised(text: &str, until: Option<Period>, lang: Lang) -> String {
    match until {
        Some(until) => {
            let until = until.brief(lang);
            tr!(lang, "{text}（{until}まで）", "{text} (until {until})")
        }
        None => text.to_owned(),
    }
}

/// An opinion where only a line is left for it.
pub fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    crate::text::safe::shortened(&crate::text::safe::one_line(text), SHOWN).into_owned()
}

/// The days of a meeting.
pub fn days(meeting: &Meeting, lang: Lang) -> String {
    let day = |day: NaiveDate| date_text(day, lang);
    match meeting.from {
        Some(from) => tr!(lang, "{}～{}", "{} – {}", day(from), day(meeting.date)),
        None => day(meeting.date),
    }
}

/// Who said it: the role, with the name where papers may have it.
pub fn who(opinion: &Opinion, with_names: bool, lang: Lang) -> String {
    let person = opinion.person.as_deref().filter(|_| with_names);
    match (opinion.who.as_deref(), person) {
        (Some(who), Some(person)) => tr!(lang, "{who}（{person}）", "{who} ({person})"),
        (who, person) => who.or(person).unwrap_or_default().to_owned(),
    }
}
