//! Programs that say too much, too little or nothing.

use super::*;

fn within(script: &str, deadline: Duration, bounds: Bounds) -> Detector {
    Detector::within(program(script, deadline), bounds)
}

const SHORT: Duration = Duration::from_millis(150);

#[test]
fn who_says_nothing_of_itself_in_time_is_ended() {
    let bounds = Bounds {
        hello: SHORT,
        ..Bounds::USUAL
    };
    let detector = within("exec sleep 600", LONG, bounds);
    let why = detector.hello().expect_err("none").to_string();
    assert!(why.contains("nothing of itself within 1 s"), "{why}");
    let late = within("read -r line; sleep 600; hello", LONG, bounds);
    assert!(matches!(ask(&late), Err(NotAnswered::NoHello { .. })));
    let noise = within("while :; do echo Loading; done", LONG, bounds);
    assert!(matches!(ask(&noise), Err(NotAnswered::NoHello { .. })));
}

#[test]
fn what_it_says_before_its_hello_may_be_anything_but_an_object() {
    let loads = sh(&format!("echo 'Loading model'; echo '[1]'; {GOOD}"));
    assert_eq!(loads.hello().expect("a hello").name, "test");
    let bad = sh(r#"echo '{"level":"info"}'; exec cat"#);
    let why = bad.hello().expect_err("none").to_string();
    assert!(why.contains("it told no “name” of itself"), "{why}");
    // The reason is told even where it has ended meanwhile.
    let ended = sh(r#"echo '{"name":"x","version":"1","sends":true}'; exit 3"#);
    let why = ended.hello().expect_err("none").to_string();
    assert!(why.contains("“sends”"), "{why}");
}

#[test]
fn batches_that_cannot_be_are_taken_for_ones_that_can() {
    for (said, taken) in [("0", 1), ("-1", 1), ("1000000000", 64), ("\"eight\"", 1)] {
        let script = format!(
            "read -r line; echo '{{\"name\":\"x\",\"version\":\"1\",\"batch\":{said}}}'
            while next; do answer $id good; done"
        );
        let detector = sh(&script);
        assert_eq!(detector.hello().expect("a hello").batch, taken, "{said}");
        ask(&detector).expect("an answer");
    }
}

#[test]
fn who_is_late_is_told_so_and_who_hangs_is_ended() {
    let bounds = Bounds {
        grace: SHORT,
        ..Bounds::USUAL
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("number");
    let script = format!(
        "hello; echo $$ > {}; while read -r line; do :; done",
        file.display()
    );
    let detector = within(&script, SHORT, bounds);
    detector.hello().expect("a hello");
    let why = failure(&detector);
    assert!(why.contains("did not answer within 1 s"), "{why}");
    let number = number_in(&file);
    assert!(becomes(|| is_gone(number)));
    assert!(becomes(|| detector.shared.lock().run.is_none()));
    // A death each: the third is the last.
    failure(&detector);
    assert!(becomes(|| detector.shared.lock().run.is_none()));
    failure(&detector);
    assert!(becomes(|| detector.shared.lock().run.is_none()));
    let why = ask(&detector).expect_err("disabled");
    assert!(why.is_final(), "{why}");
    assert!(
        why.to_string().contains("it said nothing any more"),
        "{why}"
    );
}

#[test]
fn whoever_asks_does_not_wait_for_the_grace() {
    let bounds = Bounds {
        grace: LONG,
        ..Bounds::USUAL
    };
    let detector = within("hello; cat > /dev/null", SHORT, bounds);
    let start = Instant::now();
    let late = ask(&detector);
    assert!(matches!(late, Err(NotAnswered::TooLate { .. })), "{late:?}");
    assert!(start.elapsed() < LONG / 2);
}

#[test]
fn who_is_late_and_says_anything_lives() {
    let bounds = Bounds {
        grace: Duration::from_secs(10),
        ..Bounds::USUAL
    };
    // The late answer comes with the cancel; the next ones in time.
    let script = "hello; next; read -r cancel; answer $id late
        while next; do answer $id good; done";
    let detector = within(script, Duration::from_secs(2), bounds);
    let late = ask(&detector);
    assert!(
        matches!(late, Err(NotAnswered::TooLate { seconds: 2, .. })),
        "{late:?}"
    );
    let start = Instant::now();
    for _ in 0..3 {
        assert!(ask(&detector).expect("an answer").contains("good"));
    }
    assert!(start.elapsed() < bounds.grace, "the late answer made room");
    assert_eq!(
        detector
            .shared
            .lock()
            .run
            .as_ref()
            .map(|run| run.trial_until),
        Some(None)
    );
}

#[test]
fn who_reads_nothing_holds_nobody_up() {
    let bounds = Bounds {
        grace: SHORT,
        ..Bounds::USUAL
    };
    let detector = within("hello; exec sleep 600", Duration::from_millis(500), bounds);
    detector.hello().expect("a hello");
    // More than a pipe takes.
    let text = "word ".repeat(100_000);
    let late = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let article = Asked {
                    text: &text,
                    ..article("long")
                };
                match detector.ask(&article, &|_| {}, &|| true) {
                    Err(NotAnswered::TooLate { .. }) => late.fetch_add(1, Ordering::Relaxed),
                    // It was taken for hung because of those before.
                    other => {
                        assert!(matches!(other, Err(NotAnswered::Died { .. })), "{other:?}");
                        0
                    }
                };
            });
        }
    });
    assert!(late.into_inner() > 0);
    assert!(becomes(|| detector.shared.lock().run.is_none()));
    assert!(detector.shared.lock().waiting.is_empty());
}

#[test]
fn what_was_not_sent_yet_is_not_sent_any_more() {
    let bounds = Bounds {
        ending: SHORT,
        ..Bounds::USUAL
    };
    let detector = within("hello; exec sleep 600", LONG, bounds);
    detector.hello().expect("a hello");
    let text = "word ".repeat(100_000);
    let long = Asked {
        text: &text,
        ..article("long")
    };
    let wanted = AtomicBool::new(true);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| detector.ask(&long, &|_| {}, &|| wanted.load(Ordering::Relaxed)));
        }
        // One is being written, the others wait for that.
        let waits = || {
            detector
                .shared
                .lock()
                .run
                .as_ref()
                .map(|run| run.lines.len())
        };
        assert!(becomes(|| waits() == Some(3)), "{:?}", waits());
        wanted.store(false, Ordering::Relaxed);
    });
    let state = detector.shared.lock();
    let run = state.run.as_ref().expect("it lives");
    // The cancel of the one that was begun.
    assert_eq!(run.lines.len(), 1);
    assert!(run.lines[0].1.starts_with(b"{\"cancel\""));
    drop(state);
    detector.end();
}

#[test]
fn floods_are_stopped() {
    let bounds = Bounds {
        line: 1 << 20,
        chatter: 1 << 20,
        ..Bounds::USUAL
    };
    for (what, script) in [
        ("no line feed", "exec tr '\\0' x < /dev/zero"),
        ("lines", "exec yes 'no JSON at all'"),
        ("empty lines", "exec yes ''"),
        ("strange", "exec yes '{\"name\":\"x\",\"version\":\"1\"}'"),
        ("unknown", "exec yes '{\"id\":\"none\",\"claims\":[]}'"),
        (
            "progress",
            "exec yes \"{\\\"id\\\":\\\"$id\\\",\\\"progress\\\":0.5}\"",
        ),
    ] {
        let detector = within(&format!("hello; next; {script}"), LONG, bounds);
        let told = AtomicUsize::new(0);
        let start = Instant::now();
        let flood = detector.ask(
            &article("a"),
            &|_| {
                told.fetch_add(1, Ordering::Relaxed);
            },
            &|| true,
        );
        let name = "mine".to_owned();
        assert_eq!(flood, Err(NotAnswered::Flooded { name }), "{what}");
        let most = start.elapsed().as_millis() / 100 + 1;
        assert!(told.into_inner() as u128 <= most, "{what}");
    }
    // One that ends right after it is one as well.
    let script = "hello; next; head -c 2000000 /dev/zero; exit 0";
    let flood = ask(&within(script, LONG, bounds));
    assert!(
        matches!(flood, Err(NotAnswered::Flooded { .. })),
        "{flood:?}"
    );
    let script = "tr '\\0' x < /dev/zero";
    let flood = within(script, LONG, bounds).hello();
    assert!(
        flood
            .expect_err("none")
            .to_string()
            .contains("more than is taken")
    );
}

#[test]
fn long_answers_and_much_over_time_are_no_flood() {
    let bounds = Bounds {
        line: 1 << 20,
        chatter: 300_000,
        ..Bounds::USUAL
    };
    // Chatter of 200 000 bytes before every answer, and an answer longer than all chatter.
    let script = "hello; long=$(head -c 50000 /dev/zero | tr '\\0' x)
        while next; do
            for _ in 1 2 3 4; do echo $long; done
            answer $id $long$long$long$long$long$long$long$long
        done";
    let detector = within(script, LONG, bounds);
    for _ in 0..4 {
        assert_eq!(ask(&detector).expect("an answer").len() / 1000, 400);
    }
}

#[test]
fn much_on_standard_error_is_read_and_harms_nobody() {
    let script = "hello; next; i=0
        while [ $i -lt 40 ]; do head -c 100000 /dev/zero >&2; i=$((i + 1)); done
        answer $id good; while :; do echo more >&2; done";
    let bounds = Bounds {
        ending: SHORT,
        ..Bounds::USUAL
    };
    let detector = within(script, LONG, bounds);
    ask(&detector).expect("an answer");
    detector.end();
    assert!(detector.shared.lock().run.is_none());
}

#[test]
fn progress_is_told_now_and_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let (more, go) = (folder.path().join("more"), folder.path().join("go"));
    let script = format!(
        r#"tell() {{ echo "{{\"id\":\"$id\",\"progress\":\"$1\"}}"; }}
        hello; next; tell first; while [ ! -e {} ]; do :; done
        i=0; while [ $i -lt 2000 ]; do tell $i; i=$((i + 1)); done; tell last
        while [ ! -e {} ]; do :; done; answer $id good; cat"#,
        more.display(),
        go.display()
    );
    let bounds = Bounds {
        telling: LONG,
        look: Duration::from_millis(1),
        ..Bounds::USUAL
    };
    let detector = within(&script, LONG, bounds);
    let heard = Mutex::new(Vec::new());
    let told = |words: &str| {
        heard.lock().expect("no fault").push(words.to_owned());
        fs::write(&more, "").expect("written");
    };
    thread::scope(|scope| {
        let asks = scope.spawn(|| detector.ask(&article("a"), &told, &|| true));
        let last = || {
            let state = detector.shared.lock();
            let words = state.waiting.values().find_map(|one| one.told.clone());
            words.as_deref() == Some("last")
        };
        assert!(becomes(last));
        fs::write(&go, "").expect("written");
        asks.join().expect("no fault").expect("an answer");
    });
    assert_eq!(*heard.lock().expect("no fault"), ["first"]);
}
