//! Which page an address names, read and drawn. On the server alone.

use model::ProblemCode;

use super::{list, one};
use crate::{ask::Ask, failure::Failure, parts::drawn::Page};

/// The page of an address.
pub async fn page(ask: &Ask, path: &str) -> Result<Page, Failure> {
    let (operations, caller) = (&ask.operations, &ask.caller);
    Ok(match path {
        "/accounts" => {
            let stale = caller.must_be_fresh().is_err();
            list::draw(operations.accounts(caller).await?, operations::ticket(), stale)
        }
        "/account" => {
            let given = !caller.grants.is_empty();
            one::draw_own(operations.account(caller, None, &ask.sign_in()).await?, given)
        }
        path => {
            let id = path.strip_prefix("/accounts/").filter(|id| !id.contains('/'));
            let id = ask.parse(id.ok_or_else(|| ask.problem(ProblemCode::PageNotFound))?)?;
            one::draw(operations.account(caller, Some(id), &ask.sign_in()).await?)
        }
    })
}
