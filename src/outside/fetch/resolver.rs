//! Looking up hosts, with the guard that keeps private networks out.
//!
//! The connection is made to the very addresses that leave here: nothing is looked up again, so a
//! name that answers otherwise the second time gains nothing.

use std::fmt;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::public::is_public;

/// Addresses of one host that are tried; a connection takes the first that answers.
const MOST_ADDRESSES: usize = 8;

/// How long a look-up may take where nothing else is said.
const LONGEST: Duration = Duration::from_secs(10);

/// From a host and a port to addresses, as the system does it.
pub(super) type LookUp = Arc<dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync>;

/// Whether an address may be connected to.
pub(super) type Guard = Arc<dyn Fn(SocketAddr) -> bool + Send + Sync>;

/// Looks hosts up and lets through what the guard lets through.
pub(super) struct Guarded {
    /// How hosts are looked up.
    pub(super) look_up: LookUp,
    /// What may be connected to.
    pub(super) guard: Guard,
    /// Host and port of the proxy, which a desk chose and which may be anywhere.
    pub(super) proxy: Option<(String, u16)>,
}

/// Why a host has no address to connect to; travels inside of the client's own error.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoHost {
    /// All its addresses are in private networks.
    #[error("{0} is in a private network")]
    Private(String),
    /// Nobody knows the name.
    #[error("{0} is not known")]
    Unknown(String),
}

/// The look-up of the system.
pub(super) fn by_the_system() -> LookUp {
    Arc::new(|host, port| Ok((host, port).to_socket_addrs()?.collect()))
}

/// Lets addresses of the public web through, and all of them where that is allowed.
pub(super) fn guard(private_allowed: bool) -> Guard {
    Arc::new(move |address| private_allowed || is_public(address.ip()))
}

impl fmt::Debug for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded").finish_non_exhaustive()
    }
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().ok_or(Error::HostNotFound)?;
        let host = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        let by_scheme = if uri.scheme_str() == Some("https") {
            443
        } else {
            80
        };
        let port = uri.port_u16().unwrap_or(by_scheme);
        let is_proxy = self.proxy.as_ref().is_some_and(|(name, at)| {
            name.trim_start_matches('[').trim_end_matches(']') == host && *at == port
        });
        let found = self.looked_up(&host, port, timeout)?;
        let mut let_through = self.empty();
        let allowed = found.iter().filter(|it| is_proxy || (self.guard)(**it));
        for address in allowed.take(MOST_ADDRESSES) {
            let_through.push(*address);
        }
        if found.is_empty() {
            return Err(Error::Other(Box::new(NoHost::Unknown(host))));
        }
        if let_through.is_empty() {
            return Err(Error::Other(Box::new(NoHost::Private(host))));
        }
        Ok(let_through)
    }
}

impl Guarded {
    /// All addresses of a host. The system gives no way to end a look-up: one that takes too long
    /// is left to its thread, which ends with it.
    fn looked_up(
        &self,
        host: &str,
        port: u16,
        timeout: NextTimeout,
    ) -> Result<Vec<SocketAddr>, Error> {
        let (send, receive) = mpsc::channel();
        let look_up = Arc::clone(&self.look_up);
        let name = host.to_owned();
        let work = move || {
            // Nobody listens any more where the time was up.
            let _ = send.send(look_up(&name, port));
        };
        thread::Builder::new().name("look-up".into()).spawn(work)?;
        let longest = timeout.not_zero().map_or(LONGEST, |it| *it);
        match receive.recv_timeout(longest) {
            Ok(Ok(found)) => Ok(found),
            // The system tells an unknown name and a name server out of reach by words alone.
            Ok(Err(_)) => Err(Error::Other(Box::new(NoHost::Unknown(host.to_owned())))),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                Err(Error::Timeout(timeout.reason))
            }
        }
    }
}
