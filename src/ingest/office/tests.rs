use std::io::Write as _;
use std::path::Path;

use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::*;
use crate::text::Fact;

/// Where documents lie, each with its text beside it: of LibreOffice (`wall`, `page`), of pandoc
/// (`notes`), and made by hand of what they do not write (`hard`).
const DOCUMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ingest");

/// How the parts of a zip file are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Store,
    Deflate,
}

/// A zip file of these parts.
pub(super) fn zip(parts: &[(&str, Vec<u8>)], packing: Packing) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, part) in parts {
        let method = match packing {
            Packing::Store => CompressionMethod::STORE,
            Packing::Deflate => CompressionMethod::DEFLATE,
        };
        let file = archive.new_file(name).compression_method(method);
        let (mut entry, config) = file.start().expect("an entry");
        let descriptor = match packing {
            Packing::Store => {
                let mut writer = config.wrap(&mut entry);
                writer.write_all(part).expect("written");
                writer.finish().expect("finished").1
            }
            Packing::Deflate => {
                let level = flate2::Compression::default();
                let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, level));
                writer.write_all(part).expect("written");
                let (encoder, descriptor) = writer.finish().expect("finished");
                encoder.finish().expect("packed");
                descriptor
            }
        };
        entry.finish(descriptor).expect("ended");
    }
    archive.finish().expect("an archive");
    bytes
}

/// Any document, by what is in it.
fn read_any(bytes: &[u8]) -> Result<Taken, &'static str> {
    if bytes.starts_with(b"{\\rtf") {
        return rtf::text_layer(bytes);
    }
    if bytes.starts_with(b"<") {
        return odt::text_layer(bytes);
    }
    match kind_of_zip(bytes) {
        Some(ZipKind::Docx) => docx::text_layer(bytes),
        Some(ZipKind::Odt) => odt::text_layer(bytes),
        Some(ZipKind::Epub) => epub::text_layer(bytes),
        None => Err(other_zip(bytes)),
    }
}

/// All documents by their names, in order.
fn documents() -> Vec<(String, Vec<u8>)> {
    let folder = std::fs::read_dir(DOCUMENTS).expect("the documents");
    let names = folder.map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.into_string().expect("a name"));
    let is_document = |name: &String| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        matches!(ending, "docx" | "odt" | "fodt" | "epub" | "rtf")
    };
    let mut names: Vec<String> = names.filter(is_document).collect();
    names.sort();
    names
        .into_iter()
        .map(|name| (name.clone(), document(&name)))
        .collect()
}

fn document(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(DOCUMENTS).join(name)).expect("a document")
}

fn taken(name: &str) -> Taken {
    read_any(&document(name)).unwrap_or_else(|what| panic!("{name}: {what}"))
}

/// The parts of a document, those replaced that `with` has.
fn with_parts(name: &str, with: &[(&str, &str)]) -> Vec<u8> {
    let bytes = document(name);
    let package = Package::open(&bytes).expect("a package");
    let part = |name: &str| package.part(name).expect("read").expect("a part");
    let mut parts: Vec<(&str, Vec<u8>)> = package.names().map(|name| (name, part(name))).collect();
    for (name, text) in with {
        parts.retain(|(known, _)| known != name);
        parts.push((name, text.as_bytes().to_vec()));
    }
    zip(&parts, Packing::Deflate)
}

#[test]
fn the_text_of_every_document_to_the_byte() {
    let documents = documents();
    assert!(documents.len() >= 13, "{}", documents.len());
    for (name, bytes) in documents {
        let taken = read_any(&bytes).unwrap_or_else(|what| panic!("{name}: {what}"));
        let expected = String::from_utf8(document(&format!("{name}.text"))).expect("UTF-8");
        assert_eq!(taken.text, expected, "{name}");
        assert!(
            !taken.text.contains('\r') && !taken.text.contains("\n\n\n"),
            "{name}"
        );
    }
}

#[test]
fn what_is_left_out_is_told() {
    let changes = [
        "1 tracked insertion is in the text",
        "1 tracked deletion is left out",
    ];
    let told = [
        "1 comment is left out",
        "4 words of headers and footers are left out",
    ];
    let docx = taken("hard.docx").notices;
    assert_eq!(
        docx[..2],
        ["the text of a Word document", "3 notes stand at the end"]
    );
    assert_eq!(docx[2..4], changes);
    assert_eq!(docx[4], "1 moved passage stands where it was moved to");
    assert_eq!(docx[5..7], told);
    assert_eq!(
        docx[7..],
        [
            "4 hidden words are left out",
            "1 reading aid above the text is left out",
            "1 sign of a symbol font is left out",
            "1 chart, diagram, formula or embedded file is left out",
        ]
    );
    let rtf = taken("hard.rtf").notices;
    assert_eq!(
        rtf[..2],
        ["the text of an RTF document", "1 note stands at the end"]
    );
    assert_eq!(
        (&rtf[2..4], &rtf[4..6]),
        (
            &changes.map(str::to_owned)[..],
            &told.map(str::to_owned)[..]
        )
    );
    assert_eq!(
        rtf[6..],
        [
            "3 hidden words are left out",
            "1 sign of a symbol font is left out",
            "1 chart, diagram, formula or embedded file is left out",
        ]
    );
    assert_eq!(
        taken("hard.epub").notices,
        [
            "the text of an EPUB book",
            "1 note stands at the end",
            "1 reading aid above the text is left out",
            "a table of contents is left out",
            "1 page number is left out",
            "1 part is missing in the file",
        ]
    );
    for name in ["wall.odt", "wall.fodt", "wall.docx", "wall.rtf"] {
        let told = taken(name).notices;
        assert_eq!(told[1], "2 notes stand at the end", "{name}");
        assert_eq!(told[2..4], changes, "{name}");
        assert_eq!(told[4], "1 comment is left out", "{name}");
        assert_eq!(
            told[5], "8 words of headers and footers are left out",
            "{name}"
        );
    }
}

#[test]
fn what_documents_say_of_themselves() {
    for name in ["wall.odt", "wall.fodt", "wall.docx", "wall.rtf"] {
        let about = taken(name).about;
        assert_eq!(
            about.title(),
            Some("Harbour wall costs more than told"),
            "{name}"
        );
        assert_eq!(about.get(Fact::Author), Some("Ida Holm"), "{name}");
        assert_eq!(about.date(), None, "{name}");
    }
    let about = taken("hard.docx").about;
    assert_eq!(
        (about.title(), about.get(Fact::Author)),
        (None, Some("Anja Berg"))
    );
    let about = taken("hard.rtf").about;
    assert_eq!(
        (about.title(), about.get(Fact::Author)),
        (Some("Bridge toll étude"), Some("Siri Lund"))
    );
    assert_eq!(about.date(), None);
    let about = taken("hard.epub").about;
    assert_eq!(
        (about.title(), about.get(Fact::Author)),
        (Some("The salt tax"), Some("Rut Falk, Jon Eide"))
    );
    assert_eq!(
        (about.date(), about.get(Fact::Language)),
        (Some("2025-11-01"), Some("nb"))
    );
}

#[test]
fn quotations_that_the_document_sets_apart() {
    for (name, expected) in [
        ("hard.docx", vec!["“We count what is there.”"]),
        ("hard.epub", vec!["It was paid in fish.\n\nAnd late."]),
        ("wall.odt", vec!["“It stands on sand. Everybody knew.”"]),
        (
            "notes.docx",
            vec!["Nobody asked us, the night shift wrote."],
        ),
        ("page.rtf", vec![]),
    ] {
        let taken = taken(name);
        let of = |block: &QuotedBlock| &taken.text[block.span.start..block.span.end];
        let quoted: Vec<&str> = taken.quotations.iter().map(of).collect();
        assert_eq!(quoted, expected, "{name}");
        assert_eq!(taken.left_out, []);
    }
}

#[test]
fn zip_files_by_what_is_in_them() {
    for (name, bytes) in documents() {
        let kind = match name.rsplit('.').next() {
            Some("docx") => Some(ZipKind::Docx),
            Some("odt") => Some(ZipKind::Odt),
            Some("epub") => Some(ZipKind::Epub),
            _ => None,
        };
        assert_eq!(kind_of_zip(&bytes), kind, "{name}");
    }
    for (part, words, what) in [
        ("xl/workbook.xml", "", "a spreadsheet"),
        (
            "mimetype",
            "application/vnd.oasis.opendocument.spreadsheet",
            "a spreadsheet",
        ),
        ("ppt/presentation.xml", "", "a presentation"),
        ("META-INF/MANIFEST.MF", "", "a Java archive"),
        ("photo.jpg", "", "a zip archive"),
        ("word/readme.txt", "", "a zip archive"),
    ] {
        let bytes = zip(&[(part, words.as_bytes().to_vec())], Packing::Store);
        assert_eq!(
            (kind_of_zip(&bytes), other_zip(&bytes)),
            (None, what),
            "{part}"
        );
    }
    assert_eq!(other_zip(b"PK\x03\x04"), "a damaged zip archive");
}

#[test]
fn what_is_encrypted_is_refused_as_such() {
    let manifest = "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let odt = with_parts("wall.odt", &[("META-INF/manifest.xml", manifest)]);
    assert_eq!(
        read_any(&odt).err(),
        Some("an OpenDocument text with a password")
    );
    let scheme = "<e><EncryptedData><EncryptionMethod Algorithm='http://x.example/aes'/></EncryptedData></e>";
    let epub = with_parts("hard.epub", &[("META-INF/encryption.xml", scheme)]);
    assert_eq!(
        read_any(&epub).err(),
        Some("an EPUB book with copy protection")
    );
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let container = [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
        vec![0; 99],
        name,
    ]
    .concat();
    assert!(is_encrypted_package(&container));
    assert!(!is_encrypted_package(&container[..110]) && !is_encrypted_package(&container[1..]));
}

#[test]
fn depth_and_damage_are_told_in_words() {
    let deep = |count: usize| {
        let body = "<w:sdt>".repeat(count) + "<w:p/>" + &"</w:sdt>".repeat(count);
        let main = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
        read_any(&with_parts("hard.docx", &[("word/document.xml", &main)])).err()
    };
    assert_eq!(deep(509), None);
    assert_eq!(deep(510), Some("a document nested deeper than 512 levels"));
    let cut = with_parts(
        "hard.docx",
        &[("word/document.xml", "<w:document><w:body>")],
    );
    assert_eq!(read_any(&cut).err(), Some("a damaged Word document"));
    let groups = |count: usize| {
        let text = format!("{{\\rtf1 {}x{}}}", "{".repeat(count), "}".repeat(count));
        read_any(text.as_bytes()).err()
    };
    assert_eq!(groups(511), None);
    assert_eq!(
        groups(512),
        Some("a document nested deeper than 512 levels")
    );
    assert_eq!(
        read_any(b"{\\rtf1 a").err(),
        Some("a damaged or cut off RTF document")
    );
    assert_eq!(
        read_any(b"<html>").err(),
        Some("a damaged OpenDocument text")
    );
    assert_eq!(
        read_any(b"<html/>").err(),
        Some("a damaged OpenDocument text")
    );
}

/// Numbers as if by chance, the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

#[test]
fn documents_that_are_cut_off_are_refused() {
    for (name, bytes) in documents() {
        let end = bytes.trim_ascii_end().len();
        for at in (0..end).step_by(end / 60 + 1).chain([end - 1]) {
            assert!(read_any(&bytes[..at]).is_err(), "{name} cut at {at}");
        }
    }
}

#[test]
fn damaged_documents_never_panic() {
    let mut chance = Chance(7);
    let signs = b"<>/&\"'{}\\\0 \xff;=1a";
    for (name, bytes) in documents() {
        for _ in 0..40 {
            let mut damaged = bytes.clone();
            for _ in 0..=chance.below(4) {
                let at = chance.below(damaged.len());
                damaged[at] = signs[chance.below(signs.len())];
            }
            let _ = read_any(&damaged);
        }
        let Ok(package) = Package::open(&bytes) else {
            continue;
        };
        // Damage within the parts, which checksums would hide.
        let names: Vec<&str> = package.names().collect();
        let part = |name: &str| package.part(name).expect("read").expect("a part");
        let parts: Vec<_> = names.iter().map(|name| (*name, part(name))).collect();
        for _ in 0..60 {
            let mut damaged = parts.clone();
            let at = chance.below(damaged.len());
            let part = &mut damaged[at].1;
            for _ in 0..=chance.below(6) {
                if part.is_empty() {
                    continue;
                }
                match (chance.below(3), chance.below(part.len())) {
                    (0, at) => part.truncate(at),
                    (1, at) => {
                        let tag = part[at..].iter().position(|byte| *byte == b'>');
                        part.drain(at..at + tag.unwrap_or(0));
                    }
                    (_, at) => part[at] = signs[chance.below(signs.len())],
                }
            }
            let written = read_any(&zip(&damaged, Packing::Store));
            if let Ok(taken) = written {
                assert!(
                    taken.text.is_empty() || taken.text.ends_with('\n'),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn headings_are_no_items_and_page_numbers_no_words() {
    let flat = "<o xmlns:office='o' xmlns:text='t' xmlns:style='s'><style:footer><text:p>- 3 -</text:p></style:footer>\
                <office:text><text:list><text:list-item><text:h>One</text:h></text:list-item><text:list-item>\
                <text:h>Two</text:h></text:list-item><text:list-item><text:p>a</text:p><text:p>b</text:p>\
                </text:list-item><text:list-item><text:p>c<text:s text:c='2'/>d</text:p></text:list-item></text:list>\
                <text:section text:display='none'><text:p>Not shown.</text:p></text:section></office:text></o>";
    let taken = read_any(flat.as_bytes()).expect("read");
    assert_eq!(taken.text, "One\n\nTwo\n\na\n\nb\n\nc  d\n");
    assert_eq!(
        taken.notices,
        [
            "the text of an OpenDocument text",
            "2 hidden words are left out"
        ]
    );
}
