//! What reaches the terminal for scripts, emoji, attacks and everything else.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::{Cluster, Clusters, Signs, Visible, count_hidden, hidden_notice};

/// The text as drawn, clusters set apart by `|`, signs counted behind.
fn shown(text: &str) -> String {
    let clusters: Vec<Cluster> = Clusters::new(text, 0, Signs::Unicode).collect();
    let drawn: Vec<&str> = clusters.iter().map(Cluster::drawn).collect();
    let cells: u16 = clusters.iter().map(|c| c.cells).sum();
    let hidden: usize = clusters.iter().map(|c| c.hidden).sum();
    format!("{} {cells} cells, {hidden} hidden", drawn.join("|"))
}

#[test]
fn control_characters_become_pictures() {
    assert_eq!(shown("a\u{1B}[2Jb"), "a|␛|[|2|J|b 6 cells, 1 hidden");
    assert_eq!(shown("\0\u{7F}\u{9B}"), "␀|␡|\u{FFFD} 3 cells, 3 hidden");
    assert_eq!(shown("a\r\nb"), "a|␍|␊|b 4 cells, 2 hidden");
    let ascii = Visible::with_signs("a\u{1B}b\u{202E}", Signs::Ascii);
    assert_eq!((ascii.as_str(), ascii.hidden()), ("a?b?", 2));
}

#[test]
fn direction_and_zero_width_characters_become_signs() {
    for c in "\u{202A}\u{202E}\u{2066}\u{2069}\u{200E}\u{200F}\u{61C}\u{200B}\u{2060}\u{FEFF}\
              \u{2028}\u{2029}\u{FFF9}\u{FFFB}\u{FDD0}\u{1FFFF}\u{E0041}\u{E0100}\u{34F}\u{3164}"
        .chars()
    {
        let text = format!("a{c}b");
        assert_eq!(
            shown(&text),
            "a|\u{FFFD}|b 3 cells, 1 hidden",
            "U+{:04X}",
            c as u32
        );
    }
}

#[test]
fn hidden_messages_behind_an_emoji_are_seen() {
    assert_eq!(
        shown("😀\u{E0068}\u{E0069}!"),
        "😀|\u{FFFD}|\u{FFFD}|! 5 cells, 2 hidden",
        "tags after something that is no flag"
    );
    assert_eq!(
        shown("😀\u{FE0F}\u{FE01}\u{E0101}"),
        "😀\u{FE0F}|\u{FFFD}|\u{FFFD} 4 cells, 2 hidden"
    );
    let cut_flag = "🏴\u{E0067}\u{E0062}";
    assert_eq!(shown(cut_flag), "🏴|\u{FFFD}|\u{FFFD} 4 cells, 2 hidden");
}

#[test]
fn emoji_sequences_stay_whole() {
    for emoji in [
        "👩‍👩‍👧‍👦",
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        "🇫🇷",
        "👍🏽",
        "❤️",
        "1️⃣",
        "👩🏻‍❤️‍💋‍👨🏿",
    ] {
        assert_eq!(shown(emoji), format!("{emoji} 2 cells, 0 hidden"));
    }
    assert_eq!(shown("❤\u{FE0E}"), "❤\u{FE0E} 1 cells, 0 hidden");
}

#[test]
fn scripts_that_need_joiners_keep_them() {
    assert_eq!(shown("می\u{200C}خ"), "م|ی\u{200C}|خ 3 cells, 0 hidden");
    assert_eq!(shown("क्\u{200D}ष"), "क्\u{200D}ष 2 cells, 0 hidden");
    assert_eq!(
        shown("pay\u{200C}pal"),
        "p|a|y|\u{FFFD}|p|a|l 7 cells, 1 hidden"
    );
    assert_eq!(shown("a\u{200D}b"), "a|\u{FFFD}|b 3 cells, 1 hidden");
    assert_eq!(
        shown("ی\u{200C}\u{200C}"),
        "ی\u{200C}|\u{FFFD} 2 cells, 1 hidden"
    );
    // Signs of such a script that shape nothing need none.
    for sign in ["\u{600}", "\u{6DD}", "\u{110BD}"] {
        assert_eq!(count_hidden(&format!("{sign}\u{200C}")), 1, "{sign:?}");
    }
}

#[test]
fn words_of_the_world_are_left_alone() {
    assert_eq!(shown("ไทย กี่"), "ไ|ท|ย| |กี่ 5 cells, 0 hidden");
    assert_eq!(shown("שָׁלוֹם"), "שָׁ|ל|וֹ|ם 4 cells, 0 hidden");
    assert_eq!(shown("한국"), "한|국 4 cells, 0 hidden");
    assert_eq!(
        shown("\u{1112}\u{1161}\u{11AB}"),
        "\u{1112}\u{1161}\u{11AB} 2 cells, 0 hidden"
    );
    assert_eq!(
        shown("“é” – e\u{301}"),
        "“|é|”| |–| |e\u{301} 7 cells, 0 hidden"
    );
    assert_eq!(shown("日本、"), "日|本|、 6 cells, 0 hidden");
}

#[test]
fn marks_need_a_base_and_are_few() {
    assert_eq!(shown("\u{301}a"), "◌\u{301}|a 2 cells, 0 hidden");
    assert_eq!(
        Visible::with_signs("\u{301}a", Signs::Ascii).as_str(),
        " \u{301}a"
    );
    let flood = format!("a{}b", "\u{301}".repeat(20));
    assert_eq!(
        shown(&flood),
        format!("a{}|\u{FFFD}|b 3 cells, 12 hidden", "\u{301}".repeat(8))
    );
    let endless = format!("a{}", "\u{301}".repeat(100_000));
    let signs = Clusters::new(&endless, 0, Signs::Unicode).count();
    assert!(signs < 1_000, "{signs}");
}

#[test]
fn a_tab_reaches_to_the_next_stop() {
    assert_eq!(Visible::new("a\tb\t\tc").as_str(), "a   b       c");
    assert_eq!(shown("\t"), "     4 cells, 0 hidden");
}

#[test]
fn a_soft_hyphen_takes_no_cell() {
    assert_eq!(shown("co\u{AD}op"), "c|o||o|p 4 cells, 0 hidden");
    assert_eq!(Visible::new("co\u{AD}op").as_str(), "coop");
}

#[test]
fn short_texts_fit_and_say_that_they_are_cut() {
    let fit = |text: &str, cells| {
        let visible = Visible::fitting(text, cells, Signs::Unicode);
        assert!(visible.cells() <= cells);
        assert_eq!(
            visible,
            *Visible::new(text).shortened(cells, Signs::Unicode),
            "{text} {cells}"
        );
        visible.as_str().to_string()
    };
    assert_eq!(fit("claim", 5), "claim");
    assert_eq!(fit("claims", 5), "clai…");
    assert_eq!(fit("the claim", 5), "the…");
    assert_eq!(fit("日本語", 5), "日本…");
    assert_eq!(fit("日本語", 4), "日…");
    assert_eq!(fit("claims", 1), "…");
    assert_eq!(fit("claims", 0), "");
    assert_eq!(fit("", 3), "");
    let ascii = Visible::fitting("claims", 5, Signs::Ascii);
    assert_eq!((ascii.as_str(), ascii.is_cut()), ("cl...", true));
    assert_eq!(
        Visible::fitting(&"\u{AD}".repeat(90_000), 5, Signs::Unicode).as_str(),
        "…"
    );
}

#[test]
fn offsets_lead_to_columns() {
    let visible = Visible::new("a日\t\u{1B}z");
    assert_eq!(visible.as_str(), "a日 ␛z");
    let columns: Vec<usize> = [0, 1, 4, 5, 6, 7]
        .map(|byte| visible.column_of(byte))
        .into();
    assert_eq!(columns, [0, 1, 3, 4, 5, 6]);
    let joined = Visible::new("日 ").followed_by(&Visible::new("b\u{7}"));
    assert_eq!(
        (joined.as_str(), joined.cells(), joined.hidden()),
        ("日 b␇", 5, 1)
    );
    assert_eq!(joined.clusters().last().map(|c| c.span.start), Some(5));
}

#[test]
fn the_reader_is_told_how_many() {
    assert_eq!(count_hidden("a\u{202E}b\n\u{1B}\tc"), 2);
    assert_eq!(hidden_notice(0), None);
    assert_eq!(
        hidden_notice(2).as_deref(),
        Some("2 invisible characters shown as signs")
    );
}

/// Characters that are hard to draw, mixed with ones that are not.
fn any_text() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(
        "a1 #\t\n\r\u{1B}\u{85}\u{AD}\u{301}\u{34F}\u{600}\u{605}\u{61C}\u{645}\u{915}\u{94D}\u{937}\u{E01}\u{E33}\u{1100}\u{1161}\
         \u{11A8}\u{115F}\u{1160}\u{1820}\u{180B}\u{200B}\u{200C}\u{200D}\u{202E}\u{2066}\u{3164}\u{FE0E}\u{FE0F}\u{FF9E}\u{FEFF}\
         \u{20E3}\u{2764}\u{1F468}\u{1F3FB}\u{1F3F4}\u{E0067}\u{E007F}\u{1F1EB}\u{E0100}\u{FFFF}日é“"
            .chars()
            .collect::<Vec<char>>(),
    );
    prop::collection::vec(prop_oneof![4 => hard, 1 => any::<char>()], 0..60)
        .prop_map(|chars| chars.into_iter().collect())
}

/// Whether a character could do harm on a terminal, wherever it stands.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0100}'..='\u{E01EF}')
}

proptest! {
    #[test]
    fn spans_joined_are_the_whole_text(text in any_text(), base in 0usize..100) {
        let mut end = base;
        for cluster in Clusters::new(&text, base, Signs::Unicode) {
            prop_assert_eq!(cluster.span.start, end);
            prop_assert!(!cluster.span.is_empty());
            end = cluster.span.end;
            prop_assert!(text.is_char_boundary(end - base));
        }
        prop_assert_eq!(end, base + text.len());
    }

    #[test]
    fn nothing_harmful_comes_out(text in any_text(), ascii in any::<bool>()) {
        let signs = if ascii { Signs::Ascii } else { Signs::Unicode };
        for cluster in Clusters::new(&text, 0, signs) {
            let drawn = cluster.drawn();
            prop_assert!(!drawn.chars().any(is_harmful), "{:?}", drawn);
            prop_assert!(cluster.cells <= 8);
            prop_assert_eq!(super::cells_of(drawn), cluster.cells as usize, "{:?}", drawn);
            prop_assert_eq!(cluster.cells == 0, &text[cluster.span.start..cluster.span.end] == "\u{AD}");
            let joined = drawn.graphemes(true).count() == 1 || drawn.starts_with(['◌', ' ']);
            prop_assert!(joined || drawn.is_empty(), "{:?} falls apart", drawn);
        }
    }

    #[test]
    fn a_line_is_its_clusters(text in any_text(), cells in 0usize..40) {
        let whole = Visible::new(&text);
        prop_assert_eq!(whole.clusters().map(|c| c.cells as usize).sum::<usize>(), whole.cells());
        prop_assert_eq!(whole.clusters().map(|c| c.hidden).sum::<usize>(), whole.hidden());
        let short = Visible::fitting(&text, cells, Signs::Unicode);
        prop_assert!(short.cells() <= cells);
        prop_assert_eq!(short.clusters().map(|c| c.drawn().to_string()).collect::<String>(), short.as_str());
    }
}
