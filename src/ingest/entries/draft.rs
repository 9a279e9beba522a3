//! An entry while it is read, and what becomes of it: which of its texts is the whole article, which
//! a summary.
//!
//! A text made for whole content is the article unless it is shorter than the description or ends
//! as teasers end. A description is a summary; only where it stands alone, has paragraphs and at
//! least [`LONG`] words is it taken for the article, as some systems put it there.

use super::page::{self, Page};
use super::references::escaped;
use super::words::{count, is_markup, one_line, plain, tidy};
use super::{Entry, TEXT, address, dates};

/// Words from which a description that stands alone is an article.
const LONG: usize = 120;

/// Addresses, dates and names that are looked at for one entry.
const MANY: usize = 50;

/// Ends of a text that goes on elsewhere, in small letters.
const TEASERS: [&str; 9] = [
    "…",
    "...",
    "[…]",
    "[...]",
    "(…)",
    "(...)",
    "read more",
    "continue reading",
    "read the full story",
];

/// A text of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) form: Form,
    /// The base of the addresses in it.
    pub(super) base: Option<String>,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// It is not said: by look.
    #[default]
    Unsaid,
    Plain,
    Html,
}

/// An entry while it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// Its addresses, the best first; relative ones against `base`.
    pub(super) addresses: Vec<Link>,
    /// The base that the entry itself gives.
    pub(super) base: Option<String>,
    pub(super) title: Option<Text>,
    /// Dates, the best first when sorted.
    pub(super) dates: Vec<(u8, String)>,
    pub(super) authors: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) content: Option<Text>,
    pub(super) description: Option<Text>,
    /// Words that a part for pictures and sound says, for want of others.
    pub(super) caption: Option<Text>,
    /// Texts that were longer than [`TEXT`].
    pub(super) too_long: usize,
}

/// An address and how good it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    /// The least is the best.
    pub(super) rank: u8,
    pub(super) address: String,
    pub(super) is_feed: bool,
}

/// What a feed says for all its entries.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    pub(super) base: Option<String>,
    pub(super) author: Option<String>,
    pub(super) language: Option<String>,
}

impl Link {
    pub(super) fn new(rank: u8, address: &str) -> Link {
        Link {
            rank,
            address: address.to_owned(),
            is_feed: false,
        }
    }
}

impl Draft {
    /// Takes up an address.
    pub(super) fn add(&mut self, link: Link) {
        if self.addresses.len() < MANY {
            self.addresses.push(link);
        }
    }

    /// Takes up a date; of two the one of the lower rank counts.
    pub(super) fn date(&mut self, rank: u8, words: String) {
        if self.dates.len() < MANY {
            self.dates.push((rank, words));
        }
    }

    /// Takes up one who wrote it.
    pub(super) fn author(&mut self, name: Option<String>) {
        if self.authors.len() < MANY {
            self.authors.extend(name);
        }
    }

    /// The entry that was read.
    pub(super) fn finish(mut self, around: &Around) -> Entry {
        let base = address::base(self.base.as_deref(), around.base.as_deref());
        self.addresses.sort_by_key(|link| link.rank);
        let found = self.addresses.iter().find_map(|link| {
            let address = address::absolute(&link.address, base.as_deref())?;
            Some((address, link.is_feed))
        });
        let (address, is_feed) = found.map_or((None, false), |(at, is_feed)| (Some(at), is_feed));
        self.dates.sort_by_key(|(rank, _)| *rank);
        let title = self.title.as_ref().map(Text::title);
        let language = self.language.take().or(around.language.clone());
        let mut entry = Entry {
            address,
            title: title.filter(|title| !title.is_empty()),
            published: self
                .dates
                .iter()
                .find_map(|(_, date)| dates::published(date)),
            author: joined(&self.authors).or(around.author.clone()),
            language: language.and_then(|tag| sound_tag(&tag)),
            is_feed,
            ..Entry::default()
        };
        self.texts(&mut entry, base.as_deref());
        entry
    }

    /// Puts the whole article and the summary where they belong.
    fn texts(self, entry: &mut Entry, base: Option<&str>) {
        let words = |text: &Option<Text>| text.as_ref().map_or(String::new(), Text::words);
        let content = words(&self.content);
        let description = words(&self.description);
        let has_all =
            !content.is_empty() && count(&content) >= count(&description) && !is_teaser(&content);
        let is_article = content.is_empty()
            && count(&description) >= LONG
            && self.description.as_ref().is_some_and(Text::has_paragraphs)
            && !is_teaser(&description);
        let whole = match (has_all, is_article) {
            (true, _) => self.content,
            (false, true) => self.description,
            (false, false) => None,
        };
        let summary = match (has_all, is_article) {
            (true, _) if description != content => description,
            (true, _) | (false, true) => String::new(),
            _ if count(&content) > count(&description) => content,
            _ => description,
        };
        let summary = match summary.is_empty() && whole.is_none() {
            true => words(&self.caption),
            false => summary,
        };
        let summary = without_footer(&summary);
        entry.summary = (!summary.is_empty()).then(|| summary.to_owned());
        entry.whole = whole.map(|text| {
            let base = address::base(text.base.as_deref(), entry.address.as_deref().or(base));
            page::of(&Page {
                entry,
                base: base.as_deref(),
                content: &text.markup(),
            })
        });
    }
}

impl Text {
    fn is_html(&self) -> bool {
        match self.form {
            Form::Unsaid => is_markup(&self.text),
            Form::Plain => false,
            Form::Html => true,
        }
    }

    /// Its words, a paragraph a line.
    pub(super) fn words(&self) -> String {
        match self.is_html() {
            true => plain(&self.text),
            false => tidy(&self.text),
        }
    }

    /// It as a headline. Where nobody says that it is markup, only tags that are closed are: “How
    /// to use <b>” has lost nothing then.
    pub(super) fn title(&self) -> String {
        let is_html = match self.form {
            Form::Unsaid => !self.text.contains('<') || self.text.contains("</"),
            form => form == Form::Html,
        };
        let words = match is_html {
            true => plain(&self.text),
            false => self.text.clone(),
        };
        one_line(&words)
    }

    /// It as markup.
    fn markup(&self) -> String {
        if self.is_html() {
            return self.text.clone();
        }
        let unified = self.text.replace("\r\n", "\n");
        let blocks = unified.split("\n\n").map(str::trim);
        let blocks = blocks.filter(|block| !block.is_empty());
        let blocks = blocks.map(|block| format!("<p>{}</p>\n", escaped(block)));
        blocks.collect()
    }

    /// Whether it has more than one paragraph.
    fn has_paragraphs(&self) -> bool {
        match self.is_html() {
            true => {
                let small = self.text.to_ascii_lowercase();
                small.matches("<p").nth(1).is_some() || small.matches("<br").nth(1).is_some()
            }
            false => self.text.replace("\r\n", "\n").trim().contains("\n\n"),
        }
    }
}

/// Whether a text of an entry is too long to be taken.
pub(super) fn is_too_long(text: &str) -> bool {
    text.len() > TEXT
}

/// Names joined, each once; `None` if there is none.
pub(super) fn joined<'n>(names: impl IntoIterator<Item = &'n String>) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let name = one_line(name);
        if !name.is_empty() && !all.contains(&name) {
            all.push(name);
        }
    }
    (!all.is_empty()).then(|| all.join(", "))
}

/// A name as RSS has it, `desk@n.example (Ana Novak)` or the name alone; a mailbox is none.
pub(super) fn name_of(words: &str) -> Option<String> {
    let words = words.trim();
    let inside = words
        .split_once('(')
        .filter(|(before, _)| before.contains('@'));
    let inside = inside.map(|(_, inside)| inside.trim_end_matches(')'));
    let before = words.split_once('<').map(|(before, _)| before.trim());
    let before = before.filter(|before| !before.is_empty());
    let name = inside.or(before).unwrap_or(words);
    let name = one_line(name.trim_matches('"'));
    (!name.is_empty() && !name.contains('@')).then_some(name)
}

/// A tag of a language, if it may be one.
pub(super) fn sound_tag(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let is_sound = (2..=35).contains(&tag.len())
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
        && tag.starts_with(|c: char| c.is_ascii_alphabetic());
    is_sound.then_some(tag)
}

/// A summary without the line under which one system signs it.
fn without_footer(summary: &str) -> &str {
    let Some((before, last)) = summary.rsplit_once('\n') else {
        return summary;
    };
    match last.starts_with("The post ") && last.contains(" appeared first on ") {
        true => before,
        false => summary,
    }
}

/// Whether words end as those do that go on elsewhere.
fn is_teaser(words: &str) -> bool {
    let words = without_footer(words);
    let last = words.lines().next_back().unwrap_or_default();
    // An end is short; a line may not be.
    let start = last.len().saturating_sub(80);
    let start = (start..=last.len()).find(|at| last.is_char_boundary(*at));
    let last = last[start.unwrap_or(0)..].to_lowercase();
    let last = last.trim_end_matches([' ', '\u{a0}', '→', '»', '›', '>', '.', ':', '!']);
    // Full stops were taken off, dots that mean more with them.
    let whole = words.trim_end_matches([' ', '\u{a0}', '→', '»', '›', '>']);
    TEASERS
        .iter()
        .any(|end| last.ends_with(end) || whole.ends_with(end))
}
