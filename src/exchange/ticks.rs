//! What a checker ticks in a fact: its names, figures and dates, one after the other.
//!
//! Read off the signs alone, without knowledge of a language: runs of words that begin with a
//! capital, and numbers with what belongs to them. A capital word at the beginning of a claim is no
//! name where the article has it in small letters too; else it is one: a tick too many costs a second,
//! one too few an error.

use rustc_hash::FxHashSet;

use crate::text::{Token, TokenKind, tokens};

/// Words that an article has in small letters.
pub(super) struct Small<'t>(FxHashSet<&'t str>);

impl<'t> Small<'t> {
    /// Of a text.
    pub(super) fn of(text: &'t str) -> Small<'t> {
        let words = tokens(text).map(|token| &text[token.span.start..token.span.end]);
        Small(
            words
                .filter(|word| word.starts_with(char::is_lowercase))
                .collect(),
        )
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(word.to_lowercase().as_str())
    }
}

/// The parts of a claim to be ticked one by one, in order, each once.
pub(super) fn ticks(words: &str, small: &Small<'_>) -> Vec<String> {
    let tokens: Vec<Token> = tokens(words).collect();
    let text = |token: &Token| &words[token.span.start..token.span.end];
    let mut found: Vec<String> = Vec::new();
    // “The port”, “Going to bed”: large only because it comes first.
    let starts = tokens
        .first()
        .is_some_and(|first| first.kind == TokenKind::Word && small.has(text(first)));
    let mut from = usize::from(starts);
    while from < tokens.len() {
        if !is_part(&tokens[from], text(&tokens[from])) {
            from += 1;
            continue;
        }
        let mut to = from + 1;
        while to < tokens.len() && goes_on(words, &tokens[to - 1], &tokens[to]) {
            to += 1;
        }
        let (start, end) = (tokens[from].span.start, tokens[to - 1].span.end);
        let tick = words[start..end]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if !found.contains(&tick) {
            found.push(tick);
        }
        from = to;
    }
    found
}

/// Whether a token is part of a name, a figure or a date.
fn is_part(token: &Token, text: &str) -> bool {
    let capital = || text.starts_with(char::is_uppercase);
    match token.kind {
        TokenKind::Number => true,
        // “I” is nobody's name.
        TokenKind::Word => capital() && text != "I",
        TokenKind::Mark | TokenKind::Other => false,
    }
}

/// Whether a token belongs to the one before it: names and numbers with a blank or nothing
/// between, and signs that stand right behind or before a number.
fn goes_on(words: &str, before: &Token, token: &Token) -> bool {
    let between = &words[before.span.end..token.span.start];
    let text = &words[token.span.start..token.span.end];
    let is_sign = text
        .chars()
        .all(|c| matches!(c, '%' | '°' | '€' | '$' | '£'));
    if is_sign {
        return before.kind == TokenKind::Number && between.len() <= 1;
    }
    between.chars().all(char::is_whitespace) && between.len() <= 1 && is_part(token, text)
}

#[cfg(test)]
mod tests {
    use super::{Small, ticks};

    #[test]
    fn names_figures_and_dates_are_ticked_one_by_one() {
        for (claim, expected) in [
            (
                "Tom Bell, the mayor, said 14 of the wells ran dry on 12 May 2024",
                &["Tom Bell", "14", "12 May 2024"][..],
            ),
            (
                "prices rose by 3.5 % and 7% in Oslo",
                &["3.5 %", "7%", "Oslo"],
            ),
            ("I think it is so", &[]),
            ("The port of Oslo sold it", &["Oslo"]),
            ("Oslo sold the Port", &["Oslo", "Port"]),
            ("NATO and Nato and NATO", &["NATO", "Nato"]),
            ("", &[]),
        ] {
            let small = Small::of("We saw the port of the town");
            assert_eq!(ticks(claim, &small), expected, "{claim}");
        }
    }
}
