//! Work on all cores with results in the order of the jobs, written as soon as they can be.
//!
//! Jobs come from an iterator that may wait (standard input), so results are written by the
//! workers. Only so many results wait for an earlier one, so memory stays bounded.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Jobs under way or waiting to be written, for each core.
const AHEAD: usize = 4;

/// Does `work` on every job and hands the results to `write`, in order. Stops taking jobs
/// after the first error of `write`, and gives that back.
pub(super) fn in_order<J: Send, R: Send, E: Send>(
    jobs: impl Iterator<Item = J>,
    work: impl Fn(J) -> R + Sync,
    write: impl FnMut(R) -> Result<(), E> + Send,
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
            let (desk, work) = (&desk, &work);
            scope.spawn(move |_| {
                let result = work(job);
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
            |n| (n, spin(n)),
            |(n, _)| {
                written.push(n);
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
        let write = |n: usize| {
            written += 1;
            if n == 3 { Err("full") } else { Ok(()) }
        };
        assert_eq!(in_order(jobs, |n| n, write), Err("full"));
        assert_eq!(written, 4);
        let most = 5 + rayon::current_num_threads() * AHEAD;
        assert!(taken.into_inner() <= most);
    }
}
