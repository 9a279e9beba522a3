//! One word with what is known about it.

use crate::detect::language::entry::Noun;
use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag;
use crate::text::Span;

/// "Not inside one", for [`Word::quotation`].
pub const NONE: u32 = u32::MAX;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// All letters small.
    Lower,
    /// First letter large.
    Capital,
    /// All letters large, two or more.
    Upper,
    /// Large letters inside.
    Mixed,
    /// Starts with a digit.
    Number,
    /// A mark or another sign.
    Mark,
}

/// One token with what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where it starts, in bytes; an article has fewer than four billion.
    pub start: u32,
    /// How many bytes it has.
    pub length: u32,
    /// Hash of the folded word.
    pub id: u32,
    /// Hash of its last three letters.
    pub suffix: u32,
    /// Position in [`crate::detect::language::tags::TAGS`].
    pub tag: u8,
    /// How it is written.
    pub shape: Shape,
    /// Tag in the lexicon as a position in the list plus one; 0 if the word is not in it.
    pub known: u8,
    /// Group of classes of words of like meaning, and class in all; 0 if in none.
    pub class: [u16; 2],
    /// Relation to its head, a position in [`crate::detect::language::syntax::RELATIONS`].
    pub relation: u8,
    /// Index of its head; its own if it has none.
    pub head: u32,
    /// Cue class of the lexicon, 0 to 4.
    pub cue: u8,
    /// Kind of noun.
    pub noun: Noun,
    /// Index into [`crate::detect::reading::Reading::sentences`].
    pub sentence: u32,
    /// Index into [`crate::detect::reading::Reading::quotations`], marks included, or [`NONE`].
    pub quotation: u32,
}

// There are millions of them in a long article.
const _: () = assert!(size_of::<Word>() <= 40);

impl Word {
    /// Where it stands, in bytes.
    pub fn span(&self) -> Span {
        let start = self.start as usize;
        Span::new(start, start + self.length as usize)
    }

    /// Whether it is a letter word or number, no mark.
    pub fn is_word(&self) -> bool {
        self.shape != Shape::Mark
    }

    /// Whether its tag is one of the verb tags.
    pub fn is_verb(&self) -> bool {
        self.tag >= tag!("VB") && self.tag <= tag!("VBZ")
    }

    /// Whether it is the subject of a sentence's verb or of a clause.
    pub fn is_subject(&self) -> bool {
        const SUBJECTS: [u8; 2] = [relation("nsubj"), relation("nsubjpass")];
        SUBJECTS.contains(&self.relation)
    }

    /// Whether it is part of a name.
    pub fn is_name(&self) -> bool {
        const CAPITALS: [Shape; 3] = [Shape::Capital, Shape::Upper, Shape::Mixed];
        self.tag == tag!("NNP") && CAPITALS.contains(&self.shape)
    }
}
