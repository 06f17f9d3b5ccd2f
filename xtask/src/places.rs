//! Where the build finds its sources and puts its results.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders of one checkout.
pub struct Places {
    /// The workspace.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// What the server embeds and serves.
    pub site: PathBuf,
}

impl Places {
    /// Finds the folders the way cargo does, so that a build server's own target folder is respected.
    pub fn find() -> Result<Self> {
        // Asked at run time: several checkouts may share one target folder, and with it the compiled xtask.
        let xtask = std::env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
        let root = Path::new(&xtask).parent().context("xtask lies inside the workspace")?.to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => std::env::current_dir()?.join(folder),
            None => root.join("target"),
        };
        let site = target.join("site");
        Ok(Self { root, target, site })
    }

    /// The stylesheet that imports all others.
    pub fn style(&self) -> PathBuf {
        self.root.join("style/main.css")
    }

    /// Files that are served as they are.
    pub fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    /// A folder for what exists only between two steps.
    pub fn stage(&self) -> PathBuf {
        self.target.join("site-stage")
    }
}
