//! Web addresses in the reader's browser.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::{Command, Stdio};
use std::thread;

/// Programs that open an address, with the arguments before it: the first one that is there.
#[cfg(target_os = "macos")]
const OPENERS: &[&[&str]] = &[&["open"]];
#[cfg(windows)]
const OPENERS: &[&[&str]] = &[&["rundll32", "url.dll,FileProtocolHandler"]];
#[cfg(not(any(target_os = "macos", windows)))]
const OPENERS: &[&[&str]] = &[&["xdg-open"], &["gio", "open"], &["wslview"]];

/// Why an address was not opened; it can be shown to be copied.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// It is none of http or https, or has signs that no address has.
    #[error("that is no address of the web")]
    NoAddress,
    /// The desk runs on another machine than the reader's browser.
    #[error("the desk runs on another machine: copy the address to your browser")]
    Remote,
    /// There is no screen on which a browser could show it, or no program that opens it.
    #[error("no browser can be started here: copy the address to yours")]
    NoBrowser,
    /// The program could not be started.
    #[error("{program} could not be started: {error}")]
    Failed {
        /// The program.
        program: String,
        /// Why.
        error: io::Error,
    },
}

/// Opens an address in the browser and does not wait for it. No shell sees it: it is one
/// argument of the program that opens addresses here.
///
/// # Errors
/// As [`NotOpened`]; nothing was started.
pub fn browse(address: &str) -> Result<(), NotOpened> {
    if !is_of_the_web(address) {
        return Err(NotOpened::NoAddress);
    }
    if is_remote(|name| env::var_os(name)) {
        return Err(NotOpened::Remote);
    }
    if !has_screen(|name| env::var_os(name)) {
        return Err(NotOpened::NoBrowser);
    }
    for opener in OPENERS {
        let mut command = Command::new(opener[0]);
        command.args(&opener[1..]).arg(address);
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null());
        match quiet.stderr(Stdio::null()).spawn() {
            Ok(mut child) => {
                // Some openers end at once, some with the browser: somebody has to heed them.
                thread::spawn(move || child.wait());
                return Ok(());
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(NotOpened::Failed {
                    program: opener[0].to_owned(),
                    error,
                });
            }
        }
    }
    Err(NotOpened::NoBrowser)
}

/// Whether it is http or https with a host, in signs that an address may have: nothing an opener
/// could take for an option or for another scheme.
fn is_of_the_web(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme));
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && !address.contains(is_blank)
}

/// Whether the desk is looked at from another machine.
fn is_remote(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    ["SSH_CONNECTION", "SSH_TTY"]
        .iter()
        .any(|name| variable(name).is_some_and(|value| !value.is_empty()))
}

/// Whether a browser would have a screen. Others than X and Wayland always have one.
fn has_screen(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let needs_one = cfg!(not(any(target_os = "macos", windows)));
    let screens = ["WAYLAND_DISPLAY", "DISPLAY", "WSL_DISTRO_NAME"];
    let is_set = |name: &&str| variable(name).is_some_and(|value| !value.is_empty());
    !needs_one || screens.iter().any(is_set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_opened() {
        for address in [
            "https://a.example/b?c=%20#d",
            "HTTP://a.example",
            "https://[::1]/",
        ] {
            assert!(is_of_the_web(address), "{address}");
        }
        for other in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "--help",
            "https://",
            "https://-x",
            "https://a.example/ b",
            "https://a.example/\u{7}b",
            "xhttps://a.example",
        ] {
            assert!(!is_of_the_web(other), "{other}");
            assert!(
                matches!(browse(other), Err(NotOpened::NoAddress)),
                "{other}"
            );
        }
    }

    #[test]
    fn over_ssh_and_without_a_screen_no_browser_is_started() {
        let only = |set: &'static str| move |name: &str| (name == set).then(|| OsString::from("1"));
        assert!(is_remote(only("SSH_TTY")) && is_remote(only("SSH_CONNECTION")));
        assert!(!is_remote(only("DISPLAY")));
        assert!(!is_remote(|_| Some(OsString::new())));
        assert!(has_screen(only("DISPLAY")) && has_screen(only("WAYLAND_DISPLAY")));
        assert_eq!(
            has_screen(only("SSH_TTY")),
            cfg!(any(target_os = "macos", windows))
        );
    }
}
