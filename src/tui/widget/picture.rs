//! A buffer as text: what it says and, beneath, what each cell is for.
//!
//! For tests of screens and for reports of faults. A role is a letter, a capital one where
//! the cell is selected (`#` for plain words); rows of plain words have no second line.
//! Without colours roles share looks, so the letters name the attributes instead: `b` bold,
//! `d` dim, `i` italic, `u` underlined, `r` reversed, `x` crossed out, a capital for one of
//! them with bold.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier, Style};

use super::theme::{Ground, Role, Theme};

/// The letter of a role.
fn letter(role: Role) -> char {
    match role {
        Role::Text => ' ',
        Role::Undecided => 'u',
        Role::Confirmed => 'c',
        Role::Corrected => 'o',
        Role::Rejected => 'x',
        Role::Added => 'a',
        Role::Unsure => 'n',
        Role::Disputed => 'd',
        Role::Source => 's',
        Role::Cue => 'q',
        Role::Selected | Role::SelectedElsewhere => '#',
        Role::Dim => '.',
        Role::Border => '-',
        Role::BorderFocused => '=',
        Role::Title => 't',
        Role::Error => 'e',
        Role::Warning => 'w',
        Role::Key => 'k',
        Role::Match => 'm',
        Role::Hint => 'h',
        Role::Selection => 'v',
        Role::Hidden => 'i',
    }
}

/// Text and roles of every row of `buf`, drawn with `theme`.
pub fn picture(buf: &Buffer, theme: Theme) -> String {
    let mut out = String::new();
    for y in buf.area.top()..buf.area.bottom() {
        let (mut text, mut roles) = (String::from("|"), String::from(" "));
        let mut x = buf.area.left();
        while x < buf.area.right() {
            let cell = &buf[(x, y)];
            let width = cell.cell_width().max(1);
            text.push_str(cell.symbol());
            roles.extend((0..width).map(|_| role_letter(cell, theme)));
            x += width;
        }
        out.push_str(&format!("{text}|\n"));
        if !roles.trim().is_empty() {
            out.push_str(&format!("{}\n", roles.trim_end()));
        }
    }
    out
}

/// The letter of the most telling attribute.
fn attribute_letter(modifier: Modifier) -> char {
    let letters = [
        (Modifier::REVERSED, 'r'),
        (Modifier::CROSSED_OUT, 'x'),
        (Modifier::ITALIC, 'i'),
        (Modifier::UNDERLINED, 'u'),
        (Modifier::DIM, 'd'),
    ];
    let found = letters
        .iter()
        .find(|(attribute, _)| modifier.contains(*attribute));
    match (found, modifier.contains(Modifier::BOLD)) {
        (Some((_, letter)), true) => letter.to_ascii_uppercase(),
        (Some((_, letter)), false) => *letter,
        (None, true) => 'b',
        (None, false) => ' ',
    }
}

fn role_letter(cell: &Cell, theme: Theme) -> char {
    if theme.ground == Ground::Plain {
        return attribute_letter(cell.modifier);
    }
    let drawn_as = |style: Style| {
        let mut drawn = Cell::default();
        drawn.set_style(style);
        (drawn.fg, drawn.bg, drawn.modifier, drawn.underline_color)
    };
    let this = (cell.fg, cell.bg, cell.modifier, cell.underline_color);
    let exact = |role: &Role| {
        [theme.style(*role), theme.mark(*role)]
            .into_iter()
            .any(|style| drawn_as(style) == this)
    };
    if let Some(role) = Role::ALL.into_iter().find(exact) {
        return letter(role);
    }
    let on_its_ground = |role: &Role| {
        let is_cover = !matches!(role, Role::Selected | Role::SelectedElsewhere);
        is_cover && theme.style(*role).bg == Some(cell.bg)
    };
    if let Some(role) = Role::ALL.into_iter().find(on_its_ground) {
        return letter(role);
    }
    let is_selected = [true, false]
        .into_iter()
        .any(|on| theme.selected(on).bg == Some(cell.bg));
    // Looks laid over one another: the colour tells the uppermost.
    let coloured = Role::ALL.into_iter().find(|role| {
        let style = theme.style(*role);
        let by_line = cell.fg == Color::Reset
            && theme.mark(*role).underline_color == Some(cell.underline_color);
        (style.fg == Some(cell.fg) && style.bg.is_none())
            || by_line && cell.underline_color != Color::Reset
    });
    match (coloured.map(letter), is_selected) {
        (Some(letter), false) => letter,
        (Some(letter), true) if letter.is_alphabetic() => letter.to_ascii_uppercase(),
        (_, true) => '#',
        (None, false) => '%',
    }
}
