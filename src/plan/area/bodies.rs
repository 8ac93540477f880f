//! Which prefectures, cities, towns and villages there are today, by their codes. The list says where it is from.

use std::sync::LazyLock;

/// The list: five digits and a name a line, in the order of the digits.
static LIST: &str = include_str!("bodies.txt");

/// Its lines: the five digits, and the name.
static ALL: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    LIST.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
});

/// The name of the body with these five digits.
pub fn name_of(digits: &str) -> Option<&'static str> {
    ALL.binary_search_by_key(&digits, |(own, _)| *own).ok().map(|at| ALL[at].1)
}

/// The five digits of the bodies of a name: names of towns recur.
pub fn called(name: &str) -> impl Iterator<Item = &'static str> {
    ALL.iter().filter(move |(_, own)| *own == name).map(|(digits, _)| *digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 47 prefectures and 1,741 bodies in them: 792 cities, 743 towns, 183 villages, and the 23 wards of Tokyo.
    #[test]
    fn the_list_is_whole_and_in_order() {
        let ending =
            |end: char| ALL.iter().filter(|(digits, name)| !digits.ends_with("000") && name.ends_with(end)).count();
        assert_eq!(['市', '町', '村', '区'].map(ending), [792, 743, 183, 23]);
        assert_eq!(ALL.iter().filter(|(digits, _)| digits.ends_with("000")).count(), 47);
        assert!(ALL.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(ALL.iter().all(|(digits, _)| digits.len() == 5));
        assert_eq!((name_of("43100"), name_of("43202"), name_of("43101")), (Some("熊本市"), Some("八代市"), None));
        assert_eq!(called("府中市").collect::<Vec<_>>(), ["13206", "34208"]);
    }
}
