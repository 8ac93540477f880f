//! 変更と訂正: what changed in the plan since the last closed period, the figures that were corrected since they were
//! published, and each closed period as it was published.

use crate::document::{Block, Cell, Document, Line, Link, Section, Table, Tone, Type, column};
use crate::lang::Lang;
use crate::plan::Subject;
use crate::plan::amendment::Amendment;
use crate::plan::closing::{About, Closing, Words};
use crate::plan::paper::Topic;
use crate::plan::period::{Period, date_text};
use crate::query::published::Difference;
use crate::report::council::parts;
use crate::text::terms;
use crate::tr;
use crate::wording::closing::Wording;

use super::shared::nothing;
use super::{PageOf, Sheet, overview, path, period};

/// The page.
pub fn document(sheet: &Sheet<'_>) -> Document {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let mut sections = vec![corrections(sheet)];
    sections.extend(parts(&sheet.published.report, &[(Topic::Changes, &[])], lang));
    sections.extend(amendments(sheet, &plan.head.amendments.iter().collect::<Vec<_>>()));
    sections.push(closed(sheet));
    Document {
        title: lang.pick("変更と訂正", "Changes and corrections").to_owned(),
        lead: overview::lead(sheet),
        sections,
        ..Document::default()
    }
}

/// A figure that is no longer what was published.
pub struct Corrected<'r, 's> {
    sheet: &'r Sheet<'s>,
    closing: &'r Closing,
    difference: &'r Difference<'s>,
}

impl Corrected<'_, '_> {
    fn wording(&self) -> Wording<'_> {
        Wording { plan: self.sheet.plan(), period: self.closing.period }
    }

    /// A side of the correction, leading to what is behind it.
    fn side(&self, words: Option<&Words>, link: Option<Link>, lang: Lang) -> Cell {
        let cell = Cell::text(self.wording().side(self.difference, words, lang));
        match link.filter(|_| words.is_some()) {
            Some(link) => cell.linked(link),
            None => cell,
        }
    }

    /// The row of the figure on the page of its period.
    fn published_row(&self) -> Option<Link> {
        let row = period::row(self.closing, &self.difference.key)?;
        let page = self.sheet.pages.home.period(self.closing.period);
        Some(self.sheet.pages.to_part(&page, &row))
    }

    /// How the figure came about, as it holds now.
    fn behind(&self) -> Link {
        self.sheet.pages.behind(self.difference.about.id().map_or("all", |id| id.as_str()))
    }

    /// When it was corrected and why; that it was not yet, where no correction says so.
    fn reason(&self) -> Cell {
        let lang = self.sheet.lang;
        let said = self.difference.corrections.iter().map(|correction| {
            let day = date_text(correction.date, lang);
            match &*correction.reason {
                "" => day,
                reason => format!("{day}{}{reason}", lang.pick("　", ": ")),
            }
        });
        let said = said.collect::<Vec<_>>().join("\n");
        match self.difference.is_recorded() {
            true => Cell::text(said),
            false => {
                let open = lang.pick("訂正として確定していない", "not yet recorded as a correction");
                let parts = [&*said, open].into_iter().filter(|part| !part.is_empty());
                Cell::text(parts.collect::<Vec<_>>().join("\n")).toned(Tone::Warn)
            }
        }
    }
}

/// Every figure of a closed period that is no longer what was published. A fingerprint of texts tells readers nothing.
fn corrected<'r, 's>(sheet: &'r Sheet<'s>) -> impl Iterator<Item = Corrected<'r, 's>> {
    let closings = sheet.plan().closings.iter().zip(&sheet.published.errata);
    closings.flat_map(move |(closing, differences)| {
        let told = differences.iter().filter(|difference| !difference.key.what.starts_with("texts"));
        told.map(move |difference| Corrected { sheet, closing, difference })
    })
}

/// The table of corrections.
fn table<'r>(corrected: Vec<Corrected<'r, '_>>, sheet: &Sheet<'_>) -> Table {
    let columns = [
        column("period", terms::PERIOD_COVERED.titles(), Type::Period, |of: &Corrected<'_, '_>, at| {
            Cell::text(of.closing.period.tag(at.lang))
        }),
        column("subject", ("項目・指標", "Entry, indicator"), Type::Text, |of, at| {
            Cell::text(of.wording().of_what(of.difference, at.lang))
        }),
        column("figure", ("箇所", "Figure"), Type::Text, |of, at| {
            Cell::text(of.wording().what(of.difference, at.lang))
        }),
        column("published", ("誤（公表）", "As published"), Type::Text, |of, at| {
            of.side(of.difference.published.map(|line| &line.words), of.published_row(), at.lang)
        }),
        column("now", ("正（現在）", "As it holds now"), Type::Text, |of, at| {
            of.side(of.difference.now.as_ref().map(|line| &line.words), Some(of.behind()), at.lang)
        }),
        column("reason", ("訂正日・理由", "When and why"), Type::Text, |of, _| of.reason()),
    ];
    let subject = |of: &Corrected<'_, '_>| {
        let id = of.difference.about.id().map_or("all", |id| id.as_str());
        let what = of.difference.key.to_string().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        Some(format!("{id}:{}-{what}", of.closing.period.short()))
    };
    let subjects: Vec<_> = corrected.iter().map(subject).collect();
    Table::build(&columns, corrected, sheet.lang).about(subjects)
}

fn corrections(sheet: &Sheet<'_>) -> Section {
    let lang = sheet.lang;
    let table = table(corrected(sheet).collect(), sheet);
    let block = match table.rows.is_empty() {
        true => nothing(lang, "公表した数値の訂正はありません。", "No published figure was corrected."),
        false => Block::Table(table),
    };
    Section {
        topic: Some("errata".into()),
        ..Section::new(lang.pick("公表した数値の訂正（正誤表）", "Corrections of published figures"), vec![block])
    }
}

/// Why the plan was changed, in the words of the plan.
fn amendments(sheet: &Sheet<'_>, all: &[&Amendment]) -> Option<Section> {
    let lang = sheet.lang;
    let line = |change: &&Amendment| {
        let of = change.of.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(lang.pick("、", ", "));
        let of = if of.is_empty() { of } else { tr!(lang, "（{of}）", " ({of})") };
        let (day, reason) = (date_text(change.date, lang), &change.reason);
        Line::from(tr!(lang, "{day}　{reason}{of}", "{day}: {reason}{of}"))
    };
    let lines: Vec<Line> = all.iter().map(line).collect();
    let heading = lang.pick("計画を変更した理由", "Why the plan was changed");
    (!lines.is_empty())
        .then(|| Section { topic: Some("amendments".into()), ..Section::new(heading, vec![Block::List(lines)]) })
}

/// Each closed period, leading to its figures as they were published.
fn closed(sheet: &Sheet<'_>) -> Section {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let heading = lang.pick("確定した期間（公表したときの数値）", "Closed periods, as they were published");
    let line = |(nth, closing): (usize, &Closing)| {
        let (period, day) = (closing.period.long(lang), Period::Day(closing.closed).long(lang));
        let words = tr!(lang, "{period}（{day}確定）", "{period} (closed {day})");
        Line::from(words).linked(sheet.pages.to(&path(sheet.published, sheet.pages.home, PageOf::Period(nth))))
    };
    let lines: Vec<Line> = plan.closings.iter().enumerate().rev().map(line).collect();
    let block = match lines.is_empty() {
        true => nothing(lang, "確定した期間はまだありません。", "No period was closed yet."),
        false => Block::List(lines),
    };
    Section { topic: Some("closings".into()), ..Section::new(heading, vec![block]) }
}

/// What was changed and corrected of one entry or indicator.
pub fn of_subject(sheet: &Sheet<'_>, subject: Subject) -> Vec<Section> {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let (id, own) = match subject {
        Subject::Entry(place) => (&plan.entries[place].id, &plan.entries[place].amendments),
        Subject::Indicator(place) => (&plan.indicators[place].id, &plan.indicators[place].amendments),
    };
    let of_plan = plan.head.amendments.iter().filter(|change| change.of.contains(id));
    let mut changes: Vec<&Amendment> = own.iter().chain(of_plan).collect();
    changes.sort_by_key(|change| change.date);
    let is_own = |of: &Corrected<'_, '_>| match (&of.difference.about, subject) {
        (About::Entry(about), Subject::Entry(_)) | (About::Indicator(about), Subject::Indicator(_)) => about == id,
        _ => false,
    };
    let table = table(corrected(sheet).filter(is_own).collect(), sheet).without("subject");
    let corrections = (!table.rows.is_empty()).then(|| Section {
        topic: Some("errata".into()),
        ..Section::new(lang.pick("公表した数値の訂正", "Corrections of published figures"), vec![Block::Table(table)])
    });
    amendments(sheet, &changes).into_iter().chain(corrections).collect()
}
