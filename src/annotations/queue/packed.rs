//! A row of the queue as bytes: small where many are kept, and what a file holds of one.
//!
//! A row has some forty texts of its own; as one piece it takes a fifth of the room, and what
//! filters and orders look at can be read where it stands. Bytes from a file may be anything: what
//! is no row is `None`, and nothing is made larger than the bytes are.

use super::counts::{put_count, take_count};
use super::{QueueRow, QueueState, TopClaim};
use crate::text::{About, Fact, Word};

/// A row as bytes, read where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PackedRow<'a> {
    /// [`QueueRow::state`].
    pub state: QueueState,
    /// [`QueueRow::decided`].
    pub decided: usize,
    /// [`QueueRow::total`].
    pub total: usize,
    /// [`QueueRow::claims`].
    pub claims: usize,
    /// [`QueueRow::share_without_source`].
    pub share_without_source: f64,
    /// [`QueueRow::priority`].
    pub priority: f64,
    /// [`QueueRow::trouble`].
    pub trouble: Option<&'a str>,
    /// [`QueueRow::latest`].
    pub latest: &'a str,
    /// [`QueueRow::tags`].
    pub tags: Vec<&'a str>,
    /// [`QueueRow::sources`].
    pub sources: Vec<(&'a str, usize)>,
    /// [`QueueRow::words`].
    pub words: &'a str,
    disputed: usize,
    text: &'a str,
    begins: &'a str,
    written: &'a str,
    reviewers: Vec<&'a str>,
    top: Vec<(&'a str, Vec<&'a str>, Option<&'a str>, f64)>,
    about: Vec<(Fact, &'a str)>,
}

impl QueueRow {
    /// The row as bytes, of which [`PackedRow::of`] makes an equal one.
    pub fn packed(&self) -> Vec<u8> {
        let mut bytes = Writer::with_capacity(self.words.len() + 600);
        bytes.row(self);
        bytes.bytes
    }

    /// The same in two: bytes, and the texts that people wrote, one after the other with a blank
    /// between two; of which [`PackedRow::of_apart`] makes an equal one.
    pub fn packed_apart(&self) -> (Vec<u8>, String) {
        let mut bytes = Writer::with_capacity(100);
        bytes.apart = Some(String::with_capacity(600));
        bytes.row(self);
        (bytes.bytes, bytes.apart.unwrap_or_default())
    }
}

impl<'a> PackedRow<'a> {
    /// The row that these bytes are; `None` if they are none.
    pub fn of(bytes: &'a [u8]) -> Option<PackedRow<'a>> {
        PackedRow::read(Reader { bytes, apart: None })
    }

    /// The row that these bytes and texts are; `None` if they are none.
    pub fn of_apart(bytes: &'a [u8], texts: &'a str) -> Option<PackedRow<'a>> {
        let apart = Some(texts);
        PackedRow::read(Reader { bytes, apart })
    }

    fn read(mut bytes: Reader<'a>) -> Option<PackedRow<'a>> {
        let state = bytes.word()?;
        let [decided, total, claims, disputed] = [(); 4].map(|()| bytes.count());
        let row = PackedRow {
            state,
            decided: decided?,
            total: total?,
            claims: claims?,
            disputed: disputed?,
            share_without_source: bytes.float()?,
            priority: bytes.float()?,
            trouble: bytes.optional()?,
            latest: bytes.own_text()?,
            tags: bytes.texts()?,
            sources: bytes.list(|bytes| Some((bytes.text()?, bytes.count()?)))?,
            words: bytes.text()?,
            text: bytes.own_text()?,
            begins: bytes.text()?,
            written: bytes.own_text()?,
            reviewers: bytes.texts()?,
            top: bytes.list(|bytes| {
                let (text, kinds) = (bytes.text()?, bytes.texts()?);
                Some((text, kinds, bytes.optional()?, bytes.float()?))
            })?,
            about: bytes.list(|bytes| Some((bytes.word()?, bytes.text()?)))?,
        };
        bytes.bytes.is_empty().then_some(row)
    }

    /// The same with texts of its own.
    pub fn to_row(&self) -> QueueRow {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let mut about = About::default();
        for (fact, words) in &self.about {
            about.learn(*fact, words);
        }
        let top = self
            .top
            .iter()
            .map(|(text, kinds, source, priority)| TopClaim {
                text: (*text).to_owned(),
                kinds: owned(kinds),
                source: source.map(str::to_owned),
                priority: *priority,
            });
        let sources = self.sources.iter();
        QueueRow {
            about,
            state: self.state,
            decided: self.decided,
            total: self.total,
            disputed: self.disputed,
            claims: self.claims,
            share_without_source: self.share_without_source,
            priority: self.priority,
            trouble: self.trouble.map(str::to_owned),
            tags: owned(&self.tags),
            top: top.collect(),
            latest: self.latest.to_owned(),
            text: self.text.to_owned(),
            reviewers: owned(&self.reviewers),
            sources: sources.map(|(name, n)| ((*name).to_owned(), *n)).collect(),
            words: self.words.to_owned(),
            begins: self.begins.to_owned(),
            written: self.written.to_owned(),
        }
    }
}

struct Writer {
    bytes: Vec<u8>,
    /// The texts, where they stand apart.
    apart: Option<String>,
}

impl Writer {
    fn with_capacity(bytes: usize) -> Writer {
        Writer {
            bytes: Vec::with_capacity(bytes),
            apart: None,
        }
    }

    fn row(&mut self, row: &QueueRow) {
        self.word(row.state);
        let counts = [row.decided, row.total, row.claims, row.disputed];
        counts.into_iter().for_each(|count| self.count(count));
        self.float(row.share_without_source);
        self.float(row.priority);
        self.optional(row.trouble.as_deref());
        self.own_text(&row.latest);
        self.texts(&row.tags);
        self.count(row.sources.len());
        for (name, claims) in &row.sources {
            self.text(name);
            self.count(*claims);
        }
        self.text(&row.words);
        self.own_text(&row.text);
        self.text(&row.begins);
        self.own_text(&row.written);
        self.texts(&row.reviewers);
        self.count(row.top.len());
        for claim in &row.top {
            self.text(&claim.text);
            self.texts(&claim.kinds);
            self.optional(claim.source.as_deref());
            self.float(claim.priority);
        }
        let known = |fact: &Fact| Some((*fact, row.about.get(*fact)?));
        let known: Vec<_> = Fact::ALL.iter().filter_map(known).collect();
        self.count(known.len());
        for (fact, words) in known {
            self.word(fact);
            self.text(words);
        }
    }

    fn count(&mut self, count: usize) {
        put_count(count, &mut self.bytes);
    }

    fn float(&mut self, number: f64) {
        if self.apart.is_some() {
            // Most are thousandths.
            let thousandths = (number * 1_000.0).round();
            let is_exact = (0.0..=1_000.0).contains(&thousandths)
                && (f64::from(thousandths as u16) / 1_000.0).to_bits() == number.to_bits();
            self.count(if is_exact {
                thousandths as usize + 1
            } else {
                0
            });
            if is_exact {
                return;
            }
        }
        self.bytes
            .extend_from_slice(&number.to_bits().to_le_bytes());
    }

    /// A text that people wrote.
    fn text(&mut self, text: &str) {
        match &mut self.apart {
            None => self.own_text(text),
            Some(apart) => {
                apart.push_str(text);
                apart.push(' ');
                self.count(text.len());
            }
        }
    }

    /// A text of another kind.
    fn own_text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.count(usize::from(text.is_some()));
        text.into_iter().for_each(|text| self.text(text));
    }

    fn texts(&mut self, texts: &[String]) {
        self.count(texts.len());
        texts.iter().for_each(|text| self.text(text));
    }

    /// A word of a closed list, by its place there.
    fn word<T: Word + PartialEq + 'static>(&mut self, word: T) {
        let at = T::ALL.iter().position(|known| *known == word);
        self.count(at.unwrap_or(usize::MAX));
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    /// The texts, where they stand apart.
    apart: Option<&'a str>,
}

impl<'a> Reader<'a> {
    fn count(&mut self) -> Option<usize> {
        take_count(&mut self.bytes)
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(bytes)
    }

    fn float(&mut self) -> Option<f64> {
        if self.apart.is_some()
            && let Some(thousandths) = self.count()?.checked_sub(1)
        {
            return Some(thousandths as f64 / 1_000.0);
        }
        let bytes = self.bytes(8)?.try_into().ok()?;
        Some(f64::from_bits(u64::from_le_bytes(bytes)))
    }

    fn text(&mut self) -> Option<&'a str> {
        let Some(apart) = self.apart else {
            return self.own_text();
        };
        let (text, rest) = apart.split_at_checked(self.count()?)?;
        self.apart = Some(rest.strip_prefix(' ')?);
        Some(text)
    }

    fn own_text(&mut self) -> Option<&'a str> {
        let length = self.count()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    fn optional(&mut self) -> Option<Option<&'a str>> {
        match self.count()? {
            0 => Some(None),
            1 => self.text().map(Some),
            _ => None,
        }
    }

    fn texts(&mut self) -> Option<Vec<&'a str>> {
        self.list(Reader::text)
    }

    /// So many things one after the other, each of which takes a byte at least.
    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        let mut list = Vec::with_capacity(count.min(self.bytes.len()).min(64));
        for _ in 0..count {
            list.push(one(self)?);
        }
        Some(list)
    }

    fn word<T: Word + Copy + 'static>(&mut self) -> Option<T> {
        T::ALL.get(self.count()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> QueueRow {
        let mut about = About::default();
        for (fact, words) in [
            (Fact::Title, "Fares rise — again"),
            (Fact::Author, "Ana Lind"),
            (Fact::Outlet, "The Paper"),
            (Fact::Published, "4 March 2024"),
            (Fact::Url, "https://news.example/ä?b=1"),
            (Fact::Language, "en-GB"),
        ] {
            assert!(about.learn(fact, words));
        }
        QueueRow {
            about,
            state: QueueState::Changed,
            decided: 3,
            total: 300,
            disputed: 2,
            claims: usize::MAX,
            share_without_source: 1.0 / 3.0,
            priority: 0.62,
            trouble: Some(String::new()),
            tags: vec!["city".to_owned(), "köln".to_owned()],
            top: vec![
                TopClaim {
                    text: "Fares rose by 9 percent".to_owned(),
                    kinds: vec!["quantity".to_owned(), "event".to_owned()],
                    source: Some("the board".to_owned()),
                    priority: 0.9,
                },
                TopClaim {
                    text: String::new(),
                    kinds: Vec::new(),
                    source: None,
                    priority: -0.0,
                },
            ],
            latest: "2026-01-02T03:04:05Z".to_owned(),
            text: "ab".repeat(32),
            reviewers: vec!["ana@example.org".to_owned()],
            sources: vec![("the board".to_owned(), 2), ("Mara".to_owned(), 1)],
            words: "fares rise again ".repeat(40),
            begins: "Fares rise".to_owned(),
            written: "2026-01-01T00:00:00Z".to_owned(),
        }
    }

    #[test]
    fn a_row_comes_back_equal() {
        let mut rows = vec![
            QueueRow::default(),
            row(),
            QueueRow::with_trouble("no".into()),
        ];
        rows.extend(QueueState::ALL.iter().map(|state| QueueRow {
            state: *state,
            ..row()
        }));
        for row in rows {
            let bytes = row.packed();
            let packed = PackedRow::of(&bytes).expect("a row");
            assert_eq!(packed.to_row(), row);
            assert_eq!(packed.to_row().packed(), bytes);
            let (bytes, texts) = row.packed_apart();
            let packed = PackedRow::of_apart(&bytes, &texts).expect("a row");
            assert_eq!(packed.to_row(), row);
            for cut in 0..bytes.len() {
                assert_eq!(PackedRow::of_apart(&bytes[..cut], &texts), None);
            }
            for cut in (0..texts.len()).filter(|at| texts.is_char_boundary(*at)) {
                assert_eq!(PackedRow::of_apart(&bytes, &texts[..cut]), None);
            }
        }
    }

    #[test]
    fn what_is_no_row_is_none_and_never_more_than_that() {
        let whole = row().packed();
        for cut in 0..whole.len() {
            assert_eq!(PackedRow::of(&whole[..cut]), None, "cut at {cut}");
        }
        assert_eq!(PackedRow::of(&[whole.as_slice(), b"x"].concat()), None);
        for at in 0..whole.len() {
            for byte in [0, 1, 0x7f, 0x80, 0xff] {
                let mut other = whole.clone();
                other[at] = byte;
                if let Some(packed) = PackedRow::of(&other) {
                    let _ = packed.to_row().packed();
                }
            }
        }
        // A count of 2^64 - 1, and one that is longer than a number.
        let mut most = vec![0xff; 9];
        most.push(1);
        fn reader(bytes: &[u8]) -> Reader<'_> {
            Reader { bytes, apart: None }
        }
        assert_eq!(reader(&most).count(), Some(usize::MAX));
        assert_eq!(reader(&most).texts(), None);
        most[9] = 2;
        assert_eq!(reader(&most).count(), None);
    }
}
