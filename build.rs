//! Makes the table of single words from their lists, so that no start has to read them.

#![allow(clippy::print_stdout)] // How a build script speaks.

use std::path::Path;
use std::{env, fs, io};

// The program's own modules: the lists are read and written by the same code that is tested with it.
#[allow(dead_code, unused_imports, unused_macros, unreachable_pub)]
#[path = "src/detect"]
mod detect {
    pub mod numbers {
        pub mod hashing;
    }
    pub mod language {
        pub mod entries;
        pub mod entry;
        pub mod tags;
    }
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/detect/language");
    println!("cargo::rerun-if-changed=src/detect/numbers/hashing.rs");
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    let entries = detect::language::entries::entries();
    let table = detect::language::entries::table(&entries);
    fs::write(Path::new(&folder).join("lexicon.bin"), table)
}
