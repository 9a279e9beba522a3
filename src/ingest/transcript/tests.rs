use super::*;

fn read(text: &str) -> (String, Vec<(String, u32)>) {
    let transcript = text_layer(text).expect("cues");
    let times = transcript.spots.iter();
    let word = |at: usize| {
        let words = transcript.text[at..].split_whitespace();
        words.take(2).collect::<Vec<_>>().join(" ")
    };
    let second = |spot: &Spot| match spot {
        Spot::Second(second) => *second,
        Spot::Page(_) => panic!("no print"),
    };
    let times = times.map(|(at, spot)| (word(*at), second(spot))).collect();
    (transcript.text, times)
}

#[test]
fn names_that_come_back_tell_who_speaks() {
    let cue = |second: u32, words: &str| {
        format!("00:{second:02}.000 --> 00:{second:02}.900\n{words}\n\n")
    };
    let said = [
        "Erik Holm: Unemployment fell",
        "Erik Holm: last year, and the plant shut.",
        "Ana Novak: Source: the ministry.",
        "Erik Holm: That is so.",
        "Ana Novak: It is &quot;not&quot;.",
    ];
    let cues: String = (1..).zip(said).map(|(at, words)| cue(at, words)).collect();
    let (text, _) = read(&format!("WEBVTT\n\n{cues}"));
    assert_eq!(
        text,
        "Erik Holm: Unemployment fell last year, and the plant shut.\n\nAna Novak: Source: the \
         ministry.\n\nErik Holm: That is so.\n\nAna Novak: It is \"not\".\n"
    );
}

#[test]
fn another_may_begin_in_the_middle_and_sounds_are_no_words() {
    let (text, _) = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n[Music] Murders doubled. &gt;&gt; They did<br>not. >> [laughs] They \
         rose (by half).\n\n00:03.000 --> 00:04.000\n[inaudible] 12 men died.\n",
    );
    assert_eq!(
        text,
        "Murders doubled.\n\nThey did not.\n\nThey rose (by half). [inaudible] 12 men died.\n"
    );
}

#[test]
fn cues_are_joined_to_turns_that_keep_their_times() {
    let (text, times) = read(
        "WEBVTT - a hearing\nKind: captions\n\nNOTE made by hand\nand long\n\nSTYLE\n::cue {}\n\n\
         1\n00:41:07.250 --> 00:41:09.000 align:start\n<v Roger Bingham>We have <i>cut</i> taxes\n\n\
         intro\n41:09.000 --> 41:12.000\nby 12 percent,\nsaid R&amp;D. 3 < 4.\n\n\
         01:00:00.000 --> 01:00:02.000\n<v.loud Ana Novak>That is not so.</v>\n",
    );
    assert_eq!(
        text,
        "Roger Bingham: We have cut taxes by 12 percent, said R&D. 3 < 4.\n\n\
         Ana Novak: That is not so.\n"
    );
    let expected = [
        ("Roger Bingham:", 2467),
        ("We have", 2467),
        ("by 12", 2469),
        ("said R&D.", 2469),
        ("Ana Novak:", 3600),
        ("That is", 3600),
    ];
    let expected = expected.map(|(words, at)| (words.to_owned(), at));
    assert_eq!(times, expected);
}

#[test]
fn subrip_speakers_signs_and_pauses() {
    let (text, _) = read(
        "\u{feff}1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}>> CHAIR: The meeting is open.\r\n\r\n\
         2\r\n00:00:02,100 --> 00:00:03,000\r\n[Applause]\r\n\r\n\
         3\r\n00:00:03,100 --> 00:00:04,000\r\n>> Thank you.\r\n\r\n\
         4\r\n00:00:04,100 --> 00:00:05,000\r\n- Is it true?\r\n-Yes: it fell -5 points\r\n-6 at most.\r\n\r\n\
         5\r\n00:00:09,000 --> 00:00:10,000\r\nA new matter.\r\n\r\n\
         6\r\n00:00:20,000 --> 00:00:21,000\r\nand then\r\n\r\n7\r\n00:00:30,000 --> 00:00:31,000\r\nwe left.\r\n",
    );
    assert_eq!(
        text,
        "CHAIR: The meeting is open.\n\nThank you.\n\nIs it true?\n\n\
         Yes: it fell -5 points -6 at most.\n\nA new matter.\n\nand then we left.\n"
    );
    let sounds = text_layer("1\n00:00:01,000 --> 00:00:02,000\n♪ la la ♪\n(door shuts)\n");
    let sounds = sounds.expect("a cue");
    assert_eq!(sounds.text, "");
    assert_eq!(
        sounds.notice,
        "the words of 1 cue of a transcript; 2 sounds are left out"
    );
}

#[test]
fn captions_that_roll_are_read_once() {
    let (text, _) = read(
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n \nso<00:00:00.500><c> today</c>\n\n\
         00:00:02.000 --> 00:00:02.010\nso today\n\n\
         00:00:02.010 --> 00:00:04.000\nso today\nwe<00:00:03.000><c> vote</c>\n\n\
         00:00:04.000 --> 00:00:06.000\nwe vote\nno no\n\n00:00:09.000 --> 00:00:10.000\nno no\n",
    );
    assert_eq!(text, "so today we vote no no no no\n");
}

#[test]
fn a_line_of_any_length_is_read_in_one_go() {
    // Quadratic steps would take hours here.
    for piece in [
        "<a",
        "<c>x</c>",
        "{\\",
        ">> ",
        "- a <v b>",
        "&amp;lt;",
        "-- ",
        "x\n",
    ] {
        let line = piece.repeat(300_000);
        let cue = |second: u8| format!("00:0{second}.000 --> 00:0{second}.900\n{line}\n\n");
        text_layer(&[cue(1), cue(2)].concat()).expect("cues");
    }
    let cues: String = (0..100_000)
        .map(|at| {
            format!(
                "{:02}:{:02}.000 --> 59:59.000\nword {at}\n\n",
                at / 60 % 60,
                at % 60
            )
        })
        .collect();
    let transcript = text_layer(&cues).expect("cues");
    assert_eq!(transcript.spots.len(), 100_000);
}

#[test]
fn what_is_no_transcript_is_none() {
    for text in [
        "",
        "WEBVTT\n\nNOTE nothing\n",
        "He said --> she said.\n",
        "1\n00:00:01 -> 00:00:02\nx\n",
        "1\n1:2:3:4 --> 5\nx\n",
    ] {
        assert_eq!(text_layer(text), None, "{text:?}");
    }
    for broken in ["<v", "<", "<<<v a>", "{\\", ">>", "&amp", "<v >"] {
        text_layer(&format!("00:01.000 --> 00:02.000\n{broken}\n{broken}x\n"));
    }
}
