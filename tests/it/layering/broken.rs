//! Lines that break the house rules, which each rule has to see, and lines that do not.

use super::{LONGEST, Source, layer_faults, outside_faults, purity_faults, shape_faults};

#[test]
fn the_rules_see_what_breaks_them() {
    let faults = |path: &str, text: &str| {
        let source = Source::new(path, &format!("//! A file.\n{text}"));
        [
            layer_faults(&source),
            purity_faults(&source),
            outside_faults(&source),
            shape_faults(&source),
        ]
        .concat()
    };
    for (path, text) in [
        ("text/a.rs", "use crate::detect::Findings;"),
        (
            "review/a.rs",
            "use crate::{text::Span, store::OpenArticle};",
        ),
        (
            "review/a.rs",
            "use crate::{annotations::{Id, Link},\n  exchange::csv};",
        ),
        ("review/session/a.rs", "use super::super::super::store::x;"),
        ("exchange/mod.rs", "use super::tui;"),
        ("tui/a.rs", "fn f() { crate::train::fit() }"),
        ("config.rs", "use crate::text::Span;"),
        ("detect/a.rs", "use std::fs;"),
        ("detect/a.rs", "use std::{fs, io};"),
        ("review/a.rs", "fn f() { std::time::Instant::now(); }"),
        ("annotations/a.rs", "fn f(x: Option<u8>) { x.unwrap(); }"),
        ("store/a.rs", "fn f() { println!(\"x\"); }"),
        ("store/a.rs", "use ratatui::crossterm::event;"),
        ("tui/a.rs", "use clap::Parser;"),
        ("tui/a.rs", "fn f() { todo!() }"),
        ("tui/utils.rs", ""),
        ("store/a.rs", "use crate::outside;"),
        ("outside/a.rs", "use crate::store::OpenArticle;"),
        ("cli/a.rs", "use std::process::{Command, Stdio};"),
        ("cli/a.rs", "use std::{fs, process::{Command as Program}};"),
        ("tui/a.rs", "fn f() { std::process::Command::new(\"x\"); }"),
        (
            "tui/a.rs",
            "use std::process; fn f() { process::Command::new(\"x\"); }",
        ),
        ("tui/a.rs", "use std::process::*;"),
        ("store/a.rs", "use std::net::TcpStream;"),
        ("store/a.rs", "use std::{io, net};"),
        ("store/a.rs", "use std::os::unix::net::UnixStream;"),
        ("text/a.rs", &"\n".repeat(LONGEST + 1)),
        (
            "text/a.rs",
            "#[cfg(test)]\nmod tests;\nfn f(x: Option<u8>) { x.unwrap(); }",
        ),
    ] {
        assert!(!faults(path, text).is_empty(), "not seen in {path}: {text}");
    }
    for (path, text) in [
        (
            "review/a.rs",
            "use crate::{annotations::{Id, Link}, text::Span};",
        ),
        ("review/session/a.rs", "use super::super::action::Action;"),
        ("store/a.rs", "use crate::ingest::read; use std::fs;"),
        (
            "detect/a.rs",
            "// use std::fs;\nconst S: &str = \"crate::store std::fs\";",
        ),
        (
            "detect/a.rs",
            "fn f<'a>(c: char) -> bool { c == '\"' || c == '\\'' } // std::env",
        ),
        (
            "text/a.rs",
            "#[cfg(test)]\nmod tests { fn f(x: Option<u8>) { x.unwrap(); } }",
        ),
        ("exchange/a.rs", "use std::io::{self, Write};"),
        (
            "outside/a.rs",
            "use std::net::TcpStream; use std::process::Command;",
        ),
        (
            "cli/a.rs",
            "use std::process::ExitCode; use crate::outside::ask;",
        ),
        ("store/a.rs", "fn f() -> u32 { std::process::id() }"),
        (
            "tui/a.rs",
            "use crate::tui::command::Command; use clip::process::Signal;",
        ),
    ] {
        assert_eq!(faults(path, text), Vec::<String>::new(), "{path}: {text}");
    }
    assert!(!shape_faults(&Source::new("text/a.rs", "use x;")).is_empty());
}
