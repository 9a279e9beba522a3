//! Block quotations, which only a marked-up article has: they are who leads them in.

use proofmark::detect::{Voice, compiled_in};
use proofmark::text::{Article, Media};

/// Source and content of the only attribution of a Markdown article.
fn only(text: &str) -> (String, String) {
    let article = Article::new("a.md", text, Media::Markdown);
    let findings = compiled_in("proofmark test").detect(&article);
    assert_eq!(findings.attributions.len(), 1, "{findings:?}");
    let one = &findings.attributions[0];
    assert_eq!(one.voice, Voice::Direct);
    let source = one.source.as_ref().expect("a source");
    (article.words(source), article.words(&one.content))
}

#[test]
fn a_block_quotation_belongs_to_whom_its_line_names() {
    let lead = "The council met again on Monday.\n\n";
    let (source, content) = only(&format!(
        "{lead}The report says:\n\n> The dam was built without a permit and leaks.\n"
    ));
    assert_eq!(source, "The report");
    assert_eq!(content, "The dam was built without a permit and leaks.");
    let (source, content) = only(&format!(
        "{lead}Holt wrote in a letter:\n\n> The pier was sold for one euro in 1998.\n"
    ));
    assert_eq!(source, "Holt");
    assert_eq!(content, "The pier was sold for one euro in 1998.");
}
