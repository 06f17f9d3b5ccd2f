//! What a call looks like to Tableau.

use std::{collections::HashMap, time::Duration};

use model::{
    Freshness, Problem, ProblemCode, UserId,
    people::Person,
    plan::Wish,
    roles::{SignInType, SiteRole},
    runs::RunRow,
};
use tableau::{
    Accepted, Change, DeltaOp, Fate, Import, Manager, NewPerson, NewPlace, NewTenantRole, PersonDelta,
    PlaceDelta,
};

use super::ways::{Call, Way};
use crate::{Caller, Operations, sheets::write};

/// Why a call was not accepted, what became of it, and how long Tableau wants to be left alone.
pub(super) type NotAccepted = (Problem, Fate, Option<Duration>);

/// A request, made before it is written down what it will be.
enum Request {
    Create(NewPerson),
    Update(UserId, PersonDelta),
    Delete(UserId),
    DeleteMany(Vec<UserId>),
    Import(Import),
}

impl Operations {
    /// Sends a call, once. It goes a second time only after Tableau's own word that the session had ended.
    pub(super) async fn send(
        &self,
        caller: &Caller,
        call: &Call,
        people: &HashMap<String, Person>,
    ) -> Result<Accepted, NotAccepted> {
        let not_sent = |problem| (problem, Fate::NotSent, None);
        let request = self.request(caller, call, people).await.map_err(not_sent)?;
        caller.must_have_right().map_err(not_sent)?;
        let session = self.session(caller).await.map_err(not_sent)?;
        let answer = request.send(self.0.wire.changer(&session.open, caller.tag())).await;
        let answer = match answer {
            Err(error @ tableau::Error::SessionEnded { .. }) if error.fate() == Fate::Refused => {
                let session = self.renew(caller, Some(session.generation)).await.map_err(not_sent)?;
                request.send(self.0.wire.changer(&session.open, caller.tag())).await
            }
            answer => answer,
        };
        answer.map_err(|error| {
            let pause = match &error {
                tableau::Error::Busy { retry_after, .. } => *retry_after,
                _ => None,
            };
            (caller.vendor_problem(&error), error.fate(), pause)
        })
    }

    async fn request(
        &self,
        caller: &Caller,
        call: &Call,
        people: &HashMap<String, Person>,
    ) -> Result<Request, Problem> {
        Ok(match call.way {
            Way::Create => Request::Create(new_person(&call.rows)),
            Way::Update(user) => {
                let person = people.get(&call.rows[0].user_name.to_lowercase());
                Request::Update(user, delta(&call.rows, person))
            }
            Way::Delete(user) => Request::Delete(user),
            // Those are sent elsewhere: to the site's own API, and by `limits`.
            Way::Members(..) | Way::OnSite(_) | Way::SiteImport(_) | Way::SiteRemoval(_) | Way::Limits(_) => {
                return Err(caller.problem(ProblemCode::Internal));
            }
            Way::DeleteMany => Request::DeleteMany(call.rows.iter().filter_map(|row| row.user).collect()),
            Way::Import(site) => {
                let ask = || self.ask(caller, async |manager| manager.list_sites().await);
                let sites = self.0.sites.get(caller, Freshness::Recent, ask).await?.value;
                let known = sites.into_iter().find(|known| known.id == site);
                let known = known.ok_or_else(|| caller.problem(ProblemCode::SiteNotFound))?;
                let lines: Vec<write::ImportLine> =
                    call.rows.iter().filter_map(|row| line(row, &known.content_url)).collect();
                let csv = write::tcm_csv(&lines).map_err(|_| caller.problem(ProblemCode::Internal))?;
                Request::Import(Import {
                    file_name: "people.csv.gz".to_owned(),
                    csv_gz: write::gzip(&csv).into(),
                    site: Some(site),
                    sign_in: SignInType::Default,
                })
            }
        })
    }
}

impl Request {
    async fn send(&self, manager: Manager<Change>) -> tableau::Result<Accepted> {
        match self {
            Self::Create(person) => manager.create_person(person).await,
            Self::Update(user, delta) => manager.update_person(user, delta).await,
            Self::Delete(user) => manager.delete_person(user).await,
            Self::DeleteMany(users) => manager.delete_people(users).await,
            Self::Import(import) => manager.import_people(import).await,
        }
    }
}

/// A line of the file that we write ourselves: a site's address always stands in the first column, so that no row can
/// make a cloud administrator.
fn line(row: &RunRow, site_uri: &str) -> Option<write::ImportLine> {
    let Wish::Role { role, sign_in, .. } = &row.wish else { return None };
    Some(write::ImportLine {
        site_uri: site_uri.to_owned(),
        user_name: row.user_name.clone(),
        // For people who are there, the name is theirs and is left alone.
        display_name: if row.user.is_none() { row.name.clone() } else { String::new() },
        role: role.clone(),
        email: String::new(),
        sign_in: sign_in.clone(),
    })
}

fn new_person(rows: &[RunRow]) -> NewPerson {
    let mut person = NewPerson {
        user_name: rows[0].user_name.clone(),
        email: None,
        language: None,
        locale: None,
        tenant_role: None,
        places: Vec::new(),
    };
    for row in rows {
        match &row.wish {
            Wish::Role { site, role, sign_in } => person.places.push(NewPlace {
                site: *site,
                role: role.clone(),
                sign_in: sign_in.clone(),
                notify: None,
            }),
            Wish::Administer { sign_in } => {
                person.tenant_role = Some(NewTenantRole { sign_in: sign_in.clone(), notify: None });
            }
            Wish::Details { language, locale, email } => {
                person.language.clone_from(language);
                person.locale.clone_from(locale);
                person.email.clone_from(email);
            }
            Wish::SignIn { .. }
            | Wish::Leave { .. }
            | Wish::StopAdministering
            | Wish::Delete
            | Wish::Limits(_)
            | Wish::OnSite(_) => {}
        }
    }
    person
}

/// Only what the rows name is sent; every other site of the person stays as it is.
fn delta(rows: &[RunRow], person: Option<&Person>) -> PersonDelta {
    let role_on = |site| person.and_then(|person| person.place(site)).map(|place| place.role.clone());
    let mut delta = PersonDelta::default();
    for row in rows {
        match &row.wish {
            Wish::Role { site, role, sign_in } => {
                let op = if role_on(site).is_some() { DeltaOp::Update } else { DeltaOp::Add };
                delta.places.push(place(*site, op, Some(role.clone()), sign_in.clone()));
            }
            Wish::SignIn { site, sign_in } => {
                // The role goes along as it is: the vendor does not say that it may be left out.
                delta.places.push(place(*site, DeltaOp::Update, role_on(site), Some(sign_in.clone())));
            }
            Wish::Leave { site } => delta.places.push(place(*site, DeltaOp::Delete, None, None)),
            Wish::Administer { sign_in } => delta.tenant_role = Some((DeltaOp::Add, sign_in.clone())),
            Wish::StopAdministering => delta.tenant_role = Some((DeltaOp::Delete, None)),
            Wish::Details { language, locale, email } => {
                delta.language.clone_from(language);
                delta.locale.clone_from(locale);
                delta.email.clone_from(email);
            }
            Wish::Delete | Wish::Limits(_) | Wish::OnSite(_) => {}
        }
    }
    delta
}

fn place(
    site: model::SiteId,
    op: DeltaOp,
    role: Option<SiteRole>,
    sign_in: Option<SignInType>,
) -> PlaceDelta {
    PlaceDelta { site, op, role, sign_in }
}
