//! The kinds of files that are read: how their names end, and who makes an article of them.
//!
//! A new kind is a reader of its own and a row here; nobody else names one.

use super::{Unreadable, about, decode, html, mail, plain, transcript};
use crate::text::{Article, Fact, Media};

/// A file to be read.
pub(super) struct File<'a> {
    /// Its name, without a folder.
    pub(super) name: &'a str,
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// Their digest.
    pub(super) digest: [u8; 32],
}

/// Makes an article of a file.
type Read = fn(&File<'_>) -> Result<Article, Unreadable>;

/// A kind of file.
struct Kind {
    /// How names of its files end, in small letters.
    ends: &'static [&'static str],
    read: Read,
}

/// Every kind that is known by its name; all other files are read as plain text.
static KINDS: [Kind; 6] = [
    Kind {
        ends: &["txt", "text"],
        read: plain_text,
    },
    Kind {
        ends: &["md", "markdown"],
        read: markdown,
    },
    Kind {
        ends: &["html", "htm", "xhtml"],
        read: page,
    },
    Kind {
        ends: &["mht", "mhtml"],
        read: envelope,
    },
    Kind {
        ends: &["eml"],
        read: letter,
    },
    Kind {
        ends: &["vtt", "srt"],
        read: recording,
    },
];

/// How the names of files end that are taken for articles without looking inside.
pub fn endings() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|kind| kind.ends.iter().copied())
}

/// Reads a file by the kind that its name tells.
pub(super) fn read(file: &File<'_>) -> Result<Article, Unreadable> {
    let ending = super::extension(file.name);
    let is_it = |kind: &&Kind| kind.ends.contains(&ending.as_str());
    let kind = KINDS.iter().find(is_it);
    kind.map_or(plain_text as Read, |kind| kind.read)(file)
}

fn plain_text(file: &File<'_>) -> Result<Article, Unreadable> {
    text(file, Media::Plain)
}

/// The text layer is that of plain text, marks included; only the media differs.
fn markdown(file: &File<'_>) -> Result<Article, Unreadable> {
    text(file, Media::Markdown)
}

fn text(file: &File<'_>, media: Media) -> Result<Article, Unreadable> {
    let decoded = decode::decode(file.bytes).map_err(|refusal| refusal.of(file.name))?;
    let text = plain::text_layer(&decoded.text);
    let article = Article::new(file.name, &text, media).with_origin(file.digest, decoded.notices);
    let about = about::of_text(&article);
    Ok(article.with_about(about))
}

fn page(file: &File<'_>) -> Result<Article, Unreadable> {
    let encoding = html::named_encoding(file.bytes);
    let decoded =
        decode::decode_page(file.bytes, encoding).map_err(|refusal| refusal.of(file.name))?;
    of_page(file, &decoded.text, decoded.notices, None)
}

/// A page saved in an envelope of mail, with all that belongs to it.
fn envelope(file: &File<'_>) -> Result<Article, Unreadable> {
    let page = mail::page_in_envelope(file.bytes);
    let (page, address) = page.ok_or_else(|| file.refused("MHTML without a page"))?;
    of_page(file, &page, Vec::new(), address.as_deref())
}

fn of_page(
    file: &File<'_>,
    html: &str,
    mut notices: Vec<String>,
    address: Option<&str>,
) -> Result<Article, Unreadable> {
    let mut page = html::text_layer(html).map_err(|what| file.refused(what))?;
    notices.push(page.notice);
    page.about.learn_if_said(Fact::Url, address);
    let article = Article::new(file.name, &page.text, Media::Html);
    Ok(article
        .with_origin(file.digest, notices)
        .extracted_by(html::EXTRACTOR)
        .with_quoted_blocks(page.quotations)
        .without(page.left_out)
        .with_about(page.about))
}

fn letter(file: &File<'_>) -> Result<Article, Unreadable> {
    let letter = mail::text_layer(file.bytes).map_err(|what| file.refused(what))?;
    let article = Article::new(file.name, &letter.text, Media::Mail);
    Ok(article
        .with_origin(file.digest, letter.notices)
        .extracted_by(mail::EXTRACTOR)
        .with_about(letter.about))
}

fn recording(file: &File<'_>) -> Result<Article, Unreadable> {
    let decoded = decode::decode(file.bytes).map_err(|refusal| refusal.of(file.name))?;
    let transcript = transcript::text_layer(&decoded.text);
    let transcript = transcript.ok_or_else(|| file.refused("a transcript without cues"))?;
    let mut notices = decoded.notices;
    notices.push(transcript.notice);
    let article = Article::new(file.name, &transcript.text, Media::Transcript);
    Ok(article
        .with_origin(file.digest, notices)
        .extracted_by(transcript::EXTRACTOR)
        .with_times(transcript.times))
}

impl File<'_> {
    fn refused(&self, what: &'static str) -> Unreadable {
        Unreadable::Format {
            name: self.name.to_owned(),
            what,
        }
    }
}
