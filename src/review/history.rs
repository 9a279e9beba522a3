//! What can be undone and redone: acts of this run in the order done, then those of earlier
//! runs, article by article.
//!
//! A pure stack of values, without limit: it applies nothing and writes nothing. The caller
//! applies the act's inverse (undo) or its edit (redo) and journals that as a new change, so
//! a journal only grows.

use rustc_hash::FxHashMap;

use super::Act;

/// An act and the article it belongs to.
type Entry = (String, Act);

/// The undo and redo stacks.
///
/// Limitations: earlier acts of other articles than the asked one are out of reach until
/// that article is asked for, because nobody expects a fresh start to change a file that is
/// not on the screen.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Entry>,
    undone: Vec<Entry>,
    earlier: FxHashMap<String, Earlier>,
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
        self.undone.clear();
        if let Some(earlier) = self.earlier.get_mut(article) {
            earlier.undone.clear();
        }
        self.done.push((article.to_owned(), act));
    }

    /// Acts on an article as its log has them, each list in the order done or undone (latest
    /// last). Those of this run, which the log ends with, are known already and left out.
    /// Replaces what was loaded for that article before.
    pub fn load_earlier(&mut self, article: &str, mut done: Vec<Act>, mut undone: Vec<Act>) {
        let of_this_run =
            |entries: &[Entry]| entries.iter().filter(|(of, _)| of == article).count();
        let known = of_this_run(&self.done);
        done.truncate(done.len().saturating_sub(known));
        if known > 0 || of_this_run(&self.undone) > 0 {
            undone.clear();
        }
        self.earlier
            .insert(article.to_owned(), Earlier { done, undone });
    }

    /// The act to take back: the latest of this run whatever its article, else the latest
    /// earlier one of `article`. It can be redone from then on.
    pub fn undo(&mut self, article: &str) -> Option<(String, Act)> {
        let entry = match self.done.pop() {
            Some(entry) => entry,
            None => {
                let act = self.earlier.get_mut(article)?.done.pop()?;
                (article.to_owned(), act)
            }
        };
        self.undone.push(entry.clone());
        Some(entry)
    }

    /// The act to do again: the one undone last in this run, else the one undone last in
    /// an earlier run of `article`.
    pub fn redo(&mut self, article: &str) -> Option<(String, Act)> {
        let entry = match self.undone.pop() {
            Some(entry) => entry,
            None => {
                let act = self.earlier.get_mut(article)?.undone.pop()?;
                (article.to_owned(), act)
            }
        };
        self.done.push(entry.clone());
        Some(entry)
    }

    /// How many acts can be undone from `article`.
    pub fn depth(&self, article: &str) -> usize {
        let earlier = self.earlier.get(article).map_or(0, |e| e.done.len());
        self.done.len() + earlier
    }
}
