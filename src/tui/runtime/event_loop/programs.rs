//! What the desk asks of other programs: the editor, the clipboard, the browser.

use super::Runtime;
use crate::outside;
use crate::tui::event::Event;
use crate::tui::runtime::desk_and_files::{Desk, Files};
use crate::tui::runtime::signals;
use crate::tui::runtime::terminal::Screen;

impl<D: Desk, S: Screen, F: Files> Runtime<D, S, F> {
    /// Opens `$EDITOR` in the place of the screen.
    pub(super) fn edit(&mut self, text: &str) {
        self.give_screen();
        let edited = signals::lend(|| outside::edit(&outside::editor_command(), text));
        self.take_screen();
        match edited {
            Ok(text) => self.tell(Event::Edited(Some(text))),
            Err(error) => {
                self.tell(Event::Edited(None));
                self.tell(Event::ChangedOutside(error.to_string()));
            }
        }
    }

    /// Terminals pass it on over ssh as well; not all of them do, so the command has it too.
    pub(super) fn copy(&mut self, text: String) {
        if let Err(error) = self.screen.copy(&text) {
            tracing::warn!("the terminal could not be given a text to copy: {error}");
        }
        std::thread::spawn(move || match outside::copy(&text) {
            Some(command) => tracing::debug!("copied by {command}"),
            None => tracing::debug!("copied by the terminal alone"),
        });
    }

    pub(super) fn browse(&mut self, address: String) {
        if let Err(reason) = outside::browse(&address) {
            self.tell(Event::NotBrowsed(address, reason.to_string()));
        }
    }
}
