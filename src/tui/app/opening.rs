//! Articles come and go: opening, what the detector found, leaving.

use std::path::Path;
use std::sync::Arc;

use super::mode::Mode;
use super::open_review::{OpenReview, SaveState};
use super::recording::key_of;
use super::{App, Screen};
use crate::annotations::Rank;
use crate::detect::{CUT, Findings, Run};
use crate::review::{Moment, Notice, Session};
use crate::tui::event::{LetGo, Opened, Request};

impl App {
    /// Asks for an article to be opened for review.
    pub(super) fn open(&mut self, path: &Path) -> Vec<Request> {
        self.opening = Some(path.to_owned());
        vec![Request::Open(path.to_owned())]
    }

    pub(super) fn opened(&mut self, opened: Opened) -> Vec<Request> {
        let Opened {
            path,
            article,
            mut document,
            notices,
            read_only,
            done,
            undone,
            contexts,
        } = opened;
        self.opening = None;
        document.set_rank(Rank::of_house(&self.options.rank));
        self.history.load_earlier(&key_of(&path), done, undone);
        let (reviewer, tool) = (self.options.reviewer.clone(), self.options.tool.clone());
        let session = Session::new(article, document, Vec::new(), reviewer, tool);
        let saved = read_only.map_or(SaveState::Saved, SaveState::ReadOnly);
        let mut review = OpenReview::new(path, session, self.options.theme.signs, saved);
        review.contexts = contexts;
        if let Some(notice) = notices.first() {
            let more = match notices.len() {
                1 => String::new(),
                many => format!(" (+{} more: :notices)", many - 1),
            };
            self.say(format!("{notice}{more}"));
        }
        review.notices.clone_from(&notices);
        self.queue.select(&review.path);
        let left = self.review.replace(review).or(self.leaving.take());
        self.fit();
        if let Some(review) = &mut self.review {
            review.follow();
        }
        self.screen = Screen::Review;
        // The tour of the first start is read before the article, and hides nothing that asks.
        let told = match &mut self.mode {
            Mode::Tell { lines, .. } => std::mem::take(lines),
            _ => Vec::new(),
        };
        if !matches!(self.mode, Mode::Tour { .. }) {
            self.mode = match told.is_empty() {
                true => Mode::Normal,
                false => Mode::tell(told.clone()),
            };
        }
        if let Some(SaveState::ReadOnly(reason)) = self.review.as_ref().map(|review| &review.saved)
        {
            let mut lines = vec![format!("Read-only: {reason}.")];
            lines.push("Nothing you do here is kept; the files stay as they are.".to_owned());
            lines.extend(notices);
            lines.extend(told);
            self.mode = Mode::tell(lines);
        }
        let gone = left.map(|left| Request::LetGo(LetGo::of(left)));
        let turned = match self.turn_when_open.take() {
            Some((turn, act)) => self.turn_here(turn, act),
            None => Vec::new(),
        };
        gone.into_iter().chain(turned).collect()
    }

    pub(super) fn not_opened(&mut self, path: &Path, reason: String) -> Vec<Request> {
        self.opening = None;
        if let Some((turn, _)) = self.turn_when_open.take() {
            self.history.put_back(turn, &[key_of(path)]);
        }
        self.refuse(reason);
        if self
            .review
            .as_ref()
            .is_none_or(|review| review.path == path)
        {
            self.review = None;
            self.screen = Screen::Queue;
            self.queue.arrange();
        }
        Vec::new()
    }

    pub(super) fn detected(
        &mut self,
        path: &Path,
        text: &[u8; 32],
        findings: Arc<Findings>,
        moment: &Moment,
    ) -> Vec<Request> {
        // One of an earlier text, or a second one of an article that was opened again, is late.
        let waits = |review: &&mut OpenReview| {
            let is_it = review.path == path && review.session.article().text_sha256() == text;
            is_it && review.detecting && review.taking.is_none()
        };
        let Some(review) = self.review.as_mut().filter(waits) else {
            return Vec::new();
        };
        if findings.cut {
            self.message = Some(Notice::Info(CUT.to_owned()));
        }
        review.session.set_sentences(findings.sentences.clone());
        let run = Run::new(&self.options.tool, &findings.model);
        match self.take_run(findings, run, moment) {
            Some(request) => vec![request],
            None => self.has_read(moment),
        }
    }

    /// The detector broke off: what is there is all there will be.
    pub(super) fn not_detected(
        &mut self,
        path: &Path,
        reason: String,
        moment: &Moment,
    ) -> Vec<Request> {
        let Some(review) = self.review.as_mut().filter(|review| review.path == path) else {
            return Vec::new();
        };
        if !review.detecting && review.taking.is_some() {
            // What another detector found is with the run that broke off.
            review.heard.pop_front();
        }
        let requests = self.has_read(moment);
        self.refuse(reason);
        requests
    }

    /// Leaves the article for the queue.
    pub(super) fn close_review(&mut self) -> Vec<Request> {
        if self.queue.listed() < 2 {
            return vec![Request::Quit];
        }
        self.leaving = self.review.take();
        self.screen = Screen::Queue;
        self.queue.arrange();
        self.mode = Mode::Normal;
        vec![Request::Close]
    }
}
