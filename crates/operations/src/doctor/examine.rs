//! The same for somebody at a terminal, without a database: with a token of their own, or without any.

use model::{
    ProblemCode,
    doctor::{Left, Outcome, Report, Tried},
    vendor::{Certainty, Effect, OperationRow},
};
use secrecy::SecretString;
use tableau::{OperationName, Tag};

use super::{
    manager::{Asker, Learned},
    round::{Ended, Round},
};
use crate::Wire;

/// Signs in with a token, tries everything that reads, and signs out. Nothing is kept.
pub async fn examine(wire: &Wire, token: &SecretString) -> Report {
    let round = Round::begin(wire, None);
    let tag = Tag { request: "doctor".to_owned(), actor: "doctor".to_owned() };
    let mut signed_in = None;
    let login = round
        .attempt(row(wire, OperationName::PatLogin), async {
            match round.wire.sign_in(token, &tag).await {
                Ok(found) => {
                    signed_in = Some(found);
                    Ended::Told("a session was opened".to_owned())
                }
                Err(error) => refused(error),
            }
        })
        .await;
    let mut manager = vec![login];
    let mut servers = (Vec::new(), 0);
    match &signed_in {
        None => manager.extend(reads(wire).map(|row| Tried::left(row, Left::NoSession))),
        Some(opened) => {
            let mut learned = Learned::of(opened.user);
            let mut asker = Asker::new(&round, Ok(opened.session()), tag.clone());
            // A session of a moment ago needs no other one.
            let tried = asker.all(&mut learned, || async { None }).await;
            let by_now = [OperationName::PatLogin.as_str(), OperationName::SessionDelete.as_str()];
            manager
                .extend(tried.into_iter().filter(|tried| !by_now.contains(&tried.operation.name.as_str())));
            servers = round.servers(learned.bases(), &tag).await;
            let ending = round.wire.reader(&opened.session(), tag.clone());
            let ended = async {
                match ending.sign_out().await {
                    Ok(()) => Ended::Told("the session was ended".to_owned()),
                    Err(error) => Ended::Failed(error),
                }
            };
            let ended = round.attempt(row(wire, OperationName::SessionDelete), ended).await;
            if matches!(ended.outcome, Outcome::Left(_)) {
                // The round is over, but the session is given back all the same.
                let given_back = ending.sign_out().await;
                tracing::info!(ended = given_back.is_ok(), "Gave the vendor session back");
            }
            manager.push(ended);
        }
    }
    let (servers, beyond) = servers;
    round.report(manager, servers, Vec::new(), beyond)
}

/// Changes that would be locked on a real tenant.
pub fn inferred_changes(wire: &Wire) -> Vec<OperationRow> {
    let inferred = |row: &OperationRow| row.effect == Effect::Change && row.certainty == Certainty::Inferred;
    wire.table().rows().filter(inferred).collect()
}

fn reads(wire: &Wire) -> impl Iterator<Item = OperationRow> {
    let login = OperationName::PatLogin.as_str();
    wire.table().rows().filter(move |row| row.effect == Effect::Read && row.name != login)
}

fn row(wire: &Wire, name: OperationName) -> OperationRow {
    let row = wire.table().rows().find(|row| row.name == name.as_str());
    row.expect("the table has a row for every name")
}

/// At the sign-in a 401 is about the token.
fn refused(error: tableau::Error) -> Ended {
    match error {
        tableau::Error::SessionEnded { .. } | tableau::Error::TokenRefused { .. } => {
            Ended::Refused(ProblemCode::TokenRefused)
        }
        error => Ended::Failed(error),
    }
}
