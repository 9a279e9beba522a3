//! Ending a program that was started.

use super::*;

/// A detector that answered once, and left its number and that of a child.
fn begun(folder: &Path, rest: &str, bounds: Bounds) -> (Detector, [i32; 2]) {
    let (own, child) = (folder.join("own"), folder.join("child"));
    let script = format!(
        "hello; sleep 600 & echo $! > {}; echo $$ > {}; next; answer $id good; {rest}",
        child.display(),
        own.display()
    );
    let detector = Detector::within(program(&script, LONG), bounds);
    ask(&detector).expect("an answer");
    (detector, [number_in(&own), number_in(&child)])
}

#[test]
fn who_ends_with_its_input_is_gone_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let bounds = Bounds {
        ending: LONG,
        ..Bounds::USUAL
    };
    let (detector, numbers) = begun(folder.path(), "while next; do :; done", bounds);
    let start = Instant::now();
    detector.end();
    assert!(start.elapsed() < LONG / 2);
    assert!(
        numbers
            .into_iter()
            .all(|number| becomes(|| is_gone(number)))
    );
    detector.end();
    assert_eq!(ask(&detector), Err(NotAnswered::NotWanted));
    assert_eq!(detector.hello(), Err(NotAnswered::NotWanted));
    assert!(
        detector.shared.lock().run.is_none(),
        "it was not started again"
    );
}

#[test]
fn who_ignores_its_end_is_killed_with_its_children() {
    let folder = tempfile::tempdir().expect("a folder");
    let stubborn = "trap '' TERM HUP INT PIPE; while :; do sleep 600; done";
    let (detector, numbers) = begun(folder.path(), stubborn, Bounds::USUAL);
    let start = Instant::now();
    detector.end();
    let took = start.elapsed();
    assert!(took >= Duration::from_secs(2), "{took:?}");
    assert!(took < Duration::from_secs(6), "{took:?}");
    assert!(
        numbers
            .into_iter()
            .all(|number| becomes(|| is_gone(number)))
    );
}

#[test]
fn dropping_does_not_wait_and_ends_it_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let bounds = Bounds {
        ending: Duration::from_secs(1),
        ..Bounds::USUAL
    };
    let stubborn = "trap '' TERM; while :; do sleep 600; done";
    let (detector, numbers) = begun(folder.path(), stubborn, bounds);
    let start = Instant::now();
    drop(detector);
    assert!(start.elapsed() < bounds.ending);
    assert!(!is_gone(numbers[0]) || start.elapsed() >= bounds.ending);
    assert!(
        numbers
            .into_iter()
            .all(|number| becomes(|| is_gone(number)))
    );
}

#[test]
fn who_waits_hears_of_the_end() {
    let bounds = Bounds {
        ending: Duration::from_millis(100),
        ..Bounds::USUAL
    };
    let script = "hello; next; while :; do sleep 600; done";
    let detector = Detector::within(program(script, LONG), bounds);
    detector.hello().expect("a hello");
    thread::scope(|scope| {
        let asks = scope.spawn(|| ask(&detector));
        assert!(becomes(|| detector.shared.lock().with_it() == 1));
        let ends = scope.spawn(|| detector.end());
        assert_eq!(asks.join().expect("no fault"), Err(NotAnswered::NotWanted));
        ends.join().expect("no fault");
    });
}

#[test]
fn ending_what_never_began_or_is_still_starting_works() {
    let never = sh("exit 1");
    never.end();
    assert_eq!(ask(&never), Err(NotAnswered::NotWanted));
    let starting = Detector::within(
        program("exec sleep 600", LONG),
        Bounds {
            ending: Duration::from_millis(100),
            ..Bounds::USUAL
        },
    );
    thread::scope(|scope| {
        let hello = scope.spawn(|| starting.hello());
        assert!(becomes(|| starting.shared.lock().run.is_some()));
        starting.end();
        assert_eq!(hello.join().expect("no fault"), Err(NotAnswered::NotWanted));
    });
    assert!(starting.shared.lock().run.is_none());
}

#[test]
fn its_threads_end_with_it() {
    let detector = sh("hello; while next; do answer $id good; done; exec sleep 600");
    ask(&detector).expect("an answer");
    let shared = Arc::clone(&detector.shared);
    // The detector, this test, the one that oversees and three at the pipes.
    assert_eq!(Arc::strong_count(&shared), 6);
    detector.end();
    drop(detector);
    assert!(becomes(|| Arc::strong_count(&shared) == 1));
}
