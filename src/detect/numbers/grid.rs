//! Weights in rows of 64 bytes, addressed by hash alone: one look into memory for a feature,
//! however many classes are weighed by it.
//!
//! Features that fall into the same row keep their classes in differently mixed places of it;
//! where they still meet, training has already come to terms with it.

/// Classes a row can tell apart.
pub const ROW: usize = 64;

/// Features whose rows are fetched together, so that waiting for one hides the others'.
const GROUP: usize = 32;

/// Classes that can be summed together.
const FEW: usize = 4;

/// Place of a class of a feature in a table of `len` weights, a power of two of at least
/// [`ROW`].
pub fn place(len: usize, feature: u32, class: u8) -> usize {
    let row = (feature as usize * ROW) & (len - 1);
    row | ((feature >> 26) as usize ^ usize::from(class)) & (ROW - 1)
}

/// Weights that can be asked for, by the detector in bytes, by training in floats.
pub trait Weighing {
    /// The weight of a class by a feature.
    fn weight(&self, feature: u32, class: u8) -> f32;

    /// The class of `among` that `features` speak for most; the first of equals.
    fn best(&self, features: &[u32], among: u64) -> u8 {
        if among.is_power_of_two() {
            return among.trailing_zeros() as u8;
        }
        let mut best = (f32::MIN, 0);
        let mut left = among;
        while left != 0 {
            let class = left.trailing_zeros() as u8;
            left &= left - 1;
            let sum: f32 = features.iter().map(|f| self.weight(*f, class)).sum();
            if sum > best.0 {
                best = (sum, class);
            }
        }
        best.1
    }
}

/// Weights borrowed from a model.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    bytes: &'a [u8],
}

impl<'a> Grid<'a> {
    /// Weights over `bytes`; `None` unless they are a power of two and at least one row.
    pub fn new(bytes: &'a [u8]) -> Option<Grid<'a>> {
        (bytes.len().is_power_of_two() && bytes.len() >= ROW).then_some(Grid { bytes })
    }
}

impl Weighing for Grid<'_> {
    fn weight(&self, feature: u32, class: u8) -> f32 {
        f32::from(self.bytes[place(self.bytes.len(), feature, class)] as i8)
    }

    fn best(&self, features: &[u32], among: u64) -> u8 {
        if among.is_power_of_two() {
            return among.trailing_zeros() as u8;
        }
        let mut sums = [0i16; ROW];
        for group in features.chunks(GROUP) {
            if among < 1 << FEW {
                self.add_few(group, &mut sums);
            } else {
                self.add_many(group, among, &mut sums);
            }
        }
        let mut best = (i16::MIN, 0);
        for class in classes(among) {
            if sums[class] > best.0 {
                best = (sums[class], class as u8);
            }
        }
        best.1
    }
}

impl Grid<'_> {
    /// Sums all classes of `among`.
    fn add_many(&self, features: &[u32], among: u64, sums: &mut [i16; ROW]) {
        let mut rows = [[0u8; ROW]; GROUP];
        for (row, feature) in rows.iter_mut().zip(features) {
            let at = (*feature as usize * ROW) & (self.bytes.len() - 1);
            if let Some(held) = self.bytes[at..].first_chunk() {
                *row = *held;
            }
        }
        for (row, feature) in rows.iter().zip(features) {
            let mix = (feature >> 26) as usize;
            for class in classes(among) {
                sums[class] += i16::from(row[(mix ^ class) & (ROW - 1)] as i8);
            }
        }
    }

    /// Sums the first [`FEW`] classes, which stand together in a row, mixed among themselves.
    fn add_few(&self, features: &[u32], sums: &mut [i16; ROW]) {
        let mut held = [0u32; GROUP];
        for (held, feature) in held.iter_mut().zip(features) {
            let at = place(self.bytes.len(), *feature, 0) & !(FEW - 1);
            if let Some(four) = self.bytes[at..].first_chunk() {
                *held = u32::from_le_bytes(*four);
            }
        }
        // Two classes to a number, of 16 bits each, and every byte made positive; both come
        // off at the end.
        let (mut even, mut odd) = (0u32, 0u32);
        for (held, feature) in held.iter().zip(features) {
            let mix = feature >> 26;
            let four = (held ^ 0x8080_8080).rotate_right(8 * (mix & 2));
            let (one, two) = (four & 0x00FF_00FF, four >> 8 & 0x00FF_00FF);
            let swapped = (one ^ two) & (mix & 1).wrapping_neg();
            even += one ^ swapped;
            odd += two ^ swapped;
        }
        let added = 128 * features.len() as i16;
        for (sum, packed) in sums[..FEW]
            .iter_mut()
            .zip([even, odd, even >> 16, odd >> 16])
        {
            *sum += packed as u16 as i16 - added;
        }
    }
}

/// The classes of a set.
fn classes(mut among: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let class = among.trailing_zeros() as usize;
        among &= among.wrapping_sub(1);
        (class < ROW).then_some(class)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::numbers::hashing::mix;

    #[test]
    fn the_class_that_weighs_most_is_best() {
        let mut bytes = vec![0u8; 4 * ROW];
        let len = bytes.len();
        bytes[place(len, 0x1234_5678, 7)] = 5;
        bytes[place(len, 0x1234_5678, 9)] = (-5i8) as u8;
        let grid = Grid::new(&bytes).expect("four rows");
        assert_eq!(grid.weight(0x1234_5678, 7), 5.0);
        assert_eq!(grid.best(&[0x1234_5678], 1 << 9 | 1 << 7 | 1 << 3), 7);
        assert_eq!(grid.best(&[0x1234_5678], 1 << 9 | 1 << 3), 3);
        assert_eq!(grid.best(&[], 1 << 9), 9);
    }

    #[test]
    fn a_table_of_another_size_is_refused() {
        assert!(Grid::new(&[0; 63]).is_none());
        assert!(Grid::new(&[0; 3 * ROW]).is_none());
        assert!(Grid::new(&[0; ROW]).is_some());
    }

    #[test]
    fn all_ways_of_summing_agree() {
        // Pseudo-random weights, every byte met.
        let noise = |k: u32| (mix(9, k, 0) >> 7) as u8;
        let bytes: Vec<u8> = (0..64 * ROW as u32).map(noise).collect();
        let grid = Grid::new(&bytes).expect("64 rows");
        for turn in 0..500 {
            let features: Vec<u32> = (0..turn % 70).map(|k| mix(10, turn, k)).collect();
            let sum = |class: usize| -> f32 {
                let weights = features.iter().map(|f| grid.weight(*f, class as u8));
                weights.sum()
            };
            for among in [
                0b1011,
                0b111,
                0b1100,
                u64::from(mix(11, turn, 0)) << 9,
                u64::MAX,
            ] {
                let top = classes(among).map(sum).fold(f32::MIN, f32::max);
                let first = classes(among).find(|k| sum(*k) == top).map(|k| k as u8);
                assert_eq!(Some(grid.best(&features, among)), first);
            }
        }
    }
}
