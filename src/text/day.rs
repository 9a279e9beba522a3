//! A day of the calendar, and the days, months and years counted from it.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// A day of the calendar; as text it is `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// The day that `YYYY-MM-DD` names, if there is one.
    pub fn of(words: &str) -> Option<Day> {
        words.parse().ok().map(Day)
    }

    /// So many days later.
    pub fn later(self, days: i64) -> Option<Day> {
        self.0.checked_add(days.days()).ok().map(Day)
    }

    /// The last day before this one, or this one, that is the given day of the week, counted
    /// from Monday, 0.
    pub fn last(self, weekday: i64) -> Option<Day> {
        let here = i64::from(self.0.weekday().to_monday_zero_offset());
        self.later(-(here - weekday).rem_euclid(7))
    }

    /// The first such day behind this one.
    pub fn next(self, weekday: i64) -> Option<Day> {
        self.last(weekday)?.later(7)
    }

    /// The month so many later, as `YYYY-MM`.
    pub fn month(self, later: i64) -> Option<String> {
        let first = self.0.first_of_month();
        let date = first.checked_add(later.months()).ok()?;
        Some(format!("{:04}-{:02}", date.year(), date.month()))
    }

    /// The year so many later.
    pub fn year(self, later: i64) -> String {
        (i64::from(self.0.year()) + later).to_string()
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_a_day() {
        let wednesday = Day::of("2018-02-28").expect("a day");
        let shown = |day: Option<Day>| day.expect("a day").to_string();
        assert_eq!(shown(wednesday.last(0)), "2018-02-26");
        assert_eq!(shown(wednesday.last(2)), "2018-02-28");
        assert_eq!(shown(wednesday.last(3)), "2018-02-22");
        assert_eq!(shown(wednesday.next(2)), "2018-03-07");
        assert_eq!(shown(wednesday.next(3)), "2018-03-01");
        assert_eq!(shown(wednesday.later(1)), "2018-03-01");
        let last = Day::of("2018-01-31").expect("a day");
        assert_eq!(last.month(1).as_deref(), Some("2018-02"));
        assert_eq!(last.month(-1).as_deref(), Some("2017-12"));
        assert_eq!(last.year(-1), "2017");
    }

    #[test]
    fn what_is_no_day_is_none() {
        assert_eq!(Day::of("2018-02-30"), None);
        assert_eq!(Day::of("in May"), None);
        let end = Day::of("9999-12-31").expect("a day");
        assert_eq!(end.later(1), None);
    }
}
