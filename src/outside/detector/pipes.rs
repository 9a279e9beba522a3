//! The threads at the pipes of a process: one writes what it is to hear, one reads what it says, one
//! what it says beside that.
//!
//! A pipe may stay open after its process is gone, held by a process that left the group: whoever
//! is at it then waits for the pipe, keeps nothing, and leaves as soon as anything comes.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::Arc;

use super::bounds::LINE_COST;
use super::log::Words;
use super::state::{Ending, Heard, Shared};
use crate::exchange::protocol::{Hello, Said};

/// A thread at a pipe of a process, counted until it leaves.
pub(super) struct AtPipe {
    shared: Arc<Shared>,
    number: u64,
}

impl AtPipe {
    /// One more.
    pub(super) fn new(shared: &Arc<Shared>, number: u64) -> AtPipe {
        if let Some(run) = shared.lock().run(number) {
            run.pipes += 1;
        }
        AtPipe {
            shared: Arc::clone(shared),
            number,
        }
    }

    /// Writes what there is to say, until it is closing or gone; then closes its input.
    pub(super) fn write(self, mut input: impl Write) {
        while let Some(line) = self.next_line() {
            if input.write_all(&line).and_then(|()| input.flush()).is_err() {
                // Very likely it has just ended, which says more.
                return self.end(Ending::Deaf);
            }
        }
    }

    /// Reads what it says.
    pub(super) fn read(self, output: impl Read) {
        let (bounds, name) = (self.shared.bounds, &self.shared.program.name);
        let (most, longest) = (bounds.logged_lines, bounds.logged_line);
        let mut words = Words::new(name, "said what is no answer", most, longest);
        let mut output = BufReader::new(output);
        // Bytes that answered nothing since the last answer.
        let mut chatter = 0;
        let mut answers_to_nothing: u64 = 0;
        let why = loop {
            let mut line = match line_of(&mut output, bounds.line) {
                Ok(Some(line)) => line,
                Ok(None) => break Ending::Flooded,
                Err(_) => break Ending::Mute,
            };
            if self.is_over() {
                break Ending::Closed;
            }
            let length = line.len() as u64;
            let said = Said::of(&line);
            let names_a_question = !matches!(said, Said::Strange | Said::NoObject);
            match self.hear(said, &mut line) {
                Ok(Heard::Answer) => chatter = 0,
                Ok(Heard::Late) => {}
                Ok(heard) => {
                    chatter += length + LINE_COST;
                    if heard == Heard::Nothing && names_a_question {
                        answers_to_nothing += 1;
                    } else if heard == Heard::Nothing {
                        words.log(&line);
                    }
                }
                Err(ending) => break ending,
            }
            if chatter > bounds.chatter {
                break Ending::Flooded;
            }
        };
        words.end();
        if answers_to_nothing > 0 {
            tracing::info!("{name} answered {answers_to_nothing} times what was not asked");
        }
        // Its pipe goes with this thread: it must have been told why before.
        self.end(why);
        drop(output);
    }

    /// Reads what it says on its standard error.
    pub(super) fn log(self, errors: impl Read) {
        let (bounds, name) = (self.shared.bounds, &self.shared.program.name);
        let mut words = Words::new(name, "says", bounds.logged_lines, bounds.logged_line);
        let mut errors = BufReader::new(errors);
        let mut piece = Vec::new();
        loop {
            piece.clear();
            let most = bounds.logged_line as u64;
            let read = (&mut errors).take(most).read_until(b'\n', &mut piece);
            if !matches!(read, Ok(1..)) || self.is_over() {
                break;
            }
            words.log(without_its_end(&piece));
        }
        words.end();
    }

    /// What a line on standard output is good for. The first object is what it says of itself.
    fn hear(&self, said: Said, line: &mut Vec<u8>) -> Result<Heard, Ending> {
        if said == Said::NoObject {
            return Ok(Heard::Nothing);
        }
        let mut state = self.shared.lock();
        let Some(run) = state.run(self.number) else {
            return Err(Ending::Closed);
        };
        if run.hello.is_none() {
            let hello = Hello::read(line);
            let hello = hello.map_err(|why| Ending::NoHello(format!("it {why}")))?;
            run.hello = Some(hello);
            drop(state);
            self.shared.tell();
            return Ok(Heard::Answer);
        }
        let heard = state.hear(self.number, &self.shared.program.name, said, line);
        drop(state);
        // Who waits looks several times a second how far it is.
        if matches!(heard, Heard::Answer | Heard::Late) {
            self.shared.tell();
        }
        Ok(heard)
    }

    fn next_line(&self) -> Option<Vec<u8>> {
        let mut state = self.shared.lock();
        loop {
            let run = state.run(self.number);
            let run = run.filter(|run| !run.is_to_hear_no_more())?;
            if let Some((_, line)) = run.lines.pop_front() {
                return Some(line);
            }
            state = self.shared.wait(state, FOR_LONG);
        }
    }

    /// Whether nobody needs what it says any more.
    fn is_over(&self) -> bool {
        self.shared.lock().run(self.number).is_none()
    }

    /// The pipe is of no use any more.
    fn end(&self, ending: Ending) {
        let settling = self.shared.bounds.settling;
        let for_now = match ending {
            Ending::Deaf | Ending::Mute => settling,
            _ => std::time::Duration::ZERO,
        };
        self.shared.change(|state| {
            if let Some(run) = state.run(self.number) {
                run.end_in(ending, for_now);
            }
        });
    }
}

impl Drop for AtPipe {
    fn drop(&mut self) {
        self.shared.change(|state| {
            if let Some(run) = state.run(self.number) {
                run.pipes -= 1;
            }
        });
    }
}

/// Every change wakes who waits: this is only not for ever.
const FOR_LONG: std::time::Duration = std::time::Duration::from_secs(3600);

/// The next line without its end, also one that the end of all cuts off; `None` where it has more
/// bytes than may be.
fn line_of(output: &mut impl BufRead, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = output
        .take(most.saturating_add(1))
        .read_until(b'\n', &mut line)?;
    if read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if read as u64 > most {
        return Ok(None);
    }
    line.truncate(without_its_end(&line).len());
    Ok(Some(line))
}

fn without_its_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_they_end() {
        let mut said: &[u8] = b"one\r\n\nthree\nfour";
        let mut next = || line_of(&mut said, 6);
        for line in ["one", "", "three", "four"] {
            assert_eq!(next().expect("read"), Some(line.into()));
        }
        assert!(next().is_err());
        let mut long: &[u8] = b"123456\n12345\n";
        assert_eq!(line_of(&mut long, 6).expect("read"), None);
        let mut fits: &[u8] = b"12345\n";
        assert_eq!(line_of(&mut fits, 6).expect("read"), Some(b"12345".into()));
    }
}
