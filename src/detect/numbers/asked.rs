//! Features before they are hashed: what was asked, side by side, so that many are hashed in one
//! instruction.

use super::hashing::{finished, mix, spread};

/// Features hashed at once.
pub const AT_ONCE: usize = 8;

/// Who is told features: a template and two values each.
pub trait Ask {
    /// One more.
    fn ask(&mut self, template: u32, a: u32, b: u32);
}

impl Ask for Vec<u32> {
    #[inline(always)]
    fn ask(&mut self, template: u32, a: u32, b: u32) {
        self.push(mix(template, a, b));
    }
}

impl<const ROOM: usize> Ask for Asked<ROOM> {
    #[inline(always)]
    fn ask(&mut self, template: u32, a: u32, b: u32) {
        self.add(template, a, b);
    }
}

/// Templates and values of at most `ROOM` features, a multiple of [`AT_ONCE`].
#[derive(Clone, Debug)]
pub struct Asked<const ROOM: usize> {
    templates: [u32; ROOM],
    firsts: [u32; ROOM],
    seconds: [u32; ROOM],
    count: usize,
}

impl<const ROOM: usize> Default for Asked<ROOM> {
    fn default() -> Self {
        const { assert!(ROOM.is_multiple_of(AT_ONCE)) };
        Asked {
            templates: [0; ROOM],
            firsts: [0; ROOM],
            seconds: [0; ROOM],
            count: 0,
        }
    }
}

impl<const ROOM: usize> Asked<ROOM> {
    /// Forgets all.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.count = 0;
    }

    /// How many there are.
    #[inline(always)]
    pub fn count(&self) -> usize {
        self.count
    }

    /// One more, of a template and two values.
    #[inline(always)]
    pub fn add(&mut self, template: u32, first: u32, second: u32) {
        let at = self.count;
        debug_assert!(at < ROOM, "there is room for every template");
        if at < ROOM {
            self.templates[at] = spread(template);
            self.firsts[at] = first;
            self.seconds[at] = second;
            self.count = at + 1;
        }
    }

    /// Hashes all into `features`; how many there are. Behind them stands nothing of meaning.
    #[inline(always)]
    pub fn hash(&self, features: &mut [u32; ROOM]) -> usize {
        let (templates, firsts) = (self.templates.as_chunks(), self.firsts.as_chunks());
        let rows = templates.0.iter().zip(firsts.0);
        let rows = rows.zip(self.seconds.as_chunks::<AT_ONCE>().0);
        let rows = rows.zip(features.as_chunks_mut::<AT_ONCE>().0);
        for (((templates, firsts), seconds), out) in rows.take(self.count.div_ceil(AT_ONCE)) {
            let (templates, firsts): (&[u32; AT_ONCE], &[u32; AT_ONCE]) = (templates, firsts);
            for k in 0..AT_ONCE {
                out[k] = finished(templates[k], firsts[k], seconds[k]);
            }
        }
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_hashed_as_one_by_one() {
        let mut asked = Asked::<32>::default();
        for count in [0, 1, 8, 19, 32] {
            asked.clear();
            for k in 0..count {
                asked.add(3000 + k, k * 77, !k);
            }
            let mut features = [0; 32];
            assert_eq!(asked.hash(&mut features), count as usize);
            let single: Vec<u32> = (0..count).map(|k| mix(3000 + k, k * 77, !k)).collect();
            assert_eq!(features[..count as usize], single);
        }
    }
}
