//! Writing a claim with words in the place of others: names, and the verbs behind them.

use std::borrow::Cow;
use std::ops::Range;

use crate::detect::finding::StandAlone;
use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{Shape, Word};
use crate::text::Span;

/// Words put in the place of others; bytes of the article.
pub(super) struct Edit<'a> {
    pub(super) at: Span,
    pub(super) text: Cow<'a, str>,
    pub(super) from: Option<Span>,
    /// Behind the inserted words: "'s", a comma.
    pub(super) tail: &'static str,
}

/// The verb behind the "I" at `subject` as it is behind a name; nothing where it stays, `None`
/// where that is not plain.
pub(super) fn agreeing<'t>(
    reading: &Reading<'t>,
    subject: usize,
    piece: &Range<usize>,
) -> Option<Vec<Edit<'t>>> {
    let full = &reading.lists.full_words;
    let words = &reading.words;
    // “My wife and I think”, “am I”: another verb, or another order.
    const CONJUNCT: u8 = relation("conj");
    let before = subject.checked_sub(1).map(|k| &words[k]);
    let turned = before.is_some_and(|w| full.agreement.of(w.id).is_some());
    if turned || words[subject].relation == CONJUNCT {
        return None;
    }
    let verb = (subject + 1..piece.end)
        .take(3)
        .find(|k| words[*k].tag != tag!("RB") || full.agreement.of(words[*k].id).is_some())?;
    let word = &words[verb];
    if full.unclear.has(word.id) || !word.is_word() {
        return None;
    }
    let edit = |text: &'t str, tail| Edit {
        at: word.span(),
        text: text.into(),
        from: Some(word.span()),
        tail,
    };
    // A verb that goes with it would have to follow.
    let joined = (verb + 1..piece.end).any(|k| {
        words[k].relation == CONJUNCT
            && words[k].head as usize == verb
            && [tag!("VBP"), tag!("VB")].contains(&words[k].tag)
    });
    if let Some(form) = full.agreement.of(word.id) {
        let auxiliary = words[verb + 1..piece.end].iter().take(3).any(Word::is_verb);
        (!joined || auxiliary).then_some(())?;
        return Some(vec![edit(form, "")]);
    }
    if word.tag == tag!("MD") || word.tag == tag!("VBD") {
        return Some(Vec::new());
    }
    if joined || ![tag!("VBP"), tag!("VB")].contains(&word.tag) || word.shape != Shape::Lower {
        return None;
    }
    let text = reading.word(verb);
    let vowel = |c: char| "aeiou".contains(c);
    let stem = text.strip_suffix('y').filter(|stem| !stem.ends_with(vowel));
    Some(vec![match stem {
        Some(stem) => edit(stem, "ies"),
        None if text.ends_with(['s', 'x', 'z', 'o'])
            || text.ends_with("ch")
            || text.ends_with("sh") =>
        {
            edit(text, "es")
        }
        None => edit(text, "s"),
    }])
}

/// The claim with its edits, a capital first.
pub(super) fn written(
    reading: &Reading<'_>,
    pieces: &[Range<usize>],
    edits: &[Edit<'_>],
) -> StandAlone {
    let mut out = StandAlone::default();
    let mut edits = edits.iter().peekable();
    for piece in pieces {
        let span = reading.span_of(piece.clone());
        if !out.text.is_empty() {
            out.text.push(' ');
        }
        let mut at = span.start;
        while let Some(edit) = edits.next_if(|edit| edit.at.end <= span.end) {
            if edit.at.start < at {
                continue;
            }
            push(&mut out.text, &reading.text[at..edit.at.start]);
            // A form that was drawn to the word before it.
            let drawn = edit.at.start == at && at > span.start && edit.from == Some(edit.at);
            if drawn {
                out.text.push(' ');
            }
            let start = out.text.len();
            push(&mut out.text, &edit.text);
            let verb = edit.from == Some(edit.at);
            if verb {
                out.text.push_str(edit.tail);
            }
            out.inserted.push((start..out.text.len(), edit.from));
            if !verb {
                out.text.push_str(edit.tail);
            }
            at = edit.at.end;
        }
        push(&mut out.text, &reading.text[at..span.end]);
    }
    capital(&mut out);
    out
}

/// Adds words, a blank for each stretch of white space.
fn push(text: &mut String, words: &str) {
    for c in words.chars() {
        match c.is_whitespace() {
            true if text.ends_with(' ') => {}
            true => text.push(' '),
            false => text.push(c),
        }
    }
}

/// Makes the first letter a capital.
fn capital(words: &mut StandAlone) {
    let Some(first) = words.text.chars().next().filter(|c| c.is_lowercase()) else {
        return;
    };
    let upper = first.to_uppercase().to_string();
    // A letter whose capital takes another number of bytes would move every place.
    if upper.len() == first.len_utf8() {
        words.text.replace_range(..first.len_utf8(), &upper);
    }
}
