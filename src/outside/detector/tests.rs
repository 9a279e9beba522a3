mod bounds;
mod deaths;
mod ending;
mod find;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::*;
use crate::exchange::protocol::{Said, Want};

/// Longer than anything takes on a machine with much else to do.
const LONG: Duration = Duration::from_secs(60);

/// What every script begins with.
const WORDS: &str = r#"
hello() { read -r line; echo '{"name":"test","version":"1","batch":8}'; }
next() { while read -r line; do case $line in *cancel*) ;; *) break;; esac; line=; done
    [ -n "$line" ] || exit 0
    id=${line#*\"id\":\"}; id=${id%%\"*}; }
answer() { echo "{\"id\":\"$1\",\"claims\":[\"$2\"]}"; }
"#;

fn program(script: &str, deadline: Duration) -> Program {
    let command = ["sh", "-c", &format!("{WORDS}{script}")].map(str::to_owned);
    Program {
        name: "mine".to_owned(),
        command: command.to_vec(),
        deadline,
    }
}

fn sh(script: &str) -> Detector {
    Detector::new(program(script, LONG))
}

fn article(id: &str) -> Asked<'_> {
    Asked {
        id,
        text: "The wall costs double, she said.",
        language: Some("en"),
        date: None,
        want: &[Want::Claims],
    }
}

fn ask(detector: &Detector) -> Result<String, NotAnswered> {
    let line = detector.ask(&article("story.txt"), &|_| {}, &|| true)?;
    Ok(String::from_utf8(line).expect("UTF-8"))
}

fn failure(detector: &Detector) -> String {
    ask(detector).expect_err("no answer").to_string()
}

/// Looks until something is so; whether it became so.
fn becomes(is_so: impl Fn() -> bool) -> bool {
    let until = Instant::now() + LONG;
    while !is_so() {
        if Instant::now() > until {
            return false;
        }
        thread::yield_now();
    }
    true
}

/// The number of a process that a script left in a file.
fn number_in(file: &Path) -> i32 {
    let read = || fs::read_to_string(file).ok()?.trim().parse().ok();
    assert!(becomes(|| read().is_some()), "{}", file.display());
    read().expect("it was there")
}

/// Whether a process has ended; nobody may have taken note of it.
fn is_gone(number: i32) -> bool {
    let pid = rustix::process::Pid::from_raw(number).expect("no group");
    let stat = fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
    rustix::process::test_kill_process(pid).is_err() || stat.contains(") Z ")
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn has_python() -> bool {
    let mut asked = Command::new("python3");
    let asked = asked.arg("--version").stdout(Stdio::null()).status();
    let there = asked.is_ok_and(|status| status.success());
    if !there {
        eprintln!("SKIPPED: there is no python3");
    }
    there
}

const GOOD: &str = "hello; while next; do answer $id good; done";

#[test]
fn a_detector_says_what_it_is_and_answers() {
    let detector = sh(GOOD);
    assert_eq!(detector.name(), "mine");
    let hello = detector.hello().expect("it says so");
    assert_eq!((&*hello.name, hello.batch), ("test", 8));
    for _ in 0..3 {
        let line = ask(&detector).expect("an answer");
        assert!(line.ends_with(r#","claims":["good"]}"#), "{line}");
    }
    assert_eq!(detector.hello().expect("it says so again"), hello);
}

#[test]
fn what_is_asked_arrives() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("asked");
    let script = format!(
        "read -r line; echo \"$line\" > {0}; echo '{{\"name\":\"t\",\"version\":\"1\"}}'
        next; echo \"$line\" >> {0}; answer $id good; cat",
        file.display()
    );
    let program = program(&script, Duration::from_millis(61_500));
    let detector = Detector::new(program);
    ask(&detector).expect("an answer");
    let asked = fs::read_to_string(&file).expect("it was asked");
    let lines: Vec<serde_json::Value> = asked
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines[0], serde_json::json!({"proofmark": 1, "hello": true}));
    let asked = article("story.txt");
    assert_eq!(
        lines[1]["article"],
        serde_json::json!({"id": asked.id, "text": asked.text, "language": "en", "date": null})
    );
    assert_eq!(lines[1]["want"], serde_json::json!(["claims"]));
    assert_eq!(lines[1]["deadline_ms"], 61_500);
}

/// Answers what it has in the opposite order, as soon as it has as many as it takes or nothing
/// more comes for a while, and says how many it had at once.
const ANY_ORDER: &str = r#"
import json, os, select, sys
have, rest = [], b""
os.read(0, 65536)
print(json.dumps({"name": "any", "version": "1", "batch": 5}), flush=True)
while True:
    ready = select.select([0], [], [], 0.05)[0]
    if ready:
        got = os.read(0, 65536)
        if not got:
            break
        *lines, rest = (rest + got).split(b"\n")
        have += [json.loads(line) for line in lines]
    if len(have) >= 5 or not ready:
        for asked in reversed(have):
            name = asked["article"]["id"]
            print(json.dumps({"id": asked["id"], "claims": [name, len(have)]}), flush=True)
        have = []
"#;

#[test]
fn many_threads_ask_at_once_and_each_gets_its_own_answer() {
    if !has_python() {
        return;
    }
    let detector = Detector::new(Program {
        name: "any".to_owned(),
        command: ["python3", "-c", ANY_ORDER].map(str::to_owned).to_vec(),
        deadline: LONG,
    });
    let most = AtomicUsize::new(0);
    thread::scope(|scope| {
        for thread in 0..8 {
            let (detector, most) = (&detector, &most);
            scope.spawn(move || {
                for turn in 0..10 {
                    let name = format!("{thread}-{turn}");
                    let line = detector.ask(&article(&name), &|_| {}, &|| true);
                    let line: serde_json::Value =
                        serde_json::from_slice(&line.expect("an answer")).expect("JSON");
                    assert_eq!(line["claims"][0], *name);
                    let at_once = line["claims"][1].as_u64().expect("a number");
                    most.fetch_max(at_once as usize, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(most.into_inner(), 5, "as many as it takes, and no more");
}

#[test]
fn progress_is_told_and_an_error_is_an_answer() {
    let script = r#"hello; next
        echo "{\"id\":\"$id\",\"progress\":0.25}"; echo "{\"id\":\"other\",\"progress\":0.75}"
        read -r go; answer $id good
        next; echo "{\"id\":$id,\"error\":\"no model\"}"
        next; answer $id good; cat"#;
    let detector = sh(script);
    let heard = Mutex::new(Vec::new());
    // It goes on once a second question arrives, and then answers neither.
    let told = |words: &str| heard.lock().expect("no fault").push(words.to_owned());
    let wanted = AtomicBool::new(true);
    thread::scope(|scope| {
        let first = scope.spawn(|| detector.ask(&article("a"), &told, &|| true));
        assert!(becomes(|| !heard.lock().expect("no fault").is_empty()));
        let second = scope.spawn(|| {
            let is_wanted = || wanted.load(Ordering::Relaxed);
            detector.ask(&article("b"), &|_| {}, &is_wanted)
        });
        first.join().expect("no fault").expect("an answer");
        wanted.store(false, Ordering::Relaxed);
        let second = second.join().expect("no fault");
        assert_eq!(second, Err(NotAnswered::NotWanted));
    });
    assert_eq!(*heard.lock().expect("no fault"), ["25 %"]);
    let why = failure(&detector);
    assert_eq!(why, "mine gives no answer: no model");
    ask(&detector).expect("it goes on");
}

#[test]
fn answers_to_others_and_second_answers_are_dropped() {
    let script = r#"hello; echo '{"name":"twice","version":"2"}'
        while next; do echo "no JSON"; echo '["'$id'"]'; echo; answer 0 other; answer 999 other
        answer $id first; answer $id second; answer $((id + 1)) ahead; answer $((id + 2)) ahead
        echo "{\"id\":\"$id\",\"error\":\"third\"}"; done"#;
    let detector = sh(script);
    for _ in 0..3 {
        let line = ask(&detector).expect("an answer");
        // An answer ahead of its question counts only where the question overtakes it.
        assert!(line.contains("first") || line.contains("ahead"), "{line}");
        assert!(
            !line.contains("second") && !line.contains("other"),
            "{line}"
        );
    }
    assert_eq!(detector.hello().expect("a hello").name, "test");
}

#[test]
fn what_is_not_wanted_is_cancelled_and_its_answer_dropped() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("cancelled");
    // It answers the first only after the cancel, and the second after that.
    let script = format!(
        "hello; next; read -r cancel; echo \"$id $cancel\" > {}; answer $id late
        next; answer $id good; cat",
        file.display()
    );
    let detector = sh(&script);
    detector.hello().expect("a hello");
    let looks = AtomicUsize::new(0);
    let start = Instant::now();
    let answer = detector.ask(&article("a"), &|_| {}, &|| {
        looks.fetch_add(1, Ordering::Relaxed) < 3
    });
    assert_eq!(answer, Err(NotAnswered::NotWanted));
    assert!(start.elapsed() < Duration::from_secs(10));
    let line = ask(&detector).expect("an answer");
    assert!(line.contains("good"), "{line}");
    let cancelled = fs::read_to_string(file).expect("it was told");
    let (id, line) = cancelled.trim().split_once(' ').expect("both");
    assert_eq!(line, format!("{{\"cancel\":\"{id}\"}}"));
}

/// A detector that takes one at a time, keeps the first until a file is there, and notes the names
/// of what it is asked about in another.
fn one_by_one(folder: &Path) -> Detector {
    let script = format!(
        r#"read -r line; echo '{{"name":"one","version":"1"}}'
        while next; do name=${{line#*\"article\":{{\"id\":\"}}; echo ${{name%%\"*}} >> {}
        while [ ! -e {} ]; do :; done; answer $id good; done"#,
        folder.join("names").display(),
        folder.join("go").display()
    );
    sh(&script)
}

#[test]
fn who_waits_is_sent_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let detector = one_by_one(folder.path());
    let names = ["a", "b", "c", "d", "e", "f"];
    thread::scope(|scope| {
        for (before, name) in names.into_iter().enumerate() {
            let detector = &detector;
            scope.spawn(move || detector.ask(&article(name), &|_| {}, &|| true));
            let waits = || {
                let state = detector.shared.lock();
                state.with_it() == 1 && state.turns.len() == before
            };
            assert!(becomes(waits));
        }
        fs::write(folder.path().join("go"), "").expect("written");
    });
    let noted = fs::read_to_string(folder.path().join("names")).expect("noted");
    assert_eq!(noted.lines().collect::<Vec<_>>(), names);
}

#[test]
fn who_leaves_the_queue_holds_nobody_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let detector = one_by_one(folder.path());
    thread::scope(|scope| {
        let first = scope.spawn(|| ask(&detector));
        assert!(becomes(|| detector.shared.lock().with_it() == 1));
        let looks = AtomicUsize::new(0);
        let once = || looks.fetch_add(1, Ordering::Relaxed) == 0;
        let left = detector.ask(&article("left"), &|_| {}, &once);
        assert_eq!(left, Err(NotAnswered::NotWanted));
        let detector = &detector;
        let fault = scope.spawn(move || {
            let looks = AtomicUsize::new(0);
            let fault = || match looks.fetch_add(1, Ordering::Relaxed) {
                0 => true,
                _ => panic!("as planned"),
            };
            let _ = detector.ask(&article("fault"), &|_| {}, &fault);
        });
        assert!(fault.join().is_err());
        assert!(detector.shared.lock().turns.is_empty());
        fs::write(folder.path().join("go"), "").expect("written");
        first.join().expect("no fault").expect("an answer");
    });
    ask(&detector).expect("an answer");
    let noted = fs::read_to_string(folder.path().join("names")).expect("noted");
    assert_eq!(noted, "story.txt\nstory.txt\n");
}

#[test]
fn a_fault_in_who_asks_gives_its_place_back() {
    let script = r#"read -r line; echo '{"name":"one","version":"1"}'
        next; echo "{\"id\":\"$id\",\"progress\":\"now\"}"
        while next; do answer $id good; done"#;
    let bounds = Bounds {
        grace: Duration::from_millis(100),
        ..Bounds::USUAL
    };
    let detector = Detector::within(program(script, LONG), bounds);
    let told = |_: &str| panic!("as planned");
    thread::scope(|scope| {
        let ask = || detector.ask(&article("a"), &told, &|| true);
        assert!(scope.spawn(ask).join().is_err());
    });
    ask(&detector).expect("an answer");
    let state = detector.shared.lock();
    assert!(state.waiting.is_empty() && state.turns.is_empty());
}

#[test]
fn a_detector_can_be_shared() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Detector>();
    assert_eq!(Said::of(b""), Said::NoObject);
}
