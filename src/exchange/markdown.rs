//! A report in Markdown, for people: what was checked, what came out, on what evidence.
//!
//! Nothing in an article, note or name may become markup: signs that mean something in
//! Markdown are escaped, characters nobody sees are made visible. Addresses become links
//! only if they are http or https, and there is no image, so opening a report loads nothing.

use std::io::{self, Write};

use super::entry::{Entry, Selection, Told, entries, name_of};
use super::losses::Part;
use super::writer::{Settings, Writer, each};
use crate::annotations::{
    Annotation, Document, Evidence, Locator, Progress, Question, Status, group_sources,
};
use crate::text::{Fact, Visible};

/// What a report holds; who answered stands in it without when.
pub const HOLDS: &[Part] = &[
    Part::Sources,
    Part::SourceFacts,
    Part::TakenFrom,
    Part::Pieces,
    Part::Gone,
    Part::Kinds,
    Part::OwnWords,
    Part::Verdicts,
    Part::Notes,
    Part::Evidence,
    Part::OtherWords,
];

/// Begins a report.
///
/// # Errors
/// None: nothing is written before the first article.
pub fn begin<'w>(out: &'w mut dyn Write, _: &Settings) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(each(out, |out, subject| {
        write(out, subject.name, subject.document, subject.selection)
    }))
}

/// Writes the report on one article, known to the reader as `name`.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut impl Write,
    name: &str,
    document: &Document,
    selection: Selection,
) -> io::Result<()> {
    let entries = entries(document, selection);
    let claims: Vec<&Entry<'_>> = entries.iter().filter(|e| e.annotation.is_claim()).collect();
    head(out, name, document, &claims)?;
    summary(out, &claims)?;
    let numbers = document.claim_numbers();
    let number = |claim: &Annotation| numbers.get(&claim.id).map(ToString::to_string);
    for claim in &claims {
        let number = number(claim.annotation).unwrap_or_default();
        section(out, &number, claim)?;
    }
    still_open(out, document, number)?;
    sources(out, &entries)
}

fn head(
    out: &mut impl Write,
    name: &str,
    document: &Document,
    claims: &[&Entry<'_>],
) -> io::Result<()> {
    let known = document.parts().article.known();
    let title = known.title().unwrap_or(name);
    writeln!(out, "# {}\n", escaped(title))?;
    if title != name {
        writeln!(out, "- Article: {}", escaped(name))?;
    }
    let told = [
        ("By", Fact::Author),
        ("In", Fact::Outlet),
        ("Published", Fact::Published),
    ];
    for (label, fact) in told {
        if let Some(words) = known.get(fact) {
            writeln!(out, "- {label}: {}", escaped(words))?;
        }
    }
    if let Some(url) = known.get(Fact::Url) {
        writeln!(out, "- Address: {}", address(url))?;
    }
    let progress = Progress::of(document, "");
    writeln!(
        out,
        "- Decided: {} of {}; claims in this report: {}",
        progress.decided,
        progress.total,
        claims.len()
    )?;
    for (reviewer, pass) in &document.parts().passes {
        let state = match (pass.finished, pass.text == *document.text()) {
            (true, true) => "finished",
            (true, false) => "finished an earlier version of the text",
            (false, _) => "started",
        };
        writeln!(
            out,
            "- {}: {state}, {}",
            escaped(reviewer),
            escaped(pass.at.as_str())
        )?;
    }
    writeln!(out)
}

/// How many claims got which verdict.
fn summary(out: &mut impl Write, claims: &[&Entry<'_>]) -> io::Result<()> {
    if claims.is_empty() {
        return writeln!(out, "No claims to report.\n");
    }
    let mut counts: Vec<(String, usize)> = Vec::new();
    for claim in claims {
        let verdict = outcome(claim);
        match counts.iter_mut().find(|(known, _)| *known == verdict) {
            Some((_, count)) => *count += 1,
            None => counts.push((verdict, 1)),
        }
    }
    counts.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    writeln!(out, "| Verdict | Claims |\n| --- | ---: |")?;
    for (verdict, count) in counts {
        writeln!(out, "| {} | {count} |", escaped(&verdict))?;
    }
    writeln!(out)
}

/// The verdict, or that there is none, or that reviewers differ.
fn outcome(claim: &Entry<'_>) -> String {
    let verdicts = claim.verdicts();
    match verdicts.as_slice() {
        [] if claim.judged().iter().any(|judged| judged.verdict.is_some()) => {
            "judged on other words".to_owned()
        }
        [] => "no verdict".to_owned(),
        [first, rest @ ..]
            if first.by.is_none() || rest.iter().all(|told| told.what == first.what) =>
        {
            first.what.to_owned()
        }
        _ => "reviewers differ".to_owned(),
    }
}

fn section(out: &mut impl Write, number: &str, claim: &Entry<'_>) -> io::Result<()> {
    let record = claim.annotation;
    writeln!(out, "## Claim {number}: {}\n", escaped(&outcome(claim)))?;
    quote(out, &claim.text())?;
    for judged in claim.judged() {
        let words = judged.words.as_deref().map(escaped);
        let words = words.map_or("other words".to_owned(), |words| format!("“{words}”"));
        let by = escaped(judged.by.unwrap_or("last word"));
        let verdict = judged.verdict.map_or("no verdict".to_owned(), escaped);
        writeln!(
            out,
            "- **The words changed since:** judged {words}: {verdict} ({by})"
        )?;
    }
    let open: Vec<String> = claim.open().iter().map(ToString::to_string).collect();
    if !open.is_empty() {
        writeln!(out, "- **Still open:** {}", open.join(", "))?;
    }
    if let Some(words) = record.attribute("claim_text") {
        writeln!(out, "- **In our words:** {}", escaped(words))?;
    }
    let source = claim.source_name();
    let source = source.as_deref().unwrap_or("none given");
    write!(out, "- **Source:** {}", escaped(source))?;
    let about: Vec<String> = ["source_type", "role"]
        .into_iter()
        .filter_map(|field| claim.source()?.attribute(field).map(escaped))
        .collect();
    if !about.is_empty() {
        write!(out, " ({})", about.join("; "))?;
    }
    writeln!(out)?;
    let kinds: Vec<&str> = record.kinds().iter().map(|kind| kind.as_str()).collect();
    if !kinds.is_empty() {
        writeln!(out, "- **Kind:** {}", escaped(&kinds.join(", ")))?;
    }
    list(out, "Verdict", &claim.verdicts())?;
    for (_, piece) in &record.evidence {
        evidence(out, piece)?;
    }
    list(out, "Note", &claim.notes())?;
    let status = record.status();
    if !status.is_verified() {
        writeln!(out, "- **Status:** {status}")?;
    }
    let reviewers: Vec<String> = record
        .reviews
        .iter()
        .map(|(name, review)| format!("{} ({})", escaped(name), escaped(review.decision.as_str())))
        .collect();
    if !reviewers.is_empty() {
        writeln!(out, "- **Reviewed by:** {}", reviewers.join(", "))?;
    }
    match claim.spans().as_slice() {
        [] => writeln!(out, "- **Place:** not found in the text at hand")?,
        spans => {
            let places: Vec<String> = spans
                .iter()
                .map(|[from, to]| format!("{from}–{to}"))
                .collect();
            writeln!(out, "- **Place:** characters {}", places.join(", "))?;
        }
    }
    writeln!(out)
}

/// What nobody settled: questions claim by claim and source by source, and how many claims
/// nobody looked at.
fn still_open(
    out: &mut impl Write,
    document: &Document,
    number: impl Fn(&Annotation) -> Option<String>,
) -> io::Result<()> {
    let differ = Question::Disputed.to_string();
    let mut undecided = 0;
    let mut lines = Vec::new();
    for entry in entries(document, Selection::All) {
        let claim = entry.annotation;
        if !claim.is_claim() {
            continue;
        }
        let mut open: Vec<String> = entry.open().iter().map(ToString::to_string).collect();
        if claim.status() == Status::Undecided {
            undecided += usize::from(!open.is_empty());
            continue;
        }
        if let Some(at) = open.iter().position(|word| *word == differ) {
            // In what, and not only that.
            let disputes = document.disputes(claim);
            open.splice(at..=at, disputes.iter().map(ToString::to_string));
        }
        if open.is_empty() {
            continue;
        }
        let notes: Vec<String> = entry.notes().iter().map(|n| escaped(n.what)).collect();
        let notes = if notes.is_empty() {
            String::new()
        } else {
            format!(" ({})", notes.join("; "))
        };
        let number = number(claim).unwrap_or_default();
        let words = escaped(&entry.text());
        lines.push(format!(
            "- Claim {number}, {}: “{words}”{notes}",
            open.join(", ")
        ));
    }
    let mentions = document.annotations().iter().filter(|a| a.is_source());
    for (_, mentions) in group_sources(mentions) {
        let open = document.counted_source(&mentions, "").open;
        let first = mentions.first().and_then(|id| document.annotation(id));
        if let (Some(open), Some(source)) = (open, first) {
            lines.push(format!("- Source {}, {open}", escaped(&name_of(source))));
        }
    }
    if lines.is_empty() && undecided == 0 {
        return Ok(());
    }
    writeln!(out, "## Still open\n")?;
    for line in lines {
        writeln!(out, "{line}")?;
    }
    match undecided {
        0 => {}
        1 => writeln!(out, "- 1 claim undecided")?,
        many => writeln!(out, "- {many} claims undecided")?,
    }
    writeln!(out)
}

fn list(out: &mut impl Write, label: &str, told: &[Told<'_>]) -> io::Result<()> {
    for entry in told {
        let by = match entry.by {
            Some(by) if told.len() > 1 => format!(" ({})", escaped(by)),
            None if told.len() > 1 => " (last word)".to_owned(),
            _ => String::new(),
        };
        writeln!(out, "- **{label}:** {}{by}", escaped(entry.what))?;
    }
    Ok(())
}

fn evidence(out: &mut impl Write, evidence: &Evidence) -> io::Result<()> {
    let stance = escaped(evidence.stance.as_str());
    write!(out, "- **Evidence, {stance}:**")?;
    if let Some(primacy) = &evidence.primacy {
        write!(out, " {}:", escaped(primacy.as_str()))?;
    }
    if let Some(url) = &evidence.url {
        write!(out, " {}", address(url))?;
    }
    if let Some(document) = &evidence.document {
        write!(out, " {}", escaped(document))?;
    }
    if let Some(locator) = evidence.locator.as_ref().and_then(Locator::told) {
        write!(out, ", {}", escaped(&locator))?;
    }
    if let Some(quote) = &evidence.quote {
        write!(out, " “{}”", escaped(quote))?;
    }
    if let Some(archive) = &evidence.archive {
        write!(out, " (archived: {})", address(archive))?;
    }
    if let Some(day) = &evidence.consulted {
        write!(out, " (consulted: {})", escaped(day))?;
    }
    if let Some(note) = &evidence.note {
        write!(out, " — {}", escaped(note))?;
    }
    writeln!(out)
}

/// The sources, once each by name.
fn sources(out: &mut impl Write, entries: &[Entry<'_>]) -> io::Result<()> {
    let mut rows: Vec<(String, String, Status)> = Vec::new();
    for entry in entries.iter().filter(|e| e.annotation.is_source()) {
        let source = entry.annotation;
        let name = name_of(source);
        if !rows.iter().any(|(known, ..)| *known == name) {
            let source_type = source.attribute("source_type").unwrap_or_default();
            rows.push((name, source_type.to_owned(), source.status()));
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## Sources\n\n| Source | Type | Status |\n| --- | --- | --- |"
    )?;
    for (name, source_type, status) in rows {
        writeln!(
            out,
            "| {} | {} | {status} |",
            escaped(&name),
            escaped(&source_type)
        )?;
    }
    writeln!(out)
}

/// A quotation block, line by line.
fn quote(out: &mut impl Write, text: &str) -> io::Result<()> {
    for line in text.lines() {
        // Blanks may stand behind signs that show nothing; four would make it code.
        let mut line = escaped(line.trim()).trim_start().to_owned();
        if let Some(at) = block_sign(&line) {
            line.insert(at, '\\');
        }
        writeln!(out, "> {line}")?;
    }
    writeln!(out)
}

/// Where the sign stands that would make the line a heading, a list or a rule.
fn block_sign(line: &str) -> Option<usize> {
    if line.starts_with(['#', '+', '-', '=', ':']) {
        return Some(0);
    }
    let digits = line.find(|c: char| !c.is_ascii_digit())?;
    (digits > 0 && line[digits..].starts_with(['.', ')'])).then_some(digits)
}

/// An address as a link if it is one, else as text.
fn address(url: &str) -> String {
    let url = url.trim();
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    if !(lower.starts_with("http://") || lower.starts_with("https://")) {
        return escaped(url);
    }
    let mut link = String::with_capacity(url.len() + 2);
    link.push('<');
    // Without brackets and exclamation marks nothing in it can be read as an image, should a
    // program not take it for an address.
    let is_seen = |c: char| c.is_ascii() || Visible::new(&c.to_string()).hidden() == 0;
    for c in url.chars() {
        if c.is_alphanumeric() && is_seen(c) || "-._~:/?#@$&'()*+,;=%".contains(c) {
            link.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                link.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    link.push('>');
    link
}

/// Text that stays text: on one line, nothing unseen, no markup.
pub(super) fn escaped(text: &str) -> String {
    let line = text
        .split(['\n', '\r'])
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join(" ");
    let visible = Visible::new(&line);
    let mut escaped = String::with_capacity(line.len() + 8);
    for c in visible.as_str().chars() {
        match c {
            // Programs differ over what a backslash does to these.
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            _ => {
                if "\\`*_[]|~$".contains(c) {
                    escaped.push('\\');
                }
                escaped.push(c);
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
