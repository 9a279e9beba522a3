//! The figures of a scoring: counts, the shares they make, and their JSON.
//!
//! Names and roundings are a contract with programs that compare runs.

/// One row of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// "content+source", "direct.content" and the like.
    pub name: &'static str,
    /// How many are right.
    pub right: usize,
    /// How many were found; `None` where only recall makes sense.
    pub found: Option<usize>,
    /// How many annotators marked.
    pub gold: usize,
}

impl Block {
    /// The share of what was found that is right, 0 to 1; 0 if nothing was found.
    pub fn precision(&self) -> Option<f64> {
        self.found.map(|found| share(self.right, found))
    }

    /// The share of what is marked that was found, 0 to 1; 0 if nothing is marked.
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of both, 0 to 1.
    pub fn f1(&self) -> Option<f64> {
        let (p, r) = (self.precision()?, self.recall());
        Some(if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        })
    }

    pub(super) fn json(&self) -> String {
        let (right, gold, r) = (self.right, self.gold, rounded(self.recall()));
        match (self.precision(), self.f1(), self.found) {
            (Some(p), Some(f1), Some(found)) => format!(
                "{{\"p\": {:?}, \"r\": {r:?}, \"f1\": {:?}, \"tp\": {right}, \"pred\": {found}, \"gold\": {gold}}}",
                rounded(p),
                rounded(f1)
            ),
            _ => format!("{{\"r\": {r:?}, \"tp\": {right}, \"gold\": {gold}}}"),
        }
    }
}

/// A part of a whole, 0 to 1; 0 of nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Rounded to four decimals, by the exact decimal value.
fn rounded(value: f64) -> f64 {
    let four = format!("{value:.4}");
    four.parse().expect("a number was just written")
}

/// The counts of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleScore {
    /// Its name.
    pub id: String,
    /// Attributions marked, those without content left out.
    pub gold: usize,
    /// Attributions found, those without content left out.
    pub found: usize,
    /// Right ones, by [`Criterion::ALL`](super::Criterion::ALL).
    pub right: [usize; 3],
}

impl ArticleScore {
    /// One line of JSON, without its end.
    pub fn json(&self) -> String {
        let [content, source, exact] = self.right;
        let id = serde_json::Value::from(self.id.as_str());
        format!(
            "{{\"id\": {id}, \"gold\": {}, \"pred\": {}, \"content\": {content}, \"content+source\": {source}, \"content+source=\": {exact}}}",
            self.gold, self.found
        )
    }
}

/// Everything counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    /// The articles, in the order of the gold file.
    pub articles: Vec<ArticleScore>,
    /// How many of them something was handed in for, be it an empty list.
    pub with_found: usize,
    /// Articles handed in that the gold file does not know.
    pub unknown: usize,
    /// The figures, in the order they are shown.
    pub blocks: Vec<Block>,
}

impl Scores {
    /// The figures of a name.
    pub fn block(&self, name: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.name == name)
    }

    /// One line of JSON, without its end.
    pub fn json(&self) -> String {
        let mut line = format!(
            "{{\"docs\": {}, \"docs_with_pred\": {}, \"unknown_pred_ids\": {}",
            self.articles.len(),
            self.with_found,
            self.unknown
        );
        for block in &self.blocks {
            line.push_str(&format!(", \"{}\": {}", block.name, block.json()));
        }
        line.push('}');
        line
    }
}
