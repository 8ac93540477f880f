//! `json.md`: every key of every output, as the schemas in `docs/reference/schema/` tell it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kaikaku::lang::Lang;
use serde_json::{Map, Value as Json};

use super::page::{compare, table};

/// Where the schemas are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/schema")
}

/// Every schema by the name of its file.
pub static SCHEMAS: LazyLock<BTreeMap<String, Json>> = LazyLock::new(|| {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    };
    files.map(read).collect()
});

#[test]
fn the_page_of_json_is_that_of_the_schemas() {
    compare("json", page);
}

fn page(lang: Lang) -> String {
    let lead = lang.pick(
        "# JSON\n\n\
         プログラムを書く方のためのページです。`--format json` で出力する文書と、そのすべてのキーを示します。\n\n\
         他のプログラムとの約束です。キーの名前と意味は変えません。キーが増えることはあります。数値は正確な10進数です。値がない\
         ときは `null` で、0にはしません。期間は短い書き方（`R8Q2`）、日付は `2026-09-30` の形です。同じ内容の JSON Schema が\
         文書ごとにあります。\n\n",
        "# JSON\n\n\
         For programs, and for whoever writes them: every document that `--format json` writes, and every key in it.\n\n\
         A contract: keys stay and keep their meaning; new ones may be added. Numbers are exact decimals. What is absent \
         is `null`, never 0. Periods are written short (`R8Q2`), days as `2026-09-30`. Each document has a JSON Schema \
         that says the same.\n\n",
    );
    let shared = shared();
    let outputs: String = SCHEMAS.keys().map(|name| output(name, &shared, lang)).collect();
    let parts = shared.iter().filter(|(_, part)| part.get("properties").is_some());
    let parts: String =
        parts.map(|(name, part)| Writer { output: None, shared: &shared, lang }.part(name, part)).collect();
    let heading = lang.pick("## 共通の部分\n\n", "## What several documents share\n\n");
    format!("{lead}{outputs}{heading}{}\n", parts.trim_end())
}

/// The parts of a schema by name.
fn parts(schema: &Json) -> impl Iterator<Item = (&String, &Json)> {
    schema.get("$defs").and_then(Json::as_object).into_iter().flatten()
}

/// The parts that several outputs have, all of them the same, down to what they refer to.
fn shared() -> BTreeMap<&'static str, &'static Json> {
    let mut all: BTreeMap<&str, Vec<&Json>> = BTreeMap::new();
    for (name, part) in SCHEMAS.values().flat_map(parts) {
        all.entry(name).or_default().push(part);
    }
    let same = |found: &[&Json]| found.len() > 1 && found.iter().all(|part| *part == found[0]);
    let mut shared: BTreeMap<_, _> = all.into_iter().filter(|(_, found)| same(found)).map(|(n, f)| (n, f[0])).collect();
    while let Some(name) =
        shared.iter().find(|(_, part)| !refers(part).all(|n| shared.contains_key(n))).map(|(n, _)| *n)
    {
        shared.remove(name);
    }
    shared
}

/// The parts that a part refers to.
fn refers(part: &Json) -> Box<dyn Iterator<Item = &str> + '_> {
    match part {
        Json::Object(map) => {
            let own = map.get("$ref").and_then(Json::as_str).and_then(|target| target.rsplit('/').next());
            Box::new(own.into_iter().chain(map.values().flat_map(refers)))
        }
        Json::Array(all) => Box::new(all.iter().flat_map(refers)),
        _ => Box::new(std::iter::empty()),
    }
}

/// `kpi-mismatch` is what `kaikaku kpi --mismatch` writes.
pub fn command(name: &str) -> String {
    match name.split_once('-') {
        Some((command @ ("report" | "inquiry" | "opinion"), rest)) => format!("kaikaku {command} {rest}"),
        Some((command, option)) => format!("kaikaku {command} --{option}"),
        None => format!("kaikaku {name}"),
    }
}

fn output(name: &str, shared: &BTreeMap<&'static str, &'static Json>, lang: Lang) -> String {
    let schema = &SCHEMAS[name];
    let writer = Writer { output: Some(name), shared, lang };
    let (command, about) = (command(name), described(schema, lang));
    let link = format!("[schema/{name}.json](../../reference/schema/{name}.json)");
    let own =
        parts(schema).filter(|(name, part)| !shared.contains_key(name.as_str()) && part.get("properties").is_some());
    let own: String = own.map(|(name, part)| writer.part(name, part)).collect();
    format!("## {name}\n\n{about}{} `{command}` {link}\n\n{}{own}", lang.pick("。", "."), writer.keys(schema))
}

fn described(schema: &Json, lang: Lang) -> &str {
    let text = schema.get(lang.pick("x-description-ja", "description")).and_then(Json::as_str);
    text.unwrap_or_default()
}

/// Writes the parts of one output, or those that several share.
struct Writer<'s> {
    output: Option<&'s str>,
    shared: &'s BTreeMap<&'static str, &'static Json>,
    lang: Lang,
}

impl Writer<'_> {
    fn part(&self, name: &str, part: &Json) -> String {
        let heading = self.output.map_or_else(|| name.to_owned(), |output| format!("{output}: {name}"));
        let about = described(part, self.lang);
        format!("### {heading}\n\n{about}{}\n\n{}", self.lang.pick("。", "."), self.keys(part))
    }

    /// A table of the keys of an object, and what may be added to them.
    fn keys(&self, object: &Json) -> String {
        let lang = self.lang;
        let row = |(key, property): (&String, &Json)| {
            let is_there = object["required"].as_array().is_some_and(|all| all.iter().any(|k| k == key));
            let may = if is_there { "" } else { lang.pick("（ないこともある）", " (may be missing)") };
            [format!("`{key}`"), self.typed(property) + may, described(property, lang).to_owned()]
        };
        let properties = object["properties"].as_object().unwrap();
        let titles = lang.pick(["キー", "型", "意味"], ["Key", "Type", "Meaning"]);
        let more = object.get("anyOf").map_or_else(String::new, |_| {
            let added = self.typed(&without(object, "type"));
            lang.pick(
                format!("次のどれかのキーが加わります：{added}。\n\n"),
                format!("With the keys of one of: {added}.\n\n"),
            )
        });
        table(titles, properties.iter().map(row)) + &more
    }

    /// What a value can be, in words.
    fn typed(&self, schema: &Json) -> String {
        either(&self.kinds(schema, &mut BTreeSet::new()), self.lang)
    }

    fn kinds(&self, schema: &Json, within: &mut BTreeSet<String>) -> Vec<String> {
        let known = |key: &str| schema.get(key);
        if let Some(Json::String(target)) = known("$ref") {
            return self.referred(target.rsplit('/').next().unwrap(), within);
        }
        if let Some(Json::Array(choices)) = known("anyOf") {
            let mut all: Vec<String> = Vec::new();
            choices.iter().flat_map(|choice| self.kinds(choice, within)).for_each(|kind| {
                if !all.contains(&kind) {
                    all.push(kind);
                }
            });
            return all;
        }
        if let Some(constant) = known("const") {
            return vec![format!("`{constant}`")];
        }
        if let Some(Json::Array(words)) = known("enum") {
            return words
                .iter()
                .map(|word| word.as_str().map_or("`null`".into(), |word| format!("`{word}`")))
                .collect();
        }
        let types = match known("type") {
            Some(Json::Array(types)) => types.iter().filter_map(Json::as_str).collect(),
            Some(Json::String(one)) => vec![one.as_str()],
            _ => panic!("a value without a type: {schema}"),
        };
        types.into_iter().map(|kind| self.kind(kind, schema, within)).collect()
    }

    fn kind(&self, kind: &str, schema: &Json, within: &mut BTreeSet<String>) -> String {
        let lang = self.lang;
        // Of several kinds, where they begin and end.
        let inner = |key: &str, within: &mut BTreeSet<String>| match self.kinds(&schema[key], within) {
            one if one.len() == 1 => either(&one, lang),
            several => lang.pick(format!("（{}）", either(&several, lang)), format!("({})", either(&several, lang))),
        };
        let format = schema.get("format").and_then(Json::as_str);
        match (kind, format) {
            ("null", _) => "`null`".to_owned(),
            ("boolean", _) => lang.pick("真偽", "yes or no").to_owned(),
            ("integer", _) => lang.pick("整数", "integer").to_owned(),
            ("number", _) => lang.pick("数値", "number").to_owned(),
            ("string", None) => lang.pick("文字列", "text").to_owned(),
            ("string", Some("date")) => lang.pick("日付", "day").to_owned(),
            ("string", Some("id")) => "id".to_owned(),
            ("string", Some("period")) => lang.pick("期間", "period").to_owned(),
            ("string", Some("fiscal-year")) => lang.pick("年度", "fiscal year").to_owned(),
            ("array", _) => {
                let of = inner("items", within);
                lang.pick(format!("{of}の並び"), format!("list of {of}"))
            }
            ("object", _) if schema.get("additionalProperties").is_none() => lang.pick("なし", "none").to_owned(),
            ("object", _) => {
                let of = inner("additionalProperties", within);
                lang.pick(format!("キーごとの{of}"), format!("by key: {of}"))
            }
            other => panic!("a type that the page has no word for: {other:?}"),
        }
    }

    /// A part by name: an object has a table of its own, what can be one of several is reported where it stands.
    fn referred(&self, name: &str, within: &mut BTreeSet<String>) -> Vec<String> {
        let is_shared = self.shared.contains_key(name);
        let part = match self.shared.get(name) {
            Some(part) => part,
            None => &SCHEMAS[self.output.unwrap()]["$defs"][name],
        };
        if part.get("properties").is_some() {
            let heading = match self.output.filter(|_| !is_shared) {
                Some(output) => format!("{output}-{name}"),
                None => name.to_owned(),
            };
            return vec![format!("[{name}](#{})", heading.to_lowercase())];
        }
        if !within.insert(name.to_owned()) {
            return vec![self.lang.pick("同じもの", "such a value").to_owned()];
        }
        let kinds = self.kinds(part, within);
        within.remove(name);
        kinds
    }
}

/// `A, B or C`.
fn either(kinds: &[String], lang: Lang) -> String {
    match kinds {
        [first @ .., last] if !first.is_empty() => {
            format!("{}{}{last}", first.join(lang.pick("、", ", ")), lang.pick(" 又は ", " or "))
        }
        one => one.concat(),
    }
}

fn without(object: &Json, key: &str) -> Json {
    let mut map: Map<String, Json> = object.as_object().unwrap().clone();
    map.remove(key);
    map.into()
}
