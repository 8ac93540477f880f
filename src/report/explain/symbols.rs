//! What the symbols of formulas stand for.

use crate::lang::Lang;
use crate::text::terms;

use super::wording::{EXCLUDED, FRESH};

/// What a symbol stands for.
pub fn meaning(symbol: &str, lang: Lang) -> &'static str {
    // What is of another period is called after it (aR6), what was before has a mark (n1'), of a row its number (n1r2).
    let symbol = symbol.trim_end_matches('\'');
    let row = symbol.rfind('r').filter(|at| *at > 0 && symbol[at + 1..].parse::<usize>().is_ok());
    let symbol = row.map_or(symbol, |at| &symbol[..at]);
    let period = symbol.char_indices().skip(1).find(|(_, c)| c.is_ascii_uppercase());
    let symbol = period.map_or(symbol, |(at, _)| &symbol[..at]);
    let letters = symbol.trim_end_matches(|c: char| c.is_ascii_digit());
    let (ja, en) = if letters == symbol { of_letters(letters) } else { of_numbered(symbol, letters) };
    lang.pick(ja, en)
}

/// What a symbol with a number of its own stands for.
fn of_numbered(symbol: &str, letters: &str) -> (&'static str, &'static str) {
    match letters {
        "P" => ("計画の額", "amount planned"),
        "A" => ("実績の額", "actual amount"),
        "F" => ("見込の額", "amount forecast"),
        "B" => terms::BASELINE.words(),
        "S" => ("点数・率", "points or rate"),
        "W" => ("重み", "weight"),
        "f" => ("傾向のもとにした値", "a value the trend rests on"),
        "p" | "pn" | "ps" => ("公表の割合", "share as published"),
        "J" => ("割合の分母となる指標", "indicators that shares are of"),
        "I" => ("指標の全体", "all indicators"),
        "y" => ("計画の最初の年度", "first year of the plan"),
        "d" if symbol == "d0" => ("基準値の外れの大きさ", "how far outside at the baseline"),
        "g" | "h" | "k" | "e" | "r" => of_letters(letters),
        _ => terms::COUNT.words(),
    }
}

fn of_letters(letters: &str) -> (&'static str, &'static str) {
    match letters {
        "W" => FRESH,
        "P" => ("計画の合計", "total planned"),
        "A" => ("実績の合計", "total actual"),
        "Pc" => ("計画の累計", "total planned so far"),
        "Ac" => ("実績の累計", "total actual so far"),
        "I" => ("指標の全体", "all indicators"),
        "Q" => ("判定できない指標", "undetermined"),
        "k" => ("公表値", "as published"),
        "g" => ("内数", "part"),
        "j" => ("所管課の判断", "verdict by hand"),
        "h" => ("全体", "whole"),
        "a" => terms::ACTUAL.words(),
        "b" => terms::BASELINE.words(),
        "t" => terms::TARGET.words(),
        "e" => terms::EXPECTED.words(),
        "tz" => terms::FINAL_TARGET.words(),
        "ty" => terms::PERIOD_TARGET.words(),
        "c" => ("前の年度の実績値", "actual of the earlier year"),
        "cb" => ("前の期間の実績値", "actual of the period before"),
        "n" => ("直前の点から実績までの月数", "months from the point before to the actual"),
        "na" => ("実績から目標までの月数", "months from the actual to the target"),
        "nz" => ("近年の最後の値から目標までの月数", "months from the last recent value to the target"),
        "nq" => ("二つの点の間の月数", "months between the points"),
        "nf" => ("近年の値の間の月数", "months between the recent values"),
        "z" => ("近年の最後の値", "last of the recent values"),
        "yz" => ("近年の最後の値の年度", "year of the last recent value"),
        "m" => ("標本誤差", "sampling error"),
        "mc" | "mb" => ("標本誤差（二つの値の大きいほう）", "sampling error (the larger of the two)"),
        "w" => ("許容幅", "tolerance"),
        "l" => ("下限", "lower bound"),
        "u" => ("上限", "upper bound"),
        "p" => ("直前の点の値", "the point before"),
        "q" => ("直後の点の値", "the point after"),
        "f" => ("近年の最初の値", "first of the recent values"),
        "s" => ("この時点までの目標", "the step due by now"),
        "y" => ("実績の年度", "year of the actual"),
        "yt" => ("目標の年度", "year of the target"),
        "yp" => ("直前の点の年度", "year of the point before"),
        "yq" => ("直後の点の年度", "year of the point after"),
        "yf" => ("近年の最初の値の年度", "year of the first recent value"),
        "v" => ("近年の1年あたりの増減", "recent change a year"),
        "r" => ("判定に使う率", "the rate that judges"),
        "d" => ("外れの大きさ", "how far outside"),
        "N" => ("全体", "all"),
        "R" => terms::RATED.words(),
        "J" => terms::RESTING.words(),
        "K" => terms::AHEAD.words(),
        "D" => ("評価済と未報告", "rated and unreported"),
        "U" => terms::UNREPORTED.words(),
        "X" => EXCLUDED,
        _ => terms::COUNT.words(),
    }
}
