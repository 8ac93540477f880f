//! `kaikaku check`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::{Context, Exit, output};
use crate::audit;
use crate::console;
use crate::failure::Failure;
use crate::finding::{Code, Finding, Severity, any_error, excerpt};
use crate::formats::TEXT;
use crate::git::Repository;
use crate::lang::Lang;
use crate::ledger::tree::value_at;
use crate::plan::Plan;
use crate::plan::source::Origin;
use crate::report::check::CheckReport;
use crate::source::Snapshot;
use crate::source::workspace::{PlanFolder, Workspace};
use crate::text::safe::one_line;
use crate::{say, tr};

/// The files of a plan.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// このコードの意味を説明する（LIST ですべてのコードを並べる） || Explain this code (LIST: list them all)
    #[arg(long, value_name = "CODE", conflicts_with_all = ["format", "encoding", "output"])]
    explain: Option<String>,
    /// 警告があるときも終了コードを 1 にする || Exit with 1 for warnings, too
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When there is no plan to check.
pub fn run(context: &Context, args: &CheckArgs) -> Result<Exit> {
    if let Some(code) = &args.explain {
        return explain_code(context, code);
    }
    let workspace = context.workspace()?;
    let folder = context.folder(&workspace)?;
    let snapshot = workspace.snapshot(&folder, &|_| true)?;
    let mut loaded = audit::check(&snapshot, &folder.name, context.world.today);
    let unknown = loaded
        .plan
        .iter()
        .flat_map(|plan| revisions(context, plan, &snapshot, (&workspace, &folder)))
        .collect::<Vec<_>>();
    loaded.findings.extend(unknown);
    loaded.findings.sort_by_key(|f| (f.place.file, f.place.span.start, f.code));
    let report = CheckReport { snapshot: &snapshot, loaded: &loaded, lang: context.lang() };
    if args.output.format.name == TEXT.name && args.output.files.is_empty() {
        write_excerpts(context, &report)?;
    } else {
        output::write(context, &report, &args.output)?;
    }
    Ok(if is_refused(&loaded.findings, args.strict) { Exit::No } else { Exit::Done })
}

/// The revisions that are said to reflect an opinion, and that git does not have.
fn revisions(
    context: &Context,
    plan: &Plan,
    snapshot: &Snapshot,
    (workspace, folder): (&Workspace, &PlanFolder),
) -> Vec<Finding> {
    let responses = plan.meetings.iter().flat_map(|meeting| &meeting.responses);
    let named: Vec<_> = responses.filter_map(|one| Some((one.origin, one.revision.as_deref()?))).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let near = || match &workspace.past {
        Some(past) => Ok(Some(past.repository.standing_in(&folder.path))),
        None => Repository::near(&folder.path),
    };
    let repository = match near() {
        Ok(Some(repository)) => repository,
        Ok(None) => return Vec::new(),
        Err(why) => {
            let lost =
                say!("意見を反映した版は確かめていません", "the revisions that reflect opinions were not looked for");
            context.note_unanswered(&why, &lost);
            return Vec::new();
        }
    };
    let unknown = named.into_iter().filter(|(_, name)| repository.revision(name).is_err());
    let finding = |(origin, name): (Origin, &str)| {
        let (file, block) = (origin.file as usize, origin.offset as usize);
        Finding::new(
            Code::UnknownRevision,
            file,
            value_at(snapshot.text(file), block, "revision").unwrap_or(block..block + 1),
            say!(
                "意見を反映した版「{name}」は、git にありません",
                "git has no revision `{name}`, which is said to reflect the opinion"
            ),
            say!(
                "git log でコミットを確かめ、revision を直してください",
                "look for the commit with `git log`, and fix `revision`"
            ),
        )
    };
    unknown.map(finding).collect()
}

fn is_refused(findings: &[Finding], strict: bool) -> bool {
    any_error(findings) || strict && findings.iter().any(|f| f.severity() == Severity::Warning)
}

fn write_excerpts(context: &Context, report: &CheckReport<'_>) -> Result<()> {
    let (lang, page) = (context.lang(), context.page(context.world.terminal.columns));
    let mut text = String::new();
    for finding in &report.loaded.findings {
        text.push_str(&excerpt(finding, report.snapshot, lang, page));
        text.push_str("\n\n");
    }
    text.push_str(&one_line(&report.summary(lang)));
    text.push('\n');
    Ok(console::write(text.as_bytes())?)
}

fn explain_code(context: &Context, text: &str) -> Result<Exit> {
    let lang = context.lang();
    let titled = |code: Code| {
        let (title, severity) = (code.explanation().title(lang), code.severity().name(lang));
        tr!(lang, "{code}（{severity}）{title}", "{code} ({severity}) {title}")
    };
    let text = match Code::parse(text) {
        Some(code) => format!("{}\n\n{}\n{}", titled(code), code.explanation().text(lang), example(code, lang)),
        None if text == "LIST" => Code::ALL.iter().map(|code| titled(*code) + "\n").collect(),
        None => {
            let known = Code::ALL.iter().map(|code| code.slug());
            let message = say!("「{text}」というコードはありません", "there is no code `{text}`");
            return Err(Failure::new(message, crate::text::suggest::suggest(text, known, say!("", ""))).into());
        }
    };
    console::write_words(&text)?;
    Ok(Exit::Done)
}

/// How it is written wrong and right.
fn example(code: Code, lang: Lang) -> String {
    let indented = |toml: &str| toml.lines().map(|line| format!("    {line}\n")).collect::<String>();
    code.explanation().example().map_or_else(String::new, |(wrong, right)| {
        let (wrong, right) = (indented(wrong), indented(right));
        tr!(lang, "\n誤り：\n\n{wrong}\n正しい例：\n\n{right}", "\nwrong:\n\n{wrong}\nright:\n\n{right}")
    })
}
