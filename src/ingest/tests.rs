//! Encodings, line ends and what is refused.

use super::*;
use crate::text::Media;

fn text(bytes: &[u8]) -> String {
    read("story.txt", bytes)
        .expect("readable")
        .text()
        .to_owned()
}

#[test]
fn a_text_layer_has_no_mark_and_lf_line_ends() {
    assert_eq!(
        text(b"\xef\xbb\xbfone\r\ntwo\rthree\n\r\n"),
        "one\ntwo\nthree\n\n"
    );
    assert_eq!(
        text("e\u{301} \u{feff}stays".as_bytes()),
        "e\u{301} \u{feff}stays"
    );
    assert_eq!(text(b""), "");
}

#[test]
fn digests_are_of_the_stored_bytes_and_of_the_text() {
    let stored = b"one\r\n";
    let article = read("a.md", stored).expect("readable");
    assert_eq!(article.media(), Media::Markdown);
    assert_eq!(article.bytes_sha256()[..], Sha256::digest(stored)[..]);
    assert_eq!(article.text_sha256()[..], Sha256::digest(b"one\n")[..]);
    assert!(article.notices().is_empty());
}

#[test]
fn utf16_is_read_with_a_mark_and_refused_without() {
    let sentence = "Fares fell, said the “agency”.";
    for big in [false, true] {
        let units: Vec<u8> = sentence
            .encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect();
        let error = read("story.txt", &units).expect_err("no mark").to_string();
        assert!(
            error.contains(if big { "UTF-16BE" } else { "UTF-16LE" }),
            "{error}"
        );
        let mut marked = if big {
            vec![0xfe, 0xff]
        } else {
            vec![0xff, 0xfe]
        };
        marked.extend(&units);
        let article = read("story.txt", &marked).expect("readable");
        assert_eq!(article.text(), sentence);
        assert!(
            article.notices()[0].contains("UTF-16"),
            "{:?}",
            article.notices()
        );
        marked.push(b'x');
        let odd = read("story.txt", &marked).expect("readable");
        assert!(odd.text().ends_with('\u{fffd}'));
        assert_eq!(odd.notices().len(), 2);
    }
}

#[test]
fn windows_1252_is_recognised_and_said() {
    let article = read(
        "old.txt",
        b"\x93The caf\xe9 costs \x80 3,\x94 the owner\x92s son said \x96 twice. It\x92s true.",
    )
    .expect("readable");
    assert_eq!(
        article.text(),
        "“The café costs € 3,” the owner’s son said – twice. It’s true."
    );
    assert!(article.notices()[0].contains("windows-1252"));
}

#[test]
fn damaged_utf8_keeps_what_is_whole() {
    let article = read(
        "a.txt",
        "“Café” \u{fffd} naïve".replace('\u{fffd}', "X").as_bytes(),
    );
    assert!(article.expect("readable").notices().is_empty());
    let mut bytes = "“Café” ".as_bytes().to_vec();
    bytes.push(0xff);
    bytes.extend(" naïve".as_bytes());
    let article = read("a.txt", &bytes).expect("readable");
    assert_eq!(article.text(), "“Café” \u{fffd} naïve");
    assert!(article.notices()[0].contains("1 unreadable"));
}

#[test]
fn what_is_no_text_is_refused_by_name() {
    for (bytes, word) in [
        (&b"\x1f\x8b\x08\0\0"[..], "gzip"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x7fELF\x02\x01", "program"),
        (b"\0\0\0\0\0\0\0\0", "binary"),
        (b"\xff\xfe\0\0a\0\0\0", "UTF-32"),
        (b"a\0\0\0b\0\0\0c\0\0\0d\0\0\0", "UTF-32"),
        (b"ab\x81\x8d\0cd\xfe", "binary"),
    ] {
        let error = read("strange.txt", bytes).expect_err(word);
        let message = error.to_string();
        assert!(
            message.contains("strange.txt") && message.contains(word),
            "{message}"
        );
        assert!(!error.hint().is_empty());
    }
    for (name, bytes, word) in [
        ("page.MHT", &b"<p>text"[..], "MHTML without a page"),
        ("letter.eml", b"Only words.\n", "no letter"),
        ("print.txt", b"%PDF-1.7\n", "a damaged PDF"),
        (
            "talk.vtt",
            b"WEBVTT\n\nNOTE nothing\n",
            "a transcript without cues",
        ),
    ] {
        let error = read(name, bytes).expect_err(word).to_string();
        assert!(error.contains(name) && error.contains(word), "{error}");
    }
}

#[test]
fn one_nul_in_a_text_does_not_make_it_binary() {
    let line = "words \u{0} and many more words after that one control character\n";
    assert_eq!(text(line.as_bytes()), line);
}

#[test]
fn the_limit_is_named() {
    let error = read("big.txt", &vec![b'a'; LIMIT + 1]).expect_err("too large");
    assert!(error.to_string().contains("limit of 20 MB"), "{error}");
}
