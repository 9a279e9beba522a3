//! How each role looks: colours, attributes and signs.
//!
//! Every state is told by its sign and by an attribute as well as by its colour, so that
//! nothing is lost without colours, or with other eyes. The tests compute the contrast of every
//! text, and how far apart the colours of states are for eyes that lack a kind of cones. The
//! background is the terminal's own except where something is selected.

mod palette;
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
    /// Not known: nothing that would be hard to read on light or on dark.
    Either,
    /// Light text on black, seven to one and more.
    ContrastDark,
    /// Dark text on white, seven to one and more.
    ContrastLight,
    /// No colours at all: bold, underline and reverse only.
    Plain,
}

impl Ground {
    /// Every ground.
    pub const ALL: [Ground; 6] = [
        Ground::Dark,
        Ground::Light,
        Ground::Either,
        Ground::ContrastDark,
        Ground::ContrastLight,
        Ground::Plain,
    ];
}

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Depth {
    /// 256 or more.
    #[default]
    Many,
    /// The sixteen whose values the terminal chooses, or eight of them.
    Sixteen,
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
    /// How many colours there are.
    pub depth: Depth,
    /// The characters for signs and frames.
    pub signs: Signs,
}

impl Theme {
    /// The style of a role in lists, cards and status lines.
    pub fn style(self, role: Role) -> Style {
        let (text, background) = palette::colours(role, self.ground, self.depth);
        Style {
            fg: text.map(Color::Indexed),
            bg: background.map(Color::Indexed),
            ..Style::new().add_modifier(self.attributes(role))
        }
    }

    /// The style of a mark in the article.
    ///
    /// Undecided claims may cover half of it, so their words keep the colour of the text and
    /// only the line beneath them has one. Sources and cues are no states: they have no
    /// colour of their own, so that colour in the text always says where something stands.
    pub fn mark(self, role: Role) -> Style {
        let style = self.style(role);
        if self.ground == Ground::Either && is_state(role) {
            let words = Style {
                fg: None,
                bg: None,
                ..style
            };
            return match (role, self.depth) {
                (Role::Undecided, Depth::Many) => {
                    words.underline_color(Color::Indexed(LINE_ON_EITHER))
                }
                _ => words,
            };
        }
        match (role, style.fg) {
            (Role::Undecided, Some(_)) if !self.has_many() => Style { fg: None, ..style },
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
    /// colour of its role stays. Where it is reversed instead the colours go: backgrounds of
    /// every colour would make patches of it.
    pub fn selected(self, is_focused: bool) -> Style {
        let role = if is_focused {
            Role::Selected
        } else {
            Role::SelectedElsewhere
        };
        let style = self.style(role);
        let reverses = style.add_modifier.contains(Modifier::REVERSED);
        let has_inks = !matches!(self.ground, Ground::Plain | Ground::Either);
        Style {
            fg: (reverses && has_inks).then_some(Color::Reset),
            ..style
        }
    }

    /// Text and background of a screen that is painted rather than left as the terminal has
    /// it; `None` without colours.
    pub fn ink_and_paper(self) -> Option<(Color, Color)> {
        palette::ink_and_paper(self.ground, self.depth)
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

    fn has_many(self) -> bool {
        self.depth == Depth::Many
    }

    /// Attributes; where colours are few or none they have to tell more apart.
    fn attributes(self, role: Role) -> Modifier {
        let poor = self.ground == Ground::Plain || !self.has_many();
        let painted = matches!(role, Role::Match | Role::Hint | Role::Selection);
        let kept = match self.ground {
            Ground::Either => !painted,
            Ground::ContrastLight => matches!(role, Role::Selected | Role::SelectedElsewhere),
            _ => false,
        };
        attributes(role, poor || kept)
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

/// The line beneath undecided marks where their words have no colour.
const LINE_ON_EITHER: u8 = 136;

/// Whether it says where something stands.
fn is_state(role: Role) -> bool {
    matches!(
        role,
        Role::Undecided
            | Role::Confirmed
            | Role::Corrected
            | Role::Rejected
            | Role::Added
            | Role::Unsure
            | Role::Disputed
    )
}

fn attributes(role: Role, poor: bool) -> Modifier {
    match role {
        Role::Undecided => Modifier::UNDERLINED,
        Role::Confirmed if poor => Modifier::BOLD,
        Role::Corrected if poor => Modifier::BOLD | Modifier::ITALIC,
        Role::Corrected => Modifier::ITALIC,
        // Nothing that is to be read is dimmed: terminals halve its contrast.
        Role::Rejected => Modifier::CROSSED_OUT,
        Role::Added => Modifier::BOLD | Modifier::UNDERLINED,
        Role::Unsure => Modifier::ITALIC | Modifier::UNDERLINED,
        Role::Disputed if poor => Modifier::REVERSED | Modifier::UNDERLINED,
        Role::Disputed => Modifier::BOLD | Modifier::UNDERLINED,
        Role::Source | Role::Cue => Modifier::ITALIC,
        Role::Selected | Role::Selection | Role::Match if poor => Modifier::REVERSED,
        Role::SelectedElsewhere if poor => Modifier::BOLD,
        Role::Hint | Role::Hidden if poor => Modifier::REVERSED | Modifier::BOLD,
        Role::Border if poor => Modifier::DIM,
        Role::Title | Role::Key | Role::Hint | Role::Match | Role::BorderFocused => Modifier::BOLD,
        Role::Error | Role::Warning => Modifier::BOLD,
        _ => Modifier::empty(),
    }
}
