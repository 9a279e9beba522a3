//! The article as it is read: its rows, what part of them is in view, the words there.
//!
//! Only the rows in view are ever laid out, so a step costs the same in a megabyte as in a
//! page.

use unicode_segmentation::UnicodeSegmentation;

use super::viewport::{ArticleView, Scroll};
use super::wrap::Wrap;
use crate::text::{Article, Signs, Span, word_bounds};

/// The rows of an article and what part of them is in view.
#[derive(Debug)]
pub(in crate::tui) struct ArticleRows {
    wrap: Wrap,
    view: ArticleView,
}

impl ArticleRows {
    /// The whole article from its start, in a pane without size yet.
    pub(in crate::tui) fn new(article: &Article, signs: Signs) -> ArticleRows {
        ArticleRows {
            wrap: Wrap::new(article.shared_text(), signs),
            view: ArticleView::default(),
        }
    }

    /// The layout of the rows.
    pub(in crate::tui) fn wrap(&self) -> &Wrap {
        &self.wrap
    }

    /// What part of them is in view.
    pub(in crate::tui) fn view(&self) -> &ArticleView {
        &self.view
    }

    /// Moves the view.
    pub(in crate::tui) fn scroll(&mut self, scroll: Scroll) {
        self.view.perform(scroll, &self.wrap);
    }

    /// Takes a new size; the same size costs nothing.
    pub(in crate::tui) fn resize(&mut self, width: u16, height: u16) {
        if self.view.size() != (width, height) {
            self.scroll(Scroll::Resize(width, height));
        }
    }

    /// The byte under a cell of the pane, counted from its upper left corner.
    pub(in crate::tui) fn byte_at(&self, row: u16, column: u16) -> Option<usize> {
        self.view.byte_at(&self.wrap, row, column)
    }

    /// A byte as many rows on, in the same column.
    pub(in crate::tui) fn rows_on(&self, byte: usize, by: isize) -> usize {
        let width = self.view.size().0;
        let row = self.wrap.row_at(byte, width);
        let column = self.wrap.column_of(row, byte);
        self.wrap.byte_at(self.wrap.moved(row, by, width), column)
    }

    /// The start and the last cluster of the row that holds a byte.
    pub(in crate::tui) fn row_ends(&self, byte: usize) -> (usize, usize) {
        let row = self.wrap.row_at(byte, self.view.size().0).span;
        let words = row.of(self.wrap.text()).trim_end();
        let last = words
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at);
        (row.start, row.start + last)
    }

    /// The cluster at a byte.
    pub(in crate::tui) fn cluster_at(&self, byte: usize) -> Span {
        let rest = self.wrap.text().get(byte..).unwrap_or("");
        Span::new(byte, byte + rest.graphemes(true).next().map_or(0, str::len))
    }

    /// The start of the cluster before a byte.
    pub(in crate::tui) fn cluster_before(&self, byte: usize) -> usize {
        // A cluster never crosses a line end, so looking back to one is enough.
        let before = self.wrap.text().get(..byte).unwrap_or("");
        let line = before
            .trim_end_matches('\n')
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let last = before[line..].grapheme_indices(true).next_back();
        last.map_or(0, |(at, _)| line + at)
    }

    /// The words in view: spans of letters and digits, in text order.
    pub(in crate::tui) fn words(&self) -> Vec<Span> {
        words_in(self.wrap.text(), self.view.visible(&self.wrap))
    }

    /// What is in view of the paragraph around a span, from blank line to blank line: a mark
    /// stays in it.
    pub(in crate::tui) fn paragraph_in_view(&self, span: Span) -> Span {
        let text = self.wrap.text();
        let view = self.view.visible(&self.wrap);
        let start = span.start.clamp(view.start, view.end);
        let end = span.end.clamp(view.start, view.end);
        let before = text.get(view.start..start).unwrap_or("");
        let after = text.get(end..view.end).unwrap_or("");
        Span::new(
            before
                .rfind("\n\n")
                .map_or(view.start, |at| view.start + at + 2),
            after.find("\n\n").map_or(view.end, |at| end + at),
        )
    }

    /// The word that holds a byte, else the next one, on the same or the next lines.
    pub(in crate::tui) fn word_from(&self, byte: usize) -> Option<Span> {
        let text = self.wrap.text();
        let line = text.get(..byte)?.rfind('\n').map_or(0, |at| at + 1);
        let from = byte.saturating_sub(FARTHEST).max(line);
        let near = Span::new(boundary(text, from), boundary(text, byte + FARTHEST));
        words_in(text, near)
            .into_iter()
            .find(|word| word.end > byte)
    }

    /// The last word before a byte, on the same or the lines before.
    pub(in crate::tui) fn word_before(&self, byte: usize) -> Option<Span> {
        let text = self.wrap.text();
        let from = boundary(text, byte.saturating_sub(FARTHEST));
        words_in(text, Span::new(from, byte))
            .into_iter()
            .next_back()
    }
}

/// Bytes looked through for a word.
const FARTHEST: usize = 512;

/// The next character boundary at or after a byte, at most the end.
fn boundary(text: &str, byte: usize) -> usize {
    (byte..text.len())
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(text.len())
}

fn words_in(text: &str, span: Span) -> Vec<Span> {
    let words = word_bounds(span.of(text));
    words
        .filter(|(_, word)| word.chars().any(char::is_alphanumeric))
        .map(|(at, word)| Span::new(span.start + at, span.start + at + word.len()))
        .collect()
}
