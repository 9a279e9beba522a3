//! What a card asks: what is open about it, both wordings of changed words, two answers to choose
//! from, and in what reviewers differ.

use super::{answer_line, evidence_aside, evidence_line, field, one_line, quoted, words_of};
use crate::annotations::{Annotation, Dispute, Question, Side, Slot};
use crate::review::Session;
use crate::tui::widget::{Field, Role};

/// What is open about a record that has an answer, and for changed words both wordings.
pub(super) fn open_fields(session: &Session, record: &Annotation) -> Vec<Field> {
    let open = session.questions(&record.id);
    let mut rows = Vec::new();
    let said: Vec<String> = open
        .iter()
        .filter(|question| **question != Question::Undecided)
        .map(Question::to_string)
        .collect();
    if said.is_empty() {
        return rows;
    }
    rows.push(field("open", said.join(", "), Role::Warning));
    rows.extend(conflict_fields(session, record));
    if !open.iter().any(|question| question.is_of_change()) {
        return rows;
    }
    let document = session.document();
    if open.contains(&Question::SourceWords)
        && let Some((then, now)) = document.source_then_and_now(record)
    {
        rows.push(field(
            "source",
            format!("was {}", one_line(&then)),
            Role::Text,
        ));
        rows.push(field("", format!("now {}", one_line(&now)), Role::Text));
    }
    if !open
        .iter()
        .any(|question| matches!(question, Question::Words | Question::Lost))
    {
        return rows;
    }
    let stale = record
        .reviews
        .iter()
        .filter(|(_, review)| !document.holds(record, review));
    let now = words_of(session, record);
    let stands = record.target.mark.is_some();
    let mut told = now.clone();
    for (who, review) in stale {
        let mut about = match review.quote.as_ref().map(quoted) {
            Some(words) if stands => {
                let (before, after) = where_they_differ(&words, &now);
                told = after;
                vec![before]
            }
            Some(words) => vec![words],
            None => vec!["other words".to_owned()],
        };
        about.extend(review.verdict.clone());
        about.push(format!("{} by {who}", review.decision));
        rows.push(field("judged", about.join(" · "), Role::Text));
    }
    if stands {
        rows.push(field("now", told, Role::Text));
    }
    rows
}

/// Two wordings from the word before the first that differs, in quotation marks.
fn where_they_differ(judged: &str, now: &str) -> (String, String) {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        judged.split_whitespace().collect(),
        now.split_whitespace().collect(),
    );
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(1);
    // Of a short beginning nothing is gained by leaving it out.
    let from = if from < 3 { 0 } else { from };
    let told = |words: &[&str]| {
        let dots = if from > 0 { "… " } else { "" };
        let rest = words.get(from..).unwrap_or_default().join(" ");
        format!("“{dots}{rest}”")
    };
    (told(&old), told(&new))
}

/// What a merge left to choose: each side, the one in use marked.
fn conflict_fields(session: &Session, record: &Annotation) -> Vec<Field> {
    let mut rows = Vec::new();
    for conflict in session.document().card_conflicts(record) {
        for (at, side) in conflict.sides.iter().enumerate() {
            let text = match side {
                Side::Review(review) => {
                    let who = match &conflict.slot {
                        Slot::Review(reviewer) => reviewer.as_str(),
                        _ => "last word",
                    };
                    answer_line(who, review, record)
                }
                Side::Evidence(piece) => {
                    let aside = evidence_aside(piece);
                    let joint = if aside.is_empty() { "" } else { " · " };
                    format!("evidence {}{joint}{aside}", evidence_line(piece))
                }
                Side::Value(value) => format!("{}: {value}", conflict.field),
            };
            let label = if conflict.in_use == Some(at) {
                "in use"
            } else {
                "or"
            };
            rows.push(field(label, text, Role::Warning));
        }
    }
    rows
}

/// In what reviewers differ, and what each said.
pub(super) fn dispute_field(session: &Session, record: &Annotation) -> Option<Field> {
    let disputes = session.document().disputes(record);
    if disputes.is_empty() {
        return None;
    }
    let mut said: Vec<String> = disputes.iter().map(Dispute::to_string).collect();
    if disputes != [Dispute::Source] {
        let answers = record.reviews.iter().map(|(who, review)| {
            let verdict = review.verdict.as_deref();
            let verdict = verdict.map_or(String::new(), |verdict| format!(" ({verdict})"));
            format!("{who} {}{verdict}", review.decision)
        });
        said.extend(answers);
    }
    Some(field("differ", said.join(" · "), Role::Disputed))
}

#[cfg(test)]
mod tests {
    use super::where_they_differ;

    #[test]
    fn two_wordings_are_told_from_where_they_differ() {
        for (judged, now, old, new) in [
            (
                "it did pay",
                "it did not pay",
                "“it did pay”",
                "“it did not pay”",
            ),
            (
                "the council paid the firm 3 million",
                "the council paid the firm 8 million",
                "“… firm 3 million”",
                "“… firm 8 million”",
            ),
            (
                "the old council met on Monday",
                "the old council met on Monday again",
                "“… Monday”",
                "“… Monday again”",
            ),
        ] {
            assert_eq!(
                where_they_differ(judged, now),
                (old.to_owned(), new.to_owned())
            );
        }
    }
}
