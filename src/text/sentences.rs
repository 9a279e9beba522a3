//! Sentences, found in clean text and in text as it reaches a desk.
//!
//! Handles sentence ends glued together ("the case.In yet"), lines broken inside a sentence,
//! initials, abbreviations, headings without a stop, web addresses, decimals and time stamps.
//! What the words of a language tell of it is given as [`Stops`]. Knows nothing of claims. One pass over the text.

use super::Span;

mod stops;

pub use stops::Stops;

/// The sentences of `text` in order, without the white space around them. They do not
/// overlap, and together they cover all that is not white space.
pub fn sentences(text: &str, stops: &Stops) -> Vec<Span> {
    sentences_counted(text, stops).0
}

/// The sentences, and how many bytes were looked at ahead of their place to find them.
pub fn sentences_counted(text: &str, stops: &Stops) -> (Vec<Span>, u64) {
    let mut found = Vec::new();
    let mut looked = 0;
    for block in blocks(text) {
        let mut ahead = Ahead::new(text, block, stops);
        let wrapped = is_wrapped(block.of(text));
        let mut start = block.start;
        for end in ends(&mut ahead, wrapped) {
            push(text, Span::new(start, end), &mut found);
            start = end;
        }
        push(text, Span::new(start, block.end), &mut found);
        looked += ahead.looked;
    }
    (found, looked)
}

fn push(text: &str, span: Span, found: &mut Vec<Span>) {
    let span = span.trimmed(text);
    if !span.is_empty() {
        found.push(span);
    }
}

/// Stretches between blank lines.
fn blocks(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim().is_empty() {
            found.push(Span::new(start, at));
            start = at;
        }
    }
    found.push(Span::new(start, text.len()));
    found
}

/// Whether the lines of a block were broken at a fixed width: then a line end means nothing.
fn is_wrapped(block: &str) -> bool {
    let mut lines = block.lines().map(|l| l.chars().count()).collect::<Vec<_>>();
    lines.pop();
    let (Some(least), Some(most)) = (lines.iter().min(), lines.iter().max()) else {
        return false;
    };
    *least >= 45 && *most <= 110 && most - least <= 25
}

/// A run that was looked through: from every place in it one comes to its end.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    from: usize,
    to: usize,
}

/// A block with what is known of what stands ahead in it: the stops of a long run all look at
/// the same, and it is looked at once.
struct Ahead<'a> {
    text: &'a str,
    block: Span,
    stops: &'a Stops,
    closers: Run,
    blanks: Run,
    no_words: Run,
    /// Where a speaker was looked for last, and whether there is one.
    speaker: (usize, bool),
    looked: u64,
}

impl<'a> Ahead<'a> {
    fn new(text: &'a str, block: Span, stops: &'a Stops) -> Ahead<'a> {
        let none = Run {
            from: usize::MAX,
            to: 0,
        };
        Ahead {
            text,
            block,
            stops,
            closers: none,
            blanks: none,
            no_words: none,
            speaker: (usize::MAX, false),
            looked: 0,
        }
    }

    fn rest(&self, at: usize) -> &'a str {
        &self.text[at..self.block.end]
    }

    /// Where the run of such things that `length` measures ends, if one is at `at`.
    fn behind(&mut self, known: Run, at: usize, length: impl Fn(&str) -> usize) -> Run {
        if (known.from..=known.to).contains(&at) {
            return known;
        }
        let length = length(self.rest(at));
        self.looked += length as u64;
        Run {
            from: at,
            to: at + length,
        }
    }

    fn behind_closers(&mut self, at: usize) -> usize {
        self.closers = self.behind(self.closers, at, |rest| closers(rest, false));
        self.closers.to
    }

    fn behind_blanks(&mut self, at: usize) -> usize {
        let blanks = |rest: &str| rest.len() - rest.trim_start().len();
        self.blanks = self.behind(self.blanks, at, blanks);
        self.blanks.to
    }

    /// Where the next word begins.
    fn next_word(&mut self, at: usize) -> usize {
        let before = |rest: &str| rest.find(char::is_alphanumeric).unwrap_or(rest.len());
        self.no_words = self.behind(self.no_words, at, before);
        self.no_words.to
    }

    fn speaker_follows(&mut self, at: usize) -> bool {
        if self.speaker.0 != at {
            self.speaker = (at, speaker_follows(self.stops, self.rest(at)));
        }
        self.speaker.1
    }
}

/// Byte offsets behind each sentence end inside the block, ascending.
fn ends(ahead: &mut Ahead<'_>, wrapped: bool) -> Vec<usize> {
    let (text, block) = (ahead.text, ahead.block);
    let mut found: Vec<usize> = Vec::new();
    let mut passed = block.start;
    for (offset, c) in block.of(text).char_indices() {
        let at = block.start + offset;
        if at < passed {
            continue;
        }
        let end = match c {
            '\n' => line_end(ahead, at, wrapped).then_some(at + 1),
            '.' | '!' | '?' | '…' => {
                // The whole run of stops is judged once.
                let run = text[at..block.end]
                    .find(|c| !is_stop(c))
                    .unwrap_or(block.end - at);
                passed = at + run;
                stop_end(ahead, at, at + run)
            }
            '。' | '！' | '？' | '｡' | '।' | '॥' | '؟' | '۔' => {
                let mark_end = at + c.len_utf8();
                Some(mark_end + closers(&text[mark_end..block.end], true))
            }
            _ => None,
        };
        if let Some(end) = end {
            found.push(end);
            passed = end;
        }
    }
    found
}

/// Bytes of the closing quotation marks and brackets at the start of `rest`; a straight mark
/// counts unless it is glued to a word (`sure` says that the sentence ends anyway).
fn closers(rest: &str, sure: bool) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, n)| *n);
        let closes = match c {
            ')' | ']' | '}' | '”' | '»' | '」' | '』' | '）' | '.' | '!' | '?' => true,
            '’' | '“' | '«' => next.is_none_or(|n| !n.is_alphanumeric()),
            '"' | '\'' => sure || next.is_none_or(|n| !n.is_alphanumeric() || n.is_uppercase()),
            _ => false,
        };
        if !closes {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Whether the line end at `at` ends a sentence.
fn line_end(ahead: &Ahead<'_>, at: usize, wrapped: bool) -> bool {
    let (text, block) = (ahead.text, ahead.block);
    let line_start = text[block.start..at]
        .rfind('\n')
        .map_or(block.start, |n| block.start + n + 1);
    let line = text[line_start..at].trim();
    let next = text[at + 1..block.end].trim_start();
    let Some(first) = next.chars().next() else {
        return false;
    };
    if line.is_empty() || first.is_lowercase() {
        return false;
    }
    if wrapped || line.ends_with([',', '-', '–', '—', '(', '&']) {
        return matches!(first, '-' | '*' | '•' | '#') && !line.ends_with(',');
    }
    // A line that stops at a word no line of its own stops at was broken by accident.
    let last = line
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    !ahead.stops.running_on.contains(last)
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// The end behind the stops from `at` to `after`, if they end a sentence.
fn stop_end(ahead: &mut Ahead<'_>, at: usize, after: usize) -> Option<usize> {
    let (text, block) = (ahead.text, ahead.block);
    let single = &text[at..after] == ".";
    let end = ahead.behind_closers(after);
    let rest = ahead.rest(end);
    let Some(next) = rest.chars().next() else {
        return Some(end);
    };
    let before = last_word(&text[block.start..at]);
    if !next.is_whitespace() {
        return glued(ahead.stops, before, rest, next, end > after).then_some(end);
    }
    let following = ahead.behind_blanks(end);
    let Some(first) = ahead.rest(following).chars().next() else {
        return Some(end);
    };
    if first.is_lowercase() {
        return None;
    }
    if matches!(first, ',' | ';' | ')' | ']' | '”' | ':') {
        return None;
    }
    if single && end == after {
        return ends_here(ahead, before, following).then_some(end);
    }
    if !single && end > after && ahead.speaker_follows(following) {
        return None;
    }
    Some(end)
}

/// Whether a stop directly followed by `next` ends a sentence all the same.
fn glued(stops: &Stops, before: &str, rest: &str, next: char, closed: bool) -> bool {
    let word: &str = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    if matches!(next, '“' | '«' | '„' | '「') {
        return true;
    }
    if !next.is_uppercase() {
        return false;
    }
    if closed {
        return true;
    }
    let letters = before.chars().count();
    // "U.S", "J.K" and "Ph.D" are one word; so are names of programs and sites ("Node.Js").
    let whole_word =
        word.chars().count() >= 2 || stops.starters.contains(word.to_lowercase().as_str());
    letters >= 2
        && !before.contains('.')
        && whole_word
        && !stops.titles.contains(before.to_lowercase().as_str())
}

/// Whether a single full stop behind `before` ends the sentence, `at` being where the text goes
/// on behind the white space.
fn ends_here(ahead: &mut Ahead<'_>, before: &str, at: usize) -> bool {
    let following = ahead.rest(at);
    let lower = before.to_lowercase();
    let stops = ahead.stops;
    if stops.titles.contains(lower.as_str()) {
        // "No." is an answer when no number follows.
        return stops.answers.contains(lower.as_str())
            && !following.starts_with(|c: char| c.is_numeric());
    }
    // Longer than any word that begins sentences.
    let word = ahead.next_word(at);
    let next: String = ahead
        .rest(word)
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .take(24)
        .collect();
    let starter = next.chars().next().is_some_and(char::is_uppercase)
        && stops.starters.contains(next.to_lowercase().as_str());
    let initial = before.chars().count() == 1 && before.chars().all(char::is_uppercase);
    if initial {
        return starter;
    }
    if stops.perhaps.contains(lower.as_str()) || before.contains('.') {
        let quoted = following.starts_with(['"', '“', '«']);
        return starter || quoted;
    }
    true
}

/// Whether “…?” is followed by its speaker, as in: “Why?” Ann Smith asked.
fn speaker_follows(stops: &Stops, following: &str) -> bool {
    for (names, word) in following.split([' ', '\n']).take(5).enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if stops.speaking.contains(bare) {
            return names > 0;
        }
        if !bare.starts_with(char::is_uppercase) || stops.starters.contains(bare) {
            return false;
        }
    }
    false
}

/// The letters, digits and inner stops right before a full stop.
fn last_word(before: &str) -> &str {
    // An abbreviation is short; looking back further would cost time on long runs.
    let mut start = before.len();
    for (at, c) in before.char_indices().rev().take(24) {
        if !(c.is_alphanumeric() || c == '.') {
            break;
        }
        start = at;
    }
    before[start..].trim_start_matches('.')
}

#[cfg(test)]
mod tests;
