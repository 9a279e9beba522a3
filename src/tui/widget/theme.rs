//! How each role looks: colours, attributes and signs.
//!
//! Every state is told by its sign and by an attribute as well as by its colour, so that
//! nothing is lost without colours. Colours are those of the fixed part of the 256-colour
//! table, which no terminal palette changes, and are readable on the usual backgrounds: the
//! tests compute the contrast. The background is the terminal's own except where something
//! is selected.

#[cfg(test)]
mod tests;

use ratatui::style::{Color, Modifier, Style};

use crate::text::Signs;

/// What the terminal behind the text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Ground {
    /// Light text on dark.
    #[default]
    Dark,
    /// Dark text on light.
    Light,
    /// No colours at all: bold, underline and reverse only.
    Plain,
}

/// What a piece of the screen is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Words of the article and answers of people.
    Text,
    /// A claim or source nobody has decided.
    Undecided,
    /// Confirmed as suggested.
    Confirmed,
    /// Confirmed with a change.
    Corrected,
    /// Rejected or withdrawn.
    Rejected,
    /// Added by a person.
    Added,
    /// Decided as unsure.
    Unsure,
    /// Reviewers disagree.
    Disputed,
    /// A source in the article.
    Source,
    /// The words that attribute.
    Cue,
    /// The row or mark the keys act on, in the pane that has the keys.
    Selected,
    /// The selected row of a pane without the keys.
    SelectedElsewhere,
    /// Labels and what matters less.
    Dim,
    /// Frames.
    Border,
    /// The frame of the pane that has the keys.
    BorderFocused,
    /// Headings, the name of the program.
    Title,
    /// What went wrong.
    Error,
    /// What needs a look: saved elsewhere, article changed.
    Warning,
    /// The key in a key hint.
    Key,
    /// Where a search matches.
    Match,
    /// Letters to jump to a word.
    Hint,
    /// The part of the article a person is marking.
    Selection,
    /// A sign that stands for an invisible character.
    Hidden,
}

impl Role {
    /// Every role, in the order of the legend.
    pub const ALL: [Role; 23] = [
        Role::Text,
        Role::Undecided,
        Role::Confirmed,
        Role::Corrected,
        Role::Rejected,
        Role::Added,
        Role::Unsure,
        Role::Disputed,
        Role::Source,
        Role::Cue,
        Role::Selected,
        Role::SelectedElsewhere,
        Role::Dim,
        Role::Border,
        Role::BorderFocused,
        Role::Title,
        Role::Error,
        Role::Warning,
        Role::Key,
        Role::Match,
        Role::Hint,
        Role::Selection,
        Role::Hidden,
    ];
}

/// Colours, attributes and signs of one terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Theme {
    /// The background and whether there are colours.
    pub ground: Ground,
    /// The characters for signs and frames.
    pub signs: Signs,
}

impl Theme {
    /// The style of a role in lists, cards and status lines.
    pub fn style(self, role: Role) -> Style {
        let style = Style::new().add_modifier(attributes(role, self.ground));
        let Some((dark, light)) = foreground(role) else {
            return style;
        };
        match self.ground {
            Ground::Dark => on_ground(style.fg(Color::Indexed(dark)), dark_background(role)),
            Ground::Light => on_ground(style.fg(Color::Indexed(light)), light_background(role)),
            Ground::Plain => style,
        }
    }

    /// The style of a mark in the article.
    ///
    /// Undecided claims may cover half of it, so their words keep the colour of the text and
    /// only the line beneath them has one. Sources and cues are no states: they have no
    /// colour of their own, so that colour in the text always says where something stands.
    pub fn mark(self, role: Role) -> Style {
        let style = self.style(role);
        match (role, style.fg) {
            (Role::Undecided, Some(colour)) => Style { fg: None, ..style }.underline_color(colour),
            (Role::Source, _) => Style { fg: None, ..style },
            (Role::Cue, Some(_)) => Style {
                fg: self.style(Role::Dim).fg,
                ..style
            },
            _ => style,
        }
    }

    /// The style of the source of what is selected: it stands out with it.
    pub fn related(self) -> Style {
        self.style(Role::Source).patch(self.selected(true))
    }

    /// What is laid over the style of a selected row or mark: a background, so that the
    /// colour of its role stays.
    pub fn selected(self, is_focused: bool) -> Style {
        let role = if is_focused {
            Role::Selected
        } else {
            Role::SelectedElsewhere
        };
        Style {
            fg: None,
            ..self.style(role)
        }
    }

    /// Text and background of a screen that is painted rather than left as the terminal has
    /// it; `None` without colours.
    pub fn ink_and_paper(self) -> Option<(Color, Color)> {
        match self.ground {
            Ground::Dark => Some((Color::Indexed(252), Color::Indexed(234))),
            Ground::Light => Some((Color::Indexed(234), Color::Indexed(231))),
            Ground::Plain => None,
        }
    }

    /// The sign of a state; a blank for roles that are none. Always one cell.
    pub fn sign(self, role: Role) -> &'static str {
        let (unicode, ascii) = match role {
            Role::Undecided => ("?", "?"),
            Role::Confirmed => ("✓", "y"),
            Role::Corrected => ("✎", "c"),
            Role::Rejected => ("✗", "x"),
            Role::Added => ("+", "+"),
            Role::Unsure => ("~", "~"),
            Role::Disputed => ("!", "!"),
            _ => (" ", " "),
        };
        self.pick(unicode, ascii)
    }

    /// Points at the selected row.
    pub fn pointer(self) -> &'static str {
        self.pick("▸", ">")
    }

    /// Says that a row is one of several that are meant together.
    pub fn marked(self) -> &'static str {
        self.pick("●", "*")
    }

    /// Stands before the later pieces of a split mark.
    pub fn continuation(self) -> &'static str {
        self.pick("↳", "&")
    }

    /// Says that there is more than there is room for.
    pub fn more(self) -> &'static str {
        self.pick("…", "&")
    }

    /// Done and open parts of a progress bar.
    pub fn progress(self) -> (&'static str, &'static str) {
        (self.pick("▰", "#"), self.pick("▱", "-"))
    }

    /// Columns from nothing to everything, a cell each.
    pub fn levels(self) -> &'static [&'static str; 9] {
        match self.signs {
            Signs::Unicode => &["_", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
            Signs::Ascii => &["_", ".", ":", "-", "=", "+", "*", "%", "#"],
        }
    }

    /// Stands between two things of a line.
    pub fn separator(self) -> &'static str {
        self.pick("·", "-")
    }

    /// The slider of a scroll bar and what it slides on.
    pub fn scrollbar(self) -> (&'static str, &'static str) {
        (self.pick("┃", "#"), self.pick("│", "|"))
    }

    /// The characters of a frame.
    pub fn frame(self) -> FrameSigns {
        match self.signs {
            Signs::Unicode => FrameSigns {
                horizontal: "─",
                vertical: "│",
                corners: ["┌", "┐", "└", "┘"],
                joints: ["├", "┤"],
            },
            Signs::Ascii => FrameSigns {
                horizontal: "-",
                vertical: "|",
                corners: ["+", "+", "+", "+"],
                joints: ["+", "+"],
            },
        }
    }

    fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self.signs {
            Signs::Unicode => unicode,
            Signs::Ascii => ascii,
        }
    }
}

/// The characters of a frame, one cell each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSigns {
    /// Top and bottom.
    pub horizontal: &'static str,
    /// Left and right.
    pub vertical: &'static str,
    /// Top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Where a line across joins the left and the right side.
    pub joints: [&'static str; 2],
}

fn on_ground(style: Style, background: Option<u8>) -> Style {
    match background {
        Some(colour) => style.bg(Color::Indexed(colour)),
        None => style,
    }
}

/// Text colour on dark and on light; `None` leaves the terminal's own.
fn foreground(role: Role) -> Option<(u8, u8)> {
    Some(match role {
        Role::Text => return None,
        Role::Undecided => (221, 94),
        Role::Confirmed => (114, 22),
        Role::Corrected => (79, 23),
        Role::Rejected => (249, 239),
        Role::Added => (147, 19),
        Role::Unsure => (182, 90),
        Role::Disputed => (215, 88),
        Role::Source => (117, 24),
        Role::Cue => (180, 58),
        Role::Selected | Role::SelectedElsewhere => (255, 232),
        Role::Dim => (248, 240),
        Role::Border => (243, 246),
        Role::BorderFocused => (153, 25),
        Role::Title => (254, 234),
        Role::Error => (210, 124),
        Role::Warning => (222, 94),
        Role::Key => (223, 54),
        Role::Match => (16, 17),
        Role::Hint => (233, 231),
        Role::Selection => (231, 16),
        Role::Hidden => (218, 125),
    })
}

fn dark_background(role: Role) -> Option<u8> {
    match role {
        Role::Selected => Some(237),
        Role::SelectedElsewhere => Some(235),
        Role::Match => Some(221),
        Role::Hint => Some(208),
        Role::Selection => Some(24),
        _ => None,
    }
}

fn light_background(role: Role) -> Option<u8> {
    match role {
        Role::Selected => Some(254),
        Role::SelectedElsewhere => Some(255),
        Role::Match => Some(222),
        Role::Hint => Some(92),
        Role::Selection => Some(153),
        _ => None,
    }
}

/// Attributes; without colours they have to tell more apart.
fn attributes(role: Role, ground: Ground) -> Modifier {
    let plain = ground == Ground::Plain;
    match role {
        Role::Undecided => Modifier::UNDERLINED,
        Role::Confirmed if plain => Modifier::BOLD,
        Role::Corrected if plain => Modifier::BOLD | Modifier::ITALIC,
        Role::Corrected => Modifier::ITALIC,
        // Dimmed as well it would be hard to read where there are colours.
        Role::Rejected if plain => Modifier::DIM | Modifier::CROSSED_OUT,
        Role::Rejected => Modifier::CROSSED_OUT,
        Role::Added => Modifier::BOLD | Modifier::UNDERLINED,
        Role::Unsure => Modifier::ITALIC | Modifier::UNDERLINED,
        Role::Disputed if plain => Modifier::REVERSED | Modifier::UNDERLINED,
        Role::Disputed => Modifier::BOLD | Modifier::UNDERLINED,
        Role::Source | Role::Cue => Modifier::ITALIC,
        Role::Selected | Role::Selection | Role::Match if plain => Modifier::REVERSED,
        Role::SelectedElsewhere if plain => Modifier::BOLD,
        Role::Hint | Role::Hidden if plain => Modifier::REVERSED | Modifier::BOLD,
        Role::Dim | Role::Border if plain => Modifier::DIM,
        Role::Title | Role::Key | Role::Hint | Role::Match | Role::BorderFocused => Modifier::BOLD,
        Role::Error | Role::Warning => Modifier::BOLD,
        _ => Modifier::empty(),
    }
}
