//! One process of a detector, from before its start until after its end, as its threads see it.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::exchange::protocol::Hello;

use super::super::bounds::{Bounds, MOST_GIVEN_UP};

/// A process.
pub(in super::super) struct Run {
    /// By which its threads know that it is theirs.
    pub(in super::super) number: u64,
    /// What it said that it is.
    pub(in super::super) hello: Option<Hello>,
    /// Until when it has to.
    hello_until: Instant,
    /// Lines to be written, each with the id of its question; cancels and the greeting have none.
    pub(in super::super) lines: VecDeque<(Option<String>, Vec<u8>)>,
    /// Questions nobody waits for any more, that it may yet answer.
    given_up: VecDeque<GivenUp>,
    /// Until when it has to say anything at all.
    pub(in super::super) trial_until: Option<Instant>,
    /// Until when it may end by itself, its input being closed.
    pub(in super::super) closing_until: Option<Instant>,
    /// Why it is to be killed, and when, if it has not ended by then.
    ending: Option<(Ending, Instant)>,
    /// Whether it has ended; what it said last may still be read.
    pub(in super::super) is_gone: bool,
    /// Threads that read and write.
    pub(in super::super) pipes: usize,
}

struct GivenUp {
    id: String,
    /// Until when it counts as being with the detector.
    until: Instant,
}

/// Why a process is killed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Ending {
    /// It did not say what it is, or what it said cannot be taken.
    NoHello(String),
    /// It said nothing at all after an answer that did not come.
    Hung,
    /// It said far more than was asked for.
    Flooded,
    /// It closed its input.
    Deaf,
    /// It closed its output.
    Mute,
    /// It is not wanted any more.
    Closed,
}

impl Ending {
    /// Whether it is the reason even where the process ended by itself meanwhile: pipes that break
    /// are only the first sign of that.
    pub(in super::super) fn says_more_than_an_end(&self) -> bool {
        matches!(self, Ending::NoHello(_) | Ending::Flooded)
    }

    /// As a clause.
    pub(in super::super) fn words(&self) -> String {
        match self {
            Ending::NoHello(why) => return why.clone(),
            Ending::Hung => "it said nothing any more and was ended",
            Ending::Flooded => "it said more than is taken and was ended",
            Ending::Deaf => "it closed its input and was ended",
            Ending::Mute => "it closed its output and was ended",
            Ending::Closed => "it was ended",
        }
        .to_owned()
    }
}

/// What is to be done about a process.
pub(in super::super) enum Due {
    /// Looking at it again, after so long at the latest.
    Wait(Duration),
    /// Killing it.
    Kill(Ending),
}

impl Run {
    /// A process about to be started.
    pub(in super::super) fn new(number: u64, bounds: &Bounds, greeting: Vec<u8>) -> Run {
        Run {
            number,
            hello: None,
            hello_until: Instant::now() + bounds.hello,
            lines: VecDeque::from([(None, greeting)]),
            given_up: VecDeque::new(),
            trial_until: None,
            closing_until: None,
            ending: None,
            is_gone: false,
            pipes: 0,
        }
    }

    /// Whether nothing more is sent to it.
    pub(in super::super) fn is_ending(&self) -> bool {
        self.is_gone || self.ending.is_some() || self.closing_until.is_some()
    }

    /// It is to be killed in a while, at the earliest moment that was said. The first reason is the
    /// one that counts, but for a pipe that broke.
    pub(in super::super) fn end_in(&mut self, ending: Ending, a_while: Duration) {
        let at = Instant::now() + a_while;
        self.ending = Some(match self.ending.take() {
            Some((first, before)) if first.says_more_than_an_end() => (first, before.min(at)),
            Some((first, before)) if !ending.says_more_than_an_end() => (first, before.min(at)),
            Some((_, before)) => (ending, before.min(at)),
            None => (ending, at),
        });
    }

    /// Nobody waits for the answer to a question any more; it counts as being with the detector
    /// until then. The oldest is forgotten where there are many.
    pub(super) fn give_up(&mut self, id: &str, until: Instant) {
        if self.given_up.len() == MOST_GIVEN_UP {
            self.given_up.pop_front();
        }
        let id = id.to_owned();
        self.given_up.push_back(GivenUp { id, until });
    }

    /// How many that were given up are with it at that moment.
    pub(super) fn given_up_at(&self, moment: Instant) -> usize {
        let with_it = self.given_up.iter().filter(|one| one.until > moment);
        with_it.count()
    }

    /// Whether a question was given up; it has been answered now, and is not with it any more.
    pub(super) fn was_given_up(&mut self, id: &str) -> bool {
        let before = self.given_up.len();
        self.given_up.retain(|one| one.id != id);
        self.given_up.len() < before
    }

    /// Whether its input is to be closed. Who closed its output may still end by itself, and
    /// is not to do so because of that.
    pub(in super::super) fn is_to_hear_no_more(&self) -> bool {
        self.is_gone || self.closing_until.is_some()
    }

    /// Why it is to be killed, if it is.
    pub(in super::super) fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref().map(|(ending, _)| ending)
    }

    /// What is to be done about it now, `is_waited_for` or not.
    pub(in super::super) fn due(&self, bounds: &Bounds, is_waited_for: bool) -> Due {
        let now = Instant::now();
        // Who is closing may close its pipes, and needs no hello any more.
        if let Some(until) = self.closing_until {
            return match now >= until {
                true => Due::Kill(Ending::Closed),
                false => Due::Wait(bounds.watch.min(until - now)),
            };
        }
        let hello = self.hello.is_none().then_some(self.hello_until);
        if let Some((ending, at)) = &self.ending {
            if now >= *at {
                return Due::Kill(ending.clone());
            }
        } else if hello.is_some_and(|until| now >= until) {
            let seconds = bounds.hello.as_secs_f64().ceil();
            let why = format!("it said nothing of itself within {seconds} s");
            return Due::Kill(Ending::NoHello(why));
        } else if self.trial_until.is_some_and(|until| now >= until) {
            return Due::Kill(Ending::Hung);
        }
        let is_waited_for =
            is_waited_for || hello.is_some() || self.trial_until.is_some() || self.ending.is_some();
        Due::Wait(match is_waited_for {
            true => bounds.watch,
            false => bounds.idle_watch,
        })
    }
}
