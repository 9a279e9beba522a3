//! One reviewer at one article: actions in, effects out.
//!
//! Holds the document, what is selected, filter and order, and lists kept up to date with
//! every change, so that a key costs no work in the length of the article. Pure: the moment
//! (time, random bits) is passed in, and what has to be written comes out as data. Screen
//! state (scroll, focus, popups) and the undo history live elsewhere.

mod answer;
mod asked;
mod attach;
mod changed;
mod correct;
mod decide;
mod fold;
mod index;
mod link;
mod marks;
mod moment;
mod pass;
mod rows;
mod select;
mod shown;
mod source;
mod split;
mod summary;
mod taking;
mod tally;
mod touched;
mod voice;

use std::sync::Arc;

use super::adjust::Ground;
use super::{Act, Action, Decide, Effect, End, Filter, Item, Notice, Order, Step};
use crate::annotations::{Annotation, ClaimNumber, Document, Edit, Id, Refused, Status};
use crate::text::{Article, Mark, Span};
use index::{Index, View};
pub use marks::{MarkChange, MarkKind, MarkedRange, MarksSeen};
pub use moment::Moment;
pub use rows::SourceRow;
pub use summary::Summary;

/// One reviewer's work on one article.
#[derive(Clone, Debug)]
pub struct Session {
    article: Article,
    /// Shared with whoever saves it: changed in a copy while somebody else holds it.
    document: Arc<Document>,
    sentences: Arc<Vec<Span>>,
    reviewer: String,
    tool: String,
    filter: Filter,
    order: Order,
    shows_folded: bool,
    /// Shared as the document is.
    index: Arc<Index>,
    selected: Option<Item>,
    claim: Option<Id>,
    source: Option<Id>,
    last_decision: Option<Decide>,
    last_answered: Option<Id>,
    /// What was added last, and where one was before.
    came_from: Option<(Id, Item)>,
}

/// A change worked out, not yet made.
#[derive(Debug, Default)]
struct Plan {
    label: String,
    edits: Vec<Edit>,
    /// What is selected afterwards, if not what was.
    select: Option<Item>,
    /// What to tell the reviewer besides.
    say: Option<String>,
}

impl Plan {
    fn new(label: impl Into<String>, edits: Vec<Edit>) -> Plan {
        Plan {
            label: label.into(),
            edits,
            ..Plan::default()
        }
    }

    fn saying(mut self, say: impl Into<String>) -> Plan {
        self.say = Some(say.into());
        self
    }

    fn selecting(mut self, item: Item) -> Plan {
        self.select = Some(item);
        self
    }
}

/// A plan, or why there is none.
type Planned = Result<Plan, String>;

impl Session {
    /// Opens a document of the article; sentences are byte spans in text order. The first
    /// undecided claim is selected, else the first claim, else the first source.
    pub fn new(
        article: Article,
        document: Document,
        sentences: Vec<Span>,
        reviewer: String,
        tool: String,
    ) -> Session {
        let (filter, order) = (Filter::default(), Order::default());
        let view = View {
            filter: &filter,
            order,
            reviewer: &reviewer,
            shows_folded: false,
            same_suggestions: false,
        };
        let index = Arc::new(Index::build(&document, &article, &view, None));
        let mut session = Session {
            article,
            document: Arc::new(document),
            sentences: Arc::new(sentences),
            reviewer,
            tool,
            filter,
            order,
            shows_folded: false,
            index,
            selected: None,
            claim: None,
            source: None,
            last_decision: None,
            last_answered: None,
            came_from: None,
        };
        session.select_first_undecided();
        session
    }

    /// Carries out an action. What it changed is already in the document; the effects say
    /// what the world has to do about it.
    pub fn apply(&mut self, action: impl Into<Action>, moment: &Moment) -> Vec<Effect> {
        match action.into() {
            Action::Look(look) => self.look(look),
            Action::Decide(Decide::Finish { anyway }) => self.finish(anyway, moment),
            Action::Decide(Decide::Repeat) => match self.last_decision.clone() {
                Some(decide) => self.change(decide, moment),
                None => refused("nothing to repeat yet"),
            },
            Action::Decide(decide) => self.change(decide, moment),
        }
    }

    /// Applies a change that comes from elsewhere (undo, redo, a merge), keeps lists, counts
    /// and selection right, selects what it touched, and gives back the inverse.
    ///
    /// # Errors
    /// As [`Edit::settled`] and [`Document::apply`]; nothing has changed then.
    pub fn apply_edit(&mut self, edit: Edit) -> Result<Edit, Refused> {
        let edit = edit.settled(&self.article)?;
        // Of links that go, nothing tells afterwards whose they were.
        let linked = self.linked_claims(&edit);
        let inverse = Arc::make_mut(&mut self.document).apply(edit.clone())?;
        self.keep_up(&edit, &inverse);
        self.select_touched(&edit, linked);
        Ok(inverse)
    }

    /// Takes an act back, or does it again, as [`Document::take_back`], keeps lists, counts and
    /// selection right, and selects what it touched.
    ///
    /// # Errors
    /// As [`Document::take_back`]; nothing has changed then.
    pub fn take_back(&mut self, from: &Edit, to: Edit) -> Result<Edit, Refused> {
        let linked = self.linked_claims(&to);
        let document = Arc::make_mut(&mut self.document);
        let inverse = document.take_back(&self.article, from, to.clone())?;
        self.keep_up(&to, &inverse);
        self.select_touched(&to, linked);
        Ok(inverse)
    }

    /// The article.
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The document as it is now, to be saved by another thread. Two that are the same are one:
    /// nothing was changed in between.
    pub fn shared_document(&self) -> Arc<Document> {
        Arc::clone(&self.document)
    }

    /// The sentences, byte spans in text order.
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// Who reviews.
    pub fn reviewer(&self) -> &str {
        &self.reviewer
    }

    /// What is selected.
    pub fn selected(&self) -> Option<&Item> {
        self.selected.as_ref()
    }

    /// The record of what is selected.
    pub fn selected_annotation(&self) -> Option<&Annotation> {
        self.document.annotation(self.selected.as_ref()?.id())
    }

    /// The claims shown, after filter and order.
    pub fn claims(&self) -> &[Id] {
        self.index.shown_claims()
    }

    /// The sources shown, one a person or body, after the filter.
    pub fn sources(&self) -> &[SourceRow] {
        self.index.shown_sources()
    }

    /// How many sources there are, shown or not.
    pub fn source_count(&self) -> usize {
        self.index.source_count()
    }

    /// The row of the claim selected now or last, if it is shown.
    pub fn claim_row(&self) -> Option<usize> {
        self.index.claim_row(self.claim.as_ref()?)
    }

    /// The row of the source selected now or last, if it is shown.
    pub fn source_row(&self) -> Option<usize> {
        self.index.shown_source_row(self.source.as_ref()?)
    }

    /// The number a claim goes by, whatever is shown and whatever was added since.
    pub fn claim_number(&self, id: &Id) -> Option<ClaimNumber> {
        self.index.number(id)
    }

    /// Cells of the widest number of a claim, 0 without claims.
    pub fn number_cells(&self) -> u16 {
        self.index.number_cells()
    }

    /// Where a claim stands, or a source with all its mentions.
    pub fn item_status(&self, item: &Item) -> Status {
        match item {
            Item::Claim(id) => self.index.status(id),
            Item::Source(id) => self.index.source_status(id),
        }
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The order of the claims.
    pub fn order(&self) -> Order {
        self.order
    }

    /// The verdict on a claim: mine, else the latest of another reviewer.
    pub fn verdict(&self, id: &Id) -> Option<&str> {
        let claim = self.document.annotation(id)?;
        rows::verdict(&self.document, claim, &self.reviewer)
    }

    /// Who a claim is taken from, by name or words; `None`: nobody.
    pub fn source_name_of<'a>(&'a self, claim: &'a Annotation) -> Option<&'a str> {
        rows::source_name(&self.document, claim)
    }

    /// A range with an end moved out to its clause, then its sentence, as
    /// [`Step::Out`] does it to a mark.
    pub fn reach_out(&self, span: Span, end: End) -> Span {
        let mark = Mark::whole(span).filter(|mark| self.fits(mark));
        mark.and_then(|mark| self.ground().adjusted(&mark, end, Step::Out))
            .map_or(span, |mark| mark.hull())
    }

    /// Works out a change, makes it, and goes on where that is part of the decision.
    fn change(&mut self, decide: Decide, moment: &Moment) -> Vec<Effect> {
        let plan = match self.plan(&decide, moment) {
            Ok(plan) => plan,
            Err(reason) => return refused(&reason),
        };
        let goes_on = match &decide {
            Decide::Confirm | Decide::Reject | Decide::StillHolds => true,
            Decide::Note(note) => self.is_last_word(note),
            _ => false,
        };
        let nothing = plan.edits.is_empty();
        let mut effects = Vec::new();
        if nothing && !goes_on && plan.say.is_none() {
            effects.push(Effect::Say(Notice::Info("nothing changes".to_owned())));
        }
        let before = self.selected.clone();
        effects.extend(self.commit(plan));
        let failed = effects
            .iter()
            .any(|effect| matches!(effect, Effect::Say(Notice::Refused(_))));
        if !failed {
            if matches!(decide, Decide::Add(..)) {
                self.remember_place(before);
            }
            if let Some(decide) = self.repeatable(decide) {
                self.last_decision = Some(decide);
            }
            if goes_on {
                effects.extend(self.go_on());
            }
        }
        effects
    }

    fn plan(&self, decide: &Decide, moment: &Moment) -> Planned {
        match decide {
            Decide::Confirm => self.plan_confirm(moment),
            Decide::Reject => self.plan_reject(moment),
            Decide::SecondLook => self.plan_second_look(moment),
            Decide::Clear => self.plan_clear(),
            Decide::StillHolds => self.plan_still_holds(moment),
            Decide::JudgeAgain => self.plan_judge_again(moment),
            Decide::SameForEqual => self.plan_same_for_equal(moment),
            Decide::ConfirmShown => self.plan_confirm_shown(moment),
            Decide::RejectShown => self.plan_reject_shown(moment),
            Decide::SetKind(kind) => self.plan_kind(*kind, false, moment),
            Decide::ToggleKind(kind) => self.plan_kind(*kind, true, moment),
            Decide::SetVoice(voice) => self.plan_voice(*voice, moment),
            Decide::SetSource(fact) => self.plan_source_fact(fact, moment),
            Decide::MergeSource(with) => self.plan_merge_source(with, moment),
            Decide::PartSource => self.plan_part_source(moment),
            Decide::Split(cut) => self.plan_split(*cut, moment),
            Decide::Join => self.plan_join(moment),
            Decide::Adjust(end, step) => self.plan_adjust(*end, *step, moment),
            Decide::AdjustNearer(byte) => self.plan_adjust_nearer(*byte, moment),
            Decide::AddPiece(span) => self.plan_add_piece(*span, moment),
            Decide::RemovePiece(byte) => self.plan_remove_piece(*byte, moment),
            Decide::Add(kind, mark, kinds) => self.plan_add(*kind, mark, kinds, moment),
            Decide::Link(to) => self.plan_link(to, moment),
            Decide::Verdict(verdict) => self.plan_verdict(verdict.as_deref(), moment),
            Decide::Note(note) => self.plan_note(note, moment),
            Decide::ClaimText(text) => self.plan_claim_text(text),
            Decide::Tag(tag) => self.plan_tag(tag),
            Decide::AddEvidence(evidence) => self.plan_add_evidence(evidence, moment),
            Decide::RemoveEvidence(id) => self.plan_remove_evidence(id),
            Decide::Later => self.plan_later(),
            Decide::TagArticle(tag) => self.plan_tag_article(tag),
            // Carried out in `apply`, of other plans or of none.
            Decide::Repeat | Decide::Finish { .. } => Ok(Plan::default()),
        }
    }

    /// Makes a planned change as one act.
    fn commit(&mut self, plan: Plan) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !plan.edits.is_empty() {
            let edit = Edit::all(plan.edits);
            let inverse = match Arc::make_mut(&mut self.document).apply(edit.clone()) {
                Ok(inverse) => inverse,
                Err(reason) => return refused(&reason.to_string()),
            };
            self.keep_up(&edit, &inverse);
            self.remember_answer(&edit);
            effects.push(Effect::Record(Box::new(Act {
                label: plan.label,
                edit,
                inverse,
            })));
        }
        if let Some(item) = plan.select {
            self.select(item);
        }
        if let Some(say) = plan.say {
            effects.push(Effect::Say(Notice::Info(say)));
        }
        effects
    }

    /// Brings the lists up to date after a change.
    fn keep_up(&mut self, edit: &Edit, inverse: &Edit) {
        let mut index = std::mem::take(&mut self.index);
        let kept =
            Arc::make_mut(&mut index).keep_up(&self.document, &self.view(true), [edit, inverse]);
        self.index = index;
        if !kept {
            self.rebuild(true);
        }
    }

    /// Makes the lists anew; what was shown stays shown.
    fn rebuild(&mut self, same_suggestions: bool) {
        let view = self.view(same_suggestions);
        let index = Index::build(&self.document, &self.article, &view, Some(&self.index));
        self.index = Arc::new(index);
        self.keep_selection();
    }

    /// Lists other rows, or in another order, for a filter or order just chosen.
    fn show_anew(&mut self) {
        let mut index = std::mem::take(&mut self.index);
        Arc::make_mut(&mut index).show(&self.document, &self.view(true));
        self.index = index;
        self.show_selection();
    }

    fn view(&self, same_suggestions: bool) -> View<'_> {
        View {
            filter: &self.filter,
            order: self.order,
            reviewer: &self.reviewer,
            shows_folded: self.shows_folded,
            same_suggestions,
        }
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            text: self.article.text(),
            sentences: &self.sentences,
        }
    }

    /// Whether a mark lies in the text, on character boundaries.
    fn fits(&self, mark: &Mark) -> bool {
        let text = self.article.text();
        mark.pieces()
            .iter()
            .all(|piece| text.get(piece.start..piece.end).is_some())
    }

    /// What an item is called in labels: “claim 3”, “source Derek Chollet”.
    fn name_of(&self, item: &Item) -> String {
        match item {
            Item::Claim(id) => match self.claim_number(id) {
                Some(number) => format!("claim {number}"),
                None => "claim".to_owned(),
            },
            Item::Source(id) => format!("source {}", self.source_name(id)),
        }
    }

    fn source_name(&self, id: &Id) -> String {
        shortened(self.index.row(id).map_or("", |row| row.name.as_str()))
    }

    /// The selected item and its record, or why there is none.
    fn subject(&self) -> Result<(&Item, &Annotation), String> {
        match (&self.selected, self.selected_annotation()) {
            (Some(item), Some(annotation)) => Ok((item, annotation)),
            _ => Err("nothing is selected".to_owned()),
        }
    }

    /// The record of an item, or why there is none.
    fn record_of(&self, item: &Item) -> Result<&Annotation, String> {
        let record = self.document.annotation(item.id());
        record.ok_or_else(|| "nothing is selected".to_owned())
    }

    /// The selected claim, or why there is none.
    fn claim_subject(&self) -> Result<&Annotation, String> {
        match self.subject()? {
            (Item::Claim(_), annotation) => Ok(annotation),
            _ => Err("select a claim first".to_owned()),
        }
    }
}

/// Words short enough for a label.
fn shortened(words: &str) -> String {
    const LONGEST: usize = 40;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words,
    }
}

fn refused(reason: &str) -> Vec<Effect> {
    vec![Effect::Say(Notice::Refused(reason.to_owned()))]
}
