//! The thread that looks now and then what changed in the folders of the queue.
//!
//! By asking for names, sizes and times: that works on every disk and network share, and needs
//! nothing of the system. It takes a small share of a core, however many articles there are: the
//! longer a look takes, the longer it waits for the next. A whole walk, which reads what lies
//! beside articles as well, is made only when articles came or went, or when it is asked for.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::mpsc::{SendError, Sender};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use super::super::contained::contained;
use super::super::wake::Wake;
use super::{Shared, Work};
use crate::tui::event::Event;

/// The least time between two looks.
const EVERY: Duration = Duration::from_secs(3);
/// How much longer than a look took it waits for the next.
const REST: u32 = 30;

/// Why the thread looks.
enum Due {
    /// It is time.
    Time,
    /// It was asked to.
    Asked,
    /// All is over.
    End,
}

pub(super) fn watch(shared: &Shared, work: &impl Work, wakes: &Sender<Wake>) {
    let mut known = Stamps::default();
    let mut rest = EVERY;
    loop {
        let (due, paths) = shared.wait_for(rest);
        let is_asked = match due {
            Due::End => return,
            Due::Asked => true,
            Due::Time => false,
        };
        let begun = Instant::now();
        let mut touched = Vec::new();
        let looked = contained(|| {
            work.stamps(&paths, &mut |path, stamp| {
                if known.is_touched(path, stamp) {
                    touched.push(path.to_owned());
                }
            });
            Ok(())
        });
        if looked.is_err() {
            tracing::error!("looking for changes in the folders broke off");
            return;
        }
        touched.sort();
        let moved = known.have_moved();
        if (is_asked || moved) && walk(work, &paths, wakes).is_err() {
            return;
        }
        if !touched.is_empty() && wakes.send(Wake::Event(Event::Touched(touched))).is_err() {
            return;
        }
        rest = EVERY.max(begun.elapsed() * REST);
    }
}

/// What was known of every article at the last look, by a digest of its path: of a hundred thousand
/// no second copy is kept. Where two had one digest, they would be looked at too often.
#[derive(Default)]
struct Stamps {
    /// Something that is another when an article changed, and the look that found it so.
    known: FxHashMap<u64, (u32, u32)>,
    looks: u32,
    /// Whether this look found one that was not there.
    has_new: bool,
}

impl Stamps {
    /// Takes up an article that is there; whether it was before and changed.
    fn is_touched(&mut self, path: &Path, stamp: u64) -> bool {
        let mut hasher = DefaultHasher::new();
        path.as_os_str().hash(&mut hasher);
        let now = ((stamp ^ stamp >> 32) as u32, self.looks);
        match self.known.insert(hasher.finish(), now) {
            None => {
                self.has_new = true;
                false
            }
            Some((known, _)) => known != now.0,
        }
    }

    /// Whether articles came or went in the look that is over; what came between the first walk and the
    /// first look is found by a walk.
    fn have_moved(&mut self) -> bool {
        let before = self.known.len();
        let look = self.looks;
        self.known.retain(|_, (_, found)| *found == look);
        self.looks = look.wrapping_add(1);
        std::mem::take(&mut self.has_new) || self.known.len() != before || look == 0
    }
}

/// Tells what stands in the folders now, bit by bit.
fn walk(work: &impl Work, paths: &[PathBuf], wakes: &Sender<Wake>) -> Result<(), SendError<Wake>> {
    let mut sent = Ok(());
    let walked = contained(|| {
        work.list(paths, &mut |found| {
            sent = wakes.send(Wake::Event(Event::Walked(found)));
            sent.is_ok()
        });
        Ok(())
    });
    if walked.is_err() {
        tracing::error!("the walk through the folders broke off");
    }
    sent.and_then(|()| wakes.send(Wake::Event(Event::WalkDone)))
}

impl Shared {
    /// Waits until it is time to look, or until that is asked for; gives back what to look at.
    fn wait_for(&self, rest: Duration) -> (Due, Vec<PathBuf>) {
        let mut tasks = self.lock();
        let begun = Instant::now();
        loop {
            if tasks.closed {
                return (Due::End, Vec::new());
            }
            if tasks.is_watching && std::mem::take(&mut tasks.walks_now) {
                return (Due::Asked, tasks.walked.clone());
            }
            let left = rest.saturating_sub(begun.elapsed());
            if tasks.is_watching && left.is_zero() {
                return (Due::Time, tasks.walked.clone());
            }
            // Not before the first walk is over.
            let left = if tasks.is_watching { left } else { EVERY };
            let waited = self.changed.wait_timeout(tasks, left);
            tasks = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_went_and_changed_is_told_apart() {
        let mut known = Stamps::default();
        let mut look = |all: &[(&'static str, u64)]| {
            let mut touched = all.to_vec();
            touched.retain(|(path, stamp)| known.is_touched(Path::new(path), *stamp));
            let touched: Vec<&str> = touched.into_iter().map(|(path, _)| path).collect();
            (known.have_moved(), touched)
        };
        assert_eq!(look(&[("a", 1), ("b", 2)]), (true, vec![]), "the first");
        for (now, moved, touched) in [
            (&[("a", 1), ("b", 2)][..], false, vec![]),
            (&[("a", 9), ("b", 2)], false, vec!["a"]),
            (&[("b", 8), ("a", 7)], false, vec!["b", "a"]),
            (&[("a", 7)], true, vec![]),
            (&[("a", 7)], false, vec![]),
            (&[("a", 7), ("c", 2)], true, vec![]),
            (&[("a", 1 << 40), ("d", 2)], true, vec!["a"]),
            (&[("a", 1 << 41), ("d", 2)], false, vec!["a"]),
        ] {
            assert_eq!(look(now), (moved, touched), "{now:?}");
        }
    }
}
