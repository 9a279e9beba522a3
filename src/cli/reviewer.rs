//! Who reviews, if nobody said so: git's `user.email`, else the account and the machine.
//!
//! A repository that another account owns has no say in it: whoever may write its configuration
//! could else have decisions made in any name.

use std::path::{Path, PathBuf};

use super::error::say;
use crate::config::{Config, Origin, Setting};
use crate::outside::{self, Bounds, Question};

/// The reviewer's name and where it comes from.
pub(super) fn name(config: &Config) -> Setting<String> {
    if let Some(name) = &config.reviewer.value {
        return Setting {
            value: name.clone(),
            origin: config.reviewer.origin.clone(),
        };
    }
    match email() {
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

/// git's `user.email`: that of the repository around the working folder, if it is ours, else of
/// the person.
fn email() -> Option<String> {
    let here = std::env::current_dir().ok()?;
    let Some(theirs) = repository(&here).and_then(|repository| not_ours(&repository)) else {
        return answer("git", &["config", "user.email"], None);
    };
    say(&format!(
        "{} belongs to another account: the reviewer's name is not taken from there",
        theirs.display()
    ));
    // From a folder without a repository git tells what the person set.
    answer("git", &["config", "user.email"], here.ancestors().last())
}

/// The repository that git would take for `folder`: the folder that holds `.git`, or one without
/// files of its own.
fn repository(folder: &Path) -> Option<PathBuf> {
    let is_bare = |at: &Path| {
        at.join("HEAD").is_file() && at.join("objects").is_dir() && at.join("refs").is_dir()
    };
    let mut around = folder.ancestors();
    let found = around.find(|at| at.join(".git").exists() || is_bare(at))?;
    Some(found.to_owned())
}

/// What of a repository belongs to another account: its folder, git's own, or what is set there.
fn not_ours(repository: &Path) -> Option<PathBuf> {
    let entry = repository.join(".git");
    let git = match entry.exists() {
        true => git_folder(&entry),
        false => repository.to_owned(),
    };
    let common = std::fs::read_to_string(git.join("commondir")).ok();
    let common = common.map(|to| git.join(to.trim_end()));
    let config = common.as_deref().unwrap_or(&git).join("config");
    let parts = [
        Some(repository.to_owned()),
        Some(entry),
        Some(git.clone()),
        common,
        Some(config),
        Some(git.join("config.worktree")),
    ];
    parts.into_iter().flatten().find(|part| is_anothers(part))
}

/// git's folder, where `.git` is a file that says where it is.
fn git_folder(entry: &Path) -> PathBuf {
    let text = match entry.is_file() {
        true => std::fs::read_to_string(entry).unwrap_or_default(),
        false => String::new(),
    };
    match text.trim_end().strip_prefix("gitdir: ") {
        Some(to) => entry.with_file_name("").join(to),
        None => entry.to_owned(),
    }
}

/// Whether a file that is there belongs to another account; as for git, not even to root. Root
/// itself may stand in for the account that it was called from.
fn is_anothers(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let ours = rustix::process::geteuid().as_raw();
        let caller = std::env::var("SUDO_UID")
            .ok()
            .and_then(|id| id.parse().ok());
        let caller: Option<u32> = caller.filter(|_| ours == 0);
        // The link and what it leads to: either could say anything.
        let looks = [std::fs::symlink_metadata(path), std::fs::metadata(path)];
        let mut owners = looks.into_iter().flatten().map(|metadata| metadata.uid());
        owners.any(|owner| owner != ours && Some(owner) != caller)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// Account and machine: `ana@newsdesk`.
pub(super) fn account() -> String {
    let variable = |name| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let user = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(variable)
        .or_else(|| answer("whoami", &[], None));
    let host = answer("hostname", &[], None).or_else(|| variable("COMPUTERNAME"));
    format!(
        "{}@{}",
        user.as_deref().unwrap_or("reviewer"),
        host.as_deref().unwrap_or("localhost")
    )
}

/// The first line a program prints, started in `folder` or here; `None` if it is not there,
/// fails or prints nothing.
fn answer(program: &str, arguments: &[&str], folder: Option<&Path>) -> Option<String> {
    let without: &[&str] = match folder {
        Some(_) => &["GIT_DIR"],
        None => &[],
    };
    let said = outside::ask(&Question {
        program,
        arguments,
        folder,
        without,
        bounds: Bounds::SHORT,
    });
    let text = String::from_utf8(said.ok()?).ok()?;
    let line = text.lines().next()?.trim();
    let fit = !line.is_empty() && !line.chars().any(char::is_control);
    fit.then(|| line.to_owned())
}
