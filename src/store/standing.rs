//! How a sidecar stands on disk, where its reader should know about it: links, other names, other
//! owners, write protection. Looks only; what is done about it is the business of
//! [`atomic`](super::atomic).

use std::fs;
use std::path::{Path, PathBuf};

/// What is said when an article is opened; nothing of an ordinary file. `account` is ours, where
/// it is known: root's may leave files to whom they belong, others may not.
pub(super) fn said_of(sidecar: &Path, account: Option<u32>) -> Vec<&'static str> {
    let mut said = Vec::new();
    let Ok(entry) = fs::symlink_metadata(sidecar) else {
        return said;
    };
    if entry.is_symlink() {
        said.push("the sidecar is a link; it is read and saved where it leads");
    } else if has_other_names(&entry) {
        said.push(
            "the sidecar has another name too (a hard link); saving leaves that one as it is",
        );
    }
    let Some(standing) = Standing::of(sidecar) else {
        return said;
    };
    if standing.is_write_protected {
        said.push("the sidecar is write-protected; saving replaces it, and it stays so");
    }
    let is_theirs = |ours| ours != 0 && standing.owner.is_some_and(|owner| owner != ours);
    if account.is_some_and(is_theirs) {
        said.push("the sidecar belongs to another account; once saved it belongs to this one");
    }
    said
}

/// A folder that belongs to another account than ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderOfAnother {
    /// The folder, its links followed.
    pub folder: PathBuf,
    /// What is said of it.
    pub said: String,
}

/// Whose folder an article stands in, where that is another account's: there whoever owns it may
/// put anything in the place of our files. `None` too where there are no accounts.
pub fn folder_of_another(article: &Path) -> Option<FolderOfAnother> {
    of_another(&super::atomic::folder_of(article))
}

/// The same of a folder itself.
pub fn of_another(folder: &Path) -> Option<FolderOfAnother> {
    let folder = fs::canonicalize(folder).ok()?;
    let theirs = owner(&fs::metadata(&folder).ok()?)?;
    let said = said_of_folder(&folder, theirs, our_account()?)?;
    Some(FolderOfAnother { folder, said })
}

fn said_of_folder(folder: &Path, theirs: u32, ours: u32) -> Option<String> {
    (theirs != ours).then(|| {
        format!(
            "the folder {} belongs to another account ({theirs}): what stands in it is theirs too",
            folder.display()
        )
    })
}

/// The account the program runs under.
fn our_account() -> Option<u32> {
    #[cfg(unix)]
    {
        Some(rustix::process::geteuid().as_raw())
    }
    #[cfg(not(unix))]
    {
        None
    }
}

fn has_other_names(metadata: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        metadata.is_file() && metadata.nlink() > 1
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        false
    }
}

/// Whose a file is, and whether it may be written.
pub(super) struct Standing {
    owner: Option<u32>,
    pub(super) is_write_protected: bool,
}

impl Standing {
    /// Of the file at `path`; `None` if there is none.
    pub(super) fn of(path: &Path) -> Option<Standing> {
        let metadata = fs::metadata(path).ok()?;
        Some(Standing {
            owner: owner(&metadata),
            is_write_protected: metadata.permissions().readonly(),
        })
    }
}

/// The account a file belongs to, where there are any.
pub(super) fn owner(metadata: &fs::Metadata) -> Option<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some(metadata.uid())
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_another_account_is_said() {
        let folder = Path::new("desk");
        let said = said_of_folder(folder, 1_000, 0).expect("said");
        assert!(said.contains("desk") && said.contains("1000"), "{said}");
        assert_eq!(said_of_folder(folder, 1_000, 1_000), None);
        let own = tempfile::tempdir().expect("a folder");
        let article = own.path().join("a.txt");
        assert_eq!(folder_of_another(&article), None);
        // Only root can give a folder away.
        #[cfg(unix)]
        if std::os::unix::fs::chown(own.path(), Some(12_345), None).is_ok() {
            let theirs = folder_of_another(&article).expect("said");
            assert!(theirs.said.contains("12345"), "{theirs:?}");
        }
    }
}
