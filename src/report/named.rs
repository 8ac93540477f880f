//! The line at the foot of a paper: from which record it was written, and what was asked, in words that mean the same on
//! any day. `verify` reads it and writes the paper once more.

use std::ops::Range;

use chrono::NaiveDate;

use crate::lang::Lang;
use crate::plan::period::{Parsed, Period};
use crate::plan::source::{Revision, SHORT_ID};
use crate::text::safe::one_line;
use crate::text::terms;
use crate::tr;

/// The version that writes.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Which record a paper says that it was written from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which paper.
    pub paper: PaperName,
    /// The plan's folder.
    pub plan: String,
    /// About which period.
    pub period: Period,
    /// As of which day or period it was asked, where the period does not say it.
    pub as_of: Option<Period>,
    /// The commit; `None` for files as they were.
    pub revision: Option<String>,
    /// Whether the files differed from the commit.
    pub is_changed: bool,
    /// The revision as the paper shows it to its readers, where it does: what was asked for, and its day.
    pub shown: Option<(String, NaiveDate)>,
    /// The commit that the changes of the plan are compared with.
    pub since: Option<String>,
    /// The period that it is compared with, where that is not the one before.
    pub against: Option<Period>,
    /// 確定 rather than 速報.
    pub is_final: bool,
    /// What else was asked.
    pub asked: Vec<Asked>,
    /// In which language.
    pub lang: Lang,
}

/// Which paper it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperName {
    /// One that `report` writes: what `--for` names, or `questions`.
    Register(String),
    /// The answer of another command, by its key in `ANSWERS`.
    Answer(&'static str),
}

/// One thing that was asked: its key in `ASKED`, and its value where it has one.
pub type Asked = (&'static str, Option<String>);

/// The answers that are handed out as papers: the key, and what the line calls them.
const ANSWERS: [(&str, (&str, &str)); 9] = [
    ("status", ("進捗状況", "progress")),
    ("kpi", ("検証指標", "indicators")),
    ("roadmap", ("工程表", "roadmap")),
    ("due", ("督促の対象", "what is due")),
    ("letter", ("督促の文", "letters")),
    ("errata", ("正誤表", "errata")),
    ("calendar", ("年間予定", "duties of the year")),
    ("handover", ("引継書", "handover")),
    ("opinions", ("意見と対応", "opinions and responses")),
];

/// What may be asked of them: the key, and what the line calls it.
const ASKED: [(&str, (&str, &str)); 21] = [
    ("under", ("範囲", "under")),
    ("owner", ("所管課", "owner")),
    ("level", ("階層", "level")),
    ("rating", ("進捗区分", "rating")),
    ("attention", ("対応を要する項目のみ", "needing attention")),
    ("tree", ("木の形", "as a tree")),
    ("by", ("まとめる見方", "grouping")),
    ("theme", ("主題の枠組み", "framework of themes")),
    ("against", ("比較の期間", "against")),
    ("scale", ("評価尺度", "scale")),
    ("evaluator", ("評価者", "evaluator")),
    ("year", ("年度", "fiscal year")),
    ("columns", ("表の列", "columns")),
    ("counts", ("件数のみ", "counts only")),
    ("sums", ("効果と合計のみ", "effects and sums only")),
    ("chart", ("図付き", "with charts")),
    ("deadline", ("回答の期限", "deadline")),
    ("since", ("担当の始まり", "in charge since")),
    ("for", ("意見の様式", "laid out as")),
    ("meeting", ("会議", "meeting")),
    ("names", ("氏名付き", "with names")),
];

type Label = (&'static str, &'static str);

const REGISTER: Label = ("様式", "register");
const ANSWER: Label = ("報告書", "paper");
const PLAN: Label = ("計画", "plan");
const PERIOD: Label = ("期間", "period");
const AS_OF: Label = ("現在", "as of");
const REVISION: Label = ("版", "revision");
const SHOWN: Label = ("版の名", "revision called");
const STATUS: Label = ("状態", "status");
const SINCE: Label = ("比較した版", "compared with");
const AGAINST: Label = ("比較の期間", "against");
/// What stands for the revision of files that no revision has.
const WORKING: Label = ("作業中", "working");
/// Says that the files were not those of the revision.
const CHANGED: Label = ("未コミットの変更あり", "with uncommitted changes");

/// As much of a commit's id as names it.
pub fn short(id: &str) -> String {
    id.get(..SHORT_ID).unwrap_or(id).to_owned()
}

/// 速報 or 確定.
pub fn status(is_final: bool, lang: Lang) -> &'static str {
    if is_final { lang.pick("確定", "final") } else { terms::PROVISIONAL.word(lang) }
}

impl PaperName {
    /// What programs call it.
    pub fn key(&self) -> &str {
        match self {
            Self::Register(register) => register,
            Self::Answer(key) => key,
        }
    }

    fn pair(&self, lang: Lang) -> String {
        match self {
            Self::Register(register) => stated(REGISTER, register, lang),
            Self::Answer(key) => {
                let words = ANSWERS.iter().find(|(known, _)| known == key).map_or((*key, *key), |(_, words)| *words);
                stated(ANSWER, lang.pick(words.0, words.1), lang)
            }
        }
    }

    fn read(parts: &[&str], lang: Lang) -> Option<Self> {
        let answer = |words: String| {
            let key = ANSWERS.iter().find(|(_, name)| lang.pick(name.0, name.1) == words)?.0;
            Some(Self::Answer(key))
        };
        let register = || value(parts, REGISTER, lang).map(Self::Register);
        value(parts, ANSWER, lang).and_then(answer).or_else(register)
    }
}

impl Named {
    /// The line of the paper.
    pub fn line(&self) -> String {
        let lang = self.lang;
        let stated = |label: Label, value: &str| stated(label, value, lang);
        let is_register = matches!(self.paper, PaperName::Register(_));
        let period = |label: Label, period: Option<Period>| period.map(|period| stated(label, &period.short()));
        let shown = self.shown.as_ref().map(|(name, day)| format!("{name} {}", Period::Day(*day).short()));
        let parts = [
            Some(self.paper.pair(lang)),
            Some(stated(PLAN, &one_line(&self.plan))),
            period(PERIOD, Some(self.period)),
            Some(stated(REVISION, self.revision.as_deref().unwrap_or(lang.pick(WORKING.0, WORKING.1)))),
            is_register.then(|| stated(STATUS, status(self.is_final, lang))),
            self.is_changed.then(|| lang.pick(CHANGED.0, CHANGED.1).to_owned()),
            period(AS_OF, self.as_of),
            shown.map(|shown| stated(SHOWN, &shown)),
            self.since.as_ref().map(|since| stated(SINCE, since)),
            period(AGAINST, self.against),
        ];
        let asked = self.asked.iter().filter_map(|(key, value)| {
            let (_, label) = ASKED.iter().find(|(known, _)| known == key)?;
            Some(value.as_ref().map_or_else(|| lang.pick(label.0, label.1).to_owned(), |value| stated(*label, value)))
        });
        let list = parts.into_iter().flatten().chain(asked).collect::<Vec<_>>().join(lang.pick("、", ", "));
        tr!(lang, "kaikaku {VERSION} により作成（{list}）", "Written by kaikaku {VERSION} ({list})")
    }

    /// Finds the line in the text of a paper, whatever stands around it.
    pub fn find(text: &str) -> Option<Self> {
        let languages = [(Lang::Ja, "により作成（", "）", "、"), (Lang::En, "Written by kaikaku ", ")", ", ")];
        languages.into_iter().find_map(|(lang, open, close, comma)| {
            let (_, rest) = text.rsplit_once(open)?;
            let (inner, _) = rest.split_once(close)?;
            let inner = lang.pick(inner, inner.split_once('(').map_or("", |(_, inner)| inner));
            Self::read(&inner.split(comma).map(str::trim).collect::<Vec<_>>(), lang)
        })
    }

    /// Where in a text that line stands, perhaps cut short as the foot of a sheet is: it is no content of the paper. Programs
    /// that save a paper again may set it behind other words.
    pub fn place(text: &str) -> Option<Range<usize>> {
        let ja = || {
            let open = text.rfind("により作成（")?;
            Some((text[..open].rfind("kaikaku ")?, open, "）"))
        };
        let en = || {
            let start = text.rfind("Written by kaikaku ")?;
            Some((start, start + text[start..].find('(').unwrap_or_default(), ")"))
        };
        let (start, open, close) = ja().or_else(en)?;
        let end = text[open..].find(close).map_or(text.len(), |end| open + end + close.len());
        // Whoever writes of the program names no record.
        (Self::find(&text[start..end]).is_some() || text[..start].trim().is_empty()).then_some(start..end)
    }

    fn read(parts: &[&str], lang: Lang) -> Option<Self> {
        let text = |label: Label| value(parts, label, lang);
        let period = |label: Label| Some(Period::parse(&text(label)?).ok()?.period);
        let (paper, revision) = (PaperName::read(parts, lang)?, text(REVISION)?);
        let is_register = matches!(paper, PaperName::Register(_));
        let is_final = text(STATUS).map(|words| words == status(true, lang));
        let shown = text(SHOWN).and_then(|shown| {
            let (name, day) = shown.rsplit_once(' ')?;
            let Parsed { period: Period::Day(day), .. } = Period::parse(day).ok()? else { return None };
            Some((name.to_owned(), day))
        });
        let asked = ASKED.iter().flat_map(|(key, label)| {
            let is_bare = parts.contains(&lang.pick(label.0, label.1));
            let bare = is_bare.then_some((*key, None));
            bare.into_iter().chain(values(parts, *label, lang).map(|value| (*key, Some(value))))
        });
        Some(Self {
            plan: text(PLAN)?,
            period: period(PERIOD)?,
            as_of: period(AS_OF),
            revision: (revision != lang.pick(WORKING.0, WORKING.1)).then_some(revision),
            is_changed: parts.contains(&lang.pick(CHANGED.0, CHANGED.1)),
            shown,
            since: text(SINCE),
            against: period(AGAINST).filter(|_| is_register),
            is_final: if is_register { is_final? } else { false },
            asked: if is_register { Vec::new() } else { asked.collect() },
            paper,
            lang,
        })
    }

    /// What the paper shows of the revision that it is held against.
    pub fn revision_shown(&self, revision: Option<Revision>) -> Option<Revision> {
        let (name, date) = self.shown.clone()?;
        revision.map(|revision| Revision { name, date, ..revision })
    }
}

/// A label and its value. What the line itself is made of is written by its number in a value.
fn stated(label: Label, value: &str, lang: Lang) -> String {
    let mut written = String::new();
    for c in value.chars() {
        match c {
            '%' | ',' | '、' | '(' | ')' | '（' | '）' => written.extend([format!("%{:x};", u32::from(c))]),
            c => written.push(c),
        }
    }
    format!("{} {written}", lang.pick(label.0, label.1))
}

/// The values of a label.
fn values<'p>(parts: &'p [&str], label: Label, lang: Lang) -> impl Iterator<Item = String> + use<'p> {
    let label = lang.pick(label.0, label.1);
    let behind = move |part: &&'p str| part.strip_prefix(label)?.strip_prefix(' ');
    parts.iter().filter_map(behind).map(|written| plain(written.trim()))
}

fn value(parts: &[&str], label: Label, lang: Lang) -> Option<String> {
    values(parts, label, lang).next()
}

/// A value as it was before [`stated`] wrote it.
fn plain(written: &str) -> String {
    let number = |digits: &str| char::from_u32(u32::from_str_radix(digits, 16).ok()?);
    let mut pieces = written.split('%');
    let mut value = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once(';').and_then(|(digits, behind)| Some((number(digits)?, behind))) {
            Some((c, behind)) => {
                value.push(c);
                value.push_str(behind);
            }
            None => value.extend(["%", piece]),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(lang: Lang) -> Named {
        let period = |text: &str| Period::parse(text).unwrap().period;
        Named {
            paper: PaperName::Answer("status"),
            plan: "example".into(),
            period: period("R8Q3"),
            as_of: Some(period("R8.11.21")),
            revision: Some("0123456789".into()),
            is_changed: true,
            shown: Some(("v1.0 rc".into(), NaiveDate::from_ymd_opt(2026, 11, 20).unwrap())),
            since: None,
            against: None,
            is_final: false,
            asked: vec![
                ("owner", Some("総務課（本庁）、100%".into())),
                ("tree", None),
                ("scale", Some("a, b".into())),
                ("scale", Some("(c)".into())),
            ],
            lang,
        }
    }

    #[test]
    fn what_the_line_says_is_what_was_asked_whatever_the_values_are() {
        for lang in [Lang::Ja, Lang::En] {
            let named = named(lang);
            assert_eq!(Named::find(&format!("本文\n{}\n後", named.line())), Some(named));
        }
    }

    #[test]
    fn the_line_is_found_wherever_it_stands_and_nothing_else_of_the_text() {
        for lang in [Lang::Ja, Lang::En] {
            let line = named(lang).line();
            for (before, behind) in [("", ""), ("実績値：4.9倍 ", ""), ("本文。", " 後の12件")] {
                let text = format!("{before}{line}{behind}");
                assert_eq!(Named::place(&text), Some(before.len()..before.len() + line.len()), "{text}");
            }
            let cut: String = line.chars().take(30).collect();
            assert_eq!(Named::place(&cut), Some(0..cut.len()));
        }
        for text in ["kaikaku により記録した12件", "12件 Written by kaikaku and us (3)", "本文"] {
            assert_eq!(Named::place(text), None, "{text}");
        }
    }

    #[test]
    fn every_answer_and_every_thing_asked_is_read_back() {
        for lang in [Lang::Ja, Lang::En] {
            for (key, _) in ANSWERS {
                let asked = ASKED.iter().map(|(key, _)| (*key, Some("1".to_owned()))).collect();
                let named = Named { paper: PaperName::Answer(key), asked, ..named(lang) };
                assert_eq!(Named::find(&named.line()), Some(named));
            }
        }
    }

    #[test]
    fn a_paper_of_the_council_says_whether_it_is_final() {
        let council = |is_final| Named {
            paper: PaperName::Register("committee".into()),
            as_of: None,
            shown: None,
            against: Some(Period::parse("R7Q2").unwrap().period),
            is_final,
            asked: Vec::new(),
            ..named(Lang::Ja)
        };
        assert_eq!(Named::find(&council(true).line()), Some(council(true)));
        assert_eq!(Named::find(&council(false).line().replace("、状態 速報", "")), None);
    }
}
