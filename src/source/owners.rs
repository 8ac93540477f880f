//! What is wrong with names: owners that nothing names, owners of one name, and names that are the id of another.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::link::Linked;
use crate::fields::registers::Registers;
use crate::finding::{Code, Finding};
use crate::lang::Say;
use crate::plan::id::Id;
use crate::plan::owner::Owner;
use crate::say;
use crate::text::same::{name_key, unseen_difference};

/// Owners that share their name with one before them: told apart by their bureaus, or by nothing.
pub fn report_namesakes(registers: &Registers, findings: &mut Vec<Finding>) {
    let owners = &registers.owners;
    let mut named: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let labels = labels(owners);
    for (place, owner) in owners.iter().enumerate() {
        let first = *named.entry(name_key(&owner.name)).or_insert(place);
        if first == place {
            continue;
        }
        let [there, here] = [first, place].map(|at| {
            let (file, start) = registers.owner_places[at];
            (file, start..start + owners[at].id.as_str().len())
        });
        let (code, help) = namesake(owners, &labels, first, place);
        let message = shared_name(&owners[first], owner);
        let finding = Finding::new(code, here.0, here.1, message, help);
        findings.push(finding.related(there.0, there.1, say!("一つ目", "the first one")));
    }
}

/// Which owners papers show by each label: two of them tell whether there is another one.
type Labels<'o> = HashMap<Cow<'o, str>, Vec<&'o Id>>;

fn labels(owners: &[Owner]) -> Labels<'_> {
    let mut labels = Labels::new();
    for owner in owners {
        let ids = labels.entry(name_key(owner.label())).or_default();
        if ids.len() < 2 && !ids.contains(&&owner.id) {
            ids.push(&owner.id);
        }
    }
    labels
}

/// Whether papers can tell two owners of one name apart, and what follows from it.
fn namesake(owners: &[Owner], labels: &Labels<'_>, first: usize, second: usize) -> (Code, Say) {
    let [one, two] = [first, second].map(|at| owners[at].label());
    let alike = labels.get(&name_key(two)).is_some_and(|ids| ids.iter().any(|id| **id != owners[second].id));
    if alike {
        let help = say!("それぞれに bureau を書いて区別してください", "give each a `bureau` to tell them apart");
        return (Code::OwnersAlike, help);
    }
    let help =
        say!("報告書と照会では「{one}」「{two}」と示します", "papers and forms show them as `{one}` and `{two}`");
    (Code::OwnersOfOneName, help)
}

/// That two owners have one name, with what the eye cannot see in it.
fn shared_name(first: &Owner, second: &Owner) -> Say {
    let [a, b] = match unseen_difference(&first.name, &second.name) {
        Some((a, b)) => [a, b],
        None => [first, second].map(|owner| owner.name.to_string()),
    };
    let ids = [&first.id, &second.id];
    let [id_a, id_b] = ids;
    if a == b {
        return say!(
            "所管課「{a}」は二つ以上あります（{id_a}、{id_b}）",
            "more than one owner is called `{a}` ({id_a}, {id_b})"
        );
    }
    say!(
        "所管課「{b}」（{id_b}）と「{a}」（{id_a}）は同じ名称です",
        "the owners `{b}` ({id_b}) and `{a}` ({id_a}) have the same name"
    )
}

/// Owners, entries and indicators whose name or alias is the id of another: whoever asks by it would get the other.
pub fn report_names_that_are_ids(registers: &Registers, linked: &Linked, findings: &mut Vec<Finding>) {
    let other = |text: &str, own: &Id| Id::parse(text).ok().filter(|id| id != own);
    let owner_ids: HashSet<&Id> = registers.owners.iter().map(|owner| &owner.id).collect();
    for (owner, place) in registers.owners.iter().zip(&registers.owner_places) {
        let names = std::iter::once(&owner.name).chain(&owner.aliases);
        let ids = names.filter_map(|name| other(name, &owner.id));
        let taken = ids.into_iter().find(|id| owner_ids.contains(id));
        findings.extend(taken.map(|id| name_of_another(&id, *place)));
    }
    let entries = linked.entries.iter().map(|entry| (&entry.id, &entry.name, &entry.aliases[..], entry.origin));
    let indicators = linked.indicators.iter().map(|one| (&one.id, &one.name, &[][..], one.origin));
    for (own, name, aliases, origin) in entries.chain(indicators) {
        let mut ids = std::iter::once(name).chain(aliases).filter_map(|name| other(name, own));
        let place = (usize::try_from(origin.file), usize::try_from(origin.offset));
        if let (Some(id), (Ok(file), Ok(offset))) = (ids.find(|id| linked.index.contains_key(id)), place) {
            findings.push(name_of_another(&id, (file, offset)));
        }
    }
}

fn name_of_another(id: &Id, (file, offset): (usize, usize)) -> Finding {
    Finding::new(
        Code::DuplicateId,
        file,
        offset..offset,
        say!("名称か別名が、別のものの番号「{id}」と同じです", "its name or an alias is `{id}`, the ID of another one"),
        say!("名称か別名を変えてください", "change the name or the alias"),
    )
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
