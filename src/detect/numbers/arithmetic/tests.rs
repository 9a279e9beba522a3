//! Every way to reckon against the plain one.

use super::*;
use crate::detect::numbers::hashing::mix;

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
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
        let row =
            |k: usize| -> Pairs { std::array::from_fn(|d| [0, 1].map(|p| weight(turn, k, d, p))) };
        let weights: Vec<Pairs> = (0..WIDTH / 2).map(row).collect();
        let told = [&told[0], &told[1]];
        assert_eq!(
            fast.products(told, &weights),
            Plain.products(told, &weights)
        );
        let bucket = |k: u32| -> Bucket {
            std::array::from_fn(|row| {
                let noise = mix(turn, k, row as u32).to_le_bytes();
                let [a, b, c, d] = noise;
                [a, b, c, d, a ^ c, b ^ d, row as u8, 1 + noise[0] % 2]
            })
        };
        let asked: Vec<(Bucket, [u8; 2])> =
            (0..150).map(|k| (bucket(k), [(k % 10) as u8, 1])).collect();
        let asked = || asked.iter().map(|(bucket, check)| (bucket, *check));
        let (summed, plain) = (fast.sum_checked(asked()), Plain.sum_checked(asked()));
        assert_eq!(summed[..6], plain[..6]);
        let held: Vec<([u8; BLOCK], u8)> = (0..100)
            .map(|k| {
                let block = std::array::from_fn(|c| match turn {
                    0 => 0x80,
                    _ => mix(turn, k, 100 + c as u32) as u8,
                });
                (block, (k % BLOCK as u32) as u8)
            })
            .collect();
        let held = || held.iter().map(|(block, mix)| (block, *mix));
        assert_eq!(fast.sum_mixed(held()), Plain.sum_mixed(held()));
    }
}
