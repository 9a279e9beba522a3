//! In what order the queue stands: what of a row is compared, and how.

use std::cmp::Ordering;

use super::{QueueOrder, QueueRow, QueueState};

/// What orders of the queue look at, besides the name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing<'a> {
    /// [`QueueRow::state`].
    pub state: QueueState,
    /// [`QueueRow::decided`].
    pub decided: usize,
    /// [`QueueRow::total`].
    pub total: usize,
    /// [`QueueRow::priority`].
    pub priority: f64,
    /// [`QueueRow::latest`].
    pub latest: &'a str,
}

impl QueueRow {
    /// What orders look at.
    pub fn standing(&self) -> Standing<'_> {
        Standing {
            state: self.state,
            decided: self.decided,
            total: self.total,
            priority: self.priority,
            latest: &self.latest,
        }
    }
}

impl QueueState {
    /// Whether somebody still has to review it, now.
    pub fn is_open(self) -> bool {
        self.turn() == 0
    }

    /// What is to be reviewed now comes before what can wait, and that before what is done.
    pub fn turn(self) -> u8 {
        match self {
            QueueState::New | QueueState::Started | QueueState::Changed => 0,
            QueueState::Later => 1,
            QueueState::Finished => 2,
            QueueState::Copy => 3,
        }
    }
}

impl Standing<'_> {
    /// The share of the items that are decided, 0 to 1.
    pub fn share_decided(&self) -> f64 {
        match self.total {
            0 => 1.0,
            total => self.decided as f64 / total as f64,
        }
    }
}

impl QueueOrder {
    /// Compares two articles by name and row; those not looked at yet come after the others.
    pub fn compare(self, a: (&str, Option<&QueueRow>), b: (&str, Option<&QueueRow>)) -> Ordering {
        let (one, other) = (a.1.map(QueueRow::standing), b.1.map(QueueRow::standing));
        self.compare_standing(one, other).then_with(|| a.0.cmp(b.0))
    }

    /// Compares what is known of two articles, names aside.
    pub fn compare_standing(self, a: Option<Standing<'_>>, b: Option<Standing<'_>>) -> Ordering {
        if self == QueueOrder::Name {
            return Ordering::Equal;
        }
        let (Some(one), Some(other)) = (a, b) else {
            return b.is_some().cmp(&a.is_some());
        };
        match self {
            QueueOrder::Priority => (one.state.turn().cmp(&other.state.turn()))
                .then_with(|| other.priority.total_cmp(&one.priority)),
            QueueOrder::Name => Ordering::Equal,
            QueueOrder::Progress => one.share_decided().total_cmp(&other.share_decided()),
            QueueOrder::Time => other.latest.cmp(one.latest),
        }
    }
}
