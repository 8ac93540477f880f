//! 全国地方公共団体コード: which prefecture, city, town or village a plan is of.

mod bodies;

use std::fmt;

use crate::text::fold::fold;

/// 全国地方公共団体コード: two digits for the prefecture, three for the body within it, and a check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AreaCode([u8; 6]);

/// Why a text is no such code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaCodeError {
    /// Not six digits.
    NotSixDigits,
    /// The first two digits are those of no prefecture.
    NoPrefecture,
    /// The last digit does not fit the first five; the code with the one that does.
    CheckDigit(AreaCode),
    /// The five digits of a standard area code; the code with its check digit.
    WithoutCheckDigit(AreaCode),
}

/// The prefectures, in the order of their numbers (JIS X 0401), from 1.
const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

impl AreaCode {
    /// Reads a code as people write it, in full-width digits too.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, AreaCodeError> {
        let folded = fold(text.trim());
        let digits = folded.as_bytes();
        if !matches!(digits.len(), 5 | 6) || !digits.iter().all(u8::is_ascii_digit) {
            return Err(AreaCodeError::NotSixDigits);
        }
        let mut code = [0; 6];
        code[..5].copy_from_slice(&digits[..5]);
        code[5] = check_digit(&code[..5]);
        let right = Self(code);
        if right.number().checked_sub(1).and_then(|at| PREFECTURES.get(at)).is_none() {
            return Err(AreaCodeError::NoPrefecture);
        }
        match digits.get(5) {
            None => Err(AreaCodeError::WithoutCheckDigit(right)),
            Some(digit) if *digit != right.0[5] => Err(AreaCodeError::CheckDigit(right)),
            Some(_) => Ok(right),
        }
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// 標準地域コード, as statistics use it: the first five digits.
    pub fn standard(&self) -> &str {
        &self.as_str()[..5]
    }

    /// The prefecture it lies in, or is.
    pub fn prefecture(&self) -> &'static str {
        PREFECTURES.get(self.number().wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// Whether it is that of a prefecture itself.
    pub fn is_of_prefecture(&self) -> bool {
        self.0[2..5] == *b"000"
    }

    /// 正式な名称: that of the prefecture before the name of a city, town or village.
    pub fn official_name(&self, name: &str) -> String {
        let prefecture = self.prefecture();
        if self.is_of_prefecture() || name.starts_with(prefecture) {
            name.to_owned()
        } else {
            format!("{prefecture}{name}")
        }
    }

    /// The name of the prefecture, city, town or village that has it today; `None` of wards of a city, of unions, and of what
    /// was merged into another.
    pub fn body(&self) -> Option<&'static str> {
        bodies::name_of(self.standard())
    }

    /// Those of the bodies that a name is of, with its prefecture and district (郡) or without.
    pub fn called(name: &str) -> Vec<Self> {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let within = prefecture_in(&name).filter(|prefecture| prefecture.len() < name.len());
        let rest = &name[within.map_or(0, str::len)..];
        let behind_district = rest.char_indices().filter(|(_, c)| *c == '郡').map(|(at, c)| &rest[at + c.len_utf8()..]);
        let codes = |name: &str| -> Vec<Self> {
            let codes = bodies::called(name).filter_map(|digits| match Self::parse(digits) {
                Err(AreaCodeError::WithoutCheckDigit(code)) => Some(code),
                _ => None,
            });
            codes.filter(|code| within.is_none_or(|prefecture| code.prefecture() == prefecture)).collect()
        };
        std::iter::once(rest).chain(behind_district).map(codes).find(|codes| !codes.is_empty()).unwrap_or_default()
    }

    /// Whether a name is for sure that of another body. Of a name that no body has today, only its prefecture can tell.
    pub fn contradicts(&self, name: &str) -> bool {
        let name = name.trim();
        let named = Self::called(name);
        let is_elsewhere = || prefecture_in(name).is_some_and(|prefecture| prefecture != self.prefecture());
        let is_ward = name.ends_with('区') && prefecture_in(name).is_none() && self.prefecture() != "東京都";
        let are_prefectures = named.iter().any(Self::is_of_prefecture);
        match self.body() {
            Some(_) if !named.is_empty() && !are_prefectures && !self.is_of_prefecture() => {
                !is_ward && !named.contains(self)
            }
            _ => is_elsewhere(),
        }
    }

    /// The number of the prefecture, from 1.
    fn number(self) -> usize {
        self.0[..2].iter().fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
    }
}

/// The prefecture that a name begins with.
pub fn prefecture_in(name: &str) -> Option<&'static str> {
    PREFECTURES.iter().copied().find(|prefecture| name.starts_with(prefecture))
}

/// The last digit of a code: 11 less the rest of 6·d1 + 5·d2 + 4·d3 + 3·d4 + 2·d5 by 11, of which the last digit is taken.
fn check_digit(digits: &[u8]) -> u8 {
    let sum: u32 = (2..=6).rev().zip(digits).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    b'0' + u8::try_from((11 - sum % 11) % 10).unwrap_or(0)
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 熊本市 and 熊本県 as published; the others by hand: of 01100 the sum is 0+5+4 = 9, of 13101 it is 6+15+4+0+2 = 27 (5
    /// over 22), of 01000 it is 5, of 26100 it is 12+30+4 = 46 (2 over 44), of 40130 it is 24+0+4+9 = 37 (4 over 33), of 01224
    /// it is 0+5+8+6+8 = 27; of 43000 it is 24+15 = 39 (6 over 33).
    #[test]
    fn codes_as_published_are_read() {
        for (code, prefecture) in [
            ("431001", "熊本県"),
            ("430005", "熊本県"),
            ("011002", "北海道"),
            ("131016", "東京都"),
            ("010006", "北海道"),
            ("261009", "京都府"),
            ("401307", "福岡県"),
            ("012246", "北海道"),
        ] {
            let read = AreaCode::parse(code).unwrap();
            assert_eq!((read.as_str(), read.prefecture()), (code, prefecture));
            assert_eq!(read.standard(), &code[..5]);
        }
        assert_eq!(AreaCode::parse(" ４３１００１ ").map(|code| code.to_string()), Ok("431001".to_owned()));
    }

    /// By hand: of 43103 the sum is 24+15+4+0+6 = 49, 5 over 44, so 11 − 5 = 6. A rest of 0 gives 1 and a rest of 1 gives 0: of
    /// 01030 the sum is 5+9 = 14 (3, so 8), of 01002 it is 5+4 = 9 (2), of 01003 it is 5+6 = 11 (0, so 1), of 01201 it is
    /// 5+8+0+2 = 15 (4, so 7), of 02000 it is 10 (10, so 1), of 02001 it is 12 (1, so 0).
    #[test]
    fn a_wrong_last_digit_is_found_and_the_right_one_is_said() {
        for (five, right) in [
            ("43103", '6'),
            ("01030", '8'),
            ("01002", '2'),
            ("01003", '1'),
            ("01201", '7'),
            ("02000", '1'),
            ("02001", '0'),
        ] {
            for last in '0'..='9' {
                let read = AreaCode::parse(&format!("{five}{last}"));
                let whole = format!("{five}{right}");
                match read {
                    Ok(code) => assert_eq!((code.as_str(), last), (whole.as_str(), right)),
                    Err(AreaCodeError::CheckDigit(code)) => {
                        assert_ne!(last, right);
                        assert_eq!(code.as_str(), whole);
                    }
                    other => panic!("{other:?}"),
                }
            }
            assert!(
                matches!(AreaCode::parse(five), Err(AreaCodeError::WithoutCheckDigit(code)) if code.as_str()[5..] == right.to_string())
            );
        }
        for text in ["", "4310", "4310010", "43100a", "熊本市", "43-1001"] {
            assert_eq!(AreaCode::parse(text), Err(AreaCodeError::NotSixDigits), "{text}");
        }
        for text in ["000000", "481001", "99999"] {
            assert_eq!(AreaCode::parse(text), Err(AreaCodeError::NoPrefecture), "{text}");
        }
    }

    #[test]
    fn the_official_name_has_the_prefecture_once() {
        let city = AreaCode::parse("431001").unwrap();
        assert_eq!(city.official_name("熊本市"), "熊本県熊本市");
        assert_eq!(city.official_name("熊本県熊本市"), "熊本県熊本市");
        let prefecture = AreaCode::parse("430005").unwrap();
        assert_eq!(prefecture.official_name("熊本県"), "熊本県");
        assert_eq!(prefecture_in("熊本県熊本市"), Some("熊本県"));
        assert_eq!(prefecture_in("熊本市"), None);
    }

    #[test]
    fn a_name_is_that_of_the_code_or_of_another() {
        for (code, name, is_wrong) in [
            ("431001", "熊本市", false),
            ("431001", "熊本県熊本市", false),
            ("431001", "熊本県 熊本市", false),
            ("431001", "熊本県", false),
            ("431001", "熊本市中央区", false),
            ("431001", "中央区", false),
            ("431001", "架空市", false),
            ("431001", "", false),
            ("431001", "八代市", true),
            ("432024", "熊本県熊本市", true),
            ("432024", "福岡県", true),
            ("432024", "福岡県架空市", true),
            // A ward of 熊本市, and what 熊本市 was before it became a designated city.
            ("431010", "熊本県熊本市中央区", false),
            ("431010", "中央区", false),
            ("431010", "福岡県福岡市中央区", true),
            ("432016", "熊本市", false),
            // 上益城郡益城町, and a city with 郡 in its name.
            ("434434", "熊本県上益城郡益城町", false),
            ("434434", "熊本県益城町", false),
            ("434434", "熊本県上益城郡嘉島町", true),
            ("072036", "郡山市", false),
            // Two of one name.
            ("132063", "府中市", false),
            ("342084", "府中市", false),
            ("342084", "東京都府中市", true),
            ("131024", "中央区", false),
            ("131024", "港区", true),
            // A prefecture lists what lies within it.
            ("430005", "熊本市", false),
        ] {
            assert_eq!(AreaCode::parse(code).unwrap().contradicts(name), is_wrong, "{code} {name}");
        }
    }
}
