//! Conversion between byte offsets and Unicode code points.
//!
//! Inside the program offsets are bytes; the sidecar, exports and `detect` count code
//! points. The table keeps the code points before every [`STEP`]th byte, so a look-up reads
//! at most `STEP` bytes and a 1 MB text costs 32 KB.

/// Bytes between two entries of the table.
const STEP: usize = 256;

/// A table that converts offsets of one text both ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offsets {
    /// `points[k]`: code points that start before byte `k * STEP`.
    points: Vec<u32>,
    bytes: usize,
    length: usize,
}

/// Whether a byte begins a code point (is not a UTF-8 continuation byte).
fn starts_point(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

impl Offsets {
    /// Builds the table of `text`.
    pub fn new(text: &str) -> Offsets {
        let mut points = Vec::with_capacity(text.len() / STEP + 2);
        let mut count = 0usize;
        for chunk in text.as_bytes().chunks(STEP) {
            points.push(count as u32);
            count += chunk.iter().filter(|b| starts_point(**b)).count();
        }
        points.push(count as u32);
        Offsets {
            points,
            bytes: text.len(),
            length: count,
        }
    }

    /// Length of the text in code points.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Code points before byte `byte` of `text`, the text the table was made of; a byte past
    /// the end counts as the end.
    pub fn point_of(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(self.bytes);
        let entry = byte / STEP;
        let Some(&before) = self.points.get(entry) else {
            return self.length;
        };
        let rest = &text.as_bytes()[entry * STEP..byte];
        before as usize + rest.iter().filter(|b| starts_point(**b)).count()
    }

    /// The byte at which code point `point` of `text` starts; `None` past the end (the end
    /// itself is fine).
    pub fn byte_of(&self, text: &str, point: usize) -> Option<usize> {
        if point >= self.length {
            return (point == self.length).then_some(self.bytes);
        }
        let entry = self
            .points
            .partition_point(|&p| p as usize <= point)
            .saturating_sub(1);
        let mut seen = self.points[entry] as usize;
        let from = entry * STEP;
        let after = self.points.get(entry + 1).map_or(0, |&p| p as usize);
        if after == seen + STEP {
            // Each of these bytes is a code point.
            return Some(from + (point - seen));
        }
        for (k, byte) in text.as_bytes()[from..].iter().enumerate() {
            if starts_point(*byte) {
                if seen == point {
                    return Some(from + k);
                }
                seen += 1;
            }
        }
        None
    }
}
