//! The one table of commands: names, default keys, where they work, what they do.
//!
//! Keymap, command line, help screen, key hints and the manual's key list are all made from
//! [`TABLE`]; nothing else in the program knows a key.

mod foreign;
mod keymap;
mod palette;
mod table;

use crate::review::{Action, Decide, Look};
use crate::text::words;

pub(in crate::tui) use foreign::foreign;
pub use keymap::{BadBinding, Displaced, Key, Keymap, Match, unknown_command};
pub(in crate::tui) use palette::{CommandLine, Meaning, here, matching};
pub use table::TABLE;

words! {
    /// Where a command works.
    Scope {
        /// On the review screen.
        Review = "review",
        /// On the queue screen.
        Queue = "queue",
        /// Everywhere.
        Anywhere = "anywhere",
    }
}

impl Scope {
    /// Whether what works on the one works on the other.
    pub fn meets(self, other: Scope) -> bool {
        self == other || self == Scope::Anywhere || other == Scope::Anywhere
    }
}

words! {
    /// Under which heading help lists a command.
    Group {
        /// Moving about.
        Move = "Move",
        /// Decisions.
        Decide = "Decide",
        /// The words of a mark.
        Mark = "Mark",
        /// Source, verdict, evidence, note.
        Describe = "Describe",
        /// What is shown.
        Show = "Show",
        /// The queue.
        Queue = "Queue",
        /// Undo, help, quit.
        Desk = "Desk",
    }
}

/// What a key or a typed command asks for.
///
/// Whatever the review can do by itself stands here as the [`Action`] it is; what is left is
/// the desk's own.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Looks around in the open article, or decides.
    Act(Action),
    /// Goes on in whatever has the keys: the article, a list, the queue.
    Go(Way),
    /// Asks for words or for a row of a list; the answer decides.
    Ask(Ask),
    /// The nearer end to the word with a hint.
    JumpEnd,
    /// Cut the claim in two by a hint or at a clause.
    Split,
    /// Add a claim or source by hints.
    Add,
    /// Add a piece to the mark by hints.
    AddPiece,
    /// Mark by cursor.
    Visual,
    /// The pane to the right.
    PaneRight,
    /// The pane to the left.
    PaneLeft,
    /// Around the panes.
    PaneNext,
    /// The article so many rows on in the queue, this one left as it is.
    Article(isize),
    /// The card with everything about the item.
    OpenCard,
    /// Copy the claim or source; `all`: with source and address.
    Copy {
        /// With source and address.
        all: bool,
    },
    /// Open an address of the evidence or the article.
    OpenAddress,
    /// Search the claim on a site.
    SearchWeb,
    /// Keep an address in the archive.
    Archive,
    /// List the claims below the fold, or hide them.
    Folded,
    /// By worth, or as in the text; in the queue, ask for the order.
    TurnOrder,
    /// Ask whether to decide so on everything shown that is undecided.
    AskShown(Decide),
    /// Open the selected article.
    OpenArticle,
    /// Mark the selected article for the next decision, or no longer.
    Mark,
    /// Mark every article shown, or none.
    MarkShown,
    /// Read the folders anew.
    Reload,
    /// Add an article whose text is pasted next.
    Paste,
    /// Scroll what is said of the selected article by so many half pages.
    Preview(isize),
    /// What opening had to say.
    Notices,
    /// What of the file is not in the article.
    LeftOut,
    /// The detectors, and what each is doing.
    Detectors,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// The command line.
    CommandLine,
    /// Help.
    Help,
    /// The article, or the queue, in figures.
    Summary,
    /// What the signs and colours are and which keys to begin with.
    Tour,
    /// Back.
    Back,
    /// Quit.
    Quit,
    /// Say that everything is saved already.
    Write,
}

/// Which way to go, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// So many rows down, up if negative.
    Rows(isize),
    /// To the next undecided item or the next match; back if negative.
    Open(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// So many pages down.
    Pages(isize),
    /// So many half pages down.
    HalfPages(isize),
}

/// What is asked for before anything is done: a line to be typed, or a row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Words to look for.
    Search,
    /// What the list shows.
    Filter,
    /// In what order.
    Order,
    /// The format of an export, and the file.
    Export,
    /// The source of the selected claim.
    Source,
    /// The verdict.
    Verdict,
    /// Address or title of evidence.
    Evidence,
    /// The note.
    Note,
    /// The claim in own words.
    ClaimText,
    /// A tag of the item, or of the article in the queue.
    Tag,
    /// Whose words the claim is in.
    Voice,
    /// What the source is called.
    SourceName,
    /// What the source is.
    SourceType,
    /// The source's title or function.
    SourceRole,
    /// Which source is the same one.
    SameSource,
    /// The colours of the desk.
    Theme,
    /// A setting and its value.
    Set,
    /// A key and its command.
    Bind,
    /// The detector that may send texts away.
    Allow,
}

impl Ask {
    /// What stands before the line in which the answer is typed.
    pub fn label(self) -> &'static str {
        match self {
            Ask::Search => "/",
            Ask::Filter => "filter: ",
            Ask::Order => "order: ",
            Ask::Export => "export: ",
            Ask::Source => "source: ",
            Ask::Verdict => "verdict: ",
            Ask::Evidence => "evidence, URL or title: ",
            Ask::Note => "note: ",
            Ask::ClaimText => "claim: ",
            Ask::Tag => "tag: ",
            Ask::Voice => "voice: ",
            Ask::SourceName => "name of the source: ",
            Ask::SourceType => "type of the source: ",
            Ask::SourceRole => "role of the source: ",
            Ask::SameSource => "the same source as: ",
            Ask::Theme => "theme: ",
            Ask::Set => "set: ",
            Ask::Bind => "bind: ",
            Ask::Allow => "allow: ",
        }
    }

    /// Whether the answer alone changes something. What evidence says for or against the claim
    /// is still to be asked.
    pub fn answer_changes(self) -> bool {
        let looks = matches!(
            self,
            Ask::Search | Ask::Filter | Ask::Order | Ask::Evidence | Ask::Export
        );
        let sets_up = matches!(self, Ask::Theme | Ask::Set | Ask::Bind | Ask::Allow);
        !looks && !sets_up
    }
}

impl Command {
    /// A decision.
    pub const fn decide(decide: Decide) -> Command {
        Command::Act(Action::Decide(decide))
    }

    /// A look around.
    pub const fn look(look: Look) -> Command {
        Command::Act(Action::Look(look))
    }

    /// Whether its key alone gives an answer, or changes or takes back one: a correction, a
    /// finished article. No chord, blank or Esc may be bound to such a command by the table.
    pub fn decides(&self) -> bool {
        matches!(self, Command::Act(Action::Decide(_)))
    }

    /// Whether its key alone changes something: what decides, and undo and redo.
    pub fn changes(&self) -> bool {
        self.decides() || matches!(self, Command::Undo | Command::Redo)
    }

    /// Whether it is about the selected claim or source.
    pub fn is_about_item(&self) -> bool {
        let entry = TABLE.iter().find(|entry| entry.command == *self);
        entry.is_some_and(|entry| {
            matches!(entry.group, Group::Decide | Group::Mark | Group::Describe)
        })
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Entry {
    /// What it asks for.
    pub command: Command,
    /// Its name: in the configuration, on the command line, in help.
    pub name: &'static str,
    /// Default keys, in the notation of [`keymap`](self::keymap).
    pub keys: &'static [&'static str],
    /// Where it works.
    pub scope: Scope,
    /// Its heading in help.
    pub group: Group,
    /// What it does, in a few words.
    pub help: &'static str,
    /// Whether the command line takes words after it.
    pub argument: Option<&'static str>,
}

/// The row of a command name; `w` and `q` are understood from habit.
pub fn by_name(name: &str) -> Option<&'static Entry> {
    let name = match name {
        "w" => "write",
        "q" | "wq" | "x" => "quit",
        other => other,
    };
    TABLE.iter().find(|entry| entry.name == name)
}

/// The key list of the manual: a Markdown table a heading, from [`TABLE`].
pub fn markdown() -> String {
    use crate::text::Word;
    let mut text = String::new();
    for group in Group::ALL {
        text.push_str(&format!(
            "\n**{group}**\n\n| keys | command | does |\n| --- | --- | --- |\n"
        ));
        for entry in TABLE.iter().filter(|entry| entry.group == *group) {
            let keys: Vec<String> = entry.keys.iter().map(|key| code(key)).collect();
            let name = match entry.argument {
                Some(argument) => format!(":{} {argument}", entry.name),
                None => format!(":{}", entry.name),
            };
            let help = entry.help.replace('|', "\\|");
            text.push_str(&format!("| {} | `{name}` | {help} |\n", keys.join(" ")));
        }
    }
    text
}

/// A key as Markdown code; a bar would end the cell.
fn code(key: &str) -> String {
    format!("`{}`", key.replace('|', "\\|"))
}
