//! Marks made by hand: by hints, by word and clause, by cursor.

use super::App;
use super::hints::Hints;
use super::mode::{AskEnd, Extend, HintUse, MarkUse, Mode, Visual};
use super::open_review::Pane;
use crate::annotations::RecordKind;
use crate::detect::Kind;
use crate::review::{Decide, End, Moment, NewSource};
use crate::text::{Mark, Span};
use crate::tui::event::Request;

impl App {
    pub(super) fn open_hints(&mut self, hint_use: HintUse) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        if review.is_read_only() {
            self.refuse("read-only: nothing can be marked here");
            return Vec::new();
        }
        if hint_use != HintUse::Start(MarkUse::Add) && review.selected_span().is_none() {
            self.refuse("select a mark first");
            return Vec::new();
        }
        let words = review.article.words().into_iter();
        let hints = match (hint_use, review.selected_mark()) {
            (HintUse::JumpEnd, Some(mark)) => {
                let hull = mark.hull();
                let paragraph = review.article.paragraph_in_view(hull);
                let words = words.filter(|word| paragraph.covers(*word) && can_end(mark, *word));
                Hints::new(words, &[hull.start, hull.end])
            }
            (_, mark) => {
                let cursor = mark.map_or(0, |mark| mark.hull().start);
                Hints::new(words, &[cursor])
            }
        };
        self.mode = Mode::Hints(hints, hint_use);
        Vec::new()
    }

    /// Takes the word that an end of the selected mark goes to; where either end can be meant,
    /// shows what becomes of the mark first.
    pub(super) fn jump_end(&mut self, to: usize, moment: &Moment) -> Vec<Request> {
        let review = self.review.as_ref();
        let Some(either) = review.and_then(|review| review.session.either_end_at(to)) else {
            self.mode = Mode::Normal;
            return self.act(Decide::AdjustNearer(to), moment);
        };
        self.mode = Mode::AskEnd(AskEnd { to, either });
        Vec::new()
    }

    /// Opens hints for the source of the selected claim.
    pub(super) fn open_source_hints(&mut self) -> Vec<Request> {
        self.open_hints(HintUse::Start(MarkUse::Source))
    }

    /// Opens hints for one more piece of the selected mark.
    pub(super) fn open_piece_hints(&mut self) -> Vec<Request> {
        self.open_hints(HintUse::Start(MarkUse::Piece))
    }

    /// Begins a mark at a word; its end is open.
    pub(super) fn begin_mark(&mut self, start: usize, mark_use: MarkUse) {
        let Some(review) = &self.review else { return };
        if let Some(word) = review.article.word_from(start) {
            let paragraph = review.article.paragraph_in_view(word);
            let ends = Span::new(word.start, paragraph.end);
            let hints = match std::mem::take(&mut self.mode) {
                Mode::Hints(hints, _) => hints.within(ends),
                _ => Hints::default(),
            };
            self.mode = Mode::Extend(Extend {
                span: word,
                hints,
                mark_use,
            });
        }
    }

    /// Takes the last that was picked for a mark back: a letter, the end, the start.
    pub(super) fn unpick(&mut self) -> Vec<Request> {
        let Mode::Extend(extend) = &mut self.mode else {
            return Vec::new();
        };
        if extend.hints.take_back() {
            return Vec::new();
        }
        let (start, mark_use) = (extend.span.start, extend.mark_use);
        let has_end = extend.hints.is_empty();
        let requests = self.open_hints(HintUse::Start(mark_use));
        if has_end {
            self.begin_mark(start, mark_use);
        }
        requests
    }

    /// Ends a mark with a word.
    pub(super) fn end_mark(&mut self, at: usize) {
        let Mode::Extend(extend) = &mut self.mode else {
            return;
        };
        if let Some(word) = self.review.as_ref().and_then(|r| r.article.word_from(at)) {
            extend.span = Span::new(extend.span.start, word.end.max(extend.span.start + 1));
            extend.hints = Hints::default();
        }
    }

    /// Lets an end of the mark being made go out to the clause, then the sentence.
    pub(super) fn reach_out(&mut self, end: End) {
        let Some(review) = &self.review else { return };
        match &mut self.mode {
            Mode::Extend(extend) => {
                extend.span = review.session.reach_out(extend.span, end);
                extend.hints = Hints::default();
            }
            Mode::Visual(visual) => {
                let cursor_end = review
                    .article
                    .cluster_at(visual.anchor.max(visual.cursor))
                    .end;
                let span = Span::new(visual.anchor.min(visual.cursor), cursor_end);
                let out = review.session.reach_out(span, end);
                visual.anchor = out.start;
                visual.cursor = review.article.cluster_before(out.end);
            }
            _ => {}
        }
    }

    /// Moves an end of the mark being made by a word.
    pub(super) fn extend_by_word(&mut self, end: End, on: bool) {
        let (Some(review), Mode::Extend(extend)) = (&self.review, &mut self.mode) else {
            return;
        };
        let reading = &review.article;
        let Span { start, end: stop } = extend.span;
        let moved = match (end, on) {
            (End::End, true) => reading
                .word_from(stop)
                .map(|word| Span::new(start, word.end)),
            (End::End, false) => reading
                .word_before(reading.word_before(stop).map_or(stop, |word| word.start))
                .filter(|word| word.end > start)
                .map(|word| Span::new(start, word.end)),
            (End::Start, true) => reading
                .word_from(reading.word_from(start).map_or(start, |word| word.end))
                .filter(|word| word.start < stop)
                .map(|word| Span::new(word.start, stop)),
            (End::Start, false) => reading
                .word_before(start)
                .map(|word| Span::new(word.start, stop)),
        };
        if let Some(span) = moved {
            extend.span = span;
            extend.hints = Hints::default();
        }
    }

    /// Begins marking by cursor, at a byte or at the selected mark.
    pub(super) fn open_visual(&mut self, at: Option<usize>, mark_use: MarkUse) -> Vec<Request> {
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let view = review.article.view().visible(review.article.wrap());
        let selected = review
            .selected_span()
            .filter(|span| view.contains(span.start));
        let cursor = at.or(selected.map(|span| span.start)).unwrap_or(view.start);
        let cursor = review.article.word_from(cursor).map_or(cursor, |word| {
            if at.is_some() { cursor } else { word.start }
        });
        let before = std::mem::replace(&mut review.pane, Pane::Article);
        self.mode = Mode::Visual(Visual {
            anchor: cursor,
            cursor,
            mark_use,
            before,
        });
        Vec::new()
    }

    /// The words marked so far, in whichever way.
    pub(in crate::tui) fn marked(&self) -> Option<(Span, MarkUse)> {
        let review = self.review.as_ref()?;
        match &self.mode {
            Mode::Extend(extend) => Some((extend.span, extend.mark_use)),
            Mode::Visual(visual) => {
                let last = review.article.cluster_at(visual.anchor.max(visual.cursor));
                Some((
                    Span::new(visual.anchor.min(visual.cursor), last.end),
                    visual.mark_use,
                ))
            }
            _ => None,
        }
    }

    /// What is shown as marked in the article: the words so far, or what a mark would become.
    pub(in crate::tui) fn selection(&self) -> Option<Span> {
        match &self.mode {
            Mode::AskEnd(ask) => Some(ask.either.span()),
            _ => self.marked().map(|(span, _)| span),
        }
    }

    /// A span out to the ends of the words it cuts.
    fn out_to_words(&self, span: Span) -> Span {
        let Some(review) = &self.review else {
            return span;
        };
        let first = review.article.word_from(span.start);
        let start = first.map_or(span.start, |word| word.start.min(span.start));
        let last = review.article.word_from(span.end.saturating_sub(1));
        let cut = last.filter(|word| word.start < span.end);
        Span::new(start, cut.map_or(span.end, |word| word.end.max(span.end)))
    }

    /// Makes the mark: a claim of a kind or of none, a source, a piece, as it was begun.
    pub(super) fn make_mark(
        &mut self,
        record: RecordKind,
        kind: Option<Kind>,
        moment: &Moment,
    ) -> Vec<Request> {
        let Some((span, mark_use)) = self.marked() else {
            return Vec::new();
        };
        let span = self.out_to_words(span);
        self.mode = Mode::Normal;
        let text = self
            .review
            .as_ref()
            .map(|review| review.session.article().text());
        let Some(mark) = text.and_then(|text| Mark::whole(span.trimmed(text))) else {
            self.refuse("there is no word to mark");
            return Vec::new();
        };
        if let Some(review) = &mut self.review
            && review.pane == Pane::Article
        {
            review.pane = match record {
                RecordKind::Claim => Pane::Claims,
                RecordKind::Source if mark_use == MarkUse::Source => Pane::Claims,
                RecordKind::Source => Pane::Sources,
            };
        }
        let action = match (mark_use, record) {
            (MarkUse::Piece, _) => Decide::AddPiece(mark.hull()),
            (MarkUse::Source, _) => Decide::Link(NewSource::Mark(mark)),
            (MarkUse::Add, RecordKind::Source) => Decide::Add(record, mark, Vec::new()),
            (MarkUse::Add, RecordKind::Claim) => {
                Decide::Add(record, mark, kind.into_iter().collect())
            }
        };
        let requests = self.act(action, moment);
        if let Some(review) = &mut self.review {
            review.show_list_of_selected();
        }
        requests
    }
}

/// Whether an end of a mark can go to a word: to one where none stands yet.
fn can_end(mark: &Mark, word: Span) -> bool {
    let mut pieces = mark.pieces().iter();
    !pieces.any(|piece| piece.start == word.start || piece.end == word.end)
}
