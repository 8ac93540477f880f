//! Which plans are meant: those of the workspace, or those that `--from` names.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

use super::super::Context;
use crate::dataset::Key;
use crate::failure::Failure;
use crate::git::Repository;
use crate::plan::area::AreaCode;
use crate::plan::id::Id;
use crate::source::workspace::{PlanFolder, Workspace};
use crate::text::paths::Slashed;
use crate::workbook::csv::text;
use crate::{say, store};

/// A plan that is to be exported.
#[derive(Debug)]
pub struct Input {
    /// As it is named to the person.
    pub shown: String,
    /// Where it is looked for.
    place: Place,
    /// What tells it from other plans, as far as its own file says it.
    pub key: Option<Key>,
    /// Why it cannot be exported, where that is known before it is read.
    pub refused: Option<Failure>,
}

/// Where a plan is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Place {
    /// The folder that was named; `None` for the workspace that commands are about.
    folder: Option<PathBuf>,
    /// The revision.
    rev: Option<String>,
    /// The plan, by the name of its folder; `None` for the one there is.
    plan: Option<String>,
}

impl Input {
    /// The workspace and the folder of the plan.
    ///
    /// # Errors
    /// When there is none, or no such revision.
    pub fn open(&self, context: &Context) -> Result<(Workspace, PlanFolder), Failure> {
        let workspace = self.place.workspace(context)?;
        let folder = workspace.plan(self.place.plan.as_deref())?;
        Ok((workspace, folder))
    }
}

impl Place {
    /// The same, however its folder was named.
    fn resolved(&self, context: &Context) -> Self {
        let folder = self.folder.as_deref().map(|folder| context.world.cwd.join(folder));
        let folder = folder.map(|folder| folder.canonicalize().unwrap_or(folder));
        Self { folder, ..self.clone() }
    }

    fn shown(&self) -> String {
        let folder = self.folder.as_deref().map(|folder| folder.slashed()).unwrap_or_default();
        let plan = self.plan.as_deref().unwrap_or_default();
        let path = [folder.trim_end_matches('/'), plan]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("/");
        match &self.rev {
            Some(rev) => format!("{path} @ {rev}"),
            None => path,
        }
    }

    /// The same of a plan that was found there.
    fn shown_plan(&self, workspace: &Workspace, plan: &PlanFolder) -> String {
        let (Some(folder), Some(rev), Some(past)) = (&self.folder, &self.rev, &workspace.past) else {
            return plan.shown.slashed();
        };
        let own = plan.path.strip_prefix(&past.repository.prefix).unwrap_or(&plan.path);
        format!("{} @ {rev}", folder.join(own).slashed().trim_end_matches('/'))
    }

    /// The plans there. Nowhere else is looked for them: the plan of another folder would be exported in its name.
    fn workspace(&self, context: &Context) -> Result<Workspace, Failure> {
        let Some(folder) = &self.folder else { return context.workspace() };
        let cwd = &context.world.cwd;
        if !store::is_folder(&cwd.join(folder))? {
            return Err(no_folder(folder));
        }
        let found = match &self.rev {
            None => {
                let start = cwd.join(folder);
                Workspace::find_any(Some(folder), cwd)?.filter(|found| found.root.starts_with(&start))
            }
            Some(rev) => {
                let repository = Repository::around(&cwd.join(folder))?;
                let prefix = repository.prefix.clone();
                Some(Workspace::of_revision(repository, rev, true)?).filter(|found| found.root.starts_with(&prefix))
            }
        };
        found.ok_or_else(|| no_plan(folder))
    }
}

/// Every plan that is meant, in the order it was named; two that cannot be told apart are both refused.
///
/// # Errors
/// When a pattern or list names nothing, or there is no plan at all.
pub fn all(context: &Context, from: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut places = Vec::new();
    if from.is_empty() {
        places.push(Place { rev: None, plan: context.globals.plan.clone(), folder: None });
    }
    for path in from {
        places.extend(named(context, path)?);
    }
    let mut inputs: Vec<Input> = places.into_iter().flat_map(|place| plans_of(context, place)).collect();
    // A pattern and a list may name the same plan: it is no other one.
    let mut met = HashSet::new();
    inputs.retain(|input| met.insert(input.place.resolved(context)));
    refuse_namesakes(&mut inputs);
    Ok(inputs)
}

/// What one `--from` names: folders, or the lines of a list.
fn named(context: &Context, path: &Path) -> Result<Vec<Place>, Failure> {
    let (cwd, globals) = (&context.world.cwd, &context.globals);
    let place = |folder: PathBuf| Place { folder: Some(folder), rev: globals.rev.clone(), plan: globals.plan.clone() };
    if path.to_string_lossy().contains(['*', '?']) {
        let found = matching(cwd, path)?;
        let shown = path.slashed();
        if found.is_empty() {
            return Err(Failure::new(
                say!("{shown} に当てはまるフォルダーがありません", "no folder matches {shown}"),
                say!("--from の型を確かめてください", "check the pattern of --from"),
            ));
        }
        return Ok(found.into_iter().map(place).collect());
    }
    if store::is_folder(&cwd.join(path))? {
        return Ok(vec![place(path.to_owned())]);
    }
    let shown = path.slashed();
    let missing = || {
        Failure::new(
            say!("{shown} がありません", "there is no {shown}"),
            say!(
                "--from にはフォルダー、型、一覧のファイルを書いてください",
                "give --from a folder, a pattern or a list file"
            ),
        )
    };
    let bytes = store::read(&cwd.join(path))?.ok_or_else(missing)?;
    if path.extension().is_some_and(|extension| extension == "toml") {
        return Err(Failure::new(
            say!("{shown} は計画の一覧ではありません", "{shown} is no list of plans"),
            say!("--from には、そのファイルのあるフォルダーを書いてください", "give --from the folder that it lies in"),
        ));
    }
    list(&bytes, path, &place, &|folder| store::is_folder(&cwd.join(folder)))
}

/// The plans of a list: `path,rev,plan` a line, of which the last two may be left out. Paths are from the list's own folder.
fn list(
    bytes: &[u8],
    file: &Path,
    place: &dyn Fn(PathBuf) -> Place,
    is_folder: &dyn Fn(&Path) -> Result<bool, Failure>,
) -> Result<Vec<Place>, Failure> {
    let unread = |ja: &str, en: &str| {
        let shown = file.slashed();
        Failure::new(
            say!("{shown} を一覧として読み取れません：{ja}", "cannot read {shown} as a list: {en}"),
            say!("1行に path,rev,plan と書いてください", "write path,rev,plan a line"),
        )
    };
    // As Excel saves it.
    let text = text(bytes).map_err(|failure| unread(&failure.message.ja, &failure.message.en))?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let beside = file.parent().unwrap_or(Path::new(""));
    let mut places = Vec::new();
    for (at, line) in reader.records().enumerate() {
        let line = line.map_err(|error| unread(&error.to_string(), &error.to_string()))?;
        let cell = |at: usize| line.get(at).filter(|text| !text.is_empty());
        let Some(path) = cell(0) else { continue };
        // A folder may be called `path`.
        let is_heading = at == 0 && path == "path" && (cell(1) == Some("rev") || !is_folder(&beside.join(path))?);
        if is_heading {
            continue;
        }
        let own = place(beside.join(path));
        let (rev, plan) = (cell(1).map(str::to_owned).or(own.rev), cell(2).map(str::to_owned).or(own.plan));
        places.push(Place { folder: own.folder, rev, plan });
    }
    if places.is_empty() {
        let shown = file.slashed();
        return Err(Failure::new(
            say!("{shown} には計画がありません", "{shown} lists no plan"),
            say!("1行に path,rev,plan と書いてください", "write path,rev,plan a line"),
        ));
    }
    Ok(places)
}

/// The folders that a pattern matches, in order of name. `*` and `?` stand within one name.
fn matching(cwd: &Path, pattern: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = vec![PathBuf::new()];
    for part in pattern.components() {
        let name = part.as_os_str().to_string_lossy();
        let is_pattern = matches!(part, Component::Normal(_)) && name.contains(['*', '?']);
        let mut next = Vec::new();
        for folder in found {
            if !is_pattern {
                next.push(folder.join(part));
                continue;
            }
            for path in store::names(&cwd.join(&folder))? {
                let own = path.file_name().unwrap_or_default();
                let is_hidden = own.to_string_lossy().starts_with('.');
                if !is_hidden && is_like(&own.to_string_lossy(), &name) && store::is_folder(&path)? {
                    next.push(folder.join(own));
                }
            }
        }
        next.sort();
        found = next;
    }
    let is_there = |folder: PathBuf| store::is_folder(&cwd.join(&folder)).map(|is_there| is_there.then_some(folder));
    found.into_iter().filter_map(|folder| is_there(folder).transpose()).collect()
}

/// Whether a name is as a pattern says. What a `*` stands for is made longer only where what follows does not fit.
fn is_like(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    let (mut at, mut next, mut star) = (0, 0, None);
    while at < name.len() {
        match (pattern.get(next), star) {
            (Some('*'), _) => (next, star) = (next + 1, Some((next, at))),
            (Some(wanted), _) if *wanted == '?' || *wanted == name[at] => (at, next) = (at + 1, next + 1),
            (_, Some((place, from))) => (at, next, star) = (from + 1, place + 1, Some((place, from + 1))),
            (_, None) => return false,
        }
    }
    pattern[next..].iter().all(|sign| *sign == '*')
}

/// The plans of a place; where it cannot be read, one that says so.
fn plans_of(context: &Context, place: Place) -> Vec<Input> {
    let workspace = match place.workspace(context) {
        Ok(workspace) => workspace,
        Err(failure) => return vec![Input { shown: place.shown(), place, key: None, refused: Some(failure) }],
    };
    let names: Vec<Option<String>> = match (&place.plan, workspace.names.is_empty()) {
        (Some(name), _) => vec![Some(name.clone())],
        (None, true) => vec![None],
        (None, false) => workspace.names.iter().cloned().map(Some).collect(),
    };
    let input = |plan: Option<String>| {
        let place = Place { plan, ..place.clone() };
        match workspace.plan(place.plan.as_deref()) {
            Ok(folder) => {
                let shown = place.shown_plan(&workspace, &folder);
                let (key, refused) = match key(&workspace, &folder) {
                    Ok(key) => (key, None),
                    Err(failure) => (None, Some(failure)),
                };
                Input { shown, key, place, refused }
            }
            Err(failure) => Input { shown: place.shown(), place, key: None, refused: Some(failure) },
        }
    };
    names.into_iter().map(input).collect()
}

/// What a plan's own file says that it is; `None` where it does not say so as it should, which whoever reads it is told.
///
/// # Errors
/// When it cannot be read: nobody knows then whether another plan is the same.
fn key(workspace: &Workspace, folder: &PlanFolder) -> Result<Option<Key>, Failure> {
    let [id, code] = workspace.own_words(folder, ["id", "city-code"])?;
    let id = id.and_then(|id| Id::parse(&id).ok());
    let code = code.and_then(|code| AreaCode::parse(&code).ok());
    let key = |(id, code): (Id, AreaCode)| Key { city: code.as_str().to_owned(), plan: id.as_str().to_owned() };
    Ok(id.zip(code).map(key))
}

/// Refuses all plans of one city and id: nobody knows which of them is meant. On Windows ids that differ in case alone would be one
/// folder.
fn refuse_namesakes(inputs: &mut [Input]) {
    let mut known: HashMap<Key, Vec<usize>> = HashMap::new();
    for (at, input) in inputs.iter().enumerate() {
        known
            .entry(match &input.key {
                Some(key) => Key { plan: key.plan.to_lowercase(), ..key.clone() },
                None => Key { city: String::new(), plan: at.to_string() },
            })
            .or_default()
            .push(at);
    }
    for (key, places) in known.into_iter().filter(|(_, places)| places.len() > 1) {
        let names: Vec<String> = places.iter().map(|at| inputs[*at].shown.clone()).collect();
        for (nth, at) in places.into_iter().enumerate() {
            let other = &names[usize::from(nth == 0)];
            inputs[at].refused = Some(Failure::new(
                say!(
                    "{other} と、自治体（{}）も id（{}）も同じです",
                    "{other} has the same city ({}) and the same id ({})",
                    key.city,
                    key.plan
                ),
                say!(
                    "どちらかの id を変えるか、一方だけを指定してください",
                    "change the id of one, or name one of them alone"
                ),
            ));
        }
    }
}

fn no_folder(folder: &Path) -> Failure {
    let shown = folder.slashed();
    Failure::new(
        say!("フォルダー {shown} がありません", "there is no folder {shown}"),
        say!("--from や一覧の書き方を確かめてください", "check --from, or the list"),
    )
}

fn no_plan(folder: &Path) -> Failure {
    let shown = folder.slashed();
    Failure::new(
        say!("{shown} には計画がありません", "there is no plan in {shown}"),
        say!(
            "計画のフォルダーか、plan/ のあるフォルダーを指定してください",
            "name the folder of a plan, or one that has plan/"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_names() {
        for (name, pattern, is) in [
            ("431001", "43*", true),
            ("431001", "*", true),
            ("431001", "*001", true),
            ("431001", "43?001", true),
            ("431001", "43?01", false),
            ("熊本市", "熊?市", true),
            ("熊本市", "*市*", true),
            ("", "*", true),
            ("a", "", false),
            ("abcb", "*b", true),
            ("abcab", "a*b*ab", true),
            ("aXb", "a*b?", false),
        ] {
            assert_eq!(is_like(name, pattern), is, "{name} {pattern}");
        }
        // Tried one by one, all the ways to part it would take years.
        assert!(!is_like(&"a".repeat(200), &format!("{}b", "a*".repeat(50))));
    }
}
