//! What a card says: the selected claim or source in labelled lines, short and whole.

mod asked;

use super::App;
use crate::annotations::{
    Anchor, Annotation, Evidence, Locator, Question, Quote, Review, Status, spelling,
};
use crate::review::{Item, Session};
use crate::tui::widget::{Field, Role, rows_of_words};
use asked::{dispute_field, open_fields};

fn field(label: &'static str, text: impl Into<String>, role: Role) -> Field {
    Field::new(label, text, role)
}

/// What stands in the place of a source where a claim is in the article's own words.
pub(in crate::tui) const NO_SOURCE: &str = "the article";

/// A score as cards show it: `.91`.
fn short(score: &serde_json::Number) -> String {
    let score = score.as_f64().unwrap_or(0.0);
    if score >= 0.995 {
        "1.0".to_owned()
    } else {
        format!(".{:02.0}", score * 100.0)
    }
}

/// The words of a mark as they stand now, on one line.
pub(in crate::tui) fn words_of(session: &Session, annotation: &Annotation) -> String {
    let words = match &annotation.target.mark {
        Some(mark) => mark.words(session.article().text(), " … "),
        None => annotation.target.quote.exact.clone(),
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl App {
    /// Rows that the selected words take in a card of so many columns.
    pub(super) fn rows_of_selected(&self, columns: u16) -> u16 {
        let review = self.review.as_ref().filter(|review| !review.is_on_fold());
        let session = review.map(|review| &review.session);
        let selected = session.and_then(|session| {
            let annotation = session.selected_annotation()?;
            let words = match session.selected()? {
                Item::Claim(_) => words_of(session, annotation),
                Item::Source(_) => {
                    let words = words_of(session, annotation);
                    source_name(annotation, &words).to_owned()
                }
            };
            Some(words)
        });
        let Some(words) = selected else { return 0 };
        let rows = rows_of_words(&words, columns, self.options.theme.signs);
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// The lines of the whole card of the selected item.
    pub(in crate::tui) fn card_rows(&self) -> Vec<Field> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let session = &review.session;
        let Some(item) = session.selected() else {
            return Vec::new();
        };
        let mut rows = match item {
            Item::Claim(id) => match session.document().annotation(id) {
                Some(claim) => claim_card(session, claim, Vec::new()),
                None => Vec::new(),
            },
            Item::Source(_) => small_card(session, item),
        };
        if let Some(annotation) = session.selected_annotation() {
            rows.extend(whole_card(session, item, annotation));
            for (reviewer, _) in &annotation.reviews {
                let key = (annotation.id.clone(), reviewer.clone());
                if let Some(context) = review.contexts.get(&key) {
                    rows.push(field("was", context, Role::Dim));
                }
            }
        }
        rows
    }
}

/// The lines of the card beside the list: first the words, which stay whatever else makes way.
pub(in crate::tui) fn small_card(session: &Session, item: &Item) -> Vec<Field> {
    let Some(annotation) = session.document().annotation(item.id()) else {
        return Vec::new();
    };
    match item {
        Item::Claim(_) => {
            let found = annotation.evidence.iter().enumerate();
            let lines = found.map(|(at, (_, piece))| {
                let label = if at == 0 { "evidence" } else { "" };
                field(label, evidence_in_short(piece), Role::Text)
            });
            claim_card(session, annotation, lines.collect())
        }
        Item::Source(_) => source_card(session, annotation),
    }
}

/// A piece of evidence by its title or the name of its site: how it bears on the claim, what it
/// is, and where in it.
fn evidence_in_short(evidence: &Evidence) -> String {
    let place = evidence.document.as_deref();
    let place = place.or_else(|| evidence.url.as_deref().map(site_of));
    let locator = evidence.locator.as_ref().and_then(Locator::told);
    let said = [place.map(str::to_owned), locator];
    let said: Vec<String> = said.into_iter().flatten().collect();
    format!("{}: {}", evidence.stance, said.join(", "))
}

/// The name of the site of an address: `https://www.example.org/page` is of `example.org`.
fn site_of(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, rest)| rest);
    let site = behind.split(['/', '?', '#']).next().unwrap_or(behind);
    site.strip_prefix("www.").unwrap_or(site)
}

/// A piece of evidence on one line: how it bears on the claim, what it is, and where in it.
pub(super) fn evidence_line(evidence: &Evidence) -> String {
    let mut line = format!("{}: {}", evidence.stance, evidence.reference());
    if let Some(locator) = evidence.locator.as_ref().and_then(Locator::told) {
        line.push_str(", ");
        line.push_str(&locator);
    }
    line
}

/// What else is known of a piece of evidence.
fn evidence_aside(evidence: &Evidence) -> String {
    let primacy = evidence.primacy.as_ref().map(ToString::to_string);
    let consulted = evidence.consulted.as_ref();
    let archive = evidence.archive.as_ref();
    let said = [
        primacy,
        consulted.map(|day| format!("consulted {day}")),
        archive.map(|address| format!("archived: {address}")),
        evidence.note.clone(),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The lines of a claim's card; `evidence` stands behind the verdict.
fn claim_card(session: &Session, claim: &Annotation, evidence: Vec<Field>) -> Vec<Field> {
    let mut rows = Vec::with_capacity(8);
    let is_asked_again = session
        .questions(&claim.id)
        .iter()
        .any(|question| question.is_of_change() || *question == Question::Conflict);
    let number = session
        .claim_number(&claim.id)
        .map_or("–".to_owned(), |n| n.to_string());
    let kinds: Vec<&str> = claim.kinds().iter().map(|kind| kind.as_str()).collect();
    let suggestion = claim.suggestion();
    let mut head = vec![number];
    if !kinds.is_empty() {
        head.push(kinds.join(", "));
    }
    head.extend(claim.voice().map(str::to_owned));
    if let Some(score) = suggestion.and_then(|s| s.score.as_ref()) {
        head.push(short(score));
    }
    rows.push(field("", words_of(session, claim), Role::Title));
    rows.push(field("claim", head.join(" · "), Role::Dim));
    if is_asked_again {
        rows.extend(open_fields(session, claim));
    }
    let (name, about) = source_lines(session, claim);
    rows.push(field("source", name, Role::Source));
    // What was judged and what stands there now need the room.
    if !about.is_empty() && !is_asked_again {
        rows.push(field("", about, Role::Dim));
    }
    let why = suggestion.and_then(|s| s.why.as_deref());
    if let Some(why) = why.filter(|_| !is_asked_again) {
        rows.push(field("why", why, Role::Text));
    }
    let verdict = session.verdict(&claim.id);
    rows.extend(verdict.map(|verdict| field("verdict", verdict, Role::Text)));
    rows.extend(evidence);
    let mine = claim.review_of(session.reviewer());
    let note = mine.and_then(|review| review.note.as_deref());
    rows.extend(status_field(claim));
    rows.extend(dispute_field(session, claim));
    if let Some(note) = note {
        rows.push(field("note", note, Role::Text));
    }
    if !is_asked_again {
        rows.extend(open_fields(session, claim));
    }
    if let Some(text) = claim.attribute("claim_text") {
        rows.push(field("in full", text, Role::Text));
    } else if let Some(words) = claim.stand_alone().filter(|_| !is_asked_again) {
        rows.push(field("in full?", words, Role::Dim));
    }
    rows.extend(place_field(claim));
    rows.extend(spot_field(session, claim));
    rows.extend(tags_field(claim));
    rows.extend(anchor_field(session, claim));
    rows
}

/// Who decided what and on which day; nothing while nobody did, which the list's sign says already.
fn status_field(annotation: &Annotation) -> Option<Field> {
    let status = annotation.status();
    let last = annotation
        .reviews
        .iter()
        .max_by_key(|(_, review)| &review.at);
    let (who, review) = last?;
    let who = short_name(who);
    let more = match annotation.reviews.len() {
        1 => String::new(),
        many => format!(" and {} more", many - 1),
    };
    let day = review.at.as_str().get(..10).unwrap_or_default();
    let text = format!("{status} by {who}{more}, {day}");
    Some(field(
        "status",
        text.trim_end_matches([',', ' ']),
        Role::Dim,
    ))
}

/// A reviewer's name without the rest of an address.
fn short_name(name: &str) -> &str {
    name.split('@')
        .next()
        .filter(|name| !name.is_empty())
        .unwrap_or(name)
}

/// Who a claim is taken from, and what is worth knowing about that.
fn source_lines(session: &Session, claim: &Annotation) -> (String, String) {
    let document = session.document();
    let Some(source) = document.source_of(&claim.id) else {
        return match claim.attribute("source_name") {
            Some(name) => (
                name.to_owned(),
                "named by you, not marked in the article".to_owned(),
            ),
            None => (NO_SOURCE.to_owned(), String::new()),
        };
    };
    let words = words_of(session, source);
    let name = source.attribute("name").unwrap_or(&words).to_owned();
    let source_type = source.attribute("source_type");
    let mut about: Vec<String> = Vec::new();
    about.extend(source_type.map(str::to_owned));
    about.extend(source.attribute("role").map(str::to_owned));
    // Words that hold the name say nothing new; a pronoun or a surname does.
    if !words.contains(&name) {
        about.push(format!("“{words}”"));
    }
    if matches!(source_type, Some("unnamed person" | "group" | "unknown")) {
        about.push("no second source".to_owned());
    }
    let link = document.source_link(&claim.id).map(|link| link.status());
    if link.is_some_and(Status::is_verified) {
        about.push("link decided".to_owned());
    }
    (name, about.join(" · "))
}

/// What a source is called: by its name, else by the words that mention it.
fn source_name<'a>(source: &'a Annotation, words: &'a str) -> &'a str {
    source.attribute("name").unwrap_or(words)
}

fn source_card(session: &Session, source: &Annotation) -> Vec<Field> {
    let words = words_of(session, source);
    let row = session
        .sources()
        .iter()
        .find(|row| row.mentions.contains(&source.id));
    let mut rows = Vec::with_capacity(8);
    rows.push(field("", source_name(source, &words), Role::Title));
    let source_type = source.attribute("source_type").unwrap_or("not told");
    rows.push(field("source", source_type, Role::Text));
    rows.extend(open_fields(session, source));
    if let Some(role) = source.attribute("role") {
        rows.push(field("role", role, Role::Text));
    }
    let mentions = row.map_or(1, |row| row.mentions.len());
    let at = row
        .and_then(|row| row.mentions.iter().position(|id| *id == source.id))
        .unwrap_or(0);
    let text = if mentions > 1 {
        format!("{} of {mentions}: “{words}”", at + 1)
    } else {
        format!("“{words}”")
    };
    rows.push(field("mention", text, Role::Text));
    let claims = row.map_or(0, |row| row.claims);
    let text = match claims {
        0 => "no claim is taken from it".to_owned(),
        1 => "1 claim".to_owned(),
        many => format!("{many} claims"),
    };
    rows.push(field("claims", text, Role::Text));
    rows.extend(status_field(source));
    if let Some(why) = source.suggestion().and_then(|s| s.why.as_deref()) {
        rows.push(field("why", why, Role::Text));
    }
    let mine = source.review_of(session.reviewer());
    if let Some(note) = mine.and_then(|review| review.note.as_deref()) {
        rows.push(field("note", note, Role::Text));
    }
    rows.extend(place_field(source));
    rows.extend(tags_field(source));
    rows.extend(anchor_field(session, source));
    rows
}

/// Where another tool says that the record itself stands in a document or recording.
fn place_field(annotation: &Annotation) -> Option<Field> {
    let locator = annotation.attributes.get("locator");
    let locator = locator.and_then(spelling::read_locator);
    let said = [
        locator.as_ref().and_then(Locator::told),
        annotation.attribute("primacy").map(str::to_owned),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| field("where", said.join(" · "), Role::Text))
}

/// Where it stands in the original: on which page, at what time of a recording.
fn spot_field(session: &Session, annotation: &Annotation) -> Option<Field> {
    let mark = annotation.target.mark.as_ref()?;
    let spot = session.article().spot_at(mark.start())?;
    Some(field("at", spot.to_string(), Role::Text))
}

fn tags_field(annotation: &Annotation) -> Option<Field> {
    let look = annotation
        .wants_second_look()
        .then_some("second look wanted");
    let tags: Vec<&str> = look.into_iter().chain(annotation.tags()).collect();
    (!tags.is_empty()).then(|| field("tags", tags.join(", "), Role::Text))
}

fn anchor_field(session: &Session, annotation: &Annotation) -> Option<Field> {
    let is_told = session
        .questions(&annotation.id)
        .iter()
        .any(|question| matches!(question, Question::Words | Question::Lost));
    let text = match annotation.target.anchor {
        Anchor::Ok => return None,
        _ if is_told => return None,
        Anchor::Moved => "the article changed; the words were found again",
        Anchor::Check => "the article changed; please check these words",
        Anchor::Lost => "the article changed; these words are no longer in it",
    };
    Some(field("anchor", text, Role::Warning))
}

/// What the whole card adds: words, suggestions, answers, evidence.
fn whole_card(session: &Session, item: &Item, annotation: &Annotation) -> Vec<Field> {
    let mut rows = Vec::new();
    for (at, (run, suggestion)) in annotation.suggestions.iter().enumerate() {
        let model = session.document().run(run);
        let model = model.map_or(run.as_str(), |run| run.model.as_str());
        let mut text = vec![model.to_owned()];
        for (name, score) in [
            ("score", &suggestion.score),
            ("checkable", &suggestion.checkable),
            ("priority", &suggestion.priority),
        ] {
            text.extend(
                score
                    .as_ref()
                    .map(|score| format!("{name} {}", short(score))),
            );
        }
        if !suggestion.quote.same_words(&annotation.target.quote) {
            text.push(format!("“{}”", quoted(&suggestion.quote)));
        }
        let label = if at == 0 { "machine" } else { "" };
        rows.push(field(label, text.join(" · "), Role::Dim));
    }
    for (at, (reviewer, review)) in annotation.reviews.iter().enumerate() {
        let label = if at == 0 { "answers" } else { "" };
        rows.push(field(
            label,
            answer_line(reviewer, review, annotation),
            Role::Text,
        ));
    }
    if let Some(last_word) = &annotation.adjudication {
        rows.push(field(
            "ruling",
            answer_line("adjudication", last_word, annotation),
            Role::Text,
        ));
    }
    if matches!(item, Item::Claim(_)) {
        if annotation.evidence.is_empty() {
            rows.push(field("evidence", "none; e adds some", Role::Dim));
        }
        for (at, (_, evidence)) in annotation.evidence.iter().enumerate() {
            let label = if at == 0 { "evidence" } else { "" };
            rows.push(field(label, evidence_line(evidence), Role::Text));
            if let Some(quote) = &evidence.quote {
                rows.push(field("", format!("“{quote}”"), Role::Dim));
            }
            let aside = evidence_aside(evidence);
            if !aside.is_empty() {
                rows.push(field("", aside, Role::Dim));
            }
        }
    }
    rows
}

fn quoted(quote: &Quote) -> String {
    one_line(&quote.exact)
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn answer_line(reviewer: &str, review: &Review, annotation: &Annotation) -> String {
    let mut text = vec![
        format!("{reviewer}: {}", review.decision),
        review.at.as_str().to_owned(),
    ];
    let kinds: Vec<&str> = review.kinds.iter().map(|kind| kind.as_str()).collect();
    if !kinds.is_empty() {
        text.push(kinds.join(", "));
    }
    text.extend(review.verdict.clone());
    if let Some(quote) = &review.quote
        && !quote.same_words(&annotation.target.quote)
    {
        text.push(format!("“{}”", quoted(quote)));
    }
    text.extend(review.note.clone());
    text.join(" · ")
}
