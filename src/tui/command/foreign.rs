//! Letters that no key of the desk is: those of another keyboard layout, named by script.
//!
//! Keys are the characters typed. Where a layout of another script is on, the key that bears
//! `a` gives another letter, and the terminal library does not tell which key it was (the
//! keyboard protocol of kitty can, but crossterm keeps only the shifted character). Guessing
//! the place from the letter would decide by a guess, so the cause is named instead.

/// Scripts by their blocks, as names of layouts: first and last character.
const SCRIPTS: &[(u32, u32, &str)] = &[
    (0x0370, 0x03ff, "Greek"),
    (0x0400, 0x052f, "Cyrillic"),
    (0x0530, 0x058f, "Armenian"),
    (0x0590, 0x05ff, "Hebrew"),
    (0x0600, 0x06ff, "Arabic"),
    (0x0700, 0x074f, "Syriac"),
    (0x0750, 0x077f, "Arabic"),
    (0x0780, 0x07bf, "Thaana"),
    (0x07c0, 0x07ff, "N’Ko"),
    (0x0800, 0x085f, "Samaritan"),
    (0x0860, 0x08ff, "Arabic"),
    (0x0900, 0x097f, "Devanagari"),
    (0x0980, 0x09ff, "Bengali"),
    (0x0a00, 0x0a7f, "Gurmukhi"),
    (0x0a80, 0x0aff, "Gujarati"),
    (0x0b00, 0x0b7f, "Odia"),
    (0x0b80, 0x0bff, "Tamil"),
    (0x0c00, 0x0c7f, "Telugu"),
    (0x0c80, 0x0cff, "Kannada"),
    (0x0d00, 0x0d7f, "Malayalam"),
    (0x0d80, 0x0dff, "Sinhala"),
    (0x0e00, 0x0e7f, "Thai"),
    (0x0e80, 0x0eff, "Lao"),
    (0x0f00, 0x0fff, "Tibetan"),
    (0x1000, 0x109f, "Burmese"),
    (0x10a0, 0x10ff, "Georgian"),
    (0x1100, 0x11ff, "Korean"),
    (0x1200, 0x139f, "Ethiopic"),
    (0x13a0, 0x13ff, "Cherokee"),
    (0x1400, 0x167f, "Canadian syllabic"),
    (0x1780, 0x17ff, "Khmer"),
    (0x1800, 0x18af, "Mongolian"),
    (0x1c80, 0x1c8f, "Cyrillic"),
    (0x1c90, 0x1cbf, "Georgian"),
    (0x1f00, 0x1fff, "Greek"),
    (0x2d00, 0x2d2f, "Georgian"),
    (0x2d30, 0x2d7f, "Tifinagh"),
    (0x3040, 0x30ff, "Japanese"),
    (0x3100, 0x312f, "Chinese"),
    (0x3130, 0x318f, "Korean"),
    (0x31a0, 0x31bf, "Chinese"),
    (0x3400, 0x4dbf, "Chinese or Japanese"),
    (0x4e00, 0x9fff, "Chinese or Japanese"),
    (0xa640, 0xa69f, "Cyrillic"),
    (0xac00, 0xd7ff, "Korean"),
    (0xfb1d, 0xfb4f, "Hebrew"),
    (0xfb50, 0xfdff, "Arabic"),
    (0xfe70, 0xfefe, "Arabic"),
    (0xff01, 0xff5e, "full-width"),
    (0xff66, 0xffdc, "Japanese or Korean"),
];

/// The script of a character that keyboards of that script give and others do not.
fn script(c: char) -> Option<&'static str> {
    let code = u32::from(c);
    let after = SCRIPTS.partition_point(|(first, ..)| *first <= code);
    let (_, last, name) = SCRIPTS[..after].last()?;
    (code <= *last).then_some(*name)
}

/// What to say of a character that is no key because of the keyboard's layout; `None` for
/// those of Latin layouts.
pub(in crate::tui) fn foreign(c: char) -> Option<String> {
    let script = script(c)?;
    Some(format!(
        "{c} is no key: is the layout {script}? Keys are Latin letters"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_layouts_are_named_and_latin_ones_are_not() {
        for (c, name) in [
            ('ф', "Cyrillic"),
            ('Ж', "Cyrillic"),
            ('ї', "Cyrillic"),
            ('α', "Greek"),
            ('ש', "Hebrew"),
            ('ش', "Arabic"),
            ('۳', "Arabic"),
            ('अ', "Devanagari"),
            ('ก', "Thai"),
            ('ა', "Georgian"),
            ('ա', "Armenian"),
            ('ㅁ', "Korean"),
            ('가', "Korean"),
            ('あ', "Japanese"),
            ('ㄅ', "Chinese"),
            ('不', "Chinese or Japanese"),
            ('ａ', "full-width"),
        ] {
            assert_eq!(script(c), Some(name), "{c}");
            let told = foreign(c).expect("told");
            assert!(told.contains(c) && told.contains("the layout"), "{told}");
        }
        for c in "aZ1?éßøłıžươ–“€§°№→😀\u{301}".chars() {
            assert_eq!(foreign(c), None, "{c}");
        }
    }

    #[test]
    fn the_blocks_stand_in_order_and_do_not_meet() {
        for pair in SCRIPTS.windows(2) {
            assert!(pair[0].0 <= pair[0].1 && pair[0].1 < pair[1].0, "{pair:?}");
        }
    }
}
