//! Transcripts of recordings, WebVTT (W3C, 2019) and SubRip: cues become turns of speakers, and every
//! word keeps the time at which it was said.
//!
//! A paragraph is a turn: it begins where another speaks, or after a pause at the end of a sentence.
//! A speaker's name stands before her words, as in a printed transcript.

/// What the text layer of a transcript was made by.
pub(super) const EXTRACTOR: &str = "proofmark transcript 1";

/// A pause, in thousandths of a second, after which a paragraph begins at the end of a sentence.
const PAUSE: u64 = 1_500;
/// Bytes of a paragraph after which it ends with a sentence, pause or no pause.
const LONG: usize = 700;

/// Most lines of captions that roll that are on the screen at once.
const SHOWN: usize = 8;

/// A transcript as text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Transcript {
    /// Its turns, a paragraph each.
    pub(super) text: String,
    /// Where in the text words begin that were said at a time: byte, seconds; in order.
    pub(super) times: Vec<(usize, u32)>,
    /// What was left out.
    pub(super) notice: String,
}

/// A cue: when it is shown, and its lines.
struct Cue<'t> {
    start: u64,
    end: u64,
    lines: Vec<&'t str>,
}

/// The text of a transcript; `None` if there is no cue in it.
pub(super) fn text_layer(text: &str) -> Option<Transcript> {
    let mut turns = Turns::default();
    let mut cues = 0;
    for cue in blocks(text).filter_map(cue) {
        cues += 1;
        turns.take(&cue);
    }
    (cues > 0).then(|| turns.finish(cues))
}

/// Runs of lines without a blank one between.
fn blocks(text: &str) -> impl Iterator<Item = Vec<&str>> {
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
fn cue(mut block: Vec<&str>) -> Option<Cue<'_>> {
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

/// The text being put together.
#[derive(Default)]
struct Turns {
    text: String,
    times: Vec<(usize, u32)>,
    /// Where the paragraph at hand begins.
    paragraph: usize,
    /// Who speaks, where that was told.
    speaker: Option<String>,
    /// When the last cue ended.
    ended: u64,
    /// The lines of the last cue, which captions that roll repeat.
    last: Vec<String>,
    /// Cues that tell of a sound and of no word.
    sounds: usize,
}

impl Turns {
    fn take(&mut self, cue: &Cue<'_>) {
        let lines: Vec<Line> = cue.lines.iter().flat_map(|line| line_of(line)).collect();
        let pause = cue.start.saturating_sub(self.ended);
        self.ended = cue.end.max(cue.start);
        let said: Vec<String> = lines.iter().map(|line| line.words.clone()).collect();
        // Captions that roll show each line until the next but one has come.
        let known = (0..=self.last.len().min(said.len()).min(SHOWN)).rev();
        let again = known
            .into_iter()
            .find(|count| self.last.ends_with(&said[..*count]));
        let again = again.filter(|_| pause < PAUSE).unwrap_or(0);
        let mut is_first = true;
        for line in lines.into_iter().skip(again) {
            if is_sound(&line.words) {
                self.sounds += 1;
                continue;
            }
            let has_paused = is_first && pause >= PAUSE;
            is_first = false;
            self.say(line, cue.start, has_paused);
        }
        self.last = said;
    }

    fn say(&mut self, line: Line, start: u64, has_paused: bool) {
        let is_other = match (&line.speaker, &self.speaker) {
            (Some(now), before) => Some(now) != before.as_ref(),
            (None, _) => false,
        };
        let length = self.text.len() - self.paragraph;
        let is_at_end = ends_sentence(&self.text);
        let begins = line.is_turn || is_other || is_at_end && (has_paused || length > LONG);
        if self.text.is_empty() || begins {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.paragraph = self.text.len();
            if line.is_turn && line.speaker.is_none() {
                self.speaker = None;
            }
            if let Some(name) = line.speaker.or(self.speaker.take()) {
                self.times.push((self.text.len(), seconds(start)));
                self.text.push_str(&name);
                self.text.push_str(": ");
                self.speaker = Some(name);
            }
        } else {
            self.text.push(' ');
        }
        self.times.push((self.text.len(), seconds(start)));
        self.text.push_str(&line.words);
    }

    fn finish(mut self, cues: usize) -> Transcript {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let sounds = match self.sounds {
            0 => String::new(),
            1 => "; 1 sound is left out".to_owned(),
            many => format!("; {many} sounds are left out"),
        };
        Transcript {
            notice: format!("the words of {cues} cues of a transcript{sounds}"),
            text: self.text,
            times: self.times,
        }
    }
}

/// Whether a sentence ends where the text does.
fn ends_sentence(text: &str) -> bool {
    let closes = |c: char| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']');
    text.trim_end_matches(closes)
        .ends_with(['.', '!', '?', '…'])
}

fn seconds(thousandths: u64) -> u32 {
    u32::try_from(thousandths / 1000).unwrap_or(u32::MAX)
}

/// What somebody says in a line of a cue.
struct Line {
    speaker: Option<String>,
    /// Whether another begins to speak, named or not.
    is_turn: bool,
    words: String,
}

/// The lines that a line of a cue holds: more than one where several voices are in it.
fn line_of(line: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open = Line {
        speaker: None,
        is_turn: false,
        words: String::new(),
    };
    let line = without_places(line);
    let mut rest = line.as_str();
    while let Some((before, tag, after)) = next_tag(rest) {
        open.words.push_str(before);
        let voice = tag
            .strip_prefix('v')
            .filter(|name| name.starts_with(['.', ' ', '\t']));
        // What stands behind the full stops is a class: `<v.loud Mary>`.
        let name = voice.and_then(|voice| voice.split_once([' ', '\t']));
        if let Some((_, name)) = name {
            lines.push(std::mem::replace(
                &mut open,
                Line {
                    speaker: Some(plain(name)),
                    is_turn: false,
                    words: String::new(),
                },
            ));
        }
        rest = after;
    }
    open.words.push_str(rest);
    lines.push(open);
    let bare = lines.into_iter().map(bare);
    bare.filter(|line| !line.words.is_empty()).collect()
}

/// The next tag of a line: what stands before it, inside it, behind it. A sign that opens none is
/// a sign.
fn next_tag(line: &str) -> Option<(&str, &str, &str)> {
    let opens = |(at, _): &(usize, &str)| {
        let inside = &line[at + 1..];
        inside.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
    };
    let (open, _) = line.match_indices('<').find(opens)?;
    // Where none is closed behind this one, none is at all.
    let (inside, after) = line[open + 1..].split_once('>')?;
    Some((&line[..open], inside, after))
}

/// A line without SubRip's places on the screen: `{\an8}`.
fn without_places(line: &str) -> String {
    let mut rest = line;
    let mut bare = String::with_capacity(line.len());
    while let Some(open) = rest.find("{\\") {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        bare.push_str(&rest[..open]);
        rest = &rest[open + close + 1..];
    }
    bare.push_str(rest);
    bare
}

/// A line with the signs by which captions tell that another speaks, `>>` and `-`, taken off, and the
/// name that may stand behind them.
fn bare(line: Line) -> Line {
    let words = plain(&line.words);
    let dash = || {
        let rest = words.strip_prefix(['-', '–', '—'])?.trim_start();
        // A figure below nought is no turn.
        rest.starts_with(|c: char| !c.is_numeric()).then_some(rest)
    };
    let has_sign = words.starts_with(">>");
    let turn = words.strip_prefix(">>").or_else(dash);
    let turn = turn.map(|rest| rest.trim_start_matches('>').trim_start());
    let is_turn = line.is_turn || turn.is_some();
    let words = turn.unwrap_or(&words).to_owned();
    // Behind a dash “Yes: …” is no name, which behind the other sign nobody writes.
    let is_told = |name: &str| {
        let is_one = !name.contains(' ') && name.contains(char::is_lowercase);
        is_turn && is_name(name) && (has_sign || !is_one)
    };
    let named = words.split_once(": ").filter(|(name, _)| is_told(name));
    match named {
        Some((name, said)) if line.speaker.is_none() => Line {
            speaker: Some(name.to_owned()),
            is_turn,
            words: said.trim_start().to_owned(),
        },
        _ => Line {
            is_turn,
            words,
            ..line
        },
    }
}

/// Whether words before a colon may be a name: few, and each begins with a large letter.
fn is_name(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let is_large = |part: &str| part.starts_with(|c: char| c.is_uppercase() || c == '(');
    words.split_whitespace().count() <= 5 && parts.all(is_large)
}

/// Whether a line tells of a sound: all of it in brackets or between notes.
fn is_sound(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| matches!(c, '♪' | '♫' | '#') || c.is_whitespace());
    let pairs = [('[', ']'), ('(', ')')];
    let inside = pairs.iter().any(|(open, close)| {
        let inner = bare
            .strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.contains([*open, *close]))
    });
    bare.is_empty() || inside || words.starts_with(['♪', '♫'])
}

/// Words on one line, their entities as letters.
fn plain(words: &str) -> String {
    let words = [
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(words.to_owned(), |words, (entity, sign)| {
        words.replace(entity, sign)
    });
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<(String, u32)>) {
        let transcript = text_layer(text).expect("cues");
        let times = transcript.times.iter();
        let word = |at: usize| {
            let words = transcript.text[at..].split_whitespace();
            words.take(2).collect::<Vec<_>>().join(" ")
        };
        let times = times.map(|(at, seconds)| (word(*at), *seconds)).collect();
        (transcript.text, times)
    }

    #[test]
    fn cues_are_joined_to_turns_that_keep_their_times() {
        let (text, times) = read(
            "WEBVTT - a hearing\nKind: captions\n\nNOTE made by hand\nand long\n\nSTYLE\n::cue {}\n\n\
             1\n00:41:07.250 --> 00:41:09.000 align:start\n<v Roger Bingham>We have <i>cut</i> taxes\n\n\
             intro\n41:09.000 --> 41:12.000\nby 12 percent,\nsaid R&amp;D. 3 < 4.\n\n\
             01:00:00.000 --> 01:00:02.000\n<v.loud Ana Novak>That is not so.</v>\n",
        );
        assert_eq!(
            text,
            "Roger Bingham: We have cut taxes by 12 percent, said R&D. 3 < 4.\n\n\
             Ana Novak: That is not so.\n"
        );
        let expected = [
            ("Roger Bingham:", 2467),
            ("We have", 2467),
            ("by 12", 2469),
            ("said R&D.", 2469),
            ("Ana Novak:", 3600),
            ("That is", 3600),
        ];
        let expected = expected.map(|(words, at)| (words.to_owned(), at));
        assert_eq!(times, expected);
    }

    #[test]
    fn subrip_speakers_signs_and_pauses() {
        let (text, _) = read(
            "\u{feff}1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}>> CHAIR: The meeting is open.\r\n\r\n\
             2\r\n00:00:02,100 --> 00:00:03,000\r\n[Applause]\r\n\r\n\
             3\r\n00:00:03,100 --> 00:00:04,000\r\n>> Thank you.\r\n\r\n\
             4\r\n00:00:04,100 --> 00:00:05,000\r\n- Is it true?\r\n-Yes: it fell -5 points\r\n-6 at most.\r\n\r\n\
             5\r\n00:00:09,000 --> 00:00:10,000\r\nA new matter.\r\n\r\n\
             6\r\n00:00:20,000 --> 00:00:21,000\r\nand then\r\n\r\n7\r\n00:00:30,000 --> 00:00:31,000\r\nwe left.\r\n",
        );
        assert_eq!(
            text,
            "CHAIR: The meeting is open.\n\nThank you.\n\nIs it true?\n\n\
             Yes: it fell -5 points -6 at most.\n\nA new matter.\n\nand then we left.\n"
        );
        let sounds = text_layer("1\n00:00:01,000 --> 00:00:02,000\n♪ la la ♪\n(door shuts)\n");
        let sounds = sounds.expect("a cue");
        assert_eq!(sounds.text, "");
        assert_eq!(
            sounds.notice,
            "the words of 1 cues of a transcript; 2 sounds are left out"
        );
    }

    #[test]
    fn captions_that_roll_are_read_once() {
        let (text, _) = read(
            "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n \nso<00:00:00.500><c> today</c>\n\n\
             00:00:02.000 --> 00:00:02.010\nso today\n\n\
             00:00:02.010 --> 00:00:04.000\nso today\nwe<00:00:03.000><c> vote</c>\n\n\
             00:00:04.000 --> 00:00:06.000\nwe vote\nno no\n\n00:00:09.000 --> 00:00:10.000\nno no\n",
        );
        assert_eq!(text, "so today we vote no no no no\n");
    }

    #[test]
    fn a_line_of_any_length_is_read_in_one_go() {
        // Quadratic steps would take hours here.
        for piece in [
            "<a",
            "<c>x</c>",
            "{\\",
            ">> ",
            "- a <v b>",
            "&amp;lt;",
            "-- ",
            "x\n",
        ] {
            let line = piece.repeat(300_000);
            let cue = |second: u8| format!("00:0{second}.000 --> 00:0{second}.900\n{line}\n\n");
            text_layer(&[cue(1), cue(2)].concat()).expect("cues");
        }
        let cues: String = (0..100_000)
            .map(|at| {
                format!(
                    "{:02}:{:02}.000 --> 59:59.000\nword {at}\n\n",
                    at / 60 % 60,
                    at % 60
                )
            })
            .collect();
        let transcript = text_layer(&cues).expect("cues");
        assert_eq!(transcript.times.len(), 100_000);
    }

    #[test]
    fn what_is_no_transcript_is_none() {
        for text in [
            "",
            "WEBVTT\n\nNOTE nothing\n",
            "He said --> she said.\n",
            "1\n00:00:01 -> 00:00:02\nx\n",
            "1\n1:2:3:4 --> 5\nx\n",
        ] {
            assert_eq!(text_layer(text), None, "{text:?}");
        }
        for broken in ["<v", "<", "<<<v a>", "{\\", ">>", "&amp", "<v >"] {
            text_layer(&format!("00:01.000 --> 00:02.000\n{broken}\n{broken}x\n"));
        }
    }
}
