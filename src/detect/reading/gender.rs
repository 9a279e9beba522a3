//! Whether a word tells a man or a woman.

use super::Reading;

/// A man or a woman, where a name, title, function or pronoun tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// He.
    Man,
    /// She.
    Woman,
}

/// What a first name, a courtesy title or a function tells.
pub fn gender_of(reading: &Reading<'_>, at: usize) -> Option<Gender> {
    let (id, lists) = (reading.words[at].id, &reading.lists.first_names);
    told(lists.men.has(id), lists.women.has(id))
}

/// Whom a pronoun can stand for.
pub fn pronoun_gender(reading: &Reading<'_>, at: usize) -> Option<Gender> {
    let (id, lists) = (reading.words[at].id, &reading.lists.pronouns);
    told(lists.man.has(id), lists.woman.has(id))
}

fn told(man: bool, woman: bool) -> Option<Gender> {
    match (man, woman) {
        (true, _) => Some(Gender::Man),
        (_, true) => Some(Gender::Woman),
        _ => None,
    }
}
