//! `kaikaku inquiry collect`

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rayon::prelude::*;

use super::block::{block, corrected, response};
use super::post::{self, Addition};
use crate::commands::cli::OutputArgs;
use crate::commands::confirm::ConfirmArgs;
use crate::commands::{Context, Exit, Opened, inputs, output};
use crate::console;
use crate::failure::{Failure, trouble};
use crate::inquiry::answer::Trust;
use crate::inquiry::opinion::{Replied, responses};
use crate::inquiry::reply::{self, Reply};
use crate::inquiry::review::{Record, Review, Taken, doubt, records, refuse_future, review};
use crate::inquiry::spot::Class;
use crate::lang::{Say, plural};
use crate::ledger::files::{INQUIRIES, OPINIONS, RECORDS};
use crate::ledger::inquiry as ledger;
use crate::plan::Plan;
use crate::report::inquiry::ReviewReport;
use crate::store::disk;
use crate::text::paths::Slashed;
use crate::text::safe::one_line;
use crate::{say, tr};

/// What came back.
#[derive(Debug, Args)]
pub struct CollectArgs {
    /// 戻ってきたファイル（.xlsx、.csv、.toml）、そのフォルダー、または *.xlsx || The files that came back (.xlsx, .csv, .toml), their folder, or *.xlsx
    #[arg(value_name = "FILES", required = true)]
    files: Vec<PathBuf>,
    /// 変わった答えを記録する（付けなければ読むだけ） || Record the answers that changed (without it nothing is written)
    #[arg(long)]
    pub apply: bool,
    /// 変わらない設問も示す || Show unchanged answers, too
    #[arg(long)]
    all: bool,
    /// 表示と入っている値が違うセルを、表示のとおりに読む || Read cells that show something else than they hold as they show it
    #[arg(long)]
    as_shown: bool,
    #[command(flatten)]
    consent: ConfirmArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// From how many files on the progress is shown.
const MANY: usize = 10;

/// Runs it.
///
/// # Errors
/// When the plan has errors, no file can be read, or the records cannot be written.
pub fn run(context: &Context, args: &CollectArgs) -> Result<Exit> {
    let opened = context.open()?;
    let (today, trust) = (context.world.today, Trust::new(args.as_shown));
    let files = inputs::files(context, &args.files, &["xlsx", "csv", "tsv", "txt", "toml"])?;
    let (replies, mut refused) = read_all(context, &opened.plan, &files, trust);
    let replies = refuse_future(replies, &mut refused, today);
    let mut review = review(&opened.plan, replies, refused, trust, context.lang());
    doubt(&opened.plan, &mut review, today, args.consent.reason());
    if review.taken.is_empty() && review.refused.len() == 1 {
        let (file, failure) = review.refused.remove(0);
        return Err(named(&file, failure).into());
    }
    let records = records(&opened.plan, &mut review);
    let responses = responses(&opened.plan, &mut review);
    let blocks = records.len() + responses.len();
    output::ready(context, &args.output)?;
    let additions = additions(opened, &review, (&records, &responses), today)?;
    let written = match args.apply {
        _ if additions.is_empty() => None,
        true => Some(post::write(context, opened, &additions)?),
        // What would be refused is refused before it is called ready.
        false => post::check(context, opened, &additions).map(|()| None)?,
    };
    let report = ReviewReport { plan: &opened.plan, review: &review, all: args.all };
    context.end(written, if review.is_troubled() { Exit::No } else { Exit::Done }, || {
        output::write(context, &report, &args.output)?;
        print_summary(context, &review, blocks, args.apply);
        Ok(())
    })
}

fn named(file: &str, Failure { message, hint }: Failure) -> Failure {
    let file = one_line(file);
    let Say { ja, en } = message;
    Failure { message: Say { ja: format!("{file}：{ja}"), en: format!("{file}: {en}") }, hint }
}

/// Reads the files side by side, telling how far it is where there are many.
fn read_all(context: &Context, plan: &Plan, files: &[PathBuf], trust: Trust) -> (Vec<Reply>, Vec<(String, Failure)>) {
    let done = AtomicUsize::new(0);
    let shows = context.world.terminal.talks.is_some() && files.len() >= MANY;
    let read: Vec<(String, Result<Vec<Reply>, Failure>)> = files
        .par_iter()
        .map(|path| {
            let name = path.file_name().map_or_else(|| path.slashed(), |n| n.to_string_lossy().into_owned());
            let found = bytes(&context.world.cwd.join(path)).and_then(|bytes| reply::read(&name, &bytes, plan, trust));
            let now = done.fetch_add(1, Ordering::Relaxed) + 1;
            if shows {
                let all = files.len();
                console::progress(
                    &tr!(context.lang(), "{now}/{all} 件を読みました", "read {now} of {all}"),
                    now == all,
                );
            }
            (name, found)
        })
        .collect();
    let (mut replies, mut refused) = (Vec::new(), Vec::new());
    for (name, found) in read {
        match found {
            Ok(found) => replies.extend(found),
            Err(failure) => refused.push((name, failure)),
        }
    }
    (replies, refused)
}

/// The bytes of a file that others made.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| {
        let (message, hint) = trouble(&error);
        Failure::new(message, hint)
    };
    let file = disk::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    // One byte more, so that what is too large is seen to be.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// The records and what came back, each in its file.
fn additions(
    opened: &Opened,
    review: &Review,
    (records, responses): (&[Record], &[Replied]),
    today: NaiveDate,
) -> Result<Vec<Addition>> {
    let plan = &opened.plan;
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in records {
        files.entry(RECORDS.path(&record.id)).or_default().push(block(plan, record, corrected(opened, record)?, today));
    }
    for replied in responses {
        let path = OPINIONS.path(&replied.opinion.meeting);
        files.entry(path).or_default().push(response(opened, replied, today)?);
    }
    for taken in review.taken.iter().filter(|taken| is_new(opened, taken)) {
        let path = INQUIRIES.path(taken.period);
        let reply = ledger::Reply {
            owner: plan.owners[taken.owner].id.as_str(),
            received: today,
            file: &taken.file,
            person: taken.person.as_deref(),
        };
        files.entry(path).or_default().push(reply.block());
    }
    Ok(files.into_iter().map(|(path, blocks)| Addition { path, blocks, instead: None }).collect())
}

/// Whether a reply has something to it that is not kept yet: a file is noted once, and a form that nobody touched never.
fn is_new(opened: &Opened, taken: &Taken) -> bool {
    let known = opened.plan.inquiries.iter().filter(|inquiry| inquiry.period == taken.period);
    let known = known.flat_map(|inquiry| &inquiry.replies).any(|r| r.owner == taken.owner && *r.file == *taken.file);
    !known && taken.touched
}

/// What was done, and what is to do.
fn print_summary(context: &Context, review: &Review, records: usize, applied: bool) {
    let lang = context.lang();
    let changed = review.count(Class::Changed);
    let (answers, blocks) = (plural(changed, "answer", "answers"), plural(records, "record", "records"));
    console::say(&match (changed, applied) {
        (0, _) => tr!(lang, "記録する答えはありません。", "There is nothing to record."),
        (_, true) => {
            tr!(lang, "答え {changed} 件を、{records} 件の記録にしました。", "Recorded: {answers} in {blocks}.")
        }
        (_, false) => tr!(
            lang,
            "（読んだだけで、何も書き込んでいません。--apply を付けると、答え {changed} 件を記録します）",
            "(nothing was written; --apply records {answers})"
        ),
    });
    for class in [Class::Conflict, Class::Unlikely, Class::LeftOut, Class::Invalid] {
        let count = review.count(class);
        if let Some(left) = unrecorded(class, count).filter(|_| count > 0) {
            console::say(left.text(lang));
        }
    }
}

/// What is to be done about answers of a class that was not recorded; `None` of a class in which nothing is to be done.
fn unrecorded(class: Class, count: usize) -> Option<Say> {
    Some(match class {
        Class::Conflict => say!(
            "衝突した答え {count} 件は記録していません。どちらが正しいかを所管課に確かめ、kaikaku update か measure で記録してください。",
            "Not recorded because of conflicts: {count}. Ask the owner which is right, and record it with `kaikaku update` or `kaikaku measure`."
        ),
        Class::Unlikely => say!(
            "確認が必要な答え {count} 件は記録していません。所管課に確かめ、正しければ --confirmed \"理由\" を付けて、もう一度 collect に渡してください。",
            "Not recorded because unlikely: {count}. Ask the owner; if they are right, collect the file again with --confirmed \"REASON\"."
        ),
        Class::LeftOut => say!(
            "設問の外に書かれていたもの {count} 件は記録していません。上の表を見て、必要なら所管課に確かめてください。",
            "Not recorded because no question asks for it: {count}. Read them above, and ask the owner where needed."
        ),
        Class::Invalid => say!(
            "読めない答え {count} 件は記録していません。示したセルを直してもらい、もう一度 collect に渡してください。",
            "Not recorded because unreadable: {count}. Have the cells shown corrected, and collect the file again."
        ),
        Class::Changed | Class::Unchanged | Class::Missing => return None,
    })
}
