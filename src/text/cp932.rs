//! The signs that CP932, Shift_JIS as Windows has it, writes in another way than Unicode.

/// The sign by which CP932 writes a character: the one it has for it, or the nearest where it has none; the character
/// itself where there is nothing to exchange.
pub fn cp932_sign(c: char) -> char {
    match c {
        // Under another code point than Unicode's own tables give.
        '\u{a2}' => '￠',
        '\u{a3}' => '￡',
        '\u{a5}' => '￥',
        '\u{ac}' => '￢',
        '\u{2014}' => '―',
        '\u{2016}' => '∥',
        '\u{203e}' => '￣',
        '\u{2212}' => '－',
        '\u{301c}' => '～',
        // The nearest, as Windows writes them.
        '\u{a0}' => ' ',
        '\u{a6}' => '|',
        '\u{ab}' => '≪',
        '\u{bb}' => '≫',
        '\u{b5}' => 'μ',
        '\u{b7}' => '・',
        // The nearest of what this program prints: a dash for none, the signs of formulas, a line break that is quoted, and
        // what stands for a control character.
        '\u{2013}' => '-',
        '≤' => '≦',
        '≥' => '≧',
        '⏎' => '／',
        '\u{2400}'..='\u{2421}' => '〓',
        c => c,
    }
}
