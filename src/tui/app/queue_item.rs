//! One article of the queue: where it stands, what is known of it, whether it is marked.
//!
//! There may be a hundred thousand of them, so the path is there once and what is known is kept as
//! one piece of bytes, its words by their numbers; what orders and counters look at stands beside it.

use std::path::Path;
use std::sync::Arc;

use super::queue_words::{Sought, Vocabulary};
use crate::annotations::{
    PackedRow, QueueRow, QueueState, Standing, folded, put_count, take_count,
};
use crate::review::{ArticleFacts, Filter};
use crate::store::is_called_a_copy;
use crate::text::Word;
use crate::tui::event::Listed;

/// What is said of an article that is no longer where it was listed.
const GONE: &str = "gone from the folder";

/// The index of nothing.
const NONE: u32 = u32::MAX;

/// One article of the queue.
#[derive(Debug)]
pub(in crate::tui) struct QueueItem {
    path: Arc<Path>,
    name: Name,
    /// Why it cannot be read, if so.
    pub(super) unread: Option<Box<str>>,
    known: Option<Known>,
    /// Its row of the list, and its place among all.
    shown_row: u32,
    place: u32,
    /// Whether it is among those that the next decision is about.
    pub is_marked: bool,
    /// Whether it is no longer where it was listed.
    pub is_gone: bool,
    /// Whether the walk going on told it.
    pub(super) is_there: bool,
    /// Whether it was looked at since it was last asked for.
    pub(super) is_looked_at: bool,
}

/// What an article is called.
#[derive(Debug)]
enum Name {
    /// The path from this byte on.
    Tail(u32),
    /// Something else.
    Own(Box<str>),
}

/// What a look at an article found.
#[derive(Debug)]
struct Known {
    /// How long they are, then which words stand in it, its texts, and the rest of its row, without
    /// what stands beside it here.
    bytes: Box<[u8]>,
    decided: u32,
    total: u32,
    state: QueueState,
    priority: f64,
    latest: Box<str>,
    trouble: Option<Box<str>>,
    text: Option<TextKey>,
}

/// The digest of a text, as far as is needed to tell it from any other.
pub(super) type TextKey = [u8; 16];

/// What the counters of the queue count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) looked: usize,
    pub(super) finished: usize,
    pub(super) marked: usize,
}

impl Counted {
    /// What was one article's is another now.
    pub(super) fn turn(&mut self, before: Counted, after: Counted) {
        self.looked = self.looked + after.looked - before.looked;
        self.finished = self.finished + after.finished - before.finished;
        self.marked = self.marked + after.marked - before.marked;
    }
}

impl QueueItem {
    /// An article nobody has looked at.
    pub(super) fn new(listed: Listed) -> QueueItem {
        QueueItem {
            // What cannot be read is not waited for.
            is_looked_at: listed.trouble.is_some(),
            name: Name::of(listed.name, &listed.path),
            path: listed.path,
            unread: listed.trouble.map(String::into_boxed_str),
            known: None,
            shown_row: NONE,
            place: NONE,
            is_marked: false,
            is_gone: false,
            is_there: false,
        }
    }

    /// Where it stands.
    pub(in crate::tui) fn path(&self) -> &Path {
        &self.path
    }

    /// The same, to be kept.
    pub(super) fn shared_path(&self) -> Arc<Path> {
        Arc::clone(&self.path)
    }

    /// Its name as shown: the path below the folder opened.
    pub(in crate::tui) fn name(&self) -> &str {
        match &self.name {
            Name::Own(name) => name,
            Name::Tail(from) => {
                let path = self.path.to_str();
                path.and_then(|path| path.get(*from as usize..))
                    .unwrap_or_default()
            }
        }
    }

    /// Why it cannot be read, if so.
    pub(in crate::tui) fn unread(&self) -> Option<&str> {
        self.unread.as_deref()
    }

    /// What is known of it; `None` until it was looked at. Its text's digest and words are not told
    /// again.
    pub(super) fn row(&self, vocabulary: &Vocabulary) -> Option<QueueRow> {
        let known = self.known.as_ref()?;
        let (_, spelled, bytes) = known.parts();
        let texts = vocabulary.read(spelled);
        let mut row = PackedRow::of_apart(bytes, &texts)?;
        (row.state, row.trouble) = (known.state, known.trouble.as_deref());
        Some(row.to_row())
    }

    /// What orders look at; `None` until it was looked at.
    pub(in crate::tui) fn standing(&self) -> Option<Standing<'_>> {
        self.known.as_ref().map(|known| Standing {
            state: known.state,
            decided: known.decided as usize,
            total: known.total as usize,
            priority: known.priority,
            latest: &known.latest,
        })
    }

    /// Takes up what a look at it found.
    pub(super) fn learn(&mut self, mut row: QueueRow, vocabulary: &mut Vocabulary) {
        let known = row.about.entries().map(|(_, words)| words);
        let known = known.chain(row.sources.iter().map(|(name, _)| name.as_str()));
        let known: Vec<&str> = known.chain(row.tags.iter().map(String::as_str)).collect();
        let known = folded(&known.join(" "));
        let words = std::mem::take(&mut row.words);
        let mut set = Vec::with_capacity(words.len() / 3);
        vocabulary.set([&*words, &*known].into_iter(), &mut set);
        let text = text_key(&std::mem::take(&mut row.text));
        let trouble = row.trouble.take().map(String::into_boxed_str);
        let (packed, texts) = row.packed_apart();
        let mut spelled = Vec::with_capacity(texts.len() / 2);
        vocabulary.spelled(&texts, &mut spelled);
        let mut bytes = Vec::with_capacity(set.len() + spelled.len() + packed.len() + 6);
        put_count(set.len(), &mut bytes);
        put_count(spelled.len(), &mut bytes);
        for part in [set, spelled, packed] {
            bytes.extend_from_slice(&part);
        }
        self.is_looked_at = true;
        self.known = Some(Known {
            bytes: bytes.into_boxed_slice(),
            decided: short(row.decided),
            total: short(row.total),
            state: row.state,
            priority: row.priority,
            latest: row.latest.into_boxed_str(),
            trouble,
            text,
        });
    }

    /// The text it had when it was looked at.
    pub(super) fn text(&self) -> Option<TextKey> {
        self.known.as_ref()?.text
    }

    /// Notes that another article, called `name`, has exactly its text.
    pub(super) fn note_equal(&mut self, name: &str) {
        let is_copy = is_called_a_copy(Path::new(self.name()), Path::new(name));
        let Some(known) = &mut self.known else {
            return;
        };
        let mut noted = QueueRow {
            state: known.state,
            trouble: known.trouble.take().map(String::from),
            ..QueueRow::default()
        };
        noted.note_equal(name, is_copy);
        known.state = noted.state;
        known.trouble = noted.trouble.map(String::into_boxed_str);
    }

    /// Takes up that it is no longer where it was listed.
    pub(super) fn go(&mut self) {
        self.is_gone = true;
        self.is_marked = false;
        // It is not waited for.
        self.is_looked_at = true;
        self.unread = Some(GONE.into());
    }

    /// Its row of the list, if it has one.
    pub(super) fn shown_row(&self) -> Option<usize> {
        (self.shown_row != NONE).then_some(self.shown_row as usize)
    }

    /// Gives it a row of the list, or none.
    pub(super) fn set_shown_row(&mut self, row: Option<usize>) {
        self.shown_row = row.map_or(NONE, short);
    }

    /// Its place among all articles, if it has one.
    pub(super) fn place(&self) -> Option<usize> {
        (self.place != NONE).then_some(self.place as usize)
    }

    /// Gives it a place, or none.
    pub(super) fn set_place(&mut self, place: Option<usize>) {
        self.place = place.map_or(NONE, short);
    }

    /// What of it counters count.
    pub(super) fn counted(&self) -> Counted {
        let state = self.known.as_ref().map(|known| known.state);
        let is_finished = state == Some(QueueState::Finished) && !self.is_gone;
        Counted {
            looked: usize::from(self.is_looked_at),
            finished: usize::from(is_finished),
            marked: usize::from(self.is_marked),
        }
    }

    /// Whether somebody still has to review it.
    pub(in crate::tui) fn is_open(&self) -> bool {
        let state = self.known.as_ref().map(|known| known.state);
        self.unread.is_none() && state.is_none_or(QueueState::is_open)
    }

    /// What has to be known before opening it.
    pub(in crate::tui) fn trouble(&self) -> Option<&str> {
        let known = || self.known.as_ref()?.trouble.as_deref();
        self.unread().or_else(known)
    }

    /// Whether a filter shows it.
    pub(super) fn is_shown_by(
        &self,
        filter: &Filter,
        sought: &Sought,
        vocabulary: &Vocabulary,
    ) -> bool {
        if filter.shows_all() {
            return true;
        }
        let name = folded(self.name());
        let words = std::iter::once(&*name).chain(self.trouble());
        let words: Vec<&str> = words.collect();
        let Some(known) = &self.known else {
            return filter.shows_article(&ArticleFacts {
                words,
                ..ArticleFacts::default()
            });
        };
        // Sources and tags are among the words, so that only who asks for them has them read.
        let row = match filter.asks_for_names() {
            true => self.row(vocabulary).unwrap_or_default(),
            false => QueueRow::default(),
        };
        filter.shows_article(&ArticleFacts {
            words,
            kept: Some(&sought.in_set(known.parts().0)),
            sources: row.sources.iter().map(|(name, _)| name.as_str()).collect(),
            states: vec![known.state.as_str()],
            tags: row.tags.iter().map(String::as_str).collect(),
            worth: Some(known.priority),
        })
    }
}

impl Known {
    /// Which words stand in it, its texts, and the rest of its row.
    fn parts(&self) -> (&[u8], &[u8], &[u8]) {
        let mut bytes = &*self.bytes;
        let set = take_count(&mut bytes).unwrap_or_default();
        let spelled = take_count(&mut bytes).unwrap_or_default();
        let (set, rest) = bytes.split_at(set.min(bytes.len()));
        let (spelled, rest) = rest.split_at(spelled.min(rest.len()));
        (set, spelled, rest)
    }
}

impl Name {
    fn of(name: String, path: &Path) -> Name {
        let path = path.to_str().unwrap_or_default();
        match path
            .strip_suffix(&*name)
            .map(|before| u32::try_from(before.len()))
        {
            Some(Ok(from)) => Name::Tail(from),
            _ => Name::Own(name.into_boxed_str()),
        }
    }
}

/// The digest as it is compared; `None`: there is no text.
pub(super) fn text_key(sha256: &str) -> Option<TextKey> {
    if sha256.is_empty() {
        return None;
    }
    let digits = sha256.get(..32).filter(|_| sha256.len() == 64);
    let number = digits.and_then(|digits| u128::from_str_radix(digits, 16).ok());
    number.map(u128::to_be_bytes)
}

/// A count that is never so large, with half the bytes.
fn short(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}
