//! Cases of detection as people write them: Markdown files that read as prose, a folder a
//! language.
//!
//! Under a heading of a construction (`##`) and one of the case (`###`) stands a text in a fenced
//! block, and below it what must be found:
//!
//! - attributions are marked in the text: `[S …]` source, `[Q …]` cue, `[C …]` content; a number
//!   behind the letter tells several attributions of one text apart (`[S2 …]`), two numbers say
//!   that both share the mark (`[S1&2 …]`). `Attributions: none.` says that nothing may be found;
//! - a list under `Sources:` has every mention: its words, its type, the name of whom it stands
//!   for, and behind "as" the role;
//! - a list under `Claims:` has every claim: words that stand in it, its voice, one of its kinds;
//! - `- none` is a list without entries, and `Known wrong:` tells why a case is not right yet.
//!
//! Behind ```` ```text ```` may stand "alone" (the text is the whole article; else a first
//! paragraph stands before it, as articles have one) "exact" (the source's words must be found
//! and no others) and "whole" (what is said must begin and end where it is marked). Everything else is prose for people.

use std::fs;
use std::path::Path;

use proofmark::detect::{Kind, SourceType, Voice};
use proofmark::text::{Span, Word};

/// A first paragraph, as articles have one: alone, a case would be read as a headline.
pub(super) const LEAD: &str =
    "The council met again on Monday to look at the plans for the harbour.\n\n";

/// A mention of a source.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mention {
    pub(super) words: String,
    pub(super) source_type: SourceType,
    /// Of whom it stands for.
    pub(super) name: String,
    pub(super) role: Option<String>,
}

/// A claim.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    /// They stand in it.
    pub(super) words: String,
    pub(super) voice: Voice,
    /// One of its kinds.
    pub(super) kind: Kind,
}

/// What one attribution of a marked text should hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marked {
    pub(super) source: Vec<Span>,
    pub(super) cue: Vec<Span>,
    pub(super) content: Vec<Span>,
}

/// A text, and what must be found in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Case {
    /// File and line.
    pub(super) place: String,
    pub(super) construction: String,
    pub(super) name: String,
    /// The text with its marks, and the first paragraph where it has one.
    pub(super) marked: String,
    /// Bytes of the first paragraph.
    pub(super) lead: usize,
    pub(super) exact_source: bool,
    pub(super) whole_content: bool,
    pub(super) without_attribution: bool,
    pub(super) sources: Option<Vec<Mention>>,
    pub(super) claims: Option<Vec<Wanted>>,
    pub(super) known_wrong: Option<String>,
}

impl Case {
    /// The text without its marks, and what was marked.
    pub(super) fn text(&self) -> (String, Vec<Marked>) {
        unmark(&self.marked)
    }

    /// Whether its attributions are asked for.
    pub(super) fn has_attributions(&self) -> bool {
        self.without_attribution || self.marked.contains("[C")
    }

    /// Construction and name.
    pub(super) fn id(&self) -> String {
        format!("{}: {}", self.construction, self.name)
    }
}

/// Takes the marks out of a text.
fn unmark(marked: &str) -> (String, Vec<Marked>) {
    let mut text = String::new();
    let mut wanted: Vec<Marked> = Vec::new();
    let mut open: Option<(char, Vec<usize>, usize)> = None;
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        let kind = tail.chars().next().filter(|k| matches!(k, 'S' | 'Q' | 'C'));
        match (c, kind, &open) {
            ('[', Some(kind), None) => {
                let is_number = |c: &char| c.is_ascii_digit() || *c == '&';
                let digits: String = tail[1..].chars().take_while(is_number).collect();
                let numbers = digits.split('&').map(|n| n.parse().unwrap_or(1));
                open = Some((kind, numbers.collect(), text.len()));
                rest = tail[1 + digits.len()..].trim_start_matches(' ');
                continue;
            }
            (']', _, Some((kind, numbers, start))) => {
                for number in numbers {
                    wanted.resize(wanted.len().max(*number), Marked::default());
                    let one = &mut wanted[number - 1];
                    let list = match kind {
                        'S' => &mut one.source,
                        'Q' => &mut one.cue,
                        _ => &mut one.content,
                    };
                    list.push(Span::new(*start, text.len()));
                }
                open = None;
            }
            _ => text.push(c),
        }
        rest = tail;
    }
    (text, wanted)
}

/// What a list under a case tells of.
#[derive(Clone, Copy, PartialEq)]
enum List {
    Sources,
    Claims,
}

/// Reads a file of cases; an error names the line.
pub(super) fn read(file: &str, markdown: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut construction = String::new();
    let mut list = None;
    let mut lines = markdown.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let place = format!("{file}:{}", number + 1);
        let fault = |what: &str| Err(format!("{place}: {what}: {line:?}"));
        if let Some(name) = line.strip_prefix("### ") {
            if construction.is_empty() {
                return fault("no ## before it");
            }
            cases.push(Case {
                place,
                construction: construction.clone(),
                name: name.trim().to_owned(),
                ..Case::default()
            });
            list = None;
            continue;
        }
        if let Some(name) = line.strip_prefix("## ") {
            name.trim().clone_into(&mut construction);
            continue;
        }
        let Some(case) = cases.last_mut() else {
            if line.starts_with("```") || line.starts_with("- ") {
                return fault("no ### before it");
            }
            continue;
        };
        if let Some(about) = line.strip_prefix("```") {
            let mut about = about.split_whitespace();
            if about.next() != Some("text") || !case.marked.is_empty() {
                return fault("one block of text is wanted");
            }
            let mut lead = LEAD;
            for word in about {
                match word {
                    "alone" => lead = "",
                    "exact" => case.exact_source = true,
                    "whole" => case.whole_content = true,
                    _ => return fault("a block is alone, exact or whole"),
                }
            }
            let inside: Vec<&str> = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| *line != "```")
                .collect();
            case.marked = format!("{lead}{}", inside.join("\n"));
            case.lead = lead.len();
        } else if line == "Sources:" {
            list = Some(List::Sources);
            case.sources = Some(Vec::new());
        } else if line == "Claims:" {
            list = Some(List::Claims);
            case.claims = Some(Vec::new());
        } else if line == "Attributions: none." {
            case.without_attribution = true;
        } else if let Some(reason) = line.strip_prefix("Known wrong: ") {
            case.known_wrong = Some(reason.to_owned());
        } else if let Some(entry) = line.strip_prefix("- ") {
            let taken = match (list, entry) {
                (Some(_), "none") => Some(()),
                (Some(List::Sources), _) => {
                    mention(entry).map(|one| case.sources.get_or_insert_default().push(one))
                }
                (Some(List::Claims), _) => {
                    wanted(entry).map(|one| case.claims.get_or_insert_default().push(one))
                }
                (None, _) => None,
            };
            if taken.is_none() {
                return fault("no entry of a list of sources or claims");
            }
        } else if ["Sources", "Claims", "Attributions", "Known"]
            .iter()
            .any(|word| line.starts_with(word))
        {
            return fault("it looks like what must be found, but is not");
        }
    }
    for case in &cases {
        let asks = case.has_attributions() || case.sources.is_some() || case.claims.is_some();
        if case.marked.is_empty() || !asks {
            return Err(format!("{}: nothing to find: {}", case.place, case.id()));
        }
    }
    Ok(cases)
}

/// The words between backticks at the start of an entry, and what follows.
fn quoted(entry: &str) -> Option<(String, &str)> {
    let (words, rest) = entry.strip_prefix('`')?.split_once('`')?;
    Some((words.to_owned(), rest))
}

/// `words`: type, `name`, as `role`
fn mention(entry: &str) -> Option<Mention> {
    let (words, rest) = quoted(entry)?;
    let (source_type, rest) = rest.strip_prefix(": ")?.split_once(", ")?;
    let (name, rest) = quoted(rest)?;
    let role = match rest {
        "" => None,
        _ => Some(
            quoted(rest.strip_prefix(", as ")?)
                .filter(|(_, rest)| rest.is_empty())?
                .0,
        ),
    };
    Some(Mention {
        words,
        source_type: SourceType::parse(source_type)?,
        name,
        role,
    })
}

/// `words`: voice, kind
fn wanted(entry: &str) -> Option<Wanted> {
    let (words, rest) = quoted(entry)?;
    let (voice, kind) = rest.strip_prefix(": ")?.split_once(", ")?;
    Some(Wanted {
        words,
        voice: Voice::parse(voice)?,
        kind: Kind::parse(kind)?,
    })
}

/// The cases of a language, by file.
pub(super) fn of(language: &str) -> Vec<Case> {
    let below = format!("tests/detection/{language}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(&below);
    let entries = fs::read_dir(&folder).expect("a folder of cases");
    let mut files: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md"))
        .collect();
    files.sort();
    let read_one = |file: &String| {
        let markdown = fs::read_to_string(folder.join(file)).expect("a file of cases");
        read(&format!("{below}/{file}"), &markdown).unwrap_or_else(|fault| panic!("{fault}"))
    };
    files.iter().flat_map(read_one).collect()
}

#[test]
fn a_case_is_read_as_it_is_written() {
    let file = "# Title\n\nProse.\n\n## said\n\n### Orr\n\nShe is a pilot.\n\n```text alone exact\n\
                [S Ann] [Q said]\n[C it].\n```\n\nSources:\n\n- `Ann`: named person, `Ann Orr`, as \
                `a pilot`\n- `it`: unknown, `it`\n\nClaims:\n\n- none\n\nKnown wrong: why.\n";
    let cases = read("a.md", file).expect("a case");
    assert_eq!(cases.len(), 1);
    let case = &cases[0];
    assert_eq!(
        (case.place.as_str(), case.id().as_str()),
        ("a.md:7", "said: Orr")
    );
    assert!(case.exact_source && case.lead == 0 && case.has_attributions());
    let (text, marked) = case.text();
    assert_eq!(text, "Ann said\nit.");
    assert_eq!(marked[0].content, [Span::new(9, 11)]);
    let sources = case.sources.as_ref().expect("sources");
    assert_eq!(sources[0].role.as_deref(), Some("a pilot"));
    assert_eq!((sources[1].name.as_str(), &sources[1].role), ("it", &None));
    assert_eq!(case.claims, Some(Vec::new()));
    assert_eq!(case.known_wrong.as_deref(), Some("why."));
}

#[test]
fn what_would_be_passed_over_is_refused_with_its_line() {
    for (file, line) in [
        ("### a\n", 1),
        ("## a\n### b\n```text\nx\n```\n", 2),
        ("## a\n### b\n```text\n[C x]\n```\n```text\ny\n```\n", 6),
        ("## a\n### b\n```text loud\nx\n```\n", 3),
        ("## a\n### b\n```text\nx\n```\nSources: \n", 6),
        (
            "## a\n### b\n```text\nx\n```\nSources:\n- `x`: person, `x`\n",
            7,
        ),
        (
            "## a\n### b\n```text\nx\n```\nClaims:\n- `x`: loud, event\n",
            7,
        ),
        ("## a\n### b\n```text\nx\n```\n- `x`: own, event\n", 6),
        ("## a\n- `x`: own, event\n", 2),
    ] {
        let fault = read("a.md", file).expect_err(file);
        assert!(fault.starts_with(&format!("a.md:{line}: ")), "{fault}");
    }
}
