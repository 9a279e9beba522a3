//! The cues of a transcript with their times.

/// A cue: when it is shown, and its lines.
pub(super) struct Cue<'t> {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) lines: Vec<&'t str>,
}

/// Runs of lines without a blank one between.
pub(super) fn blocks(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        while lines.next_if(|line| line.trim().is_empty()).is_some() {}
        let mut block = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.trim().is_empty()) {
            block.push(line);
        }
        (!block.is_empty()).then_some(block)
    })
}

/// The cue of a block: a line with its times, after a name or number or none; headers, notes and
/// styles have no such line.
pub(super) fn cue(mut block: Vec<&str>) -> Option<Cue<'_>> {
    let at = block.iter().take(2).position(|line| line.contains("-->"))?;
    let (from, to) = block[at].split_once("-->")?;
    let start = time(from.trim())?;
    let end = time(to.split_whitespace().next()?)?;
    Some(Cue {
        start,
        end,
        lines: block.split_off(at + 1),
    })
}

/// `00:41:07.250`, `41:07.250` or `00:41:07,250`, in thousandths of a second.
fn time(words: &str) -> Option<u64> {
    let (whole, fraction) = words.split_once(['.', ',']).unwrap_or((words, "0"));
    let mut seconds = 0u64;
    let mut parts = 0;
    for part in whole.split(':') {
        let part: u64 = part.parse().ok().filter(|_| part.len() <= 6)?;
        seconds = seconds * 60 + part;
        parts += 1;
    }
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    ((2..=3).contains(&parts)).then_some(seconds * 1000 + fraction.parse::<u64>().ok()?)
}
