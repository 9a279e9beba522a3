//! Title lines, progress and frames.

use ratatui::layout::Rect;

use super::super::*;
use super::{ASCII, DARK, drawn};
use crate::text::Visible;
use crate::tui::layout::Framed;
use crate::tui::widget::{Role, Theme};

pub(super) fn title_line(width: u16) -> String {
    let left = [
        Segment::new(Visible::new("proofmark"), Role::Title, 2),
        Segment::new(Visible::new("queue 3/12"), Role::Dim, 3),
        Segment::new(Visible::new("phone-number.txt"), Role::Text, 5),
    ];
    let right = [
        Segment::new(progress_bar(14, 21, 10, DARK), Role::Confirmed, 1),
        Segment::new(Visible::new("14/21 decided"), Role::Text, 8),
        Segment::new(Visible::new("saved"), Role::Dim, 9),
    ];
    let line = TextLine {
        left: &left,
        right: &right,
        gap: " · ",
        theme: DARK,
    };
    let buf = drawn(width, 1, |area, buf| line.render(area, buf));
    picture(&buf, DARK).lines().next().unwrap_or("").to_string()
}

#[test]
fn a_line_gives_up_what_matters_least() {
    let lines = [90, 70, 60, 45, 30, 20, 12, 4, 0]
        .map(title_line)
        .join("\n");
    insta::assert_snapshot!(lines, @r"
    | proofmark · queue 3/12 · phone-number.txt             ▰▰▰▰▰▰▱▱▱▱ · 14/21 decided · saved |
    | proofmark · queue 3/12 · phone-number.txt      14/21 decided · saved |
    | queue 3/12 · phone-number.txt        14/21 decided · saved |
    | phone-number.txt      14/21 decided · saved |
    |        14/21 decided · saved |
    |               saved|
    |       saved|
    |sav…|
    ||
    ");
}

#[test]
fn progress_is_full_only_when_done() {
    let bar = |done, total| progress_bar(done, total, 5, ASCII).as_str().to_string();
    let bars = [
        bar(0, 9),
        bar(1, 100),
        bar(5, 10),
        bar(99, 100),
        bar(9, 9),
        bar(0, 0),
    ];
    assert_eq!(bars, ["-----", "#----", "##---", "####-", "#####", "-----"]);
    assert_eq!(progress_bar(1, 2, 0, DARK).cells(), 0);
    assert_eq!(progress_bar(1, 2, 1, DARK).as_str(), "▰");
}

#[test]
fn frames_join_and_have_headings() {
    let screen = |theme: Theme| {
        let buf = drawn(28, 7, |_, buf| {
            let list = Framed {
                outer: Rect::new(0, 0, 28, 3),
                inner: Rect::new(1, 1, 26, 2),
            };
            let card = Framed::with_frame(Rect::new(0, 3, 28, 4));
            let tabs = [
                Heading {
                    text: Visible::new("claims 19"),
                    is_open: true,
                },
                Heading {
                    text: Visible::new("sources 9"),
                    is_open: false,
                },
            ];
            let one = [Heading::only(Visible::with_signs(
                "card\u{1B}",
                theme.signs,
            ))];
            Frame {
                headings: &tabs,
                is_focused: true,
                joins_above: false,
                theme,
            }
            .render(list, buf);
            Frame {
                headings: &one,
                is_focused: false,
                joins_above: true,
                theme,
            }
            .render(card, buf);
            scrollbar(buf, Rect::new(27, 1, 1, 2), (0.5, 1.0), theme);
        });
        picture(&buf, theme)
    };
    insta::assert_snapshot!(screen(DARK), @r"
    |┌ claims 19 ── sources 9 ──┐|
     ==ttttttttt====.........====
    |│                          │|
     =                          -
    |│                          ┃|
     =                          .
    |├ card␛ ───────────────────┤|
     --ttttt---------------------
    |│                          │|
     -                          -
    |│                          │|
     -                          -
    |└──────────────────────────┘|
     ----------------------------
    ");
    insta::assert_snapshot!(screen(ASCII), @r"
    |+ claims 19 -- sources 9 --+|
     bbbbbbbbbbbbbbb         bbbb
    ||                          ||
     b                          d
    ||                          #|
     b
    |+ card? -------------------+|
     ddbbbbbddddddddddddddddddddd
    ||                          ||
     d                          d
    ||                          ||
     d                          d
    |+--------------------------+|
     dddddddddddddddddddddddddddd
    ");
}
