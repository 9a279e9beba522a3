//! Pages of many shapes, each with the whole text that is taken from it.
//!
//! The article is the same everywhere: a headline and eight paragraphs. What differs is where
//! they stand, and what else stands on the page.

use super::super::*;

pub(super) const HEADLINE: &str = "Ferry fares rise for the third time";

pub(super) const PARAGRAPHS: [&str; 8] = [
    "Fares on the harbour ferry will rise by 9 percent on 1 May, the ferry board said on Monday.",
    "“We cannot run on goodwill,” the board’s chair, Ada Lund, told the town council. “Fuel is not free.”",
    "A single crossing will cost 4.20 crowns, up from 3.85, according to the board’s new price list.",
    "About 2,300 people cross the harbour every day, and a third of them are pupils, the board says.",
    "“Nobody asked the schools,” said Joost Brandt, who teaches on the northern shore.",
    "The council had promised in 2021 that fares would stay as they were for five years.",
    "A report of its auditors, dated 12 March, puts the board’s losses at 1.4 million crowns.",
    "The board denied that the new terminal, which opened in June, had caused any of them.",
];

const MENU: &str = "<header><nav><ul><li><a href=/n>News</a></li><li><a href=/s>Sport</a></li></ul>\
                    </nav></header>";
const FOOT: &str = "<footer><p>© 2026 The Harbour Post. All rights reserved. Printed on paper that \
                    was made of straw.</p></footer>";
pub(super) const LETTER: &str = "<div class=newsletter><p>Get our morning letter. Join 48,000 readers who start \
                      the day with us.</p></div>";
pub(super) const TEASERS: &str = "<div class=related><h3>Related</h3><p><a href=1>Bridge toll rises by 8 percent</a>\
                       </p><p><a href=2>Mayor wins vote by 312 to 290</a></p></div>";

fn tagged(tag: &str, words: &[&str]) -> String {
    let end = tag.split(' ').next().unwrap_or(tag);
    let paragraphs = words
        .iter()
        .map(|words| format!("<{tag}>{words}</{end}>\n"));
    paragraphs.collect()
}

pub(super) fn p(words: &[&str]) -> String {
    tagged("p", words)
}

fn page_with(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{HEADLINE} - The Harbour \
         Post</title>{head}</head><body>{MENU}{body}{FOOT}</body></html>"
    )
}

pub(super) fn page(body: &str) -> String {
    page_with("", body)
}

/// The headline and these paragraphs.
pub(super) fn text_of(paragraphs: &[&str]) -> String {
    format!("{HEADLINE}\n\n{}\n", paragraphs.join("\n\n"))
}

pub(super) fn read_page(html: &str) -> Page {
    text_layer(html).expect("readable")
}

/// All words of the article, whatever the shape of the page, and nothing else.
#[test]
fn all_of_the_article_and_nothing_else_is_taken() {
    let all = &PARAGRAPHS;
    let h1 = format!("<h1>{HEADLINE}</h1>");
    let spans = tagged("span class=line", all);
    let breaks = all.join("<br><br>");
    let shapes = [
        ("plain", format!("<article>{h1}{}</article>", p(all))),
        (
            "between menus and offers",
            format!(
                "<main><article>{h1}<div>{}</div></article>{LETTER}{TEASERS}</main>",
                p(all)
            ),
        ),
        (
            "parted by an advertisement, in boxes of one class",
            format!(
                "<article>{h1}<div class=wrap><div class=grid><div class=text>{}</div></div></div>\
                 <div class=ad><a href=#>ad</a></div><div class=wrap><div class=grid><div class=text>{}\
                 </div></div></div></article>{TEASERS}",
                p(&all[..6]),
                p(&all[6..])
            ),
        ),
        (
            "in boxes that differ",
            format!(
                "<article>{h1}<section class=one>{}</section>{LETTER}<section class=two>{}\
                 </section></article>",
                p(&all[..3]),
                p(&all[3..])
            ),
        ),
        (
            "a first paragraph apart",
            format!(
                "<main><div class=top>{h1}<div class=first>{}</div></div><div class=body>{}</div>\
                 </main>",
                p(&all[..1]),
                p(&all[1..])
            ),
        ),
        (
            "some paragraphs are links",
            format!(
                "<article>{h1}<div>{}<p><a href=d>{}</a></p><p><a href=e>{}</a></p>{}</div>\
                 </article>{TEASERS}",
                p(&all[..4]),
                all[4],
                all[5],
                p(&all[6..])
            ),
        ),
        (
            "hidden from screen readers by a meter",
            format!(
                "<article>{h1}{}<div class=paywall aria-hidden=true>{}</div></article>",
                p(&all[..2]),
                p(&all[2..])
            ),
        ),
        (
            "lines with two breaks between them",
            format!("<div>{h1}<font>{breaks}</font></div>"),
        ),
        (
            "in a span with breaks",
            format!("<div>{h1}<div><span>{breaks}</span></div></div>"),
        ),
        (
            "elements of its own",
            format!("<x-story>{h1}<x-body>{}</x-body></x-story>", p(all)),
        ),
        (
            "a shadow root",
            format!(
                "<x-story><template shadowrootmode=open><article>{h1}{}</article></template>\
                 </x-story>",
                p(all)
            ),
        ),
        (
            "a shadow root with a slot",
            format!(
                "<x-story><template shadowrootmode=open><article>{h1}<slot></slot></article>\
                 </template>{}</x-story>",
                p(all)
            ),
        ),
        (
            "a body that calls itself many things",
            format!(
                "<div class='has-sidebar newsletter-on comments-open related'>{h1}{}</div>",
                p(all)
            ),
        ),
        (
            "folded up",
            format!(
                "<article>{h1}{}<details>{}</details></article>",
                p(&all[..5]),
                p(&all[5..])
            ),
        ),
        ("the site's name heads the page", {
            format!(
                "<h1 class=logo><a href=/>The Harbour Post</a></h1><article><h2>{HEADLINE}</h2>{}</article>",
                p(all)
            )
        }),
        (
            "no heading at all",
            format!(
                "<article><div class=title>{HEADLINE}</div>{}</article>",
                p(all)
            ),
        ),
    ];
    for (shape, body) in &shapes {
        assert_eq!(read_page(&page(body)).text, text_of(all), "{shape}");
    }
    // A page that hides itself until its scripts have run.
    let hidden = page(&shapes[0].1).replace("<body>", "<body style='display: none'>");
    let hidden = read_page(&hidden);
    assert_eq!(hidden.text, text_of(all));
    assert!(!hidden.notice.contains("hides"), "{}", hidden.notice);
    // Parts of a line are no paragraphs.
    let one = read_page(&page(&format!("<article>{h1}<div>{spans}</div></article>")));
    assert_eq!(one.text, text_of(&[&all.join(" ")]));
}

#[test]
fn an_article_in_a_list_is_one() {
    let items = tagged("li", &PARAGRAPHS);
    let expected = format!("{HEADLINE}\n\n{}\n", PARAGRAPHS.join("\n"));
    for body in [
        format!("<h1>{HEADLINE}</h1><ul class=story>{items}</ul>"),
        format!("<article><h1>{HEADLINE}</h1><ol>{items}</ol></article>{LETTER}{TEASERS}"),
        format!("<div><div><h1>{HEADLINE}</h1></div><div><ul>{items}</ul></div></div>{TEASERS}"),
    ] {
        assert_eq!(read_page(&page(&body)).text, expected, "{body}");
    }
}

#[test]
fn what_belongs_to_an_article_comes_with_it() {
    let all = &PARAGRAPHS;
    let (before, after) = (p(&all[..5]), p(&all[5..]));
    let fact = "60 boats cross the harbour on a working day.";
    let note = "Correction: an earlier version said that fares would rise by 19 percent.";
    let lead = "Pupils pay most of it.";
    let with = |at: usize, more: &[&'static str]| {
        let mut paragraphs: Vec<&str> = all.to_vec();
        paragraphs.splice(at..at, more.iter().copied());
        text_of(&paragraphs)
    };
    let h1 = format!("<h1>{HEADLINE}</h1>");
    for (shape, body, expected) in [
        (
            "a lead in the header",
            format!(
                "<article><header>{h1}<p class=standfirst>{lead}</p></header>{}</article>",
                p(all)
            ),
            with(0, &[lead]),
        ),
        (
            "facts beside the text",
            format!(
                "<article>{h1}<div>{before}<aside class=facts><h3>In figures</h3><p>{fact}</p></aside>{after}</div></article>"
            ),
            with(5, &["In figures", fact]),
        ),
        (
            "facts behind the text",
            format!(
                "<article>{h1}<div>{before}{after}</div><aside><h3>In figures</h3><p>{fact}</p></aside></article>"
            ),
            with(8, &["In figures", fact]),
        ),
        (
            "a correction in the article's footer",
            format!(
                "<article>{h1}<div>{before}{after}</div><footer><p>{note}</p></footer></article>"
            ),
            with(8, &[note]),
        ),
        (
            "a correction below the article",
            format!(
                "<article>{h1}<div>{before}{after}</div></article><div class=notice><p>{note}</p></div>"
            ),
            with(8, &[note]),
        ),
        (
            "a table",
            format!(
                "<article>{h1}<div>{before}<table><tr><td><img src=a.jpg></td><td><img src=b.jpg></td></tr>\
                 <tr><td>Year</td><td>Fare</td></tr><tr><td>1991</td><td>1.10 crowns</td></tr><tr>\
                 <td>2021</td><td>3.85 crowns</td></tr></table>{after}</div></article>"
            ),
            with(5, &["Year Fare\n1991 1.10 crowns\n2021 3.85 crowns"]),
        ),
        (
            "short answers",
            format!(
                "<article>{h1}<div>{before}<p>It was not so.</p><p>“No.”</p>{after}</div></article>"
            ),
            with(5, &["It was not so.", "“No.”"]),
        ),
        (
            "headings",
            format!("<article>{h1}<div>{before}<h2>Who pays</h2>{after}</div></article>"),
            with(5, &["Who pays"]),
        ),
    ] {
        assert_eq!(read_page(&page(&body)).text, expected, "{shape}");
    }
}

#[test]
fn posts_and_quotations_are_told_from_the_articles_own_words() {
    let post = "We told them in June that the fares were too high already.";
    let body = format!(
        "<article><h1>{HEADLINE}</h1><div>{}<blockquote class=twitter-tweet><p>{post} \
         <a href=x>#ferry</a></p>— Pupils’ union (@pupils) <a href=y>1 March 2026</a></blockquote>{}\
         </div></article>",
        p(&PARAGRAPHS[..5]),
        p(&PARAGRAPHS[5..])
    );
    let page = read_page(&page(&body));
    let [quotation] = &page.quotations[..] else {
        panic!("{:?}", page.quotations);
    };
    let words: Vec<&str> = quotation
        .paragraphs
        .iter()
        .map(|paragraph| &page.text[paragraph.span.start..paragraph.span.end])
        .collect();
    let signed = "— Pupils’ union (@pupils) 1 March 2026";
    assert_eq!(words, [&*format!("{post} #ferry"), signed]);

    // A page that sets its whole text in from the margin quotes nobody.
    let set_in = format!(
        "<h1>{HEADLINE}</h1><blockquote>{}</blockquote>",
        p(&PARAGRAPHS)
    );
    let page = text_layer(&set_in).expect("readable");
    assert!(page.text.contains(PARAGRAPHS[7]) && page.quotations.is_empty());
}

#[test]
fn a_page_that_loses_nothing_says_so() {
    let html = format!(
        "<title>{HEADLINE}</title><h1>{HEADLINE}</h1>{}",
        p(&PARAGRAPHS)
    );
    assert_eq!(read_page(&html).notice, "the text of a web page");
    let plain = page(&format!(
        "<article><h1>{HEADLINE}</h1>{}</article>",
        p(&PARAGRAPHS)
    ));
    let notice = read_page(&plain).notice;
    assert!(
        !notice.contains("prose") && notice.contains("18 words of menus"),
        "{notice}"
    );
}

#[test]
fn where_the_page_shows_no_article_others_are_asked() {
    let article = format!("<article>{}</article>", p(&PARAGRAPHS));
    let stated = |body: &str| {
        format!(
            "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"headline\": \"{HEADLINE}\", \
             \"articleBody\": \"{body}\"}}</script>"
        )
    };
    // Line ends within a text are no JSON and stand there all the same.
    let lines = PARAGRAPHS.join("\\n\\n").replacen("\\n\\n", " \n ", 1);
    let one = format!("{} {}", PARAGRAPHS[0], PARAGRAPHS[1]);
    let mut joined: Vec<&str> = vec![&one];
    joined.extend(&PARAGRAPHS[2..]);
    let stub = format!(
        "<article><h1>{HEADLINE}</h1><p>{}</p><div class=regwall><p>Subscribe to read on. More than \
         48,000 people already trust this newspaper.</p></div></article>",
        PARAGRAPHS[0]
    );
    for (html, told, expected) in [
        (
            page(&format!("<div id=app></div><noscript>{article}</noscript>")),
            "for browsers without scripts",
            text_of(&PARAGRAPHS),
        ),
        (
            page(&format!(
                "<div id=app><p>This page needs scripts. Please allow them and load it once more.</p></div>\
                 <noscript>{article}</noscript>"
            )),
            "for browsers without scripts",
            text_of(&PARAGRAPHS),
        ),
        (
            page(&format!(
                "<div id=app></div><div style='display: none'><h1>{HEADLINE}</h1>{article}</div>"
            )),
            "the page hides is shown",
            text_of(&PARAGRAPHS),
        ),
        (
            page_with(&stated(&PARAGRAPHS.join("\\n\\n")), "<div id=app></div>"),
            "JSON-LD",
            text_of(&PARAGRAPHS),
        ),
        (
            page_with(&stated(&lines), &stub),
            "JSON-LD",
            text_of(&joined),
        ),
        (
            page_with(&stated(&p(&PARAGRAPHS).replace('\n', "")), &stub),
            "JSON-LD",
            text_of(&PARAGRAPHS),
        ),
    ] {
        let page = read_page(&html);
        assert_eq!(page.text, expected);
        assert!(page.notice.contains(told), "{}", page.notice);
    }
}

#[test]
fn headlines_come_from_the_page_or_from_its_head_and_that_is_told() {
    let all = p(&PARAGRAPHS);
    let other = "Harbour fares: what pupils will pay from May";
    // Its own words count before those of its head.
    let own = read_page(&page(&format!("<article><h1>{other}</h1>{all}</article>")));
    assert!(
        own.text
            .starts_with(&format!("{other}\n\n{}", PARAGRAPHS[0]))
    );
    let head = read_page(&page(&format!("<article><h1>x</h1>{all}</article>")));
    assert!(
        head.text.starts_with(&format!("{HEADLINE}\n\n")),
        "{}",
        head.text
    );
    assert!(head.notice.contains("head alone"), "{}", head.notice);
    // Said twice on the page, it is said once.
    let twice = page(&format!(
        "<h1>{HEADLINE}</h1><article><h1>{HEADLINE}</h1>{all}</article>"
    ));
    assert_eq!(read_page(&twice).text, text_of(&PARAGRAPHS));
}
