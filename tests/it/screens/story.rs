//! An invented story with hand-made findings: a split quotation, an unnamed source, one of
//! several mentions, a claim in the article's own voice.

use proofmark::detect::language::lists::Lists;
use proofmark::detect::{
    Attribution, Claim, Findings, Kind, SourceMention, SourceType, StandAlone, Voice,
};
use proofmark::text::{Article, Mark, Span};

/// The story.
pub(crate) const TEXT: &str = "Old bridge to close in May\n\n\
The city will close the Orlan bridge for 14 months, said Mira Tolve, the head of the road \
office. “The piers have lost a third of their steel,” Tolve said, “and nobody can see it \
from above.”\n\n\
According to an unnamed council member, the repair will cost 40 million crowns. The \
bridge carries 12,000 cars a day.\n\n\
Tolve denied that the office knew of the damage in 2019.\n";

/// Another one.
pub(crate) const OTHER: &str =
    "Ferry runs again\n\nThe ferry will run from June, the harbour office said.\n";

fn mark(text: &str, pieces: &[&str]) -> Mark {
    let spans = pieces.iter().map(|words| {
        let start = text
            .find(words)
            .unwrap_or_else(|| panic!("not in the story: {words}"));
        Span::new(start, start + words.len())
    });
    Mark::new(spans).expect("words")
}

struct Row {
    source: &'static str,
    cue: &'static str,
    content: &'static [&'static str],
    voice: Voice,
    kind: Kind,
    score: f32,
    why: &'static str,
}

const ROWS: &[Row] = &[
    Row {
        source: "Mira Tolve, the head of the road office",
        cue: "said",
        content: &["The city will close the Orlan bridge for 14 months"],
        voice: Voice::Indirect,
        kind: Kind::Prediction,
        score: 0.91,
        why: "“said” after the words, a named source",
    },
    Row {
        source: "Tolve said",
        cue: "said, “and",
        content: &[
            "The piers have lost a third of their steel",
            "and nobody can see it from above",
        ],
        voice: Voice::Direct,
        kind: Kind::Quantity,
        score: 0.97,
        why: "quotation marks, split by “said”",
    },
    Row {
        source: "an unnamed council member",
        cue: "According to",
        content: &["the repair will cost 40 million crowns"],
        voice: Voice::Indirect,
        kind: Kind::Quantity,
        score: 0.88,
        why: "“according to” and an amount",
    },
    Row {
        source: "Tolve denied",
        cue: "denied",
        content: &["that the office knew of the damage in 2019"],
        voice: Voice::Indirect,
        kind: Kind::Event,
        score: 0.74,
        why: "“denied that”",
    },
];

/// The findings of [`TEXT`]; none for other texts. With a line more at its end, two of the claims
/// are below the fold and one has words that stand alone.
pub(crate) fn findings(article: &Article) -> Findings {
    let text = article.text();
    let mut findings = Findings {
        model: "by hand 1".to_owned(),
        ..Findings::default()
    };
    findings.sentences = proofmark::text::sentences(text, &Lists::english().stops);
    let is_folded = text.strip_suffix('\n') == Some(TEXT);
    if text != TEXT && !is_folded {
        return findings;
    }
    for (at, row) in ROWS.iter().enumerate() {
        let words = row
            .source
            .trim_end_matches(" said")
            .trim_end_matches(" denied");
        let whole = mark(text, &[row.source]);
        let source =
            Mark::whole(Span::new(whole.start(), whole.start() + words.len())).expect("words");
        let cue_word = row.cue.split(", “").next().unwrap_or(row.cue);
        let cue = mark(text, &[row.cue]);
        let cue = Mark::whole(Span::new(cue.start(), cue.start() + cue_word.len()));
        let content = mark(text, row.content);
        findings.attributions.push(Attribution {
            source: Some(source.clone()),
            cue,
            content: content.clone(),
            voice: row.voice,
            score: row.score,
        });
        findings.claims.push(Claim {
            mark: content,
            attribution: Some(at),
            voice: row.voice,
            kinds: vec![row.kind],
            checkable: 0.8,
            keep: 0.0,
            stand_alone: None,
            priority: 0.9 - 0.1 * at as f32,
            why: row.why.to_owned(),
        });
        let unnamed = words.starts_with("an ");
        findings.sources.push(SourceMention {
            mark: source,
            entity: usize::from(unnamed),
            name: if unnamed {
                words.to_owned()
            } else {
                "Mira Tolve".to_owned()
            },
            source_type: if unnamed {
                SourceType::UnnamedPerson
            } else {
                SourceType::NamedPerson
            },
            role: (at == 0).then(|| "the head of the road office".to_owned()),
            score: row.score,
            why: "stands with the cue".to_owned(),
        });
    }
    findings.claims.push(Claim {
        mark: mark(text, &["The bridge carries 12,000 cars a day"]),
        attribution: None,
        voice: Voice::Own,
        kinds: vec![Kind::Quantity],
        checkable: 0.9,
        keep: 0.0,
        stand_alone: None,
        priority: 0.6,
        why: "a number in the article's own voice".to_owned(),
    });
    findings.claims.sort_by_key(|claim| claim.mark.start());
    if is_folded {
        findings.folded = findings.claims.split_off(3);
        findings.claims[1].stand_alone = Some(StandAlone {
            text: "The piers of the Orlan bridge have lost a third of their steel".to_owned(),
            inserted: Vec::new(),
        });
    }
    findings
}
