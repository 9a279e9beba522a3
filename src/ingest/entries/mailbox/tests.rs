//! Letters come out of a mailbox as they went in.

use proptest::prelude::*;

use super::*;

/// A letter as it stands in a mailbox (mboxrd).
fn boxed(letter: &str) -> String {
    let (head, body) = letter.split_once("\n\n").expect("a head and a body");
    let mut text = format!("From ana@desk.example Tue Mar  3 09:00:00 2026\n{head}\n\n");
    for line in body.split_inclusive('\n') {
        if line.trim_start_matches('>').starts_with("From ") {
            text.push('>');
        }
        text.push_str(line);
    }
    text + "\n"
}

proptest! {
    #[test]
    fn letters_come_out_as_they_went_in(
        bodies in prop::collection::vec("(>{0,3}(From |from |a: )?[a-z0-9: ]{0,12}\n){1,6}", 1..5)
    ) {
        let letters: Vec<String> = bodies.iter().enumerate()
            .map(|(at, body)| format!("Subject: {at}\nContent-Length: 3\n\n{body}")).collect();
        let mailbox: String = letters.iter().map(|letter| boxed(letter)).collect();
        let found = read("mbox", mailbox.as_bytes()).expect("a mailbox");
        let whole = found.list.iter().filter_map(|entry| entry.whole.as_ref());
        let whole: Vec<String> = whole.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
        prop_assert_eq!(whole, letters);
    }
}

#[test]
fn lines_that_begin_a_letter_and_lines_that_do_not() {
    let yes = [
        "From ana@desk.example Tue Mar  3 09:00:00 2026\n",
        "From - Tue Mar  3 09:00 2026\r\n",
        "From 17@xxx Tue Mar 03 09:00:00 +0000 2026",
        "From \"Ana Novak\" Tue Mar  3 09:00:00 CET 2026\n",
    ];
    let no = [
        "From here it is far.\n",
        "From 10:30 on it rained.\n",
        "From 2026 on it rains.\n",
        " From ana Tue Mar  3 09:00:00 2026\n",
        "from ana Tue Mar  3 09:00:00 2026\n",
        ">From ana Tue Mar  3 09:00:00 2026\n",
    ];
    for line in yes {
        assert!(is_separator(line.as_bytes()), "{line}");
    }
    for line in no {
        assert!(!is_separator(line.as_bytes()), "{line}");
    }
}

#[test]
fn a_sentence_ends_no_letter_and_letters_may_touch() {
    let mailbox = "From a Tue Mar 3 09:00:00 2026\r\nSubject: One\r\n\r\nFrom 09:00 on in 2026\r\nit rained.\r\n\
                   From b Tue Mar 3 09:00:00 2026\r\nSubject: Two\r\n\r\nWords.\r\n\r\n";
    let found = read("", mailbox.as_bytes()).expect("a mailbox");
    let whole = found.list.iter().filter_map(|entry| entry.whole.as_ref());
    let whole: Vec<String> = whole
        .map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
        .collect();
    assert_eq!(
        whole,
        [
            "Subject: One\r\n\r\nFrom 09:00 on in 2026\r\nit rained.\r\n",
            "Subject: Two\r\n\r\nWords.\r\n"
        ]
    );
    assert!(read("txt", b"From a Tue Mar 3 09:00:00 2026\nno head\n").is_none());
}
