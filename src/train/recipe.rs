//! What a model is made from, and what its header says about it.
//!
//! The header must be enough to make the same file again: the command with its day, and the
//! digest of every corpus. Figures on the development set come with it.

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::annotations::hex;
use crate::detect::language::syntax_file;

use super::{
    Corpora, CorpusError, LabelledSentence, MarkedArticle, TaggedArticle, read_marked,
    read_sentences,
};

/// Name and version of the model that is made, as written into files.
pub const MODEL_NAME: &str = "news-en 1";

/// The files of a corpus folder that are used, in the order [`TrainingSet::read`] takes them.
/// Those called `dev` are never learned from: they give the figures.
pub const CORPORA: [&str; 7] = [
    "polnear_train.jsonl",
    "polnear_dev.jsonl",
    "policlaim_train.jsonl",
    "policlaim_silver_train.jsonl",
    "claimbuster3_train.jsonl",
    "policlaim_dev.jsonl",
    "claimbuster3_dev.jsonl",
];

/// A corpus that cannot be used.
#[derive(Debug, Error)]
pub enum RecipeError {
    /// A line of it; the source says which and why.
    #[error("{file}")]
    Line {
        /// The file's name.
        file: &'static str,
        /// What is wrong.
        source: CorpusError,
    },
    /// It has no line to learn from.
    #[error("{file}: holds nothing")]
    Empty {
        /// The file's name.
        file: &'static str,
    },
}

/// Everything that is learned from or measured on.
#[derive(Clone, Debug)]
pub struct TrainingSet {
    articles: Vec<MarkedArticle>,
    dev: Vec<MarkedArticle>,
    checkable: Vec<LabelledSentence>,
    silver: Vec<LabelledSentence>,
    debates: Vec<LabelledSentence>,
    checkable_dev: Vec<LabelledSentence>,
    debates_dev: Vec<LabelledSentence>,
    digests: [String; CORPORA.len()],
}

impl TrainingSet {
    /// Reads the corpora, given in the order of [`CORPORA`].
    ///
    /// # Errors
    /// A line that cannot be used, or a corpus without any.
    pub fn read(texts: &[String; CORPORA.len()]) -> Result<TrainingSet, RecipeError> {
        let marked = |k: usize| usable(k, read_marked(&texts[k]));
        let sentences = |k: usize| usable(k, read_sentences(&texts[k]));
        Ok(TrainingSet {
            articles: marked(0)?,
            dev: marked(1)?,
            checkable: sentences(2)?,
            silver: sentences(3)?,
            debates: sentences(4)?,
            checkable_dev: sentences(5)?,
            debates_dev: sentences(6)?,
            digests: std::array::from_fn(|k| hex(&Sha256::digest(texts[k].as_bytes()))),
        })
    }

    /// What is learned from.
    pub fn corpora(&self) -> Corpora<'_> {
        Corpora {
            articles: &self.articles,
            checkable: &self.checkable,
            silver: &self.silver,
            debates: &self.debates,
        }
    }

    /// The articles that are measured on, and nothing else.
    pub fn dev(&self) -> &[MarkedArticle] {
        &self.dev
    }

    /// The sentences that are measured on, and nothing else: those labelled 0 and 1.
    pub fn checkable_dev(&self) -> &[LabelledSentence] {
        &self.checkable_dev
    }

    /// The sentences that are measured on, and nothing else: those labelled NFS, UFS, CFS.
    pub fn debates_dev(&self) -> &[LabelledSentence] {
        &self.debates_dev
    }

    /// The header's lines for people. `date` is YYYY-MM-DD, `figures` are from
    /// [`figures`](super::figures) and [`claim_figures`](super::claim_figures).
    pub fn notes(&self, date: &str, figures: &[String]) -> Vec<String> {
        let mut notes = vec![
            format!("command proofmark train CORPUS-FOLDER --date {date}"),
            format!("made {date}"),
            format!(
                "syntax-en.bin sha256 {}",
                hex(&Sha256::digest(syntax_file()))
            ),
        ];
        let files = CORPORA.iter().zip(&self.digests);
        notes.extend(files.map(|(file, digest)| format!("corpus {file} sha256 {digest}")));
        notes.extend(figures.iter().map(|figure| format!("dev {figure}")));
        notes
    }
}

/// Name and version of the syntax that is made.
pub const SYNTAX_NAME: &str = "syntax-en 1";

/// The header's lines for people of a file of the syntax, learned from `articles`; `file` is
/// the name of what they were read from, `bytes` all it holds.
pub fn syntax_notes(
    articles: &[TaggedArticle],
    file: &str,
    bytes: &[u8],
    date: &str,
) -> Vec<String> {
    let by = articles.first().map_or("", |a| a.by.as_str());
    vec![
        format!("command proofmark train --syntax {file} --date {date}"),
        format!("made {date}"),
        format!("articles {} tagged by {by}", articles.len()),
        format!("tagged {file} sha256 {}", hex(&Sha256::digest(bytes))),
    ]
}

fn usable<T>(k: usize, read: Result<Vec<T>, CorpusError>) -> Result<Vec<T>, RecipeError> {
    let file = CORPORA[k];
    let read = read.map_err(|source| RecipeError::Line { file, source })?;
    if read.is_empty() {
        return Err(RecipeError::Empty { file });
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiny() -> [String; CORPORA.len()] {
        let article = |id| {
            format!(
                "{{\"id\":\"{id}\",\"text\":\"Écu fell, Bo said.\",\"attributions\":[{{\
                 \"source\":[[10,12]],\"cue\":[[13,17]],\"content\":[[0,8]]}}]}}\n"
            )
        };
        let sentence =
            |label| format!("{{\"id\":\"s\",\"text\":\"Wells dried up.\",\"label\":{label}}}\n");
        [
            article("train"),
            article("dev"),
            sentence("\"1\""),
            sentence("0"),
            sentence("\"CFS\""),
            sentence("\"0\""),
            sentence("\"UFS\""),
        ]
    }

    #[test]
    fn corpora_are_read_each_for_its_use() {
        let set = TrainingSet::read(&tiny()).expect("all are fine");
        let corpora = set.corpora();
        assert_eq!(corpora.articles[0].id, "train");
        assert_eq!(set.dev()[0].id, "dev");
        let content = &corpora.articles[0].attributions[0].content;
        assert_eq!(content[0].of(&corpora.articles[0].text), "Écu fell");
        assert_eq!(corpora.checkable[0].label, "1");
        assert_eq!(corpora.silver[0].label, "0");
        assert_eq!(corpora.debates[0].label, "CFS");
        assert_eq!(set.checkable_dev()[0].label, "0");
        assert_eq!(set.debates_dev()[0].label, "UFS");
    }

    #[test]
    fn the_header_tells_how_to_make_the_model_again() {
        let set = TrainingSet::read(&tiny()).expect("all are fine");
        let notes = set.notes("2031-02-03", &["clean: content f1 0.5000".to_owned()]);
        assert_eq!(
            notes[0],
            "command proofmark train CORPUS-FOLDER --date 2031-02-03"
        );
        assert_eq!(notes[1], "made 2031-02-03");
        let syntax = notes[2].strip_prefix("syntax-en.bin sha256 ");
        assert_eq!(syntax.map(str::len), Some(64));
        for (note, file) in notes[3..10].iter().zip(CORPORA) {
            let digest = note
                .strip_prefix(&format!("corpus {file} sha256 "))
                .expect("a line of that form");
            assert_eq!(digest.len(), 64);
        }
        assert_eq!(notes[10], "dev clean: content f1 0.5000");
        // The digest is that of the bytes of the file.
        let mut other = tiny();
        other[4].push('\n');
        let other = TrainingSet::read(&other).expect("an empty line is none");
        let other = other.notes("2031-02-03", &[]);
        assert_eq!(notes[2..7], other[2..7]);
        assert_ne!(notes[7], other[7]);
        assert_eq!(notes[8..10], other[8..10]);
    }

    #[test]
    fn a_corpus_that_cannot_be_used_is_named() {
        let mut broken = tiny();
        broken[3].push_str("{\"id\":\"x\"}\n");
        let error = TrainingSet::read(&broken).expect_err("a line is wrong");
        assert_eq!(error.to_string(), CORPORA[3]);
        let cause = std::error::Error::source(&error).expect("a cause");
        assert_eq!(cause.to_string(), "line 2: no \"text\"");
        let mut empty = tiny();
        empty[1] = "\n".into();
        let error = TrainingSet::read(&empty).expect_err("nothing is there");
        assert_eq!(error.to_string(), "polnear_dev.jsonl: holds nothing");
    }
}
