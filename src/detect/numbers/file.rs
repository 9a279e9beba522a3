//! The form of model files: a readable header and named blocks of weights.
//!
//! The header is plain text and says how to make the file again. After a blank line come the
//! blocks its `block` lines announce, one after another.

/// First line of every model file.
const MAGIC: &str = "proofmark model 1";

/// Bytes that memory is fetched by; the first block of a file starts at a multiple of it.
const LINE: usize = 64;

/// A file compiled in so that its multiples of 64 bytes are multiples in memory.
#[repr(C, align(64))]
pub struct Aligned<T: ?Sized>(pub T);

/// A block of a model in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its name in the header.
    pub name: &'static str,
    /// What one unit of its whole numbers is worth.
    pub scale: f32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Writes a model file. `notes` are header lines for people: command, corpora, figures.
pub fn write_model(
    name: &str,
    numbers: &[(&str, f32)],
    notes: &[String],
    blocks: &[Block],
) -> Vec<u8> {
    let mut header = format!("{MAGIC}\nname {name}\n");
    for note in notes {
        header.push_str(&format!("note {}\n", note.replace('\n', " ")));
    }
    for (key, value) in numbers {
        header.push_str(&format!("number {key} {value:?}\n"));
    }
    for block in blocks {
        header.push_str(&format!(
            "block {} {} {:?}\n",
            block.name,
            block.bytes.len(),
            block.scale
        ));
    }
    // A block of whole rows then never has a row in two lines of the cache.
    let length = header.len() + "fill \n\n".len();
    let fill = length.next_multiple_of(LINE) - length;
    header.push_str(&format!("fill {}\n\n", ".".repeat(fill)));
    let mut bytes = header.into_bytes();
    for block in blocks {
        bytes.extend_from_slice(&block.bytes);
    }
    bytes
}

/// The header and blocks of a model file.
#[derive(Clone, Debug)]
pub struct Parts<'a> {
    /// Name and version.
    pub name: String,
    /// Numbers by name.
    pub numbers: Vec<(&'a str, f32)>,
    /// Name, unit and bytes of each block.
    pub blocks: Vec<(&'a str, f32, &'a [u8])>,
}

impl<'a> Parts<'a> {
    /// The bytes of a block.
    pub fn bytes(&self, name: &str) -> Option<&'a [u8]> {
        self.block(name).map(|block| block.1)
    }

    /// The unit and bytes of a block.
    pub fn block(&self, name: &str) -> Option<(f32, &'a [u8])> {
        let block = self.blocks.iter().find(|b| b.0 == name)?;
        Some((block.1, block.2))
    }

    /// A number by its name.
    pub fn number(&self, name: &str) -> Option<f32> {
        self.numbers.iter().find(|n| n.0 == name).map(|n| n.1)
    }
}

/// Takes a model file apart; `None` if it is none or ends too early.
pub fn split(bytes: &[u8]) -> Option<Parts<'_>> {
    let end = bytes.windows(2).position(|w| w == b"\n\n")? + 2;
    let header = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = header.lines();
    if lines.next()? != MAGIC {
        return None;
    }
    let mut parts = Parts {
        name: String::new(),
        numbers: Vec::new(),
        blocks: Vec::new(),
    };
    let mut at = end;
    for line in lines {
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut words = rest.split(' ');
        match kind {
            "name" => parts.name = rest.to_owned(),
            "number" => parts
                .numbers
                .push((words.next()?, words.next()?.parse().ok()?)),
            "block" => {
                let name = words.next()?;
                let length: usize = words.next()?.parse().ok()?;
                let scale = words.next()?.parse().ok()?;
                parts
                    .blocks
                    .push((name, scale, bytes.get(at..at.checked_add(length)?)?));
                at += length;
            }
            _ => {}
        }
    }
    Some(parts)
}
