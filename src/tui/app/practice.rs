//! The article of the tutor, and what is found in it.
//!
//! The findings are written down here, so that a lesson and its claim stay together whatever a
//! model learns: some are right, and some are wrong in the one thing that a lesson puts right. The
//! desk they are shown on is the real one.

use crate::detect::{
    Attribution, Claim, Detect, Findings, Kind, Run, SourceMention, SourceType, Voice, compiled_in,
};
use crate::text::{Article, Mark, Span};

/// The article; invented, and so is everyone in it.
pub const TEXT: &str = include_str!("practice.md");

/// What the findings are called in files.
const MODEL: &str = "practice 1";

/// A claim as it is suggested, with its cue and its source.
struct Suggested {
    words: &'static str,
    kind: Kind,
    voice: Voice,
    /// Cue, source, and what that is.
    from: Option<(&'static str, &'static str, SourceType)>,
    why: &'static str,
}

const fn suggested(
    words: &'static str,
    kind: Kind,
    voice: Voice,
    from: Option<(&'static str, &'static str, SourceType)>,
    why: &'static str,
) -> Suggested {
    Suggested {
        words,
        kind,
        voice,
        from,
        why,
    }
}

/// The claims in the order of the text, which is that of the lessons: claim 1 is the first.
const CLAIMS: [Suggested; 6] = [
    suggested(
        "The harbour handled 412,000 containers last year",
        Kind::Quantity,
        Voice::Direct,
        Some(("said", "Maureen Tolliver", SourceType::NamedPerson)),
        "“said” after the words, and a number",
    ),
    suggested(
        "The city paid 3.4 million crowns for the new crane in 2023",
        Kind::Quantity,
        Voice::Indirect,
        Some(("according to", "its accounts", SourceType::Document)),
        "“according to”, and an amount",
    ),
    suggested(
        "Nobody loves this harbour more than I do",
        Kind::Comparison,
        Voice::Direct,
        Some(("said", "a crane driver", SourceType::UnnamedPerson)),
        "“said” after the words",
    ),
    suggested(
        "Container traffic rose 12 percent between 2021 and 2023",
        Kind::Quantity,
        Voice::Indirect,
        Some((
            "reported",
            "the National Statistics Bureau",
            SourceType::Organisation,
        )),
        "“reported” after the words, and a number",
    ),
    suggested(
        "that the strike cost the region 11 million crowns",
        Kind::Quantity,
        Voice::Indirect,
        Some(("said", "Anders Quillfeather", SourceType::NamedPerson)),
        "“said that”, and an amount",
    ),
    suggested(
        "The quay is 2.3 kilometres long",
        Kind::Quantity,
        Voice::Indirect,
        Some(("told", "the council", SourceType::Organisation)),
        "“told” after the words, and a number",
    ),
];

/// The claim below the fold.
const FOLDED: Suggested = suggested(
    "The harbour lies by the sea",
    Kind::Position,
    Voice::Own,
    None,
    "nothing in it that anybody doubts",
);

/// Somebody named as a source who is linked to no claim yet.
const UNLINKED: (&str, SourceType) = ("the port authority", SourceType::Organisation);

/// Words of claims and of a source as they are once a lesson put them right.
pub(super) const RIGHT_ENDS: &str = "the strike cost the region 11 million crowns a day";
/// Whom claim 6 is taken from.
pub(super) const RIGHT_SOURCE: &str = UNLINKED.0;
/// The claim that is not found.
pub(super) const MISSED: &str = "The last ferry sailed on 4 May 1987";

/// The words of a claim as they are suggested, by its number.
pub(super) fn words(claim: usize) -> &'static str {
    claim
        .checked_sub(1)
        .and_then(|at| CLAIMS.get(at))
        .map_or("", |claim| claim.words)
}

/// Finds in the practice article what was written down, and nothing in any other.
pub struct Prepared {
    run: Run,
    reader: Box<dyn Detect>,
}

impl Prepared {
    /// For a program of that name and version.
    pub fn new(tool: &str) -> Prepared {
        Prepared {
            run: Run::new(tool, MODEL),
            reader: compiled_in(tool),
        }
    }
}

impl Detect for Prepared {
    fn run(&self) -> &Run {
        &self.run
    }

    fn detect(&self, article: &Article) -> Findings {
        // Where sentences end is read as everywhere.
        let mut findings = Findings {
            model: MODEL.to_owned(),
            sentences: self.reader.detect(article).sentences,
            ..Findings::default()
        };
        let text = article.text();
        for (at, claim) in CLAIMS.iter().enumerate() {
            let priority = 0.9 - 0.1 * at as f32;
            let Some(claim) = claim.found(text, priority, &mut findings) else {
                continue;
            };
            findings.claims.push(claim);
        }
        let folded = FOLDED.found(text, 0.01, &mut findings);
        findings.folded.extend(folded);
        let (name, source_type) = UNLINKED;
        mention(&mut findings, text, name, source_type);
        findings.sources.sort_by_key(|source| source.mark.start());
        for (at, source) in findings.sources.iter_mut().enumerate() {
            source.entity = at;
        }
        findings
    }
}

impl Suggested {
    /// The claim as a finding; its source and who said it are put with the others.
    fn found(&self, text: &str, priority: f32, findings: &mut Findings) -> Option<Claim> {
        let mark = place(text, self.words)?;
        let mut attribution = None;
        if let Some((cue, name, source_type)) = self.from {
            let source = mention(findings, text, name, source_type);
            let after = mark.hull().end;
            let cue = text[after..].find(cue).map(|at| {
                let start = after + at;
                Span::new(start, start + cue.len())
            });
            attribution = Some(findings.attributions.len());
            findings.attributions.push(Attribution {
                source,
                cue: cue.and_then(Mark::whole),
                content: mark.clone(),
                voice: self.voice,
                score: 0.9,
            });
        }
        Some(Claim {
            mark,
            attribution,
            voice: self.voice,
            kinds: vec![self.kind],
            checkable: 0.9,
            priority,
            keep: 0.0,
            stand_alone: None,
            why: self.why.to_owned(),
        })
    }
}

/// Puts the mention of a source with the others; gives back where it stands.
fn mention(
    findings: &mut Findings,
    text: &str,
    name: &str,
    source_type: SourceType,
) -> Option<Mark> {
    let mark = place(text, name)?;
    findings.sources.push(SourceMention {
        mark: mark.clone(),
        entity: 0,
        name: name.to_owned(),
        source_type,
        role: None,
        score: 0.9,
        why: "named beside the words".to_owned(),
    });
    Some(mark)
}

/// Where words stand first.
fn place(text: &str, words: &str) -> Option<Mark> {
    let start = text.find(words)?;
    Mark::whole(Span::new(start, start + words.len()))
}
