//! The system's clipboard, by the command that is there for it.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::program::ended;

/// How long a command may take that holds no clipboard of its own.
const PATIENCE: Duration = Duration::from_secs(2);

/// Commands that take the text on their standard input, and the variable that must be set for
/// each: where it is empty nothing has to be.
const COMMANDS: &[(&str, &[&str])] = &[
    ("WAYLAND_DISPLAY", &["wl-copy"]),
    ("DISPLAY", &["xclip", "-selection", "clipboard", "-in"]),
    ("DISPLAY", &["xsel", "--clipboard", "--input"]),
    ("WSL_DISTRO_NAME", &["clip.exe"]),
    ("", &["pbcopy"]),
];

/// Gives a text to the clipboard command, if there is one; its name. Waits for it a little, so
/// it belongs on a thread of its own.
pub fn copy(text: &str) -> Option<&'static str> {
    COMMANDS.iter().find_map(|(variable, words)| {
        let is_set = variable.is_empty() || env::var_os(variable).is_some_and(|v| !v.is_empty());
        let taken = is_set && give(words, text).is_ok();
        taken.then_some(words[0])
    })
}

fn give(words: &[&str], text: &str) -> io::Result<()> {
    let mut child = Command::new(words[0])
        .args(&words[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let written = match child.stdin.take() {
        Some(mut input) => input.write_all(text.as_bytes()),
        None => Ok(()),
    };
    written?;
    match ended(&mut child, Instant::now() + PATIENCE)? {
        Some(false) => Err(io::Error::other("it ended with a fault")),
        // What is still there after a while holds it.
        Some(true) | None => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_text_arrives_whole_and_a_fault_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("taken");
        let text = "Ærøskøbing “3”\n".repeat(10_000);
        let script = format!("cat > '{}'", place.display());
        give(&["sh", "-c", &script], &text).expect("taken");
        assert_eq!(std::fs::read_to_string(place).expect("there"), text);
        assert!(give(&["sh", "-c", "cat > /dev/null; exit 3"], "x").is_err());
        assert!(give(&["no-such-command-for-this"], "x").is_err());
    }
}
