//! What holds for every feed, and for every file.

use proptest::prelude::*;

use super::*;

fn feed() -> impl Strategy<Value = (String, Vec<usize>)> {
    let text = "[ a-zé<>&;/\\]\\[!\"'—]{0,30}";
    prop::collection::vec((text, text, 0..4usize), 1..6).prop_map(|items| {
        let mut feed =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss><channel><title>Sídlo</title>"
                .to_owned();
        let mut ends = Vec::new();
        for (at, (title, text, form)) in items.iter().enumerate() {
            let title = references::escaped(title);
            let text = match form {
                0 => format!("<description>{}</description>", references::escaped(text)),
                1 => format!(
                    "<content:encoded><![CDATA[{}]]></content:encoded>",
                    text.replace("]]>", "")
                ),
                2 => format!("<!-- {} --><comments>x</comments>", text.replace('-', "")),
                _ => "<description>a<br>b &nbsp; & c</description>".to_owned(),
            };
            feed += &format!(
                "<item><title>{at} {title}</title><link>https://n.example/{at}</link>{text}</item>"
            );
            ends.push(feed.len());
        }
        feed += "</channel></rss>";
        (feed, ends)
    })
}

proptest! {
    #[test]
    fn a_feed_cut_anywhere_keeps_what_was_whole((feed, ends) in feed(), at in 0.0..1.0f64) {
        let at = (feed.len() as f64 * at) as usize;
        let all = read("a.rss", feed.as_bytes());
        prop_assert_eq!(all.list.len(), ends.len());
        let whole = ends.iter().filter(|end| **end <= at).count();
        let cut = entries("a.rss", &feed.as_bytes()[..at]);
        if whole == 0 {
            return Ok(());
        }
        let cut = cut.expect("no refusal").expect("entries");
        prop_assert_eq!(&cut.list[..], &all.list[..whole]);
        let is_whole = at >= ends[ends.len() - 1] + "</channel>".len();
        prop_assert_eq!(cut.notices.is_empty(), is_whole);
    }

    #[test]
    fn nothing_falls(bytes in prop::collection::vec(any::<u8>(), 0..200), name in "[a-z]\\.(rss|txt|csv|mbox|opml|json|url|webloc)") {
        let _ = entries(&name, &bytes);
        for start in ["<rss><item>", "<feed>", "<opml>", "[InternetShortcut]\nURL=", "From a 1:00 2026\nA: b\n\n", "bplist00_\u{10}http", "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":["] {
            let _ = entries(&name, &[start.as_bytes(), &bytes].concat());
        }
    }

    #[test]
    fn keys_are_keys_of_themselves(address in "https?://[a-z.]{1,9}(:[0-9]{1,4})?/[ -~é]{0,30}") {
        let key = same_address_key(&address);
        prop_assert_eq!(same_address_key(&key), key);
    }
}
