//! Compresses each file once, as hard as possible, so that the server never has to.

use std::io::Write;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// One file in its three forms. A compressed form that saves nothing is left out.
pub struct Packed {
    pub raw: Vec<u8>,
    pub gzip: Option<Vec<u8>>,
    pub brotli: Option<Vec<u8>>,
}

/// Compresses a file unless its format is compressed already.
pub fn pack(path: &str, raw: Vec<u8>) -> Result<Packed> {
    let ending = path.rsplit('.').next().unwrap_or_default();
    if matches!(ending, "png" | "jpg" | "webp" | "avif" | "woff2" | "ico") {
        return Ok(Packed { raw, gzip: None, brotli: None });
    }
    let gzip = Some(gzip(&raw)?).filter(|packed| packed.len() < raw.len());
    let brotli = Some(brotli(&raw)?).filter(|packed| packed.len() < raw.len());
    Ok(Packed { raw, gzip, brotli })
}

fn gzip(raw: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(raw)?;
    Ok(encoder.finish()?)
}

fn brotli(raw: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: raw.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &raw[..], &mut packed, &parameters)?;
    Ok(packed)
}
