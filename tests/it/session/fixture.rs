//! A small article with everything in it that reviewing has to cope with.

use proofmark::annotations::{Document, Status, Time};
use proofmark::detect::{
    Attribution, Claim, Findings, Kind, Run, SourceMention, SourceType, Voice,
};
use proofmark::review::{Act, Action, Effect, Item, List, Look, Moment, Notice, Order, Session};
use proofmark::text::{Article, Mark, Media, Span};

pub(crate) const TEXT: &str = "Harbour plan\n\n“The harbour loses money,” said Mara Lind, the \
port director, “and it will close in 2027.” Lind also said that 3,000 jobs depend on it, and \
more will follow. According to an unnamed official, the council knew. The director isn t \
worried. Traffic fell by 12% last year. Traffic fell by 12% last year. Lind declined to \
comment.\n\nPhoto by Jo Berg.\n";

/// The `nth` place (from 0) where the words stand.
pub(crate) fn nth(words: &str, nth: usize) -> Span {
    let (start, _) = TEXT
        .match_indices(words)
        .nth(nth)
        .expect("it is in the text");
    Span::new(start, start + words.len())
}

pub(crate) fn mark(words: &str) -> Mark {
    Mark::whole(nth(words, 0)).expect("it is not empty")
}

pub(crate) fn article() -> Article {
    Article::new("harbour.txt", TEXT, Media::Plain)
}

/// What found them.
pub(crate) fn run() -> Run {
    Run::new("proofmark 0", findings().model)
}

pub(crate) fn findings() -> Findings {
    let attribution = |source: Mark, cue: Span, content: Mark, voice| Attribution {
        source: Some(source),
        cue: Mark::whole(cue),
        content,
        voice,
        score: 0.9,
    };
    let split = Mark::new([
        nth("The harbour loses money", 0),
        nth("and it will close in 2027", 0),
    ])
    .expect("two pieces");
    let lind = Mark::whole(nth("Lind", 1)).expect("not empty");
    let attributions = vec![
        attribution(
            mark("Mara Lind"),
            nth("said", 0),
            split.clone(),
            Voice::Direct,
        ),
        attribution(
            lind.clone(),
            nth("said", 1),
            mark("3,000 jobs depend on it"),
            Voice::Indirect,
        ),
        attribution(
            mark("an unnamed official"),
            nth("According to", 0),
            mark("the council knew"),
            Voice::Indirect,
        ),
    ];
    let claim = |mark: Mark, attribution, kind, priority| Claim {
        mark,
        attribution,
        voice: Voice::Indirect,
        kinds: vec![kind],
        checkable: 0.8,
        keep: 0.0,
        stand_alone: None,
        priority,
        why: "a number".to_owned(),
    };
    let traffic = |n| Mark::whole(nth("Traffic fell by 12% last year", n)).expect("not empty");
    let claims = vec![
        claim(split, Some(0), Kind::Prediction, 0.5),
        claim(
            mark("3,000 jobs depend on it"),
            Some(1),
            Kind::Quantity,
            0.9,
        ),
        claim(mark("the council knew"), Some(2), Kind::Event, 0.7),
        claim(traffic(0), None, Kind::Comparison, 0.3),
        claim(traffic(1), None, Kind::Comparison, 0.2),
    ];
    let source = |mark: Mark, entity, name: &str, source_type| SourceMention {
        mark,
        entity,
        name: name.to_owned(),
        source_type,
        role: None,
        score: 0.9,
        why: "said".to_owned(),
    };
    let person = SourceType::NamedPerson;
    let sources = vec![
        source(mark("Mara Lind"), 0, "Mara Lind", person),
        source(lind, 0, "Mara Lind", person),
        source(
            mark("an unnamed official"),
            1,
            "an unnamed official",
            SourceType::UnnamedPerson,
        ),
        source(
            Mark::whole(nth("Lind", 2)).expect("not empty"),
            0,
            "Mara Lind",
            person,
        ),
        source(mark("Jo Berg"), 2, "Jo Berg", SourceType::NamedPerson),
    ];
    Findings {
        folded: Vec::new(),
        cut: false,
        model: "by hand 1".to_owned(),
        sentences: sentences(),
        attributions,
        claims,
        sources,
    }
}

pub(crate) fn sentences() -> Vec<Span> {
    let ends = [
        "Harbour plan",
        "in 2027.”",
        "will follow.",
        "council knew.",
        "isn t worried.",
        "12% last year.",
        "12% last year.",
        "comment.",
        "Jo Berg.",
    ];
    let mut from = 0;
    ends.iter()
        .map(|end| {
            let to = from + TEXT[from..].find(end).expect("it is in the text") + end.len();
            let sentence = Span::new(from, to).trimmed(TEXT);
            from = to;
            sentence
        })
        .collect()
}

pub(crate) fn document() -> Document {
    let article = article();
    let mut document = Document::new(&article);
    document.adopt(&article, &findings(), &run(), time(0));
    document
}

pub(crate) fn time(second: u64) -> Time {
    Time::new(format!(
        "2026-01-01T{:02}:{:02}:{:02}Z",
        second / 3600,
        second / 60 % 60,
        second % 60
    ))
}

/// A session with a clock that ticks, and the acts it recorded.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) acts: Vec<Act>,
    pub(crate) said: String,
    ticks: u64,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk::of("ana", document())
    }

    /// Another reviewer, or another document.
    pub(crate) fn of(reviewer: &str, document: Document) -> Desk {
        let session = Session::new(
            article(),
            document,
            sentences(),
            reviewer.to_owned(),
            "proofmark 0".to_owned(),
        );
        let mut desk = Desk {
            session,
            acts: Vec::new(),
            said: String::new(),
            ticks: 100,
        };
        // Tables speak of claims as they stand in the article.
        desk.all([
            Look::Order(Order::Text).into(),
            Look::Last(List::Claims).into(),
        ]);
        desk.does(match desk.session.left().claims.is_empty() {
            true => Look::First(List::Claims),
            false => Look::NextUndecided(List::Claims),
        });
        desk.ticks = 100;
        desk
    }

    pub(crate) fn does(&mut self, action: impl Into<Action>) -> Vec<Effect> {
        self.ticks += 1;
        let moment = Moment {
            day: None,
            now: time(self.ticks),
            // Collides on purpose: ids must be made different by the session.
            fresh: self.ticks / 3,
            seconds: Some(1.23),
        };
        let effects = self.session.apply(action, &moment);
        self.said.clear();
        for effect in &effects {
            match effect {
                Effect::Record(act) => self.acts.push((**act).clone()),
                Effect::Say(Notice::Info(said) | Notice::Refused(said)) => {
                    self.said.clone_from(said);
                }
                Effect::AskFinish { .. } | Effect::OpenNext => {}
            }
        }
        effects
    }

    pub(crate) fn all(&mut self, actions: impl IntoIterator<Item = Action>) {
        for action in actions {
            self.does(action);
        }
    }

    /// Takes the last act back.
    pub(crate) fn undo(&mut self) {
        let act = self.acts.pop().expect("something was done");
        self.session
            .apply_edit(act.inverse)
            .expect("it can be undone");
    }

    pub(crate) fn label(&self) -> &str {
        self.acts.last().map_or("", |act| act.label.as_str())
    }

    /// Signs of claims, source mentions and claims' links in text order, and what is
    /// selected: `1 ✓???? ✓???? ✓--`.
    pub(crate) fn state(&self) -> String {
        let document = self.session.document();
        let mut records: Vec<_> = document.annotations().iter().collect();
        records.sort_by_key(|a| a.file_order());
        let signs = |claims: bool| -> String {
            let wanted = records.iter().filter(|a| a.is_claim() == claims);
            wanted.map(|a| sign(a.status())).collect()
        };
        let links: String = records
            .iter()
            .filter(|a| a.is_claim())
            .map(|a| {
                document
                    .source_link(&a.id)
                    .map_or('-', |link| sign(link.status()))
            })
            .collect();
        format!(
            "{} {} {} {links}",
            self.selected(),
            signs(true),
            signs(false)
        )
    }

    /// The number of the selected claim, or the words of the selected mention.
    pub(crate) fn selected(&self) -> String {
        match self.session.selected() {
            None => "nothing".to_owned(),
            Some(Item::Claim(id)) => self
                .session
                .claim_number(id)
                .map_or("?".to_owned(), |n| n.to_string()),
            Some(Item::Source(id)) => self
                .session
                .document()
                .annotation(id)
                .map_or("?".to_owned(), |a| a.target.quote.exact.clone()),
        }
    }

    /// The words under the selected mark.
    pub(crate) fn words(&self) -> String {
        let annotation = self.session.selected_annotation();
        let mark = annotation.and_then(|a| a.target.mark.as_ref());
        mark.map_or(String::new(), |mark| self.session.article().words(mark))
    }
}

pub(crate) fn sign(status: Status) -> char {
    match status {
        Status::Undecided => '?',
        Status::Confirmed => '✓',
        Status::Corrected => '✎',
        Status::Added => '+',
        Status::Rejected => '✗',
        Status::Unsure => '~',
        Status::Disputed => '!',
        Status::Withdrawn => 'w',
    }
}
