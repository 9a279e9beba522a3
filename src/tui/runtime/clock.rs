//! Times and chance, for layers that may have neither.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Instant, SystemTime};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::annotations::Time;
use crate::review::Moment;
use crate::text::Day;

/// Gives moments and knows since when the card is shown.
pub(in crate::tui) struct Clock {
    zone: TimeZone,
    card: Option<String>,
    since: Instant,
}

impl Default for Clock {
    fn default() -> Clock {
        Clock {
            zone: TimeZone::system(),
            card: None,
            since: Instant::now(),
        }
    }
}

impl Clock {
    /// The moment at hand.
    pub(super) fn moment(&self) -> Moment {
        let now = Timestamp::now();
        Moment {
            now: time_of(now),
            day: day_of(now, &self.zone),
            fresh: fresh(),
            seconds: self
                .card
                .as_ref()
                .map(|_| self.since.elapsed().as_secs_f32()),
        }
    }

    /// A frame with this card is on the screen.
    pub(super) fn shown(&mut self, card: Option<String>) {
        if self.card != card {
            self.card = card;
            self.since = Instant::now();
        }
    }
}

/// The time of a file, as files spell times; empty if there is no such time.
pub(super) fn spelled(time: SystemTime) -> String {
    Timestamp::try_from(time)
        .map_or_else(|_| String::new(), |time| time_of(time).as_str().to_owned())
}

/// RFC 3339 in UTC, whole seconds, `Z`.
fn time_of(moment: Timestamp) -> Time {
    Time::new(moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// The day that a moment belongs to in a zone.
fn day_of(moment: Timestamp, zone: &TimeZone) -> Option<Day> {
    Day::of(&zone.to_datetime(moment).date().to_string())
}

/// Random bits for ids. Without the system's, those that std seeds its maps with: an id has
/// to be new, not secret.
fn fresh() -> u64 {
    getrandom::u64().unwrap_or_else(|_| RandomState::new().build_hasher().finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spelled_as_files_have_them() {
        let moment = Timestamp::from_millisecond(1_700_000_000_999).expect("in range");
        assert_eq!(time_of(moment).as_str(), "2023-11-14T22:13:20Z");
    }

    #[test]
    fn the_day_is_that_of_the_reviewer() {
        let moment = Timestamp::from_second(1_700_000_000).expect("in range");
        for (hours, day) in [(-12, "2023-11-14"), (0, "2023-11-14"), (2, "2023-11-15")] {
            let zone = TimeZone::fixed(jiff::tz::offset(hours));
            assert_eq!(day_of(moment, &zone), Day::of(day), "{hours}");
        }
    }

    #[test]
    fn chance_differs() {
        assert_ne!(fresh(), fresh());
    }

    #[test]
    fn time_counts_from_when_the_card_was_first_shown() {
        let mut clock = Clock::default();
        assert_eq!(clock.moment().seconds, None);
        clock.shown(Some("a".into()));
        let since = clock.since;
        clock.shown(Some("a".into()));
        assert_eq!(clock.since, since, "the same card goes on");
        assert!(clock.moment().seconds.is_some());
        clock.shown(None);
        assert_eq!(clock.moment().seconds, None);
    }
}
