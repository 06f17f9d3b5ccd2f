//! Builds what the browser downloads: `cargo xtask build` makes the site folder, `cargo xtask sizes` checks its weight.

mod bundle;
mod compile;
mod compress;
mod css;
mod manifest;
mod places;
mod site;
mod sizes;
mod split;

use std::process::ExitCode;

use anyhow::{Result, bail};
use places::Places;

const USAGE: &str = "\
cargo xtask build             compile the browser half, split, hash and compress it into the site folder
cargo xtask build --release   the same, then `steward` in release with the site folder inside
cargo xtask sizes             what each page costs to open; fails when one is over budget";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let places = Places::find()?;
    match words.as_slice() {
        ["build"] => build(&places),
        ["build", "--release"] => {
            build(&places)?;
            compile::server(&places)
        }
        ["sizes"] => sizes::check(&places),
        _ => bail!("{USAGE}"),
    }
}

/// The steps from source to site folder. Only the first costs minutes.
fn build(places: &Places) -> Result<()> {
    let wasm = compile::frontend(places)?;
    let css = css::join(&places.style())?;
    let inputs = site::fingerprint(places, &wasm, &css)?;
    if site::is_built_from(places, &inputs) {
        println!("{} is up to date", places.site.display());
        return Ok(());
    }
    let parts = split::split(places, &wasm)?;
    let manifest = site::write(places, parts, css, inputs)?;
    sizes::print_files(&manifest);
    Ok(())
}
