//! What is read from front matter and first lines, and what is left alone.

use crate::ingest::read;

/// All that is known of a file, `name=words` joined by “; ”.
fn known(name: &str, text: &str) -> String {
    let article = read(name, text.as_bytes()).expect("readable");
    let facts = article.about().entries();
    let facts: Vec<String> = facts
        .map(|(name, words)| format!("{name}={words}"))
        .collect();
    facts.join("; ")
}

#[test]
fn front_matter_of_yaml_tells_what_its_keys_say() {
    for (front, is) in [
        (
            "title: Fares rise again\nauthor: Jane Okafor\npublication: The Courier\n\
             date: 2024-05-12T10:00:00Z\nurl: https://courier.example/fares\nlang: en",
            "title=Fares rise again; author=Jane Okafor; outlet=The Courier; \
             published=2024-05-12T10:00:00Z; date=2024-05-12; \
             url=https://courier.example/fares; language=en",
        ),
        (
            "Title: \"The \\\"new\\\" fares: a list\" # note\nauthors: [Jane Okafor, \"Reyes, Tim\"]",
            "title=The \"new\" fares: a list; author=Jane Okafor, Reyes, Tim",
        ),
        (
            "headline: 'It''s over'\nauthors:\n  - name: Jane Okafor\n    email: x\n  - Tim Reyes\n\
             published_at: May 12, 2024",
            "title=It's over; author=Jane Okafor, Tim Reyes; published=May 12, 2024; \
             date=2024-05-12",
        ),
        (
            "title: >-\n  Fares rise\n  again\nauthor:\n  name: Jane Okafor\nsite_name: Courier",
            "title=Fares rise again; author=Jane Okafor; outlet=Courier",
        ),
        (
            "title: Fares rise\n  again\nsource: https://a.example/x\nauthor: \"[[Jane Okafor]]\"\n\
             tags:\n- fares\n- title: no",
            "title=Fares rise again; author=Jane Okafor; url=https://a.example/x",
        ),
        ("source: somebody\ntitle:\nauthor: #none\nlang: English", ""),
        ("  title: inner\nurl:https://a.example", ""),
    ] {
        let text = format!("---\n{front}\n---\n\nThe fares rose.\n");
        assert_eq!(known("a.md", &text), is, "{front}");
        assert_eq!(
            known("a.txt", &text),
            "",
            "front matter is of Markdown: {front}"
        );
    }
}

#[test]
fn front_matter_of_toml_is_read_and_a_damaged_one_is_none() {
    let front = "title = \"Fares\"\nauthors = [\"Jane Okafor\", \"Tim Reyes\"]\ndate = 2024-05-12\n\
                 [author]\nname = \"nobody\"\n";
    assert_eq!(
        known("a.md", &format!("+++\n{front}+++\nThe fares rose.\n")),
        "title=Fares; author=nobody; published=2024-05-12; date=2024-05-12"
    );
    assert_eq!(
        known("a.md", "+++\ntitle = \"Fares\nx=\n+++\nThe fares rose.\n"),
        ""
    );
}

#[test]
fn first_lines_tell_headline_byline_and_date() {
    for (text, is) in [
        (
            "Fares rise again in spring\n\nBy Jane Okafor and Tim Reyes | Published: 12 May 2024, \
             10:31 a.m. ET | Updated 3 hours ago\n\nThe fares rose.\n",
            "title=Fares rise again in spring; author=Jane Okafor, Tim Reyes; \
             published=12 May 2024, 10:31 a.m. ET; date=2024-05-12",
        ),
        (
            "Fares rise again in spring\nBy Jane Okafor\nPosted on June 11 at 9:42 pm\n\nThey rose.\n",
            "title=Fares rise again in spring; author=Jane Okafor; published=June 11 at 9:42 pm",
        ),
        (
            "Fares rise again\n\nThe line wants more money.\n\nBy Jane van der Berg, Political \
             Editor, in Kyiv\n\nThe fares rose.\n",
            "title=Fares rise again; author=Jane van der Berg",
        ),
        (
            "KYIV, Ukraine (AP) — Shelling killed 4 people on Monday, the governor said.\n",
            "outlet=AP",
        ),
        (
            "Dockers walk out as talks collapse\n\nPORT ELLORY, March 4 (Reuters) - More than 2,300 \
             workers walked off.\n",
            "title=Dockers walk out as talks collapse; outlet=Reuters; published=March 4",
        ),
        (
            "Jane Okafor, The Orlan Courier\n\nThe fares rose.\n",
            "author=Jane Okafor; outlet=The Orlan Courier",
        ),
        (
            "Title: Fares\nAuthor: Jane Okafor\nSource: https://a.example/x\nPublished: 2024-05-12\n\
             Language: en\n\nThe fares rose.\n",
            "title=Fares; author=Jane Okafor; published=2024-05-12; date=2024-05-12; \
             url=https://a.example/x; language=en",
        ),
        (
            "“We pay more for less”\n\nThe fares rose.\n\nBy Jane Okafor\n",
            "title=“We pay more for less”; author=Jane Okafor",
        ),
        (
            "By Associated Press\n\nThe fares rose.\n",
            "outlet=Associated Press",
        ),
        ("By Emily Post\n\nThe fares rose.\n", "author=Emily Post"),
        ("Source: Reuters\n\nThe fares rose.\n", "outlet=Reuters"),
        (
            "https://a.example/x\n\nThe fares rose.\n",
            "url=https://a.example/x",
        ),
        (
            "地震の被害が広がる 新 た\n\n昨日。\n",
            "title=地震の被害が広がる 新 た",
        ),
    ] {
        assert_eq!(known("a.txt", text), is, "{text}");
    }
}

#[test]
fn what_is_not_clear_is_left_out() {
    for text in [
        "",
        "\n\n",
        "The fares rose.\n\nBy Tuesday Morning they fell.\n",
        "Fares rise again in spring\n",
        "The first line of a text that is\nwrapped by hand.\n\nMore.\n",
        "Fares rise again,\n\nthe line said.\n",
        "“Nobody asked us\n\nabout it.”\n",
        "'He told me so,' Nina Falk said. 'I lost 3,000 euros.'\n\nThe fares rose.\n",
        "MR. SCHWAB: I would like to thank you all\n\nTHE PRESIDENT: Thank you\n\nMore.\n",
        "SCHWAB: I would like to thank you all\n\nMAY: Thank you\n\nMore.\n",
        "Mark Smyth\n\nA former member of the S.A.E., he loved machines.\n",
        "By Tuesday the fares had risen, said the line.\n",
        "By Monday Night\n\nThe fares rose.\n",
        "SALT LAKE CITY — The plant made 300 wings, the firm said.\n",
        "(NaturalNews) If you thought so, you were wrong.\n",
        "Source: the ministry.\n\nIt said so.\n",
        "The mayor - a lawyer (and a Democrat) - resigned.\n",
        "Published: soon\n\nThe fares rose.\n",
        "lower case words here\n\nThe fares rose.\n",
    ] {
        assert_eq!(known("a.txt", text), "", "{text}");
    }
}

#[test]
fn a_heading_of_markdown_is_the_title_and_marks_are_left_out() {
    for (text, is) in [
        (
            "# A guide to **Orlan** harbour\n\n*By Jonah Featherwick. Prices checked in May.*\n\nThe \
             harbour.\n",
            "title=A guide to Orlan harbour; author=Jonah Featherwick",
        ),
        (
            "---\ntitle: Front\n---\n# Heading\n\nBy [Jane Okafor](https://a.example/jane)\n\nWords.\n",
            "title=Front; author=Jane Okafor",
        ),
        (
            "Jobs in spring fall\n=====\n\nWords.\n",
            "title=Jobs in spring fall",
        ),
        ("## Part two\n\nWords.\n", ""),
        ("> Fares rise again, he says\n\nWords.\n", ""),
    ] {
        assert_eq!(known("a.md", text), is, "{text}");
    }
}

#[test]
fn hostile_first_lines_give_nothing_and_end() {
    for text in [
        "*[".repeat(50_000),
        format!("# {}\n\nx", "a".repeat(100_000)),
        "By ".repeat(50_000),
        format!("---\n{}---\n", "a: [\n".repeat(9000)),
        format!("+++\na = {}\n+++\n", "[".repeat(50_000)),
        "é".repeat(20_000),
        format!("---\na: x\n{}---\n", " y\n".repeat(15_000)),
        format!(
            "---\nauthor: [{}{}]\n---\n",
            " ".repeat(30_000),
            "' ".repeat(15_000)
        ),
    ] {
        assert_eq!(known("a.md", &text), "", "{}", &text[..10]);
    }
    let steers = known("a.txt", "Fares \u{1b}[2J rise again\n\nWords.\n");
    assert_eq!(steers, "title=Fares [2J rise again");
}
