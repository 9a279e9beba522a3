//! What a detector says that is for nobody in particular: into the log, little of it, and so that
//! nothing in it steers a terminal.

/// The words of one pipe of one process.
pub(super) struct Words<'a> {
    name: &'a str,
    /// How it is told: `says`, …
    how: &'static str,
    most: usize,
    longest: usize,
    lines: usize,
}

impl<'a> Words<'a> {
    /// At most so many lines of so many bytes.
    pub(super) fn new(name: &'a str, how: &'static str, most: usize, longest: usize) -> Words<'a> {
        Words {
            name,
            how,
            most,
            longest,
            lines: 0,
        }
    }

    /// Logs a line; one beyond the most is only counted.
    pub(super) fn log(&mut self, line: &[u8]) {
        if let Some(line) = self.logged(line) {
            tracing::info!(target: "proofmark::detector", "{} {}: {line}", self.name, self.how);
        }
    }

    /// What of a line is logged.
    fn logged(&mut self, line: &[u8]) -> Option<String> {
        self.lines = self.lines.saturating_add(1);
        (self.lines <= self.most).then(|| shown(&line[..line.len().min(self.longest)]))
    }

    /// Tells how many lines were not logged.
    pub(super) fn end(&self) {
        let more = self.not_logged();
        if more > 0 {
            let (name, how) = (self.name, self.how);
            tracing::info!(target: "proofmark::detector", "{name} {how}: {more} more lines");
        }
    }

    fn not_logged(&self) -> usize {
        self.lines.saturating_sub(self.most)
    }
}

/// A line with every character escaped that is not plainly visible.
fn shown(line: &[u8]) -> String {
    let mut shown = String::new();
    for c in String::from_utf8_lossy(line).chars() {
        match c {
            '\t' => shown.push(' '),
            // These two are escaped by `escape_debug` as well, and are harmless.
            '"' | '\'' | '\\' => shown.push(c),
            c => shown.extend(c.escape_debug()),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal() {
        let line = "it's \"ß\" \\ \u{1b}[2J\r\u{9b}\u{202e}x\u{2028}\t.".as_bytes();
        let told = shown(line);
        assert_eq!(
            told,
            "it's \"ß\" \\ \\u{1b}[2J\\r\\u{9b}\\u{202e}x\\u{2028} ."
        );
        assert_eq!(shown(b"a\xffb"), "a\u{fffd}b");
    }

    #[test]
    fn a_few_lines_are_logged_and_the_others_counted() {
        let mut words = Words::new("x", "says", 2, 3);
        assert_eq!(words.logged(b"abcd").as_deref(), Some("abc"));
        assert_eq!(words.logged(b"").as_deref(), Some(""));
        assert_eq!((words.logged(b"e"), words.not_logged()), (None, 1));
        assert_eq!((words.logged(b"f"), words.not_logged()), (None, 2));
    }
}
