//! Band sets that many offices use, each with where it is from. A plan may also bring its own.

use rust_decimal::Decimal;

use super::{Against, Band, BandSet, Meaning, Measured, Pace, Rule, TargetRule};
use crate::lang::Say;
use crate::plan::id::Id;
use crate::say;
use crate::text::terms;

/// The key of the set that judges where the plan names none, and whatever has no rate.
pub const STANDARD: &str = "standard";

/// All of them; the first is [`STANDARD`].
pub fn presets() -> Vec<BandSet> {
    [standard(), pro_rata(), letters(), tenths(), expected()].into_iter().flatten().collect()
}

fn set(id: &str, name: Say, source: Say, by: Measured, pace: Pace, bands: Vec<Option<Band>>) -> Option<BandSet> {
    let bands = bands.into_iter().collect::<Option<Vec<_>>>()?;
    let (id, tolerance) = (Id::parse(id).ok()?, Decimal::ZERO);
    Some(BandSet { id, name, source, from: None, to: None, by, pace, tolerance, bands, sums: Vec::new() })
}

fn band(id: &str, name: Say, meaning: Meaning, rule: Rule) -> Option<Band> {
    let id = Id::parse(id).ok()?;
    Some(Band { id, name, meaning: Some(meaning), counts: true, rule, without_rate: Vec::new() })
}

const ALWAYS: Rule = Rule { target: None, expected: None, baseline: None, last_year: None, at_least: None };

fn target(wanted: TargetRule) -> Rule {
    Rule { target: Some(wanted), ..ALWAYS }
}

fn percent(at_least: u32) -> Rule {
    Rule { at_least: Some(at_least.into()), ..ALWAYS }
}

fn standard() -> Option<BandSet> {
    set(
        STANDARD,
        say!("標準（見込みとの比較）", "standard (against what is expected by now)"),
        say!("", ""),
        Measured::Pace,
        Pace::Line,
        vec![
            band("met", terms::MET.say(), Meaning::Met, target(TargetRule::Reached)),
            band(
                "worsened",
                terms::WORSENED.say(),
                Meaning::Worsened,
                Rule { baseline: Some(Against::Worse), ..ALWAYS },
            ),
            band("on-pace", terms::ON_PACE.say(), Meaning::OnPace, Rule { expected: Some(true), ..ALWAYS }),
            band("behind", terms::BEHIND.say(), Meaning::Behind, Rule { expected: Some(false), ..ALWAYS }),
        ],
    )
}

fn pro_rata() -> Option<BandSet> {
    set(
        "pro-rata-3",
        say!("年次按分の3段階", "three bands by pro-rata"),
        say!(
            "多摩市「まち・ひと・しごと創生総合戦略の評価方法（案）」の区分（目標値の k/n に対し 100％以上、60％以上、60％未満）",
            "the bands of Tama City's draft on evaluating its revitalisation strategy (k/n of the target: 100% or more, 60% or more, less)"
        ),
        Measured::Pace,
        Pace::ProRata,
        vec![
            band("steady", say!("着実に進んでいる", "on track"), Meaning::OnPace, percent(100)),
            band("mostly", say!("概ね進んでいる", "mostly on track"), Meaning::Behind, percent(60)),
            band("improve", say!("改善や工夫が必要", "needs improvement"), Meaning::Behind, ALWAYS),
        ],
    )
}

fn letters() -> Option<BandSet> {
    set(
        "s-a-b-c",
        say!("S・A・B・C（目標値と基準値に対して）", "S, A, B, C (against target and baseline)"),
        say!(
            "広く使われる区分。長与町「令和元年度施策評価の概要」の S～C を、目標値と基準値だけによる形に改めた",
            "common practice; adapted from the S to C of Nagayo Town's policy evaluation of 2019, by target and baseline alone"
        ),
        Measured::Improvement,
        Pace::Line,
        vec![
            band("s", say!("S（目標値を上回る）", "S (above target)"), Meaning::Met, target(TargetRule::Exceeded)),
            band("a", say!("A（目標値に達した）", "A (target met)"), Meaning::Met, target(TargetRule::Reached)),
            band(
                "b",
                say!("B（基準値より改善）", "B (better than baseline)"),
                Meaning::Behind,
                Rule { baseline: Some(Against::Better), ..ALWAYS },
            ),
            band(
                "c-same",
                say!("C（基準値と同じ）", "C (same as baseline)"),
                Meaning::Behind,
                Rule { baseline: Some(Against::Same), ..ALWAYS },
            ),
            band(
                "c",
                say!("C（基準値より悪化）", "C (worse than baseline)"),
                Meaning::Worsened,
                Rule { baseline: Some(Against::Worse), ..ALWAYS },
            ),
        ],
    )
}

fn tenths() -> Option<BandSet> {
    let step = |from: u32| {
        let to = from + 10;
        band(
            &format!("p{from}"),
            say!("{from}％以上{to}％未満", "{from}% to under {to}%"),
            Meaning::Behind,
            percent(from),
        )
    };
    set(
        "tenths-7",
        say!("達成率の7段階", "seven bands by tenths"),
        say!(
            "佐野市「施策・基本事業評価の実績」の目標達成率の区分（100％、以下10％ごと、50％未満）",
            "the bands of Sano City's policy evaluation (100%, then every 10%, under 50%)"
        ),
        Measured::Ratio,
        Pace::Line,
        vec![
            band("p100", say!("100％以上", "100% or more"), Meaning::Met, percent(100)),
            step(90),
            step(80),
            step(70),
            step(60),
            step(50),
            band("p0", say!("50％未満", "under 50%"), Meaning::Behind, ALWAYS),
        ],
    )
}

fn expected() -> Option<BandSet> {
    set(
        "expected-95-85",
        say!("見込みに対する95％・85％の3段階", "95% and 85% of what is expected"),
        say!(
            "広く使われる形の区分（閾値は特定の資料によらない）",
            "a form in common use (the thresholds are from no single document)"
        ),
        Measured::Pace,
        Pace::Line,
        vec![
            band("on-track", terms::ON_PACE.say(), Meaning::OnPace, percent(95)),
            band("mostly", say!("概ね順調", "mostly on track"), Meaning::OnPace, percent(85)),
            band("effort", say!("要努力", "needs effort"), Meaning::Behind, ALWAYS),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_presets_are_there_and_named_in_both_languages() {
        let all = presets();
        let ids: Vec<&str> = all.iter().map(|set| set.id.as_str()).collect();
        assert_eq!(ids, ["standard", "pro-rata-3", "s-a-b-c", "tenths-7", "expected-95-85"]);
        for set in &all {
            // The standard set is nobody else's.
            let source = Some(&set.source).filter(|_| set.id.as_str() != STANDARD);
            for say in std::iter::once(&set.name).chain(source).chain(set.bands.iter().map(|b| &b.name)) {
                assert!(!say.ja.is_empty() && !say.en.is_empty() && say.ja != say.en, "{say:?}");
            }
        }
    }
}
