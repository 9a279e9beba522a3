//! The side of those who ask: waiting for what it says of itself, for one's turn, for the answer.
//!
//! What was begun is undone however one leaves, be it by a fault in what the caller passed along:
//! a turn is given back, a question that was sent is cancelled.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::oversee;
use super::state::{Run, Shared, State};
use super::{Asked, NotAnswered};
use crate::exchange::protocol::{self, Ask, Hello};

/// Waits for what it says of itself.
pub(super) fn hello(shared: &Arc<Shared>) -> Result<Hello, NotAnswered> {
    let mut begun = None;
    let mut state = shared.lock();
    loop {
        if is_ready(shared, &mut state, &mut begun)?
            && let Some(hello) = state.run.as_ref().and_then(|run| run.hello.clone())
        {
            return Ok(hello);
        }
        state = shared.wait(state, shared.bounds.look);
    }
}

/// Asks about an article and waits for the answer.
pub(super) fn ask(
    shared: &Arc<Shared>,
    article: &Asked<'_>,
    told: &dyn Fn(&str),
    is_wanted: &dyn Fn() -> bool,
) -> Result<Vec<u8>, NotAnswered> {
    let mut wish = Wish {
        is_wanted,
        looked: None,
    };
    let mut question = sent(shared, article, &mut wish)?;
    question.answer(told, &mut wish)
}

/// Whether the answer is still wanted, asked now and then.
struct Wish<'a> {
    is_wanted: &'a dyn Fn() -> bool,
    looked: Option<Instant>,
}

impl Wish<'_> {
    fn look(&mut self, shared: &Shared) -> Result<(), NotAnswered> {
        if !left_of(shared.bounds.look, self.looked).is_zero() {
            return Ok(());
        }
        let is_wanted = (self.is_wanted)();
        // From when it has been answered: asking may take a while itself.
        self.looked = Some(Instant::now());
        is_wanted.then_some(()).ok_or(NotAnswered::NotWanted)
    }
}

/// Waits for one's turn and sends the question.
fn sent<'s>(
    shared: &'s Arc<Shared>,
    article: &Asked<'_>,
    wish: &mut Wish<'_>,
) -> Result<Question<'s>, NotAnswered> {
    let turn = Turn::new(shared);
    let mut begun = None;
    loop {
        wish.look(shared)?;
        let mut state = shared.lock();
        let is_ready = is_ready(shared, &mut state, &mut begun)?;
        if is_ready && state.turns.front() == Some(&turn.number) && state.has_room() {
            return Ok(Question::send(shared, &mut state, article));
        }
        drop(shared.wait(state, left_of(shared.bounds.look, wish.looked)));
    }
}

/// Whether there is a process that can be asked; one is started where there is none. `begun` is the
/// process whose hello is waited for: if it never comes, nobody waits for the next one's.
fn is_ready(
    shared: &Arc<Shared>,
    state: &mut State,
    begun: &mut Option<u64>,
) -> Result<bool, NotAnswered> {
    if state.is_closed {
        return Err(NotAnswered::NotWanted);
    }
    if let Some(error) = &state.given_up_for {
        return Err(error.clone());
    }
    if let (Some((number, error)), Some(begun)) = (&state.not_begun, *begun)
        && *number >= begun
    {
        return Err(error.clone());
    }
    let Some(run) = &state.run else {
        *begun = Some(start(shared, state)?);
        return Ok(false);
    };
    let says_what_it_is = run.hello.is_some();
    if !run.is_ending() && !says_what_it_is {
        begun.get_or_insert(run.number);
    }
    Ok(!run.is_ending() && says_what_it_is)
}

fn start(shared: &Arc<Shared>, state: &mut State) -> Result<u64, NotAnswered> {
    let number = state.number();
    if let Err(error) = oversee::start(shared, number) {
        let (name, why) = (shared.program.name.clone(), error.to_string());
        let error = NotAnswered::NotStarted { name, why };
        return Err(state.given_up_for.insert(error).clone());
    }
    // Before it looks for it, the thread waits for the lock.
    state.run = Some(Run::new(number, &shared.bounds, protocol::greeting()));
    Ok(number)
}

/// A place in the queue of those who wait to be sent.
struct Turn<'s> {
    shared: &'s Shared,
    number: u64,
}

impl<'s> Turn<'s> {
    fn new(shared: &'s Shared) -> Turn<'s> {
        let mut state = shared.lock();
        let number = state.number();
        state.turns.push_back(number);
        Turn { shared, number }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.shared
            .change(|state| state.turns.retain(|turn| *turn != self.number));
    }
}

/// A question that was sent.
struct Question<'s> {
    shared: &'s Shared,
    id: String,
    until: Instant,
    is_late: bool,
}

impl<'s> Question<'s> {
    fn send(shared: &'s Shared, state: &mut State, article: &Asked<'_>) -> Question<'s> {
        let id = state.number().to_string();
        let deadline = shared.program.deadline;
        let ask = Ask {
            id: &id,
            article_id: article.id,
            text: article.text,
            language: article.language,
            date: article.date,
            want: article.want,
            deadline_ms: u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX),
        };
        state.send(id.clone(), ask.line());
        Question {
            shared,
            id,
            until: Instant::now() + deadline,
            is_late: false,
        }
    }

    /// Waits for the answer.
    fn answer(&mut self, told: &dyn Fn(&str), wish: &mut Wish<'_>) -> Result<Vec<u8>, NotAnswered> {
        let bounds = &self.shared.bounds;
        let mut told_at = None;
        loop {
            wish.look(self.shared)?;
            let mut state = self.shared.lock();
            let Some(waiting) = state.waiting.get_mut(&self.id) else {
                return Err(NotAnswered::NotWanted);
            };
            if let Some(outcome) = waiting.outcome.take() {
                state.waiting.remove(&self.id);
                return outcome;
            }
            let left = self.until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                self.is_late = true;
                return Err(self.too_late());
            }
            let untold = left_of(bounds.telling, told_at);
            if untold.is_zero()
                && let Some(words) = waiting.told.take()
            {
                drop(state);
                told(&words);
                told_at = Some(Instant::now());
                continue;
            }
            let mut most = left.min(left_of(bounds.look, wish.looked));
            if waiting.told.is_some() {
                most = most.min(untold);
            }
            drop(self.shared.wait(state, most));
        }
    }

    fn too_late(&self) -> NotAnswered {
        // A part of a second counts as one.
        let seconds = self.shared.program.deadline.as_secs_f64().ceil() as u64;
        NotAnswered::TooLate {
            name: self.shared.program.name.clone(),
            seconds,
        }
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        let bounds = &self.shared.bounds;
        self.shared
            .change(|state| state.forget(&self.id, self.is_late, bounds));
    }
}

/// How long until one may do again what one did then.
fn left_of(every: Duration, since: Option<Instant>) -> Duration {
    since.map_or(Duration::ZERO, |since| {
        every.saturating_sub(since.elapsed())
    })
}
