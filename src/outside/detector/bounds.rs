//! How long a detector may take for what, and how much it may say.

use std::time::Duration;

/// An answer is waited for no longer, whatever the settings say.
pub(super) const LONGEST_DEADLINE: Duration = Duration::from_secs(24 * 60 * 60);

/// How many times it may end by itself, or have to be ended, in a session.
pub(super) const MOST_DEATHS: u32 = 3;

/// What a line costs beside its bytes: empty lines are work, too.
pub(super) const LINE_COST: u64 = 64;

/// Questions that were given up and may yet be answered: as many as may be with it at a time.
pub(super) const MOST_GIVEN_UP: usize = 64;

/// Lines that wait to be written. 64 questions at most, the rest cancels; who reads none of them
/// need not hear of more.
pub(super) const MOST_WAITING_LINES: usize = 256;

/// Bounds that tests make smaller.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// From its start until it has said what it is: models are large.
    pub(super) hello: Duration,
    /// After an answer that came too late it must say anything at all, or is taken for hung. A
    /// question that was given up counts as being with it for as long.
    pub(super) grace: Duration,
    /// From the end of its input until it is killed.
    pub(super) ending: Duration,
    /// Until what it said last has been read, and until a pipe that broke is taken for more than
    /// the first sign of its end.
    pub(super) settling: Duration,
    /// How often those who wait look whether the answer is still wanted.
    pub(super) look: Duration,
    /// Between two words on how far it is.
    pub(super) telling: Duration,
    /// How often it is looked whether it still lives, while somebody waits.
    pub(super) watch: Duration,
    /// The same, while nobody does.
    pub(super) idle_watch: Duration,
    /// Bytes of a line; the answer to a long article has a few hundred thousand.
    pub(super) line: u64,
    /// Bytes that answer nothing, since the last answer.
    pub(super) chatter: u64,
    /// Bytes of a line in the log; longer ones go on in the next.
    pub(super) logged_line: usize,
    /// Lines in the log, of each pipe of each process; the others are counted.
    pub(super) logged_lines: usize,
}

impl Bounds {
    pub(super) const USUAL: Bounds = Bounds {
        hello: Duration::from_secs(30),
        grace: Duration::from_secs(2),
        ending: Duration::from_secs(2),
        settling: Duration::from_millis(500),
        look: Duration::from_millis(100),
        telling: Duration::from_millis(100),
        watch: Duration::from_millis(20),
        idle_watch: Duration::from_millis(200),
        line: 16 << 20,
        chatter: 64 << 20,
        logged_line: 500,
        logged_lines: 200,
    };
}
