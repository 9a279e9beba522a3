//! What the judgement of a card sees of a proposition: a row of numbers, always in this order,
//! which is part of the trained model.

use std::ops::Range;

use super::ground::{COUNTS, Count, Ground, Part, is_finite};
use super::propositions::{Proposition, cut};
use crate::detect::finding::Voice;
use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag;
use crate::detect::reading::word::{NONE, Shape, Word};

/// A row of numbers in the making.
pub(super) struct Row(pub(super) Vec<f32>);

impl Row {
    pub(super) fn number(&mut self, value: f32) {
        self.0.push(value);
    }

    pub(super) fn yes(&mut self, holds: bool) {
        self.0.push(f32::from(u8::from(holds)));
    }

    /// A number of something that may not be there.
    pub(super) fn perhaps(&mut self, value: Option<f32>) {
        self.0.push(value.unwrap_or(-1.0));
    }
}

/// The words around a proposition.
struct Around {
    words: Range<usize>,
    first: usize,
    last: usize,
    before: Option<usize>,
    after: Option<usize>,
}

/// The numbers of a proposition.
pub fn features(ground: &Ground<'_>, proposition: &Proposition) -> Vec<f32> {
    let sentence = &ground.reading.sentences[proposition.sentence].words;
    ground.reading.budget.spend(sentence.len() / 4);
    numbers(ground, proposition)
}

/// The same once more, of a proposition whose steps are counted already.
pub(super) fn numbers(ground: &Ground<'_>, proposition: &Proposition) -> Vec<f32> {
    let sentence = ground.reading.sentences[proposition.sentence].words.clone();
    let hull = proposition.hull();
    let around = Around {
        first: hull.start,
        last: hull.end - 1,
        before: (hull.start > sentence.start).then(|| hull.start - 1),
        after: (hull.end < sentence.end).then_some(hull.end),
        words: sentence,
    };
    let mut row = Row(Vec::with_capacity(180));
    size(ground, proposition, &around, &mut row);
    edges(ground, &around, &mut row);
    structure(ground, proposition, &around, &mut row);
    counts(ground, proposition, &around, &mut row);
    tagging(ground, &around, &mut row);
    attributions(ground, proposition, &around, &mut row);
    quotations(ground, &around, &mut row);
    place(ground, proposition, &around, &mut row);
    row.0
}

fn tag_of(word: &Word) -> f32 {
    f32::from(word.tag)
}

/// How much of its sentence it is, and why it starts and ends where it does.
fn size(ground: &Ground<'_>, proposition: &Proposition, around: &Around, row: &mut Row) {
    let count = |pieces: &[Range<usize>]| ground.sum(Count::Words, pieces);
    let (before, after) = (
        around.words.start..around.first,
        around.last + 1..around.words.end,
    );
    let words = count(&proposition.pieces).max(1.0);
    let all = count(std::slice::from_ref(&around.words)).max(1.0);
    row.number(words);
    row.number(words / all);
    row.number(count(std::slice::from_ref(&before)));
    row.number(count(std::slice::from_ref(&after)));
    row.number(all);
    row.number(proposition.pieces.len() as f32);
    for kind in 0..cut::KINDS {
        row.yes(proposition.start & 1 << kind != 0);
        row.yes(proposition.end & 1 << kind != 0);
    }
}

/// The words at both ends and beyond.
fn edges(ground: &Ground<'_>, around: &Around, row: &mut Row) {
    let (words, lists) = (&ground.reading.words, ground.lists);
    let (first, last) = (&words[around.first], &words[around.last]);
    row.number(tag_of(first));
    row.number(tag_of(last));
    row.number(f32::from(first.relation));
    row.number(f32::from(last.relation));
    row.perhaps(around.before.map(|k| tag_of(&words[k])));
    row.perhaps(around.after.map(|k| tag_of(&words[k])));
    row.yes(lists.opener.has(first.id));
    row.yes(lists.subordination.has(first.id));
    row.yes(lists.question.has(first.id));
    row.yes(lists.that.has(first.id));
    row.yes(matches!(first.shape, Shape::Capital | Shape::Upper));
    row.yes(lists.person.has(first.id) || lists.thing.has(first.id));
    row.yes(around.before.is_some_and(|k| lists.that.has(words[k].id)));
    row.number(around.before.map_or(0.0, |k| f32::from(words[k].cue)));
    let behind = around.last + 1..around.words.end.min(around.last + 5);
    row.number(f32::from(
        behind.map(|k| words[k].cue).max().unwrap_or_default(),
    ));
    row.yes(around.before.is_some_and(|k| lists.report.has(words[k].id)));
}

/// Whose subject a word is, as a number; 0 for none.
fn kind_of_subject(ground: &Ground<'_>, subject: Option<usize>) -> f32 {
    let Some(word) = subject.map(|k| &ground.reading.words[k]) else {
        return 0.0;
    };
    let person = person(ground, word.id);
    match word.tag {
        _ if person > 0.0 => person,
        t if t == tag!("NNP") => 6.0,
        t if t == tag!("NNS") => 7.0,
        t if t == tag!("NN") => 8.0,
        _ => 5.0,
    }
}

/// Which person a word stands for: 1 speaker, 2 reader, 3 others, 4 things, 0 none.
pub(super) fn person(ground: &Ground<'_>, id: u32) -> f32 {
    let lists = ground.lists;
    let persons = [&lists.speaker, &lists.reader, &lists.person, &lists.thing];
    persons
        .iter()
        .position(|list| list.has(id))
        .map_or(0.0, |k| k as f32 + 1.0)
}

/// How the proposition hangs together and what was cut off.
fn structure(ground: &Ground<'_>, proposition: &Proposition, around: &Around, row: &mut Row) {
    let (words, lists) = (&ground.reading.words, ground.lists);
    let (mut heads, mut clauses) = (0.0f32, 0.0f32);
    let mut root: Option<usize> = None;
    for k in proposition.pieces.iter().flat_map(Clone::clone) {
        let word = &words[k];
        if !word.is_word() {
            continue;
        }
        let head = word.head as usize;
        if head == k || !proposition.holds(head) {
            heads += 1.0;
            if root.is_none_or(|r| word.is_verb() && !words[r].is_verb()) {
                root = Some(k);
            }
        }
        if is_finite(word) && ground.subject(k).is_some_and(|s| proposition.holds(s)) {
            clauses += 1.0;
        }
    }
    let (mut hanging, mut missed) = (0.0f32, 0.0f32);
    for k in around.words.clone() {
        let word = &words[k];
        if !word.is_word() || proposition.holds(k) {
            continue;
        }
        let head = word.head as usize;
        if head != k && proposition.holds(head) {
            const NEEDED: [u8; 3] = [relation("neg"), relation("aux"), relation("dobj")];
            hanging += 1.0;
            missed += f32::from(u8::from(
                word.is_subject() || NEEDED.contains(&word.relation),
            ));
        }
    }
    row.number(heads);
    row.number(hanging);
    row.number(missed);
    row.number(clauses);
    let facts = &ground.sentences[proposition.sentence];
    let root = root.unwrap_or(around.first);
    let word = &words[root];
    row.number(tag_of(word));
    row.number(f32::from(word.relation));
    row.yes(root == facts.root);
    row.number(f32::from(word.cue));
    row.yes(lists.report.has(word.id));
    row.yes(lists.attitude.has(word.id));
    row.number(f32::from(word.class[0]));
    let head = word.head as usize;
    let over = (head != root && !proposition.holds(head)).then(|| &words[head]);
    row.perhaps(over.map(|w| f32::from(w.cue)));
    row.perhaps(over.map(tag_of));
    row.yes(over.is_some_and(|w| lists.report.has(w.id)));
    row.yes(over.is_some_and(|w| lists.attitude.has(w.id)));
    let subject = ground.subject(root);
    row.number(kind_of_subject(ground, subject));
    row.yes(subject.is_some_and(|k| proposition.holds(k)));
    row.perhaps(subject.map(|k| f32::from(words[k].noun as u8)));
    let main = &words[facts.root];
    row.yes(proposition.holds(facts.root));
    row.number(f32::from(main.cue));
    row.yes(lists.report.has(main.id));
    row.yes(
        ground
            .subject(facts.root)
            .is_some_and(|k| proposition.holds(k)),
    );
    row.number(tag_of(main));
    row.yes(words[around.first].tag == tag!("VB"));
    // Those that were cut off.
    let negations = |pieces: &[Range<usize>]| ground.sum(Count::Negation, pieces);
    let whole = std::slice::from_ref(&around.words);
    row.number(negations(whole) - negations(&proposition.pieces));
}

/// What its words are, and what those left off are.
fn counts(ground: &Ground<'_>, proposition: &Proposition, around: &Around, row: &mut Row) {
    let sums = ground.sums(&proposition.pieces);
    let words = sums[Count::Words as usize].max(1.0);
    // Content, source, cue and quoted are shares, all behind them counts.
    for (count, sum) in sums.iter().enumerate().take(COUNTS).skip(1) {
        row.number(if count <= Count::Quoted as usize {
            sum / words
        } else {
            *sum
        });
    }
    let of = |count: Count| sums[count as usize];
    row.number((of(Count::Adjectives) + of(Count::Adverbs)) / words);
    row.number(of(Count::Names) / words);
    row.number(of(Count::Judgement) / words);
    row.number(of(Count::Upper) / words);
    let rest = [
        around.words.start..around.first,
        around.last + 1..around.words.end,
    ];
    let of = |count: Count| ground.sum(count, &rest);
    let words = of(Count::Words).max(1.0);
    row.number(of(Count::Content) / words);
    row.number(of(Count::Source));
    row.number(of(Count::Cue));
    row.number(of(Count::Quoted) / words);
    row.number(of(Count::Names));
    row.number(of(Count::Numbers));
    row.number(of(Count::Finite));
    row.number(of(Count::Report));
}

/// How sure the tagger is of content at both ends and beyond.
fn tagging(ground: &Ground<'_>, around: &Around, row: &mut Row) {
    let content = |k: usize| ground.at(Count::Content, k);
    row.number(content(around.first));
    row.number(content(around.last));
    row.perhaps(around.before.map(content));
    row.perhaps(around.after.map(content));
    let next = around.last + 1;
    row.perhaps((next < ground.reading.words.len()).then(|| content(next)));
}

/// The attribution whose content it is most like, and how like.
fn likest(
    ground: &Ground<'_>,
    proposition: &Proposition,
    around: &Around,
) -> (f32, Option<usize>, usize) {
    let mut owners: Vec<u32> = proposition
        .pieces
        .iter()
        .flat_map(Clone::clone)
        .filter_map(|word| ground.owner(word))
        .collect();
    owners.sort_unstable();
    owners.dedup();
    let words = ground.sum(Count::Words, &proposition.pieces).max(1.0);
    let whole = std::slice::from_ref(&around.words);
    let mut best = (0.0f32, None);
    for owner in owners.iter().map(|owner| *owner as usize) {
        let content = ground.shared(whole, owner);
        let shared = ground.shared(&proposition.pieces, owner);
        let likeness = shared / (content + words - shared);
        if likeness > best.0 {
            best = (likeness, Some(owner));
        }
    }
    (best.0, best.1, owners.len())
}

fn attributions(ground: &Ground<'_>, proposition: &Proposition, around: &Around, row: &mut Row) {
    let words = &ground.reading.words;
    let (likeness, best, count) = likest(ground, proposition, around);
    row.number(likeness);
    row.number(count as f32);
    row.perhaps(best.map(|k| ground.attributions[k].score));
    row.perhaps(best.map(|k| f32::from(u8::from(ground.attributions[k].voice == Voice::Direct))));
    let cue = best.map(|k| ground.cues[k].clone()).unwrap_or_default();
    let source = best.map(|k| ground.sources[k].clone()).unwrap_or_default();
    row.perhaps(cue.clone().next_back().map(|k| f32::from(words[k].cue)));
    row.yes(cue.clone().any(|k| ground.lists.report.has(words[k].id)));
    row.yes(cue.clone().any(|k| proposition.holds(k)));
    row.yes(source.clone().any(|k| proposition.holds(k)));
    let parts = proposition
        .pieces
        .iter()
        .flat_map(|piece| &ground.part[piece.clone()]);
    row.number(parts.filter(|part| **part != Part::Other).count() as f32);
    row.number(ground.sentences[proposition.sentence].attributions as f32);
}

fn quotations(ground: &Ground<'_>, around: &Around, row: &mut Row) {
    let words = &ground.reading.words;
    let (first, last) = (words[around.first].quotation, words[around.last].quotation);
    let quoted = |k: usize| words[k].quotation != NONE;
    row.yes(first != NONE);
    row.yes(first != NONE && first == last);
    row.yes(around.before.is_some_and(quoted));
    row.yes(around.after.is_some_and(quoted));
    row.yes(ground.reading.quoted);
    let share = ground.sum(Count::Quoted, std::slice::from_ref(&around.words));
    row.number(share / around.words.len().max(1) as f32);
}

/// What its sentence is, and where it stands in the article.
fn place(ground: &Ground<'_>, proposition: &Proposition, around: &Around, row: &mut Row) {
    let facts = &ground.sentences[proposition.sentence];
    row.yes(facts.asks);
    row.yes(facts.shouts);
    row.number(f32::from(facts.furniture));
    row.number(facts.checkable);
    row.number(facts.priority);
    row.yes(facts.alone);
    row.yes(facts.first);
    row.yes(facts.open);
    row.number(facts.paragraph as f32);
    let whole = std::slice::from_ref(&around.words);
    row.number(ground.sum(Count::Speaker, whole));
    row.number(ground.sum(Count::Reader, whole));
    row.number(ground.sum(Count::Finite, whole));
    let sentence = proposition.sentence;
    row.number(sentence.min(30) as f32);
    row.number(sentence as f32 / ground.sentences.len() as f32);
    row.number(facts.seen[0]);
    row.number(facts.seen[1]);
    let checkable = |k: Option<usize>| {
        k.and_then(|k| ground.sentences.get(k))
            .map(|facts| facts.checkable)
    };
    row.perhaps(checkable(sentence.checked_sub(1)));
    row.perhaps(checkable(Some(sentence + 1)));
}
