//! A server on this machine that answers by a table.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What is said at each path: the status with fields behind it, and the body. `SERVER` in a body is
/// the server's own address.
type Answers = Arc<Mutex<HashMap<String, (String, String)>>>;

/// It serves until the test ends.
pub(super) struct Server {
    at: SocketAddr,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(super) fn new(answers: &[(&str, &str, &str)]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = listener.local_addr().expect("an address");
        let server = Server {
            at,
            answers: Arc::default(),
            asked: Arc::default(),
        };
        for (path, status, body) in answers {
            server.answer(path, status, body);
        }
        let (known, asked) = (Arc::clone(&server.answers), Arc::clone(&server.asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // One that leaves early is its own affair.
                let _ = serve(stream, at, &known, &asked);
            }
        });
        server
    }

    pub(super) fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    /// What is said at a path from now on.
    pub(super) fn answer(&self, path: &str, status: &str, body: &str) {
        let body = body.replace("SERVER", &self.address(""));
        let mut answers = self.answers.lock().expect("no panic");
        answers.insert(path.to_owned(), (status.to_owned(), body));
    }

    /// The paths that were asked for, in order.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

fn serve(
    stream: TcpStream,
    at: SocketAddr,
    answers: &Answers,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let target = first.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    asked.lock().expect("no panic").push(path.to_owned());
    let found = answers.lock().expect("no panic").get(path).cloned();
    let (status, body) = found.unwrap_or_else(|| ("404 Not Found".to_owned(), String::new()));
    let status = status.replace("Location: /", &format!("Location: http://{at}/"));
    let length = body.len();
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}
