//! Charts that Excel draws: values beside each other with marks for what is aimed at, and the years as a line.
//!
//! What they show stands on a sheet of its own, so that a clerk can correct it and the chart follows.

use rust_xlsxwriter::{Chart as Drawn, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType};
use rust_xlsxwriter::{ChartLineDashType, ChartSolidFill, ChartType, Color, Format, Worksheet, XlsxError};

use super::formats::{self, words};
use super::page::{SheetPage, lines};
use super::{A4, Sheet, exact};
use crate::palette::{FAINT, INK, bare};
use crate::svg::description;
use kaikaku_document::{Chart, Role};
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::one_line;

/// Where the values begin on their sheet: name, what it is, how it reads; then the numbers.
const NUMBERS: u16 = 3;
/// The room of a chart on the page: rows, and pixels a row.
const ROWS: u32 = 9;
const ROW: f64 = 15.0;
const HIGH: u32 = 172;
/// The share of the width that the values have, in hundredths; the years have the rest.
const VALUES: u32 = 40;
/// Between charts, in pixels.
const APART: u32 = 8;
/// A chart with its name, verdict and description above it, in points.
pub const HEIGHT: f64 = ROWS as f64 * ROW + 75.0;

/// Where the next chart's values stand on their sheet.
#[derive(Debug)]
pub struct Values {
    /// The first row.
    row: u32,
    /// The first column of what is aimed at.
    aims: u16,
}

impl Values {
    /// The first of all.
    pub fn first<'c>(charts: impl IntoIterator<Item = &'c Chart>) -> Self {
        let last = charts.into_iter().flat_map(runs).max().unwrap_or(0);
        Self { row: 1, aims: NUMBERS + last + 1 }
    }
}

/// The sheet of values: a row each; after a break in series the numbers go on in the next column.
pub fn write_values(sheet: &mut Worksheet, charts: &[&Chart], lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(Sheet::Charts.name(lang))?;
    let titles =
        [("図", "Chart"), ("区分", "What"), ("表示", "As read"), ("値", "Value"), ("定義変更後の値", "After a break")];
    for (at, (ja, en)) in (0..).zip(titles) {
        sheet.write_string_with_format(0, at, lang.pick(ja, en), &Format::new().set_bold())?;
        sheet.set_column_width(at, [40.0, 14.0, 24.0, 12.0, 12.0][usize::from(at)])?;
    }
    let mut row = 1;
    let aims = Values::first(charts.iter().copied()).aims;
    let title = lang.pick("目標値", "Target");
    sheet.write_string_with_format(0, aims, title, &Format::new().set_bold())?;
    for chart in charts {
        let marks = chart.bullet.marks.iter().map(|mark| (&mark.label, &mark.text, mark.value, 0));
        let years = chart.series.iter().zip(runs(chart)).map(|(p, run)| (&p.period, &p.text, p.value, run));
        for (what, text, value, run) in marks.chain(years) {
            for (at, text) in (0..).zip([&chart.name, what, text]) {
                let (text, format) = words(text, Format::new());
                sheet.write_string_with_format(row, at, text, &format)?;
            }
            if let Some(value) = value.and_then(exact) {
                sheet.write_number(row, NUMBERS + run, value)?;
            }
            row += 1;
        }
        for year in row - chart.series.len() as u32..row {
            for (column, aim) in (aims..).zip(chart.bullet.aims().filter_map(exact)) {
                sheet.write_number(year, column, aim)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// In which stretch without a break each year stands.
fn runs(chart: &Chart) -> Vec<u16> {
    let mut run = 0;
    let begun = chart.series.iter().map(|point| {
        run += u16::from(point.breaks);
        run
    });
    begun.collect()
}

impl SheetPage<'_> {
    /// Charts of so many indicators beside each other: name, verdict and description, then what is drawn.
    pub fn charts(&mut self, charts: &[Chart], beside: usize) -> Result<(), XlsxError> {
        self.keep(HEIGHT);
        let places: Vec<_> = charts.iter().zip(self.grid.shared(&vec![1; beside])).collect();
        let lang = self.lang;
        self.words(&places, |chart| (one_line(&chart.name), formats::plain().set_bold()))?;
        let verdict = |chart: &Chart| one_line(&chart.bullet.verdict.text);
        self.words(&places, |chart| (verdict(chart), formats::toned(chart.bullet.verdict.tone)))?;
        self.words(&places, |chart| (description(chart, lang), formats::note()))?;
        for (chart, place) in places {
            self.draw(chart, place)?;
        }
        (0..ROWS).try_for_each(|_| self.high_of(ROW))
    }

    /// A row with words about each.
    fn words(
        &mut self,
        places: &[(&Chart, (usize, usize))],
        words_of: impl Fn(&Chart) -> (String, Format),
    ) -> Result<(), XlsxError> {
        let mut high = 1;
        for (chart, (first, last)) in places {
            let (text, format) = words_of(chart);
            self.put(self.row, (*first, *last), 1, &text, None, format)?;
            high = high.max(lines(&text, self.grid.width(*first, *last)));
        }
        self.high(high, 1.0)
    }

    /// The values on the left, the years on the right.
    fn draw(&mut self, chart: &Chart, (first, last): (usize, usize)) -> Result<(), XlsxError> {
        let all = self.grid.pixels_of(first, last).saturating_sub(3 * APART);
        let (left, column) = (all * VALUES / 100, first as u16);
        let (row, description) = (self.charts.row, description(chart, self.lang));
        let (marks, years) = (chart.bullet.marks.len() as u32, chart.series.len() as u32);
        self.charts.row += marks + years;
        if let Some(drawn) = bullet(chart, row, self.lang) {
            let drawn = sized(drawn, left, &description);
            self.sheet.insert_chart_with_offset(self.row, column, &drawn, APART, 2)?;
        }
        if let Some(drawn) = trend(chart, row + marks, self.charts.aims, self.lang) {
            let drawn = sized(drawn, all - left, &description);
            self.sheet.insert_chart_with_offset(self.row, column, &drawn, left + 2 * APART, 2)?;
        }
        Ok(())
    }
}

fn sized(mut drawn: Drawn, width: u32, description: &str) -> Drawn {
    drawn.set_width(width).set_height(HIGH).set_alt_text(description);
    drawn.title().set_hidden();
    drawn.legend().set_position(ChartLegendPosition::Bottom);
    drawn
}

/// Baseline and actual as bars, what is expected and wanted as marks over them.
fn bullet(chart: &Chart, first: u32, lang: Lang) -> Option<Drawn> {
    let sheet = Sheet::Charts.name(lang);
    let mut bars = Drawn::new(ChartType::Column);
    let mut marks = Drawn::new(ChartType::Line);
    let (mut any_bar, mut any_mark) = (false, false);
    for (row, mark) in (first..).zip(&chart.bullet.marks).filter(|(_, mark)| mark.value.and_then(exact).is_some()) {
        let values = (sheet, row, NUMBERS, row, NUMBERS);
        let is_bar = matches!(mark.role, Role::Baseline | Role::Actual);
        let series = if is_bar { bars.add_series() } else { marks.add_series() };
        series.set_values(values).set_name((sheet, row, 1));
        if is_bar {
            let fill = if mark.role == Role::Actual { "#33608c" } else { "#b9c4cf" };
            series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(tint(fill))));
            any_bar = true;
        } else {
            series.set_format(ChartFormat::new().set_no_line()).set_marker(&marker(mark.role));
            any_mark = true;
        }
    }
    if any_bar && any_mark {
        bars.combine(&marks);
    }
    let mut drawn = if any_bar { bars } else { marks };
    // A bar that does not begin at zero shows shares that are none.
    let least = chart.bullet.placed().first().map(|(value, _)| *value);
    if any_bar && least.is_some_and(|least| least >= rust_decimal::Decimal::ZERO) {
        drawn.y_axis().set_min(0.0);
    }
    (any_bar || any_mark).then_some(drawn)
}

fn marker(role: Role) -> ChartMarker {
    let kind = match role {
        Role::Expected => ChartMarkerType::Diamond,
        Role::Min => ChartMarkerType::Triangle,
        Role::Max => ChartMarkerType::Square,
        _ => ChartMarkerType::LongDash,
    };
    sign(kind, 14)
}

fn sign(kind: ChartMarkerType, size: u8) -> ChartMarker {
    let mut sign = ChartMarker::new();
    let fill = ChartSolidFill::new().set_color(tint(INK)).clone();
    sign.set_type(kind).set_size(size).set_format(ChartFormat::new().set_solid_fill(&fill));
    sign
}

/// The years as a line that ends at every gap and at every break.
fn trend(chart: &Chart, first: u32, aims: u16, lang: Lang) -> Option<Drawn> {
    chart.series.iter().find_map(|point| point.value.and_then(exact))?;
    let sheet = Sheet::Charts.name(lang);
    let last = first + u32::try_from(chart.series.len()).ok()?.checked_sub(1)?;
    let mut drawn = Drawn::new(ChartType::Line);
    let stretches = runs(chart).into_iter().max().unwrap_or(0);
    for run in 0..=stretches {
        let column = NUMBERS + run;
        let series = drawn.add_series();
        series.set_categories((sheet, first, 1, last, 1)).set_values((sheet, first, column, last, column));
        series.set_name(lang.pick("年度ごとの値", "Year by year"));
        let line = ChartLine::new().set_color(tint(if run % 2 == 0 { INK } else { FAINT })).set_width(2.0).clone();
        series.set_format(ChartFormat::new().set_line(&line));
        series.set_marker(&sign(ChartMarkerType::Circle, 6));
    }
    for column in (aims..).take(chart.bullet.aims().filter_map(exact).count()) {
        let series = drawn.add_series();
        series.set_categories((sheet, first, 1, last, 1)).set_values((sheet, first, column, last, column));
        series.set_name((sheet, 0, aims));
        let line = ChartLine::new().set_color(tint(INK)).set_dash_type(ChartLineDashType::Dash).set_width(1.5).clone();
        series.set_format(ChartFormat::new().set_line(&line)).set_marker(ChartMarker::new().set_none());
    }
    Some(drawn)
}

fn tint(color: &str) -> Color {
    Color::RGB(u32::from_str_radix(bare(color), 16).unwrap_or(0))
}
