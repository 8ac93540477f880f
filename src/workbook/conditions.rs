//! Conditional formats: which cells may be shown otherwise than their own format shows them.

use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use super::colour::{BLACK, Colour, Fill, Paint, Sight};
use super::number::exact;
use super::parts::is_on;
use super::styles::Styles;
use super::xml::{attribute, local};
use super::{Area, Cell, Content};

/// How a condition shows cells, in the making.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Shows {
    /// Whether it strikes cells through, shows their numbers otherwise, or shows something else in their place.
    is_otherwise: bool,
    within: Within,
    letters: Option<Colour>,
    /// Where it says anything of it.
    fill: Option<Fill>,
}

/// In which part of a condition an element stands: lines have colours, too.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Within {
    #[default]
    Nothing,
    Font,
    Fill,
}

impl Shows {
    /// Takes an element of it.
    pub fn take(&mut self, element: &BytesStart<'_>) {
        match local(element) {
            "font" => self.within = Within::Font,
            "fill" => self.within = Within::Fill,
            "border" => self.within = Within::Nothing,
            "numFmt" => self.is_otherwise = true,
            "strike" => self.is_otherwise |= is_on(element),
            // Bars, signs and shades go with numbers, or stand in their place.
            "dataBar" | "iconSet" | "colorScale" => {
                self.within = Within::Fill;
                self.is_otherwise |=
                    attribute(element, "showValue").is_some_and(|shown| shown == "0" || shown == "false");
            }
            "color" if self.within == Within::Font => self.letters = Some(Colour::of(element).unwrap_or(BLACK)),
            "color" if self.within == Within::Nothing => {}
            name @ ("patternFill" | "fgColor" | "bgColor" | "color" | "fillColor" | "negativeFillColor") => {
                self.fill.get_or_insert_default().take(name, element);
            }
            _ => {}
        }
    }

    /// Whether it strikes cells that are painted so through, shows their numbers otherwise, or hides them.
    pub fn is_otherwise(&self, paint: &Paint) -> bool {
        let letters = self.letters.unwrap_or(paint.letters);
        let ground = self.fill.map_or(paint.ground, |fill| fill.ground_of_condition());
        self.is_otherwise || Paint { letters, ground, ..*paint }.sight() != Sight::Seen
    }
}

/// Cells that may be shown otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Conditional {
    /// Where they stand.
    area: Area,
    /// Of which numbers it is so; `None` where that is not known here.
    rule: Option<Rule>,
    shows: Shows,
}

/// Of which numbers a condition is.
#[derive(Debug, Clone, PartialEq)]
enum Rule {
    /// Of all: it says nothing of words.
    Number,
    /// Of those that compare so with its bounds.
    Compared(String, Vec<Decimal>),
}

impl Conditional {
    /// Whether a cell at a place may be shown otherwise.
    pub fn may_show(&self, at: (u32, u32), cell: Option<&Cell>) -> bool {
        let number = cell.and_then(|cell| match &cell.value {
            Some(Content::Number(raw)) => exact(raw).map(|(number, _)| number),
            _ => None,
        });
        let holds = match (&self.rule, number) {
            (Some(Rule::Number), None) => false,
            (Some(rule), Some(number)) => rule.holds(number).unwrap_or(true),
            _ => true,
        };
        self.area.contains(at) && holds && self.shows.is_otherwise(&cell.map(|cell| cell.paint).unwrap_or_default())
    }
}

impl Rule {
    /// Whether it is so of a number; `None` where that is not known here.
    fn holds(&self, number: Decimal) -> Option<bool> {
        let Self::Compared(operator, bounds) = self else { return Some(true) };
        Some(match (&**operator, &**bounds) {
            ("equal", [bound]) => number == *bound,
            ("notEqual", [bound]) => number != *bound,
            ("lessThan", [bound]) => number < *bound,
            ("lessThanOrEqual", [bound]) => number <= *bound,
            ("greaterThan", [bound]) => number > *bound,
            ("greaterThanOrEqual", [bound]) => number >= *bound,
            ("between", [a, b]) => (*a.min(b)..=*a.max(b)).contains(&number),
            ("notBetween", [a, b]) => !(*a.min(b)..=*a.max(b)).contains(&number),
            _ => return None,
        })
    }
}

/// Of more areas with conditions than this nobody says which is which: any cell may look otherwise.
const MANY: usize = 1_000;

/// The conditional formats of a sheet in the making.
#[derive(Debug, Default)]
pub struct Conditions {
    found: Vec<Conditional>,
    areas: Vec<Area>,
    open: Option<Open>,
    /// What of the formats that newer programs keep apart names its cells behind them.
    later: Vec<(Option<Rule>, Shows)>,
    text: Option<String>,
}

/// A condition in the making.
#[derive(Debug, Default)]
struct Open {
    shows: Shows,
    /// Whether it says itself how it shows cells.
    is_own: bool,
    /// Whether it is about numbers alone.
    is_of_numbers: bool,
    operator: Option<String>,
    formulas: Vec<String>,
}

impl Conditions {
    /// Takes an event of a sheet of a workbook that looks so.
    pub fn take(&mut self, event: &Event<'_>, styles: &Styles) {
        match event {
            Event::Start(element) => self.begin(element, styles),
            Event::Empty(element) => {
                self.begin(element, styles);
                if local(element) == "cfRule" {
                    self.end_rule(styles);
                }
            }
            Event::Text(words) => {
                if let Some(text) = &mut self.text {
                    text.push_str(&words.xml10_content());
                }
            }
            Event::End(end) => self.end(end.local_name().into_inner(), styles),
            _ => {}
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>, styles: &Styles) {
        match (local(element), &mut self.open) {
            ("conditionalFormatting", _) => {
                self.areas = areas(&attribute(element, "sqref").unwrap_or_default());
                self.later.clear();
            }
            ("cfRule", _) => {
                let style = attribute(element, "dxfId").and_then(|id| id.parse::<usize>().ok());
                let kind = attribute(element, "type").unwrap_or_default();
                // What is an error is refused as one, and what is blank holds nothing.
                let is_moot = matches!(&*kind, "containsErrors" | "containsBlanks");
                let known = style.and_then(|at| styles.of_conditions.get(at)).filter(|_| !is_moot);
                self.open = Some(Open {
                    shows: known.cloned().unwrap_or_default(),
                    is_of_numbers: matches!(&*kind, "dataBar" | "iconSet" | "colorScale"),
                    operator: attribute(element, "operator").filter(|_| kind == "cellIs").map(|word| word.into_owned()),
                    ..Open::default()
                });
            }
            ("formula" | "f", Some(_)) | ("sqref", _) => self.text = Some(String::new()),
            ("dxf", Some(open)) => (open.shows, open.is_own) = (Shows::default(), true),
            (_, Some(open)) if open.is_own || open.is_of_numbers => open.shows.take(element),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, styles: &Styles) {
        match name {
            "formula" | "f" => {
                if let (Some(open), Some(text)) = (&mut self.open, self.text.take()) {
                    open.formulas.push(text);
                }
            }
            "cfRule" => self.end_rule(styles),
            "sqref" => {
                let areas = areas(&self.text.take().unwrap_or_default());
                let rules = std::mem::take(&mut self.later);
                rules.into_iter().for_each(|(rule, shows)| self.note(&areas, rule, &shows));
            }
            _ => {}
        }
    }

    fn end_rule(&mut self, styles: &Styles) {
        let Some(Open { shows, is_of_numbers, operator, formulas, .. }) = self.open.take() else { return };
        // A colour in which no cell of the workbook is lost is not kept.
        let mut paints = styles.of_cells.iter().map(|style| style.paint).chain([Paint::default()]);
        if !paints.any(|paint| shows.is_otherwise(&paint)) {
            return;
        }
        let bounds = formulas.iter().map(|formula| Decimal::from_str_exact(formula.trim()).ok());
        let bounds: Option<Vec<Decimal>> = bounds.collect();
        let compared = operator.zip(bounds).map(|(operator, bounds)| Rule::Compared(operator, bounds));
        let rule = if is_of_numbers { Some(Rule::Number) } else { compared };
        if self.areas.is_empty() {
            // No sheet has more conditions that a person made.
            if self.later.len() < MANY {
                self.later.push((rule, shows));
            }
            return;
        }
        let areas = std::mem::take(&mut self.areas);
        self.note(&areas, rule, &shows);
        self.areas = areas;
    }

    fn note(&mut self, areas: &[Area], rule: Option<Rule>, shows: &Shows) {
        let one = |area: &Area| Conditional { area: *area, rule: rule.clone(), shows: shows.clone() };
        self.found.extend(areas.iter().map(one));
        if self.found.len() > MANY {
            let area = Area { first: (0, 0), last: (u32::MAX, u32::MAX) };
            let shows = Shows { is_otherwise: true, ..Shows::default() };
            self.found = vec![Conditional { area, rule: None, shows }];
        }
    }

    /// All of them.
    pub fn finish(self) -> Vec<Conditional> {
        self.found
    }
}

/// The areas that a list of them names.
fn areas(listed: &str) -> Vec<Area> {
    listed.split_ascii_whitespace().filter_map(Area::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::super::xml::Events;
    use super::*;

    fn conditionals(text: &str, known: &[bool]) -> Vec<Conditional> {
        let mut conditions = Conditions::default();
        let mut events = Events::new(text, "worksheet");
        let of_conditions = known.iter().map(|is_otherwise| Shows { is_otherwise: *is_otherwise, ..Shows::default() });
        let styles = Styles { of_conditions: of_conditions.collect(), ..Styles::default() };
        while let Some(event) = events.next().unwrap() {
            conditions.take(&event, &styles);
        }
        conditions.finish()
    }

    #[test]
    fn what_stands_in_the_place_of_a_number_is_found_where_there_is_one() {
        let rule = |kind: &str, within: &str| {
            format!(
                "<worksheet><conditionalFormatting sqref='A1:A9'><cfRule type='{kind}'>{within}</cfRule>\
                 </conditionalFormatting></worksheet>"
            )
        };
        let scale = |colour: &str| {
            rule(
                "colorScale",
                &format!("<colorScale><cfvo/><cfvo/><color rgb='FFFFFFFF'/><color rgb='{colour}'/></colorScale>"),
            )
        };
        let bar =
            |shown: &str| rule("dataBar", &format!("<dataBar {shown}><cfvo/><cfvo/><color rgb='FF638EC6'/></dataBar>"));
        for (text, wanted) in [
            (bar("showValue='0'"), true),
            (bar(""), false),
            (rule("iconSet", "<iconSet iconSet='3Arrows' showValue='0'><cfvo/></iconSet>"), true),
            (rule("iconSet", "<iconSet iconSet='3Arrows'><cfvo/></iconSet>"), false),
            (scale("FF000000"), true),
            (scale("FF63BE7B"), false),
        ] {
            let found = conditionals(&text, &[]);
            let touched = |cell: &Cell| found.iter().any(|one| one.may_show((4, 0), Some(cell)));
            assert_eq!(touched(&Cell::new(Content::Number("3".into()))), wanted, "{text}");
            assert!(!touched(&Cell::text("順調")), "{text}");
        }
    }

    #[test]
    fn a_colour_hides_the_letters_that_the_cell_has() {
        let shows = Shows { fill: Some(Fill::default()), ..Shows::default() };
        let white = Paint { letters: super::super::colour::WHITE, ..Paint::default() };
        assert!(shows.is_otherwise(&white) && !shows.is_otherwise(&Paint::default()));
    }

    #[test]
    fn a_condition_touches_what_it_holds_of_or_what_nobody_knows() {
        let number = |raw: &str| Cell::new(Content::Number(raw.into()));
        let rule = |attributes: &str, formulas: &str| {
            format!(
                "<worksheet><conditionalFormatting sqref='A1:A9 C1'><cfRule dxfId='1' {attributes}>{formulas}</cfRule>\
                 </conditionalFormatting></worksheet>"
            )
        };
        let five = "<formula>5</formula>";
        for (attributes, formulas, value, wanted) in [
            ("type='expression'", "<formula>$B1=1</formula>", "3", true),
            ("type='cellIs' operator='lessThan'", five, "3", true),
            ("type='cellIs' operator='lessThan'", five, "5", false),
            ("type='cellIs' operator='lessThan'", "<formula>$B$1</formula>", "5", true),
            ("type='cellIs' operator='between'", "<formula>9</formula><formula>5</formula>", "7", true),
            ("type='cellIs' operator='notBetween'", "<formula>5</formula><formula>9</formula>", "7", false),
            ("type='containsErrors'", "<formula>ISERROR(A1)</formula>", "3", false),
        ] {
            let found = conditionals(&rule(attributes, formulas), &[false, true]);
            let touched = |at| found.iter().any(|one| one.may_show(at, Some(&number(value))));
            assert_eq!([touched((4, 0)), touched((0, 2)), touched((0, 1))], [wanted, wanted, false], "{attributes}");
        }
        assert!(conditionals(&rule("type='expression'", ""), &[true, false]).is_empty());
        let words = conditionals(&rule("type='cellIs' operator='lessThan'", five), &[false, true]);
        assert!(words[0].may_show((0, 0), Some(&Cell::text("3"))), "how words compare is not known");
    }

    #[test]
    fn what_newer_programs_keep_apart_is_read() {
        let text = "<worksheet><extLst><ext><x14:conditionalFormattings xmlns:x14='x' xmlns:xm='m'>\
            <x14:conditionalFormatting><x14:cfRule type='expression'><xm:f>a!B1</xm:f><x14:dxf><font><color rgb='FFFFFFFF'/>\
            </font></x14:dxf></x14:cfRule><xm:sqref>B2:B3</xm:sqref></x14:conditionalFormatting>\
            <x14:conditionalFormatting><x14:cfRule type='expression'><x14:dxf><font><b/></font></x14:dxf></x14:cfRule>\
            <xm:sqref>C1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>";
        let found = conditionals(text, &[]);
        let places: Vec<_> = found.iter().map(|one| (one.area, one.rule.clone())).collect();
        assert_eq!(places, [(Area { first: (1, 1), last: (2, 1) }, None)]);
    }

    #[test]
    fn what_a_condition_shows_is_otherwise_where_it_hides_strikes_or_formats() {
        let shows = |text: &str| {
            let mut shows = Shows::default();
            let text = format!("<dxf>{text}</dxf>");
            let mut events = Events::new(&text, "dxf");
            while let Some(event) = events.next().unwrap() {
                if let Event::Start(element) | Event::Empty(element) = &event {
                    shows.take(element);
                }
            }
            shows.is_otherwise(&Paint::default())
        };
        for (text, wanted) in [
            ("<font><strike/></font>", true),
            ("<font><strike val='0'/></font>", false),
            ("<numFmt formatCode='0'/>", true),
            ("<font><color theme='0'/></font>", true),
            ("<font><color rgb='FFFF0000'/></font>", false),
            (
                "<font><color rgb='FFFFFFFF'/></font><fill><patternFill><bgColor rgb='FFC00000'/></patternFill></fill>",
                false,
            ),
            ("<fill><patternFill><bgColor rgb='FF000000'/></patternFill></fill>", true),
            ("<fill><patternFill><bgColor rgb='FFFFC7CE'/></patternFill></fill>", false),
            ("<font><b/></font><border><left><color rgb='FF000000'/></left></border>", false),
        ] {
            assert_eq!(shows(text), wanted, "{text}");
        }
    }
}
