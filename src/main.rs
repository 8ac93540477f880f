//! kaikaku
fn main() {}
