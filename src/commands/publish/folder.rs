//! The folder of a site: what of it is ours, which pages changed, what no longer belongs there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use rayon::prelude::*;

use super::Context;
use crate::console;
use crate::failure::Failure;
use crate::publish::manifest::{Manifest, NAME, fingerprint};
use crate::publish::{PublishedPlan, Site, SiteFile, preview};
use crate::store::{self, FolderHolds};
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::{say, tr};

/// The folder, and what it held.
#[derive(Debug)]
pub struct Target {
    path: PathBuf,
    shown: String,
    known: Manifest,
}

impl Target {
    /// Looks at a folder.
    ///
    /// # Errors
    /// When it has files of others alone, or its list of what is ours cannot be read.
    pub fn open(path: PathBuf, shown: &Path) -> Result<Self, Failure> {
        let shown = shown.slashed();
        let known = match store::holds(&path, NAME)? {
            FolderHolds::Nothing => Manifest::new(),
            FolderHolds::Others => return Err(others(&shown)),
            FolderHolds::Ours(bytes) => Manifest::parse(&bytes).ok_or_else(|| broken(&shown))?,
        };
        Ok(Self { path, shown, known })
    }

    /// Fingerprints of the texts that went out before.
    pub fn known_texts(&self) -> BTreeSet<String> {
        self.known.texts.clone()
    }

    fn at(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }
}

/// Writes the pages that changed, and takes away those that are no more.
///
/// # Errors
/// When a page would take the place of another's file, one was edited by hand, or the disk refuses.
pub fn write(context: &Context, site: &Site<'_>, target: Target, force: bool) -> Result<()> {
    let files = site.files()?;
    let paths: Vec<PathBuf> = files.iter().map(|file| target.at(&file.path)).collect();
    let known: Vec<PathBuf> = target.known.files.keys().map(|path| target.at(path)).collect();
    let all: BTreeSet<&Path> = paths.iter().chain(&known).map(PathBuf::as_path).collect();
    store::refuse_links(&target.path, all.iter().copied())?;
    let standing = standing(&target, &files)?;
    refuse_taken(&target, &files, &standing)?;
    if !force {
        refuse_edited(&target, &standing)?;
    }
    let texts = preview::fingerprints(site.plans.iter().map(PublishedPlan::plan));
    let new = site.plans.iter().map(|of| preview::first_time(of.plan(), &target.known.texts).len()).sum();
    // Whoever is interrupted leaves a list of all that may be ours; of what is being written nobody knows what it says.
    let mut list = target.known.clone();
    list.files.extend(files.iter().map(|file| (file.path.clone(), String::new())));
    list.texts.extend(texts);
    store::put_list(&target.at(NAME), &list.bytes())?;
    store::make_room(paths.iter().map(PathBuf::as_path))?;
    let (made, changed) = make(context, site, &target, &files, &standing)?;
    let gone: Vec<PathBuf> =
        target.known.files.keys().filter(|path| !made.contains_key(*path)).map(|path| target.at(path)).collect();
    store::take_away(&target.path, &gone)?;
    list.files = made;
    store::put_list(&target.at(NAME), &list.bytes())?;
    tell(context, &target.shown, files.len(), changed, gone.len(), new);
    Ok(())
}

/// The fingerprint of each file that stands where a page is, was or will be.
fn standing(target: &Target, files: &[SiteFile]) -> Result<BTreeMap<String, String>, Failure> {
    let paths: BTreeSet<&str> =
        target.known.files.keys().map(String::as_str).chain(files.iter().map(|file| &*file.path)).collect();
    let paths: Vec<&str> = paths.into_iter().collect();
    let look = |path: &&str| {
        let found = store::look_at(&target.at(path))?;
        Ok(found.map(|bytes| ((*path).to_owned(), fingerprint(&bytes))))
    };
    let found: Vec<Option<(String, String)>> = paths.par_iter().map(look).collect::<Result<_, Failure>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// Makes every page, and writes those that are not there as they are. Each page as it is now, and how many were written.
fn make(
    context: &Context,
    site: &Site<'_>,
    target: &Target,
    files: &[SiteFile],
    standing: &BTreeMap<String, String>,
) -> Result<(BTreeMap<String, String>, usize), Failure> {
    let shows = context.world.terminal.talks.is_some();
    let (done, changed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (all, lang) = (files.len(), context.lang());
    const STEP: usize = 200;
    let one = |file: &SiteFile| {
        let bytes = site.make(file)?;
        let print = fingerprint(&bytes);
        if standing.get(&file.path) != Some(&print) {
            store::put_file(&target.at(&file.path), &bytes)?;
            changed.fetch_add(1, Ordering::Relaxed);
        }
        let now = done.fetch_add(1, Ordering::Relaxed) + 1;
        if shows && (now % STEP == 0 || now == all) {
            console::progress(&tr!(lang, "{now}/{all} ページ", "{now} of {all} pages"), now == all);
        }
        Ok((file.path.clone(), print))
    };
    let made: Vec<(String, String)> = files.par_iter().map(one).collect::<Result<_, Failure>>()?;
    Ok((made.into_iter().collect(), changed.into_inner()))
}

fn tell(context: &Context, shown: &str, all: usize, changed: usize, gone: usize, new: usize) {
    let lang = context.lang();
    console::say(&visible(&tr!(
        lang,
        "{shown} に {all} ファイル：書いたもの {changed}、そのままのもの {}、除いたもの {gone}",
        "{shown}: {all} files, written {changed}, unchanged {}, taken away {gone}",
        all - changed
    )));
    if new > 0 {
        console::say(&tr!(
            lang,
            "初めて公表した文章は {new} 件です（公表する前に --preview で確かめられます）",
            "texts that went out for the first time: {new} (--preview lists them beforehand)"
        ));
    }
}

/// Refuses to write where another's file stands.
fn refuse_taken(target: &Target, files: &[SiteFile], standing: &BTreeMap<String, String>) -> Result<(), Failure> {
    let is_taken = |file: &&SiteFile| standing.contains_key(&file.path) && !target.known.files.contains_key(&file.path);
    let taken: Vec<&str> = files.iter().filter(is_taken).map(|file| &*file.path).collect();
    if taken.is_empty() {
        return Ok(());
    }
    let (ja, en) = (listed(&taken, "、"), listed(&taken, ", "));
    Err(Failure::new(
        say!(
            "publish が書いたものでないファイルが、ページの場所にあります（{ja}）。何も書き込んでいません",
            "files that publish did not write stand where pages go ({en}); nothing was written"
        ),
        say!("そのファイルを別の場所に移すか、別のフォルダーを指定してください", "move them, or name another folder"),
    ))
}

/// Refuses to write over what a person edited.
fn refuse_edited(target: &Target, standing: &BTreeMap<String, String>) -> Result<(), Failure> {
    let is_edited = |(path, print): &(&String, &String)| {
        !print.is_empty() && standing.get(*path).is_some_and(|standing| standing != *print)
    };
    let edited: Vec<&str> = target.known.files.iter().filter(is_edited).map(|(path, _)| &**path).collect();
    if edited.is_empty() {
        return Ok(());
    }
    let (ja, en) = (listed(&edited, "、"), listed(&edited, ", "));
    Err(Failure::new(
        say!(
            "前に書いたページが、その後に手で直されています（{ja}）。何も書き込んでいません",
            "pages were edited by hand since they were written ({en}); nothing was written"
        ),
        say!(
            "直した内容は計画のファイルに移してください。書き直してよければ --force を付けてください",
            "bring what was edited into the files of the plan; add --force to write the pages anew"
        ),
    ))
}

/// The first of some names, and how many more there are.
fn listed(names: &[&str], comma: &str) -> String {
    const LISTED: usize = 5;
    let more = names.len().saturating_sub(LISTED);
    let first = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(comma);
    if more > 0 { format!("{first}{comma}… +{more}") } else { first }
}

fn others(shown: &str) -> Failure {
    Failure::new(
        say!(
            "{shown} は空でなく、publish が書いたフォルダーでもありません。何も書き込んでいません",
            "{shown} is not empty, and publish did not write it; nothing was written"
        ),
        say!("空のフォルダーか、新しい名前を指定してください", "name an empty folder, or a new one"),
    )
}

fn broken(shown: &str) -> Failure {
    Failure::new(
        say!(
            "{shown}/{NAME} を読み取れないため、どのファイルが publish のものか分かりません。何も書き込んでいません",
            "{shown}/{NAME} cannot be read, so nothing says which files are ours; nothing was written"
        ),
        say!("控えから戻すか、別のフォルダーを指定してください", "restore it from a copy, or name another folder"),
    )
}
