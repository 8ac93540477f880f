//! 用語: the words of this plan and of this work, each in one sentence.

mod meanings;

use crate::document::{Block, Line, Section};
use crate::lang::Lang;
use crate::plan::scale::Grade;
use crate::text::terms::{self, Term};
use crate::tr;
use crate::wording as words;

use super::{HandoverReport, below};
#[cfg(test)]
use meanings::PLAIN;
use meanings::{TERMS, WORDS};

/// The words of the plan, then those of the work that the other parts of the paper use.
pub fn sections(report: &HandoverReport<'_>, others: &[Section], lang: Lang) -> Vec<Section> {
    let paper = words_of(others);
    let own = own(report, lang);
    let lead =
        lang.pick("この計画の言葉と、この仕事の言葉を記す。", "The words of this plan, then those of this work.");
    vec![
        Section::plain(vec![Block::Text(lead.into())]),
        below(lang.pick("この計画の言葉", "Words of this plan"), vec![Block::Fields(own)]),
        below(lang.pick("この仕事の言葉", "Words of this work"), vec![Block::Fields(general(&paper, lang))]),
    ]
}

type Fields = Vec<(String, Line)>;

/// What the plan itself names.
fn own(report: &HandoverReport<'_>, lang: Lang) -> Fields {
    let plan = report.plan();
    let head = &plan.head;
    let comma = lang.pick("、", ", ");
    let mut fields: Fields = Vec::new();
    let mut add = |name: &str, words: String| fields.push((name.to_owned(), words.into()));
    let [from, to] = [head.from, head.to].map(|year| year.long(lang));
    let aliases = head.aliases.join(comma);
    let period = tr!(lang, "{from}から{to}までの計画", "the plan of {from} to {to}");
    add(
        &head.name,
        if aliases.is_empty() {
            period
        } else {
            tr!(lang, "{period}。別名：{aliases}", "{period}; also {aliases}")
        },
    );
    for (level, name) in head.levels.iter().enumerate() {
        let (count, others) = report.handover.as_of.count_at(plan, level);
        let others = match others {
            0 => String::new(),
            others => tr!(
                lang,
                "（ほかに、計画から外れたもの又は後で加わるもの{others}件）",
                " ({others} more are out of the plan, or come later)"
            ),
        };
        let words = match head.counts(level) {
            true => tr!(
                lang,
                "第{}階層、{count}件{others}。進捗の件数はこの階層で数える",
                "level {}, {count} entries{others}; counts are of this level",
                level + 1
            ),
            false => tr!(lang, "第{}階層、{count}件{others}", "level {}, {count} entries{others}", level + 1),
        };
        add(name, words);
    }
    for version in plan.scales.iter().filter_map(|scale| scale.versions.last()) {
        let grade = |grade: &Grade| match (grade.attention, grade.counts) {
            (true, _) => tr!(lang, "{}（対応を要する）", "{} (needs attention)", grade.name),
            (_, false) => tr!(lang, "{}（割合の分母に入れない）", "{} (not counted in shares)", grade.name),
            _ => grade.name.to_string(),
        };
        let grades = version.grades.iter().map(grade).collect::<Vec<_>>().join(comma);
        add(&version.name, tr!(lang, "進捗の尺度。良い順に、{grades}", "a scale; from the best: {grades}"));
    }
    for evaluator in &plan.evaluators {
        add(&evaluator.name, terms::EVALUATOR.word(lang).to_owned());
    }
    let steps = plan.steps.iter().map(|step| step.text(lang)).collect::<Vec<_>>().join(lang.pick("→", " → "));
    add(lang.pick("工程の段階", "Steps"), steps);
    let set = plan.band_sets.get(head.judged_by).map(|set| set.name.text(lang));
    set.into_iter()
        .for_each(|set| add(lang.pick("指標の判定", "Verdicts"), tr!(lang, "「{set}」による", "by `{set}`")));
    fields
}

/// What everybody who does this work says: of the terms those that the paper uses.
fn general(paper: &str, lang: Lang) -> Fields {
    let words = WORDS.iter().map(|((ja, en), meaning)| (lang.pick(*ja, *en), *meaning));
    let used = TERMS.iter().filter(|(term, _)| is_used(paper, term, lang));
    let terms = used.map(|(term, meaning)| (term.title(lang), *meaning));
    let told = words.chain(terms).map(|(name, (ja, en))| (name.to_owned(), Line::from(lang.pick(ja, en))));
    let none = Line::from(tr!(lang, "値や記録がないことを示す（{}）", "nothing is known ({})", words::none(lang)));
    told.chain([(lang.pick("－", "-").to_owned(), none)]).collect()
}

/// Whether a paper uses a term.
fn is_used(paper: &str, term: &Term, lang: Lang) -> bool {
    paper.contains(term.title(lang)) || paper.contains(term.word(lang))
}

/// The words of sections, for whoever looks for terms in them.
fn words_of(sections: &[Section]) -> String {
    let mut words: Vec<&str> = sections.iter().filter_map(|section| section.heading.as_deref()).collect();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Text(line) => words.push(&line.text),
            Block::List(lines) => words.extend(lines.iter().map(|line| &*line.text)),
            Block::Fields(fields) => words.extend(fields.iter().flat_map(|(name, line)| [&**name, &*line.text])),
            Block::Table(table) => {
                words.extend(table.columns.iter().map(|column| &*column.title));
                words.extend(table.rows.iter().flat_map(|row| &row.cells).map(|cell| &*cell.text));
            }
            Block::Tree(branches) => words.extend(branches.iter().map(|branch| &*branch.line.text)),
            Block::Charts(_) => {}
        }
    }
    words.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_told_or_a_word_of_every_day() {
        let told = |term: &Term| TERMS.iter().any(|(one, _)| one.ja == term.ja);
        let unknown = terms::ALL.iter().filter(|term| !told(term) && PLAIN.iter().all(|one| one.ja != term.ja));
        assert_eq!(unknown.map(|term| term.ja).collect::<Vec<_>>(), Vec::<&str>::new());
        let both = PLAIN.iter().filter(|term| told(term) && term.ja != terms::ACTUAL_AMOUNT.ja);
        assert_eq!(both.map(|term| term.ja).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
