//! Why a card is one, in a journalist's words.

use crate::detect::finding::{Attribution, Kind, Voice, shortened};
use crate::detect::reading::Reading;

/// The reason in a journalist's words: who it is taken from by which cue, and what in it can
/// be checked.
pub(super) fn why(
    reading: &Reading<'_>,
    kinds: &[(Kind, &str)],
    attribution: Option<&Attribution>,
    voice: Voice,
) -> String {
    let cue = attribution
        .and_then(|a| a.cue.as_ref())
        .map(|cue| shortened(&cue.words(reading.text, " … ")));
    let reasons = &reading.lists.reasons;
    let texts = &reasons.claim;
    let mut reason = match (voice, cue.as_deref()) {
        (Voice::Own, _) => texts.own.plain(),
        (_, Some(":")) => texts.behind_name.plain(),
        (Voice::Direct, Some(cue)) => texts.quoted_with_cue.with(&[("cue", cue)]),
        (Voice::Direct, None) => texts.quoted.plain(),
        (Voice::Indirect, Some(cue)) => texts.reported_with_cue.with(&[("cue", cue)]),
        (Voice::Indirect, None) => texts.reported.plain(),
    };
    if attribution.is_some_and(|a| a.source.is_none()) {
        reason.push_str(&texts.no_source.plain());
    }
    for (kind, word) in kinds.iter().filter(|k| k.0 != Kind::Quotation).take(2) {
        let told = match kind {
            Kind::Quantity => &reasons.kind.quantity,
            Kind::Comparison => &reasons.kind.comparison,
            Kind::Event => &reasons.kind.event,
            Kind::Prediction => &reasons.kind.prediction,
            Kind::Causation => &reasons.kind.causation,
            Kind::Law => &reasons.kind.law,
            Kind::Position => &reasons.kind.position,
            Kind::Quotation => &reasons.kind.quotation,
            Kind::Opinion => &reasons.kind.opinion,
        };
        reason.push_str(&texts.more.with(&[("what", &told.plain())]));
        if !word.is_empty() {
            reason.push_str(&texts.by_word.with(&[("word", &shortened(word))]));
        }
    }
    reason
}
