//! What is due on the desk: what comes within a week, and how much is overdue.

use chrono::{Days, NaiveDate};

use super::due::{named, what};
use crate::document::{Block, Document, Line, Section, Tone};
use crate::inquiry::standing::inquiry_status;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::{Period, date_text};
use crate::query::due::{Due, Dues, OVERDUE, What, due};
use crate::query::{AsOf, Scope};
use crate::tr;

use super::heading;

/// How many days ahead the desk looks.
const AHEAD: Days = Days::new(7);

/// What is due within a week, and how much is overdue.
pub fn agenda(plan: &Plan, as_of: AsOf, lang: Lang) -> Document {
    let dues = due(plan, as_of, Scope::default());
    let until = as_of.date.checked_add_days(AHEAD).unwrap_or(as_of.date);
    let mut document = heading::document(plan, lang.pick("本日の予定", "what is due"), Some(as_of), lang);
    let mut soon: Vec<Line> = milestones(&dues, until, lang);
    soon.extend(deadlines(plan, as_of, until, lang));
    if soon.is_empty() {
        let none = lang.pick("期限の来る節目及び照会はありません。", "No milestone and no reply to an inquiry is due.");
        soon.push(none.into());
    }
    let heading = tr!(lang, "この1週間（{}まで）", "Within a week (until {})", date_text(until, lang));
    document.sections.push(Section::new(heading, vec![Block::List(soon)]));
    let overdue = overdue(&dues, lang);
    if !overdue.is_empty() {
        let heading = lang.pick("期限を過ぎたもの", "Overdue");
        document.sections.push(Section::new(heading, vec![Block::List(overdue)]));
    }
    document
}

/// Milestones whose time ends within the week.
fn milestones(dues: &Dues<'_>, until: NaiveDate, lang: Lang) -> Vec<Line> {
    let near = |due: &&Due<'_>| matches!(due.what, What::Upcoming(..)) && due.term.is_some_and(|term| term <= until);
    let line = |due: &Due<'_>| {
        let ((id, name), what) = (named(dues.plan, due), what(dues, due, Period::tag, lang));
        format!("{id}　{name}{}{what}", lang.pick("：", ": "))
    };
    dues.all().filter(near).map(|due| line(due).into()).collect()
}

/// Inquiries whose deadline comes within the week and that not everybody has answered.
fn deadlines(plan: &Plan, as_of: AsOf, until: NaiveDate, lang: Lang) -> Vec<Line> {
    let mut lines = Vec::new();
    for inquiry in &plan.inquiries {
        let status = inquiry_status(plan, inquiry, as_of);
        let open = status.standings.iter().filter(|standing| !standing.is_complete());
        let mut days: Vec<NaiveDate> = open.filter_map(|standing| standing.deadline).collect();
        days.retain(|day| as_of.date <= *day && *day <= until);
        days.sort_unstable();
        for group in days.chunk_by(|day, next| day == next) {
            let (period, day, owners) = (inquiry.period.tag(lang), date_text(group[0], lang), group.len());
            lines.push(
                tr!(
                    lang,
                    "照会（{period}）の回答期限 {day}：未回答 {owners}課",
                    "Inquiry ({period}) to be answered by {day}; still open: {owners}"
                )
                .into(),
            );
        }
    }
    lines
}

/// How much of each kind is overdue.
fn overdue(dues: &Dues<'_>, lang: Lang) -> Vec<Line> {
    const KINDS: [(&str, &str); OVERDUE] = [
        ("報告", "Reports"),
        ("節目", "Milestones"),
        ("工程", "Steps"),
        ("実績値", "Actuals"),
        ("意見への回答", "Answers to opinions"),
        ("約束", "Promises"),
    ];
    let counted = KINDS.iter().enumerate().map(|(rank, (ja, en))| (lang.pick(*ja, *en), dues.count(rank)));
    let line = |(kind, count): (&str, usize)| Line::toned(tr!(lang, "{kind} {count}件", "{kind}: {count}"), Tone::Warn);
    counted.filter(|(_, count)| *count > 0).map(line).collect()
}
