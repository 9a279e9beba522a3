//! Colours, settings and keys changed from the desk: at once, and kept after it was shown.

use std::collections::HashSet;

use proofmark::tui::event::Event;
use proofmark::tui::widget::Ground;
use ratatui::style::Color;

use super::deciding::status;
use super::world::World;

/// Colours of text and of backgrounds on the screen.
fn colours(world: &mut World) -> (HashSet<Color>, HashSet<Color>) {
    let cells = &world.cells().content;
    let texts = cells.iter().map(|cell| cell.fg).collect();
    (texts, cells.iter().map(|cell| cell.bg).collect())
}

/// Colours of what nobody has decided, on dark and on light.
const ON_DARK: Color = Color::Indexed(226);
const ON_LIGHT: Color = Color::Indexed(94);

#[test]
fn the_desk_goes_by_the_background_that_the_terminal_tells_however_late() {
    let mut world = World::article(80, 24);
    assert!(colours(&mut world).0.contains(&ON_DARK));
    world.keys("a");
    world.event(Event::Ground(Ground::Light));
    let (texts, papers) = colours(&mut world);
    assert!(texts.contains(&ON_LIGHT) && !texts.contains(&ON_DARK));
    assert!(papers.contains(&Color::Reset), "the terminal's own stays");
    world.event(Event::Ground(Ground::Either));
    let (texts, papers) = colours(&mut world);
    let black = Color::Indexed(16);
    assert_eq!(texts, HashSet::from([Color::Reset, black]));
    assert!(papers.len() > 2, "signs have grounds of their own");
}

#[test]
fn a_theme_is_taken_by_its_name_until_the_end() {
    let mut world = World::article(80, 24);
    world.keys(":theme light<Enter>");
    assert_eq!(
        status(&mut world),
        "theme: light; `:set theme light` keeps it"
    );
    let (texts, papers) = colours(&mut world);
    assert!(texts.contains(&ON_LIGHT) && !papers.contains(&Color::Reset));
    world.event(Event::Ground(Ground::Dark));
    assert!(colours(&mut world).0.contains(&ON_LIGHT), "it was chosen");
    world.keys(":theme auto<Enter>");
    assert!(colours(&mut world).0.contains(&ON_DARK));
    world.keys(":theme high-contrast<Enter>");
    let black = Color::Indexed(16);
    assert!(colours(&mut world).1.contains(&black));
    world.event(Event::Ground(Ground::Light));
    assert!(!colours(&mut world).1.contains(&black));
    world.keys(":theme none<Enter>");
    assert_eq!(
        colours(&mut world),
        (HashSet::from([Color::Reset]), HashSet::from([Color::Reset]))
    );
    world.keys(":theme<Enter>2");
    assert_eq!(
        status(&mut world),
        "theme: dark; `:set theme dark` keeps it"
    );
    world.keys(":theme ligth<Enter>");
    assert_eq!(
        status(&mut world),
        "there is no theme “ligth”; did you mean “light”?"
    );
    assert!(world.outside.is_empty() && world.changes == 0);
}

#[test]
fn a_setting_holds_at_once_and_is_written_after_it_was_shown() {
    for queue in [false, true] {
        let mut world = match queue {
            true => World::queue(80, 24),
            false => World::article(80, 24),
        };
        world.keys(":set theme light<Enter>");
        let screen = world.screen();
        assert!(screen.contains("+ theme = \"light\""), "{screen}");
        assert!(screen.contains("config.toml"), "{screen}");
        assert!(!colours(&mut world).1.contains(&Color::Reset), "in force");
        assert!(world.outside.is_empty());
        world.keys("<Enter>");
        assert_eq!(world.outside, ["theme = \"light\""]);
        assert_eq!(status(&mut world), "written to config.toml");
        world.keys(":set theme dark<Enter>");
        // What was typed ahead meant something else, and answers nothing.
        world.keys("xae1");
        assert!(world.screen().contains("+ theme = \"dark\""));
        world.keys("<Esc>");
        assert_eq!((world.outside.len(), world.changes), (1, 0));
        assert_eq!(status(&mut world), "not written and taken back");
        assert!(!colours(&mut world).1.contains(&Color::Indexed(234)));
    }
}

#[test]
fn what_a_setting_does_is_seen_at_once() {
    let mut world = World::article(80, 24);
    world.keys(":set ascii true<Enter><Enter>");
    let screen = world.screen();
    assert!(screen.contains("+-") && !screen.contains('─'), "{screen}");
    world.keys(":set ascii = false<Enter><Enter>");
    assert!(world.screen().contains('─'));
    world.keys(":set verdicts right, wrong<Enter><Enter>r");
    let screen = world.screen();
    assert!(
        screen.contains("1  right") && screen.contains("2  wrong"),
        "{screen}"
    );
    world.keys("<Esc>:set search.Ours https://a.example/{claim}<Enter><Enter>W1");
    let opened = world.outside.last().expect("opened");
    assert!(opened.starts_with("browse https://a.example/"), "{opened}");
    world.keys(":set search.Ours \"\"<Enter><Enter>W1");
    let opened = world.outside.last().expect("opened");
    assert!(!opened.contains("a.example"), "{opened}");
}

#[test]
fn what_is_in_force_is_told() {
    let mut world = World::article(120, 24);
    world.keys(":set theme?<Enter>");
    let told = status(&mut world);
    assert!(
        told.starts_with("theme = \"auto\": one of auto, dark"),
        "{told}"
    );
    world.keys(":set<Enter><Enter>");
    let screen = world.screen();
    for line in [
        "reviewer = \"ana@example.org\"",
        "ascii = false",
        "search.DuckDuckGo",
    ] {
        assert!(screen.contains(line), "{line}: {screen}");
    }
    world.keys("<Enter>");
    for (typed, told) in [
        (":set thene?", "did you mean “theme”"),
        (":set thene light", "did you mean “theme”"),
        (":set theme ligth", "did you mean “light”"),
        (":set ascii perhaps", "true or false"),
        (":set keys x", ":bind"),
    ] {
        world.keys(typed).keys("<Enter>");
        let said = status(&mut world);
        assert!(said.contains(told), "{typed}: {said}");
    }
    assert!(world.outside.is_empty());
}

#[test]
fn a_key_is_bound_at_once_and_kept() {
    let mut world = World::article(80, 24);
    world.keys(":bind F2 confirm<Enter>");
    let screen = world.screen();
    assert!(screen.contains("+ confirm = [\"a\", \"F2\"]"), "{screen}");
    world.keys("<Enter><F2>");
    assert_eq!(world.outside, ["[keys]\nconfirm = [\"a\", \"F2\"]"]);
    assert_eq!(world.changes, 1, "F2 confirms");
    // The house gives it to another command: both lines are written.
    world.keys(":bind F2 reject<Enter><Enter>");
    assert_eq!(
        world.outside[1],
        "[keys]\nreject = [\"x\", \"F2\"]\nconfirm = [\"a\"]"
    );
    // A key of the table gives way, and that is told.
    world.keys(":bind n reject<Enter>");
    world.keys("<Enter>");
    world.keys(":bind n reject<Enter>");
    assert!(
        world.outside[2].contains("\"F2\", \"n\""),
        "{:?}",
        world.outside
    );
    world.keys("<Esc>");
    for (typed, told) in [
        (":bind F2", "give a key and a command"),
        (":bind F2 conffirm", "did you mean “confirm”"),
        (":bind Hyper-x confirm", "is no key"),
        (":bind Esc confirm", "cannot be bound"),
    ] {
        world.keys(typed).keys("<Enter>");
        let said = status(&mut world);
        assert!(said.contains(told), "{typed}: {said}");
    }
}

#[test]
fn the_line_of_keys_tells_those_in_force() {
    let mut world = World::house(&[("confirm", &["F2"])]);
    assert!(status(&mut world).contains("F2 confirm"));
    world.keys(":bind F2 reject<Enter>");
    // It is tried already, and told so once nothing else is.
    world.keys("<Enter><Esc><Esc>");
    let said = status(&mut world);
    assert!(
        said.contains("reject") && !said.contains("F2 confirm"),
        "{said}"
    );
    world.keys(":bind F2 confirm<Enter><Esc><Esc>");
    let said = status(&mut world);
    assert!(!said.contains("F2 confirm"), "taken back: {said}");
}

#[test]
fn a_setting_that_is_not_written_is_taken_back() {
    let mut world = World::article(120, 24);
    world.keys(":bind x confirm<Enter>");
    let told = status(&mut world);
    assert_eq!(told, "x is confirm; x is no longer reject");
    world.keys("<Esc>");
    assert_eq!(status(&mut world), "not written and taken back");
    world.keys("x");
    assert!(status(&mut world).starts_with("claim 1 rejected"));
    world.keys(":bind F2 confirm<Enter><Esc><F2>");
    assert!(status(&mut world).starts_with("F2 does nothing here"));
    world.keys(":set ascii true<Enter><Esc>");
    assert!(world.screen().contains('─'));
    world.keys(":set verdicts right, wrong<Enter><Esc>r");
    assert!(world.screen().contains("mixed"), "{}", world.screen());
    assert!(world.outside.is_empty());
}

#[test]
fn another_reviewer_counts_from_the_next_start() {
    let mut world = World::article(120, 24);
    world.keys(":set reviewer Bo<Enter>");
    let screen = world.screen();
    assert!(screen.contains("From the next start."), "{screen}");
    world.keys("<Enter>");
    assert_eq!(
        status(&mut world),
        "written to config.toml; it counts from the next start"
    );
    assert_eq!(world.session().reviewer(), "ana@example.org");
}

#[test]
fn names_and_words_are_completed() {
    let mut world = World::article(80, 24);
    for (typed, completed) in [
        (":set th<Tab>", "set theme"),
        (":set theme hi<Tab>", "set theme high-contrast"),
        (":set ascii t<Tab>", "set ascii true"),
        (":theme li<Tab>", "theme light"),
        (":bind F2 confi<Tab>", "bind F2 confirm"),
    ] {
        world.keys(typed);
        let screen = world.screen();
        assert!(screen.contains(completed), "{typed}: {screen}");
        world.keys("<Esc>");
    }
}
