//! When an action happens, and the chance it needs: what a pure session cannot know.

use crate::annotations::Time;
use crate::text::Day;

/// When an action happens, and the chance it needs.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The time.
    pub now: Time,
    /// The day where the reviewer is; `None`: not known.
    pub day: Option<Day>,
    /// Random bits, from which ids of added annotations and evidence are made.
    pub fresh: u64,
    /// Seconds since the card was shown.
    pub seconds: Option<f32>,
}

impl Moment {
    /// The day where the reviewer is, or else that of the time.
    pub fn today(&self) -> Option<Day> {
        self.day
            .or_else(|| self.now.as_str().get(..10).and_then(Day::of))
    }
}
