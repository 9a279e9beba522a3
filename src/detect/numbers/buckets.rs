//! The tagger's weights of words by their features: a hash table of small rows, borrowed from
//! the compiled-in model and never copied.

use super::arithmetic::{Arithmetic, BUCKET, Bucket, Task, with_best};
use super::shared::{IN_GROUP, OWN, Shared};

/// Classes a row weighs, the first of which weighs nothing.
pub const CLASSES: usize = 7;

/// Emission weights: a hash table of buckets of rows of eight bytes, six weights and a check of
/// two. A feature is in one bucket or nowhere, so that asking for it is one look into memory.
///
/// "Outside" weighs nothing by definition; the others are relative to it.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    buckets: &'a [Bucket],
    scale: f32,
}

/// The bucket of a feature among `count`, a power of two.
pub fn bucket(feature: u32, count: usize) -> usize {
    feature as usize & (count - 1)
}

/// The check of a feature, never 0 (which marks an empty row).
pub fn check(feature: u32) -> [u8; 2] {
    ((feature >> 16) as u16).max(1).to_le_bytes()
}

impl<'a> Weights<'a> {
    /// Weights over `bytes`; `None` unless they are a power of two of whole buckets.
    pub fn new(bytes: &'a [u8], scale: f32) -> Option<Weights<'a>> {
        let (rows, rest) = bytes.as_chunks::<8>();
        let (buckets, more) = rows.as_chunks::<BUCKET>();
        let whole = rest.is_empty() && more.is_empty() && buckets.len().is_power_of_two();
        whole.then_some(Weights { buckets, scale })
    }

    /// Sums the rows of `features`.
    pub fn scores(&self, features: &[u32]) -> [f32; CLASSES] {
        let sum = with_best(Summing {
            weights: self,
            features,
        });
        self.scaled(sum)
    }

    /// The scores of a place by all its features.
    pub fn scores_of<const GROUPS: usize>(&self, place: &mut Shared<GROUPS>) -> [f32; CLASSES] {
        let sum = with_best(SummingShared {
            weights: self,
            place,
        });
        self.scaled(sum)
    }

    fn scaled(&self, sum: [i16; 8]) -> [f32; CLASSES] {
        std::array::from_fn(|k| match k {
            0 => 0.0,
            k => f32::from(sum[k - 1]) * self.scale,
        })
    }
}

/// The rows of some features, being summed.
struct Summing<'s, 'm> {
    weights: &'s Weights<'m>,
    features: &'s [u32],
}

impl Task for Summing<'_, '_> {
    type Output = [i16; 8];

    #[inline(always)]
    fn run<A: Arithmetic>(self, arithmetic: A) -> [i16; 8] {
        let buckets = self.weights.buckets;
        let of = |feature: &u32| &buckets[bucket(*feature, buckets.len())];
        // All buckets are fetched before the first is looked into, with as little as can be
        // between them: waiting for one then hides the others'.
        let touched = self.features.iter().fold(0, |all, f| all ^ of(f)[0][0]);
        std::hint::black_box(touched);
        let asked = self.features.iter().map(|f| (of(f), check(*f)));
        // A hundred features of at most 128 stay far inside 16 bits.
        arithmetic.sum_checked(asked)
    }
}

/// The rows of the features of a place, being summed.
struct SummingShared<'s, 'm, const GROUPS: usize> {
    weights: &'s Weights<'m>,
    place: &'s mut Shared<GROUPS>,
}

impl<const GROUPS: usize> Task for SummingShared<'_, '_, GROUPS> {
    type Output = [i16; 8];

    #[inline(always)]
    fn run<A: Arithmetic>(self, arithmetic: A) -> [i16; 8] {
        let buckets = self.weights.buckets;
        let mut own = [0; OWN];
        let count = self.place.own.hash(&mut own);
        let own = &own[..count];
        let mut in_groups = [[0; IN_GROUP]; GROUPS];
        let mut touched = 0;
        for feature in own {
            touched ^= buckets[bucket(*feature, buckets.len())][0][0];
        }
        for (alike, features) in self.place.groups.iter().zip(&mut in_groups) {
            let count = alike.asked.hash(features);
            for feature in &features[..count] {
                touched ^= buckets[bucket(*feature, buckets.len())][0][0];
            }
        }
        std::hint::black_box(touched);
        let of = |feature: &u32| (&buckets[bucket(*feature, buckets.len())], check(*feature));
        // A hundred features of at most 128 stay far inside 16 bits.
        let mut sum = arithmetic.sum_checked(own.iter().map(of));
        for (group, (alike, features)) in self.place.groups.iter_mut().zip(&in_groups).enumerate() {
            let count = alike.asked.count();
            if count > 0 {
                *alike.sum() = arithmetic.sum_checked(features[..count].iter().map(of));
                alike.asked.clear();
            }
            if self.place.counting >> group & 1 == 1 {
                for (sum, more) in sum.iter_mut().zip(*alike.sum()) {
                    *sum = sum.wrapping_add(more);
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_power_of_two_of_buckets_is_refused() {
        assert!(Weights::new(&[], 1.0).is_none());
        assert!(Weights::new(&[0; 192], 1.0).is_none());
        assert!(Weights::new(&[0; 60], 1.0).is_none());
        assert!(Weights::new(&[0; 128], 1.0).is_some());
    }

    #[test]
    fn a_row_is_found_wherever_it_is_in_its_bucket() {
        let mut rows = [[0u8; 8]; 2 * BUCKET];
        rows[0] = [1, 2, 3, 4, 5, 6, 7, 0];
        rows[BUCKET + 7] = [10, 0xFF, 0, 0, 0, 0, 9, 0];
        // Another's, though its check is asked for in the first bucket.
        rows[BUCKET + 3] = [100, 100, 100, 100, 100, 100, 11, 0];
        let bytes = rows.concat();
        let weights = Weights::new(&bytes, 0.5).expect("two buckets");
        assert_eq!(
            weights.scores(&[0x0007_0002, 0x0009_0001, 0x000B_0004]),
            [0.0, 5.5, 0.5, 1.5, 2.0, 2.5, 3.0]
        );
    }
}
