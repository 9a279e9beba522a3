//! `config`: the settings in force and where each comes from; and how they come together.
//!
//! Lowest to highest: defaults, the configuration file, the environment, the command line.
//! What is printed is itself a configuration file. All that is wrong with the file is told at
//! once; what is right in it counts all the same.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::args::{ConfigArgs, Settings};
use super::error::{Exit, hinted, say};
use super::output::Output;
use super::{log, reviewer};
use crate::config::{self, Config, Origin, Problem, Publish, Site, Theme, key, list, quoted};
use crate::exchange::Publisher;
use crate::outside;
use crate::tui::command::{BadBinding, Keymap};

/// The settings as they come together.
pub(super) struct Settled {
    /// What is in force.
    pub(super) config: Config,
    /// The bindings in force.
    pub(super) keymap: Keymap,
    /// All that is wrong with the file, a line each, each with its place.
    pub(super) problems: Vec<String>,
    /// Whether something of it must not be left out.
    is_grave: bool,
}

impl Settled {
    /// Goes on with what is right; what is wrong is told.
    ///
    /// # Errors
    /// Where going on could put something wrong into sidecars. All that is wrong is told then.
    pub(super) fn or_nothing(self) -> anyhow::Result<Settled> {
        if !self.is_grave {
            return Ok(self);
        }
        self.problems.iter().for_each(|problem| say(problem));
        let file = self.config.file.unwrap_or_default();
        let message = format!("the configuration {} cannot be used", file.display());
        let hint = "`proofmark config --edit` opens it; or move it away to go on with the defaults";
        Err(hinted(message, hint))
    }
}

/// Puts the settings together.
pub(super) fn load(settings: &Settings) -> anyhow::Result<Settled> {
    let (path, asked_for) = place(settings);
    let (config, mut problems) = match &path {
        None => (Config::default(), Vec::new()),
        Some(path) => Config::load(path, asked_for)?,
    };
    let (keymap, bad) = keymap(&config);
    problems.extend(bad);
    problems.sort_by_key(|problem| problem.line);
    let file = path.unwrap_or_default();
    Ok(Settled {
        is_grave: problems.iter().any(|problem| problem.is_grave),
        problems: problems
            .iter()
            .map(|problem| told_at(&file, problem))
            .collect(),
        config: overruled(config, settings)?,
        keymap,
    })
}

/// A problem with its place, as editors and terminals understand it.
fn told_at(file: &Path, problem: &Problem) -> String {
    match problem.line {
        Some(line) => format!("{}:{line}: {}", file.display(), problem.message),
        None => format!("{}: {}", file.display(), problem.message),
    }
}

/// What the environment and the command line say stands above the file.
fn overruled(mut config: Config, settings: &Settings) -> anyhow::Result<Config> {
    // The variable forbids colour whatever its value, if it has one: https://no-color.org
    if std::env::var_os(config::COLOUR_VARIABLE).is_some_and(|value| !value.is_empty()) {
        let origin = Origin::Environment(config::COLOUR_VARIABLE);
        config.theme.overrule(Some(Theme::None), origin);
    }
    if let Some(name) = &settings.reviewer {
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            let hint = "give a name or an address, such as --reviewer ana@example.org";
            return Err(hinted(
                "--reviewer is empty or holds control characters",
                hint,
            ));
        }
        let name = Some(name.trim().to_owned());
        let origin = Origin::CommandLine("--reviewer");
        config.reviewer.overrule(Some(name), origin);
    }
    config
        .theme
        .overrule(settings.theme, Origin::CommandLine("--theme"));
    if config.ascii.origin == Origin::Default
        && let Some(name) = locale_without_utf8(|name| std::env::var(name).ok())
    {
        config.ascii.overrule(Some(true), Origin::Environment(name));
    }
    let ascii = settings.ascii.then_some(true);
    config.ascii.overrule(ascii, Origin::CommandLine("--ascii"));
    Ok(config)
}

/// The variable that decides on the locale, if it decides for one without UTF-8. Where none is
/// set the terminal is most likely newer than whoever left it out.
fn locale_without_utf8(variable: impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    let (name, locale) = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| Some((name, variable(name).filter(|locale| !locale.is_empty())?)))?;
    let locale = locale.to_ascii_lowercase();
    (!locale.contains("utf-8") && !locale.contains("utf8")).then_some(name)
}

/// The bindings in force, and what is wrong with those of the file.
fn keymap(config: &Config) -> (Keymap, Vec<Problem>) {
    let house = config
        .keys
        .iter()
        .map(|b| (b.action.as_str(), b.keys.as_slice()));
    let (keymap, bad) = Keymap::with_house(house);
    let line_of = |names: &[&str]| {
        let named = config
            .keys
            .iter()
            .filter(|b| names.contains(&b.action.as_str()));
        named.map(|binding| binding.line).max()
    };
    let problems = bad.iter().map(|binding| Problem {
        line: match binding {
            BadBinding::NoCommand(name)
            | BadBinding::NoKey { name, .. }
            | BadBinding::Reserved { name, .. } => line_of(&[name]),
            BadBinding::Twice { first, second, .. } => line_of(&[first, second]),
        },
        message: binding.to_string(),
        is_grave: false,
    });
    let problems = problems.collect();
    (keymap, problems)
}

/// The file to read, and whether somebody asked for that very one.
fn place(settings: &Settings) -> (Option<PathBuf>, bool) {
    if let Some(path) = &settings.config {
        return (Some(path.clone()), true);
    }
    match std::env::var_os(config::PATH_VARIABLE).filter(|path| !path.is_empty()) {
        Some(path) => (Some(PathBuf::from(path)), true),
        None => (config::default_path(), false),
    }
}

/// The configuration file, there or not; `None` if no place for one is known.
pub(super) fn file(settings: &Settings) -> Option<PathBuf> {
    place(settings).0
}

pub(super) fn run(args: &ConfigArgs, settings: &Settings) -> anyhow::Result<Exit> {
    if args.schema {
        return super::schema::run(super::args::SchemaOf::Config);
    }
    if args.edit {
        return edit(settings);
    }
    let settled = load(settings)?;
    show(&settled, settings)?;
    Ok(tell(&settled))
}

/// Tells all that is wrong with the file.
fn tell(settled: &Settled) -> Exit {
    settled.problems.iter().for_each(|problem| say(problem));
    match settled.problems.is_empty() {
        true => Exit::Fine,
        false => Exit::Wrong,
    }
}

/// Opens the file in the reviewer's editor, made if it is not there, and says what is wrong in
/// it afterwards.
fn edit(settings: &Settings) -> anyhow::Result<Exit> {
    let Some(path) = file(settings) else {
        let hint = "name one with --config FILE";
        return Err(hinted("no place for a configuration file is known", hint));
    };
    begin(&path)?;
    outside::edit_file(&outside::editor_command(), &path)?;
    if !path.exists() {
        say(&format!("{} is gone; the defaults hold", path.display()));
        return Ok(Exit::Fine);
    }
    let settled = load(settings)?;
    let exit = tell(&settled);
    if exit == Exit::Fine {
        say(&format!("{}: nothing is wrong in it", path.display()));
    }
    Ok(exit)
}

/// Makes a file in which every setting is explained and none set, unless there is one.
fn begin(path: &Path) -> anyhow::Result<()> {
    let made = path
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::File::create_new(path))
        .and_then(|mut file| file.write_all(config::template().as_bytes()));
    match made {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(hinted(
            format!("cannot make {}: {error}", path.display()),
            "name another file with --config FILE",
        )),
        _ => Ok(()),
    }
}

/// Who publishes, as exports take it.
pub(super) fn publisher(config: &Config, reviewer: &str) -> Publisher {
    let publish = &config.publish;
    let name = publish.name.clone();
    Publisher {
        author: publish.author.clone().unwrap_or_default(),
        url: publish.url.clone(),
        page: publish.page.clone().unwrap_or_default(),
        date: publish.date.clone(),
        ratings: publish.ratings.clone(),
        reviewer: name.map(|name| (reviewer.to_owned(), name)),
    }
}

/// Prints what is in force, as a configuration file.
fn show(settled: &Settled, settings: &Settings) -> anyhow::Result<()> {
    let Settled { config, keymap, .. } = settled;
    let reviewer = reviewer::name(config);
    let mut lines = vec![
        (
            "reviewer".to_owned(),
            quoted(&reviewer.value),
            told(&reviewer.origin),
        ),
        (
            "verdicts".to_owned(),
            list(&config.verdicts.value),
            told(&config.verdicts.origin),
        ),
        (
            "theme".to_owned(),
            quoted(config.theme.value.as_str()),
            told(&config.theme.origin),
        ),
        (
            "ascii".to_owned(),
            config.ascii.value.to_string(),
            told(&config.ascii.origin),
        ),
        (
            "fetch".to_owned(),
            quoted(config.fetch.value.as_str()),
            told(&config.fetch.origin),
        ),
    ];
    if config.rank.origin != Origin::Default {
        lines.push((
            "rank".to_owned(),
            list(&config.rank.value),
            told(&config.rank.origin),
        ));
    }
    let publish = &config.publish;
    if let Some(name) = &publish.name {
        lines.push(("name".to_owned(), quoted(name), "the file".to_owned()));
    }
    let settings_count = lines.len();
    for site in &config.sites {
        let address = quoted(&site.template);
        lines.push((key(&site.name), address, told(&site.origin)));
    }
    for site in Site::shipped() {
        if config.sites.iter().all(|known| known.name != site.name) {
            lines.push((key(&site.name), quoted(""), "taken away".to_owned()));
        }
    }
    let sites_count = lines.len();
    for field in Publish::FIELDS {
        if let Some(words) = publish.field(field) {
            lines.push((field.to_owned(), quoted(words), "the file".to_owned()));
        }
    }
    let publish_count = lines.len();
    for (verdict, rating) in &publish.ratings {
        let origin = "the file".to_owned();
        lines.push((key(verdict), rating.to_string(), origin));
    }
    let ratings_count = lines.len();
    for detector in &config.detectors {
        let mut fields = vec![format!("command = {}", list(&detector.command))];
        if detector.deadline != config::Detector::DEADLINE {
            fields.push(format!("deadline = {}", detector.deadline));
        }
        if let Some(host) = &detector.sends {
            fields.push(format!("sends = {}", quoted(host)));
        }
        let origin = told(&Origin::File(detector.line));
        lines.push((
            key(&detector.name),
            format!("{{ {} }}", fields.join(", ")),
            origin,
        ));
    }
    let detectors_count = lines.len();
    for binding in &config.keys {
        let keys = list(&binding.keys);
        let origin = told(&Origin::File(binding.line));
        lines.push((key(&binding.action), keys, origin));
    }

    let mut out = Output::stdout();
    match (&config.file, place(settings).0) {
        (Some(file), _) => writeln!(out, "# read from {}", file.display())?,
        (None, Some(path)) => writeln!(out, "# not there: {}", path.display())?,
        (None, None) => writeln!(out, "# no place for a configuration file is known")?,
    }
    if let Some(path) = log::path() {
        writeln!(out, "# log in {}", path.display())?;
    }
    for (at, (name, value, origin)) in lines.iter().enumerate() {
        if at == settings_count {
            writeln!(out, "\n[search]")?;
        }
        let headings = [
            (sites_count, publish_count, "publish"),
            (publish_count, ratings_count, "ratings"),
            (ratings_count, detectors_count, "detectors"),
            (detectors_count, lines.len(), "keys"),
        ];
        for (from, to, table) in headings {
            if at == from && from < to {
                writeln!(out, "\n[{table}]")?;
            }
        }
        writeln!(out, "{name} = {value}  # {origin}")?;
    }
    if lines.len() == detectors_count {
        writeln!(out, "# keys: all as by default")?;
    }
    let unset = [
        ("name", publish.name.is_none()),
        ("publish", sites_count == publish_count),
        ("ratings", publish_count == ratings_count),
        ("detectors", ratings_count == detectors_count),
        ("rank", config.rank.origin == Origin::Default),
    ];
    for (name, _) in unset.iter().filter(|(_, is_unset)| *is_unset) {
        writeln!(out, "# {name}: not set")?;
    }
    for displaced in keymap.displaced() {
        writeln!(out, "# {displaced}")?;
    }
    out.finish()?;
    Ok(())
}

fn told(origin: &Origin) -> String {
    match origin {
        Origin::Default => "default".to_owned(),
        Origin::File(line) => format!("line {line}"),
        Origin::Environment(name) => format!("environment: {name}"),
        Origin::CommandLine(option) => format!("command line: {option}"),
        Origin::Git => "git: user.email".to_owned(),
        Origin::Account => "account and machine".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_without_utf8_is_known_by_the_variable_that_counts() {
        for (variables, decides) in [
            (&[][..], None),
            (&[("LANG", "C.UTF-8")], None),
            (&[("LANG", "C")], Some("LANG")),
            (&[("LANG", "de_DE.ISO-8859-1")], Some("LANG")),
            (&[("LC_ALL", ""), ("LANG", "en_GB.utf8")], None),
            (&[("LC_CTYPE", "UTF-8"), ("LANG", "C")], None),
            (
                &[("LC_ALL", "POSIX"), ("LANG", "en_GB.UTF-8")],
                Some("LC_ALL"),
            ),
        ] {
            let value = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name)?;
                Some(found.1.to_owned())
            };
            assert_eq!(locale_without_utf8(value), decides, "{variables:?}");
        }
    }
}
