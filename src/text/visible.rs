//! The one door for text to a terminal.
//!
//! Articles, file names, error messages and notes may hold anything: escape sequences,
//! characters that turn the direction of others, tags that carry a hidden message, a
//! thousand accents on one letter. Nothing of that may reach a terminal, and nothing may
//! vanish either: a fact-checker must see that it is there. So every character that has no
//! harmless shape is **replaced by a sign of one cell, never dropped**, and counted.
//!
//! [`Clusters`] streams a text as [`Cluster`]s: the bytes of the source, what is drawn for
//! them, and how many cells that takes. [`Visible`] is a short text of one line that went
//! through it. Neither can be made in another way, so a widget that takes one of the two
//! cannot draw anything unsafe. Widths are those that ratatui counts for what is drawn.
//!
//! A soft hyphen takes no cell, and a line break within a `Visible` is a sign.

mod one_line;
mod rules;
#[cfg(test)]
mod tests;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use one_line::Visible;

use super::Span;
use rules::{MARKS_PER_CLUSTER, Rule};

/// Cells between two tab stops.
pub const TAB_STOP: u16 = 4;

/// Bytes looked at to find the end of a cluster; what is longer is cut there.
const LONGEST_CLUSTER: usize = 256;
/// Code points of one cluster; the longest emoji in use has ten.
const POINTS_PER_CLUSTER: usize = 24;
/// Cells of one cluster, so that the narrowest pane can show any.
const CELLS_PER_CLUSTER: usize = 8;

/// Which characters signs, borders and marks may use; article words stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Signs {
    /// Box drawing, check marks, control pictures.
    #[default]
    Unicode,
    /// ASCII alone, for terminals and fonts without them.
    Ascii,
}

/// What is drawn for a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Drawn<'t> {
    /// Characters of the text, or a sign of ours.
    Borrowed(&'t str),
    /// Characters of the text on a base of ours.
    Based(Box<str>),
}

/// What stands in one place of the screen: source bytes, drawn text, cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster<'t> {
    /// The bytes of the source it stands for.
    pub span: Span,
    /// Cells it takes, 0 to 8 (0 for a soft hyphen only).
    pub cells: u16,
    /// How many characters of the source it replaces by a sign.
    pub hidden: usize,
    drawn: Drawn<'t>,
    is_tab: bool,
}

impl<'t> Cluster<'t> {
    /// What to draw: free of control characters, exactly `cells` wide.
    pub fn drawn(&self) -> &str {
        match &self.drawn {
            Drawn::Borrowed(text) => text,
            Drawn::Based(text) => text,
        }
    }

    /// The cluster as it is drawn at `column`: a tab reaches to the next stop.
    pub fn at_column(mut self, column: u16) -> Cluster<'t> {
        if self.is_tab {
            self.cells = TAB_STOP - column % TAB_STOP;
            self.drawn = Drawn::Borrowed(blanks(self.cells));
        }
        self
    }

    /// Whether it draws nothing but blanks.
    pub fn is_blank(&self) -> bool {
        self.drawn().chars().all(char::is_whitespace)
    }

    /// Whether it is a soft hyphen, a place where a word may be divided.
    pub fn is_soft_hyphen(&self) -> bool {
        self.cells == 0
    }

    fn plain(start: usize, source: &'t str) -> Cluster<'t> {
        Cluster {
            span: Span::new(start, start + source.len()),
            cells: cells_of(source) as u16,
            hidden: 0,
            drawn: Drawn::Borrowed(source),
            is_tab: false,
        }
    }

    fn sign(start: usize, source: &str, signs: Signs) -> Cluster<'t> {
        let picture = match signs {
            Signs::Ascii => "?",
            Signs::Unicode => source.chars().next().map_or("\u{FFFD}", rules::picture_of),
        };
        Cluster {
            span: Span::new(start, start + source.len()),
            cells: 1,
            hidden: source.chars().count(),
            drawn: Drawn::Borrowed(picture),
            is_tab: false,
        }
    }
}

/// Streams the clusters of a text; what the spans cover, joined, is the whole text.
#[derive(Clone, Debug)]
pub struct Clusters<'t> {
    text: &'t str,
    position: usize,
    base: usize,
    signs: Signs,
    /// The cluster just given has all the marks it may have: more become one sign.
    is_full: bool,
}

impl<'t> Clusters<'t> {
    /// The clusters of `text`; spans count from `base`, the byte where `text` starts.
    pub fn new(text: &'t str, base: usize, signs: Signs) -> Clusters<'t> {
        Clusters {
            text,
            position: 0,
            base,
            signs,
            is_full: false,
        }
    }

    /// The next grapheme cluster of the rest, or what of it fits the bounds.
    fn grapheme(&self) -> &'t str {
        let rest = &self.text[self.position..];
        let mut end = rest.len().min(LONGEST_CLUSTER);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        rest[..end].graphemes(true).next().unwrap_or("")
    }

    /// Cuts the first cluster off `grapheme`, which starts at byte `start` of the source.
    fn cut(&mut self, grapheme: &'t str, start: usize) -> Cluster<'t> {
        let was_full = std::mem::take(&mut self.is_full);
        let Some(first) = grapheme.chars().next() else {
            return Cluster::plain(start, "");
        };
        let first_source = &grapheme[..first.len_utf8()];
        if was_full && rules::is_mark(first) && rules::rule_of(first) == Rule::Show {
            let surplus = grapheme
                .find(|c| !rules::is_mark(c) || rules::rule_of(c) != Rule::Show)
                .unwrap_or(grapheme.len());
            self.is_full = true;
            return Cluster::sign(start, &grapheme[..surplus], self.signs);
        }
        match rules::rule_of(first) {
            Rule::Show => {}
            Rule::Filler if grapheme.chars().any(rules::is_jamo) => {}
            Rule::Tab => {
                return Cluster {
                    span: Span::new(start, start + 1),
                    cells: TAB_STOP,
                    hidden: 0,
                    drawn: Drawn::Borrowed(blanks(TAB_STOP)),
                    is_tab: true,
                };
            }
            Rule::Nothing => {
                return Cluster {
                    cells: 0,
                    drawn: Drawn::Borrowed(""),
                    ..Cluster::plain(start, first_source)
                };
            }
            _ => return Cluster::sign(start, first_source, self.signs),
        }
        let (length, marks) = safe_prefix(grapheme);
        let source = &grapheme[..length];
        self.is_full = marks >= MARKS_PER_CLUSTER;
        let base = if self.signs == Signs::Ascii {
            ' '
        } else {
            '\u{25CC}'
        };
        match cells_of(source) {
            0 => based(start, source, base),
            _ if rules::is_mark(first) && joins_the_one_before(first) => based(start, source, base),
            _ => Cluster::plain(start, source),
        }
    }
}

impl<'t> Iterator for Clusters<'t> {
    type Item = Cluster<'t>;

    fn next(&mut self) -> Option<Cluster<'t>> {
        let bytes = self.text.as_bytes();
        let first = *bytes.get(self.position)?;
        let start = self.base + self.position;
        // Most of a news text: a printable ASCII character before another ASCII one.
        let next_is_ascii = bytes.get(self.position + 1).is_none_or(u8::is_ascii);
        if matches!(first, b' '..=b'~') && next_is_ascii {
            let source = &self.text[self.position..self.position + 1];
            self.position += 1;
            self.is_full = false;
            return Some(Cluster {
                span: Span::new(start, start + 1),
                cells: 1,
                hidden: 0,
                drawn: Drawn::Borrowed(source),
                is_tab: false,
            });
        }
        let cluster = self.cut(self.grapheme(), start);
        self.position += cluster.span.len();
        Some(cluster)
    }
}

/// A cluster of marks on a base of ours, so that they do not join what stands before them.
fn based<'t>(start: usize, source: &str, base: char) -> Cluster<'t> {
    let drawn: Box<str> = format!("{base}{source}").into();
    Cluster {
        span: Span::new(start, start + source.len()),
        cells: cells_of(&drawn) as u16,
        hidden: 0,
        drawn: Drawn::Based(drawn),
        is_tab: false,
    }
}

/// Whether `mark` is drawn onto the character before it.
fn joins_the_one_before(mark: char) -> bool {
    let mut pair = String::from("a");
    pair.push(mark);
    pair.graphemes(true).count() == 1
}

/// Bytes of `grapheme` that can be drawn together, and how many marks are among them.
///
/// Stops before the first character that needs a sign of its own and at the bounds; always
/// takes the first character.
fn safe_prefix(grapheme: &str) -> (usize, usize) {
    let (mut end, mut marks, mut points) = (0, 0, 0);
    let mut before: Option<char> = None;
    let mut tags_end = 0;
    for (at, c) in grapheme.char_indices() {
        let after = at + c.len_utf8();
        if let Some(previous) = before
            && at >= tags_end
        {
            let fits = match rules::rule_of(c) {
                Rule::Show => !rules::is_mark(c) || marks < MARKS_PER_CLUSTER,
                Rule::Joiner => {
                    let next = grapheme[after..].chars().next();
                    let joins_next = c == '\u{200D}' && next.is_some_and(|n| n.width() > Some(0));
                    joins_next || rules::joins(previous)
                }
                Rule::Variation => rules::varies(previous, c),
                Rule::Tag if previous == '\u{1F3F4}' => {
                    tags_end = at + rules::flag_tags(&grapheme[at..]).unwrap_or(0);
                    tags_end > at
                }
                Rule::Filler => rules::is_jamo(previous),
                _ => false,
            };
            let too_wide = points >= POINTS_PER_CLUSTER
                || (c.width() > Some(0) && cells_of(&grapheme[..after]) > CELLS_PER_CLUSTER);
            if !fits || too_wide {
                break;
            }
        }
        marks += usize::from(rules::is_mark(c) && rules::rule_of(c) == Rule::Show);
        points += 1;
        before = Some(c);
        end = after;
    }
    (end, marks)
}

/// Cells of a text without control characters, counted as ratatui counts them.
fn cells_of(text: &str) -> usize {
    // Terminals draw the halfwidth Japanese sound marks in a cell of their own.
    let sound_marks = text
        .chars()
        .filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}'))
        .count();
    text.width() + sound_marks
}

/// `count` blanks, at most [`TAB_STOP`].
fn blanks(count: u16) -> &'static str {
    const BLANKS: &str = "    ";
    &BLANKS[..(count.min(TAB_STOP)) as usize]
}

/// Tells the reader how many characters of an article are shown as signs; nothing if none.
pub fn hidden_notice(hidden: usize) -> Option<String> {
    match hidden {
        0 => None,
        1 => Some("1 invisible character shown as a sign".to_string()),
        _ => Some(format!("{hidden} invisible characters shown as signs")),
    }
}

/// Counts the characters of `text` that are shown as signs.
pub fn count_hidden(text: &str) -> usize {
    text.split(['\n'])
        .map(|line| {
            Clusters::new(line, 0, Signs::Unicode)
                .map(|c| c.hidden)
                .sum::<usize>()
        })
        .sum()
}
