//! What is text of a page and what is not.

mod furniture;
mod nothing_lost;
mod shapes;

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
}

/// Runs on a stack that the smallest of the program's threads has several times over.
fn on_a_small_stack(work: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let small = std::thread::Builder::new().stack_size(512 * 1024);
        let thread = small.spawn_scoped(scope, work).expect("a thread");
        thread.join().expect("it does not break off");
    });
}

#[test]
fn no_page_overflows_the_stack() {
    on_a_small_stack(|| {
        let closed = |tags: &str, ends: &str, count: usize| {
            format!("{}{SAID}{}", tags.repeat(count), ends.repeat(count))
        };
        for html in [
            "<ul><li></b>".repeat(16_000),
            "<div/>".repeat(30_000),
            "<b><p>".repeat(20_000),
            "<a><table><tr><td>".repeat(3_000),
            "<table><div>".repeat(10_000),
            "<svg><desc><div>".repeat(10_000),
            "<template>".repeat(10_000),
            "<noscript><div>".repeat(4_000),
            closed("<div>", "</div>", 5_000),
            closed("<blockquote><ul><li>", "</li></ul></blockquote>", 1_500),
            closed("<span>", "</span>", 5_000),
            closed("<table><tr><td>", "</td></tr></table>", 1_200),
            closed("<section><div class=a>", "</div></section>", 2_000),
        ] {
            let read = text_layer(&html).map(|page| page.text);
            // What is within the bounds keeps its words, however deep they stand.
            assert!(read.is_err() || !html.contains(SAID) || read.is_ok_and(|t| t.contains(SAID)));
        }
        let deep = closed("<div>", "</div>", 5_000);
        assert!(text_layer(&deep).is_ok_and(|page| page.text.contains(SAID)));
    });
}

#[test]
fn old_pages_that_never_close_their_fonts_are_read() {
    let lines: String = (0..300)
        .map(|line| format!("<font size={}><p>Line {line}. {SAID}\n", line % 7))
        .collect();
    let text = text(&format!("<title>Old</title><body><h1>Old page</h1>{lines}"));
    assert!(
        text.contains("Line 0. ") && text.contains("Line 299. "),
        "{}",
        text.len()
    );
}

#[test]
fn addresses_attributes_and_titles_do_not_multiply() {
    let long = "x".repeat(200_000);
    let links = "<p><a href=y>Fares rose again.</a></p>".repeat(2_000);
    let many: String = (0..1_000).map(|at| format!(" a{at}=1")).collect();
    for html in [
        format!("<base href='http://a/{long}/'><p>{SAID}</p>{links}"),
        format!(
            "<title>{}</title>{}<p>{SAID}",
            "long ".repeat(50_000),
            "<h2>a</h2>".repeat(50_000)
        ),
        format!("{}{SAID}", format!("<div{many}>").repeat(90)),
        format!("<p{}>{SAID}", " same".repeat(2_000)),
        format!("<p title='{}'>{SAID}", "<a b ".repeat(20_000)),
        format!("<p title='{}'>{SAID}", "©".repeat(1_000_000)),
        format!("<p><a href='{}'>{SAID}</a>", "&".repeat(1_000_000)),
        format!("<p>{SAID} {}", "& ".repeat(1_000_000)),
        format!("<p>{SAID} {}", "\u{a0}".repeat(1_000_000)),
        format!("<!-- {} --><p>{SAID}", "a b ".repeat(50_000)),
        format!(
            "<script>{}</script><p>{SAID}",
            "if (a <b && c ) {} ".repeat(20_000)
        ),
    ] {
        assert!(text(&html).contains(SAID), "{}", &html[..60]);
    }
    let cut = format!("<p {}", "a1 ".repeat(40_000));
    assert!(text_layer(&cut).is_err());
}
