//! Whether two texts read the same: what decides if a verdict still belongs to words.
//!
//! Quotation marks, dashes, ellipses and blanks are compared by what they are and not by how
//! they are set, soft hyphens and characters without width not at all, and canonically
//! equivalent text is one text. Letters, case, figures, accents, ligatures, superscripts and
//! every other compatibility form are compared to the letter, and so are characters that turn
//! the order of others round: they can make a figure read as another one. Stricter than
//! [`fold`](super::fold), which is for searching.

use unicode_normalization::UnicodeNormalization;

/// Whether two texts read the same: an equivalence, so what holds over several versions of a
/// text holds from the first to the last. Linear.
///
/// Blanks at the ends do not count, and a dash between blanks is a dash without any; a blank
/// on one side alone is kept, for it parts “10 -5” from “10-5”.
pub fn reads_the_same(a: &str, b: &str) -> bool {
    a == b || as_read(a) == as_read(b)
}

/// The one spelling of all texts that read the same.
fn as_read(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut blank = false;
    // The last letter is a dash behind a blank: one more blank, and both go.
    let mut is_open_dash = false;
    for c in text.chars().filter(|c| !has_no_width(*c)).nfd() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        let c = plain(c);
        let mut is_apart = blank && !read.is_empty();
        if is_apart && is_open_dash {
            read.truncate(read.len() - " -".len());
            read.push('-');
            is_apart = false;
        }
        if is_apart {
            read.push(' ');
        }
        is_open_dash = is_apart && c == '-';
        blank = false;
        match c {
            '…' => read.push_str("..."),
            c => read.push(c),
        }
    }
    read
}

/// Whether `c` shows nothing and moves nothing.
fn has_no_width(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
    )
}

/// The typed form of a quotation mark or dash; anything else as it is.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '´' | '`' | '＇' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '″' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn how_a_text_is_set_does_not_count() {
        for (a, b) in [
            ("“It’s  done” — now…", "\"It's done\" - now..."),
            ("»So«, ›so‹ und „so“", "\"So\", 'so' und \"so\""),
            (
                "2019–2021, −5 and well\u{2011}known",
                "2019-2021, -5 and well-known",
            ),
            ("the vote—a close one—was", "the vote - a close one – was"),
            (
                "14\u{a0}percent\nof\r\n\tall\u{2009}\u{3000}votes",
                "14 percent of all votes",
            ),
            (" trimmed\n", "trimmed"),
            ("co\u{ad}oper\u{200b}ate\u{feff}", "cooperate"),
            (
                "caf\u{e9} \u{1e69} \u{ac00} \u{2126}",
                "cafe\u{301} s\u{307}\u{323} \u{1100}\u{1161} \u{3a9}",
            ),
            ("", " \u{ad}"),
        ] {
            assert!(reads_the_same(a, b), "{a:?} {b:?}");
            assert!(reads_the_same(b, a), "{b:?} {a:?}");
        }
    }

    #[test]
    fn words_and_figures_count_to_the_letter() {
        for (a, b) in [
            ("did pay", "did not pay"),
            ("3 million", "8 million"),
            ("3 million", "3 billion"),
            ("2.5", "25"),
            ("2.5", "2,5"),
            ("1 000", "1000"),
            ("10 000", "1 0000"),
            ("-5", "5"),
            ("10 -5", "10-5"),
            ("10 -5", "10 - 5"),
            ("Polish", "polish"),
            ("isn't", "isnt"),
            ("resum\u{e9}", "resume"),
            ("resume\u{301}", "resume"),
            ("stra\u{df}e", "strasse"),
            ("\u{fb01}nd", "find"),
            ("\u{bd}", "1/2"),
            ("10\u{b2}", "102"),
            ("\u{ff13}", "3"),
            ("\u{2074}", "4"),
            ("\u{2460}", "1"),
            ("\u{212b}ngstrom", "Angstrom"),
            ("12\u{202e}34", "1234"),
            ("12\u{2067}34", "1234"),
            ("re-sign", "resign"),
            ("now here", "nowhere"),
            ("“guilty”", "guilty"),
            ("5′", "5″"),
            ("who?", "who!"),
            ("a b", ""),
        ] {
            assert!(!reads_the_same(a, b), "{a:?} {b:?}");
            assert!(!reads_the_same(b, a), "{b:?} {a:?}");
        }
    }

    proptest! {
        #[test]
        fn another_letter_or_figure_reads_otherwise(
            text in "[a-zA-Z0-9é½ß²ﬁ３ “”’—–.,\n\u{a0}]{0,40}",
            c in "[\\p{L}\\p{N}]", other in "[\\p{L}\\p{N}]", rest in "\\PC{0,20}",
        ) {
            let nfd = |text: &str| text.nfd().collect::<String>();
            prop_assume!(nfd(&c) != nfd(&other));
            let with = |c: &str| format!("{text}x{c}x{rest}");
            prop_assert!(!reads_the_same(&with(&c), &with(&other)));
            prop_assert!(!reads_the_same(&with(&c), &with("")));
        }

        #[test]
        fn canonically_equivalent_texts_read_the_same(text in "\\PC{0,60}", accents in "[a-zé가]{0,9}") {
            let text = text + &accents;
            let apart: String = text.nfd().collect();
            let joined: String = text.nfc().collect();
            prop_assert!(reads_the_same(&apart, &joined));
            prop_assert!(reads_the_same(&text, &joined));
        }

        #[test]
        fn the_one_spelling_is_its_own(text in "\\PC{0,40}[ -–—…“]{0,12}\\PC{0,10}") {
            let read = as_read(&text);
            prop_assert_eq!(as_read(&read), read.clone());
            prop_assert!(reads_the_same(&text, &read));
        }
    }
}
