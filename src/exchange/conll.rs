//! CoNLL columns with BIO labels, one token a line, an empty line between paragraphs; out only.
//!
//! Columns, parted by tabs: number of the token in its paragraph, token, first and last offset in
//! code points, claim, source. A token
//! stands in one claim at most: where claims overlap the longest has it, and the others are told as
//! lost. Pieces of one claim are claims of their own here.

use std::io::{self, Write};

use super::entry::Subject;
use super::losses::{Losses, Part};
use super::marks::{CLAIM, Labelled, SOURCE, labelled};
use super::page::one_line;
use super::writer::{Settings, Writer};
use crate::text::{Article, Span, tokens};

/// What a column holds.
pub(super) const HOLDS: &[Part] = &[Part::Sources];

/// Columns being written.
struct Columns<'w> {
    out: &'w mut dyn Write,
    losses: Losses,
}

/// Begins a file of columns.
///
/// # Errors
/// None: nothing is written before the first article.
pub(super) fn begin<'w>(out: &'w mut dyn Write, _: &Settings) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(Box::new(Columns {
        out,
        losses: Losses::default(),
    }))
}

impl Writer for Columns<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let article = subject.article;
        let tokens: Vec<Span> = tokens(article.text()).map(|token| token.span).collect();
        let marks = labelled(subject);
        let (mut claims, lost) = column(&tokens, &marks, CLAIM);
        let (mut sources, more) = column(&tokens, &marks, SOURCE);
        self.losses.add(Part::Overlaps, lost + more);
        writeln!(self.out, "# newdoc id = {}", one_line(subject.name))?;
        let (mut before, mut number) = (0, 0);
        for (at, token) in tokens.iter().enumerate() {
            if at > 0 && is_break(article, before, token.start) {
                writeln!(self.out)?;
                number = 0;
                // No label goes on over an empty line.
                for column in [&mut claims, &mut sources] {
                    if column[at] == Bio::Inside {
                        column[at] = Bio::Begins;
                    }
                }
            }
            number += 1;
            before = token.end;
            let (first, last) = article.points(*token);
            let word = &article.text()[token.start..token.end];
            let word = word.replace(|c: char| c.is_control(), " ");
            let (claim, source) = (claims[at].tag(CLAIM), sources[at].tag(SOURCE));
            writeln!(
                self.out,
                "{number}\t{word}\t{first}\t{last}\t{claim}\t{source}"
            )?;
        }
        writeln!(self.out)
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        self.out.flush()?;
        Ok(self.losses)
    }
}

/// Where a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bio {
    Outside,
    Begins,
    Inside,
}

impl Bio {
    fn tag(self, label: &str) -> String {
        match self {
            Bio::Outside => "O".to_owned(),
            Bio::Begins => format!("B-{label}"),
            Bio::Inside => format!("I-{label}"),
        }
    }
}

/// Where each token stands in the marks of a label, and how many marks lost words to longer ones.
fn column(tokens: &[Span], marks: &[Labelled<'_>], label: &str) -> (Vec<Bio>, usize) {
    let mut column = vec![Bio::Outside; tokens.len()];
    let mut lost = 0;
    let length = |mark: &&Labelled<'_>| -> usize {
        let words = mark
            .pieces
            .iter()
            .map(|piece| piece.span.end - piece.span.start);
        words.sum()
    };
    let mut marks: Vec<_> = marks.iter().filter(|mark| mark.label == label).collect();
    marks.sort_by_key(|mark| std::cmp::Reverse(length(mark)));
    for mark in marks {
        let mut whole = true;
        for piece in &mark.pieces {
            let from = tokens.partition_point(|token| token.end <= piece.span.start);
            let to = tokens.partition_point(|token| token.start < piece.span.end);
            let taken = &mut column[from..to];
            if taken.iter().any(|place| *place != Bio::Outside) {
                whole = false;
                continue;
            }
            taken.fill(Bio::Inside);
            if let Some(first) = taken.first_mut() {
                *first = Bio::Begins;
            }
        }
        lost += usize::from(!whole);
    }
    (column, lost)
}

/// Whether an empty line stands between two tokens.
fn is_break(article: &Article, from: usize, to: usize) -> bool {
    let between = &article.text()[from..to];
    between.matches('\n').count() > 1
}
