//! The review screen's own state: the session, which pane has the keys, what is in view.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::annotations::{Annotation, Id, is_bare_pronoun, source_key};
use crate::detect::Findings;
use crate::outside::Heard;
use crate::review::{Item, List, Session};
use crate::text::{Mark, Signs, Span, visible};
use crate::tui::event::{Contexts, LetGo, RunTaken};
use crate::tui::layout::{ArticleRows, ListView, Scroll};
use crate::tui::widget::{Marks, ShownMarks};

/// Letters that take a source from the list: without `s`, `i` and `-`, which have meanings
/// of their own there.
const SOURCE_LETTERS: &str = "abcdefghjklmnopqrtuvwxyz";

/// The panes of the review screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Pane {
    /// The article's words.
    Article,
    /// The claims.
    Claims,
    /// The sources.
    Sources,
}

impl Pane {
    /// Around the panes.
    pub(in crate::tui) fn next(self) -> Pane {
        match self {
            Pane::Article => Pane::Claims,
            Pane::Claims => Pane::Sources,
            Pane::Sources => Pane::Article,
        }
    }

    /// To the right, stopping there.
    pub(in crate::tui) fn right(self) -> Pane {
        if self == Pane::Article {
            Pane::Claims
        } else {
            Pane::Sources
        }
    }

    /// To the left, stopping there.
    pub(in crate::tui) fn left(self) -> Pane {
        if self == Pane::Sources {
            Pane::Claims
        } else {
            Pane::Article
        }
    }

    /// The list whose items decisions are about; in the article, the claims.
    pub(in crate::tui) fn list(self) -> List {
        if self == Pane::Sources {
            List::Sources
        } else {
            List::Claims
        }
    }
}

/// Whether the decisions shown are on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) enum SaveState {
    /// They are.
    Saved,
    /// They are in the journal; why the sidecar could not be written.
    InJournal(String),
    /// The last one could not be written and was taken back; why.
    Failed(String),
    /// Nothing can be decided; why.
    ReadOnly(String),
}

/// Words looked for in the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::tui) struct Search {
    /// As typed.
    pub words: String,
    /// Where they stand, in text order.
    pub matches: Vec<Span>,
    /// The match gone to.
    pub at: usize,
}

/// The review screen's own state.
#[derive(Debug)]
pub(in crate::tui) struct OpenReview {
    /// Where the article stands.
    pub path: PathBuf,
    /// The review itself.
    pub session: Session,
    /// What of the article is in view.
    pub article: ArticleRows,
    /// Which pane has the keys.
    pub pane: Pane,
    /// What of the claims is in view.
    pub claims: ListView,
    /// What of the sources is in view.
    pub sources: ListView,
    /// Whether the line at the end of the claims is selected and not a claim.
    pub on_fold: bool,
    /// Whether the detector is still reading.
    pub detecting: bool,
    /// What other detectors found, until it is put in.
    pub heard: VecDeque<Heard>,
    /// What the run found that is being put in.
    pub taking: Option<Arc<Findings>>,
    /// Whether the decisions are on disk.
    pub saved: SaveState,
    /// Words looked for.
    pub search: Option<Search>,
    /// What the article holds that is shown by a sign; empty if nothing.
    pub hidden: String,
    /// What opening had to say.
    pub notices: Vec<String>,
    /// What stood around words that were judged in earlier versions.
    pub contexts: Contexts,
    /// The letter of each source, by its key.
    letters: FxHashMap<String, char>,
    marks: ShownMarks,
}

impl OpenReview {
    /// A review of an article just opened, in panes without size yet.
    pub(in crate::tui) fn new(
        path: PathBuf,
        session: Session,
        signs: Signs,
        saved: SaveState,
    ) -> OpenReview {
        let article = ArticleRows::new(session.article(), signs);
        let hidden = visible::hidden_notice(visible::count_hidden(session.article().text()));
        OpenReview {
            marks: ShownMarks::of(&session),
            path,
            session,
            article,
            pane: Pane::Claims,
            claims: ListView::default(),
            sources: ListView::default(),
            on_fold: false,
            detecting: true,
            heard: VecDeque::new(),
            taking: None,
            saved,
            search: None,
            hidden: hidden.unwrap_or_default(),
            notices: Vec::new(),
            contexts: Contexts::default(),
            letters: FxHashMap::default(),
        }
    }

    /// Lays the article out with other signs.
    pub(in crate::tui) fn take_signs(&mut self, signs: Signs) {
        self.article = ArticleRows::new(self.session.article(), signs);
    }

    /// The ranges to mark in the article.
    pub(in crate::tui) fn marks(&self) -> &Marks {
        self.marks.marks()
    }

    /// Gives a letter to every source that has none, in text order. A source keeps its letter
    /// while the article is open, whichever claim it is chosen for: fingers learn it.
    pub(in crate::tui) fn give_letters(&mut self) {
        let letters = &mut self.letters;
        let annotations = self.session.document().annotations();
        let sources = annotations.iter().filter(|a| a.is_source());
        for source in sources.filter(|source| !is_bare_pronoun(source)) {
            let key = source_key(source);
            if letters.contains_key(&key) {
                continue;
            }
            let mut free = SOURCE_LETTERS.chars().skip(letters.len());
            match free.next() {
                Some(letter) => letters.insert(key, letter),
                None => return,
            };
        }
    }

    /// The letter that takes a source from the list.
    pub(in crate::tui) fn letter_of(&self, source: &Annotation) -> Option<char> {
        self.letters.get(&source_key(source)).copied()
    }

    /// Whether I finished the article as it stands.
    pub(in crate::tui) fn is_finished(&self) -> bool {
        let document = self.session.document();
        let pass = document.pass_of(self.session.reviewer());
        pass.is_some_and(|pass| pass.finished && pass.text == *document.text())
    }

    /// Whether the article is put off.
    pub(in crate::tui) fn is_put_off(&self) -> bool {
        let head = &self.session.document().parts().article.more;
        head.get("later").and_then(serde_json::Value::as_bool) == Some(true)
    }

    /// The number by which the marks of an annotation are known.
    pub(in crate::tui) fn owner_of(&self, id: &Id) -> Option<u32> {
        self.marks.owner_of(id)
    }

    /// Takes the marks over from the session: those that changed, or all that were made anew.
    pub(in crate::tui) fn mark(&mut self) {
        self.marks.follow(&self.session);
    }

    /// Shows a review with a run in it instead, if it was made of what is shown, and gives back
    /// what is not shown any more.
    ///
    /// # Errors
    /// What was made, of something else.
    pub(in crate::tui) fn take_over(
        &mut self,
        taken: Box<RunTaken>,
    ) -> Result<LetGo, Box<RunTaken>> {
        if !self.session.take_over(&taken.session, &taken.from.session) {
            return Err(taken);
        }
        let RunTaken {
            from,
            session,
            marks,
        } = *taken;
        let marks = std::mem::replace(&mut self.marks, marks);
        // It shares what is shown now, which whoever decides next would have to copy.
        drop(session);
        Ok(LetGo::of((from, marks)))
    }

    /// The list that is shown: the sources while they have the keys, else the claims.
    pub(in crate::tui) fn list(&self) -> List {
        self.pane.list()
    }

    /// The selected mark, if it stands in the text.
    pub(in crate::tui) fn selected_mark(&self) -> Option<&Mark> {
        self.session.selected_annotation()?.target.mark.as_ref()
    }

    /// The byte range of the selected mark, gaps included.
    pub(in crate::tui) fn selected_span(&self) -> Option<Span> {
        self.selected_mark().map(Mark::hull)
    }

    /// Brings the selected mark into view.
    pub(in crate::tui) fn follow(&mut self) {
        self.on_fold = false;
        self.show_list_of_selected();
        if let Some(span) = self.selected_span() {
            self.article.scroll(Scroll::Show(span));
        }
    }

    /// Keys are about what is selected: its list has them, never the other one.
    pub(in crate::tui) fn show_list_of_selected(&mut self) {
        match self.session.selected() {
            Some(Item::Source(_)) => self.pane = Pane::Sources,
            Some(Item::Claim(_)) if self.pane == Pane::Sources => self.pane = Pane::Claims,
            _ => {}
        }
    }

    /// The row of a list that is selected.
    pub(in crate::tui) fn selected_row(&self, list: List) -> Option<usize> {
        match list {
            List::Claims if self.is_on_fold() => Some(self.session.claims().len()),
            List::Claims => self.session.claim_row(),
            List::Sources => self.session.source_row(),
        }
    }

    /// How many rows a list has.
    pub(in crate::tui) fn rows(&self, list: List) -> usize {
        match list {
            List::Claims => self.session.claims().len() + usize::from(self.fold_line().is_some()),
            List::Sources => self.session.sources().len(),
        }
    }

    /// Rows of the longer list with everything shown: what is shown changes with every letter
    /// of a filter, and panes must not.
    pub(in crate::tui) fn most_rows(&self) -> usize {
        let fold = usize::from(self.session.folded_count() > 0);
        let claims = self.session.claim_count() + fold;
        claims.max(self.session.source_count())
    }

    /// The source mention of the selected claim.
    pub(in crate::tui) fn related(&self) -> Option<u32> {
        let Some(Item::Claim(id)) = self.session.selected() else {
            return None;
        };
        let source = self.session.document().source_of(id)?;
        self.owner_of(&source.id)
    }

    /// The item on a row of a list.
    pub(in crate::tui) fn item(&self, list: List, row: usize) -> Option<Item> {
        match list {
            List::Claims => self.session.claims().get(row).cloned().map(Item::Claim),
            List::Sources => {
                let row = self.session.sources().get(row)?;
                row.mentions.first().cloned().map(Item::Source)
            }
        }
    }

    /// What of a list is in view.
    pub(in crate::tui) fn list_view(&self, list: List) -> &ListView {
        match list {
            List::Claims => &self.claims,
            List::Sources => &self.sources,
        }
    }

    /// What of the list shown is in view, to be scrolled.
    pub(in crate::tui) fn list_view_mut(&mut self) -> &mut ListView {
        match self.list() {
            List::Claims => &mut self.claims,
            List::Sources => &mut self.sources,
        }
    }

    /// Whether anything may be decided.
    pub(in crate::tui) fn is_read_only(&self) -> bool {
        matches!(self.saved, SaveState::ReadOnly(_))
    }
}
