//! How long fetching may take and how much of an answer is taken.

use std::time::Duration;

/// How long, how much and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// From the first question to the last byte, over all redirects and rules of robots. A wait
    /// for the gap between two pages is not counted.
    pub time: Duration,
    /// Until a connection stands; names are looked up and keys agreed on within it.
    pub connect: Duration,
    /// Bytes of a page, once packed and once unpacked; more are an error.
    pub bytes: u64,
    /// Bytes of the status line and fields before a page.
    pub head: usize,
    /// How often a page may lead on to another address.
    pub redirects: usize,
    /// Between two pages of one host. What one page needs (its rules, its redirects) follows at
    /// once.
    pub gap: Duration,
    /// For a `robots.txt`, within `time`.
    pub robots_time: Duration,
    /// Bytes of a `robots.txt`; what stands behind them is not read.
    pub robots_bytes: u64,
    /// How often a `robots.txt` may lead on: five, as RFC 9309 asks.
    pub robots_redirects: usize,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds {
            time: Duration::from_secs(30),
            connect: Duration::from_secs(10),
            bytes: 20_000_000,
            head: 64 * 1024,
            redirects: 10,
            gap: Duration::from_secs(1),
            robots_time: Duration::from_secs(10),
            robots_bytes: 500_000,
            robots_redirects: 5,
        }
    }
}
