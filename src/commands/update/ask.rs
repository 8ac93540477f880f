//! What `kaikaku update` asks at a terminal.

use anyhow::Result;

use super::{UpdateArgs, incomplete};
use crate::commands::form::Form;
use crate::commands::record::{percent, period};
use crate::commands::{Context, find_entry};
use crate::ledger::files::RECORDS;
use crate::plan::id::Id;
use crate::query::road::{Mark, Road, roads};
use crate::query::{AsOf, Scope};
use crate::say;
use crate::source::{is_closed, is_record};
use crate::text::terms;

/// Asks for what was not given, step by step.
pub fn ask(context: &Context, args: &mut UpdateArgs) -> Result<()> {
    let opened = context.open_with(&|path| !is_record(path) && !is_closed(path))?;
    let plan = &opened.plan;
    let as_of = context.as_of(plan)?;
    let form = Form::new(context.lang());
    if args.id.is_none() {
        let counted = plan.entries.iter().filter(|e| e.level == plan.head.counted && e.is_active(as_of.period));
        let names = counted.map(|e| format!("{} {}", e.id, e.name)).collect();
        let chosen = form.choose(say!("どの項目ですか", "Which entry?"), names)?;
        args.id = chosen.split_whitespace().next().map(str::to_owned);
    }
    let place = find_entry(plan, args.id.as_deref().unwrap_or_default())?;
    if args.period.is_none() {
        let now = as_of.period.short();
        let asked =
            form.checked(say!("いつについての記録ですか", "Which period is it about?"), &now, |text| {
                period(text).map(|_| ())
            })?;
        args.period = Some(asked);
    }
    let period = period(args.period.as_deref().unwrap_or_default())?;
    if args.rating.is_empty() {
        for scale in &plan.scales {
            let (_, version) = scale.version_near(period);
            if version.grades.is_empty() {
                continue;
            }
            let skip = context.lang().pick("（記録しない）", "(leave out)");
            let mut names: Vec<String> = version.grades.iter().map(|g| g.name.to_string()).collect();
            names.push(skip.to_owned());
            let name = &version.name;
            let chosen = form.choose(say!("{name}はどれですか", "{name}?"), names)?;
            if chosen != skip {
                args.rating.push(format!("{}={chosen}", scale.id));
            }
        }
    }
    let blank_or = |text: &str| if text.trim().is_empty() { Ok(()) } else { percent(text).map(|_| ()) };
    if args.progress.is_none() {
        let asked = form.checked(
            say!("進捗率（0～100、なければ空のまま）", "Progress in percent (or leave blank)"),
            "",
            blank_or,
        )?;
        args.progress = Some(asked).filter(|text| !text.trim().is_empty());
    }
    form.text(&mut args.done, terms::DONE.say_title())?;
    form.text(&mut args.issue, terms::ISSUE.say_title())?;
    form.text(&mut args.next, terms::NEXT.say_title())?;
    road(context, form, args, &plan.entries[place].id, as_of.at_end_of(period))?;
    if args.by.is_none() {
        let owner = plan.entries[place].owners.first().map_or("", |o| plan.owners[*o].label());
        args.by = Some(form.checked(terms::RECORDED_BY.say_title(), owner, |_| Ok(()))?);
    }
    if !args.is_complete() {
        return Err(incomplete(args).into());
    }
    Ok(())
}

/// The steps of the entry's roads and the milestones whose time has passed, where nothing of them was given.
fn road(context: &Context, form: Form, args: &mut UpdateArgs, id: &Id, as_of: AsOf) -> Result<()> {
    if !(args.step.is_empty() && args.reached.is_empty()) {
        return Ok(());
    }
    let own = RECORDS.path(id);
    let opened = context.open_with(&|path| !is_record(path) && !is_closed(path) || path == own)?;
    let plan = &opened.plan;
    let place = find_entry(plan, id.as_str())?;
    let entry = &plan.entries[place];
    let skip = context.lang().pick("（記録しない）", "(leave out)");
    let of_entry = |road: &Road<'_>| road.place == place;
    for road in roads(plan, as_of, Scope { under: Some(place), owner: None }).iter().filter(|road| of_entry(road)) {
        let name = entry.initiative(road.lane).map_or(&entry.name, |initiative| &initiative.name);
        if !road.steps.is_empty() {
            let mut names: Vec<String> = plan.steps.iter().map(|step| step.text(context.lang()).to_owned()).collect();
            names.push(skip.to_owned());
            let chosen = form.choose(say!("工程の段階（{name}）", "Step reached ({name})"), names)?;
            let lane = road.lane.map_or(id.as_str(), |_| name);
            args.step.extend((chosen != skip).then(|| format!("{lane}={chosen}")));
        }
        for Mark { milestone, .. } in road.marks.iter().filter(|mark| mark.standing.is_overdue()) {
            let (what, planned) = (&milestone.name, milestone.date.short());
            let question = say!(
                "節目「{what}」（{planned} の予定）に到達した日（まだなら空のまま）",
                "Milestone `{what}` (planned for {planned}): when it was reached (or leave blank)"
            );
            let date = |text: &str| if text.trim().is_empty() { Ok(()) } else { period(text).map(|_| ()) };
            let asked = form.checked(question, "", date)?;
            let several = entry.milestones_named(what).len() > 1;
            let called = if several { format!("{name}/{what}") } else { what.to_string() };
            args.reached.extend((!asked.trim().is_empty()).then(|| format!("{called}={}", asked.trim())));
        }
    }
    Ok(())
}
