//! The day or time at which an entry appeared, as feeds and tables write it.

use mail_parser::DateTime;

use crate::text::day_of;

/// Bytes of the longest date; what is longer is none.
const LONGEST: usize = 80;

/// A day or a time of RFC 3339; `None` where no day is clearly said.
pub(super) fn published(words: &str) -> Option<String> {
    let words = words.trim();
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    let time = match is_internet_time(words) {
        true => DateTime::parse_rfc3339(words),
        false => DateTime::parse_rfc822(words),
    };
    let day = day_of(words);
    let time = time
        .filter(DateTime::is_valid)
        .map(|time| time.to_rfc3339());
    // A time counts where both readers find the same day in it.
    time.filter(|time| day.as_ref().is_some_and(|day| time.starts_with(day)))
        .or(day)
}

/// Whether words begin as `2026-03-03T09:00:00`, which leaves no room for figures left off.
fn is_internet_time(words: &str) -> bool {
    let shape = b"0000-00-00T00:00:00";
    words.len() > shape.len()
        && words.bytes().zip(shape).all(|(byte, sign)| match sign {
            b'0' => byte.is_ascii_digit(),
            _ => byte == *sign,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_feeds_write_them() {
        let cases = [
            (
                "Tue, 03 Mar 2026 09:00:05 +0100",
                Some("2026-03-03T09:00:05+01:00"),
            ),
            ("3 Mar 2026 09:00:00 GMT", Some("2026-03-03T09:00:00Z")),
            (
                "Tue, 03 Mar 2026 09:00:00 EST",
                Some("2026-03-03T09:00:00-05:00"),
            ),
            (" 2026-03-03T09:00:00Z ", Some("2026-03-03T09:00:00Z")),
            (
                "2026-03-03T09:00:00.123-03:30",
                Some("2026-03-03T09:00:00-03:30"),
            ),
            ("2026-03-03T09:00+01:00", Some("2026-03-03")),
            ("2026-03-03", Some("2026-03-03")),
            ("2026-03-03 09:00:00", Some("2026-03-03")),
            ("March 3, 2026", Some("2026-03-03")),
            ("20260303", Some("2026-03-03")),
            ("2026-02-31T09:00:00Z", None),
            ("31 Feb 2026 09:00:00 GMT", None),
            ("2026-03", None),
            ("4/5/2026", None),
            ("soon", None),
            ("", None),
        ];
        for (words, expected) in cases {
            assert_eq!(published(words).as_deref(), expected, "{words}");
        }
        assert_eq!(published(&"2026-03-03 ".repeat(20)), None);
    }
}
