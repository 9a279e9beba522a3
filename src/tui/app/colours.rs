//! The theme in force: what was asked for, and what the terminal can show and tells of itself.

use super::App;
use crate::config::{Theme as Choice, nearest};
use crate::text::Signs;
use crate::tui::event::Request;
use crate::tui::widget::{Depth, Ground, Theme};

/// What is known of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// How many colours it has; `None`: none.
    pub depth: Option<Depth>,
    /// Its background; `None`: not known.
    pub ground: Option<Ground>,
}

impl Default for Colours {
    fn default() -> Colours {
        Colours {
            depth: Some(Depth::Many),
            ground: None,
        }
    }
}

impl Colours {
    /// The theme that a choice comes to here.
    pub fn theme(self, choice: Choice, signs: Signs) -> Theme {
        let ground = match (choice, self.ground) {
            _ if self.depth.is_none() => Ground::Plain,
            (Choice::None, _) => Ground::Plain,
            (Choice::Dark, _) => Ground::Dark,
            (Choice::Light, _) => Ground::Light,
            (Choice::Either, _) => Ground::Either,
            (Choice::HighContrast, Some(Ground::Light)) => Ground::ContrastLight,
            (Choice::HighContrast, _) => Ground::ContrastDark,
            (Choice::Auto, known) => known.unwrap_or(Ground::Either),
        };
        Theme {
            ground,
            depth: self.depth.unwrap_or_default(),
            signs,
        }
    }
}

impl App {
    /// Whether the screen is painted in the theme's own background, because that was asked
    /// for; else the terminal's is kept.
    pub(in crate::tui) fn paints(&self) -> bool {
        self.options.choice != Choice::Auto
    }

    /// The terminal told its background.
    pub(super) fn take_ground(&mut self, ground: Ground) {
        self.options.colours.ground = Some(ground);
        self.take_theme(self.options.choice);
    }

    /// Shows the desk in another theme.
    pub(super) fn take_theme(&mut self, choice: Choice) {
        self.options.choice = choice;
        let signs = self.options.theme.signs;
        self.options.theme = self.options.colours.theme(choice, signs);
    }

    /// Shows the desk with other signs.
    pub(super) fn take_signs(&mut self, signs: Signs) {
        self.options.theme.signs = signs;
        if let Some(review) = &mut self.review {
            review.take_signs(signs);
        }
    }

    /// Takes a theme by its name, for as long as the desk is open.
    pub(super) fn theme_by_name(&mut self, name: &str) -> Vec<Request> {
        match Choice::parse(name) {
            Some(choice) => self.choose_theme(choice),
            None => {
                let known = Choice::WORDS.join(", ");
                self.refuse(match nearest(name, Choice::WORDS) {
                    Some(near) => format!("there is no theme “{name}”; did you mean “{near}”?"),
                    None => format!("there is no theme “{name}”: one of {known}"),
                });
            }
        }
        Vec::new()
    }

    /// Takes a theme for as long as the desk is open.
    pub(super) fn choose_theme(&mut self, choice: Choice) {
        self.take_theme(choice);
        self.say(match self.options.colours.depth {
            None => format!("theme: {choice}; this terminal shows no colours"),
            Some(_) => format!("theme: {choice}; `:set theme {choice}` keeps it"),
        });
    }
}
