//! Puts the lazy modules of a page into one file.
//!
//! The splitter makes a module for every set of pages that share some code: a hundred small ones for one page. Asked for
//! and compressed one by one they cost a third more than together, and a hundred requests.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

/// Where the part of the generated script begins that loads module after module.
const LOADER: &str = "function makeLoad(";

/// Ours in its place. A bundle begins with the number of its modules, then names each by its number and length, then has
/// them one after the other. What another page has brought already is not made again.
const OURS: &str = r#"const made = [];
function make(id, bytes) {
    return made[id] ??= WebAssembly.instantiate(bytes, getSharedImports()).catch((error) => {
        made[id] = undefined;
        throw error;
    });
}
async function unpack(name) {
    const answer = await fetch(new URL(name, import.meta.url));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    const bytes = await answer.arrayBuffer();
    const head = new DataView(bytes);
    const count = head.getUint32(0, true);
    let at = 4 + 8 * count, before = [];
    for (let module = 0; module < count; module++) {
        const [id, length] = [4, 8].map((field) => head.getUint32(field + 8 * module, true));
        // The last one is the page itself, and needs the others.
        if (module === count - 1) await Promise.all(before);
        before.push(make(id, new Uint8Array(bytes, at, length)));
        at += length;
    }
    await before.at(-1);
}
function makeLoad(name) {
    let loading;
    return () => loading ??= unpack(name).catch((error) => {
        loading = undefined;
        throw error;
    });
}
"#;

/// What became of the lazy modules.
pub struct Bundled {
    /// The script that loads the bundles.
    pub script: String,
    /// The bundles, by file name without ending.
    pub bundles: BTreeMap<String, Vec<u8>>,
    /// Which bundle a split function needs.
    pub needs: BTreeMap<String, Vec<String>>,
}

/// Makes one bundle for each split function. `needs` names its modules in the order in which they are made.
pub fn bundle(
    generated: &str,
    modules: &BTreeMap<String, Vec<u8>>,
    needs: BTreeMap<String, Vec<String>>,
) -> Result<Bundled> {
    let (head, _) = generated.split_once(LOADER).context("the generated script has another loader")?;
    let numbers: BTreeMap<&str, u32> = modules.keys().map(String::as_str).zip(0..).collect();
    let mut script = format!("{head}{OURS}");
    let (mut bundles, mut named) = (BTreeMap::new(), BTreeMap::new());
    for (function, needed) in needs {
        let loader = format!("__wasm_split_load_{function}");
        ensure!(generated.contains(&format!("export const {loader} =")), "there is no loader {loader}");
        let name = format!("bundle_{}", bundles.len());
        script.push_str(&format!("export const {loader} = wrapAsyncCb(makeLoad(\"./{name}.wasm\"));\n"));
        bundles.insert(name.clone(), join(modules, &numbers, &needed)?);
        named.insert(function, vec![name]);
    }
    let loaders = generated.matches("export const __wasm_split_load_").count();
    ensure!(loaders == named.len(), "{loaders} loaders, but {} split functions", named.len());
    Ok(Bundled { script, bundles, needs: named })
}

fn join(
    modules: &BTreeMap<String, Vec<u8>>,
    numbers: &BTreeMap<&str, u32>,
    needed: &[String],
) -> Result<Vec<u8>> {
    let mut head = u32::try_from(needed.len())?.to_le_bytes().to_vec();
    let mut body = Vec::new();
    for name in needed {
        let module = modules.get(name).with_context(|| format!("there is no module {name}"))?;
        head.extend(numbers[name.as_str()].to_le_bytes());
        head.extend(u32::try_from(module.len())?.to_le_bytes());
        body.extend_from_slice(module);
    }
    head.append(&mut body);
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_names_its_modules_and_the_script_its_bundles() {
        let modules = BTreeMap::from([("a".to_owned(), vec![1, 2, 3]), ("b".to_owned(), vec![4])]);
        let needs = BTreeMap::from([("page".to_owned(), vec!["b".to_owned(), "a".to_owned()])]);
        let generated = "head;function makeLoad(x) {}\nexport const __wasm_split_load_page = 1;";
        let made = bundle(generated, &modules, needs).unwrap();
        assert_eq!(
            made.bundles["bundle_0"],
            [2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4, 1, 2, 3]
        );
        assert_eq!(made.needs["page"], ["bundle_0"]);
        assert!(made.script.starts_with("head;") && made.script.contains("makeLoad(\"./bundle_0.wasm\")"));
        assert!(bundle("other", &modules, BTreeMap::new()).is_err());
    }
}
