//! Lists, tables in windows and lines that are being typed.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::*;
use super::{ASCII, DARK, drawn};
use crate::annotations::ClaimNumber;
use crate::text::{Signs, Visible};
use crate::tui::layout;
use crate::tui::layout::{ListView, Step};
use crate::tui::widget::{Role, Theme};

pub(super) fn claims_list(width: u16, height: u16, theme: Theme, focused: bool) -> String {
    let states = [
        Role::Confirmed,
        Role::Undecided,
        Role::Rejected,
        Role::Corrected,
    ];
    let mut view = ListView::default();
    view.perform(Step::Resize(height));
    view.perform(Step::Length(10_000));
    view.perform(Step::Select(1));
    let asked = std::cell::Cell::new(0);
    let row = |index: usize, cells: usize| {
        asked.set(asked.get() + 1);
        ListRow {
            state: Some(states[index % 4]),
            number: ClaimNumber::parse(&(index + 1).to_string()),
            text: Visible::fitting("has been handing out his number\u{7}", cells, theme.signs),
            right: Visible::new("event"),
            is_dim: index % 4 == 2,
            ..ListRow::default()
        }
    };
    let pane = ListPane {
        view: &view,
        row: &row,
        right_cells: 6,
        number_cells: 2,
        mark_cells: 0,
        lines: 1,
        is_focused: focused,
        when_empty: "",
        theme,
    };
    let mut cursor = None;
    let buf = drawn(width, height, |area, buf| cursor = pane.render(area, buf));
    assert_eq!(
        asked.get(),
        usize::from(height),
        "only rows in sight are asked for"
    );
    format!(
        "{}cursor {:?}\n",
        picture(&buf, theme),
        cursor.map(|at| (at.x, at.y))
    )
}

#[test]
fn a_list_shows_state_number_words_and_more() {
    insta::assert_snapshot!(claims_list(40, 4, DARK, true), @r"
    |   ✓  1 has been handing out hi…  event |
      t c ..                           .....
    | ▸ ?  2 has been handing out hi…  event |
     #T#U####################################
    |   ✗  3 has been handing out hi…  event |
      t x .. ........................  .....
    |   ✎  4 has been handing out hi…  event |
      t o ..                           .....
    cursor Some((8, 1))
    ");
    insta::assert_snapshot!(claims_list(40, 4, ASCII, false), @r"
    |   y  1 has been handing out...   event |
      b
    | > ?  2 has been handing out...   event |
     bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
    |   x  3 has been handing out...   event |
      b
    |   c  4 has been handing out...   event |
      b
    cursor Some((8, 1))
    ");
    insta::assert_snapshot!(claims_list(18, 2, DARK, false), @r"
    | ✓ has been hand… |
     tc
    |▸? has been hand… |
     TU################
    cursor Some((3, 1))
    ");
}

#[test]
fn an_empty_list_says_so() {
    let view = ListView::default();
    let row = |_: usize, _: usize| ListRow::default();
    let pane = ListPane {
        view: &view,
        row: &row,
        right_cells: 0,
        number_cells: 0,
        mark_cells: 0,
        lines: 1,
        is_focused: true,
        when_empty: "no claims",
        theme: DARK,
    };
    let buf = drawn(12, 1, |area, buf| assert_eq!(pane.render(area, buf), None));
    assert_eq!(picture(&buf, DARK), "| no claims  |\n  .........\n");
}

pub(super) fn help(width: u16, height: u16, typed: &str) -> String {
    let rows = [
        ("a", "confirm, and go on"),
        ("", "Moving"),
        ("j", "next card"),
    ];
    let area = Rect::new(0, 0, width, height);
    let window = layout::popup(area, 26, 5);
    let mut view = ListView::default();
    view.perform(Step::Resize(window.inner.height.saturating_sub(1)));
    view.perform(Step::Length(if typed == "zz" { 0 } else { 3 }));
    let mut edit = LineEdit::default();
    edit.perform(Change::Insert(typed.to_string()));
    let prompt = Visible::new("filter ");
    let popup = TablePopup {
        title: &Visible::new("keys"),
        filter: Some(InputLine {
            prompt: &prompt,
            edit: &edit,
            theme: DARK,
        }),
        view: &view,
        row: &|index, cells| TableRow {
            key: Visible::new(rows[index].0),
            text: Visible::fitting(rows[index].1, cells, Signs::Unicode),
            is_heading: index == 1,
            look: None,
        },
        key_cells: 4,
        is_choice: true,
        when_empty: "no key matches",
        theme: DARK,
    };
    let mut cursor = None;
    let buf = drawn(width, height, |area, buf| {
        for y in 0..area.height {
            let behind = Visible::new(&"日".repeat(40));
            draw_visible(
                buf,
                Rect {
                    y,
                    height: 1,
                    ..area
                },
                &behind,
                Style::new(),
            );
        }
        cursor = popup.render(window, buf);
    });
    format!(
        "{}cursor {:?}\n",
        picture(&buf, DARK),
        cursor.map(|at| (at.x, at.y))
    )
}

#[test]
fn a_window_lies_over_the_screen() {
    insta::assert_snapshot!(help(32, 8, "co"), @r"
    |日┌ keys ────────────────────┐日|
       ==tttt======================
    |日│filter co                 │日|
       =kkkkkkk                   =
    |日│ a     confirm, and go on │日|
       =#K########################=
    |日│ Moving                   │日|
       = tttttt                   =
    |日│ j     next card          │日|
       = k                        =
    |日│                          │日|
       =                          =
    |日└──────────────────────────┘日|
       ============================
    |日日日日日日日日日日日日日日日日|
    cursor Some((12, 1))
    ");
    insta::assert_snapshot!(help(24, 5, "zz"), @r"
    |┌ keys ────────────────┐|
     ==tttt==================
    |│filter zz             │|
     =kkkkkkk               =
    |│ no key matches       │|
     = ..............       =
    |│                      │|
     =                      =
    |└──────────────────────┘|
     ========================
    cursor Some((10, 1))
    ");
}

#[test]
fn a_long_input_keeps_its_cursor_in_sight() {
    let prompt = Visible::new("note ");
    let shown = |changes: &[Change]| {
        let mut edit = LineEdit::default();
        edit.perform(Change::Insert("the figures are from 2019 日本".into()));
        changes.iter().for_each(|change| {
            edit.perform(change.clone());
        });
        let line = InputLine {
            prompt: &prompt,
            edit: &edit,
            theme: DARK,
        };
        let mut cursor = None;
        let buf = drawn(20, 1, |area, buf| cursor = line.render(area, buf));
        let text = picture(&buf, DARK).lines().next().unwrap_or("").to_string();
        format!("{text} {:?}", cursor.map(|at| at.x))
    };
    let word_left = || vec![Change::WordLeft; 3];
    let lines = [
        shown(&[]),
        shown(&word_left()),
        shown(&[Change::Home]),
        shown(&[Change::DeleteToStart]),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r"
    |note <rom 2019 日本 | Some(19)
    |note < from 2019 日 | Some(12)
    |note the figures are| Some(5)
    |note                | Some(5)
    ");
}
