//! Saves beside decisions: the sidecar written by one thread while another records, with others
//! writing too, and with kills in between.

use std::fs;
use std::sync::Arc;

use proofmark::annotations::{Decision, Document, Edit, Id};
use proofmark::store::sidecar::{self, render};
use proofmark::store::{OpenArticle, Saving, StoreError, Wrote, read_for_commands};
use proptest::prelude::*;

use crate::store_support::{Folder, answer, article, claims, decide, open, record, time};

const ANA: &str = "ana@example.org";
const BOB: &str = "bob@example.org";

/// Something that happens to a desk.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Ana decides on a claim; `None`: takes her answer back.
    Decide(usize, Option<Decision>),
    /// A save is begun.
    Begin,
    /// It writes the sidecar.
    Write,
    /// What came of it is taken up.
    TakeUp,
    /// Bob's program decides on a claim in the sidecar.
    Bob(usize, Decision),
    /// He goes on from what he himself wrote last, and a sync client puts that in place.
    BobApart(usize, Decision),
    /// The program is killed and the article opened again.
    Kill,
}

fn step() -> impl Strategy<Value = Step> {
    let decision = prop::sample::select(vec![
        Decision::Confirm,
        Decision::Reject,
        Decision::Unsure,
        Decision::Correct,
    ]);
    prop_oneof![
        5 => (0usize..2, prop::option::weighted(0.8, decision.clone()))
            .prop_map(|(at, decision)| Step::Decide(at, decision)),
        3 => Just(Step::Begin),
        3 => Just(Step::Write),
        3 => Just(Step::TakeUp),
        1 => (0usize..2, decision.clone()).prop_map(|(at, decision)| Step::Bob(at, decision)),
        1 => (0usize..2, decision).prop_map(|(at, decision)| Step::BobApart(at, decision)),
        1 => Just(Step::Kill),
    ]
}

/// A desk with a save that may be under way.
struct Desk {
    open: OpenArticle,
    document: Arc<Document>,
    begun: Option<(Saving, Arc<Document>)>,
    wrote: Option<(Result<Wrote, StoreError>, Arc<Document>)>,
}

impl Desk {
    fn open(folder: &Folder) -> Desk {
        let (open, document) = open(folder);
        Desk {
            open,
            document: Arc::new(document),
            begun: None,
            wrote: None,
        }
    }

    fn decide(&mut self, edit: Edit, minute: u32) {
        let document = Arc::make_mut(&mut self.document);
        record(&mut self.open, document, edit, minute);
    }

    fn confirm(&mut self, claim: &Id, minute: u32) {
        let edit = decide(&self.document, claim, ANA, Decision::Confirm, time(minute));
        self.decide(edit, minute);
    }

    fn begin(&mut self) {
        if self.begun.is_none() && self.wrote.is_none() {
            let saving = self.open.saving().expect("writable");
            self.begun = Some((saving, Arc::clone(&self.document)));
        }
    }

    fn write(&mut self) {
        if let Some((saving, document)) = self.begun.take() {
            self.wrote = Some((saving.write(&document), document));
        }
    }

    fn take_up(&mut self) {
        let Some((wrote, document)) = self.wrote.take() else {
            return;
        };
        let is_behind = !Arc::ptr_eq(&document, &self.document);
        let since = is_behind.then_some(document);
        let saved = self.open.written(wrote, since).expect("written");
        if let Some(merged) = saved.merged {
            assert!(!is_behind, "what was decided since would be lost");
            self.document = Arc::new(merged);
        }
        assert!(!is_behind || self.open.unsaved(), "the rest is due");
    }
}

fn decision_of(document: &Document, id: &Id, reviewer: &str) -> Option<Decision> {
    let review = document.annotation(id)?.review_of(reviewer)?;
    review.decision.known()
}

/// Bob's answer put into the sidecar as another program would; what it wrote, if there is one.
fn write_as_bob(folder: &Folder, id: &Id, decision: Decision, minute: u32) -> Option<Vec<u8>> {
    let bytes = fs::read(folder.sidecar()).ok()?;
    write_as_bob_over(&bytes, folder, id, decision, minute)
}

/// The same, going out from those bytes instead of what stands there.
fn write_as_bob_over(
    bytes: &[u8],
    folder: &Folder,
    id: &Id,
    decision: Decision,
    minute: u32,
) -> Option<Vec<u8>> {
    let read = sidecar::load(bytes, &article()).expect("reads");
    let mut document = read.document;
    document.annotation(id)?;
    let review = answer(&document, id, decision, time(minute));
    let edit = Edit::Review {
        annotation: id.clone(),
        reviewer: BOB.to_owned(),
        review: Some(review),
    };
    document.apply(edit).expect("applies");
    let written = render(&document, Some(&read.value)).into_bytes();
    fs::write(folder.sidecar(), &written).expect("written");
    Some(written)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever the order of decisions, saves and kills: what is on disk after a kill is what was
    /// decided last, by everybody, and without a conflict.
    #[test]
    fn no_order_of_saves_and_decisions_loses_one(steps in prop::collection::vec(step(), 1..28)) {
        let folder = Folder::new();
        let mut desk = Desk::open(&folder);
        let ids = claims(&desk.document);
        let mut ana: [Option<Decision>; 2] = [None, None];
        let mut bob: [Option<Decision>; 2] = [None, None];
        // What he wrote last, and whether it stands there without what a desk had saved.
        let mut bobs: Option<Vec<u8>> = None;
        let mut is_apart = false;
        for (minute, step) in (1u32..).zip(steps) {
            match step {
                Step::Decide(at, Some(decision)) => {
                    let edit = decide(&desk.document, &ids[at], ANA, decision, time(minute));
                    desk.decide(edit, minute);
                    ana[at] = Some(decision);
                }
                Step::Decide(at, None) => {
                    let edit = Edit::Review {
                        annotation: ids[at].clone(),
                        reviewer: ANA.to_owned(),
                        review: None,
                    };
                    desk.decide(edit, minute);
                    ana[at] = None;
                }
                Step::Begin => desk.begin(),
                Step::Write => {
                    is_apart &= desk.begun.is_none();
                    desk.write();
                }
                Step::TakeUp => desk.take_up(),
                Step::Bob(at, decision) => {
                    if let Some(written) = write_as_bob(&folder, &ids[at], decision, minute) {
                        bob[at] = Some(decision);
                        bobs = Some(written);
                    }
                }
                Step::BobApart(at, decision) => {
                    let over = bobs.as_deref();
                    let over = over.map(|over| write_as_bob_over(over, &folder, &ids[at], decision, minute));
                    if let Some(written) = over.flatten() {
                        bob[at] = Some(decision);
                        bobs = Some(written);
                        is_apart = true;
                    }
                }
                // What the sync client took away is put back by a save, and by nobody else.
                Step::Kill if is_apart => {}
                Step::Kill => {
                    drop(desk);
                    bobs = None;
                    let read = read_for_commands(&folder.article, folder.options.state_dir.as_deref());
                    let read = read.expect("reads").document;
                    for (at, id) in ids.iter().enumerate() {
                        prop_assert_eq!(decision_of(&read, id, ANA), ana[at], "ana {}", at);
                        prop_assert_eq!(decision_of(&read, id, BOB), bob[at], "bob {}", at);
                    }
                    desk = Desk::open(&folder);
                }
            }
        }
        desk.write();
        desk.take_up();
        let Desk { mut open, document, .. } = desk;
        let saved = open.save(&document).expect("saves");
        prop_assert_eq!(&saved.conflicts, &[]);
        open.close(&saved.merged.unwrap_or_else(|| (*document).clone())).expect("closes");
        prop_assert!(!folder.journal().exists());
        let read = read_for_commands(&folder.article, folder.options.state_dir.as_deref());
        let read = read.expect("reads").document;
        for (at, id) in ids.iter().enumerate() {
            prop_assert_eq!(decision_of(&read, id, ANA), ana[at], "ana {} at the end", at);
            prop_assert_eq!(decision_of(&read, id, BOB), bob[at], "bob {} at the end", at);
            let conflicts = read.annotation(id).map(|record| record.conflicts.len());
            prop_assert_eq!(conflicts.unwrap_or(0), 0);
        }
    }
}

#[test]
fn a_journal_is_emptied_only_of_what_the_sidecar_holds() {
    let folder = Folder::new();
    let mut desk = Desk::open(&folder);
    let ids = claims(&desk.document);
    desk.confirm(&ids[0], 1);
    desk.begin();
    desk.write();
    desk.confirm(&ids[1], 2);
    desk.take_up();
    let lines = fs::read_to_string(folder.journal()).expect("a journal");
    assert_eq!(lines.lines().count(), 2, "{lines}");
    desk.begin();
    desk.write();
    desk.take_up();
    assert!(!desk.open.unsaved());
    assert_eq!(fs::read(folder.journal()).expect("a journal"), b"");
    assert!(
        !desk.open.watched().news().sidecar,
        "what one wrote is no news"
    );
}

#[test]
fn what_others_wrote_is_shown_by_the_save_after_one_that_came_late() {
    let folder = Folder::new();
    let mut desk = Desk::open(&folder);
    let ids = claims(&desk.document);
    desk.confirm(&ids[0], 1);
    desk.begin();
    desk.write();
    desk.take_up();
    assert!(write_as_bob(&folder, &ids[0], Decision::Reject, 2).is_some());
    desk.confirm(&ids[1], 3);
    desk.begin();
    desk.write();
    // Her mind changes while the save is under way: the same slot the save has written.
    let edit = decide(&desk.document, &ids[1], ANA, Decision::Reject, time(4));
    desk.decide(edit, 4);
    desk.take_up();
    assert_eq!(
        decision_of(&desk.document, &ids[0], BOB),
        None,
        "not shown yet"
    );
    desk.begin();
    desk.write();
    desk.take_up();
    let both = [ANA, BOB].map(|who| decision_of(&desk.document, &ids[0], who));
    assert_eq!(both, [Some(Decision::Confirm), Some(Decision::Reject)]);
    assert_eq!(
        decision_of(&desk.document, &ids[1], ANA),
        Some(Decision::Reject)
    );
    let record = desk.document.annotation(&ids[1]).expect("there");
    assert!(record.conflicts.is_empty(), "{:?}", record.conflicts);
    assert!(!desk.open.unsaved());
}

#[test]
fn a_merge_of_ones_own_that_came_late_is_not_what_others_left() {
    let folder = Folder::new();
    let mut desk = Desk::open(&folder);
    let ids = claims(&desk.document);
    let save = |desk: &mut Desk| {
        desk.begin();
        desk.write();
        desk.take_up();
    };
    let later = |name: &str| Edit::Article {
        name: name.to_owned(),
        value: Some(true.into()),
    };
    desk.decide(later("later"), 1);
    save(&mut desk);
    let bobs = write_as_bob(&folder, &ids[1], Decision::Reject, 2).expect("written");
    desk.confirm(&ids[0], 3);
    desk.begin();
    desk.write();
    // Late: what was merged is not shown yet.
    desk.confirm(&ids[1], 4);
    desk.take_up();
    save(&mut desk);
    assert!(!desk.open.unsaved());
    write_as_bob_over(&bobs, &folder, &ids[1], Decision::Unsure, 5).expect("written");
    desk.decide(later("x-more"), 6);
    save(&mut desk);
    for at in [0, 1] {
        let hers = decision_of(&desk.document, &ids[at], ANA);
        assert_eq!(hers, Some(Decision::Confirm), "{at}");
    }
    assert_eq!(
        decision_of(&desk.document, &ids[1], BOB),
        Some(Decision::Unsure)
    );
}

#[test]
fn a_sidecar_written_by_another_thread_is_the_one_written_here() {
    let one = Folder::new();
    let other = Folder::new();
    let bytes = [&one, &other].map(|folder| {
        let mut desk = Desk::open(folder);
        let ids = claims(&desk.document);
        let edit = decide(&desk.document, &ids[0], ANA, Decision::Confirm, time(1));
        desk.decide(edit, 1);
        if std::ptr::eq(folder, &one) {
            desk.begin();
            let (saving, document) = desk.begun.take().expect("begun");
            let writing = std::thread::spawn(move || (saving.write(&document), document));
            desk.wrote = Some(writing.join().expect("no fault"));
            desk.take_up();
        } else {
            desk.open.save(&desk.document).expect("saves");
        }
        fs::read(folder.sidecar()).expect("a sidecar")
    });
    assert_eq!(bytes[0], bytes[1]);
}
