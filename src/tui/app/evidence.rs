//! Evidence being given: its address or title is typed, then a list asks how it bears on the
//! claim and takes what else is worth keeping, last come the words that matter. Nothing is
//! recorded before that; Esc goes back one step and keeps what was said.

use super::App;
use super::card::evidence_line;
use super::mode::{Choice, ChoiceRow, Choose, EvidenceLine, LineUse, Mode};
use crate::annotations::{Id, Locator, Primacy, Stance};
use crate::review::{Decide, Moment, NewEvidence, Session};
use crate::text::{Day, day_of};
use crate::tui::event::Request;

/// What a row of the list is about.
enum Row {
    /// It ends the list: how the evidence bears on the claim.
    Stance(Stance),
    /// Whether it saw for itself; a second time takes it back.
    Primacy(Primacy),
    /// Page, paragraph, time code.
    Where,
    /// The day on which it was looked at.
    Consulted,
}

/// The rows of the list, each with its key.
const ROWS: [(char, Row); 7] = [
    ('s', Row::Stance(Stance::Supports)),
    ('r', Row::Stance(Stance::Refutes)),
    ('c', Row::Stance(Stance::Context)),
    ('1', Row::Primacy(Primacy::Primary)),
    ('2', Row::Primacy(Primacy::Secondary)),
    ('w', Row::Where),
    ('d', Row::Consulted),
];

/// Whether a key says something in the list.
pub(super) fn is_form_key(letter: char) -> bool {
    ROWS.iter().any(|(key, _)| *key == letter)
}

impl App {
    /// Begins with an address or title. Enter in the list takes the stance that goes with my
    /// verdict; where there is none, one that says nothing for or against the claim.
    pub(super) fn begin_evidence(&mut self, reference: String) {
        let session = self.review.as_ref().map(|review| &review.session);
        let verdict = session.and_then(|session| session.verdict(session.selected()?.id()));
        let stance = match verdict {
            Some("true" | "mostly true") => Stance::Supports,
            Some("false" | "misleading") => Stance::Refutes,
            _ => Stance::Context,
        };
        self.open_evidence(NewEvidence::of(reference, stance));
    }

    /// Opens the form again with what stands in a piece of evidence; asks which, where there are
    /// several.
    pub(super) fn put_evidence_right(&mut self) {
        let session = self.review.as_ref().map(|review| &review.session);
        let claim = session.and_then(Session::selected_annotation);
        let pieces = claim.map_or(&[][..], |claim| claim.evidence.as_slice());
        match pieces {
            [] => self.refuse("there is no evidence to put right; e adds some"),
            [(id, _)] => {
                let id = id.clone();
                self.open_piece_again(&id);
            }
            several => {
                let keys = ('a'..='z').map(Some).chain(std::iter::repeat(None));
                let rows = several.iter().zip(keys).map(|((_, piece), key)| ChoiceRow {
                    key,
                    text: evidence_line(piece),
                    aside: String::new(),
                });
                self.mode = Mode::Choose(Choose {
                    rows: rows.collect(),
                    what: Choice::Piece(several.iter().map(|(id, _)| id.clone()).collect()),
                    selected: several.len() - 1,
                });
            }
        }
    }

    /// Opens the form with what stands in a piece of evidence of the selected claim.
    pub(super) fn open_piece_again(&mut self, id: &Id) {
        let session = self.review.as_ref().map(|review| &review.session);
        let claim = session.and_then(Session::selected_annotation);
        let piece = claim.and_then(|claim| NewEvidence::again(claim, id));
        if let Some(evidence) = piece {
            let reference = evidence.reference.clone();
            let asked = LineUse::Evidence(EvidenceLine::Reference, Box::new(evidence));
            self.open_line(asked, &reference);
        }
    }

    /// Opens the list about evidence of which so much is known.
    pub(super) fn open_evidence(&mut self, evidence: NewEvidence) {
        let is_stance =
            |(_, row): &(char, Row)| matches!(row, Row::Stance(known) if *known == evidence.stance);
        let selected = ROWS.iter().position(is_stance).unwrap_or(0);
        let rows = ROWS.iter().map(|(key, row)| row.told(*key, &evidence));
        self.mode = Mode::Choose(Choose {
            rows: rows.collect(),
            what: Choice::Evidence(Box::new(evidence)),
            selected,
        });
    }

    /// Takes a row of the list.
    pub(super) fn choose_of_evidence(
        &mut self,
        row: usize,
        mut evidence: NewEvidence,
        moment: &Moment,
    ) {
        let (asked, text) = match ROWS.get(row) {
            Some((_, Row::Stance(stance))) => {
                evidence.stance = *stance;
                (EvidenceLine::Quote, evidence.quote.clone())
            }
            Some((_, Row::Primacy(primacy))) => {
                let is_taken_back = evidence.primacy == Some(*primacy);
                evidence.primacy = (!is_taken_back).then_some(*primacy);
                return self.open_evidence(evidence);
            }
            Some((_, Row::Where)) => {
                let place = evidence.locator.as_ref().map(Locator::to_string);
                (EvidenceLine::Where, place.unwrap_or_default())
            }
            Some((_, Row::Consulted)) => {
                let day = evidence.consulted.or_else(|| moment.today());
                let day = day.map(|day| day.to_string());
                (EvidenceLine::Consulted, day.unwrap_or_default())
            }
            None => return self.open_evidence(evidence),
        };
        self.open_line(LineUse::Evidence(asked, Box::new(evidence)), &text);
    }

    /// Takes a line typed about evidence, without blanks around it.
    pub(super) fn tell_evidence(
        &mut self,
        asked: EvidenceLine,
        mut evidence: NewEvidence,
        words: String,
        moment: &Moment,
    ) -> Vec<Request> {
        match asked {
            EvidenceLine::Quote => {
                evidence.quote = words;
                self.form_closed = Some(Vec::new());
                return self.act(Decide::AddEvidence(Box::new(evidence)), moment);
            }
            EvidenceLine::Reference if words.is_empty() => return Vec::new(),
            EvidenceLine::Reference => evidence.reference = words,
            EvidenceLine::Where | EvidenceLine::WhereAgain(_) => match Locator::typed(&words) {
                Ok(locator) => evidence.locator = locator,
                // To be put right where it stands.
                Err(why) => {
                    let asked = EvidenceLine::WhereAgain(why);
                    self.open_line(LineUse::Evidence(asked, Box::new(evidence)), &words);
                    return Vec::new();
                }
            },
            EvidenceLine::Consulted | EvidenceLine::DayAgain if words.is_empty() => {
                evidence.consulted = None;
            }
            EvidenceLine::Consulted | EvidenceLine::DayAgain => match consulted(&words, moment) {
                Some(day) => evidence.consulted = Some(day),
                // To be put right where it stands: in the list its digits would choose.
                None => {
                    let again = LineUse::Evidence(EvidenceLine::DayAgain, Box::new(evidence));
                    self.open_line(again, &words);
                    return Vec::new();
                }
            },
        }
        self.open_evidence(evidence);
        Vec::new()
    }
}

impl Row {
    /// What the row says of the evidence.
    fn told(&self, key: char, evidence: &NewEvidence) -> ChoiceRow {
        let (text, aside) = match self {
            Row::Stance(stance) => (bearing(*stance), String::new()),
            Row::Primacy(primacy) => {
                let is_so = evidence.primacy == Some(*primacy);
                let told = match primacy {
                    Primacy::Primary => "primary: it saw for itself",
                    Primacy::Secondary => "secondary: it tells what others saw",
                };
                (told, if is_so { "chosen" } else { "" }.to_owned())
            }
            Row::Where => {
                let place = evidence.locator.as_ref().map(Locator::to_string);
                let aside = place.unwrap_or_else(|| "p. 14, ¶ 3 or 41:07–42:10".to_owned());
                let said = evidence.locator.is_some();
                (
                    if said {
                        "where in it"
                    } else {
                        "where in it, as"
                    },
                    aside,
                )
            }
            Row::Consulted => {
                let day = evidence.consulted.map(|day| day.to_string());
                let unsaid = match evidence.replaces {
                    None => "today",
                    Some(_) => "not said",
                };
                ("consulted", day.unwrap_or_else(|| unsaid.to_owned()))
            }
        };
        ChoiceRow {
            key: Some(key),
            text: text.to_owned(),
            aside,
        }
    }
}

/// How evidence bears on the claim, as the list says it.
fn bearing(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "supports the claim",
        Stance::Refutes => "refutes the claim",
        Stance::Context => "context: neither of both",
    }
}

/// The day that was typed; `None` if it is none, may be another, or is still to come.
fn consulted(words: &str, moment: &Moment) -> Option<Day> {
    let today = moment.today();
    let day = match (words.to_lowercase().as_str(), today) {
        ("today", Some(today)) => Some(today),
        ("yesterday", Some(today)) => today.later(-1),
        _ => day_of(words).and_then(|day| Day::of(&day)),
    }?;
    today.is_none_or(|today| day <= today).then_some(day)
}
