//! The two programs that are measured: the desk, and one that only draws.

use std::io::sink;
use std::path::PathBuf;

use proofmark::annotations::{Document, Time};
use proofmark::review::Moment;
use proofmark::tui::app::{App, AppOptions};
use proofmark::tui::command::{Key, Keymap};
use proofmark::tui::event::{Event, Opened, Saved};
use proofmark::tui::widget::Theme;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, List, ListItem, ListState, Paragraph};
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::case::Case;
use super::{KEYS_A_ROUND, cost_of, written};

pub(crate) type Sink = Terminal<CrosstermBackend<std::io::Sink>>;

/// What takes keys and draws.
pub(crate) trait Program {
    /// Takes a key and draws the frame after it.
    fn press(&mut self, key: &str);

    /// Presses keys, `KEYS_A_ROUND` in all; the microseconds one of them took.
    fn press_all(&mut self, keys: &str) -> f64 {
        let names: Vec<String> = keys.chars().map(written).collect();
        let rounds = KEYS_A_ROUND / names.len();
        let cost = cost_of(|| {
            for name in std::iter::repeat_n(&names, rounds).flatten() {
                self.press(name);
            }
        });
        cost / (rounds * names.len()) as f64
    }
}

/// The desk at an open article, with its terminal.
pub(crate) struct Desk {
    pub(crate) app: App,
    terminal: Sink,
}

impl Desk {
    pub(crate) fn open(case: &Case, size: (u16, u16)) -> Desk {
        let mut app = App::new(options(), size);
        app.update(opened(case, case.document.clone()), &moment());
        let mut desk = Desk {
            app,
            terminal: terminal(size),
        };
        desk.draw();
        desk
    }

    fn draw(&mut self) {
        let app = &self.app;
        self.terminal
            .draw(|frame| app.draw(frame))
            .expect("a sink takes everything");
    }
}

impl Program for Desk {
    fn press(&mut self, key: &str) {
        let key = Key::parse(key).expect("a key of these");
        let requests = self.app.update(Event::Key(key), &moment());
        if !requests.is_empty() {
            self.app.update(Event::Saved(Saved::Yes), &moment());
        }
        self.draw();
    }
}

pub(crate) fn options() -> AppOptions {
    AppOptions {
        folder: Default::default(),
        fetch: Default::default(),
        detectors: Vec::new(),
        rank: Vec::new(),
        article: Some(PathBuf::from("town.txt")),
        title: "town.txt".to_owned(),
        reviewer: "ana@example.org".to_owned(),
        tool: "bench".to_owned(),
        verdicts: vec!["true".to_owned(), "false".to_owned()],
        sites: Vec::new(),
        publisher: Default::default(),
        keymap: Keymap::default(),
        theme: Theme::default(),
        tour: false,
        tutor: false,
        house: Vec::new(),
        choice: proofmark::config::Theme::Auto,
        colours: Default::default(),
        problems: Vec::new(),
    }
}

pub(crate) fn opened(case: &Case, document: Document) -> Event {
    Event::Opened(Box::new(Opened {
        path: PathBuf::from("town.txt"),
        article: case.article.clone(),
        document,
        notices: Vec::new(),
        read_only: None,
        done: Vec::new(),
        undone: Vec::new(),
        contexts: Default::default(),
    }))
}

/// The plain program: what the desk has on the screen, without what it knows.
pub(crate) struct Floor {
    lines: Vec<String>,
    claims: Vec<String>,
    decided: Vec<bool>,
    top: usize,
    list: ListState,
    size: (u16, u16),
    terminal: Sink,
}

impl Floor {
    pub(crate) fn open(case: &Case, size: (u16, u16)) -> Floor {
        let text = case.article.text();
        let columns = usize::from(size.0 / 2).max(20);
        let lines = text.lines().flat_map(|line| cut(line, columns)).collect();
        let annotations = case.document.annotations();
        let words = annotations.iter().filter(|one| one.is_claim());
        let claims: Vec<String> = words
            .map(|claim| {
                let mark = claim.target.mark.as_ref();
                mark.map_or("", |mark| mark.hull().of(text)).to_owned()
            })
            .collect();
        let mut floor = Floor {
            lines,
            decided: vec![false; claims.len()],
            claims,
            top: 0,
            list: ListState::default().with_selected(Some(0)),
            size,
            terminal: terminal(size),
        };
        floor.draw();
        floor
    }

    fn draw(&mut self) {
        let whole = Rect::new(0, 0, self.size.0, self.size.1);
        let [title, body, status] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Fill(1),
            Constraint::Length(1),
        ])
        .areas(whole);
        // As the desk: beside each other where there is room, else one above the other.
        let (article, side) = if self.size.0 >= 100 {
            let [article, side] =
                Layout::horizontal([Constraint::Fill(56), Constraint::Fill(44)]).areas(body);
            (article, side)
        } else {
            let [article, side] =
                Layout::vertical([Constraint::Fill(2), Constraint::Fill(3)]).areas(body);
            (article, side)
        };
        let [list, card] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(10)]).areas(side);
        let (lines, claims, top) = (&self.lines, &self.claims, self.top);
        let (decided, state) = (&self.decided, &mut self.list);
        let draw = |frame: &mut ratatui::Frame| {
            let at = state.selected().unwrap_or(0);
            frame.render_widget(Line::raw(format!("proofmark  town.txt  {top}")), title);
            let shown = lines.iter().skip(top).take(article.height.into());
            let text: Vec<Line> = shown.map(|line| Line::raw(line.as_str())).collect();
            let text = Paragraph::new(text).block(Block::bordered().title("article"));
            frame.render_widget(text, article);
            // The rows in sight, as the list would have to be given them in any program of sense.
            let rows = usize::from(list.height.saturating_sub(2));
            let first = at.saturating_sub(rows / 2);
            let items = claims
                .iter()
                .zip(decided)
                .enumerate()
                .skip(first)
                .take(rows);
            let items = items.map(|(number, (words, decided))| {
                let sign = if *decided { '+' } else { ' ' };
                ListItem::new(format!("{sign} {number:>4} {words}"))
            });
            let shown = List::new(items)
                .block(Block::bordered().title("claims"))
                .highlight_style(Style::new().add_modifier(Modifier::REVERSED))
                .highlight_symbol("> ");
            let mut inner = ListState::default().with_selected(Some(at - first));
            frame.render_stateful_widget(shown, list, &mut inner);
            let words = claims.get(at).map_or("", String::as_str);
            let words = Paragraph::new(words)
                .wrap(ratatui::widgets::Wrap { trim: true })
                .block(Block::bordered().title("card"));
            frame.render_widget(words, card);
            frame.render_widget(Line::raw("j down  k up  a confirms  u undoes"), status);
        };
        self.terminal.draw(draw).expect("a sink takes everything");
    }
}

impl Program for Floor {
    fn press(&mut self, key: &str) {
        let at = self.list.selected().unwrap_or(0);
        let last = self.claims.len().saturating_sub(1);
        match key {
            // The text goes along with the claim, as at the desk.
            "j" => self.list.select(Some((at + 1).min(last))),
            "k" => self.list.select(Some(at.saturating_sub(1))),
            "Space" => self.top = (self.top + usize::from(self.size.1)) % self.lines.len(),
            "a" => {
                self.decided[at] = true;
                self.list.select(Some((at + 1).min(last)));
            }
            "u" => {
                let at = at.saturating_sub(1);
                self.decided[at] = false;
                self.list.select(Some(at));
            }
            _ => {}
        }
        self.draw();
    }
}

/// A line in pieces of at most so many characters.
pub(crate) fn cut(line: &str, columns: usize) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    let mut pieces: Vec<String> = letters
        .chunks(columns)
        .map(|piece| piece.iter().collect())
        .collect();
    if pieces.is_empty() {
        pieces.push(String::new());
    }
    pieces
}

pub(crate) fn terminal(size: (u16, u16)) -> Sink {
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.0, size.1));
    Terminal::with_options(CrosstermBackend::new(sink()), TerminalOptions { viewport })
        .expect("a sink takes everything")
}

pub(crate) fn moment() -> Moment {
    Moment {
        day: None,
        now: Time::new("2026-03-04T05:06:07Z"),
        fresh: 7,
        seconds: None,
    }
}
