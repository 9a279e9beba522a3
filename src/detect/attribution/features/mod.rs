//! What the learned scorers see: places in a text turned into numbers, a file for what is looked
//! at.
//!
//! The same code serves training and detection, so the two can never disagree. A feature is the
//! hash of a template and the values in it; nothing here knows weights.

use crate::detect::numbers::hashing::mix;
use crate::detect::numbers::shared::Shared;

pub mod around;
pub mod cue;
pub mod edge;
mod gap;
mod quotation;
pub mod source;
mod tree;
pub mod word;

/// Features that are the same for many words beside each other, by what they are told of. Whoever
/// weighs them may do so once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Group {
    /// The sentence.
    Sentence,
    /// Cue and joint before a word.
    Left,
    /// Cue and joint behind it.
    Right,
    /// Verb and joint before it.
    Verb,
    /// Its place in a quotation.
    Quotation,
    /// The verbs above it.
    Above,
    /// The cue above it.
    Cue,
}

/// How many [`Group`]s there are.
pub const GROUPS: usize = 7;

/// Who is told the features of a word.
pub trait Told {
    /// A feature of this word: a template and two values.
    fn add(&mut self, template: u32, a: u32, b: u32);

    /// Comes before the features of a group: all with the same `key` have the same features.
    fn share(&mut self, group: Group, key: [u32; 4]);

    /// A feature of a group.
    fn add_to(&mut self, group: Group, template: u32, a: u32, b: u32);
}

impl Told for Vec<u32> {
    fn add(&mut self, template: u32, a: u32, b: u32) {
        self.push(mix(template, a, b));
    }

    fn share(&mut self, _: Group, _: [u32; 4]) {}

    fn add_to(&mut self, _: Group, template: u32, a: u32, b: u32) {
        self.push(mix(template, a, b));
    }
}

impl Told for Shared<GROUPS> {
    #[inline(always)]
    fn add(&mut self, template: u32, a: u32, b: u32) {
        self.own.add(template, a, b);
    }

    #[inline(always)]
    fn share(&mut self, group: Group, key: [u32; 4]) {
        self.turn(group as usize, key);
    }

    #[inline(always)]
    fn add_to(&mut self, group: Group, template: u32, a: u32, b: u32) {
        self.add_to_group(group as usize, template, a, b);
    }
}
