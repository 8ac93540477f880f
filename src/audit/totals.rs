//! Printed tables that contradict the records, their own percentages, or each other.

use crate::finding::{Code, Finding};
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::totals::{PrintedPart, Published};
use crate::query::totals::{Totals, TotalsLine, beside};
use crate::say;
use crate::text::terms;

/// Everything that the printed tables of a plan contradict.
pub fn audit(plan: &Plan) -> Vec<Finding> {
    let tables: Vec<Totals<'_>> = plan.head.published.iter().map(|published| beside(plan, published)).collect();
    let mut found: Vec<Finding> = Vec::new();
    for (at, totals) in tables.iter().enumerate() {
        found.extend(unknown_entries(plan, totals.published));
        for line in totals.lines() {
            found.extend(against_records(plan, totals, line));
            found.extend(shares(plan, totals, line));
        }
        let of_same = |other: &&Totals<'_>| {
            let (one, other) = (totals.published, other.published);
            other.period == one.period && other.place != one.place && other.place.is_of_same(&one.place)
        };
        found.extend(tables[..at].iter().find(of_same).and_then(|first| apart(plan, first, totals)));
    }
    found
}

/// Rows about entries that the plan does not have.
fn unknown_entries<'p>(plan: &'p Plan, published: &'p Published) -> impl Iterator<Item = Finding> + use<'p> {
    let lost = published.rows.iter().filter(|row| row.under.is_some() && row.entry(plan).is_none());
    lost.filter_map(|row| {
        let id = row.under.as_ref()?;
        Some(Finding::at(
            Code::UnknownEntry,
            row.counted.origin,
            say!(
                "公表値の行の項目 {id} は、この計画にありません",
                "there is no entry {id}, which a published row is about"
            ),
            say!(
                "番号を確かめるか、under を消して name を書いてください",
                "check the ID, or write `name` in place of `under`"
            ),
        ))
    })
}

/// What a line is called in a message: of when, on which scale, and which row.
fn called(plan: &Plan, totals: &Totals<'_>, line: &TotalsLine<'_>) -> Say {
    let (scale, period) = (&totals.version.name, totals.published.period);
    let (ja, en) = (period.long(Lang::Ja), period.long(Lang::En));
    match line.row.map(|row| row.title(plan)) {
        Some(row) => say!("{ja}「{scale}」の「{row}」の公表値", "`{row}` in `{scale}` as published for {en}"),
        None => say!("{ja}「{scale}」の公表値", "`{scale}` as published for {en}"),
    }
}

/// A line whose counts are others than those of the records.
fn against_records(plan: &Plan, totals: &Totals<'_>, line: &TotalsLine<'_>) -> Option<Finding> {
    let Say { ja, en } = called(plan, totals, line);
    let name = |of: PrintedPart, lang: Lang| match of {
        PrintedPart::Unreported => terms::UNREPORTED.word(lang).to_owned(),
        of => of.name(totals.version).unwrap_or(lang.pick("合計", "the total")).to_owned(),
    };
    let parts = |lang: Lang| {
        let parts = line.apart(totals.version).into_iter().map(|apart| {
            let (of, printed, counted) = (name(apart.of, lang), apart.printed, apart.counted);
            let [printed_ja, printed_en] =
                [format!("{of}は公表 {printed}、記録 {counted}"), format!("{of} {printed}, counted {counted}")];
            lang.pick(printed_ja, printed_en)
        });
        parts.collect::<Vec<String>>().join(lang.pick("、", "; "))
    };
    let (parts_ja, parts_en) = (parts(Lang::Ja), parts(Lang::En));
    (!parts_ja.is_empty()).then(|| {
        Finding::at(
            Code::PublishedCount,
            line.printed.origin,
            say!("{ja}は、記録から数えた件数と異なります（{parts_ja}）", "{en} differs from the records ({parts_en})"),
            say!(
                "資料と記録を確かめてください。資料のとおりなら、そのままにして note に書き添えてください",
                "check the document and the records; if the document says so, leave it and add a `note`"
            ),
        )
    })
}

/// Printed percentages that the printed counts do not give.
fn shares<'p>(plan: &'p Plan, totals: &Totals<'p>, line: &TotalsLine<'p>) -> Vec<Finding> {
    let Say { ja, en } = called(plan, totals, line);
    let apart = line.shares_apart(totals.version, &plan.head).into_iter().map(|(part, printed, computed)| {
        let name = part.name(totals.version).unwrap_or_default();
        Finding::at(
            Code::PublishedRate,
            line.printed.origin,
            say!(
                "{ja}の「{name}」の割合は {printed} ですが、件数から計算すると {computed} です",
                "{en}: the share of `{name}` is {printed}, the counts give {computed}"
            ),
            say!(
                "資料と件数を確かめてください（ツールはどちらも直しません）",
                "check the document and the counts (neither is adjusted)"
            ),
        )
    });
    apart.collect()
}

/// Two tables of the same counts, grouped in two ways, whose wholes are not the same.
fn apart(plan: &Plan, first: &Totals<'_>, second: &Totals<'_>) -> Option<Finding> {
    let (one, other) = (first.whole.printed, second.whole.printed);
    let is_apart = |part: PrintedPart| one.part(part).zip(other.part(part)).is_some_and(|(one, other)| one != other);
    if one.total == other.total && !one.parts().any(is_apart) {
        return None;
    }
    let Say { ja, en } = called(plan, second, &second.whole);
    let group = |totals: &Totals<'_>| totals.published.place.group.as_deref().unwrap_or("－").to_owned();
    let (of_first, of_second) = (group(first), group(second));
    let finding = Finding::at(
        Code::PublishedSum,
        other.origin,
        say!(
            "{ja}は、二つの表で全体の件数が異なります（{of_first}、{of_second}）",
            "{en}: two tables have different wholes ({of_first}, {of_second})"
        ),
        say!("資料を確かめてください", "check the documents"),
    );
    let at = one.origin.offset as usize;
    Some(finding.related(one.origin.file as usize, at..at + 1, say!("一つ目の表", "the first table")))
}
