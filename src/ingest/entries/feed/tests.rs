//! Feeds as systems write them, and as they break.

use super::super::{Entry, entries};

/// The one entry of a feed.
fn one(feed: &str) -> Entry {
    let found = entries("a.xml", feed.as_bytes()).expect("no refusal");
    let mut list = found.unwrap_or_else(|| panic!("no feed: {feed}")).list;
    assert_eq!(list.len(), 1, "{feed}");
    list.remove(0)
}

fn item(inner: &str) -> Entry {
    one(&format!(
        "<rss version=\"2.0\"><channel><link>https://n.example/</link><item>{inner}</item></channel></rss>"
    ))
}

fn page(entry: &Entry) -> Option<String> {
    let file = entry.whole.as_ref()?;
    Some(String::from_utf8_lossy(&file.bytes).into_owned())
}

#[test]
fn addresses_of_entries() {
    let cases = [
        (
            "<link>https://n.example/a</link>",
            Some("https://n.example/a"),
        ),
        ("<link> /a </link>", Some("https://n.example/a")),
        (
            "<link/>https://n.example/no<guid>https://n.example/g</guid>",
            Some("https://n.example/g"),
        ),
        (
            "<guid isPermaLink=\"false\">https://n.example/g</guid>",
            None,
        ),
        ("<guid>urn:1</guid>", None),
        (
            "<link>https://count.example/1</link><feedburner:origLink>https://n.example/a</feedburner:origLink>",
            Some("https://n.example/a"),
        ),
        (
            "<atom:link rel=\"self\" href=\"https://n.example/s\"/><link>https://n.example/a</link>",
            Some("https://n.example/a"),
        ),
        ("<link>javascript:x()</link>", None),
        ("<enclosure url=\"https://n.example/a.mp3\"/>", None),
    ];
    for (inner, expected) in cases {
        assert_eq!(item(inner).address.as_deref(), expected, "{inner}");
    }
}

#[test]
fn which_text_is_the_whole_article() {
    let long = "<p>Nine words stand in this one paragraph of text.</p>".repeat(14);
    let flat = long.replace("<p>", " ").replace("</p>", " ");
    let escape = |text: &str| text.replace('<', "&lt;");
    let encoded = |text: &str| format!("<content:encoded>{}</content:encoded>", escape(text));
    let description = |text: &str| format!("<description>{}</description>", escape(text));
    let cases = [
        (encoded("<p>All of it.</p>"), true),
        (encoded("<p>All of it.</p>") + &description("Short."), true),
        (
            encoded("<p>Short.</p>") + &description("Longer than the other."),
            false,
        ),
        (encoded("<p>It goes on […]</p>"), false),
        (encoded("<p>It goes on&amp;hellip;</p>"), false),
        (
            encoded("<p>It goes on. <a href='/a'>Read more</a></p>"),
            false,
        ),
        (
            encoded("<p>It goes on.</p><p>Continue reading →</p>"),
            false,
        ),
        (
            encoded("<p>It ends with three full stops... and no more.</p>"),
            true,
        ),
        (encoded(" "), false),
        (description("<p>One.</p><p>Two.</p>"), false),
        (description(&long), true),
        (description(&flat), false),
        (description(&(long.clone() + "[…]")), false),
        (description(&long) + &encoded("<p>Less.</p>"), false),
        (String::new(), false),
    ];
    for (inner, is_whole) in cases {
        assert_eq!(page(&item(&inner)).is_some(), is_whole, "{inner}");
    }
    let teaser = item(&(encoded("<p>It goes on here and there […]</p>") + &description("It.")));
    assert_eq!(
        teaser.summary.as_deref(),
        Some("It goes on here and there […]")
    );
    let plain = flat.replace(" Nine", "\n\nNine");
    let plain = page(&item(&description(&plain))).expect("a page");
    assert!(plain.contains("</p>\n<p>Nine words"), "{plain}");
}

#[test]
fn nothing_from_outside_escapes_its_place() {
    let entry = item(
        "<title>&lt;script&gt;\"x\" &amp; 'y'</title><link>https://n.example/\"&gt;&lt;b</link>\
         <dc:creator>a\" b=&apos;&gt;</dc:creator><content:encoded>Words.</content:encoded>",
    );
    let page = page(&entry).expect("a page");
    let (head, _) = page.split_once("<body>").expect("a body");
    assert!(
        !head.contains("<script") && !head.contains("<b\"") && !head.contains("\"x\""),
        "{head}"
    );
    assert!(head.contains("content=\"a&quot; b=&apos;&gt;\""), "{head}");
}

#[test]
fn names_dates_and_languages() {
    let entry = item(
        "<author>desk@n.example (Ana Novak)</author><dc:date>2026-03-01</dc:date>\
         <pubDate>soon</pubDate><dc:language>pt_BR</dc:language>",
    );
    assert_eq!(entry.author.as_deref(), Some("Ana Novak"));
    assert_eq!(entry.published.as_deref(), Some("2026-03-01"));
    assert_eq!(entry.language.as_deref(), Some("pt-BR"));
    assert_eq!(item("<author>desk@n.example</author>").author, None);
    let order = "<updated>2026-03-04</updated><published>2026-03-01</published>";
    assert_eq!(item(order).published.as_deref(), Some("2026-03-01"));
}

#[test]
fn feeds_as_systems_write_them() {
    // A channel of films.
    let film = one(
        "<feed xmlns:yt=\"http://www.youtube.com/xml/schemas/2015\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
         xmlns=\"http://www.w3.org/2005/Atom\"><title>Films</title><author><name>Studio</name></author><entry>\
         <id>yt:video:1</id><title>A film</title><link rel=\"alternate\" href=\"https://films.example/watch?v=1\"/>\
         <published>2026-03-01T10:00:00+00:00</published><media:group><media:title>Other</media:title>\
         <media:content url=\"https://films.example/v/1\" type=\"x\"/><media:thumbnail url=\"x\"/>\
         <media:description>What the film shows.</media:description></media:group></entry></feed>",
    );
    assert_eq!(film.title.as_deref(), Some("A film"));
    assert_eq!(
        film.address.as_deref(),
        Some("https://films.example/watch?v=1")
    );
    assert_eq!(film.summary.as_deref(), Some("What the film shows."));
    assert_eq!(film.author.as_deref(), Some("Studio"));
    // RDF, with prefixes of its own.
    let rdf = one(
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
         xmlns:c=\"http://purl.org/rss/1.0/modules/content/\"><channel rdf:about=\"https://n.example/\">\
         <title>N</title><link>https://n.example/</link><items><rdf:Seq><rdf:li resource=\"x\"/></rdf:Seq></items>\
         </channel><image><title>Icon</title></image><item rdf:about=\"https://n.example/a\"><title>A</title>\
         <c:encoded>&lt;p&gt;Words.&lt;/p&gt;</c:encoded></item></rdf:RDF>",
    );
    assert_eq!(rdf.address.as_deref(), Some("https://n.example/a"));
    assert!(page(&rdf).is_some_and(|page| page.contains("<p>Words.</p>")));
    // Atom under a prefix, a picture with words of its own before the text.
    let atom = one(
        "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:entry><a:title>A</a:title>\
         <media:content url=\"x\"><media:description>A caption</media:description></media:content>\
         <a:source><a:title>Elsewhere</a:title><a:link href=\"https://else.example/\"/></a:source>\
         <a:link href=\"https://n.example/a\"/><a:summary>Words.</a:summary></a:entry></a:feed>",
    );
    assert_eq!(atom.title.as_deref(), Some("A"));
    assert_eq!(atom.address.as_deref(), Some("https://n.example/a"));
    assert_eq!(atom.summary.as_deref(), Some("Words."));
    // A directory of feeds.
    let feeds = one(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>A feed</title>\
         <link type=\"application/atom+xml\" href=\"https://n.example/feed\"/></entry></feed>",
    );
    assert!(feeds.is_feed);
}

#[test]
fn broken_feeds_keep_their_entries() {
    let sound = "<rss><channel><item><title>One</title><link>https://n.example/1</link>\
                 <description>First words.</description></item><item><title>Two</title>\
                 <link>https://n.example/2</link><description>Second words.</description></item></channel></rss>";
    let changes: [(&str, &str); 15] = [
        ("", ""),
        ("</link>", ""),
        ("</title>", ""),
        ("</description>", ""),
        ("</item>", ""),
        ("</channel>", ""),
        ("</rss>", ""),
        (
            "<rss>",
            "\n \u{1}junk <b>x</b> <?xml version=\"1.0\"?><rss>",
        ),
        ("<rss>", "\u{feff}\u{feff}\n<rss>"),
        (
            "<rss>",
            "<!DOCTYPE rss SYSTEM \"x\" [<!ENTITY x \"y\">]><RSS>",
        ),
        ("First", "F\u{0}\u{8}irst"),
        ("<description>", "</p></div><description>"),
        ("<title>", "<TITLE x=y z>"),
        ("</description>", "</description><source>Left open"),
        ("</rss>", "</rss><script>x</script><item>"),
    ];
    for (from, to) in changes {
        let text = if from.is_empty() {
            sound.to_owned()
        } else {
            sound.replace(from, to)
        };
        let found = entries("a.xml", text.as_bytes()).expect("no refusal");
        let list = found.unwrap_or_else(|| panic!("no feed: {text}")).list;
        let all: Vec<(Option<&str>, Option<&str>, Option<&str>)> = list
            .iter()
            .map(|entry| {
                (
                    entry.title.as_deref(),
                    entry.address.as_deref(),
                    entry.summary.as_deref(),
                )
            })
            .collect();
        let expected = [
            (
                Some("One"),
                Some("https://n.example/1"),
                Some("First words."),
            ),
            (
                Some("Two"),
                Some("https://n.example/2"),
                Some("Second words."),
            ),
        ];
        assert_eq!(all, expected, "{from:?} became {to:?}");
    }
}

#[test]
fn signs_that_open_nothing_are_words() {
    let cases = [
        ("a &#150; b &#x93;c", "a – b “c"),
        ("2 < 3 & 4 <5", "2 < 3 & 4 <5"),
        ("a <?php b", "a <?php b"),
        ("a <!b> c", "a <!b> c"),
        ("a </ b", "a </ b"),
        ("&nosuch; &#xFFFFFFFF; &#0;", "&nosuch; \u{fffd}"),
    ];
    for (title, expected) in cases {
        let feed = format!(
            "<?xml version=\"1.0\"?><rss><channel><item><title>{title}</title></item></channel></rss>"
        );
        assert_eq!(one(&feed).title.as_deref(), Some(expected), "{title}");
    }
}

#[test]
fn parts_that_are_not_the_entry() {
    let entry = item(
        "<author><email>a@n.example</email><name>Ana</name> and noise</author>\
         <media:content url=\"x\"><media:description>A caption</media:description></media:content>\
         <source url=\"x\">Elsewhere</source>",
    );
    assert_eq!(entry.author.as_deref(), Some("Ana"));
    assert_eq!(entry.summary, None);
    let in_rss = one(
        "<rss><channel><itunes:author>The house</itunes:author><item><title>A</title></item></channel></rss>",
    );
    assert_eq!(in_rss.author, None);
}

#[test]
fn a_text_past_the_bound_is_left_out_and_told() {
    let long = "x ".repeat(1_000_001);
    let feed = format!(
        "<rss><channel><item><title>A</title><description>{long}</description></item></channel></rss>"
    );
    let found = entries("a.rss", feed.as_bytes())
        .expect("no refusal")
        .expect("a feed");
    assert_eq!(found.list[0].title.as_deref(), Some("A"));
    assert_eq!(found.list[0].summary, None);
    assert_eq!(found.notices, ["1 text of more than 2 MB left out"]);
}
