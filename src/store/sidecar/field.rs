//! Typed fields out of JSON objects, with the path of what is wrong.
//!
//! A reader takes the fields it knows and leaves the rest in `unknown`, so that nothing is
//! lost; a wrong type is a [`Fault`] with the path from the record downwards.

use serde_json::{Map, Number, Value};

use crate::annotations::{Id, Time};
use crate::store::json::{Members, Tree};

/// What is wrong with a sidecar, and where: `annotations[3].target.start`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path from the top.
    pub path: String,
    /// What is wrong, in words.
    pub message: String,
}

/// How it is told that a value is wrong and nothing puts it right. It stays as it is, and so does
/// what has it: names of runs and texts and derived ids are bookkeeping, and decide nothing.
const KEPT: &str = "; it is kept";

impl Fault {
    /// A fault of bookkeeping, which keeps nothing out and stays.
    pub(super) fn kept(path: impl Into<String>, message: impl std::fmt::Display) -> Fault {
        Fault::new(path, format!("{message}{KEPT}"))
    }

    /// Whether it stays whatever is done, and nothing is lost by it.
    pub fn is_kept(&self) -> bool {
        self.message.ends_with(KEPT)
    }

    pub(in crate::store) fn new(path: impl Into<String>, message: impl Into<String>) -> Fault {
        Fault {
            path: path.into(),
            message: message.into(),
        }
    }

    /// The same fault seen from one level further up.
    pub(super) fn under(mut self, step: &str) -> Fault {
        self.path = match (step.is_empty(), self.path.is_empty()) {
            (true, _) => self.path,
            (_, true) => step.to_owned(),
            _ if self.path.starts_with('[') => format!("{step}{}", self.path),
            _ => format!("{step}.{}", self.path),
        };
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.path, self.message)
        }
    }
}

/// The fields of one object, taken one by one; what is left is unknown.
pub(super) struct Fields<'a, T: Tree> {
    map: &'a T::Object,
    taken: Vec<&'static str>,
}

/// Fields that are taken of most objects, at most.
const TAKEN: usize = 18;

impl<'a, T: Tree + 'a> Fields<'a, T> {
    /// The fields of a value that has to be an object.
    pub(super) fn of(value: &'a T) -> Result<Fields<'a, T>, Fault> {
        let map = value
            .object()
            .ok_or_else(|| wrong("", "an object", value))?;
        Ok(Fields {
            map,
            taken: Vec::with_capacity(TAKEN),
        })
    }

    /// A field that may be missing.
    pub(super) fn optional(&mut self, name: &'static str) -> Option<&'a T> {
        self.taken.push(name);
        self.map.field(name)
    }

    /// A field that came to have a meaning after files could have it in another form: what
    /// cannot be read so stays with the unknown ones.
    pub(super) fn known<R>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&'a T) -> Option<R>,
    ) -> Option<R> {
        let value = self.map.field(name).and_then(read)?;
        self.taken.push(name);
        Some(value)
    }

    /// A field that has to be there.
    pub(super) fn required(&mut self, name: &'static str) -> Result<&'a T, Fault> {
        self.optional(name)
            .ok_or_else(|| Fault::new(name, "missing"))
    }

    pub(super) fn string(&mut self, name: &'static str) -> Result<&'a str, Fault> {
        let value = self.required(name)?;
        value.text().ok_or_else(|| wrong(name, "a string", value))
    }

    pub(super) fn optional_string(&mut self, name: &'static str) -> Result<Option<String>, Fault> {
        match self.optional(name) {
            None => Ok(None),
            Some(value) => match value.text() {
                Some(text) => Ok(Some(text.to_owned())),
                None => Err(wrong(name, "a string", value)),
            },
        }
    }

    /// An offset: a whole number, brought into the range of code points and told where it is not
    /// in it. What is no number, or missing, is told too and says nothing: the words say where
    /// they stand.
    pub(super) fn offset(&mut self, name: &'static str) -> (Option<u32>, Option<Fault>) {
        let Some(value) = self.optional(name) else {
            return (None, Some(Fault::new(name, "missing")));
        };
        if let Some(position) = position(value) {
            return (Some(position), None);
        }
        // Any number is near some place, and the words tell which it is.
        let near = match value.size() {
            Some(number) if number >= f64::from(u32::MAX) => u32::MAX,
            Some(number) if number >= 0.0 => number as u32,
            Some(_) => 0,
            None => {
                let fault = wrong(name, "a whole number of code points", value);
                return (None, Some(fault));
            }
        };
        let message = format!("{} can be no place in a text", value.value());
        (Some(near), Some(Fault::new(name, message)))
    }

    /// A number of at least 0 and at most `most`.
    pub(super) fn number(
        &mut self,
        name: &'static str,
        most: f64,
    ) -> Result<Option<Number>, Fault> {
        let Some(value) = self.optional(name) else {
            return Ok(None);
        };
        let digits = value
            .digits()
            .ok_or_else(|| wrong(name, "a number", value))?;
        match value.size() {
            Some(size) if (0.0..=most).contains(&size) => Ok(value.number()),
            _ => Err(Fault::new(name, format!("{digits} is out of range"))),
        }
    }

    /// A list of different words.
    pub(super) fn words(&mut self, name: &'static str) -> Result<Vec<&'a str>, Fault> {
        let Some(value) = self.optional(name) else {
            return Ok(Vec::new());
        };
        let list = value.list().ok_or_else(|| wrong(name, "a list", value))?;
        let mut words: Vec<&str> = Vec::with_capacity(list.len());
        for item in list {
            let word = item
                .text()
                .ok_or_else(|| wrong(name, "a list of words", item))?;
            if words.contains(&word) {
                return Err(Fault::new(name, format!("{word:?} stands twice")));
            }
            words.push(word);
        }
        Ok(words)
    }

    /// An object that has to be there.
    pub(super) fn object(&mut self, name: &'static str) -> Result<&'a T::Object, Fault> {
        let value = self.required(name)?;
        value
            .object()
            .ok_or_else(|| wrong(name, "an object", value))
    }

    /// An object that may be missing.
    pub(super) fn optional_object(
        &mut self,
        name: &'static str,
    ) -> Result<Option<&'a T::Object>, Fault> {
        let Some(value) = self.optional(name) else {
            return Ok(None);
        };
        let object = value.object();
        object
            .map(Some)
            .ok_or_else(|| wrong(name, "an object", value))
    }

    /// An object that may be missing, kept as it is; empty then.
    pub(super) fn kept_object(&mut self, name: &'static str) -> Result<Map<String, Value>, Fault> {
        let object = self.optional_object(name)?;
        let fields = object.into_iter().flat_map(Members::fields);
        Ok(fields
            .map(|(name, value)| (name.to_owned(), value.value()))
            .collect())
    }

    /// A moment.
    pub(super) fn time(&mut self, name: &'static str) -> Result<Time, Fault> {
        let text = self.string(name)?;
        if is_time(text) {
            Ok(Time::new(text))
        } else {
            let message = format!("{text:?} is no time like 2026-01-31T12:00:00Z");
            Err(Fault::new(name, message))
        }
    }

    /// An id of the form: prefix and that many hex digits.
    pub(super) fn id(
        &mut self,
        name: &'static str,
        prefix: &str,
        digits: usize,
    ) -> Result<Id, Fault> {
        let text = self.string(name)?;
        if is_id(text, prefix, digits) {
            Ok(Id::new(text))
        } else {
            let message = format!(
                "{text:?} is no id of the form {prefix}{}",
                "0".repeat(digits)
            );
            Err(Fault::new(name, message))
        }
    }

    /// The fields nobody took, in the order read.
    pub(super) fn unknown(self) -> Map<String, Value> {
        self.map
            .fields()
            .filter(|(name, _)| !self.taken.contains(name))
            .map(|(name, value)| (name.to_owned(), value.value()))
            .collect()
    }
}

/// A fault of type.
pub(super) fn wrong(path: &str, expected: &str, found: &impl Tree) -> Fault {
    Fault::new(path, format!("{} where {expected} should be", found.noun()))
}

/// A whole number from 0 to 4294967295.
pub(super) fn position(value: &impl Tree) -> Option<u32> {
    value.whole().and_then(|number| u32::try_from(number).ok())
}

/// Whether an id has its prefix and that many lower-case hex digits.
pub(in crate::store) fn is_id(text: &str, prefix: &str, digits: usize) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        rest.len() == digits
            && rest
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// Whether a text is a SHA-256 in lower-case hex.
pub(in crate::store) fn is_digest(text: &str) -> bool {
    is_id(text, "", 64)
}

/// Whether a moment is spelt as files spell it, and exists.
fn is_time(text: &str) -> bool {
    let shape = text.len() == 20
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            10 => byte == b'T',
            13 | 16 => byte == b':',
            19 => byte == b'Z',
            _ => byte.is_ascii_digit(),
        });
    shape && text.parse::<jiff::Timestamp>().is_ok()
}
