//! From files to a checked plan: [`Snapshot`] (path → text), typed reading, links, and every finding on the way.
//!
//! [`load`] is the one gate: nothing else makes a [`Plan`].

mod cascade;
mod head;
mod histories;
mod hygiene;
mod indicators;
mod judging;
pub mod lenient;
mod link;
mod load;
mod named;
pub mod names;
mod outline;
mod owners;
mod papers;
mod part;
mod publication;
mod published;
pub mod revision;
mod road;
mod scales;
mod sums;
mod syntax;
mod templates;
mod themes;
pub mod workspace;

pub use crate::snapshot::{self, Snapshot};
pub use histories::reread;
pub use part::{is_closed, is_definition, is_read_for_plans, is_record, is_themes};

use crate::finding::Finding;
use crate::plan::Plan;

/// What came out of loading.
#[derive(Debug)]
pub struct Loaded {
    /// The plan, unless a finding is an error.
    pub plan: Option<Plan>,
    /// By file, then by place.
    pub findings: Vec<Finding>,
    /// How many entries each level has, as far as they could be read.
    pub counts: Vec<usize>,
}

/// Reads the plan in `snapshot`, which `folder` names, collecting every finding about what is written.
pub fn load(snapshot: &Snapshot, folder: &str) -> Loaded {
    load_audited(snapshot, folder, &|_| Vec::new())
}

/// Reads the plan as [`load`] does, and adds what `audit` finds in the finished plan.
pub fn load_audited(snapshot: &Snapshot, folder: &str, audit: &dyn Fn(&Plan) -> Vec<Finding>) -> Loaded {
    load::read(snapshot, folder, audit)
}
