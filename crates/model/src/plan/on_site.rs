//! What a row asks for on the plane of one site: membership in its groups, and its own people.

mod site_wish;

use serde::{Deserialize, Serialize};

pub use site_wish::{Heir, SiteWish};

use super::wish::{none, with_sign_in};
use crate::{SiteId, roles::SignInType, site_users::SiteUser};

/// A wish that the API of one site carries out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnSite {
    /// The site.
    pub site: SiteId,
    /// What is wanted there.
    pub change: SiteWish,
}

/// What a site tells of one person now, as far as wishes are about it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SiteState<'a> {
    /// The person; `None` for nobody of the site.
    pub user: Option<&'a SiteUser>,
    /// Whether they are in the group that the wish is about.
    pub is_member: bool,
}

impl OnSite {
    /// The state that is wanted, in the words in which [`OnSite::now`] tells the state there is.
    pub fn goal(&self) -> String {
        match &self.change {
            SiteWish::Join { group_name, .. } => inside(group_name),
            SiteWish::Leave { group_name, .. } => outside(group_name),
            SiteWish::Add { role, sign_in } | SiteWish::Place { role, sign_in } => {
                with_sign_in(role.words(), sign_in.as_ref())
            }
            SiteWish::Role { role } => role.words().to_owned(),
            SiteWish::SignIn { sign_in } => sign_in.words().to_owned(),
            SiteWish::Remove { assets_to: None } => none::PLACE.to_owned(),
            SiteWish::Remove { assets_to: Some(heir) } => {
                format!("{}, content to {}", none::PLACE, heir.name)
            }
        }
    }

    /// The state there is of what this wish is about, in words.
    pub fn now(&self, state: SiteState<'_>) -> String {
        match &self.change {
            SiteWish::Join { group_name, .. } | SiteWish::Leave { group_name, .. } => {
                if state.is_member {
                    inside(group_name)
                } else {
                    outside(group_name)
                }
            }
            SiteWish::Add { sign_in, .. } | SiteWish::Place { sign_in, .. } => {
                state.user.map_or_else(nowhere, |user| {
                    with_sign_in(user.site_role.words(), sign_in.as_ref().and(user.sign_in.as_ref()))
                })
            }
            SiteWish::Role { .. } | SiteWish::Remove { .. } => {
                state.user.map_or_else(nowhere, |user| user.site_role.words().to_owned())
            }
            SiteWish::SignIn { .. } => state.user.map_or_else(nowhere, |user| {
                user.sign_in.as_ref().map_or(none::TOLD, SignInType::words).to_owned()
            }),
        }
    }

    /// Whether the state there is, is the one wanted.
    pub fn is_met_by(&self, state: SiteState<'_>) -> bool {
        match &self.change {
            SiteWish::Join { .. } => state.is_member,
            SiteWish::Leave { .. } => !state.is_member,
            SiteWish::Remove { .. } => state.user.is_none(),
            SiteWish::Role { role } => state.user.is_some_and(|user| user.site_role == *role),
            SiteWish::SignIn { sign_in } => {
                state.user.is_some_and(|user| user.sign_in.as_ref() == Some(sign_in))
            }
            SiteWish::Add { role, sign_in } | SiteWish::Place { role, sign_in } => {
                state.user.is_some_and(|user| {
                    // The vendor tells the way to sign in only where a site has more than one.
                    let fits = match (sign_in, &user.sign_in) {
                        (Some(wanted), Some(told)) => wanted == told,
                        _ => true,
                    };
                    user.site_role == *role && fits
                })
            }
        }
    }
}

fn inside(group: &str) -> String {
    format!("in {group}")
}

fn outside(group: &str) -> String {
    format!("not in {group}")
}

fn nowhere() -> String {
    none::PLACE.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GroupId, Permission, SiteUserId, roles::SiteRole};

    fn user(role: SiteRole, sign_in: Option<SignInType>) -> SiteUser {
        SiteUser {
            id: SiteUserId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap(),
            name: "ann@example.com".to_owned(),
            site_role: role,
            sign_in,
            full_name: String::new(),
            email: None,
            last_login: None,
            language: None,
            locale: None,
            domain: None,
            external_id: None,
            idp_configuration: None,
        }
    }

    fn on_site(change: SiteWish) -> OnSite {
        OnSite { site: SiteId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap(), change }
    }

    #[test]
    fn a_way_to_sign_in_that_is_not_told_does_not_make_an_addition_differ() {
        let add = on_site(SiteWish::Add { role: SiteRole::Viewer, sign_in: Some(SignInType::Saml) });
        let met = |user: &SiteUser| add.is_met_by(SiteState { user: Some(user), is_member: false });
        assert!(met(&user(SiteRole::Viewer, None)) && met(&user(SiteRole::Viewer, Some(SignInType::Saml))));
        assert!(!met(&user(SiteRole::Viewer, Some(SignInType::OpenId))));
        assert!(!met(&user(SiteRole::Unlicensed, Some(SignInType::Saml))));
    }

    #[test]
    fn who_leaves_and_still_is_there_is_told_by_their_role() {
        let heir = Heir { user: user(SiteRole::Creator, None).id, name: "bob@example.com".to_owned() };
        let remove = on_site(SiteWish::Remove { assets_to: Some(heir) });
        let left = user(SiteRole::Unlicensed, None);
        assert_eq!(remove.now(SiteState { user: Some(&left), is_member: false }), "Unlicensed");
        assert_eq!(remove.goal(), "not on the site, content to bob@example.com");
        assert!(remove.is_met_by(SiteState::default()));
    }

    #[test]
    fn a_hand_over_needs_two_permissions_and_one_of_them_is_not_enough() {
        let heir = Heir { user: user(SiteRole::Creator, None).id, name: "bob@example.com".to_owned() };
        let needed = SiteWish::Remove { assets_to: Some(heir) }.permissions();
        assert_eq!(needed, [Permission::HandOverContent, Permission::RemoveFromSites]);
        for given in needed {
            assert!(!needed.iter().all(|permission| permission == given), "{given:?} alone");
        }
        assert_eq!(SiteWish::Remove { assets_to: None }.permissions(), [Permission::RemoveFromSites]);
    }

    #[test]
    fn a_kept_wish_is_read_back_as_it_was() {
        let group = GroupId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap();
        let join = on_site(SiteWish::Join { group, group_name: "Finance".to_owned() });
        let wish = crate::plan::Wish::OnSite(join);
        let kept = serde_json::to_string(&wish).unwrap();
        assert_eq!(serde_json::from_str::<crate::plan::Wish>(&kept).unwrap(), wish, "{kept}");
    }

    #[test]
    fn a_row_that_an_earlier_version_kept_is_still_read() {
        let kept = r#"{"number":1,"line":null,"user":null,"user_name":"ann@example.com","name":"Ann","site_name":"",
            "wish":{"kind":"delete"},"before":"in the tenant","after":"removed from the tenant","verdict":"change",
            "why":["may-own-content"],"seat":{"from":null,"to":null}}"#;
        let step: crate::plan::Step = serde_json::from_str(kept).unwrap();
        assert_eq!((step.site_user, step.note.as_str()), (None, ""));
        let sum: crate::plan::SeatSum =
            serde_json::from_str(r#"{"creators":1,"explorers":0,"viewers":-1}"#).unwrap();
        assert!(!sum.at_most);
    }
}
