use super::*;
use crate::annotations::QueueState;

fn listed(number: usize) -> Listed {
    Listed {
        path: Path::new(&format!("/news/2026/article-{number:06}.txt")).into(),
        name: format!("article-{number:06}.txt"),
        trouble: None,
    }
}

/// A row as looked at; every third text is that of another article.
fn row(number: usize) -> QueueRow {
    QueueRow {
        priority: (number * 7_919 % 1_000) as f64 / 1_000.0,
        total: 9,
        state: match number % 10 {
            3 => QueueState::Finished,
            _ => QueueState::New,
        },
        text: format!("{:032x}", if number.is_multiple_of(3) { 0 } else { number }).repeat(2),
        words: format!("fares rose by {number}"),
        ..QueueRow::default()
    }
}

/// A queue of so many articles, listed and looked at with a key after each; and its steps.
fn filled(count: usize, order: QueueOrder, filter: &str) -> (QueueList, usize) {
    let mut queue = QueueList::default();
    queue.set_order(order);
    queue.set_filter(filter);
    let mut looked = 0..count;
    for batch in 0..count.div_ceil(500) {
        let numbers = batch * 500..count.min((batch + 1) * 500);
        queue.add(numbers.map(listed).collect());
        for at in looked.by_ref().take(400) {
            queue.look(at, row(at));
        }
        // The last row: nothing is looked for from the start.
        queue.move_by(isize::MAX);
        assert_eq!(queue.selected_row(), queue.shown().len().checked_sub(1));
    }
    queue.all_listed();
    for at in looked {
        queue.look(at, row(at));
        queue.move_by(-1);
    }
    let steps = queue.steps.get();
    (queue, steps)
}

#[test]
fn filling_takes_steps_by_the_number_of_articles() {
    for (order, filter) in [
        (QueueOrder::Priority, ""),
        (QueueOrder::Name, "fares"),
        (QueueOrder::Time, "fares"),
    ] {
        let mut before = None;
        for count in [2_000, 4_000, 8_000, 16_000] {
            let (_, steps) = filled(count, order, filter);
            assert!(steps < 8 * count, "{steps} steps for {count} by {order}");
            if let Some(before) = before.replace(steps) {
                assert!(steps <= 2 * before + 1_000, "{before} steps, then {steps}");
            }
        }
    }
}

#[test]
fn putting_in_order_takes_hardly_more_steps_than_articles() {
    for order in [QueueOrder::Priority, QueueOrder::Name, QueueOrder::Time] {
        for count in [2_000, 16_000] {
            let (mut queue, _) = filled(count, QueueOrder::default(), "");
            let before = queue.steps.take();
            queue.set_order(order);
            let (steps, most) = (queue.steps.get(), count * (count.ilog2() as usize + 2) * 2);
            assert!(
                before > 0 && steps < most,
                "{steps} steps for {count} by {order}"
            );
            let shown: Vec<u32> = queue.shown.clone();
            let places = queue.places();
            assert!(shown.is_sorted_by(|a, b| places.compare(*a, *b).is_lt()));
            assert!(queue.is_in_order() && shown.len() == count);
        }
    }
}

#[test]
fn a_key_takes_no_steps() {
    let (mut queue, _) = filled(4_000, QueueOrder::default(), "");
    queue.steps.take();
    for by in [1, -1, 40, isize::MIN, isize::MAX] {
        queue.move_by(by);
        assert!(queue.turn_mark() && queue.selected_row().is_some());
    }
    assert!(queue.select_open(false));
    assert_eq!((queue.steps.get(), queue.count_marked()), (0, 5));
}

#[test]
fn counters_are_what_a_count_finds() {
    let (mut queue, _) = filled(1_000, QueueOrder::default(), "");
    let count = |queue: &QueueList| {
        let count = |is: fn(&QueueItem) -> bool| queue.items.iter().filter(|item| is(item)).count();
        let state = |item: &QueueItem| item.standing().map(|row| row.state);
        let finished = queue
            .items
            .iter()
            .filter(|item| !item.is_gone && state(item) == Some(QueueState::Finished));
        Counted {
            looked: count(|item| item.is_looked_at),
            finished: finished.count(),
            marked: count(|item| item.is_marked),
        }
    };
    assert_eq!(queue.counted, count(&queue));
    assert_eq!((queue.finished(), queue.unread()), (100, 0));
    queue.turn_marks();
    assert_eq!(
        (queue.count_marked(), queue.marked().count()),
        (1_000, 1_000)
    );
    // Half of them go, and come back after rows were put in order without them.
    queue.walked((0..300).map(listed).collect());
    queue.walked((300..500).map(listed).collect());
    queue.walk_done();
    assert_eq!(queue.counted, count(&queue));
    assert_eq!((queue.finished(), queue.count_marked()), (50, 500));
    queue.arrange();
    assert_eq!((queue.count(), queue.shown().len()), (500, 500));
    let again = queue.walked((0..1_000).map(listed).collect());
    queue.walk_done();
    assert_eq!((again.len(), queue.count()), (500, 1_000));
    for (at, _) in again {
        queue.look(at, row(at));
    }
    assert_eq!((queue.shown().len(), queue.finished()), (1_000, 100));
    assert_eq!(queue.counted, count(&queue));
    assert_eq!(queue.read_anew().len(), 1_000);
    assert_eq!((queue.unread(), queue.counted), (1_000, count(&queue)));
    queue.unmark_all();
    assert_eq!(queue.marked().count(), 0);
}

#[test]
fn what_is_shown_is_told_of_what_was_looked_at() {
    let (mut queue, _) = filled(20, QueueOrder::Name, "");
    let item = queue.on_row(4).expect("a row");
    let known = QueueRow {
        text: String::new(),
        words: String::new(),
        ..row(4)
    };
    assert_eq!(
        (item.name(), queue.row_of(item)),
        ("article-000004.txt", Some(known))
    );
    queue.set_filter("\"rose 17\" worth:<90");
    assert_eq!(
        queue.shown().map(QueueItem::name).collect::<Vec<_>>(),
        ["article-000017.txt"]
    );
    queue.set_filter("article-000007");
    assert_eq!(queue.shown().len(), 1);
    queue.set_filter("state:finished");
    assert_eq!(queue.shown().len(), 2);
}

#[test]
fn many_of_the_same_text_are_told_in_few_words() {
    let (queue, _) = filled(6_000, QueueOrder::Name, "");
    let first = queue.on_row(0).and_then(QueueItem::trouble).expect("told");
    assert!(first.starts_with("the same text as article-000003.txt; "));
    assert!(first.ends_with("; and more") && first.len() < 1_200);
}

#[test]
fn decisions_beside_an_article_have_rows_of_their_own() {
    let mut queue = QueueList::default();
    let stray = |name: &str| Listed {
        name: name.to_owned(),
        trouble: Some("decisions of another text".to_owned()),
        ..listed(1)
    };
    let all = || {
        vec![
            listed(0),
            listed(1),
            stray("a.json"),
            stray("b.json"),
            listed(2),
        ]
    };
    queue.add(all());
    queue.all_listed();
    assert_eq!(queue.walked(all()), []);
    queue.walk_done();
    assert_eq!((queue.listed(), queue.unread()), (5, 3));
    assert_eq!(queue.beside(&listed(0).path, 1), Some(&*listed(1).path));
    assert_eq!(queue.next_open(&listed(1).path), Some(&*listed(2).path));
    queue.set_filter("json");
    assert_eq!(queue.shown().len(), 2);
    assert_eq!(queue.beside(&listed(1).path, 1), Some(&*listed(1).path));
}
