//! The command line. The doc comments are the help, Japanese first and English behind `||`; [`command`] keeps the
//! side that the reader understands.

mod help;

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgGroup, Args, Command, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::commands;
use crate::formats::{self, Format, TEXT};
use crate::lang::Lang;
use crate::text::width::Ambiguous;

/// 市役所改革プランの進捗管理 || Progress tracker for a city's reform plan
#[derive(Debug, Parser)]
#[command(
    name = "kaikaku",
    bin_name = "kaikaku",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "端末で kaikaku とだけ打つと、近い期限と、できることの一覧が出ます。 || In a terminal `kaikaku` alone shows what is due and leads through the work."
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub globals: Globals,
    /// What to do; without it the desk opens.
    #[command(subcommand)]
    pub command: Option<Subcommands>,
}

/// What holds for every command.
#[derive(Debug, Clone, Args)]
pub struct Globals {
    /// 計画のあるフォルダー（省略時は上へたどって最も近い plan/） || Folder of the plans (default: the nearest plan/ upward)
    #[arg(short = 'C', long, global = true, value_name = "DIR", env = "KAIKAKU_DIR")]
    pub dir: Option<PathBuf>,
    /// 計画の名前（plans で一覧） || Which plan (see plans)
    #[arg(long, global = true, value_name = "NAME", env = "KAIKAKU_PLAN")]
    pub plan: Option<String>,
    /// いつ現在か：日付か期間（R7Q2、R7.9.30、2025-09-30 など。省略時は今日） || As of which day or period (R7Q2, R7.9.30, 2025-09-30; default: today)
    #[arg(long, global = true, value_name = "WHEN", env = "KAIKAKU_AS_OF")]
    pub as_of: Option<String>,
    /// 何が分かっていた時点か：git のタグ・ブランチ・コミット・日付（省略時は今のファイル） || What was known then: a tag, branch, commit or day of git (default: the files as they are)
    #[arg(long, global = true, value_name = "REV", env = "KAIKAKU_REV")]
    pub rev: Option<String>,
    /// 表示の言語 || Language of the output
    #[arg(long, global = true, value_name = "LANG", env = "KAIKAKU_LANG")]
    pub lang: Option<LangArg>,
    /// 色を付けるか || Whether to colour the output
    #[arg(long, global = true, value_name = "WHEN", env = "KAIKAKU_COLOR", default_value = "auto")]
    pub color: ColorArg,
    /// ①や▲の幅：端末が半角で描くなら narrow、全角なら wide || Width of ① and ▲ in your terminal
    #[arg(long, global = true, value_name = "WIDTH", env = "KAIKAKU_AMBIGUOUS", default_value = "narrow")]
    pub ambiguous: AmbiguousArg,
    /// この説明を表示する || Print this help
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 版を表示する || Print the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// The commands, in the order of a clerk's day.
#[derive(Debug, Subcommand)]
pub enum Subcommands {
    /// 進捗状況を表にする || Tables of where everything stands
    Status(commands::status::StatusArgs),
    /// 検証指標の実績と目標の差を表にする || Indicators: target against actual
    Kpi(commands::kpi::KpiArgs),
    /// 計画全体や、一つの項目・指標のすべてを見る || Everything known about the plan, one entry or one indicator
    Show(commands::show::ShowArgs),
    /// 数値がどう計算されたかを、式と出どころで示す || How a figure was worked out, with formulas and sources
    Explain(commands::explain::ExplainArgs),
    /// 記録を時間の順に並べる || Records in order of time
    Log(commands::log::LogArgs),
    /// 報告の遅れと、過ぎた期日を所管課ごとに示す || What each owner still owes: reports, passed dates, values
    Due(commands::due::DueArgs),
    /// 工程と節目の計画と実績を、年度ごとに並べる || Steps and milestones: planned against reached, year by year
    Roadmap(commands::roadmap::RoadmapArgs),
    /// 新しい年度に始まるもの、目標、前年度の残り、照会する所管課を示す || A fiscal year opened: what begins, what is still open, whom to ask
    Rollover(commands::rollover::RolloverArgs),
    /// 12か月の予定を月ごとに示す（-o 予定.ics でカレンダーに取り込める） || Twelve months of duties (-o duties.ics for a calendar)
    Calendar(commands::calendar::CalendarArgs),
    /// 引継書：することと期限、状況、担当、手順、変わったこと || What whoever takes over must know: duties, standing, people, tasks, changes
    Handover(commands::handover::HandoverArgs),
    /// 二つの版の違いを新旧対照表にする || What changed between two revisions, side by side
    Diff(commands::diff::DiffArgs),
    /// 目標値・所管課・名称・評価のこれまでの値を、版ごとにたどる || Every value that a target, owner, name or rating ever had
    History(commands::history::HistoryArgs),
    /// 指標の数値を、だれが最後に変えたか || Who last set each number of an indicator
    Blame(commands::blame::BlameArgs),
    /// 項目の進捗を記録する || Record how an entry stands
    Update(commands::update::UpdateArgs),
    /// 指標の実績値を記録する || Record a value of an indicator
    Measure(commands::measure::MeasureArgs),
    /// 議会などでの答弁と、答弁案を記録する || Record an answer given in the council, or the draft of one
    Answer(commands::answer::AnswerArgs),
    /// 項目・検証指標・所管課・取組内容・節目を計画に加える || Add an entry, indicator, owner, initiative or milestone to the plan
    Add(commands::add::AddArgs),
    /// 計画の内容（名称、所管課、目標値など）を一つ変える || Change one value of the plan (a name, owner, target …)
    Edit(commands::edit::EditArgs),
    /// 最後の書き込みを取り消す || Take back the last write
    Undo(commands::undo::UndoArgs),
    /// 委員会や議会に出す報告を書く || Write the papers for committee and assembly
    Report(commands::report::ReportArgs),
    /// 報告書の数を記録と照らす（合わない数があれば終了コード 1） || Hold a paper's numbers against the record (exit 1 if any differs)
    Verify(commands::verify::VerifyArgs),
    /// 委員会・議会・監査・パブリックコメントの意見と、その対応を記録する || What committees, the assembly, auditors and citizens said, and what was answered
    Opinion(commands::opinion::OpinionArgs),
    /// プログラムが読む表でデータを書く、またはファイルを機械可読性のルールに照らす || Write the data as tables for programs, or check files against the rules for them
    Opendata(commands::opendata::OpendataArgs),
    /// 所管課に照会し、回答を集める || Ask the departments and collect what they answer
    Inquiry(commands::inquiry::InquiryArgs),
    /// 既にある一覧（.xlsx、.csv）を取り込む || Bring in a list that exists already (.xlsx, .csv)
    Import(commands::import::ImportArgs),
    /// 計画のファイルを点検する || Check the files of a plan
    Check(commands::check::CheckArgs),
    /// 計画の一覧 || List the plans
    Plans(commands::plans::PlansArgs),
    /// 計画のすべてを、表の形のデータ（Parquet、CSV）にする || The whole model as tables for data engines (Parquet, CSV)
    Export(commands::export::ExportArgs),
    /// 決裁を経て公表した期間を確定する || Close a period once its figures are approved and published
    Close(commands::close::CloseArgs),
    /// 確定した期間の正誤表（公表した数字といまの数字の違い） || Errata of a closed period: as published, and as it holds now
    Errata(commands::errata::ErrataArgs),
    /// 計画と進捗を、だれでも読めるウェブページにする || Write the pages that the city publishes: plan, progress, data
    Publish(commands::publish::PublishArgs),
    /// 番号を変え、それを指す所と記録も合わせる || Renumber an entry or indicator, and whatever names it
    Mv(commands::mv::MvArgs),
    /// 新しい計画を始める || Start a new plan
    Init(commands::init::InitArgs),
    /// 記録のマージと表示のしかたを git に教える || Teach git how to merge and show records
    GitSetup(commands::git_setup::GitSetupArgs),
    /// Tab キーで番号や名称を補う設定を、シェルのために出力する || Print what lets a shell complete ids and names by Tab
    Completions(commands::completions::CompletionsArgs),
    /// 使い方を示す || Show how a command is used
    Help(commands::help::HelpArgs),
    /// 自分の設定（記録者、回答期限、出力先）を見て、変える || Your own defaults: who records, days to answer, output folder
    Settings(commands::settings::SettingsArgs),
    /// すべての項目と指標（status --all と同じ） || Every entry and indicator, as status --all
    #[command(hide = true, visible_alias = "ls")]
    List(commands::status::StatusArgs),
    /// 版を表示する || Print the version
    #[command(hide = true)]
    Version,
    /// マニュアルのページを書く || Write the pages of the manual
    #[command(hide = true)]
    Man(commands::man::ManArgs),
    /// git が記録をマージするときに呼ぶ || Called by git to merge records
    #[command(hide = true)]
    MergeDriver(commands::merge_driver::MergeDriverArgs),
    /// git が計画のファイルを表示するときに呼ぶ || Called by git to show a file of a plan
    #[command(hide = true)]
    Textconv(commands::textconv::TextconvArgs),
    /// git diff が計画のファイルを比べるときに呼ぶ || Called by git diff to compare the files of a plan
    #[command(hide = true)]
    DiffDriver(commands::diff_driver::DiffDriverArgs),
}

impl Cli {
    /// Whether it is about the plans of the folder in which it is run. Others do not mind what cannot be read there.
    pub fn is_about_a_plan_here(&self) -> bool {
        match &self.command {
            Some(Subcommands::Export(args)) => args.is_of_the_workspace(),
            Some(
                Subcommands::Init(_)
                | Subcommands::Completions(_)
                | Subcommands::Help(_)
                | Subcommands::Settings(_)
                | Subcommands::Version
                | Subcommands::Man(_),
            ) => false,
            _ => true,
        }
    }
}

impl Subcommands {
    /// Whether it changes the plan's files.
    pub fn writes(&self) -> bool {
        match self {
            Self::Update(_)
            | Self::Measure(_)
            | Self::Answer(_)
            | Self::Add(_)
            | Self::Edit(_)
            | Self::Undo(_)
            | Self::Close(_)
            | Self::Mv(_)
            | Self::Init(_)
            | Self::GitSetup(_) => true,
            Self::Errata(args) => args.writes(),
            Self::Inquiry(args) => args.writes(),
            Self::Opinion(args) => args.writes(),
            Self::Import(args) => args.apply,
            _ => false,
        }
    }
}

/// The format of what is read.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("written").multiple(true)))]
pub struct OutputArgs {
    /// 出力の形式 || Format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_parser())]
    pub format: &'static Format,
    /// CSV の文字コード（utf-8-bom は Excel 用） || Encoding of CSV (utf-8-bom is for Excel)
    #[arg(long, value_name = "ENCODING", default_value = "utf-8-bom")]
    pub encoding: EncodingArg,
    /// The files.
    #[arg(
        short = 'o',
        long = "output",
        id = "output",
        value_name = "FILE",
        group = "written",
        conflicts_with = "format",
        help = output_help()
    )]
    pub files: Vec<PathBuf>,
    /// 同じ名前のファイルがあれば置き換える || Replace files of the same names
    #[arg(long, requires = "written")]
    pub force: bool,
}

impl OutputArgs {
    /// Whether a person reads it at once: as text, and not from a file.
    pub fn is_for_the_screen(&self) -> bool {
        self.files.is_empty() && self.format.name == TEXT.name
    }
}

/// Reads the name of a format that can be printed.
pub fn format_parser() -> impl TypedValueParser<Value = &'static Format> {
    PossibleValuesParser::new(formats::printed()).try_map(|name| Format::named(&name).ok_or(name))
}

/// The help of `-o`.
fn output_help() -> String {
    let (ja, en) = (
        formats::extensions(|format| format.is_general, "", "、"),
        formats::extensions(|format| format.is_general, "", ", "),
    );
    format!(
        "このファイルに書く。形式は拡張子による（{ja}）。何度でも指定できる || \
         Write this file, in the format its extension names ({en}); may be repeated"
    )
}

/// `--encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum EncodingArg {
    #[value(name = "utf-8")]
    Utf8,
    #[value(name = "utf-8-bom")]
    Utf8Bom,
    Cp932,
}

/// `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum LangArg {
    Ja,
    En,
}

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ColorArg {
    Auto,
    Always,
    Never,
}

/// `--ambiguous`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum AmbiguousArg {
    Narrow,
    Wide,
}

/// The command line in the reader's language.
pub fn command(lang: Lang) -> Command {
    let command = localized(Cli::command(), None, lang);
    command.term_width(0).max_term_width(100)
}

/// The page of help that a command line asks for.
pub fn help_page(line: &[impl AsRef<OsStr>], columns: Option<usize>, lang: Lang) -> String {
    let rendered = help::grouped(lang)
        .try_get_matches_from(line.iter().map(|word| word.as_ref().to_owned()))
        .err()
        .map(|page| page.render().to_string());
    page(&rendered.unwrap_or_default(), columns, lang)
}

/// A page of help as clap renders it, with the one word in the language that clap has no setting for, its lines broken
/// where Japanese breaks.
pub fn page(rendered: &str, columns: Option<usize>, lang: Lang) -> String {
    let page = rendered.replace("[OPTIONS]", lang.pick("[オプション]", "[OPTIONS]"));
    page.lines().map(|line| broken(line, columns) + "\n").collect()
}

/// A line of help in as many as it takes; what follows stands under the explanation.
fn broken(line: &str, columns: Option<usize>) -> String {
    let words = line.trim_start();
    let begin = line.len() - words.len();
    let text = words.find("  ").map_or(begin, |gap| line.len() - words[gap..].trim_start().len());
    let (head, text) = line.split_at(text);
    let indent = Ambiguous::Narrow.width(head);
    let room = columns.map(|columns| columns.saturating_sub(indent).max(20));
    let lines = Ambiguous::Narrow.wrap(text, room);
    format!("{head}{}", lines.join(&format!("\n{}", " ".repeat(indent)))).trim_end().to_owned()
}

/// Keeps one side of every text, with headings in the language. `above` are the words between the program and the
/// command, each with a space; the program itself has none.
fn localized(mut command: Command, above: Option<&str>, lang: Lang) -> Command {
    if let Some(about) = command.get_about().map(|s| side(&s.to_string(), lang)) {
        command = command.about(about);
    }
    if let Some(about) = command.get_after_help().map(|s| side(&s.to_string(), lang)) {
        command = command.after_help(about);
    }
    if let Some(examples) = help::examples(&format!("{}{}", above.unwrap_or_default(), command.get_name()), lang) {
        command = command.after_help(examples);
    }
    let words = Words::new(lang);
    command = command
        .help_template(format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", words.usage))
        .subcommand_help_heading(words.commands)
        .subcommand_value_name(lang.pick("コマンド", "COMMAND"))
        .mut_args(|arg| localized_arg(arg, words, lang));
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let own = above.map(|above| format!("{above}{} ", command.get_name())).unwrap_or_default();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, |c| localized(c, Some(&own), lang)))
}

/// The headings of a help page.
#[derive(Clone, Copy)]
struct Words {
    usage: &'static str,
    arguments: &'static str,
    options: &'static str,
    globals: &'static str,
    commands: &'static str,
}

impl Words {
    fn new(lang: Lang) -> Self {
        lang.pick(
            Self {
                usage: "使い方",
                arguments: "引数",
                options: "オプション",
                globals: "共通のオプション",
                commands: "コマンド",
            },
            Self {
                usage: "Usage",
                arguments: "Arguments",
                options: "Options",
                globals: "Global options",
                commands: "Commands",
            },
        )
    }
}

fn localized_arg(arg: Arg, words: Words, lang: Lang) -> Arg {
    let mut help = arg.get_help().map(|h| side(&h.to_string(), lang)).unwrap_or_default();
    let takes_values = arg.get_action().takes_values();
    let values: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
    if takes_values && !values.is_empty() {
        help = format!("{help} [{}]", values.join(" | "));
    }
    if let Some(default) = arg.get_default_values().first().filter(|_| takes_values) {
        help = format!("{help}{}{}", lang.pick("（既定：", " (default: "), default.to_string_lossy());
        help.push_str(lang.pick("）", ")"));
    }
    if let Some(env) = arg.get_env() {
        help = format!("{help} [${}]", env.to_string_lossy());
    }
    let heading = match () {
        () if arg.is_positional() => words.arguments,
        () if arg.is_global_set() => words.globals,
        () => words.options,
    };
    let arg = arg.help(help).help_heading(heading).hide_env(true);
    if takes_values { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
}

/// The side of `日本語 || English` that is read in `lang`.
fn side(text: &str, lang: Lang) -> String {
    let (ja, en) = text.split_once("||").unwrap_or((text, text));
    lang.pick(ja, en).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        for lang in [Lang::Ja, Lang::En] {
            command(lang).debug_assert();
        }
    }

    /// Widths are those of the terminal: a Japanese letter takes two columns.
    #[test]
    fn help_is_broken_within_the_terminal() {
        for lang in [Lang::Ja, Lang::En] {
            let mut whole = command(lang);
            whole.build();
            for command in whole.get_subcommands_mut() {
                let help = command.render_help().to_string();
                let page = page(&help, Some(80), lang);
                for line in page.lines() {
                    assert!(Ambiguous::Narrow.width(line) <= 80, "{line}");
                }
                let bare = |text: &str| text.replace([' ', '\n'], "");
                assert_eq!(bare(&page), bare(&super::page(&help, None, lang)));
            }
        }
    }

    #[test]
    fn every_text_stands_in_both_languages() {
        fn look(command: &Command) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert_eq!(about.matches("||").count(), 1, "{}: {about}", command.get_name());
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert_eq!(help.matches("||").count(), 1, "{} {}: {help}", command.get_name(), arg.get_id());
            }
            command.get_subcommands().for_each(look);
        }
        look(&Cli::command());
    }
}
