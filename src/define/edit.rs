//! One value of the definition changed in place, with the reason that the plan keeps.

use chrono::NaiveDate;

use super::field::{self, Of, Spot};
use super::text::{self, Order, Pairs, Standing, Step};
use super::value::{Given, given};
use super::{Change, Target, home, kept, text_of};
use crate::failure::Failure;
use crate::keys::Shape;
use crate::lang::Say;
use crate::ledger::block::quoted;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::say;
use crate::source::Snapshot;

/// Why an approved value is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Nothing is said.
    Unsaid,
    /// It was decided so, on that day and for that reason.
    Decided(NaiveDate, String),
    /// It was never so: the file said something else than was approved.
    Misprint,
}

/// One value that changes.
#[derive(Debug, Clone)]
pub struct Edited {
    /// The file.
    pub change: Change,
    /// What is changed.
    pub label: Say,
    /// Its value now; `None` where there is none.
    pub before: Option<String>,
    /// Its value then; `None` where it goes.
    pub after: Option<String>,
    /// Whether it was approved.
    pub approved: bool,
    /// What holds while it has no value of its own, and where that comes from.
    pub inherited: Option<Say>,
}

/// A field that can be changed, and what it says now.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The field.
    pub spot: Spot,
    /// Its own value; `None` where there is none.
    pub now: Option<String>,
    /// As in [`Edited::inherited`].
    pub inherited: Option<Say>,
}

/// The keys of an entry whose values hold for those under it as well.
const INHERITED: [&str; 4] = ["owner", "rated", "start", "group"];

/// The value that an entry takes from the nearest one above that has one, or from the plan, and where it comes from.
fn inherited(snapshot: &Snapshot, plan: &Plan, target: Target, spot: &Spot, field: &str) -> Option<Say> {
    let Target::Entry(own) = target else { return None };
    if spot.path.len() != 1 || !INHERITED.contains(&spot.key) {
        return None;
    }
    let above = std::iter::successors(plan.entries[own].parent, |at| plan.entries[*at].parent);
    let said = |at: usize| {
        let (path, steps) = place(snapshot, plan, Target::Entry(at))?;
        let text = text_of(snapshot, &path)?;
        let spot = field::spot(text, Target::Entry(at), steps, field).ok()?;
        let value = Slot::of(text, &spot).now(text)?;
        let owners = plan.entries[at].owners.iter().map(|at| plan.owners[*at].label());
        let value = if spot.key == "owner" { owners.collect::<Vec<_>>().join("、") } else { value };
        Some((value, &plan.entries[at].id))
    };
    if let Some((value, id)) = above.into_iter().find_map(said) {
        return Some(say!("{value}（{id} から引き継いだもの）", "{value} (inherited from {id})"));
    }
    let text = text_of(snapshot, "plan.toml").filter(|_| spot.key == "rated")?;
    let value = text::value(text, &[], spot.key)?.texts().join("、");
    Some(say!("{value}（計画から引き継いだもの）", "{value} (inherited from the plan)"))
}

/// Where an owner, a plan, an entry or an indicator stands: the file, and the way to its table.
fn place(snapshot: &Snapshot, plan: &Plan, target: Target) -> Option<(String, Vec<Step>)> {
    let at = |path: &str, id: &Id| (path.to_owned(), vec![Step::Id(id.clone())]);
    match target {
        Target::Plan => Some(("plan.toml".into(), Vec::new())),
        Target::Owner(place) => Some(at("owners.toml", &plan.owners[place].id)),
        Target::Source(place) => Some(at("sources.toml", &plan.sources[place].id)),
        Target::Theme(place) => Some(at("themes.toml", &plan.themes[place].id)),
        Target::Entry(place) => home(snapshot, &plan.entries[place].id).map(|path| at(path, &plan.entries[place].id)),
        Target::Indicator(place) => {
            home(snapshot, &plan.indicators[place].id).map(|path| at(path, &plan.indicators[place].id))
        }
    }
}

/// The field of a target that a text names, and its value now.
///
/// # Errors
/// When there is no such field.
pub fn asked(snapshot: &Snapshot, plan: &Plan, target: Target, field: &str) -> Result<Asked, Failure> {
    let (path, steps) = place(snapshot, plan, target).ok_or_else(nowhere)?;
    let text = text_of(snapshot, &path).unwrap_or_default();
    let spot = field::spot(text, target, steps, field)?;
    let now = Slot::of(text, &spot).now(text);
    let inherited = inherited(snapshot, plan, target, &spot, field);
    Ok(Asked { spot, now, inherited })
}

fn nowhere() -> Failure {
    Failure::new(
        say!("これを定めたファイルが見つかりません", "the file that defines it is not found"),
        say!("kaikaku check で確かめてください", "run `kaikaku check`"),
    )
}

/// The one key that changes.
struct Slot {
    path: Vec<Step>,
    key: String,
    order: SlotOrder,
    /// The table that has to be made for it.
    map: Option<String>,
}

enum SlotOrder {
    Listed(Vec<&'static str>),
    Time,
    Named,
}

impl SlotOrder {
    fn get(&self) -> Order<'_> {
        match self {
            Self::Listed(all) => Order::Listed(all),
            Self::Time => Order::Time,
            Self::Named => Order::Listed(&[]),
        }
    }
}

impl Slot {
    fn of(text: &str, spot: &Spot) -> Self {
        let listed = || SlotOrder::Listed(spot.order());
        let here = |map: Option<&str>| Self {
            path: spot.path.clone(),
            key: spot.key.into(),
            order: listed(),
            map: map.map(str::to_owned),
        };
        let mut path = spot.path.clone();
        path.push(Step::Key(spot.key.into()));
        let (keys, wanted) = match (&spot.of, spot.shape) {
            (Of::Named(name), _) if text::keys(text, &path).is_empty() => {
                return Self { key: name.clone(), ..here(Some(spot.key)) };
            }
            (Of::Named(name), _) => return Self { path, key: name.clone(), order: SlotOrder::Named, map: None },
            (Of::Period(period), _) => (text::keys(text, &path), Some(*period)),
            (_, Shape::Values | Shape::Steps) => (text::keys(text, &path), None),
            (_, Shape::Value) if text::keys(text, &path).iter().any(|key| key == "value") => {
                return Self { path, key: "value".into(), order: listed(), map: None };
            }
            _ => return Self::within(text, spot).unwrap_or_else(|| here(None)),
        };
        let same = |key: &&String| wanted.is_none_or(|wanted| Period::parse(key).is_ok_and(|p| p.period == wanted));
        let key = keys.iter().find(same).cloned().or_else(|| wanted.map(Period::short));
        let Some(key) = key else { return here(Some(spot.key)) };
        if keys.is_empty() {
            return Self { key, ..here(Some(spot.key)) };
        }
        // A value with where it is from stands in a table of its own.
        let mut inner = path.clone();
        inner.push(Step::Key(key.clone()));
        if text::keys(text, &inner).iter().any(|key| key == "value") {
            return Self { path: inner, key: "value".into(), order: listed(), map: None };
        }
        Self { path, key, order: SlotOrder::Time, map: None }
    }

    /// The slot in a table that the file does not have yet.
    fn within(text: &str, spot: &Spot) -> Option<Self> {
        let (Step::Key(table), above) = spot.path.split_last()? else { return None };
        let slot =
            Self { path: above.to_vec(), key: spot.key.into(), order: SlotOrder::Named, map: Some(table.clone()) };
        text::keys(text, &spot.path).is_empty().then_some(slot)
    }

    fn standing(&self, text: &str) -> Option<Standing> {
        if self.map.is_some() { None } else { text::value(text, &self.path, &self.key) }
    }

    fn now(&self, text: &str) -> Option<String> {
        match self.standing(text)? {
            Standing::Table => text::written(text, &self.path, &self.key),
            other => Some(other.texts().join("、")),
        }
    }

    fn put(&self, text: &str, value: &Given) -> Result<String, text::Kept> {
        match (value, &self.map) {
            (Given::Nothing, None) => {
                let mut keys = text::keys(text, &self.path);
                keys.retain(|key| *key != self.key);
                match (&self.order, self.path.split_last()) {
                    // The last value of a map takes the map with it.
                    (SlotOrder::Time | SlotOrder::Named, Some((Step::Key(map), above))) if keys.is_empty() => {
                        text::remove(text, above, map)
                    }
                    _ => text::remove(text, &self.path, &self.key),
                }
            }
            (Given::Nothing, Some(_)) => Ok(text.to_owned()),
            (value, Some(map)) => {
                let value = value.toml().unwrap_or_default();
                text::set(
                    text,
                    &self.path,
                    map,
                    self.order.get(),
                    &format!("{{ {} = {value} }}", text::bare(&self.key)),
                )
            }
            (Given::One(value), None) => {
                // A value that was written in words stays a text.
                let as_text = matches!(self.standing(text), Some(Standing::Text(_))) && !value.starts_with('"');
                let value =
                    if as_text && matches!(self.order, SlotOrder::Time) { quoted(value) } else { value.clone() };
                text::set(text, &self.path, &self.key, self.order.get(), &value)
            }
            (Given::Texts(texts), None) => text::set_texts(text, &self.path, &self.key, self.order.get(), texts),
        }
    }
}

/// Changes one value.
///
/// # Errors
/// When there is no such field, the value cannot be read, is what stands there, or was approved and nobody says why it
/// changes.
pub fn edit(
    snapshot: &Snapshot,
    plan: &Plan,
    target: Target,
    field: &str,
    value: &str,
    why: &Why,
) -> Result<Edited, Failure> {
    let (path, steps) = place(snapshot, plan, target).ok_or_else(nowhere)?;
    let old = text_of(snapshot, &path).ok_or_else(nowhere)?;
    let spot = field::spot(old, target, steps.clone(), field)?;
    let slot = Slot::of(old, &spot);
    let before = slot.now(old);
    let value = noted(&slot, old, &spot, given(plan, spot.key, spot.shape, &spot.label, value)?)?;
    if slot.map.as_deref() == Some(spot.key) && slot.key == spot.key {
        return Err(without_year(&spot.label));
    }
    if value == Given::Nothing && spot.required && slot.key == spot.key {
        let Say { ja, en } = &spot.label;
        return Err(Failure::plain(say!("{ja}は空にできません", "{en} cannot be left out")));
    }
    if matches!(slot.standing(old), Some(Standing::Table)) {
        return Err(kept(text::Kept::NoPlace, &path));
    }
    let mut new = slot.put(old, &value).map_err(|why| kept(why, &path))?;
    if new == old {
        let Say { ja, en } = &spot.label;
        return Err(Failure::plain(say!("{ja}は既にそのとおりです", "{en} is so already")));
    }
    let approved = spot.approved && before.is_some();
    match why {
        Why::Unsaid if approved => return Err(without_reason(&spot.label)),
        Why::Decided(day, reason) => new = reasoned(&new, old, &spot, target, &steps, (*day, reason), &path)?,
        Why::Unsaid | Why::Misprint => {}
    }
    let after = match &value {
        Given::Nothing => None,
        _ => Slot::of(&new, &spot).now(&new),
    };
    let inherited = inherited(snapshot, plan, target, &spot, field);
    let change = Change { path, old: Some(old.to_owned()), new };
    Ok(Edited { change, label: spot.label, before, after, approved, inherited })
}

/// Of several notes the one that is meant; one alone needs no number.
fn noted(slot: &Slot, text: &str, spot: &Spot, value: Given) -> Result<Given, Failure> {
    if spot.key != "note" {
        return Ok(value);
    }
    let now = slot.standing(text).map(|now| now.texts()).unwrap_or_default();
    let nth = match spot.of {
        Of::Nth(nth) => nth,
        _ if now.len() > 1 => {
            let count = now.len();
            let next = count + 1;
            return Err(Failure::new(
                say!("注は {count} 件あります", "there are {count} notes"),
                say!(
                    "「注 1」のように番号を付けてください（「注 {next}」で書き足せます）",
                    "number it, such as `note 1` (`note {next}` adds one)"
                ),
            ));
        }
        _ => 0,
    };
    let mut all = now;
    match value {
        Given::Nothing if nth < all.len() => drop(all.remove(nth)),
        Given::Texts(texts) if nth < all.len() => all.splice(nth..=nth, texts).for_each(drop),
        Given::Texts(texts) if nth == all.len() => all.extend(texts),
        _ => {
            let (n, count) = (nth + 1, all.len());
            return Err(Failure::plain(say!(
                "注{n}はありません（{count} 件あります）",
                "there is no note {n} (of {count})"
            )));
        }
    }
    Ok(if all.is_empty() { Given::Nothing } else { Given::Texts(all) })
}

/// The text with the reason: of a target, the targets that held before; of anything else `[[change]]`.
fn reasoned(
    new: &str,
    old: &str,
    spot: &Spot,
    target: Target,
    steps: &[Step],
    (day, reason): (NaiveDate, &str),
    path: &str,
) -> Result<String, Failure> {
    if let Some(hint) = without_reasons(target) {
        return Err(Failure::new(say!("この登録の変更に、理由は書けません", "a change of this takes no reason"), hint));
    }
    let order = field::order(field::form(target));
    if matches!(target, Target::Indicator(_))
        && spot.key == "target"
        && spot.path == steps
        && let Some(targets) = text::written(old, steps, "target")
    {
        return revised(new, steps, &targets, (day, reason), &order).map_err(|why| kept(why, path))?;
    }
    let pairs: Pairs =
        vec![("date", day.to_string()), ("reason", quoted(reason)), ("keys", format!("[{}]", quoted(spot.amends)))];
    if steps.is_empty() {
        return Ok(text::at_end(new, &text::block("[[change]]", &pairs)));
    }
    text::push(new, steps, "change", Order::Listed(&order), &pairs, true).map_err(|why| kept(why, path))
}

/// What to do instead of a reason, where a register keeps none.
fn without_reasons(target: Target) -> Option<Say> {
    match target {
        Target::Owner(_) => Some(say!(
            "--reason を外してください。旧称は aliases に残せます",
            "leave out --reason; former names can stay in aliases"
        )),
        Target::Source(_) | Target::Theme(_) => Some(say!("--reason を外してください", "leave out --reason")),
        Target::Plan | Target::Entry(_) | Target::Indicator(_) => None,
    }
}

/// The text with the targets that held until the day before the decision. Of several decisions of one day the first keeps
/// what held before.
#[allow(clippy::type_complexity, reason = "why a text is left, or why a person is refused")]
fn revised(
    new: &str,
    steps: &[Step],
    targets: &str,
    (day, reason): (NaiveDate, &str),
    order: &[&str],
) -> Result<Result<String, Failure>, text::Kept> {
    let until = day.pred_opt().unwrap_or(day);
    for place in 0..text::count(new, steps, "revised") {
        let mut path = steps.to_vec();
        path.push(Step::Nth("revised".into(), place));
        let known = text::value(new, &path, "until").map(|now| now.texts().concat()).unwrap_or_default();
        let Some(known) = Period::parse(&known).ok().map(|parsed| parsed.period.last_day()) else { continue };
        if known == until {
            return Ok(Ok(new.to_owned()));
        }
        if until < known {
            let then = Period::Day(known).short();
            return Ok(Err(Failure::new(
                say!(
                    "{then} まで有効だった目標値が、もう記されています",
                    "the targets that held until {then} are there already"
                ),
                say!("--decided にはそれより後の日を書いてください", "give a later day to --decided"),
            )));
        }
    }
    let pairs: Pairs = vec![
        ("until", quoted(&Period::Day(until).short())),
        ("target", targets.to_owned()),
        ("reason", quoted(reason)),
    ];
    text::push(new, steps, "revised", Order::Listed(order), &pairs, false).map(Ok)
}

fn without_reason(label: &Say) -> Failure {
    let Say { ja, en } = label;
    Failure::new(
        say!(
            "{ja}は決定された内容です。変える理由がありません",
            "{en} was approved, and no reason is given for the change"
        ),
        say!(
            "--reason \"理由\"（決めた日が今日でなければ --decided 日付）を付けてください。入力の誤りを直すだけなら --misprint",
            "give --reason \"WHY\" (and --decided DAY, unless it was today), or --misprint where the file was merely wrong"
        ),
    )
}

fn without_year(label: &Say) -> Failure {
    let Say { ja, en } = label;
    Failure::new(
        say!("{ja}がまだないので、年度の指定が要ります", "there is no {en} yet, so its year is needed"),
        say!("「{ja} R5 48.9」のように書いてください", "write `{en} R5 48.9`"),
    )
}
