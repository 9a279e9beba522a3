//! Feeds in XML: RSS 0.9 to 2.0, RSS 1.0 as RDF, Atom 0.3 and 1.0.
//!
//! Their elements are told by name alone, so one reader takes all of them, mixed ones too. Nothing
//! has to match or be closed: an entry ends where its tag, the next entry or the feed ends. One that
//! the file breaks off in is left out and told.

mod fields;
mod open;

use self::fields::{Field, field, is_container, is_entry};
use self::open::Open;
use super::draft::{Around, Draft, Link, is_too_long, joined, name_of};
use super::markup::{Piece, Pieces, Tag, local, repaired};
use super::words::one_line;
use super::{Entries, MOST, address, counted};

/// Pieces before a feed's first tag, as programs print that fail: warnings with some markup.
const JUNK: usize = 200;

/// Endings of names of files in which junk before the feed is forgiven.
const FORGIVEN: [&str; 6] = ["", "xml", "rss", "atom", "rdf", "feed"];

/// The entries of a feed; `None` if the text is none.
pub(super) fn read(ending: &str, text: &str) -> Option<Entries> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    let is_clean = start.starts_with('<');
    let is_likely = text.contains("<rss") || text.contains("rdf:RDF") || text.contains("feed");
    if !is_likely && !text.contains(":RSS") && !text.contains("<RSS") {
        return None;
    }
    if !is_clean && !FORGIVEN.contains(&ending) {
        return None;
    }
    let text = repaired(text);
    let mut pieces = Pieces::of(&text);
    let (kind, root) = root(&mut pieces)?;
    let mut reading = Reading::new(kind, &root);
    for piece in pieces {
        reading.take(piece);
        if reading.is_closed {
            break;
        }
    }
    reading.finish()
}

/// What a feed is called, and its first tag. A page served in a feed's place is none.
fn root<'t>(pieces: &mut Pieces<'t>) -> Option<(&'static str, Tag<'t>)> {
    for piece in pieces.take(JUNK) {
        let Piece::Open(tag) = piece else {
            continue;
        };
        let kind = match local(&tag.name) {
            "rss" | "rdf" => "an RSS feed",
            "feed" => "an Atom feed",
            "html" | "head" | "body" | "opml" | "plist" => return None,
            _ => continue,
        };
        return Some((kind, tag));
    }
    None
}

/// A feed while it is read.
struct Reading {
    found: Entries,
    around: Around,
    /// What the feed says of itself, in the fields of an entry.
    feed: Draft,
    /// How the element is called that the feed ends with.
    root: String,
    /// The entry that is open.
    draft: Option<Draft>,
    /// The field that is open.
    open: Option<Open>,
    /// An element that is left out with all in it.
    container: Option<String>,
    /// Bases that the feed's own elements give, against each other.
    base: Option<String>,
    /// Whether anything was seen that only feeds have.
    is_feed: bool,
    is_closed: bool,
    /// Whether the end of the channel was seen, behind which nothing must come.
    is_through: bool,
    /// Whether the feed said more of itself since that was last taken up.
    has_news: bool,
    more: usize,
    too_long: usize,
}

impl Reading {
    fn new(kind: &'static str, root: &Tag<'_>) -> Reading {
        let mut reading = Reading {
            found: Entries::new(kind),
            around: Around::default(),
            feed: Draft::default(),
            root: root.name.clone(),
            draft: None,
            open: None,
            container: None,
            base: None,
            // Other things are described in RDF as well.
            is_feed: local(&root.name) == "rss",
            is_closed: false,
            is_through: false,
            has_news: true,
            more: 0,
            too_long: 0,
        };
        reading.learn_of(root);
        reading
    }

    /// Takes up what an element of the feed itself says in attributes.
    fn learn_of(&mut self, tag: &Tag<'_>) {
        self.has_news = true;
        let namespace = tag.attribute("xmlns").unwrap_or_default();
        self.is_feed |= namespace.ends_with("/Atom") || namespace.contains("purl.org/atom");
        self.base = address::base(tag.attribute("xml:base").as_deref(), self.base.as_deref());
        if self.feed.language.is_none() {
            self.feed.language = tag.attribute("xml:lang");
        }
    }

    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(tag) => self.opens(&tag),
            Piece::Close(name) => self.closes(&name),
            Piece::Text(text) => {
                if self.container.is_none()
                    && let Some(open) = &mut self.open
                {
                    open.text(&text);
                }
            }
        }
    }

    fn opens(&mut self, tag: &Tag<'_>) {
        if is_entry(&tag.name) {
            self.end_entry();
            self.begin_entry(tag);
            return;
        }
        if self.container.is_some() {
            return;
        }
        if let Some(open) = &mut self.open {
            if !open.is_ended_by(&tag.name) {
                open.tag(tag);
                return;
            }
            self.end_field();
        }
        if tag.name == "channel" {
            self.is_feed = true;
            self.learn_of(tag);
            return;
        }
        if is_container(&tag.name) {
            self.container = (!tag.is_empty).then(|| tag.name.clone());
            return;
        }
        let Some(field) = field(&tag.name) else {
            return;
        };
        if field == Field::Link && self.link(tag) {
            return;
        }
        let open = Open::new(field, tag);
        if let (Field::Content, Some(address)) = (field, tag.attribute("src")) {
            self.here().add(Link::new(3, &address));
        }
        self.open = Some(open);
        if tag.is_empty {
            self.end_field();
        }
    }

    fn closes(&mut self, name: &str) {
        let ends_entry = is_entry(name);
        let ends_feed = name == self.root || name == "channel";
        if !ends_entry && !ends_feed {
            if let Some(container) = &self.container {
                if container == name {
                    self.container = None;
                }
                return;
            }
            let Some(open) = &mut self.open else {
                return;
            };
            match open.name == name {
                true => self.end_field(),
                false => open.end_tag(name),
            }
            return;
        }
        self.end_entry();
        self.is_closed = name == self.root;
        self.is_through |= name == "channel" && self.root == "rss";
    }

    fn begin_entry(&mut self, tag: &Tag<'_>) {
        self.is_feed = true;
        let mut draft = Draft {
            base: tag.attribute("xml:base"),
            language: tag.attribute("xml:lang"),
            ..Draft::default()
        };
        if let Some(address) = tag.attribute("rdf:about") {
            draft.add(Link::new(4, &address));
        }
        self.draft = Some(draft);
    }

    /// Ends the open field and the open entry, if there are any.
    fn end_entry(&mut self) {
        self.container = None;
        self.end_field();
        let Some(draft) = self.draft.take() else {
            return;
        };
        if self.found.list.len() == MOST {
            self.more += 1;
            return;
        }
        self.settle();
        self.too_long += draft.too_long;
        self.found.list.push(draft.finish(&self.around));
    }

    /// Where the fields go that are read now: the entry, or the feed outside of any.
    fn here(&mut self) -> &mut Draft {
        self.draft.as_mut().unwrap_or(&mut self.feed)
    }

    /// Takes a link that stands in attributes, as those of Atom do; whether it was one.
    fn link(&mut self, tag: &Tag<'_>) -> bool {
        let Some(address) = tag.attribute("href") else {
            return tag.is_empty;
        };
        let relation = tag.attribute("rel").unwrap_or_default();
        let media = tag.attribute("type").unwrap_or_default();
        let is_feed = ["rss+xml", "atom+xml", "feed+json"]
            .iter()
            .any(|feed| media.ends_with(feed));
        let rank = match (relation.as_str(), is_feed) {
            ("" | "alternate", false) => 1,
            ("" | "alternate", true) => 5,
            ("self", _) if self.draft.is_none() => 6,
            _ => return true,
        };
        let link = Link {
            is_feed: is_feed && self.draft.is_some(),
            ..Link::new(rank, &address)
        };
        self.has_news |= self.draft.is_none();
        self.here().add(link);
        true
    }

    /// Puts the open field where it belongs.
    fn end_field(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        self.has_news |= self.draft.is_none();
        let is_of_entry = self.draft.is_some();
        let field = open.field;
        let is_permanent = open.is_permanent;
        let text = open.finish();
        let here = self.here();
        if is_too_long(&text.text) {
            here.too_long += 1;
            return;
        }
        let words = || one_line(&text.text);
        match field {
            Field::Title => keep(&mut here.title, text),
            // Of these the feed's own are nobody's article.
            Field::Content | Field::Description | Field::Caption if !is_of_entry => {}
            Field::Content => keep(&mut here.content, text),
            Field::Description => keep(&mut here.description, text),
            Field::Caption => keep(&mut here.caption, text),
            Field::Link => here.add(Link::new(1, &words())),
            Field::FirstLink => here.add(Link::new(0, &words())),
            Field::Identity if is_permanent && address::is_of_web(&words()) => {
                here.add(Link::new(4, &words()));
            }
            Field::Identity => {}
            Field::Published => here.date(0, words()),
            Field::Updated => here.date(1, words()),
            Field::Author => here.author(name_of(&text.words())),
            Field::Language => here.language = Some(words()),
        }
    }

    /// What the feed said of itself so far holds for the entries behind it.
    fn settle(&mut self) {
        if !std::mem::take(&mut self.has_news) {
            return;
        }
        let base = self.base.as_deref();
        self.feed.addresses.sort_by_key(|link| link.rank);
        let mut links = self.feed.addresses.iter();
        let home = links.find_map(|link| address::absolute(&link.address, base));
        // RSS names there who runs the feed, and nobody who writes.
        let names = self.feed.authors.iter().filter(|_| self.root == "feed");
        self.around = Around {
            base: self.base.clone().or(home),
            author: joined(names),
            language: self.feed.language.clone(),
        };
    }

    fn finish(mut self) -> Option<Entries> {
        if !self.is_feed {
            return None;
        }
        let had_entry = self.draft.is_some();
        let is_cut = !self.is_closed && (had_entry || !self.is_through);
        if is_cut {
            self.open = None;
            self.draft = None;
        }
        self.found.title = self.feed.title.as_ref().map(|title| title.title());
        let mut found = self.found;
        match (is_cut, had_entry) {
            (true, true) => {
                let told = "the feed breaks off; the entry it breaks off in is left out";
                found.notices.push(told.to_owned());
            }
            (true, false) => found.notices.push("the feed breaks off".to_owned()),
            (false, _) => {}
        }
        if self.too_long > 0 {
            let told = counted(self.too_long, "text", "texts");
            found
                .notices
                .push(format!("{told} of more than 2 MB left out"));
        }
        found.tell_of_more(self.more);
        Some(found)
    }
}

/// Keeps the first text that says something.
fn keep(slot: &mut Option<super::draft::Text>, text: super::draft::Text) {
    if slot.as_ref().is_none_or(|slot| slot.text.trim().is_empty()) {
        *slot = Some(text);
    }
}

#[cfg(test)]
mod tests;
