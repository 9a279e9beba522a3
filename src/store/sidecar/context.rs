//! What records are checked against: the article at hand and what the head names.

use std::cell::{Cell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};

use super::field::Fault;
use super::head::Head;
use super::span::Within;
use crate::annotations::{Id, Time};
use crate::text::Article;

/// Bytes that are gone through in all for words at wrong places.
const SEARCHED: usize = 256 << 20;

/// What records are checked against.
pub(in crate::store) struct Context<'a> {
    /// The article at hand.
    pub(in crate::store) article: &'a Article,
    /// The text version targets count in.
    pub(in crate::store) target_text: Id,
    /// Every text version.
    pub(in crate::store) texts: FxHashSet<Id>,
    /// The text every run read.
    pub(in crate::store) runs: FxHashMap<Id, Id>,
    /// When every run was first seen.
    pub(in crate::store) seen: FxHashMap<Id, Time>,
    /// The id of the article's own text.
    pub(in crate::store) current: Id,
    /// Values that do not follow from what they should, by path; filled in reading.
    pub(in crate::store) told: RefCell<Vec<Fault>>,
    /// Bytes of text that may still be gone through for words at wrong places.
    pub(in crate::store) budget: Cell<usize>,
}

impl<'a> Context<'a> {
    /// What the records of a head are checked against.
    pub(in crate::store) fn of(head: &Head, article: &'a Article, current: Id) -> Context<'a> {
        let runs = || head.runs.iter();
        Context {
            article,
            target_text: head.article.text.clone(),
            texts: head.texts.iter().map(|(id, _)| id.clone()).collect(),
            runs: runs()
                .map(|(id, run)| (id.clone(), run.text.clone()))
                .collect(),
            seen: runs()
                .map(|(id, run)| (id.clone(), run.at.clone()))
                .collect(),
            current,
            told: RefCell::default(),
            budget: Cell::new(SEARCHED),
        }
    }

    /// What a span in that text version is checked against.
    pub(super) fn within(&self, text: &Id) -> Within<'_> {
        if *text == self.current {
            Within::Article(self.article)
        } else {
            Within::Anything
        }
    }

    pub(super) fn tell(&self, fault: Option<Fault>) {
        self.told.borrow_mut().extend(fault);
    }
}

/// Reads a part of a record: what goes wrong or is told in it has its place before its path.
pub(super) fn part<T>(
    context: Option<&Context<'_>>,
    place: impl std::fmt::Display,
    read: impl FnOnce() -> Result<T, Fault>,
) -> Result<T, Fault> {
    let before = context.map_or(0, |context| context.told.borrow().len());
    let part = read().map_err(|fault: Fault| fault.under(&place.to_string()));
    if let Some(context) = context {
        for told in context.told.borrow_mut().iter_mut().skip(before) {
            let fault = Fault::new(
                std::mem::take(&mut told.path),
                std::mem::take(&mut told.message),
            );
            *told = fault.under(&place.to_string());
        }
    }
    part
}
