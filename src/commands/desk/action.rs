//! What can be done at the desk: what each action asks, and the command that it becomes.

use std::path::PathBuf;

use anyhow::Result;
use chrono::Days;

use super::{Desk, point_out};
use crate::commands::form::given_up;
use crate::commands::record::period;
use crate::commands::report::council;
use crate::commands::{Context, Exit};
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::plan::period::parse_day_ahead;
use crate::text::fold::fold;
use crate::text::paths::Slashed;
use crate::text::terms;
use crate::{console, say, source};

/// What can be done, in the order of a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Where everything stands.
    Status,
    /// The indicators.
    Kpi,
    /// What is overdue.
    Due,
    /// The duties of a year.
    Calendar,
    /// The progress of an entry.
    Update,
    /// A value of an indicator.
    Measure,
    /// Forms for the departments.
    Send,
    /// What they answer.
    Collect,
    /// The papers.
    Report,
    /// What was said of the plan, and what came of it.
    Opinion,
    /// What was answered to the council, and drafts of it.
    Answer,
    /// What changed since last time.
    Compare,
    /// The files of the plan.
    Check,
    /// A period whose figures are approved.
    Close,
    /// The pages for everybody.
    Publish,
    /// The next fiscal year.
    Rollover,
    /// The paper for whoever takes over.
    Handover,
    /// What the plan itself says.
    Define,
    /// The last write.
    Undo,
    /// The person's own defaults.
    Settings,
    /// A plan that begins.
    Begin,
    /// Another plan.
    Switch,
    /// The end.
    Leave,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::Status,
        Self::Kpi,
        Self::Due,
        Self::Calendar,
        Self::Update,
        Self::Measure,
        Self::Send,
        Self::Collect,
        Self::Report,
        Self::Opinion,
        Self::Answer,
        Self::Compare,
        Self::Close,
        Self::Publish,
        Self::Check,
        Self::Rollover,
        Self::Handover,
        Self::Define,
        Self::Undo,
        Self::Settings,
        Self::Switch,
        Self::Leave,
    ];

    /// What can be done where there is no plan yet.
    pub const WITHOUT_A_PLAN: [Self; 2] = [Self::Begin, Self::Leave];

    /// Whether it may change what is due.
    pub fn changes(self) -> bool {
        use Action::{Begin, Close, Collect, Define, Measure, Opinion, Send, Switch, Undo, Update};
        matches!(self, Update | Measure | Send | Collect | Opinion | Close | Undo | Switch | Define | Begin)
    }

    /// What the menu calls it.
    pub fn label(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Status => ("進捗状況を見る", "See where things stand"),
            Self::Kpi => ("検証指標を見る", "See the indicators"),
            Self::Due => ("期限を過ぎたものを見る", "See what is overdue"),
            Self::Calendar => ("年間の予定を見る", "See the duties of the year"),
            Self::Update => ("項目の進捗を記録する", "Record how an entry stands"),
            Self::Measure => ("指標の実績値を記録する", "Record a value of an indicator"),
            Self::Send => ("所管課への照会を作る", "Make the forms for the departments"),
            Self::Collect => ("所管課の回答を読み込む", "Collect what the departments answer"),
            Self::Report => ("報告書を作る", "Write a paper"),
            Self::Opinion => ("委員会・議会などの意見と対応を記録する", "Record opinions and responses"),
            Self::Answer => ("議会の答弁と答弁案を記録する", "Record answers to the council, and drafts"),
            Self::Compare => ("前回からの変更を見る", "See what changed since last time"),
            Self::Check => ("計画のファイルを点検する", "Check the files of the plan"),
            Self::Close => ("公表した期間を確定する", "Close a period that was published"),
            Self::Publish => ("公表するウェブページを作る", "Make the pages for the public"),
            Self::Handover => ("引継書を作る", "Write the paper for whoever takes over"),
            Self::Rollover => ("新しい年度を始める", "Open the next fiscal year"),
            Self::Define => {
                ("計画に加える・計画を変える・一覧を取り込む", "Add to the plan, change it, bring in a list")
            }
            Self::Settings => ("自分の設定を見る・変える", "Your own defaults"),
            Self::Begin => ("新しい計画を始める", "Start a new plan"),
            Self::Undo => ("最後の書き込みを取り消す", "Take back the last write"),
            Self::Switch => ("ほかの計画に切り替える", "Turn to another plan"),
            Self::Leave => ("終わる", "Leave"),
        };
        lang.pick(ja, en)
    }
}

impl Desk<'_> {
    /// Asks what an action needs to know, and does it.
    pub fn act(&mut self, action: Action) -> Result<()> {
        let exit = match action {
            Action::Status => self.run(&["status"])?,
            Action::Kpi => self.run(&["kpi"])?,
            Action::Due => self.run(&["due"])?,
            Action::Calendar => self.run(&["calendar"])?,
            Action::Update => self.run(&["update"])?,
            Action::Measure => self.run(&["measure"])?,
            Action::Send => self.send()?,
            Action::Collect => self.collect()?,
            Action::Report => self.report()?,
            Action::Opinion => self.opinion()?,
            Action::Answer => self.answer()?,
            Action::Compare => self.compare()?,
            Action::Check => self.run(&["check"])?,
            Action::Close => self.close()?,
            Action::Publish => self.publish()?,
            Action::Handover => self.handover()?,
            Action::Rollover => self.run(&["rollover"])?,
            Action::Define => self.define()?,
            Action::Undo => self.undo()?,
            Action::Settings => self.settings()?,
            Action::Begin => self.begin()?,
            Action::Switch => self.switch()?,
            Action::Leave => Exit::Done,
        };
        point_out(exit, self.context);
        Ok(())
    }

    /// The last period that has ended, as the papers name it.
    fn last_period(&self, context: &Context) -> Result<String> {
        let opened = context.open_with(&|path| !source::is_record(path) && !source::is_closed(path))?;
        Ok(council::period(context, &opened.plan, None)?.short())
    }

    /// Asks for a period; Enter alone takes the last one that has ended.
    pub fn period(&self, context: &Context) -> Result<String> {
        let (default, today) = (self.last_period(context)?, context.world.today);
        let question = say!("どの期間ですか", "Which period?");
        let asked = self.form.checked(question, Some(&default), move |text| period(text, today).map(|_| ()))?;
        Ok(period(&asked, today)?.short())
    }

    fn send(&self) -> Result<Exit> {
        let context = self.about();
        let period = self.period(&context)?;
        let folder = context.lang().pick(format!("照会_{period}"), format!("inquiry_{period}"));
        let folder = self.text(say!("ブックを置くフォルダー", "Folder for the workbooks"), &self.placed(&folder))?;
        let deadline = self.deadline(&context)?;
        let mut words = vec!["inquiry", "send", "--period", &period, "--out", &folder];
        if !deadline.is_empty() {
            words.extend(["--deadline", &deadline]);
        }
        self.run(&words)
    }

    /// By when to answer; blank for no day.
    pub fn deadline(&self, context: &Context) -> Result<String> {
        let question = say!("回答期限（12月4日 など。なければ空のまま）", "By when to answer (or leave blank)");
        let today = context.world.today;
        let day = move |text: &str| match text.trim() {
            "" => Ok(()),
            text => parse_day_ahead(text, today).map(|_| ()).map_err(|error| Failure::new(error.say(), error.hint())),
        };
        let days = |days: u16| today.checked_add_days(Days::new(days.into())).map(|day| day.to_string());
        let usual = self.context.settings().deadline.and_then(days);
        Ok(self.form.checked(question, usual.as_deref(), day)?.trim().to_owned())
    }

    fn collect(&self) -> Result<Exit> {
        let question = say!("回答のファイルか、それを入れたフォルダー", "The replies, or the folder they are in");
        self.collect_files(&[PathBuf::from(self.existing(question)?)])
    }

    /// Shows what the replies say, and records it once the person agrees.
    pub fn collect_files(&self, files: &[PathBuf]) -> Result<Exit> {
        let files: Vec<String> = files.iter().map(|path| path.slashed()).collect();
        let mut words = vec!["inquiry", "collect"];
        words.extend(files.iter().map(String::as_str));
        let exit = self.run(&words)?;
        if self.form.agree(say!("読み取った答えを記録しますか", "Record these answers?"))? {
            words.push("--apply");
            return self.run(&words);
        }
        Ok(exit)
    }

    /// Since the last period that was closed, else since the last commit; without git how the entries moved.
    fn compare(&self) -> Result<Exit> {
        let opened = self.about().open_with(&|path| !source::is_record(path))?;
        if opened.repository_near()?.is_none() {
            console::say(self.context.lang().pick(
                "計画を git に置いていないため、前の期間からの動きを示します。",
                "The plan is not kept in git: this is how things moved since the period before.",
            ));
            return self.run(&["status"]);
        }
        let last = opened.plan.closings.iter().rev().find_map(|closing| closing.revision.as_deref());
        match last {
            Some(revision) => self.run(&["diff", revision]),
            None => self.run(&["diff"]),
        }
    }

    /// What the plan itself says: something more, something else, a list that exists already, a plan of its own.
    fn define(&mut self) -> Result<Exit> {
        let kinds = [
            ("entry", say!("項目を加える", "Add an entry")),
            ("owner", say!("所管課を加える（担当する項目も選ぶ）", "Add an owner, with the entries in its charge")),
            ("indicator", say!("検証指標を加える", "Add an indicator")),
            ("initiative", say!("取組内容を加える", "Add an initiative")),
            ("milestone", say!("節目を加える", "Add a milestone")),
        ];
        let others = [
            say!("計画の内容を変える", "Change a value of the plan"),
            say!("既にある一覧を取り込む", "Bring in a list that exists already"),
            say!("新しい計画を始める", "Start a new plan"),
        ];
        let all = kinds.iter().map(|(_, label)| label).chain(&others);
        let labels: Vec<&str> = all.map(|label| label.text(self.context.lang())).collect();
        let chosen = self.form.decide(say!("計画をどうしますか", "What of the plan?"), &labels)?;
        match (kinds.get(chosen), chosen - chosen.min(kinds.len())) {
            (Some((kind, _)), _) => self.run(&["add", kind]),
            (None, 0) => self.run(&["edit"]),
            (None, 1) => {
                let list = self.existing(say!("一覧のファイル（Excel か CSV）", "The list (Excel or CSV)"))?;
                self.run(&["import", &list])
            }
            (None, _) => self.begin(),
        }
    }

    /// Shows the person's own defaults, and asks for others.
    fn settings(&self) -> Result<Exit> {
        self.run(&["settings"])?;
        if !self.form.agree(say!("変えますか", "Change them?"))? {
            return Ok(Exit::Done);
        }
        let now = self.context.settings();
        let any = |_: &str| Ok(());
        let by = self.form.checked(terms::RECORDED_BY.say_title(), now.by.as_deref(), any)?;
        let days = now.deadline.map(|days| days.to_string());
        let number = |text: &str| match text.trim() {
            text if text.is_empty() || fold(text).parse::<u16>().is_ok() => Ok(()),
            _ => Err(Failure::plain(say!("日数を数字で入力してください", "give a number of days"))),
        };
        let question =
            say!("照会の回答期限までの日数（なければ空のまま）", "Days to answer an inquiry (or leave blank)");
        let days = fold(&self.form.checked(question, days.as_deref(), number)?).into_owned();
        let folder = now.folder.map(|folder| folder.slashed());
        let question =
            say!("報告書と調査票を置くフォルダー（なければ空のまま）", "Folder for papers and forms (or leave blank)");
        let folder = self.form.checked(question, folder.as_deref(), any)?;
        let given = [("--by", by.trim()), ("--deadline", days.trim()), ("--folder", unquoted(folder.trim()))];
        let given = given.iter().filter(|(_, text)| !text.is_empty()).flat_map(|(name, text)| [*name, *text]);
        self.run(&std::iter::once("settings").chain(given).collect::<Vec<_>>())
    }

    /// Starts a plan, and turns to it.
    fn begin(&mut self) -> Result<Exit> {
        let names = |desk: &Self| desk.context.workspace().map(|workspace| workspace.names).unwrap_or_default();
        let before = names(self);
        let exit = self.run(&["init"])?;
        self.plan = names(self).into_iter().find(|name| !before.contains(name)).or(self.plan.take());
        Ok(exit)
    }

    /// A file in the folder that the person has for papers and forms.
    pub fn placed(&self, name: &str) -> String {
        self.context.settings().folder.map_or_else(|| name.to_owned(), |folder| folder.join(name).slashed())
    }

    /// The path of something that is there.
    pub fn existing(&self, question: Say) -> Result<String> {
        let cwd = self.context.world.cwd.clone();
        let is_there = move |text: &str| match text.trim() {
            "" => Err(Failure::plain(say!("空にはできません", "this cannot be blank"))),
            text if cwd.join(unquoted(text)).exists() => Ok(()),
            text => Err(Failure::plain(say!("「{text}」がありません", "there is no `{text}`"))),
        };
        Ok(unquoted(self.form.checked(question, None, is_there)?.trim()).to_owned())
    }

    fn close(&self) -> Result<Exit> {
        let period = self.period(&self.about())?;
        self.run(&["close", &period, "--dry-run"])?;
        let question = say!("{period} を、この内容で確定しますか", "Close {period} so?");
        if !self.form.agree(question)? {
            return Err(given_up().into());
        }
        self.run(&["close", &period])
    }

    fn undo(&self) -> Result<Exit> {
        if !self.form.agree(say!("最後の書き込みを取り消しますか", "Take back the last write?"))? {
            return Err(given_up().into());
        }
        self.run(&["undo"])
    }

    fn switch(&mut self) -> Result<Exit> {
        let names = self.context.workspace()?.names;
        let refs: Vec<&str> = names.iter().map(String::as_str).collect();
        let chosen = self.form.decide(say!("どの計画ですか", "Which plan?"), &refs)?;
        self.plan = Some(names[chosen].clone());
        Ok(Exit::Done)
    }

    /// A text that is not blank.
    pub fn text(&self, question: Say, default: &str) -> Result<String> {
        let not_blank = |text: &str| match text.trim().is_empty() {
            true => Err(Failure::plain(say!("空にはできません", "this cannot be blank"))),
            false => Ok(()),
        };
        Ok(self.form.checked(question, Some(default), not_blank)?.trim().to_owned())
    }
}

/// A path as Explorer copies it, without its quotes.
fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}
