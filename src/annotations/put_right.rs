//! What people put right besides words and kinds: whose words a claim is in, what is told of a
//! source, and what a record was part of or made of.
//!
//! A voice stands in the answer, as kinds do. What is told of a source is shared by its mentions
//! and stands in their attributes; what was suggested there is kept beside it.

use serde_json::{Map, Value};

use super::document::set_field;
use super::{Annotation, Edit, Review};
use crate::text::Open;

/// The field of an answer that says whose words a claim is in.
pub const VOICE: &str = "voice";

/// The attribute of a source mention that keeps what was suggested where somebody put it right:
/// the attributes changed by their names, `null` where there was none.
pub const SUGGESTED: &str = "suggested";

/// The field of a record that names the one it was part of.
pub const SPLIT_FROM: &str = "split_from";

/// The field of a record that names those it was made of.
pub const JOINED_FROM: &str = "joined_from";

impl Review {
    /// Whose words the claim is in, where the answer says so.
    pub fn voice(&self) -> Option<&str> {
        self.unknown.get(VOICE).and_then(Value::as_str)
    }
}

impl Annotation {
    /// The voice that holds: that of the answer, else the one suggested.
    pub fn voice(&self) -> Option<&str> {
        let said = self.answer().and_then(Review::voice);
        said.or_else(|| self.suggested_voice())
    }

    /// The voice that the latest run suggests.
    pub fn suggested_voice(&self) -> Option<&str> {
        let suggestion = self.suggestion()?;
        suggestion.voice.as_ref().map(Open::as_str)
    }

    /// Whether somebody put right what was suggested about it besides its words.
    pub fn is_put_right(&self) -> bool {
        self.attributes.contains_key(SUGGESTED)
    }

    /// The edits that put attributes of it right, each set to a text or taken away, and keep
    /// what was suggested there; those set back to it are as suggested again.
    pub fn putting_right(&self, facts: &[(&str, Option<&str>)]) -> Vec<Edit> {
        let kept = self.attributes.get(SUGGESTED).and_then(Value::as_object);
        let mut suggested = kept.cloned().unwrap_or_default();
        let mut edits = Vec::new();
        for (name, wanted) in facts {
            let now = self.attributes.get(*name);
            let wanted = wanted.map(Value::from);
            if now == wanted.as_ref() {
                continue;
            }
            let first = suggested.entry(*name);
            let first = first.or_insert_with(|| now.cloned().unwrap_or_default());
            if *first == wanted.clone().unwrap_or_default() {
                suggested.shift_remove(*name);
            }
            edits.push(self.setting(name, wanted));
        }
        if !edits.is_empty() && Some(&suggested) != kept {
            let value = (!suggested.is_empty()).then_some(Value::Object(suggested));
            edits.push(self.setting(SUGGESTED, value));
        }
        edits
    }

    /// The edits after which it is told of as suggested.
    pub fn putting_back(&self) -> Vec<Edit> {
        let Some(kept) = self.attributes.get(SUGGESTED).and_then(Value::as_object) else {
            return Vec::new();
        };
        let first = kept.iter().map(|(name, value)| {
            let value = Some(value).filter(|value| !value.is_null());
            self.setting(name, value.cloned())
        });
        let all = first.chain([self.setting(SUGGESTED, None)]);
        all.collect()
    }

    fn setting(&self, name: &str, value: Option<Value>) -> Edit {
        Edit::Attribute {
            annotation: self.id.clone(),
            name: name.to_owned(),
            value,
        }
    }
}

/// Attributes as edits of [`Annotation::putting_right`] leave them.
pub fn put_right(attributes: &Map<String, Value>, edits: &[Edit]) -> Map<String, Value> {
    let mut after = attributes.clone();
    for edit in edits {
        if let Edit::Attribute { name, value, .. } = edit {
            set_field(&mut after, name, value.clone());
        }
    }
    after
}
