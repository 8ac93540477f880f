//! What holds for every inquiry: what is typed arrives, and nothing else does.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kaikaku::commands::inquiry::block::block;
use kaikaku::inquiry::answer::Trust;
use kaikaku::inquiry::form::forms;
use kaikaku::inquiry::reply::of_book;
use kaikaku::inquiry::review::{Record, Review, records, review};
use kaikaku::inquiry::spot::Class;
use kaikaku::inquiry::write::Letter;
use kaikaku::inquiry::{Expect, Form};
use kaikaku::lang::Lang;
use kaikaku::ledger::written::Written;
use kaikaku::plan::Plan;
use kaikaku::plan::period::Period;
use kaikaku::plan::record::{RecordName, Recorded};
use kaikaku::source;
use kaikaku::workbook::{Book, Content};
use proptest::prelude::*;

use crate::generate::{QUARTERS, Spec, quarter, snapshot, spec};
use crate::sheet::Filling;

const INDICATORS: &str = "schema = 1\n[rate]\nname = \"率\"\nunit = \"％\"\nkind = \"up\"\nowner = \"o\"\nbaseline = { R5 = 48.9 }\n\
                          target = { R9 = 65 }\n[steps]\nname = \"段階\"\nkind = \"milestone\"\nsteps = [\"準備\", \"開始\", \"1\"]\nowner = \"o\"\n\
                          baseline = { R5 = \"準備\" }\n";

/// A generated plan, all of which one department owns.
fn files(spec: &Spec) -> Vec<(String, String)> {
    let mut files = spec.files();
    for (path, text) in &mut files {
        if path.starts_with("outline") {
            *text = text.replace("name = ", "owner = \"o\"\nname = ");
        }
    }
    files.push(("owners.toml".into(), "schema = 1\n[o]\nname = \"総務課\"\n".into()));
    files.push(("indicators.toml".into(), INDICATORS.into()));
    files.sort();
    files
}

fn load(files: &[(String, String)]) -> Plan {
    let loaded = source::load(&snapshot(files), "plan");
    let shown: Vec<String> = loaded.findings.iter().map(|f| format!("{} {}", f.code, f.message.en)).collect();
    loaded.plan.unwrap_or_else(|| panic!("{shown:?}\n{files:#?}"))
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn workbook(plan: &Plan, form: &Form) -> Vec<u8> {
    let letter = Letter { plan, form, deadline: None, contact: None, day: day(), revision: None, lang: Lang::Ja };
    letter.workbook().unwrap()
}

fn back(plan: &Plan, bytes: &[u8]) -> Review {
    let replies = of_book("back.xlsx", &Book::open(bytes).unwrap()).unwrap();
    review(plan, replies, Vec::new(), Trust::Neither, Lang::Ja)
}

/// A text as a person may type it, without what is taken away: spaces at the ends of lines.
fn words() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-zあ-ん①㈱𠮷<&=+'\"][ -~あ-ん\u{3000}①▲㈱𠮷_]{0,12}[a-zあ-ん。]", 1..4)
        .prop_map(|lines| lines.join("\n"))
}

/// What is typed into a cell, and the answer that is meant by it.
fn typed(expect: &Expect, pick: usize, words: &str, number: i64) -> (Content, String) {
    match expect {
        Expect::Grade(grades) => {
            let (id, name) = &grades[pick % grades.len()];
            (Content::Text(name.to_string()), id.to_string())
        }
        Expect::Reached if number % 2 == 0 => {
            let month = pick % 12 + 1;
            (Content::Text(format!("令和７年{month}月")), format!("R7.{month}"))
        }
        Expect::Reached => (Content::Text(words.to_owned()), words.to_owned()),
        Expect::Step(steps) | Expect::Stage(steps) => {
            (Content::Text(steps[pick % steps.len()].to_string()), steps[pick % steps.len()].to_string())
        }
        Expect::Percent => (Content::Number((pick % 101).to_string()), (pick % 101).to_string()),
        Expect::Text => (Content::Text(words.to_owned()), words.to_owned()),
        Expect::Number { .. } => {
            // At least one, so that it cannot be a percentage that lost its format.
            let plain = format!("{}.{}", number.unsigned_abs() % 100_000 + 1, number.unsigned_abs() % 9 + 1);
            (Content::Number(plain.clone()), plain)
        }
    }
}

/// What the record that is corrected says in its file.
fn taken_over(plan: &Plan, files: &[(String, String)], record: &Record) -> Option<(RecordName, Written)> {
    let name = record.corrects?;
    let updates = plan.entries.iter().filter(|entry| entry.id == record.id).flat_map(|entry| &entry.updates);
    let measures = plan.indicators.iter().filter(|indicator| indicator.id == record.id).flat_map(|i| &i.measures);
    let mut records = updates.map(|u| u as &dyn Recorded).chain(measures.map(|m| m as &dyn Recorded));
    let place = records.find(|record| record.name() == name).unwrap().trace().block;
    let path = format!("records/{}.toml", record.id);
    let text = &files.iter().find(|(known, _)| *known == path).unwrap().1;
    let written = Written::parse(text, if record.is_measure() { "measure" } else { "update" }, place).unwrap();
    Some((RecordName { mark: written.mark(), ..name }, written))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_untouched_form_says_nothing(spec in spec(), at in 0..QUARTERS) {
        let plan = load(&files(&spec));
        let period = Period::parse(&quarter(at)).unwrap().period;
        for form in forms(&plan, period, Lang::Ja) {
            let mut review = back(&plan, &workbook(&plan, &form));
            prop_assert!(review.rows.iter().all(|row| matches!(row.class, Class::Unchanged | Class::Missing)));
            prop_assert!(review.taken.iter().all(|taken| !taken.touched));
            prop_assert_eq!(review.rows.len(), form.questions().count());
            prop_assert_eq!(review.count(Class::Missing), form.open());
            prop_assert!(records(&plan, &mut review).is_empty());
        }
    }

    #[test]
    fn what_is_typed_arrives_and_nothing_else_does(
        spec in spec(), at in 0..QUARTERS,
        answers in prop::collection::vec((any::<prop::sample::Index>(), any::<usize>(), words(), any::<i64>()), 1..8),
    ) {
        let mut files = files(&spec);
        let plan = load(&files);
        let period = Period::parse(&quarter(at)).unwrap().period;
        let Some(form) = forms(&plan, period, Lang::Ja).into_iter().next() else { return Ok(()) };
        let questions: Vec<_> = form.questions().map(|(_, question)| question.clone()).collect();
        let mut filling = Filling::new(workbook(&plan, &form));
        let mut meant: BTreeMap<String, String> = BTreeMap::new();
        for (index, pick, words, number) in &answers {
            let question = index.get(&questions);
            let (content, answer) = typed(&question.expect, *pick, words, *number);
            filling = filling.answer(&question.key.to_string(), content);
            meant.insert(question.key.to_string(), answer);
        }
        let mut review = back(&plan, &filling.done());
        let made = records(&plan, &mut review);
        for row in &review.rows {
            let key = row.key.as_ref().unwrap().to_string();
            let question = questions.iter().find(|q| q.key.to_string() == key).unwrap();
            let recorded = question.recorded.as_ref().map(|answer| answer.0.clone());
            match meant.get(&key) {
                Some(answer) if Some(answer) == recorded.as_ref() => prop_assert_eq!(row.class, Class::Unchanged),
                // A note without a value has nothing to stand by.
                Some(_) if row.class == Class::Invalid => prop_assert!(key.contains("/note@")),
                Some(answer) => {
                    prop_assert_eq!(row.class, Class::Changed, "{:?}", row);
                    prop_assert_eq!(&row.answer.as_ref().unwrap().0, answer);
                }
                None => prop_assert!(matches!(row.class, Class::Unchanged | Class::Missing), "{:?}", row),
            }
        }
        // Recorded and loaded again, the plan says what was typed, and for the rest what it recorded before.
        let refused: Vec<String> = review.rows.iter().filter(|row| row.class == Class::Invalid).map(|row| row.key.as_ref().unwrap().to_string()).collect();
        for record in &made {
            let path = format!("records/{}.toml", record.id);
            let text = block(&plan, record, taken_over(&plan, &files, record), day());
            match files.iter_mut().find(|(known, _)| *known == path) {
                Some((_, old)) => { old.push('\n'); old.push_str(&text); }
                None => files.push((path, format!("schema = 1\n\n{text}"))),
            }
        }
        files.sort();
        let after = load(&files);
        let form_after = forms(&after, period, Lang::Ja).into_iter().next().unwrap();
        for (_, question) in form_after.questions() {
            let key = question.key.to_string();
            let before = questions.iter().find(|q| q.key == question.key).unwrap().recorded.clone();
            let wanted = match meant.get(&key) {
                Some(answer) if !refused.contains(&key) => Some(answer.clone()),
                _ => before.map(|answer| answer.0),
            };
            prop_assert_eq!(question.recorded.as_ref().map(|answer| answer.0.clone()), wanted, "{}", key);
        }
    }
}
