//! What is said of a document's text: what was left out of it, and what stands elsewhere in it.

use std::collections::BTreeSet;

/// Counts of what a reader left out or moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Notes at the foot of pages and at the end of the text.
    pub(super) notes: usize,
    /// Tracked changes: what was put in, taken out, and moved away from where it stood.
    pub(super) inserted: usize,
    pub(super) deleted: usize,
    pub(super) moved: usize,
    /// Comments in the margin.
    pub(super) comments: usize,
    /// Words of the heads and feet of pages.
    pub(super) margins: usize,
    /// Words that are not shown.
    pub(super) hidden: usize,
    /// Small words above others that tell how these are read.
    pub(super) glosses: usize,
    /// Signs of fonts whose signs are no letters.
    pub(super) symbols: usize,
    /// Charts, drawings, formulas and files of other programs.
    pub(super) objects: usize,
    /// Tables of contents that are parts of their own.
    pub(super) contents: usize,
    /// Numbers of a printed book's pages.
    pub(super) pages: usize,
    /// Parts that the document names and does not have.
    pub(super) missing: usize,
}

impl Counts {
    /// Adds what another part of the document counts.
    pub(super) fn add(&mut self, more: Counts) {
        self.notes += more.notes;
        self.inserted += more.inserted;
        self.deleted += more.deleted;
        self.moved += more.moved;
        self.comments += more.comments;
        self.margins += more.margins;
        self.hidden += more.hidden;
        self.glosses += more.glosses;
        self.symbols += more.symbols;
        self.objects += more.objects;
        self.contents += more.contents;
        self.pages += more.pages;
        self.missing += more.missing;
    }
}

/// A notice that says what a text is, and those on what was left out or moved.
pub(super) fn notices(what: &str, counts: Counts) -> Vec<String> {
    let told = |count: usize, one: &str, many: &str| {
        (count > 0).then(|| match count {
            1 => one.to_owned(),
            many_of_them => many.replace('#', &many_of_them.to_string()),
        })
    };
    let all = [
        Some(what.to_owned()),
        told(
            counts.notes,
            "1 note stands at the end",
            "# notes stand at the end",
        ),
        told(
            counts.inserted,
            "1 tracked insertion is in the text",
            "# tracked insertions are in the text",
        ),
        told(
            counts.deleted,
            "1 tracked deletion is left out",
            "# tracked deletions are left out",
        ),
        told(
            counts.moved,
            "1 moved passage stands where it was moved to",
            "# moved passages stand where they were moved to",
        ),
        told(
            counts.comments,
            "1 comment is left out",
            "# comments are left out",
        ),
        told(
            counts.margins,
            "1 word of headers and footers is left out",
            "# words of headers and footers are left out",
        ),
        told(
            counts.hidden,
            "1 hidden word is left out",
            "# hidden words are left out",
        ),
        told(
            counts.glosses,
            "1 reading aid above the text is left out",
            "# reading aids above the text are left out",
        ),
        told(
            counts.symbols,
            "1 sign of a symbol font is left out",
            "# signs of symbol fonts are left out",
        ),
        told(
            counts.objects,
            "1 chart, diagram, formula or embedded file is left out",
            "# charts, diagrams, formulas or embedded files are left out",
        ),
        told(
            counts.contents,
            "a table of contents is left out",
            "# tables of contents are left out",
        ),
        told(
            counts.pages,
            "1 page number is left out",
            "# page numbers are left out",
        ),
        told(
            counts.missing,
            "1 part is missing in the file",
            "# parts are missing in the file",
        ),
    ];
    all.into_iter().flatten().collect()
}

/// How many words lines at the head and foot of pages have; numbers of pages are none.
pub(super) fn margin_words(lines: &BTreeSet<String>) -> usize {
    let said = lines
        .iter()
        .filter(|line| line.contains(char::is_alphabetic));
    said.map(|line| words(line)).sum()
}

/// How many words a text has.
pub(super) fn words(text: &str) -> usize {
    let parts = text.split_whitespace();
    parts
        .filter(|part| part.contains(char::is_alphanumeric))
        .count()
}
