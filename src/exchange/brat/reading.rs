//! brat's annotations read: `.ann`, with the text beside it where that is there.

use rustc_hash::FxHashMap;

use super::{NOTE, OWN_WORDS, TAG, name, value};
use crate::annotations::{Answer, Brought, BroughtMark, Piece, RecordKind};
use crate::detect::Kind;
use crate::exchange::reading::{Input, NotRead, kind_of, link, strange, text};
use crate::text::{Offsets, Open, Word};

/// Reads one file of annotations.
///
/// # Errors
/// When a line is none of brat's.
pub(in crate::exchange) fn read(input: &Input<'_>) -> Result<Vec<Brought>, NotRead> {
    let beside = match input.beside {
        Some(bytes) => Some(text(bytes)?),
        None => None,
    };
    let mut reading = Reading {
        text: beside.map(|text| (text, Offsets::new(text))),
        verdicts: input.verdicts,
        brought: Brought::default(),
        marks: FxHashMap::default(),
    };
    let lines = text(input.bytes)?;
    let lines = || {
        lines
            .split('\n')
            .map(|line| line.trim_end_matches('\r'))
            .enumerate()
    };
    // A line may be about one that follows.
    for (number, line) in lines().filter(|(_, line)| line.starts_with('T')) {
        let told = reading.mark(line);
        told.ok_or_else(|| NotRead::at(number + 1, "no mark of brat's"))?;
    }
    for (number, line) in lines().filter(|(_, line)| !line.starts_with('T')) {
        let told = match line.chars().next() {
            Some('R') => reading.relation(line),
            Some('A' | 'M') => reading.attribute(line),
            Some('#') => reading.note(line),
            // Events, equivalences and references to other files say nothing of claims.
            Some('E' | 'N' | '*') | None => Some(()),
            Some(_) => None,
        };
        told.ok_or_else(|| NotRead::at(number + 1, "no annotation of brat's"))?;
    }
    reading.brought.text = beside.map(str::to_owned);
    Ok(vec![reading.brought])
}

struct Reading<'a> {
    text: Option<(&'a str, Offsets)>,
    verdicts: &'a [String],
    brought: Brought,
    /// Which mark each T line became.
    marks: FxHashMap<&'a str, usize>,
}

impl<'a> Reading<'a> {
    /// `T1<tab>Claim 0 5;8 11<tab>words`.
    fn mark(&mut self, line: &'a str) -> Option<()> {
        let mut cells = line.splitn(3, '\t');
        let (id, place, words) = (cells.next()?, cells.next()?, cells.next().unwrap_or(""));
        let (label, places) = place.split_once(' ')?;
        let fragments = places.split(';').map(|fragment| {
            let (from, to) = fragment.trim().split_once(' ')?;
            let (from, to): (u32, u32) = (from.parse().ok()?, to.trim().parse().ok()?);
            (from < to).then_some((from, to))
        });
        let fragments: Vec<(u32, u32)> = fragments.collect::<Option<_>>()?;
        let Some(kind) = kind_of(label) else {
            strange(&mut self.brought.strange, label);
            return Some(());
        };
        let pieces = self.pieces(&fragments, words);
        self.marks.insert(id, self.brought.marks.len());
        self.brought.marks.push(BroughtMark::new(kind, pieces));
        Some(())
    }

    /// The pieces of a mark: fragments between which nothing but blanks stands are one, for brat
    /// parts a mark where a line ends.
    fn pieces(&self, fragments: &[(u32, u32)], words: &str) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::with_capacity(fragments.len());
        let mut rest = words;
        for &(from, to) in fragments {
            let length = (to - from) as usize;
            let end = rest
                .char_indices()
                .nth(length)
                .map_or(rest.len(), |(at, _)| at);
            let (own, after) = rest.split_at(end);
            rest = after.strip_prefix(' ').unwrap_or(after);
            let Some((text, offsets)) = &self.text else {
                pieces.push(Piece {
                    points: Some((from, to)),
                    exact: own.to_owned(),
                    ..Piece::default()
                });
                continue;
            };
            let byte = |point: u32| offsets.byte_of(text, point as usize);
            let (Some(start), Some(end)) = (byte(from), byte(to)) else {
                continue;
            };
            let joins = pieces.last().and_then(|last| {
                let (first, before) = last.points?;
                let gap = text.get(byte(before)?..start)?;
                let is_blank = gap.chars().all(|c| c.is_whitespace() || c.is_control());
                is_blank.then_some((first, byte(first)?))
            });
            if joins.is_some() {
                pieces.pop();
            }
            let (first, start) = joins.unwrap_or((from, start));
            pieces.push(Piece {
                points: Some((first, to)),
                exact: text[start..end].to_owned(),
                ..Piece::default()
            });
        }
        pieces
    }

    /// `R1<tab>Attributed_to Arg1:T1 Arg2:T2`.
    fn relation(&mut self, line: &'a str) -> Option<()> {
        let (_, told) = line.split_once('\t')?;
        let mut words = told.split_whitespace();
        let label = words.next()?;
        let mut end = || words.next()?.split_once(':').map(|(_, id)| id);
        let (from, to) = (end()?, end()?);
        if let (Some(&from), Some(&to)) = (self.marks.get(from), self.marks.get(to)) {
            let link = link(&self.brought.marks, from, to, label);
            self.brought.links.push(link);
        }
        Some(())
    }

    /// `A1<tab>Quantity T1`, `A2<tab>Verdict T1 False`.
    fn attribute(&mut self, line: &'a str) -> Option<()> {
        let (_, told) = line.split_once('\t')?;
        let mut words = told.split_whitespace();
        let (label, of) = (words.next()?, words.next()?);
        let Some(&at) = self.marks.get(of) else {
            return Some(());
        };
        let mark = &mut self.brought.marks[at];
        match (label, words.next()) {
            ("Verdict", Some(told)) => {
                // brat has no blanks in values: by the verdicts of the house it is told what stood
                // there.
                let mut house = self.verdicts.iter();
                let known = house.find(|verdict| value(verdict) == told);
                let verdict = known.cloned().unwrap_or_else(|| told.replace('_', " "));
                mark.answers.push(Answer {
                    verdict: Some(verdict),
                    ..Answer::default()
                });
            }
            _ => match Kind::ALL.iter().find(|kind| name(kind.as_str()) == label) {
                Some(kind) => mark.kinds.push(Open::Known(*kind)),
                None => strange(&mut self.brought.strange, label),
            },
        }
        Some(())
    }

    /// `#1<tab>AnnotatorNotes T1<tab>words`.
    fn note(&mut self, line: &'a str) -> Option<()> {
        let mut cells = line.splitn(3, '\t').skip(1);
        let (about, words) = (cells.next()?, cells.next().unwrap_or(""));
        let of = about.split_whitespace().nth(1)?;
        if let Some(&at) = self.marks.get(of) {
            let mark = &mut self.brought.marks[at];
            say(mark, words);
        }
        Some(())
    }
}

/// Takes in a note: those that exports of ours wrote have several in one, each with its label.
fn say(mark: &mut BroughtMark, words: &str) {
    let label = |part: &str| {
        let mut labels = [OWN_WORDS, NOTE, TAG].into_iter();
        labels.find(|label| {
            part.strip_prefix(label)
                .is_some_and(|rest| rest.starts_with(": "))
        })
    };
    let mut parts: Vec<String> = Vec::new();
    for part in words.split(" | ") {
        match parts.last_mut() {
            Some(last) if label(part).is_none() => {
                last.push_str(" | ");
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    for part in parts {
        let words = |label: &str| part[label.len() + 2..].to_owned();
        match label(&part) {
            Some(OWN_WORDS) if mark.kind == RecordKind::Claim => {
                let own = words(OWN_WORDS).into();
                mark.attributes.insert("claim_text".to_owned(), own);
            }
            Some(TAG) => mark.tags.push(words(TAG)),
            known => mark.answers.push(Answer {
                note: Some(known.map_or(part.clone(), words)),
                ..Answer::default()
            }),
        }
    }
}
