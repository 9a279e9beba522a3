//! A JSON value that borrows of its text what stands there as it is.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Number, Value};

/// A field of an object.
pub(in crate::store) type Field<'a> = (Cow<'a, str>, Node<'a>);

/// A JSON value; of a string without escapes and of a number it has only the place.
#[derive(Clone, Debug)]
pub(in crate::store) enum Node<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A number as it is spelt.
    Number(&'a str),
    /// A string.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// An object: fields in order, no name twice.
    Object(Vec<Field<'a>>),
}

impl Node<'_> {
    /// The same, owned.
    pub(in crate::store) fn into_value(self) -> Value {
        match self {
            Node::Null => Value::Null,
            Node::Truth(truth) => Value::Bool(truth),
            // The grammar was checked in reading. Parsing by `FromStr` would write `1e400` as
            // `1e+400`.
            Node::Number(digits) => Value::Number(Number::from_string_unchecked(digits.to_owned())),
            Node::Text(text) => Value::String(text.into_owned()),
            Node::List(items) => Value::Array(items.into_iter().map(Node::into_value).collect()),
            Node::Object(fields) => {
                let mut map = Map::with_capacity(fields.len());
                for (name, value) in fields {
                    map.insert(name.into_owned(), value.into_value());
                }
                Value::Object(map)
            }
        }
    }
}

/// Fields that are looked through one by one; of more, a table of names is made.
const FEW: usize = 16;

/// An object while it is read: knows where each name stands, however many there are.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    pub(super) fields: Vec<Field<'a>>,
    /// Places by name, once there are many.
    places: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Gathered<'a> {
    /// Where that name stands.
    pub(super) fn place(&mut self, name: &str) -> Option<usize> {
        if self.fields.len() <= FEW {
            return self.fields.iter().position(|(known, _)| known == name);
        }
        if self.places.is_empty() {
            let fields = self.fields.iter().enumerate();
            self.places = fields.map(|(at, (name, _))| (name.clone(), at)).collect();
        }
        self.places.get(name).copied()
    }

    /// Adds a field whose name is new.
    pub(super) fn push(&mut self, name: Cow<'a, str>, value: Node<'a>) {
        if !self.places.is_empty() {
            self.places.insert(name.clone(), self.fields.len());
        }
        self.fields.push((name, value));
    }
}
