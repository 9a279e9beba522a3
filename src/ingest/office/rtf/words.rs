//! Words of a rich text: bytes decoded, characters by their numbers, and where they go.

use encoding_rs::WINDOWS_1252;

use super::super::told;
use super::Reader;
use super::charsets;
use super::state::{Place, State};

impl Reader {
    /// Bytes of text, some of which may be spares.
    pub(super) fn text(&mut self, bytes: &[u8]) {
        let passed = self.spare.min(bytes.len());
        self.spare -= passed;
        self.bytes.extend_from_slice(&bytes[passed..]);
    }

    /// Takes up the bytes so far, before anything changes what they mean.
    pub(super) fn flush(&mut self) {
        self.spare = 0;
        self.half = None;
        if self.bytes.is_empty() {
            return;
        }
        let mut bytes = std::mem::take(&mut self.bytes);
        if self.state.place == Place::Fonts {
            return;
        }
        if self.state.is_symbol && self.state.place == Place::Text {
            let all = bytes.len();
            bytes.retain(u8::is_ascii);
            self.counts.symbols += all - bytes.len();
        }
        let (words, _) = self.state.encoding.decode_without_bom_handling(&bytes);
        self.words(&words);
        bytes.clear();
        self.bytes = bytes;
    }

    pub(super) fn words(&mut self, words: &str) {
        match self.state.place {
            Place::Text => self.shown(words),
            Place::Margin => self.margin.push_str(words),
            Place::Title => self
                .properties
                .title
                .get_or_insert_default()
                .push_str(words),
            Place::Author => match self.properties.authors.first_mut() {
                Some(author) => author.push_str(words),
                None => self.properties.authors.push(words.to_owned()),
            },
            Place::Fonts | Place::Info | Place::Nowhere | Place::Shut => {}
        }
    }

    pub(super) fn shown(&mut self, words: &str) {
        let State {
            is_deleted,
            is_inserted,
            is_hidden,
            ..
        } = self.state;
        self.counts.deleted += usize::from(is_deleted && !self.was_deleted);
        self.counts.inserted += usize::from(is_inserted && !self.was_inserted && !is_deleted);
        (self.was_deleted, self.was_inserted) = (is_deleted, is_inserted);
        if is_deleted {
            return;
        }
        if is_hidden {
            self.counts.hidden += told::words(words);
            return;
        }
        self.place_in_table();
        self.layout.words(words);
    }

    pub(super) fn blank(&mut self) {
        self.flush();
        match self.state.place {
            Place::Text if !self.state.is_deleted => self.layout.blank(),
            Place::Margin => self.margin.push(' '),
            _ => {}
        }
    }

    pub(super) fn sign(&mut self, sign: u8) {
        match sign {
            b'~' => self.character('\u{A0}'),
            b'-' => self.character('\u{AD}'),
            b'_' => self.character('\u{2011}'),
            b'{' | b'}' | b'\\' => self.text(&[sign]),
            b'\r' | b'\n' => self.word("par", None, false),
            b'\t' => self.blank(),
            _ => {}
        }
    }

    pub(super) fn character(&mut self, c: char) {
        if self.spare > 0 {
            self.spare -= 1;
            return;
        }
        self.flush();
        self.words(c.encode_utf8(&mut [0; 4]));
    }

    /// A character by its number, in which those past the middle are negative.
    pub(super) fn numbered(&mut self, number: i32) {
        let half = self.half.take();
        let spare = self.state.spare;
        let Ok(unit) = u16::try_from(number.rem_euclid(0x1_0000)) else {
            return;
        };
        self.flush();
        let units = half.into_iter().chain([unit]);
        for c in char::decode_utf16(units) {
            match c {
                Ok(c) if self.state.is_symbol && ('\u{F000}'..='\u{F0FF}').contains(&c) => {
                    self.counts.symbols += 1;
                }
                Ok(c) => self.words(c.encode_utf8(&mut [0; 4])),
                // The other half follows, behind spares.
                Err(_) if (0xD800..0xDC00).contains(&unit) => self.half = Some(unit),
                Err(_) => {}
            }
        }
        self.spare = spare;
    }

    pub(super) fn encoding_named(&mut self, word: &str, number: Option<i32>) {
        let encoding = match word {
            "mac" => charsets::of_code_page(10000),
            "ansi" => WINDOWS_1252,
            _ => charsets::of_code_page(number.unwrap_or(1252)),
        };
        // That of a font says its character set as well.
        if self.state.place != Place::Fonts {
            self.encoding = Some(encoding);
            self.state.encoding = encoding;
        }
    }

    pub(super) fn use_font(&mut self, font: i32) {
        let characters = self.fonts.get(&font).copied();
        let of_document = self.encoding.unwrap_or(WINDOWS_1252);
        let of_font = characters.and_then(charsets::of_font);
        self.state.encoding = of_font.unwrap_or(of_document);
        self.state.is_symbol = characters == Some(charsets::SYMBOLS);
    }
}
