//! How a sidecar stands on disk, where its reader should know about it: links, other names, other
//! owners, write protection. Looks only; what is done about it is the business of
//! [`atomic`](super::atomic).

use std::fs;
use std::path::Path;

/// What is said when an article is opened; nothing of an ordinary file.
pub(super) fn said_of(sidecar: &Path) -> Option<&'static str> {
    let metadata = fs::symlink_metadata(sidecar).ok()?;
    if metadata.is_symlink() {
        return Some("the sidecar is a link; it is read and saved where it leads");
    }
    has_other_names(&metadata).then_some(
        "the sidecar has another name too (a hard link); saving leaves that one as it is",
    )
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

/// What may not be the same once a file was replaced.
pub(super) struct Standing {
    owner: Option<u32>,
    is_write_protected: bool,
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

    /// What is said of the file that stood there, now that another took its place at `path`.
    pub(super) fn said_after(&self, path: &Path) -> Vec<String> {
        let mut said = Vec::new();
        if self.is_write_protected {
            said.push("the sidecar is write-protected; it was replaced and stays so".to_owned());
        }
        if Standing::of(path).is_some_and(|now| now.owner != self.owner) {
            said.push(
                "the sidecar belonged to another account; it was replaced and belongs to this one"
                    .to_owned(),
            );
        }
        said
    }
}

fn owner(metadata: &fs::Metadata) -> Option<u32> {
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
