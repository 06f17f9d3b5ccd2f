//! The folder and files of a SQLite database: readable by their owner alone.

use std::{
    fs::{self, DirBuilder, OpenOptions, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use crate::{Error, Result};

/// Makes the folder (0700) and the file (0600), and takes the rights of others away where they are there.
///
/// SQLite gives `-wal` and `-shm` the rights of the database file, so new ones need nothing.
pub(crate) fn prepare(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(refused(folder))?;
    }
    // Made by us, because SQLite would make it readable by everybody.
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(file)
        .or_else(|error| match error.kind() {
            // A database that may only be read is opened all the same: reading survives.
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem if file.exists() => {
                fs::File::open(file)
            }
            _ => Err(error),
        })
        .map_err(refused(file))?;
    for part in [file.to_owned(), beside(file, "-wal"), beside(file, "-shm")] {
        close_to_others(&part).map_err(refused(&part))?;
    }
    Ok(())
}

/// Makes an empty file (0600) that was not there before.
pub(crate) fn create(file: &Path) -> io::Result<fs::File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)
}

/// Turns what the system said about a file into our error.
pub(crate) fn refused(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}

fn close_to_others(file: &Path) -> io::Result<()> {
    match fs::metadata(file) {
        Ok(about) if about.permissions().mode() & 0o077 != 0 => {
            fs::set_permissions(file, Permissions::from_mode(0o600))
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
