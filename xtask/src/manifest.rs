//! `assets.json`: which file carries which part of the site, and what it weighs.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::places::Places;

/// The file's name inside the site folder. The server reads it and does not serve it.
pub const FILE: &str = "assets.json";

/// A file's weight in bytes; a form that does not exist weighs as much as the raw one.
#[derive(Clone, Copy)]
pub struct Weight {
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

/// The site folder in short. File names are relative to `/pkg/`, weights are by path inside the site folder.
pub struct Manifest {
    pub js: String,
    pub split: String,
    pub wasm: String,
    pub css: String,
    /// Split function → the lazy parts it needs, as file names without `.wasm`, which is how Leptos wants them.
    pub lazy: BTreeMap<String, Vec<String>>,
    pub files: BTreeMap<String, Weight>,
    /// Fingerprint of everything the folder was made from.
    pub inputs: String,
}

impl Manifest {
    /// The manifest of the site folder as it is now.
    pub fn read(places: &Places) -> Result<Self> {
        let path = places.site.join(FILE);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{} is missing: run `cargo xtask build` first", path.display()))?;
        Self::parse(&serde_json::from_str(&text)?)
            .with_context(|| format!("{} is of another kind", path.display()))
    }

    /// The manifest as it is written.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        let files: BTreeMap<_, _> = self
            .files
            .iter()
            .map(|(path, weight)| {
                (path, json!({"raw": weight.raw, "gzip": weight.gzip, "brotli": weight.brotli}))
            })
            .collect();
        let whole = json!({
            "js": self.js, "split": self.split, "wasm": self.wasm, "css": self.css,
            "lazy": self.lazy, "files": files, "inputs": self.inputs,
        });
        Ok(serde_json::to_vec_pretty(&whole)?)
    }

    /// What a file of `/pkg/` weighs on the wire.
    pub fn brotli(&self, name: &str) -> u64 {
        self.files.get(&format!("pkg/{name}")).map_or(0, |weight| weight.brotli)
    }

    fn parse(whole: &Value) -> Option<Self> {
        let name = |key: &str| whole[key].as_str().map(str::to_owned);
        let mut lazy = BTreeMap::new();
        for (function, parts) in whole["lazy"].as_object()? {
            let parts = parts.as_array()?.iter().filter_map(|part| part.as_str().map(str::to_owned));
            lazy.insert(function.clone(), parts.collect());
        }
        let mut files = BTreeMap::new();
        for (path, weight) in whole["files"].as_object()? {
            let bytes = |form: &str| weight[form].as_u64();
            let weight = Weight { raw: bytes("raw")?, gzip: bytes("gzip")?, brotli: bytes("brotli")? };
            files.insert(path.clone(), weight);
        }
        Some(Self {
            js: name("js")?,
            split: name("split")?,
            wasm: name("wasm")?,
            css: name("css")?,
            lazy,
            files,
            inputs: name("inputs")?,
        })
    }
}
