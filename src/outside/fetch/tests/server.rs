//! A server on this machine that follows a script and notes what it was asked.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What a server does in answer to a question, step by step; then it closes the connection.
pub(super) enum Part {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends nothing until the client has gone.
    Hold,
    /// Sends these bytes again and again until the client has gone.
    Forever(&'static [u8]),
    /// Sends a byte, waits for a moment, and so on until the client has gone.
    Drip(u8),
    /// Sends nothing and answers what is asked next.
    Reread,
}

type Script = dyn Fn(&str) -> Vec<Part> + Send + Sync;

/// A server that is there as long as the value.
pub(super) struct Server {
    pub(super) at: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// One that answers by path and query; it has no `robots.txt` unless the script does.
    pub(super) fn new(script: impl Fn(&str) -> Vec<Part> + Send + Sync + 'static) -> Server {
        Server::at(Ipv4Addr::LOCALHOST.into(), None, script).expect("loopback")
    }

    /// One that speaks TLS with this certificate and key.
    pub(super) fn secure(
        pem: &str,
        script: impl Fn(&str) -> Vec<Part> + Send + Sync + 'static,
    ) -> Server {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate");
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).expect("a key");
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .expect("they fit");
        let config = Some(Arc::new(config));
        Server::at(Ipv4Addr::LOCALHOST.into(), config, script).expect("loopback")
    }

    /// One at an address of this machine; `None` where it has no such address.
    pub(super) fn at(
        ip: IpAddr,
        tls: Option<Arc<ServerConfig>>,
        script: impl Fn(&str) -> Vec<Part> + Send + Sync + 'static,
    ) -> Option<Server> {
        let listener = TcpListener::bind((ip, 0)).ok()?;
        let at = listener.local_addr().expect("it has one");
        let heads = Arc::new(Mutex::new(Vec::new()));
        let is_over = Arc::new(AtomicBool::new(false));
        let (script, noted, over) = (Arc::new(script), Arc::clone(&heads), Arc::clone(&is_over));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (script, noted, tls) = (Arc::clone(&script), Arc::clone(&noted), tls.clone());
                thread::spawn(move || {
                    let plain = stream.try_clone().expect("a second handle");
                    match tls {
                        None => serve(stream, &plain, &*script, &noted),
                        Some(config) => {
                            let tls = ServerConnection::new(config).expect("a connection");
                            serve(StreamOwned::new(tls, stream), &plain, &*script, &noted);
                        }
                    }
                });
            }
        });
        Some(Server {
            at,
            heads,
            is_over,
            thread: Some(thread),
        })
    }

    /// The address of a path.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    /// The address of a path under a name.
    pub(super) fn named(&self, scheme: &str, name: &str, path: &str) -> String {
        format!("{scheme}://{name}:{}{path}", self.at.port())
    }

    /// The heads of all questions, in order.
    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("nobody panicked").clone()
    }

    /// The paths of all questions, in order.
    pub(super) fn paths(&self) -> Vec<String> {
        let path = |head: &String| head.split(' ').nth(1).unwrap_or_default().to_owned();
        self.heads().iter().map(path).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // Wakes it up.
        let _ = TcpStream::connect(self.at);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn serve(
    mut stream: impl Read + Write,
    plain: &TcpStream,
    script: &Script,
    noted: &Mutex<Vec<String>>,
) {
    while let Some(head) = head_of(&mut stream) {
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        noted.lock().expect("nobody panicked").push(head);
        let mut goes_on = false;
        for part in script(&path) {
            goes_on = matches!(part, Part::Reread);
            if !act(part, &mut stream, plain) {
                return;
            }
        }
        if !goes_on {
            break;
        }
    }
    let _ = stream.flush();
    // Closed in order: what the client still sends would make a reset of it.
    let _ = plain.shutdown(std::net::Shutdown::Write);
    let _ = plain.set_read_timeout(Some(Duration::from_secs(5)));
    let mut rest = plain;
    let _ = rest.read_to_end(&mut Vec::new());
}

/// Whether the client is still there.
fn act(part: Part, stream: &mut (impl Read + Write), plain: &TcpStream) -> bool {
    let mut seen = plain;
    match part {
        Part::Send(bytes) => stream
            .write_all(&bytes)
            .and_then(|()| stream.flush())
            .is_ok(),
        Part::Hold => {
            let _ = seen.read_to_end(&mut Vec::new());
            false
        }
        Part::Forever(bytes) => {
            while stream.write_all(bytes).is_ok() {}
            false
        }
        Part::Drip(byte) => {
            let pause = Some(Duration::from_millis(5));
            plain.set_read_timeout(pause).expect("it can be set");
            loop {
                if stream.write_all(&[byte]).is_err() {
                    return false;
                }
                match seen.read(&mut [0]) {
                    Err(error)
                        if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                    _ => return false,
                }
            }
        }
        Part::Reread => true,
    }
}

/// The head of a question, up to its empty line.
fn head_of(stream: &mut impl Read) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}

/// An answer with a status, fields and bytes, their length told.
pub(super) fn answer(status: &str, fields: &str, bytes: &[u8]) -> Vec<Part> {
    let mut answer = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\n{fields}\r\n",
        bytes.len()
    )
    .into_bytes();
    answer.extend_from_slice(bytes);
    vec![Part::Send(answer)]
}

/// A page of HTML.
pub(super) fn page(text: &str) -> Vec<Part> {
    answer(
        "200 OK",
        "Content-Type: text/html; charset=utf-8\r\n",
        text.as_bytes(),
    )
}

/// There is none.
pub(super) fn nothing() -> Vec<Part> {
    answer("404 Not Found", "", b"no")
}

/// An answer that leads on.
pub(super) fn to(location: &str) -> Vec<Part> {
    answer("302 Found", &format!("Location: {location}\r\n"), b"")
}

/// Bytes as they are.
pub(super) fn raw(bytes: &[u8]) -> Part {
    Part::Send(bytes.to_vec())
}
