//! Pictures of letters: a line with the values of an indicator on it, and its years as a row of heights.
//!
//! The words of each stand beside it, so that nothing hangs on the picture or on a colour.

use anstyle::Style;
use rust_decimal::Decimal;

use super::{BOLD, FAINT, PLAIN, TextPage, style_of, visible};
use crate::scale::Scale;
use kaikaku_document::{Bullet, Chart, Mark, Point, Role};
use kaikaku_text::safe::one_line;
use kaikaku_text::width::Ambiguous;

/// What stands left of everything but the name.
const INDENT: &str = "  ";
/// The longest line, and the one where the page has no width.
const LONGEST: usize = 48;
/// The shortest line: six marks, a little room and the ends.
const SHORTEST: usize = 12;
/// Free columns at either end of the line.
const ROOM: usize = 1;
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const DIGITS: [char; 8] = ['1', '2', '3', '4', '5', '6', '7', '8'];

impl TextPage<'_> {
    pub(super) fn charts(&self, charts: &[Chart]) -> Vec<String> {
        let mut lines = self.legend(charts);
        for chart in charts {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(self.chart(chart));
        }
        lines
    }

    fn chart(&self, chart: &Chart) -> Vec<String> {
        let verdict = &chart.bullet.verdict;
        let mut lines = self.hang("", &one_line(&chart.name), BOLD);
        lines.extend(self.bullet(&chart.bullet));
        lines.extend(self.hang(INDENT, &one_line(&verdict.text), style_of(verdict.tone)));
        let values: Vec<String> =
            chart.bullet.marks.iter().map(|m| one_line(&format!("{} {}", m.label, m.text))).collect();
        lines.extend(self.flow(INDENT, &values, PLAIN));
        lines.extend(self.sparkline(&chart.series));
        lines.extend(self.interruptions(&chart.series));
        lines
    }

    /// What the marks mean, once for all pictures, in the words of the marks themselves.
    fn legend(&self, charts: &[Chart]) -> Vec<String> {
        let mut seen: Vec<&Mark> = Vec::new();
        for (_, mark) in charts.iter().flat_map(|chart| chart.bullet.placed()) {
            if seen.iter().all(|known| known.role != mark.role) {
                seen.push(mark);
            }
        }
        seen.sort_by_key(|mark| mark.role);
        let meanings: Vec<_> =
            seen.iter().map(|mark| format!("{}={}", self.letter(mark.role), one_line(&mark.label))).collect();
        self.flow("", &meanings, FAINT)
    }

    /// Short statements beside each other, none parted where it fits on a line.
    fn flow(&self, indent: &str, statements: &[String], style: Style) -> Vec<String> {
        let mut rows: Vec<String> = Vec::new();
        for statement in statements {
            let joined = rows.last().map(|row| format!("{row}  {statement}"));
            let fits = |row: &String| self.style.width.is_none_or(|width| self.width(row) + indent.len() <= width);
            match (rows.last_mut(), joined.filter(fits)) {
                (Some(row), Some(joined)) => *row = joined,
                _ => rows.push(statement.clone()),
            }
        }
        rows.iter().flat_map(|row| self.hang(indent, row, style)).collect()
    }

    fn letter(&self, role: Role) -> &'static str {
        match role {
            Role::Baseline => "b",
            Role::Expected => "e",
            Role::Actual => self.sign("●", "*"),
            Role::Target => "t",
            Role::Min => "[",
            Role::Max => "]",
        }
    }

    /// The values from the least to the greatest, and what was gone from the baseline to the actual as a heavy stretch.
    /// The first and the last number stand at the ends where the page has room for them.
    fn bullet(&self, bullet: &Bullet) -> Option<String> {
        let placed = bullet.placed();
        let (first, last) = (placed.first()?.1, placed.last()?.1);
        let (first, last) = (format!("{} ", visible(&first.number)), format!(" {}", visible(&last.number)));
        let page = self.style.width.map_or(usize::MAX, |width| width.saturating_sub(INDENT.len() + 2));
        let beside = self.width(&first) + self.width(&last);
        let (first, last, room) = match page.checked_sub(beside).filter(|room| *room >= SHORTEST) {
            Some(room) => (&*first, &*last, room),
            None => ("", "", page),
        };
        let columns = columns(&placed, room.clamp(SHORTEST, LONGEST))?;
        let line = self.drawn(&placed, &columns, room.clamp(SHORTEST, LONGEST));
        let (left, right) = (self.sign("├", "|"), self.sign("┤", "|"));
        Some(format!("{INDENT}{first}{left}{line}{right}{last}"))
    }

    fn drawn(&self, placed: &[(Decimal, &Mark)], columns: &[usize], width: usize) -> String {
        let at = |role| placed.iter().position(|(_, mark)| mark.role == role).map(|place| columns[place]);
        let gone = at(Role::Baseline).zip(at(Role::Actual)).map_or(0..0, |(b, a)| b.min(a)..b.max(a));
        let (light, heavy) = (self.sign("─", "-"), self.sign("━", "="));
        let column = |column: usize| match columns.iter().position(|place| *place == column) {
            Some(place) => self.letter(placed[place].1.role),
            None if gone.contains(&column) => heavy,
            None => light,
        };
        (0..width).map(column).collect()
    }

    /// The years as a row of heights between the first and the last year, the latest of them where the page is narrow.
    fn sparkline(&self, series: &[Point]) -> Option<String> {
        let scale = Scale::spanning(series.iter().filter_map(|point| point.value))?;
        let signs: Vec<String> = series.iter().map(|point| self.height(point, scale)).collect();
        let last = one_line(&series.last()?.period);
        for start in 0..series.len() {
            let cut = if start > 0 { self.sign("…", "..") } else { "" };
            let (period, signs) = (one_line(&series[start].period), signs[start..].concat());
            let line = if series.len() - start > 1 {
                format!("{INDENT}{cut}{period} {signs} {last}")
            } else {
                format!("{INDENT}{cut}{period} {signs}")
            };
            if self.style.width.is_none_or(|width| self.width(&line) <= width) {
                return Some(line);
            }
        }
        None
    }

    /// What the gaps and the breaks are, in words.
    fn interruptions(&self, series: &[Point]) -> Vec<String> {
        let interrupted = series.iter().filter(|point| point.value.is_none() || point.breaks);
        let sign = |point: &Point| if point.breaks { "/" } else { self.sign("·", ".") };
        let statements = interrupted.map(|point| one_line(&format!("{} {} {}", sign(point), point.period, point.text)));
        self.flow(INDENT, &statements.collect::<Vec<_>>(), FAINT)
    }

    fn height(&self, point: &Point, scale: Scale) -> String {
        let heights = if self.style.ambiguous == Ambiguous::Narrow { HEIGHTS } else { DIGITS };
        let gap = self.sign("·", ".");
        let sign = point.value.map_or_else(|| gap.to_owned(), |value| heights[scale.step(value, 7)].to_string());
        if point.breaks { format!("/{sign}") } else { sign }
    }
}

/// A column for each value, in their order. What is equal or near stands side by side, so that no mark hides another.
fn columns(placed: &[(Decimal, &Mark)], width: usize) -> Option<Vec<usize>> {
    let scale = Scale::spanning(placed.iter().map(|(value, _)| *value))?;
    let last = width - 1 - ROOM;
    let mut columns: Vec<usize> = placed.iter().map(|(value, _)| ROOM + scale.step(*value, last - ROOM)).collect();
    for at in 1..columns.len() {
        columns[at] = columns[at].max(columns[at - 1] + 1);
    }
    let mut free = last;
    for column in columns.iter_mut().rev() {
        *column = (*column).min(free);
        free = column.saturating_sub(1);
    }
    Some(columns)
}

#[cfg(test)]
pub mod tests;
