//! Is the terminal's background light or dark? The environment is asked, then the terminal.
//!
//! Nobody waits for the terminal: it may answer at once, late or never (over ssh, behind a
//! multiplexer), and what it says arrives among the keys, where [`super::answer`] finds it.
//! Until then the desk shows what is readable on both.

use std::env;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::write_out;
use crate::tui::widget::Ground;

/// How long after the question an answer is awaited before the terminal is given back: one
/// that comes after that would be typed into the shell.
const SETTLED: Duration = Duration::from_millis(300);

/// A question to the terminal, and whether it was answered.
#[derive(Debug)]
pub(in crate::tui) struct Asked {
    at: Instant,
    answered: AtomicBool,
}

impl Asked {
    /// Asks the terminal for its background, if it is one that may be asked.
    pub(in crate::tui) fn background() -> io::Result<Option<Asked>> {
        let variable = |name: &str| env::var(name).ok();
        let Some(question) = question(variable) else {
            return Ok(None);
        };
        write_out(question.as_bytes())?;
        Ok(Some(Asked::now()))
    }

    pub(super) fn now() -> Asked {
        Asked {
            at: Instant::now(),
            answered: AtomicBool::new(false),
        }
    }

    /// The answer is there.
    pub(super) fn answered(&self) {
        self.answered.store(true, Ordering::Relaxed);
    }

    /// Whether the answer is still to come, and so soon after the question that it may.
    pub(super) fn is_awaited(&self, within: Duration) -> bool {
        !self.answered.load(Ordering::Relaxed) && self.at.elapsed() < within
    }

    /// Before the terminal is given back: lets an answer that is still under way arrive.
    pub(in crate::tui) fn settle(&self) {
        while self.is_awaited(SETTLED) {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// What the environment tells of the background.
pub(in crate::tui) fn told_by_environment() -> Option<Ground> {
    told_by(&env::var("COLORFGBG").ok()?)
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
    "TERM_PROGRAM",
    "VTE_VERSION",
    "WEZTERM_PANE",
    "WT_SESSION",
    "XTERM_VERSION",
];

/// What hands the question on to a terminal, of which no more is known then.
const BETWEEN: &[&str] = &["TMUX", "STY", "ZELLIJ", "SSH_CONNECTION", "SSH_TTY"];

/// Terminals that answer, by how their names begin.
const ANSWERING_NAMES: &[&str] = &[
    "alacritty",
    "contour",
    "foot",
    "rio",
    "st-",
    "wezterm",
    "xterm-ghostty",
    "xterm-kitty",
];

/// Terminals that show the question as text, by how their names begin.
const MUTE: &[&str] = &[
    "dumb", "linux", "vt", "cons", "sun", "eterm", "emacs", "ansi", "hurd", "bvterm",
];

/// What asks the terminal for its background (OSC 11); `None` where it is not to be asked: one of
/// which nothing is known may be no terminal at all, but what records or passes on a screen.
///
/// GNU screen and tmux are asked themselves, and asked to hand the question through, which
/// they do only if they are allowed to. zellij knows the answer of the terminal around it.
fn question(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    // With BEL at its end: rxvt answers a question that ends in ST with half of one.
    const ASK: &str = "\x1b]11;?\x07";
    let term = variable("TERM").unwrap_or_default();
    let begins = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
    let is_in = |name: &str| variable(name).is_some();
    let is_known = ANSWERING.iter().chain(BETWEEN).any(|name| is_in(name));
    if cfg!(windows) || begins(MUTE) || term.is_empty() || !(is_known || begins(ANSWERING_NAMES)) {
        return None;
    }
    Some(match (is_in("TMUX"), is_in("STY")) {
        (true, _) => format!("{ASK}\x1bPtmux;\x1b{ASK}\x1b\\"),
        (_, true) => format!("{ASK}\x1bP{ASK}\x1b\\"),
        _ => ASK.to_owned(),
    })
}

/// The ground of an answer such as `rgb:1e1e/1e1e/1e1e`, `rgba:` and `#` forms too; `None` if
/// it is none. A background in the middle is neither light nor dark.
pub(super) fn ground_of(colour: &str) -> Option<Ground> {
    let parts: Vec<&str> = match colour.split_once(':') {
        Some(("rgb" | "rgba", parts)) => parts.split('/').collect(),
        _ => {
            let digits = colour
                .strip_prefix('#')
                .filter(|digits| matches!(digits.len(), 3 | 6 | 9 | 12) && digits.is_ascii())?;
            let each = digits.len() / 3;
            vec![
                &digits[..each],
                &digits[each..2 * each],
                &digits[2 * each..],
            ]
        }
    };
    let [red, green, blue, ..] = parts.as_slice() else {
        return None;
    };
    let luminance = 0.2126 * light(red)? + 0.7152 * light(green)? + 0.0722 * light(blue)?;
    // Where text of the one ground and of the other is no longer readable.
    Some(match luminance {
        dark if dark < 0.08 => Ground::Dark,
        light if light > 0.6 => Ground::Light,
        _ => Ground::Either,
    })
}

/// Linear light of a part in hexadecimal digits, one to four.
fn light(digits: &str) -> Option<f64> {
    if !(1..=4).contains(&digits.len()) {
        return None;
    }
    let most = (1_u32 << (4 * digits.len())) - 1;
    let value = f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most);
    Some(match value {
        low if low <= 0.04045 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    })
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

    #[cfg(not(windows))]
    #[test]
    fn a_terminal_that_would_show_the_question_is_not_asked() {
        let asked = |environment: &[(&str, &str)]| {
            question(|name| {
                let found = environment.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        for term in ["", "dumb", "linux", "linux-16color", "vt100", "eterm-color"] {
            assert_eq!(asked(&[("TERM", term)]), None, "{term}");
        }
        assert_eq!(asked(&[]), None);
        assert_eq!(asked(&[("SSH_TTY", "x")]), None);
        assert_eq!(asked(&[("TERM", "linux"), ("SSH_TTY", "x")]), None);
        // It may be anything that takes what xterm takes.
        assert_eq!(asked(&[("TERM", "xterm-256color")]), None);
        let plain = Some("\x1b]11;?\x07".to_owned());
        for environment in [
            &[("TERM", "foot")][..],
            &[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")],
            &[("TERM", "xterm-256color"), ("SSH_TTY", "x")],
        ] {
            assert_eq!(asked(environment), plain, "{environment:?}");
        }
        let through = asked(&[("TERM", "screen"), ("STY", "1.x")]).expect("asked");
        assert_eq!(through, "\x1b]11;?\x07\x1bP\x1b]11;?\x07\x1b\\");
        let through = asked(&[("TERM", "screen"), ("TMUX", "x"), ("STY", "x")]).expect("asked");
        assert_eq!(through, "\x1b]11;?\x07\x1bPtmux;\x1b\x1b]11;?\x07\x1b\\");
    }

    #[test]
    fn answers_of_every_form_are_understood() {
        for (colour, ground) in [
            ("rgb:0000/0000/0000", Some(Ground::Dark)),
            ("rgb:1e1e/1e1e/1e1e", Some(Ground::Dark)),
            ("rgb:00/2b/36", Some(Ground::Dark)),
            ("rgb:FDFD/F6F6/E3E3", Some(Ground::Light)),
            ("rgb:f/f/f", Some(Ground::Light)),
            ("rgba:ffff/ffff/ffff/8000", Some(Ground::Light)),
            ("#ffffff", Some(Ground::Light)),
            ("#000", Some(Ground::Dark)),
            ("rgb:8080/8080/8080", Some(Ground::Either)),
            ("rgb:00/00", None),
            ("rgb:00000/0/0", None),
            ("rgb:gg/00/00", None),
            ("#12345", None),
            ("black", None),
            ("", None),
        ] {
            assert_eq!(ground_of(colour), ground, "{colour}");
        }
    }

    #[test]
    fn an_answer_is_awaited_only_for_a_while() {
        let asked = Asked::now();
        assert!(asked.is_awaited(Duration::from_secs(3600)));
        assert!(!asked.is_awaited(Duration::ZERO));
        asked.answered();
        assert!(!asked.is_awaited(Duration::from_secs(3600)));
        asked.settle();
    }
}
