//! Exports asked for at the desk: of which articles, in which format, to which file; and what
//! became of them. The articles are read and the file is written elsewhere.

use std::path::{Path, PathBuf};

use super::mode::Choice;
use super::{App, Screen, name_of};
use crate::exchange::Format;
use crate::text::Word;
use crate::tui::event::{Export, Exported, Request};

impl App {
    /// Opens the list of formats.
    pub(super) fn open_exports(&mut self) -> Vec<Request> {
        self.open_words(Choice::Export, &offered(), None);
        Vec::new()
    }

    /// Exports in the format that is named first, to the file named behind it.
    pub(super) fn export_by_name(&mut self, words: &str) -> Vec<Request> {
        let (name, file) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let lower = name.to_lowercase();
        let format = Format::written().find(|format| format.as_str() == lower);
        let ending = |format: &Format| format.ending() == lower;
        match format.or_else(|| Format::written().find(ending)) {
            Some(format) => self.export(format, file.trim()),
            None => {
                let known: Vec<&str> = Format::written().map(Format::as_str).collect();
                let known = known.join(", ");
                self.refuse(format!("cannot export as “{name}”: one of {known}"));
                Vec::new()
            }
        }
    }

    /// Exports the open article; in the queue those marked, else all shown. Without a file's name
    /// it is called after the article and stands beside it.
    pub(super) fn export(&mut self, format: Format, file: &str) -> Vec<Request> {
        if self.options.tutor {
            self.refuse("what is exported here would go with the practice article at the end");
            return Vec::new();
        }
        let articles = self.to_be_exported();
        let Some((first, _)) = articles.first() else {
            self.refuse("there is no article to export");
            return Vec::new();
        };
        let file = match (file, self.screen) {
            ("", Screen::Review) => called_after(first, format),
            ("", Screen::Queue) => called_after(Path::new("claims"), format),
            (file, _) => PathBuf::from(file),
        };
        let told = file.display();
        self.say(match articles.len() {
            1 => format!("exporting to {told}"),
            many => format!("exporting {many} articles to {told}"),
        });
        vec![Request::Export(Box::new(Export {
            articles,
            format,
            file,
            publisher: self.options.publisher.clone(),
        }))]
    }

    fn to_be_exported(&self) -> Vec<(PathBuf, String)> {
        if self.screen == Screen::Review {
            let open = self.review.iter();
            return open
                .map(|review| (review.path.clone(), name_of(&review.path)))
                .collect();
        }
        let marks = self.queue.count_marked() > 0;
        let items = self
            .queue
            .shown()
            .filter(|item| item.unread().is_none() && !marks);
        let items = items.chain(self.queue.marked());
        items
            .map(|item| (item.path().to_owned(), item.name().to_owned()))
            .collect()
    }

    /// Tells where an export went and what it lacks, or why there is none.
    pub(super) fn exported(&mut self, went: Result<Exported, String>) {
        match went {
            Ok(exported) => self.say(told(&exported)),
            Err(why) => self.refuse(why),
        }
    }
}

/// Where an export went, and what was lost on the way.
fn told(exported: &Exported) -> String {
    let claims = counted(exported.claims, "claim");
    let of = match exported.articles {
        1 => claims,
        many => format!("{claims} of {many} articles"),
    };
    let place = exported.place.display();
    let mut parts = vec![match exported.replaced {
        true => format!("{of} in {place}, in the place of the earlier export"),
        false => format!("{of} in {place}"),
    }];
    let withheld = exported.withheld;
    for (number, what) in [
        (withheld.claims, "left out"),
        (withheld.sources, "without the source"),
        (withheld.verdicts, "without a verdict"),
    ] {
        if number > 0 {
            parts.push(format!(
                "{} {what}: reviewers differ",
                counted(number, "claim")
            ));
        }
    }
    match exported.missing.as_slice() {
        [] => {}
        [one] => parts.push(one.clone()),
        [first, more @ ..] => parts.push(format!("{first} (and {} more)", more.len())),
    }
    parts.join(" · ")
}

fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        many => format!("{many} {noun}s"),
    }
}

/// The name of an export that is called after a file: the file's own to the byte, so that no two
/// share one.
fn called_after(file: &Path, format: Format) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".proofmark.");
    name.push(format.own_ending());
    name.into()
}

/// The formats that the list offers: those of one file.
pub(super) fn offered() -> Vec<Format> {
    Format::written()
        .filter(|format| format.is_one_file())
        .collect()
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn no_two_files_share_the_name_of_an_export() {
        let called = |name: &[u8]| {
            let file = Path::new("desk").join(OsStr::from_bytes(name));
            called_after(&file, Format::Csv)
        };
        assert_eq!(called(b"story.txt"), Path::new("story.txt.proofmark.csv"));
        assert_ne!(called(b"a\xff.txt"), called(b"a\xfe.txt"));
    }
}
