//! What a key costs at the desk, beside what it costs in a program that only draws.
//!
//! The **floor** is a plain program on the same library with the same boxes: lines of text, two
//! lists and a card, drawn without marks, signs or cleverness. Both write to a terminal that
//! throws everything away, one after the other in the same run, so that the ratio holds on any
//! machine. Figures are medians of processor time, of which other programs take nothing. Nothing
//! is asserted: a table is printed, with what each figure should be at most.

#![allow(clippy::print_stdout)]

use std::io::sink;
use std::path::PathBuf;

use proofmark::annotations::{Document, Time};
use proofmark::detect::{
    Attribution, Claim, Findings, Kind, Run, SourceMention, SourceType, Voice,
};
use proofmark::review::Moment;
use proofmark::text::{Article, Mark, Media, Span};
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

type Sink = Terminal<CrosstermBackend<std::io::Sink>>;

/// Keys of one measured round, so that a round is long beside the clock's step.
const KEYS_A_ROUND: usize = 40;
/// Rounds of which the median is taken.
const ROUNDS: usize = 15;

/// One line of the table.
struct Row {
    /// What was done.
    name: String,
    /// What the figure should be at most, with its unit.
    must: String,
    /// What it is.
    figure: String,
}

impl Row {
    fn new(name: impl Into<String>, must: impl Into<String>, figure: impl Into<String>) -> Row {
        Row {
            name: name.into(),
            must: must.into(),
            figure: figure.into(),
        }
    }
}

fn main() {
    let mut rows = Vec::new();
    let small = Case::new(2_500, 400);
    for size in [(80, 24), (120, 40), (250, 70)] {
        rows.extend(keys_against_the_floor(&small, size));
    }
    rows.extend(searches(
        &small,
        "1 MB",
        &["houses", "number 2499 ", "zeppelin"],
    ));
    let large = Case::new(35_750, 280);
    rows.extend(keys_of_a_book(&large));
    rows.extend(searches(
        &large,
        "10 MB",
        &["houses", "number 35749 ", "zeppelin"],
    ));
    print(&rows);
}

/// The keys of the desk on a megabyte with 5,000 marks, each beside the floor's.
fn keys_against_the_floor(case: &Case, size: (u16, u16)) -> Vec<Row> {
    let mut desk = Desk::open(case, size);
    let mut floor = Floor::open(case, size);
    let mut rows = Vec::new();
    for keys in ["jk", " ", "au", "eu"] {
        let (here, there) = side_by_side(&mut desk, &mut floor, keys);
        let name = format!("{}x{} {}", size.0, size.1, keys_told(keys));
        let figure = format!("{:.2}x ({:.0} µs / {:.0} µs)", here / there, here, there);
        rows.push(Row::new(name, "1.6x", figure));
    }
    rows
}

/// The keys of the desk on ten megabytes with 71,500 marks.
fn keys_of_a_book(case: &Case) -> Vec<Row> {
    let mut desk = Desk::open(case, (120, 40));
    let figure = |keys: &&str| {
        let costs = (0..ROUNDS).map(|_| desk.press_all(keys)).collect();
        let figure = format!("{:.2} ms", median(costs) / 1000.0);
        Row::new(
            format!("10 MB, 71,500 marks {}", keys_told(keys)),
            "2 ms",
            figure,
        )
    };
    ["jk", " ", "au", "eu"].iter().map(figure).collect()
}

/// Words looked for, from the key that asks to the frame that shows the first.
fn searches(case: &Case, told: &str, words: &[&str]) -> Vec<Row> {
    let mut desk = Desk::open(case, (120, 40));
    let mut row = |words: &&str| {
        let costs = (0..ROUNDS)
            .map(|_| {
                desk.press("/");
                words
                    .chars()
                    .for_each(|letter| desk.press(&written(letter)));
                let cost = cost_of(|| desk.press("Enter"));
                desk.press("Esc");
                desk.press("Esc");
                cost
            })
            .collect();
        let figure = format!("{:.2} ms", median(costs) / 1000.0);
        Row::new(format!("{told}, /{words} Enter"), "8 ms", figure)
    };
    words.iter().map(&mut row).collect()
}

fn print(rows: &[Row]) {
    println!("{:<36} {:>8}   is", "what", "at most");
    for row in rows {
        println!("{:<36} {:>8}   {}", row.name, row.must, row.figure);
    }
}

/// An article with its marks, and its document.
struct Case {
    article: Article,
    document: Document,
}

impl Case {
    /// So many pairs of a claim and its source, each in so many bytes.
    fn new(pairs: usize, bytes: usize) -> Case {
        let (article, findings) = article(pairs, bytes);
        let mut document = Document::new(&article);
        document.adopt(
            &article,
            &findings,
            &Run::new("bench", &findings.model),
            Time::new("2026-03-04T05:06:07Z"),
        );
        Case { article, document }
    }
}

/// A sentence with a source, repeated with other numbers.
fn article(pairs: usize, bytes: usize) -> (Article, Findings) {
    let mut text = String::new();
    let mut findings = Findings {
        model: "bench 1".to_owned(),
        ..Findings::default()
    };
    for number in 0..pairs {
        let start = text.len();
        text.push_str(&format!("Mayor Lena Voss number {number}"));
        let source = Mark::whole(Span::new(start, text.len())).expect("words");
        text.push_str(" said ");
        let content = text.len();
        text.push_str(&format!(
            "the town had built {number} houses in the year {}",
            1000 + number
        ));
        let mark = Mark::whole(Span::new(content, text.len())).expect("words");
        text.push_str(". ");
        findings.sentences.push(Span::new(start, text.len() - 1));
        let filler = text.len();
        while text.len() < (number + 1) * bytes {
            text.push_str("Nothing much else was said about it on that day. ");
        }
        if text.len() > filler {
            findings.sentences.push(Span::new(filler, text.len() - 1));
        }
        text.push_str("\n\n");
        findings.attributions.push(Attribution {
            source: Some(source.clone()),
            cue: None,
            content: mark.clone(),
            voice: Voice::Indirect,
            score: 0.9,
        });
        findings.claims.push(Claim {
            mark,
            attribution: Some(number),
            voice: Voice::Indirect,
            kinds: vec![Kind::Quantity],
            checkable: 0.9,
            keep: 0.0,
            stand_alone: None,
            priority: 0.5,
            why: "a number".to_owned(),
        });
        findings.sources.push(SourceMention {
            mark: source,
            entity: number,
            name: format!("Lena Voss {number}"),
            source_type: SourceType::NamedPerson,
            role: None,
            score: 0.9,
            why: "a name".to_owned(),
        });
    }
    (Article::new("town.txt", &text, Media::Plain), findings)
}

/// What takes keys and draws.
trait Program {
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
struct Desk {
    app: App,
    terminal: Sink,
}

impl Desk {
    fn open(case: &Case, size: (u16, u16)) -> Desk {
        let options = AppOptions {
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
        };
        let mut app = App::new(options, size);
        let opened = Event::Opened(Box::new(Opened {
            path: PathBuf::from("town.txt"),
            article: case.article.clone(),
            document: case.document.clone(),
            notices: Vec::new(),
            read_only: None,
            done: Vec::new(),
            undone: Vec::new(),
            contexts: Default::default(),
        }));
        app.update(opened, &moment());
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

/// The plain program: what the desk has on the screen, without what it knows.
struct Floor {
    lines: Vec<String>,
    claims: Vec<String>,
    decided: Vec<bool>,
    top: usize,
    list: ListState,
    size: (u16, u16),
    terminal: Sink,
}

impl Floor {
    fn open(case: &Case, size: (u16, u16)) -> Floor {
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
fn cut(line: &str, columns: usize) -> Vec<String> {
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

/// Both programs with the same keys, taking turns: the median microseconds of a key in each.
fn side_by_side(desk: &mut Desk, floor: &mut Floor, keys: &str) -> (f64, f64) {
    // One round of each before any counts.
    desk.press_all(keys);
    floor.press_all(keys);
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        here.push(desk.press_all(keys));
        there.push(floor.press_all(keys));
    }
    (median(here), median(there))
}

fn terminal(size: (u16, u16)) -> Sink {
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.0, size.1));
    Terminal::with_options(CrosstermBackend::new(sink()), TerminalOptions { viewport })
        .expect("a sink takes everything")
}

fn moment() -> Moment {
    Moment {
        day: None,
        now: Time::new("2026-03-04T05:06:07Z"),
        fresh: 7,
        seconds: None,
    }
}

/// How a character is written as a key.
fn written(key: char) -> String {
    match key {
        ' ' => "Space".to_owned(),
        key => key.to_string(),
    }
}

fn keys_told(keys: &str) -> String {
    let keys: Vec<String> = keys.chars().map(written).collect();
    keys.join(" ")
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(0.0)
}

/// Microseconds of this thread's processor time that something took.
fn cost_of(work: impl FnOnce()) -> f64 {
    let before = processor_time();
    work();
    processor_time() - before
}

#[cfg(unix)]
fn processor_time() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}

#[cfg(not(unix))]
fn processor_time() -> f64 {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1e6
}
