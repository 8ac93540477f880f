//! What was approved: the plan, its outline, its indicators, departments and documents.

use super::Takes::{Map, Plain, Table, Tables, Words};
use super::Without::{Else, Nothing, Required};
use super::*;

forms! {
    /// `kaikaku.toml`.
    pub WORKSPACE "kaikaku.toml" {
        ("schema", WHOLE, Else(("1", "1")), "ファイルの形式の版。どのファイルにも書ける。`plan.toml` では必須", "version of the file format; may stand in every file, must in `plan.toml`"),
        ("default", TEXT, Nothing, "`--plan` がないときの計画のフォルダー", "the plan's folder without `--plan`"),
    }

    /// A value with where it is from.
    pub READING "value" + ORIGIN_NOTE {
        ("value", Map(("値", "value"), &RANGE), Else(("`candidates`、`min`、`max` がなければ必須", "required without `candidates`, `min`, `max`")), "値", "the value"),
        ("candidates", Plain(("数値の並び", "numbers")), Else(("`value` がなければ必須", "required without `value`")), "資料からはどれか決まらない候補", "values of which the documents leave open which it is"),
        ("min", NUMBER, Else(("範囲では必須", "required of a range")), "範囲の下限", "the lower bound of a range"),
        ("max", NUMBER, Else(("範囲では必須", "required of a range")), "範囲の上限", "the upper bound of a range"),
        ("strict", FLAG, NO, "目標値ちょうどでは達成としないか（未満・超）。`\"16％未満\"` のように書いても同じ", "the number itself does not reach the target (less than, more than); `\"16％未満\"` says the same"),
    }
}

static READINGS: Form = Form::data("values", Some(&READING));

forms! {
    /// `plan.toml`.
    pub PLAN "plan.toml" + ORIGIN_NOTE {
        ("schema", WHOLE, Required, "ファイルの形式の版（1）", "version of the file format (1)"),
        ("id", ID, Required, "計画の id", "the plan's own id"),
        ("name", TEXT, Required, "計画の名称", "its title"),
        ("aliases", STRINGS, Nothing, "別名", "other names"),
        ("city", TEXT, Nothing, "自治体", "whose plan it is"),
        ("city-code", TEXT, Nothing, "全国地方公共団体コード。6桁", "its local government code (全国地方公共団体コード), six digits"),
        ("office", TEXT, Nothing, "担当", "who is in charge of it"),
        ("sender", TEXT, Else(("自治体と担当", "city and office")), "発信者。報告書と督促の差出人（市長など）", "in whose name papers and letters go out, such as the mayor"),
        ("contact", TEXT, Nothing, "担当の連絡先。内線番号など", "how to reach whoever is in charge, such as an extension"),
        ("lang", Words(&["ja", "en"]), Else(("`ja`", "`ja`")), "読む人の言語", "the language of its readers"),
        ("fictional", FLAG, NO, "架空の市なら `true`。どの出力にも示す", "made up: every output says so"),
        ("period", Table(&YEARS), Required, "計画期間", "the plan period"),
        ("cycle", Words(&["month", "quarter", "half", "year"]), Else(("`quarter`", "`quarter`")), "報告の周期", "the reporting cycle"),
        ("time_zone", TEXT, Else(("`Asia/Tokyo`", "`Asia/Tokyo`")), "今日がいつかを決める時間帯。`Asia/Tokyo`、`UTC` か `+09:00` のような時差", "the time zone that says what day it is: `Asia/Tokyo`, `UTC` or an offset such as `+09:00`"),
        ("levels", STRINGS, Required, "階層の名前。上から、16まで", "names of the levels, top first, at most 16"),
        ("count", TEXTS, Else(("最下層", "the deepest")), "数える階層の名前。いくつか並べれば、階層ごとに数え、足し合わせない", "the level that is counted; of several each is counted for itself, and they are never added"),
        ("rated", PERIODS, Else(("すべて", "all")), "評価する期間。項目にも書ける", "the periods in which entries are rated; entries may have their own"),
        ("denominator", Words(&["rated", "due"]), Else(("`rated`", "`rated`")), "割合の分母。`rated` は評価済、`due` は評価済と未報告", "what percentages are of: what was rated, or (`due`) that and what is unreported"),
        ("group", Tables(&GROUPING), Nothing, "構成のほかに項目をまとめる見方。書けば、項目の `group` にはその id だけを書ける", "what else entries are grouped by; where there are any, `group` of an entry has these ids only"),
        ("expect", Plain(("整数の並び", "integers")), Nothing, "階層ごとの項目の数。違えばエラー", "how many entries each level must have"),
        ("mission", TEXTS, Nothing, "ミッション", "the mission"),
        ("vision", TEXTS, Nothing, "ビジョン", "the vision"),
        ("values", TEXTS, Nothing, "バリュー", "the values"),
        ("parent", Table(&PARENT), Nothing, "上位計画", "the parent plan"),
        ("predecessor", TEXT, Nothing, "前の計画のフォルダー", "folder of the plan before it"),
        ("related", TEXTS, Nothing, "関連する計画のフォルダー", "folders of plans beside it"),
        ("verified-by", TEXTS, Nothing, "検証指標をこの計画の検証に用いる、ほかの計画のフォルダー", "folders of plans whose indicators verify this one"),
        ("rounding", Table(&ROUNDING), Nothing, "割合の表示。判定は丸める前の値による", "how percentages are printed; verdicts are never rounded"),
        ("roadmap", Table(&ROADMAP), Else(("検討、準備、実施、完了", "study, prepare, run, done")), "工程表の段階", "the steps of roadmaps"),
        ("judge", Table(&JUDGE), Else(("標準 `standard`", "`standard`")), "指標の判定（後述）", "how indicators are judged, see below"),
        ("bands", Tables(&BANDS), Nothing, "この計画の判定区分の組（後述）", "the plan's own sets of bands, see below"),
        ("scale", Tables(&SCALE), Nothing, "尺度。最初のものが既定", "scales; the first is the default"),
        ("evaluator", Tables(&EVALUATOR), Else(("所管評価", "所管評価")), "評価者。最初のものが既定", "who rates; the first is the default"),
        ("schedule", Tables(&SCHEDULED), Nothing, "計画の経過", "the schedule"),
        ("stage", Tables(&STAGE), Nothing, "改革の段階", "the stages"),
        ("published", Tables(&PUBLISHED), Nothing, "公表された集計（後述）", "printed totals, see below"),
        ("sum", Tables(&SUM), Nothing, "合計や平均（後述）", "sums and means, see below"),
        ("change", Tables(&CHANGE), Nothing, "変更の理由（後述）", "reasons of changes, see below"),
        ("figure", Tables(&FIGURE), Nothing, "参考となる数値（後述）", "facts with a number, see below"),
    }

    YEARS "period" {
        ("from", YEAR, Required, "最初の年度", "the first fiscal year"),
        ("to", YEAR, Required, "最後の年度", "the last fiscal year"),
    }
    PARENT "parent" {
        ("name", TEXT, Required, "上位計画の名称", "its title"),
        ("item", TEXT, Nothing, "その中の位置", "the place in it"),
    }
    ROUNDING "rounding" {
        ("digits", Plain(("整数 0～6", "integer 0–6")), Else(("1", "1")), "小数の桁", "digits behind the point"),
        ("mode", Words(&["half-up", "truncate"]), Else(("`half-up`", "`half-up`")), "四捨五入か切捨てか", "half up, or cut off"),
    }
    ROADMAP "roadmap" {
        ("steps", STRINGS, Required, "段階の名前。順に", "the names of the steps, in order"),
    }
    JUDGE "judge" {
        ("bands", ID, Else(("`standard`", "`standard`")), "判定区分の組の id", "the set of bands, by its id"),
        ("also", IDS, Nothing, "並べて判定する、ほかの判定区分の組の id", "sets of bands that judge besides, side by side, by id"),
        ("pace", Words(&PACES), Else(("区分の組のもの", "that of the set")), "見込みの置き方（上の表）", "what is expected by now, see above"),
        ("against", Words(&AGAINST_TARGETS), Else(("後述", "see below")), "どの目標値に対して判定するか。`period` は実績の期間の目標値（当年度目標）、`final` は最終目標", "which target judges a value: `period` that of its own period, `final` the last one"),
        ("actual-by-target", FLAG, NO, "減らす指標でも逆にしない 実績÷目標 を、率に並べて示すか", "whether actual ÷ target, not reversed where less is better, stands beside the rates"),
    }
    EVALUATOR "evaluator" {
        ("id", ID, Required, "記録で使う id", "its key in records"),
        ("name", TEXT, Required, "名称", "the name"),
        ("first-of", IDS, Nothing, "自らは評価せず、これらのうち最初に評価したものの評価を採る（`[\"committee\", \"dept\"]` は委員会、なければ所管）", "it does not rate itself but takes the rating of the first of these who rated: `[\"committee\", \"dept\"]`"),
    }
    GROUPING "group" {
        ("id", ID, Required, "項目の `group` で使う id", "its key in `group` of entries"),
        ("name", TEXT, Required, "名称", "the name"),
    }
    SCHEDULED "schedule" + ORIGIN_NOTE {
        ("date", PERIOD, Required, "時期", "when"),
        ("name", TEXT, Required, "内容", "what"),
    }
    STAGE "stage" + ORIGIN {
        ("name", TEXT, Required, "名称", "the name"),
        ("from", YEAR, Required, "最初の年度", "its first fiscal year"),
        ("to", YEAR, Required, "最後の年度", "its last fiscal year"),
    }

    /// `[[change]]`.
    pub CHANGE "change" {
        ("date", DAY, Required, "決めた日", "when it was decided"),
        ("reason", TEXT, Required, "理由", "the reason"),
        ("keys", TEXTS, Else(("すべて", "all")), "どのキーの変更か（`owner` など）", "of which keys (`owner` …)"),
        ("of", ID_OR_IDS, Else(("それ自身", "itself")), "`plan.toml` で、どの項目や指標の変更か。なくなったものも書ける", "in `plan.toml`: of which entries or indicators, also such as are gone"),
    }

    /// `[[scale]]`.
    pub SCALE "scale" + NOTE {
        ("id", ID, Required, "記録で使う id", "its key in records"),
        ("name", TEXT, Required, "名称", "the name"),
        ("from", YEAR, Else(("常に", "always")), "この版を使う最初の年度。途中で区分が変わるときは、同じ `id` の `[[scale]]` を年度を分けて並べる", "the first year this version is in force; a scale that changes stands several times with the same `id`"),
        ("to", YEAR, Else(("常に", "always")), "この版を使う最後の年度", "the last year it is in force"),
        ("ordered", FLAG, Else(("`true`", "`true`")), "区分が良い順か。`false` なら、区分が変わっても改善・悪化とはしない", "whether its grades stand from best to worst; with `false` no change of a grade is called better or worse"),
        ("grades", Tables(&GRADE), Required, "区分。良い順", "its grades, best first"),
        ("composites", Tables(&COMPOSITE), Nothing, "区分の合計（A+B など）", "sums of grades, such as A+B"),
    }
    COMPOSITE "composites" {
        ("id", ID, Required, "合計の id", "its key"),
        ("name", TEXT, Required, "名称", "the name"),
        ("grades", IDS, Nothing, "合計する区分", "the grades that it sums"),
    }

    /// A grade of a scale.
    pub GRADE "grades" {
        ("id", ID, Required, "記録で使う id。◎や順調のような記号や言葉でもよい", "its key in records; may be a sign or a word, such as ◎"),
        ("name", TEXT, Required, "名称", "the name"),
        ("counts", FLAG, Else(("`true`", "`true`")), "割合の分母に入れるか", "whether it stands in the denominator"),
        ("attention", FLAG, NO, "対応が要るか", "whether it asks for attention"),
    }
}

const AGAINST_TARGETS: [&str; 2] = ["period", "final"];
const PACES: [&str; 4] = ["line", "step", "targets", "pro-rata"];
const AGAINST: [&str; 4] = ["better", "same", "not-worse", "worse"];
const ANY: Without = Else(("問わない", "any"));

forms! {
    /// `[[bands]]`.
    pub BANDS "bands" {
        ("id", ID, Required, "組の id。備え付けの id は使えない", "its key; not that of a preset"),
        ("name", TEXT, Required, "組の名称", "its name"),
        ("source", TEXT, Nothing, "何による区分か", "where the bands are from"),
        ("from", YEAR, Else(("常に", "always")), "この版を使う最初の年度。途中で区分が変わるときは、同じ `id` の `[[bands]]` を年度を分けて並べる。版の違う時点とは比べない", "the first year this version is in force; a set that changes stands several times with the same `id`. Nothing is compared across a change of version"),
        ("to", YEAR, Else(("常に", "always")), "この版を使う最後の年度", "the last year it is in force"),
        ("by", Words(&["ratio", "improvement", "pace"]), Else(("`pace`", "`pace`")), "`at-least` で見る率", "the rate that `at-least` speaks of"),
        ("pace", Words(&PACES), Else(("`line`", "`line`")), "見込みの置き方（上の表）", "what is expected by now, see above"),
        ("tolerance", NUMBER, Else(("0", "0")), "境に足りなくても達したとみる幅（ポイント）", "by how many points a rate may miss a threshold"),
        ("bands", Tables(&BAND), Required, "区分。上から見る", "its bands, in order of precedence"),
        ("composites", Tables(&BAND_SUM), Nothing, "区分の合計（80％以上など）", "sums of bands, such as 80 % or more"),
    }

    /// A band of a set.
    pub BAND "bands.bands" {
        ("id", ID, Required, "区分の id。◎のような記号や言葉でもよい", "its key; may be a sign or a word, such as ◎"),
        ("name", TEXT, Required, "名称", "the name"),
        ("verdict", Words(&["met", "on-pace", "behind", "worsened", "undetermined"]), Required, "共通の言葉での判定。達成・順調・遅れ・後退・判定不能。判定不能で条件のない区分には、判定できない指標がすべて入る", "the verdict in the words that all plans share; a band that is `undetermined` and asks for nothing takes whatever cannot be judged"),
        ("counts", FLAG, Else(("`true`。判定不能は `false`", "`true`, but of `undetermined`")), "割合の分母に入れるか", "whether it stands in the denominator of shares"),
        ("target", Words(&["exceeded", "reached", "missed"]), ANY, "目標値を上回る・達した・達していない", "against the target"),
        ("expected", FLAG, ANY, "見込まれる値に達しているか", "whether what is expected by now is reached"),
        ("baseline", Words(&AGAINST), ANY, "基準値より改善・横ばい・悪化していない・悪化。標本誤差の内は横ばい", "against the baseline; a change within the sampling error is `same`"),
        ("last-year", Words(&AGAINST), ANY, "前年度の値より改善・横ばい・悪化していない・悪化", "against the year before"),
        ("at-least", NUMBER, ANY, "率がこの％以上", "the rate is at least this many percent"),
        ("without-rate", TEXTS, Nothing, "率のない指標（`at-least`、`at-most`、`maintain`、`range`、`milestone`）が、標準の判定でこれら（`met`、`on-pace`、`behind`、`worsened`）になったとき、この区分とする。組のどの区分にも書かなければ、率のない指標は標準の組で数える", "an indicator without a rate (`at-least`, `at-most`, `maintain`, `range`, `milestone`) has this band where the standard rules call it one of these (`met`, `on-pace`, `behind`, `worsened`). Where no band of the set says so, such indicators are counted in the standard set"),
    }

    /// A sum of bands.
    BAND_SUM "bands.composites" {
        ("id", ID, Required, "合計の id", "its key"),
        ("name", TEXT, Required, "名称", "the name"),
        ("bands", IDS, Required, "合計する区分", "the bands that it sums"),
        ("of", ID, Nothing, "うちとして含まれる、前に書いた合計（80％以上のうち100％以上）", "the sum, written before it, that it is a part of"),
    }

    /// `[[published]]` of a plan.
    pub PUBLISHED "published" + ORIGIN_NOTE {
        ("period", PERIOD, Required, "いつの集計か", "of when"),
        ("scale", ID, Required, "尺度", "the scale"),
        ("level", TEXT, Else(("数える階層", "the counted level")), "どの階層の件数か", "entries of which level are counted"),
        ("evaluator", ID, Else(("最初の評価者", "the first")), "だれの評価か", "who rated"),
        ("group", TEXT, Nothing, "行の分け方（基本方針別、局別など）", "by what the rows are grouped"),
        ("counts", Map(("区分 = 件数", "grade = count"), &FREE), Required, "全体の区分ごとの件数。資料に載った区分の合計（`composites`）と未報告（`unreported`）も書ける", "how many of the whole have each grade; the printed sums of grades (`composites`) and what is unreported (`unreported`) as well"),
        ("total", WHOLE, Required, "全体の合計", "the printed total of the whole"),
        ("shares", Map(("区分 = ％", "grade = percent"), &FREE), Nothing, "資料に載った割合（区分と区分の合計）。点検が計算し直し、資料の桁までこの計画の端数処理で丸めても違えば両方を示す", "percentages as printed, of grades and of their sums. `check` computes them anew, rounds as the plan does to the digits of the paper and shows both where they differ"),
        ("rows", Tables(&PUBLISHED_ROW), Nothing, "全体の内訳の行。資料の順", "the rows beneath the whole, in the order of the paper"),
    }

    /// `rows` of `[[published]]`.
    PUBLISHED_ROW "published.rows" + ORIGIN {
        ("name", TEXT, Else(("項目の名称", "that of the entry")), "行の名称", "what the row is called"),
        ("under", ID, Nothing, "どの項目の行か（番号）。`name` か `under` が要る", "which entry it is about, by its ID; `name` or `under` is needed"),
        ("counts", Map(("区分 = 件数", "grade = count"), &FREE), Required, "区分、区分の合計、未報告の件数", "how many have each grade, each sum of grades, and are `unreported`"),
        ("total", WHOLE, Else(("件数の和", "what the counts add up to")), "合計", "the printed total"),
        ("shares", Map(("区分 = ％", "grade = percent"), &FREE), Nothing, "資料に載った割合", "percentages as printed"),
    }

    /// `[[sum]]`.
    pub SUM "sum" + ORIGIN_NOTE {
        ("id", ID, Required, "合計の id", "its key"),
        ("name", TEXT, Required, "名称", "the name"),
        ("of", ID_OR_IDS, Else(("計画全体", "the whole plan")), "合計する指標。見出しや項目の id なら、その下のすべて", "the indicators that it sums; of a heading or an entry all under it"),
        ("by", Words(&["amounts", "rates", "points"]), Else(("`amounts`", "`amounts`")), "何の合計か。年度ごとの額、対目標比、点数", "what is summed up: amounts by year, the ratios to the target, points"),
        ("scale", ID, Else(("指標の判定", "the verdicts of indicators")), "点数を付ける尺度。項目の進捗区分に付ける", "the scale whose grades are worth points, of entries"),
        ("points", Map(("区分 = 点数", "grade = points"), &FREE), Else(("`points` では必須", "required of `points`")), "区分ごとの点数。尺度の区分か、判定区分（`met` など共通の判定も）", "what a grade of the scale is worth; without a scale a band, or a verdict such as `met`"),
        ("weights", Map(("id = 重み", "id = weight"), &FREE), Else(("どれも1", "each 1")), "項目や指標の重み（率と点数）", "how often an entry or indicator counts, of rates and points"),
        ("published", Tables(&SUM_PRINTED), Nothing, "資料に載った合計や平均。点検が計算し直し、資料の桁までこの計画の端数処理で丸めても違えば両方を示す", "sums and means as a paper printed them. `check` computes them anew, rounds as the plan does to the digits of the paper and shows both where they differ"),
    }
    SUM_PRINTED "sum.published" + ORIGIN {
        ("period", PERIOD, Required, "いつの値か。額は年度", "of which period; of amounts a fiscal year"),
        ("over", Words(&["year", "so-far"]), Else(("`year`", "`year`")), "額が、その年度だけのものか、その年度までの累計か", "whether amounts are of the year alone, or of all years so far"),
        ("planned", NUMBER, Nothing, "計画の額の合計（単位のまま）", "the sum of the planned amounts, in the unit"),
        ("actual", NUMBER, Nothing, "実績の額の合計", "the sum of the actual amounts"),
        ("difference", NUMBER, Nothing, "実績の合計－計画の合計", "the sum of the actual amounts less that of the planned ones"),
        ("ratio-of-sums", NUMBER, Nothing, "実績の合計÷計画の合計（％）", "the same as a ratio, in percent"),
        ("mean-of-ratios", NUMBER, Nothing, "額ごとの 実績÷計画 の平均（％）", "the mean of what each amount is of its planned one, in percent"),
        ("sum", NUMBER, Nothing, "点数や率の合計（重みを付けたもの）", "the sum of points or rates, each times its weight"),
        ("mean", NUMBER, Nothing, "点数や率の平均（重みによるもの）", "their mean by weight"),
        ("full", NUMBER, Nothing, "満点", "the most that could be scored"),
        ("share", NUMBER, Nothing, "満点に対する割合（％）", "the sum by that, in percent"),
    }

    /// `figure`.
    pub FIGURE "figure" + ORIGIN_NOTE {
        ("name", TEXT, Required, "何の数値か", "what is counted"),
        ("value", Map(("値", "value"), &RANGE), Required, "値", "the value"),
        ("unit", TEXT, Nothing, "単位", "the unit"),
        ("period", PERIOD, Nothing, "いつの値か", "of when"),
        ("share", Table(&SHARE), Nothing, "割合の元の値。点検が計算し直し、資料の桁までこの計画の端数処理で丸めても `value` と違えば両方を示す", "part and whole of a percentage. `check` computes it anew, rounds as the plan does to the digits of the paper and shows both where they differ"),
    }
    /// A range.
    pub RANGE "range" {
        ("min", NUMBER, Else(("範囲では必須", "required of a range")), "下限", "the lower bound"),
        ("max", NUMBER, Else(("範囲では必須", "required of a range")), "上限", "the upper bound"),
    }
    SHARE "share" {
        ("part", NUMBER, Required, "内数", "the part"),
        ("of", NUMBER, Required, "全体", "the whole"),
    }
}

/// `outline/*.toml`.
pub static OUTLINE: Form = Form::data("outline", Some(&ENTRY));

forms! {
    /// An entry.
    pub ENTRY "entry" + ORIGIN_NOTE {
        ("name", TEXT, Required, "名称", "the name"),
        ("aliases", STRINGS, Nothing, "別名", "other names"),
        ("summary", TEXT, Nothing, "概要", "what it is about"),
        ("owner", TEXTS, Else(("上位の所管課", "that above it")), "所管課。`owners.toml` の id、名称、別名、局の名称に続けた名称。最初が主管", "departments by id, name, alias, or bureau and name as one; the first leads"),
        ("parent", ID, Else(("番号から", "from the id")), "上位の項目", "the entry above it"),
        ("added", PERIOD, Else(("計画の始め", "the plan's beginning")), "この期間の始めから計画にある", "in the plan from its beginning on"),
        ("dropped", PERIOD, Nothing, "この期間の始めから計画にない", "no longer in the plan from its beginning on"),
        ("start", PERIOD, Else(("上位の項目のもの", "that above it")), "着手の時期。それまでは未報告とせず、開始前とする", "when it begins; until then it is not yet due rather than unreported"),
        ("rated", PERIODS, Else(("上位の項目、計画のもの", "those above it, or the plan's")), "評価する期間。ほかの期間は未報告とせず、今期対象外とする", "the periods in which it is rated; in others it is not rated rather than unreported"),
        ("group", Map(GROUPS, &FREE), Else(("上位の項目のもの", "those above it")), "構成のほかの属し方。`{ due = \"R6\" }` など", "what else it belongs to, such as `{ due = \"R6\" }`"),
        ("formerly", IDS, Nothing, "旧番号（番号の変更、統合）。年度の途中で統合したときは、元の項目に `dropped`、新しい項目に `added` を書けば、それまでに公表した数字は変わらない", "former ids (renumbered, merged). Of a merger in mid-plan, `dropped` on the old entries and `added` on the new one keep what was published before it"),
        ("initiative", Tables(&INITIATIVE), Nothing, "取組内容", "the initiatives"),
        ("steps", Map(YEAR_STEPS, &FREE), Nothing, "工程。年度ごとに予定する段階（1つか並び）。計画期間の内", "the roadmap: the step or steps planned for each year of the plan"),
        ("milestone", Tables(&MILESTONE), Nothing, "節目（下のとおり）", "dated steps, as below"),
        ("change", Tables(&CHANGE), Nothing, "変更の理由（前述）", "reasons of changes, as above"),
    }

    /// An initiative.
    pub INITIATIVE "initiative" + ORIGIN_NOTE {
        ("name", TEXT, Required, "名称", "the name"),
        ("aliases", STRINGS, Nothing, "別名", "other names"),
        ("start", PERIOD, Nothing, "いつから", "from when"),
        ("end", PERIOD, Nothing, "いつまで", "to when"),
        ("also", IDS, Nothing, "ほかに属する項目", "other entries it belongs to"),
        ("steps", Map(YEAR_STEPS, &FREE), Nothing, "この取組の工程", "its own roadmap"),
        ("milestone", Tables(&MILESTONE), Nothing, "節目", "the milestones"),
        ("figure", Tables(&FIGURE), Nothing, "数値（前述）", "figures, as above"),
    }

    /// A milestone of an entry or initiative.
    pub MILESTONE "milestone" + ORIGIN_NOTE {
        ("date", PERIOD, Required, "予定の時期", "when it is planned"),
        ("name", TEXT, Required, "名前", "its name"),
    }
}

/// `indicators.toml`.
pub static INDICATORS: Form = Form::data("indicators", Some(&INDICATOR));

forms! {
    /// An indicator.
    pub INDICATOR "indicator" + ORIGIN_NOTE {
        ("name", TEXT, Required, "名称", "the name"),
        ("label", TEXT, Nothing, "前に付ける印（①）", "a mark in front"),
        ("unit", TEXT, Else(("必須（`heading` と `milestone` を除く）", "required, but of `heading` and `milestone`")), "単位", "the unit"),
        ("kind", Words(&["up", "down", "at-least", "at-most", "maintain", "range", "milestone", "heading"]), Required, "向き（下の表）。推測はしない", "which way is good, see below; never guessed"),
        ("series", Words(&SERIES), Nothing, "値の種類。時点の値、単年度の値、累計、要確認", "what one value covers"),
        ("tolerance", NUMBER, Else(("`maintain` では必須", "required of `maintain`")), "目標値から離れてよい幅", "how far it may lie from the target"),
        ("steps", STRINGS, Else(("`milestone` では必須", "required of `milestone`")), "段階の名前。順に", "its steps, in order"),
        ("parent", ID, Nothing, "上の見出しか指標", "the heading or indicator above it"),
        ("entry", ID_OR_IDS, Nothing, "対象の項目", "the entries it verifies"),
        ("owner", TEXTS, Nothing, "所管課", "the owners"),
        ("baseline", Map(PERIOD_VALUES, &READINGS), Nothing, "基準値。1つだけ。40～50％ のように幅で載ったものは文字列で書く（率は出ない）", "one only; two numbers that a paper printed (40～50％) as a string, which gives no rate"),
        ("target", Map(PERIOD_VALUES, &READINGS), Nothing, "目標値。最後が最終の目標、それより前は年度ごとの目標", "the last is the final one, those before it the plan's own yearly targets"),
        ("revised", Tables(&REVISED), Nothing, "改める前の目標値", "targets that held before"),
        ("judge", ID, Else(("計画の判定", "that of the plan")), "判定区分の組（前述）。率のある `up` と `down` だけ", "the set of bands that judges it; only of `up` and `down`"),
        ("against", Words(&AGAINST_TARGETS), Else(("計画の定め", "that of the plan")), "どの目標値に対して判定するか（`[judge]` の `against` と同じ）", "which target judges it, as `against` of `[judge]`"),
        ("effect", Words(&["one-year", "continuing"]), Nothing, "効果額など積み上げるもの。その年度だけの効果か、翌年度から続く効果か", "an amount gained: in its year only, or in every later year as well"),
        ("forecast", Map(PERIOD_VALUES, &READINGS), Nothing, "これからの年度の見込額", "amounts expected of years to come"),
        ("published", Tables(&RATES), Nothing, "資料に載った率・差・合計・件数。点検が計算し直し、資料の桁までこの計画の端数処理で丸めても違えば両方を示す。どちらも直さない", "rates, differences, sums and counts as a paper printed them. `check` computes them anew, rounds as the plan does to the digits of the paper and shows both where they differ; neither is adjusted"),
        ("formerly", IDS, Nothing, "旧番号。`kaikaku mv` が書く", "former ids; `kaikaku mv` writes them"),
        ("change", Tables(&CHANGE), Nothing, "変更の理由（前述）", "reasons of changes, as above"),
    }
    REVISED "revised" {
        ("until", DAY, Required, "この日まで有効だった", "until which day they held"),
        ("target", Map(PERIOD_VALUES, &READINGS), Nothing, "その目標値", "which they were"),
        ("reason", TEXT, Nothing, "改めた理由", "why they were changed"),
    }
    RATES "indicator.published" + ORIGIN {
        ("period", PERIOD, Required, "どの期間の実績についてか", "of the actual of which period"),
        ("ratio", NUMBER, Nothing, "対目標比（％）。判定に用いる目標に対するもの", "the ratio to the target that judges, in percent"),
        ("ratio-period", NUMBER, Nothing, "対当年度目標比（％）", "the ratio to the target of that period, in percent"),
        ("ratio-final", NUMBER, Nothing, "対最終目標比（％）", "the ratio to the final target, in percent"),
        ("actual-by-target", NUMBER, Nothing, "実績÷目標（％）。減らす指標でも逆にしないもの", "actual ÷ target in percent, not reversed where less is better"),
        ("actual-by-period", NUMBER, Nothing, "実績÷当年度目標（％）。減らす指標でも逆にしないもの", "actual ÷ target of the period in percent, whatever is better"),
        ("actual-by-final", NUMBER, Nothing, "実績÷最終目標（％）。減らす指標でも逆にしないもの", "actual ÷ final target in percent, whatever is better"),
        ("improvement", NUMBER, Nothing, "改善率（％）。判定に用いる目標に対するもの", "the improvement towards the target that judges, in percent"),
        ("pace", NUMBER, Nothing, "ペース比（％）", "the pace, in percent"),
        ("difference", NUMBER, Nothing, "実績値－目標値（単位のまま）", "actual less target, in the unit"),
        ("since-last-year", NUMBER, Nothing, "実績値－前の年度の実績値（単位のまま）", "actual less that of the earlier year, in the unit"),
        ("by-last-year", NUMBER, Nothing, "前年度比。実績値÷前の年度の実績値（％）", "actual by that of the earlier year, in percent"),
        ("change-rate", NUMBER, Nothing, "前年度からの増減率。（実績値－前の年度の実績値）÷前の年度の実績値（％）", "the actual less that of the earlier year, by the latter, in percent"),
        ("since-baseline", NUMBER, Nothing, "実績値－基準値（単位のまま）", "actual less baseline, in the unit"),
        ("by-baseline", NUMBER, Nothing, "基準値比。実績値÷基準値（％）", "actual by baseline, in percent"),
        ("change-rate-of-baseline", NUMBER, Nothing, "基準値からの増減率。（実績値－基準値）÷基準値（％）", "the actual less the baseline, by the latter, in percent"),
        ("sum", NUMBER, Nothing, "実績値の合計。見出しではその下の同じ期間の合計、ほかではその期間までの合計", "the sum of actuals: under a heading of that period, else of all periods so far"),
        ("ratio-of-sums", NUMBER, Nothing, "実績値の合計÷期間ごとの目標値の合計（％）", "the sum of actuals by that of the targets of their periods, in percent"),
        ("sum-in-year", NUMBER, Nothing, "年度の初めからその期間までの、四半期、半期又は月の実績値の合計", "the sum of the actuals of quarters, halves or months from the beginning of the fiscal year on"),
        ("ratio-of-sums-in-year", NUMBER, Nothing, "その合計÷期間ごとの目標値の合計（％）", "that sum by that of the targets of their own periods, in percent"),
        ("counts", Map(("区分 = 件数", "band = count"), &FREE), Nothing, "見出しの下で、計画の判定区分（又はその合計）ごとの件数", "under a heading: how many have each of the plan's own bands, or of their sums"),
        ("shares", Map(("区分 = ％", "band = percent"), &FREE), Nothing, "同じく割合（％）。分母は割合に数える区分の件数", "their shares, in percent of those whose band counts"),
        ("met", NUMBER, Nothing, "見出しの下で達成の件数。所管課の判断があればそれによる", "under a heading: how many are met, by the verdict by hand where there is one"),
        ("on-pace", NUMBER, Nothing, "同じく順調の件数", "how many are on pace"),
        ("behind", NUMBER, Nothing, "同じく遅れの件数", "how many are behind"),
        ("worsened", NUMBER, Nothing, "同じく後退の件数", "how many are worsened"),
        ("undetermined", NUMBER, Nothing, "同じく判定不能の件数", "how many are undetermined"),
        ("met-share", NUMBER, Nothing, "達成の割合（％）。分母は判定できる件数", "the share of met, in percent of those judged"),
        ("on-pace-share", NUMBER, Nothing, "順調の割合（％）", "the share of on pace"),
        ("behind-share", NUMBER, Nothing, "遅れの割合（％）", "the share of behind"),
        ("worsened-share", NUMBER, Nothing, "後退の割合（％）", "the share of worsened"),
        ("undetermined-share", NUMBER, Nothing, "判定不能の割合（％）。分母は全体の件数", "the share of undetermined, in percent of all"),
    }
}

/// `owners.toml`.
pub static OWNERS: Form = Form::data("owners", Some(&OWNER));

forms! {
    /// An owner.
    pub OWNER "owner" {
        ("name", TEXT, Required, "所管課の名称", "a department's name"),
        ("bureau", TEXT, Nothing, "局・部", "the bureau above it"),
        ("aliases", STRINGS, Nothing, "旧称など", "names it goes or went by"),
        ("contact", TEXT, Nothing, "連絡先。内線番号など", "how to reach it, such as an extension"),
    }
}

/// `sources.toml`.
pub static SOURCES: Form = Form::data("sources", Some(&SOURCE));

forms! {
    /// A document.
    pub SOURCE "source" + NOTE {
        ("title", TEXT, Required, "資料の題名", "a document's title"),
        ("date", TEXT, Nothing, "資料の日付。書かれたとおり", "its date, as printed"),
        ("publisher", TEXT, Nothing, "発行者", "who published it"),
    }
}

/// `themes.toml`.
pub static THEMES: Form = Form::data("themes", Some(&THEME));

forms! {
    /// A theme that plans share.
    pub THEME "theme" {
        ("framework", TEXT, Required, "何の主題か（総合計画、SDGs など）。この名称で項目をまとめて数える", "what it is a theme of (a master plan, the SDGs): entries are counted by this"),
        ("name", TEXT, Required, "主題の名称", "its name"),
        ("of", ID_OR_IDS, Nothing, "属する項目と指標。項目や見出しなら、その下のすべて。書かない指標は、対象の項目の主題に属する", "the entries and indicators that belong to it; of an entry or heading all under it. An indicator that none names belongs to the themes of the entries that it verifies"),
    }
}
