//! Reading a body, never more of it than we can bear.

use bytes::{Bytes, BytesMut};
use reqwest::Response;

use crate::{Error, Result, Unreadable};

/// The largest answer that is read.
const LARGEST: usize = 16 * 1024 * 1024;
/// As much of a refusal as is looked at.
const LARGEST_REFUSAL: usize = 64 * 1024;

/// The whole body of a success.
pub(super) async fn whole(mut response: Response) -> Result<Bytes> {
    if response.content_length().is_some_and(|length| length > LARGEST as u64) {
        return Err(Error::TooLarge);
    }
    let mut body = BytesMut::new();
    // The library's error is not carried on: all it says is that the body is incomplete.
    while let Some(piece) = response.chunk().await.map_err(|_| Unreadable::CutOff)? {
        if body.len() + piece.len() > LARGEST {
            return Err(Error::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

/// The body of a refusal; empty when it is lost or too long to be the vendor's.
pub(super) async fn beginning(mut response: Response) -> Bytes {
    let mut body = BytesMut::new();
    while let Ok(Some(piece)) = response.chunk().await {
        if body.len() + piece.len() > LARGEST_REFUSAL {
            return Bytes::new();
        }
        body.extend_from_slice(&piece);
    }
    body.freeze()
}
