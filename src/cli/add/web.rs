//! The web, where it may be asked.

use crate::cli::error::hinted;
use crate::config::Fetch;
#[cfg(feature = "web")]
use crate::outside::{FetchBounds, Fetched, Terms, Web};

/// Who asks for pages, once somebody does.
#[derive(Default)]
pub(super) struct Asking {
    #[cfg(feature = "web")]
    web: Option<Web>,
}

/// What came from an address.
pub(super) struct Page {
    /// Where it was found.
    pub(super) address: String,
    /// What the server says it is.
    pub(super) media: Option<String>,
    /// What the server calls the file, or the last part of the address.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Variables of the environment that name a proxy, the first that is set.
#[cfg(feature = "web")]
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

impl Asking {
    /// Fetches what stands at an address.
    pub(super) fn fetch(&mut self, address: &str, fetch: Fetch) -> anyhow::Result<Page> {
        if fetch == Fetch::Never {
            let message = format!("{address}: nothing is fetched from the web unless you say so");
            let hint = "--online fetches this time; fetch = \"public\" in the configuration \
                        (proofmark config --edit) always";
            return Err(hinted(message, hint));
        }
        self.ask(address, fetch)
    }

    #[cfg(feature = "web")]
    fn ask(&mut self, address: &str, fetch: Fetch) -> anyhow::Result<Page> {
        let proxy = PROXIES.iter().find_map(|name| std::env::var(name).ok());
        let web = self.web.get_or_insert_with(|| {
            Web::new(&Terms {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                private_allowed: fetch == Fetch::Anywhere,
                proxy: proxy.filter(|proxy| !proxy.is_empty()),
                bounds: FetchBounds::default(),
            })
        });
        let fetched = web.fetch(address);
        let fetched = fetched.map_err(|error| hinted(error.to_string(), error.hint()))?;
        let Fetched {
            address,
            media,
            file_name,
            bytes,
            ..
        } = fetched;
        let name = file_name.unwrap_or_else(|| last_part(&address));
        Ok(Page {
            address,
            media,
            name,
            bytes,
        })
    }

    #[cfg(not(feature = "web"))]
    fn ask(&mut self, address: &str, _: Fetch) -> anyhow::Result<Page> {
        let message = format!("{address}: this build of proofmark does not fetch from the web");
        Err(hinted(
            message,
            "save the page in the browser and add the file",
        ))
    }
}

/// The last part of an address's path.
#[cfg(feature = "web")]
fn last_part(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let last = path.split('/').skip(1).last().unwrap_or_default();
    last.to_owned()
}
