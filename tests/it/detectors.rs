//! Detectors of the house from outside: programs in the configuration, asked by the commands. What they
//! do to others is bounded, and what they say is looked for in the article.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::cli::{Place, Ran};
use super::scoring::tell;

const STORY: &str = "Fares to rise\n\nFares on the night ferry will rise by 9 percent in May, said Ida Varn, who chairs \
                     the board.\n\nThe ferry carried 40,000 people last year, the council found.\n";

/// What a detector does, as a Python program: `said` is what it answers to a line `asked`.
const FRAME: &str = "import json, os, sys, time\n\
def say(**fields):\n    sys.stdout.write(json.dumps(fields) + '\\n'); sys.stdout.flush()\n\
def claim(quote, **more):\n    return dict(quote=quote, **more)\n\
FERRY = 'Fares on the night ferry will rise by 9 percent in May'\n\
PEOPLE = 'The ferry carried 40,000 people last year'\n\
for line in sys.stdin:\n    asked = json.loads(line)\n    if asked.get('hello'):\n        HELLO\n    \
elif 'cancel' in asked:\n        pass\n    else:\n        ANSWER\n";

const HELLO: &str = "say(name='house', version='2', answers=['claims'], batch=4)";

/// A place with a story and a detector called `house`.
fn place(hello: &str, answer: &str, settings: &str) -> Option<Place> {
    let python = std::process::Command::new("python3")
        .arg("--version")
        .output();
    if !python.is_ok_and(|ran| ran.status.success()) {
        tell("detectors of the house: python3 is not there");
        return None;
    }
    let place = Place::new();
    let program = FRAME.replace("HELLO", hello).replace("ANSWER", answer);
    place.write("tool/house.py", program);
    place.write("desk/story.txt", STORY);
    let path = place.path().join("tool/house.py");
    let config = format!(
        "[detectors.house]\ncommand = [\"python3\", \"{}\"]\n{settings}\n",
        path.display()
    );
    place.write("config.toml", config);
    Some(place)
}

fn detect(place: &Place) -> Ran {
    place.run(&[
        "--config",
        "config.toml",
        "detect",
        "--with",
        "house",
        "desk",
    ])
}

fn texts(line: &Value) -> Vec<String> {
    let claims = line["claims"].as_array().expect("claims").iter();
    claims
        .map(|claim| claim["text"].as_str().expect("text").to_owned())
        .collect()
}

#[test]
fn a_detector_of_the_house_is_asked_by_its_name() {
    let answer = "say(id=asked['id'], progress=0.5); say(id=asked['id'], claims=[claim(FERRY, source='Ida Varn', cue='said', \
                  kinds=['quantity'], priority=0.8, why='a rise'), claim('Fares fell')])";
    let Some(place) = place(HELLO, answer, "") else {
        return;
    };
    let ran = detect(&place);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let [line] = &ran.lines()[..] else {
        panic!("one line")
    };
    assert_eq!(line["model"], "house 2");
    assert_eq!(
        texts(line),
        ["Fares on the night ferry will rise by 9 percent in May"]
    );
    assert_eq!(line["claims"][0]["kinds"][0], "quantity");
    let source = &line["attributions"][0]["source"][0];
    let from = STORY.chars().count()
        - STORY[STORY.find("Ida Varn").expect("there")..]
            .chars()
            .count();
    assert_eq!(source[0], from);
    assert!(
        ran.err
            .contains("1 suggestion is not in the article and left out"),
        "{}",
        ran.err
    );
    // The second time nobody asks it: the answer is kept, and anchored again.
    let again = place.path().join("tool/house.py");
    let program = std::fs::read_to_string(&again)
        .expect("there")
        .replace("say(id=asked['id'], progress=0.5)", "sys.exit(3)");
    std::fs::write(&again, program).expect("written");
    assert_eq!(detect(&place).out, ran.out);
    place.write("desk/story.txt", format!("{STORY}\nMore.\n"));
    assert_eq!(
        detect(&place).code,
        Some(2),
        "another text is another question"
    );
}

#[test]
fn texts_leave_the_machine_only_where_that_is_allowed() {
    let hello = "say(name='house', version='2', sends='api.example.org')";
    let answer = "open('../asked', 'w').write('asked'); say(id=asked['id'], claims=[claim(FERRY)])";
    let Some(place) = place(hello, answer, "") else {
        return;
    };
    let ran = detect(&place);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.contains("api.example.org") && ran.err.contains("as it says of itself"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("sends = \"api.example.org\""),
        "the way out: {}",
        ran.err
    );
    assert!(!place.path().join("../asked").exists());
    for (host, code) in [("other.example.org", 2), ("API.example.org", 0)] {
        let config = std::fs::read_to_string(place.path().join("config.toml")).expect("there");
        let config = config.lines().filter(|line| !line.starts_with("sends"));
        let config: Vec<&str> = config.collect();
        place.write(
            "config.toml",
            format!("{}\nsends = \"{host}\"\n", config.join("\n")),
        );
        let answer = FRAME
            .replace("HELLO", hello)
            .replace("ANSWER", "say(id=asked['id'], claims=[claim(FERRY)])");
        place.write("tool/house.py", answer);
        let ran = detect(&place);
        assert_eq!(ran.code, Some(code), "{host}: {}", ran.err);
    }
}

/// What each does to whoever asks it; what is told; and whether there is a line all the same.
const HOSTILE: &[(&str, &str, &str)] = &[
    ("sys.exit(7)", "pass", "ended"),
    ("pass", "pass", ""),
    (HELLO, "sys.exit(7)", "ended"),
    (HELLO, "os.kill(os.getpid(), 9)", "ended"),
    (
        HELLO,
        "say(id='another', claims=[claim(FERRY)]); sys.exit(1)",
        "ended",
    ),
    (
        HELLO,
        "say(id=asked['id'], error='no model\\x1b[31m is loaded')",
        "no model",
    ),
    (
        HELLO,
        "sys.stdout.write('x' * 40_000_000); sys.stdout.flush()",
        "more",
    ),
    (
        HELLO,
        "say(id=asked['id'], claims=[dict(spans=[[5, 1]]), dict(spans=[[0, 10**9]]), dict(spans='x'), 7])",
        "left out",
    ),
    (
        HELLO,
        "sys.stdout.write('{\"id\": \"' + asked['id'] + '\", \"claims\": ' + '[' * 50_000 + ']' * 50_000 + '}\\n'); sys.stdout.flush()",
        "",
    ),
    (HELLO, "time.sleep(600)", "did not answer"),
    (
        HELLO,
        "sys.stdin.close(); sys.stdout.close(); time.sleep(600)",
        "",
    ),
    (HELLO, "os.fork() and sys.exit(0); time.sleep(600)", "ended"),
];

#[test]
fn a_hostile_detector_is_told_in_a_line_and_nothing_else_happens() {
    for (hello, answer, told) in HOSTILE {
        if *hello == "pass" {
            // It never says what it is: that is waited for half a minute, and tried by its own tests.
            continue;
        }
        let Some(place) = place(hello, answer, "deadline = 1") else {
            return;
        };
        let begun = Instant::now();
        let ran = detect(&place);
        assert!(begun.elapsed() < Duration::from_secs(60), "{answer}");
        assert!(ran.err.contains(told), "{hello} {answer}: {}", ran.err);
        assert!(
            !ran.err.contains('\u{1b}') && !ran.err.contains("panicked"),
            "{}",
            ran.err
        );
        assert!(ran.err.lines().count() <= 4, "{answer}: {}", ran.err);
        let lines = ran.out.lines().count();
        match ran.code {
            Some(0) => assert_eq!(lines, 1, "{answer}"),
            Some(2) => assert_eq!(lines, 0, "{answer}"),
            other => panic!("{answer}: {other:?}"),
        }
    }
}

#[test]
fn three_deaths_are_enough_and_the_rest_is_told() {
    let Some(place) = place(HELLO, "sys.exit(7)", "") else {
        return;
    };
    for number in 0..8 {
        place.write(
            &format!("desk/more {number}.txt"),
            format!("{STORY}\nNumber {number}.\n"),
        );
    }
    let ran = detect(&place);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(ran.err.lines().count(), 9, "a line an article: {}", ran.err);
    assert!(ran.err.contains("not asked again"), "{}", ran.err);
}

#[test]
fn names_that_are_not_there_are_told_with_those_that_are() {
    let Some(place) = place(HELLO, "pass", "") else {
        return;
    };
    let ran = place.run(&[
        "--config",
        "config.toml",
        "detect",
        "--with",
        "hose",
        "desk",
    ]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("there is no detector “hose”") && ran.err.contains("house"),
        "{}",
        ran.err
    );
    let own = place.run(&[
        "--config",
        "config.toml",
        "detect",
        "--with",
        "proofmark",
        "desk",
    ]);
    assert_eq!(own.out, place.run(&["detect", "desk"]).out);
    place.write(
        "config.toml",
        "[detectors.x]\ncommand = [\"/no/such/program\"]\n",
    );
    let ran = place.run(&["--config", "config.toml", "detect", "--with", "x", "desk"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("/no/such/program"),
        "{}",
        ran.err
    );
}

#[test]
fn a_program_beside_an_article_is_never_run() {
    let Some(place) = place(HELLO, "pass", "") else {
        return;
    };
    for command in ["./tool/house.py", "tool/house.py", "../house"] {
        place.write(
            "config.toml",
            format!("[detectors.x]\ncommand = [\"{command}\"]\n"),
        );
        let ran = place.run(&["--config", "config.toml", "config"]);
        assert_eq!(ran.code, Some(2), "{command}");
        assert!(ran.err.contains("whole path"), "{}", ran.err);
        let ran = place.run(&["--config", "config.toml", "detect", "--with", "x", "desk"]);
        assert!(ran.code == Some(2) && ran.out.is_empty(), "{}", ran.err);
    }
}

#[test]
fn the_queue_goes_by_what_a_detector_finds() {
    let answer = "text = asked['article']['text']; say(id=asked['id'], claims=[claim('Number 1', priority=0.99)] if 'Number 1' in text else [])";
    let Some(place) = place(HELLO, answer, "") else {
        return;
    };
    for number in 0..3 {
        place.write(
            &format!("desk/{number}.txt"),
            format!("{STORY}\nNumber {number}.\n"),
        );
    }
    let ran = place.run(&[
        "--config",
        "config.toml",
        "queue",
        "--json",
        "--with",
        "house",
        "desk",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let rows = ran.lines();
    let first = &rows[0];
    assert_eq!(
        (&first["article"], &first["claims"]),
        (&"1.txt".into(), &1.into())
    );
    assert!(
        rows[1..].iter().all(|row| row["claims"] == 0),
        "{}",
        ran.out
    );
}

#[test]
fn detectors_are_scored_side_by_side_on_what_is_marked() {
    let answer =
        "say(id=asked['id'], attributions=[dict(source='Ida Varn', cue='said', content=FERRY)])";
    let Some(place) = place(HELLO, answer, "") else {
        return;
    };
    let point = |words: &str| {
        let start = STORY[..STORY.find(words).expect("there")].chars().count();
        serde_json::json!([[start, start + words.chars().count()]])
    };
    let gold = serde_json::json!({"id": "story", "text": STORY, "attributions": [{
        "source": point("Ida Varn"),
        "cue": point("said"),
        "content": point("Fares on the night ferry will rise by 9 percent in May"),
    }]});
    place.write("gold.jsonl", format!("{gold}\n"));
    let score = ["--config", "config.toml", "score", "gold.jsonl", "--with"];
    let ran = place.run(&[&score[..], &["house", "--with", "proofmark"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.contains("house") && ran.out.contains("proofmark"),
        "{}",
        ran.out
    );
    let content = ran
        .out
        .lines()
        .find(|line| line.starts_with("content "))
        .expect("a row");
    assert!(content.contains("1.0000  1.0000  1.0000"), "{content}");
    let ran = place.run(&[&score[..], &["house", "--json"]].concat());
    assert_eq!(ran.lines()[0]["docs_with_pred"], 1, "{}", ran.out);
    let one = place.run(&[&score[..], &["proofmark"]].concat());
    let found = place.run_with_input(&["detect", "--jsonl"], gold.to_string().as_bytes());
    let files = place.run_with_input(&["score", "gold.jsonl", "-"], found.out.as_bytes());
    assert_eq!(one.out, files.out, "ours, now and from a file");
}

#[test]
fn our_own_detector_speaks_the_protocol() {
    let place = Place::new();
    let ask = serde_json::json!({"id": "7", "article": {"id": "story.txt", "text": STORY}, "want": ["claims"], "deadline_ms": 1000});
    let input = format!(
        "{{\"proofmark\": 1, \"hello\": true}}\nno JSON\n{ask}\n{{\"cancel\": \"7\"}}\n{{\"id\": 8}}\n"
    );
    let ran = place.run_with_input(&["detect", "--protocol"], input.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let [hello, answer, error] = &ran.lines()[..] else {
        panic!("three lines: {}", ran.out)
    };
    assert_eq!(
        (&hello["name"], &hello["sends"]),
        (&"proofmark".into(), &"nothing".into())
    );
    assert_eq!(answer["id"], "7");
    assert!(!texts(answer).is_empty());
    assert_eq!(error["id"], 8);
    assert!(error["error"].is_string());
    // Driven by ourselves it finds what it finds.
    let program = env!("CARGO_BIN_EXE_proofmark");
    place.write(
        "config.toml",
        format!("[detectors.twin]\ncommand = [\"{program}\", \"detect\", \"--protocol\"]\n"),
    );
    place.write("desk/story.txt", STORY);
    let twin = place.run(&[
        "--config",
        "config.toml",
        "detect",
        "--with",
        "twin",
        "desk",
    ]);
    let own = place.run(&["detect", "desk"]);
    assert_eq!(
        texts(&twin.lines()[0]),
        texts(&own.lines()[0]),
        "{}",
        twin.err
    );
}
