//! Tables of steps and what is on the screen after each.

use super::{ArticleView, ListView, Scroll, Step};
use crate::text::{Signs, Span};
use crate::tui::layout::Wrap;

/// Performs every step on a list of `length` rows in a pane of `height`, and compares the
/// top and the selected row.
fn assert_list(length: usize, height: u16, table: &[(Step, usize, usize)]) {
    let mut view = ListView::default();
    view.perform(Step::Resize(height));
    view.perform(Step::Length(length));
    for (number, (step, top, selected)) in table.iter().enumerate() {
        view.perform(*step);
        let got = (view.top(), view.selected().unwrap_or(usize::MAX));
        assert_eq!(got, (*top, *selected), "step {number}: {step:?}");
        assert!(
            view.length() == 0 || view.visible().contains(&got.1),
            "step {number}: {step:?}"
        );
    }
}

#[test]
fn the_selection_keeps_off_the_edge() {
    assert_list(
        20,
        6,
        &[
            (Step::Rows(3), 0, 3),
            (Step::Rows(1), 1, 4),
            (Step::Rows(2), 3, 6),
            (Step::Rows(-1), 3, 5),
            (Step::Rows(-1), 2, 4),
            (Step::Rows(-99), 0, 0),
            (Step::Last, 14, 19),
            (Step::Rows(1), 14, 19),
            (Step::Rows(-3), 14, 16),
            (Step::Rows(-1), 13, 15),
            (Step::First, 0, 0),
        ],
    );
}

#[test]
fn pages_move_by_the_height() {
    assert_list(
        20,
        6,
        &[
            (Step::Pages(1), 3, 6),
            (Step::HalfPages(1), 6, 9),
            (Step::Pages(-1), 1, 3),
            (Step::Pages(isize::MAX), 14, 19),
            (Step::Pages(isize::MIN), 0, 0),
        ],
    );
}

#[test]
fn the_wheel_takes_the_selection_along_at_the_edge_only() {
    assert_list(
        20,
        6,
        &[
            (Step::Select(4), 1, 4),
            (Step::Scroll(1), 2, 4),
            (Step::Scroll(1), 3, 5),
            (Step::Scroll(-3), 0, 3),
            (Step::Scroll(-3), 0, 3),
            (Step::Scroll(99), 14, 16),
            (Step::Scroll(-99), 0, 3),
        ],
    );
}

#[test]
fn lists_shrink_and_panes_too() {
    assert_list(
        20,
        6,
        &[
            (Step::Last, 14, 19),
            (Step::Length(10), 4, 9),
            (Step::Resize(3), 7, 9),
            (Step::Resize(20), 0, 9),
            (Step::Length(0), 0, usize::MAX),
            (Step::Rows(1), 0, usize::MAX),
            (Step::Scroll(1), 0, usize::MAX),
            (Step::Length(4), 0, 0),
        ],
    );
    assert_list(
        5,
        1,
        &[
            (Step::Rows(1), 1, 1),
            (Step::Scroll(1), 2, 2),
            (Step::Resize(2), 2, 2),
        ],
    );
    let mut view = ListView::default();
    view.perform(Step::Length(5));
    view.perform(Step::Select(3));
    assert_eq!(
        (view.selected(), view.visible()),
        (Some(3), 3..3),
        "no room at all"
    );
}

#[test]
fn a_click_finds_the_row() {
    let mut view = ListView::default();
    view.perform(Step::Resize(3));
    view.perform(Step::Length(4));
    view.perform(Step::Last);
    assert_eq!(
        [0, 2, 3].map(|row| view.row_at(row)),
        [Some(1), Some(3), None]
    );
}

/// Ten paragraphs of one letter, each two rows of four cells: row 2k is `kkkk`, 2k+1 `kk`.
fn letters() -> Wrap {
    let lines: Vec<String> = ('a'..='j').map(|c| c.to_string().repeat(6)).collect();
    Wrap::new(lines.join("\n").into(), Signs::Unicode)
}

/// The first letters of the rows on the screen, big where a paragraph starts.
fn on_screen(view: &ArticleView, wrap: &Wrap) -> String {
    let letter = |row: &crate::tui::layout::Row| {
        let c = wrap.text().as_bytes()[row.span.start] as char;
        if row.ends_paragraph {
            c
        } else {
            c.to_ascii_uppercase()
        }
    };
    view.rows(wrap).iter().map(letter).collect()
}

fn assert_article(width: u16, height: u16, table: &[(Scroll, &str)]) {
    let wrap = letters();
    let mut view = ArticleView::default();
    view.perform(Scroll::Resize(width, height), &wrap);
    for (number, (scroll, expected)) in table.iter().enumerate() {
        view.perform(*scroll, &wrap);
        assert_eq!(
            on_screen(&view, &wrap),
            *expected,
            "step {number}: {scroll:?}"
        );
    }
}

/// The span of the whole paragraph of a letter.
fn paragraph(letter: char) -> Span {
    let start = (letter as usize - 'a' as usize) * 7;
    Span::new(start, start + 6)
}

#[test]
fn an_article_scrolls_by_rows_and_pages() {
    assert_article(
        4,
        6,
        &[
            (Scroll::Rows(1), "aBbCcD"),
            (Scroll::Rows(-9), "AaBbCc"),
            (Scroll::Pages(1), "cDdEeF"),
            (Scroll::HalfPages(1), "EeFfGg"),
            (Scroll::HalfPages(-2), "BbCcDd"),
            (Scroll::End, "HhIiJj"),
            (Scroll::Rows(1), "HhIiJj"),
            (Scroll::Pages(isize::MAX), "HhIiJj"),
            (Scroll::Start, "AaBbCc"),
            (Scroll::Pages(isize::MIN), "AaBbCc"),
        ],
    );
}

#[test]
fn showing_a_span_scrolls_as_little_as_needed() {
    assert_article(
        4,
        8,
        &[
            (Scroll::Show(paragraph('c')), "AaBbCcDd"),
            (Scroll::Show(paragraph('d')), "BbCcDdEe"),
            (Scroll::Show(paragraph('c')), "BbCcDdEe"),
            (Scroll::Show(paragraph('b')), "AaBbCcDd"),
            (Scroll::Show(paragraph('j')), "GgHhIiJj"),
            (Scroll::Show(paragraph('a')), "AaBbCcDd"),
            (
                Scroll::Show(paragraph('c').hull(paragraph('j'))),
                "AaBbCcDd",
            ),
            (
                Scroll::Show(paragraph('e').hull(paragraph('j'))),
                "bCcDdEeF",
            ),
            (Scroll::Show(Span::new(9_999, 9_999)), "GgHhIiJj"),
        ],
    );
    assert_article(
        4,
        1,
        &[
            (Scroll::Show(paragraph('c')), "C"),
            (Scroll::Rows(1), "c"),
            (Scroll::Show(paragraph('c')), "C"),
        ],
    );
}

#[test]
fn a_resize_keeps_the_place() {
    assert_article(
        4,
        4,
        &[
            (Scroll::Show(paragraph('e')), "dEeF"),
            (Scroll::Resize(6, 4), "defg"),
            (Scroll::Resize(4, 4), "dEeF"),
            (Scroll::Resize(4, 40), "AaBbCcDdEeFfGgHhIiJj"),
            (Scroll::Resize(0, 0), ""),
            (Scroll::Rows(1), ""),
        ],
    );
}

#[test]
fn places_and_bytes_lead_to_each_other() {
    let wrap = letters();
    let mut view = ArticleView::default();
    view.perform(Scroll::Resize(4, 3), &wrap);
    view.perform(Scroll::Rows(1), &wrap);
    assert_eq!(view.visible(&wrap), Span::new(4, 14));
    assert_eq!(view.byte_at(&wrap, 1, 2), Some(9));
    assert_eq!(view.byte_at(&wrap, 0, 30), Some(6));
    assert_eq!(view.byte_at(&wrap, 3, 0), None);
    assert_eq!(view.place_of(&wrap, 9), Some((1, 2)));
    assert_eq!(view.place_of(&wrap, 3), None);
    view.perform(Scroll::End, &wrap);
    assert_eq!(view.place_of(&wrap, wrap.text().len()), Some((2, 2)));
}
