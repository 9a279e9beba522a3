//! The detectors of the house that are programs of their own: which there are, whether they may be
//! asked, what they found.
//!
//! One that says it sends texts to a host is asked nothing until the reviewer has allowed that host.
//! What one answered about a text is kept by digest, name and version, and looked for in the article
//! as if it had just been said.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::detector::{Asked, Detector, NotAnswered, Program};
use crate::detect::{Findings, Run};
use crate::exchange::NotRead;
use crate::exchange::protocol::{Hello, read_answer};
use crate::text::{Article, Fact};

/// Where answers are kept: the line of one, by the digest of the text and `name version`.
pub trait Kept: Send + Sync + fmt::Debug {
    /// What was answered.
    fn read(&self, text_sha256: &[u8; 32], detector: &str) -> Option<Vec<u8>>;
    /// Keeps an answer.
    fn write(&self, text_sha256: &[u8; 32], detector: &str, answer: &[u8]);
}

/// Every detector of the house beside the one compiled in. Starts none before it is asked.
#[derive(Debug, Default)]
pub struct Detectors {
    all: Vec<Housed>,
    kept: Option<Arc<dyn Kept>>,
}

/// A detector as the house names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What the house calls it.
    pub name: String,
    /// The program and its arguments.
    pub command: Vec<String>,
    /// How long it may take for an article.
    pub deadline: Duration,
    /// The host that it may send texts to.
    pub sends: Option<String>,
}

/// One of them.
struct Housed {
    detector: Detector,
    /// The host that it may send texts to.
    allowed: Mutex<Option<String>>,
}

impl fmt::Debug for Housed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Housed")
            .field(&self.detector.name())
            .finish()
    }
}

/// What a detector found in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// Which detector, in which version.
    pub run: Run,
    /// What it found, in the article.
    pub findings: Findings,
    /// What is to be said of what was left out.
    pub told: Option<String>,
}

/// Why a detector found nothing.
#[derive(Debug, thiserror::Error)]
pub enum NotHeard {
    /// It gave no answer.
    #[error("{0}")]
    NotAnswered(#[from] NotAnswered),
    /// It says that it sends texts to a host, and nobody allowed that.
    #[error("“{name}” would send this text to {host}, as it says of itself, which nobody checks")]
    NotAllowed {
        /// What the house calls it.
        name: String,
        /// The host.
        host: String,
    },
    /// Its answer is none.
    #[error("“{name}”: {error}")]
    NotRead {
        /// What the house calls it.
        name: String,
        /// What is wrong.
        error: NotRead,
    },
    /// It does not read the article's language.
    #[error("“{name}” does not read {language}")]
    OtherLanguage {
        /// What the house calls it.
        name: String,
        /// The article's language.
        language: String,
    },
    /// Reading its answer broke off.
    #[error("“{name}”: {reason}")]
    Broken {
        /// What the house calls it.
        name: String,
        /// Why.
        reason: String,
    },
    /// There is none of that name.
    #[error("there is no detector “{0}”")]
    NoSuch(String),
    /// What it found is there already.
    #[error("what “{0}” found is there already")]
    Known(String),
}

impl NotHeard {
    /// Whether nobody waits for an answer, so that there is nothing to be said.
    pub fn is_quiet(&self) -> bool {
        match self {
            NotHeard::NotAnswered(error) => matches!(error, NotAnswered::NotWanted),
            NotHeard::OtherLanguage { .. } | NotHeard::Known(_) => true,
            _ => false,
        }
    }
}

impl Detectors {
    /// Those the house names, in this order.
    pub fn of(named: impl IntoIterator<Item = Named>, kept: Option<Arc<dyn Kept>>) -> Detectors {
        let housed = |named: Named| Housed {
            detector: Detector::new(Program {
                name: named.name,
                command: named.command,
                deadline: named.deadline,
            }),
            allowed: Mutex::new(named.sends),
        };
        Detectors {
            all: named.into_iter().map(housed).collect(),
            kept,
        }
    }

    /// Their names, in the order of the configuration.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|housed| housed.detector.name())
    }

    /// Lets a detector send texts to a host, until the program ends.
    pub fn allow(&self, name: &str, host: &str) {
        if let Some(housed) = self.named(name) {
            *housed.allowed() = Some(host.to_owned());
        }
    }

    /// Starts a detector, and finds out whether it may be asked.
    ///
    /// # Errors
    /// As [`NotHeard`].
    pub fn ready(&self, name: &str) -> Result<(), NotHeard> {
        let housed = self
            .named(name)
            .ok_or_else(|| NotHeard::NoSuch(name.to_owned()))?;
        match housed.detector.hello()?.sends {
            Some(host) => housed.may_send_to(&host),
            None => Ok(()),
        }
    }

    /// Asks a detector about an article, and waits. `told` hears how far it is; `is_wanted` says whether
    /// anybody still waits; `is_known` whether what a run would find is there already.
    ///
    /// # Errors
    /// As [`NotHeard`].
    pub fn ask(
        &self,
        name: &str,
        article: &Article,
        is_known: &dyn Fn(&Run) -> bool,
        told: &dyn Fn(&str),
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Heard, NotHeard> {
        let housed = self
            .named(name)
            .ok_or_else(|| NotHeard::NoSuch(name.to_owned()))?;
        let hello = housed.detector.hello()?;
        let version = format!("{} {}", hello.name, hello.version);
        let run = Run::new(name, &version);
        if is_known(&run) {
            return Err(NotHeard::Known(name.to_owned()));
        }
        let language = article.about().get(Fact::Language);
        if let Some(language) = language.filter(|language| !reads(&hello, language)) {
            return Err(NotHeard::OtherLanguage {
                name: name.to_owned(),
                language: language.to_owned(),
            });
        }
        let digest = article.text_sha256();
        let read = |line: &[u8]| {
            read_answer(line, article, &version).map_err(|error| NotHeard::NotRead {
                name: name.to_owned(),
                error,
            })
        };
        let kept = self.kept.as_ref();
        let known = kept.and_then(|kept| kept.read(digest, &version));
        let answer = match known.map(|line| read(&line)) {
            Some(Ok(answer)) => answer,
            // One that cannot be read is asked for again.
            _ => {
                if let Some(host) = hello.sends.as_ref() {
                    housed.may_send_to(host)?;
                }
                let asked = Asked {
                    id: article.name(),
                    text: article.text(),
                    language,
                    date: article.about().date(),
                    want: &hello.answers,
                };
                let line = housed.detector.ask(&asked, told, is_wanted)?;
                let answer = read(&line)?;
                if let Some(kept) = kept {
                    kept.write(digest, &version, &line);
                }
                answer
            }
        };
        Ok(Heard {
            run,
            told: answer.told().map(|told| format!("{name}: {told}")),
            findings: answer.findings,
        })
    }

    /// Ends all of them, and waits until they have gone.
    pub fn end(&self) {
        std::thread::scope(|scope| {
            for housed in &self.all {
                scope.spawn(|| housed.detector.end());
            }
        });
    }

    fn named(&self, name: &str) -> Option<&Housed> {
        self.all
            .iter()
            .find(|housed| housed.detector.name() == name)
    }
}

impl Housed {
    fn allowed(&self) -> MutexGuard<'_, Option<String>> {
        self.allowed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn may_send_to(&self, host: &str) -> Result<(), NotHeard> {
        let allowed = self.allowed();
        if allowed
            .as_deref()
            .is_some_and(|it| it.eq_ignore_ascii_case(host))
        {
            return Ok(());
        }
        Err(NotHeard::NotAllowed {
            name: self.detector.name().to_owned(),
            host: host.to_owned(),
        })
    }
}

/// Whether a detector reads a language: it names none, or this one, `en` for `en-GB` as well.
fn reads(hello: &Hello, language: &str) -> bool {
    let first = |tag: &str| {
        let tag = tag.split(['-', '_']).next().unwrap_or_default();
        tag.to_ascii_lowercase()
    };
    let language = first(language);
    let known = hello.languages.iter().map(|known| first(known));
    hello.languages.is_empty()
        || known
            .into_iter()
            .any(|known| known == language || known == "*")
}
