//! The screens drawn as letters, and every size at all.

use ratatui::layout::Rect;

use super::{Arrangement, Framed, Pane, Queue, Review, article_columns, popup, queue, review};

/// Draws rectangles as letters, capital for what has a frame, one line a row.
fn picture(area: Rect, parts: &[(char, Option<Rect>)]) -> Vec<String> {
    let mut rows = vec![vec!['.'; area.width.into()]; area.height.into()];
    for (letter, part) in parts {
        let Some(part) = part else { continue };
        assert_eq!(
            part.intersection(area),
            *part,
            "{letter} {part:?} leaves {area:?}"
        );
        for y in part.top()..part.bottom() {
            for x in part.left()..part.right() {
                let cell = &mut rows[y as usize][x as usize];
                assert_eq!(*cell, '.', "{letter} overlaps at {x},{y} of {area:?}");
                *cell = *letter;
            }
        }
    }
    rows.into_iter()
        .map(|row| row.into_iter().collect())
        .collect()
}

fn review_picture(width: u16, height: u16, focus: Pane) -> (Review, Vec<String>) {
    let area = Rect::new(0, 0, width, height);
    let screen = review(area, focus, 500, &|_| 1);
    let outer = |pane: Option<Framed>| pane.map(|p| p.outer);
    let rows = picture(
        area,
        &[
            ('t', screen.title),
            ('a', outer(screen.article)),
            ('l', outer(screen.list)),
            ('c', outer(screen.card)),
            ('s', screen.status),
        ],
    );
    (screen, rows)
}

fn queue_picture(width: u16, height: u16) -> (Queue, Vec<String>) {
    let area = Rect::new(0, 0, width, height);
    let screen = queue(area);
    let rows = picture(
        area,
        &[
            ('t', screen.title),
            ('l', Some(screen.list.outer)),
            ('p', screen.preview.map(|p| p.outer)),
            ('s', screen.status),
        ],
    );
    (screen, rows)
}

/// The letters of a column, runs shortened to letter and length.
fn runs(letters: impl Iterator<Item = char>) -> String {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for letter in letters {
        match runs.last_mut() {
            Some((last, count)) if *last == letter => *count += 1,
            _ => runs.push((letter, 1)),
        }
    }
    runs.iter()
        .map(|(letter, count)| format!("{letter}{count}"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn column(rows: &[String], x: usize) -> String {
    runs(rows.iter().map(|row| row.as_bytes()[x] as char))
}

#[test]
fn wide_screens_have_two_columns() {
    for (width, height, across, down) in [
        (240, 60, "a130 l110", "t1 l42 c16 s1"),
        (200, 60, "a100 l100", "t1 l42 c16 s1"),
        (120, 40, "a68 l52", "t1 l23 c15 s1"),
        (100, 30, "a56 l44", "t1 l19 c9 s1"),
        (60, 12, "a30 l30", "t1 l4 c6 s1"),
    ] {
        let (screen, rows) = review_picture(width, height, Pane::Article);
        assert_eq!(screen.arrangement, Arrangement::SideBySide);
        assert_eq!(runs(rows[1].chars()), across, "{width}x{height}");
        assert_eq!(
            column(&rows, usize::from(width) - 1),
            down,
            "{width}x{height}"
        );
    }
}

#[test]
fn the_card_has_the_rows_that_the_list_does_not_need() {
    for (listed, down) in [
        (0, "l13 c25"),
        (5, "l13 c25"),
        (20, "l22 c16"),
        (21, "l23 c15"),
        (500, "l23 c15"),
    ] {
        let screen = review(Rect::new(0, 0, 120, 40), Pane::List, listed, &|_| 1);
        let rows = |pane: Option<Framed>| pane.map_or(0, |pane| pane.outer.height);
        let found = format!("l{} c{}", rows(screen.list), rows(screen.card));
        assert_eq!(found, down, "{listed}");
    }
}

#[test]
fn narrow_screens_are_stacked() {
    for (width, height, down) in [
        (50, 30, "t1 a11 l8 c9 s1"),
        (80, 24, "t1 a8 l7 c7 s1"),
        (99, 40, "t1 a15 l14 c9 s1"),
    ] {
        let (screen, rows) = review_picture(width, height, Pane::List);
        assert_eq!(screen.arrangement, Arrangement::Stacked);
        assert_eq!(column(&rows, 0), down, "{width}x{height}");
    }
}

#[test]
fn small_screens_show_the_pane_with_the_keys() {
    for (width, height, focus, down) in [
        (40, 10, Pane::Article, "t1 a6 c2 s1"),
        (40, 10, Pane::List, "t1 l6 c2 s1"),
        (20, 5, Pane::Article, "a3 c1 s1"),
        (20, 5, Pane::List, "l2 c2 s1"),
        (1, 2, Pane::List, "l1 s1"),
        (1, 1, Pane::List, "l1"),
        (90, 6, Pane::Article, "t1 a3 c1 s1"),
    ] {
        let (screen, rows) = review_picture(width, height, focus);
        assert_eq!(screen.arrangement, Arrangement::OneAtATime);
        assert_eq!(column(&rows, 0), down, "{width}x{height}");
    }
    assert_eq!(
        review(Rect::new(0, 0, 0, 0), Pane::List, 0, &|_| 1).list,
        None
    );
}

#[test]
fn the_card_has_room_for_the_words() {
    let rows = |width, height, focus, words| {
        let screen = review(Rect::new(0, 0, width, height), focus, 500, &|_| words);
        let height = |pane: Option<Framed>| pane.map_or(0, |pane| pane.outer.height);
        (height(screen.list), height(screen.card))
    };
    assert_eq!(rows(40, 10, Pane::List, 4), (3, 5));
    assert_eq!(
        rows(40, 10, Pane::List, 40),
        (1, 7),
        "a row of the list stays"
    );
    assert_eq!(rows(40, 10, Pane::Article, 4), (0, 2));
    assert_eq!(rows(80, 24, Pane::List, 3), (7, 7), "there is room anyway");
    assert_eq!(rows(80, 24, Pane::List, 6), (5, 9));
    assert_eq!(rows(120, 40, Pane::List, 90), (4, 34));
}

#[test]
fn the_queue_has_a_preview_where_there_is_room() {
    let (_, rows) = queue_picture(120, 40);
    assert_eq!(runs(rows[1].chars()), "l74 p46");
    for (width, height, down) in [
        (80, 24, "t1 l13 p9 s1"),
        (40, 10, "t1 l8 s1"),
        (20, 5, "l4 s1"),
        (1, 1, "l1"),
    ] {
        assert_eq!(
            column(&queue_picture(width, height).1, 0),
            down,
            "{width}x{height}"
        );
    }
}

#[test]
fn every_size_is_covered_without_overlap() {
    for width in 0..130 {
        for height in 0..50 {
            for focus in [Pane::Article, Pane::List] {
                let (screen, rows) = review_picture(width, height, focus);
                assert!(
                    rows.iter().all(|row| !row.contains('.')),
                    "{width}x{height}"
                );
                for pane in [screen.article, screen.list, screen.card]
                    .into_iter()
                    .flatten()
                {
                    assert!(!pane.inner.is_empty(), "{width}x{height}: {pane:?}");
                    assert_eq!(pane.inner.intersection(pane.outer), pane.inner);
                    let columns = article_columns(pane.inner);
                    assert!(!columns.text.is_empty(), "{width}x{height}");
                    assert_eq!(columns.text.intersection(pane.inner), columns.text);
                }
            }
            queue_picture(width, height);
            let area = Rect::new(3, 4, width, height);
            let window = popup(area, 30, 10);
            assert_eq!(window.outer.intersection(area), window.outer);
            assert_eq!(window.inner.intersection(window.outer), window.inner);
        }
    }
}

#[test]
fn text_lines_are_kept_readable() {
    let columns = article_columns(Rect::new(1, 1, 138, 20));
    assert_eq!(
        (columns.gutter.width, columns.text.x, columns.text.width),
        (9, 10, 88)
    );
    let columns = article_columns(Rect::new(0, 1, 40, 6));
    assert_eq!((columns.gutter.width, columns.text.width), (0, 39));
}
