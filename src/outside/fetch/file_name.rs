//! Names of files that a stranger chose, made safe for any folder.

use super::address::is_unseen;

/// The longest name, in code points.
const LONGEST: usize = 100;

/// The longest ending that is kept when a name is cut, in code points, its dot included.
const LONGEST_ENDING: usize = 10;

/// Names that Windows takes for devices, whatever ending they have.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A bare name without folders, signs that systems refuse or nobody sees, and dots at its ends;
/// `None` where nothing is left.
pub(super) fn safe(name: &str) -> Option<String> {
    let bare = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = bare.chars().filter(|c| !c.is_control() && !is_unseen(*c));
    let kept = kept.map(|c| if "<>:\"|?*".contains(c) { '_' } else { c });
    let kept: String = kept.collect();
    let is_edge = |c: char| c == '.' || c.is_whitespace();
    let mut kept = cut(kept.trim_matches(is_edge));
    kept.truncate(kept.trim_end_matches(is_edge).len());
    if is_device(&kept) {
        kept.insert(0, '_');
    }
    (!kept.is_empty()).then_some(kept)
}

/// No longer than names may be, one code point kept free; its ending stays.
fn cut(name: &str) -> String {
    if name.chars().count() < LONGEST {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |dot| &name[dot..]);
    let length = ending.chars().count();
    let ending = if length <= LONGEST_ENDING { ending } else { "" };
    let room = LONGEST - 1 - ending.chars().count();
    name.chars().take(room).chain(ending.chars()).collect()
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let is_number = |rest: &str| {
        let mut signs = rest.chars();
        let first = signs.next();
        signs.next().is_none() && first.is_some_and(|c| "0123456789¹²³".contains(c))
    };
    DEVICES.contains(&stem.as_str()) || port.is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_bare_and_safe_in_any_folder() {
        for (given, kept) in [
            ("report.pdf", Some("report.pdf")),
            ("../../etc/passwd", Some("passwd")),
            ("..\\..\\boot.ini", Some("boot.ini")),
            ("C:\\x\\y.txt", Some("y.txt")),
            ("C:y.txt", Some("C_y.txt")),
            (".bashrc", Some("bashrc")),
            ("...", None),
            ("", None),
            ("a/", None),
            (" . a . ", Some("a")),
            ("a\u{0}b\nc\u{7f}\u{9b}.txt", Some("abc.txt")),
            ("gpj\u{202e}exe.txt\u{200b}", Some("gpjexe.txt")),
            ("\u{202e}.hidden", Some("hidden")),
            ("what?<is>:\"it\"|*", Some("what__is___it___")),
            ("CON", Some("_CON")),
            ("con.txt", Some("_con.txt")),
            ("Con .txt", Some("_Con .txt")),
            ("Lpt1.tar.gz", Some("_Lpt1.tar.gz")),
            ("com¹", Some("_com¹")),
            ("com10", Some("com10")),
            ("common.txt", Some("common.txt")),
            ("näme 漢字.pdf", Some("näme 漢字.pdf")),
        ] {
            assert_eq!(safe(given).as_deref(), kept, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let long = format!("{}.pdf", "ä".repeat(300));
        let kept = safe(&long).expect("a name");
        assert_eq!(kept, format!("{}.pdf", "ä".repeat(95)));
        let dots = format!("a{}", " .".repeat(300));
        assert_eq!(safe(&dots).as_deref(), Some("a"));
        let blanks = format!("{}  {}", "b".repeat(98), "c".repeat(9));
        assert_eq!(safe(&blanks), Some("b".repeat(98)));
        // The sign before a device's name has room.
        let device = format!("con.{}", "d".repeat(300));
        let kept = safe(&device).expect("a name");
        assert_eq!((kept.chars().count(), &kept[..5]), (100, "_con."));
        assert_eq!(safe(&"e".repeat(99)), Some("e".repeat(99)));
    }
}
