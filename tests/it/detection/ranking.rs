//! What deserves checking comes first: figures before opinions, and each claim by what the
//! model makes of it.

use std::fs;

use proofmark::detect::{Claim, Detect, Detector, Kind};
use proofmark::text::{Article, Media};

fn claims(text: &str) -> Vec<Claim> {
    Detector::new()
        .detect(&Article::new("a.txt", text, Media::Plain))
        .claims
}

#[test]
fn a_figure_deserves_checking_before_a_pleasantry() {
    let text = "Town hall\n\nThe mayor said she liked the music. Unemployment fell by 12 percent \
                to 4.1 million last year, the labour ministry said. The minister thinks that the \
                garden is beautiful. The city spent $40 million on the bridge in 2019.\n";
    let mut claims = claims(text);
    claims.sort_by(|a, b| b.priority.total_cmp(&a.priority));
    let words: Vec<&str> = claims
        .iter()
        .map(|claim| claim.mark.hull().of(text))
        .collect();
    assert_eq!(words.len(), 4, "{words:?}");
    assert!(words[0].contains("12 percent"), "{words:?}");
    assert!(words[1].contains("$40 million"), "{words:?}");
    assert!(words[3].contains("beautiful"), "{words:?}");
}

#[test]
fn figures_rank_above_opinions_in_the_sample_articles() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_articles");
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the samples") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_none_or(|end| end != "txt" && end != "md")
        {
            continue;
        }
        let claims = claims(&fs::read_to_string(&path).expect("text"));
        let mean = |has: &dyn Fn(&Kind) -> bool| {
            let of: Vec<f32> = claims
                .iter()
                .filter(|claim| claim.kinds.iter().any(has))
                .map(|claim| claim.priority)
                .collect();
            (of.len() > 2).then(|| of.iter().sum::<f32>() / of.len() as f32)
        };
        let figures = mean(&|kind| *kind == Kind::Quantity);
        let opinions = mean(&|kind| matches!(kind, Kind::Opinion | Kind::Position));
        if let (Some(figures), Some(opinions)) = (figures, opinions) {
            assert!(
                figures > opinions,
                "{}: {figures} {opinions}",
                path.display()
            );
            seen += 1;
        }
    }
    assert!(seen >= 3, "{seen}");
}
