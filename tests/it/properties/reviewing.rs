//! Any sequence of actions: no panic, everything undone, counts and marks right.

use std::collections::BTreeMap;

use proofmark::annotations::{Annotation, Document, Locator, Progress, RecordKind, Stance, Status};
use proofmark::detect::{Kind, SourceType, Voice};
use proofmark::review::{
    Action, Cut, Decide, Effect, End, Filter, Item, List, Look, Moment, NewEvidence, NewSource,
    Order, Session, SourceFact, Step,
};
use proofmark::text::{Article, Mark, Media, Span, Word};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::places::{any_text, span_by};
use crate::session::fixture::{Desk, TEXT, article, document, sentences, time};

type Pick = (u8, usize, usize);

fn picks() -> impl Strategy<Value = Vec<Pick>> {
    prop::collection::vec((any::<u8>(), 0usize..9999, 0usize..9999), 1..50)
}

/// Filters whose rows are known from the records alone.
const FILTERS: [&str; 4] = ["", "state:undecided", "state:verified", "state:rejected"];

/// An action of any sort, by numbers.
fn action_by(session: &Session, (what, a, b): Pick) -> Action {
    let list = [List::Claims, List::Sources][a % 2];
    let end = [End::Start, End::End][a % 2];
    let kind = Kind::ALL[b % Kind::ALL.len()];
    let span = span_by(TEXT, a, a + b % 40);
    let mark = Mark::new([span, span_by(TEXT, b, b + a % 9)]);
    let record = &session.document().annotations();
    let id = record[a % record.len()].id.clone();
    match what % 42 {
        0 | 1 => Decide::Confirm.into(),
        2 => Decide::Reject.into(),
        3 => Decide::SecondLook.into(),
        4 => Decide::Clear.into(),
        5 => Decide::SetKind(kind).into(),
        6 => Decide::ToggleKind(kind).into(),
        7 => Decide::Adjust(end, Step::WordOn).into(),
        8 => Decide::Adjust(end, Step::WordBack).into(),
        9 => Decide::Adjust(end, Step::Out).into(),
        10 => Decide::Adjust(end, Step::To(b)).into(),
        11 => Decide::AdjustNearer(a).into(),
        12 | 13 => match mark {
            Some(mark) => Decide::Add(RecordKind::ALL[b % 2], mark, vec![kind]).into(),
            None => Look::Last(list).into(),
        },
        14 => Decide::AddPiece(span).into(),
        15 => Decide::RemovePiece(a).into(),
        16 => Decide::Link(NewSource::Top).into(),
        17 => Decide::Link(NewSource::Mention(id)).into(),
        18 => match mark {
            Some(mark) => Decide::Link(NewSource::Mark(mark)).into(),
            None => Look::First(list).into(),
        },
        19 => Decide::Link(NewSource::Named(format!("N {}", b % 3))).into(),
        20 => Decide::Link(NewSource::Nobody).into(),
        21 => Decide::Verdict((b % 3 > 0).then(|| format!("verdict {}", b % 2))).into(),
        22 => Decide::AddEvidence(Box::new(NewEvidence {
            quote: "words".to_owned(),
            locator: Locator::read(["", "p. 14, ¶ 3", "41:07–42:10, top"][a % 3]),
            ..NewEvidence::of(
                ["https://a.example", "a book", " "][b % 3],
                Stance::Supports,
            )
        }))
        .into(),
        23 => {
            let selected = session.selected_annotation();
            match selected.and_then(|record| record.evidence.first()) {
                Some((id, _)) => Decide::RemoveEvidence(id.clone()).into(),
                None => Decide::RemoveEvidence(id).into(),
            }
        }
        24 => Decide::Note(["", "a note", "another"][b % 3].to_owned()).into(),
        25 => Decide::ClaimText(["", "a text"][b % 2].to_owned()).into(),
        26 => Decide::Tag(format!("tag {}", b % 2)).into(),
        27 => Decide::Repeat.into(),
        28 => [
            Decide::SameForEqual,
            Decide::ConfirmShown,
            Decide::RejectShown,
        ][b % 3]
            .clone()
            .into(),
        29 => Look::Filter(Filter::of(FILTERS[b % FILTERS.len()])).into(),
        30 => Look::Order(Order::ALL[b % Order::ALL.len()]).into(),
        31 => Decide::Finish { anyway: b % 2 == 0 }.into(),
        32 => [Decide::Later, Decide::TagArticle(format!("tag {}", a % 2))][b % 2]
            .clone()
            .into(),
        33 => Look::Select(if b % 2 == 0 {
            Item::Claim(id)
        } else {
            Item::Source(id)
        })
        .into(),
        36 => Decide::SetVoice(Voice::ALL[b % Voice::ALL.len()]).into(),
        37 => Decide::SetSource(source_fact(b)).into(),
        38 => Decide::MergeSource(id).into(),
        39 => Decide::PartSource.into(),
        40 => Decide::Split([Cut::Clause, Cut::Before(b % TEXT.len())][a % 2]).into(),
        41 => Decide::Join.into(),
        34 => [
            Look::SelectAt(a),
            Look::NextMention,
            Look::NextUndecided(list),
        ][b % 3]
            .clone()
            .into(),
        _ => Look::Move(list, b as isize % 7 - 3).into(),
    }
}

/// Something told of a source, by a number.
pub(super) fn source_fact(by: usize) -> SourceFact {
    match by % 3 {
        0 => SourceFact::Name(["Mara Lind", "Somebody", "Jo Berg", ""][by / 3 % 4].to_owned()),
        1 => SourceFact::Type(SourceType::ALL[by / 3 % SourceType::ALL.len()]),
        _ => SourceFact::Role(["", "port director"][by / 3 % 2].to_owned()),
    }
}

/// Everything the session keeps, compared with a session opened on the same document.
fn assert_kept_up(session: &Session) {
    let document = session.document();
    assert_eq!(
        session.progress(),
        Progress::of(document, session.reviewer())
    );
    let left = session.left();
    let progress = session.progress();
    assert_eq!(
        left.claim_count() + left.source_count(),
        progress.total - progress.decided
    );

    let afresh = Session::new(
        article(),
        document.clone(),
        sentences(),
        session.reviewer().to_owned(),
        String::new(),
    );
    for annotation in document.annotations() {
        let id = &annotation.id;
        assert_eq!(session.claim_number(id), afresh.claim_number(id));
        let item = if annotation.is_claim() {
            assert_eq!(
                session.item_status(&Item::Claim(id.clone())),
                annotation.status()
            );
            continue;
        } else {
            Item::Source(id.clone())
        };
        assert_eq!(session.item_status(&item), afresh.item_status(&item));
    }
    let linked = |session: &Session| -> BTreeMap<String, usize> {
        let rows = session.sources().iter();
        rows.map(|row| (row.mentions[0].to_string(), row.claims))
            .collect()
    };
    let all = linked(&afresh);
    for (source, claims) in linked(session) {
        assert_eq!(all.get(&source), Some(&claims), "{source}");
    }

    let sorted = |session: &Session| {
        let mut marks: Vec<_> = session.marks().iter().map(|m| format!("{m:?}")).collect();
        marks.sort();
        marks
    };
    assert_eq!(sorted(session), sorted(&afresh));
    for mark in session.marks() {
        assert!(!mark.span.is_empty() && TEXT.get(mark.span.start..mark.span.end).is_some());
        assert!(mark.piece < mark.pieces);
    }
    assert!(session.marks().is_sorted_by_key(|mark| mark.span.start));

    for annotation in document.annotations() {
        let mark = annotation
            .target
            .mark
            .as_ref()
            .expect("nothing is lost here");
        for piece in mark.pieces() {
            assert_eq!(piece.trimmed(TEXT), *piece, "no blank ends");
        }
        assert_eq!(
            annotation.target.quote.mark_in(session.article()).as_ref(),
            Some(mark)
        );
    }
    if let Some(item) = session.selected() {
        assert!(document.annotation(item.id()).is_some());
    }
}

/// Ana and Ben were here before.
fn second_hand(picks: &[Pick]) -> Document {
    let (first, second) = picks.split_at(picks.len() / 2);
    let mut document = document();
    for (reviewer, picks) in [("ana", first), ("ben", second)] {
        let mut desk = Desk::of(reviewer, document);
        for pick in picks {
            let action = action_by(&desk.session, *pick);
            desk.does(action);
        }
        document = desk.session.document().clone();
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn everything_is_undone_and_lists_are_kept_up(before in picks(), picks in picks()) {
        let initial = second_hand(&before);
        let mut desk = Desk::of("ana", initial.clone());
        assert_kept_up(&desk.session);
        for pick in picks {
            let action = action_by(&desk.session, pick);
            let document = desk.session.document().clone();
            let effects = desk.does(action);
            let recorded = effects.iter().any(|e| matches!(e, Effect::Record(_)));
            prop_assert_eq!(desk.session.document() == &document, !recorded);
            assert_kept_up(&desk.session);
        }
        let last = desk.session.document().clone();
        let acts = desk.acts.clone();
        for act in acts.iter().rev() {
            prop_assert!(!act.label.is_empty());
            desk.session.apply_edit(act.inverse.clone()).expect("it can be undone");
            assert_kept_up(&desk.session);
        }
        prop_assert_eq!(desk.session.document(), &initial);
        for act in &acts {
            desk.session.apply_edit(act.edit.clone()).expect("it can be done again");
        }
        prop_assert_eq!(desk.session.document(), &last);
        assert_kept_up(&desk.session);
    }

    #[test]
    fn filters_show_what_they_say(picks in picks(), filter in 0usize..FILTERS.len()) {
        let mut desk = Desk::new();
        for pick in picks {
            let action = action_by(&desk.session, pick);
            desk.does(action);
        }
        let filter = FILTERS[filter];
        desk.does(Look::Filter(Filter::of(filter)));
        let wanted = |status: Status| match filter {
            "state:verified" => status.is_verified(),
            "state:rejected" => matches!(status, Status::Rejected | Status::Withdrawn),
            _ => true,
        };
        let document = desk.session.document();
        let is_open = |a: &Annotation| !document.questions(a, "ana").is_empty();
        let wanted = |a: &Annotation| match filter {
            "state:undecided" => is_open(a),
            _ => wanted(a.status()),
        };
        let expected = document.annotations().iter().filter(|a| a.is_claim() && wanted(a)).count();
        prop_assert_eq!(desk.session.claims().len(), expected);
        let right = |id| document.annotation(id).is_some_and(wanted);
        prop_assert!(desk.session.claims().iter().all(right));
    }

    #[test]
    fn ends_never_split_a_grapheme_nor_take_up_blanks(
        text in any_text(), a in 0usize..999, b in 0usize..999, moves in prop::collection::vec((any::<bool>(), 0u8..4, 0usize..999), 1..12),
    ) {
        let article = Article::new("a.txt", &text, Media::Plain);
        let lines: Vec<Span> = text
            .split_inclusive(['.', '\n'])
            .scan(0, |from, sentence| {
                let span = Span::new(*from, *from + sentence.len());
                *from = span.end;
                Some(span.trimmed(&text))
            })
            .filter(|span| !span.is_empty())
            .collect();
        let mut session = Session::new(article.clone(), Document::new(&article), lines, "ana".to_owned(), String::new());
        let moment = Moment { now: time(1), day: None, fresh: 1, seconds: None };
        let Some(mark) = Mark::whole(span_by(&text, a, b)) else { return Ok(()) };
        session.apply(Decide::Add(RecordKind::Claim, mark, Vec::new()), &moment);
        let place = |session: &Session| session.selected_annotation().and_then(|a| a.target.mark.clone());
        let Some(mut before) = place(&session) else { return Ok(()) };
        let graphemes: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        for (is_start, step, byte) in moves {
            let (end, step) = (
                if is_start { End::Start } else { End::End },
                [Step::WordBack, Step::WordOn, Step::Out, Step::To(byte)][usize::from(step)],
            );
            session.apply(Decide::Adjust(end, step), &moment);
            let after = place(&session).expect("a mark never vanishes");
            let moved = if is_start { (before.start(), after.start()) } else { (before.end(), after.end()) };
            let stayed = if is_start { (before.end(), after.end()) } else { (before.start(), after.start()) };
            prop_assert_eq!(stayed.0, stayed.1);
            if moved.0 != moved.1 {
                prop_assert!(graphemes.contains(&moved.1), "{:?} {:?} {:?}", end, step, after);
                let span = after.hull();
                let blank = if is_start { span.of(&text).starts_with(char::is_whitespace) } else { span.of(&text).ends_with(char::is_whitespace) };
                prop_assert!(!blank);
            }
            before = after;
        }
    }
}
