//! The names of the formats.

use crate::text::words;

words! {
    /// A format that annotated articles are written in, or annotations are read from.
    Format {
        /// One annotation a line, with everything known about it.
        Jsonl = "jsonl",
        /// A table with a row a claim.
        Csv = "csv",
        /// A report for people, as text.
        Markdown = "markdown",
        /// A report for people, as a page.
        Html = "html",
        /// ClaimReviews of schema.org.
        Claimreview = "claimreview",
        /// The checker's sheet.
        Sheet = "sheet",
        /// Call sheets, one a source.
        Calls = "calls",
        /// W3C Web Annotations.
        W3c = "w3c",
        /// brat standoff files.
        Brat = "brat",
        /// Tasks of Prodigy.
        Prodigy = "prodigy",
        /// Lines of doccano.
        Doccano = "doccano",
        /// Tasks of Label Studio.
        Labelstudio = "labelstudio",
        /// Columns with BIO labels.
        Conll = "conll",
        /// What `detect` writes.
        Findings = "findings",
    }
}
