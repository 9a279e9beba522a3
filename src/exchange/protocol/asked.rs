//! What proofmark says to a detector: the greeting, a question about one article, and that
//! nobody waits for an answer any more.
//!
//! Characters that break lines for some readers (U+2028, U+0085) or steer a terminal are written
//! as `\u` escapes, so that a line is a line for every program and a log can be looked at.

use serde::Serialize;

use super::super::json;
use super::{VERSION, Want};

/// A question about one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask<'a> {
    /// By which the answer is known.
    pub id: &'a str,
    /// What the article is called.
    pub article_id: &'a str,
    /// Its text; the detector counts in code points of it.
    pub text: &'a str,
    /// Its language, where known.
    pub language: Option<&'a str>,
    /// Its day (`2026-03-04`), where known.
    pub date: Option<&'a str>,
    /// What is wanted of it.
    pub want: &'a [Want],
    /// How long the answer is waited for.
    pub deadline_ms: u64,
}

#[derive(Serialize)]
struct Question<'a> {
    id: &'a str,
    article: Article<'a>,
    want: &'a [Want],
    deadline_ms: u64,
}

#[derive(Serialize)]
struct Article<'a> {
    id: &'a str,
    text: &'a str,
    language: Option<&'a str>,
    date: Option<&'a str>,
}

#[derive(Serialize)]
struct Greeting {
    proofmark: u32,
    hello: bool,
}

#[derive(Serialize)]
struct Cancel<'a> {
    cancel: &'a str,
}

impl Ask<'_> {
    /// The question as a line, with its line feed.
    pub fn line(&self) -> Vec<u8> {
        line(&Question {
            id: self.id,
            article: Article {
                id: self.article_id,
                text: self.text,
                language: self.language,
                date: self.date,
            },
            want: self.want,
            deadline_ms: self.deadline_ms,
        })
    }
}

/// The first line: what it is, is to be said.
pub fn greeting() -> Vec<u8> {
    line(&Greeting {
        proofmark: VERSION,
        hello: true,
    })
}

/// Nobody waits for the answer to `id` any more.
pub fn cancel(id: &str) -> Vec<u8> {
    line(&Cancel { cancel: id })
}

fn line(value: &impl Serialize) -> Vec<u8> {
    let mut line = Vec::new();
    json::write_line(&mut line, value).expect("memory takes everything, and every key is a text");
    line
}
