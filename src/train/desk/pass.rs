//! What a desk decided in a finished pass, as an article to learn cards from.
//!
//! A claim that a person confirmed, corrected or added is one a desk keeps, on its own words and
//! with its own source. All else that was shown is none; what stood below the fold nobody saw,
//! so nothing is learned of sentences that have nothing but that.

use super::gold::{DeskArticle, DeskClaim, DeskSource};
use crate::annotations::{Annotation, Document};
use crate::text::Article;
use crate::train::evaluate::{NotReviewed, is_finished, source_of};

/// How much a claim deserves checking that a desk kept, and one that it gave a verdict on.
const GRADES: [u8; 2] = [2, 3];

/// What was decided on `article`, as an article to learn from.
///
/// # Errors
/// When the last pass is not finished, or not over this text.
pub fn from_pass(article: &Article, document: &Document) -> Result<DeskArticle, NotReviewed> {
    is_finished(document)?;
    let verified = |claim: &&Annotation| claim.is_claim() && claim.status().is_verified();
    let kept = document.annotations().iter().filter(verified);
    Ok(DeskArticle {
        id: article.name().to_owned(),
        origin: String::new(),
        text: article.text().to_owned(),
        claims: kept
            .filter_map(|claim| desk_claim(article, document, claim))
            .collect(),
    })
}

/// A claim and its source; `None` where its words are gone.
fn desk_claim(article: &Article, document: &Document, claim: &Annotation) -> Option<DeskClaim> {
    let mark = claim.target.mark.as_ref()?;
    let source = source_of(document, claim);
    let sources = source.and_then(|mention| {
        let span = mention.target.mark.as_ref()?.hull();
        let named = mention.attribute("entity").or(mention.attribute("name"));
        let text = span.of(article.text());
        Some(DeskSource {
            text: text.to_owned(),
            span,
            entity: named.unwrap_or(text).to_owned(),
        })
    });
    let has_verdict = claim
        .reviews
        .iter()
        .any(|(_, review)| review.verdict.is_some());
    Some(DeskClaim {
        spans: vec![mark.pieces().to_vec()],
        grade: GRADES[usize::from(has_verdict)],
        own: source.is_none(),
        sources: sources.into_iter().collect(),
    })
}
