//! How much work one article may make: counted in steps, so that every machine stops at the
//! same one.
//!
//! Every stage is linear, so no article should ever come to the end of its budget; the budget is
//! for the texts nobody thought of. Where a stage looks around from one place it counts what it
//! looks at, and where the steps are spent the stages leave off with what they have.

use std::cell::Cell;

/// Steps any article has.
const FLOOR: u64 = 50_000_000;
/// Steps for each byte of text; articles take one or two.
const EACH: u64 = 200;

/// Steps that are left.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    steps: u64,
    spent: Cell<u64>,
}

impl Budget {
    /// The budget of a text.
    pub(super) fn of(text: &str) -> Budget {
        Budget::new(FLOOR + EACH * text.len() as u64)
    }

    /// A budget of so many steps.
    pub(super) fn new(steps: u64) -> Budget {
        Budget {
            steps,
            spent: Cell::new(0),
        }
    }

    /// Takes steps, more than there are if it must be.
    pub(super) fn spend(&self, steps: usize) {
        self.spent
            .set(self.spent.get().saturating_add(steps as u64));
    }

    /// Whether there is nothing left.
    pub(super) fn is_spent(&self) -> bool {
        self.spent.get() > self.steps
    }

    /// Steps taken so far.
    #[cfg(test)]
    pub(super) fn spent(&self) -> u64 {
        self.spent.get()
    }
}
