//! Arguments of the commands that bring articles in.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args as ClapArgs;

/// Arguments of `add`.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct AddArgs {
    /// Addresses or files; - is standard input, where a text can be pasted.
    #[arg(required = true, value_name = "URL|FILE|-")]
    pub(in crate::cli) what: Vec<OsString>,

    #[command(flatten)]
    pub(in crate::cli) common: Common,
}

/// Arguments of `fetch-feed`.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct FetchArgs {
    /// Feeds by their addresses, or files: feeds, OPML lists.
    #[arg(required = true, value_name = "URL|FILE")]
    pub(in crate::cli) what: Vec<OsString>,

    #[command(flatten)]
    pub(in crate::cli) common: Common,
}

/// What `add` and `fetch-feed` have in common.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Common {
    /// The folder articles are put into, made if it is not there; otherwise the working folder.
    #[arg(long, value_name = "FOLDER")]
    pub(in crate::cli) into: Option<PathBuf>,

    /// Fetch from the public web this time.
    #[arg(long)]
    pub(in crate::cli) online: bool,

    /// Fetch also from the house's own network this time.
    #[arg(long)]
    pub(in crate::cli) private: bool,

    /// Pages that are fetched at most.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(in crate::cli) most: usize,
}
