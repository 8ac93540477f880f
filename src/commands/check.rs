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
use crate::lang::Lang;
use crate::report::check::CheckReport;
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
    let loaded = audit::check(&snapshot, &folder.name, context.world.today);
    let report = CheckReport { snapshot: &snapshot, loaded: &loaded, lang: context.lang() };
    if args.output.format.name == TEXT.name && args.output.files.is_empty() {
        write_excerpts(context, &report)?;
    } else {
        output::write(context, &report, &args.output)?;
    }
    Ok(if is_refused(&loaded.findings, args.strict) { Exit::No } else { Exit::Done })
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
