//! Bytes to text: UTF-8 first, then UTF-16, then the encodings the web knows.
//!
//! Every guess is said in a notice; damaged places become U+FFFD. Binary files and UTF-32
//! are refused, because a wrong guess there fills the screen with rubbish.

use std::borrow::Cow;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Unreadable;

/// Decoded text and what the reader should know about it.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) notices: Vec<String>,
}

/// A refusal that does not know the file's name yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Binary(&'static str),
    Encoding(&'static str),
}

impl Refusal {
    pub(super) fn of(self, name: &str) -> Unreadable {
        let name = name.to_owned();
        match self {
            Refusal::Binary(what) => Unreadable::Binary { name, what },
            Refusal::Encoding(encoding) => Unreadable::Encoding { name, encoding },
        }
    }
}

/// First bytes of formats that are taken for text by mistake, and their names.
const MAGIC: [(&[u8], &str); 16] = [
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (or an office document)"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"BZh9", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3\0", "a database"),
    (b"\0asm", "a program"),
];

/// The binary format the bytes begin as, in words.
pub(super) fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, what)| *what)
}

/// Decodes the bytes of a file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Refusal> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(Refusal::Encoding("UTF-32"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok(by(UTF_16LE, rest));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok(by(UTF_16BE, rest));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    refuse_wide(bytes)?;
    let nuls = bytes.iter().filter(|byte| **byte == 0).count();
    match std::str::from_utf8(bytes) {
        Ok(_) if nuls * 20 > bytes.len() => Err(Refusal::Binary("binary data")),
        Ok(text) => Ok(Decoded {
            text: Cow::Borrowed(text),
            notices: Vec::new(),
        }),
        Err(_) if nuls > 0 => Err(Refusal::Binary("binary data")),
        Err(_) => Ok(not_utf8(bytes)),
    }
}

/// Decodes the bytes of a web page, which may name its encoding. Stray zero bytes are damage
/// there, not a sign of another format: parsers make U+FFFD of them.
pub(super) fn decode_page<'a>(
    bytes: &'a [u8],
    named: Option<&'static Encoding>,
) -> Result<Decoded<'a>, Refusal> {
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let nuls = bytes.iter().filter(|byte| **byte == 0).count();
    if is_wide || nuls * 10 > bytes.len() || (nuls == 0 && std::str::from_utf8(bytes).is_ok()) {
        return decode(bytes);
    }
    match named {
        Some(encoding) if encoding != UTF_8 && encoding.is_ascii_compatible() => {
            Ok(by(encoding, bytes))
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Decoded {
                text: Cow::Borrowed(text),
                notices: Vec::new(),
            }),
            Err(_) => Ok(not_utf8(bytes)),
        },
    }
}

/// Refuses UTF-16 and UTF-32 without a byte order mark, by where their zero bytes stand:
/// valid UTF-8 all the same, so other programs would count other offsets in them.
fn refuse_wide(bytes: &[u8]) -> Result<(), Refusal> {
    let sample = &bytes[..bytes.len().min(8192)];
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return Ok(());
    }
    let mut zeros = [0usize; 4];
    for (at, byte) in sample.iter().enumerate() {
        zeros[at % 4] += usize::from(*byte == 0);
    }
    let [high, low] = [zeros[0] + zeros[2], zeros[1] + zeros[3]];
    let most = |count: usize| count * 10 >= pairs * 4;
    let few = |count: usize| count * 20 <= pairs;
    if few(low) && most(high) {
        return Err(Refusal::Encoding("UTF-16BE without a byte order mark"));
    }
    if few(high) && most(low) {
        return Err(Refusal::Encoding("UTF-16LE without a byte order mark"));
    }
    let quads = sample.len() / 4;
    let wide = zeros
        .iter()
        .filter(|count| **count * 10 >= quads * 9)
        .count();
    let narrow = zeros.iter().filter(|count| **count * 20 <= quads).count();
    if quads > 1 && wide >= 2 && narrow == 1 {
        return Err(Refusal::Encoding("UTF-32"));
    }
    Ok(())
}

/// Decodes by a named encoding and says so.
fn by<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut notices = vec![format!("read as {}", encoding.name())];
    if damaged {
        notices.push(damage(&text));
    }
    Decoded { text, notices }
}

/// Text that is not UTF-8: damaged UTF-8 if it has more whole multi-byte characters than
/// damaged ones, else a legacy encoding.
fn not_utf8(bytes: &[u8]) -> Decoded<'_> {
    let mut whole = 0usize;
    let mut damaged = 0usize;
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if whole > damaged {
        let text = String::from_utf8_lossy(bytes);
        let notices = vec![damage(&text)];
        return Decoded { text, notices };
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    let guess = detector.guess(None, false);
    let guess = if guess == UTF_8 {
        encoding_rs::WINDOWS_1252
    } else {
        guess
    };
    by(guess, bytes)
}

fn damage(text: &str) -> String {
    let count = text.chars().filter(|c| *c == '\u{fffd}').count();
    format!("damaged text: {count} unreadable place(s) shown as \u{fffd}")
}
