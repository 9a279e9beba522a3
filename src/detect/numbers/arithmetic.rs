//! What is reckoned most often, done as the machine can do it fastest.
//!
//! Whole numbers come out the same on every machine, in whatever order they are summed and
//! however many at once; other numbers are summed in one order everywhere.

/// Numbers a word is held in.
pub const WIDTH: usize = 48;

/// What a word is held in while it is multiplied: numbers in pairs, from 0 to [`LIMIT`].
pub type Told = [[i16; 2]; WIDTH / 2];

/// Two rows of weights in pairs, for the two numbers of a pair; from -128 to 127.
pub type Pairs = [[i16; 2]; WIDTH];

/// Sums of products.
pub type Sums = [i32; WIDTH];

/// Greatest number of a [`Told`]: products with all places a word sees stay inside 32 bits.
pub const LIMIT: i16 = (1 << 14) - 1;

/// Rows of a hash table that are looked at together: as many as memory fetches at once.
pub const BUCKET: usize = 8;

/// Rows of six weights, from -128 to 127, and a check of two bytes that no other row has.
pub type Bucket = [[u8; 8]; BUCKET];

/// Weights of classes that are summed together.
pub const BLOCK: usize = 16;

/// Rows that a forest is asked about at once.
pub const LANES: usize = 8;

/// Leaves of a tree at most.
pub const LEAVES: usize = 16;

/// The leaves of a tree that rows may still come to, a set each, the first leaf in the lowest
/// bit.
pub type Sets = [u32; LANES];

/// A way to reckon; all ways give the same.
pub trait Arithmetic: Copy {
    /// Two words' numbers times the rows of `weights`, which are then fetched once.
    fn products(self, told: [&Told; 2], weights: &[Pairs]) -> [Sums; 2];

    /// Sums the weights of the rows that have the check asked for; the last two sums mean
    /// nothing.
    fn sum_checked<'a>(self, asked: impl Iterator<Item = (&'a Bucket, [u8; 2])>) -> [i16; 8];

    /// Sums blocks of weights; the weight of a class stands at the class mixed (`^`) with the
    /// number beside the block, less than [`BLOCK`].
    fn sum_mixed<'a>(self, held: impl Iterator<Item = (&'a [u8; BLOCK], u8)>) -> [i16; BLOCK];

    /// Leaves of the sets only what is in `left` too, in lanes whose value is above the limit.
    fn strike(self, sets: &mut Sets, left: u32, values: &[f32; LANES], limit: f32);

    /// Adds to each lane the leaf that is first in its set; no set is empty.
    fn add_first(self, sums: &mut [f32; LANES], sets: &Sets, leaves: &[f32; LEAVES]);
}

/// Something to reckon.
pub trait Task {
    /// What comes out.
    type Output;

    /// Reckons; has to be inlined.
    fn run<A: Arithmetic>(self, arithmetic: A) -> Self::Output;
}

/// Runs a task in the best way this machine knows.
pub fn with_best<T: Task>(task: T) -> T::Output {
    struct With<T, A>(T, A);
    impl<T: Task, A: Arithmetic> pulp::NullaryFnOnce for With<T, A> {
        type Output = T::Output;

        #[inline(always)]
        fn call(self) -> T::Output {
            self.0.run(self.1)
        }
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(arithmetic) = pulp::x86::V3::try_new() {
        return arithmetic.vectorize(With(task, arithmetic));
    }
    pulp::Arch::new().dispatch(With(task, Plain))
}

/// As any machine can do it.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

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

    #[inline(always)]
    fn sum_checked<'a>(self, asked: impl Iterator<Item = (&'a Bucket, [u8; 2])>) -> [i16; 8] {
        let mut sums = [0i16; 8];
        for (bucket, check) in asked {
            if let Some(row) = bucket.iter().find(|row| row[6..] == check) {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum = sum.wrapping_add(i16::from(*weight as i8));
                }
            }
        }
        sums
    }

    #[inline(always)]
    fn sum_mixed<'a>(self, held: impl Iterator<Item = (&'a [u8; BLOCK], u8)>) -> [i16; BLOCK] {
        let mut sums = [0i16; BLOCK];
        for (block, mix) in held {
            for (class, sum) in sums.iter_mut().enumerate() {
                let weight = block[(class ^ usize::from(mix)) % BLOCK] as i8;
                *sum = sum.wrapping_add(i16::from(weight));
            }
        }
        sums
    }

    #[inline(always)]
    fn strike(self, sets: &mut Sets, left: u32, values: &[f32; LANES], limit: f32) {
        for (set, value) in sets.iter_mut().zip(values) {
            // All bits where the value is not above.
            *set &= left | u32::from(*value > limit).wrapping_sub(1);
        }
    }

    #[inline(always)]
    fn add_first(self, sums: &mut [f32; LANES], sets: &Sets, leaves: &[f32; LEAVES]) {
        for (sum, set) in sums.iter_mut().zip(sets) {
            *sum += leaves[set.trailing_zeros() as usize % LEAVES];
        }
    }
}

/// As machines with AVX2 can do it: eight columns or lanes, or four rows, in one instruction.
#[cfg(target_arch = "x86_64")]
impl Arithmetic for pulp::x86::V3 {
    #[inline(always)]
    fn products(self, told: [&Told; 2], weights: &[Pairs]) -> [Sums; 2] {
        use std::arch::x86_64::__m256i;
        const HALF: usize = WIDTH / 16;
        let (avx, avx2) = (self.avx, self.avx2);
        let mut sums = [[avx._mm256_setzero_si256(); WIDTH / 8]; 2];
        // Half of the columns at a time: all sums of both words then stay in registers.
        for half in 0..2 {
            let mut some = [[avx._mm256_setzero_si256(); HALF]; 2];
            for ((one, two), row) in told[0].iter().zip(told[1]).zip(weights) {
                let halves: [[__m256i; HALF]; 2] = pulp::cast(*row);
                let row = halves[half];
                let one = avx._mm256_set1_epi32(pulp::cast(*one));
                let two = avx._mm256_set1_epi32(pulp::cast(*two));
                for k in 0..HALF {
                    let (first, second) = (
                        avx2._mm256_madd_epi16(one, row[k]),
                        avx2._mm256_madd_epi16(two, row[k]),
                    );
                    some[0][k] = avx2._mm256_add_epi32(some[0][k], first);
                    some[1][k] = avx2._mm256_add_epi32(some[1][k], second);
                }
            }
            for (sums, some) in sums.iter_mut().zip(some) {
                sums[half * HALF..(half + 1) * HALF].copy_from_slice(&some);
            }
        }
        sums.map(pulp::cast)
    }

    #[inline(always)]
    fn sum_checked<'a>(self, asked: impl Iterator<Item = (&'a Bucket, [u8; 2])>) -> [i16; 8] {
        use std::arch::x86_64::__m256i;
        let (avx, avx2) = (self.avx, self.avx2);
        let mut sums = avx._mm256_setzero_si256();
        for (bucket, check) in asked {
            let check = avx._mm256_set1_epi64x(i64::from(u16::from_le_bytes(check)));
            let halves: [__m256i; 2] = pulp::cast(*bucket);
            let [one, two] = halves.map(|rows| {
                let same = avx2._mm256_cmpeq_epi64(avx2._mm256_srli_epi64::<48>(rows), check);
                avx2._mm256_and_si256(rows, same)
            });
            // All but the row that was found are empty now.
            let row = avx2._mm256_or_si256(one, two);
            let row = self.sse2._mm_or_si128(
                avx._mm256_castsi256_si128(row),
                avx2._mm256_extracti128_si256::<1>(row),
            );
            sums = avx2._mm256_add_epi16(sums, avx2._mm256_cvtepi8_epi16(row));
        }
        let [even, odd]: [[i16; 8]; 2] = pulp::cast(sums);
        std::array::from_fn(|d| even[d].wrapping_add(odd[d]))
    }

    #[inline(always)]
    fn sum_mixed<'a>(self, held: impl Iterator<Item = (&'a [u8; BLOCK], u8)>) -> [i16; BLOCK] {
        use std::arch::x86_64::__m128i;
        let (avx, avx2) = (self.avx, self.avx2);
        const CLASSES: [u8; BLOCK] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        let classes: __m128i = pulp::cast(CLASSES);
        let mut sums = avx._mm256_setzero_si256();
        for (block, mix) in held {
            let places = self
                .sse2
                ._mm_xor_si128(classes, self.sse2._mm_set1_epi8(mix as i8));
            let weights = self.ssse3._mm_shuffle_epi8(pulp::cast(*block), places);
            sums = avx2._mm256_add_epi16(sums, avx2._mm256_cvtepi8_epi16(weights));
        }
        pulp::cast(sums)
    }

    #[inline(always)]
    fn strike(self, sets: &mut Sets, left: u32, values: &[f32; LANES], limit: f32) {
        use std::arch::x86_64::_CMP_NGT_UQ;
        let avx = self.avx;
        let limit = avx._mm256_set1_ps(limit);
        let not_above = avx._mm256_cmp_ps::<_CMP_NGT_UQ>(pulp::cast(*values), limit);
        let kept = avx._mm256_or_ps(not_above, pulp::cast([left; LANES]));
        *sets = pulp::cast(avx._mm256_and_ps(pulp::cast(*sets), kept));
    }

    #[inline(always)]
    fn add_first(self, sums: &mut [f32; LANES], sets: &Sets, leaves: &[f32; LEAVES]) {
        let (avx, avx2) = (self.avx, self.avx2);
        let sets = pulp::cast(*sets);
        // The lowest bit alone, as a float: its exponent is the leaf's place.
        let below = avx2._mm256_sub_epi32(avx._mm256_setzero_si256(), sets);
        let lowest = avx._mm256_cvtepi32_ps(avx2._mm256_and_si256(sets, below));
        let exponent = avx2._mm256_srli_epi32::<23>(pulp::cast(lowest));
        let place = avx2._mm256_sub_epi32(exponent, avx._mm256_set1_epi32(127));
        // The place's last three bits choose in each half, its fourth the half.
        let [low, high] = pulp::cast::<_, [[f32; 8]; 2]>(*leaves);
        let low = avx2._mm256_permutevar8x32_ps(pulp::cast(low), place);
        let high = avx2._mm256_permutevar8x32_ps(pulp::cast(high), place);
        let half = avx2._mm256_slli_epi32::<28>(place);
        let leaf = avx._mm256_blendv_ps(low, high, pulp::cast(half));
        *sums = pulp::cast(avx._mm256_add_ps(pulp::cast(*sums), leaf));
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
