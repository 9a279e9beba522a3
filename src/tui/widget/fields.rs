//! Labelled lines in a pane: wrapped, and cut where there is little room.

use std::borrow::Cow;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draw_visible;
use super::theme::{Role, Theme};
use crate::text::{Signs, Visible};
use crate::tui::layout::Wrap;

/// Columns of the labels.
const LABEL: u16 = 9;
/// Columns of a pane from which labels have columns of their own.
const ROOMY: u16 = 30;

/// A labelled line; long text is wrapped when drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Field {
    /// What it is; empty goes on with the line before.
    pub label: &'static str,
    /// What it says; not yet safe to draw.
    pub text: String,
    /// How it looks.
    pub role: Role,
}

impl Field {
    /// A line with that label, text and look.
    pub(in crate::tui) fn new(label: &'static str, text: impl Into<String>, role: Role) -> Field {
        Field {
            label,
            text: text.into(),
            role,
        }
    }
}

/// Text in rows of a width, wrapped between words.
fn wrapped(text: &str, width: u16, signs: Signs) -> Vec<Visible> {
    let wrap = Wrap::new(Arc::from(text), signs);
    let rows = wrap.all_rows(width).into_iter();
    rows.map(|row| Visible::with_signs(row.span.of(text).trim_end(), signs))
        .collect()
}

/// How many rows the words of a card take, the line that stands first and whole in it.
pub(in crate::tui) fn rows_of_words(words: &str, width: u16, signs: Signs) -> usize {
    let words = plain(words, signs);
    let wrap = Wrap::new(Arc::from(words.as_ref()), signs);
    wrap.all_rows(width.max(1)).len()
}

/// The same as text.
pub(in crate::tui) fn wrapped_words(text: &str, width: u16, signs: Signs) -> Vec<String> {
    let rows = wrapped(text, width, signs).into_iter();
    rows.map(|row| row.as_str().to_owned()).collect()
}

/// Lines laid out for a width.
pub(in crate::tui) struct Fields<'a> {
    fields: Vec<(&'a Field, Vec<Visible>)>,
    label_width: u16,
    width: u16,
    theme: Theme,
}

impl<'a> Fields<'a> {
    /// Wraps the lines to a width; labels stand in a column where there is room for one.
    pub(in crate::tui) fn new(fields: &'a [Field], width: u16, theme: Theme) -> Fields<'a> {
        let has_labels = fields.iter().any(|field| !field.label.is_empty());
        let label_width = if has_labels && width >= ROOMY {
            LABEL
        } else {
            0
        };
        let mut laid = Fields {
            fields: Vec::new(),
            label_width,
            width,
            theme,
        };
        for field in fields {
            let text = laid.text(field);
            let rows = wrapped(
                &text,
                width.saturating_sub(laid.indent(field)).max(1),
                theme.signs,
            );
            laid.fields.push((field, rows));
        }
        laid
    }

    /// How many rows they take.
    pub(in crate::tui) fn rows(&self) -> usize {
        self.fields.iter().map(|(_, rows)| rows.len()).sum()
    }

    /// Cuts lines to one row each, what matters least first, until all fit; if they never
    /// do, the last ones are out of sight.
    pub(in crate::tui) fn cut_to(mut self, height: u16) -> Fields<'a> {
        let order: [&dyn Fn(&Field) -> bool; 4] = [
            &|field| field.role == Role::Dim,
            &|field| matches!(field.label, "note" | "in full" | "tags"),
            &|field| field.role != Role::Title,
            &|_| true,
        ];
        for matters_less in order {
            for at in (0..self.fields.len()).rev() {
                if self.rows() <= usize::from(height) {
                    return self;
                }
                let (field, rows) = &self.fields[at];
                if !matters_less(field) || rows.len() < 2 {
                    continue;
                }
                // No more than is needed; the last row that stays tells that there is more.
                let excess = self.rows() - usize::from(height);
                let keep = rows.len().saturating_sub(excess).max(1);
                let room = usize::from(self.width.saturating_sub(self.indent(field)));
                let rest: String = rows[keep - 1..]
                    .iter()
                    .map(Visible::as_str)
                    .collect::<Vec<_>>()
                    .join(" ");
                let last = Visible::fitting(&rest, room, self.theme.signs);
                self.fields[at].1.truncate(keep - 1);
                self.fields[at].1.push(last);
            }
        }
        self
    }

    /// Draws the rows from `skip` on into `area`.
    pub(in crate::tui) fn draw(&self, area: Rect, skip: usize, buf: &mut Buffer) {
        let rows = self.fields.iter().flat_map(|(field, rows)| {
            rows.iter()
                .enumerate()
                .map(move |(at, row)| (*field, at == 0, row))
        });
        for ((field, is_first, row), y) in rows.skip(skip).zip(area.top()..area.bottom()) {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            let indent = self.indent(field).min(line.width);
            if is_first && indent > 0 {
                let style = self.theme.style(Role::Dim);
                draw_visible(buf, line, &Visible::new(field.label), style);
            }
            let words = Rect {
                x: line.x + indent,
                width: line.width - indent,
                ..line
            };
            draw_visible(buf, words, row, self.theme.style(field.role));
        }
    }

    fn indent(&self, field: &Field) -> u16 {
        if field.role == Role::Title {
            0
        } else {
            self.label_width
        }
    }

    fn text(&self, field: &Field) -> String {
        let text = plain(&field.text, self.theme.signs);
        if self.label_width == 0 && !field.label.is_empty() {
            format!("{}: {text}", field.label)
        } else {
            text.into_owned()
        }
    }
}

/// Text of our own lines with what stands for signs there in ASCII, where that is wanted:
/// separators, dashes, quotation marks. The article pane leaves words as they are.
pub(in crate::tui) fn plain(text: &str, signs: Signs) -> Cow<'_, str> {
    if signs == Signs::Unicode || text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = text.chars().map(|c| match c {
        '·' | '—' | '–' => '-',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '×' => 'x',
        other => other,
    });
    Cow::Owned(plain.collect::<String>().replace('…', "..."))
}
