//! The JSON Schemas that ship in `docs/reference/schema/`, made of the types. `KAIKAKU_BLESS=1 cargo test --lib schema`
//! writes them anew.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value as Json, json};

use super::{ByKey, Day, Exact, Version};
use crate::plan::id::Id;
use crate::plan::period::{FiscalYear, Period};
use crate::report::{
    blame, calendar, check, council, diff, due, errata, explain, handover, history, import, inquiry, kpi, log, opinion,
    plans, questions, readable, roadmap, rollover, show, status, verify,
};

/// A type whose schema is written here, since it writes itself.
macro_rules! schemas {
    ($($type:ty: $schema:tt),* $(,)?) => {
        $(impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        })*
    };
}

schemas! {
    Version: { "const": 1 },
    Exact: { "type": "number" },
    Day: { "type": "string", "format": "date" },
    Id: { "type": "string", "format": "id" },
    Period: { "type": "string", "format": "period" },
    FiscalYear: { "type": "string", "format": "fiscal-year" },
}

impl<T: JsonSchema> JsonSchema for ByKey<T> {
    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<String, T>::schema_name()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<String, T>::json_schema(generator)
    }
}

/// Every output: the command as the file is called, and its schema.
fn schemas() -> Vec<(&'static str, Json)> {
    vec![
        ("blame", schema::<blame::BlameJson<'_>>()),
        ("calendar", schema::<calendar::CalendarJson<'_>>()),
        ("check", schema::<check::CheckJson<'_>>()),
        ("diff", schema::<diff::DiffJson<'_>>()),
        ("due", schema::<due::DuesJson<'_>>()),
        ("due-letter", schema::<due::letter::LettersJson<'_>>()),
        ("errata", schema::<errata::ErrataJson<'_>>()),
        ("explain", schema::<explain::machine::ExplainJson<'_>>()),
        ("handover", schema::<handover::machine::HandoverJson<'_>>()),
        ("history", schema::<history::HistoryJson<'_>>()),
        ("import", schema::<import::ImportJson<'_>>()),
        ("inquiry-collect", schema::<inquiry::ReviewJson<'_>>()),
        ("inquiry-send", schema::<inquiry::SentJson<'_>>()),
        ("inquiry-status", schema::<inquiry::StandingJson<'_>>()),
        ("kpi", schema::<kpi::KpiJson<'_>>()),
        ("kpi-compare-methods", schema::<kpi::methods::MethodsJson<'_>>()),
        ("kpi-mismatch", schema::<kpi::methods::MismatchesJson<'_>>()),
        ("log", schema::<log::LogJson<'_>>()),
        ("opendata-check", schema::<readable::ReadableJson>()),
        ("opinion-import", schema::<opinion::imported::OpinionsImportJson<'_>>()),
        ("opinion-list", schema::<opinion::machine::OpinionsJson<'_>>()),
        ("opinion-show", schema::<opinion::thread::ThreadJson<'_>>()),
        ("plans", schema::<plans::PlansJson<'_>>()),
        ("report-council", schema::<council::machine::CouncilJson<'_>>()),
        ("report-opinions", schema::<opinion::machine::OpinionsJson<'_>>()),
        ("report-questions", schema::<questions::QuestionsJson<'_>>()),
        ("roadmap", schema::<roadmap::machine::RoadmapJson<'_>>()),
        ("rollover", schema::<rollover::RolloverJson<'_>>()),
        ("show", schema::<show::ShowJson<'_>>()),
        ("status", schema::<status::machine::StatusJson<'_>>()),
        ("verify", schema::<verify::VerifyJson<'_>>()),
    ]
}

fn schema<T: JsonSchema>() -> Json {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    let root = schema.as_object_mut().unwrap();
    root.shift_remove("title");
    schema
}

/// Names without the ending that tells types of outputs from those of the model, descriptions in two languages, and
/// words of an enum as one list. Nothing else than what is described may stand in an object.
fn tidy(schema: &mut Json) {
    match schema {
        Json::Array(all) => all.iter_mut().for_each(tidy),
        Json::Object(map) => {
            words(map);
            describe(map);
            if let Some(Json::String(target)) = map.get_mut("$ref") {
                *target = plain(target).to_owned();
            }
            if let Some(Json::Object(types)) = map.get_mut("$defs") {
                *types = std::mem::take(types).into_iter().map(|(name, t)| (plain(&name).to_owned(), t)).collect();
            }
            map.values_mut().for_each(tidy);
        }
        _ => {}
    }
}

fn plain(name: &str) -> &str {
    name.strip_suffix("Json").unwrap_or(name)
}

/// `日本語 || English`: the description and what stands beside it for readers of Japanese.
fn describe(map: &mut Map<String, Json>) {
    let Some(Json::String(text)) = map.get("description") else { return };
    let sides = text.split_once("||").map(|(ja, en)| (ja.trim().to_owned(), en.trim().to_owned()));
    match sides {
        Some((ja, en)) => {
            map.insert("description".into(), en.into());
            map.insert("x-description-ja".into(), ja.into());
        }
        // Of a type of the model, whose comments are for whoever reads the code.
        None => {
            map.shift_remove("description");
        }
    }
}

/// The variants of an enum as one list of words.
fn words(map: &mut Map<String, Json>) {
    let Some(Json::Array(variants)) = map.get("oneOf") else { return };
    let word = |variant: &Json| variant.get("const").cloned();
    if let Some(words) = variants.iter().map(word).collect::<Option<Vec<_>>>() {
        map.shift_remove("oneOf");
        map.insert("type".into(), "string".into());
        map.insert("enum".into(), words.into());
    }
}

#[test]
fn the_schemas_that_ship_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/schema");
    let mut stale = Vec::new();
    for (name, schema) in schemas() {
        let (path, text) = (folder.join(format!("{name}.json")), format!("{schema:#}\n"));
        if std::env::var_os("KAIKAKU_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(path, text).unwrap();
        } else if fs::read_to_string(path).ok() != Some(text) {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "KAIKAKU_BLESS=1 cargo test --lib schema renews {stale:?}");
    let shipped = fs::read_dir(&folder).unwrap().count();
    assert_eq!(shipped, schemas().len(), "a schema of no output is shipped");
}

/// Every key of every object says in both languages what it is.
#[test]
fn every_key_is_described() {
    fn look(name: &str, schema: &Json) {
        if let Some(Json::Object(properties)) = schema.get("properties") {
            for (key, property) in properties.iter().filter(|(key, _)| *key != "schema") {
                let described = |side: &str| property.get(side).and_then(Json::as_str).is_some_and(|t| !t.is_empty());
                assert!(described("description") && described("x-description-ja"), "{name}: {key}");
            }
        }
        match schema {
            Json::Object(map) => map.values().for_each(|inner| look(name, inner)),
            Json::Array(all) => all.iter().for_each(|inner| look(name, inner)),
            _ => {}
        }
    }
    schemas().iter().for_each(|(name, schema)| look(name, schema));
    assert_eq!(json!(Version), 1);
}
