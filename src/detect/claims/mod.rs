//! Claims: sentence first. Every sentence is taken apart into propositions; a learned judgement
//! of each as a whole says which are cards, whose words they are in, and what deserves checking
//! first. Attributions are evidence for voice and source, they do not carve the cards.
//!
//! Nothing is cut at a fixed score: what is seldom worth a person's time stands below the fold.

mod cards;
mod choice;
mod dates;
mod features;
mod figures;
mod ground;
mod hashed;
mod judge;
mod kinds;
mod owners;
mod pronouns;
mod propositions;
mod ranks;
mod rewriting;
mod stand_alone;
#[cfg(test)]
mod tests;
mod why;
mod wording;

pub(super) use cards::cards;
pub use choice::cards_of;
pub use features::features;
pub use ground::Ground;
pub(super) use ground::{Running, running};
pub use hashed::hashed;
pub use judge::{BARS, CardModel, FORESTS, SCORERS};
pub use owners::{Nearby, own_features, pair_features};
pub use propositions::{Proposition, propositions};
pub use ranks::rank_features;
pub use wording::claim_features;
