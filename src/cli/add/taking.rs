//! What comes in is told apart: an article goes into the folder, a feed's or mailbox's entries each.

use std::io::Write;
use std::path::PathBuf;

use super::known::Known;
use super::web::{Asking, Page};
use crate::cli::articles;
use crate::cli::error::{Exit, complain, hinted, say};
use crate::cli::output::Output;
use crate::cli::pipeline;
use crate::config::Fetch;
use crate::ingest::{self, Entries, Entry};
use crate::store::{self, NewArticle, OpenOptions};
use crate::text::Fact;

/// Articles on their way into a folder.
pub(super) struct Taking {
    folder: PathBuf,
    fetch: Fetch,
    asking: Asking,
    /// Articles that are fetched at most.
    most: usize,
    /// Whether the feeds that a list names are fetched.
    follows_feeds: bool,
    options: OpenOptions,
    /// What the folder holds; looked at when first needed.
    known: Option<Known>,
    out: Output,
    fetched: usize,
    added: usize,
    there: usize,
    failed: bool,
}

/// A file and what is known of it.
struct Incoming<'a> {
    name: &'a str,
    media: Option<&'a str>,
    bytes: Vec<u8>,
    said: Vec<(Fact, String)>,
    address: Option<String>,
}

impl Incoming<'_> {
    fn file(name: &str, bytes: Vec<u8>) -> Incoming<'_> {
        Incoming {
            name,
            media: None,
            bytes,
            said: Vec::new(),
            address: None,
        }
    }
}

impl Taking {
    pub(super) fn new(folder: PathBuf, fetch: Fetch, most: usize, options: OpenOptions) -> Taking {
        Taking {
            folder,
            fetch,
            asking: Asking::default(),
            most,
            follows_feeds: false,
            options,
            known: None,
            out: Output::stdout(),
            fetched: 0,
            added: 0,
            there: 0,
            failed: false,
        }
    }

    /// Has the feeds that lists name fetched too.
    pub(super) fn follow_feeds(&mut self) {
        self.follows_feeds = true;
    }

    pub(super) fn fail(&mut self) {
        self.failed = true;
    }

    /// Says how much came in.
    pub(super) fn finish(self) -> anyhow::Result<Exit> {
        let there = match self.there {
            0 => String::new(),
            there => format!(", {there} already there"),
        };
        say(&format!("{} added{there}", counted(self.added, "article")));
        self.out.finish()?;
        Ok(if self.failed { Exit::Wrong } else { Exit::Fine })
    }

    /// Takes up what a file holds.
    pub(super) fn file(&mut self, name: &str, bytes: Vec<u8>) -> anyhow::Result<()> {
        self.take(Incoming::file(name, bytes), true)
    }

    /// Takes up what stands at an address.
    pub(super) fn address(&mut self, address: &str) -> anyhow::Result<()> {
        self.fetched_from(address, Vec::new(), true)
    }

    /// Fetches an address and takes up what stands there; `is_whole`: also what holds several
    /// articles.
    fn fetched_from(
        &mut self,
        address: &str,
        said: Vec<(Fact, String)>,
        is_whole: bool,
    ) -> anyhow::Result<()> {
        if let Some(path) = self.known().by_address(address) {
            let path = path.display().to_string();
            return self.is_there(&path);
        }
        let page = self.asking.fetch(address, self.fetch)?;
        self.fetched += 1;
        let Page {
            address,
            media,
            name,
            bytes,
        } = page;
        self.take(
            Incoming {
                name: &name,
                media: media.as_deref(),
                bytes,
                said,
                address: Some(address),
            },
            is_whole,
        )
    }

    fn take(&mut self, incoming: Incoming<'_>, is_whole: bool) -> anyhow::Result<()> {
        if is_whole {
            let entries = ingest::entries(incoming.name, &incoming.bytes);
            let refused = |why: ingest::Refusal| {
                let message = format!("{}: {why}", incoming.name);
                hinted(message, "give the articles themselves, or their addresses")
            };
            if let Some(entries) = entries.map_err(refused)? {
                self.entries(incoming.name, entries);
                return Ok(());
            }
        }
        self.article_with_attached(incoming)
    }

    /// Takes up one article, and what is attached to it if it is a letter: the attached files of
    /// letters in it are among those.
    fn article_with_attached(&mut self, incoming: Incoming<'_>) -> anyhow::Result<()> {
        let attached = match incoming.name.to_lowercase().ends_with(".eml") {
            true => ingest::attachments(&incoming.bytes, &ingest::is_ending),
            false => Vec::new(),
        };
        self.article(incoming)?;
        for file in attached {
            let taken = self.article(Incoming::file(&file.name, file.bytes));
            self.tell(taken);
        }
        Ok(())
    }

    /// Takes up one article.
    fn article(&mut self, incoming: Incoming<'_>) -> anyhow::Result<()> {
        let Incoming {
            name,
            media,
            bytes,
            mut said,
            address,
        } = incoming;
        let ending = ingest::ending_of(name, media, &bytes);
        let shown = address.as_deref().unwrap_or(name);
        if bytes.is_empty() {
            let hint = "get it anew: nothing is in it";
            return Err(hinted(format!("{shown}: an empty file"), hint));
        }
        let article = pipeline::contained(shown, || ingest::read_as(shown, ending, &bytes))?;
        let article = article.map_err(|error| hinted(error.to_string(), error.hint()))?;
        if article.text().trim().is_empty() {
            let hint =
                "open it in the browser and save the page, or copy its text: proofmark add -";
            return Err(hinted(format!("{shown}: no text was found in it"), hint));
        }
        if let Some(path) = self.known().by_text(&article) {
            let path = path.display().to_string();
            return self.is_there(&path);
        }
        if let Some(address) = &address {
            said.push((Fact::Url, address.clone()));
        }
        let own = article.about().get(Fact::Url).map(str::to_owned);
        let named: Vec<String> = said
            .iter()
            .filter(|(fact, _)| *fact == Fact::Url)
            .map(|(_, words)| words.clone())
            .chain(own)
            .collect();
        let new = NewArticle {
            ending: ending.to_owned(),
            bytes,
            said,
            fetched: address,
        };
        let now = store::present();
        let path = store::add_article(&self.folder, &new, &article, &now, &self.options);
        let path = path.map_err(|error| articles::of_store(&error))?;
        for notice in article.notices() {
            say(&format!("{}: {notice}", path.display()));
        }
        let addresses = named.iter().map(String::as_str);
        self.known().learn(&path, &article, addresses);
        self.added += 1;
        writeln!(self.out, "{}", path.display())?;
        self.out.flush()?;
        Ok(())
    }

    /// Takes up the articles of one file, each by itself; what goes wrong with one is told.
    fn entries(&mut self, name: &str, entries: Entries) {
        let count = counted(entries.list.len(), "entry");
        say(&format!("{name}: {}, {count}", entries.kind));
        for notice in &entries.notices {
            say(&format!("{name}: {notice}"));
        }
        // A feed that breaks off before its first entry, or a list of nothing.
        self.failed |= entries.list.is_empty();
        let mut feeds = 0;
        let mut links = 0;
        for entry in entries.list {
            let is_link = entry.whole.is_none() && entry.address.is_some();
            if entry.is_feed && !self.follows_feeds {
                feeds += 1;
            } else if is_link && (self.fetch == Fetch::Never || self.fetched >= self.most) {
                let there = entry.address.as_deref();
                let there = there.is_some_and(|at| self.known().by_address(at).is_some());
                match there {
                    true => self.there += 1,
                    false => links += 1,
                }
            } else {
                let taken = self.entry(entry);
                self.tell(taken);
            }
        }
        if feeds > 0 {
            let told = counted(feeds, "feed");
            say(&format!(
                "{name}: names {told}: proofmark fetch-feed takes up their articles"
            ));
        }
        if links > 0 {
            let told = counted(links, "entry");
            let why = match self.fetch {
                Fetch::Never => "only a link, which --online fetches".to_owned(),
                _ => format!("left, after {} fetched: --most takes more", self.fetched),
            };
            say(&format!("{name}: {told}: {why}"));
        }
    }

    fn entry(&mut self, entry: Entry) -> anyhow::Result<()> {
        let Entry {
            address,
            title,
            published,
            author,
            language,
            whole,
            summary,
            is_feed,
        } = entry;
        if let Some(address) = &address
            && let Some(path) = self.known().by_address(address)
        {
            let path = path.display().to_string();
            return self.is_there(&path);
        }
        let facts = [
            (Fact::Title, title.clone()),
            (Fact::Published, published),
            (Fact::Author, author),
            (Fact::Language, language),
            (Fact::Url, address.clone()),
        ];
        let said = facts
            .into_iter()
            .filter_map(|(fact, words)| Some((fact, words?)));
        let said: Vec<(Fact, String)> = said.collect();
        match (whole, address) {
            (Some(file), _) => self.article_with_attached(Incoming {
                said,
                ..Incoming::file(&format!("entry.{}", file.ending), file.bytes)
            }),
            (None, Some(address)) if is_feed => {
                // A feed that names itself would go on for ever.
                match self.known().ask(&address) {
                    true => self.fetched_from(&address, Vec::new(), true),
                    false => Ok(()),
                }
            }
            (None, Some(address)) => self.fetched_from(&address, said, false),
            // What it says in short is all there is of it.
            (None, None) => match summary {
                Some(summary) => {
                    let title = title.unwrap_or_default();
                    let text = format!("{title}\n\n{summary}\n");
                    self.article(Incoming {
                        said,
                        ..Incoming::file("entry.txt", text.trim_start().as_bytes().to_vec())
                    })
                }
                None => {
                    let title = title.as_deref().unwrap_or("an entry without a title");
                    let hint = "look at the feed in the browser";
                    let message =
                        format!("{title}: neither text nor an address that can be fetched");
                    Err(hinted(message, hint))
                }
            },
        }
    }

    fn is_there(&mut self, path: &str) -> anyhow::Result<()> {
        self.there += 1;
        say(&format!("{path}: already there"));
        Ok(())
    }

    fn tell(&mut self, taken: anyhow::Result<()>) {
        if let Err(error) = taken {
            complain(&error);
            self.failed = true;
        }
    }

    fn known(&mut self) -> &mut Known {
        let folder = &self.folder;
        self.known.get_or_insert_with(|| Known::of(folder))
    }
}

fn counted(count: usize, one: &str) -> String {
    match (count, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (many, Some(stem)) => format!("{many} {stem}ies"),
        (many, None) => format!("{many} {one}s"),
    }
}
