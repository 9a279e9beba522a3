//! Files with several articles: what each shape gives, and what is left to others.

use super::*;

mod bounds;
mod properties;

fn fixture(name: &str) -> Entries {
    let path = format!("{}/tests/ingest/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).expect("a fixture");
    read(name, &bytes)
}

fn read(name: &str, bytes: &[u8]) -> Entries {
    let found = entries(name, bytes).expect("no refusal");
    found.unwrap_or_else(|| panic!("{name} holds no entries"))
}

fn whole(entry: &Entry) -> &str {
    let file = entry.whole.as_ref().expect("a whole article");
    std::str::from_utf8(&file.bytes).expect("UTF-8")
}

fn addresses(found: &Entries) -> Vec<&str> {
    let all = found.list.iter();
    all.map(|entry| entry.address.as_deref().unwrap_or("none"))
        .collect()
}

fn titles(found: &Entries) -> Vec<&str> {
    let all = found.list.iter();
    all.map(|entry| entry.title.as_deref().unwrap_or("none"))
        .collect()
}

#[test]
fn a_feed_of_rss() {
    let found = fixture("feed.rss");
    assert_eq!(found.kind, "an RSS feed");
    assert_eq!(found.title.as_deref(), Some("The Harbour Gazette"));
    assert_eq!(found.notices, ["1 entry stands twice"]);
    let [wall, ferry] = &found.list[..] else {
        panic!("{:?}", titles(&found));
    };
    assert_eq!(
        whole(wall),
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <base href=\"https://gazette.example/2026/03/sea-wall/?utm_source=rss&amp;utm_medium=rss\">\n\
         <title>Sea wall cost 4.2\u{a0}million crowns, council says</title>\n\
         <link rel=\"canonical\" href=\"https://gazette.example/2026/03/sea-wall/?utm_source=rss&amp;utm_medium=rss\">\n\
         <meta name=\"author\" content=\"Ana Novak\">\n\
         <meta property=\"article:published_time\" content=\"2026-03-03T08:15:00Z\">\n</head>\n<body>\n\
         <article>\n<h1>Sea wall cost 4.2\u{a0}million crowns, council says</h1>\n\
         <p>The sea wall cost 4.2&nbsp;million crowns, the council said on Tuesday.</p>\n\
         <p>It is <a href=\"/wall\">1.4 kilometres long</a> &amp; stands on the beach. “We have kept to the budget,” said the mayor, Petr Dole.</p>\n\
         \n</article>\n</body>\n</html>\n"
    );
    assert_eq!(
        wall.summary.as_deref(),
        Some("The council has published what the wall cost. […]")
    );
    let expected = Entry {
        address: Some("https://gazette.example/2026/03/ferry/".to_owned()),
        title: Some("Ferry fares rise by 12 percent".to_owned()),
        published: Some("2026-03-02T18:00:00Z".to_owned()),
        author: Some("Zoë Frø".to_owned()),
        language: Some("en-GB".to_owned()),
        whole: None,
        summary: Some(
            "Fares on the ferry rise in April, R&D costs are named as a reason.".to_owned(),
        ),
        is_feed: false,
    };
    assert_eq!(ferry, &expected);
}

#[test]
fn a_feed_of_atom() {
    let found = fixture("feed.atom");
    assert_eq!(found.kind, "an Atom feed");
    assert_eq!(found.title.as_deref(), Some("Zápisky od moře"));
    assert!(found.notices.is_empty(), "{:?}", found.notices);
    let [harbour, pier] = &found.list[..] else {
        panic!("{:?}", titles(&found));
    };
    assert_eq!(harbour.title.as_deref(), Some("Přístav & molo"));
    assert_eq!(
        harbour.address.as_deref(),
        Some("https://blog.example/cesky/pristav")
    );
    assert_eq!(
        harbour.published.as_deref(),
        Some("2026-03-01T07:00:00+01:00")
    );
    assert_eq!(harbour.author.as_deref(), Some("Jana Malá"));
    let page = whole(harbour);
    assert!(page.contains("<html lang=\"cs\">"), "{page}");
    assert!(
        page.contains("<base href=\"https://blog.example/cesky/pristav/\">"),
        "{page}"
    );
    let body = "<p>Molo stálo 3 &lt; 4 miliony.<br>Starosta to potvrdil.</p>\
                <a id=\"x\"></a><p>Druhý odstavec.</p></div>";
    assert!(page.contains(body), "{page}");
    assert_eq!(pier.title.as_deref(), Some("The pier <b> explained"));
    assert_eq!(pier.author.as_deref(), Some("Tom Hill, Eva Lo"));
    assert_eq!(pier.language.as_deref(), Some("en"));
    assert_eq!(pier.published.as_deref(), Some("2026-03-02T09:00:00Z"));
    assert_eq!(
        pier.summary.as_deref(),
        Some("Three figures & where they come from.")
    );
    assert_eq!(pier.whole, None);
}

#[test]
fn a_feed_of_json() {
    let found = fixture("feed.json");
    assert_eq!(found.kind, "a JSON feed");
    assert_eq!(
        addresses(&found),
        [
            "https://notes.example/2026/bridge",
            "https://notes.example/2026/rain"
        ]
    );
    assert_eq!(found.list[0].author.as_deref(), Some("Ida Berg, Olu Ade"));
    assert_eq!(
        found.list[0].summary.as_deref(),
        Some("Two numbers for one bridge.")
    );
    assert!(whole(&found.list[0]).contains("<p>The ministry says 900.</p>"));
    assert_eq!(found.list[1].author.as_deref(), Some("The desk"));
    assert_eq!(found.list[1].published.as_deref(), Some("2026-02-27"));
    let page = whole(&found.list[1]);
    let body = "<p>It rained 31 mm &amp; more.</p>\n<p>The gauge stands in the yard.</p>";
    assert!(page.contains(body), "{page}");
    // Cut in the second item.
    let path = format!("{}/tests/ingest/feed.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a fixture");
    let cut = text.split_once("It rained").expect("the words").0;
    let found = read("feed.json", cut.as_bytes());
    assert_eq!(titles(&found), ["How long is the bridge?"]);
    assert!(
        found.notices[0].contains("breaks off"),
        "{:?}",
        found.notices
    );
}

#[test]
fn a_table_and_a_list_of_links() {
    let found = fixture("links.csv");
    assert_eq!(found.kind, "a list of links");
    assert_eq!(titles(&found), ["Sea wall; what it cost", "Ferry fares"]);
    assert_eq!(found.list[0].published.as_deref(), Some("2026-03-03"));
    assert_eq!(found.list[1].author.as_deref(), Some("Zoë Frø"));
    assert_eq!(
        found.notices,
        ["2 columns left out", "1 row without an address left out"]
    );
    let found = fixture("links.txt");
    let expected = [
        ("https://gazette.example/2026/03/sea-wall/", "none"),
        (
            "https://gazette.example/2026/03/ferry/",
            "Ferry fares rise by 12 percent (update)",
        ),
        (
            "https://notes.example/2026/bridge_(new)",
            "How long is the bridge?",
        ),
        ("https://blog.example/en/pier", "none"),
        ("https://notes.example/2026/rain", "Rain in the yard"),
    ];
    let all: Vec<(&str, &str)> = addresses(&found).into_iter().zip(titles(&found)).collect();
    assert_eq!(all, expected);
    assert_eq!(
        found.list[2].summary.as_deref(),
        Some("two numbers for one bridge")
    );
}

#[test]
fn a_list_of_feeds() {
    let found = fixture("subscriptions.opml");
    assert_eq!(found.kind, "an OPML list");
    assert_eq!(found.title.as_deref(), Some("Subscriptions of the desk"));
    assert_eq!(
        titles(&found),
        ["Harbour Gazette", "R & D, a blog", "A page"]
    );
    assert_eq!(
        addresses(&found),
        [
            "https://gazette.example/feed/",
            "https://blog.example/feed.atom?a=1&b=2",
            "https://notes.example/about"
        ]
    );
    let feeds: Vec<bool> = found.list.iter().map(|entry| entry.is_feed).collect();
    assert_eq!(feeds, [true, true, false]);
    assert_eq!(
        found.notices,
        [
            "2 folders taken as one list",
            "1 outline without an address left out"
        ]
    );
}

#[test]
fn a_mailbox() {
    let found = fixture("letters.mbox");
    assert_eq!(found.kind, "a mailbox");
    assert_eq!(titles(&found), ["Café prices", "The pier"]);
    let letter = &found.list[0];
    assert_eq!(letter.author.as_deref(), Some("Ana Novák"));
    assert_eq!(
        letter.published.as_deref(),
        Some("2026-03-03T09:00:00+01:00")
    );
    assert_eq!(letter.whole.as_ref().map(|file| file.ending), Some("eml"));
    assert!(whole(letter).ends_with(
        "\n\nThe cafés raised their prices.\n\nFrom now on a cup costs 60 crowns.\n\
         From here it is a short walk, at 10:30 in 2026.\n>From a letter that was quoted.\n"
    ));
    assert!(whole(&found.list[1]).starts_with("X-Mozilla-Status: 0001\n"));
}

#[test]
fn a_broken_feed_gives_what_is_whole() {
    let found = fixture("broken.rss");
    assert_eq!(found.title.as_deref(), Some("Fish \u{a0} Chips"));
    let all: Vec<(&str, &str)> = addresses(&found).into_iter().zip(titles(&found)).collect();
    assert_eq!(
        all,
        [
            ("https://fish.example/cod", "Cod & chips cost < 5 crowns"),
            ("https://fish.example/second", "Second"),
            ("https://fish.example/third", "Third"),
        ]
    );
    assert_eq!(
        found.list[0].summary.as_deref(),
        Some("Cod is cheap,\nthey say… &foo; AT&T.")
    );
    assert_eq!(
        found.list[0].published.as_deref(),
        Some("2026-03-03T09:00:00Z")
    );
    assert_eq!(
        found.notices,
        ["the feed breaks off; the entry it breaks off in is left out"]
    );
}

#[test]
fn encodings_by_mark_and_declaration() {
    let feed = |encoding: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?><rss><channel><item><title>Łódź café</title>\
             <link>https://n.example/a</link></item></channel></rss>"
        )
    };
    let wide = |text: &str, big: bool| -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    };
    let (central, _, _) = encoding_rs::ISO_8859_2.encode("Łódź café");
    let central = [
        feed("iso-8859-2")
            .split("Łódź café")
            .next()
            .expect("a start")
            .as_bytes(),
        &central,
        b"</title><link>https://n.example/a</link></item></channel></rss>",
    ]
    .concat();
    let cases: [(&str, Vec<u8>); 6] = [
        ("by declaration", central),
        ("UTF-8 under another name", feed("iso-8859-1").into_bytes()),
        ("a mark", format!("\u{feff}{}", feed("utf-8")).into_bytes()),
        (
            "UTF-16 with a mark",
            wide(&format!("\u{feff}{}", feed("utf-16")), false),
        ),
        ("UTF-16 without", wide(&feed("utf-16"), true)),
        ("UTF-16 without, little", wide(&feed("utf-16"), false)),
    ];
    for (what, bytes) in cases {
        assert_eq!(titles(&read("a.xml", &bytes)), ["Łódź café"], "{what}");
    }
}

#[test]
fn a_break_within_a_letter_changes_no_encoding() {
    let feed = "<rss><channel><item><title>café</title></item><item><title>é";
    let cut = &feed.as_bytes()[..feed.len() - 1];
    assert_eq!(titles(&read("a.rss", cut)), ["café"]);
}

#[test]
fn what_holds_no_entries_is_left_to_others() {
    let page = b"<!doctype html><html><head><title>Feed</title></head><body>rss feed</body></html>";
    let none: [(&str, &[u8]); 14] = [
        ("a.txt", b"An article about <rss> and a feed.\n"),
        ("a.json", b"\"<rss><channel><item></item></channel></rss>\""),
        (
            "b.txt",
            b"Headline\n\nThe report is at https://n.example/a, the council said on Friday.\n\nIt cost more.\n",
        ),
        ("c.txt", b"See the report at https://n.example/a.\n"),
        ("d.txt", b"From Paris it is far. At 10:30 in 2026.\n\nIt rained.\n"),
        ("e.md", b"# Wall\n\n[A wall](https://n.example/a) was built, and [another](https://n.example/b) fell.\n"),
        ("f.csv", b"claim,verdict\nIt rained,true\n"),
        ("g.html", b"<rss><channel><item><title>x</title></item></channel></rss>"),
        ("h.json", b"{\"items\": [1, 2]}"),
        ("i.xml", page),
        (
            "l.txt",
            b"https://n.example/1\nhttps://n.example/2\nhttps://n.example/3\nA line of words.\n",
        ),
        (
            "m.csv",
            b"claim,source\nA,https://n.example/a\nB,a book\nC,a talk\nD,a letter\n",
        ),
        ("j", b""),
        ("k.pdf", b"%PDF-1.7 <rss>"),
    ];
    for (name, bytes) in none {
        assert_eq!(entries(name, bytes), Ok(None), "{name}");
    }
    let refused: [(&str, &[u8]); 4] = [
        ("a.rss", page),
        ("b.opml", b"<opm"),
        ("c.mbox", b"From Paris with love\nno letter\n"),
        ("d.url", b"[InternetShortcut]\nURL=file:///etc/passwd\n"),
    ];
    for (name, bytes) in refused {
        let refusal = entries(name, bytes).expect_err(name);
        assert!(refusal.to_string().ends_with(" is not read"), "{name}");
    }
}

#[test]
fn shortcuts_hold_one_link() {
    let binary = b"bplist00\xd1\x01\x02SURL_\x10\x15https://n.example/abc\x08\x0b\x0f";
    let cases: [(&str, &[u8]); 4] = [
        (
            "a.url",
            b"\xef\xbb\xbf[InternetShortcut]\r\nURL=https://n.example/abc\r\nIconIndex=0\r\n",
        ),
        (
            "b.webloc",
            b"<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"x\" \"y\">\n<plist version=\"1.0\"><dict>\
              <key>Title</key><string>x</string><key>URL</key><string>https://n.example/abc</string></dict></plist>",
        ),
        ("c.webloc", binary),
        ("d.desktop", b"[Desktop Entry]\nType=Link\nName=A page\nURL=https://n.example/abc\n"),
    ];
    for (name, bytes) in cases {
        assert_eq!(
            addresses(&read(name, bytes)),
            ["https://n.example/abc"],
            "{name}"
        );
    }
}

#[test]
fn the_same_entry_is_taken_once() {
    let item = |title: &str, at: &str, text: &str| {
        format!(
            "<item><title>{title}</title><link>{at}</link><description>{text}</description></item>"
        )
    };
    let feed = [
        item("One", "https://n.example/a", "First."),
        item("One", "https://n.example/b", "First."),
        item("One", "https://n.example/c", "Another."),
        item("Two", "https://n.example/a#x", "Second."),
        item("Three", "https://n.example/c?utm_id=1", ""),
        item("One", "https://n.example/a?gclid=1", "First, corrected."),
    ]
    .concat();
    let found = read(
        "a.rss",
        format!("<rss><channel>{feed}</channel></rss>").as_bytes(),
    );
    assert_eq!(
        addresses(&found),
        [
            "https://n.example/a",
            "https://n.example/c",
            "https://n.example/a#x"
        ]
    );
    assert_eq!(found.notices, ["3 entries stand twice"]);
    // The whole article is kept, wherever it stands.
    let twice = "<rss><channel><item><link>https://n.example/a</link><description>Short.</description></item>\
                 <item><link>https://n.example/a</link><content:encoded>A long text.</content:encoded></item>\
                 </channel></rss>";
    assert!(whole(&read("a.rss", twice.as_bytes()).list[0]).contains("A long text."));
}
