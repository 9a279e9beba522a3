//! Work on all cores with results in the order of the jobs, written as soon as they can be.
//!
//! Jobs come from an iterator that may wait (standard input), so results are written by the
//! workers. Results wait for an earlier one, whose article may be a thousand times as long, as long
//! as they take little room together; past that no job is taken until it is there.
//!
//! A fault of this program in one article fails that article alone: what breaks off in a job is
//! caught there, told, and the others go on.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::error::hinted;

/// Jobs under way, for each core.
const AHEAD: usize = 4;
/// Results that wait for an earlier one, and bytes that they have together at most.
const WAITING: usize = 20_000;
const BYTES: usize = 64_000_000;

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
/// in order. Stops taking jobs after the first error of `write`, and gives that back. For results
/// that are kept in any case, or are as small as they look; others are
/// [weighed](in_order_weighing).
pub(super) fn in_order<J: Send, R: Send, E: Send>(
    jobs: impl Iterator<Item = J>,
    name: impl Fn(&J) -> String + Sync,
    work: impl Fn(J) -> R + Sync,
    write: impl FnMut(Result<R, Broken>) -> Result<(), E> + Send,
) -> Result<(), E> {
    in_order_weighing(jobs, name, work, |_| size_of::<R>(), write)
}

/// The same; `weigh` tells the bytes that a result takes while it waits.
pub(super) fn in_order_weighing<J: Send, R: Send, E: Send>(
    jobs: impl Iterator<Item = J>,
    name: impl Fn(&J) -> String + Sync,
    work: impl Fn(J) -> R + Sync,
    weigh: impl Fn(&R) -> usize + Sync,
    write: impl FnMut(Result<R, Broken>) -> Result<(), E> + Send,
) -> Result<(), E> {
    let desk = Desk {
        state: Mutex::new(State {
            write,
            next: 0,
            waiting: BTreeMap::new(),
            room: Room::new(rayon::current_num_threads() * AHEAD),
            failure: None,
        }),
        changed: Condvar::new(),
    };
    rayon::in_place_scope(|scope| {
        for (number, job) in jobs.enumerate() {
            if !desk.take() {
                break;
            }
            let (desk, work, name, weigh) = (&desk, &work, &name, &weigh);
            scope.spawn(move |_| {
                let name = name(&job);
                let result = contained(&name, || work(job));
                let bytes = result.as_ref().map_or(0, weigh);
                desk.hand_in(number, result, bytes);
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
    /// Results that wait for an earlier one, with their bytes.
    waiting: BTreeMap<usize, (R, usize)>,
    room: Room,
    failure: Option<E>,
}

/// How much is under way and waits. A result waits only while an earlier job is under way, so
/// there is always something that makes room.
#[derive(Debug)]
struct Room {
    most: usize,
    under_way: usize,
    waiting: usize,
    bytes: usize,
}

impl Room {
    fn new(most: usize) -> Room {
        Room {
            most,
            under_way: 0,
            waiting: 0,
            bytes: 0,
        }
    }

    /// Whether there is room for one more job.
    fn is_there(&self) -> bool {
        self.under_way < self.most && self.waiting < WAITING && self.bytes < BYTES
    }

    /// A result is there, with so many bytes.
    fn done(&mut self, bytes: usize) {
        self.under_way -= 1;
        self.waiting += 1;
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// It is written.
    fn written(&mut self, bytes: usize) {
        self.waiting -= 1;
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}

struct Desk<W, R, E> {
    state: Mutex<State<W, R, E>>,
    /// There may be room now, or a failure.
    changed: Condvar,
}

impl<W: FnMut(R) -> Result<(), E>, R, E> Desk<W, R, E> {
    fn lock(&self) -> MutexGuard<'_, State<W, R, E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room for a job and takes it; `false`: no more are to be taken.
    fn take(&self) -> bool {
        let mut state = self.lock();
        while !state.room.is_there() && state.failure.is_none() {
            let waited = self.changed.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
        state.room.under_way += 1;
        state.failure.is_none()
    }

    fn hand_in(&self, number: usize, result: R, bytes: usize) {
        let mut guard = self.lock();
        let state = &mut *guard;
        state.room.done(bytes);
        state.waiting.insert(number, (result, bytes));
        while let Some((result, bytes)) = state.waiting.remove(&state.next) {
            state.next += 1;
            state.room.written(bytes);
            if state.failure.is_none() {
                state.failure = (state.write)(result).err();
            }
        }
        // One thread takes jobs.
        self.changed.notify_one();
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

    /// Three threads: one takes jobs, one is held up, one does the others.
    fn on_three<R: Send>(all: impl FnOnce() -> R + Send) -> R {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build();
        pool.expect("threads").install(all)
    }

    /// Holds a job up until so many others are done.
    struct Gate(Mutex<usize>, Condvar);

    impl Gate {
        fn one_is_done(&self) {
            *self.0.lock().expect("no fault") += 1;
            self.1.notify_all();
        }

        fn wait_for(&self, count: usize) {
            let done = self.0.lock().expect("no fault");
            let done = self.1.wait_while(done, |done| *done < count);
            drop(done.expect("no fault"));
        }
    }

    #[test]
    fn a_thousand_others_are_done_while_the_first_is_held_up() {
        let gate = Gate(Mutex::new(0), Condvar::new());
        let work = |n: usize| {
            match n {
                0 => gate.wait_for(1_000),
                _ => gate.one_is_done(),
            }
            n
        };
        let mut written = Vec::new();
        let write = |n: Result<usize, Broken>| -> Result<(), ()> {
            written.extend(n);
            Ok(())
        };
        let done = on_three(|| in_order(0..1_500, usize::to_string, work, write));
        assert_eq!((done, written), (Ok(()), (0..1_500).collect()));
    }

    #[test]
    fn what_waits_has_few_bytes_and_the_reader_waits_for_them() {
        let (gate, heavy) = (Gate(Mutex::new(0), Condvar::new()), BYTES / 10);
        let taken = std::sync::atomic::AtomicUsize::new(0);
        let count = |_: &usize| {
            taken.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        };
        let work = |n: usize| {
            if n == 0 {
                gate.wait_for(10);
            }
            n
        };
        let weigh = |_: &usize| {
            gate.one_is_done();
            heavy
        };
        let mut most = 0;
        let write = |n: Result<usize, Broken>| -> Result<(), ()> {
            // All that are taken now were before this one was written.
            let waiting = taken.load(std::sync::atomic::Ordering::SeqCst) - n.expect("no fault");
            most = most.max(waiting);
            Ok(())
        };
        let jobs = (0..2_000).inspect(count);
        on_three(|| in_order_weighing(jobs, usize::to_string, work, weigh, write)).expect("done");
        // Ten wait, so many are under way, and one is in the reader's hand.
        assert!((11..=10 + 3 * AHEAD + 1).contains(&most), "{most}");
    }

    #[test]
    fn room_is_what_bytes_and_numbers_leave() {
        let mut room = Room::new(2);
        let take = |room: &mut Room| {
            assert!(room.is_there());
            room.under_way += 1;
        };
        take(&mut room);
        take(&mut room);
        assert!(!room.is_there(), "two are under way");
        room.done(BYTES - 1);
        take(&mut room);
        room.done(1);
        assert!(!room.is_there(), "too many bytes wait");
        room.written(1);
        assert!(room.is_there());
        room.written(BYTES - 1);
        for _ in 0..WAITING {
            take(&mut room);
            room.done(0);
        }
        assert!(!room.is_there(), "too many wait");
        room.written(0);
        assert!(room.is_there());
    }
}
