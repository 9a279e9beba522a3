//! Borders of words and figures: “25” inside “250” or “2.5” is not the figure it was.

use super::super::Span;
use super::letters::{is_loose_accent, is_of_spaced_word};

/// Characters a span is extended by at most, so that it ends where words do.
const LONGEST_WORD: usize = 48;

/// Whether a span of `text` begins and ends inside words and figures just where the quote
/// did between its prefix and suffix.
pub fn keeps_borders(text: &str, span: Span, exact: &str, prefix: &str, suffix: &str) -> bool {
    let old = [prefix, exact, suffix].concat();
    let (start, end) = (prefix.len(), prefix.len() + exact.len());
    goes_on(text, span.start) == goes_on(&old, start)
        && goes_on(text, span.end) == goes_on(&old, end)
}

/// The span with the rest of the figures and compounds it begins and ends in, and if so asked
/// of the words: letters that grew on to a name are more often a slip of typing.
pub fn with_whole_words(text: &str, span: Span, with_letters: bool) -> Span {
    let (mut start, mut end) = (span.start, span.end);
    let stops = |at: usize| !goes_on(text, at) || !with_letters && is_between_letters(text, at);
    for (at, _) in text[..start].char_indices().rev().take(LONGEST_WORD) {
        if start == span.start && stops(start) || !goes_on(text, start) {
            break;
        }
        start = at;
    }
    for c in text[end..].chars().take(LONGEST_WORD) {
        if end == span.end && stops(end) || !goes_on(text, end) {
            break;
        }
        end += c.len_utf8();
    }
    Span::new(start, end)
}

fn is_between_letters(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    is_letter(before.chars().next_back()) && is_letter(after.chars().next())
}

/// Whether a word or figure goes on across byte `at`: letters on both sides, a sign or stop
/// of a figure, a hyphen or apostrophe between letters, an accent.
fn goes_on(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let (mut before, mut after) = (before.chars().rev(), after.chars());
    let (Some(last), Some(first)) = (before.next(), after.next()) else {
        return false;
    };
    let (second_last, second) = (before.next(), after.next());
    let is_figure = |c: Option<char>| c.is_some_and(char::is_numeric);
    let is_letter = |c: Option<char>| c.is_some_and(is_of_spaced_word);
    let is_stop = |c: char| {
        matches!(
            c,
            '.' | ',' | ':' | '/' | '\u{a0}' | '\u{202f}' | '\'' | '’'
        )
    };
    let is_sign = |c: char| matches!(c, '-' | '+' | '\u{2010}'..='\u{2013}' | '\u{2212}');
    let is_joint = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’');
    is_loose_accent(first)
        || is_of_spaced_word(last) && is_of_spaced_word(first)
        || last.is_numeric() && first.is_numeric()
        || last.is_numeric() && (is_stop(first) || is_sign(first)) && is_figure(second)
        || first.is_numeric() && (is_sign(last) || is_stop(last) && is_figure(second_last))
        || is_of_spaced_word(last) && is_joint(first) && is_letter(second)
        || is_of_spaced_word(first) && is_joint(last) && is_letter(second_last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words between brackets, and those with what else belongs to them.
    fn whole(marked: &str) -> (bool, String) {
        let start = marked.find('[').expect("a bracket");
        let end = marked.find(']').expect("a bracket") - 1;
        let text = marked.replace(['[', ']'], "");
        let span = with_whole_words(&text, Span::new(start, end), true);
        let kept = keeps_borders(&text, Span::new(start, end), &text[start..end], " ", " ");
        (kept, span.of(&text).to_owned())
    }

    #[test]
    fn words_and_figures_are_taken_whole() {
        for (marked, words) in [
            ("he paid [25]0 crowns", "250"),
            ("he paid [2].5 crowns", "2.5"),
            (
                "he paid [1] 000 crowns".replace("] ", "]\u{a0}").as_str(),
                "1\u{a0}000",
            ),
            ("fell by 1[2 percent] now", "12 percent"),
            ("fell by -[2 percent] now", "-2 percent"),
            ("fell by 1–[2 percent] now", "1–2 percent"),
            ("they [can]’t pay", "can’t"),
            ("the non-[paying members] left", "non-paying members"),
            ("un[paid bills]", "unpaid bills"),
            ("the caf[e]\u{301} closed", "cafe\u{301}"),
            ("the [cafe]\u{301} closed", "cafe\u{301}"),
        ] {
            assert_eq!(whole(marked), (false, words.to_owned()), "{marked}");
        }
        let glued = "their [name]s and [2]5".replace(['[', ']'], "");
        assert_eq!(
            with_whole_words(&glued, Span::new(6, 10), false).of(&glued),
            "name"
        );
        assert_eq!(
            with_whole_words(&glued, Span::new(16, 17), false).of(&glued),
            "25"
        );
        for marked in [
            "he [paid 25], and left",
            "“[It works],” he said",
            "said—[2 percent] of all",
            "(in [2019]). Then",
            "[whole]",
            "the [council]' lawyers",
        ] {
            assert!(whole(marked).0, "{marked}");
        }
        assert!(keeps_borders(
            "an -5 percent",
            Span::new(4, 13),
            "5 percent",
            "by -",
            " now"
        ));
    }
}
