//! The head of a sidecar: article, texts, runs, passes.
//!
//! A fault here cannot be set aside, because records lean on it: what can be read is used
//! and the whole file becomes read-only. What follows from the article (lengths, digests, layer,
//! media type, its name) is worked out instead and told, and a run or pass whose text is not
//! named keeps it. No path in it is ever opened.

use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use serde_json::Value;

use super::field::{Fault, Fields, is_digest, is_id, position, wrong};
use crate::annotations::{ArticleHead, Id, Pass, Run, TextVersion, hex, text_id};
use crate::store::json::{Members, Tree};
use crate::text::Article;

/// The head as far as it could be read.
pub(in crate::store) struct Head {
    pub(in crate::store) article: ArticleHead,
    pub(in crate::store) texts: Vec<(Id, TextVersion)>,
    pub(in crate::store) runs: Vec<(Id, Run)>,
    pub(in crate::store) passes: Vec<(String, Pass)>,
    /// Faults that leave the file usable.
    pub(in crate::store) told: Vec<Fault>,
    /// Faults that make it read-only, because writing would lose what was not understood.
    pub(in crate::store) grave: Vec<Fault>,
}

pub(in crate::store) fn head<T: Tree>(top: &(impl Members<T> + ?Sized), article: &Article) -> Head {
    let mut told = Vec::new();
    let mut grave = Vec::new();
    let part = |name: &str| top.field(name);

    let texts = ids(entries(part("texts"), "texts", &mut grave, |key, value| {
        version_of(key, value, article, &mut told)
    }));
    let entries_of_texts = part("texts").and_then(Tree::object);
    if entries_of_texts.is_some_and(|texts| texts.count() == 0) {
        grave.push(Fault::new("texts", "empty"));
    }
    let known: FxHashSet<&str> = texts.iter().map(|(id, _)| id.as_str()).collect();
    let mut text_of = |text: &Id, place: String| {
        if !known.contains(text.as_str()) {
            told.push(Fault::kept(place, format!("no text {text} in this file")));
        }
    };
    let runs = ids(entries(part("runs"), "runs", &mut grave, |key, value| {
        if !is_id(key, "r-", 8) {
            return Err(Fault::new("", "no id of the form r-00000000"));
        }
        let run = run(value)?;
        text_of(&run.text, format!("runs.{key}.text"));
        Ok(run)
    }));
    let passes = entries(part("passes"), "passes", &mut grave, |reviewer, value| {
        let pass = pass(value)?;
        text_of(&pass.text, format!("passes.{reviewer}.text"));
        Ok(pass)
    });
    told.extend(runs.iter().filter_map(|(key, run)| key_fault(key, run)));
    let article_head = match article_head(part("article"), article, &mut told) {
        Ok(mut head) => {
            if head.file.contains('/') || head.file.is_empty() {
                let message = format!("{:?} is no file name", head.file);
                told.push(Fault::new("article.file", message));
            } else if head.file != article.name() && !article.name().contains('\u{fffd}') {
                let message = format!("{:?}, but the article is {:?}", head.file, article.name());
                told.push(Fault::new("article.file", message));
            }
            let is_same = head.text == text_id(article.text_sha256());
            let is_other = !is_same || !stands_for(&head.bytes_sha256, article);
            head.renew_about(article, is_other);
            let head = if is_same && is_other {
                // A page may be saved anew, menus and all, and its text be the same.
                if article.extractor().is_none() {
                    let message = "not the digest of the article, whatever its line ends";
                    told.push(Fault::new("article.bytes_sha256", message));
                }
                ArticleHead {
                    bytes_sha256: hex(article.bytes_sha256()),
                    ..head
                }
            } else {
                head
            };
            if !known.contains(head.text.as_str()) {
                let message = format!("no text {} in this file", head.text);
                told.push(Fault::new("article.text", message));
            }
            head
        }
        Err(fault) => {
            grave.push(fault.under("article"));
            let text = texts.last().map(|(id, _)| id.clone());
            ArticleHead {
                text: text.unwrap_or_else(|| text_id(article.text_sha256())),
                ..ArticleHead::of(article)
            }
        }
    };
    Head {
        article: article_head,
        texts,
        runs,
        passes,
        told,
        grave,
    }
}

/// The entries of a map whose keys name something (`passes`, `runs`, `texts`) that can be read;
/// what cannot is a grave fault.
fn entries<V: Tree, T>(
    map: Option<&V>,
    name: &str,
    grave: &mut Vec<Fault>,
    mut read: impl FnMut(&str, &V) -> Result<T, Fault>,
) -> Vec<(String, T)> {
    let Some(fields) = map.and_then(Tree::object) else {
        grave.push(not_there(map, name));
        return Vec::new();
    };
    let mut entries = Vec::with_capacity(fields.count());
    for (key, entry) in fields.fields() {
        match read(key, entry) {
            Ok(entry) => entries.push((key.to_owned(), entry)),
            Err(fault) => grave.push(fault.under(key).under(name)),
        }
    }
    entries
}

/// The fault of a part of the head that is no object, or missing, which counts as `null`.
fn not_there(found: Option<&impl Tree>, name: &str) -> Fault {
    match found {
        Some(found) => wrong(name, "an object", found),
        None => wrong(name, "an object", &Value::Null),
    }
}

/// Tells a run's key that does not follow from the run.
fn key_fault(key: &Id, run: &Run) -> Option<Fault> {
    let right = run.key()?;
    let message = format!("the key of this run is {right}");
    (*key != right).then(|| Fault::kept(format!("runs.{key}"), message))
}

fn ids<T>(entries: Vec<(String, T)>) -> Vec<(Id, T)> {
    entries
        .into_iter()
        .map(|(key, entry)| (Id::new(key), entry))
        .collect()
}

fn article_head<T: Tree>(
    value: Option<&T>,
    article: &Article,
    told: &mut Vec<Fault>,
) -> Result<ArticleHead, Fault> {
    let mut fields = Fields::of(value.ok_or_else(|| not_there(value, ""))?)?;
    let mut derived = |name: &'static str, is: &dyn Fn(&str) -> bool, right: String| {
        let found = fields.optional(name).and_then(Tree::text);
        match found.filter(|found| is(found)) {
            Some(found) => found.to_owned(),
            None => {
                let found = found.map_or("missing or damaged".to_owned(), |it| format!("{it:?}"));
                let message = format!("{found}; it is {right:?}");
                told.push(Fault::new(format!("article.{name}"), message));
                right
            }
        }
    };
    let media_type = article.media().media_type().to_owned();
    let digest = hex(article.bytes_sha256());
    Ok(ArticleHead {
        file: derived("file", &|_| true, article.name().to_owned()),
        media_type: derived(
            "media_type",
            &|found| found == media_type,
            media_type.clone(),
        ),
        bytes_sha256: derived("bytes_sha256", &is_digest, digest),
        text: fields.id("text", "t-", 8)?,
        about: article.about().clone(),
        more: fields.unknown(),
    })
}

/// Whether a digest is that of the article's file, be it with other line ends or a byte order
/// mark, as copies on other systems have.
fn stands_for(sha256: &str, article: &Article) -> bool {
    if sha256 == hex(article.bytes_sha256()) {
        return true;
    }
    let is = |before: &str, ends: &str| {
        let mut digest = Sha256::new();
        digest.update(before);
        for (at, line) in article.text().split('\n').enumerate() {
            digest.update(if at == 0 { "" } else { ends });
            digest.update(line);
        }
        hex(&digest.finalize()) == sha256
    };
    let ends = ["\n", "\r\n", "\r"];
    article.extractor().is_none()
        && ["", "\u{feff}"]
            .iter()
            .any(|before| ends.iter().any(|ends| is(before, ends)))
}

/// A text version. Its length, and digest and layer of the article's own text, follow from the
/// text.
fn version_of(
    key: &str,
    value: &impl Tree,
    article: &Article,
    told: &mut Vec<Fault>,
) -> Result<TextVersion, Fault> {
    let mut version = text_version(key, value)?;
    let mut tell = |name: &str, message: String| {
        told.push(Fault::new(format!("texts.{key}.{name}"), message));
    };
    let own = text_id(article.text_sha256()).as_str() == key;
    if version.sha256.get(..8) != key.get(2..) {
        tell(
            "sha256",
            "not the digest that the text is called by".to_owned(),
        );
    } else if own && version.sha256 != hex(article.text_sha256()) {
        tell("sha256", "not the digest of the article's text".to_owned());
    }
    if own {
        version.sha256 = hex(article.text_sha256());
    } else if let Some(key) = key.get(2..) {
        // Records lean on the key; it spells these digits a second time.
        version.sha256.replace_range(..key.len(), key);
    }
    let found = value.field("layer").and_then(Tree::text);
    let right = TextVersion::of(article).layer;
    match found {
        Some(found) if own && found != right => {
            tell(
                "layer",
                format!("{found:?}, but the article's is {right:?}"),
            );
            version.layer = right;
        }
        Some(found) if !LAYERS.contains(&found) => {
            tell(
                "layer",
                Fault::kept("", format!("{found:?} is no layer")).message,
            );
        }
        Some(_) => {}
        None => tell("layer", format!("missing; it is {:?}", version.layer)),
    }
    let found = value.field("length").and_then(position);
    let length = article.length() as u32;
    if own && found != Some(length) {
        let found = value
            .field("length")
            .map_or("nothing".to_owned(), |found| found.value().to_string());
        tell(
            "length",
            format!("{found}, but the article has {length} code points"),
        );
        version.length = length;
    } else if found.is_none() {
        tell("length", "no whole number of code points".to_owned());
    }
    Ok(version)
}

pub(in crate::store) fn text_version(key: &str, value: &impl Tree) -> Result<TextVersion, Fault> {
    if !is_id(key, "t-", 8) {
        return Err(Fault::new("", "no id of the form t-00000000"));
    }
    let mut fields = Fields::of(value)?;
    let sha256 = digest(&mut fields, "sha256")?;
    let length = fields.optional("length").and_then(position).unwrap_or(0);
    let layer = fields.optional("layer").and_then(Tree::text);
    let more = fields.unknown();
    let [plain, extracted] = LAYERS;
    let by_itself = match more.contains_key("extractor") {
        true => extracted,
        false => plain,
    };
    Ok(TextVersion {
        sha256,
        length,
        layer: layer.unwrap_or(by_itself).to_owned(),
        more,
    })
}

/// What a text layer can be.
const LAYERS: [&str; 2] = ["plain", "extracted"];

/// A run as it stands; whether its text is known is not asked.
pub(in crate::store) fn run(value: &impl Tree) -> Result<Run, Fault> {
    let mut fields = Fields::of(value)?;
    Ok(Run {
        text: fields.id("text", "t-", 8)?,
        tool: fields.string("tool")?.to_owned(),
        model: fields.string("model")?.to_owned(),
        at: fields.time("at")?,
        more: fields.unknown(),
    })
}

/// A reviewer's pass as it stands; whether its text is known is not asked.
pub(in crate::store) fn pass(value: &impl Tree) -> Result<Pass, Fault> {
    let mut fields = Fields::of(value)?;
    let text = fields.id("text", "t-", 8)?;
    let finished = match fields.string("state")? {
        "finished" => true,
        "started" => false,
        other => {
            return Err(Fault::new(
                "state",
                format!("{other:?} is no state of a pass"),
            ));
        }
    };
    Ok(Pass {
        text,
        finished,
        at: fields.time("at")?,
        more: fields.unknown(),
    })
}

fn digest<'a, T: Tree + 'a>(
    fields: &mut Fields<'a, T>,
    name: &'static str,
) -> Result<String, Fault> {
    let text = fields.string(name)?;
    if is_digest(text) {
        Ok(text.to_owned())
    } else {
        Err(Fault::new(
            name,
            "no SHA-256 in lower-case hexadecimal digits",
        ))
    }
}
