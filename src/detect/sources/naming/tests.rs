//! Source phrases and what they say about who it is.

use super::*;
use crate::detect::language::Language;

/// Checks the phrase between the brackets: name, role, type.
fn check(marked: &str, name: &str, role: Option<&str>, source_type: SourceType) {
    let start = marked.find('[').expect("an opening bracket");
    let end = marked.find(']').expect("a closing bracket") - 1;
    let text = marked.replace(['[', ']'], "");
    let language = Language::compiled_in();
    let reading = Reading::new(&text, &language);
    let phrase = reading.words_in(crate::text::Span::new(start, end));
    let found = naming(&reading, &phrase);
    let words = |r: &Range<usize>| reading.span_of(r.clone()).of(&text);
    assert_eq!(words(&found.name), name, "name in {marked:?}");
    assert_eq!(found.role.as_ref().map(words), role, "role in {marked:?}");
    assert_eq!(found.source_type, source_type, "type in {marked:?}");
}

#[test]
fn named_people() {
    let person = SourceType::NamedPerson;
    check("It is over, said [Ann Field].", "Ann Field", None, person);
    check(
        "It is over, said [Ann Field, a former port adviser].",
        "Ann Field",
        Some("a former port adviser"),
        person,
    );
    check("Then [Mr. Lind] said no.", "Lind", None, person);
    check(
        "Then [President Ann Field] said no.",
        "Ann Field",
        Some("President"),
        person,
    );
}

#[test]
fn people_without_a_name() {
    let unnamed = SourceType::UnnamedPerson;
    check(
        "So said [an unnamed French official].",
        "unnamed French official",
        None,
        unnamed,
    );
    check(
        "So said [two senior officials].",
        "two senior officials",
        None,
        unnamed,
    );
    check(
        "So said [a spokeswoman for the port].",
        "spokeswoman for the port",
        None,
        unnamed,
    );
}

#[test]
fn groups_bodies_documents() {
    check(
        "So said [bridge safety experts].",
        "bridge safety experts",
        None,
        SourceType::Group,
    );
    check(
        "So said [the city council].",
        "city council",
        None,
        SourceType::Organisation,
    );
    check(
        "So said [a new report].",
        "new report",
        None,
        SourceType::Document,
    );
    check(
        "So said [the Harbour Department].",
        "Harbour Department",
        None,
        SourceType::Organisation,
    );
}

#[test]
fn pronouns_stand_for_someone() {
    let language = Language::compiled_in();
    let reading = Reading::new("Then she said no.", &language);
    assert_eq!(
        naming(&reading, &(1..2)).pronoun,
        Some(Pronoun::Person(Some(Gender::Woman)))
    );
}
