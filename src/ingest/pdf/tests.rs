//! Pages laid out by hand: what is read after what, and where a paragraph ends.

use super::page::Piece;
use super::*;

/// A line of letters half as wide as high, at a place.
fn line(left: f32, base: f32, text: &str) -> Piece {
    sized(left, base, 10.0, text)
}

fn sized(left: f32, base: f32, size: f32, text: &str) -> Piece {
    Piece {
        text: text.to_owned(),
        left,
        right: left + text.chars().count() as f32 * size * 0.5,
        base,
        size,
        is_bold: false,
    }
}

/// Lines below each other, 12 apart.
fn lines(left: f32, top: f32, texts: &[&str]) -> Vec<Piece> {
    let at = |(row, text): (usize, &&str)| line(left, top - 12.0 * row as f32, text);
    texts.iter().enumerate().map(at).collect()
}

fn page(number: u32, pieces: Vec<Piece>) -> Page {
    Page {
        number,
        bottom: 0.0,
        top: 800.0,
        pieces,
        ..Page::default()
    }
}

/// The text of pages, and where each begins.
fn read(mut pages: Vec<Page>) -> (String, Vec<(usize, u32)>) {
    margins::take_off(&mut pages);
    let placed = in_order(&pages);
    let lines = placed.iter().flat_map(|placed| &placed.paragraph.lines);
    let known = Known::of(lines.map(String::as_str));
    written(&joined(placed), &known)
}

fn text(pieces: Vec<Piece>) -> String {
    read(vec![page(1, pieces)]).0
}

const LEFT: [&str; 5] = [
    "The harbour wall cost twice what the",
    "council had said it would in spring of",
    "this year, an audit found on Tuesday.",
    "Its leader said that nobody had known",
    "how soft the ground under it would be",
];
const RIGHT: [&str; 5] = [
    "before the drilling began in the port.",
    "Fishing crews returned to work there",
    "on Monday. Their association thinks",
    "that the closure cost its members some",
    "600,000 crowns in lost landings.",
];

#[test]
fn columns_are_read_one_after_the_other_below_what_stands_across() {
    let mut pieces = lines(260.0, 700.0, &RIGHT);
    pieces.push(sized(50.0, 730.0, 20.0, "Harbour wall costs twice the sum"));
    pieces.extend(lines(50.0, 700.0, &LEFT));
    // The lines of the columns need not stand at the same heights.
    for piece in pieces.iter_mut().filter(|piece| piece.left > 200.0) {
        piece.base -= 2.5;
    }
    let expected = format!(
        "Harbour wall costs twice the sum\n\n{} {}\n",
        LEFT.join(" "),
        RIGHT.join(" ")
    );
    assert_eq!(text(pieces), expected);
}

#[test]
fn what_stands_below_both_columns_is_read_after_them() {
    let mut pieces = lines(50.0, 700.0, &LEFT);
    pieces.extend(lines(260.0, 700.0, &RIGHT));
    pieces.push(line(50.0, 600.0, "A note of the desk."));
    let text = text(pieces);
    assert!(
        text.ends_with("lost landings.\n\nA note of the desk.\n"),
        "{text}"
    );
}

#[test]
fn a_column_that_begins_higher_than_the_other_stays_whole() {
    let mut pieces = lines(50.0, 676.0, &LEFT[..4]);
    pieces.extend(lines(260.0, 700.0, &RIGHT));
    let expected = format!("{} {}\n", LEFT[..4].join(" "), RIGHT.join(" "));
    assert_eq!(text(pieces), expected);
}

#[test]
fn wide_gaps_of_justified_lines_part_nothing() {
    let words = [
        ["awarded", "without", "competitive"],
        ["tendering.", "The", "opposition’s"],
        ["spokesman", "called", "it"],
        ["an", "embarrassment", "for"],
        ["all", "of", "them,"],
        ["and", "nobody", "spoke."],
    ];
    let mut pieces = Vec::new();
    for (row, words) in words.iter().enumerate() {
        let base = 700.0 - 12.0 * row as f32;
        let letters: usize = words.iter().map(|word| word.len()).sum();
        let gap = (200.0 - letters as f32 * 5.0) / 2.0;
        let mut left = 50.0;
        for word in words {
            pieces.push(line(left, base, word));
            left += word.len() as f32 * 5.0 + gap;
        }
    }
    let expected = "awarded without competitive tendering. The opposition’s spokesman called it an \
                    embarrassment for all of them, and nobody spoke.\n";
    assert_eq!(text(pieces), expected);
}

#[test]
fn a_table_is_read_row_by_row() {
    let mut pieces = Vec::new();
    let rows = [
        ["Drilling", "0.9", "2.7"],
        ["Concrete", "2.1", "3.5"],
        ["Sand", "0.2", "0.2"],
    ];
    for (row, cells) in rows.iter().enumerate() {
        for (at, cell) in cells.iter().enumerate() {
            pieces.push(line(
                50.0 + 90.0 * at as f32,
                700.0 - 14.0 * row as f32,
                cell,
            ));
        }
    }
    assert_eq!(
        text(pieces),
        "Drilling 0.9 2.7\nConcrete 2.1 3.5\nSand 0.2 0.2\n"
    );
}

#[test]
fn a_paragraph_ends_at_a_gap_a_short_line_or_before_a_line_set_in() {
    let full = "Ten words fill the line from one margin to the next.";
    let mut gap = lines(50.0, 700.0, &[full, full]);
    gap.extend(lines(50.0, 668.0, &[full, full]));
    assert_eq!(text(gap), format!("{full} {full}\n\n{full} {full}\n"));
    let short = lines(
        50.0,
        700.0,
        &[full, full, "It ended.", full, "So did that."],
    );
    assert_eq!(
        text(short),
        format!("{full} {full} It ended.\n\n{full} So did that.\n")
    );
    // Without a sentence's end a short line is but short.
    let open = lines(50.0, 700.0, &[full, full, "It went", full, "on there."]);
    assert_eq!(
        text(open),
        format!("{full} {full} It went {full} on there.\n")
    );
    let mut set_in = lines(50.0, 700.0, &[full, full, full, full, full]);
    set_in[2].left += 12.0;
    assert_eq!(
        text(set_in),
        format!("{full} {full}\n\n{full} {full} {full}\n")
    );
}

#[test]
fn items_of_a_list_are_close_and_have_no_signs() {
    let mut pieces = lines(
        50.0,
        700.0,
        &["The audit asks for two things in its last part:"],
    );
    pieces.push(line(60.0, 684.0, "•"));
    pieces.push(line(70.0, 684.0, "A register of contracts above the sum"));
    pieces.push(line(70.0, 672.0, "of 50,000 crowns"));
    pieces.push(line(60.0, 660.0, "•"));
    pieces.push(line(70.0, 660.0, "An engineer for each of the projects"));
    let expected = "The audit asks for two things in its last part:\n\nA register of contracts above \
                    the sum of 50,000 crowns\nAn engineer for each of the projects\n";
    assert_eq!(text(pieces), expected);
}

#[test]
fn a_sentence_goes_on_over_a_note_and_a_page() {
    let mut one = lines(50.0, 300.0, &LEFT);
    let mut note = line(50.0, 200.0, "1 The report is on the council’s site.");
    note.size = 7.0;
    one.push(note);
    let two = lines(
        50.0,
        600.0,
        &["before the drilling began in the port.", "So he said."],
    );
    let (text, starts) = read(vec![page(4, one), page(5, two)]);
    let whole = format!(
        "{} before the drilling began in the port. So he said.",
        LEFT.join(" ")
    );
    assert_eq!(
        text,
        format!("{whole}\n\n1 The report is on the council’s site.\n")
    );
    let begins = text.find("before the drilling").expect("there");
    assert_eq!(starts[..2], [(0, 4), (begins, 5)]);
}

#[test]
fn hyphens_that_part_a_word_go_and_those_of_a_word_stay() {
    let joined = |lines: &[&str]| {
        let known = Known::of(lines.iter().copied());
        let mut text = String::new();
        for line in lines {
            known.join(&mut text, line);
        }
        text
    };
    assert_eq!(joined(&["a com-", "petitive bid"]), "a competitive bid");
    assert_eq!(
        joined(&["a com\u{2010}", "petitive bid"]),
        "a competitive bid"
    );
    assert_eq!(joined(&["a soft\u{ad}", "ware firm"]), "a software firm");
    assert_eq!(joined(&["the Anglo-", "Saxon one"]), "the Anglo-Saxon one");
    assert_eq!(joined(&["within 3-", "year terms"]), "within 3-year terms");
    assert_eq!(
        joined(&["a well-known man, a well-", "known one"]),
        "a well-known man, a well-known one"
    );
    assert_eq!(
        joined(&["the known are well here, a well-", "known one"]),
        "the known are well here, a well-known one"
    );
    assert_eq!(joined(&["they said -", "and left"]), "they said - and left");
    // Halves of words are none, however often they stand so.
    let halves = ["a com-", "petitive com-", "petitive com-", "petitive bid"];
    assert_eq!(joined(&halves), "a competitive competitive competitive bid");
}

#[test]
fn what_runs_along_every_page_is_taken_off_and_kept_apart() {
    let body = |page: usize| format!("Page {page} of the report tells of the port and the wall.");
    let mut pages: Vec<Page> = (1..=5)
        .map(|number| {
            let mut pieces = vec![
                line(50.0, 770.0, "Sandhaven Observer"),
                line(290.0, 770.0, &format!("{number} March")),
                line(300.0, 30.0, &format!("- {number} -")),
            ];
            pieces.push(line(50.0, 500.0, &body(number)));
            page(number as u32, pieces)
        })
        .collect();
    let margins = margins::take_off(&mut pages);
    assert_eq!(
        margins.running,
        [(1, "Sandhaven Observer 1 March".to_owned())]
    );
    assert_eq!(margins.pages, 5);
    let left: Vec<&str> = pages
        .iter()
        .map(|page| page.pieces[0].text.as_str())
        .collect();
    assert_eq!(left.len(), 5);
    assert!(pages.iter().all(|page| page.pieces.len() == 1), "{pages:?}");
    assert!(left[3].starts_with("Page 4 of the report"), "{left:?}");
    // What stands once at the head is text.
    let mut once = vec![page(
        1,
        vec![line(50.0, 770.0, "A headline"), line(50.0, 500.0, "Text.")],
    )];
    assert_eq!(margins::take_off(&mut once).pages, 0);
    assert_eq!(once[0].pieces.len(), 2);
}

#[test]
fn what_a_browser_prints_around_a_page_gives_its_address() {
    let pieces = vec![
        line(30.0, 780.0, "3/3/26, 9:23 PM"),
        line(300.0, 780.0, "Harbour wall"),
        line(50.0, 500.0, "The wall cost twice the sum."),
        line(30.0, 20.0, "https://n.example/wall"),
        line(500.0, 20.0, "1/1"),
    ];
    let mut pages = vec![page(1, pieces)];
    let margins = margins::take_off(&mut pages);
    assert_eq!(margins.address.as_deref(), Some("https://n.example/wall"));
    assert_eq!(pages[0].pieces.len(), 1, "{:?}", pages[0].pieces);
}

#[test]
fn raised_signs_stay_with_their_line_and_kerned_letters_with_their_word() {
    let mut raised = line(100.0, 704.0, "1");
    raised.size = 6.0;
    raised.right = 103.0;
    let pieces = vec![
        line(50.0, 700.0, "drilling.”"),
        raised,
        line(108.0, 700.0, "W"),
        line(113.8, 700.0, "e did"),
    ];
    assert_eq!(text(pieces), "drilling.”1 We did\n");
}

#[test]
fn lines_from_right_to_left_are_read_so() {
    let pieces = vec![line(150.0, 700.0, "שלום"), line(100.0, 700.0, "עולם")];
    assert_eq!(text(pieces), "שלום עולם\n");
}

#[test]
fn titles_that_programs_left_are_none() {
    for title in [
        "Microsoft Word - wall.doc",
        "untitled",
        "wall.indd",
        "(anonymous)",
        "",
    ] {
        assert!(!is_title(title), "{title}");
    }
    assert!(is_title("Harbour wall costs twice the estimate"));
}

#[test]
fn a_short_last_column_is_one_and_gaps_of_three_lines_are_none() {
    let mut pieces = lines(50.0, 700.0, &[LEFT, LEFT].concat());
    pieces.extend(lines(260.0, 700.0, &RIGHT[..2]));
    let text = text(pieces);
    assert!(
        text.ends_with(
            "before the drilling began in the port. Fishing crews returned to work there\n"
        ),
        "{text}"
    );
    // Three lines of one column with a gap at one place.
    let halves = [
        ("The old harbour wall", "cost twice"),
        ("what the council of", "the town had"),
        ("said it would in a", "report once."),
    ];
    let mut pieces = Vec::new();
    for (row, (one, other)) in halves.iter().enumerate() {
        pieces.push(line(50.0, 700.0 - 12.0 * row as f32, one));
        pieces.push(line(165.0, 700.0 - 12.0 * row as f32, other));
    }
    let expected = "The old harbour wall cost twice what the council of the town had said it would in a report once.\n";
    assert_eq!(self::text(pieces), expected);
}

#[test]
fn headings_with_numbers_stay_and_no_page_is_left_empty() {
    let mut pages: Vec<Page> = (1..=4)
        .map(|number| {
            let heading = sized(50.0, 770.0, 18.0, &format!("Chapter {number}"));
            let words = format!("Page {number} tells of the port and of the wall that was built.");
            page(number, vec![heading, line(50.0, 500.0, &words)])
        })
        .collect();
    assert_eq!(margins::take_off(&mut pages).pages, 0);
    assert!(pages.iter().all(|page| page.pieces.len() == 2));
    let mut alike: Vec<Page> = (1..=3)
        .map(|number| page(number, vec![line(50.0, 770.0, "The council met.")]))
        .collect();
    assert_eq!(margins::take_off(&mut alike).pages, 0);
    assert!(alike.iter().all(|page| page.pieces.len() == 1));
}

/// A line as pieces of one word each.
fn in_words(left: f32, base: f32, text: &str) -> Vec<Piece> {
    let mut at = left;
    let place = |word: &str| {
        let piece = line(at, base, word);
        at = piece.right + 5.0;
        piece
    };
    text.split(' ').map(place).collect()
}

#[test]
fn a_dropped_capital_mixes_no_lines() {
    let mut pieces = vec![sized(50.0, 676.0, 40.0, "T")];
    for (row, words) in LEFT.iter().enumerate() {
        let left = if row < 3 { 75.0 } else { 50.0 };
        pieces.extend(in_words(left, 700.0 - 12.0 * row as f32, words));
    }
    let text = text(pieces);
    for words in LEFT {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn gaps_that_are_narrow_or_begin_anywhere_are_no_gutters() {
    // Eight lines with a blank at one place, and with wider ones behind which words begin anywhere.
    for (gap, step) in [(2.0, 0.0), (6.0, 4.0)] {
        let mut pieces = Vec::new();
        let mut expected = Vec::new();
        for row in 0..8 {
            let base = 700.0 - 12.0 * row as f32;
            let words = ["the old port", "of the wall was"];
            let first = line(150.0 - 60.0, base, words[0]);
            let behind = first.right + gap + step * ((row * 5) % 8) as f32;
            pieces.push(first);
            pieces.push(line(behind, base, words[1]));
            expected.extend(words);
        }
        assert_eq!(text(pieces), format!("{}\n", expected.join(" ")), "{gap}");
    }
}

#[test]
fn columns_with_steps_of_their_own_are_read_one_by_one() {
    let mut pieces = Vec::new();
    let mut expected = Vec::new();
    for (column, step) in [12.0, 13.0, 11.0].into_iter().enumerate() {
        for row in 0..12 {
            let words = format!("words {row} of the column {column} go on");
            let left = 50.0 + 160.0 * column as f32;
            pieces.push(line(left, 700.0 - step * row as f32, &words));
            expected.push(words);
        }
    }
    assert_eq!(text(pieces), format!("{}\n", expected.join(" ")));
}
