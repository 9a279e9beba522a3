//! Brought marks as the suggestions of a run: undecided, beside what other runs suggest.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{Bringing, Placed, suggestion};
use crate::annotations::proposal::{Proposal, Proposals, annotation_id, run_id};
use crate::annotations::suggest::take_up;
use crate::annotations::taken_run::take_out;
use crate::annotations::{Document, Edit, Id, Link, Quote, RecordKind, Run, Time, text_id};
use crate::text::Article;

/// The setting of a run that came from a file: the digest of the file.
const SETTINGS: &str = "settings_sha256";

/// The edit that brings a run in; the same file a second time changes nothing.
pub(super) fn bringing(
    document: &Document,
    article: &Article,
    placed: Placed<'_>,
    (tool, model, digest): (&str, &str, &str),
    at: &Time,
) -> Bringing {
    let text = text_id(article.text_sha256());
    let run = run_id(&text, tool, model, digest);
    let mut bringing = Bringing {
        edit: Edit::All(Vec::new()),
        marks: 0,
        links: 0,
        known: 0,
        left: Vec::new(),
    };
    bringing.left = placed.left;
    if document.has_run(&run) {
        bringing.known = placed.marks.len();
        return bringing;
    }
    let proposals = proposals(article, &placed.marks, &placed.links);
    bringing.marks = proposals.annotations.len();
    bringing.links = proposals.links.len();
    if proposals.annotations.is_empty() {
        return bringing;
    }
    let record = Run {
        text,
        tool: tool.to_owned(),
        model: model.to_owned(),
        at: at.clone(),
        more: [(SETTINGS.to_owned(), Value::from(digest))]
            .into_iter()
            .collect(),
    };
    let mut parts = document.parts().clone();
    parts.runs.push((run.clone(), record));
    take_up(&mut parts, article, proposals, &run);
    bringing.edit = Edit::Run {
        taken: take_out(&mut parts, &run).map(Box::new),
        run,
    };
    bringing
}

fn proposals(
    article: &Article,
    marks: &[(super::BroughtMark, crate::text::Mark)],
    links: &[(usize, usize, &str)],
) -> Proposals {
    let mut counts: FxHashMap<(RecordKind, String), usize> = FxHashMap::default();
    let mut annotations = Vec::with_capacity(marks.len());
    for (brought, mark) in marks {
        let quote = Quote::of(article, mark);
        let nth = counts
            .entry((brought.kind, quote.exact.clone()))
            .or_default();
        let id = annotation_id(brought.kind, *nth, &quote.exact);
        *nth += 1;
        let mut attributes = brought.attributes.clone();
        // A claim in a reviewer's own words is an answer, and no run gives one.
        attributes.remove(super::as_reviewer::OWN_WORDS);
        annotations.push(Proposal {
            id,
            mark: mark.clone(),
            suggestion: suggestion(brought, quote),
            attributes,
        });
    }
    let id = |at: usize| annotations[at].id.clone();
    let attributions = links.iter().filter(|link| link.2 == Link::ATTRIBUTED_TO);
    let links: Vec<(Id, Id, _)> = attributions
        .map(|(from, to, _)| (id(*from), id(*to), marks[*from].0.score.clone()))
        .collect();
    Proposals { annotations, links }
}
