//! [`Visible`]: a short text of one line that is safe to draw.
//!
//! Made by streaming the text through [`Clusters`]; it adds no rule of its own.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::{Cluster, Clusters, Drawn, Signs, Span, TAB_STOP};

/// A short text of one line that is safe to draw: names, titles, messages, cells of tables.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Visible {
    text: String,
    places: Vec<Place>,
    cells: usize,
    hidden: usize,
    is_cut: bool,
}

/// Where one cluster of a [`Visible`] comes from and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    span: Span,
    drawn: Span,
    cells: u16,
    hidden: usize,
}

/// Whether a text is printable ASCII and nothing else.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

impl Visible {
    /// The whole of `text`, with Unicode signs.
    pub fn new(text: &str) -> Visible {
        Visible::with_signs(text, Signs::Unicode)
    }

    /// The whole of `text`.
    pub fn with_signs(text: &str, signs: Signs) -> Visible {
        if is_plain(text) {
            return Visible::plain(text);
        }
        let mut visible = Visible::default();
        for cluster in Clusters::new(text, 0, signs) {
            visible.push(cluster);
        }
        visible
    }

    /// The whole of a text of printable ASCII: every byte is a cluster of one cell.
    fn plain(text: &str) -> Visible {
        let place = |at: usize| Place {
            span: Span::new(at, at + 1),
            drawn: Span::new(at, at + 1),
            cells: 1,
            hidden: 0,
        };
        Visible {
            text: text.to_owned(),
            places: (0..text.len()).map(place).collect(),
            cells: text.len(),
            hidden: 0,
            is_cut: false,
        }
    }

    /// As much of `text` as fits `cells`, with an ellipsis if something is left out. Reads
    /// no more of the text than it shows.
    pub fn fitting(text: &str, cells: usize, signs: Signs) -> Visible {
        // One more than fits tells whether anything is left out, and the byte behind that one
        // whether it is a cluster by itself.
        let read = text.len().min(cells.saturating_add(1));
        let next_is_ascii = text.as_bytes().get(read).is_none_or(u8::is_ascii);
        if let Some(read) = text
            .get(..read)
            .filter(|read| next_is_ascii && is_plain(read))
        {
            let visible = Visible::plain(read);
            return match visible.cells <= cells {
                true => visible,
                false => visible.cut(cells, signs),
            };
        }
        let mut visible = Visible::default();
        // Characters without a cell must not make it read a whole file either.
        for cluster in Clusters::new(text, 0, signs).take(cells.saturating_mul(2) + 16) {
            let at_end = cluster.span.end == text.len();
            visible.push(cluster);
            if visible.cells > cells || (at_end && visible.cells == cells) {
                break;
            }
        }
        let read = visible.places.last().map_or(0, |place| place.span.end);
        if visible.cells <= cells && read == text.len() {
            visible
        } else {
            visible.cut(cells, signs)
        }
    }

    /// The same text within `cells`, with an ellipsis if something is left out.
    pub fn shortened(&self, cells: usize, signs: Signs) -> Cow<'_, Visible> {
        if self.cells <= cells {
            Cow::Borrowed(self)
        } else {
            Cow::Owned(self.clone().cut(cells, signs))
        }
    }

    /// This text followed by `other`; spans of `other` count on from the end of this one.
    pub fn followed_by(mut self, other: &Visible) -> Visible {
        let source_end = self.places.last().map_or(0, |place| place.span.end);
        let drawn_end = self.text.len();
        self.places.extend(other.places.iter().map(|place| Place {
            span: Span::new(place.span.start + source_end, place.span.end + source_end),
            drawn: Span::new(place.drawn.start + drawn_end, place.drawn.end + drawn_end),
            ..*place
        }));
        self.text.push_str(&other.text);
        self.cells += other.cells;
        self.hidden += other.hidden;
        self.is_cut |= other.is_cut;
        self
    }

    /// What is drawn.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Cells of the whole.
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// How many characters were replaced by signs.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// Whether something was left out at the end.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether it draws nothing.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The clusters, with spans in the text it was made of.
    pub fn clusters(&self) -> impl Iterator<Item = Cluster<'_>> {
        self.places.iter().map(|place| Cluster {
            span: place.span,
            cells: place.cells,
            hidden: place.hidden,
            drawn: Drawn::Borrowed(place.drawn.of(&self.text)),
            is_tab: false,
        })
    }

    /// The column where the byte `offset` of the source is drawn; the end past the last.
    pub fn column_of(&self, offset: usize) -> usize {
        self.places
            .iter()
            .take_while(|p| p.span.end <= offset)
            .map(|p| p.cells as usize)
            .sum()
    }

    fn push(&mut self, cluster: Cluster<'_>) {
        let cluster = cluster.at_column((self.cells % TAB_STOP as usize) as u16);
        let start = self.text.len();
        self.text.push_str(cluster.drawn());
        self.places.push(Place {
            span: cluster.span,
            drawn: Span::new(start, self.text.len()),
            cells: cluster.cells,
            hidden: cluster.hidden,
        });
        self.cells += cluster.cells as usize;
        self.hidden += cluster.hidden;
    }

    /// Takes clusters off the end until an ellipsis fits, and adds it.
    fn cut(mut self, cells: usize, signs: Signs) -> Visible {
        let ellipsis = match signs {
            Signs::Unicode => "…",
            Signs::Ascii => "...",
        };
        let room = cells.saturating_sub(ellipsis.chars().count());
        while self.cells > room || self.ends_in_blank() {
            let Some(place) = self.places.pop() else {
                break;
            };
            self.text.truncate(place.drawn.start);
            self.cells -= place.cells as usize;
            self.hidden -= place.hidden;
        }
        let end = self.places.last().map_or(0, |place| place.span.end);
        for dot in ellipsis.graphemes(true).take(cells) {
            let start = self.text.len();
            self.text.push_str(dot);
            let drawn = Span::new(start, self.text.len());
            self.places.push(Place {
                span: Span::new(end, end),
                drawn,
                cells: 1,
                hidden: 0,
            });
            self.cells += 1;
        }
        self.is_cut = true;
        self
    }

    fn ends_in_blank(&self) -> bool {
        self.places
            .last()
            .is_some_and(|place| place.drawn.of(&self.text).trim().is_empty())
    }
}
