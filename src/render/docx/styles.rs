//! The styles of the file, by their names in Word: a clerk changes one and the whole paper follows.

use super::parts::{DECLARATION, W};
use crate::markup::Markup;
use crate::palette::{RULE, bare, color};
use kaikaku_document::Tone;

pub const MINCHO: &str = "ＭＳ 明朝";
pub const GOTHIC: &str = "ＭＳ ゴシック";

/// A style of paragraphs.
struct Paragraph {
    id: &'static str,
    name: &'static str,
    /// What it is where it says nothing else.
    based_on: &'static str,
    /// What stands in its paragraph properties.
    layout: &'static str,
    /// Half points; 0 for that of the style it is based on.
    size: u8,
    gothic: bool,
    bold: bool,
}

const fn paragraph(id: &'static str, name: &'static str, based_on: &'static str, layout: &'static str) -> Paragraph {
    Paragraph { id, name, based_on, layout, size: 0, gothic: false, bold: false }
}

const KEEP: &str = "<w:keepNext/><w:keepLines/>";

/// Every style of paragraphs but that of headings.
const PARAGRAPHS: [Paragraph; 16] = [
    Paragraph {
        size: 32,
        gothic: true,
        bold: true,
        ..paragraph("Title", "Title", "Normal", "<w:spacing w:before=\"120\" w:after=\"160\"/><w:jc w:val=\"center\"/>")
    },
    paragraph("Letterhead", "Letterhead", "Normal", "<w:jc w:val=\"right\"/>"),
    paragraph("Addressee", "Addressee", "Normal", "<w:spacing w:after=\"120\"/>"),
    paragraph("BodyText", "Body Text", "Normal", "<w:ind w:firstLineChars=\"100\" w:firstLine=\"210\"/>"),
    paragraph("Lead", "Lead", "Normal", "<w:jc w:val=\"left\"/>"),
    paragraph(
        "ListBullet",
        "List Bullet",
        "Normal",
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:ind w:left=\"210\" w:hanging=\"210\"/><w:jc w:val=\"left\"/>",
    ),
    paragraph("Outline", "Outline", "Normal", "<w:jc w:val=\"left\"/>"),
    Paragraph {
        size: 20,
        gothic: true,
        ..paragraph(
            "Caption",
            "caption",
            "Normal",
            "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/><w:jc w:val=\"left\"/>",
        )
    },
    Paragraph {
        size: 18,
        ..paragraph(
            "TableText",
            "Table Text",
            "Normal",
            "<w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/><w:spacing w:before=\"20\" w:after=\"20\" w:line=\"250\" w:lineRule=\"auto\"/><w:jc w:val=\"left\"/>",
        )
    },
    paragraph("TableNumber", "Table Number", "TableText", "<w:jc w:val=\"right\"/>"),
    Paragraph {
        gothic: true,
        ..paragraph("TableHead", "Table Head", "TableText", "<w:keepNext/><w:jc w:val=\"center\"/>")
    },
    Paragraph { size: 16, gothic: true, ..paragraph("ChartText", "Chart Text", "TableHead", "") },
    Paragraph {
        size: 17,
        ..paragraph(
            "Note",
            "Note",
            "Normal",
            "<w:spacing w:before=\"40\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"left\"/>",
        )
    },
    Paragraph { size: 18, ..paragraph("Footer", "footer", "Normal", "<w:jc w:val=\"center\"/>") },
    Paragraph { size: 15, ..paragraph("Provenance", "Provenance", "Normal", "<w:jc w:val=\"right\"/>") },
    Paragraph { size: 17, ..paragraph("FootnoteText", "footnote text", "Normal", "<w:jc w:val=\"left\"/>") },
];

/// Sizes of headings in half points, by depth.
const HEADINGS: [u8; 3] = [26, 23, 21];

/// The style of a heading by its depth.
pub fn heading(depth: usize) -> String {
    format!("Heading{}", depth.min(HEADINGS.len() - 1) + 1)
}

/// The style of a run in a tone.
pub fn toned(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Faint => Some("Faint"),
        Tone::Good => Some("Good"),
        Tone::Warn => Some("Attention"),
        Tone::Bad => Some("Bad"),
        Tone::Strong => Some("Strong"),
    }
}

/// The part with all styles.
pub fn styles() -> String {
    let mut out = Markup::beginning(DECLARATION);
    out.element("w:styles", &[("xmlns:w", W)], |out| {
        defaults(out);
        normal(out);
        for depth in 0..HEADINGS.len() {
            heading_style(out, depth);
        }
        for style in &PARAGRAPHS {
            paragraph_style(out, style);
        }
        for tone in [Tone::Faint, Tone::Good, Tone::Warn, Tone::Bad, Tone::Strong] {
            character_style(out, tone);
        }
        footnote_reference(out);
        grid(out);
    });
    out.finish()
}

/// By the rules of Japanese, LibreOffice would break a line within a number: Latin letters and digits go by their own.
fn defaults(out: &mut Markup) {
    out.element("w:docDefaults", &[], |out| {
        out.element("w:rPrDefault", &[], |out| {
            out.element("w:rPr", &[], |out| {
                typeface(out, MINCHO);
                out.empty("w:sz", &[("w:val", "21")]);
                out.empty("w:szCs", &[("w:val", "21")]);
                out.empty("w:lang", &[("w:val", "en-US"), ("w:eastAsia", "ja-JP"), ("w:bidi", "ar-SA")]);
            });
        });
        out.element("w:pPrDefault", &[], |out| {
            out.raw("<w:pPr><w:spacing w:line=\"284\" w:lineRule=\"auto\"/><w:jc w:val=\"both\"/></w:pPr>");
        });
    });
}

fn typeface(out: &mut Markup, name: &str) {
    out.empty("w:rFonts", &[("w:ascii", name), ("w:hAnsi", name), ("w:eastAsia", name), ("w:cs", name)]);
}

fn normal(out: &mut Markup) {
    out.element("w:style", &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")], |out| {
        out.empty("w:name", &[("w:val", "Normal")]);
        out.empty("w:qFormat", &[]);
        out.raw("<w:pPr><w:widowControl w:val=\"0\"/></w:pPr>");
    });
    out.element("w:style", &[("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")], |out| {
        out.empty("w:name", &[("w:val", "Normal Table")]);
        out.raw("<w:tblPr><w:tblCellMar><w:left w:w=\"65\" w:type=\"dxa\"/><w:right w:w=\"65\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>");
    });
}

fn heading_style(out: &mut Markup, depth: usize) {
    let level = (depth + 1).to_string();
    out.element("w:style", &[("w:type", "paragraph"), ("w:styleId", &heading(depth))], |out| {
        out.empty("w:name", &[("w:val", &format!("heading {level}"))]);
        out.empty("w:basedOn", &[("w:val", "Normal")]);
        out.empty("w:next", &[("w:val", "Normal")]);
        out.empty("w:qFormat", &[]);
        out.element("w:pPr", &[], |out| {
            out.raw(KEEP);
            if depth == 0 {
                out.raw("<w:pBdr><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"1\" w:color=\"");
                out.raw(bare(RULE));
                out.raw("\"/></w:pBdr>");
            }
            out.raw("<w:spacing w:before=\"240\" w:after=\"100\"/><w:jc w:val=\"left\"/>");
            out.empty("w:outlineLvl", &[("w:val", &depth.to_string())]);
        });
        letters(out, HEADINGS[depth], true, true);
    });
}

fn paragraph_style(out: &mut Markup, style: &Paragraph) {
    out.element("w:style", &[("w:type", "paragraph"), ("w:styleId", style.id)], |out| {
        out.empty("w:name", &[("w:val", style.name)]);
        out.empty("w:basedOn", &[("w:val", style.based_on)]);
        out.empty("w:qFormat", &[]);
        out.element("w:pPr", &[], |out| out.raw(style.layout));
        letters(out, style.size, style.gothic, style.bold);
    });
}

fn letters(out: &mut Markup, size: u8, gothic: bool, bold: bool) {
    out.element("w:rPr", &[], |out| {
        if gothic {
            typeface(out, GOTHIC);
        }
        if bold {
            out.raw("<w:b/><w:bCs/>");
        }
        if size > 0 {
            let size = size.to_string();
            out.empty("w:sz", &[("w:val", &size)]);
            out.empty("w:szCs", &[("w:val", &size)]);
        }
    });
}

fn character_style(out: &mut Markup, tone: Tone) {
    let Some(id) = toned(tone) else { return };
    out.element("w:style", &[("w:type", "character"), ("w:styleId", id)], |out| {
        out.empty("w:name", &[("w:val", id)]);
        out.empty("w:qFormat", &[]);
        out.element("w:rPr", &[], |out| {
            if tone != Tone::Faint {
                typeface(out, GOTHIC);
            }
            if tone == Tone::Strong {
                out.raw("<w:b/><w:bCs/>");
            } else {
                out.empty("w:color", &[("w:val", bare(color(tone)))]);
            }
        });
    });
}

fn footnote_reference(out: &mut Markup) {
    out.element("w:style", &[("w:type", "character"), ("w:styleId", "FootnoteReference")], |out| {
        out.empty("w:name", &[("w:val", "footnote reference")]);
        out.raw("<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>");
    });
}

/// The lines of every table.
fn grid(out: &mut Markup) {
    out.element("w:style", &[("w:type", "table"), ("w:styleId", "Grid")], |out| {
        out.empty("w:name", &[("w:val", "Report Grid")]);
        out.empty("w:basedOn", &[("w:val", "TableNormal")]);
        out.empty("w:qFormat", &[]);
        out.element("w:tblPr", &[], |out| {
            out.element("w:tblBorders", &[], |out| {
                for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                    let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", bare(RULE))];
                    out.empty(&format!("w:{side}"), &line);
                }
            });
        });
    });
}

/// The fonts by their names elsewhere, so that a computer without them finds the like.
pub fn fonts() -> String {
    let mut out = Markup::beginning(DECLARATION);
    out.element("w:fonts", &[("xmlns:w", W)], |out| {
        let kinds = [
            (MINCHO, "MS Mincho", "02020609040205080304", "roman"),
            (GOTHIC, "MS Gothic", "020B0609070205080204", "modern"),
        ];
        for (name, other, panose, family) in kinds {
            out.element("w:font", &[("w:name", name)], |out| {
                out.empty("w:altName", &[("w:val", other)]);
                out.empty("w:panose1", &[("w:val", panose)]);
                out.empty("w:charset", &[("w:val", "80")]);
                out.empty("w:family", &[("w:val", family)]);
                out.empty("w:pitch", &[("w:val", "fixed")]);
            });
        }
    });
    out.finish()
}
