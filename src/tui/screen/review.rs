//! The review screen: title, article, list, card, status line.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::annotations::Status;
use crate::review::{Item, List, Order, Session};
use crate::text::Visible;
use crate::tui::app::{
    App, Mode, NO_SOURCE, OpenReview, Pane, SaveState, Screen, name_of, small_card, words_of,
};
use crate::tui::command::Command;
use crate::tui::layout::{self, Framed};
use crate::tui::widget::{
    ArticlePane, Frame, Heading, Hint, ListPane, ListRow, Segment, progress_bar,
};
use crate::tui::widget::{Field, Fields, Role, kind_letters, open_because, role_of_item};

/// Cells of the progress bar.
const BAR: usize = 10;

/// Columns of a list from which claims have the letters of their kinds, and from which verdict or
/// source stand at the right.
const MARKS_FROM: u16 = 40;
const TOLD_FROM: u16 = 56;

/// Kinds told on a row.
const KINDS: u16 = 3;

/// Cells from which a headline says something, and those between two parts of the line.
const HEADLINE: usize = 24;
const GAP: usize = 3;

impl App {
    /// Draws the review screen; returns where the hardware cursor belongs.
    pub(super) fn draw_review(&self, buf: &mut Buffer) -> Option<Position> {
        let areas = self.review_areas();
        let Some(review) = self.review() else {
            self.draw_title(areas.title, None, buf);
            self.draw_status(areas.status, buf);
            return None;
        };
        self.draw_title(areas.title, Some(review), buf);
        let in_article = areas
            .article
            .and_then(|pane| self.draw_article(pane, review, buf));
        let in_list = areas
            .list
            .and_then(|pane| self.draw_list(pane, review, buf));
        if let Some(pane) = areas.card {
            self.draw_card(pane, areas.list.is_some(), review, buf);
        }
        let in_status = self.draw_status(areas.status, buf);
        let in_pane = if review.pane == Pane::Article {
            in_article
        } else {
            in_list
        };
        in_status.or(in_pane)
    }

    fn draw_title(&self, area: Option<Rect>, review: Option<&OpenReview>, buf: &mut Buffer) {
        let Some(area) = area else { return };
        let (left, right) = self.title_segments(area, review);
        self.draw_title_line(&left, &right, area, buf);
    }

    /// What stands in the title line: what is open at the left, how far it is at the right.
    pub(super) fn title_segments(
        &self,
        area: Rect,
        review: Option<&OpenReview>,
    ) -> (Vec<Segment>, Vec<Segment>) {
        let theme = self.options().theme;
        let mut left = vec![Segment::new(Visible::new("proofmark"), Role::Title, 2)];
        let mut right = Vec::new();
        if self.screen() == Screen::Review {
            let rows = self.queue().shown().len();
            let row = self.queue().selected_row().filter(|_| rows > 1);
            if let Some(row) = row {
                let text = format!("queue {}/{rows}", row + 1);
                left.push(Segment::new(self.shown(&text), Role::Dim, 3).runs("back"));
            }
        }
        if let Some(review) = review {
            let name = name_of(&review.path);
            // Progress and save state need about 26 cells and come first.
            let room = usize::from(area.width).saturating_sub(28).max(8);
            left.push(Segment::new(self.fitting(&name, room), Role::Text, 5));
            let name_at = left.len() - 1;
            if !review.hidden.is_empty() {
                left.push(Segment::new(self.shown(&review.hidden), Role::Warning, 2));
            }
            if review.is_finished() {
                left.push(Segment::new(Visible::new("finished"), Role::Dim, 4));
            } else if review.is_put_off() {
                left.push(Segment::new(Visible::new("put off"), Role::Warning, 4));
            }
            let progress = review.session.progress();
            let (done, total) = (progress.decided, progress.total);
            right.push(
                Segment::new(progress_bar(done, total, BAR, theme), Role::Dim, 4).runs("summary"),
            );
            // Not before the suggestions are there: a count of nothing would look like an end.
            if total > 0 || !review.detecting {
                let text = format!("{done}/{total} decided");
                let decided = Segment::new(self.shown(&text), Role::Text, 9);
                right.push(decided.runs("next-undecided"));
            }
            if review.detecting {
                right.push(Segment::new(
                    Visible::new("reading the article"),
                    Role::Dim,
                    3,
                ));
            }
            let (text, role) = match &review.saved {
                SaveState::Saved if self.is_practice() => {
                    ("practice, not kept".to_owned(), Role::Warning)
                }
                SaveState::Saved => ("saved".to_owned(), Role::Dim),
                SaveState::InJournal(_) => ("saved in the journal".to_owned(), Role::Warning),
                SaveState::Failed(_) => ("UNSAVED: see :w".to_owned(), Role::Error),
                SaveState::ReadOnly(_) => ("read-only".to_owned(), Role::Warning),
            };
            right.push(Segment::new(self.shown(&text), role, 8).runs("write"));
            self.add_headline(review, name_at, &mut left, &right, area.width.into());
        } else {
            right.push(Segment::new(Visible::new("opening"), Role::Dim, 5));
        }
        (left, right)
    }

    /// Puts the article's headline before its file's name, where everything else leaves room.
    fn add_headline(
        &self,
        review: &OpenReview,
        name_at: usize,
        left: &mut Vec<Segment>,
        right: &[Segment],
        width: usize,
    ) {
        let known = review.session.document().parts().article.known();
        let taken: usize = left
            .iter()
            .chain(right)
            .map(|part| part.cells() + GAP)
            .sum();
        let room = width.saturating_sub(taken + GAP);
        if let Some(title) = known.title().filter(|_| room >= HEADLINE) {
            left[name_at]
                .parts
                .iter_mut()
                .for_each(|part| part.1 = Role::Dim);
            let title = self.fitting(title, room);
            left.insert(name_at, Segment::new(title, Role::Text, 1));
        }
    }

    fn draw_article(
        &self,
        pane: Framed,
        review: &OpenReview,
        buf: &mut Buffer,
    ) -> Option<Position> {
        let theme = self.options().theme;
        let is_focused = review.pane == Pane::Article;
        let headings = self.article_heading(is_focused);
        self.pane_frame(&headings, is_focused).render(pane, buf);
        let hints: Vec<Hint> = match self.mode() {
            Mode::Hints(hints, _) => hints
                .shown()
                .map(|(word, letters)| Hint { word, letters })
                .collect(),
            Mode::Extend(extend) => extend
                .hints
                .shown()
                .map(|(word, letters)| Hint { word, letters })
                .collect(),
            _ => Vec::new(),
        };
        let selected = review.session.selected_annotation();
        // What the mark becomes is shown in its place.
        let is_asked = matches!(self.mode(), Mode::AskEnd(_));
        let selected = selected.filter(|_| !review.is_on_fold() && !is_asked);
        let cursor = match self.mode() {
            Mode::Visual(visual) => Some(visual.cursor),
            Mode::Extend(extend) => Some(extend.span.start),
            _ => review.selected_span().map(|span| span.start),
        };
        let article = ArticlePane {
            wrap: review.article.wrap(),
            view: review.article.view(),
            marks: review.marks(),
            selected: selected.and_then(|annotation| review.owner_of(&annotation.id)),
            related: review.related().filter(|_| !review.is_on_fold()),
            selection: self.selection(),
            matches: review.search.as_ref().map_or(&[], |search| &search.matches),
            hints: &hints,
            cursor,
            is_focused,
            theme,
        };
        let columns = layout::article_columns(pane.inner);
        if review.session.article().text().trim().is_empty() {
            let empty = [Field {
                label: "",
                text: "The article has no text.".to_owned(),
                role: Role::Dim,
            }];
            Fields::new(&empty, columns.text.width, theme).draw(columns.text, 0, buf);
            return None;
        }
        let cursor = article.render(columns, buf);
        let on_mark = matches!(self.mode(), Mode::Visual(_) | Mode::Extend(_));
        cursor.or_else(|| on_mark.then(|| columns.text.as_position()))
    }

    /// The frame of a pane.
    pub(super) fn pane_frame<'a>(&self, headings: &'a [Heading], is_focused: bool) -> Frame<'a> {
        Frame {
            headings,
            is_focused,
            joins_above: false,
            theme: self.options().theme,
        }
    }

    /// What stands in the frame of the article.
    pub(super) fn article_heading(&self, is_focused: bool) -> [Heading; 1] {
        [Heading {
            text: Visible::new("article"),
            is_open: is_focused,
        }]
    }

    /// The tabs in the frame of the list: claims, sources.
    pub(super) fn list_headings(&self, pane: Framed, review: &OpenReview) -> [Heading; 2] {
        let session = &review.session;
        let list = review.list();
        let text = |name: &str, shown: usize, all: usize| {
            if shown == all {
                format!("{name} {all}")
            } else {
                format!("{name} {shown} of {all}")
            }
        };
        let claims = session.claims().len();
        let all = session.claim_count();
        let mut name = text("claims", claims, all);
        if !session.filter().shows_all() {
            name = format!("{name} · “{}”", session.filter());
        }
        let sources = format!("sources {}", session.sources().len());
        let order = match session.order() {
            Order::Text => " · as in the text".to_owned(),
            order => format!(" · by {order}"),
        };
        // The tab beside it and the corners of both come first.
        let taken = self.shown(&name).cells() + self.shown(&sources).cells() + 6;
        if taken + self.shown(&order).cells() <= usize::from(pane.inner.width) {
            name.push_str(&order);
        }
        [
            Heading {
                text: self.shown(&name),
                is_open: list == List::Claims,
            },
            Heading {
                text: self.shown(&sources),
                is_open: list == List::Sources,
            },
        ]
    }

    fn draw_list(&self, pane: Framed, review: &OpenReview, buf: &mut Buffer) -> Option<Position> {
        let theme = self.options().theme;
        let session = &review.session;
        let list = review.list();
        let is_focused = review.pane != Pane::Article;
        let headings = self.list_headings(pane, review);
        self.pane_frame(&headings, is_focused).render(pane, buf);
        let when_empty = if review.detecting {
            "reading the article"
        } else if !session.filter().shows_all() {
            "nothing with this filter; Esc shows all"
        } else {
            "none found; i adds one"
        };
        let claim_row = |row: usize, cells: usize| self.claim_row(review, row, cells, pane.inner);
        let source_row = |row: usize, cells: usize| self.source_row(session, row, cells);
        let row: &dyn Fn(usize, usize) -> ListRow = match list {
            List::Claims => &claim_row,
            List::Sources => &source_row,
        };
        ListPane {
            view: review.list_view(list),
            row,
            right_cells: match list {
                List::Sources => 9,
                List::Claims => told_cells(pane.inner),
            },
            mark_cells: match list {
                List::Claims if pane.inner.width >= MARKS_FROM => KINDS,
                _ => 0,
            },
            lines: match list {
                List::Claims => layout::claim_rows(pane.inner),
                List::Sources => 1,
            },
            number_cells: if list == List::Claims {
                session.number_cells()
            } else {
                0
            },
            is_focused,
            when_empty,
            theme,
        }
        .render(pane.inner, buf)
    }

    fn claim_row(&self, review: &OpenReview, row: usize, cells: usize, inner: Rect) -> ListRow {
        let session = &review.session;
        if row == session.claims().len() {
            // It has all the columns but that of the pointer.
            let cells = usize::from(inner.width).saturating_sub(4);
            let words = self.fold_words(review, cells).unwrap_or_default();
            return ListRow {
                text: self.shown(&words),
                is_dim: true,
                ..ListRow::default()
            };
        }
        let annotation = session
            .claims()
            .get(row)
            .and_then(|id| session.document().annotation(id));
        let Some(claim) = annotation else {
            return ListRow::default();
        };
        let counted = session.counted(&Item::Claim(claim.id.clone()));
        let because = open_because(counted).unwrap_or_default();
        let words = format!("{because}{}", words_of(session, claim));
        let verdict = session.verdict(&claim.id).unwrap_or_default();
        let source = session.source_name_of(claim).unwrap_or(NO_SOURCE);
        let below = match verdict {
            "" => source.to_owned(),
            verdict => format!("{verdict} · {source}"),
        };
        let right = if verdict.is_empty() { source } else { verdict };
        ListRow {
            state: Some(role_of_item(claim.status(), counted)),
            number: session.claim_number(&claim.id),
            mark: Visible::new(&kind_letters(claim, KINDS.into())),
            text: self.fitting(&words, cells),
            right: self.shown(right),
            below: self.fitting(&below, cells),
            is_dim: counted.open.is_none(),
            ..ListRow::default()
        }
    }

    fn source_row(&self, session: &Session, row: usize, cells: usize) -> ListRow {
        let Some(source) = session.sources().get(row) else {
            return ListRow::default();
        };
        let item = source.mentions.first().map(|id| Item::Source(id.clone()));
        let counted = item.as_ref().map(|item| session.counted(item));
        let counted = counted.unwrap_or_default();
        let status = item.map(|item| session.item_status(&item));
        let right = if source.claims == 1 {
            "1 claim".to_owned()
        } else {
            format!("{} claims", source.claims)
        };
        let because = open_because(counted).unwrap_or_default();
        let name = match source.mentions.len() {
            1 => format!("{because}{}", source.name),
            many => format!("{because}{} ×{many}", source.name),
        };
        ListRow {
            state: status.map(|status| role_of_item(status, counted)),
            number: None,
            text: self.fitting(&name, cells),
            right: self.shown(&right),
            is_dim: counted.open.is_none() && !status.is_some_and(Status::is_open),
            ..ListRow::default()
        }
    }

    fn draw_card(&self, pane: Framed, joins_above: bool, review: &OpenReview, buf: &mut Buffer) {
        let theme = self.options().theme;
        let headings = [Heading {
            text: Visible::new("card"),
            is_open: false,
        }];
        Frame {
            headings: &headings,
            is_focused: false,
            joins_above,
            theme,
        }
        .render(pane, buf);
        let margin = u16::from(pane.inner.width >= 24);
        let inner = Rect {
            x: pane.inner.x + margin,
            width: pane.inner.width.saturating_sub(2 * margin),
            ..pane.inner
        };
        let fields = match review.session.selected() {
            _ if review.is_on_fold() => fold_card(&review.session),
            Some(item) => small_card(&review.session, item),
            None => Vec::new(),
        };
        let fields = self.as_far_as_fits(fields, inner);
        Fields::new(&fields, inner.width, theme)
            .cut_to(inner.height)
            .draw(inner, 0, buf);
    }

    /// A card without what matters least, where there is no room for a row of each line beside
    /// the words, which come first and stay whole.
    fn as_far_as_fits(&self, mut fields: Vec<Field>, area: Rect) -> Vec<Field> {
        let theme = self.options().theme;
        let Some(first) = fields.first() else {
            return fields;
        };
        let words = Fields::new(std::slice::from_ref(first), area.width, theme).rows();
        while fields.len() > 1 && words + fields.len() - 1 > usize::from(area.height) {
            let others = fields.iter().enumerate().skip(1).rev();
            let least = others.min_by_key(|(_, field)| worth_of(field));
            let Some((at, _)) = least else { break };
            fields.remove(at);
        }
        fields
    }

    /// The words of the line, in so many cells if possible.
    fn fold_words(&self, review: &OpenReview, cells: usize) -> Option<String> {
        let count = review.fold_line()?;
        let key = self.options().keymap.hint(&Command::OpenCard);
        let (whole, short) = match review.session.shows_folded() {
            false => (
                format!("{count} more, seldom worth checking: {key} shows"),
                format!("{count} more · {key} shows"),
            ),
            true => (
                format!("{count} seldom worth checking: {key} hides"),
                format!("{count} seldom · {key} hides"),
            ),
        };
        let fits = self.shown(&whole).cells() <= cells;
        Some(if fits { whole } else { short })
    }
}

/// Cells of the column that tells a claim's verdict or source beside its words, 0 for none: it
/// tells them below where there is room.
fn told_cells(inner: Rect) -> u16 {
    match inner.width {
        TOLD_FROM.. if layout::claim_rows(inner) == 1 => (inner.width / 4).min(24),
        _ => 0,
    }
}

/// What a line of a card is worth beside the words, where not all fit: what is asked first, then
/// what a person said, last what a machine did.
fn worth_of(field: &Field) -> u8 {
    match (field.role, field.label) {
        (Role::Warning, _) => 9,
        (_, "judged" | "now") => 8,
        (_, "source" | "name") => 7,
        (_, "verdict") => 6,
        (Role::Disputed, _) => 5,
        (_, "evidence" | "note") => 4,
        (_, "status") => 3,
        (_, "claim") => 2,
        (_, "why") => 1,
        (Role::Dim, _) => 0,
        _ => 3,
    }
}

/// What the line at the end of the claims is about.
fn fold_card(session: &Session) -> Vec<Field> {
    let words = match session.folded_count() {
        1 => "1 claim stands below the fold: it is seldom worth checking.".to_owned(),
        many => format!("{many} claims stand below the fold: they are seldom worth checking."),
    };
    let field = |text: String, role| Field::new("", text, role);
    vec![
        field(words, Role::Text),
        field(
            "They count neither as decided nor as open before you decide on them.".to_owned(),
            Role::Dim,
        ),
    ]
}
