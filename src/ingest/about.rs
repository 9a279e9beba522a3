//! What is known of an article, read from what its file says clearly; nothing is guessed.
//!
//! Front matter of Markdown, the head of a web page (in `html`), and the first lines of a text.

mod first_lines;
mod front_matter;
pub(super) mod names;

use crate::text::{About, Article, Media};

/// What the text of an article says of it.
pub(super) fn of_text(article: &Article) -> About {
    let mut about = About::default();
    let mut from = 0;
    if let Some(front) = article.front_matter() {
        front_matter::read(front.of(article.text()), &mut about);
        from = front.end;
    }
    let is_markdown = article.media() == Media::Markdown;
    first_lines::read(&article.text()[from..], is_markdown, &mut about);
    about
}

#[cfg(test)]
mod tests;
