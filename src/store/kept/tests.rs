//! Kept texts: found by their digest alone, private, few enough, and never trusted.

use std::time::Duration;

use serde_json::Map;

use super::*;
use crate::annotations::{Annotation, Decision, Id, RecordKind, Review, Target, Time};
use crate::text::{Mark, Media, Open, Span};

fn article(text: &str) -> Article {
    Article::new("story.txt", text, Media::Plain)
}

/// A document of the article with one mark, judged in the text that `judged` is.
fn document(article: &Article, judged: Option<&Article>) -> Document {
    let mut parts = Document::new(article).into_parts();
    let mark = Mark::whole(Span::new(0, 3)).expect("not empty");
    let place = mark.clone();
    let review = |judged: &Article| Review {
        decision: Open::Known(Decision::Confirm),
        text: text_id(judged.text_sha256()),
        at: Time::new("2026-01-05T10:00:00Z"),
        kind: Some(Open::Known(RecordKind::Claim)),
        quote: Some(Target::at(judged, place.clone()).quote),
        kinds: Vec::new(),
        verdict: None,
        note: None,
        seconds: None,
        tool: None,
        unknown: Map::new(),
    };
    let id = Id::new("a-000000000001");
    let target = Target::at(article, mark);
    parts.annotations.push(Annotation {
        reviews: judged
            .map(|judged| ("ana".to_owned(), review(judged)))
            .into_iter()
            .collect(),
        ..Annotation::new(id, Open::Known(RecordKind::Claim), target)
    });
    Document::from_parts(parts)
}

/// Keeps a judged text and gives back its digest.
fn kept(state: &Path, text: &str) -> String {
    let article = article(text);
    keep(state, &article, &document(&article, Some(&article))).expect("kept");
    hex(article.text_sha256())
}

#[test]
fn a_judged_text_is_found_by_its_digest() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("state");
    let old = kept(&state, "The old text — é.\n");
    let new = kept(&state, "The new text.\n");
    assert_eq!(
        kept_text(&state, &old).as_deref(),
        Some("The old text — é.\n")
    );
    assert_eq!(kept_text(&state, &new).as_deref(), Some("The new text.\n"));
    // What nobody judged is not kept, nor is a text because another one was judged.
    let other = article("Nobody looked at this.\n");
    keep(&state, &other, &document(&other, None)).expect("nothing to do");
    keep(
        &state,
        &other,
        &document(&other, Some(&article("The old text — é.\n"))),
    )
    .expect("the same");
    assert_eq!(kept_text(&state, &hex(other.text_sha256())), None);
    assert_eq!(fs::read_dir(state.join("texts")).expect("there").count(), 2);
}

#[test]
fn what_is_not_the_text_of_its_digest_is_as_good_as_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path();
    let digest = kept(state, "the council did not pay");
    let path = place(state, &digest);
    for bytes in [&b"the council did now pay"[..], b"", b"\xff\xfe"] {
        fs::write(&path, bytes).expect("written");
        assert_eq!(kept_text(state, &digest), None);
    }
    // It is written anew with the next decision.
    kept(state, "the council did not pay");
    assert!(kept_text(state, &digest).is_some());
}

#[test]
fn a_digest_leads_nowhere_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("state");
    kept(&state, "a text");
    fs::write(folder.path().join("secret.txt"), "secret").expect("written");
    let long = format!("../../{}", "a".repeat(58));
    for digest in [
        "",
        "../../secret",
        "/etc/passwd",
        &long,
        &"A".repeat(64),
        &"é".repeat(32),
    ] {
        assert_eq!(kept_text(&state, digest), None, "{digest}");
    }
}

#[test]
fn those_used_longest_ago_go_first_and_nothing_else_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path();
    let texts = state.join("texts");
    let digests: Vec<String> = (0..5)
        .map(|n| kept(state, &format!("text number {n}")))
        .collect();
    for (n, digest) in (1..).zip(&digests) {
        let file = OpenOptions::new()
            .append(true)
            .open(place(state, digest))
            .expect("there");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(n * 60))
            .expect("set");
    }
    for foreign in ["notes.txt", "note", ".hidden.tmp"] {
        fs::write(texts.join(foreign), "x".repeat(99)).expect("written");
    }
    // Used again, so it is not the oldest any more.
    kept(state, "text number 0");
    let left = || {
        digests
            .iter()
            .map(|digest| kept_text(state, digest).is_some())
            .collect::<Vec<_>>()
    };
    prune(&texts, 4, u64::MAX);
    assert_eq!(left(), [true, false, true, true, true]);
    prune(&texts, 99, 2 * "text number 0".len() as u64);
    assert_eq!(left(), [true, false, false, false, true]);
    prune(&texts, 99, 0);
    assert_eq!(
        left(),
        [true, false, false, false, false],
        "the newest stays"
    );
    for foreign in ["notes.txt", "note", ".hidden.tmp"] {
        assert!(texts.join(foreign).exists(), "{foreign}");
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_them_and_no_link_is_written_through() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("state");
    let digest = kept(&state, "private until it is printed");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&place(&state, &digest)), 0o600);
    assert_eq!((mode(&state), mode(&state.join("texts"))), (0o700, 0o700));

    let victim = folder.path().join("victim");
    fs::write(&victim, "mine").expect("written");
    let other = article("another text");
    let planted = place(&state, &hex(other.text_sha256()));
    symlink(&victim, &planted).expect("linked");
    keep(&state, &other, &document(&other, Some(&other))).expect_err("a link is no text");
    assert_eq!(fs::read_to_string(&victim).expect("there"), "mine");
    assert_eq!(kept_text(&state, &hex(other.text_sha256())), None);
}

#[test]
fn saving_decisions_keeps_the_text_they_were_made_in() {
    use crate::store::{OpenArticle, OpenOptions};

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("story.txt");
    let state = folder.path().join("state");
    let options = OpenOptions {
        state_dir: Some(state.clone()),
        ..OpenOptions::default()
    };
    let open = |text: &str| {
        fs::write(&path, text).expect("written");
        OpenArticle::open(&path, &options).expect("opens")
    };
    let mut desk = open("The council did pay the firm.\n");
    desk.save(&document(&desk.article, None)).expect("saved");
    let digest = hex(desk.article.text_sha256());
    assert_eq!(kept_text(&state, &digest), None);
    let judged = document(&desk.article, Some(&desk.article));
    desk.save(&judged).expect("saved");
    drop(desk);
    let mut desk = open("The council did not pay the firm.\n");
    let document = desk.take_document();
    let judged_in = &document.annotations()[0].reviews[0].1.text;
    let texts = &document.parts().texts;
    let (_, version) = texts.iter().find(|(id, _)| id == judged_in).expect("named");
    assert_eq!(
        kept_text(&state, &version.sha256).as_deref(),
        Some("The council did pay the firm.\n")
    );
}
