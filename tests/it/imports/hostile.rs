//! Files that nobody should be able to hurt with, and files of other tools as they are.

use proofmark::annotations::{Brought, Document, Link, RecordKind};
use proofmark::exchange::{Format, LIMIT, of_article};
use proofmark::text::{Article, Media};
use proptest::prelude::*;

use super::{decided, read, suggested};

const TEXT: &str = "Zoë 😀 paid 3 crowns, said Ana.\nSo he did.\n";

#[test]
fn what_is_no_file_of_the_format_is_refused_with_its_line() {
    for format in Format::read() {
        let refused = |bytes: &[u8]| {
            let error = read(format, bytes, None).expect_err("refused");
            error.to_string()
        };
        assert!(refused(b"\xff\xfe").contains("not UTF-8"), "{format}");
        let line = refused(b"\n\nneither this nor that\n");
        assert!(line.starts_with("line 3: "), "{format}: {line}");
        let deep = "[".repeat(100_000);
        assert!(!refused(deep.as_bytes()).is_empty());
        let parts = "[{}".repeat(1_100_000);
        assert!(
            refused(parts.as_bytes()).contains("lists and objects"),
            "{format}"
        );
        let long = vec![b' '; LIMIT + 1];
        assert!(refused(&long).contains("limit"), "{format}");
    }
}

/// What the only article of a file has: words of claims and sources, and links by words.
fn said(brought: &Brought) -> (Vec<String>, Vec<String>) {
    let marks = brought.marks.iter();
    let marks = marks.map(|mark| format!("{} {}", mark.kind, mark.words()));
    let words = |at: usize| brought.marks[at].words();
    let links = brought.links.iter();
    let links = links.map(|l| format!("{} {} {}", words(l.from), l.link_type, words(l.to)));
    (marks.collect(), links.collect())
}

fn only(format: Format, file: &str, beside: Option<&str>) -> Brought {
    let brought = read(format, file.as_bytes(), beside.map(str::as_bytes)).expect("read");
    of_article(brought, "story.txt", None, TEXT).expect("one")
}

#[test]
fn files_of_other_tools() {
    let claim = "claim Zoë 😀 paid 3 crowns".to_owned();
    let source = "source Ana".to_owned();
    let taken = "Zoë 😀 paid 3 crowns attributed_to Ana".to_owned();
    let text = serde_json::to_string(TEXT).expect("JSON");
    let whole = (vec![claim.clone(), source.clone()], vec![taken]);

    // Prodigy's own spans have no ids; what was rejected says nothing.
    let task = format!(
        r#"{{"text":{text},"spans":[{{"start":0,"end":19,"label":"Claim"}},{{"start":26,"end":29,"label":"source"}}],
        "relations":[{{"head":1,"child":2,"head_span":{{"start":0,"end":19,"label":"Claim"}},"child_span":{{"start":26,"end":29,"label":"source"}},"label":"ATTRIBUTED_TO"}}],"answer":"accept"}}"#
    )
    .replace('\n', " ");
    assert_eq!(said(&only(Format::Prodigy, &task, None)), whole);
    let rejected = task.replace("accept", "reject");
    assert_eq!(read(Format::Prodigy, rejected.as_bytes(), None), Ok(vec![]));

    // doccano's ids are numbers; the older shape has no relations.
    let line = format!(
        r#"{{"id":7,"text":{text},"entities":[{{"id":3,"label":"CLAIM","start_offset":0,"end_offset":19}},{{"id":9,"label":"SOURCE","start_offset":26,"end_offset":29}},{{"id":11,"label":"PER","start_offset":0,"end_offset":3}}],"relations":[{{"id":1,"from_id":9,"to_id":3,"type":"ATTRIBUTED_TO"}}],"Comments":[]}}"#
    );
    let brought = only(Format::Doccano, &line, None);
    // Told from the source to the claim, it is the same.
    assert_eq!(said(&brought), whole);
    assert_eq!(brought.strange.get("PER"), Some(&1));
    let sequence = format!(r#"{{"text":{text},"label":[[0,19,"CLAIM"],[26,29,"SOURCE"]]}}"#);
    assert_eq!(said(&only(Format::Doccano, &sequence, None)).0, whole.0);

    // Label Studio counts UTF-16; a program that wrote a file often does not, and the words tell.
    let tasks = |by: &str, ends: [usize; 4]| {
        format!(
            r#"[{{"data":{{"text":{text}}},"annotations":[{{"completed_by":{{"email":"{by}"}},"result":[
            {{"id":"x","type":"labels","from_name":"l","value":{{"start":{},"end":{},"text":"Zoë 😀 paid 3 crowns","labels":["Claim"]}}}},
            {{"id":"x","type":"choices","from_name":"verdict","value":{{"choices":["false"]}}}},
            {{"id":"x","type":"textarea","from_name":"note","value":{{"text":["so"]}}}},
            {{"id":"y","type":"labels","from_name":"l","value":{{"start":{},"end":{},"text":"Ana","labels":["Source"]}}}},
            {{"type":"relation","from_id":"x","to_id":"y","labels":["attributed_to"]}}]}},
            {{"was_cancelled":true,"result":[{{"id":"z","type":"labels","value":{{"start":0,"end":3,"labels":["Claim"]}}}}]}}]}}]"#,
            ends[0], ends[1], ends[2], ends[3]
        )
    };
    for ends in [[0, 20, 27, 30], [0, 19, 26, 29]] {
        let brought = only(Format::Labelstudio, &tasks("ana@desk.example", ends), None);
        assert_eq!(said(&brought), whole, "{ends:?}");
        let answers = &brought.marks[0].answers;
        let told =
            |a: &proofmark::annotations::Answer| (a.by.clone(), a.verdict.clone(), a.note.clone());
        let by = Some("ana@desk.example".to_owned());
        assert_eq!(
            answers.iter().map(told).collect::<Vec<_>>(),
            [
                (by.clone(), Some("false".to_owned()), None),
                (by, None, Some("so".to_owned()))
            ]
        );
    }

    // brat, with the text beside it and without, lines in any order.
    let ann = "R1\tAttributed_to Arg1:T2 Arg2:T1\t\nT1\tSource 26 29\tAna\nA1\tQuantity T2\nT2\tClaim 0 \
               19\tZoë 😀 paid 3 crowns\n#1\tAnnotatorNotes T2\tlooks wrong | to me\nE1\tMove:T2\n*\tEquiv T1 T2\n";
    for beside in [Some(TEXT), None] {
        let brought = only(Format::Brat, ann, beside);
        let (mut marks, links) = said(&brought);
        marks.sort();
        assert_eq!((marks, links), whole.clone(), "{beside:?}");
        let note = brought.marks[1].answers[0].note.as_deref();
        assert_eq!(note, Some("looks wrong | to me"));
        assert_eq!(brought.marks[1].kinds.len(), 1);
    }
    for broken in ["T1\tClaim 5 2\tx\n", "T1\tClaim\n", "R1\tX\n", "hello\n"] {
        read(Format::Brat, broken.as_bytes(), None).expect_err(broken);
    }
    // brat parts a mark where a line ends.
    let parted = "T1\tClaim 26 30;31 41\tAna. So he did.\n";
    let brought = only(Format::Brat, parted, Some(TEXT));
    assert_eq!(brought.marks[0].pieces.len(), 1);
    assert_eq!(brought.marks[0].words(), "Ana.\nSo he did.");
}

#[test]
fn web_annotations_of_other_tools() {
    // A highlight with a comment, by its words alone: a claim, and the comment is a note.
    let highlight = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:x","type":"Annotation",
        "motivation":"commenting","creator":"https://x.example/bo","body":{"type":"TextualBody","value":"Is it?"},
        "target":{"source":"https://news.example/story","selector":{"type":"TextQuoteSelector","exact":"Zoë 😀 paid 3 crowns","prefix":"","suffix":", said Ana.\nSo he did."}}}"#;
    let article = Article::new("story.txt", TEXT, Media::Plain);
    for file in [
        highlight.to_owned(),
        format!("[{highlight}]"),
        format!(r#"{{"type":"AnnotationPage","items":[{highlight}]}}"#),
        format!(r#"{{"@graph":[{highlight}]}}"#),
        format!(r#"{{"type":"AnnotationCollection","first":{{"items":[{highlight}]}}}}"#),
    ] {
        let brought = only(Format::W3c, &file, None);
        assert_eq!(brought.name.as_deref(), Some("https://news.example/story"));
        let mark = &brought.marks[0];
        assert_eq!(mark.kind, RecordKind::Claim);
        assert_eq!(mark.answers[0].note.as_deref(), Some("Is it?"));
        assert_eq!(mark.answers[0].by.as_deref(), Some("https://x.example/bo"));
        let mut document = Document::new(&article);
        let bringing = decided(&mut document, &article, &brought, "ana");
        assert_eq!(
            (bringing.marks, bringing.left.len()),
            (1, 0),
            "{:?}",
            bringing.left
        );
    }
    let other = highlight.replace(r#""body":{"#, r#""body":{"purpose":"classifying","#);
    let brought = only(Format::W3c, &other.replace("Is it?", "Person"), None);
    assert_eq!(brought.marks, []);
    assert_eq!(brought.strange.get("Person"), Some(&1));
    // A page that stands elsewhere is named and never opened.
    let elsewhere = r#"{"type":"AnnotationCollection","first":"https://evil.example/page1"}"#;
    let error = read(Format::W3c, elsewhere.as_bytes(), None).expect_err("nothing to read");
    assert!(
        error.to_string().contains("https://evil.example/page1"),
        "{error}"
    );
}

#[test]
fn of_several_articles_the_one_meant() {
    let line = |name: &str, text: &str| {
        let text = serde_json::to_string(text).expect("JSON");
        format!(r#"{{"text":{text},"article":"{name}","label":[[0,3,"CLAIM"]]}}"#)
    };
    let all =
        |lines: &[String]| read(Format::Doccano, lines.join("\n").as_bytes(), None).expect("read");
    let of = |lines: &[String]| of_article(all(lines), "story.txt", None, TEXT);
    let (other, named) = (
        line("b.txt", "Bob lied."),
        line("desk/story.txt", "Zoë lied."),
    );
    assert_eq!(
        of(&[other.clone(), line("c.txt", TEXT)])
            .expect("its text")
            .name
            .as_deref(),
        Some("c.txt")
    );
    let by_name = of(&[other.clone(), named.clone()]).expect("its name");
    assert_eq!(by_name.name.as_deref(), Some("desk/story.txt"));
    assert_eq!(
        of(std::slice::from_ref(&other))
            .expect("the only one")
            .marks
            .len(),
        1
    );
    assert_eq!(
        of(&[other.clone(), other]),
        Err(vec!["b.txt".to_owned(); 2])
    );
    assert_eq!(of(&[]), Err(vec![]));
    // Two tasks on one text are one account.
    let twice = of(&[line("a", TEXT), line("b", TEXT)]).expect("both");
    assert_eq!(twice.marks.len(), 2);
}

#[test]
fn pieces_in_a_ring_are_one_mark() {
    let text = serde_json::to_string(TEXT).expect("JSON");
    let entity = |id: usize, from: usize| {
        let to = from + 3;
        format!(r#"{{"id":{id},"label":"CLAIM","start_offset":{from},"end_offset":{to}}}"#)
    };
    let goes_on = |from: usize, to: usize| {
        format!(r#"{{"id":{from},"from_id":{from},"to_id":{to},"type":"CONTINUES"}}"#)
    };
    let entities: Vec<String> = (1..4).map(|id| entity(id, id * 5)).collect();
    let ring = [goes_on(1, 2), goes_on(2, 3), goes_on(3, 1), goes_on(2, 2)];
    let line = format!(
        r#"{{"text":{text},"entities":[{}],"relations":[{}]}}"#,
        entities.join(","),
        ring.join(",")
    );
    let brought = only(Format::Doccano, &line, None);
    assert_eq!(brought.marks.len(), 1);
    assert_eq!(brought.marks[0].pieces.len(), 3);
    assert_eq!(brought.links, []);
}

#[test]
fn what_detect_writes_is_read() {
    let line = r#"{"id":"story.txt","text_sha256":"00","length":41,"model":"m 1","sentences":[],
        "attributions":[{"source":[[26,29]],"cue":[],"content":[[0,19]],"voice":"indirect","score":0.9}],
        "claims":[{"spans":[[0,3],[11,19]],"text":"Zoë … 3 crowns","attribution":0,"voice":"indirect","kinds":["quantity"],"checkable":0.8,"priority":0.7,"keep":0.6,"why":"number"}],
        "folded":[{"spans":[[31,41]],"text":"So he did.","attribution":null,"voice":"own","kinds":[],"checkable":0.1,"priority":0.1,"keep":0.1,"why":""}],
        "sources":[{"spans":[[26,29]],"text":"Ana","entity":0,"name":"Ana Novak","source_type":"named-person","role":"mayor","score":1.0,"why":"name"}]}"#
        .replace('\n', " ");
    let brought = only(Format::Findings, &line, None);
    let (marks, links) = said(&brought);
    assert_eq!(
        marks,
        ["source Ana", "claim Zoë … 3 crowns", "claim So he did."]
    );
    assert_eq!(links, ["Zoë … 3 crowns attributed_to Ana"]);
    assert_eq!(brought.tool.as_deref(), Some("m 1"));
    let article = Article::new("story.txt", TEXT, Media::Plain);
    let mut document = Document::new(&article);
    let bringing = suggested(&mut document, &article, &brought);
    assert_eq!((bringing.marks, bringing.links), (3, 1));
    let records = document.annotations();
    let claim = records
        .iter()
        .find(|r| r.target.quote.gaps.len() == 1)
        .expect("split");
    let suggestion = claim.suggestion().expect("it");
    assert_eq!(
        suggestion
            .priority
            .as_ref()
            .map(ToString::to_string)
            .as_deref(),
        Some("0.7")
    );
    assert_eq!(
        suggestion
            .voice
            .as_ref()
            .map(ToString::to_string)
            .as_deref(),
        Some("indirect")
    );
    assert!(
        records
            .iter()
            .any(|r| r.suggestion().is_some_and(|s| s.folded))
    );
    let source = records.iter().find(|r| r.is_source()).expect("it");
    assert_eq!(source.attribute("name"), Some("Ana Novak"));
    assert_eq!(source.attribute("role"), Some("mayor"));
    assert_eq!(
        document
            .source_link(&claim.id)
            .map(|l| l.link_type.as_str()),
        Some(Link::ATTRIBUTED_TO)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_file_makes_it_fall(
        format in prop::sample::select(Format::read().collect::<Vec<_>>()),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        words in "[\\[\\]{}\":, \\tTRA#0-9;a-z\\n😀]{0,300}",
    ) {
        let article = Article::new("story.txt", TEXT, Media::Plain);
        for bytes in [bytes.as_slice(), words.as_bytes()] {
            if let Ok(all) = read(format, bytes, Some(words.as_bytes())) {
                for brought in all {
                    decided(&mut Document::new(&article), &article, &brought, "ana");
                }
            }
        }
    }

    #[test]
    fn places_outside_of_a_text_are_left_out(
        from in any::<u32>(), to in any::<u32>(), id in "[xy]", other in "[xy]",
    ) {
        let article = Article::new("story.txt", TEXT, Media::Plain);
        let text = serde_json::to_string(TEXT).expect("JSON");
        let files = [
            (Format::Doccano, format!(r#"{{"text":{text},"label":[[{from},{to},"CLAIM"]]}}"#)),
            (Format::Prodigy, format!(r#"{{"text":{text},"spans":[{{"start":{from},"end":{to},"label":"CLAIM","id":"{id}"}},{{"start":0,"end":3,"label":"CLAIM","id":"{other}"}}]}}"#)),
            (Format::Labelstudio, format!(r#"[{{"data":{{"text":{text}}},"annotations":[{{"result":[{{"id":"{id}","type":"labels","value":{{"start":{from},"end":{to},"labels":["CLAIM"]}}}}]}}]}}]"#)),
            (Format::Brat, format!("T1\tClaim {from} {to}\tword\n")),
            (Format::W3c, format!(r#"{{"target":{{"source":"x","selector":[{{"type":"TextPositionSelector","start":{from},"end":{to}}},{{"type":"TextQuoteSelector","exact":"word"}}]}}}}"#)),
        ];
        for (format, file) in files {
            let Ok(all) = read(format, file.as_bytes(), Some(TEXT.as_bytes())) else { continue };
            for brought in all {
                decided(&mut Document::new(&article), &article, &brought, "ana");
                suggested(&mut Document::new(&article), &article, &brought);
            }
        }
    }
}

#[test]
fn pieces_that_are_called_otherwise_are_others_and_half_a_letter_is_no_place() {
    let text = serde_json::to_string(TEXT).expect("JSON");
    let line = format!(
        r#"{{"text":{text},"spans":[{{"start":0,"end":3,"label":"CLAIM","id":"a"}},{{"start":26,"end":29,"label":"SOURCE","id":"a"}}]}}"#
    );
    let (marks, _) = said(&only(Format::Prodigy, &line, None));
    assert_eq!(marks, ["claim Zoë", "source Ana"]);
    let half = format!(
        r#"[{{"data":{{"text":{text}}},"annotations":[{{"result":[{{"id":"x","type":"labels","value":{{"start":5,"end":20,"labels":["Claim"]}}}}]}}]}}]"#
    );
    let brought = only(Format::Labelstudio, &half, None);
    assert_eq!(brought.marks, []);
    assert_eq!(brought.outside, 1);
}

#[test]
fn tasks_of_one_article_are_each_placed_by_their_own_text() {
    let text = "Alpha said the company lied. In May it paid. Beta said the company grew. In June it paid \
                nobody at all.\n";
    let task = |text: &str, name: &str, mark: Option<(usize, usize)>| {
        let spans =
            mark.map(|(from, to)| format!(r#"{{"start":{from},"end":{to},"label":"CLAIM"}}"#));
        let name = match name {
            "" => String::new(),
            name => format!(r#""article":"{name}""#),
        };
        format!(
            r#"{{"text":{},"meta":{{{name}}},"spans":[{}]}}"#,
            serde_json::to_string(text).expect("JSON"),
            spans.unwrap_or_default()
        )
    };
    let first = "Alpha said the company lied. In May it paid.";
    let second = "Beta said the company grew. In June it paid nobody at all.\n";
    let article = Article::new("story.txt", text, Media::Plain);
    for name in ["story.txt", ""] {
        let file = [task(second, name, None), task(first, name, Some((11, 22)))].join("\n");
        let brought = read(Format::Prodigy, file.as_bytes(), None).expect("read");
        let brought = of_article(brought, "story.txt", None, text).expect("its parts");
        let mut document = Document::new(&article);
        let bringing = decided(&mut document, &article, &brought, "ana");
        let starts: Vec<u32> = document
            .annotations()
            .iter()
            .map(|a| a.target.quote.start)
            .collect();
        assert_eq!((starts, bringing.left.len()), (vec![11], 0), "{name:?}");
    }
}

#[test]
fn what_hypothesis_finds() {
    let rows = r#"{"total":3,"rows":[
        {"id":"x","user":"acct:bo@hypothes.is","uri":"https://n.example/a","text":"Is it?","tags":["port"],
         "target":[{"source":"https://n.example/a","selector":[{"type":"RangeSelector","startContainer":"/p[1]","startOffset":0},
         {"type":"TextPositionSelector","start":900,"end":920},{"type":"TextQuoteSelector","exact":"Zoë 😀 paid 3 crowns","prefix":"","suffix":", said Ana"}]}]},
        {"id":7,"user":"acct:bo@hypothes.is","uri":"https://n.example/a","text":"On the page","target":[{"source":{"id":"https://n.example/a"}}]}]}"#;
    let brought = only(Format::W3c, rows, None);
    let [mark] = &*brought.marks else {
        panic!("{:?}", brought.marks)
    };
    assert_eq!(mark.tags, ["port"]);
    assert_eq!(mark.answers[0].note.as_deref(), Some("Is it?"));
    assert_eq!(mark.answers[0].by.as_deref(), Some("acct:bo@hypothes.is"));
    assert_eq!(brought.outside, 1, "a note on the page");
}
