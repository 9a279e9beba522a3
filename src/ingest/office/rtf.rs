//! Rich text (RTF 1.9) of any word processor: the body in its order, then the notes.
//!
//! Characters are written in the code page of the document or of a font, or by their numbers with a
//! spare for older programs behind. Groups may stand within each other only so deep.

mod charsets;
mod state;
mod table;
mod tokens;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::Encoding;

use self::state::{Place, State, character, place_of};
use self::table::Flow;
use self::tokens::{Token, Tokens};
use super::facts::Properties;
use super::layout::{Group, Inset, Layout};
use super::told::{self, Counts};
use super::{Taken, Trouble};

/// What made the text layer of a rich text.
pub(in crate::ingest) const EXTRACTOR: &str = "proofmark rtf 1";

/// Most groups within each other.
const DEPTH: usize = 512;

/// The list of items that older programs number by hand.
const BY_HAND: u64 = u64::MAX;

/// The text of a rich text, or why there is none to be had.
pub(in crate::ingest) fn text_layer(bytes: &[u8]) -> Result<Taken, &'static str> {
    // Rich text knows no encryption.
    let said = |trouble: Trouble| {
        let damaged = "a damaged or cut off RTF document";
        trouble.said(damaged, damaged)
    };
    let mut reader = Reader::default();
    reader
        .read(bytes)
        .and_then(|()| reader.finish())
        .map_err(said)
}

/// A rich text that is being read.
#[derive(Default)]
struct Reader {
    layout: Layout,
    counts: Counts,
    properties: Properties,
    /// Lines of the heads and feet of pages, each once; the one at hand.
    margins: BTreeSet<String>,
    margin: String,
    /// What holds now and in the groups around.
    state: State,
    around: Vec<(State, Option<Inset>)>,
    /// What ends with the group at hand.
    ends: Option<Inset>,
    /// The body and the notes and boxes that are open in it.
    flows: Vec<Flow>,
    /// Bytes of text that are not decoded yet.
    bytes: Vec<u8>,
    /// Characters for older programs that are still to be passed over.
    spare: usize,
    /// The first half of a character that is written as two numbers.
    half: Option<u16>,
    /// The encoding of the document; those of its fonts, and which of them is meant at first.
    encoding: Option<&'static Encoding>,
    fonts: BTreeMap<i32, i32>,
    font: i32,
    first_font: i32,
    /// Whether the paragraph has a number that an older program wrote.
    is_numbered: bool,
    /// Whether the last words were deleted or inserted.
    was_deleted: bool,
    was_inserted: bool,
}

impl Reader {
    fn read(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        let mut tokens = Tokens::of(bytes);
        let mut is_starred = false;
        if !bytes.starts_with(b"{\\rtf") {
            return Err(Trouble::Damaged);
        }
        self.flows.push(Flow::default());
        while let Some(token) = tokens.next() {
            let was_starred = std::mem::take(&mut is_starred);
            match token {
                Token::Open => {
                    self.flush();
                    if self.around.len() == DEPTH {
                        return Err(Trouble::Depth);
                    }
                    self.around.push((self.state, self.ends.take()));
                }
                Token::Close => {
                    self.close();
                    if self.around.is_empty() {
                        return Ok(());
                    }
                }
                Token::Word("bin", count) => {
                    tokens.pass(usize::try_from(count.unwrap_or(0)).unwrap_or(0));
                }
                Token::Word(word, number) => self.word(word, number, was_starred),
                Token::Sign(b'*') => is_starred = true,
                Token::Sign(sign) => self.sign(sign),
                Token::Byte(byte) => self.text(&[byte]),
                Token::Text(bytes) => self.text(bytes),
            }
        }
        Err(Trouble::Damaged)
    }

    fn finish(mut self) -> Result<Taken, Trouble> {
        self.counts.margins = told::margin_words(&self.margins);
        let written = self.layout.finish()?;
        self.counts.notes = written.notes;
        let notices = told::notices("the text of an RTF document", self.counts);
        Ok(Taken::of(written, notices, self.properties.about()))
    }

    fn close(&mut self) {
        self.flush();
        match self.ends.take() {
            Some(inset) => {
                self.end_paragraph();
                self.layout.end(inset);
                self.flows.pop();
            }
            None => {
                let outer = self.around.last().map(|(state, _)| state.place);
                if self.state.place == Place::Margin && outer != Some(Place::Margin) {
                    self.end_margin();
                }
            }
        }
        if let Some((state, ends)) = self.around.pop() {
            (self.state, self.ends) = (state, ends);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, is_starred: bool) {
        if word == "u" {
            return self.numbered(number.unwrap_or(0));
        }
        if let Some(c) = character(word) {
            return self.character(c);
        }
        self.flush();
        if self.begins_group(word, is_starred) {
            return;
        }
        let is_on = number != Some(0);
        match word {
            "par" | "sect" => self.paragraph_ends(),
            "line" | "lbr" | "page" | "column" | "tab" => self.blank(),
            "cell" | "nestcell" | "row" | "trowd" if self.state.place == Place::Text => {
                self.table(word);
            }
            "pard" => {
                self.state.in_table = false;
                self.state.list = 0;
                self.state.is_heading = false;
            }
            "intbl" => self.state.in_table = is_on,
            "ls" => self.state.list = number.and_then(|list| list.try_into().ok()).unwrap_or(0),
            "outlinelevel" => self.state.is_heading = number != Some(9),
            "plain" => {
                (self.state.is_hidden, self.state.is_deleted) = (false, false);
                self.state.is_inserted = false;
                self.use_font(self.first_font);
            }
            "v" => self.state.is_hidden = is_on,
            "deleted" => self.state.is_deleted = is_on,
            "revised" => self.state.is_inserted = is_on,
            "uc" => self.state.spare = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "ansicpg" | "mac" | "ansi" | "cpg" => self.encoding_named(word, number),
            "deff" => self.first_font = number.unwrap_or(0),
            "f" if self.state.place == Place::Fonts => self.font = number.unwrap_or(0),
            "f" => self.use_font(number.unwrap_or(0)),
            "fcharset" => {
                self.fonts.insert(self.font, number.unwrap_or(0));
            }
            "object" => self.counts.objects += 1,
            _ => {}
        }
    }

    /// Sees to the first word of a group that has a place of its own; whether it was one.
    fn begins_group(&mut self, word: &str, is_starred: bool) -> bool {
        let place = self.state.place;
        match (word, place) {
            ("ud", Place::Shut) => self.state.place = self.state.of_pair,
            (_, Place::Shut) => return is_starred,
            ("footnote", Place::Text) => self.begin(Inset::Note),
            ("shptxt" | "dptxbxtext", Place::Text | Place::Nowhere) => {
                self.state.place = self.state.outer;
                if self.state.place == Place::Text {
                    self.begin(Inset::Box);
                }
            }
            (_, Place::Info) => self.state.place = self.property(word),
            _ => {
                let known = place_of(word);
                let Some(new) = known.or(is_starred.then_some(Place::Nowhere)) else {
                    return false;
                };
                match word {
                    "annotation" => self.counts.comments += 1,
                    "moMath" => self.counts.objects += 1,
                    "pntext" if place == Place::Text => self.is_numbered = true,
                    "upr" => self.state.of_pair = place,
                    _ => {}
                }
                if place != Place::Nowhere {
                    self.state.outer = place;
                    self.state.place = new;
                } else if new == Place::Shut {
                    self.state.place = new;
                }
            }
        }
        true
    }

    /// Where the words of a property go: of two that are the same the first counts.
    fn property(&mut self, word: &str) -> Place {
        match word {
            "upr" => {
                self.state.of_pair = Place::Info;
                Place::Shut
            }
            "title" if self.properties.title.is_none() => Place::Title,
            "author" if self.properties.authors.is_empty() => Place::Author,
            _ => Place::Shut,
        }
    }

    fn begin(&mut self, inset: Inset) {
        self.layout.begin(inset);
        self.flows.push(Flow::default());
        self.ends = Some(inset);
        self.state.in_table = false;
        self.state.list = 0;
    }

    fn paragraph_ends(&mut self) {
        match self.state.place {
            // What parted two paragraphs is deleted, so they are one.
            Place::Text if self.state.is_deleted => {}
            Place::Text => self.end_paragraph(),
            Place::Margin => self.end_margin(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let is_numbered = std::mem::take(&mut self.is_numbered);
        let group = match self.state.list {
            _ if self.state.is_heading => Group::None,
            0 if is_numbered => Group::List(BY_HAND),
            0 => Group::None,
            list => Group::List(list),
        };
        self.layout.end_paragraph(group, false);
    }

    fn end_margin(&mut self) {
        let line = std::mem::take(&mut self.margin);
        self.margins.insert(line.trim().to_owned());
    }
}

#[cfg(test)]
mod tests;
