//! What keys do, as the status line tells it, made once for each of its lines.
//!
//! A line is the same each time it is shown, until a key is bound to something else.

use std::cell::OnceCell;

use crate::text::Signs;
use crate::tui::widget::Segment;

/// A line that tells what keys do while nothing is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum HintLine {
    /// In the queue.
    Queue,
    /// In an article.
    Review,
    /// On the line at the end of the claims.
    Fold,
    /// On a claim whose words are others than those that were judged.
    Words,
    /// On a claim of two answers.
    Conflict,
}

/// Lines that were shown before.
#[derive(Debug, Default)]
pub(in crate::tui) struct HintLines([OnceCell<Vec<Segment>>; 10]);

impl HintLines {
    /// A line, in signs of that kind; `make` makes it where it was not shown before.
    pub(in crate::tui) fn line(
        &self,
        line: HintLine,
        signs: Signs,
        make: impl FnOnce() -> Vec<Segment>,
    ) -> Vec<Segment> {
        let at = 2 * line as usize + usize::from(signs == Signs::Ascii);
        match self.0.get(at) {
            Some(known) => known.get_or_init(make).clone(),
            None => make(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Visible;
    use crate::tui::widget::Role;

    #[test]
    fn each_line_is_made_once_in_either_kind_of_signs() {
        let lines = HintLines::default();
        let all = [
            HintLine::Queue,
            HintLine::Review,
            HintLine::Fold,
            HintLine::Words,
            HintLine::Conflict,
        ];
        let mut made = Vec::new();
        for _ in 0..2 {
            for line in all {
                for signs in [Signs::Unicode, Signs::Ascii] {
                    let words = format!("{line:?} {signs:?}");
                    let told = lines.line(line, signs, || {
                        made.push(words.clone());
                        vec![Segment::new(Visible::new(&words), Role::Key, 1)]
                    });
                    assert_eq!(told[0].parts[0].0.as_str(), words);
                }
            }
        }
        assert_eq!(made.len(), 10, "{made:?}");
    }
}
