//! Key files.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use store::{Error, KeyError, Keys};

fn file(text: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    (folder, path)
}

fn names(text: impl AsRef<[u8]>) -> Result<String, Error> {
    let (_folder, path) = file(text);
    Keys::from_file(&path).map(|keys| format!("{keys:?}"))
}

const BASE64: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

#[test]
fn the_same_key_has_the_same_name_however_it_is_written() {
    let raw: Vec<u8> = (0..32).collect();
    let name = names(raw).unwrap();
    assert_eq!(names(BASE64).unwrap(), name);
    assert_eq!(names(format!("# made in March\n\n{HEX}\n")).unwrap(), name);
    assert_eq!(names(format!("march:{BASE64}\n")).unwrap(), r#"["march"]"#);
}

#[test]
fn a_file_that_holds_no_key_is_refused_with_its_line() {
    for (text, wrong) in [
        ("", 1),
        ("# nothing\n", 1),
        ("hello\n", 1),
        ("0123456789abcdef0123456789abcdef", 1),
        (&*format!("{BASE64}\nshort:AAEC\n"), 2),
        (&*format!("a b:{BASE64}"), 1),
        (&*format!(":{BASE64}"), 1),
    ] {
        let refused = names(text);
        assert!(
            matches!(refused, Err(Error::Key(KeyError::Malformed { line })) if line == wrong),
            "{text:?} {refused:?}"
        );
    }
    let twice = names(format!("a:{BASE64}\na:{HEX}"));
    assert!(matches!(twice, Err(Error::Key(KeyError::Twice { line: 2 }))));
}

#[test]
fn a_key_file_that_others_may_read_is_refused() {
    for mode in [0o640, 0o604, 0o620] {
        let (_folder, path) = file(BASE64);
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let refused = Keys::from_file(&path).unwrap_err();
        assert!(matches!(refused, Error::Key(KeyError::OpenToOthers { .. })));
        assert!(refused.to_string().contains("chmod 600"));
    }
}

#[test]
fn a_new_key_file_is_readable_by_its_owner_and_never_replaces_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let made = Keys::create_file(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(format!("{:?}", Keys::from_file(&path).unwrap()), format!("{made:?}"));
    assert!(Keys::create_file(&path).is_err());
    assert!(matches!(Keys::from_file(&folder.path().join("none")), Err(Error::Key(KeyError::File { .. }))));
}
