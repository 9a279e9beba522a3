//! The claim scorers' figures: the same numbers as the reference scorer for claims.
//!
//! Corpora and scorer are looked for as in [`scoring`](super::scoring); without them the
//! comparison says that it is left out.

use std::fs;
use std::process::Command;

use proofmark::detect::language::Language;
use proofmark::detect::model::Model;
use proofmark::train::{area_under_curve, average_precision, claim_figures, f1_at};
use proofmark::train::{read_sentences, scored};
use serde_json::{Value, json};

use super::cli::Place;
use super::scoring::{shared, tell};

#[test]
fn the_figures_are_those_of_the_reference_scorer() {
    let Some(shared) = shared() else {
        tell("the comparison of claim figures: no shared folder, or no python3");
        return;
    };
    let scorer = shared.join("score/score_claims.py");
    if !scorer.is_file() {
        tell("the comparison of claim figures: no score_claims.py in the shared folder");
        return;
    }
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/src/detect/model/news-en.bin");
    let model = fs::read(model).expect("the model");
    let model = Model::parse(&model).expect("it is whole");
    let language = Language::compiled_in();
    let place = Place::new();
    for (corpus, yes, head, threshold) in [
        ("policlaim_dev", "1", &model.checkable, 0.5f32),
        ("claimbuster3_dev", "CFS", &model.priority, 0.3),
    ] {
        let gold = shared.join(format!("corpus/{corpus}.jsonl"));
        let text = fs::read_to_string(&gold).expect("it can be read");
        let sentences = read_sentences(&text).expect("it is a corpus");
        let scores = scored(&sentences, yes, head, &language);
        let lines = sentences.iter().zip(&scores);
        let lines = lines.map(|(sentence, (score, _))| {
            format!(
                "{}\n",
                json!({"id": sentence.id, "score": f64::from(*score)})
            )
        });
        place.write("scores.jsonl", lines.collect::<String>());
        let threshold_word = f64::from(threshold).to_string();
        let python = Command::new("python3")
            .arg(&scorer)
            .arg(&gold)
            .arg("scores.jsonl")
            .args(["--pos", yes, "--thr", &threshold_word, "--json"])
            .current_dir(place.path())
            .output()
            .expect("python3 runs");
        assert!(python.status.success(), "{python:?}");
        let right: Value = serde_json::from_slice(&python.stdout).expect("JSON");
        let four = |value: f64| format!("{value:.4}");
        let told = |name: &str| four(right[name].as_f64().expect("a number"));
        let ours = [
            four(area_under_curve(&scores).expect("both labels are there")),
            four(average_precision(&scores)),
            four(f1_at(&scores, threshold)),
        ];
        assert_eq!(ours, ["AUC", "AP", "F1"].map(told), "{corpus}");
        // The header tells the same numbers.
        let lines = claim_figures(&sentences, &sentences, &model);
        let line = lines.iter().find(|line| line.contains(corpus));
        let line = line.expect("a line for each corpus");
        for figure in ours {
            assert!(line.contains(&figure), "{line}");
        }
    }
}
