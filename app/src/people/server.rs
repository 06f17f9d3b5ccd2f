//! What the pages of people ask the server. Whatever changes somebody only makes a plan and leads to its page.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::people::PeopleQuery;
use serde::{Deserialize, Serialize};

use super::{list::Listed, page::Page};
use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Drawing,
};

/// One line of a form about sites.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceAsked {
    pub site: String,
    pub role: String,
    pub sign_in: String,
}

/// What a change of many shall do.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WhatAsked {
    pub change: String,
    pub site: String,
    pub role: String,
    pub sign_in: String,
    pub language: String,
    pub locale: String,
}

/// One page of people, drawn. `url` is what stands behind the question mark of the page's address; `again` when a page
/// looks again for people who are still being read.
#[server(endpoint = "people/list", input = GetUrl, output = Text)]
pub async fn list_people(#[server(default)] url: String, again: bool) -> Result<Told<Listed>, Failure> {
    use model::Freshness;
    let ask = crate::ask::Ask::current().await?;
    let url = ask.query(&url)?;
    let asked = super::query::read(&url).map_err(|problem| problem.with_reference(&ask.caller.request))?;
    let freshness = if again { Freshness::Recent } else { crate::parts::query::freshness(&url) };
    let found = ask.operations.list_people(&ask.caller, &asked.query, freshness).await?;
    Told::of(&super::listed::draw(found, &asked))
}

/// The fields of a change of many, drawn.
#[server(endpoint = "people/fields", input = GetUrl, output = Text)]
pub async fn change_fields() -> Result<Told<Drawing>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let sites = ask.operations.site_choices(&ask.caller).await?;
    Told::of(&Drawing::of(super::fields::change_fields(sites)))
}

/// One person, read from Tableau now, drawn. `url` is what stands behind the question mark of the page's address.
#[server(endpoint = "people/get", input = GetUrl, output = Text)]
pub async fn get_person(user: String, #[server(default)] url: String) -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let user = ask.parse(&user)?;
    let sheet = ask.operations.person(&ask.caller, &user).await?;
    let problem = crate::parts::form::problem_in(&ask.query(&url)?, super::fields::PROTECT);
    Told::of(&super::detail::draw(sheet, problem))
}

/// A form about people, drawn: `new`, `change`, or `edit` and `delete` for one person. `url` may fill it in.
#[server(endpoint = "people/form", input = GetUrl, output = Text)]
pub async fn get_form(
    form: String,
    #[server(default)] user: String,
    #[server(default)] url: String,
) -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let fill = ask.query(&url)?;
    let person = async || {
        let user = ask.parse(&user)?;
        Ok::<_, Failure>(ask.operations.person(&ask.caller, &user).await?)
    };
    let sites = async || ask.operations.site_choices(&ask.caller).await;
    let page = match form.as_str() {
        "new" => super::new::draw(&sites().await?, &fill),
        "change" => super::change::draw(sites().await?),
        "edit" => super::edit::draw(&person().await?, sites().await?, &fill),
        "delete" => super::delete::draw(&person().await?),
        _ => return Err(ask.problem(model::ProblemCode::PageNotFound)),
    };
    Told::of(&page)
}

/// Protects a person or ends that, and goes back to their page.
#[server(endpoint = "people/protect")]
pub async fn protect_person(
    user: String,
    ticket: String,
    #[server(default)] reason: String,
    #[server(default)] wanted: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (user, ticket) = (ask.parse(&user)?, ask.parse(&ticket)?);
    let wanted = ask.wanted(&wanted)?;
    let form = operations::ProtectForm { user, ticket, reason, wanted };
    let notice = ask.operations.protect(&ask.caller, form).await?;
    ask.done(&format!("/people/{user}"), notice);
    Ok(())
}

/// Plans the same change for many people: those ticked, those who match, or those of a pasted list.
#[server(endpoint = "people/plan")]
pub async fn plan_people(
    #[server(default)] whom: String,
    #[server(default)] ids: Vec<String>,
    #[server(default)] names: String,
    #[server(default)] query: PeopleQuery,
    #[server(default)] what: WhatAsked,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let mut about = operations::Whom::default();
    match whom.as_str() {
        "ticked" => about.ids = ids.iter().map(|id| ask.parse(id)).collect::<Result<_, _>>()?,
        "matching" => about.query = Some(query),
        "names" => about.names = names,
        _ => return Err(ask.problem(model::ProblemCode::MalformedForm)),
    }
    let WhatAsked { change, site, role, sign_in, language, locale } = what;
    let form = operations::ManyForm { whom: about, change, site, role, sign_in, language, locale };
    let plan = ask.operations.plan_many(&ask.caller, form).await?;
    leptos_axum::redirect(&format!("/plans/{plan}"));
    Ok(())
}

/// Plans changes of one person.
#[server(endpoint = "people/edit")]
pub async fn edit_person(
    user: String,
    #[server(default)] language: String,
    #[server(default)] locale: String,
    #[server(default)] email: String,
    #[server(default)] tenant: String,
    #[server(default)] places: Vec<PlaceAsked>,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let user = ask.parse(&user)?;
    let place = |it: PlaceAsked| operations::PlaceForm { site: it.site, role: it.role, sign_in: it.sign_in };
    let places = places.into_iter().map(place).collect();
    let form = operations::EditForm { user, language, locale, email, tenant, places };
    let plan = ask.operations.plan_edit(&ask.caller, form).await?;
    leptos_axum::redirect(&format!("/plans/{plan}"));
    Ok(())
}

/// Plans a new person.
#[server(endpoint = "people/create")]
pub async fn create_person(
    #[server(default)] user_name: String,
    #[server(default)] email: String,
    #[server(default)] language: String,
    #[server(default)] locale: String,
    #[server(default)] tenant: String,
    #[server(default)] places: Vec<PlaceAsked>,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let place = |it: PlaceAsked| operations::PlaceForm { site: it.site, role: it.role, sign_in: it.sign_in };
    let places = places.into_iter().map(place).collect();
    let form = operations::NewPersonForm { user_name, email, language, locale, tenant, places };
    let plan = ask.operations.plan_new_person(&ask.caller, form).await?;
    leptos_axum::redirect(&format!("/plans/{plan}"));
    Ok(())
}

/// Plans to take a person out of the tenant.
#[server(endpoint = "people/delete")]
pub async fn delete_person(user: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let plan = ask.operations.plan_delete(&ask.caller, ask.parse(&user)?).await?;
    leptos_axum::redirect(&format!("/plans/{plan}"));
    Ok(())
}
