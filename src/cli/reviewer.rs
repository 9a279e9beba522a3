//! Who reviews, if nobody said so: git's `user.email`, else the account and the machine.

use std::process::{Command, Stdio};

use crate::config::{Config, Origin, Setting};

/// The reviewer's name and where it comes from.
pub(super) fn name(config: &Config) -> Setting<String> {
    if let Some(name) = &config.reviewer.value {
        return Setting {
            value: name.clone(),
            origin: config.reviewer.origin.clone(),
        };
    }
    match answer("git", &["config", "user.email"]) {
        Some(email) => Setting {
            value: email,
            origin: Origin::Git,
        },
        None => Setting {
            value: account(),
            origin: Origin::Account,
        },
    }
}

/// Account and machine: `ana@newsdesk`.
pub(super) fn account() -> String {
    let variable = |name| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let user = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(variable)
        .or_else(|| answer("whoami", &[]));
    let host = answer("hostname", &[]).or_else(|| variable("COMPUTERNAME"));
    format!(
        "{}@{}",
        user.as_deref().unwrap_or("reviewer"),
        host.as_deref().unwrap_or("localhost")
    )
}

/// The first line a program prints; `None` if it is not there, fails or prints nothing.
fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let done = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(done.stdout).ok()?;
    let line = text.lines().next()?.trim();
    let fit = done.status.success() && !line.is_empty() && !line.chars().any(char::is_control);
    fit.then(|| line.to_owned())
}
