//! Files with one link that desktops make: `.url` of Windows, `.webloc` of macOS in both its forms,
//! `.desktop` of Linux.

use super::markup::{Piece, Pieces, repaired};
use super::{Entries, Entry, address};

/// Bytes of a shortcut; what is larger is none.
const LARGEST: usize = 64_000;

/// The link of a shortcut in text; `None` if the text is none.
pub(super) fn read(_: &str, text: &str) -> Option<Entries> {
    if text.len() > LARGEST {
        return None;
    }
    let start = text.trim_start();
    match start.starts_with('<') {
        true => of_plist(start),
        false => of_ini(start),
    }
}

/// The link of a property list in its binary form (`bplist00`): the string in it that is an
/// address. Its length stands before it.
pub(super) fn of_property_list(bytes: &[u8]) -> Option<Entries> {
    if !bytes.starts_with(b"bplist00") || bytes.len() > LARGEST {
        return None;
    }
    let at = bytes.windows(4).position(|window| window == b"http")?;
    let length = match bytes[..at] {
        [.., 0x5f, 0x11, high, low] => usize::from(u16::from_be_bytes([high, low])),
        [.., 0x5f, 0x10, length] => usize::from(length),
        [.., mark @ 0x50..=0x5e] => usize::from(mark - 0x50),
        _ => return None,
    };
    let text = std::str::from_utf8(bytes.get(at..at + length)?).ok()?;
    one(text, None)
}

/// `[InternetShortcut]` and `[Desktop Entry]`: a line with the address, one with a name perhaps.
fn of_ini(text: &str) -> Option<Entries> {
    let has_head = text.lines().any(|line| {
        let line = line.trim();
        ["[internetshortcut]", "[desktop entry]"]
            .iter()
            .any(|head| line.eq_ignore_ascii_case(head))
    });
    if !text.starts_with('[') || !has_head {
        return None;
    }
    let value = |name: &str| {
        text.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    one(value("url")?, value("name"))
}

/// A property list in XML: the string behind the key `URL`.
fn of_plist(text: &str) -> Option<Entries> {
    if !text.contains("<plist") {
        return None;
    }
    let text = repaired(text);
    let (mut element, mut is_url) = (String::new(), false);
    let mut words = String::new();
    for piece in Pieces::of(&text) {
        match piece {
            Piece::Open(tag) => {
                element = tag.name;
                words.clear();
            }
            Piece::Text(text) => words.push_str(&text),
            Piece::Close(_) => {
                if element == "string" && is_url {
                    return one(&words, None);
                }
                if element == "key" {
                    is_url = words.trim().eq_ignore_ascii_case("url");
                }
                element.clear();
            }
        }
    }
    None
}

fn one(address: &str, title: Option<&str>) -> Option<Entries> {
    let mut found = Entries::new("a list of links");
    found.list.push(Entry {
        address: Some(address::absolute(address, None)?),
        title: title.map(str::to_owned),
        ..Entry::default()
    });
    Some(found)
}
