//! The configuration: what may be set, where each value came from, what is wrong with it.
//!
//! Stands beside the layers and imports none. Reading a file finds every problem at once,
//! each with its line, so that nobody has to mend a file one message at a time. Which key
//! names and actions exist is not known here: the desk resolves them and reports in the
//! same way, with the lines kept in [`Binding`].

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

mod change;
mod detectors;
mod fetch;
mod publish;
mod read;
mod settings;
#[cfg(test)]
mod tests;

pub use change::{Change, NotChanged, Proposal, key, list, quoted};
pub use detectors::Detector;
pub use fetch::Fetch;
pub use publish::Publish;
pub use settings::{Form, Known, SETTINGS, nearest, template};

/// The environment variable that names the configuration file.
pub const PATH_VARIABLE: &str = "PROOFMARK_CONFIG";
/// The environment variable that forbids colour.
pub const COLOUR_VARIABLE: &str = "NO_COLOR";
/// How many verdicts a scale may have: as many as there are digit keys.
pub const MOST_VERDICTS: usize = 9;
/// How many sites claims can be searched on: as many as there are digit keys.
pub const MOST_SITES: usize = 9;

/// How many detectors there may be.
pub const MOST_DETECTORS: usize = 20;

/// Which colours the desk uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Dark or light, as the terminal is.
    #[default]
    Auto,
    /// For dark terminals.
    Dark,
    /// For light terminals.
    Light,
    /// Seven to one and more, on black or on white as the terminal is.
    HighContrast,
    /// Readable on dark and on light.
    Either,
    /// No colour at all.
    None,
}

impl Theme {
    /// Every theme, in the order shown to people.
    pub const ALL: [Theme; 6] = [
        Theme::Auto,
        Theme::Dark,
        Theme::Light,
        Theme::HighContrast,
        Theme::Either,
        Theme::None,
    ];

    /// Their spellings, in that order.
    pub const WORDS: [&str; 6] = {
        let mut words = [""; 6];
        let mut at = 0;
        while at < words.len() {
            words[at] = Theme::ALL[at].as_str();
            at += 1;
        }
        words
    };

    /// The spelling in the file and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Dark => "dark",
            Theme::Light => "light",
            Theme::HighContrast => "high-contrast",
            Theme::Either => "either",
            Theme::None => "none",
        }
    }

    /// The theme with that spelling.
    pub fn parse(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == word)
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// A line of the configuration file, counted from 1.
    File(usize),
    /// An environment variable.
    Environment(&'static str),
    /// An option of the command line.
    CommandLine(&'static str),
    /// git's `user.email`.
    Git,
    /// The account and the machine's name.
    Account,
}

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// What is in force.
    pub value: T,
    /// Who said so.
    pub origin: Origin,
}

impl<T> Setting<T> {
    fn unset(value: T) -> Setting<T> {
        Setting {
            value,
            origin: Origin::Default,
        }
    }

    /// Puts a value above the one in force, if there is one.
    pub fn overrule(&mut self, value: Option<T>, origin: Origin) {
        if let Some(value) = value {
            *self = Setting { value, origin };
        }
    }
}

/// One line of the `[keys]` table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The action, as written.
    pub action: String,
    /// Its keys, as written; none: the action has no key.
    pub keys: Vec<String>,
    /// The line in the file, counted from 1.
    pub line: usize,
}

/// A site on which claims can be searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What it is called.
    pub name: String,
    /// Its address, with [`Site::CLAIM`] where the words go.
    pub template: String,
    /// Who said so.
    pub origin: Origin,
}

impl Site {
    /// Where the words of the claim go in a template.
    pub const CLAIM: &str = "{claim}";

    /// The address that searches for these words; all but letters and digits of theirs is
    /// written in percent signs (RFC 3986).
    pub fn address(&self, words: &str) -> String {
        let mut told = String::with_capacity(words.len());
        for byte in words.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                told.push(byte.into());
            } else {
                told.push_str(&format!("%{byte:02X}"));
            }
        }
        self.template.replace(Site::CLAIM, &told)
    }

    /// Those that are there unless the file takes them away.
    pub fn shipped() -> Vec<Site> {
        let sites = [
            (
                "Fact Check Explorer",
                "https://toolbox.google.com/factcheck/explorer/search/{claim}",
            ),
            ("DuckDuckGo", "https://duckduckgo.com/?q={claim}"),
            (
                "Internet Archive",
                "https://archive.org/search?query={claim}",
            ),
        ];
        let site = |(name, template): (&str, &str)| Site {
            name: name.to_owned(),
            template: template.to_owned(),
            origin: Origin::Default,
        };
        sites.map(site).to_vec()
    }
}

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The file that was read; `None` if there was none.
    pub file: Option<PathBuf>,
    /// The reviewer's name in sidecars; `None`: not set here.
    pub reviewer: Setting<Option<String>>,
    /// The verdict scale, key `1` first.
    pub verdicts: Setting<Vec<String>>,
    /// Colours.
    pub theme: Setting<Theme>,
    /// Signs and borders in ASCII.
    pub ascii: Setting<bool>,
    /// What may be fetched from the web.
    pub fetch: Setting<Fetch>,
    /// Where claims can be searched for: the house's own first, then those shipped.
    pub sites: Vec<Site>,
    /// Who publishes, and what verdicts are worth there.
    pub publish: Publish,
    /// Detectors beside the one compiled in, in the order of the file.
    pub detectors: Vec<Detector>,
    /// Names of detectors, the one that counts most first.
    pub rank: Setting<Vec<String>>,
    /// Keys that differ from the defaults, in the order of the file.
    pub keys: Vec<Binding>,
}

impl Default for Config {
    fn default() -> Config {
        let scale = [
            "true",
            "mostly true",
            "mixed",
            "misleading",
            "false",
            "unverifiable",
        ];
        Config {
            file: None,
            reviewer: Setting::unset(None),
            verdicts: Setting::unset(scale.map(str::to_owned).to_vec()),
            theme: Setting::unset(Theme::Auto),
            ascii: Setting::unset(false),
            fetch: Setting::unset(Fetch::Never),
            sites: Site::shipped(),
            publish: Publish::default(),
            detectors: Vec::new(),
            rank: Setting::unset(Vec::new()),
            keys: Vec::new(),
        }
    }
}

/// Something wrong in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1; `None` if it is about the whole file.
    pub line: Option<usize>,
    /// What is wrong and what would be right.
    pub message: String,
    /// Whether going on without it could put something wrong into sidecars: another reviewer's
    /// name, another scale of verdicts, or a file of which nobody knows what it says.
    pub is_grave: bool,
}

impl Problem {
    /// One at a byte of a text.
    fn at(text: &str, byte: usize, message: String) -> Problem {
        let before = &text.as_bytes()[..byte.min(text.len())];
        Problem {
            line: Some(1 + before.iter().filter(|byte| **byte == b'\n').count()),
            message,
            is_grave: false,
        }
    }

    /// One of the whole file.
    fn whole(message: String) -> Problem {
        Problem {
            line: None,
            message,
            is_grave: false,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// A configuration file that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the configuration {}: {source}", path.display())]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl Config {
    /// The configuration in `path`, and all that is wrong with it, in the order of lines: what
    /// is right counts all the same. Without the file the defaults, unless somebody asked for
    /// that very file (`must_exist`).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn load(path: &Path, must_exist: bool) -> Result<(Config, Vec<Problem>), Unreadable> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !must_exist => {
                return Ok((Config::default(), Vec::new()));
            }
            Err(source) => {
                let path = path.to_owned();
                return Err(Unreadable { path, source });
            }
        };
        let (config, problems) = Config::parse(&bytes);
        let file = Some(path.to_owned());
        Ok((Config { file, ..config }, problems))
    }

    /// The configuration written in `bytes`, as far as it is right, and every problem, in the
    /// order of lines.
    pub fn parse(bytes: &[u8]) -> (Config, Vec<Problem>) {
        read::parse(bytes)
    }
}

/// The file read when nobody names another: `config.toml` in the platform's folder.
pub fn default_path() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "proofmark")
        .map(|folders| folders.config_dir().join("config.toml"))
}

/// The folder for what can be made again: it is safe to delete.
pub fn cache_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "proofmark").map(|dirs| dirs.cache_dir().to_owned())
}

/// The folder for logs and for journals that cannot stand beside their article.
pub fn state_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "proofmark").map(|folders| {
        folders
            .state_dir()
            .unwrap_or_else(|| folders.data_local_dir())
            .to_owned()
    })
}
