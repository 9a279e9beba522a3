//! Lines of a region to paragraphs: where a line ends because the paragraph does.

use super::columns::Region;
use super::lines::Row;

/// A paragraph of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    /// Its lines, each with its words one blank apart.
    pub(super) lines: Vec<String>,
    /// The size of its letters.
    pub(super) size: f32,
    pub(super) is_bold: bool,
    /// Whether its last line reaches the right margin, so that it may go on elsewhere.
    pub(super) is_full: bool,
    /// Whether it is a row of a table, or an item of a list right below another.
    pub(super) is_close: bool,
    /// Whether its first line is set in.
    pub(super) is_set_in: bool,
    pub(super) is_row: bool,
}

/// A line that stands further below the last than this, of the usual step, begins a paragraph.
const STEP: f32 = 1.22;

/// Letters larger or smaller by more than this share are another paragraph's.
const OTHER_SIZE: f32 = 0.08;

/// Signs that mark an item of a list and nothing else.
const BULLETS: [char; 11] = [
    '•', '‣', '▪', '■', '●', '○', '◦', '►', '➢', '\u{f0b7}', '\u{f0a7}',
];

/// How most lines of a page are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    /// From base line to base line.
    step: f32,
    /// The size of the letters.
    size: f32,
}

impl Usual {
    /// How most lines of some regions are set.
    pub(super) fn of(regions: &[Region]) -> Usual {
        let rows = || {
            regions
                .iter()
                .filter(|region| !region.is_table)
                .map(|region| &region.rows[..])
        };
        Usual {
            step: usual_step(rows()),
            size: usual_size(rows()),
        }
    }
}

/// The paragraphs of a region.
pub(super) fn paragraphs(region: &Region, usual: Usual) -> Vec<Paragraph> {
    if region.is_table {
        return region.rows.iter().enumerate().map(table_row).collect();
    }
    let mut paragraphs = Vec::new();
    for block in blocks(&region.rows, usual) {
        split(block, region.right, &mut paragraphs);
    }
    paragraphs
}

fn right_of(rows: &[Row]) -> f32 {
    rows.iter()
        .map(Row::right)
        .fold(f32::NEG_INFINITY, f32::max)
}

fn table_row((at, row): (usize, &Row)) -> Paragraph {
    Paragraph {
        lines: vec![row.text()],
        size: row.size,
        is_bold: row.is_bold(),
        is_full: false,
        is_close: at > 0,
        is_set_in: false,
        is_row: true,
    }
}

/// Runs of rows of one size with the usual step between them.
fn blocks(rows: &[Row], usual: Usual) -> Vec<&[Row]> {
    rows.chunk_by(|one, other| {
        let is_like = |size: f32, like: f32| (size - like).abs() <= OTHER_SIZE * size.max(like);
        let below = one.base - other.base;
        // Lines of a heading have a step of their own, of which there are too few to tell it.
        let step = match is_like(one.size, usual.size) {
            true => usual.step.min(one.size * 2.2),
            false => one.size * 1.2,
        };
        let is_set_alike = is_like(one.size, other.size) && one.is_bold() == other.is_bold();
        is_set_alike && below <= step * STEP
    })
    .collect()
}

/// The size of the letters in the middle of all.
fn usual_size<'a>(regions: impl Iterator<Item = &'a [Row]>) -> f32 {
    let mut sizes: Vec<f32> = regions.flatten().map(|row| row.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// The step from line to line that most lines have.
fn usual_step<'a>(regions: impl Iterator<Item = &'a [Row]>) -> f32 {
    let mut steps: Vec<f32> = regions
        .flat_map(|rows| rows.windows(2).map(|pair| pair[0].base - pair[1].base))
        .filter(|step| *step > 0.5)
        .collect();
    steps.sort_by(f32::total_cmp);
    let mut best = (0, f32::INFINITY);
    let mut from = 0;
    for to in 0..steps.len() {
        while steps[to] - steps[from] > 0.6 {
            from += 1;
        }
        if to + 1 - from > best.0 {
            best = (to + 1 - from, (steps[from] + steps[to]) / 2.0);
        }
    }
    best.1
}

/// Splits a block where a line ends though the next word had room, or the next is set in.
fn split(block: &[Row], of_region: f32, paragraphs: &mut Vec<Paragraph>) {
    let left = block.iter().map(Row::left).fold(f32::INFINITY, f32::min);
    // Text beside a picture has a margin of its own.
    let short = block
        .iter()
        .filter(|row| of_region - row.right() > row.size * 6.0);
    let right = match block.len() > 3 && short.count() * 5 > block.len() * 2 {
        true => right_of(block),
        false => of_region,
    };
    let sets_in = sets_in(block, left);
    let mut open: Option<Paragraph> = None;
    let mut was_item = false;
    for (at, row) in block.iter().enumerate() {
        let text = row.text();
        let item = item(&text);
        let ends = at > 0 && ends_before(&block[at - 1], row, (left, right), sets_in);
        if at == 0 || item.is_some() || ends {
            paragraphs.extend(open.take());
        }
        let is_full = right - row.right() < row.size * 1.5;
        match &mut open {
            Some(paragraph) => {
                paragraph.lines.push(text);
                paragraph.is_full = is_full;
            }
            None => {
                open = Some(Paragraph {
                    lines: vec![item.unwrap_or(&text).to_owned()],
                    size: row.size,
                    is_bold: row.is_bold(),
                    is_full,
                    is_close: item.is_some() && was_item,
                    is_set_in: row.left() - left > row.size * 0.8,
                    is_row: false,
                });
                was_item = item.is_some();
            }
        }
    }
    paragraphs.extend(open);
}

/// Whether first lines are set in here: some lines are, alike, and most are not.
fn sets_in(block: &[Row], left: f32) -> bool {
    // In a list the lines below the first are set in.
    if block.iter().any(|row| item(&row.text()).is_some()) {
        return false;
    }
    let set_in = block.iter().filter(|row| is_set_in(row, left)).count();
    set_in > 0 && set_in * 2 <= block.len()
}

fn is_set_in(row: &Row, left: f32) -> bool {
    let by = row.left() - left;
    by > row.size * 0.7 && by < row.size * 4.5
}

/// Whether a paragraph ends with a line that another follows.
fn ends_before(line: &Row, next: &Row, (left, right): (f32, f32), sets_in: bool) -> bool {
    if sets_in && is_set_in(next, left) && !is_set_in(line, left) {
        return true;
    }
    let text = line.text();
    let is_ended = text.ends_with(['.', '!', '?', ':', '”', '"', '’', ')', '…', '»']);
    let first = next.text();
    let first = first.split(' ').next().unwrap_or_default().chars().count() as f32;
    let all = next.text().chars().count().max(1) as f32;
    let wide = (next.right() - next.left()) * first / all;
    let room = right - line.right();
    is_ended && room > wide + line.size
}

/// What a line says that begins an item of a list: without its sign, which is drawing; a number
/// stays, since the text may speak of it.
fn item(text: &str) -> Option<&str> {
    let (mark, rest) = text.split_once(' ')?;
    let number = mark.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number =
        (1..=2).contains(&number.len()) && number.chars().all(|sign| sign.is_ascii_digit());
    let begins = rest.chars().next().is_some_and(char::is_uppercase);
    let mut signs = mark.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) if BULLETS.contains(&sign) => Some(rest),
        // A dash between two parts of a sentence may begin a line.
        (Some('–' | '—' | '*' | '-' | '·'), None) if begins => Some(text),
        _ => (is_number && begins).then_some(text),
    }
}

impl Paragraph {
    /// A text that does not run from left to right.
    pub(super) fn turned(text: &str) -> Paragraph {
        Paragraph {
            lines: vec![text.to_owned()],
            size: 0.0,
            is_bold: false,
            is_full: false,
            is_close: false,
            is_set_in: false,
            is_row: true,
        }
    }

    /// Whether two are set in the same letters.
    pub(super) fn is_like(&self, other: &Paragraph) -> bool {
        let larger = self.size.max(other.size);
        (self.size - other.size).abs() <= OTHER_SIZE * larger && self.is_bold == other.is_bold
    }
}
