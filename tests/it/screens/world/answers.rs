//! What the runtime would do for the desk: requests answered from memory.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proofmark::annotations::{Document, Edit, Time};
use proofmark::config::Proposal;
use proofmark::detect::{Detect, Findings, Run};
use proofmark::exchange::Withheld;
use proofmark::review::{Act, Effect, Session, Turn};
use proofmark::text::Article;
use proofmark::tui::app::practice::Prepared;
use proofmark::tui::event::{Event, Export, Exported, Opened, Request, Saved, TakenUp};

use super::super::story;
use super::{BROKEN, PRACTICE, World};

impl World {
    pub(super) fn document(&mut self, path: &Path) -> Document {
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

    pub(super) fn carry_out(&mut self, requests: Vec<Request>) {
        for request in requests {
            self.changes += usize::from(matches!(
                request,
                Request::Journal(_) | Request::ActClosed(..) | Request::EditClosed(..)
            ));
            match request {
                Request::Open(path) => self.open(path),
                Request::Close => {
                    let left = self.open.take();
                    let is_it = |(path, _): &(PathBuf, Article)| Some(path) == left.as_ref();
                    if let Some(at) = self.articles.iter().position(is_it) {
                        self.look(at);
                    }
                }
                Request::Journal(edit) => self.journal(*edit),
                Request::ActClosed(path, _) if self.locked.contains(&path) => {
                    let why = format!("{}: read-only", path.display());
                    self.tell(Event::ActedClosed(path, Err(why)));
                }
                Request::EditClosed(path, _) if self.locked.contains(&path) => {
                    let why = format!("{}: read-only", path.display());
                    self.tell(Event::EditedClosed(path, Err(why)));
                }
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
                    self.tell(Event::ActedClosed(path, Ok(effects)));
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
                    self.documents.insert(path.clone(), document);
                    self.tell(Event::EditedClosed(path, Ok(())));
                    self.look(at);
                }
                Request::TakeUp(path, strays) => {
                    self.taken_up.extend(strays);
                    self.open = None;
                    self.open(path);
                    self.tell(Event::TakenUp(TakenUp::Yes(vec!["moved".to_owned()])));
                }
                Request::TakeIn(_, words, is_in) => {
                    self.outside.push(format!("take in {is_in}: {words}"));
                }
                Request::Propose(change) => {
                    let proposal = Proposal {
                        path: PathBuf::from("config.toml"),
                        removed: Vec::new(),
                        added: change.lines(),
                    };
                    self.tell(Event::Proposed(change, Ok(proposal)));
                }
                Request::Configure(change) => {
                    self.outside.push(change.lines().join("\n"));
                    self.tell(Event::Configured(Ok(PathBuf::from("config.toml"))));
                }
                Request::Copy(words) => self.outside.push(format!("copy {words}")),
                Request::Browse(address) => self.outside.push(format!("browse {address}")),
                Request::Allow(detector, host) => {
                    self.outside.push(format!("allow {detector} {host}"));
                }
                Request::Export(export) => self.export(&export),
                Request::Add(pasted) => {
                    let told = format!("add to {}: {}", pasted.folder.display(), pasted.text);
                    self.outside.push(told);
                    self.tell(Event::Added(Ok(pasted.folder.join("2026-03-04-new.txt"))));
                }
                Request::Quit => self.quit = true,
                Request::Earlier(path, turn) => {
                    let acts = self.logs.get(&path).cloned().unwrap_or_default();
                    self.tell(Event::Earlier(path, acts, turn));
                }
                Request::Look(articles) => {
                    for (at, _) in articles {
                        self.looks += 1;
                        self.look(at);
                    }
                }
                Request::TakeRun(run) if self.holds_runs => self.runs.push(*run),
                Request::TakeRun(run) => self.tell(Event::RunTaken(Box::new(run.taken()))),
                Request::Walk => self.walk(&[]),
                Request::LogAct(path, act) => {
                    let (done, undone) = self.logs.entry(path).or_default();
                    done.push(*act);
                    undone.clear();
                }
                Request::LogTurn(path, turn) => {
                    let (done, undone) = self.logs.entry(path).or_default();
                    match turn {
                        Turn::Undo => undone.extend(done.pop()),
                        Turn::Redo => done.extend(undone.pop()),
                    }
                }
                Request::Save | Request::Editor(_) | Request::Suspend | Request::LetGo(_) => {}
            }
        }
    }

    fn export(&mut self, export: &Export) {
        let names: Vec<&str> = export
            .articles
            .iter()
            .map(|(_, name)| name.as_str())
            .collect();
        let (format, file) = (export.format, export.file.display().to_string());
        self.outside
            .push(format!("export {format} of {} to {file}", names.join(" ")));
        let went = match file.as_str() {
            "taken.csv" => Err("taken.csv: not written over".to_owned()),
            file => Ok(Exported {
                place: file.into(),
                replaced: file == "again.csv",
                claims: names.len() + 1,
                articles: names.len(),
                withheld: match file {
                    "lossy.csv" => Withheld {
                        claims: 1,
                        sources: 2,
                        verdicts: 0,
                    },
                    _ => Withheld::default(),
                },
                missing: Vec::new(),
            }),
        };
        self.tell(Event::Exported(went));
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
        let (text, findings) = (*article.text_sha256(), findings(&article));
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
            text,
            findings: Arc::new(findings),
        });
    }
}

/// What the detector would find: by hand, so that screens stay as they are when it learns.
fn findings(article: &Article) -> Findings {
    if article.name() == PRACTICE {
        return Prepared::new("proofmark test").detect(article);
    }
    story::findings(article)
}
