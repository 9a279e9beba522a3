//! Labelled stretches of a text and relations between them, as tools for machine learning have
//! them, become marks and links: the way back from [`marks`](super::marks).

use rustc_hash::FxHashMap;

use super::marks::GOES_ON;
use super::reading::{kind_of, link, strange};
use crate::annotations::{Brought, BroughtMark, Piece};
use crate::text::{Offsets, Span};

/// A stretch. Those of one key are pieces of one mark.
pub(super) struct Stretch {
    /// What relations name it by.
    pub key: String,
    /// From, to; in the text's units.
    pub range: (usize, usize),
    /// Its words, where the file tells them.
    pub words: Option<String>,
    /// What it is called.
    pub label: String,
}

/// A relation between two stretches, by their keys.
pub(super) struct Relation {
    pub from: String,
    pub to: String,
    pub label: String,
}

/// The text that stretches count in.
pub(super) struct Counted<'t> {
    text: &'t str,
    offsets: Offsets,
    /// The bytes at which UTF-16 code units begin, where the format counts in those.
    units: Option<Vec<u32>>,
}

impl<'t> Counted<'t> {
    /// In code points.
    pub(super) fn in_points(text: &'t str) -> Counted<'t> {
        Counted {
            text,
            offsets: Offsets::new(text),
            units: None,
        }
    }

    /// In UTF-16 code units.
    pub(super) fn in_utf16(text: &'t str) -> Counted<'t> {
        let mut units = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            units.extend(std::iter::repeat_n(at as u32, c.len_utf16()));
        }
        units.push(text.len() as u32);
        Counted {
            units: Some(units),
            ..Counted::in_points(text)
        }
    }

    fn span_of(&self, stretch: &Stretch) -> Option<Span> {
        let (from, to) = stretch.range;
        let by_points = || Some((self.byte(from)?, self.byte(to)?));
        let by_units = |units: &Vec<u32>| {
            let at = |unit: usize| units.get(unit).map(|at| *at as usize);
            // Half of a pair is no place.
            let is_whole = |unit: usize| unit == 0 || at(unit) != at(unit - 1);
            (is_whole(from) && is_whole(to)).then_some((at(from)?, at(to)?))
        };
        let is_it = |span: &Span| {
            let words = stretch.words.as_deref();
            words.is_none_or(|words| span.of(self.text) == words)
        };
        let span = |ends: Option<(usize, usize)>| {
            let (start, end) = ends?;
            (start < end).then(|| Span::new(start, end))
        };
        match &self.units {
            None => span(by_points()),
            // Files that a program made often count code points; the words tell.
            Some(units) => {
                let by_units = span(by_units(units));
                by_units
                    .filter(is_it)
                    .or_else(|| span(by_points().filter(|_| stretch.words.is_some())).filter(is_it))
                    .or(by_units)
            }
        }
    }

    fn byte(&self, point: usize) -> Option<usize> {
        self.offsets.byte_of(self.text, point)
    }

    fn piece(&self, span: Span) -> Piece {
        let point = |byte| self.offsets.point_of(self.text, byte) as u32;
        Piece {
            points: Some((point(span.start), point(span.end))),
            exact: span.of(self.text).to_owned(),
            ..Piece::default()
        }
    }
}

/// Adds what stretches and relations say to what is known of an article; gives back which mark each
/// key became.
pub(super) fn gather(
    brought: &mut Brought,
    text: &Counted<'_>,
    stretches: Vec<Stretch>,
    relations: Vec<Relation>,
) -> FxHashMap<String, usize> {
    let mut firsts = Firsts::of(&relations);
    let mut marks: FxHashMap<String, usize> = FxHashMap::default();
    let mut spans: Vec<Vec<Span>> = Vec::new();
    let before = brought.marks.len();
    for stretch in stretches {
        let Some(kind) = kind_of(&stretch.label) else {
            strange(&mut brought.strange, &stretch.label);
            continue;
        };
        let Some(span) = text.span_of(&stretch) else {
            brought.outside += 1;
            continue;
        };
        let first = firsts.of_key(&stretch.key);
        let known = marks.get(&first).copied();
        // A piece that is called otherwise than the first is no piece of it.
        let known = known.filter(|at: &usize| brought.marks[*at].kind == kind);
        let at = known.unwrap_or_else(|| {
            brought.marks.push(BroughtMark::new(kind, Vec::new()));
            spans.push(Vec::new());
            brought.marks.len() - 1
        });
        marks.entry(first).or_insert(at);
        marks.entry(stretch.key).or_insert(at);
        spans[at - before].push(span);
    }
    for (mark, mut spans) in brought.marks[before..].iter_mut().zip(spans) {
        spans.sort_unstable();
        spans.dedup();
        mark.pieces = spans.into_iter().map(|span| text.piece(span)).collect();
    }
    for relation in relations.iter().filter(|relation| !goes_on(relation)) {
        let ends = (marks.get(&relation.from), marks.get(&relation.to));
        if let (Some(&from), Some(&to)) = ends {
            let link = link(&brought.marks, from, to, &relation.label);
            brought.links.push(link);
        }
    }
    marks
}

fn goes_on(relation: &Relation) -> bool {
    relation.label.eq_ignore_ascii_case(GOES_ON)
}

/// The first piece of every mark whose pieces are joined by relations.
struct Firsts<'r> {
    before: FxHashMap<&'r str, &'r str>,
    found: FxHashMap<&'r str, &'r str>,
}

impl<'r> Firsts<'r> {
    fn of(relations: &'r [Relation]) -> Firsts<'r> {
        let mut before: FxHashMap<&str, &str> = FxHashMap::default();
        for relation in relations.iter().filter(|relation| goes_on(relation)) {
            before.entry(&relation.to).or_insert(&relation.from);
        }
        Firsts {
            before,
            found: FxHashMap::default(),
        }
    }

    /// The first piece of the mark that this one belongs to; of pieces in a ring, any, the same for
    /// all. Every step is taken once.
    fn of_key(&mut self, key: &str) -> String {
        let Some((mut at, _)) = self.before.get_key_value(key).map(|(k, v)| (*k, *v)) else {
            return key.to_owned();
        };
        let mut way = Vec::new();
        let first = loop {
            if let Some(first) = self.found.get(at) {
                break *first;
            }
            // Met again on the way: a ring.
            self.found.insert(at, at);
            way.push(at);
            match self.before.get(at) {
                Some(before) => at = before,
                None => break at,
            }
        };
        for step in way {
            self.found.insert(step, first);
        }
        first.to_owned()
    }
}
