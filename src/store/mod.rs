//! Articles, sidecars, journals and locks on disk.
//!
//! [`OpenArticle`] is the desk's door, [`read_for_commands`] that of the commands. The only
//! layer that reads and writes files; it decides nothing about claims.

mod adding;
mod article_file;
mod articles;
mod atomic;
mod belongings;
mod copies;
mod error;
mod exported;
mod findings_cache;
mod history;
mod journal;
mod json;
mod kept;
mod layer;
mod library;
mod lock;
mod naming;
mod other_text;
mod own;
mod paths;
mod read_article;
mod reading;
mod relocate;
pub mod repair;
mod rows_cache;
pub mod sidecar;
mod stamp;
mod standing;
mod state;
mod strays;
mod take_up;
mod taken_in;
mod taking_in;

pub use adding::{NewArticle, add_article};
pub use article_file::{read_article, read_input};
pub use articles::{Listed, Listing, articles_in, articles_through_links_in, tell_articles_in};
pub use copies::{Copied, copy_of, is_called_a_copy};
pub use error::StoreError;
pub use exported::{NotExported, export_place, write_export};
pub use findings_cache::FindingsCache;
pub use history::{Acts, Done, History, Step};
pub use kept::kept_text;
pub use library::{OpenArticle, OpenOptions, Saved, Saving, Watched, Wrote};
pub use paths::{article_of_sidecar, is_own_file, real_file, sidecar_path};
pub use read_article::{ReadArticle, read_for_commands};
pub use reading::{present, tolerated};
pub use relocate::{Relocated, relocate};
pub use rows_cache::{RowStamps, RowsCache};
pub use stamp::Change;
pub use standing::{FolderOfAnother, folder_of_another, of_another};
pub use state::{is_first_start, open_log};
pub use strays::{Stray, Whose, is_reused, reused_names, strays_of_folders};
pub use take_up::{Offer, TakenUp, offer, take_up};
pub use taking_in::take_in;
