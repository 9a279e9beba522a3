//! Whatever a page is built of, each of its words is in the text or in the count of what is not.

use proptest::prelude::*;

use super::super::*;

/// A part of a page.
#[derive(Clone, Debug)]
enum Part {
    /// A run of so many words, with a sentence's end or without, in a link or not.
    Words(usize, bool, bool),
    /// Parts in an element.
    In(&'static str, Vec<Part>),
}

const ELEMENTS: [&str; 22] = [
    "p",
    "div",
    "div class=related",
    "div class='text body'",
    "div id=comments",
    "div class=paywall-offer",
    "article",
    "main",
    "section class=next",
    "aside",
    "footer",
    "header",
    "nav",
    "ul",
    "li",
    "table",
    "td",
    "blockquote",
    "h1",
    "h2",
    "span",
    "b",
];

fn parts() -> impl Strategy<Value = Part> {
    let words = (1..40usize, any::<bool>(), prop::bool::weighted(0.2));
    let leaf = words.prop_map(|(count, ends, link)| Part::Words(count, ends, link));
    leaf.prop_recursive(5, 60, 6, |inner| {
        let element = prop::sample::select(&ELEMENTS[..]);
        (element, prop::collection::vec(inner, 1..6))
            .prop_map(|(element, parts)| Part::In(element, parts))
    })
}

/// Writes a part; each word is one of its own.
fn write(part: &Part, html: &mut String, next: &mut usize) {
    match part {
        Part::Words(count, ends, link) => {
            html.push_str(if *link { "<a href=x>" } else { "" });
            for _ in 0..*count {
                *next += 1;
                html.push_str(&format!(" w{next}"));
            }
            html.push_str(if *ends { "." } else { "" });
            html.push_str(if *link { "</a> " } else { " " });
        }
        Part::In(element, parts) => {
            html.push_str(&format!("<{element}>"));
            for part in parts {
                write(part, html, next);
            }
            let name = element.split(' ').next().unwrap_or(element);
            html.push_str(&format!("</{name}>"));
        }
    }
}

/// The sum of the words that a notice tells of.
fn told(notice: &str) -> usize {
    let words: Vec<&str> = notice.split([' ', '(', ')']).collect();
    let counts = words
        .windows(2)
        .filter(|pair| pair[1] == "word" || pair[1] == "words");
    counts
        .filter_map(|pair| pair[0].parse::<usize>().ok())
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_word_is_shown_or_counted(parts in prop::collection::vec(parts(), 1..8)) {
        let (mut html, mut words) = ("<!doctype html><body>".to_owned(), 0);
        for part in &parts {
            write(part, &mut html, &mut words);
        }
        let page = text_layer(&html).expect("readable");
        let shown = page.text.split_whitespace().count();
        prop_assert_eq!(shown + told(&page.notice), words, "{}\n{}\n{}", html, page.notice, page.text);
        let once: std::collections::HashSet<&str> = page.text.split_whitespace().collect();
        prop_assert_eq!(once.len(), shown, "a word is shown twice: {}", html);
    }
}
