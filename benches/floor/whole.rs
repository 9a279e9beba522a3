//! What the whole program costs: memory, starts, folders, articles of many megabytes.
//!
//! The program runs in a terminal of its own until it has nothing more to do. What the system
//! tells of it is read from `/proc`, so there are figures on Linux alone.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use proofmark::annotations::Document;
use proofmark::detect::{Detect, Detector, Run};
use proofmark::store::{sidecar, sidecar_path};
use proofmark::text::{Article, Media};

use super::case::Case;
use super::programs::moment;
use super::{Row, cost_of, median};

/// Sentences of the kinds news has.
const PARAGRAPHS: &[&str] = &[
    "The council voted on Monday to close the old harbour, which has not been used since 2011.",
    "“We lost two boats and a crane in the storm,” said Ann Field, a spokeswoman for the port. \
     “Nobody asked us what it would cost.”",
    "According to people familiar with the matter, the company plans to sell its shipping \
     business for about 40 million euros next year.",
    "Mr. Lind, a former judge, told reporters that the law would not survive in court, because \
     it was written in a hurry.",
    "The number of visitors fell by a third in the first half of the year, the museum said, and \
     it expects a further drop of 5 percent.",
];

/// Time without work after which a program has nothing more to do.
const IDLE: Duration = Duration::from_millis(1500);

fn news(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 300);
    while text.len() < bytes {
        for paragraph in PARAGRAPHS {
            text.push_str(paragraph);
            text.push_str("\n\n");
        }
    }
    text
}

/// Detection on one core: how much of an article it reads, and how it starts.
pub(crate) fn detection() -> Vec<Row> {
    let detector = Detector::new();
    let article = Article::new("news.txt", &news(1_000_000), Media::Plain);
    let costs = (0..5)
        .map(|_| cost_of(|| drop(detector.detect(&article))))
        .collect();
    let rate = article.text().len() as f64 / median(costs);
    let starts = (0..9).map(|_| cost_of(|| drop(Detector::new()))).collect();
    vec![
        Row::new(
            "detect, one core",
            "1.8 MB/s",
            format!("{rate:.2} MB a second of processor time"),
        ),
        Row::new(
            "start of detect",
            "4 ms",
            format!("{:.2} ms", median(starts) / 1000.0),
        ),
    ]
}

/// Memory of the desk with an article open, and of `detect`.
pub(crate) fn memory(small: &Case, many: &Case) -> Vec<Row> {
    let mut rows = Vec::new();
    let detector = Detector::new();
    let mut desk = |what: &str, must: &str, text: &str, case: Option<&Case>| {
        let world = World::new();
        let article = world.folder.path().join("town.txt");
        fs::write(&article, text).expect("written");
        if let Some(case) = case {
            // As this program's own detector would have found it, which is not asked again.
            let run = Run {
                tool: concat!("proofmark ", env!("CARGO_PKG_VERSION")).to_owned(),
                ..detector.run().clone()
            };
            let mut document = Document::new(&case.article);
            document.adopt(&case.article, &case.findings, &run, moment().now);
            let sidecar = sidecar::render(&document, None);
            fs::write(sidecar_path(&article), sidecar).expect("written");
        }
        let mut running = world.start(&article);
        running.settle();
        let (now, most) = (running.kilobytes("VmRSS"), running.kilobytes("VmHWM"));
        let figure = format!("{} MB, {} at most", now / 1000, most / 1000);
        rows.push(Row::new(format!("memory, {what}"), must, figure));
    };
    let text = small.article.text();
    desk("1 MB with 5,000 marks", "45 MB", text, Some(small));
    desk("1 MB of news", "80 MB", &news(1_000_000), None);
    desk("50,000 marks", "250 MB", many.article.text(), Some(many));
    let world = World::new();
    let article = world.folder.path().join("book.txt");
    fs::write(&article, news(19_000_000)).expect("written");
    let most = world.detect(&article) / 1000;
    rows.push(Row::new(
        "memory, detect on 19 MB",
        "200 MB",
        format!("{most} MB at most"),
    ));
    rows
}

/// A folder of articles: the first rows, all of them, and the same the next morning.
pub(crate) fn folder(articles: usize) -> Vec<Row> {
    let world = World::new();
    for number in 0..articles {
        let folder = world.folder.path().join(format!("{:03}", number / 1000));
        if number % 1000 == 0 {
            fs::create_dir(&folder).expect("made");
        }
        let words = PARAGRAPHS[number % PARAGRAPHS.len()];
        let text = format!("Report {number}\n\n{words}\n\nIt was the {number}th of its kind.\n");
        fs::write(folder.join(format!("article-{number:06}.txt")), text).expect("written");
    }
    let mut rows = Vec::new();
    for start in ["first", "second"] {
        let mut running = world.start(world.folder.path());
        let first = running.until("article-");
        running.settle();
        let figure = format!(
            "{:.0} ms to the first rows, {:.1} s of processor time, {} MB",
            first.as_secs_f64() * 1000.0,
            running.processor_time().as_secs_f64(),
            running.kilobytes("VmRSS") / 1000
        );
        rows.push(Row::new(
            format!("{articles} articles, {start} start"),
            "",
            figure,
        ));
    }
    rows
}

/// Folders of its own for everything the program keeps.
struct World {
    folder: tempfile::TempDir,
    home: tempfile::TempDir,
}

/// The program in a terminal.
struct Running {
    child: Box<dyn Child + Send + Sync>,
    /// Closing it ends the program.
    _terminal: Box<dyn MasterPty + Send>,
    output: Receiver<Vec<u8>>,
    since: Instant,
}

impl World {
    fn new() -> World {
        let home = tempfile::tempdir().expect("a folder");
        let state = home.path().join("state").join("proofmark");
        fs::create_dir_all(&state).expect("made");
        // The tour of the first start would stand over the rows.
        fs::write(state.join("tour-was-shown"), "").expect("written");
        World {
            folder: tempfile::tempdir().expect("a folder"),
            home,
        }
    }

    fn places(&self) -> [(&'static str, PathBuf); 4] {
        let below = |name: &str| self.home.path().join(name);
        [
            ("HOME", below("")),
            ("XDG_STATE_HOME", below("state")),
            ("XDG_CACHE_HOME", below("cache")),
            ("XDG_CONFIG_HOME", below("config")),
        ]
    }

    fn start(&self, what: &Path) -> Running {
        let size = PtySize {
            rows: 40,
            cols: 120,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_proofmark"));
        command.args(["--reviewer", "ana@example.org"]);
        command.arg(what);
        command.env("TERM", "xterm-256color");
        for (name, place) in self.places() {
            command.env(name, place);
        }
        let since = Instant::now();
        let child = pair.slave.spawn_command(command).expect("it starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (send, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Running {
            child,
            _terminal: pair.master,
            output,
            since,
        }
    }

    /// The most memory that `detect` has on an article, in kilobytes: what it tells comes when it
    /// has read everything.
    fn detect(&self, article: &Path) -> u64 {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_proofmark"));
        command.arg("detect").arg(article).envs(self.places());
        let mut child = command
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut output = child.stdout.take().expect("piped");
        let mut most = 0;
        let mut bytes = [0; 1 << 16];
        while let Ok(1..) = output.read(&mut bytes) {
            most = most.max(kilobytes(child.id(), "VmHWM"));
        }
        child.wait().expect("it ends");
        most
    }
}

impl Running {
    /// Waits until it shows those letters; how long that was from its start.
    fn until(&mut self, letters: &str) -> Duration {
        let mut seen = Vec::new();
        loop {
            match self.output.recv_timeout(Duration::from_secs(60)) {
                Ok(bytes) => seen.extend(bytes),
                Err(_) => return Duration::MAX,
            }
            let has = |window: &[u8]| window == letters.as_bytes();
            if seen.windows(letters.len()).any(has) {
                return self.since.elapsed();
            }
        }
    }

    /// Waits until it has nothing more to do.
    fn settle(&mut self) {
        let (mut before, mut at) = (self.processor_time(), Instant::now());
        while at.elapsed() < IDLE {
            match self.output.recv_timeout(Duration::from_millis(50)) {
                Ok(_) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let now = self.processor_time();
            // It looks for changes now and then, which takes a tick.
            if now > before + Duration::from_millis(20) {
                (before, at) = (now, Instant::now());
            }
        }
    }

    fn processor_time(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.id())).unwrap_or_default();
        // Behind the name, which may hold anything, in hundredths of a second.
        let fields = stat.rsplit(')').next().unwrap_or_default();
        let ticks = fields.split(' ').skip(12).take(2);
        let ticks: u64 = ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 10)
    }

    fn kilobytes(&self, name: &str) -> u64 {
        kilobytes(self.id(), name)
    }

    fn id(&self) -> u32 {
        self.child.process_id().unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the system tells of a program's memory, in kilobytes.
fn kilobytes(id: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}
