//! A line of a cue: who speaks, by voices, names and signs, and the words without what captions add.

use std::collections::HashSet;

/// What somebody says in a line of a cue.
pub(super) struct Line {
    pub(super) speaker: Option<String>,
    /// Whether another begins to speak, named or not.
    pub(super) is_turn: bool,
    pub(super) words: String,
}

/// The lines that a line of a cue holds: more than one where several voices are in it.
pub(super) fn line_of(line: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open = Line {
        speaker: None,
        is_turn: false,
        words: String::new(),
    };
    let line = without_places(line);
    let mut rest = line.as_str();
    while let Some((before, tag, after)) = next_tag(rest) {
        open.words.push_str(before);
        if tag.eq_ignore_ascii_case("br") || tag.eq_ignore_ascii_case("br/") {
            open.words.push(' ');
        }
        let voice = tag
            .strip_prefix('v')
            .filter(|name| name.starts_with(['.', ' ', '\t']));
        // What stands behind the full stops is a class: `<v.loud Mary>`.
        let name = voice.and_then(|voice| voice.split_once([' ', '\t']));
        if let Some((_, name)) = name {
            lines.push(std::mem::replace(
                &mut open,
                Line {
                    speaker: Some(plain(name)),
                    is_turn: false,
                    words: String::new(),
                },
            ));
        }
        rest = after;
    }
    open.words.push_str(rest);
    lines.push(open);
    let bare = lines.into_iter().flat_map(parted).map(bare);
    bare.filter(|line| !line.words.is_empty()).collect()
}

/// A line parted where another begins to speak in the middle of it.
fn parted(line: Line) -> Vec<Line> {
    let words = line.words.replace("&gt;&gt;", ">>");
    let mut parts = words.split(" >>");
    let first = Line {
        words: parts.next().unwrap_or_default().to_owned(),
        ..line
    };
    let others = parts.map(|words| Line {
        speaker: None,
        is_turn: true,
        words: format!(">>{words}"),
    });
    [first].into_iter().chain(others).collect()
}

/// The next tag of a line: what stands before it, inside it, behind it. A sign that opens none is
/// a sign.
fn next_tag(line: &str) -> Option<(&str, &str, &str)> {
    let opens = |(at, _): &(usize, &str)| {
        let inside = &line[at + 1..];
        inside.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
    };
    let (open, _) = line.match_indices('<').find(opens)?;
    // Where none is closed behind this one, none is at all.
    let (inside, after) = line[open + 1..].split_once('>')?;
    Some((&line[..open], inside, after))
}

/// A line without SubRip's places on the screen: `{\an8}`.
fn without_places(line: &str) -> String {
    let mut rest = line;
    let mut bare = String::with_capacity(line.len());
    while let Some(open) = rest.find("{\\") {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        bare.push_str(&rest[..open]);
        rest = &rest[open + close + 1..];
    }
    bare.push_str(rest);
    bare
}

/// A line with the signs by which captions tell that another speaks, `>>` and `-`, taken off, and the
/// name that may stand behind them.
fn bare(line: Line) -> Line {
    let words = plain(&line.words);
    let dash = || {
        let rest = words.strip_prefix(['-', '–', '—'])?.trim_start();
        // A figure below nought is no turn.
        rest.starts_with(|c: char| !c.is_numeric()).then_some(rest)
    };
    let has_sign = words.starts_with(">>");
    let turn = words.strip_prefix(">>").or_else(dash);
    let turn = turn.map(|rest| rest.trim_start_matches('>').trim_start());
    let is_turn = line.is_turn || turn.is_some();
    let words = turn.unwrap_or(&words).to_owned();
    // Behind a dash “Yes: …” is no name, which behind the other sign nobody writes.
    let is_told = |name: &str| {
        let is_one = !name.contains(' ') && name.contains(char::is_lowercase);
        is_turn && is_name(name) && (has_sign || !is_one)
    };
    let named = words.split_once(": ").filter(|(name, _)| is_told(name));
    match named {
        Some((name, said)) if line.speaker.is_none() => Line {
            speaker: Some(name.to_owned()),
            is_turn,
            words: said.trim_start().to_owned(),
        },
        _ => Line {
            is_turn,
            words,
            ..line
        },
    }
}

/// A line that begins with a name of a speaker.
pub(super) fn told_by_name(line: Line, names: &HashSet<String>) -> Line {
    let named = line.words.split_once(": ");
    match named.filter(|(name, _)| line.speaker.is_none() && names.contains(*name)) {
        Some((name, said)) => Line {
            speaker: Some(name.to_owned()),
            is_turn: line.is_turn,
            words: said.trim_start().to_owned(),
        },
        None => line,
    }
}

/// Whether words before a colon may be a name: few, and each begins with a large letter.
pub(super) fn is_name(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let is_large = |part: &str| part.starts_with(|c: char| c.is_uppercase() || c == '(');
    words.split_whitespace().count() <= 5 && parts.all(is_large)
}

/// Whether a line tells of a sound: all of it in brackets or between notes.
pub(super) fn is_sound(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| matches!(c, '♪' | '♫' | '#') || c.is_whitespace());
    let pairs = [('[', ']'), ('(', ')')];
    let inside = pairs.iter().any(|(open, close)| {
        let inner = bare
            .strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.contains([*open, *close]))
    });
    bare.is_empty() || inside || words.starts_with(['♪', '♫'])
}

/// Words on one line, their entities as letters.
fn plain(words: &str) -> String {
    let words = [
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#34;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(words.to_owned(), |words, (entity, sign)| {
        words.replace(entity, sign)
    });
    let words = without_sounds(&words);
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

/// Sounds as captions tell them in brackets, beside what is said.
const SOUNDS: [&str; 22] = [
    "applause",
    "beep",
    "bleep",
    "booing",
    "cheering",
    "cheers",
    "chuckles",
    "clears",
    "clapping",
    "coughs",
    "coughing",
    "cries",
    "crosstalk",
    "crying",
    "gasps",
    "groans",
    "laughing",
    "laughs",
    "laughter",
    "murmurs",
    "music",
    "sighs",
];

/// A line without the sounds that stand in brackets in it; one that is a sound and no more stays.
fn without_sounds(line: &str) -> String {
    let mut bare = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find(['[', '(']) {
        let closing = if rest[open..].starts_with('[') {
            ']'
        } else {
            ')'
        };
        let inside = rest[open + 1..]
            .find(closing)
            .map(|end| &rest[open + 1..open + 1 + end]);
        let is_sound = inside.is_some_and(|inside| {
            let first = inside
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_lowercase();
            inside.split_whitespace().count() <= 4 && SOUNDS.contains(&first.as_str())
        });
        let after = inside
            .filter(|_| is_sound)
            .map_or(open + 1, |inside| open + inside.len() + 2);
        let kept = if is_sound { open } else { after };
        bare.push_str(&rest[..kept]);
        rest = &rest[after..];
    }
    bare.push_str(rest);
    match bare.trim().is_empty() {
        true => line.to_owned(),
        false => bare,
    }
}
