//! What can be set, in one list: the reader, the file made for a first edit, the schema for
//! editors and the desk's own `:set` all go by it.

use std::fmt::Write;

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A text.
    Word,
    /// Texts, one to so many.
    Words(usize),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// True or false.
    Switch,
    /// A whole number.
    Number,
    /// A table: a name, and an address with `{claim}` in it or nothing.
    Sites,
    /// A table: who publishes, in fields of these names.
    Fields(&'static [&'static str]),
    /// A table: a verdict, and a whole number.
    Ratings,
    /// A table of tables: a name, and in it the program of a detector.
    Detectors,
    /// A table: a command, and a key or keys.
    Keys,
}

impl Form {
    /// What is allowed, in words.
    pub fn allowed(self) -> String {
        match self {
            Form::Word => "a text in quotation marks".to_owned(),
            Form::Words(most) => format!("a list of 1 to {most} texts"),
            Form::OneOf(words) => format!("one of {}", words.join(", ")),
            Form::Switch => "true or false".to_owned(),
            Form::Number => "a whole number".to_owned(),
            Form::Fields(names) => format!("a table: [publish] with {}", names.join(", ")),
            Form::Ratings => "a table: [ratings]".to_owned(),
            Form::Sites => "a table: [search]".to_owned(),
            Form::Detectors => "a table: [detectors.NAME] with command".to_owned(),
            Form::Keys => "a table: [keys]".to_owned(),
        }
    }

    /// Whether it is a table.
    pub fn is_table(self) -> bool {
        matches!(
            self,
            Form::Sites | Form::Fields(_) | Form::Ratings | Form::Detectors | Form::Keys
        )
    }
}

/// A name that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name in the file.
    pub name: &'static str,
    /// What it holds.
    pub form: Form,
    /// What it does, in a sentence or two.
    pub about: &'static str,
    /// An example, as written in the file: the default where there is one.
    pub example: &'static str,
}

/// Every setting, in the order people are told.
pub const SETTINGS: [Known; 12] = [
    Known {
        name: "reviewer",
        form: Form::Word,
        about: "Who reviews, as it is written into sidecars. Otherwise git's user.email, or user@host.",
        example: "reviewer = \"ana@desk.example\"",
    },
    Known {
        name: "name",
        form: Form::Word,
        about: "What the reviewer is called in what others read: reports, sheets, web annotations. \
                Otherwise the part of an e-mail address before the @; never the address.",
        example: "name = \"Ana Novak\"",
    },
    Known {
        name: "verdicts",
        form: Form::Words(super::MOST_VERDICTS),
        about: "The verdicts of the house, the one on key 1 first; nine at most.",
        example: "verdicts = [\"true\", \"mostly true\", \"mixed\", \"misleading\", \"false\", \"unverifiable\"]",
    },
    Known {
        name: "theme",
        form: Form::OneOf(&super::Theme::WORDS),
        about: "Colours: auto (as the terminal is), dark, light, high-contrast, either (readable on \
                dark and on light), none.",
        example: "theme = \"auto\"",
    },
    Known {
        name: "ascii",
        form: Form::Switch,
        about: "Signs and frames in ASCII only.",
        example: "ascii = false",
    },
    Known {
        name: "fetch",
        form: Form::OneOf(&super::Fetch::WORDS),
        about: "Which addresses proofmark add and fetch-feed ask: never (none), public (those of the \
                public web), anywhere (those of the house's own network as well).",
        example: "fetch = \"never\"",
    },
    Known {
        name: "rank",
        form: Form::Words(super::MOST_DETECTORS + 1),
        about: "Detectors, the one whose suggestion counts first where several say something of a claim; \
                proofmark is the one compiled in.",
        example: "rank = [\"house\", \"proofmark\"]",
    },
    Known {
        name: "search",
        form: Form::Sites,
        about: "Where claims are searched for, those of the house before those shipped; an empty \
                address takes one away.",
        example: "\"Our archive\" = \"https://archive.example/?q={claim}\"",
    },
    Known {
        name: "publish",
        form: Form::Fields(&super::Publish::FIELDS),
        about: "Who publishes fact checks: the desk (author), its address (url), where a check stands \
                (page, with {number} or {id} for the claim's), the day (date).",
        example: "author = \"Example Desk\"",
    },
    Known {
        name: "ratings",
        form: Form::Ratings,
        about: "What each verdict is worth in figures, the best the highest.",
        example: "\"mostly true\" = 4",
    },
    Known {
        name: "detectors",
        form: Form::Detectors,
        about: "Programs that say what an article claims, beside the detector compiled in: the program and its \
                arguments (command), seconds for an article (deadline), the host it may send texts to (sends).",
        example: "house = { command = [\"python3\", \"/home/ana/rules.py\"] }",
    },
    Known {
        name: "keys",
        form: Form::Keys,
        about: "Keys instead of a command's own; an empty list takes them away.",
        example: "confirm = [\"a\", \"F2\"]",
    },
];

/// Columns of a comment.
const WIDTH: usize = 80;

/// A file to begin with: every setting told, none set.
pub fn template() -> String {
    let mut text = String::from(
        "#:schema ./config.schema.json\n\
         # Settings of proofmark. `proofmark config` shows those in force;\n\
         # `proofmark config --schema` writes the schema that editors complete by.\n",
    );
    for known in SETTINGS {
        text.push('\n');
        comment(known.about, &mut text);
        let table = if known.form.is_table() {
            format!("[{}]\n", known.name)
        } else {
            String::new()
        };
        writeln!(text, "{table}# {}", known.example).expect("writing to a string cannot fail");
    }
    text
}

/// Writes a comment in lines of [`WIDTH`] at most.
fn comment(words: &str, text: &mut String) {
    let mut line = String::from("#");
    for word in words.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}

/// The known word that a wrong one most likely stands for: at most two letters differ, and
/// fewer in short words.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let most = match word.chars().count() {
        0..=2 => return None,
        3..=4 => 1,
        _ => 2,
    };
    let distances = known
        .into_iter()
        .map(|known| (distance(word, known), known));
    let near = distances.filter(|(distance, _)| *distance <= most);
    near.min().map(|(_, known)| known)
}

/// More letters than this are not compared.
const MOST_LETTERS: usize = 200;

/// Letters to add, drop or change to make one word the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(MOST_LETTERS).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
