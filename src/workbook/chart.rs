//! The charts of a sheet: the words in them, and the values that they keep of the cells they show.

use super::parts::relations;
use super::xml::Element;
use super::{Book, Package, Sheet};
use crate::failure::Failure;

/// What a chart shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chart {
    /// Titles, labels and values that were typed into it.
    pub words: Vec<String>,
    /// What it keeps of cells.
    pub kept: Vec<Kept>,
}

/// Values as they were in cells when the chart was drawn last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The cells, as a formula names them (`'図の値'!$D$2:$D$5`).
    pub cells: String,
    /// The place of each in the cells, from 0, and its words.
    pub points: Vec<(usize, String)>,
}

impl Chart {
    /// Reads the charts that the drawing in a part shows.
    ///
    /// # Errors
    /// When one is damaged.
    pub fn all(package: &mut Package<'_>, drawing: &str) -> Result<Vec<Self>, Failure> {
        let (folder, name) = drawing.rsplit_once('/').unwrap_or(("", drawing));
        let listed = format!("{folder}/_rels/{name}.rels");
        if !package.has(&listed) {
            return Ok(Vec::new());
        }
        let mut found: Vec<(String, String)> = relations(package, &listed, folder)?.into_values().collect();
        found.sort();
        let charts = found.into_iter().filter(|(kind, _)| kind.ends_with("/chart"));
        charts.map(|(_, part)| Ok(Self::of(&Element::parse(&package.read(&part)?, "chart.xml")?))).collect()
    }

    /// Reads a chart from its element.
    pub fn of(element: &Element) -> Self {
        let mut chart = Self::default();
        chart.take(element);
        chart
    }

    fn take(&mut self, element: &Element) {
        for child in element.elements() {
            match &*child.name {
                "strRef" | "numRef" | "multiLvlStrRef" => self.kept.extend(kept(child)),
                // A paragraph of a title or a label; what is typed in the place of cells.
                "p" | "pt" => self.words.push(text(child)),
                "tx" if child.elements().all(|inner| inner.name == "v") => self.words.push(text(child)),
                _ => self.take(child),
            }
        }
        self.words.retain(|words| !words.trim().is_empty());
    }

    /// The values that it keeps of cells that hold another one now. A program shows those of the cells once it has read
    /// them, but until then these.
    pub fn stale(&self, book: &Book) -> Vec<String> {
        let differs = |kept: &Kept| {
            let cells = book.range(&kept.cells);
            let is_other = |(at, words): &&(usize, String)| {
                let cell = cells.as_ref().and_then(|cells| cells.get(*at).copied().flatten());
                !cell.is_some_and(|cell| cell.holds(words))
            };
            kept.points.iter().filter(is_other).map(|(_, words)| words.clone()).collect::<Vec<_>>()
        };
        self.kept.iter().flat_map(differs).collect()
    }
}

fn kept(reference: &Element) -> Option<Kept> {
    let cells = reference.elements().find(|element| element.name == "f")?.text();
    let cache = reference.elements().find(|element| element.name.ends_with("Cache"))?;
    let point = |point: &Element| Some((point.attribute("idx")?.parse().ok()?, point.find("v")?.text()));
    let points = cache.elements().filter(|element| element.name == "pt").filter_map(point).collect();
    Some(Kept { cells, points })
}

fn text(element: &Element) -> String {
    let own = if matches!(&*element.name, "t" | "v") { element.text() } else { String::new() };
    element.elements().map(text).fold(own, |all, inner| all + &inner)
}

impl Book {
    /// The cells that a formula names, row by row; `None` where it names no cells of this book.
    fn range(&self, formula: &str) -> Option<Vec<Option<&super::Cell>>> {
        const MOST: u32 = 10_000;
        let (sheet, area) = formula.rsplit_once('!')?;
        let name = sheet.trim_matches('\'').replace("''", "'");
        let sheet: &Sheet = self.sheet(&name)?;
        let super::Area { first, last } = super::Area::parse(area)?;
        let count =
            last.0.checked_sub(first.0)?.checked_add(1)?.checked_mul(last.1.checked_sub(first.1)?.checked_add(1)?)?;
        let places = (first.0..=last.0).flat_map(|row| (first.1..=last.1).map(move |column| (row, column)));
        (count <= MOST).then(|| places.map(|(row, column)| sheet.cell(row, column)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_typed_values_are_words_and_cells_are_kept() {
        let chart = Element::parse(
            "<c:chartSpace xmlns:c='c' xmlns:a='a'><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>満足度 </a:t></a:r>\
             <a:r><a:t>60％</a:t></a:r></a:p></c:rich></c:tx></c:title><c:ser><c:tx><c:v>推移</c:v></c:tx><c:val><c:numRef>\
             <c:f>'a b'!$A$1:$A$2</c:f><c:numCache><c:pt idx='1'><c:v>0.5</c:v></c:pt></c:numCache></c:numRef></c:val>\
             </c:ser><c:ser><c:val><c:numLit><c:pt idx='0'><c:v>7</c:v></c:pt></c:numLit></c:val></c:ser></c:chart>\
             </c:chartSpace>",
            "chart",
        );
        let chart = Chart::of(&chart.unwrap());
        assert_eq!(chart.words, ["満足度 60％", "推移", "7"]);
        assert_eq!(chart.kept, [Kept { cells: "'a b'!$A$1:$A$2".into(), points: vec![(1, "0.5".into())] }]);
        assert_eq!(chart.stale(&Book::default()), ["0.5"], "of no cell that there is");
    }
}
