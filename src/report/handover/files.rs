//! ファイルのある場所: the plan's folder, what each of its files holds, and what keeps its revisions.

use crate::document::{Block, Cell, Line, Section, Table, Type, column, weighed};
use crate::lang::Lang;
use crate::tr;

use super::{HandoverReport, one};

/// What a plan's folder may hold: a file or a folder, and what is in it. What is more special stands first.
const HELD: [(&str, (&str, &str)); 16] = [
    ("plan.toml", ("計画の名称、期間、階層、尺度、経過", "the plan's name, period, levels, scales and schedule")),
    ("outline/", ("計画の項目", "the entries of the plan")),
    ("indicators.toml", ("検証指標と目標値", "indicators and targets")),
    ("indicators/", ("検証指標と目標値", "indicators and targets")),
    ("owners.toml", ("所管課と連絡先", "owners and contacts")),
    ("sources.toml", ("資料の一覧", "the documents")),
    (
        "records/",
        ("進捗の報告と実績値の記録。項目又は指標ごとに1ファイル", "reports and values, one file an entry or indicator"),
    ),
    (
        "opinions/",
        (
            "会議や監査で出された意見と、その対応。会議ごとに1ファイル",
            "opinions and what was answered, one file a meeting",
        ),
    ),
    ("inquiries/", ("照会と回答の控え。期間ごとに1ファイル", "what was asked and answered, one file a period")),
    (
        "closed/",
        ("確定した数値と、公表後の訂正。期間ごとに1ファイル", "what was published and corrected, one file a period"),
    ),
    ("reports/answers.toml", ("議会などでの答弁", "answers given in the council")),
    ("reports/", ("報告書に何を載せるか", "how papers are laid out")),
    ("publish.toml", ("公表する文章の種類、問合せ先、利用条件", "which texts are published, whom to ask, the licence")),
    ("themes.toml", ("項目をまとめる主題", "themes that group the entries")),
    ("inquiry.toml", ("市の様式の列の対応", "the columns of the city's own form")),
    ("", ("その他", "others")),
];

/// A file or folder, what it holds, and how many files it is.
struct Held {
    name: &'static str,
    holds: (&'static str, &'static str),
    count: usize,
}

/// The folder, and what is in it.
pub fn blocks(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let place = &report.place;
    let mut fields = vec![(lang.pick("計画のフォルダー", "Folder of the plan"), Line::from(&*place.folder))];
    let repository = place.repository.as_deref().map_or_else(
        || {
            lang.pick("git に保存していない（過去の版は見られない）", "not kept in git: there are no earlier revisions")
                .to_owned()
        },
        |top| tr!(lang, "{top}（git のリポジトリ）", "{top} (a git repository)"),
    );
    fields.push((lang.pick("版の保存", "Revisions"), repository.into()));
    let fields = fields.into_iter().map(|(name, line)| (name.to_owned(), line)).collect();
    let mut held: Vec<Held> = HELD.into_iter().map(|(name, holds)| Held { name, holds, count: 0 }).collect();
    for path in &place.files {
        let is_it = |held: &&mut Held| {
            held.name == path || held.name.is_empty() || path.starts_with(held.name) && held.name.ends_with('/')
        };
        held.iter_mut().find(is_it).into_iter().for_each(|held| held.count += 1);
    }
    held.retain(|held| held.count > 0);
    let columns = weighed(
        [
            column("file", ("ファイル・フォルダー", "File or folder"), Type::Text, |held: &Held, at| {
                Cell::text(if held.name.is_empty() { at.lang.pick("その他", "others") } else { held.name })
            }),
            column("holds", ("内容", "What it holds"), Type::Text, |held, at| {
                Cell::text(at.lang.pick(held.holds.0, held.holds.1))
            }),
            column("count", ("数", "Files"), Type::Integer, |held, _| {
                Cell::number(u64::try_from(held.count).unwrap_or(u64::MAX), held.count.to_string())
            }),
        ],
        [28, 58, 14],
    );
    let how = lang.pick(
        "ファイルはメモ帳などで開けるが、記録と変更は、手順のコマンドで行う。手で直したときは、必ず点検する（kaikaku check）。送った調査票、届いた回答及び作った報告書は、計画のフォルダーの外の、担当の共有フォルダーに置く。",
        "The files can be opened in any editor, but records and changes are made by the commands of the tasks; after a change by hand always run kaikaku check. Workbooks, replies and papers are kept outside of the plan's folder.",
    );
    one(vec![Block::Fields(fields), Block::Table(Table::build(&columns, held, lang)), Block::Text(how.into())])
}
