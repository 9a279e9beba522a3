//! What is asked, and what is said of a page.

use super::server::{Server, answer, nothing, page, raw};
use super::*;

#[test]
fn a_page_comes_with_what_is_said_of_it() {
    let server = Server::new(|path| match path {
        "/a?b=c" => answer(
            "200 OK",
            "Content-Type: Text/HTML ; Charset=\"Windows-1252\"\r\n\
             Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\n\
             Content-Disposition: attachment; filename=\"../../etc/passwd\"\r\n",
            b"<p>caf\xe9",
        ),
        _ => nothing(),
    });
    let asked = server.url("/a?b=c#part");
    let fetched = get(&format!(" {asked}\n")).expect("a page");
    assert_eq!(
        fetched,
        Fetched {
            address: server.url("/a?b=c"),
            asked: format!(" {asked}\n"),
            redirects: Vec::new(),
            media: Some("text/html".into()),
            charset: Some("windows-1252".into()),
            file_name: Some("passwd".into()),
            last_modified: Some("Wed, 21 Oct 2015 07:28:00 GMT".into()),
            bytes: b"<p>caf\xe9".to_vec(),
        }
    );
    assert_eq!(server.paths(), ["/robots.txt", "/a?b=c"]);
}

#[test]
fn the_program_says_who_it_is_and_nothing_about_the_reader() {
    let server = Server::new(|_| page("text"));
    get(&server.url("/")).expect("a page");
    let heads = server.heads();
    for head in &heads {
        let who = "proofmark/1.2.3 (+https://proofmark.example; a person asked for this page)";
        assert!(
            head.to_lowercase()
                .contains(&format!("user-agent: {who}\r\n")),
            "{head}"
        );
        let lower = head.to_lowercase();
        for name in [
            "cookie",
            "referer",
            "authorization",
            "accept-language",
            "range",
        ] {
            assert!(!lower.contains(&format!("\r\n{name}:")), "{head}");
        }
        assert!(lower.contains("accept-encoding: gzip\r\n"), "{head}");
    }
    let lower = heads[1].to_lowercase();
    for kind in [
        "text/html, application/xhtml+xml",
        "application/pdf",
        "rss+xml",
        "*/*;q=0.1",
    ] {
        assert!(lower.contains(kind), "{lower}");
    }
}

#[test]
fn a_server_that_says_little_is_understood() {
    for head in ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 200\r\nX: y\r\n\r\n"] {
        let server = Server::new(move |path| match path {
            "/" => vec![raw(head.as_bytes()), raw(b"text")],
            _ => nothing(),
        });
        let fetched = get(&server.url("/")).expect("a page");
        assert_eq!(fetched.bytes, b"text");
        assert_eq!(
            (fetched.media, fetched.charset, fetched.file_name),
            (None, None, None)
        );
    }
    let early = Server::new(|path| match path {
        "/" => vec![
            raw(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"),
            raw(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext"),
        ],
        _ => nothing(),
    });
    assert_eq!(get(&early.url("/")).expect("a page").bytes, b"text");
}

#[test]
fn an_answer_that_is_no_page_is_told_in_words() {
    for (status, fields, said) in [
        ("404 Not Found", "", "there is no such page (404)"),
        ("401 Unauthorized", "", "wants a login (401)"),
        (
            "429 Too Many",
            "Retry-After: 120\r\n",
            "(429); it may be asked again in 120 s",
        ),
        (
            "503 Busy",
            "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n",
            "(503); it may be asked again after Wed, 21 Oct 2015 07:28:00 GMT",
        ),
        ("503 Busy", "Retry-After: \u{9b}31m\r\n", "(503)"),
        ("204 No Content", "", "nothing to send (204)"),
        ("302 Found", "", "does not say where (302)"),
        ("206 Partial", "", "something else than the page (206)"),
    ] {
        let server = Server::new(move |path| match path {
            "/" => answer(
                status,
                fields,
                if status.starts_with("204") {
                    b""
                } else {
                    b"text"
                },
            ),
            _ => nothing(),
        });
        let told = told(get(&server.url("/")));
        assert!(told.starts_with(&server.url("/")), "{told}");
        assert!(told.ends_with(said), "{told}");
    }
}

#[test]
fn nothing_is_no_page() {
    let server = Server::new(|path| match path {
        "/" => answer("200 OK", "", b""),
        "/packed" => answer("200 OK", "Content-Encoding: gzip\r\n", b""),
        _ => nothing(),
    });
    assert!(told(get(&server.url("/"))).ends_with("is empty"));
    assert!(told(get(&server.url("/packed"))).ends_with("is empty"));
}

#[test]
fn what_is_no_http_is_refused() {
    for (bytes, said) in [
        ("SSH-2.0-OpenSSH_9.6\r\n\r\n", "damaged answer"),
        ("HTTP/2 200 OK\r\n\r\n", "damaged answer"),
        ("HTTP/1.1 2x0 OK\r\n\r\n", "damaged answer"),
        ("HTTP/1.1 200 OK\r\nno field\r\n\r\n", "damaged answer"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "damaged answer",
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "damaged answer",
        ),
        ("", "broke off"),
        ("HTTP/1.1 200", "broke off"),
        ("HTTP/1.1 200 OK\r\nContent-Type: te", "broke off"),
    ] {
        let server = Server::new(move |path| match path {
            "/" => vec![raw(bytes.as_bytes())],
            _ => nothing(),
        });
        let told = told(get(&server.url("/")));
        assert!(told.contains(said), "{bytes:?}: {told}");
    }
}

#[test]
fn a_gap_is_left_between_two_pages_of_one_host() {
    use std::sync::Mutex;
    let server = Server::new(|path| match path {
        "/from" => super::server::to("/to"),
        "/robots.txt" => nothing(),
        _ => page("text"),
    });
    let mut terms = terms();
    terms.bounds.gap = Duration::from_secs(3600);
    let waits = Arc::new(Mutex::new(Vec::new()));
    let mut surroundings = with_names(&terms, |_| true);
    let noted = Arc::clone(&waits);
    surroundings.pause = Arc::new(move |time| noted.lock().expect("fine").push(time));
    let mut web = Web::in_surroundings(&terms, surroundings);
    let waits = || waits.lock().expect("fine").len();
    // Its rules and the page it leads to follow at once.
    web.fetch(&server.named("http", "a.example", "/from"))
        .expect("a page");
    assert_eq!(waits(), 0);
    web.fetch(&server.named("http", "b.example", "/"))
        .expect("a page");
    assert_eq!(waits(), 0);
    web.fetch(&server.named("http", "a.example", "/"))
        .expect("a page");
    web.fetch(&server.named("http", "a.example", "/"))
        .expect("a page");
    assert_eq!(waits(), 2);
}
