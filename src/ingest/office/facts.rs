//! What documents say of themselves in their properties, as far as it is said of the article.
//!
//! Programs fill properties in by themselves: the name of a template or a file as a title, their
//! own name or “user” as an author. Those are no facts.

use super::Trouble;
use super::xml::{Cursor, Step, decoded};
use crate::text::{About, Fact};

/// Titles that programs give, in small letters, with or without a number behind.
const UNTITLED: [&str; 10] = [
    "document",
    "dokument",
    "neues dokument",
    "new document",
    "noname",
    "sans titre",
    "title",
    "unbenannt",
    "untitled",
    "word document",
];

/// Writers that are programs or nobody, in small letters.
const NOBODY: [&str; 14] = [
    "admin",
    "administrator",
    "author",
    "benutzer",
    "libreoffice",
    "microsoft office user",
    "microsoft word",
    "openoffice.org",
    "owner",
    "python-docx",
    "unknown",
    "user",
    "windows user",
    "windows-benutzer",
];

/// Endings of names of files that stand as titles.
const FILES: [&str; 8] = [
    ".doc", ".docx", ".dotx", ".odt", ".rtf", ".pdf", ".epub", ".txt",
];

/// Properties as they are written.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    /// Who began it, where that is told apart from who saved it.
    pub(super) beginner: Option<String>,
    /// The day of a book. That on which a document was begun or saved is none on which an article
    /// appeared: templates and last week's article are written over.
    pub(super) day: Option<String>,
    pub(super) language: Option<String>,
}

impl Properties {
    /// Those of a part with Dublin Core elements in it: of Word, OpenDocument and EPUB alike.
    pub(super) fn of_part(part: &[u8]) -> Result<Properties, Trouble> {
        let text = decoded(part)?;
        let mut cursor = Cursor::new(&text);
        let mut properties = Properties::default();
        loop {
            match cursor.step()? {
                Step::Open(element) => {
                    properties.take(element.full_name().to_owned().as_str(), &mut cursor)?
                }
                Step::End => return Ok(properties),
                _ => {}
            }
        }
    }

    /// Takes up the element that was just opened, if it is a property.
    pub(super) fn take(&mut self, name: &str, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        let slot = match name {
            "dc:title" => &mut self.title,
            "dc:date" => &mut self.day,
            "dc:language" => &mut self.language,
            "meta:initial-creator" => &mut self.beginner,
            "dc:creator" => {
                self.authors.push(cursor.text()?);
                return Ok(());
            }
            _ => return Ok(()),
        };
        let words = cursor.text()?;
        slot.get_or_insert(words);
        Ok(())
    }

    /// What of it is known of the article.
    pub(super) fn about(&self) -> About {
        let mut about = About::default();
        let title = self.title.as_deref().filter(|title| is_title(title));
        about.learn_if_said(Fact::Title, title);
        let beginner = self.beginner.as_deref().map(str::trim);
        about.learn_if_said(Fact::Author, beginner.filter(|name| is_author(name)));
        let authors = self.authors.iter().flat_map(|names| names.split(';'));
        let authors = authors.map(str::trim);
        let authors: Vec<&str> = authors.filter(|name| is_author(name)).collect();
        about.learn(Fact::Author, &authors.join(", "));
        about.learn_if_said(Fact::Language, self.language.as_deref());
        about
    }
}

fn is_title(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    let bare = title.trim_end_matches(|c: char| c.is_ascii_digit() || " -()_".contains(c));
    let is_file = FILES.iter().any(|ending| title.ends_with(ending));
    !is_file && !title.starts_with("microsoft word - ") && !UNTITLED.contains(&bare)
}

fn is_author(name: &str) -> bool {
    !name.is_empty() && !NOBODY.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_fill_in_is_no_fact() {
        let of = |title: &str, author: &str| {
            let properties = Properties {
                title: Some(title.to_owned()),
                authors: vec![author.to_owned(), "Åse Frø ".to_owned()],
                ..Properties::default()
            };
            let about = properties.about();
            let said = |fact| about.get(fact).unwrap_or("").to_owned();
            (said(Fact::Title), said(Fact::Author))
        };
        for junk in [
            "Document1",
            "Untitled (2)",
            "Microsoft Word - wall",
            "wall_final.DOCX",
            " ",
        ] {
            assert_eq!(
                of(junk, "User"),
                (String::new(), "Åse Frø".to_owned()),
                "{junk}"
            );
        }
        let (title, authors) = of("Document of the month", "Ida Holm");
        assert_eq!(
            (&*title, &*authors),
            ("Document of the month", "Ida Holm, Åse Frø")
        );
    }

    #[test]
    fn the_day_on_which_a_file_was_saved_is_no_day_of_an_article() {
        let part = b"<?xml version='1.0'?><p xmlns:dc='d' xmlns:dcterms='t'><dc:title>A &amp; B</dc:title>\
            <dcterms:modified>2026-03-04T09:00:00Z</dcterms:modified><dc:date>2026-03-05</dc:date>\
            <dc:language>nb-NO</dc:language></p>";
        let properties = Properties::of_part(part).expect("read");
        assert_eq!(properties.day.as_deref(), Some("2026-03-05"));
        let about = properties.about();
        assert_eq!(about.title(), Some("A & B"));
        assert_eq!(about.date(), None);
        assert_eq!(about.get(Fact::Language), Some("nb-NO"));
    }
}
