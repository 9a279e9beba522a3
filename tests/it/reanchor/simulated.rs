//! Simulated edits with a known truth: how many marks are found again, and how many rightly.

use proofmark::annotations::{Anchor, reanchor};
use proofmark::text::{Mark, Span};

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
    deleted: usize,
    deleted_but_found: usize,
}

fn tally(seeds: std::ops::Range<u64>, with_old: bool) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        let mut random = Seeded(seed);
        let sentences: Vec<String> = (0..24).map(|_| random.sentence()).collect();
        let paragraphs: Vec<String> = sentences.chunks(3).map(|three| three.join(" ")).collect();
        let text = paragraphs.join("\n\n");
        let old = article(&text);
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
        let mut edited = Edited(
            text.chars()
                .enumerate()
                .map(|(at, c)| (c, Some(at)))
                .collect(),
        );
        for _ in 0..1 + random.below(12) {
            edited.edit(&mut random);
        }
        let document = marked(&old, marks.clone());
        let new = article(&edited.text());
        let again = reanchor(
            document.into_parts(),
            with_old.then_some(text.as_str()),
            &new,
        );
        for (mark, annotation) in marks.iter().zip(again.document.annotations()) {
            let (from, to) = old.points(mark.hull());
            let target = &annotation.target;
            let place = (target.quote.start as usize, target.quote.end as usize);
            let is_found = target.anchor != Anchor::Lost;
            match edited.truth(from, to) {
                Some(truth) => {
                    let shared = place.1.min(truth.1).saturating_sub(place.0.max(truth.0));
                    let all = place.1.max(truth.1) - place.0.min(truth.0);
                    let is_right = is_found && shared * 10 >= all * 7;
                    tally.kept += 1;
                    tally.found += usize::from(is_found);
                    tally.right += usize::from(is_right);
                    let is_sure = matches!(target.anchor, Anchor::Ok | Anchor::Moved);
                    tally.sure_and_wrong += usize::from(is_sure && !is_right);
                }
                None => {
                    tally.deleted += 1;
                    tally.deleted_but_found += usize::from(is_found);
                }
            }
        }
    }
    tally
}

#[test]
fn simulated_edits_are_followed() {
    for with_old in [false, true] {
        let tally = tally(0..150, with_old);
        let share = |part: usize, of: usize| part as f64 / of as f64;
        assert!(tally.kept > 9_000 && tally.deleted > 300, "{tally:?}");
        assert!(share(tally.right, tally.kept) >= 0.98, "recall: {tally:?}");
        assert!(
            share(tally.right, tally.found) >= 0.99,
            "precision: {tally:?}"
        );
        assert!(
            share(tally.sure_and_wrong, tally.kept) <= 0.005,
            "{tally:?}"
        );
        assert!(
            share(tally.deleted_but_found, tally.deleted) <= 0.03,
            "{tally:?}"
        );
    }
}
