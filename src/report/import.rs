//! What an imported list brings.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, Document, Line as Words, Section, Table, Type, column};
use crate::inquiry::import::{Brought, History, Levelled, Line, NewEntry, NewIndicator, label, way_name};
use crate::inquiry::spot::{Class, Stray, column_letters};
use crate::lang::{Lang, Say, plural};
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::inquiry::{Aspect, Field, Role};
use crate::report::json::{ByKey, PlanJson, SayJson, SayOwned, Version, tree};
use crate::report::{Report, heading};
use crate::text::terms;
use crate::tr;
use crate::wording::none;

/// What an imported list brings.
#[derive(Debug)]
pub struct ImportReport<'p> {
    /// The plan with what is new.
    pub plan: &'p Plan,
    /// What the list adds to its definition.
    pub brought: &'p Brought<'p>,
    /// What the list says, row by row and cell by cell.
    pub history: &'p History,
    /// Whether the columns were found, and nobody has agreed to them yet.
    pub proposed: bool,
}

/// The classes of rows, in the order they are shown.
const ROWS: [Class; 6] =
    [Class::Changed, Class::Unchanged, Class::Conflict, Class::Unlikely, Class::Invalid, Class::LeftOut];

/// The classes of rows in a word: a row is taken as a whole.
fn class_of_row(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Changed => lang.pick("取り込む", "taken"),
        other => other.name(lang),
    }
}

impl<'p> Report for ImportReport<'p> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("一覧の取込み", "import of a list"), None, lang);
        let counts = ROWS.map(|class| format!("{} {}", class_of_row(class, lang), self.history.count(class)));
        let (rows, counts) = (self.history.rows.len(), counts.join(lang.pick("、", ", ")));
        document.lead.insert(0, tr!(lang, "読んだ行 {rows}（{counts}）", "rows read: {rows} ({counts})").into());
        if let (true, Some((found, _))) = (self.proposed, &self.brought.levelled) {
            let heading = lang.pick("列の読み方", "How the columns are read");
            document.sections.push(Section::new(heading, vec![Block::List(self.columns(found, lang))]));
        }
        let entries = self.brought.entries.iter();
        let entries = entries.map(|entry| Words::from(format!("{} {}", entry.id, entry.name))).collect::<Vec<_>>();
        let indicators =
            self.brought.indicators.iter().map(|one| Words::from(indicator(one, lang))).collect::<Vec<_>>();
        let owners = self.brought.owners.iter().map(|owner| Words::from(owner.name.clone())).collect::<Vec<_>>();
        for (ja, en, lines) in [
            ("加える項目", "new entries", entries),
            ("加える指標", "new indicators", indicators),
            ("加える所管課", "new owners", owners),
        ] {
            if !lines.is_empty() {
                let heading = tr!(lang, "{ja}（{}）", "{en} ({})", lines.len());
                document.sections.push(Section::new(heading, vec![Block::List(lines)]));
            }
        }
        if !self.history.lines.is_empty() {
            let heading = lang.pick("一覧にある内容", "What the list says");
            document.sections.push(Section::new(heading, vec![Block::Table(self.table(lang))]));
        }
        if !self.history.left_out.is_empty() {
            let line = |stray: &Stray| format!("{}{}{}", stray.spot, lang.pick("：", ": "), stray.reason.text(lang));
            let lines = self.history.left_out.iter().map(|stray| Words::from(line(stray)));
            let heading = lang.pick("読まなかったもの", "Not read");
            document.sections.push(Section::new(heading, vec![Block::List(lines.collect())]));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("id", terms::ID.titles(), Type::Id, |line: &&Line, _| Cell::text(&line.id)),
            column("question", ("欄", "Field"), Type::Text, |line, at| {
                let label = line.label.as_ref().map(|label| label.text(at.lang).to_owned());
                Cell::text(label.unwrap_or_else(|| none(at.lang).to_owned()))
            }),
            column("recorded", ("今の記録", "Recorded"), Type::Text, |line, at| value(&line.recorded, at.lang)),
            column("reply", ("一覧", "List"), Type::Text, |line, at| value(&line.listed, at.lang)),
            column("class", ("区分", "Class"), Type::Grade, |line, at| {
                Cell::text(line.class.name(at.lang)).toned(line.class.tone())
            }),
            column("reading", ("場所と読み方", "Where, and how it was read"), Type::Text, |line, at| {
                let notes = line.notes.iter().map(|note| note.text(at.lang).to_owned());
                Cell::text(std::iter::once(line.spot.to_string()).chain(notes).collect::<Vec<_>>().join("\n"))
            }),
        ];
        Table::build(&columns, &self.history.lines, lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let line = |line: &'p Line| CellJson {
            id: &line.id,
            question: line.field.as_ref().map(ToString::to_string),
            class: line.class.key(),
            recorded: line.recorded.as_deref(),
            reply: line.listed.as_deref(),
            at: line.spot.to_string(),
            readings: line.notes.iter().map(Into::into).collect(),
        };
        let entry =
            |entry: &'p NewEntry| NewEntryJson { id: &entry.id, name: &entry.name, owner: owners(&entry.owners) };
        let indicator = |one: &'p NewIndicator| NewIndicatorJson {
            id: &one.id,
            name: &one.name,
            unit: &one.unit,
            kind: one.way.kind,
            stated: one.way.is_stated,
            entry: &one.entry,
        };
        let columns = self.brought.levelled.iter().flat_map(|(found, _)| {
            let column = |(role, at): &(Role, u32)| ColumnJson {
                column: letters(*at),
                title: found.headings.title(*at),
                holds: role_name(role, self.plan),
            };
            found.roles.iter().map(column).collect::<Vec<_>>()
        });
        let left_out =
            |stray: &'p Stray| LeftOutJson { at: stray.spot.to_string(), reason: SayJson::from(&stray.reason) };
        tree(&ImportJson {
            schema: Version,
            plan: self.plan.into(),
            columns: columns.collect(),
            entries: self.brought.entries.iter().map(entry).collect(),
            indicators: self.brought.indicators.iter().map(indicator).collect(),
            owners: self.brought.owners.iter().map(|owner| owner.name.as_str()).collect(),
            counts: ROWS.iter().map(|class| (class.key(), self.history.count(*class))).collect(),
            rows: self.history.lines.iter().map(line).collect(),
            left_out: self.history.left_out.iter().map(left_out).collect(),
        })
    }
}

impl ImportReport<'_> {
    /// How many entries, indicators, owners and records are written.
    pub fn counts(&self, lang: Lang) -> String {
        let Brought { entries, indicators, owners, .. } = self.brought;
        let (entries, records) = (entries.len(), self.history.records.len());
        let mut parts = vec![match lang {
            Lang::Ja => format!("項目 {entries} 件"),
            Lang::En => plural(entries, "entry", "entries"),
        }];
        let others = [(indicators.len(), terms::INDICATOR_SHORT, "indicators"), (owners.len(), terms::OWNER, "owners")];
        parts.extend(others.into_iter().filter(|(count, ..)| *count > 0).map(|(count, term, many)| match lang {
            Lang::Ja => format!("{} {count} 件", term.word(lang)),
            Lang::En => plural(count, term.word(lang), many),
        }));
        let all = parts.join(lang.pick("、", ", "));
        match lang {
            Lang::Ja => format!("{all}と記録 {records} 件"),
            Lang::En => format!("{all} and {}", plural(records, "record", "records")),
        }
    }

    /// Why there is nothing to be written.
    pub fn nothing(&self, lang: Lang) -> String {
        let History { rows, .. } = self.history;
        let counted = |class: Class| (class_of_row(class, lang), self.history.count(class));
        let why: Vec<String> = ROWS
            .into_iter()
            .map(counted)
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| tr!(lang, "{name} {count} 行", "{name}: {count}"))
            .collect();
        let why = why.join(lang.pick("、", ", "));
        match rows.is_empty() {
            true => lang
                .pick(
                    "見出しの下に行がないので、書き込むものはありません。",
                    "There are no rows under the headings, so there is nothing to be written.",
                )
                .to_owned(),
            false => tr!(
                lang,
                "新しいものがないので、何も書き込みません（{why}）。",
                "Nothing is new, so nothing is written ({why})."
            ),
        }
    }

    /// Which column is what, in the words of people.
    fn columns(&self, found: &Levelled<'_>, lang: Lang) -> Vec<Words> {
        let one = |(role, at): &(Role, u32)| {
            let (letters, title, holds) = (letters(*at), found.headings.title(*at), role_name(role, self.plan));
            let holds = lang.pick(holds.ja, holds.en);
            (*at, tr!(lang, "{letters} 列「{title}」：{holds}", "column {letters} `{title}`: {holds}"))
        };
        let mut lines: Vec<(u32, String)> = found.roles.iter().map(one).collect();
        lines.sort();
        let (first, last) = (found.headings.rows.0 + 1, found.headings.rows.1 + 1);
        let sheet = &found.sheet.name;
        let rows = if first == last { first.to_string() } else { tr!(lang, "{first}〜{last}", "{first} to {last}") };
        let head = tr!(lang, "シート「{sheet}」、見出しは {rows} 行目", "sheet `{sheet}`, headings in row {rows}");
        let levels = self.plan.head.levels.join(lang.pick("、", ", "));
        let levels = tr!(lang, "階層：{levels}", "levels: {levels}");
        let runs_on = self.brought.levelled.as_ref().is_some_and(|(_, definition)| definition.outline.runs_on);
        let numbers = runs_on.then(|| {
            lang.pick(
                "番号は通し番号なので、上の階層の中の順に 1-1-1 のような番号を付けます",
                "its numbers run on through the list, so each entry is numbered by its place under the one above it (1-1-1)",
            ).to_owned()
        });
        let lines = [head, levels].into_iter().chain(lines.into_iter().map(|(_, line)| line)).chain(numbers);
        lines.map(Words::from).collect()
    }
}

/// The letters of a column.
fn letters(column: u32) -> String {
    column_letters(column)
}

fn owners(all: &[String]) -> Option<String> {
    (!all.is_empty()).then(|| all.join("、"))
}

/// What a column holds, in the words of people.
fn role_name(role: &Role, plan: &Plan) -> SayOwned {
    let level = |at: &usize| plan.head.levels.get(*at).map_or("", |name| name).to_owned();
    let (ja, en) = match role {
        Role::Level(at) => (format!("{}の名称", level(at)), format!("names of {}", level(at))),
        Role::Number(at) => (format!("{}の番号", level(at)), format!("numbers of {}", level(at))),
        Role::Value(Some(aspect), period) => {
            let Say { ja, en } = label(*aspect, *period);
            (ja, en)
        }
        Role::Value(None, period) => (
            format!("{}の値（目標か実績かは行による）", period.tag(Lang::Ja)),
            format!("values of {}", period.tag(Lang::En)),
        ),
        Role::Answer(field, period) => {
            let (ja, en) = field_name(field);
            match period {
                Some(period) => {
                    (format!("{ja}（{}）", period.tag(Lang::Ja)), format!("{en} ({})", period.tag(Lang::En)))
                }
                None => (ja.to_owned(), en.to_owned()),
            }
        }
        Role::Owner => ("所管課".into(), "owners".into()),
        Role::Bureau => ("局・部".into(), "bureau".into()),
        Role::Summary => ("概要".into(), "summary".into()),
        Role::Note => ("備考（注として残す）".into(), "notes".into()),
        Role::Indicator => ("指標の名称".into(), "names of indicators".into()),
        Role::Unit => ("単位".into(), "units".into()),
        Role::Kind => ("向き".into(), "which way is good".into()),
        Role::Aspect => ("目標か実績か".into(), "target or actual".into()),
        Role::Period => ("対象期間".into(), "period".into()),
    };
    SayOwned { ja, en }
}

fn field_name(field: &Field) -> (&'static str, &'static str) {
    match field {
        Field::Rating(_) => terms::RATING.words(),
        Field::Progress => terms::PROGRESS.words(),
        Field::Done => ("実績（言葉で）", "what was done"),
        Field::Issue => terms::ISSUE.words(),
        Field::Next => terms::NEXT.words(),
        Field::Step(_) => ("工程の段階", "step"),
        Field::Reached(_) => ("節目の到達", "milestone reached"),
        Field::Value => terms::ACTUAL.words(),
        Field::Note => terms::NOTE.words(),
        Field::Opinion(..) => ("対応", "response"),
    }
}

/// An indicator in one line: where it goes, and who says so.
fn indicator(one: &NewIndicator, lang: Lang) -> String {
    let of = |wanted: Aspect| {
        let mut all: Vec<_> = one.values.iter().filter(|((aspect, _), _)| *aspect == wanted).collect();
        all.sort_by_key(|((_, period), _)| period.last_day());
        let shown = all.iter().map(|((_, period), listed)| format!("{} {}", period.tag(lang), listed.written));
        shown.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let (baseline, target) = (of(Aspect::Baseline), of(Aspect::Target));
    let (entry, name, unit, way) = (&one.entry, &one.name, &one.unit, way_name(one.way.kind, lang));
    let inferred = if one.way.is_stated {
        ""
    } else {
        lang.pick("。向きは基準値と目標値からの推定", "; inferred")
    };
    let from = if baseline.is_empty() { String::new() } else { tr!(lang, "{baseline} から ", "from {baseline} ") };
    tr!(
        lang,
        "{name}（{unit}、{entry}）：{from}{target}。{way}{inferred}",
        "{name} ({unit}, {entry}): {from}to {target}; {way}{inferred}"
    )
}

fn value(text: &Option<String>, lang: Lang) -> Cell {
    Cell::text(text.as_deref().unwrap_or(none(lang)))
}

/// 一覧の取込み || What an imported list brings
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// 見出しから見つけた列 || The columns that were found by their headings
    columns: Vec<ColumnJson>,
    /// 加える項目 || The new entries
    entries: Vec<NewEntryJson<'p>>,
    /// 加える指標 || The new indicators
    indicators: Vec<NewIndicatorJson<'p>>,
    /// 加える所管課 || The new owners
    owners: Vec<&'p str>,
    /// 区分ごとの行の数 || How many rows are in which class
    counts: ByKey<usize>,
    /// 一覧の内容。セルごと || What the list says, cell by cell
    rows: Vec<CellJson<'p>>,
    /// 読まなかったもの || What of the list is not read
    left_out: Vec<LeftOutJson<'p>>,
}

/// 読まなかったもの || Something in the list that is not read
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LeftOutJson<'p> {
    /// 場所 || Where it stands
    at: String,
    /// 理由 || Why
    reason: SayJson<'p>,
}

/// 加える項目 || A new entry
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NewEntryJson<'p> {
    /// 番号 || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 所管課（一覧のとおり） || Its owner, as the list writes it
    owner: Option<String>,
}

/// 加える指標 || A new indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NewIndicatorJson<'p> {
    /// id || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 単位 || Its unit
    unit: &'p str,
    /// 向き || Which way is good
    kind: &'static str,
    /// 向きが一覧に書かれているか。false は基準値と目標値からの推定 || Whether the list says which way is good; else it follows from baseline and target
    stated: bool,
    /// 対象の項目 || The entry that it verifies
    entry: &'p Id,
}

/// 見出しから見つけた列 || A column that was found by its heading
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ColumnJson {
    /// 列（A など） || The column, such as A
    column: String,
    /// 見出し || The words above it
    title: String,
    /// 何の列か || What it holds
    holds: SayOwned,
}

/// 一覧のセル || A cell of the list
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CellJson<'p> {
    /// 番号（一覧のとおり） || The entry or indicator, as the list writes it
    id: &'p str,
    /// どのキーか。行全体なら null || Which key of it; null for the row as a whole
    question: Option<String>,
    /// 区分：changed 変更、conflict 衝突、unlikely 確認が必要、invalid 読めない、left_out 取り込まない、unchanged 変更なし || Its class: changed, conflict, unlikely, invalid, left_out, unchanged
    class: &'static str,
    /// 今の記録 || What is recorded already
    recorded: Option<&'p str>,
    /// 一覧の内容 || What the list says
    reply: Option<&'p str>,
    /// 場所 || Where it stands
    at: String,
    /// 読み方 || How it was read
    readings: Vec<SayJson<'p>>,
}
