//! One version of an article's text, as the head of a sidecar names it.

use serde_json::{Map, Value};

use super::Id;
use crate::text::Article;

/// One version of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextVersion {
    /// SHA-256 of the text layer, lower-case hex.
    pub sha256: String,
    /// Length in code points.
    pub length: u32,
    /// `plain` or `extracted`.
    pub layer: String,
    /// `extractor`, `snapshot`, `at`, and fields we do not know.
    pub more: Map<String, Value>,
}

impl TextVersion {
    /// The entry of the article's text layer.
    pub fn of(article: &Article) -> TextVersion {
        let mut more = Map::new();
        if let Some(extractor) = article.extractor() {
            more.insert("extractor".to_owned(), extractor.into());
            let snapshot = format!("{}.proofmark.txt", article.name());
            more.insert("snapshot".to_owned(), snapshot.into());
        }
        let layer = if more.is_empty() {
            "plain"
        } else {
            "extracted"
        };
        TextVersion {
            sha256: hex(article.text_sha256()),
            length: article.length() as u32,
            layer: layer.to_owned(),
            more,
        }
    }
}

/// The id of a text version: `t-` and the first 8 hex digits of its SHA-256.
pub fn text_id(sha256: &[u8; 32]) -> Id {
    Id::new(format!("t-{}", &hex(sha256)[..8]))
}

/// Lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(digits, "{byte:02x}").expect("writing to a string cannot fail");
    }
    digits
}
