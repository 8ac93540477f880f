use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::report::document::{Cell, Column, Line, Row, Table};

fn sample() -> Document {
    let row = |id: &str, name: &str, now: &str, gap: &str, tone, state: &str| {
        let cells = [Cell::text(id), Cell::text(name), Cell::text(now), Cell::text(gap)];
        Row::new(cells.into_iter().chain([Cell::text(state).toned(tone)]).collect())
    };
    let mut table = Table {
        caption: Some("検証指標".into()),
        columns: vec![
            Column::left("番号"),
            Column::left("検証指標"),
            Column::right("実績値"),
            Column::right("目標値との差"),
            Column::left("判定"),
        ],
        rows: vec![
            row("1-1-1", "市役所のサービスに満足している市民の割合", "44.1％", "▲20.9ポイント", Tone::Bad, "後退"),
            row(
                "1-1-2",
                "① 区役所窓口、市民満足度（各区の「総合窓口」を含む）",
                "87％",
                "▲3ポイント",
                Tone::Warn,
                "遅れ",
            ),
            row("2-1-1", "② 証明書コンビニ発行件数 → R5", "300,170件", "▲199,830件", Tone::Good, "順調"),
        ],
        notes: vec!["※ 差は目標値－実績値。".into()],
    };
    table.rows.push(Row::strong(vec![
        Cell::text(""),
        Cell::text("合計"),
        Cell::number(3, "3件"),
        Cell::text(""),
        Cell::text(""),
    ]));
    let node = |depth, text: &str| Branch { depth, line: text.into() };
    let tree = vec![
        node(0, "1 組織・人づくり改革"),
        node(1, "1-1 人材確保"),
        node(2, "1-1-1 戦略的リクルート"),
        node(2, "1-1-2 採用選考試験の見直し"),
        node(1, "1-2 人材育成"),
        node(2, "1-2-1 人材育成プログラムの整備"),
        node(0, "2 行政サービスの最適化"),
    ];
    Document {
        title: "市役所改革プラン2027　進捗状況".into(),
        lead: vec!["令和7年度第2四半期".into()],
        sections: vec![
            Section::new("指標", vec![Block::Table(table), Block::List(vec![Line::toned("遅れ 1件", Tone::Warn)])]),
            Section::new("体系", vec![Block::Tree(tree)]),
            Section {
                heading: None,
                blocks: vec![Block::Fields(vec![("計画".into(), "改革".into()), ("期間内".into(), "R6～R9".into())])],
            },
        ],
    }
}

fn shown(width: impl Into<Option<usize>>, ambiguous: Ambiguous) -> String {
    text(&sample(), &TextStyle { width: width.into(), ambiguous, color: false })
}

#[test]
fn show() {
    for w in [None, Some(80), Some(60), Some(40), Some(24)] {
        println!("{}<<<{w:?}\n{}", shown(w, Ambiguous::Narrow), shown(w, Ambiguous::Wide));
    }
    println!("{}", text(&sample(), &TextStyle { width: Some(100), color: true, ..TextStyle::default() }));
}
