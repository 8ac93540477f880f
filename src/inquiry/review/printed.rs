//! What a form prints itself, so that what a department wrote beside the answers stands out.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::inquiry::grid::cell_key;
use crate::inquiry::reply::ReplyRow;
use crate::inquiry::spot::Aside;
use crate::inquiry::write::{cover, sheet};
use crate::inquiry::{Form, Key, Question, form};
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::say;
use crate::text::safe::one_line;

/// The words of a form, in every language that it can be sent in.
pub struct Printed<'p> {
    plan: &'p Plan,
    forms: [(Lang, Form); 2],
    words: HashSet<String>,
    asked: HashMap<Key, Vec<String>>,
}

impl<'p> Printed<'p> {
    /// The words of the form of an owner.
    pub fn new(plan: &'p Plan, of: &Form) -> Self {
        let forms = [Lang::Ja, Lang::En].map(|lang| (lang, form::form(plan, of.owner, of.period, lang)));
        let words = forms.iter().flat_map(|(lang, form)| sheet::printed(plan, form, *lang));
        let words = words.map(|words| cell_key(&words)).collect();
        let mut asked: HashMap<Key, Vec<String>> = HashMap::new();
        for (lang, form) in &forms {
            for (_, question) in form.questions() {
                asked.entry(question.key.clone()).or_default().push(cell_key(&sheet::asked(question, *lang)));
            }
        }
        Self { plan, forms, words, asked }
    }

    /// Whether these are words of the form, which was sent on a day.
    pub fn has(&self, aside: &Aside, sent: NaiveDate) -> bool {
        let words = cell_key(&aside.words);
        let on_cover = || {
            let mut printed = self.forms.iter().flat_map(|(lang, form)| cover::printed(self.plan, form, sent, *lang));
            printed.any(|printed| cell_key(&printed) == words)
        };
        !aside.struck && (self.words.contains(&words) || on_cover())
    }

    /// The remarks on the row of an answer: notes beside it, an edited question, an edited last answer.
    pub fn remarks(&self, row: &ReplyRow, question: &Question) -> Vec<Say> {
        let mut remarks = row.beside.clone();
        let known = self.asked.get(&question.key).map(Vec::as_slice).unwrap_or_default();
        if let Some((_, asked)) = &row.seen
            && !known.iter().any(|known| known.starts_with(&cell_key(asked)))
        {
            let asked = one_line(asked);
            remarks.push(say!(
                "設問の欄が書き換えられています（{asked}）",
                "the text of the question was changed: {asked}"
            ));
        }
        let printed = |aside: &Aside| {
            let last = question.last.as_ref();
            let last = last.map(|last| [sheet::last_answer(last, &question.expect), question.expect.shown(last)]);
            last.iter().flatten().any(|last| cell_key(last) == cell_key(&aside.words))
        };
        if let Some(aside) = row.last.as_ref().filter(|aside| aside.struck || !printed(aside)) {
            let Say { ja, en } = aside.say();
            remarks.push(Say {
                ja: format!("前回の回答の欄が、記録と違います：{ja}"),
                en: format!("the column of the last answer is not as recorded: {en}"),
            });
        }
        remarks
    }
}
