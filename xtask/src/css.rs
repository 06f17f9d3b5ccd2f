//! Joins the stylesheet with everything it imports, and minifies it.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};

/// One minified stylesheet.
pub fn join(main: &Path) -> Result<Vec<u8>> {
    let files = FileProvider::new();
    // The errors borrow from the files, so they are turned into words here.
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(main)
        .map_err(|error| anyhow!("{}: {error}", main.display()))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("{}: {error}", main.display()))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })
        .map_err(|error| anyhow!("{}: {error}", main.display()))?;
    Ok(printed.code.into_bytes())
}
