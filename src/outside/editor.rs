//! A text in the reviewer's own editor: a private file, a program, the file again.
//!
//! The terminal is the caller's to give and to take back. No shell is started: `$EDITOR` is
//! split into words as a shell would, and nothing in it is expanded.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::Command;

/// A note longer than this is refused: it goes on one line of the sidecar.
const MOST: u64 = 1 << 20;

/// Why a text did not come back.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// The editor's command cannot be understood.
    #[error("“{0}” names no editor: a quotation mark is missing, or it is empty")]
    Command(String),
    /// The editor could not be started.
    #[error("could not start {command}: {error}")]
    Start {
        /// Its command.
        command: String,
        /// Why.
        error: io::Error,
    },
    /// The editor ended with a fault; the text is as it was.
    #[error("{0} ended with a fault; the note is as it was")]
    Left(String),
    /// The editor ended with a fault, whatever it did to the file.
    #[error("{0} ended with a fault")]
    Fault(String),
    /// The text could not be handed over.
    #[error("the text could not be exchanged with the editor: {0}")]
    File(#[from] io::Error),
    /// Something else stands where the file was.
    #[error("{0} left no file; the note is as it was")]
    NoFile(String),
    /// More than fits a note.
    #[error("the text is longer than a note can be (1 MB); the note is as it was")]
    TooLong,
}

/// The editor's command: `$VISUAL`, else `$EDITOR`, else `vi`.
pub fn command() -> String {
    ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.trim().is_empty())
        .unwrap_or_else(|| "vi".to_owned())
}

/// Opens `text` with `command` and waits; what the file holds then, without its last line
/// end.
pub fn edit(command: &str, text: &str) -> Result<String, EditorError> {
    let folder = private_folder()?;
    let path = folder.path().join("note.txt");
    fs::write(&path, text)?;
    if !ends_well(command, &path)? {
        return Err(EditorError::Left(command.to_owned()));
    }
    // A pipe would be waited for, and a device has no end.
    if !fs::symlink_metadata(&path).is_ok_and(|left| left.is_file()) {
        return Err(EditorError::NoFile(command.to_owned()));
    }
    let mut bytes = Vec::new();
    let read = fs::File::open(&path)?
        .take(MOST + 1)
        .read_to_end(&mut bytes)?;
    if read as u64 > MOST {
        return Err(EditorError::TooLong);
    }
    let mut text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    // Editors end the last line; a note is not ended.
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

/// Opens a file with `command` and waits.
///
/// # Errors
/// When the editor cannot be started or ends with a fault.
pub fn edit_file(command: &str, path: &Path) -> Result<(), EditorError> {
    match ends_well(command, path)? {
        true => Ok(()),
        false => Err(EditorError::Fault(command.to_owned())),
    }
}

/// Runs the editor on a file; whether it ended without a fault.
fn ends_well(command: &str, path: &Path) -> Result<bool, EditorError> {
    let mut words = words(command).into_iter().flatten();
    let program = words
        .next()
        .ok_or_else(|| EditorError::Command(command.to_owned()))?;
    let status = Command::new(&program).args(words).arg(path).status();
    let status = status.map_err(|error| EditorError::Start {
        command: command.to_owned(),
        error,
    })?;
    Ok(status.success())
}

/// A folder of its own, so that an editor's backup and swap files go with it, and that only
/// its owner can look into.
fn private_folder() -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("proofmark-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    builder.tempdir()
}

/// Splits a command as a shell would, by blanks, quotation marks and backslashes; `None` if
/// a quotation mark or backslash stands alone.
fn words(command: &str) -> Option<Vec<OsString>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = command.chars();
    while let Some(c) = characters.next() {
        match c {
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match characters.next()? {
                        '\'' => break,
                        other => word.push(other),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match characters.next()? {
                        '"' => break,
                        '\\' => match characters.next()? {
                            escaped @ ('"' | '\\' | '$' | '`') => word.push(escaped),
                            other => word.extend(['\\', other]),
                        },
                        other => word.push(other),
                    }
                }
            }
            // On Windows it separates folders.
            '\\' if cfg!(not(windows)) => word.get_or_insert_default().push(characters.next()?),
            blank if blank.is_whitespace() => words.extend(word.take().map(OsString::from)),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word.map(OsString::from));
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_split_as_a_shell_does() {
        let cases: &[(&str, Option<&[&str]>)] = &[
            ("vi", Some(&["vi"])),
            ("  code   --wait ", Some(&["code", "--wait"])),
            ("'/a b/vi' -u NONE", Some(&["/a b/vi", "-u", "NONE"])),
            (r#""a \"b\" \n" c"#, Some(&[r#"a "b" \n"#, "c"])),
            ("a''b \"\"", Some(&["ab", ""])),
            (
                "vi $HOME; rm -r *",
                Some(&["vi", "$HOME;", "rm", "-r", "*"]),
            ),
            ("'vi", None),
            ("\"vi\\", None),
            ("", Some(&[])),
        ];
        for (command, expected) in cases {
            let expected: Option<Vec<OsString>> =
                expected.map(|words| words.iter().map(OsString::from).collect());
            assert_eq!(words(command), expected, "{command:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_backslash_takes_the_next_character_as_it_is() {
        let expected: Vec<OsString> = vec!["a b".into(), "c".into()];
        assert_eq!(words(r"a\ b c"), Some(expected));
        assert_eq!(words("a\\"), None);
    }

    #[cfg(unix)]
    #[test]
    fn the_text_goes_out_and_comes_back() {
        let same = edit("true", "as it was").expect("it comes back");
        assert_eq!(same, "as it was");
        let script = r#"sh -c 'printf "two\nlines é\n" > "$1"' editor"#;
        assert_eq!(edit(script, "x").expect("it comes back"), "two\nlines é");
        let appended = r#"sh -c 'printf "\\n" >> "$1"' editor"#;
        assert_eq!(edit(appended, "x").expect("it comes back"), "x");
    }

    #[cfg(unix)]
    #[test]
    fn an_editor_that_fails_changes_nothing_and_says_why() {
        let told = |command: &str| edit(command, "x").expect_err("it fails").to_string();
        assert!(told("false").contains("false ended with a fault"));
        assert!(told("/no/such/editor --wait").contains("/no/such/editor --wait"));
        assert!(told("'vi").contains("'vi"));
        assert!(told("  ").contains("names no editor"));
        let pipe = r#"sh -c 'rm "$1" && mkfifo "$1"' editor"#;
        assert!(told(pipe).contains("left no file"));
        let gone = r#"sh -c 'rm "$1"' editor"#;
        assert!(told(gone).contains("left no file"));
        let long = r#"sh -c 'head -c 1048577 /dev/zero > "$1"' editor"#;
        assert!(told(long).contains("longer"));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_edited_where_it_stands() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings");
        let script = r#"sh -c 'echo set > "$1"' editor"#;
        edit_file(script, &path).expect("edited");
        assert_eq!(fs::read_to_string(&path).expect("there"), "set\n");
        let told = edit_file("false", &path).expect_err("it fails").to_string();
        assert_eq!(told, "false ended with a fault");
    }

    #[cfg(unix)]
    #[test]
    fn others_cannot_look_into_the_folder() {
        let script = r#"sh -c 'ls -ld "${1%/*}" > "$1"' editor"#;
        let listed = edit(script, "").expect("it comes back");
        assert!(listed.starts_with("drwx------"), "{listed}");
        let gone = edit(r#"sh -c 'printf "%s" "$1" > "$1"' editor"#, "").expect("it comes back");
        assert!(!std::path::Path::new(&gone).exists(), "{gone}");
    }
}
