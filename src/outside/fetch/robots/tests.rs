use proptest::prelude::*;

use super::*;

/// The line against a path, for the program "proofmark".
fn line(rules: &str, path: &str) -> Option<usize> {
    let rules = Rules::read(rules.as_bytes(), "proofmark");
    rules.against(path).map(|rule| rule.line)
}

#[test]
fn own_groups_count_together_and_before_those_for_all() {
    let rules = "User-agent: *\nDisallow: /\n\nUSER-AGENT: ProofMark/1.0 (x)\nUser-agent: other\n\
                 Crawl-delay: 10\nDisallow: /a\n\nUser-agent: other\nDisallow: /b\n\n\
                 user-agent:proofmark # us\nSitemap: /x\nDisallow:/c\n";
    for (path, expected) in [("/", None), ("/a", Some(7)), ("/b", None), ("/c", Some(14))] {
        assert_eq!(line(rules, path), expected, "{path}");
    }
    // Named, and free.
    assert_eq!(
        line("User-agent: *\nDisallow: /\nUser-agent: proofmark\n", "/a"),
        None
    );
    assert_eq!(
        line(
            "User-agent: proofmark\nDisallow:\nUser-agent: *\nDisallow: /",
            "/a"
        ),
        None
    );
    for other in ["proofmarks", "proof", "xproofmark", "", "proof mark"] {
        let rules = format!("User-agent: {other}\nDisallow: /");
        assert_eq!(line(&rules, "/a"), None, "{other}");
    }
    for all in ["*", "* ", "* # all", "*\t"] {
        assert_eq!(
            line(&format!("User-agent: {all}\nDisallow: /"), "/a"),
            Some(2),
            "{all}"
        );
    }
    // Before any name, rules are nobody's.
    assert_eq!(line("Disallow: /\nUser-agent: *\nAllow: /b", "/a"), None);
}

#[test]
fn the_longest_rule_decides_and_of_two_the_one_that_allows() {
    let rules = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nAllow: /d\nDisallow: /d\n\
                 Disallow: /e\nDisallow: /e\nDisallow: /*.pdf$\nAllow: /public*\n";
    for (path, expected) in [
        ("/a", Some(2)),
        ("/a/b", None),
        ("/a/bc", None),
        ("/a/b/c/d", Some(4)),
        ("/d", None),
        ("/e", Some(7)),
        ("/x.pdf", Some(9)),
        ("/x.pdf?a", None),
        ("/public.pdf", None),
    ] {
        assert_eq!(line(rules, path), expected, "{path}");
    }
}

#[test]
fn patterns_match_as_the_standard_says() {
    for (pattern, path, matches) in [
        ("/", "/", true),
        ("/fish", "/fish.html", true),
        ("/fish", "/Fish", false),
        ("/fish", "/catfish", false),
        ("/fish*", "/fishheads", true),
        ("/fish/", "/fish", false),
        ("/*.php", "/folder/a.php?b", true),
        ("/*.php", "/a.PHP", false),
        ("/*.php$", "/a.php", true),
        ("/*.php$", "/a.php?b", false),
        ("/*.php$", "/a.php.php", true),
        ("/fish*.php", "/fishheads/cat.php?b", true),
        ("*", "/a", true),
        ("*$", "/a", true),
        ("**a", "/xa", true),
        ("/a*b*c$", "/a-b-b-c", true),
        ("/a*b*c$", "/a-c-b", false),
        ("/a*bc*c$", "/abc", false),
        ("/a$", "/a", true),
        ("/a$", "/ab", false),
        ("/a$b", "/a$b", true),
        ("a", "/a", false),
        ("/caf%c3%a9", "/caf%C3%A9", true),
        ("/caf\u{e9}", "/caf%C3%A9", true),
        ("/%7Efoo", "/~foo", true),
        ("/~foo", "/%7efoo", true),
        ("/a%2Fb", "/a/b", false),
        ("/a b", "/a%20b", true),
        ("/100%", "/100%", true),
        ("/?id=", "/?id=7", true),
    ] {
        let rules = format!("User-agent: *\nDisallow: {pattern}");
        assert_eq!(line(&rules, path).is_some(), matches, "{pattern} {path}");
    }
}

#[test]
fn lines_end_as_on_any_system_and_noise_is_passed_over() {
    assert_eq!(
        line("\u{feff}User-agent: *\r\nDisallow: /a\r\n", "/a"),
        Some(2)
    );
    assert_eq!(line("User-agent: *\rDisallow: /a\r", "/a"), Some(2));
    assert_eq!(
        line("User-agent: *\n\n\nDisallow : /a # no\n", "/a"),
        Some(4)
    );
    assert_eq!(
        line(
            "<html>\nUser-agent: *\nnoise\n:\n: /\nDisallow: /a#b\n",
            "/a"
        ),
        Some(6)
    );
    let rules = Rules::read(
        b"\xff\xfeUser-agent: *\nDisallow: /\nUser-agent: *\nDisallow: /\xff",
        "x",
    );
    assert_eq!(
        rules.against("/%ff").map(Rule::text).as_deref(),
        Some("Disallow: /%FF")
    );
}

/// What a pattern means, tried in every way there is.
fn naive(pattern: &[u8], path: &[u8]) -> bool {
    match pattern {
        [] => true,
        [b'$'] => path.is_empty(),
        [b'*', rest @ ..] => (0..=path.len()).any(|at| naive(rest, &path[at..])),
        [sign, rest @ ..] => path.first() == Some(sign) && naive(rest, &path[1..]),
    }
}

#[test]
fn many_rules_and_a_long_path_are_done_at_once() {
    let mut rules = "User-agent: *\n".to_owned();
    while rules.len() < 500_000 {
        rules.push_str("Disallow: /*a*a*a*a*a*a*b\n");
    }
    let rules = Rules::read(rules.as_bytes(), "proofmark");
    assert!(rules.against(&format!("/{}", "a".repeat(8000))).is_none());
    let one = format!("User-agent: *\nDisallow: /{}b", "*a".repeat(240_000));
    assert_eq!(line(&one, &format!("/{}", "a".repeat(8000))), None);
}

proptest! {
    #[test]
    fn patterns_mean_what_they_say(pattern in "/[ab*$]{0,8}", path in "/[ab$]{0,8}") {
        let rule = Rule { allows: false, pattern: pattern.clone(), line: 1 };
        prop_assert_eq!(rule.matches(&path), naive(pattern.as_bytes(), path.as_bytes()));
    }

    #[test]
    fn any_bytes_are_rules(bytes in prop::collection::vec(any::<u8>(), 0..200), path in "\\PC{0,20}") {
        let mut all = b"User-agent: *\nDisallow: ".to_vec();
        all.extend(&bytes);
        Rules::read(&all, "proofmark").against(&path);
    }
}
