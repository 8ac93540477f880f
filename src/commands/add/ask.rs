//! What `kaikaku add` asks at a terminal.

use anyhow::Result;

use super::args::{EntryArgs, IndicatorArgs, InitiativeArgs, MilestoneArgs, OwnerArgs};
use super::{What, initiative};
use crate::commands::form::Form;
use crate::commands::{Context, Opened, definition};
use crate::define::add::{next_indicator, next_number, next_owner};
use crate::define::field::{name, word_name};
use crate::define::value::given;
use crate::failure::Failure;
use crate::keys::{self, Form as Table, Shape};
use crate::lang::Say;
use crate::plan::id::Id;
use crate::say;

/// Asks for what was not given, step by step. Where something was asked before, its answers are offered again.
pub fn ask(context: &Context, opened: &Opened, what: &mut What, earlier: &What) -> Result<()> {
    let asking = Asking { context, form: Form::new(context.lang()), opened };
    match (what, earlier) {
        (What::Entry(args), What::Entry(earlier)) => asking.entry(args, earlier),
        (What::Indicator(args), What::Indicator(earlier)) => asking.indicator(args, earlier),
        (What::Owner(args), What::Owner(earlier)) => asking.owner(args, earlier),
        (What::Initiative(args), What::Initiative(earlier)) => asking.initiative(args, earlier),
        (What::Milestone(args), What::Milestone(earlier)) => asking.milestone(args, earlier),
        _ => Ok(()),
    }
}

struct Asking<'a> {
    context: &'a Context,
    form: Form,
    opened: &'a Opened,
}

fn blank(text: String) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}

impl Asking<'_> {
    fn id(&self, id: &mut Option<String>, earlier: &Option<String>, free: Option<Id>) -> Result<()> {
        if id.is_none() {
            let free = free.map(|id| id.to_string());
            let check = |text: &str| definition::id(text).map(|_| ());
            *id = Some(self.form.checked(say!("番号", "ID"), earlier.as_deref().or(free.as_deref()), check)?);
        }
        Ok(())
    }

    /// One value of a key; what `check` would refuse is not taken.
    fn one(
        &self,
        table: &'static Table,
        key: &'static str,
        into: &mut Option<String>,
        earlier: &Option<String>,
    ) -> Result<()> {
        let Some(known) = table.key(key).filter(|_| into.is_none()) else { return Ok(()) };
        let (label, shape, required) = (name(table, key), known.shape(), known.is_required());
        if let Shape::Words(words) = shape {
            return self.word(&label, words, required, into, earlier);
        }
        let Say { ja, en } = &label;
        let question = match required {
            true => say!("{ja}", "{en}"),
            false => say!("{ja}（なければ空のまま）", "{en} (or leave blank)"),
        };
        let plan = self.opened.plan.clone();
        let check = move |text: &str| match text.trim() {
            "" if required => Err(Failure::plain(say!("空にはできません", "it cannot be empty"))),
            "" => Ok(()),
            text => {
                let value = match shape {
                    Shape::Values | Shape::Steps => text.split_once(['=', '＝']).map_or("", |(_, value)| value),
                    _ => text,
                };
                given(&plan, key, shape, &label, value).map(|_| ())
            }
        };
        *into = blank(self.form.checked(question, earlier.as_deref(), check)?);
        Ok(())
    }

    fn word(
        &self,
        label: &Say,
        words: &'static [&'static str],
        required: bool,
        into: &mut Option<String>,
        earlier: &Option<String>,
    ) -> Result<()> {
        let lang = self.context.lang();
        let mut names: Vec<String> = words.iter().map(|word| word_name(word, lang)).collect();
        names.extend((!required).then(|| lang.pick("（書かない）", "(leave out)").to_owned()));
        let usual = if required { 0 } else { words.len() };
        let start = words.iter().position(|word| Some(*word) == earlier.as_deref()).unwrap_or(usual);
        let chosen = self.form.choose(label.clone(), &names, start)?;
        *into = words.get(chosen).map(|word| (*word).to_owned());
        Ok(())
    }

    /// Owners, of those that the plan has.
    fn owners(&self, into: &mut Vec<String>, earlier: &[String]) -> Result<()> {
        if !into.is_empty() || self.opened.plan.owners.is_empty() {
            return Ok(());
        }
        let mut one = None;
        let before = blank(earlier.join("、"));
        self.one(&keys::ENTRY, "owner", &mut one, &before)?;
        into.extend(one);
        Ok(())
    }

    /// An entry, by its id.
    fn above(
        &self,
        question: Say,
        into: &mut Option<String>,
        earlier: &Option<String>,
        levels: usize,
        top: bool,
    ) -> Result<()> {
        if into.is_some() {
            return Ok(());
        }
        let plan = &self.opened.plan;
        let entries: Vec<_> = plan.entries.iter().filter(|entry| entry.level < levels).collect();
        let mut names: Vec<String> = entries.iter().map(|entry| format!("{} {}", entry.id, entry.name)).collect();
        names.extend(top.then(|| self.context.lang().pick("（最上位に置く）", "(at the top)").to_owned()));
        let start = entries.iter().position(|entry| Some(entry.id.as_str()) == earlier.as_deref()).unwrap_or(0);
        let chosen = self.form.choose(question, &names, start)?;
        *into = entries.get(chosen).map(|entry| entry.id.to_string());
        Ok(())
    }

    fn place(&self, text: Option<&str>) -> Option<usize> {
        crate::commands::find_entry(&self.opened.plan, text?).ok()
    }

    fn entry(&self, args: &mut EntryArgs, earlier: &EntryArgs) -> Result<()> {
        let plan = &self.opened.plan;
        if args.id.is_none() {
            let question = say!("どの項目の下に加えますか", "Under which entry?");
            self.above(question, &mut args.under, &earlier.under, plan.head.levels.len() - 1, true)?;
        }
        self.id(&mut args.id, &earlier.id, next_number(plan, self.place(args.under.as_deref())))?;
        self.one(&keys::ENTRY, "name", &mut args.name, &earlier.name)?;
        self.one(&keys::ENTRY, "summary", &mut args.summary, &earlier.summary)?;
        self.owners(&mut args.owner, &earlier.owner)?;
        self.one(&keys::ENTRY, "added", &mut args.added, &earlier.added)
    }

    fn indicator(&self, args: &mut IndicatorArgs, earlier: &IndicatorArgs) -> Result<()> {
        let table = &keys::INDICATOR;
        self.one(table, "name", &mut args.name, &earlier.name)?;
        self.id(&mut args.id, &earlier.id, next_indicator(&self.opened.plan))?;
        self.one(table, "kind", &mut args.kind, &earlier.kind)?;
        match args.kind.as_deref() {
            Some("heading") => return Ok(()),
            Some("milestone") => self.several(table, "steps", &mut args.step, &earlier.step)?,
            _ => self.one(table, "unit", &mut args.unit, &earlier.unit)?,
        }
        if args.kind.as_deref() == Some("maintain") {
            self.one(table, "tolerance", &mut args.tolerance, &earlier.tolerance)?;
        }
        self.by_year(
            say!("基準値（R5=48.9 のように。なければ空のまま）", "Baseline (such as R5=48.9, or leave blank)"),
            &mut args.baseline,
            &earlier.baseline,
        )?;
        if args.target.is_empty() {
            let (mut one, before) = (None, blank(earlier.target.join(" ")));
            self.by_year(
                say!(
                    "目標値（R7=60 R9=65 のように。なければ空のまま）",
                    "Targets (such as R7=60 R9=65, or leave blank)"
                ),
                &mut one,
                &before,
            )?;
            args.target = one.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned).collect();
        }
        self.several(table, "entry", &mut args.entry, &earlier.entry)?;
        self.owners(&mut args.owner, &earlier.owner)?;
        self.one(table, "source", &mut args.common.source, &earlier.common.source)?;
        self.one(table, "certainty", &mut args.common.certainty, &earlier.common.certainty)
    }

    fn several(
        &self,
        table: &'static Table,
        key: &'static str,
        into: &mut Vec<String>,
        earlier: &[String],
    ) -> Result<()> {
        if into.is_empty() {
            let (mut one, before) = (None, blank(earlier.join("、")));
            self.one(table, key, &mut one, &before)?;
            into.extend(one);
        }
        Ok(())
    }

    /// Values, each joined to its year by `=`.
    fn by_year(&self, question: Say, into: &mut Option<String>, earlier: &Option<String>) -> Result<()> {
        if into.is_some() {
            return Ok(());
        }
        let check = |text: &str| match text.split_whitespace().all(|part| part.contains(['=', '＝'])) {
            true => Ok(()),
            false => Err(Failure::plain(say!(
                "年度と値を = でつないでください（R9=80）",
                "join the year and the value by = (R9=80)"
            ))),
        };
        *into = blank(self.form.checked(question, earlier.as_deref(), check)?);
        Ok(())
    }

    fn owner(&self, args: &mut OwnerArgs, earlier: &OwnerArgs) -> Result<()> {
        self.one(&keys::OWNER, "name", &mut args.name, &earlier.name)?;
        self.id(&mut args.id, &earlier.id, next_owner(&self.opened.plan))?;
        self.one(&keys::OWNER, "bureau", &mut args.bureau, &earlier.bureau)?;
        self.charge(args)
    }

    /// The entries of which the owner is in charge, of those that have none.
    fn charge(&self, args: &mut OwnerArgs) -> Result<()> {
        let plan = &self.opened.plan;
        let open: Vec<_> = plan.entries.iter().filter(|e| plan.head.counts(e.level) && e.owners.is_empty()).collect();
        if !args.entry.is_empty() || open.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = open.iter().map(|entry| format!("{} {}", entry.id, entry.name)).collect();
        let question =
            say!("担当する項目（まだ所管課のないもの）", "Entries in its charge (of those without an owner)");
        let chosen = self.form.several(question, &names)?;
        args.entry = chosen.into_iter().map(|at| open[at].id.to_string()).collect();
        Ok(())
    }

    fn initiative(&self, args: &mut InitiativeArgs, earlier: &InitiativeArgs) -> Result<()> {
        let table = &keys::INITIATIVE;
        self.above(
            say!("どの項目の取組内容ですか", "Of which entry?"),
            &mut args.entry,
            &earlier.entry,
            usize::MAX,
            false,
        )?;
        self.one(table, "name", &mut args.name, &earlier.name)?;
        self.one(table, "start", &mut args.start, &earlier.start)?;
        self.one(table, "end", &mut args.end, &earlier.end)
    }

    fn milestone(&self, args: &mut MilestoneArgs, earlier: &MilestoneArgs) -> Result<()> {
        let lang = self.context.lang();
        self.above(
            say!("どの項目の節目ですか", "Of which entry?"),
            &mut args.entry,
            &earlier.entry,
            usize::MAX,
            false,
        )?;
        let Some(place) = self.place(args.entry.as_deref()) else { return Ok(()) };
        let plan = &self.opened.plan;
        let all = &plan.entries[place].initiatives;
        if args.initiative.is_none() && !all.is_empty() {
            let own = lang.pick("（項目そのものの節目）", "(of the entry itself)").to_owned();
            let names: Vec<String> = all.iter().map(|one| one.name.to_string()).chain([own]).collect();
            let before = earlier.initiative.as_deref().and_then(|name| initiative(plan, place, name).ok());
            let chosen = self.form.choose(
                say!("どの取組内容の節目ですか", "Of which initiative?"),
                &names,
                before.unwrap_or(0),
            )?;
            args.initiative = all.get(chosen).map(|one| one.name.to_string());
        }
        self.one(&keys::MILESTONE, "name", &mut args.name, &earlier.name)?;
        self.one(&keys::MILESTONE, "date", &mut args.date, &earlier.date)
    }
}
