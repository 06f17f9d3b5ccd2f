//! Writes the site folder: names that carry a hash of the content, compressed twins, and the manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::compress::{self, Packed};
use crate::manifest::{self, Manifest, Weight};
use crate::places::Places;
use crate::split::{MAIN_SCRIPT, Parts, SPLIT_SCRIPT};

/// One hash over everything the site folder is made from, this program included.
pub fn fingerprint(places: &Places, wasm: &Path, css: &[u8]) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(fs::read(wasm)?);
    hash.update(css);
    for (path, file) in public_files(places)? {
        hash.update(path.as_bytes());
        hash.update(fs::read(file)?);
    }
    let program = fs::metadata(std::env::current_exe()?)?.modified()?;
    hash.update(format!("{program:?}"));
    Ok(hex::encode(hash.finalize()))
}

/// Whether the site folder is already what these inputs give.
pub fn is_built_from(places: &Places, inputs: &str) -> bool {
    Manifest::read(places).is_ok_and(|manifest| manifest.inputs == inputs)
}

/// Writes the folder beside the old one and then takes its place: a running server never sees half of it.
pub fn write(places: &Places, parts: Parts, css: Vec<u8>, inputs: String) -> Result<Manifest> {
    let (mut manifest, mut files) = name_parts(parts, css, inputs)?;
    for (path, file) in public_files(places)? {
        files.insert(path, fs::read(file)?);
    }
    let packed = pack_all(files)?;
    let fresh = places.site.with_extension("new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    for (path, file) in &packed {
        let target = fresh.join(path);
        fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
        fs::write(&target, &file.raw)?;
        write_twin(&target, "gz", file.gzip.as_deref())?;
        write_twin(&target, "br", file.brotli.as_deref())?;
        manifest.files.insert(path.clone(), weigh(file));
    }
    fs::write(fresh.join(manifest::FILE), manifest.to_json()?)?;
    if places.site.exists() {
        fs::remove_dir_all(&places.site)?;
    }
    fs::rename(&fresh, &places.site)?;
    fs::remove_dir_all(places.stage())?;
    Ok(manifest)
}

/// Gives each part its final name and writes these names where other parts refer to them.
fn name_parts(parts: Parts, css: Vec<u8>, inputs: String) -> Result<(Manifest, BTreeMap<String, Vec<u8>>)> {
    let Parts { mut main_script, mut split_script, main, lazy, needs } = parts;
    let mut files = BTreeMap::new();
    let mut final_names = BTreeMap::new();
    for (name, module) in lazy {
        let final_name = format!("lazy.{}", short_hash(&[&module]));
        split_script =
            replaced(&split_script, &format!("\"./{name}.wasm\""), &format!("\"./{final_name}.wasm\""))?;
        files.insert(format!("pkg/{final_name}.wasm"), module);
        final_names.insert(name, final_name);
    }
    // The two scripts name each other, so they share one hash, taken before either name is filled in.
    let hash = short_hash(&[main_script.as_bytes(), split_script.as_bytes()]);
    let (js, split) = (format!("steward.{hash}.js"), format!("split.{hash}.js"));
    let from = |name: &str| format!("from \"{name}\"");
    // Only the import is renamed: the same words also stand as a key that the module itself knows.
    main_script = replaced(&main_script, &from(SPLIT_SCRIPT), &from(&format!("./{split}")))?;
    split_script = replaced(&split_script, &from(MAIN_SCRIPT), &from(&format!("./{js}")))?;
    let wasm = format!("steward.{}.wasm", short_hash(&[&main]));
    let css_name = format!("steward.{}.css", short_hash(&[&css]));
    files.insert(format!("pkg/{js}"), main_script.into_bytes());
    files.insert(format!("pkg/{split}"), split_script.into_bytes());
    files.insert(format!("pkg/{wasm}"), main);
    files.insert(format!("pkg/{css_name}"), css);
    let lazy = needs
        .into_iter()
        .map(|(function, parts)| {
            (function, parts.iter().filter_map(|part| final_names.get(part).cloned()).collect())
        })
        .collect();
    let manifest = Manifest { js, split, wasm, css: css_name, lazy, files: BTreeMap::new(), inputs };
    Ok((manifest, files))
}

/// A reference that is not found means that a tool above changed its ways; a broken page would be the result.
fn replaced(text: &str, old: &str, new: &str) -> Result<String> {
    ensure!(text.contains(old), "the generated script does not contain {old}");
    Ok(text.replace(old, new))
}

fn short_hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hex::encode(&hash.finalize()[..8])
}

/// Compresses all files at once: the large module takes as long as all others together.
fn pack_all(files: BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, Packed>> {
    std::thread::scope(|scope| {
        let running: Vec<_> = files
            .into_iter()
            .map(|(path, raw)| scope.spawn(move || compress::pack(&path, raw).map(|packed| (path, packed))))
            .collect();
        running.into_iter().map(|thread| thread.join().expect("compression does not panic")).collect()
    })
}

fn write_twin(file: &Path, ending: &str, content: Option<&[u8]>) -> Result<()> {
    if let Some(content) = content {
        let mut name = file.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        fs::write(name, content)?;
    }
    Ok(())
}

fn weigh(file: &Packed) -> Weight {
    let bytes = |form: &Option<Vec<u8>>| form.as_ref().unwrap_or(&file.raw).len() as u64;
    Weight { raw: file.raw.len() as u64, gzip: bytes(&file.gzip), brotli: bytes(&file.brotli) }
}

/// Every file of `public/`, by its path inside the site folder.
fn public_files(places: &Places) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![places.public()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("{} is unreadable", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside =
                    path.strip_prefix(places.public())?.to_str().context("names in public/ are plain")?;
                found.insert(inside.to_owned(), path);
            }
        }
    }
    Ok(found)
}
