//! `steward doctor`: checks settings, key, database, audit chain and the way to Tableau, and says what is wrong.

use anyhow::{Result, bail};
use secrecy::SecretString;
use tableau::{Session, Tag};
use uuid::Uuid;

use crate::{
    origin::Origin,
    program::{open_store, open_wire},
    settings::ServeSettings,
};

/// Checks one thing after the other and prints a line for each.
pub async fn examine(settings: ServeSettings) -> Result<()> {
    let mut wrong = 0;
    let mut tell = |what: &str, found: Result<String, String>| match found {
        Ok(good) => println!("ok     {what}: {good}"),
        Err(bad) => {
            wrong += 1;
            println!("WRONG  {what}: {bad}");
        }
    };
    let origin = settings.public_origin.as_deref().unwrap_or_default();
    tell(
        "public origin",
        Origin::parse(origin).map(|it| it.as_str().to_owned()).map_err(|error| error.to_string()),
    );
    match open_store(&settings.store).await {
        Ok(store) => {
            tell("key and database", Ok("open".to_owned()));
            let chain = store.audit_verify().await.map_err(|error| error.to_string());
            tell(
                "audit chain",
                chain.and_then(|report| match report.broken_at {
                    None => Ok(format!("{} records", report.records)),
                    Some(number) => Err(format!("record {number} does not fit")),
                }),
            );
            store.close().await;
        }
        Err(error) => tell("key and database", Err(format!("{error:#}"))),
    }
    match open_wire(&settings) {
        Ok(wire) => tell("Tableau", reach(&wire).await),
        Err(error) => tell("Tableau", Err(format!("{error:#}"))),
    }
    if wrong > 0 {
        bail!("{wrong} of the checks failed");
    }
    Ok(())
}

/// Asks for the session without having one: an answer in the vendor's own words proves that the address is right.
async fn reach(wire: &tableau::Wire) -> Result<String, String> {
    let nobody = Session::new(SecretString::from("doctor".to_owned()), model::TenantId::from(Uuid::nil()));
    let tag = Tag { request: "doctor".to_owned(), actor: "doctor".to_owned() };
    match wire.reader(&nobody, tag).session().await {
        Ok(_) => Err(format!("{} accepts a session that does not exist", wire.base())),
        Err(tableau::Error::SessionEnded { .. }) => Ok(format!("{} answers", wire.base())),
        Err(error) => Err(format!("{}: {error}", wire.base())),
    }
}
