//! Folding: a text as it reads, without differences nobody means.
//!
//! Letter case, quotation marks, dashes, spaces, ellipses and invisible characters are made
//! equal for comparing and searching, and every folded byte knows where it came from. Only
//! for comparing: the text layer itself is never changed.

mod seek;

pub use seek::Seek;

use super::Span;

/// A folded text with the way back to its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// Source start of every folded byte, and at the end the length of the source.
    starts: Vec<u32>,
    /// Source end of every folded byte.
    ends: Vec<u32>,
}

/// Folds `text`.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        starts: Vec::with_capacity(text.len() + 1),
        ends: Vec::with_capacity(text.len()),
    };
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        match plain(c) {
            Plain::Nothing => folded.stretch(end),
            Plain::Space if folded.text.ends_with(' ') => folded.stretch(end),
            shown => shown.each(c, |equal| folded.push(equal, start, end)),
        }
    }
    folded.starts.push(text.len() as u32);
    folded
}

/// Whether two texts are one to a search; [`reads_the_same`](super::reads_the_same) is stricter.
pub fn matches_folded(a: &str, b: &str) -> bool {
    a == b || fold(a).text.trim() == fold(b).text.trim()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    Nothing,
    Space,
    Text(&'static str),
    Letter,
}

impl Plain {
    /// Every character that `c`, which is this, folds to.
    fn each(self, c: char, mut take: impl FnMut(char)) {
        match self {
            Plain::Nothing => {}
            Plain::Space => take(' '),
            Plain::Text(equal) => equal.chars().for_each(take),
            Plain::Letter => c.to_lowercase().for_each(take),
        }
    }
}

fn plain(c: char) -> Plain {
    match c {
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => Plain::Nothing,
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '´' | '`' | '＇' | '′' => Plain::Text("'"),
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '″' => Plain::Text("\""),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' => Plain::Text("-"),
        '…' => Plain::Text("..."),
        'ß' => Plain::Text("ss"),
        'ς' => Plain::Text("σ"),
        _ if c.is_whitespace() => Plain::Space,
        _ => Plain::Letter,
    }
}

impl Folded {
    fn push(&mut self, c: char, start: usize, end: usize) {
        self.text.push(c);
        for _ in 0..c.len_utf8() {
            self.starts.push(start as u32);
            self.ends.push(end as u32);
        }
    }

    /// Lets the last folded character stand for source text up to `end` as well.
    fn stretch(&mut self, end: usize) {
        if let Some(last) = self.ends.last_mut() {
            *last = end as u32;
        }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source span of a byte span of the folded text.
    pub fn source(&self, folded: Span) -> Span {
        let len = self.text.len();
        let start = self
            .starts
            .get(folded.start.min(len))
            .map_or(0, |s| *s as usize);
        if folded.is_empty() || folded.start >= len {
            return Span::new(start, start);
        }
        Span::new(start, self.ends[folded.end.min(len) - 1] as usize)
    }

    /// The byte of the folded text at which source byte `at` shows.
    pub fn folded_of(&self, at: usize) -> usize {
        self.starts
            .partition_point(|s| (*s as usize) < at)
            .min(self.text.len())
    }

    /// Where `needle`, folded as well, occurs: spans of the source, in order, not overlapping.
    pub fn find<'a>(&'a self, needle: &str) -> impl Iterator<Item = Span> + 'a {
        let needle = fold(needle).text.trim().to_owned();
        let mut at = 0;
        std::iter::from_fn(move || {
            if needle.is_empty() {
                return None;
            }
            let start = at + self.text.get(at..)?.find(&needle)?;
            at = start + needle.len();
            Some(self.source(Span::new(start, at)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_search_takes_for_one_folds_the_same() {
        assert!(matches_folded(
            "“It’s  done” — now…",
            "\"it's done\" - now..."
        ));
        assert!(matches_folded("co\u{ad}operate\u{200b}", "Cooperate"));
        assert!(!matches_folded("isn't", "is not"));
    }

    #[test]
    fn finding_gives_source_spans() {
        let text = "Die STRASSE und\u{a0}\n die Straße.";
        let found: Vec<&str> = fold(text).find("straße").map(|s| s.of(text)).collect();
        assert_eq!(found, ["STRASSE", "Straße"]);
        let found: Vec<&str> = fold(text).find("und die").map(|s| s.of(text)).collect();
        assert_eq!(found, ["und\u{a0}\n die"]);
        assert_eq!(fold(text).find(" ").count(), 0);
    }

    proptest! {
        #[test]
        fn the_way_back_stays_on_boundaries(text in "\\PC{0,40}", from in 0usize..60, len in 0usize..20) {
            let folded = fold(&text);
            let span = folded.source(Span::new(from, from + len));
            prop_assert!(text.get(span.start..span.end).is_some());
            let twice = fold(folded.text());
            prop_assert_eq!(twice.text(), folded.text());
        }
    }
}
