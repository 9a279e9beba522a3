//! The detectors of the house that are programs of their own: what they found in the open article, what
//! they are doing, and what they may.
//!
//! Nothing here waits for one. What it found is taken up beside what the detector compiled in found, and
//! never before it, so that the claims have the numbers they have without it.

use std::path::Path;
use std::sync::Arc;

use super::mode::Mode;
use super::{App, OpenReview};
use crate::annotations::{Document, Rank};
use crate::config::Change;
use crate::detect::{Findings, Run};
use crate::outside::{Heard, NotHeard};
use crate::review::{Effect, List, Look, Moment, Notice, Session};
use crate::tui::event::{LetGo, Request, RunTaken, RunToTake};

/// A detector of the house, as far as the desk knows it.
#[derive(Debug)]
pub(super) struct Housed {
    /// What the house calls it.
    name: String,
    /// What it is doing, or did last.
    doing: String,
    /// The host that it waits to be allowed to send texts to.
    waits_for: Option<String>,
    /// What was said of it last; the same is not said again.
    said: Option<String>,
}

impl Housed {
    /// One that was asked nothing yet.
    pub(super) fn new(name: &str) -> Housed {
        Housed {
            name: name.to_owned(),
            doing: "not asked yet".to_owned(),
            waits_for: None,
            said: None,
        }
    }
}

impl App {
    /// A detector tells how far it is.
    pub(super) fn asked(&mut self, detector: &str, told: String) {
        if let Some(housed) = self.housed(detector) {
            housed.doing = format!("reading: {told}");
        }
    }

    /// What a detector found in the open article, or why it found nothing.
    pub(super) fn heard(
        &mut self,
        path: &Path,
        detector: &str,
        heard: Result<Box<Heard>, NotHeard>,
        moment: &Moment,
    ) -> Vec<Request> {
        let Some(review) = self.review.as_mut().filter(|review| review.path == path) else {
            return Vec::new();
        };
        match heard {
            Ok(heard) => {
                review.heard.push_back(*heard);
                self.take_next(moment)
            }
            Err(error) => {
                self.not_heard(detector, &error);
                Vec::new()
            }
        }
    }

    /// The detector compiled in has read the article, and what it found is shown.
    pub(super) fn has_read(&mut self, moment: &Moment) -> Vec<Request> {
        if let Some(review) = &mut self.review {
            review.detecting = false;
            review.taking = None;
        }
        self.take_next(moment)
    }

    /// Takes up what the next detector found, once the one compiled in is done.
    fn take_next(&mut self, moment: &Moment) -> Vec<Request> {
        while let Some(review) = &mut self.review
            && !review.detecting
            && review.taking.is_none()
            && let Some(next) = review.heard.front_mut()
        {
            let findings = Arc::new(std::mem::take(&mut next.findings));
            let run = next.run.clone();
            if let Some(request) = self.take_run(findings, run, moment) {
                return vec![request];
            }
            if let Some(review) = &mut self.review {
                review.heard.pop_front();
            }
        }
        Vec::new()
    }

    /// Asks for a run to be put into the open review; `None`: it is there.
    pub(super) fn take_run(
        &mut self,
        findings: Arc<Findings>,
        run: Run,
        moment: &Moment,
    ) -> Option<Request> {
        let review = self.review.as_mut()?;
        let key = Document::run_key(review.session.article(), &run);
        if review.session.document().has_run(&key) {
            return None;
        }
        review.taking = Some(Arc::clone(&findings));
        Some(Request::TakeRun(Box::new(RunToTake {
            path: review.path.clone(),
            session: review.session.clone(),
            findings,
            run,
            at: moment.now.clone(),
        })))
    }

    /// A run was put into a copy of the review: shows it, or asks for it anew where something was
    /// decided meanwhile.
    pub(super) fn run_taken(&mut self, taken: RunTaken, moment: &Moment) -> Vec<Request> {
        let is_asked_for = |review: &&mut OpenReview| {
            let asked = review.taking.as_ref();
            review.path == taken.from.path
                && asked.is_some_and(|asked| Arc::ptr_eq(asked, &taken.from.findings))
        };
        let Some(review) = self.review.as_mut().filter(is_asked_for) else {
            return vec![Request::LetGo(LetGo::of(taken))];
        };
        let is_fresh = review.session.selected().is_none();
        let (before, findings) = (
            claims_in(&taken.from.session),
            Arc::clone(&taken.from.findings),
        );
        let gone = match review.take_over(Box::new(taken)) {
            Ok(gone) => gone,
            Err(taken) => {
                let (findings, run) = (findings, taken.from.run.clone());
                let again = self.take_run(findings, run, moment);
                let mut requests = vec![Request::LetGo(LetGo::of(taken))];
                match again {
                    Some(again) => requests.push(again),
                    // A merge brought it.
                    None => requests.extend(self.has_read(moment)),
                }
                return requests;
            }
        };
        if is_fresh {
            let none_decided = review.session.apply(Look::First(List::Claims), moment);
            debug_assert!(none_decided.iter().all(|e| !matches!(e, Effect::Record(_))));
        }
        review.follow();
        if !review.detecting
            && let Some(heard) = review.heard.pop_front()
        {
            let new = claims_in(&review.session).saturating_sub(before);
            self.tell_heard(&heard, findings.claims.len(), new);
        }
        let mut requests = vec![Request::LetGo(gone)];
        requests.extend(self.has_read(moment));
        requests
    }

    fn tell_heard(&mut self, heard: &Heard, found: usize, new: usize) {
        let found = match found {
            1 => "1 claim".to_owned(),
            found => format!("{found} claims"),
        };
        let mut told = format!("{found}, {new} of them new");
        if let Some(left_out) = &heard.told {
            told = format!("{told}; {left_out}");
        }
        let name = &heard.run.tool;
        let said = format!("{name} ({}): {told}", heard.run.model);
        if let Some(housed) = self.housed(name) {
            housed.waits_for = None;
            housed.said = None;
            housed.doing = told;
        }
        self.say(said);
    }

    fn not_heard(&mut self, detector: &str, error: &NotHeard) {
        let told = error.to_string();
        let host = match error {
            NotHeard::NotAllowed { host, .. } => Some(host.clone()),
            _ => None,
        };
        let way = match &host {
            Some(_) => format!("; :allow {detector} lets it"),
            None => String::new(),
        };
        let Some(housed) = self.housed(detector) else {
            return;
        };
        housed.waits_for = host;
        housed.doing = match error {
            NotHeard::Known(_) => "what it finds is there".to_owned(),
            _ if error.is_quiet() => format!("asked nothing: {told}"),
            _ => told.clone(),
        };
        let is_new = housed.said.as_ref() != Some(&told);
        if is_new && !error.is_quiet() {
            housed.said = Some(told.clone());
            self.message = Some(Notice::Refused(format!("{told}{way}")));
        }
    }

    /// Lists the detectors and what each is doing.
    pub(super) fn open_detectors(&mut self) {
        let own = format!("proofmark: compiled in; {}", self.options.tool);
        let mut lines = vec![own];
        for housed in &self.detectors {
            let way = match &housed.waits_for {
                Some(_) => format!("; :allow {} lets it", housed.name),
                None => String::new(),
            };
            lines.push(format!("{}: {}{way}", housed.name, housed.doing));
        }
        if self.detectors.is_empty() {
            lines.push("no other; [detectors.NAME] in the configuration adds one".to_owned());
        }
        self.mode = Mode::tell(lines);
    }

    /// The detectors that wait to be allowed, for the command line.
    pub(super) fn waiting_detectors(&self) -> Vec<String> {
        let waiting = self.detectors.iter().filter(|one| one.waits_for.is_some());
        waiting.map(|housed| housed.name.clone()).collect()
    }

    /// Carries out `:allow NAME`: shows what is written where it is allowed.
    pub(super) fn allow(&mut self, name: &str) -> Vec<Request> {
        let name = name.trim();
        let Some(housed) = self.detectors.iter().find(|housed| housed.name == name) else {
            let names: Vec<&str> = self.detectors.iter().map(|one| one.name.as_str()).collect();
            self.refuse(match names.is_empty() {
                true => "there is no detector to be allowed anything".to_owned(),
                false => format!(
                    "there is no detector “{name}”; there are {}",
                    names.join(", ")
                ),
            });
            return Vec::new();
        };
        let Some(host) = housed.waits_for.clone() else {
            self.refuse(format!("“{name}” does not ask for anything"));
            return Vec::new();
        };
        let change = Change::allowing(name, &host);
        self.allowing = Some((name.to_owned(), host));
        vec![Request::Propose(change)]
    }

    /// What is to be allowed to whom, while that is asked: the detector, and the host.
    pub(in crate::tui) fn is_to_allow(&self) -> Option<(&str, &str)> {
        let (name, host) = self.allowing.as_ref()?;
        Some((name, host))
    }

    /// What was to be allowed is: asks the runtime to let it.
    pub(super) fn allowed(&mut self) -> Option<Request> {
        let (name, host) = self.allowing.take()?;
        if let Some(housed) = self.housed(&name) {
            housed.waits_for = None;
            housed.doing = format!("may send texts to {host}");
        }
        Some(Request::Allow(name, host))
    }

    /// Sees suggestions in another rank from now on.
    pub(super) fn take_rank(&mut self, names: Vec<String>) {
        self.options.rank = names;
        if let Some(review) = &mut self.review {
            review.session.set_rank(Rank::of_house(&self.options.rank));
            review.follow();
        }
    }

    fn housed(&mut self, name: &str) -> Option<&mut Housed> {
        self.detectors.iter_mut().find(|housed| housed.name == name)
    }
}

fn claims_in(session: &Session) -> usize {
    let annotations = session.document().annotations().iter();
    annotations
        .filter(|annotation| annotation.is_claim())
        .count()
}
