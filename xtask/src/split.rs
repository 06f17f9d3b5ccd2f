//! Cuts the compiled module into the main part and the lazy parts, and writes the script that loads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

use crate::bundle::bundle;
use crate::places::Places;

/// The name of the script before its content is known.
pub const MAIN_SCRIPT: &str = "./steward.js";
/// The name of the script that loads lazy parts, before its content is known. The runtime of the split functions
/// knows this one; the blanks are where cargo-leptos puts its hash.
pub const SPLIT_SCRIPT: &str = "./__wasm_split.______________________.js";

/// What the browser half consists of.
pub struct Parts {
    /// The script that starts the main module.
    pub main_script: String,
    /// The script that loads lazy parts.
    pub split_script: String,
    /// The module every page needs.
    pub main: Vec<u8>,
    /// The bundles of lazy modules, by file name without ending.
    pub lazy: BTreeMap<String, Vec<u8>>,
    /// Which bundle a split function needs.
    pub needs: BTreeMap<String, Vec<String>>,
}

/// Splits the module, then lets wasm-bindgen write the glue for its main part.
pub fn split(places: &Places, wasm: &Path) -> Result<Parts> {
    let stage = places.stage();
    if stage.exists() {
        fs::remove_dir_all(&stage)?;
    }
    fs::create_dir_all(&stage)?;
    let compiled = fs::read(wasm).with_context(|| format!("{} is unreadable", wasm.display()))?;
    let whole_main = stage.join("steward.wasm");
    let mut options = Options::new(&compiled);
    options.output_dir = &stage;
    options.main_out_path = &whole_main;
    options.link_name = SPLIT_SCRIPT;
    options.main_module = MAIN_SCRIPT;
    let cut = transform(options).map_err(|error| anyhow!("the module cannot be split: {error:?}"))?;

    let (main_script, main) = bind(&whole_main)?;
    let mut modules = BTreeMap::new();
    for file in &cut.split_modules {
        let name = file.file_stem().and_then(|name| name.to_str()).context("a lazy part has a plain name")?;
        modules.insert(name.to_owned(), without_custom_sections(&fs::read(file)?)?);
    }
    let generated = fs::read_to_string(stage.join(SPLIT_SCRIPT))?;
    let bundled = bundle(&generated, &modules, cut.prefetch_map.into_iter().collect())?;
    Ok(Parts { main_script, split_script: bundled.script, main, lazy: bundled.bundles, needs: bundled.needs })
}

fn bind(module: &Path) -> Result<(String, Vec<u8>)> {
    let mut output = Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(false)
        .demangle(false)
        // The lazy parts import from the main part by the names the linker gave.
        .keep_lld_exports(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The page names the module; a default would name a file without its hash.
        .omit_default_module_path(true)
        .generate_output()?;
    ensure!(
        output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty(),
        "a dependency brings JavaScript files of its own; xtask does not copy such files yet"
    );
    let main = without_custom_sections(&output.wasm_mut().emit_wasm())?;
    Ok((output.js().to_owned(), main))
}

/// Names, producers and relocations help debuggers and linkers; the browser would download them for nothing.
fn without_custom_sections(module: &[u8]) -> Result<Vec<u8>> {
    const HEADER: usize = 8;
    ensure!(module.starts_with(b"\0asm") && module.len() >= HEADER, "this is no WebAssembly module");
    let mut kept = module[..HEADER].to_vec();
    let mut at = HEADER;
    while at < module.len() {
        let (length, body) = read_length(module, at + 1)?;
        let end =
            body.checked_add(length).filter(|end| *end <= module.len()).context("a section is cut short")?;
        if module[at] != 0 {
            kept.extend_from_slice(&module[at..end]);
        }
        at = end;
    }
    Ok(kept)
}

/// A number in WebAssembly's 7-bit groups, and where the next byte is.
fn read_length(module: &[u8], mut at: usize) -> Result<(usize, usize)> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let byte = *module.get(at).context("a length is cut short")?;
        at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok((value, at));
        }
    }
    Err(anyhow!("a length is too long"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_are_dropped_and_others_kept() {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([0, 3, 1, b'n', 9]);
        module.extend([1, 2, 7, 7]);
        module.extend([0, 0x82, 0x00, 1, b'x']);
        let kept = without_custom_sections(&module).expect("a sound module");
        assert_eq!(kept, [&b"\0asm\x01\0\0\0"[..], &[1, 2, 7, 7]].concat());
    }

    #[test]
    fn a_module_that_is_cut_short_is_refused() {
        assert!(without_custom_sections(b"\0asm\x01\0\0\0\x01\x09\x00").is_err());
    }
}
