//! Bytes of a file in any format become an article: pure.
//!
//! [`read`] decodes, unifies line ends and says in the article's notices what it had to
//! assume. It never normalises text, never opens a file and refuses what is no text.

mod about;
mod decode;
mod entries;
mod html;
mod kinds;
mod mail;
#[cfg(feature = "office")]
mod office;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod quoted;
mod transcript;

use sha2::{Digest, Sha256};

use crate::text::Article;
pub use entries::{
    Attached, Entries, Entry, MOST, Refusal, attachments, entries, same_address_key,
};
pub use kinds::{ending_of, endings, is_ending};

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
    /// Several articles in one file.
    #[error("{name}: {kind}, {count} entries and not one article")]
    Several {
        /// The file.
        name: String,
        /// What it is.
        kind: &'static str,
        /// How many there are.
        count: usize,
    },
    /// A file of which no text can be had.
    #[error("{name}: {what} is not read")]
    Format {
        /// The file.
        name: String,
        /// The format.
        what: &'static str,
        /// What can be done about it.
        way_out: &'static str,
    },
}

/// Why a reader makes no text of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Refused {
    /// What the file is.
    what: &'static str,
    /// What can be done about it.
    way_out: &'static str,
}

impl From<&'static str> for Refused {
    fn from(what: &'static str) -> Refused {
        Refused {
            what,
            way_out: "save its text as .txt or .md",
        }
    }
}

impl Unreadable {
    /// What can be done about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Unreadable::TooLarge { .. } => "split the file into articles",
            Unreadable::Binary { .. } => "give the text itself, saved as .txt or .md",
            Unreadable::Encoding { .. } => "save the file as UTF-8",
            Unreadable::Several { .. } => "proofmark add makes an article of each entry",
            Unreadable::Format { way_out, .. } => way_out,
        }
    }
}

/// Makes an article of the bytes of the file called `name` (for its extension, the head of
/// the sidecar and messages; without a folder).
///
/// # Errors
/// When the bytes are no text, in a refused encoding, too many, or of a format not read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Article, Unreadable> {
    read_as(name, &extension(name), bytes)
}

/// The same for a file that is called otherwise than files of its kind: whose names end as `ending`.
///
/// # Errors
/// As [`read`].
pub fn read_as(name: &str, ending: &str, bytes: &[u8]) -> Result<Article, Unreadable> {
    if bytes.len() > LIMIT {
        return Err(Unreadable::TooLarge {
            name: name.to_owned(),
            bytes: bytes.len(),
        });
    }
    if let Some(several) = entries::several(name, bytes) {
        return Err(Unreadable::Several {
            name: name.to_owned(),
            kind: several.kind,
            count: several.list.len(),
        });
    }
    kinds::read(&kinds::File {
        name,
        ending,
        bytes,
        digest: Sha256::digest(bytes).into(),
    })
}

/// Whether a file of that name is taken for an article without looking inside.
pub fn is_article_name(name: &str) -> bool {
    is_ending(&extension(name))
}

/// The extension in lower case; empty if there is none.
fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
