//! The command line from outside: what goes to which output, and with which exit code.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own with a home, so that nobody's settings play a part.
pub(super) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub(super) fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("home")).expect("a home");
        Place { folder }
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, text).expect("a file can be written");
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofmark"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path().join("home"))
            .env("USER", "ana")
            .stdin(Stdio::null());
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("the program runs"))
    }

    pub(super) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let input_file = self.path().join("home/input");
        fs::write(&input_file, input).expect("a file can be written");
        let input = fs::File::open(input_file).expect("it was just written");
        let mut command = self.command(arguments);
        Ran::of(command.stdin(input).output().expect("the program runs"))
    }
}

/// What came of running the program.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

impl Ran {
    pub(super) fn of(output: Output) -> Ran {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Ran {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    pub(super) fn lines(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("every line is JSON"))
            .collect()
    }
}

const STORY: &str = "Fares fell 12 percent last year, the agency said. “It cost $5 million,” \
                     Mayor Ana Ruiz said.\n";

#[test]
fn without_a_terminal_the_desk_says_what_to_do_instead() {
    let place = Place::new();
    place.write("a.txt", STORY);
    for arguments in [&[][..], &["a.txt"], &["."]] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert_eq!(ran.out, "");
        assert!(ran.err.contains("not a terminal"), "{ran:?}");
        assert!(ran.err.contains("proofmark detect"), "{ran:?}");
        assert!(ran.err.contains("proofmark export"), "{ran:?}");
    }
}

#[test]
fn wrong_usage_is_told_on_standard_error_with_2() {
    let place = Place::new();
    for arguments in [
        &["--nope"][..],
        &["--theme", "blue"],
        &["export", "a.txt"],
        &["export", "--format", "pdf", "a.txt"],
        &["export", "--format", "csv"],
        &["queue"],
        &["check"],
        &["queue", "--order", "x", "."],
        &["completions", "tcsh-ish"],
        &["man", "nothing"],
        &["detect", "-", "a.txt"],
    ] {
        let ran = place.run(arguments);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(2), ""),
            "{arguments:?}: {ran:?}"
        );
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_version_man_and_completions_are_answers() {
    let place = Place::new();
    for (arguments, has) in [
        (&["--help"][..], "detect"),
        (&["export", "--help"], "--all"),
        (&["--version"], "proofmark "),
        (&["man"], ".TH proofmark 1"),
        (&["man", "export"], ".TH proofmark-export 1"),
        (&["completions", "bash"], "_proofmark"),
        (&["completions", "fish"], "complete -c proofmark"),
    ] {
        let ran = place.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(ran.out.contains(has), "{arguments:?}: {}", ran.out);
    }
}

#[test]
fn detect_writes_a_line_an_article_in_order() {
    let place = Place::new();
    for number in 0..40 {
        // Long ones first, so that later ones are ready before them.
        place.write(&format!("in/{number:02}.txt"), STORY.repeat(40 - number));
    }
    place.write("in/deep/er/z.md", STORY);
    place.write("in/.hidden.txt", STORY);
    place.write("in/picture.png", "no article");
    let ran = place.run(&["detect", "in"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.err);
    let ids: Vec<_> = ran.lines().iter().map(|line| line["id"].clone()).collect();
    let mut right: Vec<_> = (0..40)
        .map(|n| Value::from(format!("{n:02}.txt")))
        .collect();
    right.push("deep/er/z.md".into());
    assert_eq!(ids, right);
    let last = &ran.lines()[40];
    assert_eq!(last["length"], STORY.chars().count());
    assert!(
        last["claims"]
            .as_array()
            .is_some_and(|claims| !claims.is_empty()),
        "{last}"
    );
}

#[test]
fn what_cannot_be_read_is_named_and_the_others_go_on() {
    let place = Place::new();
    place.write("good.txt", STORY);
    place.write("page.mht", "<p>x</p>");
    let ran = place.run(&["detect", "page.mht", "missing.txt", "good.txt"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert_eq!(ran.lines().len(), 1);
    assert!(
        ran.err.contains("page.mht") && ran.err.contains("missing.txt"),
        "{ran:?}"
    );
    assert!(ran.err.contains("hint: "), "{ran:?}");
}

#[test]
fn a_folder_without_articles_is_told() {
    let place = Place::new();
    place.write("empty/picture.png", "no article");
    for command in ["detect", "queue", "check"] {
        let ran = place.run(&[command, "empty"]);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(2), ""),
            "{command}: {ran:?}"
        );
        assert!(
            ran.err.contains("empty") && ran.err.contains("hint: "),
            "{ran:?}"
        );
    }
}

#[test]
fn standard_input_is_one_article_or_lines_of_them() {
    let place = Place::new();
    let one = place.run_with_input(&["detect", "-"], STORY.as_bytes());
    assert_eq!(one.code, Some(0), "{one:?}");
    assert_eq!(one.lines()[0]["id"], "-");
    assert_eq!(
        place.run_with_input(&["detect"], STORY.as_bytes()).out,
        one.out
    );

    let text = "One.\r\nTwo “x” 😀 said Ana Ruiz.";
    let lines = format!(
        "{}\n\n{{\"id\": 7, \"text\": \"\"}}\nnot json\n{{\"text\": \"No id.\"}}",
        serde_json::json!({"id": "a", "text": text})
    );
    let ran = place.run_with_input(&["detect", "--jsonl"], lines.as_bytes());
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("line 4"), "{ran:?}");
    let found = ran.lines();
    let ids: Vec<&Value> = found.iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, [&Value::from("a"), &Value::from(7), &Value::from(5)]);
    let length = text.chars().count();
    assert_eq!(
        found[0]["length"], length,
        "the text is taken to the letter"
    );
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let place = Place::new();
    place.write("a.txt", STORY.repeat(2_000));
    for arguments in [&["detect", "a.txt", "a.txt"][..], &["--help"], &["man"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let done = place
            .command(arguments)
            .stdout(writer)
            .output()
            .expect("it runs");
        let ran = Ran::of(done);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn names_of_any_bytes_work_and_reach_no_terminal_raw() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new();
    let names: [&[u8]; 4] = [
        b"odd-\xff\xfe.txt",
        b"esc\x1b]0;owned\x07\x1b[31m.txt",
        b"new\nline.txt",
        "rtl\u{202e}txt.txt".as_bytes(),
    ];
    for name in names {
        let path = place.path().join(std::ffi::OsStr::from_bytes(name));
        if fs::write(&path, STORY).is_err() {
            continue;
        }
        for command in [
            &["detect"][..],
            &["queue"],
            &["check"],
            &["export", "-f", "csv"],
        ] {
            let done = place.command(command).arg(&path).output().expect("it runs");
            let ran = Ran::of(done);
            assert_eq!(ran.code, Some(0), "{command:?} {ran:?}");
            let steers = |c: char| (c.is_control() && c != '\n' && c != '\r') || c == '\u{202e}';
            assert!(!ran.err.contains(steers), "{ran:?}");
            if command[0] != "export" {
                assert!(!ran.out.contains(steers), "{ran:?}");
            }
        }
        fs::remove_file(&path).expect("it was just written");
        let done = place
            .command(&["detect"])
            .arg(&path)
            .output()
            .expect("it runs");
        let ran = Ran::of(done);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(
            !ran.err.contains(|c: char| c.is_control() && c != '\n'),
            "{ran:?}"
        );
    }
}

#[test]
fn the_queue_tells_new_articles_by_priority_and_as_json() {
    let place = Place::new();
    place.write("desk/a.txt", "A walk.\n");
    place.write("desk/b.txt", STORY);
    let ran = place.run(&["queue", "desk", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    let rows = ran.lines();
    assert_eq!(rows[0]["article"], "b.txt");
    assert_eq!(
        (&rows[0]["state"], &rows[0]["decided"]),
        (&"new".into(), &0.into())
    );
    assert!(rows[0]["total"].as_u64() > Some(0));
    let by_name = place
        .run(&["queue", "desk", "--json", "--order", "name"])
        .lines();
    assert_eq!(by_name[0]["article"], "a.txt");
    let table = place.run(&["queue", "desk"]);
    assert_eq!(table.out.lines().count(), 3, "{}", table.out);
    let beside: Vec<_> = fs::read_dir(place.path().join("desk"))
        .expect("a folder")
        .collect();
    assert_eq!(
        beside.len(),
        2,
        "looking writes nothing beside the articles"
    );
}

#[test]
fn a_word_that_is_no_command_points_to_the_commands() {
    let place = Place::new();
    let ran = place.run(&["detect", "expotr"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("--help"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn links_out_of_a_folder_are_told_once_and_followed_when_asked() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.write("desk/in.txt", "Fares fell 12 percent, the agency said.\n");
    place.write("other/out.txt", "Fares rose 12 percent, the agency said.\n");
    for name in ["all", "more"] {
        symlink("../other", place.path().join("desk").join(name)).expect("linked");
    }
    for command in [
        &["detect", "desk"][..],
        &["check", "desk"],
        &["queue", "--json", "desk"],
        &["export", "--format", "jsonl", "desk"],
        &["score", "--passes", "desk"],
    ] {
        let ran = place.run(command);
        let told = "desk/all and 1 more link: not followed out of the folder";
        assert_eq!(ran.err.matches(told).count(), 1, "{command:?}: {ran:?}");
        assert!(!ran.out.contains("out.txt"), "{command:?}: {ran:?}");
        let ran = place.run(&[command, &["--follow"]].concat());
        assert!(!ran.err.contains("not followed"), "{command:?}: {ran:?}");
    }
    let ran = place.run(&["detect", "--follow", "desk"]);
    assert_eq!(ran.lines().len(), 2, "{ran:?}");
    assert!(ran.out.contains("all/out.txt"), "{ran:?}");
}
