//! What a reviewer can do to an article: data, named as on the screen.
//!
//! An action says what was meant, never which key was pressed or what the screen looked
//! like; `Session::apply` carries it out. Texts typed by the reviewer arrive complete.

use super::filter::{Filter, Order};
use crate::annotations::{Annotation, Id, Locator, Primacy, RecordKind, Stance};
use crate::detect::{Kind, SourceType, Voice};
use crate::text::{Day, Mark, Span};

/// Which list of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// The claims, a card each.
    Claims,
    /// The sources, a row for each person or body.
    Sources,
}

impl List {
    /// What so many of its rows are called: "claim", "claims".
    pub fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (List::Claims, 1) => "claim",
            (List::Claims, _) => "claims",
            (List::Sources, 1) => "source",
            (List::Sources, _) => "sources",
        }
    }
}

/// What decisions apply to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// A claim with its link and source mention: the card.
    Claim(Id),
    /// A source by one of its mentions; decisions are about all its mentions, corrections
    /// about this one.
    Source(Id),
}

/// One end of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// What becomes of a mark by one end at a word and by the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EitherEnd {
    /// The mark that starts there.
    pub start: Span,
    /// The mark that ends there.
    pub end: Span,
    /// The end whose mark is shown; at first the nearer one.
    pub shown: End,
}

impl EitherEnd {
    /// The mark that is shown.
    pub fn span(&self) -> Span {
        match self.shown {
            End::Start => self.start,
            End::End => self.end,
        }
    }

    /// The other one shown.
    pub fn turned(self) -> EitherEnd {
        let shown = match self.shown {
            End::Start => End::End,
            End::End => End::Start,
        };
        EitherEnd { shown, ..self }
    }
}

/// Where an end goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Back by a word.
    WordBack,
    /// On by a word.
    WordOn,
    /// Out to the clause; if it is there already, out to the sentence.
    Out,
    /// To this byte, snapped to the word there.
    To(usize),
}

/// Where a claim is cut in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// At the first end of a clause inside it.
    Clause,
    /// Before the word at this byte.
    Before(usize),
}

/// What is told of a source besides where it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceFact {
    /// What it is called.
    Name(String),
    /// What it is.
    Type(SourceType),
    /// Its title or function; empty: none.
    Role(String),
}

/// Who a claim is to be taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewSource {
    /// The best candidate: [`Session::source_candidates`](super::Session::source_candidates)'s first.
    Top,
    /// A mention already marked.
    Mention(Id),
    /// A new mention in the article.
    Mark(Mark),
    /// Someone whom the article does not name. A link needs a mention to point at, so the
    /// name is kept as the claim's attribute `source_name` and no link holds.
    Named(String),
    /// Nobody: the article's own voice.
    Nobody,
}

/// Evidence as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvidence {
    /// An address if it looks like one, else a document's title.
    pub reference: String,
    /// The words that matter; may be empty.
    pub quote: String,
    /// How it bears on the claim.
    pub stance: Stance,
    /// Where in it.
    pub locator: Option<Locator>,
    /// Whether it saw for itself what it tells.
    pub primacy: Option<Primacy>,
    /// The day on which it was looked at; `None`: the day on which it is added.
    pub consulted: Option<Day>,
    /// The piece that it puts right; `None`: it is a new one.
    pub replaces: Option<Id>,
}

impl NewEvidence {
    /// Evidence of which nothing but its address or title is known.
    pub fn of(reference: impl Into<String>, stance: Stance) -> NewEvidence {
        NewEvidence {
            reference: reference.into(),
            quote: String::new(),
            stance,
            locator: None,
            primacy: None,
            consulted: None,
            replaces: None,
        }
    }

    /// What stands in a piece of evidence of a claim, to be put right; `None` if there is no such
    /// piece.
    pub fn again(claim: &Annotation, id: &Id) -> Option<NewEvidence> {
        let (_, piece) = claim.evidence.iter().find(|(known, _)| known == id)?;
        let primacy = piece.primacy.as_ref();
        Some(NewEvidence {
            reference: piece.reference().to_owned(),
            quote: piece.quote.clone().unwrap_or_default(),
            stance: piece.stance.known().unwrap_or(Stance::Context),
            locator: piece.locator.clone(),
            primacy: primacy.and_then(|primacy| primacy.known()),
            consulted: piece.day_consulted(),
            replaces: Some(id.clone()),
        })
    }
}

/// Everything a reviewer can do to one article.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Looking around, which changes nothing but what is selected and shown.
    Look(Look),
    /// Deciding, which changes the document.
    Decide(Decide),
}

impl From<Look> for Action {
    fn from(look: Look) -> Action {
        Action::Look(look)
    }
}

impl From<Decide> for Action {
    fn from(decide: Decide) -> Action {
        Action::Decide(decide)
    }
}

/// Looking around: what is selected, what the lists show and in what order.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// Makes an item the selected one.
    Select(Item),
    /// Selects the item this many rows on (back if negative), stopping at the ends.
    Move(List, isize),
    /// Selects the first item.
    First(List),
    /// Selects the last item.
    Last(List),
    /// Selects the next undecided item of the list, going round once.
    NextUndecided(List),
    /// Selects the previous undecided item of the list, going round once.
    PreviousUndecided(List),
    /// Selects the next mention of the selected source.
    NextMention,
    /// Selects the innermost claim or source mention at a byte of the article.
    SelectAt(usize),
    /// Shows only some items.
    Filter(Filter),
    /// Orders the claims.
    Order(Order),
    /// Lists the claims below the fold, or hides them again.
    ShowFolded(bool),
}

/// Deciding: what changes the document. Each is one act, taken back by one undo.
#[derive(Clone, Debug, PartialEq)]
pub enum Decide {
    /// Confirms the selected item and goes on to the next undecided.
    Confirm,
    /// Rejects the selected item and goes on to the next undecided.
    Reject,
    /// Says that a second look is wanted (decision unsure), or takes that back; stays.
    SecondLook,
    /// Takes back my own answer to the selected item; stays.
    Clear,
    /// Says that my answers to the selected item, given on other words, hold for the words
    /// that stand there now, and goes on to the next open one.
    StillHolds,
    /// Opens an answer of mine that was given on other words again, keeping what was judged;
    /// stays.
    JudgeAgain,
    /// Makes this the claim's only kind; stays.
    SetKind(Kind),
    /// Adds the kind to the claim's, or takes it away; stays.
    ToggleKind(Kind),
    /// Says whose words the claim is in; stays.
    SetVoice(Voice),
    /// Puts right what is told of the selected source, or of the selected claim's, at all its
    /// mentions; stays.
    SetSource(SourceFact),
    /// Makes the selected source, or the selected claim's, one with that of this mention; stays.
    MergeSource(Id),
    /// Makes a source of its own of the selected mention, or of the selected claim's; stays.
    PartSource,
    /// Cuts the selected claim in two; the first stays selected.
    Split(Cut),
    /// Joins the selected claim with the next in the text; stays.
    Join,
    /// Moves an end of the selected mark; stays.
    Adjust(End, Step),
    /// Moves the nearer end to the word at this byte; stays.
    AdjustNearer(usize),
    /// Adds a claim or source, a claim of these kinds if any, and selects it.
    Add(RecordKind, Mark, Vec<Kind>),
    /// Adds a piece to the selected mark, or joins it to the piece it touches.
    AddPiece(Span),
    /// Takes the piece at this byte away, unless it is the last.
    RemovePiece(usize),
    /// Links the selected claim to a source; stays.
    Link(NewSource),
    /// Gives a verdict, confirming the claim if it was undecided; `None` takes it back.
    Verdict(Option<String>),
    /// Adds evidence, or puts a piece of it right.
    AddEvidence(Box<NewEvidence>),
    /// Takes a piece of evidence away.
    RemoveEvidence(Id),
    /// Sets the note of my answer; empty takes it away.
    Note(String),
    /// Sets the claim in the reviewer's own words; empty takes it away.
    ClaimText(String),
    /// Adds the tag, or takes it away.
    Tag(String),
    /// Does the last correction or decision again on the selected item.
    Repeat,
    /// Gives my answer to every undecided item with the same words, each at its own place:
    /// the answer to the selected item, or, while that has none, the one given last. Links
    /// and sources of claims are left alone, because they were not looked at.
    SameForEqual,
    /// Confirms every undecided item shown in the list of what is selected; stays.
    ConfirmShown,
    /// Rejects every undecided item shown in the list of what is selected; stays.
    RejectShown,
    /// Finishes the pass; with items undecided only if `anyway`.
    Finish {
        /// Whether undecided items were shown and accepted.
        anyway: bool,
    },
    /// Puts the article off, or takes it up again.
    Later,
    /// Adds a tag to the article, or takes it away.
    TagArticle(String),
}
