//! Where the program of a detector is: never in a working folder.
//!
//! `PATH` may hold empty entries, dots and other relative folders, which all mean the working folder
//! or one in it; those are passed over. On Windows the system looks, which does not look there
//! either where it is Rust that asks it.

#[cfg(unix)]
use std::env;
#[cfg(unix)]
use std::ffi::OsStr;
use std::path::Path;
#[cfg(unix)]
use std::path::PathBuf;
use std::process::Command;

/// A command that starts the program, its arguments with it.
///
/// # Errors
/// In words, where there is none or it would depend on the working folder.
pub(super) fn command(words: &[String]) -> Result<Command, String> {
    let Some((program, arguments)) = words.split_first().filter(|(first, _)| !first.is_empty())
    else {
        return Err("its command is empty".to_owned());
    };
    if words.iter().any(|word| word.contains('\0')) {
        return Err("its command holds a NUL character".to_owned());
    }
    let mut command = found(program)?;
    command.args(arguments);
    Ok(command)
}

/// A program of that name in one of the folders, which are those of `PATH`.
#[cfg(unix)]
pub(super) fn on_path(name: &str, folders: &OsStr) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt;

    let is_program = |path: &PathBuf| {
        let there = path.metadata();
        there.is_ok_and(|there| there.is_file() && there.permissions().mode() & 0o111 != 0)
    };
    env::split_paths(folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(is_program)
}

#[cfg(unix)]
fn found(program: &str) -> Result<Command, String> {
    use std::os::unix::process::CommandExt;

    if Path::new(program).is_absolute() {
        return Ok(Command::new(program));
    }
    if program.contains('/') {
        return Err(not_whole(program));
    }
    // Where the system itself looks when nothing is said.
    let folders = env::var_os("PATH").unwrap_or_else(|| "/bin:/usr/bin".into());
    let whole = on_path(program, &folders)
        .ok_or_else(|| format!("there is no program “{program}” in the whole paths of PATH"))?;
    let mut command = Command::new(whole);
    // Some programs do what the name says that they are called by.
    command.arg0(program);
    Ok(command)
}

#[cfg(not(unix))]
fn found(program: &str) -> Result<Command, String> {
    // A drive without a folder (`C:name`) is relative, too.
    let is_name = !program.contains(['/', '\\', ':']);
    if is_name || Path::new(program).is_absolute() {
        return Ok(Command::new(program));
    }
    Err(not_whole(program))
}

fn not_whole(program: &str) -> String {
    format!("“{program}” is to be a name or a whole path")
}
