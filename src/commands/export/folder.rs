//! The folder of a dataset: whose it is, and how a partition of it is replaced.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::dataset::stamp::{PartitionStamp, TableStamp};
use crate::dataset::{DatasetFormat, Key, VERSION, catalogue, views};
use crate::failure::Failure;
use crate::say;
use crate::store::{self, OWN, Writer};
use crate::text::paths::is_refused_by_windows;

/// The file that says that a folder is a dataset of this program. Engines pass over what begins with a line.
const MARK: &str = "_dataset.json";

/// The folder with the stamps of the partitions.
const STAMPS: &str = "_manifest";

/// How the mark of a partition ends that is being written: where it stays, whoever wrote it was stopped.
const BEGUN: &str = "unfinished";

/// The folder of a dataset, held against other writers.
#[derive(Debug)]
pub struct DatasetFolder {
    /// As the user knows it.
    pub shown: String,
    /// In which format its tables are.
    pub format: DatasetFormat,
    /// The partitions that a run which was stopped left half done, and that were taken away when it was opened.
    pub cleared: Vec<Key>,
    path: PathBuf,
    _writer: Writer,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    program: String,
    dataset: u32,
    format: String,
}

impl DatasetFolder {
    /// Opens a dataset, or begins one in a folder that is empty or not there yet. What a run left half done is taken away.
    ///
    /// # Errors
    /// When the folder is another program's, the dataset of another version or format, or the disk refuses.
    pub fn open(path: PathBuf, shown: String, format: DatasetFormat) -> Result<Self, Failure> {
        // A link leads to the folder that is meant.
        let path = if path.is_symlink() { path.canonicalize().unwrap_or(path) } else { path };
        let mark = Mark { program: "kaikaku".to_owned(), dataset: VERSION, format: format.name().to_owned() };
        let file = path.join(MARK);
        match store::read(&file)? {
            Some(bytes) => {
                match serde_json::from_slice::<Mark>(&bytes).ok().filter(|known| known.program == mark.program) {
                    Some(known) if known == mark => {}
                    Some(known) => return Err(other_dataset(&shown, &known, &mark)),
                    None => return Err(strange(&shown)),
                }
            }
            None if store::is_taken(&path)? => return Err(strange(&shown)),
            None => {}
        }
        store::create_folder(&path)?;
        let writer = Writer::open(&path)?;
        let text = serde_json::to_string(&mark).unwrap_or_default() + "\n";
        let files = [
            (file, text.into_bytes()),
            (path.join("views.sql"), views::duckdb(format).into_bytes()),
            (path.join("spark.sql"), views::spark(format).into_bytes()),
        ];
        store::remake(&files, false)?.put()?;
        let mut folder = Self { shown, format, cleared: Vec::new(), path, _writer: writer };
        folder.cleared = folder.clear()?;
        Ok(folder)
    }

    fn stamp_path(&self, key: &Key) -> PathBuf {
        self.manifest(key, "json")
    }

    /// A file of the manifest about a partition. What Windows has no file of is called as the folder of the partition is.
    fn manifest(&self, key: &Key, extension: &str) -> PathBuf {
        let name = format!("{}.{extension}", key.plan);
        let name = if is_refused_by_windows(&name) { format!("{}={name}", views::PARTITIONS[1]) } else { name };
        self.path.join(STAMPS).join(&key.city).join(name)
    }

    /// The partitions of which the manifest has a file with this extension.
    fn listed(&self, extension: &str) -> Result<Vec<Key>, Failure> {
        let mut keys = Vec::new();
        for city in store::names(&self.path.join(STAMPS))? {
            for path in store::names(&city)? {
                let part = |name: Option<&OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
                let plan = part(path.file_stem());
                if path.extension().is_some_and(|of| of == extension) && !plan.starts_with('.') {
                    let plan = plan.rsplit('=').next().unwrap_or_default().to_owned();
                    keys.push(Key { city: part(city.file_name()), plan });
                }
            }
        }
        keys.sort();
        Ok(keys)
    }

    /// Takes away what runs that were stopped left: files that wait beside their places, and of a partition that had begun to
    /// be replaced everything, since some of its tables are old and some new. Returns these partitions.
    fn clear(&self) -> Result<Vec<Key>, Failure> {
        for city in store::names(&self.path.join(STAMPS))? {
            let names = store::names(&city)?.into_iter();
            let waits = |path: &PathBuf| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                // Behind a link lie the files of somebody else.
                name.starts_with(OWN)
                    && name.ends_with(".new")
                    && store::refuse_links(&self.path, [path.as_path()].into_iter()).is_ok()
            };
            names.filter(waits).try_for_each(|path| store::unmake(&path))?;
        }
        let mut half = Vec::new();
        for key in self.listed(BEGUN)? {
            self.refuse_links(&key)?;
            if self.settle(&key)? {
                half.push(key);
            }
        }
        Ok(half)
    }

    /// The same for one partition; whether it had begun to be replaced.
    fn settle(&self, key: &Key) -> Result<bool, Failure> {
        let stamp = self.stamp_path(key);
        let is_half = store::size(&stamp)?.is_none();
        let mut was_there = false;
        for file in self.table_paths(key).chain([stamp]) {
            store::unmake(&store::waiting(&file))?;
            if is_half {
                was_there |= store::size(&file)?.is_some();
                store::unmake(&file)?;
            }
        }
        store::unmake(&self.manifest(key, BEGUN))?;
        Ok(was_there)
    }

    fn table_paths(&self, key: &Key) -> impl Iterator<Item = PathBuf> {
        catalogue().into_iter().map(|head| self.table_path(key, head.name))
    }

    fn table_path(&self, key: &Key, table: &str) -> PathBuf {
        let [city, plan] = views::PARTITIONS;
        let folder = self.path.join(table).join(format!("{city}={}", key.city)).join(format!("{plan}={}", key.plan));
        folder.join(format!("data.{}", self.format.name()))
    }

    /// Refuses to write a partition through a link: what lies behind it is not the dataset's.
    ///
    /// # Errors
    /// When there is one, or the disk does not say.
    pub fn refuse_links(&self, key: &Key) -> Result<(), Failure> {
        let files: Vec<PathBuf> = self.table_paths(key).chain([self.stamp_path(key)]).collect();
        store::refuse_links(&self.path, files.iter().map(PathBuf::as_path))
    }

    /// The stamp of a partition whose files are all there, as large as they were written.
    ///
    /// # Errors
    /// When the disk does not say.
    pub fn stamp(&self, key: &Key) -> Result<Option<PartitionStamp>, Failure> {
        let Some(stamp) = store::read(&self.stamp_path(key))?.and_then(|bytes| PartitionStamp::parse(&bytes)) else {
            return Ok(None);
        };
        let tables = stamp.tables.iter().map(|table| table.table.as_str());
        if !tables.eq(catalogue().iter().map(|head| head.name)) {
            return Ok(None);
        }
        for table in &stamp.tables {
            let size = store::size(&self.table_path(key, &table.table))?;
            if size != u64::try_from(table.bytes).ok() {
                return Ok(None);
            }
        }
        Ok(Some(stamp))
    }

    /// Replaces the files of a partition. While it is done a mark says so, and as soon as the first table is replaced the
    /// partition has no stamp: by these the next run knows what was stopped half way, whether it is about this plan or not.
    ///
    /// # Errors
    /// When the disk refuses. The partition is then as it was, or gone.
    pub fn replace(&self, key: &Key, stamp: PartitionStamp, tables: Vec<MadeTable>) -> Result<(), Failure> {
        let known =
            |made: &MadeTable| TableStamp { table: made.table.to_owned(), rows: made.rows, bytes: made.bytes.len() };
        let stamp = PartitionStamp { tables: tables.iter().map(known).collect(), ..stamp };
        let path = self.stamp_path(key);
        let tables = tables.into_iter().map(|made| (self.table_path(key, made.table), made.bytes));
        let files: Vec<(PathBuf, Vec<u8>)> = tables.chain([(path.clone(), stamp.text().into_bytes())]).collect();
        let begun = [(self.manifest(key, BEGUN), Vec::new())];
        store::remake(&begun, true)?.put()?;
        let put = || {
            let remade = store::remake(&files, true)?;
            store::unmake(&path)?;
            remade.put()
        };
        put().inspect_err(|_| {
            // Where the disk refuses this as well, the next run does it.
            let _ = self.settle(key);
        })?;
        store::unmake(&begun[0].0)
    }

    /// How many partitions there are of other plans than these.
    ///
    /// # Errors
    /// When the disk does not say.
    pub fn others(&self, asked: &BTreeSet<Key>) -> Result<usize, Failure> {
        Ok(self.listed("json")?.iter().filter(|key| !asked.contains(key)).count())
    }
}

/// A table as it is to be written.
#[derive(Debug)]
pub struct MadeTable {
    /// Its name.
    pub table: &'static str,
    /// How many rows it has.
    pub rows: usize,
    /// Its file.
    pub bytes: Vec<u8>,
}

fn strange(shown: &str) -> Failure {
    Failure::new(
        say!(
            "{shown} には、データセットではないファイルがあります。何も書き込んでいません",
            "{shown} holds files that are no dataset of this program; nothing was written"
        ),
        say!("空のフォルダーか、新しいフォルダーを指定してください", "name an empty folder or a new one"),
    )
}

fn other_dataset(shown: &str, known: &Mark, wanted: &Mark) -> Failure {
    let (version, format, own) = (known.dataset, &known.format, &wanted.format);
    Failure::new(
        say!(
            "{shown} は別の形のデータセットです（版 {version}、{format}）。何も書き込んでいません",
            "{shown} is a dataset of another form (version {version}, {format}); nothing was written"
        ),
        say!(
            "別のフォルダーを指定してください（この版は {VERSION}、形式は {own}）",
            "name another folder (this version is {VERSION}, the format {own})"
        ),
    )
}
