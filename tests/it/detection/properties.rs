//! What must hold for any text at all.

use std::sync::LazyLock;

use proofmark::detect::{Detect, Detector, Findings};
use proofmark::text::{Article, Mark, Media, Span};
use proptest::prelude::*;

static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::new);

fn check_span(text: &str, span: Span) {
    let words = text
        .get(span.start..span.end)
        .expect("a span lies on character boundaries");
    assert!(!words.trim().is_empty(), "a blank span in {text:?}");
}

fn check_mark(text: &str, mark: &Mark) {
    mark.pieces().iter().for_each(|p| check_span(text, *p));
}

fn check_findings(text: &str, findings: &Findings) {
    findings.sentences.iter().for_each(|s| check_span(text, *s));
    for a in &findings.attributions {
        check_mark(text, &a.content);
        a.source
            .iter()
            .chain(&a.cue)
            .for_each(|m| check_mark(text, m));
        assert!((0.0..=1.0).contains(&a.score));
    }
    for claim in &findings.claims {
        check_mark(text, &claim.mark);
        assert!(
            claim
                .attribution
                .is_none_or(|k| k < findings.attributions.len())
        );
        assert!(!claim.kinds.is_empty() && !claim.why.is_empty());
        assert!((0.0..=1.0).contains(&claim.checkable) && (0.0..=1.0).contains(&claim.priority));
    }
    let ordered = |marks: Vec<&Mark>| marks.windows(2).all(|w| w[0].start() <= w[1].start());
    assert!(ordered(
        findings.attributions.iter().map(|a| &a.content).collect()
    ));
    assert!(ordered(findings.claims.iter().map(|c| &c.mark).collect()));
    assert!(ordered(findings.sources.iter().map(|s| &s.mark).collect()));
    for (k, source) in findings.sources.iter().enumerate() {
        check_mark(text, &source.mark);
        assert!(findings.sources[..k].iter().all(|o| o.mark != source.mark));
    }
    for a in findings
        .attributions
        .iter()
        .filter_map(|a| a.source.as_ref())
    {
        assert!(
            findings.sources.iter().any(|s| s.mark == *a),
            "a source without its mention"
        );
    }
}

fn run(text: &str) {
    let article = Article::new("any.txt", text, Media::Plain);
    let findings = DETECTOR.detect(&article);
    check_findings(text, &findings);
    assert_eq!(findings, DETECTOR.detect(&article));
}

const NEWS: &str = "Council to vote on “harbour”\n\nThe mayor said on Monday that the port would \
close. “We lost two boats,” said Ann Field, a spokeswoman. “It isn’t over.”\n\nAccording to people \
familiar with the matter, 40 percent of the U.S. firms left.In May, Mr. Lind told reporters: \
“Nobody asked us.\n\n“Nobody will.” He left. Photo by Bo Lind";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_fine(text in "\\PC{0,200}") {
        run(&text);
    }

    #[test]
    fn any_controls_and_marks_are_fine(text in "[\u{0}-\u{1f}\u{7f}-\u{a0}“”\"'’.,!?\u{200b}\u{202e}\u{feff}a-cA-C ]{0,120}") {
        run(&text);
    }

    #[test]
    fn mutilated_news_is_fine(cuts in proptest::collection::vec((0usize..420, 0usize..30, "\\PC{0,3}"), 0..6)) {
        let mut text = NEWS.to_owned();
        for (at, len, put) in cuts {
            let boundary = |mut k: usize| {
                k = k.min(text.len());
                while !text.is_char_boundary(k) {
                    k -= 1;
                }
                k
            };
            let (from, to) = (boundary(at), boundary(at + len));
            text.replace_range(from..to, &put);
        }
        run(&text);
    }
}

#[test]
fn texts_made_of_one_thing_are_fine() {
    for piece in [
        "said ",
        "“",
        "\"",
        "A",
        ".",
        "\n",
        "he said that ",
        "，",
        "👩‍👩‍👧",
        "U.S. ",
        "((",
        "’",
    ] {
        run(&piece.repeat(300));
    }
}
