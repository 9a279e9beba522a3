use std::fs;

use super::*;
use crate::annotations::Rank;
use crate::annotations::{Document, RecordKind, Time};
use crate::detect::{Kind, compiled_in};
use crate::exchange::Format;
use crate::ingest;
use crate::review::{Decide, Moment, Session};
use crate::store::{sidecar, sidecar_path};
use crate::text::{Article, Mark, Span};

/// A folder with an article in which one claim was added.
fn reviewed() -> (tempfile::TempDir, Article, Document) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("story.txt");
    let text = "The port of Oslo bought a crane. It is blue.\n";
    fs::write(&path, text).expect("written");
    let article = ingest::read("story.txt", text.as_bytes()).expect("an article");
    let document = Document::new(&article);
    let mut session = Session::new(
        article.clone(),
        document,
        Vec::new(),
        "ana".into(),
        "t".into(),
    );
    let mark = Mark::new([Span::new(0, 31)]).expect("a mark");
    let moment = Moment {
        day: None,
        now: Time::new("2026-03-04T05:06:07Z"),
        fresh: 7,
        seconds: None,
    };
    session.apply(
        Decide::Add(RecordKind::Claim, mark, vec![Kind::Event]),
        &moment,
    );
    let document = session.document().clone();
    fs::write(sidecar_path(&path), sidecar::render(&document, None)).expect("written");
    (folder, article, document)
}

fn asked(folder: &Path, format: Format, names: &[&str]) -> Export {
    let articles = names
        .iter()
        .map(|name| (folder.join(name), (*name).to_owned()));
    Export {
        articles: articles.collect(),
        format,
        file: format!("out.{}", format.ending()).into(),
        publisher: Default::default(),
    }
}

fn exported(asked: &Export) -> Result<Exported, String> {
    let detector = compiled_in("t");
    let folder = asked.articles[0].0.parent().expect("a folder");
    let state = folder.join("state");
    export(asked, Some(&state), &|| &*detector, &Rank::unset())
}

#[test]
fn the_file_holds_what_the_formats_write() {
    let (folder, article, document) = reviewed();
    for format in Format::written() {
        let asked = asked(folder.path(), format, &["story.txt"]);
        let row = format.row();
        let Some(Written::OneFile(begin)) = row.written else {
            let why = exported(&asked).expect_err("a folder of files");
            assert!(why.contains("proofmark export"), "{why}");
            continue;
        };
        if format == Format::Claimreview {
            let why = exported(&asked).expect_err("nobody publishes");
            assert!(why.contains("publish.author"), "{why}");
            continue;
        }
        // Formats with one ending would write over each other.
        let name = format!("{format}.{}", format.ending());
        let asked = Export {
            file: name.into(),
            ..asked
        };
        let told = exported(&asked).expect("written");
        assert_eq!((told.claims, told.articles, told.replaced), (1, 1, false));
        let mut bytes = Vec::new();
        let settings = format.settings();
        let mut out = exchange::Export::begin(&mut bytes, row, begin, &settings).expect("memory");
        let subject = Subject {
            name: "story.txt",
            article: &article,
            document: &document,
            selection: Selection::Verified,
        };
        out.add(&subject).expect("memory");
        out.finish().expect("memory");
        assert_eq!(fs::read(&told.place).expect("there"), bytes, "{format}");
        assert!(exported(&asked).expect("written").replaced);
    }
}

#[test]
fn an_article_that_cannot_be_read_is_told_and_the_others_are_written() {
    let (folder, ..) = reviewed();
    let both = asked(folder.path(), Format::Csv, &["gone.txt", "story.txt"]);
    let told = exported(&both).expect("written");
    assert_eq!((told.claims, told.articles), (1, 1));
    assert!(
        told.missing[0].starts_with("gone.txt is not in it: "),
        "{told:?}"
    );
    let place = told.place.clone();
    let before = fs::read(&place).expect("there");
    let none = asked(folder.path(), Format::Csv, &["gone.txt"]);
    assert!(
        exported(&none)
            .expect_err("refused")
            .starts_with("gone.txt is not in it: ")
    );
    assert_eq!(
        fs::read(&place).expect("there"),
        before,
        "the file is as it was"
    );
}

#[test]
fn a_file_of_somebody_else_stays() {
    let (folder, ..) = reviewed();
    let place = folder.path().join("out.csv");
    fs::write(&place, "mine").expect("written");
    let refused = exported(&asked(folder.path(), Format::Csv, &["story.txt"]));
    assert!(refused.expect_err("refused").contains("there already"));
    assert_eq!(fs::read_to_string(&place).expect("there"), "mine");
}

#[test]
fn the_folder_of_several_files_has_all_of_them() {
    let top = tempfile::tempdir().expect("a folder");
    let top = top.path().canonicalize().expect("there");
    for folder in ["desk/b", "desk/bc", "q"] {
        fs::create_dir_all(top.join(folder)).expect("made");
    }
    let folder = |files: &[&str]| {
        let articles = files.iter().map(|file| (top.join(file), String::new()));
        common_folder(&articles.collect::<Vec<_>>()).ok()
    };
    for (files, expected) in [
        (&["desk/a.txt"][..], "desk"),
        (&["desk/b/a.txt", "desk/c.txt"], "desk"),
        (&["desk/b/a.txt", "desk/bc/c.txt"], "desk"),
        (&["desk/b/a.txt", "q/a.txt"], ""),
        // As text the first of them begins with all that the second is.
        (&["desk/b/../../q/a.txt", "desk/b/a.txt"], ""),
        (&["desk/b/../c.txt", "desk/b/a.txt"], "desk"),
    ] {
        assert_eq!(folder(files), Some(top.join(expected)), "{files:?}");
    }
    // Named the same it stays as it was named.
    assert_eq!(
        folder(&["desk/../q/a", "desk/../q/b"]),
        Some(top.join("desk/../q"))
    );
    assert_eq!(folder(&[]), None);
}
