//! Detectors by name, as commands ask them: the one compiled in, or one of the house.

use std::sync::Arc;
use std::time::Duration;

use super::args::Settings;
use super::config;
use super::error::hinted;
use super::{TOOL, log};
use crate::config::{Config, Detector, cache_folder};
use crate::detect::{Detect, Findings, Run, compiled_in};
use crate::outside::{Detectors, Kept, NamedDetector, NotHeard};
use crate::store::FindingsCache;
use crate::text::Article;

/// A detector that a command asks.
pub(super) enum With {
    /// The one compiled in.
    Own(Box<dyn Detect>),
    /// One of the house.
    Housed {
        /// What the house calls it.
        name: String,
        /// All of the house.
        detectors: Detectors,
    },
}

/// What a detector found in an article.
pub(super) struct Found {
    /// Which detector.
    pub(super) run: Run,
    /// What it found.
    pub(super) findings: Findings,
    /// What is to be said of it.
    pub(super) told: Option<String>,
}

impl With {
    /// The detector of that name; `None`: the one compiled in. One of the house is started, and what it
    /// needs to be allowed is known before any article is read.
    ///
    /// # Errors
    /// When there is none, it cannot be asked, or the reviewer has not allowed what it says it does.
    pub(super) fn named(name: Option<&str>, settings: &Settings) -> anyhow::Result<With> {
        let Some(name) = name.filter(|name| *name != Detector::OWN) else {
            return Ok(With::Own(compiled_in(TOOL)));
        };
        // What it says on its standard error is kept there.
        log::begin();
        let config = config::load(settings)?.or_nothing()?.config;
        let detectors = detectors(&config);
        detectors
            .ready(name)
            .map_err(|error| told(&error, &config))?;
        Ok(With::Housed {
            name: name.to_owned(),
            detectors,
        })
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        match self {
            With::Own(_) => Detector::OWN,
            With::Housed { name, .. } => name,
        }
    }

    /// Asks it about an article, and waits.
    ///
    /// # Errors
    /// When one of the house gives no answer.
    pub(super) fn find(&self, article: &Article) -> anyhow::Result<Found> {
        match self {
            With::Own(detector) => Ok(Found {
                run: detector.run().clone(),
                findings: detector.detect(article),
                told: None,
            }),
            With::Housed { name, detectors } => {
                let heard = detectors.ask(name, article, &|_| false, &|_| (), &|| true)?;
                Ok(Found {
                    run: heard.run,
                    findings: heard.findings,
                    told: heard.told,
                })
            }
        }
    }
}

impl Drop for With {
    fn drop(&mut self) {
        if let With::Housed { detectors, .. } = self {
            detectors.end();
        }
    }
}

/// The detectors of a configuration; what they answer is kept in the cache folder.
pub(super) fn detectors(config: &Config) -> Detectors {
    let kept = cache_folder().map(|folder| FindingsCache::below(&folder));
    let kept = kept.map(|cache| Arc::new(Answers(cache)) as Arc<dyn Kept>);
    let named = config.detectors.iter().map(|setting| NamedDetector {
        name: setting.name.clone(),
        command: setting.command.clone(),
        deadline: Duration::from_secs(setting.deadline),
        sends: setting.sends.clone(),
    });
    Detectors::of(named, kept)
}

/// The answers kept in the cache folder.
#[derive(Debug)]
struct Answers(FindingsCache);

impl Kept for Answers {
    fn read(&self, text_sha256: &[u8; 32], detector: &str) -> Option<Vec<u8>> {
        self.0.read(text_sha256, detector)
    }

    fn write(&self, text_sha256: &[u8; 32], detector: &str, answer: &[u8]) {
        self.0.write(text_sha256, detector, answer);
    }
}

/// Why a detector cannot be asked, with a way out.
fn told(error: &NotHeard, config: &Config) -> anyhow::Error {
    let file = config.file.as_deref();
    let file = file.map_or("the configuration".to_owned(), |file| {
        file.display().to_string()
    });
    let hint = match error {
        NotHeard::NotAllowed { name, host } => format!(
            "`sends = \"{host}\"` below [detectors.{name}] in {file} lets it, or :allow {name} at the desk"
        ),
        NotHeard::NoSuch(_) => {
            let names: Vec<&str> = config
                .detectors
                .iter()
                .map(|one| one.name.as_str())
                .collect();
            match names.is_empty() {
                true => {
                    format!("[detectors.NAME] in {file} adds one; proofmark is the one compiled in")
                }
                false => format!(
                    "there are {} and proofmark, the one compiled in",
                    names.join(", ")
                ),
            }
        }
        _ => format!(
            "its command stands in {file}; what it writes to standard error stands in the log ({})",
            log::path().map_or("none".to_owned(), |path| path.display().to_string())
        ),
    };
    hinted(error.to_string(), hint)
}
