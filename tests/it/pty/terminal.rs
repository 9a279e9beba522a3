//! A real terminal for tests: a pseudo-terminal, the program in it, a model of its screen.
//!
//! Tests wait for what they expect to see, with a deadline, and never for a time.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long to wait for what must come: long, for busy machines; it is only waited when a
/// test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program in a terminal.
pub(super) struct Terminal {
    // First, so that the program is gone before its terminal is.
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    bytes: Receiver<Vec<u8>>,
    reading: Option<JoinHandle<()>>,
    enough: Arc<AtomicBool>,
    parser: vt100::Parser,
    cooked: String,
}

fn size(rows: u16, columns: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Terminal {
    /// Starts the desk on a path, in a terminal of 24 rows and 80 columns. `home` is where it
    /// may keep things.
    pub(super) fn desk(path: &Path, home: &Path) -> Terminal {
        Terminal::desk_with(path, home, &[])
    }

    /// The same with variables in the environment.
    pub(super) fn desk_with(path: &Path, home: &Path, variables: &[(&str, &str)]) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_proofmark"));
        command.arg(path);
        command.cwd(home);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home);
        command.env("USER", "tester");
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in variables {
            command.env(name, value);
        }
        Terminal::start(command)
    }

    fn start(command: CommandBuilder) -> Terminal {
        let pair = native_pty_system()
            .openpty(size(24, 80))
            .expect("a pseudo-terminal");
        let cooked = modes(&*pair.master);
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        // Ours has to go, or the end of the program would not end the reading.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (send, bytes) = mpsc::channel();
        let enough = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&enough);
        let reading = thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if stop.load(Ordering::SeqCst) || send.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Terminal {
            child,
            master: Some(pair.master),
            writer: Some(writer),
            bytes,
            reading: Some(reading),
            enough,
            parser: vt100::Parser::new(24, 80, 0),
            cooked,
        }
    }

    /// The screen as text.
    pub(super) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// The screen.
    pub(super) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Waits until the screen shows `text`.
    pub(super) fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// Waits until something is true of the screen; `what` names it in a failure.
    pub(super) fn wait_until(&mut self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self.parser.screen()) {
            match self
                .bytes
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            {
                Ok(bytes) => self.parser.process(&bytes),
                Err(why) => panic!("never seen ({why}): {what}\n{}", self.text()),
            }
        }
    }

    /// Presses keys, given as the bytes a terminal sends.
    pub(super) fn press(&mut self, keys: &str) {
        let writer = self.writer.as_mut().expect("the terminal is there");
        writer
            .write_all(keys.as_bytes())
            .expect("the program reads");
        writer.flush().expect("the program reads");
    }

    /// Changes the size.
    pub(super) fn resize(&mut self, rows: u16, columns: u16) {
        self.parser.screen_mut().set_size(rows, columns);
        let master = self.master.as_ref().expect("the terminal is there");
        master
            .resize(size(rows, columns))
            .expect("it can be resized");
    }

    /// Sends a signal by name.
    pub(super) fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("it runs").to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(sent.expect("kill can be started").success());
    }

    /// Whether the program is stopped as a job.
    #[cfg(target_os = "linux")]
    pub(super) fn wait_until_stopped(&self) {
        let id = self.child.process_id().expect("it runs");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let state = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("it runs");
            let state = state
                .rsplit(')')
                .next()
                .unwrap_or_default()
                .trim_start()
                .to_owned();
            if state.starts_with('T') {
                return;
            }
            assert!(Instant::now() < deadline, "it never stopped: {state}");
            thread::yield_now();
        }
    }

    /// Takes the terminal away, as closing its window does.
    pub(super) fn hang_up(&mut self) {
        // The thread that reads holds the terminal too, until something is to be read.
        self.enough.store(true, Ordering::SeqCst);
        self.resize(25, 81);
        let reading = self.reading.take().expect("it was there");
        reading.join().expect("the thread ends");
        self.writer = None;
        self.master = None;
    }

    /// Waits for the end and gives the exit code; a signal gives a code of its own.
    pub(super) fn exit_code(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.bytes.recv_timeout(Duration::from_millis(10)) {
                Ok(bytes) => self.parser.process(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(200)) {
                    self.parser.process(&bytes);
                }
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "still running\n{}", self.text());
        }
    }

    /// Fails unless the terminal is as it was before the program.
    pub(super) fn assert_restored(&self) {
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen(), "the other page is shown");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "paste is marked");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(!screen.bold() && !screen.underline() && !screen.inverse());
        assert_eq!(screen.fgcolor(), vt100::Color::Default);
        let master = self.master.as_ref().expect("the terminal is there");
        assert_eq!(
            modes(&**master),
            self.cooked,
            "echo and line mode are as they were"
        );
    }
}

/// The modes of the line, to be compared.
fn modes(master: &dyn MasterPty) -> String {
    #[cfg(unix)]
    return format!("{:?}", master.get_termios());
    #[cfg(not(unix))]
    String::new()
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let (Ok(None), Some(id)) = (self.child.try_wait(), self.child.process_id()) {
            // Not `child.kill()`: it asks politely first.
            let _ = Command::new("kill")
                .args(["-KILL", &id.to_string()])
                .status();
            let _ = self.child.wait();
        }
    }
}
