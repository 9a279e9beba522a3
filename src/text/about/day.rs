//! The day in a date as people and programs write it.
//!
//! Only what can be one day alone: 4/5/2024 is in April for some and in May for others, so it
//! is none. Names of months are English.

use jiff::civil::Date;

/// Months in their order; three letters or more of one stand for it.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Years that articles are from.
const YEARS: std::ops::RangeInclusive<i16> = 1400..=2200;

/// The first day that `words` name, as `YYYY-MM-DD`; `None` if there is none or it may be
/// another.
pub fn day_of(words: &str) -> Option<String> {
    // Dates are short; a text that is not is none.
    let words = words.get(..words.len().min(200)).unwrap_or("");
    let compact = words.len() == 8 && words.bytes().all(|byte| byte.is_ascii_digit());
    if compact {
        return day(&words[..4], &words[4..6], &words[6..]);
    }
    let parts: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || c == ',' || c == '(' || c == ')')
        .filter(|part| !part.is_empty())
        .collect();
    (0..parts.len()).find_map(|at| in_figures(parts[at]).or_else(|| in_words(&parts[at..])))
}

/// Days from one day to another, each written `YYYY-MM-DD`, with or without a time behind it.
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    let day = |words: &str| words.get(..10)?.parse::<Date>().ok();
    let days = day(to)? - day(from)?;
    Some(days.get_days().into())
}

/// `2024-05-12T10:31Z`, `12.5.2024`, `13/5/2024`.
fn in_figures(part: &str) -> Option<String> {
    let separator = part.find(['-', '/', '.'])?;
    let separator = part[separator..].chars().next()?;
    let mut pieces = part.splitn(3, separator);
    let (first, second, third) = (pieces.next()?, pieces.next()?, pieces.next()?);
    let digits = third.bytes().take_while(u8::is_ascii_digit).count();
    let (third, rest) = third.split_at(digits);
    let ends = rest.is_empty() || rest.starts_with(['T', 't', '.', ';']);
    if !ends {
        return None;
    }
    if first.len() == 4 {
        return day(first, second, third);
    }
    if third.len() != 4 {
        return None;
    }
    match separator {
        '.' => day(third, second, first),
        // Which of two is the month is told by its being the only one that can.
        '/' => match (day(third, second, first), day(third, first, second)) {
            (Some(one), Some(other)) => (one == other).then_some(one),
            (one, other) => one.or(other),
        },
        _ => None,
    }
}

/// `12 May 2024`, `12th of May, 2024`, `May 12 2024`.
fn in_words(parts: &[&str]) -> Option<String> {
    let parts: Vec<&str> = parts
        .iter()
        .take(4)
        .filter(|part| !part.eq_ignore_ascii_case("of"))
        .copied()
        .collect();
    let [first, second, third, ..] = parts[..] else {
        return None;
    };
    let year = third.trim_end_matches(['.', ';', ':']);
    if let Some(month) = month_of(first) {
        return day(year, &month.to_string(), in_month(second));
    }
    day(year, &month_of(second)?.to_string(), in_month(first))
}

/// A day of a month without what makes it an ordinal.
fn in_month(word: &str) -> &str {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match word[digits..].to_ascii_lowercase().as_str() {
        "" | "." | "st" | "nd" | "rd" | "th" => &word[..digits],
        _ => "",
    }
}

/// The number of a month, 1 to 12, by its name or the beginning of that.
pub fn month_of(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let begins = |name: &str| word.len() >= 3 && name.starts_with(&word);
    let at = match word.as_str() {
        "sept" => 8,
        _ => MONTHS.iter().position(|name| begins(name))?,
    };
    Some(at as i8 + 1)
}

fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let number = |text: &str, most: usize| {
        let is_number =
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<i16>().ok()).flatten()
    };
    let year = number(year, 4).filter(|year| YEARS.contains(year))?;
    let [month, day] = [month, day].map(|text| number(text, 2).map(|number| number as i8));
    let date = Date::new(year, month?, day?).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_where_it_can_only_be_one() {
        for (words, is) in [
            ("2024-05-12", "2024-05-12"),
            ("2024-05-12T10:31:00-04:00", "2024-05-12"),
            ("2024/5/2 10:31", "2024-05-02"),
            ("20240512", "2024-05-12"),
            ("12 May 2024, 10:31 a.m. ET", "2024-05-12"),
            ("Sunday, 12th of May, 2024", "2024-05-12"),
            ("May 12, 2024", "2024-05-12"),
            ("Sept. 3rd 2024", "2024-09-03"),
            ("Tue, 03 Sep 2024 08:00:00 GMT", "2024-09-03"),
            ("12.5.2024", "2024-05-12"),
            ("5/12/2024", ""),
            ("5/13/2024", "2024-05-13"),
            ("13/5/2024", "2024-05-13"),
            ("5/5/2024", "2024-05-05"),
            ("31 June 2024", ""),
            ("March 4", ""),
            ("May 2024", ""),
            ("Mayor 12 2024", ""),
            ("2024-05-12345", ""),
            ("12 May 24", ""),
            ("999-05-12", ""),
            ("", ""),
        ] {
            assert_eq!(day_of(words).unwrap_or_default(), is, "{words:?}");
        }
    }
}
