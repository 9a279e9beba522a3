//! What a detector says of itself before it is asked anything.
//!
//! Read leniently where a slip does no harm, and refused with a reason where it would: its name and
//! version stand in every finding, and whether it sends texts away is what a person consents to.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Characters of a name, a version, a host or a language.
const LONGEST: usize = 200;
/// Bytes of the whole line; the longest sensible one has a few hundred.
const LONGEST_LINE: usize = 1 << 16;
/// Languages that one may name; there are less than 200 with a code of two letters.
const MOST_LANGUAGES: usize = 256;
/// Questions that may be with it at a time, whatever it says.
const LARGEST_BATCH: usize = 64;
/// The word for: no text leaves this machine.
const NOTHING: &str = "nothing";

/// What a detector is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Want {
    /// Who says what.
    Attributions,
    /// What is claimed.
    Claims,
    /// Claims in words that stand alone.
    StandAlone,
}

/// What a detector says of itself. The claims are its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// Its name, on one line.
    pub name: String,
    /// Its version, on one line.
    pub version: String,
    /// Languages that it reads, as it says them; none: any.
    pub languages: Vec<String>,
    /// What it answers with, at least one.
    pub answers: Vec<Want>,
    /// How many questions it takes before it has answered the first: 1 to 64.
    pub batch: usize,
    /// The host that it sends texts to; `None`: it says that it sends nothing.
    pub sends: Option<String>,
}

/// Why a line does not say what a detector is. Each continues "it …".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHello {
    /// No JSON object.
    #[error("did not begin with a line that is a JSON object")]
    NoObject,
    /// A line far beyond what there is to say.
    #[error("said more than {LONGEST_LINE} bytes of itself")]
    TooMuch,
    /// A name or version is missing.
    #[error("told no “{0}” of itself")]
    Missing(&'static str),
    /// Something that is no text where a text belongs.
    #[error("told a “{0}” that is no text")]
    NoText(&'static str),
    /// Longer than anything that is shown.
    #[error("told a “{0}” of more than {LONGEST} characters")]
    TooLong(&'static str),
    /// Line breaks or other controls.
    #[error("told a “{0}” that is not one line of plain characters")]
    NotPlain(&'static str),
    /// Languages that are no list of texts.
    #[error("told “languages” that are no list of at most {MOST_LANGUAGES} texts")]
    Languages,
    /// None of what can be asked for.
    #[error("told “answers” that are no list with “attributions”, “claims” or “stand_alone” in it")]
    Answers,
    /// It is not clear where texts go.
    #[error("told “sends” that is neither “{NOTHING}” nor the name of a host")]
    Sends,
}

impl Hello {
    /// Reads a line; what is not known in it is passed over.
    ///
    /// # Errors
    /// As [`NotHello`].
    pub fn read(line: &[u8]) -> Result<Hello, NotHello> {
        if line.len() > LONGEST_LINE {
            return Err(NotHello::TooMuch);
        }
        let Ok(Value::Object(said)) = serde_json::from_slice(line) else {
            return Err(NotHello::NoObject);
        };
        Ok(Hello {
            name: required(&said, "name")?,
            version: required(&said, "version")?,
            languages: languages(&said)?,
            answers: answers(&said)?,
            batch: batch(&said),
            sends: sends(&said)?,
        })
    }
}

/// What is told under a name; null is nothing.
fn told<'s>(said: &'s Map<String, Value>, name: &str) -> Option<&'s Value> {
    said.get(name).filter(|value| !value.is_null())
}

fn required(said: &Map<String, Value>, name: &'static str) -> Result<String, NotHello> {
    let value = told(said, name).ok_or(NotHello::Missing(name))?;
    let text = value.as_str().ok_or(NotHello::NoText(name))?;
    let text = plain(text, name)?;
    if text.is_empty() {
        return Err(NotHello::Missing(name));
    }
    Ok(text)
}

/// A text of one line, without the blanks around it.
fn plain(text: &str, name: &'static str) -> Result<String, NotHello> {
    let text = text.trim();
    if text.chars().any(breaks_the_line) {
        return Err(NotHello::NotPlain(name));
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err(NotHello::TooLong(name));
    }
    Ok(text.to_owned())
}

/// Controls, and the separators that are none to Unicode.
fn breaks_the_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn languages(said: &Map<String, Value>) -> Result<Vec<String>, NotHello> {
    let listed = match told(said, "languages") {
        None => return Ok(Vec::new()),
        Some(Value::String(one)) => vec![plain(one, "languages")?],
        Some(Value::Array(several)) if several.len() <= MOST_LANGUAGES => several
            .iter()
            .map(|one| plain(one.as_str().ok_or(NotHello::Languages)?, "languages"))
            .collect::<Result<_, _>>()?,
        Some(_) => return Err(NotHello::Languages),
    };
    // No languages at all are any, so an empty word must not become that unseen.
    if listed.iter().any(String::is_empty) {
        return Err(NotHello::Languages);
    }
    Ok(listed)
}

fn answers(said: &Map<String, Value>) -> Result<Vec<Want>, NotHello> {
    let listed = match told(said, "answers") {
        None => return Ok(vec![Want::Claims]),
        Some(Value::Array(listed)) => listed,
        Some(_) => return Err(NotHello::Answers),
    };
    let mut answers = Vec::new();
    // A later version may name more than is known here.
    for known in listed.iter().filter_map(|one| Want::deserialize(one).ok()) {
        if !answers.contains(&known) {
            answers.push(known);
        }
    }
    if answers.is_empty() {
        return Err(NotHello::Answers);
    }
    Ok(answers)
}

/// One at a time where it cannot be told, which every detector can do.
fn batch(said: &Map<String, Value>) -> usize {
    let number = told(said, "batch").and_then(Value::as_f64).unwrap_or(1.0);
    // The cast is safe: between 1 and 64, and no number is none.
    number.clamp(1.0, LARGEST_BATCH as f64) as usize
}

fn sends(said: &Map<String, Value>) -> Result<Option<String>, NotHello> {
    let text = match told(said, "sends") {
        None => return Ok(None),
        Some(Value::String(text)) => plain(text, "sends")?,
        Some(_) => return Err(NotHello::Sends),
    };
    if text.is_empty() {
        return Err(NotHello::Sends);
    }
    Ok(Some(text).filter(|text| !text.eq_ignore_ascii_case(NOTHING)))
}
