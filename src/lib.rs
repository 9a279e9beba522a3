//! proofmark: the terminal desk on which a fact-checker reviews an article.
//!
//! What stands where on the screen, and which file draws it:
//!
//! ```text
//!  proofmark · queue 3/12 · story.txt        ▰▰▰▱▱▱ 14/21 decided · saved   tui/screen/review.rs
//! ┌ article ─────────────────────────┐┌ claims 19 ── sources 9 ────────┐
//! │ the rows in view, their marks    ││ a row each, with its state     │    tui/widget/list_pane.rs
//! │ tui/widget/article_pane.rs       │├ card ──────────────────────────┤
//! │ laid out by tui/layout/wrap.rs   ││ reasons, source, verdict, note │    tui/app/card.rs
//! └──────────────────────────────────┘└────────────────────────────────┘
//!  a confirm  x reject …  or a line being typed, or a message                tui/screen/status_line.rs
//! ```
//!
//! The layers, from the bottom: each knows those before it and none after it.
//!
//! - [`text`]: articles, spans, sentences, tokens, and what may be shown of them;
//! - [`ingest`]: bytes in, article out;
//! - [`detect`]: what the article claims, and whom it takes each claim from;
//! - [`annotations`]: what was suggested and what was decided, and the only way to change it;
//! - [`review`], [`store`], [`outside`], [`exchange`], [`train`]: the desk without a screen, the
//!   files on disk, other programs, other formats, the learning of weights; none of them knows
//!   another;
//! - [`tui`]: the desk in the terminal;
//! - [`cli`]: the commands; [`config`] stands beside and knows none of them.

pub mod annotations;
pub mod cli;
pub mod config;
pub mod detect;
pub mod exchange;
pub mod ingest;
pub mod outside;
pub mod review;
pub mod store;
pub mod text;
pub mod train;
pub mod tui;
