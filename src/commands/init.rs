//! `kaikaku init`

use std::collections::HashSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::form::Form;
use super::record::fiscal_year;
use super::{Context, Exit};
use crate::console;
use crate::failure::{Failure, is_missing};
use crate::lang::Lang;
use crate::ledger::block::quoted;
use crate::plan::id::Id;
use crate::plan::period::{Cycle, FiscalYear};
use crate::source::workspace::{Workspace, shown};
use crate::source::{self, Snapshot};
use crate::store::{self, FileWrite};
use crate::text::paths::{Slashed, is_refused_by_windows};
use crate::text::terms;
use crate::{say, tr};

/// A new plan.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// 計画のフォルダーの名前（半角英数字） || Name of the plan's folder (ASCII letters and digits)
    #[arg(value_name = "NAME")]
    folder: Option<String>,
    /// 計画の名称 || Title of the plan
    #[arg(long, value_name = "TITLE")]
    name: Option<String>,
    /// 自治体の名前 || Whose plan it is
    #[arg(long, value_name = "CITY")]
    city: Option<String>,
    /// 計画期間の最初の年度（R8 など） || First fiscal year (such as R8)
    #[arg(long, value_name = "YEAR")]
    from: Option<String>,
    /// 計画期間の最後の年度（R11 など） || Last fiscal year (such as R11)
    #[arg(long, value_name = "YEAR")]
    to: Option<String>,
    /// 階層の名前を上から（読点か , で区切る） || Names of the levels, top first (separated by , or 、)
    #[arg(long, value_name = "LEVELS")]
    levels: Option<String>,
    /// 進捗区分を良い順に（対応が要るものは末尾に !、割合に数えないものは（）に入れる） || Grades from best to worst (with ! where attention is needed, in brackets where it does not count)
    #[arg(long, value_name = "GRADES")]
    grades: Option<String>,
    /// 報告の周期（month、quarter、half、year） || How often the office asks (month, quarter, half, year)
    #[arg(long, value_name = "CYCLE", default_value = "quarter")]
    cycle: String,
}

/// A grade of a new plan.
struct NewGrade {
    name: String,
    attention: bool,
    counts: bool,
}

/// What a new plan is made of.
struct Design {
    folder: Id,
    name: String,
    city: Option<String>,
    from: FiscalYear,
    to: FiscalYear,
    levels: Vec<String>,
    grades: Vec<NewGrade>,
    cycle: Cycle,
}

/// Runs it.
///
/// # Errors
/// When something is missing and nobody can be asked, the plan is there already, or it cannot be written.
pub fn run(context: &Context, mut args: InitArgs) -> Result<Exit> {
    let lang = context.lang();
    if args.folder.is_none() || args.name.is_none() || args.from.is_none() || args.to.is_none() {
        if !context.world.terminal.asks {
            return Err(incomplete().into());
        }
        ask(lang, context.world.today, &mut args)?;
    }
    let design = design(lang, context.world.today, &args)?;
    let root = root(context)?;
    let folder = root.join(design.folder.as_str());
    if store::is_taken(&folder)? {
        let shown = shown(&folder, &context.world.cwd).slashed();
        let message =
            say!("{shown} は既にあります。何も書き込んでいません", "{shown} already exists; nothing was written");
        return Err(Failure::new(message, say!("別の名前にしてください", "choose another name")).into());
    }
    let files = [("outline/1.toml", outline(lang, &design)), ("plan.toml", head(lang, &design))];
    check(context, &design, &files)?;
    store::create_folder(&folder)?;
    let change =
        |(path, text): &(&str, String)| FileWrite { path: folder.join(path), old: None, new: Some(text.clone()) };
    let written = store::apply(&folder, &files.iter().map(change).collect::<Vec<_>>(), &context.occasion())?;
    let paths = files.map(|(path, _)| path);
    context.end(Some(written), Exit::Done, || print_files(context, &design, &root, &paths))
}

/// Keeps git from what writers leave beside the files, and says which files the plan has.
fn print_files(context: &Context, design: &Design, root: &Path, files: &[&str]) -> Result<()> {
    let (lang, folder) = (context.lang(), root.join(design.folder.as_str()));
    let ignored = root.join(".gitignore");
    if ignored.symlink_metadata().is_err_and(|error| is_missing(&error)) {
        store::export(&[(ignored, format!("{}*\n", store::OWN).into_bytes())], false)?.certain()?;
    }
    let shown = shown(&folder, &context.world.cwd).slashed();
    console::write_words(&files.iter().map(|path| format!("{shown}/{path}\n")).collect::<String>())?;
    let name = &design.folder;
    console::say(&tr!(
        lang,
        "計画を作りました。項目は kaikaku add entry --plan {name} で加えるか、kaikaku import 一覧.xlsx --plan {name} で取り込みます（outline/1.toml に書くこともできます）。",
        "The plan was created. Add its entries with `kaikaku add entry --plan {name}`, or bring in a list with `kaikaku import LIST --plan {name}` (they can also be written in outline/1.toml)."
    ));
    Ok(())
}

fn incomplete() -> Failure {
    Failure::new(
        say!(
            "フォルダー名・名称・計画期間のどれかが足りません",
            "the folder, the title or the fiscal years are missing"
        ),
        say!(
            "kaikaku init reform --name 行政改革プラン --from R8 --to R11 のように指定してください（端末では順に尋ねます）",
            "run `kaikaku init reform --name \"Reform plan\" --from R8 --to R11` (in a terminal you are asked)"
        ),
    )
}

/// The folder of the plans there are, else `plan/` where we stand.
///
/// # Errors
/// When it cannot be told whether there are any.
fn root(context: &Context) -> Result<PathBuf, Failure> {
    let there = Workspace::find_beside(context.globals.dir.as_deref(), &context.world.cwd)?;
    let there = match there {
        // The folder of a single plan holds no others.
        Some(one) if one.names.is_empty() && store::is_there(&one.root.join("plan.toml"))? => None,
        there => there,
    };
    let base =
        context.globals.dir.as_ref().map_or_else(|| context.world.cwd.clone(), |dir| context.world.cwd.join(dir));
    // Who stands in the folder of the plans, or names it, means that one.
    let is_named = base.file_name().is_some_and(|name| name == "plan");
    Ok(there.map_or_else(|| if is_named { base } else { base.join("plan") }, |workspace| workspace.root))
}

fn ask(lang: Lang, today: NaiveDate, args: &mut InitArgs) -> Result<()> {
    let form = Form::new(lang);
    let unasked = |given: &Option<String>| given.is_none();
    if unasked(&args.folder) {
        let id = |text: &str| folder(text).map(|_| ());
        args.folder = Some(form.checked(
            say!("フォルダーの名前（半角英数字）", "Folder (ASCII letters and digits)"),
            Some("reform"),
            id,
        )?);
    }
    if unasked(&args.name) {
        args.name = Some(form.checked(say!("計画の名称", "Title of the plan"), None, not_blank)?);
    }
    form.text(&mut args.city, say!("自治体の名前", "Whose plan it is"), None)?;
    for (year, question) in [
        (&mut args.from, say!("最初の年度", "First fiscal year")),
        (&mut args.to, say!("最後の年度", "Last fiscal year")),
    ] {
        if year.is_none() {
            *year = Some(form.checked(question, None, move |text| fiscal_year(text, today).map(|_| ()))?);
        }
    }
    if unasked(&args.levels) {
        args.levels = Some(form.checked(
            say!("階層の名前（上から）", "Names of the levels, top first"),
            Some(default_levels(lang)),
            not_blank,
        )?);
    }
    if unasked(&args.grades) {
        let question = say!(
            "進捗区分（良い順。対応が要るものは末尾に !、割合に数えないものは（）に入れる）",
            "Grades, best first (with ! where attention is needed, in brackets where it does not count)"
        );
        args.grades = Some(form.checked(question, Some(default_grades(lang)), not_blank)?);
    }
    Ok(())
}

fn not_blank(text: &str) -> Result<(), Failure> {
    let blank = text.trim().is_empty();
    if blank { Err(Failure::plain(say!("空にはできません", "this cannot be blank"))) } else { Ok(()) }
}

fn default_levels(lang: Lang) -> &'static str {
    lang.pick("基本方針、施策、取組項目", "policy, measure, item")
}

fn default_grades(lang: Lang) -> &'static str {
    lang.pick("計画どおり、やや遅れ!、大幅な遅れ!", "on track, slightly late!, late!")
}

fn design(lang: Lang, today: NaiveDate, args: &InitArgs) -> Result<Design, Failure> {
    let text = |given: &Option<String>| given.as_deref().unwrap_or_default().trim().to_owned();
    let (from, to) = (fiscal_year(&text(&args.from), today)?, fiscal_year(&text(&args.to), today)?);
    let levels = args.levels.as_deref().unwrap_or_else(|| default_levels(lang));
    let grades = args.grades.as_deref().unwrap_or_else(|| default_grades(lang));
    let grade = |text: String| {
        let (name, attention) = match text.strip_suffix(['!', '！']) {
            Some(name) => (name.trim(), true),
            None => (text.as_str(), false),
        };
        let bracketed = [('(', ')'), ('（', '）')].into_iter().find_map(|(open, close)| {
            name.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.contains([open, close]))
        });
        let bracketed = bracketed.map(str::trim).filter(|name| !name.is_empty());
        NewGrade { name: bracketed.unwrap_or(name).to_owned(), attention, counts: bracketed.is_none() }
    };
    let (levels, grades) = (list(levels), list(grades).into_iter().map(grade).collect::<Vec<_>>());
    if grades.is_empty() {
        let message =
            say!("進捗区分が一つもありません。何も書き込んでいません", "there are no grades; nothing was written");
        return Err(Failure::new(
            message,
            say!("良い順に「、」で区切って並べてください", "give them best first, separated by commas"),
        ));
    }
    once(levels.iter())?;
    once(grades.iter().map(|grade| &grade.name))?;
    Ok(Design {
        folder: folder(&text(&args.folder))?,
        name: text(&args.name),
        city: args.city.clone().filter(|city| !city.trim().is_empty()),
        from,
        to,
        levels,
        grades,
        cycle: Cycle::parse(&args.cycle).map_err(|e| Failure::new(e.say(), e.hint()))?,
    })
}

/// Levels and grades are asked for by name, so no name may mean two.
fn once<'n>(names: impl Iterator<Item = &'n String>) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    names.filter(|name| !seen.insert(*name)).take(1).try_for_each(|name| {
        let message =
            say!("「{name}」が二度あります。何も書き込んでいません", "`{name}` is given twice; nothing was written");
        Err(Failure::new(message, say!("名前を変えるか、一つにしてください", "give it once, or rename it")))
    })
}

fn list(text: &str) -> Vec<String> {
    let parts = text.split([',', '、', '，']).map(|part| part.trim().to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

fn folder(text: &str) -> Result<Id, Failure> {
    let id = Id::parse(text).ok().filter(|_| !is_refused_by_windows(text));
    id.ok_or_else(|| {
        let message = say!("「{text}」はフォルダーの名前にできません", "`{text}` cannot name the folder");
        Failure::new(
            message,
            say!(
                "半角の英数字を - でつないでください（con や aux など、Windows が使う名前は除く）",
                "join ASCII letters and digits by `-`, and avoid what Windows keeps for itself (con, aux …)"
            ),
        )
    })
}

/// What is about to be written must pass the check itself.
fn check(context: &Context, design: &Design, files: &[(&str, String)]) -> Result<(), Failure> {
    let shown_root = PathBuf::from("plan").join(design.folder.as_str());
    let mut snapshot = Snapshot { shown_root, ..Snapshot::default() };
    files.iter().for_each(|(path, text)| snapshot.put(path, text.clone()));
    let loaded = source::load(&snapshot, design.folder.as_str());
    if loaded.plan.is_none() { Err(context.refuse_to_write(&loaded.findings, &snapshot)) } else { Ok(()) }
}

fn head(lang: Lang, design: &Design) -> String {
    let texts = |all: &[String]| all.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
    let mut text = String::from("schema = 1\n");
    // Writing to a String cannot fail.
    let _ = writeln!(text, "id     = {}", quoted(design.folder.as_str()));
    let _ = writeln!(text, "name   = {}", quoted(&design.name));
    if let Some(city) = &design.city {
        let _ = writeln!(text, "city   = {}", quoted(city));
    }
    let _ = writeln!(text, "lang   = {}", quoted(lang.pick("ja", "en")));
    let _ =
        writeln!(text, "period = {{ from = {}, to = {} }}", quoted(&design.from.short()), quoted(&design.to.short()));
    let _ = writeln!(text, "cycle  = {}", quoted(design.cycle.id()));
    let _ = writeln!(text, "levels = [{}]", texts(&design.levels));
    let _ = writeln!(text, "\n[[scale]]\nid     = \"progress\"");
    let _ = writeln!(text, "name   = {}", quoted(terms::STATE_OF_PROGRESS.title(lang)));
    let _ = writeln!(text, "grades = [");
    for (i, grade) in design.grades.iter().enumerate() {
        let counts = if grade.counts { "" } else { ", counts = false" };
        let attention = if grade.attention { ", attention = true" } else { "" };
        let _ = writeln!(text, "  {{ id = \"g{}\", name = {}{counts}{attention} }},", i + 1, quoted(&grade.name));
    }
    text.push_str("]\n");
    text
}

fn outline(lang: Lang, design: &Design) -> String {
    let mut text = lang
        .pick(
            "# 見出し [番号] が一つの項目です。番号を - で区切った数が階層を表します。\n# 先頭の # を消して書き始めてください。\n",
            "# A header [number] is one entry; its parts joined by - give its level.\n# Remove the leading # to begin.\n",
        )
        .to_owned();
    let mut id = String::new();
    for level in &design.levels {
        id.push_str(if id.is_empty() { "1" } else { "-1" });
        let _ = write!(text, "#\n# [{id}]\n# name = {}\n", quoted(level));
    }
    text
}
