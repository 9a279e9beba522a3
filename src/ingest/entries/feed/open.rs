//! A field of a feed while it is read: words, and markup where there is some in it.

use super::super::TEXT;
use super::super::draft::{Form, Text};
use super::super::markup::{Tag, local};
use super::super::references::escaped;
use super::fields::{Field, field, is_of_feed_alone};

/// Tags open within each other in one field; those inside are left off, their words stay.
const DEPTH: usize = 512;

/// Elements of HTML that have no end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// A field that is open.
pub(super) struct Open {
    pub(super) field: Field,
    /// The element's name.
    pub(super) name: String,
    /// Whether an identity may be taken for an address.
    pub(super) is_permanent: bool,
    form: Form,
    /// Whether the element is said to hold markup as elements.
    is_xhtml: bool,
    base: Option<String>,
    /// Its words.
    text: String,
    /// The same as markup, once there are elements in it.
    markup: Option<String>,
    depth: usize,
    /// Which part of a person is open: only the name is wanted.
    person: Person,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Person {
    /// No part was seen: the words are the name.
    Whole,
    Name,
    Other,
}

impl Open {
    pub(super) fn new(field: Field, tag: &Tag<'_>) -> Open {
        let media = tag.attribute("type").unwrap_or_default();
        let media = media.to_ascii_lowercase();
        let form = match (field, media.as_str()) {
            (_, "text" | "text/plain" | "plain") => Form::Plain,
            (_, "html" | "text/html" | "xhtml" | "application/xhtml+xml") => Form::Html,
            (Field::Content, _) if tag.name != "content" => Form::Html,
            // Atom says nothing where it means plain text; others do not know its rules.
            _ => Form::Unsaid,
        };
        Open {
            field,
            name: tag.name.clone(),
            is_permanent: tag.attribute("ispermalink").as_deref() != Some("false"),
            form,
            is_xhtml: media.contains("xhtml") || tag.name.starts_with("xhtml:"),
            base: tag.attribute("xml:base"),
            text: String::new(),
            markup: None,
            depth: 0,
            person: Person::Whole,
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.person == Person::Other || self.text.len() > TEXT {
            return;
        }
        self.text.push_str(text);
        if let Some(markup) = &mut self.markup {
            markup.push_str(&escaped(text));
        }
    }

    /// Whether a tag that comes says that this field was left open.
    pub(super) fn is_ended_by(&self, name: &str) -> bool {
        let holds_markup = matches!(
            self.field,
            Field::Content | Field::Description | Field::Caption
        );
        if self.field == Field::Author && matches!(name, "name" | "email" | "uri" | "url") {
            return false;
        }
        let is_mistaken = match (holds_markup, self.is_xhtml) {
            (false, _) => field(name).is_some(),
            (true, false) => is_of_feed_alone(name) || matches!(name, "link" | "title"),
            (true, true) => is_of_feed_alone(name),
        };
        is_mistaken || is_of_feed_alone(name)
    }

    /// A tag inside.
    pub(super) fn tag(&mut self, tag: &Tag<'_>) {
        if self.field == Field::Author {
            self.person = match local(&tag.name) {
                "name" => {
                    self.text.clear();
                    Person::Name
                }
                _ => Person::Other,
            };
            return;
        }
        let is_void = VOID.contains(&local(&tag.name));
        if !tag.is_empty && !is_void {
            self.depth += 1;
        }
        if self.depth > DEPTH || self.text.len() > TEXT {
            return;
        }
        let markup = self.begun();
        markup.push_str(&tag.as_html());
        if tag.is_empty && !is_void {
            markup.push_str(&format!("</{}>", local(&tag.name)));
        }
        self.bound();
    }

    /// The end of a tag inside, or of one that was never open.
    pub(super) fn end_tag(&mut self, name: &str) {
        if self.field == Field::Author {
            self.person = Person::Other;
            return;
        }
        let is_written = (1..=DEPTH).contains(&self.depth) && self.text.len() <= TEXT;
        self.depth = self.depth.saturating_sub(1);
        if is_written && !VOID.contains(&local(name)) {
            let end = format!("</{}>", local(name));
            self.begun().push_str(&end);
            self.bound();
        }
    }

    /// What was read.
    pub(super) fn finish(self) -> Text {
        let (text, form) = match self.markup {
            Some(markup) => (markup, Form::Html),
            None if self.is_xhtml => (escaped(&self.text).into_owned(), Form::Html),
            None => (self.text, self.form),
        };
        Text {
            text,
            form,
            base: self.base,
        }
    }

    /// The markup, begun with the words so far.
    fn begun(&mut self) -> &mut String {
        let text = &self.text;
        let is_html = self.form == Form::Html && !self.is_xhtml;
        self.markup.get_or_insert_with(|| match is_html {
            // Escaped markup that goes on unescaped.
            true => text.clone(),
            false => escaped(text).into_owned(),
        })
    }

    /// Markup is bounded as words are: one tag too many makes it too long.
    fn bound(&mut self) {
        let length = self.markup.as_ref().map_or(0, String::len);
        if length > 2 * TEXT {
            self.text = " ".repeat(TEXT + 1);
        }
    }
}
