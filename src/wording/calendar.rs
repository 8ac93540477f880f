//! Duties in words: what is to be done, by whom, and why then.

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::{Period, date_text};
use crate::plan::road::Lane;
use crate::query::calendar::{Basis, Duty, Work};
use crate::text::safe::{one_line, shortened};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// The kind of a duty, by its key.
pub fn kind(key: &str, lang: Lang) -> &str {
    let (ja, en) = match key {
        "ask" => ("照会", "Inquiry"),
        "collect" => ("回答期限", "Replies due"),
        "close" => ("報告と確定", "Paper and closing"),
        "values" => terms::ACTUAL.titles(),
        "meeting" => ("会議", "Meeting"),
        "answer" => ("意見への回答", "Answer to an opinion"),
        "promise" => ("約束", "Promise"),
        "open-year" => ("年度の切替え", "New year"),
        "scale" => ("尺度", "Scale"),
        "scheduled" => ("計画の経過", "Schedule"),
        "milestone" => terms::MILESTONE.titles(),
        "step" => ("工程", "Step"),
        "begins" | "ends" => ("取組", "Initiative"),
        "added" | "dropped" => terms::ENTRY.titles(),
        "plan-ends" => ("計画期間", "Plan period"),
        other => return other,
    };
    lang.pick(ja, en)
}

/// What it is about: the entry by number and name; nothing of the plan as a whole.
pub fn subject(plan: &Plan, duty: &Duty<'_>) -> String {
    let entry = duty.work.entry().map(|place| &plan.entries[place]);
    entry.map(|entry| format!("{} {}", entry.id, entry.name)).unwrap_or_default()
}

/// What is to be done; to an owner alone otherwise than to the office.
pub fn work(plan: &Plan, work: &Work<'_>, is_owner: bool, lang: Lang) -> String {
    let long = |period: Period| period.long(lang);
    match work {
        Work::Ask(period) if is_owner => {
            tr!(lang, "{}の照会に備える", "prepare for the inquiry about {}", long(*period))
        }
        Work::Ask(period) => tr!(lang, "{}の照会を所管課に送る", "send the inquiry about {}", long(*period)),
        Work::Collect(period) if is_owner => {
            tr!(lang, "{}の照会に回答する", "answer the inquiry about {}", long(*period))
        }
        Work::Collect(period) => {
            tr!(lang, "{}の回答の期限。集めて取り込む", "replies about {} are due: collect them", long(*period))
        }
        Work::Close(period) => {
            tr!(lang, "{}の報告書を作り、決裁の後に確定する", "write the papers about {}, and close it", long(*period))
        }
        Work::Values(period, places) => {
            let names: Vec<String> =
                places.iter().map(|place| words::indicator_name(&plan.indicators[*place])).collect();
            let (names, period) = (names.join(lang.pick("、", ", ")), long(*period));
            tr!(lang, "{period}の実績値を記録する：{names}", "record the values of {period}: {names}")
        }
        Work::Meeting(meeting) => tr!(lang, "会議：{}", "meeting: {}", meeting.name),
        Work::Answer(meeting, opinion) => {
            let (words, name) = (brief(opinion.in_short()), &meeting.name);
            tr!(lang, "意見「{words}」（{name}）に回答する", "answer the opinion \"{words}\" ({name})")
        }
        Work::Promise(meeting, opinion, promise) => {
            let (words, name, promise) = (brief(opinion.in_short()), &meeting.name, brief(promise));
            tr!(
                lang,
                "約束「{promise}」を果たす（{name}の意見「{words}」）",
                "keep the promise \"{promise}\" (on \"{words}\", {name})"
            )
        }
        Work::OpenYear(year) => tr!(lang, "{}を始める", "open {}", year.long(lang)),
        Work::Scale(version) => {
            tr!(lang, "尺度「{}」を用い始める", "the scale `{}` comes into force", version.name)
        }
        Work::Scheduled(milestone) => milestone.name.to_string(),
        Work::Milestone(place, lane, milestone) => {
            let (of, name) = (lane_of(plan, *place, *lane, lang), &milestone.name);
            let mark = words::mark(milestone.origin.certainty, lang);
            tr!(lang, "{of}「{name}」に到達する{mark}", "{of}reach \"{name}\"{mark}")
        }
        Work::Step(place, lane, planned) => {
            let (of, step) = (lane_of(plan, *place, *lane, lang), plan.steps[planned.step].text(lang));
            tr!(lang, "{of}工程「{step}」に進む", "{of}reach the step \"{step}\"")
        }
        Work::Begins(_, initiative) => tr!(lang, "「{}」を始める", "begin \"{}\"", initiative.name),
        Work::Ends(_, initiative) => tr!(lang, "「{}」を終える", "end \"{}\"", initiative.name),
        Work::Added(_) => lang.pick("項目が計画に加わる", "the entry comes into the plan").to_owned(),
        Work::Dropped(_) => lang.pick("項目が計画から外れる", "the entry leaves the plan").to_owned(),
        Work::PlanEnds => lang.pick("計画期間が終わる", "the plan period ends").to_owned(),
    }
}

/// Names the initiative in front of what is said of it.
fn lane_of(plan: &Plan, place: usize, lane: Lane, lang: Lang) -> String {
    let initiative = plan.entries[place].initiative(lane);
    initiative.map(|one| format!("{}{}", one.name, lang.pick("：", ": "))).unwrap_or_default()
}

/// By whom: the owners, else the office in charge.
pub fn who(plan: &Plan, duty: &Duty<'_>, lang: Lang) -> String {
    match (&*duty.owners, duty.work.entry()) {
        ([], Some(_)) => lang.pick("所管課の定めなし", "No owner is set").to_owned(),
        ([], None) => office(plan, lang).to_owned(),
        (owners, _) => words::owners(owners, &plan.owners, lang),
    }
}

/// The office in charge of the plan.
pub fn office(plan: &Plan, lang: Lang) -> &str {
    plan.head.office.as_deref().unwrap_or_else(|| lang.pick("計画の担当", "Office in charge"))
}

/// Why then.
pub fn basis(basis: Basis, lang: Lang) -> String {
    match basis {
        Basis::Plan => lang.pick("計画の定め", "as planned").to_owned(),
        Basis::Cycle => lang.pick("報告の周期", "reporting cycle").to_owned(),
        Basis::Record => lang.pick("会議の記録", "record of the meeting").to_owned(),
        Basis::Inquiry => lang.pick("送った照会", "inquiry sent").to_owned(),
        Basis::LastYear(day) => {
            let day = date_text(day, lang);
            tr!(lang, "前年は{day}", "last year {day}")
        }
    }
}

/// When, as a list of dates has it: the day, or the period within which.
pub fn when(period: Period, lang: Lang) -> String {
    match (period, lang) {
        (Period::Day(day), _) => date_text(day, lang),
        (Period::Year(year), Lang::Ja) => format!("{year}年度中"),
        (Period::Month(_), Lang::Ja) => format!("{}月中", period.tag(lang).replace('.', "年")),
        _ => tr!(lang, "{}中", "within {}", period.brief(lang)),
    }
}

/// The words of an opinion as a list of dates has them: on one line, not long.
fn brief(words: &str) -> String {
    const SHOWN: usize = 40;
    shortened(&one_line(words), SHOWN).into_owned()
}
