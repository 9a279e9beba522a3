//! `add` and `fetch-feed` from outside: files, pastes and pages of a server on this machine into a
//! folder.

mod server;

use std::fs;

use serde_json::Value;

use self::server::Server;
use crate::cli::Place;

const PAGE: &str = "<!doctype html><html><head><title>Wall costs double</title>\
    <meta property='article:published_time' content='2026-03-03'></head><body><article>\
    <h1>Wall costs double</h1><p>The new harbour wall cost 8.4 million crowns, twice what the council \
    had estimated in 2022, according to an audit published on Tuesday.</p></article></body></html>";

fn names(place: &Place, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(place.path().join(folder)).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.into_string().expect("a name"))
        .collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

fn sidecar(place: &Place, name: &str) -> Value {
    let bytes = fs::read(place.path().join(format!("{name}.proofmark.json"))).expect("a sidecar");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn a_file_comes_in_as_it_is_with_its_text_beside_it() {
    let place = Place::new();
    place.write("download.html", PAGE);
    let ran = place.run(&["add", "download.html", "--into", "desk"]);
    let added = "desk/2026-03-03-wall-costs-double.html";
    assert_eq!((ran.code, ran.out.trim_end()), (Some(0), added), "{ran:?}");
    assert!(ran.err.contains("1 article added"), "{ran:?}");
    let kept = fs::read_to_string(place.path().join(added)).expect("a file");
    assert_eq!(kept, PAGE);
    let layer = place.path().join(format!("{added}.proofmark.txt"));
    let layer = fs::read_to_string(layer).expect("a text layer");
    assert!(
        layer.starts_with("Wall costs double\n\nThe new harbour wall cost"),
        "{layer}"
    );
    assert!(sidecar(&place, added)["article"].get("fetched").is_none());
    assert_eq!(place.run(&["check", "desk"]).code, Some(0));
    // The same text is not added again, whatever it is called.
    place.write("again.html", PAGE);
    let ran = place.run(&["add", "again.html", "--into", "desk"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert!(
        ran.err.contains("0 articles added, 1 already there"),
        "{ran:?}"
    );
}

#[test]
fn a_paste_becomes_an_article_and_nothing_is_written_over() {
    let place = Place::new();
    for (text, count) in [
        ("Fares rose.\nBy a third.\n", 1),
        ("Fares rose.\nBy a half.\n", 2),
    ] {
        let ran = place.run_with_input(&["add", "-", "--into", "desk"], text.as_bytes());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.out.contains("-fares-rose"), "{ran:?}");
        assert_eq!(names(&place, "desk").len(), count);
    }
    let names = names(&place, "desk");
    assert!(
        names[0].ends_with("-fares-rose-2.txt") && names[1].ends_with("-fares-rose.txt"),
        "{names:?}"
    );
    let read = |name: &str| fs::read_to_string(place.path().join("desk").join(name)).expect("it");
    assert_eq!(read(&names[1]), "Fares rose.\nBy a third.\n");
    assert_eq!(read(&names[0]), "Fares rose.\nBy a half.\n");
    let ran = place.run_with_input(&["add", "-", "--into", "desk"], b" \n");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    // A sidecar that waits for its article is not given another's.
    let today = names[1].trim_end_matches("-fares-rose.txt");
    place.write(&format!("desk/{today}-ferries.txt.proofmark.json"), "{}");
    let ran = place.run_with_input(&["add", "-", "--into", "desk"], b"Ferries\n");
    assert!(ran.out.ends_with("-ferries-2.txt\n"), "{ran:?}");
}

#[test]
fn entries_of_feeds_lists_and_mailboxes_come_in_each_by_itself() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ingest");
    let place = Place::new();
    let file = |name: &str| format!("{folder}/{name}");
    let ran = place.run(&[
        "add",
        &file("feed.rss"),
        &file("letters.mbox"),
        "--into",
        "desk",
    ]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let added: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        added,
        [
            "desk/2026-03-03-sea-wall-cost-4-2-million-crowns-council-says.html",
            "desk/2026-03-03-café-prices.eml",
            "desk/2026-03-04-the-pier.eml",
        ]
    );
    assert!(
        ran.err
            .contains("1 entry: only a link, which --online fetches"),
        "{ran:?}"
    );
    let head = &sidecar(&place, added[0])["article"];
    assert!(
        head["url"]
            .as_str()
            .is_some_and(|url| url.starts_with("https://")),
        "{head}"
    );
    // Again nothing is new.
    let ran = place.run(&[
        "add",
        &file("feed.rss"),
        &file("letters.mbox"),
        "--into",
        "desk",
    ]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    // The desk does not take a feed for an article.
    let ran = place.run(&["detect", &file("feed.rss")]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("proofmark add"), "{ran:?}");
    // The text of each is written for a pipe.
    let ran = place.run(&["text", &file("letters.mbox")]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.out.contains("Café prices") && ran.out.contains("The pier"),
        "{ran:?}"
    );
}

#[test]
fn attachments_that_are_articles_come_in_beside_their_letter() {
    let place = Place::new();
    let letter = "From: Ana <ana@desk.example>\r\nSubject: Minutes\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSee the \
        minutes.\r\n--x\r\nContent-Type: text/plain; name=\"../minutes.md\"\r\nContent-Disposition: \
        attachment; filename=\"../minutes.md\"\r\n\r\n# Council minutes\n\nThe tax fell.\r\n--x\r\n\
        Content-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\n\
        PNG\r\n--x--\r\n";
    place.write("a.eml", letter);
    let ran = place.run(&["add", "a.eml", "--into", "desk"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let added: Vec<&str> = ran.out.lines().collect();
    assert_eq!(added.len(), 2, "{ran:?}");
    assert!(
        added[0].ends_with("-minutes.eml") && added[1].ends_with("-council-minutes.md"),
        "{ran:?}"
    );
    assert_eq!(
        fs::read_dir(place.path()).expect("a folder").count(),
        3,
        "home, desk, a.eml"
    );
}

#[test]
fn letters_in_letters_come_in_once_each() {
    let mut letter = "Subject: Letter 0\r\n\r\nWords of letter 0.\r\n".to_owned();
    for depth in 1..12 {
        letter = format!(
            "Subject: Letter {depth}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b{depth}\
             \r\n\r\n--b{depth}\r\nContent-Type: text/plain\r\n\r\nWords of letter {depth}.\r\n--b{depth}\r\n\
             Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=l{depth}.eml\r\n\r\n\
             {letter}\r\n--b{depth}--\r\n"
        );
    }
    let place = Place::new();
    place.write("a.eml", letter);
    let ran = place.run(&["add", "a.eml", "--into", "desk"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.out.lines().count(), 12, "{ran:?}");
    assert!(ran.err.ends_with("12 articles added\n"), "{ran:?}");
}

#[test]
fn an_entry_without_an_address_gives_its_words_or_is_told() {
    let place = Place::new();
    let feed = "<?xml version='1.0'?><rss version='2.0'><channel><title>T</title><item><title>Ferry late\
        </title><description>The ferry was late on Monday.</description></item><item><title>Nothing\
        </title></item></channel></rss>";
    place.write("a.rss", feed);
    let ran = place.run(&["add", "a.rss", "--into", "desk"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert_eq!(ran.out.lines().count(), 1, "{ran:?}");
    assert!(
        ran.err.contains("Nothing: neither text nor an address"),
        "{ran:?}"
    );
    let name = ran.out.trim_end();
    let kept = fs::read_to_string(place.path().join(name)).expect("a file");
    assert_eq!(kept, "Ferry late\n\nThe ferry was late on Monday.\n");
    // An error names the file as it was given, and the folder where that cannot be made.
    place.write("bad.pdf", "%PDF-1.4 nothing");
    let ran = place.run(&["add", "bad.pdf", "--into", "desk"]);
    assert!(ran.err.contains("bad.pdf: a damaged PDF"), "{ran:?}");
    let ran = place.run(&["add", "a.rss", "--into", "bad.pdf"]);
    assert!(ran.err.contains("name another folder"), "{ran:?}");
}

#[test]
fn nothing_is_fetched_unless_it_is_said() {
    let server = Server::new(&[("/a", "200 OK\r\nContent-Type: text/html", PAGE)]);
    let place = Place::new();
    let address = server.address("/a");
    let ran = place.run(&["add", &address, "--into", "desk"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("--online"), "{ran:?}");
    // The public web is not this machine.
    let ran = place.run(&["add", "--online", &address, "--into", "desk"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("private"), "{ran:?}");
    assert_eq!(server.asked(), Vec::<String>::new());
    assert!(!place.path().join("desk").exists());
    // What the configuration says holds without a flag.
    place.write(
        "home/.config/proofmark/config.toml",
        "fetch = \"anywhere\"\n",
    );
    let ran = place.run(&["add", &address, "--into", "desk"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(server.asked(), ["/robots.txt", "/a"]);
}

#[test]
fn a_page_comes_in_with_its_address_and_once() {
    let moved = "301 Moved\r\nLocation: /story";
    let server = Server::new(&[
        ("/robots.txt", "200 OK", "User-agent: *\nDisallow: /shut\n"),
        ("/old", moved, ""),
        (
            "/story",
            "200 OK\r\nContent-Type: text/html; charset=utf-8",
            PAGE,
        ),
        ("/shut", "200 OK\r\nContent-Type: text/html", PAGE),
    ]);
    let place = Place::new();
    let add =
        |path: &str| place.run(&["add", "--private", &server.address(path), "--into", "desk"]);
    let ran = add("/old#top");
    let added = "desk/2026-03-03-wall-costs-double.html";
    assert_eq!((ran.code, ran.out.trim_end()), (Some(0), added), "{ran:?}");
    let head = &sidecar(&place, added)["article"];
    assert_eq!(head["url"], server.address("/story"));
    assert_eq!(head["fetched"]["url"], server.address("/story"));
    assert!(
        head["fetched"]["at"]
            .as_str()
            .is_some_and(|at| at.starts_with("20")),
        "{head}"
    );
    // The address is known by now and not asked again.
    let before = server.asked().len();
    let ran = add("/story?utm_source=mail");
    assert!(ran.err.contains("already there"), "{ran:?}");
    assert_eq!(server.asked().len(), before);
    let ran = add("/shut");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("robots.txt"), "{ran:?}");
    let ran = add("/missing");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert_eq!(
        names(&place, "desk").len(),
        3,
        "the page, its text, its sidecar"
    );
}

#[test]
fn a_feed_is_taken_up_anew_and_only_what_is_new_comes_in() {
    let feed = |items: &str| {
        format!(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Town</title><link>http://n.example/\
             </link>{items}</channel></rss>"
        )
    };
    let item = |path: &str, title: &str| {
        format!(
            "<item><title>{title}</title><link>SERVER{path}</link><pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate></item>"
        )
    };
    let second = PAGE
        .replace("Wall costs double", "Tax falls")
        .replace("wall cost", "tax fell by");
    let first = feed(&item("/one", "Wall"));
    let both = feed(&format!("{}{}", item("/two", "Tax"), item("/one", "Wall")));
    let opml = "<opml version='2.0'><body><outline text='Town' type='rss' xmlUrl='SERVER/feed'/></body></opml>";
    let page = "200 OK\r\nContent-Type: text/html";
    let server = Server::new(&[
        (
            "/feed",
            "200 OK\r\nContent-Type: application/rss+xml",
            &first,
        ),
        ("/one", page, PAGE),
        ("/two", page, &second),
    ]);
    let place = Place::new();
    place.write("town.opml", opml.replace("SERVER", &server.address("")));
    let fetch = || place.run(&["fetch-feed", "--private", "town.opml", "--into", "desk"]);
    let ran = fetch();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.out, "desk/2026-03-03-wall-costs-double.html\n");
    server.answer(
        "/feed",
        "200 OK\r\nContent-Type: application/rss+xml",
        &both,
    );
    let ran = fetch();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.out, "desk/2026-03-03-tax-falls.html\n", "{ran:?}");
    assert!(ran.err.contains("1 already there"), "{ran:?}");
    // `add` names the feeds of a list and fetches none.
    let ran = place.run(&["add", "--private", "town.opml", "--into", "desk"]);
    assert!(
        ran.err.contains("names 1 feed: proofmark fetch-feed"),
        "{ran:?}"
    );
    // No more pages than was said.
    server.answer("/feed", "200 OK", &feed(&item("/three", "Third")));
    let ran = place.run(&[
        "fetch-feed",
        "--private",
        "--most",
        "1",
        "town.opml",
        "--into",
        "desk",
    ]);
    assert!(ran.err.contains("--most takes more"), "{ran:?}");
}
