//! Every command of a helper in the small world.

use model::{
    group_acts::GroupChange,
    plan::{Heir, OnSite, SiteWish, Wish},
    roles::{SignInType, SiteRole},
};

use crate::world::{GROUP_ON, GROUPS, SITES, World, group, site, site_user};

pub enum Asked {
    Row { who: usize, wish: Wish, heir: Option<usize>, group: Option<usize> },
    Group { at: usize, change: GroupChange },
}

pub fn all(world: &World) -> Vec<Asked> {
    let mut asked = Vec::new();
    for who in 0..world.people.len() {
        let mut row = |wish, heir, group| asked.push(Asked::Row { who, wish, heir, group });
        for on in 0..SITES {
            let here = |change| Wish::OnSite(OnSite { site: site(on), change });
            for role in SiteRole::ASSIGNABLE {
                row(Wish::Role { site: site(on), role: role.clone(), sign_in: None }, None, None);
                row(here(SiteWish::Add { role: role.clone(), sign_in: None }), None, None);
                row(here(SiteWish::Place { role: role.clone(), sign_in: None }), None, None);
                row(here(SiteWish::Role { role }), None, None);
            }
            row(Wish::SignIn { site: site(on), sign_in: SignInType::Saml }, None, None);
            row(here(SiteWish::SignIn { sign_in: SignInType::Saml }), None, None);
            row(Wish::Leave { site: site(on) }, None, None);
            row(here(SiteWish::Remove { assets_to: None }), None, None);
            for (heir, (name, _)) in world.people.iter().enumerate() {
                let assets_to = Some(Heir { user: site_user(heir), name: (*name).to_owned() });
                row(here(SiteWish::Remove { assets_to }), Some(heir), None);
            }
        }
        for (at, on) in GROUP_ON.into_iter().enumerate() {
            let wish = |change| Wish::OnSite(OnSite { site: site(on), change });
            let group_name = String::new;
            row(wish(SiteWish::Join { group: group(at), group_name: group_name() }), None, Some(at));
            row(wish(SiteWish::Leave { group: group(at), group_name: group_name() }), None, Some(at));
        }
        row(Wish::Administer { sign_in: None }, None, None);
        row(Wish::StopAdministering, None, None);
        row(Wish::Details { language: Some("DE_DE".to_owned()), locale: None, email: None }, None, None);
        row(Wish::Delete, None, None);
    }
    for at in 0..GROUPS {
        let mut change = |change| asked.push(Asked::Group { at, change });
        change(GroupChange::MinimumRole { role: None });
        for role in SiteRole::ASSIGNABLE {
            change(GroupChange::MinimumRole { role: Some(role) });
        }
        change(GroupChange::Rename { to: "Other".to_owned() });
        change(GroupChange::OnDemand { on: true });
        change(GroupChange::Delete);
    }
    asked
}
