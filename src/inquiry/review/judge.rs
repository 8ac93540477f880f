//! One question: what was sent, what is recorded now and what came back, held against each other.

use super::Row;
use crate::inquiry::answer::{self, Reading, Trust};
use crate::inquiry::reply::{Reply, ReplyRow};
use crate::inquiry::spot::{Class, Spot};
use crate::inquiry::{Answer, Item, Question};
use crate::lang::Say;
use crate::say;
use crate::text::fold::fold;

/// A reply's answer to one question.
struct Heard<'r> {
    spot: &'r Spot,
    /// What was sent; the outer `None`: not known.
    sent: Option<Option<Answer>>,
    reading: Reading,
}

/// Judges what was answered to a question: `found` are its rows, each with the reply it stands in.
pub fn judge(owner: usize, item: &Item, question: &Question, found: &[(&Reply, &ReplyRow)], trust: Trust) -> Row {
    let mut row = Row {
        owner,
        key: Some(question.key.clone()),
        name: item.name.clone(),
        label: question.label.clone(),
        spots: found.iter().map(|(_, row)| row.spot.clone()).collect(),
        last: question.last.as_ref().map(|answer| question.expect.shown(answer)),
        sent: None,
        recorded: question.recorded.as_ref().map(|answer| question.expect.shown(answer)),
        replied: None,
        answer: None,
        class: Class::Missing,
        confirmed: None,
        reason: None,
        notes: Vec::new(),
    };
    let mut heard = Vec::new();
    for (reply, of) in found {
        let sent = reply.sent.as_ref().and_then(|sent| sent.get(&of.key.to_string()).cloned());
        match aligned(of, question).and_then(|()| answer::read(of.cell.as_ref(), &question.expect, trust)) {
            Ok(reading) => heard.push(Heard { spot: &of.spot, sent, reading }),
            Err(reason) => {
                let spot = &of.spot;
                row.class = Class::Invalid;
                row.reason = Some(Say { ja: format!("{spot}：{}", reason.ja), en: format!("{spot}: {}", reason.en) });
                return row;
            }
        }
    }
    let sent = heard.iter().find_map(|heard| heard.sent.clone()).flatten();
    row.sent = sent.as_ref().map(|answer| question.expect.shown(answer));
    row.notes = heard.iter().flat_map(|heard| heard.reading.notes.clone()).collect();
    classify(&mut row, question, &heard);
    row.replied = row.answer.as_ref().map(|answer| question.expect.shown(answer));
    row
}

/// Whether the row still says what its hidden key says: sorting what can be seen leaves the hidden column behind.
fn aligned(row: &ReplyRow, question: &Question) -> Result<(), Say> {
    let Some((id, asked)) = &row.seen else { return Ok(()) };
    let plain = |text: &str| fold(text).split_whitespace().collect::<String>();
    let starts = |label: &str| plain(asked).starts_with(&plain(label));
    let known =
        plain(id) == plain(question.key.id.as_str()) && (starts(&question.label.ja) || starts(&question.label.en));
    let key = &question.key;
    if known {
        return Ok(());
    }
    Err(say!(
        "行の番号・設問と、隠れた列の控え（{key}）が食い違います。見える列だけを並べ替えたか、書き換えたおそれがあります",
        "the row does not say what its hidden key says ({key}): only the visible columns were sorted, or overwritten"
    ))
}

fn classify(row: &mut Row, question: &Question, heard: &[Heard<'_>]) {
    let answered: Vec<&Heard<'_>> = heard.iter().filter(|heard| heard.reading.answer.is_some()).collect();
    if answered.is_empty() {
        return blank(row, question, heard);
    }
    // Of several replies, one that only hands back what was sent says nothing new.
    let untouched = |heard: &Heard<'_>| heard.sent.as_ref() == Some(&heard.reading.answer);
    let (old, new): (Vec<&Heard<'_>>, Vec<&Heard<'_>>) = answered.into_iter().partition(|heard| untouched(heard));
    let Some(first) = new.first() else {
        row.answer = old.first().and_then(|heard| heard.reading.answer.clone());
        row.class = Class::Unchanged;
        if row.answer != question.recorded {
            row.reason = Some(say!(
                "照会の後に記録が変わりましたが、回答は照会したときのままです",
                "the record has changed since, but the answer is as sent"
            ));
        }
        return;
    };
    row.answer = first.reading.answer.clone();
    if let Some(other) = new.iter().find(|heard| heard.reading.answer != first.reading.answer) {
        let (a, b) = (first.spot, other.spot);
        row.class = Class::Conflict;
        row.reason = Some(say!("{a} と {b} の答えが違います", "{a} and {b} differ"));
        return;
    }
    let known = first.sent.as_ref();
    row.class = match &question.recorded {
        recorded if *recorded == row.answer => Class::Unchanged,
        None if known.is_none_or(Option::is_none) => Class::Changed,
        recorded if known == Some(recorded) => Class::Changed,
        _ => {
            row.reason = Some(match known {
                Some(_) => say!("照会の後に記録が変わりました", "the record has changed since the inquiry was sent"),
                None => say!("すでに別の記録があります", "there is another record already"),
            });
            Class::Conflict
        }
    };
}

fn blank(row: &mut Row, question: &Question, heard: &[Heard<'_>]) {
    let erased = heard.iter().any(|heard| matches!(heard.sent, Some(Some(_))));
    row.class = match () {
        () if heard.is_empty() && (question.required || question.recorded.is_some()) => {
            row.reason = Some(say!("この設問の行がありません", "the row of this question is missing"));
            Class::Missing
        }
        () if erased => {
            row.reason = Some(say!("照会したときの答えが消されています", "the answer that was sent has been erased"));
            Class::Missing
        }
        () if question.required && question.recorded.is_none() => Class::Missing,
        () => Class::Unchanged,
    };
}
