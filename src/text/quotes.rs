//! Quotations: which stretches of a text stand between quotation marks.
//!
//! Pairs every style of mark, paragraph by paragraph, so that a mark that was never closed
//! ends with its paragraph and cannot turn the rest of the article inside out. Text without
//! any mark is normal and gives nothing. Nested quotations belong to the outer one.

use super::Span;
use super::sections;
use super::tokens::is_apostrophe;

/// One quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub outer: Span,
    /// Without its marks and the white space next to them; never empty.
    pub inner: Span,
    /// Whether a closing mark was found in the paragraph.
    pub closed: bool,
}

/// Words of a language that begin with an apostrophe: "’tis".
#[derive(Clone, Debug, Default)]
pub struct Elided(Vec<Box<str>>);

impl Elided {
    /// Reads them from a data file of the language.
    pub fn read(file: &str) -> Elided {
        let all = sections(file).into_iter();
        let words = all.filter(|(name, _)| *name == "elided");
        Elided(words.flat_map(|(_, words)| words).map(Box::from).collect())
    }

    /// Whether a word that lost its beginning stands at the start of `rest`, the apostrophe in
    /// front of it: "tis", "em", a decade or a year.
    fn begins(&self, rest: &str) -> bool {
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let word = &rest[..end];
        let digits = word.trim_end_matches('s');
        let years = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        years || self.0.iter().any(|e| e.eq_ignore_ascii_case(word))
    }
}

/// Which marks belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Double,
    German,
    Angle,
    Corner,
    Single,
}

/// What a mark may do at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
    Either,
}

#[derive(Clone, Copy, Debug)]
struct QuoteMark {
    span: Span,
    style: Style,
    turn: Turn,
}

/// The outermost quotations of `text`, in order; they do not overlap.
pub fn quotations(text: &str, elided: &Elided) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut marks = Vec::new();
    for paragraph in paragraphs(text) {
        marks.clear();
        collect(text, paragraph, elided, &mut marks);
        let doubles = marks.len();
        singles(text, paragraph, elided, &mut marks);
        if doubles > 0 {
            nest(doubles, &mut marks);
        }
        pair(text, paragraph, &marks, &mut found);
    }
    found
}

/// Stretches a quotation cannot leave: up to a blank line, or to a line end after which a new
/// paragraph must be meant.
fn paragraphs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let start = at;
        // Whether the last line with words in it came to an end.
        let mut ended = false;
        while let Some(found) = text[at..].find('\n') {
            let line = text[at..at + found].trim_end();
            at += found + 1;
            let next = text[at..].trim_start_matches([' ', '\t', '\r', '\u{a0}']);
            let blank = next.is_empty() || next.starts_with('\n');
            if !line.is_empty() {
                ended = line.ends_with(['.', '!', '?', '…', '"', '”', '»', ':', '。']);
            }
            let lower = next.chars().next().is_some_and(char::is_lowercase);
            if blank
                || (ended && !lower)
                || next.starts_with(['"', '“', '”', '«', '»', '„', '「', '‘'])
            {
                return Some(Span::new(start, at));
            }
        }
        at = text.len();
        Some(Span::new(start, at))
    })
}

/// Finds the double marks of a paragraph.
fn collect(text: &str, paragraph: Span, elided: &Elided, marks: &mut Vec<QuoteMark>) {
    let mut skip_to = paragraph.start;
    // »…« is as good as «…»: the first mark of a paragraph tells.
    let turned = paragraph.of(text).find(['«', '»']).is_some_and(|at| {
        let at = paragraph.start + at;
        text[at..].starts_with('»') && opens_only(text, at, at + '»'.len_utf8())
    });
    for (offset, c) in paragraph.of(text).char_indices() {
        let start = paragraph.start + offset;
        if start < skip_to || (c.is_ascii() && !matches!(c, '"' | '\'' | '`')) {
            continue;
        }
        let mut end = start + c.len_utf8();
        let style = match c {
            '"' | '“' | '”' | '‟' | '＂' => Style::Double,
            '„' => Style::German,
            '«' | '»' => Style::Angle,
            '「' | '」' | '『' | '』' => Style::Corner,
            '\'' | '`' | '‘' | '’'
                if text[end..].starts_with(c)
                    && pairs_as_double(text, start, c)
                    && !elided.begins(&text[end + c.len_utf8()..]) =>
            {
                end += c.len_utf8();
                Style::Double
            }
            _ => continue,
        };
        skip_to = end;
        let turn = match c {
            '“' | '‟' | '„' | '「' | '『' | '`' | '‘' => Turn::Opens,
            // A slip of typesetting: a closing mark where only an opening one can stand.
            '”' if opens_only(text, start, end) => Turn::Either,
            '”' | '」' | '』' => Turn::Closes,
            // Some print closes with the mark it opens with.
            '»' if turned => match turn_by_neighbours(text, start, end) {
                Turn::Closes => Turn::Closes,
                _ => Turn::Opens,
            },
            '«' if turned => Turn::Closes,
            '«' => Turn::Opens,
            '»' => Turn::Closes,
            _ => turn_by_neighbours(text, start, end),
        };
        marks.push(QuoteMark {
            span: Span::new(start, end),
            style,
            turn,
        });
    }
}

/// Two single marks in a row stand for a double one, three or more do not.
fn pairs_as_double(text: &str, start: usize, c: char) -> bool {
    !text[start + 2 * c.len_utf8()..].starts_with(c)
}

/// Whether a mark has white space before it and a word behind it.
fn opens_only(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_alphanumeric)
}

/// What a straight mark does, judged by what stands next to it.
fn turn_by_neighbours(text: &str, start: usize, end: usize) -> Turn {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let free_before = before
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '‘' | '\''));
    let free_after = after.is_none_or(|c| {
        c.is_whitespace() || matches!(c, ')' | ']' | '—' | '–' | ',' | '.' | ';' | ':' | '?' | '!')
    });
    match (free_before, free_after) {
        (true, false) => Turn::Opens,
        (false, true) => Turn::Closes,
        // Glued: a stop before the mark ends the quotation, whatever follows.
        (false, false) if before.is_some_and(|c| matches!(c, ',' | '.' | '?' | '!')) => {
            Turn::Either
        }
        _ => Turn::Either,
    }
}

/// Finds the single quotation marks of a paragraph, leaving apostrophes.
fn singles(text: &str, paragraph: Span, elided: &Elided, marks: &mut Vec<QuoteMark>) {
    let slice = paragraph.of(text);
    // Behind "rock 'n" the apostrophe is no end either.
    let mut cut = usize::MAX;
    for (offset, c) in slice.char_indices() {
        if !is_apostrophe(c) || c == '´' || c == 'ʼ' {
            continue;
        }
        let start = paragraph.start + offset;
        let end = start + c.len_utf8();
        let before = text[..start].chars().next_back();
        let rest = &text[end..];
        let after = rest.chars().next();
        let free = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–'));
        if start == cut {
            continue;
        }
        if (free || before == Some('‘') || before == Some('\'')) && c != '‘' && elided.begins(rest)
        {
            if rest.starts_with(['n', 'N']) {
                cut = end + 1;
            }
            continue;
        }
        // An opening mark may stand before an apostrophe word, or before a double mark.
        let word = rest.strip_prefix(['\'', '’']).map_or(
            after.is_some_and(|a| a.is_alphanumeric() || a == '…'),
            |rest| elided.begins(rest),
        );
        let opens = free && (word || rest.starts_with(['“', '"', '$', '£', '€']));
        let closes = after.is_none_or(|a| !a.is_alphanumeric())
            && before.is_some_and(|b| !b.is_whitespace())
            && c != '‘'
            // "the workers' rights" is no end; ", '" or ".'" is.
            && (before != Some('s') || after.is_none_or(|a| a != ' '));
        let turn = match (opens, closes) {
            (true, false) => Turn::Opens,
            (false, true) => Turn::Closes,
            _ => continue,
        };
        marks.push(QuoteMark {
            span: Span::new(start, end),
            style: Style::Single,
            turn,
        });
    }
}

/// Single marks beside `doubles` double ones: they are the outer ones if some pair of them
/// stands round double marks, that is if one opens where no double quotation is open and closes
/// behind the end of one. Otherwise they are left out.
fn nest(doubles: usize, marks: &mut Vec<QuoteMark>) {
    let mut all = marks.clone();
    all.sort_by_key(|m| m.span.start);
    let (mut inside, mut single, mut held) = (false, false, false);
    let mut british = false;
    for mark in &all {
        if mark.style == Style::Single {
            if mark.turn == Turn::Opens && !inside && !single {
                (single, held) = (true, false);
            } else if mark.turn == Turn::Closes && single && !inside {
                british |= held;
                single = false;
            }
        } else {
            inside = match mark.turn {
                Turn::Opens => true,
                Turn::Closes => false,
                Turn::Either => !inside,
            };
            held |= single && !inside;
        }
    }
    if british {
        *marks = all;
    } else {
        marks.truncate(doubles);
    }
}

fn pair(text: &str, paragraph: Span, marks: &[QuoteMark], found: &mut Vec<Quotation>) {
    let first = paragraph.trimmed(text).start;
    let mut open: Option<QuoteMark> = None;
    for (k, mark) in marks.iter().enumerate() {
        let Some(opening) = open else {
            if mark.turn == Turn::Opens
                || (mark.turn == Turn::Either && later_closes(&marks[k + 1..]))
                || mark.span.start == first
            {
                open = Some(*mark);
            }
            continue;
        };
        if ends(opening, *mark) {
            push(text, opening.span, Some(mark.span), mark.span.start, found);
            open = None;
        } else if mark.turn == Turn::Opens && mark.style == opening.style {
            // Typesetting that opens twice in a row: the first was never closed. What stood
            // behind it is kept apart from the second, which still finds its own end.
            if opening.style != Style::Single {
                push(text, opening.span, None, mark.span.start, found);
            }
            open = Some(*mark);
        }
    }
    // A single mark left open may be an apostrophe, unless the next paragraph opens again.
    let again = || text[paragraph.end..].trim_start().starts_with(['‘', '\'']);
    if let Some(opening) = open.filter(|o| o.style != Style::Single || again()) {
        push(text, opening.span, None, paragraph.end, found);
    }
}

fn later_closes(rest: &[QuoteMark]) -> bool {
    rest.first().is_some_and(|m| m.turn != Turn::Opens)
}

/// Whether `mark` can end what `opening` began.
fn ends(opening: QuoteMark, mark: QuoteMark) -> bool {
    match (opening.style, mark.style) {
        // „…“ and „…”: the German closing mark is the English opening one.
        (Style::German, Style::Double) => true,
        (a, b) if a == b => mark.turn != Turn::Opens,
        _ => false,
    }
}

fn push(text: &str, opening: Span, closing: Option<Span>, end: usize, found: &mut Vec<Quotation>) {
    let inner = Span::new(opening.end, end).trimmed(text);
    if inner.is_empty() {
        return;
    }
    let outer_end = closing.map_or(inner.end, |c| c.end);
    let outer = Span::new(opening.start, outer_end);
    found.push(Quotation {
        outer,
        inner,
        closed: closing.is_some(),
    });
}

#[cfg(test)]
mod tests {
    use super::{Elided, Quotation};
    use proptest::prelude::*;

    fn quotations(text: &str) -> Vec<Quotation> {
        super::quotations(text, &Elided::read("[elided]\ntis, twas, em, n"))
    }

    fn inner(text: &str) -> Vec<&str> {
        quotations(text).iter().map(|q| q.inner.of(text)).collect()
    }

    #[test]
    fn every_style_is_paired() {
        assert_eq!(inner("\"One,\" he said, \"two.\""), ["One,", "two."]);
        assert_eq!(inner("“One,” he said, “two.”"), ["One,", "two."]);
        assert_eq!(inner("``One,'' he said, ''two.''"), ["One,", "two."]);
        assert_eq!(inner("Er sagte: „Eins“ und «deux»."), ["Eins", "deux"]);
        assert_eq!(inner("彼は「はい」と言った。"), ["はい"]);
        assert_eq!(inner("‘It’s done,’ she said."), ["It’s done,"]);
        assert_eq!(
            inner("'It isn't,' she said of the workers' plan."),
            ["It isn't,"]
        );
    }

    #[test]
    fn apostrophes_alone_are_no_quotation() {
        assert_eq!(
            inner("It's the workers' plan, isn't it? The '90s won't return."),
            [""; 0]
        );
    }

    #[test]
    fn an_unclosed_mark_ends_with_its_paragraph() {
        let text = "“First, he went on.\n\n“Second,” he said.\n\nNothing here.";
        assert_eq!(inner(text), ["First, he went on.", "Second,"]);
        assert!(!quotations(text)[0].closed);
        let text = "She said: \"We never knew.\nThe board met on Monday.\n\"Fine,\" he said.";
        assert_eq!(inner(text), ["We never knew.", "Fine,"]);
    }

    #[test]
    fn a_stray_closing_mark_does_not_turn_the_text_inside_out() {
        assert_eq!(
            inner("It was done,\" he said. \"We know it.\""),
            ["We know it."]
        );
        assert_eq!(inner("done” he said. “We know it.”"), ["We know it."]);
    }

    #[test]
    fn a_closing_mark_set_for_an_opening_one_opens() {
        assert_eq!(
            inner("31 voices.\n\n”We left. Nobody asked.” ― Ann Orr\n”We stayed.” ― Bo Tate"),
            ["We left. Nobody asked.", "We stayed."]
        );
        assert_eq!(
            inner("She saw a ”grand” plan. “It is,” he said."),
            ["grand", "It is,"]
        );
        assert_eq!(inner("“We go.”Then he left. “Fine.”"), ["We go.", "Fine."]);
    }

    #[test]
    fn nested_quotations_belong_to_the_outer_one() {
        assert_eq!(
            inner("“He said ‘no’ to me,” she said."),
            ["He said ‘no’ to me,"]
        );
    }

    #[test]
    fn single_marks_round_double_ones_are_the_outer_ones() {
        assert_eq!(
            inner("'She called it \"a farce\" and left,' Ann Orr said. 'I stayed.'"),
            ["She called it \"a farce\" and left,", "I stayed."]
        );
        assert_eq!(
            inner("‘“No” was all we heard,’ said Bo Tate."),
            ["“No” was all we heard,"]
        );
        assert_eq!(
            inner("It isn't so, \"he said 'no' twice,\" she said of Orr's plan."),
            ["he said 'no' twice,"]
        );
    }

    #[test]
    fn guillemets_may_be_turned() {
        assert_eq!(inner("»Eins,« sagte er. »Zwei.«"), ["Eins,", "Zwei."]);
        assert_eq!(inner("»Ett,» sade han. »Två.»"), ["Ett,", "Två."]);
        assert_eq!(inner("Il dit « un » et « deux »."), ["un", "deux"]);
    }

    #[test]
    fn words_that_begin_with_an_apostrophe_open_and_close_nothing() {
        assert_eq!(
            inner("'Give 'em the '80s, rock 'n' roll and all,' he said. 'No.'"),
            ["Give 'em the '80s, rock 'n' roll and all,", "No."]
        );
        assert_eq!(inner("‘’Tis late,’ he said."), ["’Tis late,"]);
        assert_eq!(inner("''Twas late,' he said."), ["'Twas late,"]);
    }

    #[test]
    fn single_marks_may_open_each_paragraph_anew() {
        assert_eq!(
            inner("‘We lost one.\n\n‘Then two.’\n\nHe left."),
            ["We lost one.", "Then two."]
        );
    }

    #[test]
    fn glued_marks_are_still_paired() {
        assert_eq!(inner("He said.\"We go.\"Then he left."), ["We go."]);
    }

    proptest! {
        #[test]
        fn quotations_are_ordered_and_never_empty(text in "[ab\"“”'’.,\n «»„`]{0,60}") {
            let mut at = 0;
            for quotation in quotations(&text) {
                prop_assert!(quotation.outer.start >= at);
                prop_assert!(quotation.outer.covers(quotation.inner));
                prop_assert!(!quotation.inner.of(&text).trim().is_empty());
                at = quotation.outer.end;
            }
        }
    }
}
