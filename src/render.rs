//! One [`Document`](crate::report::document::Document), many formats; each knows the document and nothing of the plan.
