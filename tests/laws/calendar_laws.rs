//! The laws of the fiscal calendar, which hold for every day of it and every text.

use chrono::{Datelike, Days, NaiveDate};
use kaikaku::lang::Lang;
use kaikaku::plan::era::{ERAS, Era};
use kaikaku::plan::period::{Cycle, FiscalYear, Half, Month, Parsed, Period, PeriodError, Quarter, parse_date};
use proptest::prelude::*;

fn fiscal(western: i32) -> FiscalYear {
    FiscalYear::new(western).unwrap()
}

fn read(text: &str) -> Period {
    Period::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).period
}

#[test]
fn the_longer_of_two_that_end_together_comes_later() {
    let mut periods = ["R7", "R7H2", "R7Q4", "R8.3", "R8.3.31", "R7H1", "R7Q2", "R7.9", "R7.9.30"].map(read);
    periods.sort();
    let order = periods.map(Period::short);
    assert_eq!(order, ["R7.9.30", "R7.9", "R7Q2", "R7H1", "R8.3.31", "R8.3", "R7Q4", "R7H2", "R7"]);
}

#[test]
fn the_calendar_has_two_ends() {
    for cycle in Cycle::ALL {
        assert_eq!(cycle.period_containing(FiscalYear::MIN.first_day()).prev(), None);
        assert_eq!(cycle.period_containing(FiscalYear::MAX.last_day()).next(), None);
        assert_eq!(Cycle::parse(cycle.id()), Ok(cycle));
        assert!([Lang::Ja, Lang::En].into_iter().all(|lang| Cycle::parse(cycle.name(lang)) == Ok(cycle)));
    }
    assert_eq!((FiscalYear::MIN.prev(), FiscalYear::MAX.next()), (None, None));
    assert!(matches!(Cycle::parse("週"), Err(PeriodError::NoSuchCycle { .. })));
}

/// Every day of the calendar, the days around the change of an era more often than the rest.
fn a_day() -> impl Strategy<Value = NaiveDate> {
    let (first, last) = (FiscalYear::MIN.first_day(), FiscalYear::MAX.last_day());
    let any = (0..=(last - first).num_days() as u64).prop_map(move |n| first + Days::new(n));
    let near = (0..ERAS.len(), 0u64..800).prop_map(|(i, n)| ERAS[i].start - Days::new(200) + Days::new(n));
    prop_oneof![any, near, Just(first), Just(last)]
}

fn a_period() -> impl Strategy<Value = Period> {
    (a_day(), 0..=Cycle::ALL.len())
        .prop_map(|(day, i)| Cycle::ALL.get(i).map_or(Period::Day(day), |cycle| cycle.period_containing(day)))
}

/// Texts made of what periods are made of, so that they get past the first token.
fn nearly_a_period() -> impl Strategy<Value = String> {
    let words = [
        "R",
        "Ｒ",
        "H",
        "S",
        "M",
        "FY",
        "令和",
        "平成",
        "元",
        "0",
        "1",
        "2",
        "7",
        "３",
        "9",
        "13",
        "31",
        "2025",
        "1868",
        "9999",
        "10000",
        "99999",
        "99999999",
        "年",
        "年度",
        "月",
        "日",
        "第",
        "二",
        "四",
        "四半期",
        "上半期",
        "下期",
        "Q",
        "-",
        "ー",
        ".",
        "/",
        " ",
        "　",
        "🎌",
        "é",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..9).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_written_reads_back(p in a_period()) {
        for text in [p.short(), p.long(Lang::Ja), p.long(Lang::En), p.tag(Lang::En)] {
            prop_assert_eq!(Period::parse(&text), Ok(Parsed { period: p, overrun: None }), "{}", text);
            let wide: String = text.chars().map(|c| match c {
                ' ' => '　',
                '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
                _ => c,
            }).collect();
            prop_assert_eq!(Period::parse(&wide), Period::parse(&text), "{}", wide);
        }
    }

    #[test]
    fn western_days_and_months_read_as_themselves(d in a_day()) {
        let (y, m) = (d.year(), d.month());
        let days = [format!("{y}/{m}/{}", d.day()), format!("{y:04}-{m:02}-{:02}", d.day()), format!("{y}年{m}月{}日", d.day())];
        for text in days {
            prop_assert_eq!(parse_date(&text), Ok(d));
        }
        if y < 10000 {
            prop_assert_eq!(parse_date(&d.format("%Y%m%d").to_string()), Ok(d));
        }
        prop_assert_eq!(read(&format!("{y}/{m}")), Period::Month(Month::from_date(d)));
    }

    #[test]
    fn an_era_year_leads_back_to_its_western_year(d in a_day()) {
        if let Some(era) = Era::on(d) {
            prop_assert_eq!(era.western(era.year_of(d.year())), d.year());
            prop_assert!(era.start <= d && era.last_day().is_none_or(|last| d <= last));
        } else {
            prop_assert!(d < ERAS[0].start);
        }
    }

    #[test]
    fn a_day_lies_in_its_periods_and_no_other(d in a_day()) {
        let year = FiscalYear::from_date(d);
        prop_assert!(year.contains(d));
        prop_assert_eq!(Quarter::ALL.into_iter().filter(|q| Period::Quarter(year, *q).contains(d)).count(), 1);
        prop_assert_eq!(Half::ALL.into_iter().filter(|h| Period::Half(year, *h).contains(d)).count(), 1);
        let mut inner = Period::Day(d);
        for cycle in Cycle::ALL {
            let period = cycle.period_containing(d);
            prop_assert!(period.contains(d) && period.covers(inner) && !inner.covers(period));
            prop_assert_eq!((period.cycle(), period.fiscal_year()), (Some(cycle), year));
            prop_assert!(period.next().is_none_or(|next| !next.contains(d)));
            inner = period;
        }
    }

    #[test]
    fn parts_fill_their_year(western in 1868..=9999) {
        let year = fiscal(western);
        for cycle in [Cycle::Month, Cycle::Quarter, Cycle::Half, Cycle::Year] {
            let first = cycle.period_containing(year.first_day());
            let parts: Vec<_> = std::iter::successors(Some(first), |p| p.next()).take_while(|p| p.fiscal_year() == year).collect();
            prop_assert_eq!(parts.len(), match cycle { Cycle::Month => 12, Cycle::Quarter => 4, Cycle::Half => 2, Cycle::Year => 1 });
            prop_assert_eq!((first.first_day(), parts[parts.len() - 1].last_day()), (year.first_day(), year.last_day()));
        }
        if let Some(next) = year.next() {
            prop_assert_eq!(year.last_day().succ_opt(), Some(next.first_day()));
            prop_assert_eq!(next.prev(), Some(year));
        }
    }

    #[test]
    fn neighbours_adjoin(p in a_period()) {
        if let Some(next) = p.next() {
            prop_assert_eq!(next.prev(), Some(p));
            prop_assert_eq!(p.last_day().succ_opt(), Some(next.first_day()));
            prop_assert!(p < next);
        }
        if let Some(prev) = p.prev() {
            prop_assert_eq!(prev.next(), Some(p));
        }
    }

    #[test]
    fn the_order_is_total(a in a_period(), b in a_period(), c in a_period()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b).is_eq(), a == b);
        prop_assert!(!(a <= b && b <= c) || a <= c);
        prop_assert_eq!(a.covers(b) && b.covers(a), a == b);
    }

    #[test]
    fn no_text_panics(text in prop_oneof![any::<String>(), nearly_a_period()]) {
        match Period::parse(&text) {
            Ok(parsed) => {
                prop_assert_eq!(read(&parsed.period.short()), parsed.period);
                prop_assert!(FiscalYear::from_date(parsed.period.last_day()).contains(parsed.period.first_day()));
                parsed.overrun.map(|overrun| overrun.say());
            }
            Err(error) => {
                let (say, hint) = (error.say(), error.hint());
                prop_assert!([say.ja, say.en, hint.ja, hint.en].iter().all(|text| !text.is_empty()));
                if let PeriodError::Ambiguous { fiscal, month, .. } = &error {
                    let vague = [fiscal, month].into_iter().find(|text| {
                        matches!(Period::parse(text), Err(PeriodError::Ambiguous { .. } | PeriodError::Unreadable { .. }))
                    });
                    prop_assert_eq!(vague, None);
                }
                if let PeriodError::BeforeEra { period, .. } = error {
                    prop_assert_eq!(read(&period.short()), period);
                }
            }
        }
        let _ = (parse_date(&text), Cycle::parse(&text));
    }

    #[test]
    fn no_day_panics(days in any::<i32>(), month in any::<u32>(), edge in 0..3) {
        let date = match edge {
            0 => NaiveDate::MIN,
            1 => NaiveDate::MAX,
            _ => NaiveDate::from_num_days_from_ce_opt(days % 95_000_000).unwrap_or(NaiveDate::MAX),
        };
        for p in Cycle::ALL.map(|cycle| cycle.period_containing(date)).into_iter().chain([Period::Day(date)]) {
            let _ = (p.first_day(), p.last_day(), p.next(), p.prev(), p.fiscal_year(), p.short());
            let _ = (p.long(Lang::Ja), p.long(Lang::En), p.tag(Lang::En));
        }
        let _ = (FiscalYear::new(days), Month::new(days, month), Half::new(month), Quarter::new(month));
    }
}
