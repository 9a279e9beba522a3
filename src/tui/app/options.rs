//! What the desk is started with, and which screen it shows.

use std::path::PathBuf;

use super::Colours;
use crate::config::{Binding, Fetch, Site, Theme as Choice};
use crate::exchange::Publisher;
use crate::tui::command::Keymap;
use crate::tui::widget::Theme;

/// What the desk is started with.
#[derive(Debug)]
pub struct AppOptions {
    /// The one article to review; `None`: begin with the queue.
    pub article: Option<PathBuf>,
    /// The folder into which new articles go.
    pub folder: PathBuf,
    /// What the queue is called: the folder, or "3 articles".
    pub title: String,
    /// Who reviews.
    pub reviewer: String,
    /// Program and version, as written into reviews.
    pub tool: String,
    /// The detectors of the house beside the one compiled in, by name.
    pub detectors: Vec<String>,
    /// Whose suggestion counts first, as the house wrote it.
    pub rank: Vec<String>,
    /// The house list of verdicts, nine at most.
    pub verdicts: Vec<String>,
    /// Where claims can be searched for, nine at most.
    pub sites: Vec<Site>,
    /// What the commands may fetch from the web; the desk itself fetches nothing.
    pub fetch: Fetch,
    /// Who publishes, for exports.
    pub publisher: Publisher,
    /// The bindings in force.
    pub keymap: Keymap,
    /// The keys that differ from the table's, as the house wrote them.
    pub house: Vec<Binding>,
    /// The colours in force.
    pub theme: Theme,
    /// The theme asked for.
    pub choice: Choice,
    /// What is known of the terminal's colours.
    pub colours: Colours,
    /// What is wrong with the configuration, to be read before anything else.
    pub problems: Vec<String>,
    /// Whether nobody has seen the tour yet.
    pub tour: bool,
    /// Whether this is practice, with lessons above the screen.
    pub tutor: bool,
}

/// Which screen is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The queue.
    Queue,
    /// An article under review.
    Review,
}
