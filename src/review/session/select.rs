//! Looking around: what is selected, what comes next, what is shown.
//!
//! Changes nothing else.

use super::super::{Effect, Item, List, Look, Notice};
use super::{MarkKind, Session};
use crate::annotations::{Edit, Id, Question, Status};

impl Item {
    /// The annotation it stands for: the claim, or one mention of the source.
    pub fn id(&self) -> &Id {
        match self {
            Item::Claim(id) | Item::Source(id) => id,
        }
    }

    /// The list it stands in.
    pub fn list(&self) -> List {
        match self {
            Item::Claim(_) => List::Claims,
            Item::Source(_) => List::Sources,
        }
    }
}

impl Session {
    pub(super) fn look(&mut self, look: Look) -> Vec<Effect> {
        match look {
            Look::Select(item) => {
                self.select(item);
            }
            Look::Move(list, by) => self.move_by(list, by),
            Look::First(list) => self.select_row(list, 0),
            Look::Last(list) => self.select_row(list, self.rows(list).saturating_sub(1)),
            Look::NextUndecided(list) => return self.select_undecided(list, true),
            Look::PreviousUndecided(list) => return self.select_undecided(list, false),
            Look::NextMention => return self.next_mention(),
            Look::SelectAt(byte) => {
                if let Some(item) = self.item_at(byte) {
                    self.select(item);
                }
            }
            Look::Filter(filter) => {
                self.filter = filter;
                self.show_anew();
            }
            Look::Order(order) => {
                self.order = order;
                self.show_anew();
            }
            Look::ShowFolded(shown) => self.show_folded(shown),
        }
        Vec::new()
    }

    /// Selects an item, if there is such a one.
    pub(super) fn select(&mut self, item: Item) -> bool {
        let known = self
            .document
            .annotation(item.id())
            .is_some_and(|a| match item {
                Item::Claim(_) => a.is_claim(),
                Item::Source(_) => a.is_source(),
            });
        if !known {
            return false;
        }
        match &item {
            Item::Claim(id) => self.claim = Some(id.clone()),
            Item::Source(id) => self.source = Some(id.clone()),
        }
        self.selected = Some(item);
        true
    }

    pub(super) fn select_first_undecided(&mut self) {
        let undecided = self
            .claims()
            .iter()
            .position(|id| self.index.counted(id).open.is_some());
        if !self.claims().is_empty() {
            self.select_row(List::Claims, undecided.unwrap_or(0));
            return;
        }
        let undecided = self.next_open(List::Sources, 0, true);
        self.select_row(List::Sources, undecided.unwrap_or(0));
    }

    fn rows(&self, list: List) -> usize {
        match list {
            List::Claims => self.claims().len(),
            List::Sources => self.sources().len(),
        }
    }

    fn item(&self, list: List, row: usize) -> Option<Item> {
        match list {
            List::Claims => self.claims().get(row).cloned().map(Item::Claim),
            List::Sources => {
                let source = self.sources().get(row)?;
                // Coming back to a source finds the mention that was looked at.
                let last = self.source.as_ref();
                let last = last.filter(|id| source.mentions.contains(id));
                last.or(source.mentions.first()).cloned().map(Item::Source)
            }
        }
    }

    fn row(&self, list: List) -> Option<usize> {
        match list {
            List::Claims => self.claim_row(),
            List::Sources => self.source_row(),
        }
    }

    fn select_row(&mut self, list: List, row: usize) {
        if let Some(item) = self.item(list, row) {
            self.select(item);
        }
    }

    fn move_by(&mut self, list: List, by: isize) {
        let last = self.rows(list).saturating_sub(1);
        let row = match self.row(list) {
            Some(row) => row.saturating_add_signed(by).min(last),
            // The last selected one is not shown: on from where it would stand.
            None => self.row_of_hidden(list, by).min(last),
        };
        self.select_row(list, row);
    }

    fn row_of_hidden(&self, list: List, by: isize) -> usize {
        let rank = self.claim.as_ref().and_then(|id| self.index.rank(id));
        let (List::Claims, Some(rank)) = (list, rank) else {
            return 0;
        };
        let next = self
            .claims()
            .iter()
            .position(|id| self.index.rank(id).is_some_and(|other| other > rank))
            .unwrap_or(self.claims().len());
        if by < 0 { next.saturating_sub(1) } else { next }
    }

    /// The nearest row with an open question from `from` on (that one first), going round
    /// once.
    fn next_open(&self, list: List, from: usize, down: bool) -> Option<usize> {
        let rows = self.rows(list);
        (0..rows)
            .map(|step| {
                if down {
                    (from + step) % rows
                } else {
                    (from + rows - step) % rows
                }
            })
            .find(|&row| match list {
                List::Claims => self.index.counted(&self.claims()[row]).open.is_some(),
                List::Sources => {
                    let source = &self.sources()[row];
                    let counted = self.index.source_counted(&source.mentions[0]);
                    counted.open.is_some()
                }
            })
    }

    /// Selects the next item with an open question: of this list, else of the other one.
    fn select_undecided(&mut self, list: List, down: bool) -> Vec<Effect> {
        if let Some(place) = self.place_before_added()
            && place.list() == list
        {
            self.select(place.clone());
            if self.counted(&place).open.is_some() {
                return self.say_where();
            }
        }
        let rows = self.rows(list);
        let from = match self.row(list) {
            Some(row) if down => (row + 1) % rows.max(1),
            Some(row) => (row + rows - 1) % rows.max(1),
            None => 0,
        };
        if let Some(row) = self.next_open(list, from, down) {
            self.select_row(list, row);
            return self.say_where();
        }
        let other = match list {
            List::Claims => List::Sources,
            List::Sources => List::Claims,
        };
        let from = match down {
            true => 0,
            false => self.rows(other).saturating_sub(1),
        };
        match self.next_open(other, from, down) {
            Some(row) => {
                self.select_row(other, row);
                self.say_where()
            }
            None => self.say_what_is_left(list),
        }
    }

    /// Remembers where one was before something was added, which is selected now.
    pub(super) fn remember_place(&mut self, before: Option<Item>) {
        let added = self.selected.as_ref().map(|item| item.id().clone());
        let moved = added
            .zip(before)
            .filter(|(added, before)| before.id() != added);
        self.came_from = moved;
    }

    /// Where one was before what is selected was added: one goes on from there, not from where the
    /// added claim happens to stand.
    fn place_before_added(&mut self) -> Option<Item> {
        let (added, place) = self.came_from.take()?;
        let is_selected = self
            .selected
            .as_ref()
            .is_some_and(|item| *item.id() == added);
        is_selected.then_some(place)
    }

    /// Why an item was gone to, where that is not plain from its sign.
    fn say_where(&self) -> Vec<Effect> {
        let Some(item) = &self.selected else {
            return Vec::new();
        };
        match self.counted(item).open {
            None | Some(Question::Undecided | Question::Conflict) => Vec::new(),
            // The row says so, and the bottom line has to name the keys.
            Some(question) if question.is_of_change() => Vec::new(),
            Some(question) => {
                let say = format!("{}: {question}", self.name_of(item));
                vec![Effect::Say(Notice::Info(say))]
            }
        }
    }

    /// After a decision: selects the next open item of the same list, or says that there is
    /// none.
    pub(super) fn go_on(&mut self) -> Vec<Effect> {
        let Some(list) = self.selected.as_ref().map(Item::list) else {
            return Vec::new();
        };
        let rows = self.rows(list);
        let from = match self.row(list) {
            Some(row) => (row + 1) % rows.max(1),
            None => self.row_of_hidden(list, 1) % rows.max(1),
        };
        match self.next_open(list, from, true) {
            Some(row) => {
                self.select_row(list, row);
                Vec::new()
            }
            None => self.say_what_is_left(list),
        }
    }

    fn say_what_is_left(&self, list: List) -> Vec<Effect> {
        let left = self.left();
        let count = |n: usize, one: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {one}s"),
        };
        let (claims, sources) = (left.claim_count(), left.source_count());
        let (here, there, name) = match list {
            List::Claims => (claims, count(sources, "source"), "claim"),
            List::Sources => (sources, count(claims, "claim"), "source"),
        };
        let say = if left.is_empty() {
            "all decided — f finishes".to_owned()
        } else if here > 0 {
            format!("all shown are decided — {} not shown", count(here, name))
        } else {
            format!("all {name}s decided — {there} left, n goes there")
        };
        vec![Effect::Say(Notice::Info(say))]
    }

    fn next_mention(&mut self) -> Vec<Effect> {
        let Some(Item::Source(id)) = &self.selected else {
            return super::refused("select a source first");
        };
        let Some(row) = self.index.row(id) else {
            return Vec::new();
        };
        if row.mentions.len() == 1 {
            return vec![Effect::Say(Notice::Info("the only mention".to_owned()))];
        }
        let at = row.mentions.iter().position(|m| m == id).unwrap_or(0);
        let (next, all) = ((at + 1) % row.mentions.len(), row.mentions.len());
        let mention = row.mentions[next].clone();
        self.select(Item::Source(mention));
        // Told, because a narrow screen does not show the article.
        let told = format!("mention {} of {all}", next + 1);
        vec![Effect::Say(Notice::Info(told))]
    }

    /// The innermost claim or source mention at a byte.
    fn item_at(&self, byte: usize) -> Option<Item> {
        let marks = self.marks();
        let from_here = marks.partition_point(|mark| mark.span.start <= byte);
        marks[..from_here]
            .iter()
            .filter(|mark| mark.span.contains(byte) && mark.kind != MarkKind::Cue)
            .min_by_key(|mark| (mark.status == Status::Withdrawn, mark.span.len()))
            .map(|mark| match mark.kind {
                MarkKind::Source => Item::Source(mark.id.clone()),
                MarkKind::Claim | MarkKind::Cue => Item::Claim(mark.id.clone()),
            })
    }

    /// After lists were made anew: lets go of what is no more.
    pub(super) fn keep_selection(&mut self) {
        let document = &self.document;
        let gone = |id: &Option<Id>| {
            id.as_ref()
                .is_some_and(|id| document.annotation(id).is_none())
        };
        let (claim_gone, source_gone) = (gone(&self.claim), gone(&self.source));
        if claim_gone {
            self.claim = None;
        }
        if source_gone {
            self.source = None;
        }
        let selected = self.selected.as_ref();
        if selected.is_none_or(|item| self.document.annotation(item.id()).is_none()) {
            self.selected = None;
            match self.claim.clone() {
                Some(claim) => {
                    self.select(Item::Claim(claim));
                }
                None => self.select_first_undecided(),
            }
        }
    }

    /// After a filter: selects something shown, the same if it still is.
    pub(super) fn show_selection(&mut self) {
        let Some(list) = self.selected.as_ref().map(Item::list) else {
            self.select_first_undecided();
            return;
        };
        if self.row(list).is_none() {
            self.move_by(list, 1);
        }
    }

    /// Selects what a change touched: what is selected if it is among it, else the first
    /// claim, else the first source. `linked` are the claims whose links it changed, as it was
    /// before.
    pub(super) fn select_touched(&mut self, edit: &Edit, linked: Vec<Id>) {
        let mut touched: Vec<Id> = edit.annotations().into_iter().cloned().collect();
        touched.extend(linked);
        touched.extend(self.linked_claims(edit));
        // What was added is gone again: back to where one was.
        let is_gone = |(added, _): &(Id, Item)| {
            touched.contains(added) && self.document.annotation(added).is_none()
        };
        if self.came_from.as_ref().is_some_and(is_gone) {
            if let Some((_, place)) = self.came_from.take() {
                self.select(place);
            }
            return;
        }
        let selected = self.selected.as_ref().map(Item::id);
        if selected.is_some_and(|selected| touched.contains(selected)) {
            return;
        }
        let record = |wanted: fn(&crate::annotations::Annotation) -> bool| {
            touched
                .iter()
                .find(|id| self.document.annotation(id).is_some_and(wanted))
                .cloned()
        };
        let item = match record(|a| a.is_claim()) {
            Some(claim) => Some(Item::Claim(claim)),
            None => record(|a| a.is_source()).map(Item::Source),
        };
        if let Some(item) = item {
            self.select(item);
        }
    }

    /// The claims whose links a change is about, as far as these are there.
    pub(super) fn linked_claims(&self, edit: &Edit) -> Vec<Id> {
        match edit {
            Edit::LinkReview { link, .. } | Edit::Link { id: link, .. } => self
                .document
                .link(link)
                .map(|link| link.from.clone())
                .into_iter()
                .collect(),
            Edit::All(edits) => edits.iter().flat_map(|e| self.linked_claims(e)).collect(),
            _ => Vec::new(),
        }
    }
}
