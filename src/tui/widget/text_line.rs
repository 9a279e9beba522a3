//! A line of segments that gives up the least important ones where it is narrow.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::theme::{Role, Theme};
use crate::text::{Signs, Visible};

use super::draw::{after, draw_label, draw_visible};

/// Some words that stay or go together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// Text and what it is for, left to right.
    pub parts: Vec<(Visible, Role)>,
    /// The higher, the longer it stays; of equal ones the rightmost goes first.
    pub importance: u8,
    /// The command that a click on it stands for, by its name.
    pub command: Option<&'static str>,
}

impl Segment {
    /// A segment of one part.
    pub fn new(text: Visible, role: Role, importance: u8) -> Segment {
        Segment {
            parts: vec![(text, role)],
            importance,
            command: None,
        }
    }

    /// The same, standing for a command.
    pub fn runs(self, command: &'static str) -> Segment {
        Segment {
            command: Some(command),
            ..self
        }
    }

    /// A key and what it does.
    pub fn key(key: Visible, does: Visible, importance: u8) -> Segment {
        let blank = Visible::new(" ");
        Segment {
            parts: vec![(key, Role::Key), (blank, Role::Dim), (does, Role::Dim)],
            importance,
            command: None,
        }
    }

    /// Cells it takes.
    pub fn cells(&self) -> usize {
        self.parts.iter().map(|(text, _)| text.cells()).sum()
    }
}

/// A title or status line.
#[derive(Clone, Debug)]
pub struct TextLine<'a> {
    /// From the left edge.
    pub left: &'a [Segment],
    /// To the right edge.
    pub right: &'a [Segment],
    /// Between two segments; blanks or a separator.
    pub gap: &'static str,
    /// How it looks.
    pub theme: Theme,
}

/// The gap before a segment, where it is drawn, and the segment.
type Place<'a> = (Option<Rect>, Rect, &'a Segment);

impl TextLine<'_> {
    /// Draws the line in the first row of `area`, a blank off its left edge.
    pub fn render(&self, area: Rect, buf: &mut Buffer) {
        for (gap, place, segment) in self.places(area) {
            if let Some(gap) = gap {
                draw_label(buf, gap, self.gap, self.theme.style(Role::Dim));
            }
            let mut rest = place;
            for (text, role) in &segment.parts {
                let text = text.shortened(rest.width.into(), self.theme.signs);
                rest = after(
                    rest,
                    draw_visible(buf, rest, &text, self.theme.style(*role)),
                );
            }
        }
    }

    /// The segment drawn at a column of `area`, and which of its cells that is.
    pub fn at(&self, area: Rect, column: u16) -> Option<(&Segment, usize)> {
        let mut places = self.places(area).into_iter();
        let is_there = |place: &Rect| (place.left()..place.right()).contains(&column);
        let (_, place, segment) = places.find(|(_, place, _)| is_there(place))?;
        Some((segment, usize::from(column - place.x)))
    }

    /// Where each segment is drawn that is kept, and the gap before it, left to right.
    fn places(&self, area: Rect) -> Vec<Place<'_>> {
        let margin = u16::from(area.width > 24);
        let mut rest = Rect {
            width: area.width.saturating_sub(2 * margin),
            ..after(area, margin)
        };
        let (left, right) = self.kept(rest.width.into());
        let mut places = Vec::new();
        self.place(&left, &mut rest, &mut places);
        let cells = self.cells(&right) as u16;
        if cells <= rest.width {
            rest = after(rest, rest.width - cells);
        }
        self.place(&right, &mut rest, &mut places);
        places
    }

    fn place<'s>(&self, segments: &[&'s Segment], rest: &mut Rect, places: &mut Vec<Place<'s>>) {
        for (index, segment) in segments.iter().enumerate() {
            let gap = (index > 0).then_some(*rest);
            if index > 0 {
                *rest = after(*rest, Visible::new(self.gap).cells() as u16);
            }
            let width = rest.width.min(segment.cells() as u16);
            places.push((gap, Rect { width, ..*rest }, segment));
            *rest = after(*rest, width);
        }
    }

    /// The segments that fit `cells`, at least one.
    fn kept(&self, cells: usize) -> (Vec<&Segment>, Vec<&Segment>) {
        let gap = Visible::new(self.gap).cells();
        let filled = |side: &'_ [Segment]| -> Vec<usize> {
            let cells = side.iter().map(Segment::cells).enumerate();
            cells
                .filter(|(_, cells)| *cells > 0)
                .map(|(at, _)| at)
                .collect()
        };
        let (mut left, mut right) = (filled(self.left), filled(self.right));
        let taken = |side: &[Segment], kept: &[usize]| {
            let cells: usize = kept.iter().map(|&at| side[at].cells()).sum();
            cells + kept.len().saturating_sub(1) * gap
        };
        let (mut on_left, mut on_right) = (taken(self.left, &left), taken(self.right, &right));
        while left.len() + right.len() > 1 {
            let between = match left.is_empty() || right.is_empty() {
                true => 0,
                false => 2,
            };
            if on_left + between + on_right <= cells {
                break;
            }
            let lowest =
                |side: &[Segment], kept: &[usize]| kept.iter().map(|&at| side[at].importance).min();
            let (least_left, least_right) = (lowest(self.left, &left), lowest(self.right, &right));
            let from_right = match (least_left, least_right) {
                (Some(l), Some(r)) => r <= l,
                (None, _) => true,
                _ => false,
            };
            let (side, kept, taken, least) = match from_right {
                true => (self.right, &mut right, &mut on_right, least_right),
                false => (self.left, &mut left, &mut on_left, least_left),
            };
            let is_least = |&at: &usize| Some(side[at].importance) == least;
            let Some(index) = kept.iter().rposition(is_least) else {
                break;
            };
            let gone = side[kept.remove(index)].cells();
            *taken -= gone + if kept.is_empty() { 0 } else { gap };
        }
        (picked(self.left, &left), picked(self.right, &right))
    }

    fn cells(&self, segments: &[&Segment]) -> usize {
        let gaps = segments.len().saturating_sub(1) * Visible::new(self.gap).cells();
        segments
            .iter()
            .map(|segment| segment.cells())
            .sum::<usize>()
            + gaps
    }
}

fn picked<'s>(side: &'s [Segment], kept: &[usize]) -> Vec<&'s Segment> {
    kept.iter().map(|&at| &side[at]).collect()
}

/// A bar of `cells` cells, of which the share `done` of `total` is filled; full only when
/// all is done, empty only when nothing is.
pub fn progress_bar(done: usize, total: usize, cells: usize, theme: Theme) -> Visible {
    let (full, open) = theme.progress();
    let filled = match done {
        0 => 0,
        _ if done >= total => cells,
        _ => (done * cells / total).clamp(1.min(cells), cells.saturating_sub(1).max(1)),
    };
    let filled = filled.min(cells);
    let bar = full.repeat(filled) + &open.repeat(cells - filled);
    Visible::with_signs(&bar, Signs::Unicode)
}
