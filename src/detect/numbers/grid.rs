//! Weights in rows of 64 bytes, addressed by hash alone: one look into memory for a feature,
//! however many classes are weighed by it.
//!
//! Features that fall into the same row keep their classes in differently mixed places of it;
//! where they still meet, training has already come to terms with it.

use super::arithmetic::{Arithmetic, BLOCK, Task, with_best};
use super::asked::Asked;

/// Classes a row can tell apart.
pub const ROW: usize = 64;

/// A row, block by block.
type Row = [[u8; BLOCK]; ROW / BLOCK];

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

    /// The same of features that are not hashed yet.
    fn best_asked<const ROOM: usize>(&self, asked: &Asked<ROOM>, among: u64) -> u8 {
        let mut features = [0; ROOM];
        let count = asked.hash(&mut features);
        self.best(&features[..count], among)
    }
}

/// Weights borrowed from a model.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    rows: &'a [Row],
}

impl<'a> Grid<'a> {
    /// Weights over `bytes`; `None` unless they are a power of two and at least one row.
    pub fn new(bytes: &'a [u8]) -> Option<Grid<'a>> {
        let (blocks, _) = bytes.as_chunks();
        let (rows, _) = blocks.as_chunks();
        (bytes.len().is_power_of_two() && bytes.len() >= ROW).then_some(Grid { rows })
    }
}

impl Weighing for Grid<'_> {
    fn weight(&self, feature: u32, class: u8) -> f32 {
        let place = place(self.rows.len() * ROW, feature, class);
        let byte = self.rows[place / ROW][place % ROW / BLOCK][place % BLOCK];
        f32::from(byte as i8)
    }

    fn best(&self, features: &[u32], among: u64) -> u8 {
        if among.is_power_of_two() {
            return among.trailing_zeros() as u8;
        }
        with_best(Best {
            grid: *self,
            features,
            among,
        })
    }

    fn best_asked<const ROOM: usize>(&self, asked: &Asked<ROOM>, among: u64) -> u8 {
        if among.is_power_of_two() {
            return among.trailing_zeros() as u8;
        }
        with_best(BestAsked {
            grid: *self,
            asked,
            among,
        })
    }
}

/// A question about features that are hashed.
struct Best<'g, 'f> {
    grid: Grid<'g>,
    features: &'f [u32],
    among: u64,
}

impl Task for Best<'_, '_> {
    type Output = u8;

    #[inline(always)]
    fn run<A: Arithmetic>(self, arithmetic: A) -> u8 {
        self.grid.best_of(self.features, self.among, arithmetic)
    }
}

/// A question about features that are not.
struct BestAsked<'g, 'f, const ROOM: usize> {
    grid: Grid<'g>,
    asked: &'f Asked<ROOM>,
    among: u64,
}

impl<const ROOM: usize> Task for BestAsked<'_, '_, ROOM> {
    type Output = u8;

    #[inline(always)]
    fn run<A: Arithmetic>(self, arithmetic: A) -> u8 {
        let mut features = [0; ROOM];
        let count = self.asked.hash(&mut features);
        let features = &features[..count];
        self.grid.best_of(features, self.among, arithmetic)
    }
}

impl Grid<'_> {
    #[inline(always)]
    fn best_of<A: Arithmetic>(&self, features: &[u32], among: u64, arithmetic: A) -> u8 {
        let mut sums = [[0i16; BLOCK]; ROW / BLOCK];
        if among < 1 << FEW {
            for group in features.chunks(GROUP) {
                self.add_few(group, &mut sums[0]);
            }
        } else {
            self.add_many(features, among, &mut sums, arithmetic);
        }
        let mut best = (i16::MIN, 0);
        let mut left = among;
        while left != 0 {
            let class = left.trailing_zeros() as usize;
            left &= left - 1;
            let sum = sums[class / BLOCK][class % BLOCK];
            if sum > best.0 {
                best = (sum, class as u8);
            }
        }
        best.1
    }

    /// Sums the blocks of classes that `among` has some of.
    #[inline(always)]
    fn add_many<A: Arithmetic>(
        &self,
        features: &[u32],
        among: u64,
        sums: &mut [[i16; BLOCK]; ROW / BLOCK],
        arithmetic: A,
    ) {
        let rows = self.rows;
        let row = |feature: u32| &rows[feature as usize & (rows.len() - 1)];
        // All rows are fetched before the first is summed: waiting for one hides the others'.
        let touched = features.iter().fold(0, |all, f| all ^ row(*f)[0][0]);
        std::hint::black_box(touched);
        for (block, sums) in sums.iter_mut().enumerate() {
            if among >> (block * BLOCK) & 0xFFFF == 0 {
                continue;
            }
            let held = features.iter().map(|feature| {
                let mix = feature >> 26;
                let held = &row(*feature)[(block ^ (mix as usize / BLOCK)) % (ROW / BLOCK)];
                (held, (mix as usize % BLOCK) as u8)
            });
            *sums = arithmetic.sum_mixed(held);
        }
    }

    /// Sums the first [`FEW`] classes, which stand together in a row, mixed among themselves.
    #[inline(always)]
    fn add_few(&self, features: &[u32], sums: &mut [i16; BLOCK]) {
        let rows = self.rows;
        let mut held = [0u32; GROUP];
        let mut mixes = [0u32; GROUP];
        for ((held, mix), feature) in held.iter_mut().zip(&mut mixes).zip(features) {
            *mix = feature >> 26;
            let block = &rows[*feature as usize & (rows.len() - 1)][(*mix as usize) / BLOCK];
            let fours = block.as_chunks::<FEW>().0;
            *held = u32::from_le_bytes(fours[*mix as usize / FEW % fours.len()]);
        }
        // Two classes to a number, of 16 bits each, and every byte made positive, those of no
        // feature too; both come off at the end.
        let (mut even, mut odd) = (0u32, 0u32);
        for (held, mix) in held.iter().zip(&mixes) {
            let four = (held ^ 0x8080_8080).rotate_right(8 * (mix & 2));
            let (one, two) = (four & 0x00FF_00FF, four >> 8 & 0x00FF_00FF);
            let swapped = (one ^ two) & (mix & 1).wrapping_neg();
            even += one ^ swapped;
            odd += two ^ swapped;
        }
        let added = 128 * GROUP as i16;
        for (sum, packed) in sums[..FEW]
            .iter_mut()
            .zip([even, odd, even >> 16, odd >> 16])
        {
            *sum += packed as u16 as i16 - added;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::numbers::hashing::mix;

    /// The classes of a set.
    fn classes(mut among: u64) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let class = among.trailing_zeros() as usize;
            among &= among.wrapping_sub(1);
            (class < ROW).then_some(class)
        })
    }

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
