//! What stands on an article's page and is none of it: it is left out, and told.

use super::super::*;
use super::shapes::{HEADLINE, LETTER, PARAGRAPHS, TEASERS, p, page, read_page, text_of};

#[test]
fn what_is_not_the_article_is_left_out_and_told() {
    let h1 = format!("<h1>{HEADLINE}</h1>");
    let all = p(&PARAGRAPHS);
    let comments: String = (20..32)
        .map(|years| {
            format!(
                "<div class=entry><h4>reader{years}</h4><p>I have crossed for {years} years and never saw \
                 such a mess. The old boats were better, and they were on time as well, whatever the board \
                 says now. I shall swim from May, and so will my colleagues.</p></div>"
            )
        })
        .collect();
    let other = "<h1>Stadium roof to be replaced</h1><p>The roof will be replaced this summer, the office \
                 announced after an inspection.</p><p>It was luck that nothing fell, said the engineer who \
                 led the inspection.</p><p>The work will cost 11 million crowns, and the club will pay a \
                 third of it.</p>";
    let offer = "<h2>Keep reading for 1 crown</h2><p>Subscribe now and get the first four weeks for one \
                 crown. Cancel at any time.</p><p>Already a subscriber? Log in to read on.</p>";
    for (shape, body, told) in [
        (
            "comments under their name",
            format!("<article>{h1}{all}</article><section id=comments>{comments}</section>"),
            "comments of readers",
        ),
        (
            "comments under another name, longer than the article",
            format!(
                "<div><div class=story>{h1}{all}</div><div><h3>What readers say: 12 comments</h3>{comments}</div></div>"
            ),
            "comments of readers",
        ),
        (
            "an article that follows",
            format!("<main><article>{h1}{all}</article><article>{other}</article></main>"),
            "a second article below",
        ),
        (
            "an article that follows and is called the next",
            format!(
                "<main><section class=story>{h1}{all}</section><section class='story next'>{other}</section></main>"
            ),
            "a second article below",
        ),
        (
            "an offer",
            format!("<article>{h1}{all}<div class=paywall-offer>{offer}</div></article>"),
            "words of menus",
        ),
        (
            "prose elsewhere",
            format!(
                "<main><article>{h1}{all}</article></main><div><div><p>The editors of this page reply to every letter within one working week.</p></div></div>"
            ),
            "1 paragraph of prose (13 words)",
        ),
        (
            "paragraphs that the page hides",
            format!(
                "<article>{h1}{all}<div hidden><p>The board meets again on 4 June in the hall of the old school.</p></div></article>"
            ),
            "1 paragraph that the page hides",
        ),
    ] {
        let page = read_page(&page(&body));
        assert_eq!(page.text, text_of(&PARAGRAPHS), "{shape}");
        assert!(page.notice.contains(told), "{shape}: {}", page.notice);
        // All but offers can be looked at, where they stood.
        let ends = |left: &LeftOut| left.before == page.text.len() - 1;
        assert!(page.left_out.iter().all(ends), "{shape}");
        assert_eq!(page.left_out.is_empty(), shape == "an offer", "{shape}");
    }
    // Comments that are so much longer that the other reader takes them for the article.
    let few = &PARAGRAPHS[..3];
    let voices = format!(
        "<div><div><div class=story>{h1}{}</div></div></div><div><div class=voices><h2>Your voices</h2>{comments}</div></div>",
        p(few)
    );
    assert_eq!(read_page(&page(&voices)).text, text_of(few));
    // What was said in answer, in an article that is made of it.
    let answers = format!("<div><h1>{HEADLINE}</h1><div><h3>Reactions</h3>{comments}</div></div>");
    let text = read_page(&page(&answers)).text;
    assert!(text.contains("for 31 years"), "{text}");
    // Another article that nothing tells from a part of this one stays, and is told.
    let two = format!("<main><div>{h1}{all}</div><div>{other}</div></main>");
    let page = read_page(&page(&two));
    assert!(page.text.contains("Stadium roof"), "{}", page.text);
    assert!(
        page.notice.contains("seems to hold two articles"),
        "{}",
        page.notice
    );
}

#[test]
fn furniture_around_and_within_the_text_is_no_part_of_it() {
    let h1 = format!("<h1>{HEADLINE}</h1>");
    let all = p(&PARAGRAPHS);
    let (before, after) = (p(&PARAGRAPHS[..5]), p(&PARAGRAPHS[5..]));
    let within = |what: &str| format!("<article>{h1}<div>{before}{what}{after}</div></article>");
    let river: String = (0..6)
        .map(|at| {
            format!(
                "<article class=river><h2><a href={at}>Bridge toll rises by {at} percent</a></h2><p>The \
                 tolls of the bridge are known to rise in every year since it was opened.</p></article>"
            )
        })
        .collect();
    for (shape, body) in [
        (
            "notices before the headline",
            format!(
                "<div><p>We use cookies to make this site better for you and for all of our partners.</p>\
                 <p>By choosing to go on you agree to that, and to all that follows from it.</p></div>\
                 <a href=#main>Skip to main content</a><main><article>{h1}{all}</article></main>"
            ),
        ),
        (
            "pointers",
            within(
                "<p><strong>Read also: <a href=a>Ten ferries that sank last year</a></strong></p>",
            ),
        ),
        (
            "a teaser alone in a box",
            within("<div class=inline><a href=a><h3>Bridge toll rises by 8 percent</h3></a></div>"),
        ),
        (
            "links in a list",
            within(
                "<h4>More</h4><ul><li><a href=1>Bridge toll rises by 8 percent</a></li><li><a href=2>Mayor \
                 wins vote by 312 to 290</a></li></ul>",
            ),
        ),
        (
            "what is most read",
            within(
                "<aside><h3>Most read</h3><ol><li><a href=1>Bridge toll rises by 8 percent</a></li><li>\
                 <a href=2>Mayor wins vote by 312 to 290</a></li></ol></aside>",
            ),
        ),
        ("a letter", within(LETTER)),
        ("teasers", within(TEASERS)),
        (
            "a form",
            within(
                "<form><p>Tell us what you think of our ferries, and win a day on one of them.</p></form>",
            ),
        ),
        (
            "a line that sells",
            within("<p>Sign up for <a href=x>the letter of this newspaper</a></p>"),
        ),
        (
            "a river of other articles",
            format!("<main><article class=own>{h1}{all}</article>{river}</main>"),
        ),
    ] {
        assert_eq!(
            read_page(&page(&body)).text,
            text_of(&PARAGRAPHS),
            "{shape}"
        );
    }
}

#[test]
fn news_of_subscribers_and_comments_is_no_furniture() {
    let news = [
        "The newspaper lost 4,000 subscribers last year, its publisher said on Monday.",
        "A subscription costs 14 crowns a month, and readers may sign up for a free trial.",
        "Its newsletter has 48,000 readers, and an advertisement in it costs 300 crowns.",
        "Log in and you see 12 comments, the union’s chair, Pavel Orr, complained to the board.",
    ];
    let body = format!(
        "<article><h1>{HEADLINE}</h1><div>{}</div></article>",
        p(&news)
    );
    assert_eq!(read_page(&page(&body)).text, text_of(&news));
    let sections: String = news
        .iter()
        .map(|news| format!("<section><p>{news}</p></section>"))
        .collect();
    let body = format!("<article><h1>{HEADLINE}</h1>{sections}</article>");
    assert_eq!(read_page(&page(&body)).text, text_of(&news));
}
