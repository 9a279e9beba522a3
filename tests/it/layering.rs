//! The house rules that a compiler does not check: who may use whom, what pure code may not
//! touch, and the shape of files.
//!
//! Sources are read as text with comments, texts and characters blanked out, so a word in a
//! message breaks no rule. Each rule also runs over a few lines that break it, because a
//! rule that finds nothing anywhere may be blind.

mod broken;
mod circles;

use std::fs;
use std::path::{Path, PathBuf};

/// Every layer with the layers it may use. `config` and `cli` stand beside and above.
const LAYERS: [(&str, &[&str]); 12] = [
    ("text", &[]),
    ("ingest", &["text"]),
    ("detect", &["text"]),
    ("annotations", &["text", "detect"]),
    ("review", &["text", "detect", "annotations"]),
    ("store", &["text", "ingest", "detect", "annotations"]),
    ("outside", &["text", "detect", "exchange"]),
    ("exchange", &["text", "detect", "annotations"]),
    ("train", &["text", "ingest", "detect", "annotations"]),
    ("config", &[]),
    (
        "tui",
        &[
            "text",
            "ingest",
            "detect",
            "annotations",
            "review",
            "store",
            "outside",
            "exchange",
            "config",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "ingest",
            "detect",
            "annotations",
            "review",
            "store",
            "outside",
            "exchange",
            "train",
            "config",
            "tui",
        ],
    ),
];

/// Layers that touch no disk, clock, environment, thread or terminal.
const PURE: [&str; 7] = [
    "text",
    "ingest",
    "detect",
    "annotations",
    "review",
    "exchange",
    "train",
];

/// What pure layers may not name.
const IMPURE: [&str; 12] = [
    "std::time::SystemTime",
    "std::time::Instant",
    "SystemTime",
    "Instant::now",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "getrandom",
    "rayon",
    "tempfile",
    "jiff::Timestamp::now",
    "directories",
];

/// Crates that one layer alone may use.
const OWNED: [(&str, &str); 5] = [
    ("ratatui", "tui"),
    ("crossterm", "tui"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
];

/// Lines a file may have.
const LONGEST: usize = 500;

/// A source file: its path below `src`, its text, and the text with nothing but code.
struct Source {
    path: PathBuf,
    text: String,
    code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Source {
        Source {
            path: PathBuf::from(path),
            text: text.to_owned(),
            code: code_of(text),
        }
    }

    /// The layer it belongs to; `None` for the root files.
    fn layer(&self) -> Option<&str> {
        let first = self.path.components().next()?.as_os_str().to_str()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        LAYERS
            .iter()
            .map(|(layer, _)| *layer)
            .find(|layer| *layer == name)
    }

    /// Whether the whole file is tests.
    fn is_tests(&self) -> bool {
        self.path.components().any(|part| {
            let name = part.as_os_str().to_string_lossy();
            name == "tests.rs" || name == "tests"
        })
    }

    /// The code that is no test: up to a test module within the file.
    fn product(&self) -> &str {
        if self.is_tests() {
            return "";
        }
        // A module of tests in a file of its own (`mod tests;`) takes nothing away.
        let mut from = 0;
        while let Some(at) = self.code[from..].find("#[cfg(test)]") {
            let after = &self.code[from + at..];
            let brace = after.find('{').unwrap_or(after.len());
            let semicolon = after.find(';').unwrap_or(after.len());
            if after[..brace.min(semicolon)].contains("mod ") && brace < semicolon {
                return &self.code[..from + at];
            }
            from += at + 1;
        }
        &self.code
    }
}

/// Blanks out comments, texts and characters, keeping lines.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("r\"") || rest.starts_with("r#\"") || rest.starts_with("br#\"") {
            raw_text(rest)
        } else if c == '"' {
            plain_text(rest)
        } else if c == '\'' {
            character(rest)
        } else {
            0
        };
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            code.extend(rest[..skipped].chars().filter(|c| *c == '\n'));
            code.push(' ');
            rest = &rest[skipped..];
        }
    }
    code
}

fn raw_text(rest: &str) -> usize {
    let quote = rest.find('"').unwrap_or(0);
    let hashes = rest[..quote].matches('#').count();
    let end = format!("\"{}", "#".repeat(hashes));
    rest[quote + 1..]
        .find(&end)
        .map_or(rest.len(), |at| quote + 1 + at + end.len())
}

fn plain_text(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a character in quotation marks; 0 for a lifetime.
fn character(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let from = at + escaped.len_utf8();
            rest[from..].find('\'').map_or(0, |end| from + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

/// Whether `word` stands in `code` as a whole path, not as the end of a longer name.
fn names(code: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(part_of_name) && !after.is_some_and(part_of_name)
    })
}

/// The modules that the code names right after `prefix`, alone or in braces.
fn used(code: &str, prefix: &str) -> Vec<String> {
    let mut used = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let after = code[at + prefix.len()..].trim_start();
        let list = match after.strip_prefix('{') {
            Some(group) => top_level(group),
            None => vec![after],
        };
        for path in list {
            let name = path.trim_start();
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
            used.push(name[..end.unwrap_or(name.len())].to_owned());
        }
    }
    used
}

/// The paths of a group in braces, without what stands in inner braces.
fn top_level(group: &str) -> Vec<&str> {
    let (mut depth, mut from, mut paths) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                paths.push(&group[from..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                paths.push(&group[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    paths
}

/// How far `super::` chains reach beyond the file's own layer: the name used there.
fn used_upwards(source: &Source) -> Vec<String> {
    let mut depth = source.path.components().count() - 1;
    let file = source.path.file_stem().and_then(|stem| stem.to_str());
    depth += usize::from(file != Some("mod"));
    let mut used = Vec::new();
    let chain = "super::".repeat(depth);
    for (at, _) in source.code.match_indices(&chain) {
        if source.code[..at].ends_with("super::") {
            continue;
        }
        let after = &source.code[at + chain.len()..];
        let end = after.find(|c: char| !c.is_alphanumeric() && c != '_');
        used.push(after[..end.unwrap_or(after.len())].to_owned());
    }
    used
}

fn layer_faults(source: &Source) -> Vec<String> {
    let Some(layer) = source.layer() else {
        return Vec::new();
    };
    let allowed = LAYERS
        .iter()
        .find(|(name, _)| *name == layer)
        .map_or(&[][..], |(_, may)| may);
    used(&source.code, "crate::")
        .into_iter()
        .chain(used_upwards(source))
        .filter(|name| LAYERS.iter().any(|(known, _)| known == name))
        .filter(|name| name != layer && !allowed.contains(&name.as_str()))
        .map(|name| format!("{layer} uses {name}"))
        .collect()
}

fn purity_faults(source: &Source) -> Vec<String> {
    let product = source.product();
    let mut faults = Vec::new();
    if source.layer().is_some_and(|layer| PURE.contains(&layer)) {
        for word in IMPURE {
            if names(product, word) {
                faults.push(format!("a pure layer names {word}"));
            }
        }
        for name in used(product, "std::") {
            if ["fs", "env", "net", "process", "thread"].contains(&name.as_str()) {
                faults.push(format!("a pure layer uses std::{name}"));
            }
        }
    }
    for (name, owner) in OWNED {
        if source.layer() != Some(owner) && names(&source.code, name) {
            faults.push(format!("{name} belongs to {owner}"));
        }
    }
    for word in [
        "println!",
        "eprintln!",
        "print!",
        "eprint!",
        "dbg!",
        "todo!",
        "unimplemented!",
    ] {
        if names(product, &word[..word.len() - 1]) && product.contains(word) {
            faults.push(format!("{word} in the product"));
        }
    }
    if product.contains(".unwrap()") {
        faults.push("unwrap() in the product".to_owned());
    }
    let printing = ["io::stdout", "io::stderr"]
        .iter()
        .any(|word| names(product, word));
    if printing && !matches!(source.layer(), Some("cli" | "tui")) {
        faults.push("prints outside cli".to_owned());
    }
    faults
}

/// Processes and sockets belong to one layer: everybody else asks it.
fn outside_faults(source: &Source) -> Vec<String> {
    if source.layer() == Some("outside") || source.is_tests() {
        return Vec::new();
    }
    let code = source.product();
    let starts = ["Command", "Child", "Stdio", ""];
    let mut faults: Vec<String> = used(code, "process::")
        .into_iter()
        .filter(|name| starts.contains(&name.as_str()))
        .map(|name| format!("process::{name} belongs to outside"))
        .collect();
    let opens = [
        "net",
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "UnixStream",
        "UnixListener",
    ];
    let nets = opens.iter().filter(|word| match **word {
        "net" => ["std::", "unix::"]
            .iter()
            .any(|at| used(code, at).iter().any(|n| n == "net")),
        word => names(code, word),
    });
    faults.extend(nets.map(|word| format!("{word} belongs to outside")));
    faults
}

fn shape_faults(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    // The subject of a `tests.rs` is that of the module it belongs to.
    let own_subject = source
        .path
        .file_name()
        .is_none_or(|name| name != "tests.rs");
    if own_subject && !source.text.starts_with("//! ") {
        faults.push("has no //! header".to_owned());
    }
    let lines = source.text.lines().count();
    if lines > LONGEST {
        faults.push(format!("has {lines} lines"));
    }
    if source.path.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        [
            "util", "utils", "helper", "helpers", "manager", "prelude", "common", "misc",
        ]
        .contains(&name.trim_end_matches(".rs"))
    }) {
        faults.push("has a name that says nothing".to_owned());
    }
    faults
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source is UTF-8");
                let below = path.strip_prefix(&root).expect("it was found below");
                sources.push(Source::new(
                    &below.to_string_lossy().replace('\\', "/"),
                    &text,
                ));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn assert_none(folder: &str, rule: fn(&Source) -> Vec<String>) {
    let faults: Vec<String> = sources(folder)
        .iter()
        .flat_map(|source| {
            let path = source.path.display().to_string();
            rule(source)
                .into_iter()
                .map(move |fault| format!("{folder}/{path}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn layers_use_only_those_below() {
    assert_none("src", layer_faults);
}

#[test]
fn pure_layers_touch_nothing_and_crates_stay_where_they_belong() {
    assert_none("src", purity_faults);
}

#[test]
fn one_layer_alone_starts_processes_and_opens_sockets() {
    assert_none("src", outside_faults);
}

#[test]
fn files_have_a_header_one_subject_and_a_bearable_length() {
    assert_none("src", shape_faults);
    assert_none("tests", shape_faults);
}

#[test]
fn every_folder_of_the_source_is_a_known_layer() {
    for source in sources("src") {
        let root = matches!(source.path.to_str(), Some("main.rs" | "lib.rs"));
        assert!(
            root || source.layer().is_some(),
            "{}",
            source.path.display()
        );
    }
}
