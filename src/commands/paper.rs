//! Answers that are handed out as papers: each names the record it was written from and what was asked, so that `verify`
//! can ask the same once more.

use anyhow::Result;
use clap::Parser;

use super::cli::{Cli, OutputArgs, Subcommands};
use super::report::{Papers, ReportArgs, opinions};
use super::{Context, Exit, Opened, calendar, due, errata, handover, kpi, output, roadmap, status};
use crate::document::calendar::Dates;
use crate::document::{Document, Table};
use crate::failure::Failure;
use crate::formats::Format;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::query::{AsOf, Scope};
use crate::report::Report;
use crate::report::named::{Asked, Named, PaperName, short};
use crate::say;

/// An answer of a command.
pub struct Answer {
    /// What it says.
    pub report: Box<dyn Report>,
    /// The plan that was asked.
    pub opened: &'static Opened,
    /// The key of the answer.
    pub key: &'static str,
    /// The period that it is about.
    pub period: Period,
    /// As of when it was asked; `None` where the period says it.
    pub as_of: Option<AsOf>,
    /// What else was asked, in words that mean the same on any day.
    pub asked: Vec<Asked>,
    /// How the command ends.
    pub exit: Exit,
}

impl Answer {
    /// Writes it: in a format that is read back, with the line that names the record.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(self, context: &Context, args: &OutputArgs) -> Result<Exit> {
        let is_read = |format: &Format| format.is_read();
        let of_files = args.files.iter().filter_map(|path| Format::of_path(path));
        if !is_read(args.format) && !of_files.into_iter().any(is_read) {
            output::write(context, &*self.report, args)?;
            return Ok(self.exit);
        }
        let (revision, is_changed) = written_from(context, self.opened);
        let opened = &self.opened.plan;
        let named = Named {
            paper: PaperName::Answer(self.key),
            plan: opened.folder.to_string(),
            period: self.period,
            as_of: self.as_of.map(|as_of| as_of.known.map_or(as_of.period, Period::Day)),
            revision: revision.as_deref().map(short),
            is_changed,
            shown: opened.revision.as_ref().map(|revision| (revision.name.clone(), revision.date)),
            since: None,
            against: None,
            is_final: false,
            asked: self.asked,
            lang: context.lang(),
        };
        output::write(context, &NamedReport { report: self.report, line: named.line() }, args)?;
        Ok(self.exit)
    }
}

/// The part of the plan that was asked about, as the line of the paper names it.
pub fn asked_of(plan: &Plan, scope: Scope) -> Vec<Asked> {
    let under = scope.under.map(|place| ("under", Some(plan.entries[place].id.to_string())));
    let owner = scope.owner.map(|place| ("owner", Some(plan.owners[place].id.to_string())));
    under.into_iter().chain(owner).collect()
}

/// From which commit the files of the plans are that an answer is about, and whether any of them says something else.
pub fn written_from(context: &Context, opened: &'static Opened) -> (Option<String>, bool) {
    let known = match &opened.plan.revision {
        Some(revision) => Ok((Some(revision.id.clone()), false)),
        None => checked_out(opened),
    };
    known.unwrap_or_else(|why| {
        let lost = say!(
            "どの版から書いたかは資料に示しません",
            "the paper does not name the version that it was written from"
        );
        context.note_unanswered(&why, &lost);
        (None, false)
    })
}

/// The commit that the files of the plan are of, and whether they say something else.
fn checked_out(opened: &Opened) -> Result<(Option<String>, bool), Failure> {
    let Some(repository) = opened.repository_near()? else { return Ok((None, false)) };
    // Where the commit has nothing of the plan, it is not what the paper was written from.
    let head = repository.head_that_has_it()?;
    let beside = opened.plan.head.verified_by.iter().map(|name| opened.folder.path.with_file_name(&**name));
    let is_clean =
        || repository.is_clean() && beside.into_iter().all(|other| repository.standing_in(&other).is_clean());
    let is_changed = head.is_some() && !is_clean();
    Ok((head, is_changed))
}

/// What a paper asks, asked once more; `context` is about the record that it names.
///
/// # Errors
/// When the line asks what the command does not answer, or the record cannot be read.
pub fn again(context: &Context, key: &'static str, named: &Named) -> Result<Answer> {
    let (first, rest): (&str, Vec<String>) = match key {
        "letter" => ("due", vec!["--letter".into()]),
        "errata" => ("errata", vec![named.period.short()]),
        "opinions" => ("report", vec!["opinions".into()]),
        key => (key, Vec::new()),
    };
    let option = |key: &str| format!("--{}", if key == "deadline" { "by" } else { key });
    let asked = named.asked.iter().map(|(key, value)| match value {
        // A value may begin with a hyphen.
        Some(value) => format!("{}={value}", option(key)),
        None => option(key),
    });
    // A screen would be shown less.
    let words = ["kaikaku", first].map(str::to_owned);
    let format = ["--format", "md"].map(str::to_owned);
    let line = words.into_iter().chain(rest).chain(format).chain(asked);
    let cli = Cli::try_parse_from(line).map_err(|_| unasked())?;
    match cli.command {
        Some(Subcommands::Status(args)) => status::answer(context, &args),
        Some(Subcommands::Kpi(args)) => kpi::answer(context, &args),
        Some(Subcommands::Roadmap(args)) => roadmap::answer(context, &args),
        Some(Subcommands::Due(args)) => due::answer(context, &args),
        Some(Subcommands::Errata(args)) => errata::answer(context, &args),
        Some(Subcommands::Calendar(args)) => calendar::answer(context, &args),
        Some(Subcommands::Handover(args)) => handover::answer(context, &args),
        Some(Subcommands::Report(ReportArgs { paper: Papers::Opinions(args) })) => opinions::answer(context, &args),
        _ => Err(unasked().into()),
    }
}

fn unasked() -> Failure {
    Failure::new(
        say!(
            "報告書の最後の行から、何を尋ねたものか分かりません",
            "the line at the end of the paper does not say what was asked"
        ),
        say!(
            "その行を書き換えていないか確かめ、なければもう一度書き出してください",
            "check that it was not edited, or write the paper anew"
        ),
    )
}

/// A report as a paper that names its record.
struct NamedReport {
    report: Box<dyn Report>,
    line: String,
}

impl Report for NamedReport {
    fn document(&self, lang: Lang) -> Document {
        self.report.document(lang)
    }

    fn table(&self, lang: Lang) -> Table {
        self.report.table(lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        self.report.reported_plan()
    }

    fn facts_of(&self) -> Option<(&'static str, Period)> {
        self.report.facts_of()
    }

    fn paper(&self, lang: Lang) -> Document {
        let mut paper = self.report.paper(lang);
        paper.meta.provenance = Some(self.line.clone());
        paper
    }

    fn data(&self, lang: Lang) -> Table {
        self.report.data(lang)
    }

    fn dates(&self, lang: Lang) -> Option<Dates> {
        self.report.dates(lang)
    }

    fn json(&self) -> serde_json::Value {
        self.report.json()
    }
}
