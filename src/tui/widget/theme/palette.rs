//! The colours of each ground, a table each.
//!
//! Where there are 256 colours they are those of the fixed part of the table, which no
//! terminal's palette changes; terminals of true colour show the same. Of the sixteen, whose
//! values every terminal chooses for itself, only those are used that are readable on their
//! ground in the usual palettes. The states' colours on dark are those that keep the least
//! distance between two of them largest, for all eyes.

use ratatui::style::Color;

use super::{Depth, Ground, Role};

/// Colours of text and background by their number; `None` leaves the terminal's own.
pub(super) type Pair = (Option<u8>, Option<u8>);

/// The colours of a role.
pub(super) fn colours(role: Role, ground: Ground, depth: Depth) -> Pair {
    match (ground, depth) {
        (Ground::Plain, _) => (None, None),
        (Ground::Either, Depth::Many) => either(role),
        (Ground::Either, Depth::Sixteen) => (None, None),
        (Ground::Dark | Ground::ContrastDark, Depth::Sixteen) => (sixteen_on_black(role), None),
        (Ground::Light | Ground::ContrastLight, Depth::Sixteen) => (sixteen_on_white(role), None),
        (Ground::Dark, Depth::Many) => dark(role),
        (Ground::Light, Depth::Many) => light(role),
        (Ground::ContrastDark, Depth::Many) => contrast_dark(role),
        (Ground::ContrastLight, Depth::Many) => contrast_light(role),
    }
}

/// Text and background of a screen that is painted; `None` where nothing is.
pub(super) fn ink_and_paper(ground: Ground, depth: Depth) -> Option<(Color, Color)> {
    let (ink, paper) = match (ground, depth) {
        (Ground::Plain | Ground::Either, _) => return None,
        (Ground::Dark, Depth::Many) => (252, 234),
        (Ground::Light, Depth::Many) => (234, 231),
        (Ground::ContrastDark, Depth::Many) => (231, 16),
        (Ground::ContrastLight, Depth::Many) => (16, 231),
        (Ground::Dark, Depth::Sixteen) => (7, 0),
        (Ground::ContrastDark, Depth::Sixteen) => (15, 0),
        (Ground::Light | Ground::ContrastLight, Depth::Sixteen) => (0, 15),
    };
    Some((Color::Indexed(ink), Color::Indexed(paper)))
}

fn dark(role: Role) -> Pair {
    match role {
        Role::Text => (None, None),
        Role::Undecided => (Some(226), None),
        Role::Confirmed => (Some(85), None),
        Role::Corrected => (Some(195), None),
        Role::Rejected => (Some(249), None),
        Role::Added => (Some(189), None),
        Role::Unsure => (Some(177), None),
        Role::Disputed => (Some(208), None),
        Role::Source => (Some(117), None),
        Role::Cue => (Some(180), None),
        Role::Selected => (Some(255), Some(237)),
        Role::SelectedElsewhere => (Some(255), Some(235)),
        Role::Dim => (Some(248), None),
        Role::Border => (Some(243), None),
        Role::BorderFocused => (Some(153), None),
        Role::Title => (Some(254), None),
        Role::Error => (Some(210), None),
        Role::Warning => (Some(222), None),
        Role::Key => (Some(223), None),
        Role::Match => (Some(16), Some(221)),
        Role::Hint => (Some(233), Some(208)),
        Role::Selection => (Some(231), Some(24)),
        Role::Hidden => (Some(218), None),
    }
}

fn light(role: Role) -> Pair {
    match role {
        Role::Text => (None, None),
        Role::Undecided => (Some(94), None),
        Role::Confirmed => (Some(22), None),
        Role::Corrected => (Some(23), None),
        Role::Rejected => (Some(239), None),
        Role::Added => (Some(19), None),
        Role::Unsure => (Some(90), None),
        Role::Disputed => (Some(88), None),
        Role::Source => (Some(24), None),
        Role::Cue => (Some(58), None),
        Role::Selected => (Some(232), Some(254)),
        Role::SelectedElsewhere => (Some(232), Some(255)),
        Role::Dim => (Some(240), None),
        Role::Border => (Some(246), None),
        Role::BorderFocused => (Some(25), None),
        Role::Title => (Some(234), None),
        Role::Error => (Some(124), None),
        Role::Warning => (Some(94), None),
        Role::Key => (Some(54), None),
        Role::Match => (Some(17), Some(222)),
        Role::Hint => (Some(231), Some(92)),
        Role::Selection => (Some(16), Some(153)),
        Role::Hidden => (Some(125), None),
    }
}

/// On black, seven to one and more.
fn contrast_dark(role: Role) -> Pair {
    match role {
        Role::Text => (None, None),
        Role::Undecided => (Some(220), None),
        Role::Confirmed => (Some(157), None),
        Role::Corrected => (Some(43), None),
        Role::Rejected => (Some(252), None),
        Role::Added => (Some(189), None),
        Role::Unsure => (Some(183), None),
        Role::Disputed => (Some(215), None),
        Role::Source => (Some(123), None),
        Role::Cue => (Some(229), None),
        Role::Selected => (Some(231), Some(18)),
        Role::SelectedElsewhere => (Some(231), Some(236)),
        Role::Dim => (Some(253), None),
        Role::Border => (Some(250), None),
        Role::BorderFocused => (Some(227), None),
        Role::Title => (Some(231), None),
        Role::Error => (Some(217), None),
        Role::Warning => (Some(227), None),
        Role::Key => (Some(227), None),
        Role::Match => (Some(16), Some(226)),
        Role::Hint => (Some(16), Some(214)),
        Role::Selection => (Some(16), Some(159)),
        Role::Hidden => (Some(219), None),
    }
}

/// On white, seven to one and more. What is selected is reversed: no other ground than white
/// leaves colours that differ.
fn contrast_light(role: Role) -> Pair {
    match role {
        Role::Text => (None, None),
        Role::Undecided => (Some(52), None),
        Role::Confirmed => (Some(22), None),
        Role::Corrected => (Some(23), None),
        Role::Rejected => (Some(238), None),
        Role::Added => (Some(20), None),
        Role::Unsure => (Some(90), None),
        Role::Disputed => (Some(124), None),
        Role::Source => (Some(18), None),
        Role::Cue => (Some(52), None),
        Role::Selected => (None, None),
        Role::SelectedElsewhere => (None, None),
        Role::Dim => (Some(237), None),
        Role::Border => (Some(240), None),
        Role::BorderFocused => (Some(19), None),
        Role::Title => (Some(16), None),
        Role::Error => (Some(124), None),
        Role::Warning => (Some(52), None),
        Role::Key => (Some(54), None),
        Role::Match => (Some(231), Some(17)),
        Role::Hint => (Some(231), Some(53)),
        Role::Selection => (Some(231), Some(18)),
        Role::Hidden => (Some(89), None),
    }
}

/// No colour is readable as text on white and on black. So text keeps the terminal's own
/// colour unless it has a background of ours, as the signs of states have; lines beneath marks
/// need less contrast.
fn either(role: Role) -> Pair {
    match role {
        Role::Undecided => (Some(16), Some(221)),
        Role::Confirmed => (Some(16), Some(114)),
        Role::Corrected => (Some(16), Some(116)),
        Role::Added => (Some(16), Some(147)),
        Role::Unsure => (Some(16), Some(182)),
        Role::Disputed => (Some(16), Some(209)),
        Role::Match => (Some(16), Some(221)),
        Role::Hint => (Some(233), Some(208)),
        Role::Selection => (Some(231), Some(24)),
        _ => (None, None),
    }
}

fn sixteen_on_black(role: Role) -> Option<u8> {
    match role {
        Role::Undecided | Role::Warning | Role::Key => Some(11),
        Role::Confirmed => Some(10),
        Role::Corrected | Role::Source | Role::BorderFocused => Some(14),
        Role::Added | Role::Title => Some(15),
        Role::Unsure | Role::Hidden => Some(13),
        Role::Disputed | Role::Error => Some(9),
        Role::Rejected | Role::Cue | Role::Dim | Role::Border => Some(7),
        Role::Text | Role::Selected | Role::SelectedElsewhere => None,
        Role::Match | Role::Hint | Role::Selection => None,
    }
}

/// Green, cyan and yellow of the sixteen are too pale for text on white.
fn sixteen_on_white(role: Role) -> Option<u8> {
    match role {
        Role::Confirmed | Role::Source | Role::BorderFocused => Some(4),
        Role::Corrected | Role::Unsure | Role::Hidden => Some(5),
        Role::Disputed | Role::Error | Role::Warning => Some(1),
        Role::Key => Some(4),
        _ => None,
    }
}
