//! Bytes that may be damaged to JSON, keeping everything that can be read without guessing.
//!
//! Sidecars are laid out one unit a line, so damage in a line costs that line: it goes into
//! the log as text. A file in another layout is read up to the damage. Files with conflict
//! markers give both sides and, where it is there, their base.

use serde_json::Value;

use super::Log;
use super::lines::Lines;
use crate::store::json;

/// The values a file holds: one, or the sides of an unfinished merge.
pub(super) enum Salvaged {
    /// A whole or damaged sidecar.
    One(Value),
    /// Two sides and what both come from.
    Sides {
        base: Option<Value>,
        ours: Value,
        theirs: Value,
    },
}

/// Reads what can be read.
///
/// # Errors
/// When there is nothing in it that could be a sidecar; in words.
pub(super) fn read(bytes: &[u8], log: &mut Log) -> Result<Salvaged, String> {
    let text = text_of(bytes, log)?;
    if let Ok(value) = json::parse(text.as_bytes()) {
        return Ok(Salvaged::One(value));
    }
    if let Some([base, ours, theirs]) = sides(&text) {
        log.say(
            "the file",
            "git left both sides of a merge in it: they are merged here",
        );
        let base = base.and_then(|base| value_of(&base, &mut Log::default()));
        let (Some(ours), Some(theirs)) = (
            value_of(&ours.unwrap_or_default(), log),
            value_of(&theirs.unwrap_or_default(), log),
        ) else {
            return Err("nothing can be read on one side of the conflict".to_owned());
        };
        return Ok(Salvaged::Sides { base, ours, theirs });
    }
    value_of(&text, log)
        .map(Salvaged::One)
        .ok_or_else(|| "nothing in it can be read".to_owned())
}

/// The bytes as text; damaged characters become U+FFFD and are told.
fn text_of(bytes: &[u8], log: &mut Log) -> Result<String, String> {
    if bytes.starts_with(b"\x1f\x8b") {
        return Err("it is gzip-compressed: unpack it first".to_owned());
    }
    if bytes
        .iter()
        .all(|byte| *byte == 0 || byte.is_ascii_whitespace())
    {
        return Err("there is nothing in it".to_owned());
    }
    let wide = [
        (&b"\xff\xfe"[..], encoding_rs::UTF_16LE),
        (b"{\0", encoding_rs::UTF_16LE),
        (b"\xfe\xff", encoding_rs::UTF_16BE),
        (b"\0{", encoding_rs::UTF_16BE),
    ];
    if let Some((_, encoding)) = wide.iter().find(|(start, _)| bytes.starts_with(start)) {
        log.say("the file", format!("read as {}", encoding.name()));
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        return Ok(text.into_owned());
    }
    let body = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(body) => body,
        None => bytes,
    };
    let mut text = String::with_capacity(body.len());
    let mut line = 1;
    for chunk in body.utf8_chunks() {
        for c in chunk.valid().chars() {
            line += usize::from(c == '\n');
            if c < ' ' && !matches!(c, '\n' | '\r' | '\t') {
                let message = format!("a raw control character, U+{:04X}", u32::from(c));
                log.say(format!("line {line}"), message);
                text.push('\u{fffd}');
            } else {
                text.push(c);
            }
        }
        if !chunk.invalid().is_empty() {
            log.say(format!("line {line}"), "bytes that are not UTF-8");
            text.push('\u{fffd}');
        }
    }
    Ok(text)
}

/// Base, ours and theirs of a text with conflict markers: every line outside of the markers
/// belongs to all of them.
fn sides(text: &str) -> Option<[Option<String>; 3]> {
    #[derive(PartialEq)]
    enum At {
        All,
        Ours,
        Base,
        Theirs,
    }
    let mut at = At::All;
    let (mut conflicts, mut has_base) = (0, true);
    let (mut base, mut ours, mut theirs) = (String::new(), String::new(), String::new());
    for line in text.split_inclusive('\n') {
        let next = match line.get(..7) {
            Some("<<<<<<<") if at == At::All => At::Ours,
            Some("|||||||") if at == At::Ours => At::Base,
            Some("=======") if at == At::Ours || at == At::Base => {
                has_base &= at == At::Base;
                At::Theirs
            }
            Some(">>>>>>>") if at == At::Theirs => {
                conflicts += 1;
                At::All
            }
            _ => {
                if matches!(at, At::All | At::Ours) {
                    ours.push_str(line);
                }
                if matches!(at, At::All | At::Base) {
                    base.push_str(line);
                }
                if matches!(at, At::All | At::Theirs) {
                    theirs.push_str(line);
                }
                continue;
            }
        };
        at = next;
    }
    let whole = conflicts > 0 && at == At::All;
    whole.then_some([has_base.then_some(base), Some(ours), Some(theirs)])
}

/// A text as JSON: whole, or line by line, or up to the damage, whichever keeps more.
fn value_of(text: &str, log: &mut Log) -> Option<Value> {
    if let Ok(value) = json::parse(text.as_bytes()) {
        return Some(value);
    }
    let (value, rescue) = json::rescue(text);
    let mut by_start = Log::default();
    by_start.met(&rescue, 0);
    if rescue.stopped.is_none() {
        log.take(by_start);
        return value;
    }
    let mut by_line = Log::default();
    let lines = Lines::read(text, &mut by_line);
    let lines = lines
        .as_object()
        .is_some_and(|top| !top.is_empty())
        .then_some(lines);
    let start_wins = records(value.as_ref()) > records(lines.as_ref()) || lines.is_none();
    let value = value.filter(|value| value.is_object() && start_wins);
    log.take(if value.is_some() { by_start } else { by_line });
    value.or(lines)
}

/// Records in the lists of a sidecar.
fn records(value: Option<&Value>) -> usize {
    let count = |name: &str| {
        let list = value.and_then(|value| value.get(name)?.as_array());
        list.map_or(0, Vec::len)
    };
    count("annotations") + count("links")
}
