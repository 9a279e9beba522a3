//! The desk on a megabyte with 5,000 annotations: opening, a key, a frame.
//!
//! Times of one machine; the limits they stand for are in ARCHITECTURE.md. Nothing is
//! asserted: run before and after a change and compare.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use proofmark::annotations::{Document, Time};
use proofmark::detect::{
    Attribution, Claim, Findings, Kind, Run, SourceMention, SourceType, Voice,
};
use proofmark::review::Moment;
use proofmark::text::{Article, Mark, Media, Span};
use proofmark::tui::app::{App, AppOptions};
use proofmark::tui::command::{Key, Keymap};
use proofmark::tui::event::{Event, Opened, Saved};
use proofmark::tui::widget::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const COLUMNS: u16 = 120;
const ROWS: u16 = 40;

/// A sentence with a source, repeated with other numbers; 5,000 annotations in a megabyte.
fn article() -> (Article, Findings) {
    let mut text = String::new();
    let mut findings = Findings {
        model: "bench 1".to_owned(),
        ..Findings::default()
    };
    for number in 0..2_500 {
        let start = text.len();
        text.push_str(&format!("Mayor Lena Voss number {number}"));
        let source = Mark::whole(Span::new(start, text.len())).expect("words");
        text.push_str(" said ");
        let content = text.len();
        text.push_str(&format!(
            "the town had built {number} houses in the year {}",
            1000 + number
        ));
        let mark = Mark::whole(Span::new(content, text.len())).expect("words");
        text.push_str(". ");
        findings.sentences.push(Span::new(start, text.len() - 1));
        let filler = text.len();
        while text.len() < (number + 1) * 400 {
            text.push_str("Nothing much else was said about it on that day. ");
        }
        findings.sentences.push(Span::new(filler, text.len() - 1));
        text.push_str("\n\n");
        findings.attributions.push(Attribution {
            source: Some(source.clone()),
            cue: None,
            content: mark.clone(),
            voice: Voice::Indirect,
            score: 0.9,
        });
        findings.claims.push(Claim {
            mark,
            attribution: Some(number),
            voice: Voice::Indirect,
            kinds: vec![Kind::Quantity],
            checkable: 0.9,
            keep: 0.0,
            stand_alone: None,
            priority: 0.5,
            why: "a number".to_owned(),
        });
        findings.sources.push(SourceMention {
            mark: source,
            entity: number,
            name: format!("Lena Voss {number}"),
            source_type: SourceType::NamedPerson,
            role: None,
            score: 0.9,
            why: "a name".to_owned(),
        });
    }
    (Article::new("town.txt", &text, Media::Plain), findings)
}

fn moment() -> Moment {
    Moment {
        day: None,
        now: Time::new("2026-03-04T05:06:07Z"),
        fresh: 7,
        seconds: None,
    }
}

fn opened(article: &Article, document: &Document) -> Event {
    Event::Opened(Box::new(Opened {
        path: PathBuf::from("town.txt"),
        article: article.clone(),
        document: document.clone(),
        notices: Vec::new(),
        read_only: None,
        done: Vec::new(),
        undone: Vec::new(),
        contexts: Default::default(),
    }))
}

fn desk() -> App {
    let options = AppOptions {
        folder: Default::default(),
        fetch: Default::default(),
        detectors: Vec::new(),
        rank: Vec::new(),
        article: Some(PathBuf::from("town.txt")),
        title: "town.txt".to_owned(),
        reviewer: "ana@example.org".to_owned(),
        tool: "bench".to_owned(),
        verdicts: vec!["true".to_owned(), "false".to_owned()],
        sites: Vec::new(),
        publisher: Default::default(),
        keymap: Keymap::default(),
        theme: Theme::default(),
        tour: false,
        tutor: false,
        house: Vec::new(),
        choice: proofmark::config::Theme::Auto,
        colours: Default::default(),
        problems: Vec::new(),
    };
    App::new(options, (COLUMNS, ROWS))
}

fn benches(criterion: &mut Criterion) {
    let (article, findings) = article();
    let mut document = Document::new(&article);
    document.adopt(
        &article,
        &findings,
        &Run::new("bench", &findings.model),
        Time::new("2026-03-04T05:06:07Z"),
    );
    let mut terminal = Terminal::new(TestBackend::new(COLUMNS, ROWS)).expect("a backend");

    criterion.bench_function(
        "open 1 MB with 5,000 annotations, first screen",
        |bencher| {
            bencher.iter_batched(
                || (desk(), opened(&article, &document)),
                |(mut app, event)| {
                    app.update(event, &moment());
                    terminal.draw(|frame| app.draw(frame)).expect("drawing");
                    black_box(app)
                },
                BatchSize::LargeInput,
            );
        },
    );

    let mut app = desk();
    app.update(opened(&article, &document), &moment());
    for (name, keys) in [
        ("a key that moves (j) and its frame", "jk"),
        ("a key that decides (a) and its frame", "au"),
        ("a key that moves an end (e) and its frame", "eu"),
        ("a key that scrolls (Space) and its frame", " "),
        ("to the end and back (G, g g), frames", "Ggg"),
    ] {
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| {
                for key in keys.chars() {
                    let key = if key == ' ' {
                        "Space".to_owned()
                    } else {
                        key.to_string()
                    };
                    let key = Key::parse(&key).expect("a key");
                    let requests = app.update(Event::Key(key), &moment());
                    if !requests.is_empty() {
                        app.update(Event::Saved(Saved::Yes), &moment());
                    }
                    terminal.draw(|frame| app.draw(frame)).expect("drawing");
                }
            });
        });
    }
}

criterion_group! {
    name = group;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(3));
    targets = benches
}
criterion_main!(group);
