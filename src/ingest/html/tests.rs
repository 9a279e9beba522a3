//! What is text of a page and what is not.

use super::*;
use crate::ingest::{Unreadable, read};

fn text(html: &str) -> String {
    text_layer(html).expect("readable").text
}

const SAID: &str = "The ferry board said that fares rose 9% between 2019 and 2023.";

fn page(inside: &str) -> String {
    format!("<!doctype html><title>T</title><article>{inside}<p>{SAID}</p></article>")
}

#[test]
fn text_is_kept_and_tags_scripts_and_hidden_things_are_not() {
    for inside in [
        "<script>evil()</script>",
        "<style>.evil{}</style>",
        "<!-- evil -->",
        "<p hidden>evil</p>",
        "<p style='display:none'>evil</p>",
        "<p aria-hidden=true>evil</p>",
        "<a onclick='evil()'>x</a>",
        "<img src='data:evil' alt=''>",
        "<template>evil</template>",
        "<noscript>evil</noscript>",
    ] {
        let text = text(&page(inside));
        assert!(text.contains(SAID), "{inside}: {text}");
        assert!(
            !text.contains("evil") && !text.contains('<'),
            "{inside}: {text}"
        );
    }
    assert!(
        text(&page(
            "<details><summary>More</summary>folded words</details>"
        ))
        .contains("folded words")
    );
}

#[test]
fn blocks_part_words_and_inline_tags_do_not() {
    let text = text(&page(
        "<p>One.</p><p>Two</p>Three<br>Four<ul><li>Five</li><li>Six</li></ul>\
         <table><tr><td>Seven</td><td>Eight</td></tr></table>un<b>employ</b>ment",
    ));
    for glued in ["One.Two", "TwoThree", "ThreeFour", "FiveSix", "SevenEight"] {
        assert!(!text.contains(glued), "{glued} in {text:?}");
    }
    assert!(text.contains("unemployment"), "{text:?}");
    assert!(text.ends_with('\n') && !text.contains('\r'));
}

#[test]
fn references_are_decoded_once() {
    let text = text(&page(
        "<p>Tom &amp;amp; Jerry: 5 &lt; 6 &#x2014; caf&eacute; &#0; &#xD800;</p>",
    ));
    assert!(
        text.contains("Tom &amp; Jerry: 5 < 6 — café \u{fffd} \u{fffd}"),
        "{text:?}"
    );
}

#[test]
fn what_is_left_out_is_counted() {
    let body = format!("<p>{SAID}</p>").repeat(12);
    let html = format!(
        "<nav><a href=/>Home page link</a></nav><main><article>{body}</article></main><footer>Imprint</footer>"
    );
    let page = text_layer(&html).expect("readable");
    assert!(!page.text.contains("Home page link"), "{}", page.text);
    assert!(page.notice.contains("left out"), "{}", page.notice);
    assert_eq!(text_layer("<p hidden>x</p>").expect("readable").text, "");
}

#[test]
fn pages_in_their_own_encoding_are_read() {
    let bytes = b"<meta charset=iso-8859-1><p>\x93It\x92s so,\x94 the harbour office said.</p>";
    let article = read("page.html", bytes).expect("readable");
    assert!(
        article
            .text()
            .contains("“It’s so,” the harbour office said."),
        "{}",
        article.text()
    );
    assert!(article.notices()[0].contains("windows-1252"));
    assert_eq!(article.media().media_type(), "text/html");
    let nuls = read(
        "page.html",
        b"<p>A\0 word that was said by the harbour office.</p>",
    );
    assert!(nuls.expect("readable").text().contains("word"));
}

#[test]
fn bombs_are_refused_by_name_and_wide_pages_are_not_bombs() {
    let deep = "<div>".repeat(30_000);
    let error = read("deep.html", deep.as_bytes()).expect_err("too deep");
    assert!(matches!(error, Unreadable::Format { .. }) && error.to_string().contains("deep.html"));
    let mixed = "<b><i><ul><li><table><tr><td>".repeat(5_000);
    assert!(read("mixed.html", mixed.as_bytes()).is_err());
    let attributes: String = (0..50_000).map(|at| format!(" a{at}=1")).collect();
    assert!(read("many.html", format!("<p{attributes}>x").as_bytes()).is_err());

    let wide = page(&format!("<svg>{}</svg>", "<path d='M0 0'/>".repeat(3_000)));
    assert!(text(&wide).contains(SAID));
    assert!(text(&page(&"<p>short".repeat(3_000))).contains(SAID));
    assert_eq!(
        extent("<div><p><p><p><b></b></div><!-- <div><div> --><script><i><i></script>").0,
        2
    );
}
