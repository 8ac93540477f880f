//! 正誤表: the figures of a closed period as they were published, and as they hold now.

mod printed;
mod reason;

use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::closing::{About, Closing, Correction, SHORT};
use crate::plan::id::Id;
use crate::plan::period::{Period, date_text};
use crate::query::AsOf;
use crate::query::published::Difference;
use crate::query::published::because::because;
use crate::source::Snapshot;
use crate::text::terms;
use crate::tr;

use super::json::{AsOfJson, Day, PlanJson, Version, tree};
use super::{Report, heading, western};
use crate::document::{Block, Cell, Column, ColumnOf, Document, Section, Table, Tone, Type, column};
use crate::wording::closing::{Wording, name};

/// What differs of one closed period.
#[derive(Debug)]
pub struct ErrataReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Its files, which give the line of each figure.
    pub snapshot: &'p Snapshot,
    /// What was published.
    pub closing: &'p Closing,
    /// What differs, in order.
    pub differences: Vec<Difference<'p>>,
    /// The plan as it was published, where its revision can be read: it tells the texts of then.
    pub then: Option<&'p Plan>,
}

/// What the ids of its facts begin with.
const TOPIC: &str = "errata";

impl Report for ErrataReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        self.laid_out(self.for_people(lang), lang)
    }

    /// A paper shows no files.
    fn paper(&self, lang: Lang) -> Document {
        let mut table = self.for_people(lang);
        let place = table.columns.len() - 1;
        table.columns[place] = Column::new("section", lang.pick("掲載箇所", "Section"), Type::Text);
        let sections = self.differences.iter().map(|difference| printed::section(difference, lang));
        let sections = sections.chain(self.printed(lang).into_iter().map(|row| row.section));
        for (row, section) in table.rows.iter_mut().zip(sections) {
            row.cells[place] = Cell::text(section);
        }
        let mut document = self.laid_out(table, lang);
        document.name_facts(TOPIC, &self.closing.period.short());
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let [what, published, now] = Self::sides();
        let columns = [
            column("id", ("id", "ID"), Type::Id, |(_, d): &Differs<'_>, _| {
                Cell::text(d.about.id().map(ToString::to_string).unwrap_or_default())
            }),
            column("name", terms::NAME.titles(), Type::Name, |(report, d), _| {
                Cell::text(name(report.plan, &d.about).unwrap_or_default())
            }),
            what,
            published,
            now,
            column("recorded", ("訂正の記録", "Recorded"), Type::Text, |(_, d), at| {
                Cell::text(if d.is_recorded() { at.lang.pick("済", "yes") } else { at.lang.pick("未", "no") })
            }),
            column("reason", terms::REASON.titles(), Type::Text, |(report, d), at| {
                Cell::text(report.reason(d, at.lang))
            }),
            column("file", ("ファイル", "File"), Type::Text, |(report, d), _| {
                report.place(d).map_or_else(Cell::default, |(file, _)| Cell::text(file))
            }),
            column("line", ("行", "Line"), Type::Integer, |(report, d), _| {
                report.place(d).map_or_else(Cell::default, |(_, line)| Cell::number(line, line.to_string()))
            }),
        ];
        Table::build(&columns, self.differences.iter().map(|difference| (self, difference)), lang)
    }

    /// A paper shows no files.
    fn data(&self, lang: Lang) -> Table {
        let mut table = western::beside(self.sheet(lang), lang);
        let shown: Vec<bool> = table.columns.iter().map(|column| !matches!(&*column.key, "file" | "line")).collect();
        let mut is_shown = shown.iter();
        table.columns.retain(|_| is_shown.next().is_none_or(|shown| *shown));
        for row in &mut table.rows {
            let mut is_shown = shown.iter();
            row.cells.retain(|_| is_shown.next().is_none_or(|shown| *shown));
        }
        table
    }

    fn facts_of(&self) -> Option<(&'static str, Period)> {
        Some((TOPIC, self.closing.period))
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let closing = self.closing;
        tree(&ErrataJson {
            schema: Version,
            plan: self.plan.into(),
            as_of: AsOf::end_of(closing.period).into(),
            closed: closing.closed.into(),
            by: closing.by.as_deref(),
            note: closing.note.as_deref(),
            revision: closing.revision.as_deref(),
            program: closing.program.as_deref(),
            fingerprint: &closing.fingerprint,
            altered: closing.altered().is_some(),
            differences: self.differences.iter().map(|d| self.difference(d)).collect(),
        })
    }
}

/// 正誤表 || Errata of a closed period
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ErrataJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 確定した日 || When the period was closed
    closed: Day,
    /// 確定した人 || Who closed it
    by: Option<&'p str>,
    /// 決裁番号など || Under which decision, and other remarks
    note: Option<&'p str>,
    /// 確定したときのコミットの id || The commit that was checked out then
    revision: Option<&'p str>,
    /// 計算したプログラムの版 || The version of the program that worked out the figures
    program: Option<&'p str>,
    /// 公表した数字の照合番号 || The fingerprint of the published figures
    fingerprint: &'p str,
    /// 公表した数字が手で書き換えられているか || Whether the published figures were edited by hand
    altered: bool,
    /// 公表との違い || What differs from what was published
    differences: Vec<DifferenceJson<'p>>,
}

/// 公表との違い || A difference from what was published
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DifferenceJson<'p> {
    /// どの数字か（`entry.1-1-2.rating.…` など） || Which figure
    figure: String,
    /// 項目の番号又は指標の id || The entry or indicator
    id: Option<&'p Id>,
    /// 名称 || Its name
    name: Option<&'p str>,
    /// 公表した数字 || As it was published, in words
    published: Option<&'p [Box<str>]>,
    /// いまの数字 || As it holds now, in words
    now: Option<&'p [Box<str>]>,
    /// 訂正として記録してあるか || Whether it is recorded as a correction
    recorded: bool,
    /// 違いのもととなった記録 || The record that it comes from
    because: Option<BecauseJson<'p>>,
    /// 訂正の記録 || The corrections that were recorded
    corrections: Vec<CorrectionJson<'p>>,
    /// ファイル || The file
    file: Option<String>,
    /// 行 || The line
    line: Option<u64>,
}

/// 違いのもととなった記録 || The record that a difference comes from
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BecauseJson<'p> {
    /// 記録の名前 || The record's name
    record: String,
    /// 訂正した記録の名前 || The record that it corrects
    corrects: Option<String>,
    /// 取り下げる記録か || Whether it takes that one back
    withdrawn: bool,
    /// 注 || Its footnotes
    notes: &'p [Box<str>],
}

/// 訂正の記録 || A correction
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CorrectionJson<'p> {
    /// 記録した日 || When it was recorded
    date: Day,
    /// 理由 || Why
    reason: &'p str,
    /// だれによるか || Who says so
    by: Option<&'p str>,
    /// 訂正前の数字 || As it was before, in words
    before: Option<&'p [Box<str>]>,
    /// 訂正後の数字 || As it is after, in words
    after: Option<&'p [Box<str>]>,
}

/// A difference, and the report that it stands in.
type Differs<'r> = (&'r ErrataReport<'r>, &'r Difference<'r>);

impl ErrataReport<'_> {
    /// Of which period it is, what is wrong with the manifest, and what differs.
    fn laid_out(&self, differences: Table, lang: Lang) -> Document {
        let as_of = AsOf::end_of(self.closing.period);
        let mut document = heading::document(self.plan, lang.pick("正誤表", "errata"), Some(as_of), lang);
        document.lead.push(self.closed(lang).into());
        if self.closing.altered().is_some() {
            document.lead.push(
                lang.pick(
                    "※ 公表した数字が照合番号と合いません。手で書き換えられています。",
                    "* The published figures do not match their fingerprint: they were edited by hand.",
                )
                .into(),
            );
        }
        let block = if self.differences.is_empty() {
            let nothing = match self.closing.altered() {
                None => lang.pick("公表した数字から変わったものはありません。", "Nothing differs from what was published."),
                Some(_) => lang.pick(
                    "控えの数字と違うものはありませんが、控えが書き換えられているため、公表した数字との違いは分かりません。",
                    "Nothing differs from the manifest, but that was edited: what was published is not known.",
                ),
            };
            Block::Text(nothing.into())
        } else {
            Block::Table(differences)
        };
        document.sections.push(Section { blocks: vec![block], ..Section::default() });
        document
    }

    fn wording(&self) -> Wording<'_> {
        Wording { plan: self.plan, period: self.closing.period }
    }

    fn closed(&self, lang: Lang) -> String {
        let closing = self.closing;
        let (date, short) = (date_text(closing.closed, lang), closing.fingerprint.get(..SHORT).unwrap_or_default());
        let texts = [&closing.by, &closing.note].into_iter().flatten().map(|text| &**text).collect::<Vec<_>>();
        let details = texts.iter().map(|text| format!("{}{text}", lang.pick("　", "  "))).collect::<String>();
        tr!(lang, "{date} 確定{details}　照合番号 {short}", "closed {date}{details}  fingerprint {short}")
    }

    fn for_people(&self, lang: Lang) -> Table {
        let [what, published, now] = Self::sides();
        let columns = [
            column("subject", ("項目・指標", "Entry, indicator"), Type::Text, |(report, d): &Differs<'_>, at| {
                Cell::text(report.wording().of_what(d, at.lang))
            }),
            what,
            published,
            now,
            column("reason", ("理由・記録", "Reason"), Type::Text, |(report, d), at| {
                let reason = Cell::text(report.reason(d, at.lang));
                if d.is_recorded() { reason } else { reason.toned(Tone::Warn) }
            }),
            column("place", ("場所", "Where"), Type::Text, |(report, d), _| {
                Cell::text(report.place(d).map(|(file, line)| format!("{file}:{line}")).unwrap_or_default())
            }),
        ];
        let differences = self.differences.iter().map(|difference| (self, difference));
        let about = |difference: &Difference<'_>| {
            let id = difference.about.id().map_or("all", |id| id.as_str());
            Some(format!("{id}:{}", difference.key.to_string().replace(|c: char| !c.is_ascii_alphanumeric(), "-")))
        };
        let mut table = Table::build(&columns, differences, lang).about(self.differences.iter().map(about));
        table.rows.extend(self.printed(lang).into_iter().map(printed::PrintedRow::row));
        Table { begins: vec![1, 4], ..table }
    }

    /// Which figure, as it was published, and as it holds now.
    fn sides<'r>() -> [ColumnOf<Differs<'r>>; 3] {
        [
            column("figure", ("箇所", "Figure"), Type::Text, |(report, d), at| {
                Cell::text(report.wording().what(d, at.lang))
            }),
            column("published", ("誤（公表）", "As published"), Type::Text, |(report, d), at| {
                let texts = report.texts(d, at.lang).map(|[then, _]| then);
                let words = || report.wording().side(d, d.published.map(|line| &line.words), at.lang);
                Cell::text(texts.unwrap_or_else(words))
            }),
            column("now", ("正（現在）", "As it holds now"), Type::Text, |(report, d), at| {
                let texts = report.texts(d, at.lang).map(|[_, now]| now);
                let words = || report.wording().side(d, d.now.as_ref().map(|line| &line.words), at.lang);
                Cell::text(texts.unwrap_or_else(words))
            }),
        ]
    }

    /// File and line of what holds now, or of what was published where there is nothing now. Totals stand nowhere.
    fn place(&self, difference: &Difference<'_>) -> Option<(String, u64)> {
        let origin = difference.origin().filter(|_| difference.about != About::Total)?;
        let file = origin.file as usize;
        let (line, _) = self.snapshot.line_column(file, origin.offset as usize);
        Some((self.snapshot.shown_path(file), line as u64))
    }

    fn difference<'r>(&'r self, d: &'r Difference<'_>) -> DifferenceJson<'r> {
        let (file, line) = self.place(d).unzip();
        let correction = |correction: &'r Correction| {
            let change = correction.changes.iter().find(|change| change.key == d.key);
            CorrectionJson {
                date: correction.date.into(),
                reason: &correction.reason,
                by: correction.by.as_deref(),
                before: change.and_then(|change| change.before.as_deref()),
                after: change.and_then(|change| change.after.as_deref()),
            }
        };
        let because = because(self.plan, d).map(|because| BecauseJson {
            record: because.record.shared().name().to_string(),
            corrects: because.corrects.map(|of| of.to_string()),
            withdrawn: because.record.shared().trace().withdrawn,
            notes: because.notes,
        });
        DifferenceJson {
            figure: d.key.to_string(),
            id: d.about.id(),
            name: name(self.plan, &d.about),
            published: d.published.map(|line| &*line.words),
            now: d.now.as_ref().map(|line| &*line.words),
            recorded: d.is_recorded(),
            because,
            corrections: d.corrections.iter().copied().map(correction).collect(),
            file,
            line,
        }
    }
}
