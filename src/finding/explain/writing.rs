//! How the files are written.

use super::Explanation;

pub const MERGE_CONFLICT: Explanation = Explanation {
    title: ("決めていないマージの競合", "a merge conflict that is not settled"),
    text: (
        "git で2つのブランチを合わせたとき、同じ期間の区分が違うなど、人でなければ決められない所が残っています。<<<<<<< と ======= の間が\
         取り込む側、======= と >>>>>>> の間が取り込まれる側です。正しい方を残し、もう一方と3種類の印の行を消してから、git add \
         してください。どちらが正しいか分からないときは、それぞれを書いた所管課に確かめてください。",
        "Where git merged two branches, something is left that only a person can settle, such as one period rated in two ways. \
         What stands between <<<<<<< and ======= is the branch that was merged into, what stands up to >>>>>>> the other one. \
         Keep what is right, delete the rest and the lines of the marks, then git add the file. Who wrote each side knows \
         which is right.",
    ),
    wrong: "[[update]]\nperiod = \"R7Q2\"\n<<<<<<< main\nrating = { progress = \"on-track\" }\n=======\nrating = { progress = \"off-track\" }\n>>>>>>> sangyo",
    right: "[[update]]\nperiod = \"R7Q2\"\nrating = { progress = \"off-track\" }",
};

pub const SYNTAX: Explanation = Explanation {
    title: ("TOML の書き方の誤り", "invalid TOML"),
    text: (
        "引用符や括弧の閉じ忘れ、= の抜け、全角の記号などのため、ファイルを最後まで読めません。読めた所だけで数えると件数が\
         欠けるので、集計は行いません。印の付いた所か、その少し前を直してください。一つの誤りのために読めなくなった所が\
         ほかにあっても知らせないので、直したらもう一度 check してください。",
        "A quote or bracket is not closed, a = is missing, a full-width sign stands where a plain one must. To count what \
         could be read would leave gaps, so nothing is counted. Fix the marked place, or what stands just before it. What \
         one such slip made unreadable is not reported as well, so check again afterwards.",
    ),
    wrong: "name = 窓口の改革",
    right: "name = \"窓口の改革\"",
};

pub const SCHEMA: Explanation = Explanation {
    title: ("読めない形式の版", "a file format of another version"),
    text: (
        "schema はファイルの形式の版で、今は 1 です。別の版では同じキーが別の意味かもしれないため、推測で読まずに止めます。\
         新しい kaikaku で書いたファイルなら、手元の kaikaku を更新してください。書き間違いなら 1 に直してください。",
        "`schema` is the version of the file format, which is 1. In another version the same key may mean something else, \
         so it is not read by guess. If a newer kaikaku wrote the file, update yours; if it is a typing error, write 1.",
    ),
    wrong: "schema = 2",
    right: "schema = 1",
};

pub const UNKNOWN_KEY: Explanation = Explanation {
    title: ("知らないキー", "an unknown key"),
    text: (
        "この場所では使わないキーです。多くは打ち間違いで、見過ごすと、書いたつもりの所管課や目標値が無視されたまま集計されて\
         しまいます。そのため警告ではなくエラーとしています。表示された候補を参考に直すか、覚え書きなら # で始まるコメントか\
         note に書いてください。",
        "No such key belongs here. Mostly it is a typing error, and ignoring it would count the plan without the owner or target \
         that you meant to give; so it is an error. Fix it as suggested; a remark goes into a # comment or `note`.",
    ),
    wrong: "[1-1-1]\nname  = \"戦略的リクルート\"\nonwer = \"人事課\"",
    right: "[1-1-1]\nname  = \"戦略的リクルート\"\nowner = \"人事課\"",
};

pub const MISSING_KEY: Explanation = Explanation {
    title: ("必要なキーがない", "a key is missing"),
    text: (
        "この表に欠かせないキーがないか、値が空です。例えば、name のない項目は帳票に名前が出ず、period のない実績はいつのものか\
         分からないため数えられません。示されたキーを書き足してください。値がまだ決まっていない指標の目標は、キーを省くか\
         \"－\" と書きます。",
        "A key that this table cannot do without is missing or blank. An entry without `name` has nothing to be printed, a \
         record without `period` is of no time and cannot be counted. Add the key. Where an indicator has no target yet, \
         leave `target` out or write a dash as its value.",
    ),
    wrong: "[[measure]]\nvalue = 44.1",
    right: "[[measure]]\nperiod = \"R4\"\nvalue  = 44.1",
};

pub const WRONG_TYPE: Explanation = Explanation {
    title: ("値の種類が違う", "a value of the wrong kind"),
    text: (
        "文字列、数値、日付、true / false、並び [ ]、表 { } のうち、この場所に書けるのとは違う種類の値か、決まった言葉の\
         どれでもない値です。推測で読み替えると、意図と違う数字になりかねません。対処に示された形に直してください。",
        "The value is of another type than can stand here (text, number, date, true or false, array, table), or none of \
         the few words that can. To guess what was meant might give other figures than you intend. Write it as the help \
         says.",
    ),
    wrong: "fictional = \"はい\"\ncycle     = \"四半期\"",
    right: "fictional = true\ncycle     = \"quarter\"",
};

pub const BAD_ID: Explanation = Explanation {
    title: ("番号（id）として使えない", "not an id"),
    text: (
        "番号は半角の英数字を - でつないだものです（80字まで）。実績のファイル名（records/1-1-2.toml）にもなるので、日本語、\
         空白、. や _ は使えません。番号が読めない項目は数えられません。項目の名前は name に書いてください。",
        "An id is ASCII letters and digits joined by - (at most 80). The records file is named after it, so no other \
         letters, spaces, . or _ can stand in it. An entry whose id cannot be read is not counted. What it is called goes \
         into `name`.",
    ),
    wrong: "[\"1.1\"]\nname = \"人材確保\"",
    right: "[1-1]\nname = \"人材確保\"",
};

pub const BAD_DATE: Explanation = Explanation {
    title: ("日付として読めない", "not a date"),
    text: (
        "recorded（いつ記録したか）や until（いつまで有効か）には、年月日がそろった日付が要ります。後から記録したものが前の\
         ものに代わるため、日付が曖昧だと、どの値を採るか決められません。日が分からないときは recorded を省いてください。",
        "`recorded` (when it was recorded) and `until` (how long it held) want a full date. What was recorded later replaces \
         what came before, so without the day nothing says which value counts. Leave `recorded` out if you do not know it.",
    ),
    wrong: "recorded = \"令和7年10月\"",
    right: "recorded = 2025-10-03",
};

pub const BAD_PERIOD: Explanation = Explanation {
    title: ("期間として読めない", "not a period"),
    text: (
        "期間は R7（年度）、R7H1（上半期）、R7Q2（第2四半期）、R7.9（月）、R7.9.30（日）のように書きます。令和7年度第2四半期、\
         FY2025、2025-09-30 も読めます。「令和7年」は暦年か年度か分からないので読みません。一年ずれると比較がすべて狂うため、\
         推測はしません。",
        "Write R7 or FY2025 (a fiscal year, from April), R7H1 (a half), R7Q2 (a quarter), R7.9 or 2025-09 (a month), R7.9.30 \
         or 2025-09-30 (a day). A bare year could be the calendar's or the fiscal one; being a year off would spoil every \
         comparison, so it is not guessed.",
    ),
    wrong: "period = \"R7Q5\"",
    right: "period = \"R7Q2\"",
};

pub const BAD_TIME_ZONE: Explanation = Explanation {
    title: ("時間帯として読めない", "not a time zone"),
    text: (
        "time_zone は、今日が何日かを決めます。記録日や、まだ来ていない日の点検は、この日によります。Asia/Tokyo（省略時）、UTC か、\
         +09:00 のような UTC との時差を書いてください。夏時間のある地域の名前は、時差が一つに決まらないため使えません。",
        "`time_zone` says what day it is, on which the day of a record and every check for days that have not begun rest. \
         Write Asia/Tokyo (the default), UTC, or an offset from UTC such as +09:00. Names of places with summer time are \
         not taken, since they have no one offset.",
    ),
    wrong: "time_zone = \"JST\"",
    right: "time_zone = \"Asia/Tokyo\"",
};

pub const BAD_CITY_CODE: Explanation = Explanation {
    title: ("全国地方公共団体コードではない", "not a local government code"),
    text: (
        "city-code は、どの自治体の計画かを6桁で表す全国地方公共団体コードです。始めの2桁は都道府県、最後の桁は前の5桁から計算する\
         検査数字です。公開するデータはこのコードでほかの統計と結び付けられるため、検査数字が合わないもの、city とは別の\
         団体のものは受け付けません。総務省の一覧で確かめてください。",
        "`city-code` says in six digits whose plan it is: two for the prefecture, and a check digit that follows from the five \
         before it. Published data are joined to other statistics by it, so one whose check digit is wrong, or that is of \
         another body than `city`, is refused. Look it up in the list of the Ministry of Internal Affairs.",
    ),
    wrong: "city-code = \"431002\"",
    right: "city-code = \"431001\"",
};

pub const ERA_OVERRUN: Explanation = Explanation {
    title: ("元号が終わった後の日付", "a date after its era ended"),
    text: (
        "平成31年5月1日のように、元号が終わった後の日付です。改元前に作られた資料によくあります。新しい元号に読み替えて数えるので\
         数字は正しく出ますが、後で読む人が迷わないよう、示された書き方に直してください。平成32年度のような年度は、改元前に作られた\
         計画の書き方として、元号が終わってから15年度までは、そのまま読みます。",
        "A date such as May 1 of Heisei 31, after the era had ended, as papers printed before the change have it. It is taken as \
         the same day of the new era, so the figures are right; write it as shown, so that later readers are not confused. \
         Fiscal years such as Heisei 32 are how plans of before the change are written, and are read without a word up to 15 \
         years after the era.",
    ),
    wrong: "date = \"H31.5.1\"",
    right: "date = \"R1.5.1\"",
};

pub const OUT_OF_RANGE: Explanation = Explanation {
    title: ("取り得る範囲の外の値", "out of range"),
    text: (
        "進捗率は 0 から 100 まで、許容幅は 0 以上、計画期間は始まりが終わりより前、範囲の目標は下限が上限以下、というように、\
         あり得る範囲があります。外れた値は桁や順序の書き間違いと考えられ、そのまま数えると平均や判定が狂います。示された範囲に\
         直してください。",
        "Progress goes from 0 to 100, a tolerance is not negative, a plan begins before it ends, a range goes from its lower \
         to its upper bound. A value beyond them is a wrong digit or order, and would spoil averages and verdicts. Write \
         one within the range shown.",
    ),
    wrong: "progress = 600",
    right: "progress = 60",
};
