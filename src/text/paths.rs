//! Paths as people read them, and names that a file may have on every system.

use std::path::Path;

/// A path as it is shown, and as it is written into files and settings: with `/` on every system.
pub trait Slashed {
    /// The path with `/`, without the marks by which Windows tells paths that were worked out by it.
    fn slashed(&self) -> String;
}

impl Slashed for Path {
    fn slashed(&self) -> String {
        let text = self.to_string_lossy();
        // Elsewhere a backslash is a letter like any other.
        if cfg!(windows) { of_windows(&text) } else { text.into_owned() }
    }
}

fn of_windows(path: &str) -> String {
    let plain = match (path.strip_prefix("\\\\?\\UNC\\"), path.strip_prefix("\\\\?\\")) {
        (Some(share), _) => format!(r"\\{share}"),
        (None, Some(drive)) => drive.to_owned(),
        (None, None) => path.to_owned(),
    };
    plain.replace('\\', "/")
}

/// Whether Windows keeps a name for itself, in whatever case and whatever comes after its first dot, or would drop its end.
/// A file of such a name cannot be had in a copy of the plan on a PC.
pub fn is_refused_by_windows(name: &str) -> bool {
    const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    // Windows takes ¹, ² and ³ for digits, too.
    let is_number = |rest: &str| {
        let mut letters = rest.chars();
        let digit = letters.next().is_some_and(|c| matches!(c, '1'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}'));
        digit && letters.next().is_none()
    };
    DEVICES.contains(&stem.as_str())
        || numbered.is_some_and(is_number)
        || name.ends_with(['.', ' '])
        || name.contains(|c: char| r#"\/:*?"<>|"#.contains(c) || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_windows_are_shown_with_slashes() {
        for (path, shown) in [
            (r"plan\2027\plan.toml", "plan/2027/plan.toml"),
            (r"C:\Users\花子\plan", "C:/Users/花子/plan"),
            (r"\\?\C:\改革\plan", "C:/改革/plan"),
            (r"\\server\改革 推進室\plan", "//server/改革 推進室/plan"),
            (r"\\?\UNC\server\share\plan", "//server/share/plan"),
            ("plan/a", "plan/a"),
        ] {
            assert_eq!(of_windows(path), shown);
        }
    }

    #[test]
    fn names_that_windows_keeps_for_itself_are_known() {
        for name in [
            "CON",
            "con",
            "aux.toml",
            "Nul.tar.gz",
            "com1.docx",
            "LPT9",
            "prn .txt",
            "COM²",
            "report.",
            "report ",
            "a:b",
            "a?",
        ] {
            assert!(is_refused_by_windows(name), "{name}");
        }
        for name in [
            "console",
            "auxiliary.toml",
            "com",
            "COM10",
            "com0",
            "lpt",
            ".aux",
            "照会_R7Q3_CON.xlsx",
            "報告.docx",
            "a.b",
        ] {
            assert!(!is_refused_by_windows(name), "{name}");
        }
    }
}
