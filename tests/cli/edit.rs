//! `edit`: one value of the definition changes in place, and nothing else.

use crate::person::Person;
use crate::support::Desk;

const HEAD: &str = "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"取組\"]\nexpect = [1, 2]  # 柱、取組\n";

const OWNERS: &str = "[hr]\nname = \"人事課\"\nbureau = \"総務局\"\n\n[money]\nname = \"財政課\"\n";

const OUTLINE: &str = "\u{feff}# 柱の表\r\n[1]\r\nname = '柱'  # 名\r\nowner = \"hr\"\r\n\r\n[1-1]\r\nname    = \"甲\" # 1-1\r\nsummary = \"概要\"\r\nsteps   = { R6 = \"検討\", R8 = [\"準備\", \"実施\"] }\r\n\r\n\
                       [[1-1.initiative]]\r\nname  = \"い\"\r\nstart = \"R6\"\r\nmilestone = [\r\n  { date = \"R7.3\", name = \"公開\" }, # 予定\r\n]\r\n\r\n# 乙の注\r\n[1-2]\r\nname = \"乙\"\r\n";

const INDICATORS: &str = "# 指標\n[rate]\nname     = \"率\"\nunit     = \"％\"\nkind     = \"up\"\nentry    = \"1-1\"\nbaseline = { R5 = 48.9 } # 調査\ntarget   = { R7 = 60, R9 = \"65％以上\" }\nnote     = [\n  \"一\",\n  \"二\", # 注\n]\n\n[cost]\nname = \"費\"\nunit = \"円\"\nkind = \"down\"\ntarget.R9 = { value = 10, note = \"税込\" }\n";

fn desk() -> Desk {
    Desk::plan(&[
        ("plan.toml", HEAD),
        ("owners.toml", OWNERS),
        ("outline/1.toml", OUTLINE),
        ("indicators.toml", INDICATORS),
    ])
}

/// What a change makes of one file: the arguments behind `edit`, the file, what stands there and what then.
type Case = (&'static [&'static str], &'static str, &'static str, &'static str);

#[test]
fn one_value_changes_and_every_other_byte_stays() {
    let cases: &[Case] = &[
        (&["1-1", "name", "甲の二"], "outline/1.toml", "\"甲\" # 1-1", "\"甲の二\" # 1-1"),
        // The quotes that stand there stay.
        (&["1", "名称", "新しい柱"], "outline/1.toml", "'柱'  # 名", "'新しい柱'  # 名"),
        (&["１－１", "概要", "別の\"概要\""], "outline/1.toml", "\"概要\"", "\"別の\\\"概要\\\"\""),
        (&["1-1", "summary", ""], "outline/1.toml", "summary = \"概要\"\r\n", ""),
        // A key that is new comes in the order of the reference, padded as its neighbour.
        (&["1-1", "別名", "こう、kou"], "outline/1.toml", "# 1-1\r\n", "# 1-1\r\naliases = [\"こう\", \"kou\"]\r\n"),
        (
            &["1-2", "所管課", "財政課、hr"],
            "outline/1.toml",
            "\"乙\"\r\n",
            "\"乙\"\r\nowner = [\"財政課\", \"hr\"]\r\n",
        ),
        (&["1-1", "工程 R7", "準備"], "outline/1.toml", "\"検討\", R8", "\"検討\", R7 = \"準備\", R8"),
        (&["1-1", "steps R8", "実施", "--misprint"], "outline/1.toml", "[\"準備\", \"実施\"]", "\"実施\""),
        (&["1-1", "取組 い 別名", "イ"], "outline/1.toml", "\"い\"\r\n", "\"い\"\r\naliases = \"イ\"\r\n"),
        (
            &["1-1", "取組", "い", "開始", "Ｒ６Ｑ２", "--misprint"],
            "outline/1.toml",
            "start = \"R6\"",
            "start = \"R6Q2\"",
        ),
        (&["1-1", "取組 い 節目 公開", "R7.6", "--misprint"], "outline/1.toml", "date = \"R7.3\"", "date = \"R7.6\""),
        (&["1-1", "取組 い 節目 公開 名前", "開通"], "outline/1.toml", "name = \"公開\"", "name = \"開通\""),
        (
            &["1-1", "取組 い 節目 公開 注", "仮"],
            "outline/1.toml",
            "name = \"公開\" }",
            "name = \"公開\", note = \"仮\" }",
        ),
        (&["rate", "目標値R7", "６１．５", "--misprint"], "indicators.toml", "R7 = 60", "R7 = 61.5"),
        (&["rate", "target R8", "62"], "indicators.toml", "R7 = 60, ", "R7 = 60, R8 = 62, "),
        (&["rate", "target", "令和6年度", "55"], "indicators.toml", "{ R7 = 60", "{ R6 = 55, R7 = 60"),
        (&["rate", "目標値 R9", "70％以上", "--misprint"], "indicators.toml", "\"65％以上\"", "\"70％以上\""),
        (&["rate", "基準値", "48", "--misprint"], "indicators.toml", "R5 = 48.9", "R5 = 48"),
        (&["rate", "note 2", "三"], "indicators.toml", "\"二\", # 注", "\"三\", # 注"),
        (&["rate", "注3", "三"], "indicators.toml", "\"二\", # 注\n", "\"二\", # 注\n  \"三\",\n"),
        (&["rate", "向き", "下限", "--misprint"], "indicators.toml", "kind     = \"up\"", "kind     = \"at-least\""),
        (&["率", "series", "単年度の値"], "indicators.toml", "\"up\"\n", "\"up\"\nseries   = \"yearly\"\n"),
        // A value with a note of its own keeps it.
        (&["cost", "target R9", "12", "--misprint"], "indicators.toml", "value = 10", "value = 12"),
        (&["cost", "target R8", "11"], "indicators.toml", "target.R9 =", "target.R8 = 11\ntarget.R9 ="),
        (&["hr", "name", "人材課"], "owners.toml", "\"人事課\"", "\"人材課\""),
        (&["財政課", "局・部", "財務局"], "owners.toml", "\"財政課\"\n", "\"財政課\"\nbureau = \"財務局\"\n"),
        (&["plan", "担当", "改革課"], "plan.toml", "name = \"計画\"\n", "name = \"計画\"\noffice = \"改革課\"\n"),
    ];
    for (args, path, old, new) in cases {
        let desk = desk();
        let before = desk.files();
        let file = format!("plan/{path}");
        let ran = desk.call(&[&["edit"], *args].concat());
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        let was = before.iter().find(|(at, _)| at.ends_with(path)).unwrap().1.clone();
        let was = String::from_utf8(was).unwrap();
        assert_eq!(was.matches(old).count(), 1, "{args:?}: {old}");
        assert_eq!(desk.text(&file), was.replacen(old, new, 1), "{args:?}");
        for (other, bytes) in before.iter().filter(|(at, _)| !at.ends_with(path)) {
            assert_eq!(&std::fs::read(other).unwrap(), bytes);
        }
        assert_eq!(desk.run("check").code, 0, "{args:?}");
    }
}

/// What an entry takes from those above it, or from the plan, is what its field says before it says so itself.
#[test]
fn what_is_inherited_is_shown_with_where_it_comes_from() {
    let outline = "[1]\nname = \"柱\"\nowner = \"hr\"\nstart = \"R6Q3\"\ngroup = { due = \"R8\" }\n\n[1-1]\nname = \"甲\"\n\n[1-1-1]\nname = \"い\"\n\n[2]\nname = \"別\"\n";
    let head = HEAD
        .replace(
            "\"柱\", \"取組\"]",
            "\"柱\", \"施策\", \"取組\"]\nrated = [\"R7\", \"R8\"]\ngroup = [{ id = \"due\", name = \"期限\" }]",
        )
        .replace("expect = [1, 2]", "expect = [2, 1, 1]");
    let desk = Desk::plan(&[("plan.toml", &head), ("owners.toml", OWNERS), ("outline/1.toml", outline)]);
    for (args, ja, en) in [
        (
            &["1-1-1", "owner", "財政課"],
            "人事課（1 から引き継いだもの） → 財政課",
            "人事課 (inherited from 1) → 財政課",
        ),
        (&["1-1", "start", "R7"], "R6Q3（1 から引き継いだもの） → R7", "R6Q3 (inherited from 1) → R7"),
        (&["1-1-1", "group due", "R9"], "R8（1 から引き継いだもの） → R9", "R8 (inherited from 1) → R9"),
        (&["1-1", "rated", "R8"], "R7、R8（計画から引き継いだもの） → R8", "R7、R8 (inherited from the plan) → R8"),
        (&["2", "owner", "財政課"], "（なし） → 財政課", "(none) → 財政課"),
    ] {
        let edit = [&["edit"], &args[..], &["--dry-run", "--lang"]].concat();
        for (lang, words) in [("ja", ja), ("en", en)] {
            let ran = desk.call(&[&edit[..], &[lang]].concat());
            assert!(ran.err.contains(words), "{args:?}: {ran:?}");
        }
    }
    // The nearest one that says so; and what holds again once an entry says nothing itself.
    assert_eq!(desk.call(&["edit", "1-1", "owner", "財政課"]).code, 0);
    let ran = desk.call(&["edit", "1-1-1", "owner", "hr", "--lang", "ja"]);
    assert!(ran.err.contains("財政課（1-1 から引き継いだもの） → "), "{ran:?}");
    let ran = desk.call(&["edit", "1-1", "owner", "", "--misprint", "--lang", "ja"]);
    assert!(ran.err.contains(" → 人事課（1 から引き継いだもの）"), "{ran:?}");
}

#[test]
fn what_was_approved_is_changed_with_its_reason_which_diff_tells() {
    let desk = desk();
    desk.commit("2026-04-01T09:00:00+0900", "策定");
    // Nothing is written without a reason.
    let refused = desk.run("edit rate target R7 55").failed();
    assert!(refused.contains("理由がありません") && refused.contains("--misprint"), "{refused}");
    let ran = desk.run("edit rate target R7 55 --reason 見直し --decided R8.10.1");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("目標値（R7）：60 → 55"), "{}", ran.err);
    // Until the day before the decision the old targets held. A second target of the same decision keeps them.
    assert_eq!(desk.run("edit rate target R9 63 --reason 見直し --decided R8.10.1").code, 0);
    let expected = INDICATORS.replace(
        "target   = { R7 = 60, R9 = \"65％以上\" }\n",
        "target   = { R7 = 55, R9 = \"63\" }\nrevised  = [{ until = \"R8.9.30\", target = { R7 = 60, R9 = \"65％以上\" }, reason = \"見直し\" }]\n",
    );
    assert_eq!(desk.text("plan/indicators.toml"), expected);
    let earlier = desk.run("edit rate target R9 60 --reason 再考 --decided R8.9.1").failed();
    assert!(earlier.contains("R8.9.30"), "{earlier}");
    // A later decision.
    assert_eq!(desk.run("edit rate target R9 64 --reason 再考 --decided R8.11.1").code, 0);
    assert!(desk.text("plan/indicators.toml").contains("reason = \"見直し\" }, { until = \"R8.10.31\""));
    // Anything else: `[[change]]`.
    assert_eq!(desk.run("edit 1-1 取組 い 節目 公開 R7.9 --reason 入札不調 --decided R8.10.1").code, 0);
    assert_eq!(desk.run("edit 1 所管課 財政課 --reason 改組").code, 0);
    let expected = OUTLINE
        .replace("\"R7.3\"", "\"R7.9\"")
        .replace("owner = \"hr\"\r\n", "owner = \"財政課\"\r\n\r\n[[1.change]]\r\ndate   = 2026-11-21\r\nreason = \"改組\"\r\nkeys   = [\"owner\"]\r\n")
        .replace("]\r\n\r\n# 乙の注", "]\r\n\r\n[[1-1.change]]\r\ndate   = 2026-10-01\r\nreason = \"入札不調\"\r\nkeys   = [\"milestone\"]\r\n\r\n# 乙の注");
    assert_eq!(desk.text("plan/outline/1.toml"), expected);
    assert_eq!(desk.run("check").code, 0);
    let told = desk.run("diff HEAD").done();
    for reason in ["見直し", "入札不調", "改組"] {
        assert!(told.out().contains(reason), "{reason}: {}", told.out());
    }
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let desk = desk();
    let before = desk.files();
    for (args, said) in [
        (&["1-1", "なまえ", "x"][..], "名称（name）"),
        (&["rate", "目標値", "80"], "年度"),
        (&["rate", "目標値 いつか", "80"], "年度として読めません"),
        (&["1-9", "name", "x"], "ありません"),
        (&["1-1", "name", ""], "空にできません"),
        (&["1-1", "name", "甲"], "既にそのとおり"),
        (&["1-1", "owner", "税務課"], "kaikaku add owner"),
        (&["1-1", "取組 ろ 名称", "x"], "取組内容"),
        (&["rate", "kind", "sideways"], "at-least"),
        (&["rate", "note", "x"], "注は 2 件"),
        (&["1-1", "name", "x", "y"], "余分です"),
        // `check` would refuse: an entry that is not there, a year outside, an unknown unit of a kind.
        (&["rate", "entry", "9-9", "--misprint"], "何も書き込んでいません"),
        (&["1-1", "工程 R2", "準備"], "何も書き込んでいません"),
        (&["rate", "kind", "maintain", "--misprint"], "何も書き込んでいません"),
        (&["rate", "kind"], "新しい値"),
        (&["hr", "name", "人材課", "--reason", "改称"], "理由は書けません"),
        (&["rate", "target R7", "55", "--reason", "先", "--decided", "2026-12-01"], "先の日付"),
    ] {
        let err = desk.call(&[&["edit"], args].concat()).failed();
        assert!(err.contains(said), "{args:?}: {err}");
        assert_eq!(desk.files(), before, "{args:?}");
    }
    let tried = desk.run("edit 1-1 name 丙 --dry-run");
    assert_eq!((tried.code, desk.files()), (0, before));
    assert!(tried.out().contains("+name    = \"丙\" # 1-1"), "{tried:?}");
    assert!(tried.err.contains("甲 → 丙") && tried.err.contains("書き込んでいません"), "{tried:?}");
}

#[test]
fn an_edit_step_by_step() {
    let desk = desk();
    let Some(mut person) = Person::starts(&desk, "edit") else { return };
    person.sees("どれを変えますか").types("ｒａｔｅ\r").sees("どの欄ですか").types("目標\r");
    person.sees("いつのものですか").types("Ｒ７\r").sees("新しい値").sees("60").types("55\r");
    person.sees("変更の理由").types("\r").sees("空です").types("見直し\r").sees("決めた日").types("Ｒ８．１０．１\r");
    person.sees("目標値（R7）：60 → 55").sees("この内容で書き込む").types("\r").sees("に書き込みました。");
    assert_eq!(person.ends(), 0);
    assert!(desk.text("plan/indicators.toml").contains("revised  = [{ until = \"R8.9.30\""));
    let before = desk.files();
    let Some(mut person) = Person::starts(&desk, "edit 1-1 name") else { return };
    person.sees("新しい値").types("\u{1b}").sees("中止しました。何も書き込んでいません");
    assert_eq!((person.ends(), desk.files()), (2, before));
}

const REGISTERS: &str = r#"schema = 1
id = "p"
name = "計画"
period = { from = "R6", to = "R9" }
levels = ["柱", "取組"]

[judge]
bands = "own"

[[bands]]
id    = "own"
name  = "区分"
by    = "ratio"
bands = [
  { id = "◎", name = "◎", verdict = "met", at-least = 100 }, # 上
  { id = "×", name = "×", verdict = "behind" },
]

[[scale]]
id     = "s"
name   = "進捗"
to     = "R7"
grades = [{ id = "a", name = "A" }]

[[scale]]
id     = "s"
name   = "進捗"
from   = "R8"
grades = [{ id = "a", name = "甲" }, { id = "b", name = "乙" }]

[[group]]
id   = "due"
name = "完了年度"

[[sum]]
id      = "points"
name    = "点数"
by      = "points"
scale   = "s"
points  = { a = 2 }

[[schedule]]
date = "R6.3"
name = "決定"

[[figure]]
name  = "施設"
value = 12
unit  = "か所"
"#;

/// Every field of the definition can be changed, wherever it stands.
#[test]
fn what_stands_within_something_else_is_changed_too() {
    let outline =
        "[1]\nname = \"柱\"\n\n[1-1]\nname = \"甲\"\n\n[1-2]\nname = \"乙\"\ngroup = { due = \"R6\" } # 完了\n";
    let indicators = "[x]\nname = \"率\"\nunit = \"％\"\nkind = \"up\"\ntarget = { R9 = 60 }\npublished = [{ period = \"R6\", ratio = 50 }, { period = \"R7\", ratio = 60, counts = { \"◎\" = 1 } }]\n";
    let registers: &[(&str, &str)] = &[
        ("plan.toml", REGISTERS),
        ("outline/1.toml", outline),
        ("indicators.toml", indicators),
        ("sources.toml", "[P1]\ntitle = \"計画書\"\n"),
        ("themes.toml", "[sdg-11]\nframework = \"SDGs\"\nname = \"まち\"\nof = \"1\"\n"),
        ("records/x.toml", "[[measure]]\nperiod = \"R6\"\nvalue = 30\n\n[[measure]]\nperiod = \"R7\"\nvalue = 36\n"),
    ];
    let cases: &[Case] = &[
        // The second way of grouping: new, changed with its reason, several, taken away.
        (&["1-1", "group due", "R7"], "outline/1.toml", "\"甲\"\n", "\"甲\"\ngroup = { due = \"R7\" }\n"),
        (&["1-2", "分け方 due", "R8", "--misprint"], "outline/1.toml", "due = \"R6\"", "due = \"R8\""),
        (&["1-2", "group", "due", "R7、R8", "--misprint"], "outline/1.toml", "due = \"R6\"", "due = [\"R7\", \"R8\"]"),
        (&["1-2", "group due", "", "--misprint"], "outline/1.toml", "group = { due = \"R6\" } # 完了\n", "# 完了\n"),
        // Tables of the plan, one that is not there yet among them.
        (&["plan", "period to", "R10"], "plan.toml", "to = \"R9\"", "to = \"R10\""),
        (
            &["plan", "端数処理 digits", "2"],
            "plan.toml",
            "levels = [\"柱\", \"取組\"]\n",
            "levels = [\"柱\", \"取組\"]\nrounding = { digits = 2 }\n",
        ),
        (
            &["計画", "judge against", "final"],
            "plan.toml",
            "bands = \"own\"\n",
            "bands = \"own\"\nagainst = \"final\"\n",
        ),
        // Tables within tables, by id, name or number.
        (
            &["plan", "bands own bands ◎ at-least", "99.5"],
            "plan.toml",
            "at-least = 100 }, # 上",
            "at-least = 99.5 }, # 上",
        ),
        (
            &["plan", "判定区分 own 判定区分 × without-rate", "behind"],
            "plan.toml",
            "\"behind\" }",
            "\"behind\", without-rate = \"behind\" }",
        ),
        (&["plan", "scale s 2 grades b name", "丙"], "plan.toml", "name = \"乙\"", "name = \"丙\""),
        (&["plan", "尺度", "s", "1", "to", "R6"], "plan.toml", "to     = \"R7\"", "to     = \"R6\""),
        (&["plan", "group 完了年度 name", "完了"], "plan.toml", "\"完了年度\"", "\"完了\""),
        (&["plan", "sum points points b", "1"], "plan.toml", "{ a = 2 }", "{ a = 2, b = 1 }"),
        (
            &["plan", "sum 点数 weights 1-1", "2"],
            "plan.toml",
            "points  = { a = 2 }\n",
            "points  = { a = 2 }\nweights = { 1-1 = 2 }\n",
        ),
        (&["plan", "schedule 決定 date", "R6.4"], "plan.toml", "\"R6.3\"", "\"R6.4\""),
        (&["plan", "figure 施設 value", "13"], "plan.toml", "value = 12", "value = 13"),
        // What a paper printed.
        (&["x", "published R7 ratio", "60.0"], "indicators.toml", "ratio = 60", "ratio = 60.0"),
        (&["x", "公表された値 R7 件数 ◎", ""], "indicators.toml", ", counts = { \"◎\" = 1 }", ""),
        (&["x", "target R7.9", "50"], "indicators.toml", "{ R9 = 60", "{ \"R7.9\" = 50, R9 = 60"),
        // Registers.
        (&["P1", "date", "R6.3"], "sources.toml", "\"計画書\"\n", "\"計画書\"\ndate  = \"R6.3\"\n"),
        (
            &["sdg-11", "name", "住み続けられるまちづくりを"],
            "themes.toml",
            "\"まち\"",
            "\"住み続けられるまちづくりを\"",
        ),
    ];
    for (args, path, old, new) in cases {
        let desk = Desk::plan(registers);
        let file = format!("plan/{path}");
        let was = desk.text(&file);
        let ran = desk.call(&[&["edit"], *args].concat());
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        assert_eq!(was.matches(old).count(), 1, "{args:?}: {old}");
        assert_eq!(desk.text(&file), was.replacen(old, new, 1), "{args:?}");
        assert_eq!(desk.run("check").code, 0, "{args:?}: {}", desk.run("check").out());
    }
    let desk = Desk::plan(registers);
    let before = desk.files();
    for (args, said) in [
        (&["1-2", "group due", "R7"][..], "理由がありません"),
        (&["1-1", "group", "R7"], "指定が要ります"),
        (&["1-1", "group tag", "x"], "何も書き込んでいません"),
        (&["plan", "scale s name", "x"], "2 件あります"),
        (&["plan", "scale t name", "x"], "ありません"),
        (&["plan", "rounding", "2"], "どの欄か"),
        (&["plan", "rounding digits", "two"], "整数"),
        (&["P1", "title", "改称", "--reason", "改称"], "理由は書けません"),
    ] {
        let err = desk.call(&[&["edit"], args].concat()).failed();
        assert!(err.contains(said), "{args:?}: {err}");
        assert_eq!(desk.files(), before, "{args:?}");
    }
}
