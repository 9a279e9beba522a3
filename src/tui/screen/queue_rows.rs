//! The rows of the queue: a headline, what it is known by besides, and columns of figures.

use crate::annotations::{QueueRow, QueueState};
use crate::text::{Fact, Visible, Word, days_between};
use crate::tui::app::{App, QueueItem};
use crate::tui::layout;
use crate::tui::widget::{ListRow, Role};

/// Cells of a row that columns leave to the headline, signs before it and all, which is what
/// articles are known by; and those that the first of them leaves.
const HEADLINE: u16 = 50;
const LEAST: u16 = 24;
/// Cells of a row that are no words: pointer, sign, and blanks around them.
const BEFORE: usize = 6;
/// Cells between two columns.
const APART: usize = 2;

/// A column at the right of the list.
struct Column {
    heading: &'static str,
    cells: usize,
    /// The lower, the longer it stays where the list is narrow.
    rank: u8,
    /// Words stand at the left, figures at the right.
    is_words: bool,
    value: fn(&App, &QueueRow) -> String,
}

/// The columns, left to right.
static COLUMNS: [Column; 6] = [
    Column {
        heading: "state",
        cells: 8,
        // The sign of the row tells it too.
        rank: 2,
        is_words: true,
        value: |_, row| row.state.as_str().to_owned(),
    },
    Column {
        heading: "decided",
        cells: 7,
        rank: 0,
        is_words: false,
        value: |_, row| format!("{}/{}", row.decided, row.total),
    },
    Column {
        heading: "no source",
        cells: 9,
        rank: 3,
        is_words: false,
        value: |_, row| match row.claims {
            0 => String::new(),
            _ => format!("{:.0}%", row.share_without_source * 100.0),
        },
    },
    Column {
        heading: "worth",
        cells: 5,
        rank: 1,
        is_words: false,
        value: |_, row| format!("{:.2}", row.priority),
    },
    Column {
        heading: "age",
        cells: 5,
        rank: 4,
        is_words: false,
        value: App::age,
    },
    Column {
        heading: "by",
        cells: 8,
        rank: 5,
        is_words: true,
        value: |_, row| by(row),
    },
];

/// The columns for which there is room.
pub(super) struct Columns(Vec<&'static Column>);

impl Columns {
    /// Those that a list of so many columns of the screen has.
    pub(super) fn for_width(width: u16) -> Columns {
        let mut ranked: Vec<&Column> = COLUMNS.iter().collect();
        ranked.sort_by_key(|column| column.rank);
        let mut left = usize::from(width);
        let fits = |column: &&&Column| {
            left = left.saturating_sub(column.cells + APART);
            let least = if column.rank == 0 { LEAST } else { HEADLINE };
            left >= usize::from(least)
        };
        let last = ranked
            .iter()
            .take_while(fits)
            .map(|column| column.rank)
            .max();
        let is_kept = |column: &&Column| last.is_some_and(|last| column.rank <= last);
        Columns(COLUMNS.iter().filter(is_kept).collect())
    }

    /// Cells of all of them.
    pub(super) fn cells(&self) -> u16 {
        let cells: usize = self.0.iter().map(|column| column.cells + APART).sum();
        cells.saturating_sub(APART) as u16
    }

    /// What stands above them.
    pub(super) fn headings(&self) -> String {
        self.line(|column| Visible::new(column.heading))
    }

    fn line(&self, value: impl Fn(&Column) -> Visible) -> String {
        let cell = |column: &&Column| {
            let value = value(column);
            let blanks = " ".repeat(column.cells.saturating_sub(value.cells()));
            match column.is_words {
                true => format!("{}{blanks}", value.as_str()),
                false => format!("{blanks}{}", value.as_str()),
            }
        };
        let cells: Vec<String> = self.0.iter().map(cell).collect();
        cells.join(&" ".repeat(APART))
    }
}

impl App {
    /// The row of an article: on one line, or with a second one for what it is known by.
    pub(super) fn queue_row(
        &self,
        row: usize,
        cells: usize,
        lines: u16,
        columns: &Columns,
    ) -> ListRow {
        let Some(item) = self.queue().on_row(row) else {
            return ListRow::default();
        };
        let known = self.queue().row_of(item);
        let (headline, besides) = words_of(item, known.as_ref());
        let text = self.fitting(headline, cells);
        let room = match lines {
            1 => cells.saturating_sub(text.cells()),
            // To the end of the line: columns stand in the first one.
            _ => usize::from(layout::queue(self.area()).list.inner.width).saturating_sub(BEFORE),
        };
        let first = if lines == 1 { " · " } else { "" };
        let besides = self.as_many_as_fit(&besides, room, first);
        let (aside, below) = match lines {
            1 => (besides, Visible::default()),
            _ => (Visible::default(), besides),
        };
        let right = match (item.unread(), &known) {
            (Some(_), _) if item.is_gone => columns.line(|column| told_of("gone", column)),
            (Some(_), _) => columns.line(|column| told_of("unread", column)),
            (None, None) => columns.line(|column| told_of("…", column)),
            (None, Some(row)) => columns.line(|column| {
                let value = (column.value)(self, row);
                self.fitting(&value, column.cells)
            }),
        };
        ListRow {
            state: Some(look_of(item)),
            text,
            aside,
            below,
            right: self.shown(&right),
            is_dim: !item.is_open(),
            is_marked: item.is_marked,
            ..ListRow::default()
        }
    }

    /// Words one after the other as far as there is room; only the first is cut.
    fn as_many_as_fit(&self, words: &[String], cells: usize, before: &str) -> Visible {
        let mut line = String::new();
        for (at, word) in words.iter().enumerate() {
            let joint = if at == 0 { before } else { " · " };
            let longer = format!("{line}{joint}{word}");
            let taken = self.shown(&longer).cells();
            if at == 0 && taken > cells {
                // A cut word says something only with some letters of it.
                let enough = before.chars().count() + 8;
                return match cells >= enough {
                    true => self.fitting(&longer, cells),
                    false => Visible::default(),
                };
            }
            if taken > cells {
                break;
            }
            line = longer;
        }
        self.shown(&line)
    }

    /// How old an article is: since it appeared, or, where that is not known, since its file
    /// was written.
    fn age(&self, row: &QueueRow) -> String {
        let since = row.about.date().unwrap_or(&row.written);
        match days_between(since, self.now().as_str()) {
            Some(0) => "today".to_owned(),
            Some(days @ 1..14) => format!("{days}d"),
            Some(days @ 14..61) => format!("{}w", days / 7),
            Some(days @ 61..730) => format!("{}mo", days * 12 / 365),
            Some(days @ 730..) => format!("{}y", days / 365),
            // Not known, or still to come.
            _ => String::new(),
        }
    }
}

/// What a column says of an article of which nothing is known: the first one, why.
fn told_of(why: &str, column: &Column) -> Visible {
    match column.rank {
        0 => Visible::new(why),
        _ => Visible::default(),
    }
}

/// Who began with it: the first by name, and how many more.
fn by(row: &QueueRow) -> String {
    let short = |name: &String| name.split('@').next().unwrap_or(name).to_owned();
    match row.reviewers.as_slice() {
        [] => String::new(),
        [one] => short(one),
        [first, more @ ..] => {
            let short: String = short(first).chars().take(5).collect();
            format!("{short} +{}", more.len())
        }
    }
}

/// The headline of an article, or how it begins where none is known; and what it is known by besides, what matters most first: what is
/// wrong with it, tags, where it is from, when it appeared, its file.
fn words_of<'a>(item: &'a QueueItem, row: Option<&'a QueueRow>) -> (&'a str, Vec<String>) {
    let name = item.name();
    let mut besides: Vec<String> = item.trouble().map(str::to_owned).into_iter().collect();
    let Some(row) = row else {
        return (name, besides);
    };
    if row.disputed > 0 {
        besides.push(format!("{} disputed", row.disputed));
    }
    besides.extend(row.tags.iter().map(|tag| format!("#{tag}")));
    let about = &row.about;
    let from = about.get(Fact::Outlet).or(about.get(Fact::Author));
    let when = about.date().or(about.get(Fact::Published));
    besides.extend([from, when].into_iter().flatten().map(str::to_owned));
    let headline = about
        .title()
        .or(Some(row.begins.as_str()).filter(|begins| !begins.is_empty()));
    match headline {
        Some(headline) => {
            besides.push(name.to_owned());
            (headline, besides)
        }
        None => (name, besides),
    }
}

/// The look of an article by where it stands.
fn look_of(item: &QueueItem) -> Role {
    match (item.unread(), item.standing().map(|row| row.state)) {
        (Some(_), _) => Role::Disputed,
        (None, Some(QueueState::Finished)) => Role::Confirmed,
        (None, Some(QueueState::Changed)) => Role::Disputed,
        (None, Some(QueueState::Started)) => Role::Corrected,
        (None, Some(QueueState::Later | QueueState::Copy)) => Role::Unsure,
        (None, Some(QueueState::New) | None) => Role::Undecided,
    }
}
