//! From a claim out of the desk: its words to the clipboard, addresses to the browser, its words
//! to a search, an address to an archive.
//!
//! What will be opened is said before it is; the runtime opens it, or shows it where it cannot.

use super::choosing::numbered;
use super::mode::{Choice, ChoiceRow, Choose, Mode};
use super::{App, words_of};
use crate::annotations::Question;
use crate::review::Item;
use crate::text::Fact;
use crate::tui::event::Request;

/// Where an address is given to be kept.
const ARCHIVE: &str = "https://web.archive.org/save/";

/// Code points of a claim that are searched for: no more fit into an address everywhere.
const SEARCHED: usize = 300;

impl App {
    /// Whether the selected card asks for a word on an answer that is there.
    pub(super) fn asks_about_an_answer(&self) -> bool {
        let session = self.review.as_ref().map(|review| &review.session);
        session.is_some_and(|session| {
            let selected = session.selected().map(Item::id);
            let questions = selected.map_or(Vec::new(), |id| session.questions(id));
            questions.iter().any(|question| {
                matches!(
                    question,
                    Question::Words | Question::SourceWords | Question::Conflict
                )
            })
        })
    }

    /// Copies the selected claim or source; `all`: with its source and where it stands.
    pub(super) fn copy(&mut self, all: bool) -> Vec<Request> {
        let Some((words, rest)) = self.told_outside() else {
            self.refuse("select a claim or source first");
            return Vec::new();
        };
        let text = match all {
            true => format!("{words}\n{rest}"),
            false => words,
        };
        self.say(match all {
            true => "copied with source and address",
            false => "copied",
        });
        vec![Request::Copy(text)]
    }

    /// What is copied of the selected item: its words, and whose they are and where they stand.
    fn told_outside(&self) -> Option<(String, String)> {
        let review = self.review.as_ref()?;
        let session = &review.session;
        let record = session.selected_annotation()?;
        let words = match record.attribute("claim_text").or(record.attribute("name")) {
            Some(told) => told.to_owned(),
            None => words_of(session, record),
        };
        let source = session.document().source_of(&record.id);
        let source = source.map(|source| match source.attribute("name") {
            Some(name) => name.to_owned(),
            None => words_of(session, source),
        });
        let head = &session.document().parts().article;
        let address = head.about.get(Fact::Url).unwrap_or(&head.file);
        let place = [head.about.title(), Some(address)].into_iter().flatten();
        let place: Vec<&str> = place.collect();
        let source = source.map(|name| format!("— {name}\n")).unwrap_or_default();
        Some((words, format!("{source}{}", place.join("\n"))))
    }

    /// Opens an address of the selected claim's evidence, or the article's own: where there are
    /// several, a list asks which.
    pub(super) fn open_address(&mut self) -> Vec<Request> {
        let none = "neither its evidence nor the article has an address; p adds evidence";
        self.open_one("open in the browser", "", none)
    }

    /// Gives an address to the archive, asking which as [`App::open_address`] does.
    pub(super) fn archive(&mut self) -> Vec<Request> {
        let none = "neither its evidence nor the article has an address to be archived";
        self.open_one("keep in the archive", ARCHIVE, none)
    }

    /// Opens one of the addresses at hand, `before` put before it.
    fn open_one(&mut self, title: &'static str, before: &str, none: &str) -> Vec<Request> {
        let mut found: Vec<(String, String)> = self
            .addresses()
            .into_iter()
            .map(|(address, aside)| (format!("{before}{address}"), aside.to_owned()))
            .collect();
        match found.len() {
            0 => {
                self.refuse(none);
                Vec::new()
            }
            1 => self.browse(found.remove(0).0),
            _ => {
                let addresses = found.iter().map(|(address, _)| address.clone()).collect();
                self.choose_address(title, numbered(found.into_iter()), addresses)
            }
        }
    }

    /// Asks on which site the selected claim is searched for.
    pub(super) fn search_web(&mut self) -> Vec<Request> {
        let Some((words, _)) = self.told_outside() else {
            self.refuse("select a claim or source first");
            return Vec::new();
        };
        let words: String = words.chars().take(SEARCHED).collect();
        let sites = self.options.sites.iter();
        let rows = numbered(sites.clone().map(|site| (site.name.clone(), String::new())));
        let addresses = sites.map(|site| site.address(&words)).collect();
        self.choose_address("search the claim on", rows, addresses)
    }

    /// Says what will be opened, and has it opened.
    pub(super) fn browse(&mut self, address: String) -> Vec<Request> {
        self.say(format!("opens {address}"));
        vec![Request::Browse(address)]
    }

    fn choose_address(
        &mut self,
        title: &'static str,
        rows: Vec<ChoiceRow>,
        addresses: Vec<String>,
    ) -> Vec<Request> {
        self.mode = Mode::Choose(Choose {
            what: Choice::Address { title, addresses },
            rows,
            selected: 0,
        });
        Vec::new()
    }

    /// Addresses of the selected item's evidence, the latest first, and the article's own.
    fn addresses(&self) -> Vec<(String, &'static str)> {
        let Some(session) = self.review.as_ref().map(|review| &review.session) else {
            return Vec::new();
        };
        let record = session.selected_annotation();
        let evidence = record
            .into_iter()
            .flat_map(|record| record.evidence.iter().rev());
        let evidence = evidence.filter_map(|(_, piece)| Some((piece.url.clone()?, "evidence")));
        let about = &session.document().parts().article.about;
        let own = about.get(Fact::Url);
        let own = own.map(|url| (url.to_owned(), "the article"));
        evidence.chain(own).collect()
    }
}
