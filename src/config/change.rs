//! A change of the configuration file that keeps everything else in it: comments, order,
//! spacing. First shown, then written, both from the file as it is at that moment.

#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::{Config, Form, Problem, SETTINGS};

/// Values to be set, in the order they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    values: Vec<Named>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    /// The tables from the top, in which it stands; none: the top itself.
    tables: Vec<String>,
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
    /// Whoever wrote it took the right to write it away.
    #[error("{} is write-protected; take that away first if it may be changed", .0.display())]
    Protected(PathBuf),
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
        let (table, name, form): (Option<&str>, _, _) = match (known.form, below) {
            (Form::Keys, _) => return Err("keys are set by :bind KEY COMMAND".to_owned()),
            (Form::Detectors, _) => {
                let way = "detectors are written in the file: `proofmark config --edit`";
                return Err(way.to_owned());
            }
            (Form::Sites, None) => return Err("a site is set by its name: search.NAME".to_owned()),
            (Form::Fields(_) | Form::Ratings, None) => {
                return Err(format!("{top} is set part by part: {top}.NAME"));
            }
            (Form::Fields(_), Some(field)) => (Some(known.name), field, Form::Word),
            (Form::Ratings, Some(verdict)) => {
                (Some(known.name), verdict.trim_matches('"'), Form::Number)
            }
            (Form::Sites, Some(site)) => (Some(known.name), site.trim_matches('"'), Form::Word),
            (_, Some(_)) => return Err(format!("“{top}” has no parts")),
            (form, None) => (None, known.name, form),
        };
        let named = Named {
            tables: table.map(str::to_owned).into_iter().collect(),
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
            tables: vec!["keys".to_owned()],
            name: command.to_owned(),
            value: list(keys),
        });
        Change {
            values: values.collect(),
        }
    }

    /// Lets a detector send texts to a host.
    pub fn allowing(detector: &str, host: &str) -> Change {
        Change {
            values: vec![Named {
                tables: vec!["detectors".to_owned(), detector.to_owned()],
                name: "sends".to_owned(),
                value: quoted(host),
            }],
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
    /// When the file cannot be read, is no TOML or is write-protected.
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
    /// When the file cannot be read, is no TOML, is write-protected or cannot be written; it is as
    /// it was then.
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
        if fs::metadata(&path).is_ok_and(|known| known.permissions().readonly()) {
            return Err(NotChanged::Protected(path));
        }
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

    /// A file's text with the values set; a byte order mark and the ends of its lines stay.
    fn applied(&self, text: &str) -> Result<String, Problem> {
        let (mark, text) = match text.strip_prefix('\u{feff}') {
            Some(rest) => ("\u{feff}", rest),
            None => ("", text),
        };
        let mut after = text.replace("\r\n", "\n");
        for named in &self.values {
            after = named.set_in(&after)?;
        }
        Ok(format!("{mark}{}", with_ends_of(text, &after)))
    }
}

impl Named {
    /// A text, its lines ended by LF, with the value set.
    fn set_in(&self, text: &str) -> Result<String, Problem> {
        let mut document = parsed(text)?;
        let value: Value = self
            .value
            .parse()
            .map_err(|error: toml_edit::TomlError| Problem::whole(error.message().to_owned()))?;
        let is_at_top = self.tables.is_empty();
        let is_there = document.contains_key(self.tables.first().unwrap_or(&self.name));
        if !is_there {
            let below_example = is_at_top.then(|| self.below_example(text));
            if let Some(told) = below_example.flatten() {
                return Ok(told);
            }
            // Comments of a file that holds nothing else would come to stand below.
            if !is_at_top || document.as_table().is_empty() {
                return Ok(self.at_end(text));
            }
        }
        let mut table: &mut dyn TableLike = document.as_table_mut();
        for name in &self.tables {
            let item = table.entry(name).or_insert(Item::Table(Table::new()));
            let found = item.type_name();
            table = item.as_table_like_mut().ok_or_else(|| {
                Problem::whole(format!("{name} is to be a table: [{name}], not {found}"))
            })?;
        }
        set(table, &self.name, value);
        Ok(document.to_string())
    }

    /// A text with the value below the line in which it stands as a comment; `None` if there is
    /// no such line. One inside a value is none: there the value would not be set.
    fn below_example(&self, text: &str) -> Option<String> {
        let mut end = 0;
        let lines = text.split_inclusive('\n').filter_map(|line| {
            end += line.len();
            let told = line.trim_start().strip_prefix('#')?.trim_start();
            let rest = told.strip_prefix(&self.name)?.trim_start();
            (rest.starts_with('=') && line.ends_with('\n')).then_some(end)
        });
        let Named { name, value, .. } = self;
        let mut set = lines.map(|end| {
            let (before, behind) = text.split_at(end);
            format!("{before}{name} = {value}\n{behind}")
        });
        set.find(|set| parsed(set).is_ok_and(|document| document.contains_key(name)))
    }

    /// A text with the value at its end: in a table of its own, or in a file without any value.
    fn at_end(&self, text: &str) -> String {
        let mut table = Table::new();
        let value = self.value.parse().unwrap_or_else(|_| Value::from(""));
        set(&mut table, &self.name, value);
        let line = match self.tables.is_empty() {
            false => {
                let heading = self.tables.iter().map(|name| key(name));
                let heading: Vec<String> = heading.collect();
                format!("[{}]\n{table}", heading.join("."))
            }
            true => table.to_string(),
        };
        match text.trim_end() {
            "" => line,
            text => format!("{text}\n\n{line}"),
        }
    }
}

/// A text with the line ends of another of which it is a changed copy: lines before and behind
/// what changed keep theirs, and what came has those of the first line.
fn with_ends_of(before: &str, after: &str) -> String {
    let lines: Vec<&str> = before.split_inclusive('\n').collect();
    let is_crlf = |line: &&str| line.ends_with("\r\n");
    if !lines.iter().any(is_crlf) {
        return after.to_owned();
    }
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let same = |pair: &(&&str, &&str)| pair.0.replace("\r\n", "\n") == *pair.1;
    let front = lines.iter().zip(&new).take_while(same).count();
    let (old_rest, new_rest) = (&lines[front..], &new[front..]);
    let back = old_rest.iter().rev().zip(new_rest.iter().rev());
    let back = back.take_while(same).count();
    let came = &new_rest[..new_rest.len() - back];
    let came = came.iter().map(|line| match line.strip_suffix('\n') {
        Some(words) if lines.first().is_some_and(is_crlf) => format!("{words}\r\n"),
        _ => (*line).to_owned(),
    });
    let kept = |lines: &[&str]| lines.concat();
    kept(&lines[..front]) + &came.collect::<String>() + &kept(&old_rest[old_rest.len() - back..])
}

fn parsed(text: &str) -> Result<DocumentMut, Problem> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        Problem::at(text, at, error.message().to_owned())
    })
}

/// Sets a value where it stands, with the comment behind it, or as the table's last.
fn set(table: &mut dyn TableLike, name: &str, mut value: Value) {
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
        Form::Switch | Form::Number => true,
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

/// A name as it is written in the file: in quotation marks where it has to be.
pub fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(bare) {
        name.to_owned()
    } else {
        quoted(name)
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
    let known = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        told => told?,
    };
    // A pipe would be waited for.
    if !known.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    if known.len() > MOST {
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
