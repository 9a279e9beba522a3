//! What stands where: the parts of a screen, the rows of an article, what of them is in view.
//!
//! Pure, and without a word about how anything looks.

mod areas;
mod article_rows;
mod viewport;
mod wrap;

pub use areas::{
    Arrangement, ArticleColumns, Framed, Pane, Queue, Review, article_columns, claim_rows, popup,
    queue, queue_lines, review, within_margin,
};
pub(in crate::tui) use article_rows::ArticleRows;
pub use viewport::{ArticleView, ListView, Scroll, Step};
pub use wrap::{Row, Wrap};
