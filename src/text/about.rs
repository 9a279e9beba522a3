//! What is known of an article: who wrote it, where and when it appeared, where it stands.
//!
//! Facts and no guesses: what nobody said clearly is left out. A fact is a short text of one
//! line; its characters may be anything, so showing it goes through `visible` like all else.

mod day;

use super::words;
pub use day::{day_of, days_between, month_of};

words! {
    /// One thing that may be known of an article.
    Fact {
        /// Its headline.
        Title = "title",
        /// Who wrote it, names joined by “, ”.
        Author = "author",
        /// The paper, agency or site.
        Outlet = "outlet",
        /// When it appeared, as it is written there.
        Published = "published",
        /// The address it stands under.
        Url = "url",
        /// The language, as a tag: en, pt-BR.
        Language = "language",
    }
}

/// The name under which files have the day of [`Fact::Published`].
pub const DATE: &str = "date";

/// What is known of an article; every part may be missing.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct About {
    title: Option<String>,
    author: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    date: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

impl Fact {
    /// Code points it may have; what is longer is something else.
    fn bound(self) -> usize {
        match self {
            Fact::Title => 300,
            Fact::Author => 200,
            Fact::Outlet => 120,
            Fact::Published => 80,
            Fact::Url => 2000,
            Fact::Language => 35,
        }
    }
}

impl About {
    /// Takes up a fact that is not known yet; whether it did. One that cannot be what it is said
    /// to be (too long, no address, no language) is left out.
    pub fn learn(&mut self, fact: Fact, words: &str) -> bool {
        if self.slot(fact).is_some() {
            return false;
        }
        let Some(words) = sound(fact, words) else {
            return false;
        };
        if fact == Fact::Published {
            self.date = day_of(&words);
        }
        *self.slot(fact) = Some(words);
        true
    }

    /// Takes up a fact that may be said.
    pub fn learn_if_said(&mut self, fact: Fact, words: Option<&str>) {
        if let Some(words) = words {
            self.learn(fact, words);
        }
    }

    /// Takes up all facts of `other` that are not known yet.
    pub fn learn_from(&mut self, other: &About) {
        for fact in <Fact as super::Word>::ALL {
            if let Some(words) = other.get(*fact) {
                self.learn(*fact, words);
            }
        }
    }

    /// A fact, if it is known.
    pub fn get(&self, fact: Fact) -> Option<&str> {
        let slot = match fact {
            Fact::Title => &self.title,
            Fact::Author => &self.author,
            Fact::Outlet => &self.outlet,
            Fact::Published => &self.published,
            Fact::Url => &self.url,
            Fact::Language => &self.language,
        };
        slot.as_deref()
    }

    /// The headline.
    pub fn title(&self) -> Option<&str> {
        self.get(Fact::Title)
    }

    /// The day it appeared, `YYYY-MM-DD`, where that is written in a way that can only be one.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.entries().next().is_none()
    }

    /// All that is known, by the names files have for it, in their order.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let named = [
            (Fact::Title, &self.title),
            (Fact::Author, &self.author),
            (Fact::Outlet, &self.outlet),
            (Fact::Published, &self.published),
        ];
        let rest = [(Fact::Url, &self.url), (Fact::Language, &self.language)];
        let name = |(fact, slot)| (super::Word::as_str(fact), slot);
        let named = named.into_iter().map(name);
        let named = named.chain([(DATE, &self.date)]);
        let all = named.chain(rest.into_iter().map(name));
        all.filter_map(|(name, slot): (_, &Option<String>)| Some((name, slot.as_deref()?)))
    }

    fn slot(&mut self, fact: Fact) -> &mut Option<String> {
        match fact {
            Fact::Title => &mut self.title,
            Fact::Author => &mut self.author,
            Fact::Outlet => &mut self.outlet,
            Fact::Published => &mut self.published,
            Fact::Url => &mut self.url,
            Fact::Language => &mut self.language,
        }
    }
}

/// The words of a fact on one line, if they can be that fact.
fn sound(fact: Fact, words: &str) -> Option<String> {
    // Longer than any fact, blanks and all: not even looked at.
    if words.len() > 16_000 {
        return None;
    }
    let parts = words.split(|c: char| c.is_whitespace() || c.is_control());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let words = match fact {
        Fact::Url => address(words.trim())?,
        Fact::Language => language(words.trim())?,
        _ => parts.join(" "),
    };
    let says = match fact {
        Fact::Published => words.contains(|c: char| c.is_ascii_digit()),
        _ => words.contains(char::is_alphanumeric),
    };
    (says && words.chars().count() <= fact.bound()).then_some(words)
}

/// An address of the web; what files may not have in one is written as they may.
fn address(words: &str) -> Option<String> {
    let (scheme, rest) = words.split_once("://")?;
    let is_web = ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str());
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    if !is_web || !host.contains('.') || host.starts_with('.') || words.contains(is_blank) {
        return None;
    }
    let mut address = String::with_capacity(words.len());
    for byte in words.bytes() {
        if byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte) {
            address.push(byte.into());
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(address)
}

/// A tag of a language: two or three letters, then parts of two to eight.
fn language(words: &str) -> Option<String> {
    let tag = words.replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let is_language =
        (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    (is_language && parts.all(is_part)).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_one_line_and_the_first_one_counts() {
        let mut about = About::default();
        assert!(about.is_empty() && !about.learn(Fact::Title, " \n"));
        assert!(about.learn(Fact::Title, " Fares\n\t rise\u{7} again "));
        assert!(!about.learn(Fact::Title, "Something else"));
        assert_eq!(about.title(), Some("Fares rise again"));
        assert!(!about.learn(Fact::Author, "—"));
        assert!(!about.learn(Fact::Author, &"x".repeat(201)));
        assert!(about.learn(Fact::Published, "Monday, 4 March 2024"));
        assert!(about.learn(Fact::Language, "en_GB"));
        let all: Vec<_> = about.entries().collect();
        assert_eq!(
            all,
            [
                ("title", "Fares rise again"),
                ("published", "Monday, 4 March 2024"),
                ("date", "2024-03-04"),
                ("language", "en-GB"),
            ]
        );
        let mut other = About::default();
        other.learn(Fact::Title, "Own");
        other.learn_from(&about);
        assert_eq!(
            (other.title(), other.date()),
            (Some("Own"), Some("2024-03-04"))
        );
    }

    #[test]
    fn addresses_are_of_the_web_and_spelt_as_files_may_have_them() {
        for (words, is) in [
            (
                "https://news.example/a?b=1#c",
                "https://news.example/a?b=1#c",
            ),
            (
                "https://news.example/å\"x",
                "https://news.example/%C3%A5%22x",
            ),
            (" HTTP://news.example ", "HTTP://news.example"),
            ("/local", ""),
            ("javascript:alert(1)", ""),
            ("file:///etc/passwd", ""),
            ("https://localhost", ""),
            ("https://a.example/ b", ""),
        ] {
            let mut about = About::default();
            about.learn(Fact::Url, words);
            assert_eq!(about.get(Fact::Url).unwrap_or(""), is, "{words:?}");
        }
        for (words, is) in [
            ("de", true),
            ("pt-BR", true),
            ("English", false),
            ("e", false),
        ] {
            assert_eq!(About::default().learn(Fact::Language, words), is, "{words}");
        }
    }
}
