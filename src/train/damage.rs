//! Damaged copies of annotated articles: what web exports do to a text.
//!
//! Quotation marks are dropped, apostrophes become spaces, some spaces after sentence ends
//! are lost, headlines lose their case, blank lines become plain line ends. The annotation
//! moves along. Repeatable for the same seed.

use crate::text::Span;

use super::{GoldAttribution, MarkedArticle, Random};

/// Share of spaces lost after sentence ends.
const GLUED: f64 = 0.1;

/// A damaged copy of `article`.
pub fn damage(article: &MarkedArticle, seed: u64) -> MarkedArticle {
    let mut random = Random::new(seed);
    for byte in article.id.bytes() {
        random = Random::new(random.bits() ^ u64::from(byte));
    }
    let tight = random.chance(0.5);
    let headline = article.text.find('\n').unwrap_or(0);
    let large = random.chance(0.3);
    let mut text = String::with_capacity(article.text.len());
    // New place of every byte of the old text.
    let mut places = Vec::with_capacity(article.text.len() + 1);
    let mut chars = article.text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        places.resize(at + c.len_utf8(), text.len());
        let next = chars.peek().map_or(' ', |(_, n)| *n);
        let glue = c == ' '
            && matches!(before, '.' | '!' | '?')
            && next.is_uppercase()
            && text.len() > 3
            && random.chance(GLUED);
        match c {
            '"' | '“' | '”' | '„' | '«' | '»' => continue,
            '\'' | '’' | '‘' | '`' => {
                if before.is_alphanumeric() && next.is_alphanumeric() {
                    text.push(' ');
                }
                continue;
            }
            ' ' if glue => continue,
            '\n' if tight && text.ends_with('\n') => continue,
            _ if at < headline && large => text.extend(c.to_uppercase()),
            _ if at < headline => text.extend(c.to_lowercase()),
            _ => text.push(c),
        }
        before = c;
    }
    places.resize(article.text.len() + 1, text.len());
    let moved = |spans: &[Span]| -> Vec<Span> {
        let new = spans
            .iter()
            .map(|s| Span::new(places[s.start], places[s.end]).trimmed(&text));
        new.filter(|s| !s.is_empty()).collect()
    };
    let attributions = article
        .attributions
        .iter()
        .map(|a| GoldAttribution {
            source: moved(&a.source),
            cue: moved(&a.cue),
            content: moved(&a.content),
        })
        .collect();
    MarkedArticle {
        id: article.id.clone(),
        attributions,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_move_with_the_text() {
        let text = "Old town\n\n“It isn’t ours,” said Ann. “No.” Bob left. Cy stayed.".to_owned();
        let at = |words: &str| {
            let start = text.find(words).unwrap_or(0);
            vec![Span::new(start, start + words.len())]
        };
        let gold = GoldAttribution {
            source: at("Ann"),
            cue: at("said"),
            content: at("“It isn’t ours,”"),
        };
        let article = MarkedArticle {
            id: "x".into(),
            text: text.clone(),
            attributions: vec![gold],
        };
        let copy = damage(&article, 7);
        let words = |spans: &[Span]| spans[0].of(&copy.text).to_owned();
        assert_eq!(words(&copy.attributions[0].content), "It isn t ours,");
        assert_eq!(words(&copy.attributions[0].source), "Ann");
        assert_eq!(words(&copy.attributions[0].cue), "said");
        assert_eq!(damage(&article, 7), copy);
    }
}
