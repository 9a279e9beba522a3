//! A forest asked question by question instead of tree by tree (QuickScorer: Lucchese and others
//! 2015).
//!
//! All questions about a number stand together, sorted by limit: those that a row answers with
//! "above" are a prefix. Each such answer strikes the leaves below it off its tree's set; of what
//! is left the first leaf is the one the row comes to. No jumps to guess, and memory is read in
//! order. Several rows are asked at once, a lane each, so that one instruction strikes for all.

use super::trees::{Forest, Tree};

/// Leaves of a tree, the first in the lowest bit.
type Leaves = u32;

/// Rows asked at once.
const LANES: usize = 8;

/// A question, with what it strikes where a number is above its limit.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Strike {
    limit: f32,
    tree: u16,
    left: Leaves,
}

/// A forest of so many outputs ready to be asked fast.
#[derive(Clone, Debug, PartialEq)]
pub struct Quick<const OUTPUTS: usize> {
    /// Where the questions about each number end.
    ends: Vec<u32>,
    strikes: Vec<Strike>,
    /// Where the leaves of each tree begin.
    starts: Vec<u32>,
    leaves: Vec<f32>,
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
            starts: Vec::new(),
            leaves: Vec::new(),
            outputs: [(0.0, 0); OUTPUTS],
        };
        if forest.outputs.len() != OUTPUTS {
            return None;
        }
        let mut strikes: Vec<(u16, Strike)> = Vec::new();
        for (output, (base, trees)) in forest.outputs.iter().enumerate() {
            for tree in trees {
                let number = u16::try_from(quick.starts.len()).ok()?;
                quick.starts.push(quick.leaves.len() as u32);
                let first = quick.leaves.len();
                let way = if tree.questions.is_empty() { -1 } else { 0 };
                quick.strike(tree, way, number, first, &mut strikes);
                if quick.leaves.len() - first > Leaves::BITS as usize {
                    return None;
                }
            }
            quick.outputs[output] = (*base, quick.starts.len() as u32);
        }
        strikes.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.limit.total_cmp(&b.1.limit)));
        for number in 0..forest.numbers {
            let end = strikes.partition_point(|(n, _)| usize::from(*n) <= number);
            quick.ends.push(end as u32);
        }
        quick.strikes = strikes.into_iter().map(|(_, strike)| strike).collect();
        Some(quick)
    }

    /// Takes the leaves of a way in their order, and the questions on it.
    fn strike(
        &mut self,
        tree: &Tree,
        way: i16,
        number: u16,
        first: usize,
        strikes: &mut Vec<(u16, Strike)>,
    ) {
        let Ok(at) = usize::try_from(way) else {
            let leaf = usize::from((-1 - way).unsigned_abs());
            self.leaves.push(tree.leaves[leaf]);
            return;
        };
        let question = tree.questions[at];
        let from = self.leaves.len() - first;
        self.strike(tree, question.down, number, first, strikes);
        let to = self.leaves.len() - first;
        let up_to = |leaf: usize| Leaves::MAX.checked_shr(32 - leaf.min(32) as u32);
        let below = up_to(to).unwrap_or(0) & !up_to(from).unwrap_or(0);
        let strike = Strike {
            limit: question.limit,
            tree: number,
            left: !below,
        };
        strikes.push((question.number, strike));
        self.strike(tree, question.up, number, first, strikes);
    }

    /// The outputs for each row, as the forest gives them.
    pub fn scores<R: AsRef<[f32]>>(&self, rows: &[R]) -> Vec<[f32; OUTPUTS]> {
        struct Ask<'q, 'r, R, const OUTPUTS: usize>(&'q Quick<OUTPUTS>, &'r [R]);
        impl<R: AsRef<[f32]>, const OUTPUTS: usize> pulp::NullaryFnOnce for Ask<'_, '_, R, OUTPUTS> {
            type Output = Vec<[f32; OUTPUTS]>;

            #[inline(always)]
            fn call(self) -> Self::Output {
                self.0.ask(self.1)
            }
        }
        pulp::Arch::new().dispatch(Ask(self, rows))
    }

    /// As [`Quick::scores`]; inlined where the machine's best instructions are known.
    #[inline(always)]
    fn ask<R: AsRef<[f32]>>(&self, rows: &[R]) -> Vec<[f32; OUTPUTS]> {
        let mut sets = vec![[Leaves::MAX; LANES]; self.starts.len()];
        let mut scores = Vec::with_capacity(rows.len());
        for rows in rows.chunks(LANES) {
            sets.fill([Leaves::MAX; LANES]);
            self.strike_off(rows, &mut sets);
            let sums = self.sums(&sets);
            scores.extend((0..rows.len()).map(|lane| sums.map(|sums| sums[lane])));
        }
        scores
    }

    /// Strikes the leaves off that the rows, at most [`LANES`], do not come to.
    #[inline(always)]
    fn strike_off<R: AsRef<[f32]>>(&self, rows: &[R], sets: &mut [[Leaves; LANES]]) {
        let mut from = 0;
        for (number, end) in self.ends.iter().enumerate() {
            // A lane without a row is above no limit.
            let mut values = [f32::MIN; LANES];
            for (value, row) in values.iter_mut().zip(rows) {
                *value = row.as_ref().get(number).copied().unwrap_or(f32::MIN);
            }
            let top = values.iter().copied().fold(f32::MIN, f32::max);
            let end = *end as usize;
            for strike in &self.strikes[from..end] {
                if top <= strike.limit {
                    break;
                }
                let set = &mut sets[usize::from(strike.tree)];
                // Without a branch, so that lanes share instructions: all bits where not above.
                for (set, value) in set.iter_mut().zip(&values) {
                    let above = Leaves::from(*value > strike.limit);
                    *set &= strike.left | above.wrapping_sub(1);
                }
            }
            from = end;
        }
    }

    /// The outputs of all lanes.
    #[inline(always)]
    fn sums(&self, sets: &[[Leaves; LANES]]) -> [[f32; LANES]; OUTPUTS] {
        let mut tree = 0;
        self.outputs.map(|(base, end)| {
            let mut sums = [0.0f32; LANES];
            let trees = tree..end as usize;
            tree = end as usize;
            for (start, set) in self.starts[trees.clone()].iter().zip(&sets[trees]) {
                for (sum, set) in sums.iter_mut().zip(set) {
                    *sum += self.leaves[(start + set.trailing_zeros()) as usize];
                }
            }
            sums.map(|sum| base + sum)
        })
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
                prop::collection::vec((0u16..3, -4i8..4, 0usize..31), 0..31), 1..6),
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
        let drawn: Vec<(u16, i8, usize)> = (0..32).map(|k| (0, k as i8, k)).collect();
        let of = |drawn: &[(u16, i8, usize)]| Forest {
            numbers: 3,
            outputs: vec![(0.0, vec![grown(drawn)])],
        };
        assert!(Quick::<1>::new(&of(&drawn[..31])).is_some());
        assert!(Quick::<1>::new(&of(&drawn)).is_none());
        assert!(Quick::<2>::new(&of(&drawn[..31])).is_none(), "outputs");
    }
}
