//! Paragraphs that a reviewer took into an article: the head of its sidecar names them by their
//! words, so that the article is the same wherever it is read.

use std::path::Path;

use serde_json::Value;

use super::own;
use super::paths::sidecar_path;
use crate::text::Article;

/// The field of the head.
pub(super) const FIELD: &str = "taken_in";

/// Bytes of a sidecar that are looked at; a larger one is read by nobody.
const LARGEST: u64 = 512 << 20;

/// An article with the paragraphs that were taken into it. What cannot be read of its sidecar
/// changes nothing here: whoever opens that is told.
pub(super) fn with_taken_in(path: &Path, article: Article) -> Article {
    if article.left_out().is_empty() {
        return article;
    }
    let Ok(bytes) = own::read(&sidecar_path(path), LARGEST) else {
        return article;
    };
    // Most sidecars have none, and need not be parsed twice.
    let is_named = |window: &[u8]| window == FIELD.as_bytes();
    if !bytes.windows(FIELD.len()).any(is_named) {
        return article;
    }
    let parsed: Option<Value> = serde_json::from_slice(&bytes).ok();
    let head = parsed.as_ref().and_then(|sidecar| sidecar.get("article"));
    let words = head.and_then(|head| head.get(FIELD)).map(words_of);
    article.taking_in(&words.unwrap_or_default())
}

/// Paragraphs by their words.
pub(super) fn words_of(value: &Value) -> Vec<String> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let words = list.iter().filter_map(Value::as_str);
    words.map(str::to_owned).collect()
}
