//! Weights in rows of 64 bytes, addressed by hash alone: one look into memory for a feature,
//! however many classes are weighed by it.
//!
//! Features that fall into the same row keep their classes in differently mixed places of it;
//! where they still meet, training has already come to terms with it.

/// Classes a row can tell apart.
pub const ROW: usize = 64;

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
        for feature in features {
            let row = (*feature as usize * ROW) & (self.bytes.len() - 1);
            let Some(row) = self.bytes[row..].first_chunk::<ROW>() else {
                continue;
            };
            let mix = (feature >> 26) as usize;
            let mut left = among;
            while left != 0 {
                let class = left.trailing_zeros() as usize;
                left &= left - 1;
                sums[class] += i16::from(row[(mix ^ class) & (ROW - 1)] as i8);
            }
        }
        let mut best = (i16::MIN, 0);
        let mut left = among;
        while left != 0 {
            let class = left.trailing_zeros() as u8;
            left &= left - 1;
            if sums[usize::from(class)] > best.0 {
                best = (sums[usize::from(class)], class);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
