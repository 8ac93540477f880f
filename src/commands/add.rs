//! `kaikaku add`

mod args;
mod ask;

use anyhow::Result;
use clap::{Args, Subcommand};

use self::args::{CommonArgs, EntryArgs, IndicatorArgs, InitiativeArgs, MilestoneArgs, OwnerArgs};
use super::definition::{self, Answer};
use super::{Context, Exit, Opened, find_entry};
use crate::define::add::{self, Typed};
use crate::define::edit::{Why, edit};
use crate::define::{Change, Target, field};
use crate::failure::Failure;
use crate::keys::{self, Form};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::say;
use crate::source;
use crate::text::same::is_same_name;
use crate::text::suggest::suggest;

/// Something new in the definition of a plan.
#[derive(Debug, Clone, Args)]
pub struct AddArgs {
    #[command(subcommand)]
    what: What,
}

/// What is added.
#[derive(Debug, Clone, Subcommand)]
pub enum What {
    /// 項目を加える || Add an entry
    Entry(EntryArgs),
    /// 検証指標を加える || Add an indicator
    Indicator(IndicatorArgs),
    /// 所管課を加える || Add an owner
    Owner(OwnerArgs),
    /// 項目に取組内容を加える || Add an initiative to an entry
    Initiative(InitiativeArgs),
    /// 項目か取組内容に節目を加える || Add a milestone to an entry or initiative
    Milestone(MilestoneArgs),
}

impl CommonArgs {
    fn typed(&self) -> Typed<'_> {
        one("source", &self.source).chain(one("certainty", &self.certainty)).chain(all("note", &self.note)).collect()
    }
}

fn one<'t>(key: &'static str, text: &'t Option<String>) -> impl Iterator<Item = (&'static str, &'t str)> {
    text.iter().map(move |text| (key, text.as_str()))
}

fn all<'t>(key: &'static str, texts: &'t [String]) -> impl Iterator<Item = (&'static str, &'t str)> {
    texts.iter().map(move |text| (key, text.as_str()))
}

impl What {
    fn dry_run(&self) -> bool {
        match self {
            Self::Owner(args) => args.dry_run,
            Self::Entry(EntryArgs { common, .. })
            | Self::Indicator(IndicatorArgs { common, .. })
            | Self::Initiative(InitiativeArgs { common, .. })
            | Self::Milestone(MilestoneArgs { common, .. }) => common.dry_run,
        }
    }

    fn form(&self) -> &'static Form {
        match self {
            Self::Entry(_) => &keys::ENTRY,
            Self::Indicator(_) => &keys::INDICATOR,
            Self::Owner(_) => &keys::OWNER,
            Self::Initiative(_) => &keys::INITIATIVE,
            Self::Milestone(_) => &keys::MILESTONE,
        }
    }

    /// The keys that were given, with what was typed.
    fn typed(&self) -> Typed<'_> {
        match self {
            Self::Entry(a) => {
                let own = one("name", &a.name).chain(all("aliases", &a.alias)).chain(one("summary", &a.summary));
                own.chain(all("owner", &a.owner)).chain(one("added", &a.added)).chain(a.common.typed()).collect()
            }
            Self::Indicator(a) => {
                let own = one("name", &a.name).chain(one("unit", &a.unit)).chain(one("kind", &a.kind));
                let values = one("baseline", &a.baseline).chain(all("target", &a.target));
                let more = one("series", &a.series).chain(one("tolerance", &a.tolerance)).chain(all("steps", &a.step));
                let refs = one("parent", &a.under).chain(all("entry", &a.entry)).chain(all("owner", &a.owner));
                own.chain(values).chain(more).chain(refs).chain(a.common.typed()).collect()
            }
            Self::Owner(a) => {
                let own = one("name", &a.name).chain(one("bureau", &a.bureau)).chain(all("aliases", &a.alias));
                own.chain(one("contact", &a.contact)).collect()
            }
            Self::Initiative(a) => {
                let own = one("name", &a.name).chain(all("aliases", &a.alias));
                let dates = one("start", &a.start).chain(one("end", &a.end)).chain(all("steps", &a.step));
                own.chain(dates).chain(a.common.typed()).collect()
            }
            Self::Milestone(a) => one("date", &a.date).chain(one("name", &a.name)).chain(a.common.typed()).collect(),
        }
    }

    /// Whether nothing more needs to be asked.
    fn is_complete(&self) -> bool {
        let has = |key: &str| self.typed().iter().any(|(of, text)| *of == key && !text.trim().is_empty());
        let named = has("name");
        match self {
            Self::Entry(args) => named && (args.id.is_some() || args.under.is_some()),
            Self::Indicator(_) => named && has("kind"),
            Self::Owner(_) => named,
            Self::Initiative(args) => named && args.entry.is_some(),
            Self::Milestone(args) => named && has("date") && args.entry.is_some(),
        }
    }

    /// The files as they are with it, and the id that it got.
    fn changes(&self, opened: &Opened) -> Result<(Vec<Change>, String), Failure> {
        let (snapshot, plan, typed) = (&opened.snapshot, &opened.plan, self.typed());
        let id = |given: &Option<String>, free: Option<Id>| match given {
            Some(text) => definition::id(text),
            None => free.ok_or_else(|| Failure::plain(say!("空き番号がありません", "no ID is free"))),
        };
        match self {
            Self::Entry(args) => {
                let under = args.under.as_deref().map(|text| find_entry(plan, text)).transpose()?;
                let id = id(&args.id, add::next_number(plan, under))?;
                let under = match (under, id.stem()) {
                    (None, Some(stem)) => Some(find_entry(plan, stem.as_str())?),
                    (under, _) => under,
                };
                Ok((add::entry(snapshot, plan, &id, under, &typed)?, id.to_string()))
            }
            Self::Indicator(args) => {
                let id = id(&args.id, add::next_indicator(plan))?;
                Ok((add::indicator(snapshot, plan, &id, &typed)?, id.to_string()))
            }
            Self::Owner(args) => {
                let id = id(&args.id, add::next_owner(plan))?;
                let added = add::owner(snapshot, plan, &id, &typed)?;
                Ok((in_charge(opened, added, &id, &args.entry)?, id.to_string()))
            }
            Self::Initiative(args) => {
                let place = find_entry(plan, args.entry.as_deref().unwrap_or_default())?;
                Ok((add::initiative(snapshot, plan, place, &typed)?, plan.entries[place].id.to_string()))
            }
            Self::Milestone(args) => {
                let place = find_entry(plan, args.entry.as_deref().unwrap_or_default())?;
                let of = args.initiative.as_deref().map(|name| initiative(plan, place, name)).transpose()?;
                Ok((add::milestone(snapshot, plan, place, of, &typed)?, plan.entries[place].id.to_string()))
            }
        }
    }

    /// What is about to be added, in the plan's own words.
    fn lines(&self, id: &str, lang: Lang) -> Vec<String> {
        let form = self.form();
        let colon = lang.pick("：", ": ");
        let typed = self.typed();
        let typed = typed.iter().filter(|(_, text)| !text.trim().is_empty());
        let lines = typed.map(|(key, text)| format!("  {}{colon}{text}", field::name(form, key).text(lang)));
        let of = match self {
            Self::Owner(args) => &args.entry[..],
            _ => &[],
        };
        let of = of.iter().map(|entry| format!("  {}{colon}{entry}", lang.pick("担当する項目", "in charge of")));
        std::iter::once(id.to_owned()).chain(lines).chain(of).collect()
    }

    /// The same, where what was given in the place of the id can only be a name.
    fn named(mut self) -> Self {
        if let Self::Indicator(IndicatorArgs { id, name, .. }) | Self::Owner(OwnerArgs { id, name, .. }) = &mut self
            && name.is_none()
            && id.as_deref().is_some_and(|text| definition::id(text).is_err())
        {
            *name = id.take();
        }
        self
    }
}

/// The files with a new owner, and with it behind the owners of those entries.
fn in_charge(opened: &Opened, added: Vec<Change>, owner: &Id, entries: &[String]) -> Result<Vec<Change>, Failure> {
    let mut snapshot = opened.snapshot.clone();
    let mut changes = added;
    for text in entries {
        changes.iter().for_each(|change| snapshot.put(&change.path, change.new.clone()));
        let loaded = source::load(&snapshot, &opened.folder.name);
        let Some(plan) = loaded.plan else { return Ok(changes) };
        let place = find_entry(&plan, text)?;
        let owners = plan.entries[place].owners.iter().map(|at| plan.owners[*at].id.to_string());
        let owners = owners.chain([owner.to_string()]).collect::<Vec<_>>().join("、");
        let edited = edit(&snapshot, &plan, Target::Entry(place), "owner", &owners, &Why::Unsaid)?.change;
        match changes.iter_mut().find(|change| change.path == edited.path) {
            Some(change) => change.new = edited.new,
            None => changes.push(edited),
        }
    }
    Ok(changes)
}

/// The place of an initiative of an entry.
fn initiative(plan: &Plan, entry: usize, name: &str) -> Result<usize, Failure> {
    let all = &plan.entries[entry].initiatives;
    let is = |text: &str| is_same_name(text, name);
    all.iter().position(|one| is(&one.name) || one.aliases.iter().any(|alias| is(alias))).ok_or_else(|| {
        let nothing = say!("この項目に取組内容はありません", "the entry has no initiatives");
        Failure::new(
            say!("「{name}」という取組内容はありません", "there is no initiative `{name}`"),
            suggest(name, all.iter().map(|one| &*one.name), nothing),
        )
    })
}

/// Runs it.
///
/// # Errors
/// When something is missing and nobody can be asked, when `check` would refuse it, or it cannot be written.
pub fn run(context: &Context, args: AddArgs) -> Result<Exit> {
    let opened = context.open_whole()?;
    let mut what = args.what.named();
    if !what.is_complete() {
        if !context.world.terminal.asks {
            return Err(incomplete(&what).into());
        }
        what = asked(context, opened, &what)?;
    }
    let (changes, _) = what.changes(opened)?;
    definition::write(context, opened, &changes, what.dry_run())
}

/// Asks for what is missing until the person agrees to what would be added.
fn asked(context: &Context, opened: &Opened, given: &What) -> Result<What> {
    let mut earlier = given.clone();
    loop {
        let mut what = given.clone();
        ask::ask(context, opened, &mut what, &earlier)?;
        let (changes, id) = what.changes(opened)?;
        definition::verify(context, opened, &changes)?;
        match definition::review(context, &what.lines(&id, context.lang()))? {
            Answer::Write => return Ok(what),
            Answer::Again => earlier = what,
        }
    }
}

fn incomplete(what: &What) -> Failure {
    let has = |key: &str| what.typed().iter().any(|(of, _)| *of == key);
    let name = (!has("name"), say!("名称（--name）", "the name (--name)"));
    let (parts, example) = match what {
        What::Entry(args) => (
            vec![
                name,
                (
                    args.id.is_none() && args.under.is_none(),
                    say!("番号か上の項目（--under）", "its number, or the entry above it (--under)"),
                ),
            ],
            "entry --under 1-1 --name \"…\" --owner \"…\"",
        ),
        What::Indicator(_) => (
            vec![name, (!has("kind"), say!("向き（--kind）", "which way is good (--kind)"))],
            "indicator --name \"…\" --unit ％ --kind up --baseline R5=48.9 --target R9=65 --entry 1-1",
        ),
        What::Owner(_) => (vec![name], "owner --name \"…\" --bureau \"…\""),
        What::Initiative(args) => {
            (vec![(args.entry.is_none(), say!("項目", "the entry")), name], "initiative 1-1-1 --name \"…\" --start R8")
        }
        What::Milestone(args) => (
            vec![
                (args.entry.is_none(), say!("項目", "the entry")),
                name,
                (!has("date"), say!("時期（--date）", "when (--date)")),
            ],
            "milestone 1-1-1 --name \"…\" --date R8.10",
        ),
    };
    Failure::new(
        super::record::missing(&parts),
        say!(
            "kaikaku add {example} のように指定してください（端末では順に尋ねます）",
            "run `kaikaku add {example}` (in a terminal you are asked)"
        ),
    )
}
