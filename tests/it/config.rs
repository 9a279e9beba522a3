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
fn every_problem_is_told_with_its_line_and_nothing_opens() {
    let place = Place::new();
    place.write("bad.toml", "theme = 5\ncolour = 1\nverdicts = []\n");
    let ran = place.run(&["config", "--config", "bad.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    for line in ["bad.toml:1: ", "bad.toml:2: ", "bad.toml:3: "] {
        assert!(ran.err.contains(line), "{ran:?}");
    }
    place.write(
        "keys.toml",
        "[keys]\nfly = \"f\"\nnext = \"Hyper-q\"\nquit = \"j\"\n",
    );
    let ran = place.run(&["config", "--config", "keys.toml"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    for line in ["keys.toml:2: ", "keys.toml:3: "] {
        assert!(ran.err.contains(line), "{ran:?}");
    }
    let ran = place.run(&["config", "--config", "missing.toml"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("missing.toml"), "{ran:?}");
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
