//! A count as bytes: seven bits in each, the least first, so that most take one.

/// Adds a count to bytes.
pub fn put_count(count: usize, to: &mut Vec<u8>) {
    let mut left = count as u64;
    while left >= 0x80 {
        to.push(left as u8 | 0x80);
        left >>= 7;
    }
    to.push(left as u8);
}

/// Takes the count that bytes begin with off them; `None`: they begin with none.
pub fn take_count(from: &mut &[u8]) -> Option<usize> {
    let mut count = 0u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = from.split_first()?;
        *from = rest;
        let bits = u64::from(byte & 0x7f);
        if bits << shift >> shift != bits {
            return None;
        }
        count |= bits << shift;
        if byte & 0x80 == 0 {
            return usize::try_from(count).ok();
        }
    }
    None
}
