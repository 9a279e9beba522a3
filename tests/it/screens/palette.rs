//! The command line: what it runs, what it shows before, and what it never runs.

use super::world::World;

/// Types a command in an article under review and presses Enter.
fn run(line: &str) -> World {
    let mut world = World::article(80, 24);
    world.keys(":").keys(line).keys("<Enter>");
    world
}

#[test]
fn words_that_name_no_command_decide_nothing() {
    for line in [
        "config",
        "rm",
        "delete",
        "del",
        "cancel",
        "remove",
        "no",
        "yes",
        "ok",
        "accept",
        "all",
        "reject all",
        "confirm all",
        "a b",
        "finish now",
        "undo 3",
        "kind",
        "x all",
        "q!",
        "rejects",
        "confirm!",
        "REJECT",
        "later on",
        "r",
        "c",
        "re",
        "co",
        "take",
        "4 x",
    ] {
        let mut world = run(line);
        assert_eq!((world.journal.len(), world.quit), (0, false), ":{line}");
        assert!(
            !world.screen().contains(" finish ─"),
            ":{line}\n{}",
            world.screen()
        );
    }
}

#[test]
fn what_is_refused_says_why_and_that_nothing_was_done() {
    for (line, said) in [
        (
            "config",
            "no command begins with “config”; nothing was done",
        ),
        (
            "reject all",
            "“reject” takes no words after it; nothing was done",
        ),
        (
            "re",
            "“re” begins reject, repeat, reject-shown, redo; nothing was done",
        ),
        (
            "kind",
            "“kind” begins kind-quantity, kind-comparison, kind-event, kind-prediction and",
        ),
        ("open", "“open” works in the queue"),
    ] {
        let mut world = run(line);
        assert!(world.screen().contains(said), ":{line}\n{}", world.screen());
    }
    let mut queue = World::queue(80, 24);
    queue.keys(":confirm<Enter>");
    assert!(
        queue
            .screen()
            .contains("“confirm” works on an open article"),
        "{}",
        queue.screen()
    );
}

#[test]
fn a_name_and_what_no_other_name_begins_with_run() {
    for (line, status) in [
        ("confirm", "confirmed"),
        ("conf", "confirmed"),
        ("reject", "rejected"),
        ("rej", "rejected"),
        ("second", "unsure"),
        ("kind-e", "corrected"),
        ("verd mixed", "confirmed"),
    ] {
        let world = run(line);
        assert_eq!(world.journal.len(), 1, ":{line}");
        let session = world.session();
        let claim = session
            .document()
            .annotation(&session.claims()[0])
            .expect("a claim");
        assert_eq!(claim.status().to_string(), status, ":{line}");
    }
    // A whole name is meant although others begin with it.
    let world = run("next");
    let session = world.session();
    assert_eq!(session.claim_row(), Some(1), "not next-article");
}

#[test]
fn enter_does_what_the_frame_says_it_will() {
    for (columns, rows) in [(80, 24), (40, 10), (20, 5)] {
        for (line, said) in [
            ("conf", "Enter: confirm"),
            ("reject", "Enter: reject"),
            ("config", "Enter: nothing"),
            ("reject all", "Enter: nothing"),
            ("re", "Enter: nothing"),
            ("3", "Enter: go to 3"),
            ("w", "Enter: write"),
        ] {
            let mut world = World::article(columns, rows);
            let screen = world.keys(":").keys(line).screen();
            assert!(
                screen.contains(said),
                ":{line} at {columns}×{rows}\n{screen}"
            );
        }
    }
    let screen = World::article(80, 24).keys(":ver mi").screen();
    assert!(screen.contains("Enter: verdict mi"), "{screen}");
}

#[test]
fn the_list_finds_descriptions_and_runs_a_row_once_the_arrows_stand_on_it() {
    let mut world = World::article(80, 24);
    let screen = world.keys(":wanted").screen();
    assert!(screen.contains("second-look"), "{screen}");
    assert!(screen.contains("Enter: nothing"), "{screen}");
    world.keys("<Enter>");
    assert_eq!(world.journal.len(), 0);
    let screen = world.keys(":wanted<Down>").screen();
    assert!(screen.contains("Enter: second-look"), "{screen}");
    world.keys("<Enter>");
    assert_eq!(world.journal.len(), 1);
    // Back up from the first row is back to what was typed.
    world.keys(":wanted<Down><Up><Enter>");
    assert_eq!(world.journal.len(), 1);
    // Typing on gives another list, where no row is taken yet.
    world.keys(":wante<Down>d<Enter>");
    assert_eq!(world.journal.len(), 1);
    // The arrows stop at the ends.
    let mut world = World::article(80, 24);
    world
        .keys(":second-l")
        .keys(&"<Down>".repeat(99))
        .keys("<Enter>");
    assert_eq!(world.journal.len(), 1, "{}", world.screen());
}

#[test]
fn tab_completes_names_and_never_to_a_description() {
    for (typed, line) in [
        ("filt", ":filter "),
        ("conf", ":confirm"),
        ("page", ":page-"),
        ("half", ":half-page-"),
        ("re", ":re"),
        ("wanted", ":wanted"),
        ("verdict m", ":verdict mixed"),
        ("filter ver", ":filter verdict:"),
        ("rej", ":reject"),
        ("wanted<Down>", ":second-look"),
    ] {
        let mut world = World::article(80, 24);
        let screen = world.keys(":").keys(typed).keys("<Tab>").screen();
        let last = screen.lines().last().expect("a status line").trim();
        let last = last.strip_suffix("Esc leaves").expect("the way out");
        assert_eq!(last.trim(), line.trim(), ":{typed}");
    }
}
