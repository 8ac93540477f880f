//! A made-up paper that uses everything a document can say.

use std::sync::OnceLock;

use chrono::NaiveDate;
use kaikaku::document::*;
use kaikaku::lang::Lang;
use kaikaku::query::AsOf;
use kaikaku::query::gap::gaps;
use kaikaku::query::status::{Question, status};
use kaikaku::render::{docx, html, md, xlsx};
use kaikaku::report::Report;
use kaikaku::report::chart::{Illustrated, charts};
use kaikaku::report::kpi::KpiReport;
use kaikaku::report::status::{StatusReport, View};
use kaikaku::source::{self, Snapshot};
use rust_decimal::Decimal;

use crate::support::repository;

/// A document and the table for machines that goes with it.
pub struct Paper {
    pub name: &'static str,
    pub doc: Document,
    pub data: Table,
}

impl Paper {
    pub fn docx(&self) -> Vec<u8> {
        docx::docx(&self.doc, Lang::Ja)
    }

    pub fn xlsx(&self) -> Vec<u8> {
        xlsx::xlsx(&self.doc, &self.data, Lang::Ja).unwrap()
    }

    pub fn html(&self) -> String {
        html::html(&self.doc, Lang::Ja)
    }

    pub fn md(&self) -> String {
        md::md(&self.doc, Lang::Ja)
    }
}

/// The made-up paper, and two that the program writes of the made-up city.
pub fn papers() -> &'static [Paper] {
    static PAPERS: OnceLock<Vec<Paper>> = OnceLock::new();
    PAPERS.get_or_init(made)
}

fn made() -> Vec<Paper> {
    let folder = repository().join("plan/example");
    let plan = source::load(&Snapshot::of_folder(&folder, folder.clone(), &|_| true), "example").plan.unwrap();
    let as_of = AsOf::parse("R8Q2", plan.head.cycle).unwrap();
    let status = status(&plan, Question::new(as_of, 0, 0));
    let status = StatusReport::new(status, View::default());
    let gaps = gaps(&plan, as_of);
    let charts = charts(&plan, &gaps, as_of, Lang::Ja);
    let kpi = Illustrated { report: KpiReport::new(&plan, as_of, gaps, Vec::new()), charts };
    vec![
        sample(),
        Paper { name: "status", doc: status.document(Lang::Ja), data: status.data(Lang::Ja) },
        Paper { name: "kpi", doc: kpi.document(Lang::Ja), data: kpi.data(Lang::Ja) },
    ]
}

pub fn sample() -> Paper {
    let doc = Document {
        title: "改革プラン2028　四半期報告".into(),
        lead: vec!["令和8年度第2四半期（R8.9.30 現在）".into(), "速報".into()],
        sections: vec![
            Section::new("1 総括", vec![Block::Text("20項目のうち3項目に遅れがある。".into()), items(), fields()]),
            Section { depth: 1, ..Section::new("施策ごとの状況", vec![Block::Table(merged())]) },
            Section::new("2 検証指標", vec![Block::Table(indicators()), Block::Charts(vec![chart()])])
                .starting(Start::Across),
            Section::new("別紙 体系", vec![Block::Tree(tree())]).starting(Start::Page),
        ],
        meta: Meta {
            author: Some("架空市 行政経営課".into()),
            date: NaiveDate::from_ymd_opt(2026, 9, 30),
            addressee: vec!["架空市議会議長　様".into()],
            letterhead: vec!["令和8年10月15日".into(), "架空市 行政経営課".into()],
            provenance: Some("kaikaku 0.1.0, rev 1a2b3c4".into()),
            ..Meta::default()
        },
        ..Document::default()
    };
    Paper { name: "sample", doc, data: data() }
}

fn items() -> Block {
    let late = Line::toned("遅れ：1-1-2 研修", Tone::Bad).noted("要確認の値を含む。");
    Block::List(vec![Line::toned("達成：2-1-1 窓口", Tone::Good), late, Line::toned("評価なし：4件", Tone::Faint)])
}

fn fields() -> Block {
    let period: Line = "R6～R9".into();
    Block::Fields(vec![
        ("計画期間".into(), period),
        ("所管".into(), Line::toned("行政経営課\n内線 2211", Tone::Strong)),
    ])
}

/// A policy over its measures, a total over two columns.
fn merged() -> Table {
    let row = |policy: Cell, measure: &str, count: i64, share: &str| {
        Row::new(vec![policy, Cell::text(measure), Cell::number(count, format!("{count}件")), Cell::text(share)])
    };
    let policy = Cell::text("1 人と組織").merged(0, 1);
    let rows = vec![
        row(policy, "1-1 人材確保", 5, "25.0%"),
        row(Cell::default(), "1-2 人材育成", 1_204, "▲3.5%"),
        Row::strong(vec![
            Cell::text("計").merged(1, 0),
            Cell::default(),
            Cell::number(1_209, "1,209件"),
            Cell::text("100.0%").noted("四捨五入による。"),
        ]),
    ];
    let columns = vec![
        Column::new("policy", "基本方針", Type::Text).weighing(3),
        Column::new("measure", "施策", Type::Text).weighing(5),
        Column::new("entries", "項目数", Type::Integer).weighing(2),
        Column::new("share", "割合", Type::Percent).weighing(2),
    ];
    let notes = vec!["※ 割合の分母は20件。".into()];
    Table { caption: Some("表1 施策ごとの件数".into()), columns, rows, notes, ..Table::default() }
}

fn indicators() -> Table {
    let row = |name: &str, value: Decimal, shown: &str, tone, verdict: &str, noted: bool| {
        let number = Cell::number(value, shown);
        let number = if noted { number.noted("要確認の値を含む。") } else { number };
        Row::new(vec![Cell::text(name), number, Cell::text(verdict).toned(tone)])
    };
    let rows = vec![
        row("市役所のサービスに満足している市民の割合", Decimal::new(441, 1), "44.1％", Tone::Bad, "後退", true),
        row("財政調整基金の残高", Decimal::new(-11, 1), "▲1.1億円", Tone::Warn, "遅れ", false),
        row("証明書のコンビニ交付", Decimal::from(60_830), "60,830件", Tone::Good, "達成", false),
    ];
    let columns = vec![
        Column::new("indicator", "指標", Type::Text),
        Column::new("actual", "実績値", Type::Decimal),
        Column::new("verdict", "判定", Type::Grade),
    ];
    Table { columns, rows, ..Table::default() }
}

fn chart() -> Chart {
    let mark = |role, label: &str, value: i64, text: &str| Mark {
        role,
        label: label.into(),
        value: Some(Decimal::new(value, 1)),
        number: Decimal::new(value, 1).to_string(),
        text: text.into(),
        fact: None,
    };
    let point = |period: &str, value: Option<i64>, breaks| Point {
        period: period.into(),
        value: value.map(|value| Decimal::new(value, 1)),
        text: value.map_or("記録なし".into(), |value| format!("{}％", Decimal::new(value, 1))),
        breaks,
        ..Point::default()
    };
    Chart {
        id: "satisfaction".into(),
        name: "満足している市民の割合".into(),
        bullet: Bullet {
            marks: vec![
                mark(Role::Baseline, "基準値", 489, "48.9％（R3）"),
                mark(Role::Actual, "実績値", 441, "44.1％（R5）"),
                mark(Role::Target, "目標値", 650, "65.0％（R7）"),
            ],
            verdict: Line::toned("後退", Tone::Bad),
        },
        series: vec![
            point("R3", Some(489), false),
            point("R4", None, false),
            point("R5", Some(441), false),
            point("R6", Some(520), true),
        ],
    }
}

fn tree() -> Vec<Branch> {
    let node = |depth, text: &str| Branch { depth, line: text.into() };
    vec![node(0, "1 人と組織"), node(1, "1-1 人材確保"), node(2, "1-1-1 採用"), node(0, "2 窓口")]
}

fn data() -> Table {
    let exact = Decimal::from_str_exact("12345678901234567.5").unwrap();
    let columns = vec![
        Column::new("id", "id", Type::Id),
        Column::new("unit", "単位", Type::Text),
        Column::new("year", "年度", Type::Period),
        Column::new("value", "値", Type::Decimal),
    ];
    let row = |id: &str, value: Decimal| {
        Row::new(vec![Cell::text(id), Cell::text("％"), Cell::text("R5"), Cell::number(value, value.to_string())])
    };
    Table { columns, rows: vec![row("a", Decimal::new(441, 1)), row("b", exact)], ..Table::default() }
}
