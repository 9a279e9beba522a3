//! Why a page was not fetched: every reason names the address and ends in a way out.

use std::time::Duration;

use super::address::Address;

/// Why there is no page. Addresses in it are shortened and made visible.
#[derive(Debug, thiserror::Error)]
pub enum NotFetched {
    /// It is none that can be asked for.
    #[error("{address}: {why}")]
    NoAddress {
        /// What was given.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// It led somewhere where nobody follows.
    #[error("{address} leads to {to}: {why}")]
    LedAstray {
        /// The address that led on.
        address: String,
        /// Where to.
        to: String,
        /// Why nobody follows.
        why: String,
    },
    /// It leads back to an address it came from.
    #[error("{address} leads back to itself")]
    Circle {
        /// The address that led back.
        address: String,
    },
    /// It leads on and on.
    #[error("{address} led on {times} times and was given up")]
    LedOn {
        /// The first address.
        address: String,
        /// How often it led on.
        times: usize,
    },
    /// The host is in a private network.
    #[error("{address}: the host is in a private network")]
    Private {
        /// The address.
        address: String,
    },
    /// No host of that name is known.
    #[error("{address}: no host of that name was found")]
    NameUnknown {
        /// The address.
        address: String,
    },
    /// No connection came about.
    #[error("{address}: no connection: {why}")]
    NoConnection {
        /// The address.
        address: String,
        /// Why.
        why: String,
    },
    /// The connection would not be safe: who answers cannot be told.
    #[error("{address}: no safe connection: {why}")]
    NotSafe {
        /// The address.
        address: String,
        /// Why.
        why: String,
    },
    /// The proxy does not let it through.
    #[error("{address}: the proxy gave no connection: {why}")]
    Proxy {
        /// The address.
        address: String,
        /// What the proxy said.
        why: String,
    },
    /// It took too long.
    #[error("{address} took longer than {} and was given up", in_seconds(*.time))]
    TooLate {
        /// The address.
        address: String,
        /// How long it had.
        time: Duration,
    },
    /// It is larger than what is taken.
    #[error("{address} is larger than {most} bytes")]
    TooLarge {
        /// The address.
        address: String,
        /// How much is taken.
        most: u64,
    },
    /// It ended before it was whole.
    #[error("{address} broke off before its end")]
    BrokenOff {
        /// The address.
        address: String,
    },
    /// What came is against the rules of the web.
    #[error("{address} sent a damaged answer: {why}")]
    Damaged {
        /// The address.
        address: String,
        /// What is damaged.
        why: String,
    },
    /// It is packed in a way that was not asked for.
    #[error("{address} is packed in a way that cannot be read: {packing}")]
    Packed {
        /// The address.
        address: String,
        /// How, in the words of the server.
        packing: String,
    },
    /// The server answered with something else than the page.
    #[error("{address}: {} ({status}){}", words(*.status), later(.retry_after.as_deref()))]
    Refused {
        /// The address.
        address: String,
        /// The number of the answer.
        status: u16,
        /// When it may be asked again, in words.
        retry_after: Option<String>,
    },
    /// There is nothing in it.
    #[error("{address} is empty")]
    Empty {
        /// The address.
        address: String,
    },
    /// The site does not want it fetched by a program.
    #[error("{address}: line {line} of the site's robots.txt keeps programs out: {rule}")]
    Robots {
        /// The address.
        address: String,
        /// The line, counted from 1.
        line: usize,
        /// What it says.
        rule: String,
    },
    /// Whether the site wants it fetched cannot be told.
    #[error("{address}: the site's robots.txt could not be read: {why}")]
    RobotsUnread {
        /// The address.
        address: String,
        /// Why, naming the address of the rules.
        why: String,
    },
}

impl NotFetched {
    /// What can be done about it.
    pub fn hint(&self) -> &'static str {
        match self {
            NotFetched::NoAddress { .. } => {
                "give the address as the browser shows it, beginning with http:// or https://"
            }
            NotFetched::LedAstray { .. }
            | NotFetched::LedOn { .. }
            | NotFetched::Circle { .. }
            | NotFetched::Packed { .. }
            | NotFetched::Empty { .. }
            | NotFetched::Damaged { .. }
            | NotFetched::Robots { .. } => BY_HAND,
            NotFetched::Private { .. } => {
                "save the page and open the file, or allow private hosts in the settings"
            }
            NotFetched::NameUnknown { .. } => {
                "check the address for slips, and whether this machine is online"
            }
            NotFetched::NoConnection { .. } => {
                "check whether this machine is online, and try again later"
            }
            NotFetched::NotSafe { .. } => {
                "look at it in the browser, and be careful: somebody else may be answering"
            }
            NotFetched::Proxy { .. } => "check the proxy in the settings",
            NotFetched::TooLate { .. }
            | NotFetched::BrokenOff { .. }
            | NotFetched::RobotsUnread { .. } => {
                "try again later, or open it in the browser and save the page"
            }
            NotFetched::TooLarge { .. } => "save what is needed of it, and open that",
            NotFetched::Refused { status, .. } => match status {
                404 | 410 => "check the address, or look for a copy in an archive of the web",
                429 | 500..=599 => "try again later, or open it in the browser and save the page",
                _ => BY_HAND,
            },
        }
    }

    /// Whether it is about the host, whatever page of it is asked for.
    pub(super) fn is_of_the_host(&self) -> bool {
        matches!(
            self,
            NotFetched::Private { .. }
                | NotFetched::NameUnknown { .. }
                | NotFetched::NoConnection { .. }
                | NotFetched::NotSafe { .. }
                | NotFetched::Proxy { .. }
        )
    }

    /// The same, told of another page of that host.
    pub(super) fn about(mut self, page: &Address) -> NotFetched {
        if let NotFetched::Private { address }
        | NotFetched::NameUnknown { address }
        | NotFetched::NoConnection { address, .. }
        | NotFetched::NotSafe { address, .. }
        | NotFetched::Proxy { address, .. } = &mut self
        {
            *address = page.to_string();
        }
        self
    }
}

/// The way out where a person gets what a program does not.
const BY_HAND: &str = "open it in the browser and save the page";

/// What a status says, in plain words.
fn words(status: u16) -> &'static str {
    match status {
        204 | 205 => "the server has nothing to send",
        202 => "the server wants to see a browser first",
        401 | 407 => "the server wants a login",
        402 => "the server wants to be paid",
        403 => "the server does not let programs in",
        404 => "there is no such page",
        406 => "the server has it in no form that can be read",
        408 => "the server waited too long",
        410 => "the page was taken down for good",
        429 => "the server was asked too often",
        451 => "the page is blocked for legal reasons",
        503 => "the server is busy or closed",
        200..=299 => "the server sent something else than the page",
        300..=399 => "the server points elsewhere and does not say where",
        400..=499 => "the server refuses the address",
        500..=599 => "the server failed",
        _ => "the server gave an answer that is none",
    }
}

fn later(when: Option<&str>) -> String {
    when.map_or_else(String::new, |when| {
        format!("; it may be asked again {when}")
    })
}

/// A span of time as people say it.
pub(super) fn in_seconds(time: Duration) -> String {
    format!("{} s", time.as_millis() as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_told_in_words_with_a_way_out() {
        for (status, said, hint) in [
            (401, "wants a login", "save the page"),
            (403, "does not let programs in", "save the page"),
            (404, "no such page", "archive"),
            (410, "taken down", "archive"),
            (429, "asked too often", "later"),
            (451, "legal reasons", "save the page"),
            (500, "failed", "later"),
            (503, "busy", "later"),
            (204, "nothing to send", "save the page"),
            (999, "answer that is none", "save the page"),
        ] {
            let refused = NotFetched::Refused {
                address: "https://a.example/".into(),
                status,
                retry_after: (status == 429).then(|| "in 120 s".to_owned()),
            };
            let told = refused.to_string();
            assert!(told.starts_with("https://a.example/: "), "{told}");
            assert!(told.contains(said), "{told}");
            assert!(told.contains(&format!("({status})")), "{told}");
            assert_eq!(
                told.contains("asked again in 120 s"),
                status == 429,
                "{told}"
            );
            assert!(refused.hint().contains(hint), "{status}");
        }
    }

    #[test]
    fn times_are_told_in_seconds() {
        assert_eq!(in_seconds(Duration::from_secs(30)), "30 s");
        assert_eq!(in_seconds(Duration::from_millis(200)), "0.2 s");
    }
}
