//! Simulated edits with a known truth: how many marks are found again, and how many rightly.

use std::path::Path;

use proofmark::annotations::{Anchor, reanchor};
use proofmark::detect::language::lists::Lists;
use proofmark::text::{Mark, Span, reads_the_same, sentences, tokens};

use super::{article, marked};

/// A small generator, so that a seed gives the same edits everywhere.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }

    fn one<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// A sentence as reports write them, with figures and names that come again.
    fn sentence(&mut self) -> String {
        let who = self.one(&[
            "The council",
            "Mayor Véra Lindqvist",
            "A spokesman for the port",
            "The harbour office",
            "Opponents",
            "Union leader Tomás Okoye",
            "Residents of the old town",
            "The ministry",
        ]);
        let verb = self.one(&[
            "said",
            "announced",
            "denied",
            "told reporters",
            "wrote in a letter",
            "estimated",
            "complained",
        ]);
        let what = self.one(&[
            "freight",
            "unemployment",
            "the price of a ticket",
            "the number of berths",
            "traffic on the ring road",
            "the cost of the tunnel",
            "rent in the centre",
        ]);
        let change = self.one(&[
            "had fallen by",
            "rose by",
            "would grow by",
            "was cut by",
            "might shrink by",
        ]);
        let tail = self.one(&[
            "since the bridge opened",
            "within a single year",
            "after the storm of last winter",
            "despite every promise",
            "compared with the capital",
            "because of new rules for lorries",
            "and nobody had noticed",
            "which the court will look into",
        ]);
        let figure = self.below(90) + 2;
        if self.below(4) == 0 {
            format!("“{what} {change} {figure} percent {tail},” {who} {verb}.")
        } else {
            format!("{who} {verb} that {what} {change} {figure} percent {tail}.")
        }
    }
}

/// A text under simulated edits: every character with its place in the original.
struct Edited(Vec<(char, Option<usize>)>);

impl Edited {
    fn text(&self) -> String {
        self.0.iter().map(|(c, _)| c).collect()
    }

    /// Where the characters `from..to` of the original are now; nothing if most are gone.
    fn truth(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let is_of = |origin: &Option<usize>| origin.is_some_and(|at| from <= at && at < to);
        let left = self.0.iter().filter(|(_, origin)| is_of(origin)).count();
        if left * 2 < to - from {
            return None;
        }
        let first = self.0.iter().position(|(_, origin)| is_of(origin))?;
        let last = self.0.iter().rposition(|(_, origin)| is_of(origin))?;
        Some((first, last + 1))
    }

    fn replace(&mut self, from: usize, to: usize, with: &str) {
        self.0.splice(from..to, with.chars().map(|c| (c, None)));
    }

    /// Puts the paragraphs in another order.
    fn shuffle(&mut self, random: &mut Seeded) {
        let is_end = |at: usize| at > 0 && self.0[at - 1].0 == '\n' && self.0[at].0 != '\n';
        let mut ends: Vec<usize> = (0..self.0.len()).filter(|at| is_end(*at)).collect();
        ends.insert(0, 0);
        ends.push(self.0.len());
        let mut paragraphs: Vec<_> = ends
            .windows(2)
            .map(|pair| self.0[pair[0]..pair[1]].to_vec())
            .collect();
        for last in (1..paragraphs.len()).rev() {
            paragraphs.swap(last, random.below(last + 1));
        }
        self.0 = paragraphs.concat();
    }

    /// One edit of some kind at a random place.
    fn edit(&mut self, random: &mut Seeded) {
        let blanks: Vec<usize> = (0..self.0.len())
            .filter(|at| self.0[*at].0 == ' ')
            .collect();
        let stops: Vec<usize> = (0..self.0.len())
            .filter(|at| self.0[*at].0 == '.')
            .map(|at| at + 1)
            .collect();
        if blanks.len() < 4 || stops.len() < 4 {
            return;
        }
        match random.below(7) {
            0 => {
                let sentence = format!(" {}", random.sentence());
                let at = stops[random.below(stops.len())];
                self.replace(at, at, &sentence);
            }
            1 => {
                let at = random.below(stops.len() - 1);
                self.replace(stops[at], stops[at + 1], "");
            }
            2 => {
                let at = random.below(blanks.len() - 1);
                let word = random.one(&["reportedly", "about", "the", "new", "more"]);
                self.replace(blanks[at] + 1, blanks[at + 1], word);
            }
            3 => {
                let at = random.below(blanks.len() - 1);
                self.replace(blanks[at], blanks[at + 1], "");
            }
            4 => {
                for (c, _) in &mut self.0 {
                    *c = match *c {
                        '“' | '”' => '"',
                        other => other,
                    };
                }
            }
            5 => {
                for at in blanks.iter().step_by(7) {
                    self.0[*at].0 = '\n';
                }
            }
            _ => {
                let taken_apart = self.0.drain(..).flat_map(|(c, origin)| match c {
                    'é' => vec![('e', origin), ('\u{301}', origin)],
                    'á' => vec![('a', origin), ('\u{301}', origin)],
                    _ => vec![(c, origin)],
                });
                self.0 = taken_apart.collect();
            }
        }
    }
}

#[derive(Default, Debug)]
struct Tally {
    kept: usize,
    found: usize,
    right: usize,
    sure_and_wrong: usize,
    sure_on_other_words: usize,
    deleted: usize,
    deleted_but_found: usize,
}

/// A text of moulds and its marks: every sentence, a part of it, two words of it.
fn of_moulds(random: &mut Seeded) -> (String, Vec<Mark>) {
    let sentences: Vec<String> = (0..24).map(|_| random.sentence()).collect();
    let paragraphs: Vec<String> = sentences.chunks(3).map(|three| three.join(" ")).collect();
    let text = paragraphs.join("\n\n");
    let mut marks = Vec::new();
    let mut from = 0;
    for sentence in &sentences {
        from += text[from..].find(sentence.as_str()).expect("in order");
        let span = Span::new(from, from + sentence.len());
        let words: Vec<usize> = sentence
            .match_indices(' ')
            .map(|(at, _)| from + at)
            .collect();
        let part = Span::new(words[1] + 1, words[words.len() - 3]);
        let short = Span::new(words[2] + 1, words[4]);
        marks.extend([span, part, short].into_iter().filter_map(Mark::whole));
        from = span.end;
    }
    (text, marks)
}

/// The sample articles with marks as a reviewer sets them in paragraphs: sentences, clauses,
/// names.
fn samples() -> Vec<(String, Vec<Mark>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|ext| ext == "txt" || ext == "md")
        })
        .collect();
    paths.sort();
    let sample = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("readable");
        let mut spans = Vec::new();
        for sentence in sentences(&text, &Lists::english().stops) {
            // What is a paragraph by itself has nothing around it that moves with it.
            let from = text[..sentence.start].rfind('\n').map_or(0, |at| at + 1);
            let to = text[sentence.end..]
                .find('\n')
                .map_or(text.len(), |at| sentence.end + at);
            if to - from < sentence.len() + 48 {
                continue;
            }
            let words: Vec<Span> = tokens(sentence.of(&text))
                .map(|token| {
                    Span::new(
                        sentence.start + token.span.start,
                        sentence.start + token.span.end,
                    )
                })
                .collect();
            let Some(last) = words.last() else { continue };
            spans.push(Span::new(words[0].start, last.end));
            if words.len() > 9 {
                spans.push(Span::new(words[2].start, words[words.len() - 2].end));
            }
            let is_name = |span: &Span| span.of(&text).starts_with(char::is_uppercase);
            let name = words.iter().position(is_name);
            if let Some(at) = name.filter(|at| at + 1 < words.len()) {
                spans.push(Span::new(words[at].start, words[at + 1].end));
            }
        }
        let marks = spans.into_iter().filter_map(Mark::whole).collect();
        (text, marks)
    };
    paths.iter().map(sample).collect()
}

impl Tally {
    /// Counts what became of the marks of a text under edits.
    fn add(
        &mut self,
        text: &str,
        marks: &[Mark],
        random: &mut Seeded,
        moves: bool,
        with_old: bool,
    ) {
        let old = article(text);
        let mut edited = Edited(
            text.chars()
                .enumerate()
                .map(|(at, c)| (c, Some(at)))
                .collect(),
        );
        if moves {
            edited.shuffle(random);
        }
        for _ in 0..1 + random.below(12) {
            edited.edit(random);
        }
        let document = marked(&old, marks.to_vec());
        let new = article(&edited.text());
        let again = reanchor(document.into_parts(), with_old.then_some(text), &new);
        for (mark, annotation) in marks.iter().zip(again.document.annotations()) {
            let (from, to) = old.points(mark.hull());
            let target = &annotation.target;
            let place = (target.quote.start as usize, target.quote.end as usize);
            let is_found = target.anchor != Anchor::Lost;
            let is_sure = matches!(target.anchor, Anchor::Ok | Anchor::Moved);
            let is_same = reads_the_same(mark.hull().of(text), &target.quote.exact);
            self.sure_on_other_words += usize::from(is_sure && !is_same);
            match edited.truth(from, to) {
                Some(truth) => {
                    let shared = place.1.min(truth.1).saturating_sub(place.0.max(truth.0));
                    let all = place.1.max(truth.1) - place.0.min(truth.0);
                    let is_right = is_found && shared * 10 >= all * 7;
                    self.kept += 1;
                    self.found += usize::from(is_found);
                    self.right += usize::from(is_right);
                    self.sure_and_wrong += usize::from(is_sure && !is_right);
                }
                None => {
                    self.deleted += 1;
                    self.deleted_but_found += usize::from(is_found);
                }
            }
        }
    }

    /// Holds what was counted against the floors.
    fn hold(&self, recall: f64, precision: f64) {
        let share = |part: usize, of: usize| part as f64 / of as f64;
        assert!(share(self.right, self.kept) >= recall, "recall: {self:?}");
        assert!(share(self.right, self.found) >= precision, "{self:?}");
        assert!(share(self.sure_and_wrong, self.kept) <= 0.001, "{self:?}");
        assert!(
            share(self.deleted_but_found, self.deleted) <= 0.03,
            "{self:?}"
        );
        assert_eq!(self.sure_on_other_words, 0, "{self:?}");
    }
}

#[test]
fn simulated_edits_of_moulds_are_followed() {
    for with_old in [false, true] {
        let mut tally = Tally::default();
        for seed in 0..150 {
            let mut random = Seeded(seed);
            let (text, marks) = of_moulds(&mut random);
            tally.add(&text, &marks, &mut random, false, with_old);
        }
        assert!(tally.kept > 9_000 && tally.deleted > 300, "{tally:?}");
        tally.hold(0.99, 0.995);
    }
}

#[test]
fn simulated_edits_of_articles_are_followed() {
    let samples = samples();
    assert!(samples.len() > 5);
    for moves in [false, true] {
        let mut alone = 0;
        for with_old in [false, true] {
            let mut tally = Tally::default();
            for seed in 0..6 {
                for (text, marks) in &samples {
                    tally.add(text, marks, &mut Seeded(seed), moves, with_old);
                }
            }
            assert!(tally.kept > 3_000 && tally.deleted > 60, "{tally:?}");
            tally.hold(0.985, 0.994);
            assert!(
                tally.right >= alone,
                "the old text makes it worse: {tally:?}"
            );
            alone = tally.right;
        }
    }
}
