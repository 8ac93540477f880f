//! Many opinions, and many answers to them.

use super::make::*;

/// One meeting with these blocks, and a table of as many opinions.
fn meeting(n: usize, blocks: String) -> Files {
    let mut files = plan("", &entry(0, "owner = \"o1\"\n"), "");
    let head = "schema = 1\nname = \"委員会\"\nbody = \"committee\"\ndate = 2025-08-25\n\n";
    files.push(("plan/opinions/2025-08-25.toml".to_owned(), format!("{head}{blocks}")));
    let rows = numbered(n, |i| format!("意見{i},第0課\n"));
    files.push(("table.csv".to_owned(), format!("意見の内容,所管課\n{rows}")));
    files
}

fn opinion(number: usize, said: usize, more: &str) -> String {
    format!(
        "[[opinion]]\nnumber = \"{number}\"\nrecorded = 2025-08-26\nopinion = \"意見{said}\"\nabout = [\"1\"]\n{more}\n"
    )
}

fn response(to: usize, i: usize) -> String {
    format!("[[response]]\nto = \"{to}\"\nrecorded = 2025-09-01\nstate = \"doing\"\nanswer = \"対応{i}\"\n\n")
}

/// As many opinions.
pub fn opinions(n: usize) -> Files {
    meeting(n, numbered(n, |i| opinion(i + 1, i, "")))
}

/// As many, each answered.
pub fn answered(n: usize) -> Files {
    meeting(n, numbered(n, |i| opinion(i + 1, i, "")) + &numbered(n, |i| response(i + 1, i)))
}

/// One, answered as often on one day.
pub fn contested(n: usize) -> Files {
    meeting(n, opinion(1, 0, "") + &numbered(n, |i| response(1, i)))
}

/// As many that are grouped with one.
pub fn alike(n: usize) -> Files {
    meeting(n, opinion(1, 0, "") + &numbered(n, |i| opinion(i + 2, i, "like = \"1\"\n")))
}

/// As many that correct what there is not.
pub fn uncorrected(n: usize) -> Files {
    meeting(n, numbered(n, |i| opinion(1, i, &format!("corrects = \"2025-08-26#{i:06x}\"\n"))))
}
