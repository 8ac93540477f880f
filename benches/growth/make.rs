//! Plans with many of a kind, as small as each can be written.

use std::fmt::Write as _;

/// The files of a folder: path and text.
pub type Files = Vec<(String, String)>;

pub fn numbered(n: usize, make: impl Fn(usize) -> String) -> String {
    (0..n).map(make).collect()
}

pub fn commas(n: usize, make: impl Fn(usize) -> String) -> String {
    (0..n).map(make).collect::<Vec<_>>().join(", ")
}

pub fn after(i: usize, make: impl Fn(usize) -> String) -> String {
    if i == 0 { String::new() } else { make(i) }
}

pub fn grades(n: usize) -> String {
    format!("grades = [{}]\n", commas(n, |i| format!("{{ id = \"g{i}\", name = \"区分{i}\" }}")))
}

pub fn plan_with(grades: &str, more: &str, outline: &str, owners: &str) -> Files {
    let top: String = more.lines().take_while(|line| !line.starts_with('[')).map(|line| format!("{line}\n")).collect();
    let head = format!(
        "schema = 1\nid = \"growth\"\nname = \"計画\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\ncycle = \"quarter\"\n\
         levels = [\"項目\", \"下\"]\ncount = \"項目\"\n{top}[[scale]]\nid = \"s\"\nname = \"状況\"\n{grades}{}",
        &more[top.len().min(more.len())..]
    );
    let owners = if owners.is_empty() { owner(0) } else { owners.to_owned() };
    vec![
        ("plan/plan.toml".to_owned(), head),
        ("plan/owners.toml".to_owned(), owners),
        ("plan/outline/1.toml".to_owned(), outline.to_owned()),
    ]
}

pub fn plan(more: &str, outline: &str, owners: &str) -> Files {
    plan_with(
        "grades = [{ id = \"a\", name = \"良\" }, { id = \"b\", name = \"否\", attention = true }]\n",
        more,
        outline,
        owners,
    )
}

pub fn entry(i: usize, more: &str) -> String {
    let owner = if more.contains("owner") { "" } else { "owner = \"o1\"\n" };
    format!("[{}]\nname = \"項目{i}\"\n{owner}{more}", i + 1)
}

pub fn owner(i: usize) -> String {
    format!("[o{}]\nname = \"第{i}課\"\n", i + 1)
}

pub fn sources(n: usize) -> (String, String) {
    ("plan/sources.toml".to_owned(), numbered(n, |i| format!("[s{i}]\ntitle = \"資料{i}\"\n")))
}

/// A day for each number, from 1900 on.
pub fn day(i: usize) -> String {
    format!("{}-{:02}-{:02}", 1900 + i / 336, 1 + i / 28 % 12, 1 + i % 28)
}

pub fn update(i: usize, more: &str) -> String {
    let rating = if more.contains("rating") { "" } else { "rating = { s = \"a\" }\n" };
    format!("[[update]]\nperiod = \"R6Q1\"\nrecorded = {}\n{rating}done = \"その{i}\"\n{more}\n", day(i))
}

pub fn same_day(i: usize, more: &str) -> String {
    format!("[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\ndone = \"その{i}\"\n{more}\n")
}

pub fn chained(i: usize) -> String {
    update(i, &after(i, |i| format!("corrects = \"R6Q1/{}\"\n", day(i - 1))))
}

pub fn records(n: usize, make: impl Fn(usize) -> String) -> Files {
    let mut files = plan("", &entry(0, ""), "");
    files.push(("plan/records/1.toml".to_owned(), numbered(n, make)));
    files
}

/// Corrections that name records of another evaluator by their place.
pub fn others(n: usize) -> Files {
    let mut files = plan(
        "[[evaluator]]\nid = \"d\"\nname = \"所管\"\n[[evaluator]]\nid = \"c\"\nname = \"委員会\"\n",
        &entry(0, ""),
        "",
    );
    let by = |i: usize| if i.is_multiple_of(2) { "" } else { "evaluator = \"c\"\n" };
    let make =
        |i: usize| same_day(i, &format!("{}{}", by(i), after(i, |i| format!("corrects = \"R7Q1/2025-07-03#{i}\"\n"))));
    files.push(("plan/records/1.toml".to_owned(), numbered(n, make)));
    files
}

pub fn indicator(i: usize, more: &str) -> String {
    format!(
        "[m{i}]\nname = \"指標{i}\"\nunit = \"％\"\nkind = \"up\"\nbaseline = {{ R5 = 1 }}\n{}{more}",
        if more.contains("target") { "" } else { "target = { R9 = 5 }\n" }
    )
}

pub fn indicators(n: usize, make: impl Fn(usize) -> String) -> Files {
    let mut files = plan("", &entry(0, ""), "");
    files.push(("plan/indicators.toml".to_owned(), numbered(n, make)));
    files.extend((0..n).map(|i| {
        (
            format!("plan/records/m{i}.toml"),
            "[[measure]]\nperiod = \"R6\"\nrecorded = 2025-04-03\nvalue = 3\n".to_owned(),
        )
    }));
    files
}

pub fn with_indicators(n: usize, make: impl Fn(usize) -> String) -> Files {
    let mut files = plan("", &numbered(n, |i| entry(i, "")), "");
    files.push(("plan/indicators.toml".to_owned(), numbered(n, make)));
    files
}

pub fn measures(n: usize, says: impl Fn(usize) -> String) -> Files {
    let mut files = plan("", &entry(0, ""), "");
    files.push(("plan/indicators.toml".to_owned(), "[m]\nname = \"指標\"\nunit = \"件\"\nkind = \"up\"\n".to_owned()));
    let make = |i: usize| format!("[[measure]]\nperiod = \"R6\"\nrecorded = {}\n{}\n", day(i), says(i));
    files.push(("plan/records/m.toml".to_owned(), numbered(n, make)));
    files
}

/// Half of them take back the other half.
pub fn withdrawn(n: usize) -> Files {
    let mut files = measures(0, |_| String::new());
    let make = |i: usize| match i < n / 2 {
        true => format!("[[measure]]\nperiod = \"R6\"\nrecorded = {}\nvalue = {i}\n\n", day(i)),
        false => format!(
            "[[measure]]\nperiod = \"R6\"\nrecorded = {}\ncorrects = \"R6/{}\"\nwithdrawn = true\n\n",
            day(i),
            day(i - n / 2)
        ),
    };
    files.retain(|(path, _)| path != "plan/records/m.toml");
    files.push(("plan/records/m.toml".to_owned(), numbered(n / 2 * 2, make)));
    files
}

pub fn milestone_steps(n: usize) -> Files {
    let mut files = plan("", &entry(0, ""), "");
    let steps = commas(n, |i| format!("\"段階{i}\""));
    files.push((
        "plan/indicators.toml".to_owned(),
        format!("[m]\nname = \"指標\"\nkind = \"milestone\"\nsteps = [{steps}]\n"),
    ));
    let make = |i: usize| format!("[[measure]]\nperiod = \"R6\"\nrecorded = {}\nvalue = \"別{i}\"\n\n", day(i));
    files.push(("plan/records/m.toml".to_owned(), numbered(n, make)));
    files
}

pub fn many_files(n: usize) -> Files {
    let mut files = plan("", "", "");
    files.retain(|(path, _)| !path.contains("outline"));
    files.extend((0..n).map(|i| (format!("plan/outline/{}.toml", i + 1), entry(i, ""))));
    files.extend((0..n).map(|i| (format!("plan/records/{}.toml", i + 1), update(i, ""))));
    files
}

pub fn reached(n: usize) -> Files {
    let milestones = numbered(n, |i| format!("[[1.milestone]]\nname = \"節目{i}\"\ndate = \"R6Q1\"\n"));
    let mut files = plan("", &(entry(0, "") + &milestones), "");
    files.push((
        "plan/records/1.toml".to_owned(),
        numbered(n, |i| update(i, &format!("reached = {{ \"節目{i}\" = \"R6Q1\" }}\n"))),
    ));
    files
}

pub fn imported(n: usize) -> Files {
    let map = "schema = 1\n[import]\nid = \"番号\"\nname = \"名称\"\nowner = \"担当\"\nperiod = \"時期\"\n[import.answers]\n\
               rating.s = \"進捗\"\ndone = \"実績\"\n";
    let mut files = plan("", &numbered(n, |i| entry(i, "")), "");
    files.push(("plan/inquiry.toml".to_owned(), map.to_owned()));
    let mut list = "番号,名称,担当,時期,進捗,実績\n".to_owned();
    for i in 0..n {
        let _ = writeln!(list, "{},項目{i},第0課,R7Q1,良,その{i}", i + 1);
    }
    files.push(("list.csv".to_owned(), list));
    files
}

/// Every row of the list once more.
pub fn doubled(mut files: Files) -> Files {
    for (_, list) in files.iter_mut().filter(|(path, _)| path == "list.csv") {
        let rows: String = list.lines().skip(1).map(|line| format!("{line}次\n")).collect();
        list.push_str(&rows);
    }
    files
}

pub fn sides(n: usize, old: impl Fn(usize) -> String, new: impl Fn(usize) -> String) -> Files {
    let side = |name: &str, outline: &str| -> Files {
        plan("", outline, "").into_iter().map(|(path, text)| (format!("{name}/{path}"), text)).collect()
    };
    let mut files = side("old", &numbered(n, old));
    files.extend(side("new", &numbered(n, new)));
    files
}

pub fn diff_records(n: usize) -> Files {
    let mut files = sides(1, |i| entry(i, ""), |i| entry(i, ""));
    files.push(("old/plan/records/1.toml".to_owned(), numbered(n, |i| update(i, ""))));
    files.push(("new/plan/records/1.toml".to_owned(), numbered(n, |i| update(i, "next = \"次\"\n"))));
    files
}

/// An update with a text of many words, of which every so manieth differs.
pub fn text_of(side: &str, n: usize, each: usize) -> (String, String) {
    let text = numbered(n, |i| if i % each == 0 { "変更、".to_owned() } else { format!("文{}、", i % 7) });
    (format!("{side}/plan/records/1.toml"), update(0, &format!("next = \"{text}\"\n")))
}

pub fn merged(n: usize) -> Files {
    let base = numbered(n, |i| update(i, ""));
    let side = |name: &str, first: usize| {
        let more = numbered(n, |i| update(i + first, "").replace("R6Q1", if name == "ours" { "R7Q1" } else { "R7Q2" }));
        (format!("{name}.toml"), format!("{base}{more}"))
    };
    let mut files = records(1, |i| update(i, ""));
    files.extend([("base.toml".to_owned(), base.clone()), side("ours", n), side("theirs", 2 * n)]);
    files
}

/// Both sides edited every block, one added the same period as the other.
pub fn edited(n: usize) -> Files {
    let side = |name: &str| {
        let old = numbered(n, |i| update(i, &format!("next = \"{name}{i}\"\n")));
        let new = numbered(n, |i| same_day(i, &format!("next = \"{name}\"\n")));
        (format!("{name}.toml"), old + &new)
    };
    let mut files = records(1, |i| update(i, ""));
    files.extend([("base.toml".to_owned(), numbered(n, |i| update(i, ""))), side("ours"), side("theirs")]);
    files
}
