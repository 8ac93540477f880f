//! Where the plans are: the folder `plan/` with one plan, or with one folder a plan.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::suggest;
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::say;

/// The file that says which plan is meant without `--plan`.
pub const SETTINGS: &str = "kaikaku.toml";

/// The folder with the plans.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// The folder as the user would write it.
    pub shown_root: PathBuf,
    /// Names of the plans, in order; empty where the folder itself is the one plan.
    pub names: Vec<String>,
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

impl Workspace {
    /// Finds the plans: with `dir` there (or in its `plan/`), without it in the nearest `plan/` upward from `cwd`.
    ///
    /// # Errors
    /// When there is none, or `kaikaku.toml` cannot be read.
    pub fn find(dir: Option<&Path>, cwd: &Path) -> Result<Self, Failure> {
        let start = dir.map_or_else(|| cwd.to_owned(), |dir| cwd.join(dir));
        if dir.is_some() && !start.is_dir() {
            let shown = start.display();
            let message = say!("フォルダー「{shown}」がありません", "there is no folder `{shown}`");
            return Err(Failure::new(message, say!("-C の指定を確かめてください", "check -C")));
        }
        let itself = Some(start.clone()).filter(|d| holds_plans(d));
        let upward = || start.ancestors().map(|d| d.join("plan")).find(|d| holds_plans(d));
        let found = if dir.is_some() { itself.or_else(upward) } else { upward().or(itself) };
        let root = found.ok_or_else(|| nowhere(&start))?;
        Self::open(root, cwd)
    }

    /// The language of the readers of the plan that is meant; English where there is no plan.
    pub fn language(dir: Option<&Path>, name: Option<&str>, cwd: &Path) -> Lang {
        let Ok(folder) = Self::find(dir, cwd).and_then(|workspace| workspace.plan(name)) else { return Lang::En };
        let text = fs::read_to_string(folder.path.join("plan.toml")).unwrap_or_default();
        let (table, _) = toml::de::DeTable::parse_recoverable(&text);
        let lang = table.get_ref().get("lang").and_then(|node| node.get_ref().as_str());
        if lang == Some("en") { Lang::En } else { Lang::Ja }
    }

    fn open(root: PathBuf, cwd: &Path) -> Result<Self, Failure> {
        let shown_root = shown(&root, cwd);
        let settings = settings(&root, &shown_root)?;
        let names = if root.join("plan.toml").is_file() { Vec::new() } else { plan_names(&root) };
        Ok(Self { root, shown_root, names, settings })
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
            Failure::new(message, say!("--plan で計画を選んでください", "choose one by --plan"))
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

fn holds_plans(dir: &Path) -> bool {
    dir.join("plan.toml").is_file() || dir.join(SETTINGS).is_file() || !plan_names(dir).is_empty()
}

fn plan_names(dir: &Path) -> Vec<String> {
    let folders = fs::read_dir(dir).into_iter().flatten().flatten();
    let with_plan = folders.filter(|entry| entry.path().join("plan.toml").is_file());
    let mut names: Vec<String> = with_plan.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn settings(root: &Path, shown_root: &Path) -> Result<Settings, Failure> {
    let path = root.join(SETTINGS);
    if !path.exists() {
        return Ok(Settings::default());
    }
    let shown = shown_root.join(SETTINGS).display().to_string();
    let failed = |reason: String| {
        let message = Say {
            ja: format!("{shown} を読み取れません：{reason}"),
            en: format!("cannot read {shown}: {reason}"),
        };
        Failure::new(
            message,
            say!("書けるのは schema と default だけです", "only `schema` and `default` can stand in it"),
        )
    };
    let text = fs::read_to_string(&path).map_err(|e| failed(e.to_string()))?;
    toml::from_str(&text).map_err(|e| failed(e.message().to_owned()))
}

/// `path` as the user would write it from `cwd`.
pub fn shown(path: &Path, cwd: &Path) -> PathBuf {
    path.strip_prefix(cwd).map_or_else(|_| path.to_owned(), Path::to_owned)
}

fn nowhere(start: &Path) -> Failure {
    let shown = start.display();
    Failure::new(
        say!(
            "計画のフォルダー plan/ が見つかりません（{shown} から上）",
            "there is no folder plan/ (from {shown} upward)"
        ),
        say!(
            "計画のある所で実行するか、-C で示すか、kaikaku init で新しく始めてください",
            "run it where the plan is, point to it by -C, or start a new one by kaikaku init"
        ),
    )
}
