//! The doors between the crates stand as `architecture.md` draws them, and every crate forbids unsafe code.

// Clippy spares functions marked as tests, not the ones that tests call.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// Crate → the crates of ours that it may import. `model` is the words everyone shares.
const DOORS: &[(&str, &[&str])] = &[
    ("frontend", &["app", "model"]),
    ("app", &["model", "operations"]),
    ("server", &["app", "model", "operations", "simulator", "store"]),
    ("hooks", &["model"]),
    ("operations", &["hooks", "model", "outside", "store", "tableau"]),
    ("outside", &[]),
    ("tableau", &["model"]),
    ("store", &["model"]),
    ("simulator", &[]),
    ("model", &[]),
    ("xtask", &[]),
];

/// What must never come near the browser, nor into the words everyone shares.
const NOT_IN_MODEL: &[&str] =
    &["leptos", "axum", "sea-orm", "sqlx", "reqwest", "tokio", "tableau", "store", "hooks"];

fn workspace() -> Metadata {
    MetadataCommand::new().no_deps().exec().unwrap()
}

fn imports(metadata: &Metadata, name: &str, kind: DependencyKind) -> BTreeSet<String> {
    let package = metadata.packages.iter().find(|package| package.name.as_str() == name).unwrap();
    let of_kind = package.dependencies.iter().filter(|import| import.kind == kind);
    of_kind.map(|import| import.name.clone()).collect()
}

#[test]
fn the_doors_stand_as_the_architecture_draws_them() {
    let metadata = workspace();
    let ours: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let drawn: BTreeSet<String> = DOORS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(ours, drawn, "a crate without its place in the drawing");
    for (name, may) in DOORS {
        for kind in [DependencyKind::Normal, DependencyKind::Build] {
            let used: BTreeSet<_> = imports(&metadata, name, kind).intersection(&ours).cloned().collect();
            let may: BTreeSet<_> = may.iter().map(|name| (*name).to_owned()).collect();
            let more: Vec<_> = used.difference(&may).collect();
            assert!(more.is_empty(), "{name} may not import {more:?}");
        }
    }
}

#[test]
fn tests_may_look_further_but_the_pretend_tableau_shares_nothing_with_the_client() {
    let metadata = workspace();
    let ours: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let tests_use = imports(&metadata, "simulator", DependencyKind::Development);
    assert!(tests_use.is_disjoint(&ours), "{tests_use:?}");
}

#[test]
fn the_shared_words_need_neither_server_nor_browser() {
    let metadata = workspace();
    let used = imports(&metadata, "model", DependencyKind::Normal);
    assert!(used.iter().all(|name| !NOT_IN_MODEL.contains(&name.as_str())), "{used:?}");
}

#[test]
fn the_app_reaches_the_operations_only_on_the_server() {
    let metadata = workspace();
    let app = metadata.packages.iter().find(|package| package.name.as_str() == "app").unwrap();
    let operations = app.dependencies.iter().find(|import| import.name == "operations").unwrap();
    assert!(operations.optional);
    let opens = app.features.iter().filter(|(_, opens)| opens.iter().any(|it| it == "dep:operations"));
    assert_eq!(opens.map(|(feature, _)| feature.as_str()).collect::<Vec<_>>(), ["ssr"]);
}

#[test]
fn every_crate_forbids_unsafe_code() {
    let metadata = workspace();
    let root = std::fs::read_to_string(metadata.workspace_root.join("Cargo.toml")).unwrap();
    assert!(root.contains("[workspace.lints.rust]\nunsafe_code = \"forbid\""));
    for package in &metadata.packages {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{} has lints of its own", package.name);
    }
}
