//! A page to regions in reading order: columns of prose one after the other, tables row by row.
//!
//! A gutter is a strip without ink over several rows that have text on both sides of it, where the
//! text on its right begins at one place: justified lines have wide gaps too, but no two lines have
//! them at the same place for long.

use super::lines::{Row, row, rows};
use super::page::Piece;

/// Rows that are read one after the other.
#[derive(Debug)]
pub(super) struct Region {
    pub(super) rows: Vec<Row>,
    /// Whether the rows are those of a table.
    pub(super) is_table: bool,
    /// The right margin of the column it stands in.
    pub(super) right: f32,
}

/// Rows with text on both sides that a table must have.
const FEWEST: usize = 3;

/// Lines that the shorter of two columns must have. Gaps of justified lines stand above each other
/// for two or three lines now and then.
const SHORTEST: usize = 4;

/// Rows over which a gutter is one even beside a column of two lines: the last of an article.
const LONG: usize = 8;

/// The narrowest gutter, in sizes of a letter: wider than the blank between two words.
const GUTTER: f32 = 0.45;

/// Strips of a band that are looked at, the widest first.
const MOST_STRIPS: usize = 12;

/// How deep columns may stand in columns.
const DEPTH: usize = 6;

/// The regions of a page's pieces, in reading order.
pub(super) fn regions(pieces: Vec<Piece>) -> Vec<Region> {
    let mut regions = Vec::new();
    part(rows(pieces), DEPTH, &mut regions);
    regions
}

/// A strip without ink.
type Strip = (f32, f32);

/// Parts rows into regions, top to bottom, in each of them column by column.
fn part(rows: Vec<Row>, depth: usize, regions: &mut Vec<Region>) {
    let right = rows
        .iter()
        .map(Row::right)
        .fold(f32::NEG_INFINITY, f32::max);
    let mut rest = rows.into_iter().peekable();
    let mut plain: Vec<Row> = Vec::new();
    while rest.peek().is_some() {
        let mut band: Vec<Row> = Vec::new();
        let mut strips: Vec<Strip> = vec![(f32::NEG_INFINITY, f32::INFINITY)];
        while let Some(next) = rest.peek() {
            let narrowed = common(&strips, &free(next), GUTTER * next.size);
            let is_open = narrowed.iter().any(|strip| is_inner(*strip));
            if !is_open && !band.is_empty() {
                break;
            }
            strips = narrowed;
            band.extend(rest.next());
            if !is_open {
                break;
            }
        }
        let gutter = gutter(&plain, &band, &strips);
        match gutter {
            Some((at, kind)) if depth > 0 => {
                let (above, across, below) = trimmed(with_begun(&mut plain, band, at), at);
                plain.extend(above);
                push_plain(&mut plain, right, regions);
                match kind {
                    Kind::Table => regions.push(Region {
                        rows: across,
                        is_table: true,
                        right,
                    }),
                    Kind::Columns => {
                        let (one, other) = halves(across, at);
                        part(one, depth - 1, regions);
                        part(other, depth - 1, regions);
                    }
                }
                plain = below;
            }
            _ => plain.extend(band),
        }
    }
    push_plain(&mut plain, right, regions);
}

/// The rows right above a band that can only be its right column's beginning, and what stands beside
/// and below them.
fn begun(above: &[Row], at: f32) -> &[Row] {
    let is_beside = |row: &Row| row.left() > at || row.right() < at;
    let beside = above.iter().rev().take_while(|row| is_beside(row)).count();
    let beside = &above[above.len() - beside..];
    let first = beside.iter().position(|row| row.left() > at);
    &beside[first.unwrap_or(beside.len())..]
}

/// A band with those rows, which are then no more above it.
fn with_begun(above: &mut Vec<Row>, band: Vec<Row>, at: f32) -> Vec<Row> {
    let count = begun(above, at).len();
    let mut whole = above.split_off(above.len() - count);
    whole.extend(band);
    whole
}

fn push_plain(plain: &mut Vec<Row>, right: f32, regions: &mut Vec<Region>) {
    if !plain.is_empty() {
        regions.push(Region {
            rows: std::mem::take(plain),
            is_table: false,
            right,
        });
    }
}

/// The strips of a row without ink, the open ends included.
fn free(row: &Row) -> Vec<Strip> {
    let mut ends: Vec<Strip> = row.pieces.iter().map(|p| (p.left, p.right)).collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut strips = Vec::with_capacity(ends.len() + 1);
    let mut from = f32::NEG_INFINITY;
    for (left, right) in ends {
        if left > from {
            strips.push((from, left));
        }
        from = from.max(right);
    }
    strips.push((from, f32::INFINITY));
    strips
}

/// What two lists of strips have in common, where it is wide enough.
fn common(one: &[Strip], other: &[Strip], least: f32) -> Vec<Strip> {
    let mut both = Vec::new();
    let (mut at, mut beside) = (0, 0);
    while let (Some(a), Some(b)) = (one.get(at), other.get(beside)) {
        let strip = (a.0.max(b.0), a.1.min(b.1));
        if strip.1 - strip.0 >= least {
            both.push(strip);
        }
        match a.1 < b.1 {
            true => at += 1,
            false => beside += 1,
        }
    }
    both
}

/// Whether a strip has an end on both sides.
fn is_inner((left, right): Strip) -> bool {
    left.is_finite() && right.is_finite()
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Columns,
    Table,
}

/// The best gutter of a band, if there is one.
fn gutter(above: &[Row], band: &[Row], strips: &[Strip]) -> Option<(f32, Kind)> {
    let mut best: Option<(f32, f32, Kind)> = None;
    let mut strips: Vec<Strip> = strips
        .iter()
        .copied()
        .filter(|strip| is_inner(*strip))
        .collect();
    strips.sort_by(|one, other| (other.1 - other.0).total_cmp(&(one.1 - one.0)));
    for strip in strips.into_iter().take(MOST_STRIPS) {
        let (width, at) = (strip.1 - strip.0, (strip.0 + strip.1) / 2.0);
        let Some(kind) = kind(begun(above, at), band, at) else {
            continue;
        };
        let is_better = best.is_none_or(|(best, _, held)| match (kind, held) {
            (Kind::Columns, Kind::Table) => true,
            (Kind::Table, Kind::Columns) => false,
            _ => width > best,
        });
        if is_better {
            best = Some((width, at, kind));
        }
    }
    best.map(|(_, at, kind)| (at, kind))
}

/// What a strip parts: columns of prose, cells of a table, or nothing.
fn kind(begun: &[Row], band: &[Row], at: f32) -> Option<Kind> {
    let rows = begun.iter().chain(band);
    let sides: Vec<(Option<Row>, Option<Row>)> = rows.map(|row| cut(row, at)).collect();
    let left: Vec<&Row> = sides.iter().filter_map(|side| side.0.as_ref()).collect();
    let right: Vec<&Row> = sides.iter().filter_map(|side| side.1.as_ref()).collect();
    let both = sides
        .iter()
        .filter(|(left, right)| left.is_some() && right.is_some());
    let both = both.count();
    let are_marks = left.iter().all(|row| is_mark(&row.text()));
    if are_marks {
        return None;
    }
    let shortest = left.len().min(right.len());
    let is_beside = shortest >= SHORTEST || shortest >= 2 && sides.len() >= LONG;
    let is_prose = |rows: &[&Row]| fullness(rows) >= 0.3 && words(rows) >= 3.0;
    if is_beside && is_prose(&left) && is_prose(&right) && is_aligned(&right) {
        return Some(Kind::Columns);
    }
    let fewest = if are_numbers(&right) { 2 } else { FEWEST };
    let is_table = both >= fewest
        && both * 2 > band.len()
        && (words(&left) < 3.0 || words(&right) < 3.0)
        && (is_aligned(&right) || are_numbers(&right))
        && is_wide(&sides)
        && (!is_justified(band) || are_numbers(&right));
    is_table.then_some(Kind::Table)
}

/// Whether a cell is but the mark of an item: a sign, a number.
fn is_mark(text: &str) -> bool {
    let number = text.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = number.len() <= 3 && number.chars().all(char::is_alphanumeric);
    text.chars().count() == 1 || (!number.is_empty() && is_number)
}

/// Whether most cells begin with a number.
fn are_numbers(rows: &[&Row]) -> bool {
    let is_number = |row: &&&Row| {
        let text = row.text();
        let mut signs = text.chars().filter(|sign| sign.is_alphanumeric());
        signs.next().is_some_and(char::is_numeric)
    };
    rows.iter().filter(is_number).count() * 5 >= rows.len() * 3
}

/// Whether rows of several words end at one place, as lines of prose between two margins do.
fn is_justified(band: &[Row]) -> bool {
    let right = band
        .iter()
        .map(Row::right)
        .fold(f32::NEG_INFINITY, f32::max);
    let full = band
        .iter()
        .filter(|row| right - row.right() < row.size * 0.4);
    let words = words(&band.iter().collect::<Vec<_>>());
    words >= 3.0 && full.count() * 2 >= band.len()
}

/// Whether the two sides of most rows stand well apart.
fn is_wide(sides: &[(Option<Row>, Option<Row>)]) -> bool {
    let pairs = sides
        .iter()
        .filter_map(|(left, right)| Some((left.as_ref()?, right.as_ref()?)));
    let mut wide = 0usize;
    let mut all = 0usize;
    for (left, right) in pairs {
        all += 1;
        wide += usize::from(right.left() - left.right() >= 0.9 * left.size);
    }
    wide * 4 >= all * 3
}

/// The share of the column's width that its lines fill, in the middle of them.
fn fullness(rows: &[&Row]) -> f32 {
    let ends = rows.iter().map(|row| row.right());
    let (left, right) = (
        rows.iter()
            .map(|row| row.left())
            .fold(f32::INFINITY, f32::min),
        ends.fold(f32::NEG_INFINITY, f32::max),
    );
    let width = (right - left).max(1.0);
    middle(rows.iter().map(|row| (row.right() - row.left()) / width))
}

/// The words of a line, in the middle of them.
fn words(rows: &[&Row]) -> f32 {
    middle(rows.iter().map(|row| row.text().split(' ').count() as f32))
}

fn middle(numbers: impl Iterator<Item = f32>) -> f32 {
    let mut numbers: Vec<f32> = numbers.collect();
    numbers.sort_by(f32::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
}

/// How far from the gutter lines of the nearest column begin at most, in sizes of a letter.
const NEAREST: f32 = 10.0;

/// Whether most lines begin at one place, which lines of one column do.
fn is_aligned(rows: &[&Row]) -> bool {
    let mut lefts: Vec<f32> = rows.iter().map(|row| row.left()).collect();
    lefts.sort_by(f32::total_cmp);
    // Rows that have nothing in the nearest column begin in one further on.
    let nearest = lefts.first().copied().unwrap_or(0.0);
    let size = rows.first().map_or(1.0, |row| row.size);
    lefts.retain(|left| left - nearest < size * NEAREST);
    let near = rows.first().map_or(1.0, |row| row.size * 0.25);
    let mut most = 0;
    let mut from = 0;
    for to in 0..lefts.len() {
        while lefts[to] - lefts[from] > near {
            from += 1;
        }
        most = most.max(to + 1 - from);
    }
    most * 10 >= lefts.len() * 7
}

/// A row's pieces on either side of a strip.
fn cut(whole: &Row, at: f32) -> (Option<Row>, Option<Row>) {
    let is_left = |piece: &&Piece| (piece.left + piece.right) / 2.0 < at;
    let side = |pieces: Vec<Piece>| (!pieces.is_empty()).then(|| row(pieces));
    let left: Vec<Piece> = whole.pieces.iter().filter(is_left).cloned().collect();
    let is_right = |piece: &&Piece| !is_left(piece);
    let right: Vec<Piece> = whole.pieces.iter().filter(is_right).cloned().collect();
    (side(left), side(right))
}

/// The rows on either side, put together anew: lines of two columns stand at heights of their own.
fn halves(band: Vec<Row>, at: f32) -> (Vec<Row>, Vec<Row>) {
    let pieces = band.into_iter().flat_map(|row| row.pieces);
    let (left, right) = pieces.partition(|piece| (piece.left + piece.right) / 2.0 < at);
    (rows(left), rows(right))
}

/// A band without what only seems to belong to its columns: rows above and below that have text on
/// one side and stand apart from them.
fn trimmed(band: Vec<Row>, at: f32) -> (Vec<Row>, Vec<Row>, Vec<Row>) {
    let is_right = |row: &Row| row.right() > at;
    let is_left = |row: &Row| row.left() < at;
    let usual = middle(band.windows(2).map(|pair| pair[0].base - pair[1].base)).max(1.0);
    let apart = |one: &Row, other: &Row| {
        let size = one.size.max(other.size);
        one.base - other.base > (usual * 1.6).max(size * 1.5)
    };
    let first_both = band.iter().position(is_right).unwrap_or(0);
    let mut from = 0;
    for at in 0..first_both {
        if apart(&band[at], &band[at + 1]) || band[at].size > band[at + 1].size * 1.15 {
            from = at + 1;
        }
    }
    let last_right = band.iter().rposition(is_right).unwrap_or(0);
    let last_left = band.iter().rposition(is_left).unwrap_or(0);
    let mut to = band.len();
    if last_right < last_left {
        for at in (last_right + 1..band.len()).rev() {
            if apart(&band[at - 1], &band[at]) {
                to = at;
            }
        }
    }
    let mut above = band;
    let mut across = above.split_off(from.min(above.len()));
    let below = across.split_off((to - from).min(across.len()));
    (above, across, below)
}
