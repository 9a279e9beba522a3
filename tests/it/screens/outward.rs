//! From a claim out of the desk: what is copied, opened, searched and archived, by keys.

use proofmark::tui::event::Event;

use super::deciding::status;
use super::world::World;

const EVIDENCE: &str = "phttps://a.example/one<Enter>s<Enter>";

#[test]
fn a_claim_is_copied_alone_or_with_its_source_and_where_it_stands() {
    let words = {
        let world = World::article(80, 24);
        let claim = world.session().selected_annotation().expect("a claim");
        claim.target.quote.words(" … ")
    };
    for key in ["y", "gy", ":copy<Enter>"] {
        let mut world = World::article(80, 24);
        world.keys(key);
        assert_eq!(world.outside, [format!("copy {words}")], "{key}");
        assert_eq!(
            (world.changes, status(&mut world).as_str()),
            (0, "copied"),
            "{key}"
        );
    }
    for key in ["Y", "gY"] {
        let mut world = World::article(80, 24);
        world.keys(key);
        let all = format!("copy {words}\n— Mira Tolve\n");
        assert!(world.outside[0].starts_with(&all), "{:?}", world.outside);
        let file = &world.session().document().parts().article.file;
        assert!(
            world.outside[0].ends_with(file.as_str()),
            "{:?}",
            world.outside
        );
    }
    // Words that stand alone are those of the claim, once somebody accepted them.
    let mut world = World::article(80, 24);
    world.keys("C<Ctrl-u>My own words.<Enter>y");
    assert_eq!(world.outside, ["copy My own words."]);
}

#[test]
fn the_address_of_the_evidence_is_opened_and_of_several_the_one_that_is_chosen() {
    let mut world = World::article(80, 24);
    world.keys("O");
    assert!(world.outside.is_empty());
    assert!(
        status(&mut world).contains("has an address"),
        "{}",
        status(&mut world)
    );
    world.keys(EVIDENCE).keys("O");
    assert_eq!(world.outside, ["browse https://a.example/one"]);
    assert!(status(&mut world).starts_with("opens https://a.example/one"));
    world.keys("phttps://b.example/two<Enter>s<Enter>");
    world.keys("O2");
    assert_eq!(world.outside[1], "browse https://a.example/one");
    world.keys("O<Enter>");
    assert_eq!(world.outside[2], "browse https://b.example/two");
    world.keys("H1");
    assert_eq!(
        world.outside[3],
        "browse https://web.archive.org/save/https://b.example/two"
    );
}

#[test]
fn one_address_is_archived_at_once_and_what_has_none_is_told() {
    let mut world = World::article(80, 24);
    world.keys("H");
    assert!(world.outside.is_empty());
    // A title of a document is no address.
    world.keys("pThe minutes<Enter>s<Enter>H");
    assert!(world.outside.is_empty());
    world.keys(EVIDENCE).keys("H");
    assert_eq!(
        world.outside,
        ["browse https://web.archive.org/save/https://a.example/one"]
    );
}

#[test]
fn a_claim_is_searched_on_the_site_that_is_chosen() {
    let mut world = World::article(80, 24);
    world.keys("C<Ctrl-u>Is 5 & 6 = 11?<Enter>W");
    let shown = world.screen();
    for name in ["Fact Check Explorer", "DuckDuckGo", "Internet Archive"] {
        assert!(shown.contains(name), "{shown}");
    }
    world.keys("2");
    assert_eq!(
        world.outside,
        ["browse https://duckduckgo.com/?q=Is%205%20%26%206%20%3D%2011%3F"]
    );
    world.keys("W<Esc>");
    assert_eq!(world.outside.len(), 1);
}

#[test]
fn an_address_that_cannot_be_opened_is_shown_whole_to_be_copied() {
    let mut world = World::article(80, 24);
    let address = "https://a.example/one".to_owned();
    world.event(Event::NotBrowsed(
        address.clone(),
        "no browser here".to_owned(),
    ));
    let shown = world.screen();
    assert!(
        shown.contains(&address) && shown.contains("no browser here"),
        "{shown}"
    );
}

#[test]
fn what_is_verified_is_exported_from_the_open_article() {
    let named = "export csv of story.txt to story.txt.proofmark.csv";
    for (keys, asked) in [
        (":export csv<Enter>", named),
        (":export CSV <Enter>", named),
        (":export c<Tab><Enter>", named),
        (":exp<Tab>c<Tab><Enter>", named),
        (":export<Enter>2", named),
        (
            ":export md report.md<Enter>",
            "export markdown of story.txt to report.md",
        ),
        (
            ":export jsonl out/my claims.jsonl<Enter>",
            "export jsonl of story.txt to out/my claims.jsonl",
        ),
    ] {
        let mut world = World::article(80, 24);
        world.keys(keys);
        assert_eq!(world.outside, [asked], "{keys}");
        assert_eq!(world.changes, 0, "{keys}");
    }
}

#[test]
fn the_status_line_tells_where_an_export_went_and_what_it_lacks() {
    for (file, told) in [
        ("", "2 claims in story.txt.proofmark.csv"),
        (
            "again.csv",
            "2 claims in again.csv, in the place of the earlier export",
        ),
        (
            "lossy.csv",
            "2 claims in lossy.csv · 1 claim left out: reviewers differ · 2 claims without the source: reviewers differ",
        ),
        ("taken.csv", "taken.csv: not written over"),
    ] {
        let mut world = World::article(160, 24);
        world.keys(&format!(":export csv {file}<Enter>"));
        assert_eq!(status(&mut world), told);
    }
    let mut world = World::article(80, 24);
    world.keys(":export pdf<Enter>");
    let told = world.screen();
    for word in ["cannot export as “pdf”: one of jsonl, csv, ", "conll"] {
        assert!(told.contains(word), "{told}");
    }
    assert!(world.outside.is_empty());
}

#[test]
fn the_queue_exports_what_is_marked_or_else_what_is_shown() {
    let mut world = World::queue(80, 24);
    world.keys(":export csv<Enter>");
    let all = world.outside.pop().expect("asked");
    let mut names: Vec<&str> = all.split(' ').collect();
    names.sort_unstable();
    let every = ["bridge.txt", "ferry.txt", "well.md"];
    assert!(every.iter().all(|name| names.contains(name)), "{all}");
    assert!(all.ends_with(" to claims.proofmark.csv"), "{all}");
    assert!(status(&mut world).starts_with("4 claims of 3 articles in claims"));
    world.keys("/ferry<Enter>:export csv<Enter>");
    assert_eq!(
        world.outside.pop().as_deref(),
        Some("export csv of ferry.txt to claims.proofmark.csv")
    );
    world
        .keys("<Esc>gg")
        .keys("V:export jsonl some.jsonl<Enter>");
    let marked = world.outside.pop().expect("asked");
    assert_eq!(marked.matches('.').count(), 2, "one of them: {marked}");
}

#[test]
fn practice_exports_nothing_into_the_folder_that_goes() {
    let mut world = World::practice(120, 40);
    world.keys(":export csv<Enter>");
    let told = status(&mut world);
    assert!(
        told.contains("would go with the practice article"),
        "{told}"
    );
    assert!(world.outside.is_empty());
}
