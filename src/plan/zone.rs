//! The time zone that says what day it is: that of the city, wherever the machine stands.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::text::fold::fold;

/// The hours by which the clocks of the city are ahead of UTC. Japan has no summer time, so they are always the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeZone(FixedOffset);

/// What `time_zone` can say, beside an offset such as `+09:00`.
const NAMED: [(&str, i32); 2] = [("Asia/Tokyo", 9), ("UTC", 0)];

/// The largest offset that a place on earth has, in minutes.
const FARTHEST: i32 = 14 * 60;

impl TimeZone {
    /// Reads `Asia/Tokyo`, `UTC`, or an offset such as `+09:00` or `-08:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text.trim());
        if let Some((_, hours)) = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(&folded)) {
            return Self::ahead(hours * 60);
        }
        let (sign, clock) = match folded.split_at_checked(1)? {
            ("+", clock) => (1, clock),
            ("-", clock) => (-1, clock),
            _ => return None,
        };
        let (hours, minutes) = clock.split_once(':')?;
        let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() == 2 && !text.starts_with(['+', '-']));
        let minutes = number(minutes).filter(|minutes| *minutes < 60)?;
        Self::ahead(sign * (number(hours)? * 60 + minutes))
    }

    fn ahead(minutes: i32) -> Option<Self> {
        let offset = FixedOffset::east_opt(minutes * 60)?;
        (minutes.abs() <= FARTHEST).then_some(Self(offset))
    }

    /// The day that it is there at a moment.
    pub fn day(self, moment: DateTime<Utc>) -> NaiveDate {
        moment.with_timezone(&self.0).date_naive()
    }
}

impl Default for TimeZone {
    /// That of Japan.
    fn default() -> Self {
        Self::parse(NAMED[0].0).unwrap_or(Self(chrono::Offset::fix(&Utc)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(zone: &str, moment: &str) -> String {
        let moment: DateTime<Utc> = moment.parse().unwrap();
        TimeZone::parse(zone).unwrap().day(moment).to_string()
    }

    /// By hand: 15:00 of UTC is midnight in Japan, 08:00 of UTC is midnight of Los Angeles in winter.
    #[test]
    fn the_day_turns_where_the_city_is() {
        for (zone, moment, expected) in [
            ("Asia/Tokyo", "2026-11-20T14:59:59Z", "2026-11-20"),
            ("Asia/Tokyo", "2026-11-20T15:00:00Z", "2026-11-21"),
            ("+09:00", "2026-11-21T14:59:59Z", "2026-11-21"),
            ("Asia/Tokyo", "2026-12-31T15:00:00Z", "2027-01-01"),
            ("Asia/Tokyo", "2028-02-28T15:00:00Z", "2028-02-29"),
            ("Asia/Tokyo", "2027-03-31T15:00:00Z", "2027-04-01"),
            ("UTC", "2026-11-20T23:59:59Z", "2026-11-20"),
            ("-08:00", "2026-11-21T07:59:59Z", "2026-11-20"),
            ("-08:00", "2026-11-21T08:00:00Z", "2026-11-21"),
            ("+05:30", "2026-11-20T18:29:59Z", "2026-11-20"),
            ("+05:30", "2026-11-20T18:30:00Z", "2026-11-21"),
        ] {
            assert_eq!(day(zone, moment), expected, "{zone} {moment}");
        }
        let edge: DateTime<Utc> = "2026-11-20T15:00:00Z".parse().unwrap();
        assert_eq!(TimeZone::default().day(edge).to_string(), "2026-11-21");
    }

    #[test]
    fn a_zone_as_people_write_it() {
        assert_eq!(TimeZone::parse(" ａｓｉａ／Ｔｏｋｙｏ "), Some(TimeZone::default()));
        assert_eq!(TimeZone::parse("＋０９：００"), Some(TimeZone::default()));
        for text in [
            "",
            "JST",
            "Asia/Seoul",
            "09:00",
            "+9:00",
            "+09",
            "+09:60",
            "+14:01",
            "+-9:00",
            "+09:00:00",
            "+25:00",
            "＋",
        ] {
            assert_eq!(TimeZone::parse(text), None, "{text}");
        }
    }
}
