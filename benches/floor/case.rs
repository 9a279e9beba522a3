//! Articles as large as wanted, with what a detector finds in them.

use proofmark::annotations::{Document, Time};
use proofmark::detect::{
    Attribution, Claim, Findings, Kind, Run, SourceMention, SourceType, Voice,
};
use proofmark::text::{Article, Mark, Media, Span};

/// An article with its marks, and its document.
pub(crate) struct Case {
    pub(crate) article: Article,
    pub(crate) findings: Findings,
    pub(crate) document: Document,
}

impl Case {
    /// So many pairs of a claim and its source, each in so many bytes.
    pub(crate) fn new(pairs: usize, bytes: usize) -> Case {
        let (article, findings) = article(pairs, bytes);
        let mut document = Document::new(&article);
        document.adopt(
            &article,
            &findings,
            &Run::new("bench", &findings.model),
            Time::new("2026-03-04T05:06:07Z"),
        );
        Case {
            article,
            findings,
            document,
        }
    }
}

/// A sentence with a source, repeated with other numbers.
fn article(pairs: usize, bytes: usize) -> (Article, Findings) {
    let mut text = String::new();
    let mut findings = Findings {
        model: "bench 1".to_owned(),
        ..Findings::default()
    };
    for number in 0..pairs {
        let start = text.len();
        text.push_str(&format!("Mayor Lena Voss number {number}"));
        let source = Mark::whole(Span::new(start, text.len())).expect("words");
        text.push_str(" said ");
        let content = text.len();
        text.push_str(&format!(
            "the town had built {number} houses in the year {}",
            1000 + number
        ));
        let mark = Mark::whole(Span::new(content, text.len())).expect("words");
        text.push_str(". ");
        findings.sentences.push(Span::new(start, text.len() - 1));
        let filler = text.len();
        while text.len() < (number + 1) * bytes {
            text.push_str("Nothing much else was said about it on that day. ");
        }
        if text.len() > filler {
            findings.sentences.push(Span::new(filler, text.len() - 1));
        }
        text.push_str("\n\n");
        findings.attributions.push(Attribution {
            source: Some(source.clone()),
            cue: None,
            content: mark.clone(),
            voice: Voice::Indirect,
            score: 0.9,
        });
        findings.claims.push(Claim {
            mark,
            attribution: Some(number),
            voice: Voice::Indirect,
            kinds: vec![Kind::Quantity],
            checkable: 0.9,
            keep: 0.0,
            stand_alone: None,
            priority: 0.5,
            why: "a number".to_owned(),
        });
        findings.sources.push(SourceMention {
            mark: source,
            entity: number,
            name: format!("Lena Voss {number}"),
            source_type: SourceType::NamedPerson,
            role: None,
            score: 0.9,
            why: "a name".to_owned(),
        });
    }
    (Article::new("town.txt", &text, Media::Plain), findings)
}
