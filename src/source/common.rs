//! Files that two snapshots have in common: parsed once for both.

use rayon::prelude::*;
use toml::de::DeTable;

use super::Snapshot;
use crate::threads;

/// Parses the files at these paths, whose texts are the same in both. Like a plan that was opened, what they say is never
/// let go of.
pub fn parse_once(snapshots: &mut [Snapshot; 2], same: &[String]) {
    threads::help_to_parse(snapshots.iter().flat_map(|side| &side.files).map(|file| file.text().len()).sum());
    let [old, new] = &*snapshots;
    let both = |path: &String| Some([old.position(path)?, new.position(path)?]);
    let common: Vec<[usize; 2]> = same.iter().filter_map(both).collect();
    let tables: Vec<_> = common.par_iter().map(|[file, _]| table(old.text(*file))).collect();
    for (places, table) in common.into_iter().zip(tables) {
        snapshots.iter_mut().zip(places).for_each(|(side, file)| side.files[file].table = table);
    }
}

/// What a text says; `None` where it is not all TOML, for whoever reads it to tell why.
fn table(text: &str) -> Option<&'static DeTable<'static>> {
    let text: &'static str = Box::leak(text.into());
    let (table, errors) = DeTable::parse_recoverable(text);
    errors.is_empty().then(|| &*Box::leak(Box::new(table.into_inner())))
}
