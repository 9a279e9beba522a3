//! What has to be durable before a journal counts as open.

use super::*;
use crate::store::atomic::trial;

#[test]
fn a_journal_is_open_only_when_its_name_is_durable() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut journal = Journal::new(
        folder.path().join("a.journal"),
        &Leftover::none(),
        Access::OWNER,
    );
    trial::refuse(Some(std::io::ErrorKind::Other));
    // The second time the file is there, left by the first, and no more durable than it was.
    for _ in 0..2 {
        let error = journal.append("{}\n").expect_err("not durable");
        assert!(error.to_string().contains("the disk says no"), "{error}");
    }
    trial::refuse(None);
    assert_eq!(trial::synced(), <[PathBuf; 0]>::default());
    journal.append("{}\n").expect("written");
    assert_eq!(trial::synced(), [folder.path()]);
    journal.append("{}\n").expect("written");
    assert_eq!(trial::synced(), <[PathBuf; 0]>::default());
    assert_eq!(journal.length, 6);
}

#[test]
fn a_line_is_told_only_when_it_is_durable() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.journal");
    let mut journal = Journal::new(path.clone(), &Leftover::none(), Access::OWNER);
    journal.append("{}\n").expect("written");
    trial::refuse_files(Some(std::io::ErrorKind::Other));
    for _ in 0..2 {
        journal.append("[]\n").expect_err("not durable");
        assert_eq!(fs::read(&path).expect("there"), b"{}\n");
    }
    trial::refuse_files(None);
    journal.append("[]\n").expect("written");
    assert_eq!(fs::read(&path).expect("there"), b"{}\n[]\n");
}
