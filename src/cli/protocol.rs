//! `detect --protocol`: the detector compiled in, for another program that speaks the protocol.
//!
//! One answer after the other, in the order of the questions: it is faster than whoever asks. What is no
//! line of the protocol is told on standard error and passed over.

use std::io::{self, BufRead, Read, Write};

use anyhow::Context;
use serde::Deserialize;
use serde_json::{Value, json};

use super::TOOL;
use super::error::{Exit, say};
use super::output::Output;
use super::pipeline::contained;
use crate::detect::{Detect, compiled_in};
use crate::exchange::findings;
use crate::ingest;
use crate::text::{Article, Media};

/// Longest line that is read, in bytes: an article of the largest size, escaped throughout.
const LONGEST: u64 = 6 * ingest::LIMIT as u64 + 1_000_000;

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    hello: bool,
    id: Option<Value>,
    article: Option<Asked>,
    cancel: Option<Value>,
}

#[derive(Deserialize)]
struct Asked {
    id: Option<Value>,
    text: Option<String>,
}

pub(super) fn run() -> anyhow::Result<Exit> {
    let detector = compiled_in(TOOL);
    let mut input = io::stdin().lock();
    let mut out = Output::stdout();
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        if read.context("cannot read standard input")? == 0 {
            break;
        }
        if line.len() as u64 == LONGEST {
            say("a line is longer than an article can be; nothing further is read");
            return Ok(Exit::Wrong);
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = match serde_json::from_slice::<Line>(&line) {
            Ok(line) => answer(&*detector, line),
            Err(error) => {
                say(&format!("a line is not of the protocol: {error}"));
                None
            }
        };
        if let Some(answer) = answer {
            out.write_all(&answer)?;
            out.flush()?;
        }
    }
    out.finish()?;
    Ok(Exit::Fine)
}

/// The line that answers one; `None`: nothing is answered.
fn answer(detector: &dyn Detect, line: Line) -> Option<Vec<u8>> {
    if line.hello {
        let (name, version) = TOOL.split_once(' ').unwrap_or((TOOL, "0"));
        let hello = json!({
            "name": name,
            "version": format!("{version} {}", detector.run().model),
            "languages": ["en"],
            "answers": ["attributions", "claims", "stand_alone"],
            "batch": 1,
            "sends": "nothing",
        });
        return Some(format!("{hello}\n").into_bytes());
    }
    // Answers are given at once, so there is nothing to be left.
    if line.cancel.is_some() {
        return None;
    }
    let Some(id) = line.id else {
        say("a line asks for nothing; left");
        return None;
    };
    let told = |why: String| Some(format!("{}\n", json!({"id": id, "error": why})).into_bytes());
    let Some(Asked {
        id: name,
        text: Some(text),
    }) = line.article
    else {
        return told("there is no article with a text".to_owned());
    };
    let name = name.as_ref().and_then(Value::as_str).unwrap_or("article");
    let found = contained(name, || {
        let article = Article::new(name, &text, Media::Plain);
        let mut line = Vec::new();
        let findings = detector.detect(&article);
        findings::write(&mut line, &id, &article, &findings).map(|()| line)
    });
    match found {
        Ok(Ok(line)) => Some(line),
        Ok(Err(error)) => told(error.to_string()),
        Err(broken) => told(broken.to_string()),
    }
}
