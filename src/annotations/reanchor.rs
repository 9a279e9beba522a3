//! Puts every target where its words stand in the article at hand: pure.
//!
//! Called when the text changed under a sidecar, or when targets came without marks. Only
//! live anchors move; suggestions and reviews keep the coordinates of their own text.
//!
//! A verdict belongs to the words it was given on, so a mark is `ok` or `moved` only where its
//! words read the same and the place is sure. Other words, one letter or figure of them, are
//! `check`, as are the same words where they may be another's; a question stays one until it
//! is answered, or until the words that were judged stand there again. What is not found is
//! `lost` and keeps its old words and place: never a guess.

mod judged;
mod pieces;
mod twins;

use judged::Judged;

use super::{Anchor, Document, Parts, Quote, Target, TextVersion, hex, text_id};
use crate::text::{
    Article, Carried, Changes, Found, Landmark, Mark, Offsets, Span, Wanted, context_at,
    find_again, keeps_borders, with_whole_words,
};

/// Likeness of words, context and place together from which a place is sure.
const SURE: f64 = 0.75;
/// Likeness of the context that such a place needs.
const CONTEXT: f64 = 0.5;
/// Likeness of one side of the context that makes a place sure by itself.
const WHOLE_SIDE: f64 = 0.9;
/// A quote of at most this many code points needs such a side.
const SHORT: usize = 16;

/// A document in the text at hand, and how its marks fared.
#[derive(Clone, Debug)]
pub struct Reanchored {
    /// The document.
    pub document: Document,
    /// Marks where they were.
    pub ok: usize,
    /// Marks whose words stand elsewhere, without doubt.
    pub moved: usize,
    /// Marks found, to be looked at.
    pub check: usize,
    /// Marks not found.
    pub lost: usize,
}

impl std::fmt::Display for Reanchored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the article changed")?;
        let counts = [
            (self.ok, "in place"),
            (self.moved, "found again elsewhere"),
            (self.check, "to be checked"),
            (self.lost, "lost"),
        ];
        for (at, (count, what)) in counts.iter().filter(|(count, _)| *count > 0).enumerate() {
            let joint = if at == 0 { ": marks " } else { ", " };
            write!(f, "{joint}{what} {count}")?;
        }
        Ok(())
    }
}

/// Anchors every target of `parts` in `article`, whose text becomes the document's.
/// `old_text` is the text the targets count in, where it is at hand: it makes finds surer.
pub fn reanchor(mut parts: Parts, old_text: Option<&str>, article: &Article) -> Reanchored {
    let text = text_id(article.text_sha256());
    let has_changed = parts.article.text != text;
    let old = old_text
        .filter(|old| has_changed && *old != article.text())
        .and_then(|old| Old::new(old, article.text()));

    let mut sought = Vec::new();
    let mut landmarks = Vec::new();
    for at in 0..parts.annotations.len() {
        let annotation = &parts.annotations[at];
        let target = &annotation.target;
        let stays = match (&target.mark, target.anchor) {
            (Some(_), _) if !has_changed => true,
            (_, Anchor::Lost) => !has_changed,
            _ => false,
        };
        if stays {
            continue;
        }
        let carried = old.as_ref().and_then(|old| old.carry(target));
        let span = carried.and_then(|carried| carried.span);
        let back = has_changed
            .then(|| judged::back_in_its_text(annotation, &parts, article))
            .flatten();
        let in_place = match back {
            Some(mark) => Some((mark, Anchor::Ok)),
            None => in_place(target, span, article, has_changed).map(|mark| (mark, target.anchor)),
        };
        match in_place {
            Some((mark, anchor)) => {
                let old = (target.quote.start as usize, target.quote.end as usize);
                let target = Target::anchored(article, mark, anchor);
                let new = (target.quote.start as usize, target.quote.end as usize);
                if old == new {
                    landmarks.push(Landmark { old, new });
                }
                parts.annotations[at].target = target;
            }
            None => sought.push(Sought { at, carried }),
        }
    }
    let anchored = search(&parts, &sought, &landmarks, old.as_ref(), article);
    for (at, target) in anchored {
        parts.annotations[at].target = target;
    }

    if !parts.texts.iter().any(|(known, _)| *known == text) {
        parts.texts.push((text.clone(), TextVersion::of(article)));
    }
    parts.article.text = text;
    parts.article.bytes_sha256 = hex(article.bytes_sha256());
    parts.article.media_type = article.media().media_type().to_owned();
    let count = |anchor| {
        let with = parts
            .annotations
            .iter()
            .filter(|a| a.target.anchor == anchor);
        with.count()
    };
    Reanchored {
        ok: count(Anchor::Ok),
        moved: count(Anchor::Moved),
        check: count(Anchor::Check),
        lost: count(Anchor::Lost),
        document: Document::from_parts(parts),
    }
}

/// A target where its words stand in the article at hand, by themselves and what stood
/// around them; lost if they do not.
pub(super) fn found_again(target: &Target, article: &Article) -> Target {
    let looked_for = [wanted(&target.quote, target, None)];
    let found = find_again(article.text(), &looked_for, &[], None);
    let found = found.first().and_then(Option::as_ref);
    let judged = Judged::bare(target);
    again(target, &judged, &looked_for[0], found, article, true)
}

/// An annotation whose words are to be looked for.
struct Sought {
    at: usize,
    /// What a comparison with the old text says of it.
    carried: Option<Carried>,
}

/// Looks for the words of targets; where others had come to stand in their place, for the
/// words that were judged as well.
fn search(
    parts: &Parts,
    sought: &[Sought],
    landmarks: &[Landmark],
    old: Option<&Old<'_>>,
    article: &Article,
) -> Vec<(usize, Target)> {
    let has_changed = parts.article.text != text_id(article.text_sha256());
    let wanted = |quote, sought: &Sought| {
        let target = &parts.annotations[sought.at].target;
        wanted(quote, target, sought.carried)
    };
    let questions: Vec<(usize, Judged<'_>)> = sought
        .iter()
        .enumerate()
        .map(|(nth, sought)| (nth, Judged::of(&parts.annotations[sought.at])))
        .filter(|(_, judged)| has_changed && judged.is_about_words())
        .collect();
    let looked_for: Vec<Wanted<'_>> = sought
        .iter()
        .map(|sought| wanted(&parts.annotations[sought.at].target.quote, sought))
        .chain(questions.iter().map(|(nth, judged)| {
            let mut wanted = wanted(judged.quote(), &sought[*nth]);
            wanted.carried = None;
            wanted
        }))
        .collect();
    let changes = old.map(|old| &old.changes);
    let found = find_again(article.text(), &looked_for, landmarks, changes);
    let (first, second) = found.split_at(sought.len());
    let mut anchored: Vec<twins::Anchored> = sought
        .iter()
        .zip(looked_for.iter().zip(first))
        .map(|(sought, (wanted, found))| {
            let target = &parts.annotations[sought.at].target;
            let judged = Judged::of(&parts.annotations[sought.at]);
            let total = found.map_or(0.0, |found| found.total);
            let target = again(
                target,
                &judged,
                wanted,
                found.as_ref(),
                article,
                has_changed,
            );
            twins::Anchored::new(sought.at, target, total)
        })
        .collect();
    for ((nth, judged), (wanted, found)) in questions
        .iter()
        .zip(looked_for[sought.len()..].iter().zip(second))
    {
        let target = &parts.annotations[sought[*nth].at].target;
        let back = again(target, judged, wanted, found.as_ref(), article, has_changed);
        if back.anchor == Anchor::Moved && anchored[*nth].target.anchor != Anchor::Moved {
            let total = found.map_or(0.0, |found| found.total);
            anchored[*nth] = twins::Anchored::new(sought[*nth].at, back, total);
        }
    }
    twins::part(&parts.annotations, &mut anchored);
    let anchored = anchored.into_iter();
    anchored.map(|found| (found.at, found.target)).collect()
}

fn wanted<'a>(quote: &'a Quote, target: &'a Target, carried: Option<Carried>) -> Wanted<'a> {
    Wanted {
        exact: &quote.exact,
        prefix: &target.prefix,
        suffix: &target.suffix,
        start: target.quote.start as usize,
        carried,
    }
}

/// The old text with what became of it.
struct Old<'a> {
    text: &'a str,
    offsets: Offsets,
    changes: Changes,
}

impl<'a> Old<'a> {
    fn new(text: &'a str, new: &str) -> Option<Old<'a>> {
        Some(Old {
            text,
            offsets: Offsets::new(text),
            changes: Changes::between(text, new)?,
        })
    }

    /// What became of a target; nothing if it does not count in this text.
    fn carry(&self, target: &Target) -> Option<Carried> {
        let start = self
            .offsets
            .byte_of(self.text, target.quote.start as usize)?;
        let end = self.offsets.byte_of(self.text, target.quote.end as usize)?;
        let span = Span::new(start, end);
        (span.of(self.text) == target.quote.exact).then(|| self.changes.carry(span))
    }
}

/// The mark of a target whose words stand to the letter where they stood: in an unchanged
/// text always, in a changed one if what stands around them, or the old text, says so.
fn in_place(
    target: &Target,
    carried: Option<Span>,
    article: &Article,
    has_changed: bool,
) -> Option<Mark> {
    if target.anchor == Anchor::Lost {
        return None;
    }
    let mark = target.quote.mark_in(article)?;
    if !has_changed {
        return Some(mark);
    }
    let (text, hull) = (article.text(), mark.hull());
    let (prefix, suffix) = (&target.prefix, &target.suffix);
    let least = if is_short(&target.quote.exact) {
        WHOLE_SIDE
    } else {
        CONTEXT
    };
    let is_it = carried.is_none_or(|span| span == hull)
        && keeps_borders(text, hull, &target.quote.exact, prefix, suffix)
        && context_at(text, hull, prefix, suffix) >= least;
    is_it.then_some(mark)
}

fn is_short(exact: &str) -> bool {
    exact.chars().nth(SHORT).is_none()
}

/// The target where its words were found, or lost.
fn again(
    target: &Target,
    judged: &Judged<'_>,
    wanted: &Wanted<'_>,
    found: Option<&Found>,
    article: &Article,
    has_changed: bool,
) -> Target {
    let mark = found.and_then(|found| {
        let text = article.text();
        let is_whole = keeps_borders(text, found.span, wanted.exact, wanted.prefix, wanted.suffix);
        let hull = if is_whole {
            found.span
        } else {
            with_whole_words(text, found.span, !is_short(wanted.exact))
        };
        Some((found, pieces::mark_of(&target.quote, hull, article)?))
    });
    let Some((found, mark)) = mark else {
        return lost(target);
    };
    let mut again = Target::anchored(article, mark, Anchor::Check);
    if judged.may_stand_as(&again.quote, has_changed) && is_sure_place(wanted, found) {
        again.anchor = Anchor::Moved;
    }
    again
}

/// Whether words that read the same are the same ones where they were found.
fn is_sure_place(wanted: &Wanted<'_>, found: &Found) -> bool {
    let was_carried = wanted.carried.and_then(|carried| carried.span) == Some(found.span);
    if is_short(wanted.exact) {
        return found.context >= WHOLE_SIDE && (was_carried || !found.has_rivals);
    }
    let is_alike = found.context >= WHOLE_SIDE || found.total >= SURE && found.context >= CONTEXT;
    was_carried || is_alike && !found.has_rivals
}

/// A target that was not found: its old words at their old place.
fn lost(target: &Target) -> Target {
    Target {
        mark: None,
        anchor: Anchor::Lost,
        ..target.clone()
    }
}

#[cfg(test)]
mod tests;
