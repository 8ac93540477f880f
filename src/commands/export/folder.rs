//! The folder of a dataset: whose it is, and how a partition of it is replaced.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::dataset::stamp::{PartitionStamp, TableStamp};
use crate::dataset::{DatasetFormat, Key, VERSION, catalogue, views};
use crate::failure::Failure;
use crate::say;
use crate::store::{self, Writer};

/// The file that says that a folder is a dataset of this program. Engines pass over what begins with a line.
const MARK: &str = "_dataset.json";

/// The folder with the stamps of the partitions.
const STAMPS: &str = "_manifest";

/// The folder of a dataset, held against other writers.
#[derive(Debug)]
pub struct DatasetFolder {
    /// As the user knows it.
    pub shown: String,
    /// In which format its tables are.
    pub format: DatasetFormat,
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
    /// Opens a dataset, or begins one in a folder that is empty or not there yet.
    ///
    /// # Errors
    /// When the folder is another program's, the dataset of another version or format, or the disk refuses.
    pub fn open(path: PathBuf, shown: String, format: DatasetFormat) -> Result<Self, Failure> {
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
        Ok(Self { shown, format, path, _writer: writer })
    }

    fn stamp_path(&self, key: &Key) -> PathBuf {
        self.path.join(STAMPS).join(&key.city).join(format!("{}.json", key.plan))
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
        let tables = catalogue().into_iter().map(|head| self.table_path(key, head.name));
        let files: Vec<PathBuf> = tables.chain([self.stamp_path(key)]).collect();
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

    /// Replaces the files of a partition. While it is done the partition has no stamp: what stops half way is done again.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn replace(&self, key: &Key, stamp: PartitionStamp, tables: Vec<MadeTable>) -> Result<(), Failure> {
        let known =
            |made: &MadeTable| TableStamp { table: made.table.to_owned(), rows: made.rows, bytes: made.bytes.len() };
        let stamp = PartitionStamp { tables: tables.iter().map(known).collect(), ..stamp };
        let path = self.stamp_path(key);
        let tables = tables.into_iter().map(|made| (self.table_path(key, made.table), made.bytes));
        let files: Vec<(PathBuf, Vec<u8>)> = tables.chain([(path.clone(), stamp.text().into_bytes())]).collect();
        let remade = store::remake(&files, true)?;
        store::unmake(&path)?;
        remade.put()
    }

    /// How many partitions there are of other plans than these.
    ///
    /// # Errors
    /// When the disk does not say.
    pub fn others(&self, asked: &BTreeSet<Key>) -> Result<usize, Failure> {
        let name = |path: &Path| path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut others = 0;
        for city in store::names(&self.path.join(STAMPS))? {
            let keys = store::names(&city)?.into_iter().map(|plan| Key { city: name(&city), plan: name(&plan) });
            others += keys.filter(|key| !key.plan.starts_with('.') && !asked.contains(key)).count();
        }
        Ok(others)
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
