//! Any sequence of keys means the same whether the desk is started anew in between or not:
//! documents are compared, not messages.

use std::path::PathBuf;

use proofmark::annotations::{Document, Id, Locator, Primacy, RecordKind, Stance};
use proofmark::detect::{Kind, Voice};
use proofmark::review::{
    Act, Cut, Decide, Effect, End, History, Item, Look, Moment, NewEvidence, NewSource, Session,
    Step,
};
use proofmark::store::{self, Done, OpenArticle, OpenOptions};
use proofmark::text::{Mark, Word};
use proptest::prelude::*;

use super::places::span_by;
use super::reviewing::source_fact;
use crate::session::fixture::{TEXT, article, findings, run, sentences, time};

const KEY: &str = "harbour.txt";

/// What is done at a tick.
#[derive(Clone, Debug)]
enum Turn {
    /// An action on an item, by numbers.
    Act(u8, usize, usize),
    Undo,
    Redo,
    /// The desk is closed and opened again.
    Restart,
    /// The desk is killed and started again: what is not in the sidecar is in the journal.
    Kill,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        8 => (any::<u8>(), 0usize..9999, 0usize..9999).prop_map(|(w, a, b)| Turn::Act(w, a, b)),
        3 => Just(Turn::Undo),
        1 => Just(Turn::Redo),
        1 => Just(Turn::Restart),
        1 => Just(Turn::Kill),
    ];
    prop::collection::vec(turn, 1..24)
}

/// A desk on a folder, as the program runs one.
struct Desk {
    folder: tempfile::TempDir,
    open: Option<OpenArticle>,
    session: Session,
    history: History,
    ticks: u64,
}

impl Desk {
    fn start() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(KEY), TEXT).expect("written");
        let (open, session, history) = opened(&folder);
        Desk {
            folder,
            open: Some(open),
            session,
            history,
            ticks: 100,
        }
    }

    fn log(&self) -> store::History {
        store::History::of(&state(&self.folder), &path(&self.folder))
    }

    fn turn(&mut self, turn: &Turn) {
        self.ticks += 1;
        let moment = Moment {
            day: None,
            now: time(self.ticks),
            fresh: self.ticks,
            seconds: None,
        };
        match turn {
            Turn::Act(what, a, b) => {
                let (item, action) = action_by(self.session.document(), *what, *a, *b);
                self.session.apply(Look::Select(item), &moment);
                for effect in self.session.apply(action, &moment) {
                    if let Effect::Record(act) = effect {
                        self.journal(&act.edit, &moment);
                        let done = Done {
                            label: act.label.clone(),
                            edit: act.edit.clone(),
                            inverse: act.inverse.clone(),
                        };
                        let step = store::Step::Act(Box::new(done));
                        self.log().append(&step).expect("logged");
                        self.history.push(KEY, *act);
                    }
                }
            }
            Turn::Undo => {
                for (_, act) in self
                    .history
                    .turn(proofmark::review::Turn::Undo, KEY)
                    .unwrap_or_default()
                {
                    self.session
                        .take_back(&act.edit, act.inverse.clone())
                        .expect("it can be undone");
                    self.journal(&act.inverse, &moment);
                    self.log().append(&store::Step::Undo).expect("logged");
                }
            }
            Turn::Redo => {
                for (_, act) in self
                    .history
                    .turn(proofmark::review::Turn::Redo, KEY)
                    .unwrap_or_default()
                {
                    self.session
                        .take_back(&act.inverse, act.edit.clone())
                        .expect("it can be done again");
                    self.journal(&act.edit, &moment);
                    self.log().append(&store::Step::Redo).expect("logged");
                }
            }
            Turn::Restart => {
                let open = self.open.take().expect("open");
                open.close(self.session.document()).expect("saved");
                self.reopen();
            }
            Turn::Kill => {
                drop(self.open.take());
                self.reopen();
            }
        }
    }

    fn journal(&mut self, edit: &proofmark::annotations::Edit, moment: &Moment) {
        let document = self.session.document();
        let open = self.open.as_mut().expect("open");
        open.record(document, edit, &moment.now).expect("on disk");
    }

    fn reopen(&mut self) {
        let (open, session, history) = opened(&self.folder);
        self.open = Some(open);
        self.session = session;
        self.history = history;
    }
}

fn path(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join(KEY)
}

fn state(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("state")
}

fn opened(folder: &tempfile::TempDir) -> (OpenArticle, Session, History) {
    let options = OpenOptions {
        state_dir: Some(state(folder)),
        reviewer: "ana".to_owned(),
        holder: "ana on desk".to_owned(),
    };
    let mut open = OpenArticle::open(&path(folder), &options).expect("opens");
    assert_eq!(open.read_only, None);
    let mut document = open.take_document();
    document.adopt(&article(), &findings(), &run(), time(0));
    let (reviewer, tool) = ("ana".to_owned(), "proofmark 0".to_owned());
    let session = Session::new(article(), document, sentences(), reviewer, tool);
    let acts = store::History::of(&state(folder), &path(folder)).load();
    let act = |done: Done| Act {
        label: done.label,
        edit: done.edit,
        inverse: done.inverse,
    };
    let mut history = History::default();
    history.load_earlier(
        KEY,
        acts.done.into_iter().map(act).collect(),
        acts.undone.into_iter().map(act).collect(),
    );
    (open, session, history)
}

/// An action on an item, which is the same whatever is selected and in whatever order the
/// records lie.
fn action_by(document: &Document, what: u8, a: usize, b: usize) -> (Item, Decide) {
    let mut records: Vec<(bool, Id)> = document
        .annotations()
        .iter()
        .map(|record| (record.is_claim(), record.id.clone()))
        .collect();
    records.sort();
    let (is_claim, id) = records[a % records.len()].clone();
    let item = if is_claim {
        Item::Claim(id)
    } else {
        Item::Source(id)
    };
    let end = [End::Start, End::End][b % 2];
    let kind = Kind::ALL[b % Kind::ALL.len()];
    let span = span_by(TEXT, b, b + a % 40);
    let mark = Mark::new([span]);
    let action = match what % 29 {
        0..=2 => Decide::Confirm,
        3 => Decide::Reject,
        4 => Decide::SecondLook,
        5 => Decide::Clear,
        6 => Decide::SetKind(kind),
        7 => Decide::ToggleKind(kind),
        8 | 9 => Decide::Adjust(end, Step::WordOn),
        10 => Decide::Adjust(end, Step::WordBack),
        11 => Decide::Adjust(end, Step::Out),
        12 => Decide::AdjustNearer(b),
        13 | 14 => match mark {
            Some(mark) => Decide::Add(RecordKind::ALL[a % 2], mark, vec![kind]),
            None => Decide::Reject,
        },
        15 => Decide::AddPiece(span),
        16 => Decide::Link(NewSource::Top),
        17 => match mark {
            Some(mark) => Decide::Link(NewSource::Mark(mark)),
            None => Decide::Link(NewSource::Nobody),
        },
        18 => Decide::Verdict((!b.is_multiple_of(3)).then(|| format!("verdict {}", b % 2))),
        19 => Decide::Note(["", "a note", "another"][b % 3].to_owned()),
        22 => Decide::SetVoice(Voice::ALL[b % Voice::ALL.len()]),
        23 => Decide::SetSource(source_fact(b)),
        24 => Decide::MergeSource(records[b % records.len()].1.clone()),
        25 => Decide::PartSource,
        26 => Decide::Split(Cut::Clause),
        27 => Decide::Split(Cut::Before(b % TEXT.len())),
        28 => Decide::Join,
        20 => Decide::Tag(format!("tag {}", b % 2)),
        _ => Decide::AddEvidence(Box::new(NewEvidence {
            quote: "words".to_owned(),
            locator: Locator::read(["", "p. 14, ¶ 3", "41:07–42:10, top"][b % 3]),
            primacy: [None, Some(Primacy::Primary)][b % 2],
            ..NewEvidence::of("https://a.example", Stance::Supports)
        })),
    };
    (item, action)
}

/// The document without what is not kept: a pass that is not finished.
fn kept(document: &Document) -> Document {
    let mut parts = document.clone().into_parts();
    parts.passes.retain(|(_, pass)| pass.finished);
    Document::from_parts(parts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_restart_changes_nothing(turns in turns()) {
        let mut once = Desk::start();
        let mut restarted = Desk::start();
        for turn in &turns {
            restarted.turn(turn);
            match turn {
                // The clock goes on all the same.
                Turn::Restart | Turn::Kill => once.ticks += 1,
                turn => once.turn(turn),
            }
            prop_assert_eq!(kept(restarted.session.document()), kept(once.session.document()), "{:?}", turn);
        }
        // And everything can be taken back, from whichever run it is.
        restarted.turn(&Turn::Restart);
        while restarted.history.depth(KEY) > 0 {
            restarted.turn(&Turn::Undo);
        }
        let nothing_done = Desk::start();
        prop_assert_eq!(kept(restarted.session.document()), kept(nothing_done.session.document()));
    }
}
