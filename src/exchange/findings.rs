//! What `detect` writes: one JSON object an article, on one line.
//!
//! Offsets are Unicode code points, spans lists of `[start, end]`, pieces in order. The
//! fields and their names are a contract with programs that read them.

mod reading;

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::json;
use super::losses::Part;
use crate::annotations::hex;
use crate::detect::{Attribution, Claim, Findings, Kind, SourceMention, SourceType, Voice};
use crate::text::{Article, Mark, Span, Word};

pub(super) use reading::read;

/// What its lines hold for whoever reads them.
pub(super) const HOLDS: &[Part] = &[
    Part::Sources,
    Part::SourceFacts,
    Part::TakenFrom,
    Part::Pieces,
    Part::Kinds,
    Part::Voice,
    Part::Suggestions,
];

type Pair = [usize; 2];

/// Written one after the other, so that what is written of a long article is never held as a whole.
struct Each<'a, T, F>(&'a [T], F);

impl<'a, T, S: Serialize, F: Fn(&'a T) -> S> Serialize for Each<'a, T, F> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}

#[derive(Serialize)]
struct Line<'a, Sentences, Attributions, Claims, Sources> {
    id: &'a Value,
    text_sha256: String,
    length: usize,
    /// What is known of the article; told only where anything is.
    #[serde(skip_serializing_if = "Map::is_empty")]
    about: Map<String, Value>,
    model: &'a str,
    sentences: Sentences,
    attributions: Attributions,
    /// The cards worth a person's time.
    claims: Claims,
    /// Those below the fold.
    folded: Claims,
    sources: Sources,
    /// Told only where there may be more to find.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

#[derive(Serialize)]
struct AttributionLine {
    source: Vec<Pair>,
    cue: Vec<Pair>,
    content: Vec<Pair>,
    voice: &'static str,
    score: f64,
}

#[derive(Serialize)]
struct ClaimLine<'a> {
    spans: Vec<Pair>,
    /// Its words as they stand, “ … ” between pieces.
    text: String,
    attribution: Option<usize>,
    voice: &'static str,
    kinds: Vec<&'static str>,
    checkable: f64,
    priority: f64,
    keep: f64,
    why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stand_alone: Option<StandAloneLine<'a>>,
}

/// The claim in words that stand alone.
#[derive(Serialize)]
struct StandAloneLine<'a> {
    text: &'a str,
    /// The words that are not the claim's own: code points of `text`, and where in the article
    /// they are from, nothing for a gap.
    inserted: Vec<(Pair, Option<Pair>)>,
}

#[derive(Serialize)]
struct SourceLine<'a> {
    spans: Vec<Pair>,
    /// The mention as it stands.
    text: String,
    entity: usize,
    name: &'a str,
    source_type: &'static str,
    role: Option<&'a str>,
    score: f64,
    why: &'a str,
}

/// Writes the line of one article; `id` is what the reader knows it by.
///
/// # Errors
/// Those of `out`.
pub fn write<'a>(
    out: &mut impl Write,
    id: &'a Value,
    article: &'a Article,
    findings: &'a Findings,
) -> io::Result<()> {
    let pair = |span: &Span| {
        let (start, end) = article.points(*span);
        [start, end]
    };
    let pairs = |mark: &Mark| mark.pieces().iter().map(pair).collect::<Vec<Pair>>();
    let perhaps = |mark: &Option<Mark>| mark.as_ref().map(pairs).unwrap_or_default();
    let attribution_line = |attribution: &Attribution| AttributionLine {
        source: perhaps(&attribution.source),
        cue: perhaps(&attribution.cue),
        content: pairs(&attribution.content),
        voice: Voice::as_str(attribution.voice),
        score: decimals(attribution.score),
    };
    let claim_line = |claim: &'a Claim| claim_line(article, claim);
    let source_line = |source: &'a SourceMention| source_line(article, source, pairs(&source.mark));
    let line = Line {
        id,
        text_sha256: hex(article.text_sha256()),
        length: article.length(),
        about: json::about(article.about()),
        model: &findings.model,
        sentences: Each(&findings.sentences, pair),
        attributions: Each(&findings.attributions, attribution_line),
        claims: Each(&findings.claims, claim_line),
        folded: Each(&findings.folded, claim_line),
        sources: Each(&findings.sources, source_line),
        cut: findings.cut,
    };
    json::write_line(out, &line)
}

/// A mention of a source, at `spans`.
fn source_line<'a>(
    article: &Article,
    source: &'a SourceMention,
    spans: Vec<Pair>,
) -> SourceLine<'a> {
    SourceLine {
        spans,
        text: words(article, &source.mark),
        entity: source.entity,
        name: &source.name,
        source_type: SourceType::as_str(source.source_type),
        role: source.role.as_deref(),
        score: decimals(source.score),
        why: &source.why,
    }
}

/// A card, above the fold or below.
fn claim_line<'a>(article: &Article, claim: &'a Claim) -> ClaimLine<'a> {
    let pair = |span: &Span| {
        let (start, end) = article.points(*span);
        [start, end]
    };
    ClaimLine {
        spans: claim.mark.pieces().iter().map(pair).collect(),
        text: words(article, &claim.mark),
        attribution: claim.attribution,
        voice: Voice::as_str(claim.voice),
        kinds: claim.kinds.iter().map(|kind| Kind::as_str(*kind)).collect(),
        checkable: decimals(claim.checkable),
        priority: decimals(claim.priority),
        keep: decimals(claim.keep),
        why: &claim.why,
        stand_alone: claim.stand_alone.as_ref().map(|words| StandAloneLine {
            text: &words.text,
            inserted: words
                .inserted
                .iter()
                .map(|(at, from)| {
                    let points = |end: usize| words.text[..end].chars().count();
                    ([points(at.start), points(at.end)], from.as_ref().map(pair))
                })
                .collect(),
        }),
    }
}

/// The words of a mark.
fn words(article: &Article, mark: &Mark) -> String {
    mark.words(article.text(), " … ")
}

/// A score as files hold it: 0 to 1, at most 4 decimals; no number is 0.
fn decimals(score: f32) -> f64 {
    if score.is_nan() {
        return 0.0;
    }
    (f64::from(score.clamp(0.0, 1.0)) * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::{About, Fact, Media};

    fn mark(text: &str, pieces: &[&str]) -> Mark {
        let spans = pieces.iter().map(|piece| {
            let start = text.find(piece).expect("the piece is in the text");
            Span::new(start, start + piece.len())
        });
        Mark::new(spans).expect("pieces are not empty")
    }

    #[test]
    fn offsets_are_code_points_and_pieces_are_lists() {
        let text = "“Café prices 😀 rose,” said Zoë Frø, “by 3%.”";
        let article = Article::new("a.txt", text, Media::Plain);
        let content = mark(text, &["Café prices 😀 rose", "by 3%"]);
        let findings = Findings {
            model: "test 1".to_owned(),
            folded: Vec::new(),
            sentences: vec![Span::new(0, text.len())],
            attributions: vec![Attribution {
                source: Some(mark(text, &["Zoë Frø"])),
                cue: None,
                content: content.clone(),
                voice: Voice::Direct,
                score: 0.123_456,
            }],
            claims: vec![Claim {
                mark: content,
                attribution: Some(0),
                voice: Voice::Direct,
                kinds: vec![Kind::Quantity],
                checkable: f32::NAN,
                keep: 0.0,
                stand_alone: None,
                priority: 1.5,
                why: "number".to_owned(),
            }],
            sources: vec![SourceMention {
                mark: mark(text, &["Zoë Frø"]),
                entity: 0,
                name: "Zoë Frø".to_owned(),
                source_type: SourceType::NamedPerson,
                role: None,
                score: 1.0,
                why: "name".to_owned(),
            }],
            cut: false,
        };
        let mut out = Vec::new();
        write(&mut out, &json!("a.txt"), &article, &findings).expect("memory takes everything");
        let line: Value = serde_json::from_slice(&out).expect("a line is JSON");
        let points: Vec<char> = text.chars().collect();
        let words = |pair: &Value| {
            let at = |k: usize| pair[k].as_u64().expect("an offset") as usize;
            points[at(0)..at(1)].iter().collect::<String>()
        };
        assert_eq!(line["length"], json!(points.len()));
        assert_eq!(words(&line["claims"][0]["spans"][0]), "Café prices 😀 rose");
        assert_eq!(words(&line["claims"][0]["spans"][1]), "by 3%");
        assert_eq!(line["claims"][0]["text"], "Café prices 😀 rose … by 3%");
        assert_eq!(line["sources"][0]["text"], "Zoë Frø");
        assert_eq!(words(&line["attributions"][0]["source"][0]), "Zoë Frø");
        assert_eq!(line["attributions"][0]["cue"], json!([]));
        assert_eq!(line["attributions"][0]["score"].to_string(), "0.1235");
        assert_eq!(line["claims"][0]["attribution"], json!(0));
        assert_eq!(line["claims"][0]["priority"].to_string(), "1.0");
        assert_eq!(line["claims"][0]["checkable"].to_string(), "0.0");
        assert_eq!(line["sources"][0]["role"], Value::Null);
        let keys: Vec<_> = line.as_object().expect("an object").keys().collect();
        let told = "id text_sha256 length model sentences attributions claims folded sources";
        assert_eq!(keys, told.split(' ').collect::<Vec<_>>());
        assert_eq!(out.iter().filter(|b| **b == b'\n').count(), 1);

        let mut about = About::default();
        about.learn(Fact::Title, "Prices \u{1b}rose");
        about.learn(Fact::Published, "12 May 2024");
        let article = article.with_about(about);
        let cut = Findings {
            cut: true,
            ..Findings::default()
        };
        let mut out = Vec::new();
        write(&mut out, &json!("a.txt"), &article, &cut).expect("memory takes everything");
        let line: Value = serde_json::from_slice(&out).expect("a line is JSON");
        let about =
            json!({"title": "Prices rose", "published": "12 May 2024", "date": "2024-05-12"});
        assert_eq!(line["about"], about);
        assert!(out.ends_with(b", \"cut\": true}\n") || out.ends_with(b",\"cut\":true}\n"));
    }
}
