//! Boosted trees (Friedman 2001) over rows of numbers: sums of what the leaf of each tree says.
//!
//! A forest in a file: how many outputs, then for each a starting value and its trees; a tree is
//! a list of questions (which number, up to where, the way if not above, the way if above) and
//! the values of its leaves. Ways are questions of the same tree, or leaves counted down from -1.

use super::ranker::softmax;

/// A question of a tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// Which number of the row is asked for.
    pub number: u16,
    /// Up to this value the way is `down`, else `up`.
    pub limit: f32,
    /// The next question, or a leaf as -1 minus its place.
    pub down: i16,
    /// The next question, or a leaf as -1 minus its place.
    pub up: i16,
}

/// A tree; without questions its only leaf holds always.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The first is asked first.
    pub questions: Vec<Question>,
    /// At least one.
    pub leaves: Vec<f32>,
}

impl Tree {
    /// What the tree says of a row.
    pub fn score(&self, row: &[f32]) -> f32 {
        let mut way = if self.questions.is_empty() { -1 } else { 0 };
        while let Some(question) = usize::try_from(way).ok().map(|k| &self.questions[k]) {
            let number = row[usize::from(question.number)];
            way = if number <= question.limit {
                question.down
            } else {
                question.up
            };
        }
        self.leaves[usize::from((-1 - way).unsigned_abs())]
    }

    /// Whether every way leads to a later question or a leaf that is there, and every number is
    /// one of `numbers`.
    fn is_whole(&self, numbers: usize) -> bool {
        let way_is_whole = |at: usize, way: i16| match usize::try_from(way) {
            Ok(next) => next > at && next < self.questions.len(),
            Err(_) => usize::from((-1 - way).unsigned_abs()) < self.leaves.len(),
        };
        !self.leaves.is_empty()
            && self.questions.iter().enumerate().all(|(at, question)| {
                usize::from(question.number) < numbers
                    && way_is_whole(at, question.down)
                    && way_is_whole(at, question.up)
            })
    }
}

/// Several outputs, each a starting value and trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// How many numbers a row has.
    pub numbers: usize,
    /// The outputs.
    pub outputs: Vec<(f32, Vec<Tree>)>,
}

impl Forest {
    /// The outputs for a row of [`Forest::numbers`] numbers.
    pub fn scores(&self, row: &[f32]) -> Vec<f32> {
        debug_assert_eq!(row.len(), self.numbers);
        let score = |(base, trees): &(f32, Vec<Tree>)| {
            base + trees.iter().map(|tree| tree.score(row)).sum::<f32>()
        };
        self.outputs.iter().map(score).collect()
    }

    /// The outputs as shares of the probability.
    pub fn shares(&self, row: &[f32]) -> Vec<f32> {
        softmax(self.scores(row))
    }

    /// The bytes of a forest.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let count = |n: usize| (n as u32).to_le_bytes();
        bytes.extend(count(self.numbers));
        bytes.extend(count(self.outputs.len()));
        for (base, trees) in &self.outputs {
            bytes.extend(base.to_le_bytes());
            bytes.extend(count(trees.len()));
            for tree in trees {
                bytes.extend(count(tree.questions.len()));
                for question in &tree.questions {
                    bytes.extend(question.number.to_le_bytes());
                    bytes.extend(question.limit.to_le_bytes());
                    bytes.extend(question.down.to_le_bytes());
                    bytes.extend(question.up.to_le_bytes());
                }
                bytes.extend(count(tree.leaves.len()));
                tree.leaves
                    .iter()
                    .for_each(|leaf| bytes.extend(leaf.to_le_bytes()));
            }
        }
        bytes
    }

    /// Reads a forest; `None` if the bytes are none or hold a tree that leads nowhere.
    pub fn from_bytes(bytes: &[u8]) -> Option<Forest> {
        let mut rest = Rest(bytes);
        let numbers = rest.count()?;
        let outputs = (0..rest.count()?)
            .map(|_| {
                let base = rest.float()?;
                let trees = (0..rest.count()?).map(|_| rest.tree(numbers));
                Some((base, trees.collect::<Option<Vec<Tree>>>()?))
            })
            .collect::<Option<Vec<_>>>()?;
        rest.0.is_empty().then_some(Forest { numbers, outputs })
    }
}

/// What is not read yet.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    /// A number of things of at least a byte each, so that no count asks for more than is there.
    fn count(&mut self) -> Option<usize> {
        let count = u32::from_le_bytes(self.take()?) as usize;
        (count <= self.0.len() + 1).then_some(count)
    }

    fn float(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes)
    }

    fn tree(&mut self, numbers: usize) -> Option<Tree> {
        let questions = (0..self.count()?)
            .map(|_| {
                Some(Question {
                    number: u16::from_le_bytes(self.take()?),
                    limit: self.float()?,
                    down: i16::from_le_bytes(self.take()?),
                    up: i16::from_le_bytes(self.take()?),
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let leaves = (0..self.count()?).map(|_| self.float());
        let tree = Tree {
            questions,
            leaves: leaves.collect::<Option<Vec<_>>>()?,
        };
        tree.is_whole(numbers).then_some(tree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest() -> Forest {
        let question = |number, limit, down, up| Question {
            number,
            limit,
            down,
            up,
        };
        let tree = Tree {
            questions: vec![question(0, 1.5, 1, -1), question(1, 0.0, -2, -3)],
            leaves: vec![10.0, 20.0, 30.0],
        };
        let one = Tree {
            questions: Vec::new(),
            leaves: vec![1.0],
        };
        Forest {
            numbers: 2,
            outputs: vec![(0.5, vec![tree, one]), (0.0, Vec::new())],
        }
    }

    #[test]
    fn a_row_goes_down_where_a_number_is_at_most_the_limit() {
        let forest = forest();
        assert_eq!(forest.scores(&[1.5, 0.0]), [21.5, 0.0]);
        assert_eq!(forest.scores(&[1.5, 0.1]), [31.5, 0.0]);
        assert_eq!(forest.scores(&[1.6, 0.0]), [11.5, 0.0]);
        let shares = forest.shares(&[1.6, 0.0]);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6 && shares[0] > 0.99);
    }

    #[test]
    fn what_is_written_is_read_and_what_leads_nowhere_is_refused() {
        let forest = forest();
        let bytes = forest.to_bytes();
        assert_eq!(Forest::from_bytes(&bytes), Some(forest.clone()));
        assert_eq!(Forest::from_bytes(&bytes[..bytes.len() - 1]), None);
        assert_eq!(Forest::from_bytes(&[&bytes[..], &[0]].concat()), None);
        let broken = |change: &dyn Fn(&mut Tree)| {
            let mut broken = forest.clone();
            change(&mut broken.outputs[0].1[0]);
            Forest::from_bytes(&broken.to_bytes())
        };
        assert_eq!(broken(&|tree| tree.questions[1].up = 0), None, "a circle");
        assert_eq!(broken(&|tree| tree.questions[0].down = 2), None);
        assert_eq!(broken(&|tree| tree.questions[0].up = -4), None);
        assert_eq!(broken(&|tree| tree.questions[0].number = 2), None);
        assert_eq!(broken(&|tree| tree.leaves.clear()), None);
    }
}
