//! Whether it can be so.

use super::Explanation;

pub const PERIOD_NOT_BEGUN: Explanation = Explanation {
    title: ("始まっていない期間の報告", "a report of a period that had not begun"),
    text: (
        "記録した日（recorded）に、対象の期間（period）がまだ始まっていません。そのような報告はあり得ず、期間が来るまでどの帳票にも\
         現れません。年度は4月から翌年3月までなので、令和9年2月は令和8年度の第4四半期（R8Q4）です。期間を直してください。コマンドで\
         記録したものは、kaikaku update か measure の --corrects に正しい --period を添えて訂正できます。",
        "On the day of the record (`recorded`) its period (`period`) had not begun. There is nothing to report of it, and the \
         record stays unseen until the period comes. A fiscal year is from April to March: February of 2027 lies in the \
         fourth quarter of FY2026 (R8Q4). Fix the period; what a command recorded is corrected by `kaikaku update` or \
         `kaikaku measure` with --corrects and the right --period.",
    ),
    wrong: "[[update]]\nperiod   = \"R9Q4\"\nrecorded = 2027-02-10\nprogress = 60",
    right: "[[update]]\nperiod   = \"R8Q4\"\nrecorded = 2027-02-10\nprogress = 60",
};

pub const FUTURE_DAY: Explanation = Explanation {
    title: ("まだ来ていない日", "a day that has not come"),
    text: (
        "記録、照会、回答、確定、訂正の日が、今日（計画の time_zone による）より後です。同じ期間について後から記録したものは、日が前\
         なので数えられません。年や元号の書き間違いか、パソコンの時計の狂いです。その日が来れば意味の変わる内容なので、警告にとどめ、\
         計画は読みます。正しい日に直してください。記録の名前を corrects に書いた記録があれば、その日も合わせて直します。",
        "The day of a record, an inquiry, a reply, a closing or a correction lies after today (in the plan's `time_zone`). What \
         is recorded of the same period later has an earlier day, and so does not count. It is a slip in the year or the era, \
         or a clock that was wrong. The plan is read all the same. Write the right day; where another record names this one \
         in `corrects`, write the day there, too.",
    ),
    wrong: "[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2099-12-31\nprogress = 60",
    right: "[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2026-10-05\nprogress = 60",
};

pub const REACHED_TOO_SOON: Explanation = Explanation {
    title: ("記録した日より後に到達した節目", "a milestone reached after its record"),
    text: (
        "節目に到達した日（reached）が、そう記録した日より後です。まだ起きていないことを済んだと数えることになります。到達した日か\
         記録の日を直してください。これからの予定は、構成（outline）の milestone に書きます。",
        "A milestone was reached (`reached`) after the day of the record that says so: something that had not happened is \
         counted as done. Fix one of the days. What is planned belongs to `milestone` in the outline.",
    ),
    wrong: "[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2026-10-05\nreached  = { \"公開\" = \"R9.4.1\" }",
    right: "[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2026-10-05\nreached  = { \"公開\" = \"R8.9.1\" }",
};

pub const BEYOND_HUNDRED: Explanation = Explanation {
    title: ("100％を超える調査の割合", "a survey of more than 100%"),
    text: (
        "回答数（sample）のある割合が 100％を超えています。調査で、答えた人より多くの人がそう答えることはありません。小数点の位置か、\
         単位を確かめて直してください。調査ではない達成率などは 100％を超えることがあるので、sample を書きません。",
        "A share of those who were asked (`sample`) is more than 100%: no survey finds more people than it asked. Check the \
         point and the unit. A rate of achievement may be more than 100%; it is no survey and has no `sample`.",
    ),
    wrong: "[[measure]]\nperiod = \"R7\"\nvalue  = 652\nsample = 1200",
    right: "[[measure]]\nperiod = \"R7\"\nvalue  = 65.2\nsample = 1200",
};

pub const NOT_ONE_VALUE: Explanation = Explanation {
    title: ("一つに決まらない実績値", "an actual that is no single value"),
    text: (
        "実績値に「以上」「以下」などの言葉が付いています。数値だけが判定に使われ、言葉はどの計算にも\
         入りません。「98.8％以上」が 98.8％なのか、それより多いのかは資料で確かめ、数値だけを書いてください。数え方の\
         説明は注（note）に書きます。目標値の「以上」は、目標の意味なのでこの指摘の対象ではありません。",
        "An actual says or more, or less (the words of the example) behind its number. \
         The number alone is judged, and the words enter no calculation. Find out from the document whether the value is \
         98.8% or more than that, and write the number alone; how it is counted goes into `note`. Targets may say or more: \
         that is what they mean.",
    ),
    wrong: "[[measure]]\nperiod = \"R7\"\nvalue  = \"98.8％以上\"",
    right: "[[measure]]\nperiod = \"R7\"\nvalue  = 98.8\nnote   = \"10月以降の月ごとの値は、いずれもこれ以上\"",
};

pub const UNLIKELY_VALUE: Explanation = Explanation {
    title: ("ほかの値とかけ離れた値", "a value unlike the others"),
    text: (
        "実績値が、その指標のほかの値（基準値、目標値、ほかの期間の実績値）と桁が違う（10倍を超えるか、10分の1に満たない）か、％の\
         値が割合（98.8％を 0.988）で書かれたように見えるか、ほかがすべて 100％以下の中でこれだけが超えています。桁や単位の\
         書き間違いなら直してください。正しければ、理由を注（note）に書けばこの指摘は消えます。",
        "An actual is of another order than the other values of its indicator (baseline, targets, actuals of other periods): \
         more than ten times the largest or less than a tenth of the smallest. Or a percentage seems to be written as a \
         fraction (0.988 for 98.8), or is the only one above 100%. Fix a slip in digits or unit. If it is right, write the \
         reason into `note`, and the finding is gone.",
    ),
    wrong: "[[measure]]\nperiod = \"R7\"\nvalue  = 0.988",
    right: "[[measure]]\nperiod = \"R7\"\nvalue  = 98.8",
};

pub const FALLS_BACK: Explanation = Explanation {
    title: ("前より後退した進捗", "progress that falls"),
    text: (
        "進捗率、工程の段階、又は段階で測る指標の値が、同じ評価者による前の期間のものより下がっています。項目や期間の取り違えが\
         多い所です。正しければ、後退した理由を注（note）に書けばこの指摘は消え、読む人にも理由が伝わります。",
        "A progress, a step of the roadmap or a stage of an indicator is behind that of an earlier period by the same \
         evaluator. Often the entry or the period is a wrong one. If it is right, write into `note` why: the finding is gone, \
         and whoever reads it learns the reason.",
    ),
    wrong: "[[update]]\nperiod   = \"R7Q2\"\nprogress = 60\n\n[[update]]\nperiod   = \"R7Q3\"\nprogress = 40",
    right: "[[update]]\nperiod   = \"R7Q2\"\nprogress = 60\n\n[[update]]\nperiod   = \"R7Q3\"\nprogress = 40\nnote     = \"対象を全庁に広げたため\"",
};

pub const LONG_AGO: Explanation = Explanation {
    title: ("計画よりはるか前の時期", "a time long before the plan"),
    text: (
        "実績値の期間か節目に到達した日が、計画の始まりより10年以上前です。H7 と R7 のような元号や年の書き間違いが考えられます。書き\
         間違いでなければ、理由を注（note）に書くか、その時期の基準値を指標に書けば、この指摘は消えます。",
        "The period of an actual, or the day on which a milestone was reached, lies more than ten years before the plan. It may \
         be a slip in the era (H7 for R7) or in the year. If it is right, write the reason into `note`, or give the indicator a \
         baseline of that time, and the finding is gone.",
    ),
    wrong: "[[measure]]\nperiod = \"H7\"\nvalue  = 44.1",
    right: "[[measure]]\nperiod = \"R7\"\nvalue  = 44.1",
};

pub const DAYS_OUT_OF_ORDER: Explanation = Explanation {
    title: ("前後が逆の日付", "days out of order"),
    text: (
        "回答期限か回答を受けた日が照会した日より前か、期間の末日より前に確定したか、確定より前に訂正したことになっています。数字は\
         変わりませんが、だれがいつまでに答えるか、いつ公表したかが正しく示せません。年と日を確かめてください。",
        "A deadline or a reply lies before the day of sending, a period was closed before it ended, or a correction was made \
         before the closing. No figure changes by it, but who has to reply by when, or when something was published, is \
         wrong. Check the year and the day.",
    ),
    wrong: "[[sent]]\nowner    = \"hr\"\nsent     = 2026-10-01\ndeadline = 2025-10-15",
    right: "[[sent]]\nowner    = \"hr\"\nsent     = 2026-10-01\ndeadline = 2026-10-15",
};
