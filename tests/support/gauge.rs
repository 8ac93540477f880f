//! One indicator and its values, judged.

use kaikaku::plan::Plan;
use kaikaku::plan::period::{Cycle, Period};
use kaikaku::query::AsOf;
use kaikaku::query::gap::{Gap, Rate, gap};
use kaikaku::source::{self, Snapshot};
use rust_decimal::Decimal;

/// A plan from R6 to R9, more of its `plan.toml`, and one indicator `x` with records.
pub fn plan(head: &str, indicator: &str, records: &str) -> Plan {
    let head = format!(
        "schema = 1\nid = \"gauge\"\nname = \"計画\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\nlevels = [\"取組\"]\n{head}\n"
    );
    let mut snapshot = Snapshot::default();
    snapshot.put("plan.toml", head);
    snapshot.put("outline/1.toml", "[1]\nname = \"取組\"\n".to_owned());
    snapshot.put("indicators.toml", format!("[x]\nname = \"指標\"\n{indicator}\n"));
    snapshot.put("records/x.toml", records.to_owned());
    let loaded = source::load(&snapshot, "plan");
    let shown: Vec<String> = loaded.findings.iter().map(|f| format!("{} {}", f.code, f.message.en)).collect();
    loaded.plan.unwrap_or_else(|| panic!("{shown:?}\n{indicator}\n{records}"))
}

/// `up` or `down` (or another kind) with baseline and target as written: `"R5 = 40"`, `"R9 = 60"`.
pub fn indicator(kind: &str, baseline: &str, target: &str) -> String {
    format!("unit = \"％\"\nkind = \"{kind}\"\nbaseline = {{ {baseline} }}\ntarget = {{ {target} }}\n")
}

/// Records of these values, one a period: `[("R6", "45")]`.
pub fn values(values: &[(&str, &str)]) -> String {
    values.iter().map(|(period, value)| format!("[[measure]]\nperiod = \"{period}\"\nvalue = {value}\n")).collect()
}

/// The indicator as of a period.
pub fn at<'p>(plan: &'p Plan, period: &str) -> Gap<'p> {
    gap(plan, &plan.indicators[0], AsOf::parse(period, plan.head.cycle).unwrap())
}

/// A rate in percent without trailing zeros, "－" where it has no meaning.
pub fn percent(rate: Option<Rate>) -> String {
    rate.and_then(Rate::percent).map_or_else(|| "－".to_owned(), |p| p.normalize().to_string())
}

/// A number without trailing zeros, "－" where there is none.
pub fn plain(number: Option<Decimal>) -> String {
    number.map_or_else(|| "－".to_owned(), |n| n.normalize().to_string())
}

/// The band that holds, by its id; "－" where none does.
pub fn band<'p>(gap: &Gap<'p>) -> &'p str {
    gap.band.map_or("－", |band| band.id.as_str())
}

/// A period as a file writes it.
pub fn period(text: &str) -> Period {
    AsOf::parse(text, Cycle::Year).unwrap().period
}
