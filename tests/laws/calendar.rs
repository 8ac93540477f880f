//! The forms in which periods are written, and what is stated of those that are none.

use chrono::NaiveDate;
use kaikaku::lang::Lang;
use kaikaku::plan::period::{
    Cycle, FiscalYear, Half, Month, Parsed, Period, PeriodError, Quarter, date_text, parse_date,
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn fiscal(western: i32) -> FiscalYear {
    FiscalYear::new(western).unwrap()
}

fn read(text: &str) -> Period {
    Period::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).period
}

fn error(text: &str) -> PeriodError {
    Period::parse(text).expect_err(text)
}

#[test]
fn eras_meet_at_their_boundaries() {
    let days = [
        ((1868, 10, 22), "1868-10-22", "1868年10月22日"),
        ((1868, 10, 23), "M1.10.23", "明治元年10月23日"),
        ((1912, 7, 29), "M45.7.29", "明治45年7月29日"),
        ((1912, 7, 30), "T1.7.30", "大正元年7月30日"),
        ((1926, 12, 24), "T15.12.24", "大正15年12月24日"),
        ((1926, 12, 25), "S1.12.25", "昭和元年12月25日"),
        ((1989, 1, 7), "S64.1.7", "昭和64年1月7日"),
        ((1989, 1, 8), "H1.1.8", "平成元年1月8日"),
        ((2019, 4, 30), "H31.4.30", "平成31年4月30日"),
        ((2019, 5, 1), "R1.5.1", "令和元年5月1日"),
        ((2024, 2, 29), "R6.2.29", "令和6年2月29日"),
    ];
    for ((y, m, d), short, long) in days {
        let period = Period::Day(day(y, m, d));
        assert_eq!((period.short().as_str(), period.long(Lang::Ja).as_str()), (short, long));
        assert_eq!((read(short), read(long)), (period, period));
    }
    let months = [("1989-01", "H1.1"), ("1988-12", "S63.12"), ("2019-04", "H31.4"), ("2019-05", "R1.5")];
    for (western, short) in months {
        assert_eq!(read(western).short(), short);
    }
    let years = [(1868, "1868"), (1869, "M2"), (1912, "M45"), (1926, "T15"), (1927, "S2"), (1988, "S63")];
    for (western, short) in years.into_iter().chain([(1989, "H1"), (2018, "H30"), (2019, "R1"), (2025, "R7")]) {
        assert_eq!(fiscal(western).short(), short);
        assert_eq!(read(short), Period::Year(fiscal(western)));
    }
}

#[test]
fn every_form_is_read() {
    let r7 = fiscal(2025);
    let forms: [(Period, &[&str]); 7] = [
        (
            Period::Year(r7),
            &[
                "R7",
                "Ｒ７",
                "r7",
                "R07",
                " R 7 ",
                "　令和７年度　",
                "令和7年度",
                "令和7",
                "R7年度",
                "2025",
                "２０２５",
                "FY2025",
            ],
        ),
        (Period::Year(r7), &["fy 2025", "ＦＹ２０２５", "2025年度", "２０２５年度", "FY2025年度", "H37", "平成37年度"]),
        (Period::Year(fiscal(2019)), &["R1", "R元", "令和元年度", "令和1年度", "H31", "平成31年度", "2019"]),
        (
            Period::Half(r7, Half::First),
            &[
                "R7H1",
                "R7-H1",
                "R7上半期",
                "R7上期",
                "令和7年度上半期",
                "令和７年度　上半期",
                "2025H1",
                "FY2025 H1",
                "2025年度上期",
            ],
        ),
        (Period::Half(r7, Half::Second), &["R7H2", "r7h2", "Ｒ７Ｈ２", "R7下期", "令和7年度下半期", "FY2025H2"]),
        (
            Period::Quarter(r7, Quarter::Q2),
            &[
                "R7Q2",
                "R7-Q2",
                "Ｒ７－Ｑ２",
                "r7ーq2",
                "R7 Q2",
                "令和7年度第2四半期",
                "令和７年度第２四半期",
                "2025q2",
                "令和7年度第二四半期",
                "令和7年度 第二四半期",
                "R7第2四半期",
                "FY2025Q2",
                "2025-Q2",
                "2025年度第2四半期",
                "FY2025 Q2",
            ],
        ),
        (Period::Quarter(fiscal(2019), Quarter::Q4), &["R1Q4", "R元Q4", "H31Q4", "令和元年度第四四半期", "2019Q4"]),
    ];
    for (period, texts) in forms {
        for text in texts {
            assert_eq!(read(text), period, "{text}");
        }
    }
    let month = Period::Month(Month::new(2025, 9).unwrap());
    for text in
        ["R7.9", "R7/9", "R7-9", "R7.09", "Ｒ７．９", "令和7年9月", "令和７年 ９月", "2025-09", "2025/9", "2025年9月"]
    {
        assert_eq!(read(text), month, "{text}");
        assert!(matches!(parse_date(text), Err(PeriodError::NotADay { .. })));
    }
    let date = day(2025, 9, 30);
    for text in [
        "R7.9.30",
        "R7/9/30",
        "r7-9-30",
        "Ｒ７．９．３０",
        "令和7年9月30日",
        "令和７年９月３０日",
        "2025-09-30",
        "2025/9/30",
    ]
    .into_iter()
    .chain(["2025年9月30日", "2025.9.30", "20250930", "２０２５０９３０", "２０２５−０９−３０", " 2025-9-30\n"])
    {
        assert_eq!(read(text), Period::Day(date), "{text}");
        assert_eq!(parse_date(text), Ok(date), "{text}");
    }
}

#[test]
fn what_is_not_a_period_is_refused() {
    for text in [
        "",
        "　",
        "R",
        "7",
        "25",
        "202509",
        "2025-009",
        "R7.",
        "R7.9.",
        "R7.9/30",
        "R7.9.30.1",
        "令和7年9月30",
        "令和7年9.30",
        "令和7年度9月",
        "FY2025-09",
        "FYR7",
        "R7X",
        "R7Q",
        "R7Q2Q2",
        "R7 9",
        "Q2",
        "R-7",
        "FY25",
        "第2四半期",
        "令和７年度度",
        "R72四",
        "2025 09 30",
        "🎌7",
        "1234567890123456789012",
        "令和7年度年",
        "R7第四半期",
        "R7Q2.9",
        "2025093０1",
    ] {
        assert!(matches!(error(text), PeriodError::Unreadable { .. }), "{text}: {:?}", error(text));
        assert!(matches!(parse_date(text), Err(PeriodError::NotADay { .. })), "{text}");
    }
}

#[test]
fn what_is_wrong_is_explained_in_both_languages() {
    let table = [
        (
            "令和7年",
            "「令和7年」は暦年か年度か分かりません",
            "write \"令和7年度\" for the fiscal year, or name a month as in \"令和7年9月\"",
        ),
        (
            "2025年 Q2",
            "「2025年 Q2」は暦年か年度か分かりません",
            "write \"2025年度 Q2\" for the fiscal year, or name a month as in \"2025年9月\"",
        ),
        ("R7.2.30", "2025年2月に30日はありません", "its last day is 28"),
        ("20240230", "2024年2月に30日はありません", "its last day is 29"),
        ("R7.9.0", "2025年9月に0日はありません", "its last day is 30"),
        ("R7.13", "13月はありません", "months go from 1 to 12"),
        ("令和7年0月", "0月はありません", "months go from 1 to 12"),
        ("R0", "令和0年はありません", "the first year is R1"),
        ("平成0年5月", "平成0年はありません", "the first year is H1"),
        ("R7Q5", "第5四半期はありません", "quarters go from 1 to 4"),
        ("令和7年度第五四半期", "第5四半期はありません", "quarters go from 1 to 4"),
        ("R7H3", "半期 H3 はありません", "write H1 (April to September) or H2"),
        ("R1.4.1", "令和は2019年5月1日からです", "write H31.4.1"),
        ("R1.4", "令和は2019年5月1日からです", "write H31.4"),
        ("R1.1.5", "令和は2019年5月1日からです", "write H31.1.5"),
        ("H1.1.7", "平成は1989年1月8日からです", "write S64.1.7"),
        ("M1.4.1", "明治は1868年10月23日からです", "write 1868-04-01"),
        ("1867", "1867年は扱える範囲にありません", "fiscal years 1868 to 9999 can be used"),
        ("1868-03", "1868年は扱える範囲にありません", "fiscal years 1868 to 9999 can be used"),
        ("R9999", "12017年は扱える範囲にありません", "fiscal years 1868 to 9999 can be used"),
    ];
    for (text, ja, hint) in table {
        let error = error(text);
        assert_eq!((error.say().ja.as_str(), error.hint().en.as_str()), (ja, hint), "{text}");
    }
    let long = error(&"あ".repeat(1000));
    assert_eq!(long.say().ja.chars().filter(|c| *c == 'あ').count(), 40);
}

#[test]
fn an_era_that_had_ended_is_noted() {
    let noted = [
        ("H31.5.1", "R1.5.1"),
        ("平成31年5月1日", "R1.5.1"),
        ("S64.2", "H1.2"),
        ("S64.1.8", "H1.1.8"),
        ("H32", "R2"),
        ("平成32年度第1四半期", "R2Q1"),
        ("S100", "R7"),
    ];
    for (text, short) in noted {
        let Parsed { period, overrun } = Period::parse(text).unwrap();
        assert_eq!(period.short(), short);
        assert_eq!(overrun.expect(text).period, period);
    }
    let note = Period::parse("H31.5.1").unwrap().overrun.unwrap().say();
    assert_eq!(note.ja, "平成は2019年4月30日までです。R1.5.1 と読みました");
    assert_eq!(note.en, "Heisei ended on 2019-04-30; taken as R1.5.1");
    for text in ["H31", "H31H2", "H31.4.30", "S64.1", "S64.1.7", "R1", "2019-05-01", "T15Q4"] {
        assert_eq!(Period::parse(text).unwrap().overrun, None, "{text}");
    }
}

#[test]
fn english_and_tags() {
    let q2 = read("R7Q2");
    assert_eq!((q2.long(Lang::En), q2.tag(Lang::En)), ("FY2025 Q2".into(), "FY2025Q2".into()));
    assert_eq!((q2.long(Lang::Ja), q2.tag(Lang::Ja)), ("令和7年度第2四半期".into(), "R7Q2".into()));
    assert_eq!((read("R7.9").long(Lang::En), read("R7.9").tag(Lang::En)), ("2025-09".into(), "2025-09".into()));
    assert_eq!(date_text(day(2025, 9, 30), Lang::Ja), "R7.9.30");
    assert_eq!(date_text(day(2025, 9, 30), Lang::En), "2025-09-30");
    assert_eq!(fiscal(2019).long(Lang::Ja), "令和元年度");
    assert_eq!(serde_json::to_string(&(q2, fiscal(2025), Cycle::Half)).unwrap(), r#"["R7Q2","R7","half"]"#);
}
