use std::sync::Barrier;
use std::sync::mpsc::{self, Receiver};

use super::*;
use crate::exchange::Format;
use crate::text::Media;

/// Work that panics on an article called "bad", and waits at a barrier on one called "slow".
struct Script {
    barrier: Barrier,
    folder: Vec<Vec<&'static str>>,
}

impl Script {
    fn new(folder: &[&[&'static str]]) -> Arc<Script> {
        Arc::new(Script {
            barrier: Barrier::new(2),
            folder: folder.iter().map(|batch| batch.to_vec()).collect(),
        })
    }
}

/// A question about an article of that name.
fn asked(name: &str) -> AskedOf {
    AskedOf {
        path: name.into(),
        article: article(name),
        known: Vec::new(),
    }
}

impl Work for Script {
    fn detect(&self, article: &Article, _: &[Run]) -> Findings {
        match article.name() {
            "bad" => panic!("a fault in the detector"),
            "slow" => {
                self.barrier.wait();
                self.barrier.wait();
            }
            _ => {}
        }
        Findings {
            cut: false,
            model: article.name().to_owned(),
            folded: Vec::new(),
            sentences: Vec::new(),
            attributions: Vec::new(),
            claims: Vec::new(),
            sources: Vec::new(),
        }
    }

    fn list(&self, _: &[PathBuf], tell: &mut dyn FnMut(Vec<Listed>) -> bool) {
        for batch in &self.folder {
            let batch = batch.iter().map(|name| Listed {
                path: Path::new(name).into(),
                name: (*name).to_owned(),
                trouble: name.starts_with("unreadable").then(|| "no".to_owned()),
            });
            if !tell(batch.collect()) {
                return;
            }
        }
    }

    fn look(&self, path: &Path) -> QueueRow {
        assert!(path != Path::new("bad"), "a fault in reading");
        QueueRow::with_trouble("fine".to_owned())
    }

    fn export(&self, export: &Export) -> Result<Exported, String> {
        assert!(export.file.as_os_str() != "bad", "a fault in exporting");
        self.barrier.wait();
        self.barrier.wait();
        Err(format!("{} is there", export.file.display()))
    }

    fn add(&self, _: &Pasted) -> Result<PathBuf, String> {
        Err("the disk is full".to_owned())
    }

    fn stamps(&self, _: &[PathBuf], tell: &mut dyn FnMut(&Path, u64)) {
        let all = self.folder.iter().flatten();
        all.for_each(|name| tell(Path::new(name), 1));
    }
}

fn start(work: &Arc<Script>) -> (Workers, Receiver<Wake>) {
    let (send, wakes) = mpsc::channel();
    let workers = Workers::start(Arc::clone(work), 1, &send).expect("threads can be started");
    (workers, wakes)
}

fn path(name: &str) -> Arc<Path> {
    Path::new(name).into()
}

fn article(name: &str) -> Article {
    Article::new(name, "Fares fell.", Media::Plain)
}

/// The next event, in short.
fn next(wakes: &Receiver<Wake>) -> String {
    match wakes.recv() {
        Ok(Wake::Event(Event::Listed(listed))) => {
            let names: Vec<String> = listed.into_iter().map(|article| article.name).collect();
            format!("listed {}", names.join(" "))
        }
        Ok(Wake::Event(Event::ListingDone)) => "done".to_owned(),
        Ok(Wake::Event(Event::Walked(listed))) => format!("walked {}", listed.len()),
        Ok(Wake::Event(Event::WalkDone)) => "walk done".to_owned(),
        Ok(Wake::Event(Event::Looked(at, row))) => {
            format!("looked {at}: {}", row.trouble.unwrap_or_default())
        }
        Ok(Wake::Event(Event::Detected { path, .. })) => format!("detected {}", path.display()),
        Ok(Wake::Event(Event::NotDetected { path, reason })) => {
            format!("not detected {}: {reason}", path.display())
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn a_folder_is_listed_then_looked_at_and_faults_fail_their_article_alone() {
    let work = Script::new(&[&["a", "unreadable"], &[], &["bad", "b"]]);
    let (workers, wakes) = start(&work);
    workers.list(vec!["folder".into()]);
    let seen: Vec<String> = (0..6).map(|_| next(&wakes)).collect();
    assert_eq!(
        seen,
        [
            "listed a unreadable",
            "listed bad b",
            "done",
            "looked 0: fine",
            "looked 2: reading it failed through a fault of this program",
            "looked 3: fine",
        ]
    );
}

#[test]
fn the_folders_are_walked_again_when_asked_for_but_not_before_the_first_walk_is_over() {
    let work = Script::new(&[&["a", "b"]]);
    let (workers, wakes) = start(&work);
    workers.walk();
    workers.list(vec!["folder".into()]);
    let seen: Vec<String> = (0..4).map(|_| next(&wakes)).collect();
    assert_eq!(
        seen,
        ["listed a b", "done", "looked 0: fine", "looked 1: fine"]
    );
    workers.watch();
    assert_eq!([next(&wakes), next(&wakes)], ["walked 2", "walk done"]);
    workers.walk();
    assert_eq!([next(&wakes), next(&wakes)], ["walked 2", "walk done"]);
    workers.look_in_order(vec![(1, path("b")), (0, path("a"))]);
    assert_eq!(next(&wakes), "looked 1: fine");
    assert_eq!(next(&wakes), "looked 0: fine");
}

#[test]
fn a_second_look_goes_before_the_rest() {
    let work = Script::new(&[]);
    let (workers, wakes) = start(&work);
    // While the open article is read nothing else is begun, so the order is known.
    workers.detect(asked("slow"));
    work.barrier.wait();
    workers.look(1, path("first"));
    workers.look(0, path("second"));
    work.barrier.wait();
    assert_eq!(next(&wakes), "detected slow");
    assert_eq!(next(&wakes), "looked 0: fine");
    assert_eq!(next(&wakes), "looked 1: fine");
}

#[test]
fn the_queue_waits_for_the_open_article_and_only_the_last_opened_is_read() {
    let work = Script::new(&[&["a"]]);
    let (workers, wakes) = start(&work);
    workers.detect(asked("slow"));
    work.barrier.wait();
    workers.list(vec!["folder".into()]);
    workers.detect(asked("left"));
    workers.detect(asked("stays"));
    assert!(wakes.try_recv().is_err(), "nothing is begun");
    work.barrier.wait();
    let mut seen: Vec<String> = (0..5).map(|_| next(&wakes)).collect();
    assert_eq!(seen.remove(0), "detected slow");
    assert_eq!(seen.remove(0), "detected stays");
    assert_eq!(seen, ["listed a", "done", "looked 0: fine"]);
}

#[test]
fn a_fault_of_the_detector_is_told_and_the_next_article_read() {
    let work = Script::new(&[]);
    let (workers, wakes) = start(&work);
    workers.detect(asked("bad"));
    assert!(next(&wakes).starts_with("not detected bad: reading it failed"));
    workers.detect(asked("good"));
    assert_eq!(next(&wakes), "detected good");
}

#[test]
fn the_threads_end_when_told_or_when_nobody_listens() {
    let work = Script::new(&[]);
    let (workers, wakes) = start(&work);
    drop(workers);
    assert!(
        wakes.recv().is_err(),
        "the last sender is gone with the last thread"
    );

    let endless: Vec<&'static str> = vec!["a"; 1000];
    let batches: Vec<&[&'static str]> = vec![&endless; 1000];
    let work = Script::new(&batches);
    let (workers, wakes) = start(&work);
    workers.list(vec!["folder".into()]);
    assert!(next(&wakes).starts_with("listed"));
    drop(workers);
    let left = wakes.iter().count();
    assert!(left < 1000 * 1001, "the walk was broken off");
}

fn export(file: &str) -> Export {
    Export {
        articles: Vec::new(),
        format: Format::Csv,
        file: file.into(),
        publisher: Default::default(),
    }
}

#[test]
fn the_end_waits_for_exports_and_a_fault_in_one_is_told() {
    let script = Script::new(&[]);
    let (workers, wakes) = start(&script);
    workers.export(export("a.csv"));
    script.barrier.wait();
    assert!(wakes.try_recv().is_err(), "not written yet");
    script.barrier.wait();
    workers.export(export("bad"));
    workers.finish_writing();
    let told: Vec<Result<Exported, String>> = std::iter::from_fn(|| wakes.try_recv().ok())
        .map(|wake| match wake {
            Wake::Event(Event::Exported(went)) => went,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told.len(), 2, "both before the end");
    assert_eq!(told[0], Err("a.csv is there".to_owned()));
    assert!(
        told[1]
            .as_ref()
            .is_err_and(|why| why.contains("a fault of this program"))
    );
}

#[test]
fn no_more_rows_are_made_than_the_desk_takes_up() {
    let work = Script::new(&[]);
    let (send, wakes) = mpsc::channel();
    let workers = Workers::start(work, 2, &send).expect("threads");
    let all = MOST_ROWS + 300;
    let articles = (0..all).map(|at| (at, Path::new("a").into()));
    workers.look_in_order(articles.collect());
    let mut made = 0;
    let next = |made: &mut usize| {
        let wake = wakes.recv_timeout(Duration::from_secs(60)).expect("a row");
        *made += usize::from(matches!(wake, Wake::Event(Event::Looked(..))));
    };
    while made < MOST_ROWS {
        next(&mut made);
    }
    {
        let tasks = workers.shared.lock();
        assert_eq!((tasks.rows, tasks.queue.len()), (MOST_ROWS, 300));
    }
    for _ in 0..MOST_ROWS / 2 {
        workers.row_taken();
    }
    while made < all {
        next(&mut made);
    }
    assert_eq!(workers.shared.lock().rows, all - MOST_ROWS / 2);
}

#[test]
fn jobs_go_before_errands_and_each_in_their_order() {
    let work = Script::new(&[]);
    let (send, wakes) = mpsc::channel();
    let workers = Workers::start(work, 1, &send).expect("threads");
    let (free, held) = mpsc::channel::<()>();
    let named = |name: &str| {
        let path = PathBuf::from(name);
        Box::new(move || Outcome::Closed(path))
    };
    workers.run(Box::new(move || {
        let _ = held.recv();
        Outcome::Done
    }));
    workers.run(named("errand 1"));
    workers.run(named("errand 2"));
    workers.begin(named("job 1"));
    workers.begin(named("job 2"));
    assert!(!workers.are_jobs_done_within(Duration::ZERO));
    drop(free);
    workers.finish_jobs();
    let done = wakes.try_iter().filter_map(|wake| match wake {
        Wake::Ran(Outcome::Closed(path)) => Some(path),
        _ => None,
    });
    let done: Vec<PathBuf> = done.collect();
    assert_eq!(
        done,
        ["job 1", "job 2", "errand 1", "errand 2"].map(PathBuf::from)
    );
}
