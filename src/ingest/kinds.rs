//! The kinds of files that are read: how their names end, how their bytes begin, and who makes the
//! text layer.
//!
//! A new kind is a reader of its own and a row here; nobody else names one. What a file is, its
//! first bytes say where they can: a name may lie. Where they cannot, its name's end does.

#[cfg(feature = "office")]
use super::office::{self, Taken, ZipKind};
#[cfg(feature = "pdf")]
use super::pdf;
use super::{Refused, Unreadable, about, decode, html, mail, plain, transcript};
use crate::text::{About, Article, Fact, LeftOut, Media, QuotedBlock, Spot};

/// A file to be read.
pub(super) struct File<'a> {
    /// Its name, without a folder.
    pub(super) name: &'a str,
    /// How names of its kind end.
    pub(super) ending: &'a str,
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// Their digest.
    pub(super) digest: [u8; 32],
}

/// What a reader makes of a file.
#[derive(Default)]
struct Layer {
    text: String,
    /// What a reader of the article should know of how the text came about.
    notices: Vec<String>,
    /// What the file says of its article.
    about: About,
    quotations: Vec<QuotedBlock>,
    /// Paragraphs of the file that are not in the text.
    left_out: Vec<LeftOut>,
    /// Where in the original words stand.
    spots: Vec<(usize, Spot)>,
}

/// A kind of file.
struct Kind {
    /// How names of its files end, in small letters.
    ends: &'static [&'static str],
    media: Media,
    /// Whether bytes begin as its files do; never for a kind that is text and no more.
    begins: fn(&[u8]) -> bool,
    /// What makes the text layer, where it is not the file's own text.
    extractor: Option<&'static str>,
    read: fn(&File<'_>) -> Result<Layer, Unreadable>,
}

/// Every kind; a file of none of them is read as the first, plain text.
static KINDS: &[Kind] = &[
    Kind {
        ends: &["txt", "text"],
        media: Media::Plain,
        begins: is_text,
        extractor: None,
        read: text,
    },
    Kind {
        ends: &["md", "markdown"],
        media: Media::Markdown,
        begins: is_text,
        extractor: None,
        read: text,
    },
    Kind {
        ends: &["html", "htm", "xhtml"],
        media: Media::Html,
        begins: is_text,
        extractor: Some(html::EXTRACTOR),
        read: page,
    },
    Kind {
        ends: &["mht", "mhtml"],
        media: Media::Html,
        begins: is_text,
        extractor: Some(html::EXTRACTOR),
        read: envelope,
    },
    Kind {
        ends: &["eml"],
        media: Media::Mail,
        begins: is_text,
        extractor: Some(mail::EXTRACTOR),
        read: letter,
    },
    Kind {
        ends: &["vtt", "srt"],
        media: Media::Transcript,
        begins: is_text,
        extractor: Some(transcript::EXTRACTOR),
        read: recording,
    },
    #[cfg(feature = "office")]
    Kind {
        ends: &["docx", "docm"],
        media: Media::Docx,
        begins: |bytes| office::kind_of_zip(bytes) == Some(ZipKind::Docx),
        extractor: Some(office::docx::EXTRACTOR),
        read: |file| document(file, office::docx::text_layer),
    },
    #[cfg(feature = "office")]
    Kind {
        ends: &["odt", "fodt", "ott"],
        media: Media::Odt,
        begins: |bytes| {
            office::odt::is_flat(bytes) || office::kind_of_zip(bytes) == Some(ZipKind::Odt)
        },
        extractor: Some(office::odt::EXTRACTOR),
        read: |file| document(file, office::odt::text_layer),
    },
    #[cfg(feature = "office")]
    Kind {
        ends: &["rtf"],
        media: Media::Rtf,
        begins: |bytes| bytes.starts_with(b"{\\rtf"),
        extractor: Some(office::rtf::EXTRACTOR),
        read: |file| document(file, office::rtf::text_layer),
    },
    #[cfg(feature = "office")]
    Kind {
        ends: &["epub"],
        media: Media::Epub,
        begins: |bytes| office::kind_of_zip(bytes) == Some(ZipKind::Epub),
        extractor: Some(office::epub::EXTRACTOR),
        read: |file| document(file, office::epub::text_layer),
    },
    #[cfg(feature = "pdf")]
    Kind {
        ends: &["pdf"],
        media: Media::Pdf,
        begins: pdf::is_one,
        extractor: Some(pdf::EXTRACTOR),
        read: print,
    },
];

/// How the names of files end that are taken for articles without looking inside.
pub fn endings() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|kind| kind.ends.iter().copied())
}

/// Whether names of articles end so; without the full stop, in small letters.
pub fn is_ending(ending: &str) -> bool {
    endings().any(|known| known == ending)
}

/// How the name of a file is to end: as its bytes say where they can, else as whoever sent it says
/// (`media`, like `text/html`), else as it does.
pub fn ending_of(name: &str, media: Option<&str>, bytes: &[u8]) -> &'static str {
    let own = super::extension(name);
    let own_of = |kind: &Kind| kind.ends.iter().copied().find(|end| *end == own);
    if let Some(kind) = KINDS.iter().find(|kind| (kind.begins)(bytes)) {
        return own_of(kind).unwrap_or(kind.ends[0]);
    }
    // What begins as none of its files do is not what it is said to be.
    let tells = |kind: &&Kind| {
        !matches!(
            kind.media,
            Media::Pdf | Media::Docx | Media::Rtf | Media::Epub
        )
    };
    let is_said = |kind: &&Kind| {
        tells(kind) && media.is_some_and(|media| kind.media_types().any(|m| m == media))
    };
    match KINDS.iter().find(is_said) {
        // What is called plain may be anything.
        Some(kind) if kind.media != Media::Plain => own_of(kind).unwrap_or(kind.ends[0]),
        _ => match KINDS.iter().find_map(own_of) {
            Some(ending) => ending,
            None if html::is_one(bytes) => "html",
            None => "txt",
        },
    }
}

impl Kind {
    /// What its files are called where they are sent.
    fn media_types(&self) -> impl Iterator<Item = &'static str> {
        let also = match self.media {
            Media::Html if self.ends[0] == "html" => "application/xhtml+xml",
            Media::Html => "multipart/related",
            Media::Transcript => "application/x-subrip",
            Media::Rtf => "text/rtf",
            _ => return [self.media.media_type()].into_iter().chain(None),
        };
        [self.media.media_type()].into_iter().chain(Some(also))
    }
}

/// Reads a file by the kind that its bytes or its name tell.
pub(super) fn read(file: &File<'_>) -> Result<Article, Unreadable> {
    let kind = kind_of(file)?;
    let layer = (kind.read)(file)?;
    let article = Article::new(file.name, &layer.text, kind.media);
    let article = article.with_origin(file.digest, layer.notices);
    Ok(match kind.extractor {
        None => {
            let about = about::of_text(&article);
            article.with_about(about)
        }
        Some(extractor) => article
            .extracted_by(extractor)
            .with_about(layer.about)
            .with_quoted_blocks(layer.quotations)
            .with_spots(layer.spots)
            .without(layer.left_out),
    })
}

/// The kind of a file.
fn kind_of(file: &File<'_>) -> Result<&'static Kind, Unreadable> {
    if let Some(kind) = KINDS.iter().find(|kind| (kind.begins)(file.bytes)) {
        return Ok(kind);
    }
    let is_it = |kind: &&Kind| kind.ends.contains(&file.ending);
    let named = KINDS.iter().find(is_it);
    if let Some(refusal) = foreign(file, named) {
        return Err(refusal);
    }
    Ok(named.unwrap_or(&KINDS[0]))
}

/// Why a file is none of the kinds that are read. A damaged zip file is told of by the reader that
/// its name asks for.
fn foreign(file: &File<'_>, named: Option<&Kind>) -> Option<Unreadable> {
    #[cfg(feature = "office")]
    {
        let is_document =
            |kind: &Kind| matches!(kind.media, Media::Docx | Media::Odt | Media::Epub);
        let is_zip = file.bytes.starts_with(b"PK");
        if is_zip && named.is_some_and(is_document) {
            return None;
        }
        if is_zip {
            let what = office::other_zip(file.bytes);
            let way_out = "unpack it, or save what is in it as documents or text";
            return Some(file.refused(Refused { what, way_out }));
        }
        if office::is_encrypted_package(file.bytes) {
            return Some(file.refused(Refused {
                what: "an office document with a password",
                way_out: WITHOUT_PASSWORD,
            }));
        }
    }
    let _ = named;
    let what = decode::binary_format(file.bytes)?;
    let name = file.name.to_owned();
    Some(Unreadable::Binary { name, what })
}

/// How text begins: as it likes.
fn is_text(_: &[u8]) -> bool {
    false
}

/// A text that is its own layer; that of Markdown with its marks.
fn text(file: &File<'_>) -> Result<Layer, Unreadable> {
    let decoded = decode::decode(file.bytes).map_err(|refusal| refusal.of(file.name))?;
    Ok(Layer {
        text: plain::text_layer(&decoded.text).into_owned(),
        notices: decoded.notices,
        ..Layer::default()
    })
}

fn page(file: &File<'_>) -> Result<Layer, Unreadable> {
    let encoding = html::named_encoding(file.bytes);
    let decoded =
        decode::decode_page(file.bytes, encoding).map_err(|refusal| refusal.of(file.name))?;
    of_page(file, &decoded.text, decoded.notices, None)
}

/// A page saved in an envelope of mail, with all that belongs to it.
fn envelope(file: &File<'_>) -> Result<Layer, Unreadable> {
    let page = mail::page_in_envelope(file.bytes);
    let (page, address) = page.ok_or_else(|| file.refused("MHTML without a page"))?;
    of_page(file, &page, Vec::new(), address.as_deref())
}

fn of_page(
    file: &File<'_>,
    html: &str,
    mut notices: Vec<String>,
    address: Option<&str>,
) -> Result<Layer, Unreadable> {
    let mut page = html::text_layer(html).map_err(|why| file.refused(why))?;
    notices.push(page.notice);
    page.about.learn_if_said(Fact::Url, address);
    Ok(Layer {
        text: page.text,
        notices,
        about: page.about,
        quotations: page.quotations,
        left_out: page.left_out,
        spots: Vec::new(),
    })
}

fn letter(file: &File<'_>) -> Result<Layer, Unreadable> {
    let letter = mail::text_layer(file.bytes).map_err(|why| file.refused(why))?;
    Ok(Layer {
        text: letter.text,
        notices: letter.notices,
        about: letter.about,
        ..Layer::default()
    })
}

fn recording(file: &File<'_>) -> Result<Layer, Unreadable> {
    let decoded = decode::decode(file.bytes).map_err(|refusal| refusal.of(file.name))?;
    let transcript = transcript::text_layer(&decoded.text);
    let transcript = transcript.ok_or_else(|| file.refused("a transcript without cues"))?;
    let mut notices = decoded.notices;
    notices.push(transcript.notice);
    Ok(Layer {
        text: transcript.text,
        notices,
        spots: transcript.spots,
        ..Layer::default()
    })
}

/// A document of an office program or a book.
#[cfg(feature = "office")]
fn document(
    file: &File<'_>,
    text_layer: fn(&[u8]) -> Result<Taken, &'static str>,
) -> Result<Layer, Unreadable> {
    let taken = text_layer(file.bytes).map_err(|what| {
        let way_out = match what.ends_with("with a password") {
            true => WITHOUT_PASSWORD,
            false => "open it in its program and save it anew, or save its text as .txt",
        };
        file.refused(Refused { what, way_out })
    })?;
    Ok(Layer {
        text: taken.text,
        notices: taken.notices,
        about: taken.about,
        quotations: taken.quotations,
        left_out: taken.left_out,
        spots: Vec::new(),
    })
}

#[cfg(feature = "office")]
const WITHOUT_PASSWORD: &str = "open it with its password and save a copy without one";

#[cfg(feature = "pdf")]
fn print(file: &File<'_>) -> Result<Layer, Unreadable> {
    let print = pdf::text_layer(file.bytes).map_err(|why| file.refused(why))?;
    let spots = print.pages.into_iter();
    Ok(Layer {
        text: print.text,
        notices: print.notices,
        about: print.about,
        left_out: print.left_out,
        spots: spots.map(|(at, page)| (at, Spot::Page(page))).collect(),
        ..Layer::default()
    })
}

impl File<'_> {
    fn refused(&self, why: impl Into<Refused>) -> Unreadable {
        let Refused { what, way_out } = why.into();
        Unreadable::Format {
            name: self.name.to_owned(),
            what,
            way_out,
        }
    }
}
