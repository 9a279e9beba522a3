//! Where the parts of a screen stand, from nothing but its size.
//!
//! Pure: the same area gives the same rectangles, none leaves the area, none overlaps
//! another. What does not fit is left out (`None`) rather than squeezed to nothing; the
//! pane that has the keys is the last to go.

#[cfg(test)]
mod tests;

use ratatui::layout::{Margin, Rect};

/// Columns from which article and card stand side by side.
const SIDE_BY_SIDE: u16 = 100;
/// The same on a screen too low for one above the other.
const SIDE_BY_SIDE_IF_LOW: u16 = 60;
/// Rows of a body from which article and card are stacked on a narrow screen.
const STACKED: u16 = 18;
/// Rows and columns of a list from which a claim has two rows of it.
const TWO_ROWS: (u16, u16) = (16, 48);
/// Columns of an article pane from which its rows have a gutter.
const GUTTER_FROM: u16 = 44;
/// Columns of the gutter: sign, number up to 999, a blank.
const GUTTER: u16 = 5;
/// Columns of an article pane from which the gutter has room for two of them.
const WIDE_GUTTER_FROM: u16 = 62;
/// Columns of text from which lines are hard to follow.
const LONGEST_LINE: u16 = 88;
/// Columns of a list from which its rows are hard to follow.
const WIDEST_LIST: u16 = 110;

/// The pane of the review screen that has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Pane {
    /// The text.
    #[default]
    Article,
    /// The list of claims or of sources; they share their place.
    List,
}

/// A pane: what it takes and what is left for its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Framed {
    /// With the frame.
    pub outer: Rect,
    /// Without it; the same where there is no room for a frame.
    pub inner: Rect,
}

impl Framed {
    /// A pane with a frame.
    pub fn with_frame(outer: Rect) -> Framed {
        Framed {
            outer,
            inner: outer.inner(Margin::new(1, 1)),
        }
    }

    /// A pane without a frame.
    pub fn bare(outer: Rect) -> Framed {
        Framed {
            outer,
            inner: outer,
        }
    }

    /// Whether a frame is drawn.
    pub fn has_frame(self) -> bool {
        self.outer != self.inner
    }
}

/// How the review screen is arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// Article left, list and card right.
    SideBySide,
    /// Article above list and card.
    Stacked,
    /// One pane at a time above a short card.
    OneAtATime,
}

/// The parts of the review screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// How they are arranged.
    pub arrangement: Arrangement,
    /// Name, progress, save state.
    pub title: Option<Rect>,
    /// The text.
    pub article: Option<Framed>,
    /// Claims or sources. Its frame is open below where the card follows: the card's upper
    /// line is the joint.
    pub list: Option<Framed>,
    /// The selected card.
    pub card: Option<Framed>,
    /// Keys, messages, command line.
    pub status: Option<Rect>,
}

/// The parts of the queue screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// What is open, progress.
    pub title: Option<Rect>,
    /// The articles.
    pub list: Framed,
    /// The claims of the selected article that deserve checking most.
    pub preview: Option<Framed>,
    /// Keys, messages, command line.
    pub status: Option<Rect>,
}

/// The parts of an article pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleColumns {
    /// Signs and numbers of the marks that begin in a row; no columns if there is no room.
    pub gutter: Rect,
    /// The rows of the text.
    pub text: Rect,
}

/// Arranges the review screen, with so many rows to be listed: what the list does not need, the
/// card has. `words` tells how many rows the selected words take in so many columns: the card has
/// those and one more, as long as a row of the list stays.
pub fn review(area: Rect, focus: Pane, listed: usize, words: &dyn Fn(u16) -> u16) -> Review {
    let (title, body, status) = title_body_status(area);
    let mut screen = Review {
        arrangement: Arrangement::OneAtATime,
        title,
        article: None,
        list: None,
        card: None,
        status,
    };
    let is_low = body.height < STACKED;
    let wide = if is_low {
        SIDE_BY_SIDE_IF_LOW
    } else {
        SIDE_BY_SIDE
    };
    if body.width >= wide && body.height >= 10 {
        screen.arrangement = Arrangement::SideBySide;
        let (left, right) = split_columns(body, body.width - list_columns(body.width));
        let needed = with_frame(words(card_columns(right.width)));
        let card_height = card_rows(right.height, listed, needed);
        let (list, card) = split_rows(right, right.height - card_height);
        screen.article = Some(Framed::with_frame(left));
        screen.list = Some(open_below(list));
        screen.card = Some(Framed::with_frame(card));
    } else if body.height >= STACKED && body.width >= 30 {
        screen.arrangement = Arrangement::Stacked;
        let (article, rest) = split_rows(body, body.height * 2 / 5);
        let needed = with_frame(words(card_columns(rest.width)));
        let card_height = card_rows(rest.height, listed, needed);
        let (list, card) = split_rows(rest, rest.height - card_height);
        screen.article = Some(Framed::with_frame(article));
        screen.list = Some(open_below(list));
        screen.card = Some(Framed::with_frame(card));
    } else {
        let usual = match body.height {
            0..=1 => 0,
            2..=6 => 1,
            7..=9 => 2,
            _ => 4,
        };
        // The article is where the words stand themselves.
        let needed = match focus {
            Pane::Article => 0,
            Pane::List => words(within_margin(body.width)).saturating_add(1),
        };
        let card_height = needed.max(usual).min(body.height.saturating_sub(1));
        let (pane, card) = split_rows(body, body.height - card_height);
        match focus {
            Pane::Article => screen.article = some_bare(pane),
            Pane::List => screen.list = some_bare(pane),
        }
        screen.card = some_bare(card);
    }
    screen
}

/// Arranges the queue screen.
pub fn queue(area: Rect) -> Queue {
    let (title, body, status) = title_body_status(area);
    let (list, preview) = if body.width >= 110 && body.height >= 8 {
        let (list, preview) = split_columns(body, body.width * 62 / 100);
        (Framed::with_frame(list), Some(Framed::with_frame(preview)))
    } else if body.height >= STACKED {
        let (list, preview) = split_rows(body, body.height * 60 / 100);
        (Framed::with_frame(list), Some(Framed::with_frame(preview)))
    } else if body.height >= 8 && body.width >= 30 {
        (Framed::with_frame(body), None)
    } else {
        (Framed::bare(body), None)
    };
    Queue {
        title,
        list,
        preview,
        status,
    }
}

/// Rows that a claim has in a list with that content.
pub fn claim_rows(inner: Rect) -> u16 {
    let (rows, columns) = TWO_ROWS;
    1 + u16::from(inner.height >= rows && inner.width >= columns)
}

/// Lines that each of so many articles has in a queue with that content: two while all fit.
pub fn queue_lines(inner: Rect, articles: usize) -> u16 {
    let (_, columns) = TWO_ROWS;
    // The heading of the columns takes a row.
    let fits = articles.saturating_mul(2) < usize::from(inner.height);
    1 + u16::from(fits && inner.width >= columns)
}

/// The columns of an article pane with that content.
pub fn article_columns(inner: Rect) -> ArticleColumns {
    let wanted = match inner.width {
        WIDE_GUTTER_FROM.. => 2 * GUTTER - 1,
        GUTTER_FROM.. => GUTTER,
        _ => 0,
    };
    let (gutter, text) = split_columns(inner, wanted);
    // A blank column keeps the text off the frame or the scroll bar.
    let spare = u16::from(inner.width >= 24);
    let width = text.width.saturating_sub(spare).min(LONGEST_LINE);
    ArticleColumns {
        gutter,
        text: Rect { width, ..text },
    }
}

/// A window of the wanted content size in the middle of `area`, with its frame; smaller
/// where it does not fit, without a frame where there is hardly any room.
pub fn popup(area: Rect, columns: u16, rows: u16) -> Framed {
    if area.width < 12 || area.height < 5 {
        return Framed::bare(area);
    }
    let width = columns.saturating_add(2).min(area.width);
    let height = rows.saturating_add(2).min(area.height);
    Framed::with_frame(Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    })
}

/// The status line comes first, then a row of content, then the title.
fn title_body_status(area: Rect) -> (Option<Rect>, Rect, Option<Rect>) {
    let (title_height, status_height) = match area.height {
        0..=1 => (0, 0),
        2..=5 => (0, 1),
        _ => (1, 1),
    };
    let (title, rest) = split_rows(area, title_height);
    let (body, status) = split_rows(rest, rest.height - status_height);
    (some(title), body, some(status))
}

/// Columns of the list in a body of `width`: where the article has all the columns it can use,
/// the list has the others.
fn list_columns(width: u16) -> u16 {
    let share = (width * 44 / 100).clamp(30, 60);
    let article = LONGEST_LINE + 2 * GUTTER + 2;
    share.max(width.saturating_sub(article).min(WIDEST_LIST))
}

/// Columns of the words of a card that has so many with its frame.
fn card_columns(outer: u16) -> u16 {
    within_margin(outer.saturating_sub(2))
}

/// Columns left of so many by the blanks at both ends that there are where there is room.
pub fn within_margin(columns: u16) -> u16 {
    columns - if columns >= 24 { 2 } else { 0 }
}

/// Rows of a card with its frame whose words take so many, and a line more.
fn with_frame(words: u16) -> u16 {
    words.saturating_add(3)
}

/// Rows of the card below a list of `listed` rows, in a column of `height` rows; `needed` of them
/// if the list keeps three.
fn card_rows(height: u16, listed: usize, needed: u16) -> u16 {
    let least = match height {
        0..=9 => height / 2,
        10..=11 => 6,
        12..=15 => 7,
        16..=29 => 9,
        _ => (height * 2 / 5).min(16),
    };
    // The upper line of the list's frame, and a row that shows that there is no more.
    let list = u16::try_from(listed).unwrap_or(u16::MAX).saturating_add(2);
    let usual = height.saturating_sub(list).min(height * 2 / 3).max(least);
    usual.max(needed.min(height.saturating_sub(4)))
}

/// The list above a card: its lower line is the card's upper one.
fn open_below(outer: Rect) -> Framed {
    let inner = outer.inner(Margin::new(1, 1));
    Framed {
        outer,
        inner: Rect {
            height: outer.height.saturating_sub(1),
            ..inner
        },
    }
}

fn split_rows(area: Rect, upper: u16) -> (Rect, Rect) {
    let upper = upper.min(area.height);
    let lower = Rect {
        y: area.y + upper,
        height: area.height - upper,
        ..area
    };
    (
        Rect {
            height: upper,
            ..area
        },
        lower,
    )
}

fn split_columns(area: Rect, left: u16) -> (Rect, Rect) {
    let left = left.min(area.width);
    let right = Rect {
        x: area.x + left,
        width: area.width - left,
        ..area
    };
    (
        Rect {
            width: left,
            ..area
        },
        right,
    )
}

fn some(area: Rect) -> Option<Rect> {
    (!area.is_empty()).then_some(area)
}

fn some_bare(area: Rect) -> Option<Framed> {
    some(area).map(Framed::bare)
}
