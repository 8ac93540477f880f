//! Links of the sheet to print: written last, when it is known in which row each anchor stands.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::Sheet;
use super::formats::words;
use kaikaku_document::Link;
use kaikaku_text::lang::Lang;

/// More links than this Excel does not take in one sheet.
const MOST: usize = 65_530;
/// A longer address Excel does not take.
const LONGEST: usize = 2_000;

/// The anchors of a sheet and what leads to them.
#[derive(Default)]
pub struct Links {
    /// The row of each anchor and its first column.
    anchors: HashMap<Box<str>, (u32, u16)>,
    /// What leads elsewhere, by the cell it stands in.
    links: Vec<(u32, u16, String, Format, Link)>,
}

impl Links {
    /// Notes that an anchor stands in a cell.
    pub fn anchor(&mut self, (row, column): (u32, usize), anchor: Option<&str>) {
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor.into(), (row, column as u16));
        }
    }

    /// Notes that the words of a cell lead elsewhere.
    pub fn link(&mut self, (row, column): (u32, usize), text: &str, format: &Format, link: Option<&Link>) {
        if let Some(link) = link.filter(|_| !text.is_empty()) {
            self.links.push((row, column as u16, text.to_owned(), format.clone(), link.clone()));
        }
    }

    /// Writes the links over the words that are there. One whose anchor is missing stays words.
    pub fn write(self, sheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
        let Self { anchors, links } = self;
        let address = |link: &Link| match link {
            Link::Anchor(anchor) => {
                let (row, column) = anchors.get(anchor)?;
                let cell = rust_xlsxwriter::utility::row_col_to_cell(*row, *column);
                Some(format!("internal:'{}'!{cell}", Sheet::Page.name(lang)))
            }
            Link::Address(address) if address.contains("://") => Some(address.to_string()),
            Link::Address(address) => Some(format!("file:///{address}")),
        };
        for (row, column, text, format, link) in links.iter().take(MOST) {
            let Some(address) = address(link).filter(|address| address.len() <= LONGEST) else { continue };
            let (text, format) = words(text, format.clone());
            sheet.write_url_with_format(*row, *column, Url::new(address).set_text(text), &format)?;
        }
        Ok(())
    }
}
