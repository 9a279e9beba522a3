//! Whom a claim is taken from, by the links that hold.
//!
//! Questions to a document; changes nothing.

use super::{Annotation, Document, Id, Link, Status};

impl Document {
    /// The links that say whom a claim is taken from, whatever was decided about them.
    pub fn source_links(&self, claim: &Id) -> impl Iterator<Item = &Link> {
        self.links_of(claim)
            .filter(move |link| link.is_attribution() && link.from == *claim)
    }

    /// The links that say what is taken from a source mention.
    pub fn claim_links(&self, source: &Id) -> impl Iterator<Item = &Link> {
        self.links_of(source)
            .filter(move |link| link.is_attribution() && link.to == *source)
    }

    /// The link from a claim to its source that holds: not rejected or withdrawn, one that
    /// reviewers stand behind before one they differ on, that before one only suggested, and
    /// among equals the one decided last.
    pub fn source_link(&self, claim: &Id) -> Option<&Link> {
        let rank = |status: Status| match status {
            Status::Rejected | Status::Withdrawn => None,
            Status::Undecided => Some(0),
            status => Some(1 + u8::from(status.is_verified())),
        };
        self.source_links(claim)
            .filter_map(|link| rank(link.status()).map(|rank| (rank, link)))
            .max_by_key(|(rank, link)| (*rank, link.reviews.iter().map(|(_, r)| &r.at).max()))
            .map(|(_, link)| link)
    }

    /// The source mention a claim is taken from, by the link that holds.
    pub fn source_of(&self, claim: &Id) -> Option<&Annotation> {
        self.source_link(claim)
            .and_then(|link| self.annotation(&link.to))
    }

    /// The claims taken from a source mention, by links that hold.
    pub fn claims_of(&self, source: &Id) -> impl Iterator<Item = &Annotation> {
        self.claim_links(source)
            .filter(|link| {
                self.source_link(&link.from)
                    .is_some_and(|holds| holds.id == link.id)
            })
            .filter_map(|link| self.annotation(&link.from))
    }
}
