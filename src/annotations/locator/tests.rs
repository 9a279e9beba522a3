use proptest::prelude::*;

use super::*;

/// The parts as they are written: page, paragraph, time, end, note.
fn parts(typed: &str) -> [String; 5] {
    let locator = Locator::read(typed).unwrap_or_default();
    let place = |place: &Option<Place>| match place {
        Some(Place::Number(number)) => format!("#{number}"),
        Some(Place::Words(words)) => words.clone(),
        None => String::new(),
    };
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    [
        place(&locator.page),
        place(&locator.paragraph),
        words(&locator.time),
        words(&locator.end),
        words(&locator.note),
    ]
}

#[test]
fn what_a_checker_types_is_read_into_its_parts() {
    for (typed, expected) in [
        ("p. 14", ["#14", "", "", "", ""]),
        ("p14", ["#14", "", "", "", ""]),
        ("Page 14.", ["#14", "", "", "", ""]),
        ("pp. 14-16", ["14–16", "", "", "", ""]),
        ("p. 14 – 16, ¶2", ["14–16", "#2", "", "", ""]),
        ("p. xiv", ["xiv", "", "", "", ""]),
        ("p. A4 para 2b", ["A4", "2b", "", "", ""]),
        ("p. 007", ["007", "", "", "", ""]),
        ("¶ 3", ["", "#3", "", "", ""]),
        ("¶¶ 3–5", ["", "3–5", "", "", ""]),
        ("00:41:07", ["", "", "00:41:07", "", ""]),
        ("41:07–42:10", ["", "", "00:41:07", "00:42:10", ""]),
        (
            "at 1:02:03.5 to 1:02:04",
            ["", "", "01:02:03.5", "01:02:04", ""],
        ),
        ("75:30", ["", "", "01:15:30", "", ""]),
        (
            "41:07, p. 3, left column",
            ["#3", "", "00:41:07", "", "left column"],
        ),
        ("p. 14 of the annex", ["#14", "", "", "", "of the annex"]),
    ] {
        assert_eq!(parts(typed), expected, "{typed}");
    }
}

#[test]
fn what_cannot_be_read_is_the_note() {
    for (typed, note) in [
        ("14", "14"),
        ("the table on p. 14", "the table on p. 14"),
        ("1,000 copies; see annex", "1,000 copies; see annex"),
        ("41:75", "41:75"),
        ("1:2", "1:2"),
        ("42:10–41:07", "42:10–41:07"),
        ("part 3", "part 3"),
        ("p. one", "p. one"),
        ("p.", "p."),
        ("p. 14/15", "p. 14/15"),
        ("§ 3", "§ 3"),
    ] {
        assert_eq!(parts(typed), ["", "", "", "", note], "{typed}");
    }
    assert_eq!(parts("p. 14, p. 15; ¶ 2"), ["#14", "#2", "", "", "p. 15"]);
    assert_eq!(parts("foot, p. 2, top"), ["#2", "", "", "", "foot, top"]);
}

#[test]
fn a_note_keeps_what_stands_between_its_pieces() {
    for (typed, note) in [
        ("a,b;;;c", "a,b;;;c"),
        ("p. 2, left;;  right", "left;;  right"),
        ("left,;,right , p. 2; top", "left,;,right, top"),
    ] {
        assert_eq!(parts(typed)[4], note, "{typed}");
    }
}

#[test]
fn a_place_that_cannot_be_is_refused() {
    for (typed, why) in [
        (",,;;", NoPlace::Nothing),
        (" ; ", NoPlace::Nothing),
        ("p. 0", NoPlace::Zero),
        ("¶ 00", NoPlace::Zero),
        ("pp. 0-3", NoPlace::Zero),
        ("pp. 16-14", NoPlace::Backwards),
        ("¶¶ 5–3, left", NoPlace::Backwards),
        ("p. 2, 42:10–41:07", NoPlace::Backwards),
        ("at 1:02:04 to 1:02:03", NoPlace::Backwards),
    ] {
        assert_eq!(Locator::typed(typed), Err(why), "{typed}");
    }
    for typed in [
        "p. 10",
        "pp. 14-16",
        "p. A4",
        "41:07-41:07",
        "pp. ix-xi",
        "0:00",
    ] {
        let read = Locator::read(typed);
        assert!(
            read.is_some() && Locator::typed(typed) == Ok(read),
            "{typed}"
        );
    }
    assert_eq!(Locator::typed("  "), Ok(None));
}

#[test]
fn nothing_typed_is_no_place() {
    for typed in ["", "  ", " , ; "] {
        assert_eq!(Locator::read(typed), None, "{typed:?}");
    }
}

#[test]
fn it_is_written_as_it_can_be_typed() {
    for (typed, written) in [
        ("p14 ¶3", "p. 14, ¶ 3"),
        ("41:07-42:10", "00:41:07–00:42:10"),
        ("top, pages 2 - 3", "pp. 2–3, top"),
    ] {
        let locator = Locator::read(typed).expect("a place");
        assert_eq!(locator.to_string(), written);
    }
    let end = Locator {
        end: Some("00:12:40".to_owned()),
        ..Locator::default()
    };
    assert_eq!(end.to_string(), "to 00:12:40");
}

/// Pieces of what people type, whole and broken.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => (0u32..200, 0u32..3).prop_map(|(n, form)| match form {
            0 => format!("p. {n}"),
            1 => format!("pp {n}-{}", n + 2),
            _ => format!("¶ {n}b"),
        }),
        3 => (0u32..130, 0u32..70, 0u32..5).prop_map(|(m, s, more)| match more {
            0 => format!("{m}:{s:02}"),
            1 => format!("at {m}:{s:02}-{}:{s:02}", m + 1),
            2 => format!("1:{m:02}:{s:02}.25"),
            3 => format!("{m}:{s:02} to {s}:{m:02}"),
            _ => format!("{m}:{s}"),
        }),
        3 => "[a-zA-Z0-9¶é –.:,;-]{0,12}",
        1 => "\\PC{0,8}",
    ];
    let joint = prop_oneof![Just(", "), Just("; "), Just(" "), Just(","), Just(" – ")];
    proptest::collection::vec((piece, joint), 0..6).prop_map(|pieces| {
        let mut typed = String::new();
        for (piece, joint) in pieces {
            typed.push_str(&piece);
            typed.push_str(joint);
        }
        typed
    })
}

/// Letters and figures, in order.
fn said(text: &str) -> Vec<char> {
    let mut said: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    said.sort_unstable();
    said
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(typed in typed()) {
        if let Some(locator) = Locator::read(&typed) {
            let written = locator.to_string();
            prop_assert_eq!(Locator::read(&written), Some(locator), "{}", written);
        }
    }

    #[test]
    fn what_is_no_part_is_kept_to_the_letter(typed in "[a-oq-zA-OQ-Z ]{0,20}", page in 0u64..1000) {
        // A name of times or paragraphs alone, before nothing, is a note as well.
        let typed = format!("p. {page}, {typed}");
        let locator = Locator::read(&typed).expect("a page");
        prop_assert_eq!(&locator.page, &Some(Place::Number(page)));
        prop_assert_eq!(said(&format!("p{page}{}", locator.note.unwrap_or_default())), said(&typed));
    }
}
