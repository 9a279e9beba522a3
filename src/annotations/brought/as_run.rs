//! Brought marks as the suggestions of a run: undecided, beside what other runs suggest.

use serde_json::Value;

use super::{Bringing, Placed};
use crate::annotations::proposal::{Ids, Proposals, run_id};
use crate::annotations::suggest::take_up;
use crate::annotations::taken_run::take_out;
use crate::annotations::{Document, Edit, Id, Link, Quote, Run, Time, text_id};
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
    let mut ids = Ids::default();
    let mut annotations = Vec::with_capacity(marks.len());
    for (brought, mark) in marks {
        let quote = Quote::of(article, mark);
        annotations.push(brought.proposal(mark, quote, &mut ids));
    }
    let id = |at: usize| annotations[at].id.clone();
    let attributions = links.iter().filter(|link| link.2 == Link::ATTRIBUTED_TO);
    let links: Vec<(Id, Id, _)> = attributions
        .map(|(from, to, _)| (id(*from), id(*to), marks[*from].0.score.clone()))
        .collect();
    Proposals { annotations, links }
}
