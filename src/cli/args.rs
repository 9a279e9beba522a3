//! What can be typed: commands, options, their help. Parsing reads nothing but the words.

mod adding;

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

pub(super) use adding::{AddArgs, Common, FetchArgs};

use super::examples;
use crate::annotations::QueueOrder;
use crate::config::Theme;
use crate::exchange::Format;
use crate::text::Word;

/// The terminal desk on which a fact-checker reviews an article.
///
/// Without a command the desk opens: one article for review, a folder or several articles
/// as a queue.
#[derive(Debug, Parser)]
#[command(name = "proofmark", version, color = clap::ColorChoice::Never)]
#[command(args_conflicts_with_subcommands = false)]
#[command(after_help = examples::PROGRAM)]
pub(super) struct Args {
    /// What to do instead of opening the desk.
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    /// Articles, their sidecars, or folders of articles.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Settings above those of the configuration.
    #[command(flatten)]
    pub(super) settings: Settings,
}

/// Options that stand above the configuration.
#[derive(Clone, Debug, ClapArgs)]
pub(super) struct Settings {
    /// Who reviews; otherwise the configuration, git's user.email, or user@host.
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) reviewer: Option<String>,

    /// Signs and borders in ASCII only; the default where the locale has no UTF-8.
    #[arg(long, global = true)]
    pub(super) ascii: bool,

    /// Colours of the desk.
    #[arg(long, global = true, value_enum, value_name = "THEME")]
    pub(super) theme: Option<Theme>,

    /// In folders, also take articles and folders outside to which links lead.
    #[arg(long, global = true)]
    pub(super) follow: bool,

    /// The configuration file to read instead of the usual one.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find claims, sources and attributions; JSON Lines, one object an article.
    #[command(after_help = examples::DETECT)]
    Detect(DetectArgs),
    /// Write what reviewers verified.
    #[command(after_help = examples::EXPORT)]
    Export(ExportArgs),
    /// Annotations of other tools into the sidecar of an article.
    ///
    /// They come in as the suggestions of a run, or as a reviewer's decisions (--as reviewer NAME);
    /// a decision that is there is never changed, and what is not surely found in the article is
    /// left out and listed. The desk can undo it.
    #[command(after_help = examples::IMPORT)]
    Import(ImportArgs),
    /// Articles from the web, from files or from a paste into a folder.
    ///
    /// A page, print, document, letter or transcript becomes a file of its own, named by its day and
    /// title; so does each entry of a feed, a mailbox or a list of links. What is there already, by
    /// its address or its text, is not added again. Nothing is fetched from the web unless the
    /// configuration (fetch) or --online says so.
    #[command(after_help = examples::ADD)]
    Add(AddArgs),
    /// Take up the new articles of feeds: of one, or of all that an OPML file names.
    #[command(after_help = examples::FETCH_FEED)]
    FetchFeed(FetchArgs),
    /// Write the text layer of articles, in which all offsets count, or what is known of them.
    #[command(after_help = examples::TEXT)]
    Text(TextArgs),
    /// Show the queue: state, progress and priority of articles.
    #[command(after_help = examples::QUEUE)]
    Queue(QueueArgs),
    /// Check sidecars against their format, their articles and their digests.
    #[command(after_help = examples::CHECK)]
    Check(CheckArgs),
    /// Move an article with everything that belongs to it; after a renaming by hand only that.
    #[command(after_help = examples::MOVE)]
    Move(MoveArgs),
    /// Practise on an article that teaches, step by step; nothing of it is kept.
    #[command(after_help = examples::TUTOR)]
    Tutor,
    /// Count how well found attributions match marked ones, or what reviewers decided.
    #[command(after_help = examples::SCORE)]
    Score(ScoreArgs),
    /// Learn the detector's model from annotated corpora.
    #[command(after_help = examples::TRAIN)]
    Train(TrainArgs),
    /// Show the settings in force and where each comes from, or edit them.
    #[command(after_help = examples::CONFIG)]
    Config(ConfigArgs),
    /// Write the JSON Schema of a kind of file.
    #[command(after_help = examples::SCHEMA)]
    Schema {
        /// Of which.
        of: SchemaOf,
    },
    /// Write a completion script for a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual page.
    #[command(after_help = examples::MAN)]
    Man {
        /// The command whose page to write, instead of the program's.
        command: Option<String>,
    },
}

/// Arguments of `detect`.
#[derive(Debug, ClapArgs)]
pub(super) struct DetectArgs {
    /// Articles or folders; - is one article on standard input.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Read JSON Lines of {"id", "text"} from standard input, or from the files given.
    #[arg(long)]
    pub(super) jsonl: bool,

    /// JSON Lines for programs, or a table for people.
    #[arg(long, short, value_enum, default_value = "jsonl")]
    pub(super) format: FindingsFormat,

    /// The detector: one of the configuration's [detectors], or proofmark, the one compiled in.
    #[arg(long, value_name = "NAME")]
    pub(super) with: Option<String>,

    /// Be a detector for another program: speak the detector protocol on standard input and output.
    #[arg(long, conflicts_with_all = ["paths", "jsonl", "format", "with"])]
    pub(super) protocol: bool,
}

/// Formats of `detect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FindingsFormat {
    /// JSON Lines: one object an article.
    Jsonl,
    /// A table of claims an article, the first worth checking first.
    Table,
}

/// Arguments of `export`.
#[derive(Debug, ClapArgs)]
pub(super) struct ExportArgs {
    /// The format.
    #[arg(long, short, value_parser = formats(Format::written()))]
    pub(super) format: Format,

    /// Articles, their sidecars, or folders.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// The file to write instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Every annotation with its status, not only those that a reviewer verified.
    #[arg(long)]
    pub(super) all: bool,

    /// Another shape of the format: of `claimreview` script, list or feed, of `sheet` csv or html, of
    /// `calls` html or markdown, of `doccano` relation or sequence, of `labelstudio` tasks or config;
    /// the first is the usual one.
    #[arg(long, value_name = "SHAPE")]
    pub(super) shape: Option<String>,

    /// Begin a table (csv, sheet) with a byte order mark, by which Excel knows UTF-8.
    #[arg(long)]
    pub(super) bom: bool,

    /// What stands between the cells of a table: a comma, or `;` for Excel where the comma is the
    /// decimal sign, or tab.
    #[arg(long, value_name = "SIGN", value_parser = [",", ";", "tab"])]
    pub(super) separator: Option<String>,

    /// Replace a file that no export of ours wrote, or that was changed since.
    #[arg(long)]
    pub(super) force: bool,

    /// Write what the format cannot hold to this file too: one JSON object an article.
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

/// The names of formats, as the table of formats has them.
fn formats(of: impl Iterator<Item = Format>) -> impl TypedValueParser<Value = Format> {
    let names = of.map(|format| PossibleValue::new(format.as_str()).help(format.row().about));
    PossibleValuesParser::new(names).map(|name| Format::parse(&name).expect("a name of the table"))
}

/// Arguments of `import`.
#[derive(Debug, ClapArgs)]
pub(super) struct ImportArgs {
    /// The format.
    #[arg(long, short, value_parser = formats(Format::read()))]
    pub(super) format: Format,

    /// As what: the suggestions of a run, or the decisions of a reviewer, whose name may follow;
    /// without it they are the configured reviewer's.
    #[arg(long = "as", value_name = "run|reviewer [NAME]", default_value = "run")]
    pub(super) by: As,

    /// The file to read, and the article that it is about.
    #[arg(required = true, num_args = 1.., value_name = "FILE ARTICLE")]
    pub(super) paths: Vec<std::ffi::OsString>,

    /// Write what does not come in to this file too, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    /// Let the report take the place of a file that no export of ours wrote.
    #[arg(long)]
    pub(super) force: bool,
}

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// The sidecar, in which all decisions are.
    Sidecar,
    /// The configuration file.
    Config,
    /// A line of what detect writes.
    Detect,
}

/// As what annotations are brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum As {
    /// Suggestions, beside those of the detector.
    Run,
    /// Decisions.
    Reviewer,
}

/// Arguments of `text`.
#[derive(Debug, ClapArgs)]
pub(super) struct TextArgs {
    /// Articles, their sidecars, or folders; the texts follow each other with nothing between.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// What is known of each article instead: title, author, outlet, date, address, language;
    /// `name: words` lines that begin with the article's name, a blank line between two.
    #[arg(long)]
    pub(super) about: bool,

    /// JSON Lines, one object an article.
    #[arg(long, requires = "about")]
    pub(super) json: bool,
}

/// Arguments of `queue`.
#[derive(Debug, ClapArgs)]
pub(super) struct QueueArgs {
    /// Articles, their sidecars, or folders.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// JSON Lines instead of a table.
    #[arg(long)]
    pub(super) json: bool,

    /// In what order.
    #[arg(long, value_parser = order, default_value = "priority", value_name = "ORDER")]
    pub(super) order: QueueOrder,

    /// By what this detector finds: one of the configuration's [detectors], or proofmark, the one
    /// compiled in.
    #[arg(long, value_name = "NAME")]
    pub(super) with: Option<String>,
}

/// Arguments of `check`.
#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    /// Articles, their sidecars, or folders.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Write a repaired copy beside each damaged sidecar and journal, and leave those as they
    /// are; give articles that were renamed their decisions, and merge copies of sidecars that
    /// sync clients left, where the text is the same.
    #[arg(long)]
    pub(super) repair: bool,
}

/// Arguments of `move`.
#[derive(Debug, ClapArgs)]
pub(super) struct MoveArgs {
    /// The article as it is or was called.
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,

    /// What it is to be called or is called already, or the folder to which it moves.
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
}

/// Arguments of `config`.
#[derive(Debug, ClapArgs)]
pub(super) struct ConfigArgs {
    /// Open the configuration file in $VISUAL or $EDITOR, made with every setting explained if
    /// it is not there, and say what is wrong in it afterwards.
    #[arg(long)]
    pub(super) edit: bool,

    /// Write the JSON Schema of the configuration file, by which editors complete and check it.
    #[arg(long, conflicts_with = "edit")]
    pub(super) schema: bool,
}

/// Arguments of `score`.
#[derive(Debug, ClapArgs)]
pub(super) struct ScoreArgs {
    /// What annotators marked: JSON Lines of {"id", "text", "attributions"}.
    #[arg(value_name = "GOLD", required_unless_present = "passes")]
    pub(super) gold: Option<PathBuf>,

    /// What was found: JSON Lines of {"id", "attributions"}, as `detect --jsonl` writes them;
    /// - is standard input.
    #[arg(value_name = "PRED", required_unless_present_any = ["passes", "with"], conflicts_with = "with")]
    pub(super) found: Option<PathBuf>,

    /// Instead of two files: score what the detector finds now against what reviewers decided
    /// in finished passes. Articles, their sidecars, or folders. One item is one claim with
    /// its source: confirmed, corrected and added ones are marked, rejected ones are not, and
    /// those nobody settled count for neither side.
    #[arg(long, num_args = 1.., value_name = "PATH", conflicts_with_all = ["gold", "found"])]
    pub(super) passes: Vec<PathBuf>,

    /// Score what this detector finds now, instead of a file: one of the configuration's [detectors], or
    /// proofmark, the one compiled in. Given several times they stand side by side.
    #[arg(long, value_name = "NAME")]
    pub(super) with: Vec<String>,

    /// JSON instead of a table.
    #[arg(long)]
    pub(super) json: bool,

    /// Also a line an article, before the totals.
    #[arg(long)]
    pub(super) per_article: bool,
}

/// Arguments of `train`.
#[derive(Debug, ClapArgs)]
pub(super) struct TrainArgs {
    /// The folder with the corpora.
    #[arg(value_name = "CORPUS-FOLDER", required_unless_present_any = ["syntax", "desk"])]
    pub(super) folder: Option<PathBuf>,

    /// Learn the syntax instead, on which models are built, from tagged articles.
    #[arg(long, value_name = "TAGGED.jsonl", conflicts_with = "folder")]
    pub(super) syntax: Option<PathBuf>,

    /// Learn the judgement of cards instead, from articles on which they are marked.
    #[arg(long, value_name = "CARDS.jsonl", num_args = 1.., conflicts_with_all = ["folder", "syntax"])]
    pub(super) desk: Vec<PathBuf>,

    /// Write no model, but what is found in each article by one who learned from the others.
    #[arg(long, requires = "desk")]
    pub(super) unseen: bool,

    /// The file to write instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// The day to write into the model's header; the same day gives the same bytes
    /// [default: today].
    #[arg(long, value_parser = date, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<jiff::civil::Date>,
}

fn date(word: &str) -> Result<jiff::civil::Date, String> {
    let told = |_| "a day is written YYYY-MM-DD".to_owned();
    word.parse().map_err(told)
}

fn order(word: &str) -> Result<QueueOrder, String> {
    QueueOrder::parse(word).ok_or_else(|| {
        let known: Vec<&str> = QueueOrder::ALL.iter().map(|order| order.as_str()).collect();
        format!("one of {}", known.join(", "))
    })
}

impl ValueEnum for Theme {
    fn value_variants<'a>() -> &'a [Theme] {
        &Theme::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples_and_each_can_be_typed() {
        let mut program = Args::command();
        program.build();
        let commands = program.get_subcommands().filter(|c| c.get_name() != "help");
        for command in commands.chain([&program]) {
            let told = command.get_after_help().map(ToString::to_string);
            let told = told.unwrap_or_else(|| panic!("{} has no examples", command.get_name()));
            let examples = told
                .lines()
                .filter_map(|line| line.strip_prefix("  proofmark"));
            let mut count = 0;
            for example in examples {
                let example = example
                    .split(['|', '<', '>', '&', '#'])
                    .next()
                    .unwrap_or_default();
                // What an example does stands some blanks behind it.
                let example = example.split("   ").next().unwrap_or_default();
                let words = std::iter::once("proofmark").chain(example.split_whitespace());
                if let Err(wrong) = Args::try_parse_from(words) {
                    let answers = matches!(
                        wrong.kind(),
                        clap::error::ErrorKind::DisplayHelp
                            | clap::error::ErrorKind::DisplayVersion
                    );
                    assert!(answers, "{example}: {wrong}");
                }
                count += 1;
            }
            assert!(count > 0, "{told}");
        }
    }

    #[test]
    fn options_stand_before_or_after_the_command() {
        for words in [
            ["proofmark", "--reviewer", "ana", "queue", "x"],
            ["proofmark", "queue", "x", "--reviewer", "ana"],
        ] {
            let args = Args::try_parse_from(words).expect("both are right");
            assert_eq!(args.settings.reviewer.as_deref(), Some("ana"));
            assert!(matches!(args.command, Some(Command::Queue(_))));
        }
    }

    #[test]
    fn paths_open_the_desk() {
        let args = Args::try_parse_from(["proofmark", "./detect", "b.txt"]).expect("two paths");
        assert!(args.command.is_none());
        assert_eq!(args.paths.len(), 2);
    }
}
