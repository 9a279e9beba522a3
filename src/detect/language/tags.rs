//! The names of parts of speech, in the order every trained model knows them by.

/// Penn Treebank tags and a few for marks; the order is part of every trained model.
pub const TAGS: &[&str] = &[
    "NN", "NNS", "NNP", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "MD", "POS", "PRP",
    "PRP$", "RB", "RBR", "RBS", "RP", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT",
    "WP", "WP$", "WRB", ",", ".", ":", "\"", "(", ")", "-", "SYM",
];

/// Position of a tag in [`TAGS`], worked out while compiling: an unknown name does not compile.
macro_rules! tag {
    ($name:literal) => {
        const {
            match $crate::detect::language::tags::position(
                $crate::detect::language::tags::TAGS,
                $name,
            ) {
                Some(place) => place as u8,
                None => panic!("no such tag"),
            }
        }
    };
}
pub(crate) use tag;

/// Position of a name in a list of names.
pub const fn position(list: &[&str], name: &str) -> Option<usize> {
    let mut k = 0;
    while k < list.len() {
        if same(list[k].as_bytes(), name.as_bytes()) {
            return Some(k);
        }
        k += 1;
    }
    None
}

/// Position of a tag in [`TAGS`] by its name, other spellings of it included; the last, a sign,
/// for an unknown one.
pub fn tag_number(name: &str) -> u8 {
    let name = match name {
        "NNPS" => "NNP",
        "PDT" => "DT",
        "``" | "''" => "\"",
        "HYPH" => "-",
        "-LRB-" => "(",
        "-RRB-" => ")",
        name => name,
    };
    position(TAGS, name).unwrap_or(TAGS.len() - 1) as u8
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut k = 0;
    while k < a.len() {
        if a[k] != b[k] {
            return false;
        }
        k += 1;
    }
    true
}
