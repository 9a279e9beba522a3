//! What reading asks of a tree of JSON, whether it owns what it holds or borrows it of a text.
//!
//! A sidecar is read from [`Node`]s, which cost little and are thrown away; journals and repairs
//! hold [`Value`]s. Both are read by the same code, which knows of neither.

use serde_json::{Map, Number, Value};

use super::Node;
use super::node::Field;

/// A JSON value.
pub(in crate::store) trait Tree: Sized {
    /// What an object of such values is.
    type Object: ?Sized + Members<Self>;

    /// The object it is.
    fn object(&self) -> Option<&Self::Object>;

    /// The list it is.
    fn list(&self) -> Option<&[Self]>;

    /// The string it is.
    fn text(&self) -> Option<&str>;

    /// The number it is, as it is spelt.
    fn digits(&self) -> Option<&str>;

    /// The truth value it is.
    fn truth(&self) -> Option<bool>;

    /// Whether it is `null`.
    fn is_null(&self) -> bool;

    /// What a person calls it.
    fn noun(&self) -> &'static str;

    /// The same, owned.
    fn value(&self) -> Value;

    /// A field of the object it is.
    fn field(&self, name: &str) -> Option<&Self> {
        self.object()?.field(name)
    }

    /// The whole number from 0 that it is.
    fn whole(&self) -> Option<u64> {
        self.digits()?.parse().ok()
    }

    /// Its size, if it is a number of any.
    fn size(&self) -> Option<f64> {
        let size: f64 = self.digits()?.parse().ok()?;
        size.is_finite().then_some(size)
    }

    /// The number it is, owned.
    fn number(&self) -> Option<Number> {
        // It was read, so it is one; parsing would spell `1e400` as `1e+400`.
        let digits = self.digits()?.to_owned();
        Some(Number::from_string_unchecked(digits))
    }
}

/// The fields of an object, in the order they stand in.
pub(in crate::store) trait Members<T> {
    /// One field.
    fn field(&self, name: &str) -> Option<&T>;

    /// All of them.
    fn fields<'m>(&'m self) -> impl Iterator<Item = (&'m str, &'m T)>
    where
        T: 'm;

    /// How many.
    fn count(&self) -> usize;
}

impl Tree for Value {
    type Object = Map<String, Value>;

    fn object(&self) -> Option<&Map<String, Value>> {
        self.as_object()
    }

    fn list(&self) -> Option<&[Value]> {
        self.as_array().map(Vec::as_slice)
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn digits(&self) -> Option<&str> {
        self.as_number().map(Number::as_str)
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }

    fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    fn noun(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a truth value",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }

    fn value(&self) -> Value {
        self.clone()
    }
}

impl Members<Value> for Map<String, Value> {
    fn field(&self, name: &str) -> Option<&Value> {
        self.get(name)
    }

    fn fields<'m>(&'m self) -> impl Iterator<Item = (&'m str, &'m Value)>
    where
        Value: 'm,
    {
        self.iter().map(|(name, value)| (name.as_str(), value))
    }

    fn count(&self) -> usize {
        self.len()
    }
}

impl<'a> Tree for Node<'a> {
    type Object = [Field<'a>];

    fn object(&self) -> Option<&[Field<'a>]> {
        match self {
            Node::Object(fields) => Some(fields),
            _ => None,
        }
    }

    fn list(&self) -> Option<&[Node<'a>]> {
        match self {
            Node::List(items) => Some(items),
            _ => None,
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    fn digits(&self) -> Option<&str> {
        match self {
            Node::Number(digits) => Some(digits),
            _ => None,
        }
    }

    fn truth(&self) -> Option<bool> {
        match self {
            Node::Truth(truth) => Some(*truth),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self, Node::Null)
    }

    fn noun(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Truth(_) => "a truth value",
            Node::Number(_) => "a number",
            Node::Text(_) => "a string",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
        }
    }

    fn value(&self) -> Value {
        self.clone().into_value()
    }
}

impl<'a> Members<Node<'a>> for [Field<'a>] {
    fn field(&self, name: &str) -> Option<&Node<'a>> {
        let mut fields = self.iter();
        fields.find(|field| field.0 == name).map(|field| &field.1)
    }

    fn fields<'m>(&'m self) -> impl Iterator<Item = (&'m str, &'m Node<'a>)>
    where
        Node<'a>: 'm,
    {
        self.iter().map(|(name, value)| (&**name, value))
    }

    fn count(&self) -> usize {
        self.len()
    }
}
