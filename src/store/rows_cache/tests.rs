use super::*;

const BYTES: [u8; 32] = [7; 32];

struct World {
    folder: tempfile::TempDir,
    most: u64,
    today: u32,
}

impl World {
    fn new() -> World {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("news")).expect("made");
        World {
            folder,
            most: MOST,
            today: 20_000,
        }
    }

    fn cache(&self) -> RowsCache {
        self.made_by("model 1 ana")
    }

    fn made_by(&self, made_by: &str) -> RowsCache {
        let state = self.folder.path().join("state");
        RowsCache::of(
            self.folder.path(),
            Some(&state),
            made_by,
            self.most,
            self.today,
        )
    }

    fn article(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join("news").join(name);
        if !path.exists() {
            fs::write(&path, "Fares rose.\n").expect("written");
        }
        path
    }

    /// The stamps as they are when all files have been left alone for some time.
    fn settled(&self, path: &Path) -> RowStamps {
        let state = self.folder.path().join("state");
        let later = SystemTime::now() + Duration::from_secs(60);
        RowStamps::of(path, Some(&state), later).expect("an article")
    }

    fn keep(&self, name: &str, row: &[u8]) {
        let cache = self.cache();
        cache.keep(&self.settled(&self.article(name)), &BYTES, row);
        cache.save();
    }

    fn row(&self, name: &str) -> Option<Vec<u8>> {
        self.cache().row(&self.settled(&self.article(name)))
    }

    fn files(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.folder.path().join("rows"));
        files
            .into_iter()
            .flatten()
            .flatten()
            .map(|file| file.path())
            .collect()
    }
}

#[test]
fn a_row_holds_while_nothing_changes_and_for_what_made_it() {
    let world = World::new();
    assert_eq!(world.row("a.txt"), None);
    world.keep("a.txt", b"row a");
    world.keep("b.txt", b"");
    assert_eq!(world.row("a.txt").as_deref(), Some(&b"row a"[..]));
    assert_eq!(world.row("b.txt").as_deref(), Some(&b""[..]));
    let stamps = world.settled(&world.article("a.txt"));
    let other = world.made_by("model 2 ana");
    assert_eq!(other.row(&stamps), None);
    assert_eq!(other.row_of_bytes(&stamps, &BYTES), None);
    world.keep("a.txt", b"row a again");
    assert_eq!(world.row("a.txt").as_deref(), Some(&b"row a again"[..]));
}

#[test]
fn files_that_changed_ask_for_a_new_look() {
    let world = World::new();
    for beside in [
        "a.txt",
        "a.txt.proofmark.json",
        ".a.txt.proofmark.journal",
        "a.txt.proofmark.txt",
    ] {
        let article = world.article("a.txt");
        world.keep("a.txt", b"row");
        assert!(world.row("a.txt").is_some(), "{beside}");
        let file = article.with_file_name(beside);
        fs::write(&file, "{}         \n").expect("written");
        assert_eq!(world.row("a.txt"), None, "{beside}");
        let stamps = world.settled(&article);
        let by_bytes = world.cache().row_of_bytes(&stamps, &BYTES);
        assert_eq!(by_bytes.is_some(), beside == "a.txt", "{beside}");
        let _ = fs::remove_file(file);
    }
    let journal = world.folder.path().join("state/journals");
    world.keep("a.txt", b"row");
    fs::create_dir_all(&journal).expect("made");
    let named = crate::store::reading::state_journal(
        &world.article("a.txt"),
        Some(&world.folder.path().join("state")),
    );
    fs::write(named.expect("a place"), "x").expect("written");
    assert_eq!(world.row("a.txt"), None);
}

#[cfg(unix)]
#[test]
fn an_edit_that_keeps_length_and_time_asks_for_a_new_look() {
    let world = World::new();
    world.keep("a.txt", b"row");
    let path = world.article("a.txt");
    let time = fs::metadata(&path)
        .and_then(|known| known.modified())
        .expect("a time");
    fs::write(&path, "Fares fell.\n").expect("written");
    let file = File::options().write(true).open(&path).expect("opens");
    file.set_modified(time).expect("set");
    assert_eq!(world.row("a.txt"), None);
}

#[test]
fn times_of_just_now_prove_nothing_but_bytes_do() {
    let world = World::new();
    let path = world.article("a.txt");
    let cache = world.cache();
    let now = cache.stamps(&path).expect("an article");
    assert!(!now.proves);
    cache.keep(&now, &BYTES, b"row");
    cache.save();
    let (cache, later) = (world.cache(), world.settled(&path));
    assert_eq!((cache.row(&now), cache.row(&later)), (None, None));
    assert_eq!(cache.row_of_bytes(&later, &[8; 32]), None);
    assert_eq!(
        cache.row_of_bytes(&later, &BYTES).as_deref(),
        Some(&b"row"[..])
    );
    // The name says how bytes are read.
    let other = world.settled(&world.article("a.md"));
    assert_eq!(cache.row_of_bytes(&other, &BYTES), None);
    // Beside a sidecar that is new, too, no bytes of the article prove anything.
    fs::write(path.with_file_name("a.txt.proofmark.json"), "{}").expect("written");
    let beside = cache.stamps(&path).expect("an article");
    cache.keep(&beside, &BYTES, b"other");
    cache.save();
    assert_eq!(world.row("a.txt"), None);
}

#[test]
fn what_changed_while_it_was_read_is_not_kept() {
    let world = World::new();
    let path = world.article("a.txt");
    let (cache, before) = (world.cache(), world.settled(&path));
    fs::write(&path, "Fares fell, then rose.\n").expect("written");
    cache.keep(&before, &BYTES, b"row");
    fs::remove_file(&path).expect("taken away");
    cache.keep(&before, &BYTES, b"row");
    cache.save();
    assert!(world.files().is_empty());
    assert_eq!(cache.stamps(&path), None);
}

#[test]
fn a_possible_copy_is_looked_at_each_time() {
    let world = World::new();
    let copy = world.article("story 2.txt");
    assert!(world.cache().stamps(&copy).is_some());
    world.article("story.txt");
    assert_eq!(world.cache().stamps(&copy), None);
}

#[test]
fn a_damaged_file_loses_rows_and_gives_no_wrong_one() {
    let world = World::new();
    let cache = world.cache();
    let names: Vec<String> = (0..4).map(|number| format!("{number}.txt")).collect();
    let row = |name: &str| format!("row of {name}").into_bytes();
    for name in &names {
        cache.keep(&world.settled(&world.article(name)), &BYTES, &row(name));
    }
    cache.save();
    let stamps: Vec<RowStamps> = names
        .iter()
        .map(|name| world.settled(&world.article(name)))
        .collect();
    let found = |world: &World| {
        let cache = world.cache();
        let rows = names.iter().zip(&stamps).map(|(name, stamps)| {
            let found = cache.row(stamps);
            assert!(found.as_ref().is_none_or(|found| *found == row(name)));
            usize::from(found.is_some())
        });
        rows.sum::<usize>()
    };
    let [path] = &world.files()[..] else {
        panic!("one file");
    };
    let whole = fs::read(path).expect("there");
    assert_eq!(found(&world), 4);
    for cut in 0..whole.len() {
        fs::write(path, &whole[..cut]).expect("written");
        assert!(found(&world) < 4, "cut at {cut}");
    }
    for at in 0..whole.len() {
        let mut other = whole.clone();
        other[at] ^= 0x81;
        fs::write(path, &other).expect("written");
        assert!(found(&world) < 4, "another byte at {at}");
    }
    // A head that is sound and tells of more bytes than there are.
    let huge = Head::new(1, [1; 16], [2; 16], [3; 16], b"").of_length(LONGEST as u32);
    fs::write(path, [&huge.written()[..], &whole].concat()).expect("written");
    assert_eq!(found(&world), 0);
    fs::write(path, [&whole[..], b"pmr1 and no more"].concat()).expect("written");
    assert_eq!(found(&world), 4);
    // It is cut, and another one comes in its place, while it is in use.
    let cache = world.cache();
    fs::write(path, &whole[..10]).expect("written");
    assert_eq!(cache.row(&stamps[3]), None);
    cache.save();
    fs::remove_dir_all(world.folder.path().join("rows")).expect("taken away");
    assert_eq!(cache.row(&stamps[0]), None);
    cache.keep(&stamps[0], &BYTES, b"row");
    cache.save();
    assert_eq!(world.row("0.txt").as_deref(), Some(&b"row"[..]));
}

#[test]
fn two_programs_keep_what_both_found() {
    let world = World::new();
    let (one, other) = (world.cache(), world.cache());
    one.keep(&world.settled(&world.article("a.txt")), &BYTES, b"a");
    other.keep(&world.settled(&world.article("b.txt")), &BYTES, b"b");
    one.save();
    other.save();
    assert_eq!(world.files().len(), 2);
    assert!(world.row("a.txt").is_some() && world.row("b.txt").is_some());
    // One of them makes one file of all while the other goes on.
    let reading = world.cache();
    one.lock().file = None;
    one.make_one(&Shard::all_in(&one.folder)).expect("made");
    assert_eq!(world.files().len(), 1);
    other.keep(&world.settled(&world.article("c.txt")), &BYTES, b"c");
    other.save();
    one.keep(&world.settled(&world.article("d.txt")), &BYTES, b"d");
    one.save();
    assert!(
        ["a.txt", "b.txt", "d.txt"]
            .iter()
            .all(|name| world.row(name).is_some())
    );
    #[cfg(unix)]
    assert!(
        reading
            .row(&world.settled(&world.article("a.txt")))
            .is_some()
    );
}

#[test]
fn many_files_become_one_and_old_entries_of_an_article_go() {
    let world = World::new();
    for number in 0..SHARDS + 3 {
        world.keep("a.txt", format!("row {number}").as_bytes());
        world.keep("b.txt", b"row");
    }
    assert!(world.files().len() <= SHARDS + 1);
    assert_eq!(world.row("a.txt").as_deref(), Some(&b"row 6"[..]));
    let cache = world.cache();
    cache.make_one(&cache.shards).expect("made");
    assert_eq!((world.cache().known.len(), world.cache().stale), (2, 0));
}

#[test]
fn the_longest_unused_go_first_and_nothing_that_is_not_ours() {
    let mut world = World::new();
    let row = vec![b'x'; 10_000];
    for number in 0..10 {
        world.keep(&format!("{number}.txt"), &row);
    }
    let foreign = world.folder.path().join("rows").join("mine.txt");
    fs::write(&foreign, [b'x'; 50_000]).expect("written");
    // Nine days later three of them are of use.
    world.today += 9;
    let cache = world.cache();
    for number in [3, 0, 7] {
        let stamps = world.settled(&world.article(&format!("{number}.txt")));
        assert!(cache.row(&stamps).is_some());
    }
    cache.save();
    assert_eq!(world.files().len(), 2);
    assert_eq!(world.cache().known.len(), 10);
    world.most = 60_000;
    world.cache().save();
    let cache = world.cache();
    let is_there = |number: usize| {
        let stamps = world.settled(&world.article(&format!("{number}.txt")));
        cache.row(&stamps).is_some()
    };
    assert_eq!([3, 0, 7].map(is_there), [true; 3]);
    assert_eq!((0..10).filter(|number| is_there(*number)).count(), 5);
    assert!(foreign.exists());
}

#[cfg(unix)]
#[test]
fn a_link_is_neither_read_nor_written_through() {
    let world = World::new();
    world.keep("a.txt", b"row");
    let [path] = &world.files()[..] else {
        panic!("one file");
    };
    let away = world.folder.path().join("away.bin");
    fs::rename(path, &away).expect("moved");
    std::os::unix::fs::symlink(&away, path).expect("linked");
    assert_eq!(world.row("a.txt"), None);
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(&away).expect("there").permissions().mode();
    assert_eq!(mode & 0o077, 0);
}
