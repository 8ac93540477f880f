//! 正誤表: the figures of a closed period as they were published, and as they hold now.

mod reason;
pub mod wording;

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::closing::{About, Closing, SHORT};
use crate::plan::period::date_text;
use crate::query::AsOf;
use crate::query::published::Difference;
use crate::query::published::because::because;
use crate::source::Snapshot;
use crate::tr;

use super::{Report, heading, json as numbers};
use crate::document::{Block, Cell, Column, Document, Row, Section, Table, Tone};
use wording::{Wording, name};

/// What differs of one closed period.
#[derive(Debug)]
pub struct ErrataReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Its files, which tell the line of each figure.
    pub snapshot: &'p Snapshot,
    /// What was published.
    pub closing: &'p Closing,
    /// What differs, in order.
    pub differences: Vec<Difference<'p>>,
}

impl Report for ErrataReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let as_of = AsOf::end_of(self.closing.period);
        let mut document = heading::document(self.plan, lang.pick("正誤表", "errata"), Some(as_of), lang);
        document.lead.push(self.closed(lang));
        if self.closing.altered().is_some() {
            document.lead.push(
                lang.pick(
                    "※ 公表した数字が指紋と合いません。手で書き換えられています。",
                    "* The published figures do not match their fingerprint: they were edited by hand.",
                )
                .into(),
            );
        }
        let block = if self.differences.is_empty() {
            let nothing =
                lang.pick("公表した数字から変わったものはありません。", "Nothing differs from what was published.");
            Block::Text(nothing.into())
        } else {
            Block::Table(self.for_people(lang))
        };
        document.sections.push(Section { blocks: vec![block], ..Section::default() });
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let titles = [
            ("id", "ID"),
            ("名称", "Name"),
            ("箇所", "Figure"),
            ("誤（公表）", "As published"),
            ("正（現在）", "As it holds now"),
            ("訂正の記録", "Recorded"),
            ("理由", "Reason"),
            ("ファイル", "File"),
            ("行", "Line"),
        ];
        let row = |d: &Difference<'_>| {
            let (file, line) = self.place(d).unzip();
            let recorded = if d.is_recorded() { lang.pick("済", "yes") } else { lang.pick("未", "no") };
            let texts = [
                d.about.id().map(ToString::to_string).unwrap_or_default(),
                name(self.plan, &d.about).unwrap_or_default().to_owned(),
                self.wording().what(d, lang),
                self.wording().side(d, d.published.map(|line| &line.words), lang),
                self.wording().side(d, d.now.as_ref().map(|line| &line.words), lang),
                recorded.to_owned(),
                self.reason(d, lang),
                file.unwrap_or_default(),
            ];
            let mut cells: Vec<Cell> = texts.map(Cell::text).into();
            cells.push(line.map_or_else(Cell::default, |line| Cell::number(Decimal::from(line), line.to_string())));
            Row::new(cells)
        };
        let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        Table { columns, rows: self.differences.iter().map(row).collect(), ..Table::default() }
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let closing = self.closing;
        json!({
            "schema": 1,
            "plan": numbers::plan(self.plan),
            "as_of": numbers::as_of(AsOf::end_of(closing.period)),
            "closed": closing.closed.to_string(),
            "by": closing.by,
            "note": closing.note,
            "revision": closing.revision,
            "program": closing.program,
            "fingerprint": closing.fingerprint,
            "altered": closing.altered().is_some(),
            "differences": self.differences.iter().map(|d| self.difference(d)).collect::<Vec<_>>(),
        })
    }
}

impl ErrataReport<'_> {
    fn wording(&self) -> Wording<'_> {
        Wording { plan: self.plan, period: self.closing.period }
    }

    fn closed(&self, lang: Lang) -> String {
        let closing = self.closing;
        let (date, short) = (date_text(closing.closed, lang), closing.fingerprint.get(..SHORT).unwrap_or_default());
        let said = [&closing.by, &closing.note].into_iter().flatten().map(|text| &**text).collect::<Vec<_>>();
        let said = said.iter().map(|text| format!("{}{text}", lang.pick("　", "  "))).collect::<String>();
        tr!(lang, "{date} 確定{said}　指紋 {short}", "closed {date}{said}  fingerprint {short}")
    }

    fn for_people(&self, lang: Lang) -> Table {
        let titles = [
            ("項目・指標", "Entry, indicator"),
            ("箇所", "Figure"),
            ("誤（公表）", "As published"),
            ("正（現在）", "As it holds now"),
            ("理由・記録", "Reason"),
            ("場所", "Where"),
        ];
        let row = |d: &Difference<'_>| {
            let place = self.place(d).map(|(file, line)| format!("{file}:{line}")).unwrap_or_default();
            let reason = Cell::text(self.reason(d, lang));
            Row::new(vec![
                Cell::text(self.wording().of_what(d, lang)),
                Cell::text(self.wording().what(d, lang)),
                Cell::text(self.wording().side(d, d.published.map(|line| &line.words), lang)),
                Cell::text(self.wording().side(d, d.now.as_ref().map(|line| &line.words), lang)),
                if d.is_recorded() { reason } else { reason.toned(Tone::Warn) },
                Cell::text(place),
            ])
        };
        let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        let rows = self.differences.iter().map(row).collect();
        Table { columns, rows, begins: vec![1, 4], ..Table::default() }
    }

    /// File and line of what holds now, or of what was published where there is nothing now. Totals stand nowhere.
    fn place(&self, difference: &Difference<'_>) -> Option<(String, u64)> {
        let origin = difference.origin().filter(|_| difference.about != About::Total)?;
        let file = origin.file as usize;
        let (line, _) = self.snapshot.line_column(file, origin.offset as usize);
        Some((self.snapshot.shown_path(file), line as u64))
    }

    fn difference(&self, d: &Difference<'_>) -> Json {
        let (file, line) = self.place(d).unzip();
        let corrections = d.corrections.iter().map(|correction| {
            let change = correction.changes.iter().find(|change| change.key == d.key);
            json!({
                "date": correction.date.to_string(),
                "reason": correction.reason,
                "by": correction.by,
                "before": change.and_then(|change| change.before.clone()),
                "after": change.and_then(|change| change.after.clone()),
            })
        });
        json!({
            "figure": d.key.to_string(),
            "id": d.about.id(),
            "name": name(self.plan, &d.about),
            "published": d.published.map(|line| &line.words),
            "now": d.now.as_ref().map(|line| &line.words),
            "recorded": d.is_recorded(),
            "because": because(self.plan, d).map(|because| json!({
                "record": because.record.shared().name().to_string(),
                "corrects": because.corrects.map(|of| of.to_string()),
                "withdrawn": because.record.shared().trace().withdrawn,
                "notes": because.notes,
            })),
            "corrections": corrections.collect::<Vec<_>>(),
            "file": file,
            "line": line,
        })
    }
}
