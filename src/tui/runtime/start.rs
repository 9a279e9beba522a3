//! The desk's start: terminal, signals, threads and loop put together, and taken apart.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;

use super::clock::Clock;
use super::disk::Disk;
use super::event_loop::{Ended, Runtime, State};
use super::looking::Looking;
use super::signals;
use super::terminal::{self, Asked, Missing, PanicGuard, Reader, Screen, Terminal};
use super::worker::Workers;
use crate::annotations::Rank;
use crate::outside::Detectors;
use crate::store::{self, OpenOptions};
use crate::tui::app::practice::Prepared;
use crate::tui::app::{App, AppOptions, Colours};

/// What the desk is opened on.
#[derive(Debug)]
pub struct DeskOptions {
    /// Reviewer, colours, keys, and the one article to begin with, if there is one.
    pub app: AppOptions,
    /// What was named on the command line; walked for the queue unless it is one article.
    pub paths: Vec<PathBuf>,
    /// The configuration file, there or not, to which settings are written.
    pub settings: Option<PathBuf>,
    /// Where undo logs are kept, and journals whose folder cannot be written.
    pub state_dir: Option<PathBuf>,
    /// Where what can be found again is kept; `None`: nowhere.
    pub cache_dir: Option<PathBuf>,
    /// Whether links in folders are followed to what lies outside.
    pub follow: bool,
    /// Detectors of the house beside the one compiled in.
    pub detectors: Arc<Detectors>,
    /// User and host, for whoever finds an article open: `ana on newsdesk`.
    pub holder: String,
}

/// Why the desk could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum NoDesk {
    /// Keys cannot be read or nothing can be drawn.
    #[error("standard input or output is not a terminal")]
    NoTerminal,
    /// The terminal says it can do nothing but print.
    #[error("this terminal cannot move its cursor (TERM is “dumb”)")]
    Dumb,
    /// The terminal or the system refused.
    #[error("the terminal cannot be used: {0}")]
    Refused(#[from] io::Error),
}

/// Runs the desk until the reviewer leaves it or it is ended. The terminal is given back
/// as it was found, whatever happens.
pub fn run(options: DeskOptions) -> Result<Ended, NoDesk> {
    let DeskOptions {
        mut app,
        paths,
        settings,
        state_dir,
        cache_dir,
        follow,
        detectors,
        holder,
    } = options;
    match terminal::missing() {
        Some(Missing::Terminal) => return Err(NoDesk::NoTerminal),
        Some(Missing::Cursor) => return Err(NoDesk::Dumb),
        None => {}
    }
    let _panics = PanicGuard::new();
    let (send, wakes) = mpsc::channel();
    // Before the terminal is taken: from then on a signal has to find someone to undo it.
    let _signals = signals::watch(send.clone())?;
    app.colours = Colours {
        depth: terminal::depth(),
        ground: terminal::told_by_environment(),
    };
    app.theme = app.colours.theme(app.choice, app.theme.signs);
    let screen = Terminal::take(app.colours.depth.unwrap_or_default())?;
    // Whatever the theme: one can be chosen later that goes by the terminal.
    let asked = match app.colours.depth {
        Some(_) => Asked::background()?.map(Arc::new),
        None => None,
    };
    app.tour |= !app.tutor && state_dir.as_deref().is_none_or(store::is_first_start);
    let mut looking = Looking::new(&app.reviewer, &app.tool, state_dir.clone()).following(follow);
    looking = looking.ranking(Rank::of_house(&app.rank));
    if !app.tutor {
        looking = looking.asking(Arc::clone(&detectors));
    }
    if !app.tutor {
        looking = looking.keeping_rows(cache_dir);
    }
    if app.tutor {
        looking = looking.reading_with(Box::new(Prepared::new(&app.tool)));
    }
    let looking = Arc::new(looking);
    let workers = Workers::start(Arc::clone(&looking), others(), &send)?;
    if app.article.is_none() {
        workers.list(paths.clone());
    }
    let open_options = OpenOptions {
        state_dir,
        reviewer: app.reviewer.clone(),
        holder,
    };
    let mut files = Disk::new(open_options, &app.tool, looking).with_settings(settings);
    let of_others = match app.article {
        Some(_) => None,
        None => files.folders_of_others(&paths),
    };
    let reader = Reader::start(send, asked.clone())?;
    let mut desk = App::new(app, screen.size());
    if let Some(said) = of_others {
        desk.say(said);
    }
    let mut runtime = Runtime {
        desk,
        screen,
        files,
        workers,
        reader: Some(reader),
        wakes,
        clock: Clock::default(),
        allowing: Arc::clone(&detectors),
        state: State::default(),
    };
    let ended = runtime.run();
    if let Some(asked) = asked {
        asked.settle();
    }
    Ok(ended)
}

/// Threads for the queue: a core is left to the desk.
fn others() -> usize {
    thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1).max(1))
}
