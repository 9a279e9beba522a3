//! The status line: a line being typed, a message, or what keys do.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::annotations::Question;
use crate::detect::Kind;
use crate::review::{Action, Decide, End, Notice, Step};
use crate::text::{Signs, Visible};
use crate::tui::app::{App, HintLine, HintUse, LineUse, MarkUse, Mode, Screen};
use crate::tui::command::{Ask, Command, Way};
use crate::tui::widget::{
    Field, Fields, InputLine, Role, Segment, TextLine, clear, draw_visible, plain,
};

/// Commands whose keys are told together, what they do, and how long that stays.
type Hinted<'a> = (&'a [Command], &'a str, u8);

impl App {
    /// Draws the line at the bottom: a line being typed, a message, or what keys do.
    pub(super) fn draw_status(&self, area: Option<Rect>, buf: &mut Buffer) -> Option<Position> {
        let area = area?;
        let theme = self.options().theme;
        if let Mode::Line(input, line_use) = self.mode() {
            let label = self.line_label(line_use);
            let whole = self.shown(&label);
            // A prompt that would leave no room for what is typed stands above it.
            let is_long = whole.cells() > usize::from(area.width / 2) && area.y > 0;
            let prompt = match is_long {
                true => Visible::new("> "),
                false => whole,
            };
            if is_long {
                let asked = [Field::new("", label.trim_end(), Role::Key)];
                self.draw_above(area, &asked, buf);
            }
            let line = InputLine {
                prompt: &prompt,
                edit: input.edit(),
                theme,
            };
            let margin = u16::from(area.width > 24);
            let inner = Rect {
                x: area.x + margin,
                width: area.width - margin,
                ..area
            };
            let cursor = line.render(inner, buf);
            let typed = prompt.cells() + self.shown(input.text()).cells();
            self.draw_line_hint(line_use, typed + 3, inner, buf);
            return cursor;
        }
        let (segments, right) = self.status_segments(area);
        self.status_text(&segments, &right).render(area, buf);
        if let Some(message) = self.long_message(area) {
            self.draw_above(area, &[message], buf);
        }
        None
    }

    /// The status line of these segments.
    pub(super) fn status_text<'a>(
        &self,
        left: &'a [Segment],
        right: &'a [Segment],
    ) -> TextLine<'a> {
        TextLine {
            left,
            right,
            gap: "  ",
            theme: self.options().theme,
        }
    }

    /// What stands in the status line while no line is typed: a message, what was done, what
    /// keys do; at the right the keys of a sequence begun.
    pub(super) fn status_segments(&self, area: Rect) -> (Vec<Segment>, [Segment; 1]) {
        let told = |text: &str, role, importance| Segment::new(self.shown(text), role, importance);
        let mut segments = Vec::new();
        match self.message().filter(|_| self.long_message(area).is_none()) {
            Some(Notice::Info(text)) => segments.push(told(text, Role::Text, 12)),
            Some(Notice::Refused(text)) => segments.push(told(text, Role::Error, 12)),
            None => {}
        }
        let is_normal = matches!(self.mode(), Mode::Normal);
        if let Some((what, key)) = self.done().filter(|_| is_normal) {
            // What was done is cut for the key's sake, where that leaves something of it.
            let room = usize::from(area.width).saturating_sub(2 + self.shown(key).cells());
            let (what, key) = match room {
                0..16 => (self.shown(what), ""),
                _ => (self.fitting(what, room), key),
            };
            segments.push(Segment {
                parts: vec![(what, Role::Text), (self.shown(key), Role::Text)],
                ..Segment::new(Visible::default(), Role::Text, 11)
            });
        }
        if self.message().is_none() || self.long_message(area).is_some() {
            segments.extend(self.key_hints());
        }
        let pending: String = self
            .pending()
            .iter()
            .map(|key| format!("{key} "))
            .collect::<String>();
        let right = [Segment::new(self.shown(pending.trim_end()), Role::Key, 10)];
        (segments, right)
    }

    /// The message, if it does not fit the line: it is told in rows of its own, as a whole.
    fn long_message(&self, area: Rect) -> Option<Field> {
        let (text, role) = match self.message()? {
            Notice::Info(text) => (text, Role::Text),
            Notice::Refused(text) => (text, Role::Error),
        };
        let room = usize::from(area.width.saturating_sub(2));
        let is_long = self.shown(text).cells() > room && area.y > 0;
        is_long.then(|| Field::new("", text.clone(), role))
    }

    /// Draws lines over what stands above the status line, as many rows as there are.
    fn draw_above(&self, status: Rect, fields: &[Field], buf: &mut Buffer) {
        let margin = u16::from(status.width > 24);
        let width = status.width.saturating_sub(2 * margin);
        let laid = Fields::new(fields, width, self.options().theme);
        let rows = u16::try_from(laid.rows()).unwrap_or(u16::MAX);
        let rows = rows.min(status.y.saturating_sub(self.area().y));
        let above = Rect {
            y: status.y - rows,
            height: rows,
            ..status
        };
        clear(buf, above);
        let inner = Rect {
            x: above.x + margin,
            width,
            ..above
        };
        laid.draw(inner, 0, buf);
    }

    /// Draws at the right end of a line being typed what it takes and how it is left, where what
    /// is typed leaves room.
    fn draw_line_hint(&self, line_use: &LineUse, taken: usize, area: Rect, buf: &mut Buffer) {
        let is_filter = *line_use == LineUse::Answer(Ask::Filter);
        let rooms = match self.screen() {
            // What Enter does stands in the frame above.
            _ if matches!(line_use, LineUse::Command { .. }) => ["Esc leaves"; 3],
            _ if !is_filter => ["Enter takes it · Esc leaves", "Esc leaves", ""],
            Screen::Review => [
                "words · kind: voice: source: state: verdict: tag: worth:>60 · - turns round · Esc shows all",
                "words, kind: source: state: … · Esc shows all",
                "Esc shows all",
            ],
            Screen::Queue => [
                "words · source: state: tag: worth:>60 · - turns round · Esc shows all",
                "words, source: state: tag: … · Esc shows all",
                "Esc shows all",
            ],
        };
        let room = usize::from(area.width).saturating_sub(taken + 1);
        let mut hints = rooms.iter().map(|hint| self.shown(hint));
        if let Some(hint) = hints.find(|hint| hint.cells() <= room) {
            let left = area.width.saturating_sub(hint.cells() as u16 + 1);
            let at = Rect {
                x: area.x + left,
                width: area.width - left,
                ..area
            };
            draw_visible(buf, at, &hint, self.options().theme.style(Role::Dim));
        }
    }

    /// Draws the line at the top: what is open at the left, how far it is at the right.
    pub(super) fn draw_title_line(
        &self,
        left: &[Segment],
        right: &[Segment],
        area: Rect,
        buf: &mut Buffer,
    ) {
        self.title_text(left, right).render(area, buf);
    }

    /// The title line of these segments.
    pub(super) fn title_text<'a>(&self, left: &'a [Segment], right: &'a [Segment]) -> TextLine<'a> {
        let theme = self.options().theme;
        let gap = match theme.signs {
            Signs::Unicode => " · ",
            Signs::Ascii => " - ",
        };
        TextLine {
            left,
            right,
            gap,
            theme,
        }
    }

    /// Text made safe to draw.
    pub(in crate::tui) fn shown(&self, text: &str) -> Visible {
        let signs = self.options().theme.signs;
        Visible::with_signs(&plain(text, signs), signs)
    }

    /// Text made safe to draw, cut to so many cells.
    pub(super) fn fitting(&self, text: &str, cells: usize) -> Visible {
        let signs = self.options().theme.signs;
        Visible::fitting(&plain(text, signs), cells, signs)
    }

    /// What keys do at the moment, the handiest first.
    fn key_hints(&self) -> Vec<Segment> {
        let told: &[(&str, &str)] = match self.mode() {
            Mode::Hints(_, HintUse::JumpEnd) => {
                &[("letters", "an end goes there"), ("Esc", "leaves")]
            }
            Mode::AskEnd(_) => &[
                ("b", "the start there"),
                ("e", "the end there"),
                ("o", "shows the other"),
                ("Enter", "takes what is shown"),
                ("Esc", "leaves"),
            ],
            Mode::Hints(_, HintUse::Cut) => &[
                ("letters", "cut before it"),
                ("B", "at the clause"),
                ("Esc", "leaves"),
            ],
            Mode::Hints(_, HintUse::Start(MarkUse::Source)) => {
                &[("letters", "the source starts"), ("Esc", "leaves")]
            }
            Mode::Hints(_, HintUse::Start(_)) => {
                &[("letters", "where it starts"), ("Esc", "leaves")]
            }
            Mode::Extend(extend) => match extend.mark_use {
                MarkUse::Add => &[
                    ("letters", "end"),
                    (")", "clause, sentence"),
                    ("1-9", "claim of a kind"),
                    ("Enter", "claim"),
                    ("s", "source"),
                    ("Esc", "leaves"),
                ],
                MarkUse::Piece | MarkUse::Source => &[
                    ("letters", "end"),
                    (")", "clause, sentence"),
                    ("Enter", "done"),
                    ("Esc", "leaves"),
                ],
            },
            Mode::Visual(_) => &[
                ("h l w b e", "move"),
                (")", "clause"),
                ("1-9", "claim of a kind"),
                ("Enter", "claim"),
                ("s", "source"),
                ("+", "piece"),
                ("Esc", "leaves"),
            ],
            Mode::Choose(choose) => choose.what.keys(),
            Mode::Tell { .. } => &[("any key", "goes on")],
            Mode::Tour { .. } => &[("Enter", "begins"), ("Up Down", "scroll"), ("Q", "quits")],
            Mode::Paste => &[("paste", "adds the text as an article"), ("Esc", "leaves")],
            Mode::AskQuit => &[("Enter or Ctrl-c", "leaves"), ("any other key", "stays")],
            Mode::Offer { .. } => &[("T", "take them up"), ("n", "leave them")],
            Mode::AskFinish(_) => &[("Enter", "finish anyway"), ("any other key", "go back")],
            Mode::AskShown { .. } => &[("Enter", "do it"), ("any other key", "go back")],
            Mode::AskWrite { .. } => &[("Enter", "writes"), ("Esc", "takes it back")],
            Mode::Help { .. } => &[
                ("type", "to filter"),
                ("Up Down", "scroll"),
                ("Esc", "closes"),
            ],
            Mode::Summary { .. } => &[("Up Down", "scroll"), ("Esc", "closes")],
            Mode::Card { .. } => &[
                ("e", "add evidence"),
                ("E", "put right"),
                ("D", "drop the last"),
                ("r", "verdict"),
                ("c", "note"),
                ("Esc", "closes"),
            ],
            Mode::Normal if !self.pending().is_empty() => return self.sequence_hints(),
            Mode::Normal | Mode::Line(..) => return self.command_hints(),
        };
        in_order(told)
    }

    /// What the keys of a sequence begun can go on with; the kinds as one.
    fn sequence_hints(&self) -> Vec<Segment> {
        let keymap = &self.options().keymap;
        let mut told: Vec<(String, String)> = Vec::new();
        let mut kinds: Vec<String> = Vec::new();
        for (key, entry) in keymap.after(self.scope(), self.pending()) {
            match &entry.command {
                Command::Act(Action::Decide(Decide::ToggleKind(_))) => kinds.push(key),
                // By its name: there are more of them than fit with what they do.
                _ => told.push((key, entry.name.replace('-', " "))),
            }
        }
        if let (Some(first), Some(last)) = (kinds.first(), kinds.last()) {
            let does = "a second kind, or no more".to_owned();
            told.insert(1.min(told.len()), (format!("{first}-{last}"), does));
        }
        told.push(("Esc".to_owned(), "leaves".to_owned()));
        let segment =
            |(key, does): &(String, String)| Segment::key(self.shown(key), Visible::new(does), 9);
        told.iter().map(segment).collect()
    }

    /// Whether what presses most about the selected item is such a question.
    fn asks_again(&self, is_such: impl Fn(Question) -> bool) -> bool {
        let session = self.review().map(|review| &review.session);
        session
            .and_then(|session| session.counted(session.selected()?).open)
            .is_some_and(is_such)
    }

    fn command_hints(&self) -> Vec<Segment> {
        const FINISH: Command = Command::decide(Decide::Finish { anyway: false });
        const fn adjust(end: End, step: Step) -> Command {
            Command::decide(Decide::Adjust(end, step))
        }
        let (line, wanted): (HintLine, &[Hinted<'_>]) = match self.screen() {
            Screen::Queue => (
                HintLine::Queue,
                &[
                    (&[Command::OpenArticle], "review", 9),
                    (&[Command::Go(Way::Open(1))], "next open", 4),
                    (&[FINISH], "finish", 5),
                    (&[Command::decide(Decide::Later)], "later", 3),
                    (&[Command::Mark], "mark", 3),
                    (&[Command::TurnOrder], "order", 6),
                    (&[Command::Ask(Ask::Filter)], "filter", 6),
                    (&[Command::Summary], "summary", 4),
                    (&[Command::Undo], "undo", 7),
                    (&[Command::Help], "all keys", 8),
                    (&[Command::Quit], "quit", 8),
                ],
            ),
            Screen::Review if self.review().is_some_and(|r| r.is_on_fold()) => (
                HintLine::Fold,
                &[
                    (&[Command::OpenCard], "shows or hides them", 9),
                    (&[Command::Go(Way::Rows(-1))], "back to the claims", 8),
                    (&[FINISH], "finish", 6),
                    (&[Command::Help], "all keys", 8),
                ],
            ),
            Screen::Review
                if self
                    .asks_again(|open| matches!(open, Question::Words | Question::SourceWords)) =>
            {
                (
                    HintLine::Words,
                    &[
                        (
                            &[Command::decide(Decide::StillHolds)],
                            "my answer still holds",
                            9,
                        ),
                        (&[Command::decide(Decide::JudgeAgain)], "judge again", 9),
                        (&[Command::decide(Decide::Reject)], "reject", 8),
                        (&[Command::Ask(Ask::Source)], "source", 5),
                        (&[Command::Undo], "undo", 6),
                        (&[Command::Help], "all keys", 8),
                    ],
                )
            }
            Screen::Review if self.asks_again(|open| open == Question::Conflict) => (
                HintLine::Conflict,
                &[
                    (
                        &[Command::decide(Decide::StillHolds)],
                        "keep the answer in use",
                        9,
                    ),
                    (&[Command::decide(Decide::JudgeAgain)], "take the other", 9),
                    (&[Command::Undo], "undo", 6),
                    (&[Command::Help], "all keys", 8),
                ],
            ),
            Screen::Review => (
                HintLine::Review,
                &[
                    (&[Command::decide(Decide::Confirm)], "confirm", 9),
                    (&[Command::decide(Decide::Reject)], "reject", 9),
                    (
                        &[
                            Command::decide(Decide::SetKind(Kind::Quantity)),
                            Command::decide(Decide::SetKind(Kind::Opinion)),
                        ],
                        "kind",
                        5,
                    ),
                    (
                        &[
                            adjust(End::Start, Step::WordBack),
                            adjust(End::Start, Step::WordOn),
                            adjust(End::End, Step::WordBack),
                            adjust(End::End, Step::WordOn),
                        ],
                        "ends",
                        4,
                    ),
                    (&[Command::Add], "add", 3),
                    (&[Command::Ask(Ask::Source)], "source", 4),
                    (&[Command::Ask(Ask::Verdict)], "verdict", 4),
                    (&[Command::Ask(Ask::Note)], "note", 2),
                    (&[FINISH], "finish", 3),
                    (&[Command::Undo], "undo", 6),
                    (&[Command::Help], "all keys", 8),
                    (&[Command::Quit], "quit", 8),
                ],
            ),
        };
        let keymap = &self.options().keymap;
        let segment = |(commands, does, importance): &Hinted<'_>| {
            let keys: Vec<String> = commands
                .iter()
                .map(|command| keymap.hint(command))
                .collect();
            let joint = if keys.len() == 2 { "-" } else { " " };
            Segment::key(
                self.shown(&keys.join(joint)),
                Visible::new(does),
                *importance,
            )
        };
        // The keys of commands are looked for once, not with every frame.
        let made = || wanted.iter().map(segment).collect();
        let signs = self.options().theme.signs;
        self.hint_lines().line(line, signs, made)
    }
}

/// Keys and what they do, the handiest first, and last the way out, which stays longest.
fn in_order(told: &[(&str, &str)]) -> Vec<Segment> {
    let count = told.len() as u8;
    let hints = told.iter().zip(0..count);
    let hint = |((key, does), at): (&(&str, &str), u8)| {
        let importance = if at + 1 == count {
            count
        } else {
            count - 1 - at
        };
        Segment::key(Visible::new(key), Visible::new(does), importance)
    };
    hints.map(hint).collect()
}
