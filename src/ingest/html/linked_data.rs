//! The structured data of a web page (JSON-LD): who it says wrote what, when and where.
//!
//! Only entries that call themselves an article are believed, the first one that says something.

use serde_json::Value;

use crate::text::day_of;

/// Entries of a block that are looked at, and levels below it.
const ENTRIES: usize = 500;

/// Kinds of entries that are articles, by the ends of their names.
const ARTICLES: [&str; 3] = ["Article", "Posting", "Report"];

/// What was stated of the article.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) description: Option<String>,
    /// The article's text, as far as the page states it.
    pub(super) body: Option<String>,
}

/// Reads the blocks; what is no JSON is passed over.
pub(super) fn read(blocks: &[String]) -> Stated {
    let mut stated = Stated::default();
    for block in blocks {
        // Line ends within a text are no JSON and stand there all the same.
        let block = block.replace(|sign: char| sign.is_control(), " ");
        let Ok(value) = serde_json::from_str::<Value>(block.trim()) else {
            continue;
        };
        let entries = entries(&value);
        for entry in entries.iter().filter(|entry| is_article(entry)) {
            stated.take(entry, &entries);
        }
    }
    stated
}

/// The entries of a block: itself, those of its list, those of its graph.
fn entries(block: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut open = vec![block];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list.iter().take(ENTRIES).rev()),
            Value::Object(object) => {
                found.push(value);
                open.extend(object.get("@graph"));
                open.extend(object.get("mainEntity"));
            }
            _ => {}
        }
        if found.len() >= ENTRIES {
            break;
        }
    }
    found
}

fn is_article(entry: &Value) -> bool {
    let is_one = |name: &str| ARTICLES.iter().any(|end| name.ends_with(end));
    match entry.get("@type") {
        Some(Value::String(name)) => is_one(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is_one),
        _ => false,
    }
}

impl Stated {
    fn take(&mut self, entry: &Value, entries: &[&Value]) {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).map(decoded);
        let set = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value.filter(|value| !value.trim().is_empty());
            }
        };
        set(&mut self.title, text("headline").or_else(|| text("name")));
        let published = text("datePublished").or_else(|| text("dateCreated"));
        set(
            &mut self.published,
            published.filter(|date| day_of(date).is_some()),
        );
        set(&mut self.language, text("inLanguage"));
        set(&mut self.description, text("description"));
        set(&mut self.body, text("articleBody"));
        let page = entry.get("mainEntityOfPage");
        let page = page.and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
        set(
            &mut self.url,
            text("url").or_else(|| page.map(str::to_owned)),
        );
        let outlet = entry.get("publisher").map(|value| names(value, entries));
        set(
            &mut self.outlet,
            outlet.and_then(|names| names.into_iter().next()),
        );
        if self.authors.is_empty() {
            let authors = entry.get("author").or_else(|| entry.get("creator"));
            self.authors = authors
                .map(|value| names(value, entries))
                .unwrap_or_default();
        }
    }
}

/// The names of people or bodies, which may stand elsewhere in the block.
fn names(value: &Value, entries: &[&Value]) -> Vec<String> {
    let name = |value: &Value| {
        if let Some(name) = value.as_str() {
            return Some(decoded(name));
        }
        let named = value.get("name").or_else(|| {
            let id = value.get("@id").filter(|id| id.is_string())?;
            let is_it =
                |entry: &&&Value| entry.get("@id") == Some(id) && entry.get("name").is_some();
            entries.iter().find(is_it)?.get("name")
        })?;
        // A name may be a list too.
        let named = named.as_str().or_else(|| named.get(0)?.as_str())?;
        Some(decoded(named))
    };
    match value {
        Value::Array(list) => list.iter().take(20).filter_map(name).collect(),
        other => name(other).into_iter().collect(),
    }
}

/// References of HTML, which have no business there and stand there all the same.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.split_once(';').filter(|(name, _)| name.len() <= 10);
        match reference.and_then(|(name, after)| Some((character(&name[1..])?, after))) {
            Some((character, after)) => {
                words.push(character);
                rest = after;
            }
            None => {
                words.push('&');
                rest = &rest[1..];
            }
        }
    }
    words + rest
}

fn character(name: &str) -> Option<char> {
    let named = match name {
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        "rsquo" => '’',
        "lsquo" => '‘',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            return char::from_u32(code.ok()?);
        }
    };
    Some(named)
}
