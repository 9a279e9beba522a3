//! What can be undone and redone: acts of this run in the order done, then those of earlier
//! runs, article by article.
//!
//! A pure stack of values, without limit: it applies nothing and writes nothing. The caller
//! applies the act's inverse (undo) or its edit (redo) and journals that as a new change, so
//! a journal only grows.

use rustc_hash::FxHashMap;

use super::Act;

/// Which way to go in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Back: the act done last is taken back.
    Undo,
    /// On: the act taken back last is done again.
    Redo,
}

/// An act and the article it belongs to.
pub type Part = (String, Act);

/// What is turned as one: an act, or equal ones on several articles.
type Entry = Vec<Part>;

/// The undo and redo stacks.
///
/// Limitations: earlier acts of other articles than the asked one are out of reach until
/// that article is asked for, because nobody expects a fresh start to change a file that is
/// not on the screen. For the same reason an act on several articles is, in a later run, one
/// on each of them.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Entry>,
    undone: Vec<Entry>,
    earlier: FxHashMap<String, Earlier>,
    /// Whether what was turned last is of an earlier run.
    turned_earlier: bool,
}

/// Acts of earlier runs on one article, latest last.
#[derive(Clone, Debug, Default)]
struct Earlier {
    done: Vec<Act>,
    undone: Vec<Act>,
}

impl History {
    /// Takes up an act just done. What was undone before can no longer be redone.
    pub fn push(&mut self, article: &str, act: Act) {
        self.push_all(vec![(article.to_owned(), act)]);
    }

    /// Takes up acts just done that are undone as one; none are no act.
    pub fn push_all(&mut self, parts: Vec<Part>) {
        if parts.is_empty() {
            return;
        }
        self.undone.clear();
        for (article, _) in &parts {
            if let Some(earlier) = self.earlier.get_mut(article) {
                earlier.undone.clear();
            }
        }
        self.done.push(parts);
    }

    /// Acts on an article as its log has them, each list in the order done or undone (latest
    /// last). Those of this run, which the log ends with, are known already and left out.
    /// Replaces what was loaded for that article before.
    pub fn load_earlier(&mut self, article: &str, mut done: Vec<Act>, mut undone: Vec<Act>) {
        let of_this_run = |entries: &[Entry]| {
            let parts = entries.iter().flatten();
            parts.filter(|(of, _)| of == article).count()
        };
        let known = of_this_run(&self.done);
        done.truncate(done.len().saturating_sub(known));
        if known > 0 || of_this_run(&self.undone) > 0 {
            undone.clear();
        }
        self.earlier
            .insert(article.to_owned(), Earlier { done, undone });
    }

    /// What to take back, or to do again: the latest of this run whatever its article, else
    /// the latest earlier one of `article`. From then on it can be turned the other way.
    pub fn turn(&mut self, turn: Turn, article: &str) -> Option<Vec<Part>> {
        let entry = self.stack(turn).pop();
        self.turned_earlier = entry.is_none();
        let entry = match entry {
            Some(entry) => entry,
            None => {
                let earlier = self.earlier.get_mut(article)?;
                let act = match turn {
                    Turn::Undo => earlier.done.pop()?,
                    Turn::Redo => earlier.undone.pop()?,
                };
                vec![(article.to_owned(), act)]
            }
        };
        self.stack(turn.back()).push(entry.clone());
        Some(entry)
    }

    /// Takes up that what was turned last could not be on these articles: there it stands as
    /// it did before.
    pub fn put_back(&mut self, turn: Turn, articles: &[String]) {
        let Some(entry) = self.stack(turn.back()).pop() else {
            return;
        };
        let is_kept = |(article, _): &Part| articles.contains(article);
        let (kept, turned): (Entry, Entry) = entry.into_iter().partition(is_kept);
        for (stack, parts) in [(turn.back(), turned), (turn, kept)] {
            if !parts.is_empty() {
                self.stack(stack).push(parts);
            }
        }
    }

    /// Takes up that what was turned last could not be, because something else stands in its
    /// article. What an earlier run did there is let go of, for what lies below it is of the same
    /// past, and `true` is given back; an act of this run stands as before.
    pub fn refused(&mut self, turn: Turn, article: &str) -> bool {
        self.put_back(turn, &[article.to_owned()]);
        if self.turned_earlier {
            self.stack(turn).pop();
            self.earlier.insert(article.to_owned(), Earlier::default());
        }
        self.turned_earlier
    }

    /// Whether the log of an article was loaded.
    pub fn knows(&self, article: &str) -> bool {
        self.earlier.contains_key(article)
    }

    /// How many acts can be undone from `article`.
    pub fn depth(&self, article: &str) -> usize {
        let earlier = self.earlier.get(article).map_or(0, |e| e.done.len());
        self.done.len() + earlier
    }

    /// What can be turned that way.
    fn stack(&mut self, turn: Turn) -> &mut Vec<Entry> {
        match turn {
            Turn::Undo => &mut self.done,
            Turn::Redo => &mut self.undone,
        }
    }
}

impl Turn {
    /// The other way.
    pub fn back(self) -> Turn {
        match self {
            Turn::Undo => Turn::Redo,
            Turn::Redo => Turn::Undo,
        }
    }

    /// What it is called.
    pub fn as_str(self) -> &'static str {
        match self {
            Turn::Undo => "undo",
            Turn::Redo => "redo",
        }
    }
}
