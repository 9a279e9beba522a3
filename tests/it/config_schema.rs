//! The schema of the configuration file knows what the program knows, and the other way round.

use proofmark::config::{Config, Form, SETTINGS, template};
use proofmark::tui::command::TABLE;
use serde_json::{Map, Value, json};

use super::cli::Place;

/// The schema, made from the lists of settings and commands.
fn right() -> Value {
    let word = json!({ "type": "string", "pattern": "\\S", "maxLength": 200 });
    let properties: Map<String, Value> = SETTINGS
        .iter()
        .map(|known| {
            let mut form = match known.form {
                Form::Word => word.clone(),
                Form::Words(most) => json!({
                    "type": "array",
                    "items": word,
                    "minItems": 1,
                    "maxItems": most,
                    "uniqueItems": true,
                }),
                Form::OneOf(words) => json!({ "enum": words }),
                Form::Switch => json!({ "type": "boolean" }),
                Form::Number => json!({ "type": "integer" }),
                Form::Fields(names) => {
                    let fields = names.iter().map(|name| ((*name).to_owned(), word.clone()));
                    json!({
                        "type": "object",
                        "additionalProperties": false,
                        "properties": fields.collect::<Map<_, _>>(),
                    })
                }
                Form::Ratings => json!({
                    "type": "object",
                    "additionalProperties": { "type": "integer" },
                }),
                Form::Sites => json!({
                    "type": "object",
                    "additionalProperties": {
                        "anyOf": [
                            { "const": "" },
                            { "type": "string", "pattern": "^https?://\\S*\\{claim\\}\\S*$" },
                        ],
                    },
                }),
                Form::Detectors => json!({
                    "type": "object",
                    "propertyNames": { "pattern": "^[\\w.-]{1,60}$", "not": { "pattern": "^[Pp][Rr][Oo][Oo][Ff][Mm][Aa][Rr][Kk]$" } },
                    "additionalProperties": {
                        "type": "object",
                        "additionalProperties": false,
                        "required": ["command"],
                        "properties": {
                            "command": { "type": "array", "items": { "type": "string" }, "minItems": 1, "maxItems": 200 },
                            "deadline": { "type": "integer", "minimum": 1, "maximum": 86400 },
                            "sends": word,
                        },
                    },
                }),
                Form::Keys => json!({
                    "type": "object",
                    "additionalProperties": false,
                    "properties": commands(&word),
                }),
            };
            form["description"] = json!(known.about);
            (known.name.to_owned(), form)
        })
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of proofmark",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn commands(key: &Value) -> Map<String, Value> {
    let command = TABLE.iter().map(|entry| {
        let form = json!({
            "description": entry.help,
            "anyOf": [key, { "type": "array", "items": key }],
        });
        (entry.name.to_owned(), form)
    });
    command.collect()
}

fn kept() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/config.schema.json");
    let kept = std::fs::read_to_string(path).expect("the schema");
    serde_json::from_str(&kept).expect("JSON")
}

/// Whether the schema finds nothing wrong in a configuration.
fn is_valid(text: &str) -> bool {
    let table: toml::Table = text.parse().expect("TOML");
    let value = serde_json::to_value(table).expect("JSON");
    let validator = jsonschema::validator_for(&kept()).expect("a schema");
    validator.is_valid(&value)
}

#[test]
fn the_schema_is_made_of_the_settings_the_program_knows() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/config.schema.json");
    let right = right();
    if kept() != right && std::env::var_os("UPDATE_README").is_some() {
        let text = serde_json::to_string_pretty(&right).expect("JSON");
        std::fs::write(path, text + "\n").expect("writing");
        return;
    }
    assert!(
        kept() == right,
        "UPDATE_README=1 cargo test schema writes it anew"
    );
}

#[test]
fn what_the_schema_refuses_the_program_refuses_and_the_other_way_round() {
    for (text, is_right) in [
        ("", true),
        (
            "reviewer = \"ana\"\nascii = true\ntheme = \"high-contrast\"\n",
            true,
        ),
        (
            "verdicts = [\"a\", \"b\"]\n[keys]\nconfirm = \"F2\"\nfinish = []\n",
            true,
        ),
        (
            "[search]\nx = \"\"\ny = \"https://a.example/{claim}\"\n",
            true,
        ),
        ("[keys]\nnext = [\"j\", \"g x\"]\n", true),
        (
            "name = \"Ana\"\n[publish]\nauthor = \"A desk\"\n[ratings]\n\"mostly true\" = 4\n",
            true,
        ),
        ("[publish]\nauthors = \"A desk\"\n", false),
        ("[publish]\nauthor = 3\n", false),
        ("[ratings]\ntrue = \"5\"\n", false),
        ("[ratings]\ntrue = 4.5\n", false),
        ("reviewer = \" \"\n", false),
        ("reviewer = 3\n", false),
        ("verdicts = []\n", false),
        ("verdicts = [\"a\", \"a\"]\n", false),
        ("theme = \"blue\"\n", false),
        ("ascii = \"yes\"\n", false),
        ("colour = 1\n", false),
        ("[search]\nx = \"https://a.example/\"\n", false),
        ("[keys]\nnext = 3\n", false),
    ] {
        assert_eq!(is_valid(text), is_right, "{text}");
        let (_, problems) = Config::parse(text.as_bytes());
        assert_eq!(problems.is_empty(), is_right, "{text}: {problems:?}");
    }
    // Which commands there are the desk knows, not the reader of the file.
    assert!(!is_valid("[keys]\nfly = \"f\"\n"));
}

#[test]
fn what_config_prints_is_valid_and_tells_every_setting() {
    let place = Place::new();
    place.write(
        "a.toml",
        "verdicts = [\"yes\"]\nname = \"Ana\"\n[publish]\nauthor = \"Desk\"\n[ratings]\nyes = 5\n[keys]\nconfirm = \"F2\"\n[search]\nDuckDuckGo = \"\"\n",
    );
    for arguments in [&["config"][..], &["config", "--config", "a.toml"]] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(is_valid(&ran.out), "{}", ran.out);
        let told: toml::Table = ran.out.parse().expect("TOML");
        for known in SETTINGS {
            let is_told = told.contains_key(known.name)
                || ran.out.contains(&format!("# {}: not set\n", known.name))
                || (known.form == Form::Keys && ran.out.contains("# keys: all as by default"));
            assert!(is_told, "{} is not told: {}", known.name, ran.out);
        }
    }
    assert!(is_valid(&template()));
    let ran = place.run(&["config", "--schema"]);
    let told: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(told == kept(), "{}", ran.err);
}
