//! What the file of a new article is called: its day and its title.

use crate::text::{Article, Fact};

/// Letters and digits of a title in a name, at most.
const LONGEST: usize = 60;

/// The name of an article's file without the ending: `2026-03-03-harbour-wall-costs-twice`. `said`:
/// what is known of it besides; `today`: the day for one that tells none.
pub(super) fn stem(article: &Article, said: &[(Fact, String)], today: &str) -> String {
    let of = |fact: Fact| {
        let own = article.about().get(fact).map(str::to_owned);
        let told = said.iter().find(|(other, _)| *other == fact);
        own.or_else(|| told.map(|(_, words)| words.clone()))
    };
    let told = of(Fact::Published).and_then(|words| crate::text::day_of(&words));
    let day = article.about().date().map(str::to_owned).or(told);
    let first = article.text().lines().find(|line| !line.trim().is_empty());
    let title = of(Fact::Title).or_else(|| first.map(str::to_owned));
    let slug = slug(&title.unwrap_or_default());
    let slug = if slug.is_empty() { "article" } else { &slug };
    format!("{}-{slug}", day.as_deref().unwrap_or(today))
}

/// A title as part of a file's name: small letters and digits of any script with hyphens between.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    let mut letters = 0;
    let words = title.split(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '’' | '\''));
    for word in words {
        let word: String = word.chars().filter(|sign| sign.is_alphanumeric()).collect();
        let count = word.chars().count();
        if count == 0 {
            continue;
        }
        if letters > 0 && letters + count > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST).flat_map(char::to_lowercase));
        letters += count;
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{About, Media};

    fn named(text: &str, facts: &[(Fact, &str)], said: &[(Fact, &str)]) -> String {
        let mut about = About::default();
        for (fact, words) in facts {
            about.learn(*fact, words);
        }
        let article = Article::new("a.txt", text, Media::Plain).with_about(about);
        let said: Vec<(Fact, String)> = said.iter().map(|(f, w)| (*f, w.to_string())).collect();
        stem(&article, &said, "2026-05-01")
    }

    #[test]
    fn the_day_and_the_title() {
        let facts = [
            (Fact::Title, "Harbour’s wall: “twice” the sum?"),
            (Fact::Published, "3 March 2026"),
        ];
        assert_eq!(
            named("Text.", &facts, &[(Fact::Published, "2020-01-01")]),
            "2026-03-03-harbours-wall-twice-the-sum"
        );
        assert_eq!(
            named(
                "Žluťoučký kůň běží.\nMore.",
                &[],
                &[(Fact::Published, "2020-01-02T10:00:00Z")]
            ),
            "2020-01-02-žluťoučký-kůň-běží"
        );
        assert_eq!(named("…\n", &[], &[]), "2026-05-01-article");
    }

    #[test]
    fn names_are_bounded_and_never_paths() {
        let long = named(&"wordy ".repeat(100), &[], &[]);
        assert_eq!(long, format!("2026-05-01{}", "-wordy".repeat(12)));
        let glued = named(&"x".repeat(500), &[], &[]);
        assert_eq!(glued.chars().count(), "2026-05-01-".len() + LONGEST);
        assert_eq!(
            named("../../etc/passwd\0", &[], &[]),
            "2026-05-01-etc-passwd"
        );
    }
}
