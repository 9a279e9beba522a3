//! Contrast, distinct looks and one-cell signs.

use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::{Ground, Role, Theme};
use crate::text::Signs;

/// Red, green and blue of a colour of the fixed part of the 256-colour table.
fn rgb(colour: Color) -> [u8; 3] {
    let Color::Indexed(index) = colour else {
        panic!("{colour:?} depends on the palette")
    };
    assert!(index >= 16, "{index} depends on the palette");
    if index >= 232 {
        return [8 + (index - 232) * 10; 3];
    }
    let level = |n: u8| if n == 0 { 0 } else { 55 + n * 40 };
    let cube = index - 16;
    [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
}

fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_is_readable_on_its_background() {
    let grounds = [
        (Ground::Dark, [0x1E, 0x1E, 0x1E], [0xD4, 0xD4, 0xD4]),
        (Ground::Light, [0xFF, 0xFF, 0xFF], [0x1E, 0x1E, 0x1E]),
    ];
    for (ground, background, text) in grounds {
        let theme = Theme {
            ground,
            signs: Signs::Unicode,
        };
        for role in Role::ALL {
            let style = theme.style(role);
            let foreground = style.fg.map_or(text, rgb);
            let least = if role == Role::Border { 2.5 } else { 4.5 };
            // A terminal shows dimmed text with about half of its contrast.
            let is_dimmed = style.add_modifier.contains(Modifier::DIM);
            assert!(!is_dimmed, "{role:?} on {ground:?} is dimmed");
            let own = contrast(foreground, style.bg.map_or(background, rgb));
            assert!(own >= least, "{role:?} on {ground:?}: {own:.2}");
            // A selected row keeps the colours of what stands in it.
            if style.bg.is_none() && role != Role::Border {
                for focused in [true, false] {
                    let selected = theme.selected(focused).bg.map_or(background, rgb);
                    let ratio = contrast(foreground, selected);
                    assert!(ratio >= 4.5, "{role:?} selected on {ground:?}: {ratio:.2}");
                }
            }
        }
    }
}

#[test]
fn colour_in_the_text_says_where_something_stands() {
    for ground in [Ground::Dark, Ground::Light, Ground::Plain] {
        let signs = Signs::Unicode;
        let theme = Theme { ground, signs };
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
        signs: Signs::Unicode,
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
    let states = [
        Role::Undecided,
        Role::Confirmed,
        Role::Corrected,
        Role::Rejected,
        Role::Added,
        Role::Unsure,
        Role::Disputed,
    ];
    for ground in [Ground::Dark, Ground::Light, Ground::Plain] {
        for signs in [Signs::Unicode, Signs::Ascii] {
            let theme = Theme { ground, signs };
            for (index, a) in states.iter().enumerate() {
                for b in &states[index + 1..] {
                    assert_ne!(theme.sign(*a), theme.sign(*b), "{a:?} {b:?}");
                    assert_ne!(theme.mark(*a), theme.mark(*b), "{a:?} {b:?} on {ground:?}");
                }
            }
        }
    }
}

#[test]
fn signs_take_one_cell_and_ascii_is_ascii() {
    for signs in [Signs::Unicode, Signs::Ascii] {
        let theme = Theme {
            ground: Ground::Dark,
            signs,
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
