//! What a line from a detector is: an answer, how far it is, why there is none, or neither.
//!
//! Lines may be megabytes long: what stands in an answer is passed over and kept nowhere. The marks
//! are read by others, who are handed the line as it came.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Number;

use super::one_line;

/// Characters of how far it is.
const LONGEST_TOLD: usize = 80;
/// Characters of why there is no answer.
const LONGEST_WHY: usize = 300;
/// Said for a detector that gives no reason.
const NO_REASON: &str = "it does not say why";

/// What a line is. An id is a text or a number, compared as it is written: `7` is `"7"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The answer to a question, if one of that id was asked.
    Answer {
        /// The question's.
        id: String,
    },
    /// How far it is.
    Progress {
        /// The question's.
        id: String,
        /// In words, short and on one line: `50 %`, `chunk 2 of 4`.
        told: String,
    },
    /// There will be no answer.
    Error {
        /// The question's.
        id: String,
        /// Why, on one line.
        why: String,
    },
    /// A JSON object that says none of these.
    Strange,
    /// No JSON object.
    NoObject,
}

impl Said {
    /// Tells what a line is. Linear in it; an object with a known name twice is strange.
    pub fn of(line: &[u8]) -> Said {
        // Passing over a text does not look whether it is one.
        let Ok(line) = str::from_utf8(line) else {
            return Said::NoObject;
        };
        // A list of the same values in order would be read as well.
        if !line.trim_start().starts_with('{') {
            return Said::NoObject;
        }
        match serde_json::from_str::<Line>(line) {
            Ok(line) => line.said(),
            Err(_) if serde_json::from_str::<IgnoredAny>(line).is_ok() => Said::Strange,
            Err(_) => Said::NoObject,
        }
    }
}

#[derive(Deserialize)]
struct Line {
    id: Option<Scalar>,
    progress: Option<Scalar>,
    error: Option<Why>,
    attributions: Option<IgnoredAny>,
    claims: Option<IgnoredAny>,
    sources: Option<IgnoredAny>,
    folded: Option<IgnoredAny>,
}

impl Line {
    fn said(self) -> Said {
        let (Some(Scalar::Words(id)) | Some(Scalar::Number(id))) = self.id else {
            return Said::Strange;
        };
        let lists = [self.attributions, self.claims, self.sources, self.folded];
        match (self.error, self.progress) {
            (Some(Why::Because(why)), _) => Said::Error { id, why },
            // An answer may tell that it is done.
            (_, Some(how_far)) if lists.iter().all(Option::is_none) => match told(&how_far) {
                Some(told) => Said::Progress { id, told },
                None => Said::Strange,
            },
            _ => Said::Answer { id },
        }
    }
}

/// How far it is, in words; `None` where nothing can be made of it.
fn told(how_far: &Scalar) -> Option<String> {
    match how_far {
        Scalar::Words(words) => Some(one_line(words, LONGEST_TOLD)).filter(|told| !told.is_empty()),
        Scalar::Number(number) => {
            let part: f64 = number.parse().ok()?;
            let is_part = (0.0..=1.0).contains(&part);
            is_part.then(|| format!("{:.0} %", part * 100.0))
        }
        Scalar::Other => None,
    }
}

/// A text or a number as it is written; an object in its place is an error, since a number of any
/// length comes as one.
enum Scalar {
    Words(String),
    Number(String),
    Other,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a number")
    }

    fn visit_str<E>(self, words: &str) -> Result<Scalar, E> {
        Ok(Scalar::Words(words.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
        Ok(Scalar::Other)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Scalar, A::Error> {
        let number = Number::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Scalar::Number(number.to_string()))
    }
}

/// Why there is no answer. Many programs say `false` for no error, and an object for one.
enum Why {
    No,
    Because(String),
}

impl Why {
    fn because(words: &str) -> Why {
        let words = one_line(words, LONGEST_WHY);
        match words.is_empty() {
            true => Why::unsaid(),
            false => Why::Because(words),
        }
    }

    fn unsaid() -> Why {
        Why::Because(NO_REASON.to_owned())
    }
}

impl<'de> Deserialize<'de> for Why {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Why, D::Error> {
        deserializer.deserialize_any(WhyVisitor)
    }
}

struct WhyVisitor;

impl<'de> Visitor<'de> for WhyVisitor {
    type Value = Why;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reason")
    }

    fn visit_str<E>(self, words: &str) -> Result<Why, E> {
        Ok(Why::because(words))
    }

    fn visit_bool<E>(self, is_error: bool) -> Result<Why, E> {
        Ok(if is_error { Why::unsaid() } else { Why::No })
    }

    fn visit_u64<E>(self, _: u64) -> Result<Why, E> {
        Ok(Why::unsaid())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Why, E> {
        Ok(Why::unsaid())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Why, E> {
        Ok(Why::unsaid())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Why, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Why::unsaid())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Why, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Why::unsaid())
    }
}
