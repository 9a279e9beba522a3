//! The one table of commands: names, default keys, where they work, what they do.
//!
//! Keymap, command line, help screen, key hints and the README's key list are all made from
//! [`TABLE`]; nothing else in the program knows a key.

mod foreign;
mod keymap;
mod table;

use crate::detect::Kind;
use crate::review::End;
use crate::text::words;

pub(in crate::tui) use foreign::foreign;
pub use keymap::{BadBinding, Displaced, Key, Keymap, Match};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// The row below.
    Next,
    /// The row above.
    Previous,
    /// The next undecided item, or the next match.
    NextOpen,
    /// The previous undecided item, or the previous match.
    PreviousOpen,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// A page of the article down.
    PageDown,
    /// A page of the article up.
    PageUp,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// The pane to the right.
    PaneRight,
    /// The pane to the left.
    PaneLeft,
    /// Around the panes.
    PaneNext,
    /// The next mention of the selected source.
    NextMention,
    /// The next article.
    NextArticle,
    /// The previous article.
    PreviousArticle,
    /// The card with everything about the item.
    OpenCard,
    /// Confirm.
    Confirm,
    /// Reject.
    Reject,
    /// Second look wanted.
    SecondLook,
    /// My answer, given on other words, holds for these.
    StillHolds,
    /// My answer, given on other words, is open again.
    JudgeAgain,
    /// Take my answer back.
    Clear,
    /// This kind alone.
    SetKind(Kind),
    /// This kind too, or no more.
    ToggleKind(Kind),
    /// An end back by a word.
    WordBack(End),
    /// An end on by a word.
    WordOn(End),
    /// An end out to the clause, then the sentence.
    Out(End),
    /// The nearer end to the word with a hint.
    JumpEnd,
    /// Add a claim or source by hints.
    Add,
    /// Add a piece to the mark by hints.
    AddPiece,
    /// Mark by cursor.
    Visual,
    /// Link a source.
    Source,
    /// Give a verdict.
    Verdict,
    /// Add evidence.
    Evidence,
    /// Write the note.
    Note,
    /// Write the claim in own words.
    ClaimText,
    /// Tag the item, or the article in the queue.
    Tag,
    /// The last correction again.
    Repeat,
    /// The same decision for equal texts.
    SameForEqual,
    /// Finish the article.
    Finish,
    /// Put the article off.
    Later,
    /// Open the selected article.
    OpenArticle,
    /// What opening had to say.
    Notices,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Search.
    Search,
    /// Filter.
    Filter,
    /// Order.
    Order,
    /// List the claims below the fold, or hide them.
    Folded,
    /// The command line.
    CommandLine,
    /// Help.
    Help,
    /// Back.
    Back,
    /// Quit.
    Quit,
    /// Say that everything is saved already.
    Write,
}

impl Command {
    /// Whether its key alone gives an answer, or changes or takes back one: a correction, a
    /// finished article. No chord, blank or Esc may be bound to such a command by the table.
    pub fn decides(self) -> bool {
        // Every command by name, so that a new one is thought about.
        match self {
            Command::Confirm
            | Command::Reject
            | Command::SecondLook
            | Command::StillHolds
            | Command::JudgeAgain
            | Command::Clear
            | Command::SetKind(_)
            | Command::ToggleKind(_)
            | Command::WordBack(_)
            | Command::WordOn(_)
            | Command::Out(_)
            | Command::Repeat
            | Command::SameForEqual
            | Command::Finish
            | Command::Later => true,
            // Opened by a key, decided by another; or undone and done again.
            Command::JumpEnd
            | Command::Add
            | Command::AddPiece
            | Command::Visual
            | Command::Source
            | Command::Verdict
            | Command::Evidence
            | Command::Note
            | Command::ClaimText
            | Command::Tag
            | Command::Undo
            | Command::Redo => false,
            Command::Next
            | Command::Previous
            | Command::NextOpen
            | Command::PreviousOpen
            | Command::First
            | Command::Last
            | Command::PageDown
            | Command::PageUp
            | Command::HalfDown
            | Command::HalfUp
            | Command::PaneRight
            | Command::PaneLeft
            | Command::PaneNext
            | Command::NextMention
            | Command::NextArticle
            | Command::PreviousArticle
            | Command::OpenCard
            | Command::OpenArticle
            | Command::Search
            | Command::Filter
            | Command::Order
            | Command::Folded
            | Command::CommandLine
            | Command::Help
            | Command::Notices
            | Command::Back
            | Command::Quit
            | Command::Write => false,
        }
    }

    /// Whether its key alone changes something: what decides, and undo and redo.
    pub fn changes(self) -> bool {
        self.decides() || matches!(self, Command::Undo | Command::Redo)
    }
}

impl Command {
    /// Whether it is about the selected claim or source.
    pub fn is_about_item(self) -> bool {
        let entry = TABLE.iter().find(|entry| entry.command == self);
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

/// The key list of the README: a Markdown table a heading, from [`TABLE`].
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
