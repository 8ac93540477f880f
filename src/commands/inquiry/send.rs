//! `kaikaku inquiry send`

use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;
use rayon::prelude::*;

use super::collect::bytes;
use super::post::{self, Addition};
use crate::commands::cli::{EncodingArg, OutputArgs, format_parser};
use crate::commands::confirm;
use crate::commands::record::period;
use crate::commands::{Context, Exit, Opened, find_owner, inputs, output};
use crate::failure::Failure;
use crate::formats::Format;
use crate::inquiry::Item;
use crate::inquiry::form::{form, forms, without_owner};
use crate::inquiry::template::filled;
use crate::inquiry::write::{Letter, file_names};
use crate::lang::Say;
use crate::ledger::files::INQUIRIES;
use crate::ledger::inquiry::Sent;
use crate::plan::inquiry::Template;
use crate::plan::period::parse_day_ahead;
use crate::plan::plausible;
use crate::report::inquiry::SentReport;
use crate::text::paths::Slashed;
use crate::{say, store};

/// A workbook for each department.
#[derive(Debug, Args)]
pub struct SendArgs {
    /// いつについて尋ねるか（R7Q3 など） || The period to ask about (such as R7Q3)
    #[arg(long, value_name = "PERIOD")]
    period: String,
    /// ブックを置くフォルダー || Folder for the workbooks
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// 回答期限 || By when to answer
    #[arg(long, value_name = "DAY")]
    deadline: Option<String>,
    /// 問合せ先（内線など。計画の office の後に示す。省略時は計画の contact） || Whom to ask (behind the plan's office; default: the plan's contact)
    #[arg(long, value_name = "TEXT")]
    contact: Option<String>,
    /// この所管課だけ || Only this owner
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// 市の様式（.xlsx）に書き込む。列の対応は inquiry.toml に || The city's own form to fill in; inquiry.toml tells its columns
    #[arg(long, value_name = "FORM")]
    template: Option<PathBuf>,
    /// あるブックを置き換える || Replace workbooks that are there
    #[arg(long)]
    force: bool,
    /// 出力の形式 || Format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_parser())]
    format: &'static Format,
    /// CSV の文字コード（utf-8-bom は Excel 用） || Encoding of CSV (utf-8-bom is for Excel)
    #[arg(long, value_name = "ENCODING", default_value = "utf-8-bom")]
    encoding: EncodingArg,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, nobody is to be asked, or something cannot be written.
pub fn run(context: &Context, args: &SendArgs) -> Result<Exit> {
    let opened = context.open()?;
    let (plan, lang, today) = (&opened.plan, context.lang(), context.world.today);
    let period = period(&args.period, context.world.today)?;
    let deadline = args.deadline.as_deref().map(|text| parse_day_ahead(text, today)).transpose();
    let deadline = deadline.map_err(|error| Failure::new(error.say(), error.hint()))?;
    let days = |days: u16| today.checked_add_days(Days::new(days.into()));
    let deadline = deadline.or_else(|| context.settings().deadline.and_then(days));
    let out_of_order = deadline.and_then(|deadline| plausible::deadline(deadline, today));
    confirm::refuse(&plausible::not_begun(period, today).into_iter().chain(out_of_order).collect::<Vec<_>>())?;
    let mut forms = match args.owner.as_deref().map(|text| find_owner(plan, text)).transpose()? {
        Some(owner) => vec![form(plan, owner, period, lang)],
        None => forms(plan, period, lang),
    };
    // The office's own form has no cells for opinions.
    if args.template.is_some() {
        let is_asked = |item: &Item| item.questions.iter().all(|question| !question.key.field.is_of_opinion());
        forms.iter_mut().for_each(|form| form.items.retain(is_asked));
        forms.retain(|form| !form.items.is_empty());
    }
    let left_out = without_owner(plan, period);
    if forms.iter().all(|form| form.items.is_empty()) {
        return Err(nobody(left_out.len()).into());
    }
    let revision = head(context, opened);
    let letters: Vec<Letter<'_>> = forms
        .iter()
        .map(|form| Letter {
            plan,
            form,
            deadline,
            contact: args.contact.as_deref().or(plan.head.contact.as_deref()),
            day: today,
            revision: revision.as_deref(),
            lang,
        })
        .collect();
    let template = args.template.as_deref().map(|path| own_form(context, opened, path)).transpose()?;
    let book = |letter: &Letter<'_>| match &template {
        Some((form, template)) => filled(form, template, plan, letter.form),
        None => letter.workbook(),
    };
    let folder = context.world.cwd.join(&args.out);
    let names = file_names(plan, period);
    let books = letters.par_iter().map(|letter| Ok((folder.join(&names[letter.form.owner]), book(letter)?)));
    let made = store::export(&books.collect::<Result<Vec<_>, Failure>>()?, args.force)?;
    let blocks = letters.iter().map(|letter| block(letter, &names[letter.form.owner], today)).collect();
    let path = INQUIRIES.path(period);
    let written = post::write(context, opened, &[Addition { path, blocks, instead: None }])
        .map_err(|error| unnoted(error, &args.out))?;
    let report = SentReport { plan, period, letters: &letters, names: &names, folder: &args.out, left_out };
    let output_args = OutputArgs { format: args.format, encoding: args.encoding, files: Vec::new(), force: false };
    let exit = context.end(Some(written), Exit::Done, || output::write(context, &report, &output_args))?;
    made.certain()?;
    Ok(exit)
}

/// The workbooks are there, and the plan does not know of them.
fn unnoted(error: anyhow::Error, folder: &Path) -> anyhow::Error {
    let Some(Failure { message, hint }) = error.downcast_ref::<Failure>() else { return error };
    let shown = folder.slashed();
    let Say { ja, en } = hint.clone().unwrap_or_default();
    Failure::new(
        message.clone(),
        say!(
            "{shown} にブックはできましたが、照会の控えは計画にありません。まだ送らず、原因を除いてから --force を付けて作り直してください。{ja}",
            "the workbooks are in {shown}, but the plan does not know of them: do not send them yet, and make them again with --force; {en}"
        ),
    )
    .into()
}

/// What is kept of a form that was sent.
fn block(letter: &Letter<'_>, file: &str, today: NaiveDate) -> String {
    let sent = Sent {
        owner: letter.plan.owners[letter.form.owner].id.as_str(),
        sent: today,
        deadline: letter.deadline,
        file,
        fingerprint: &letter.identity().fingerprint,
    };
    sent.block()
}

/// The bytes of the office's own form, and where it has what.
fn own_form<'o>(context: &Context, opened: &'o Opened, path: &Path) -> Result<(Vec<u8>, &'o Template), Failure> {
    let template = opened.plan.template.as_ref().ok_or_else(|| {
        Failure::new(
            say!("様式の列の対応が分かりません", "no column mapping for this form"),
            say!(
                "計画のフォルダーの inquiry.toml に [template] を書いてください",
                "write [template] in inquiry.toml in the plan's folder"
            ),
        )
    })?;
    let path = inputs::one(context, path, &["xlsx"])?;
    Ok((bytes(&context.world.cwd.join(path))?, template))
}

/// The commit that is checked out, shortened; nothing where there is none, which is said where git does not tell.
fn head(context: &Context, opened: &Opened) -> Option<String> {
    let known = opened.repository_near().and_then(|repository| {
        let Some(repository) = repository else { return Ok(None) };
        let Some(head) = repository.head()? else { return Ok(None) };
        repository.revision(&head).map(|revision| Some(revision.short().to_owned()))
    });
    known.unwrap_or_else(|why| {
        let lost =
            say!("どの版から作ったかは様式に控えません", "the forms do not keep the version that they were made from");
        context.note_unanswered(&why, &lost);
        None
    })
}

fn nobody(left_out: usize) -> Failure {
    Failure::new(
        say!(
            "照会する所管課がありません（所管課のない項目と指標 {left_out} 件）",
            "there is no owner to ask (entries and indicators without one: {left_out})"
        ),
        say!("項目や指標に owner を書いてください", "give entries and indicators an owner"),
    )
}
