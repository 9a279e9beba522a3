//! What must hold of detection beside the cases of `quality`: for any text, for what costs too
//! much, for a text with everything broken at once, and in what order claims stand.

mod cut;
mod passages;
mod properties;
mod ranking;
mod seedlike;

use proofmark::detect::{Detect, Detector, Findings};
use proofmark::text::{Article, Media};

fn detect(text: &str) -> Findings {
    Detector::new().detect(&Article::new("case.txt", text, Media::Plain))
}
