//! Tests of reading the configuration.

use super::*;

fn problems(text: &str) -> Vec<(Option<usize>, String)> {
    let (_, problems) = Config::parse(text.as_bytes());
    problems.into_iter().map(|p| (p.line, p.message)).collect()
}

fn right(text: &str) -> Config {
    let (config, problems) = Config::parse(text.as_bytes());
    assert_eq!(problems, [], "{text}");
    config
}

fn lines(text: &str) -> Vec<usize> {
    problems(text)
        .into_iter()
        .filter_map(|(line, _)| line)
        .collect()
}

#[test]
fn an_empty_file_gives_the_defaults() {
    assert_eq!(right(""), Config::default());
    assert_eq!(right("\u{feff}# note\r\n"), Config::default());
    assert_eq!(Config::default().verdicts.value.len(), 6);
}

#[test]
fn every_setting_is_read_with_its_line() {
    let text = "reviewer = \" ana@desk.example \"\nverdicts = [\n  \"true\",\n  \"false\",\n]\n\n\
                theme = \"light\"\nascii = true\n[keys]\nnext = [\"j\", \"Down\"]\nquit = \"q\"\nhelp = []\n";
    let config = right(text);
    assert_eq!(config.reviewer.value.as_deref(), Some("ana@desk.example"));
    assert_eq!(config.reviewer.origin, Origin::File(1));
    assert_eq!(config.verdicts.value, ["true", "false"]);
    assert_eq!(config.verdicts.origin, Origin::File(2));
    assert_eq!(
        (config.theme.value, config.theme.origin),
        (Theme::Light, Origin::File(7))
    );
    assert_eq!(
        (config.ascii.value, config.ascii.origin),
        (true, Origin::File(8))
    );
    let keys: Vec<_> = config
        .keys
        .iter()
        .map(|b| (b.action.as_str(), b.keys.join(" "), b.line))
        .collect();
    assert_eq!(
        keys,
        [
            ("next", "j Down".to_owned(), 10),
            ("quit", "q".to_owned(), 11),
            ("help", String::new(), 12),
        ]
    );
}

#[test]
fn every_problem_is_told_at_once_with_its_line() {
    let text = "reviewr = \"ana\"\ntheme = \"blue\"\nverdicts = [\"true\", 5, \"true\", \" \"]\n\
                ascii = \"yes\"\ncolour = 1\n[keys]\nnext = 3\nlast = [\"G\", 7]\n";
    let found = problems(text);
    let numbers: Vec<_> = found.iter().filter_map(|(line, _)| *line).collect();
    assert_eq!(numbers, [1, 2, 3, 3, 3, 4, 5, 7, 8], "{found:?}");
    assert!(found[0].1.contains("did you mean “reviewer”"), "{found:?}");
    let themes = Theme::WORDS.join(", ");
    assert!(found[1].1.contains(&themes), "{found:?}");
}

#[test]
fn broken_toml_is_told_with_its_line_beside_the_other_problems() {
    let found = lines("theme = \"dark\nascii = 3\ncolour = 1\n");
    assert!(found.contains(&1), "{found:?}");
    assert!(found.contains(&3), "{found:?}");
}

#[test]
fn a_key_told_twice_is_a_problem() {
    assert_eq!(lines("ascii = true\nascii = false\n"), [2]);
}

#[test]
fn bytes_that_are_no_text_are_a_problem_with_a_line() {
    let (config, problems) = Config::parse(b"ascii = true\n\xff\xfe");
    assert_eq!((problems[0].line, problems[0].is_grave), (Some(2), true));
    assert_eq!(config, Config::default());
}

#[test]
fn scales_longer_than_the_digit_keys_are_refused() {
    let scale: Vec<String> = (0..10).map(|n| format!("\"v{n}\"")).collect();
    assert_eq!(lines(&format!("verdicts = [{}]", scale.join(", "))), [1]);
    assert_eq!(lines("verdicts = []"), [1]);
}

#[test]
fn a_missing_file_is_fine_unless_it_was_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("none.toml");
    let none = Config::load(&path, false).expect("fine");
    assert_eq!(none, (Config::default(), Vec::new()));
    let error = Config::load(&path, true).expect_err("asked for");
    assert!(error.to_string().contains("none.toml"), "{error}");
}

#[test]
fn themes_are_read_as_they_are_written() {
    for theme in Theme::ALL {
        assert_eq!(Theme::parse(theme.as_str()), Some(theme));
    }
}

#[test]
fn sites_of_the_house_come_first_and_replace_those_of_their_name() {
    let text = "[search]\n\"Our archive\" = \"https://a.example/?q={claim}&n=1\"\n\
                DuckDuckGo = \"\"\n\"Internet Archive\" = \"http://b.example/{claim}\"\n";
    let config = right(text);
    let names: Vec<&str> = config.sites.iter().map(|site| site.name.as_str()).collect();
    assert_eq!(
        names,
        ["Our archive", "Internet Archive", "Fact Check Explorer"]
    );
    assert_eq!(
        config.sites[0].address("Så 5/6?"),
        "https://a.example/?q=S%C3%A5%205%2F6%3F&n=1"
    );
    for (wrong, line) in [
        ("search = 3\n", 1),
        ("[search]\na = 3\n", 2),
        ("[search]\na = \"https://a.example\"\n", 2),
        ("[search]\nb = \"\"\na = \"file:///{claim}\"\n", 3),
        ("[search]\na = \"https://a.example/ {claim}\"\n", 2),
    ] {
        assert_eq!(lines(wrong), [line], "{wrong}");
    }
    let many: String = (0..9)
        .map(|n| format!("s{n} = \"https://a.example/{n}/{{claim}}\"\n"))
        .collect();
    assert_eq!(lines(&format!("[search]\n{many}")), [1]);
}

#[test]
fn what_is_right_counts_beside_what_is_wrong() {
    let text = "reviewer = \"ana\"\ntheme = \"ligth\"\nascii = true\n[search]\nx = \"y\"\n\
                Own = \"https://a.example/{claim}\"\n[keys]\nnext = \"\"\nquit = [\"F9\", 3]\n\
                help = 7\n";
    let (config, problems) = Config::parse(text.as_bytes());
    assert_eq!(problems.len(), 5, "{problems:?}");
    assert!(
        problems.iter().all(|problem| !problem.is_grave),
        "{problems:?}"
    );
    assert!(
        problems[0].message.contains("did you mean “light”"),
        "{problems:?}"
    );
    assert_eq!(config.reviewer.value.as_deref(), Some("ana"));
    assert_eq!(
        (config.theme.value, config.ascii.value),
        (Theme::Auto, true)
    );
    assert_eq!(
        (config.sites[0].name.as_str(), config.sites.len()),
        ("Own", 4)
    );
    let keys: Vec<_> = config
        .keys
        .iter()
        .map(|b| (b.action.as_str(), b.keys.join(" ")))
        .collect();
    assert_eq!(keys, [("quit", "F9".to_owned())]);
}

#[test]
fn what_would_be_written_into_sidecars_is_never_left_out() {
    for text in [
        "reviewer = 3\n",
        "verdicts = [\"a\", \"a\"]\n",
        "verdicts = []\n",
        "theme = \"dark\n",
    ] {
        let (config, problems) = Config::parse(text.as_bytes());
        assert!(
            problems.iter().all(|problem| problem.is_grave),
            "{problems:?}"
        );
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(config.verdicts, Config::default().verdicts);
    }
}

#[test]
fn the_template_tells_every_setting_and_sets_none() {
    let text = template();
    assert_eq!(right(&text), Config::default());
    let set: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(told) if told.contains(" = ") => format!("{told}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let config = right(&set);
    let default = Config::default();
    assert_eq!(config.verdicts.value, default.verdicts.value);
    assert_eq!(config.theme.value, default.theme.value);
    assert_eq!(config.ascii.value, default.ascii.value);
    assert!(config.reviewer.value.is_some() && config.sites.len() == 4 && config.keys.len() == 1);
    let origins = [
        &config.reviewer.origin,
        &config.verdicts.origin,
        &config.theme.origin,
        &config.ascii.origin,
        &config.sites[0].origin,
    ];
    assert!(
        origins
            .iter()
            .all(|origin| matches!(origin, Origin::File(_)))
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
}

#[test]
fn the_nearest_name_is_told_and_no_far_one() {
    let known = ["theme", "ascii", "keys"];
    for (word, near) in [
        ("thene", Some("theme")),
        ("them", Some("theme")),
        ("asci", Some("ascii")),
        ("kes", Some("keys")),
        ("thermos", None),
        ("xy", None),
        ("colour", None),
    ] {
        assert_eq!(nearest(word, known), near, "{word}");
    }
}

#[test]
fn detectors_are_read_in_order_with_all_that_is_wrong() {
    let config = right(
        "rank = [\"b\", \"proofmark\"]\n[detectors.b]\ncommand = [\"python3\", \"/x/b.py\", \"--fast\"]\ndeadline = 30\n\
         [detectors.a]\ncommand = [\"/usr/bin/a\"]\nsends = \"api.example.org\"\n",
    );
    let [b, a] = &config.detectors[..] else {
        panic!("two: {:?}", config.detectors);
    };
    assert_eq!((b.name.as_str(), b.deadline, b.line), ("b", 30, 2));
    assert_eq!(b.command, ["python3", "/x/b.py", "--fast"]);
    assert_eq!(
        (a.deadline, a.sends.as_deref()),
        (Detector::DEADLINE, Some("api.example.org"))
    );
    assert_eq!(config.rank.value, ["b", "proofmark"]);
    for (text, told) in [
        ("detectors = 3", "table"),
        ("[detectors.a]", "has no command"),
        ("[detectors.a]\ncommand = \"python3 a.py\"", "list of texts"),
        ("[detectors.a]\ncommand = []", "is empty"),
        ("[detectors.a]\ncommand = [\"\"]", "no program"),
        ("[detectors.a]\ncommand = [3]", "list of texts"),
        ("[detectors.a]\ncommand = [\"./a\"]", "whole path"),
        ("[detectors.a]\ncommand = [\"bin/a\"]", "whole path"),
        (
            "[detectors.a]\ncommand = [\"a\\u0000\"]",
            "a word that is none",
        ),
        (
            "[detectors.a]\ncommand = [\"a\"]\ndeadline = 0",
            "1 to 86400",
        ),
        (
            "[detectors.a]\ncommand = [\"a\"]\ndeadline = \"x\"",
            "1 to 86400",
        ),
        (
            "[detectors.a]\ncommand = [\"a\"]\nsend = \"h\"",
            "did you mean “sends”",
        ),
        ("[detectors.Proofmark]\ncommand = [\"a\"]", "compiled in"),
        ("[detectors.\"a b\"]\ncommand = [\"a\"]", "letters, digits"),
        ("[detectors]\na = 3", "to be a table"),
        ("rank = []", "names no detector"),
        ("rank = \"a\"", "list"),
        (
            "rank = [\"a\"]\n[detectors.b]\ncommand = [\"b\"]",
            "there are b, proofmark",
        ),
    ] {
        let told_of = problems(text);
        assert!(
            told_of.iter().any(|(_, message)| message.contains(told)),
            "{text}: {told_of:?}"
        );
    }
    assert_eq!(
        right("rank = [\"a\", \"a\"]").rank.value,
        ["a"],
        "by one name alone nothing is known"
    );
}
