//! `plan.toml`: the plan as a whole, its scales and evaluators.

use rust_decimal::RoundingStrategy;

use super::named::{Named, named_once};
use super::{judging, published, road, scales, sums};
use crate::fields::figures::figures;
use crate::fields::registers::{Registers, unknown};
use crate::fields::{Fields, Node, Text};
use crate::finding::Code;
use crate::lang::{Lang, Say};
use crate::plan::area::{AreaCode, AreaCodeError, prefecture_in};
use crate::plan::entry::Milestone;
use crate::plan::period::{Cycle, FiscalYear};
use crate::plan::zone::TimeZone;
use crate::plan::{Denominator, Grouping, Head, Rounding, Stage};
use crate::say;
use crate::text::fold::fold;
use crate::text::suggest::brief;
use crate::text::terms;

use super::outline::{amendments, milestone};

/// The deepest outline that is read.
const MOST_LEVELS: usize = 16;

/// Reads `plan.toml`, filling the scales and evaluators of `registers`; `beside` are the names of the plans it may
/// refer to. `None` when a part is missing without which
/// nothing else can be read; the findings say which.
pub fn read(fields: &Fields<'_>, registers: &mut Registers, beside: Option<&[String]>) -> Option<Head> {
    fields.need("schema");
    registers.scales = scales::read(fields);
    registers.evaluators = scales::evaluators(fields);
    registers.steps = road::names(fields);
    let judging::Judging { judged_by, also_judged_by, against, actual_by_target } = judging::read(fields, registers);
    let id = fields.id("id").map(|(id, _)| id);
    let name: Option<Box<str>> = fields.need_text("name").map(|t| t.text.into());
    let years = years(fields);
    registers.years = years;
    let levels = levels(fields);
    let counted = counted(fields, &levels);
    let published = published::read(fields, registers, &levels, counted.last().copied().unwrap_or(0));
    let sums = sums::read(fields, registers);
    registers.groupings = groupings(fields, registers);
    time_zone(fields);
    let head = Head {
        aliases: fields.boxed_all("aliases"),
        city: fields.boxed("city"),
        city_code: city_code(fields),
        office: fields.boxed("office"),
        contact: fields.boxed("contact"),
        sender: fields.boxed("sender"),
        lang: fields.choice("lang", &[("ja", Lang::Ja), ("en", Lang::En)]).unwrap_or_default(),
        fictional: fields.flag("fictional").unwrap_or(false),
        cycle: fields.choice("cycle", &CYCLES).unwrap_or(Cycle::Quarter),
        counted: counted.last().copied().unwrap_or(0),
        also_counted: counted[..counted.len().saturating_sub(1)].to_vec(),
        rated: fields.periods("rated"),
        denominator: fields.choice("denominator", &DENOMINATORS).unwrap_or_default(),
        groupings: registers.groupings.clone(),
        expect: expect(fields, levels.len(), registers),
        levels,
        rounding: rounding(fields),
        judged_by,
        also_judged_by,
        against,
        actual_by_target,
        mission: fields.boxed_all("mission"),
        vision: fields.boxed_all("vision"),
        values: fields.boxed_all("values"),
        parent: fields.table("parent").and_then(|t| {
            let item = t.boxed("item");
            Some((t.need_text("name")?.text.into(), item))
        }),
        predecessor: plans_beside(fields, "predecessor", beside).pop(),
        related: plans_beside(fields, "related", beside),
        verified_by: plans_beside(fields, "verified-by", beside),
        schedule: schedule(fields, registers),
        stages: fields.tables("stage").iter().filter_map(|t| stage(t, registers)).collect(),
        published,
        sums,
        figures: figures(fields, registers, &fields.origin()),
        notes: fields.boxed_all("note"),
        amendments: amendments(fields),
        origin: registers.origin(fields),
        // Last, so that every finding of the file is made before a missing part ends the reading.
        id: id?,
        name: name?,
        from: years?.0,
        to: years?.1,
    };
    (!head.levels.is_empty()).then_some(head)
}

const CYCLES: [(&str, Cycle); 4] =
    [("month", Cycle::Month), ("quarter", Cycle::Quarter), ("half", Cycle::Half), ("year", Cycle::Year)];

const DENOMINATORS: [(&str, Denominator); 2] = [("rated", Denominator::Rated), ("due", Denominator::Due)];

/// What day it is only the program asks; here it is seen to that the words mean something.
fn time_zone(fields: &Fields<'_>) {
    let Some(text) = fields.text("time_zone").filter(|text| TimeZone::parse(text.text).is_none()) else { return };
    let word = brief(text.text);
    fields.findings().add(
        Code::BadTimeZone,
        text.span,
        say!("「{word}」は時間帯として読めません", "`{word}` is not a time zone"),
        say!("Asia/Tokyo か +09:00 のように書いてください", "write Asia/Tokyo, or an offset such as +09:00"),
    );
}

/// 全国地方公共団体コード, which must fit the name of the city, where that begins with a prefecture.
fn city_code(fields: &Fields<'_>) -> Option<AreaCode> {
    let text = fields.text("city-code")?;
    let word = brief(text.text);
    let (message, help) = match AreaCode::parse(text.text) {
        Ok(code) => {
            let city = fields.text("city").map_or("", |city| city.text);
            if !code.contradicts(city) {
                return Some(code);
            }
            contradiction(&word, code, city)
        }
        Err(AreaCodeError::CheckDigit(right)) => (
            say!("「{word}」は検査数字（最後の桁）が合いません", "the check digit of `{word}` (the last) is wrong"),
            say!(
                "始めの5桁が正しければ {right} です。桁の打ち間違いがないか確かめてください",
                "if the first five digits are right it is {right}; see whether a digit was mistyped"
            ),
        ),
        Err(AreaCodeError::WithoutCheckDigit(right)) => (
            say!("「{word}」には検査数字（6桁目）がありません", "`{word}` lacks the check digit (the sixth)"),
            say!(
                "5桁の標準地域コードなら、{right} と書いてください",
                "if these are the five digits of the standard area code, write {right}"
            ),
        ),
        Err(AreaCodeError::NoPrefecture) => (
            say!(
                "「{word}」の始めの2桁は、どの都道府県の番号でもありません",
                "the first two digits of `{word}` are those of no prefecture"
            ),
            say!("01 から 47 で始まる6桁を書いてください", "write six digits that begin with 01 to 47"),
        ),
        Err(AreaCodeError::NotSixDigits) => (
            say!("「{word}」は全国地方公共団体コードとして読めません", "`{word}` is no local government code"),
            say!("431001 のように、6桁の数字を書いてください", "write its six digits, as in 431001"),
        ),
    };
    fields.findings().add(Code::BadCityCode, text.span, message, help);
    None
}

/// A code, and a city that is another.
fn contradiction(word: &str, code: AreaCode, city: &str) -> (Say, Say) {
    let own = prefecture_in(city).filter(|named| *named != code.prefecture());
    let (own, named) = match (own, code.body()) {
        (None, Some(body)) => (body, brief(city).into_owned()),
        (other, _) => (code.prefecture(), other.unwrap_or_default().to_owned()),
    };
    let message = say!(
        "「{word}」は{own}のコードですが、city は{named}です",
        "`{word}` is the code of {own}, but `city` says {named}"
    );
    let help = match &*AreaCode::called(city) {
        [right] => say!(
            "city が正しければ {right} です。city と city-code のどちらかを直してください",
            "if `city` is right it is {right}; fix `city` or `city-code`"
        ),
        _ => say!("city と city-code のどちらかを直してください", "fix `city` or `city-code`"),
    };
    (message, help)
}

fn years(fields: &Fields<'_>) -> Option<(FiscalYear, FiscalYear)> {
    let period = fields.need("period").and_then(|node| fields.as_table(node))?;
    period.need("from");
    period.need("to");
    let (from, to) = (period.fiscal_year("from"), period.fiscal_year("to"));
    let (from, to) = (from?, to?);
    if to < from {
        fields.findings().add(
            Code::OutOfRange,
            period.span.clone(),
            say!("計画期間の終わりが始まりより前です", "the plan ends before it begins"),
            say!("from と to を確かめてください", "check from and to"),
        );
        return None;
    }
    Some((from, to))
}

fn levels(fields: &Fields<'_>) -> Vec<Box<str>> {
    let written = fields.need("levels");
    let levels = fields.texts("levels");
    if written.is_some_and(|node| node.as_array().is_some_and(|all| all.is_empty())) {
        fields.findings().add(
            Code::MissingKey,
            fields.key_span("levels"),
            say!("階層が一つもありません", "there are no levels"),
            say!("階層の名前を上から順に書いてください", "write the names of the levels, top first"),
        );
    }
    if levels.len() > MOST_LEVELS {
        let extra = &levels[MOST_LEVELS];
        fields.findings().add(
            Code::OutOfRange,
            extra.span.clone(),
            say!("階層が多すぎます（{MOST_LEVELS} まで）", "too many levels (at most {MOST_LEVELS})"),
            say!("階層を減らしてください", "use fewer levels"),
        );
    }
    let named: Vec<Named<'_>> = levels.iter().cloned().map(Named::without_id).collect();
    named_once(fields, &named);
    // A level may be asked for by its number, from the top.
    for (place, level) in (1..).zip(&levels) {
        if let Ok(number) = fold(level.text.trim()).parse::<usize>()
            && number != place
            && (1..=levels.len()).contains(&number)
        {
            fields.findings().add(
                Code::DuplicateId,
                level.span.clone(),
                say!(
                    "名称「{number}」は、別の階層の番号でもあります",
                    "the name `{number}` is the number of another level, too"
                ),
                say!("階層の名称を変えてください", "rename the level"),
            );
        }
    }
    levels.into_iter().take(MOST_LEVELS).map(|t| t.text.into()).collect()
}

/// The levels that are counted, top first; the deepest of all where the plan names none.
fn counted(fields: &Fields<'_>, levels: &[Box<str>]) -> Vec<usize> {
    let mut counted: Vec<usize> = Vec::new();
    let texts = fields.texts("count");
    named_once(fields, &texts.iter().cloned().map(Named::without_id).collect::<Vec<_>>());
    for text in texts {
        match levels.iter().position(|level| **level == *text.text) {
            Some(level) => counted.push(level),
            None => {
                let (known, nothing) = (levels.iter().map(|l| &**l), say!("levels を書いてください", "write `levels`"));
                unknown(fields.findings(), Code::WrongType, &text, terms::LEVEL.words(), known, nothing);
            }
        }
    }
    if counted.is_empty() {
        counted.push(levels.len().saturating_sub(1));
    }
    counted.sort_unstable();
    counted.dedup();
    counted
}

/// Reads every `[[group]]`.
fn groupings(fields: &Fields<'_>, registers: &Registers) -> Vec<Grouping> {
    let tables = fields.tables("group");
    named_once(fields, &Named::all(&tables));
    let mut all: Vec<Grouping> = Vec::new();
    for table in &tables {
        let (id, name) = (table.id("id"), table.need_text("name"));
        let (Some((id, span)), Some(name)) = (id, name) else { continue };
        registers.grouping(fields.findings(), &Text { text: id.as_str(), span });
        all.push(Grouping { id, name: name.text.into() });
    }
    all
}

fn expect(fields: &Fields<'_>, levels: usize, registers: &mut Registers) -> Vec<usize> {
    let Some(node) = fields.get("expect") else { return Vec::new() };
    let Some(array) = node.as_array().filter(|a| a.len() == levels) else {
        fields.findings().add(
            Code::WrongType,
            node.span(),
            say!("expect は階層ごとの数の並びです", "expect is one number for each level"),
            say!("levels と同じ {levels} 個の整数を [ ] に並べてください", "write {levels} whole numbers in [ ]"),
        );
        return Vec::new();
    };
    registers.expect_places = array.iter().map(Node::span).collect();
    let most = 1 << 32;
    let counts = array.iter().map(|n| fields.as_whole(n, 0..most).and_then(|n| usize::try_from(n).ok()));
    counts.collect::<Option<_>>().unwrap_or_default()
}

fn rounding(fields: &Fields<'_>) -> Rounding {
    let standard = Rounding::default();
    let Some(table) = fields.table("rounding") else { return standard };
    let modes = [("half-up", RoundingStrategy::MidpointAwayFromZero), ("truncate", RoundingStrategy::ToZero)];
    Rounding {
        digits: table.whole("digits", 0..7).and_then(|n| u32::try_from(n).ok()).unwrap_or(standard.digits),
        strategy: table.choice("mode", &modes).unwrap_or(standard.strategy),
    }
}

fn schedule(fields: &Fields<'_>, registers: &Registers) -> Vec<Milestone> {
    fields.tables("schedule").iter().filter_map(|t| milestone(t, registers, &fields.origin())).collect()
}

fn stage(fields: &Fields<'_>, registers: &Registers) -> Option<Stage> {
    fields.need("from");
    fields.need("to");
    let (name, origin) = (fields.need_text("name"), registers.origin(fields));
    let (from, to) = (fields.fiscal_year("from"), fields.fiscal_year("to"));
    Some(Stage { name: name?.text.into(), from: from?, to: to?, origin })
}

/// Names of plans that must stand beside this one, where it is known which do.
fn plans_beside(fields: &Fields<'_>, key: &'static str, beside: Option<&[String]>) -> Vec<Box<str>> {
    let texts = fields.texts(key);
    for (at, text) in texts.iter().enumerate() {
        if texts[..at].iter().any(|earlier| earlier.text == text.text) {
            let name = text.text;
            let message = say!("計画「{name}」が {key} に二つあります", "the plan `{name}` stands twice in `{key}`");
            let help = say!("どちらかを消してください", "delete one of them");
            fields.findings().add(Code::DuplicateId, text.span.clone(), message, help);
        }
        if beside.is_some_and(|names| !names.iter().any(|name| name == text.text)) {
            let names = beside.unwrap_or_default().iter().map(String::as_str);
            let nothing = say!(
                "この計画の隣のフォルダーの名前を書くか、{key} を消してください",
                "write the name of a folder beside this plan, or delete {key}"
            );
            unknown(fields.findings(), Code::UnknownPlan, text, ("計画", "plan"), names, nothing);
        }
    }
    texts.into_iter().map(|text| text.text.into()).collect()
}
