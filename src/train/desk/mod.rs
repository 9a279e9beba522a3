//! Learns which propositions a fact-checker keeps as cards, whose words they are in, and which
//! deserve checking first; from articles on which that is marked.
//!
//! What comes later must learn from cards as it will meet them, not from those of a judge that
//! has seen the answers. So the articles are dealt into parts, and each part is judged by what
//! was learned of the others.

mod gold;
mod learn;
mod pass;
mod source;
mod study;
#[cfg(test)]
mod tests;

pub use gold::{DeskArticle, read_desk};
pub use learn::{CARDS_NAME, cards_notes, learn_cards, unseen_findings};
pub use pass::from_pass;
