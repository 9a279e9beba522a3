//! The labels of words, what may follow what, and the scores of each.

/// Number of labels.
pub const LABELS: usize = 7;

/// Labels a word can have; each kind of piece has one for its first word and one for the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Label {
    /// No part of any attribution.
    Outside,
    /// First word of a content piece.
    ContentStart,
    /// Further word of a content piece.
    Content,
    /// First word of a source.
    SourceStart,
    /// Further word of a source.
    Source,
    /// First word of a cue.
    CueStart,
    /// Further word of a cue.
    Cue,
}

impl Label {
    /// Every label, in the order of the model's rows.
    pub const ALL: [Label; LABELS] = [
        Label::Outside,
        Label::ContentStart,
        Label::Content,
        Label::SourceStart,
        Label::Source,
        Label::CueStart,
        Label::Cue,
    ];

    /// Kind of piece: 0 none, 1 content, 2 source, 3 cue.
    pub fn kind(self) -> usize {
        (self as usize).div_ceil(2)
    }

    /// Whether a piece starts here.
    pub fn starts(self) -> bool {
        self as usize % 2 == 1
    }
}

/// Whether label `next` may follow label `before` (`None` at a start).
pub fn may_follow(before: Option<usize>, next: usize) -> bool {
    // The further label of a kind needs a word of the same kind before it.
    next == 0 || next % 2 == 1 || before.is_some_and(|b| b == next || b + 1 == next)
}

/// Scores of the labels of one word.
pub type Scores = [f32; LABELS];

/// Scores of the steps from label to label at one kind of place.
pub type Steps = [[f32; LABELS]; LABELS];
