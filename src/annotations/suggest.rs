//! Findings of the detector become annotations and links.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::proposal::{Proposals, link_id, proposals, run_id};
use super::same::Known;
use super::{Document, Id, Link, Parts, Run, Time, text_id};
use crate::detect::{self, Findings};
use crate::text::Article;

/// The field, and the setting, of a run whose article took more steps than one may.
const CUT: &str = "cut";

impl Run {
    /// The key that follows from it; `None`: its settings are named by their digest alone, and
    /// nobody can say.
    pub fn key(&self) -> Option<Id> {
        let settings = match self.more.get(CUT) {
            Some(Value::Bool(true)) => CUT,
            _ => "",
        };
        let can_be_told = !self.more.contains_key("settings_sha256");
        can_be_told.then(|| run_id(&self.text, &self.tool, &self.model, settings))
    }
}

impl Document {
    /// The key that a run over the article's text has.
    pub fn run_key(article: &Article, run: &detect::Run) -> Id {
        let text = text_id(article.text_sha256());
        run_id(&text, &run.tool, &run.model, &run.settings)
    }

    /// Whether that run is in the document; others may stand beside it.
    pub fn has_run(&self, run: &Id) -> bool {
        self.run(run).is_some()
    }

    /// Takes up what a detector run found, as undecided annotations and links. What means
    /// the same as a record that is there keeps its place and decisions and gets one more
    /// suggestion; a run already in the document changes nothing. A run that
    /// was cut is another than the whole one, which is still to come. Gives back the run's key.
    pub fn adopt(
        &mut self,
        article: &Article,
        findings: &Findings,
        run: &detect::Run,
        at: Time,
    ) -> Id {
        let text = text_id(article.text_sha256());
        let settings = match findings.cut {
            true => format!("{}{CUT}", run.settings),
            false => run.settings.clone(),
        };
        let detect::Run { tool, model, .. } = run;
        let run = run_id(&text, tool, model, &settings);
        if self.has_run(&run) {
            return run;
        }
        self.renew(|parts| {
            if !parts.texts.iter().any(|(known, _)| *known == text) {
                parts
                    .texts
                    .push((text.clone(), super::TextVersion::of(article)));
            }
            let cut = findings.cut.then(|| (CUT.to_owned(), Value::Bool(true)));
            let record = Run {
                text,
                tool: tool.clone(),
                model: model.clone(),
                at,
                more: cut.into_iter().collect(),
            };
            parts.runs.push((run.clone(), record));
            take_up(parts, article, proposals(article, findings), &run);
        });
        run
    }
}

/// Puts what a run proposes among the records that are there.
pub(super) fn take_up(parts: &mut Parts, article: &Article, proposals: Proposals, run: &Id) {
    let mut known = Known::of(parts, article);
    let mut ids: FxHashMap<Id, Id> = FxHashMap::default();
    // A record that could not be read keeps its id: a second one would be saved beside it.
    let aside: FxHashSet<String> = parts
        .aside
        .iter()
        .filter_map(|aside| Some(aside.record.get("id")?.as_str()?.to_owned()))
        .collect();
    // A record under a proposal's id is that one, whatever else has come to stand near it.
    let mut open = Vec::with_capacity(proposals.annotations.len());
    for proposal in proposals.annotations {
        if aside.contains(proposal.id.as_str()) {
            continue;
        }
        match known.under_its_id(parts, &proposal) {
            Some(at) => {
                let entry = (run.clone(), proposal.suggestion);
                parts.annotations[at].suggestions.push(entry);
                ids.insert(proposal.id.clone(), proposal.id);
            }
            None => open.push(proposal),
        }
    }
    for proposal in open {
        let entry = (run.clone(), proposal.suggestion.clone());
        let same = known.same(parts, article, &proposal, run);
        let same = same.or_else(|| known.cut_otherwise(parts, article, &proposal, run));
        let id = match same {
            Some(at) => {
                parts.annotations[at].suggestions.push(entry);
                parts.annotations[at].id.clone()
            }
            None => {
                let id = known.free_id(&proposal);
                known.take(id.clone(), parts.annotations.len());
                let mut annotation = proposal.annotation(article, entry);
                annotation.id = id.clone();
                parts.annotations.push(annotation);
                id
            }
        };
        ids.insert(proposal.id, id);
    }
    let mut links: FxHashMap<Id, usize> = parts
        .links
        .iter()
        .enumerate()
        .map(|(at, link)| (link.id.clone(), at))
        .collect();
    for (from, to, score) in proposals.links {
        let (Some(from), Some(to)) = (ids.get(&from), ids.get(&to)) else {
            continue;
        };
        let id = link_id(Link::ATTRIBUTED_TO, from, to);
        let mut suggestion = Map::new();
        suggestion.extend(score.map(|score| ("score".to_owned(), Value::Number(score))));
        let entry = (run.clone(), Value::Object(suggestion));
        match links.get(&id) {
            // Two cards of a run may have joined one record.
            Some(&at) if parts.links[at].suggestions.iter().any(|(of, _)| of == run) => {}
            Some(&at) => parts.links[at].suggestions.push(entry),
            None => {
                links.insert(id.clone(), parts.links.len());
                parts.links.push(Link {
                    id,
                    link_type: Link::ATTRIBUTED_TO.to_owned(),
                    from: from.clone(),
                    to: to.clone(),
                    suggestions: vec![entry],
                    reviews: Vec::new(),
                    conflicts: Map::new(),
                    unknown: Map::new(),
                });
            }
        }
    }
}
