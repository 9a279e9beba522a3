//! `man`: the manual page, of the program or of one command.
//!
//! What options cannot tell is added to every page: exit codes, environment and files; to that of
//! the program the keys as well, from the command table.

use std::io::Write;

use clap::CommandFactory;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::Args;
use super::error::{Exit, hinted};
use super::output::Output;
use crate::text::Word;
use crate::tui::command::{Group, TABLE};

/// How the program ends.
const EXIT_CODES: [(&str, &str); 3] = [
    ("0", "All is well."),
    (
        "1",
        "Faults were found; of the desk: a sidecar could not be saved.",
    ),
    ("2", "Wrong usage, or input that could not be read."),
];

/// What is read of the environment.
const ENVIRONMENT: [(&str, &str); 8] = [
    (
        "PROOFMARK_CONFIG",
        "The configuration file; --config stands above it.",
    ),
    ("NO_COLOR", "If set and not empty, the desk has no colours."),
    ("VISUAL, EDITOR", "The editor that Ctrl-e opens on a note."),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "A locale without UTF-8 gives signs and borders in ASCII.",
    ),
    (
        "COLORFGBG",
        "Whether the terminal is light or dark, where it does not say so itself.",
    ),
    (
        "SSH_CONNECTION, SSH_TTY",
        "The reader's browser is elsewhere: addresses are shown to be copied, not opened.",
    ),
    (
        "WAYLAND_DISPLAY, DISPLAY",
        "Whether a browser has a screen, and which command fills the clipboard.",
    ),
    (
        "XDG_CONFIG_HOME, XDG_STATE_HOME",
        "Where the configuration and the state folder are, on Linux.",
    ),
];

/// Files that are read and written.
const FILES: [(&str, &str); 6] = [
    (
        "ARTICLE.proofmark.json",
        "The sidecar: suggestions, decisions, verdicts, evidence, links.",
    ),
    (
        "PAGE.proofmark.txt",
        "The text of a web page, in which its marks count.",
    ),
    (
        ".ARTICLE.proofmark.journal",
        "Decisions since the last save, each synced before it is shown.",
    ),
    (".ARTICLE.proofmark.lock", "Who has the article open."),
    (
        "~/.config/proofmark/config.toml",
        "The configuration, on Linux.",
    ),
    (
        "~/.local/state/proofmark",
        "The state folder, on Linux: log, undo, and journals that cannot stand beside their \
         article.",
    ),
];

pub(super) fn run(command: Option<&str>) -> anyhow::Result<Exit> {
    let mut out = Output::stdout();
    out.write_all(&page(command)?)?;
    out.finish()?;
    Ok(Exit::Fine)
}

/// The page of the program or of one command.
///
/// # Errors
/// When there is no such command.
fn page(command: Option<&str>) -> anyhow::Result<Vec<u8>> {
    let mut program = Args::command();
    program.build();
    let title = match command {
        None => "proofmark".to_owned(),
        Some(name) => format!("proofmark-{name}"),
    };
    let page = match command {
        None => program,
        Some(name) => {
            let Some(found) = program.find_subcommand(name) else {
                let names: Vec<&str> = program.get_subcommands().map(|c| c.get_name()).collect();
                let hint = format!("there are {}", names.join(", "));
                return Err(hinted(format!("there is no command {name}"), hint));
            };
            found.clone()
        }
    };
    let examples = page.get_after_help().map(ToString::to_string);
    let mut text = Vec::new();
    let page = page.after_help(None::<&str>);
    clap_mangen::Man::new(page).title(title).render(&mut text)?;
    let mut more = Roff::new();
    if let Some(examples) = examples {
        as_typed(&mut more, "EXAMPLES", &examples);
    }
    if command.is_none() {
        keys(&mut more);
    }
    section(&mut more, "EXIT STATUS", &EXIT_CODES);
    section(&mut more, "ENVIRONMENT", &ENVIRONMENT);
    section(&mut more, "FILES", &FILES);
    more.to_writer(&mut text)?;
    Ok(text)
}

/// The keys of the desk, a heading a group.
fn keys(page: &mut Roff) {
    page.control("SH", ["KEYS"]);
    for group in Group::ALL {
        page.control("SS", [group.as_str()]);
        for entry in TABLE.iter().filter(|entry| entry.group == *group) {
            let keys = entry.keys.join(", ");
            let name = format!(":{}", entry.name);
            let told = match keys.as_str() {
                "" => name,
                keys => format!("{keys}  {name}"),
            };
            term(page, &told, entry.help);
        }
    }
}

/// Lines as they stand, without the heading they have in `--help`.
fn as_typed(page: &mut Roff, title: &str, lines: &str) {
    page.control("SH", [title]);
    page.control("nf", []);
    let lines = lines.strip_prefix("Examples:\n").unwrap_or(lines);
    for line in lines.lines() {
        page.text([roman(line.trim_start())]);
    }
    page.control("fi", []);
}

fn section(page: &mut Roff, title: &str, terms: &[(&str, &str)]) {
    page.control("SH", [title]);
    for (name, meaning) in terms {
        term(page, name, meaning);
    }
}

fn term(page: &mut Roff, name: &str, meaning: &str) {
    page.control("TP", []);
    page.text([bold(name)]);
    page.text([roman(meaning)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_hold_what_options_cannot_tell() {
        let program = String::from_utf8(page(None).expect("a page")).expect("UTF-8");
        for words in [
            ".SH KEYS",
            ".SH \"EXIT STATUS\"",
            "ENVIRONMENT",
            "NO_COLOR",
            ".SH FILES",
        ] {
            assert!(program.contains(words), "{words}\n{program}");
        }
        for entry in TABLE {
            let name = format!(":{}", entry.name).replace('-', "\\-");
            assert!(program.contains(&name), "{name}");
        }
        let export = String::from_utf8(page(Some("export")).expect("a page")).expect("UTF-8");
        assert!(export.contains(".SH \"EXIT STATUS\"") && export.contains(".SH EXAMPLES"));
        assert!(!export.contains(".SH KEYS"));
        assert!(page(Some("none")).is_err());
    }
}
