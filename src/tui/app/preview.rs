//! What the queue says of the selected article, and scrolling it; marks, and reading anew.

use std::path::Path;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::{App, NO_SOURCE, QueueItem, QueueList, fit_list};
use crate::annotations::QueueRow;
use crate::text::Fact;
use crate::tui::command::Command;
use crate::tui::event::Request;
use crate::tui::layout;
use crate::tui::widget::{Field, Fields, Role};

/// How many of those who are quoted are named.
const QUOTED: usize = 5;

impl App {
    /// What is said of the selected article.
    pub(in crate::tui) fn preview(&self) -> Vec<Field> {
        let item = self.queue.selected();
        item.map(|item| fields_of(&self.queue, item))
            .unwrap_or_default()
    }

    /// Where it stands; `None`: there is no room for it.
    pub(in crate::tui) fn preview_area(&self) -> Option<Rect> {
        let inner = layout::queue(self.area()).preview?.inner;
        let margin = u16::from(inner.width >= 24);
        Some(Rect {
            x: inner.x + margin,
            width: inner.width.saturating_sub(2 * margin),
            ..inner
        })
    }

    /// Lays the queue out for the size at hand and keeps the selected row in view.
    pub(super) fn fit_queue(&mut self) {
        let areas = layout::queue(self.area());
        let (selected, rows) = (self.queue.selected_row(), self.queue.shown().len());
        // The heading of the columns takes a row.
        let height = areas.list.inner.height.saturating_sub(1) / self.queue_lines();
        fit_list(&mut self.queue.list, rows, selected, height);
        self.fit_preview();
    }

    /// Keeps the rows in view within those there are.
    pub(super) fn fit_preview(&mut self) {
        let Some(area) = self.preview_area() else {
            self.queue.preview_top = 0;
            return;
        };
        if self.queue.preview_top > 0 {
            let rows = Fields::new(&self.preview(), area.width, self.options.theme).rows();
            let last = rows.saturating_sub(area.height.into());
            self.queue.preview_top = self.queue.preview_top.min(last);
        }
    }

    /// Scrolls it by so many half pages.
    pub(super) fn scroll_preview(&mut self, by: isize) {
        match self.preview_area() {
            Some(area) => {
                let half = isize::from((area.height / 2).max(1) as i16);
                self.scroll_preview_rows(by * half);
            }
            None => self.say("there is no room here for more about the article"),
        }
    }

    /// Scrolls it by so many rows.
    pub(super) fn scroll_preview_rows(&mut self, by: isize) {
        self.queue.preview_top = self.queue.preview_top.saturating_add_signed(by);
        self.fit_preview();
    }

    /// Marks the selected article, or no longer, and goes on to the next row.
    pub(super) fn turn_mark(&mut self) {
        if !self.queue.turn_mark() {
            return self.refuse("this is no article that can be decided on");
        }
        self.queue.move_by(1);
        self.tell_marks();
    }

    /// Marks every article shown, or none.
    pub(super) fn turn_marks(&mut self) {
        self.queue.turn_marks();
        self.tell_marks();
    }

    fn tell_marks(&mut self) {
        let keymap = &self.options.keymap;
        let hint = |command: Command| keymap.hint(&command);
        let later = hint(Command::decide(crate::review::Decide::Later));
        let finish = hint(Command::decide(crate::review::Decide::Finish {
            anyway: false,
        }));
        let tag = hint(Command::Ask(crate::tui::command::Ask::Tag));
        let keys = format!("{later} puts off, {tag} tags, {finish} finishes them; Esc unmarks");
        match self.queue.count_marked() {
            0 => self.say("nothing is marked"),
            1 => self.say(format!("1 article is marked: {keys}")),
            many => self.say(format!("{many} articles are marked: {keys}")),
        }
    }

    /// Reads the folders anew, and every article of them.
    pub(super) fn reload(&mut self) -> Vec<Request> {
        if !self.queue.listing_done {
            self.say("the folders are being read");
            return Vec::new();
        }
        let mut requests = vec![Request::Walk];
        requests.extend(look_at(self.queue.read_anew()));
        self.say("reading the folders anew");
        requests
    }
}

/// Asks for a look at these articles, if there are any.
pub(super) fn look_at(articles: Vec<(usize, Arc<Path>)>) -> Vec<Request> {
    match articles.is_empty() {
        true => Vec::new(),
        false => vec![Request::Look(articles)],
    }
}

fn fields_of(queue: &QueueList, item: &QueueItem) -> Vec<Field> {
    let line = |text: String, role: Role| Field::new("", text, role);
    if let Some(trouble) = item.unread() {
        let name = line(item.name().to_owned(), Role::Dim);
        return vec![line(trouble.to_owned(), Role::Error), name];
    }
    let Some(row) = queue.row_of(item) else {
        return vec![line("not read yet".to_owned(), Role::Dim)];
    };
    let mut fields = Vec::new();
    if let Some(title) = row.about.title() {
        fields.push(line(title.to_owned(), Role::Title));
    }
    let known = [Fact::Author, Fact::Outlet, Fact::Published];
    let known = known.iter().filter_map(|fact| row.about.get(*fact));
    let known: Vec<&str> = known.chain([item.name()]).collect();
    fields.push(line(known.join(" · "), Role::Dim));
    fields.push(line(summary(&row), Role::Title));
    if let Some(trouble) = &row.trouble {
        fields.push(line(trouble.clone(), Role::Warning));
    }
    if !row.tags.is_empty() {
        let tags: Vec<String> = row.tags.iter().map(|tag| format!("#{tag}")).collect();
        fields.push(line(tags.join(" "), Role::Text));
    }
    for claim in &row.top {
        let words = claim.text.split_whitespace().collect::<Vec<_>>().join(" ");
        fields.push(line(String::new(), Role::Dim));
        fields.push(line(words, Role::Text));
        let mut about: Vec<&str> = claim.kinds.iter().map(String::as_str).collect();
        about.push(claim.source.as_deref().unwrap_or(NO_SOURCE));
        fields.push(line(about.join(" · "), Role::Dim));
    }
    if row.top.is_empty() && row.claims > 0 {
        fields.push(line("every claim is decided".to_owned(), Role::Dim));
    }
    if !row.sources.is_empty() {
        let quoted = row.sources.iter().take(QUOTED);
        let quoted: Vec<String> = quoted
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        fields.push(line(String::new(), Role::Dim));
        fields.push(line(format!("quoted: {}", quoted.join(", ")), Role::Dim));
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
