//! The rules of a `robots.txt` (RFC 9309): which addresses of its site a program may fetch.
//!
//! Groups of one name count together, the longest rule decides, and of two of one length the one
//! that allows. Each step is linear in the rules and in the address: a pattern is looked for
//! piece by piece and never tried again.

/// The rules that count for one program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rules(Vec<Rule>);

/// One line that allows or forbids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    allows: bool,
    pattern: String,
    /// Its line in the file, counted from 1.
    pub(super) line: usize,
}

impl Rule {
    /// The line as it counts.
    pub(super) fn text(&self) -> String {
        let key = if self.allows { "Allow" } else { "Disallow" };
        format!("{key}: {}", self.pattern)
    }

    /// Whether it is about a path. A `*` stands for anything: the first place where the next piece
    /// is found leaves most for the others, so no other needs to be tried.
    fn matches(&self, path: &str) -> bool {
        let (pattern, is_whole) = match self.pattern.strip_suffix('$') {
            Some(pattern) => (pattern, true),
            None => (self.pattern.as_str(), false),
        };
        let (first, rest) = pattern.split_once('*').unwrap_or((pattern, ""));
        let Some(mut left) = path.strip_prefix(first) else {
            return false;
        };
        if pattern.len() == first.len() {
            return !is_whole || left.is_empty();
        }
        let (between, last) = rest.rsplit_once('*').unwrap_or(("", rest));
        for piece in between.split('*') {
            let Some(at) = left.find(piece) else {
                return false;
            };
            left = &left[at + piece.len()..];
        }
        if is_whole {
            left.ends_with(last)
        } else {
            left.contains(last)
        }
    }
}

impl Rules {
    /// Reads the rules for a program of this name; where none name it, those for all.
    pub(super) fn read(bytes: &[u8], name: &str) -> Rules {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let (mut own, mut everybodys) = (None, Vec::new());
        let (mut is_own, mut is_everybodys, mut are_names_over) = (false, false, true);
        for (at, line) in lines(bytes).enumerate() {
            let Some((key, value)) = key_and_value(line) else {
                continue;
            };
            if key.eq_ignore_ascii_case(b"user-agent") {
                if are_names_over {
                    (is_own, is_everybodys, are_names_over) = (false, false, false);
                }
                if is_named(value, name) {
                    is_own = true;
                    own.get_or_insert_with(Vec::new);
                }
                is_everybodys |= matches!(value, [b'*'] | [b'*', b' ' | b'\t', ..]);
                continue;
            }
            let allows = key.eq_ignore_ascii_case(b"allow");
            if !allows && !key.eq_ignore_ascii_case(b"disallow") {
                continue;
            }
            are_names_over = true;
            let rule = Rule {
                allows,
                pattern: in_one_form(value),
                line: at + 1,
            };
            // An empty rule is about nothing.
            if rule.pattern.is_empty() {
                continue;
            }
            if let (true, Some(own)) = (is_own, own.as_mut()) {
                own.push(rule.clone());
            }
            if is_everybodys {
                everybodys.push(rule);
            }
        }
        Rules(own.unwrap_or(everybodys))
    }

    /// The rule that keeps the program from a path and its query.
    pub(super) fn against(&self, path: &str) -> Option<&Rule> {
        let path = in_one_form(path.as_bytes());
        let strength = |rule: &&Rule| (rule.pattern.len(), rule.allows);
        let about_it = self.0.iter().filter(|rule| rule.matches(&path));
        // Of equal ones the first, which is the one a person finds.
        let deciding = about_it.rev().max_by_key(strength)?;
        (!deciding.allows).then_some(deciding)
    }
}

/// Lines that end as on any system.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = bytes.split(|b| *b == b'\n');
    lines.flat_map(|line| {
        line.strip_suffix(b"\r")
            .unwrap_or(line)
            .split(|b| *b == b'\r')
    })
}

/// What stands before and behind the `:` of a line, its comment left out.
fn key_and_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.split(|b| *b == b'#').next()?;
    let colon = line.iter().position(|b| *b == b':')?;
    let (key, value) = line.split_at(colon);
    Some((key.trim_ascii(), value[1..].trim_ascii()))
}

/// Whether a group is for a program: its name up to a version or the like, in any case.
fn is_named(value: &[u8], name: &str) -> bool {
    let is_of_a_name = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_');
    let end = value.iter().position(|b| !is_of_a_name(b));
    let value = &value[..end.unwrap_or(value.len())];
    !value.is_empty() && value.eq_ignore_ascii_case(name.as_bytes())
}

/// A path or pattern in the form in which two are compared: letters that need no `%` without it,
/// all other bytes that are not visible ASCII with it.
fn in_one_form(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |b: u8| char::from(DIGITS[usize::from(b & 15)]);
    let mut form = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        let packed = match after {
            [high, low, ..] if *byte == b'%' => value(*high).zip(value(*low)),
            _ => None,
        };
        let (byte, is_packed) = match packed {
            Some((high, low)) => (high << 4 | low, true),
            None => (*byte, false),
        };
        rest = if is_packed { &after[2..] } else { after };
        let is_free = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if is_free || !is_packed && byte.is_ascii_graphic() {
            form.push(char::from(byte));
        } else {
            form.extend(['%', digit(byte >> 4), digit(byte)]);
        }
    }
    form
}

/// The value of a digit of base 16.
fn value(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|it| u8::try_from(it).ok())
}

#[cfg(test)]
mod tests;
