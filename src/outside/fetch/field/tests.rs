use proptest::prelude::*;
use ureq::http::HeaderValue;

use super::*;

fn said(name: &'static str, value: &[u8]) -> Said {
    let mut fields = HeaderMap::new();
    fields.insert(name, HeaderValue::from_bytes(value).expect("a value"));
    Said::of(&fields)
}

#[test]
fn kind_and_character_set_are_words_in_lower_case() {
    for (value, media, charset) in [
        ("text/html", Some("text/html"), None),
        ("Text/HTML; charset=UTF-8", Some("text/html"), Some("utf-8")),
        (
            "text/html;charset=\"iso-8859-1\"",
            Some("text/html"),
            Some("iso-8859-1"),
        ),
        (
            "text/html; a=\"b;c=\\\"d\"; CHARSET = x-y ;z",
            Some("text/html"),
            Some("x-y"),
        ),
        ("text/html; charset=", Some("text/html"), None),
        ("text/html; charset=a b", Some("text/html"), None),
        ("text/html; charset", Some("text/html"), None),
        (
            "text/html; charset=\"utf-8",
            Some("text/html"),
            Some("utf-8"),
        ),
        (
            "application/xhtml+xml;;; charset=a",
            Some("application/xhtml+xml"),
            Some("a"),
        ),
        ("html", None, None),
        ("/html", None, None),
        ("text/", None, None),
        ("text/ html", None, None),
        ("", None, None),
        ("; charset=utf-8", None, Some("utf-8")),
    ] {
        let said = said("content-type", value.as_bytes());
        assert_eq!(
            (said.media.as_deref(), said.charset.as_deref()),
            (media, charset),
            "{value}"
        );
    }
}

#[test]
fn the_name_of_a_file_is_read_in_all_its_forms() {
    for (value, name) in [
        (&b"attachment; filename=a.pdf"[..], Some("a.pdf")),
        (
            b"inline; FileName=\"a b;c\\\"d.pdf\"; size=1",
            Some("a b;c_d.pdf"),
        ),
        (
            b"attachment; filename=\"plain.pdf\"; filename*=UTF-8''n%C3%A4me%20x.pdf",
            Some("n\u{e4}me x.pdf"),
        ),
        (
            b"attachment; filename*=iso-8859-1'de'n%E4me.pdf; filename=plain.pdf",
            Some("n\u{e4}me.pdf"),
        ),
        (
            b"attachment; filename*=utf-8''%2e%2e%2Fetc%2Fpasswd",
            Some("passwd"),
        ),
        (
            b"attachment; filename*=utf-8''%ff; filename=plain.pdf",
            Some("plain.pdf"),
        ),
        (
            b"attachment; filename*=koi8-r''%c1; filename=plain.pdf",
            Some("plain.pdf"),
        ),
        (b"attachment; filename*=plain.pdf", None),
        (
            b"attachment; filename*=utf-8''..; filename=plain.pdf",
            Some("plain.pdf"),
        ),
        (
            "attachment; filename=\"n\u{e4}me.pdf\"".as_bytes(),
            Some("n\u{e4}me.pdf"),
        ),
        (
            b"attachment; filename=\"n\xe4me.pdf\"",
            Some("n\u{e4}me.pdf"),
        ),
        (b"attachment; filename=\"../../etc/passwd\"", Some("passwd")),
        (b"attachment; filename=\"\"", None),
        (b"attachment", None),
        (b"filename=a.pdf", None),
    ] {
        let said = said("content-disposition", value);
        assert_eq!(said.file_name.as_deref(), name, "{}", text(value));
    }
}

#[test]
fn times_are_kept_as_they_are_said() {
    let date = "Wed, 21 Oct 2015 07:28:00 GMT";
    let kept = |value: &[u8]| said("last-modified", value).last_modified;
    assert_eq!(kept(date.as_bytes()).as_deref(), Some(date));
    assert_eq!(kept(b"\xff"), None);
    assert_eq!(kept(b"  "), None);
    assert_eq!(kept("x".repeat(201).as_bytes()), None);
    let again = |value: &str| {
        let mut fields = HeaderMap::new();
        fields.insert(
            "retry-after",
            HeaderValue::from_str(value).expect("a value"),
        );
        retry_after(&fields)
    };
    assert_eq!(again("120").as_deref(), Some("in 120 s"));
    assert_eq!(again(date), Some(format!("after {date}")));
    assert_eq!(again(""), None);
}

proptest! {
    #[test]
    fn any_value_is_read(value in "[ -~]{0,20}(filename|charset|;|=|\"|\\\\|'|%|\\*){0,20}[ -~\u{80}-\u{2ff}]{0,20}") {
        for name in ["content-type", "content-disposition", "last-modified"] {
            let said = said(name, value.as_bytes());
            if let Some(name) = said.file_name {
                prop_assert!(!name.contains(['/', '\\']) && !name.starts_with('.'));
                prop_assert!((1..=100).contains(&name.chars().count()));
            }
        }
    }
}
