//! The parts of the file beside its text: what it is made of, who made it, numbering, footnotes, foot of the page.

use super::body::{NAMESPACES, controls};
use super::styles::{MINCHO, fonts, styles};
use super::{PackagePart, part};
use crate::markup::Markup;
use kaikaku_document::Document;
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::one_line;

pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The number of the first content control in the footnotes: those of the text have lower ones.
const CONTROLS: usize = 1_000_000;

/// What is related to the text: id, kind, part, and its type.
const RELATED: [(&str, &str, &str); 6] = [
    ("styles", "styles.xml", "styles"),
    ("settings", "settings.xml", "settings"),
    ("fontTable", "fontTable.xml", "fontTable"),
    ("numbering", "numbering.xml", "numbering"),
    ("footnotes", "footnotes.xml", "footnotes"),
    ("footer", "footer1.xml", "footer"),
];

/// Every part but the text, its footnotes and its pictures.
pub fn fixed(doc: &Document, lang: Lang, pictures: usize, addresses: &[String]) -> Vec<PackagePart> {
    vec![
        part("[Content_Types].xml", content_types()),
        part("_rels/.rels", package_relations()),
        part("docProps/core.xml", core(doc, lang)),
        part("docProps/app.xml", app()),
        part("word/_rels/document.xml.rels", relations(pictures, addresses)),
        part("word/styles.xml", styles()),
        part("word/settings.xml", settings()),
        part("word/fontTable.xml", fonts()),
        part("word/numbering.xml", numbering()),
        part("word/footer1.xml", footer(doc)),
    ]
}

/// Where the picture of this number is, from the folder of the text.
pub fn picture(at: usize) -> String {
    format!("media/image{}.png", at + 1)
}

/// How the text names the picture of this number.
pub fn picture_id(at: usize) -> String {
    format!("picture{}", at + 1)
}

/// How the text names the address of this number.
pub fn address_id(at: usize) -> String {
    format!("address{}", at + 1)
}

fn xml(root: &str, spaces: &[(&str, &str)], inner: impl FnOnce(&mut Markup)) -> String {
    let mut out = Markup::beginning(DECLARATION);
    out.element(root, spaces, inner);
    out.finish()
}

fn content_types() -> String {
    xml("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |out| {
        let mut default = |ext: &str, kind: &str| out.empty("Default", &[("Extension", ext), ("ContentType", kind)]);
        default("rels", "application/vnd.openxmlformats-package.relationships+xml");
        default("xml", "application/xml");
        default("png", "image/png");
        let mut part = |name: &str, kind: &str| out.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
        part("/word/document.xml", &format!("{WORD}.document.main+xml"));
        for (_, name, kind) in RELATED {
            part(&format!("/word/{name}"), &format!("{WORD}.{kind}+xml"));
        }
    })
}

fn package_relations() -> String {
    relationships(|relation| {
        relation("document", &format!("{R}/officeDocument"), "word/document.xml");
        relation("core", &format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml");
        relation("app", &format!("{R}/extended-properties"), "docProps/app.xml");
    })
}

fn relations(pictures: usize, addresses: &[String]) -> String {
    xml("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |out| {
        let mut relation = |id: &str, kind: &str, target: &str, more: &[(&str, &str)]| {
            let kind = format!("{R}/{kind}");
            out.empty("Relationship", &[&[("Id", id), ("Type", &*kind), ("Target", target)], more].concat());
        };
        for (id, name, kind) in RELATED {
            relation(id, kind, name, &[]);
        }
        for at in 0..pictures {
            relation(&picture_id(at), "image", &picture(at), &[]);
        }
        for (at, address) in addresses.iter().enumerate() {
            relation(&address_id(at), "hyperlink", address, &[("TargetMode", "External")]);
        }
    })
}

fn relationships(tell: impl FnOnce(&mut dyn FnMut(&str, &str, &str))) -> String {
    xml("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |out| {
        tell(&mut |id, kind, target| out.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]));
    })
}

/// Title, author, language and the day of the figures, which stands for when the file was made.
fn core(doc: &Document, lang: Lang) -> String {
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    xml("cp:coreProperties", &spaces, |out| {
        out.leaf("dc:title", &[], &one_line(&doc.title));
        if let Some(author) = &doc.meta.author {
            out.leaf("dc:creator", &[], &one_line(author));
            out.leaf("cp:lastModifiedBy", &[], &one_line(author));
        }
        if let Some(provenance) = &doc.meta.provenance {
            out.leaf("dc:description", &[], &one_line(provenance));
        }
        if let Some(date) = doc.meta.date {
            let time = date.format("%Y-%m-%dT00:00:00Z").to_string();
            for name in ["dcterms:created", "dcterms:modified"] {
                out.leaf(name, &[("xsi:type", "dcterms:W3CDTF")], &time);
            }
        }
        out.leaf("dc:language", &[], lang.pick("ja-JP", "en-US"));
    })
}

fn app() -> String {
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml("Properties", &[("xmlns", space)], |out| out.leaf("Application", &[], "kaikaku"))
}

/// What no line ends with: what Word says for Japanese, and digits and what goes before them, so that a number keeps its
/// unit and 第2四半期 stays together.
const NEVER_LAST: &str = "$([\\{£¥‘“〈《「『【〔＄（［｛｢￡￥0123456789第";
/// What no line begins with: what Word says for Japanese, and what goes on behind the number of a period.
const NEVER_FIRST: &str = "!%),.:;?]}¢°’”‰′″℃、。々〉》」』】〕゛゜ゝゞ・ヽヾ！％），．：；？］｝｡｣､･ﾞﾟ￠度半期";

/// That this is a file of a recent Word, or it would open in compatibility mode.
fn settings() -> String {
    xml("w:settings", &[("xmlns:w", W)], |out| {
        out.empty("w:zoom", &[("w:percent", "100")]);
        out.empty("w:defaultTabStop", &[("w:val", "840")]);
        out.empty("w:characterSpacingControl", &[("w:val", "compressPunctuation")]);
        out.empty("w:noLineBreaksAfter", &[("w:lang", "ja-JP"), ("w:val", NEVER_LAST)]);
        out.empty("w:noLineBreaksBefore", &[("w:lang", "ja-JP"), ("w:val", NEVER_FIRST)]);
        out.element("w:footnotePr", &[], |out| {
            out.empty("w:footnote", &[("w:id", "-1")]);
            out.empty("w:footnote", &[("w:id", "0")]);
        });
        out.element("w:compat", &[], |out| {
            let uri = "http://schemas.microsoft.com/office/word";
            out.empty("w:compatSetting", &[("w:name", "compatibilityMode"), ("w:uri", uri), ("w:val", "15")]);
        });
        out.empty("w:themeFontLang", &[("w:val", "en-US"), ("w:eastAsia", "ja-JP")]);
        out.empty("w:decimalSymbol", &[("w:val", ".")]);
        out.empty("w:listSeparator", &[("w:val", ",")]);
    })
}

/// One list with dots.
fn numbering() -> String {
    xml("w:numbering", &[("xmlns:w", W)], |out| {
        out.element("w:abstractNum", &[("w:abstractNumId", "0")], |out| {
            out.empty("w:multiLevelType", &[("w:val", "singleLevel")]);
            out.element("w:lvl", &[("w:ilvl", "0")], |out| {
                out.empty("w:start", &[("w:val", "1")]);
                out.empty("w:numFmt", &[("w:val", "bullet")]);
                out.empty("w:suff", &[("w:val", "nothing")]);
                out.empty("w:lvlText", &[("w:val", "・")]);
                out.empty("w:lvlJc", &[("w:val", "left")]);
                out.element("w:pPr", &[], |out| out.empty("w:ind", &[("w:left", "210"), ("w:hanging", "210")]));
                out.element("w:rPr", &[], |out| {
                    let names = [("w:ascii", MINCHO), ("w:hAnsi", MINCHO), ("w:eastAsia", MINCHO)];
                    out.empty("w:rFonts", &[names[0], names[1], names[2], ("w:hint", "eastAsia")]);
                });
            });
        });
        out.element("w:num", &[("w:numId", "1")], |out| out.empty("w:abstractNumId", &[("w:val", "0")]));
    })
}

/// Which page of how many, and where the figures are from.
fn footer(doc: &Document) -> String {
    xml("w:ftr", &[("xmlns:w", W)], |out| {
        out.element("w:p", &[], |out| {
            style(out, "Footer");
            field(out, "PAGE");
            run(out, " / ");
            field(out, "NUMPAGES");
        });
        if let Some(provenance) = &doc.meta.provenance {
            out.element("w:p", &[], |out| {
                style(out, "Provenance");
                run(out, &one_line(provenance));
            });
        }
    })
}

fn style(out: &mut Markup, id: &str) {
    out.element("w:pPr", &[], |out| out.empty("w:pStyle", &[("w:val", id)]));
}

fn run(out: &mut Markup, text: &str) {
    out.element("w:r", &[], |out| out.leaf("w:t", &[("xml:space", "preserve")], text));
}

fn field(out: &mut Markup, instruction: &str) {
    out.element("w:fldSimple", &[("w:instr", instruction)], |out| run(out, "1"));
}

/// The footnotes, numbered from 1; the two before them are the lines that Word draws above footnotes.
pub fn footnotes(doc: &Document, notes: &[&str]) -> String {
    xml("w:footnotes", &NAMESPACES, |out| {
        for (id, kind) in [("-1", "separator"), ("0", "continuationSeparator")] {
            out.element("w:footnote", &[("w:type", kind), ("w:id", id)], |out| {
                out.element("w:p", &[], |out| {
                    out.element("w:r", &[], |out| out.empty(&format!("w:{kind}"), &[]));
                });
            });
        }
        for (at, note) in notes.iter().enumerate() {
            out.element("w:footnote", &[("w:id", &(at + 1).to_string())], |out| {
                out.element("w:p", &[], |out| {
                    style(out, "FootnoteText");
                    out.element("w:r", &[], |out| {
                        out.element("w:rPr", &[], |out| out.empty("w:rStyle", &[("w:val", "FootnoteReference")]));
                        out.empty("w:footnoteRef", &[]);
                    });
                    let note = doc.footnote(&one_line(note)).behind(" ");
                    let parts =
                        note.parts().into_iter().map(|(of, text)| (of.map(|of| (CONTROLS + at, &*of.id)), text));
                    controls(out, &parts.collect::<Vec<_>>(), note.tone);
                });
            });
        }
    })
}
