//! `kaikaku opinion import`

mod known;
mod meaning;
pub mod word;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::answer::state;
use super::meeting::{MeetingArgs, MeetingAt};
use super::put::recorded;
use crate::commands::cli::OutputArgs;
use crate::commands::inquiry::collect::bytes;
use crate::commands::inquiry::post::{self, Addition};
use crate::commands::record::period;
use crate::commands::{Context, Exit, find, find_owner, inputs, output};
use crate::failure::Failure;
use crate::formats::{DOCX, Format};
use crate::inquiry::answer::Trust;
use crate::inquiry::minutes::words::{self, Outcome};
use crate::inquiry::minutes::{self, Minutes, MinutesColumn as C, MinutesRow, plain_count};
use crate::inquiry::spot::{Class, Stray};
use crate::lang::plural;
use crate::ledger::files::OPINIONS;
use crate::ledger::opinion::Opinion;
use crate::ledger::response::Response;
use crate::ledger::stamp::Stamped;
use crate::ledger::written::Written;
use crate::plan::id::Id;
use crate::plan::opinion::ResponseState;
use crate::plan::{Plan, Subject, plausible};
use crate::report::opinion::imported::{ImportedRow, OpinionsImportReport};
use crate::workbook::Book;
use crate::{console, say, tr};
use meaning::{
    answered_too_soon, kind, no_answer, no_count, no_number, no_reason, no_state, no_until, read_as, state_named,
};

/// A table of minutes.
#[derive(Debug, Args)]
pub struct OpinionImportArgs {
    /// 議事録などの表（.xlsx、.docx、.csv） || The table (.xlsx, .docx, .csv)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 会議の日か名前（2026-02-10、R8.2.10 など） || The day or name of the meeting (such as 2026-02-10)
    #[arg(long, value_name = "MEETING")]
    meeting: String,
    #[command(flatten)]
    place: MeetingArgs,
    /// 対応状況の列がないとき、表にある対応はどの状況か || Of which state the answers are, where the table does not say it
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// 記録者 || Who records it
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// 記録日（省略時は今日） || The day it is recorded (default: today)
    #[arg(long, value_name = "DAY")]
    recorded: Option<String>,
    /// 表示と入っている値が違うセルを、表示のとおりに読む || Read cells that show something else than they hold as they show it
    #[arg(long)]
    as_shown: bool,
    /// 取り込む（付けなければ読むだけ） || Bring it in (without it nothing is written)
    #[arg(long)]
    pub apply: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// What holds for all rows of a table.
struct Import<'p> {
    plan: &'p Plan,
    at: MeetingAt<'p>,
    state: Option<ResponseState>,
    by: Option<String>,
    recorded: NaiveDate,
    today: NaiveDate,
    /// All numbers of the table, where every row has one.
    numbers: Option<HashSet<Id>>,
    /// The number that the next opinion without one gets.
    next: u32,
    /// The numbers of this table so far, each with what was said.
    met: HashMap<Id, String>,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, the file cannot be read or holds no table of opinions, or `check` would refuse what it says.
pub fn run(context: &Context, args: &OpinionImportArgs) -> Result<Exit> {
    let path = inputs::one(context, &args.file, &["xlsx", "docx", "csv", "tsv", "txt"])?;
    let opened = context.open()?;
    let (plan, today) = (&opened.plan, context.world.today);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (book, mut strays) = book(&name, &path, &bytes(&context.world.cwd.join(&path))?)?;
    let Minutes { rows, strays: others } = minutes::read(&name, &book, Trust::new(args.as_shown))?;
    strays.extend(others);
    let at = MeetingAt::new(plan, &args.meeting, &args.place, today)?;
    let next = at.next_number().max(1 + largest(&rows));
    let numbers = rows.iter().map(|row| Id::parse(row.get(C::Number)?).ok()).collect();
    let mut import = Import {
        plan,
        numbers,
        at,
        state: args.state.as_deref().map(state).transpose()?,
        by: args.by.clone().or_else(|| context.settings().by),
        recorded: recorded(args.recorded.as_deref(), today)?,
        today,
        next,
        met: HashMap::new(),
    };
    let rows: Vec<ImportedRow> = rows.iter().map(|row| import.row(row)).collect();
    let blocks: Vec<String> = rows.iter().flat_map(|row| row.blocks.iter().cloned()).collect();
    output::ready(context, &args.output)?;
    let report = OpinionsImportReport { plan, rows: &rows, strays: &strays };
    let classes = rows.iter().map(|row| row.class).chain(strays.iter().map(|stray| stray.class));
    let exit = if classes.into_iter().any(Class::is_troubled) { Exit::No } else { Exit::Done };
    let count = rows.iter().filter(|row| row.class == Class::Changed).count();
    let id = import.at.id.clone();
    let addition = Addition { path: OPINIONS.path(&id), blocks, instead: import.at.head };
    let written = match (count, args.apply) {
        (0, _) => None,
        (_, true) => Some(post::write(context, opened, &[addition])?),
        // What would be refused is refused before it is called ready.
        (_, false) => post::check(context, opened, &[addition]).map(|()| None)?,
    };
    context.end(written, exit, || {
        output::write(context, &report, &args.output)?;
        let (lang, rows) = (context.lang(), plural(count, "row", "rows"));
        console::say(&match (count, args.apply) {
            (0, _) => tr!(lang, "取り込むものはありません。", "There is nothing to bring in."),
            (_, true) => tr!(lang, "{count} 行を {id} に取り込みました。", "Brought {rows} into {id}."),
            (_, false) => tr!(
                lang,
                "（読んだだけで、何も書き込んでいません。--apply を付けると、{count} 行を取り込みます）",
                "(nothing was written; --apply brings in {rows})"
            ),
        });
        Ok(())
    })
}

/// The tables of a file as sheets, whatever its format, and what of it stands in none.
fn book(name: &str, path: &Path, bytes: &[u8]) -> Result<(Book, Vec<Stray>), Failure> {
    let is_word = Format::of_path(path).is_some_and(|format| format.name == DOCX.name);
    if is_word { word::book(name, bytes) } else { Ok((Book::from_file(name, bytes)?, Vec::new())) }
}

/// The largest plain number of a table.
fn largest(rows: &[MinutesRow]) -> u32 {
    rows.iter().filter_map(|row| row.get(C::Number)?.parse().ok()).max().unwrap_or(0)
}

impl Import<'_> {
    /// What becomes of a row.
    fn row(&mut self, row: &MinutesRow) -> ImportedRow {
        let text = row.get(C::Opinion).or(row.get(C::Summary)).unwrap_or_default().to_owned();
        let mut found = ImportedRow {
            number: row.get(C::Number).unwrap_or_default().to_owned(),
            text,
            class: Class::Invalid,
            blocks: Vec::new(),
            spot: row.spot.clone(),
            reasons: row.wrong.clone(),
            notes: row.notes.clone(),
        };
        if !found.reasons.is_empty() {
            return found;
        }
        match self.blocks(row, &mut found) {
            Ok(()) => found.class = if found.blocks.is_empty() { Class::Unchanged } else { Class::Changed },
            Err(Failure { message, hint }) => {
                found.blocks.clear();
                found.reasons.push(message);
                found.reasons.extend(hint);
            }
        }
        found
    }

    fn blocks(&mut self, row: &MinutesRow, found: &mut ImportedRow) -> Result<(), Failure> {
        let (number, is_new) = self.number(row, &found.text)?;
        found.number = number.to_string();
        if is_new {
            let block = self.opinion(row, &number, found)?;
            found.blocks.push(block);
        } else {
            self.compare(row, &number, found);
        }
        let answer = self.response(row, &number, found)?;
        found.blocks.extend(answer);
        self.met.insert(number, found.text.clone());
        Ok(())
    }

    /// The number of an opinion, and whether it is a new one.
    fn number(&mut self, row: &MinutesRow, text: &str) -> Result<(Id, bool), Failure> {
        let known = self.at.known;
        let same = |number: &Id| known.and_then(|meeting| meeting.opinion(number));
        let Some(given) = row.get(C::Number) else {
            let said = known.and_then(|meeting| {
                let said = meeting.opinions.iter().filter(|one| *one.text == *text && one.trace.stands());
                // Auditors say the same to several departments.
                let said = said.filter(|one| self.is_to(row, &one.owners) && !self.met.contains_key(&one.number));
                said.min_by(|a, b| a.number.cmp(&b.number))
            });
            if let Some(said) = said {
                return Ok((said.number.clone(), false));
            }
            let next = Id::parse(&self.next.to_string()).map_err(|_| no_number(""))?;
            self.next += 1;
            return Ok((next, true));
        };
        let number = Id::parse(given).map_err(|_| no_number(given))?;
        if self.met.contains_key(&number) {
            return Err(Failure::plain(say!(
                "番号 {number} が表に二度あります",
                "the number {number} stands in the table twice"
            )));
        }
        match same(&number) {
            None if known.is_some_and(|m| m.opinions.iter().any(|one| one.number == number)) => Err(Failure::plain(
                say!("番号 {number} の意見は取り下げられています", "the opinion of number {number} was withdrawn"),
            )),
            None => Ok((number, true)),
            Some(said) if *said.text == *text || said.in_short() == text => Ok((number, false)),
            Some(_) => Err(Failure::new(
                say!(
                    "番号 {number} には、別の内容の意見が記録されています",
                    "number {number} is recorded as another opinion"
                ),
                say!(
                    "訂正なら kaikaku opinion add --corrects で、別の意見なら番号を変えて取り込んでください",
                    "correct it by `kaikaku opinion add --corrects`, or give the row another number"
                ),
            )),
        }
    }

    fn opinion(&self, row: &MinutesRow, number: &Id, found: &mut ImportedRow) -> Result<String, Failure> {
        let kind = row.get(C::Kind).map(|text| kind(text, found)).transpose()?.or(row.kind);
        let kind = kind.or(self.at.body.usual_kind());
        let about = split(row.get(C::About)).map(|text| self.about(text, found)).collect::<Result<Vec<_>, _>>()?;
        let owners = split(row.get(C::Owner)).map(|text| self.owner(text)).collect::<Result<Vec<_>, _>>()?;
        let count = row.get(C::Count).map(|text| {
            let number = plain_count(text).and_then(|count| u32::try_from(count).ok());
            number.filter(|count| *count > 0).ok_or_else(|| no_count(text))
        });
        if let Some(like) = row.get(C::Like) {
            self.refuse_unlike(number, like)?;
        }
        if let Some(term) = row
            .days
            .get(&C::Due)
            .and_then(|day| plausible::passed("due", say!("回答の期限", "the term of the answer"), *day, self.recorded))
        {
            found.notes.push(term.message);
        }
        let opinion = Opinion {
            who: row.get(C::Who),
            person: row.get(C::Person),
            about: about.iter().map(String::as_str).collect(),
            kind,
            text: Some(&found.text),
            summary: row.get(C::Summary).filter(|summary| *summary != found.text),
            count: count.transpose()?,
            like: row.get(C::Like),
            owners: owners.iter().map(String::as_str).collect(),
            due: row.days.get(&C::Due).copied(),
            note: None,
            by: self.by.as_deref(),
        };
        Ok(opinion.block(self.stamped(number, self.recorded)))
    }

    /// Refuses to group an opinion with one that neither the meeting nor the table has, or with itself.
    fn refuse_unlike(&self, number: &Id, like: &str) -> Result<(), Failure> {
        // What the others get is known once they are made; then `check` says it.
        let Some(numbers) = &self.numbers else { return Ok(()) };
        let recorded = || self.at.known.into_iter().flat_map(|meeting| &meeting.opinions).map(|one| &one.number);
        let known = |wanted: &Id| recorded().chain(numbers).any(|known| known == wanted);
        match Id::parse(like) {
            Ok(wanted) if wanted != *number && known(&wanted) => Ok(()),
            _ => Err(Failure::plain(say!(
                "まとめる先の番号「{like}」の意見が、この会議にも表にもありません",
                "neither the meeting nor the table has an opinion of number `{like}` to group it with"
            ))),
        }
    }

    /// What the table says came of an opinion, and in which words; `None` where nobody has answered.
    fn answered<'r>(
        &self,
        row: &'r MinutesRow,
        found: &mut ImportedRow,
    ) -> Result<Option<(ResponseState, &'r str)>, Failure> {
        let said = row.get(C::State).map(|text| (text, words::outcome(text)));
        if let Some((text, None)) = said {
            state(text)?;
        }
        let said = said.and_then(|(text, outcome)| Some((text, outcome?)));
        let Some(answer) = row.get(C::Answer) else {
            return if matches!(said, Some((_, Outcome::Is(_)))) { Err(no_answer()) } else { Ok(None) };
        };
        let (outcome, word, answer) = match (said, words::leading(answer), words::outcome(answer)) {
            (Some((word, outcome)), ..) => (outcome, word, answer),
            (None, Some((outcome, rest)), _) => (outcome, answer.strip_suffix(rest).unwrap_or(answer).trim(), rest),
            // A state among sentences, in a column of answers.
            (None, None, Some(Outcome::NotYet)) => return Ok(None),
            (None, None, Some(outcome)) => (outcome, answer, answer),
            (None, None, None) => return Ok(Some((self.state.ok_or_else(no_state)?, answer))),
        };
        // Something is answered where nothing is done yet.
        let state = if let Outcome::Is(state) = outcome { state } else { ResponseState::Considering };
        found.notes.extend(read_as(word, state.say(), state_named));
        Ok(Some((state, answer)))
    }

    /// What the table answers, unless that is what holds already.
    fn response(&self, row: &MinutesRow, number: &Id, found: &mut ImportedRow) -> Result<Option<String>, Failure> {
        let Some((state, text)) = self.answered(row, found)? else { return Ok(None) };
        if state == ResponseState::Declined && row.get(C::Reason).is_none() {
            return Err(no_reason());
        }
        let day = row.days.get(&C::Answered).copied().unwrap_or(self.recorded);
        let owner = self.one_of_several(row, number);
        if self.is_answered(number, owner, (state, text), day)? {
            return Ok(None);
        }
        let until = row.get(C::Until).map(|text| period(text, self.today)).transpose()?;
        if until.is_none() && row.get(C::Promise).is_some() {
            return Err(no_until());
        }
        if let Some(until) = until.filter(|_| row.get(C::Promise).is_none()) {
            found.notes.push(say!(
                "約束の内容がないので、時期（{until}）は取り込みません",
                "the time, {until}, is not taken: it is not said what is promised by then"
            ));
        }
        let response = Response {
            owner: owner.map(|place| self.plan.owners[place].id.as_str()),
            state: Some(state),
            text: Some(text),
            reason: row.get(C::Reason),
            promise: row.get(C::Promise),
            until: until.filter(|_| row.get(C::Promise).is_some()),
            by: row.get(C::AnsweredBy),
            ..Response::default()
        };
        if day < self.at.began {
            return Err(answered_too_soon(day, self.at.began));
        }
        if let Some(doubt) = plausible::future("recorded", day, self.today) {
            return Err(Failure::new(doubt.message, doubt.help));
        }
        Ok(Some(response.block(self.stamped(number, day))))
    }

    fn stamped<'i>(&self, number: &'i Id, recorded: NaiveDate) -> Stamped<'i> {
        Stamped { number, recorded, corrects: None, kept: Written::default() }
    }

    /// The present id of what an opinion is about; `1-1-2 採用選考試験の見直し` names it as well.
    fn about(&self, text: &str, found: &mut ImportedRow) -> Result<String, Failure> {
        let first = text.split_whitespace().next().unwrap_or(text);
        let subject = match self.plan.find(text) {
            Some(subject) => subject,
            None => find(self.plan, first)?,
        };
        let id = match subject {
            Subject::Entry(place) => &self.plan.entries[place].id,
            Subject::Indicator(place) => &self.plan.indicators[place].id,
        };
        if Id::parse(first).is_ok_and(|former| former != *id && self.plan.index.contains_key(&former)) {
            found.notes.push(say!("旧番号 {first} を {id} と読みました", "read the former ID {first} as {id}"));
        }
        Ok(id.to_string())
    }

    fn owner(&self, text: &str) -> Result<String, Failure> {
        find_owner(self.plan, text).map(|place| self.plan.owners[place].id.to_string())
    }
}

/// The names in a cell of several.
fn split(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.into_iter().flat_map(|text| text.split(['、', ',', '，', '\n'])).map(str::trim).filter(|text| !text.is_empty())
}
