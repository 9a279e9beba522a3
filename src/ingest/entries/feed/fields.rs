//! The elements of feeds that an entry is made of, by their names.

/// What an element says of an entry, or of the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Link,
    /// The address itself, where the link leads through a counter.
    FirstLink,
    /// A name of the entry that may be an address.
    Identity,
    Content,
    Description,
    /// Words of a part for pictures and sound.
    Caption,
    Published,
    Updated,
    Author,
    Language,
}

/// The field of an element, named in small letters.
pub(super) fn field(name: &str) -> Option<Field> {
    Some(match name {
        "title" => Field::Title,
        "link" => Field::Link,
        "feedburner:origlink" => Field::FirstLink,
        "guid" | "id" => Field::Identity,
        "content" | "content:encoded" | "fulltext" | "xhtml:body" | "body" => Field::Content,
        "description" | "summary" => Field::Description,
        "media:description" | "itunes:summary" => Field::Caption,
        "pubdate" | "published" | "issued" | "created" | "dc:date" | "dcterms:issued"
        | "dcterms:created" => Field::Published,
        "updated" | "modified" | "dcterms:modified" => Field::Updated,
        "author" | "dc:creator" | "itunes:author" => Field::Author,
        "language" | "dc:language" => Field::Language,
        _ => return None,
    })
}

/// Whether an element is an entry.
pub(super) fn is_entry(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

/// Whether an element has fields of its own that are none of the entry.
pub(super) fn is_container(name: &str) -> bool {
    matches!(
        name,
        "image"
            | "textinput"
            | "source"
            | "contributor"
            | "media:content"
            | "media:community"
            | "itunes:owner"
            | "items"
            | "cloud"
    )
}

/// Whether an element is one of a feed and of no text, so that a text that is open when it comes
/// was left open by mistake.
pub(super) fn is_of_feed_alone(name: &str) -> bool {
    let has_prefix = name.split_once(':').is_some_and(|(prefix, _)| {
        matches!(
            prefix,
            "dc" | "dcterms" | "content" | "media" | "itunes" | "feedburner"
        )
    });
    has_prefix
        || matches!(
            name,
            "pubdate"
                | "guid"
                | "description"
                | "enclosure"
                | "category"
                | "comments"
                | "published"
                | "updated"
                | "issued"
                | "modified"
                | "id"
                | "author"
                | "channel"
        )
}
