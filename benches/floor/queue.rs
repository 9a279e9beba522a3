//! Filling the queue, and the keys meanwhile.

use std::path::Path;

use proofmark::annotations::QueueRow;
use proofmark::tui::app::{App, AppOptions};
use proofmark::tui::command::Key;
use proofmark::tui::event::{Event, Listed};

use super::programs::{moment, options, terminal};
use super::{Row, cost_of};

/// Filling the queue: what the desk does of it, every event with its share of frames.
pub(crate) fn queue(articles: usize) -> Vec<Row> {
    let mut app = App::new(
        AppOptions {
            article: None,
            ..options()
        },
        (120, 40),
    );
    let mut terminal = terminal((120, 40));
    let row = QueueRow {
        claims: 12,
        total: 15,
        priority: 0.5,
        begins: "The council voted on Monday to close the old harbour".to_owned(),
        words: "the council voted on monday to close old harbour".to_owned(),
        ..QueueRow::with_trouble(String::new())
    };
    let mut all = 0.0;
    let mut keys = Vec::new();
    let mut frame = |app: &App| {
        cost_of(|| {
            terminal
                .draw(|frame| app.draw(frame))
                .expect("a sink takes everything");
        })
    };
    let key = || Event::Key(Key::parse("j").expect("a key"));
    for batch in 0..articles.div_ceil(500) {
        let listed = (batch * 500..articles.min((batch + 1) * 500)).map(|number| Listed {
            path: Path::new(&format!("news/2026/03/article-{number:06}.txt")).into(),
            name: format!("2026/03/article-{number:06}.txt"),
            trouble: None,
        });
        let listed = listed.collect();
        all += cost_of(|| drop(app.update(Event::Listed(listed), &moment())));
        all += frame(&app);
    }
    all += cost_of(|| drop(app.update(Event::ListingDone, &moment())));
    for number in 0..articles {
        let event = Event::Looked(
            number,
            Box::new(QueueRow {
                priority: (number % 97) as f64 / 97.0,
                text: format!("{number:064x}"),
                ..row.clone()
            }),
        );
        all += cost_of(|| drop(app.update(event, &moment())));
        // As often as the loop draws while workers find something.
        if number % 200 == 0 {
            all += frame(&app);
            let cost = cost_of(|| drop(app.update(key(), &moment()))) + frame(&app);
            keys.push(cost);
        }
    }
    keys.sort_by(f64::total_cmp);
    let p95 = keys.get(keys.len() * 95 / 100).copied().unwrap_or(0.0);
    vec![
        Row::new(
            "queue of 100,000 filled",
            "1000 ms",
            format!("{:.0} ms", all / 1000.0),
        ),
        Row::new(
            "a key while it fills, p95",
            "8 ms",
            format!("{:.2} ms", p95 / 1000.0),
        ),
    ]
}
