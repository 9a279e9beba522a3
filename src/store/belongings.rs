//! Which article a file belongs to, by its name alone: the program's own names, and what sync
//! clients make of them when two machines changed one file.
//!
//! Says what a name may be; whether the file is that is seen by whoever reads it.

use std::ffi::{OsStr, OsString};

use crate::ingest::is_article_name;

/// What all our files have in their names.
const OURS: &str = ".proofmark";

/// How a file belongs to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The sidecar.
    Sidecar,
    /// A copy of the sidecar under a name that a sync client or a person gave it.
    Copy,
    /// A sidecar under a name that says nothing of it (`backup.json`).
    Free,
    /// The journal.
    Journal,
}

impl Kind {
    /// Whether it is one more sidecar beside the one that an article opens.
    pub(super) fn is_copy(self) -> bool {
        matches!(self, Kind::Copy | Kind::Free)
    }
}

/// The file of this name as one that holds an article's decisions: how, and the article's name.
pub(super) fn belonging(name: &OsStr) -> Option<(Kind, OsString)> {
    let name = name.to_str()?;
    let at = name.rfind(OURS).filter(|at| *at > 0)?;
    let (article, end) = (&name[..at], &name[at + OURS.len()..]);
    if end == ".json" {
        return Some((Kind::Sidecar, article.into()));
    }
    if end == ".journal" {
        let article = article.strip_prefix('.')?;
        return (!article.is_empty()).then(|| (Kind::Journal, article.into()));
    }
    is_json(end).then(|| (Kind::Copy, article.into()))
}

/// Whether a name is that of JSON that somebody may have copied a sidecar to, and not of what was
/// merged, repaired or begun.
pub(super) fn is_json(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_settled = lower.contains(".merged") || lower.contains(".repaired");
    let is_temporary =
        lower.ends_with(".tmp") || lower.ends_with(".part") || lower.contains(".lock");
    let is_export = [".jsonl", ".jsonld", TASKS]
        .iter()
        .any(|end| lower.ends_with(end));
    lower.contains(".json") && !is_export && !is_settled && !is_temporary
}

/// How the names of exports end that stand beside an article.
const EXPORTS: [&str; 7] = [".jsonl", ".jsonld", ".csv", ".md", ".html", ".conll", TASKS];
/// That of the one export which is JSON and no lines of it.
const TASKS: &str = ".labelstudio.json";

/// Whether a name is taken for a file that belongs to an article, or for a copy that a sync client
/// made of one: what is written under it would be offered, merged or cleared away as such.
pub(super) fn is_taken(name: &OsStr) -> bool {
    let text = name.to_string_lossy();
    let lower = text.to_lowercase();
    let is_article_copy = || is_article_name(&text) && original_article(&text).is_some();
    // Some disks take names that differ by their case for one.
    if !lower.contains(OURS) {
        return is_article_copy();
    }
    let is_export = EXPORTS.iter().any(|end| lower.ends_with(end));
    let is_settled = lower.contains(".merged") || lower.contains(".repaired");
    let belongs = belonging(OsStr::new(&lower)).is_some();
    !is_export || is_settled || belongs || is_article_copy()
}

/// Whether a name is that of a copy of a text layer: no article, whatever its extension.
pub(super) fn is_layer_copy(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.rfind(OURS)
        .is_some_and(|at| is_article_name(&name[..at]) && name.to_lowercase().ends_with(".txt"))
}

/// The names, best first, that the original of a copied file may have: `name` itself, and what is
/// left without words put before it ("Copy of story.txt").
pub(super) fn originals(name: &str) -> impl Iterator<Item = &str> {
    let after_blanks = name.match_indices(' ').map(|(at, _)| &name[at + 1..]);
    std::iter::once(name).chain(after_blanks.filter(|rest| !rest.is_empty()))
}

/// The article that this one is a conflict copy of by its name, as sync clients spell it.
pub(super) fn original_article(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let whole = |stem: &str| {
        let stem = stem.trim_end();
        (!stem.is_empty()).then(|| format!("{stem}.{extension}"))
    };
    // Syncthing: story.sync-conflict-20260101-120000-ABCDEFG.txt
    if let Some((stem, mark)) = stem.rsplit_once(".sync-conflict-")
        && mark.starts_with(|c: char| c.is_ascii_digit())
    {
        return whole(stem);
    }
    // ownCloud, Synology: story_conflict-20260101-120000.txt, story_HOST_Jan-01_Conflict.txt
    let lower = stem.to_lowercase();
    if lower.len() == stem.len()
        && let Some(at) = lower.rfind("_conflict")
    {
        return whole(&stem[..at]);
    }
    // Dropbox, Nextcloud, Seafile, in whatever language: story (Ana's conflicted copy 2026).txt
    let (open, close) = (stem.rfind(['(', '['])?, stem.len() - 1);
    if !stem.ends_with([')', ']']) {
        return None;
    }
    let inside = stem[open + 1..close].to_lowercase();
    let is_conflict = CONFLICT.iter().any(|word| inside.contains(word));
    if is_conflict {
        whole(&stem[..open])
    } else {
        None
    }
}

/// How sync clients write that two versions met, in the languages they are shown in.
const CONFLICT: [&str; 15] = [
    "conflict",
    "konflikt",
    "conflit",
    "ristiriita",
    "çakışan",
    "конфликт",
    "конфлікт",
    "競合",
    "冲突",
    "衝突",
    "충돌",
    "متعارض",
    "sprzeczn",
    "collision",
    "kollision",
];

/// Whether `name` is what people and systems call a copy of `original`: its stem with something
/// put before or behind it, and the same extension.
pub(super) fn is_named_after(name: &str, original: &str) -> bool {
    let (Some((stem, end)), Some((old, old_end))) =
        (name.rsplit_once('.'), original.rsplit_once('.'))
    else {
        return false;
    };
    let is_part = stem.strip_prefix(old).or_else(|| stem.strip_suffix(old));
    // A letter or figure right beside it makes another word of it: "storys", "story2".
    let is_apart = |rest: &str| {
        let beside = match stem.starts_with(old) {
            true => rest.chars().next(),
            false => rest.chars().next_back(),
        };
        beside.is_some_and(|c| !c.is_alphanumeric())
    };
    end.eq_ignore_ascii_case(old_end) && is_part.is_some_and(is_apart)
}

/// The names that an article may have of which one called `name` is a copy by
/// [`is_named_after`], the longest first.
pub(super) fn may_be_named_after(name: &str) -> Vec<String> {
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return Vec::new();
    };
    let borders = stem.char_indices().filter(|(_, c)| !c.is_alphanumeric());
    let parts = borders.flat_map(|(at, c)| [&stem[..at], &stem[at + c.len_utf8()..]]);
    let mut parts: Vec<&str> = parts.filter(|part| !part.trim().is_empty()).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts.dedup();
    let names = parts.into_iter().map(|part| format!("{part}.{extension}"));
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sync_clients_lead_to_the_article() {
        for copy in [
            "story.txt.proofmark.sync-conflict-20260101-120000-ABCDEFG.json",
            "story.txt.proofmark (Ana's conflicted copy 2026-01-01).json",
            "story.txt.proofmark (Anas in Konflikt stehende Kopie 2026-01-01).json",
            "story.txt.proofmark (conflicted copy 2026-01-01 120000).json",
            "story.txt.proofmark_conflict-20260101-120000.json",
            "story.txt.proofmark 2.json",
            "story.txt.proofmark (1).json",
            "story.txt.proofmark-NEWSDESK.json",
            "story.txt.proofmark - Kopie.json",
            "story.txt.proofmark.json.orig",
            "story.txt.proofmark.json~",
            "story.txt.proofmark.json.bak",
        ] {
            let found = belonging(OsStr::new(copy));
            assert_eq!(found, Some((Kind::Copy, "story.txt".into())), "{copy}");
        }
        let sidecar = belonging(OsStr::new("story.txt.proofmark.json"));
        assert_eq!(sidecar, Some((Kind::Sidecar, "story.txt".into())));
        let journal = belonging(OsStr::new(".story.txt.proofmark.journal"));
        assert_eq!(journal, Some((Kind::Journal, "story.txt".into())));
        for other in [
            "story.txt",
            "story.txt.proofmark.jsonl",
            "story.txt.proofmark.json.merged",
            "story.txt.proofmark (conflicted copy).json.merged-2",
            "story.txt.proofmark.json.repaired.json",
            "story.txt.proofmark.txt",
            ".story.txt.proofmark.lock",
            ".story.txt.proofmark.json.0123456789abcdef.tmp",
            ".proofmark.json",
            "package.json",
        ] {
            assert_eq!(belonging(OsStr::new(other)), None, "{other}");
        }
        let names: Vec<&str> = originals("Copy of story.txt").collect();
        assert_eq!(names, ["Copy of story.txt", "of story.txt", "story.txt"]);
    }

    #[test]
    fn no_export_is_called_like_what_belongs_to_an_article() {
        for name in [
            "story.txt.proofmark.json",
            "story.txt.proofmark.txt",
            ".story.txt.proofmark.journal",
            ".story.txt.proofmark.lock",
            "story.txt.proofmark.json.repaired.json",
            "story.txt.proofmark.json.repaired.csv",
            ".story.txt.proofmark.journal.repaired",
            "story.txt.proofmark.json.merged",
            "story.txt.proofmark.sync-conflict-20260101-120000-ABCDEFG.json",
            "story.txt.proofmark.json 2.csv",
            "story (Ana's conflicted copy 2026-01-01).md",
        ] {
            assert!(is_taken(OsStr::new(name)), "{name}");
        }
        for name in [
            "claims.csv",
            "claims.proofmark.csv",
            "story.txt.proofmark.jsonl",
            "story.txt.proofmark.md",
            "story.txt.proofmark 2.csv",
            "conflict (Ana's conflicted copy).csv",
            "report.md",
        ] {
            assert!(!is_taken(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn copies_of_articles_are_known_by_name() {
        for copy in [
            "story.sync-conflict-20260101-120000-ABCDEFG.txt",
            "story (Ana's conflicted copy 2026-01-01).txt",
            "story (conflicted copy 2026-01-01 120000).txt",
            "story_conflict-20260101-120000.txt",
            "story (SFConflict ana@desk.example 2026-01-01-12-00-00).txt",
            "story (競合コピー 2026-01-01).txt",
        ] {
            assert_eq!(
                original_article(copy).as_deref(),
                Some("story.txt"),
                "{copy}"
            );
        }
        for other in [
            "story.txt",
            "story (1).txt",
            "border conflict (analysis).txt",
            "story 2.txt",
            "(conflict).txt",
        ] {
            assert_eq!(original_article(other), None, "{other}");
        }
        for copy in [
            "story 2.txt",
            "story (1).txt",
            "Copy of story.txt",
            "story-HOST.txt",
        ] {
            assert!(is_named_after(copy, "story.txt"), "{copy}");
        }
        for other in [
            "story2.txt",
            "storys.txt",
            "wire copy.txt",
            "story.txt",
            "story 2.md",
        ] {
            assert!(!is_named_after(other, "story.txt"), "{other}");
        }
        assert!(is_layer_copy(OsStr::new(
            "page.html.proofmark (conflicted copy).txt"
        )));
        assert!(!is_layer_copy(OsStr::new("notes on .proofmark files.txt")));
    }
}
