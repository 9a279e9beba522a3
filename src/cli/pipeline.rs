//! Work on all cores with results in the order of the jobs, written as soon as they can be.
//!
//! Jobs come from an iterator that may wait (standard input), so results are written by the
//! workers. Only so many results wait for an earlier one, so memory stays bounded.
//!
//! A fault of this program in one article fails that article alone: what breaks off in a job is
//! caught there, told, and the others go on.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::error::hinted;

/// Jobs under way or waiting to be written, for each core.
const AHEAD: usize = 4;

/// An article whose reading broke off through a fault of this program.
#[derive(Debug)]
pub(super) struct Broken {
    name: String,
    what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Broken { name, what } = self;
        write!(
            f,
            "{name}: reading it failed through a fault of this program: {what}"
        )
    }
}

impl From<Broken> for anyhow::Error {
    fn from(broken: Broken) -> anyhow::Error {
        let hint = "the other articles are not touched by it; please report it with the article";
        hinted(broken.to_string(), hint)
    }
}

/// Characters of a fault's own words that are told: they may quote the article.
const TOLD: usize = 200;

/// Does `work` on the article called `name`; a fault stays inside.
///
/// # Errors
/// When it broke off.
pub(super) fn contained<R>(name: &str, work: impl FnOnce() -> R) -> Result<R, Broken> {
    // What a job has half done goes with it, so nothing broken is seen again.
    catch_unwind(AssertUnwindSafe(work)).map_err(|fault| Broken {
        name: name.to_owned(),
        what: words_of(fault.as_ref()),
    })
}

fn words_of(fault: &(dyn Any + Send)) -> String {
    let words = fault
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| fault.downcast_ref::<String>().map(String::as_str));
    words
        .unwrap_or("no reason given")
        .chars()
        .take(TOLD)
        .collect()
}

/// Does `work` on every job, known to the reader by its `name`, and hands the results to `write`,
/// in order. Stops taking jobs after the first error of `write`, and gives that back.
pub(super) fn in_order<J: Send, R: Send, E: Send>(
    jobs: impl Iterator<Item = J>,
    name: impl Fn(&J) -> String + Sync,
    work: impl Fn(J) -> R + Sync,
    write: impl FnMut(Result<R, Broken>) -> Result<(), E> + Send,
) -> Result<(), E> {
    let most = rayon::current_num_threads() * AHEAD;
    let desk = Desk {
        state: Mutex::new(State {
            write,
            next: 0,
            waiting: BTreeMap::new(),
            under_way: 0,
            failure: None,
        }),
        room: Condvar::new(),
    };
    rayon::in_place_scope(|scope| {
        for (number, job) in jobs.enumerate() {
            {
                let mut state = desk.lock();
                while state.under_way >= most && state.failure.is_none() {
                    state = desk
                        .room
                        .wait(state)
                        .unwrap_or_else(PoisonError::into_inner);
                }
                if state.failure.is_some() {
                    break;
                }
                state.under_way += 1;
            }
            let (desk, work, name) = (&desk, &work, &name);
            scope.spawn(move |_| {
                let name = name(&job);
                let result = contained(&name, || work(job));
                desk.hand_in(number, result);
            });
        }
    });
    let state = desk
        .state
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    state.failure.map_or(Ok(()), Err)
}

struct State<W, R, E> {
    write: W,
    next: usize,
    waiting: BTreeMap<usize, R>,
    under_way: usize,
    failure: Option<E>,
}

struct Desk<W, R, E> {
    state: Mutex<State<W, R, E>>,
    room: Condvar,
}

impl<W: FnMut(R) -> Result<(), E>, R, E> Desk<W, R, E> {
    fn lock(&self) -> MutexGuard<'_, State<W, R, E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hand_in(&self, number: usize, result: R) {
        let mut guard = self.lock();
        let state = &mut *guard;
        state.waiting.insert(number, result);
        while let Some(result) = state.waiting.remove(&state.next) {
            state.next += 1;
            state.under_way -= 1;
            if state.failure.is_none() {
                state.failure = (state.write)(result).err();
            }
        }
        self.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let mut written = Vec::new();
        let jobs = (0..500u64).rev();
        let spin = |n: u64| (0..n * 100).fold(n, |sum, k| sum ^ k.wrapping_mul(sum | 1));
        let done: Result<(), ()> = in_order(
            jobs,
            u64::to_string,
            |n| (n, spin(n)),
            |done| {
                written.extend(done.map(|(n, _)| n));
                Ok(())
            },
        );
        assert_eq!(done, Ok(()));
        assert_eq!(written, (0..500).rev().collect::<Vec<_>>());
    }

    #[test]
    fn nothing_is_written_after_an_error_and_few_jobs_are_taken() {
        let taken = std::sync::atomic::AtomicUsize::new(0);
        let jobs = (0..1_000_000).inspect(|_| {
            taken.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        });
        let mut written = 0;
        let write = |n: Result<usize, Broken>| {
            written += 1;
            if n.is_ok_and(|n| n == 3) {
                Err("full")
            } else {
                Ok(())
            }
        };
        let named = usize::to_string;
        assert_eq!(in_order(jobs, named, |n| n, write), Err("full"));
        assert_eq!(written, 4);
        let most = 5 + rayon::current_num_threads() * AHEAD;
        assert!(taken.into_inner() <= most);
    }

    #[test]
    fn a_fault_in_one_job_is_told_and_the_others_are_written() {
        let mut told = Vec::new();
        let work = |n: usize| {
            assert!(n % 7 != 3, "broke at {n}");
            n
        };
        let write = |done: Result<usize, Broken>| -> Result<(), ()> {
            told.push(done.map_or_else(|broken| broken.to_string(), |n| n.to_string()));
            Ok(())
        };
        let name = |n: &usize| format!("{n}.txt");
        in_order(0..100, name, work, write).expect("nothing fails to be written");
        assert_eq!((told.len(), &*told[2], &*told[99]), (100, "2", "99"));
        assert_eq!(
            told[94],
            "94.txt: reading it failed through a fault of this program: broke at 94"
        );
    }
}
