//! The queue screen: the articles, and what deserves checking in the selected one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::annotations::{QueueRow, QueueState};
use crate::text::{Fact, Visible, Word};
use crate::tui::app::{App, QueueItem};
use crate::tui::layout;
use crate::tui::widget::{
    Field, Fields, Frame, Heading, ListPane, ListRow, Role, Segment, draw_visible,
};

/// Cells of the columns at the right: state, progress, share without a source, priority.
const COLUMNS: u16 = 36;
/// Cells of the first two of them, where there is no room for all.
const FIRST_COLUMNS: u16 = 17;

/// Cells for the columns at the right in a list of so many columns.
fn column_cells(width: u16) -> u16 {
    match width {
        width if width >= COLUMNS + 24 => COLUMNS,
        width if width >= FIRST_COLUMNS + 24 => FIRST_COLUMNS,
        _ => 0,
    }
}

/// The columns at the right, for a heading and for rows, as far as there is room.
fn columns(cells: u16, state: &str, progress: &str, no_source: &str, priority: &str) -> String {
    let first = format!("{state:<9}{progress:>8}");
    if cells < COLUMNS {
        first
    } else {
        format!("{first}{no_source:>11}{priority:>8}")
    }
}

impl App {
    /// Draws the queue screen; returns where the hardware cursor belongs.
    pub(super) fn draw_queue(&self, buf: &mut Buffer) -> Option<Position> {
        let areas = layout::queue(self.area());
        let theme = self.options().theme;
        self.draw_queue_title(areas.title, buf);

        let shown = self.queue().shown().len();
        let all = self.queue().items().len();
        let mut heading = if shown == all {
            format!("articles {all}")
        } else {
            format!("articles {shown} of {all}")
        };
        if !self.queue().filter().is_empty() {
            heading = format!("{heading} · “{}”", self.queue().filter());
        }
        let heading = format!("{heading} · by {}", self.queue().order());
        let headings = [Heading::only(self.shown(&heading))];
        Frame {
            headings: &headings,
            is_focused: true,
            joins_above: false,
            theme,
        }
        .render(areas.list, buf);
        let inner = areas.list.inner;
        let column_cells = column_cells(inner.width);
        if column_cells > 0 && inner.height > 0 {
            let text = columns(column_cells, "state", "decided", "no source", "check");
            let left = inner.right().saturating_sub(column_cells + 1).max(inner.x);
            let line = Rect {
                x: left,
                y: inner.y,
                width: inner.right() - left,
                height: 1,
            };
            draw_visible(buf, line, &self.shown(&text), theme.style(Role::Dim));
        }
        let below = Rect {
            y: inner.y + inner.height.min(1),
            height: inner.height.saturating_sub(1),
            ..inner
        };
        let when_empty = if !self.queue().listing_done {
            "looking for articles"
        } else if all == 0 {
            // Told in full below.
            ""
        } else {
            "nothing with this filter; Esc shows all"
        };
        let row = |row: usize, cells: usize| self.queue_row(row, cells);
        let cursor = ListPane {
            view: &self.queue().list,
            row: &row,
            right_cells: column_cells,
            number_cells: 0,
            mark_cells: 0,
            lines: 1,
            is_focused: true,
            when_empty,
            theme,
        }
        .render(below, buf);

        if all == 0 && self.queue().listing_done {
            self.draw_empty_queue(below, buf);
        }
        if let Some(preview) = areas.preview {
            let headings = [Heading::only(Visible::new("most worth checking"))];
            Frame {
                headings: &headings,
                is_focused: false,
                joins_above: false,
                theme,
            }
            .render(preview, buf);
            let margin = u16::from(preview.inner.width >= 24);
            let inside = Rect {
                x: preview.inner.x + margin,
                width: preview.inner.width.saturating_sub(2 * margin),
                ..preview.inner
            };
            let fields = self
                .queue()
                .selected()
                .map(preview_fields)
                .unwrap_or_default();
            Fields::new(&fields, inside.width, theme).draw(inside, 0, buf);
        }
        self.draw_status(areas.status, buf).or(cursor)
    }

    fn draw_queue_title(&self, area: Option<Rect>, buf: &mut Buffer) {
        let Some(area) = area else { return };
        let left = [
            Segment::new(Visible::new("proofmark"), Role::Title, 5),
            Segment::new(self.shown(&self.options().title), Role::Text, 6),
        ];
        let (looked, all) = (self.queue().looked(), self.queue().items().len());
        let finished = self.queue().items().iter().filter(|item| {
            item.row
                .as_ref()
                .is_some_and(|row| row.state == QueueState::Finished)
        });
        let mut right = Vec::new();
        if !self.queue().listing_done || looked < all {
            let text = format!("reading {looked}/{all}");
            right.push(Segment::new(self.shown(&text), Role::Dim, 4));
        }
        let text = format!("{}/{all} finished", finished.count());
        right.push(Segment::new(self.shown(&text), Role::Text, 7));
        right.push(Segment::new(
            self.shown(&self.options().reviewer),
            Role::Dim,
            3,
        ));
        self.draw_title_line(&left, &right, area, buf);
    }

    fn queue_row(&self, row: usize, cells: usize) -> ListRow {
        let Some(item) = self.queue().on_row(row) else {
            return ListRow::default();
        };
        let column_cells = column_cells(layout::queue(self.area()).list.inner.width);
        let mut name = item.listed.name.clone();
        let trouble = item.listed.trouble.as_deref();
        let trouble = trouble.or(item.row.as_ref().and_then(|row| row.trouble.as_deref()));
        if let Some(trouble) = trouble {
            name = format!("{name} — {trouble}");
        }
        if let Some(row) = item.row.as_ref().filter(|row| row.disputed > 0) {
            name = format!("{name} — {} disputed", row.disputed);
        }
        for tag in item.row.iter().flat_map(|row| &row.tags) {
            name = format!("{name} #{tag}");
        }
        if let Some(row) = &item.row {
            for words in headline(row) {
                name = format!("{name} · {words}");
            }
        }
        let right = match (&item.listed.trouble, &item.row) {
            (Some(_), _) => columns(column_cells, "unread", "", "", ""),
            (None, None) => columns(column_cells, "…", "", "", ""),
            (None, Some(row)) => columns(
                column_cells,
                row.state.as_str(),
                &format!("{}/{}", row.decided, row.total),
                &format!("{:.0}%", row.share_without_source * 100.0),
                &format!("{:.2}", row.priority),
            ),
        };
        let state = match (&item.listed.trouble, item.row.as_ref().map(|row| row.state)) {
            (Some(_), _) => Role::Disputed,
            (None, Some(QueueState::Finished)) => Role::Confirmed,
            (None, Some(QueueState::Changed)) => Role::Disputed,
            (None, Some(QueueState::Started)) => Role::Corrected,
            (None, Some(QueueState::Later | QueueState::Copy)) => Role::Unsure,
            (None, Some(QueueState::New) | None) => Role::Undecided,
        };
        ListRow {
            state: Some(state),
            number: None,
            text: self.fitting(&name, cells),
            right: self.shown(&right),
            is_dim: !item.is_open(),
            ..ListRow::default()
        }
    }
}

/// What an article is known by beside its file: headline, where it is from, and when.
fn headline(row: &QueueRow) -> impl Iterator<Item = &str> {
    let about = &row.about;
    let from = about.get(Fact::Outlet).or(about.get(Fact::Author));
    let when = about.date().or(about.get(Fact::Published));
    [about.title(), from, when].into_iter().flatten()
}

/// What the preview says of an article.
fn preview_fields(item: &QueueItem) -> Vec<Field> {
    let line = |text: String, role: Role| Field {
        label: "",
        text,
        role,
    };
    if let Some(trouble) = &item.listed.trouble {
        return vec![line(trouble.clone(), Role::Error)];
    }
    let Some(row) = &item.row else {
        return vec![line("not read yet".to_owned(), Role::Dim)];
    };
    let mut fields = Vec::new();
    if let Some(title) = row.about.title() {
        fields.push(line(title.to_owned(), Role::Title));
    }
    let known = [Fact::Author, Fact::Outlet, Fact::Published];
    let known: Vec<&str> = known
        .iter()
        .filter_map(|fact| row.about.get(*fact))
        .collect();
    if !known.is_empty() {
        fields.push(line(known.join(" · "), Role::Dim));
    }
    fields.push(line(summary(row), Role::Title));
    if let Some(trouble) = &row.trouble {
        fields.push(line(trouble.clone(), Role::Warning));
    }
    for claim in &row.top {
        let words = claim.text.split_whitespace().collect::<Vec<_>>().join(" ");
        fields.push(line(String::new(), Role::Dim));
        fields.push(line(words, Role::Text));
        let mut about: Vec<&str> = claim.kinds.iter().map(String::as_str).collect();
        about.push(claim.source.as_deref().unwrap_or("no source"));
        fields.push(line(about.join(" · "), Role::Dim));
    }
    if row.top.is_empty() && row.claims > 0 {
        fields.push(line("every claim is decided".to_owned(), Role::Dim));
    }
    fields
}

fn summary(row: &QueueRow) -> String {
    let claims = if row.claims == 1 {
        "1 claim".to_owned()
    } else {
        format!("{} claims", row.claims)
    };
    let disputed = match row.disputed {
        0 => String::new(),
        some => format!(" · {some} disputed with others"),
    };
    format!(
        "{} · {claims} · {}/{} decided{disputed}",
        row.state, row.decided, row.total
    )
}
