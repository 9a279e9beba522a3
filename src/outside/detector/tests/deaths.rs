//! Programs that end, and how often they are started again.

use super::*;

/// Asks until it is given up; what was said each time.
fn asked_until_disabled(detector: &Detector) -> Vec<NotAnswered> {
    let mut said = Vec::new();
    while said.len() < 10 {
        let error = ask(detector).expect_err("it never answers");
        let is_final = error.is_final();
        said.push(error);
        if is_final {
            return said;
        }
    }
    panic!("{said:?}");
}

#[test]
fn three_deaths_are_the_last() {
    let said = asked_until_disabled(&sh("hello; next; exit 3"));
    assert_eq!(said.len(), 3, "{said:?}");
    let first = said[0].to_string();
    assert!(
        first.contains("it ended with exit code 3. It is started again"),
        "{first}"
    );
    let last = said[2].to_string();
    let words = "mine ended three times and is not asked again in this session";
    assert!(
        last.contains(words) && last.contains("exit code 3"),
        "{last}"
    );

    let killed = sh("hello; next; kill -9 $$");
    let why = failure(&killed);
    assert!(why.contains("it was ended by signal 9"), "{why}");
    ask(&killed).expect_err("the second");
    ask(&killed).expect_err("the third");
    assert!(killed.hello().expect_err("disabled").is_final());
}

#[test]
fn who_ends_before_its_hello_is_tried_three_times_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("starts");
    let script = format!("echo start >> {}; exit 1", file.display());
    let detector = sh(&script);
    let said = asked_until_disabled(&detector);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(matches!(said[0], NotAnswered::NoHello { .. }), "{said:?}");
    assert!(said[0].to_string().contains("exit code 1"), "{said:?}");
    assert!(detector.hello().expect_err("disabled").is_final());
    let starts = fs::read_to_string(file).expect("it started");
    assert_eq!(starts.lines().count(), 3);
}

#[test]
fn all_who_wait_for_a_start_hear_of_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let (start, go) = (folder.path().join("start"), folder.path().join("go"));
    let script = format!(
        "echo $$ >> {}; while [ ! -e {} ]; do :; done; exit 1",
        start.display(),
        go.display()
    );
    let detector = sh(&script);
    let looks = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let is_wanted = || looks.fetch_add(1, Ordering::Relaxed) < usize::MAX;
                let answer = detector.ask(&article("a"), &|_| {}, &is_wanted);
                assert!(
                    matches!(answer, Err(NotAnswered::NoHello { .. })),
                    "{answer:?}"
                );
            });
        }
        // Each has looked once before it waits, and again while it did.
        assert!(becomes(|| looks.load(Ordering::Relaxed) >= 30));
        fs::write(&go, "").expect("written");
    });
    let starts = fs::read_to_string(start).expect("it started");
    assert_eq!(starts.lines().count(), 1);
}

#[test]
fn all_who_wait_for_an_answer_hear_of_its_end() {
    let script = "hello; next; next; next; exit 4";
    let detector = sh(script);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let why = failure(&detector);
                assert!(why.contains("exit code 4"), "{why}");
            });
        }
    });
    let state = detector.shared.lock();
    assert!(state.waiting.is_empty() && state.turns.is_empty());
}

#[test]
fn an_answer_said_last_still_counts_and_so_does_the_death() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("starts");
    let script = format!(
        "echo start >> {}; hello; next; answer $id good; exit 0",
        file.display()
    );
    let detector = sh(&script);
    for start in 1..=3 {
        assert!(ask(&detector).expect("an answer").contains("good"));
        assert!(becomes(|| detector.shared.lock().run.is_none()));
        let starts = fs::read_to_string(&file).expect("it started");
        assert_eq!(starts.lines().count(), start);
    }
    let error = ask(&detector).expect_err("disabled");
    assert!(error.is_final());
    assert!(error.to_string().contains("exit code 0"), "{error}");
}

#[test]
fn what_it_said_last_is_read_out() {
    let bounds = Bounds {
        watch: Duration::from_millis(1),
        settling: LONG,
        ..Bounds::USUAL
    };
    // As much as a pipe takes at once, and more work to read than to write.
    let script = "hello; many=$(yes {} | head -c 50000); next
        printf '%s\\n{\"id\":\"%s\",\"claims\":[]}\\n' \"$many\" $id; exit 0";
    let detector = Detector::within(program(script, LONG), bounds);
    ask(&detector).expect("an answer");
}

#[test]
fn a_pipe_that_breaks_is_only_the_first_sign_of_an_end() {
    let bounds = Bounds {
        settling: LONG,
        ..Bounds::USUAL
    };
    let script = "hello; next; exec >&- <&-; i=0
        while [ $i -lt 50000 ]; do i=$((i + 1)); done; exit 8";
    let detector = Detector::within(program(script, LONG), bounds);
    let why = failure(&detector);
    assert!(why.contains("exit code 8"), "{why}");
}

#[test]
fn an_answer_of_an_earlier_process_answers_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ids");
    // Each start answers what was asked of those before, then its own question.
    let script = format!(
        "hello; next; for old in $(cat {0}); do answer $old old; done; echo $id >> {0}
        [ $(wc -l < {0}) -lt 2 ] && exit 5; answer $id good; cat",
        file.display()
    );
    fs::write(&file, "").expect("written");
    let detector = sh(&script);
    let why = failure(&detector);
    assert!(why.contains("exit code 5"), "{why}");
    assert!(ask(&detector).expect("an answer").contains("good"));
}

#[test]
fn who_closes_a_pipe_and_lives_is_ended() {
    let mute = sh("hello; next; exec sleep 600 >&-");
    let why = failure(&mute);
    assert!(why.contains("it closed its output and was ended"), "{why}");
    let mute = sh("hello; exec cat > /dev/null");
    let why = failure(&mute);
    assert!(why.contains("it closed its output and was ended"), "{why}");
    // Until the second question nobody can know.
    let deaf = sh("hello; next; exec <&-; answer $id good; exec sleep 600");
    ask(&deaf).expect("an answer");
    let why = failure(&deaf);
    assert!(why.contains("it closed its input and was ended"), "{why}");
}

#[test]
fn what_a_process_started_ends_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("number");
    // The child keeps all pipes open.
    let script = format!(
        "hello; sleep 600 & echo $! > {}; next; exit 6",
        file.display()
    );
    let detector = sh(&script);
    let start = Instant::now();
    let why = failure(&detector);
    assert!(why.contains("exit code 6"), "{why}");
    assert!(start.elapsed() < LONG);
    let number = number_in(&file);
    assert!(becomes(|| is_gone(number)));
}

#[test]
fn who_left_the_group_and_holds_the_pipes_holds_nobody_up() {
    if !has_python() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("number");
    let script = format!(
        "hello; python3 -c 'import os, time; os.setsid(); open(\"{0}\", \"w\").write(str(os.getpid())); \
        time.sleep(600)' & while [ ! -s {0} ]; do :; done; next; exit 7",
        file.display()
    );
    let detector = sh(&script);
    let why = failure(&detector);
    assert!(why.contains("exit code 7"), "{why}");
    detector.end();
    // It is nobody's but this test's.
    let number = rustix::process::Pid::from_raw(number_in(&file)).expect("no group");
    rustix::process::kill_process(number, rustix::process::Signal::KILL).expect("it lived");
}
