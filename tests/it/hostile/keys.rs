//! What must hold for any keys pressed at the desk: no panic, every picture harmless, and
//! what was journalled is what is shown.

use proofmark::tui::event::Event;

use crate::screens::world::World;

/// Keys that bytes stand for; every byte means one.
const NAMED: [&str; 24] = [
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Up>",
    "<Down>",
    "<Left>",
    "<Right>",
    "<Home>",
    "<End>",
    "<PageUp>",
    "<PageDown>",
    "<Backspace>",
    "<Delete>",
    "<Ctrl-r>",
    "<Ctrl-d>",
    "<Ctrl-u>",
    "<Ctrl-c>",
    "<Ctrl-w>",
    "<Alt-1>",
    "<Alt-9>",
    "<Alt-e>",
    "<lt>",
    "<F1>",
    "é",
];

/// Presses the keys that the bytes stand for, on a desk of three articles.
pub(crate) fn press(bytes: &[u8]) {
    let mut world = World::queue(80, 24);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b' '..=b';' | b'='..=b'~' => {
                let key = char::from(*byte).to_string();
                world.keys(&key);
            }
            0xf0.. => {
                let size = u16::from(byte - 0xf0);
                world.event(Event::Resize(1 + size * 9, 1 + size * 3));
            }
            0xe8..=0xef => {
                let pasted = String::from_utf8_lossy(&bytes[at..]).into_owned();
                world.event(Event::Paste(pasted));
            }
            0xe0..=0xe7 => world.disk_full = true,
            b'\r' => {
                world.keys("<Enter>");
            }
            0x1b => {
                world.keys("<Esc>");
            }
            _ => {
                world.keys(NAMED[usize::from(*byte) % NAMED.len()]);
            }
        }
        let screen = world.screen();
        let raw = screen.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(raw, None, "{screen:?}");
        if world.quit {
            break;
        }
    }
    // A disk that is full at the end leaves nothing pending either.
    if world.has_review() && !world.disk_full {
        assert_eq!(*world.session().document(), world.on_disk());
    }
}
