//! What a click means: what stands under it on the screen for a key, a command, a tab, a row of a
//! window. The screen knows where it draws what; `App` is told what was meant.

use ratatui::crossterm::event::{KeyCode, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use crate::text::Visible;
use crate::tui::app::{App, LineUse, Mode, Pane, Screen};
use crate::tui::command::Key;
use crate::tui::event::{Event, Meant};
use crate::tui::layout::{self, Framed};
use crate::tui::widget::{Role, Segment};

impl App {
    /// The event as what it means, where that is a click on something that stands for a key, a
    /// command or the like; every other as it is.
    pub fn aimed(&self, event: Event) -> Event {
        let (mouse, is_second) = match &event {
            Event::Mouse(mouse) => (*mouse, false),
            Event::SecondClick(mouse) => (*mouse, true),
            _ => return event,
        };
        if mouse.kind != MouseEventKind::Down(MouseButton::Left) {
            return event;
        }
        match self.meant_at(mouse) {
            Some(meant) => Event::Meant(meant, is_second),
            None => event,
        }
    }

    fn meant_at(&self, mouse: MouseEvent) -> Option<Meant> {
        let at = Position::new(mouse.column, mouse.row);
        if self.status_area().is_some_and(|area| area.contains(at)) {
            return self.meant_in_status(at);
        }
        self.meant_in_window(at)
            .or_else(|| match self.mode() {
                Mode::Normal | Mode::Visual(_) => self.meant_in_title(at),
                _ => None,
            })
            .or_else(|| match self.mode() {
                Mode::Normal => self.meant_in_frames(at),
                _ => None,
            })
    }

    fn status_area(&self) -> Option<Rect> {
        match self.screen() {
            Screen::Queue => layout::queue(self.area()).status,
            Screen::Review => self.review_layout().status,
        }
    }

    /// A key told of in the status line.
    fn meant_in_status(&self, at: Position) -> Option<Meant> {
        let area = self.status_area()?;
        if matches!(self.mode(), Mode::Line(..)) {
            return None;
        }
        let (left, right) = self.status_segments(area);
        let line = self.status_text(&left, &right);
        let (segment, cell) = line.at(area, at.x)?;
        let key = match segment.parts.first()? {
            (label, Role::Key) => key_at(label.as_str(), cell),
            // What was done, and behind it the key that takes it back.
            (what, Role::Text) => {
                let (key, _) = segment.parts.get(1)?;
                let key = key.as_str().trim_start_matches(['·', '-', ' ']);
                let is_behind = cell >= what.cells();
                is_behind.then(|| first_key(key)).flatten()
            }
            _ => None,
        };
        key.map(Meant::Key)
    }

    /// A row of the open window, or leaving it by a click beside it.
    fn meant_in_window(&self, at: Position) -> Option<Meant> {
        let beside = |window: Framed| (!window.outer.contains(at)).then_some(Meant::Leave);
        let row_of = |(window, view): (Framed, layout::ListView)| {
            let row = at.y.checked_sub(window.inner.y);
            let row = row.filter(|_| window.inner.contains(at));
            row.and_then(|row| view.row_at(row)).map(Meant::Row)
        };
        match self.mode() {
            Mode::Choose(choose) => {
                let window = self.choice_window(choose);
                row_of(window).or_else(|| beside(window.0))
            }
            Mode::Line(_, LineUse::Command { picked }) => {
                let window = self.completions_window(*picked)?;
                row_of(window).or_else(|| beside(window.0))
            }
            Mode::Help { .. } => beside(self.help_window()),
            Mode::Card { .. } => beside(self.card_window()),
            Mode::Summary { rows, .. } => beside(self.summary_window(rows)),
            _ => None,
        }
    }

    /// A counter or the like in the title line.
    fn meant_in_title(&self, at: Position) -> Option<Meant> {
        let (area, segments): (_, (Vec<Segment>, Vec<Segment>)) = match self.screen() {
            Screen::Queue => (
                layout::queue(self.area()).title?,
                self.queue_title_segments(),
            ),
            Screen::Review => {
                let area = self.review_layout().title?;
                (area, self.title_segments(area, self.review()))
            }
        };
        if !area.contains(at) {
            return None;
        }
        let line = self.title_text(&segments.0, &segments.1);
        let (segment, _) = line.at(area, at.x)?;
        segment.command.map(Meant::Command)
    }

    /// A heading in the frame of a pane: it takes the keys there; in the queue it is the order.
    fn meant_in_frames(&self, at: Position) -> Option<Meant> {
        if self.screen() == Screen::Queue {
            let headings = [self.queue_heading()];
            let list = layout::queue(self.area()).list;
            let heading = self.pane_frame(&headings, true).heading_at(list, at);
            return heading.map(|_| Meant::Command("turn-order"));
        }
        let (areas, review) = (self.review_layout(), self.review()?);
        if let Some(pane) = areas.article {
            let headings = self.article_heading(review.pane == Pane::Article);
            if self
                .pane_frame(&headings, true)
                .heading_at(pane, at)
                .is_some()
            {
                return Some(Meant::Article);
            }
        }
        let pane = areas.list?;
        let headings = self.list_headings(pane, review);
        match self.pane_frame(&headings, true).heading_at(pane, at)? {
            0 => Some(Meant::Claims),
            _ => Some(Meant::Sources),
        }
    }
}

/// The key that a click on a hint presses: the only one it tells of, wherever it was clicked; of
/// several the one under the click.
fn key_at(label: &str, cell: usize) -> Option<Key> {
    if label.starts_with("any ") {
        return Some(Key::plain(KeyCode::Esc));
    }
    if let Some(key) = Key::parse(label) {
        return Some(key);
    }
    let mut x = 0;
    for word in label.split(' ') {
        let cells = Visible::new(word).cells();
        if (x..x + cells).contains(&cell) {
            // “1-9”: its ends.
            return Key::parse(word).or_else(|| {
                let letter = word.chars().nth(cell - x)?;
                let is_end = word.len() == 3 && letter != '-';
                is_end.then(|| Key::parse(&letter.to_string())).flatten()
            });
        }
        x += cells + 1;
    }
    // On the words, where one key is meant by either name.
    label
        .split_once(" or ")
        .and_then(|(first, _)| Key::parse(first))
}

fn first_key(words: &str) -> Option<Key> {
    Key::parse(words.split(' ').next()?)
}
