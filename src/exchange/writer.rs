//! What every format is written through: an article goes in, its bytes come out.

use std::io::{self, Write};

use super::entry::Subject;
use super::losses::Losses;

/// One of the shapes that a format comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its name on the command line.
    pub name: &'static str,
    /// How names of its files end, without the full stop.
    pub ending: &'static str,
}

/// How an export is to be written, apart from its format.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which of the format's shapes.
    pub shape: &'static Shape,
    /// Whether a table begins with a byte order mark, by which Excel knows UTF-8.
    pub byte_order_mark: bool,
    /// What stands between the cells of a table.
    pub separator: u8,
    /// Who publishes.
    pub publisher: Publisher,
}

/// Who publishes fact checks, and what verdicts are worth there; from the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The desk's name.
    pub author: String,
    /// Its address.
    pub url: Option<String>,
    /// Where a review stands, with `{number}` for the claim's number and `{id}` for its id.
    pub page: String,
    /// The day of publication, as files spell it.
    pub date: Option<String>,
    /// What each verdict is worth.
    pub ratings: Vec<(String, i64)>,
    /// A reviewer as sidecars name her, and what she is called where others read it.
    pub reviewer: Option<(String, String)>,
}

impl Publisher {
    /// What a verdict is worth.
    pub fn rating(&self, verdict: &str) -> Option<i64> {
        let known = self.ratings.iter().find(|(known, _)| known == verdict);
        known.map(|(_, rating)| *rating)
    }

    /// The lowest and the highest of all ratings; `None` where there is none.
    pub fn range(&self) -> Option<[i64; 2]> {
        let all = || self.ratings.iter().map(|(_, rating)| *rating);
        Some([all().min()?, all().max()?])
    }

    /// What a reviewer is called where others read it: never by an e-mail address.
    pub fn name_of<'n>(&'n self, reviewer: &'n str) -> &'n str {
        match &self.reviewer {
            Some((known, name)) if known == reviewer => name,
            // “Ana Novak <ana@desk.example>”
            _ if reviewer.ends_with('>') && reviewer.contains(" <") => {
                reviewer.split(" <").next().unwrap_or(reviewer).trim()
            }
            _ => match reviewer.split_once('@') {
                Some((own, place)) if !own.is_empty() && place.contains('.') => own,
                _ => reviewer,
            },
        }
    }
}

/// A file of a format that comes in several: in a folder of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name: no path, and no other file's of the same export.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// A format being written. Articles are written as they come; what stands around them is written
/// with the first and at the end.
pub trait Writer {
    /// Writes one article.
    ///
    /// # Errors
    /// Those of the output.
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()>;

    /// Writes what is still held back; gives what was lost beside what the format's row says.
    ///
    /// # Errors
    /// Those of the output.
    fn finish(self: Box<Self>) -> io::Result<Losses>;
}

/// A format that keeps nothing between articles: each is written as it comes.
struct Each<'w, F> {
    out: &'w mut dyn Write,
    article: F,
}

/// A writer that writes each article by itself.
pub(super) fn each<'w>(
    out: &'w mut dyn Write,
    article: impl Fn(&mut &'w mut dyn Write, &Subject<'_>) -> io::Result<()> + 'w,
) -> Box<dyn Writer + 'w> {
    Box::new(Each { out, article })
}

impl<'w, F> Writer for Each<'w, F>
where
    F: Fn(&mut &'w mut dyn Write, &Subject<'_>) -> io::Result<()>,
{
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        (self.article)(&mut self.out, subject)
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        self.out.flush()?;
        Ok(Losses::default())
    }
}

#[cfg(test)]
mod tests {
    use super::Publisher;

    #[test]
    fn nobody_is_named_by_an_address() {
        let mut publisher = Publisher::default();
        assert_eq!(publisher.name_of("ana@desk.example"), "ana");
        assert_eq!(publisher.name_of("Ana M."), "Ana M.");
        assert_eq!(publisher.name_of("@ana"), "@ana");
        assert_eq!(
            publisher.name_of("Ana “A” N <ana@desk.example>"),
            "Ana “A” N"
        );
        publisher.reviewer = Some(("ana@desk.example".to_owned(), "Ana Novak".to_owned()));
        assert_eq!(publisher.name_of("ana@desk.example"), "Ana Novak");
        assert_eq!(publisher.name_of("bo@desk.example"), "bo");
    }

    #[test]
    fn the_range_is_that_of_all_ratings() {
        let mut publisher = Publisher::default();
        assert_eq!(publisher.range(), None);
        publisher.ratings = [("mixed", 3), ("false", 1), ("true", 5)]
            .map(|(verdict, rating)| (verdict.to_owned(), rating))
            .to_vec();
        assert_eq!(publisher.range(), Some([1, 5]));
        assert_eq!(publisher.rating("mixed"), Some(3));
        assert_eq!(publisher.rating("none"), None);
    }
}
