//! What a folder holds already: the addresses and the texts of its articles.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config;
use crate::ingest::same_address_key;
use crate::store;
use crate::text::{Article, Fact};

/// Addresses and texts that are there, with the file of each.
#[derive(Debug, Default)]
pub(super) struct Known {
    addresses: HashMap<String, PathBuf>,
    texts: HashMap<[u8; 32], PathBuf>,
    /// Addresses that were looked at by this command, whatever came of it.
    asked: HashSet<String>,
}

impl Known {
    /// What a folder holds; a file that cannot be read is not known.
    pub(super) fn of(folder: &Path) -> Known {
        let listing = store::articles_in(&[folder.to_owned()]);
        let state = config::state_folder();
        let read: Vec<_> = listing
            .articles
            .par_iter()
            .filter_map(|listed| {
                let read = store::read_for_commands(&listed.path, state.as_deref()).ok()?;
                let head = &read.document.parts().article;
                let fetched = head
                    .more
                    .get("fetched")
                    .and_then(|fetched| fetched.get("url"));
                let fetched = fetched.and_then(|url| url.as_str()).map(str::to_owned);
                let url = head.known().get(Fact::Url).map(str::to_owned);
                let addresses: Vec<String> = url.into_iter().chain(fetched).collect();
                Some((listed.path.clone(), *read.article.text_sha256(), addresses))
            })
            .collect();
        let mut known = Known::default();
        for (path, text, addresses) in read {
            known.texts.entry(text).or_insert_with(|| path.clone());
            for address in addresses {
                let key = same_address_key(&address);
                known.addresses.entry(key).or_insert_with(|| path.clone());
            }
        }
        known
    }

    /// The file of the article with this address.
    pub(super) fn by_address(&self, address: &str) -> Option<&Path> {
        let found = self.addresses.get(&same_address_key(address));
        found.map(PathBuf::as_path)
    }

    /// The file of the article with this text.
    pub(super) fn by_text(&self, article: &Article) -> Option<&Path> {
        self.texts.get(article.text_sha256()).map(PathBuf::as_path)
    }

    /// Remembers that an address is asked; whether it was not before.
    pub(super) fn ask(&mut self, address: &str) -> bool {
        self.asked.insert(same_address_key(address))
    }

    /// Remembers a new article.
    pub(super) fn learn<'a>(
        &mut self,
        path: &Path,
        article: &Article,
        addresses: impl Iterator<Item = &'a str>,
    ) {
        self.texts.insert(*article.text_sha256(), path.to_owned());
        for address in addresses {
            let key = same_address_key(address);
            self.addresses.insert(key, path.to_owned());
        }
    }
}
