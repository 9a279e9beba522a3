//! No circles: the files and folders beside each other in a folder use each other in one
//! direction only, at every level.
//!
//! A name is followed to where it is made, through every door that passes it on. What a folder
//! uses of its own files, and they of it, makes no circle: the folder is one thing seen from
//! outside.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, sources};

/// Circles that are left: the folder and who is in it. A circle may get smaller or go, and the
/// list with it; none may come or grow.
const LEFT: &[(&str, &[&str])] = &[("annotations", &["document", "edit", "reanchor"])];

/// A module, as the names on the way to it.
type Path = Vec<String>;

/// Every module with the names it passes on, and what it uses.
#[derive(Default)]
struct Modules {
    known: BTreeSet<Path>,
    /// What a module passes on under which name, and the path that was written for it.
    passed_on: BTreeMap<(Path, String), Path>,
    uses: BTreeSet<(Path, Path)>,
}

impl Modules {
    fn of(sources: &[Source]) -> Modules {
        let mut modules = Modules::default();
        modules.known.extend(sources.iter().map(module));
        let written: Vec<(Path, Vec<Written>)> = sources
            .iter()
            .map(|source| (module(source), paths(source.product(), &module(source))))
            .collect();
        for (module, paths) in &written {
            for path in paths.iter().filter(|path| path.binds) {
                let name = path.name.clone();
                modules
                    .passed_on
                    .insert((module.clone(), name), path.whole.clone());
            }
        }
        for (module, paths) in written {
            for path in paths {
                let made = modules.place(&path.whole, 0);
                modules.uses.insert((module.clone(), made));
            }
        }
        modules
    }

    /// The module in which what a path names is made.
    fn place(&self, path: &[String], passes: usize) -> Path {
        let mut at = Path::new();
        for (k, name) in path.iter().enumerate() {
            let below: Path = at.iter().chain([name]).cloned().collect();
            if self.known.contains(&below) {
                at = below;
                continue;
            }
            let further = self.passed_on.get(&(at.clone(), name.clone()));
            if let Some(further) = further.filter(|further| passes < 9 && *further != path) {
                let whole: Path = further.iter().chain(&path[k + 1..]).cloned().collect();
                return self.place(&whole, passes + 1);
            }
            break;
        }
        at
    }

    /// Who uses whom among those that stand beside each other, by their folder.
    fn beside(&self) -> BTreeMap<Path, BTreeMap<String, BTreeSet<String>>> {
        let mut beside = BTreeMap::<Path, BTreeMap<String, BTreeSet<String>>>::new();
        for (from, to) in &self.uses {
            let same = from.iter().zip(to).take_while(|(a, b)| a == b).count();
            if let (Some(one), Some(other)) = (from.get(same), to.get(same)) {
                let folder = beside.entry(from[..same].to_vec()).or_default();
                folder.entry(one.clone()).or_default().insert(other.clone());
            }
        }
        beside
    }

    /// Every circle: the folder and all that reach each other there.
    fn circles(&self) -> Vec<(String, BTreeSet<String>)> {
        let mut circles = Vec::new();
        for (folder, uses) in self.beside() {
            let reached: BTreeMap<&String, BTreeSet<&String>> =
                uses.keys().map(|name| (name, reach(&uses, name))).collect();
            let mut seen = BTreeSet::new();
            for (name, there) in &reached {
                if !there.contains(name) || seen.contains(name) {
                    continue;
                }
                let back = |other: &&&String| reached.get(*other).is_some_and(|r| r.contains(name));
                let circle: BTreeSet<&String> = there.iter().filter(back).copied().collect();
                seen.extend(circle.iter().copied());
                circles.push((folder.join("/"), circle.into_iter().cloned().collect()));
            }
        }
        circles
    }
}

/// All that can be reached from a name.
fn reach<'u>(uses: &'u BTreeMap<String, BTreeSet<String>>, from: &String) -> BTreeSet<&'u String> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&String> = uses.get(from).into_iter().flatten().collect();
    while let Some(name) = next.pop() {
        if reached.insert(name) {
            next.extend(uses.get(name).into_iter().flatten());
        }
    }
    reached
}

/// The module a file is.
fn module(source: &Source) -> Path {
    let parts = source.path.iter().map(|part| part.to_string_lossy());
    let mut names: Path = parts
        .map(|part| part.trim_end_matches(".rs").to_owned())
        .collect();
    if matches!(
        names.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        names.pop();
    }
    names
}

/// A path as the code has it, from the root of the crate.
struct Written {
    whole: Path,
    /// The name it has here.
    name: String,
    /// Whether the module has it under that name from here on, its own files included.
    binds: bool,
}

/// Every path in the code of `module` that starts at a module, written alone or in braces.
fn paths(code: &str, module: &[String]) -> Vec<Written> {
    let mut found = Vec::new();
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut at = 0;
    while at < code.len() {
        let rest = &code[at..];
        let fresh = !code[..at].chars().next_back().is_some_and(part_of_name);
        let statement = code[..at].ends_with("use ");
        let starts = ["crate::", "super::", "self::"];
        if fresh && (statement || starts.iter().any(|start| rest.starts_with(start))) {
            tree(rest, &mut Path::new(), &mut |written, name| {
                let whole = absolute(written, module, statement);
                let name = name.to_owned();
                found.push(Written {
                    whole,
                    name,
                    binds: statement,
                });
            });
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    found
}

/// Walks a path and the groups in it; gives every end with the name it has.
fn tree(code: &str, before: &mut Path, each: &mut impl FnMut(&[String], &str)) {
    let code = code.trim_start();
    if let Some(group) = code.strip_prefix('{') {
        for path in super::top_level(group) {
            tree(path, before, each);
        }
        return;
    }
    let end = code.find(|c: char| !c.is_alphanumeric() && c != '_');
    let (name, rest) = code.split_at(end.unwrap_or(code.len()));
    if name.is_empty() {
        // A star: all that the module has.
        each(before, "*");
        return;
    }
    before.push(name.to_owned());
    match rest.strip_prefix("::") {
        Some(rest) => tree(rest, before, each),
        None => {
            let other = rest.trim_start().strip_prefix("as ");
            let other = other.map(|o| o.split([' ', ',', ';', '}', '\n']).next().unwrap_or(o));
            each(before, other.unwrap_or(name));
        }
    }
    before.pop();
}

/// A path from the root of the crate, as written in `module`.
fn absolute(written: &[String], module: &[String], statement: bool) -> Path {
    let mut at = module.to_vec();
    let mut rest = written;
    match written.first().map(String::as_str) {
        Some("crate") => {
            at.clear();
            rest = &written[1..];
        }
        Some("self") => rest = &written[1..],
        Some("super") => {}
        // Another crate, or a file of the module's own.
        _ if statement => {}
        _ => return Path::new(),
    }
    while rest.first().is_some_and(|name| name == "super") {
        at.pop();
        rest = &rest[1..];
    }
    at.extend(rest.iter().filter(|name| *name != "self").cloned());
    at
}

#[test]
fn files_and_folders_beside_each_other_make_no_circle() {
    let modules = Modules::of(&sources("src"));
    let circles = modules.circles();
    let beside = modules.beside();
    let mut faults = Vec::new();
    for (folder, circle) in &circles {
        let left = LEFT.iter().any(|(known, names)| {
            known == folder
                && names.len() == circle.len()
                && names.iter().all(|n| circle.contains(*n))
        });
        if !left {
            let path: Path = folder.split('/').map(str::to_owned).collect();
            let path = if folder.is_empty() { Path::new() } else { path };
            faults.push(format!("src/{folder}: a circle of {}", circle.len()));
            for name in circle {
                let uses = beside[&path][name].intersection(circle);
                let uses: Vec<&str> = uses.map(String::as_str).collect();
                faults.push(format!("    {name} uses {}", uses.join(", ")));
            }
        }
    }
    for (folder, names) in LEFT {
        let there = circles
            .iter()
            .any(|(f, circle)| f == folder && names.iter().all(|n| circle.contains(*n)));
        if !there {
            faults.push(format!(
                "src/{folder}: the circle of {} is open now; take it from the list",
                names.join(", ")
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The rooms of `detect`, each with those before it to lean on.
const ROOMS: [&str; 12] = [
    "budget",
    "numbers",
    "finding",
    "suggest",
    "language",
    "reading",
    "furniture",
    "attribution",
    "model",
    "claims",
    "sources",
    "detector",
];

/// The rooms of `tui`, likewise.
const DESK: [&str; 7] = [
    "layout", "widget", "command", "event", "app", "screen", "runtime",
];

/// Holds each room of a layer to those before it.
fn assert_in_order(layer: &str, rooms: &[&str], uses: &BTreeMap<String, BTreeSet<String>>) {
    let place = |name: &str| {
        let place = rooms.iter().position(|room| *room == name);
        place.unwrap_or_else(|| panic!("src/{layer}: {name} has no place among the rooms"))
    };
    for (room, others) in uses {
        for other in others {
            assert!(
                place(other) < place(room),
                "src/{layer}: {room} uses {other}"
            );
        }
    }
}

#[test]
fn the_rooms_of_the_desk_lean_on_those_before_them() {
    let beside = Modules::of(&sources("src")).beside();
    assert_in_order("tui", &DESK, &beside[&vec!["tui".to_owned()]]);
}

#[test]
fn the_rooms_of_detection_lean_on_those_before_them() {
    let beside = Modules::of(&sources("src")).beside();
    let rooms = &beside[&vec!["detect".to_owned()]];
    assert_in_order("detect", &ROOMS, rooms);
    for (room, uses) in rooms {
        assert!(room != "numbers", "numbers uses {uses:?}");
        assert!(room != "sources" || !uses.contains("claims"));
    }
}

#[test]
fn a_circle_is_seen_however_it_is_written() {
    let circles = |files: &[(&str, &str)]| {
        let sources: Vec<Source> = files
            .iter()
            .map(|(path, text)| Source::new(path, text))
            .collect();
        Modules::of(&sources).circles()
    };
    let door = (
        "review/mod.rs",
        "mod a;\nmod b;\npub use a::{A, one as uno};\n",
    );
    for (a, b) in [
        ("use super::b::B;", "use super::a::A;"),
        ("use super::b::B;", "use super::A;"),
        ("use super::b::B;", "use crate::review::{uno as x, Other};"),
        (
            "use crate::{text::Span, review::b};",
            "fn f() { super::a::one() }",
        ),
        (
            "fn f(b: &crate::review::b::B) {}",
            "pub(super) use super::a::{\n    one,\n};",
        ),
        ("use super::b::*;", "impl super::A {}"),
    ] {
        let found = circles(&[door, ("review/a.rs", a), ("review/b.rs", b)]);
        assert_eq!(found.len(), 1, "not seen: {a} and {b}");
        let names: Vec<&str> = found[0].1.iter().map(String::as_str).collect();
        assert_eq!((found[0].0.as_str(), names), ("review", vec!["a", "b"]));
    }
    // Longer ones, and those between folders.
    let found = circles(&[
        ("a/mod.rs", "pub use x::X;"),
        ("a/x.rs", "use crate::b::y::Y;"),
        ("b/mod.rs", "mod y;"),
        ("b/y.rs", "use crate::c;"),
        ("c.rs", "use crate::a::X;"),
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0.is_empty() && found[0].1.len() == 3, "{found:?}");
    for (a, b) in [
        ("use super::b::B;", "use std::fmt;"),
        (
            "use super::b::B;",
            "// use super::a::A;\nconst S: &str = \"super::a\";",
        ),
        (
            "use super::b::B;",
            "#[cfg(test)]\nmod tests { use super::super::a::A; }",
        ),
        ("use super::b::B;", "use super::Own;"),
    ] {
        let found = circles(&[door, ("review/a.rs", a), ("review/b.rs", b)]);
        assert_eq!(found, [], "{a} and {b}");
    }
    // A folder's own files may lean on it.
    let own = ("review/mod.rs", "mod a;\nuse a::A;\npub struct Own(A);");
    assert_eq!(circles(&[own, ("review/a.rs", "use super::Own;")]), []);
}
