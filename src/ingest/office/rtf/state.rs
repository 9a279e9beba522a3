//! What holds within a group of an RTF document: where its words go and what they look like.

use encoding_rs::{Encoding, WINDOWS_1252};

/// Where words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The text, a note or a box.
    Text,
    /// The head or foot of pages.
    Margin,
    Title,
    Author,
    Fonts,
    /// The properties of the document, of which some are taken.
    Info,
    /// Out of the text, but for what stands in boxes and properties within.
    Nowhere,
    /// Out of the text with all that is in it.
    Shut,
}

/// What holds within a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) place: Place,
    /// How many characters for older programs follow one that is written by its number.
    pub(super) spare: usize,
    pub(super) encoding: &'static Encoding,
    /// Whether the font's signs are no letters.
    pub(super) is_symbol: bool,
    pub(super) is_hidden: bool,
    pub(super) is_deleted: bool,
    pub(super) is_inserted: bool,
    /// Whether the paragraph stands in a table.
    pub(super) in_table: bool,
    /// The list that the paragraph is an item of; 0 for none.
    pub(super) list: u64,
    pub(super) is_heading: bool,
    /// Where the words around a group go that is passed over.
    pub(super) outer: Place,
    /// Where the words of a pair for old and new programs go.
    pub(super) of_pair: Place,
}

impl Default for State {
    fn default() -> State {
        State {
            place: Place::Text,
            spare: 1,
            encoding: WINDOWS_1252,
            is_symbol: false,
            is_hidden: false,
            is_deleted: false,
            is_inserted: false,
            in_table: false,
            list: 0,
            is_heading: false,
            outer: Place::Text,
            of_pair: Place::Shut,
        }
    }
}

/// Where the words of a group go that begins with one of these; `None` if the group is none of
/// its own.
pub(super) fn place_of(word: &str) -> Option<Place> {
    Some(match word {
        "info" => Place::Info,
        "fonttbl" => Place::Fonts,
        "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
        | "footerf" => Place::Margin,
        "annotation" | "atnauthor" | "atndate" | "atnicn" | "atnid" | "atnparent" | "atnref"
        | "atntime" | "atrfend" | "atrfstart" | "bkmkend" | "bkmkstart" | "buptim" | "category"
        | "colortbl" | "comment" | "company" | "doccomm" | "docvar" | "falt" | "filetbl"
        | "fontemb" | "fontfile" | "ftncn" | "ftnsep" | "ftnsepc" | "aftncn" | "aftnsep"
        | "aftnsepc" | "generator" | "keywords" | "hlinkbase" | "listtable"
        | "listoverridetable" | "listtext" | "manager" | "nextfile" | "nonesttables"
        | "objclass" | "objdata" | "objname" | "operator" | "panose" | "pntxta" | "pntxtb"
        | "printim" | "private" | "revtbl" | "rsidtbl" | "rxe" | "sp" | "stylesheet"
        | "subject" | "tc" | "tcn" | "template" | "txe" | "xe" | "xmlnstbl" | "xmlopen"
        | "xmlclose" => Place::Nowhere,
        "fldinst" | "nonshppict" | "pict" | "pntext" | "shprslt" | "upr" => Place::Shut,
        _ => return None,
    })
}

/// The character that a control word stands for.
pub(super) fn character(word: &str) -> Option<char> {
    Some(match word {
        "emdash" => '\u{2014}',
        "endash" => '\u{2013}',
        "lquote" => '\u{2018}',
        "rquote" => '\u{2019}',
        "ldblquote" => '\u{201C}',
        "rdblquote" => '\u{201D}',
        "bullet" => '\u{2022}',
        "emspace" => '\u{2003}',
        "enspace" => '\u{2002}',
        "qmspace" => '\u{2005}',
        "zwj" => '\u{200D}',
        "zwnj" => '\u{200C}',
        "zwbo" => '\u{200B}',
        "zwnbo" => '\u{2060}',
        "ltrmark" => '\u{200E}',
        "rtlmark" => '\u{200F}',
        _ => return None,
    })
}
