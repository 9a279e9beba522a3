//! Markdown: its text layer is that of plain text, marks included; only the media differs.

use crate::text::Media;

/// The media of a file by its extension, lower case.
pub(super) fn media_of(extension: &str) -> Media {
    match extension {
        "md" | "markdown" => Media::Markdown,
        _ => Media::Plain,
    }
}
