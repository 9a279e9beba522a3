//! What must hold for any bytes in the place of an article, a sidecar, a journal or the three
//! sides of a merge. Called with made-up bytes by the tests, and by the fuzzers in `fuzz/`.

use proofmark::annotations::{Document, Time, merge};
use proofmark::detect::language::lists::Lists;
use proofmark::detect::{Detect, Detector, Run};
use proofmark::ingest;
use proofmark::store::repair::repair;
use proofmark::store::sidecar::{self, render};
use proofmark::store::{OpenArticle, read_for_commands};
use proofmark::text::{Article, Clusters, Media, Signs, Visible, sentences};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

use crate::store_support::{Folder, article};

static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::new);

/// Whether a character may reach a terminal as it is.
fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        && !matches!(c, '\u{feff}' | '\u{200b}' | '\u{fff9}'..='\u{fffb}' | '\u{e0100}'..='\u{e01ef}')
}

/// A file of any bytes is read as an article with sound offsets, or refused by name; nothing
/// of it is drawn raw.
pub(crate) fn decode(bytes: &[u8]) {
    for name in ["a.txt", "a.md", "a.html"] {
        read_as(name, bytes);
    }
}

/// The same for a print.
pub(crate) fn print(bytes: &[u8]) {
    read_as("a.pdf", bytes);
}

/// The same for documents and books.
pub(crate) fn document(bytes: &[u8]) {
    for name in ["a.docx", "a.odt", "a.fodt", "a.rtf", "a.epub"] {
        read_as(name, bytes);
    }
}

/// The same for letters, with what is attached to them, and pages in their envelope.
pub(crate) fn letter(bytes: &[u8]) {
    read_as("a.eml", bytes);
    read_as("a.mht", bytes);
    for file in ingest::attachments(bytes, &ingest::is_ending) {
        assert!(
            !file.name.contains(['/', '\\']) && !file.name.starts_with('.'),
            "{}",
            file.name
        );
    }
}

/// The same for transcripts.
pub(crate) fn transcript(bytes: &[u8]) {
    read_as("a.vtt", bytes);
    read_as("a.srt", bytes);
}

/// A file of several articles gives entries whose files can be read, or none.
pub(crate) fn entries(bytes: &[u8]) {
    for name in [
        "a.rss", "a.xml", "a.json", "a.opml", "a.csv", "a.txt", "a.mbox", "a.webloc",
    ] {
        let Ok(Some(entries)) = ingest::entries(name, bytes) else {
            continue;
        };
        assert!(entries.list.len() <= ingest::MOST);
        for entry in entries.list {
            let is_web = |at: &String| at.starts_with("http://") || at.starts_with("https://");
            assert!(
                entry.address.as_ref().is_none_or(is_web),
                "{:?}",
                entry.address
            );
            if let Some(file) = entry.whole {
                read_as(&format!("a.{}", file.ending), &file.bytes);
            }
        }
    }
}

fn read_as(name: &str, bytes: &[u8]) {
    let article = match ingest::read(name, bytes) {
        Ok(article) => article,
        Err(error) => {
            assert!(error.to_string().contains(name), "{error}");
            return;
        }
    };
    let text = article.text();
    assert!(!text.contains('\r'));
    assert_eq!(article.length(), text.chars().count());
    assert_eq!(article.bytes_sha256()[..], Sha256::digest(bytes)[..]);
    let shown = Visible::new(text);
    assert!(
        shown.as_str().chars().all(is_harmless),
        "{:?}",
        shown.as_str()
    );
    for notice in article.notices() {
        assert!(!notice.is_empty());
    }
    let mut at = 0;
    for cluster in Clusters::new(text, 0, Signs::Unicode) {
        let span = cluster.span;
        assert!(span.start == at && span.end > at && text.is_char_boundary(span.end));
        at = span.end;
        assert!(
            cluster.drawn().chars().all(is_harmless),
            "{:?}",
            cluster.drawn()
        );
    }
    assert_eq!(at, text.len());
}

/// Any text has sentences and findings, all within it, and a sidecar that reads back.
pub(crate) fn detect(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let article = Article::new("a.txt", &text, Media::Plain);
    let mut end = 0;
    for sentence in sentences(&text, &Lists::english().stops) {
        assert!(end <= sentence.start && sentence.start < sentence.end);
        assert!(text.get(sentence.start..sentence.end).is_some());
        end = sentence.end;
    }
    let findings = DETECTOR.detect(&article);
    let mut document = Document::new(&article);
    document.adopt(
        &article,
        &findings,
        &Run::new("proofmark test", &findings.model),
        Time::new("2026-03-04T10:00:00Z"),
    );
    let written = render(&document, None);
    let read = sidecar::load(written.as_bytes(), &article).expect("what was written is read");
    assert_eq!(read.faults, []);
    assert_eq!(read.document, document);
    assert_eq!(render(&read.document, Some(&read.value)), written);
}

/// A document as it is compared: what is set aside carries its place in the file it was read
/// from, which sorting changes.
fn without_places(document: &Document) -> Document {
    let mut parts = document.clone().into_parts();
    for aside in &mut parts.aside {
        aside.reason.clear();
    }
    Document::from_parts(parts)
}

/// Annotations and links of a sidecar, whole or not; nothing if its bytes are no plain JSON.
fn records_in(bytes: &[u8]) -> Option<usize> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let length = |list: &str| value[list].as_array().map_or(0, Vec::len);
    Some(length("annotations") + length("links") + aside_in(&value))
}

/// Records at the end of a sidecar that could not be used.
fn aside_in(value: &serde_json::Value) -> usize {
    let list = value.get(sidecar::SET_ASIDE);
    list.and_then(serde_json::Value::as_array)
        .map_or(0, Vec::len)
}

/// Any sidecar is refused, or loaded; what is saved of it loads the same, and saving that
/// again changes nothing. A repaired copy is whole.
pub(crate) fn sidecar_bytes(bytes: &[u8]) {
    let article = article();
    if let Ok(loaded) = sidecar::load(bytes, &article)
        && loaded.read_only.is_none()
    {
        let written = render(&loaded.document, Some(&loaded.value));
        let again = sidecar::load(written.as_bytes(), &article).expect("what was saved loads");
        // What follows from other values was put right.
        assert!(again.faults.len() <= loaded.faults.len(), "{written}");
        if aside_in(&again.value) == aside_in(&loaded.value) {
            let [one, two] = [&again, &loaded].map(|loaded| without_places(&loaded.document));
            assert_eq!(one, two);
        }
        assert_eq!(render(&again.document, Some(&again.value)), written);
        if let Some(count) = records_in(bytes) {
            // Set aside or not, every record is in the file, if not as one with its twin.
            let twins = loaded.faults.iter();
            let twins = twins.filter(|fault| fault.message.ends_with("joined with the first"));
            let left = count - twins.count();
            assert_eq!(records_in(written.as_bytes()), Some(left), "{written}");
        }
    }
    match repair(bytes, &article) {
        Ok(Some(repaired)) => {
            let again = sidecar::load(&repaired.bytes, &article).expect("a copy is readable");
            // Bookkeeping that nothing puts right stays, and so does what has it.
            let unmended = again.faults.iter().find(|fault| !fault.is_kept());
            assert_eq!(unmended, None);
            assert_eq!(again.read_only, None);
            assert!(!repaired.changes.is_empty());
        }
        Ok(None) => {}
        Err(why) => assert!(!why.is_empty()),
    }
}

/// Lines as a journal: each gets its right checksum unless it begins with `!`, so that more
/// than the checksum is tried.
pub(crate) fn with_checksums(bytes: &[u8]) -> Vec<u8> {
    let mut journal = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        match body.strip_suffix(b"}") {
            Some(open) if !body.starts_with(b"!") => {
                let digest = Sha256::digest(body);
                journal.extend(open);
                journal.extend(b",\"sum\":\"");
                for byte in &digest[..8] {
                    journal.extend(format!("{byte:02x}").bytes());
                }
                journal.extend(b"\"}\n");
            }
            _ => journal.extend(line),
        }
    }
    journal
}

/// Any journal is taken up as far as it is whole; what comes of it is saved as a whole
/// sidecar, and taking the same journal up again changes nothing.
pub(crate) fn journal(bytes: &[u8]) {
    let folder = Folder::new();
    let bytes = with_checksums(bytes);
    std::fs::write(folder.journal(), &bytes).expect("written");
    let read = read_for_commands(&folder.article, None).expect("reads");
    let mut desk = OpenArticle::open(&folder.article, &folder.options).expect("opens");
    assert_eq!(desk.replayed, read.replayed);
    let document = desk.take_document();
    assert_eq!(document, read.document);
    desk.close(&document).expect("closes");
    let article = article();
    let saved = std::fs::read(folder.sidecar());
    assert!(
        saved.is_ok() || read.replayed == 0,
        "taken up and not saved"
    );
    if let Ok(saved) = saved {
        let loaded = sidecar::load(&saved, &article).expect("what was saved loads");
        assert_eq!(loaded.read_only, None);
        let astray = |notice: &String| notice.contains("no longer there");
        if read.notices.iter().any(astray) {
            // A forged line may decide on a record that only a later line brings.
            return;
        }
        if !loaded.faults.is_empty() {
            // A forged line with a right checksum may say what a sidecar may not: that record
            // is kept, set aside.
            return;
        }
        assert!(!loaded.changes(&saved));
        std::fs::write(folder.journal(), &bytes).expect("put back");
        let again = read_for_commands(&folder.article, None).expect("reads");
        assert_eq!(again.document, loaded.document);
    }
}

/// What parts the sides of a merge in the bytes of [`merged`].
pub(crate) const SIDE: &[u8] = b"\n%%%%\n";

/// Any three sidecars merge into one that loads, both ways round, with or without a base; a
/// side merged with itself is itself.
pub(crate) fn merged(bytes: &[u8]) {
    let article = article();
    let mut sides = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(SIDE.len()).position(|window| window == SIDE) {
        sides.push(&rest[..at]);
        rest = &rest[at + SIDE.len()..];
    }
    sides.push(rest);
    let load = |bytes: &[u8]| {
        let loaded = sidecar::load(bytes, &article).ok()?;
        (loaded.read_only.is_none() && !loaded.text_changed).then_some(loaded.document)
    };
    let documents: Vec<Option<Document>> = sides.iter().take(3).map(|side| load(side)).collect();
    let [base, Some(ours), Some(theirs)] = &documents[..] else {
        return;
    };
    let itself = merge(None, ours, ours).document;
    assert_eq!(without_places(&itself), without_places(ours));
    for base in [base.as_ref(), None] {
        for (ours, theirs) in [(ours, theirs), (theirs, ours)] {
            let merged = merge(base, ours, theirs).document;
            let written = render(&merged, None);
            let read = sidecar::load(written.as_bytes(), &article).expect("a merge is readable");
            assert_eq!(read.read_only, None, "{written}");
            let aside = merged.parts().aside.len();
            // A record set aside on one side can find its place beside the other's.
            assert!(read.document.parts().aside.len() <= aside, "{written}");
            for side in [ours, theirs] {
                for record in side.annotations() {
                    let kept = merged.annotation(&record.id);
                    let gone = base.is_some_and(|base| base.annotation(&record.id).is_some());
                    assert!(gone || kept.is_some(), "{} is gone", record.id);
                }
            }
        }
    }
}
