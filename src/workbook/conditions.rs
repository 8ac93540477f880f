//! Conditional formats: which cells may be shown otherwise than their own format shows them.

use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use super::colour::{BLACK, Colour, Paint, WHITE, paint_ground};
use super::number::exact;
use super::parts::is_on;
use super::xml::{attribute, local};
use super::{Area, Cell, Content};

/// How a condition shows cells, in the making.
#[derive(Debug, Default, Clone)]
pub struct Shows {
    is_otherwise: bool,
    in_font: bool,
    letters: Option<Colour>,
    /// Where it says anything of it.
    ground: Option<Option<Colour>>,
}

impl Shows {
    /// Takes an element of it.
    pub fn take(&mut self, element: &BytesStart<'_>) {
        match local(element) {
            "font" => self.in_font = true,
            // Their lines have colours, too.
            "fill" | "border" => self.in_font = false,
            "numFmt" => self.is_otherwise = true,
            "strike" => self.is_otherwise |= is_on(element),
            "color" if self.in_font => self.letters = Some(Colour::of(element).unwrap_or(BLACK)),
            "bgColor" => self.ground = Some(Colour::of(element)),
            name @ ("patternFill" | "gradientFill" | "fgColor") => {
                paint_ground(self.ground.get_or_insert(Some(WHITE)), name, element);
            }
            _ => {}
        }
    }

    /// Whether it strikes cells through, shows their numbers otherwise, or hides them.
    pub fn is_otherwise(&self) -> bool {
        let usual = Paint::default();
        let paint = Paint { letters: self.letters.unwrap_or(BLACK), ground: self.ground.unwrap_or(usual.ground) };
        self.is_otherwise || paint.hides(paint.letters)
    }
}

/// Cells that may be shown otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Conditional {
    /// Where they stand.
    area: Area,
    /// Of which numbers it is so; `None` where that is not known here.
    rule: Option<Rule>,
}

/// A comparison with numbers.
#[derive(Debug, Clone, PartialEq)]
struct Rule {
    operator: String,
    bounds: Vec<Decimal>,
}

impl Conditional {
    /// Whether a cell at a place may be shown otherwise.
    pub fn may_show(&self, at: (u32, u32), cell: Option<&Cell>) -> bool {
        let number = cell.and_then(|cell| match &cell.value {
            Some(Content::Number(raw)) => exact(raw).map(|(number, _)| number),
            _ => None,
        });
        self.area.contains(at)
            && self.rule.as_ref().zip(number).is_none_or(|(rule, number)| rule.holds(number).unwrap_or(true))
    }
}

impl Rule {
    /// Whether it is so of a number; `None` where that is not known here.
    fn holds(&self, number: Decimal) -> Option<bool> {
        Some(match (&*self.operator, &*self.bounds) {
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
    later: Vec<Option<Rule>>,
    text: Option<String>,
}

/// A condition in the making.
#[derive(Debug, Default)]
struct Open {
    is_otherwise: bool,
    operator: Option<String>,
    formulas: Vec<String>,
    /// How it shows cells, where it says that itself.
    own: Option<Shows>,
}

impl Conditions {
    /// Takes an event of a sheet; `known` says of each style that conditions name whether it shows cells otherwise.
    pub fn take(&mut self, event: &Event<'_>, known: &[bool]) {
        match event {
            Event::Start(element) => self.begin(element, known),
            Event::Empty(element) => {
                self.begin(element, known);
                if local(element) == "cfRule" {
                    self.end_rule();
                }
            }
            Event::Text(words) => {
                if let Some(text) = &mut self.text {
                    text.push_str(&words.xml10_content());
                }
            }
            Event::End(end) => self.end(end.local_name().into_inner()),
            _ => {}
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>, known: &[bool]) {
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
                self.open = Some(Open {
                    is_otherwise: !is_moot && style.and_then(|at| known.get(at)).copied().unwrap_or(false),
                    operator: attribute(element, "operator").filter(|_| kind == "cellIs").map(|word| word.into_owned()),
                    ..Open::default()
                });
            }
            ("formula" | "f", Some(_)) | ("sqref", _) => self.text = Some(String::new()),
            ("dxf", Some(open)) => open.own = Some(Shows::default()),
            (_, Some(Open { own: Some(own), .. })) => own.take(element),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "formula" | "f" => {
                if let (Some(open), Some(text)) = (&mut self.open, self.text.take()) {
                    open.formulas.push(text);
                }
            }
            "cfRule" => self.end_rule(),
            "sqref" => {
                let areas = areas(&self.text.take().unwrap_or_default());
                let rules = std::mem::take(&mut self.later);
                rules.into_iter().for_each(|rule| self.note(&areas, rule));
            }
            _ => {}
        }
    }

    fn end_rule(&mut self) {
        let Some(open) = self.open.take() else { return };
        if !open.is_otherwise && !open.own.is_some_and(|own| own.is_otherwise()) {
            return;
        }
        let bounds = open.formulas.iter().map(|formula| Decimal::from_str_exact(formula.trim()).ok());
        let bounds: Option<Vec<Decimal>> = bounds.collect();
        let rule = open.operator.zip(bounds).map(|(operator, bounds)| Rule { operator, bounds });
        if self.areas.is_empty() {
            // No sheet has more conditions that a person made.
            if self.later.len() < MANY {
                self.later.push(rule);
            }
            return;
        }
        let areas = std::mem::take(&mut self.areas);
        self.note(&areas, rule);
        self.areas = areas;
    }

    fn note(&mut self, areas: &[Area], rule: Option<Rule>) {
        self.found.extend(areas.iter().map(|area| Conditional { area: *area, rule: rule.clone() }));
        if self.found.len() > MANY {
            let area = Area { first: (0, 0), last: (u32::MAX, u32::MAX) };
            self.found = vec![Conditional { area, rule: None }];
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
        while let Some(event) = events.next().unwrap() {
            conditions.take(&event, known);
        }
        conditions.finish()
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
        assert_eq!(found, [Conditional { area: Area { first: (1, 1), last: (2, 1) }, rule: None }]);
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
            shows.is_otherwise()
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
