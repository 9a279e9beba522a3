//! Products of whole numbers: a word's numbers times rows of weights.
//!
//! Whole numbers come out the same on every machine, in whatever order they are summed and
//! however many at once.

/// Numbers a word is held in.
pub const WIDTH: usize = 48;

/// What a word is held in while it is multiplied: numbers in pairs, from 0 to [`LIMIT`].
pub(super) type Told = [[i16; 2]; WIDTH / 2];

/// Two rows of weights in pairs, for the two numbers of a pair; from -128 to 127.
pub(super) type Pairs = [[i16; 2]; WIDTH];

/// Sums of products.
pub(super) type Sums = [i32; WIDTH];

/// Greatest number of a [`Told`]: products with all places a word sees stay inside 32 bits.
pub(super) const LIMIT: i16 = (1 << 14) - 1;

/// A way to multiply; all ways give the same.
pub(super) trait Arithmetic: Copy {
    /// Two words' numbers times the rows of `weights`, which are then fetched once.
    fn products(self, told: [&Told; 2], weights: &[Pairs]) -> [Sums; 2];
}

/// As any machine can do it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain;

impl Arithmetic for Plain {
    #[inline(always)]
    fn products(self, told: [&Told; 2], weights: &[Pairs]) -> [Sums; 2] {
        told.map(|told| {
            let mut sums = [0i32; WIDTH];
            for ([a, b], row) in told.iter().zip(weights) {
                for (sum, [one, two]) in sums.iter_mut().zip(row) {
                    let first = i32::from(*a) * i32::from(*one);
                    *sum += first + i32::from(*b) * i32::from(*two);
                }
            }
            sums
        })
    }
}

/// As machines with AVX2 can do it: a pair with eight columns in one instruction.
#[cfg(target_arch = "x86_64")]
impl Arithmetic for pulp::x86::V3 {
    #[inline(always)]
    fn products(self, told: [&Told; 2], weights: &[Pairs]) -> [Sums; 2] {
        use std::arch::x86_64::__m256i;
        let (avx, avx2) = (self.avx, self.avx2);
        let mut sums = [[avx._mm256_setzero_si256(); WIDTH / 8]; 2];
        for ((one, two), row) in told[0].iter().zip(told[1]).zip(weights) {
            let row: [__m256i; WIDTH / 8] = pulp::cast(*row);
            let pairs = [one, two].map(|pair| avx._mm256_set1_epi32(pulp::cast(*pair)));
            for (sums, pair) in sums.iter_mut().zip(pairs) {
                for (sum, columns) in sums.iter_mut().zip(row) {
                    *sum = avx2._mm256_add_epi32(*sum, avx2._mm256_madd_epi16(pair, columns));
                }
            }
        }
        sums.map(|sums| pulp::cast(sums))
    }
}

#[cfg(test)]
mod tests {
    use super::super::features::mix;
    use super::*;

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn all_ways_give_the_same() {
        let Some(fast) = pulp::x86::V3::try_new() else {
            eprintln!("skipped: this processor has no AVX2");
            return;
        };
        let number = |turn: u32, k: usize, p: usize| match turn {
            0 => LIMIT,
            _ => (mix(turn, k as u32, p as u32) % (LIMIT as u32 + 1)) as i16,
        };
        let weight = |turn: u32, k: usize, d: usize, p: usize| match turn {
            0 => -128,
            _ => i16::from(mix(turn, k as u32, (d * 2 + p) as u32) as u8 as i8),
        };
        for turn in 0..50 {
            let told = [0, 1].map(|word| -> Told {
                std::array::from_fn(|k| [0, 1].map(|p| number(turn, k + 100 * word, p)))
            });
            let row = |k: usize| -> Pairs {
                std::array::from_fn(|d| [0, 1].map(|p| weight(turn, k, d, p)))
            };
            let weights: Vec<Pairs> = (0..WIDTH / 2).map(row).collect();
            let told = [&told[0], &told[1]];
            assert_eq!(
                fast.products(told, &weights),
                Plain.products(told, &weights)
            );
        }
    }
}
