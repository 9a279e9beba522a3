//! What can be the name of a person, and of an outlet.

/// Names one after the other, each once.
pub(in crate::ingest) fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = Vec::new();
    for name in names
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .take(20)
    {
        if !known.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            known.push(name);
        }
    }
    known.join(", ")
}

/// Words in the middle of a name that begin small.
const PARTICLES: [&str; 22] = [
    "al", "ap", "ben", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di", "dos",
    "du", "el", "la", "le", "ter", "van", "von", "zu",
];

/// Words that begin with a capital and are no part of a name.
const NO_NAMES: [&str; 44] = [
    "a",
    "an",
    "and",
    "at",
    "for",
    "from",
    "in",
    "my",
    "of",
    "on",
    "our",
    "the",
    "this",
    "to",
    "with",
    "your",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "today",
    "staff",
    "writer",
    "reporter",
    "correspondent",
    "editor",
    "editors",
    "newsroom",
    "admin",
    "contributor",
    "early",
];

/// Words of which one at least stands in most names of outlets.
const OUTLETS: [&str; 21] = [
    "news",
    "times",
    "courier",
    "herald",
    "guardian",
    "tribune",
    "gazette",
    "journal",
    "chronicle",
    "daily",
    "weekly",
    "observer",
    "independent",
    "telegraph",
    "examiner",
    "bulletin",
    "dispatch",
    "sentinel",
    "magazine",
    "broadcasting",
    "agency",
];

/// The same, but people are called by them too.
const SURNAMES: [&str; 11] = [
    "post", "press", "standard", "mail", "mirror", "globe", "argus", "record", "star", "radio",
    "today",
];

/// Outlets of one word.
const SINGLE: [&str; 7] = [
    "bbc",
    "cnn",
    "npr",
    "politico",
    "newsweek",
    "guardian",
    "economist",
];

/// Agencies by their short names.
const AGENCIES: [&str; 14] = [
    "ap",
    "afp",
    "dpa",
    "upi",
    "pti",
    "ians",
    "ansa",
    "efe",
    "tass",
    "xinhua",
    "reuters",
    "bloomberg",
    "kyodo",
    "interfax",
];

/// Whether the words are the name of a person: two to five words that begin with capitals.
pub(super) fn is_person(words: &str) -> bool {
    let parts: Vec<&str> = words.split(' ').collect();
    if !(2..=5).contains(&parts.len()) || is_outlet(words) {
        return false;
    }
    let is_part = |(at, part): (usize, &&str)| {
        let lower = part.to_lowercase();
        let inside = at > 0 && at + 1 < parts.len();
        let begins = part.chars().next().is_some_and(char::is_uppercase);
        let spelt = part
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        let stops = part.trim_end_matches('.').chars().count() <= 3 || !part.ends_with('.');
        (begins || inside && PARTICLES.contains(&&*lower))
            && spelt
            && stops
            && !NO_NAMES.contains(&&*lower)
    };
    parts.iter().enumerate().all(is_part)
}

/// Whether the words are the name of an outlet beyond doubt: an agency, or capitals with one of
/// the words that papers are called by.
pub(in crate::ingest) fn is_outlet(words: &str) -> bool {
    let parts: Vec<&str> = words.split(' ').collect();
    let plain = |part: &str| {
        let part = part.trim_matches(|c: char| !c.is_alphanumeric());
        part.to_lowercase()
    };
    if let [word] = parts[..] {
        let is_capital = word.chars().next().is_some_and(char::is_uppercase);
        return is_agency(word) || is_capital && SINGLE.contains(&&*plain(word));
    }
    let is_capital = |part: &str| {
        part.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c == '&')
    };
    let is_named = |part: &str| is_capital(part) || ["of", "the", "and", "de"].contains(&part);
    let is_paper = |part: &str| OUTLETS.contains(&&*plain(part));
    // Emily Post is a person, The Daily Post is none.
    let is_sure = parts[0].eq_ignore_ascii_case("the") || parts[0] == "Associated";
    let is_perhaps = |part: &str| is_sure && SURNAMES.contains(&&*plain(part));
    parts.len() <= 6
        && parts.iter().all(|part| is_named(part))
        && parts.iter().any(|part| is_paper(part) || is_perhaps(part))
}

/// Whether a word is what an agency is called in datelines.
pub(super) fn is_agency(words: &str) -> bool {
    words.chars().next().is_some_and(char::is_uppercase)
        && AGENCIES.contains(&&*words.to_lowercase())
}
