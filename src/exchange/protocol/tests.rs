use super::*;

fn hello(line: &str) -> Hello {
    Hello::read(line.as_bytes()).expect("it says what it is")
}

fn refused(line: &str) -> String {
    Hello::read(line.as_bytes())
        .expect_err("it does not")
        .to_string()
}

#[test]
fn a_detector_says_what_it_is() {
    let all = hello(
        r#" {"name": " house-rules ", "version": "3", "languages": ["en", "de"], "new": [1],
            "answers": ["stand_alone", "verdicts", "attributions", "stand_alone"], "batch": 8,
            "sends": " api.example.org "} "#,
    );
    assert_eq!((&*all.name, &*all.version), ("house-rules", "3"));
    assert_eq!(all.languages, ["en", "de"]);
    assert_eq!(all.answers, [Want::StandAlone, Want::Attributions]);
    assert_eq!(all.batch, 8);
    assert_eq!(all.sends.as_deref(), Some("api.example.org"));

    let least = hello(r#"{"version": "ä", "name": "x", "languages": null, "sends": null}"#);
    assert!(least.languages.is_empty());
    assert_eq!(least.answers, [Want::Claims]);
    assert_eq!((least.batch, least.sends), (1, None));
    let words = hello(r#"{"name":"x","version":"1","sends":"Nothing","languages":"en"}"#);
    assert_eq!(
        (words.sends, words.languages),
        (None, vec!["en".to_owned()])
    );
}

#[test]
fn what_it_says_of_its_batch_is_held_within_bounds() {
    let batch =
        |said: &str| hello(&format!(r#"{{"name":"x","version":"1","batch":{said}}}"#)).batch;
    for (said, taken) in [
        ("0", 1),
        ("-1", 1),
        ("1", 1),
        ("2", 2),
        ("8.0", 8),
        ("64", 64),
        ("65", 64),
        ("1000000000", 64),
        ("1e999", 1),
        ("-1e999", 1),
        ("\"eight\"", 1),
        ("[3]", 1),
        ("true", 1),
    ] {
        assert_eq!(batch(said), taken, "{said}");
    }
}

#[test]
fn what_cannot_be_shown_or_consented_to_is_refused() {
    let long = "é".repeat(201);
    let fits = "é".repeat(200);
    assert_eq!(
        hello(&format!(r#"{{"name":"{fits}","version":"1"}}"#)).name,
        fits
    );
    for (line, word) in [
        ("", "JSON object"),
        ("hello", "JSON object"),
        ("[]", "JSON object"),
        (r#"{"name":"x","version":"1"} {}"#, "JSON object"),
        (r#"{"version":"1"}"#, "“name”"),
        (r#"{"name":" ","version":"1"}"#, "“name”"),
        (r#"{"name":"x"}"#, "“version”"),
        (r#"{"name":"x","version":3}"#, "no text"),
        (r#"{"name":"x\ny","version":"1"}"#, "one line"),
        (r#"{"name":"x","version":"\u001b[31m"}"#, "one line"),
        (r#"{"name":"x\u2028y","version":"1"}"#, "one line"),
        (r#"{"name":"x","version":"1","sends":true}"#, "“sends”"),
        (r#"{"name":"x","version":"1","sends":false}"#, "“sends”"),
        (r#"{"name":"x","version":"1","sends":["a"]}"#, "“sends”"),
        (r#"{"name":"x","version":"1","sends":""}"#, "“sends”"),
        (r#"{"name":"x","version":"1","sends":"a\u0000"}"#, "“sends”"),
        (
            r#"{"name":"x","version":"1","languages":[3]}"#,
            "“languages”",
        ),
        (
            r#"{"name":"x","version":"1","languages":[""]}"#,
            "“languages”",
        ),
        (
            r#"{"name":"x","version":"1","languages":{}}"#,
            "“languages”",
        ),
        (
            r#"{"name":"x","version":"1","answers":"claims"}"#,
            "“answers”",
        ),
        (r#"{"name":"x","version":"1","answers":[]}"#, "“answers”"),
        (
            r#"{"name":"x","version":"1","answers":["all"]}"#,
            "“answers”",
        ),
    ] {
        let why = refused(line);
        assert!(why.contains(word), "{line}: {why}");
    }
    for name in ["name", "version", "sends"] {
        let line = format!(r#"{{"name":"x","version":"1","{name}":"{long}"}}"#);
        assert!(refused(&line).contains("200 characters"), "{name}");
    }
    let blanks = " ".repeat(1 << 16);
    assert!(refused(&format!("{{{blanks}}}")).contains("bytes"));
    let nested = "[".repeat(60_000);
    assert!(refused(&format!(r#"{{"name":{nested}"#)).contains("JSON"));
}

#[test]
fn questions_are_lines_of_json() {
    let asked = Ask {
        id: "7",
        article_id: "story.txt",
        text: "One.\n\n“Two”\u{2028}\u{85}\u{1b} \\",
        language: Some("en"),
        date: None,
        want: &[Want::Claims, Want::StandAlone],
        deadline_ms: 60_000,
    };
    let line = String::from_utf8(asked.line()).expect("UTF-8");
    assert_eq!(line.lines().count(), 1);
    assert!(line.ends_with("}\n"));
    assert!(!line.contains(['\u{2028}', '\u{85}', '\u{1b}']), "{line:?}");
    let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    let wanted = serde_json::json!({
        "id": "7",
        "article": {"id": "story.txt", "text": asked.text, "language": "en", "date": null},
        "want": ["claims", "stand_alone"],
        "deadline_ms": 60_000
    });
    assert_eq!(value, wanted);
    assert_eq!(greeting(), b"{\"proofmark\":1,\"hello\":true}\n");
    assert_eq!(cancel("7\n"), b"{\"cancel\":\"7\\n\"}\n");
}

fn said(line: &str) -> Said {
    Said::of(line.as_bytes())
}

#[test]
fn lines_are_told_apart() {
    let id = "7".to_owned();
    let answer = Said::Answer { id: id.clone() };
    for line in [
        r#"{"id":"7","claims":[{"quote":"x"}]}"#,
        r#"{"claims":[],"id":7}"#,
        r#" { "id" : "7" } "#,
        r#"{"id":"7","progress":1.0,"sources":[]}"#,
        r#"{"id":"7","error":null,"progress":null}"#,
        r#"{"id":"7","error":false}"#,
        r#"{"\u0069d":"\u0037","other":{"id":"8","error":"x"}}"#,
    ] {
        assert_eq!(said(line), answer, "{line}");
    }
    for (line, written) in [
        (r#"{"id":7.0}"#, "7.0"),
        (r#"{"id":-0}"#, "-0"),
        (
            r#"{"id":123456789012345678901234567890}"#,
            "123456789012345678901234567890",
        ),
        (r#"{"id":""}"#, ""),
    ] {
        let id = written.to_owned();
        assert_eq!(said(line), Said::Answer { id }, "{line}");
    }
    for line in [
        r#"{"claims":[]}"#,
        r#"{"id":null}"#,
        r#"{"id":["7"]}"#,
        r#"{"id":{"a":1},"claims":[]}"#,
        r#"{"id":true}"#,
        r#"{"id":"7","id":"8"}"#,
        r#"{"id":"7","progress":50}"#,
        r#"{"id":"7","progress":-0.1}"#,
        r#"{"id":"7","progress":" \n "}"#,
        r#"{"id":"7","progress":{"done":3}}"#,
        r#"{"name":"x","version":"1"}"#,
        "{}",
    ] {
        assert_eq!(said(line), Said::Strange, "{line}");
    }
    for line in [
        "",
        "7",
        "loading …",
        r#"["7",0.5]"#,
        r#"{"id":"7""#,
        r#"{"id":"7"} x"#,
    ] {
        assert_eq!(said(line), Said::NoObject, "{line}");
    }
    assert_eq!(
        Said::of(b"{\"id\":\"7\",\"claims\":\"\xff\"}"),
        Said::NoObject
    );
}

#[test]
fn progress_and_errors_are_short_and_on_one_line() {
    let told = |progress: &str| match said(&format!(r#"{{"id":"7","progress":{progress}}}"#)) {
        Said::Progress { told, .. } => told,
        other => panic!("{other:?}"),
    };
    for (progress, words) in [
        ("0", "0 %"),
        ("0.5", "50 %"),
        ("0.29", "29 %"),
        ("1", "100 %"),
        ("1e-1", "10 %"),
        (r#""chunk 2 of 4""#, "chunk 2 of 4"),
        (r#"" a\n\n\u001b[31m b\t""#, "a [31m b"),
    ] {
        assert_eq!(told(progress), words);
    }
    let (fits, long) = ("é".repeat(80), "é".repeat(81));
    assert_eq!(told(&format!("\"{fits}\"")), fits);
    let cut = told(&format!("\"{long}\""));
    assert_eq!(cut, format!("{}…", "é".repeat(79)));

    let why = |error: &str| match said(&format!(r#"{{"error":{error},"id":7,"claims":[]}}"#)) {
        Said::Error { why, id } if id == "7" => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(r#""no\r\nmodel""#), "no model");
    assert_eq!(
        why(&format!("\"{}\"", "x".repeat(1000))).chars().count(),
        300
    );
    for unsaid in ["true", "500", r#"{"code":[1,{}]}"#, "[1,[2]]", r#"" ""#] {
        assert_eq!(why(unsaid), "it does not say why", "{unsaid}");
    }
}

#[test]
fn huge_and_nested_lines_are_passed_over() {
    let list = "[".repeat(1 << 20) + &"]".repeat(1 << 20);
    let id = "7".to_owned();
    assert_eq!(
        said(&format!(r#"{{"claims":{list},"id":"7"}}"#)),
        Said::Answer { id }
    );
    // In the place of a word it is nothing, and stops at a depth.
    assert_ne!(
        said(&format!(r#"{{"error":{list},"id":"8"}}"#)),
        Said::NoObject
    );
}
