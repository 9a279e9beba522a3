//! An entry's article as a web page of its own, for the reader of pages.
//!
//! Everything around the content is escaped; the content is markup as the feed has it, and is read
//! as carefully as any page.

use super::references::escaped;
use super::{Entry, File};

/// What a page is made of.
pub(super) struct Page<'e> {
    /// The entry, for its title and facts.
    pub(super) entry: &'e Entry,
    /// Against what addresses in the content are read.
    pub(super) base: Option<&'e str>,
    /// The markup of the article.
    pub(super) content: &'e str,
}

/// The page as a file.
pub(super) fn of(page: &Page<'_>) -> File {
    let Page {
        entry,
        base,
        content,
    } = page;
    let language = said(&entry.language, |tag| format!(" lang=\"{tag}\""));
    let base = base.map_or(String::new(), |base| {
        format!("<base href=\"{}\">\n", escaped(base))
    });
    let title = said(&entry.title, |title| format!("<title>{title}</title>\n"));
    let headline = said(&entry.title, |title| format!("<h1>{title}</h1>\n"));
    let address = said(&entry.address, |address| {
        format!("<link rel=\"canonical\" href=\"{address}\">\n")
    });
    let author = said(&entry.author, |author| {
        format!("<meta name=\"author\" content=\"{author}\">\n")
    });
    let published = said(&entry.published, |day| {
        format!("<meta property=\"article:published_time\" content=\"{day}\">\n")
    });
    let html = format!(
        "<!doctype html>\n<html{language}>\n<head>\n<meta charset=\"utf-8\">\n{base}{title}\
         {address}{author}{published}</head>\n<body>\n<article>\n{headline}{content}\n</article>\n\
         </body>\n</html>\n"
    );
    File {
        ending: "html",
        bytes: html.into_bytes(),
    }
}

/// A fact in its place, escaped; nothing if it is not known.
fn said(fact: &Option<String>, place: impl Fn(&str) -> String) -> String {
    fact.as_deref()
        .map_or(String::new(), |fact| place(&escaped(fact)))
}
