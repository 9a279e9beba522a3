//! Which click is the second one of a double click.
//!
//! Terminals tell of clicks one by one; how fast two of them came is known here alone.

use std::time::{Duration, Instant};

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::tui::event::Event;

/// How soon the second click of a double click comes.
const DOUBLE: Duration = Duration::from_millis(400);

/// Where and when the last click was.
#[derive(Debug, Default)]
pub(super) struct Clicks {
    last: Option<(Instant, u16, u16)>,
}

impl Clicks {
    /// The event; a click that came soon after another one at the same place as a second click.
    pub(super) fn told(&mut self, event: Event, now: Instant) -> Event {
        match event {
            Event::Mouse(mouse) if self.is_second(mouse, now) => Event::SecondClick(mouse),
            other => other,
        }
    }

    fn is_second(&mut self, mouse: MouseEvent, now: Instant) -> bool {
        if mouse.kind != MouseEventKind::Down(MouseButton::Left) {
            return false;
        }
        let before = self.last.replace((now, mouse.column, mouse.row));
        before.is_some_and(|(at, column, row)| {
            let is_there = column.abs_diff(mouse.column) <= 1 && row == mouse.row;
            is_there && now.saturating_duration_since(at) < DOUBLE
        })
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::KeyModifiers;

    use super::*;

    #[test]
    fn a_second_click_comes_soon_and_at_the_same_place() {
        let start = Instant::now();
        let click = |column, row| {
            Event::Mouse(MouseEvent {
                kind: MouseEventKind::Down(MouseButton::Left),
                column,
                row,
                modifiers: KeyModifiers::NONE,
            })
        };
        let mut clicks = Clicks::default();
        for (after, column, row, is_second) in [
            (0, 5, 5, false),
            (100, 5, 5, true),
            (300, 6, 5, true),
            (800, 6, 5, false),
            (900, 9, 5, false),
            (1000, 9, 6, false),
            (1399, 9, 6, true),
        ] {
            let now = start + Duration::from_millis(after);
            let told = clicks.told(click(column, row), now);
            let second = matches!(told, Event::SecondClick(_));
            assert_eq!(second, is_second, "{after} ms");
        }
        let up = |kind| {
            let modifiers = KeyModifiers::NONE;
            Event::Mouse(MouseEvent {
                kind,
                column: 9,
                row: 6,
                modifiers,
            })
        };
        let now = start + Duration::from_millis(1400);
        for kind in [
            MouseEventKind::Up(MouseButton::Left),
            MouseEventKind::ScrollDown,
        ] {
            assert!(matches!(clicks.told(up(kind), now), Event::Mouse(_)));
        }
    }
}
