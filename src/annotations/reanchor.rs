//! Puts every target where its words stand in the article at hand: pure.
//!
//! Called when the text changed under a sidecar, or when targets came without marks. Only
//! live anchors move; suggestions and reviews keep the coordinates of their own text. What
//! is found without doubt is `moved`, what a person should look at `check`, and what is not
//! found is `lost` and keeps its old words and place: never a guess. A changed figure is
//! always a question, however alike the rest of the words is.

mod pieces;

use rustc_hash::FxHashMap;

use super::{Anchor, Annotation, Document, Parts, Target, TextVersion, hex, text_id};
use crate::text::{
    Article, Changes, Found, Landmark, Mark, Offsets, Span, Wanted, context_at, find_again,
};

/// Likeness from which a find needs no second look.
const SURE: f64 = 0.75;
/// The same where the old text is at hand, whose comparison says otherwise.
const SURE_AGAINST_CHANGES: f64 = 0.8;
/// Likeness of the context that a find without doubt needs.
const CONTEXT: f64 = 0.5;

/// A document in the text at hand, and how its marks fared.
#[derive(Clone, Debug)]
pub struct Reanchored {
    /// The document.
    pub document: Document,
    /// Marks where they were.
    pub ok: usize,
    /// Marks found elsewhere or in other words, without doubt.
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

    let mut wanted = Vec::new();
    let mut places = Vec::new();
    let mut landmarks = Vec::new();
    for (at, annotation) in parts.annotations.iter_mut().enumerate() {
        let target = &mut annotation.target;
        let stays = match (&target.mark, target.anchor) {
            (Some(_), _) if !has_changed => true,
            (_, Anchor::Lost) => !has_changed,
            _ => false,
        };
        if stays {
            continue;
        }
        let carried = old.as_ref().and_then(|old| old.carry(target));
        if let Some(mark) = in_place(
            target,
            carried.and_then(|carried| carried.span),
            article,
            has_changed,
        ) {
            *target = Target::anchored(article, mark, target.anchor);
            let place = (target.quote.start as usize, target.quote.end as usize);
            landmarks.push(Landmark {
                old: place,
                new: place,
            });
            continue;
        }
        places.push(at);
        wanted.push(carried);
    }
    let looked_for: Vec<Wanted<'_>> = places
        .iter()
        .zip(&wanted)
        .map(|(at, carried)| {
            let target = &parts.annotations[*at].target;
            Wanted {
                exact: &target.quote.exact,
                prefix: &target.prefix,
                suffix: &target.suffix,
                start: target.quote.start as usize,
                carried: *carried,
            }
        })
        .collect();
    let found = find_again(
        article.text(),
        &looked_for,
        &landmarks,
        old.as_ref().map(|old| &old.changes),
    );
    let mut anchored: Vec<(usize, Target)> = places
        .iter()
        .zip(looked_for.iter().zip(&found))
        .map(|(at, (wanted, found))| {
            let target = &parts.annotations[*at].target;
            (*at, again(target, wanted, found.as_ref(), article))
        })
        .collect();
    part_twins(&parts.annotations, &mut anchored);
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
    let wanted = Wanted {
        exact: &target.quote.exact,
        prefix: &target.prefix,
        suffix: &target.suffix,
        start: target.quote.start as usize,
        carried: None,
    };
    let looked_for = [wanted];
    let found = find_again(article.text(), &looked_for, &[], None);
    let found = found.first().and_then(Option::as_ref);
    again(target, &looked_for[0], found, article)
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
    fn carry(&self, target: &Target) -> Option<crate::text::Carried> {
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
    let is_it = !has_changed
        || carried.is_none_or(|span| span == mark.hull())
            && context_at(article.text(), mark.hull(), &target.prefix, &target.suffix) >= CONTEXT;
    is_it.then_some(mark)
}

/// The target where its words were found, or lost.
fn again(target: &Target, wanted: &Wanted<'_>, found: Option<&Found>, article: &Article) -> Target {
    let mark = found.and_then(|found| {
        let (mark, is_whole) = pieces::mark_of(&target.quote, found.span, article)?;
        Some((found, mark, is_whole))
    });
    let Some((found, mark, is_whole)) = mark else {
        return lost(target);
    };
    let carried = wanted.carried.and_then(|carried| carried.span);
    let agrees = carried == Some(found.span);
    let enough = match wanted.carried {
        Some(_) => SURE_AGAINST_CHANGES,
        None => SURE,
    };
    let is_clear = found.total >= enough && found.context >= CONTEXT && !found.has_rivals;
    let is_sure = is_whole
        && (agrees || is_clear)
        && figures(wanted.exact).eq(figures(found.span.of(article.text())))
        // A question nobody answered yet stays one.
        && target.anchor != Anchor::Check;
    let anchor = if is_sure {
        Anchor::Moved
    } else {
        Anchor::Check
    };
    Target::anchored(article, mark, anchor)
}

/// A target that was not found: its old words at their old place.
fn lost(target: &Target) -> Target {
    Target {
        mark: None,
        anchor: Anchor::Lost,
        ..target.clone()
    }
}

fn figures(words: &str) -> impl Iterator<Item = char> {
    words.chars().filter(|c| c.is_numeric())
}

/// Parts marks of equal words that stood apart and came to one place: one of the two passages
/// is gone. The surest keeps the place, the others are lost.
fn part_twins(annotations: &[Annotation], anchored: &mut [(usize, Target)]) {
    type Twin<'a> = (&'a str, &'a str, Mark);
    let twin = |at: usize, mark: &Mark| -> Twin<'_> {
        let annotation = &annotations[at];
        (
            annotation.kind.as_str(),
            &annotation.target.quote.exact,
            mark.clone(),
        )
    };
    let rank = |anchor: Anchor| match anchor {
        Anchor::Ok => 0,
        Anchor::Moved => 1,
        Anchor::Check => 2,
        Anchor::Lost => 3,
    };
    // Who holds a place: the surest, and of those the one that stood nearest.
    let mut holders: FxHashMap<Twin<'_>, (u8, u32, u32)> = FxHashMap::default();
    let mut claim = |at: usize, target: &Target| {
        if let Some(mark) = &target.mark {
            let old = annotations[at].target.quote.start;
            let entry = (rank(target.anchor), old.abs_diff(target.quote.start), old);
            let holder = holders.entry(twin(at, mark)).or_insert(entry);
            *holder = (*holder).min(entry);
        }
    };
    let searched: rustc_hash::FxHashSet<usize> = anchored.iter().map(|(at, _)| *at).collect();
    for (at, annotation) in annotations.iter().enumerate() {
        if !searched.contains(&at) {
            claim(at, &annotation.target);
        }
    }
    for (at, target) in anchored.iter() {
        claim(*at, target);
    }
    for (at, target) in anchored {
        let old = &annotations[*at].target;
        if let Some(mark) = &target.mark
            && holders
                .get(&twin(*at, mark))
                .is_some_and(|(_, _, start)| *start != old.quote.start)
        {
            *target = lost(old);
        }
    }
}

#[cfg(test)]
mod tests;
