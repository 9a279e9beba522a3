//! Front matter: the facts in `key: value` lines of YAML, and in TOML.
//!
//! Of YAML what people write there is read: plain and quoted values, lists, a name within an
//! author, values that go on in indented lines. Everything else is passed over.

use super::names;
use crate::text::{About, Fact};

/// Keys without blanks, dashes and underscores, best first.
const KEYS: [(Fact, &[&str]); 6] = [
    (Fact::Title, &["title", "headline"]),
    (Fact::Author, &["author", "authors", "by", "byline"]),
    (
        Fact::Outlet,
        &[
            "outlet",
            "publication",
            "publisher",
            "sitename",
            "site",
            "newspaper",
        ],
    ),
    (
        Fact::Published,
        &[
            "published",
            "datepublished",
            "publishdate",
            "publishedat",
            "publishedtime",
            "pubdate",
            "date",
        ],
    ),
    (
        Fact::Url,
        &[
            "canonicalurl",
            "canonical",
            "url",
            "sourceurl",
            "source",
            "link",
            "permalink",
        ],
    ),
    (Fact::Language, &["language", "lang", "locale"]),
];

/// Reads the facts of front matter, fences included.
pub(super) fn read(front: &str, about: &mut About) {
    let fence = front.lines().next().unwrap_or("").trim_end();
    let body: Vec<&str> = front.lines().skip(1).collect();
    let body = &body[..body.len().saturating_sub(1)];
    let entries = match fence {
        "+++" => toml_entries(&body.join("\n")),
        _ => yaml_entries(body),
    };
    for (fact, keys) in KEYS {
        for key in keys {
            for (_, values) in entries.iter().filter(|(known, _)| known == key) {
                let joined = match fact {
                    Fact::Author => names::joined(values.iter().map(|value| unlinked(value))),
                    _ => values.first().cloned().unwrap_or_default(),
                };
                about.learn(fact, &joined);
            }
        }
    }
}

/// A name without the brackets of a link in a wiki.
fn unlinked(name: &str) -> &str {
    let inner = name
        .strip_prefix("[[")
        .and_then(|name| name.strip_suffix("]]"));
    inner.map_or(name, |inner| inner.rsplit('|').next().unwrap_or(inner))
}

/// A key as it is compared.
fn plain(key: &str) -> String {
    let key = key.trim().trim_matches(['"', '\'']);
    key.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

type Entries = Vec<(String, Vec<String>)>;

fn toml_entries(body: &str) -> Entries {
    let Ok(table) = body.parse::<toml::Table>() else {
        return Entries::new();
    };
    fn words(value: &toml::Value) -> Vec<String> {
        match value {
            toml::Value::String(text) => vec![text.clone()],
            toml::Value::Datetime(date) => vec![date.to_string()],
            toml::Value::Array(list) => list.iter().filter_map(|item| words(item).pop()).collect(),
            toml::Value::Table(table) => table.get("name").map(words).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
    let entries = table.iter().map(|(key, value)| (plain(key), words(value)));
    entries.collect()
}

/// The entries at the margin; what stands indented below one is its value.
fn yaml_entries(body: &[&str]) -> Entries {
    let mut entries = Entries::new();
    let mut at = 0;
    while at < body.len() {
        let line = body[at];
        at += 1;
        let is_inner =
            |line: &&str| line.trim().is_empty() || line.starts_with([' ', '\t']) || is_item(line);
        if is_inner(&line) || line.starts_with('#') {
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        if !value.is_empty() && !value.starts_with([' ', '\t']) {
            continue;
        }
        let below = body[at..].iter().take_while(|line| is_inner(line)).count();
        let below = &body[at..at + below];
        at += below.len();
        entries.push((plain(key), values(value.trim(), below)));
    }
    entries
}

/// Whether a line is an item of a list.
fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

/// The values of a key: what stands behind it and what stands indented below it.
fn values(value: &str, below: &[&str]) -> Vec<String> {
    let below = || {
        below
            .iter()
            .map(|line| line.trim())
            .filter(|line| !line.is_empty())
    };
    let is_block = value.starts_with(['|', '>']) && value.len() <= 3;
    if is_block {
        return vec![below().collect::<Vec<_>>().join(" ")];
    }
    let value = without_comment(value);
    if value.is_empty() {
        return below().filter_map(inner).collect();
    }
    let lines: Vec<&str> = std::iter::once(value).chain(below()).collect();
    let whole = lines.join(" ");
    let list = whole.strip_prefix('[').filter(|_| !whole.starts_with("[["));
    match list.and_then(|list| list.trim_end().strip_suffix(']')) {
        Some(list) => items(list).iter().map(|item| unquoted(item)).collect(),
        None => vec![unquoted(&whole)],
    }
}

/// The value of a line below a key: an item, or the name of a person written as a map.
fn inner(line: &str) -> Option<String> {
    let item = if is_item(line) {
        line[1..].trim()
    } else {
        line
    };
    let item = without_comment(item);
    if let Some((key, value)) = item.split_once(": ") {
        return (plain(key) == "name").then(|| unquoted(value.trim()));
    }
    (is_item(line) && !item.ends_with(':')).then(|| unquoted(item))
}

/// The items of a list on one line; commas within quotation marks part nothing.
fn items(list: &str) -> Vec<&str> {
    let (mut items, mut start, mut open) = (Vec::new(), 0, None);
    let mut begins = true;
    for (at, c) in list.char_indices() {
        match c {
            '"' | '\'' if open == Some(c) => open = None,
            '"' | '\'' if begins => open = Some(c),
            ',' if open.is_none() => {
                items.push(list[start..at].trim());
                start = at + 1;
                begins = true;
                continue;
            }
            _ => {}
        }
        begins &= c.is_whitespace();
    }
    items.push(list[start..].trim());
    items
}

/// A plain value ends before a comment.
fn without_comment(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    if let Some(mark) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        // Behind the closing mark.
        let close = value[1..].rfind(mark).map_or(value.len(), |at| at + 2);
        let (quoted, rest) = value.split_at(close);
        return if rest.trim_start().starts_with('#') {
            quoted
        } else {
            value
        };
    }
    value.split(" #").next().unwrap_or(value).trim_end()
}

/// A value without the marks it is quoted with.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    let within = |mark: char| {
        let inner = value.strip_prefix(mark)?.strip_suffix(mark)?;
        Some(inner)
    };
    if let Some(inner) = within('\'') {
        return inner.replace("''", "'");
    }
    let Some(inner) = within('"') else {
        return value.to_owned();
    };
    // Escapes of JSON are those in use.
    serde_json::from_str(value).unwrap_or_else(|_| inner.replace("\\\"", "\""))
}
