//! What pages say of their articles, and which of several sayings counts.

use crate::ingest::read;

fn known(html: &str) -> String {
    let article = read("a.html", html.as_bytes()).expect("readable");
    let facts = article.about().entries();
    let facts: Vec<String> = facts
        .map(|(name, words)| format!("{name}={words}"))
        .collect();
    facts.join("; ")
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html><head>{head}</head><body>{body}<p>The fares rose.</p></body></html>"
    )
}

#[test]
fn the_head_of_a_page_tells_what_its_names_say() {
    let head = "<title>Fares rise again | The Courier</title>\
                <meta property='og:title' content='Fares rise &amp; rise | The Courier'>\
                <meta property=og:site_name content='The Courier'>\
                <meta name=author content='Jane Okafor'><meta name=Author content='Tim Reyes'>\
                <meta property='article:author' content='https://social.example/jane'>\
                <meta property='article:published_time' content='2024-05-12T10:31:00-04:00'>\
                <link rel='canonical' href='https://courier.example/fares'>\
                <meta property='og:locale' content='en_GB'>";
    assert_eq!(
        known(&page(head, "")),
        "title=Fares rise & rise; author=Jane Okafor, Tim Reyes; outlet=The Courier; \
         published=2024-05-12T10:31:00-04:00; date=2024-05-12; \
         url=https://courier.example/fares; language=en-GB"
    );
}

#[test]
fn structured_data_of_an_article_counts_first() {
    let data = r##"[{"@type":"Organization","name":"X","@id":"#org"},
        {"@context":"https://schema.org","@graph":[
          {"@type":"WebPage","name":"Page","url":"https://courier.example/"},
          {"@type":["NewsArticle"],"headline":"Fares &#8216;rise&#8217; &amp; rise",
           "author":[{"@id":"#jane"},{"@type":"Person","name":"Tim Reyes"}],
           "publisher":{"@type":"Organization","name":"The Courier"},
           "datePublished":"2024-05-12","inLanguage":"en",
           "mainEntityOfPage":{"@id":"https://courier.example/fares"}},
          {"@type":"Person","@id":"#jane","name":"Jane Okafor"}]}]"##;
    let head = format!(
        "<title>T</title><meta name=author content=admin>\
         <script type='application/ld+json'>{{broken</script>\
         <script type='application/ld+json'>{data}</script>"
    );
    assert_eq!(
        known(&page(&head, "")),
        "title=Fares ‘rise’ & rise; author=Jane Okafor, Tim Reyes; outlet=The Courier; \
         published=2024-05-12; date=2024-05-12; url=https://courier.example/fares; language=en"
    );
}

#[test]
fn what_only_one_thing_can_mean_is_taken() {
    for (head, body, is) in [
        (
            "<title>Fares rise - again - The Ferry Post</title>",
            "<h1>Else</h1>",
            "title=Fares rise - again; outlet=The Ferry Post",
        ),
        (
            "<title>Fares rise - again</title>",
            "",
            "title=Fares rise - again",
        ),
        (
            "<title>Fares rise again - Courier online</title>",
            "<h1>Fares <b>rise</b> again</h1><time datetime='2024-05-12T08:00'>May</time>",
            "title=Fares rise again; published=2024-05-12T08:00; date=2024-05-12",
        ),
        (
            "",
            "<time datetime=2024-05-01>a</time><time datetime=2024-05-02>b</time>",
            "",
        ),
        (
            "",
            "<time datetime=2024-05-01>a</time>\
             <time itemprop=datePublished datetime=2024-05-02>b</time>",
            "published=2024-05-02; date=2024-05-02",
        ),
        (
            "<title>Home | Courier</title><link rel=canonical href='/fares'>",
            "<h1>Fares</h1>",
            "title=Home | Courier",
        ),
        (
            "<meta name=author content='By Jane Okafor'><meta name=author content='@jane'>",
            "",
            "author=Jane Okafor",
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"Recipe\",\"headline\":\"Soup\"}</script>",
            "",
            "",
        ),
    ] {
        assert_eq!(known(&page(head, body)), is, "{head} {body}");
    }
    assert_eq!(known("<html lang=de><p>Die Preise."), "language=de");
}

#[test]
fn hostile_heads_end_and_steer_nothing() {
    let many = "<meta name=author content='A B'>".repeat(20_000);
    assert_eq!(known(&page(&many, "")), "author=A B");
    let deep = format!(
        "<script type='application/ld+json'>{}</script><title>{}</title>",
        "[".repeat(100_000),
        "x".repeat(100_000)
    );
    assert_eq!(known(&page(&deep, "")), "");
    assert_eq!(
        known(&page("<title>Fares &#27;[2J rise</title>", "")),
        "title=Fares [2J rise"
    );
}
