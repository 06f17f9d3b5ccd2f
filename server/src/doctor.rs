//! `steward doctor`: checks settings, key, database, audit chain and the way to Tableau, and says what is wrong.

use anyhow::{Result, bail};
use operations::reach;

use crate::{
    origin::Origin,
    program::{open_existing_store, open_wire},
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
    match open_existing_store(&settings.store).await {
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
