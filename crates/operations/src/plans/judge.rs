//! The verdict on one row: the wish against the live state, by rules that do not depend on other rows.

use std::collections::{HashMap, HashSet};

use model::{
    Grant, Permission, SiteId, UserId, allows,
    people::{LANGUAGES, LOCALES, Person},
    plan::{Verdict, Weight, Why, Wish, none},
    roles::{SignInType, SiteRole},
    sites::{Site, SiteStatus},
};

/// What every row is held against.
pub(crate) struct Facts {
    /// Who asks.
    pub(crate) you: Vec<UserId>,
    /// Who owns the credential in use.
    pub(crate) owner: UserId,
    /// What the caller was given.
    pub(crate) grants: Vec<Grant>,
    /// The tenant's sites.
    pub(crate) sites: HashMap<SiteId, Site>,
    /// Who is protected.
    pub(crate) protected: HashSet<UserId>,
}

/// What a row says before other rows are looked at.
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    pub(crate) why: Vec<Why>,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Judges one wish. `creates` says that the row may bring somebody into being who is not in the tenant.
pub(crate) fn judge(
    wish: &Wish,
    person: Option<&Person>,
    user_name: &str,
    creates: bool,
    facts: &Facts,
) -> Judged {
    let mut why = Vec::new();
    let is_met = person.is_some() && wish.is_met_by(person);
    check_words(wish, &mut why);
    check_site(wish, facts, &mut why);
    match person {
        None => check_newcomer(wish, user_name, creates, &mut why),
        Some(person) => check_person(wish, person, facts, is_met, &mut why),
    }
    let permission = if person.is_none() { Permission::CreatePeople } else { wish.permission() };
    if !allows(&facts.grants, permission) {
        why.push(Why::NotAllowed);
    }
    why.sort_unstable();
    why.dedup();
    Judged {
        verdict: verdict(wish, person, is_met, &why),
        before: wish.now(person),
        after: if is_met { wish.now(person) } else { wish.goal() },
        why,
    }
}

/// The heaviest reason decides; without one, the comparison.
pub(crate) fn verdict(wish: &Wish, person: Option<&Person>, is_met: bool, why: &[Why]) -> Verdict {
    match why.iter().map(|why| why.weight()).max() {
        Some(Weight::Refusal) => Verdict::Refused,
        // What is so already is nothing to do, however dangerous it would be.
        _ if is_met => Verdict::Nothing,
        Some(Weight::Danger) => Verdict::Dangerous,
        _ => match (person, wish) {
            (None, _) => Verdict::Create,
            (Some(person), Wish::Role { site, .. }) if person.place(site).is_none() => Verdict::Create,
            _ => Verdict::Change,
        },
    }
}

fn check_words(wish: &Wish, why: &mut Vec<Why>) {
    let sign_in = match wish {
        Wish::Role { sign_in, .. } | Wish::Administer { sign_in } => sign_in.as_ref(),
        Wish::SignIn { sign_in, .. } => Some(sign_in),
        _ => None,
    };
    if matches!(sign_in, Some(SignInType::Other(_))) {
        why.push(Why::UnknownSignIn);
    }
    if let Wish::Role { role, .. } = wish
        && !SiteRole::ASSIGNABLE.contains(role)
    {
        why.push(if *role == SiteRole::SupportUser { Why::SupportUser } else { Why::UnknownRole });
    }
    if let Wish::Details { language, locale, email } = wish {
        let known_language = language.as_ref().is_none_or(|word| LANGUAGES.contains(&word.as_str()));
        let known_locale = locale.as_ref().is_none_or(|word| LOCALES.split(' ').any(|known| known == word));
        if !(known_language && known_locale) {
            why.push(Why::UnknownLanguage);
        }
        if email.as_ref().is_some_and(|email| !is_address(email)) {
            why.push(Why::NotAnAddress);
        }
        if language.is_none() && locale.is_none() && email.is_none() {
            why.push(Why::NothingAsked);
        }
    }
}

fn check_site(wish: &Wish, facts: &Facts, why: &mut Vec<Why>) {
    match wish.site().map(|site| facts.sites.get(site)) {
        Some(None) => why.push(Why::NoSuchSite),
        Some(Some(site)) if site.status != SiteStatus::Active => why.push(Why::SiteNotActive),
        _ => {}
    }
}

fn check_newcomer(wish: &Wish, user_name: &str, creates: bool, why: &mut Vec<Why>) {
    let can_create = match wish {
        Wish::Role { .. } | Wish::Administer { .. } => true,
        Wish::Details { .. } => creates,
        _ => false,
    };
    if !can_create {
        why.push(Why::NoSuchPerson);
    } else if is_address(user_name) {
        why.push(Why::Invites);
    } else {
        why.push(Why::NotAnAddress);
    }
    if matches!(wish, Wish::Administer { .. }) {
        why.push(Why::MakesAdministrator);
    }
}

fn check_person(wish: &Wish, person: &Person, facts: &Facts, is_met: bool, why: &mut Vec<Why>) {
    let now = wish.now(Some(person));
    if now == none::TOLD && matches!(wish, Wish::Role { .. } | Wish::Leave { .. }) {
        why.push(Why::NotToldWhole);
    }
    if person.places.iter().flatten().any(|place| place.role == SiteRole::SupportUser) {
        why.push(Why::SupportUser);
    }
    if is_met {
        return;
    }
    let takes_rights = check_roles(wish, person, why);
    check_administration(wish, person, why);
    if takes_rights && facts.you.contains(&person.id) {
        why.push(Why::Yourself);
    } else if takes_rights && person.id == facts.owner {
        why.push(Why::CredentialOwner);
    } else if facts.you.contains(&person.id) {
        why.push(Why::TouchesYou);
    }
    if facts.protected.contains(&person.id) {
        why.push(Why::Protected);
    }
}

/// What the wish does to roles on sites. Tells whether it takes rights away, there or in the tenant.
fn check_roles(wish: &Wish, person: &Person, why: &mut Vec<Why>) -> bool {
    let place = wish.site().and_then(|site| person.place(site));
    match wish {
        Wish::Role { role, .. } => {
            let Some(place) = place else { return false };
            if place.role.administers() && !role.administers() {
                why.push(Why::DemotesSiteAdministrator);
            }
            let lowers = role.rank() < place.role.rank();
            if lowers {
                why.push(Why::LowersRole);
            }
            lowers
        }
        Wish::SignIn { .. } if place.is_none() => {
            why.push(Why::NotOnSite);
            false
        }
        Wish::Leave { .. } => {
            why.push(Why::MayOwnContent);
            if place.is_some_and(|place| place.role.administers()) {
                why.push(Why::DemotesSiteAdministrator);
            }
            true
        }
        Wish::Delete => {
            why.push(Why::MayOwnContent);
            if person.places.iter().flatten().any(|place| place.role.administers()) {
                why.push(Why::DemotesSiteAdministrator);
            }
            true
        }
        Wish::StopAdministering => true,
        Wish::SignIn { .. }
        | Wish::Administer { .. }
        | Wish::Details { .. }
        | Wish::OnSite(_)
        | Wish::Limits(_) => false,
    }
}

fn check_administration(wish: &Wish, person: &Person, why: &mut Vec<Why>) {
    match (wish, person.administration()) {
        (Wish::Administer { .. }, Some(role)) if role.status == "EXPIRED" => why.push(Why::InvitationExpired),
        (Wish::Administer { .. }, _) => why.push(Why::MakesAdministrator),
        (Wish::StopAdministering | Wish::Delete, Some(_)) => why.push(Why::EndsAdministrator),
        _ => {}
    }
}

/// Whether a text can be an e-mail address: one `@`, something on both sides, a dot behind it, no spaces. Tableau has the
/// last word; this only keeps obvious mistakes from being sent.
pub(crate) fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let fine = |part: &str| !part.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    !local.is_empty()
        && local.chars().count() <= 64
        && domain.chars().count() <= 255
        && !domain.contains('@')
        && domain.split('.').count() > 1
        && domain.split('.').all(|part| !part.is_empty())
        && fine(local)
        && fine(domain)
}

#[cfg(test)]
mod tests;
