//! How many colours the terminal has, as its environment tells; and the sixteen written so
//! that terminals which know no others understand them.

use std::env;

use crate::tui::widget::Depth;

/// Programs and multiplexers that have 256 colours whatever `TERM` says, by what they put into
/// the environment.
const RICH: &[&str] = &[
    "TMUX",
    "ZELLIJ",
    "VTE_VERSION",
    "KONSOLE_VERSION",
    "KITTY_WINDOW_ID",
    "ITERM_SESSION_ID",
    "WEZTERM_PANE",
    "WT_SESSION",
    "XTERM_VERSION",
];

/// Names of terminals with as many, or parts of names.
const RICH_TERMS: &[&str] = &[
    "256",
    "direct",
    "truecolor",
    "24bit",
    "kitty",
    "alacritty",
    "ghostty",
    "wezterm",
    "foot",
    "contour",
    "iterm",
    "rio",
];

/// The number of colours; `None`: it has none.
pub(in crate::tui) fn depth() -> Option<Depth> {
    depth_of(|name| env::var(name).ok().filter(|value| !value.is_empty()))
}

fn depth_of(variable: impl Fn(&str) -> Option<String>) -> Option<Depth> {
    let term = variable("TERM").unwrap_or_default();
    let is_true = |told: String| told == "truecolor" || told == "24bit";
    let is_rich = RICH_TERMS.iter().any(|part| term.contains(part))
        || RICH.iter().any(|name| variable(name).is_some())
        || variable("COLORTERM").is_some_and(is_true)
        || (cfg!(windows) && term.is_empty());
    if is_rich {
        return Some(Depth::Many);
    }
    let has_none = term.starts_with("vt") || term.ends_with("-m") || term.ends_with("-mono");
    (!has_none).then_some(Depth::Sixteen)
}

/// Rewrites `38;5;N` and `48;5;N` of the sixteen, in which the library writes every colour, as
/// `30` to `37` and their kind. All escape sequences of a frame are our own.
pub(super) fn in_sixteen(frame: &[u8]) -> Vec<u8> {
    let mut told = Vec::with_capacity(frame.len());
    let mut rest = frame;
    while let Some(at) = rest.windows(2).position(|two| two == b"\x1b[") {
        let body = &rest[at + 2..];
        told.extend_from_slice(&rest[..at + 2]);
        let length = body
            .iter()
            .take_while(|byte| matches!(byte, b'0'..=b'?'))
            .count();
        match (body.get(length), std::str::from_utf8(&body[..length])) {
            (Some(b'm'), Ok(parts)) => told.extend(short(parts).bytes()),
            _ => told.extend_from_slice(&body[..length]),
        }
        rest = &body[length..];
    }
    told.extend_from_slice(rest);
    told
}

/// The parameters of a colour sequence, its sixteen written short.
fn short(parts: &str) -> String {
    let parts: Vec<&str> = parts.split(';').collect();
    let mut told: Vec<String> = Vec::with_capacity(parts.len());
    let mut at = 0;
    while at < parts.len() {
        let colour = match parts[at..] {
            [ground @ ("38" | "48"), "5", number, ..] => {
                let base = if ground == "38" { 30 } else { 40 };
                number.parse::<u8>().ok().and_then(|number| match number {
                    0..=7 => Some(base + number),
                    8..=15 => Some(base + 60 + number - 8),
                    _ => None,
                })
            }
            _ => None,
        };
        match colour {
            Some(code) => {
                told.push(code.to_string());
                at += 3;
            }
            None => {
                told.push(parts[at].to_owned());
                at += 1;
            }
        }
    }
    told.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_tells_how_many_colours_there_are() {
        for (environment, depth) in [
            (&[("TERM", "xterm-256color")][..], Some(Depth::Many)),
            (&[("TERM", "xterm-kitty")], Some(Depth::Many)),
            (
                &[("TERM", "xterm"), ("COLORTERM", "truecolor")],
                Some(Depth::Many),
            ),
            (&[("TERM", "screen"), ("TMUX", "x")], Some(Depth::Many)),
            (
                &[("TERM", "xterm"), ("VTE_VERSION", "7600")],
                Some(Depth::Many),
            ),
            (
                &[("TERM", "xterm"), ("COLORTERM", "1")],
                Some(Depth::Sixteen),
            ),
            (&[("TERM", "linux")], Some(Depth::Sixteen)),
            (&[("TERM", "screen")], Some(Depth::Sixteen)),
            (&[("TERM", "vt220")], None),
            (&[("TERM", "xterm-mono")], None),
        ] {
            let variable = |name: &str| {
                let found = environment.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(depth_of(variable), depth, "{environment:?}");
        }
    }

    #[test]
    fn the_sixteen_are_written_short_and_nothing_else_changes() {
        for (frame, short) in [
            ("\x1b[38;5;9mé\x1b[0m", "\x1b[91mé\x1b[0m"),
            ("\x1b[1;38;5;2;48;5;12mx", "\x1b[1;32;104mx"),
            ("\x1b[38;5;200m", "\x1b[38;5;200m"),
            ("\x1b[38;2;1;5;9m", "\x1b[38;2;1;5;9m"),
            (
                "\x1b[5;38H\x1b[?2026h\x1b]0;38;5;9\x07",
                "\x1b[5;38H\x1b[?2026h\x1b]0;38;5;9\x07",
            ),
            ("38;5;9m\x1b[", "38;5;9m\x1b["),
            ("", ""),
        ] {
            let told = in_sixteen(frame.as_bytes());
            assert_eq!(String::from_utf8_lossy(&told), short, "{frame:?}");
        }
    }

    /// The library's own writing, so that a change of it is noticed.
    #[test]
    fn what_the_library_writes_is_understood() {
        use ratatui::crossterm::queue;
        use ratatui::crossterm::style::{Color, Colors, SetColors};
        let mut frame = Vec::new();
        let colours = Colors::new(Color::AnsiValue(14), Color::AnsiValue(0));
        queue!(frame, SetColors(colours)).expect("memory");
        assert_eq!(String::from_utf8_lossy(&in_sixteen(&frame)), "\x1b[96;40m");
    }
}
