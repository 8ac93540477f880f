//! What catalogues take: a dataset in DCAT-AP (JSON-LD), and one for CKAN.

use serde_json::{Value as Json, json};

use super::LAYOUT;
use super::files::{About, TableFile};
use super::licence::Licence;
use super::package::pretty;
use super::readme::{summary, title};
use crate::plan::period::Cycle;

/// Words by which the data are found.
pub fn keywords(about: &About<'_>) -> Vec<String> {
    let own = about
        .wanted
        .lang
        .pick(["行政改革", "進捗状況", "検証指標"], ["administrative reform", "progress", "indicators"]);
    own.map(str::to_owned).into_iter().chain([about.plan.head.name.to_string()]).collect()
}

/// How often the data are renewed, by the words of the EU for it.
fn frequency(cycle: Cycle) -> &'static str {
    match cycle {
        Cycle::Month => "http://publications.europa.eu/resource/authority/frequency/MONTHLY",
        Cycle::Quarter => "http://publications.europa.eu/resource/authority/frequency/QUARTERLY",
        Cycle::Half => "http://publications.europa.eu/resource/authority/frequency/ANNUAL_2",
        Cycle::Year => "http://publications.europa.eu/resource/authority/frequency/ANNUAL",
    }
}

/// The dataset in DCAT-AP.
pub fn dcat(about: &About<'_>, files: &[TableFile<'_>], licence: Licence) -> String {
    let (head, lang) = (&about.plan.head, about.wanted.lang);
    let tag = lang.pick("ja", "en");
    let said = |text: String| json!({ "@language": tag, "@value": text });
    let day = |day: String| json!({ "@type": "xsd:date", "@value": day });
    let distribution = |file: &TableFile<'_>| {
        json!({
            "@type": "dcat:Distribution",
            "dct:title": said(file.table.title(lang).to_owned()),
            "dct:description": said(file.table.meaning(lang).to_owned()),
            "dcat:accessURL": { "@id": about.address_of(&file.name) },
            "dcat:downloadURL": { "@id": about.address_of(&file.name) },
            "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{}", file.format.media_type()) },
            "dcat:byteSize": { "@type": "xsd:nonNegativeInteger", "@value": file.bytes.len().to_string() },
            "dct:license": { "@id": licence.address() },
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" },
                "spdx:checksumValue": { "@type": "xsd:hexBinary", "@value": file.hash },
            },
        })
    };
    let spatial = |code: &crate::plan::area::AreaCode| json!({ "@type": "dct:Location", "dct:identifier": code.as_str(), "skos:prefLabel": head.official_city() });
    let mut dataset = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
            "spdx": "http://spdx.org/rdf/terms#", "owl": "http://www.w3.org/2002/07/owl#",
            "skos": "http://www.w3.org/2004/02/skos/core#",
        },
        "@type": "dcat:Dataset",
        "@id": about.address_of(&format!("#{}", head.id)),
        "dct:identifier": head.id.as_str(),
        "dct:title": said(title(about)),
        "dct:description": said(summary(about)),
        "dct:publisher": { "@type": "foaf:Agent", "foaf:name": about.publisher() },
        "dct:modified": day(about.day()),
        "dct:language": { "@id": "http://publications.europa.eu/resource/authority/language/JPN" },
        "dct:accrualPeriodicity": { "@id": frequency(head.cycle) },
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": day(day_text(head.from.first_day())),
            "dcat:endDate": day(day_text(head.to.last_day())),
        },
        "dct:spatial": head.city_code.as_ref().map(spatial),
        "dct:license": { "@id": licence.address() },
        "dcat:keyword": keywords(about).into_iter().map(said).collect::<Vec<_>>(),
        "owl:versionInfo": LAYOUT,
        "dcat:distribution": files.iter().map(distribution).collect::<Vec<_>>(),
    });
    if let Some(page) = &about.wanted.page {
        dataset["dcat:landingPage"] = json!({ "@id": page });
    }
    if let Some(contact) = &about.wanted.contact {
        dataset["dcat:contactPoint"] = json!({ "@type": "vcard:Organization", "vcard:fn": contact });
    }
    pretty(&without_nulls(dataset))
}

fn day_text(day: chrono::NaiveDate) -> String {
    super::OpenValue::from(day).written()
}

/// A catalogue takes what is there.
fn without_nulls(mut json: Json) -> Json {
    if let Some(object) = json.as_object_mut() {
        object.retain(|_, value| !value.is_null());
    }
    json
}

/// The dataset for CKAN, as its `package_create` takes it.
pub fn ckan(about: &About<'_>, files: &[TableFile<'_>], licence: Licence) -> String {
    let (head, lang) = (&about.plan.head, about.wanted.lang);
    let resource = |file: &TableFile<'_>| {
        json!({
            "name": file.table.title(lang),
            "description": file.table.meaning(lang),
            "url": about.address_of(&file.name),
            "format": file.format.extension().to_uppercase(),
            "mimetype": file.format.media_type(),
            "size": file.bytes.len(),
            "hash": file.hash,
        })
    };
    let extras = [
        ("as_of", about.day()),
        ("layout_version", LAYOUT.to_owned()),
        ("encoding", about.encoding_in_words().to_owned()),
        ("local_government_code", head.city_code.map(|code| code.to_string()).unwrap_or_default()),
        ("area_name", head.official_city().unwrap_or_default()),
        ("license_url", licence.address().to_owned()),
    ];
    let extras = extras.into_iter().filter(|(_, value)| !value.is_empty());
    // A tag holds letters, digits, spaces and a few signs.
    let tag = |word: String| {
        word.chars().map(|c| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { ' ' }).collect::<String>()
    };
    let mut dataset = json!({
        "name": head.id.as_str().to_lowercase(),
        "title": title(about),
        "notes": summary(about),
        "license_id": licence.ckan_id(),
        "license_title": lang.pick(licence.title().0, licence.title().1),
        "author": about.publisher(),
        "maintainer": about.wanted.contact.clone().unwrap_or_else(|| about.publisher()),
        "version": LAYOUT,
        "private": false,
        "tags": keywords(about).into_iter().map(|word| json!({ "name": tag(word) })).collect::<Vec<_>>(),
        "extras": extras.map(|(key, value)| json!({ "key": key, "value": value })).collect::<Vec<_>>(),
        "resources": files.iter().map(resource).collect::<Vec<_>>(),
    });
    if let Some(page) = &about.wanted.page {
        dataset["url"] = page.clone().into();
    }
    pretty(&dataset)
}
