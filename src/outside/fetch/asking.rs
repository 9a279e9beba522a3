//! One question to one server, and the head of its answer. Redirects are not followed here.

use std::error::Error as _;
use std::io;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rustls::CertificateError;
use ureq::http::HeaderMap;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error, Proxy, Timeout};

use super::address::{Address, shown};
use super::error::{NotFetched, in_seconds};
use super::resolver::{Guard, Guarded, LookUp, NoHost, by_the_system, guard};
use super::{Bounds, Terms};

/// Where a site reads who asks.
const ABOUT: &str = "https://proofmark.example; a person asked for this page";

/// The authorities whose word is taken for who a server is, in DER.
pub(super) type Authorities = Arc<dyn Fn() -> Vec<Vec<u8>> + Send + Sync>;

/// What of the machine is used; a test has its own.
#[derive(Clone)]
pub(super) struct Surroundings {
    pub(super) look_up: LookUp,
    pub(super) guard: Guard,
    pub(super) authorities: Authorities,
    /// Waits; for the gap between two pages.
    pub(super) pause: Arc<dyn Fn(Duration) + Send + Sync>,
}

impl Surroundings {
    /// Those of the machine, for these terms.
    pub(super) fn of_the_machine(terms: &Terms) -> Surroundings {
        Surroundings {
            look_up: by_the_system(),
            guard: guard(terms.private_allowed),
            authorities: Arc::new(|| {
                let found = rustls_native_certs::load_native_certs();
                // Those that could not be read are as good as not there.
                found.certs.iter().map(|it| it.to_vec()).collect()
            }),
            pause: Arc::new(std::thread::sleep),
        }
    }
}

/// Asks servers.
pub(super) struct Asker {
    agent: Result<Agent, String>,
    /// Whether the guard is passed by, since a proxy does the looking up.
    is_blind: bool,
    name: String,
    authorities: Authorities,
    /// Read at the first question, since that takes a moment.
    tls: OnceLock<TlsConfig>,
}

/// The head of an answer, its bytes still to be read.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) fields: HeaderMap,
    pub(super) body: ureq::Body,
}

/// By when an answer has to be there, and how long it had.
#[derive(Clone, Copy, Debug)]
pub(super) struct Until {
    pub(super) end: Instant,
    pub(super) time: Duration,
}

impl Until {
    /// So long from now.
    pub(super) fn after(time: Duration) -> Until {
        Until {
            end: Instant::now() + time,
            time,
        }
    }

    /// So long from now, and no longer than this.
    pub(super) fn within(self, time: Duration) -> Until {
        let sooner = Until::after(time);
        if sooner.end < self.end { sooner } else { self }
    }
}

impl Asker {
    /// One that asks as the terms say.
    pub(super) fn new(terms: &Terms, surroundings: &Surroundings) -> Asker {
        let proxy = terms.proxy.as_deref().map(Proxy::new).transpose();
        let agent = proxy.map(|proxy| {
            let resolver = Guarded {
                look_up: Arc::clone(&surroundings.look_up),
                guard: Arc::clone(&surroundings.guard),
                proxy: proxy.as_ref().map(|it| (it.host().to_owned(), it.port())),
            };
            // The environment's own proxy is taken unless another or none is said.
            let config = Agent::config_builder()
                .proxy(proxy)
                .http_status_as_error(false)
                .max_redirects(0)
                .max_response_header_size(terms.bounds.head)
                // One page needs no connection kept, and a kept one may be closed meanwhile.
                .max_idle_connections(0)
                .build();
            Agent::with_parts(config, DefaultConnector::default(), resolver)
        });
        Asker {
            agent: agent
                .map_err(|_| "its address cannot be read, or is of another kind".to_owned()),
            is_blind: terms.proxy.is_some() && !terms.private_allowed,
            name: format!("{}/{} (+{ABOUT})", terms.name, terms.version),
            authorities: Arc::clone(&surroundings.authorities),
            tls: OnceLock::new(),
        }
    }

    /// Asks for what stands at an address; any answer is one.
    pub(super) fn ask(
        &self,
        address: &Address,
        accept: &str,
        until: Until,
        bounds: &Bounds,
    ) -> Result<Answer, NotFetched> {
        if self.is_blind && address.is_plainly_private() {
            return Err(NotFetched::Private {
                address: address.to_string(),
            });
        }
        let agent = self.agent.as_ref().map_err(|why| NotFetched::Proxy {
            address: address.to_string(),
            why: why.clone(),
        })?;
        let left = until.end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(NotFetched::TooLate {
                address: address.to_string(),
                time: until.time,
            });
        }
        let answer = agent
            .get(address.as_str())
            .header("User-Agent", &self.name)
            .header("Accept", accept)
            .header("Accept-Encoding", "gzip")
            .config()
            .timeout_global(Some(left))
            .timeout_resolve(Some(bounds.connect))
            .timeout_connect(Some(bounds.connect))
            .tls_config(self.tls().clone())
            .build()
            .call()
            .map_err(|error| reason(error, address, until, bounds))?;
        let (head, body) = answer.into_parts();
        Ok(Answer {
            status: head.status.as_u16(),
            fields: head.headers,
            body,
        })
    }

    fn tls(&self) -> &TlsConfig {
        self.tls.get_or_init(|| {
            let authorities = (self.authorities)();
            let authorities = authorities
                .iter()
                .map(|it| Certificate::from_der(it).to_owned());
            let authorities: Vec<Certificate<'static>> = authorities.collect();
            let provider = rustls::crypto::ring::default_provider();
            TlsConfig::builder()
                .root_certs(RootCerts::new_with_certs(&authorities))
                .unversioned_rustls_crypto_provider(Arc::new(provider))
                .build()
        })
    }
}

/// Why there is no answer, in plain words.
pub(super) fn reason(error: Error, asked: &Address, until: Until, bounds: &Bounds) -> NotFetched {
    let address = asked.to_string();
    let no_connection = |address, why: String| NotFetched::NoConnection { address, why };
    match error {
        Error::Other(why) => match why.downcast_ref::<NoHost>() {
            Some(NoHost::Private(_)) => NotFetched::Private { address },
            Some(NoHost::Unknown(_)) => NotFetched::NameUnknown { address },
            None => no_connection(address, shown(&why.to_string())),
        },
        Error::HostNotFound => NotFetched::NameUnknown { address },
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            let time = in_seconds(bounds.connect);
            no_connection(
                address,
                format!("{} did not answer within {time}", asked.host()),
            )
        }
        Error::Timeout(_) => NotFetched::TooLate {
            address,
            time: until.time,
        },
        Error::Io(error) => match rustls_error(&error) {
            Some(error) => NotFetched::NotSafe {
                address,
                why: unsafe_because(error),
            },
            None => broken(error, address),
        },
        Error::Rustls(error) => NotFetched::NotSafe {
            address,
            why: unsafe_because(&error),
        },
        Error::Tls(why) => NotFetched::NotSafe {
            address,
            why: why.to_owned(),
        },
        Error::ConnectProxyFailed(why) => NotFetched::Proxy {
            address,
            why: shown(&why),
        },
        Error::InvalidProxyUrl => NotFetched::Proxy {
            address,
            why: "its address cannot be read".to_owned(),
        },
        Error::LargeResponseHeader(..) => NotFetched::Damaged {
            address,
            why: format!("more than {} bytes stand before the page", bounds.head),
        },
        Error::BadUri(_) | Error::Http(_) => NotFetched::NoAddress {
            address,
            why: "that is no address of the web: it is not written like one".to_owned(),
        },
        error => NotFetched::Damaged {
            address,
            why: shown(&error.to_string()),
        },
    }
}

/// A connection that the system could not make or keep.
fn broken(error: io::Error, address: String) -> NotFetched {
    use io::ErrorKind as Kind;
    let why = match error.kind() {
        Kind::UnexpectedEof
        | Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::BrokenPipe => {
            return NotFetched::BrokenOff { address };
        }
        Kind::ConnectionRefused => "nobody answers there".to_owned(),
        Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown => {
            "there is no way to the host".to_owned()
        }
        _ => shown(&error.to_string()),
    };
    NotFetched::NoConnection { address, why }
}

/// The fault of the encryption that an error of reading was made from.
fn rustls_error(error: &io::Error) -> Option<&rustls::Error> {
    let inner = error.get_ref()?;
    let inner = inner.downcast_ref::<rustls::Error>();
    inner.or_else(|| error.source()?.downcast_ref::<rustls::Error>())
}

fn unsafe_because(error: &rustls::Error) -> String {
    let told = match error {
        rustls::Error::InvalidCertificate(fault) => match fault {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "its certificate has expired"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "its certificate is not valid yet; is the clock of this machine right?"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "its certificate is for another name"
            }
            CertificateError::UnknownIssuer => {
                "its certificate is signed by nobody this machine trusts"
            }
            CertificateError::Revoked => "its certificate was called back",
            _ => {
                return format!(
                    "its certificate does not hold: {}",
                    shown(&error.to_string())
                );
            }
        },
        rustls::Error::InvalidMessage(_) => "https is not spoken there",
        rustls::Error::PeerIncompatible(_) | rustls::Error::AlertReceived(_) => {
            "it speaks no kind of https that is safe"
        }
        _ => return shown(&error.to_string()),
    };
    told.to_owned()
}
