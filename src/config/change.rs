//! A change of the configuration file that keeps everything else in it: comments, order,
//! spacing. First shown, then written, both from the file as it is at that moment.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, Value};

use super::{Config, Form, Problem, SETTINGS};

/// Values to be set, in the order they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    values: Vec<Named>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    /// The table; `None`: the top.
    table: Option<&'static str>,
    name: String,
    /// As written in the file.
    value: String,
}

/// What a change does to the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The file.
    pub path: PathBuf,
    /// Lines that go, in their order.
    pub removed: Vec<String>,
    /// Lines that come.
    pub added: Vec<String>,
}

/// Why the file is not changed. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// It could not be read.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is no TOML, so nobody knows where what stands in it.
    #[error("{}: {problem}; mend it first (`proofmark config --edit`)", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line.
        problem: String,
    },
    /// It could not be written.
    #[error("cannot write {}: {error}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// A file longer than this is no configuration.
const MOST: u64 = 1 << 20;

impl Change {
    /// Sets a name to what was typed: a value as in the file, or bare words. A site is
    /// `search.NAME`.
    ///
    /// # Errors
    /// What is wrong with it, as the file's reader tells it, and what is allowed.
    pub fn of(name: &str, typed: &str) -> Result<Change, String> {
        let (top, below) = match name.split_once('.') {
            Some((top, below)) => (top, Some(below)),
            None => (name, None),
        };
        let Some(known) = SETTINGS.iter().find(|known| known.name == top) else {
            return Err(super::read::no_setting(top));
        };
        let (table, name, form) = match (known.form, below) {
            (Form::Keys, _) => return Err("keys are set by :bind KEY COMMAND".to_owned()),
            (Form::Sites, None) => return Err("a site is set by its name: search.NAME".to_owned()),
            (Form::Sites, Some(site)) => (Some(known.name), site.trim_matches('"'), Form::Word),
            (_, Some(_)) => return Err(format!("“{top}” has no parts")),
            (form, None) => (None, known.name, form),
        };
        let named = Named {
            table,
            name: name.to_owned(),
            value: value_of(form, typed),
        };
        let change = Change {
            values: vec![named],
        };
        let written = change.applied("").map_err(|problem| problem.message)?;
        match Config::parse(written.as_bytes()).1.into_iter().next() {
            Some(problem) => Err(problem.message),
            None => Ok(change),
        }
    }

    /// Sets the keys of commands.
    pub fn of_keys<'a>(commands: impl IntoIterator<Item = (&'a str, &'a [String])>) -> Change {
        let values = commands.into_iter().map(|(command, keys)| Named {
            table: Some("keys"),
            name: command.to_owned(),
            value: list(keys),
        });
        Change {
            values: values.collect(),
        }
    }

    /// The configuration that the values alone make.
    pub fn config(&self) -> Config {
        let written = self.applied("").unwrap_or_default();
        Config::parse(written.as_bytes()).0
    }

    /// The lines that say it, as they stand in a file of their own.
    pub fn lines(&self) -> Vec<String> {
        let written = self.applied("").unwrap_or_default();
        let lines = written.lines().filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    }

    /// What it would do to the file.
    ///
    /// # Errors
    /// When the file cannot be read or is no TOML.
    pub fn proposed(&self, path: &Path) -> Result<Proposal, NotChanged> {
        let (path, before, after) = self.at(path)?;
        let (removed, added) = differing(&before, &after);
        Ok(Proposal {
            path,
            removed,
            added,
        })
    }

    /// Writes it, whole or not at all; the folder is made if it is not there.
    ///
    /// # Errors
    /// When the file cannot be read, is no TOML, or cannot be written; it is as it was then.
    pub fn write(&self, path: &Path) -> Result<(), NotChanged> {
        let (path, before, after) = self.at(path)?;
        if before == after && path.exists() {
            return Ok(());
        }
        replace(&path, &after).map_err(|error| NotChanged::Unwritable { path, error })
    }

    /// The file itself, where links lead; what it holds, and what it would hold.
    fn at(&self, path: &Path) -> Result<(PathBuf, String, String), NotChanged> {
        let path = match path.canonicalize() {
            Ok(path) => path,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => {
                path.to_owned()
            }
            Err(error) => {
                let path = path.to_owned();
                return Err(NotChanged::Unreadable { path, error });
            }
        };
        let before = match read(&path) {
            Ok(before) => before,
            Err(error) => return Err(NotChanged::Unreadable { path, error }),
        };
        match self.applied(&before) {
            Ok(after) => Ok((path, before, after)),
            Err(problem) => {
                let problem = problem.to_string();
                Err(NotChanged::Wrong { path, problem })
            }
        }
    }

    /// A file's text with the values set.
    fn applied(&self, text: &str) -> Result<String, Problem> {
        let mut document = parsed(text)?;
        for named in &self.values {
            let value: Value = named.value.parse().map_err(|error: toml_edit::TomlError| {
                Problem::whole(error.message().to_owned())
            })?;
            if named.table.is_none()
                && !document.contains_key(&named.name)
                && let Some(told) = below_example(&document.to_string(), named)
            {
                document = parsed(&told)?;
                continue;
            }
            let table = match named.table {
                None => document.as_table_mut(),
                Some(table) => {
                    let table = document.entry(table).or_insert(Item::Table(Table::new()));
                    let Some(table) = table.as_table_mut() else {
                        let told = "a table stands in it that is written on one line";
                        return Err(Problem::whole(told.to_owned()));
                    };
                    table
                }
            };
            set(table, &named.name, value);
        }
        Ok(document.to_string())
    }
}

fn parsed(text: &str) -> Result<DocumentMut, Problem> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        Problem::at(text, at, error.message().to_owned())
    })
}

/// A text with the value below the line in which it stands as a comment; `None` if there is
/// no such line before the first table.
fn below_example(text: &str, named: &Named) -> Option<String> {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        if line.trim_start().starts_with('[') {
            return None;
        }
        let told = line
            .trim_start()
            .strip_prefix('#')
            .unwrap_or("")
            .trim_start();
        let is_example = told
            .strip_prefix(&named.name)
            .is_some_and(|rest| rest.trim_start().starts_with('='));
        if is_example && line.ends_with('\n') {
            let Named { name, value, .. } = named;
            return Some(format!(
                "{}{name} = {value}\n{}",
                &text[..end],
                &text[end..]
            ));
        }
    }
    None
}

/// Sets a value where it stands, with the comment behind it, or as the table's last.
fn set(table: &mut Table, name: &str, mut value: Value) {
    match table.get_mut(name).and_then(Item::as_value_mut) {
        Some(known) => {
            *value.decor_mut() = known.decor().clone();
            *known = value;
        }
        None => {
            table.insert(name, Item::Value(value));
        }
    }
}

/// What was typed, as it is written in the file: as it is where it is a value already.
fn value_of(form: Form, typed: &str) -> String {
    let typed = typed.trim();
    let is_written = match form {
        Form::Switch => true,
        Form::Words(_) => typed.starts_with('['),
        _ => typed.starts_with(['"', '\'']),
    };
    if is_written && typed.parse::<Value>().is_ok() {
        return typed.to_owned();
    }
    match form {
        Form::Words(_) => {
            let words = typed.split(',').map(|word| word.trim().to_owned());
            list(&words.collect::<Vec<_>>())
        }
        _ => quoted(typed),
    }
}

/// A text as it is written in the file.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A list of texts as it is written in the file.
pub fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

fn read(path: &Path) -> io::Result<String> {
    let size = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        told => told?.len(),
    };
    if size > MOST {
        return Err(io::Error::other("it is longer than a configuration can be"));
    }
    fs::read_to_string(path)
}

/// Puts a text in the place of a file: beside it, synced, then renamed. The mode is kept.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(text.as_bytes())?;
    if let Ok(known) = fs::metadata(path) {
        beside.as_file().set_permissions(known.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    Ok(())
}

/// The lines in which two texts differ, without those that are the same before and behind.
fn differing(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let before: Vec<&str> = before.lines().collect();
    let after: Vec<&str> = after.lines().collect();
    let same =
        |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let front = same(&mut before.iter().zip(&after));
    let (before, after) = (&before[front..], &after[front..]);
    let back = same(&mut before.iter().rev().zip(after.iter().rev()));
    let told = |lines: &[&str]| {
        let lines = &lines[..lines.len() - back];
        lines.iter().map(|line| (*line).to_owned()).collect()
    };
    (told(before), told(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(name: &str, typed: &str) -> Change {
        Change::of(name, typed).expect("it can be set")
    }

    #[test]
    fn values_are_typed_as_in_the_file_or_bare() {
        for (name, typed, line) in [
            ("theme", "light", "theme = \"light\""),
            ("theme", "\"light\"", "theme = \"light\""),
            ("ascii", "true", "ascii = true"),
            ("reviewer", "Ana O'Neil", "reviewer = \"Ana O'Neil\""),
            (
                "verdicts",
                "true, half true",
                "verdicts = [\"true\", \"half true\"]",
            ),
            ("verdicts", "[ 'a' ]", "verdicts = [ 'a' ]"),
        ] {
            assert_eq!(change(name, typed).lines(), [line], "{typed}");
        }
        let site = change("search.Our archive", "https://a.example/{claim}");
        assert_eq!(
            site.lines(),
            [
                "[search]",
                "\"Our archive\" = \"https://a.example/{claim}\""
            ]
        );
        assert_eq!(
            change("theme", "light").config().theme.value,
            crate::config::Theme::Light
        );
    }

    #[test]
    fn what_the_file_would_refuse_is_refused() {
        for (name, typed, told) in [
            ("theme", "ligth", "did you mean “light”"),
            ("thene", "light", "did you mean “theme”"),
            ("ascii", "maybe", "true or false"),
            ("verdicts", "a, a", "there twice"),
            ("reviewer", " ", "empty"),
            ("search", "x", "search.NAME"),
            ("search.x", "x", "{claim}"),
            ("keys", "x", ":bind"),
            ("theme.x", "light", "no parts"),
        ] {
            let refused = Change::of(name, typed).expect_err(typed);
            assert!(refused.contains(told), "{name} {typed}: {refused}");
        }
    }

    const FILE: &str = "# ours\nreviewer = \"ana\"   # me\n\n# colours\ntheme = \"dark\" # at night\n\
                        ascii = true\n\n[keys] # own\nnext = \"j\"\n";

    #[test]
    fn comments_order_and_spacing_stay() {
        let after = change("theme", "light").applied(FILE).expect("applied");
        assert_eq!(after, FILE.replace("\"dark\"", "\"light\""));
        let keys = ["F2".to_owned()];
        let after = Change::of_keys([("confirm", &keys[..]), ("next", &[])]).applied(FILE);
        let after = after.expect("applied");
        assert_eq!(
            after,
            FILE.replace("next = \"j\"\n", "next = []\nconfirm = [\"F2\"]\n")
        );
        let after = change("verdicts", "yes").applied(FILE).expect("applied");
        let line = "ascii = true\nverdicts = [\"yes\"]\n";
        assert_eq!(after, FILE.replace("ascii = true\n", line));
    }

    #[test]
    fn a_value_goes_below_its_example() {
        let template = crate::config::template();
        let after = change("ascii", "true").applied(&template).expect("applied");
        assert_eq!(
            after,
            template.replace("# ascii = false\n", "# ascii = false\nascii = true\n")
        );
        let keys = ["F2".to_owned()];
        let after = Change::of_keys([("confirm", &keys[..])]).applied(&template);
        let after = after.expect("applied");
        assert_eq!(
            after,
            template.replace("[keys]\n", "[keys]\nconfirm = [\"F2\"]\n")
        );
        assert!(Config::parse(after.as_bytes()).1.is_empty());
    }

    #[test]
    fn a_change_is_shown_then_written_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/config.toml");
        let change = change("theme", "light");
        let proposal = change.proposed(&path).expect("no file is fine");
        assert_eq!((proposal.removed, proposal.added.len()), (Vec::new(), 1));
        change.write(&path).expect("written");
        assert_eq!(
            fs::read_to_string(&path).expect("there"),
            "theme = \"light\"\n"
        );
        fs::write(&path, FILE).expect("written");
        let proposal = change.proposed(&path).expect("read");
        assert_eq!(proposal.removed, ["theme = \"dark\" # at night"]);
        assert_eq!(proposal.added, ["theme = \"light\" # at night"]);
        assert_eq!(fs::read_to_string(&path).expect("there"), FILE);
        change.write(&path).expect("written");
        let beside = fs::read_dir(path.parent().expect("a folder")).expect("read");
        assert_eq!(beside.count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        for bytes in [
            &b"theme = \"dark\nascii = 3\n"[..],
            b"\xff\xfe",
            b"keys = 3\n",
        ] {
            fs::write(&path, bytes).expect("written");
            let keys = ["F2".to_owned()];
            let change = Change::of_keys([("confirm", &keys[..])]);
            assert!(change.proposed(&path).is_err());
            assert!(change.write(&path).is_err());
            assert_eq!(fs::read(&path).expect("there"), bytes);
        }
        let error = change("theme", "light").write(folder.path());
        assert!(error.is_err(), "a folder is no file");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_the_mode_is_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link) = (
            folder.path().join("dots.toml"),
            folder.path().join("config.toml"),
        );
        fs::write(&real, FILE).expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&real, &link).expect("linked");
        change("theme", "light").write(&link).expect("written");
        assert!(link.is_symlink());
        assert!(
            fs::read_to_string(&real)
                .expect("there")
                .contains("\"light\"")
        );
        let mode = fs::metadata(&real).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        fs::remove_file(&real).expect("removed");
        assert!(
            change("theme", "light").write(&link).is_err(),
            "it leads nowhere"
        );
    }
}
