//! Widgets as text with a line of roles beneath each row (see [`picture`](super::picture)).

mod article;
mod charts;
mod lines;
mod lists;

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::theme::{Depth, Ground, Theme};
use super::{ArticlePane, Hint, Marks, clear, draw_label, draw_visible, picture};
use crate::text::{Clusters, Signs, Span, Visible};
use crate::tui::layout::{ArticleColumns, ArticleView, Scroll, Wrap};

const DARK: Theme = Theme {
    ground: Ground::Dark,
    depth: Depth::Many,
    signs: Signs::Unicode,
};
const ASCII: Theme = Theme {
    ground: Ground::Plain,
    depth: Depth::Many,
    signs: Signs::Ascii,
};

fn drawn(width: u16, height: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    draw(area, &mut buf);
    buf
}

/// Texts of many scripts, sequences and attacks.
const SAMPLES: [&str; 22] = [
    "plain",
    "👩‍👩‍👧‍👦 👩🏻‍❤️‍💋‍👨🏿 👍🏽",
    "🇫🇷🇩🇪 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} 🇫",
    "क्षत्रिय हिन्दी क्\u{200D}ष",
    "ภาษาไทย กี่ น้ำ",
    "العربية لا مي\u{200C}خ \u{605}1",
    "שָׁלוֹם עִבְרִית",
    "日本語、한국어 中文　",
    "\u{1112}\u{1161}\u{11AB} \u{1100}\u{1100} \u{1161}",
    "±×°§ “’” … —",
    "❤\u{FE0E} ❤\u{FE0F} 1\u{FE0F}\u{20E3} ©\u{FE0F}",
    "ﾊﾞ ﾟ",
    "a\tb\r\n\u{1B}[31mred\u{9B}0m",
    "\u{202E}evil\u{2066}\u{200B}\u{FEFF}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{301}\u{302}",
    "😀\u{E0068}\u{E0069}\u{E0101}",
    "co\u{AD}op",
    "ᠮᠣᠩ\u{180B}",
    "\u{110BD}\u{1D173}\u{3164}\u{115F}",
    "মুক্তি தமிழ் ಕನ್ನಡ",
    "ꓹꓼ \u{2D31}\u{2D7F}\u{2D3E}",
];

#[test]
fn every_cluster_takes_the_cells_ratatui_gives_it() {
    for text in SAMPLES {
        for signs in [Signs::Unicode, Signs::Ascii] {
            for cluster in Clusters::new(text, 0, signs).filter(|c| !c.is_blank()) {
                let drawn = cluster.drawn();
                assert_eq!(drawn.cell_width(), cluster.cells, "{drawn:?} of {text:?}");
                let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
                let (end, _) = buf.set_stringn(0, 0, drawn, 20, Style::new());
                assert_eq!(end, cluster.cells, "{drawn:?} of {text:?} as a string");
            }
        }
    }
}

#[test]
fn a_row_ends_where_its_cells_end_on_the_terminal() {
    for text in SAMPLES {
        let visible = Visible::new(text);
        let mut terminal =
            Terminal::new(TestBackend::new(40, 1)).expect("a test backend cannot fail");
        terminal
            .draw(|frame| {
                let area = frame.area();
                let used = draw_visible(frame.buffer_mut(), area, &visible, Style::new());
                assert_eq!(usize::from(used), visible.cells());
                draw_label(
                    frame.buffer_mut(),
                    Rect { x: used, ..area },
                    "|",
                    Style::new(),
                );
            })
            .expect("a test backend cannot fail");
        let buf = terminal.backend().buffer();
        assert_eq!(buf[(visible.cells() as u16, 0)].symbol(), "|", "{text:?}");
    }
}

#[test]
fn wide_characters_are_not_cut_in_half() {
    let buf = drawn(4, 1, |area, buf| {
        draw_visible(
            buf,
            Rect { width: 3, ..area },
            &Visible::new("日本"),
            Style::new(),
        );
        draw_label(buf, Rect { x: 3, ..area }, "|", Style::new());
    });
    assert_eq!(picture(&buf, DARK), "|日 ||\n");
    let buf = drawn(6, 1, |area, buf| {
        draw_visible(buf, area, &Visible::new("日本語"), Style::new());
        clear(
            buf,
            Rect {
                x: 3,
                width: 2,
                ..area
            },
        );
    });
    assert_eq!(picture(&buf, DARK), "|日    |\n", "the other half goes too");
}

#[test]
fn no_size_is_too_small() {
    for width in 0..30 {
        for height in 0..9 {
            if width > 0 && height > 0 {
                article::story_pane(width, height, DARK, &article::Overlay::selecting(1));
                lists::claims_list(width, height, ASCII, true);
                lines::title_line(width);
            }
            lists::help(width, height, "a");
        }
    }
}

proptest! {
    #[test]
    fn no_text_leaves_its_area(
        text in "[a日é\u{301}\u{1B}\u{AD}\t\n\u{202E}👩‍👧🇫 ]{0,60}|\\PC{0,40}",
        width in 1u16..24,
    ) {
        let wrap = Wrap::new(text.as_str().into(), Signs::Unicode);
        let first = text.chars().next().map_or(0, char::len_utf8);
        let mut view = ArticleView::default();
        let area = Rect::new(2, 1, width, 4);
        let columns = ArticleColumns { gutter: Rect::default(), text: area };
        view.perform(Scroll::Resize(width, area.height), &wrap);
        let pane = ArticlePane {
            wrap: &wrap,
            view: &view,
            marks: &Marks::default(),
            selected: None,
            related: None,
            selection: None,
            matches: &[],
            hints: &[Hint { word: Span::new(0, first), letters: "ab" }],
            cursor: Some(text.len()),
            is_focused: true,
            theme: DARK,
        };
        let mut buf = Buffer::filled(Rect::new(0, 0, width + 4, 6), Cell::new("#"));
        let cursor = pane.render(columns, &mut buf);
        prop_assert!(cursor.is_none_or(|at| area.contains(at)));
        let visible = Visible::new(&text);
        draw_visible(&mut buf, Rect { y: 5, height: 1, ..area }, &visible, Style::new());
        for y in 0..6 {
            let mut x = 0;
            while x < buf.area.width {
                let symbol = buf[(x, y)].symbol();
                prop_assert!(!symbol.chars().any(char::is_control));
                let is_inside = (2..width + 2).contains(&x) && y >= 1;
                prop_assert!(is_inside || symbol == "#", "{symbol:?} at {x},{y}");
                let cells = symbol.cell_width();
                prop_assert!(cells > 0);
                x += cells;
            }
            prop_assert_eq!(x, buf.area.width, "row {} is as wide as the screen", y);
        }
    }
}
