//! The article with marks, numbers and what lies over them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::{ArticlePane, Hint, MarkedRange, Marks, picture};
use super::{ASCII, DARK, drawn};
use crate::annotations::ClaimNumber;
use crate::text::{Signs, Span};
use crate::tui::layout;
use crate::tui::layout::{ArticleView, Scroll, Wrap};
use crate::tui::widget::{Role, Theme};

const STORY: &str = "Trump also swapped numbers with Emmanuel Macron, an unnamed French official \
said, when the two spoke.\n\nThe White House declined to comment.\u{202E}";

fn mark(words: &str, role: Role, owner: u32, continues: bool) -> MarkedRange {
    let start = STORY.find(words).expect("the words are in the story");
    let is_claim = !matches!(role, Role::Source | Role::Cue);
    MarkedRange {
        span: Span::new(start, start + words.len()),
        role,
        rank: if is_claim { 1 } else { 2 },
        owner,
        number: ClaimNumber::parse(&owner.to_string()).filter(|_| is_claim),
        continues,
    }
}

fn story_marks() -> Marks {
    Marks::new(vec![
        mark(
            "The White House declined to comment",
            Role::Confirmed,
            2,
            false,
        ),
        mark("The White House", Role::Source, 3, false),
        mark(
            "Trump also swapped numbers with Emmanuel Macron",
            Role::Undecided,
            1,
            false,
        ),
        mark("when the two spoke", Role::Undecided, 1, true),
        mark("an unnamed French official", Role::Source, 4, false),
        mark("said", Role::Cue, 5, false),
    ])
}

/// What is laid over the article.
#[derive(Default)]
pub(super) struct Overlay {
    selected: Option<u32>,
    selection: Option<Span>,
    matches: Vec<Span>,
    hints: Vec<Hint<'static>>,
    related: Option<u32>,
}

impl Overlay {
    pub(super) fn selecting(owner: u32) -> Overlay {
        Overlay {
            selected: Some(owner),
            ..Overlay::default()
        }
    }
}

pub(super) fn story_pane(width: u16, height: u16, theme: Theme, overlay: &Overlay) -> String {
    let wrap = Wrap::new(STORY.into(), theme.signs);
    let marks = story_marks();
    let mut view = ArticleView::default();
    let columns = layout::article_columns(Rect::new(0, 0, width, height));
    view.perform(
        Scroll::Resize(columns.text.width, columns.text.height),
        &wrap,
    );
    let pane = ArticlePane {
        wrap: &wrap,
        view: &view,
        marks: &marks,
        selected: overlay.selected,
        related: overlay.related,
        selection: overlay.selection,
        matches: &overlay.matches,
        hints: &overlay.hints,
        cursor: Some(STORY.find("said").expect("it is there")),
        is_focused: true,
        theme,
    };
    let mut cursor = None;
    let buf = drawn(width, height, |_, buf| cursor = pane.render(columns, buf));
    let place = cursor.map_or("out of sight".to_string(), |at| {
        format!("{},{}", at.x, at.y)
    });
    format!("{}cursor {place}\n", picture(&buf, theme))
}

#[test]
fn the_article_shows_marks_and_numbers() {
    insta::assert_snapshot!(story_pane(50, 6, DARK, &Overlay::default()), @r"
    |?1   Trump also swapped numbers with Emmanuel     |
     u.   uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu
    |     Macron, an unnamed French official said,     |
          uuuuuu  ssssssssssssssssssssssssss qqqq
    |↳1   when the two spoke.                          |
     u.   uuuuuuuuuuuuuuuuuu
    |                                                  |
    |✓2   The White House declined to comment.�        |
     c.   ccccccccccccccccccccccccccccccccccc i
    |                                                  |
    cursor 40,1
    ");
}

#[test]
fn pieces_of_the_selected_claim_are_seen_together() {
    insta::assert_snapshot!(story_pane(50, 6, DARK, &Overlay::selecting(1)), @r"
    |?1   Trump also swapped numbers with Emmanuel     |
     u.   UUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUU
    |     Macron, an unnamed French official said,     |
          UUUUUU  ssssssssssssssssssssssssss qqqq
    |↳1   when the two spoke.                          |
     u.   UUUUUUUUUUUUUUUUUU
    |                                                  |
    |✓2   The White House declined to comment.�        |
     c.   ccccccccccccccccccccccccccccccccccc i
    |                                                  |
    cursor 40,1
    ");
}

#[test]
fn the_source_of_the_selected_claim_stands_out_with_it() {
    let looks = |related| {
        let overlay = Overlay {
            selected: Some(1),
            related,
            ..Overlay::default()
        };
        let pane = story_pane(50, 6, DARK, &overlay);
        pane.lines().nth(3).unwrap_or_default().to_owned()
    };
    let owner = story_marks().owner_at(STORY.find("unnamed").expect("it is there"));
    assert_eq!(looks(None).matches('S').count(), 0);
    assert_eq!(looks(owner).matches('S').count(), 26, "{}", looks(owner));
}

#[test]
fn a_gutter_tells_every_claim_of_a_row_or_that_there_are_more() {
    let row = |width: u16, numbers: &[usize]| {
        let wrap = Wrap::new("one two three four".into(), Signs::Unicode);
        let ranges = numbers
            .iter()
            .zip(0u32..)
            .map(|(number, owner)| MarkedRange {
                span: Span::new(owner as usize * 4, owner as usize * 4 + 3),
                role: Role::Undecided,
                rank: 1,
                owner,
                number: ClaimNumber::parse(&number.to_string()),
                continues: false,
            });
        let marks = Marks::new(ranges.collect());
        let columns = layout::article_columns(Rect::new(0, 0, width, 2));
        let mut view = ArticleView::default();
        let (width, height) = (columns.text.width, columns.text.height);
        view.perform(Scroll::Resize(width, height), &wrap);
        let pane = ArticlePane {
            wrap: &wrap,
            view: &view,
            marks: &marks,
            selected: None,
            related: None,
            selection: None,
            matches: &[],
            hints: &[],
            cursor: None,
            is_focused: true,
            theme: DARK,
        };
        let buf = drawn(80, 2, |_, buf| {
            pane.render(columns, buf);
        });
        let picture = picture(&buf, DARK);
        let gutter = usize::from(columns.gutter.width);
        picture.chars().skip(1).take(gutter).collect::<String>()
    };
    assert_eq!(row(50, &[7]), "?7   ");
    assert_eq!(row(50, &[7, 8]), "?7 … ");
    assert_eq!(row(70, &[7, 8]), "?7 ?8    ");
    assert_eq!(row(70, &[7, 8, 9]), "?7 ?8 ?9 ");
    assert_eq!(row(70, &[17, 18, 19]), "?17 ?18 …");
}

#[test]
fn the_article_does_without_colours_and_box_drawing() {
    insta::assert_snapshot!(story_pane(50, 6, ASCII, &Overlay::selecting(2)), @r"
    |?1   Trump also swapped numbers with Emmanuel     |
          uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu
    |     Macron, an unnamed French official said,     |
          uuuuuu  iiiiiiiiiiiiiiiiiiiiiiiiii iiii
    |&1   when the two spoke.                          |
          uuuuuuuuuuuuuuuuuu
    |                                                  |
    |y2   The White House declined to comment.?        |
          RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR R
    |                                                  |
    cursor 40,1
    ");
}

#[test]
fn narrow_articles_have_no_gutter() {
    insta::assert_snapshot!(story_pane(20, 4, DARK, &Overlay::default()), @r"
    |Trump also swapped  |
     uuuuuuuuuuuuuuuuuuu
    |numbers with        |
     uuuuuuuuuuuuu
    |Emmanuel Macron, an |
     uuuuuuuuuuuuuuu  sss
    |unnamed French      |
     sssssssssssssss
    cursor out of sight
    ");
}

/// A label over a word of the story.
fn label(words: &str, letters: &'static str) -> Hint<'static> {
    let start = STORY.find(words).expect("it is there");
    let word = words.split(' ').next().unwrap_or(words);
    Hint {
        word: Span::new(start, start + word.len()),
        letters,
    }
}

#[test]
fn hints_matches_and_selection_lie_over_the_marks() {
    let at = |words: &str| STORY.find(words).expect("it is there");
    let overlay = Overlay {
        related: None,
        selected: None,
        selection: Some(Span::new(at("when"), at("two"))),
        matches: vec![Span::new(at("French"), at("French") + 6)],
        hints: vec![label("also", "k"), label("with", "df")],
    };
    insta::assert_snapshot!(story_pane(50, 3, DARK, &overlay), @r"
    |?1   Trump klso swapped numbers dfth Emmanuel     |
     u.   uuuuuuhuuuuuuuuuuuuuuuuuuuuhhuuuuuuuuuuuu
    |     Macron, an unnamed French official said,     |
          uuuuuu  sssssssssssmmmmmmsssssssss qqqq
    |↳1   when the two spoke.                          |
     u.   vvvvvvvvvuuuuuuuuu
    cursor 40,1
    ");
}

/// The row of a text with labels over some of its words.
fn labelled(text: &str, labels: &[(&str, &'static str)]) -> String {
    let wrap = Wrap::new(text.into(), DARK.signs);
    let mut view = ArticleView::default();
    let columns = layout::article_columns(Rect::new(0, 0, 26, 1));
    view.perform(
        Scroll::Resize(columns.text.width, columns.text.height),
        &wrap,
    );
    let hint = |(word, letters): &(&str, &'static str)| {
        let start = text.find(word).expect("it is there");
        let word = Span::new(start, start + word.len());
        Hint { word, letters }
    };
    let hints: Vec<Hint> = labels.iter().map(hint).collect();
    let pane = ArticlePane {
        wrap: &wrap,
        view: &view,
        marks: &Marks::default(),
        selected: None,
        related: None,
        selection: None,
        matches: &[],
        hints: &hints,
        cursor: None,
        is_focused: true,
        theme: DARK,
    };
    let mut buf = Buffer::empty(Rect::new(0, 0, 26, 1));
    pane.render(columns, &mut buf);
    let cells = columns.text.left()..columns.text.right();
    let row: String = cells.map(|x| buf[(x, 0)].symbol()).collect();
    row.trim_end().to_owned()
}

#[test]
fn a_label_leaves_something_of_its_word_to_read() {
    for (text, labels, row) in [
        (
            "a man of law",
            [("man", "f"), ("law", "zf")],
            "a fan of zfw",
        ),
        ("a man of law", [("a", "f"), ("of", "j")], "afman jf law"),
        ("a man of law", [("a", "zf"), ("of", "zj")], "azman ozjlaw"),
        // Nothing behind it is free, or there.
        ("d'a man", [("d", "f"), ("a", "j")], "dfajman"),
        ("日本 a", [("日", "f"), ("本", "j")], "f 本 ja"),
    ] {
        assert_eq!(labelled(text, &labels), row, "{labels:?}");
    }
}

#[test]
fn only_marks_in_sight_are_looked_at() {
    let many: Vec<MarkedRange> = (0..5_000)
        .map(|n| MarkedRange {
            span: Span::new(n * 200, n * 200 + 150),
            role: Role::Undecided,
            rank: 1,
            owner: n as u32,
            number: None,
            continues: false,
        })
        .collect();
    let mut overlapping_all = many.clone();
    overlapping_all.push(MarkedRange {
        span: Span::new(0, 1_000_000),
        owner: 9_999,
        ..many[0]
    });
    let span = Span::new(500_000, 500_401);
    let owners = |marks: &Marks| {
        marks
            .overlapping(span)
            .map(|m| m.owner)
            .collect::<Vec<u32>>()
    };
    assert_eq!(owners(&Marks::new(many)), [2500, 2501, 2502]);
    let marks = Marks::new(overlapping_all);
    assert_eq!(owners(&marks), [9_999, 2500, 2501, 2502]);
    assert_eq!(marks.owner_at(500_000), Some(2500), "the shorter one");
    assert_eq!(marks.owner_at(500_199), Some(9_999));
    assert_eq!(Marks::default().owner_at(0), None);
}

#[test]
fn a_click_leads_to_a_byte() {
    let wrap = Wrap::new(STORY.into(), Signs::Unicode);
    let marks = Marks::default();
    let columns = layout::article_columns(Rect::new(10, 5, 50, 6));
    let mut view = ArticleView::default();
    view.perform(
        Scroll::Resize(columns.text.width, columns.text.height),
        &wrap,
    );
    let pane = ArticlePane {
        wrap: &wrap,
        view: &view,
        marks: &marks,
        selected: None,
        related: None,
        selection: None,
        matches: &[],
        hints: &[],
        cursor: None,
        is_focused: true,
        theme: DARK,
    };
    let byte = |x, y| pane.byte_at(columns, Position::new(x, y));
    assert_eq!(byte(15, 5), Some(0));
    assert_eq!(byte(16, 5), Some(1));
    assert_eq!(
        byte(2, 6),
        Some(wrap.row_at(44, columns.text.width).span.start)
    );
    assert_eq!(byte(15, 4), None);
    assert_eq!(byte(15, 30), None);
}
