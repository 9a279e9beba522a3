//! What a key costs at the desk, beside what it costs in a program that only draws.
//!
//! The **floor** is a plain program on the same library with the same boxes: lines of text, two
//! lists and a card, drawn without marks, signs or cleverness. Both write to a terminal that
//! throws everything away, one after the other in the same run, so that the ratio holds on any
//! machine. Figures are medians of processor time, of which other programs take nothing. Nothing
//! is asserted: a table is printed, with what each figure should be at most.

#![allow(clippy::print_stdout)]

#[path = "floor/case.rs"]
mod case;

#[path = "floor/programs.rs"]
mod programs;
#[path = "floor/queue.rs"]
mod queue;
#[path = "floor/whole.rs"]
mod whole;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use case::Case;
use programs::{Desk, Floor, Program, moment, opened, options, terminal};
use proofmark::annotations::{Document, Edit};
use proofmark::store::{OpenArticle, OpenOptions};
use proofmark::tui::app::App;
use proofmark::tui::event::{Event, Request};

/// Keys of one measured round, so that a round is long beside the clock's step.
const KEYS_A_ROUND: usize = 40;
/// Rounds of which the median is taken.
const ROUNDS: usize = 15;

/// One line of the table.
struct Row {
    /// What was done.
    name: String,
    /// What the figure should be at most, with its unit.
    must: String,
    /// What it is.
    figure: String,
}

impl Row {
    fn new(name: impl Into<String>, must: impl Into<String>, figure: impl Into<String>) -> Row {
        Row {
            name: name.into(),
            must: must.into(),
            figure: figure.into(),
        }
    }
}

fn main() {
    let mut rows = Vec::new();
    let small = Case::new(2_500, 400);
    for size in [(80, 24), (120, 40), (250, 70)] {
        rows.extend(keys_against_the_floor(&small, size));
    }
    rows.push(to_the_end_and_back(&small));
    rows.extend(searches(
        &small,
        "1 MB",
        &["houses", "number 2499 ", "zeppelin"],
    ));
    let large = Case::new(35_750, 280);
    rows.extend(keys_of_a_book(&large));
    rows.extend(searches(
        &large,
        "10 MB",
        &["houses", "number 35749 ", "zeppelin"],
    ));
    rows.extend(openings(&small, "5,000 marks", "80 ms"));
    let many = Case::new(25_000, 400);
    rows.extend(openings(&many, "50,000 marks", "400 ms"));
    rows.push(taking_up(&small, "1 MB"));
    rows.push(taking_up(&large, "10 MB"));
    rows.extend(saves(&small));
    rows.extend(queue::queue(100_000));
    rows.extend(whole::detection());
    // What the program takes besides is told by the system, and not by every one.
    if cfg!(target_os = "linux") {
        rows.extend(whole::memory(&small, &many));
        rows.extend(whole::folder(articles()));
    }
    print(&rows);
}

/// Articles of the folder that the program is started on twice: `ARTICLES=100000` for as many as a
/// large house has, of which the first start reads each.
fn articles() -> usize {
    let asked = std::env::var("ARTICLES").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(2_000)
}

/// Opening an article with its sidecar: what is read, and what the desk makes of it.
fn openings(case: &Case, told: &str, must: &str) -> Vec<Row> {
    let folder = Folder::new(case);
    let sidecar = proofmark::store::sidecar::render(&case.document, None);
    fs::write(proofmark::store::sidecar_path(&folder.article), sidecar).expect("written");
    let mut read = Vec::new();
    let mut shown = Vec::new();
    for _ in 0..5 {
        let mut document = None;
        read.push(cost_of(|| {
            let mut open = folder.open();
            document = Some(open.take_document());
        }));
        let event = opened(case, document.expect("opened"));
        let mut app = App::new(options(), (120, 40));
        let mut terminal = terminal((120, 40));
        shown.push(cost_of(|| {
            app.update(event, &moment());
            terminal
                .draw(|frame| app.draw(frame))
                .expect("a sink takes everything");
        }));
    }
    let (read, shown) = (median(read) / 1000.0, median(shown) / 1000.0);
    let figure = format!("{:.0} ms ({read:.0} read, {shown:.0} shown)", read + shown);
    vec![Row::new(format!("opening, {told}"), must, figure)]
}

/// Taking up what the detector found: what the thread that reads keys does of it in one go at
/// most, and what another does.
fn taking_up(case: &Case, told: &str) -> Row {
    let findings = Arc::new(case.findings.clone());
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let mut app = App::new(options(), (120, 40));
        app.update(opened(case, Document::new(&case.article)), &moment());
        let event = Event::Detected {
            path: PathBuf::from("town.txt"),
            text: *case.article.text_sha256(),
            findings: Arc::clone(&findings),
        };
        let mut asked = Vec::new();
        let first = cost_of(|| asked = app.update(event, &moment()));
        let Some(Request::TakeRun(run)) = asked.pop() else {
            panic!("a run is to be taken up");
        };
        let mut taken = None;
        there.push(cost_of(|| taken = Some(Box::new(run.taken()))));
        let event = Event::RunTaken(taken.expect("made above"));
        let mut gone = Vec::new();
        let second = cost_of(|| gone = app.update(event, &moment()));
        here.push(first.max(second));
    }
    let figure = format!(
        "{:.1} ms, {:.0} ms on another thread",
        median(here) / 1000.0,
        median(there) / 1000.0
    );
    Row::new(format!("taking up findings, {told}"), "8 ms", figure)
}

/// A save: what the thread that reads keys does of it, and what another does.
fn saves(case: &Case) -> Vec<Row> {
    let folder = Folder::new(case);
    let mut open = folder.open();
    let mut document = Arc::new(case.document.clone());
    let (mut here, mut there, mut copied) = (Vec::new(), Vec::new(), Vec::new());
    for day in 0..7 {
        let edit = Edit::Article {
            name: "later".to_owned(),
            value: Some(day.into()),
        };
        let held = Arc::clone(&document);
        copied.push(cost_of(|| {
            Arc::make_mut(&mut document)
                .apply(edit.clone())
                .expect("applies");
        }));
        drop(held);
        open.record(&document, &edit, &moment().now)
            .expect("recorded");
        let (mut saving, shared) = (None, Arc::clone(&document));
        let begun = cost_of(|| saving = Some(open.saving().expect("writable")));
        let saving = saving.expect("begun");
        let mut wrote = None;
        there.push(cost_of(|| wrote = Some(saving.write(&shared))));
        let wrote = wrote.expect("done");
        here.push(begun + cost_of(|| drop(open.written(wrote, None).expect("written"))));
    }
    let figure = |costs| format!("{:.2} ms", median(costs) / 1000.0);
    vec![
        Row::new("a save, 5,000 marks: keys' thread", "0 ms", figure(here)),
        Row::new("a save, 5,000 marks: another thread", "", figure(there)),
        Row::new("a decision while one is written", "8 ms", figure(copied)),
    ]
}

/// A folder with an article of a case in it.
struct Folder {
    _keep: tempfile::TempDir,
    article: PathBuf,
}

impl Folder {
    fn new(case: &Case) -> Folder {
        let keep = tempfile::tempdir().expect("a folder");
        let article = keep.path().join("town.txt");
        fs::write(&article, case.article.text()).expect("written");
        Folder {
            article,
            _keep: keep,
        }
    }

    fn open(&self) -> OpenArticle {
        let path: &Path = &self.article;
        OpenArticle::open(path, &OpenOptions::default()).expect("opens")
    }
}

/// The keys of the desk on a megabyte with 5,000 marks, each beside the floor's.
fn keys_against_the_floor(case: &Case, size: (u16, u16)) -> Vec<Row> {
    let mut desk = Desk::open(case, size);
    let mut floor = Floor::open(case, size);
    let mut rows = Vec::new();
    for keys in ["jk", " ", "au", "eu"] {
        let (here, there) = side_by_side(&mut desk, &mut floor, keys);
        let name = format!("{}x{} {}", size.0, size.1, keys_told(keys));
        let figure = format!("{:.2}x ({:.0} µs / {:.0} µs)", here / there, here, there);
        rows.push(Row::new(name, "1.6x", figure));
    }
    rows
}

/// From the first claim to the last and back, in the article of a megabyte.
fn to_the_end_and_back(case: &Case) -> Row {
    let mut desk = Desk::open(case, (120, 40));
    let costs = (0..ROUNDS)
        .map(|_| cost_of(|| ["G", "g", "g"].into_iter().for_each(|key| desk.press(key))));
    let figure = format!("{:.2} ms", median(costs.collect()) / 1000.0);
    Row::new("1 MB, G and g g", "", figure)
}

/// The keys of the desk on ten megabytes with 71,500 marks.
fn keys_of_a_book(case: &Case) -> Vec<Row> {
    let mut desk = Desk::open(case, (120, 40));
    let figure = |keys: &&str| {
        let costs = (0..ROUNDS).map(|_| desk.press_all(keys)).collect();
        let figure = format!("{:.2} ms", median(costs) / 1000.0);
        Row::new(
            format!("10 MB, 71,500 marks {}", keys_told(keys)),
            "2 ms",
            figure,
        )
    };
    ["jk", " ", "au", "eu"].iter().map(figure).collect()
}

/// Words looked for, from the key that asks to the frame that shows the first.
fn searches(case: &Case, told: &str, words: &[&str]) -> Vec<Row> {
    let mut desk = Desk::open(case, (120, 40));
    let mut row = |words: &&str| {
        let costs = (0..ROUNDS)
            .map(|_| {
                desk.press("/");
                words
                    .chars()
                    .for_each(|letter| desk.press(&written(letter)));
                let cost = cost_of(|| desk.press("Enter"));
                desk.press("Esc");
                desk.press("Esc");
                cost
            })
            .collect();
        let figure = format!("{:.2} ms", median(costs) / 1000.0);
        Row::new(format!("{told}, /{words} Enter"), "8 ms", figure)
    };
    words.iter().map(&mut row).collect()
}

fn print(rows: &[Row]) {
    println!("{:<36} {:>8}   is", "what", "at most");
    for row in rows {
        println!("{:<36} {:>8}   {}", row.name, row.must, row.figure);
    }
}

/// Both programs with the same keys, taking turns: the median microseconds of a key in each.
fn side_by_side(desk: &mut Desk, floor: &mut Floor, keys: &str) -> (f64, f64) {
    // One round of each before any counts.
    desk.press_all(keys);
    floor.press_all(keys);
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        here.push(desk.press_all(keys));
        there.push(floor.press_all(keys));
    }
    (median(here), median(there))
}

/// How a character is written as a key.
fn written(key: char) -> String {
    match key {
        ' ' => "Space".to_owned(),
        key => key.to_string(),
    }
}

fn keys_told(keys: &str) -> String {
    let keys: Vec<String> = keys.chars().map(written).collect();
    keys.join(" ")
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(0.0)
}

/// Microseconds of this thread's processor time that something took.
fn cost_of(work: impl FnOnce()) -> f64 {
    let before = processor_time();
    work();
    processor_time() - before
}

#[cfg(unix)]
fn processor_time() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}

#[cfg(not(unix))]
fn processor_time() -> f64 {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1e6
}
