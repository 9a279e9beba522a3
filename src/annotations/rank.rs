//! Whose suggestion counts where several detectors say something of one record.
//!
//! A way of looking, kept by nobody: the house sets it, a sidecar does not know it, and two documents
//! are equal whatever the rank they are seen in.

use std::cmp::Reverse;

use super::annotation::Counts;
use super::{Annotation, Id, Parts, Run};

/// What stands before the version of the program that made a run of the detector compiled in.
const OWN: &str = "proofmark";

/// Detectors by name, the one that counts most first; those it does not name count last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rank {
    names: Vec<String>,
    /// Whether the first alone decides what stands below the fold; otherwise every detector has to
    /// put it there.
    folds: bool,
}

impl Rank {
    /// The rank of these names; `proofmark` is the detector compiled in.
    pub fn new(names: impl IntoIterator<Item = String>) -> Rank {
        Rank {
            names: names.into_iter().collect(),
            folds: true,
        }
    }

    /// The rank that a house set by these names; where it set none, the one that then holds.
    pub fn of_house(names: &[String]) -> Rank {
        match names {
            [] => Rank::unset(),
            names => Rank::new(names.iter().cloned()),
        }
    }

    /// The rank where nobody set one: others come beside the detector compiled in, and change neither
    /// its order nor its words; what one of them puts above the fold is above it.
    pub fn unset() -> Rank {
        Rank {
            names: vec![OWN.to_owned()],
            folds: false,
        }
    }

    /// The place of a run's detector, from 0.
    fn of(&self, run: &Run) -> usize {
        let is_it = |name: &String| *name == run.tool || is_own(run) && name == OWN;
        self.names
            .iter()
            .position(is_it)
            .unwrap_or(self.names.len())
    }
}

/// Whether the detector compiled in made a run.
pub(super) fn is_own(run: &Run) -> bool {
    run.tool.split(' ').next() == Some(OWN)
}

/// Works out whose suggestion counts, for every record. Linear.
pub(super) fn weigh(parts: &mut Parts, rank: &Rank) {
    let mut annotations = std::mem::take(&mut parts.annotations);
    for annotation in &mut annotations {
        annotation.counts = Counts::of(best(parts, annotation, rank), rank.folds);
    }
    parts.annotations = annotations;
}

/// Of the runs that suggest a record the one ranked best: those over the text at hand before others,
/// of equals the latest.
fn best(parts: &Parts, annotation: &Annotation, rank: &Rank) -> Option<Id> {
    if rank.names.is_empty() {
        return None;
    }
    let runs = annotation.suggestions.iter().enumerate();
    let placed = runs.filter_map(|(at, (id, _))| {
        let run = parts.run(id)?;
        let place = rank.of(run);
        let is_named = place < rank.names.len();
        let order = (run.text != parts.article.text, place, Reverse(at));
        is_named.then_some((order, id))
    });
    placed.min().map(|(_, id)| id.clone())
}
