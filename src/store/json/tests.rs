//! What is read, refused with its place, and rescued.

use super::*;

#[test]
fn whatever_is_read_is_written_with_the_same_digits_and_keys() {
    for text in [
        "[-0.0,1e-7,1E+5,1e5,1e400,-1e400,123456789012345678901234567890.5,0,-0,2.50]",
        r#"{"$serde_json::private::Number":"1","b":[],"a":{},"c":[null,true,false]}"#,
        r#""é😀\n\t\"\\\u0001""#,
    ] {
        let value = parse(text.as_bytes()).expect(text);
        assert_eq!(value.to_string(), text);
    }
    assert_eq!(
        parse(br#""\ud83d\ude00\/\u00e9""#)
            .expect("pair")
            .to_string(),
        "\"😀/é\""
    );
}

#[test]
fn faults_are_told_with_their_place() {
    for (text, place, word) in [
        ("", (1, 1), "ends where a value"),
        ("{\"a\": 1,\n \"a\": 2}", (2, 2), "\"a\" stands twice"),
        ("[1,\n]", (2, 1), "']'"),
        ("[NaN]", (1, 2), "a value"),
        ("[1] x", (1, 5), "after the end"),
        ("{\"é\": \"\\ud800\"}", (1, 8), "surrogate"),
        ("\"\\ud800\\u0041\"", (1, 2), "surrogate"),
        ("\"a\nb\"", (1, 3), "control"),
        ("[1, // two\n 2]", (1, 5), "comment"),
        ("[01]", (1, 3), "comma"),
        ("[1.]", (1, 4), "digit"),
        ("{\"a\"", (1, 5), "colon"),
        ("\"ab", (1, 4), "inside a string"),
    ] {
        let error = parse(text.as_bytes()).expect_err(text);
        assert_eq!((error.line, error.column), place, "{text}: {error}");
        assert!(error.message.contains(word), "{text}: {error}");
    }
    assert!(parse(b"[\"\xff\"]").is_err());
}

#[test]
fn nesting_is_bounded() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse(nested(DEPTH).as_bytes()).is_ok());
    let error = parse(nested(100_000).as_bytes()).expect_err("too deep");
    assert!(error.message.contains("128"), "{error}");
}

#[test]
fn a_rescue_reads_up_to_the_damage_and_tells_it() {
    for (text, value, doubles, separators, stopped) in [
        (r#"{"a": 1, "b": [2, 3"#, r#"{"a":1,"b":[2,3]}"#, 0, 0, true),
        (r#"{"a": 1, "b": "cut"#, r#"{"a":1}"#, 0, 0, true),
        (r#"{"a"; 1; "b": 2}"#, r#"{"a":1,"b":2}"#, 0, 2, false),
        (r#"{"a": 1, "a": 2}"#, r#"{"a":1}"#, 1, 0, false),
        (
            r#"{"a": {"at": "1"}, "a": {"at": "2"}}"#,
            r#"{"a":{"at":"2"}}"#,
            1,
            0,
            false,
        ),
        (r#"{"a": 1} x"#, r#"{"a":1}"#, 0, 0, true),
    ] {
        let (read, rescue) = rescue(text);
        assert_eq!(read.expect(text).to_string(), value);
        let counts = (
            rescue.doubles.len(),
            rescue.separators.len(),
            rescue.stopped.is_some(),
        );
        assert_eq!(counts, (doubles, separators, stopped), "{text}");
    }
    let (deep, rescue) = rescue(&"[".repeat(100_000));
    assert!(deep.is_some() && rescue.stopped.is_some());
}
