//! A desk without terminal, disk or clock: real state and screens, key strings in, pictures
//! out. Requests are answered as the runtime would, from memory.

mod answers;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use proofmark::annotations::{Document, Edit, QueueRow, Time};
use proofmark::ingest;
use proofmark::review::{Act, Moment, Session};
use proofmark::text::Article;
use proofmark::tui::app::{App, AppOptions, practice};
use proofmark::tui::command::{Key, Keymap};
use proofmark::tui::event::{Event, Listed, RunToTake};
use proofmark::tui::widget::Theme;
use proofmark::tui::widget::picture;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::story;

/// An article that the detector breaks off on.
pub(crate) const BROKEN: &str = "broken.txt";

/// The article of the tutor, which comes with findings of its own.
const PRACTICE: &str = "practice.md";

/// How the desk is started.
#[derive(Clone, Copy, PartialEq)]
enum Start {
    Usual,
    Housed,
    First,
    Practice,
}

/// A desk with articles in memory.
pub(crate) struct World {
    app: App,
    terminal: Terminal<TestBackend>,
    theme: Theme,
    articles: Vec<(PathBuf, Article)>,
    documents: HashMap<PathBuf, Document>,
    open: Option<PathBuf>,
    moments: u64,
    /// How often a change was asked to be written, whatever became of it.
    pub(crate) changes: usize,
    /// Every edit that was asked to be journalled.
    pub(crate) journal: Vec<Edit>,
    /// Acts on each article that were asked to be kept for undo: done, and undone.
    logs: HashMap<PathBuf, (Vec<Act>, Vec<Act>)>,
    /// Articles that are not open and of which the files cannot be written.
    pub(crate) locked: Vec<PathBuf>,
    /// Articles of which the rows were asked to be made anew.
    pub(crate) looks: usize,
    /// Whether the next journal write fails.
    pub(crate) disk_full: bool,
    /// Files of which the decisions were asked to be taken up.
    pub(crate) taken_up: Vec<PathBuf>,
    /// What was asked of the world outside: `copy WORDS`, `browse ADDRESS`.
    pub(crate) outside: Vec<String>,
    /// Whether runs are put in only when [`World::take_runs`] says so.
    pub(crate) holds_runs: bool,
    /// Runs that wait for that.
    runs: Vec<RunToTake>,
    /// Whether the desk asked to quit.
    pub(crate) quit: bool,
}

fn options(article: Option<PathBuf>, keymap: Keymap, theme: Theme, start: Start) -> AppOptions {
    AppOptions {
        article,
        folder: PathBuf::from("desk"),
        title: "desk".to_owned(),
        reviewer: "ana@example.org".to_owned(),
        tool: "proofmark test".to_owned(),
        verdicts: ["true", "mixed", "false"].map(str::to_owned).to_vec(),
        sites: proofmark::config::Config::default().sites,
        fetch: Default::default(),
        detectors: match start {
            Start::Housed => vec!["house".to_owned()],
            _ => Vec::new(),
        },
        rank: Vec::new(),
        publisher: Default::default(),
        keymap,
        theme,
        tour: start == Start::First,
        tutor: start == Start::Practice,
        house: Vec::new(),
        choice: proofmark::config::Theme::Auto,
        colours: Default::default(),
        problems: Vec::new(),
    }
}

impl World {
    /// One article on a screen of that size.
    pub(crate) fn article(columns: u16, rows: u16) -> World {
        World::new(
            columns,
            rows,
            &[("story.txt", story::TEXT)],
            true,
            Theme::default(),
        )
    }

    /// One article, on a desk that was never started before.
    pub(crate) fn first_start(columns: u16, rows: u16) -> World {
        let (articles, theme) = ([("story.txt", story::TEXT)], Theme::default());
        World::with_keys(
            (columns, rows),
            &articles,
            true,
            theme,
            Keymap::default(),
            Start::First,
        )
    }

    /// One article, on a desk with a detector of its own called `house`.
    pub(crate) fn housed(columns: u16, rows: u16) -> World {
        let (articles, theme) = ([("story.txt", story::TEXT)], Theme::default());
        World::with_keys(
            (columns, rows),
            &articles,
            true,
            theme,
            Keymap::default(),
            Start::Housed,
        )
    }

    /// The article of the tutor, as the detector reads it.
    pub(crate) fn practice(columns: u16, rows: u16) -> World {
        let articles = [(PRACTICE, practice::TEXT)];
        let (theme, keys) = (Theme::default(), Keymap::default());
        World::with_keys(
            (columns, rows),
            &articles,
            true,
            theme,
            keys,
            Start::Practice,
        )
    }

    /// One article with claims below the fold.
    pub(crate) fn folded(columns: u16, rows: u16) -> World {
        let text = format!("{}\n", story::TEXT);
        let articles = [("story.txt", text.as_str())];
        World::new(columns, rows, &articles, true, Theme::default())
    }

    /// Three articles in the queue.
    pub(crate) fn queue(columns: u16, rows: u16) -> World {
        let articles = [
            ("bridge.txt", story::TEXT),
            ("ferry.txt", story::OTHER),
            ("well.md", "# Nothing\n"),
        ];
        World::new(columns, rows, &articles, false, Theme::default())
    }

    /// An article longer than any screen here: numbered paragraphs.
    pub(crate) fn long(columns: u16, rows: u16) -> World {
        let text: String = (1..=90)
            .map(|n| format!("Paragraph {n} says that the bridge stays closed.\n\n"))
            .collect();
        World::new(
            columns,
            rows,
            &[("long.txt", &text)],
            true,
            Theme::default(),
        )
    }

    /// One article on 80×24, with bindings of the house.
    pub(crate) fn house(bindings: &[(&str, &[&str])]) -> World {
        let own = |keys: &&[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        let bindings: Vec<(&str, Vec<String>)> = bindings
            .iter()
            .map(|(name, keys)| (*name, own(keys)))
            .collect();
        let rows = bindings.iter().map(|(name, keys)| (*name, keys.as_slice()));
        let (keymap, bad) = Keymap::with_house(rows);
        assert_eq!(bad, []);
        let articles = [("story.txt", story::TEXT)];
        World::with_keys(
            (80, 24),
            &articles,
            true,
            Theme::default(),
            keymap,
            Start::Usual,
        )
    }

    /// A desk with these articles and that look.
    pub(crate) fn new(
        columns: u16,
        rows: u16,
        articles: &[(&str, &str)],
        open_first: bool,
        theme: Theme,
    ) -> World {
        World::with_keys(
            (columns, rows),
            articles,
            open_first,
            theme,
            Keymap::default(),
            Start::Usual,
        )
    }

    fn with_keys(
        (columns, rows): (u16, u16),
        articles: &[(&str, &str)],
        open_first: bool,
        theme: Theme,
        keymap: Keymap,
        start: Start,
    ) -> World {
        let article = |(name, text): &(&str, &str)| {
            let article = ingest::read(name, text.as_bytes()).expect("an article");
            (PathBuf::from(*name), article)
        };
        let articles: Vec<(PathBuf, Article)> = articles.iter().map(article).collect();
        let article = open_first.then(|| articles[0].0.clone());
        let options = options(article, keymap, theme, start);
        let terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test backend");
        let mut world = World {
            app: App::new(options, (columns, rows)),
            terminal,
            theme,
            articles,
            documents: HashMap::new(),
            open: None,
            moments: 0,
            changes: 0,
            journal: Vec::new(),
            logs: HashMap::new(),
            locked: Vec::new(),
            looks: 0,
            disk_full: false,
            taken_up: Vec::new(),
            outside: Vec::new(),
            holds_runs: false,
            runs: Vec::new(),
            quit: false,
        };
        world.start();
        world
    }

    /// Three articles in the queue, listed and not read yet.
    pub(crate) fn unread_queue(columns: u16, rows: u16) -> World {
        let mut world = World::queue(columns, rows);
        let options = options(None, Keymap::default(), world.theme, Start::Usual);
        world.app = App::new(options, (columns, rows));
        let listed = world.listed();
        world.tell(Event::Listed(listed));
        world.tell(Event::ListingDone);
        world
    }

    /// The same desk in a later run, after every sidecar was taken away.
    pub(crate) fn without_sidecars(mut self) -> World {
        self.documents.clear();
        self.restarted()
    }

    /// The same desk in a later run: what is on disk is there, and nothing else.
    pub(crate) fn restarted(mut self) -> World {
        let area = self.terminal.backend().buffer().area;
        let options = options(None, Keymap::default(), self.theme, Start::Usual);
        self.app = App::new(options, (area.width, area.height));
        self.open = None;
        self.start();
        self
    }

    fn start(&mut self) {
        let listed = self.listed();
        let requests = self.app.start();
        self.carry_out(requests);
        self.tell(Event::Listed(listed));
        self.tell(Event::ListingDone);
        for at in 0..self.articles.len() {
            self.look(at);
        }
    }

    fn listed(&self) -> Vec<Listed> {
        let listed = |(path, _): &(PathBuf, Article)| Listed {
            path: path.as_path().into(),
            name: path.display().to_string(),
            trouble: None,
        };
        self.articles.iter().map(listed).collect()
    }

    /// Makes the row of an article, counted as it was listed.
    pub(crate) fn look(&mut self, at: usize) {
        let (path, article) = self.articles[at].clone();
        let document = self.document(&path);
        let row = QueueRow::of(&document, "ana@example.org").with_text(article.text());
        self.tell(Event::Looked(at, Box::new(row)));
    }

    /// Puts an article into the folder.
    pub(crate) fn put(&mut self, name: &str, text: &str) {
        let article = ingest::read(name, text.as_bytes()).expect("an article");
        self.articles.push((PathBuf::from(name), article));
    }

    /// Tells what stands in the folder, without these.
    pub(crate) fn walk(&mut self, gone: &[&str]) {
        let mut listed = self.listed();
        listed.retain(|listed| !gone.contains(&listed.name.as_str()));
        self.tell(Event::Walked(listed));
        self.tell(Event::WalkDone);
    }

    /// Puts in the runs that wait now; how many that were.
    pub(crate) fn take_runs(&mut self) -> usize {
        let runs = std::mem::take(&mut self.runs);
        let many = runs.len();
        for run in runs {
            self.tell(Event::RunTaken(Box::new(run.taken())));
        }
        many
    }

    /// What is on disk of an article.
    pub(crate) fn of(&mut self, name: &str) -> Document {
        self.document(Path::new(name))
    }

    fn moment(&mut self) -> Moment {
        self.moments += 1;
        Moment {
            day: None,
            now: Time::new(format!("2026-03-04T05:06:{:02}Z", self.moments % 60)),
            fresh: self.moments,
            seconds: Some(1.5),
        }
    }

    fn tell(&mut self, event: Event) {
        let moment = self.moment();
        let event = self.app.aimed(event);
        let requests = self.app.update(event, &moment);
        self.carry_out(requests);
    }

    /// Presses keys: characters, `<Enter>`-like names, `<lt>` for `<`.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut World {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let word = match rest
                .strip_prefix('<')
                .and_then(|after| after.split_once('>'))
            {
                Some((name, after)) => {
                    rest = after;
                    if name == "lt" { "<" } else { name }
                }
                None => {
                    let (one, after) = rest.split_at(first.len_utf8());
                    rest = after;
                    if one == " " { "Space" } else { one }
                }
            };
            let key = Key::parse(word).unwrap_or_else(|| panic!("no key: {word}"));
            self.tell(Event::Key(key));
        }
        self
    }

    /// Whether the desk says that a key would change something.
    pub(crate) fn would_change(&self, key: &str) -> bool {
        self.app.would_change(Key::parse(key).expect("a key"))
    }

    /// Lets an event happen.
    pub(crate) fn event(&mut self, event: Event) -> &mut World {
        if let Event::Resize(columns, rows) = event {
            self.terminal.backend_mut().resize(columns, rows);
        }
        self.tell(event);
        self
    }

    /// The screen, with the role of every cell beneath.
    pub(crate) fn picture(&mut self) -> String {
        let theme = self.theme;
        self.terminal
            .draw(|frame| self.app.draw(frame))
            .expect("drawing in memory");
        picture(self.terminal.backend().buffer(), theme)
    }

    /// The cells of the screen.
    pub(crate) fn cells(&mut self) -> &Buffer {
        self.terminal
            .draw(|frame| self.app.draw(frame))
            .expect("drawing in memory");
        self.terminal.backend().buffer()
    }

    /// The screen's words alone.
    pub(crate) fn screen(&mut self) -> String {
        self.terminal
            .draw(|frame| self.app.draw(frame))
            .expect("drawing in memory");
        let buffer = self.terminal.backend().buffer();
        let row = |y: u16| -> String {
            (0..buffer.area.width)
                .map(|x| buffer[(x, y)].symbol())
                .collect::<String>()
                .trim_end()
                .to_owned()
        };
        (0..buffer.area.height)
            .map(row)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The open article's document as it would be on disk: made anew from the journal.
    pub(crate) fn on_disk(&self) -> Document {
        let path = self.open.as_ref().expect("an article is open");
        self.documents[path].clone()
    }

    /// The review on the screen.
    pub(crate) fn session(&self) -> &Session {
        self.app.session().expect("an article is open")
    }

    /// Whether an article is on the screen.
    pub(crate) fn has_review(&self) -> bool {
        self.app.session().is_some()
    }
}
