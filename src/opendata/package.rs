//! `datapackage.json`: the tables described for programs (Data Package v2).

use serde_json::{Value as Json, json};

use super::field::{Field, Kind, OpenTable, OpenValue};
use super::files::{About, TableFile, TableFormat};
use super::{LAYOUT, layout_changes};

/// The text of `datapackage.json`.
pub fn text(about: &About<'_>, tables: &[&OpenTable], files: &[TableFile<'_>]) -> String {
    let (plan, lang) = (about.plan, about.wanted.lang);
    let sources = plan.sources.iter().map(|source| json!({ "title": &*source.title, "path": "sources.csv" }));
    let changes = layout_changes();
    let changes = changes.iter().map(|(version, what)| json!({ "version": version, "description": what.text(lang) }));
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": plan.head.id.as_str().to_lowercase(),
        "title": super::readme::title(about),
        "description": super::readme::summary(about),
        "version": LAYOUT,
        "created": format!("{}T00:00:00+09:00", about.day()),
        "asOf": about.day(),
        "keywords": super::catalogue::keywords(about),
        "contributors": [{ "title": about.publisher(), "roles": ["publisher"] }],
        "spatial": {
            "name": plan.head.official_city(),
            "localGovernmentCode": plan.head.city_code.as_ref().map(|code| code.as_str().to_owned()),
        },
        "layoutChanges": changes.collect::<Vec<_>>(),
        "resources": files.iter().map(|file| resource(about, tables, file)).collect::<Vec<_>>(),
    });
    if let Some(licence) = about.wanted.licence {
        let (ja, en) = licence.title();
        let path = licence.address();
        package["licenses"] = json!([{ "name": licence.id(), "title": lang.pick(ja, en), "path": path }]);
    }
    let sources: Vec<Json> = sources.collect();
    if let Some(page) = &about.wanted.page {
        package["homepage"] = page.clone().into();
    }
    if let (Some(package), false) = (package.as_object_mut(), sources.is_empty()) {
        // A file that a package names must be there.
        let has_csv = files.iter().any(|file| file.name == "sources.csv");
        let named =
            sources.into_iter().map(|source| if has_csv { source } else { json!({ "title": source["title"] }) });
        package.insert("sources".to_owned(), Json::Array(named.collect()));
    }
    pretty(&package)
}

/// JSON as people read it, with a line end.
pub fn pretty(json: &Json) -> String {
    format!("{json:#}\n")
}

fn resource(about: &About<'_>, tables: &[&OpenTable], file: &TableFile<'_>) -> Json {
    let (lang, table) = (about.wanted.lang, file.table);
    let is_csv = file.format == TableFormat::Csv;
    let name = if is_csv { table.name.clone() } else { format!("{}-{}", table.name, file.format.extension()) };
    let mut resource = json!({
        "name": name.replace('_', "-"),
        "path": file.name,
        "type": "table",
        "title": table.title(lang),
        "description": table.meaning(lang),
        "format": file.format.extension(),
        "mediatype": file.format.media_type(),
        "bytes": file.bytes.len(),
        "rowCount": table.rows.len(),
        "hash": format!("sha256:{}", file.hash),
        "schema": {
            "fields": table.fields.iter().map(|field| described(field, tables, lang)).collect::<Vec<_>>(),
            "primaryKey": table.key,
            "missingValues": [""],
        },
    });
    if let (Some(resource), true) = (resource.as_object_mut(), is_csv) {
        resource.insert("encoding".to_owned(), about.encoding().into());
        resource.insert("encodingNote".to_owned(), about.encoding_in_words().into());
        resource.insert("dialect".to_owned(), json!({ "delimiter": ",", "lineTerminator": "\r\n", "header": true }));
    }
    resource
}

fn described(field: &Field, tables: &[&OpenTable], lang: crate::lang::Lang) -> Json {
    let mut constraints = json!({ "required": field.required });
    let mut described = json!({
        "name": field.name,
        "title": field.title(lang),
        "description": field.meaning(lang),
        "type": field.kind.key(),
    });
    if let Kind::Code(list) = field.kind {
        constraints["enum"] = codes(tables, list).into();
        described["codeList"] = list.into();
    }
    if matches!(field.kind, Kind::Number) {
        described["unitField"] = "unit".into();
    }
    described["constraints"] = constraints;
    described
}

/// The codes of a list, each once, as the table of codes has them.
fn codes(tables: &[&OpenTable], list: &str) -> Vec<String> {
    let Some(table) = tables.iter().find(|table| table.name == "codes") else { return Vec::new() };
    let mut codes: Vec<String> = Vec::new();
    for row in table.rows.iter().filter(|row| *table.value(row, "code_list") == OpenValue::code(list)) {
        let code = table.value(row, "code").written().to_string();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}
