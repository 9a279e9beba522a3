//! What has to be durable before a journal counts as open.

use super::*;
use crate::store::atomic::trial;

#[test]
fn a_journal_is_open_only_when_its_name_is_durable() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut journal = Journal::new(folder.path().join("a.journal"), &Leftover::none());
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
