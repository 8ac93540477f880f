//! The plans as a git revision has them: a revision is a folder like any other.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::Snapshot;
use super::workspace::{Files, PlanFolder, Workspace, nowhere, plan_names};
use crate::failure::Failure;
use crate::git::Repository;
use crate::git::tree::{Tree, TreeFile, TreeKind};
use crate::plan::source::Revision;
use crate::snapshot::{Content, FOLDERS, LARGEST_FILE, SourceFile, is_read};
use crate::text::paths::Slashed;
use crate::tree::{Memory, Node};

/// The files of a repository at a revision.
#[derive(Debug)]
pub struct Past {
    /// The repository.
    pub repository: Repository,
    /// The revision; `None` for the index.
    pub revision: Option<Revision>,
    /// Its files.
    pub tree: Tree,
}

impl Past {
    /// The revision that `text` means in a repository.
    ///
    /// # Errors
    /// When there is no such revision.
    pub fn open(repository: Repository, text: &str) -> Result<Self, Failure> {
        let revision = repository.revision(text)?;
        let tree = repository.tree(&revision)?;
        Ok(Self { repository, revision: Some(revision), tree })
    }

    /// The files as they were added to the index of a repository.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn index(repository: Repository) -> Result<Self, Failure> {
        let tree = repository.index()?;
        Ok(Self { repository, revision: None, tree })
    }

    /// The files of a plan's folder by their paths in it, each with the id of what it says. A link says only where it
    /// leads, and so has none.
    pub fn blobs(&self, folder: &PlanFolder) -> BTreeMap<&str, &str> {
        let root = slashed(&folder.path);
        let files = self.tree.under(&root).iter().filter(|file| file.kind == TreeKind::File);
        let own = files.filter_map(|file| Some((file.path.get(root.len()..)?.trim_start_matches('/'), &*file.blob)));
        own.filter(|(path, _)| is_read(path)).collect()
    }

    /// The plans of this revision, looked for from the folder that the repository was asked from: as on a disk, and where
    /// nothing is there, wherever the only plans of the repository were.
    ///
    /// # Errors
    /// When it has none, or `kaikaku.toml` cannot be read.
    pub fn workspace(&self, named: bool) -> Result<Workspace, Failure> {
        self.near(named)?.ok_or_else(|| nowhere(&self.repository.prefix))
    }

    /// The same for whoever can do without a plan; `None` where there is none.
    ///
    /// # Errors
    /// When `kaikaku.toml` cannot be read.
    pub fn find_any(&self) -> Result<Option<Workspace>, Failure> {
        self.near(true)
    }

    fn near(&self, named: bool) -> Result<Option<Workspace>, Failure> {
        let shown = |path: &Path| self.shown(path);
        if let Some(found) = Workspace::near(self, &self.repository.prefix, named, shown)? {
            return Ok(Some(found));
        }
        match self.roots().as_slice() {
            [only] => Workspace::open(self, only.clone(), shown).map(Some),
            _ => Ok(None),
        }
    }

    /// The folders of plans, wherever they are: above a plan's own folder.
    fn roots(&self) -> Vec<PathBuf> {
        let plans = self.tree.0.iter().filter_map(|file| file.path.strip_suffix("/plan.toml"));
        let mut roots: Vec<PathBuf> = plans.filter_map(|plan| Some(Path::new(plan).parent()?.to_owned())).collect();
        roots.sort();
        roots.dedup();
        roots
    }

    /// A path as git writes it, with the revision before it.
    fn shown(&self, path: &Path) -> PathBuf {
        let name = self.revision.as_ref().map_or("", |revision| &revision.name);
        format!("{name}:{}", slashed(path)).into()
    }

    /// The files of a plan's folder that `wanted` says yes to.
    ///
    /// # Errors
    /// When git cannot hand them out.
    pub fn snapshot(&self, folder: &PlanFolder, wanted: &dyn Fn(&str) -> bool) -> Result<Snapshot, Failure> {
        let root = slashed(&folder.path);
        let listed: Vec<(&str, &TreeFile)> = self
            .tree
            .under(&root)
            .iter()
            .filter_map(|file| {
                let path = file.path.get(root.len()..)?.trim_start_matches('/');
                let is_link = file.kind == TreeKind::Link && FOLDERS.contains(&path);
                ((is_read(path) || is_link) && wanted(path)).then_some((path, file))
            })
            .collect();
        let found = listed.iter().map(|(_, file)| self.leads_to(file, &root)).collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<&str> = found.iter().flatten().map(|file| file.blob.as_str()).collect();
        let mut texts = self.repository.blobs(&ids)?.into_iter();
        let content = |file: &Option<&TreeFile>| match file {
            Some(_) => texts.next().map_or(Content::NotAFile, content),
            None => Content::OutsideFolder,
        };
        let contents: Vec<Content> = found.iter().map(content).collect();
        let files = listed
            .iter()
            .zip(contents)
            .map(|((path, file), content)| {
                let content = if file.kind == TreeKind::Repository { Content::NotAFile } else { content };
                SourceFile::new((*path).to_owned(), content)
            })
            .collect();
        Ok(Snapshot { shown_root: folder.shown.clone(), files, beside: Some(self.beside(&folder.path)) })
    }

    /// The file itself, or the one within the plan's folder that a link leads to.
    fn leads_to<'t>(&'t self, file: &'t TreeFile, root: &str) -> Result<Option<&'t TreeFile>, Failure> {
        match file.kind {
            TreeKind::File => return Ok(Some(file)),
            TreeKind::Repository => return Ok(None),
            TreeKind::Link => {}
        }
        let target = self.repository.blobs(&[&file.blob])?.pop().unwrap_or_default();
        let target = String::from_utf8_lossy(&target).into_owned();
        let path = resolved(Path::new(&file.path).parent().unwrap_or(Path::new("")), Path::new(&target));
        let found = path.and_then(|path| self.tree.file(&path));
        Ok(found.filter(|found| found.kind == TreeKind::File && found.path.starts_with(&format!("{root}/"))))
    }

    fn beside(&self, folder: &Path) -> Vec<String> {
        let Some(parent) = folder.parent() else { return Vec::new() };
        // A tree that was read is whole: nothing in it is hidden from whoever asks.
        let mut names = plan_names(self, parent).unwrap_or_default();
        names.retain(|name| parent.join(name) != folder);
        names
    }
}

/// The id that a plan gives itself.
pub fn own_id(text: &str) -> Option<String> {
    let mut memory = Memory::default();
    let (table, _) = memory.parse_recoverable(text);
    table.get("id").and_then(Node::as_str).map(str::to_owned)
}

fn content(bytes: Vec<u8>) -> Content {
    match u64::try_from(bytes.len()) {
        Ok(size) if size > LARGEST_FILE => Content::TooLarge(size),
        _ => String::from_utf8(bytes).map_or_else(|e| Content::Bytes(e.into_bytes()), Content::Text),
    }
}

/// Where a link in `folder` leads; `None` out of the repository.
fn resolved(folder: &Path, target: &Path) -> Option<String> {
    let mut path: Vec<Component<'_>> = folder.components().collect();
    for component in target.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(path.pop()?),
            Component::Normal(_) => path.push(component),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(slashed(&path.into_iter().collect::<PathBuf>()))
}

/// A path as git writes it.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

impl Files for Past {
    fn is_file(&self, path: &Path) -> Result<bool, String> {
        Ok(self.tree.file(&slashed(path)).is_some_and(|file| file.kind == TreeKind::File))
    }

    fn folders(&self, folder: &Path) -> Result<Vec<String>, String> {
        let root = slashed(folder);
        let below = self.tree.under(&root).iter().filter_map(|f| f.path.get(root.len()..));
        let names = below.filter_map(|path| path.trim_start_matches('/').split_once('/'));
        let names: BTreeMap<&str, ()> = names.map(|(name, _)| (name, ())).collect();
        Ok(names.into_keys().map(str::to_owned).collect())
    }

    fn read(&self, path: &Path) -> Result<String, String> {
        let file = self.tree.file(&slashed(path)).ok_or_else(|| path.slashed())?;
        let bytes = self.repository.blobs(&[&file.blob]).map_err(|e| e.to_string())?.pop().unwrap_or_default();
        String::from_utf8(bytes).map_err(|e| e.to_string())
    }
}
