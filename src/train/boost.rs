//! Fits boosted trees (Friedman 2001) by their second derivatives (Chen, Guestrin 2016), leaf by
//! leaf, over numbers dealt into bins. Deterministic: the same rows give the same forest.

use crate::detect::numbers::ranker::sigmoid;
use crate::detect::numbers::trees::{Forest, Question, Tree};

use super::Random;

/// Bins of a number at most.
const BINS: usize = 64;
/// A leaf speaks for at least so many rows.
const LEAST_ROWS: usize = 20;
/// The least sum of second derivatives in a leaf.
const LEAST_WEIGHT: f64 = 3.0;
/// Pull of every leaf towards zero.
const PULL: f64 = 3.0;
/// Share of the rows, and of the numbers, that a tree sees.
const SEEN: [f32; 2] = [0.8, 0.7];
/// A question must gain more than this.
const LEAST_GAIN: f64 = 1e-3;

/// What is learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A value; the forest gives it.
    Value,
    /// Yes (1) or no (0); the forest gives log odds.
    Chance,
    /// One of so many classes; the forest gives the logarithms of their shares.
    Classes(usize),
}

/// How to fit a forest.
#[derive(Clone, Copy, Debug)]
pub struct BoostOptions {
    /// Trees for each output.
    pub rounds: usize,
    /// Leaves of a tree at most.
    pub leaves: usize,
    /// How much of what it says a tree may say.
    pub rate: f32,
}

/// Rows dealt into bins, number by number.
struct Binned {
    rows: usize,
    bins: Vec<u8>,
    limits: Vec<Vec<f32>>,
}

impl Binned {
    fn new(rows: &[Vec<f32>]) -> Binned {
        let numbers = rows.first().map_or(0, Vec::len);
        let mut bins = vec![0u8; rows.len() * numbers];
        let mut limits = Vec::with_capacity(numbers);
        for number in 0..numbers {
            let column = rows.iter().map(|row| row[number]);
            let found = limits_of(column.collect());
            let of = &mut bins[number * rows.len()..(number + 1) * rows.len()];
            for (bin, row) in of.iter_mut().zip(rows) {
                *bin = found.partition_point(|limit| *limit < row[number]) as u8;
            }
            limits.push(found);
        }
        Binned {
            rows: rows.len(),
            bins,
            limits,
        }
    }

    fn column(&self, number: usize) -> &[u8] {
        &self.bins[number * self.rows..(number + 1) * self.rows]
    }
}

/// Limits between the bins of a number: between any two values where there are few, else at
/// equal counts.
fn limits_of(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_unstable_by(f32::total_cmp);
    let mut once = values.clone();
    once.dedup();
    if once.len() <= BINS {
        return once.windows(2).map(|w| (w[0] + w[1]) / 2.0).collect();
    }
    let mut limits: Vec<f32> = Vec::with_capacity(BINS);
    for k in 1..BINS {
        let at = k * values.len() / BINS;
        let limit = (values[at] + values[at.saturating_sub(1)]) / 2.0;
        if limits.last().is_none_or(|last| *last < limit) {
            limits.push(limit);
        }
    }
    limits
}

/// First and second derivatives of every row.
struct Slopes {
    first: Vec<f32>,
    second: Vec<f32>,
}

/// A leaf that may still be split.
struct Growing {
    rows: Vec<u32>,
    sums: Vec<[f64; 2]>,
    best: Option<Split>,
    /// The question that leads here, and whether upwards.
    from: Option<(usize, bool)>,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    /// Place in the numbers the tree sees.
    seen: usize,
    bin: usize,
}

/// A tree in the making: what it sees.
struct Grower<'a> {
    binned: &'a Binned,
    slopes: &'a Slopes,
    numbers: &'a [usize],
    /// Where each number's bins begin in the sums.
    offsets: Vec<usize>,
}

impl Grower<'_> {
    fn sums(&self, rows: &[u32]) -> Vec<[f64; 2]> {
        let mut sums = vec![[0.0; 2]; self.offsets[self.numbers.len()]];
        for (seen, number) in self.numbers.iter().enumerate() {
            let column = self.binned.column(*number);
            let of = &mut sums[self.offsets[seen]..self.offsets[seen + 1]];
            for row in rows {
                let row = *row as usize;
                let bin = &mut of[usize::from(column[row])];
                bin[0] += f64::from(self.slopes.first[row]);
                bin[1] += f64::from(self.slopes.second[row]);
            }
        }
        sums
    }

    fn best(&self, sums: &[[f64; 2]], rows: usize) -> Option<Split> {
        if rows < 2 * LEAST_ROWS {
            return None;
        }
        let worth = |[first, second]: [f64; 2]| first * first / (second + PULL);
        let add = |a: [f64; 2], b: &[f64; 2]| [a[0] + b[0], a[1] + b[1]];
        let all = sums[..self.offsets[1]].iter().fold([0.0; 2], add);
        let mut best: Option<Split> = None;
        for seen in 0..self.numbers.len() {
            let of = &sums[self.offsets[seen]..self.offsets[seen + 1]];
            let mut down = [0.0; 2];
            for (bin, sum) in of[..of.len() - 1].iter().enumerate() {
                down = add(down, sum);
                let up = [all[0] - down[0], all[1] - down[1]];
                if down[1] < LEAST_WEIGHT || up[1] < LEAST_WEIGHT {
                    continue;
                }
                let gain = worth(down) + worth(up) - worth(all);
                if gain > best.map_or(LEAST_GAIN, |b| b.gain) {
                    best = Some(Split { gain, seen, bin });
                }
            }
        }
        best
    }

    fn leaf(&self, rows: Vec<u32>, sums: Vec<[f64; 2]>, from: Option<(usize, bool)>) -> Growing {
        let best = self.best(&sums, rows.len());
        Growing {
            rows,
            sums,
            best,
            from,
        }
    }

    fn grow(&self, rows: Vec<u32>, options: &BoostOptions) -> Tree {
        let sums = self.sums(&rows);
        let mut leaves = vec![self.leaf(rows, sums, None)];
        let mut tree = Tree::default();
        while leaves.len() < options.leaves {
            let gains = leaves.iter().enumerate();
            let gains = gains.filter_map(|(k, leaf)| Some((k, leaf.best?)));
            let Some((k, split)) = gains.reduce(|a, b| if b.1.gain > a.1.gain { b } else { a })
            else {
                break;
            };
            let leaf = leaves.swap_remove(k);
            let number = self.numbers[split.seen];
            let column = self.binned.column(number);
            let (down, up): (Vec<u32>, Vec<u32>) = leaf
                .rows
                .iter()
                .partition(|row| usize::from(column[**row as usize]) <= split.bin);
            let question = tree.questions.len();
            tree.questions.push(Question {
                number: number as u16,
                limit: self.binned.limits[number][split.bin],
                down: 0,
                up: 0,
            });
            lead(&mut tree, leaf.from, question as i16);
            // The sums of the larger part are those of both less those of the smaller.
            let down_is_smaller = down.len() <= up.len();
            let smaller = self.sums(if down_is_smaller { &down } else { &up });
            let mut larger = leaf.sums;
            for (sum, part) in larger.iter_mut().zip(&smaller) {
                *sum = [sum[0] - part[0], sum[1] - part[1]];
            }
            let (below, above) = if down_is_smaller {
                (smaller, larger)
            } else {
                (larger, smaller)
            };
            leaves.push(self.leaf(down, below, Some((question, false))));
            leaves.push(self.leaf(up, above, Some((question, true))));
        }
        for leaf in leaves {
            let sum = |slopes: &[f32]| -> f64 {
                let of = leaf.rows.iter().map(|row| f64::from(slopes[*row as usize]));
                of.sum()
            };
            let value = sum(&self.slopes.first) / (sum(&self.slopes.second) + PULL);
            let way = -1 - tree.leaves.len() as i16;
            lead(&mut tree, leaf.from, way);
            tree.leaves.push(value as f32 * options.rate);
        }
        tree
    }
}

/// Makes a question lead somewhere.
fn lead(tree: &mut Tree, from: Option<(usize, bool)>, to: i16) {
    if let Some((question, up)) = from {
        let question = &mut tree.questions[question];
        *(if up {
            &mut question.up
        } else {
            &mut question.down
        }) = to;
    }
}

/// Fits a forest to rows of numbers and what each should give: a value, 0 or 1, or the number of
/// its class.
pub fn boost(rows: &[Vec<f32>], wanted: &[f32], target: Target, options: &BoostOptions) -> Forest {
    let outputs = match target {
        Target::Classes(classes) => classes,
        _ => 1,
    };
    let binned = Binned::new(rows);
    let numbers: Vec<usize> = (0..binned.limits.len())
        .filter(|k| !binned.limits[*k].is_empty())
        .collect();
    let mut forest = Forest {
        numbers: binned.limits.len(),
        outputs: (0..outputs)
            .map(|k| (start(wanted, target, k), Vec::new()))
            .collect(),
    };
    let mut scores: Vec<Vec<f32>> = forest
        .outputs
        .iter()
        .map(|(base, _)| vec![*base; rows.len()])
        .collect();
    let mut random = Random::new(17);
    for _ in 0..options.rounds {
        let seen: Vec<u32> = (0..rows.len() as u32)
            .filter(|_| random.share() < SEEN[0])
            .collect();
        let shares = shares(&scores);
        for (output, (_, trees)) in forest.outputs.iter_mut().enumerate() {
            let slopes = slopes(&scores[output], &shares[output], wanted, target, output);
            let numbers: Vec<usize> = numbers
                .iter()
                .copied()
                .filter(|_| random.share() < SEEN[1])
                .collect();
            if numbers.is_empty() {
                continue;
            }
            let mut offsets = vec![0];
            for (k, number) in numbers.iter().enumerate() {
                offsets.push(offsets[k] + binned.limits[*number].len() + 1);
            }
            let grower = Grower {
                binned: &binned,
                slopes: &slopes,
                numbers: &numbers,
                offsets,
            };
            let tree = grower.grow(seen.clone(), options);
            for (score, row) in scores[output].iter_mut().zip(rows) {
                *score += tree.score(row);
            }
            trees.push(tree);
        }
    }
    forest
}

/// What an output gives before its first tree.
fn start(wanted: &[f32], target: Target, output: usize) -> f32 {
    let count = wanted.len().max(1) as f32;
    let mean = wanted.iter().sum::<f32>() / count;
    let safe = |share: f32| share.clamp(1e-4, 1.0 - 1e-4);
    match target {
        Target::Value => mean,
        Target::Chance => (safe(mean) / (1.0 - safe(mean))).ln(),
        Target::Classes(_) => {
            let of = wanted.iter().filter(|w| **w as usize == output).count();
            safe(of as f32 / count).ln()
        }
    }
}

/// The shares of each output for each row.
fn shares(scores: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut shares = scores.to_vec();
    for row in 0..scores[0].len() {
        let top = scores.iter().map(|s| s[row]).fold(f32::MIN, f32::max);
        let all: f32 = scores.iter().map(|s| (s[row] - top).exp()).sum();
        for (share, score) in shares.iter_mut().zip(scores) {
            share[row] = (score[row] - top).exp() / all;
        }
    }
    shares
}

/// The derivatives of the loss, downhill.
fn slopes(scores: &[f32], shares: &[f32], wanted: &[f32], target: Target, output: usize) -> Slopes {
    let slope = |row: usize| {
        let chance = |share: f32, yes: f32| (yes - share, (share * (1.0 - share)).max(1e-3));
        match target {
            Target::Value => (wanted[row] - scores[row], 1.0),
            Target::Chance => chance(sigmoid(scores[row]), wanted[row]),
            Target::Classes(_) => {
                let yes = f32::from(u8::from(wanted[row] as usize == output));
                chance(shares[row], yes)
            }
        }
    };
    let (first, second) = (0..scores.len()).map(slope).unzip();
    Slopes { first, second }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: BoostOptions = BoostOptions {
        rounds: 60,
        leaves: 4,
        rate: 0.3,
    };

    /// 200 rows: the first number tells, the second only with the first, the third nothing.
    fn rows() -> Vec<Vec<f32>> {
        let row = |k: u32| vec![(k % 10) as f32, (k / 10 % 2) as f32, (k % 7) as f32];
        (0..400).map(row).collect()
    }

    #[test]
    fn values_chances_and_classes_are_learned() {
        let rows = rows();
        let value: Vec<f32> = rows.iter().map(|r| r[0] * 2.0 + r[1]).collect();
        let forest = boost(&rows, &value, Target::Value, &OPTIONS);
        let worst = rows.iter().zip(&value);
        let worst = worst.map(|(r, v)| (forest.scores(r)[0] - v).abs());
        assert!(worst.fold(0.0, f32::max) < 0.5);
        // Neither number alone tells which is which.
        let both: Vec<f32> = rows
            .iter()
            .map(|r| f32::from(u8::from((r[0] > 4.0) != (r[1] > 0.0))))
            .collect();
        let forest = boost(&rows, &both, Target::Chance, &OPTIONS);
        let right =
            |forest: &Forest, row: &[f32], yes: f32| (forest.scores(row)[0] > 0.0) == (yes > 0.0);
        assert!(
            rows.iter()
                .zip(&both)
                .all(|(r, yes)| right(&forest, r, *yes))
        );
        let class: Vec<f32> = rows.iter().map(|r| (r[0] / 4.0).floor()).collect();
        let forest = boost(&rows, &class, Target::Classes(3), &OPTIONS);
        for (row, class) in rows.iter().zip(&class) {
            assert!(forest.shares(row)[*class as usize] > 0.8);
        }
    }

    #[test]
    fn the_same_rows_give_the_same_forest_and_it_is_whole() {
        let rows = rows();
        let wanted: Vec<f32> = rows.iter().map(|r| r[0]).collect();
        let forest = boost(&rows, &wanted, Target::Value, &OPTIONS);
        assert_eq!(forest, boost(&rows, &wanted, Target::Value, &OPTIONS));
        assert_eq!(Forest::from_bytes(&forest.to_bytes()), Some(forest));
    }

    #[test]
    fn a_leaf_speaks_for_enough_rows() {
        let rows: Vec<Vec<f32>> = (0..LEAST_ROWS * 2 - 1).map(|k| vec![k as f32]).collect();
        let wanted: Vec<f32> = rows.iter().map(|r| r[0]).collect();
        let forest = boost(&rows, &wanted, Target::Value, &OPTIONS);
        assert!(
            forest.outputs[0]
                .1
                .iter()
                .all(|tree| tree.questions.is_empty())
        );
    }
}
