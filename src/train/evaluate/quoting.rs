//! Whether a content is a quotation: by its marks and by the paragraph it stands in.
//!
//! A count of its own rather than the detector's reading of quotations: a scorer must not
//! share the mistakes of what it judges.

use super::Points;

/// White space that parts words; four more separators than Unicode's property.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// What quotation marks say about a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoting {
    /// It holds a double quotation mark.
    pub(super) holds_mark: bool,
    /// It holds one or stands beside one.
    pub(super) touches_mark: bool,
    /// It touches one, and every piece of two words or more stands within quotation marks.
    pub(super) is_whole: bool,
}

impl Quoting {
    /// Looks at a content; `inside` as [`inside`] gives it.
    pub(super) fn of(content: &[Points], text: &[char], inside: &[bool]) -> Quoting {
        let within = |start: usize, end: usize| {
            let end = end.min(text.len());
            start.min(end)..end
        };
        let marked = |start, end| has_mark(&text[within(start, end)]);
        let touches_mark = content
            .iter()
            .any(|(start, end)| marked(start.saturating_sub(1), end.saturating_add(1)));
        let mut long = content
            .iter()
            .map(|(start, end)| within(*start, *end))
            .filter(|range| has_two_words(&text[range.clone()]))
            .peekable();
        Quoting {
            holds_mark: content.iter().any(|(start, end)| marked(*start, *end)),
            touches_mark,
            is_whole: touches_mark
                && long.peek().is_some()
                && long.all(|range| {
                    let letters = || range.clone().filter(|k| text[*k].is_alphanumeric());
                    let count = letters().count();
                    let quoted = letters().filter(|k| inside[*k]).count();
                    count > 0 && quoted as f64 >= 0.95 * count as f64
                }),
        }
    }
}

fn has_mark(part: &[char]) -> bool {
    part.iter()
        .any(|c| matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»'))
        || part
            .windows(2)
            .any(|two| matches!(two, ['`', '`'] | ['\'', '\'']))
}

fn has_two_words(part: &[char]) -> bool {
    part.split(|c| is_space(*c))
        .filter(|word| !word.is_empty())
        .nth(1)
        .is_some()
}

/// For every character whether it stands in a quotation opened in the same paragraph, the
/// marks included. A doubled single mark counts as one straight double mark.
pub(super) fn inside(text: &[char]) -> Vec<bool> {
    let mut inside = vec![false; text.len()];
    let mut open = false;
    for (k, c) in text.iter().enumerate() {
        let doubled =
            matches!(c, '\'' | '`') && text.get(k + 1) == Some(c) && !(k > 0 && text[k - 1] == *c);
        match c {
            '\n' => open = false,
            '“' | '„' | '«' => {
                open = true;
                inside[k] = true;
            }
            '”' | '»' => {
                open = false;
                inside[k] = true;
            }
            _ if *c == '"' || doubled => {
                open = !open;
                inside[k] = true;
            }
            _ => inside[k] = open,
        }
    }
    inside
}
