//! Where the plans are: the folder `plan/` with one plan, or with one folder a plan.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Snapshot;
use super::revision::{Past, own_id};
use crate::failure::{Failure, is_missing};
use crate::git::Repository;
use crate::git::objects::Objects;
use crate::lang::{Lang, Say};
use crate::plan::zone::TimeZone;
use crate::say;
use crate::snapshot::text_of;
use crate::store::disk;
use crate::text::paths::Slashed;
use crate::text::safe::one_line;
use crate::text::suggest::suggest;
use crate::tree::{Memory, Node};

/// The file that says which plan is meant without `--plan`.
pub const SETTINGS: &str = "kaikaku.toml";

/// The folder with the plans.
#[derive(Debug)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// The folder as the user would write it.
    pub shown_root: PathBuf,
    /// Names of the plans, in order; empty where the folder itself is the one plan.
    pub names: Vec<String>,
    /// The revision that has them; `None` for the disk.
    pub past: Option<Past>,
    settings: Settings,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    #[allow(dead_code, reason = "accepted here as in every file")]
    schema: Option<u64>,
    default: Option<String>,
}

/// One plan's folder.
#[derive(Debug, Clone)]
pub struct PlanFolder {
    /// What `--plan` names; the folder's own name where it is the only plan.
    pub name: String,
    /// The folder.
    pub path: PathBuf,
    /// The folder as the user would write it.
    pub shown: PathBuf,
}

/// Where plans are looked for: a disk, or a revision of a repository.
pub trait Files {
    /// Whether a file stands there.
    ///
    /// # Errors
    /// When that cannot be known; in the words of whoever could not tell.
    fn is_file(&self, path: &Path) -> Result<bool, String>;

    /// The names of what is in `folder`; none where there is no such folder.
    ///
    /// # Errors
    /// When they cannot be known; in the words of whoever could not tell.
    fn folders(&self, folder: &Path) -> Result<Vec<String>, String>;

    /// The text of a file.
    ///
    /// # Errors
    /// When it cannot be read; in the words of whoever could not.
    fn read(&self, path: &Path) -> Result<String, String>;
}

/// The disk.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl Files for Disk {
    fn is_file(&self, path: &Path) -> Result<bool, String> {
        let meta = disk::metadata(path);
        absent(meta.map(|meta| meta.is_file())).map_err(|e| e.to_string())
    }

    fn folders(&self, folder: &Path) -> Result<Vec<String>, String> {
        let names = disk::read_dir(folder)
            .and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<OsString>>>());
        let named = |name: OsString| match name.into_string() {
            Ok(name) => Ok(Some(name)),
            // A plan in it could not be named, and would silently be none of those there are.
            Err(odd) if self.is_file(&folder.join(&odd).join("plan.toml"))? => Err(unnamed(&odd)),
            Err(_) => Ok(None),
        };
        let names = absent(names).map_err(|e| e.to_string())?.into_iter().map(named);
        Ok(names.collect::<Result<Vec<_>, String>>()?.into_iter().flatten().collect())
    }

    fn read(&self, path: &Path) -> Result<String, String> {
        text_of(path).map_err(|e| e.to_string())
    }
}

/// The disk to whoever begins a new plan: what cannot be looked into is none that the new one would stand beside.
#[derive(Debug, Clone, Copy)]
struct OpenDisk;

impl Files for OpenDisk {
    fn is_file(&self, path: &Path) -> Result<bool, String> {
        Ok(Disk.is_file(path).unwrap_or(false))
    }

    fn folders(&self, folder: &Path) -> Result<Vec<String>, String> {
        Disk.folders(folder)
    }

    fn read(&self, path: &Path) -> Result<String, String> {
        Disk.read(path)
    }
}

/// A folder of a plan has a name that is no Unicode: it was unpacked or copied in another encoding.
fn unnamed(name: &OsStr) -> String {
    let name = one_line(&name.to_string_lossy());
    format!("{name}: フォルダーの名前が Unicode ではありません (the name of a folder is not Unicode)")
}

/// What was found, or nothing where nothing is there; any other error stays one.
fn absent<T: Default>(found: io::Result<T>) -> io::Result<T> {
    found.or_else(|error| if is_missing(&error) { Ok(T::default()) } else { Err(error) })
}

impl Workspace {
    /// Finds the plans: with `dir` there (or in its `plan/`), without it in the nearest `plan/` upward from `cwd`.
    ///
    /// # Errors
    /// When there is none, or a folder or `kaikaku.toml` cannot be read.
    pub fn find(dir: Option<&Path>, cwd: &Path) -> Result<Self, Failure> {
        let start = start(dir, cwd)?;
        Self::near(&Disk, &start, dir.is_some(), |path| shown(path, cwd))?.ok_or_else(|| nowhere(&start))
    }

    /// The same for whoever can do without a plan; `None` where there is none.
    ///
    /// # Errors
    /// When a folder or `kaikaku.toml` cannot be read.
    pub fn find_any(dir: Option<&Path>, cwd: &Path) -> Result<Option<Self>, Failure> {
        let start = dir.map_or_else(|| cwd.to_owned(), |dir| cwd.join(dir));
        Self::near(&Disk, &start, dir.is_some(), |path| shown(path, cwd))
    }

    /// The same for whoever begins a new plan, and does not mind what cannot be looked into.
    ///
    /// # Errors
    /// When a folder or `kaikaku.toml` cannot be read.
    pub fn find_beside(dir: Option<&Path>, cwd: &Path) -> Result<Option<Self>, Failure> {
        let start = dir.map_or_else(|| cwd.to_owned(), |dir| cwd.join(dir));
        Self::near(&OpenDisk, &start, dir.is_some(), |path| shown(path, cwd))
    }

    /// The same, from `start` on among `files`; where it was `named`, nowhere else first.
    pub(super) fn near(
        files: &impl Files,
        start: &Path,
        named: bool,
        shown: impl Fn(&Path) -> PathBuf,
    ) -> Result<Option<Self>, Failure> {
        let upward = start.ancestors().map(|folder| folder.join("plan"));
        let itself = || std::iter::once(start.to_owned());
        let folders: Vec<PathBuf> =
            if named { itself().chain(upward).collect() } else { upward.chain(itself()).collect() };
        for root in folders {
            if holds_plans(files, &root).map_err(|(path, reason)| unreadable(&shown(&path), &reason))? {
                return Self::open(files, root, shown).map(Some);
            }
        }
        Ok(None)
    }

    /// The language of the readers of the plan that is meant, where none is of any plan; English where there is none.
    ///
    /// # Errors
    /// When the plan's own file cannot be read.
    pub fn language(&self, name: Option<&str>) -> Result<Lang, Failure> {
        Ok(match self.word(name, "lang")? {
            None => Lang::En,
            Some(word) if word == "en" => Lang::En,
            Some(_) => Lang::Ja,
        })
    }

    /// The time zone of the plan that is meant; that of Japan where it says none, or none that is known.
    ///
    /// # Errors
    /// When the plan's own file cannot be read: records would get the day of another place.
    pub fn time_zone(&self, name: Option<&str>) -> Result<TimeZone, Failure> {
        Ok(self.word(name, "time_zone")?.and_then(|word| TimeZone::parse(&word)).unwrap_or_default())
    }

    /// What the plan that is meant says of itself by `key`, before it is read as a whole; blank where it says nothing.
    fn word(&self, name: Option<&str>, key: &str) -> Result<Option<String>, Failure> {
        let any = |_| self.plan(None).or_else(|_| self.plan(self.names.first().map(String::as_str)));
        // Whoever names no plan that there is learns so from the command.
        let Ok(folder) = self.plan(name).or_else(any) else { return Ok(None) };
        let text = self.text(&folder)?;
        // What the plan says of itself as a whole stands before the first table.
        let mut memory = Memory::default();
        let (table, _) = memory.parse_recoverable(text.split("\n[").next().unwrap_or_default());
        let word = table.get(key).and_then(Node::as_str).unwrap_or_default();
        Ok(Some(word.to_owned()))
    }

    /// The plans in the folder `root`.
    ///
    /// # Errors
    /// When `kaikaku.toml` cannot be read.
    pub fn open(files: &impl Files, root: PathBuf, shown: impl Fn(&Path) -> PathBuf) -> Result<Self, Failure> {
        let shown_root = shown(&root);
        let settings = settings(files, &root, &shown_root)?;
        let names = match is_file(files, root.join("plan.toml")) {
            Ok(true) => Ok(Vec::new()),
            Ok(false) => plan_names(files, &root),
            Err(trouble) => Err(trouble),
        };
        let names = names.map_err(|(path, reason)| unreadable(&shown(&path), &reason))?;
        Ok(Self { root, shown_root, names, past: None, settings })
    }

    /// Finds the plans as the revision that `text` means has them, from the folder that [`Self::find`] begins with; a git
    /// that was begun there is asked.
    ///
    /// # Errors
    /// When there is no repository, no such revision, or no plan in it.
    pub fn find_at(text: &str, dir: Option<&Path>, cwd: &Path, begun: Option<&Objects>) -> Result<Self, Failure> {
        Self::of_revision(Repository::to_read(&start(dir, cwd)?, &[text], begun)?, text, dir.is_some())
    }

    /// The same in a repository, asked from the folder to begin with; where that was `named`, nowhere else first.
    ///
    /// # Errors
    /// When there is no such revision, or no plan in it.
    pub fn of_revision(repository: Repository, text: &str, named: bool) -> Result<Self, Failure> {
        let past = Past::open(repository, text)?;
        let found = past.workspace(named)?;
        Ok(Self { past: Some(past), ..found })
    }

    /// The files of a plan that `wanted` says yes to.
    ///
    /// # Errors
    /// When git cannot hand out those of a revision. What the disk refuses is reported by `check`.
    pub fn snapshot(&self, folder: &PlanFolder, wanted: &dyn Fn(&str) -> bool) -> Result<Snapshot, Failure> {
        match &self.past {
            None => Ok(Snapshot::of_folder(&folder.path, folder.shown.clone(), wanted)),
            Some(past) => past.snapshot(folder, wanted),
        }
    }

    /// What this workspace calls the plan that `other` calls `name`: the only one with the same id of its own.
    ///
    /// # Errors
    /// When one that it may be cannot be read.
    pub fn same_plan(&self, other: &Self, name: &str) -> Result<Option<String>, Failure> {
        let folder = |workspace: &Self, name: &str| PlanFolder {
            name: name.to_owned(),
            path: workspace.root.join(name),
            shown: workspace.shown_root.join(name),
        };
        let id = |workspace: &Self, name: &str| Ok(own_id(&workspace.text(&folder(workspace, name))?));
        let Some(wanted) = id(other, name)? else { return Ok(None) };
        let mut same = Vec::new();
        for name in &self.names {
            if id(self, name)?.as_ref() == Some(&wanted) {
                same.push(name.clone());
            }
        }
        // Of a plan and its copy nobody knows which is meant.
        Ok(if same.len() == 1 { same.pop() } else { None })
    }

    /// What a plan's own file says; empty where there is none. What is no text of a size that is read is an error of the
    /// plan, which whoever reads it as a whole is told.
    fn text(&self, folder: &PlanFolder) -> Result<String, Failure> {
        let path = folder.path.join("plan.toml");
        let read = match &self.past {
            Some(past) if past.is_file(&path) == Ok(false) => Ok(String::new()),
            Some(past) => past.read(&path),
            None => match text_of(&path) {
                Err(error) if is_missing(&error) || is_no_text(&error) => Ok(String::new()),
                read => read.map_err(|error| error.to_string()),
            },
        };
        read.map_err(|reason| unreadable(&folder.shown.join("plan.toml"), &reason))
    }

    /// What a plan's own file says by some keys, before it is read as a whole; nothing where it is no text.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn own_words<const N: usize>(
        &self,
        folder: &PlanFolder,
        keys: [&str; N],
    ) -> Result<[Option<String>; N], Failure> {
        let text = self.text(folder)?;
        let mut memory = Memory::default();
        let (table, _) = memory.parse_recoverable(&text);
        Ok(keys.map(|key| table.get(key).and_then(Node::as_str).map(str::to_owned)))
    }

    /// The plan that `--plan NAME` or, without it, the settings mean.
    ///
    /// # Errors
    /// When there is no such plan, or several and none is the default.
    pub fn plan(&self, name: Option<&str>) -> Result<PlanFolder, Failure> {
        if self.names.is_empty() {
            let own = self.root.file_name().map_or_else(|| "plan".to_owned(), |n| n.to_string_lossy().into_owned());
            if let Some(other) = name.filter(|name| *name != own) {
                return Err(self.no_such_plan(other));
            }
            return Ok(PlanFolder { name: own, path: self.root.clone(), shown: self.shown_root.clone() });
        }
        let only = || self.names.first().filter(|_| self.names.len() == 1).map(String::as_str);
        let name = name.or(self.default_name()).or_else(only).ok_or_else(|| {
            let (ja, en) = (self.names.join("、"), self.names.join(", "));
            let message = say!("計画が複数あり、どれか決められません（{ja}）", "there are several plans ({en})");
            Failure::new(message, say!("--plan で計画を選んでください", "choose one with --plan"))
        })?;
        if !self.names.iter().any(|n| n == name) {
            return Err(self.no_such_plan(name));
        }
        Ok(PlanFolder { name: name.to_owned(), path: self.root.join(name), shown: self.shown_root.join(name) })
    }

    /// The plan that is meant without `--plan`.
    pub fn default_name(&self) -> Option<&str> {
        self.settings.default.as_deref()
    }

    fn no_such_plan(&self, name: &str) -> Failure {
        let known = self.names.iter().map(String::as_str);
        let message = say!("「{name}」という計画はありません", "there is no plan `{name}`");
        Failure::new(message, suggest(name, known, say!("--plan を外してください", "leave out --plan")))
    }
}

/// The folder to look in.
///
/// # Errors
/// When one is named that is not there.
pub fn start(dir: Option<&Path>, cwd: &Path) -> Result<PathBuf, Failure> {
    let start = dir.map_or_else(|| cwd.to_owned(), |dir| cwd.join(dir));
    if dir.is_none() || start.is_dir() {
        return Ok(start);
    }
    let shown = start.slashed();
    let message = say!("フォルダー「{shown}」がありません", "there is no folder `{shown}`");
    Err(Failure::new(message, say!("-C の指定を確かめてください", "check the -C argument")))
}

/// Whether what was read is no text of a plan, rather than not read.
fn is_no_text(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, FileTooLarge, InvalidData};
    matches!(error.kind(), AlreadyExists | FileTooLarge | InvalidData)
}

/// A path that cannot be read, and why.
type Trouble = (PathBuf, String);

fn is_file(files: &impl Files, path: PathBuf) -> Result<bool, Trouble> {
    files.is_file(&path).map_err(|reason| (path, reason))
}

fn holds_plans(files: &impl Files, dir: &Path) -> Result<bool, Trouble> {
    Ok(is_file(files, dir.join("plan.toml"))?
        || is_file(files, dir.join(SETTINGS))?
        || !plan_names(files, dir)?.is_empty())
}

/// The folders in `dir` with a `plan.toml`, in order of name.
///
/// # Errors
/// With the path that cannot be read, and why.
pub fn plan_names(files: &impl Files, dir: &Path) -> Result<Vec<String>, Trouble> {
    let mut names = Vec::new();
    for name in files.folders(dir).map_err(|reason| (dir.to_owned(), reason))? {
        if is_file(files, dir.join(&name).join("plan.toml"))? {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Refuses to guess which plans there are.
fn unreadable(shown: &Path, reason: &str) -> Failure {
    let shown = shown.slashed();
    Failure::new(
        Say {
            ja: format!("{shown} を読み取れません：{reason}"), en: format!("cannot read {shown}: {reason}")
        },
        say!(
            "フォルダーのアクセス権とネットワークの接続を確かめてください",
            "check the permissions of the folder, and the network"
        ),
    )
}

fn settings(files: &impl Files, root: &Path, shown_root: &Path) -> Result<Settings, Failure> {
    let path = root.join(SETTINGS);
    if !files.is_file(&path).map_err(|reason| unreadable(&shown_root.join(SETTINGS), &reason))? {
        return Ok(Settings::default());
    }
    let shown = shown_root.join(SETTINGS).slashed();
    let failed = |reason: String| {
        let message = Say {
            ja: format!("{shown} を読み取れません：{reason}"),
            en: format!("cannot read {shown}: {reason}"),
        };
        Failure::new(
            message,
            say!("書けるのは schema と default だけです", "only `schema` and `default` are allowed in it"),
        )
    };
    let text = files.read(&path).map_err(failed)?;
    toml::from_str(&text).map_err(|e| failed(e.message().to_owned()))
}

/// `path` as the user would write it from `cwd`.
pub fn shown(path: &Path, cwd: &Path) -> PathBuf {
    path.strip_prefix(cwd).map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// Neither here nor above is there a plan.
pub(super) fn nowhere(start: &Path) -> Failure {
    let shown = start.slashed();
    Failure::new(
        say!(
            "計画のフォルダー plan/ が見つかりません（{shown} から上）",
            "there is no folder plan/ (from {shown} upward)"
        ),
        say!(
            "計画のある所で実行するか、-C で示すか、kaikaku init で新しく始めてください",
            "run it where the plan is, point to it with -C, or start a new one with `kaikaku init`"
        ),
    )
}
