//! 判定ごとの件数と割合: of the plan beside the period before, then by heading and by entry.

mod machine;

use rust_decimal::Decimal;

use crate::document::{Block, Cell, ColumnOf, Row, Section, Table, Tone, Type, cells, column, heads};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::judging::BandSet;
use crate::plan::{Plan, Rounding};
use crate::query::gap::{Verdict, Why};
use crate::query::verdicts::{Before, GroupOf, Standing, VerdictGroup, VerdictTable, sum_counts};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

pub use machine::{VerdictTableJson, flat, json};

/// How many have a band, a word that all plans share, or one of the bands of a sum.
#[derive(Debug, Clone)]
pub struct VerdictCount {
    /// What it is: `band`, `verdict`, `composite` or `total`.
    pub kind: &'static str,
    /// The key of the band, the word or the sum.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How many.
    pub count: u64,
    /// The denominator of its share; `None` where it has none.
    pub of: Option<u64>,
    /// How many there were in the period before, where that can be compared.
    pub before: Option<u64>,
    /// Whether it is a part of the sum before it.
    pub nested: bool,
}

impl VerdictCount {
    /// The share in percent, rounded as the plan says.
    pub fn share(&self, rounding: Rounding) -> Option<Decimal> {
        words::share_number(self.count, self.of?, rounding)
    }

    /// By how much it changed since the period before.
    pub fn change(&self) -> Option<Decimal> {
        self.before.map(|before| Decimal::from(self.count) - Decimal::from(before))
    }

    /// What it is called in a column of its own: a sum says that it is one.
    pub fn row_name(&self, lang: Lang) -> String {
        // What is called 「うち…」 already is not called so twice.
        let name = self.name.strip_prefix("うち").unwrap_or(&self.name);
        match (self.kind, self.nested) {
            ("composite", true) => tr!(lang, "　うち{name}", "  of these {name}"),
            ("composite", false) => tr!(lang, "うち{name}", "of which {name}"),
            _ => self.name.clone(),
        }
    }
}

/// The counts of a group: its bands, all together, then the sums, each part behind its whole.
pub fn counts_of(table: &VerdictTable<'_>, group: &VerdictGroup<'_>, lang: Lang) -> Vec<VerdictCount> {
    let (set, before) = (table.set, group.before.as_ref());
    let of = |counts: bool| Some(group.now.judged).filter(|judged| counts && *judged > 0);
    let shown = table.standings.iter().enumerate().filter(|(_, standing)| standing.is_counted(set));
    let standings = shown.map(|(place, standing)| {
        let (kind, id, name) = match standing.band(set) {
            Some(band) => ("band", band.id.to_string(), band.name.text(lang).to_owned()),
            None => ("verdict", word(*standing).key().to_owned(), words::verdict(word(*standing), lang).to_owned()),
        };
        let was = before.map(|before| before.by_standing[place]);
        let count = group.now.by_standing[place];
        VerdictCount { kind, id, name, count, of: of(standing.counts(set)), before: was, nested: false }
    });
    let total = VerdictCount {
        kind: "total",
        id: "total".into(),
        name: lang.pick("計", "Total").into(),
        count: group.now.all,
        of: None,
        before: before.map(|before| before.all),
        nested: false,
    };
    let sum = |place: usize| {
        let sum = &set.sums[place];
        let (id, name) = (sum.id.to_string(), sum.name.text(lang).to_owned());
        let (count, of) = (group.now.sum(sum), of(sum_counts(set, sum)));
        let was = before.map(|before| before.sum(sum));
        VerdictCount { kind: "composite", id, name, count, of, before: was, nested: sum.within.is_some() }
    };
    standings.chain([total]).chain(in_order(table).into_iter().map(sum)).collect()
}

/// What a count is about, as facts name it.
pub fn subject(count: &VerdictCount, set: &BandSet) -> String {
    match (count.kind, set.is_standard()) {
        (_, true) => format!("verdict-{}", count.id),
        (kind, false) => format!("verdict-{}-{kind}-{}", set.id, count.id),
    }
}

/// The sums of a set by place, each part right behind its whole.
fn in_order(table: &VerdictTable<'_>) -> Vec<usize> {
    let sums = &table.set.sums;
    let mut open: Vec<usize> = (0..sums.len()).rev().filter(|place| sums[*place].within.is_none()).collect();
    let mut order = Vec::new();
    while let Some(place) = open.pop() {
        order.push(place);
        open.extend((0..sums.len()).rev().filter(|part| sums[*part].within == Some(place)));
    }
    order
}

fn word(standing: Standing) -> Verdict {
    match standing {
        Standing::Word(Some(meaning)) => meaning.into(),
        _ => Verdict::Undetermined(Why::NoBand),
    }
}

/// What shares are of, and why there is no comparison.
pub fn notes(table: &VerdictTable<'_>, judged: u64, lang: Lang) -> Vec<String> {
    let judged = words::number(judged.into(), lang);
    let of = tr!(
        lang,
        "割合の分母は、判定できる{judged}件。所管課の判断があれば、それによる。",
        "Shares are of the {judged} that are judged. A verdict by hand counts where one was given."
    );
    std::iter::once(of).chain(not_compared(table, lang)).collect()
}

/// Why counts are not compared with those of the period before; `None` where they are, or there is none.
fn not_compared(table: &VerdictTable<'_>, lang: Lang) -> Option<String> {
    match table.before {
        Before::OtherBands(previous) => Some(words::other_bands(previous, lang) + lang.pick("。", ".")),
        Before::Nothing | Before::Period(_) => None,
    }
}

/// A section of the tables of each set.
pub fn section(plan: &Plan, tables: &[VerdictTable<'_>], lang: Lang) -> Option<Section> {
    let blocks: Vec<Block> = tables
        .iter()
        .flat_map(|table| [Some(of_plan(plan, table, lang)), by_group(plan, table, lang)])
        .flatten()
        .map(Block::Table)
        .collect();
    (!blocks.is_empty()).then(|| Section::new(lang.pick("判定ごとの件数", "Counts by verdict"), blocks))
}

/// A count, and how it is laid out.
struct CountRow<'r> {
    count: &'r VerdictCount,
    rounding: Rounding,
}

/// The counts of the plan: count, share, the period before, the change.
fn of_plan(plan: &Plan, table: &VerdictTable<'_>, lang: Lang) -> Table {
    let Some(group) = table.groups.first() else { return Table::default() };
    let counts = counts_of(table, group, lang);
    let mut columns = vec![
        column("verdict", terms::VERDICT.titles(), Type::Grade, |of: &CountRow<'_>, at| {
            Cell::text(of.count.row_name(at.lang))
        }),
        column("count", terms::COUNT.titles(), Type::Integer, |of: &CountRow<'_>, at| number(of.count.count, at.lang)),
        column("share", ("割合", "Share"), Type::Percent, |of: &CountRow<'_>, at| {
            let share = of.count.share(of.rounding);
            share.map_or_else(|| blank(at.lang), |share| Cell::number(share, words::percent(share, at.lang)))
        }),
    ];
    if let Before::Period(previous) = table.before {
        let title = tr!(lang, "前回（{}）", "Before ({})", previous.tag(lang));
        columns.push(ColumnOf::titled("before", title, Type::Integer, |of: &CountRow<'_>, at| {
            of.count.before.map_or_else(|| blank(at.lang), |before| number(before, at.lang))
        }));
        columns.push(column("change", ("増減", "Change"), Type::Integer, |of, at| {
            let change = of.count.change();
            change.map_or_else(|| blank(at.lang), |by| Cell::number(by, words::change(by, at.lang)))
        }));
    }
    let rows = counts.iter().map(|count| {
        let of = CountRow { count, rounding: plan.head.rounding };
        Row { strong: count.kind == "total", ..Row::new(cells(&columns, &of, lang)) }
    });
    let rows = rows.collect();
    let subjects: Vec<_> = counts.iter().map(|count| Some(subject(count, table.set))).collect();
    let notes = notes(table, group.now.judged, lang).into_iter().map(Into::into).collect();
    Table {
        caption: Some(table.set.name.text(lang).into()),
        columns: heads(&columns, lang),
        rows,
        notes,
        ..Table::default()
    }
    .about(subjects)
}

/// The counts of each heading and of each entry at the top, one a row: all, what shares are of, then count and share of each
/// band; `None` where there is none.
pub fn by_group(plan: &Plan, table: &VerdictTable<'_>, lang: Lang) -> Option<Table> {
    let counted: Vec<GroupRow<'_>> = table.groups[1..]
        .iter()
        .map(|group| GroupRow { group, counts: counts_of(table, group, lang), rounding: plan.head.rounding })
        .collect();
    let first = counted.first()?;
    let mut columns: Vec<ColumnOf<GroupRow<'_>>> = vec![
        ColumnOf::titled("of", grouped_by(first.group.of, lang), Type::Name, |of: &GroupRow<'_>, at| {
            Cell::text(named(of.group.of, at.lang).2)
        }),
        column("all", ("全体", "All"), Type::Integer, |of: &GroupRow<'_>, at| number(of.group.now.all, at.lang)),
        column("judged", ("判定できる", "Judged"), Type::Integer, |of: &GroupRow<'_>, at| {
            number(of.group.now.judged, at.lang)
        }),
    ];
    for (nth, count) in first.counts.iter().enumerate().filter(|(_, count)| count.kind != "total") {
        let title = count.row_name(lang);
        let key = format!("{}.{}", count.kind, count.id);
        let cell = ColumnOf::titled(key, title.trim(), Type::Text, |of: &GroupRow<'_>, at| {
            Cell::text(with_share(&of.counts[at.nth], of.rounding, at.lang))
        });
        columns.push(cell.nth(nth));
    }
    let rows = counted.iter().map(|of| Row::new(cells(&columns, of, lang))).collect();
    let of = |of: &GroupRow<'_>| fact_subject(of.group.of).map(|of| format!("{of}:verdicts-{}", table.set.id));
    let subjects: Vec<_> = counted.iter().map(of).collect();
    let notes = several(table, &counted, lang).into_iter().map(Into::into).collect();
    Some(Table { columns: heads(&columns, lang), rows, notes, ..Table::default() }.about(subjects))
}

/// That what belongs to several themes is counted in each.
fn several(table: &VerdictTable<'_>, counted: &[GroupRow<'_>], lang: Lang) -> Option<String> {
    let is_by_theme = counted.iter().any(|of| matches!(of.group.of, GroupOf::Theme(_)));
    let sum: u64 = counted.iter().map(|of| of.group.now.all).sum();
    let all = table.groups.first().filter(|_| is_by_theme)?.now.all;
    (sum > all).then(|| {
        tr!(
            lang,
            "二つ以上の主題に属する指標は、それぞれで数えた（延べ{sum}件、実数{all}件）。",
            "Indicators that belong to several themes count in each ({sum} in all, of {all})."
        )
    })
}

/// What the column of the groups is called.
fn grouped_by<'p>(of: GroupOf<'p>, lang: Lang) -> &'p str {
    match of {
        GroupOf::Theme(theme) => &theme.framework,
        GroupOf::NoTheme => terms::THEME.title(lang),
        _ => lang.pick("見出し・項目", "Heading or entry"),
    }
}

/// What facts about a group are about: a theme may have the id of an entry.
fn fact_subject(of: GroupOf<'_>) -> Option<String> {
    match of {
        GroupOf::Plan => None,
        GroupOf::Heading(heading) => Some(heading.id.to_string()),
        GroupOf::Entry(entry) => Some(entry.id.to_string()),
        GroupOf::Theme(theme) => Some(format!("theme-{}", theme.id)),
        GroupOf::NoTheme => Some("theme".to_owned()),
    }
}

/// A group, and how its counts are laid out.
struct GroupRow<'r> {
    group: &'r VerdictGroup<'r>,
    counts: Vec<VerdictCount>,
    rounding: Rounding,
}

/// 「3（60.0％）＋1」.
fn with_share(count: &VerdictCount, rounding: Rounding, lang: Lang) -> String {
    let n = words::number(count.count.into(), lang);
    let share = count.share(rounding).map(|share| words::percent(share, lang));
    let share = share.map(|share| tr!(lang, "（{share}）", " ({share})")).unwrap_or_default();
    let change = count.change().filter(|by| !by.is_zero());
    let change = change.map(|by| tr!(lang, "、前回比{}", ", {} since before", words::change(by, lang)));
    n + &share + &change.unwrap_or_default()
}

fn number(n: u64, lang: Lang) -> Cell {
    Cell::number(n, words::number(n.into(), lang))
}

fn blank(lang: Lang) -> Cell {
    Cell::text(words::none(lang)).toned(Tone::Faint)
}

/// The kind of a group, its id and what it is called.
fn named<'p>(of: GroupOf<'p>, lang: Lang) -> (&'static str, Option<&'p Id>, String) {
    match of {
        GroupOf::Plan => ("plan", None, terms::WHOLE_PLAN.title(lang).into()),
        GroupOf::Heading(heading) => ("heading", Some(&heading.id), words::indicator_name(heading)),
        GroupOf::Entry(entry) => ("entry", Some(&entry.id), format!("{} {}", entry.id, entry.name)),
        GroupOf::Theme(theme) => ("theme", Some(&theme.id), theme.name.to_string()),
        GroupOf::NoTheme => ("theme", None, lang.pick("（なし）", "(none)").to_owned()),
    }
}
