//! What the figures say.

use super::Explanation;

pub const NO_KIND: Explanation = Explanation {
    title: ("向きのない指標", "an indicator without direction"),
    text: (
        "指標には、値がどちらへ動けばよいかを kind で示します。増えるほどよい up、減るほどよい down、下限 at-least、上限 at-most、\
         維持 maintain、範囲 range、段階 milestone、見出し heading です。基準値と目標値の大小から推測すると、上限を守る指標\
         （将来負担比率など）で達成と未達成が逆になるため、推測はしません。",
        "An indicator says by `kind` which way is good: up, down, at-least (a floor), at-most (a ceiling), maintain, range, \
         milestone (steps) or heading (no values of its own). To guess it from baseline and target would turn met into \
         missed for a ceiling such as a debt ratio, so it is never guessed.",
    ),
    wrong: "[future-burden]\nname = \"将来負担比率\"\nunit = \"％\"",
    right: "[future-burden]\nname = \"将来負担比率\"\nunit = \"％\"\nkind = \"at-most\"",
};

pub const UNKNOWN_KIND: Explanation = Explanation {
    title: ("指標の向きが正しくない", "a wrong direction"),
    text: (
        "kind に書いた言葉がないか、目標値の「以上」「以下」が kind と逆です（減るほどよい指標の目標が「15％以上」など）。達成の\
         判定が逆になるおそれがあるため、集計は行いません。kind か目標値のどちらかを、資料に照らして直してください。",
        "There is no such kind, or a target says the opposite of it (15% or more for an indicator of which less is better). \
         Met and missed might be reversed, so nothing is judged. Fix the kind or the target according to the document.",
    ),
    wrong: "kind   = \"down\"\ntarget = { R9 = \"15％以上\" }",
    right: "kind   = \"at-least\"\ntarget = { R9 = \"15％以上\" }",
};

pub const UNKNOWN_STEP: Explanation = Explanation {
    title: ("存在しない段階", "an unknown step"),
    text: (
        "段階で測る指標（kind = \"milestone\"）の値は steps に並べた名前の、工程の段階（項目や取組内容の steps、記録の step）は\
         plan.toml の [roadmap] に並べた名前（なければ検討・準備・実施・完了）の一つでなければなりません。並びの何番目かで\
         進み具合を判定するため、似た言葉には読み替えません。並びにある名前に直すか、並びに段階を足してください。",
        "A value of an indicator of kind milestone is one of the names in its `steps`; a step of a roadmap (`steps` in the \
         outline, `step` in a record) one of those in [roadmap] of plan.toml (without it: study, prepare, run, done). How \
         far it is follows from the place in that order, so a similar word is not taken for it. Write one of the steps, or \
         add a step.",
    ),
    wrong: "steps  = [\"検討\", \"試行\", \"本格実施\"]\ntarget = { R9 = \"本格実施済\" }",
    right: "steps  = [\"検討\", \"試行\", \"本格実施\"]\ntarget = { R9 = \"本格実施\" }",
};

pub const NOT_A_NUMBER: Explanation = Explanation {
    title: ("数値として読めない", "not a number"),
    text: (
        "数値が要る所に、数値として読めないものがあります。1,200、１，２００、▲1.2、12.5％ は読めますが、「約12」「多数」は\
         読めません。値がないことは 0 とは違うので、未調査、未公表、対象外のどれかを absent に書いてください。28桁を超える数、\
         inf、nan も扱いません。",
        "A number is wanted and this cannot be read as one. 1,200 and 12.5% are understood, \"about 12\" or \"many\" are not. \
         No value is not zero: write `absent` with the reason (not surveyed, not published, not applicable). Numbers of more \
         than 28 digits, inf and nan are not taken.",
    ),
    wrong: "[[measure]]\nperiod = \"R6\"\nvalue  = \"多数\"",
    right: "[[measure]]\nperiod = \"R6\"\nabsent = \"未公表\"",
};

pub const NUMBER_NOT_ALLOWED: Explanation = Explanation {
    title: ("数値を書けない所の数値", "a number where none can be"),
    text: (
        "文字列が要る所（名前、期間、番号など）、段階で測る指標、見出しの指標に数値が書かれています。番号 1-1 や期間は、引用符で\
         囲まないと別の意味になります。文字列なら \" で囲み、段階なら段階の名前を書き、見出しの値は下の指標へ移してください。",
        "A number stands where a text belongs (a name, period or id), or as a value of an indicator that goes by steps or is \
         a mere heading. Quote it if it is a text, write the name of the step, or move the value to the indicators under the \
         heading.",
    ),
    wrong: "period = 2025",
    right: "period = \"FY2025\"",
};

pub const UNIT_MISMATCH: Explanation = Explanation {
    title: ("単位が違う", "another unit"),
    text: (
        "値に付けた単位が、その指標の unit と違います。単位を取り違えると桁の違う数字を比べることになるため、止めます。指標の単位に\
         そろえた値を書いてください。％ と % のような全角と半角の違いは同じとみなします。「1億200万円」を百万円の指標に書くような、\
         億・万・千だけの違いは、正確に換算できれば換算します。",
        "The unit written with the value is not the indicator's `unit`. To mix units compares figures of another order of \
         magnitude, so this stops. Write the value in the indicator's unit. Full-width and half-width forms of a unit are the \
         same; an amount in yen where the unit is a million yen, and the like, is converted where that is exact.",
    ),
    wrong: "unit   = \"分\"\ntarget = { R9 = \"600秒\" }",
    right: "unit   = \"分\"\ntarget = { R9 = \"10分\" }",
};

pub const PUBLISHED_SUM: Explanation = Explanation {
    title: ("公表値の内訳と合計が合わない", "published counts that do not add up"),
    text: (
        "[[published]] の counts の和が total と違います。資料の数字を写し間違えたか、資料そのものに誤りがあります。どちらが正しいか\
         分からないので、ツールは直しません。出力は資料のとおりに示し、差と note を添えます。写し間違いなら直し、資料のとおりなら、\
         そのままにして経緯を note に残してください。",
        "The `counts` of a [[published]] do not add up to its `total`. Either they were copied wrongly or the paper is wrong; \
         nothing says which, so nothing is adjusted: outputs show both as printed, the difference and the `note`. Correct what \
         was copied wrongly; if the paper says so, leave it and explain it in `note`.",
    ),
    wrong: "counts = { on-track = 108, off-track = 29 }\ntotal  = 138",
    right: "counts = { on-track = 108, off-track = 29 }\ntotal  = 137",
};

pub const PUBLISHED_COUNT: Explanation = Explanation {
    title: ("公表値が記録から数えた件数と合わない", "published counts that differ from the records"),
    text: (
        "[[published]] の件数が、同じ期間の末の記録から数えた件数と違います。件数の写し間違いか、記録の漏れか、公表の後に記録を改めたか\
         です。どちらが正しいか分からないので、ツールは直しません。出力は両方を示します。資料のとおりなら、そのままにして経緯を note に\
         残してください。",
        "The counts of a [[published]] are others than those of the records as of the end of its period. They were copied wrongly, \
         a record is missing, or records changed after the paper was printed. Nothing says which, so nothing is adjusted: outputs \
         show both. If the paper says so, leave it and explain it in `note`.",
    ),
    wrong: "counts = { on-track = 2, off-track = 1 }\ntotal  = 3",
    right: "counts = { on-track = 1, off-track = 2 }\ntotal  = 3",
};

pub const OUTSIDE_PLAN: Explanation = Explanation {
    title: ("計画期間の外の記録", "a record outside the plan"),
    text: (
        "記録の対象の期間が、計画期間（plan.toml の period）の外です。R7 と R17 のような打ち間違いが多く、そのまま数えると最新の\
         状況を取り違えます。期間を直してください。前の計画の記録なら、前の計画のフォルダーに置きます。",
        "The record is about a period outside the plan's years (`period` in plan.toml). Mostly it is a typing error, R17 for R7, and \
         would be taken for the latest state. Correct the period; a record of the plan before belongs in that plan's folder.",
    ),
    wrong: "[[update]]\nperiod = \"R17Q2\"",
    right: "[[update]]\nperiod = \"R7Q2\"",
};

pub const AFTER_DROPPED: Explanation = Explanation {
    title: ("計画から外れた後の記録", "a record after the entry was dropped"),
    text: (
        "項目が計画から外れた（dropped）後の期間の記録です。その期間の件数には入りません。期間か dropped のどちらかが違っていないか\
         確かめてください。外れた後の経過を残しておきたいだけなら、このままで構いません。",
        "The record is about a time when the entry had left the plan (`dropped`), and so is in no count of that time. See \
         whether the period or `dropped` is wrong. If you only want to keep what happened afterwards, leave it.",
    ),
    wrong: "dropped = \"R7Q1\"",
    right: "dropped = \"R8Q1\"",
};

pub const DUPLICATE_RECORD: Explanation = Explanation {
    title: ("同じ内容の記録", "the same record twice"),
    text: (
        "同じ期間、同じ内容の記録が二つあります。同じ期間では後のものだけを数えるので、数字は変わりません。回答を二度取り込んだか、\
         貼り付けを繰り返したのかもしれません。一つを消してください。",
        "Two records of one period say the same. Only the later one counts for a period, so the figures are not affected. A reply \
         may have been taken in twice. Delete one of them.",
    ),
    wrong: "[[measure]]\nperiod = \"R6\"\nvalue  = 12\n\n[[measure]]\nperiod = \"R6\"\nvalue  = 12",
    right: "[[measure]]\nperiod = \"R6\"\nvalue  = 12",
};

pub const UNCONFIRMED: Explanation = Explanation {
    title: ("要確認の値", "an unconfirmed value"),
    text: (
        "資料だけでは定まらず、要確認（certainty = \"unconfirmed\" または series = \"unconfirmed\"）とした値です。誤りではありません。\
         出力には「要確認」と付き、印のないまま公表されることはありません。資料や所管課に確かめたら、certainty を \"stated\" に\
         改めるか、その行を消してください。",
        "The documents do not settle this value, and it is marked so (`certainty` or `series` is \"unconfirmed\"). It is no \
         mistake. Outputs mark it, so it is never published as if it were certain. Once it is settled, set `certainty` to \
         \"stated\" or delete the line.",
    ),
    wrong: "target = { R9 = { value = 30, certainty = \"unconfirmed\" } }",
    right: "target = { R9 = { value = 30, certainty = \"stated\" } }",
};

pub const PUBLISHED_RATE: Explanation = Explanation {
    title: ("公表値と計算値の不一致", "a published figure differs from the computed one"),
    text: (
        "資料に載った率や合計（published、share）を、その元になる値から計算し直した結果と比べています。資料の桁まで、この計画の端数処理\
         （plan.toml の rounding、既定は四捨五入）で丸めても合わないため、両方の値と差を示します。どちらも直しません。別の端数処理\
         なら合うときは、そのことも示します。資料の誤りか、値の写し間違いか、計算の仕方の違いかを確かめ、注（note）に残してください。\
         資料がいつも切り捨てるなら、rounding の mode を \"truncate\" にします。",
        "A rate or sum that a paper printed (published, share) is computed anew from the values it rests on. They differ even when \
         rounded to the digits of the paper as the plan rounds (`rounding` of plan.toml, half up by default), so both and \
         their difference are shown; neither is adjusted. Where the other way of rounding gives what was printed, that is \
         said, too. Find out whether the paper is wrong, a value was copied wrongly or the method differs, and keep the \
         answer in a note. If the papers always cut off, set `mode` of `rounding` to \"truncate\".",
    ),
    wrong: "published = [ { period = \"R4\", ratio = 76.8 } ]",
    right: "published = [ { period = \"R4\", ratio = 67.8 } ]",
};

pub const REVISED_PARTLY: Explanation = Explanation {
    title: ("一部の期間だけの改定前の目標値", "former targets of some periods only"),
    text: (
        "revised に書いた改定前の目標値に、改定後の目標値（target）にある期間の一部がありません。書かれていない期間は、改定で\
         変わらなかったものとして、改定前の日付でも今の値を使います。期間が一つも重ならないときは、目標の年度そのものを移したものとして、\
         書かれた期間だけが改定前の目標です。どちらの扱いも資料と違うことがあるため、改定前の目標値を期間ごとにすべて書いてください。\
         目標値がなかった期間には \"－\" を書きます。",
        "The targets that held before, in `revised`, leave out some of the periods that `target` has. What is not listed is taken \
         as unchanged by the revision, so that as of an earlier day it holds as it does today. Where the two share no period, \
         the target was moved to another year, and only what is listed held before. Either may be other than in the document: \
         list the former target of every period, and write \"-\" where there was none.",
    ),
    wrong: "target  = { R7 = 50, R9 = 60 }\nrevised = [{ until = \"R7.3.31\", target = { R7 = 45 } }]",
    right: "target  = { R7 = 50, R9 = 60 }\nrevised = [{ until = \"R7.3.31\", target = { R7 = 45, R9 = 60 } }]",
};

pub const MIXED_SERIES: Explanation = Explanation {
    title: ("種類の違う値が混じっている", "values of different series are mixed"),
    text: (
        "時点の値（snapshot）、単年度の値（yearly）、累計（cumulative）は、同じ単位でも別のものです。混ぜると、増減も見込みも達成率も\
         誤ります。指標の series と違う値は、換算して記録するか、別の指標にしてください。累計が前の値より減ったときも、この\
         指摘になります。",
        "A state on a day (snapshot), what happened within a year (yearly) and a sum since the beginning (cumulative) are \
         different things even in the same unit. Mixed, they make every change, forecast and rate wrong. Convert the value, or \
         make it an indicator of its own. A cumulative value below the one before it is reported the same way.",
    ),
    wrong: "[[measure]]\nperiod = \"R7\"\nvalue  = 340\nseries = \"cumulative\"   # series = \"yearly\"",
    right: "[[measure]]\nperiod = \"R7\"\nvalue  = 120\nseries = \"yearly\"",
};

pub const UNEXPLAINED_VERDICT: Explanation = Explanation {
    title: ("理由のない所管課の判断", "a verdict by hand without a reason"),
    text: (
        "担当者の判定（verdict）が、計算による判定と違うのに、理由（reason）がありません。議会で必ず問われる違いです。出力には両方の\
         判定と理由を並べて示すため、reason を一文で書いてください。",
        "The verdict that a person gave differs from the computed one and has no reason. A council will ask for it: outputs show \
         both verdicts with the reason beside them, so write one sentence as `reason`.",
    ),
    wrong: "[[measure]]\nperiod  = \"R7\"\nvalue   = 48\nverdict = \"on-pace\"",
    right: "[[measure]]\nperiod  = \"R7\"\nvalue   = 48\nverdict = \"on-pace\"\nreason  = \"災害で窓口を閉じた2か月を除けば見込みに達する。\"",
};

pub const MANIFEST_ALTERED: Explanation = Explanation {
    title: ("書き換えられた確定ファイル", "an altered manifest"),
    text: (
        "closed/ のファイルは、決裁を経て公表した数字の控えです。中の数字が、照合番号（fingerprint）を付けたときのものと違っています。手で\
         書き換えると、何を公表したかが分からなくなります。git で元に戻してください。数字を改めるときは、記録を直したうえで\
         kaikaku errata R7Q2 --record --reason \"…\" と実行すると、公表した数字を残したまま訂正が書き足されます。",
        "The files in closed/ keep what was published after approval. The figures in this one are not those that its \
         fingerprint was made of: edited by hand, it no longer says what was published. Restore it from git. To correct a \
         figure, correct the records and run kaikaku errata R7Q2 --record --reason \"...\", which adds the correction and keeps \
         what was published.",
    ),
    wrong: "",
    right: "",
};

pub const CHANGED_AFTER_CLOSE: Explanation = Explanation {
    title: ("確定後に変わった数字", "a figure that changed after its period was closed"),
    text: (
        "公表した期間の数字が、その後の記録や定義の変更によって変わりました。遅れて届いた記録も、その期間の数字を変えます。このままでは、\
         公表した資料といまの数字が食い違います。kaikaku errata R7Q2 で正誤表を確かめ、変更が誤りなら元に戻してください。正しければ \
         kaikaku errata R7Q2 --record --reason \"…\" で訂正として記録すると、この指摘は消えます。番号の変更（kaikaku mv）は訂正に\
         当たりません。",
        "A figure of a period that was closed and published is another now, by a later record or a changed definition; a \
         record that comes in late counts for its period, too. What was published and what holds now disagree. See the list \
         of errata with kaikaku errata R7Q2. If the change is wrong, take it back; if it is right, record it with kaikaku errata \
         R7Q2 --record --reason \"...\", and this finding is gone. A new number (kaikaku mv) is no correction.",
    ),
    wrong: "",
    right: "",
};

pub const CONTRADICTING_TEXT: Explanation = Explanation {
    title: ("文章の数が指標の値と違う", "a text that states another number"),
    text: (
        "記録の done、issue、next が検証指標の値に触れていますが、その数は、指標の基準値・実績値・目標値のどれでもありません。報告書には\
         文章と表の両方が載るため、食い違いは議会や報道で問われます。文章か、指標の記録の、どちらが正しいかを確かめてください。指標の\
         名前（の一部）と、指標の単位の付いた数が、同じ句の中にあるときだけ調べます。増減、ほかの時点、目標などの数は調べません。",
        "A text of a record speaks of an indicator, but its number is none of the indicator's values: not the baseline, no \
         actual, no target. A paper shows both the text and the table, and someone will ask. Find out which is right. Only a \
         number in the indicator's unit is looked at, in a clause that names the indicator and does not speak of a change, \
         another time or an aim.",
    ),
    wrong: "done = \"窓口の満足度は82％となった。\"    # 実績値は 79.6",
    right: "done = \"窓口の満足度は79.6％となった。\"",
};
