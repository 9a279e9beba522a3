//! What is opened, and what is refused.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;

use super::*;

#[test]
fn only_a_file_of_ones_own_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("victim"), "theirs").expect("written");
    fs::write(at("own"), "ours").expect("written");
    symlink("victim", at("link")).expect("linked");
    symlink("nothing", at("dangling")).expect("linked");
    fs::hard_link(at("victim"), at("second")).expect("linked");
    fs::create_dir(at("folder")).expect("made");
    let _socket = UnixListener::bind(at("socket")).expect("bound");
    let pipe = rustix::fs::Mode::from(0o600);
    let kind = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, at("pipe"), kind, pipe, 0).expect("made");
    for (name, told) in [
        ("link", "a link"),
        ("dangling", "a link"),
        ("second", "another name"),
        ("folder", "a folder"),
        ("socket", "a socket"),
        ("pipe", "a pipe"),
    ] {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true);
        let error = open(&at(name), &mut options).expect_err(name).to_string();
        assert!(error.contains(told), "{name}: {error}");
        // Reading what has a second name does nothing to it.
        assert_eq!(read(&at(name), 9).is_ok(), name == "second", "{name}");
    }
    assert_eq!(fs::read(at("victim")).expect("there"), b"theirs");
    assert!(!at("nothing").exists());
    open(&at("own"), OpenOptions::new().write(true)).expect("ours");
    assert_eq!(read(&at("own"), 2).expect("ours"), b"our");
    assert!(open_regular(&at("link")).is_ok() && open_regular(&at("pipe")).is_err());
}

#[test]
fn files_get_what_the_article_gives_and_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = folder.path().join("a.txt");
    fs::write(&article, "words").expect("written");
    let given = |mode: u32| {
        fs::set_permissions(&article, fs::Permissions::from_mode(mode)).expect("set");
        Access::of(&article)
    };
    for (mode, access) in [
        (0o600, 0o600),
        (0o644, 0o644),
        (0o664, 0o664),
        (0o755, 0o644),
        (0o440, 0o640),
        (0o4777, 0o666),
    ] {
        assert_eq!(given(mode), Access(access), "{mode:o}");
    }
    assert_eq!(Access::of(&folder.path().join("gone")), Access::OWNER);
    let old = |mode: u32| {
        fs::set_permissions(&article, fs::Permissions::from_mode(mode)).expect("set");
        let metadata = fs::metadata(&article).expect("there");
        Access(0o640).narrowed(&metadata).mode() & 0o7777
    };
    assert_eq!((old(0o440), old(0o666), old(0o600)), (0o440, 0o640, 0o600));
    let made = folder.path().join("made");
    let mut options = OpenOptions::new();
    Access::OWNER.made_by(options.write(true).create_new(true));
    open(&made, &mut options).expect("made");
    let mode = fs::metadata(&made).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
