//! Reads the configuration file: TOML to [`Config`], with every problem and its line.

use std::fmt::Write;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Binding, Config, MOST_SITES, MOST_VERDICTS, Origin, Problem, Setting, Site, Theme};

/// The keys of the top table, in the order the documentation tells them.
const KEYS: [&str; 6] = ["reviewer", "verdicts", "theme", "ascii", "search", "keys"];
/// More code points than this are no name and no verdict.
const LONGEST_WORD: usize = 200;

pub(super) fn parse(bytes: &[u8]) -> Result<Config, Vec<Problem>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + count_lines(&bytes[..error.valid_up_to()]);
        vec![Problem {
            line: Some(line),
            message: "this is not UTF-8".to_owned(),
        }]
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        text,
        config: Config::default(),
        problems: Vec::new(),
    };
    for error in errors {
        let line = error.span().map(|span| reader.line_of(span.start));
        reader.problems.push(Problem {
            line,
            message: error.message().to_owned(),
        });
    }
    reader.top(table.get_ref());
    let Reader {
        config,
        mut problems,
        ..
    } = reader;
    if problems.is_empty() {
        return Ok(config);
    }
    problems.sort_by_key(|problem| problem.line);
    problems.dedup();
    Err(problems)
}

fn count_lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

struct Reader<'t> {
    text: &'t str,
    config: Config,
    problems: Vec<Problem>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    fn line_of(&self, byte: usize) -> usize {
        1 + count_lines(&self.text.as_bytes()[..byte.min(self.text.len())])
    }

    fn origin<T>(&self, value: T, at: &Value<'_>) -> Setting<T> {
        Setting {
            value,
            origin: Origin::File(self.line_of(at.span().start)),
        }
    }

    fn problem(&mut self, at: usize, message: String) {
        let line = Some(self.line_of(at));
        self.problems.push(Problem { line, message });
    }

    fn wrong_type(&mut self, name: &str, value: &Value<'_>, wanted: &str) {
        let found = value.get_ref().type_str();
        self.problem(
            value.span().start,
            format!("{name} is to be {wanted}, not {found}"),
        );
    }

    fn top(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "reviewer" => {
                    if let Some(name) = self.word("reviewer", value) {
                        self.config.reviewer = self.origin(Some(name), value);
                    }
                }
                "verdicts" => self.verdicts(value),
                "theme" => self.theme(value),
                "ascii" => match value.get_ref().as_bool() {
                    Some(ascii) => self.config.ascii = self.origin(ascii, value),
                    None => self.wrong_type("ascii", value, "true or false"),
                },
                "search" => self.search(value),
                "keys" => self.keys(value),
                other => {
                    let mut message = format!("there is no setting “{other}”");
                    match nearest(other, &KEYS) {
                        Some(known) => write!(message, "; did you mean “{known}”?"),
                        None => write!(message, "; there are {}", KEYS.join(", ")),
                    }
                    .expect("writing to a string cannot fail");
                    self.problem(key.span().start, message);
                }
            }
        }
        self.config.keys.sort_by_key(|binding| binding.line);
    }

    /// A text that is neither empty nor too long nor more than a line.
    fn word(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(name, value, "a text in quotation marks");
            return None;
        };
        let word = text.trim();
        let fault = if word.is_empty() {
            "is empty"
        } else if word.chars().any(char::is_control) {
            "holds a control character or a line break"
        } else if word.chars().count() > LONGEST_WORD {
            "is longer than 200 characters"
        } else {
            return Some(word.to_owned());
        };
        self.problem(value.span().start, format!("{name} {fault}"));
        None
    }

    fn verdicts(&mut self, value: &Value<'_>) {
        let Some(list) = value.get_ref().as_array() else {
            return self.wrong_type("verdicts", value, "a list of texts");
        };
        if list.is_empty() || list.len() > MOST_VERDICTS {
            let message = format!(
                "verdicts has {} entries; 1 to {MOST_VERDICTS} are possible, one a digit key",
                list.len()
            );
            self.problem(value.span().start, message);
        }
        let mut scale: Vec<String> = Vec::new();
        for entry in list {
            let Some(verdict) = self.word("a verdict", entry) else {
                continue;
            };
            if scale.contains(&verdict) {
                let message = format!("the verdict “{verdict}” is there twice");
                self.problem(entry.span().start, message);
            }
            scale.push(verdict);
        }
        self.config.verdicts = self.origin(scale, value);
    }

    fn theme(&mut self, value: &Value<'_>) {
        match value.get_ref().as_str().map(Theme::parse) {
            Some(Some(theme)) => self.config.theme = self.origin(theme, value),
            Some(None) => {
                let message = "theme is to be one of auto, dark, light, none".to_owned();
                self.problem(value.span().start, message);
            }
            None => self.wrong_type("theme", value, "one of auto, dark, light, none"),
        }
    }

    /// Sites of the house stand before those shipped; one of a name that is shipped replaces it,
    /// and an empty address takes it away.
    fn search(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_type("search", value, "a table: [search]");
        };
        let mut sites: Vec<(usize, Site)> = Vec::new();
        for (name, value) in table {
            let at = name.span().start;
            let name = name.get_ref().to_string();
            let Some(template) = value.get_ref().as_str() else {
                self.wrong_type(
                    &format!("search.{name}"),
                    value,
                    "an address in quotation marks",
                );
                continue;
            };
            self.config.sites.retain(|site| site.name != name);
            if template.is_empty() {
                continue;
            }
            let is_web = ["https://", "http://"]
                .iter()
                .any(|s| template.starts_with(s));
            if !is_web || !template.contains(Site::CLAIM) || template.contains(char::is_whitespace)
            {
                let message = format!(
                    "search.{name} is to be an address of the web with {} where the claim goes",
                    Site::CLAIM
                );
                self.problem(value.span().start, message);
            }
            let template = template.to_owned();
            let origin = Origin::File(self.line_of(at));
            let site = Site {
                name,
                template,
                origin,
            };
            sites.push((at, site));
        }
        sites.sort_by_key(|(at, _)| *at);
        let own = sites.into_iter().map(|(_, site)| site);
        let shipped = std::mem::take(&mut self.config.sites);
        self.config.sites = own.chain(shipped).collect();
        if self.config.sites.len() > MOST_SITES {
            let message = format!("there are more than {MOST_SITES} sites, one a digit key");
            self.problem(value.span().start, message);
        }
    }

    fn keys(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_type("keys", value, "a table: [keys]");
        };
        for (action, value) in table {
            let line = self.line_of(action.span().start);
            let action = action.get_ref().to_string();
            let keys = match value.get_ref() {
                DeValue::String(_) => self.key(&action, value).into_iter().collect(),
                DeValue::Array(list) => list.iter().filter_map(|k| self.key(&action, k)).collect(),
                _ => {
                    self.wrong_type(&format!("keys.{action}"), value, "a key or a list of keys");
                    continue;
                }
            };
            self.config.keys.push(Binding { action, keys, line });
        }
    }

    fn key(&mut self, action: &str, value: &Value<'_>) -> Option<String> {
        self.word(&format!("a key of {action}"), value)
    }
}

/// The known word that differs from `word` in at most two letters.
fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    known
        .iter()
        .map(|candidate| (distance(word, candidate), *candidate))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Letters to add, drop or change to make one word the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(LONGEST_WORD).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
