//! What is seen only once all is linked: how many entries each level has, and whether every owner owns something.

use std::collections::HashSet;

use super::link::Linked;
use super::registers::Registers;
use crate::finding::{Code, Finding};
use crate::plan::Head;
use crate::say;

/// Levels that do not have as many entries as the plan says.
pub fn report_counts(head: &Head, registers: &Registers, counts: &[usize], findings: &mut Vec<Finding>) {
    let expected = head.expect.iter().zip(&registers.expect_places);
    for ((level, (expected, place)), count) in head.levels.iter().zip(expected).zip(counts) {
        if expected != count {
            findings.push(Finding::new(
                Code::WrongCount,
                usize::try_from(head.origin.file).unwrap_or(0),
                place.clone(),
                say!(
                    "「{level}」は {expected} 件のはずですが、outline/ には {count} 件あります",
                    "{expected} entries of level `{level}` are expected, but outline/ has {count}"
                ),
                say!(
                    "outline/ の抜けや重なりを確かめるか、expect を直してください",
                    "look for a missing or needless entry in outline/, or mend `expect`"
                ),
            ));
        }
    }
}

/// Owners that nothing names.
pub fn report_unused_owners(registers: &Registers, linked: &Linked, findings: &mut Vec<Finding>) {
    let entries = linked.entries.iter().flat_map(|e| &e.owners);
    let used: HashSet<usize> = entries.chain(linked.indicators.iter().flat_map(|i| &i.owners)).copied().collect();
    for (place, owner) in registers.owners.iter().enumerate().filter(|(place, _)| !used.contains(place)) {
        let (file, start) = registers.owner_places[place];
        let name = &owner.name;
        findings.push(Finding::new(
            Code::OwnerUnused,
            file,
            start..start + owner.id.as_str().len(),
            say!("所管課「{name}」は、どの項目でも使われていません", "the owner `{name}` owns nothing"),
            say!(
                "項目の owner に書くか、owners.toml から消してください",
                "name it as an owner, or delete it from owners.toml"
            ),
        ));
    }
}
