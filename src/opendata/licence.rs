//! Under which terms data may be used.

use super::field::Both;
use crate::text::fold::fold;

/// The terms that Japanese cities publish data under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Licence {
    /// クリエイティブ・コモンズ 表示 4.0 国際.
    CcBy,
    /// 公共データ利用規約（第1.0版）.
    PublicData,
    /// 政府標準利用規約（第2.0版）.
    Government,
}

impl Licence {
    /// All of them, with the words by which they are asked for.
    pub const ALL: [(&str, Self); 3] =
        [("cc-by-4.0", Self::CcBy), ("pdl-1.0", Self::PublicData), ("gov-jp-2.0", Self::Government)];

    /// The licence that a text names, by its word or by its title.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text.trim()).to_lowercase();
        let named = Self::ALL.iter().find(|(word, _)| *word == folded).map(|(_, licence)| *licence);
        let holds = |words: &[&str]| words.iter().any(|word| folded.contains(&fold(word).to_lowercase()));
        let titled = || match () {
            () if holds(&["cc by 4.0", "cc-by 4.0", "cc-by-4.0", "表示 4.0 国際"]) => Some(Self::CcBy),
            () if holds(&["公共データ利用規約", "pdl1.0", "pdl 1.0"]) => Some(Self::PublicData),
            () if holds(&["政府標準利用規約"]) => Some(Self::Government),
            () => None,
        };
        named.or_else(titled)
    }

    /// Its id in a data package.
    pub fn id(self) -> &'static str {
        match self {
            Self::CcBy => "CC-BY-4.0",
            Self::PublicData => "PDL-1.0",
            Self::Government => "GJSTU-2.0",
        }
    }

    /// Its id in a catalogue of CKAN.
    pub fn ckan_id(self) -> &'static str {
        match self {
            Self::CcBy => "cc-by-40-intl",
            Self::PublicData => "pdl-10",
            Self::Government => "gov-jp-20",
        }
    }

    /// What it is called.
    pub fn title(self) -> Both {
        match self {
            Self::CcBy => (
                "クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）",
                "Creative Commons Attribution 4.0 International (CC BY 4.0)",
            ),
            Self::PublicData => ("公共データ利用規約（第1.0版）（PDL1.0）", "Public Data License (version 1.0)"),
            Self::Government => {
                ("政府標準利用規約（第2.0版）", "Government of Japan Standard Terms of Use (version 2.0)")
            }
        }
    }

    /// Where it is to be read.
    pub fn address(self) -> &'static str {
        match self {
            Self::CcBy => "https://creativecommons.org/licenses/by/4.0/",
            Self::PublicData => "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
            Self::Government => "https://www.digital.go.jp/resources/open_data",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_known_by_its_word_and_by_its_title() {
        for (text, licence) in [
            ("cc-by-4.0", Some(Licence::CcBy)),
            ("クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）", Some(Licence::CcBy)),
            ("ＣＣ ＢＹ ４．０", Some(Licence::CcBy)),
            ("公共データ利用規約（第1.0版）", Some(Licence::PublicData)),
            ("政府標準利用規約（第2.0版）", Some(Licence::Government)),
            ("すべての権利を留保する", None),
            ("", None),
        ] {
            assert_eq!(Licence::parse(text), licence, "{text}");
        }
        for (_, licence) in Licence::ALL {
            assert_eq!(Licence::parse(licence.title().0), Some(licence));
        }
    }
}
