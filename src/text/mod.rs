//! Articles, spans, sentences, tokens: the lowest layer, pure.
//!
//! Knows nothing of files, claims or screens. Every offset in here is a byte offset on a
//! character boundary of the article's text layer.

mod about;
mod anchor;
mod article;
mod bounds;
mod day;
mod fold;
mod left_out;
mod lost_marks;
mod markdown;
mod moved;
mod offsets;
mod quotes;
mod same;
mod sections;
mod sentences;
mod span;
mod spot;
mod tokens;
pub mod visible;
mod words;

pub use about::{About, DATE, Fact, day_of, days_between, month_of};
pub use anchor::{
    Carried, Changes, Found, Landmark, Quoted, Verbatim, Wanted, context_at, find_again,
    keeps_borders, with_whole_words,
};
pub use article::{Article, Media};
pub use bounds::word_bounds;
pub use day::Day;
pub use fold::{Folded, Seek, fold, matches_folded};
pub use left_out::LeftOut;
pub use lost_marks::with_lost_marks;
pub use markdown::{QuotedBlock, QuotedParagraph};
pub use moved::move_to_place;
pub use offsets::Offsets;
pub use quotes::{Elided, Quotation, quotations};
pub use same::reads_the_same;
pub use sections::sections;
pub use sentences::{Stops, sentences, sentences_counted};
pub use span::{Mark, Span};
pub use spot::Spot;
pub(crate) use tokens::is_apostrophe;
pub use tokens::{Token, TokenKind, Tokens, tokens};
pub use visible::{Cluster, Clusters, Signs, Visible};
pub(crate) use words::words;
pub use words::{Open, Word};
