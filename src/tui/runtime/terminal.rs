//! The terminal: taken over, drawn on, and given back as it was found.
//!
//! Every way out goes through [`restore`]: leaving, an error, a panic, a signal, stopping as
//! a job, `$EDITOR`. A frame reaches the terminal in one write, and never after it was given
//! back. Knows nothing of what is drawn.

mod answer;
mod background;
mod burst;
mod depth;
mod reader;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::RefCell;
use std::env;
use std::io::{self, IsTerminal, Write};
use std::panic::{self, PanicHookInfo};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::style::{Attribute, SetAttribute};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size, window_size,
};
use ratatui::crossterm::{Command, queue};
use ratatui::layout::Rect;

use super::contained::is_contained;
use crate::text::Visible;
use crate::tui::widget::Depth;

pub(super) use background::{Asked, told_by_environment};
pub(super) use depth::depth;
pub(super) use reader::Reader;

/// Whether the terminal is ours now; what [`restore`] goes by.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// What the loop needs of a terminal; tests have one of their own.
pub(super) trait Screen {
    /// Draws a frame.
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()>;
    /// Takes the terminal over, again if need be; the next frame is drawn in full.
    fn enter(&mut self) -> io::Result<()>;
    /// Gives the terminal back, to be taken again.
    fn leave(&mut self) -> io::Result<()>;
    /// Asks the terminal to put a text on the clipboard (OSC 52).
    fn copy(&mut self, text: &str) -> io::Result<()>;
    /// Columns and rows.
    fn size(&self) -> (u16, u16);
    /// Whether there is still a terminal behind it.
    fn is_alive(&self) -> bool;
}

/// The terminal this program runs in. Given back when dropped.
pub(super) struct Terminal {
    canvas: ratatui::Terminal<CrosstermBackend<Pending>>,
    pending: Pending,
}

impl Terminal {
    /// Takes the terminal over, which has so many colours.
    pub(super) fn take(depth: Depth) -> io::Result<Terminal> {
        let pending = Pending {
            depth,
            ..Pending::default()
        };
        let backend = CrosstermBackend::new(pending.clone());
        take()?;
        match ratatui::Terminal::new(backend) {
            Ok(canvas) => Ok(Terminal { canvas, pending }),
            Err(error) => {
                restore()?;
                Err(error)
            }
        }
    }
}

impl Screen for Terminal {
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.pending, BeginSynchronizedUpdate)?;
        self.canvas.draw(|frame| paint(frame))?;
        queue!(self.pending, EndSynchronizedUpdate)?;
        self.pending.send()
    }

    fn enter(&mut self) -> io::Result<()> {
        take()?;
        let (columns, rows) = self.size();
        // Not `clear`: it asks the terminal where the cursor is, and the answer would have
        // to get past the thread that reads the keys.
        self.canvas.resize(Rect::new(0, 0, columns, rows))
    }

    fn leave(&mut self) -> io::Result<()> {
        self.pending.forget();
        restore()
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        queue!(self.pending, CopyToClipboard::to_clipboard_from(text))?;
        self.pending.send()
    }

    fn size(&self) -> (u16, u16) {
        size().unwrap_or((80, 24))
    }

    fn is_alive(&self) -> bool {
        window_size().is_ok()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Nobody is left to tell.
        let _ = self.leave();
    }
}

/// Why keys cannot be read or no screen be drawn here, if so.
pub(super) fn missing() -> Option<Missing> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Some(Missing::Terminal);
    }
    // Such a terminal would show the commands that move the cursor as text.
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    is_dumb.then_some(Missing::Cursor)
}

/// What there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// A terminal for input and output.
    Terminal,
    /// A cursor that can be moved.
    Cursor,
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let written = write_out(&entering());
    if written.is_err() {
        restore()?;
    }
    written
}

/// Gives the terminal back as it was found; nothing happens if it is not taken. Callable
/// from a panic hook.
pub(super) fn restore() -> io::Result<()> {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    // Both, whatever becomes of the first: a terminal without echo is worse than colours.
    let written = write_out(&leaving());
    disable_raw_mode().and(written)
}

/// What takes the screen over: its other page, paste marked as such, clicks, wheel and drag.
fn entering() -> Vec<u8> {
    let mut bytes = Vec::new();
    queue!(
        bytes,
        EnterAlternateScreen,
        EnableBracketedPaste,
        Mouse(true),
        Clear(ClearType::All)
    )
    .expect("writing to memory cannot fail");
    bytes
}

/// What gives it back; in force whatever a frame broken off in the middle left behind.
fn leaving() -> Vec<u8> {
    let mut bytes = Vec::new();
    queue!(
        bytes,
        EndSynchronizedUpdate,
        SetAttribute(Attribute::Reset),
        Mouse(false),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    )
    .expect("writing to memory cannot fail");
    bytes
}

fn write_out(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Mouse reports of buttons, wheel and drag. Not of every motion, which crossterm's own
/// command asks for too: over ssh each costs a packet, and nothing here follows the pointer.
struct Mouse(bool);

impl Command for Mouse {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str(if self.0 {
            "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
        } else {
            "\x1b[?1006l\x1b[?1002l\x1b[?1000l"
        })
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        use ratatui::crossterm::event::{DisableMouseCapture, EnableMouseCapture};
        if self.0 {
            EnableMouseCapture.execute_winapi()
        } else {
            DisableMouseCapture.execute_winapi()
        }
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

/// What a frame writes, held back until it is complete. Dropping it writes nothing: half a
/// frame after a panic would land on the page that was given back.
#[derive(Clone, Default)]
struct Pending {
    frame: Rc<RefCell<Vec<u8>>>,
    depth: Depth,
}

impl Pending {
    fn send(&self) -> io::Result<()> {
        let bytes = std::mem::take(&mut *self.frame.borrow_mut());
        let written = match self.depth {
            Depth::Many => write_out(&bytes),
            Depth::Sixteen => write_out(&depth::in_sixteen(&bytes)),
        };
        let mut kept = self.frame.borrow_mut();
        if kept.is_empty() {
            // The buffer is kept for the next frame, what was in it is not.
            *kept = bytes;
            kept.clear();
        }
        written
    }

    fn forget(&self) {
        self.frame.borrow_mut().clear();
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Hook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// While it lives, a panic of the thread that made it gives the terminal back before it is
/// told; one of another thread or in one article, which fails alone, goes to the log and not on
/// the screen.
pub(super) struct PanicGuard {
    previous: Arc<Hook>,
}

impl PanicGuard {
    /// For the calling thread.
    pub(super) fn new() -> PanicGuard {
        let desk = thread::current().id();
        let previous: Arc<Hook> = Arc::from(panic::take_hook());
        panic::set_hook(Box::new(move |fault| {
            if thread::current().id() == desk && !is_contained() {
                // Nothing more can be done if either fails.
                let _ = restore();
                let _ = tell_fault(fault);
            } else {
                tracing::error!("an article or a worker failed: {fault}");
            }
        }));
        PanicGuard { previous }
    }
}

impl Drop for PanicGuard {
    fn drop(&mut self) {
        // Changing the hook while panicking would panic once more, and abort.
        if !thread::panicking() {
            let previous = Arc::clone(&self.previous);
            panic::set_hook(Box::new(move |fault| previous(fault)));
        }
    }
}

/// Tells of a fault on standard error. Its message may quote the article, so it is made
/// visible like everything else that goes to a terminal.
fn tell_fault(fault: &PanicHookInfo<'_>) -> io::Result<()> {
    let mut out = io::stderr().lock();
    writeln!(
        out,
        "proofmark ended by a fault of its own; every decision it showed is on disk."
    )?;
    for line in fault.to_string().lines() {
        writeln!(out, "{}", Visible::new(line).as_str())?;
    }
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        writeln!(out, "{trace}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
