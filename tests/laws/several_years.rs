//! Several fiscal years as one period: how it is written, what lies in it, and what a value of it is held against.

use kaikaku::lang::Lang;
use kaikaku::plan::period::Period;

fn period(text: &str) -> Period {
    Period::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).period
}

#[test]
fn several_years_are_written_in_many_ways() {
    for text in [
        "H26-H28",
        "H26～H28",
        "H26〜H28",
        "Ｈ２６～Ｈ２８",
        "平成26年度～平成28年度",
        "平成26～28年度",
        "平成26年度から平成28年度まで",
        "平成26年度から28年度",
        "2014-2016",
        "FY2014–FY2016",
        "2014年度～2016年度",
    ] {
        assert_eq!(period(text).short(), "H26-H28", "{text}");
    }
    // Across a change of era each year is of its own.
    assert_eq!(period("H30～R2").short(), "H30-R2");
    assert_eq!(period("平成30年度～令和2年度").long(Lang::Ja), "平成30年度～令和2年度");
    assert_eq!(
        (period("H30-R2").long(Lang::En), period("H30-R2").brief(Lang::Ja)),
        ("FY2018–FY2020".into(), "H30～R2".into())
    );
    // One year is a year, and what is something else stays it.
    assert_eq!(period("R4-R4").short(), "R4");
    for (text, meant) in [("R7-9", "R7.9"), ("2025-09", "R7.9"), ("R7-Q2", "R7Q2"), ("2025-09-30", "R7.9.30")] {
        assert_eq!(period(text).short(), meant, "{text}");
    }
    for text in ["R6-R4", "R4～", "～R6", "R4Q1～R4Q3", "R4.4～R6.3", "R4～R6～R8", "R4-6年"] {
        assert!(Period::parse(text).is_err(), "{text}");
    }
}

#[test]
fn several_years_begin_and_end_with_theirs() {
    let three = period("H26-H28");
    assert_eq!(
        (three.first_day().to_string(), three.last_day().to_string()),
        ("2014-04-01".into(), "2017-03-31".into())
    );
    // Three years before and after; a record about one of them, or a quarter of it, is about a part.
    assert_eq!((three.prev().unwrap().short(), three.next().unwrap().short()), ("H23-H25".into(), "H29-R1".into()));
    for part in ["H26", "H28Q4", "H27.3", "H26-H27"] {
        assert!(three.covers(period(part)) && period(part).answers_for(three), "{part}");
    }
    assert!(!three.answers_for(period("H29")) && !three.covers(period("H25-H26")));
    // A whole follows its last part.
    assert!(period("H28") < three && three < period("H29"));
    assert_eq!(period(&three.short()), three);
}
