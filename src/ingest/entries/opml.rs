//! Lists of feeds as feed readers exchange them, OPML 1.0 and 2.0; also other outlines with
//! addresses. Folders are left out: an entry is an entry.

use super::draft::sound_tag;
use super::markup::{Piece, Pieces, Tag, repaired};
use super::words::one_line;
use super::{Entries, Entry, MOST, address};

/// The entries of an OPML list; `None` if the text is none.
pub(super) fn read(_: &str, text: &str) -> Option<Entries> {
    let start = text.trim_start();
    if !start.starts_with('<') || !has_mark(start) {
        return None;
    }
    let text = repaired(start);
    let mut found = Entries::new("an OPML list");
    let (mut is_list, mut is_closed, mut is_title) = (false, false, false);
    let (mut folders, mut more, mut without) = (0usize, 0usize, 0usize);
    for piece in Pieces::of(&text) {
        match piece {
            Piece::Open(tag) => match tag.name.as_str() {
                "opml" => is_list = true,
                "html" | "rss" | "feed" if !is_list => return None,
                "title" if is_list && found.title.is_none() => is_title = true,
                "outline" if is_list => {
                    is_title = false;
                    match entry(&tag) {
                        Some(_) if found.list.len() == MOST => more += 1,
                        Some(entry) => found.list.push(entry),
                        None if is_folder(&tag) => folders += 1,
                        None => without += 1,
                    }
                }
                _ => is_title = false,
            },
            Piece::Text(text) if is_title => {
                let title = found.title.get_or_insert_default();
                title.push_str(&text);
            }
            Piece::Close(name) => {
                is_title = false;
                is_closed |= name == "opml";
            }
            Piece::Text(_) => {}
        }
    }
    found.title = found.title.map(|title| one_line(&title));
    if folders > 0 {
        let told = super::counted(folders, "folder", "folders");
        found.notices.push(format!("{told} taken as one list"));
    }
    if without > 0 {
        let told = super::counted(without, "outline", "outlines");
        let told = format!("{told} without an address left out");
        found.notices.push(told);
    }
    if !is_closed {
        found.notices.push("the list breaks off".to_owned());
    }
    found.tell_of_more(more);
    is_list.then_some(found)
}

/// Whether the start of a text opens a list.
fn has_mark(text: &str) -> bool {
    let start = text.bytes().take(4_096).collect::<Vec<u8>>();
    let start = start.to_ascii_lowercase();
    start.windows(5).any(|window| window == b"<opml")
}

/// The entry of an outline with an address.
fn entry(tag: &Tag<'_>) -> Option<Entry> {
    let of = |name: &str| tag.attribute(name).filter(|value| !value.trim().is_empty());
    let feed = of("xmlurl").and_then(|at| address::absolute(&at, None));
    let is_feed = feed.is_some();
    let page = || {
        let at = of("url").or_else(|| of("htmlurl"))?;
        address::absolute(&at, None)
    };
    let title = of("title").or_else(|| of("text"));
    Some(Entry {
        address: Some(feed.or_else(page)?),
        title: title.map(|title| one_line(&title)),
        language: of("language").and_then(|tag| sound_tag(&tag)),
        summary: of("description").map(|words| one_line(&words)),
        is_feed,
        ..Entry::default()
    })
}

/// Whether an outline is one that others stand in.
fn is_folder(tag: &Tag<'_>) -> bool {
    !tag.is_empty && tag.attribute("xmlurl").is_none()
}
