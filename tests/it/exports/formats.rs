//! Every format of the table over articles of any letters: what it says stands somewhere stands
//! there, in the units it counts in, and nothing of an article steers a reader's program.

use proofmark::annotations::{Document, RecordKind, Time};
use proofmark::detect::Kind;
use proofmark::exchange::{
    Export, Format, Losses, Part, Publisher, Selection, Settings, Shape, Subject, Written,
};
use proofmark::review::{Decide, Moment, NewSource, Session};
use proofmark::text::{Article, Mark, Media, Word};
use proptest::prelude::*;
use serde_json::Value;

use crate::properties::places::{any_text, span_by};

pub(crate) const VERDICT: &str = "=false\t| </script><b>";

/// An article with marks anywhere in it, some of them in two pieces, some linked, judged and noted.
pub(crate) fn reviewed(text: &str, picks: &[(usize, usize, u8)]) -> (Article, Document) {
    let article = Article::new("story.txt", text, Media::Plain);
    let document = Document::new(&article);
    let who = "ana@example.org".to_owned();
    let mut session = Session::new(article.clone(), document, Vec::new(), who, "t".to_owned());
    let mut fresh = 0;
    for (a, b, what) in picks {
        let mut act = |action: Decide| {
            fresh += 1;
            let moment = Moment {
                now: Time::new("2026-03-04T05:06:07Z"),
                day: None,
                fresh,
                seconds: None,
            };
            session.apply(action, &moment);
        };
        let pieces = [
            span_by(article.text(), *a, a + b % 20),
            span_by(article.text(), a + b % 31, a + b % 43),
        ];
        let pieces = &pieces[..1 + usize::from(what % 3 == 0)];
        let (Some(mark), Some(source)) = (
            Mark::new(pieces.iter().copied()),
            Mark::new([span_by(article.text(), *b, b + 5)]),
        ) else {
            continue;
        };
        let kind = Kind::ALL[usize::from(*what) % Kind::ALL.len()];
        act(Decide::Add(RecordKind::Claim, mark, vec![kind]));
        if what % 2 == 0 {
            act(Decide::Link(NewSource::Mark(source)));
        }
        if what % 5 == 0 {
            act(Decide::Verdict(Some(VERDICT.to_owned())));
            act(Decide::Note(
                "a note\n\u{1b}[2J \u{202e}| <script>x</script>".to_owned(),
            ));
        }
    }
    (article, session.document().clone())
}

pub(crate) fn subject<'a>(article: &'a Article, document: &'a Document) -> Subject<'a> {
    Subject {
        name: "desk/story.txt",
        article,
        document,
        selection: Selection::Verified,
    }
}

fn publisher() -> Publisher {
    Publisher {
        author: "Desk <b>".to_owned(),
        url: Some("https://desk.example".to_owned()),
        page: "https://desk.example/checks/story#{number}".to_owned(),
        date: Some("2026-03-05".to_owned()),
        ratings: vec![(VERDICT.to_owned(), 1), ("true".to_owned(), 5)],
        reviewer: None,
    }
}

/// The files that a format makes of an article, and what it lost.
pub(crate) fn written(
    format: Format,
    shape: &'static Shape,
    subject: &Subject<'_>,
) -> (Vec<(String, String)>, Losses) {
    let row = format.row();
    let settings = Settings {
        shape,
        publisher: publisher(),
        ..format.settings()
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    match row.written.expect("a format that is written") {
        Written::OneFile(begin) => {
            let mut bytes = Vec::new();
            let mut export = Export::begin(&mut bytes, row, begin, &settings).expect("memory");
            export.add(subject).expect("memory");
            let losses = export.finish().expect("memory");
            (vec![(format.ending().to_owned(), text(bytes))], losses)
        }
        Written::Folder(files) => {
            let files = files(&[*subject], &settings).into_iter();
            let files = files.map(|file| (file.name, text(file.bytes))).collect();
            (files, Losses::of(subject, row.holds))
        }
    }
}

fn only(format: Format, subject: &Subject<'_>) -> String {
    let (files, _) = written(format, &format.row().shapes[0], subject);
    files.into_iter().next().expect("a file").1
}

/// Words between two places of a text counted in some units.
struct Counted<U>(Vec<U>);

impl Counted<char> {
    fn words(&self, from: &Value, to: &Value) -> String {
        let at = |value: &Value| value.as_u64().expect("an offset") as usize;
        self.0[at(from)..at(to)].iter().collect()
    }
}

impl Counted<u16> {
    fn words(&self, from: &Value, to: &Value) -> String {
        let at = |value: &Value| value.as_u64().expect("an offset") as usize;
        String::from_utf16(&self.0[at(from)..at(to)]).expect("no half of a character")
    }
}

/// The pieces of all marks, as the records have them.
fn pieces(subject: &Subject<'_>) -> Vec<String> {
    let points: Vec<char> = subject.article.text().chars().collect();
    let spans = subject
        .entries()
        .into_iter()
        .flat_map(|entry| entry.spans());
    let mut pieces: Vec<String> = spans
        .map(|[from, to]| points[from as usize..to as usize].iter().collect())
        .collect();
    pieces.sort();
    pieces
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.collect();
    words.sort();
    words
}

fn list<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    value[field].as_array().expect("a list").iter()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_stands_somewhere_stands_there(
        text in any_text(),
        picks in prop::collection::vec((0usize..400, 0usize..400, any::<u8>()), 0..8),
    ) {
        let (article, document) = reviewed(&text, &picks);
        let subject = subject(&article, &document);
        let expected = pieces(&subject);
        let points = Counted(article.text().chars().collect::<Vec<char>>());
        let units = Counted(article.text().encode_utf16().collect::<Vec<u16>>());

        let task: Value = serde_json::from_str(&only(Format::Prodigy, &subject)).expect("JSON");
        prop_assert_eq!(task["text"].as_str(), Some(article.text()));
        let tokens: Vec<&Value> = list(&task, "tokens").collect();
        for span in list(&task, "spans") {
            let token = |field: &str| tokens[span[field].as_u64().expect("a token") as usize];
            prop_assert_eq!(&token("token_start")["start"], &span["start"]);
            prop_assert_eq!(&token("token_end")["end"], &span["end"]);
        }
        for token in &tokens {
            let words = points.words(&token["start"], &token["end"]);
            prop_assert_eq!(token["text"].as_str(), Some(words.as_str()));
        }
        // The tokens alone give the text back, as spaCy makes it of them.
        let whole: String = tokens
            .iter()
            .map(|token| {
                let blank = if token["ws"] == true { " " } else { "" };
                format!("{}{blank}", token["text"].as_str().expect("words"))
            })
            .collect();
        prop_assert_eq!(whole.as_str(), article.text());
        let spans = list(&task, "spans").map(|span| points.words(&span["start"], &span["end"]));
        prop_assert_eq!(sorted(spans), expected.clone());

        let line: Value = serde_json::from_str(&only(Format::Doccano, &subject)).expect("JSON");
        let marks = list(&line, "entities");
        let marks = marks.map(|mark| points.words(&mark["start_offset"], &mark["end_offset"]));
        prop_assert_eq!(sorted(marks), expected.clone());
        let ids: Vec<&Value> = list(&line, "entities").map(|mark| &mark["id"]).collect();
        for relation in list(&line, "relations") {
            prop_assert!(ids.contains(&&relation["from_id"]) && ids.contains(&&relation["to_id"]));
        }

        let tasks: Value = serde_json::from_str(&only(Format::Labelstudio, &subject)).expect("JSON");
        let results = &tasks[0]["annotations"][0];
        let regions = list(results, "result").filter(|result| result["type"] == "labels");
        let regions: Vec<(&Value, String)> = regions
            .map(|r| (&r["value"], units.words(&r["value"]["start"], &r["value"]["end"])))
            .collect();
        for (value, words) in &regions {
            prop_assert_eq!(value["text"].as_str(), Some(words.as_str()));
        }
        prop_assert_eq!(sorted(regions.into_iter().map(|(_, words)| words)), expected.clone());

        let collection: Value = serde_json::from_str(&only(Format::W3c, &subject)).expect("JSON");
        let none = Value::Array(Vec::new());
        let items = collection["first"].get("items").unwrap_or(&none);
        let items = items.as_array().expect("a list");
        prop_assert_eq!(collection["total"].as_u64(), Some(items.len() as u64));
        let mut found = Vec::new();
        for item in items.iter().filter(|item| item["motivation"] != "linking") {
            let targets = match &item["target"] {
                Value::Array(targets) => targets.clone(),
                one => vec![one.clone()],
            };
            for target in targets {
                let [place, quote] = [0, 1].map(|k| target["selector"][k].clone());
                let words = points.words(&place["start"], &place["end"]);
                prop_assert_eq!(quote["exact"].as_str(), Some(words.as_str()));
                let around = |field: &str| quote[field].as_str().expect("words").to_owned();
                let (prefix, suffix) = (around("prefix"), around("suffix"));
                let whole = format!("{prefix}{words}{suffix}");
                prop_assert!(article.text().contains(&whole));
                found.push(words);
            }
        }
        prop_assert_eq!(sorted(found.into_iter()), expected);
    }

    #[test]
    fn brat_and_columns_count_code_points(
        text in any_text(),
        picks in prop::collection::vec((0usize..400, 0usize..400, any::<u8>()), 0..8),
    ) {
        let (article, document) = reviewed(&text, &picks);
        let subject = subject(&article, &document);
        let points: Vec<char> = article.text().chars().collect();
        let shape = &Format::Brat.row().shapes[0];
        let (files, _) = written(Format::Brat, shape, &subject);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        prop_assert_eq!(names, ["story.txt", "story.ann", "annotation.conf"]);
        prop_assert_eq!(files[0].1.as_str(), article.text());
        let mut marks = 0;
        for line in files[1].1.lines() {
            let mut cells = line.splitn(3, '\t');
            let id = cells.next().expect("an id");
            if !id.starts_with('T') {
                continue;
            }
            marks += 1;
            let places = cells.next().expect("places");
            let (_, places) = places.split_once(' ').expect("a label");
            let words: Vec<String> = places
                .split(';')
                .map(|place| {
                    let (from, to) = place.split_once(' ').expect("two offsets");
                    let at = |number: &str| number.parse::<usize>().expect("an offset");
                    points[at(from)..at(to)].iter().collect()
                })
                .collect();
            prop_assert!(words.iter().all(|words| !words.contains('\n')));
            let words = words.join(" ");
            prop_assert_eq!(cells.next(), Some(words.as_str()));
        }
        let entries = subject.entries();
        let is_blank = |entry: &&proofmark::exchange::Entry<'_>| entry.text().trim().is_empty();
        prop_assert_eq!(marks, entries.len() - entries.iter().filter(is_blank).count());

        for line in only(Format::Conll, &subject).lines().filter(|line| !line.is_empty()) {
            if line.starts_with("# newdoc") {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            prop_assert_eq!(cells.len(), 6, "{}", line);
        }
    }

    #[test]
    fn nothing_in_any_format_steers_a_terminal_or_a_page(
        text in any_text(),
        picks in prop::collection::vec((0usize..400, 0usize..400, any::<u8>()), 1..6),
    ) {
        let (article, document) = reviewed(&text, &picks);
        let subject = subject(&article, &document);
        for format in Format::written() {
            for shape in format.row().shapes {
                for (name, written) in written(format, shape, &subject).0 {
                    // The text of the article itself goes along as it is, and tools that learn from
                    // words want them to the letter.
                    if name.ends_with(".txt") || name.ends_with(".ann") || name == "conll" {
                        continue;
                    }
                    prop_assert!(!written.contains(['\u{1b}', '\u{202e}']), "{} {}", format, shape.name);
                    if shape.ending == "html" {
                        let scripts = written.matches("<script").count();
                        prop_assert!(scripts <= 1 && written.matches("</script>").count() <= 1 && !written.contains("<b>"), "{}", format);
                    }
                }
            }
        }
    }
}

#[test]
fn the_table_is_in_the_order_of_the_names_and_says_what_is_lost() {
    for &format in Format::ALL {
        let row = format.row();
        assert_eq!(row.format, format);
        assert!(!row.shapes.is_empty() && !row.about.is_empty(), "{format}");
    }
    let (article, document) = reviewed("The port bought a crane. It is blue.", &[(4, 3, 0)]);
    let subject = subject(&article, &document);
    let lost = |format: Format| {
        let losses = written(format, &format.row().shapes[0], &subject).1;
        losses.parts().collect::<Vec<_>>()
    };
    assert_eq!(lost(Format::Jsonl), []);
    let answers = document.annotations().iter().map(|a| a.reviews.len()).sum();
    assert!(lost(Format::Markdown).contains(&(Part::Answers, answers)));
    assert!(lost(Format::Csv).contains(&(Part::Sources, 1)));
    assert!(lost(Format::Conll).contains(&(Part::TakenFrom, 1)));
    assert!(lost(Format::Conll).contains(&(Part::Verdicts, 1)));
    // Without relations they are lost, with them not.
    let shapes = Format::Doccano.row().shapes;
    let of = |shape: &'static Shape| written(Format::Doccano, shape, &subject).1;
    let has = |losses: &Losses| losses.parts().any(|(part, _)| part == Part::TakenFrom);
    assert!(!has(&of(&shapes[0])) && has(&of(&shapes[1])));
}

#[test]
fn a_claim_review_says_who_checked_what_and_what_it_is_worth() {
    let (article, document) = reviewed("The port bought a crane. It is blue.", &[(4, 3, 0)]);
    let subject = subject(&article, &document);
    let list = &Format::Claimreview.row().shapes[1];
    let (files, _) = written(Format::Claimreview, list, &subject);
    let reviews: Value = serde_json::from_str(&files[0].1).expect("JSON");
    let review = &reviews[0];
    assert_eq!(review["@type"], "ClaimReview");
    assert_eq!(review["url"], "https://desk.example/checks/story#1");
    assert_eq!(review["author"]["name"], "Desk <b>");
    assert_eq!(review["datePublished"], "2026-03-05");
    let rating = &review["reviewRating"];
    assert_eq!(rating["alternateName"], VERDICT);
    let worth = ["worstRating", "ratingValue", "bestRating"].map(|field| rating[field].as_i64());
    assert_eq!(worth, [Some(1), Some(1), Some(5)]);
    // What is missing is named.
    let refused = |publisher: Publisher| {
        let row = Format::Claimreview.row();
        let Some(Written::OneFile(begin)) = row.written else {
            panic!("one file");
        };
        let settings = Settings {
            publisher,
            ..Format::Claimreview.settings()
        };
        let mut bytes = Vec::new();
        let mut export = match Export::begin(&mut bytes, row, begin, &settings) {
            Ok(export) => export,
            Err(error) => return error.to_string(),
        };
        let error = export.add(&subject).expect_err("no rating");
        error.to_string()
    };
    let without = |change: fn(&mut Publisher)| {
        let mut publisher = publisher();
        change(&mut publisher);
        refused(publisher)
    };
    assert!(without(|p| p.author.clear()).contains("publish.author"));
    assert!(without(|p| p.page.clear()).contains("publish.page"));
    // Every rating is between two others.
    let alone = without(|p| p.ratings.truncate(1));
    assert!(alone.contains("ratings: the best verdict"), "{alone}");
    assert!(without(|p| p.page = "/checks".to_owned()).contains("publish.page"));
    assert!(without(|p| p.ratings.clear()).contains("ratings."));
}

#[test]
fn two_reviews_never_stand_at_one_place() {
    let text = "The port bought a crane. It is blue. The mayor sold nine docks.";
    let (article, document) = reviewed(text, &[(4, 3, 0), (30, 3, 10)]);
    let subject = subject(&article, &document);
    let row = Format::Claimreview.row();
    let Some(Written::OneFile(begin)) = row.written else {
        panic!("one file");
    };
    let added = |page: &str, times: usize| {
        let mut publisher = publisher();
        publisher.page = page.to_owned();
        let settings = Settings {
            publisher,
            ..Format::Claimreview.settings()
        };
        let mut bytes = Vec::new();
        let mut export = Export::begin(&mut bytes, row, begin, &settings).expect("memory");
        let mut added = (0..times).map(|_| export.add(&subject).map(drop));
        added.find_map(Result::err).map(|error| error.to_string())
    };
    let wrong = added("https://desk.example/checks", 1).expect("two claims, one place");
    assert!(
        wrong.contains("two reviews would stand at https://desk.example/checks"),
        "{wrong}"
    );
    assert_eq!(added("https://desk.example/checks#{number}", 1), None);
    assert_eq!(added("https://desk.example/checks#{id}", 1), None);
    assert!(
        added("https://desk.example/checks#{number}", 2).is_some(),
        "of two articles"
    );
}

#[test]
fn every_collection_of_web_annotations_has_its_own_name() {
    let (article, document) = reviewed("The port bought a crane. It is blue.", &[(4, 3, 0)]);
    let other = reviewed("The mayor sold nine docks.", &[(4, 3, 0)]);
    let name = |subjects: &[(&str, &Article, &Document)]| {
        let row = Format::W3c.row();
        let Some(Written::OneFile(begin)) = row.written else {
            panic!("one file");
        };
        let mut bytes = Vec::new();
        let mut export = Export::begin(&mut bytes, row, begin, &Format::W3c.settings());
        for (name, article, document) in subjects {
            let subject = Subject {
                name,
                ..subject(article, document)
            };
            export
                .as_mut()
                .expect("memory")
                .add(&subject)
                .expect("memory");
        }
        export.expect("memory").finish().expect("memory");
        let collection: Value = serde_json::from_slice(&bytes).expect("JSON");
        collection["id"].as_str().expect("a name").to_owned()
    };
    let a = ("a.txt", &article, &document);
    let b = ("b.txt", &other.0, &other.1);
    let names = [name(&[a]), name(&[b]), name(&[a, b]), name(&[b, a])];
    let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), 4, "{names:?}");
    assert_eq!(name(&[a, b]), names[2]);
}
