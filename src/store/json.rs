//! A strict reader of JSON: what it accepts survives to the last digit and the last key.
//!
//! serde_json's own reader takes the last of two equal keys in silence and tells numbers
//! from objects by a magic key when digits are kept; a sidecar must not lose data that way.
//! This one refuses doubles by name, nests to [`DEPTH`] and says where a fault stands.

mod node;
mod tree;

use std::borrow::Cow;

use serde_json::Value;

use node::Gathered;
pub(in crate::store) use node::{Field, Node};
pub(in crate::store) use tree::{Members, Tree};

/// Levels of nesting that are read.
pub(super) const DEPTH: usize = 128;

/// Where and why a text is no JSON we read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct JsonError {
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl JsonError {
    /// A fault at a byte of `bytes`.
    pub(super) fn at(bytes: &[u8], byte: usize, message: impl Into<String>) -> JsonError {
        let before = &bytes[..byte.min(bytes.len())];
        let line_start = before
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        JsonError {
            line: before.iter().filter(|b| **b == b'\n').count() + 1,
            column: String::from_utf8_lossy(&before[line_start..])
                .chars()
                .count()
                + 1,
            message: message.into(),
        }
    }
}

/// Reads one JSON value that fills the whole text.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    parse_by(bytes, |reader, _, _| reader.value(1)).map(Node::into_value)
}

/// Reads one JSON value that fills the whole text. If it is an object, `read` reads the value of
/// each field: it is told the name and the fields before, and gives what is to stand in its place.
pub(super) fn parse_by<'a>(
    bytes: &'a [u8],
    read: impl FnMut(&mut Reader<'a>, &str, &[Field<'a>]) -> Result<Node<'a>, JsonError>,
) -> Result<Node<'a>, JsonError> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            return Err(JsonError::at(bytes, at, "not UTF-8 here"));
        }
    };
    let mut reader = Reader {
        text,
        at: 0,
        rescue: None,
    };
    reader.blank();
    let value = match reader.peek() {
        Some(b'{') => reader.object(0, read)?,
        _ => reader.value(0)?,
    };
    reader.blank();
    if reader.at < text.len() {
        return Err(reader.fault("text after the end of the JSON value"));
    }
    Ok(value)
}

/// What can be read of a damaged text.
#[derive(Debug, Default)]
pub(super) struct Rescue {
    /// Keys that stood twice, with the value that is not in the tree.
    pub(super) doubles: Vec<(JsonError, String, Value)>,
    /// Separators that stood damaged and were read as what alone may stand there.
    pub(super) separators: Vec<JsonError>,
    /// Where reading stopped; what was open there holds what stood before.
    pub(super) stopped: Option<JsonError>,
}

/// Reads as much of a text as is JSON from its start on; `None`: not even a value begins.
/// Of two equal keys the later answer stays if both have a time, else the first.
pub(super) fn rescue(text: &str) -> (Option<Value>, Rescue) {
    let mut reader = Reader {
        text,
        at: 0,
        rescue: Some(Rescue::default()),
    };
    let value = reader.value(0);
    if value.is_ok() && !reader.has_stopped() {
        reader.blank();
        if reader.at < text.len() {
            let fault = reader.fault("text after the end of the JSON value");
            reader.stop(fault);
        }
    }
    let mut rescued = reader.rescue.unwrap_or_default();
    match value {
        Ok(value) => (Some(value.into_value()), rescued),
        Err(fault) => {
            rescued.stopped.get_or_insert(fault);
            (None, rescued)
        }
    }
}

/// Whether `new` is a later answer than `old`, by the times in them.
fn is_later(old: &Node<'_>, new: &Node<'_>) -> bool {
    let time = |value: &Node<'_>| value.field("at")?.text().map(str::to_owned);
    matches!((time(old), time(new)), (Some(old), Some(new)) if new > old)
}

/// A place in a text, from which values are read.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Set when damage is worked round instead of refused.
    rescue: Option<Rescue>,
}

impl<'a> Reader<'a> {
    fn has_stopped(&self) -> bool {
        self.rescue.as_ref().is_some_and(|r| r.stopped.is_some())
    }

    /// Stops a rescue at a fault; the fault itself where none is going on.
    fn stop(&mut self, fault: JsonError) -> Option<JsonError> {
        match &mut self.rescue {
            Some(rescue) => {
                rescue.stopped.get_or_insert(fault);
                None
            }
            None => Some(fault),
        }
    }

    /// Reads over one damaged character where only a separator may stand, if a rescue is
    /// going on and the next member follows as we write it.
    fn damaged_separator(&mut self, next: &[&str]) -> bool {
        let mut rest = self.text[self.at..].chars();
        let Some(found) = rest.next() else {
            return false;
        };
        let follows = next.iter().any(|next| rest.as_str().starts_with(next));
        if self.rescue.is_none() || !follows || matches!(found, '"' | '{' | '}' | '[' | ']') {
            return false;
        }
        let fault = self.fault(format!("{found:?} where a separator should be"));
        if let Some(rescue) = &mut self.rescue {
            rescue.separators.push(fault);
        }
        self.at += found.len_utf8();
        true
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fault(&self, message: impl Into<String>) -> JsonError {
        JsonError::at(self.text.as_bytes(), self.at, message)
    }

    /// A fault at what was found instead of `expected`.
    fn expected(&self, expected: &str) -> JsonError {
        match self.text[self.at..].chars().next() {
            None => self.fault(format!("the file ends where {expected} should be")),
            Some('/') => self.fault(format!("a comment where {expected} should be")),
            Some(found) => self.fault(format!("{found:?} where {expected} should be")),
        }
    }

    /// Whether a list follows.
    pub(super) fn is_at_list(&mut self) -> bool {
        self.blank();
        self.peek() == Some(b'[')
    }

    /// The value that follows, `depth` levels below the top.
    pub(super) fn value(&mut self, depth: usize) -> Result<Node<'a>, JsonError> {
        self.blank();
        match self.peek() {
            Some(b'{') => self.object(depth, |reader, _, _| reader.value(depth + 1)),
            Some(b'[') => {
                let mut items = Vec::new();
                self.list(depth, |item| items.push(item))?;
                Ok(Node::List(items))
            }
            Some(b'"') => self.string().map(Node::Text),
            Some(b'-' | b'0'..=b'9') => self.number().map(Node::Number),
            Some(b't') => self.word("true", Node::Truth(true)),
            Some(b'f') => self.word("false", Node::Truth(false)),
            Some(b'n') => self.word("null", Node::Null),
            _ => Err(self.expected("a value")),
        }
    }

    fn word(&mut self, word: &str, value: Node<'a>) -> Result<Node<'a>, JsonError> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.expected("a value"))
        }
    }

    fn enter(&mut self, depth: usize) -> Result<(), JsonError> {
        if depth >= DEPTH {
            return Err(self.fault(format!("nested deeper than {DEPTH} levels")));
        }
        self.at += 1;
        self.blank();
        Ok(())
    }

    /// An object, whose values are read by `read`.
    fn object(
        &mut self,
        depth: usize,
        mut read: impl FnMut(&mut Reader<'a>, &str, &[Field<'a>]) -> Result<Node<'a>, JsonError>,
    ) -> Result<Node<'a>, JsonError> {
        self.enter(depth)?;
        let mut map = Gathered::default();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Node::Object(map.fields));
        }
        loop {
            match self.member(&mut map, &mut read) {
                Ok(()) if self.has_stopped() => return Ok(Node::Object(map.fields)),
                Ok(()) => {}
                Err(fault) => match self.stop(fault) {
                    Some(fault) => return Err(fault),
                    None => return Ok(Node::Object(map.fields)),
                },
            }
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Node::Object(map.fields));
                }
                _ if self.damaged_separator(&[" \""]) => {}
                _ => {
                    let fault = self.expected("a comma or a closing brace");
                    return self.stop(fault).map_or(Ok(Node::Object(map.fields)), Err);
                }
            }
        }
    }

    /// One key with its value.
    fn member(
        &mut self,
        map: &mut Gathered<'a>,
        mut read: impl FnMut(&mut Reader<'a>, &str, &[Field<'a>]) -> Result<Node<'a>, JsonError>,
    ) -> Result<(), JsonError> {
        self.blank();
        if self.peek() != Some(b'"') {
            return Err(self.expected("a key in quotation marks"));
        }
        let start = self.at;
        let key = self.string()?;
        let double = map.place(&key).map(|place| {
            let message = format!("the key {key:?} stands twice in one object");
            (place, JsonError::at(self.text.as_bytes(), start, message))
        });
        if let Some((_, fault)) = &double
            && self.rescue.is_none()
        {
            return Err(fault.clone());
        }
        self.blank();
        match self.peek() {
            Some(b':') => self.at += 1,
            _ if self.damaged_separator(&[" "]) => {}
            _ => return Err(self.expected("a colon")),
        }
        let mut value = read(self, &key, &map.fields)?;
        if let Some((place, fault)) = double
            && let Some(rescue) = &mut self.rescue
        {
            if let Some((_, old)) = map.fields.get_mut(place)
                && is_later(old, &value)
            {
                std::mem::swap(old, &mut value);
            }
            let double = (fault, key.into_owned(), value.into_value());
            rescue.doubles.push(double);
        } else {
            map.push(key, value);
        }
        Ok(())
    }

    /// A list, whose items go to `take` one after the other.
    pub(super) fn list(
        &mut self,
        depth: usize,
        mut take: impl FnMut(Node<'a>),
    ) -> Result<(), JsonError> {
        self.enter(depth)?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            match self.value(depth + 1) {
                Ok(item) => take(item),
                Err(fault) => return self.stop(fault).map_or(Ok(()), Err),
            }
            if self.has_stopped() {
                return Ok(());
            }
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => {
                    let fault = self.expected("a comma or a closing bracket");
                    return self.stop(fault).map_or(Ok(()), Err);
                }
            }
        }
    }

    /// A number, as it is spelt.
    fn number(&mut self) -> Result<&'a str, JsonError> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(self.expected("a digit")),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.some_digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Result<(), JsonError> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.expected("a digit"));
        }
        self.digits();
        Ok(())
    }

    /// A string; borrowed if no escape stands in it.
    fn string(&mut self) -> Result<Cow<'a, str>, JsonError> {
        self.at += 1;
        let plain = self.plain();
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        let mut out = plain.to_owned();
        loop {
            match self.peek() {
                None => return Err(self.fault("the file ends inside a string")),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(out));
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return Err(self.fault("a raw control character in a string")),
            }
            out.push_str(self.plain());
        }
    }

    /// What stands up to the next character that means something in a string.
    fn plain(&mut self) -> &'a str {
        let text = self.text;
        let rest = &text.as_bytes()[self.at..];
        let means = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
        let length = rest.iter().position(means).unwrap_or(rest.len());
        let start = self.at;
        self.at += length;
        &text[start..self.at]
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        let start = self.at;
        self.at += 1;
        let short = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start),
            _ => return Err(self.expected("an escape")),
        };
        self.at += 1;
        Ok(short)
    }

    /// `\uXXXX`, or a pair of them above U+FFFF; `self.at` is on the `u`.
    fn unicode(&mut self, start: usize) -> Result<char, JsonError> {
        let first = self.hex4()?;
        let code = match first {
            0xd800..=0xdbff if self.text[self.at..].starts_with("\\u") => {
                self.at += 1;
                match self.hex4()? {
                    second @ 0xdc00..=0xdfff => {
                        0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                    }
                    _ => first,
                }
            }
            code => code,
        };
        char::from_u32(code).ok_or_else(|| {
            self.at = start;
            self.fault("half a surrogate pair in a string")
        })
    }

    fn hex4(&mut self) -> Result<u32, JsonError> {
        self.at += 1;
        let digits = self.text.get(self.at..self.at + 4);
        let code = digits
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => {
                self.at += 4;
                Ok(code)
            }
            None => Err(self.expected("four hexadecimal digits")),
        }
    }
}

#[cfg(test)]
mod tests;
