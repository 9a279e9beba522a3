//! `proofmark text` from outside: the text layer to the byte, and what is known of articles.

use std::fs;

use serde_json::json;

use super::cli::Place;

const STORY: &str = "---\r\ntitle: Fares \u{202e}rise\r\nauthor: Jane Okafor\r\n\
                     date: 2024-05-12\r\n---\r\n\r\n> The fares\r\n> rose.\r\n";

#[test]
fn text_layers_follow_each_other_to_the_byte() {
    let place = Place::new();
    place.write("a.md", format!("\u{feff}{STORY}no end"));
    place.write(
        "b.html",
        "<title>T</title><article><p>One &amp; two.</p></article>",
    );
    let ran = place.run(&["text", "a.md"]);
    let layer = format!("{}no end", STORY.replace('\r', ""));
    assert_eq!((ran.code, &*ran.out, &*ran.err), (Some(0), &*layer, ""));

    let ran = place.run(&["text", "b.html", "a.md"]);
    assert_eq!(
        (ran.code, ran.out),
        (Some(0), format!("T\n\nOne & two.\n{layer}"))
    );
    assert_eq!(
        ran.err,
        "b.html: the text of a web page; the headline stands in the page's head alone\n"
    );

    // Offsets of other commands count in it.
    let found = place.run(&["detect", "a.md"]).lines();
    assert_eq!(found[0]["length"], layer.chars().count());
    assert_eq!(
        found[0]["about"],
        json!({"title": "Fares \u{202e}rise", "author": "Jane Okafor",
               "published": "2024-05-12", "date": "2024-05-12"})
    );
    place.write("plain.txt", "The fares rose.\n");
    let found = place.run(&["detect", "plain.txt"]).lines();
    assert!(found[0].get("about").is_none());
}

#[test]
fn what_is_known_is_told_in_lines_and_as_json() {
    let place = Place::new();
    place.write("a.md", STORY);
    place.write("b.txt", "The fares rose.\n");
    let ran = place.run(&["text", "--about", "a.md", "b.txt"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(
        ran.out,
        "article: a.md\ntitle: Fares �rise\nauthor: Jane Okafor\npublished: 2024-05-12\n\
         date: 2024-05-12\n\narticle: b.txt\n"
    );
    assert!(!ran.out.contains('\u{202e}'), "{ran:?}");
    let lines = place.run(&["text", "--about", "--json", "."]).lines();
    assert_eq!(
        lines,
        [
            json!({"article": "a.md", "title": "Fares \u{202e}rise", "author": "Jane Okafor",
                   "published": "2024-05-12", "date": "2024-05-12"}),
            json!({"article": "b.txt"}),
        ]
    );
}

#[test]
fn the_sidecar_is_understood_and_its_own_values_count() {
    let place = Place::new();
    let url = "https://courier.example/a";
    place.write("a.txt", "The fares rose.\n");
    let article = proofmark::ingest::read("a.txt", b"The fares rose.\n").expect("an article");
    let document = proofmark::annotations::Document::new(&article);
    let sidecar = proofmark::store::sidecar::render(&document, None);
    let own = sidecar.replace(
        "    \"text\":",
        &format!("    \"url\": \"{url}\",\n    \"text\":"),
    );
    assert_ne!(own, sidecar);
    place.write("a.txt.proofmark.json", own);
    let ran = place.run(&["text", "--about", "a.txt.proofmark.json"]);
    assert_eq!(ran.out, format!("article: a.txt\nurl: {url}\n"), "{ran:?}");
    let ran = place.run(&["text", "a.txt.proofmark.json"]);
    assert_eq!(ran.out, "The fares rose.\n", "{ran:?}");
}

#[test]
fn what_cannot_be_read_is_named_and_the_others_are_written() {
    let place = Place::new();
    place.write("a.txt", "One.\n");
    place.write("b.txt", b"\x89PNG\r\n");
    place.write("c.txt", "Three.\n");
    for about in [false, true] {
        let arguments = ["text", "a.txt", "b.txt", "c.txt", "gone.txt", "--about"];
        let ran = place.run(&arguments[..if about { 6 } else { 5 }]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("b.txt: not text but a PNG"), "{ran:?}");
        assert!(ran.err.contains("gone.txt"), "{ran:?}");
        match about {
            false => assert_eq!(ran.out, "One.\nThree.\n"),
            true => assert_eq!(ran.out, "article: a.txt\n\narticle: c.txt\n"),
        }
    }
    for wrong in [&["text"][..], &["text", "--json", "a.txt"]] {
        let ran = place.run(wrong);
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{ran:?}");
    }
    assert_eq!(
        fs::read_dir(place.path()).expect("a folder").count(),
        4,
        "nothing is written beside the articles"
    );
}

const TALK: &str = "WEBVTT\n\n00:41:07.250 --> 00:41:09.000\n<v Roger Bingham>We have cut taxes\n\n\
                    00:41:09.000 --> 00:41:12.000\nby 12 percent.\n\n\
                    01:00:00.000 --> 01:00:02.000\n<v Ana Novak>That is not so.\n";

#[test]
fn letters_envelopes_and_recordings_have_a_text_layer() {
    let place = Place::new();
    place.write("desk/talk.vtt", TALK);
    place.write(
        "desk/letter.eml",
        "From: Bo <bo@x.example>\r\nSubject: Wall\r\nDate: Tue, 3 Mar 2026 09:00:00 +0100\r\n\r\nIt fell.\r\n",
    );
    place.write(
        "desk/page.mht",
        "MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Location: https://n.example/a\r\n\r\n\
         <title>Sea wall</title><article><h1>Sea wall</h1><p>The wall cost 4.2 million crowns, the council \
         said.</p></article>\r\n",
    );
    let text = |name: &str| {
        let ran = place.run(&["text", name]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.out
    };
    let talk = "Roger Bingham: We have cut taxes by 12 percent.\n\nAna Novak: That is not so.\n";
    assert_eq!(text("desk/talk.vtt"), talk);
    assert_eq!(text("desk/letter.eml"), "Wall\n\nIt fell.\n");
    let page = text("desk/page.mht");
    assert_eq!(
        page,
        "Sea wall\n\nThe wall cost 4.2 million crowns, the council said.\n"
    );
    // A folder has them all, and what is known of each.
    let about = place.run(&["text", "--about", "--json", "desk"]).lines();
    assert_eq!(about.len(), 3);
    assert_eq!(about[0]["published"], "2026-03-03");
    assert_eq!(about[1]["url"], "https://n.example/a");
    // What was decided has a time where it was said.
    place.write(
        "talk.ann",
        "T1\tClaim 15 46\tWe have cut taxes by 12 percent\n",
    );
    let import = [
        "import",
        "-f",
        "brat",
        "--as",
        "reviewer",
        "talk.ann",
        "desk/talk.vtt",
    ];
    assert_eq!(place.run(&import).code, Some(0));
    assert!(place.path().join("desk/talk.vtt.proofmark.txt").exists());
    let report = place.run(&["export", "-f", "html", "desk/talk.vtt"]);
    assert!(report.out.contains(", at 00:41:07"), "{}", report.out);
    assert_eq!(place.run(&["check", "desk"]).code, Some(0));
}
