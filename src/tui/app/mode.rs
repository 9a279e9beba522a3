//! What keys mean at the moment: a command, a hint, a choice, or words of a line.

use super::hints::Hints;
use super::input::Input;
use super::open_review::Pane;
use crate::annotations::{Id, NoPlace};
use crate::config::{Change, Proposal};
use crate::review::{Decide, EitherEnd, NewEvidence};
use crate::store::Offer;
use crate::text::Span;
use crate::tui::command::Ask;
use crate::tui::widget::ChartRow;

/// What keys mean at the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::tui) enum Mode {
    /// Keys are commands.
    #[default]
    Normal,
    /// Letters pick a word by its hint.
    Hints(Hints, HintUse),
    /// Either end of the selected mark can be meant to go to a word: which one.
    AskEnd(AskEnd),
    /// A mark is being made: its start is known, its end is open.
    Extend(Extend),
    /// Words are marked by moving the cursor.
    Visual(Visual),
    /// A line is being typed.
    Line(Input, LineUse),
    /// A list is open; a letter or digit takes a row.
    Choose(Choose),
    /// What the signs are, the first keys, how to leave; shown at the first start.
    Tour {
        /// First row shown.
        top: usize,
    },
    /// The text of a new article is to be pasted.
    Paste,
    /// Ctrl-c was pressed: whether to leave the desk.
    AskQuit,
    /// Finishing was asked for with this still open, in words.
    AskFinish(String),
    /// Something was asked for that decides much at once.
    AskShown {
        /// The decision.
        decide: Decide,
        /// What it does, in words: “reject 12 claims”.
        question: String,
    },
    /// A setting is in force: whether to write it to the configuration file.
    AskWrite {
        /// What to write.
        change: Change,
        /// What that does to the file.
        proposal: Proposal,
    },
    /// Help is open.
    Help {
        /// What it is filtered by.
        filter: Input,
        /// First row shown.
        top: usize,
    },
    /// Decisions were found that belong to the article just opened; one key takes them up.
    Offer {
        /// What was found.
        offer: Offer,
        /// What opening had to say besides.
        told: Vec<String>,
    },
    /// Something has to be read before going on; any key closes it.
    Tell {
        /// What.
        lines: Vec<String>,
        /// First row shown.
        top: usize,
    },
    /// The summary is open.
    Summary {
        /// What it says.
        rows: Vec<ChartRow>,
        /// First row shown.
        top: usize,
    },
    /// The whole card is open.
    Card {
        /// First row shown.
        top: usize,
    },
}

impl Mode {
    /// These lines have to be read before going on.
    pub(in crate::tui) fn tell(lines: Vec<String>) -> Mode {
        Mode::Tell { lines, top: 0 }
    }

    /// Whether words of the article are picked: then it has to be in sight.
    pub(in crate::tui) fn is_in_article(&self) -> bool {
        matches!(
            self,
            Mode::Hints(..) | Mode::AskEnd(_) | Mode::Extend(_) | Mode::Visual(_)
        )
    }
}

/// A word that either end of the selected mark can go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) struct AskEnd {
    /// Its first byte.
    pub to: usize,
    /// What becomes of the mark.
    pub either: EitherEnd,
}

/// What a picked word is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum HintUse {
    /// An end of the selected mark goes there: the nearer, where that is clear.
    JumpEnd,
    /// The selected claim is cut before it.
    Cut,
    /// It starts a new mark.
    Start(MarkUse),
}

/// What a new mark is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum MarkUse {
    /// A new claim, or a new source by `s`.
    Add,
    /// One more piece of the selected mark.
    Piece,
    /// A new mention, as the source of the selected claim.
    Source,
}

/// A mark whose end is open.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) struct Extend {
    /// The words so far: at least the first one.
    pub span: Span,
    /// Hints on the words where it can end.
    pub hints: Hints,
    /// What it is for.
    pub mark_use: MarkUse,
}

/// Words marked by moving the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Visual {
    /// Where it began, once `v` or a drag fixed that.
    pub anchor: usize,
    /// Where the cursor is: the first byte of a cluster.
    pub cursor: usize,
    /// What it is for.
    pub mark_use: MarkUse,
    /// The pane that had the keys before, and has them again if nothing is marked.
    pub before: Pane,
}

/// What a typed line is for.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) enum LineUse {
    /// An answer to what a command asked for.
    Answer(Ask),
    /// A command.
    Command {
        /// The row of the list under the line that the arrows stand on.
        picked: Option<usize>,
    },
    /// What is asked about evidence of which so much is known.
    Evidence(EvidenceLine, Box<NewEvidence>),
}

/// What a line about new evidence asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum EvidenceLine {
    /// Its address or title, once more.
    Reference,
    /// Where in it: page, paragraph, time code.
    Where,
    /// The same once more: why what was typed is no place that can be.
    WhereAgain(NoPlace),
    /// The day on which it was looked at.
    Consulted,
    /// The same once more: what was typed is no day that can be.
    DayAgain,
    /// The words that matter; the last line.
    Quote,
}

impl LineUse {
    /// What stands before the line.
    pub(in crate::tui) fn label(&self) -> &'static str {
        match self {
            LineUse::Answer(ask) => ask.label(),
            LineUse::Command { .. } => ":",
            LineUse::Evidence(EvidenceLine::Reference, _) => Ask::Evidence.label(),
            LineUse::Evidence(EvidenceLine::Where, _) => "where (p. 14, ¶ 3, 41:07–42:10): ",
            LineUse::Evidence(EvidenceLine::WhereAgain(why), _) => match why {
                NoPlace::Nothing => "a place, as p. 14, ¶ 3 or 41:07: ",
                NoPlace::Zero => "counted from 1, as p. 1: ",
                NoPlace::Backwards => "from the lower on, as pp. 14–16: ",
            },
            LineUse::Evidence(EvidenceLine::Consulted, _) => "consulted on (a day): ",
            LineUse::Evidence(EvidenceLine::DayAgain, _) => "a day gone by, as 2026-01-31: ",
            LineUse::Evidence(EvidenceLine::Quote, _) => "words that matter (Enter for none): ",
        }
    }
}

/// An open list.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) struct Choose {
    /// What a taken row does.
    pub what: Choice,
    /// The rows, in order.
    pub rows: Vec<ChoiceRow>,
    /// The row under the cursor.
    pub selected: usize,
}

/// A row of an open list.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) struct ChoiceRow {
    /// The key that takes it; some have none, the arrows and Enter take those.
    pub key: Option<char>,
    /// What it says; from the article, so not yet safe to draw.
    pub text: String,
    /// The same, in short, at the right.
    pub aside: String,
}

/// What an open list is about.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) enum Choice {
    /// The source of the selected claim; the mentions in the order of the rows.
    Source(Vec<Id>),
    /// The verdict.
    Verdict,
    /// Whose words the claim is in.
    Voice,
    /// What the source is.
    SourceType,
    /// Which source is the same one: a mention of each, in the order of the rows.
    SameSource(Vec<Id>),
    /// How new evidence bears on the claim, and what else is known of it.
    Evidence(Box<NewEvidence>),
    /// Which piece of evidence to put right, in the order of the rows.
    Piece(Vec<Id>),
    /// Which paragraph to take into the article, or out again (`false`): their words, in the order
    /// of the rows.
    LeftOut(Vec<(String, bool)>),
    /// Which of these addresses to open.
    Address {
        /// What opening them does.
        title: &'static str,
        /// The addresses, in the order of the rows.
        addresses: Vec<String>,
    },
    /// In what order the list is.
    Order,
    /// The colours of the desk.
    Theme,
    /// The format of an export.
    Export,
}

impl Choice {
    /// The heading of the list.
    pub(in crate::tui) fn title(&self) -> &'static str {
        match self {
            Choice::Source(_) => "source",
            Choice::Verdict => "verdict",
            Choice::Voice => "whose words",
            Choice::SourceType => "type of the source",
            Choice::SameSource(_) => "the same source as",
            Choice::Evidence(_) => "the evidence",
            Choice::Piece(_) => "put right which",
            Choice::LeftOut(_) => "not in the article",
            Choice::Address { title, .. } => title,
            Choice::Order => "order by",
            Choice::Theme => "theme",
            Choice::Export => "export as",
        }
    }

    /// Keys and what they do, last how the list is left.
    pub(in crate::tui) fn keys(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Choice::Source(_) => &[
                ("s", "the first"),
                ("letter", "that one"),
                ("i", "mark it"),
                ("=", "name it"),
                ("-", "nobody"),
                ("Esc", "leaves"),
            ],
            Choice::Verdict => &[
                ("digit", "that one"),
                ("0", "none"),
                ("r", "the claim just decided"),
                ("Esc", "leaves"),
            ],
            Choice::Voice | Choice::SameSource(_) | Choice::Piece(_) => {
                &[("letter", "that one"), ("Esc", "leaves")]
            }
            Choice::Evidence(_) => &[
                ("s r c", "for or against, then on"),
                ("1 2 w d", "first, if you like"),
                ("Esc", "goes back"),
            ],
            Choice::LeftOut(_) => &[("letter", "takes it in, or out again"), ("Esc", "leaves")],
            Choice::SourceType
            | Choice::Order
            | Choice::Export
            | Choice::Address { .. }
            | Choice::Theme => &[("digit", "that one"), ("Esc", "leaves")],
        }
    }
}
