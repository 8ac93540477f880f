//! What the files refer to.

use super::Explanation;

pub const DUPLICATE_ID: Explanation = Explanation {
    title: ("番号の重複", "an id used twice"),
    text: (
        "同じ番号が二か所で使われています。項目と指標は番号を共有し、大文字と小文字の違いは別の番号とみなしません（実績の\
         ファイル名になるため）。どちらの実績か分からなくなるので、両方の場所を見比べて、一方を別の番号にするか消してください。\
         同じ年度に重なる区分の版、同じ期間の二つの目標値、同じ名称の二つの進捗区分、階層、評価者や\
         工程の段階、別のものの番号と同じ名称も、この誤りになります。大文字と小文字、全角と半角又は空白だけが違うものも\
         同じとみなします。",
        "An id stands in two places. Entries and indicators share one set of ids, and case makes no difference, since the \
         records file is named after the id. Nothing would say whose records they are: compare both places and rename or \
         delete one. Two versions of a scale for the same years, two values for one period, and two grades, \
         levels, evaluators or steps of one name, and a name that is the id of another, are reported the same way. So are \
         two that differ only in case, width or spaces.",
    ),
    wrong: "[1-1]\nname = \"人材確保\"\n\n[\"１－１\"]\nname = \"人材育成\"",
    right: "[1-1]\nname = \"人材確保\"\n\n[1-2]\nname = \"人材育成\"",
};

pub const ORPHAN: Explanation = Explanation {
    title: ("上の項目がない", "nothing above it"),
    text: (
        "番号から最後の一区切りを除いたものが上の項目です（1-1-2 の上は 1-1）。その項目がないか、parent をたどると自分に\
         戻っているため、どこに数えるか決められません。上の項目を書き足すか、番号を直すか、parent で上の項目を示してください。",
        "The entry above is the id without its last segment (1-1 for 1-1-2). There is no such entry, or the parents lead \
         back to where they began, so nothing says where it is to be counted. Add the entry above, fix the ID, or name the \
         entry above with `parent`.",
    ),
    wrong: "[1]\nname = \"組織・人づくり改革\"\n\n[1-1-1]\nname = \"戦略的リクルート\"",
    right: "[1]\nname = \"組織・人づくり改革\"\n\n[1-1]\nname = \"人材確保\"\n\n[1-1-1]\nname = \"戦略的リクルート\"",
};

pub const TOO_DEEP: Explanation = Explanation {
    title: ("階層より深い項目", "deeper than the levels"),
    text: (
        "plan.toml の levels より深い所に項目があります。階層の名前がないため、どの件数にも入りません。番号の区切りが一つ多くないか\
         確かめ、階層が本当に増えたのなら levels に名前を足してください。",
        "The entry lies deeper than plan.toml has levels. It would belong to no count at all. See whether the id has a \
         segment too many; if there really is one more level, add its name to `levels`.",
    ),
    wrong: "[1-1-1-1]\nname = \"戦略的リクルート\"",
    right: "[1-1-1]\nname = \"戦略的リクルート\"",
};

pub const WRONG_COUNT: Explanation = Explanation {
    title: ("項目の数が合わない", "another number of entries"),
    text: (
        "plan.toml の expect は、資料に示された階層ごとの項目の数です。outline/ にある項目の数と違います。割合の分母が変わるので、\
         合わないまま集計しません。項目の書き漏れや重なりを確かめてください。計画の改定で数が変わったのなら、expect を直して\
         ください。",
        "`expect` in plan.toml says how many entries of each level the paper has; outline/ has another number. It is the \
         denominator of every percentage, so nothing is counted until they agree. Look for a missing or needless entry; \
         where the plan was revised, fix `expect`.",
    ),
    wrong: "levels = [\"基本方針\", \"施策\"]\nexpect = [3, 10]",
    right: "levels = [\"基本方針\", \"施策\"]\nexpect = [3, 9]",
};

pub const UNKNOWN_ENTRY: Explanation = Explanation {
    title: ("存在しない項目", "an unknown entry"),
    text: (
        "parent、also、entry などが示す番号の項目や指標が、この計画にありません。そのままでは、取組や指標がどの項目のものか\
         分からず、項目ごとの集計から漏れます。番号を直してください。番号が変わった項目なら、新しい番号を書きます。",
        "`parent`, `also` or `entry` names an entry or indicator that this plan does not have. The initiative or indicator \
         would be missing where its entry is shown. Fix the ID; of an entry that was renumbered, write the new one.",
    ),
    wrong: "[1-1]\nname = \"人材確保\"\n\n[[1-1.initiative]]\nname = \"職員成長・育成方針の改定\"\nalso = [\"1-9\"]",
    right: "[1-1]\nname = \"人材確保\"\n\n[[1-1.initiative]]\nname = \"職員成長・育成方針の改定\"\nalso = [\"1-2\"]",
};

pub const UNKNOWN_OWNER: Explanation = Explanation {
    title: ("存在しない所管課", "an unknown owner"),
    text: (
        "owner に書いた名前が owners.toml にないか、二つ以上の所管課に当てはまります。所管課ごとの一覧や照会から漏れるため、\
         エラーとしています。名前を直すか、owners.toml に書き足してください。課名が変わったときは、前の名前を aliases に\
         書いておくと、どちらの名前でも通ります。",
        "The name in `owner` is not in owners.toml, or more than one owner goes by it. The entry would be missing from the \
         lists and inquiries of its department. Fix the name or add it to owners.toml; after a reorganisation, put the \
         former name into `aliases`, and both are understood.",
    ),
    wrong: "owner = \"人事果\"",
    right: "owner = \"人事課\"",
};

pub const OWNER_UNUSED: Explanation = Explanation {
    title: ("使われていない所管課", "an owner of nothing"),
    text: (
        "owners.toml にあるのに、どの項目や指標の owner にも書かれていない所管課です。集計には影響しませんが、owner の書き忘れ\
         かもしれません。担当する項目に書くか、不要であれば owners.toml から削除してください。",
        "The department stands in owners.toml, but no entry or indicator names it. The figures are not affected, but an \
         `owner` may have been forgotten. Name it where it is in charge, or delete it from owners.toml.",
    ),
    wrong: "[personnel]\nname = \"人事課\"",
    right: "[1-1-1]\nname  = \"戦略的リクルート\"\nowner = \"人事課\"",
};

pub const OWNERS_OF_ONE_NAME: Explanation = Explanation {
    title: ("同じ名称の所管課", "owners of one name"),
    text: (
        "局の異なる二つ以上の所管課が、同じ名称です（各局の総務課など）。誤りではありません。報告書、照会のブックとその\
         ファイル名では、局の名称を前に付けて示します。--owner や計画の owner には、局の名称を付けた名称か、owners.toml の\
         番号を書いてください。",
        "Two owners or more in different bureaus have the same name (a general affairs division in each bureau, say). \
         That is no mistake: papers, forms and the names of their files show the bureau before the name. In `--owner` \
         and in `owner` of the plan, write the name behind its bureau, or the ID from owners.toml.",
    ),
    wrong: "[civic]\nname = \"総務課\"\nbureau = \"市民局\"\n\n[finance]\nname = \"総務課\"\nbureau = \"財務局\"\n\n[1-1-1]\nowner = \"総務課\"",
    right: "[1-1-1]\nowner = \"財務局総務課\"",
};

pub const OWNERS_ALIKE: Explanation = Explanation {
    title: ("区別できない所管課", "owners that cannot be told apart"),
    text: (
        "二つ以上の所管課の名称が同じで、局の名称でも区別できません。報告書を読む人には、どちらのことか分かりません。名称には、\
         全角と半角、濁点の付け方など、見た目で区別できない違いも含みます。owners.toml に bureau（局）を書くか、名称を変えて\
         ください。同じ課を二度書いたのであれば、一つを消し、別名は aliases に書いてください。",
        "Two owners or more have the same name, and no bureau tells them apart; nobody who reads a paper knows which one is \
         meant. Spellings that look alike (half-width katakana, separate sound marks) count as the same name. Give each \
         a `bureau` in owners.toml, or another name. If it is one division written twice, delete one and put the other \
         spelling into `aliases`.",
    ),
    wrong: "[civic]\nname = \"総務課\"\n\n[finance]\nname = \"総務課\"",
    right: "[civic]\nname = \"総務課\"\nbureau = \"市民局\"\n\n[finance]\nname = \"総務課\"\nbureau = \"財務局\"",
};

pub const UNKNOWN_SOURCE: Explanation = Explanation {
    title: ("存在しない資料", "an unknown document"),
    text: (
        "source に書いた資料が sources.toml にありません。どの数字も出典を示せることが前提なので、エラーとしています。資料の\
         番号を直すか、sources.toml に題名などを書き足してください。",
        "The document in `source` is not in sources.toml. Every figure must be able to show where it is from. Fix the ID, or \
         add the document with its title to sources.toml.",
    ),
    wrong: "source = \"01\"",
    right: "source = \"001\"",
};

pub const UNKNOWN_PLAN: Explanation = Explanation {
    title: ("隣にない計画", "no such plan beside this one"),
    text: (
        "predecessor（前の計画）、related（関連する計画）、verified-by（検証する計画）には、この計画と同じ場所にある計画のフォルダーの名前を書きます。その\
         名前のフォルダーか、その中の plan.toml がありません。この計画の集計には影響しませんが、前の計画との対比はできません。\
         名前を直すか、そのキーを消してください。",
        "`predecessor`, `related` and `verified-by` name folders of plans beside this one. There is no such folder, or no plan.toml in it. \
         The figures of this plan do not suffer, but nothing can be compared with the other one. Fix the name or delete \
         the key.",
    ),
    wrong: "predecessor = \"stge3\"",
    right: "predecessor = \"stage3\"",
};

pub const UNKNOWN_RECORD: Explanation = Explanation {
    title: ("どの項目のものでもない記録", "records of nothing"),
    text: (
        "records/ のファイルの名前が、どの項目や指標の番号（前の番号を含む）とも一致しません。このままでは、書かれた実績がどこにも\
         数えられません。「1-1-2 - コピー.toml」のような写しなら、内容を確かめて一つにしてください。番号の変わった項目なら、\
         新しい項目の formerly に前の番号を書くと読めます。",
        "The file in records/ is named after no entry or indicator, present or former. What it records would count nowhere. \
         Of a copy such as 1-1-2 (2).toml, keep what is right in one file. Of an entry that was renumbered, put the former \
         id into `formerly` of the new one.",
    ),
    wrong: "[1-1-2]\nname = \"採用選考試験の見直し\"",
    right: "[1-1-2]\nname     = \"採用選考試験の見直し\"\nformerly = [\"1-1-4\"]",
};

pub const UNKNOWN_CORRECTED: Explanation = Explanation {
    title: ("訂正する記録がない", "nothing there to correct"),
    text: (
        "corrects には、訂正する記録の名前（対象期間/記録日）を書きます。その名前の記録が同じファイルにないか、この記録より前の\
         ものではありません。どの記録を数えないのかが決まらないため、エラーとしています。名前は kaikaku log や kaikaku show で\
         確かめられます。同じ対象期間と記録日の記録が二つ以上あるときは、記録の内容から求めた6桁の印（#3fa9c1 など）が付きます。\
         印のある名前は、ほかの記録が加わっても同じ記録を指し、その記録を書き換えると合わなくなります。",
        "`corrects` names the record that this one corrects, as period/day. The file holds no record of that name, or it does \
         not come before this one, so nothing says which record is no longer to count. See the names with kaikaku log or \
         kaikaku show; of several with the same period and day each has a mark of six digits, made from \
         what it says (#3fa9c1). A name with a mark means the same record whatever else is added, and no record any more \
         once that one is edited.",
    ),
    wrong: "[[update]]\nperiod   = \"R7Q2\"\nrecorded = 2025-10-03\nprogress = 60\n\n[[update]]\nperiod   = \"R7Q2\"\nrecorded = 2025-12-01\ncorrects = \"R7Q2/2025-10-30\"\nprogress = 55",
    right: "[[update]]\nperiod   = \"R7Q2\"\nrecorded = 2025-10-03\nprogress = 60\n\n[[update]]\nperiod   = \"R7Q2\"\nrecorded = 2025-12-01\ncorrects = \"R7Q2/2025-10-03\"\nprogress = 55",
};

pub const CORRECTED_TWICE: Explanation = Explanation {
    title: ("二度訂正された記録", "corrected twice"),
    text: (
        "一つの記録を、二つの記録が訂正しています。どちらの値を数えるか決まらないため、エラーとしています。訂正をさらに訂正する\
         ときは、初めの記録ではなく、前の訂正の名前を corrects に書きます。二人が同時に訂正したときは、git の履歴で経緯を\
         確かめ、後のものを前のものの訂正にしてください。",
        "Two records correct the same one, so nothing says which of them counts. A correction is itself corrected by naming \
         it, not the first record. Where two people corrected at once, see in git who meant what, and let the later correct \
         the earlier.",
    ),
    wrong: "[[update]]\nperiod   = \"R7Q2\"\nrecorded = 2025-12-10\ncorrects = \"R7Q2/2025-10-03\"   # R7Q2/2025-12-01 がもう訂正している\nprogress = 50",
    right: "[[update]]\nperiod   = \"R7Q2\"\nrecorded = 2025-12-10\ncorrects = \"R7Q2/2025-12-01\"\nprogress = 50",
};

pub const CORRECTS_ANOTHER: Explanation = Explanation {
    title: ("ほかの評価者の記録の訂正", "a correction of another evaluator's record"),
    text: (
        "訂正した記録と、訂正する記録の evaluator（評価者）が違います。委員会の訂正が所管課の評価を打ち消すなど、一方の評価が\
         集計から消えます。kaikaku update はこのような訂正を受け付けません。評価者を間違えて記録したときは、その記録を取り下げ\
         （--withdraw）、正しい評価者で記録し直してください。ブランチをマージした後に現れたときは、corrects に書かれた名前が別の記録を\
         指すようになっていないか確かめてください。",
        "The correction has another `evaluator` than the record that it corrects, so one of them loses its rating: a \
         committee's correction takes away the department's. `kaikaku update` refuses to write this. Where a record was made \
         under the wrong evaluator, withdraw it (`--withdraw`) and record it anew under the right one. Where this appears \
         after a merge, check whether the name in `corrects` has come to mean another record.",
    ),
    wrong: "[[update]]\nperiod   = \"R7Q2\"\nrecorded = 2025-10-03\nprogress = 60\n\n[[update]]\nperiod    = \"R7Q2\"\nrecorded  = 2025-12-01\nevaluator = \"committee\"\ncorrects  = \"R7Q2/2025-10-03\"\nprogress  = 55",
    right: "[[update]]\nperiod   = \"R7Q2\"\nrecorded = 2025-10-03\nprogress = 60\n\n[[update]]\nperiod    = \"R7Q2\"\nrecorded  = 2025-12-01\nevaluator = \"committee\"\nprogress  = 55",
};

pub const UNKNOWN_SCALE: Explanation = Explanation {
    title: ("存在しない区分の種類", "an unknown scale"),
    text: (
        "rating の左側や [[published]] の scale には、plan.toml の [[scale]] の id を書きます。その id の区分がありません。評価が\
         どの表にも入らなくなるため、エラーとしています。id を直すか、[[scale]] を書き足してください。",
        "On the left of `rating`, and in `scale` of [[published]], stands the id of a [[scale]] of plan.toml. There is none \
         with this id, so the rating would be in no table. Fix the ID, or add the [[scale]].",
    ),
    wrong: "rating = { progres = \"on-track\" }",
    right: "rating = { progress = \"on-track\" }",
};

pub const UNKNOWN_GRADE: Explanation = Explanation {
    title: ("存在しない進捗区分", "an unknown grade"),
    text: (
        "その区分にはない評価です。plan.toml の grades にある id か名前を書いてください。年度によって区分が違う場合は、その期間に\
         有効な版の区分で書きます。読み替えると件数の内訳が変わるため、推測はしません。",
        "The scale has no such grade. Write an id or name from its `grades` in plan.toml; where the scale changed between \
         years, one of the version in force in that period. To guess would change the counts.",
    ),
    wrong: "rating = { progress = \"順調\" }",
    right: "rating = { progress = \"on-track\" }",
};

pub const UNKNOWN_EVALUATOR: Explanation = Explanation {
    title: ("存在しない評価者", "an unknown evaluator"),
    text: (
        "evaluator に書いた評価者が plan.toml の [[evaluator]] にありません。所管課の評価と委員会の評価を混ぜて数えないよう、\
         エラーとしています。id を直すか、[[evaluator]] を書き足してください。省けば、最初の評価者のものとして数えます。",
        "The evaluator is not among the [[evaluator]] of plan.toml. What the department says and what a committee says must \
         not be counted together. Fix the ID, or add an [[evaluator]]; left out, the first one is meant.",
    ),
    wrong: "evaluator = \"comittee\"",
    right: "evaluator = \"committee\"",
};

pub const UNKNOWN_BANDS: Explanation = Explanation {
    title: ("ない判定区分", "an unknown set of bands"),
    text: (
        "judge で選べる判定区分は、備え付けの standard、pro-rata-3、s-a-b-c、tenths-7、expected-95-85 と、plan.toml の [[bands]] で\
         定めたものです。どの区分で判定するかによって達成・遅れの別が変わるため、ない名前を既定に置き換えることはしません。",
        "What can be named by `judge` are the sets that come with the program (standard, pro-rata-3, s-a-b-c, tenths-7, \
         expected-95-85) and those that plan.toml defines by [[bands]]. The verdict depends on the set, so an unknown name is \
         never replaced by a default.",
    ),
    wrong: "[judge]\nbands = \"sabc\"",
    right: "[judge]\nbands = \"s-a-b-c\"",
};

pub const UNKNOWN_MILESTONE: Explanation = Explanation {
    title: ("存在しない節目・取組内容", "an unknown milestone or initiative"),
    text: (
        "記録の reached に書いた節目、または step に書いた取組内容が、この項目にありません（同じ名称が二つあるときも、どれか\
         決まらないためエラーです）。到達の記録が別の節目に付かないよう、似た名称には読み替えません。outline にある名称のとおりに\
         書いてください。同じ名称の節目が二つの取組内容にあれば、「取組内容の名称/節目の名称」と書きます。",
        "A milestone under `reached`, or an initiative under `step`, is none of this entry's (or two of them have that name, so \
         that it is not settled which is meant). What was reached must not be put down to another milestone, so a similar name \
         is not taken for it. Write the name as in the outline; where two initiatives have a milestone of one name, write \
         \"INITIATIVE/MILESTONE\".",
    ),
    wrong: "reached = { \"公開開始\" = \"R6.11.1\" }",
    right: "reached = { \"公開\" = \"R6.11.1\" }",
};

pub const UNKNOWN_SECTION: Explanation = Explanation {
    title: ("報告書にない内容や列", "an unknown topic or column of a paper"),
    text: (
        "reports/ の様式の show か columns に、報告書に載せられない言葉があります。show には載せる内容を、columns にはその表の列を\
         書きます。選べる言葉は docs/ja/reference/files.md の表のとおりで、列は内容ごとに違います。様式の誤りは、報告書の欠けに気付かないまま\
         配ることにつながるため、直すまで続けません。",
        "A layout in reports/ names, in show or columns, what a paper cannot show. `show` names a topic, `columns` the \
         columns of its table; docs/en/reference/files.md lists the words, and which columns a topic can have. An error here would hand \
         out a paper with a part missing, so nothing is done until it is fixed.",
    ),
    wrong: "[[section]]\nshow    = \"attention\"\ncolumns = [\"id\", \"name\", \"target\"]",
    right: "[[section]]\nshow    = \"attention\"\ncolumns = [\"id\", \"name\", \"issue\"]",
};

pub const UNMAPPED_THEME: Explanation = Explanation {
    title: ("主題に属さない項目や指標", "an entry or indicator of no theme"),
    text: (
        "themes.toml に、いくつもの計画に共通の枠組み（総合計画の施策、SDGs など）の主題がありますが、数える項目のうち、そのどれにも\
         属さないものがあります。主題ごとの件数を足しても、計画の件数になりません。属する主題の of に加えてください。属するものが\
         なければ、「その他」の主題を設けてください。主題に指標も書いたときは、どれにも属さない指標も示します。",
        "`themes.toml` has themes of a framework that several plans share (measures of a master plan, the SDGs), and a counted entry \
         belongs to none of them: the counts of the themes do not add up to that of the plan. Add it to `of` of its theme, \
         or make a theme for what belongs to no other. Where themes name indicators as well, an indicator of no theme is told, too.",
    ),
    wrong: "[digital]\nframework = \"総合計画\"\nname = \"デジタル\"\nof = [\"1-1\"]",
    right: "[digital]\nframework = \"総合計画\"\nname = \"デジタル\"\nof = [\"1-1\", \"1-2\"]",
};

pub const THEME_TWICE: Explanation = Explanation {
    title: ("二つの主題に属するもの", "what belongs to two themes"),
    text: (
        "themes.toml で、一つの枠組みの二つの主題に、同じ項目か指標（又はその上の項目）が属しています。どちらでも数えるので、主題ごとの\
         件数を足すと、計画の件数より多くなります。誤りなら一方から除いてください。どの主題にも書かない指標は、対象の項目の主題に属します。\
         一方だけに属させるには、指標の id を、その主題の of に書いてください。",
        "In `themes.toml` an entry or indicator, or what stands above it, belongs to two themes of one framework. It counts in both, \
         so that the counts of the themes add up to more than that of the plan. Take it out of one of them if that is a mistake. An indicator that no theme names belongs to those of the entries that it \
         verifies: name it in `of` of one theme to have it there alone.",
    ),
    wrong: "[digital]\nframework = \"総合計画\"\nname = \"デジタル\"\nof = [\"1-1\"]\n\n[counter]\nframework = \"総合計画\"\nname = \"窓口\"\nof = [\"1-1\"]",
    right: "[digital]\nframework = \"総合計画\"\nname = \"デジタル\"\nof = [\"1-1\"]\n\n[counter]\nframework = \"総合計画\"\nname = \"窓口\"\nof = [\"1-2\"]",
};

pub const THEME_IN_GROUP: Explanation = Explanation {
    title: ("group に書かれた主題", "a theme that is written into group"),
    text: (
        "項目の group に、themes.toml の枠組みと同じ名称があります。主題に属するものは themes.toml だけで決めます。group にも書くと、\
         status は主題として数え、kpi、報告書、データセットは数えないことになるため、直すまで計算しません。",
        "`group` of an entry has a key that is a framework of `themes.toml`. What belongs to a theme is said there alone: with a \
         second place `status` would count a theme that `kpi`, papers and the dataset do not know, so that nothing is worked \
         out until it is fixed.",
    ),
    wrong: "[1-1]\nname = \"書かない窓口\"\ngroup = { \"総合計画\" = \"デジタル\" }",
    right: "[1-1]\nname = \"書かない窓口\"",
};
