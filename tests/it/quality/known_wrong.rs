//! What detection is known to get wrong, case by case: the one place to change after a new
//! model.

/// Cases by construction and name, each with what goes wrong.
pub(super) const KNOWN_WRONG: &[(&str, &str)] = &[
    ("noun cue: design", "not found: the noun is no cue to it"),
    (
        "damage: no quotation marks: going on",
        "the speaker is not taken on into the next sentence",
    ),
    (
        "damage: no quotation marks: question",
        "a question mark hides the cue behind it",
    ),
    (
        "damage: all at once: divers",
        "the end of the sentence before is taken into the source where the space is lost",
    ),
    (
        "title joined: governor",
        "a title alone is taken for another, unnamed person",
    ),
    (
        "title joined: mayor",
        "a title alone is taken for another, unnamed person",
    ),
    (
        "organisation: police",
        "a plural noun is taken for a group of people",
    ),
    (
        "group: experts",
        "the first word of the sentence is left out of the source",
    ),
    (
        "several claims: clauses: driver",
        "contents are cut by sentence, not by clause",
    ),
];

/// Constructions of which no case is right yet.
pub(super) const WHOLLY_WRONG: &[&str] = &["group", "several claims: clauses", "title joined"];
