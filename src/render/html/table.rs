//! Tables: a name for each, heads for columns and rows, merged cells, a region of their own where they are too wide.

use super::{HtmlPage, facts, line_parts};
use crate::columns::short;
use crate::grid::{Place, Reach, cell, places};
use crate::svg::strip_svg;
use kaikaku_document::{Align, Edit, Table};
use kaikaku_text::safe::{self, one_line};
use kaikaku_text::tr;

/// So many columns have room beside each other on a telephone.
const NARROW: usize = 3;

impl HtmlPage<'_> {
    /// A table in a region that a keyboard can reach, since a narrow screen shows a part of it.
    pub(super) fn table(&mut self, table: &Table, heading: Option<&str>) {
        if !table.columns.is_empty() {
            self.tables += 1;
            let label = self.label(table, heading);
            self.out.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
            self.out.text(&label);
            let judged = table.columns.last().is_some_and(|column| column.key == "verdict");
            self.out.raw(match (table.columns.len() > NARROW, judged) {
                (true, true) => "\"><table class=\"wide judged\">",
                (true, false) => "\"><table class=\"wide\">",
                (false, _) => "\"><table>",
            });
            if let Some(caption) = &table.caption {
                self.out.element("caption", &[], |out| line_parts(out, caption));
            }
            self.titles(table);
            self.out.raw("<tbody>\n");
            let short = short(table);
            for (row, places) in places(table).iter().enumerate() {
                self.row(table, row, places, &short);
            }
            self.out.raw("</tbody></table></div>");
        }
        for note in &table.notes {
            facts(&mut self.out, "p", "note", note);
        }
    }

    /// What a table is called: its number is part of it, so that no two are called the same.
    fn label(&self, table: &Table, heading: Option<&str>) -> String {
        let name = table.caption.as_ref().map(|caption| &*caption.text).or(heading).map(one_line).unwrap_or_default();
        let number = self.tables;
        tr!(self.lang, "{name}（{number}番目の表）", "{name} (table {number})").trim().to_owned()
    }

    fn titles(&mut self, table: &Table) {
        self.out.raw("<thead><tr>");
        for column in &table.columns {
            let class = if column.align() == Align::Right { "number" } else { "" };
            let fact = column.fact.as_deref().map(|id| ("data-fact", id));
            let attributes: Vec<_> = [("scope", "col"), ("class", class)].into_iter().chain(fact).collect();
            self.out.element("th", &attributes, |out| out.lines(&column.title, "br"));
        }
        self.out.raw("</tr></thead>\n");
    }

    fn row(&mut self, table: &Table, row: usize, places: &[Place], short: &[bool]) {
        self.out.raw(if table.rows[row].strong { "<tr class=\"strong\">" } else { "<tr>" });
        for place in places {
            let Place::Cell(Reach { column, across, down }) = *place else { continue };
            let cell = cell(table, row, column);
            // What names the row is read before each of its cells.
            let names = column == 0 && cell.is_some_and(|cell| !cell.text.is_empty());
            let name = if names { "th" } else { "td" };
            let mut tag = format!("<{name}");
            if names {
                tag.push_str(if down > 1 { " scope=\"rowgroup\"" } else { " scope=\"row\"" });
            }
            match table.columns[column].align() {
                _ if across > 1 => {}
                Align::Right => tag.push_str(" class=\"number\""),
                Align::Left if short[column] => tag.push_str(" class=\"short\""),
                Align::Left => {}
            }
            if across > 1 {
                tag.push_str(&format!(" colspan=\"{across}\""));
            }
            if down > 1 {
                tag.push_str(&format!(" rowspan=\"{down}\""));
            }
            if let Some(anchor) = cell.and_then(|cell| cell.anchor()) {
                tag.push_str(&format!(" id=\"{}\"", safe::markup(anchor)));
            }
            if let Some(id) = cell.and_then(|cell| cell.fact()) {
                tag.push_str(&format!(" data-fact=\"{}\"", safe::markup(id)));
            }
            self.out.raw(&(tag + ">"));
            for (mark, text) in cell.iter().flat_map(|cell| cell.parts()) {
                match mark {
                    None => self.out.lines(text, "br"),
                    Some(Edit::Gone) => self.out.element("del", &[], |out| out.lines(text, "br")),
                    Some(Edit::Come) => self.out.element("ins", &[], |out| out.lines(text, "br")),
                }
            }
            if let Some((cell, strip)) = cell.and_then(|cell| Some((cell, cell.bar()?))) {
                self.strips += 1;
                let id = format!("bar-{}", self.strips);
                self.out.raw(&strip_svg(strip, &id, &table.columns[column].title, &cell.text));
            }
            if let Some(cell) = cell.filter(|cell| cell.parts().is_empty()) {
                let whole: &[_] = if cell.text.is_empty() { &[] } else { &[(None, &*cell.text)] };
                self.words(whole, cell.tone, cell.note(), cell.link());
            }
            self.out.raw(&format!("</{name}>"));
        }
        self.out.raw("</tr>\n");
    }
}
