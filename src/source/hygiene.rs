//! What is wrong with a file before its TOML is read: encoding, byte order mark, line ends, size, kind.

use std::ops::Range;

use encoding_rs::SHIFT_JIS;

use crate::fields::Findings;
use crate::finding::Code;
use crate::lang::Say;
use crate::say;
use crate::snapshot::{Content, LARGEST_FILE, SourceFile};

/// The text of a file, if it can be read; whatever is odd about it becomes a finding.
pub fn text<'s>(file: &'s SourceFile, findings: &Findings) -> Option<&'s str> {
    let whole = |code, message: Say, help: Say| findings.add(code, 0..0, message, help);
    match &file.content {
        Content::Text(text) => {
            look_at(text, findings);
            return Some(text);
        }
        Content::Bytes(bytes) => not_utf8(bytes, findings),
        Content::TooLarge(size) => whole(
            Code::TooLarge,
            say!(
                "ファイルが大きすぎます（{size} バイト、上限 {LARGEST_FILE}）",
                "the file is too large ({size} bytes, at most {LARGEST_FILE})"
            ),
            say!(
                "計画のファイルか確かめ、そうなら分けてください",
                "check that it belongs to the plan; if so, split it"
            ),
        ),
        Content::NotAFile => whole(
            Code::NotAFile,
            say!("ファイルではありません（フォルダーなど）", "this is not a file (but a folder or the like)"),
            say!("名前を変えるか、移してください", "rename or move it"),
        ),
        Content::OutsideFolder => whole(
            Code::OutsideFolder,
            say!("計画のフォルダーの外を指すリンクです", "this link leads out of the plan's folder"),
            say!("ファイルそのものを計画のフォルダーに置いてください", "put the file itself into the plan's folder"),
        ),
        Content::Unreadable(reason) => whole(
            Code::Unreadable,
            Say {
                ja: format!("読み取れません（{}）", reason.ja), en: format!("it cannot be read ({})", reason.en)
            },
            say!(
                "アクセス権、リンクの先、ほかのプログラムが使っていないかを確かめてください",
                "check its permissions, where it links to, and whether another program holds it"
            ),
        ),
    }
    None
}

fn look_at(text: &str, findings: &Findings) {
    if text.trim().is_empty() {
        let message = say!("ファイルが空です", "the file is empty");
        findings.add(Code::EmptyFile, 0..0, message, say!("中身を書くか、消してください", "fill it or delete it"));
    }
    if text.starts_with('\u{feff}') {
        findings.add(
            Code::Bom,
            0..3,
            say!("ファイルの先頭に BOM があります", "the file begins with a byte order mark"),
            say!(
                "「UTF-8（BOMなし）」で保存し直してください（読むことはできます）",
                "save it as UTF-8 without BOM (it is read all the same)"
            ),
        );
    }
    // What follows begins with one of four bytes, so most files are done after one pass; written without an early end,
    // it goes over many bytes at a time.
    if !text.bytes().fold(false, |odd, byte| odd | matches!(byte, b'\r' | 0xC2 | 0xD8 | 0xE2)) {
        return;
    }
    // A lone CR is no line end: TOML refuses it.
    if let Some(at) = text.find("\r\n") {
        findings.add(
            Code::Crlf,
            at..at + 2,
            say!("改行が CRLF です", "line endings are CRLF"),
            say!(
                "改行を LF で保存し直してください（読むことはできます）",
                "save it with LF line endings (it is read all the same)"
            ),
        );
    }
    if let Some(span) = invisible(text) {
        findings.push(crate::fields::advice::control_char(findings.file, span));
    }
}

/// The first C1 control, text-direction or zero-width character; TOML itself refuses the other control characters.
fn invisible(text: &str) -> Option<Range<usize>> {
    let odd = |c: char| {
        matches!(c,
            '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
    };
    text.char_indices().find(|(_, c)| odd(*c)).map(|(at, c)| at..at + c.len_utf8())
}

fn not_utf8(bytes: &[u8], findings: &Findings) {
    let at = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    let byte = bytes.get(at).copied().unwrap_or(0);
    let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    // Where a letter beyond ASCII was good UTF-8, the file is UTF-8 with a broken spot and nothing else.
    let guess = if utf16 {
        say!("UTF-16 のようです。", "It looks like UTF-16. ")
    } else if bytes[..at].is_ascii() && !SHIFT_JIS.decode(bytes).2 {
        say!("Shift_JIS（CP932）のようです。", "It looks like Shift_JIS (CP932). ")
    } else {
        Say::default()
    };
    findings.add(
        Code::NotUtf8,
        0..0,
        say!(
            "UTF-8 ではありません（{line} 行目、先頭から {at} バイトの位置に 0x{byte:02X}）",
            "this is not UTF-8 (line {line}: byte 0x{byte:02X} at offset {at})"
        ),
        Say {
            ja: format!("{}「UTF-8」で保存し直してください", guess.ja), en: format!("{}Save it as UTF-8", guess.en)
        },
    );
}
