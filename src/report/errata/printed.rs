//! Where a figure was printed, the figures that follow from others and are printed as well, and the texts that changed.

use super::ErrataReport;
use crate::document::{Cell, Row};
use crate::lang::Lang;
use crate::plan::closing::{About, fingerprint_of};
use crate::plan::entry::Update;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::published::Difference;
use crate::query::published::shares::{Printed, PrintedOf, printed};
use crate::query::status::updates_by;
use crate::tr;
use crate::wording as words;
use crate::wording::closing::name;

/// A printed figure that follows from others.
pub(super) struct PrintedRow {
    about: String,
    subject: String,
    what: String,
    sides: [String; 2],
    reason: &'static str,
    /// In which part of a paper it stands.
    pub section: &'static str,
}

impl PrintedRow {
    /// The row of the table; nothing stands in a file of its own.
    pub fn row(self) -> Row {
        let [published, now] = self.sides;
        let words = [self.subject, self.what, published, now, self.reason.to_owned(), String::new()];
        Row { subject: Some(self.about.into()), ..Row::new(words.into_iter().map(Cell::text).collect()) }
    }
}

/// In which part of a paper a figure stands.
pub(super) fn section(difference: &Difference<'_>, lang: Lang) -> &'static str {
    match &difference.key.about {
        About::Total => overall(lang),
        About::Entry(_) if difference.key.what.starts_with("counts.") => by_heading(lang),
        About::Entry(_) => lang.pick("項目ごとの状況", "Every entry"),
        About::Indicator(_) => lang.pick("検証指標", "Indicators"),
    }
}

fn overall(lang: Lang) -> &'static str {
    lang.pick("全体の状況", "Overall")
}

fn by_heading(lang: Lang) -> &'static str {
    lang.pick("見出しごとの集計", "Counts by heading")
}

impl ErrataReport<'_> {
    /// The sums of grades and the percentages that are printed otherwise now.
    pub(super) fn printed(&self, lang: Lang) -> Vec<PrintedRow> {
        let all = printed(self.plan, self.closing, &self.differences);
        all.iter().filter_map(|one| self.printed_row(one, lang)).collect()
    }

    fn printed_row(&self, one: &Printed<'_>, lang: Lang) -> Option<PrintedRow> {
        let rounding = self.plan.head.rounding;
        let side = |(part, whole): (u64, u64)| match one.is_share {
            true => words::share(part, whole, rounding, lang),
            false => tr!(lang, "{part}件", "{part}"),
        };
        let sides = [side(one.published), side(one.now)];
        if sides[0] == sides[1] {
            return None;
        }
        let (part, id) = match one.part {
            PrintedOf::Grade(grade) => (&grade.name, &grade.id),
            PrintedOf::Composite(sum) => (&sum.name, &sum.id),
        };
        let subject = match one.about.id() {
            Some(id) => format!("{id} {}", name(self.plan, &one.about).unwrap_or_default()),
            None => lang.pick("合計", "Total").to_owned(),
        };
        let level = one.level.map(|level| format!("{}　", self.plan.level_name(level))).unwrap_or_default();
        let who = &self.plan.evaluators[one.evaluator];
        let by = (self.plan.evaluators.len() > 1).then(|| tr!(lang, "（{}）", " ({})", who.name));
        let (scale, by) = (&one.version.name, by.unwrap_or_default());
        let what = match one.is_share {
            true => tr!(lang, "{scale}　{level}{part}の割合{by}", "{scale}: {level}share of {part}{by}"),
            false => tr!(lang, "{scale}　{level}{part}{by}", "{scale}: {level}{part}{by}"),
        };
        let kind = if one.is_share { "share" } else { "count" };
        let level = one.level.map_or(0, |level| level + 1);
        let of = one.about.id().map_or("all", |id| id.as_str());
        Some(PrintedRow {
            about: format!("{of}:printed-{kind}-{id}-{}-{level}", who.id),
            subject,
            what,
            sides,
            reason: lang.pick("ほかの数字の変更に伴うもの", "follows from other figures"),
            section: if one.about == About::Total { overall(lang) } else { by_heading(lang) },
        })
    }

    /// The texts of an entry as they were published and as they are now, where the revision of then has them.
    pub(super) fn texts(&self, difference: &Difference<'_>, lang: Lang) -> Option<[String; 2]> {
        let evaluator = difference.key.what.strip_prefix("texts.")?;
        let published = difference.published?.words.first()?;
        let then = texts_of(self.then?, &difference.key.about, evaluator, AsOf::end_of(self.closing.period))?;
        if fingerprint_of([&then.done, &then.issue, &then.next].map(Option::as_deref)) != **published {
            return None;
        }
        let now = texts_of(self.plan, &difference.about, evaluator, AsOf::end_of(self.closing.period));
        let none = || words::none(lang).to_owned();
        Some([words::update_texts(then, lang), now.map_or_else(none, |now| words::update_texts(now, lang))])
    }
}

/// The last words of an entry by an evaluator, as of the end of a period.
fn texts_of<'p>(plan: &'p Plan, about: &About, evaluator: &str, as_of: AsOf) -> Option<&'p Update> {
    let Subject::Entry(place) = *plan.index.get(about.id()?)? else { return None };
    let evaluator = plan.evaluators.iter().position(|who| who.id.as_str() == evaluator)?;
    let speaks = |update: &&Update| update.done.is_some() || update.issue.is_some() || update.next.is_some();
    updates_by(plan, &plan.entries[place], as_of, evaluator).find(speaks)
}
