//! Answers that lie about their length, are packed, or have no end.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::server::{Part, Server, answer, nothing, raw};
use super::*;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

/// A server that answers `/` so, and a fetch that takes no more than `most` bytes.
fn fetched(
    most: u64,
    script: impl Fn() -> Vec<Part> + Send + Sync + 'static,
) -> Result<Fetched, NotFetched> {
    let server = Server::new(move |path| match path {
        "/" => script(),
        _ => nothing(),
    });
    let mut terms = terms();
    terms.bounds.bytes = most;
    Web::new(&terms).fetch(&server.url("/"))
}

#[test]
fn a_page_may_be_as_large_as_the_bound_and_no_larger() {
    let plain = || answer("200 OK", "", b"12345");
    assert_eq!(fetched(5, plain).expect("it fits").bytes, b"12345");
    assert!(told(fetched(4, plain)).ends_with("is larger than 4 bytes"));
    let open = || vec![raw(b"HTTP/1.1 200 OK\r\n\r\n12345")];
    assert_eq!(fetched(5, open).expect("it fits").bytes, b"12345");
    assert!(told(fetched(4, open)).contains("larger than 4 bytes"));
    let endless = || {
        vec![
            raw(b"HTTP/1.1 200 OK\r\n\r\n"),
            Part::Forever(b"more and more "),
        ]
    };
    assert!(told(fetched(100_000, endless)).contains("larger than 100000 bytes"));
    let chunked = || {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        vec![raw(head), Part::Forever(b"4\r\nmore\r\n")]
    };
    assert!(told(fetched(100_000, chunked)).contains("larger than 100000 bytes"));
}

#[test]
fn a_length_beyond_the_bound_is_refused_before_a_byte_comes() {
    let huge = || {
        vec![
            raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"),
            Part::Hold,
        ]
    };
    assert!(told(fetched(20_000_000, huge)).contains("larger than 20000000 bytes"));
}

#[test]
fn a_page_that_breaks_off_is_none() {
    let short = || vec![raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")];
    assert!(told(fetched(100, short)).ends_with("broke off before its end"));
    // What stands behind its length is not the page.
    let long = || {
        vec![raw(
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345 and more",
        )]
    };
    assert_eq!(fetched(100, long).expect("a page").bytes, b"12345");
}

#[test]
fn chunks_are_put_together_and_damaged_ones_refused() {
    for (chunks, expected) in [
        ("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", Ok("abcde")),
        ("3\r\nabc\r\n", Err("broke off")),
        ("3\r\nab", Err("broke off")),
        ("zz\r\nabc\r\n0\r\n\r\n", Err("damaged answer")),
        ("3\r\nabcd\r\n0\r\n\r\n", Err("damaged answer")),
        ("ffffffffffffffffff\r\nabc\r\n", Err("damaged answer")),
        ("-3\r\nabc\r\n0\r\n\r\n", Err("damaged answer")),
    ] {
        let got = fetched(100, move || {
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            vec![raw(format!("{head}{chunks}").as_bytes())]
        });
        match expected {
            Ok(text) => assert_eq!(got.expect("a page").bytes, text.as_bytes()),
            Err(said) => {
                let told = told(got);
                assert!(told.contains(said), "{chunks:?}: {told}");
            }
        }
    }
}

#[test]
fn packed_pages_are_unpacked() {
    for fields in [
        "Content-Encoding: gzip\r\n",
        "Content-Encoding: X-GZIP\r\n",
        "Content-Encoding: identity, gzip\r\n",
    ] {
        let got = fetched(1000, move || {
            answer("200 OK", fields, &packed(b"a text that was packed"))
        });
        assert_eq!(got.expect("a page").bytes, b"a text that was packed");
    }
    let got = fetched(1000, || {
        answer("200 OK", "Content-Encoding: identity\r\n", b"text")
    });
    assert_eq!(got.expect("a page").bytes, b"text");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = packed(&vec![0; 3_000_000]);
    assert!(bomb.len() < 4000);
    for (most, fits) in [(2_999_999, false), (3_000_000, true)] {
        let bomb = bomb.clone();
        let got = fetched(most, move || {
            answer("200 OK", "Content-Encoding: gzip\r\n", &bomb)
        });
        match got {
            Ok(page) => assert!(fits && page.bytes.len() == 3_000_000),
            Err(error) => {
                assert!(
                    !fits && error.to_string().contains("larger than"),
                    "{error}"
                );
            }
        }
    }
    // Packed twice and more.
    let twice = packed(&packed(&vec![0; 3_000_000]));
    let got = fetched(1_000_000, move || {
        answer("200 OK", "Content-Encoding: gzip, gzip\r\n", &twice)
    });
    assert!(told(got).contains("packed in a way that cannot be read: gzip, gzip"));
}

#[test]
fn damaged_packing_is_told() {
    let whole = packed(b"a text that was packed and is long enough to be cut");
    for cut in [1, 5, 10, 20, whole.len() - 1] {
        let part = whole[..cut].to_vec();
        let got = fetched(1000, move || {
            answer("200 OK", "Content-Encoding: gzip\r\n", &part)
        });
        assert!(told(got).contains("cannot be unpacked to its end"), "{cut}");
    }
    let mut wrong = whole.clone();
    let middle = wrong.len() / 2;
    wrong[middle] ^= 0x55;
    let got = fetched(1000, move || {
        answer("200 OK", "Content-Encoding: gzip\r\n", &wrong)
    });
    assert!(told(got).contains("damaged answer"));
    for (other, said) in [
        ("br", "read: br"),
        ("zstd", "read: zstd"),
        ("\u{1b}[31m", "damaged"),
    ] {
        let fields = format!("Content-Encoding: {other}\r\n");
        let got = fetched(1000, move || answer("200 OK", &fields, b"????"));
        let told = told(got);
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn a_head_is_bounded() {
    let field = b"X-Field: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n";
    let many = move || vec![raw(b"HTTP/1.1 200 OK\r\n"), Part::Forever(field)];
    assert!(told(fetched(100, many)).contains("damaged answer"));
    let long = move || {
        vec![
            raw(b"HTTP/1.1 200 OK\r\nX: "),
            Part::Forever(b"aaaaaaaaaaaaaaaa"),
        ]
    };
    assert!(told(fetched(100, long)).contains("more than 65536 bytes stand before the page"));
    let status = move || vec![raw(b"HTTP/1.1 200 "), Part::Forever(b"aaaaaaaaaaaaaaaa")];
    assert!(told(fetched(100, status)).contains("more than 65536 bytes stand before the page"));
}
