//! What of a file does not come into a document, and why.

use std::fmt;

use super::BroughtMark;

/// Why something is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The words are not in the article.
    NotFound,
    /// They are, but it is not sure that these are the ones meant, or other words stand there.
    NotSure,
    /// The reviewer gave another answer already.
    Answered,
    /// The file has several verdicts or notes, and none says that it is the reviewer's.
    ManyAnswers(&'static str),
    /// The record says something else there.
    Other(String),
    /// The reviewer takes the claim from somebody else already.
    OtherSource,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::NotFound => f.write_str("not found in the article"),
            Why::NotSure => f.write_str("not surely found in the article"),
            Why::Answered => f.write_str("answered already; that answer stays"),
            Why::ManyAnswers(what) => {
                write!(
                    f,
                    "the file has several {what}, and none is named as this reviewer's"
                )
            }
            Why::Other(field) => write!(f, "another {field} stands there already and stays"),
            Why::OtherSource => f.write_str("taken from somebody else already; that stays"),
        }
    }
}

/// Something that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotBrought {
    /// Its words, shortened.
    pub words: String,
    /// Whether it is left out whole, and not only a part of what is said of it.
    pub is_whole: bool,
    /// Why.
    pub why: Why,
}

impl NotBrought {
    /// A whole mark.
    pub(super) fn mark(mark: &BroughtMark, why: Why) -> NotBrought {
        NotBrought {
            words: shortened(&mark.words()),
            is_whole: true,
            why,
        }
    }

    /// A part of what is said of a mark.
    pub(super) fn part(mark: &BroughtMark, why: Why) -> NotBrought {
        NotBrought {
            is_whole: false,
            ..NotBrought::mark(mark, why)
        }
    }
}

impl fmt::Display for NotBrought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”: {}", self.words, self.why)
    }
}

/// Words on one line, of a length that can be looked over.
fn shortened(words: &str) -> String {
    const LONGEST: usize = 80;
    let one_line: Vec<&str> = words.split_whitespace().collect();
    let one_line = one_line.join(" ");
    match one_line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", one_line[..at].trim_end()),
        None => one_line,
    }
}
