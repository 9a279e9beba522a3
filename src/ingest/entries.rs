//! Files that hold several articles: feeds, lists of links, mailboxes. Each entry becomes a file of
//! its own when it is taken up.
//!
//! Nothing is opened or fetched here: an entry has an address that somebody else may ask, or its
//! article as a file that the readers of this layer take. What a file holds is told by its content;
//! the ending of its name only says how much is forgiven. Broken files give the entries that were
//! whole before the break. Every step is linear in the file.

mod address;
mod attached;
mod dates;
mod draft;
mod encoded;
mod feed;
mod json;
mod list;
mod mailbox;
mod markup;
mod opml;
mod page;
mod references;
mod shortcut;
mod table;
mod twice;
mod words;

pub use address::same_address_key;
pub use attached::{Attached, attachments};

/// Entries of one file that are taken; the others are counted and told.
pub const MOST: usize = 5_000;

/// Bytes of one text of an entry; a longer one is left out and told.
const TEXT: usize = 2_000_000;

/// What a file of several articles holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries {
    /// What the file is, with its article: “an RSS feed”.
    pub kind: &'static str,
    /// What it is called inside.
    pub title: Option<String>,
    /// Its entries, in their order, each once.
    pub list: Vec<Entry>,
    /// What was left out or is damaged.
    pub notices: Vec<String>,
}

/// One of several articles.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Entry {
    /// Where it stands: http or https, absolute.
    pub address: Option<String>,
    /// Its headline, one line.
    pub title: Option<String>,
    /// When it appeared: a day or a time of RFC 3339.
    pub published: Option<String>,
    /// Who wrote it, names joined by “, ”.
    pub author: Option<String>,
    /// Its language, as a tag.
    pub language: Option<String>,
    /// The whole article, where the file holds it.
    pub whole: Option<File>,
    /// What the file says of it in short: plain text, a paragraph a line.
    pub summary: Option<String>,
    /// Whether the address is that of a feed.
    pub is_feed: bool,
}

/// An article of an entry as a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// How its name has to end, without the full stop: `html` or `eml`.
    pub ending: &'static str,
    /// Its bytes; a page is in UTF-8.
    pub bytes: Vec<u8>,
}

/// Why a file whose name promises several articles gives none. The words stand before “is not
/// read”.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not read")]
pub struct Refusal(pub &'static str);

/// Endings of names that promise several articles, and what is refused if there are none.
const PROMISES: [(&str, &str); 8] = [
    ("rss", "a feed without a feed's marks"),
    ("atom", "a feed without a feed's marks"),
    ("rdf", "a feed without a feed's marks"),
    ("opml", "an OPML list without a list's marks"),
    ("mbox", "a mailbox without letters"),
    ("mbx", "a mailbox without letters"),
    ("url", "a shortcut without an address"),
    ("webloc", "a shortcut without an address"),
];

/// Endings of names of articles that are never looked into for anything else.
const ARTICLES: [&str; 8] = ["html", "htm", "xhtml", "mht", "mhtml", "eml", "vtt", "srt"];

/// Endings of names of files that are looked into before they are taken for one article.
const SEVERAL: [&str; 14] = [
    "atom", "csv", "feed", "list", "mbox", "mbx", "opml", "rdf", "rss", "tsv", "url", "urls",
    "webloc", "xml",
];

/// The entries of a file whose name lets expect several articles, where it holds them.
pub(super) fn several(name: &str, bytes: &[u8]) -> Option<Entries> {
    let ending = super::extension(name);
    if !SEVERAL.contains(&ending.as_str()) {
        return None;
    }
    entries(name, bytes).ok().flatten()
}

/// The entries of the file called `name`; `None` if it does not hold several articles.
///
/// # Errors
/// When the name promises entries and the content is something else.
pub fn entries(name: &str, bytes: &[u8]) -> Result<Option<Entries>, Refusal> {
    let ending = super::extension(name);
    let ending = ending.as_str();
    if ARTICLES.contains(&ending) {
        return Ok(None);
    }
    let found = of_bytes(ending, bytes).or_else(|| {
        let decoded = encoded::text_of(bytes)?;
        let mut found = of_text(ending, &decoded.text)?;
        found.notices.splice(0..0, decoded.notices);
        Some(found)
    });
    let promise = PROMISES.iter().find(|(promise, _)| *promise == ending);
    match (found, promise) {
        (Some(found), _) => Ok(Some(twice::without(found))),
        (None, Some((_, what))) => Err(Refusal(what)),
        (None, None) => Ok(None),
    }
}

/// What is read before it is decoded.
fn of_bytes(ending: &str, bytes: &[u8]) -> Option<Entries> {
    mailbox::read(ending, bytes).or_else(|| shortcut::of_property_list(bytes))
}

fn of_text(ending: &str, text: &str) -> Option<Entries> {
    let readers: [fn(&str, &str) -> Option<Entries>; 6] = [
        feed::read,
        opml::read,
        json::read,
        shortcut::read,
        table::read,
        list::read,
    ];
    readers.iter().find_map(|read| read(ending, text))
}

impl Entries {
    fn new(kind: &'static str) -> Entries {
        Entries {
            kind,
            title: None,
            list: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// Tells of entries past [`MOST`].
    fn tell_of_more(&mut self, more: usize) {
        if more > 0 {
            let told = counted(more, "entry is", "entries are");
            self.notices
                .push(format!("{told} left out, behind the first {MOST}"));
        }
    }
}

/// A number and a word in its form.
fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

#[cfg(test)]
mod tests;
