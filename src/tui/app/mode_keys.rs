//! Keys while something other than commands is wanted: hints, lists, marks, questions.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::hints::Picked;
use super::input::Typed;
use super::mode::{AskEnd, Choice, Choose, EvidenceLine, HintUse, LineUse, MarkUse, Mode, Visual};
use super::window_room::{CARD, TOLD, told_fields};
use super::{App, Screen};
use crate::annotations::RecordKind;
use crate::detect::Kind;
use crate::review::{Cut, Decide, End, Moment, Step};
use crate::text::Word;
use crate::tui::command::{Ask, Key, foreign};
use crate::tui::event::Request;

/// The kind on a digit key.
fn kind_of(key: Key) -> Option<Kind> {
    let digit = key.character()?.to_digit(10)?;
    Kind::ALL.get((digit as usize).checked_sub(1)?).copied()
}

fn is_escape(key: Key) -> bool {
    key.code == KeyCode::Esc || is_control_c(key)
}

/// Whether it is the key that ends programs elsewhere.
pub(super) fn is_control_c(key: Key) -> bool {
    key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
}

impl App {
    /// Takes a key while the mode is not the normal one.
    pub(super) fn key_in_mode(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        match &self.mode {
            Mode::Normal => Vec::new(),
            Mode::Line(..) => self.key_in_line(key, moment),
            Mode::Help { .. } => self.key_in_help(key),
            Mode::AskQuit => self.key_in_ask_quit(key),
            Mode::AskWrite { .. } => self.key_in_ask_write(key),
            Mode::Choose(Choose {
                what: Choice::Evidence(evidence),
                ..
            }) if is_escape(key) => {
                let evidence = evidence.clone();
                let reference = evidence.reference.clone();
                self.open_line(
                    LineUse::Evidence(EvidenceLine::Reference, evidence),
                    &reference,
                );
                Vec::new()
            }
            _ if is_escape(key) => {
                let left = std::mem::take(&mut self.mode);
                if let (Mode::Visual(visual), Some(review)) = (left, &mut self.review) {
                    review.pane = visual.before;
                }
                Vec::new()
            }
            Mode::Tell { .. } => self.key_in_told(key, moment),
            Mode::Tour { .. } => self.key_in_tour(key, moment),
            Mode::Card { .. } => self.key_in_card(key, moment),
            Mode::Summary { .. } => self.key_in_summary(key, moment),
            _ if key.is_chord() => {
                self.refuse(format!("{key} does nothing here; Esc leaves"));
                Vec::new()
            }
            Mode::Paste => {
                let keys = "paste with the terminal's own key (Ctrl-Shift-v, Cmd-v); Esc leaves";
                self.refuse(format!("{key} is no text of an article: {keys}"));
                Vec::new()
            }
            Mode::Offer { .. } => self.key_in_offer(key, moment),
            Mode::Hints(..) => self.key_in_hints(key, moment),
            Mode::AskEnd(ask) => self.key_in_ask_end(*ask, key, moment),
            Mode::Extend(_) => self.key_in_extend(key, moment),
            Mode::Visual(_) => self.key_in_visual(key, moment),
            Mode::Choose(_) => self.key_in_choose(key, moment),
            Mode::AskShown { decide, .. } => {
                let decide = decide.clone();
                self.mode = Mode::Normal;
                if key.code != KeyCode::Enter {
                    self.say("nothing was decided");
                    return Vec::new();
                }
                self.act(decide, moment)
            }
            Mode::AskFinish(_) => {
                self.mode = Mode::Normal;
                if key.code != KeyCode::Enter {
                    self.say("not finished");
                    return Vec::new();
                }
                match self.screen {
                    Screen::Review => self.act(Decide::Finish { anyway: true }, moment),
                    Screen::Queue => self.finish_closed(),
                }
            }
        }
    }

    /// A key while something has to be read: it closes the window, and a command that
    /// changes nothing is carried out as well. What hides behind the window is not decided.
    pub(super) fn key_in_told(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        if self.scrolls_told(key) {
            return Vec::new();
        }
        let changes = self.would_change(key);
        self.mode = Mode::Normal;
        match key.code {
            KeyCode::Enter | KeyCode::Char(' ') => Vec::new(),
            _ if changes => {
                self.refuse(format!("{key} only closed the notice; press it again"));
                Vec::new()
            }
            _ => self.key(key, moment),
        }
    }

    /// Scrolls what has to be read, where not all of it is in sight; the keys that close it go on
    /// to its end first.
    fn scrolls_told(&mut self, key: Key) -> bool {
        let Mode::Tell { lines, top } = &self.mode else {
            return false;
        };
        let (fields, top) = (told_fields(lines), *top);
        let last = self.last_top(&fields, TOLD);
        let page = usize::from(self.fields_window(&fields, TOLD).inner.height.max(1));
        let to = match key.code {
            KeyCode::Down => (top + 1).min(last),
            KeyCode::Up => top.saturating_sub(1),
            KeyCode::PageUp => top.saturating_sub(page),
            KeyCode::PageDown | KeyCode::Char(' ') | KeyCode::Enter if top < last => {
                (top + page).min(last)
            }
            _ => return false,
        };
        if last == 0 {
            return false;
        }
        if let Mode::Tell { top, .. } = &mut self.mode {
            *top = to;
        }
        true
    }

    /// Says why a key was not taken: where it is no Latin letter, for that reason.
    pub(super) fn refuse_letter(&mut self, key: Key, otherwise: &str) {
        let layout = key.character().and_then(foreign);
        self.refuse(layout.unwrap_or_else(|| otherwise.to_owned()));
    }

    fn key_in_hints(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let Mode::Hints(hints, hint_use) = &mut self.mode else {
            return Vec::new();
        };
        let hint_use = *hint_use;
        if hint_use == HintUse::Cut && matches!(key.code, KeyCode::Char('B' | ')')) {
            self.mode = Mode::Normal;
            return self.act(Decide::Split(Cut::Clause), moment);
        }
        let picked = match key.character() {
            Some(letter) => hints.letter(letter),
            None if key.code == KeyCode::Backspace && hints.take_back() => Picked::Going,
            None => Picked::Nothing,
        };
        match (picked, hint_use) {
            (Picked::Going, _) => Vec::new(),
            (Picked::Nothing, _) => {
                self.refuse_letter(key, "no word has this hint; Esc leaves");
                Vec::new()
            }
            (Picked::Word(at), HintUse::JumpEnd) => self.jump_end(at, moment),
            (Picked::Word(at), HintUse::Cut) => {
                self.mode = Mode::Normal;
                self.act(Decide::Split(Cut::Before(at)), moment)
            }
            (Picked::Word(at), HintUse::Start(mark_use)) => {
                self.begin_mark(at, mark_use);
                Vec::new()
            }
        }
    }

    fn key_in_ask_end(&mut self, ask: AskEnd, key: Key, moment: &Moment) -> Vec<Request> {
        let AskEnd { to, either } = ask;
        let end = match key.code {
            KeyCode::Enter => either.shown,
            KeyCode::Char('b') => End::Start,
            KeyCode::Char('e') => End::End,
            KeyCode::Char('o') => {
                let either = either.turned();
                self.mode = Mode::AskEnd(AskEnd { to, either });
                return Vec::new();
            }
            _ => {
                self.refuse_letter(
                    key,
                    "b puts the start there, e the end, o shows the other; Esc leaves",
                );
                return Vec::new();
            }
        };
        self.mode = Mode::Normal;
        self.act(Decide::Adjust(end, Step::To(to)), moment)
    }

    fn key_in_extend(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let Mode::Extend(extend) = &mut self.mode else {
            return Vec::new();
        };
        if let Some(kind) = kind_of(key) {
            return self.make_mark(RecordKind::Claim, Some(kind), moment);
        }
        if let Some(letter) = key.character().filter(char::is_ascii_lowercase)
            && letter != 's'
            && !extend.hints.is_empty()
        {
            match extend.hints.letter(letter) {
                Picked::Word(at) => self.end_mark(at),
                Picked::Going => {}
                Picked::Nothing => self.refuse("no word has this hint; Esc leaves"),
            }
            return Vec::new();
        }
        match key.code {
            KeyCode::Enter => return self.make_mark(RecordKind::Claim, None, moment),
            KeyCode::Backspace => return self.unpick(),
            KeyCode::Char('s') => return self.make_mark(RecordKind::Source, None, moment),
            KeyCode::Char('+') => {
                let mut requests = self.make_mark(RecordKind::Claim, None, moment);
                requests.extend(self.open_piece_hints());
                return requests;
            }
            KeyCode::Char(')') => self.reach_out(End::End),
            KeyCode::Char('(') => self.reach_out(End::Start),
            KeyCode::Char('e') | KeyCode::Right => self.extend_by_word(End::End, true),
            KeyCode::Char('E') | KeyCode::Left => self.extend_by_word(End::End, false),
            KeyCode::Char('b') => self.extend_by_word(End::Start, false),
            KeyCode::Char('w') => self.extend_by_word(End::Start, true),
            _ => self.refuse_letter(
                key,
                "hint or ) for the end; then 1-9 or Enter adds a claim, s a source",
            ),
        }
        Vec::new()
    }

    fn key_in_visual(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let (Mode::Visual(visual), Some(review)) = (&mut self.mode, &mut self.review) else {
            return Vec::new();
        };
        if let Some(kind) = kind_of(key) {
            return self.make_mark(RecordKind::Claim, Some(kind), moment);
        }
        let reading = &review.article;
        let Visual { cursor, .. } = *visual;
        let length = reading.wrap().text().len();
        let to = match key.code {
            KeyCode::Enter | KeyCode::Char('i') => {
                return self.make_mark(RecordKind::Claim, None, moment);
            }
            KeyCode::Char('s') => return self.make_mark(RecordKind::Source, None, moment),
            KeyCode::Char('+') => {
                visual.mark_use = MarkUse::Piece;
                return self.make_mark(RecordKind::Claim, None, moment);
            }
            KeyCode::Char(')') => {
                self.reach_out(End::End);
                return Vec::new();
            }
            KeyCode::Char('(') => {
                self.reach_out(End::Start);
                return Vec::new();
            }
            KeyCode::Char('v') => {
                visual.anchor = cursor;
                cursor
            }
            KeyCode::Char('o') => std::mem::replace(&mut visual.anchor, cursor),
            KeyCode::Char('l') | KeyCode::Right => reading.cluster_at(cursor).end,
            KeyCode::Char('h') | KeyCode::Left => reading.cluster_before(cursor),
            KeyCode::Char('j') | KeyCode::Down => reading.rows_on(cursor, 1),
            KeyCode::Char('k') | KeyCode::Up => reading.rows_on(cursor, -1),
            KeyCode::Char('w') => {
                let here = reading
                    .word_from(cursor)
                    .filter(|word| word.start <= cursor);
                let after = here.map_or(cursor, |word| word.end);
                reading.word_from(after).map_or(cursor, |word| word.start)
            }
            KeyCode::Char('e') => {
                let next = reading.word_from(reading.cluster_at(cursor).end);
                next.map_or(cursor, |word| reading.cluster_before(word.end))
            }
            KeyCode::Char('b') => reading
                .word_before(cursor)
                .map_or(cursor, |word| word.start),
            KeyCode::Char('0') | KeyCode::Home => reading.row_ends(cursor).0,
            KeyCode::Char('$') | KeyCode::End => reading.row_ends(cursor).1,
            _ => {
                self.refuse_letter(
                    key,
                    "1-9 or Enter adds a claim, s a source, + a piece; Esc leaves",
                );
                return Vec::new();
            }
        };
        // The end of the text is no cluster to stand on.
        visual.cursor = if to >= length {
            reading.cluster_before(length)
        } else {
            to
        };
        let at = visual.cursor;
        review
            .article
            .scroll(crate::tui::layout::Scroll::Show(crate::text::Span::new(
                at,
                at + 1,
            )));
        Vec::new()
    }

    fn key_in_help(&mut self, key: Key) -> Vec<Request> {
        let Mode::Help { filter, top } = &mut self.mode else {
            return Vec::new();
        };
        match key.code {
            KeyCode::Down => *top += 1,
            KeyCode::Up => *top = top.saturating_sub(1),
            KeyCode::PageDown => *top += 10,
            KeyCode::PageUp => *top = top.saturating_sub(10),
            KeyCode::Char('?') if filter.text().is_empty() => self.mode = Mode::Normal,
            KeyCode::Char('q') if filter.text().is_empty() => self.mode = Mode::Normal,
            _ => match filter.key(key) {
                Typed::Going => *top = 0,
                Typed::Done | Typed::Left => self.mode = Mode::Normal,
            },
        }
        let last = self.last_of_help();
        if let Mode::Help { top, .. } = &mut self.mode {
            *top = (*top).min(last);
        }
        Vec::new()
    }

    fn key_in_card(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let Mode::Card { top } = &mut self.mode else {
            return Vec::new();
        };
        match key.code {
            _ if key.is_chord() => {
                self.mode = Mode::Normal;
                return self.key(key, moment);
            }
            KeyCode::Enter | KeyCode::Char('q') => self.mode = Mode::Normal,
            KeyCode::Down | KeyCode::PageDown | KeyCode::Char('j' | ' ') => *top += 1,
            KeyCode::Up | KeyCode::PageUp | KeyCode::Char('k') => *top = top.saturating_sub(1),
            KeyCode::Char('e') => return self.ask(Ask::Evidence),
            KeyCode::Char('E') => self.put_evidence_right(),
            KeyCode::Char('D') => return self.remove_last_evidence(moment),
            _ => {
                // Every other key is a command: the card makes way for it.
                self.mode = Mode::Normal;
                return self.key(key, moment);
            }
        }
        let last = self.last_top(&self.card_rows(), CARD);
        if let Mode::Card { top } = &mut self.mode {
            *top = (*top).min(last);
        }
        Vec::new()
    }

    fn remove_last_evidence(&mut self, moment: &Moment) -> Vec<Request> {
        let annotation = self
            .review
            .as_ref()
            .and_then(|r| r.session.selected_annotation());
        let last = annotation
            .and_then(|a| a.evidence.last())
            .map(|(id, _)| id.clone());
        match last {
            Some(id) => self.act(Decide::RemoveEvidence(id), moment),
            None => {
                self.refuse("there is no evidence to take away");
                Vec::new()
            }
        }
    }
}
