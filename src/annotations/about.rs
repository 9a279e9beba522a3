//! What is known of the article, as the head of a sidecar has it.
//!
//! `about` is what the article says of itself, worked out from the article at hand. The fields
//! beside it (`title`, `author` and so on) are what holds: the same, unless somebody wrote another
//! value there, which stays. Which of them somebody wrote is told by `about` as it was before.

use serde_json::{Map, Value};

use super::{ArticleHead, hex, text_id};
use crate::text::{About, Article, DATE, Fact, Word};

/// The field of the head that has what the article says.
const FIELD: &str = "about";

impl ArticleHead {
    /// The head of an article of which there is no sidecar.
    pub fn of(article: &Article) -> ArticleHead {
        let mut head = ArticleHead {
            file: article.name().to_owned(),
            media_type: article.media().media_type().to_owned(),
            bytes_sha256: hex(article.bytes_sha256()),
            text: text_id(article.text_sha256()),
            about: article.about().clone(),
            more: Map::new(),
        };
        if !head.about.is_empty() {
            head.more.insert(FIELD.to_owned(), Map::new().into());
            head.keep_about();
        }
        head
    }

    /// Takes over what the article at hand says of itself. `has_changed`: the file it comes from
    /// is about other bytes; else one that does not have it is left as it is.
    pub fn renew_about(&mut self, article: &Article, has_changed: bool) {
        self.about = article.about().clone();
        let is_free = !self.more.contains_key(FIELD);
        if is_free && has_changed && !self.about.is_empty() {
            self.more.insert(FIELD.to_owned(), Map::new().into());
        }
        self.keep_about();
    }

    /// What is known of the article: what somebody wrote in the head, else what it says itself.
    pub fn known(&self) -> About {
        let mut known = About::default();
        for fact in Fact::ALL {
            let said = self.more.get(fact.as_str()).and_then(Value::as_str);
            known.learn_if_said(*fact, said);
        }
        known.learn_from(&self.about);
        known
    }

    /// Writes what the article says into the fields, where these are kept at all.
    fn keep_about(&mut self) {
        let Some(Value::Object(before)) = self.more.get(FIELD) else {
            return;
        };
        let before = before.clone();
        for fact in Fact::ALL {
            let name = fact.as_str();
            // Another value than the article's as it was is somebody's own, none included.
            if self.more.get(name) != before.get(name) {
                continue;
            }
            match self.about.get(*fact) {
                Some(words) => self.more.insert(name.to_owned(), words.into()),
                None => self.more.shift_remove(name),
            };
        }
        let is_ours = |name: &str| name == DATE || Fact::parse(name).is_some();
        let said: Map<String, Value> = self
            .about
            .entries()
            .map(|(name, words)| (name.to_owned(), words.into()))
            .collect();
        let stored = before.iter().filter(|(name, _)| is_ours(name));
        if stored.clone().count() == said.len()
            && stored
                .clone()
                .all(|(name, value)| said.get(name) == Some(value))
        {
            return;
        }
        let others = before.into_iter().filter(|(name, _)| !is_ours(name));
        let about: Map<String, Value> = said.into_iter().chain(others).collect();
        self.more.insert(FIELD.to_owned(), about.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Media;
    use serde_json::json;

    fn article(says: &[(Fact, &str)]) -> Article {
        let mut about = About::default();
        for (fact, words) in says {
            about.learn(*fact, words);
        }
        Article::new("a.md", "They rose.\n", Media::Markdown).with_about(about)
    }

    fn head(says: &[(Fact, &str)]) -> ArticleHead {
        ArticleHead::of(&article(says))
    }

    fn renewed(head: &ArticleHead, says: &[(Fact, &str)], has_changed: bool) -> ArticleHead {
        let mut head = head.clone();
        head.renew_about(&article(says), has_changed);
        head
    }

    #[test]
    fn a_new_head_has_what_the_article_says_twice() {
        let head = head(&[(Fact::Title, "Fares"), (Fact::Published, "2024-05-12")]);
        assert_eq!(
            json!(head.more),
            json!({
                "about": {"title": "Fares", "published": "2024-05-12", "date": "2024-05-12"},
                "title": "Fares", "published": "2024-05-12",
            })
        );
        assert!(self::head(&[]).more.is_empty());
    }

    #[test]
    fn what_the_article_says_follows_it_and_own_values_stay() {
        let mut own = head(&[(Fact::Title, "Fares"), (Fact::Author, "Jane Okafor")]);
        own.more.insert("author".to_owned(), "J. Okafor".into());
        own.more["about"]["section"] = "Transport".into();
        let now = [
            (Fact::Title, "Fares again"),
            (Fact::Author, "Jane A. Okafor"),
            (Fact::Language, "en"),
        ];
        let now = renewed(&own, &now, true);
        assert_eq!(now.more["title"], "Fares again");
        assert_eq!(now.more["author"], "J. Okafor");
        assert_eq!(now.more["language"], "en");
        assert_eq!(now.more["about"]["author"], "Jane A. Okafor");
        assert_eq!(now.more["about"]["section"], "Transport");
        assert_eq!(now.known().get(Fact::Author), Some("J. Okafor"));
        assert_eq!(now.known().title(), Some("Fares again"));

        // What somebody took out stays out, and what the article no longer says goes.
        own.more.shift_remove("author");
        let now = renewed(&own, &[(Fact::Author, "Jane A. Okafor")], true);
        assert!(!now.more.contains_key("author") && !now.more.contains_key("title"));
    }

    #[test]
    fn a_head_without_it_stays_to_the_letter_until_the_article_changes() {
        let text = [(Fact::Title, "Fares")];
        let mut old = head(&[]);
        old.more.insert("title".to_owned(), "Own".into());
        old.more.insert("url".to_owned(), json!(3));
        let now = renewed(&old, &text, false);
        assert_eq!(now.more, old.more);
        let now = renewed(&old, &text, true);
        assert_eq!(
            json!(now.more),
            json!({
                "title": "Own", "url": 3, "about": {"title": "Fares"}
            })
        );
        old.more
            .insert("about".to_owned(), "a word of another tool".into());
        assert_eq!(renewed(&old, &text, true).more, old.more);
        assert_eq!(renewed(&old, &text, true).known().title(), Some("Own"));
    }
}
