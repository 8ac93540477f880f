//! What may not go out.

use super::Explanation;

pub const PERSONAL_CONTACT: Explanation = Explanation {
    title: ("公表する文章の連絡先", "a contact in a public text"),
    text: (
        "publish.toml により公表する文章に、メールアドレスか電話番号があります。個人の連絡先を公表すると取り返しがつかないため、\
         kaikaku publish は何も書きません。個人のものなら文章から除くか、公表しない文章に移してください。窓口の番号のように公表して\
         よいものは、publish.toml の allow に書けば、この指摘は消えます。計画はこのままでも読め、数字も変わりません。",
        "A text that publish.toml lets out has an e-mail address or a telephone number. What is published of a person cannot be \
         taken back, so `kaikaku publish` writes nothing. Take it out, or move it into a text that does not go out. One that may \
         go out, such as the number of an office, goes into `allow` of publish.toml, and the finding is gone. The plan can be \
         read all the same, and no figure changes.",
    ),
    wrong: "[[update]]\nperiod = \"R7Q2\"\ndone   = \"申込みは山田（090-1234-5678）まで\"",
    right: "[[update]]\nperiod = \"R7Q2\"\ndone   = \"申込みは人事課まで\"",
};
