//! The tour of the first start, the question that Ctrl-c asks, and a queue without articles.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::{App, TOLD};
use crate::tui::command::Command;
use crate::tui::widget::{Field, Fields, Role};

/// What stands in a queue without articles; the last line names the key that quits.
const EMPTY: [(&str, Role); 4] = [
    ("No article here.", Role::Title),
    (
        "Articles are files called .txt, .md, .markdown, .html, .mht, .eml, .vtt or .srt, here or \
         in folders below; hidden ones are not.",
        Role::Text,
    ),
    (
        "Put one here, or name a file or another folder: proofmark PATH",
        Role::Text,
    ),
    (
        "To try the desk on a practice article: proofmark tutor",
        Role::Text,
    ),
];

impl App {
    /// Draws the tour.
    pub(super) fn draw_tour(&self, top: usize, buf: &mut Buffer) -> Option<Position> {
        let fields = self.tour_rows();
        let rows = self.rows_in_window(&fields, TOLD);
        let window = self.tour_window(&fields);
        let is_cut = usize::from(window.inner.height) < rows;
        let title = if is_cut {
            "proofmark; Down shows more"
        } else {
            "proofmark"
        };
        self.draw_fields_window(title, &fields, window, top, buf)
    }

    /// Draws the lesson of the tutor above the screen, if there is one.
    pub(super) fn draw_lesson(&self, buf: &mut Buffer) {
        let area = self.lesson_area();
        let fields = self.lesson_rows();
        Fields::new(&fields, area.width, self.options().theme).draw(area, 0, buf);
    }

    /// Draws the question whether to leave the desk.
    pub(super) fn draw_ask_quit(&self, buf: &mut Buffer) -> Option<Position> {
        let line = |text: &str, role: Role| Field::new("", text, role);
        let question = match self.is_practice() {
            true => "Leave? The practice article is thrown away.",
            false => "Leave the desk? Every decision is on disk.",
        };
        let fields = [
            line(question, Role::Title),
            line(
                "Enter or Ctrl-c leaves; any other key goes back.",
                Role::Text,
            ),
        ];
        let window = self.fields_window(&fields, 56);
        self.draw_fields_window("leave", &fields, window, 0, buf)
    }

    /// Says in a queue without articles which files are articles and what to do.
    pub(super) fn draw_empty_queue(&self, area: Rect, buf: &mut Buffer) {
        let quit = self.options().keymap.hint(&Command::Quit);
        let mut fields: Vec<Field> = EMPTY
            .iter()
            .map(|(text, role)| Field::new("", *text, *role))
            .collect();
        fields.push(Field::new("", format!("{quit} quits."), Role::Text));
        let margin = u16::from(area.width >= 24);
        let area = Rect {
            x: area.x + margin,
            width: area.width.saturating_sub(2 * margin),
            ..area
        };
        Fields::new(&fields, area.width, self.options().theme).draw(area, 0, buf);
    }
}
