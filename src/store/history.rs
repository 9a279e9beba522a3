//! What can be undone, kept across restarts: one file an article in the state folder.
//!
//! Every act, undo and redo is appended; reading plays them through. Losing the file loses
//! undo and nothing else, so a torn or foreign line is dropped without a word.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::error::StoreError;
use super::journal::edit;
use super::{json, own, paths, state};
use crate::annotations::Edit;

/// One act of a reviewer, as it can be undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What was done, in words.
    pub label: String,
    /// The change.
    pub edit: Edit,
    /// The change that takes it back.
    pub inverse: Edit,
}

/// A step in the history of an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Something was done; what was undone before cannot be redone any more.
    Act(Box<Done>),
    /// The last act was taken back.
    Undo,
    /// The last act taken back was done again.
    Redo,
}

/// Acts of an article, the latest last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Acts {
    /// Acts that can be undone.
    pub done: Vec<Done>,
    /// Acts that can be redone, the next one last.
    pub undone: Vec<Done>,
}

/// The history file of one article.
#[derive(Clone, Debug)]
pub struct History {
    state_dir: PathBuf,
    path: PathBuf,
}

/// Largest history that is read, in bytes.
const LIMIT: u64 = 256 << 20;

impl History {
    /// The history of an article, in the program's state folder.
    pub fn of(state_dir: &Path, article: &Path) -> History {
        let name = format!("{}.jsonl", paths::state_name(article));
        History {
            state_dir: state_dir.to_owned(),
            path: state_dir.join("history").join(name),
        }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Appends a step.
    ///
    /// # Errors
    /// When the state folder cannot be written; the step is then lost for the next start.
    pub fn append(&self, step: &Step) -> Result<(), StoreError> {
        let value = match step {
            Step::Act(done) => json!({
                "act": done.label,
                "edit": edit::to_json(&done.edit),
                "inverse": edit::to_json(&done.inverse),
            }),
            Step::Undo => json!({"undo": true}),
            Step::Redo => json!({"redo": true}),
        };
        let written = state::open_to_append(&self.state_dir, &self.path)
            .and_then(|mut file| file.write_all(format!("{value}\n").as_bytes()));
        written.map_err(StoreError::io(&self.path, "write the history"))
    }

    /// The acts that can be undone and redone; none if there is no history.
    pub fn load(&self) -> Acts {
        let bytes = own::read(&self.path, LIMIT).unwrap_or_default();
        let mut acts = Acts::default();
        for line in bytes.split(|byte| *byte == b'\n') {
            let Some(step) = step(line) else { continue };
            match step {
                Step::Act(done) => {
                    acts.undone.clear();
                    acts.done.push(*done);
                }
                Step::Undo => acts.undone.extend(acts.done.pop()),
                Step::Redo => acts.done.extend(acts.undone.pop()),
            }
        }
        acts
    }
}

fn step(line: &[u8]) -> Option<Step> {
    let value = json::parse(line).ok()?;
    let map: &Map<String, Value> = value.as_object()?;
    if map.contains_key("undo") {
        return Some(Step::Undo);
    }
    if map.contains_key("redo") {
        return Some(Step::Redo);
    }
    Some(Step::Act(Box::new(Done {
        label: map.get("act")?.as_str()?.to_owned(),
        edit: edit::from_json(map.get("edit")?).ok()?,
        inverse: edit::from_json(map.get("inverse")?).ok()?,
    })))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn act(label: &str) -> Done {
        let set = |value: Option<Value>| Edit::Article {
            name: "later".to_owned(),
            value,
        };
        Done {
            label: label.to_owned(),
            edit: set(Some(true.into())),
            inverse: set(None),
        }
    }

    #[test]
    fn acts_come_back_as_they_stood() {
        let folder = tempfile::tempdir().expect("a folder");
        let history = History::of(folder.path(), Path::new("story.txt"));
        assert_eq!(history.load(), Acts::default());
        let steps = [
            Step::Act(Box::new(act("one"))),
            Step::Act(Box::new(act("two"))),
            Step::Undo,
            Step::Act(Box::new(act("three"))),
            Step::Undo,
            Step::Redo,
            Step::Undo,
        ];
        for step in &steps {
            history.append(step).expect("written");
        }
        let acts = history.load();
        assert_eq!(acts.done, [act("one")]);
        assert_eq!(acts.undone, [act("three")]);
        let mut bytes = fs::read(&history.path).expect("there");
        bytes.extend(b"\xff\n{\"act\": \"torn");
        fs::write(&history.path, bytes).expect("written");
        assert_eq!(history.load(), acts);
    }

    #[cfg(unix)]
    #[test]
    fn a_planted_link_is_not_written_through() {
        let folder = tempfile::tempdir().expect("a folder");
        let history = History::of(folder.path(), Path::new("story.txt"));
        let victim = folder.path().join("victim");
        fs::write(&victim, "theirs").expect("written");
        fs::create_dir_all(folder.path().join("history")).expect("made");
        std::os::unix::fs::symlink(&victim, &history.path).expect("linked");
        history.append(&Step::Undo).expect_err("refused");
        fs::remove_file(&history.path).expect("taken away");
        fs::hard_link(&victim, &history.path).expect("linked");
        history.append(&Step::Undo).expect_err("refused");
        assert_eq!(fs::read_to_string(&victim).expect("there"), "theirs");
    }
}
