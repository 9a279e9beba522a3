//! The thread of one detector of the house: asks it about the open article and tells what it found.
//!
//! A detector may take minutes. What is asked next takes the place of what waits, and what nobody waits
//! for any more is given up.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::{AskedOf, Shared, Work};
use crate::outside::NotHeard;
use crate::tui::event::Event;
use crate::tui::runtime::contained::contained;
use crate::tui::runtime::wake::Wake;

/// Asks `detector` about every article there is to ask about, until all is over.
pub(super) fn ask(shared: &Shared, work: &impl Work, wakes: &Sender<Wake>, detector: &str) {
    let mut done = 0;
    loop {
        let next = shared.wait(|tasks| {
            let is_new = tasks.asks > done;
            done = tasks.asks;
            let asked = is_new.then(|| tasks.asked.clone()).flatten();
            asked.map(|asked| (asked, tasks.asks))
        });
        let Some((asked, number)) = next else {
            return;
        };
        if one(shared, work, wakes, detector, &asked, number).is_none() {
            return;
        }
    }
}

/// Asks about one article; `None` when nobody listens.
fn one(
    shared: &Shared,
    work: &impl Work,
    wakes: &Sender<Wake>,
    detector: &str,
    asked: &Arc<AskedOf>,
    number: usize,
) -> Option<()> {
    let is_wanted = || {
        let tasks = shared.lock();
        !tasks.closed && tasks.asks == number
    };
    let path = || asked.path.clone();
    let told = |told: &str| {
        let event = Event::Asked {
            path: path(),
            detector: detector.to_owned(),
            told: told.to_owned(),
        };
        // Nobody listens at the end of the program alone, and then nobody waits either.
        let _ = wakes.send(Wake::Event(event));
    };
    let heard = contained(|| Ok(work.ask(detector, asked, &told, &is_wanted)));
    let heard = heard.unwrap_or_else(|reason| {
        Err(NotHeard::Broken {
            name: detector.to_owned(),
            reason,
        })
    });
    let event = Event::Heard {
        path: path(),
        detector: detector.to_owned(),
        heard: heard.map(Box::new),
    };
    wakes.send(Wake::Event(event)).ok()
}
