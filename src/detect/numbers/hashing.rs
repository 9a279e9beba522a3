//! Hashes and steps that features are made of; the identity of a word in every model.

/// Hash of a word's folded bytes (FNV-1a): the identity of a word in every model.
pub fn word_hash(word: &[u8]) -> u32 {
    word.iter().fold(0x811C_9DC5, |h, b| {
        (h ^ u32::from(*b)).wrapping_mul(0x0100_0193)
    })
}

/// Turns a template number and two values into a feature.
#[inline]
pub fn mix(template: u32, a: u32, b: u32) -> u32 {
    finished(spread(template), a, b)
}

/// What a template adds to its features, the same for all of them.
#[inline(always)]
pub fn spread(template: u32) -> u32 {
    template.wrapping_mul(0x9E37_79B1)
}

/// The feature of a template that was [`spread`] and two values.
#[inline(always)]
pub fn finished(template: u32, a: u32, b: u32) -> u32 {
    let mut h = template ^ a.wrapping_mul(0x85EB_CA6B);
    h = (h ^ (h >> 15)).wrapping_mul(0xC2B2_AE35) ^ b.wrapping_mul(0x27D4_EB2F);
    h = (h ^ (h >> 13)).wrapping_mul(0x1656_67B1);
    h ^ (h >> 16)
}

/// Distances told apart: each of 0 to 4, then coarser.
pub fn bucket(distance: usize) -> u32 {
    match distance {
        0..=4 => distance as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        _ => 9,
    }
}
