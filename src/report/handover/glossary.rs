//! 用語: the words of this plan and of this work, each in one sentence.

use crate::document::{Block, Line, Section};
use crate::lang::Lang;
use crate::plan::scale::Grade;
use crate::text::terms::{self, Term};
use crate::tr;
use crate::wording as words;

use super::{HandoverReport, below};

/// The words of the plan, then those of the work.
pub fn blocks(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let own = own(report, lang);
    let lead =
        lang.pick("この計画の言葉と、この仕事の言葉を記す。", "The words of this plan, then those of this work.");
    vec![
        Section::plain(vec![Block::Text(lead.into())]),
        below(lang.pick("この計画の言葉", "Words of this plan"), vec![Block::Fields(own)]),
        below(lang.pick("この仕事の言葉", "Words of this work"), vec![Block::Fields(general(lang))]),
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
        let count = plan.entries.iter().filter(|entry| entry.level == level).count();
        let words = match head.counts(level) {
            true => tr!(
                lang,
                "第{}階層、{count}件。進捗の件数はこの階層で数える",
                "level {}, {count} entries; counts are of this level",
                level + 1
            ),
            false => tr!(lang, "第{}階層、{count}件", "level {}, {count} entries", level + 1),
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

/// What everybody who does this work says.
fn general(lang: Lang) -> Fields {
    let term = |term: Term, ja: &'static str, en: &'static str| (term.title(lang), lang.pick(ja, en));
    let word = |name: (&'static str, &'static str), ja: &'static str, en: &'static str| {
        (lang.pick(name.0, name.1), lang.pick(ja, en))
    };
    let fields = [
        word(
            ("照会", "Inquiry"),
            "期間ごとに、所管課に調査票を送り、進捗と実績値を尋ねること",
            "asking the owners for progress and values, by a workbook for each",
        ),
        term(
            terms::OWNER,
            "項目や指標を担当する課。いくつもあれば、最初のものが主管",
            "the department that answers for an entry or indicator; of several the first leads",
        ),
        term(terms::RATING, "項目の進み方を、尺度の区分で示したもの", "how an entry stands, as a grade of a scale"),
        term(terms::UNREPORTED, "まだ一度も評価の記録がないもの", "nobody has rated it yet"),
        term(terms::MILESTONE, "日付の決まった、取組の区切り", "a dated step of an initiative"),
        term(terms::BASELINE, "指標の、計画の始まりの値", "the value of an indicator at the beginning"),
        term(
            terms::TARGET,
            "指標の、目指す値。年度ごとのもの（当年度目標）と最後のもの（最終目標）がある",
            "the value that is aimed at, of a year or at the end",
        ),
        term(terms::ACTUAL, "指標の、実際の値", "the value that came"),
        term(terms::PROVISIONAL, "後で確かめられる値や報告", "to be confirmed later"),
        term(
            terms::UNCONFIRMED,
            "資料からは決まらない値。公表の前に所管課に確かめる",
            "a value that the documents leave open; ask before it is published",
        ),
        term(terms::MET, "目標に届いた", "the target is reached"),
        term(terms::ON_PACE, "いまの時点で見込まれる値に届いている", "what is expected by now is reached"),
        term(terms::BEHIND, "いまの時点で見込まれる値に届いていない", "what is expected by now is not reached"),
        term(terms::WORSENED, "基準値より悪くなった", "worse than the baseline"),
        word(
            ("確定", "Closing"),
            "決裁を経て公表した数値を控え、後の変更と区別すること",
            "keeping the figures that were published, apart from later changes",
        ),
        word(
            ("記録の訂正", "Correction of a record"),
            "記録を消さずに、正しい記録を加えて置き換えること",
            "putting a right record in the place of a wrong one, which stays",
        ),
        word(("正誤表", "Errata"), "公表した数字と、いまの数字との違いの表", "what differs from what was published"),
        term(terms::REVISION, "git に保存した、ある時点の計画", "the plan as git kept it at a time"),
    ];
    fields
        .map(|(name, meaning)| (name.to_owned(), Line::from(meaning)))
        .into_iter()
        .chain([(
            lang.pick("－", "-").to_owned(),
            Line::from(tr!(lang, "値や記録がないことを示す（{}）", "nothing is known ({})", words::none(lang))),
        )])
        .collect()
}
