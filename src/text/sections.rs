//! Data files of words: sections under names in square brackets, their entries parted by commas
//! and line ends, notes behind `#` at the start of a line.

/// The sections of a file with their entries, in order.
pub fn sections(file: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let name = line
            .strip_prefix('[')
            .and_then(|rest| rest.trim_end().strip_suffix(']'));
        match (name, found.last_mut()) {
            (Some(name), _) => found.push((name, Vec::new())),
            (None, Some((_, entries))) => {
                let here = line.split(',').map(str::trim);
                entries.extend(here.filter(|entry| !entry.is_empty()));
            }
            (None, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_under_their_names() {
        let file = "# A note.\nlost, too\n\n[first]\none, two words,\n three\n\n# More.\n[last]\n";
        let first = ("first", vec!["one", "two words", "three"]);
        assert_eq!(sections(file), [first, ("last", vec![])]);
    }
}
