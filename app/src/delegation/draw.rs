//! Which page an address names, read and drawn. On the server alone.

use leptos_router::params::ParamsMap;
use model::{Permission, ProblemCode, allows, delegation::Template};

use super::{
    approvals, deposits, editor,
    fields::usual_end,
    grant, grants,
    look::Look,
    page::{DEPOSIT, GRANT},
    question,
};
use crate::{
    ask::Ask,
    failure::Failure,
    parts::{drawn::Page, form::problem_in, query::text},
};

/// The page of an address.
pub async fn page(ask: &Ask, path: &str, url: &str) -> Result<Page, Failure> {
    let url = ask.query(url)?;
    let (operations, caller) = (&ask.operations, &ask.caller);
    let gives = allows(&caller.grants, Permission::ManageGrants);
    let path: Vec<&str> = path.trim_matches('/').split('/').collect();
    Ok(match path.as_slice() {
        ["grants"] => {
            let pause = operations.pause_of_delegation(caller).await?;
            grants::draw(operations.grants(caller).await?, pause, gives, caller.now)
        }
        ["grants", "new"] => {
            let choices = operations.grant_editor_choices(caller).await?;
            let template = Template::parse(&text(&url, "template")).unwrap_or(Template::FirstLine);
            let (typed, look) = drafted(ask, &url).await?;
            let filled = typed.unwrap_or_else(|| {
                editor::Filled::of(template, &text(&url, "account"), usual_end(caller.now))
            });
            editor::draw(filled, choices, look)
        }
        ["grants", "what"] => {
            let choices = operations.grant_choices(caller).await?;
            let (account, person) = (text(&url, "account"), text(&url, "person"));
            let asked = !account.is_empty() && !person.is_empty();
            let answer = match asked {
                true => Some(operations.what_can(caller, &ask.parse(&account)?, &person).await),
                false => None,
            };
            question::draw(choices, account, person, answer)
        }
        ["grants", "deposit"] => {
            let choices = operations.deposit_choices(caller).await?;
            let stale = caller.must_be_fresh().is_err();
            let problem = problem_in(&url, DEPOSIT);
            let changed = problem.is_some_and(|it| it.code == ProblemCode::GrantTermsChanged);
            let grants = operations.grants(caller).await?;
            deposits::draw(grants, choices, &text(&url, "grant"), stale, changed, caller.now)
        }
        ["grants", id] => {
            let seen = operations.grant(caller, &ask.parse(id)?).await?;
            let is_own = seen.held.delegation.account == caller.account.id.uuid();
            grant::draw(seen, gives, is_own)
        }
        ["grants", id, "edit"] => {
            let choices = operations.grant_editor_choices(caller).await?;
            let seen = operations.grant(caller, &ask.parse(id)?).await?;
            let (typed, look) = drafted(ask, &url).await?;
            let filled = typed.unwrap_or_else(|| editor::Filled::from(seen.held.delegation));
            editor::draw(filled, choices, look)
        }
        ["approvals"] => {
            let found = operations.approvals(caller).await?;
            approvals::draw(found.seen, found.left_out, caller.account.id, caller.now, operations::ticket())
        }
        _ => return Err(ask.problem(ProblemCode::PageNotFound)),
    })
}

/// What was typed into the form of a grant before, and what it means or what is wrong with it.
async fn drafted(ask: &Ask, url: &ParamsMap) -> Result<(Option<editor::Filled>, Option<Look>), Failure> {
    let sealed = text(url, "draft");
    if sealed.is_empty() {
        return Ok((None, None));
    }
    let typed = ask.operations.open_grant_form(&ask.caller, &sealed)?;
    let look = match problem_in(url, GRANT) {
        Some(problem) => Look::Refused(problem),
        None => match ask.operations.draft_grant(&ask.caller, &typed).await {
            Ok(page) => Look::Means(Box::new(page)),
            Err(problem) => Look::Wrong(problem),
        },
    };
    Ok((Some(editor::Filled::typed(typed)), Some(look)))
}
