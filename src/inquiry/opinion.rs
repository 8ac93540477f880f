//! A department's open opinions in its form: a cell for what comes of each, for the answer and for what is promised; and the
//! responses that the answers make.

use chrono::NaiveDate;

use super::review::{Review, Row};
use super::spot::Class;
use super::{Answer, Expect, Field, Item, Key, Question, answer};
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::inquiry::OpinionField;
use crate::plan::opinion::{OpinionName, Response, ResponseState, Stamp};
use crate::plan::period::Period;
use crate::query::AsOf;
use crate::query::opinion::{Thread, ThreadPart, known};
use crate::wording as words;
use crate::{say, tr};

/// What an owner is asked about opinions: those that were open when its form of the period was first sent, or are still.
pub fn items(plan: &Plan, owner: usize, as_of: AsOf, lang: Lang) -> Vec<Item> {
    let since = first_sent(plan, owner, as_of.period);
    let item = |thread: Thread<'_>| {
        let part = thread.parts.iter().find(|part| part.owner == Some(owner))?;
        let split = Split::new(part, since);
        let was_open = !split.before.is_some_and(|before| before.state.is_settled());
        was_open.then(|| asked(plan, &thread, &split, as_of.period, lang))
    };
    known(plan, as_of).into_iter().filter_map(item).collect()
}

/// The day on which an owner was first asked about a period.
fn first_sent(plan: &Plan, owner: usize, period: Period) -> Option<NaiveDate> {
    plan.inquiries.iter().find(|inquiry| inquiry.period == period).and_then(|inquiry| inquiry.first_sent(owner))
}

/// The answers of a department, from before its form was first sent and since.
struct Split<'p> {
    before: Option<&'p Response>,
    since: Option<&'p Response>,
}

impl<'p> Split<'p> {
    fn new(part: &ThreadPart<'p>, sent: Option<NaiveDate>) -> Self {
        let is_since = |response: &&Response| sent.is_some_and(|sent| sent <= response.trace.stamp.day);
        Self {
            before: part.responses.iter().copied().rfind(|response| !is_since(response)),
            since: part.responses.iter().copied().rfind(is_since),
        }
    }
}

fn asked(plan: &Plan, thread: &Thread<'_>, split: &Split<'_>, period: Period, lang: Lang) -> Item {
    let opinion = thread.opinion;
    let number = &opinion.number;
    let said = words::opinion::shortened(&opinion.text);
    let is_owed = split.before.is_none();
    let states = ResponseState::ALL
        .iter()
        .filter_map(|(key, state)| Some((Id::parse(key).ok()?, state.say().text(lang).to_owned().into_boxed_str())));
    let until = lang.pick("いつまでに（R8.6 や R8.6.30）。なければ空欄", "until when (such as R8.6); blank if nothing");
    let fields = [
        (
            OpinionField::State,
            Expect::Grade(states.collect()),
            lang.pick("一覧から選ぶ", "choose from the list"),
            is_owed,
        ),
        (
            OpinionField::Answer,
            Expect::Text,
            lang.pick("行ったこと、行うこと、市の考え方", "what was done, what will be, what the city says"),
            is_owed,
        ),
        (
            OpinionField::Reason,
            Expect::Text,
            lang.pick("「対応しない」とするとき", "where nothing is to be done"),
            false,
        ),
        (OpinionField::Promise, Expect::Text, lang.pick("これから行うと約束すること", "what is promised"), false),
        (OpinionField::Until, Expect::Reached, until, false),
    ];
    let question = |(field, expect, hint, required): (OpinionField, Expect, &str, bool)| Question {
        key: Key { id: thread.meeting.id.clone(), field: Field::Opinion(number.clone(), field), period },
        label: label(field),
        // What was said stands beside the first cell of each.
        hint: match field {
            OpinionField::State => format!("{hint}\n{}", opinion.text),
            _ => hint.to_owned(),
        },
        last: split.before.and_then(|response| answered(response, field)),
        recorded: split.since.and_then(|response| answered(response, field)),
        expect,
        required,
    };
    let kind = opinion.kind.say();
    let kind = kind.text(lang);
    let about = words::opinion::about(plan, opinion, lang).replace('\n', lang.pick("、", ", "));
    Item {
        id: thread.meeting.id.clone(),
        name: tr!(lang, "番号{number}（{kind}）{said}", "no. {number} ({kind}): {said}"),
        context: format!("{}{}{about}", thread.meeting.name, lang.pick("　", ", ")),
        period,
        last: split.before.map(|response| Period::Day(response.trace.stamp.day)),
        questions: fields.into_iter().map(question).collect(),
    }
}

fn label(field: OpinionField) -> Say {
    match field {
        OpinionField::State => say!("意見への対応状況", "State of the opinion"),
        OpinionField::Answer => say!("対応の内容", "Response"),
        OpinionField::Reason => say!("対応しない理由", "Why nothing is done"),
        OpinionField::Promise => say!("約束", "Promise"),
        OpinionField::Until => say!("約束の期限", "Until when"),
    }
}

/// What a response says of a field.
fn answered(response: &Response, field: OpinionField) -> Option<Answer> {
    let text = |text: Option<&str>| text.and_then(answer::words);
    match field {
        OpinionField::State => Some(Answer(response.state.key().to_owned())),
        OpinionField::Answer => text(Some(&response.text)),
        OpinionField::Reason => text(response.reason.as_deref()),
        OpinionField::Promise => text(response.promise.as_deref()),
        OpinionField::Until => response.until.map(|until| Answer(until.short())),
    }
}

/// A response that a reply makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    /// The opinion.
    pub opinion: OpinionName,
    /// Who answers, by place.
    pub owner: usize,
    /// Whether the opinion goes to others, too: then the answer is its alone.
    pub is_shared: bool,
    /// The day of the answer, as far as the reply says one; not before anything that it answers.
    pub day: Option<NaiveDate>,
    /// The day before which it cannot lie.
    pub not_before: NaiveDate,
    /// The response in whose place it stands.
    pub corrects: Option<Stamp>,
    /// What comes of the opinion.
    pub state: ResponseState,
    /// What is answered.
    pub text: String,
    /// Why nothing is done.
    pub reason: Option<String>,
    /// What is promised.
    pub promise: Option<String>,
    /// Until when.
    pub until: Option<Period>,
}

/// What was answered of an opinion, field by field.
type Answers = Vec<(OpinionField, Answer)>;

/// The responses of a review, and the rows of records of entries and indicators left as they are. What is no whole answer
/// makes its rows invalid.
pub fn responses(plan: &Plan, review: &mut Review) -> Vec<Replied> {
    let mut found: Vec<(usize, OpinionName, Answers)> = Vec::new();
    for row in review.rows.iter().filter(|row| row.class == Class::Changed) {
        let (Some(key), Some(answer)) = (&row.key, &row.answer) else { continue };
        let Field::Opinion(number, field) = &key.field else { continue };
        let name = OpinionName { meeting: key.id.clone(), number: number.clone() };
        match found.iter_mut().find(|(owner, known, _)| *owner == row.owner && *known == name) {
            Some((.., answers)) => answers.push((*field, answer.clone())),
            None => found.push((row.owner, name, vec![(*field, answer.clone())])),
        }
    }
    let mut replied = Vec::new();
    for (owner, name, answers) in found {
        let day = day(review, owner, &name);
        match response(plan, owner, &name, &answers, day, review) {
            Ok(response) => replied.push(response),
            Err(reason) => refuse(review, owner, &name, &reason),
        }
    }
    replied
}

/// Whether a row is about an opinion of this name.
fn is_of(row: &Row, owner: usize, name: &OpinionName) -> bool {
    row.owner == owner
        && row.key.as_ref().is_some_and(|key| {
            key.id == name.meeting && matches!(&key.field, Field::Opinion(number, _) if *number == name.number)
        })
}

fn refuse(review: &mut Review, owner: usize, name: &OpinionName, reason: &Say) {
    let rows = review.rows.iter_mut().filter(|row| row.class == Class::Changed && is_of(row, owner, name));
    rows.for_each(|row| (row.class, row.reason) = (Class::Invalid, Some(reason.clone())));
}

/// The day that the reply says.
fn day(review: &Review, owner: usize, name: &OpinionName) -> Option<NaiveDate> {
    let rows = review.rows.iter().filter(|row| is_of(row, owner, name));
    let files: Vec<&str> = rows.flat_map(|row| row.spots.iter().map(|spot| spot.file.as_str())).collect();
    let taken = review.taken.iter().filter(|taken| taken.owner == owner && files.contains(&taken.file.as_str()));
    taken.filter_map(|taken| taken.day).next()
}

fn response(
    plan: &Plan,
    owner: usize,
    name: &OpinionName,
    answers: &[(OpinionField, Answer)],
    day: Option<NaiveDate>,
    review: &Review,
) -> Result<Replied, Say> {
    let gone = || say!("この意見は、今の計画にありません", "the plan has no such opinion now");
    let period = review.rows.iter().find(|row| is_of(row, owner, name)).and_then(|row| Some(row.key.as_ref()?.period));
    let period = period.ok_or_else(gone)?;
    let threads = known(plan, AsOf::end_of(period));
    let thread = threads.iter().find(|thread| thread.name() == *name).ok_or_else(gone)?;
    let part = thread.parts.iter().find(|part| part.owner == Some(owner)).ok_or_else(gone)?;
    let Split { since, .. } = Split::new(part, first_sent(plan, owner, period));
    let is_shared = thread.parts.len() > 1;
    let own = |response: &&Response| response.owner == is_shared.then_some(owner) || response.owner == Some(owner);
    let before = since.filter(own);
    let given = |field: OpinionField| {
        let changed = answers.iter().find(|(known, _)| *known == field).map(|(_, answer)| answer.clone());
        changed.or_else(|| before.and_then(|response| answered(response, field)))
    };
    let text = |field: OpinionField| given(field).map(|answer| answer.0);
    let state = text(OpinionField::State)
        .and_then(|key| ResponseState::ALL.iter().find(|(known, _)| *known == key).map(|(_, state)| *state));
    let state = state.ok_or_else(|| say!("対応状況が選ばれていません", "it is not said what comes of the opinion"))?;
    let answer = text(OpinionField::Answer)
        .ok_or_else(|| say!("対応の内容が書かれていません", "it is not said what is answered"))?;
    let is_declined = state == ResponseState::Declined;
    let reason = text(OpinionField::Reason).filter(|_| is_declined);
    if is_declined && reason.is_none() {
        return Err(say!("対応しない理由が書かれていません", "it is not said why nothing is done"));
    }
    let (promise, until) = promised(state, answers, &text)?;
    let last = part.last().map(|response| response.trace.stamp.day);
    Ok(Replied {
        opinion: name.clone(),
        owner,
        is_shared,
        day,
        not_before: last.unwrap_or(thread.meeting.date).max(thread.meeting.date),
        corrects: before.map(|response| response.trace.stamp),
        state,
        text: answer,
        reason,
        promise,
        until,
    })
}

/// What is promised, until when; nothing where nothing is to come.
fn promised(
    state: ResponseState,
    answers: &[(OpinionField, Answer)],
    text: &dyn Fn(OpinionField) -> Option<String>,
) -> Result<(Option<String>, Option<Period>), Say> {
    let is_new = |field: OpinionField| answers.iter().any(|(known, _)| *known == field);
    let (promise, until) = (text(OpinionField::Promise), text(OpinionField::Until));
    if state.is_settled() {
        if is_new(OpinionField::Promise) || is_new(OpinionField::Until) {
            return Err(say!(
                "対応済、対応しないとするときは、約束を書けません",
                "nothing can be promised where it is done, or not to be done"
            ));
        }
        return Ok((None, None));
    }
    let read = |text: &String| Period::parse(text).ok().and_then(|parsed| parsed.settled().ok());
    match (promise, until) {
        (None, None) => Ok((None, None)),
        (Some(promise), Some(until)) => match read(&until) {
            Some(until) => Ok((Some(promise), Some(until))),
            None => Err(say!("約束の期限「{until}」は、いつか分かりません", "`{until}` is no date or period")),
        },
        (Some(_), None) => Err(say!("約束の期限が書かれていません", "it is not said until when that is promised")),
        (None, Some(_)) => Err(say!("何を約束するかが書かれていません", "it is not said what is promised")),
    }
}
