//! The thread of the open article: the detector compiled in, and runs put into the review.
//!
//! One that is opened goes before what is to be put into another.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::{AskedOf, Shared, Tasks, Work};
use crate::tui::event::{Event, RunToTake};
use crate::tui::runtime::contained::contained;
use crate::tui::runtime::wake::Wake;

/// What is done for the open article.
enum OpenTask {
    Read(Box<AskedOf>),
    Take(Box<RunToTake>),
}

/// Reads every article that is opened, and puts runs into its review, until all is over.
pub(super) fn work(shared: &Shared, work: &impl Work, wakes: &Sender<Wake>) {
    let next = |tasks: &mut Tasks| {
        let read = tasks
            .open
            .take()
            .map(|asked| OpenTask::Read(Box::new(asked)));
        let runs = &mut tasks.runs;
        let take = || runs.pop_front().map(|run| OpenTask::Take(Box::new(run)));
        let task = read.or_else(take);
        tasks.is_reading_open = task.is_some();
        task
    };
    while let Some(task) = shared.wait(next) {
        let event = match task {
            OpenTask::Read(asked) => read(work, *asked),
            OpenTask::Take(run) => {
                let path = run.path.clone();
                match contained(|| Ok(run.taken())) {
                    Ok(taken) => Event::RunTaken(Box::new(taken)),
                    Err(reason) => not_detected(path, &reason),
                }
            }
        };
        if wakes.send(Wake::Event(event)).is_err() {
            return;
        }
        shared.change(|tasks| tasks.is_reading_open = false);
    }
}

fn read(work: &impl Work, asked: AskedOf) -> Event {
    let AskedOf {
        path,
        article,
        known,
    } = asked;
    match contained(|| Ok(work.detect(&article, &known))) {
        Ok(findings) => Event::Detected {
            path,
            text: *article.text_sha256(),
            findings: Arc::new(findings),
        },
        Err(reason) => not_detected(path, &reason),
    }
}

fn not_detected(path: PathBuf, reason: &str) -> Event {
    Event::NotDetected {
        path,
        reason: format!("{reason}: nothing is suggested, marks can be added by hand"),
    }
}
