//! The layout of a sidecar: a line for each unit that merges by itself.

use serde::Serialize;
use serde_json::{Map, Value};

/// Fields of a record that are spread over lines.
const SPREAD: [&str; 5] = [
    "attributes",
    "suggestions",
    "reviews",
    "evidence",
    "conflicts",
];

/// Text laid out line by line.
#[derive(Default)]
pub(super) struct Page {
    pub(super) text: String,
    level: usize,
    /// Whether the object or list open now holds nothing yet.
    fresh: bool,
}

impl Page {
    pub(super) fn open(&mut self, bracket: &str) {
        self.text.push_str(bracket);
        self.level += 1;
        self.fresh = true;
    }

    pub(super) fn close(&mut self, bracket: &str) {
        self.level -= 1;
        if !self.fresh {
            self.line();
        }
        self.text.push_str(bracket);
        self.fresh = false;
    }

    fn line(&mut self) {
        self.text.push('\n');
        for _ in 0..self.level {
            self.text.push_str("  ");
        }
    }

    /// Begins an item of the open list.
    pub(super) fn item(&mut self) {
        if !self.fresh {
            self.text.push(',');
        }
        self.fresh = false;
        self.line();
    }

    /// Begins a field of the open object.
    pub(super) fn key(&mut self, name: &str) {
        self.item();
        self.inline(&Value::from(name));
        self.text.push_str(": ");
    }

    /// A value on the line begun.
    pub(super) fn inline(&mut self, value: &Value) {
        let mut bytes = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, OneLine);
        value
            .serialize(&mut serializer)
            .expect("writing JSON to memory cannot fail");
        self.text
            .push_str(std::str::from_utf8(&bytes).expect("JSON is written as UTF-8"));
    }

    /// An object with a line for each entry.
    pub(super) fn spread(&mut self, map: &Map<String, Value>) {
        self.open("{");
        for (key, value) in map {
            self.key(key);
            self.inline(value);
        }
        self.close("}");
    }

    /// An annotation or link.
    pub(super) fn record(&mut self, record: &Map<String, Value>) {
        self.open("{");
        for (name, value) in record {
            self.key(name);
            match value.as_object() {
                Some(map) if SPREAD.contains(&name.as_str()) => self.spread(map),
                _ => self.inline(value),
            }
        }
        self.close("}");
    }

    /// A record set aside, whatever it is.
    pub(super) fn any_record(&mut self, record: &Value) {
        match record.as_object() {
            Some(map) => self.record(map),
            None => self.inline(record),
        }
    }
}

/// Writes what stands before a value that is not the first.
fn separate(writer: &mut (impl ?Sized + std::io::Write), first: bool) -> std::io::Result<()> {
    if first {
        Ok(())
    } else {
        writer.write_all(b", ")
    }
}

/// JSON on one line, a blank after commas and colons.
struct OneLine;

impl serde_json::ser::Formatter for OneLine {
    fn begin_array_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        separate(writer, first)
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        separate(writer, first)
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
    ) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}
