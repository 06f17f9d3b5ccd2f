//! Whether Tableau answers at all, for `steward doctor`.

use secrecy::SecretString;
use tableau::{Error, Session, Tag};
use uuid::Uuid;

use crate::Wire;

/// Asks for the session without having one: an answer in the vendor's own words proves that the address is right.
pub async fn reach(wire: &Wire) -> Result<String, String> {
    let nobody = Session::new(SecretString::from("doctor".to_owned()), model::TenantId::from(Uuid::nil()));
    let tag = Tag { request: "doctor".to_owned(), actor: "doctor".to_owned() };
    match wire.reader(&nobody, tag).session().await {
        Ok(_) => Err(format!("{} accepts a session that does not exist", wire.base())),
        Err(Error::SessionEnded { .. }) => Ok(format!("{} answers", wire.base())),
        Err(error) => Err(format!("{}: {error}", wire.base())),
    }
}
