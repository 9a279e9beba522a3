//! Bytes of a file in any format become an article: pure.
//!
//! [`read`] decodes, unifies line ends and says in the article's notices what it had to
//! assume. It never normalises text, never opens a file and refuses what is no text.

mod about;
mod decode;
mod html;
mod kinds;
mod mail;
mod plain;
mod transcript;

use sha2::{Digest, Sha256};

use crate::text::Article;
pub use kinds::endings;

/// Largest file that is read, in bytes: a limit against accidents, not a promise of speed.
pub const LIMIT: usize = 20_000_000;

/// Why a file is not read as an article. Names the file as it was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Past [`LIMIT`].
    #[error("{name}: {} MB, more than the limit of {} MB", .bytes.div_ceil(1_000_000), LIMIT / 1_000_000)]
    TooLarge {
        /// The file.
        name: String,
        /// Its size.
        bytes: usize,
    },
    /// Not text at all.
    #[error("{name}: not text but {what}")]
    Binary {
        /// The file.
        name: String,
        /// What it seems to be.
        what: &'static str,
    },
    /// An encoding that is refused.
    #[error("{name}: text in {encoding}, which is not read")]
    Encoding {
        /// The file.
        name: String,
        /// The encoding's name.
        encoding: &'static str,
    },
    /// A format that is not an article's text yet.
    #[error("{name}: {what} is not read")]
    Format {
        /// The file.
        name: String,
        /// The format.
        what: &'static str,
    },
}

impl Unreadable {
    /// What can be done about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Unreadable::TooLarge { .. } => "split the file into articles",
            Unreadable::Binary { .. } => "give the text itself, saved as .txt or .md",
            Unreadable::Encoding { .. } => "save the file as UTF-8",
            Unreadable::Format { .. } => "save its text as .txt or .md",
        }
    }
}

/// Makes an article of the bytes of the file called `name` (for its extension, the head of
/// the sidecar and messages; without a folder).
///
/// # Errors
/// When the bytes are no text, in a refused encoding, too many, or of a format not read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Article, Unreadable> {
    if bytes.len() > LIMIT {
        return Err(Unreadable::TooLarge {
            name: name.to_owned(),
            bytes: bytes.len(),
        });
    }
    if let Some(what) = decode::binary_format(bytes) {
        return Err(Unreadable::Binary {
            name: name.to_owned(),
            what,
        });
    }
    kinds::read(&kinds::File {
        name,
        bytes,
        digest: Sha256::digest(bytes).into(),
    })
}

/// Whether a file of that name is taken for an article without looking inside.
pub fn is_article_name(name: &str) -> bool {
    let extension = extension(name);
    endings().any(|ending| ending == extension)
}

/// The extension in lower case; empty if there is none.
fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
