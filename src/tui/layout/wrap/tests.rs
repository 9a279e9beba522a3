//! Rows as a reader sees them: `/` ends a row, `¶` a paragraph, `-` a divided word.

use proptest::prelude::*;

use super::{LONGEST_STRETCH, Row, Wrap};
use crate::text::Signs;

fn wrap(text: &str) -> Wrap {
    Wrap::new(text.into(), Signs::Unicode)
}

/// Every row of the text, checked for its width (two cells always fit) and for joining its
/// neighbour.
fn rows(text: &str, width: u16) -> Vec<Row> {
    let wrap = wrap(text);
    let rows: Vec<Row> = wrap.rows_from(wrap.row_at(0, width), width).collect();
    let mut end = 0;
    for row in &rows {
        assert_eq!(row.span.start, end);
        end = row.span.end;
        let drawn: u16 = wrap
            .clusters(*row)
            .filter(|placed| !placed.cluster.is_blank() && placed.column > 0)
            .map(|placed| placed.column + placed.cluster.cells)
            .max()
            .unwrap_or(0);
        assert!(
            drawn + u16::from(row.hyphen) <= width.max(2),
            "{row:?} of {text:?} at {width}"
        );
    }
    assert_eq!(end, text.len());
    rows
}

fn shown(text: &str, width: u16) -> String {
    let wrap = wrap(text);
    let mut out = String::new();
    for row in rows(text, width) {
        for placed in wrap.clusters(row) {
            out.push_str(placed.cluster.drawn());
        }
        out.push_str(if row.hyphen { "-/" } else { "/" });
        if row.ends_paragraph {
            out.push('¶');
        }
    }
    out
}

#[test]
fn words_move_to_the_next_row_whole() {
    assert_eq!(shown("the mayor said so", 9), "the mayor /said so/¶");
    assert_eq!(shown("the mayor said so", 8), "the /mayor /said so/¶");
    assert_eq!(shown("well-known", 6), "well-/known/¶");
}

#[test]
fn paragraphs_and_blank_lines_stay() {
    assert_eq!(shown("one\n\ntwo\n", 9), "one/¶/¶two/¶");
    assert_eq!(shown("", 9), "/¶");
    assert_eq!(shown("\n", 9), "/¶");
    assert_eq!(shown("a\n\n", 9), "a/¶/¶");
}

#[test]
fn long_words_are_cut_between_clusters() {
    assert_eq!(shown("abcdefgh", 3), "abc/def/gh/¶");
    assert_eq!(shown("a👩‍👩‍👧‍👦b", 2), "a/👩‍👩‍👧‍👦/b/¶");
    assert_eq!(shown("日本語", 3), "日/本/語/¶");
    assert_eq!(shown("日本", 1), "日/本/¶", "a row is never empty");
    assert_eq!(shown("ab", 0), "a/b/¶");
}

#[test]
fn blanks_hang_over_the_edge() {
    assert_eq!(shown("abc   def", 3), "abc   /def/¶");
    assert_eq!(shown("a\tb", 5), "a   b/¶");
    let blanks = " ".repeat(10_000);
    assert!(
        rows(&blanks, 10).len() > 50,
        "a sea of blanks is no endless row"
    );
}

#[test]
fn a_word_is_divided_at_a_soft_hyphen() {
    assert_eq!(shown("co\u{AD}operate", 6), "co-/operat/e/¶");
    assert_eq!(shown("co\u{AD}operate", 9), "cooperate/¶");
    assert_eq!(
        shown("abc\u{AD}def", 3),
        "abc/def/¶",
        "no room for a hyphen"
    );
}

#[test]
fn a_row_is_found_from_any_byte() {
    let wrap = wrap("the mayor said so\nand left");
    let at = |byte| wrap.row_at(byte, 9).span;
    assert_eq!(
        [at(0), at(9), at(10), at(17), at(18), at(900)].map(|s| s.start),
        [0, 0, 10, 10, 18, 18]
    );
}

#[test]
fn rows_move_up_and_down() {
    let text = "one two three four\n\nfive six\nseven".repeat(3);
    let wrap = wrap(&text);
    let all = rows(&text, 7);
    for (from, row) in all.iter().enumerate() {
        for by in -30isize..30 {
            let to = (from as isize + by).clamp(0, all.len() as isize - 1) as usize;
            assert_eq!(wrap.moved(*row, by, 7), all[to], "{from} {by}");
            let distance = to.checked_sub(from).filter(|&d| d <= 9);
            assert_eq!(wrap.distance(*row, all[to], 9, 7), distance);
        }
        assert_eq!(wrap.previous(*row, 7), from.checked_sub(1).map(|i| all[i]));
    }
}

#[test]
fn columns_and_bytes_lead_to_each_other() {
    let wrap = wrap("a日\tb ");
    let row = wrap.row_at(0, 20);
    assert_eq!(
        [0, 1, 4, 5, 6, 7].map(|byte| wrap.column_of(row, byte)),
        [0, 1, 3, 4, 5, 6]
    );
    assert_eq!(
        [0, 1, 2, 3, 4, 5, 6].map(|column| wrap.byte_at(row, column)),
        [0, 1, 1, 4, 5, 6, 7]
    );
}

#[test]
fn a_huge_paragraph_is_cut_at_blanks() {
    let text = "lorem ipsum ".repeat(10_000);
    let long = wrap(&text);
    assert_eq!(long.starts.len(), text.len() / (LONGEST_STRETCH - 8) + 1);
    assert!(
        long.starts
            .iter()
            .all(|&s| s == 0 || text.as_bytes()[s as usize - 1] == b' ')
    );
    let last = long.row_at(text.len(), 40);
    assert!(last.ends_paragraph && last.span.end == text.len());
    let unbroken = "语".repeat(5_000);
    assert!(
        wrap(&unbroken)
            .starts
            .iter()
            .all(|&s| unbroken.is_char_boundary(s as usize))
    );
    let families = rows("x👩‍👩‍👧‍👦".repeat(900).as_str(), 30).len();
    assert!(
        (90..=96).contains(&families),
        "full rows and one more for each cut: {families}"
    );
}

proptest! {
    #[test]
    fn no_row_is_too_wide_and_no_byte_is_lost(
        text in "[a-c \\n\\t日é\u{301}\u{AD}👩‍👧\u{1B}“”.,-]{0,80}", width in 0u16..12,
    ) {
        let wrap = wrap(&text);
        let all = rows(&text, width.max(2));
        for row in &all {
            for byte in row.span.start..row.span.end {
                prop_assert_eq!(wrap.row_at(byte, width.max(2)), *row);
            }
            for placed in wrap.clusters(*row) {
                prop_assert_eq!(wrap.byte_at(*row, placed.column), if placed.cluster.cells == 0 {
                    wrap.byte_at(*row, placed.column)
                } else {
                    placed.cluster.span.start
                });
            }
        }
        rows(&text, width);
    }

    #[test]
    fn long_texts_join_too(word in "[a-z日 ]{1,9}", times in 1usize..2_000, width in 1u16..50) {
        rows(&word.repeat(times), width);
    }
}
