//! A desk without terminal, disk or clock: real state and screens, key strings in, pictures
//! out. Requests are answered as the runtime would, from memory.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proofmark::annotations::{Document, Edit, QueueRow, Time};
use proofmark::detect::{Findings, Run, compiled_in};
use proofmark::ingest;
use proofmark::review::{Act, Effect, Moment, Session};
use proofmark::text::Article;
use proofmark::tui::app::{App, AppOptions};
use proofmark::tui::command::{Key, Keymap};
use proofmark::tui::event::{Event, Listed, Opened, Request, Saved, TakenUp};
use proofmark::tui::widget::Theme;
use proofmark::tui::widget::picture;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::story;

/// An article that the detector breaks off on.
pub(crate) const BROKEN: &str = "broken.txt";

/// The article of the tutor, the one that the detector itself reads here.
const PRACTICE: &str = "practice.md";

/// How the desk is started.
#[derive(Clone, Copy, PartialEq)]
enum Start {
    Usual,
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
    /// Whether the next journal write fails.
    pub(crate) disk_full: bool,
    /// Files of which the decisions were asked to be taken up.
    pub(crate) taken_up: Vec<PathBuf>,
    /// What was asked of the world outside: `copy WORDS`, `browse ADDRESS`.
    pub(crate) outside: Vec<String>,
    /// Whether the desk asked to quit.
    pub(crate) quit: bool,
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

    /// The article of the tutor, as the detector reads it.
    pub(crate) fn practice(columns: u16, rows: u16) -> World {
        let articles = [(PRACTICE, include_str!("../../../src/cli/tutor.md"))];
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
        let options = AppOptions {
            article: open_first.then(|| articles[0].0.clone()),
            title: "desk".to_owned(),
            reviewer: "ana@example.org".to_owned(),
            tool: "proofmark test".to_owned(),
            verdicts: ["true", "mixed", "false"].map(str::to_owned).to_vec(),
            sites: proofmark::config::Config::default().sites,
            keymap,
            theme,
            tour: start == Start::First,
            tutor: start == Start::Practice,
            paints: false,
        };
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
            disk_full: false,
            taken_up: Vec::new(),
            outside: Vec::new(),
            quit: false,
        };
        world.start();
        world
    }

    fn start(&mut self) {
        let listed = |(path, _): &(PathBuf, Article)| Listed {
            path: path.clone(),
            name: path.display().to_string(),
            trouble: None,
        };
        let listed: Vec<Listed> = self.articles.iter().map(listed).collect();
        let requests = self.app.start();
        self.carry_out(requests);
        self.tell(Event::Listed(listed));
        self.tell(Event::ListingDone);
        for at in 0..self.articles.len() {
            self.look(at);
        }
    }

    fn look(&mut self, at: usize) {
        let path = self.articles[at].0.clone();
        let document = self.document(&path);
        let row = QueueRow::of(&document, "ana@example.org");
        self.tell(Event::Looked(at, Box::new(row)));
    }

    fn moment(&mut self) -> Moment {
        self.moments += 1;
        Moment {
            now: Time::new(format!("2026-03-04T05:06:{:02}Z", self.moments % 60)),
            fresh: self.moments,
            seconds: Some(1.5),
        }
    }

    fn tell(&mut self, event: Event) {
        let moment = self.moment();
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

    fn document(&mut self, path: &Path) -> Document {
        if let Some(document) = self.documents.get(path) {
            return document.clone();
        }
        let article = self
            .articles
            .iter()
            .find(|(known, _)| known == path)
            .expect("an article");
        let mut document = Document::new(&article.1);
        let findings = findings(&article.1);
        document.adopt(
            &article.1,
            &findings,
            &Run::new("proofmark test", &findings.model),
            Time::new("2026-03-04T05:00:00Z"),
        );
        self.documents.insert(path.to_owned(), document.clone());
        document
    }

    fn carry_out(&mut self, requests: Vec<Request>) {
        for request in requests {
            self.changes += usize::from(matches!(
                request,
                Request::Journal(_) | Request::ActClosed(..) | Request::EditClosed(..)
            ));
            match request {
                Request::Open(path) => self.open(path),
                Request::Close => self.open = None,
                Request::Journal(edit) => self.journal(*edit),
                Request::ActClosed(path, action) => {
                    let document = self.document(&path);
                    let at = self
                        .articles
                        .iter()
                        .position(|(p, _)| *p == path)
                        .expect("listed");
                    let article = self.articles[at].1.clone();
                    let mut session = Session::new(
                        article,
                        document,
                        Vec::new(),
                        "ana@example.org".into(),
                        "t".into(),
                    );
                    let moment = self.moment();
                    let effects: Vec<Effect> = session.apply(action, &moment);
                    self.documents
                        .insert(path.clone(), session.document().clone());
                    self.tell(Event::ActedClosed(path, effects));
                    self.look(at);
                }
                Request::EditClosed(path, act) => {
                    let at = self
                        .articles
                        .iter()
                        .position(|(p, _)| *p == path)
                        .expect("listed");
                    let mut document = self.document(&path);
                    document.apply(act.edit).expect("an edit that fits");
                    self.documents.insert(path, document);
                    self.look(at);
                }
                Request::TakeUp(path, strays) => {
                    self.taken_up.extend(strays);
                    self.open = None;
                    self.open(path);
                    self.tell(Event::TakenUp(TakenUp::Yes(vec!["moved".to_owned()])));
                }
                Request::Copy(words) => self.outside.push(format!("copy {words}")),
                Request::Browse(address) => self.outside.push(format!("browse {address}")),
                Request::Quit => self.quit = true,
                Request::Earlier(path) => {
                    self.tell(Event::Earlier(path, Vec::new(), Vec::new()));
                }
                Request::LogAct(..)
                | Request::LogUndo(_)
                | Request::LogRedo(_)
                | Request::Save
                | Request::Editor(_)
                | Request::Suspend => {}
            }
        }
    }

    fn journal(&mut self, edit: Edit) {
        if std::mem::take(&mut self.disk_full) {
            self.tell(Event::Saved(Saved::No(
                "no space left on the disk".to_owned(),
            )));
            return;
        }
        let path = self.open.clone().expect("an article is open");
        let mut document = self.document(&path);
        document.apply(edit.clone()).expect("an edit that fits");
        self.documents.insert(path, document);
        self.journal.push(edit);
        self.tell(Event::Saved(Saved::Yes));
    }

    fn open(&mut self, path: PathBuf) {
        let article = self
            .articles
            .iter()
            .find(|(known, _)| *known == path)
            .expect("an article");
        let article = article.1.clone();
        let findings = findings(&article);
        let document = self.document(&path);
        self.open = Some(path.clone());
        self.tell(Event::Opened(Box::new(Opened {
            path: path.clone(),
            article,
            document,
            notices: Vec::new(),
            read_only: None,
            done: Vec::<Act>::new(),
            undone: Vec::new(),
            contexts: Default::default(),
        })));
        if path.ends_with(BROKEN) {
            let reason = "reading it failed".to_owned();
            return self.tell(Event::NotDetected { path, reason });
        }
        self.tell(Event::Detected {
            path,
            findings: Arc::new(findings),
        });
    }
}

/// What the detector would find: by hand, so that screens stay as they are when it learns; but
/// what the tutor says must be true of what it finds.
fn findings(article: &Article) -> Findings {
    if article.name() == PRACTICE {
        return compiled_in("proofmark test").detect(article);
    }
    story::findings(article)
}
