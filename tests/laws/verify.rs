//! What `verify` finds and what it lets be: random single edits of a paper in each format. Whoever edits a fact is found;
//! whoever edits spaces, fonts and words around the facts is left alone.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::ops::Range;
use std::path::Path;

use kaikaku::formats::{DOCX, Format, HTML, MD, XLSX};
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::plan::period::Period;
use kaikaku::query::AsOf;
use kaikaku::query::summary::summary;
use kaikaku::render::csv::Encoding;
use kaikaku::report::Report;
use kaikaku::report::council::{CouncilReport, Named, State};
use kaikaku::report::verify::vocabulary;
use kaikaku::source::{self, Snapshot};
use kaikaku::verify::{Sheet, Verified, Vocabulary, verify};

/// A paper as it was written, and what it is held against.
struct Bench {
    format: &'static Format,
    bytes: Vec<u8>,
    record: Sheet,
    vocabulary: Vocabulary,
    names: Vec<String>,
}

const FORMATS: [&Format; 4] = [&DOCX, &XLSX, &HTML, &MD];

fn plan() -> Plan {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("plan/example");
    source::load(&Snapshot::of_folder(&folder, "plan/example".into(), &|_| true), "example").plan.unwrap()
}

impl Bench {
    fn new(plan: &Plan, register: &str, lang: Lang, format: &'static Format) -> Self {
        let paper = plan.papers.iter().find(|paper| paper.id.as_str() == register).unwrap();
        let summary = summary(plan, AsOf::end_of(Period::parse("R8Q2").unwrap().period), paper.scale, paper.evaluator);
        let report = CouncilReport { summary, paper, state: State::default() };
        let bytes = format.write(&report, lang, Encoding::Utf8).unwrap();
        let record = contents(format.read(&bytes).unwrap());
        let vocabulary = vocabulary(plan, &report.document(lang), lang);
        let entries = plan.entries.iter().map(|entry| entry.name.to_string());
        let names = entries.chain(plan.indicators.iter().map(|indicator| indicator.name.to_string()));
        let names = names.chain(plan.sources.iter().map(|source| source.title.to_string()));
        Self { format, bytes, record, vocabulary, names: names.collect() }
    }

    fn verify(&self, bytes: &[u8]) -> Verified {
        verify(&contents(self.format.read(bytes).unwrap()), &self.record, &self.vocabulary)
    }
}

/// The line that names the record is no fact of it.
fn contents(sheet: Sheet) -> Sheet {
    sheet.retain_prose(|text| Named::find(text).is_none())
}

/// A row of numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (sides as u64)).unwrap()
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> Option<&'t T> {
        if list.is_empty() { None } else { list.get(self.roll(list.len())) }
    }
}

/// The parts of a file that hold what a reader sees, as text.
struct Opened {
    parts: Vec<(String, Vec<u8>)>,
    is_zip: bool,
}

impl Opened {
    fn new(format: &Format, bytes: &[u8]) -> Self {
        if !matches!(format.name, "docx" | "xlsx") {
            return Self { parts: vec![(String::new(), bytes.to_vec())], is_zip: false };
        }
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts = (0..zip.len()).map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        });
        Self { parts: parts.collect(), is_zip: true }
    }

    fn bytes(&self) -> Vec<u8> {
        if !self.is_zip {
            return self.parts[0].1.clone();
        }
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, bytes) in &self.parts {
            zip.start_file(name.as_str(), stored).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Where the words stand that a reader sees: the part, and the place in it.
    fn words(&self, format: &Format) -> Vec<(usize, Range<usize>)> {
        let (mut found, shown) = (Vec::new(), self.shown_strings());
        for (at, (name, bytes)) in self.parts.iter().enumerate() {
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            let ranges = match (format.name, name.as_str()) {
                ("docx", "word/document.xml") => between(text, "<w:t ", "</w:t>"),
                ("xlsx", "xl/sharedStrings.xml") => {
                    let strings = between(text, "<t", "</t>").into_iter().enumerate();
                    strings.filter(|(at, _)| shown.contains(at)).map(|(_, range)| range).collect()
                }
                ("xlsx", "xl/worksheets/sheet1.xml") => {
                    let values = between(text, "<v", "</v>").into_iter();
                    values.filter(|range| !text[..range.start].ends_with("t=\"s\"><v>")).collect()
                }
                ("html", _) => between(text, "<", "<"),
                ("md", _) => lines(text),
                _ => Vec::new(),
            };
            found.extend(ranges.into_iter().map(|range| (at, range)));
        }
        found
    }

    /// Which strings of a workbook stand in a sheet that is shown; the last one is the hidden list of facts.
    fn shown_strings(&self) -> BTreeSet<usize> {
        let sheets = self.parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
        let mut sheets: Vec<_> = sheets.map(|(name, bytes)| (name, std::str::from_utf8(bytes).unwrap())).collect();
        sheets.sort();
        sheets.pop();
        let strings = sheets.into_iter().flat_map(|(_, text)| text.split("t=\"s\"><v>").skip(1));
        strings.filter_map(|rest| rest.split('<').next()?.parse().ok()).collect()
    }

    /// Whether the words of a place are a number of a workbook, which is written in one way only.
    fn is_value(&self, (part, _): &(usize, Range<usize>)) -> bool {
        self.parts[*part].0.starts_with("xl/worksheets/")
    }

    fn text(&self, (part, range): &(usize, Range<usize>)) -> &str {
        std::str::from_utf8(&self.parts[*part].1[range.clone()]).unwrap()
    }

    /// The file with other words in one place.
    fn with(&self, (part, range): &(usize, Range<usize>), words: &str) -> Vec<u8> {
        let mut parts = self.parts.clone();
        let (mut range, mut words) = (range.clone(), words.to_owned());
        if self.parts[*part].0 == "xl/sharedStrings.xml" && words.contains("</t></r><r>") {
            // A string in two fonts consists of runs, each with its text.
            let text = std::str::from_utf8(&self.parts[*part].1).unwrap();
            range = text[..range.start].rfind("<t").unwrap()..range.end + "</t>".len();
            words = format!("<r><t xml:space=\"preserve\">{words}</t></r>");
        }
        parts[*part].1.splice(range, words.bytes());
        Self { parts, is_zip: self.is_zip }.bytes()
    }
}

/// The texts of elements. What HTML has in its head, and the words beside pictures, are left out.
fn between(text: &str, open: &str, close: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), text.find("<body").unwrap_or(0));
    while let Some(start) = text[at..].find(open).map(|start| at + start) {
        let Some(begin) = text[start..].find('>').map(|end| start + end + 1) else { break };
        let Some(end) = text[begin..].find(close).map(|end| begin + end) else { break };
        let is_text = !text[begin..end].trim().is_empty() && !text[begin..end].contains('<');
        if is_text && !text[start..].starts_with("<title") && !text[start..].starts_with("<t/") {
            found.push(begin..end);
        }
        at = if close == "<" { end.max(start + 1) } else { end };
    }
    found
}

/// The lines of Markdown that hold words; rules of tables and the list of facts at the end are none.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    let (shown, _) = text.split_once("<!--").unwrap();
    for line in shown.split_inclusive('\n') {
        if !line.starts_with("| ---") && !line.trim().is_empty() {
            found.push(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    found
}

/// Whether the words are those of a heading, whose number is none of its facts, or of the line that names the record.
fn is_apart(words: &str) -> bool {
    let bare = words.trim_start_matches(['#', ' ']);
    let numbered = bare.split_once('　').or_else(|| bare.split_once(". ")).map(|(number, _)| number);
    Named::find(words).is_some() || numbered.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

const UNITS: [(&str, &str); 7] = [
    ("件", "人"),
    ("％", "ポイント"),
    ("ポイント", "％"),
    ("百万円", "億円"),
    ("時間", "日"),
    ("倍", "件"),
    ("％以上", "％以下"),
];
const WORDS: [(&str, &str); 12] = [
    ("計画どおり", "やや遅れ"),
    ("計画以上", "計画どおり"),
    ("やや遅れ", "計画どおり"),
    ("大幅な遅れ", "計画以上"),
    ("達成", "後退"),
    ("順調", "遅れ"),
    ("後退", "順調"),
    ("件の増", "件の減"),
    ("件の減", "件の増"),
    ("［速報］", ""),
    ("［要確認］", ""),
    ("良くなった", "悪くなった"),
];

/// What English papers say. Each stands by a number, or alone in its cell.
const ENGLISH: [(&str, &str); 6] = [
    ("met", "behind"),
    ("on pace", "worsened"),
    ("behind", "met"),
    ("worsened", "on pace"),
    ("more", "fewer"),
    ("fewer", "more"),
];

/// Another verdict or direction in English words.
fn false_english(words: &str, dice: &mut Dice) -> Option<String> {
    let stated = |(old, new): &(&str, &str)| {
        let (text, bare) = (words.trim(), old.len());
        if text == *old {
            return Some(words.replacen(old, new, 1));
        }
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let by_number = |at: &usize| {
            let (before, behind) = (&words[..*at], &words[at + bare..]);
            let follows = before.strip_suffix(' ').is_some_and(|before| is_digit(before.chars().next_back()));
            let leads = behind.strip_prefix(' ').is_some_and(|behind| is_digit(behind.chars().next()));
            if matches!(*old, "more" | "fewer") { follows } else { leads }
        };
        let at = words.match_indices(old).map(|(at, _)| at).find(by_number)?;
        Some(format!("{}{new}{}", &words[..at], &words[at + bare..]))
    };
    dice.pick(&ENGLISH.iter().filter_map(stated).collect::<Vec<_>>()).cloned()
}

/// One edit of a fact in some words; `None` where they have no such fact.
fn false_words(words: &str, names: &[String], dice: &mut Dice) -> Option<String> {
    let places = |wanted: &dyn Fn(char) -> bool| {
        words.char_indices().filter(|(_, c)| wanted(*c)).map(|(at, c)| at..at + c.len_utf8()).collect::<Vec<_>>()
    };
    let put = |range: Range<usize>, with: &str| format!("{}{with}{}", &words[..range.start], &words[range.end..]);
    let swap = |(old, new): &(&str, &str)| words.find(old).map(|at| put(at..at + old.len(), new));
    // A unit is one only behind a number.
    let counted = |(old, _): &&(&str, &str)| words.find(*old).is_some_and(|at| words[..at].ends_with(char::is_numeric));
    match dice.roll(6) {
        5 => false_english(words, dice),
        0 => {
            let place = dice.pick(&places(&|c| c.is_ascii_digit()))?.clone();
            let digit: usize = words[place.clone()].parse().unwrap();
            Some(put(place, &((digit + 1 + dice.roll(9)) % 10).to_string()))
        }
        1 => swap(dice.pick(&UNITS.iter().filter(counted).collect::<Vec<_>>())?),
        2 => {
            let place = dice.pick(&places(&|c| c == '▲' || c == '+'))?.clone();
            let is_number = words[place.end..].starts_with(|c: char| c.is_ascii_digit());
            let sign = if &words[place.clone()] == "+" { "▲" } else { "" };
            is_number.then(|| put(place, sign))
        }
        3 => swap(dice.pick(&WORDS.iter().filter(|(old, _)| words.contains(old)).collect::<Vec<_>>())?),
        _ => {
            let name = dice.pick(&names.iter().filter(|name| words.contains(*name)).collect::<Vec<_>>())?.to_string();
            let start = words.find(&name)?;
            let letters: Vec<(usize, char)> = name.char_indices().collect();
            let (at, c) = *dice.pick(&letters)?;
            let other = if c == '架' { "空" } else { "架" };
            Some(put(start + at..start + at + c.len_utf8(), other))
        }
    }
}

const WORDING: [(&str, &str); 22] = [
    ("である。", "です。"),
    ("であり、", "で、"),
    ("及び", "と"),
    ("このうち", "そのうち"),
    ("の内訳は、", "の内訳を見ますと、"),
    ("に比べ、", "と比べて"),
    ("した。", "しました。"),
    ("対応を要する", "対応が要る"),
    ("いずれも", "全て"),
    ("合わせて", "計"),
    ("ものである。", "ものです。"),
    ("ため、", "ので、"),
    ("行う。", "行います。"),
    ("進める。", "進めます。"),
    ("there are ", "we have "),
    ("Of these ", "Of them "),
    ("have a report", "have reported"),
    ("the others are counted", "the others count"),
    ("that can be judged", "that could be judged"),
    ("marked so", "marked as such"),
    ("none rated", "nothing rated"),
    ("need attention", "need some attention"),
];

/// One edit that leaves the facts as they are.
fn true_words(format: &Format, words: &str, names: &[String], dice: &mut Dice) -> Option<String> {
    let letters: Vec<(usize, char)> = words.char_indices().collect();
    let is_plain = |c: char| matches!(c, 'ぁ'..='ヺ' | '一'..='鿿') && !"〇一二三四五六七八九十百千万億".contains(c);
    // Not within a mark or an escape, nor where a line of Markdown begins.
    let between: Vec<usize> =
        letters.windows(2).filter(|pair| is_plain(pair[0].1) && is_plain(pair[1].1)).map(|pair| pair[1].0).collect();
    // Between Latin letters no space may come, but another font; where there is a space, another one.
    let is_marked = words.contains(['&', '<', '`', '\\']);
    let within = |wanted: &dyn Fn(char, char) -> bool| {
        let pairs = letters.windows(2).filter(|pair| !is_marked && wanted(pair[0].1, pair[1].1));
        pairs.map(|pair| pair[1].0).collect::<Vec<_>>()
    };
    let latin = within(&|a, b| a.is_ascii_alphabetic() && b.is_ascii_alphabetic());
    let spaced = within(&|a, b| a == ' ' && b.is_ascii_alphabetic());
    match dice.roll(4) {
        0 => {
            let at = *dice.pick(if between.is_empty() { &spaced } else { &between })?;
            Some(format!("{}{}{}", &words[..at], dice.pick(&[" ", "　", "  "])?, &words[at..]))
        }
        1 => {
            let is_digit = |(_, c): &&(usize, char)| c.is_ascii_digit();
            let digits: Vec<_> = letters.iter().filter(is_digit).collect();
            let (at, c) = **dice.pick(&digits)?;
            // A number that is written in two widths is still that number.
            let wide = char::from_u32(u32::from(c) + 0xFEE0)?;
            Some(format!("{}{wide}{}", &words[..at], &words[at + 1..]))
        }
        2 => {
            let at = *dice.pick(if between.is_empty() { &latin } else { &between })?;
            let (before, behind) = words.split_at(at);
            Some(match format.name {
                "docx" => format!("{before}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{behind}"),
                "xlsx" => format!("{before}</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">{behind}"),
                "html" => format!("{before}<b style=\"color: red\">{behind}</b>"),
                _ => format!("{before}**{behind}"),
            })
        }
        _ => {
            let in_name = |old: &str| names.iter().any(|name| name.contains(old) && words.contains(name.as_str()));
            let known: Vec<_> = WORDING.iter().filter(|(old, _)| words.contains(old) && !in_name(old)).collect();
            let (old, new) = **dice.pick(&known)?;
            Some(words.replacen(old, new, 1))
        }
    }
}

/// Edits a paper so often, half of the times in its facts; what was found that should not be, or was not.
#[allow(clippy::print_stdout, reason = "a full run tells its counts")]
fn edit(register: &str, lang: Lang, format: &'static Format, times: usize, seed: u64) -> Vec<String> {
    let bench = Bench::new(&plan(), register, lang, format);
    assert!(bench.verify(&bench.bytes).agrees(), "{register} {}", format.name);
    let opened = Opened::new(format, &bench.bytes);
    let mut dice = Dice(seed);
    let places: Vec<_> = opened.words(format).into_iter().filter(|at| !is_apart(opened.text(at))).collect();
    let (mut falsified, mut reworded, mut wrong) = (0, 0, Vec::new());
    let paper = format!("{register} {lang:?} {} seed {seed}", format.name);
    while falsified < times {
        let place = dice.pick(&places).unwrap();
        let Some(words) = false_words(opened.text(place), &bench.names, &mut dice) else { continue };
        if words == opened.text(place) {
            continue;
        }
        falsified += 1;
        if bench.verify(&opened.with(place, &words)).agrees() {
            wrong.push(format!("{paper}, not found: {} → {words}", opened.text(place)));
        }
    }
    while reworded < times {
        let place = dice.pick(&places).unwrap();
        if opened.is_value(place) {
            continue;
        }
        let Some(words) = true_words(format, opened.text(place), &bench.names, &mut dice) else { continue };
        reworded += 1;
        let verified = bench.verify(&opened.with(place, &words));
        if !verified.agrees() {
            wrong.push(format!("{paper}, false alarm: {} → {words}: {verified:?}", opened.text(place)));
        }
    }
    println!("{paper}: {falsified} false facts, {reworded} other words, {} wrong", wrong.len());
    wrong
}

/// Edits the papers in every format, as often as is asked for: a few times, or with `KAIKAKU_EDITS=full` a thousand times
/// each; `KAIKAKU_SEED` rolls other dice.
fn edit_all(papers: &[(&str, Lang)], few: usize) {
    let setting = |name: &str| std::env::var(name).ok();
    let times = match setting("KAIKAKU_EDITS") {
        Some(full) if full == "full" => 1_000,
        Some(times) => times.parse().expect("KAIKAKU_EDITS is `full` or a number"),
        None => few,
    };
    let seed = setting("KAIKAKU_SEED").map_or(7, |seed| seed.parse().expect("KAIKAKU_SEED is a number"));
    let wrong = std::thread::scope(|scope| {
        let of = |(register, lang): &(&'static str, Lang), format| {
            let (register, lang) = (*register, *lang);
            scope.spawn(move || edit(register, lang, format, times, seed))
        };
        let papers = papers.iter().map(|(register, lang)| {
            let register = ["assembly", "committee"].into_iter().find(|known| known == register).unwrap();
            (register, *lang)
        });
        let threads: Vec<_> = papers.flat_map(|paper| FORMATS.map(|format| of(&paper, format))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// `KAIKAKU_EDITS=full cargo test --release --test laws false_fact -- --nocapture`
#[test]
fn a_false_fact_is_found_and_other_words_are_let_be() {
    edit_all(&[("assembly", Lang::Ja)], 60);
}

#[test]
fn a_false_fact_in_an_english_paper_is_found() {
    edit_all(&[("assembly", Lang::En)], 30);
}
