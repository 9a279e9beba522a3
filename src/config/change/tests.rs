//! Changes of the configuration file, as text and on disk.

use super::*;

fn change(name: &str, typed: &str) -> Change {
    Change::of(name, typed).expect("it can be set")
}

#[test]
fn values_are_typed_as_in_the_file_or_bare() {
    for (name, typed, line) in [
        ("theme", "light", "theme = \"light\""),
        ("theme", "\"light\"", "theme = \"light\""),
        ("ascii", "true", "ascii = true"),
        ("reviewer", "Ana O'Neil", "reviewer = \"Ana O'Neil\""),
        (
            "verdicts",
            "true, half true",
            "verdicts = [\"true\", \"half true\"]",
        ),
        ("verdicts", "[ 'a' ]", "verdicts = [ 'a' ]"),
    ] {
        assert_eq!(change(name, typed).lines(), [line], "{typed}");
    }
    let site = change("search.Our archive", "https://a.example/{claim}");
    assert_eq!(
        site.lines(),
        [
            "[search]",
            "\"Our archive\" = \"https://a.example/{claim}\""
        ]
    );
    assert_eq!(
        change("theme", "light").config().theme.value,
        crate::config::Theme::Light
    );
}

#[test]
fn what_the_file_would_refuse_is_refused() {
    for (name, typed, told) in [
        ("theme", "ligth", "did you mean “light”"),
        ("thene", "light", "did you mean “theme”"),
        ("ascii", "maybe", "true or false"),
        ("verdicts", "a, a", "there twice"),
        ("reviewer", " ", "empty"),
        ("search", "x", "search.NAME"),
        ("search.x", "x", "{claim}"),
        ("keys", "x", ":bind"),
        ("theme.x", "light", "no parts"),
    ] {
        let refused = Change::of(name, typed).expect_err(typed);
        assert!(refused.contains(told), "{name} {typed}: {refused}");
    }
}

const FILE: &str = "# ours\nreviewer = \"ana\"   # me\n\n# colours\ntheme = \"dark\" # at night\n\
                    ascii = true\n\n[keys] # own\nnext = \"j\"\n";

#[test]
fn comments_order_and_spacing_stay() {
    let after = change("theme", "light").applied(FILE).expect("applied");
    assert_eq!(after, FILE.replace("\"dark\"", "\"light\""));
    let keys = ["F2".to_owned()];
    let after = Change::of_keys([("confirm", &keys[..]), ("next", &[])]).applied(FILE);
    let after = after.expect("applied");
    assert_eq!(
        after,
        FILE.replace("next = \"j\"\n", "next = []\nconfirm = [\"F2\"]\n")
    );
    let after = change("verdicts", "yes").applied(FILE).expect("applied");
    let line = "ascii = true\nverdicts = [\"yes\"]\n";
    assert_eq!(after, FILE.replace("ascii = true\n", line));
}

#[test]
fn a_value_goes_below_its_example() {
    let template = crate::config::template();
    let after = change("ascii", "true").applied(&template).expect("applied");
    assert_eq!(
        after,
        template.replace("# ascii = false\n", "# ascii = false\nascii = true\n")
    );
    let keys = ["F2".to_owned()];
    let after = Change::of_keys([("confirm", &keys[..])]).applied(&template);
    let after = after.expect("applied");
    assert_eq!(
        after,
        template.replace("[keys]\n", "[keys]\nconfirm = [\"F2\"]\n")
    );
    assert!(Config::parse(after.as_bytes()).1.is_empty());
}

#[test]
fn a_change_is_shown_then_written_and_leaves_nothing_beside() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/config.toml");
    let change = change("theme", "light");
    let proposal = change.proposed(&path).expect("no file is fine");
    assert_eq!((proposal.removed, proposal.added.len()), (Vec::new(), 1));
    change.write(&path).expect("written");
    assert_eq!(
        fs::read_to_string(&path).expect("there"),
        "theme = \"light\"\n"
    );
    fs::write(&path, FILE).expect("written");
    let proposal = change.proposed(&path).expect("read");
    assert_eq!(proposal.removed, ["theme = \"dark\" # at night"]);
    assert_eq!(proposal.added, ["theme = \"light\" # at night"]);
    assert_eq!(fs::read_to_string(&path).expect("there"), FILE);
    change.write(&path).expect("written");
    let beside = fs::read_dir(path.parent().expect("a folder")).expect("read");
    assert_eq!(beside.count(), 1);
}

#[test]
fn a_file_that_cannot_be_read_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    for bytes in [
        &b"theme = \"dark\nascii = 3\n"[..],
        b"\xff\xfe",
        b"keys = 3\n",
    ] {
        fs::write(&path, bytes).expect("written");
        let keys = ["F2".to_owned()];
        let change = Change::of_keys([("confirm", &keys[..])]);
        assert!(change.proposed(&path).is_err());
        assert!(change.write(&path).is_err());
        assert_eq!(fs::read(&path).expect("there"), bytes);
    }
    let error = change("theme", "light").write(folder.path());
    assert!(error.is_err(), "a folder is no file");
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_the_mode_is_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let (real, link) = (
        folder.path().join("dots.toml"),
        folder.path().join("config.toml"),
    );
    fs::write(&real, FILE).expect("written");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&real, &link).expect("linked");
    change("theme", "light").write(&link).expect("written");
    assert!(link.is_symlink());
    assert!(
        fs::read_to_string(&real)
            .expect("there")
            .contains("\"light\"")
    );
    let mode = fs::metadata(&real).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    fs::remove_file(&real).expect("removed");
    assert!(
        change("theme", "light").write(&link).is_err(),
        "it leads nowhere"
    );
}

#[test]
fn a_byte_order_mark_and_the_ends_of_lines_stay() {
    let crlf = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    for (name, typed) in [
        ("theme", "light"),
        ("search.X", "https://a.example/{claim}"),
    ] {
        let change = change(name, typed);
        let plain = change.applied(FILE).expect("applied");
        let after = change.applied(&crlf).expect("applied");
        assert_eq!(after, format!("\u{feff}{}", plain.replace('\n', "\r\n")));
    }
    // Of a file that mixes them each line keeps its own.
    let mixed = FILE.replacen("ana\"   # me\n", "ana\"   # me\r\n", 1);
    let after = change("theme", "light").applied(&mixed).expect("applied");
    assert_eq!(after, mixed.replace("\"dark\"", "\"light\""));
}

#[test]
fn comments_stay_above_what_is_added() {
    let keys = Change::of_keys([("reject", &["X".to_owned()][..])]);
    let comments = "# ours\n\n# nothing set yet\n";
    let after = keys.applied(comments).expect("applied");
    assert_eq!(after, format!("{comments}\n[keys]\nreject = [\"X\"]\n"));
    let after = change("theme", "light").applied(comments).expect("applied");
    assert_eq!(after, format!("{comments}\ntheme = \"light\"\n"));
    let set = "ascii = true\n# last\n";
    let after = keys.applied(set).expect("applied");
    assert_eq!(after, format!("{set}\n[keys]\nreject = [\"X\"]\n"));
    assert_eq!(
        keys.applied("").expect("applied"),
        "[keys]\nreject = [\"X\"]\n"
    );
}

#[test]
fn what_looks_like_an_example_inside_a_value_is_none() {
    for text in [
        "reviewer = \"\"\"\n# theme = \"dark\"\nana\"\"\"\n",
        "verdicts = [\n# theme = \"dark\"\n\"a\"]\n",
    ] {
        let after = change("theme", "light").applied(text).expect("applied");
        assert_eq!(after, format!("{text}theme = \"light\"\n"));
        let example = format!("{text}# theme = \"auto\"\n# end\n");
        let after = change("theme", "light").applied(&example).expect("applied");
        let below = format!("{text}# theme = \"auto\"\ntheme = \"light\"\n# end\n");
        assert_eq!(after, below);
    }
}

#[test]
fn a_table_may_stand_on_one_line_and_what_is_none_is_told() {
    let keys = Change::of_keys([("reject", &["X".to_owned()][..])]);
    let after = keys.applied("keys = { next = \"j\" }\n").expect("applied");
    assert_eq!(after, "keys = { next = \"j\" , reject = [\"X\"] }\n");
    let told = keys.applied("keys = 3\n").expect_err("no table").message;
    assert_eq!(told, "keys is to be a table: [keys], not integer");
}

#[test]
#[cfg(unix)]
fn a_write_protected_file_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    fs::write(&path, FILE).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("protected");
    let change = change("theme", "light");
    let told = change.proposed(&path).expect_err("protected").to_string();
    assert!(told.contains("write-protected"), "{told}");
    assert!(change.write(&path).is_err());
    assert_eq!(fs::read_to_string(&path).expect("there"), FILE);
}

#[test]
fn what_a_detector_may_is_written_into_its_own_table() {
    let change = Change::allowing("house", "api.example.org");
    for (before, after) in [
        (
            "# note\n[detectors.house]\ncommand = [\"a\"] # ours\n\n[keys]\nquit = \"q\"\n",
            "# note\n[detectors.house]\ncommand = [\"a\"] # ours\nsends = \"api.example.org\"\n\n[keys]\nquit = \"q\"\n",
        ),
        (
            "[detectors.house]\nsends = \"old\" # since May\ncommand = [\"a\"]\n",
            "[detectors.house]\nsends = \"api.example.org\" # since May\ncommand = [\"a\"]\n",
        ),
        (
            "[detectors]\nhouse = { command = [\"a\"] }\n",
            "[detectors]\nhouse = { command = [\"a\"] , sends = \"api.example.org\" }\n",
        ),
    ] {
        assert_eq!(change.applied(before).expect("written"), after);
        let config = Config::parse(after.as_bytes()).0;
        assert_eq!(
            config.detectors[0].sends.as_deref(),
            Some("api.example.org")
        );
    }
    assert_eq!(
        change.lines(),
        ["[detectors.house]", "sends = \"api.example.org\""]
    );
    assert!(Change::of("detectors.house.sends", "x").is_err());
}
