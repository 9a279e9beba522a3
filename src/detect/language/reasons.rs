//! Why something is found: the texts of a language, with places for the words that decided.

use serde::Deserialize;

/// The texts of a language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    /// Of claims.
    pub claim: ClaimReasons,
    /// What in a claim can be checked, by its kind.
    pub kind: KindReasons,
    /// Of sources.
    pub source: SourceReasons,
}

/// Why a claim is one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimReasons {
    /// Nobody is named for it.
    pub own: Text,
    /// Its cue is the colon behind a name.
    pub behind_name: Text,
    /// `cue`.
    pub quoted_with_cue: Text,
    /// No cue.
    pub quoted: Text,
    /// `cue`.
    pub reported_with_cue: Text,
    /// No cue.
    pub reported: Text,
    /// Follows one of the others.
    pub no_source: Text,
    /// Follows one of the others: `what` of [`KindReasons`].
    pub more: Text,
    /// Follows `more`: `word`.
    pub by_word: Text,
}

/// What in a claim can be checked; each is told of the kind of that name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindReasons {
    pub quantity: Text,
    pub comparison: Text,
    pub event: Text,
    pub prediction: Text,
    pub causation: Text,
    pub law: Text,
    pub position: Text,
    pub quotation: Text,
    pub opinion: Text,
}

/// Why a source is who it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceReasons {
    /// Who made or supplied a picture.
    pub image_credit: Text,
    /// `shown` is the surname of `name`.
    pub surname: Text,
    /// A name and what its bearer is.
    pub named_with_role: Text,
    /// A name.
    pub named: Text,
    /// A function without a name.
    pub unnamed: Text,
    /// Several people.
    pub group: Text,
    /// Nothing tells.
    pub unknown: Text,
    /// Of another `type`.
    pub other: Text,
    /// The pronoun `shown` stands for `name`.
    pub stands_for: Text,
    /// Nobody near is meant by `shown`.
    pub stands_for_nobody: Text,
}

/// A text with places in braces.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// The text as it stands.
    pub fn plain(&self) -> String {
        self.0.clone()
    }

    /// The text with each place filled in; what is filled in is not looked at again.
    pub fn with(&self, places: &[(&str, &str)]) -> String {
        let mut filled = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        while let Some((before, name, behind)) = place(rest) {
            filled.push_str(before);
            let told = places.iter().find(|(place, _)| *place == name);
            filled.push_str(told.map_or("", |(_, words)| words));
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }
}

/// What stands before the first place of a text, its name, and what stands behind it.
fn place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, behind) = rest.split_once('}')?;
    Some((before, name, behind))
}

impl Reasons {
    /// Reads a file of texts.
    pub(super) fn read(file: &str) -> Result<Reasons, toml::de::Error> {
        toml::from_str(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_in_once() {
        let text = Text("“{shown}” is {name}, {name}{".to_owned());
        let places = [("name", "Ann {shown}"), ("shown", "Orr")];
        assert_eq!(text.with(&places), "“Orr” is Ann {shown}, Ann {shown}{");
        assert_eq!(text.with(&[]), "“” is , {");
        assert_eq!(text.plain(), "“{shown}” is {name}, {name}{");
    }
}
