//! `text`: the text layer of articles, in which all offsets count, or what is known of them.
//!
//! To a pipe go the text layers one after the other with nothing between them, as `cat` does:
//! what is cut out of one by offsets is what a mark stands on. What reading an article has to say
//! (an encoding, words left out of a page) goes to standard error.

use std::io::Write;

use super::args::TextArgs;
use super::articles::{self, Named};
use super::error::{Exit, complain, say};
use super::output::Output;
use super::pipeline;
use crate::config;
use crate::exchange::about;
use crate::ingest::{self, Unreadable};
use crate::store::{self, StoreError};
use crate::text::{About, Article};

pub(super) fn run(args: &TextArgs, follow: bool) -> anyhow::Result<Exit> {
    let (articles, incomplete) = articles::list(&args.paths, follow)?;
    let state = config::state_folder();
    let mut out = Output::stdout();
    let mut exit = if incomplete { Exit::Wrong } else { Exit::Fine };
    let mut is_first = true;
    let read = |named: Named| {
        let read: Result<Vec<(Article, About)>, StoreError> = if args.about {
            // Somebody may have written another title into the sidecar.
            store::read_for_commands(&named.path, state.as_deref())
                .map(|read| vec![(read.article, read.document.parts().article.known())])
        } else {
            match store::read_article(&named.path) {
                Err(StoreError::Article(Unreadable::Several { .. })) => each(&named),
                read => read.map(|article| vec![(article, About::default())]),
            }
        };
        let read = read.map_err(|error| articles::of_store(&error));
        (named, read)
    };
    let name = |named: &Named| named.name.clone();
    let weigh = |(_, read): &(Named, anyhow::Result<Vec<(Article, About)>>)| {
        let texts = read.iter().flatten();
        texts.map(|(article, _)| article.text().len()).sum()
    };
    pipeline::in_order_weighing(
        articles.into_iter(),
        name,
        read,
        weigh,
        |read| -> anyhow::Result<()> {
            let read = match read {
                Ok((named, read)) => read.map(|read| (named, read)),
                Err(broken) => Err(broken.into()),
            };
            match read {
                Ok((named, texts)) => {
                    for (article, known) in texts {
                        for notice in article.notices() {
                            say(&format!("{}: {notice}", named.name));
                        }
                        let is_apart = std::mem::take(&mut is_first);
                        match (args.about, args.json) {
                            (false, _) => out.write_all(article.text().as_bytes())?,
                            (true, true) => about::write_json(&mut out, &named.name, &known)?,
                            (true, false) => {
                                if !is_apart {
                                    writeln!(out)?;
                                }
                                about::write_lines(&mut out, &named.name, &known)?;
                            }
                        }
                        out.flush()?;
                    }
                }
                Err(error) => {
                    complain(&error);
                    exit = Exit::Wrong;
                }
            }
            Ok(())
        },
    )?;
    out.finish()?;
    Ok(exit)
}

/// The entries of a feed or a mailbox, those that are there whole.
fn each(named: &Named) -> Result<Vec<(Article, About)>, StoreError> {
    let bytes = store::read_input(&named.path, ingest::LIMIT as u64)?;
    let entries = ingest::entries(&named.name, &bytes);
    let entries = entries.ok().flatten().map(|entries| entries.list);
    let whole = entries.unwrap_or_default().into_iter();
    let files = whole.filter_map(|entry| entry.whole);
    let articles = files.map(|file| {
        let name = format!("{}.{}", named.name, file.ending);
        Ok((ingest::read(&name, &file.bytes)?, About::default()))
    });
    articles.collect()
}
