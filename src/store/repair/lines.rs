//! A reader of damaged JSON by lines: the indentation says how deep a line stands, whatever
//! became of the brackets.
//!
//! A line that cannot be read is kept as text; a container whose opening is damaged is known
//! by the lines in it.

use serde_json::{Map, Value};

use super::Log;
use crate::store::json;

/// An object or list whose closing bracket is yet to come.
struct Open {
    /// Column of the line that opened it.
    indent: usize,
    /// Its name in the object around it; `None` in a list, or when the name was damaged.
    key: Option<String>,
    /// Line it begins in, from 1.
    line: usize,
    value: Value,
}

/// A reader by lines: the indentation says how deep a line stands, brackets or not.
pub(super) struct Lines<'a> {
    log: &'a mut Log,
    open: Vec<Open>,
}

/// What one line says.
enum Said {
    /// A bracket that closes.
    Close,
    /// A member of what is open: its name and its value.
    Member(Option<String>, Value),
    /// A member whose own members follow: its name and an empty value; null if it is not
    /// known whether it is an object or a list.
    Open(Option<String>, Value),
    /// Nothing that can be read.
    Garbled,
}

impl Lines<'_> {
    /// Reads a text as an object, telling everything that is not as it should be.
    pub(super) fn read(text: &str, log: &mut Log) -> Value {
        let mut lines = Lines {
            log,
            open: vec![Open {
                indent: 0,
                key: None,
                line: 1,
                value: Value::Object(Map::new()),
            }],
        };
        let mut all: Vec<(usize, &str)> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let mut rest = line;
            while let Some((first, second)) = joined_lines(rest) {
                lines
                    .log
                    .say(format!("line {number}"), "two lines in one: read as two");
                all.push((number, first));
                rest = second;
            }
            all.push((number, rest));
        }
        all.retain(|(_, line)| !line.trim().is_empty());
        for (at, (number, line)) in all.iter().enumerate() {
            let next = all.get(at + 1).map_or(0, |(_, next)| start_of(next).0);
            lines.line(*number, line, next);
        }
        while lines.open.len() > 1 {
            lines.close();
        }
        lines.open.pop().map_or(Value::Null, |top| top.value)
    }

    /// Takes one line; `next` is the indentation of the line after it.
    fn line(&mut self, number: usize, line: &str, next: usize) {
        let (indent, start) = start_of(line);
        let body = line[start..].trim_end();
        if body.is_empty() {
            return;
        }
        let said = self.say(number, body, indent, next > indent);
        if let Said::Garbled = said {
            let text = Value::from(line.trim());
            self.log
                .aside(format!("line {number}"), "cannot be read", text);
            return;
        }
        if !line[..start].trim().is_empty() {
            self.log
                .say(format!("line {number}"), "a damaged blank was passed over");
        }
        if let (Said::Close, Some(open)) = (&said, self.open.last())
            && open.indent == indent
            && open.value.is_array() != body.starts_with(']')
            && !open.value.is_null()
        {
            let place = format!("line {number}");
            self.log
                .say(place, "the wrong bracket: it closes what was opened");
        }
        while self.open.len() > 1 && self.open.last().is_some_and(|open| open.indent >= indent) {
            self.close();
        }
        match said {
            // The brace of the whole file, damaged or not.
            Said::Open(None, value) if indent == 0 && self.open.len() == 1 => {
                if value.is_array() {
                    let place = format!("line {number}");
                    self.log
                        .say(place, "a bracket where a brace should be: read as one");
                }
            }
            Said::Member(key, value) => self.put(number, key, value),
            Said::Open(key, value) => self.open.push(Open {
                indent,
                key,
                line: number,
                value,
            }),
            Said::Close | Said::Garbled => {}
        }
    }

    /// What a line says; `deeper`: whether the next one stands further in.
    fn say(&mut self, number: usize, body: &str, indent: usize, deeper: bool) -> Said {
        let body = body.strip_suffix(',').unwrap_or(body);
        if matches!(body, "}" | "]") {
            return Said::Close;
        }
        let parent = self.open.iter().rfind(|open| open.indent < indent);
        let parent = parent.or(self.open.first()).map(|open| &open.value);
        let (key, rest) = match body.starts_with('"').then(|| split_key(body)) {
            Some(Some((key, rest))) => (Some(key), rest),
            Some(None) if parent.is_some_and(Value::is_object) => (None, ""),
            _ => (None, body),
        };
        match rest {
            "{" => return Said::Open(key, Value::Object(Map::new())),
            "[" => return Said::Open(key, Value::Array(Vec::new())),
            _ => {}
        }
        let (value, rescue) = json::rescue(rest);
        match value {
            Some(value) if rescue.stopped.is_none() => {
                self.log.met(&rescue, number - 1);
                Said::Member(key, value)
            }
            _ if deeper => {
                let message = "the opening is damaged; what follows is kept";
                self.log.say(format!("line {number}"), message);
                let value = match body.ends_with('[') {
                    true => Value::Array(Vec::new()),
                    false => Value::Null,
                };
                Said::Open(key, value)
            }
            _ => Said::Garbled,
        }
    }

    /// Puts a member into what is open.
    fn put(&mut self, number: usize, key: Option<String>, value: Value) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        // The first member shows what was opened, whatever the bracket says.
        let right = match key {
            Some(_) => Value::Object(Map::new()),
            None => Value::Array(Vec::new()),
        };
        let empty = match &open.value {
            Value::Object(map) => map.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => true,
        };
        if empty
            && (open.value.is_object(), open.value.is_array())
                != (right.is_object(), right.is_array())
        {
            if !open.value.is_null() {
                let place = format!("line {}", open.line);
                self.log
                    .say(place, "the wrong bracket: read as what its members are in");
            }
            open.value = right;
        }
        match (&mut open.value, key) {
            (Value::Object(map), Some(key)) if !map.contains_key(&key) => {
                map.insert(key, value);
            }
            (Value::Array(list), None) => list.push(value),
            (Value::Object(map), None) => {
                let key = format!("line {number}");
                self.log
                    .say(&key, format!("its name is damaged: called {key:?} for now"));
                map.insert(key, value);
            }
            (_, key) => {
                let key = key.unwrap_or_default();
                let message = format!("the key {key:?} stands twice or in a list");
                self.log.aside(format!("line {number}"), &message, value);
            }
        }
    }

    /// Ends what was opened last.
    fn close(&mut self) {
        let Some(done) = self.open.pop() else { return };
        let value = match done.value {
            Value::Null => Value::Object(Map::new()),
            value => value,
        };
        self.put(done.line, done.key, value);
    }
}

/// Whether a character may begin a line of ours.
fn is_start(c: char) -> bool {
    matches!(c, '"' | '{' | '}' | '[' | ']')
}

/// Column and byte of what a line says: one damaged character among the blanks in front of
/// it moves nothing.
fn start_of(line: &str) -> (usize, usize) {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    let mut rest = line[blanks..].chars();
    let Some(first) = rest.next() else {
        return (blanks, blanks);
    };
    let after = rest.as_str();
    let again = after.len() - after.trim_start_matches(' ').len();
    let starts = after[again..].starts_with(is_start);
    if !is_start(first) && blanks + again > 0 && starts {
        (blanks + 1 + again, blanks + first.len_utf8() + again)
    } else {
        (blanks, blanks)
    }
}

/// The two lines of one whose line end was damaged; `None` if it is readable, or not two.
fn joined_lines(line: &str) -> Option<(&str, &str)> {
    let readable = |line: &str| {
        let body = line.trim().trim_end_matches(',');
        let rest = split_key(body).map_or(body, |(_, rest)| rest);
        matches!(rest, "{" | "[" | "}" | "]") || json::parse(rest.as_bytes()).is_ok()
    };
    if readable(line) {
        return None;
    }
    line.char_indices().find_map(|(at, c)| {
        let second = &line[at + c.len_utf8()..];
        let two = line[..at].ends_with([',', '{', '['])
            && !is_start(c)
            && second.starts_with("  ")
            && second.trim_start_matches(' ').starts_with(is_start)
            && readable(&line[..at]);
        two.then_some((&line[..at], second))
    })
}

/// A member's name and what stands after the colon.
fn split_key(body: &str) -> Option<(String, &str)> {
    let mut escaped = false;
    let end = body.char_indices().skip(1).find_map(|(at, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at + 1)
    })?;
    let key = json::parse(&body.as_bytes()[..end]).ok()?;
    let rest = body[end..]
        .strip_prefix(": ")
        .or(body[end..].strip_prefix(':'))?;
    Some((key.as_str()?.to_owned(), rest))
}
