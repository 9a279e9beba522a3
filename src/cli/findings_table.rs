//! What the detector found in an article as a table for people: a line a claim.

use std::io::{self, Write};

use crate::detect::{Claim, Findings};
use crate::text::{Article, Mark, Signs, Visible, Word};

/// Cells of the columns for kinds and for the source.
const KINDS: usize = 12;
const SOURCE: usize = 24;

/// Writes the claims of one article, the first worth checking first; below the fold their number.
///
/// # Errors
/// Those of `out`.
pub(super) fn write(
    out: &mut impl Write,
    name: &str,
    article: &Article,
    findings: &Findings,
) -> io::Result<()> {
    let count = findings.claims.len();
    let title = format!("{name}: {count} claims, {} sources", findings.sources.len());
    writeln!(out, "{}", Visible::new(&title).as_str())?;
    if count > 0 {
        writeln!(
            out,
            "priority  {:KINDS$}  {:SOURCE$}  claim",
            "kind", "source"
        )?;
    }
    let mut claims: Vec<&Claim> = findings.claims.iter().collect();
    claims.sort_by(|a, b| b.priority.total_cmp(&a.priority));
    for claim in claims {
        let kinds: Vec<&str> = claim.kinds.iter().map(|kind| kind.as_str()).collect();
        let source = claim
            .attribution
            .and_then(|at| findings.attributions[at].source.as_ref())
            .map_or_else(|| "no source".to_owned(), |mark| words(article, mark));
        writeln!(
            out,
            "{:8.2}  {}  {}  {}",
            claim.priority,
            column(&kinds.join(","), KINDS),
            column(&source, SOURCE),
            Visible::new(&words(article, &claim.mark)).as_str(),
        )?;
    }
    if !findings.folded.is_empty() {
        writeln!(out, "and {} seldom worth checking", findings.folded.len())?;
    }
    writeln!(out)
}

/// The words of a mark in one line.
fn words(article: &Article, mark: &Mark) -> String {
    let words = mark.words(article.text(), " … ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text cut or filled to so many cells.
fn column(text: &str, cells: usize) -> String {
    let text = Visible::fitting(text, cells, Signs::Unicode);
    let blanks = cells.saturating_sub(text.cells());
    format!("{}{:blanks$}", text.as_str(), "")
}
