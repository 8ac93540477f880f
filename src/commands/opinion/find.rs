//! Which meeting, which opinion, which word of a list a person means.

use chrono::NaiveDate;

use crate::failure::Failure;
use crate::lang::Say;
use crate::ledger::written::Written;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::opinion::{Meeting, OpinionTrace, Stamp};
use crate::plan::period::{Parsed, Period};
use crate::say;
use crate::source::Snapshot;
use crate::text::same::{is_same_name, name_key};
use crate::text::suggest::{suggest, suggest_named};

use crate::ledger::files::OPINIONS;

/// The meeting that a text names: by its id, by what it is called, or by its day where only one was on it.
///
/// # Errors
/// When there is none, or more than one.
pub fn meeting<'p>(plan: &'p Plan, text: &str, today: NaiveDate) -> Result<&'p Meeting, Failure> {
    let found = meetings(plan, text, today);
    match found[..] {
        [one] => Ok(one),
        [] => {
            let known = plan.meetings.iter().map(|meeting| (meeting.id.as_str(), &*meeting.name));
            Err(Failure::new(
                say!("「{text}」という会議はありません", "there is no meeting `{text}`"),
                suggest_named(
                    text,
                    known,
                    say!(
                        "kaikaku opinion add で最初の意見を記録してください",
                        "record its first opinion with `kaikaku opinion add`"
                    ),
                ),
            ))
        }
        _ => {
            let ids: Vec<&str> = found.iter().map(|meeting| meeting.id.as_str()).collect();
            let (ja, en) = (ids.join("、"), ids.join(", "));
            Err(Failure::new(
                say!("「{text}」という会議は一つではありません", "`{text}` is more than one meeting"),
                say!("{ja} のどれかで指定してください", "give one of {en}"),
            ))
        }
    }
}

/// All that it may name.
pub fn meetings<'p>(plan: &'p Plan, text: &str, today: NaiveDate) -> Vec<&'p Meeting> {
    let id = Id::parse(text).ok();
    if let Some(one) = plan.meetings.iter().find(|meeting| Some(&meeting.id) == id.as_ref()) {
        return vec![one];
    }
    let named: Vec<&Meeting> = plan.meetings.iter().filter(|meeting| is_same_name(&meeting.name, text)).collect();
    if !named.is_empty() {
        return named;
    }
    let day = day_of(text, today);
    plan.meetings.iter().filter(|meeting| Some(meeting.date) == day).collect()
}

/// The day that a text names.
pub fn day_of(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match Period::parse_near(text, today) {
        Ok(Parsed { period: Period::Day(day), .. }) => Some(day),
        _ => None,
    }
}

/// A day that must be one.
///
/// # Errors
/// When it is none.
pub fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    day_of(text, today).ok_or_else(|| {
        Failure::new(
            say!("「{text}」は日付ではありません", "`{text}` is not a date"),
            say!("2026-02-10 や R8.2.10 のように書いてください", "write it as 2026-02-10 or R8.2.10"),
        )
    })
}

/// The meeting and the number that `2026-02-10/3` names; the meeting may be called by its day or name as well.
///
/// # Errors
/// When there is no such meeting, or no opinion of that number.
pub fn opinion<'p>(plan: &'p Plan, text: &str, today: NaiveDate) -> Result<(&'p Meeting, Id), Failure> {
    let folded = text.replace('／', "/");
    let Some((before, number)) = folded.rsplit_once('/') else {
        return Err(Failure::new(
            say!("「{text}」は意見の名前ではありません", "`{text}` is not the name of an opinion"),
            say!(
                "会議と番号を 2026-02-10/3 のように書いてください（kaikaku opinion list に出ます）",
                "write meeting and number, as in 2026-02-10/3; `kaikaku opinion list` shows them"
            ),
        ));
    };
    let meeting = meeting(plan, before.trim(), today)?;
    let known: Vec<&str> = meeting.opinions.iter().map(|opinion| opinion.number.as_str()).collect();
    let number = Id::parse(number).ok().filter(|number| known.contains(&number.as_str()));
    let number = number.ok_or_else(|| {
        let name = &meeting.name;
        let nothing = say!("kaikaku opinion add で記録してください", "record it with `kaikaku opinion add`");
        Failure::new(
            say!("{name} に「{text}」という意見はありません", "{name} has no opinion `{text}`"),
            suggest(text.rsplit(['/', '／']).next().unwrap_or_default(), known.iter().copied(), nothing),
        )
    })?;
    Ok((meeting, number))
}

/// The block that a correction corrects: the name by which no merge can move it, and what it says. `traces` are those of the
/// blocks of its kind in the file, in their order, and whether each is of the number asked about.
///
/// # Errors
/// When there is none of this name, it is not clear which one, or it has been corrected already.
pub fn corrected(
    snapshot: &Snapshot,
    meeting: &Meeting,
    header: &str,
    traces: &[(OpinionTrace, bool)],
    text: &str,
) -> Result<(Stamp, Written), Failure> {
    let own: Vec<(usize, &OpinionTrace)> =
        traces.iter().enumerate().filter(|(_, (_, is_own))| *is_own).map(|(at, (trace, _))| (at, trace)).collect();
    let wanted = Stamp::parse(text);
    let alike: Vec<&(usize, &OpinionTrace)> =
        own.iter().filter(|(_, trace)| wanted.is_some_and(|wanted| trace.stamp.is_meant_by(wanted))).collect();
    let standing: Vec<&&(usize, &OpinionTrace)> = alike.iter().filter(|(_, t)| t.corrected.is_none()).collect();
    let known = || own.iter().filter(|(_, t)| t.corrected.is_none()).map(|(_, t)| t.stamp.to_string());
    match (&standing[..], &alike[..]) {
        ([(at, trace)], _) => {
            let file = snapshot.position(&OPINIONS.path(&meeting.id));
            let place = u32::try_from(*at).unwrap_or(u32::MAX);
            let mut written =
                file.and_then(|file| Written::parse(snapshot.text(file), header, place)).unwrap_or_default();
            // What corrects a withdrawal says something again.
            ["withdrawn", "number", "to", "recorded", "corrects"].iter().for_each(|key| drop(written.take(key)));
            Ok((trace.stamp, written))
        }
        ([], [(_, trace), ..]) => {
            let by = trace.corrected.map(|by| by.to_string()).unwrap_or_default();
            Err(Failure::new(
                say!("「{text}」は「{by}」で訂正済みです", "`{text}` has been corrected by `{by}`"),
                say!("--corrects {by} としてください", "give --corrects {by}"),
            ))
        }
        ([], []) => {
            let names: Vec<String> = known().collect();
            let nothing = say!("訂正できる記録がありません", "there is nothing to correct");
            Err(Failure::new(
                say!("「{text}」という記録はありません", "there is no record `{text}`"),
                suggest(text, names.iter().map(String::as_str), nothing),
            ))
        }
        _ => {
            let names: Vec<String> = known().collect();
            let (ja, en) = (names.join("、"), names.join(", "));
            Err(Failure::new(
                say!("「{text}」という記録は一つではありません", "`{text}` is more than one record"),
                say!("次のどれかを指定してください：{ja}", "give one of {en}"),
            ))
        }
    }
}

/// The one of a few that a text names, by its key or by what people call it.
///
/// # Errors
/// When it names none.
pub fn choice<T: Copy>(
    text: &str,
    all: &[(&'static str, T)],
    say: fn(T) -> Say,
    what: (&str, &str),
) -> Result<T, Failure> {
    let is_meant = |(key, one): &&(&'static str, T)| {
        let Say { ja, en } = say(*one);
        let text = text.trim();
        text.eq_ignore_ascii_case(key) || name_key(text) == name_key(&ja) || text.eq_ignore_ascii_case(&en)
    };
    if let Some((_, one)) = all.iter().find(is_meant) {
        return Ok(*one);
    }
    let list = |pick: fn(Say) -> String| all.iter().map(|(_, one)| pick(say(*one))).collect::<Vec<_>>();
    let (ja, en) = (list(|say| say.ja).join("、"), all.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(", "));
    let (what_ja, what_en) = what;
    Err(Failure::new(
        say!("「{text}」という{what_ja}はありません", "there is no {what_en} `{text}`"),
        say!("{ja} のどれかを指定してください", "give one of {en}"),
    ))
}
