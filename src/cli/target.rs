//! Where a command was asked to put files: an export of ours may be replaced, nothing else unasked.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::error::hinted;
use super::output;
use crate::exchange::File;
use crate::store::{self, NotExported};

/// How files are put where they were asked for.
pub(super) struct Target {
    /// Whose readers may read the export.
    pub(super) article: Option<PathBuf>,
    /// Where it is remembered what exports wrote.
    pub(super) state: Option<PathBuf>,
    /// Whether what others wrote is replaced.
    pub(super) force: bool,
}

impl Target {
    /// Puts an export at a place, whole or not at all; what no export wrote is left alone unless
    /// that is asked for. Devices and pipes are written to as they are.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        let is_file = |found: std::fs::Metadata| found.is_file();
        let (Some(article), true) = (&self.article, std::fs::metadata(path).map_or(true, is_file))
        else {
            return output::write_to(Some(path), bytes);
        };
        self.may_write(path)?;
        if self.force {
            output::write_to(Some(path), bytes)?;
        }
        let state = self.state.as_deref();
        store::write_export(path, bytes, article, state).map_err(not_written)?;
        Ok(())
    }

    /// Whether a file may be written there.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn may_write(&self, path: &Path) -> anyhow::Result<()> {
        // A link leads elsewhere than was said.
        if std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
            let message = format!("{}: a link is not written over", path.display());
            return Err(hinted(message, "name the file it leads to"));
        }
        match self.look(path) {
            Err(NotExported::NotOurs(_) | NotExported::NotKnown(_)) if self.force => Ok(()),
            looked => looked.map_err(not_written),
        }
    }

    /// Whether a file may be written there.
    fn look(&self, path: &Path) -> Result<(), NotExported> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let name = path.file_name().unwrap_or(path.as_os_str());
        store::export_place(folder, name, self.state.as_deref()).map(drop)
    }

    /// Writes files into a folder, which is made if it is not there.
    pub(super) fn write_folder(&self, folder: &Path, files: &[File]) -> anyhow::Result<()> {
        let told = || format!("cannot make the folder {}", folder.display());
        std::fs::create_dir_all(folder).with_context(told)?;
        // All or none: asked of every file before the first is written.
        for file in files {
            self.may_write(&folder.join(&file.name))?;
        }
        for file in files {
            self.write(&folder.join(&file.name), &file.bytes)?;
        }
        Ok(())
    }
}

fn not_written(error: NotExported) -> anyhow::Error {
    match error {
        NotExported::NotOurs(_) | NotExported::NotKnown(_) => {
            hinted(error.to_string(), "--force replaces it")
        }
        error => error.into(),
    }
}
