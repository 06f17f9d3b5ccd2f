//! Values that are kept whole, as JSON in a text.

use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, Result};

/// The value as text.
pub(crate) fn write(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Other(error.into()))
}

/// The value that the text holds.
pub(crate) fn read<Value: DeserializeOwned>(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| Error::Other(error.into()))
}
