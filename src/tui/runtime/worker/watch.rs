//! The thread that looks now and then what changed in the folders of the queue.
//!
//! By asking for names, sizes and times: that works on every disk and network share, and needs
//! nothing of the system. It takes a small share of a core, however many articles there are: the
//! longer a look takes, the longer it waits for the next. A whole walk, which reads what lies
//! beside articles as well, is made only when articles came or went, or when it is asked for.

use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::super::contained::contained;
use super::super::wake::Wake;
use super::{Shared, Stamps, Work};
use crate::tui::event::{Event, Listed};

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
    let mut known: Option<Stamps> = None;
    let mut rest = EVERY;
    loop {
        let (due, paths) = shared.wait_for(rest);
        let is_asked = match due {
            Due::End => return,
            Due::Asked => true,
            Due::Time => false,
        };
        let begun = Instant::now();
        let Ok(stamps) = contained(|| Ok(work.stamps(&paths))) else {
            tracing::error!("looking for changes in the folders broke off");
            return;
        };
        let (moved, touched) = match &known {
            // What came between the first walk and the first look is found by a walk.
            None => (true, Vec::new()),
            Some(known) => changes(known, &stamps),
        };
        known = Some(stamps);
        let mut events = Vec::new();
        if is_asked || moved {
            events.push(Event::Walked(walk(work, &paths)));
        }
        if !touched.is_empty() {
            events.push(Event::Touched(touched));
        }
        for event in events {
            if wakes.send(Wake::Event(event)).is_err() {
                return;
            }
        }
        rest = EVERY.max(begun.elapsed() * REST);
    }
}

/// Whether articles came or went, and those that changed where they are.
fn changes(known: &Stamps, now: &Stamps) -> (bool, Vec<PathBuf>) {
    let moved = known.len() != now.len() || now.keys().any(|path| !known.contains_key(path));
    let is_other =
        |(path, stamp): &(&PathBuf, &u64)| known.get(*path).is_some_and(|known| known != *stamp);
    let mut touched: Vec<PathBuf> = now
        .iter()
        .filter(is_other)
        .map(|(path, _)| path.clone())
        .collect();
    touched.sort();
    (moved, touched)
}

fn walk(work: &impl Work, paths: &[PathBuf]) -> Vec<Listed> {
    let mut all = Vec::new();
    let walked = contained(|| {
        work.list(paths, &mut |found| {
            all.extend(found);
            true
        });
        Ok(())
    });
    if walked.is_err() {
        tracing::error!("the walk through the folders broke off");
    }
    all
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
        let stamps = |all: &[(&str, u64)]| -> Stamps {
            let all = all
                .iter()
                .map(|(path, stamp)| (PathBuf::from(path), *stamp));
            all.collect()
        };
        let known = stamps(&[("a", 1), ("b", 2)]);
        for (now, moved, touched) in [
            (stamps(&[("a", 1), ("b", 2)]), false, &[][..]),
            (stamps(&[("a", 9), ("b", 2)]), false, &["a"]),
            (stamps(&[("b", 8), ("a", 9)]), false, &["a", "b"]),
            (stamps(&[("a", 1)]), true, &[]),
            (stamps(&[("a", 1), ("c", 2)]), true, &[]),
            (stamps(&[("a", 1), ("b", 3), ("c", 2)]), true, &["b"]),
        ] {
            let touched: Vec<PathBuf> = touched.iter().map(PathBuf::from).collect();
            assert_eq!(changes(&known, &now), (moved, touched), "{now:?}");
        }
    }
}
