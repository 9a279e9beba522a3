//! Learns the detector's weights from annotated corpora: pure, deterministic.
//!
//! Corpora come in as strings, models go out as bytes; who calls reads and writes the files.
//! The same input gives the same bytes on every run.

mod boost;
mod chain;
mod claim_figures;
mod corpus;
mod damage;
mod desk;
mod ending;
pub mod evaluate;
mod figures;
mod heads;
mod learn;
mod linking;
mod network;
mod random;
mod rank;
mod recipe;
mod syntax;
mod tagged;
mod weigh;

pub use boost::{BoostOptions, Target, boost};
pub use chain::{Chain, FitOptions, Sequence, fit, pack_rows, pack_steps};
pub use claim_figures::{
    Scored, area_under_curve, average_precision, claim_figures, f1_at, scored,
};
pub use corpus::{CorpusError, GoldAttribution, LabelledSentence, MarkedArticle, labels};
pub use corpus::{read_marked, read_sentences};
pub use damage::damage;
pub use desk::{
    CARDS_NAME, DeskArticle, cards_notes, from_pass, learn_cards, read_desk, unseen_findings,
};
pub use ending::{end_choices, overlap};
pub use figures::figures;
pub use heads::{fit_checkable, fit_priority};
pub use learn::{Corpora, Learned, learn, learn_heads, learn_linker, learn_tagger, with_damage};
pub use linking::{LinkChoices, link_choices};
pub use network::{LearnedNetwork, Lesson, NetworkOptions, fit_network};
pub use random::Random;
pub use rank::{Choice, RankOptions, fit_ranker, pack_ranker};
pub use recipe::{CORPORA, MODEL_NAME, RecipeError, SYNTAX_NAME, TrainingSet, syntax_notes};
pub use syntax::learn_syntax;
pub use tagged::{TaggedArticle, TaggedToken, read_tagged};
pub use weigh::{Worth, weigh};
