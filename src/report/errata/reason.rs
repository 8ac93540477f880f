//! Why a figure is not what was published, in words.

use super::ErrataReport;
use crate::lang::Lang;
use crate::plan::closing::Correction;
use crate::plan::period::date_text;
use crate::plan::record::RecordName;
use crate::query::published::Difference;
use crate::query::published::because::because;
use crate::tr;

impl ErrataReport<'_> {
    /// Words the reason, as far as it is recorded: by whom the figure was corrected, and the notes of the record behind
    /// the figure.
    pub(super) fn reason(&self, difference: &Difference<'_>, lang: Lang) -> String {
        let corrected = |c: &&Correction| {
            let (date, reason) = (date_text(c.date, lang), &c.reason);
            let by = c.by.as_ref().map(|by| format!(" {by}")).unwrap_or_default();
            tr!(lang, "{reason}（{date}{by}）", "{reason} ({date}{by})")
        };
        let mut reasons: Vec<String> = difference.corrections.iter().map(corrected).collect();
        if !difference.is_recorded() {
            reasons.push(lang.pick("訂正を記録していない", "not recorded as corrected").into());
        }
        if difference.follows(&self.differences) {
            reasons.push(lang.pick("ほかの数字の変更に伴うもの", "follows from other figures").into());
        }
        reasons.extend(self.record(difference, lang));
        reasons.extend(self.merged(difference, lang));
        reasons.join("\n")
    }

    /// The record that says otherwise, and its note.
    fn record(&self, difference: &Difference<'_>, lang: Lang) -> Option<String> {
        let Some(because) = because(self.plan, difference) else {
            let now = difference.now.as_ref().filter(|_| !difference.is_as_published())?;
            return (!now.notes.is_empty()).then(|| now.notes.join("\n"));
        };
        let record = because.record.shared();
        let day = record.recorded().map(|day| date_text(day, lang));
        let day = day.unwrap_or_else(|| lang.pick("日付のない記録", "a record without a day").into());
        let did = match (because.corrects, record.trace().withdrawn) {
            (Some(of), false) => tr!(lang, "{}を訂正（{day}）", "corrects {} ({day})", called(of, lang)),
            (Some(of), true) => tr!(lang, "{}を取下げ（{day}）", "withdraws {} ({day})", called(of, lang)),
            (None, _) => tr!(lang, "{}による", "by {}", called(record.name(), lang)),
        };
        let notes = because.notes.join(lang.pick("、", ", "));
        Some(if notes.is_empty() { did } else { tr!(lang, "{did}：{notes}", "{did}: {notes}") })
    }

    /// An entry or indicator that is gone and whose number another one keeps as a former one: it was merged into that.
    fn merged(&self, difference: &Difference<'_>, lang: Lang) -> Option<String> {
        let id = difference.about.id().filter(|_| difference.now.is_none())?;
        let entry = self.plan.entries.iter().find(|entry| entry.formerly.contains(id)).map(|entry| &entry.id);
        let indicator = || self.plan.indicators.iter().find(|indicator| indicator.formerly.contains(id));
        let into = entry.or_else(|| indicator().map(|indicator| &indicator.id))?;
        Some(tr!(lang, "{into} に統合されている", "merged into {into}"))
    }
}

/// A record as a reader of papers knows it: what it is about, and the day on which it was made.
fn called(name: RecordName, lang: Lang) -> String {
    let period = name.period.long(lang);
    match name.recorded {
        Some(day) => {
            let day = date_text(day, lang);
            tr!(lang, "{period}についての{day}の記録", "the record of {day} about {period}")
        }
        None => tr!(lang, "{period}についての記録", "the record about {period}"),
    }
}
