//! Windows over a screen: help, lists to choose from, the whole card, a question.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::Proposal;
use crate::store::Offer;
use crate::text::Visible;
use crate::tui::app::{App, CARD, Choose, Input, LineUse, Mode, TOLD, change_lines, told_fields};
use crate::tui::command::Meaning;
use crate::tui::layout;
use crate::tui::layout::{Framed, ListView, Step};
use crate::tui::widget::{
    Chart, ChartRow, Field, Fields, Frame, Heading, InputLine, Role, TablePopup, TableRow, clear,
};

impl App {
    /// Draws the open window, if there is one; returns where the hardware cursor belongs.
    pub(super) fn draw_window(&self, buf: &mut Buffer) -> Option<Position> {
        match self.mode() {
            Mode::Help { filter, top } => self.draw_help(filter, *top, buf),
            Mode::Choose(choose) => self.draw_choose(choose, buf),
            Mode::Card { top } => self.draw_whole_card(*top, buf),
            Mode::Summary { rows, top } => self.draw_summary(rows, *top, buf),
            Mode::Tell { lines, top } => self.draw_told(lines, *top, buf),
            Mode::Tour { top } => self.draw_tour(*top, buf),
            Mode::AskQuit => self.draw_ask_quit(buf),
            Mode::Offer { offer, told } => self.draw_offer(offer, told, buf),
            Mode::AskFinish(left) => {
                let open = format!("Still open: {left}.");
                let what = "Enter finishes all the same; any other key goes back.";
                self.draw_question("finish", open, what, buf)
            }
            Mode::AskShown { question, .. } => {
                let what =
                    "Enter does it, as one act that one undo takes back; any other key goes back.";
                self.draw_question("shown", format!("{question}?"), what, buf)
            }
            Mode::Paste => {
                let what = "Paste it with the terminal's own key; Esc leaves.";
                let told = "The text of the article.".to_owned();
                self.draw_question("new article", told, what, buf)
            }
            Mode::AskWrite { proposal, .. } => self.draw_proposal(proposal, buf),
            Mode::Line(_, LineUse::Command { picked }) => {
                self.draw_completions(*picked, buf);
                None
            }
            _ => None,
        }
    }

    /// Where an open list stands, and what of it is in view.
    pub(super) fn choice_window(&self, choose: &Choose) -> (Framed, ListView) {
        let window = layout::popup(self.window_area(), 64, choose.rows.len().max(1) as u16);
        let mut view = ListView::default();
        view.perform(Step::Resize(window.inner.height));
        view.perform(Step::Length(choose.rows.len()));
        view.perform(Step::Select(choose.selected));
        (window, view)
    }

    /// Where stands what the command line can become, and what of it is in view: just above the
    /// line being typed, like a menu of it. `None` where there is no room.
    pub(super) fn completions_window(&self, picked: Option<usize>) -> Option<(Framed, ListView)> {
        let area = self.area();
        if area.width < 12 || area.height < 5 {
            return None;
        }
        let entries = self.completions().len();
        let most = area.height.saturating_sub(3).min(8);
        let height = entries.clamp(1, most.into()) as u16 + 2;
        let window = Framed::with_frame(Rect {
            x: 0,
            y: area.bottom().saturating_sub(1 + height).max(area.y),
            width: area.width.min(72),
            height,
        });
        let mut view = ListView::default();
        view.perform(Step::Resize(window.inner.height));
        view.perform(Step::Length(entries));
        view.perform(Step::Select(picked.unwrap_or(0)));
        Some((window, view))
    }

    /// Where the whole card stands.
    pub(super) fn card_window(&self) -> Framed {
        self.fields_window(&self.card_rows(), CARD)
    }

    /// Where the summary stands.
    pub(super) fn summary_window(&self, rows: &[ChartRow]) -> Framed {
        let theme = self.options().theme;
        let width = self.area().width.saturating_sub(4).min(78);
        layout::popup(
            self.window_area(),
            width,
            Chart { rows, theme }.height() as u16,
        )
    }

    fn draw_help(&self, filter: &Input, top: usize, buf: &mut Buffer) -> Option<Position> {
        let rows = self.help_rows();
        let window = self.help_window();
        let key_cells = rows
            .iter()
            .map(|row| Visible::new(&row.keys).cells())
            .max()
            .unwrap_or(0);
        let mut view = ListView::default();
        view.perform(Step::Resize(window.inner.height.saturating_sub(1)));
        view.perform(Step::Length(rows.len()));
        view.perform(Step::Scroll(top as isize));
        let row = |at: usize, cells: usize| {
            rows.get(at).map_or_else(TableRow::default, |row| TableRow {
                key: self.shown(&row.keys),
                text: self.fitting(&row.text, cells),
                is_heading: row.is_heading,
                look: row.look,
            })
        };
        let prompt = Visible::new("filter: ");
        let theme = self.options().theme;
        TablePopup {
            title: &Visible::new("keys"),
            filter: Some(InputLine {
                prompt: &prompt,
                edit: filter.edit(),
                theme,
            }),
            view: &view,
            row: &row,
            key_cells: key_cells as u16,
            is_choice: false,
            when_empty: "no command matches",
            theme,
        }
        .render(window, buf)
    }

    fn draw_choose(&self, choose: &Choose, buf: &mut Buffer) -> Option<Position> {
        let (window, view) = self.choice_window(choose);
        let room = usize::from(window.inner.width.saturating_sub(2));
        let row = |at: usize, cells: usize| {
            choose.rows.get(at).map_or_else(TableRow::default, |row| {
                let text = if row.aside.is_empty() {
                    row.text.clone()
                } else {
                    format!("{} · {}", row.text, row.aside)
                };
                TableRow {
                    key: self.shown(&row.key.map(String::from).unwrap_or_default()),
                    text: self.fitting(&text, cells),
                    is_heading: false,
                    look: None,
                }
            })
        };
        TablePopup {
            title: &self.fitting(&self.choice_title(&choose.what), room),
            filter: None,
            view: &view,
            row: &row,
            key_cells: 1,
            is_choice: true,
            when_empty: "none marked yet: i marks one, a capital letter begins a name",
            theme: self.options().theme,
        }
        .render(window, buf)
    }

    /// Draws what the command line can become, and in its frame what Enter would run now.
    fn draw_completions(&self, picked: Option<usize>, buf: &mut Buffer) {
        let Some((window, view)) = self.completions_window(picked) else {
            return;
        };
        let entries = self.completions();
        let meaning = self.meaning();
        let row = |at: usize, cells: usize| {
            entries.get(at).map_or_else(TableRow::default, |entry| {
                let name = match entry.argument {
                    Some(argument) => format!("{} {argument}", entry.name),
                    None => entry.name.to_owned(),
                };
                TableRow {
                    key: self.shown(&name),
                    text: self.fitting(entry.help, cells),
                    is_heading: false,
                    look: None,
                }
            })
        };
        let room = usize::from(window.inner.width.saturating_sub(2));
        TablePopup {
            title: &self.fitting(&meaning.told(), room),
            filter: None,
            view: &view,
            row: &row,
            key_cells: 24,
            // The row that Enter runs stands first unless the arrows went to another.
            is_choice: picked.is_some() || matches!(meaning, Meaning::Run(..)),
            when_empty: "no command matches",
            theme: self.options().theme,
        }
        .render(window, buf);
    }

    fn draw_whole_card(&self, top: usize, buf: &mut Buffer) -> Option<Position> {
        let fields = self.card_rows();
        let window = self.fields_window(&fields, CARD);
        let title = match top < self.last_top(&fields, CARD) {
            true => "card; Down shows more",
            false => "card",
        };
        self.draw_fields_window(title, &fields, window, top, buf)
    }

    fn draw_summary(&self, rows: &[ChartRow], top: usize, buf: &mut Buffer) -> Option<Position> {
        let chart = Chart {
            rows,
            theme: self.options().theme,
        };
        let window = self.summary_window(rows);
        let title = match top + usize::from(window.inner.height) < chart.height() {
            true => "summary; Down shows more",
            false => "summary",
        };
        let inner = self.draw_window_frame(title, window, buf);
        chart.draw(inner, top, buf);
        (!inner.is_empty()).then(|| inner.as_position())
    }

    fn draw_told(&self, lines: &[String], top: usize, buf: &mut Buffer) -> Option<Position> {
        let fields = told_fields(lines);
        let window = self.fields_window(&fields, TOLD);
        let title = match top < self.last_top(&fields, TOLD) {
            true => "please note; Down shows more",
            false => "please note",
        };
        self.draw_fields_window(title, &fields, window, top, buf)
    }

    fn draw_offer(&self, offer: &Offer, told: &[String], buf: &mut Buffer) -> Option<Position> {
        let line = |text: &str, role: Role| Field::new("", text.to_owned(), role);
        // What is asked comes first, for where not all of it fits.
        let question = "Decisions were found that belong to this article.";
        let keys = "T takes them up here; n or Esc leaves them where they are.";
        let mut fields = vec![line(question, Role::Title), line(keys, Role::Title)];
        fields.extend(offer.said.iter().map(|text| line(text, Role::Text)));
        fields.extend(told.iter().map(|text| line(text, Role::Text)));
        let window = self.fields_window(&fields, 84);
        self.draw_fields_window("decisions found", &fields, window, 0, buf)
    }

    fn draw_proposal(&self, proposal: &Proposal, buf: &mut Buffer) -> Option<Position> {
        let place = proposal.path.display();
        let title = match self.is_to_allow() {
            Some((name, host)) => format!(
                "“{name}” may send texts to {host}, which is its own word for where they go, once this \
                 stands in {place}:"
            ),
            None if self.is_for_later() => {
                format!("From the next start. To be kept in {place}:")
            }
            None => format!("In force. To be kept in {place}:"),
        };
        let mut fields = vec![Field::new("", title, Role::Title)];
        let lines = change_lines(proposal).into_iter();
        fields.extend(lines.map(|line| Field::new("", line, Role::Text)));
        let keys = "Enter writes it; Esc takes it back.";
        fields.push(Field::new("", keys, Role::Title));
        let window = self.fields_window(&fields, 84);
        self.draw_fields_window("settings", &fields, window, 0, buf)
    }

    fn draw_question(
        &self,
        title: &'static str,
        question: String,
        keys: &str,
        buf: &mut Buffer,
    ) -> Option<Position> {
        let fields = [
            Field::new("", question, Role::Title),
            Field::new("", keys, Role::Text),
        ];
        let window = self.fields_window(&fields, 58);
        self.draw_fields_window(title, &fields, window, 0, buf)
    }

    pub(super) fn draw_fields_window(
        &self,
        title: &'static str,
        fields: &[Field],
        window: layout::Framed,
        top: usize,
        buf: &mut Buffer,
    ) -> Option<Position> {
        let inner = self.draw_window_frame(title, window, buf);
        Fields::new(fields, inner.width, self.options().theme).draw(inner, top, buf);
        (!inner.is_empty()).then(|| inner.as_position())
    }

    /// Empties a window and draws its frame; gives back where its content stands.
    fn draw_window_frame(
        &self,
        title: &'static str,
        window: layout::Framed,
        buf: &mut Buffer,
    ) -> Rect {
        clear(buf, window.outer);
        let headings = [Heading::only(Visible::new(title))];
        Frame {
            headings: &headings,
            is_focused: true,
            joins_above: false,
            theme: self.options().theme,
        }
        .render(window, buf);
        within(window.inner)
    }
}

/// Where the lines of a window stand: off its frame by a blank, where there is room for one.
fn within(inner: Rect) -> Rect {
    let width = layout::within_margin(inner.width);
    Rect {
        x: inner.x + (inner.width - width) / 2,
        width,
        ..inner
    }
}
