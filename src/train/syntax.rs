//! Fits the syntax: tagger, parser and relations, from articles tagged by another program.
//!
//! Averaged perceptrons; the parser learns from its own mistakes by a dynamic oracle. Each
//! article is learned from as it is and damaged.

use crate::detect::language::Language;
use crate::detect::language::syntax::{RELATION_KEYS, RELATIONS, Syntax, TAG_KEYS, relation_key};
use crate::detect::numbers::file::Block;
use crate::detect::numbers::grid::{ROW as GRID_ROW, Weighing, place as grid_place};
use crate::detect::reading::Reading;
use crate::detect::reading::parser::{State as SyntaxState, Step};
use crate::detect::reading::syntax::{is_headline, tag_features, tag_key};
use crate::detect::reading::word::Word;

use super::{Random, TaggedArticle};

/// Size of each table of weights.
const CELLS: usize = 1 << 19;
/// Rounds over all sentences.
const TAG_ROUNDS: usize = 5;
const PARSE_ROUNDS: usize = 6;
/// How often the parser goes its own way instead of the right one, after the first round.
const STRAY: f64 = 0.9;
/// Choices rarer than this share of their key are left out.
const RARE: f64 = 0.002;

/// Weights in training: the current ones, and what their average needs.
struct Floats {
    now: Vec<f32>,
    late: Vec<f64>,
}

impl Weighing for Floats {
    fn weight(&self, feature: u32, class: u8) -> f32 {
        self.now[grid_place(self.now.len(), feature, class)]
    }
}

impl Floats {
    fn new() -> Floats {
        Floats {
            now: vec![0.0; CELLS],
            late: vec![0.0; CELLS],
        }
    }

    fn change(&mut self, features: &[u32], class: u8, by: f32, moment: f64) {
        for feature in features {
            let at = grid_place(CELLS, *feature, class);
            self.now[at] += by;
            self.late[at] += moment * f64::from(by);
        }
    }

    /// Replaces the weights by their average over all moments.
    fn settle(&mut self, moments: f64) {
        for (now, late) in self.now.iter_mut().zip(&self.late) {
            *now -= (late / moments) as f32;
        }
    }

    fn packed(&self) -> Vec<u8> {
        // A few outliers may be cut off, so that the many small weights keep their shades.
        let mut sizes: Vec<f32> = self
            .now
            .iter()
            .map(|w| w.abs())
            .filter(|w| *w > 0.0)
            .collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len() * 999 / 1000).copied().unwrap_or(1.0);
        let scale = (top / 127.0).max(f32::MIN_POSITIVE);
        let byte = |w: &f32| (w / scale).round().clamp(-127.0, 127.0) as i8 as u8;
        self.now.iter().map(byte).collect()
    }
}

/// A sentence with the right answers.
struct Lesson {
    words: Vec<Word>,
    tags: Vec<u8>,
    /// Head of each word as an index in the sentence; `None` for the root.
    heads: Vec<Option<usize>>,
    relations: Vec<u8>,
}

/// Fits everything and gives the model's blocks. `report` hears what is being done.
pub fn learn_syntax(articles: &[TaggedArticle], report: &mut dyn FnMut(&str)) -> Vec<Block> {
    let plain = Language::default();
    let mut lessons: Vec<Lesson> = articles
        .iter()
        .flat_map(|a| [lessons(a, &plain), lessons(&a.damaged(1), &plain)])
        .flatten()
        .collect();
    let mut syntax = Syntax {
        tags: Floats::new(),
        moves: Floats::new(),
        relations: Floats::new(),
        tag_choices: choices(TAG_KEYS, tag_answers(&lessons)),
        relation_choices: choices(RELATION_KEYS, relation_answers(&lessons)),
    };
    let mut random = Random::new(5);
    fit_tags(&mut syntax, &mut lessons, &mut random, report);
    fit_parser(&mut syntax, &mut lessons, &mut random, report);
    let numbers = |n: &[u64]| n.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
    let block = |name, bytes| Block {
        name,
        scale: 1.0,
        bytes,
    };
    vec![
        block("syntax-tags", syntax.tags.packed()),
        block("syntax-moves", syntax.moves.packed()),
        block("syntax-relations", syntax.relations.packed()),
        block("syntax-tag-choices", numbers(&syntax.tag_choices)),
        block("syntax-relation-choices", numbers(&syntax.relation_choices)),
    ]
}

/// Sets of the classes met under each key, the rare ones left out.
fn choices(keys: usize, met: impl Iterator<Item = (usize, u8)>) -> Vec<u64> {
    let mut counts = vec![[0u32; GRID_ROW]; keys];
    for (key, class) in met {
        counts[key][usize::from(class)] += 1;
    }
    let set = |counts: &[u32; GRID_ROW]| {
        let all: u32 = counts.iter().sum();
        let enough = |n: u32| n > 0 && f64::from(n) >= f64::from(all) * RARE;
        let classes = counts.iter().enumerate().filter(|(_, n)| enough(**n));
        classes.fold(0u64, |set, (class, _)| set | 1 << class)
    };
    counts.iter().map(set).collect()
}

fn tag_answers(lessons: &[Lesson]) -> impl Iterator<Item = (usize, u8)> {
    let answers = |l: &'_ Lesson| -> Vec<(usize, u8)> {
        let words = l.words.iter().zip(&l.tags).filter(|(w, _)| w.is_word());
        words.map(|(w, t)| (tag_key(w), *t)).collect()
    };
    lessons.iter().flat_map(answers)
}

fn relation_answers(lessons: &[Lesson]) -> impl Iterator<Item = (usize, u8)> {
    let answers = |l: &'_ Lesson| -> Vec<(usize, u8)> {
        let words = (0..l.words.len()).filter(|k| l.words[*k].is_word());
        let rooted = words.filter_map(|k| l.heads[k].map(|h| (k, h)));
        rooted
            .map(|(k, h)| (relation_key(l.tags[k], h > k), l.relations[k]))
            .collect()
    };
    lessons.iter().flat_map(answers)
}

/// The sentences of an article with the right answers, as the reading cuts them.
fn lessons(article: &TaggedArticle, language: &Language<'_>) -> Vec<Lesson> {
    let reading = Reading::new(&article.text, language);
    let words = &reading.words;
    let tokens = &article.tokens;
    // First token of each word, and the word of each token.
    let mut token_of = vec![None; words.len()];
    let mut word_of = vec![None; tokens.len()];
    let mut at = 0;
    for (k, word) in words.iter().enumerate() {
        while at < tokens.len() && tokens[at].span.end <= word.span().start {
            at += 1;
        }
        let here = |t: &usize| *t < tokens.len() && tokens[*t].span.start < word.span().end;
        token_of[k] = Some(at).filter(here);
        for token in (at..tokens.len()).take_while(here) {
            word_of[token].get_or_insert(k);
        }
    }
    let head_of = |k: usize| -> Option<usize> {
        let mut token = token_of[k]?;
        // A word of several tokens hangs where the first of them leads out of it.
        for _ in 0..8 {
            let next = tokens[token].head;
            if next == token || next >= tokens.len() {
                return None;
            }
            match word_of[next] {
                Some(head) if head != k => return words[head].is_word().then_some(head),
                _ => token = next,
            }
        }
        None
    };
    let lesson = |range: std::ops::Range<usize>| {
        let inside = |h: usize| range.contains(&h).then(|| h - range.start);
        Lesson {
            words: words[range.clone()].to_vec(),
            tags: range
                .clone()
                .map(|k| token_of[k].map_or(words[k].tag, |t| tokens[t].tag))
                .collect(),
            heads: range.clone().map(|k| head_of(k).and_then(inside)).collect(),
            relations: range
                .clone()
                .map(|k| token_of[k].map_or(RELATIONS.len() as u8 - 1, |t| tokens[t].relation))
                .collect(),
        }
    };
    let cut = reading.sentences.iter().map(|s| s.words.clone());
    cut.filter(|r| !r.is_empty()).map(lesson).collect()
}

fn fit_tags(
    syntax: &mut Syntax<Floats>,
    lessons: &mut [Lesson],
    random: &mut Random,
    report: &mut dyn FnMut(&str),
) {
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut moment = 1.0;
    let mut features = Vec::new();
    for round in 0..TAG_ROUNDS {
        random.shuffle(&mut order);
        let (mut right, mut all) = (0u32, 0u32);
        for k in &order {
            let lesson = &mut lessons[*k];
            let headline = is_headline(&lesson.words);
            for at in 0..lesson.words.len() {
                if !lesson.words[at].is_word() {
                    continue;
                }
                let among = syntax.tag_choices[tag_key(&lesson.words[at])];
                features.clear();
                tag_features(&lesson.words, at, headline, &mut features);
                let guess = syntax.tags.best(&features, among);
                let answer = lesson.tags[at];
                all += 1;
                right += u32::from(guess == answer);
                if guess != answer && among & 1 << answer != 0 {
                    syntax.tags.change(&features, answer, 1.0, moment);
                    syntax.tags.change(&features, guess, -1.0, moment);
                }
                moment += 1.0;
                lesson.words[at].tag = guess;
            }
        }
        report(&format!(
            "parts of speech, round {} of {TAG_ROUNDS}: {:.4} right",
            round + 1,
            f64::from(right) / f64::from(all.max(1))
        ));
    }
    syntax.tags.settle(moment);
    // The parser learns from tags as it will meet them.
    for lesson in lessons.iter_mut() {
        let headline = is_headline(&lesson.words);
        for at in 0..lesson.words.len() {
            if lesson.words[at].is_word() {
                let among = syntax.tag_choices[tag_key(&lesson.words[at])];
                features.clear();
                tag_features(&lesson.words, at, headline, &mut features);
                lesson.words[at].tag = syntax.tags.best(&features, among);
            }
        }
    }
}

/// How many right arcs each step makes impossible (Goldberg, Nivre 2013, arc-hybrid).
fn costs(state: &SyntaxState, heads: &[usize]) -> [usize; 3] {
    let (stack, next, root) = (state.stack(), state.next(), state.root());
    let Some((top, under)) = stack.split_last() else {
        return [0; 3];
    };
    let children_ahead = (next..root).filter(|d| heads[*d] == *top).count();
    let head = heads[*top];
    let left =
        children_ahead + usize::from(head != next && (head > next || under.last() == Some(&head)));
    let right = children_ahead + usize::from(head >= next);
    let shift = if next < root {
        let lost_head = under.contains(&heads[next]);
        lost_head as usize + stack.iter().filter(|d| heads[**d] == next).count()
    } else {
        0
    };
    [shift, left, right]
}

fn fit_parser(
    syntax: &mut Syntax<Floats>,
    lessons: &mut [Lesson],
    random: &mut Random,
    report: &mut dyn FnMut(&str),
) {
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut moment = 1.0;
    let mut features = Vec::new();
    for round in 0..PARSE_ROUNDS {
        random.shuffle(&mut order);
        let (mut attached, mut named, mut all) = (0u32, 0u32, 0u32);
        for k in &order {
            let Lesson {
                words,
                heads,
                relations,
                ..
            } = &lessons[*k];
            let mut state = SyntaxState::new(words);
            let count = state.root();
            // The right heads by the parser's numbers.
            let mut number = vec![count; words.len()];
            (0..count).for_each(|n| number[state.word(n)] = n);
            let gold: Vec<usize> = (0..count)
                .map(|n| heads[state.word(n)].map_or(count, |h| number[h]))
                .collect();
            while let Some(legal) = state.legal() {
                let costs = costs(&state, &gold);
                let least = |set: u64| (0..3).filter(|s| set & 1 << s != 0).map(|s| costs[s]).min();
                let cheapest = least(legal).unwrap_or(0);
                let good = (0..3u8)
                    .filter(|s| legal & 1 << s != 0 && costs[usize::from(*s)] == cheapest)
                    .fold(0u64, |set, s| set | 1 << s);
                features.clear();
                state.features(words, &mut features);
                let guess = syntax.moves.best(&features, legal);
                let answer = syntax.moves.best(&features, good);
                if good & 1 << guess == 0 {
                    syntax.moves.change(&features, answer, 1.0, moment);
                    syntax.moves.change(&features, guess, -1.0, moment);
                }
                moment += 1.0;
                let stray = round > 0 && random.chance(STRAY);
                let step = Step::ALL[usize::from(if stray { guess } else { answer })];
                if let Some((child, head)) = state.arc(step) {
                    all += 1;
                    attached += u32::from(gold[child] == head);
                    if gold[child] == head && head != count {
                        let answer = relations[state.word(child)];
                        let tag = words[state.word(child)].tag;
                        let among = syntax.relation_choices[relation_key(tag, head > child)];
                        features.clear();
                        state.relation_features(words, child, head, &mut features);
                        let guess = if among == 0 {
                            answer
                        } else {
                            syntax.relations.best(&features, among)
                        };
                        named += u32::from(guess == answer);
                        if guess != answer && among & 1 << answer != 0 {
                            syntax.relations.change(&features, answer, 1.0, moment);
                            syntax.relations.change(&features, guess, -1.0, moment);
                        }
                        state.relations[child] = guess;
                    } else {
                        syntax.take(&mut state, words, step);
                        continue;
                    }
                }
                state.advance(step);
            }
        }
        report(&format!(
            "parser, round {} of {PARSE_ROUNDS}: {:.4} attached, {:.4} of these named",
            round + 1,
            f64::from(attached) / f64::from(all.max(1)),
            f64::from(named) / f64::from(attached.max(1))
        ));
    }
    syntax.moves.settle(moment);
    syntax.relations.settle(moment);
}

const _: () = assert!(RELATIONS.len() <= GRID_ROW);
