//! A piece of evidence: what speaks for or against a claim, and how to find it again.

use serde_json::{Map, Value};

use super::{Locator, Time};
use crate::text::{Day, Open, words};

words! {
    /// How evidence bears on a claim.
    Stance {
        /// It supports the claim.
        Supports = "supports",
        /// It refutes the claim.
        Refutes = "refutes",
        /// It helps to understand the claim.
        Context = "context",
    }
}

words! {
    /// Whether a piece of evidence saw for itself what it tells.
    Primacy {
        /// It did: a record, a recording, a witness, the data themselves.
        Primary = "primary",
        /// It tells what others saw.
        Secondary = "secondary",
    }
}

/// A document that supports or refutes a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Its address; this or `document` is always there.
    pub url: Option<String>,
    /// Its title, where it has no address.
    pub document: Option<String>,
    /// The words that matter.
    pub quote: Option<String>,
    /// How it bears on the claim.
    pub stance: Open<Stance>,
    /// Address of an archived copy.
    pub archive: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Where in it.
    pub locator: Option<Locator>,
    /// Whether it saw for itself what it tells.
    pub primacy: Option<Open<Primacy>>,
    /// The day on which it was looked at, as files spell it: `YYYY-MM-DD`, with a time behind it
    /// or without.
    pub consulted: Option<String>,
    /// Who added it.
    pub by: String,
    /// When.
    pub at: Time,
    /// Fields we do not know.
    pub unknown: Map<String, Value>,
}

impl Evidence {
    /// Its address, or its title where it has none.
    pub fn reference(&self) -> &str {
        let reference = self.url.as_deref().or(self.document.as_deref());
        reference.unwrap_or_default()
    }

    /// The day on which it was looked at, as far as it can be read.
    pub fn day_consulted(&self) -> Option<Day> {
        self.consulted.as_ref()?.get(..10).and_then(Day::of)
    }
}
