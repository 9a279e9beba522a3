//! Which characters may reach a terminal as they are, one character at a time.
//!
//! Tables and questions only; cutting text into clusters is the business of
//! [`visible`](super). The ranges are those that Unicode calls default ignorable, format or
//! control, less the few that a script or an emoji needs.

use unicode_width::UnicodeWidthChar;

/// Marks drawn on one base; more are noise or an attack.
pub(super) const MARKS_PER_CLUSTER: usize = 8;

/// What to do with a character that cannot be shown as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Drawn as it is, wherever it stands.
    Show,
    /// Drawn as a sign, wherever it stands.
    Sign,
    /// Takes no cell: a soft hyphen is drawn only at the end of a row, as a hyphen.
    Nothing,
    /// Blanks up to the next stop.
    Tab,
    /// Zero-width joiner or non-joiner: the neighbours decide.
    Joiner,
    /// A variation selector of the first sixteen: the character before decides.
    Variation,
    /// A character of a flag made of tags: the sequence decides.
    Tag,
    /// A blank part of a Korean syllable: its neighbours decide.
    Filler,
}

/// The rule for one character.
pub(super) fn rule_of(c: char) -> Rule {
    match c {
        ' '..='~' => Rule::Show,
        '\t' => Rule::Tab,
        '\u{AD}' => Rule::Nothing,
        '\0'..='\u{9F}' => Rule::Sign,
        '\u{A0}'..='\u{33F}' => Rule::Show,
        '\u{200C}' | '\u{200D}' => Rule::Joiner,
        '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180D}' | '\u{180F}' => Rule::Variation,
        '\u{E0020}'..='\u{E007F}' => Rule::Tag,
        '\u{115F}' | '\u{1160}' => Rule::Filler,
        _ if is_hidden(c) => Rule::Sign,
        _ => Rule::Show,
    }
}

/// Characters without a shape of their own, and those that turn the direction of others.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{34F}' | '\u{61C}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        // The last two code points of every plane are no characters at all.
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// Whether a joiner after `before` changes how letters are shaped: a letter, figure or mark of a
/// script that joins, not one of its signs that only tell how others are drawn.
pub(super) fn joins(before: char) -> bool {
    (before.is_alphanumeric() || is_mark(before)) && is_of_joining_script(before)
}

fn is_of_joining_script(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{7FF}' | '\u{840}'..='\u{8FF}' | '\u{900}'..='\u{DFF}'
        | '\u{F00}'..='\u{109F}' | '\u{1700}'..='\u{18AF}' | '\u{1A00}'..='\u{1CFF}'
        | '\u{2D30}'..='\u{2D7F}' | '\u{A800}'..='\u{ABFF}' | '\u{FB50}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{10FFF}'
        | '\u{11000}'..='\u{11FFF}')
}

/// Whether a variation selector after `before` can mean anything.
pub(super) fn varies(before: char, selector: char) -> bool {
    if matches!(selector, '\u{180B}'..='\u{180F}') {
        return matches!(before, '\u{1800}'..='\u{18AF}');
    }
    match rule_of(before) {
        Rule::Show if before.is_ascii() => matches!(before, '0'..='9' | '#' | '*'),
        Rule::Show => !before.is_alphabetic() || before >= '\u{1000}',
        _ => false,
    }
}

/// Length in bytes of the tags after a black flag that make it the flag of a region.
pub(super) fn flag_tags(after_flag: &str) -> Option<usize> {
    let mut length = 0;
    for (count, c) in after_flag.chars().enumerate() {
        length += c.len_utf8();
        match c {
            '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}' if count < 6 => {}
            '\u{E007F}' if count >= 3 => return Some(length),
            _ => return None,
        }
    }
    None
}

/// Whether the character draws in no cell of its own (a combining mark, a vowel sign above).
pub(super) fn is_mark(c: char) -> bool {
    c >= '\u{300}' && c.width() == Some(0)
}

/// Whether the character is a part of a Korean syllable.
pub(super) fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115E}' | '\u{1161}'..='\u{11FF}' | '\u{A960}'..='\u{A97C}' | '\u{D7B0}'..='\u{D7FB}')
}

/// The sign for a hidden character where the terminal can draw more than ASCII.
pub(super) fn picture_of(c: char) -> &'static str {
    const CONTROLS: [&str; 32] = [
        "␀", "␁", "␂", "␃", "␄", "␅", "␆", "␇", "␈", "␉", "␊", "␋", "␌", "␍", "␎", "␏", "␐", "␑",
        "␒", "␓", "␔", "␕", "␖", "␗", "␘", "␙", "␚", "␛", "␜", "␝", "␞", "␟",
    ];
    match c {
        '\u{7F}' => "␡",
        _ => CONTROLS.get(c as usize).copied().unwrap_or("\u{FFFD}"),
    }
}
