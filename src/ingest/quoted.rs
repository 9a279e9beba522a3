//! Block quotations of a text under construction.

use crate::text::{QuotedBlock, QuotedParagraph, Span};

/// Adds a quoted paragraph: to the last quotation where that goes on, else as one of its own.
pub(super) fn quote(quotations: &mut Vec<QuotedBlock>, span: Span, goes_on: bool) {
    let paragraph = QuotedParagraph {
        span,
        joints: Vec::new(),
    };
    match quotations.last_mut().filter(|_| goes_on) {
        Some(quotation) => {
            quotation.span = Span::new(quotation.span.start, span.end);
            quotation.paragraphs.push(paragraph);
        }
        None => quotations.push(QuotedBlock {
            span,
            paragraphs: vec![paragraph],
        }),
    }
}
