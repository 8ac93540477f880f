//! What of a plan goes out to everybody: its texts one by one, and the plan without those that do not. Whatever is made
//! of the latter can tell nothing of the others.

use rayon::prelude::*;

use crate::plan::entry::{Entry, Figure, Milestone, Update};
use crate::plan::indicator::{Actual, Indicator, Reading};
use crate::plan::opinion::Meeting;
use crate::plan::publication::{PublicKind, Publication, is_internal};
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};

/// A text of a plan.
#[derive(Debug, Clone, Copy)]
pub struct PublicText<'p> {
    /// What it stands with; `None` for the plan as a whole.
    pub subject: Option<Subject>,
    /// What kind of text it is; `None` for names, which always go out.
    pub kind: Option<PublicKind>,
    /// The text.
    pub text: &'p str,
    /// Where it was read: the table that holds it.
    pub origin: Origin,
}

/// Every text that goes out, by what it stands with; none where nothing says what does.
pub fn texts(plan: &Plan) -> Vec<PublicText<'_>> {
    let Some(publication) = &plan.publication else { return Vec::new() };
    let entries = plan.entries.par_iter().enumerate().flat_map_iter(|(place, entry)| {
        let mut seen = Seen { publication, subject: Some(Subject::Entry(place)), texts: Vec::new() };
        seen.entry(entry);
        seen.texts
    });
    let indicators = plan.indicators.par_iter().enumerate().flat_map_iter(|(place, indicator)| {
        let mut seen = Seen { publication, subject: Some(Subject::Indicator(place)), texts: Vec::new() };
        seen.indicator(indicator);
        seen.texts
    });
    let mut seen = Seen { publication, subject: None, texts: Vec::new() };
    seen.head(plan);
    if publication.shows(PublicKind::Opinion) {
        plan.meetings.iter().for_each(|meeting| seen.meeting(meeting));
    }
    seen.texts.into_par_iter().chain(entries).chain(indicators).collect()
}

/// Collects texts.
struct Seen<'p> {
    publication: &'p Publication,
    subject: Option<Subject>,
    texts: Vec<PublicText<'p>>,
}

impl<'p> Seen<'p> {
    fn see(&mut self, kind: Option<PublicKind>, text: &'p str, origin: Origin) {
        let is_shown = kind.is_none_or(|kind| self.publication.shows(kind));
        let is_internal = kind == Some(PublicKind::Note) && is_internal(text);
        if is_shown && !is_internal && !text.trim().is_empty() {
            self.texts.push(PublicText { subject: self.subject, kind, text, origin });
        }
    }

    fn names(&mut self, names: impl IntoIterator<Item = &'p Box<str>>, origin: Origin) {
        names.into_iter().for_each(|name| self.see(None, name, origin));
    }

    fn notes(&mut self, notes: &'p [Box<str>], origin: Origin) {
        notes.iter().for_each(|note| self.see(Some(PublicKind::Note), note, origin));
    }

    fn head(&mut self, plan: &'p Plan) {
        let head = &plan.head;
        self.names([&head.name], head.origin);
        self.names(head.city.iter().chain(&head.office).chain(&head.aliases), head.origin);
        self.names(head.mission.iter().chain(&head.vision).chain(&head.values), head.origin);
        self.notes(&head.notes, head.origin);
        self.milestones(&head.schedule);
        self.figures(&head.figures);
        head.stages.iter().for_each(|stage| self.names([&stage.name], stage.origin));
        head.sums.iter().for_each(|sum| {
            self.names([&sum.name], sum.origin);
            self.notes(&sum.notes, sum.origin);
        });
        head.published.iter().for_each(|published| self.notes(&published.notes, head.origin));
        head.amendments.iter().for_each(|change| self.see(Some(PublicKind::Reason), &change.reason, change.origin));
        for source in &plan.sources {
            self.names([&source.title], head.origin);
            self.names(source.publisher.iter().chain(&source.date), head.origin);
            self.notes(&source.notes, head.origin);
        }
        for owner in &plan.owners {
            self.names([&owner.name], head.origin);
            self.names(owner.bureau.iter().chain(&owner.aliases), head.origin);
        }
        if let Some(publication) = &plan.publication {
            self.names(publication.contact.iter().chain(&publication.licence), publication.origin);
        }
        for correction in plan.closings.iter().flat_map(|closing| &closing.corrections) {
            self.see(Some(PublicKind::Reason), &correction.reason, correction.origin);
        }
    }

    /// What goes out of a meeting: of an opinion its summary where there is one, never who said it by name.
    fn meeting(&mut self, meeting: &'p Meeting) {
        const KIND: Option<PublicKind> = Some(PublicKind::Opinion);
        self.see(KIND, &meeting.name, meeting.origin);
        for opinion in meeting.opinions.iter().filter(|opinion| !opinion.trace.withdrawn) {
            self.see(KIND, opinion.in_short(), opinion.origin);
            opinion.who.iter().for_each(|who| self.see(KIND, who, opinion.origin));
            self.notes(&opinion.notes, opinion.origin);
        }
        for response in meeting.responses.iter().filter(|response| !response.trace.withdrawn) {
            let more = response.reason.iter().chain(&response.promise);
            std::iter::once(&response.text).chain(more).for_each(|text| self.see(KIND, text, response.origin));
            self.notes(&response.notes, response.origin);
        }
    }

    fn milestones(&mut self, milestones: &'p [Milestone]) {
        for milestone in milestones {
            self.names([&milestone.name], milestone.origin);
            self.notes(&milestone.notes, milestone.origin);
        }
    }

    fn figures(&mut self, figures: &'p [Figure]) {
        for figure in figures {
            self.names([&figure.name], figure.origin);
            self.names(&figure.written, figure.origin);
            self.notes(&figure.notes, figure.origin);
        }
    }

    fn entry(&mut self, entry: &'p Entry) {
        self.names([&entry.name], entry.origin);
        self.names(&entry.aliases, entry.origin);
        self.names(entry.groups.iter().map(|(_, value)| value), entry.origin);
        entry.summary.iter().for_each(|text| self.see(Some(PublicKind::Summary), text, entry.origin));
        self.notes(&entry.notes, entry.origin);
        entry.amendments.iter().for_each(|change| self.see(Some(PublicKind::Reason), &change.reason, change.origin));
        for initiative in &entry.initiatives {
            self.names([&initiative.name], initiative.origin);
            self.names(&initiative.aliases, initiative.origin);
            self.notes(&initiative.notes, initiative.origin);
            self.milestones(&initiative.milestones);
            self.figures(&initiative.figures);
        }
        self.milestones(&entry.milestones);
        entry.updates.iter().for_each(|update| self.update(update));
    }

    fn update(&mut self, update: &'p Update) {
        let texts = [
            (PublicKind::Done, &update.done),
            (PublicKind::Issue, &update.issue),
            (PublicKind::Next, &update.next),
            (PublicKind::By, &update.by),
        ];
        for (kind, text) in texts {
            text.iter().for_each(|text| self.see(Some(kind), text, update.origin));
        }
        self.notes(&update.notes, update.origin);
        self.figures(&update.figures);
    }

    fn indicator(&mut self, indicator: &'p Indicator) {
        self.names([&indicator.name], indicator.origin);
        self.notes(&indicator.notes, indicator.origin);
        let targets = indicator.targets.iter().chain(indicator.revised.iter().flat_map(|revision| &revision.targets));
        let readings = indicator.baseline.iter().chain(targets).chain(&indicator.forecasts);
        readings.for_each(|reading| self.reading(reading));
        for revision in &indicator.revised {
            revision.reason.iter().for_each(|text| self.see(Some(PublicKind::Reason), text, indicator.origin));
        }
        for change in &indicator.amendments {
            self.see(Some(PublicKind::Reason), &change.reason, change.origin);
        }
        for measure in &indicator.measures {
            self.reading(&measure.reading);
            measure.by.iter().for_each(|text| self.see(Some(PublicKind::By), text, measure.reading.origin));
            let reason = measure.by_hand().and_then(|by| by.reason.as_ref());
            reason.into_iter().for_each(|text| self.see(Some(PublicKind::Reason), text, measure.reading.origin));
        }
    }

    fn reading(&mut self, reading: &'p Reading) {
        self.names(reading.wording.iter().flat_map(|wording| &wording.written), reading.origin);
        self.notes(reading.notes(), reading.origin);
    }
}

/// Takes everything out of a plan that does not go out: texts, and what only the office has to do with. Figures stay as they
/// are.
pub fn withhold(plan: &mut Plan) {
    let publication = plan.publication.clone().unwrap_or_default();
    plan.answers.clear();
    plan.inquiries.clear();
    withhold_meetings(&mut plan.meetings, &publication);
    (plan.template, plan.import) = (None, None);
    plan.entries.par_iter_mut().for_each(|entry| withhold_entry(entry, &publication));
    plan.indicators.par_iter_mut().for_each(|indicator| withhold_indicator(indicator, &publication));
    // How departments are reached is for the office; whom readers may ask, the publication says.
    plan.owners.iter_mut().for_each(|owner| owner.contact = None);
    let head = &mut plan.head;
    head.contact = None;
    publication.keep(&mut head.notes);
    head.schedule.iter_mut().for_each(|milestone| publication.keep(&mut milestone.notes));
    head.figures.iter_mut().for_each(|figure| publication.keep(&mut figure.notes));
    head.sums.iter_mut().for_each(|sum| publication.keep_boxed(&mut sum.notes));
    head.published.iter_mut().for_each(|published| publication.keep_boxed(&mut published.notes));
    plan.sources.iter_mut().for_each(|source| publication.keep(&mut source.notes));
    if !publication.shows(PublicKind::Reason) {
        head.amendments.clear();
    }
    for closing in &mut plan.closings {
        (closing.by, closing.note) = (None, None);
        closing.figures.values_mut().for_each(|line| line.notes = Box::default());
        for correction in &mut closing.corrections {
            correction.by = None;
            if !publication.shows(PublicKind::Reason) {
                correction.reason = Box::default();
            }
        }
    }
}

fn withhold_meetings(meetings: &mut Vec<Meeting>, publication: &Publication) {
    if !publication.shows(PublicKind::Opinion) {
        meetings.clear();
    }
    for meeting in meetings {
        for opinion in &mut meeting.opinions {
            if let Some(summary) = opinion.summary.take() {
                opinion.text = summary;
            }
            (opinion.person, opinion.by) = (None, None);
            publication.keep_boxed(&mut opinion.notes);
        }
        for response in &mut meeting.responses {
            (response.by, response.revision) = (None, None);
            publication.keep_boxed(&mut response.notes);
        }
    }
}

fn withhold_entry(entry: &mut Entry, publication: &Publication) {
    publication.keep_text(PublicKind::Summary, &mut entry.summary);
    publication.keep_boxed(&mut entry.notes);
    if !publication.shows(PublicKind::Reason) {
        entry.amendments = Box::default();
    }
    for initiative in &mut entry.initiatives {
        publication.keep_boxed(&mut initiative.notes);
        initiative.milestones.iter_mut().for_each(|milestone| publication.keep(&mut milestone.notes));
        initiative.figures.iter_mut().for_each(|figure| publication.keep(&mut figure.notes));
    }
    entry.milestones.iter_mut().for_each(|milestone| publication.keep(&mut milestone.notes));
    for update in &mut entry.updates {
        publication.keep_text(PublicKind::Done, &mut update.done);
        publication.keep_text(PublicKind::Issue, &mut update.issue);
        publication.keep_text(PublicKind::Next, &mut update.next);
        publication.keep_text(PublicKind::By, &mut update.by);
        publication.keep_boxed(&mut update.notes);
        update.figures.iter_mut().for_each(|figure| publication.keep(&mut figure.notes));
    }
}

fn withhold_indicator(indicator: &mut Indicator, publication: &Publication) {
    publication.keep_boxed(&mut indicator.notes);
    let shows_reasons = publication.shows(PublicKind::Reason);
    if !shows_reasons {
        indicator.amendments = Box::default();
    }
    let reading = |reading: &mut Reading| {
        reading.wording.iter_mut().for_each(|wording| publication.keep_boxed(&mut wording.notes));
    };
    indicator.baseline.iter_mut().chain(&mut indicator.targets).chain(&mut indicator.forecasts).for_each(reading);
    for revision in &mut indicator.revised {
        revision.targets.iter_mut().chain(&mut revision.in_force).for_each(reading);
        publication.keep_text(PublicKind::Reason, &mut revision.reason);
    }
    for measure in &mut indicator.measures {
        reading(&mut measure.reading);
        publication.keep_text(PublicKind::By, &mut measure.by);
        if let Some(by) = by_hand_mut(measure).filter(|_| !shows_reasons) {
            by.reason = None;
        }
    }
}

fn by_hand_mut(measure: &mut Actual) -> Option<&mut crate::plan::indicator::ByHand> {
    measure.rare.as_mut()?.by_hand.as_mut()
}

impl Publication {
    fn keep_text(&self, kind: PublicKind, text: &mut Option<Box<str>>) {
        if !self.shows(kind) {
            *text = None;
        }
    }

    fn keep(&self, notes: &mut Vec<Box<str>>) {
        notes.retain(|note| self.shows(PublicKind::Note) && !is_internal(note));
    }

    fn keep_boxed(&self, notes: &mut Box<[Box<str>]>) {
        if !notes.is_empty() {
            let mut kept = std::mem::take(notes).into_vec();
            self.keep(&mut kept);
            *notes = kept.into();
        }
    }
}
