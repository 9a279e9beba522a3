//! The protocol of detectors that are programs of their own: JSON Lines, one object a line.
//!
//! Pure: what is asked becomes a line, a line becomes what was said. Who starts the program and waits
//! for it stands in `outside`. A detector is written by anybody, so whatever it says is bounded and
//! nothing of it is believed: its words are looked for in the article, and what is not there is left
//! out and counted.

mod answer;
mod asked;
mod hello;
mod place;
mod said;
#[cfg(test)]
mod tests;

pub use answer::{Answer, read_answer};
pub use asked::{Ask, cancel, greeting};
pub use hello::{Hello, NotHello, Want};
pub use said::Said;

/// The version of the protocol that is spoken.
pub const VERSION: u32 = 1;

/// `text` on one line of at most `most` characters: blanks and controls become one blank, and what
/// was cut off is told by an ellipsis.
fn one_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        let blank = if length == 0 { "" } else { " " };
        for c in blank.chars().chain(word.chars()) {
            if length == most {
                line.pop();
                line.push('…');
                return line;
            }
            line.push(c);
            length += 1;
        }
    }
    line
}
