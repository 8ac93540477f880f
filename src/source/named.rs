//! One name, one thing: what is asked for by a name or an id.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::fields::advice::brief;
use crate::fields::{Fields, Text};
use crate::finding::{Code, Finding};
use crate::lang::Say;
use crate::plan::id::Id;
use crate::say;
use crate::text::fold::fold;
use crate::text::same::name_key;

/// Something that is asked for by its name, and perhaps by its id.
pub struct Named<'t> {
    id: Option<Text<'t>>,
    name: Text<'t>,
}

impl<'t> Named<'t> {
    /// Those of these tables that have a name.
    pub fn all<'a>(tables: impl IntoIterator<Item = &'a Fields<'t>>) -> Vec<Self>
    where
        't: 'a,
    {
        let text = |table: &Fields<'t>, key: &str| {
            let node = table.raw().get(key)?;
            Some(Text { text: node.as_str()?, span: node.span() })
        };
        let named = |table| Some(Self { id: text(table, "id"), name: text(table, "name")? });
        tables.into_iter().filter_map(named).collect()
    }

    /// The same, where tables of one id are versions of one thing: of those that share a name, too, the first.
    pub fn of_versions(tables: &[Fields<'t>]) -> Vec<Self> {
        let mut met = HashMap::new();
        let mut all = Self::all(tables);
        all.retain(|one| met.insert((one.id.as_ref().map(|id| id.text), name_key(one.name.text)), ()).is_none());
        all
    }

    /// What has a name and no id.
    pub fn without_id(name: Text<'t>) -> Self {
        Self { id: None, name }
    }
}

/// Whatever is asked for by name or id is one thing: no two have the same name, and none has for its name the id of another.
/// What differs in case, width or spaces alone looks the same on a paper, and is the same here.
pub fn named_once(fields: &Fields<'_>, all: &[Named<'_>]) {
    let mut ids: HashMap<String, &Text<'_>> = HashMap::new();
    for id in all.iter().filter_map(|named| named.id.as_ref()) {
        let first = *ids.entry(look(id.text)).or_insert(id);
        if exact(first.text) != exact(id.text) {
            alike(fields, id, first);
        }
    }
    let mut names: HashMap<String, &Text<'_>> = HashMap::new();
    for Named { id, name } in all {
        let shown = brief(name.text);
        let called = look(name.text);
        let first = *names.entry(called.clone()).or_insert(name);
        if name_key(first.text) != name_key(name.text) {
            alike(fields, name, first);
        } else if first.span != name.span {
            let message = say!("名称「{shown}」が二つあります", "the name `{shown}` is there twice");
            let help = say!("名称を変えるか、一つを消してください", "rename or delete one of them");
            twice(fields, name.span.clone(), first.span.clone(), message, help);
        }
        let is_own = id.as_ref().is_some_and(|id| look(id.text) == called);
        if let Some(id) = ids.get(&called).filter(|_| !is_own) {
            let message = say!(
                "名称「{shown}」は、別のものの id でもあります",
                "the name `{shown}` is the id of another one, too"
            );
            let help = say!("名称か id を変えてください", "change the name or the id");
            twice(fields, name.span.clone(), id.span.clone(), message, help);
        }
    }
}

/// What an eye makes of a name: small letters of one width, without spaces.
fn look(text: &str) -> String {
    fold(&name_key(text)).split_whitespace().collect::<String>().to_lowercase()
}

/// An id as records may write it: in letters of any width.
fn exact(id: &str) -> Cow<'_, str> {
    Id::parse(id).map_or_else(|_| name_key(id), |id| Cow::Owned(id.as_str().to_owned()))
}

fn alike(fields: &Fields<'_>, one: &Text<'_>, first: &Text<'_>) {
    let (shown, other) = (brief(one.text), brief(first.text));
    let message = say!(
        "「{shown}」と「{other}」は、大文字と小文字、全角と半角又は空白が違うだけです",
        "`{shown}` differs from `{other}` only in case, width or spaces"
    );
    let help =
        say!("一目で違うと分かる名称にしてください", "give one of them a name that can be told apart at a glance");
    twice(fields, one.span.clone(), first.span.clone(), message, help);
}

/// Notes that something is there twice.
pub fn twice(fields: &Fields<'_>, span: Range<usize>, first: Range<usize>, message: Say, help: Say) {
    let file = fields.findings().file;
    let finding = Finding::new(Code::DuplicateId, file, span, message, help);
    fields.findings().push(finding.related(file, first, say!("一つ目", "the first one")));
}
