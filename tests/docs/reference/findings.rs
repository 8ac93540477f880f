//! `findings.md`: every code with what it means and an example, as `kaikaku check --explain` tells it.

use kaikaku::finding::Code;
use kaikaku::lang::Lang;

use super::page::{code, compare, table};

#[test]
fn the_page_of_findings_is_that_of_explain() {
    compare("findings", page);
}

/// The first code about each subject.
const SUBJECTS: [(Code, &str, &str); 5] = [
    (Code::NoPlan, "ファイルそのもの", "The files themselves"),
    (Code::MergeConflict, "書き方", "How they are written"),
    (Code::DuplicateId, "ほかの所との対応", "What they refer to"),
    (Code::NoKind, "数値", "What the figures say"),
    (Code::PeriodNotBegun, "あり得るか", "Whether it can be so"),
];

fn page(lang: Lang) -> String {
    let lead = lang.pick(
        "# 点検の指摘\n\n\
         `kaikaku check` の指摘のコードと、その意味、対処、例です。`kaikaku check --explain コード` も同じことを示します。エラーの\
         ある計画は、数字が誤るため集計しません。警告は数字を変えませんが、おそらく誤りです。「あり得るか」のエラーは\
         点検だけが指摘し、計画は読みます。注記は、知っておくとよいことです。\n\n",
        "# Findings\n\n\
         The codes of what `kaikaku check` finds: what each means, what to do, an example. `kaikaku check --explain CODE` \
         prints the same. A plan with an error is not counted, since its figures would be wrong; a warning leaves the \
         figures right but is probably a mistake; a note is good to know. The errors under \"Whether it can be so\" only \
         `check` tells: the plan is read all the same.\n\n",
    );
    let sections: String = Code::ALL.iter().map(|code| subject(*code, lang) + &section(*code, lang)).collect();
    format!("{lead}{}{}\n", index(lang), sections.trim_end())
}

fn index(lang: Lang) -> String {
    let row = |code: &Code| {
        let severity = code.severity().name(lang).to_owned();
        [format!("[`{code}`](#{code})"), severity, code.explanation().title(lang).to_owned()]
    };
    table(lang.pick(["コード", "重さ", "内容"], ["Code", "Severity", "What it is"]), Code::ALL.iter().map(row))
}

fn subject(code: Code, lang: Lang) -> String {
    let found = SUBJECTS.iter().find(|(first, ..)| *first == code);
    found.map_or_else(String::new, |(_, ja, en)| format!("## {}\n\n", lang.pick(ja, en)))
}

fn section(code: Code, lang: Lang) -> String {
    let (shown, severity) = (code.explanation(), code.severity().name(lang));
    let title = lang
        .pick(format!("**{}**（{severity}）", shown.title(lang)), format!("**{}** ({severity})", shown.title(lang)));
    let example = shown.example().map_or_else(String::new, |(wrong, right)| example(wrong, right, lang));
    format!("### {code}\n\n{title}\n\n{}\n\n{example}", shown.text(lang))
}

fn example(wrong: &str, right: &str, lang: Lang) -> String {
    let one = |heading: &str, toml: &str| {
        if toml.is_empty() { String::new() } else { format!("{heading}\n\n{}", code("toml", toml)) }
    };
    one(lang.pick("誤り：", "Wrong:"), wrong) + &one(lang.pick("正しい例：", "Right:"), right)
}
