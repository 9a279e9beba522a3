//! The program: hands the arguments to [`proofmark::cli::run`].

use std::process::ExitCode;

fn main() -> ExitCode {
    proofmark::cli::run(std::env::args_os())
}
