//! The desk in a real terminal: its start and end, every way out, and what is left on disk.

#![cfg(unix)]

mod terminal;

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use terminal::Terminal;

/// An article with claims of several sources, in a folder of its own.
struct Desk {
    folder: TempDir,
    article: PathBuf,
}

const ARTICLE: &str = "Council cuts bus fares\n\n\
    Fares fell 12 percent last year, the agency said. \u{201c}It cost $40 million,\u{201d} \
    Mayor Ana Ruiz said.\n\n\
    According to the minister, 300,000 people voted. Councilman Bob O\u{2019}Neil warned that \
    80 jobs would go.\n\n\
    The report says that 14 schools closed. \u{201c}Nobody asked us,\u{201d} said Lee Park, who \
    drives a bus.\n";

fn desk() -> Desk {
    let folder = tempfile::tempdir().expect("a folder");
    let article = folder.path().join("fares.txt");
    fs::write(&article, ARTICLE).expect("it can be written");
    Desk { folder, article }
}

impl Desk {
    /// Opens the article and waits until it can be decided on.
    fn open(&self) -> Terminal {
        let mut terminal = Terminal::desk(&self.article, self.folder.path());
        wait_for_claims(&mut terminal);
        terminal
    }

    fn sidecar(&self) -> String {
        fs::read_to_string(self.folder.path().join("fares.txt.proofmark.json"))
            .expect("the sidecar is there")
    }
}

/// Decided and all, from the status line.
fn progress(screen: &str) -> Option<(usize, usize)> {
    let before = screen.split(" decided").next()?;
    let (decided, all) = before.rsplit(' ').next()?.split_once('/')?;
    Some((decided.parse().ok()?, all.parse().ok()?))
}

fn wait_for_claims(terminal: &mut Terminal) {
    terminal.wait_until("claims to decide", |screen| {
        progress(&screen.contents()).is_some_and(|(_, all)| all > 3)
    });
}

fn wait_for_decided(terminal: &mut Terminal, count: usize) {
    terminal.wait_until(&format!("{count} decided and saved"), |screen| {
        let text = screen.contents();
        progress(&text).is_some_and(|(decided, _)| decided == count) && text.contains("saved")
    });
}

#[test]
fn starts_shows_the_article_and_quits() {
    let desk = desk();
    let mut terminal = desk.open();
    terminal.wait_for("Fares fell 12 percent");
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
    let left: Vec<_> = fs::read_dir(desk.folder.path())
        .expect("the folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains("proofmark.json"))
        .collect();
    assert_eq!(left, [""; 0], "looking makes no sidecar");
}

#[test]
fn a_folder_opens_the_queue() {
    let desk = desk();
    // The tour stands over it at the first start, and at no other.
    let mut terminal = Terminal::desk(desk.folder.path(), desk.folder.path());
    terminal.wait_for("Five keys to begin");
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    let mut terminal = Terminal::desk(desk.folder.path(), desk.folder.path());
    terminal.wait_for("fares.txt");
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn lives_through_every_size() {
    let desk = desk();
    let mut terminal = desk.open();
    for (rows, columns) in [
        (1, 1),
        (5, 20),
        (2, 80),
        (60, 3),
        (1, 200),
        (10, 40),
        (1, 1),
    ] {
        terminal.resize(rows, columns);
    }
    terminal.resize(30, 110);
    terminal.wait_for("Fares fell 12 percent");
    wait_for_claims(&mut terminal);
    terminal.press("a");
    wait_for_decided(&mut terminal, 1);
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn keys_pressed_while_the_window_changes_are_acted_on_at_once() {
    let desk = desk();
    let mut terminal = desk.open();
    // A key left lying came with one change in ten.
    for round in 0..100 {
        terminal.resize(24, 80 + round % 2);
        terminal.press(if round % 2 == 0 { "a" } else { "u" });
        wait_for_decided(&mut terminal, usize::from(1 - round % 2));
    }
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn terminals_of_every_kind_show_the_desk_and_are_given_back() {
    for variables in [
        &[("TERM", "")][..],
        &[("TERM", "vt100"), ("NO_COLOR", "1")],
        &[("TERM", "screen"), ("STY", "1.a")],
        &[("TERM", "tmux-256color"), ("TMUX", "/a,1,0")],
        &[("LANG", "C")],
    ] {
        let desk = desk();
        let mut terminal = Terminal::desk_with(&desk.article, desk.folder.path(), variables);
        wait_for_claims(&mut terminal);
        terminal.press("a");
        wait_for_decided(&mut terminal, 1);
        let text = terminal.text();
        let has_borders = text.contains('\u{2502}');
        assert_eq!(has_borders, variables[0].0 != "LANG", "{text}");
        terminal.press("Q");
        assert_eq!(terminal.exit_code(), 0, "{variables:?}");
        terminal.assert_restored();
        assert!(desk.sidecar().contains("\"confirm\""), "{variables:?}");
    }
}

#[test]
fn a_terminal_that_only_prints_lines_is_told_and_sent_nothing_else() {
    let desk = desk();
    let home = desk.folder.path();
    let mut terminal = Terminal::desk_with(&desk.article, home, &[("TERM", "dumb")]);
    terminal.wait_for("TERM is dumb");
    assert_eq!(terminal.exit_code(), 2);
    terminal.assert_restored();
    assert!(
        !terminal.text().contains("bus fares"),
        "{}",
        terminal.text()
    );
}

#[test]
fn ending_signals_save_and_give_the_terminal_back() {
    for (signal, code) in [
        ("TERM", 143),
        ("INT", 130),
        ("QUIT", 131),
        ("HUP", 129),
        ("ABRT", 134),
        ("USR1", 138),
        ("USR2", 140),
        ("ALRM", 142),
        ("XCPU", 152),
        ("XFSZ", 153),
        ("VTALRM", 154),
        ("PROF", 155),
        ("IO", 157),
        ("SYS", 159),
        ("TRAP", 133),
        #[cfg(target_os = "linux")]
        ("PWR", 158),
        #[cfg(target_os = "linux")]
        ("40", 168),
        #[cfg(target_os = "linux")]
        ("64", 192),
        #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
        ("STKFLT", 144),
    ] {
        let desk = desk();
        let mut terminal = desk.open();
        terminal.press("a");
        wait_for_decided(&mut terminal, 1);
        terminal.signal(signal);
        assert_eq!(terminal.exit_code(), code, "{signal}");
        terminal.assert_restored();
        assert!(desk.sidecar().contains("\"confirm\""), "{signal}");
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_desk() {
    let desk = desk();
    let mut terminal = desk.open();
    terminal.press("a");
    wait_for_decided(&mut terminal, 1);
    terminal.hang_up();
    terminal.exit_code();
    assert!(desk.sidecar().contains("\"confirm\""));
}

#[test]
fn every_decision_seen_survives_a_kill() {
    let desk = desk();
    let mut terminal = desk.open();
    for (decided, key) in ["a", "x", "a"].into_iter().enumerate() {
        terminal.press(key);
        wait_for_decided(&mut terminal, decided + 1);
    }
    terminal.signal("KILL");
    terminal.exit_code();

    let mut again = desk.open();
    wait_for_decided(&mut again, 3);
    let text = again.text();
    assert!(
        text.contains("3 decisions came back from the journal"),
        "{text}"
    );
    assert!(
        !text.contains("please note"),
        "told once, not in a window: {text}"
    );
    again.press("u");
    wait_for_decided(&mut again, 2);
    again.press("Q");
    assert_eq!(again.exit_code(), 0);
    again.assert_restored();
    assert!(desk.sidecar().contains("\"reject\""));
}

#[test]
fn keys_in_one_read_with_esc_decide_nothing() {
    // A desk each: on a busy machine two writes may arrive as one read.
    for (keys, told) in [
        ("\x1b1", "1 dropped: it came with Esc"),
        ("/agency\x1ba", "a dropped: it came with Esc"),
        // Esc twice, then a key: the library takes the first two for one.
        ("\x1b\x1bx", "x dropped: it came with Esc"),
        ("\x1bax3", "a x 3 dropped: they came with Esc"),
        // Esc, then PageDown and a turn of the wheel, whose sequences begin with Esc themselves.
        (
            "\x1b\x1b[5~\x1b\x1b[<65;9;9M\x1bж",
            "is the layout Cyrillic?",
        ),
    ] {
        let desk = desk();
        let mut terminal = desk.open();
        terminal.press(keys);
        terminal.wait_for(told);
        assert_eq!(
            progress(&terminal.text()).map(|(decided, _)| decided),
            Some(0)
        );
        terminal.press("Q");
        assert_eq!(terminal.exit_code(), 0);
        assert!(
            !desk.folder.path().join("fares.txt.proofmark.json").exists(),
            "{keys:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn stops_as_a_job_and_comes_back() {
    let desk = desk();
    let mut terminal = desk.open();
    terminal.press("\x1a");
    terminal.wait_until("the first page", |screen| !screen.alternate_screen());
    terminal.wait_until_stopped();
    terminal.assert_restored();
    terminal.resize(30, 100);
    terminal.signal("CONT");
    terminal.wait_until("the desk", vt100::Screen::alternate_screen);
    wait_for_claims(&mut terminal);
    terminal.press("a");
    wait_for_decided(&mut terminal, 1);
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_note_goes_through_the_editor() {
    let desk = desk();
    let editor = r#"sh -c 'printf "checked twice\n" > "$1"' editor"#;
    let home = desk.folder.path();
    let mut terminal = Terminal::desk_with(&desk.article, home, &[("EDITOR", editor)]);
    wait_for_claims(&mut terminal);
    terminal.press("c\x05");
    terminal.wait_until("the note is kept", |screen| {
        let text = screen.contents();
        screen.alternate_screen() && text.contains("checked twice") && text.contains("saved")
    });
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_restored();
    assert!(desk.sidecar().contains("checked twice"));
}

#[test]
fn a_folder_renamed_under_the_desk_is_told_by_place_and_exit_code() {
    let desk = desk();
    let news = desk.folder.path().join("news");
    fs::create_dir(&news).expect("made");
    fs::rename(&desk.article, news.join("fares.txt")).expect("moved");
    let mut terminal = Terminal::desk(&news.join("fares.txt"), desk.folder.path());
    wait_for_claims(&mut terminal);
    terminal.press("a");
    wait_for_decided(&mut terminal, 1);
    let new = desk.folder.path().join("new");
    fs::rename(&news, &new).expect("renamed");
    terminal.press("a");
    wait_for_decided(&mut terminal, 2);
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 1);
    terminal.assert_restored();
    let mut again = Terminal::desk(&new.join("fares.txt"), desk.folder.path());
    wait_for_decided(&mut again, 2);
    again.press("Q");
    assert_eq!(again.exit_code(), 0);
    assert!(new.join("fares.txt.proofmark.json").is_file());
}

#[test]
fn two_articles_that_swapped_names_get_their_own_decisions_by_one_key() {
    let desk = desk();
    let other = desk.folder.path().join("ferry.txt");
    let ferry = "The ferry lost 3 million crowns in 2025, its captain said. According to the \
                 board, 40 crossings were cut in May. The harbour master said that 7 of 9 boats \
                 leak. Two of the boats were sold for 2 million.\n";
    fs::write(&other, ferry).expect("it can be written");
    for article in [&desk.article, &other] {
        let mut terminal = Terminal::desk(article, desk.folder.path());
        wait_for_claims(&mut terminal);
        terminal.press("a");
        wait_for_decided(&mut terminal, 1);
        terminal.press("Q");
        assert_eq!(terminal.exit_code(), 0);
    }
    fs::write(&desk.article, ferry).expect("it can be written");
    fs::write(&other, ARTICLE).expect("it can be written");
    let mut terminal = Terminal::desk(&desk.article, desk.folder.path());
    terminal.wait_for("its name was used again");
    terminal.wait_for("T takes them up");
    terminal.press("T");
    terminal.wait_for("moved to fares.txt");
    wait_for_claims(&mut terminal);
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(desk.sidecar().contains("3 million crowns"));
    let mut terminal = Terminal::desk(&other, desk.folder.path());
    wait_for_claims(&mut terminal);
    assert!(!terminal.text().contains("read-only"));
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
}

/// Colours of the text on the screen.
fn colours(screen: &vt100::Screen) -> Vec<vt100::Color> {
    let (rows, columns) = screen.size();
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    cells
        .filter_map(|(row, column)| screen.cell(row, column).map(vt100::Cell::fgcolor))
        .collect()
}

#[test]
fn the_terminals_answer_is_colours_and_never_keys() {
    let desk = desk();
    let known = [("VTE_VERSION", "7600")];
    let mut terminal = Terminal::desk_with(&desk.article, desk.folder.path(), &known);
    wait_for_claims(&mut terminal);
    let undecided =
        |on: u8| move |screen: &vt100::Screen| colours(screen).contains(&vt100::Color::Idx(on));
    terminal.press("\r");
    assert!(!undecided(226)(terminal.screen()), "nothing is known yet");
    // Late, between keys, and in parts.
    terminal.press("j\x1b]11;rgb:ffff/ff");
    terminal.press("ff/ffff\x1b");
    terminal.press("\\");
    terminal.wait_until("colours for light", undecided(94));
    terminal.press("\x1b]11;rgb:0000/0000/0000\x07");
    terminal.wait_until("colours for dark", undecided(226));
    let (decided, _) = progress(&terminal.text()).expect("told");
    assert_eq!(decided, 0, "{}", terminal.text());
    terminal.press("a");
    terminal.wait_until("one decision", |screen| {
        progress(&screen.contents()).is_some_and(|(decided, _)| decided == 1)
    });
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn what_is_wrong_with_the_configuration_is_read_first_and_the_desk_opens() {
    let desk = desk();
    let settings = desk.folder.path().join("house.toml");
    fs::write(
        &settings,
        "theme = \"ligth\"\n[keys]\nfly = \"f\"\nconfirm = \"F2\"\n",
    )
    .expect("written");
    let path = settings.to_str().expect("a path").to_owned();
    let variables = [("PROOFMARK_CONFIG", path.as_str())];
    // The tour of the first start hides what is wrong; at the second it is there.
    let mut terminal = Terminal::desk_with(&desk.article, desk.folder.path(), &variables);
    terminal.wait_for("Five keys to begin");
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    let mut terminal = Terminal::desk_with(&desk.article, desk.folder.path(), &variables);
    terminal.wait_for("did you mean “light”");
    terminal.wait_for("there is no command “fly”");
    terminal.press("\r");
    wait_for_claims(&mut terminal);
    terminal.press("\x1bOQ");
    terminal.wait_until("F2 confirms", |screen| {
        progress(&screen.contents()).is_some_and(|(decided, _)| decided == 1)
    });
    // Kept where it stands, and the rest of the file with it.
    terminal.press(":set theme dark\r");
    terminal.wait_for("+ theme = \"dark\"");
    terminal.press("\r");
    terminal.wait_for("written to");
    terminal.press("Q");
    assert_eq!(terminal.exit_code(), 0);
    let kept = fs::read_to_string(&settings).expect("there");
    assert_eq!(
        kept,
        "theme = \"dark\"\n[keys]\nfly = \"f\"\nconfirm = \"F2\"\n"
    );
}
