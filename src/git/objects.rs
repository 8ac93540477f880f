//! What objects say: files, folders and commits, out of one git process that is asked as often as there is something to ask.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Stdio};
use std::sync::{Arc, Mutex};

use super::watch::Watched;
use super::{Place, Repository, answer_to, git};
use crate::failure::Failure;
use crate::plan::source::Revision;
use crate::say;

/// How many bytes are asked before an answer is read: so few fit every pipe, or git would wait until somebody reads its
/// answers, and the answers until somebody reads the questions. A name may be longer, and is then asked alone: git answers
/// only once it has read all of it.
const AT_ONCE: usize = 4096;

/// From how many on a process of their own is quicker, since it need not answer at once.
const MANY: usize = 1_000;

/// An object of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Object {
    /// Its id.
    pub id: String,
    /// What it says.
    pub bytes: Vec<u8>,
}

/// How large an object is at most that is kept, and how much is kept of all, in bytes. Two revisions have most folders and
/// definitions in common; git takes longest to open each of them.
const KEPT: [usize; 2] = [1024 * 1024, 8 * 1024 * 1024];

/// What hands out objects.
#[derive(Debug, Clone)]
pub struct Objects {
    /// Where git is asked.
    folder: PathBuf,
    source: Arc<Mutex<Source>>,
}

#[derive(Debug, Default)]
struct Source {
    /// The process, once it was started.
    talk: Option<Talk>,
    /// What was handed out already, by id and by the name that it was asked for.
    kept: HashMap<String, Object>,
    /// How many bytes that are.
    size: usize,
    /// Where the folder is in its repository, once git said so.
    place: Option<Place>,
    /// The commits that texts mean, as far as git was asked.
    revisions: HashMap<String, Revision>,
}

#[derive(Debug)]
struct Talk {
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// It ends when its questions do.
    git: Watched,
    /// Whether it has read its settings, after which it does not wait for anything.
    has_answered: bool,
}

impl Repository {
    /// What these blobs say, in their order.
    ///
    /// # Errors
    /// When git stops, or does not have one of them.
    pub fn blobs(&self, ids: &[&str]) -> Result<Vec<Vec<u8>>, Failure> {
        Ok(self.objects.known(ids)?.into_iter().map(|object| object.bytes).collect())
    }
}

impl Objects {
    /// Of the repository around a folder.
    pub(super) fn around(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), source: Arc::default() }
    }

    /// Opens the store with its process started; where that fails, the first request returns why.
    pub fn begin(folder: &Path) -> Self {
        let source = Source { talk: Talk::begin(folder).ok(), ..Source::default() };
        Self { folder: folder.to_owned(), source: Arc::new(Mutex::new(source)) }
    }

    /// Whether it is of the repository around this very folder.
    pub(super) fn is_of(&self, folder: &Path) -> bool {
        self.folder == folder
    }

    /// Where its folder is in the repository, as far as git said so.
    pub(super) fn place(&self) -> Option<Place> {
        self.source.lock().ok()?.place.clone()
    }

    /// Keeps what git said of its folder: the language is looked for before the command is understood, in the same place.
    pub(super) fn keep_place(&self, place: &Place) {
        self.source.lock().iter_mut().for_each(|source| source.place = Some(place.clone()));
    }

    /// The commit that a text means: `ask` finds it, once.
    pub(super) fn revision(
        &self,
        text: &str,
        ask: impl FnOnce() -> Result<Revision, Failure>,
    ) -> Result<Revision, Failure> {
        let known = self.source.lock().ok().and_then(|source| source.revisions.get(text).cloned());
        let found = known.map_or_else(ask, Ok)?;
        self.source.lock().iter_mut().for_each(|source| drop(source.revisions.insert(text.to_owned(), found.clone())));
        Ok(found)
    }

    /// The objects of these names, which there must be, in their order.
    pub(super) fn known(&self, names: &[&str]) -> Result<Vec<Object>, Failure> {
        self.named(names)?.into_iter().zip(names).map(|(object, name)| object.ok_or_else(|| lacking(name))).collect()
    }

    /// The objects of these names (without control characters), in their order; `None` where a name means none.
    pub(super) fn named(&self, names: &[&str]) -> Result<Vec<Option<Object>>, Failure> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        // Why it stopped, a process of its own says.
        let answered = if names.len() < MANY { self.talk(names).ok() } else { None };
        answered.map_or_else(|| self.all_at_once(names), Ok)
    }

    fn talk(&self, names: &[&str]) -> io::Result<Vec<Option<Object>>> {
        let mut source = self.source.lock().map_err(|_| io::ErrorKind::Other)?;
        let unknown: Vec<&str> = names.iter().copied().filter(|name| !source.kept.contains_key(*name)).collect();
        let mut answers = Vec::new().into_iter();
        if !unknown.is_empty() {
            // One that failed is out of step, and is not kept.
            let mut talk = source.talk.take().map_or_else(|| Talk::begin(&self.folder), Ok)?;
            answers = talk.ask(&unknown)?.into_iter();
            source.talk = Some(talk);
        }
        let known = |name: &&str| source.kept.get(*name).cloned().or_else(|| answers.next().flatten());
        let found: Vec<Option<Object>> = names.iter().map(known).collect();
        for (name, object) in names.iter().zip(&found) {
            object.iter().for_each(|object| source.keep(name, object));
        }
        Ok(found)
    }

    fn all_at_once(&self, names: &[&str]) -> Result<Vec<Option<Object>>, Failure> {
        let asked: String = names.iter().flat_map(|name| [name, "\n"]).collect();
        let output = answer_to(git(&self.folder).args(["cat-file", "--batch", "--buffer"]), asked)?;
        let mut rest = output.as_slice();
        let broken = |_| Failure::plain(say!("git の答えが途中で切れています", "the answer of git breaks off"));
        names.iter().map(|_| next(&mut rest).map_err(broken)).collect()
    }
}

impl Source {
    fn keep(&mut self, name: &str, object: &Object) {
        let [largest, most] = KEPT;
        let Object { id, bytes } = object;
        for key in [id, name] {
            if bytes.len() <= largest && self.size + bytes.len() <= most && !self.kept.contains_key(key) {
                self.size += bytes.len();
                self.kept.insert(key.to_owned(), object.clone());
            }
        }
    }
}

impl Talk {
    fn begin(folder: &Path) -> io::Result<Self> {
        let mut command = git(folder);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let (git, pipes) = Watched::start(&mut command)?;
        let (Some(questions), Some(answers)) = (pipes.stdin, pipes.stdout) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Self { questions, answers: BufReader::new(answers), git, has_answered: false })
    }

    fn ask(&mut self, names: &[&str]) -> io::Result<Vec<Option<Object>>> {
        let _watch = (!self.has_answered).then(|| self.git.watch());
        let mut found = Vec::with_capacity(names.len());
        let mut rest = names;
        while !rest.is_empty() {
            let (some, others) = rest.split_at(fitting(rest));
            let asked: String = some.iter().flat_map(|name| [name, "\n"]).collect();
            self.questions.write_all(asked.as_bytes())?;
            for _ in some {
                found.push(next(&mut self.answers)?);
            }
            rest = others;
        }
        self.has_answered = true;
        Ok(found)
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.git.end_if_late();
    }
}

/// How many of these names, at least one, can be asked together.
fn fitting(names: &[&str]) -> usize {
    let ends = names.iter().scan(0, |end, name| {
        *end += name.len() + 1;
        Some(*end)
    });
    ends.take_while(|end| *end <= AT_ONCE).count().clamp(1, names.len())
}

fn lacking(id: &str) -> Failure {
    Failure::new(
        say!("リポジトリに {id} の中身がありません", "the repository does not hold {id}"),
        say!("git fsck でリポジトリを確かめてください", "check the repository with `git fsck`"),
    )
}

/// Takes one answer of `cat-file --batch`: `<id> <type> <size>`, a line end, the bytes, a line end; or `<name> missing`.
fn next(answers: &mut impl BufRead) -> io::Result<Option<Object>> {
    let mut head = Vec::new();
    if answers.read_until(b'\n', &mut head)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.trim_end().rsplitn(3, ' ');
    let size: Option<u64> = words.next().and_then(|size| size.parse().ok());
    let (Some(size), Some(id)) = (size, words.nth(1)) else { return Ok(None) };
    let mut bytes = Vec::new();
    answers.by_ref().take(size.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.pop() != Some(b'\n') || bytes.len() as u64 != size {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(Object { id: id.to_owned(), bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_come_one_after_the_other() {
        let mut rest = b"01 blob 3\na\nb\nno 7 missing\n02 tree 0\n\n03 blob 9\ncut".as_slice();
        let object = |id: &str, bytes: &[u8]| Some(Object { id: id.into(), bytes: bytes.into() });
        assert_eq!(next(&mut rest).unwrap(), object("01", b"a\nb"));
        assert_eq!(next(&mut rest).unwrap(), None);
        assert_eq!(next(&mut rest).unwrap(), object("02", b""));
        assert!(next(&mut rest).is_err() && next(&mut rest).is_err());
    }
    #[test]
    fn names_are_asked_as_far_as_they_fit() {
        let long = "a".repeat(AT_ONCE);
        assert_eq!(fitting(&[&long, "b"]), 1);
        assert_eq!(fitting(&["b", &long]), 1);
        // 41 bytes each with its line end: 99 × 41 = 4059.
        let id = "0".repeat(40);
        assert_eq!(fitting(&vec![id.as_str(); 200]), 99);
        assert_eq!(fitting(&["a", "b"]), 2);
    }

    /// Names longer than a pipe, of which each is asked in several ways, and more objects than a pipe holds names of.
    #[test]
    fn no_name_is_so_long_and_no_list_so_full_that_git_and_the_program_wait_for_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let run = |args: &[&str]| {
            let args = ["-c", "user.name=a", "-c", "user.email=a@b"].iter().chain(args);
            assert!(git(folder.path()).args(args).output().unwrap().status.success());
        };
        run(&["init", "-q"]);
        for at in 0..3_000 {
            std::fs::write(folder.path().join(format!("file-{at}")), format!("text {at}\n")).unwrap();
        }
        run(&["add", "-A"]);
        run(&["commit", "-qm", "files"]);
        let asked = Objects::begin(folder.path());
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for long in [66 * 1024, 1024 * 1024] {
                let name = "長".repeat(long / 3);
                let names: Vec<String> = (0..5).map(|at| format!("{name}{at}^{{commit}}")).collect();
                let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
                names.push("HEAD");
                let found = asked.named(&names).unwrap();
                assert!(found[..5].iter().all(Option::is_none) && found[5].is_some());
                assert!(asked.foresee(&[names[0], "HEAD", names[1]]).is_ok());
            }
            let names: Vec<String> = (0..3_000).map(|at| format!("HEAD:file-{at}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            // By one process that answers at once, and by one of its own that is asked for all.
            for some in [&names[..MANY - 1], &names[..]] {
                let found = asked.known(some).unwrap();
                assert!(found.iter().enumerate().all(|(at, object)| object.bytes == format!("text {at}\n").as_bytes()));
            }
            tell.send(()).unwrap();
        });
        assert!(
            told.recv_timeout(std::time::Duration::from_secs(120)).is_ok(),
            "git and the program wait for each other"
        );
    }
}
