//! What detection costs, counted in steps, and what becomes of an article that costs too much.

use super::*;
use crate::text::Media;

fn article(text: &str) -> Article {
    Article::new("a.txt", text, Media::Plain)
}

/// Texts that made a stage look at everything again from every place.
const HOSTILE: [&str; 22] = [
    ". ",
    ".)",
    "?) ",
    "?\u{201d} Ann ",
    "\u{2003}\n",
    " .\u{2003}",
    "Photo: A. B/Reuters\n",
    "“a ",
    "\"said ",
    "said ",
    "He said that ",
    "A. ",
    "Mr. ",
    "U.S. ",
    "(",
    "- a\n",
    "Q: Why?\nA: No.\n",
    "http://a.b/c ",
    "x ",
    "9",
    "“?” “!” ",
    "“No,” he said. ",
];

#[test]
fn twice_the_text_takes_twice_the_steps() {
    let detector = Detector::new();
    let steps = |text: String| {
        let budget = Budget::of(&text);
        let (findings, budget) = detector.detect_within(budget, &article(&text));
        assert!(!findings.cut, "{:?}", &text[..text.len().min(40)]);
        budget.spent()
    };
    for unit in HOSTILE {
        let count = 6_000 / unit.len();
        let (once, twice) = (steps(unit.repeat(count)), steps(unit.repeat(2 * count)));
        assert!(
            twice <= 2 * once + once / 4 + 2_000,
            "{unit:?}: {once}, {twice}"
        );
    }
}

#[test]
fn a_long_name_is_not_repeated_by_all_who_stand_for_it() {
    let name = "Ann ".repeat(3_000);
    let text = format!(
        "{name}said that fares rose. {}",
        "He said that it rained. ".repeat(200)
    );
    let findings = Detector::new().detect(&article(&text));
    let told: usize = findings
        .sources
        .iter()
        .map(|s| s.name.len() + s.why.len())
        .sum();
    assert!(told < 500_000, "{told}");
}

#[test]
fn an_article_that_costs_too_much_is_cut_and_says_so() {
    let text = "“Fares rose by 9 percent,” Ann Orr said on Monday. ".repeat(40);
    let detector = Detector::new();
    let (whole, spent) = detector.detect_within(Budget::of(&text), &article(&text));
    assert!(
        !whole.cut && whole.claims.len() >= 40,
        "{}",
        whole.claims.len()
    );
    let (cut, _) = detector.detect_within(Budget::new(spent.spent() / 2), &article(&text));
    assert!(cut.cut && cut.claims.len() < whole.claims.len());
    assert_eq!(cut.sentences, whole.sentences);
    let (none, _) = detector.detect_within(Budget::new(0), &article(&text));
    assert!(none.cut && none.sources.is_empty());
    for ahead in [&cut, &none] {
        assert!(
            ahead
                .claims
                .iter()
                .all(|c| c.attribution.is_none_or(|k| k < ahead.attributions.len()))
        );
    }
}
