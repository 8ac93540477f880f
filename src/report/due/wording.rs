//! What is owed, in words.

use crate::lang::Lang;
use crate::plan::period::Period;
use crate::plan::road::Lane;
use crate::plan::value::Value;
use crate::plan::{Plan, Subject};
use crate::query::due::{Due, Dues, Waiting, What};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// The kind of what is owed.
pub fn kind(key: &str, lang: Lang) -> &str {
    match key {
        "update" => lang.pick("進捗の報告", "report"),
        "milestone" => terms::MILESTONE.word(lang),
        "step" => lang.pick("工程", "step"),
        "value" => terms::ACTUAL.word(lang),
        "opinion" => lang.pick("意見への回答", "answer to an opinion"),
        "promise" => lang.pick("約束", "promise"),
        "asked" => lang.pick("回答・約束（期限前）", "answer or promise, in time"),
        "waiting" => lang.pick("確認待ち", "to confirm"),
        "upcoming" => lang.pick("予告", "upcoming"),
        other => other,
    }
}

/// An owner by name.
pub fn owner_name(plan: &Plan, owner: Option<usize>, lang: Lang) -> String {
    let none = lang.pick("所管課の定めなし", "No owner is set");
    owner.map_or(none, |place| plan.owners[place].label()).to_owned()
}

/// What it is about.
pub fn subject(plan: &Plan, due: &Due<'_>, lang: Lang) -> String {
    match due.subject {
        Some(Subject::Entry(place)) => format!("{} {}", plan.entries[place].id, plan.entries[place].name),
        Some(Subject::Indicator(place)) => words::indicator_name(&plan.indicators[place]),
        None => terms::WHOLE_PLAN.title(lang).to_owned(),
    }
}

/// How periods are written: narrow in tables, in full in letters.
pub type Form = fn(Period, Lang) -> String;

/// What is owed, as papers and lists say it.
pub fn what(dues: &Dues<'_>, due: &Due<'_>, form: Form, lang: Lang) -> String {
    owed(dues, due, form, ["がない", "の記録がない"], lang)
}

/// What is owed, as one asks a colleague for it.
pub fn what_is_asked(dues: &Dues<'_>, due: &Due<'_>, lang: Lang) -> String {
    owed(dues, due, Period::long, ["をいただいておりません", "の報告をいただいておりません"], lang)
}

/// What is owed; `none` is how Japanese says that something is not there, and that nothing says so.
fn owed(dues: &Dues<'_>, due: &Due<'_>, form: Form, [none, no_record]: [&str; 2], lang: Lang) -> String {
    let plan = dues.plan;
    match &due.what {
        What::Update { last, missed } => {
            let period = dues.period.map(|p| form(p, lang)).unwrap_or_default();
            let last = match last {
                None => lang.pick("報告は一度もない", "never reported").to_owned(),
                Some(last) => tr!(lang, "最後の報告は{}", "last: {}", form(*last, lang)),
            };
            let row =
                if *missed > 1 { tr!(lang, "、{missed}期続けて", ", {missed} in a row") } else { String::new() };
            tr!(lang, "{period}の報告{none}（{last}{row}）", "no report about {period} ({last}{row})")
        }
        What::Milestone(lane, milestone) => {
            let (of, name, date) = (of_lane(plan, due, *lane, lang), &milestone.name, form(milestone.date, lang));
            let mark = words::mark(milestone.origin.certainty, lang);
            tr!(
                lang,
                "{of}「{name}」（{date}{mark}）の到達{no_record}",
                "{of}no record that \"{name}\" ({date}{mark}) was reached"
            )
        }
        What::Step(lane, planned) => {
            let (of, step, year) =
                (of_lane(plan, due, *lane, lang), plan.steps[planned.step].text(lang), form(planned.year.into(), lang));
            tr!(
                lang,
                "{of}{year}に予定した「{step}」の到達{no_record}",
                "{of}no record that \"{step}\", planned for {year}, was reached"
            )
        }
        What::Value(periods) => {
            let periods: Vec<String> = periods.iter().map(|period| form(*period, lang)).collect();
            let periods = periods.join(lang.pick("、", ", "));
            tr!(lang, "{periods}の実績値{none}", "no value for {periods}")
        }
        What::Opinion(owed) => {
            let (meeting, number) = (&owed.meeting.name, &owed.opinion.number);
            let said = words::opinion::shortened(owed.opinion.in_short());
            let of = tr!(lang, "{meeting} 番号{number}「{said}」", "{meeting}, no. {number} \"{said}\"");
            match owed.promise {
                None if owed.is_late => tr!(lang, "{of}への回答{none}", "no answer to {of}"),
                None => tr!(lang, "{of}への回答", "an answer to {of}"),
                Some(promise) if owed.is_late => {
                    let promised = promise.text;
                    tr!(
                        lang,
                        "{of}に約束した「{promised}」{no_record}",
                        "{of}: no record that \"{promised}\" was done, as promised"
                    )
                }
                Some(promise) => {
                    let promised = promise.text;
                    tr!(lang, "{of}に約束した「{promised}」", "{of}: promised \"{promised}\"")
                }
            }
        }
        What::Waiting(waiting) => still(due, waiting, plan, form, lang),
        What::Upcoming(lane, milestone) => {
            let (of, name) = (of_lane(plan, due, *lane, lang), &milestone.name);
            tr!(lang, "{of}「{name}」（{}）", "{of}\"{name}\" ({})", form(milestone.date, lang))
        }
    }
}

/// Names the initiative that a line is about, for the front of the line.
fn of_lane(plan: &Plan, due: &Due<'_>, lane: Lane, lang: Lang) -> String {
    let Some(Subject::Entry(place)) = due.subject else { return String::new() };
    let initiative = plan.entries[place].initiative(lane);
    initiative.map(|i| tr!(lang, "{}：", "{}: ", i.name)).unwrap_or_default()
}

fn still(due: &Due<'_>, waiting: &Waiting<'_>, plan: &Plan, form: Form, lang: Lang) -> String {
    let open = |what: String| tr!(lang, "{what}が要確認のまま", "still unconfirmed: {what}");
    match waiting {
        Waiting::Itself => open(lang.pick("記載", "entry as stated").to_owned()),
        Waiting::Initiative(initiative) => open(tr!(lang, "「{}」", "\"{}\"", initiative.name)),
        Waiting::Milestone(milestone) => open(tr!(lang, "「{}」", "\"{}\"", milestone.name)),
        Waiting::Figure(figure) => open(tr!(lang, "「{}」", "\"{}\"", figure.name)),
        Waiting::Update(update) => open(tr!(lang, "{}の記録", "record about {}", form(update.period, lang))),
        Waiting::Series => open(lang.pick("単年度か累計か", "yearly or cumulative").to_owned()),
        Waiting::Reading(reading) => {
            let value = match due.subject {
                Some(Subject::Indicator(place)) => words::reading(reading, &plan.indicators[place], lang),
                _ => String::new(),
            };
            let period = form(reading.period, lang);
            match reading.value {
                Value::Absent(_) => tr!(lang, "{period}の値が{value}", "{period}: {value}"),
                _ => open(tr!(lang, "{period}の値 {value} ", "{period}: {value}")),
            }
        }
        Waiting::Provisional(measure) => {
            tr!(lang, "{}の値が速報のまま", "still provisional: {}", form(measure.reading.period, lang))
        }
        Waiting::Unpublished(reading) => {
            let period = form(reading.period, lang);
            let why = reading.notes().first().map(|note| words::opinion::shortened(note));
            let why = why.map(|note| tr!(lang, "（{note}）", " ({note})")).unwrap_or_default();
            tr!(lang, "{period}の値が未公表のまま{why}", "still not published: {period}{why}")
        }
    }
}
