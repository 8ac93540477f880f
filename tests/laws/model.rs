//! Counts, rates and verdicts against a model that was written from the reference (`figures.md`, `files.md`), not from the
//! source: random plans, of which both must say the same.
//!
//! `cargo test` tries a few hundred; `KAIKAKU_PLANS=10000 cargo test --test laws model` as many as that.

mod chance;
mod counts;
mod fraction;
mod records;
mod verdicts;

/// How many plans are tried.
fn plans() -> u32 {
    std::env::var("KAIKAKU_PLANS").ok().and_then(|plans| plans.parse().ok()).unwrap_or(300)
}

/// The files, for whoever must see what went wrong.
fn shown(files: &[(String, String)]) -> String {
    files.iter().map(|(path, text)| format!("=== {path}\n{text}\n")).collect()
}
