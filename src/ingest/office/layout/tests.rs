use super::*;

fn paragraph(layout: &mut Layout, words: &str, group: Group) {
    layout.begin_paragraph();
    layout.words(words);
    layout.end_paragraph(group, false);
}

fn cell(layout: &mut Layout, paragraphs: &[&str]) {
    layout.begin(Inset::Cell);
    for words in paragraphs {
        paragraph(layout, words, Group::None);
    }
    layout.end(Inset::Cell);
}

fn table(rows: &[&[&[&str]]]) -> String {
    let mut layout = Layout::default();
    layout.begin_table();
    for row in rows {
        for paragraphs in *row {
            cell(&mut layout, paragraphs);
        }
        layout.end_row();
    }
    layout.end_table();
    text(layout)
}

fn text(layout: Layout) -> String {
    layout.finish().expect("short enough").text
}

#[test]
fn blanks_of_the_file_are_none_of_the_text() {
    let mut layout = Layout::default();
    layout.blank();
    layout.folded("\n  One\t \u{A0}two  ");
    layout.folded(" three");
    layout.blank();
    layout.blank();
    layout.words("four  five\r\n");
    layout.end_paragraph(Group::None, false);
    paragraph(&mut layout, " \t ", Group::None);
    assert_eq!(text(layout), "One \u{A0}two three four  five\n");
}

#[test]
fn neighbours_of_one_group_have_no_empty_line_between_them() {
    let mut layout = Layout::default();
    let groups = [
        Group::None,
        Group::List(1),
        Group::List(1),
        Group::List(2),
        Group::None,
        Group::None,
        Group::List(2),
    ];
    for (at, group) in groups.into_iter().enumerate() {
        paragraph(&mut layout, &at.to_string(), group);
    }
    assert_eq!(text(layout), "0\n\n1\n2\n\n3\n\n4\n\n5\n\n6\n");
}

#[test]
fn rows_are_lines_unless_they_set_text() {
    assert_eq!(
        table(&[&[&["a"], &[], &["b"]], &[&[], &[]], &[&["c"]]]),
        "a b\nc\n"
    );
    assert_eq!(
        table(&[&[&["a", "b"], &["c"]], &[&["d"], &["e"]]]),
        "a b c\nd e\n"
    );
    assert_eq!(table(&[&[&["a", "b"], &[]], &[&["c"]]]), "a b\nc\n");
    assert_eq!(table(&[&[&["a", "b"]]]), "a\n\nb\n");
    let long = "x".repeat(ROW - 2);
    let columns = table(&[&[&[&long, "b"], &["c"]]]);
    assert_eq!(columns, format!("{long}\n\nb\n\nc\n"));
    assert_eq!(table(&[&[&[&long, "b"], &[]]]), format!("{long} b\n"));
    assert_eq!(table(&[&[&[&long], &["cc"]]]), format!("{long} cc\n"));
}

#[test]
fn two_tables_are_not_one() {
    let mut layout = Layout::default();
    for words in ["a", "b"] {
        layout.begin_table();
        cell(&mut layout, &[words]);
        layout.end_table();
    }
    assert_eq!(text(layout), "a\n\nb\n");
}

#[test]
fn boxes_stand_behind_their_paragraph_and_notes_at_the_end() {
    let mut layout = Layout::default();
    layout.begin_paragraph();
    layout.words("One ");
    layout.begin(Inset::Note);
    paragraph(&mut layout, "note", Group::None);
    layout.end(Inset::Note);
    layout.begin(Inset::Box);
    paragraph(&mut layout, "box", Group::None);
    layout.begin_table();
    cell(&mut layout, &["in it"]);
    layout.end_table();
    layout.end(Inset::Box);
    // A paragraph within a paragraph.
    paragraph(&mut layout, "inner", Group::None);
    layout.words("paragraph.");
    layout.end_paragraph(Group::None, false);
    paragraph(&mut layout, "Two.", Group::None);
    let written = layout.finish().expect("short enough");
    assert_eq!(
        written.text,
        "One paragraph.\n\nbox\n\nin it\n\ninner\n\nTwo.\n\nnote\n"
    );
    assert_eq!(written.notes, 1);
}

#[test]
fn a_paragraph_whose_end_is_deleted_goes_on() {
    let mut layout = Layout::default();
    layout.begin_paragraph();
    layout.words("One");
    layout.join_paragraph();
    layout.begin_paragraph();
    layout.words(" and two.");
    layout.end_paragraph(Group::None, false);
    layout.begin_paragraph();
    layout.words("Last");
    layout.join_paragraph();
    layout.begin_table();
    cell(&mut layout, &["cell"]);
    layout.end_table();
    assert_eq!(text(layout), "One and two.\n\nLast\n\ncell\n");
}

#[test]
fn quotations_have_their_places() {
    let mut layout = Layout::default();
    for (words, is_quoted) in [
        ("A long enough beginning.", false),
        ("Å one.", true),
        ("Two.", true),
        ("Between.", false),
        ("Three.", true),
    ] {
        layout.begin_paragraph();
        layout.words(words);
        layout.end_paragraph(Group::None, is_quoted);
    }
    let written = layout.finish().expect("short enough");
    let of = |span: Span| &written.text[span.start..span.end];
    let quoted: Vec<&str> = written
        .quotations
        .iter()
        .map(|block| of(block.span))
        .collect();
    assert_eq!(quoted, ["Å one.\n\nTwo.", "Three."]);
    let paragraphs = &written.quotations[0].paragraphs;
    let paragraphs: Vec<&str> = paragraphs.iter().map(|quoted| of(quoted.span)).collect();
    assert_eq!(paragraphs, ["Å one.", "Two."]);
    let mut layout = Layout::default();
    layout.words("All of it.");
    layout.end_paragraph(Group::None, true);
    assert_eq!(layout.finish().expect("short enough").quotations, []);
}

#[test]
fn what_ends_without_a_beginning_is_passed_over() {
    let mut layout = Layout::default();
    layout.end(Inset::Cell);
    layout.end_row();
    layout.end_table();
    layout.end_paragraph(Group::None, false);
    layout.begin(Inset::Note);
    layout.end(Inset::Cell);
    layout.words("a note");
    layout.begin(Inset::Cell);
    layout.begin_table();
    layout.words(" still open");
    assert_eq!(text(layout), "a note\n\nstill open\n");
    assert_eq!(text(Layout::default()), "");
}

#[test]
fn a_text_has_a_bound() {
    let of = |words: &str, count: usize| {
        let mut layout = Layout::default();
        for _ in 0..count {
            layout.words(words);
            layout.end_paragraph(Group::List(1), false);
        }
        layout.finish().map(|written| written.text.len()).err()
    };
    let long = "å".repeat(POINTS - 1);
    assert_eq!(of(&long, 1), None);
    assert_eq!(of(&(long + "å"), 1), Some(Trouble::Long));
    assert_eq!(of("a", BLOCKS), None);
    assert_eq!(of("a", BLOCKS + 1), Some(Trouble::Long));
    let wide = "x".repeat(1000);
    assert_eq!(of(&wide, POINTS * 4 / 1000 + 1), Some(Trouble::Long));
}
