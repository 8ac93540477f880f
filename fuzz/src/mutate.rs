//! Inputs in the making.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::targets::Target;

/// Numbers that look like chance and are the same for the same seed (xorshift).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        if end == 0 { 0 } else { (self.0 >> 11) as usize % end }
    }

    fn pick<'t, T: ?Sized>(&mut self, from: &[&'t T]) -> Option<&'t T> {
        from.get(self.below(from.len())).copied()
    }
}

/// Larger inputs say no more than these.
const LARGEST: usize = 64 * 1024;

/// An input of the corpus.
pub struct Seed {
    pub bytes: Vec<u8>,
    /// Of a packed file its parts, unpacked once.
    parts: Vec<(String, Vec<u8>)>,
}

impl Seed {
    pub fn new(bytes: Vec<u8>) -> Self {
        let parts = if bytes.starts_with(b"PK") { unpacked(&bytes).unwrap_or_default() } else { Vec::new() };
        Self { bytes, parts }
    }
}

fn unpacked(packed: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(packed)).ok()?;
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).ok()?;
        parts.push((name, bytes));
    }
    Some(parts)
}

/// How long a stretch of an input is at most that is taken for the whole.
const STRETCH: usize = 2048;

/// An input of the corpus, changed. Of two that chance picks the smaller one mostly: it says as much in less time.
pub fn input(corpus: &[Seed], target: &Target, random: &mut Random) -> Vec<u8> {
    let [seed, other] = [(); 2].map(|()| &corpus[random.below(corpus.len())]);
    let (seed, other) = if other.bytes.len() < seed.bytes.len() { (other, seed) } else { (seed, other) };
    // Of a packed file the bytes themselves are mostly refused at once: one of its parts says more.
    if !seed.parts.is_empty() && random.below(8) != 0 {
        let packed = repacked(&seed.parts, target.dictionary, random);
        return packed.unwrap_or_else(|| changed(&seed.bytes, &other.bytes, target.dictionary, random));
    }
    let whole = seed.bytes.as_slice();
    let is_cut = target.takes_parts && whole.len() > STRETCH && random.below(8) != 0;
    let from = if is_cut { boundary(whole, random.below(whole.len())) } else { 0 };
    let to = if is_cut { boundary(whole, (from + random.below(STRETCH)).min(whole.len())) } else { whole.len() };
    changed(&whole[from..to], &other.bytes, target.dictionary, random)
}

fn repacked(parts: &[(String, Vec<u8>)], dictionary: &[&str], random: &mut Random) -> Option<Vec<u8>> {
    let chosen = random.below(parts.len());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (at, (name, bytes)) in parts.iter().enumerate() {
        if at == chosen && random.below(30) == 0 {
            continue;
        }
        writer.start_file(name.as_str(), options).ok()?;
        match at == chosen {
            true => writer.write_all(&changed(bytes, bytes, dictionary, random)).ok()?,
            false => writer.write_all(bytes).ok()?,
        }
    }
    Some(writer.finish().ok()?.into_inner())
}

/// A few changes: bytes, words of the dictionary, stretches that are left out, said again, or come from elsewhere.
fn changed(seed: &[u8], other: &[u8], dictionary: &[&str], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(6) {
        let at = boundary(&bytes, random.below(bytes.len() + 1));
        let length = 1 << random.below(10);
        let end = boundary(&bytes, (at + random.below(length) + 1).min(bytes.len()));
        match random.below(10) {
            0 if !bytes.is_empty() => {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].repeat(1 + random.below(4));
                bytes.splice(at..at, again);
            }
            3 => {
                let from = random.below(other.len() + 1);
                let to = (from + random.below(512)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            4 => {
                // A number is another one.
                const NUMBERS: [&str; 9] = [
                    "0",
                    "-1",
                    "1",
                    "99999999999999999999",
                    "0.1",
                    "1e308",
                    "65536",
                    "4294967295",
                    "79228162514264337593543950335",
                ];
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit).map(|digit| at + digit) {
                    let end =
                        bytes[digit..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |n| digit + n);
                    let number = random.pick(&NUMBERS).unwrap_or_default();
                    bytes.splice(digit..end, number.bytes());
                }
            }
            5 => {
                // Whole lines change places.
                let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
                let mut lines: Vec<Vec<u8>> = lines.into_iter().map(<[u8]>::to_vec).collect();
                let (a, b) = (random.below(lines.len()), random.below(lines.len()));
                if a < lines.len() && b < lines.len() {
                    lines.swap(a, b);
                }
                bytes = lines.concat();
            }
            6 => {
                const SIGNS: [&str; 12] = [
                    "\u{0}",
                    "\u{1b}",
                    "\u{202e}",
                    "\u{feff}",
                    "\u{3099}",
                    "＝",
                    "▲",
                    "\u{e0100}",
                    "\r\n",
                    "\"",
                    "㍿",
                    "\u{10ffff}",
                ];
                let sign = random.pick(&SIGNS).unwrap_or_default();
                bytes.splice(at..at, sign.bytes());
            }
            _ => {
                let word = random.pick(dictionary).unwrap_or_default();
                let end = if random.below(2) == 0 { at } else { end };
                bytes.splice(at..end, word.bytes());
            }
        }
        bytes.truncate(LARGEST.max(seed.len()));
    }
    bytes
}

/// The nearest place from `at` on that does not part a character.
fn boundary(bytes: &[u8], at: usize) -> usize {
    (at..bytes.len()).find(|at| bytes[*at] & 0xc0 != 0x80).unwrap_or(bytes.len())
}
