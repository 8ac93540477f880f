//! What `kaikaku opinion add` and `kaikaku opinion answer` ask at a terminal.

use std::cmp::Reverse;

use anyhow::Result;

use super::add::OpinionAddArgs;
use super::answer::OpinionAnswerArgs;
use super::find::{self, day};
use super::meeting::body_of;
use crate::commands::form::{Form, named_subjects};
use crate::commands::record::period;
use crate::commands::{Context, Opened};
use crate::failure::Failure;
use crate::lang::Say;
use crate::plan::opinion::{Body, Meeting, OpinionKind, ResponseState};
use crate::plan::period::parse_day_ahead;
use crate::query::opinion::{Thread, known};
use crate::say;
use crate::text::safe::shortened;
use crate::text::terms;
use crate::wording::opinion as words;

/// So much of an opinion stands in a list.
const IN_A_LIST: usize = 30;

/// What is asked about the opinions of a plan.
pub struct Asking<'a> {
    context: &'a Context,
    form: Form,
    opened: &'a Opened,
}

impl<'a> Asking<'a> {
    /// Asks about the plan that was opened.
    pub fn new(context: &'a Context, opened: &'a Opened) -> Self {
        Self { context, form: Form::new(context.lang()), opened }
    }

    /// Asks for what was not given of an opinion. Where something was asked before, its answers are offered again.
    ///
    /// # Errors
    /// When the person gives up or the terminal fails.
    pub fn opinion(&self, args: &mut OpinionAddArgs, earlier: &OpinionAddArgs) -> Result<()> {
        let today = self.context.world.today;
        self.meeting(args, earlier)?;
        self.words(&mut args.opinion, say!("意見の内容", "What was said"), earlier.opinion.as_deref())?;
        if args.kind.is_none() {
            let question = say!("意見の種類", "Kind of opinion");
            args.kind = Some(self.one_of(question, &OpinionKind::ALL, OpinionKind::say, earlier.kind.as_deref(), 0)?);
        }
        let who =
            say!("だれの意見ですか（委員、議員などの立場。なければ空のまま）", "Who said it: a role (or leave blank)");
        self.form.text(&mut args.who, who, earlier.who.as_deref())?;
        self.about(args)?;
        self.owners(args)?;
        if args.due.is_none() {
            let question = say!("回答の期限（12月4日 など。なければ空のまま）", "By when to answer (or leave blank)");
            let check = move |text: &str| {
                let read = parse_day_ahead(text, today);
                read.map(|_| ()).map_err(|error| Failure::new(error.say(), error.hint()))
            };
            args.due = self.optional(question, earlier.due.as_deref(), check)?;
        }
        self.by(&mut args.by, earlier.by.as_deref())
    }

    /// Asks for what was not given of an answer.
    ///
    /// # Errors
    /// When no opinion is recorded, the person gives up, or the terminal fails.
    pub fn answer(&self, args: &mut OpinionAnswerArgs, earlier: &OpinionAnswerArgs) -> Result<()> {
        let today = self.context.world.today;
        let threads = self.threads()?;
        let name = self.which(args, earlier, &threads)?;
        if args.state.is_none() {
            let question = say!("対応状況", "State");
            args.state =
                Some(self.one_of(question, &ResponseState::ALL, ResponseState::say, earlier.state.as_deref(), 1)?);
        }
        let what = say!("対応の内容（市の考え方）", "What is answered");
        self.words(&mut args.answer, what, earlier.answer.as_deref())?;
        let state = super::answer::state(args.state.as_deref().unwrap_or_default())?;
        if state == ResponseState::Declined {
            self.words(&mut args.reason, say!("対応しない理由", "Why nothing is done"), earlier.reason.as_deref())?;
        }
        if !state.is_settled() {
            let question = say!("約束すること（なければ空のまま）", "What is promised (or leave blank)");
            self.form.text(&mut args.promise, question, earlier.promise.as_deref())?;
        }
        if args.promise.is_some() && args.until.is_none() {
            let question = say!("いつまでに（R9.1、R8Q4、1月31日 など）", "Until when (such as R9.1, R8Q4)");
            let check = move |text: &str| period(text, today).map(|_| ());
            args.until = Some(self.form.checked(question, earlier.until.as_deref(), check)?);
        }
        if let Some(thread) = threads.iter().find(|thread| thread.name().to_string() == name) {
            self.whose(args, thread)?;
        }
        self.by(&mut args.by, earlier.by.as_deref())
    }

    /// The meeting, and what a new one is.
    fn meeting(&self, args: &mut OpinionAddArgs, earlier: &OpinionAddArgs) -> Result<()> {
        let (plan, today) = (&self.opened.plan, self.context.world.today);
        let meetings: Vec<&Meeting> = plan.meetings.iter().rev().collect();
        if args.meeting.is_none() && !meetings.is_empty() {
            let lang = self.context.lang();
            let mut names: Vec<String> =
                meetings.iter().map(|one| format!("{}（{}）", one.name, words::days(one, lang))).collect();
            names.push(lang.pick("（新しい会議や意見募集）", "(a new meeting or consultation)").to_owned());
            let before = meetings.iter().position(|one| Some(one.id.as_str()) == earlier.meeting.as_deref());
            let start = before.unwrap_or(if earlier.meeting.is_some() { meetings.len() } else { 0 });
            let chosen = self.form.choose(say!("どこで出た意見ですか", "Where was it said?"), &names, start)?;
            if let Some(one) = meetings.get(chosen) {
                args.meeting = Some(one.id.to_string());
                return Ok(());
            }
        }
        let is_known = args.meeting.as_deref().is_some_and(|text| {
            let place = text.split(['/', '／']).next().unwrap_or_default();
            !find::meetings(plan, place.trim(), today).is_empty()
        });
        if is_known { Ok(()) } else { self.new_meeting(args, earlier) }
    }

    fn new_meeting(&self, args: &mut OpinionAddArgs, earlier: &OpinionAddArgs) -> Result<()> {
        let today = self.context.world.today;
        let is_day = move |text: &str| day(text, today).map(|_| ());
        if args.meeting.is_none() {
            let question =
                say!("会議の日（意見募集なら最後の日）", "The day of the meeting (of a consultation the last one)");
            let default = earlier.meeting.clone().unwrap_or_else(|| today.to_string());
            args.meeting = Some(self.form.checked(question, Some(&default), is_day)?);
        }
        let question = say!("会議や意見募集の名称", "What the meeting or consultation is called");
        self.words(&mut args.place.name, question, earlier.place.name.as_deref())?;
        if args.place.body.is_none() {
            let usual = body_of(args.place.name.as_deref().unwrap_or_default());
            let start = Body::ALL.iter().position(|(_, body)| *body == usual).unwrap_or(0);
            let before = earlier.place.body.as_deref();
            let question = say!("意見の出た場", "Meeting");
            args.place.body = Some(self.one_of(question, &Body::ALL, Body::say, before, start)?);
        }
        if args.place.body.as_deref() == Some("public") && args.place.from.is_none() {
            let question = say!("意見募集の最初の日（なければ空のまま）", "The first day of it (or leave blank)");
            args.place.from = self.optional(question, earlier.place.from.as_deref(), is_day)?;
        }
        Ok(())
    }

    fn about(&self, args: &mut OpinionAddArgs) -> Result<()> {
        let plan = &self.opened.plan;
        if !args.about.is_empty() {
            return Ok(());
        }
        let (ids, names) = named_subjects(plan);
        let question = say!(
            "どの項目や指標についてですか（選ばなければ計画全体）",
            "About which entries or indicators? (none: the whole plan)"
        );
        args.about = self.form.several(question, &names)?.into_iter().map(|at| ids[at].to_string()).collect();
        Ok(())
    }

    fn owners(&self, args: &mut OpinionAddArgs) -> Result<()> {
        let owners = &self.opened.plan.owners;
        if !args.owner.is_empty() || owners.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = owners.iter().map(|owner| owner.label().to_owned()).collect();
        let question = say!(
            "対応する所管課（選ばなければ項目や指標の所管課）",
            "Who is to answer? (none: the owners of what it is about)"
        );
        args.owner = self.form.several(question, &names)?.into_iter().map(|at| owners[at].id.to_string()).collect();
        Ok(())
    }

    /// Every opinion that may be answered: first those of which something is still to come, the latest meeting first.
    fn threads(&self) -> Result<Vec<Thread<'_>>> {
        let plan = &self.opened.plan;
        let mut threads = known(plan, self.context.as_of(plan)?);
        threads.sort_by_key(|thread| (!thread.is_open(), Reverse(thread.meeting.date)));
        Ok(threads)
    }

    /// What the opinion is called.
    fn which(
        &self,
        args: &mut OpinionAnswerArgs,
        earlier: &OpinionAnswerArgs,
        threads: &[Thread<'_>],
    ) -> Result<String> {
        if let Some(name) = &args.opinion {
            return Ok(name.clone());
        }
        if threads.is_empty() {
            return Err(Failure::new(
                say!("意見は記録されていません", "no opinions are recorded"),
                say!("先に kaikaku opinion add で記録してください", "record one by `kaikaku opinion add` first"),
            )
            .into());
        }
        let lang = self.context.lang();
        let line = |thread: &Thread<'_>| {
            let text = thread.opinion.summary.as_deref().unwrap_or(&thread.opinion.text);
            let (text, state) = (shortened(text, IN_A_LIST), words::state(thread.state(), lang));
            let state = lang.pick(format!("（{state}）"), format!(" ({state})"));
            format!("{} {} {text}{state}", thread.name(), thread.opinion.kind.say().text(lang))
        };
        let lines: Vec<String> = threads.iter().map(line).collect();
        let before = threads.iter().position(|thread| Some(thread.name().to_string()) == earlier.opinion);
        let question = say!("どの意見への対応ですか", "Which opinion is answered?");
        let name = threads[self.form.choose(question, &lines, before.unwrap_or(0))?].name().to_string();
        args.opinion = Some(name.clone());
        Ok(name)
    }

    /// Whose answer it is, where several are to answer.
    fn whose(&self, args: &mut OpinionAnswerArgs, thread: &Thread<'_>) -> Result<()> {
        let owners: Vec<usize> = thread.parts.iter().filter_map(|part| part.owner).collect();
        if args.owner.is_some() || owners.len() < 2 {
            return Ok(());
        }
        let plan = &self.opened.plan;
        let mut names: Vec<String> = owners.iter().map(|owner| plan.owners[*owner].label().to_owned()).collect();
        names.push(self.context.lang().pick("（すべての所管課の対応）", "(of all of them)").to_owned());
        let question = say!("どの所管課の対応ですか", "Whose answer is it?");
        let chosen = self.form.choose(question, &names, 0)?;
        args.owner = owners.get(chosen).map(|owner| plan.owners[*owner].id.to_string());
        Ok(())
    }

    /// A text that is not blank.
    fn words(&self, into: &mut Option<String>, question: Say, before: Option<&str>) -> Result<()> {
        if into.as_deref().is_some_and(|text| !text.trim().is_empty()) {
            return Ok(());
        }
        let not_blank = |text: &str| match text.trim().is_empty() {
            true => Err(Failure::plain(say!("空にはできません", "this cannot be blank"))),
            false => Ok(()),
        };
        *into = Some(self.form.checked(question, before, not_blank)?);
        Ok(())
    }

    /// A text that may stay blank; what is typed is checked.
    fn optional(
        &self,
        question: Say,
        before: Option<&str>,
        check: impl Fn(&str) -> Result<(), Failure> + Clone + 'static,
    ) -> Result<Option<String>> {
        let check = move |text: &str| if text.trim().is_empty() { Ok(()) } else { check(text) };
        Ok(Some(self.form.checked(question, before, check)?).filter(|text| !text.trim().is_empty()))
    }

    /// The key of one of a few; the list begins at the one given before.
    fn one_of<T: Copy>(
        &self,
        question: Say,
        all: &[(&'static str, T)],
        say: fn(T) -> Say,
        before: Option<&str>,
        usual: usize,
    ) -> Result<String> {
        let names: Vec<String> = all.iter().map(|(_, one)| say(*one).text(self.context.lang()).to_owned()).collect();
        let start = all.iter().position(|(key, _)| Some(*key) == before).unwrap_or(usual);
        Ok(all[self.form.choose(question, &names, start)?].0.to_owned())
    }

    fn by(&self, into: &mut Option<String>, before: Option<&str>) -> Result<()> {
        if into.is_none() {
            let own = self.context.settings().by;
            let default = before.or(own.as_deref());
            *into = self.optional(terms::RECORDED_BY.say_title(), default, |_| Ok(()))?;
        }
        Ok(())
    }
}
