use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::text::{TextStyle, text};
use kaikaku_document::{Block, Chart, Document, Role, Section};
use kaikaku_document::{Bullet, Mark, Point};
use kaikaku_text::width::Ambiguous;

pub fn mark(role: Role, value: Option<Decimal>, text: &str) -> Mark {
    let number = value.map(|value| value.to_string()).unwrap_or_default();
    Mark { role, label: format!("{role:?}"), value, number, text: text.to_owned(), fact: None }
}

/// Charts of any numbers and any words.
pub fn any_chart() -> impl Strategy<Value = Chart> {
    const ROLES: [Role; 6] = [Role::Baseline, Role::Expected, Role::Actual, Role::Target, Role::Min, Role::Max];
    let number = || {
        let some = (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0u32..29)
            .prop_map(|(lo, mid, hi, negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale));
        prop_oneof![some, (-9i64..9).prop_map(Decimal::from), Just(Decimal::MAX), Just(Decimal::MIN)]
    };
    let words = || "[a-z あ-ん<>&\"'①▲\u{1b}\u{202e}\n一-十\u{ffff}]{0,20}";
    let marks = prop::collection::vec((prop::option::of(number()), words()), 0..=6);
    let series = prop::collection::vec((prop::option::of(number()), words(), any::<bool>()), 0..30);
    (marks, series, words()).prop_map(|(marks, series, name)| Chart {
        id: "chart".to_owned(),
        name: name.clone(),
        bullet: Bullet {
            marks: marks.iter().zip(ROLES).map(|((value, text), role)| mark(role, *value, text)).collect(),
            verdict: name.into(),
        },
        series: series
            .into_iter()
            .enumerate()
            .map(|(at, (value, text, breaks))| Point {
                period: format!("R{at}"),
                value,
                text,
                breaks,
                ..Point::default()
            })
            .collect(),
    })
}

fn page(chart: &Chart, style: &TextStyle) -> String {
    let charts = Section::plain(vec![Block::Charts(vec![chart.clone()])]);
    text(&Document { sections: vec![charts], ..Document::default() }, style)
}

fn whole(number: i64) -> Option<Decimal> {
    Some(number.into())
}

fn example() -> Chart {
    let point = |year: u32, value: Option<i64>, text: &str, breaks| Point {
        period: format!("R{year}"),
        value: value.map(Decimal::from),
        text: text.to_owned(),
        breaks,
        ..Point::default()
    };
    Chart {
        id: "waiting".to_owned(),
        name: "待ち時間".to_owned(),
        bullet: Bullet {
            marks: vec![
                mark(Role::Baseline, whole(30), "30分"),
                mark(Role::Actual, whole(12), "12分"),
                mark(Role::Target, whole(12), "12分"),
            ],
            verdict: "達成".into(),
        },
        series: vec![
            point(3, Some(30), "30分", false),
            point(4, None, "未調査", false),
            point(5, Some(20), "20分", true),
            point(6, Some(12), "12分", false),
        ],
    }
}

#[test]
fn a_picture_is_read_without_colour() {
    let drawn = page(&example(), &TextStyle { width: Some(40), ..TextStyle::default() });
    let expected = "\
b=Baseline  ●=Actual  t=Target

待ち時間
  12 ├─●t━━━━━━━━━━━━━━━━━━━━━━━━━b─┤ 30
  達成
  Baseline 30分  Actual 12分
  Target 12分
  R3 █·/▄▁ R6
  · R4 未調査  / R5 20分
";
    assert_eq!(drawn, expected);
}

#[test]
fn where_signs_are_wide_the_picture_is_ascii() {
    let wide = TextStyle { width: Some(40), ambiguous: Ambiguous::Wide, ..TextStyle::default() };
    let drawn = page(&example(), &wide);
    assert!(drawn.contains("\n  12 |-*t=========================b-| 30\n"), "{drawn}");
    assert!(drawn.contains("\n  R3 8./41 R6\n  . R4 未調査  / R5 20分\n"), "{drawn}");
}

#[test]
fn the_latest_years_stay_where_not_all_have_room() {
    let point = |at: i64| Point { period: format!("R{at}"), value: whole(at), ..Point::default() };
    let chart = Chart { series: (1..40).map(point).collect(), ..Chart::default() };
    let drawn = page(&chart, &TextStyle { width: Some(24), ..TextStyle::default() });
    assert!(drawn.lines().any(|line| line.starts_with("  …R27 ") && line.ends_with("█ R39")), "{drawn}");
}

proptest! {
    #[test]
    fn the_marks_stand_in_the_order_of_the_values(chart in any_chart(), width in prop::option::of(24usize..120), wide: bool) {
        let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
        let drawn = page(&chart, &TextStyle { width, ambiguous, color: false });
        for line in drawn.lines() {
            prop_assert!(width.is_none_or(|width| ambiguous.width(line) <= width), "{}", drawn);
        }
        let placed = chart.bullet.placed();
        let (left, right) = if wide { ("|-", "-|") } else { ("├", "┤") };
        let line = drawn.lines().find(|line| line.contains(left) && line.contains(right));
        prop_assert_eq!(line.is_some(), !placed.is_empty(), "{}", drawn);
        let letter = |role| match role {
            Role::Baseline => 'b',
            Role::Expected => 'e',
            Role::Actual => if wide { '*' } else { '●' },
            Role::Target => 't',
            Role::Min => '[',
            Role::Max => ']',
        };
        let letters: String = placed.iter().map(|(_, mark)| letter(mark.role)).collect();
        let found: String = line.unwrap_or_default().chars().filter(|c| "be*●t[]".contains(*c)).collect();
        prop_assert_eq!(found, letters);
    }
}
