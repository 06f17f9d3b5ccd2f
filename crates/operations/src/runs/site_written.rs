//! What Steward writes into a file for a site's import, and into the message beside it.

use model::{plan::SiteWish, roles::SignInType, runs::RunRow};
use tableau::{ApiVersion, ImportSignIn, SiteSignIn};

use super::site_watch::Everyone;
use crate::sheets::write;

/// The first version in which a person's way to sign in may be a configuration of the site.
const CONFIGURATIONS_SINCE: ApiVersion = ApiVersion::new(3, 24);

/// A line of the file that we write ourselves.
pub(super) fn line(row: &RunRow) -> Option<write::ImportLine> {
    let SiteWish::Place { role, .. } = &row.wish.on_site()?.change else { return None };
    Some(write::ImportLine {
        site_uri: String::new(),
        user_name: row.user_name.clone(),
        // For people who are in the tenant, the name is theirs and is left alone.
        display_name: if row.user.is_none() && row.site_user.is_none() {
            row.name.clone()
        } else {
            String::new()
        },
        role: role.clone(),
        email: String::new(),
        // The message beside the file tells it: the columns know fewer ways.
        sign_in: None,
    })
}

/// How the people of a file sign in: as their rows ask, and whoever is there and asks for nothing as they do now, because
/// the vendor gives everybody else the default of the site.
///
/// Vendor: "If no auth setting is defined for a user in either the .csv and the request payload, then the default setting
/// of the site is assigned."
pub(super) fn ways_to_sign_in(
    rows: &[RunRow],
    everyone: &Everyone,
    version: ApiVersion,
) -> Vec<ImportSignIn> {
    let ways: Vec<(&str, Option<SiteSignIn>)> =
        rows.iter().map(|row| (row.user_name.as_str(), way_of(row, everyone, version))).collect();
    let mut people = Vec::new();
    // One line for everybody else is only right where nobody is left to the site.
    let common = if ways.iter().all(|(_, way)| way.is_some()) { most_common(&ways) } else { None };
    if let Some(common) = &common {
        people.push(ImportSignIn { name: None, sign_in: Some(common.clone()) });
    }
    let named = ways.into_iter().filter(|(_, way)| way.is_some() && *way != common);
    people.extend(named.map(|(name, sign_in)| ImportSignIn { name: Some(name.to_owned()), sign_in }));
    people
}

fn way_of(row: &RunRow, everyone: &Everyone, version: ApiVersion) -> Option<SiteSignIn> {
    let asked = row.wish.on_site().and_then(|wish| wish.change.sign_in());
    if let Some(asked) = asked {
        return Some(SiteSignIn::Setting(asked.clone()));
    }
    let user = everyone.find(row)?;
    if let Some(configuration) = user.idp_configuration.as_ref().filter(|_| version >= CONFIGURATIONS_SINCE) {
        return Some(SiteSignIn::Configuration(configuration.clone()));
    }
    let told = user.sign_in.clone().filter(|way| !matches!(way, SignInType::Other(_)));
    told.map(SiteSignIn::Setting)
}

fn most_common(ways: &[(&str, Option<SiteSignIn>)]) -> Option<SiteSignIn> {
    let mut counts: Vec<(&SiteSignIn, usize)> = Vec::new();
    for way in ways.iter().filter_map(|(_, way)| way.as_ref()) {
        match counts.iter_mut().find(|(known, _)| *known == way) {
            Some((_, count)) => *count += 1,
            None => counts.push((way, 1)),
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(way, _)| way.clone())
}

#[cfg(test)]
mod tests {
    use model::{
        SiteId, SiteUserId,
        plan::{OnSite, Verdict, Wish},
        roles::SiteRole,
        runs::RowState,
        site_users::SiteUser,
    };
    use uuid::Uuid;

    use super::*;

    const NEW: ApiVersion = ApiVersion::new(3, 24);

    fn row(name: &str, there: Option<u128>, sign_in: Option<SignInType>) -> RunRow {
        let change = SiteWish::Place { role: SiteRole::Viewer, sign_in };
        RunRow {
            number: 1,
            line: Some(1),
            user: None,
            site_user: there.map(|id| Uuid::from_u128(id).into()),
            user_name: name.to_owned(),
            name: "Given Name".to_owned(),
            site_name: String::new(),
            wish: Wish::OnSite(OnSite { site: SiteId::from(Uuid::from_u128(1)), change }),
            before: String::new(),
            after: String::new(),
            verdict: Verdict::Change,
            why: Vec::new(),
            state: RowState::Waiting,
            attempt: 0,
            code: None,
            found: None,
            job: None,
            act: None,
            ended: None,
        }
    }

    fn user(id: u128, sign_in: Option<SignInType>, configuration: Option<&str>) -> SiteUser {
        SiteUser {
            id: SiteUserId::from(Uuid::from_u128(id)),
            name: format!("u{id}@example.com"),
            site_role: SiteRole::Viewer,
            sign_in,
            full_name: String::new(),
            email: None,
            last_login: None,
            language: None,
            locale: None,
            domain: None,
            external_id: None,
            idp_configuration: configuration.map(str::to_owned),
        }
    }

    fn told(people: Vec<ImportSignIn>) -> Vec<(Option<String>, Option<SiteSignIn>)> {
        people.into_iter().map(|person| (person.name, person.sign_in)).collect()
    }

    fn way(kind: SignInType) -> Option<SiteSignIn> {
        Some(SiteSignIn::Setting(kind))
    }

    #[test]
    fn who_is_there_and_asks_for_nothing_keeps_the_way_they_have() {
        let everyone = Everyone::of(vec![
            user(1, Some(SignInType::Saml), None),
            user(2, Some(SignInType::Saml), Some("idp-7")),
            user(3, Some(SignInType::Other("Pigeon".to_owned())), None),
            user(4, None, None),
        ]);
        let rows: Vec<RunRow> =
            (1..=4).map(|id| row(&format!("u{id}@example.com"), Some(id), None)).collect();
        let configured = Some(SiteSignIn::Configuration("idp-7".to_owned()));
        let [first, second] = ["u1@example.com", "u2@example.com"].map(|name| Some(name.to_owned()));
        let expected = [(first.clone(), way(SignInType::Saml)), (second.clone(), configured)];
        assert_eq!(told(ways_to_sign_in(&rows, &everyone, NEW)), expected);
        // Before configurations had a word, the kind is all there is.
        let expected = [(first, way(SignInType::Saml)), (second, way(SignInType::Saml))];
        assert_eq!(told(ways_to_sign_in(&rows, &everyone, ApiVersion::new(3, 23))), expected);
    }

    #[test]
    fn one_line_is_for_everybody_else_only_where_nobody_is_left_to_the_site() {
        let everyone = Everyone::default();
        let asks = |name: &str, kind| row(name, None, Some(kind));
        let mut rows = vec![
            asks("a@example.com", SignInType::Saml),
            asks("b@example.com", SignInType::Saml),
            asks("c@example.com", SignInType::OpenId),
        ];
        let named = |name: &str, kind| (Some(name.to_owned()), way(kind));
        let c = named("c@example.com", SignInType::OpenId);
        let all = told(ways_to_sign_in(&rows, &everyone, NEW));
        assert_eq!(all, [(None, way(SignInType::Saml)), c.clone()]);
        rows.push(row("d@example.com", None, None));
        let [a, b] = ["a@example.com", "b@example.com"].map(|name| named(name, SignInType::Saml));
        assert_eq!(told(ways_to_sign_in(&rows, &everyone, NEW)), [a, b, c]);
    }

    #[test]
    fn the_name_of_somebody_who_is_there_is_left_alone() {
        let newcomer = line(&row("new@example.com", None, None)).unwrap();
        let there = line(&row("u1@example.com", Some(1), Some(SignInType::Saml))).unwrap();
        assert_eq!((newcomer.display_name.as_str(), there.display_name.as_str()), ("Given Name", ""));
        assert_eq!((there.sign_in, there.email.as_str()), (None, ""), "the message beside the file tells it");
    }
}
