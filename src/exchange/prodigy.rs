//! Prodigy's JSON Lines, which spaCy's tools read: one task an article.
//!
//! Offsets are code points, as Python counts them. A task has tokens, and every mark begins and
//! ends with one: where a mark cuts a word, the token is cut there too. Prodigy knows no marks in
//! pieces; theirs are marks of their own, each joined to the next by a `CONTINUES` relation.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use super::entry::Subject;
use super::json;
use super::losses::Part;
use super::marks::{GOES_ON, Labelled, Piece, labelled, relations};
use super::reading::{Input, NotRead, json_lines};
use super::stretches::{Counted, Relation, Stretch as Brings, gather};
use super::writer::{Settings, Writer, each};
use crate::annotations::Brought;
use crate::text::{Article, Span, tokens};

/// What a task holds.
pub(super) const HOLDS: &[Part] = &[
    Part::Sources,
    Part::TakenFrom,
    Part::OtherLinks,
    Part::Pieces,
];

/// Begins a file of tasks.
///
/// # Errors
/// None: nothing is written before the first article.
pub(super) fn begin<'w>(out: &'w mut dyn Write, _: &Settings) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(each(out, |out, subject| {
        let marks = labelled(subject);
        json::write_line(out, &task(subject, &marks))
    }))
}

/// A task, in the order of Prodigy's own.
#[derive(Serialize)]
struct Task<'a> {
    text: &'a str,
    meta: Meta<'a>,
    tokens: Vec<Token<'a>>,
    spans: Vec<Stretch<'a>>,
    relations: Vec<Related<'a>>,
    answer: &'static str,
}

#[derive(Serialize)]
struct Meta<'a> {
    article: &'a str,
    text_version: &'a str,
}

/// A token: its words, where it begins and ends in code points, its number, and whether a blank
/// follows.
#[derive(Serialize)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    id: usize,
    ws: bool,
}

/// A piece of a mark.
#[derive(Clone, Serialize)]
struct Stretch<'a> {
    start: usize,
    end: usize,
    token_start: usize,
    token_end: usize,
    label: &'static str,
    id: &'a str,
}

/// A relation between two pieces.
#[derive(Serialize)]
struct Related<'a> {
    head: usize,
    child: usize,
    head_span: Stretch<'a>,
    child_span: Stretch<'a>,
    label: &'a str,
}

impl<'a> Related<'a> {
    fn new(from: &Stretch<'a>, to: &Stretch<'a>, label: &'a str) -> Related<'a> {
        Related {
            head: from.token_end,
            child: to.token_end,
            head_span: from.clone(),
            child_span: to.clone(),
            label,
        }
    }
}

fn task<'a>(subject: &Subject<'a>, marks: &'a [Labelled<'a>]) -> Task<'a> {
    let tokens = tokens_of(subject.article, marks);
    let stretches: Vec<Vec<Stretch<'_>>> = marks
        .iter()
        .map(|mark| {
            let stretch = |piece: &Piece| stretch(&tokens, mark, piece);
            mark.pieces.iter().map(stretch).collect()
        })
        .collect();
    let mut related = Vec::new();
    for pieces in &stretches {
        let pairs = pieces.windows(2);
        related.extend(pairs.map(|pair| Related::new(&pair[0], &pair[1], GOES_ON)));
    }
    for link in relations(marks) {
        let (from, to) = (&stretches[link.from][0], &stretches[link.to][0]);
        related.push(Related::new(from, to, link.label));
    }
    Task {
        text: subject.article.text(),
        meta: Meta {
            article: subject.name,
            text_version: subject.document.text().as_str(),
        },
        tokens,
        spans: stretches.into_iter().flatten().collect(),
        relations: related,
        answer: "accept",
    }
}

fn stretch<'a>(tokens: &[Token<'_>], mark: &'a Labelled<'a>, piece: &Piece) -> Stretch<'a> {
    let [start, end] = piece.points;
    Stretch {
        start,
        end,
        token_start: tokens.partition_point(|token| token.start < start),
        token_end: tokens
            .partition_point(|token| token.end <= end)
            .saturating_sub(1),
        label: mark.label,
        id: mark.entry.annotation.id.as_str(),
    }
}

/// The tokens of a text, cut where marks begin and end. As spaCy has it, a single blank belongs to
/// the token before it, and all other white space is a token: so the tokens alone give the text back.
fn tokens_of<'a>(article: &'a Article, marks: &[Labelled<'_>]) -> Vec<Token<'a>> {
    let pieces = || marks.iter().flat_map(|mark| &mark.pieces);
    let ends: BTreeSet<usize> = pieces().flat_map(|p| [p.span.start, p.span.end]).collect();
    // A blank that a mark begins or ends with has to be a token.
    let firsts = pieces().map(|p| p.span.start);
    let blanks: BTreeSet<usize> = firsts
        .chain(pieces().map(|p| p.span.end.saturating_sub(1)))
        .collect();
    let text = article.text();
    let mut all: Vec<Token<'_>> = Vec::new();
    let mut at = 0;
    let words = tokens(text).map(|token| token.span);
    for span in words.chain([Span::new(text.len(), text.len())]) {
        let mut from = at;
        let has_blank = text[at..span.start].starts_with(' ') && !blanks.contains(&at);
        if let Some(before) = all.last_mut().filter(|_| has_blank) {
            before.ws = true;
            from += 1;
        }
        for range in [(from, span.start), (span.start, span.end)] {
            push(&mut all, article, &ends, range);
        }
        at = span.end;
    }
    all
}

/// Adds a range as tokens, cut at the ends inside it.
fn push<'a>(
    all: &mut Vec<Token<'a>>,
    article: &'a Article,
    ends: &BTreeSet<usize>,
    (from, to): (usize, usize),
) {
    let mut start = from;
    let inside = ends.range((Bound::Excluded(from), Bound::Excluded(to.max(from + 1))));
    for end in inside.copied().chain([to]) {
        if start < end {
            let (first, last) = article.points(Span::new(start, end));
            all.push(Token {
                text: &article.text()[start..end],
                start: first,
                end: last,
                id: all.len(),
                ws: false,
            });
        }
        start = end;
    }
}

/// A task as it is read: what annotators accepted.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    text: String,
    #[serde(default)]
    meta: About,
    #[serde(default)]
    spans: Vec<Told>,
    #[serde(default)]
    relations: Vec<ToldRelation>,
    answer: Option<String>,
}

#[derive(Default, Deserialize)]
struct About {
    article: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Told {
    start: usize,
    end: usize,
    #[serde(default)]
    label: String,
    id: Option<String>,
}

impl Told {
    /// Spans of one id are pieces of one mark; Prodigy's own have none.
    fn key(&self) -> String {
        let own = || format!("{}-{}-{}", self.start, self.end, self.label);
        self.id.clone().unwrap_or_else(own)
    }
}

#[derive(Deserialize)]
struct ToldRelation {
    head_span: Told,
    child_span: Told,
    #[serde(default)]
    label: String,
}

/// Reads tasks; those that an annotator rejected or passed over say nothing.
///
/// # Errors
/// When a line is no task.
pub(super) fn read(input: &Input<'_>) -> Result<Vec<Brought>, NotRead> {
    let tasks: Vec<Done> = json_lines(input.bytes)?;
    let accepted = |task: &Done| {
        task.answer
            .as_deref()
            .is_none_or(|answer| answer == "accept")
    };
    Ok(tasks.into_iter().filter(accepted).map(brought).collect())
}

fn brought(task: Done) -> Brought {
    let relation = |relation: ToldRelation| Relation {
        from: relation.head_span.key(),
        to: relation.child_span.key(),
        label: relation.label,
    };
    let stretch = |span: Told| Brings {
        key: span.key(),
        range: (span.start, span.end),
        words: None,
        label: span.label,
    };
    let mut brought = Brought {
        name: task.meta.article.map(|name| match name {
            serde_json::Value::String(name) => name,
            other => other.to_string(),
        }),
        ..Brought::default()
    };
    let stretches = task.spans.into_iter().map(stretch).collect();
    let relations = task.relations.into_iter().map(relation).collect();
    gather(
        &mut brought,
        &Counted::in_points(&task.text),
        stretches,
        relations,
    );
    brought.text = Some(task.text);
    brought
}
