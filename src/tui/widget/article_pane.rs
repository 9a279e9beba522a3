//! The article with its marks: the rows in sight and nothing else.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::theme::{Role, Theme};
use crate::text::{Span, Visible};
use crate::tui::layout::{ArticleColumns, ArticleView, Row, Wrap};

use super::draw::{after, draw_cluster, draw_label, draw_visible};
use super::marks::{MarkedRange, Marks};

/// Letters that pick a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint<'a> {
    /// The word.
    pub word: Span,
    /// What to type: ASCII letters.
    pub letters: &'a str,
}

/// The rows of an article that are in sight.
#[derive(Clone, Copy, Debug)]
pub struct ArticlePane<'a> {
    /// The text in rows.
    pub wrap: &'a Wrap,
    /// Which of them are in sight.
    pub view: &'a ArticleView,
    /// Claims, sources and cues.
    pub marks: &'a Marks,
    /// Owner of the selected mark.
    pub selected: Option<u32>,
    /// Owner of the mark that belongs to it: the source of the selected claim.
    pub related: Option<u32>,
    /// The range a person is marking.
    pub selection: Option<Span>,
    /// Where a search matches: in order, not touching each other.
    pub matches: &'a [Span],
    /// Letters laid over the text.
    pub hints: &'a [Hint<'a>],
    /// The byte the hardware cursor stands on.
    pub cursor: Option<usize>,
    /// Whether the pane has the keys.
    pub is_focused: bool,
    /// How it looks.
    pub theme: Theme,
}

impl ArticlePane<'_> {
    /// Draws the pane; returns where the hardware cursor belongs, if that is in sight.
    pub fn render(&self, columns: ArticleColumns, buf: &mut Buffer) -> Option<Position> {
        let text = columns.text.intersection(buf.area);
        let rows = self.view.rows(self.wrap);
        for (row, y) in rows.iter().zip(text.top()..text.bottom()) {
            let line = Rect {
                y,
                height: 1,
                ..text
            };
            let marks: Vec<&MarkedRange> = self.ordered_marks(row.span);
            self.text_row(*row, &marks, line, buf);
            self.hints_of(*row, line, buf);
            let gutter = Rect {
                y,
                height: 1,
                ..columns.gutter
            };
            self.gutter_row(*row, &marks, gutter.intersection(buf.area), buf);
        }
        let (row, column) = self.view.place_of(self.wrap, self.cursor?)?;
        let position = Position::new(text.x.saturating_add(column), text.y.saturating_add(row));
        text.contains(position).then_some(position)
    }

    /// The byte drawn at a position of the screen; `None` beside the text.
    pub fn byte_at(&self, columns: ArticleColumns, position: Position) -> Option<usize> {
        let area = columns.text;
        let row = position
            .y
            .checked_sub(area.y)
            .filter(|row| *row < area.height)?;
        // A click beside the rows means their ends: drags need not hit the first letter.
        let column = position.x.saturating_sub(area.x);
        self.view.byte_at(self.wrap, row, column)
    }

    /// The marks of a row, the lowest first.
    fn ordered_marks(&self, span: Span) -> Vec<&MarkedRange> {
        let mut marks: Vec<&MarkedRange> = self.marks.overlapping(span).collect();
        marks.sort_by_key(|mark| mark.rank);
        marks
    }

    fn text_row(&self, row: Row, marks: &[&MarkedRange], line: Rect, buf: &mut Buffer) {
        let (mut end, mut style) = (line.x, Style::new());
        // The style found last, and the byte up to which it holds.
        let (mut known, mut holds_to) = (Style::new(), 0);
        for placed in self.wrap.clusters(row) {
            if placed.column >= line.width {
                break;
            }
            let span = placed.cluster.span;
            if span.end > holds_to {
                known = self.style_at(span, marks);
                let edge = self.next_edge(span.start, marks);
                // One that lies across an edge says nothing of those behind it.
                holds_to = if span.end > edge { 0 } else { edge };
            }
            style = known;
            if placed.cluster.hidden > 0 {
                style = style.patch(self.theme.style(Role::Hidden));
            }
            let x = line.x + placed.column;
            end = x + draw_cluster(buf, (x, line.y), line.right(), &placed.cluster, style);
        }
        if row.hyphen {
            draw_label(buf, after(line, end - line.x), "-", style);
        }
    }

    /// The first byte behind `byte` where something begins or ends that has a style.
    fn next_edge(&self, byte: usize, marks: &[&MarkedRange]) -> usize {
        let after = self.matches.partition_point(|found| found.end <= byte);
        let found = self.matches.get(after).copied();
        marks
            .iter()
            .map(|mark| mark.span)
            .chain(found)
            .chain(self.selection)
            .flat_map(|span| [span.start, span.end])
            .filter(|edge| *edge > byte)
            .min()
            .unwrap_or(usize::MAX)
    }

    fn style_at(&self, span: Span, marks: &[&MarkedRange]) -> Style {
        let mut style = self.theme.style(Role::Text);
        let here = marks.iter().filter(|mark| mark.span.overlaps(span));
        for mark in here.clone() {
            style = style.patch(self.theme.mark(mark.role));
        }
        if here.clone().any(|mark| self.selected == Some(mark.owner)) {
            style = style.patch(self.theme.selected(true));
        }
        if here.clone().any(|mark| self.related == Some(mark.owner)) {
            style = style.patch(self.theme.related());
        }
        let after = self
            .matches
            .partition_point(|found| found.end <= span.start);
        if self
            .matches
            .get(after)
            .is_some_and(|found| found.overlaps(span))
        {
            style = style.patch(self.theme.style(Role::Match));
        }
        if self
            .selection
            .is_some_and(|selection| selection.overlaps(span))
        {
            style = style.patch(self.theme.style(Role::Selection));
        }
        style
    }

    fn hints_of(&self, row: Row, line: Rect, buf: &mut Buffer) {
        let first = self
            .hints
            .partition_point(|hint| hint.word.start < row.span.start);
        let hints = self.hints[first..].iter();
        for hint in hints.take_while(|hint| hint.word.start < row.span.end) {
            let (column, letters) = self.label_place(*hint, row, line.width);
            let style = self.theme.style(Role::Hint);
            draw_visible(buf, after(line, column), &Visible::new(letters), style);
        }
    }

    /// The column where a label stands in its row, and what of it. It lies over the beginning of
    /// its word; over all of a short one it would hide which word that is, so there it begins
    /// behind the first letter and ends with the blank, and a letter for which that leaves no
    /// room is shown once the one before is typed.
    fn label_place<'a>(&self, hint: Hint<'a>, row: Row, width: u16) -> (u16, &'a str) {
        let clusters = self.wrap.clusters(row);
        let mut inside = clusters.filter(|placed| placed.cluster.span.overlaps(hint.word));
        let Some(first) = inside.next() else {
            return (0, "");
        };
        let rest: u16 = inside.map(|placed| placed.cluster.cells).sum();
        let (behind, room) = (first.column + first.cluster.cells, rest + 1);
        let letters = hint.letters.len();
        let after = self.wrap.text().get(hint.word.end..);
        let next = after.and_then(|after| after.chars().next());
        let is_free = next.is_none_or(|next| !next.is_alphanumeric());
        // Half of a wide letter shows nothing of it.
        let hides_word = rest == 0 || letters >= usize::from(first.cluster.cells + rest);
        if hides_word && is_free && behind + room <= width {
            return (behind, &hint.letters[..letters.min(room.into())]);
        }
        (first.column, hint.letters)
    }

    /// Sign and number of every mark that begins in the row, as far as there is room: the
    /// selected one, then those that begin for the first time, then pieces that go on.
    fn gutter_row(&self, row: Row, marks: &[&MarkedRange], gutter: Rect, buf: &mut Buffer) {
        let begins =
            |mark: &&&MarkedRange| mark.number.is_some() && row.span.contains(mark.span.start);
        let mut beginning: Vec<&&MarkedRange> = marks.iter().filter(begins).collect();
        beginning.sort_by_key(|mark| {
            (
                self.selected != Some(mark.owner),
                mark.continues,
                mark.span.start,
            )
        });
        let mut room = gutter;
        for (at, mark) in beginning.iter().enumerate() {
            let Some(number) = mark.number else { continue };
            let number = Visible::new(&number.to_string());
            // A blank stands behind it, and before the text.
            let is_room = usize::from(room.width) >= number.cells() + 2;
            if at > 0 && !is_room {
                draw_label(buf, room, self.theme.more(), self.theme.style(Role::Dim));
                return;
            }
            room = self.gutter_number(mark, &number, room, buf);
        }
    }

    /// Draws sign and number; returns the room behind them.
    fn gutter_number(
        &self,
        mark: &MarkedRange,
        number: &Visible,
        room: Rect,
        buf: &mut Buffer,
    ) -> Rect {
        let sign = if mark.continues {
            self.theme.continuation()
        } else {
            self.theme.sign(mark.role)
        };
        // The sign alone tells the state: attributes meant for words would smear it.
        let state = self.theme.style(mark.role);
        let style = Style {
            add_modifier: Modifier::empty(),
            ..state
        };
        let room = after(room, draw_label(buf, room, sign, style));
        let number = number.shortened(room.width.saturating_sub(1).into(), self.theme.signs);
        let used = draw_visible(buf, room, &number, self.theme.style(Role::Dim));
        after(room, used + 1)
    }
}
