//! Contrast, distances of colours for all eyes, distinct looks and one-cell signs.

mod sight;

use std::fmt::Write;

use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use self::sight::{Sight, contrast, distance};
use super::{Depth, Ground, Role, Theme};
use crate::text::Signs;

const STATES: [Role; 7] = [
    Role::Undecided,
    Role::Confirmed,
    Role::Corrected,
    Role::Rejected,
    Role::Added,
    Role::Unsure,
    Role::Disputed,
];

/// The sixteen colours as xterm and as the VGA card have them, those two between which most
/// terminals' own lie.
const SIXTEEN: [[[u8; 3]; 16]; 2] = [
    [
        [0, 0, 0],
        [205, 0, 0],
        [0, 205, 0],
        [205, 205, 0],
        [0, 0, 238],
        [205, 0, 205],
        [0, 205, 205],
        [229, 229, 229],
        [127, 127, 127],
        [255, 0, 0],
        [0, 255, 0],
        [255, 255, 0],
        [92, 92, 255],
        [255, 0, 255],
        [0, 255, 255],
        [255, 255, 255],
    ],
    [
        [0, 0, 0],
        [170, 0, 0],
        [0, 170, 0],
        [170, 85, 0],
        [0, 0, 170],
        [170, 0, 170],
        [0, 170, 170],
        [170, 170, 170],
        [85, 85, 85],
        [255, 85, 85],
        [85, 255, 85],
        [255, 255, 85],
        [85, 85, 255],
        [255, 85, 255],
        [85, 255, 255],
        [255, 255, 255],
    ],
];

/// Red, green and blue of a colour; of the sixteen as the palette has it.
fn rgb(colour: Color, sixteen: Option<&[[u8; 3]; 16]>) -> [u8; 3] {
    let Color::Indexed(index) = colour else {
        panic!("{colour:?} is no number")
    };
    if index < 16 {
        return sixteen.expect("one of the sixteen depends on the palette")[usize::from(index)];
    }
    assert!(sixteen.is_none(), "{index} is none of the sixteen");
    if index >= 232 {
        return [8 + (index - 232) * 10; 3];
    }
    let level = |n: u8| if n == 0 { 0 } else { 55 + n * 40 };
    let cube = index - 16;
    [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
}

/// Every theme, in every number of colours.
fn themes() -> impl Iterator<Item = Theme> {
    Ground::ALL.into_iter().flat_map(|ground| {
        [Depth::Many, Depth::Sixteen].map(|depth| Theme {
            ground,
            depth,
            signs: Signs::Unicode,
        })
    })
}

/// Texts and backgrounds that a theme may find in a terminal, text first.
fn terminals(ground: Ground, depth: Depth) -> Vec<([u8; 3], [u8; 3])> {
    let dark = ([0xD4; 3], [0x1E; 3]);
    let light = ([0x1E; 3], [0xFF; 3]);
    let black = ([0xFF; 3], [0; 3]);
    let white = ([0; 3], [0xFF; 3]);
    match (ground, depth) {
        (Ground::Dark, Depth::Many) => vec![dark, black],
        (Ground::Light, Depth::Many) => vec![light],
        // Always painted.
        (Ground::ContrastDark, _) => vec![black],
        (Ground::ContrastLight, _) => vec![white],
        (Ground::Dark, Depth::Sixteen) => vec![([170; 3], [0; 3])],
        (Ground::Light, Depth::Sixteen) => vec![white],
        (Ground::Either | Ground::Plain, _) => vec![dark, light, black, white],
    }
}

#[test]
fn text_is_readable_on_its_background() {
    for theme in themes() {
        let Theme { ground, depth, .. } = theme;
        let palettes: &[Option<&[[u8; 3]; 16]>] = match depth {
            Depth::Many => &[None],
            Depth::Sixteen => &[Some(&SIXTEEN[0]), Some(&SIXTEEN[1])],
        };
        let wanted = match ground {
            // Which white and which yellow sixteen colours have is the terminal's choice.
            Ground::ContrastDark | Ground::ContrastLight if depth == Depth::Many => 7.0,
            _ => 4.5,
        };
        for (text, paper) in terminals(ground, depth) {
            for palette in palettes {
                for role in Role::ALL {
                    let style = theme.style(role);
                    let told = format!("{role:?} in {ground:?}, {depth:?}");
                    let ink = style.fg.map_or(text, |colour| rgb(colour, *palette));
                    let own = style.bg.map_or(paper, |colour| rgb(colour, *palette));
                    let is_frame = role == Role::Border;
                    // A terminal shows dimmed text with about half of its contrast.
                    let is_dimmed = style.add_modifier.contains(Modifier::DIM);
                    assert!(is_frame || !is_dimmed, "{told} is dimmed");
                    let least = if is_frame { 2.5 } else { wanted };
                    let ratio = contrast(ink, own);
                    assert!(ratio >= least, "{told}: {ratio:.2}");
                    if is_frame || style.bg.is_some() {
                        continue;
                    }
                    // A selected row keeps the colours of what stands in it.
                    for focused in [true, false] {
                        let cover = theme.selected(focused).bg;
                        let cover = cover.map_or(paper, |colour| rgb(colour, *palette));
                        let ratio = contrast(ink, cover);
                        assert!(ratio >= wanted, "{told} selected: {ratio:.2}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_painted_screen_is_readable() {
    for theme in themes() {
        let Some((ink, paper)) = theme.ink_and_paper() else {
            assert!(matches!(theme.ground, Ground::Either | Ground::Plain));
            continue;
        };
        for palette in &SIXTEEN {
            let palette = (theme.depth == Depth::Sixteen).then_some(palette);
            let ratio = contrast(rgb(ink, palette), rgb(paper, palette));
            assert!(ratio >= 7.0, "{theme:?}: {ratio:.2}");
        }
    }
}

/// How far apart colours of two states are that are told by colour alone: CIEDE2000 of twenty.
const APART: f64 = 20.0;

/// Pairs of states nearer than [`APART`] for some eyes, and for which; their signs differ (see
/// `every_state_has_its_own_look_and_sign`), so that no state is told by colour alone.
#[test]
fn pairs_of_states_that_only_their_signs_tell_apart_are_known() {
    let mut told = String::new();
    for ground in Ground::ALL {
        let theme = Theme {
            ground,
            ..Theme::default()
        };
        for (at, a) in STATES.iter().enumerate() {
            for b in &STATES[at + 1..] {
                let colour = |role| {
                    let style = theme.style(role);
                    style.bg.or(style.fg)
                };
                let (Some(x), Some(y)) = (colour(*a), colour(*b)) else {
                    continue;
                };
                let near: Vec<String> = Sight::ALL
                    .into_iter()
                    .map(|sight| (sight, distance(rgb(x, None), rgb(y, None), sight)))
                    .filter(|(_, apart)| *apart < APART)
                    .map(|(sight, apart)| format!("{sight:?} {apart:.0}"))
                    .collect();
                if !near.is_empty() {
                    let near = near.join(", ");
                    writeln!(told, "{ground:?}: {a:?} {b:?}: {near}").expect("memory");
                }
            }
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn colour_in_the_text_says_where_something_stands() {
    for theme in themes() {
        let Theme { ground, .. } = theme;
        let grey = theme.style(Role::Dim).fg;
        assert_eq!(theme.mark(Role::Source).fg, None, "{ground:?}");
        assert_eq!(theme.mark(Role::Cue).fg, grey, "{ground:?}");
        for quiet in [Role::Source, Role::Cue] {
            assert_ne!(theme.mark(quiet), theme.mark(Role::Text), "{ground:?}");
        }
        assert_ne!(theme.related(), theme.mark(Role::Source), "{ground:?}");
    }
}

#[test]
fn nothing_is_coloured_without_colours() {
    let theme = Theme {
        ground: Ground::Plain,
        ..Theme::default()
    };
    for role in Role::ALL {
        for style in [theme.style(role), theme.mark(role), theme.selected(true)] {
            assert_eq!(
                (style.fg, style.bg, style.underline_color),
                (None, None, None),
                "{role:?}"
            );
        }
    }
    assert!(
        theme
            .selected(true)
            .add_modifier
            .contains(Modifier::REVERSED)
    );
}

#[test]
fn every_state_has_its_own_look_and_sign() {
    for theme in themes() {
        for signs in [Signs::Unicode, Signs::Ascii] {
            let theme = Theme { signs, ..theme };
            for (index, a) in STATES.iter().enumerate() {
                for b in &STATES[index + 1..] {
                    assert_ne!(theme.sign(*a), theme.sign(*b), "{a:?} {b:?}");
                    assert_ne!(theme.mark(*a), theme.mark(*b), "{a:?} {b:?} in {theme:?}");
                    let of = |role| theme.mark(role).add_modifier;
                    let told = theme.ground == Ground::Plain || theme.depth == Depth::Sixteen;
                    assert!(!told || of(*a) != of(*b), "{a:?} {b:?} in {theme:?}");
                }
            }
        }
    }
}

#[test]
fn signs_take_one_cell_and_ascii_is_ascii() {
    for signs in [Signs::Unicode, Signs::Ascii] {
        let theme = Theme {
            signs,
            ..Theme::default()
        };
        let frame = theme.frame();
        let (done, open) = theme.progress();
        let (slider, rail) = theme.scrollbar();
        let mut all = vec![
            theme.pointer(),
            theme.continuation(),
            done,
            open,
            theme.separator(),
        ];
        all.extend([slider, rail, frame.horizontal, frame.vertical]);
        all.extend(frame.corners);
        all.extend(frame.joints);
        all.extend(Role::ALL.map(|role| theme.sign(role)));
        for sign in all {
            assert_eq!(sign.width(), 1, "{sign}");
            assert!(signs == Signs::Unicode || sign.is_ascii(), "{sign}");
        }
    }
}
