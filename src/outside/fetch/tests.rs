//! Fetching from servers on this machine that do what servers do, and what they should not.

mod fields;
mod lengths;
mod private;
mod redirects;
mod rules;
mod secure;
mod server;
mod stalls;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use super::asking::Surroundings;
use super::{Bounds, Fetched, NotFetched, Terms, Web};

/// Terms under which servers on this machine may be asked, with no gap.
fn terms() -> Terms {
    Terms {
        name: "proofmark".to_owned(),
        version: "1.2.3".to_owned(),
        private_allowed: true,
        proxy: None,
        bounds: Bounds {
            gap: Duration::ZERO,
            ..Bounds::default()
        },
    }
}

/// The same with little time.
fn hasty() -> Terms {
    let mut terms = terms();
    terms.bounds.time = Duration::from_millis(200);
    terms
}

fn get(address: &str) -> Result<Fetched, NotFetched> {
    Web::new(&terms()).fetch(address)
}

fn get_hastily(address: &str) -> Result<Fetched, NotFetched> {
    Web::new(&hasty()).fetch(address)
}

/// What is told where nothing is fetched.
#[track_caller]
fn told(fetched: Result<Fetched, NotFetched>) -> String {
    let error = fetched.expect_err("nothing is fetched");
    assert!(!error.hint().is_empty());
    error.to_string()
}

/// Surroundings where every name ending in `.example` is this machine, and `unknown.example` is
/// nobody; `open` says which addresses the guard lets through.
fn with_names(
    terms: &Terms,
    open: impl Fn(SocketAddr) -> bool + Send + Sync + 'static,
) -> Surroundings {
    let mut surroundings = Surroundings::of_the_machine(terms);
    surroundings.look_up = Arc::new(|host, port| {
        let host_is = |ip| Ok(vec![SocketAddr::new(ip, port)]);
        match host.parse::<IpAddr>() {
            Ok(ip) => host_is(ip),
            Err(_) if host != "unknown.example" && host.ends_with(".example") => {
                host_is(Ipv4Addr::LOCALHOST.into())
            }
            Err(_) => Err(std::io::Error::other("no such name")),
        }
    });
    surroundings.guard = Arc::new(open);
    surroundings
}
