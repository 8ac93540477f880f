//! What was said of the plan, and what was answered.

use super::Explanation;

pub const UNKNOWN_OPINION: Explanation = Explanation {
    title: ("意見がない", "no such opinion"),
    text: (
        "[[response]] の to や、[[opinion]] の like が指す番号の意見が、この会議のファイルにありません。何への対応か分からない回答は、\
         台帳にも「意見と対応」にも載りません。番号を直すか、先に [[opinion]] を書いてください。like は、それ自身がほかの意見に\
         まとめられていない意見を指します。",
        "`to` of a [[response]] or `like` of an [[opinion]] names a number that no opinion of this meeting has. An answer to \
         nothing would stand in no register. Fix the number, or write the [[opinion]] first. `like` names an opinion that is \
         not itself grouped with another one.",
    ),
    wrong: "[[opinion]]\nnumber = \"1\"\n\n[[response]]\nto = \"2\"",
    right: "[[opinion]]\nnumber = \"1\"\n\n[[response]]\nto = \"1\"",
};

pub const UNEXPLAINED_STATE: Explanation = Explanation {
    title: ("理由のない「対応しない」", "nothing done, and no reason"),
    text: (
        "意見に対応しないとする回答（state = \"declined\"）には、理由が要ります。公表したときに、なぜかと尋ねられるのはここです。\
         reason に理由を書いてください。",
        "A response that nothing is to be done (state = \"declined\") needs its reason: it is what everybody asks once it is \
         published. Give it with `reason`.",
    ),
    wrong: "state  = \"declined\"\nanswer = \"実施しません\"",
    right: "state  = \"declined\"\nanswer = \"実施しません\"\nreason = \"法令で市が定められないため\"",
};

pub const ANSWERS_DISAGREE: Explanation = Explanation {
    title: ("食い違う二つの対応", "two answers that disagree"),
    text: (
        "同じ意見に、同じ所管課の、同じ日の対応が二つあり、内容が違います。どちらが正しいか決まらないので、どちらも公表できません。\
         日が違えば後のものが今の対応ですが、同じ日では順が決まりません。一方を消すか、後の方に corrects を書いて訂正としてください。",
        "The same department answered the same opinion twice on one day, and differently. Nothing says which holds, so neither \
         can be published. Of answers of two days the later one holds; those of one day have no order. Delete one, or let the \
         later one correct the other by `corrects`.",
    ),
    wrong: "[[response]]\nto       = \"1\"\nrecorded = 2026-03-02\nstate    = \"done\"\n\n[[response]]\nto       = \"1\"\nrecorded = 2026-03-02\nstate    = \"considering\"",
    right: "[[response]]\nto       = \"1\"\nrecorded = 2026-03-02\nstate    = \"done\"\n\n[[response]]\nto       = \"1\"\nrecorded = 2026-03-02\ncorrects = \"2026-03-02\"\nstate    = \"considering\"",
};

pub const ANSWERED_TOO_SOON: Explanation = Explanation {
    title: ("意見より前の対応", "an answer before its question"),
    text: (
        "対応の日（recorded）が、意見の出た日（date、数日にわたるものは from）より前です。日付を取り違えると、どの対応が今のものか、\
         約束の期限が過ぎたかを誤ります。どちらの日付が違うかを確かめてください。",
        "The day of the answer, `recorded`, lies before the day on which the opinion was given (`date`, or `from` of what lasted \
         several days). With wrong days the wrong answer counts as the latest. See which of both days is wrong.",
    ),
    wrong: "date = 2026-02-10\n[[response]]\nto       = \"1\"\nrecorded = 2026-01-20",
    right: "date = 2026-02-10\n[[response]]\nto       = \"1\"\nrecorded = 2026-02-20",
};

pub const UNKNOWN_REVISION: Explanation = Explanation {
    title: ("反映した版や変更がない", "no such revision or change"),
    text: (
        "意見を計画に反映したという版（revision）が git にないか、その日の [[change]] が計画にありません。反映したと公表しても、\
         何が変わったかをだれも確かめられません。版はコミットの番号かタグを、change は計画の [[change]] の日を書いてください。",
        "The revision that is said to reflect the opinion is not in git, or the plan has no [[change]] of that day. Nobody could \
         see what changed. Write the id of a commit or a tag into `revision`, and the day of a [[change]] of the plan into \
         `change`.",
    ),
    wrong: "[[response]]\nto     = \"1\"\nstate  = \"done\"\nchange = 2026-03-31",
    right: "[[response]]\nto     = \"1\"\nstate  = \"done\"\nchange = 2026-03-25",
};
