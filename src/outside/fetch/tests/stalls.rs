//! Servers that take their time.

use std::time::Instant;

use super::server::{Part, Server, nothing, page, raw, to};
use super::*;

/// No stall lasts longer, on a machine with much else to do.
const SOON: Duration = Duration::from_secs(5);

#[track_caller]
fn is_ended(script: impl Fn(&str) -> Vec<Part> + Send + Sync + 'static) {
    let server = Server::new(script);
    let start = Instant::now();
    let told = told(get_hastily(&server.url("/")));
    assert!(
        told.ends_with("took longer than 0.2 s and was given up"),
        "{told}"
    );
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn a_stall_is_ended_wherever_it_is() {
    for before in [
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
        "HTTP/1.1 200 OK\r\n\r\n12345",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f",
    ] {
        is_ended(move |path| match path {
            "/" => vec![raw(before.as_bytes()), Part::Hold],
            _ => nothing(),
        });
    }
}

#[test]
fn a_drip_is_ended_wherever_it_is() {
    for before in [
        "HTTP/1.1 200 ",
        "HTTP/1.1 200 OK\r\nX-Field: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
    ] {
        is_ended(move |path| match path {
            "/" => vec![raw(before.as_bytes()), Part::Drip(b'a')],
            _ => nothing(),
        });
    }
}

#[test]
fn hints_without_end_are_ended() {
    let server = Server::new(|path| match path {
        "/" => vec![Part::Forever(b"HTTP/1.1 103 Early Hints\r\n\r\n")],
        _ => nothing(),
    });
    let start = Instant::now();
    let told = told(get_hastily(&server.url("/")));
    // Which bound is met first is a matter of speed.
    let is_either = told.contains("took longer") || told.contains("before the page");
    assert!(is_either && start.elapsed() < SOON, "{told}");
}

#[test]
fn packing_that_holds_nothing_is_ended() {
    // An empty member of a packed file, again and again.
    const EMPTY: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0";
    let server = Server::new(|path| match path {
        "/" => vec![
            raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"),
            Part::Forever(EMPTY),
        ],
        _ => nothing(),
    });
    let mut terms = terms();
    terms.bounds.bytes = 1_000_000;
    let told = told(Web::new(&terms).fetch(&server.url("/")));
    assert!(told.ends_with("is larger than 1000000 bytes"), "{told}");
}

#[test]
fn the_time_is_for_all_redirects_together() {
    is_ended(|path| match path {
        "/robots.txt" => nothing(),
        "/" => to("/1"),
        "/1" => to("/2"),
        _ => vec![Part::Hold],
    });
}

#[test]
fn rules_that_do_not_come_are_no_leave() {
    let server = Server::new(|path| match path {
        "/robots.txt" => vec![Part::Hold],
        _ => page("text"),
    });
    let mut terms = terms();
    terms.bounds.robots_time = Duration::from_millis(200);
    let start = Instant::now();
    let told = told(Web::new(&terms).fetch(&server.url("/a")));
    let said = format!(
        "{}: the site's robots.txt could not be read: {} took longer than 0.2 s",
        server.url("/a"),
        server.url("/robots.txt"),
    );
    assert!(told.starts_with(&said), "{told}");
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    assert_eq!(server.paths(), ["/robots.txt"]);
}

#[test]
fn a_look_up_that_hangs_is_ended() {
    let mut terms = terms();
    terms.bounds.connect = Duration::from_millis(100);
    let mut surroundings = with_names(&terms, |_| true);
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let stopped = std::sync::Mutex::new(stopped);
    surroundings.look_up = Arc::new(move |_, _| {
        let _ = stopped.lock().map(|it| it.recv());
        Err(std::io::Error::other("too late"))
    });
    let mut web = Web::in_surroundings(&terms, surroundings);
    let told = told(web.fetch("http://slow.example/"));
    assert!(
        told.ends_with("slow.example did not answer within 0.1 s"),
        "{told}"
    );
    drop(stop);
}

#[test]
fn a_handshake_that_hangs_is_ended() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = format!("https://{}/", server.local_addr().expect("it has one"));
    let mut terms = terms();
    terms.bounds.connect = Duration::from_millis(100);
    let told = told(Web::new(&terms).fetch(&address));
    assert!(
        told.ends_with("127.0.0.1 did not answer within 0.1 s"),
        "{told}"
    );
}
