//! Which blocks of a Markdown text are front matter and quotations.
//!
//! Knows lines and their marks, nothing of what is inside: emphasis, links and the like are
//! words like others. The text is never changed; what is said here are places in it.

use super::Span;

/// Bytes at the start within which front matter has to end.
const FRONT_MATTER: usize = 64 << 10;

/// Blanks before a mark from which a line is code.
const INDENT: usize = 4;

/// A block quotation: lines that begin with `>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedBlock {
    /// From its first mark to the end of its last line, the line end left out.
    pub span: Span,
    /// Its paragraphs in order, none of them empty.
    pub paragraphs: Vec<QuotedParagraph>,
}

/// A paragraph of a block quotation, however many lines it is written on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedParagraph {
    /// From its first word to its last.
    pub span: Span,
    /// What stands between two of its lines, each a line end and the marks after it: to readers
    /// a blank, so sentences go on behind it.
    pub joints: Vec<Span>,
}

/// A line without its end.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    words: &'t str,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.words.len()
    }
}

fn lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    let rest = text.get(from..).unwrap_or("");
    rest.split_inclusive('\n').map(move |line| {
        let words = line.strip_suffix('\n').unwrap_or(line);
        let found = Line { start, words };
        start += line.len();
        found
    })
}

/// Front matter with its fences, if the text begins with any: `---` for YAML, `+++` for TOML.
pub(super) fn front_matter(text: &str) -> Option<Span> {
    let mut lines = lines(text, 0);
    let fence = lines.next()?.words.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let mut is_first = true;
    for line in lines {
        let words = line.words.trim_end();
        if line.start > FRONT_MATTER {
            return None;
        }
        if words == fence || (fence == "---" && words == "...") {
            return Some(Span::new(0, line.end()));
        }
        // A rule at the top is no fence: what follows it is prose.
        if is_first && !words.is_empty() && !words.starts_with('#') {
            let key = words.split([':', '=']).next().unwrap_or("");
            let is_table = fence == "+++" && words.starts_with('[');
            if !is_table && (key.len() == words.len() || key.trim().contains(' ')) {
                return None;
            }
            is_first = false;
        }
    }
    None
}

/// The block quotations of the text behind its front matter, in order.
pub(super) fn quoted_blocks(text: &str) -> Vec<QuotedBlock> {
    let from = front_matter(text).map_or(0, |front| front.end);
    let mut blocks: Vec<QuotedBlock> = Vec::new();
    let mut open: Option<Open> = None;
    let mut fence: Option<&str> = None;
    for line in lines(text, from) {
        if let Some(ends) = fence {
            if is_fence_end(line.words, ends) {
                fence = None;
            }
            continue;
        }
        if let Some(words) = quoted(line) {
            let block = open.get_or_insert_with(|| Open::at(line));
            block.take(text, line, words);
            continue;
        }
        if let Some(block) = &mut open
            && block.goes_on
            && !line.words.trim().is_empty()
            && !begins_block(line.words)
        {
            // A paragraph of the quotation whose writer left the marks out.
            let words = Span::new(line.start, line.end()).trimmed(text);
            block.take(text, line, words);
            continue;
        }
        blocks.extend(open.take().map(Open::closed));
        fence = fence_of(line.words);
    }
    blocks.extend(open.map(Open::closed));
    blocks.retain(|block| !block.paragraphs.is_empty());
    blocks
}

/// A quotation whose end is not found yet.
struct Open {
    block: QuotedBlock,
    /// Whether the next line belongs to the last paragraph.
    goes_on: bool,
    in_code: bool,
}

impl Open {
    fn at(line: Line<'_>) -> Open {
        let indent = line.words.len() - line.words.trim_start().len();
        Open {
            block: QuotedBlock {
                span: Span::new(line.start + indent, line.end()),
                paragraphs: Vec::new(),
            },
            goes_on: false,
            in_code: false,
        }
    }

    fn take(&mut self, text: &str, line: Line<'_>, words: Span) {
        self.block.span.end = line.end();
        let inner = words.of(text);
        let is_fence = fence_of(inner).is_some();
        if words.is_empty() || is_fence || self.in_code {
            self.in_code ^= is_fence;
            self.goes_on = false;
            return;
        }
        match self.block.paragraphs.last_mut() {
            Some(last) if self.goes_on && !begins_block(inner) => {
                last.joints.push(Span::new(last.span.end, words.start));
                last.span.end = words.end;
            }
            _ => self.block.paragraphs.push(QuotedParagraph {
                span: words,
                joints: Vec::new(),
            }),
        }
        self.goes_on = !is_heading(inner);
    }

    fn closed(self) -> QuotedBlock {
        self.block
    }
}

/// The words of a quoted line behind all of its marks; `None` if it is none.
fn quoted(line: Line<'_>) -> Option<Span> {
    let trimmed = line.words.trim_start_matches(' ');
    if line.words.len() - trimmed.len() >= INDENT || !trimmed.starts_with('>') {
        return None;
    }
    let words = line.words.trim_start_matches(['>', ' ', '\t']);
    let start = line.end() - words.len();
    Some(Span::new(start, start + words.trim_end().len()))
}

fn is_heading(words: &str) -> bool {
    let marks = words.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&marks) && words[marks..].starts_with([' ', '\t'])
}

/// Whether a line cannot go on with the paragraph before it: headings, items of lists, rules,
/// fences, tables, and a dash before the name of who said it.
fn begins_block(words: &str) -> bool {
    let words = words.trim_start();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let is_item = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    is_heading(words)
        || words.starts_with(['|', '—', '–', '―'])
        || words.starts_with("--")
        || words.strip_prefix(['-', '*', '+']).is_some_and(is_item)
        || (1..=9).contains(&digits)
            && words[digits..]
                .strip_prefix(['.', ')'])
                .is_some_and(is_item)
        || fence_of(words).is_some()
        || words.len() >= 3 && words.bytes().all(|byte| b"-*_= ".contains(&byte))
}

/// The fence of code that a line opens.
fn fence_of(words: &str) -> Option<&str> {
    let words = words.trim_start_matches(' ');
    let first = words.bytes().next().filter(|byte| b"`~".contains(byte))?;
    let length = words.bytes().take_while(|byte| *byte == first).count();
    let (fence, rest) = words.split_at(length);
    (length >= 3 && (first == b'~' || !rest.contains('`'))).then_some(fence)
}

fn is_fence_end(words: &str, fence: &str) -> bool {
    let words = words.trim();
    words.starts_with(fence) && words.trim_start_matches(&fence[..1]).is_empty()
}

#[cfg(test)]
mod tests;
