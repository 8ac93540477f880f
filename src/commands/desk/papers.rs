//! Papers at the desk: which one, of which period, in which format, into which file.

use anyhow::Result;

use super::Desk;
use crate::commands::form::given_up;
use crate::commands::{Context, Exit};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::{say, source};

/// A paper that can be written.
struct Choice {
    /// What the menu calls it.
    label: String,
    /// The command that writes it.
    words: Vec<String>,
    asks: Asks,
}

/// What has to be known for a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// The period, as `--period`.
    Period,
    /// The period, by itself.
    Closed,
    /// A deadline.
    Deadline,
    Nothing,
}

impl Choice {
    fn new(label: &str, words: &[&str], asks: Asks) -> Self {
        Self { label: label.to_owned(), words: words.iter().map(|&word| word.to_owned()).collect(), asks }
    }
}

/// The papers that come with the program, as the menu calls them.
fn paper_name(id: &str, lang: Lang) -> Option<&'static str> {
    Some(match id {
        "committee" => lang.pick("委員会に出す報告", "paper for the committee"),
        "headquarters" => lang.pick("推進本部に出す報告", "paper for the headquarters"),
        "assembly" => lang.pick("議会に出す報告", "paper for the assembly"),
        "summary" => lang.pick("概要（1枚）", "summary on one page"),
        _ => return None,
    })
}

/// Every paper of a plan; those about opinions and closed periods only where there are any.
fn choices(plan: &Plan, has_closed: bool, lang: Lang) -> Vec<Choice> {
    let council = plan.papers.iter().map(|paper| {
        let id = paper.id.as_str();
        Choice::new(paper_name(id, lang).unwrap_or(id), &["report", "council", "--for", id], Asks::Period)
    });
    let mut all: Vec<Choice> = council.collect();
    all.push(Choice::new(lang.pick("想定問答", "questions to expect"), &["report", "questions"], Asks::Period));
    if !plan.meetings.is_empty() {
        for (label, register) in [
            (lang.pick("前回の会議の意見と対応", "what was said last"), lang.pick("前回", "previous")),
            (lang.pick("意見と対応の台帳", "all opinions"), lang.pick("台帳", "ledger")),
            (lang.pick("意見募集の結果", "results of the consultation"), lang.pick("意見募集", "public")),
        ] {
            all.push(Choice::new(label, &["report", "opinions", "--for", register], Asks::Nothing));
        }
    }
    all.push(Choice::new(lang.pick("工程表", "roadmap"), &["roadmap"], Asks::Nothing));
    all.push(Choice::new(lang.pick("所管課への督促", "letters to the owners"), &["due", "--letter"], Asks::Deadline));
    if has_closed {
        all.push(Choice::new(lang.pick("正誤表", "errata"), &["errata"], Asks::Closed));
    }
    all
}

impl Desk<'_> {
    /// Writes one of the papers.
    pub fn report(&self) -> Result<Exit> {
        let context = self.about();
        let lang = context.lang();
        let opened = context.open_with(&|path| !source::is_record(path))?;
        let mut choices = choices(&opened.plan, !opened.plan.closings.is_empty(), lang);
        let labels: Vec<&str> = choices.iter().map(|choice| &*choice.label).collect();
        let chosen = self.form.decide(say!("どの報告書ですか", "Which paper?"), &labels)?;
        let Choice { label, mut words, asks } = choices.swap_remove(chosen);
        let mut name = label;
        match asks {
            Asks::Period | Asks::Closed => {
                let period = self.period(&context)?;
                name = format!("{name}_{period}");
                words.extend((asks == Asks::Period).then(|| "--period".to_owned()));
                words.push(period);
            }
            Asks::Deadline => {
                let day = self.deadline(&context)?;
                words.extend((!day.is_empty()).then(|| ["--by".to_owned(), day]).into_iter().flatten());
            }
            Asks::Nothing => {}
        }
        self.written(&context, &name, words)
    }

    /// The paper for whoever takes over.
    pub fn handover(&self) -> Result<Exit> {
        let context = self.about();
        let name = context.lang().pick("引継書", "handover");
        self.written(&context, name, vec!["handover".to_owned()])
    }

    /// Runs a command that writes a paper, into a file that is asked for.
    fn written(&self, context: &Context, name: &str, mut words: Vec<String>) -> Result<Exit> {
        let lang = context.lang();
        let formats = [("docx", "Word"), ("xlsx", "Excel"), ("html", lang.pick("Web ページ", "web page"))];
        let format = self.form.decide(say!("どの形式ですか", "In which format?"), &formats.map(|(_, label)| label))?;
        let file = self.placed(&format!("{name}.{}", formats[format].0));
        let file = self.text(say!("ファイルの名前", "Name of the file"), &file)?;
        words.extend(["-o".to_owned(), file.clone()]);
        if context.world.cwd.join(&file).exists() {
            let question = say!("{file} はもうあります。置き換えますか", "{file} is there already; replace it?");
            if !self.form.agree(question)? {
                return Err(given_up().into());
            }
            words.push("--force".to_owned());
        }
        self.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The pages for everybody: first what would go out for the first time, then the pages.
    pub fn publish(&self) -> Result<Exit> {
        let lang = self.context.lang();
        let folder = self.placed(lang.pick("公表ページ", "site"));
        let folder = self.text(say!("ページを置くフォルダー", "Folder for the pages"), &folder)?;
        let plan = self.plan.iter().flat_map(|plan| ["--plan", plan]);
        let words: Vec<&str> = ["publish", "-o", &folder].into_iter().chain(plan).collect();
        let exit = self.run_as(&[&*words, &["--preview"]].concat())?;
        let question = say!("この内容でページを書きますか", "Write the pages so?");
        if exit == Exit::No || !self.form.agree(question)? {
            return Ok(exit);
        }
        self.run_as(&words)
    }
}
