//! The pieces of text on a page with their boxes, as the PDF places them.
//!
//! Fonts, encodings and the operators of a page are a library's work (`unpdf`); where its own
//! reading order takes the wide gaps of a justified line for columns and puts words of one sentence
//! into another, ours goes by boxes alone.

use unpdf::parser::backend::PdfBackend;
use unpdf::parser::bidi::{contains_rtl, reorder_bidi};
use unpdf::parser::{LayoutAnalyzer, TextSpan};

use super::bounded::Bounded;

/// A piece of text in one font: a letter, a word or a whole line. Points, `y` upwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Its left end.
    pub(super) left: f32,
    /// Its right end, without blanks that follow.
    pub(super) right: f32,
    /// The line it stands on.
    pub(super) base: f32,
    /// The size of its font.
    pub(super) size: f32,
    pub(super) is_bold: bool,
}

/// A page as it is placed.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Its number in the file, from 1.
    pub(super) number: u32,
    pub(super) bottom: f32,
    pub(super) top: f32,
    pub(super) pieces: Vec<Piece>,
    /// Text that runs up, down or upside down; each a paragraph of its own.
    pub(super) turned: Vec<String>,
    /// Whether pictures cover most of it.
    pub(super) is_picture: bool,
    /// Whether most of its text is drawn unseen: what a scanner recognised.
    pub(super) is_recognised: bool,
    /// Runs of text whose font tells no letters.
    pub(super) unreadable: usize,
    /// Whether more stands on it than is read.
    pub(super) is_cut: bool,
    /// Whether text on it runs from right to left.
    pub(super) is_leftward: bool,
}

/// Pieces that are read of one page: more are no text but a drawing made of letters.
const MOST_PIECES: usize = 200_000;

/// Room between letters that is as wide as a blank, in sizes of a letter.
const WIDE: f32 = 0.18;

/// Of a page that must be covered by pictures for it to be one.
const MOSTLY: f32 = 0.4;

/// Reads one page; one that cannot be read has no pieces.
pub(super) fn read(file: &Bounded, number: u32) -> Page {
    file.begin_page();
    let Some(id) = file.pages().get(&number).copied() else {
        return Page::default();
    };
    let sides = file.crop_box(id);
    let turn = Turn::of(file.page_rotation(id));
    let analyzer = LayoutAnalyzer::new(file).with_ocr_suppression(false);
    let spans = analyzer.extract_page_spans(number).unwrap_or_default();
    let facts = analyzer.page_facts();
    let mut page = Page {
        number,
        bottom: turn
            .height(sides.llx, sides.lly)
            .min(turn.height(sides.urx, sides.ury)),
        top: turn
            .height(sides.llx, sides.lly)
            .max(turn.height(sides.urx, sides.ury)),
        is_picture: facts.image_coverage >= MOSTLY,
        is_recognised: facts.invisible_text_chars > facts.painted_text_chars,
        unreadable: analyzer.suppressed_text_runs(),
        is_cut: spans.len() > MOST_PIECES || file.is_spent(),
        is_leftward: spans.iter().any(|span| contains_rtl(&span.text)),
        ..Page::default()
    };
    for span in spans.into_iter().take(MOST_PIECES) {
        if span.text.trim().is_empty() {
            continue;
        }
        match turn.upright(span) {
            Ok(span) => page.pieces.extend(piece(&span)),
            Err(words) => page.turned.push(unligatured(words.trim())),
        }
    }
    page
}

/// How a page is turned for whoever looks at it, clockwise.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

impl Turn {
    fn of(degrees: u16) -> Turn {
        match degrees % 360 {
            90 => Turn::Quarter,
            180 => Turn::Half,
            270 => Turn::ThreeQuarters,
            _ => Turn::None,
        }
    }

    /// How high a place of the file is on the page that is looked at.
    fn height(self, x: f32, y: f32) -> f32 {
        match self {
            Turn::None => y,
            Turn::Quarter => -x,
            Turn::Half => -y,
            Turn::ThreeQuarters => x,
        }
    }

    /// A span as it is looked at, or its words where it does not run from left to right then.
    fn upright(self, mut span: TextSpan) -> Result<TextSpan, String> {
        let direction = match self {
            Turn::None => [1.0, 0.0],
            Turn::Quarter => [0.0, 1.0],
            Turn::Half => [-1.0, 0.0],
            Turn::ThreeQuarters => [0.0, -1.0],
        };
        let is_along = |at: usize| (span.direction[at] - direction[at]).abs() < 0.1;
        if !(is_along(0) && is_along(1)) {
            return Err(span.text);
        }
        let (x, y, wide) = (span.x, span.y, span.width);
        match self {
            Turn::None => return Ok(span),
            Turn::Quarter => (span.x, span.y) = (y, -(x + wide)),
            Turn::Half => (span.x, span.y) = (-(x + wide), -y),
            Turn::ThreeQuarters => (span.x, span.y) = (-y, x),
        }
        if self != Turn::Half {
            // Only the box is told, so that the length is a guess from the letters.
            span.width = 0.0;
        }
        span.width_measured &= self == Turn::Half;
        Ok(span)
    }
}

/// The piece that a span is; `None` where its numbers are none.
fn piece(span: &TextSpan) -> Option<Piece> {
    let spacing = span.letter_spacing.max(0.0) / 1000.0;
    // A page has letters that run to the left in the order in which they are drawn.
    let mut text = unligatured(&reorder_bidi(&span.text));
    // Two or three letters as far apart as words are words' ends: some programs set the blank
    // between them as room between letters.
    if spacing > WIDE && text.chars().count() <= 3 {
        let apart: Vec<String> = text.chars().map(String::from).collect();
        text = apart.join(" ");
    }
    let letters = text.trim_end().chars().count() as f32;
    let width = match span.ink_width {
        Some(ink) if span.width_measured => ink,
        // Blanks at the end are taken off by their share.
        _ if span.width > 0.0 => span.width * letters / text.chars().count().max(1) as f32,
        _ => letters * span.font_size * 0.5,
    };
    let numbers = [span.x, span.y, width, span.font_size];
    let is_sound = numbers
        .iter()
        .all(|number| number.is_finite() && number.abs() < 1e6);
    let leading = text.len() - text.trim_start().len();
    // A blank that leads is room, not ink.
    let room = leading as f32 * span.font_size * 0.25;
    (is_sound && span.font_size > 0.0).then(|| Piece {
        left: (span.x + room).min(span.x + width),
        right: span.x + (width - spacing * span.font_size).max(0.0),
        base: span.y,
        size: span.font_size,
        is_bold: span.is_bold,
        text,
    })
}

/// A text with the letters that typesetting joined into one sign parted again.
fn unligatured(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\u{fb00}' => parted.push_str("ff"),
            '\u{fb01}' => parted.push_str("fi"),
            '\u{fb02}' => parted.push_str("fl"),
            '\u{fb03}' => parted.push_str("ffi"),
            '\u{fb04}' => parted.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => parted.push_str("st"),
            sign if sign.is_control() => parted.push(' '),
            sign => parted.push(sign),
        }
    }
    parted
}
