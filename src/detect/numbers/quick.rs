//! A forest asked question by question instead of tree by tree (QuickScorer: Lucchese and others
//! 2015).
//!
//! All questions about a number stand together, sorted by limit: those that a row answers with
//! "above" are a prefix. Each such answer strikes the leaves below it off its tree's set; of what
//! is left the first leaf is the one the row comes to. No jumps to guess, and memory is read in
//! order. Several rows are asked at once, a lane each, so that one instruction strikes for all.

use super::arithmetic::{Arithmetic, LANES, LEAVES, Sets, Task, with_best};
use super::trees::{Forest, Tree};

/// A question, with what it strikes where a number is above its limit.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Strike {
    limit: f32,
    tree: u16,
    /// The leaves that are left, the first in the lowest bit.
    left: u32,
}

/// A forest of so many outputs ready to be asked fast.
#[derive(Clone, Debug, PartialEq)]
pub struct Quick<const OUTPUTS: usize> {
    /// Where the questions about each number end.
    ends: Vec<u32>,
    strikes: Vec<Strike>,
    /// The leaves of each tree.
    leaves: Vec<[f32; LEAVES]>,
    /// Starting value of each output, and behind which tree its trees end.
    outputs: [(f32, u32); OUTPUTS],
}

impl<const OUTPUTS: usize> Quick<OUTPUTS> {
    /// Of a forest; `None` if it has another number of outputs, a tree of it has more leaves
    /// than a set holds, or there are too many trees.
    pub fn new(forest: &Forest) -> Option<Quick<OUTPUTS>> {
        let mut quick = Quick {
            ends: Vec::with_capacity(forest.numbers),
            strikes: Vec::new(),
            leaves: Vec::new(),
            outputs: [(0.0, 0); OUTPUTS],
        };
        if forest.outputs.len() != OUTPUTS {
            return None;
        }
        let mut strikes: Vec<(u16, Strike)> = Vec::new();
        for (output, (base, trees)) in forest.outputs.iter().enumerate() {
            for tree in trees {
                let number = u16::try_from(quick.leaves.len()).ok()?;
                let way = if tree.questions.is_empty() { -1 } else { 0 };
                let mut leaves = Vec::with_capacity(LEAVES);
                strike(tree, way, number, &mut leaves, &mut strikes);
                if leaves.len() > LEAVES {
                    return None;
                }
                leaves.resize(LEAVES, 0.0);
                quick.leaves.extend(leaves.as_chunks().0);
            }
            quick.outputs[output] = (*base, quick.leaves.len() as u32);
        }
        strikes.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.limit.total_cmp(&b.1.limit)));
        for number in 0..forest.numbers {
            let end = strikes.partition_point(|(n, _)| usize::from(*n) <= number);
            quick.ends.push(end as u32);
        }
        quick.strikes = strikes.into_iter().map(|(_, strike)| strike).collect();
        Some(quick)
    }

    /// The outputs for each row, as the forest gives them.
    pub fn scores<R: AsRef<[f32]>>(&self, rows: &[R]) -> Vec<[f32; OUTPUTS]> {
        with_best(Asking { quick: self, rows })
    }

    /// Strikes the leaves off that the rows, at most [`LANES`], do not come to.
    #[inline(always)]
    fn strike_off<A: Arithmetic, R: AsRef<[f32]>>(
        &self,
        rows: &[R],
        sets: &mut [Sets],
        arithmetic: A,
    ) {
        let mut from = 0;
        for (number, end) in self.ends.iter().enumerate() {
            let end = *end as usize;
            let strikes = &self.strikes[from..end];
            from = end;
            if strikes.is_empty() {
                continue;
            }
            // A lane without a row is above no limit.
            let mut values = [f32::MIN; LANES];
            for (value, row) in values.iter_mut().zip(rows) {
                *value = row.as_ref().get(number).copied().unwrap_or(f32::MIN);
            }
            let top = values.iter().copied().fold(f32::MIN, f32::max);
            for strike in strikes {
                if top <= strike.limit {
                    break;
                }
                let sets = &mut sets[usize::from(strike.tree)];
                arithmetic.strike(sets, strike.left, &values, strike.limit);
            }
        }
    }

    /// The outputs of all lanes.
    #[inline(always)]
    fn sums<A: Arithmetic>(&self, sets: &[Sets], arithmetic: A) -> [[f32; LANES]; OUTPUTS] {
        // No closure: what is called in one is not inlined where the instructions are known.
        let mut outputs = [[0.0f32; LANES]; OUTPUTS];
        let mut tree = 0;
        for (sums, (base, end)) in outputs.iter_mut().zip(&self.outputs) {
            let trees = tree..*end as usize;
            tree = *end as usize;
            for (leaves, sets) in self.leaves[trees.clone()].iter().zip(&sets[trees]) {
                arithmetic.add_first(sums, sets, leaves);
            }
            for sum in sums {
                *sum += base;
            }
        }
        outputs
    }
}

/// Takes the leaves of a way in their order, and the questions on it, each with the number it
/// asks for.
fn strike(
    tree: &Tree,
    way: i16,
    number: u16,
    leaves: &mut Vec<f32>,
    strikes: &mut Vec<(u16, Strike)>,
) {
    let Ok(at) = usize::try_from(way) else {
        let leaf = usize::from((-1 - way).unsigned_abs());
        leaves.push(tree.leaves[leaf]);
        return;
    };
    let question = tree.questions[at];
    let from = leaves.len();
    strike(tree, question.down, number, leaves, strikes);
    let up_to = |leaf: usize| u32::MAX.checked_shl(leaf as u32).map_or(u32::MAX, |m| !m);
    let below = up_to(leaves.len()) & !up_to(from);
    let found = Strike {
        limit: question.limit,
        tree: number,
        left: !below,
    };
    strikes.push((question.number, found));
    strike(tree, question.up, number, leaves, strikes);
}

/// A forest being asked about rows.
struct Asking<'q, 'r, R, const OUTPUTS: usize> {
    quick: &'q Quick<OUTPUTS>,
    rows: &'r [R],
}

impl<R: AsRef<[f32]>, const OUTPUTS: usize> Task for Asking<'_, '_, R, OUTPUTS> {
    type Output = Vec<[f32; OUTPUTS]>;

    #[inline(always)]
    fn run<A: Arithmetic>(self, arithmetic: A) -> Self::Output {
        let Asking { quick, rows } = self;
        let mut sets = vec![[0; LANES]; quick.leaves.len()];
        let mut scores = Vec::with_capacity(rows.len());
        for rows in rows.chunks(LANES) {
            sets.fill([u32::MAX; LANES]);
            quick.strike_off(rows, &mut sets, arithmetic);
            let sums = quick.sums(&sets, arithmetic);
            scores.extend((0..rows.len()).map(|lane| sums.map(|sums| sums[lane])));
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::detect::numbers::trees::Question;

    /// A tree over three numbers, grown from what was drawn: each takes a leaf apart.
    fn grown(drawn: &[(u16, i8, usize)]) -> Tree {
        let mut tree = Tree {
            questions: Vec::new(),
            leaves: vec![1.0],
        };
        for (number, limit, leaf) in drawn {
            let leaf = leaf % tree.leaves.len();
            let old = -1 - leaf as i16;
            let new = tree.questions.len() as i16;
            for question in &mut tree.questions {
                for way in [&mut question.down, &mut question.up] {
                    if *way == old {
                        *way = new;
                    }
                }
            }
            tree.questions.push(Question {
                number: number % 3,
                limit: f32::from(*limit),
                down: old,
                up: -1 - tree.leaves.len() as i16,
            });
            tree.leaves.push(tree.leaves.len() as f32 * 1.5);
        }
        tree
    }

    proptest! {
        #[test]
        fn it_says_what_the_trees_say(
            drawn in prop::collection::vec(
                prop::collection::vec((0u16..3, -4i8..4, 0usize..15), 0..16), 1..6),
            rows in prop::collection::vec(prop::array::uniform3(-5i8..5), 0..20),
        ) {
            let trees: Vec<Tree> = drawn.iter().map(|d| grown(d)).collect();
            let forest = Forest { numbers: 3, outputs: vec![(0.5, trees.clone()), (1.0, trees)] };
            let quick = Quick::<2>::new(&forest).expect("few leaves");
            let rows: Vec<[f32; 3]> = rows.iter().map(|row| row.map(f32::from)).collect();
            let expected: Vec<Vec<f32>> = rows.iter().map(|row| forest.scores(row)).collect();
            let found: Vec<Vec<f32>> = quick.scores(&rows).iter().map(|s| s.to_vec()).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_tree_of_too_many_leaves_and_another_number_of_outputs_are_refused() {
        let drawn: Vec<(u16, i8, usize)> = (0..16).map(|k| (0, k as i8, k)).collect();
        let of = |drawn: &[(u16, i8, usize)]| Forest {
            numbers: 3,
            outputs: vec![(0.0, vec![grown(drawn)])],
        };
        assert!(Quick::<1>::new(&of(&drawn[..15])).is_some());
        assert!(Quick::<1>::new(&of(&drawn)).is_none());
        assert!(Quick::<2>::new(&of(&drawn[..15])).is_none(), "outputs");
    }
}
