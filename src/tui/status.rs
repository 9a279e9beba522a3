//! How the status of an annotation looks.

use super::theme::Role;
use crate::annotations::Status;

/// The look of a status.
pub(super) fn role_of(status: Status) -> Role {
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
