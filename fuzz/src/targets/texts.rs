//! Texts that are merged or parsed.

use kaikaku::ledger::split::{Block, Split};
use kaikaku::merge::{Marks, Merged, merge};
use kaikaku::tree::Memory;

/// Both sides give the same, and what only one side did is what comes out.
pub fn merged(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\n=== ");
    let [base, ours, theirs] = [(); 3].map(|()| parts.next().unwrap_or_default());
    let marks = Marks { ours: "a", theirs: "b", size: 7 };
    let (one, other) = (merge(base, ours, theirs, marks), merge(base, theirs, ours, marks));
    if let (Some(Merged::Clean(one)), Some(Merged::Clean(other))) = (&one, &other) {
        let says = |text: &str| {
            let text = text.replace("\r\n", "\n");
            let mut says: Vec<String> = Split::parse(&text).expect("blocks").blocks.iter().map(Block::says).collect();
            says.sort();
            says
        };
        assert_eq!(says(one), says(other));
    }
    assert_eq!(
        matches!(one, Some(Merged::Clean(_))),
        matches!(other, Some(Merged::Clean(_))),
        "one side is in conflict"
    );
}

/// What the fast parser takes, the toml crate takes, and both see the same.
pub fn parsers(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (mut memory, mut other) = (Memory::default(), Memory::default());
    let Some(plain) = memory.parse_plain(text) else { return };
    let (whole, errors) = other.parse_whole(text);
    assert!(errors.is_empty(), "only the fast parser takes it: {errors:?}");
    assert_eq!(format!("{plain:?}"), format!("{whole:?}"));
}
