//! What can be done at the desk: what each action asks, and the command that it becomes.

use std::path::PathBuf;

use anyhow::Result;

use super::{Desk, point_out};
use crate::commands::form::given_up;
use crate::commands::record::period;
use crate::commands::report::council;
use crate::commands::{Context, Exit};
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::plan::period::parse_day_ahead;
use crate::text::paths::Slashed;
use crate::{say, source};

/// What can be done, in the order of a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Where everything stands.
    Status,
    /// The indicators.
    Kpi,
    /// What is overdue.
    Due,
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
    /// What changed since last time.
    Compare,
    /// The files of the plan.
    Check,
    /// A period whose figures are approved.
    Close,
    /// The next fiscal year.
    Rollover,
    /// The last write.
    Undo,
    /// Another plan.
    Switch,
    /// The end.
    Leave,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Status,
        Self::Kpi,
        Self::Due,
        Self::Update,
        Self::Measure,
        Self::Send,
        Self::Collect,
        Self::Report,
        Self::Compare,
        Self::Check,
        Self::Close,
        Self::Rollover,
        Self::Undo,
        Self::Switch,
        Self::Leave,
    ];

    /// Whether it may change what is due.
    pub fn changes(self) -> bool {
        use Action::{Close, Collect, Measure, Send, Switch, Undo, Update};
        matches!(self, Update | Measure | Send | Collect | Close | Undo | Switch)
    }

    /// What the menu calls it.
    pub fn label(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Status => ("進捗状況を見る", "See where things stand"),
            Self::Kpi => ("検証指標を見る", "See the indicators"),
            Self::Due => ("期限を過ぎたものを見る", "See what is overdue"),
            Self::Update => ("項目の進捗を記録する", "Record how an entry stands"),
            Self::Measure => ("指標の実績値を記録する", "Record a value of an indicator"),
            Self::Send => ("所管課への照会を作る", "Make the forms for the departments"),
            Self::Collect => ("所管課の回答を読み込む", "Collect what the departments answer"),
            Self::Report => ("報告書を作る", "Write a paper"),
            Self::Compare => ("前回からの変更を見る", "See what changed since last time"),
            Self::Check => ("計画のファイルを点検する", "Check the files of the plan"),
            Self::Close => ("公表した期間を確定する", "Close a period that was published"),
            Self::Rollover => ("新しい年度を始める", "Open the next fiscal year"),
            Self::Undo => ("最後の書き込みを取り消す", "Take back the last write"),
            Self::Switch => ("ほかの計画に切り替える", "Turn to another plan"),
            Self::Leave => ("終わる", "Leave"),
        };
        lang.pick(ja, en)
    }
}

/// The papers that come with the program, as the menu calls them.
fn paper_name(id: &str, lang: Lang) -> Option<&'static str> {
    Some(match id {
        "committee" => lang.pick("委員会に出す報告", "paper for the committee"),
        "headquarters" => lang.pick("推進本部に出す報告", "paper for the headquarters"),
        "assembly" => lang.pick("議会に出す報告", "paper for the assembly"),
        _ => return None,
    })
}

impl Desk<'_> {
    /// Asks what an action needs to know, and does it.
    pub fn act(&mut self, action: Action) -> Result<()> {
        let exit = match action {
            Action::Status => self.run(&["status"])?,
            Action::Kpi => self.run(&["kpi"])?,
            Action::Due => self.run(&["due"])?,
            Action::Update => self.run(&["update"])?,
            Action::Measure => self.run(&["measure"])?,
            Action::Send => self.send()?,
            Action::Collect => self.collect()?,
            Action::Report => self.report()?,
            Action::Compare => self.compare()?,
            Action::Check => self.run(&["check"])?,
            Action::Close => self.close()?,
            Action::Rollover => self.run(&["rollover"])?,
            Action::Undo => self.undo()?,
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
    fn period(&self, context: &Context) -> Result<String> {
        let (default, today) = (self.last_period(context)?, context.world.today);
        let question = say!("どの期間ですか", "Which period?");
        let asked = self.form.checked(question, Some(&default), move |text| period(text, today).map(|_| ()))?;
        Ok(period(&asked, today)?.short())
    }

    fn send(&self) -> Result<Exit> {
        let context = self.about();
        let period = self.period(&context)?;
        let folder = self.text(
            say!("ブックを置くフォルダー", "Folder for the workbooks"),
            &context.lang().pick(format!("照会_{period}"), format!("inquiry_{period}")),
        )?;
        let question = say!("回答期限（12月4日 など。なければ空のまま）", "By when to answer (or leave blank)");
        let today = context.world.today;
        let day = move |text: &str| match text.trim() {
            "" => Ok(()),
            text => parse_day_ahead(text, today).map(|_| ()).map_err(|error| Failure::new(error.say(), error.hint())),
        };
        let deadline = self.form.checked(question, None, day)?;
        let mut words = vec!["inquiry", "send", "--period", &period, "--out", &folder];
        if !deadline.trim().is_empty() {
            words.extend(["--deadline", deadline.trim()]);
        }
        self.run(&words)
    }

    fn collect(&self) -> Result<Exit> {
        let context = self.about();
        let question = say!("回答のファイルか、それを入れたフォルダー", "The replies, or the folder they are in");
        let cwd = context.world.cwd.clone();
        let is_there = move |text: &str| match text.trim() {
            "" => Err(Failure::plain(say!("空にはできません", "this cannot be blank"))),
            text if cwd.join(unquoted(text)).exists() => Ok(()),
            text => Err(Failure::plain(say!("「{text}」がありません", "there is no `{text}`"))),
        };
        let given = self.form.checked(question, None, is_there)?;
        self.collect_files(&[PathBuf::from(unquoted(given.trim()))])
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

    fn report(&self) -> Result<Exit> {
        let context = self.about();
        let lang = context.lang();
        let opened = context.open_with(&|path| !source::is_record(path) && !source::is_closed(path))?;
        let papers = &opened.plan.papers;
        let name = |id: &str| paper_name(id, lang).map_or_else(|| id.to_owned(), str::to_owned);
        let mut labels: Vec<String> = papers.iter().map(|paper| name(paper.id.as_str())).collect();
        labels.push(lang.pick("想定問答", "questions to expect").to_owned());
        let refs: Vec<&str> = labels.iter().map(String::as_str).collect();
        let chosen = self.form.decide(say!("どの報告書ですか", "Which paper?"), &refs)?;
        let period = self.period(&context)?;
        let formats = [("docx", "Word"), ("xlsx", "Excel"), ("html", lang.pick("Web ページ", "web page"))];
        let format = self.form.decide(say!("どの形式ですか", "In which format?"), &formats.map(|(_, label)| label))?;
        let file = format!("{}_{period}.{}", labels[chosen], formats[format].0);
        let file = self.text(say!("ファイルの名前", "Name of the file"), &file)?;
        let mut words = match papers.get(chosen) {
            Some(paper) => vec!["report", "council", "--for", paper.id.as_str(), "--period", &period, "-o", &file],
            None => vec!["report", "questions", "--period", &period, "-o", &file],
        };
        if context.world.cwd.join(&file).exists() {
            let question = say!("{file} はもうあります。置き換えますか", "{file} is there already; replace it?");
            if !self.form.agree(question)? {
                return Err(given_up().into());
            }
            words.push("--force");
        }
        self.run(&words)
    }

    /// Since the last period that was closed, else since the last commit.
    fn compare(&self) -> Result<Exit> {
        let opened = self.about().open_with(&|path| !source::is_record(path))?;
        let last = opened.plan.closings.iter().rev().find_map(|closing| closing.revision.as_deref());
        match last {
            Some(revision) => self.run(&["diff", revision]),
            None => self.run(&["diff"]),
        }
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
    fn text(&self, question: Say, default: &str) -> Result<String> {
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
