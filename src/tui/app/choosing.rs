//! Lists to choose from: sources, verdicts, voices, orders; and what a row does.

use ratatui::crossterm::event::KeyCode;

use super::mode::{Choice, ChoiceRow, Choose, LineUse, Mode};
use super::{App, Screen, words_of};
use crate::annotations::{Id, source_name};
use crate::config::Theme;
use crate::detect::{SourceType, Voice};
use crate::review::{Decide, Item, Look, Moment, NewSource, Order, SourceFact};
use crate::text::Word;
use crate::tui::command::{Ask, Key, foreign};
use crate::tui::event::Request;

impl App {
    fn selected_claim(&mut self) -> Option<Id> {
        match self.review.as_ref()?.session.selected() {
            Some(Item::Claim(id)) => Some(id.clone()),
            _ => {
                self.refuse("select a claim first");
                None
            }
        }
    }

    /// Opens the list of sources for the selected claim.
    pub(super) fn open_sources(&mut self) -> Vec<Request> {
        if self.selected_claim().is_none() {
            return Vec::new();
        }
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        review.give_letters();
        let mentions = review.session.source_candidates();
        let likeliest = mentions.first().cloned();
        let rows = mentions.into_iter().map(|id| {
            let annotation = review.session.document().annotation(&id);
            let source_type = annotation.and_then(|a| a.attribute("source_type"));
            let row = ChoiceRow {
                key: annotation.and_then(|a| review.letter_of(a)),
                text: annotation.map_or("", source_name).to_owned(),
                aside: source_type.unwrap_or("").to_owned(),
            };
            (id, row)
        });
        let mut rows: Vec<(Id, ChoiceRow)> = rows.collect();
        // In the order of their letters, those without one last: what is looked for is found.
        rows.sort_by_key(|(_, row)| (row.key.is_none(), row.key));
        let (mentions, rows): (Vec<Id>, Vec<ChoiceRow>) = rows.into_iter().unzip();
        let selected = mentions
            .iter()
            .position(|id| likeliest.as_ref() == Some(id));
        self.mode = Mode::Choose(Choose {
            what: Choice::Source(mentions),
            rows,
            selected: selected.unwrap_or(0),
        });
        Vec::new()
    }

    /// Opens the house list of verdicts.
    pub(super) fn open_verdicts(&mut self) -> Vec<Request> {
        if self.selected_claim().is_none() {
            return Vec::new();
        }
        let verdicts = self.options.verdicts.iter();
        let rows = numbered(verdicts.map(|verdict| (verdict.clone(), String::new())));
        self.mode = Mode::Choose(Choose {
            what: Choice::Verdict,
            rows,
            selected: 0,
        });
        Vec::new()
    }

    /// Opens the list of orders.
    pub(super) fn open_order(&mut self) -> Vec<Request> {
        let now = self.review.as_ref().map(|review| review.session.order());
        self.open_words(Choice::Order, Order::ALL, now);
        Vec::new()
    }

    /// Opens the list of themes.
    pub(super) fn open_themes(&mut self) {
        let now = self.options.choice;
        let rows = numbered(Theme::ALL.iter().map(|theme| {
            let aside = if *theme == now { "now" } else { "" };
            (theme.to_string(), aside.to_owned())
        }));
        self.mode = Mode::Choose(Choose {
            what: Choice::Theme,
            rows,
            selected: Theme::ALL
                .iter()
                .position(|theme| *theme == now)
                .unwrap_or(0),
        });
    }

    /// Opens a list of words, each by a number.
    pub(super) fn open_words<W: Word>(&mut self, what: Choice, words: &[W], now: Option<W>) {
        let rows = numbered(words.iter().map(|word| {
            let is_now = Some(*word) == now;
            let aside = if is_now { "now" } else { "" };
            (word.as_str().to_owned(), aside.to_owned())
        }));
        let selected = words
            .iter()
            .position(|word| Some(*word) == now)
            .unwrap_or(0);
        self.mode = Mode::Choose(Choose {
            what,
            rows,
            selected,
        });
    }

    /// Takes a row of the open list.
    pub(super) fn choose(&mut self, row: usize, moment: &Moment) -> Vec<Request> {
        let Mode::Choose(choose) = std::mem::take(&mut self.mode) else {
            return Vec::new();
        };
        match choose.what {
            Choice::Source(mentions) => match mentions.get(row) {
                Some(id) => self.act(Decide::Link(NewSource::Mention(id.clone())), moment),
                None => Vec::new(),
            },
            Choice::Verdict => {
                let verdict = self.options.verdicts.get(row).cloned();
                self.act(Decide::Verdict(verdict), moment)
            }
            Choice::Voice => match Voice::ALL.get(row) {
                Some(voice) => self.act(Decide::SetVoice(*voice), moment),
                None => Vec::new(),
            },
            Choice::SourceType => match SourceType::ALL.get(row) {
                Some(known) => self.tell_source(SourceFact::Type(*known), moment),
                None => Vec::new(),
            },
            Choice::SameSource(others) => match others.get(row) {
                Some(id) => self.act(Decide::MergeSource(id.clone()), moment),
                None => Vec::new(),
            },
            Choice::Evidence(evidence) => {
                self.choose_of_evidence(row, *evidence, moment);
                Vec::new()
            }
            Choice::Piece(pieces) => {
                if let Some(id) = pieces.get(row) {
                    self.open_piece_again(id);
                }
                Vec::new()
            }
            Choice::LeftOut(paragraphs) => self.take_in(row, paragraphs),
            Choice::Address { addresses, .. } => match addresses.into_iter().nth(row) {
                Some(address) => self.browse(address),
                None => Vec::new(),
            },
            Choice::Theme => {
                if let Some(&theme) = Theme::ALL.get(row) {
                    self.choose_theme(theme);
                }
                Vec::new()
            }
            Choice::Export => match super::exporting::offered().get(row) {
                Some(format) => self.export(*format, ""),
                None => Vec::new(),
            },
            Choice::Order => match self.screen {
                Screen::Queue => self.choose_queue_order(row),
                Screen::Review => match Order::ALL.get(row) {
                    Some(order) => self.act(Look::Order(*order), moment),
                    None => Vec::new(),
                },
            },
        }
    }

    /// Goes to the claim just decided with the list of verdicts.
    fn verdict_of_last(&mut self, moment: &Moment) -> Vec<Request> {
        let session = self.review.as_ref().map(|review| &review.session);
        let last = session.and_then(|session| session.last_answered()).cloned();
        let Some(last) = last else {
            self.refuse("no claim was decided yet; Esc leaves");
            return Vec::new();
        };
        self.mode = Mode::Normal;
        let mut requests = self.act(Look::Select(Item::Claim(last)), moment);
        requests.extend(self.open_verdicts());
        requests
    }

    /// The heading of a list: what it is about, and for a verdict the claim it is given on.
    pub(in crate::tui) fn choice_title(&self, choice: &Choice) -> String {
        let session = self.review.as_ref().map(|review| &review.session);
        let claim = session.and_then(|session| match session.selected() {
            Some(Item::Claim(id)) => {
                Some((session.claim_number(id)?, session.selected_annotation()?))
            }
            _ => None,
        });
        match (choice, session, claim) {
            (Choice::Verdict, Some(session), Some((number, claim))) => {
                format!("verdict on {number}: {}", words_of(session, claim))
            }
            (Choice::Evidence(evidence), _, Some((number, _))) => {
                format!("evidence on {number}: {}", evidence.reference)
            }
            (Choice::Source(_), Some(session), Some((number, claim))) => {
                format!("source of {number}: {}", words_of(session, claim))
            }
            _ => choice.title().to_owned(),
        }
    }

    /// What stands before a line being typed; for what is said of a claim, with its number.
    pub(in crate::tui) fn line_label(&self, line_use: &LineUse) -> String {
        let label = line_use.label();
        let session = self.review.as_ref().map(|review| &review.session);
        let number = session.and_then(|session| match session.selected() {
            Some(Item::Claim(id)) => session.claim_number(id),
            _ => None,
        });
        match (line_use, number) {
            (LineUse::Answer(Ask::Evidence), Some(number)) => {
                label.replace("evidence", &format!("evidence on {number}"))
            }
            (LineUse::Answer(Ask::Note), Some(number)) => {
                label.replace("note", &format!("note on {number}"))
            }
            _ => label.to_owned(),
        }
    }

    /// Gives each row of the open list its first letter as its key.
    pub(super) fn letter_rows(&mut self) {
        if let Mode::Choose(choose) = &mut self.mode {
            for row in &mut choose.rows {
                row.key = row.text.chars().next().or(row.key);
            }
        }
    }

    /// Takes a key while a list is open.
    pub(super) fn key_in_choose(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let Mode::Choose(choose) = &mut self.mode else {
            return Vec::new();
        };
        let last = choose.rows.len().saturating_sub(1);
        match (&choose.what, key.code) {
            (_, KeyCode::Down) => choose.selected = (choose.selected + 1).min(last),
            (_, KeyCode::Up) => choose.selected = choose.selected.saturating_sub(1),
            (_, KeyCode::Enter) => {
                let row = choose.selected;
                return self.choose(row, moment);
            }
            (Choice::Source(mentions), KeyCode::Char('s')) => {
                let action = match mentions.get(choose.selected) {
                    Some(id) => Decide::Link(NewSource::Mention(id.clone())),
                    None => Decide::Link(NewSource::Top),
                };
                self.mode = Mode::Normal;
                return self.act(action, moment);
            }
            (Choice::Source(_), KeyCode::Char('i')) => return self.open_source_hints(),
            (Choice::Source(_), KeyCode::Char('-')) => {
                self.mode = Mode::Normal;
                return self.act(Decide::Link(NewSource::Nobody), moment);
            }
            // A name may begin with any letter; `=` asks for it whatever the letters stand for.
            (Choice::Source(_), KeyCode::Char('=')) => {
                self.open_line(LineUse::Answer(Ask::Source), "")
            }
            (Choice::Source(_), KeyCode::Char(c)) if begins_name(c, &choose.rows) => {
                let start = if c.is_alphanumeric() {
                    c.to_string()
                } else {
                    String::new()
                };
                self.open_line(LineUse::Answer(Ask::Source), &start);
            }
            (Choice::Verdict, KeyCode::Char('r')) => return self.verdict_of_last(moment),
            (Choice::Verdict, KeyCode::Char('0')) => {
                self.mode = Mode::Normal;
                return self.act(Decide::Verdict(None), moment);
            }
            (_, KeyCode::Char(c)) => {
                let row = choose.rows.iter().position(|row| row.key == Some(c));
                match row {
                    Some(row) => return self.choose(row, moment),
                    // The list stays: the key after a slip is meant for it, and decides
                    // something else where there is none.
                    None => {
                        let leaves = match choose.what {
                            Choice::Evidence(_) => "goes back",
                            _ => "leaves",
                        };
                        let otherwise = format!("{c} is not in the list; Esc {leaves}");
                        self.refuse_letter(key, &otherwise);
                    }
                }
            }
            _ => {}
        }
        Vec::new()
    }
}

/// Rows each taken by its number, those behind the ninth by a letter: what they say, and what stands
/// beside it.
pub(super) fn numbered(rows: impl Iterator<Item = (String, String)>) -> Vec<ChoiceRow> {
    // Not those that lists move by.
    let letters =
        ('a'..='z').filter(|c| !matches!(c, 'g' | 'h' | 'j' | 'k' | 'l' | 'q' | 'n' | 'p' | 'r'));
    let rows = rows.zip(('1'..='9').chain(letters));
    rows.map(|((text, aside), key)| ChoiceRow {
        key: Some(key),
        text,
        aside,
    })
    .collect()
}

/// Whether a key in the list of sources begins a name that is not in the article: no row has it,
/// and it is no lower-case letter of a layout in which keys cannot be typed.
fn begins_name(letter: char, rows: &[ChoiceRow]) -> bool {
    let is_foreign = letter.is_lowercase() && foreign(letter).is_some();
    !is_foreign && rows.iter().all(|row| row.key != Some(letter))
}
