//! Closed periods held against the plan as it is now.

use rayon::prelude::*;

use crate::finding::{Code, Finding};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::closing::{Closing, Words};
use crate::query::published::{Difference, differences};
use crate::say;
use crate::wording::closing::Wording;

/// Manifests that were altered, and figures that are no longer what was published. With the first nothing is left that
/// the second could be held against.
pub fn audit(plan: &Plan) -> Vec<Finding> {
    let of = |closing| altered(closing).map_or_else(|| changed(plan, closing), |finding| vec![finding]);
    plan.closings.par_iter().flat_map_iter(of).collect()
}

fn altered(closing: &Closing) -> Option<Finding> {
    let period = closing.period;
    closing.altered().map(|origin| {
        Finding::at(
            Code::ManifestAltered,
            origin,
            say!(
                "{period} の公表した数字が、照合番号と合いません",
                "the published figures of {period} do not match their fingerprint"
            ),
            say!(
                "手で書き換えられています。git で元に戻してください",
                "they were edited by hand: restore the file from git"
            ),
        )
    })
}

/// What changed and is not recorded; what merely follows from another change is left out.
fn changed(plan: &Plan, closing: &Closing) -> Vec<Finding> {
    let unrecorded: Vec<Difference<'_>> =
        differences(plan, closing).into_iter().filter(|difference| !difference.is_recorded()).collect();
    let unexplained = unrecorded.iter().filter(|difference| !difference.follows(&unrecorded));
    unexplained.map(|difference| finding(Wording { plan, period: closing.period }, closing, difference)).collect()
}

/// The finding in the words of `errata`, to which it sends whoever reads it.
fn finding(words: Wording<'_>, closing: &Closing, difference: &Difference<'_>) -> Finding {
    let period = closing.period;
    let in_words = |lang: Lang| {
        let side = |words_of: Option<&Words>| words.side(difference, words_of, lang);
        let now = difference.now.as_ref().map(|line| &line.words);
        let (of, what) = (words.of_what(difference, lang), words.what(difference, lang));
        [of, what, side(difference.acknowledged.as_ref()), side(now)]
    };
    let ([of, what, before, after], [of_en, what_en, before_en, after_en]) = (in_words(Lang::Ja), in_words(Lang::En));
    Finding::at(
        Code::ChangedAfterClose,
        difference.origin().unwrap_or(closing.origin),
        say!(
            "公表した {period} の数字のうち、「{of}」の{what}が変わりました（{before} → {after}）",
            "{of_en}: {what_en}, as published of {period}, has changed ({before_en} → {after_en})"
        ),
        say!(
            "kaikaku errata {period} で確かめ、誤りなら元に戻し、正しければ --record --reason \"…\" を付けて訂正を記録してください",
            "run `kaikaku errata {period}`; undo the change if it is wrong, otherwise record it with --record --reason \"…\""
        ),
    )
}
