//! Folders that go away, come back or are another's too: where decisions are meanwhile.

use std::fs;
use std::sync::Arc;

use super::*;

fn set(name: &str) -> Edit {
    Edit::Article {
        name: format!("x-{name}"),
        value: Some(true.into()),
    }
}

fn has(document: &Document, name: &str) -> bool {
    let edit = set(name);
    let mut with = document.clone();
    with.apply(edit).expect("applies");
    with == *document
}

/// A folder with an article in it, and a state folder beside it.
struct News {
    top: tempfile::TempDir,
    options: OpenOptions,
}

impl News {
    fn new() -> News {
        let top = tempfile::tempdir().expect("a folder");
        let options = OpenOptions {
            state_dir: Some(top.path().join("state")),
            reviewer: "ana".to_owned(),
            ..OpenOptions::default()
        };
        let news = News { top, options };
        news.put_article("news");
        news
    }

    fn put_article(&self, folder: &str) {
        fs::create_dir_all(self.at(folder)).expect("made");
        let article = self.at(folder).join("a.txt");
        fs::write(article, "One plain sentence.\n").expect("written");
    }

    fn at(&self, name: &str) -> PathBuf {
        self.top.path().join(name)
    }

    fn open(&self, folder: &str) -> Open {
        let path = self.at(folder).join("a.txt");
        let mut desk = OpenArticle::open(&path, &self.options).expect("opens");
        let document = desk.take_document();
        Open { desk, document }
    }

    /// Journals in the state folder.
    fn journals(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.at("state/journals")) else {
            return Vec::new();
        };
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.filter(|path| path.is_file()).collect()
    }
}

struct Open {
    desk: OpenArticle,
    document: Document,
}

impl Open {
    fn decide(&mut self, name: &str) -> Option<String> {
        let edit = set(name);
        self.document.apply(edit.clone()).expect("applies");
        let recorded = self.desk.record(&self.document, &edit, &now());
        recorded.expect("recorded")
    }

    fn close(self) -> Result<Saved, StoreError> {
        self.desk.close(&self.document)
    }

    fn has_all(&self, names: &[&str]) -> bool {
        names.iter().all(|name| has(&self.document, name))
    }
}

#[test]
fn everything_unsaved_goes_along_when_the_folder_goes_away() {
    let news = News::new();
    let mut open = news.open("news");
    assert_eq!((open.decide("a"), open.decide("b")), (None, None));
    fs::remove_dir_all(news.at("news")).expect("taken away");
    let told = open.decide("c").expect("told");
    assert!(told.contains("decisions go to the state folder"), "{told}");
    let error = open.close().expect_err("nowhere to save to").to_string();
    let journals = news.journals();
    assert!(error.contains("not there any more"), "{error}");
    assert!(
        error.contains(&journals[0].display().to_string()),
        "{error}"
    );
    news.put_article("news");
    let open = news.open("news");
    assert!(open.has_all(&["a", "b", "c"]), "{:?}", open.desk.notices);
    assert_eq!(open.desk.replayed, 3);
    open.close().expect("saved");
    assert!(news.journals().is_empty());
    assert!(!news.at("state/journals/by-text").join("x").exists());
    assert_eq!(news.open("news").desk.replayed, 0);
}

#[test]
fn what_was_decided_before_the_folder_went_is_kept_on_quitting() {
    let news = News::new();
    let mut open = news.open("news");
    open.decide("a");
    fs::remove_dir_all(news.at("news")).expect("taken away");
    let error = open.close().expect_err("nowhere to save to");
    assert!(matches!(error, StoreError::Unsaved { .. }), "{error}");
    assert!(error.hint().contains("put the folder back"));
    // Under another name, and from a backup: another file of the same text.
    news.put_article("elsewhere");
    let open = news.open("elsewhere");
    assert!(open.has_all(&["a"]));
    let was = news.at("news").join("a.txt");
    let was = fs::canonicalize(news.top.path())
        .expect("there")
        .join("news/a.txt")
        .max(was);
    let said = |notice: &String| notice.contains(&was.display().to_string());
    assert!(
        open.desk.notices.iter().any(said),
        "{:?}",
        open.desk.notices
    );
    open.close().expect("saved");
    assert_eq!(news.open("elsewhere").desk.replayed, 0);
    // The folder itself comes back after all, and has its own.
    news.put_article("news");
    assert!(news.open("news").has_all(&["a"]));
}

#[test]
fn a_folder_that_was_renamed_takes_up_everything_once() {
    let news = News::new();
    let mut open = news.open("news");
    open.decide("a");
    fs::rename(news.at("news"), news.at("new")).expect("renamed");
    open.decide("b");
    open.close().expect_err("nowhere to save to");
    let open = news.open("new");
    assert!(open.has_all(&["a", "b"]));
    assert_eq!(open.desk.replayed, 2, "{:?}", open.desk.notices);
    open.close().expect("saved");
    assert!(news.journals().is_empty());
    let names = fs::read_dir(news.at("new")).expect("a folder").count();
    assert_eq!(names, 2, "the article and its sidecar");
    let open = news.open("new");
    assert!(open.has_all(&["a", "b"]) && open.desk.replayed == 0);
}

#[test]
fn nothing_is_written_where_a_disk_is_to_be_mounted_again() {
    let news = News::new();
    let mut open = news.open("news");
    open.decide("a");
    fs::rename(news.at("news"), news.at("unmounted")).expect("moved");
    fs::create_dir(news.at("news")).expect("made");
    assert!(open.decide("b").is_some());
    let error = open
        .desk
        .save(&open.document)
        .expect_err("nowhere to save to");
    assert!(error.to_string().contains("state"), "{error}");
    assert_eq!(fs::read_dir(news.at("news")).expect("a folder").count(), 0);
    // It is mounted again while the desk is open.
    fs::remove_dir(news.at("news")).expect("taken away");
    fs::rename(news.at("unmounted"), news.at("news")).expect("moved");
    assert_eq!(open.decide("c"), None);
    open.close().expect("saved");
    assert!(news.journals().is_empty());
    let open = news.open("news");
    assert!(open.has_all(&["a", "b", "c"]) && open.desk.replayed == 0);
}

#[test]
fn nothing_is_written_beside_another_article_in_a_folder_of_the_same_name() {
    let news = News::new();
    let mut open = news.open("news");
    open.decide("a");
    fs::rename(news.at("news"), news.at("moved")).expect("moved");
    fs::create_dir(news.at("news")).expect("made");
    fs::write(news.at("news/a.txt"), "Another article altogether.").expect("written");
    assert!(open.decide("b").is_some());
    open.close().expect_err("nowhere to save to");
    assert_eq!(fs::read_dir(news.at("news")).expect("a folder").count(), 1);
    // Where the article is now, all of it is taken up.
    fs::remove_dir_all(news.at("news")).expect("taken away");
    let open = news.open("moved");
    assert!(open.has_all(&["a", "b"]), "{:?}", open.desk.notices);
    drop(open);
    // The very article in another folder of that name is the same one: a copy was put back.
    let news = News::new();
    let mut open = news.open("news");
    fs::rename(news.at("news"), news.at("moved")).expect("moved");
    news.put_article("news");
    assert_eq!(open.decide("a"), None);
    open.close().expect("saved");
    assert!(news.open("news").has_all(&["a"]));
}

#[test]
fn a_journal_belongs_to_its_path_while_something_is_there() {
    let news = News::new();
    // Nothing can be kept beside it.
    fs::create_dir(paths::journal_path(&news.at("news/a.txt"))).expect("made");
    let mut open = news.open("news");
    open.decide("a");
    drop(open);
    news.put_article("twin");
    assert!(!news.open("twin").has_all(&["a"]));
    // One of before there were notes is found by its path.
    fs::remove_dir_all(news.at("state/journals/by-text")).expect("taken away");
    assert!(news.open("news").has_all(&["a"]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_share_that_cannot_sync_gets_its_sidecar_and_the_journal_is_kept() {
    let news = News::new();
    let sidecar = sidecar_path(&news.at("news/a.txt"));
    let share = fs::canonicalize(news.at("news")).expect("there");
    trial::refuse_files_below(Some(&share));
    let mut open = news.open("news");
    let told = open.decide("a").expect("told");
    assert!(told.contains("cannot be synced"), "{told}");
    let saved = open.desk.save(&open.document).expect("saved");
    let said = |n: &String| n.contains("may not survive a power cut") && n.contains("state");
    assert!(saved.notices.iter().any(said), "{:?}", saved.notices);
    assert_eq!(open.decide("b"), None, "said once");
    let saved = open.close().expect("saved");
    assert_eq!(saved.notices, <[String; 0]>::default());
    assert_eq!(fs::read_dir(&share).expect("a folder").count(), 2);
    assert_eq!(news.journals().len(), 1);
    // What is in the sidecar is not told again, nor put in again.
    let open = news.open("news");
    assert!(open.has_all(&["a", "b"]));
    assert_eq!((open.desk.replayed, open.desk.notices.len()), (0, 0));
    open.close().expect("nothing to save");
    assert_eq!(news.journals().len(), 1);
    // What somebody takes back elsewhere stays taken back.
    let text = fs::read_to_string(&sidecar).expect("there");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let article = value["article"].as_object_mut().expect("an object");
    article.remove("x-a").expect("it was there");
    fs::write(&sidecar, value.to_string()).expect("written");
    let open = news.open("news");
    assert!(!has(&open.document, "a") && has(&open.document, "b"));
    drop(open);
    // The power cut takes the sidecar.
    fs::remove_file(&sidecar).expect("taken away");
    let open = news.open("news");
    assert!(open.has_all(&["a", "b"]) && open.desk.replayed == 2);
    trial::refuse_files_below(None);
    open.close().expect("saved");
    assert!(news.journals().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_power_cut_that_takes_several_saves_of_a_share_that_cannot_sync_takes_no_decision() {
    let news = News::new();
    let sidecar = sidecar_path(&news.at("news/a.txt"));
    let stands = || fs::read(&sidecar).expect("there");
    let share = fs::canonicalize(news.at("news")).expect("there");
    trial::refuse_files_below(Some(&share));
    let mut open = news.open("news");
    open.decide("a");
    open.desk.save(&open.document).expect("saved");
    let mut stood = vec![stands()];
    // Two saves during which something is decided, then one that holds it all.
    for name in ["b", "c"] {
        open.decide(name);
        let saving = open.desk.saving().expect("begun");
        let document = Arc::new(open.document.clone());
        open.decide(&format!("{name}2"));
        let wrote = saving.write(&document);
        open.desk.written(wrote, Some(document)).expect("written");
        stood.push(stands());
    }
    open.close().expect("saved");
    stood.push(stands());
    for (at, bytes) in stood.iter().enumerate() {
        fs::write(&sidecar, bytes).expect("written");
        let open = news.open("news");
        assert!(open.has_all(&["a", "b", "b2", "c", "c2"]), "{at}");
        let is_last = at + 1 == stood.len();
        assert_eq!(open.desk.replayed == 0, is_last, "{at}");
    }
    trial::refuse_files_below(None);
}

#[test]
fn without_any_place_that_can_sync_it_is_said_and_all_is_written() {
    let mut news = News::new();
    news.options.state_dir = None;
    trial::refuse_files(Some(std::io::ErrorKind::Unsupported));
    let mut open = news.open("news");
    let told = open.decide("a").expect("told");
    assert!(told.contains("may not survive a power cut"), "{told}");
    assert_eq!(open.decide("b"), None);
    open.close().expect("saved");
    trial::refuse_files(None);
    let sidecar = sidecar_path(&news.at("news/a.txt"));
    fs::remove_file(sidecar).expect("it was written");
    assert!(news.open("news").has_all(&["a", "b"]));
}

/// The sidecar with a field of another tool.
fn with_field(sidecar: &Path, name: &str) {
    let text = fs::read_to_string(sidecar).expect("there");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    value[name] = true.into();
    fs::write(sidecar, value.to_string()).expect("written");
}

#[test]
fn what_is_written_just_before_a_save_is_merged() {
    let news = News::new();
    let mut open = news.open("news");
    let sidecar = sidecar_path(&news.at("news/a.txt"));
    open.decide("a");
    open.desk.save(&open.document).expect("saved");
    open.decide("b");
    let (mut writes, place) = (0, sidecar.clone());
    trial::meanwhile(Some(Box::new(move || {
        writes += 1;
        if writes < 3 {
            with_field(&place, &format!("x-tool-{writes}"));
        }
    })));
    let saved = open.desk.save(&open.document).expect("saved");
    trial::meanwhile(None);
    assert_eq!(saved.notices.len(), 1, "{:?}", saved.notices);
    let merged = saved.merged.expect("merged");
    let text = fs::read_to_string(&sidecar).expect("there");
    for kept in ["x-tool-1", "x-tool-2", "x-a", "x-b"] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    assert!(has(&merged, "a") && has(&merged, "b"));
    assert_eq!(merged.parts().unknown.len(), 2);

    // One that never stops writing keeps its file, and the journal keeps ours.
    open.document = merged;
    open.decide("c");
    let (mut writes, place) = (0, sidecar.clone());
    trial::meanwhile(Some(Box::new(move || {
        writes += 1;
        with_field(&place, &format!("x-busy-{writes}"));
    })));
    let error = open.desk.save(&open.document).expect_err("never still");
    trial::meanwhile(None);
    assert!(error.to_string().contains("again and again"), "{error}");
    assert!(open.desk.unsaved() && open.desk.beside.has_lines());
    let text = fs::read_to_string(&sidecar).expect("there");
    assert!(text.contains("x-busy-8") && !text.contains("x-c"), "{text}");
    open.close().expect("saved");
    assert!(fs::read_to_string(&sidecar).expect("there").contains("x-c"));
}

#[test]
fn a_first_sidecar_of_somebody_else_is_merged_and_not_replaced() {
    let news = News::new();
    let mut open = news.open("news");
    let sidecar = sidecar_path(&news.at("news/a.txt"));
    open.decide("a");
    open.desk.save(&open.document).expect("saved");
    let theirs = fs::read(&sidecar).expect("there");
    fs::remove_file(&sidecar).expect("taken away");
    open.decide("b");
    let place = sidecar.clone();
    trial::meanwhile(Some(Box::new(move || {
        if !place.exists() {
            fs::write(&place, &theirs).expect("written");
            with_field(&place, "x-tool");
        }
    })));
    open.close().expect("saved");
    trial::meanwhile(None);
    let text = fs::read_to_string(&sidecar).expect("there");
    assert!(text.contains("x-tool") && text.contains("x-b"), "{text}");
}

#[test]
fn lines_of_another_desk_in_one_journal_are_kept() {
    let news = News::new();
    trial::refuse_locks(true);
    let (mut ours, mut theirs) = (news.open("news"), news.open("news"));
    trial::refuse_locks(false);
    ours.decide("a");
    theirs.decide("b");
    ours.decide("c");
    theirs.decide("d");
    // Theirs dies; ours saves, and does not know what theirs had not.
    drop(theirs);
    let saved = ours.close().expect("saved");
    let said = |notice: &String| notice.contains("somebody else writes to the journal");
    assert!(saved.notices.iter().any(said), "{:?}", saved.notices);
    let open = news.open("news");
    assert!(
        open.has_all(&["a", "b", "c", "d"]),
        "{:?}",
        open.desk.notices
    );
    open.close().expect("saved");
    let names = fs::read_dir(news.at("news")).expect("a folder").count();
    assert_eq!(names, 2, "the article and its sidecar");
}
