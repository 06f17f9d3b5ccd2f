//! Runs cargo: once for the browser half, and for a release once more for the program itself.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::places::Places;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";
/// Where cargo looks for the linker of this target.
const LINKER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER";

/// Compiles `frontend` and names the module that came out.
pub fn frontend(places: &Places) -> Result<PathBuf> {
    // The splitter moves functions between modules and needs the linker's relocations for it. Given to the last
    // step alone (`cargo rustc`), the flag neither rebuilds the dependencies nor depends on RUSTFLAGS.
    run(
        places,
        &[
            "rustc",
            "--locked",
            "--package",
            "frontend",
            "--lib",
            "--target",
            TARGET,
            "--profile",
            PROFILE,
            "--",
            "-Clink-args=--emit-relocs",
        ],
    )?;
    let wasm = places.target.join(TARGET).join(PROFILE).join("frontend.wasm");
    ensure!(wasm.is_file(), "cargo left no {}", wasm.display());
    Ok(wasm)
}

/// Compiles the one file to copy to a server.
pub fn server(places: &Places) -> Result<()> {
    run(places, &["build", "--locked", "--release", "--package", "server", "--bin", "steward"])?;
    println!("{}", places.target.join("release/steward").display());
    Ok(())
}

fn run(places: &Places, arguments: &[&str]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(&places.root).env("CARGO_TARGET_DIR", &places.target);
    if std::env::var_os(LINKER).is_none()
        && let Some(linker) = debian_linker()
    {
        command.env(LINKER, linker);
    }
    let status = command.status().context("cargo did not start")?;
    if !status.success() {
        bail!("cargo {} failed", arguments.join(" "));
    }
    Ok(())
}

/// Rust brings its own `rust-lld`. Debian's Rust does not, and takes LLVM's, which is not on the path.
fn debian_linker() -> Option<PathBuf> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().ok()?.stdout;
    if String::from_utf8(sysroot).ok()?.trim() != "/usr" {
        return None;
    }
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin/wasm-ld")))
        .filter(|linker| linker.is_file())
        .collect();
    versions.sort();
    versions.pop()
}
