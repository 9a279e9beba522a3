//! `schema`: the JSON Schemas of the files that others read or write.

use std::io::Write;

use super::args::SchemaOf;
use super::error::Exit;
use super::output::Output;

/// The schema of the configuration file, for editors.
const CONFIG: &str = include_str!("../../docs/config.schema.json");
const DETECT: &str = include_str!("../../docs/detect.schema.json");
const SIDECAR: &str = include_str!("../../docs/sidecar-v1.schema.json");

pub(super) fn run(of: SchemaOf) -> anyhow::Result<Exit> {
    let schema = match of {
        SchemaOf::Sidecar => SIDECAR,
        SchemaOf::Config => CONFIG,
        SchemaOf::Detect => DETECT,
    };
    let mut out = Output::stdout();
    out.write_all(schema.as_bytes())?;
    out.finish()?;
    Ok(Exit::Fine)
}
