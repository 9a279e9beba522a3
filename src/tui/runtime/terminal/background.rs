//! Is the terminal's background light or dark?
//!
//! Asking costs an answer that arrives among the keys, and here a key can be a decision: an
//! answer that comes late would be taken for `1`, `e`, `r`. So only a terminal on this
//! machine that is known by name to answer is asked, never one behind ssh, tmux or screen,
//! and not if keys were typed already, which the question would swallow.

use std::env;
use std::time::Duration;

use ratatui::crossterm::event;
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use crate::tui::widget::Ground;

/// A terminal asked by name answers in a few milliseconds; past this it does not.
const PATIENCE: Duration = Duration::from_millis(500);

/// Finds out, with the terminal in raw mode and before keys are read.
pub(in crate::tui) fn background() -> Option<Ground> {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(told) = variable("COLORFGBG").and_then(|value| told_by(&value)) {
        return Some(told);
    }
    if !answers(variable) || event::poll(Duration::ZERO).unwrap_or(true) {
        return None;
    }
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match theme_mode(options) {
        Ok(ThemeMode::Light) => Some(Ground::Light),
        Ok(ThemeMode::Dark) => Some(Ground::Dark),
        Err(error) => {
            tracing::info!("the terminal did not tell its background: {error}");
            None
        }
    }
}

/// Reads `COLORFGBG`: "15;0" or "0;default;15", foreground first, background last, numbers
/// of the sixteen colours.
fn told_by(value: &str) -> Option<Ground> {
    let number: u8 = value.rsplit(';').next()?.parse().ok()?;
    match number {
        7 | 9..=15 => Some(Ground::Light),
        0..=6 | 8 => Some(Ground::Dark),
        _ => None,
    }
}

/// Terminals that answer, by what they put into the environment of their programs.
const ANSWERING: &[&str] = &[
    "ALACRITTY_WINDOW_ID",
    "GHOSTTY_RESOURCES_DIR",
    "ITERM_SESSION_ID",
    "KITTY_WINDOW_ID",
    "KONSOLE_VERSION",
    "VTE_VERSION",
    "WEZTERM_PANE",
    "WT_SESSION",
    "XTERM_VERSION",
];

/// What stands between a terminal and this program, and may delay or change an answer.
const BETWEEN: &[&str] = &[
    "TMUX",
    "STY",
    "ZELLIJ",
    "SSH_CONNECTION",
    "SSH_TTY",
    "MOSH_KEY",
];

fn answers(variable: impl Fn(&str) -> Option<String>) -> bool {
    let term = variable("TERM").unwrap_or_default();
    let multiplexed = term == "dumb" || term.starts_with("screen") || term.starts_with("tmux");
    !multiplexed
        && BETWEEN.iter().all(|name| variable(name).is_none())
        && (ANSWERING.iter().any(|name| variable(name).is_some()) || term.starts_with("foot"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_may_tell() {
        let cases = [
            ("15;0", Some(Ground::Dark)),
            ("0;15", Some(Ground::Light)),
            ("0;default;15", Some(Ground::Light)),
            ("7;8", Some(Ground::Dark)),
            ("0;default", None),
            ("", None),
            ("0;200", None),
        ];
        for (value, told) in cases {
            assert_eq!(told_by(value), told, "{value:?}");
        }
    }

    #[test]
    fn only_terminals_known_to_answer_are_asked() {
        let cases: [(&[(&str, &str)], bool); 8] = [
            (&[("TERM", "xterm-256color")], false),
            (&[("TERM", "dumb"), ("VTE_VERSION", "7600")], false),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")], true),
            (&[("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")], true),
            (&[("TERM", "foot-extra")], true),
            (
                &[("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")],
                false,
            ),
            (
                &[("TERM", "xterm"), ("VTE_VERSION", "1"), ("TMUX", "x")],
                false,
            ),
            (
                &[("TERM", "xterm"), ("VTE_VERSION", "1"), ("SSH_TTY", "x")],
                false,
            ),
        ];
        for (environment, asked) in cases {
            let variable = |name: &str| {
                let found = environment.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(answers(variable), asked, "{environment:?}");
        }
    }
}
