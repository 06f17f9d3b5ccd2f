//! What a page costs to open, against what it may cost.

use anyhow::{Result, bail};

use crate::manifest::Manifest;
use crate::places::Places;

/// Everything that opening one page downloads beside its HTML, in bytes on the wire.
const FIRST_LOAD: u64 = 250_000;
/// What the lazy parts of one page may add.
const LAZY_PART: u64 = 150_000;
/// The page that must open without WebAssembly.
const SIGN_IN: &str = "/login";

/// One line per file.
pub fn print_files(manifest: &Manifest) {
    println!("{:<44} {:>10} {:>10} {:>10}", "file", "raw", "gzip", "brotli");
    for (path, weight) in &manifest.files {
        println!("{path:<44} {:>10} {:>10} {:>10}", weight.raw, weight.gzip, weight.brotli);
    }
}

/// One line per page; an error when a page is over its budget.
pub fn check(places: &Places) -> Result<()> {
    let manifest = Manifest::read(places)?;
    let style = manifest.brotli(&manifest.css);
    let shell = style
        + [&manifest.js, &manifest.split, &manifest.wasm]
            .map(|name| manifest.brotli(name))
            .iter()
            .sum::<u64>();
    println!(
        "{:<40} {:>12} {:>12}   (brotli bytes; at most {FIRST_LOAD} and {LAZY_PART})",
        "page", "first load", "lazy part"
    );
    let mut too_heavy = Vec::new();
    // Sign-in opens with the stylesheet alone. That its HTML asks for nothing else is a test of the server.
    println!("{SIGN_IN:<40} {style:>12} {:>12}", 0);
    println!("{:<40} {shell:>12} {:>12}", "(a page without a lazy part)", 0);
    for (function, parts) in &manifest.lazy {
        let page = page_name(function);
        let lazy: u64 = parts.iter().map(|part| manifest.brotli(&format!("{part}.wasm"))).sum();
        println!("{page:<40} {:>12} {lazy:>12}", shell + lazy);
        if shell + lazy > FIRST_LOAD {
            too_heavy.push(format!("{page} needs {} bytes to open", shell + lazy));
        }
        if lazy > LAZY_PART {
            too_heavy.push(format!("{page} has a lazy part of {lazy} bytes"));
        }
        if page.contains("login") || page.contains("sign_in") {
            too_heavy.push(format!("{page} is the sign-in page and needs WebAssembly"));
        }
    }
    if shell > FIRST_LOAD {
        too_heavy.push(format!("every page needs {shell} bytes to open"));
    }
    if !too_heavy.is_empty() {
        bail!("over budget: {}", too_heavy.join("; "));
    }
    Ok(())
}

/// `__site_list_view_1234` is what Leptos makes of `#[lazy_route] impl LazyRoute for SiteList`.
fn page_name(function: &str) -> &str {
    let name = function.trim_start_matches('_');
    let name = name.rsplit_once('_').map_or(name, |(name, _hash)| name);
    name.strip_suffix("_view").unwrap_or(name)
}
