use proptest::prelude::*;

use super::*;
use kaikaku_document::{Align, Cell, Column, Line, Row, Table, Type};

fn sample() -> Document {
    let row = |id: &str, name: &str, now: &str, gap: &str, tone, state: &str| {
        let cells = [Cell::text(id), Cell::text(name), Cell::text(now), Cell::text(gap)];
        Row::new(cells.into_iter().chain([Cell::text(state).toned(tone)]).collect())
    };
    let mut table = Table {
        caption: Some("検証指標".into()),
        columns: vec![
            Column::new("id", "番号", Type::Id),
            Column::new("indicator", "検証指標", Type::Text),
            Column::new("actual", "実績値", Type::Decimal),
            Column::new("gap", "目標値との差", Type::Decimal),
            Column::new("verdict", "判定", Type::Grade),
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
        ..Table::default()
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
            Section::plain(vec![Block::Fields(vec![
                ("計画".into(), "改革".into()),
                ("期間内".into(), "R6～R9".into()),
            ])]),
        ],
        ..Document::default()
    }
}

fn shown(width: impl Into<Option<usize>>, ambiguous: Ambiguous) -> String {
    text(&sample(), &TextStyle { width: width.into(), ambiguous, color: false })
}

#[test]
fn a_page_as_it_is_read() {
    let expected = "\
市役所改革プラン2027　進捗状況
══════════════════════════════
令和7年度第2四半期

■ 指標

検証指標
番号   検証指標                   実績値   目標値との差  判定
─────────────────────────────────────────────────────────────
1-1-1  市役所のサービスに満足     44.1％  ▲20.9ポイント  後退
       している市民の割合
1-1-2  ① 区役所窓口、市民満足       87％     ▲3ポイント  遅れ
       度（各区の「総合窓口」
       を含む）
2-1-1  ② 証明書コンビニ発行件  300,170件     ▲199,830件  順調
       数 → R5
─────────────────────────────────────────────────────────────
       合計                          3件
※ 差は目標値－実績値。

- 遅れ 1件

■ 体系

1 組織・人づくり改革
├─ 1-1 人材確保
│  ├─ 1-1-1 戦略的リクルート
│  └─ 1-1-2 採用選考試験の見直し
└─ 1-2 人材育成
   └─ 1-2-1 人材育成プログラムの整備
2 行政サービスの最適化

計画    改革
期間内  R6～R9
";
    assert_eq!(shown(62, Ambiguous::Narrow), expected);
}

#[test]
fn where_signs_are_wide_the_rules_are_ascii() {
    let page = shown(None, Ambiguous::Wide);
    assert!(!page.contains(|c| "═─│├└".contains(c)), "{page}");
    assert!(page.contains("\n----") && page.contains("\n|  `- 1-1-2"), "{page}");
}

#[test]
fn rows_stand_alone_where_a_table_would_be_mangled() {
    let page = shown(40, Ambiguous::Narrow);
    assert!(page.contains("\n番号:          1-1-1\n検証指標:      市役所のサービスに満足し\n"), "{page}");
    assert!(page.contains("判定:          後退\n\n番号: "), "{page}");
}

#[test]
fn an_empty_document_is_empty() {
    assert_eq!(text(&Document::default(), &TextStyle::default()), "");
    let nothing = Section::plain(vec![Block::Table(Table::default()), Block::List(vec![]), Block::Text("\n".into())]);
    assert_eq!(text(&Document { sections: vec![nothing], ..Document::default() }, &TextStyle::default()), "");
}

#[test]
fn a_monster_of_a_cell_is_printed_whole() {
    let monster = "改".repeat(70_000);
    let row = Row::new(vec![Cell::text(&*monster), Cell::text("後")]);
    let table = Table {
        columns: vec![Column::new("one", "一", Type::Text), Column::new("two", "二", Type::Text)],
        rows: vec![row],
        ..Table::default()
    };
    let doc = Document { sections: vec![Section::plain(vec![Block::Table(table)])], ..Document::default() };
    assert!(text(&doc, &TextStyle::default()).ends_with(&format!("{monster}  後\n")));
}

const WORDS: &str = "[a-z あ-ん、。（）「」①▲～…→αЯéｱﾞ一-十\u{1b}\t\u{202e}\u{200b}\n👨❤\u{fe0f}\u{200d}]{0,30}";

/// A table each of whose cells holds one Q: at its start in a column of words, at its end in a column of numbers.
fn marked_table() -> impl Strategy<Value = Table> {
    let columns = prop::collection::vec((WORDS, any::<bool>()), 2..6).prop_map(|columns| {
        let column = |(title, right)| {
            if right {
                Column::new("column", "数Q", Type::Decimal)
            } else {
                Column::new("column", format!("Q{title}"), Type::Text)
            }
        };
        columns.into_iter().map(column).collect::<Vec<_>>()
    });
    let rows = prop::collection::vec((prop::collection::vec(WORDS, 6), any::<bool>()), 1..6);
    (columns, rows).prop_map(|(columns, rows)| {
        let cell = |(text, column): (&String, &Column)| match column.align() {
            Align::Left => Cell::text(format!("Q{text}")),
            Align::Right => Cell::number(1, format!("{}Q", one_line(text))),
        };
        let row = |(cells, strong): (Vec<String>, bool)| Row {
            cells: cells.iter().zip(&columns).map(cell).collect(),
            strong,
            ..Row::default()
        };
        let rows = rows.into_iter().map(row).collect();
        Table { columns, rows, ..Table::default() }
    })
}

fn page(table: &Table, style: &TextStyle) -> String {
    let section = Section::plain(vec![Block::Table(table.clone())]);
    text(&Document { sections: vec![section], ..Document::default() }, style)
}

fn without_color(page: &str) -> String {
    let mut parts = page.split('\u{1b}');
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |out, part| out + part.split_once('m').unwrap().1)
}

proptest! {
    #[test]
    fn a_table_fits_and_its_columns_align(table in marked_table(), width in prop::option::of(24usize..120), wide: bool) {
        let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
        let style = TextStyle { width, ambiguous, color: false };
        let page = page(&table, &style);
        prop_assert!(page.ends_with('\n') && !page.ends_with("\n\n"));
        prop_assert!(!page.contains(|c: char| c != '\n' && c.is_control()));
        let lines: Vec<&str> = page.lines().collect();
        for line in &lines {
            prop_assert_eq!(*line, line.trim_end());
            prop_assert!(width.is_none_or(|width| ambiguous.width(line) <= width), "{}", page);
        }
        let marks = |line: &str| line.match_indices('Q').map(|(at, _)| ambiguous.width(&line[..at])).collect::<Vec<_>>();
        let rows: Vec<_> = lines.iter().map(|line| marks(line)).filter(|marks| marks.len() == table.columns.len()).collect();
        if lines.iter().any(|line| line.starts_with("──") || line.starts_with("--")) {
            prop_assert_eq!(rows.len(), table.rows.len() + 1, "{}", page);
            prop_assert!(rows.windows(2).all(|pair| pair[0] == pair[1]), "{}", page);
        } else {
            prop_assert!(width.is_some());
        }
    }

    #[test]
    fn color_changes_nothing_but_color(table in marked_table(), width in prop::option::of(24usize..120)) {
        let plain = TextStyle { width, ..TextStyle::default() };
        let colored = page(&table, &TextStyle { color: true, ..plain });
        prop_assert_eq!(without_color(&colored), page(&table, &plain));
    }
}

/// A long list is put together without the library; whoever reads it must not notice.
#[test]
fn a_long_table_looks_as_a_short_one() {
    for (width, ambiguous) in [(None, Ambiguous::Narrow), (Some(62), Ambiguous::Narrow), (Some(62), Ambiguous::Wide)] {
        for color in [false, true] {
            let style = TextStyle { width, ambiguous, color };
            let table = |times: usize| {
                let Block::Table(mut table) = sample().sections[0].blocks[0].clone() else { panic!("a table") };
                table.notes.clear();
                table.rows = std::iter::repeat_n(table.rows, times).flatten().collect();
                let section = Section::plain(vec![Block::Table(table)]);
                text(&Document { sections: vec![section], ..Document::default() }, &style)
            };
            let (short, long) = (table(1), table(rows::BY_LIBRARY));
            assert!(
                long.len() > 1_000 * short.len() / 2 && long.starts_with(&short),
                "{width:?} {ambiguous:?} {color}"
            );
        }
    }
}

#[test]
fn a_footnote_is_marked_where_it_belongs_and_listed_once() {
    let cells = vec![Cell::text("44.1％").noted("速報値"), Cell::text("60％").noted("要確認")];
    let columns = vec![Column::new("actual", "実績値", Type::Decimal), Column::new("target", "目標値", Type::Decimal)];
    let table = Table { columns, rows: vec![Row::new(cells)], ..Table::default() };
    let blocks = vec![Block::Text(Line::from("満足度").noted("要確認")), Block::Table(table)];
    let doc = Document { sections: vec![Section::plain(blocks)], ..Document::default() };
    let shown = text(&doc, &TextStyle::default());
    assert!(shown.starts_with("満足度※1\n"), "{shown}");
    assert!(shown.contains("44.1％※2  60％※1\n") && shown.ends_with("- ※1 要確認\n- ※2 速報値\n"), "{shown}");
}
