//! An invented article with a sidecar, and a desk on a folder of its own.

use std::path::{Path, PathBuf};

use proofmark::annotations::{
    Decision, Document, Edit, Id, RecordKind, Review, Status, Time, text_id,
};
use proofmark::detect::{
    Attribution, Claim, Findings, Kind, Run, SourceMention, SourceType, Voice,
};
use proofmark::ingest;
use proofmark::store::{OpenArticle, OpenOptions};
use proofmark::text::{Article, Mark, Open, Span};

/// The article's text.
pub(crate) const TEXT: &str = "Harbour gets a new crane

The harbour board bought a crane for €4 million on Friday. “It lifts 😀 ninety tonnes,” Director Lena Oduya said.

According to the port authority, traffic grew by 7% in 2025. Fisherman Tom Blake called the plan “a waste”.
";

pub(crate) fn article() -> Article {
    ingest::read("crane.txt", TEXT.as_bytes()).expect("an article")
}

fn mark(words: &str) -> Mark {
    let start = TEXT.find(words).expect("in the text");
    Mark::whole(Span::new(start, start + words.len())).expect("not empty")
}

/// What found them.
pub(crate) fn run() -> Run {
    Run::new("proofmark test", findings().model)
}

/// What a detector could find in it.
pub(crate) fn findings() -> Findings {
    let attributions = vec![Attribution {
        source: Some(mark("the port authority")),
        cue: Some(mark("According to")),
        content: mark("traffic grew by 7% in 2025"),
        voice: Voice::Indirect,
        score: 0.91,
    }];
    let claim = |words: &str, attribution: Option<usize>, voice: Voice| Claim {
        mark: mark(words),
        attribution,
        voice,
        kinds: vec![Kind::Quantity, Kind::Event],
        checkable: 0.8,
        keep: 0.0,
        stand_alone: None,
        priority: 0.6123,
        why: "a number".to_owned(),
    };
    Findings {
        folded: Vec::new(),
        cut: false,
        model: "test 1".to_owned(),
        sentences: Vec::new(),
        claims: vec![
            claim(
                "The harbour board bought a crane for €4 million on Friday.",
                None,
                Voice::Own,
            ),
            claim("traffic grew by 7% in 2025", Some(0), Voice::Indirect),
        ],
        attributions,
        sources: vec![SourceMention {
            mark: mark("the port authority"),
            entity: 0,
            name: "port authority".to_owned(),
            source_type: SourceType::Organisation,
            role: None,
            score: 0.9,
            why: "according to".to_owned(),
        }],
    }
}

pub(crate) fn time(minute: u32) -> Time {
    Time::new(format!("2026-03-04T10:{minute:02}:00Z"))
}

/// The article's document with suggestions and no decision.
pub(crate) fn suggested() -> Document {
    let article = article();
    let mut document = Document::new(&article);
    document.adopt(&article, &findings(), &run(), time(0));
    document
}

/// A reviewer's whole answer on an annotation.
pub(crate) fn answer(document: &Document, id: &Id, decision: Decision, at: Time) -> Review {
    let annotation = document.annotation(id).expect("there");
    let spanned = matches!(
        decision,
        Decision::Confirm | Decision::Correct | Decision::Add
    );
    Review {
        decision: Open::Known(decision),
        text: text_id(article().text_sha256()),
        at,
        kind: spanned.then(|| annotation.kind.clone()),
        quote: spanned.then(|| annotation.target.quote.clone()),
        kinds: Vec::new(),
        verdict: None,
        note: None,
        seconds: None,
        tool: Some("proofmark test".to_owned()),
        unknown: serde_json::Map::new(),
    }
}

pub(crate) fn decide(
    document: &Document,
    id: &Id,
    reviewer: &str,
    decision: Decision,
    at: Time,
) -> Edit {
    Edit::Review {
        annotation: id.clone(),
        reviewer: reviewer.to_owned(),
        review: Some(answer(document, id, decision, at)),
    }
}

/// The ids of the claims, in text order.
pub(crate) fn claims(document: &Document) -> Vec<Id> {
    let mut claims: Vec<_> = document
        .annotations()
        .iter()
        .filter(|a| a.kind == Open::Known(RecordKind::Claim))
        .collect();
    claims.sort_by_key(|a| a.target.quote.start);
    claims.into_iter().map(|a| a.id.clone()).collect()
}

/// A folder with the article in it, and one for state.
pub(crate) struct Folder {
    _keep: tempfile::TempDir,
    pub(crate) path: PathBuf,
    pub(crate) article: PathBuf,
    pub(crate) options: OpenOptions,
}

impl Folder {
    pub(crate) fn new() -> Folder {
        let keep = tempfile::tempdir().expect("a folder");
        let path = keep.path().join("news");
        std::fs::create_dir(&path).expect("made");
        let article = path.join("crane.txt");
        std::fs::write(&article, TEXT).expect("written");
        let options = OpenOptions {
            state_dir: Some(keep.path().join("state")),
            reviewer: "ana@example.org".to_owned(),
            holder: "ana on desk".to_owned(),
        };
        Folder {
            path,
            article,
            options,
            _keep: keep,
        }
    }

    pub(crate) fn sidecar(&self) -> PathBuf {
        proofmark::store::sidecar_path(&self.article)
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.path.join(".crane.txt.proofmark.journal")
    }

    /// Names in the article's folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        names(&self.path)
    }
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// Says that a test had nothing to test.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn skipped() {
    eprintln!("SKIPPED: no shared folder (set PROOFMARK_SHARED)");
}

/// The folder of files shared with the program's testers, if it is at hand.
pub(crate) fn shared() -> Option<PathBuf> {
    let path = std::env::var_os("PROOFMARK_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    path.is_dir().then_some(path)
}

/// A desk with suggestions adopted, as the program opens one.
pub(crate) fn open(folder: &Folder) -> (OpenArticle, Document) {
    let mut desk = OpenArticle::open(&folder.article, &folder.options).expect("opens");
    let mut document = desk.take_document();
    document.adopt(&desk.article, &findings(), &run(), time(0));
    (desk, document)
}

pub(crate) fn record(desk: &mut OpenArticle, document: &mut Document, edit: Edit, minute: u32) {
    document.apply(edit.clone()).expect("applies");
    desk.record(document, &edit, &time(minute))
        .expect("recorded");
}

/// Decides both claims: the first confirmed, the second rejected.
pub(crate) fn decide_two(desk: &mut OpenArticle, document: &mut Document) -> Vec<Id> {
    let ids = claims(document);
    for (at, decision) in [Decision::Confirm, Decision::Reject]
        .into_iter()
        .enumerate()
    {
        let edit = decide(document, &ids[at], "ana@example.org", decision, time(1));
        record(desk, document, edit, 1);
    }
    ids
}

pub(crate) fn statuses(document: &Document, ids: &[Id]) -> Vec<Status> {
    ids.iter()
        .map(|id| {
            document
                .annotation(id)
                .map_or(Status::Undecided, |a| a.status())
        })
        .collect()
}

/// What [`decide_two`] leaves.
pub(crate) const BOTH: [Status; 2] = [Status::Confirmed, Status::Rejected];
