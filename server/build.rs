//! Tells the program where the site folder is, and sees to it that there is one.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let site = target_folder().join("site");
    // A checkout that has not run `cargo xtask build` yet still compiles; its pages then stay plain HTML.
    fs::create_dir_all(&site).expect("the target folder is writable");
    let manifest = site.join("assets.json");
    println!("cargo::rustc-env=STEWARD_SITE={}", site.display());
    // The manifest names every file by its content, so a changed site is a changed manifest.
    println!("cargo::rerun-if-changed={}", manifest.display());
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_DIR");
}

/// Cargo does not tell a build script its target folder; OUT_DIR lies inside, below the folder of the profile.
fn target_folder() -> PathBuf {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    if let Some(target) =
        env::var_os("CARGO_TARGET_DIR").map(PathBuf::from).filter(|target| target.is_absolute())
    {
        return target;
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("server lies inside the workspace");
    let default = workspace.join("target");
    if out.starts_with(&default) {
        return default;
    }
    // <target>/<profile>/build/<package>/out
    out.ancestors().nth(4).map(Path::to_path_buf).unwrap_or(default)
}
