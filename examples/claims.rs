//! Reads an article: what it claims and whom it takes each claim from, and what reviewers
//! decided, if there is a sidecar beside it.
//!
//! ```sh
//! cargo run --release --example claims sample_articles/health-sleep-study.txt
//! ```

use std::io::{self, Write};
use std::path::Path;

use proofmark::annotations::Document;
use proofmark::detect::{Detect, Detector, Findings};
use proofmark::exchange::{Selection, entries};
use proofmark::store::{read_article, read_for_commands};
use proofmark::text::{Article, Visible};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: claims ARTICLE")?;
    let path = Path::new(&path);
    let mut out = io::stdout().lock();

    // An article is its text and where each letter of it stands; the file is never changed.
    let article = read_article(path)?;
    let findings = Detector::new().detect(&article);
    write_found(&mut out, &article, &findings)?;

    // The sidecar, with decisions that the journal holds and it does not hold yet.
    let read = read_for_commands(path, None)?;
    if read.has_sidecar {
        write_decided(&mut out, &read.document)?;
    }
    Ok(())
}

/// Writes what a detector finds, what deserves checking first at the top.
fn write_found(out: &mut impl Write, article: &Article, findings: &Findings) -> io::Result<()> {
    let mut claims: Vec<_> = findings.claims.iter().collect();
    claims.sort_by(|a, b| b.priority.total_cmp(&a.priority));
    writeln!(out, "{}: {} claims", article.name(), claims.len())?;
    for claim in claims {
        let attribution = claim.attribution.map(|at| &findings.attributions[at]);
        let source = match attribution.and_then(|attribution| attribution.source.as_ref()) {
            Some(source) => article.words(source),
            None => "the article itself".to_owned(),
        };
        let (words, source) = (shown(&article.words(&claim.mark)), shown(&source));
        writeln!(out, "{:.2}  {words}\n      from {source}", claim.priority)?;
    }
    Ok(())
}

/// Writes the claims that somebody stands behind, in the order of the text.
fn write_decided(out: &mut impl Write, document: &Document) -> io::Result<()> {
    writeln!(out, "\nDecided:")?;
    let verified = entries(document, Selection::Verified);
    for entry in verified.iter().filter(|entry| entry.annotation.is_claim()) {
        let verdict = entry.verdict().unwrap_or("no verdict");
        let status = entry.annotation.status();
        writeln!(out, "{verdict}, {status}: {}", shown(&entry.text()))?;
        for (_, evidence) in &entry.annotation.evidence {
            let place = evidence.url.as_deref().or(evidence.document.as_deref());
            let place = shown(place.unwrap_or("no address"));
            writeln!(out, "      {} {place}", evidence.stance)?;
        }
    }
    Ok(())
}

/// Words of a file in a form that cannot steer a terminal.
fn shown(words: &str) -> String {
    Visible::new(words).as_str().to_owned()
}
