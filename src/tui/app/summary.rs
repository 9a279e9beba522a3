//! The summary: the open article, or the articles of the queue that are shown, in figures.
//!
//! Worked out once, when it is asked for.

use ratatui::crossterm::event::KeyCode;
use rustc_hash::FxHashMap;

use super::mode::Mode;
use super::{App, QueueList, Screen};
use crate::annotations::{QueueRow, QueueState};
use crate::review::{Moment, Session};
use crate::text::Word;
use crate::tui::command::Key;
use crate::tui::event::Request;
use crate::tui::widget::{ChartRow, Role};

/// How many of those who are quoted are named: of an article, and of the queue.
const QUOTED: usize = 6;
const QUOTED_OFTEN: usize = 12;

impl App {
    /// Opens the summary of what is on the screen.
    pub(super) fn open_summary(&mut self) {
        let rows = match (self.screen, self.session()) {
            (Screen::Queue, _) => queue_chart(&self.queue),
            (Screen::Review, Some(session)) => article_chart(session),
            (Screen::Review, None) => return,
        };
        self.mode = Mode::Summary { rows, top: 0 };
    }

    /// Takes a key while the summary is open.
    pub(super) fn key_in_summary(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let Mode::Summary { rows, top } = &mut self.mode else {
            return Vec::new();
        };
        let last = rows.len().saturating_sub(1);
        match key.code {
            _ if key.is_chord() => return self.key_in_told(key, moment),
            KeyCode::Down | KeyCode::Char('j') => *top = (*top + 1).min(last),
            KeyCode::Up | KeyCode::Char('k') => *top = top.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => *top = (*top + 10).min(last),
            KeyCode::PageUp => *top = top.saturating_sub(10),
            KeyCode::Char('q' | 'S') => self.mode = Mode::Normal,
            _ => return self.key_in_told(key, moment),
        }
        Vec::new()
    }
}

fn heading(text: &str) -> ChartRow {
    ChartRow::Heading(text.to_owned())
}

fn line(text: impl Into<String>, role: Role) -> ChartRow {
    ChartRow::Line(text.into(), role)
}

/// So many of all, and both told.
fn share(label: &str, count: usize, all: usize, role: Role) -> ChartRow {
    ChartRow::Bar {
        label: label.to_owned(),
        count,
        most: all,
        told: format!("{count} of {all}"),
        role,
    }
}

/// A bar for each; `most` make the longest one.
fn bars<'a>(
    counts: impl Iterator<Item = (&'a str, usize)>,
    most: usize,
    role: Role,
) -> impl Iterator<Item = ChartRow> {
    counts.map(move |(label, count)| ChartRow::bar(label, count, most, role))
}

fn named(counts: &[(String, usize)]) -> impl Iterator<Item = (&str, usize)> {
    counts.iter().map(|(name, count)| (name.as_str(), *count))
}

fn article_chart(session: &Session) -> Vec<ChartRow> {
    let summary = session.summary();
    let progress = summary.progress;
    let mut rows = vec![share(
        "decided",
        progress.decided,
        progress.total,
        Role::Confirmed,
    )];
    if summary.sentences > 0 {
        // How much of the article claims speak of.
        let (covered, all) = (summary.covered, summary.sentences);
        rows.push(share("sentences with a claim", covered, all, Role::Source));
    }
    rows.push(share(
        "without a source",
        summary.unsourced,
        summary.claims,
        Role::Warning,
    ));
    rows.push(heading("open"));
    match summary.left.to_string() {
        left if left.is_empty() => rows.push(line("nothing", Role::Dim)),
        left => {
            let parts = left.split(", ").flat_map(|part| part.split("; "));
            rows.extend(parts.map(|part| line(part, Role::Text)));
        }
    }
    rows.push(heading("verdicts"));
    match summary.verdicts.as_slice() {
        [] => rows.push(line("none yet", Role::Dim)),
        verdicts => rows.extend(bars(named(verdicts), summary.claims, Role::Confirmed)),
    }
    rows.push(heading("claims by the type of their source"));
    match summary.types.as_slice() {
        [] => rows.push(line("no claim has a source", Role::Dim)),
        types => rows.extend(bars(named(types), summary.claims, Role::Source)),
    }
    if !summary.sources.is_empty() {
        rows.push(heading("quoted most"));
        let most = &summary.sources[..summary.sources.len().min(QUOTED)];
        let longest = most.first().map_or(0, |(_, count)| *count);
        rows.extend(bars(named(most), longest, Role::Source));
    }
    rows
}

/// What is summed up of an article: of a hundred thousand rows no more is held at once.
struct Told {
    state: QueueState,
    decided: usize,
    total: usize,
    claims: usize,
    share_without_source: f64,
    sources: Vec<(String, usize)>,
}

impl Told {
    fn of(row: QueueRow) -> Told {
        Told {
            state: row.state,
            decided: row.decided,
            total: row.total,
            claims: row.claims,
            share_without_source: row.share_without_source,
            sources: row.sources,
        }
    }
}

fn queue_chart(queue: &QueueList) -> Vec<ChartRow> {
    let items = queue.shown();
    let all = items.len();
    let known: Vec<Told> = items
        .filter_map(|item| queue.row_of(item).map(Told::of))
        .collect();
    let sum = |figure: fn(&Told) -> usize| known.iter().map(figure).sum::<usize>();
    let of_state = |state: QueueState| known.iter().filter(|row| row.state == state).count();
    let without = |row: &Told| (row.share_without_source * row.claims as f64).round() as usize;
    let (decided, total) = (sum(|row| row.decided), sum(|row| row.total));
    let finished = of_state(QueueState::Finished);
    let mut rows = vec![
        share("articles finished", finished, all, Role::Confirmed),
        share("items decided", decided, total, Role::Confirmed),
        share(
            "claims without a source",
            sum(without),
            sum(|row| row.claims),
            Role::Warning,
        ),
    ];
    if known.len() < all {
        let unread = all - known.len();
        rows.push(line(format!("{unread} not read"), Role::Dim));
    }
    let shares: Vec<f64> = known
        .iter()
        .map(|row| match row.total {
            0 => 1.0,
            total => row.decided as f64 / total as f64,
        })
        .collect();
    if !shares.is_empty() {
        rows.push(heading(
            "how much is decided of each, in the order of the rows",
        ));
        rows.push(ChartRow::Columns(shares));
    }
    rows.push(heading("articles by state"));
    let states = QueueState::ALL
        .iter()
        .map(|state| (state.as_str(), of_state(*state)));
    let states: Vec<(&str, usize)> = states.filter(|(_, count)| *count > 0).collect();
    rows.extend(bars(states.into_iter(), all, Role::Corrected));
    let mut quoted: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for (name, claims) in known.iter().flat_map(|row| &row.sources) {
        let (all, articles) = quoted.entry(name.as_str()).or_default();
        (*all, *articles) = (*all + claims, *articles + 1);
    }
    let mut quoted: Vec<(&str, (usize, usize))> = quoted.into_iter().collect();
    quoted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    if !quoted.is_empty() {
        rows.push(heading("quoted most, and in how many articles"));
    }
    let most = quoted.first().map_or(0, |(_, (claims, _))| *claims);
    rows.extend(
        quoted
            .iter()
            .take(QUOTED_OFTEN)
            .map(|(name, (claims, articles))| ChartRow::Bar {
                label: (*name).to_owned(),
                count: *claims,
                most,
                told: format!("{claims} in {articles}"),
                role: Role::Source,
            }),
    );
    rows
}
