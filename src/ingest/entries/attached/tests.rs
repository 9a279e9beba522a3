//! Which parts of a letter become files, and under which names.

use super::*;

fn found(parts: &str) -> Vec<(String, String)> {
    let letter = format!(
        "From: a@b.example\nSubject: Wall\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\
         Content-Type: text/plain\n\nThe letter.\n{parts}\n--x--\n"
    );
    let takes = |ending: &str| matches!(ending, "pdf" | "docx" | "txt" | "html" | "eml" | "md");
    let files = attachments(letter.replace('\n', "\r\n").as_bytes(), &takes);
    let text = |file: Attached| (file.name, String::from_utf8_lossy(&file.bytes).into_owned());
    files.into_iter().map(text).collect()
}

fn part(head: &str, body: &str) -> String {
    format!("--x\n{head}\n\n{body}\n")
}

#[test]
fn files_that_may_be_articles() {
    let cases = [
        (
            "Content-Type: application/pdf; name=report.pdf\nContent-Disposition: attachment",
            Some("report.pdf"),
        ),
        (
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename=report",
            Some("report.pdf"),
        ),
        (
            "Content-Type: application/pdf\nContent-Disposition: attachment",
            Some("attachment.pdf"),
        ),
        (
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=a.DOCX",
            Some("a.DOCX"),
        ),
        (
            "Content-Type: text/plain\nContent-Disposition: inline; filename=note.txt",
            Some("note.txt"),
        ),
        (
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=\"../../etc/pa:ss.md\"",
            Some("pa_ss.md"),
        ),
        (
            "Content-Type: text/plain\nContent-Disposition: attachment; filename*=utf-8''C%3A%5Ca%5Cb.md",
            Some("b.md"),
        ),
        (
            "Content-Type: text/html\nContent-Disposition: attachment; filename=.html",
            Some("html.html"),
        ),
        (
            "Content-Type: text/plain\nContent-Disposition: attachment; filename*=utf-8''caf%C3%A9%E2%80%AE.md",
            Some("café_.md"),
        ),
        (
            "Content-Type: image/png; name=a.txt\nContent-Disposition: attachment",
            None,
        ),
        (
            "Content-Type: application/zip\nContent-Disposition: attachment; filename=a.zip",
            None,
        ),
        (
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=a",
            None,
        ),
    ];
    for (head, expected) in cases {
        let found = found(&part(head, "Words."));
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, expected.into_iter().collect::<Vec<_>>(), "{head}");
    }
    let decoded = part(
        "Content-Type: text/markdown; charset=utf-8\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=a.md",
        "V29yZHMu",
    );
    assert_eq!(found(&decoded), [("a.md".to_owned(), "Words.".to_owned())]);
    assert!(found("").is_empty());
}

#[test]
fn letters_in_letters() {
    let inner = "Content-Type: message/rfc822\n\nFrom: c@d.example\nSubject: Fares / prices\n\
                 Content-Type: multipart/mixed; boundary=y\n\n--y\nContent-Type: text/plain\n\nInner.\n--y\n\
                 Content-Type: application/pdf; name=in.pdf\nContent-Disposition: attachment\n\nPDF\n--y--\n";
    let found = found(&format!("--x\n{inner}\n"));
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["prices.eml", "in.pdf"]);
    assert!(
        found[0].1.starts_with("From: c@d.example"),
        "{:?}",
        found[0].1
    );
    assert!(!found[0].1.contains("The letter."), "{:?}", found[0].1);
}

#[test]
fn files_are_bounded() {
    let one = part(
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt",
        "Words.",
    );
    assert_eq!(found(&one.repeat(FILES + 5)).len(), FILES);
    let long = format!("{}.txt", "é".repeat(300));
    let name = bare(&long);
    assert_eq!(name.chars().count(), NAME);
    assert!(name.ends_with(".txt"), "{name}");
    let nested = "Content-Type: message/rfc822\n\n".repeat(5_000);
    let _ = attachments(nested.as_bytes(), &|_| true);
    let _ = attachments(b"\0\xff", &|_| true);
}
