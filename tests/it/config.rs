//! The configuration from outside: what is in force, where it comes from, what is wrong.

use super::cli::Place;

#[test]
fn defaults_come_with_the_reviewer_from_git_or_the_account() {
    let place = Place::new();
    let ran = place.run(&["config"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    assert!(ran.out.contains("reviewer = \"ana@"), "{}", ran.out);
    assert!(ran.out.contains("# account and machine"), "{}", ran.out);
    assert!(
        ran.out.contains("theme = \"auto\"  # default"),
        "{}",
        ran.out
    );

    place.write("home/.gitconfig", "[user]\n\temail = bo@desk.example\n");
    let ran = place.run(&["config"]);
    let line = "reviewer = \"bo@desk.example\"  # git: user.email";
    assert!(ran.out.contains(line), "{}", ran.out);
}

#[test]
fn the_command_line_stands_above_the_environment_and_that_above_the_file() {
    let place = Place::new();
    let file =
        "reviewer = \"cy\"\ntheme = \"dark\"\n\n[keys]\nnext = [\"j\", \"Down\"]\nquit = \"Q\"\n";
    place.write("house.toml", file);
    let run = |arguments: &[&str], no_color: &str| {
        let mut command = place.command(arguments);
        command
            .env("PROOFMARK_CONFIG", "house.toml")
            .env("NO_COLOR", no_color);
        let done = command.output().expect("the program runs");
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    let out = run(&["config"], "");
    assert!(out.contains("# read from house.toml"), "{out}");
    assert!(out.contains("reviewer = \"cy\"  # line 1"), "{out}");
    assert!(out.contains("theme = \"dark\"  # line 2"), "{out}");
    assert!(out.contains("next = [\"j\", \"Down\"]  # line 5"), "{out}");
    let out = run(&["config"], "1");
    assert!(
        out.contains("theme = \"none\"  # environment: NO_COLOR"),
        "{out}"
    );
    let out = run(
        &["config", "--theme", "light", "--ascii", "--reviewer", "di"],
        "1",
    );
    assert!(
        out.contains("theme = \"light\"  # command line: --theme"),
        "{out}"
    );
    assert!(
        out.contains("ascii = true  # command line: --ascii"),
        "{out}"
    );
    assert!(
        out.contains("reviewer = \"di\"  # command line: --reviewer"),
        "{out}"
    );
}

#[test]
fn what_is_printed_is_itself_a_configuration() {
    let place = Place::new();
    place.write(
        "a.toml",
        "reviewer = \"q\\\"uote \\\\ \"\n[keys]\nfinish = []\n[search]\nDuckDuckGo = \"\"\n\
         \"Our \\\"own\\\"\" = \"https://a.example/{claim}\"\n",
    );
    let first = place.run(&["config", "--config", "a.toml"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    place.write("b.toml", &first.out);
    let second = place.run(&["config", "--config", "b.toml"]);
    assert_eq!(second.code, Some(0), "{second:?}");
    let values = |out: &str| -> Vec<String> {
        let lines = out.lines().filter(|line| !line.starts_with('#'));
        lines
            .map(|line| line.split("  # ").next().unwrap_or("").to_owned())
            .collect()
    };
    assert_eq!(values(&first.out), values(&second.out));
    assert!(
        first.out.contains("DuckDuckGo = \"\"  # taken away"),
        "{first:?}"
    );
    assert!(first.out.contains("https://a.example/{claim}"), "{first:?}");
}

#[test]
fn every_problem_is_told_with_its_line_and_what_is_right_counts() {
    let place = Place::new();
    place.write(
        "bad.toml",
        "theme = \"ligth\"\ncolour = 1\nascii = true\n[keys]\nfly = \"f\"\nnext = \"Hyper-q\"\n\
         conffirm = \"F2\"\n",
    );
    let ran = place.run(&["config", "--config", "bad.toml"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    for (line, told) in [
        ("bad.toml:1: ", "did you mean “light”"),
        ("bad.toml:2: ", "there is no setting “colour”"),
        ("bad.toml:5: ", "there is no command “fly”"),
        ("bad.toml:6: ", "is no key"),
        ("bad.toml:7: ", "did you mean “confirm”"),
    ] {
        let found = ran.err.lines().find(|said| said.starts_with(line));
        assert!(found.is_some_and(|said| said.contains(told)), "{ran:?}");
    }
    assert!(ran.out.contains("ascii = true  # line 3"), "{ran:?}");
    assert!(ran.out.contains("theme = \"auto\"  # default"), "{ran:?}");
    let ran = place.run(&["config", "--config", "missing.toml"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("missing.toml"), "{ran:?}");
}

#[test]
fn nothing_that_writes_opens_where_the_reviewer_or_the_verdicts_are_wrong() {
    let place = Place::new();
    place.write("a.txt", "Fares fell, the agency said.\n");
    for (file, goes_on) in [
        ("theme = 5\n", true),
        ("reviewer = 5\ntheme = 5\n", false),
        ("theme = \"dark\n", false),
    ] {
        place.write("bad.toml", file);
        let ran = place.run(&["queue", "a.txt", "--config", "bad.toml"]);
        assert_eq!(
            ran.code,
            Some(if goes_on { 0 } else { 2 }),
            "{file}: {ran:?}"
        );
        assert!(ran.err.contains("bad.toml:1: "), "{ran:?}");
        assert_eq!(ran.err.contains("cannot be used"), !goes_on, "{ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_file_is_made_for_a_first_edit_and_what_is_wrong_is_told_after_it() {
    let place = Place::new();
    let edited = |editor: &str, file: &str| {
        let mut command = place.command(&["config", "--edit", "--config", file]);
        command.env("VISUAL", editor);
        super::cli::Ran::of(command.output().expect("the program runs"))
    };
    let ran = edited("true", "deep/new.toml");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert!(
        ran.err.contains("deep/new.toml: nothing is wrong in it"),
        "{ran:?}"
    );
    let made = std::fs::read_to_string(place.path().join("deep/new.toml")).expect("made");
    assert_eq!(made, proofmark::config::template());

    place.write("own.toml", "ascii = true\n");
    let wrong = r#"sh -c 'printf "theme = 5\ncolour = 1\n" >> "$1"' editor"#;
    let ran = edited(wrong, "own.toml");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(
        ran.err.contains("own.toml:2: ") && ran.err.contains("own.toml:3: "),
        "{ran:?}"
    );
    let kept = std::fs::read_to_string(place.path().join("own.toml")).expect("there");
    assert!(kept.starts_with("ascii = true\n"), "{kept}");

    let gone = r#"sh -c 'rm "$1"' editor"#;
    let ran = edited(gone, "deep/new.toml");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("deep/new.toml is gone; the defaults hold"));

    let ran = edited("false", "own.toml");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("false ended with a fault"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_account_names_no_reviewer() {
    use std::os::unix::fs::chown;
    let place = Place::new();
    let person = "[user]\n\temail = bo@desk.example\n[safe]\n\tdirectory = *\n";
    place.write("home/.gitconfig", person);
    place.write("news/.git/HEAD", "ref: refs/heads/main\n");
    place.write(
        "news/.git/config",
        "[user]\n\temail = eve@elsewhere.example\n",
    );
    for part in ["news/.git/objects", "news/.git/refs", "news/below"] {
        std::fs::create_dir_all(place.path().join(part)).expect("made");
    }
    let told = || {
        let mut command = place.command(&["config"]);
        command.current_dir(place.path().join("news/below"));
        super::cli::Ran::of(command.output().expect("the program runs"))
    };
    let ran = told();
    assert!(ran.out.contains("eve@elsewhere.example"), "{ran:?}");
    for part in ["news", "news/.git", "news/.git/config"] {
        let whole = place.path().join(part);
        // Only root can give files away.
        if chown(&whole, Some(12_345), None).is_err() {
            return;
        }
        let ran = told();
        assert!(ran.out.contains("bo@desk.example"), "{part}: {ran:?}");
        assert_eq!(ran.err.matches("another account").count(), 1, "{ran:?}");
        chown(&whole, Some(0), None).expect("taken back");
    }
    assert!(told().out.contains("eve@elsewhere.example"));
}
