//! The page of help of the whole program: its commands in groups. What each is run for stands beneath its own page.

use clap::Command;

use super::{Words, command, side};
use crate::lang::Lang;
use crate::text::width::Ambiguous;

/// The commands in the order of a clerk's work, in groups.
const GROUPS: [(&str, &str, &[&str]); 8] = [
    ("見る", "Look", &["status", "kpi", "show", "explain", "due", "roadmap", "log"]),
    ("記録する", "Record", &["update", "measure", "answer", "undo"]),
    ("予定と引継ぎ", "The year and the next person", &["calendar", "rollover", "handover"]),
    ("集める", "Collect", &["inquiry", "opinion", "import"]),
    (
        "報告書と公表",
        "Papers and publication",
        &["report", "verify", "close", "errata", "publish", "opendata", "export"],
    ),
    ("計画の内容", "Definition", &["init", "add", "edit", "mv", "plans", "check"]),
    ("変更と git", "Changes and git", &["diff", "history", "blame", "git-setup"]),
    ("このプログラム", "This program", &["help", "settings", "completions"]),
];

/// An example of a command: how it is typed (where that differs by language, on both sides of `||`), and what it is for.
type Example = (&'static str, &'static str, &'static str);

/// Examples of each command.
const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "status",
        &[
            ("kaikaku status", "件数、対応を要する項目、動き", "counts, what needs attention, what moved"),
            ("kaikaku status --all", "すべての項目と指標", "every entry and indicator"),
            (
                "kaikaku status --rating 遅れ || kaikaku status --rating late",
                "名称に「遅れ」を含む区分の項目",
                "entries whose grade has this in its name",
            ),
        ],
    ),
    (
        "kpi",
        &[
            ("kaikaku kpi", "指標ごとの実績、目標、判定", "actual, target and verdict of each indicator"),
            (
                "kaikaku kpi --columns 実績値,目標値,判定 || kaikaku kpi --columns actual,target,verdict",
                "列を選ぶ",
                "choose the columns",
            ),
            ("kaikaku kpi --wide", "すべての列", "every column"),
        ],
    ),
    ("show", &[("kaikaku show 1-1-1", "項目のすべて", "everything about an entry")]),
    ("explain", &[("kaikaku explain 1-1", "件数の根拠", "where counts come from")]),
    ("log", &[("kaikaku log 1-1-1", "項目の記録", "the records of an entry")]),
    (
        "due",
        &[
            ("kaikaku due", "報告の遅れと過ぎた期日", "reports and dates that are overdue"),
            (
                "kaikaku due --letter -o 督促.docx || kaikaku due --letter -o letters.docx",
                "所管課への依頼文",
                "letters to the owners",
            ),
        ],
    ),
    (
        "roadmap",
        &[(
            "kaikaku roadmap -o 工程表.xlsx || kaikaku roadmap -o roadmap.xlsx",
            "工程表を Excel で",
            "the roadmap in Excel",
        )],
    ),
    ("rollover", &[("kaikaku rollover R8", "令和8年度に始まるもの", "what begins in fiscal year R8")]),
    (
        "calendar",
        &[
            ("kaikaku calendar", "今月からの12か月", "the twelve months from this one on"),
            (
                "kaikaku calendar R9 -o 予定.ics || kaikaku calendar R9 -o duties.ics",
                "カレンダーに取り込むファイル",
                "a file for a calendar",
            ),
        ],
    ),
    (
        "handover",
        &[
            (
                "kaikaku handover -o 引継書.docx || kaikaku handover -o handover.docx",
                "計画の担当の引継書",
                "the paper of the office in charge",
            ),
            (
                "kaikaku handover --owner 人事課 --since R6.4.1 || kaikaku handover --owner Personnel --since 2024-04-01",
                "所管課の、その日からの引継書",
                "the paper of an owner, since that day",
            ),
        ],
    ),
    ("diff", &[("kaikaku diff", "最後のコミットからの変更", "what changed since the last commit")]),
    ("history", &[("kaikaku history 1-1-1", "項目のこれまでの値", "every value that an entry ever had")]),
    ("blame", &[("kaikaku blame satisfaction", "指標の数値を変えた人", "who set each number of an indicator")]),
    (
        "update",
        &[
            ("kaikaku update", "順に尋ねて記録する", "asks step by step"),
            (
                "kaikaku update 1-1-1 --period R8Q2 --rating 遅れ || kaikaku update 1-1-1 --period R8Q2 --rating late",
                "指定して記録する",
                "with everything given",
            ),
        ],
    ),
    (
        "measure",
        &[
            ("kaikaku measure", "順に尋ねて記録する", "asks step by step"),
            ("kaikaku measure satisfaction 44.1 --period R8", "指定して記録する", "with everything given"),
        ],
    ),
    (
        "answer",
        &[(
            "kaikaku answer 1-1-1 試験を増やす --draft || kaikaku answer 1-1-1 more-tests --draft",
            "想定問答に載る答弁案",
            "a draft that the questions to expect show",
        )],
    ),
    (
        "add",
        &[(
            "kaikaku add owner 人事課 --entry 1-1-1 || kaikaku add owner Personnel --entry 1-1-1",
            "所管課と担当する項目",
            "an owner and an entry in its charge",
        )],
    ),
    (
        "edit",
        &[(
            "kaikaku edit 1-1-1 所管課 人事課 || kaikaku edit 1-1-1 owner Personnel",
            "所管課を決める",
            "say who is in charge",
        )],
    ),
    ("undo", &[("kaikaku undo", "最後の書き込みを取り消す", "take back the last write")]),
    (
        "report",
        &[
            (
                "kaikaku report council -o 報告.docx || kaikaku report council -o paper.docx",
                "委員会に出す報告",
                "the paper for the committee",
            ),
            (
                "kaikaku report council --for 議会 -o 議会.docx || kaikaku report council --for assembly -o assembly.docx",
                "議会に出す報告",
                "the paper for the assembly",
            ),
            (
                "kaikaku report questions -o 想定問答.docx || kaikaku report questions -o questions.docx",
                "想定問答",
                "questions to expect",
            ),
        ],
    ),
    (
        "verify",
        &[(
            "kaikaku verify 報告.docx || kaikaku verify paper.docx",
            "報告書の数を記録と照らす",
            "hold a paper against the record",
        )],
    ),
    (
        "opendata",
        &[
            (
                "kaikaku opendata --licence cc-by-4.0 -o データ || kaikaku opendata --licence cc-by-4.0 -o data",
                "公開するデータ一式",
                "the data to be published",
            ),
            (
                "kaikaku opendata --check 一覧.csv || kaikaku opendata --check list.csv",
                "手元のファイルを30のルールで点検",
                "hold any file against the 30 rules",
            ),
        ],
    ),
    (
        "inquiry",
        &[
            (
                "kaikaku inquiry send --period R8Q2 --out 照会 || kaikaku inquiry send --period R8Q2 --out forms",
                "所管課ごとの調査票",
                "a workbook for each owner",
            ),
            (
                "kaikaku inquiry collect 回答 || kaikaku inquiry collect replies",
                "回答を読む（まだ記録しない）",
                "read the replies, record nothing yet",
            ),
            (
                "kaikaku inquiry collect 回答 --apply || kaikaku inquiry collect replies --apply",
                "回答を記録する",
                "record them",
            ),
        ],
    ),
    (
        "opinion",
        &[
            ("kaikaku opinion list", "意見と対応の状況", "what was said, and where the answers stand"),
            ("kaikaku opinion show 2026-11-10/1", "一つの意見の経過", "one opinion and everything about it"),
        ],
    ),
    ("opinion add", &[("kaikaku opinion add", "順に尋ねて記録する", "asks step by step")]),
    ("opinion answer", &[("kaikaku opinion answer", "順に尋ねて記録する", "asks step by step")]),
    (
        "import",
        &[(
            "kaikaku import 一覧.xlsx || kaikaku import list.xlsx",
            "一覧を読む（まだ書かない）",
            "read a list, write nothing yet",
        )],
    ),
    ("check", &[("kaikaku check", "計画のファイルを点検する", "check the files of the plan")]),
    ("plans", &[("kaikaku plans", "計画の一覧", "list the plans")]),
    (
        "close",
        &[
            ("kaikaku close R8Q2 --dry-run", "確定する内容を示す", "show what would be kept"),
            ("kaikaku close R8Q2", "公表した期間を確定する", "close a period that was published"),
        ],
    ),
    ("errata", &[("kaikaku errata R8Q2", "公表した数字との違い", "what differs from what was published")]),
    (
        "export",
        &[
            ("kaikaku export -o dataset", "すべての計画の表", "the tables of all plans"),
            ("kaikaku export -o dataset --from 'cities/*/'", "多くの市の計画", "the plans of many cities"),
        ],
    ),
    (
        "publish",
        &[
            (
                "kaikaku publish -o site --preview",
                "初めて公表する文章を並べる",
                "list texts that go out for the first time",
            ),
            ("kaikaku publish -o site", "ページを書く", "write the pages"),
        ],
    ),
    ("mv", &[("kaikaku mv 1-1-1 1-2-1", "番号を変える", "renumber an entry")]),
    ("init", &[("kaikaku init plan", "順に尋ねて計画を始める", "start a plan, asking step by step")]),
    ("git-setup", &[("kaikaku git-setup", "git に設定する", "tell git how to merge records")]),
    ("completions", &[("kaikaku completions bash", "bash の設定を出力する", "print the settings for bash")]),
    ("help", &[("kaikaku help update", "コマンドの説明", "the page of a command")]),
    (
        "settings",
        &[
            ("kaikaku settings", "自分の設定と、そのファイル", "your own defaults, and their file"),
            (
                "kaikaku settings --by 行政経営課 --deadline 14 || kaikaku settings --by Reform --deadline 14",
                "設定を変える",
                "change them",
            ),
        ],
    ),
];

/// The command line, its own page with the commands in groups.
pub fn grouped(lang: Lang) -> Command {
    let command = command(lang);
    let words = Words::new(lang);
    let listed = GROUPS.iter().map(|(ja, en, names)| {
        let line = |name: &&str| {
            let about = command.find_subcommand(name).and_then(Command::get_about).map(ToString::to_string);
            format!("  {name:<WIDTH$}{}\n", about.unwrap_or_default())
        };
        format!("{}:\n{}", lang.pick(ja, en), names.iter().map(line).collect::<String>())
    });
    let listed = listed.collect::<Vec<_>>().join("\n");
    let template =
        format!("{{about-with-newline}}\n{}: {{usage}}\n\n{listed}\n{{all-args}}{{after-help}}", words.usage);
    let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let hidden = |command: Command, name: String| command.mut_subcommand(name, |below| below.hide(true));
    names.into_iter().fold(command, hidden).help_template(template)
}

/// Where the words of a command begin in the list.
const WIDTH: usize = 14;

/// What stands beneath the page of a command.
pub fn examples(name: &str, lang: Lang) -> Option<String> {
    let (_, examples) = EXAMPLES.iter().find(|(command, _)| *command == name)?;
    let width = examples.iter().map(|(line, ..)| Ambiguous::Narrow.width(&side(line, lang))).max().unwrap_or(0);
    let line = |(line, ja, en): &Example| {
        let line = side(line, lang);
        let pad = " ".repeat(width - Ambiguous::Narrow.width(&line) + 2);
        format!("  {line}{pad}{}\n", lang.pick(*ja, *en))
    };
    let lines: String = examples.iter().map(line).collect();
    Some(format!("{}:\n{}", lang.pick("例", "Examples"), lines.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_one_group_and_has_examples_that_are_understood() {
        let command = command(Lang::Ja);
        let mut known: Vec<&str> =
            command.get_subcommands().filter(|c| !c.is_hide_set()).map(Command::get_name).collect();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(.., names)| names.iter().copied()).collect();
        let named = EXAMPLES.iter().map(|(name, _)| *name);
        let mut with_examples: Vec<&str> = named.filter(|name| !name.contains(' ')).collect();
        for names in [&mut known, &mut grouped, &mut with_examples] {
            names.sort_unstable();
        }
        assert_eq!(grouped, known);
        assert_eq!(with_examples, known);
        for (line, ..) in EXAMPLES.iter().flat_map(|(_, examples)| *examples) {
            for line in [Lang::Ja, Lang::En].map(|lang| side(line, lang)) {
                let understood = command.clone().try_get_matches_from(line.split(' '));
                assert!(understood.is_ok(), "{line}: {understood:?}");
            }
        }
    }
}
