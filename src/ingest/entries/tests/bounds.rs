//! Bounds of what is taken from a file, and files made to break them.

use super::*;

#[test]
fn entries_are_bounded_and_the_rest_is_told() {
    let item = |at: usize| format!("<item><link>https://n.example/{at}</link></item>");
    let items: String = (0..MOST + 7).map(item).collect();
    let lines: String = (0..MOST + 7)
        .map(|at| format!("https://n.example/{at}\n"))
        .collect();
    let outline = |at: usize| format!("<outline xmlUrl=\"https://n.example/{at}\"/>");
    let outlines: String = (0..MOST + 7).map(outline).collect();
    let json: Vec<String> = (0..MOST + 7)
        .map(|at| format!("{{\"url\":\"https://n.example/{at}\"}}"))
        .collect();
    let letter = |at: usize| format!("From a Tue Mar 3 09:00:00 2026\nSubject: {at}\n\n{at}\n\n");
    let letters: String = (0..MOST + 7).map(letter).collect();
    let cases = [
        ("a.rss", format!("<rss><channel>{items}</channel></rss>")),
        ("b.txt", lines.clone()),
        ("c.csv", lines),
        ("d.opml", format!("<opml><body>{outlines}</body></opml>")),
        (
            "e.json",
            format!(
                "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}]}}",
                json.join(",")
            ),
        ),
        ("f.mbox", letters),
    ];
    for (name, text) in cases {
        let found = read(name, text.as_bytes());
        assert_eq!(found.list.len(), MOST, "{name}");
        assert_eq!(
            found.notices,
            ["7 entries are left out, behind the first 5000"],
            "{name}"
        );
    }
}

/// Shapes that made other readers slow, large or fall. Each is read in one pass.
#[test]
fn hostile_files_are_read_in_bounds() {
    let many = 60_000;
    let feed = |inner: &str| format!("<rss><channel>{inner}</channel></rss>");
    let lol = "<!DOCTYPE rss [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>";
    let cases = [
        feed(&format!("<item><title>{}", "<b>".repeat(many))),
        feed(&format!("<item><description>{}", "<p a=1>".repeat(many))),
        feed(&"<item>".repeat(many)),
        feed(&"<item><link>https://n.example/a".repeat(many / 4)),
        feed(&format!(
            "<item><title><![CDATA[{}]]></title></item>",
            "x".repeat(5_000_000)
        )),
        feed(&format!(
            "<item><title>{}</title></item>",
            "&amp;".repeat(many)
        )),
        feed(&format!(
            "<item><title>{}</title></item>",
            "& < ".repeat(many)
        )),
        feed(&format!(
            "<item><title>{}</title></item>",
            "<?x ".repeat(many)
        )),
        format!(
            "{}?>",
            feed(&format!(
                "<item><title>{}</title></item>",
                "<?x ".repeat(many)
            ))
        ),
        feed(&format!(
            "<item><content:encoded><![CDATA[{}]]></content:encoded></item>",
            "<a \">\" ".repeat(many / 2)
        )),
        feed(&format!(
            "<item><content:encoded><![CDATA[{}]]></content:encoded></item>",
            "<script>".repeat(many / 2)
        )),
        feed(&format!(
            "<link>{}</link>",
            "https://n.example/</link><link>".repeat(many / 8)
        )),
        feed(&format!("<item {}></item>", "a=1 ".repeat(many))),
        format!(
            "{lol}{}",
            feed(&format!(
                "<item><title>{}</title></item>",
                "&b;".repeat(many)
            ))
        ),
        format!("<opml><body>{}", "<outline>".repeat(many)),
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}",
            "[".repeat(many)
        ),
        "https://".repeat(many),
        "[](".repeat(many),
        "From a 09:00 2026\nA: b\n\n".repeat(many / 4),
        ">".repeat(many * 4),
    ];
    for (at, text) in cases.iter().enumerate() {
        let names = ["a.xml", "a.txt", "a.csv", "a.mbox"];
        let _ = entries(names[at % names.len()], text.as_bytes());
        let _ = entries("a.xml", text.as_bytes());
    }
    let found = read("a.xml", cases[13].as_bytes());
    assert!(
        found.list[0]
            .title
            .as_deref()
            .is_some_and(|title| title.starts_with("&b;&b;"))
    );
}
