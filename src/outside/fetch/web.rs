//! Fetching page after page: redirects, the rules of each site, and a gap between two pages.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::address::{Address, Fault, shown};
use super::asking::{Answer, Asker, Surroundings, Until, reason};
use super::body::{self, NoBody};
use super::error::NotFetched;
use super::field::{self, Said};
use super::robots::Rules;
use super::{Bounds, Fetched, Terms};

/// What is wanted, the most wanted first; pages may come as anything.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.9, \
                      application/atom+xml;q=0.8, application/rss+xml;q=0.8, \
                      application/xml;q=0.7, text/xml;q=0.7, */*;q=0.1";

/// How long the rules of a site are believed: a day, as RFC 9309 asks.
const RULES_LAST: Duration = Duration::from_secs(24 * 60 * 60);

/// Rules of how many sites are kept; with more they are all read anew.
const MOST_SITES: usize = 256;

/// Fetches pages, and remembers the rules of their sites and when a host was asked last.
pub struct Web {
    asker: Asker,
    name: String,
    bounds: Bounds,
    surroundings: Surroundings,
    rules: HashMap<String, (Instant, Rules)>,
    asked: HashMap<String, Instant>,
}

/// What a `robots.txt` came to.
enum Read {
    Rules(Rules),
    /// The site has none, or points somewhere where nobody follows: everything is allowed.
    None,
}

impl Web {
    /// One that has not asked anybody yet.
    pub fn new(terms: &Terms) -> Web {
        Web::in_surroundings(terms, Surroundings::of_the_machine(terms))
    }

    pub(super) fn in_surroundings(terms: &Terms, surroundings: Surroundings) -> Web {
        Web {
            asker: Asker::new(terms, &surroundings),
            name: terms.name.clone(),
            bounds: terms.bounds,
            surroundings,
            rules: HashMap::new(),
            asked: HashMap::new(),
        }
    }

    /// Fetches one page and waits for it, no longer than the bounds say; before, for as long as
    /// is left of the gap after the last page of that host.
    ///
    /// # Errors
    /// As [`NotFetched`].
    pub fn fetch(&mut self, asked: &str) -> Result<Fetched, NotFetched> {
        let first = Address::parse(asked).map_err(|fault| NotFetched::NoAddress {
            address: shown(asked),
            why: fault.to_string(),
        })?;
        let mut way = Way::default();
        let found = self.follow(first, &mut way);
        self.remember(way.hosts);
        let (address, said, bytes) = found?;
        Ok(Fetched {
            address: address.as_str().to_owned(),
            asked: asked.to_owned(),
            redirects: way
                .redirects
                .iter()
                .map(|it| it.as_str().to_owned())
                .collect(),
            media: said.media,
            charset: said.charset,
            file_name: said.file_name,
            last_modified: said.last_modified,
            bytes,
        })
    }

    /// Follows an address to its page.
    fn follow(
        &mut self,
        first: Address,
        way: &mut Way,
    ) -> Result<(Address, Said, Vec<u8>), NotFetched> {
        let mut address = first;
        let mut until = Until::after(self.bounds.time);
        loop {
            if !way.hosts.iter().any(|host| host == address.host()) {
                until.end += self.wait_for(address.host());
                way.hosts.push(address.host().to_owned());
            }
            let next = match self.one(&address, until)? {
                Step::Page(answer) => {
                    let (said, bytes) = self.read(answer, &address, until)?;
                    return Ok((address, said, bytes));
                }
                Step::LedTo(next) => next,
            };
            way.redirects.push(address);
            if way.redirects.contains(&next) {
                return Err(NotFetched::Circle {
                    address: next.to_string(),
                });
            }
            if way.redirects.len() > self.bounds.redirects {
                return Err(NotFetched::LedOn {
                    address: way.redirects[0].to_string(),
                    times: self.bounds.redirects,
                });
            }
            address = next;
        }
    }

    /// Asks one address, if its site allows that.
    fn one(&mut self, address: &Address, until: Until) -> Result<Step, NotFetched> {
        self.allowed(address, until)?;
        let answer = self.asker.ask(address, ACCEPT, until, &self.bounds)?;
        match answer.status {
            200 | 203 => Ok(Step::Page(answer)),
            301 | 302 | 303 | 307 | 308 => match location(&answer) {
                Some(location) => next(address, location).map(Step::LedTo),
                None => Err(refused(address, &answer)),
            },
            _ => Err(refused(address, &answer)),
        }
    }

    fn read(
        &self,
        answer: Answer,
        address: &Address,
        until: Until,
    ) -> Result<(Said, Vec<u8>), NotFetched> {
        let said = Said::of(&answer.fields);
        let bytes = body::whole(&answer.fields, answer.body, self.bounds.bytes);
        let bytes = bytes.map_err(|why| self.unread(why, address, until))?;
        if bytes.is_empty() {
            return Err(NotFetched::Empty {
                address: address.to_string(),
            });
        }
        Ok((said, bytes))
    }

    fn unread(&self, why: NoBody, asked: &Address, until: Until) -> NotFetched {
        let address = asked.to_string();
        match why {
            NoBody::TooLarge => NotFetched::TooLarge {
                address,
                most: self.bounds.bytes,
            },
            NoBody::Packed(packing) => NotFetched::Packed { address, packing },
            NoBody::Torn => NotFetched::Damaged {
                address,
                why: "it cannot be unpacked to its end".to_owned(),
            },
            NoBody::Unread(error) => reason(error, asked, until, &self.bounds),
        }
    }

    /// Whether the rules of its site let an address be fetched.
    fn allowed(&mut self, address: &Address, until: Until) -> Result<(), NotFetched> {
        let origin = address.origin();
        let is_fresh = |(read, _): &(Instant, Rules)| read.elapsed() < RULES_LAST;
        if !self.rules.get(&origin).is_some_and(is_fresh) {
            let rules = match self.rules_of(address, until.within(self.bounds.robots_time))? {
                Read::Rules(rules) => rules,
                Read::None => Rules::default(),
            };
            if self.rules.len() >= MOST_SITES {
                self.rules.clear();
            }
            self.rules.insert(origin.clone(), (Instant::now(), rules));
        }
        let rules = self.rules.get(&origin).map(|(_, rules)| rules);
        match rules.and_then(|rules| rules.against(address.path_and_query())) {
            Some(rule) => Err(NotFetched::Robots {
                address: address.to_string(),
                line: rule.line,
                rule: shown(&rule.text()),
            }),
            None => Ok(()),
        }
    }

    /// Reads the rules of a site: what is not there allows everything, what cannot be read
    /// nothing (RFC 9309, 2.3.1).
    fn rules_of(&self, page: &Address, until: Until) -> Result<Read, NotFetched> {
        let mut address = page.robots();
        let unread = |why: String| NotFetched::RobotsUnread {
            address: page.to_string(),
            why,
        };
        for led_on in 0..=self.bounds.robots_redirects {
            let answer =
                match self
                    .asker
                    .ask(&address, "text/plain, */*;q=0.1", until, &self.bounds)
                {
                    Ok(answer) => answer,
                    // The page would not be reached either: that is what a person has to hear.
                    Err(why) if led_on == 0 && why.is_of_the_host() => return Err(why.about(page)),
                    Err(NotFetched::Private { .. }) => return Ok(Read::None),
                    Err(why) => return Err(unread(why.to_string())),
                };
            match answer.status {
                200 | 203 => {
                    let most = self.bounds.robots_bytes;
                    let body = body::beginning(&answer.fields, answer.body, most);
                    let body = body.map_err(|why| self.unread(why, &address, until));
                    let body = body.map_err(|why| unread(why.to_string()))?;
                    return Ok(Read::Rules(Rules::read(whole_lines(&body), &self.name)));
                }
                300..=399 => match location(&answer).map(|it| address.led_to(it)) {
                    Some(Ok(next)) => address = next,
                    _ => return Ok(Read::None),
                },
                500..=599 => return Err(unread(refused(&address, &answer).to_string())),
                _ => return Ok(Read::None),
            }
        }
        Ok(Read::None)
    }

    /// Waits for what is left of the gap after the last page of a host; how long that was.
    fn wait_for(&self, host: &str) -> Duration {
        let since = self.asked.get(host).map(Instant::elapsed);
        let left = since.map_or(Duration::ZERO, |since| {
            self.bounds.gap.saturating_sub(since)
        });
        if !left.is_zero() {
            (self.surroundings.pause)(left);
        }
        left
    }

    /// Remembers that hosts were asked; those whose gap is over are forgotten.
    fn remember(&mut self, hosts: Vec<String>) {
        let gap = self.bounds.gap;
        self.asked.retain(|_, at| at.elapsed() < gap);
        let now = Instant::now();
        self.asked.extend(hosts.into_iter().map(|host| (host, now)));
    }
}

/// Where one page led: the addresses that led on, and all hosts that were asked.
#[derive(Default)]
struct Way {
    redirects: Vec<Address>,
    hosts: Vec<String>,
}

/// What one question came to.
enum Step {
    Page(Answer),
    LedTo(Address),
}

fn location(answer: &Answer) -> Option<&[u8]> {
    answer.fields.get("location").map(|value| value.as_bytes())
}

fn next(address: &Address, location: &[u8]) -> Result<Address, NotFetched> {
    address
        .led_to(location)
        .map_err(|fault| NotFetched::LedAstray {
            address: address.to_string(),
            to: shown(&field::text(location)),
            why: match fault {
                Fault::Scheme => "that is no address of the web".to_owned(),
                other => other.to_string(),
            },
        })
}

fn refused(address: &Address, answer: &Answer) -> NotFetched {
    NotFetched::Refused {
        address: address.to_string(),
        status: answer.status,
        retry_after: field::retry_after(&answer.fields),
    }
}

/// Rules that were cut, without the line that was torn.
fn whole_lines(body: &body::Body) -> &[u8] {
    let last = body.bytes.iter().rposition(|b| matches!(b, b'\n' | b'\r'));
    let end = if body.is_cut {
        last.unwrap_or(0)
    } else {
        body.bytes.len()
    };
    &body.bytes[..end]
}
