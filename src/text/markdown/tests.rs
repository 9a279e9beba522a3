//! Front matter and quotations of Markdown.

use super::*;

/// The paragraphs of each block, joints as one blank.
fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let blocks = quoted_blocks(text);
    let read = |paragraph: &QuotedParagraph| {
        let mut words = String::new();
        let mut at = paragraph.span.start;
        for joint in &paragraph.joints {
            words.push_str(&text[at..joint.start]);
            words.push(' ');
            at = joint.end;
        }
        words + &text[at..paragraph.span.end]
    };
    let of = |block: &QuotedBlock| block.paragraphs.iter().map(read).collect();
    blocks.iter().map(of).collect()
}

#[test]
fn a_wrapped_quotation_is_one_paragraph() {
    let text = "Tolve wrote:\n\n> The gates have lost a third of their\n> thickness since 1971.\n>\n\
                > — Mira Tolve, engineer\n\nThe council met.\n\n> “Nobody asked.”\n";
    assert_eq!(
        paragraphs(text),
        [
            vec![
                "The gates have lost a third of their thickness since 1971.".to_owned(),
                "— Mira Tolve, engineer".to_owned()
            ],
            vec!["“Nobody asked.”".to_owned()]
        ]
    );
    let blocks = quoted_blocks(text);
    assert!(blocks[0].span.of(text).starts_with("> The gates"));
    assert!(blocks[0].span.of(text).ends_with("engineer"));
    assert_eq!(blocks[0].paragraphs[0].joints[0].of(text), "\n> ");
}

#[test]
fn paragraphs_of_a_quotation_are_told_apart() {
    for (text, are) in [
        ("> one\ntwo\n\nthree\n", vec!["one two"]),
        ("> one\n# Two\n", vec!["one"]),
        (
            "> # Head\n> body\n> - item one\n> - item two\n> goes on",
            vec!["# Head", "body", "- item one", "- item two goes on"],
        ),
        ("> > deep\n>> deeper\n", vec!["deep deeper"]),
        (
            ">no blank\n   > three blanks\n",
            vec!["no blank three blanks"],
        ),
        (
            "> said it.\n> — Pavel Orr\n",
            vec!["said it.", "— Pavel Orr"],
        ),
        ("> ```\n> code > x\n> ```\n> words\n", vec!["words"]),
    ] {
        assert_eq!(paragraphs(text).concat(), are, "{text:?}");
    }
}

#[test]
fn what_is_no_quotation_is_none() {
    for text in [
        "",
        "a > b\n",
        "    > code\n",
        "```\n> code\n```\n",
        "~~~~\n> code\n~~~\n> code\n~~~~\n",
        ">\n>  \n",
        "---\ntitle: >\n> x\n---\n",
    ] {
        assert_eq!(quoted_blocks(text), [], "{text:?}");
    }
    assert_eq!(paragraphs("```\n> code\n```\n> words\n"), [["words"]]);
}

#[test]
fn front_matter_stands_at_the_top_between_fences() {
    for (text, is) in [
        ("---\ntitle: A\n---\nWords", "---\ntitle: A\n---"),
        (
            "--- \n# note\ntitle: A\n...\nWords",
            "--- \n# note\ntitle: A\n...",
        ),
        ("---\n---\nWords", "---\n---"),
        ("+++\ntitle = \"A\"\n+++\n", "+++\ntitle = \"A\"\n+++"),
        ("+++\n[params]\na = 1\n+++", "+++\n[params]\na = 1\n+++"),
        ("---\nThe mayor said: no.\n---\n", ""),
        ("---\nJust words\n---\n", ""),
        ("---\ntitle: A\n", ""),
        (" ---\ntitle: A\n---\n", ""),
        ("Words\n---\ntitle: A\n---\n", ""),
    ] {
        let found = front_matter(text).map_or("", |span| span.of(text));
        assert_eq!(found, is, "{text:?}");
    }
    let long = format!("---\na: b\n{}---\n", "x: y\n".repeat(20_000));
    assert_eq!(front_matter(&long), None);
}
