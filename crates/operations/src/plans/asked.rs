//! What the forms ask for, as rows of wishes.

use std::collections::HashSet;

use model::{
    PlanId, Problem, ProblemCode, SiteId, UserId,
    plan::Wish,
    roles::{SignInType, SiteRole},
};

use super::{
    Row, Who,
    forms::{EditForm, ManyForm, NewPersonForm, PlaceForm, Whom},
};
use crate::{Caller, Operations};

impl Operations {
    /// A plan that changes many people in the same way.
    pub async fn plan_many(&self, caller: &Caller, form: ManyForm) -> Result<PlanId, Problem> {
        caller.must(model::Permission::PlanPeople)?;
        let (wish, title) = self.many_wish(caller, &form).await?;
        let source = match (&form.whom.query, form.whom.names.trim().is_empty()) {
            (Some(_), _) => "everyone who matched in the list of people",
            (None, true) => "people chosen in the list",
            (None, false) => "a pasted list",
        };
        let whom = self.whom(caller, &form.whom).await?;
        let count = whom.len();
        let rows = whom.into_iter().map(|who| Row::of(who, wish.clone())).collect();
        let people = if count == 1 { "1 person".to_owned() } else { format!("{count} people") };
        self.make_plan(caller, format!("{title}: {people}"), source.to_owned(), rows).await
    }

    async fn whom(&self, caller: &Caller, whom: &Whom) -> Result<Vec<Who>, Problem> {
        let mut all: Vec<Who> = whom.ids.iter().map(|id| Who::Id(*id)).collect();
        if let Some(query) = &whom.query {
            all.extend(self.matching(caller, query).await?.into_iter().map(Who::Id));
        }
        all.extend(names(&whom.names).into_iter().map(Who::Name));
        let mut seen = HashSet::new();
        all.retain(|who| {
            seen.insert(match who {
                Who::Id(id) => id.to_string(),
                Who::Name(name) => name.to_lowercase(),
            })
        });
        if all.is_empty() {
            return Err(caller.problem(ProblemCode::NobodyChosen));
        }
        Ok(all)
    }

    async fn many_wish(&self, caller: &Caller, form: &ManyForm) -> Result<(Wish, String), Problem> {
        let place =
            PlaceForm { site: form.site.clone(), role: form.role.clone(), sign_in: form.sign_in.clone() };
        match form.change.as_str() {
            "role" => {
                let Some(Wish::Role { site, role, sign_in }) = place_wish(caller, &place)? else {
                    return Err(field(caller, "role"));
                };
                let title = format!("{} on {}", role.words(), self.site_word(caller, &site).await);
                Ok((Wish::Role { site, role, sign_in }, title))
            }
            "sign-in" => {
                let site = site(caller, &form.site)?;
                let sign_in = sign_in(caller, &form.sign_in)?.ok_or_else(|| field(caller, "sign-in"))?;
                let title =
                    format!("Sign in with {} on {}", sign_in.words(), self.site_word(caller, &site).await);
                Ok((Wish::SignIn { site, sign_in }, title))
            }
            "leave" => {
                let site = site(caller, &form.site)?;
                Ok((Wish::Leave { site }, format!("Off {}", self.site_word(caller, &site).await)))
            }
            "details" => {
                let (language, locale) = (given(&form.language), given(&form.locale));
                let words: Vec<&str> =
                    [&language, &locale].into_iter().flatten().map(String::as_str).collect();
                let title = format!("Language and locale {}", words.join(", "));
                Ok((Wish::Details { language, locale, email: None }, title))
            }
            "delete" => Ok((Wish::Delete, "Out of the tenant".to_owned())),
            _ => Err(field(caller, "change")),
        }
    }

    async fn site_word(&self, caller: &Caller, id: &SiteId) -> String {
        let sites = self.all_sites(caller).await.unwrap_or_default();
        sites.into_iter().find(|site| site.id == *id).map_or_else(|| id.to_string(), |site| site.name)
    }

    /// A plan that changes one person; what the form leaves alone stays as it is.
    pub async fn plan_edit(&self, caller: &Caller, form: EditForm) -> Result<PlanId, Problem> {
        caller.must(model::Permission::PlanPeople)?;
        let person = self.read_person(caller, &form.user).await?;
        let changed = |new: &str, old: &str| given(new).filter(|new| new != old);
        let mut wishes = Vec::new();
        let (language, locale) =
            (changed(&form.language, &person.language), changed(&form.locale, &person.locale));
        let email = changed(&form.email, &person.email);
        if language.is_some() || locale.is_some() || email.is_some() {
            wishes.push(Wish::Details { language, locale, email });
        }
        match form.tenant.as_str() {
            "" => {}
            "administer" => wishes.push(Wish::Administer { sign_in: None }),
            "stop" => wishes.push(Wish::StopAdministering),
            _ => return Err(field(caller, "tenant")),
        }
        for place in &form.places {
            wishes.extend(place_wish(caller, place)?);
        }
        if wishes.is_empty() {
            // A plan that says "asks for no change" explains more than a refusal would.
            wishes.push(Wish::Details { language: None, locale: None, email: None });
        }
        let rows = wishes.into_iter().map(|wish| Row::of(Who::Id(form.user), wish)).collect();
        let title = format!("Edit {}", person.name());
        self.make_plan(caller, title, "the page of a person".to_owned(), rows).await
    }

    /// A plan that creates one person.
    pub async fn plan_new_person(&self, caller: &Caller, form: NewPersonForm) -> Result<PlanId, Problem> {
        caller.must(model::Permission::PlanPeople)?;
        let name = form.user_name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 320 {
            return Err(field(caller, "user_name"));
        }
        let mut wishes = Vec::new();
        for place in &form.places {
            wishes.extend(place_wish(caller, place)?);
        }
        match form.tenant.as_str() {
            "" => {}
            "administer" => wishes.push(Wish::Administer { sign_in: None }),
            _ => return Err(field(caller, "tenant")),
        }
        let (language, locale, email) = (given(&form.language), given(&form.locale), given(&form.email));
        // Without any role the person still comes into being, by the details alone.
        if wishes.is_empty() || language.is_some() || locale.is_some() || email.is_some() {
            let email = email.or_else(|| wishes.is_empty().then(|| name.clone()));
            wishes.push(Wish::Details { language, locale, email });
        }
        let rows =
            wishes.into_iter().map(|wish| Row { creates: true, ..Row::of(Who::Name(name.clone()), wish) });
        self.make_plan(
            caller,
            format!("Create {name}"),
            "the form for a new person".to_owned(),
            rows.collect(),
        )
        .await
    }

    /// A plan that takes one person out of the tenant.
    pub async fn plan_delete(&self, caller: &Caller, user: UserId) -> Result<PlanId, Problem> {
        caller.must(model::Permission::PlanPeople)?;
        let person = self.read_person(caller, &user).await?;
        let title = format!("Take {} out of the tenant", person.name());
        self.make_plan(
            caller,
            title,
            "the page of a person".to_owned(),
            vec![Row::of(Who::Id(user), Wish::Delete)],
        )
        .await
    }
}

/// A text that was given.
fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn field(caller: &Caller, name: &str) -> Problem {
    Problem { about: Some(name.to_owned()), ..caller.problem(ProblemCode::FieldWrong) }
}

fn site(caller: &Caller, text: &str) -> Result<SiteId, Problem> {
    SiteId::parse(text.trim()).map_err(|_| field(caller, "site"))
}

pub(super) fn sign_in(caller: &Caller, text: &str) -> Result<Option<SignInType>, Problem> {
    match given(text) {
        None => Ok(None),
        Some(word) => SignInType::parse_offered(&word).map(Some).ok_or_else(|| field(caller, "sign-in")),
    }
}

/// What a line of a form about sites asks for; nothing when it was left alone.
fn place_wish(caller: &Caller, place: &PlaceForm) -> Result<Option<Wish>, Problem> {
    let asked = sign_in(caller, &place.sign_in)?;
    match (place.site.trim(), place.role.trim()) {
        ("", _) => Ok(None),
        (_, "") if asked.is_none() => Ok(None),
        (id, "") => Ok(asked
            .map(|sign_in| site(caller, id).map(|site| Wish::SignIn { site, sign_in }))
            .transpose()?),
        (id, "leave") => Ok(Some(Wish::Leave { site: site(caller, id)? })),
        (id, role) => {
            let role = SiteRole::parse_assignable(role).ok_or_else(|| field(caller, "role"))?;
            Ok(Some(Wish::Role { site: site(caller, id)?, role, sign_in: asked }))
        }
    }
}

/// The names of a pasted list. People paste what they have: lines, commas, semicolons, `Ada <ada@example.com>`.
pub(super) fn names(text: &str) -> Vec<String> {
    text.split(['\n', '\r', ',', ';', '\t'])
        .map(|part| match part.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')) {
            Some((inside, _)) => inside,
            None => part,
        })
        .map(|part| part.trim().trim_matches(['"', '\'']).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_list_may_have_any_shape() {
        let list = "ada@x.org, Bob <bob+1@x.org>;\r\n\"o'neil@x.org\"\n\n\tcy@x.org";
        assert_eq!(names(list), ["ada@x.org", "bob+1@x.org", "o'neil@x.org", "cy@x.org"]);
    }
}
