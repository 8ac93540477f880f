//! What comes with a file: a data package, a page of explanations, a code table.

use serde_json::Value as Json;

use super::plain;

/// What comes with a file.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The resource of a data package that is about the file.
    resource: Option<Json>,
    /// The package as a whole.
    package: Option<Json>,
    /// The texts of pages of explanations, and of sheets of them.
    texts: Vec<String>,
    /// Whether a table of codes is there.
    has_codes: bool,
}

/// Words of names of files and sheets that explain others.
const EXPLAIN: [&str; 13] = [
    "readme",
    "metadata",
    "メタデータ",
    "定義",
    "説明",
    "凡例",
    "データ項目",
    "注記",
    "利用上の注意",
    "fields",
    "dictionary",
    "項目一覧",
    "about",
];

/// Words of names of files and sheets of codes.
const CODES: [&str; 4] = ["コード表", "コード一覧", "符号表", "区分一覧"];

impl Beside {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a file or sheet of this name explains others.
    pub fn explains(name: &str) -> bool {
        let name = name.to_lowercase();
        EXPLAIN.iter().any(|word| name.contains(word))
    }

    /// Whether a file or sheet of this name is a table of codes.
    pub fn is_of_codes(name: &str) -> bool {
        let name = name.to_lowercase();
        let is_word = |part: &str| ["code", "codes", "codelist"].contains(&part);
        CODES.iter().any(|word| name.contains(word)) || name.split(|c: char| !c.is_ascii_alphanumeric()).any(is_word)
    }

    /// Whether a file of this name is asked for its text.
    pub fn is_read(name: &str) -> bool {
        let lower = name.to_lowercase();
        let is_text = [".md", ".txt", ".json", ".html", ".csv"].iter().any(|ending| lower.ends_with(ending));
        lower == "datapackage.json" || lower.ends_with("-metadata.json") || is_text && Self::explains(name)
    }

    /// Takes a file that lies beside `file`: its name, and its text where it [is read](Self::is_read).
    pub fn take(&mut self, file: &str, name: &str, text: Option<&str>) {
        self.has_codes |= name != file && Self::is_of_codes(name);
        let Some(text) = text.filter(|_| name != file) else { return };
        if name.to_lowercase() == "datapackage.json"
            && let Ok(package) = serde_json::from_str::<Json>(text)
        {
            let resources = package["resources"].as_array().cloned().unwrap_or_default();
            let is_own =
                |resource: &Json| resource["path"].as_str().is_some_and(|path| path.rsplit('/').next() == Some(file));
            self.has_codes |= resources.iter().any(|resource| resource["name"].as_str().is_some_and(Self::is_of_codes));
            self.resource = resources.into_iter().find(is_own);
            self.package = self.resource.is_some().then_some(package);
        } else if name.to_lowercase().ends_with("-metadata.json")
            && !name.starts_with(file.rsplit_once('.').map_or(file, |(stem, _)| stem))
        {
            // That of another file.
        } else {
            self.texts.push(plain(text));
        }
    }

    /// Takes a sheet that explains the others, or is a table of codes.
    pub fn take_sheet(&mut self, name: &str, text: String) {
        self.has_codes |= Self::is_of_codes(name);
        self.texts.push(plain(&text));
    }

    fn field(&self, heading: &str) -> Option<&Json> {
        let fields = self.resource.as_ref()?["schema"]["fields"].as_array()?;
        fields.iter().find(|field| field["name"] == heading || field["title"] == heading)
    }

    fn says(&self, words: &[&str]) -> bool {
        self.texts.iter().any(|text| words.iter().any(|word| text.contains(&word.to_lowercase())))
    }

    /// Whether it says that a blank cell of a column means that there is no value.
    pub fn defines_blank(&self, heading: &str) -> bool {
        let missing = |at: &Json| {
            at["missingValues"].as_array().is_some_and(|all| all.iter().any(|one| one == "" || one["value"] == ""))
        };
        self.field(heading)
            .is_some_and(|field| missing(field) || self.resource.as_ref().is_some_and(|own| missing(&own["schema"])))
            || self.says(&["空欄は値がない", "空欄は欠測", "空欄は未", "blank means", "empty cell"])
    }

    /// Whether it defines a mark that stands for no number.
    pub fn defines_mark(&self, mark: &str) -> bool {
        let missing = |at: &Json| {
            at["missingValues"].as_array().is_some_and(|all| all.iter().any(|one| one == mark || one["value"] == mark))
        };
        let in_package = self.resource.as_ref().is_some_and(|own| {
            missing(&own["schema"])
                || own["schema"]["fields"].as_array().is_some_and(|fields| fields.iter().any(missing))
        });
        let mark = plain(mark);
        let quoted = [
            format!("「{mark}」"),
            format!("\"{mark}\""),
            format!("`{mark}`"),
            format!("{mark} は"),
            format!("{mark}は"),
            format!("{mark}:"),
            format!("{mark} :"),
        ];
        in_package || self.texts.iter().any(|text| quoted.iter().any(|quoted| text.contains(quoted)))
    }

    /// Whether it says that the table has no rows.
    pub fn says_rowless(&self) -> bool {
        self.resource.as_ref().is_some_and(|own| own["rowCount"] == 0) || self.says(&["該当なし", "no rows"])
    }

    /// The fields that make a row differ from all others; none where a data package says nothing of it.
    pub fn key(&self) -> Vec<&str> {
        match self.resource.as_ref().map(|own| &own["schema"]["primaryKey"]) {
            Some(Json::String(one)) => vec![one.as_str()],
            Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The fields that a data package describes, by their names, and whether each has to have a value.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        let fields = self.resource.as_ref().and_then(|own| own["schema"]["fields"].as_array());
        fields.into_iter().flatten().filter_map(|field| {
            let name = field["name"].as_str()?;
            Some((name, field["title"].as_str().unwrap_or(name), field["constraints"]["required"] == true))
        })
    }

    /// Whether it states the unit of a column.
    pub fn states_unit(&self, heading: &str) -> bool {
        let words = |value: &Json| {
            value.as_str().is_some_and(|text| text.contains("単位") || text.to_lowercase().contains("unit"))
        };
        let in_package = self.field(heading).is_some_and(|field| {
            field.get("unit").is_some()
                || field.get("unitField").is_some()
                || words(&field["description"])
                || words(&field["title"])
        });
        let heading = plain(heading);
        let about = |text: &String| {
            text.lines().any(|line| line.contains(&heading) && (line.contains("単位") || line.contains("unit")))
        };
        in_package || !heading.is_empty() && self.texts.iter().any(about)
    }

    /// Whether it says which area the data are of.
    pub fn states_area(&self) -> bool {
        self.package
            .as_ref()
            .is_some_and(|package| package["spatial"]["name"].is_string() || package["spatial"].is_string())
    }

    /// Whether a table of codes is there, or the codes of a column are listed.
    pub fn has_codes(&self, heading: &str) -> bool {
        let listed = self
            .field(heading)
            .is_some_and(|field| field["constraints"]["enum"].is_array() || field["categories"].is_array());
        self.has_codes || listed || self.says(&["コード表", "code list", "code table"])
    }

    /// Whether anything explains the file.
    pub fn is_explained(&self) -> bool {
        self.resource.is_some() || !self.texts.is_empty()
    }

    /// Whether it explains a column.
    pub fn explains_column(&self, heading: &str) -> bool {
        let plain = plain(heading);
        self.field(heading).is_some() || self.texts.iter().any(|text| text.contains(plain.trim()))
    }

    /// Whether it states the encoding of CSV.
    pub fn states_encoding(&self) -> bool {
        self.resource.as_ref().is_some_and(|own| own["encoding"].is_string())
            || self.says(&["utf-8", "utf8", "shift_jis", "shift-jis", "シフトjis", "cp932", "ms932"])
    }

    /// Whether it tells of changes of the layout.
    pub fn tells_changes(&self) -> bool {
        self.package.as_ref().is_some_and(|package| package["layoutChanges"].is_array())
            || self.says(&["項目の変更", "構成の変更", "変更履歴", "変更の履歴", "layout change"])
    }
}
