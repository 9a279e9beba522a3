//! How the status of an annotation looks.

use super::theme::Role;
use crate::annotations::{Annotation, Counted, Question, Status};
use crate::detect::Kind;

/// The look of an item in a list: what is open about it comes before its status.
pub(in crate::tui) fn role_of_item(status: Status, counted: Counted) -> Role {
    match counted.open {
        Some(Question::Conflict | Question::Disputed) => Role::Disputed,
        Some(question) if question.is_of_change() => Role::Disputed,
        Some(Question::Unsure | Question::Noted | Question::SecondLook | Question::Source) => {
            Role::Unsure
        }
        None if counted.disputed => Role::Disputed,
        _ => role_of(status),
    }
}

/// What a row says before its words, where the sign does not say why it is open.
pub(in crate::tui) fn open_because(counted: Counted) -> Option<String> {
    let Some(open) = counted.open else {
        if counted.folded {
            return Some("folded · ".to_owned());
        }
        return counted.disputed.then(|| "disputed · ".to_owned());
    };
    let why = match open {
        Question::Undecided => return None,
        Question::SecondLook => Question::Unsure,
        other => other,
    };
    Some(format!("{why} · "))
}

/// The look of a status.
pub(in crate::tui) fn role_of(status: Status) -> Role {
    match status {
        Status::Undecided => Role::Undecided,
        Status::Confirmed => Role::Confirmed,
        Status::Corrected => Role::Corrected,
        Status::Added => Role::Added,
        Status::Rejected | Status::Withdrawn => Role::Rejected,
        Status::Unsure => Role::Unsure,
        Status::Disputed => Role::Disputed,
    }
}

/// The first kinds of a claim, a letter each, all different: lists have no room for the words.
pub(in crate::tui) fn kind_letters(claim: &Annotation, most: usize) -> String {
    let kinds = claim.kinds().iter().take(most);
    kinds
        .map(|kind| kind.known().map_or('-', letter_of))
        .collect()
}

fn letter_of(kind: Kind) -> char {
    match kind {
        Kind::Quantity => 'q',
        Kind::Comparison => 'c',
        Kind::Event => 'e',
        Kind::Prediction => 'p',
        Kind::Causation => 'a',
        Kind::Law => 'l',
        Kind::Position => 's',
        Kind::Quotation => 't',
        Kind::Opinion => 'o',
    }
}
