//! Why a detector gave no answer, in words that say what follows from it.

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnswered {
    /// It could not be started, and never will be.
    #[error("{name} could not be started: {why}. It is not asked again in this session")]
    NotStarted {
        /// The detector.
        name: String,
        /// Why.
        why: String,
    },
    /// It did not say what it is, and was ended where it had not ended by itself.
    #[error("{name} did not say what it is: {why}. It is started again when it is next asked")]
    NoHello {
        /// The detector.
        name: String,
        /// Why.
        why: String,
    },
    /// The answer did not come in time.
    #[error("{name} did not answer within {seconds} s. Nothing is taken from it for this article")]
    TooLate {
        /// The detector.
        name: String,
        /// How long it had.
        seconds: u64,
    },
    /// It said that there is no answer.
    #[error("{name} gives no answer: {why}")]
    Error {
        /// The detector.
        name: String,
        /// Why, in its own words.
        why: String,
    },
    /// It ended before it answered.
    #[error("{name} gave no answer: {why}. It is started again when it is next asked")]
    Died {
        /// The detector.
        name: String,
        /// How.
        why: String,
    },
    /// It said far more than was asked for, and was ended.
    #[error(
        "{name} said more than is taken, and was ended. It is started again when it is next asked"
    )]
    Flooded {
        /// The detector.
        name: String,
    },
    /// It ended too often.
    #[error("{name} ended three times and is not asked again in this session. The last time {why}")]
    Disabled {
        /// The detector.
        name: String,
        /// How it ended the last time.
        why: String,
    },
    /// Nobody waits for the answer any more.
    #[error("the answer is not wanted any more")]
    NotWanted,
}

impl NotAnswered {
    /// Whether it is of no use to ask again in this session.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            NotAnswered::NotStarted { .. } | NotAnswered::Disabled { .. }
        )
    }
}
