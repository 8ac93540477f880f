//! What happened, and what is written about it: records, closed periods, papers, inquiries.

use super::Takes::{Map, Plain, Table, Tables, Words};
use super::Without::{Else, Nothing, Required};
use super::*;

const STAMP: Takes = Plain(("記録日#印", "date#mark"));
const RECORD: Takes = Plain(("記録の名前", "record name"));

forms! {
    /// `records/*.toml`.
    pub RECORDS "records" + SCHEMA {
        ("update", Tables(&UPDATE), Nothing, "項目の進捗の記録", "records of how an entry stands"),
        ("measure", Tables(&MEASURE), Nothing, "指標の実績値の記録", "records of an indicator's values"),
    }

    /// `[[update]]`.
    pub UPDATE "update" + ORIGIN_NOTE {
        ("period", PERIOD, Required, "何についての記録か。計画期間の内", "what it is about; within the plan's years"),
        ("recorded", DAY, Nothing, "いつ記録したか。ツールは必ず書く", "when it was recorded; the tool always writes it"),
        ("corrects", RECORD, Else(("取下げでは必須", "required of a withdrawal")), "訂正する記録（このファイルの、前のもの）", "the record that this one corrects: an earlier one of this file"),
        ("withdrawn", FLAG, NO, "取下げか。区分や実績は書かない", "whether it only takes that record back; it has no rating and no texts then"),
        ("evaluator", ID, Else(("最初の評価者", "the first")), "だれの評価か", "who rates"),
        ("rating", Map(("尺度 = 区分", "scale = grade"), &FREE), Nothing, "進捗区分。id か名称", "the grade on each scale, by id or name"),
        ("progress", Plain(("整数 0～100", "integer 0–100")), Nothing, "進捗率（％）", "in percent"),
        ("done", TEXT, Nothing, "実績の内容", "what was done"),
        ("issue", TEXT, Nothing, "課題", "the issue"),
        ("next", TEXT, Nothing, "今後の対応の内容", "what comes next"),
        ("step", Map(("段階、又は 名称 = 段階", "step, or name = step"), &FREE), Nothing, "この期間に到達している工程の段階。文字列なら項目自身のもの、表なら取組内容の名称（項目自身は番号）ごと", "the step reached in that period: of the entry itself, or by the name of each initiative (the entry by its id)"),
        ("reached", Map(("節目 = 日か期間", "milestone = when"), &FREE), Nothing, "到達した節目と、いつか。同じ名称の節目が複数の取組内容にあれば `\"取組内容の名称/節目\"`", "milestones reached, and when; where several initiatives have one of that name, `\"INITIATIVE/MILESTONE\"`"),
        ("by", TEXT, Nothing, "記録者", "recorded by"),
        ("figure", Tables(&FIGURE), Nothing, "数値（前述）", "figures, as above"),
    }

    /// `[[measure]]`.
    pub MEASURE "measure" + ORIGIN_NOTE {
        ("period", PERIOD, Required, "いつの値か", "of when"),
        ("recorded", DAY, Nothing, "いつ記録したか", "when it was recorded"),
        ("corrects", RECORD, Else(("取下げでは必須", "required of a withdrawal")), "訂正する記録", "the record that this one corrects"),
        ("withdrawn", FLAG, NO, "取下げか。値は書かない", "whether it only takes that record back; it has no value then"),
        ("value", Map(("値", "value"), &RANGE), Else(("`absent` と一方が必須", "required without `absent`")), "値", "the value"),
        ("absent", Words(&["未調査", "未公表", "対象外"]), Else(("`value` と一方が必須", "required without `value`")), "値がない理由。資料の言葉（集計中・調査中・算定中・未確定は未公表、該当なし・非該当は対象外、未実施は未調査の意味）でもよく、そのまま示す", "the reason for no value, also in a word of the papers, which is shown: 集計中, 調査中, 算定中, 未確定 (not published), 該当なし, 非該当 (not applicable), 未実施 (not surveyed)"),
        ("provisional", FLAG, NO, "速報値か", "whether it is yet to be confirmed"),
        ("sample", WHOLE, Nothing, "調査の回答数", "how many answered"),
        ("margin", NUMBER, Nothing, "標本誤差（指標の単位で）。この内の増減は横ばい", "sampling error, in the unit; a change within it is none"),
        ("series", Words(&SERIES), Else(("指標の `series`", "that of the indicator")), "この値の種類。指標やほかの値と違えばエラー。累計が減ったときもエラー", "what this value covers; an error where it is another than that of its indicator, or where a sum falls"),
        ("break", FLAG, NO, "定義変更。この値から数え方が変わった。前後の比較も傾向も、ここをまたがない", "what is counted changed with this value; no change and no trend crosses it"),
        ("verdict", TEXT, Else(("`reason` があれば必須", "required with `reason`")), "所管課の判断：`met`、`on-pace`、`behind`、`worsened`、`undetermined` か、計画の判定区分の id か名称。計算による判定と並べて示し、件数はこれによる", "the verdict of a person: `met`, `on-pace`, `behind`, `worsened`, `undetermined`, or a band of the plan by id or name; shown beside the computed one, and what is counted"),
        ("reason", TEXT, Nothing, "その理由。計算による判定と違うのになければ警告", "why; a warning where it differs without one"),
        ("by", TEXT, Nothing, "記録者", "recorded by"),
    }

    /// `closed/*.toml`.
    pub CLOSED "closed" + SCHEMA {
        ("period", PERIOD, Required, "公表した期間。ファイルの名前と同じ", "which period; the file is named after it"),
        ("as_of", DAY, Required, "その末日。この日現在の数字である", "its last day, as of which the figures are"),
        ("closed", DAY, Required, "確定した日", "when it was closed"),
        ("by", TEXT, Nothing, "確定した人", "who closed it"),
        ("note", TEXT, Nothing, "決裁番号など", "under which decision"),
        ("revision", TEXT, Nothing, "その時の git のコミット", "the commit checked out then"),
        ("program", TEXT, Nothing, "プログラムの版", "the version of the program"),
        ("fingerprint", TEXT, Required, "照合番号。期間、末日、すべての数字の SHA-256。手で書き換えると合わなくなり、警告になる", "SHA-256 over period, day and all figures; edited by hand it no longer matches, which is a warning"),
        ("total", Table(&FREE), Nothing, "合計。`尺度.評価者` ごとの `entries`（件数）、`rated`（評価済）、`unreported`（未報告）、`excluded`（評価対象外）、`counts`（区分ごと）", "totals by `SCALE.EVALUATOR`: `entries`, `rated`, `unreported`, `excluded` and `counts` by grade"),
        ("entry", Table(&FREE), Nothing, "項目ごとの数字。`rating.尺度.評価者`（区分）、`progress.評価者`（進捗率）、`texts.評価者`（実績・課題・今後の対応の照合番号）。値、いつの記録か、確かさの順。下に項目を持つものには `counts.尺度.評価者`（区分ごとの件数。0件は書かない）", "of each entry the grades, the progress, and a fingerprint of its texts: the value, of which period, how sure; of one above others the `counts` by grade, without those of 0"),
        ("indicator", Table(&FREE), Nothing, "指標ごとの数字。`target`、`baseline`、`actual`（なければ `missing`）、`ratio_to_target` と `improvement`（分数のまま）、`verdict`（と区分）", "of each indicator `target`, `baseline`, `actual` (or `missing`), `ratio_to_target` and `improvement` (kept as fractions), `verdict` (and the band)"),
        ("errata", Tables(&ERRATA), Nothing, "公表した後の訂正", "corrections since"),
    }
    /// `[[errata]]`.
    pub ERRATA "errata" {
        ("date", DAY, Required, "訂正を記録した日", "when it was recorded"),
        ("reason", TEXT, Required, "理由", "the reason"),
        ("by", TEXT, Nothing, "だれによるか", "who says so"),
        ("fingerprint", TEXT, Required, "訂正後の照合番号", "the fingerprint since"),
        ("changes", Tables(&CORRECTED), Nothing, "訂正した数字", "what changed"),
    }
    CORRECTED "changes" {
        ("figure", TEXT, Required, "どの数字か", "which figure"),
        ("before", STRINGS, Else(("なかった", "there was none")), "訂正前", "what it was"),
        ("after", STRINGS, Else(("なくなった", "there is none")), "訂正後", "what it is"),
    }

    /// `reports/*.toml`.
    pub PAPER "paper" + SCHEMA {
        ("title", TEXT, Else(("計画名と期間", "the plan and the period")), "題名。`{plan}`、`{city}`、`{period}` は置き換える", "its title; `{plan}`, `{city}` and `{period}` are filled in"),
        ("addressee", TEXT, Nothing, "提出先", "to whom it goes"),
        ("issue", Tables(&ISSUE), Nothing, "期間ごとの文書番号と日付", "its number and day, by period"),
        ("scale", ID, Else(("最初の尺度", "the first")), "どの尺度で示すか", "on which scale it tells"),
        ("evaluator", ID, Else(("最初の評価者", "the first")), "だれの評価で示すか", "by whose ratings"),
        ("digits", Plain(("整数 0～6", "integer 0–6")), Else(("計画の `rounding`", "that of the plan")), "割合の小数の桁", "digits behind the point of percentages"),
        ("minus", Words(&["▲", "△", "－", "-"]), Else(("`▲`（英語では `-`）", "`▲`, in English `-`")), "負の数の印", "the minus sign"),
        ("section", Tables(&SECTION), Else(("備え付けの様式による", "as the program's own")), "載せる内容。書いた順", "what it tells, in this order"),
    }

    /// `[[issue]]` of a paper.
    pub ISSUE "issue" {
        ("period", PERIOD, Required, "いつの報告か", "the paper of which period"),
        ("number", TEXT, Nothing, "文書番号", "number of a paper"),
        ("date", DAY, Nothing, "文書の日付", "the day on which it goes out"),
    }

    /// `[[section]]` of a paper.
    pub SECTION "section" {
        ("show", Plain(("下の表", "see below")), Required, "載せる内容", "the topic"),
        ("heading", TEXT, Else(("備え付けの見出し", "the program's own")), "見出し。番号は順に付く", "its heading; it is numbered in order"),
        ("columns", STRINGS, Else(("すべて", "all")), "表の列。書いた順（指標の表では名称が必ず先頭。`method` は、判定の方法がいずれも同じなら、列ではなく表の下に示す）", "the columns of its table, in this order (of indicators the name always comes first; one `method` for all of them is stated beneath the table)"),
        ("depth", WHOLE, Else(("すべて", "all")), "`policies` で、上から何階層までを示すか", "for `policies`: how many levels from the top"),
        ("by", TEXT, Else(("構成", "the outline")), "`policies` と `beside` で、何ごとに数えるか。`owner`、`bureau`、項目の `group` のキー、主題の枠組み（`verdicts` では、主題の枠組みだけ）", "for `policies` and `beside`: by what it counts: `owner`, `bureau`, a key of `group` of the entries, or a framework of themes; for `verdicts` such a framework alone"),
        ("scales", IDS, Else(("`evaluators` があれば最初の尺度、なければすべて", "the first, or all without `evaluators`")), "`beside` で、並べる尺度", "for `beside`: the scales that stand side by side"),
        ("evaluators", IDS, Else(("`scales` があれば最初の評価者、なければすべて", "the first, or all without `scales`")), "`beside` で、並べる評価者", "for `beside`: the evaluators that stand side by side"),
    }

    /// `reports/answers.toml`.
    pub ANSWERS "answers" + SCHEMA {
        ("answer", Tables(&ANSWER), Nothing, "答弁", "answers"),
    }

    /// `[[answer]]`.
    pub ANSWER "answer" {
        ("about", ID, Required, "どの項目か指標についてか", "about which entry or indicator"),
        ("period", PERIOD, Required, "いつの報告についてか", "about the paper of which period"),
        ("recorded", DAY, Nothing, "答えた日", "the day it was given"),
        ("question", TEXT, Nothing, "問", "what was asked"),
        ("answer", TEXT, Required, "答", "what was answered"),
        ("by", TEXT, Nothing, "答えた者", "who answered"),
        ("draft", FLAG, NO, "答弁案か。その期間の想定質問に答弁案として載り、前回の答弁とはしない", "prepared and not given yet: the questions of that period show it as the draft, and it is no answer given last"),
    }

    /// `opinions/*.toml`.
    pub OPINIONS "opinions" + SCHEMA {
        ("name", TEXT, Required, "会議などの名称（市役所改革推進委員会 第3回など）", "what the meeting is called"),
        ("body", Words(&["committee", "assembly", "audit", "public", "other"]), Required, "意見の出た場。委員会、議会、監査、パブリックコメント、その他", "where it was said: committee, assembly, audit, public consultation, other"),
        ("date", DAY, Required, "開かれた日。数日にわたるものは最後の日", "the day; of what lasted several days the last one"),
        ("from", DAY, Nothing, "数日にわたるものの最初の日", "the first day of what lasted several"),
        ("opinion", Tables(&OPINION), Nothing, "意見", "opinions"),
        ("response", Tables(&RESPONSE), Nothing, "意見への対応", "what was answered"),
    }

    /// `[[opinion]]`.
    pub OPINION "opinion" + NOTE {
        ("number", ID, Required, "この会議の中での番号", "its number in this meeting"),
        ("recorded", DAY, Required, "記録した日", "when it was recorded"),
        ("corrects", STAMP, Else(("取下げでは必須", "required of a withdrawal")), "訂正する記録（同じ番号の意見で、前のもの）", "the record that this one corrects: an earlier one of the same number"),
        ("withdrawn", FLAG, NO, "取下げか。意見の内容は書かない", "whether it only takes that record back; it says nothing else then"),
        ("who", TEXT, Nothing, "だれが（委員、議員などの立場）", "who said it: a role"),
        ("person", TEXT, Nothing, "氏名。指定しない限り報告書に出さない", "the name, which papers leave out unless asked"),
        ("about", ID_OR_IDS, Else(("計画全体", "the whole plan")), "どの項目や指標についてか", "about which entries or indicators"),
        ("kind", Words(&["opinion", "question", "request", "point"]), Else(("`opinion`", "`opinion`")), "意見、質問、要望、指摘", "opinion, question, request, point raised"),
        ("opinion", TEXT, Else(("取下げでなければ必須", "required unless withdrawn")), "意見の内容", "what was said"),
        ("summary", TEXT, Else(("`opinion`", "`opinion`")), "報告書に載せる概要", "what papers print of it"),
        ("count", Plain(("整数 1～", "integer from 1")), Else(("1", "1")), "同じ意見の件数", "how many said so"),
        ("like", ID, Nothing, "まとめる先の番号。この意見は、その意見と合わせて数え、その対応を対応とする", "the number of the opinion that it is grouped with: it is counted and answered with that one"),
        ("owner", TEXTS, Else(("`about` の所管課", "the owners of `about`")), "対応する所管課。id か名称", "who is to answer, by id or name"),
        ("due", DAY, Nothing, "回答の期限", "by when to answer"),
        ("by", TEXT, Nothing, "記録者", "recorded by"),
    }

    /// `[[response]]`.
    pub RESPONSE "response" + NOTE {
        ("to", ID, Required, "どの番号の意見への対応か", "the number of the opinion"),
        ("recorded", DAY, Required, "回答した日。会議の日より前にはできない", "the day of the answer; not before the meeting"),
        ("owner", TEXT, Else(("意見の所管課すべて", "all owners of the opinion")), "どの所管課の対応か。id か名称", "whose answer it is, by id or name"),
        ("corrects", STAMP, Else(("取下げでは必須", "required of a withdrawal")), "訂正する記録（同じ意見への対応で、前のもの）", "the record that this one corrects: an earlier answer to the same opinion"),
        ("withdrawn", FLAG, NO, "取下げか。対応の内容は書かない", "whether it only takes that record back; it says nothing else then"),
        ("state", Words(&["done", "doing", "considering", "declined"]), Else(("取下げでなければ必須", "required unless withdrawn")), "対応済、対応中、検討中、対応しない", "done, in progress, being considered, not to be done"),
        ("answer", TEXT, Else(("取下げでなければ必須", "required unless withdrawn")), "対応の内容、市の考え方", "what was answered"),
        ("reason", TEXT, Else(("`declined` では必須", "required of `declined`")), "対応しない理由", "why nothing is done"),
        ("promise", TEXT, Else(("`until` があれば必須", "required with `until`")), "約束したこと。`done` と `declined` では書かない", "what was promised; not with `done` and `declined`"),
        ("until", PERIOD, Else(("`promise` があれば必須", "required with `promise`")), "いつまでに", "until when"),
        ("revision", TEXT, Nothing, "計画に反映した git の版", "the git revision that reflects it"),
        ("change", DAY, Nothing, "計画に反映した `[[change]]` の日", "the day of the `[[change]]` that reflects it"),
        ("by", TEXT, Nothing, "回答者", "who answered"),
    }

    /// `publish.toml`.
    pub PUBLICATION "publish.toml" + SCHEMA {
        ("public", STRINGS, Required, "公表する文章の種類（上のとおり）。名称、所管課、数値、区分、判定、目標値は常に公表する", "which kinds of texts go out, as above; names, owners, figures, ratings, verdicts and targets always do"),
        ("contact", TEXT, Nothing, "問合せ先。どのページの末尾にも示す", "whom readers may ask, at the foot of every page"),
        ("licence", TEXT, Nothing, "データの利用条件", "under which licence data may be used"),
        ("address", TEXT, Nothing, "公表する場所の番地。フィードに書く", "the address that the site will have; the feed names it"),
        ("allow", STRINGS, Nothing, "公表する文章にあってよいメールアドレスと電話番号", "e-mail addresses and telephone numbers that may stand in public texts"),
    }

    /// `inquiries/*.toml`.
    pub INQUIRY "inquiry" + SCHEMA {
        ("sent", Tables(&SENT), Nothing, "送った様式", "forms that were sent"),
        ("reply", Tables(&REPLY), Nothing, "受け取った回答", "replies that were collected"),
    }
    /// `[[sent]]`.
    pub SENT "sent" {
        ("owner", TEXT, Required, "相手の所管課", "to whom"),
        ("sent", DAY, Required, "照会した日", "when it was sent"),
        ("deadline", DAY, Nothing, "回答期限", "by when to answer"),
        ("file", TEXT, Required, "ファイルの名前", "the file's name"),
        ("fingerprint", TEXT, Required, "様式の照合番号", "fingerprint of the form"),
    }
    /// `[[reply]]`.
    pub REPLY "reply" {
        ("owner", TEXT, Required, "回答した所管課", "from whom"),
        ("received", DAY, Required, "とりまとめた日", "when it was collected"),
        ("file", TEXT, Required, "ファイルの名前", "the file's name"),
        ("person", TEXT, Nothing, "回答者", "who answered"),
    }

    /// `inquiry.toml`.
    pub TEMPLATES "inquiry.toml" + SCHEMA {
        ("template", Table(&TEMPLATE), Nothing, "様式", "the form"),
        ("import", Table(&IMPORT), Nothing, "取り込む一覧", "the list to import"),
    }

    /// `[import]`.
    pub IMPORT "import" {
        ("sheet", TEXT, Else(("最初のシート", "the first")), "シートの名前", "name of the sheet"),
        ("id", TEXT, Else(("`levels` も `indicator` もなければ必須", "required without `levels` and `indicator`")), "計画の番号の列。次のキーのうち `name`、`owner`、`period`、`answers` とともに用いる", "the column of the plan's numbers, used with `name`, `owner`, `period` and `answers`"),
        ("levels", STRINGS, Else(("`id` も `indicator` もなければ必須", "required without `id` and `indicator`")), "階層の名称の列。上から順に。番号はここから作る。次のキーとともに `kaikaku import` が書く", "the columns of the levels' names, top first; numbers are made of them. `kaikaku import` writes this and what follows"),
        ("numbers", STRINGS, Nothing, "`levels` のそれぞれの番号の列。ない階層は空の文字列。`levels` のない指標の一覧では、指標の対象の項目の番号の列", "the column of numbers of each of `levels`; an empty text where there is none. In a list of indicators, without `levels`, that of the entries that they verify"),
        ("name", TEXT, Nothing, "名称の列（`id` とともに）", "the column of names (with `id`)"),
        ("owner", TEXT, Nothing, "所管課の列", "the column of owners"),
        ("bureau", TEXT, Nothing, "局・部の列", "the column of bureaus"),
        ("summary", TEXT, Nothing, "概要の列", "the column of summaries"),
        ("note", TEXT, Nothing, "備考の列", "the column of notes"),
        ("period", TEXT, Nothing, "時期の列", "the column of periods"),
        ("indicator", TEXT, Nothing, "指標の名称の列", "the column of indicators' names"),
        ("unit", TEXT, Nothing, "単位の列", "the column of units"),
        ("kind", TEXT, Nothing, "向きの列", "the column of the way that is good"),
        ("aspect", TEXT, Nothing, "行の値が目標か実績かの列", "the column that says whether the values of a row are targets or actuals"),
        ("baseline", Map(("期間 = 列", "period = column"), &ANSWERED), Nothing, "基準値の列", "the columns of baselines"),
        ("target", Map(("期間 = 列", "period = column"), &ANSWERED), Nothing, "目標値の列", "the columns of targets"),
        ("actual", Map(("期間 = 列", "period = column"), &ANSWERED), Nothing, "実績値の列", "the columns of actuals"),
        ("values", Map(("期間 = 列", "period = column"), &ANSWERED), Nothing, "目標か実績かを行が示す値の列", "the columns of values of which the row says what they are"),
        ("row", Map(("値 = 列", "values = column"), &ANSWERED), Nothing, "行の期間の値の列。`baseline`、`target`、`actual`、`values`", "the columns of values of the period that the row names: `baseline`, `target`, `actual`, `values`"),
        ("answers", Map(("キー = 列", "key = column"), &ANSWERED), Nothing, "記録の列。`rating.尺度`、`progress`、`done`、`issue`、`next`、`value`、`note`。`rating.尺度` は、区分ごとに印（○）を付ける列のリストでもよい", "the columns of what is recorded: `rating.SCALE`, `progress`, `done`, `issue`, `next`, `value`, `note`; `rating.SCALE` may be a list of columns, one a grade, of which one is ticked (○)"),
        ("reports", Map(("期間 = 列の表", "period = columns"), &ANSWERED), Nothing, "期間ごとの記録の列。中は `answers` と同じ", "the columns of what is recorded of a period, each as in `answers`"),
    }

    /// `[template]`.
    pub TEMPLATE "template" {
        ("sheet", TEXT, Else(("最初のシート", "the first")), "シートの名前", "name of the sheet"),
        ("id", TEXT, Required, "番号の列。ここに番号のある行はそのまま使い、ないものは下の空いた行に書く", "the column of numbers; a row that has its number is used, others go to the next free row"),
        ("name", TEXT, Nothing, "名称の列", "the column of names"),
        ("period", TEXT, Nothing, "対象期間を書くセル（名前の定義か B2 のような番地）。回答を読むには要る", "the cell of the period: a defined name or an address; needed to read replies"),
        ("owner", TEXT, Nothing, "所管課を書くセル", "the cell of the owner"),
        ("answers", Map(("キー = 列", "key = column"), &ANSWERED), Required, "回答の列。`rating.尺度`、`progress`、`done`、`issue`、`next`、`value`、`note`", "the columns of answers: `rating.SCALE`, `progress`, `done`, `issue`, `next`, `value`, `note`"),
        ("last", Map(("キー = 列", "key = column"), &ANSWERED), Nothing, "前回の回答の列", "the columns of last answers"),
    }
}

static ANSWERED: Form = Form::data("template.answers", Some(&FREE));
