//! Reads `[detectors.NAME]` and `rank`.

use toml::Spanned;
use toml::de::DeTable;

use super::{Reader, Value};
use crate::config::{Detector, MOST_DETECTORS, nearest};

/// Most words of a command.
const MOST_WORDS: usize = 200;
/// Longest word of a command, in bytes.
const LONGEST_WORD: usize = 10_000;
/// Longest time for an article, in seconds.
const LONGEST_DEADLINE: i64 = 24 * 60 * 60;

type Key<'t> = Spanned<std::borrow::Cow<'t, str>>;

impl Reader<'_> {
    pub(super) fn detectors(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_form("detectors", value);
        };
        let mut detectors: Vec<(usize, Detector)> = Vec::new();
        for (key, value) in table {
            let at = key.span().start;
            let read = self.detector(key, value);
            detectors.extend(read.map(|detector| (at, detector)));
        }
        detectors.sort_by_key(|(at, _)| *at);
        if detectors.len() > MOST_DETECTORS {
            let message = format!("there are more than {MOST_DETECTORS} detectors");
            self.problem(value.span().start, message);
            detectors.truncate(MOST_DETECTORS);
        }
        let detectors = detectors.into_iter().map(|(_, detector)| detector);
        self.config.detectors = detectors.collect();
    }

    fn detector(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<Detector> {
        let (at, name) = (key.span().start, key.get_ref().trim().to_owned());
        let whole = format!("detectors.{name}");
        let is_name = !name.is_empty()
            && name.chars().count() <= 60
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "-_.".contains(c));
        if !is_name || name.eq_ignore_ascii_case(Detector::OWN) {
            let message = match is_name {
                true => format!("“{name}” is the detector compiled in; choose another name"),
                false => "a detector's name is letters, digits, -, _ and .".to_owned(),
            };
            self.problem(at, message);
            return None;
        }
        let Some(table) = value.get_ref().as_table() else {
            let found = value.get_ref().type_str();
            let message = format!("{whole} is to be a table: [{whole}] with command, not {found}");
            self.problem(at, message);
            return None;
        };
        let mut detector = Detector {
            name,
            command: Vec::new(),
            deadline: Detector::DEADLINE,
            sends: None,
            line: self.line_of(at),
        };
        let mut is_right = true;
        for (key, value) in table {
            let field = format!("{whole}.{}", key.get_ref());
            match key.get_ref().as_ref() {
                "command" => match self.command(&field, value) {
                    Some(command) => detector.command = command,
                    None => is_right = false,
                },
                "deadline" => match self.deadline(&field, value) {
                    Some(deadline) => detector.deadline = deadline,
                    None => is_right = false,
                },
                "sends" => detector.sends = self.word(&field, value),
                other => {
                    let known = Detector::FIELDS;
                    let mut message =
                        format!("there is no {field}; there are {}", known.join(", "));
                    if let Some(known) = nearest(other, known) {
                        message = format!("there is no {field}; did you mean “{known}”?");
                    }
                    self.problem(key.span().start, message);
                }
            }
        }
        if is_right && detector.command.is_empty() {
            let example = "command = [\"python3\", \"/home/ana/rules.py\"]";
            self.problem(at, format!("{whole} has no command, as in {example}"));
            is_right = false;
        }
        is_right.then_some(detector)
    }

    /// A program and its arguments. One text alone would have to be cut into words, which a shell
    /// does and we do not.
    fn command(&mut self, field: &str, value: &Value<'_>) -> Option<Vec<String>> {
        let wanted = "a list of texts: the program, then its arguments";
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(field, value, wanted);
            return None;
        };
        let mut command = Vec::new();
        for word in list {
            let Some(text) = word.get_ref().as_str() else {
                self.wrong_type(field, word, wanted);
                return None;
            };
            if text.contains('\0') || text.len() > LONGEST_WORD {
                self.problem(
                    word.span().start,
                    format!("{field} has a word that is none"),
                );
                return None;
            }
            command.push(text.to_owned());
        }
        let fault = match command.first() {
            None => Some("is empty"),
            Some(program) if program.trim().is_empty() => Some("has no program"),
            // Otherwise whoever gives an article gives the program with it.
            Some(program) if program.contains(['/', '\\']) && !is_whole(program) => {
                Some("is to begin with the name of a program or its whole path")
            }
            Some(_) if command.len() > MOST_WORDS => Some("has too many words"),
            Some(_) => None,
        };
        if let Some(fault) = fault {
            self.problem(value.span().start, format!("{field} {fault}"));
            return None;
        }
        Some(command)
    }

    fn deadline(&mut self, field: &str, value: &Value<'_>) -> Option<u64> {
        let number = value.get_ref().as_integer();
        let number = number.and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        let seconds = number.filter(|seconds| (1..=LONGEST_DEADLINE).contains(seconds));
        if seconds.is_none() {
            let wanted = format!("{field} is to be seconds, 1 to {LONGEST_DEADLINE}");
            self.problem(value.span().start, wanted);
        }
        seconds.and_then(|seconds| u64::try_from(seconds).ok())
    }

    /// The names of detectors, the one that counts most first.
    pub(super) fn rank(&mut self, value: &Value<'_>) {
        let Some(list) = value.get_ref().as_array() else {
            return self.wrong_form("rank", value);
        };
        let mut rank: Vec<String> = Vec::new();
        for entry in list {
            let name = self.word("a name in rank", entry);
            rank.extend(name.filter(|name| !rank.contains(name)));
        }
        if rank.is_empty() {
            return self.problem(value.span().start, "rank names no detector".to_owned());
        }
        self.config.rank = self.origin(rank, value);
    }

    /// Tells names in `rank` that no detector has: they may stand for one of a colleague's.
    pub(super) fn check_rank(&mut self, table: &DeTable<'_>) {
        let value = table.iter().find(|(key, _)| key.get_ref() == "rank");
        let Some((_, value)) = value.filter(|_| !self.config.detectors.is_empty()) else {
            return;
        };
        let known = self.config.detectors.iter().map(|one| one.name.clone());
        let known: Vec<String> = known.chain([Detector::OWN.to_owned()]).collect();
        for name in self.config.rank.value.clone() {
            if !known.contains(&name) {
                let there = known.join(", ");
                let message = format!("rank names “{name}”, and there is none; there are {there}");
                self.problem(value.span().start, message);
            }
        }
    }
}

/// Whether a path says where it is by itself.
fn is_whole(program: &str) -> bool {
    let is_drive = program
        .get(1..3)
        .is_some_and(|at| at == ":\\" || at == ":/");
    std::path::Path::new(program).is_absolute() || is_drive
}
