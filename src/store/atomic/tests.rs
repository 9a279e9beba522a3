//! Replacing files whole, and what may not be replaced.

use super::*;

/// Replaces whatever is there, as a sidecar is.
fn put(path: &Path, bytes: &[u8]) -> Result<Written, StoreError> {
    let rules = Rules {
        access: Access::OWNER,
        links: Links::InTheirFolder,
        unchanged: &|_| Ok(true),
    };
    super::write(path, bytes, &rules)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn count(folder: &Path) -> usize {
    fs::read_dir(folder).expect("a folder").count()
}

#[test]
fn a_file_is_made_and_replaced_and_nothing_is_left() {
    let folder = folder();
    let place = folder.path().join("a.json");
    for text in ["one", "two"] {
        put(&place, text.as_bytes()).expect("written");
        assert_eq!(fs::read_to_string(&place).expect("there"), text);
        assert_eq!(count(folder.path()), 1);
    }
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = folder();
    let place = folder.path().join("a.json");
    fs::create_dir(&place).expect("made");
    let error = put(&place, b"x").expect_err("refused").to_string();
    assert!(error.contains("a folder"), "{error}");
    assert_eq!(count(folder.path()), 1);
    assert!(put(&folder.path().join("none/a.json"), b"x").is_err());
}

#[cfg(unix)]
#[test]
fn links_in_a_ring_are_refused() {
    let folder = folder();
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    std::os::unix::fs::symlink(&b, &a).expect("linked");
    std::os::unix::fs::symlink(&a, &b).expect("linked");
    assert!(put(&a, b"x").is_err());
    assert_eq!(count(folder.path()), 2);
}

#[cfg(unix)]
#[test]
fn sockets_are_named() {
    let folder = folder();
    let place = folder.path().join("a.json");
    let _socket = std::os::unix::net::UnixListener::bind(&place).expect("bound");
    let error = put(&place, b"x").expect_err("refused").to_string();
    assert!(error.contains("a socket"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_within_its_folder_alone() {
    use std::os::unix::fs::symlink;
    let top = folder();
    let (own, other) = (top.path().join("own"), top.path().join("other"));
    fs::create_dir_all(own.join("below")).expect("made");
    fs::create_dir(&other).expect("made");
    let victim = other.join("victim.json");
    fs::write(&victim, "theirs").expect("written");
    symlink("../other/victim.json", own.join("there.json")).expect("linked");
    symlink("../other", own.join("folder")).expect("linked");
    symlink(own.join("real.json"), other.join("back.json")).expect("linked");
    symlink("hop.json", own.join("hops")).expect("linked");
    symlink("../other/victim.json", own.join("hop.json")).expect("linked");
    let place = own.join("a.json");
    for to in [
        "../other/victim.json",
        "../other/nothing.json",
        "../other/back.json",
        "below/nothing.json",
        "folder/victim.json",
        "there.json",
        "hops",
        ".profile",
        "/nowhere/at/all.json",
    ] {
        symlink(to, &place).expect("linked");
        let error = put(&place, b"ours").expect_err("refused").to_string();
        assert!(error.contains("a link"), "{to}: {error}");
        assert_eq!(fs::read_link(&place).expect("a link"), Path::new(to));
        assert_eq!(fs::read_to_string(&victim).expect("there"), "theirs");
        fs::remove_file(&place).expect("taken away");
    }
    assert!(!own.join(".profile").exists() && !own.join("real.json").exists());
    assert_eq!((count(&other), count(&own.join("below"))), (2, 0));
    for to in ["real.json", "./real.json", "../own/real.json"] {
        symlink(to, &place).expect("linked");
        let written = put(&place, to.as_bytes()).expect("written");
        assert_eq!(written, Written::There(Synced::Durably));
        let real = fs::read_to_string(own.join("real.json")).expect("there");
        assert_eq!(real, to);
        // Where no link may stand, none is followed and none replaced.
        let rules = Rules {
            access: Access::OWNER,
            links: Links::Refused,
            unchanged: &|_| Ok(true),
        };
        super::write(&place, b"x", &rules).expect_err("refused");
        assert!(place.is_symlink());
        fs::remove_file(&place).expect("taken away");
    }
}

#[test]
fn what_changed_since_it_was_looked_at_is_left_alone() {
    let folder = folder();
    let place = folder.path().join("a.json");
    fs::write(&place, "theirs").expect("written");
    let rules = Rules {
        access: Access::OWNER,
        links: Links::Refused,
        unchanged: &|place| Ok(fs::read(place).expect("there") == b"old"),
    };
    let written = super::write(&place, b"ours", &rules).expect("looked at");
    assert_eq!(written, Written::Not);
    assert_eq!(fs::read_to_string(&place).expect("there"), "theirs");
    assert_eq!(count(folder.path()), 1);
}

#[test]
fn sweeping_takes_only_what_an_interrupted_write_left() {
    let folder = folder();
    let place = folder.path().join("a.json");
    for name in [
        "a.json",
        ".a.json.00ff00ff00ff00ff.tmp",
        ".a.json.tmp",
        ".b.json.00ff00ff00ff00ff.tmp",
    ] {
        fs::write(folder.path().join(name), "x").expect("written");
    }
    sweep(&place);
    assert_eq!(count(folder.path()), 3);
    assert!(!folder.path().join(".a.json.00ff00ff00ff00ff.tmp").exists());
}

#[test]
fn a_file_is_durable_before_it_replaces_another() {
    let folder = folder();
    let place = folder.path().join("a.json");
    put(&place, b"old").expect("written");
    trial::refuse_files(Some(io::ErrorKind::Other));
    put(&place, b"new").expect_err("not durable");
    settle(&place).expect_err("not durable");
    trial::refuse_files(None);
    assert_eq!(fs::read_to_string(&place).expect("there"), "old");
    assert_eq!(count(folder.path()), 1);
    trial::synced();
    put(&place, b"new").expect("written");
    assert_eq!(fs::read_to_string(&place).expect("there"), "new");
    assert_eq!(trial::synced(), [folder.path()]);
}

#[test]
fn a_disk_that_cannot_sync_folders_is_written_and_one_that_fails_is_told() {
    let folder = folder();
    let place = folder.path().join("a.json");
    for cannot in [io::ErrorKind::InvalidInput, io::ErrorKind::Unsupported] {
        trial::refuse(Some(cannot));
        put(&place, b"x").expect("as good as it gets there");
    }
    for fails in [io::ErrorKind::Other, io::ErrorKind::StorageFull] {
        trial::refuse(Some(fails));
        put(&place, b"x").expect_err("not durable");
    }
    trial::refuse(None);
    for cannot in [io::ErrorKind::InvalidInput, io::ErrorKind::Unsupported] {
        trial::refuse_files(Some(cannot));
        let written = put(&place, b"y").expect("as good as it gets there");
        assert_eq!(written, Written::There(Synced::Cannot));
        assert_eq!(settle(&place).expect("the same"), Synced::Cannot);
    }
    assert_eq!(fs::read(&place).expect("there"), b"y");
    let failing = io::ErrorKind::ReadOnlyFilesystem;
    trial::refuse_files(Some(failing));
    assert!(put(&place, b"z").is_err() && settle(&place).is_err());
    trial::refuse_files(None);
    assert_eq!(fs::read(&place).expect("there"), b"y");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_a_file_before_it_is_in_its_place() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let place = folder.path().join("a.json");
    let mode = |path: &Path| {
        let metadata = fs::symlink_metadata(path).expect("there");
        metadata.permissions().mode() & 0o777
    };
    let seen = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let (watched, seeing) = (folder.path().to_owned(), seen.clone());
    trial::meanwhile(Some(Box::new(move || {
        let entries = fs::read_dir(&watched).expect("a folder");
        let files = entries.map(|entry| entry.expect("an entry").path());
        let unfinished = files.filter(|f| f.extension().is_some_and(|end| end == "tmp"));
        seeing.borrow_mut().extend(unfinished.map(|f| mode(&f)));
    })));
    let put = |access: Access| {
        let rules = Rules {
            access,
            links: Links::Refused,
            unchanged: &|_| Ok(true),
        };
        super::write(&place, b"x", &rules).expect("written");
        mode(&place)
    };
    let article = folder.path().join("a.txt");
    fs::write(&article, "words").expect("written");
    let given = |mode: u32| {
        fs::set_permissions(&article, fs::Permissions::from_mode(mode)).expect("set");
        Access::of(&article)
    };
    assert_eq!(put(given(0o600)), 0o600);
    // One that gives more than the article gives no more from now on.
    fs::set_permissions(&place, fs::Permissions::from_mode(0o644)).expect("set");
    assert_eq!(put(given(0o600)), 0o600);
    fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).expect("set");
    assert_eq!(put(given(0o644)), 0o640);
    trial::meanwhile(None);
    assert_eq!(*seen.borrow(), [0o600, 0o600, 0o640]);
    let begun = |replaces: bool| {
        let (path, _file) = create_beside(&place, Access::of(&article), replaces).expect("made");
        mode(&path)
    };
    assert_eq!((begun(true), begun(false)), (0o600, 0o644));
    let made = folder.path().join("one/two");
    make_folder(&made).expect("made");
    assert_eq!(
        (mode(&made), mode(&folder.path().join("one"))),
        (0o700, 0o700)
    );
}

#[cfg(unix)]
#[test]
fn what_has_no_sync_is_told_from_what_fails() {
    let told = |code: i32| has_no_sync(&io::Error::from_raw_os_error(code));
    use rustix::io::Errno;
    for none in [
        Errno::INVAL,
        Errno::NOTSUP,
        Errno::OPNOTSUPP,
        Errno::NOSYS,
        Errno::NOTTY,
    ] {
        assert!(told(none.raw_os_error()), "{none}");
    }
    for fails in [
        Errno::IO,
        Errno::NOSPC,
        Errno::DQUOT,
        Errno::ROFS,
        Errno::BADF,
        Errno::PERM,
    ] {
        assert!(!told(fails.raw_os_error()), "{fails}");
    }
}

#[test]
fn every_folder_made_for_a_journal_has_a_durable_name() {
    let top = folder();
    let place = top.path().join("one/two/three");
    // The second time they are all there, and no more durable than they were.
    for _ in 0..2 {
        trial::refuse(Some(io::ErrorKind::Other));
        make_folder(&place).expect_err("not durable");
    }
    trial::refuse(None);
    trial::synced();
    make_folder(&place).expect("made");
    let synced = trial::synced();
    for holds in ["", "one", "one/two"] {
        let holds = fs::canonicalize(top.path().join(holds)).expect("there");
        assert!(synced.contains(&holds), "{synced:?}");
    }
}
