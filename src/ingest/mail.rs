//! Letters as mail programs save them (RFC 5322 and MIME, `.eml`), and web pages in such an envelope
//! (MHTML, `.mht`): the subject, then the part that says most.
//!
//! A letter often says the same twice, plain and as a page; the plain part is the writer's own words
//! and counts offsets that every program agrees on, so it is taken unless it is a mere stub.

use std::collections::BTreeSet;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::html;
use crate::text::{About, Fact};

/// What made the text layer of a letter.
pub(super) const EXTRACTOR: &str = "proofmark mail 1";

/// What was taken from a letter.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) text: String,
    pub(super) notices: Vec<String>,
    pub(super) about: About,
}

/// Of the words of the page a plain part must have at least one in so many.
const STUB: usize = 3;

/// The text of a letter, or why there is none to be had.
pub(super) fn text_layer(bytes: &[u8]) -> Result<Letter, &'static str> {
    let message = message(bytes).ok_or("no letter")?;
    let mut about = facts(&message);
    let mut notices = Vec::new();
    let plain = body(&message, |part| match &part.body {
        PartType::Text(text) => Some(unfolded(text, part)),
        _ => None,
    });
    let page = body(&message, |part| match &part.body {
        PartType::Html(text) => Some(text.to_string()),
        _ => None,
    });
    let page = match page {
        page if page.is_empty() => None,
        page => Some(html::text_layer(&page)?),
    };
    let words = |text: &str| text.split_whitespace().count();
    let of_page = page.as_ref().map_or(0, |page| words(&page.text));
    let text = match page {
        Some(page) if words(&plain) * STUB < of_page => {
            notices.push(format!("the page of a letter; {}", page.notice));
            about.learn_from(&page.about);
            page.text
        }
        _ if of_page > 0 => {
            notices.push("the plain part of a letter, which has a page as well".to_owned());
            plain
        }
        _ => {
            notices.push("the text of a letter".to_owned());
            plain
        }
    };
    notices.extend(left_out(&message));
    Ok(Letter {
        text: headed(message.subject(), &text),
        notices,
        about,
    })
}

/// The page that an envelope holds with all that belongs to it, and its address; `None` if there is
/// none.
pub(super) fn page_in_envelope(bytes: &[u8]) -> Option<(String, Option<String>)> {
    let message = message(bytes)?;
    let part = message.parts.iter().find(|part| part.is_text_html())?;
    let address = part.content_location().or(message.content_location());
    let address = address.filter(|at| at.starts_with("http://") || at.starts_with("https://"));
    Some((part.text_contents()?.to_owned(), address.map(str::to_owned)))
}

/// Parses a letter; one without any line of a head is none.
fn message(bytes: &[u8]) -> Option<Message<'_>> {
    let message = MessageParser::default().parse(bytes)?;
    let has_head =
        message.from().is_some() || message.subject().is_some() || message.content_type().is_some();
    has_head.then_some(message)
}

/// The parts of one sort that are the letter itself, each behind the other; no attachments.
fn body(
    message: &Message<'_>,
    take: impl Fn(&mail_parser::MessagePart<'_>) -> Option<String>,
) -> String {
    let bodies = message.text_body.iter().chain(&message.html_body);
    let mut seen = BTreeSet::new();
    let mut parts: Vec<String> = Vec::new();
    for &at in bodies {
        if seen.insert(at) {
            parts.extend(message.parts.get(at as usize).and_then(&take));
        }
    }
    parts.join("\n\n")
}

/// A plain part with its lines joined where the letter says that they flow (RFC 3676).
fn unfolded(text: &str, part: &mail_parser::MessagePart<'_>) -> String {
    let text = text.replace("\r\n", "\n");
    let flows = part
        .content_type()
        .and_then(|kind| kind.attribute("format"))
        .is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
    if !flows {
        return text;
    }
    let mut joined = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        // A signature's mark ends with a blank and flows into nothing.
        match bare.ends_with(' ') && bare != "-- " {
            true => joined.push_str(bare),
            false => joined.push_str(line),
        }
    }
    joined
}

/// The subject as a headline, once, and the text below it.
fn headed(subject: Option<&str>, text: &str) -> String {
    let text = super::plain::text_layer(text);
    let text = text.trim_matches(['\n', ' ']);
    let subject: Vec<&str> = subject.unwrap_or_default().split_whitespace().collect();
    let subject = subject.join(" ");
    if subject.is_empty()
        || text
            .lines()
            .next()
            .is_some_and(|line| line.trim() == subject)
    {
        return format!("{text}\n");
    }
    format!("{subject}\n\n{text}\n")
}

/// What the head says: subject, writer, day.
fn facts(message: &Message<'_>) -> About {
    let mut about = About::default();
    about.learn_if_said(Fact::Title, message.subject());
    let from = message.from().and_then(|from| from.first());
    about.learn_if_said(Fact::Author, from.and_then(|from| from.name()));
    let day = message.date().map(|date| {
        let mail_parser::DateTime {
            year, month, day, ..
        } = date;
        format!("{year:04}-{month:02}-{day:02}")
    });
    about.learn_if_said(Fact::Published, day.as_deref());
    about
}

/// The attachments, which are files of their own.
fn left_out(message: &Message<'_>) -> Option<String> {
    const SHOWN: usize = 3;
    let names: Vec<&str> = message
        .attachments()
        .map(|part| part.attachment_name().unwrap_or("without a name"))
        .collect();
    let more = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>();
    let shown = shown.join(", ");
    (!names.is_empty()).then(|| format!("attachments are left out: {shown}{more}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(letter: &str) -> Letter {
        text_layer(letter.replace('\n', "\r\n").as_bytes()).expect("a letter")
    }

    #[test]
    fn the_plain_part_in_any_charset_below_the_subject() {
        let letter = read(
            "From: =?utf-8?Q?Zo=C3=AB_Fr=C3=B8?= <zoe@desk.example>\nDate: Tue, 3 Mar 2026 09:00:00 +0100\n\
             Subject: =?iso-8859-1?Q?Caf=E9?=\n prices\nMIME-Version: 1.0\n\
             Content-Type: text/plain; charset=iso-8859-2; format=flowed\nContent-Transfer-Encoding: quoted-printable\n\n\
             Prices rose =\nby 12 =20\npercent in =A3=F3d=BC.\n\n-- =20\nZo\n",
        );
        assert_eq!(
            letter.text,
            "Café prices\n\nPrices rose by 12  percent in Łódź.\n\n--  Zo\n"
        );
        assert_eq!(letter.about.title(), Some("Café prices"));
        assert_eq!(letter.about.get(Fact::Author), Some("Zoë Frø"));
        assert_eq!(letter.about.date(), Some("2026-03-03"));
        assert_eq!(letter.notices, ["the text of a letter"]);
    }

    /// A letter that says the same twice, and has a file with it.
    fn twice(plain: &str) -> Letter {
        read(&format!(
            "From: a@b.example\nSubject: Wall\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\
             Content-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\n\n{plain}\n--y\n\
             Content-Type: text/html\n\n<html><body><p>The wall cost 4.2 million crowns, the council said on \
             Friday. It stands on the beach.</p></body></html>\n--y--\n--x\nContent-Type: application/pdf; \
             name=report.pdf\nContent-Disposition: attachment; filename=report.pdf\n\nAAAA\n--x--\n"
        ))
    }

    #[test]
    fn of_two_parts_the_one_that_says_more() {
        let letter = twice("The wall cost 4.2 million crowns, the council said.");
        assert_eq!(
            letter.text,
            "Wall\n\nThe wall cost 4.2 million crowns, the council said.\n"
        );
        let told = letter.notices.join("; ");
        assert!(
            told.contains("has a page as well") && told.contains("report.pdf"),
            "{told}"
        );
        let stub = twice("See the page.");
        assert!(
            stub.text.contains("It stands on the beach."),
            "{}",
            stub.text
        );
        assert!(!stub.text.contains("See the page"), "{}", stub.text);
    }

    #[test]
    fn the_page_of_an_envelope() {
        let saved = "From: <Saved>\r\nSnapshot-Content-Location: https://n.example/a\r\n\
                     Content-Type: multipart/related; boundary=\"b\"; type=\"text/html\"\r\n\r\n--b\r\n\
                     Content-Type: text/html; charset=utf-8\r\nContent-Location: https://n.example/a\r\n\
                     Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><p>Pric=C3=A9s rose.</p></html>\r\n--b\r\n\
                     Content-Type: image/png\r\n\r\nxx\r\n--b--\r\n";
        let (page, address) = page_in_envelope(saved.as_bytes()).expect("a page");
        assert!(page.contains("Pricés rose."), "{page}");
        assert_eq!(address.as_deref(), Some("https://n.example/a"));
        assert_eq!(page_in_envelope(b"words and nothing else"), None);
    }

    #[test]
    fn what_is_no_letter_is_refused_and_nothing_falls() {
        for bytes in [&b""[..], b"Only words.\n", b"\0\0\0", b"\xff\xfe"] {
            assert!(text_layer(bytes).is_err(), "{bytes:?}");
        }
        let nested = "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(3000);
        let _ = text_layer(nested.as_bytes());
        let _ = page_in_envelope(nested.as_bytes());
    }
}
