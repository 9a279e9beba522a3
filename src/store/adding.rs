//! A new article in a folder: its file, its text layer and a sidecar that tells where it comes from.
//!
//! Nothing is ever written over: a name that is taken, by an article or by what belonged to one, is
//! left, and the next one tried.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::atomic::{self, Links, Rules, Written};
use super::error::StoreError;
use super::library::{OpenArticle, OpenOptions};
use super::naming;
use super::own::Access;
use super::paths;
use crate::annotations::{Document, Time};
use crate::text::{Article, Fact, Word};

/// Names that are tried: `story.html`, `story-2.html` and so on.
const TRIES: usize = 10_000;

/// An article that is to be added.
#[derive(Clone, Debug, Default)]
pub struct NewArticle {
    /// How its name ends: `html`.
    pub ending: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What is known of it and not told by the file itself.
    pub said: Vec<(Fact, String)>,
    /// The address it was fetched from.
    pub fetched: Option<String>,
}

/// Puts a new article into a folder, which is made if it is not there; where it is now. Its name has
/// its day, or that of `now`, and its title. `article` is what was read of its bytes: what is none
/// does not come in.
///
/// The file is there durably before anything is written beside it.
///
/// # Errors
/// When the system refuses; nothing is left half written.
pub fn add_article(
    folder: &Path,
    new: &NewArticle,
    article: &Article,
    now: &Time,
    options: &OpenOptions,
) -> Result<PathBuf, StoreError> {
    let today = now.as_str().get(..10).unwrap_or_default();
    let stem = naming::stem(article, &new.said, today);
    fs::create_dir_all(folder).map_err(StoreError::io(folder, "make the folder"))?;
    let path = put(folder, &stem, new)?;
    // What the file itself does not tell, and the text that was taken out of it.
    if !new.said.is_empty() || new.fetched.is_some() || article.extractor().is_some() {
        tell(&path, new, now, options)?;
    }
    Ok(path)
}

/// Writes the file under the first name that is free.
fn put(folder: &Path, stem: &str, new: &NewArticle) -> Result<PathBuf, StoreError> {
    let names = (1..=TRIES).map(|at| match at {
        1 => format!("{stem}.{}", new.ending),
        _ => format!("{stem}-{at}.{}", new.ending),
    });
    for name in names {
        let path = folder.join(name);
        if !is_free(&path)? {
            continue;
        }
        let unchanged = |place: &Path| is_free(place);
        let rules = Rules {
            access: Access::SHARED,
            links: Links::Refused,
            unchanged: &unchanged,
        };
        if let Written::There(_) = atomic::write(&path, &new.bytes, &rules)? {
            return Ok(path);
        }
    }
    let path = folder.join(stem);
    Err(StoreError::InTheWay { path })
}

/// Whether nothing stands at a place, nor anything that would belong to an article there.
fn is_free(path: &Path) -> Result<bool, StoreError> {
    let places = [
        path.to_owned(),
        paths::sidecar_path(path),
        paths::snapshot_path(path),
        paths::journal_path(path),
    ];
    for place in places {
        match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io(&place, "look at it")(error)),
            Ok(_) => return Ok(false),
        }
    }
    Ok(true)
}

/// Writes into a sidecar where the article comes from; the text layer goes beside it.
fn tell(
    path: &Path,
    new: &NewArticle,
    now: &Time,
    options: &OpenOptions,
) -> Result<(), StoreError> {
    let mut open = OpenArticle::open(path, options)?;
    let mut parts = open.take_document().into_parts();
    let known = parts.article.known();
    for (fact, words) in &new.said {
        if known.get(*fact).is_none() {
            let more = &mut parts.article.more;
            more.insert(fact.as_str().to_owned(), words.clone().into());
        }
    }
    if let Some(address) = &new.fetched {
        let fetched = json!({ "url": address, "at": now.as_str() });
        parts.article.more.insert("fetched".to_owned(), fetched);
    }
    let document = Document::from_parts(parts);
    open.save(&document)?;
    open.close(&document)?;
    Ok(())
}
