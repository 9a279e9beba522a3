//! That nothing of an article becomes markup.

use super::*;

#[test]
fn markup_in_text_stays_text() {
    let text = "[x](javascript:1) `c` *s* _u_ | ~~~ ![i](http://a/t.png) <b> &amp; $x$";
    let escaped = escaped(text);
    let mut html = String::new();
    for event in pulldown_cmark::Parser::new_ext(&escaped, pulldown_cmark::Options::all()) {
        match event {
            pulldown_cmark::Event::Text(words) => html.push_str(&words),
            pulldown_cmark::Event::Start(tag) => {
                assert_eq!(tag, pulldown_cmark::Tag::Paragraph, "{escaped}");
            }
            pulldown_cmark::Event::End(_) => {}
            other => panic!("{other:?} in {escaped}"),
        }
    }
    assert_eq!(html, text);
}

#[test]
fn lines_of_a_quotation_open_no_blocks() {
    for line in [
        "# h",
        "- i",
        "+ i",
        "1. i",
        "12) i",
        "===",
        "---",
        "> q",
        "| a |",
        "```",
        "    c",
        "\u{ad}    c",
        "\t c",
        ":--",
        ":-: | :-:",
        "\u{ad}# h",
    ] {
        let mut out = Vec::new();
        quote(&mut out, &format!("a\n{line}\nb")).expect("memory takes everything");
        let text = String::from_utf8(out).expect("the report is UTF-8");
        let blocks = pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all())
            .filter(|event| matches!(event, pulldown_cmark::Event::Start(_)))
            .count();
        assert_eq!(blocks, 2, "a quotation and a paragraph: {text}");
    }
}

#[test]
fn only_web_addresses_become_links() {
    assert_eq!(
        address("https://a.example/x?y=1"),
        "<https://a.example/x?y=1>"
    );
    assert_eq!(address("HTTP://a.example"), "<HTTP://a.example>");
    assert_eq!(
        address("https://a/>\"\n<b>"),
        "<https://a/%3E%22%0A%3Cb%3E>"
    );
    assert_eq!(address("javascript:alert(1)"), "javascript:alert(1)");
    assert_eq!(address("data:text/html,<b>"), "data:text/html,&lt;b&gt;");
    assert_eq!(
        address("https://a.example/![i](https://b.example/t.png)"),
        "<https://a.example/%21%5Bi%5D(https://b.example/t.png)>"
    );
    assert_eq!(
        address("https://a.example/\u{3164}é"),
        "<https://a.example/%E3%85%A4é>"
    );
    assert_eq!(address("x:![i](t.png)"), "x:!\\[i\\](t.png)");
}

#[test]
fn angle_brackets_are_references_whatever_a_backslash_does() {
    assert_eq!(
        escaped("<img src=x> & \\<b>"),
        "&lt;img src=x&gt; &amp; \\\\&lt;b&gt;"
    );
    assert!(!escaped("a <b> \\<i>").contains(['<', '>']));
}

#[test]
fn unseen_characters_are_shown() {
    assert!(!escaped("a\u{1b}[2J\u{202e}b").contains(['\u{1b}', '\u{202e}']));
}
