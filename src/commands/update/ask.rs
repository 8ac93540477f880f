//! What `kaikaku update` asks at a terminal.

use anyhow::Result;

use super::{UpdateArgs, incomplete};
use crate::commands::form::Form;
use crate::commands::record::{self, percent, period};
use crate::commands::status::evaluator;
use crate::commands::{Context, Opened, find_entry};
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::plan::entry::Update;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::plan::record::Recorded;
use crate::query::road::{Mark, Road, roads};
use crate::query::{AsOf, Scope};
use crate::say;
use crate::source::{is_closed, is_record};
use crate::text::terms;
use crate::wording;

/// Asks for what was not given, step by step. Where something was asked before, its answers are offered again.
pub fn ask(context: &Context, args: &mut UpdateArgs, earlier: &UpdateArgs) -> Result<()> {
    let form = Form::new(context.lang());
    if args.id.is_none() {
        args.id = Some(entry(context, form, earlier.id.as_deref())?);
    }
    let id = args.id.as_deref().unwrap_or_default();
    let (opened, _) = record::open(context, id)?;
    let asking = Asking { context, form, opened: &opened, place: find_entry(&opened.plan, id)? };
    let period = asking.period(args, earlier)?;
    let evaluator = args.evaluator.as_deref().map(|text| evaluator(&opened.plan, text)).transpose()?.unwrap_or(0);
    if args.rating.is_empty() {
        asking.ratings(args, earlier, period, evaluator)?;
    }
    if args.progress.is_none() {
        args.progress = asking.progress(earlier.progress.as_deref(), period, evaluator)?;
    }
    form.text(&mut args.done, terms::DONE.say_title(), earlier.done.as_deref())?;
    form.text(&mut args.issue, terms::ISSUE.say_title(), earlier.issue.as_deref())?;
    form.text(&mut args.next, terms::NEXT.say_title(), earlier.next.as_deref())?;
    if args.step.is_empty() && args.reached.is_empty() {
        asking.road(args, earlier, period)?;
    }
    if args.by.is_none() {
        let owner = asking.opened.plan.entries[asking.place].owners.first().map(|o| opened.plan.owners[*o].label());
        let own = context.settings().by;
        let default = earlier.by.as_deref().or(own.as_deref()).or(owner);
        let asked = form.checked(terms::RECORDED_BY.say_title(), default, |_| Ok(()))?;
        args.by = Some(asked).filter(|text| !text.trim().is_empty());
    }
    if args.is_complete() { Ok(()) } else { Err(incomplete(args).into()) }
}

/// The id of one of the entries that are counted.
fn entry(context: &Context, form: Form, earlier: Option<&str>) -> Result<String> {
    let opened = context.open_with(&|path| !is_record(path) && !is_closed(path))?;
    let plan = &opened.plan;
    let now = context.as_of(plan)?.period;
    let entries: Vec<_> = plan.entries.iter().filter(|e| plan.head.counts(e.level) && e.is_active(now)).collect();
    if entries.is_empty() {
        let message = say!("記録する項目が計画にありません", "the plan has no entry to record");
        return Err(
            Failure::new(message, say!("項目を outline/ に書き足してください", "add entries under outline/")).into()
        );
    }
    let names: Vec<String> = entries.iter().map(|e| format!("{} {}", e.id, e.name)).collect();
    let start = entries.iter().position(|e| Some(e.id.as_str()) == earlier).unwrap_or(0);
    let chosen = form.choose(say!("どの項目ですか", "Which entry?"), &names, start)?;
    Ok(entries[chosen].id.to_string())
}

/// What is asked about one entry.
struct Asking<'a> {
    context: &'a Context,
    form: Form,
    opened: &'a Opened,
    place: usize,
}

impl Asking<'_> {
    fn id(&self) -> &Id {
        &self.opened.plan.entries[self.place].id
    }

    /// What the lane of a road is called.
    fn name(&self, road: &Road<'_>) -> &str {
        let entry = &self.opened.plan.entries[self.place];
        entry.initiative(road.lane).map_or(&entry.name, |initiative| &initiative.name)
    }

    fn skip(&self) -> String {
        self.context.lang().pick("（記録しない）", "(leave out)").to_owned()
    }

    fn period(&self, args: &mut UpdateArgs, earlier: &UpdateArgs) -> Result<Period> {
        let today = self.context.world.today;
        if args.period.is_none() {
            let now = self.context.as_of(&self.opened.plan)?.period.short();
            let question = terms::PERIOD_COVERED.say_title();
            let default = earlier.period.as_deref().unwrap_or(&now);
            args.period =
                Some(self.form.checked(question, Some(default), move |text| period(text, today).map(|_| ()))?);
        }
        Ok(period(args.period.as_deref().unwrap_or_default(), today)?)
    }

    /// What the evaluator recorded about the entry until the period, the last record first.
    fn records(&self, until: Period, evaluator: usize) -> impl Iterator<Item = &Update> {
        let updates = self.opened.plan.entries[self.place].updates.iter().rev();
        updates.filter(move |u| u.stands() && u.evaluator == evaluator && u.period.last_day() <= until.last_day())
    }

    /// The grade on each scale; the list begins at the last one, where there is none at leaving it out.
    fn ratings(&self, args: &mut UpdateArgs, earlier: &UpdateArgs, period: Period, evaluator: usize) -> Result<()> {
        for (place, scale) in self.opened.plan.scales.iter().enumerate() {
            let (at, version) = scale.version_near(period);
            if version.grades.is_empty() {
                continue;
            }
            let mut names: Vec<String> = version.grades.iter().map(|g| g.name.to_string()).collect();
            names.push(self.skip());
            let answered = earlier.rating.iter().find_map(|text| text.strip_prefix(&format!("{}=", scale.id)));
            let last = self.records(period, evaluator).find_map(|update| Some((update, update.rating_on(place)?)));
            let question = match last {
                Some((update, rating)) => {
                    let grade = &scale.versions[usize::from(rating.version)].grades[usize::from(rating.grade)].name;
                    let (name, then) = (&version.name, update.period.short());
                    say!("{name}（前回 {then}：{grade}）", "{name} ({grade} in {then})")
                }
                None => say!("{}", "{}", version.name),
            };
            let before =
                last.filter(|(_, rating)| usize::from(rating.version) == at).map(|(_, r)| usize::from(r.grade));
            let start = answered.and_then(|text| names.iter().position(|name| name == text)).or(before);
            let chosen = self.form.choose(question, &names, start.unwrap_or(version.grades.len()))?;
            args.rating.extend(version.grades.get(chosen).map(|grade| format!("{}={}", scale.id, grade.name)));
        }
        Ok(())
    }

    fn progress(&self, earlier: Option<&str>, period: Period, evaluator: usize) -> Result<Option<String>> {
        let last = self.records(period, evaluator).find_map(|update| Some((update.period.short(), update.progress?)));
        let question = match last {
            Some((then, percent)) => {
                let [ja, en] = [Lang::Ja, Lang::En].map(|lang| wording::progress(percent, lang));
                say!(
                    "進捗率（前回 {then}：{ja}。0～100、記録しなければ空のまま）",
                    "Progress in percent ({en} in {then}; leave blank to record none)"
                )
            }
            None => {
                say!("進捗率（0～100、記録しなければ空のまま）", "Progress in percent (leave blank to record none)")
            }
        };
        let blank_or = |text: &str| if text.trim().is_empty() { Ok(()) } else { percent(text).map(|_| ()) };
        let asked = self.form.checked(question, earlier, blank_or)?;
        Ok(Some(asked).filter(|text| !text.trim().is_empty()))
    }

    /// The steps of the entry's roads and the milestones whose time has passed.
    fn road(&self, args: &mut UpdateArgs, earlier: &UpdateArgs, period: Period) -> Result<()> {
        let plan = &self.opened.plan;
        let as_of: AsOf = self.context.as_of(plan)?.at_end_of(period);
        let scope = Scope { under: Some(self.place), owner: None };
        for road in roads(plan, as_of, scope).iter().filter(|road| road.place == self.place) {
            self.step(args, earlier, road)?;
            for mark in road.marks.iter().filter(|mark| mark.standing.is_overdue()) {
                self.milestone(args, earlier, road, mark)?;
            }
        }
        Ok(())
    }

    /// The step that one road has reached; the list begins at the last one that was reported.
    fn step(&self, args: &mut UpdateArgs, earlier: &UpdateArgs, road: &Road<'_>) -> Result<()> {
        if road.steps.is_empty() {
            return Ok(());
        }
        let plan = &self.opened.plan;
        let name = self.name(road);
        let lane = road.lane.map_or(self.id().as_str(), |_| name);
        let mut names: Vec<String> = plan.steps.iter().map(|step| step.text(self.context.lang()).to_owned()).collect();
        names.push(self.skip());
        let answered = earlier.step.iter().find_map(|text| text.strip_prefix(&format!("{lane}=")));
        let answered = answered.and_then(|text| names.iter().position(|name| name == text));
        let start = answered.or(road.reported.last().map(|(_, step)| *step)).unwrap_or(plan.steps.len());
        let question = match road.reported.last() {
            Some((then, step)) => {
                let (then, Say { ja, en }) = (then.short(), &plan.steps[*step]);
                say!("工程の段階（{name}。前回 {then}：{ja}）", "Step reached ({name}; `{en}` in {then})")
            }
            None => say!("工程の段階（{name}）", "Step reached ({name})"),
        };
        let chosen = self.form.choose(question, &names, start)?;
        args.step.extend(plan.steps.get(chosen).map(|_| format!("{lane}={}", names[chosen])));
        Ok(())
    }

    /// When a milestone that is overdue was reached.
    fn milestone(&self, args: &mut UpdateArgs, earlier: &UpdateArgs, road: &Road<'_>, mark: &Mark<'_>) -> Result<()> {
        let Mark { milestone, .. } = mark;
        let (what, planned) = (&milestone.name, milestone.date.short());
        let question = say!(
            "節目「{what}」（{planned} の予定）に到達した日（まだなら空のまま）",
            "Milestone `{what}` (planned for {planned}): when it was reached (or leave blank)"
        );
        let today = self.context.world.today;
        let date = move |text: &str| if text.trim().is_empty() { Ok(()) } else { period(text, today).map(|_| ()) };
        let several = self.opened.plan.entries[self.place].milestones_named(what).len() > 1;
        let called = if several { format!("{}/{what}", self.name(road)) } else { what.to_string() };
        let answered = earlier.reached.iter().find_map(|text| text.strip_prefix(&format!("{called}=")));
        let asked = self.form.checked(question, answered, date)?;
        args.reached.extend((!asked.trim().is_empty()).then(|| format!("{called}={}", asked.trim())));
        Ok(())
    }
}
