use super::*;
use crate::tui::runtime::contained::{BROKEN, contained};

fn modes(bytes: &[u8]) -> (bool, bool, bool, bool) {
    let mut parser = vt100::Parser::new(5, 20, 0);
    parser.process(bytes);
    let screen = parser.screen();
    let mouse = screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
    (
        screen.alternate_screen(),
        screen.bracketed_paste(),
        mouse,
        screen.hide_cursor(),
    )
}

#[test]
fn leaving_takes_back_what_entering_set() {
    let mut bytes = entering();
    assert_eq!(modes(&bytes), (true, true, true, false));
    bytes.extend_from_slice(b"\x1b[?25l\x1b[1;4;31m half a frame");
    bytes.extend(leaving());
    assert_eq!(modes(&bytes), (false, false, false, false));
    let mut parser = vt100::Parser::new(5, 20, 0);
    parser.process(&bytes);
    assert!(!parser.screen().bold() && !parser.screen().underline());
    assert_eq!(parser.screen().fgcolor(), vt100::Color::Default);
}

#[test]
fn motion_without_a_button_is_not_asked_for() {
    let mut parser = vt100::Parser::new(5, 20, 0);
    parser.process(&entering());
    assert_eq!(
        parser.screen().mouse_protocol_mode(),
        vt100::MouseProtocolMode::ButtonMotion
    );
}

#[test]
fn a_frame_broken_off_is_never_written() {
    let mut pending = Pending::default();
    pending.write_all(b"half").expect("memory");
    pending.flush().expect("memory");
    assert_eq!(*pending.frame.borrow(), b"half");
    pending.forget();
    assert!(pending.frame.borrow().is_empty());
}

#[test]
fn what_is_not_taken_is_not_restored() {
    assert!(restore().is_ok());
}

/// Not a test of its own: what the tests below run in a terminal, in a process of its own.
/// Started without their word it does nothing.
#[cfg(unix)]
#[test]
fn child() {
    use std::env;
    use std::panic::resume_unwind;

    let Ok(end) = env::var("PROOFMARK_TEST_CHILD") else {
        return;
    };
    let guard = PanicGuard::new();
    let mut terminal = Terminal::take(Depth::Many).expect("the terminal is there");
    let mut draw = || terminal.draw(&mut |frame| frame.render_widget("thedesk", frame.area()));
    draw().expect("it can be drawn on");
    match end.as_str() {
        "panic" => {
            let _ = terminal.draw(&mut |frame| {
                frame.render_widget("halfaframe", frame.area());
                panic!("a fault of this program \x1b[31m");
            });
        }
        "worker" => {
            let worker = thread::spawn(|| panic!("a fault of a worker"));
            assert!(worker.join().is_err());
            let told = terminal.draw(&mut |frame| frame.render_widget("stillhere", frame.area()));
            told.expect("it can be drawn on");
        }
        "article" => {
            let read = contained(|| -> Result<(), String> { panic!("a fault in an article") });
            assert_eq!(read.expect_err("it broke off"), BROKEN);
            let told = terminal.draw(&mut |frame| frame.render_widget("stillhere", frame.area()));
            told.expect("it can be drawn on");
            assert!(!is_contained());
        }
        // An early `?`, as it were.
        "error" => {
            drop(terminal);
            drop(guard);
            resume_unwind(Box::new("an error"));
        }
        other => panic!("{other}"),
    }
}

/// Runs [`child`] in a terminal; all it wrote, and whether the line's modes are as before.
#[cfg(unix)]
fn run_child(end: &str) -> (vt100::Parser, String, bool) {
    use std::io::Read;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    let pair = native_pty_system()
        .openpty(PtySize::default())
        .expect("a pseudo-terminal");
    let before = format!("{:?}", pair.master.get_termios());
    let own = std::env::current_exe().expect("this program");
    let mut command = CommandBuilder::new(own);
    command.args([
        "--exact",
        "tui::runtime::terminal::tests::child",
        "--nocapture",
    ]);
    command.env("PROOFMARK_TEST_CHILD", end);
    command.env("RUST_BACKTRACE", "0");
    command.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(command).expect("it starts");
    drop(pair.slave);
    let mut bytes = Vec::new();
    // The end of a pseudo-terminal is an error on Linux.
    let _ = pair
        .master
        .try_clone_reader()
        .expect("a reader")
        .read_to_end(&mut bytes);
    child.wait().expect("it ends");
    let after = format!("{:?}", pair.master.get_termios());
    let mut parser = vt100::Parser::new(24, 80, 0);
    parser.process(&bytes);
    let raw = String::from_utf8_lossy(&bytes).into_owned();
    (parser, raw, before == after)
}

#[cfg(unix)]
fn assert_restored(parser: &vt100::Parser, modes_kept: bool) {
    let screen = parser.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert!(modes_kept, "echo and line mode are as they were");
}

#[cfg(unix)]
#[test]
fn a_panic_gives_the_terminal_back_and_is_told_after() {
    let (parser, raw, modes_kept) = run_child("panic");
    assert_restored(&parser, modes_kept);
    assert!(raw.contains("thedesk"));
    assert!(!raw.contains("halfaframe"));
    let screen = parser.screen().contents();
    assert!(screen.contains("a fault of this program"), "{screen}");
    assert!(!raw.contains("\x1b[31m"), "what it quotes is made visible");
}

#[cfg(unix)]
#[test]
fn a_panic_of_a_worker_leaves_the_screen_alone() {
    let (parser, raw, modes_kept) = run_child("worker");
    assert_restored(&parser, modes_kept);
    assert!(raw.contains("stillhere"));
    assert!(!raw.contains("a fault of a worker"));
}

#[cfg(unix)]
#[test]
fn a_panic_in_one_article_leaves_the_desk_and_its_screen_alone() {
    let (parser, raw, modes_kept) = run_child("article");
    assert_restored(&parser, modes_kept);
    assert!(raw.contains("stillhere"), "{raw}");
    assert!(!raw.contains("a fault in an article"));
    let given_back = raw.find("\x1b[?1049l").expect("the screen is given back");
    assert!(raw.find("stillhere") < Some(given_back));
}

#[cfg(unix)]
#[test]
fn an_early_error_gives_the_terminal_back() {
    let (parser, raw, modes_kept) = run_child("error");
    assert_restored(&parser, modes_kept);
    assert!(raw.contains("thedesk"));
}
