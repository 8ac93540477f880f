//! Holds a document against a JSON Schema, as far as the schemas that ship go: they are made of types, and use a dozen
//! keywords. A validator for all of the specification takes longer to compile than the rest of the tests (jsonschema 64
//! and boon 35 seconds of a core against this). A keyword that is not known here is an error, so nothing passes unread.

use serde_json::{Map, Value as Json};

/// What is wrong with `document`, with the place of each; nothing where it is what `schema` says.
pub fn wrong(schema: &Json, document: &Json) -> Vec<String> {
    let mut found = Vec::new();
    Validator { root: schema }.hold(schema, document, "", &mut found);
    found
}

struct Validator<'s> {
    root: &'s Json,
}

impl Validator<'_> {
    fn hold(&self, schema: &Json, value: &Json, at: &str, found: &mut Vec<String>) {
        let map = match schema {
            Json::Bool(true) => return,
            Json::Object(map) => map,
            other => panic!("no schema: {other}"),
        };
        for (keyword, rule) in map {
            let holds = match keyword.as_str() {
                "$defs" | "$schema" | "description" | "x-description-ja" | "format" | "required" => true,
                "$ref" => {
                    self.hold(self.part(rule), value, at, found);
                    true
                }
                "type" => is_of(rule, value),
                "const" => rule == value,
                "enum" => rule.as_array().unwrap().contains(value),
                "minimum" => number(value) >= number(rule),
                "maximum" => number(value) <= number(rule),
                "items" => {
                    let items = value.as_array().into_iter().flatten().enumerate();
                    items.for_each(|(i, item)| self.hold(rule, item, &format!("{at}/{i}"), found));
                    true
                }
                "properties" | "additionalProperties" => true,
                "anyOf" => {
                    let added = map.contains_key("properties");
                    rule.as_array().unwrap().iter().any(|choice| self.holds(choice, value, added))
                }
                other => panic!("the validator does not know the keyword {other}"),
            };
            if !holds {
                found.push(format!("{at}: {keyword} {rule}: {value:.100}"));
            }
        }
        if let Json::Object(object) = value {
            self.keys(map, object, at, found);
        }
    }

    /// Whether a value is one choice; one that adds keys to an object says nothing of the object's own.
    fn holds(&self, choice: &Json, value: &Json, added: bool) -> bool {
        let (mut found, choice) = (Vec::new(), choice.get("$ref").map_or(choice, |target| self.part(target)));
        let own = value.as_object().filter(|_| added).map(|object| {
            let shown = |key: &str| choice.get("properties").is_some_and(|all| all.get(key).is_some());
            object.iter().filter(|(key, _)| shown(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
        });
        self.hold(choice, own.as_ref().unwrap_or(value), "", &mut found);
        found.is_empty()
    }

    fn part(&self, target: &Json) -> &Json {
        self.root.pointer(target.as_str().unwrap().trim_start_matches('#')).unwrap()
    }

    /// Every key that must be there is, and what is there is what its property or the rest says.
    fn keys(&self, schema: &Map<String, Json>, object: &Map<String, Json>, at: &str, found: &mut Vec<String>) {
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
        found.extend(required.filter(|key| !object.contains_key(*key)).map(|key| format!("{at}: {key} is missing")));
        let properties = schema.get("properties").and_then(Json::as_object);
        // What is added to an object by kind has keys of its own beside those of the object.
        let is_closed = properties.is_some() && !schema.contains_key("anyOf");
        for (key, value) in object {
            let place = format!("{at}/{key}");
            match properties.and_then(|all| all.get(key)).or_else(|| schema.get("additionalProperties")) {
                Some(rule) => self.hold(rule, value, &place, found),
                None if is_closed => found.push(format!("{place}: not in the schema")),
                None => {}
            }
        }
    }
}

fn number(value: &Json) -> f64 {
    value.as_f64().unwrap_or_default()
}

/// Whether a value is of one of the types.
fn is_of(types: &Json, value: &Json) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_number().is_some_and(|n| n.is_i64() || n.is_u64()),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type of JSON: {other}"),
    };
    match types {
        Json::String(one) => is(one),
        Json::Array(several) => several.iter().filter_map(Json::as_str).any(is),
        other => panic!("no type of JSON: {other}"),
    }
}
