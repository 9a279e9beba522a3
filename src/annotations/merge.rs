//! Three-way merge of two documents that come from one: pure.
//!
//! Records are joined by id and maps by key. What both sides changed, an answer of the same
//! reviewer above all, is kept twice and told: clocks settle nothing. Who merges makes no
//! difference where both sides stand in one text. A record that one side took away
//! goes only if the other side left it alone, so no decision is lost; without a base the
//! merge is a union. It cannot see the article: where the two sides stand in different
//! texts, targets of the other text come without a mark and have to be anchored again.

mod answers;
mod ground;
mod record;
mod three_way;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Annotation, ArticleHead, Document, Id, Link, Parts, Pass, Run, SetAside, TextVersion};
pub use ground::common_ground;
use record::{Texts, later, same_place};
use three_way::{Clash, Pick, Three, all_keyed, fields, keyed, order, pick};

/// A field or answer both sides changed to different values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// The annotation, whose `conflicts` hold the values; `None`: a link, whose hold them too, or
    /// the head.
    pub annotation: Option<Id>,
    /// The field; in the head and in links with its path.
    pub field: String,
}

/// What comes of a merge.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Both sides' work.
    pub document: Document,
    /// What a person has to look at.
    pub conflicts: Vec<Conflict>,
}

/// Merges `ours` and `theirs`; `base` is what both come from, if there is one.
pub fn merge(base: Option<&Document>, ours: &Document, theirs: &Document) -> Merged {
    let documents = Three {
        base,
        ours: Some(ours),
        theirs: Some(theirs),
    };
    let texts = if ours.text() == theirs.text() {
        Texts::Same
    } else if base.is_some_and(|base| base.text() == ours.text()) {
        Texts::Theirs
    } else {
        Texts::Ours
    };
    let parts = documents.each(|document| document.map(Document::parts));
    let mut conflicts = Vec::new();
    let article = head(
        parts.each(|parts| parts.map(|parts| &parts.article)),
        ours,
        texts,
        &mut conflicts,
    );
    let annotations = annotations(documents, texts, &mut conflicts);
    let links = links(documents, &mut conflicts);
    let mut clashes = Vec::new();
    let merged = Parts {
        article,
        texts: all_keyed(
            parts.each(|parts| parts.map_or(&[][..], |parts| &parts.texts)),
            |id, base, ours, theirs| text(id, base, ours, theirs, &mut conflicts),
        ),
        runs: all_keyed(
            parts.each(|parts| parts.map_or(&[][..], |parts| &parts.runs)),
            |id, base, ours, theirs| run(id, base, ours, theirs, &mut conflicts),
        ),
        passes: keyed(
            parts.each(|parts| parts.map_or(&[][..], |parts| &parts.passes)),
            |_, _, ours, theirs| later(ours, theirs, |pass: &Pass| (&pass.at, pass.finished)),
        ),
        annotations: with_ends(annotations, &links, documents, texts),
        links,
        aside: aside(parts.each(|parts| parts.map_or(&[][..], |parts| &parts.aside))),
        unknown: fields(
            parts.each(|parts| parts.map(|parts| &parts.unknown)),
            &mut clashes,
        ),
    };
    note(&mut conflicts, "", clashes);
    Merged {
        document: Document::from_parts(merged),
        conflicts,
    }
}

/// Two records of one id as one, as two sides that come from nothing are merged.
pub fn join(first: &Annotation, second: &Annotation) -> Annotation {
    let (mut joined, _) = record::annotation(None, first, second, Texts::Same);
    let versions = Three {
        base: None,
        ours: Some(first),
        theirs: Some(second),
    };
    joined.target.mark = mark_of(&joined, versions, Texts::Same);
    joined
}

/// Tells clashes outside of annotations.
fn note(conflicts: &mut Vec<Conflict>, path: &str, clashes: Vec<Clash>) {
    conflicts.extend(clashes.into_iter().map(|clash| Conflict {
        annotation: None,
        field: format!("{path}{}", clash.field),
    }));
}

/// The article's entry: digests and text of one side, never mixed, the rest by field.
fn head(
    heads: Three<Option<&ArticleHead>>,
    ours: &Document,
    texts: Texts,
    conflicts: &mut Vec<Conflict>,
) -> ArticleHead {
    let stored = |head: &ArticleHead| {
        (
            head.text.clone(),
            head.bytes_sha256.clone(),
            head.media_type.clone(),
        )
    };
    let side = match (texts, pick(heads, |a, b| stored(a) == stored(b))) {
        (Texts::Theirs, _) => heads.theirs,
        (Texts::Same, Pick::One(head)) => Some(head),
        _ => heads.ours,
    };
    let side = side.unwrap_or(&ours.parts().article);
    let file = match pick(heads.each(|head| head.map(|head| &head.file)), |a, b| {
        a == b
    }) {
        Pick::One(file) | Pick::Kept(file) | Pick::Both(file, _) => file,
        Pick::Gone => &side.file,
    };
    let mut clashes = Vec::new();
    let more = fields(heads.each(|head| head.map(|head| &head.more)), &mut clashes);
    note(conflicts, "article.", clashes);
    ArticleHead {
        file: file.clone(),
        more,
        ..side.clone()
    }
}

/// One text version both sides wrote differently: equal but for what it is told about it.
fn text(
    id: &Id,
    base: Option<&TextVersion>,
    ours: &TextVersion,
    theirs: &TextVersion,
    conflicts: &mut Vec<Conflict>,
) -> TextVersion {
    let mut clashes = Vec::new();
    let more = Three {
        base: base.map(|text| &text.more),
        ours: Some(&ours.more),
        theirs: Some(&theirs.more),
    };
    let more = fields(more, &mut clashes);
    note(conflicts, &format!("texts.{id}."), clashes);
    TextVersion {
        more,
        ..ours.clone()
    }
}

/// One run both sides wrote differently: the first time it was seen counts.
fn run(
    id: &Id,
    base: Option<&Run>,
    ours: &Run,
    theirs: &Run,
    conflicts: &mut Vec<Conflict>,
) -> Run {
    let mut clashes = Vec::new();
    let more = Three {
        base: base.map(|run| &run.more),
        ours: Some(&ours.more),
        theirs: Some(&theirs.more),
    };
    let more = fields(more, &mut clashes);
    note(conflicts, &format!("runs.{id}."), clashes);
    Run {
        at: ours.at.clone().min(theirs.at.clone()),
        more,
        ..ours.clone()
    }
}

fn annotations(
    documents: Three<Option<&Document>>,
    texts: Texts,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Annotation> {
    let ids = documents.each(|document| {
        let list = document.map_or(&[][..], Document::annotations);
        list.iter().map(|a| &a.id).collect()
    });
    let mut merged = Vec::new();
    for id in order(ids) {
        let three = documents.each(|document| document.and_then(|d| d.annotation(id)));
        let mut annotation = match pick(three, same_record) {
            Pick::Gone => continue,
            Pick::One(one) | Pick::Kept(one) => one.clone(),
            Pick::Both(ours, theirs) => {
                let (merged, fields) = record::annotation(three.base, ours, theirs, texts);
                conflicts.extend(fields.into_iter().map(|field| Conflict {
                    annotation: Some(id.clone()),
                    field,
                }));
                merged
            }
        };
        annotation.target.mark = mark_of(&annotation, three, texts);
        merged.push(annotation);
    }
    merged
}

/// The mark that belongs to a merged target: of a version that stands in the merged
/// document's text and has the same target.
fn mark_of(
    merged: &Annotation,
    versions: Three<Option<&Annotation>>,
    texts: Texts,
) -> Option<crate::text::Mark> {
    let heads = match texts {
        Texts::Same => [versions.ours, versions.theirs],
        Texts::Ours => [versions.ours, None],
        Texts::Theirs => [None, versions.theirs],
    };
    heads
        .into_iter()
        .flatten()
        .filter(|version| same_place(&version.target, &merged.target))
        .find_map(|version| version.target.mark.clone())
}

/// Whether two versions of an annotation say the same; marks are but for the article at hand.
fn same_record(a: &Annotation, b: &Annotation) -> bool {
    let Annotation {
        id,
        kind,
        target,
        attributes,
        suggestions,
        reviews,
        adjudication,
        evidence,
        conflicts,
        unknown,
        counts: _,
    } = a;
    *id == b.id
        && *kind == b.kind
        && same_place(target, &b.target)
        && *attributes == b.attributes
        && *suggestions == b.suggestions
        && *reviews == b.reviews
        && *adjudication == b.adjudication
        && *evidence == b.evidence
        && *conflicts == b.conflicts
        && *unknown == b.unknown
}

fn links(documents: Three<Option<&Document>>, conflicts: &mut Vec<Conflict>) -> Vec<Link> {
    let ids = documents.each(|document| {
        let list = document.map_or(&[][..], Document::links);
        list.iter().map(|link| &link.id).collect()
    });
    let mut merged = Vec::new();
    for id in order(ids) {
        let three = documents.each(|document| document.and_then(|d| d.link(id)));
        merged.push(match pick(three, |a, b| a == b) {
            Pick::Gone => continue,
            Pick::One(one) | Pick::Kept(one) => one.clone(),
            Pick::Both(ours, theirs) => {
                let (link, fields) = record::link(three.base, ours, theirs);
                conflicts.extend(fields.into_iter().map(|field| Conflict {
                    annotation: None,
                    field: format!("links.{id}.{field}"),
                }));
                link
            }
        });
    }
    merged
}

/// Puts back annotations that one side took away while links to them are left.
fn with_ends(
    mut annotations: Vec<Annotation>,
    links: &[Link],
    documents: Three<Option<&Document>>,
    texts: Texts,
) -> Vec<Annotation> {
    let mut known: FxHashSet<Id> = annotations.iter().map(|a| a.id.clone()).collect();
    for link in links {
        for end in [&link.from, &link.to] {
            let sides = [documents.ours, documents.theirs].into_iter().flatten();
            let found = sides.filter_map(|side| side.annotation(end)).next();
            if let Some(annotation) = found
                && known.insert(end.clone())
            {
                let mut annotation = annotation.clone();
                if texts != Texts::Same {
                    annotation.target.mark = None;
                }
                annotations.push(annotation);
            }
        }
    }
    annotations
}

/// A record set aside. Its reason names its place in one file, so it tells no two apart.
#[derive(Clone)]
struct Aside<'a>(&'a SetAside);

impl PartialEq for Aside<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.list == other.0.list && self.0.record == other.0.record
    }
}

/// Records set aside: those of both sides, less what one side repaired. Equal ones are told
/// apart by counting, so that a side's second copy is neither dropped nor doubled.
fn aside(lists: Three<&[SetAside]>) -> Vec<SetAside> {
    let lists = lists.each(|list| {
        let mut copies: FxHashMap<(&'static str, String), usize> = FxHashMap::default();
        let keyed = list.iter().map(|aside| {
            let record = aside.record.to_string();
            let copy = copies.entry((aside.list, record.clone())).or_default();
            *copy += 1;
            ((aside.list, record, *copy), Aside(aside))
        });
        keyed.collect::<Vec<_>>()
    });
    let slices = Three {
        base: &lists.base[..],
        ours: &lists.ours[..],
        theirs: &lists.theirs[..],
    };
    keyed(slices, |_, _, ours, _| ours.clone())
        .into_iter()
        .map(|(_, aside)| aside.0.clone())
        .collect()
}
