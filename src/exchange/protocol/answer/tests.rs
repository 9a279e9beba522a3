use serde_json::json;

use super::*;
use crate::text::Media;

const TEXT: &str = "Fares to rise\n\n“Fares will rise 8 per cent in May,” said Ana Novak, the city’s \
                    transport chief. Critics said 😀 the council had promised a freeze.\n\nNovak said \
                    nothing about trams. Fares will rise 8 per cent in May, the paper wrote. “It was,” \
                    she said, “never planned.”\n";

fn article() -> Article {
    Article::new("fares.txt", TEXT, Media::Plain)
}

fn read(answer: Value) -> Answer {
    read_answer(answer.to_string().as_bytes(), &article(), "house 2").expect("an object")
}

fn words(mark: &Mark) -> String {
    mark.words(TEXT, " … ")
}

fn claims(answer: &Answer) -> Vec<String> {
    let claims = answer.findings.claims.iter();
    claims.map(|claim| words(&claim.mark)).collect()
}

fn source(answer: &Answer, claim: usize) -> Option<(String, usize)> {
    let at = answer.findings.claims[claim].attribution?;
    let mark = answer.findings.attributions[at].source.as_ref()?;
    Some((words(mark), mark.start()))
}

#[test]
fn claims_are_told_by_words_or_by_code_points() {
    let from = TEXT.chars().position(|c| c == '😀').expect("there") + 2;
    let answer = read(json!({"id": "1", "claims": [
        {"quote": "the council had promised a freeze", "source": "Critics", "cue": "said",
         "kinds": ["position", "nonsense", "position"], "priority": 0.9, "why": "a  promise\nbroken",
         "stand_alone": "The city council had promised a freeze of fares", "unknown": {"a": [1]}},
        {"spans": [[from, from + 11]], "checkable": 2, "keep": 0.5},
        {"quote": "Fares will rise 8 per cent in May", "before": "trams.", "voice": "own"},
    ]}));
    assert_eq!(answer.left_out, 0);
    assert_eq!(
        claims(&answer),
        [
            "the council",
            "the council had promised a freeze",
            "Fares will rise 8 per cent in May"
        ]
    );
    let [short, freeze, fares] = &answer.findings.claims[..] else {
        panic!("three");
    };
    assert_eq!(source(&answer, 1).map(|s| s.0).as_deref(), Some("Critics"));
    let attribution = &answer.findings.attributions[0];
    assert_eq!(attribution.cue.as_ref().map(words).as_deref(), Some("said"));
    assert!(
        attribution
            .cue
            .as_ref()
            .is_some_and(|cue| cue.start() > TEXT.find("Critics").unwrap_or(0))
    );
    assert_eq!(freeze.voice, Voice::Indirect);
    assert_eq!(freeze.kinds, [Kind::Position]);
    assert_eq!(
        (freeze.priority, freeze.why.as_str()),
        (0.9, "a promise broken")
    );
    let stand_alone = freeze.stand_alone.as_ref().map(|words| words.text.as_str());
    assert_eq!(
        stand_alone,
        Some("The city council had promised a freeze of fares")
    );
    assert_eq!(
        (short.checkable, short.keep, short.priority),
        (HALF, 0.5, HALF)
    );
    assert_eq!((fares.voice, fares.attribution), (Voice::Own, None));
    assert!(fares.mark.start() > TEXT.find("trams").expect("there"));
    assert_eq!(answer.findings.model, "house 2");
    assert_eq!(answer.told(), None);
}

#[test]
fn what_is_not_surely_there_is_left_out_and_counted() {
    let length = TEXT.chars().count();
    let answer = read(json!({"claims": [
        {"quote": "Fares will rise 9 per cent in May"},
        {"quote": "fares will rise 8 per cent in may"},
        {"quote": "Fares will rise 8 per cent in May"},
        {"spans": [[3, 9]]},
        {"spans": [[9, 3]]},
        {"spans": [[0, length + 1]]},
        {"spans": [[-1, 5]]},
        {"spans": []},
        {"quote": ""},
        {},
        "Novak said nothing about trams",
        17,
        {"quote": "Novak said nothing about trams", "source": "Jonas Aalto", "cue": "wrote"},
    ]}));
    assert_eq!(claims(&answer), ["Novak said nothing about trams"]);
    assert_eq!(answer.left_out, 12);
    // The cue stands in the paragraph; the source is nobody.
    assert_eq!(answer.without_source, 1);
    assert_eq!(source(&answer, 0), None);
    let told = answer.told().expect("something is left out");
    assert_eq!(
        told,
        "12 suggestions and 1 source or cue are not in the article and left out"
    );
}

#[test]
fn words_decide_where_points_say_otherwise_and_points_choose_between_equal_words() {
    let second = TEXT.rfind("Fares will").expect("twice");
    let from = TEXT[..second].chars().count();
    let to = from + "Fares will rise 8 per cent in May".chars().count();
    let answer = read(json!({"claims": [
        {"quote": "the council had promised a freeze", "spans": [[0, 5]]},
        {"text": "Fares will rise 8 per cent in May", "spans": [[from, to]]},
    ]}));
    assert_eq!(answer.left_out, 0);
    assert_eq!(claims(&answer)[0], "the council had promised a freeze");
    assert_eq!(answer.findings.claims[1].mark.start(), second);
}

#[test]
fn a_claim_in_pieces_keeps_their_order() {
    let answer = read(json!({"claims": [
        {"quote": ["It was", "never planned"], "source": "she", "voice": "direct"},
        {"quote": "Fares … trams"},
        {"quote": ["never planned", "It was"]},
    ]}));
    assert_eq!(claims(&answer), ["It was … never planned"]);
    assert_eq!(answer.left_out, 2);
    assert_eq!(source(&answer, 0).map(|s| s.0).as_deref(), Some("she"));
    let joined = read(json!({"claims": [{"quote": "It was ... never planned"}]}));
    assert_eq!(claims(&joined), ["It was … never planned"]);
}

#[test]
fn of_equal_names_the_nearest_is_meant_and_facts_hold_for_all() {
    let answer = read(json!({
    "sources": [{"quote": "Novak", "name": "Ana Novak", "source_type": "named person", "role": "transport chief"}],
    "claims": [
        {"quote": "nothing about trams", "source": "Novak"},
        {"quote": "Fares will rise 8 per cent in May", "after": "said Ana", "source": {"quote": "Novak"}},
    ]}));
    let places: Vec<usize> = (0..2)
        .filter_map(|at| Some(source(&answer, at)?.1))
        .collect();
    let expected: Vec<usize> = TEXT.match_indices("Novak").map(|(at, _)| at).collect();
    assert_eq!(places, expected);
    assert_eq!(answer.findings.claims[0].voice, Voice::Direct);
    let [first, second] = &answer.findings.sources[..] else {
        panic!("two mentions: {:?}", answer.findings.sources);
    };
    assert_eq!(first.entity, second.entity);
    assert_eq!(first.name, "Ana Novak");
    assert_eq!(first.source_type, SourceType::NamedPerson);
    assert_eq!(second.role.as_deref(), Some("transport chief"));
}

#[test]
fn attributions_are_claims_where_nobody_tells_claims() {
    let attribution = json!({"source": "Critics", "cue": "said", "content": "the council had promised a freeze", "voice": "indirect", "score": 0.7});
    let earlier = json!({"content": {"quote": "Fares will rise 8 per cent in May", "after": "said"}, "source": null});
    let answer = read(json!({"attributions": [attribution, earlier, {"content": "nowhere"}, 3]}));
    assert_eq!(
        claims(&answer),
        [
            "Fares will rise 8 per cent in May",
            "the council had promised a freeze"
        ]
    );
    assert_eq!(answer.left_out, 2);
    assert_eq!(source(&answer, 1).map(|s| s.0).as_deref(), Some("Critics"));
    assert_eq!(answer.findings.attributions[1].score, 0.7);
    let none = read(json!({"attributions": [attribution], "claims": []}));
    assert!(none.findings.claims.is_empty());
    let named = read(json!({
        "attributions": [earlier, attribution],
        "claims": [{"quote": "the council", "attribution": 1}, {"quote": "Fares to rise", "attribution": 7}],
    }));
    assert_eq!(source(&named, 0), None);
    assert_eq!(source(&named, 1).map(|s| s.0).as_deref(), Some("Critics"));
}

#[test]
fn the_same_claim_twice_is_one_and_many_are_bounded() {
    let claim = json!({"quote": "Novak said nothing about trams"});
    let answer = read(json!({"claims": vec![claim.clone(); 3], "folded": [claim]}));
    assert_eq!(
        (answer.findings.claims.len(), answer.findings.folded.len()),
        (1, 0)
    );
    let many = read(json!({"claims": vec![json!({"quote": "no such words"}); MOST + 5]}));
    assert_eq!(many.left_out, MOST + 5);
}

#[test]
fn what_people_read_is_one_line_of_a_bounded_length() {
    let long = "\u{1b}[31mred ".repeat(1_000);
    let answer = read(json!({"claims": [
        {"quote": "Novak said nothing about trams", "why": long, "stand_alone": "Novak said nothing about trams"},
    ]}));
    let claim = &answer.findings.claims[0];
    assert_eq!(claim.why.chars().count(), WHY);
    assert!(!claim.why.chars().any(char::is_control));
    assert_eq!(claim.stand_alone, None, "its own words");
}

#[test]
fn our_own_lines_are_read_the_same() {
    use crate::detect::compiled_in;
    let article = article();
    let findings = compiled_in("proofmark 0").detect(&article);
    let mut line = Vec::new();
    crate::exchange::findings::write(&mut line, &json!("7"), &article, &findings).expect("memory");
    let read = read_answer(&line, &article, "other").expect("an object");
    assert_eq!(read.told(), None);
    assert_eq!(claims(&read).len(), findings.claims.len());
    let marks = |findings: &Findings| {
        let claims = findings.claims.iter().chain(&findings.folded);
        let source = |at: Option<usize>| findings.attributions[at?].source.clone();
        let claims = claims.map(|c| {
            (
                c.mark.clone(),
                c.voice,
                c.kinds.clone(),
                source(c.attribution),
            )
        });
        let names = findings
            .sources
            .iter()
            .map(|s| (s.mark.clone(), s.name.clone(), s.source_type));
        (claims.collect::<Vec<_>>(), names.collect::<Vec<_>>())
    };
    assert_eq!(marks(&read.findings), marks(&findings));
}

#[test]
fn no_object_is_no_answer() {
    for line in ["", "[]", "3", "{\"claims\": [", "\u{0}"] {
        assert!(
            read_answer(line.as_bytes(), &article(), "m").is_err(),
            "{line}"
        );
    }
    let deep = format!("{{\"claims\": {}{}}}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(read_answer(deep.as_bytes(), &article(), "m").is_err());
    let answer = read(json!({"claims": {"a": 1}, "attributions": "x", "sources": 3}));
    assert_eq!(answer.findings.claims.len(), 0);
}

#[test]
fn what_is_told_of_a_source_is_looked_for_beside_the_claim() {
    let answer = read(json!({"claims": [
        // Nearer by letters in the paragraph before, and meant in its own.
        {"quote": "nothing about trams", "source": "Novak", "voice": "own"},
        // The only such word stands in another paragraph and attributes something else.
        {"quote": "the council had promised a freeze", "source": "Critics", "cue": "wrote"},
    ]}));
    let third = TEXT.rfind("Novak said").expect("there");
    assert_eq!(source(&answer, 1), Some(("Novak".to_owned(), third)));
    assert_eq!(
        answer.findings.claims[1].voice,
        Voice::Indirect,
        "somebody else's"
    );
    assert_eq!(answer.findings.attributions[0].cue, None);
    assert_eq!(answer.without_source, 1);
    let text = "Ana spoke.\n\nShe was there, so said Ana to all who came and heard it on the night of the vote.";
    let article = Article::new("a.txt", text, Media::Plain);
    let line = json!({"claims": [{"quote": "She was there", "source": "Ana"}]}).to_string();
    let answer = read_answer(line.as_bytes(), &article, "m").expect("an object");
    let mark = answer.findings.attributions[0]
        .source
        .as_ref()
        .expect("found");
    assert_eq!(mark.start(), text.rfind("Ana").expect("twice"));
}

#[test]
fn a_named_attribution_counts_before_a_source_of_the_claims_own() {
    let attribution = json!({"source": "Critics", "content": "the council had promised a freeze"});
    let answer = read(json!({
        "attributions": [attribution],
        "claims": [{"quote": "the council", "attribution": 0, "source": "Novak"}],
    }));
    assert_eq!(source(&answer, 0).map(|s| s.0).as_deref(), Some("Critics"));
    assert_eq!(answer.findings.attributions.len(), 1);
}

#[test]
fn points_that_end_within_a_word_and_claims_past_the_bound_are_left_out() {
    let answer = read(json!({"claims": [{"spans": [[0, 3]]}, {"spans": [[0, 5]]}]}));
    assert_eq!(claims(&answer), ["Fares"]);
    assert_eq!(answer.left_out, 1);
    let mut many = vec![json!({"quote": "no such words"}); MOST];
    many.push(json!({"quote": "Novak said nothing about trams"}));
    let answer = read(json!({"claims": many}));
    assert_eq!(
        (answer.findings.claims.len(), answer.left_out),
        (0, MOST + 1)
    );
}

#[test]
fn the_next_piece_is_the_next_such_words() {
    let text = "it rose, he said, it fell, and she said it rose, and it rose again.";
    let article = Article::new("a.txt", text, Media::Plain);
    let line = json!({"claims": [{"quote": ["it fell", "it rose"]}]}).to_string();
    let answer = read_answer(line.as_bytes(), &article, "m").expect("an object");
    let mark = &answer.findings.claims[0].mark;
    let pieces: Vec<usize> = mark.pieces().iter().map(|piece| piece.start).collect();
    assert_eq!(
        pieces,
        [
            text.find("it fell").expect("there"),
            text.find("it rose, and").expect("there")
        ]
    );
}
